/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns the state of a link into the files that would produce it: the reverse of
 * planning.
 */
#include "lib/carry/capture.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/if_addr.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "lib/carry/ifcfg-text.h"

#define DEFAULT_MTU 1500
/* The metric that ifup gives the default route of IPV6_DEFAULTGW. */
#define IP6_GATEWAY_METRIC 1

/* struct capture - a link, and the lines written for it */
struct capture {
	const struct snapshot *have;
	const struct snap_link *link;
	struct drafts *drafts;
	struct strbuf text, routes, routes6;
	struct ip_net *addrs;
	size_t n, cap;
	bool is_leased;
};

static bool has_kind(const struct snap_link *link, const char *kind)
{
	return strcmp(link->kind, kind) == 0;
}

/* Hardware, or what looks like it inside a container. */
static bool looks_like_card(const struct snap_link *link)
{
	return !*link->kind || has_kind(link, "veth");
}

/* Whether a device is a tap or a tun is recognized by its name. */
static bool looks_like_tap(const struct snap_link *link)
{
	return link->tun && link->tun->is_tap == (strncmp(link->name, "tun", 3) != 0);
}

bool capture_knows(const struct snap_link *link)
{
	return looks_like_card(link) || link->options || link->vlan || link->ipoib ||
	       looks_like_tap(link) || has_kind(link, link_kinds[IFACE_DUMMY].driver);
}

static const struct snap_link *captured_master(const struct capture *c)
{
	return c->link->master ? snapshot_link_by_index(c->have, c->link->master) : NULL;
}

static const struct snap_link *captured_parent(const struct capture *c)
{
	return snap_link_is_stacked(c->link)
		       ? snapshot_link_by_index(c->have, c->link->parent)
		       : NULL;
}

/* ---- identity ---- */

/* A bond has its address from the port whose file comes first. */
static const struct snap_link *first_port(const struct capture *c)
{
	const struct snap_link *first = NULL;

	for (size_t i = 0; i < c->have->n_links; i++) {
		const struct snap_link *link = c->have->links[i];

		if (link->master == c->link->ifindex &&
		    (!first || strcmp(link->name, first->name) < 0))
			first = link;
	}
	return first;
}

/* The address it would have by default; NULL if that cannot be determined. */
static const struct hwaddr *usual_mac(const struct capture *c)
{
	const struct snap_link *first = snap_bond(c->link) ? first_port(c) : NULL;
	const struct snap_link *parent = captured_parent(c);

	if (first)
		return &first->perm_mac;
	if (snap_bridge(c->link) || snap_bond(c->link))
		return NULL;
	return parent ? &parent->mac : &c->link->perm_mac;
}

/* In mode active-backup the bond's address may follow its ports. */
static bool follows_ports(const struct snap_link *link)
{
	const struct option_value *value =
		snap_bond(link) ? &snap_bond(link)->of[BOND_OPT_FAIL_OVER_MAC] : NULL;

	return value && value->is_set && value->num;
}

static void add_mac(struct capture *c)
{
	const struct hwaddr *usual = usual_mac(c);
	char text[HWADDR_TEXT_MAX];

	if (usual && usual->len && !hwaddr_equal(usual, &c->link->mac) &&
	    !follows_ports(c->link))
		ifcfg_text_key(&c->text, "MACADDR", hwaddr_format(&c->link->mac, text));
}

static void add_mtu(struct capture *c)
{
	const struct snap_link *parent = captured_parent(c);
	uint32_t usual = parent ? parent->mtu : DEFAULT_MTU;

	if (c->link->mtu && c->link->mtu != usual && !snap_link_has_hosts(c->link))
		ifcfg_text_keyf(&c->text, "MTU", "%" PRIu32, c->link->mtu);
}

/* ---- bonds ---- */

/* Whether the value differs from the driver's default and has no key of its own. */
static bool is_worth_writing(const struct option_values *values, size_t id)
{
	const struct option_row *row = &values->table->rows[id];
	const struct option_value *value = &values->of[id];
	const struct option_value usual = option_default_among(values, id);

	return value->is_set && !option_value_is_none(row, value) &&
	       !option_value_is_kept(row, &usual, value);
}

