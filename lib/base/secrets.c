/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps track of values that must not be shown, and removes them from text. */
#include "lib/base/secrets.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/base/arena.h"

/* ---- names ---- */

/* NetworkManager's profiles have '-' where ifcfg files have '_'. */
static bool starts_with(const char *key, const char *part)
{
	size_t i = 0;

	while (part[i] && (toupper((unsigned char)key[i]) == part[i] ||
			   (key[i] == '-' && part[i] == '_')))
		i++;
	return !part[i];
}

static bool has_secret_part(const char *key)
{
	static const char *const parts[] = { "PASSWORD", "PASSWD",  "PASSPHRASE",
					     "PSK",      "SECRET",  "PRIVATE_KEY",
					     "WEP_KEY",  "MKA_CAK", "SOPASS" };
	static const char first_letters[] = "PSWMpswm";

	for (key = strpbrk(key, first_letters); key;
	     key = strpbrk(key + 1, first_letters))
		for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
			if (starts_with(key, parts[i]))
				return true;
	return false;
}

bool secret_key(const char *key)
{
	const size_t len = strlen(key);

	if (has_secret_part(key))
		return true;
	if (strcasecmp(key, "PIN") == 0 ||
	    (len > 4 && strcasecmp(key + len - 4, "_PIN") == 0))
		return true;
	/* Key names in other notations. */
	return strncasecmp(key, "KEY", 3) == 0 && strcasecmp(key, "KEY_MGMT") != 0;
}

bool secret_file(const char *path)
{
	return strncmp(basename(path), "keys-", 5) == 0;
}

bool secret_is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

bool secret_mentions(const char *text)
{
	char name[64];

	while (*text) {
		size_t len = 0;

		while (secret_is_name_char(text[len]))
			len++;
		snprintf(name, sizeof(name), "%.*s", (int)len, text);
		/* A lower-case word is an ordinary word, except in ethtool's options. */
		if ((isupper((unsigned char)*name) && secret_key(name)) ||
		    strcmp(name, "sopass") == 0)
			return true;
		text += len ? len : 1;
	}
	return false;
}

/* ---- values ---- */

#define LONG_WORD 4

/*
 * struct secret - a word in one of its forms
 * @next: the next one in the same bucket
 * @about: the interface that its file belongs to; NULL if it is a secret everywhere
 */
struct secret {
	struct secret *next;
	const char *text;
	size_t len;
	const char *about;
};

/* struct whole - a complete value from a file, of which messages may quote parts */
struct whole {
	const char *file;
	const char *text;
};

/* Files may contain many words, and a report many bytes. */
#define BUCKETS 1024

struct secrets {
	struct arena *arena;
	struct secret *words[BUCKETS];
	bool any;
	struct whole *wholes;
	size_t n_wholes, wholes_cap;
	struct whole *files; /* files that were noted */
	size_t n_files, files_cap;
};

/* Words are found by their first bytes: all of them, up to LONG_WORD. */
static size_t bucket_of(const char *text, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return (hash ^ hash >> 16) % BUCKETS;
}

struct secrets *secrets_new(void)
{
	struct arena *arena = arena_new();
	struct secrets *secrets = arena_alloc(arena, sizeof(*secrets));

	secrets->arena = arena;
	return secrets;
}

void secrets_free(struct secrets *secrets)
{
	if (secrets)
		arena_free(secrets->arena);
}

/* "bond0" of a/keys-bond0 and a/ifcfg-bond0. */
static const char *subject_of(const char *file)
{
	const char *name = file ? basename(file) : "", *dash = strchr(name, '-');

	return dash ? dash + 1 : name;
}

static void add_secret_word(struct secrets *secrets, const char *file, const char *text,
			    size_t len)
{
	const bool is_long = len >= LONG_WORD;
	struct secret **at = &secrets->words[bucket_of(text, is_long ? LONG_WORD : len)];
	struct secret *word;

	for (word = *at; word; word = word->next)
		if (word->len == len && strncmp(word->text, text, len) == 0 &&
		    (!word->about || strcmp(word->about, subject_of(file)) == 0))
			return;
	word = arena_alloc(secrets->arena, sizeof(*word));
	*word = (struct secret){ .next = *at, .len = len };
	word->text = arena_strndup(secrets->arena, text, len);
	if (!is_long)
		word->about = arena_strdup(secrets->arena, subject_of(file));
	*at = word;
	secrets->any = true;
}

/*
 * Encoded like strbuf_add_quoted(), run_word_encode() and json-c do, each by its own
 * rules.
 */
static void add_in_shell(struct strbuf *out, char c)
{
	if (c == '\'')
		strbuf_add(out, "'\\''");
	else
		strbuf_addc(out, c);
}

static void add_in_state(struct strbuf *out, char c)
{
	if ((unsigned char)c <= ' ' || strchr("#%\x7f", c))
		strbuf_addf(out, "%%%02X", (unsigned char)c);
	else
		strbuf_addc(out, c);
}

static void add_in_json(struct strbuf *out, char c)
{
	if (strchr("\"\\", c))
		strbuf_addc(out, '\\');
	strbuf_addc(out, c);
}

