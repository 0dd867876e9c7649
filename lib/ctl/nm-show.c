/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nmcli connection show: the profiles, or all of one. */
#include <errno.h>
#include <string.h>

#include "lib/ctl/nm.h"
#include "lib/model/ifcfg-keys.h"

static const char *const names[] = { "NAME",   "UUID",  "TYPE",  "AUTOCONNECT", "ACTIVE",
				     "DEVICE", "STATE", "SLAVE", "FILENAME" };

/* In the terse form, the older name of a type is what programs look for. */
static const char *type_text(const struct nm *nm, const char *type)
{
	return nm->style.terse && strcmp(type, "ethernet") == 0 ? "802-3-ethernet" : type;
}

static int add_row(struct nm *nm, const struct nm_connection *connection,
		   struct property_list *rows)
{
	const char *onboot = ifcfg_own_value(connection->file, "ONBOOT");
	const char *const cells[ARRAY_SIZE(names)] = {
		connection->id,
		connection->uuid,
		type_text(nm, connection->type),
		onboot && ifcfg_is_false(onboot) ? "no" : "yes",
		connection->is_active ? "yes" : "no",
		connection->is_active ? connection->device : "",
		connection->is_active ? "activated" : "",
		connection->file->master   ? "bond"
		: connection->file->bridge ? "bridge"
					   : "",
		connection->file->path,
	};
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(names) && r == 0; i++)
		r = ARENA_PUSH(nm->arena, rows->of, rows->n, rows->cap, cells[i]);
	return r;
}

/* Those that are active come first. */
static int show_all(struct nm *nm, const struct nm_connections *all, bool only_active)
{
	struct nm_table table = { .names = names,
				  .n_names = ARRAY_SIZE(names),
				  .usual = "NAME,UUID,TYPE,DEVICE" };
	int r = 0;

	for (size_t i = 0; i < all->n && r == 0; i++)
		if (all->of[i].is_active)
			r = add_row(nm, &all->of[i], &table.rows);
	for (size_t i = 0; i < all->n && r == 0 && !only_active; i++)
		if (!all->of[i].is_active)
			r = add_row(nm, &all->of[i], &table.rows);
	return r == 0 ? nm_print_table(nm, &table) : nm_status(nm, r, NM_FAILED);
}

int nm_connection_show(struct nm *nm, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	bool only_active = false;
	int r = nm_connections_read(nm, false, &all);

	while (nm_peek(words) && *nm_peek(words) == '-') {
		const char *word = nm_next(words);

		if (strcmp(word, "--active") == 0)
			only_active = true;
		else if (strcmp(word, "--order") == 0)
			nm_next(words);
		else
			return nm_usage(nm, "is not an option of show", word);
	}
	if (r < 0)
		return nm_status(nm, r, NM_FAILED);
	if (!words->n)
		return show_all(nm, &all, only_active);
	return nm_usage(nm, "cannot be shown yet", nm_peek(words));
}