static void add_option_word(const struct option_row *row,
			    const struct option_value *value, struct strbuf *words)
{
	strbuf_addf(words, "%s%s=", words->len ? " " : "", row->name);
	option_value_format(row, value, words);
}

/* Adds options of ports that have no key in the ports' own files. */
static void add_port_words(const struct capture *c, struct strbuf *words)
{
	for (size_t i = 0; i < c->have->n_links; i++) {
		const struct snap_link *port = c->have->links[i];
		const struct option_values *values =
			snap_link_options(port, &bond_port_table);

		if (port->master != c->link->ifindex)
			continue;
		for (size_t id = 0; values && id < PORT_OPT_COUNT; id++)
			if (!bond_port_table.rows[id].key && is_worth_writing(values, id))
				strbuf_addf(words, " %s=%s:%" PRId64,
					    bond_port_table.rows[id].name, port->name,
					    values->of[id].num);
	}
}

static void add_bond_keys(struct capture *c)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	const struct option_values *values = snap_bond(c->link);

	strbuf_addf(&words, "mode=%s", bond_mode_name(bond_values_mode(values)));
	for (size_t id = 0; id < BOND_OPT_COUNT; id++)
		if (id != BOND_OPT_MODE && id != BOND_OPT_ACTIVE_SLAVE &&
		    option_has_mode(&bond_table.rows[id], bond_values_mode(values)) &&
		    is_worth_writing(values, id))
			add_option_word(&bond_table.rows[id], &values->of[id], &words);
	add_port_words(c, &words);
	ifcfg_text_key(&c->text, "BONDING_OPTS", strbuf_text(&words));
}

/* Options that have a key of their own. */
static void add_option_keys(struct capture *c, const struct option_values *values)
{
	for (size_t id = 0; values && id < values->table->n; id++)
		if (values->table->rows[id].key && is_worth_writing(values, id))
			ifcfg_text_keyf(&c->text, values->table->rows[id].key, "%" PRId64,
					values->of[id].num);
}

static void add_bond_port_keys(struct capture *c)
{
	ifcfg_text_key(&c->text, "SLAVE", "yes");
	add_option_keys(c, snap_link_options(c->link, &bond_port_table));
}

/* ---- bridges ---- */

static void add_bridging_opts(struct capture *c, const struct option_values *values)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

	for (size_t id = 0; values && id < values->table->n; id++)
		if (is_worth_writing(values, id) &&
		    !(values->table == &bridge_table && id == BRIDGE_OPT_STP_STATE))
			add_option_word(&values->table->rows[id], &values->of[id],
					&words);
	if (words.len)
		ifcfg_text_key(&c->text, "BRIDGING_OPTS", strbuf_text(&words));
}

static void add_bridge_keys(struct capture *c)
{
	const struct option_value *stp = &snap_bridge(c->link)->of[BRIDGE_OPT_STP_STATE];

	if (stp->is_set && stp->num)
		ifcfg_text_key(&c->text, "STP", "yes");
	add_bridging_opts(c, snap_bridge(c->link));
}

/* ---- VLANs ---- */

static void add_map(struct capture *c, const char *key, const struct vlan_map *maps,
		    size_t n)
{
	_cleanup_strbuf_ struct strbuf pairs = STRBUF_EMPTY;

	for (size_t i = 0; i < n; i++)
		strbuf_addf(&pairs, "%s%" PRIu32 ":%" PRIu32, i ? "," : "", maps[i].from,
			    maps[i].to);
	if (n)
		ifcfg_text_key(&c->text, key, strbuf_text(&pairs));
}

static void add_vlan_keys(struct capture *c)
{
	const struct vlan *vlan = c->link->vlan;
	const struct snap_link *parent = captured_parent(c);

	if (parent)
		ifcfg_text_key(&c->text, "PHYSDEV", parent->name);
	ifcfg_text_keyf(&c->text, "VLAN_ID", "%u", vlan->id);
	if (vlan->protocol == ETH_P_8021AD)
		ifcfg_text_key(&c->text, "VLAN_PROTOCOL", "802.1ad");
	ifcfg_text_vlan_flags(&c->text, vlan->flags);
	add_map(c, "VLAN_EGRESS_PRIORITY_MAP", vlan->egress, vlan->n_egress);
	add_map(c, "VLAN_INGRESS_PRIORITY_MAP", vlan->ingress, vlan->n_ingress);
}

