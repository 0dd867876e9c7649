/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nmcli connection show: lists the profiles, or all properties of some. */
#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/ctl/nm-live.h"
#include "lib/ctl/nm-profile.h"
#include "lib/files/ifcfg-keys.h"

static const char *const column_names[] = { "NAME",        "UUID",   "TYPE",
					    "AUTOCONNECT", "ACTIVE", "DEVICE",
					    "STATE",       "SLAVE",  "FILENAME" };

/* Programs look for the older name of a type. */
static const char *full_type(const char *type)
{
	return strcmp(type, "ethernet") == 0 ? "802-3-ethernet" : type;
}

static void add_connection_row(struct nm *nm, const struct nm_connection *connection,
			       struct property_list *rows)
{
	const char *onboot = ifcfg_own_value(connection->file, "ONBOOT");
	const char *const cells[ARRAY_SIZE(column_names)] = {
		connection->id,
		connection->uuid,
		nm->style.terse ? full_type(connection->type) : connection->type,
		onboot && ifcfg_is_false(onboot) ? "no" : "yes",
		connection->is_active ? "yes" : "no",
		connection->is_active ? connection->device : "",
		connection->is_active ? "activated" : "",
		connection->file->master   ? "bond"
		: connection->file->bridge ? "bridge"
					   : "",
		connection->file->path,
	};

	for (size_t i = 0; i < ARRAY_SIZE(column_names); i++)
		ARENA_PUSH(nm->arena, rows->of, rows->n, rows->cap, cells[i]);
}

/* Active ones come first. */
static int show_connections(struct nm *nm, const struct nm_connections *all,
			    bool only_active)
{
	struct nm_table table = { .names = column_names,
				  .n_names = ARRAY_SIZE(column_names),
				  .usual = "NAME,UUID,TYPE,DEVICE" };

	for (size_t i = 0; i < all->n; i++)
		if (all->of[i].is_active)
			add_connection_row(nm, &all->of[i], &table.rows);
	for (size_t i = 0; i < all->n && !only_active; i++)
		if (!all->of[i].is_active)
			add_connection_row(nm, &all->of[i], &table.rows);
	return nm_print_table(nm, &table);
}

/* ---- one connection ---- */

static const char *const shown_sections[] = {
	"connection", "ethernet",   "bond", "bond-port", "bridge", "bridge-port", "vlan",
	"veth",       "infiniband", "tun",  "ethtool",   "ipv4",   "ipv6",        "proxy"
};

void nm_add_pair(struct nm *nm, struct nm_pairs *pairs, const char *name,
		 const char *value)
{
	struct property_list *list = &pairs->list;
	if (name && value)
		ARENA_PUSH(nm->arena, list->of, list->n, list->cap, name);

	ARENA_PUSH(nm->arena, list->of, list->n, list->cap, value);
}

static void add_property(struct nm *nm, const struct keyfile *keyfile,
			 const struct property *property, struct nm_pairs *pairs)
{
	nm_add_pair(nm, pairs,
		    arena_printf(nm->arena, "%s.%s",
				 property_section_name(property->section),
				 property->name),
		    property_text(keyfile, property, nm->arena));
}

/* Names that only the driver, or ethtool, knows, if they are set. */
static void add_open(struct nm *nm, const struct keyfile *keyfile, const char *section,
		     struct nm_pairs *pairs)
{
	for (size_t i = 0; i < keyfile->n; i++) {
		const struct keyfile_entry *entry = &keyfile->entries[i];
		const struct keyfile_row *row = keyfile_row_find(section, entry->key);
		struct property property = { .section = section,
					     .name = entry->key,
					     .key = entry->key,
					     .form = PROPERTY_BRIDGE };

		if (strcmp(entry->section, section) == 0 && row &&
		    (!row->key || strchr(row->key, '*')) &&
		    strcmp(section, "bond") != 0 && strncmp(section, "ipv", 3) != 0)
			add_property(nm, keyfile, &property, pairs);
	}
}

static void add_section(struct nm *nm, const struct keyfile *keyfile, const char *section,
			struct nm_pairs *pairs)
{
	struct property property;

	for (const struct keyfile_row *row = keyfile_rows; row->section; row++)
		if ((strcmp(row->section, section) == 0 ||
		     (strcmp(row->section, "ip") == 0 &&
		      strncmp(section, "ipv", 3) == 0)) &&
		    property_of_row(row, section, &property))
			add_property(nm, keyfile, &property, pairs);
	add_open(nm, keyfile, section, pairs);
}

static int add_profile(struct nm *nm, struct nm_connections *all,
		       const struct nm_connection *connection, struct nm_pairs *pairs)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct keyfile keyfile = { 0 };
	const char *type = connection->type;
	bool is_port;
	int r = nm_profile_read(nm, &all->drafts, connection->file->name, unheard,
				&keyfile);

	if (r == 0)
		property_put(&keyfile, "connection", "id", connection->id, nm->arena);
	if (r == 0)
		property_put(&keyfile, "connection", "type", full_type(type), nm->arena);
	is_port = keyfile_get(&keyfile, "connection", "master");
	for (size_t i = 0; i < ARRAY_SIZE(shown_sections) && r == 0; i++)
		if (property_section_fits(shown_sections[i], type, is_port))
			add_section(nm, &keyfile, shown_sections[i], pairs);
	return r;
}

/* For an active one, also its live state. */
static void add_active(struct nm *nm, const struct nm_connection *connection,
		       struct nm_pairs *pairs)
{
	const struct {
		const char *name, *value;
	} general[] = {
		{ "GENERAL.NAME", connection->id },
		{ "GENERAL.UUID", connection->uuid },
		{ "GENERAL.DEVICES", connection->device },
		{ "GENERAL.STATE", "activated" },
	};

	if (!connection->is_active)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(general); i++)
		nm_add_pair(nm, pairs, general[i].name, general[i].value);
	nm_add_live(nm, connection->link, pairs);
}

static int show_connection(struct nm *nm, struct nm_connections *all,
			   struct nm_words *words)
{
	const struct nm_connection *connection = nm_connection_next(nm, all, words);
	struct nm_pairs pairs = { 0 };
	int r;

	if (!connection)
		return NM_NONE;
	r = add_profile(nm, all, connection, &pairs);
	if (r == 0)
		add_active(nm, connection, &pairs);
	return r == 0 ? nm_print_pairs(nm, &pairs) : nm_status(nm, r, NM_FAILED);
}

static int show_some(struct nm *nm, struct nm_connections *all, struct nm_words *words)
{
	int status = NM_DONE;

	for (bool is_first = true; words->n; is_first = false) {
		int one;

		if (!is_first)
			print_line(stdout, "%s", "");
		one = show_connection(nm, all, words);
		status = one != NM_DONE ? one : status;
	}
	return status;
}

int nm_connection_show(struct nm *nm, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	bool only_active = false;
	int r;

	while (nm_peek(words) && *nm_peek(words) == '-') {
		const char *word = nm_next(words);

		if (strcmp(word, "--active") == 0)
			only_active = true;
		else if (strcmp(word, "--order") == 0)
			nm_next(words);
		else
			return nm_usage(nm, _("is not an option of show"), word);
	}
	r = nm_connections_read(nm, false, &all);
	if (r < 0)
		return nm_status(nm, r, NM_FAILED);
	return words->n ? show_some(nm, &all, words)
			: show_connections(nm, &all, only_active);
}