/* Notes @len bytes of @text in each form that differs from it. */
static void add_forms(struct secrets *secrets, const char *file, const char *text,
		      size_t len)
{
	static void (*const forms[])(struct strbuf * out, char c) = { add_in_shell,
								      add_in_state,
								      add_in_json };
	const char *word = arena_strndup(secrets->arena, text, len);
	_cleanup_strbuf_ struct strbuf visible = STRBUF_EMPTY;
	add_secret_word(secrets, file, word, len);

	strbuf_add_visible(&visible, word);
	if (strcmp(strbuf_text(&visible), word) != 0)
		add_secret_word(secrets, file, strbuf_text(&visible), visible.len);
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		_cleanup_strbuf_ struct strbuf form = STRBUF_EMPTY;

		for (size_t k = 0; k < len; k++)
			forms[i](&form, word[k]);
		if (strcmp(strbuf_text(&form), word) != 0)
			add_secret_word(secrets, file, strbuf_text(&form), form.len);
	}
}

/* In the form that messages show. */
static void add_whole(struct secrets *secrets, const char *file, const char *text)
{
	_cleanup_strbuf_ struct strbuf visible = STRBUF_EMPTY;
	struct whole whole = { .file = arena_strdup(secrets->arena, file) };

	strbuf_add_visible(&visible, text);
	whole.text = arena_strdup(secrets->arena, strbuf_text(&visible));
	ARENA_PUSH(secrets->arena, secrets->wholes, secrets->n_wholes,
		   secrets->wholes_cap, whole);
}

void secrets_note(struct secrets *secrets, const char *file, const char *text)
{
	static const char between[] = " \t\n\"',;=\\";
	const size_t all = strlen(text);
	if (file)
		add_whole(secrets, file, text);

	if (all >= LONG_WORD)
		add_forms(secrets, file, text, all);
	while (*text) {
		size_t len = strcspn(text, between);

		if (len && (len < all || len < LONG_WORD))
			add_forms(secrets, file, text, len);
		text += len + (text[len] != '\0');
	}
}

bool secrets_know(const struct secrets *secrets, const char *file, const char *text)
{
	for (size_t i = 0; i < secrets->n_files; i++)
		if (strcmp(secrets->files[i].file, file) == 0 &&
		    strcmp(secrets->files[i].text, text) == 0)
			return true;
	return false;
}

void secrets_know_file(struct secrets *secrets, const char *file, const char *text)
{
	const struct whole copy = { arena_strdup(secrets->arena, file),
				    arena_strdup(secrets->arena, text) };

	ARENA_PUSH(secrets->arena, secrets->files, secrets->n_files, secrets->files_cap,
		   copy);
}

/* ---- text without them ---- */

/* Whether it is neither part of a longer word nor of an address. */
static bool stands_alone(const char *text, const char *at, size_t len)
{
	static const char joins[] = ".:/-_";
	const char *before = at > text ? at - 1 : " ", *after = at + len;

	return !isalnum((unsigned char)*before) && !strchr(joins, *before) &&
	       !isalnum((unsigned char)*after) && (!*after || !strchr(joins, *after));
}

static size_t secret_len(const struct secrets *secrets, const char *about,
			 const char *text, const char *at)
{
	const size_t most = strnlen(at, LONG_WORD);
	size_t longest = 0;

	for (size_t i = 1; i <= most; i++)
		for (const struct secret *word = secrets->words[bucket_of(at, i)]; word;
		     word = word->next)
			if (word->len > longest &&
			    strncmp(at, word->text, word->len) == 0 &&
			    (!word->about || (strcmp(word->about, about) == 0 &&
					      stands_alone(text, at, word->len))))
				longest = word->len;
	return longest;
}

/* The length of the quoted text at @at if it is part of a value. */
static size_t piece_len(const struct secrets *secrets, const char *file, const char *text,
			const char *at)
{
	const bool opens = *at == '\'' && (at == text || !isalnum((unsigned char)at[-1]));
	const char *end = opens ? strchr(at + 1, '\'') : NULL;
	size_t len = end ? (size_t)(end - at) - 1 : 0;

	for (size_t i = 0; len && i < secrets->n_wholes; i++) {
		const struct whole *whole = &secrets->wholes[i];

		if (whole->file && strcmp(whole->file, file) == 0 &&
		    memmem(whole->text, strlen(whole->text), at + 1, len))
			return len;
	}
	return 0;
}

void secrets_hide(const struct secrets *secrets, struct pos pos, const char *text,
		  struct strbuf *out)
{
	const char *about = subject_of(pos.file), *at = text;

	if (!secrets || !secrets->any) {
		strbuf_add(out, text);
		return;
	}
	while (*at) {
		size_t piece = pos.file ? piece_len(secrets, pos.file, text, at) : 0;
		size_t len = piece ? piece + 2 : secret_len(secrets, about, text, at);

		if (len)
			strbuf_add(out, SECRET_BLANK);
		else
			strbuf_addc(out, *at);
		at += len ? len : 1;
	}
}
