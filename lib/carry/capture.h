/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/snapshot/snapshot.h"

/* Whether capture_link() supports it: a network card, bond, VLAN or bridge. */
bool capture_knows(const struct snap_link *link);

/**
 * capture_link() - write the files that would produce a link's present state
 * @have: contains @link, and the links below it
 * @dir: the existing files; the one for the device keeps its name
 * @drafts: receives the ifcfg file and the route files; what ifcfg files cannot express
 * is reported
 *
 * Options and settings are written only if they differ from their defaults.
 *
 * Return: 0; a negative errno, reported.
 */
int capture_link(const struct snapshot *have, const struct snap_link *link,
		 const struct ifcfg_dir *dir, struct drafts *drafts);

/*
 * Whether the address is valid only on the link, like those that links get automatically.
 */
bool capture_is_for_link_only(const struct snap_addr *addr);

/*
 * Whether this is the route to 169.254.0.0/16, which ifup sets unless NOZEROCONF says no.
 */
bool capture_is_zeroconf(const struct route *route);