/* ---- taps, InfiniBand ---- */

static void add_tun_keys(struct capture *c)
{
	const struct tun *tun = c->link->tun;

	if (tun->has_owner)
		ifcfg_text_keyf(&c->text, "OWNER", "%" PRIu32, tun->owner);
	if (tun->has_group)
		ifcfg_text_keyf(&c->text, "GROUP", "%" PRIu32, tun->group);
}

static void add_ipoib_keys(struct capture *c)
{
	const struct ipoib *ipoib = c->link->ipoib;
	const struct snap_link *parent = captured_parent(c);

	if (parent) {
		ifcfg_text_key(&c->text, "PKEY", "yes");
		ifcfg_text_keyf(&c->text, "PKEY_ID", "0x%04x", (unsigned int)ipoib->pkey);
		ifcfg_text_key(&c->text, "PHYSDEV", parent->name);
	}
	if (ipoib->is_connected)
		ifcfg_text_key(&c->text, "CONNECTED_MODE", "yes");
}

/* ---- addresses ---- */

/*
 * ifcfg files cannot express that an address has no broadcast address: ifup will set the
 * usual one.
 */
static void judge_captured_broadcast(const struct capture *c,
				     const struct snap_addr *addr)
{
	struct ip usual = ip_broadcast(&addr->addr, addr->prefix_len);
	char text[IP_TEXT_MAX], other[IP_TEXT_MAX];

	if (addr->addr.family != AF_INET || addr->prefix_len > 30 ||
	    ip_is_set(&addr->peer) || ip_is_set(&addr->broadcast))
		return;
	diag_warning(c->drafts->diag, (struct pos){ 0 },
		     "%s of %s will get the broadcast address %s when it is next set",
		     ip_format_prefix(&addr->addr, addr->prefix_len, text), c->link->name,
		     ip_format(&usual, other));
	diag_hint(c->drafts->diag, "`ip address change … brd +` gives it now");
}

static bool is_of_alias(const struct capture *c, const struct snap_addr *addr)
{
	return addr->label && *addr->label && strcmp(addr->label, c->link->name) != 0 &&
	       addr->addr.family == AF_INET;
}

/*
 * Every IPv6 link has such addresses, and so has 169.254.0.0/16 in IPv4; SCOPE=link makes
 * others.
 */
bool capture_is_for_link_only(const struct snap_addr *addr)
{
	const uint8_t *bytes = addr->addr.bytes;

	return ip_is_link_local(&addr->addr) ||
	       (addr->scope >= RT_SCOPE_LINK &&
		(addr->addr.family == AF_INET6 || (bytes[0] == 169 && bytes[1] == 254)));
}

/* An address with its own label is that of an alias, which has a separate file. */
static int put_captured_alias(struct capture *c, const struct snap_addr *addr)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct ip_net net = ip_net_of(addr, c->link->name, &c->routes6);
	const char *name = arena_printf(c->drafts->arena, "ifcfg-%s", addr->label);
	const char *there = NULL;
	int r = drafts_text(c->drafts, name, &there);

	if (r < 0)
		return r;
	net.tail = NULL;
	ifcfg_text_key(&text, "DEVICE", addr->label);
	ifcfg_text_addrs(&text, &net, 1);
	return drafts_put(c->drafts, name, strbuf_text(&text));
}

/* SCOPE, with the peer, applies to all addresses of a file; the latest one is checked. */
static void judge_addr_scope(const struct capture *c, const struct snap_addr *addr)
{
	char text[SNAP_ADDR_TEXT_MAX];

	if (ifcfg_text_fits(c->addrs, c->n, c->n - 1))
		return;
	diag_warning(c->drafts->diag, (struct pos){ 0 },
		     "%s of %s will get another peer or scope with the next ifup",
		     snap_addr_format(addr, text), c->link->name);
	diag_hint(c->drafts->diag, "give it a file of its own, that of an alias");
}

