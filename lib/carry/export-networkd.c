/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes an interface as files of systemd-networkd: .netdev creates it, .network
 * configures it.
 */
#include <inttypes.h>
#include <linux/fib_rules.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/carry/export.h"

/* Keys whose effect is included in what is written here. */
static const char carried[] =
	"DEVICE TYPE NAME UUID ONBOOT BOOTPROTO IPADDR PREFIX NETMASK GATEWAY "
	"METRIC DEFROUTE DNS DOMAIN SEARCH IPV6INIT IPV6ADDR IPV6ADDR_SECONDARIES "
	"IPV6_DEFAULTGW IPV6_AUTOCONF IPV6_DISABLED DHCPV6C MTU MACADDR HWADDR "
	"SLAVE BONDING_OPTS BONDING_MASTER "
	"VLAN VID VLAN_ID PHYSDEV REORDER_HDR GVRP MVRP VLAN_FLAGS VLAN_PROTOCOL "
	"VLAN_EGRESS_PRIORITY_MAP VLAN_INGRESS_PRIORITY_MAP STP DELAY PRIO AGEING "
	"BRIDGING_OPTS NM_CONTROLLED NOZEROCONF ROUTING_RULE_ ROUTING_RULE6_";

bool export_networkd_has(const char *key)
{
	return text_lists(carried, key) || link_flag_find(key) ||
	       link_kind_joined_by(key) < IFACE_KINDS || link_kind_has_option(key);
}

/* ---- what creates a link ---- */

/* Lists there are separated by blanks. */
static void add_option_text(const struct option_row *row,
			    const struct option_value *value, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const bool is_ms = row->unit && strcmp(row->unit, "ms") == 0;

	option_value_format(row, value, &text);
	for (char *c = text.text; c && *c; c++)
		*c = (char)(*c == ',' ? ' ' : *c);
	strbuf_addf(out, "%s=%s%s\n", row->networkd, strbuf_text(&text),
		    is_ms ? "ms" : "");
}

static void add_option(const struct option_row *row, const struct option_value *value,
		       struct strbuf *out)
{
	if (row->is_centiseconds && value->num % 100)
		strbuf_addf(out, "%s=%" PRId64 "ms\n", row->networkd, value->num * 10);
	else if (row->is_centiseconds)
		strbuf_addf(out, "%s=%" PRId64 "\n", row->networkd, value->num / 100);
	else if (row->kind == OPT_SWITCH || row->kind == OPT_MASK)
		strbuf_addf(out, "%s=%" PRId64 "\n", row->networkd, value->num);
	else
		add_option_text(row, value, out);
}

/* networkd sets the primary port in that port's file. */
static bool is_told_by_port(const struct option_table *table, size_t id)
{
	return table == &bond_table &&
	       (id == BOND_OPT_PRIMARY || id == BOND_OPT_ACTIVE_SLAVE);
}

static void add_netdev_options(const struct export *export,
			       const struct option_values *values, struct strbuf *out)
{
	for (size_t id = 0; id < values->table->n; id++) {
		const struct option_row *row = &values->table->rows[id];
		const struct option_value *value = &values->of[id];

		if (!value->is_set || is_told_by_port(values->table, id))
			continue;
		if (row->networkd)
			add_option(row, value, out);
		else
			diag_warning(export->diag, value->pos,
				     "%s is skipped: it has no counterpart", row->name);
	}
}

static void add_networkd_options(const struct export *export, struct strbuf *out)
{
	const struct iface *iface = export->iface;

	if (!iface->options)
		return;
	strbuf_addf(out, "\n[%s]\n", link_kinds[iface->kind].networkd);
	add_netdev_options(export, iface->options, out);
}

static void add_vlan_maps(const char *key, const struct vlan_map *maps, size_t n,
			  struct strbuf *out)
{
	for (size_t i = 0; i < n; i++)
		strbuf_addf(out, "%s%" PRIu32 "-%" PRIu32, i ? " " : key, maps[i].from,
			    maps[i].to);
	if (n)
		strbuf_addc(out, '\n');
}

static void add_networkd_vlan(const struct vlan *vlan, struct strbuf *out)
{
	static const struct {
		uint32_t bit;
		const char *name;
	} flags[] = { { VLAN_FLAG_GVRP, "GVRP" },
		      { VLAN_FLAG_MVRP, "MVRP" },
		      { VLAN_FLAG_LOOSE_BINDING, "LooseBinding" } };

	strbuf_addf(out, "\n[VLAN]\nId=%u\n", vlan->id);
	if (vlan->protocol == ETH_P_8021AD)
		strbuf_add(out, "Protocol=802.1ad\n");
	if (!(vlan->flags & VLAN_FLAG_REORDER_HDR))
		strbuf_add(out, "ReorderHeader=no\n");
	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		if (vlan->flags & flags[i].bit)
			strbuf_addf(out, "%s=yes\n", flags[i].name);
	add_vlan_maps("EgressQOSMaps=", vlan->egress, vlan->n_egress, out);
	add_vlan_maps("IngressQOSMaps=", vlan->ingress, vlan->n_ingress, out);
}

