/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks bash what it makes of files of assignments, to compare with what we make of them. */
#pragma once

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/strbuf.h"
#include "parsers/shellvar.h"

/*
 * Reads each file in a process of its own, and in a function, as network-scripts did. Answers,
 * each ended by NUL: whether bash complained, whether it ran anything but assignments,
 * NAME=VALUE for each new variable, and an empty word, which is all when bash ended in the
 * middle of the file. What is in the background is waited for; what that has started may still
 * write afterwards, so each file has a trace and errors of its own. No value has a line that
 * begins as those of the trace do. What builtins print goes through a file, as $(...) would be
 * a process more.
 */
static const char bash_oracle[] =
	"_before=' '\n"
	"for _v in $(compgen -v) BASH_REMATCH BASH_XTRACEFD PIPESTATUS PS4; do "
	"_before+=\"$_v \"; "
	"done\n"
	"_read() { . \"$_file\"; }\n"
	"for _file in \"$1\"/case-*; do\n"
	"(\n"
	"	_own=${_file##*/}\n"
	"	exec 3>\"$1/trace-$_own\" 2>\"$1/errors-$_own\"\n"
	"	BASH_XTRACEFD=3 PS4='\a'\n"
	"	set -x\n"
	"	_read >/dev/null </dev/null\n"
	"	_status=$?\n"
	"	set +x\n"
	"	wait\n"
	"	_complained=no _ran=no\n"
	"	if [[ $_status != 0 || -s $1/errors-$_own ]]; then _complained=yes; fi\n"
	"	declare -F >\"$1/names\"\n"
	"	mapfile -t _lines <\"$1/names\"\n"
	"	if [[ ${_lines[*]} != 'declare -f _read' ]]; then _ran=yes; fi\n"
	"	_plain='^\a\a((export|unset|readonly)( "
	"|$)|[A-Za-z_][A-Za-z_0-9]*\\+?=)'\n"
	"	mapfile -t _lines <\"$1/trace-$_own\"\n"
	"	for _line in \"${_lines[@]}\"; do\n"
	"		[[ $_line != '\a\a'* || $_line =~ $_plain ]] || _ran=yes\n"
	"	done\n"
	"	printf '%s\\0' $_complained $_ran\n"
	"	compgen -v >\"$1/names\"\n"
	"	mapfile -t _lines <\"$1/names\"\n"
	"	for _v in \"${_lines[@]}\"; do\n"
	"		[[ $_v == _[a-z]* || $_before == *\" $_v \"* ]] && continue\n"
	"		[[ ${!_v+set} ]] && printf '%s=%s\\0' \"$_v\" \"${!_v}\"\n"
	"	done\n"
	")\n"
	"printf '\\0'\n"
	"done\n";

/* The file NAME in @dir. Return: whether it is there now. */
static inline bool bash_write_file(const char *dir, const char *name, const char *text,
				   size_t len)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	_cleanup_fclose_ FILE *file = NULL;

	strbuf_addf(&path, "%s/%s", dir, name);
	file = fopen(strbuf_text(&path), "w");
	return file && fwrite(text, 1, len, file) == len;
}

/* The files are asked about in the order of @i. */
static inline bool bash_write_case(const char *dir, size_t i, const struct strbuf *text)
{
	char name[32];

	snprintf(name, sizeof(name), "case-%08zu", i);
	return bash_write_file(dir, name, strbuf_text(text), text->len);
}

/*
 * Appends all that bash answers about the cases in @dir, which is where it runs, without
 * programs and with nothing of our environment. Return: its exit status.
 */
static inline int bash_ask(const char *dir, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf command = STRBUF_EMPTY;
	char buf[4096];
	size_t n;
	FILE *bash;

	if (!bash_write_file(dir, "oracle", bash_oracle, strlen(bash_oracle)))
		return -1;
	strbuf_addf(&command,
		    "bash=$(command -v bash) && cd %s && exec env -i PATH=/nonexistent "
		    "LC_ALL=C.UTF-8 \"$bash\" --norc --noprofile %s/oracle %s",
		    dir, dir, dir);
	bash = popen(strbuf_text(&command), "r");
	if (!bash)
		return -1;
	while ((n = fread(buf, 1, sizeof(buf), bash)) > 0)
		strbuf_addn(out, buf, n);
	return pclose(bash);
}

static inline int bash_remove_one(const char *path, const struct stat *st, int type,
				  struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static inline void bash_remove_dir(char (*dir)[])
{
	nftw(*dir, bash_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* The one that follows in the answers. */
static inline const char *bash_next_word(const char *word)
{
	return word + strlen(word) + 1;
}

/* struct reading - what we make of a case */
struct reading {
	struct arena *arena;
	struct diag *diag;
	struct shellvars vars;
};

/* Return: whether there was memory for it. */
static inline bool reading_make(const char *text, size_t len, struct reading *ret)
{
	ret->arena = arena_new();
	ret->diag = diag_new();
	return ret->arena && ret->diag &&
	       shellvar_parse(text, len, "case", NULL, ret->arena, ret->arena, ret->diag,
			      &ret->vars) == 0;
}

static inline void reading_release(struct reading *reading)
{
	arena_free(reading->arena);
	diag_free(reading->diag);
}

static inline bool reading_has_stray(const struct reading *reading)
{
	for (size_t i = 0; i < reading->vars.n; i++)
		if (reading->vars.vars[i].stray)
			return true;
	return false;
}

static inline void reading_count_line(const struct diag_line *line, void *arg)
{
	(void)line;
	++*(size_t *)arg;
}

/* Whether anything is said about the file. */
static inline bool reading_is_reported(const struct reading *reading)
{
	size_t messages = 0;

	diag_each(reading->diag, DIAG_NOTE, reading_count_line, &messages);
	return messages || reading_has_stray(reading) || reading->vars.blocks;
}
