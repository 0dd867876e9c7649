/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that may be abbreviated, as in nmcli. */
#include "lib/carry/words-pick.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/strbuf.h"
#include "lib/base/typo.h"

static const char *nth_word(size_t i, const void *arg)
{
	const char *const *words = arg;

	return words[i];
}

/* With @len, only those that begin with the word. */
static void add_word_list(const char *word, size_t len, const char *const *words,
			  size_t n, struct strbuf *out)
{
	for (size_t i = 0; i < n; i++)
		if (strncasecmp(words[i], word, len) == 0)
			strbuf_addf(out, "%s%s", out->len ? ", " : "", words[i]);
}

static int tell_none(const char *word, const char *const *words, size_t n,
		     const char *what, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;
	const char *nearest = typo_nearest(word, n, nth_word, words);

	add_word_list("", 0, words, n, &list);
	diag_error(diag, (struct pos){ 0 }, "unknown %s '%s'", what, word);
	if (nearest)
		diag_hint(diag, "did you mean '%s'?", nearest);
	else
		diag_hint(diag, "there are: %s", strbuf_text(&list));
	return -EINVAL;
}

int words_pick(const char *word, const char *const *words, size_t n, const char *what,
	       struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;
	size_t len = strlen(word), found = n;

	for (size_t i = 0; i < n; i++)
		if (strcasecmp(words[i], word) == 0)
			return (int)i;
	for (size_t i = 0; i < n && len; i++) {
		if (strncasecmp(words[i], word, len) != 0)
			continue;
		if (found == n) {
			found = i;
			continue;
		}
		add_word_list(word, len, words, n, &list);
		diag_error(diag, (struct pos){ 0 }, "%s '%s' is ambiguous: %s", what,
			   word, strbuf_text(&list));
		return -EINVAL;
	}
	return found < n ? (int)found : tell_none(word, words, n, what, diag);
}
