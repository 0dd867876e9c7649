/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings of a profile, which are those of keyfile_rows[], by nmcli's names. */
#include "lib/carry/property.h"

#include <errno.h>
#include <string.h>

#include "lib/base/strbuf.h"
#include "lib/carry/words-pick.h"
#include "lib/model/bridge-options.h"

/* ---- tables ---- */

/* Which profiles have a section: @type NULL for all; @ports: also those of ports. */
static const struct {
	const char *section, *name, *type;
	enum { ANYBODY, PORTS_ONLY, NO_PORTS } who;
} property_sections[] = {
	{ "connection", "connection", NULL, ANYBODY },
	{ "ethernet", "802-3-ethernet", NULL, ANYBODY },
	{ "bond", "bond", "bond", ANYBODY },
	{ "bridge", "bridge", "bridge", ANYBODY },
	{ "vlan", "vlan", "vlan", ANYBODY },
	{ "veth", "veth", "veth", ANYBODY },
	{ "vrf", "vrf", "vrf", ANYBODY },
	{ "infiniband", "infiniband", "infiniband", ANYBODY },
	{ "tun", "tun", "tun", ANYBODY },
	{ "bond-port", "bond-port", NULL, PORTS_ONLY },
	{ "bridge-port", "bridge-port", NULL, PORTS_ONLY },
	{ "ethtool", "ethtool", NULL, ANYBODY },
	{ "ipv4", "ipv4", NULL, NO_PORTS },
	{ "ipv6", "ipv6", NULL, NO_PORTS },
	{ "proxy", "proxy", NULL, NO_PORTS },
};

/* ---- rows ---- */

static enum property_form form_of(const struct keyfile_row *row)
{
	if (row->form != PROPERTY_TEXT)
		return row->form;
	switch (row->conv) {
	case KEYFILE_BOOL:
	case KEYFILE_NOT:
		return PROPERTY_SWITCH;
	case KEYFILE_MAC:
		return PROPERTY_MAC;
	case KEYFILE_LIST:
	case KEYFILE_COMMAS:
		return PROPERTY_LIST;
	case KEYFILE_TERNARY:
	case KEYFILE_TEXT:
	case KEYFILE_NOTHING:
	case KEYFILE_OWN:
		break;
	}
	return PROPERTY_TEXT;
}

bool property_of_row(const struct keyfile_row *row, const char *section,
		     struct property *ret)
{
	*ret = (struct property){ .section = section,
				  .name = row->name ? row->name : row->key,
				  .key = row->key,
				  .row = row,
				  .form = form_of(row),
				  .words = row->words };
	if (!ret->name || ret->form == PROPERTY_NONE)
		return false;
	return ret->form == PROPERTY_NUMBERED || !row->key || !strchr(row->key, '*');
}

/* ---- sections ---- */

/* struct scope - where a property is looked up: the type of the profile, or NULL */
struct scope {
	const char *type;
	struct arena *arena;
	struct diag *diag;
};

const char *property_section_name(const char *section)
{
	for (size_t i = 0; i < ARRAY_SIZE(property_sections); i++)
		if (strcmp(property_sections[i].section, section) == 0)
			return property_sections[i].name;
	return section;
}

bool property_section_fits(const char *section, const char *type, bool is_port)
{
	for (size_t i = 0; i < ARRAY_SIZE(property_sections); i++) {
		if (strcmp(property_sections[i].section, section) != 0)
			continue;
		if (type && property_sections[i].type &&
		    strcmp(property_sections[i].type, type) != 0)
			return false;
		return property_sections[i].who != (is_port ? NO_PORTS : PORTS_ONLY);
	}
	return false;
}

static int find_section(const char *word, size_t len, const struct scope *scope,
			struct property *ret)
{
	struct property_list names = { 0 };
	const char *name = arena_strndup(scope->arena, word, len);
	int at;

