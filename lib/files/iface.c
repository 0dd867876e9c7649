/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Converts the keys of a file to a typed interface: every value is parsed and checked
 * here.
 */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/num.h"
#include "lib/files/bond.h"
#include "lib/files/bridge.h"
#include "lib/files/helper.h"
#include "lib/files/iface.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/ipoib.h"
#include "lib/files/judge.h"
#include "lib/files/kind.h"
#include "lib/files/loader.h"
#include "lib/files/port-of.h"
#include "lib/files/source.h"
#include "lib/files/tun.h"
#include "lib/files/vlan.h"
#include "lib/model/hooks.h"

#define LINK_WAIT_MS 5000
#define LACP_WAIT_MS 10000
/* The interval of LACP packets: IEEE 802.1AX-2020 6.4.4. */
#define LACP_FAST_MS 1000
#define LACP_SLOW_MS 30000
#define MTU_MIN      68 /* RFC 791 */
#define MTU_MAX      65535

/* ---- link ---- */

static void read_link_mtu(const struct source *src, struct iface *iface)
{
	const char *value = source_value(src, "MTU");

	if (!value)
		return;
	iface->mtu_pos = source_pos(src, "MTU");
	if (num_parse_u32(value, MTU_MAX, &iface->mtu) == 0 && iface->mtu >= MTU_MIN) {
		iface->has_mtu = true;
		return;
	}
	diag_warning(src->diag, iface->mtu_pos, "MTU='%s' ignored: it is not an MTU",
		     value);
	diag_hint(src->diag, "it is a number of bytes, %d to %d", MTU_MIN, MTU_MAX);
}

/* The words of NetworkManager. Return: whether it is one of them. */
static bool read_mac_word(const struct source *src, const char *value,
			  struct iface *iface)
{
	static const struct {
		const char *word;
		enum mac_wish wish;
	} words[] = {
		{ "permanent", MAC_PERMANENT }, { "preserve", MAC_PRESERVED },
		{ "random", MAC_ANY },          { "stable", MAC_ANY },
		{ "stable-ssid", MAC_ANY },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcasecmp(words[i].word, value) != 0)
			continue;
		iface->mac_wish = words[i].wish;
		if (words[i].wish != MAC_ANY)
			return true;
		diag_warning(
			src->diag, iface->mac_pos,
			"MACADDR='%s' ignored: only NetworkManager makes up an address",
			value);
		diag_hint(src->diag, "write the address itself, or permanent");
		return true;
	}
	return false;
}

static void read_mac(const struct source *src, struct iface *iface)
{
	/* For bridges, NetworkManager has a separate key. */
	const char *key = iface->kind == IFACE_BRIDGE && !source_value(src, "MACADDR")
				  ? "BRIDGE_MACADDR"
				  : "MACADDR";
	const char *value = source_value(src, key);

	if (!value)
		return;
	iface->mac_pos = source_pos(src, key);
	if (hwaddr_parse(value, &iface->mac) == 0 && hwaddr_is_unicast(&iface->mac)) {
		iface->mac_wish = MAC_GIVEN;
		return;
	}
	if (read_mac_word(src, value, iface))
		return;
	diag_warning(src->diag, iface->mac_pos,
		     "%s='%s' ignored: it is not the MAC address of an interface", key,
		     value);
	diag_hint(src->diag,
		  "it reads like 52:54:00:12:34:56, and the second digit is even");
}

/* The card that the name is meant for; for other kinds, the address of another device. */
static void read_hwaddr(const struct source *src, struct iface *iface)
{
	const char *value = ifcfg_own_value(src->file, "HWADDR");
	struct want_hwaddr want = { .pos = source_pos(src, "HWADDR") };

	if (!value)
		return;
	if (iface->kind != IFACE_ETHERNET) {
		diag_warning(src->diag, want.pos,
			     "HWADDR has no effect here: it identifies network cards");
		diag_hint(src->diag, "MACADDR sets the interface's address");
		return;
	}
	if (ifcfg_hwaddr(src->file, &want.mac)) {
		iface->hwaddr = arena_memdup(src->loader->arena, &want, sizeof(want));
		return;
	}
	diag_warning(src->diag, want.pos, "HWADDR='%s' ignored: it is not a MAC address",
		     value);
	diag_hint(src->diag, "it reads like 52:54:00:12:34:56");
}

