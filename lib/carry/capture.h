/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/snapshot/snapshot.h"

/* Whether capture_link() can: a network card, bond, VLAN or bridge. */
bool capture_knows(const struct snap_link *link);

/**
 * capture_link() - write the files by which a link would be as it is now
 * @have: with @link, and what that stands on
 * @dir: the files that there are; that of the device keeps its name
 * @drafts: get its ifcfg file and its route files; what ifcfg files cannot say is told
 *
 * Options and settings are written where they differ from what they would be without.
 *
 * Return: 0; a negative errno, told.
 */
int capture_link(const struct snapshot *have, const struct snap_link *link,
		 const struct ifcfg_dir *dir, struct drafts *drafts);

/* Whether the address reaches no further than the link, as those that links get by themselves. */
bool capture_is_for_link_only(const struct snap_addr *addr);

/* Whether it is the one to 169.254.0.0/16, which ifup sets unless NOZEROCONF says no. */
bool capture_is_zeroconf(const struct route *route);