	for (size_t i = 0; i < ARRAY_SIZE(property_sections); i++)
		if (!scope->type || !property_sections[i].type ||
		    strcmp(property_sections[i].type, scope->type) == 0)
			ARENA_PUSH(scope->arena, names.of, names.n, names.cap,
				   property_sections[i].name);
	/* Its newer name may be abbreviated, too. */
	if (len > 1 && strncmp(name, "ethernet", len) == 0)
		name = "802-3-ethernet";
	at = words_pick(name, names.of, names.n, "setting", scope->diag);
	for (size_t i = 0; i < ARRAY_SIZE(property_sections) && at >= 0; i++)
		if (property_sections[i].name == names.of[at])
			ret->section = property_sections[i].section;
	return at < 0 ? at : 0;
}

/* ---- names ---- */

static bool is_of_section(const struct keyfile_row *row, const char *section)
{
	return strcmp(row->section, section) == 0 ||
	       (strcmp(row->section, "ip") == 0 && strncmp(section, "ipv", 3) == 0);
}

/* In nmcli's spelling of the driver's name. */
static const char *bridge_name(const char *option, struct arena *arena)
{
	char *name = arena_strdup(arena, strcmp(option, "group_fwd_mask") == 0
						 ? "group-forward-mask"
					 : strcmp(option, "stp_state") == 0 ? "stp"
									    : option);

	for (char *c = name; c && *c; c++)
		if (*c == '_')
			*c = '-';
	return name;
}

/* Names of rows, and of the options of a bridge. */
static void list_property_names(const char *section, struct arena *arena,
				struct property_list *ret)
{
	const struct option_table *table = strcmp(section, "bridge") == 0 ? &bridge_table
					   : strcmp(section, "bridge-port") == 0
						   ? &bridge_port_table
						   : NULL;
	struct property property;

	for (const struct keyfile_row *row = keyfile_rows; row->section; row++)
		if (is_of_section(row, section) &&
		    property_of_row(row, section, &property))
			ARENA_PUSH(arena, ret->of, ret->n, ret->cap, property.name);
	for (size_t i = 0; table && i < table->n; i++) {
		const char *name = bridge_name(table->rows[i].name, arena);

		ARENA_PUSH(arena, ret->of, ret->n, ret->cap, name);
	}
	if (table == &bridge_table)
		ARENA_PUSH(arena, ret->of, ret->n, ret->cap, "mac-address");
}

static bool find_row(const char *section, const char *name, struct property *ret)
{
	for (const struct keyfile_row *row = keyfile_rows; row->section; row++)
		if (is_of_section(row, section) && property_of_row(row, section, ret) &&
		    strcmp(ret->name, name) == 0)
			return true;
	return false;
}

/* Makes a property for a name that only the driver, or ethtool, knows. */
static void make_open(const char *section, const char *name, struct property *ret)
{
	const bool is_mac = strcmp(name, "mac-address") == 0;

	*ret = (struct property){ .section = section,
				  .name = name,
				  .key = name,
				  .row = keyfile_row_find(section, name),
				  .form = is_mac ? PROPERTY_MAC : PROPERTY_BRIDGE };
}

static int find_property_name(const char *word, const struct scope *scope,
			      struct property *ret)
{
	const char *section = ret->section;
	struct property_list names = { 0 };
	int r = 0;

	list_property_names(section, scope->arena, &names);
	if (strcmp(section, "ethtool") == 0 && keyfile_row_find(section, word)) {
		make_open(section, word, ret);
		return 0;
	}
	r = words_pick(keyfile_usual_name(word), names.of, names.n, "property",
		       scope->diag);
	if (r < 0 || !names.of)
		return r;
	if (!find_row(section, names.of[r], ret))
		make_open(section, names.of[r], ret);
	return 0;
}

int property_find(const char *word, const char *type, struct arena *arena,
		  struct diag *diag, struct property *ret)
{
	const struct scope scope = { type, arena, diag };
	const char *dot = strchr(word, '.');
	struct property property = { 0 };
	const char *copy = dot ? arena_strdup(arena, dot + 1) : NULL;
	int r;

	if (!dot) {
		diag_error(diag, (struct pos){ 0 }, "'%s' is not SETTING.PROPERTY", word);
		return -EINVAL;
	}
	r = find_section(word, (size_t)(dot - word), &scope, &property);
	if (r == 0)
		r = find_property_name(copy, &scope, &property);
	if (r == 0)
		*ret = property;
	return r;
}