static void read_link_status(const struct source *src, struct iface *iface)
{
	const char *value = source_value(src, "LINKSTATUS");

	iface->stays_down = value && strcasecmp(value, "down") == 0;
	if (!value || iface->stays_down || strcasecmp(value, "up") == 0)
		return;
	diag_warning(src->diag, source_pos(src, "LINKSTATUS"),
		     "LINKSTATUS=%s ignored: it is not known", value);
	diag_hint(src->diag, "it is up, or down for a link that is never set up");
}

/* ---- the file as a whole ---- */

/*
 * A link that has come up works soon. LACP then needs exchanges with the switch: the
 * driver sends a packet each second until it has heard of a partner, waits two seconds
 * for other ports, and the switch does the same. A packet that gets lost then costs a
 * period of the requested rate. LINKDELAY is the limit of all of it.
 */
static void read_waits(const struct source *src, struct iface *iface)
{
	const bool is_lacp = iface->kind == IFACE_BOND &&
			     bond_values_mode(iface->options) == BOND_MODE_802_3AD;

	iface->link_wait_ms = source_seconds(src, "LINKDELAY", UINT32_MAX);
	if (iface->link_wait_ms == UINT32_MAX) {
		iface->link_wait_ms = LINK_WAIT_MS;
		iface->lacp_wait_ms = is_lacp ? LACP_WAIT_MS : 0;
	}
	if (iface->lacp_wait_ms)
		iface->sync_wait_ms = iface->options->of[BOND_OPT_LACP_RATE].num
					      ? LACP_WAIT_MS + LACP_FAST_MS
					      : LACP_WAIT_MS + LACP_SLOW_MS;
	if (iface->kind == IFACE_BRIDGE)
		iface->link_wait_ms = bridge_wait_ms(iface, iface->link_wait_ms);
}

/* The loopback belongs to no zone. */
static void read_zone(const struct source *src, struct iface *iface)
{
	if (strcmp(iface->name, "lo") == 0)
		return;
	iface->zone = source_value(src, "ZONE");
	iface->zone_pos = source_pos(src, "ZONE");
}

static void read_port_options(const struct source *src, struct iface *port)
{
	port->port_options = option_values_new(&bond_port_table, src->loader->arena);
	for (size_t i = 0; i < PORT_OPT_COUNT; i++) {
		const struct option_row *option = &bond_port_table.rows[i];
		const char *value =
			option->key ? ifcfg_own_value(src->file, option->key) : NULL;

		if (value)
			bond_port_value_load(option, port->name, value,
					     source_pos(src, option->key), src->diag,
					     &port->port_options->of[i]);
	}
}

/* The other end of a pair; its own file, if there is one, is handled separately. */
static int read_veth(const struct source *src, struct iface *iface)
{
	const char *peer = ifcfg_own_value(src->file, "PEER");

	if (peer && ifname_is_valid(peer) && strcmp(peer, iface->name) != 0) {
		iface->peer = peer;
		iface->options_pos = source_pos(src, "PEER");
		return 0;
	}
	if (peer)
		diag_error(src->diag, source_pos(src, "PEER"),
			   "PEER='%s' is not the name of another interface", peer);
	else
		diag_error(src->diag, source_pos(src, "TYPE"), "PEER is missing");
	diag_hint(src->diag, "PEER= names the other end of the pair");
	return 0;
}

/* Its table, which is that of its own routes, too. */
static int read_vrf(const struct source *src, struct iface *iface)
{
	const char *value = ifcfg_own_value(src->file, "TABLE");
	uint32_t table = 0;

	if (value &&
	    route_number(source_names(src), NAMES_TABLE, value, UINT32_MAX, &table) ==
		    0 &&
	    table) {
		iface->options_pos = source_pos(src, "TABLE");
		iface->options->of[0] = (struct option_value){ .is_set = true,
							       .pos = iface->options_pos,
							       .num = table };
		iface->table = table;
		return 0;
	}
	if (value)
		diag_error(src->diag, source_pos(src, "TABLE"),
			   "TABLE='%s' is not a routing table", value);
	else
		diag_error(src->diag, source_pos(src, "TYPE"), "TABLE is missing");
	diag_hint(src->diag, "TABLE= is the routing table of the VRF: a number from 1 to "
			     "4294967295, or a name of /etc/iproute2/rt_tables");
	return 0;
}

/* A network card; InfiniBand has additional settings. */
static int read_card(const struct source *src, struct iface *iface)
{
	if (ipoib_is_infiniband(src->file))
		iface_read_ipoib_mode(src, iface);
	return 0;
}