static void add_networkd_tun(const struct tun *tun, struct strbuf *out)
{
	strbuf_addf(out, "\n[%s]\n", tun->is_tap ? "Tap" : "Tun");
	if (tun->has_owner)
		strbuf_addf(out, "User=%" PRIu32 "\n", tun->owner);
	if (tun->has_group)
		strbuf_addf(out, "Group=%" PRIu32 "\n", tun->group);
}

static void add_networkd_ipoib(const struct ipoib *ipoib, struct strbuf *out)
{
	strbuf_addf(out, "\n[IPoIB]\nPartitionKey=0x%04x\nMode=%s\n",
		    (unsigned int)ipoib->pkey, ipoib_mode_word(ipoib->is_connected));
}

void export_netdev(const struct export *export, struct strbuf *out)
{
	const struct iface *iface = export->iface;
	char text[HWADDR_TEXT_MAX];
	const char *kind = iface->kind == IFACE_TAP && !iface->tun.is_tap
				   ? "tun"
				   : link_kinds[iface->kind].netdev;

	if (!kind)
		return;
	strbuf_addf(out, "[NetDev]\nName=%s\nKind=%s\n", iface->name, kind);
	if (iface->mac_wish == MAC_GIVEN)
		strbuf_addf(out, "MACAddress=%s\n", hwaddr_format(&iface->mac, text));
	add_networkd_options(export, out);
	if (iface->kind == IFACE_VLAN)
		add_networkd_vlan(&iface->vlan, out);
	if (iface->kind == IFACE_TAP)
		add_networkd_tun(&iface->tun, out);
	if (iface->kind == IFACE_IPOIB)
		add_networkd_ipoib(&iface->ipoib.ipoib, out);
	if (iface->kind == IFACE_VETH && iface->peer)
		strbuf_addf(out, "\n[Peer]\nName=%s\n", iface->peer);
}

/* ---- what configures it ---- */

static void add_networkd_link(const struct iface *iface, struct strbuf *out)
{
	char text[HWADDR_TEXT_MAX];
	bool has_mac = iface->mac_wish == MAC_GIVEN && !link_kinds[iface->kind].netdev;

	if (!iface->has_mtu && !has_mac && !iface->flags && iface->onboot)
		return;
	strbuf_add(out, "\n[Link]\n");
	if (iface->has_mtu)
		strbuf_addf(out, "MTUBytes=%" PRIu32 "\n", iface->mtu);
	if (has_mac)
		strbuf_addf(out, "MACAddress=%s\n", hwaddr_format(&iface->mac, text));
	for (const struct want_flag *want = iface->flags; want; want = want->next)
		strbuf_addf(out, "%s=%s\n", want->flag->networkd,
			    want->on ? "yes" : "no");
	if (!iface->onboot)
		strbuf_add(out, "ActivationPolicy=manual\n");
}

static bool is_primary(const struct iface *iface)
{
	const struct option_value *primary =
		iface_is_bond_port(iface) ? &iface->master->options->of[BOND_OPT_PRIMARY]
					  : NULL;

	return primary && primary->is_set && strcmp(primary->ifname, iface->name) == 0;
}

/* Links stacked on it: there the lower one names the upper ones. */
static void add_vlans(const struct export *export, struct strbuf *out)
{
	struct ifcfg_span found =
		ifcfg_dir_find(export->dir, FIND_PARENT, export->iface->name);

	for (size_t i = 0; i < found.n; i++)
		if (found.files[i]->device)
			strbuf_addf(out, "%s=%s\n",
				    found.files[i]->is_vlan ? "VLAN" : "IPoIB",
				    found.files[i]->device);
}

static void add_networkd_port(const struct iface *iface, struct strbuf *out)
{
	if (iface->master_name)
		strbuf_addf(out, "%s=%s\n", iface_master_kind(iface)->networkd,
			    iface->master_name);
	if (is_primary(iface))
		strbuf_add(out, "PrimarySlave=yes\n");
}

static bool is_dhcp_wanted(const struct iface *iface, enum dhcp_family family)
{
	const struct dhcp_wish *wish = iface_dhcp(iface, family);

	return wish && wish->is_wanted;
}

