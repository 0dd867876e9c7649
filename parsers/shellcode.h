/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * struct refusal - what is said of a word that is no assignment: "'WORD' @what", and @hint
 * @is_prose: what follows in the line is not shell either
 */
struct refusal {
	const char *what, *hint;
	bool is_prose;
};

/* What a command does with variables. */
enum shell_act {
	SHELL_RUNS,     /* nothing: it may do anything else */
	SHELL_ASSIGNS,  /* makes the assignments that follow */
	SHELL_FORGETS,  /* makes them for the function in which the file is read */
	SHELL_UNSETS,   /* takes the variables away that follow */
	SHELL_COMPUTES, /* gives them values that only a shell knows */
	SHELL_ANYTHING, /* may set any variable, or keep the program from going on */
	SHELL_RETURNS,  /* ends the file */
	SHELL_OPENS, /* commands follow that may be run or not; they end with SHELL_CLOSES */
	SHELL_OPENS_LINE, /* the same, but words follow first */
	SHELL_FUNCTION,   /* a function's name and body follow */
	SHELL_LEADS,      /* another command follows */
	SHELL_CLOSES,
};

/* struct shell_command - a word that starts a command, and what is said of it */
struct shell_command {
	const char *word;
	enum shell_act act;
	struct refusal refusal;
};

/* The row of a word; that of any other command when it has none of its own. */
const struct shell_command *shell_command_find(const char *word);

/* The refusal of one of the operators | & ( ) < > ; where a command starts. */
const struct refusal *shell_operator_refusal(const char *operator);

/**
 * shell_judge_word() - why a word that is no assignment is not, as far as its looks tell
 * @word: without its quotes; @is_quoted: it had some; @has_equals: an = that is not quoted
 *
 * Return: a refusal; those of one kind are one and the same.
 */
const struct refusal *shell_judge_word(const char *word, bool is_quoted, bool has_equals);

/* Longer words are no keys. */
#define KEY_MAX 128

/**
 * shell_odd_key() - the key that a word would assign to if its name were written plainly
 * @text: the file from the word on, as it stands there; @len: of the word
 * @out: of @size bytes
 *
 * "BONDING_OPTS"="…", $IPADDR=…, BONDING-OPTS=… and names in letters of double width.
 *
 * Return: false if it is not like a key.
 */
bool shell_odd_key(const char *text, size_t len, char *out, size_t size);

/* What is said of files that only set what network-scripts set anyway. */
bool shell_is_harmless_include(const char *path);

extern const struct refusal shell_not_exportable, shell_fence, shell_function;
extern const struct refusal shell_array, shell_redirection;
