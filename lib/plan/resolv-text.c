/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of resolv.conf: adds our entries to those of others, and removes them again.
 */
#include "lib/plan/resolv-text.h"

#include <errno.h>
#include <string.h>

#include "lib/base/strbuf.h"

#define BLANKS " \t"

/* Keywords of lines, in the first column. */
static const struct keyword {
	const char *name;
	enum dns_kind kind;
	bool takes_one; /* one word; more words are ignored */
} keywords[] = {
	{ "nameserver", DNS_SERVER, true },
	{ "search", DNS_DOMAIN, false },
	{ "domain", DNS_DOMAIN, true },
	{ "options", DNS_OPTION, false },
};

/* struct line - @keyword is NULL for comments and unknown lines; @words are its words */
struct line {
	const char *text;
	const struct keyword *keyword;
	struct dns words;
};

/**
 * struct file - a text, line by line
 * @has: the entries of all its lines
 * @search: the domains that the resolver uses: those of the last such line
 */
struct file {
	struct line *lines;
	size_t n, cap;
	struct dns has;
	struct dns search;
};

/* ---- reading ---- */

static const struct keyword *find_keyword(const char *text, const char **ret_rest)
{
	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++) {
		size_t len = strlen(keywords[i].name);

		if (strncmp(text, keywords[i].name, len) != 0 || !text[len] ||
		    !strchr(BLANKS, text[len]))
			continue;
		*ret_rest = text + len;
		return &keywords[i];
	}
	return NULL;
}

/* Addresses are stored in a form in which they can be compared. */
static void add_dns_word(struct arena *arena, const struct keyword *keyword,
			 const char *word, struct dns *words)
{
	const char *server;
	int r = keyword->kind == DNS_SERVER ? dns_server_format(arena, word, &server)
					    : -EINVAL;

	dns_add(words, arena, keyword->kind, r == 0 ? server : word);
}

static void read_line_words(struct arena *arena, const char *rest, struct line *line)
{
	char *at = arena_strdup(arena, rest), *word;

	while ((word = strsep(&at, BLANKS))) {
		if (!*word)
			continue;
		add_dns_word(arena, line->keyword, word, &line->words);
		if (line->keyword->takes_one)
			break;
	}
}

/* Borrows @text, which must live as long as @file. */
static void add_resolv_line(struct arena *arena, const char *text, struct file *file)
{
	struct line line = { .text = text };
	const char *rest = NULL;

	line.keyword = find_keyword(text, &rest);
	if (line.keyword)
		read_line_words(arena, rest, &line);
	dns_merge(&file->has, arena, &line.words);
	if (line.words.of[DNS_DOMAIN].n)
		file->search = line.words;
	ARENA_PUSH(arena, file->lines, file->n, file->cap, line);
}

static void read_resolv_lines(struct arena *arena, const char *text, struct file *file)
{
	char *rest = arena_strdup(arena, text ? text : ""), *line;

	*file = (struct file){ 0 };
	while ((line = strsep(&rest, "\n")))
		if (rest || *line) /* the text ends after the end of the last line */
			add_resolv_line(arena, line, file);
}

/* ---- entries of others ---- */

struct editor {
	struct arena *arena;
	const struct resolv_edit *edit;
	struct file base, now, foreign;
};

/* An entry that was there before us belongs to others, even if we have it, too. */
static bool is_word_ours(const struct editor *e, enum dns_kind kind, const char *word)
{
	return dns_has(e->edit->ours, kind, word) && !dns_has(&e->base.has, kind, word);
}

/*
 * Adds the line with only those words that belong to others; nothing if there are none.
 */
static void add_foreign_words(const struct editor *e, const struct line *line,
			      struct file *to)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const enum dns_kind kind = line->keyword->kind;
	const struct dns_list *words = &line->words.of[kind];
	size_t kept = 0;
	const char *copy;

	strbuf_add(&text, kind == DNS_DOMAIN ? "search" : line->keyword->name);
	for (size_t i = 0; i < words->n; i++) {
		if (is_word_ours(e, kind, words->words[i]))
			continue;
		strbuf_addf(&text, " %s", words->words[i]);
		kept++;
	}
	if (kept == words->n) {
		add_resolv_line(e->arena, line->text, to);
		return;
	}
	if (!kept)
		return;
	copy = arena_strdup(e->arena, strbuf_text(&text));
	add_resolv_line(e->arena, copy, to);
}

