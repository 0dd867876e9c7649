/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blanks at the ends of values in quotes, which editors leave and people do not see; and those
 * that are missing between options.
 */
#include "lib/files/blanks.h"

#include <errno.h>
#include <string.h>

#include "lib/base/lines.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/route-slips.h"
#include "parsers/lookalike.h"

/* The length of a blank, or something that looks like one, at @text. */
static size_t blank_len(const char *text)
{
	struct lookalike_found odd;

	if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
		return 1;
	if (*text > 0 && *text < 0x7F)
		return 0;
	if (lookalike_at(text, &odd) &&
	    (odd.kind->sense == LOOKALIKE_BLANK || odd.kind->sense == LOOKALIKE_NOTHING))
		return odd.len;
	return 0;
}

/* The value without blanks at its ends. */
static const char *core_of_value(const char *value, size_t *ret_len)
{
	const char *end, *at;
	size_t len;

	while ((len = blank_len(value)))
		value += len;
	for (at = end = value; *at; at += len ? len : 1) {
		len = blank_len(at);
		if (!len)
			end = at + 1;
	}
	*ret_len = (size_t)(end - value);
	return value;
}

/* They matter only in a value of one word; "a b " is a list for its readers. */
static bool is_spoilt(const char *key)
{
	const struct ifcfg_key *row = ifcfg_key_find(key);

	return row && row->grade == KEY_USED && !(row->traits & KEY_TEXT);
}

static bool is_spoilt_of_route(const char *key)
{
	struct route_key route;

	return route_key_is(key, &route) && route.part != ROUTE_OPTIONS;
}

static void trim_values(struct arena *arena, struct shellvars *vars,
			bool (*is_one_word)(const char *key), struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf also = STRBUF_EMPTY;
	const struct shellvar *first = NULL;
	struct lines lines = { 0 };

	for (size_t i = 0; i < vars->n; i++) {
		struct shellvar *var = &vars->vars[i];
		const char *before = var->value;
		size_t len;
		const char *core = core_of_value(before, &len);

		if (len == strlen(before))
			continue;
		var->value = arena_strndup(arena, core, len);
		if (var->flaw || !is_one_word(var->key))
			continue;
		first = first ? first : var;
		lines_add(&lines, var->pos.line);
	}
	if (!first)
		return;
	lines_also(&lines, &also);
	diag_warning(diag, first->pos,
		     "the blanks around the value of %s='%s' are ignored%s", first->key,
		     first->value, strbuf_text(&also));
	diag_hint(diag, "write %s=%s", first->key, first->value);
}

/* ---- options that += adds ---- */

/* What += has added to @before, if that is an option and no blank is in between; or NULL. */
static const char *find_glued(const char *value, const char *before)
{
	const size_t len = strlen(before);
	const char *added = value + len;
	size_t name;

	if (!len || strncmp(value, before, len) != 0 ||
	    strchr(" \t\n,;=", before[len - 1]))
		return NULL;
	name = strspn(added, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return name && added[name] == '=' ? added : NULL;
}

static void tell_glued(struct diag *diag, const struct shellvar *var, const char *added)
{
	diag_warning(diag, var->pos, "%s+=\"%s\" begins without a blank: one is added",
		     var->key, added);
	diag_hint(diag, "write %s+=\" %s\"", var->key, added);
}

/* struct growing - a list so far: as the file has it, and as it is meant */
struct growing {
	const char *key, *raw, *meant;
};

static void part_value(struct arena *arena, struct shellvar *var, struct growing *list,
		       struct diag *diag)
{
	const bool goes_on =
		list->key && var->appends && strcmp(list->key, var->key) == 0;
	const char *raw = var->value;
	const char *added = goes_on ? find_glued(raw, list->raw) : NULL;

	if (added) {
		tell_glued(diag, var, added);
		var->value = arena_printf(arena, "%s %s", list->meant, added);
	} else if (goes_on && strncmp(raw, list->raw, strlen(list->raw)) == 0) {
		var->value =
			arena_printf(arena, "%s%s", list->meant, raw + strlen(list->raw));
	}
	*list = (struct growing){ var->key, raw, var->value };
}

/*
 * BONDING_OPTS="mode=1" and BONDING_OPTS+="miimon=100" are mode=1miimon=100 for bash, which is
 * never meant.
 */
static void part_options(struct arena *arena, struct shellvars *vars, struct diag *diag)
{
	struct growing list = { 0 };

	for (size_t i = 0; i < vars->n; i++)
		if (!vars->vars[i].flaw && ifcfg_key_is_options(vars->vars[i].key))
			part_value(arena, &vars->vars[i], &list, diag);
}

/* ---- the whole ---- */

void blanks_trim(struct arena *arena, struct shellvars *vars, struct diag *diag)
{
	trim_values(arena, vars, is_spoilt, diag);

	part_options(arena, vars, diag);
}

void blanks_trim_routes(struct arena *arena, struct shellvars *vars, struct diag *diag)
{
	trim_values(arena, vars, is_spoilt_of_route, diag);
}
