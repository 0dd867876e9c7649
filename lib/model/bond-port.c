/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of single ports of a bond, as in files. */
#include "lib/model/bond-port.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/num.h"

static void port_tell_bad_value(const struct option_row *option, const char *port,
				const char *text, struct pos pos, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf values = STRBUF_EMPTY;

	option_describe(option, &values);
	diag_warning(diag, pos, "%s of port %s ignored: '%s' is not a value of it",
		     option->name, port, text);
	diag_hint(diag, "%s takes %s", option->name, strbuf_text(&values));
}

static void port_tell_repeated(const struct option_row *option, const char *port,
			       int64_t before, int32_t now, struct pos pos,
			       struct diag *diag)
{
	diag_warning(diag, pos,
		     "%s of port %s given twice: %" PRId32 " replaces %" PRId64,
		     option->name, port, now, before);
	diag_hint(diag, "remove one of them");
}

void bond_port_value_load(const struct option_row *option, const char *port,
			  const char *text, struct pos pos, struct diag *diag,
			  struct option_value *ret)
{
	int32_t num;

	if (num_parse_s32(text, &num) < 0 || num < option->min || num > option->max) {
		port_tell_bad_value(option, port, text, pos, diag);
		return;
	}
	if (ret->is_set && ret->num != num)
		port_tell_repeated(option, port, ret->num, num, pos, diag);
	*ret = (struct option_value){ .is_set = true, .pos = pos, .num = num };
}

/* The entry for that option and port, or a new one. */
static struct bond_port_wish *find_wish(struct bond_port_wishes *wishes, size_t id,
					const char *port, struct arena *arena)
{
	const struct bond_port_wish new = { .port = port, .id = id };

	for (size_t i = 0; i < wishes->n; i++)
		if (wishes->list[i].id == id && strcmp(wishes->list[i].port, port) == 0)
			return &wishes->list[i];
	ARENA_PUSH(arena, wishes->list, wishes->n, wishes->cap, new);
	return &wishes->list[wishes->n - 1];
}

void bond_port_wishes_load(const struct option_row *option, const char *text,
			   struct pos pos, struct arena *arena, struct diag *diag,
			   struct bond_port_wishes *wishes)
{
	char *rest = arena_strdup(arena, text), *item;

	while ((item = strsep(&rest, ","))) {
		const char *port = strsep(&item, ":");
		struct bond_port_wish *wish;

		if (!*port && !item && *text)
			continue;
		if (!*port || !item) {
			diag_warning(diag, pos, "%s=%s ignored: it names no port",
				     option->name, text);
			diag_hint(diag, "write %s=PORT:NUMBER", option->name);
			continue;
		}
		wish = find_wish(wishes, option_id(&bond_port_table, option), port,
				 arena);
		bond_port_value_load(option, port, item, pos, diag, &wish->value);
	}
}