static void add_networkd_dhcp(const struct iface *iface, struct strbuf *out)
{
	bool ip4 = is_dhcp_wanted(iface, DHCP_IP4), ip6 = is_dhcp_wanted(iface, DHCP_IP6);
	bool is_off = iface->conf && iface->conf[CONF_IP6_DISABLE].is_set &&
		      iface->conf[CONF_IP6_DISABLE].num;

	if (ip4 || ip6)
		strbuf_addf(out, "DHCP=%s\n", ip4 && ip6 ? "yes" : ip4 ? "ipv4" : "ipv6");
	strbuf_addf(out, "LinkLocalAddressing=%s\n", is_off ? "no" : "ipv6");
	strbuf_addf(out, "IPv6AcceptRA=%s\n",
		    !is_off && export_listens(iface) ? "yes" : "no");
}

/* An address with a label or a peer needs a section of its own. */
static bool needs_section(const struct want_addr *addr)
{
	return addr->alias || ip_is_set(&addr->peer);
}

static void add_networkd_addrs(const struct iface *iface, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < iface->n_addrs; i++)
		if (!needs_section(&iface->addrs[i]))
			strbuf_addf(out, "Address=%s\n",
				    ip_format_prefix(&iface->addrs[i].addr,
						     iface->addrs[i].prefix_len, text));
}

static void add_addr_sections(const struct iface *iface, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *addr = &iface->addrs[i];

		if (!needs_section(addr))
			continue;
		strbuf_addf(out, "\n[Address]\nAddress=%s\n",
			    ip_format_prefix(&addr->addr, addr->prefix_len, text));
		if (ip_is_set(&addr->peer))
			strbuf_addf(out, "Peer=%s\n",
				    ip_format_prefix(&addr->peer, addr->prefix_len,
						     text));
		if (addr->alias)
			strbuf_addf(out, "Label=%s\n", addr->label);
	}
}

static void add_networkd_dns(const struct iface *iface, struct strbuf *out)
{
	const struct want_dns *want = iface->dns;

	for (size_t i = 0; want && i < want->dns.of[DNS_SERVER].n; i++)
		strbuf_addf(out, "DNS=%s\n", want->dns.of[DNS_SERVER].words[i]);
	for (size_t i = 0; want && i < want->dns.of[DNS_DOMAIN].n; i++)
		strbuf_addf(out, "%s%s",
			    i ? " " : "Domains=", want->dns.of[DNS_DOMAIN].words[i]);
	if (want && want->dns.of[DNS_DOMAIN].n)
		strbuf_addc(out, '\n');
}

/* ---- routes and rules ---- */

static const char *networkd_route_type(uint8_t type)
{
	static const char *const names[] = {
		[RTN_UNICAST] = "unicast",
		[RTN_BLACKHOLE] = "blackhole",
		[RTN_UNREACHABLE] = "unreachable",
		[RTN_PROHIBIT] = "prohibit",
		[RTN_THROW] = "throw",
	};

	return type < ARRAY_SIZE(names) ? names[type] : NULL;
}

static bool fits_networkd(const struct route *route)
{
	return networkd_route_type(route->type) && !route->n_hops && !route->congctl &&
	       !route->tos && !(route->metrics_set & ~(1U << RTAX_MTU)) &&
	       !route->metrics_locked && !ip_is_set(&route->from) && !route->pref;
}

static void add_networkd_route(const struct iface *iface, const struct route *route,
			       struct strbuf *out)
{
	uint32_t usual = route->family == AF_INET6 ? ROUTE_IP6_METRIC : 0;
	char text[IP_TEXT_MAX];

	strbuf_addf(out, "\n[Route]\nDestination=%s\n",
		    ip_format_prefix(&route->dst, route->dst_len, text));
	if (ip_is_set(&route->gateway))
		strbuf_addf(out, "Gateway=%s\n", ip_format(&route->gateway, text));
	if (route->onlink)
		strbuf_add(out, "GatewayOnLink=yes\n");
	if (ip_is_set(&route->source))
		strbuf_addf(out, "PreferredSource=%s\n", ip_format(&route->source, text));
	if (route->metric != usual)
		strbuf_addf(out, "Metric=%" PRIu32 "\n", route->metric);
	if (route->table != iface->table)
		strbuf_addf(out, "Table=%" PRIu32 "\n", route->table);
	if (route->metrics_set)
		strbuf_addf(out, "MTUBytes=%" PRIu32 "\n", route->metrics[RTAX_MTU]);
	if (route->type != RTN_UNICAST)
		strbuf_addf(out, "Type=%s\n", networkd_route_type(route->type));
}

