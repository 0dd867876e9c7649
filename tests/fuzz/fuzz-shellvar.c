/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: a file of shell assignments, and the same once more from quoted text. */
#include <stdint.h>
#include <string.h>

#include "lib/base/strbuf.h"
#include "parsers/shellvar.h"
#include "parsers/simple-vars.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_one(const struct shellvar *var, const struct shellvar *before)
{
	const char *key = var->key;

	if (!*key || (*key >= '0' && *key <= '9'))
		abort();
	if (strspn(key,
		   "abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") !=
	    strlen(key))
		abort();
	if (!var->value || var->pos.line == 0)
		abort();
	if (var->stray && !*var->stray)
		abort();
	if (before && before->pos.line > var->pos.line)
		abort();
}

/* Values that are made of others may be long, and copying them takes far longer than reading. */
#define LONG 16384

static bool is_long(const struct shellvars *vars)
{
	size_t len = 0;

	for (size_t i = 0; i < vars->n && len <= LONG; i++)
		len += strlen(vars->vars[i].value);
	return len > LONG;
}

/* KEY='value' for each, where a ' in the value becomes '\''. */
static void write_quoted(const struct shellvars *vars, struct strbuf *out)
{
	for (size_t i = 0; i < vars->n; i++) {
		strbuf_addf(out, "%s='", vars->vars[i].key);
		for (const char *c = vars->vars[i].value; *c; c++)
			strbuf_add(out, *c == '\'' ? "'\\''" : (char[]){ *c, '\0' });
		strbuf_add(out, "'\n");
	}
}

/* What was read must read the same once it has been written out in quotes. */
static void check_round_trip(const struct shellvars *vars)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct shellvars again;

	write_quoted(vars, &text);
	if (strstr(strbuf_text(&text), "\r\n"))
		return; /* the CR would rightly get lost */
	if (shellvar_parse(strbuf_text(&text), text.len, "again", NULL, arena, arena,
			   diag, &again) < 0)
		return;
	if (diag_errors(diag) || again.n != vars->n)
		abort();
	for (size_t i = 0; i < vars->n; i++)
		if (strcmp(vars->vars[i].key, again.vars[i].key) != 0 ||
		    strcmp(vars->vars[i].value, again.vars[i].value) != 0)
			abort();
}

/* A file that counts as simple has nothing in it that parsing would find besides. */
static void check_simple(const char *text, size_t len, const struct shellvars *vars,
			 const struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf again = STRBUF_EMPTY;
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct simple_vars *simple = simple_vars_read(text, len, arena);

	if (!simple)
		return;
	simple_vars_text(simple, &again);
	if (simple->n != vars->n || vars->blocks || !diag_is_empty(diag) ||
	    again.len != len || memcmp(strbuf_text(&again), text, len) != 0)
		abort();
	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (strcmp(simple_vars_key(simple, i), var->key) != 0 ||
		    strcmp(simple_vars_value(simple, i), var->value) != 0 ||
		    simple->of[i].line != var->pos.line || var->flaw || var->stray ||
		    var->is_fixed || var->appends ||
		    shellvar_get(vars, var->key) !=
			    &vars->vars[simple_vars_find(simple, var->key)])
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	const char *text = (const char *)data;
	struct shellvars vars, with_outer;

	if (shellvar_parse(text, size, "fuzz", NULL, arena, arena, diag, &vars) < 0)
		return 0;
	check_simple(text, size, &vars, diag);
	for (size_t i = 0; i < vars.n; i++)
		check_one(&vars.vars[i], i ? &vars.vars[i - 1] : NULL);
	if (is_long(&vars))
		return 0;
	check_round_trip(&vars);
	shellvar_parse(text, size, "fuzz", &vars, arena, arena, diag, &with_outer);
	return 0;
}