static void strip_our_words(const struct editor *e, const struct file *from,
			    struct file *to)
{
	*to = (struct file){ 0 };
	for (size_t i = 0; i < from->n; i++) {
		const struct line *line = &from->lines[i];

		if (line->keyword)
			add_foreign_words(e, line, to);
		else
			add_resolv_line(e->arena, line->text, to);
	}
}

/* ---- composing ---- */

static void put_resolv_line(struct strbuf *out, const char *text)
{
	strbuf_add(out, text);
	strbuf_addc(out, '\n');
}

static bool is_line_of_kind(const struct line *line, enum dns_kind kind)
{
	return line->keyword && line->keyword->kind == kind;
}

/*
 * Writes "KEYWORD WORD …" with the words of @first and @then that are not in @not;
 * nothing if there are none.
 */
static void put_keyword_line(struct strbuf *out, const char *keyword, enum dns_kind kind,
			     const struct dns *first, const struct dns *then,
			     const struct dns * not )
{
	const struct dns *const both[] = { first, then };
	bool any = false;

	for (size_t b = 0; b < ARRAY_SIZE(both); b++)
		for (size_t i = 0; both[b] && i < both[b]->of[kind].n; i++) {
			const char *word = both[b]->of[kind].words[i];

			if ((not &&dns_has(not, kind, word)) ||
			    (b && dns_has(first, kind, word)))
				continue;
			strbuf_addf(out, "%s%s", any ? " " : keyword, any ? "" : " ");
			strbuf_add(out, word);
			any = true;
		}
	if (any)
		strbuf_addc(out, '\n');
}

static void put_options(const struct file *foreign, const struct dns *want,
			struct strbuf *out)
{
	for (size_t i = 0; i < foreign->n; i++)
		if (is_line_of_kind(&foreign->lines[i], DNS_OPTION))
			put_resolv_line(out, foreign->lines[i].text);
	put_keyword_line(out, "options", DNS_OPTION, want, NULL, &foreign->has);
}

/*
 * Name servers of others: those of @base are omitted while there are ours, which replaced
 * them.
 */
static void put_servers(const struct editor *e, const struct file *foreign,
			const struct dns *want, struct strbuf *out)
{
	const struct dns_list *ours = &want->of[DNS_SERVER],
			      *others = &foreign->has.of[DNS_SERVER];

	for (size_t i = 0; i < ours->n; i++)
		strbuf_addf(out, "nameserver %s\n", ours->words[i]);
	for (size_t i = 0; ours->n && i < others->n; i++)
		if (!dns_has(want, DNS_SERVER, others->words[i]) &&
		    !dns_has(&e->base.has, DNS_SERVER, others->words[i]))
			strbuf_addf(out, "nameserver %s\n", others->words[i]);
}

/* Whether somebody has set other name servers since. */
static bool has_new_servers(const struct editor *e, const struct file *foreign)
{
	for (size_t i = 0; i < foreign->has.of[DNS_SERVER].n; i++)
		if (!dns_has(&e->base.has, DNS_SERVER,
			     foreign->has.of[DNS_SERVER].words[i]))
			return true;
	return false;
}

/* Restores the name servers that ours, now gone, had replaced. */
static void put_back_servers(const struct editor *e, const struct file *foreign,
			     struct strbuf *out)
{
	if (!e->edit->ours->of[DNS_SERVER].n || has_new_servers(e, foreign))
		return;
	for (size_t i = 0; i < e->base.n; i++) {
		const struct line *line = &e->base.lines[i];

		if (is_line_of_kind(line, DNS_SERVER) && line->words.of[DNS_SERVER].n &&
		    !dns_has(&foreign->has, DNS_SERVER,
			     line->words.of[DNS_SERVER].words[0]))
			put_resolv_line(out, line->text);
	}
}

/* Combines the lines of others with ours, in the order of network-scripts. */
static void compose(const struct editor *e, const struct file *foreign,
		    const struct dns *want, const char **ret)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;
	const bool any[] = { [DNS_SERVER] = want->of[DNS_SERVER].n,
			     [DNS_DOMAIN] = want->of[DNS_DOMAIN].n,
			     [DNS_OPTION] = true };

	put_options(foreign, want, &out);
	for (size_t i = 0; i < foreign->n; i++)
		if (!foreign->lines[i].keyword || !any[foreign->lines[i].keyword->kind])
			put_resolv_line(&out, foreign->lines[i].text);
	if (!any[DNS_SERVER])
		put_back_servers(e, foreign, &out);
	if (any[DNS_DOMAIN])
		put_keyword_line(&out, "search", DNS_DOMAIN, want, &foreign->has, NULL);
	put_servers(e, foreign, want, &out);
	*ret = arena_strdup(e->arena, strbuf_text(&out));
}

