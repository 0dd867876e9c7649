/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

/**
 * typo_nearest() - the word that was probably meant
 * @word: what stands there; upper and lower case are alike
 * @count: how many candidates there are
 * @candidate: the i-th one; NULL is passed over
 *
 * Return: the candidate at the least distance, if that is at most 2 and less than half
 * of @word; else NULL. Insertions, deletions, replacements and swapped neighbours count
 * one each.
 */
const char *typo_nearest(const char *word, size_t count,
			 const char *(*candidate)(size_t i, const void *arg),
			 const void *arg);
