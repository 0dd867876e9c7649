/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the known word that was probably meant: edit distance with swapped neighbours. */
#include "lib/base/typo.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* Longer words are not keys or options, so no table has to grow for them. */
#define WORD_MAX 64

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

static int same(char a, char b)
{
	return strncasecmp(&a, &b, 1) == 0;
}

/* Optimal string alignment distance; only the last two rows are needed. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t la = strlen(a), lb = strlen(b);

	for (size_t j = 0; j <= lb; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t *now = rows[i % 3];
		const size_t *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			now[j] = min3(last[j] + 1, now[j - 1] + 1,
				      last[j - 1] + !same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
			    same(a[i - 2], b[j - 1]) && before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
		}
	}
	return rows[la % 3][lb];
}

/* A bit for each letter and digit; other characters share one. */
static uint64_t letters_of(const char *word)
{
	uint64_t letters = 0;

	for (; *word; word++) {
		const int c = tolower((unsigned char)*word);

		if (c >= '0' && c <= '9')
			letters |= UINT64_C(1) << (c - '0');
		else if (c >= 'a' && c <= 'z')
			letters |= UINT64_C(1) << (10 + c - 'a');
		else
			letters |= UINT64_C(1) << 36;
	}
	return letters;
}

/*
 * Whether the distance must be more than @max. This is cheap to find out: each edit
 * removes at most one letter that only one word has and one that only the other has.
 */
static bool is_farther(uint64_t a, uint64_t b, size_t max)
{
	return (size_t)__builtin_popcountll(a & ~b) > max ||
	       (size_t)__builtin_popcountll(b & ~a) > max;
}

/*
 * U+FF01 to U+FF5E are the full-width forms of ASCII; U+3001 and U+3002 are the comma and
 * the full stop.
 */
static size_t narrow_at(const char *text, char *ret)
{
	const unsigned char *at = (const unsigned char *)text;

	*ret = *text;
	if (at[0] == 0xE3 && at[1] == 0x80 && (at[2] == 0x81 || at[2] == 0x82)) {
		*ret = at[2] == 0x81 ? ',' : '.';
		return 3;
	}
	if (at[0] == 0xEF && at[1] == 0xBC && at[2] >= 0x81 && at[2] <= 0xBF) {
		*ret = (char)(at[2] - 0x81 + '!');
		return 3;
	}
	if (at[0] == 0xEF && at[1] == 0xBD && at[2] >= 0x80 && at[2] <= 0x9E) {
		*ret = (char)(at[2] - 0x80 + '`');
		return 3;
	}
	return 1;
}

bool typo_narrow(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (; *text && n < size; n++)
		text += narrow_at(text, &out[n]);
	if (n >= size)
		return false;
	out[n] = '\0';
	return true;
}

const char *typo_nearest(const char *written, size_t count,
			 const char *(*candidate)(size_t i, const void *arg),
			 const void *arg)
{
	const char *nearest = NULL;
	char word[WORD_MAX + 1] = "";
	uint64_t letters;
	size_t best = 3;

	if (!typo_narrow(written, word, sizeof(word)))
		return NULL;
	letters = letters_of(word);
	for (size_t i = 0; i < count; i++) {
		const char *known = candidate(i, arg);
		size_t d;

		if (!known || strlen(known) > WORD_MAX ||
		    is_farther(letters, letters_of(known), best - 1))
			continue;
		d = distance(word, known);
		if (d < best && d * 2 < strlen(word)) {
			best = d;
			nearest = known;
		}
	}
	return nearest;
}

static const char *only_candidate(size_t i, const void *arg)
{
	(void)i;
	return arg;
}

bool typo_is_near(const char *written, const char *word)
{
	return typo_nearest(written, 1, only_candidate, word);
}
