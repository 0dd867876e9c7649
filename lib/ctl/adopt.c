/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A network card becomes the port of a bond, which gets what the card had. */
#include "lib/ctl/adopt.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "lib/carry/capture.h"
#include "lib/model/ifcfg-keys.h"

/* What becomes of a key that a port has no use for. */
enum fate { FATE_DROP, FATE_MOVE };

/* struct port_key - one such key; numbered ones without their number */
struct port_key {
	const char *name;
	enum fate fate;
};

/* What the kernel tells is taken from there, the rest from the file. */
static const struct port_key port_keys[] = {
	{ "IPADDR", FATE_DROP },
	{ "PREFIX", FATE_DROP },
	{ "NETMASK", FATE_DROP },
	{ "BROADCAST", FATE_DROP },
	{ "NETWORK", FATE_DROP },
	{ "GATEWAY", FATE_DROP },
	{ "GATEWAYDEV", FATE_DROP },
	{ "METRIC", FATE_DROP },
	{ "IPV6ADDR", FATE_DROP },
	{ "IPV6ADDR_SECONDARIES", FATE_DROP },
	{ "IPV6_DEFAULTGW", FATE_DROP },
	{ "IPV6INIT", FATE_MOVE },
	{ "IPV6_AUTOCONF", FATE_MOVE },
	{ "IPV6_PRIVACY", FATE_MOVE },
	{ "IPV6_ADDR_GEN_MODE", FATE_MOVE },
	{ "IPV6_TOKEN", FATE_MOVE },
	{ "IPV6_FAILURE_FATAL", FATE_MOVE },
	{ "IPV4_FAILURE_FATAL", FATE_MOVE },
	{ "IPV6_DEFROUTE", FATE_MOVE },
	{ "IPV6_PEERDNS", FATE_MOVE },
	{ "DHCPV6C", FATE_MOVE },
	{ "DHCPV6C_OPTIONS", FATE_MOVE },
	{ "DHCP_HOSTNAME", FATE_MOVE },
	{ "DHCP_CLIENT_ID", FATE_MOVE },
	{ "PERSISTENT_DHCLIENT", FATE_MOVE },
	{ "PEERDNS", FATE_MOVE },
	{ "PEERROUTES", FATE_MOVE },
	{ "DEFROUTE", FATE_MOVE },
	{ "DNS", FATE_MOVE },
	{ "DOMAIN", FATE_MOVE },
	{ "SEARCH", FATE_MOVE },
	{ "RES_OPTIONS", FATE_MOVE },
	{ "ZONE", FATE_MOVE },
	{ "ARPCHECK", FATE_MOVE },
	{ "NOZEROCONF", FATE_MOVE },
	{ "MTU", FATE_MOVE },
};

/* Also with a number behind it. */
static const struct port_key *find_key(const char *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(port_keys); i++) {
		size_t len = strlen(port_keys[i].name);

		if (strncmp(port_keys[i].name, key, len) == 0 &&
		    !key[len + strspn(key + len, "0123456789")])
			return &port_keys[i];
	}
	return NULL;
}

void adopted_release(struct adopted *adopted)
{
	strbuf_release(&adopted->routes);
	strbuf_release(&adopted->routes6);
}

/* ---- from the kernel ---- */

/* Those that come from elsewhere come again: to the bond. */
static bool is_worth_it(const struct snap_addr *addr, bool is_leased)
{
	if (addr->scope >= RT_SCOPE_LINK || ip_is_link_local(&addr->addr))
		return false;
	return addr->flags & IFA_F_PERMANENT ||
	       (addr->addr.family == AF_INET && !is_leased);
}

static int take_addrs(struct drafts *drafts, const struct snap_link *link, bool is_dhcp,
		      struct adopted *adopted)
{
	char text[IP_TEXT_MAX];
	int r = 0;

	for (const struct snap_addr *addr = link->addrs; addr && r == 0;
	     addr = addr->next) {
		struct ip_net net = { addr->addr, addr->prefix_len };

		if (!(addr->flags & IFA_F_PERMANENT) && addr->addr.family == AF_INET)
			adopted->is_leased |= is_dhcp;
		if (!is_worth_it(addr, is_dhcp))
			continue;
		r = ARENA_PUSH(adopted->arena, adopted->addrs, adopted->n, adopted->cap,
			       net);
		diag_add(drafts->diag, DIAG_NOTICE, (struct pos){ 0 },
			 "%s goes over from %s",
			 ip_format_prefix(&net.addr, net.prefix_len, text), link->name);
	}
	return r;
}

