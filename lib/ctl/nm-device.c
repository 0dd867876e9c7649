/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nmcli device: the kernel's links, and their connections. */
#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/ctl/nm-live.h"

/* nmcli's names if the kernel has another word. */
static const char *device_type(const struct snap_link *link)
{
	if (link->flags & IFF_LOOPBACK)
		return "loopback";
	if (!*link->kind || strcmp(link->kind, "veth") == 0)
		return "ethernet";
	return strcmp(link->kind, "ipoib") == 0 ? "infiniband" : link->kind;
}

/* The active one, or else one that could be. */
static const struct nm_connection *connection_of(const struct nm_connections *all,
						 const char *device)
{
	const struct nm_connection *found = NULL;

	for (size_t i = 0; i < all->n; i++) {
		if (strcmp(all->of[i].device, device) != 0)
			continue;
		if (all->of[i].is_active)
			return &all->of[i];
		if (!found || found->file->instead)
			found = &all->of[i];
	}
	return found;
}

/* struct device_state - with nmcli's number */
struct device_state {
	unsigned int number;
	const char *word;
};

static struct device_state state_of(const struct snap_link *link,
				    const struct nm_connection *connection)
{
	if (!connection)
		return (struct device_state){ 10, "unmanaged" };
	if (connection->is_active)
		return (struct device_state){ 100, "connected" };
	if (link->flags & IFF_UP && !link->carrier)
		return (struct device_state){ 20, "unavailable" };
	return (struct device_state){ 30, "disconnected" };
}

/* ---- status ---- */

static const char *const columns[] = { "DEVICE", "TYPE", "STATE", "CONNECTION",
				       "CON-UUID" };

static void add_device_row(struct nm *nm, const struct nm_connections *all,
			   const struct snap_link *link, struct property_list *rows)
{
	const struct nm_connection *connection = connection_of(all, link->name);
	const bool is_active = connection && connection->is_active;
	const char *const cells[ARRAY_SIZE(columns)] = {
		link->name,
		device_type(link),
		state_of(link, connection).word,
		is_active ? connection->id : "",
		is_active ? connection->uuid : "",
	};

	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		ARENA_PUSH(nm->arena, rows->of, rows->n, rows->cap, cells[i]);
}

/* Those in use come first. */
static void list_state(struct nm *nm, const struct nm_connections *all, bool is_used,
		       struct property_list *rows)
{
	for (size_t i = 0; i < all->have->n_links; i++) {
		const struct snap_link *link = all->have->links[i];
		const struct nm_connection *connection = connection_of(all, link->name);

		if ((state_of(link, connection).number == 100) == is_used)
			add_device_row(nm, all, link, rows);
	}
}

int nm_device_status(struct nm *nm, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	struct nm_table table = { .names = columns,
				  .n_names = ARRAY_SIZE(columns),
				  .usual = "DEVICE,TYPE,STATE,CONNECTION" };
	int r;

	if (words->n)
		return nm_usage(nm, _("is not taken here"), nm_peek(words));
	r = nm_connections_read(nm, false, &all);
	if (r == 0)
		list_state(nm, &all, true, &table.rows);
	if (r == 0)
		list_state(nm, &all, false, &table.rows);
	return r == 0 ? nm_print_table(nm, &table) : nm_status(nm, r, NM_FAILED);
}

/* ---- show ---- */