static int capture_addr(struct capture *c, const struct snap_addr *addr)
{
	if (capture_is_for_link_only(addr))
		return 0;
	if (!(addr->flags & IFA_F_PERMANENT)) {
		c->is_leased |= addr->addr.family == AF_INET;
		return 0;
	}
	judge_captured_broadcast(c, addr);
	if (is_of_alias(c, addr))
		return put_captured_alias(c, addr);
	ARENA_PUSH(c->drafts->arena, c->addrs, c->n, c->cap,
		   ip_net_of(addr, c->link->name, &c->routes6));
	judge_addr_scope(c, addr);
	return 0;
}

/* ---- routes ---- */

bool capture_is_zeroconf(const struct route *route)
{
	static const uint8_t net[4] = { 169, 254 };

	return route->family == AF_INET && route->dst_len == 16 &&
	       memcmp(route->dst.bytes, net, sizeof(net)) == 0;
}

/* A default route that GATEWAY and METRIC, or IPV6_DEFAULTGW, can express completely. */
static bool is_gateway(const struct capture *c, const struct route *route)
{
	struct route plain = { .family = route->family,
			       .type = RTN_UNICAST,
			       .dst = route->dst,
			       .scope = route->scope,
			       .protocol = RTPROT_BOOT,
			       .table = snap_link_table(c->have, c->link),
			       .metric = route->family == AF_INET ? route->metric
								  : IP6_GATEWAY_METRIC,
			       .dev = route->dev,
			       .gateway = route->gateway };

	return route->dst_len == 0 && ip_is_set(&route->gateway) &&
	       route->gateway.family == route->family && route_equal(route, &plain);
}

static bool has_static_protocol(const struct route *route)
{
	return route->protocol == RTPROT_BOOT || route->protocol == RTPROT_STATIC;
}

/* struct found - the routes that go into keys */
struct found {
	bool zeroconf, gateways[2];
};

static void capture_route(struct capture *c, const struct route *route,
			  struct found *found)
{
	bool is_ip6 = route->family == AF_INET6;
	struct strbuf *lines = is_ip6 ? &c->routes6 : &c->routes;
	struct route bare;

	if (!has_static_protocol(route))
		return;
	if (capture_is_zeroconf(route)) {
		found->zeroconf = true;
		return;
	}
	if (is_gateway(c, route) && !found->gateways[is_ip6]) {
		found->gateways[is_ip6] = true;
		ifcfg_text_gateway(&c->text, &route->gateway);
		if (!is_ip6 && route->metric)
			ifcfg_text_keyf(&c->text, "METRIC", "%" PRIu32, route->metric);
		return;
	}
	bare = *route;
	if (bare.table == snap_link_table(c->have, c->link))
		bare.table = RT_TABLE_MAIN;
	route_format(&bare, lines);
	if (route->table == RT_TABLE_MAIN &&
	    snap_link_table(c->have, c->link) != RT_TABLE_MAIN)
		strbuf_add(lines, " table main");
	strbuf_addc(lines, '\n');
}

/* ---- settings ---- */

static bool conf_is(const struct snap_link *link, enum link_conf_id id, int32_t num)
{
	struct link_conf_value value = snap_link_conf(link, id);

	return value.is_set && value.num == num;
}

/* Without ARP are some kinds, a tun, and what is stacked on them, from the beginning. */
static bool is_by_kind(const struct capture *c, const struct link_flag *flag)
{
	const struct snap_link *parent = captured_parent(c);

	return flag->is_inverse &&
	       (link_kinds[link_kind_of(c->link->kind)].is_mute || c->link->tun ||
		(parent && !link_flag_is_on(flag, parent->flags)));
}

static void add_flags(struct capture *c)
{
	const struct link_flag *flag;

	for (size_t i = 0; (flag = link_flag_nth(i)); i++)
		if (c->link->flags & flag->bit && !is_by_kind(c, flag))
			ifcfg_text_key(&c->text, flag->key,
				       flag->is_inverse ? "no" : "yes");
}

