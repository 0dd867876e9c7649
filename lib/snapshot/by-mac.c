/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds network cards by MAC address or alternative name. */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/snapshot/snapshot.h"

bool snap_link_borrows_mac(const struct snap_link *link)
{
	static const char *const kinds[] = { "bond",    "vlan",    "bridge", "team",
					     "macvlan", "macvtap", "ipvlan", "ipvtap" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(link->kind, kinds[i]) == 0)
			return true;
	return snap_link_is_stacked(link);
}

bool snap_link_is_card(const struct snap_link *link)
{
	return link->mac.len && !snap_link_borrows_mac(link) &&
	       !(link->flags & IFF_LOOPBACK);
}

/* The port of a bond has the bond's address, which does not identify it. */
struct snap_link *snapshot_link_by_mac(const struct snapshot *snapshot,
				       const struct hwaddr *mac)
{
	struct snap_link *by_current = NULL;

	for (size_t i = 0; i < snapshot->n_links; i++) {
		struct snap_link *link = snapshot->links[i];

		if (snap_link_borrows_mac(link))
			continue;
		if (hwaddr_is_same_card(&link->perm_mac, mac))
			return link;
		if (!by_current && !link->port && hwaddr_is_same_card(&link->mac, mac))
			by_current = link;
	}
	return by_current;
}

void snapshot_add_altname(struct snapshot *snapshot, struct snap_link *link,
			  const char *name)
{
	struct snap_name *added = arena_alloc(snapshot->arena, sizeof(*added));
	struct snap_name **at = &link->altnames;

	added->name = arena_strdup(snapshot->arena, name);
	while (*at)
		at = &(*at)->next;
	*at = added;
	snapshot->has_altnames = true;
}

struct snap_link *snapshot_link_by_altname(const struct snapshot *snapshot,
					   const char *name)
{
	for (size_t i = 0; snapshot->has_altnames && i < snapshot->n_links; i++)
		for (const struct snap_name *at = snapshot->links[i]->altnames; at;
		     at = at->next)
			if (strcmp(at->name, name) == 0)
				return snapshot->links[i];
	return NULL;
}
