/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looks up what the kernel does not tell: DHCP clients, zones of firewalld, and the state of a
 * kernel that a file describes.
 */
#include "lib/run/look.h"

#include <errno.h>
#include <stdio.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/service/firewalld.h"

/* ---- DHCP ---- */

static void look_at_files(const struct iface *iface, struct snapshot *now)
{
	const char *files[DHCP_FILES];

	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		if (!iface_dhcp(iface, family))
			continue;
		dhcp_files_name(now->arena, family, iface->name, files);
		snapshot_find_files(now, files, DHCP_FILES);
	}
}

static void look_at_ifaces(struct iface *const *ifaces, size_t n, struct snapshot *now,
			   bool *any)
{
	for (size_t i = 0; i < n; i++) {
		struct snap_link *link = snapshot_link(now, ifaces[i]->name);

		if (!ifaces[i]->dhcp)
			continue;
		*any = true;
		look_at_files(ifaces[i], now);
		if (link && !link->clients)
			snapshot_find_clients(now, link);
	}
}

static void look_at_made(const struct snapshot *made, struct snapshot *now, bool *any)
{
	for (size_t i = 0; i < made->n_links; i++) {
		struct snap_link *link = snapshot_link(now, made->links[i]->name);

		if (!made->links[i]->clients)
			continue;
		*any = true;
		if (link && !link->clients)
			snapshot_find_clients(now, link);
	}
}

void look_at_clients(const struct model *want, const struct snapshot *made,
		     struct snapshot *now)
{
	bool any = false;

	look_at_ifaces(want->order, want->n_order, now, &any);
	look_at_ifaces(want->uppers, want->n_uppers, now, &any);
	look_at_made(made, now, &any);
	if (any)
		snapshot_find_dhcp_programs(now);
}

/* ---- firewalld ---- */

/* struct names - of the links whose zone matters */
struct names {
	struct arena *arena;
	const char **list;
	size_t n, cap;
};

static void add_zoned_names(struct names *names, struct iface *const *ifaces, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ifaces[i]->zone)
			ARENA_PUSH(names->arena, names->list, names->n, names->cap,
				   ifaces[i]->name);
}

static void add_made(struct names *names, const struct snapshot *made)
{
	for (size_t i = 0; i < made->n_links; i++)
		if (made->links[i]->zone)
			ARENA_PUSH(names->arena, names->list, names->n, names->cap,
				   made->links[i]->name);
}

static void note_zones(const struct names *names, const char *const *zones,
		       struct snapshot *now)
{
	static const char *const program = "firewall-cmd";
	snapshot_find_programs(now, &program, 1);

	now->has_firewalld = true;
	for (size_t i = 0; i < names->n; i++)
		snapshot_add_zone(now, names->list[i], zones[i]);
}

int look_at_firewalld(const struct model *want, const struct snapshot *made,
		      struct snapshot *now)
{
	struct names names = { .arena = now->arena };
	const char **zones;
	int r = 0;

	add_zoned_names(&names, want->order, want->n_order);
	add_zoned_names(&names, want->uppers, want->n_uppers);
	add_made(&names, made);
	if (!names.n)
		return r;
	zones = arena_alloc(now->arena, names.n * sizeof(*zones));
	r = firewalld_ask(names.list, names.n, now->arena, zones);
	if (r > 0) {
		note_zones(&names, zones, now);
		return 0;
	}
	return r;
}

/* ---- from a file ---- */

static int unreadable(const char *path, struct diag *diag)
{
	int error = errno;

	if (error == ENOMEM)
		memory_release(); /* which is reported at the end */
	diag_error(diag, (struct pos){ path, 0 }, _("cannot be read: %s"),
		   language_error(error));
	return -error;
}

int look_at_file(const char *path, struct diag *diag, struct snapshot **ret)
{
	_cleanup_fclose_ FILE *file = MEMORY_TRY(fopen(path, "re"));
	_cleanup_free_ char *text = NULL;
	size_t size = 0;
	ssize_t n;

	if (!file)
		return unreadable(path, diag);
	n = file_get_until(&text, &size, '\0', file);
	if (n < 0 && !feof(file))
		return unreadable(path, diag);
	return snapshot_read_text(n < 0 ? "" : text, path, diag, ret);
}
