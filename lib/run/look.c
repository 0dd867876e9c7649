/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is to be known beside the kernel's own state, where DHCP is in play. */
#include "lib/run/look.h"

#include <errno.h>

static int look_at_files(const struct iface *iface, struct snapshot *now)
{
	const char *files[DHCP_FILES];
	int r = 0;

	for (unsigned int family = 0; family < DHCP_FAMILIES && r == 0; family++) {
		if (!iface_dhcp(iface, family))
			continue;
		r = dhcp_files_name(now->arena, family, iface->name, files);
		if (r == 0)
			r = snapshot_find_files(now, files, DHCP_FILES);
	}
	return r;
}

static int look_at_ifaces(struct iface *const *ifaces, size_t n, struct snapshot *now,
			  bool *any)
{
	int r = 0;

	for (size_t i = 0; i < n && r == 0; i++) {
		struct snap_link *link = snapshot_link(now, ifaces[i]->name);

		if (!ifaces[i]->dhcp)
			continue;
		*any = true;
		r = look_at_files(ifaces[i], now);
		if (r == 0 && link && !link->clients)
			r = snapshot_find_clients(now, link);
	}
	return r;
}

static int look_at_made(const struct snapshot *made, struct snapshot *now, bool *any)
{
	int r = 0;

	for (size_t i = 0; i < made->n_links && r == 0; i++) {
		struct snap_link *link = snapshot_link(now, made->links[i]->name);

		if (!made->links[i]->clients)
			continue;
		*any = true;
		if (link && !link->clients)
			r = snapshot_find_clients(now, link);
	}
	return r;
}

int look_at_clients(const struct model *want, const struct snapshot *made,
		    struct snapshot *now)
{
	bool any = false;
	int r = look_at_ifaces(want->order, want->n_order, now, &any);

	if (r == 0)
		r = look_at_ifaces(want->uppers, want->n_uppers, now, &any);
	if (r == 0)
		r = look_at_made(made, now, &any);
	return r == 0 && any ? snapshot_find_dhcp_programs(now) : r;
}