static void add_conf_keys(struct capture *c)
{
	if (conf_is(c->link, CONF_IP6_DISABLE, 1))
		ifcfg_text_key(&c->text, "IPV6_DISABLED", "yes");
	if (conf_is(c->link, CONF_IP6_FORWARDING, 1))
		ifcfg_text_key(&c->text, "IPV6FORWARDING", "yes");
	else if (conf_is(c->link, CONF_IP6_ACCEPT_RA, 0))
		ifcfg_text_key(&c->text, "IPV6_AUTOCONF", "no");
}

/* ---- the files ---- */

static int add_network_keys(struct capture *c)
{
	struct found found = { 0 };
	int r = 0;

	for (const struct snap_addr *addr = c->link->addrs; addr && r == 0;
	     addr = addr->next)
		r = capture_addr(c, addr);
	if (r < 0)
		return r;
	ifcfg_text_key(&c->text, "BOOTPROTO", c->is_leased ? "dhcp" : "none");
	ifcfg_text_addrs(&c->text, c->addrs, c->n);
	for (const struct route *route = c->link->routes; route; route = route->next)
		capture_route(c, route, &found);
	if (c->n && !found.zeroconf)
		ifcfg_text_key(&c->text, "NOZEROCONF", "yes");
	add_conf_keys(c);
	return 0;
}

static void add_kind_keys(struct capture *c)
{
	const enum iface_kind kind = link_kind_of(c->link->kind);

	ifcfg_text_kind(&c->text, looks_like_card(c->link) ? IFACE_ETHERNET : kind);
	if (snap_bond(c->link))
		add_bond_keys(c);
	else if (c->link->vlan)
		add_vlan_keys(c);
	else if (snap_bridge(c->link))
		add_bridge_keys(c);
	else if (c->link->tun)
		add_tun_keys(c);
	else if (c->link->ipoib)
		add_ipoib_keys(c);
	else
		add_option_keys(c, c->link->options);
}

static void add_join(struct capture *c, const struct link_kind *kind)
{
	if (kind->joins)
		ifcfg_text_key(&c->text, kind->joins, captured_master(c)->name);
}

static int add_link_keys(struct capture *c)
{
	const struct snap_link *master = captured_master(c);
	const struct link_kind *kind =
		&link_kinds[master ? link_kind_of(master->kind) : IFACE_ETHERNET];

	ifcfg_text_key(&c->text, "DEVICE", c->link->name);
	add_kind_keys(c);
	ifcfg_text_key(&c->text, "ONBOOT", "yes");
	if (!master || !snap_bond(master)) {
		add_mac(c);
		add_mtu(c);
	}
	if (!master || kind->has_hosts) {
		add_join(c, kind);
		add_flags(c);
		return add_network_keys(c);
	}
	ifcfg_text_key(&c->text, "BOOTPROTO", "none");
	add_join(c, kind);
	if (snap_bond(master))
		add_bond_port_keys(c);
	else if (snap_bridge(master) && !snap_bridge(c->link))
		add_bridging_opts(c, snap_bridge_port(c->link));
	return 0;
}

static const char *file_of(const struct capture *c, const struct ifcfg_dir *dir)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_DEVICE, c->link->name);

	return found.n ? found.files[0]->name
		       : arena_printf(c->drafts->arena, "ifcfg-%s", c->link->name);
}

static int put_captured(struct capture *c, const char *name, const struct strbuf *text)
{
	return text->len ? drafts_put(c->drafts, name, strbuf_text(text)) : 0;
}

int capture_link(const struct snapshot *have, const struct snap_link *link,
		 const struct ifcfg_dir *dir, struct drafts *drafts)
{
	const char *routes = arena_printf(drafts->arena, "route-%s", link->name);
	const char *routes6 = arena_printf(drafts->arena, "route6-%s", link->name);
	struct capture c = { .have = have, .link = link, .drafts = drafts };
	int r = add_link_keys(&c);

	if (r == 0)
		r = put_captured(&c, file_of(&c, dir), &c.text);
	if (r == 0)
		r = put_captured(&c, routes, &c.routes);
	if (r == 0)
		r = put_captured(&c, routes6, &c.routes6);
	strbuf_release(&c.text);
	strbuf_release(&c.routes);
	strbuf_release(&c.routes6);
	return r;
}
