/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct option_table;

enum iface_kind {
	IFACE_ETHERNET,
	IFACE_BOND,
	IFACE_VLAN,
	IFACE_DUMMY,
	IFACE_VETH,
	IFACE_BRIDGE,
	IFACE_TAP,
	IFACE_IPOIB,
	IFACE_VRF,
	IFACE_KINDS
};

/**
 * struct link_kind - what the links of one kind are called
 * @name: in our own output
 * @driver: by the kernel (IFLA_INFO_KIND); "" for a network card
 * @profile: by NetworkManager, as the type of a profile
 * @netdev: by systemd-networkd, in a .netdev file; NULL for what is not made
 * @type: by the TYPE of ifcfg files
 * @noun: in messages, with its article
 * @sign: the key of ifcfg files that says yes to it; NULL for none but TYPE
 * @networkd: by systemd-networkd, the section of a .netdev file and the key of its members;
 *            NULL where there is no such thing
 * @joins, @joins_uuid: the keys by which the ifcfg file of a member names such a link, or the
 *                      UUID of its file; NULL for what has no members
 * @metric: NetworkManager's metric for routes of such a device, unless the profile says
 *          something else: nm_device_get_route_metric_default()
 * @is_stacked: on a parent, which ifcfg files name by PHYSDEV
 * @is_typed: nothing but TYPE makes it
 * @is_mute: it does not answer ARP
 * @has_hosts: what joins it is not a port, but keeps its own addresses, and its routes, which
 *             are in the table that the first option of the link names
 * @options: its own options, or NULL; .beside has those of a member
 */
struct link_kind {
	const char *name, *driver, *profile, *netdev, *type, *noun, *sign;
	const char *networkd, *joins, *joins_uuid;
	unsigned int metric;
	bool is_stacked, is_typed, is_mute, has_hosts;
	const struct option_table *options;
};

/* By enum iface_kind. */
extern const struct link_kind link_kinds[IFACE_KINDS];

/* By the kernel's name; a card if it is not in the table. */
enum iface_kind link_kind_of(const char *driver);

/* The kind that a file joins by that key; IFACE_KINDS for another key. */
enum iface_kind link_kind_joined_by(const char *key);

/* Whether the key is that of an option of some kind of link. */
bool link_kind_has_option(const char *key);

/* TYPE for what is usually called so, as dummy1 or tap0; NULL for nothing in particular. */
const char *link_type_of_name(const char *name);

/* By the type of a profile, or by TYPE; IFACE_KINDS for one that is not in the table. */
enum iface_kind link_kind_of_profile(const char *profile);
enum iface_kind link_kind_of_type(const char *type);
