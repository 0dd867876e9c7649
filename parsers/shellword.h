/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/diag.h"
#include "lib/base/strbuf.h"
#include "parsers/lookalike.h"
#include "parsers/shellvars.h"

/* A place in the text. */
struct shell_cursor {
	const char *at;
	const char *line_start;
	unsigned int line;
};

/**
 * struct shell_fault - why a word has no value that we can use
 * @what: the fault; @hint: how to fix it
 * @line: where the fault is, if not on the line where the word starts; else 0
 * @is_open: a quote is never closed, so the end of the value is not known
 */
struct shell_fault {
	const char *what, *hint;
	unsigned int line;
	bool is_open;
};

/**
 * struct shell_reader - a text of shell words, and how far it has been read
 * @cur: what comes next; the text ends with NUL and has no other
 * @file: for messages
 * @vars, @outer: what $NAME may refer to; @outer may be NULL
 * @diag: receives warnings about look-alikes
 * @expandable: how many bytes expansions may still add, so that a small file cannot
 *              fill the memory; @overgrown: it was reported that this was not enough
 * @quiet: the word doesn't count: no expansion, no message
 * @exporting: the word is one of `export`'s, where braces expand
 * @own: the variable that the word is assigned to; @uses_own: its value is part of it
 * @word: the word read last, without its quotes
 * @name: the name read last
 * @quoted: something in @word was quoted or expanded
 * @bad: why @word is no word to go by; .what is NULL when it is
 * @sets: each variable that has no value and that ${NAME:=text} in the word gives one, with a
 *        blank after it
 * @odd_told: the senses of look-alikes that were reported in this file, as bits
 * @lost: a quote or bracket has no end; go on with @resume
 * @searched: a closing quote was missing to the end of the file once; from now on only
 *            checks in linear time are made
 */
struct shell_reader {
	struct shell_cursor cur;
	const char *file;
	const struct shellvars *vars, *outer;
	struct diag *diag;
	size_t expandable;
	bool overgrown;
	bool quiet;
	bool exporting;
	const char *own;
	bool uses_own;
	struct strbuf word, name, sets;
	bool quoted;
	struct shell_fault bad;
	unsigned int odd_told;
	bool lost, searched;
	struct shell_cursor resume;
	struct shell_cursor word_start;
	bool at_tilde_prefix;
};

/* The next character, skipping line continuations; '\0' at the end. */
char shell_peek(struct shell_reader *r);

/* Moves past the next byte. */
void shell_step(struct shell_reader *r);

/* The start of the line after that of @from. */
struct shell_cursor shell_next_line(struct shell_cursor from);

/* Whether this is a valid variable name. */
bool shell_is_name(const char *text, size_t len);

/* Reads a variable name into @r->name. Return: whether there was one. */
bool shell_read_name(struct shell_reader *r);

/* Whether @c, unquoted, ends a word. */
bool shell_ends_word(char c);

/*
 * The length in bytes of a blank, or something that looks like one, at the cursor; 0 if
 * there is none.
 */
size_t shell_blank(struct shell_reader *r);

/* The same for a character that people take for one of the shell's. */
size_t shell_odd(struct shell_reader *r, enum lookalike_sense sense);

/* One of | & ( ) < > : shell syntax, but not part of an assignment. */
bool shell_is_operator(char c);

/* Empties @r->word and resets what is known about it. */
void shell_start_word(struct shell_reader *r);

/**
 * shell_read_word() - read up to the blank or operator that ends the word
 *
 * Appends to @r->word; sets @quoted, @bad and possibly @lost.
 *
 * Spec: POSIX XCU 2.2, 2.3, 2.6.2; bash(1) QUOTING.
 */
void shell_read_word(struct shell_reader *r);

/* Appends the value that the variable @r->name has so far, if any. */
void shell_expand_name(struct shell_reader *r);

/*
 * Moves past the @close that matches the @open at the cursor; gives up if there is none.
 */
void shell_skip_group(struct shell_reader *r, char open, char close);
