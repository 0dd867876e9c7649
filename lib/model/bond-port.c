/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that each port of a bond has for itself: their table, and reading values. */
#include "lib/model/bond-port.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/if_link.h>
#include <string.h>

#include "lib/base/num.h"

/* Attributes that the kernel headers of older distributions do not have yet. */
enum {
	ATTR_PRIO = 9,
	ATTR_ACTOR_PORT_PRIO = 10,
};

#define ALL  ((1U << BOND_MODE_COUNT) - 1)
#define LACP (1U << BOND_MODE_802_3AD)
#define PRIMARY                                                        \
	(1U << BOND_MODE_ACTIVE_BACKUP | 1U << BOND_MODE_BALANCE_TLB | \
	 1U << BOND_MODE_BALANCE_ALB)

/* clang-format off */
const struct bond_port_option bond_port_options[PORT_OPT_COUNT] = {
	[PORT_OPT_QUEUE_ID] = {
		.name = "queue_id", .key = "BOND_PORT_QUEUE_ID",
		.attr = IFLA_BOND_SLAVE_QUEUE_ID, .wire = WIRE_U16, .since = "3.18",
		.max = UINT16_MAX, .modes = ALL,
	},
	[PORT_OPT_PRIO] = {
		.name = "prio", .key = "BOND_PORT_PRIO",
		.attr = ATTR_PRIO, .wire = WIRE_U32, .since = "6.0",
		.min = INT32_MIN, .max = INT32_MAX, .modes = PRIMARY,
	},
	[PORT_OPT_ACTOR_PORT_PRIO] = {
		.name = "actor_port_prio",
		.attr = ATTR_ACTOR_PORT_PRIO, .wire = WIRE_U16, .since = "6.18",
		.max = UINT16_MAX, .def = 255, .modes = LACP,
	},
};
/* clang-format on */

const struct bond_port_option *bond_port_option_find(const char *name)
{
	for (size_t i = 0; i < PORT_OPT_COUNT; i++)
		if (strcmp(name, bond_port_options[i].name) == 0)
			return &bond_port_options[i];
	return NULL;
}

void bond_port_option_describe(const struct bond_port_option *option, struct strbuf *out)
{
	strbuf_addf(out, "%" PRId32 " to %" PRId32, option->min, option->max);
}

static void tell_bad_value(const struct bond_port_option *option, const char *port,
			   const char *text, struct pos pos, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf values = STRBUF_EMPTY;

	bond_port_option_describe(option, &values);
	diag_warning(diag, pos, "%s of port %s left out: '%s' is not a value of it",
		     option->name, port, text);
	diag_hint(diag, "%s takes %s", option->name, strbuf_text(&values));
}

static void tell_repeated(const struct bond_port_option *option, const char *port,
			  int32_t before, int32_t now, struct pos pos, struct diag *diag)
{
	diag_warning(diag, pos,
		     "%s of port %s given twice: %" PRId32 " replaces %" PRId32,
		     option->name, port, now, before);
	diag_hint(diag, "remove one of them");
}

void bond_port_value_load(const struct bond_port_option *option, const char *port,
			  const char *text, struct pos pos, struct diag *diag,
			  struct bond_port_value *ret)
{
	int32_t num;

	if (num_parse_s32(text, &num) < 0 || num < option->min || num > option->max) {
		tell_bad_value(option, port, text, pos, diag);
		return;
	}
	if (ret->is_set && ret->num != num)
		tell_repeated(option, port, ret->num, num, pos, diag);
	*ret = (struct bond_port_value){ true, pos, num };
}

/* The wish for the same of the same port, or a new one; NULL when memory is short. */
static struct bond_port_wish *find_wish(struct bond_port_wishes *wishes,
					enum bond_port_option_id id, const char *port,
					struct arena *arena)
{
	const struct bond_port_wish new = { .port = port, .id = id };

	for (size_t i = 0; i < wishes->n; i++)
		if (wishes->list[i].id == id && strcmp(wishes->list[i].port, port) == 0)
			return &wishes->list[i];
	if (ARENA_PUSH(arena, wishes->list, wishes->n, wishes->cap, new) < 0)
		return NULL;
	return &wishes->list[wishes->n - 1];
}

int bond_port_wishes_load(const struct bond_port_option *option, const char *text,
			  struct pos pos, struct arena *arena, struct diag *diag,
			  struct bond_port_wishes *wishes)
{
	char *rest = arena_strdup(arena, text), *item;

	if (!rest)
		return -ENOMEM;
	while ((item = strsep(&rest, ","))) {
		const char *port = strsep(&item, ":");
		struct bond_port_wish *wish;

		if (!*port && !item && *text)
			continue;
		if (!*port || !item) {
			diag_warning(diag, pos, "%s=%s left out: it names no port",
				     option->name, text);
			diag_hint(diag, "write %s=PORT:NUMBER", option->name);
			continue;
		}
		wish = find_wish(wishes,
				 (enum bond_port_option_id)(option - bond_port_options),
				 port, arena);
		if (!wish)
			return -ENOMEM;
		bond_port_value_load(option, port, item, pos, diag, &wish->value);
	}
	return 0;
}