static void add_networkd_routes(const struct export *export, struct strbuf *out)
{
	const struct iface *iface = export->iface;

	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct want_route *want = &iface->routes[i];
		_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

		if (fits_networkd(&want->route)) {
			add_networkd_route(iface, &want->route, out);
			continue;
		}
		route_format(&want->route, &words);
		diag_warning(export->diag, want->pos, "a route is skipped: %s",
			     strbuf_text(&words));
	}
}

/* Whether the lines written below express all of it. */
static bool is_sayable_rule(const struct rule *rule)
{
	return rule->action == FR_ACT_TO_TBL && !rule->has_uids && !rule->l3mdev &&
	       !rule->tos && !rule->ip_proto && !rule->sport_last && !rule->dport_last &&
	       rule->suppress_prefixlength < 0 && rule->suppress_ifgroup < 0;
}

static void add_networkd_rule(const struct rule *rule, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_add(out, "\n[RoutingPolicyRule]\n");
	if (rule->has_priority)
		strbuf_addf(out, "Priority=%" PRIu32 "\n", rule->priority);
	if (rule->invert)
		strbuf_add(out, "InvertRule=yes\n");
	if (ip_is_set(&rule->from))
		strbuf_addf(out, "From=%s\n",
			    ip_format_prefix(&rule->from, rule->from_len, text));
	if (ip_is_set(&rule->to))
		strbuf_addf(out, "To=%s\n",
			    ip_format_prefix(&rule->to, rule->to_len, text));
	if (!ip_is_set(&rule->from) && !ip_is_set(&rule->to))
		strbuf_addf(out, "Family=%s\n",
			    rule->family == AF_INET6 ? "ipv6" : "ipv4");
	if (rule->iif)
		strbuf_addf(out, "IncomingInterface=%s\n", rule->iif);
	if (rule->oif)
		strbuf_addf(out, "OutgoingInterface=%s\n", rule->oif);
	if (rule->has_fwmark)
		strbuf_addf(out, "FirewallMark=%" PRIu32 "/%" PRIu32 "\n", rule->fwmark,
			    rule->fwmask);
	strbuf_addf(out, "Table=%" PRIu32 "\n", rule->table);
}

static void add_networkd_rules(const struct export *export, struct strbuf *out)
{
	const struct iface *iface = export->iface;

	for (size_t i = 0; i < iface->n_rules; i++) {
		const struct want_rule *want = &iface->rules[i];
		_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

		if (is_sayable_rule(&want->rule)) {
			add_networkd_rule(&want->rule, out);
			continue;
		}
		rule_format(&want->rule, &words);
		diag_warning(export->diag, want->pos, "a rule is skipped:%s",
			     strbuf_text(&words));
	}
}

/* ---- the whole ---- */

static void tell_lost_options(const struct export *export,
			      const struct option_values *values)
{
	for (size_t id = 0; id < values->table->n; id++)
		if (values->of[id].is_set)
			diag_warning(export->diag, values->of[id].pos, "%s is skipped",
				     values->table->rows[id].name);
}

static void tell_lost_in_networkd(const struct export *export)
{
	const struct iface *iface = export->iface;

	for (size_t i = 0; i < iface->n_ip_lines; i++)
		diag_warning(export->diag, iface->ip_lines[i].pos,
			     "the line is skipped: only ip(8) knows what '%s' means",
			     iface->ip_lines[i].word);
	if (iface->port_options)
		tell_lost_options(export, iface->port_options);
	if (iface->mac_wish == MAC_PERMANENT || iface->mac_wish == MAC_PRESERVED)
		diag_warning(export->diag, iface->mac_pos,
			     "MACADDR is skipped: there is no such word");
	if (export->file)
		export_judge_keys(export, export_networkd_has);
}

void export_network(const struct export *export, struct strbuf *out)
{
	const struct iface *iface = export->iface;
	char text[HWADDR_TEXT_MAX];

	strbuf_addf(out, "[Match]\nName=%s\n", iface->name);
	if (iface->hwaddr)
		strbuf_addf(out, "PermanentMACAddress=%s\n",
			    hwaddr_format(&iface->hwaddr->mac, text));
	add_networkd_link(iface, out);
	strbuf_add(out, "\n[Network]\n");
	add_networkd_port(iface, out);
	add_vlans(export, out);
	if (!iface_is_port(iface)) {
		add_networkd_dhcp(iface, out);
		add_networkd_addrs(iface, out);
		add_networkd_dns(iface, out);
		add_addr_sections(iface, out);
		add_networkd_routes(export, out);
		add_networkd_rules(export, out);
	}
	tell_lost_in_networkd(export);
}