static bool is_default(const struct route *route)
{
	return route->dst_len == 0 && route->table == RT_TABLE_MAIN &&
	       route->type == RTN_UNICAST && ip_is_set(&route->gateway);
}

/* Of the kernel's own, ifup's, and those of advertisements, the bond gets new ones. */
static bool is_set_by_hand(const struct route *route)
{
	return (route->protocol == RTPROT_BOOT || route->protocol == RTPROT_STATIC) &&
	       !capture_is_zeroconf(route);
}

/* What ifup, or the kernel, gives the default route of IPv6. */
static bool has_usual_metric(const struct route *route)
{
	return route->family == AF_INET || route->metric == 1 ||
	       route->metric == ROUTE_IP6_METRIC;
}

static void take_route(const struct route *route, const char *bond,
		       struct adopted *adopted)
{
	struct ip *gateway = &adopted->gateways[route->family == AF_INET6];
	struct strbuf *lines =
		route->family == AF_INET6 ? &adopted->routes6 : &adopted->routes;
	struct route ours = *route;

	if (!is_set_by_hand(route))
		return;
	if (is_default(route) && !ip_is_set(gateway) && has_usual_metric(route)) {
		*gateway = route->gateway;
		if (route->family == AF_INET)
			adopted->metric = route->metric;
		return;
	}
	ours.dev = bond;
	route_format(&ours, lines);
	strbuf_addc(lines, '\n');
}

/* ---- from the file ---- */

static int take_key(struct drafts *drafts, const struct ifcfg *file,
		    const struct shellvar *var, struct adopted *adopted)
{
	const struct port_key *key = find_key(var->key);
	const char *words[] = { arena_strdup(drafts->arena, var->key),
				arena_strdup(drafts->arena, var->value) };
	int r = words[0] && words[1] ? 0 : -ENOMEM;

	if (!key || !*var->value)
		return 0;
	for (size_t i = 0; i < 2 && key->fate == FATE_MOVE && r == 0; i++)
		r = ARENA_PUSH(adopted->arena, adopted->keys, adopted->n_keys,
			       adopted->keys_cap, words[i]);
	return r == 0 ? drafts_set(drafts, file->name, var->key, NULL) : r;
}

static bool is_dhcp(const struct ifcfg *file)
{
	const char *proto = file ? ifcfg_own_value(file, "BOOTPROTO") : NULL;

	return proto &&
	       (strcasecmp(proto, "dhcp") == 0 || strcasecmp(proto, "bootp") == 0);
}

/* Whether it has an address by its file; tells. */
static bool has_addr(struct drafts *drafts, const struct ifcfg *file, const char *nic)
{
	static const char *const keys[] = { "IPADDR", "IPADDR0", "IPADDR1", "IPV6ADDR" };
	const char *key = is_dhcp(file) ? "BOOTPROTO" : NULL;

	for (size_t i = 0; i < ARRAY_SIZE(keys) && !key; i++)
		key = ifcfg_own_value(file, keys[i]) ? keys[i] : NULL;
	if (!key)
		return false;
	diag_error(drafts->diag, ifcfg_pos(file, key),
		   "%s has an address of its own, which a port cannot have", nic);
	diag_hint(drafts->diag,
		  "while it is up, --adopt gives the address to the bond; "
		  "`ifcfgctl set %s %s=` takes it away",
		  nic, key);
	return true;
}

/* What it is already, other than a port of that bond; tells. */
static bool is_taken(struct drafts *drafts, const struct ifcfg *file, const char *nic,
		     const char *bond)
{
	const char *other = file->master ? file->master : file->bridge;

	if (!other || strcmp(other, bond) == 0)
		return false;
	diag_error(drafts->diag, ifcfg_pos(file, file->master ? "MASTER" : "BRIDGE"),
		   "%s is a port of %s", nic, other);
	diag_hint(drafts->diag, "`ifcfgctl remove %s` first", nic);
	return true;
}

/* What is not in force is not in the kernel, and would be lost. */
static int keep_aside(struct drafts *drafts, const char *name, const char *text)
{
	const char *aside = arena_printf(drafts->arena, "%s.bak", name), *old = NULL;
	int r = aside ? drafts_text(drafts, aside, &old) : -ENOMEM;

	if (r < 0 || old)
		return r;
	diag_add(drafts->diag, DIAG_NOTICE, (struct pos){ 0 },
		 "%s becomes %s: its routes that are in force go over", name, aside);
	return drafts_put(drafts, aside, text);
}

