/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

/* Why an assignment in the file is not in force. */
enum shellvar_flaw {
	SHELLVAR_SOUND,
	SHELLVAR_STRAY,       /* an unquoted blank: bash runs the word after it */
	SHELLVAR_UNSET,       /* bash does not make the assignment, for another reason */
	SHELLVAR_COMPUTED,    /* bash may set it later, to a value only a shell knows */
	SHELLVAR_CONDITIONAL, /* made only if the shell code around it is run */
	SHELLVAR_OPEN,        /* the value has no closing quote */
};

/**
 * struct shell_block - shell code of several commands: a function, if … fi
 * @pos: where it starts; @word: the function's name, or the opening word
 * @is_function: it is a function, which may never be called
 * @body: the text inside
 */
struct shell_block {
	struct shell_block *next;
	struct pos pos;
	const char *word;
	bool is_function;
	const char *body;
};

/**
 * struct shellvar - one assignment, as bash would have made it
 * @key: variable name
 * @value: after quoting, joining, expansion and `+=`
 * @pos: line on which the assignment starts
 * @appends: `+=`, or the value has the key's own earlier value in it
 * @flaw: why it is not in force. The parser has not reported it: whether it is an error
 *        depends on the key
 * @stray: NULL without a flaw. With SHELLVAR_STRAY, the word after the blank, as in the file,
 *         quotes and all, but fit for a message: cut when long. Else what is wrong with the
 *         assignment
 * @hint: what to do about it; with SHELLVAR_STRAY, all words after the blank, as @stray
 * @flaw_line: where that is, when it is not @pos; else 0
 * @block: of SHELLVAR_CONDITIONAL, where it stands; else NULL
 * @start, @end: from where to where it stands in the plain text of the file; the same for
 *	what ${NAME:=text} sets
 * @rest: to where the text goes that is the reason of SHELLVAR_STRAY and SHELLVAR_UNSET: the
 *	rest of the command, or @end if the reason is somewhere else; 0 if that has no end
 * @is_fixed: it was made read-only: bash refuses another value
 * @before: for the index: place, counted from 1, of the one before it with that key
 */
struct shellvar {
	const char *key;
	const char *value;
	struct pos pos;
	bool appends;
	enum shellvar_flaw flaw;
	const char *stray, *hint;
	unsigned int flaw_line;
	const struct shell_block *block;
	size_t start, end, rest;
	bool is_fixed;
	size_t before;
};

/*
 * All assignments of a file in order; a key may occur more than once. With
 * @index, the assignments of one key are found without going through all the others.
 */
struct shellvars {
	struct shellvar *vars;
	size_t n, cap;
	struct shell_block *blocks;
	struct shellvar_index *index;
};

/* Builds the index of a complete list if it is long. */
void shellvar_make_index(struct shellvars *vars, struct arena *arena);
/*
 * For the parser: indexes the assignment just added; until the list is complete, only
 * shellvar_latest() may be used.
 */
void shellvar_index_last(struct shellvars *vars, struct arena *arena);

/* The assignment of @key that is in force: the last one without a flaw, or NULL. */
const struct shellvar *shellvar_get(const struct shellvars *vars, const char *key);

/* Whether no earlier assignment of its key is in force; the list must be complete. */
bool shellvar_is_first(const struct shellvars *vars, const struct shellvar *var);

/* The assignment from which bash takes the value, even if we cannot know that value. */
const struct shellvar *shellvar_latest(const struct shellvars *vars, const char *key);
