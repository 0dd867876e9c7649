/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * struct refusal - the message about a word that is not an assignment: "'WORD' @what",
 * and @hint
 * @is_prose: the rest of the line is not shell either
 */
struct refusal {
	const char *what, *hint;
	bool is_prose;
};

/* What a command does with variables. */
enum shell_act {
	SHELL_RUNS,     /* nothing: it may do anything else */
	SHELL_ASSIGNS,  /* makes the assignments that follow */
	SHELL_FORGETS,  /* makes them local to the function in which the file is read */
	SHELL_UNSETS,   /* unsets the variables that follow */
	SHELL_COMPUTES, /* gives them values that only a shell can know */
	SHELL_ANYTHING, /* may set any variable, or end the program */
	SHELL_RETURNS,  /* ends the file */
	SHELL_OPENS, /* commands follow that may be run or not; they end with SHELL_CLOSES */
	SHELL_OPENS_LINE, /* the same, but other words come first */
	SHELL_FUNCTION,   /* a function's name and body follow */
	SHELL_LEADS,      /* another command follows */
	SHELL_CLOSES,
};

/* struct shell_command - a word that starts a command, and the message about it */
struct shell_command {
	const char *word;
	enum shell_act act;
	struct refusal refusal;
};

/* The row for a word; the default row if the command has none of its own. */
const struct shell_command *shell_command_find(const char *word);

/* The refusal of one of the operators | & ( ) < > ; at the start of a command. */
const struct refusal *shell_operator_refusal(const char *operator);

/**
 * shell_judge_word() - why a word is not an assignment, judging by its form
 * @word: without its quotes; @is_quoted: it had some; @has_equals: it has an unquoted =
 *
 * Return: a refusal; words of one kind share one refusal.
 */
const struct refusal *shell_judge_word(const char *word, bool is_quoted, bool has_equals);

/* Longer words are not keys. */
#define KEY_MAX 128

/**
 * shell_odd_key() - the key that a word would assign to if its name were written plainly
 * @text: the file's text from the word on; @len: length of the word
 * @out: a buffer of @size bytes
 *
 * Recognizes "BONDING_OPTS"="…", $IPADDR=…, BONDING-OPTS=… and names in full-width
 * letters.
 *
 * Return: false if it does not look like a key.
 */
bool shell_odd_key(const char *text, size_t len, char *out, size_t size);

/* Whether a sourced file only sets variables that network-scripts set anyway. */
bool shell_is_harmless_include(const char *path);

extern const struct refusal shell_not_exportable, shell_fence, shell_function;
extern const struct refusal shell_not_unsettable;
extern const struct refusal shell_array, shell_redirection;
