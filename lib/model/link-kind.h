/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

enum iface_kind {
	IFACE_ETHERNET,
	IFACE_BOND,
	IFACE_VLAN,
	IFACE_DUMMY,
	IFACE_VETH,
	IFACE_BRIDGE,
	IFACE_TAP,
	IFACE_IPOIB,
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
 */
struct link_kind {
	const char *name, *driver, *profile, *netdev, *type, *noun;
};

/* By enum iface_kind. */
extern const struct link_kind link_kinds[IFACE_KINDS];

/* By the kernel's name; a card for one that is not in the table. */
enum iface_kind link_kind_of(const char *driver);