/* The route files of the card go, the rule files become the bond's. */
static int move_companions(struct drafts *drafts, const char *nic, const char *bond)
{
	static const struct {
		const char *prefix;
		enum fate fate;
	} kinds[] = { { "route-", FATE_DROP },
		      { "route6-", FATE_DROP },
		      { "rule-", FATE_MOVE },
		      { "rule6-", FATE_MOVE } };
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(kinds) && r == 0; i++) {
		const char *from =
			arena_printf(drafts->arena, "%s%s", kinds[i].prefix, nic);
		const char *to =
			arena_printf(drafts->arena, "%s%s", kinds[i].prefix, bond);
		const char *text = NULL;

		r = from && to ? drafts_text(drafts, from, &text) : -ENOMEM;
		if (r == 0 && text)
			r = drafts_put(drafts, from, NULL);
		if (r == 0 && text && kinds[i].fate == FATE_MOVE)
			r = drafts_put(drafts, to, text);
		if (r == 0 && text && kinds[i].fate == FATE_DROP)
			r = keep_aside(drafts, from, text);
	}
	return r;
}

/* ---- the card ---- */

static int write_new(struct drafts *drafts, const char *nic, const char *bond)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *name = arena_printf(drafts->arena, "ifcfg-%s", nic);

	ifcfg_text_key(&text, "DEVICE", nic);
	ifcfg_text_key(&text, "TYPE", "Ethernet");
	ifcfg_text_key(&text, "ONBOOT", "yes");
	ifcfg_text_key(&text, "BOOTPROTO", "none");
	ifcfg_text_key(&text, "MASTER", bond);
	ifcfg_text_key(&text, "SLAVE", "yes");
	return name && !text.failed ? drafts_put(drafts, name, strbuf_text(&text))
				    : -ENOMEM;
}

static int change_old(struct drafts *drafts, const struct ifcfg *file, const char *bond,
		      struct adopted *adopted)
{
	const char *const lines[][2] = { { "BOOTPROTO", "none" },
					 { "MASTER", bond },
					 { "SLAVE", "yes" } };
	int r = 0;

	for (size_t i = 0; i < file->vars.n && r == 0; i++)
		r = take_key(drafts, file, &file->vars.vars[i], adopted);
	for (size_t i = 0; i < ARRAY_SIZE(lines) && r == 0; i++)
		r = drafts_set(drafts, file->name, lines[i][0], lines[i][1]);
	return r;
}

/* Its aliases, whose addresses the kernel has, too. */
static int drop_aliases(struct drafts *drafts, const struct ifcfg_dir *dir,
			const char *nic)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_REAL, nic);
	int r = 0;

	for (size_t i = 0; i < found.n && r == 0; i++)
		r = drafts_put(drafts, found.files[i]->name, NULL);
	return r;
}

static int take_over(struct drafts *drafts, const struct ifcfg_dir *dir,
		     const struct snap_link *link, bool leased, const char *bond,
		     struct adopted *adopted)
{
	int r = take_addrs(drafts, link, leased, adopted);

	for (const struct route *route = link->routes; route && r == 0;
	     route = route->next)
		take_route(route, bond, adopted);
	if (r == 0)
		r = move_companions(drafts, link->name, bond);
	return r == 0 ? drop_aliases(drafts, dir, link->name) : r;
}

int adopt_port(struct drafts *drafts, const struct ifcfg_dir *dir,
	       const struct snapshot *have, const char *nic, const char *bond,
	       struct adopted *adopted)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_DEVICE, nic);
	const struct ifcfg *file = found.n ? found.files[0] : NULL;
	const struct snap_link *link = have ? snapshot_link(have, nic) : NULL;
	size_t before = adopted->n;
	int r = 0;

	if (!ifname_is_valid(nic)) {
		diag_error(drafts->diag, (struct pos){ 0 },
			   "'%s' is not a name for an interface", nic);
		return -EINVAL;
	}
	if (have && !link)
		diag_warning(drafts->diag, (struct pos){ 0 }, "there is no interface %s",
			     nic);
	if (file &&
	    (is_taken(drafts, file, nic, bond) || (!have && has_addr(drafts, file, nic))))
		return -EINVAL;
	if (link)
		r = take_over(drafts, dir, link, is_dhcp(file), bond, adopted);
	/* What is only in its file would be lost. */
	if (r == 0 && have && file && adopted->n == before && !adopted->is_leased &&
	    has_addr(drafts, file, nic))
		r = -EINVAL;
	if (r < 0)
		return r;
	return file ? change_old(drafts, file, bond, adopted)
		    : write_new(drafts, nic, bond);
}
