/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The types that nmcli can add here, and its short names for their properties. */
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/language.h"
#include "lib/carry/words-pick.h"
#include "lib/ctl/nm.h"

static const struct nm_type nm_types[] = {
	{ "ethernet",
	  "802-3-ethernet",
	  "ethernet",
	  NULL,
	  { "connection.interface-name" },
	  false },
	{ "bond", NULL, "bond", NULL, { NULL }, true },
	{ "bond-slave",
	  "bond-port",
	  "ethernet",
	  "bond",
	  { "connection.interface-name", "connection.master" },
	  false },
	{ "vlan", NULL, "vlan", NULL, { "vlan.parent", "vlan.id" }, true },
	{ "bridge", NULL, "bridge", NULL, { NULL }, true },
	{ "bridge-slave",
	  "bridge-port",
	  "ethernet",
	  "bridge",
	  { "connection.interface-name", "connection.master" },
	  false },
	{ "dummy", NULL, "dummy", NULL, { "connection.interface-name" }, true },
	{ "veth",
	  NULL,
	  "veth",
	  NULL,
	  { "connection.interface-name", "veth.peer" },
	  true },
	{ "tun", NULL, "tun", NULL, { "connection.interface-name" }, true },
	{ "infiniband",
	  NULL,
	  "infiniband",
	  NULL,
	  { "connection.interface-name" },
	  false },
};

/* Types of NetworkManager that have no ifcfg files here. */
static const char strangers[] =
	"6lowpan 802-11-olpc-mesh 802-11-wireless wifi adsl bluetooth cdma generic "
	"gsm hsr ip-tunnel ipvlan loopback macsec macvlan olpc-mesh ovs-bridge "
	"ovs-dpdk ovs-interface ovs-patch ovs-port pppoe team team-slave vpn vrf "
	"vxlan wifi-p2p wimax wireguard wpan";

static const struct nm_alias aliases[] = {
	{ "", "type", "connection.type", NULL, NULL },
	{ "", "ifname", "connection.interface-name", NULL, NULL },
	{ "", "con-name", "connection.id", NULL, NULL },
	{ "", "autoconnect", "connection.autoconnect", NULL, NULL },
	{ "", "master", "connection.master", NULL, NULL },
	{ "", "controller", "connection.master", NULL, NULL },
	{ "", "slave-type", "connection.slave-type", NULL, NULL },
	{ "", "port-type", "connection.slave-type", NULL, NULL },
	{ "ip", "ip4", "ipv4.addresses", NULL, "ipv4.method" },
	{ "ip", "gw4", "ipv4.gateway", NULL, NULL },
	{ "ip", "ip6", "ipv6.addresses", NULL, "ipv6.method" },
	{ "ip", "gw6", "ipv6.gateway", NULL, NULL },
	{ "ethernet", "mtu", "802-3-ethernet.mtu", NULL, NULL },
	{ "ethernet", "mac", "802-3-ethernet.mac-address", NULL, NULL },
	{ "ethernet", "cloned-mac", "802-3-ethernet.cloned-mac-address", NULL, NULL },
	{ "bond", "mode", "bond.options", "mode", NULL },
	{ "bond", "primary", "bond.options", "primary", NULL },
	{ "bond", "miimon", "bond.options", "miimon", NULL },
	{ "bond", "downdelay", "bond.options", "downdelay", NULL },
	{ "bond", "updelay", "bond.options", "updelay", NULL },
	{ "bond", "arp-interval", "bond.options", "arp_interval", NULL },
	{ "bond", "arp-ip-target", "bond.options", "arp_ip_target", NULL },
	{ "bond", "lacp-rate", "bond.options", "lacp_rate", NULL },
	{ "bond-slave", "queue-id", "bond-port.queue-id", NULL, NULL },
	{ "bond-slave", "prio", "bond-port.prio", NULL, NULL },
	{ "vlan", "dev", "vlan.parent", NULL, NULL },
	{ "vlan", "id", "vlan.id", NULL, NULL },
	{ "vlan", "flags", "vlan.flags", NULL, NULL },
	{ "vlan", "ingress", "vlan.ingress-priority-map", NULL, NULL },
	{ "vlan", "egress", "vlan.egress-priority-map", NULL, NULL },
	{ "vlan", "mtu", "802-3-ethernet.mtu", NULL, NULL },
	{ "bridge", "mac", "bridge.mac-address", NULL, NULL },
	{ "bridge", "stp", "bridge.stp", NULL, NULL },
	{ "bridge", "priority", "bridge.priority", NULL, NULL },
	{ "bridge", "forward-delay", "bridge.forward-delay", NULL, NULL },
	{ "bridge", "hello-time", "bridge.hello-time", NULL, NULL },
	{ "bridge", "max-age", "bridge.max-age", NULL, NULL },
	{ "bridge", "ageing-time", "bridge.ageing-time", NULL, NULL },
	{ "bridge", "group-forward-mask", "bridge.group-forward-mask", NULL, NULL },
	{ "bridge", "multicast-snooping", "bridge.multicast-snooping", NULL, NULL },
	{ "bridge-slave", "priority", "bridge-port.priority", NULL, NULL },
	{ "bridge-slave", "path-cost", "bridge-port.path-cost", NULL, NULL },
	{ "bridge-slave", "hairpin", "bridge-port.hairpin-mode", NULL, NULL },
	{ "veth", "peer", "veth.peer", NULL, NULL },
	{ "tun", "mode", "tun.mode", NULL, NULL },
	{ "tun", "owner", "tun.owner", NULL, NULL },
	{ "tun", "group", "tun.group", NULL, NULL },
	{ "infiniband", "mtu", "infiniband.mtu", NULL, NULL },
	{ "infiniband", "mac", "infiniband.mac-address", NULL, NULL },
	{ "infiniband", "transport-mode", "infiniband.transport-mode", NULL, NULL },
	{ "infiniband", "parent", "infiniband.parent", NULL, NULL },
	{ "infiniband", "p-key", "infiniband.p-key", NULL, NULL },
};