/* Readers of what is specific to one kind of interface. */
static int (*const kind_readers[])(const struct source *src, struct iface *iface) = {
	[IFACE_ETHERNET] = read_card,   [IFACE_BOND] = bond_read,
	[IFACE_VLAN] = iface_read_vlan, [IFACE_DUMMY] = NULL,
	[IFACE_VETH] = read_veth,       [IFACE_BRIDGE] = iface_read_bridge,
	[IFACE_TAP] = iface_read_tun,   [IFACE_IPOIB] = iface_read_ipoib,
	[IFACE_VRF] = read_vrf,
};

/*
 * Interfaces whose keys we need not know, also if the helper is missing, which is
 * reported.
 */
static bool is_for_helper(const struct loader *loader, const struct ifcfg *file,
			  const struct iface *iface)
{
	return iface->helper || file == loader->step_file ||
	       helper_has_type(ifcfg_own_value(file, "TYPE")) ||
	       helper_has_type(ifcfg_own_value(file, "DEVICETYPE"));
}

static void judge_iface_keys(const struct source *src, const struct iface *iface)
{
	iface_judge_keys(src->loader, src->file);
	port_judge(src);
	kind_judge(src, iface);
}

/*
 * What it joins, and with it the table of its routes. That link's own file is read, and its
 * errors are reported, when it is loaded.
 */
static void read_home(const struct source *src, struct iface *iface)
{
	const struct ifcfg *file = src->file, *home;
	const char *key = NULL, *value;
	enum iface_kind kind;

	if (!file->home || !port_written_home(file, &key))
		return;
	kind = link_kind_joined_by(key);
	iface->master_name = file->home;
	iface->master_pos = source_pos(src, key);
	home = load_only_file(src->loader, file->home);
	value = home ? ifcfg_own_value(home, link_kinds[kind].options->rows[0].key)
		     : NULL;
	if (value)
		route_number(source_names(src), NAMES_TABLE, value, UINT32_MAX,
			     &iface->table);
}

/* Settings of the link, independent of its addresses. */
static int read_link_keys(const struct source *src, struct iface *iface)
{
	int r;

	iface->ip4_failure = source_failure(src, "IPV4_FAILURE_FATAL");
	iface->ip6_failure = source_failure(src, "IPV6_FAILURE_FATAL");
	read_link_mtu(src, iface);
	iface->dev_wait_ms = source_dev_timeout(src);
	read_hwaddr(src, iface);
	r = kind_readers[iface->kind] ? kind_readers[iface->kind](src, iface) : 0;
	if (r == 0)
		iface_read_ethtool(src, iface);
	return r;
}

/* Addresses and related settings. */
static int read_ip_keys(const struct source *src, struct iface *iface)
{
	int r;

	iface->conf = arena_alloc(src->loader->arena, CONF_COUNT * sizeof(*iface->conf));
	iface->flags = link_flags_read(src);
	r = iface_read_dhcp(src, iface);
	if (r == 0)
		r = iface_read_ip4(src, iface);
	if (r == 0)
		iface_read_ip6(src, iface);
	if (r == 0)
		r = iface_read_aliases(src, iface);
	if (r == 0)
		r = iface_read_routes(src, iface);
	if (r == 0)
		r = iface_read_static_routes(src, iface);
	return r == 0 ? iface_read_dns(src, iface) : r;
}

int iface_read(struct loader *loader, const struct ifcfg *file, struct iface *iface)
{
	struct source src = { .loader = loader, .file = file, .diag = loader->diag };
	int r;

	if (is_for_helper(loader, file, iface))
		iface_judge_syntax(loader, file);
	else
		judge_iface_keys(&src, iface);
	iface->onboot = !source_off(&src, "ONBOOT");
	iface->hotplug = !source_off(&src, "HOTPLUG");
	iface->hook_limit_ms = source_limit(&src, "HOOK_TIMEOUT", HOOK_LIMIT_MS);
	if (iface->helper)
		iface->helper->limit_ms =
			source_limit(&src, "HOOK_TIMEOUT", HELPER_LIMIT_MS);
	if (iface->helper && !file->master && !file->bridge && !loader->for_alias)
		return 0;
	r = read_link_keys(&src, iface);
	if (r < 0)
		return r;
	if (file->master) {
		iface_judge_port(&src, iface->kind, ROLE_BOND_PORT);
		read_port_options(&src, iface);
		return 0;
	}
	read_mac(&src, iface);
	read_link_status(&src, iface);
	read_waits(&src, iface);
	if (file->bridge)
		return iface_read_bridge_port(&src, iface);
	read_home(&src, iface);
	bridge_judge_stray_options(&src, iface);
	read_zone(&src, iface);
	return read_ip_keys(&src, iface);
}