static void add_device(struct nm *nm, const struct nm_connections *all,
		       const struct snap_link *link, struct nm_pairs *pairs)
{
	const struct nm_connection *connection = connection_of(all, link->name);
	const struct device_state state = state_of(link, connection);
	char mac[HWADDR_TEXT_MAX] = "";
	const struct {
		const char *name, *value;
	} general[] = {
		{ "GENERAL.DEVICE", link->name },
		{ "GENERAL.TYPE", device_type(link) },
		{ "GENERAL.HWADDR",
		  link->mac.len ? arena_strdup(nm->arena, hwaddr_format(&link->mac, mac))
				: "" },
		{ "GENERAL.MTU", arena_printf(nm->arena, "%" PRIu32, link->mtu) },
		{ "GENERAL.STATE",
		  arena_printf(nm->arena, "%u (%s)", state.number, state.word) },
		{ "GENERAL.CONNECTION",
		  connection && connection->is_active ? connection->id : "" },
		{ "WIRED-PROPERTIES.CARRIER", link->carrier ? "on" : "off" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(general); i++)
		nm_add_pair(nm, pairs, general[i].name, general[i].value);
	nm_add_live(nm, link, pairs);
}

static int show_device(struct nm *nm, const struct nm_connections *all,
		       const struct snap_link *link)
{
	struct nm_pairs pairs = { 0 };
	add_device(nm, all, link, &pairs);

	return nm_print_pairs(nm, &pairs);
}

/* NULL, reported, if there is no link of that name. */
static const struct snap_link *find_link(struct nm *nm, const struct nm_connections *all,
					 const char *name)
{
	const struct snap_link *link = snapshot_link(all->have, name);

	if (!link || !*name) {
		diag_error(nm->ctl->run.diag, (struct pos){ 0 },
			   "there is no device '%s'", name);
		return NULL;
	}
	return link;
}

int nm_device_show(struct nm *nm, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	const char *name = nm_next(words);
	const struct snap_link *link;
	int status = NM_DONE, r = nm_connections_read(nm, false, &all);

	if (r < 0)
		return nm_status(nm, r, NM_FAILED);
	if (name) {
		link = find_link(nm, &all, name);
		return link ? show_device(nm, &all, link) : NM_NONE;
	}
	for (size_t i = 0; i < all.have->n_links && status == NM_DONE; i++) {
		if (i)
			print_line(stdout, "%s", "");
		status = show_device(nm, &all, all.have->links[i]);
	}
	return status;
}

/* ---- changes ---- */

/* struct use - a device that is changed */
struct use {
	struct nm *nm;
	struct nm_connections all;
	const char *name;
	const struct nm_connection *connection;
};

/* Return: NM_DONE; an exit status, reported. */
static int find_used_device(struct use *use)
{
	use->connection = connection_of(&use->all, use->name);
	if (use->connection)
		return NM_DONE;
	if (!find_link(use->nm, &use->all, use->name))
		return NM_NONE;
	diag_error(use->nm->ctl->run.diag, (struct pos){ 0 },
		   "there is no connection for %s", use->name);
	diag_hint_words(use->nm->ctl->run.diag,
			"add one: ifcfgctl connection add type ethernet ifname %s",
			use->name);
	return NM_FAILED;
}

static int connect_one(struct use *use)
{
	if (nm_bring_up(use->nm, &use->all, use->connection) != EXIT_DONE)
		return NM_NOT_UP;
	print_line(stdout, "Device '%s' successfully activated with '%s'.", use->name,
		   use->connection->uuid);
	return NM_DONE;
}

static int reapply_one(struct use *use)
{
	if (nm_bring_up(use->nm, &use->all, use->connection) != EXIT_DONE)
		return NM_NOT_UP;
	print_line(stdout, "Connection successfully reapplied to device '%s'.",
		   use->name);
	return NM_DONE;
}

static int disconnect_one(struct use *use)
{
	if (!use->connection->is_active) {
		nm_usage(use->nm, _("is not connected"), use->name);
		return NM_NOT_DISCONNECTED;
	}
	if (nm_take_down(use->nm, use->connection) != EXIT_DONE)
		return NM_NOT_DISCONNECTED;
	print_line(stdout, "Device '%s' successfully disconnected.", use->name);
	return NM_DONE;
}

static int delete_one(struct use *use)
{
	const struct snap_link *link = use->connection->link;

	if (!link || !*link->kind) {
		nm_usage(use->nm, _("is not a device that can be removed"), use->name);
		return NM_NOT_DELETED;
	}
	if (nm_take_down(use->nm, use->connection) != EXIT_DONE)
		return NM_NOT_DELETED;
	print_line(stdout, "Device '%s' successfully removed.", use->name);
	return NM_DONE;
}

static int use_each(struct nm *nm, struct nm_words *words, int (*fn)(struct use *use))
{
	struct use use = { .nm = nm };
	int status = NM_DONE, r;

	if (!words->n)
		return nm_usage(nm, _("which device?"), NULL);
	r = nm_connections_read(nm, false, &use.all);
	while (r == 0 && words->n) {
		int one;

		use.name = nm_next(words);
		if (strcmp(use.name, "ifname") == 0 && words->n)
			use.name = nm_next(words);
		one = find_used_device(&use);
		if (one == NM_DONE)
			one = fn(&use);
		status = one != NM_DONE ? one : status;
	}
	nm_connections_release(&use.all);
	return r < 0 ? nm_status(nm, r, NM_FAILED) : status;
}

int nm_device_connect(struct nm *nm, struct nm_words *words)
{
	return use_each(nm, words, connect_one);
}

int nm_device_reapply(struct nm *nm, struct nm_words *words)
{
	return use_each(nm, words, reapply_one);
}

int nm_device_disconnect(struct nm *nm, struct nm_words *words)
{
	return use_each(nm, words, disconnect_one);
}

int nm_device_delete(struct nm *nm, struct nm_words *words)
{
	return use_each(nm, words, delete_one);
}
