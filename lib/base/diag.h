/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "lib/base/cleanup.h"

/**
 * struct pos - where in the configuration something was asked for
 * @file: path as people should see it; borrowed; NULL means no file (the command line)
 * @line: counted from 1; 0 means the file as a whole
 */
struct pos {
	const char *file;
	unsigned int line;
};

enum diag_grade {
	DIAG_NOTE,    /* worth knowing under -v */
	DIAG_NOTICE,  /* always worth knowing, but nobody's mistake */
	DIAG_WARNING, /* something is ignored; an error with --strict */
	DIAG_ERROR,   /* nothing is changed */
};

/**
 * struct diag - everything the run has to tell the administrator
 *
 * Functions below main() neither print nor exit: they add messages here. The messages
 * keep their order; the repetition of one about the same place is dropped.
 */
struct diag;

/* diag_free() accepts NULL. */
struct diag *diag_new(void);
void diag_free(struct diag *diag);

static inline void diag_freep(struct diag **diag)
{
	diag_free(*diag);
}
#define _cleanup_diag_ _cleanup_(diag_freep)

/* As strict as another one, with the same secrets, and about the same interface. */
struct diag *diag_new_like(const struct diag *other);

/* From now on warnings count, and print, as errors (--strict). */
void diag_set_strict(struct diag *diag, bool strict);

struct secrets;

/* From now on, values that are secrets are not shown: borrowed, or NULL. */
void diag_set_secrets(struct diag *diag, const struct secrets *secrets);

/**
 * diag_add() - one message
 * @pos: the place that asked for it; the file's name is copied
 *
 * The text starts in lower case, names what is wrong and ends without a full stop.
 */
void diag_add(struct diag *diag, enum diag_grade grade, struct pos pos, const char *fmt,
	      ...) _printf_(4, 5);

#define diag_error(diag, pos, ...)   diag_add(diag, DIAG_ERROR, pos, __VA_ARGS__)
#define diag_warning(diag, pos, ...) diag_add(diag, DIAG_WARNING, pos, __VA_ARGS__)
#define diag_note(diag, pos, ...)    diag_add(diag, DIAG_NOTE, pos, __VA_ARGS__)
#define diag_notice(diag, pos, ...)  diag_add(diag, DIAG_NOTICE, pos, __VA_ARGS__)

/**
 * diag_about() - name the interface that the next messages are about
 * @interface: borrowed until the next call; NULL: none
 *
 * Messages merged from elsewhere that name none are taken to be about it, too.
 *
 * Return: the one before.
 */
const char *diag_about(struct diag *diag, const char *interface);

/* Adds to the latest message what to do about it. */
void diag_hint(struct diag *diag, const char *fmt, ...) _printf_(2, 3);

/*
 * The same for commands that people paste: each argument is text, and becomes a word of a
 * shell, quoted where it has to be. In @fmt there is nothing but %s.
 */
void diag_hint_words(struct diag *diag, const char *fmt, ...) _printf_(2, 3);

/* The latest message stands: see diag_forgive(). */
void diag_stand(struct diag *diag);

/* The latest message is that something cannot be read, which may be about anything. */
void diag_unread(struct diag *diag);

/* All errors become warnings, unless one of them stands: then all are as they are. */
void diag_forgive(struct diag *diag);

/* Appends all messages of @from to those of @diag, in order. */
void diag_merge(struct diag *diag, struct diag *from);
/* The same, with errors as warnings: for what costs no more than a line. */
void diag_merge_warnings(struct diag *diag, struct diag *from);
/* The same, with warnings as errors: for what leaves a file without anything in it. */
void diag_merge_errors(struct diag *diag, struct diag *from);
/* The same, but for those that @diag has anywhere. */
void diag_merge_new(struct diag *diag, struct diag *from);

/**
 * diag_sort() - bring the messages into the order of files and lines
 *
 * For what was found by several passes over the same files. Messages about one line keep
 * their order, those without a file go last; repetitions are dropped.
 */
void diag_sort(struct diag *diag);

/* Whether there is no message. */
bool diag_is_empty(const struct diag *diag);

/* How many errors there are (warnings too once strict). */
size_t diag_errors(const struct diag *diag);

/**
 * diag_print() - every message not printed yet, in the shape compilers use
 * @least: skips messages below this grade
 *
 *     FILE:LINE: error: MESSAGE
 *         hint: HINT
 *
 * A message without a file starts with the program's name. On a terminal, the words before
 * the second colon have colours: see terminal_has_colours().
 */
void diag_print(struct diag *diag, enum diag_grade least, FILE *out);

/**
 * struct diag_line - a message as diag_each() shows it
 * @interface: the one it is about, or NULL; @hint: or NULL
 * @is_unread: see diag_unread()
 */
struct diag_line {
	enum diag_grade grade;
	struct pos pos;
	const char *interface;
	const char *text;
	const char *hint;
	bool is_unread;
};

/* Hands every message on, for the system's log. */
void diag_each(const struct diag *diag, enum diag_grade least,
	       void (*fn)(const struct diag_line *line, void *arg), void *arg);