/* ---- comparing ---- */

static bool same_resolv_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_lines(const struct file *a, const struct file *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = strcmp(a->lines[i].text, b->lines[i].text) == 0;
	return same;
}

static bool has_all(const struct dns *all, const struct dns *some, enum dns_kind kind)
{
	for (size_t i = 0; i < some->of[kind].n; i++)
		if (!dns_has(all, kind, some->of[kind].words[i]))
			return false;
	return true;
}

/* Whether @all contains @some in their order, possibly with others between. */
static bool has_in_order(const struct dns *all, const struct dns *some,
			 enum dns_kind kind)
{
	size_t at = 0;

	for (size_t i = 0; i < all->of[kind].n && at < some->of[kind].n; i++) {
		struct dns next = { 0 };

		next.of[kind] = (struct dns_list){ &some->of[kind].words[at], 1, 1 };
		at += dns_has(&next, kind, all->of[kind].words[i]);
	}
	return at == some->of[kind].n;
}

/* Whether the first servers are the wanted ones. */
static bool asks_first(const struct file *file, const struct dns *want)
{
	struct dns first = file->has;

	if (first.of[DNS_SERVER].n > want->of[DNS_SERVER].n)
		first.of[DNS_SERVER].n = want->of[DNS_SERVER].n;
	return has_in_order(&first, want, DNS_SERVER);
}

/* The original file may have everything already; then it is not changed. */
static bool is_right(const struct file *file, const struct dns *want)
{
	return asks_first(file, want) && has_in_order(&file->search, want, DNS_DOMAIN) &&
	       has_all(&file->has, want, DNS_OPTION);
}

/* Whether the resolver treats both alike; comments and the like do not differ anyway. */
static bool says_same(const struct file *a, const struct file *b)
{
	return a->has.of[DNS_SERVER].n == b->has.of[DNS_SERVER].n &&
	       has_in_order(&a->has, &b->has, DNS_SERVER) &&
	       a->search.of[DNS_DOMAIN].n == b->search.of[DNS_DOMAIN].n &&
	       has_in_order(&a->search, &b->search, DNS_DOMAIN) &&
	       has_all(&a->has, &b->has, DNS_OPTION) &&
	       has_all(&b->has, &a->has, DNS_OPTION);
}

/* ---- the whole ---- */

/*
 * Nothing is wanted: restores the original text, unless others have changed it meanwhile.
 */
static void restore_resolv_text(const struct editor *e, const char **ret)
{
	static const struct dns nothing;
	struct file written = { 0 }, left = { 0 };
	const char *text;
	compose(e, &e->base, e->edit->ours, &text);

	read_resolv_lines(e->arena, text, &written);
	strip_our_words(e, &written, &left);
	*ret = e->edit->now;
	if (same_resolv_text(e->edit->base, e->edit->now))
		return;
	*ret = e->edit->base;
	if (same_lines(&left, &e->foreign))
		return;
	compose(e, &e->foreign, &nothing, ret);
	if (!**ret && !e->edit->base)
		*ret = NULL;
}

static void change_resolv_text(const struct editor *e, const char **ret)
{
	const struct resolv_edit *edit = e->edit;
	struct file file = { 0 };
	const char *text;

	*ret = edit->now;
	if (edit->now && edit->base && same_resolv_text(edit->base, edit->now) &&
	    is_right(&e->now, edit->want))
		return;
	compose(e, &e->foreign, edit->want, &text);
	read_resolv_lines(e->arena, text, &file);
	if (!(edit->now && says_same(&e->now, &file)))
		*ret = text;
}

void resolv_text_make(const struct resolv_edit *edit, struct arena *arena,
		      const char **ret)
{
	struct editor e = { .arena = arena, .edit = edit };
	read_resolv_lines(arena, edit->base, &e.base);

	read_resolv_lines(arena, edit->now, &e.now);
	strip_our_words(&e, &e.now, &e.foreign);
	if (dns_is_empty(edit->want))
		restore_resolv_text(&e, ret);
	else
		change_resolv_text(&e, ret);
}
