/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * typo_narrow() - convert full-width characters to ASCII
 * @text: UTF-8; Chinese and Japanese input methods may write １９２。１６８ for 192.168
 * @size: size of @out
 *
 * Return: false if @out is too small.
 */
bool typo_narrow(const char *text, char *out, size_t size);

/**
 * typo_nearest() - find the word that was probably meant
 * @written: the word as written; case and character width are ignored
 * @count: the number of candidates
 * @candidate: returns the i-th one; NULL is skipped
 *
 * Return: the nearest candidate if its distance is at most 2 and less than half the
 * length of @written; else NULL. Insertions, deletions, replacements and swapped
 * neighbours count one each.
 */
const char *typo_nearest(const char *written, size_t count,
			 const char *(*candidate)(size_t i, const void *arg),
			 const void *arg);
/* Whether @word, the only candidate, is that near. */
bool typo_is_near(const char *written, const char *word);
