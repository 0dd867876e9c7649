/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What files contain besides assignments: shell code, and text copied from web pages. */
#include "parsers/shellcode.h"

#include <stdio.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/language.h"
#include "lib/base/typo.h"
#include "parsers/shellword.h"

#define ONLY  N_("only NAME=value lines are read here")
#define QUOTE N_("put the value in quotes if that character belongs to it")
#define WEB   N_("copied from a web page? Remove it; a comment starts with #")

#define COMMAND N_("is a command; this file is data and is not run")
#define PLAIN   N_("write NAME=value alone")
#define HERE    N_("put the assignments of that file here")

const struct refusal shell_not_exportable = {
	N_("cannot be exported"),
	N_("write export NAME=value, or NAME=value alone"),
	false,
};
const struct refusal shell_not_unsettable = {
	N_("cannot be unset"),
	N_("write unset NAME"),
	false,
};
const struct refusal shell_fence = {
	N_("is markup, not an assignment: the line is ignored"),
	WEB,
	true,
};
const struct refusal shell_function = {
	N_("would be a function; this file is data and is not run"), ONLY, true
};
const struct refusal shell_array = {
	N_("would be an array; only plain variables are known"),
	N_("put the values in quotes, or give each of them a name of its own"),
	false,
};

const struct refusal shell_redirection = {
	N_("redirects a command; this file is data and is not run"),
	QUOTE,
	true,
};

static const struct refusal quoted_name = {
	N_("has quotes in front of its =, so it is not an assignment"),
	N_("write the name plain: NAME=value"),
	false,
};
static const struct refusal bad_name = {
	N_("does not start with a valid name"),
	N_("a name has letters, digits and _, and no digit in front"),
	false,
};
static const struct refusal number = {
	N_("is a line number, not part of an assignment: the line is ignored"),
	N_("copied from a web page? Remove the numbers in front of the lines"),
	true,
};
static const struct refusal ruler = {
	N_("is a ruler, not an assignment: the line is ignored"),
	WEB,
	true,
};
static const struct refusal prompt = {
	N_("is the prompt of a shell: the line is ignored"),
	WEB,
	true,
};

/* In both tables the last row is the default. */
static const struct shell_command shell_commands[] = {
	{ "export", SHELL_ASSIGNS, { NULL, NULL, false } },
	{ "readonly", SHELL_ASSIGNS, { NULL, NULL, false } },
	{ "declare", SHELL_FORGETS, { COMMAND, PLAIN, false } },
	{ "local", SHELL_FORGETS, { COMMAND, PLAIN, false } },
	{ "typeset", SHELL_FORGETS, { COMMAND, PLAIN, false } },
	{ "unset", SHELL_UNSETS, { NULL, NULL, false } },
	{ "read", SHELL_COMPUTES, { COMMAND, PLAIN, false } },
	{ "let", SHELL_COMPUTES, { COMMAND, PLAIN, false } },
	{ "mapfile", SHELL_COMPUTES, { COMMAND, PLAIN, false } },
	{ "readarray", SHELL_COMPUTES, { COMMAND, PLAIN, false } },
	{ "printf", SHELL_COMPUTES, { COMMAND, PLAIN, false } },
	{ ".", SHELL_ANYTHING, { COMMAND, HERE, false } },
	{ "source", SHELL_ANYTHING, { COMMAND, HERE, false } },
	{ "eval", SHELL_ANYTHING, { COMMAND, PLAIN, false } },
	{ "exit",
	  SHELL_ANYTHING,
	  { N_("would end the program; this file is data and is not run"),
	    N_("remove it"), false } },
	{ "exec", SHELL_ANYTHING, { COMMAND, ONLY, false } },
	{ "return",
	  SHELL_RETURNS,
	  { N_("ends the file here, as it does in a shell"), N_("remove it"), false } },
	{ "if", SHELL_OPENS, { COMMAND, ONLY, false } },
	{ "while", SHELL_OPENS, { COMMAND, ONLY, false } },
	{ "until", SHELL_OPENS, { COMMAND, ONLY, false } },
	{ "{", SHELL_OPENS, { COMMAND, ONLY, false } },
	{ "for", SHELL_OPENS_LINE, { COMMAND, ONLY, false } },
	{ "case", SHELL_OPENS_LINE, { COMMAND, ONLY, false } },
	{ "select", SHELL_OPENS_LINE, { COMMAND, ONLY, false } },
	{ "function", SHELL_FUNCTION, { COMMAND, ONLY, false } },
	{ "then", SHELL_LEADS, { COMMAND, ONLY, false } },
	{ "else", SHELL_LEADS, { COMMAND, ONLY, false } },
	{ "elif", SHELL_LEADS, { COMMAND, ONLY, false } },
	{ "do", SHELL_LEADS, { COMMAND, ONLY, false } },
	{ "!", SHELL_LEADS, { COMMAND, ONLY, false } },
	{ "fi", SHELL_CLOSES, { COMMAND, ONLY, false } },
	{ "done", SHELL_CLOSES, { COMMAND, ONLY, false } },
	{ "esac", SHELL_CLOSES, { COMMAND, ONLY, false } },
	{ "}", SHELL_CLOSES, { COMMAND, ONLY, false } },
	{ NULL, SHELL_RUNS, { COMMAND, ONLY, false } },
};
static const struct {
	const char *operator;
	struct refusal refusal;
} operators[] = {
	{ "<", { N_("is not part of an assignment: the line is ignored"), WEB, true } },
	{ ">", { N_("is not part of an assignment: the line is ignored"), WEB, true } },
	{ "(",
	  { N_("groups commands; this file is data and is not run"), QUOTE, false } },
	{ ")",
	  { N_("groups commands; this file is data and is not run"), QUOTE, false } },
	{ "|", { N_("joins commands; this file is data and is not run"), QUOTE, true } },
	{ ";", { N_("has nothing in front of it to end"), N_("remove it"), false } },
	{ NULL, { N_("runs commands; this file is data and is not run"), QUOTE, false } },
};

