/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells names of interfaces with a typo from the names of different interfaces. */
#include "lib/model/slip.h"

#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"
#include "lib/base/typo.h"
#include "lib/model/addr.h"

/* Whether they differ only in the letter at the end. */
static bool differ_in_last_letter(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len && strlen(b) == len && strncmp(a, b, len - 1) == 0 &&
	       isalpha((unsigned char)a[len - 1]) && isalpha((unsigned char)b[len - 1]);
}

/* struct word - a part of a name, separated by '-', '_' or '.' */
struct word {
	char text[IFNAMSIZ];
	size_t len;
};

/* Return: the rest after it. */
static const char *next_name_word(const char *name, struct word *ret)
{
	ret->len = strcspn(name, "-_.");
	snprintf(ret->text, sizeof(ret->text), "%.*s", (int)ret->len, name);
	return name + ret->len;
}

/*
 * Words of up to three letters are all similar to each other: "lan" and "wan". As a first
 * word, "bnd" still means "bond".
 */
static bool differ_as_words(const struct word *a, const struct word *b, bool is_first)
{
	const size_t shorter = a->len < b->len ? a->len : b->len;

	if (strcasecmp(a->text, b->text) == 0)
		return false;
	if (is_first && a->len != b->len)
		return false;
	return shorter <= 3 || !typo_is_near(a->text, b->text);
}

/*
 * What follows the name of a kind without a separator must have two letters; bondo does
 * not count.
 */
static bool has_joined_word(const char *name, const char *kind)
{
	const size_t len = strlen(kind);

	return strncmp(name, kind, len) == 0 && isalpha((unsigned char)name[len]) &&
	       isalpha((unsigned char)name[len + 1]);
}

/* The length of a first word that no separator follows: brlan, bondweb. */
static size_t joined_kind(const char *a, const char *b)
{
	static const char *const kinds[] = { "bond", "br", "team" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (has_joined_word(a, kinds[i]) && has_joined_word(b, kinds[i]))
			return strlen(kinds[i]);
	return 0;
}

/*
 * Names of several words, equally many in both, of which one differs: br-lan and br-wan.
 */
static bool differ_in_word(const char *a, const char *b)
{
	const size_t kind = joined_kind(a, b);
	bool differ = false, is_first = !kind;
	struct word word_a, word_b;

	a += kind;
	b += kind;
	for (;; is_first = false) {
		a = next_name_word(a, &word_a);
		b = next_name_word(b, &word_b);
		differ |= differ_as_words(&word_a, &word_b, is_first);
		if (!*a || !*b)
			break;
		a++;
		b++;
	}
	return differ && !is_first && !*a && !*b;
}

bool slip_is_sibling(const char *a, const char *b)
{
	static const char digits[] = "0123456789";
	size_t len_a = strcspn(a, digits), len_b = strcspn(b, digits);

	if (differ_in_last_letter(a, b) || differ_in_word(a, b))
		return true;
	return len_a == len_b && strncasecmp(a, b, len_a) == 0 && a[len_a] && b[len_b] &&
	       strcmp(a + len_a, b + len_b) != 0;
}

bool slip_is_near(const char *name, const char *other)
{
	return typo_is_near(name, other) && !slip_is_sibling(name, other);
}

const char *slip_core(const char *written, size_t *ret_len)
{
	size_t len, bare;
	const char *core = ifname_core(written, &len);

	if (strncmp(core, "ifcfg-", 6) == 0) {
		core += 6;
		len -= 6;
	}
	while (len && core[len - 1] == ':') /* of an alias without a number */
		len--;
	bare = strcspn(core, "#\n"); /* the next line, if a quote is not closed */
	if (bare && bare < len)
		len = bare;
	*ret_len = len;
	return core;
}

bool slip_is_core_of(const char *written, const char *name)
{
	size_t len;
	const char *core = slip_core(written, &len);

	return strlen(name) == len && strncmp(core, name, len) == 0;
}
