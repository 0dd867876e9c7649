/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of the kinds of links. */
#include "lib/model/link-kind.h"

#include <string.h>
#include <strings.h>

#include <linux/if_link.h>

#include "lib/base/language.h"
#include "lib/model/bridge-options.h"

/* vrf_policy[] in Linux drivers/net/vrf.c; the driver has no way to change it. */
static const struct option_row vrf_options[] = {
	{ .name = "table",
	  .ip_word = "table",
	  .networkd = "Table",
	  .key = "TABLE",
	  .attr = IFLA_VRF_TABLE,
	  .wire = WIRE_U32,
	  .kind = OPT_NUMBER,
	  .min = 1,
	  .max = UINT32_MAX,
	  .unit = "",
	  .since = "4.3" },
};

static const struct option_table vrf_port_table = {
	.whose = N_("member of a VRF"),
	.kind = "vrf",
	.driver = "vrf",
	.is_of_port = true,
};

static const struct option_table vrf_table = {
	.whose = N_("VRF"),
	.kind = "vrf",
	.driver = "vrf",
	.rows = vrf_options,
	.n = sizeof(vrf_options) / sizeof(*vrf_options),
	.beside = &vrf_port_table,
};

/* clang-format off */
const struct link_kind link_kinds[IFACE_KINDS] = {
	[IFACE_ETHERNET] = { "ethernet", "", "ethernet", NULL, "Ethernet", N_("a network card"), .metric = 100 },
	[IFACE_BOND] = { "bond", "bond", "bond", "bond", "Bond", N_("a bond"), "BONDING_MASTER", .metric = 300,
			 .options = &bond_table, .networkd = "Bond", .joins = "MASTER",
			 .joins_uuid = "MASTER_UUID" },
	[IFACE_VLAN] = { "vlan", "vlan", "vlan", "vlan", "Vlan", N_("a VLAN"), "VLAN", .metric = 400,
			 .is_stacked = true },
	[IFACE_DUMMY] = { "dummy", "dummy", "dummy", "dummy", "Dummy", N_("a dummy"), .metric = 550,
			  .is_typed = true, .is_mute = true },
	[IFACE_VETH] = { "veth", "veth", "veth", "veth", "Veth", N_("a veth"), .metric = 100, .is_typed = true },
	[IFACE_BRIDGE] = { "bridge", "bridge", "bridge", "bridge", "Bridge", N_("a bridge"), .metric = 425,
			   .options = &bridge_table, .networkd = "Bridge", .joins = "BRIDGE",
			   .joins_uuid = "BRIDGE_UUID" },
	[IFACE_TAP] = { "tun", "tun", "tun", "tap", "Tap", N_("a tap"), .metric = 450 },
	[IFACE_IPOIB] = { "ipoib", "ipoib", "infiniband", "ipoib", "InfiniBand",
			  N_("a child interface of InfiniBand"), .metric = 150, .is_stacked = true },
	[IFACE_VRF] = { "vrf", "vrf", "vrf", "vrf", "Vrf", N_("a VRF"), .metric = 470, .is_typed = true,
			.is_mute = true, .has_hosts = true, .options = &vrf_table, .networkd = "VRF",
			.joins = "VRF", .joins_uuid = "VRF_UUID" },
};
/* clang-format on */

enum iface_kind link_kind_of(const char *driver)
{
	for (unsigned int kind = 0; kind < IFACE_KINDS; kind++)
		if (strcmp(link_kinds[kind].driver, driver) == 0)
			return kind;
	return IFACE_ETHERNET;
}

enum iface_kind link_kind_joined_by(const char *key)
{
	unsigned int kind = 0;

	for (; kind < IFACE_KINDS; kind++)
		if (link_kinds[kind].joins &&
		    (strcmp(link_kinds[kind].joins, key) == 0 ||
		     strcmp(link_kinds[kind].joins_uuid, key) == 0))
			break;
	return kind;
}

bool link_kind_has_option(const char *key)
{
	for (unsigned int kind = 0; kind < IFACE_KINDS; kind++) {
		const struct option_table *table = link_kinds[kind].options;

		for (size_t id = 0; table && id < table->n; id++)
			if (table->rows[id].key && strcmp(table->rows[id].key, key) == 0)
				return true;
	}
	return false;
}

const char *link_type_of_name(const char *name)
{
	static const char digits[] = "0123456789";
	static const struct {
		const char *stem;
		enum iface_kind kind;
	} names[] = { { "dummy", IFACE_DUMMY }, { "veth", IFACE_VETH },
		      { "tap", IFACE_TAP },     { "tun", IFACE_TAP },
		      { "br", IFACE_BRIDGE },   { "bond", IFACE_BOND },
		      { "vrf", IFACE_VRF } };
	const size_t stem = strcspn(name, digits);

	if (!name[stem] || name[stem + strspn(name + stem, digits)])
		return NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i].stem) == stem &&
		    strncmp(names[i].stem, name, stem) == 0)
			return link_kinds[names[i].kind].type;
	return NULL;
}

enum iface_kind link_kind_of_profile(const char *profile)
{
	unsigned int kind = 0;

	while (kind < IFACE_KINDS && strcmp(link_kinds[kind].profile, profile) != 0)
		kind++;
	return kind;
}

enum iface_kind link_kind_of_type(const char *type)
{
	unsigned int kind = 0;

	while (kind < IFACE_KINDS && strcasecmp(link_kinds[kind].type, type) != 0)
		kind++;
	return kind;
}