const struct nm_type *nm_type_find(struct nm *nm, const char *word)
{
	const char *words[ARRAY_SIZE(nm_types)];
	int at;

	if (text_lists(strangers, word)) {
		diag_error(nm->ctl->run.diag, (struct pos){ 0 },
			   "type %s is NetworkManager's: there are no ifcfg files here "
			   "for it",
			   word);
		return NULL;
	}
	for (size_t i = 0; i < ARRAY_SIZE(nm_types); i++) {
		words[i] = nm_types[i].word;
		if (nm_types[i].other && strcmp(nm_types[i].other, word) == 0)
			return &nm_types[i];
	}
	at = words_pick(word, words, ARRAY_SIZE(nm_types), _("connection type"),
			nm->ctl->run.diag);
	return at < 0 ? NULL : &nm_types[at];
}

const struct nm_type *nm_type_of(const char *profile, const char *port_of)
{
	for (size_t i = 0; i < ARRAY_SIZE(nm_types); i++)
		if (strcmp(nm_types[i].profile, profile) == 0 &&
		    (nm_types[i].port_of == port_of ||
		     (port_of && nm_types[i].port_of &&
		      strcmp(nm_types[i].port_of, port_of) == 0)))
			return &nm_types[i];
	return NULL;
}

static bool is_alias_for(const struct nm_alias *alias, const struct nm_type *type)
{
	return !*alias->of || (strcmp(alias->of, "ip") == 0 && !type->port_of) ||
	       strcmp(alias->of, type->word) == 0;
}

const struct nm_alias *nm_alias_find(const struct nm_type *type, const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(aliases); i++)
		if (strcmp(aliases[i].word, word) == 0 && is_alias_for(&aliases[i], type))
			return &aliases[i];
	return NULL;
}

void nm_types_offer(void (*fn)(const char *word))
{
	for (size_t i = 0; i < ARRAY_SIZE(nm_types); i++)
		fn(nm_types[i].word);
}

void nm_type_offer_aliases(const struct nm_type *type, void (*fn)(const char *word))
{
	for (size_t i = 0; i < ARRAY_SIZE(aliases); i++)
		if (type ? is_alias_for(&aliases[i], type) : !*aliases[i].of)
			fn(aliases[i].word);
}