const struct shell_command *shell_command_find(const char *word)
{
	const struct shell_command *row = shell_commands;

	while (row->word && strcmp(row->word, word) != 0)
		row++;
	return row;
}

const struct refusal *shell_operator_refusal(const char *operator)
{
	size_t i = 0;

	while (operators[i].operator&& strcmp(operators[i].operator, operator) != 0)
		i++;
	return &operators[i].refusal;
}

/* "12", "12:", "12." or "12)", as in numbered listings. */
static bool is_number(const char *word)
{
	size_t digits = strspn(word, "0123456789");

	return digits &&
	       (!word[digits] || (strchr(".:)", word[digits]) && !word[digits + 1]));
}

static bool is_ruler(const char *word)
{
	size_t len = strlen(word);

	return len >= 2 && strspn(word, "-=*~+.#") == len;
}

/* "$", "%", or "[root@host", "root@host:~#" */
static bool is_prompt(const char *word)
{
	size_t len = strlen(word);

	if (strcmp(word, "$") == 0 || strcmp(word, "%") == 0)
		return true;
	return strchr(word, '@') && (*word == '[' || strchr("$#%>", word[len - 1]));
}

const struct refusal *shell_judge_word(const char *word, bool is_quoted, bool has_equals)
{
	const char *bracket = strchr(word, '[');

	if (!is_quoted && is_number(word))
		return &number;
	if (!is_quoted && is_ruler(word))
		return &ruler;
	if (*word && is_prompt(word))
		return &prompt;
	if (!has_equals)
		return &shell_command_find(is_quoted ? "" : word)->refusal;
	if (bracket && shell_is_name(word, (size_t)(bracket - word)))
		return &shell_array;
	return is_quoted ? &quoted_name : &bad_name;
}

/* Skips what may precede a name: a quote, a variable's `$`, a list marker. */
static const char *skip_signs(const char *name)
{
	return name + strspn(name, "\"'$-*+{");
}

bool shell_odd_key(const char *text, size_t len, char *out, size_t size)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	char raw[KEY_MAX];
	const char *name;
	size_t n;

	if (len >= sizeof(raw))
		len = sizeof(raw) - 1;
	snprintf(raw, sizeof(raw), "%.*s", (int)len, text);
	if (!typo_narrow(raw, raw, sizeof(raw)))
		return false;
	name = skip_signs(raw);
	n = strcspn(name, "=:\"'}");
	if (n < 2 || n >= size || strspn(name, letters) < 2)
		return false;
	for (size_t i = 0; i < n; i++) {
		out[i] = name[i];
		if (strchr("-.", name[i]))
			out[i] = '_';
	}
	out[n] = '\0';
	name += n;
	return strspn(out, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == n &&
	       (name[strspn(name, "\"'}:")] == '=' || (*name == ':' && name[1]));
}

bool shell_is_harmless_include(const char *path)
{
	static const char *const names[] = { "functions", "network-functions",
					     "network-functions-ipv6", "network" };
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}
