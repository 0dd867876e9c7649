/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of the kinds of links, by what each program calls them. */
#include "lib/model/link-kind.h"

#include <string.h>

const struct link_kind link_kinds[IFACE_KINDS] = {
	[IFACE_ETHERNET] = { "ethernet", "", "ethernet", NULL, "Ethernet",
			     "a network card" },
	[IFACE_BOND] = { "bond", "bond", "bond", "bond", "Bond", "a bond" },
	[IFACE_VLAN] = { "vlan", "vlan", "vlan", "vlan", "Vlan", "a VLAN" },
	[IFACE_DUMMY] = { "dummy", "dummy", "dummy", "dummy", "Dummy", "a dummy" },
	[IFACE_VETH] = { "veth", "veth", "veth", "veth", "Veth", "a veth" },
	[IFACE_BRIDGE] = { "bridge", "bridge", "bridge", "bridge", "Bridge", "a bridge" },
	[IFACE_TAP] = { "tun", "tun", "tun", "tap", "Tap", "a tap" },
	[IFACE_IPOIB] = { "ipoib", "ipoib", "infiniband", "ipoib", "InfiniBand",
			  "a child interface of InfiniBand" },
};

enum iface_kind link_kind_of(const char *driver)
{
	for (unsigned int kind = 0; kind < IFACE_KINDS; kind++)
		if (strcmp(link_kinds[kind].driver, driver) == 0)
			return kind;
	return IFACE_ETHERNET;
}
