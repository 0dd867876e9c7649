/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * typo_narrow() - a text without characters of double width
 * @text: UTF-8; input methods for Chinese and Japanese write １９２。１６８ for 192.168
 * @size: of @out
 *
 * Return: false if @out is too small.
 */
bool typo_narrow(const char *text, char *out, size_t size);

/**
 * typo_nearest() - the word that was probably meant
 * @written: what stands there; upper and lower case are alike, and so are letters of double width
 * @count: how many candidates there are
 * @candidate: the i-th one; NULL is passed over
 *
 * Return: the candidate at the least distance, if that is at most 2 and less than half
 * of @written; else NULL. Insertions, deletions, replacements and swapped neighbours count
 * one each.
 */
const char *typo_nearest(const char *written, size_t count,
			 const char *(*candidate)(size_t i, const void *arg),
			 const void *arg);
