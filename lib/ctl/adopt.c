/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A network card becomes the port of a bond, which takes over its settings. */
#include "lib/ctl/adopt.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/carry/capture.h"
#include "lib/ctl/adopt-card.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"

#define DEFAULT_MTU 1500

void adopted_release(struct adopted *adopted)
{
	strbuf_release(&adopted->routes);
	strbuf_release(&adopted->routes6);
}

/* ---- addresses in the kernel ---- */

/* Addresses from other sources will be obtained again: by the bond. */
static bool is_of_ours(const struct card *card, const struct snap_addr *addr)
{
	return !capture_is_for_link_only(addr) && !card_alias_has(card, &addr->addr);
}

static bool is_permanent(const struct snap_addr *addr)
{
	return addr->flags & IFA_F_PERMANENT;
}

/*
 * The leased address: some clients, such as udhcpc, set it without a lifetime. NULL if
 * there is none.
 */
static const struct snap_addr *find_lease(const struct card *card)
{
	const struct snap_addr *found = NULL;

	if (!card->is_dhcp)
		return NULL;
	for (const struct snap_addr *addr = card->link->addrs; addr; addr = addr->next) {
		if (addr->addr.family != AF_INET || !is_of_ours(card, addr))
			continue;
		if (!found || (is_permanent(found) && !is_permanent(addr)))
			found = addr;
	}
	return found;
}

static bool is_worth_it(const struct card *card, const struct snap_addr *addr)
{
	return is_of_ours(card, addr) &&
	       (is_permanent(addr) || (addr->addr.family == AF_INET && !card->is_dhcp));
}

/*
 * The kernel's state, with the label, has been freed by the time the files are written.
 */
static void keep_net(struct adopted *adopted, struct ip_net net)
{
	if (net.tail)
		net.tail = arena_strdup(adopted->arena, net.tail);
	ARENA_PUSH(adopted->arena, adopted->addrs, adopted->n, adopted->cap, net);
}

static void take_addrs(const struct card *card)
{
	struct adopted *adopted = card->adopted;
	const struct snap_addr *lease = find_lease(card);
	char text[SNAP_ADDR_TEXT_MAX];

	adopted->is_leased |= lease != NULL;
	for (const struct snap_addr *addr = card->link->addrs; addr; addr = addr->next) {
		if (addr == lease || !is_worth_it(card, addr))
			continue;
		keep_net(adopted, ip_net_of(addr, card->bond, &adopted->routes6));
		diag_notice(card->drafts->diag, (struct pos){ 0 },
			    "%s is taken over from %s%s", snap_addr_format(addr, text),
			    card->name,
			    addr->addr.family == AF_INET6 && ip_is_set(&addr->peer)
				    ? _(", its peer as a route")
				    : "");
	}
}

/* ---- routes in the kernel ---- */

/* The file's settings of the default route; its keys move to the bond. */
static const struct default_keys {
	const char *table, *metrics[2], *others[3];
} default_keys[] = {
	{ "IPV4_ROUTE_TABLE",
	  { "METRIC", "IPV4_ROUTE_METRIC" },
	  { "SRCADDR", "WINDOW", "EXTRA_ROUTE_OPTS" } },
	{ "IPV6_ROUTE_TABLE", { "IPV6_ROUTE_METRIC" }, { NULL } },
};

static const char *own_value(const struct card *card, const char *key)
{
	return card->file && key ? ifcfg_own_value(card->file, key) : NULL;
}

static uint32_t default_table(const struct card *card, const struct default_keys *keys)
{
	const char *value = own_value(card, keys->table);
	struct route_names names = { 0 };
	uint32_t table;

	if (!value)
		return RT_TABLE_MAIN;
	route_names_read(card->drafts->options.sysconfig, card->drafts->arena, &names);
	if (route_number(&names, NAMES_TABLE, value, UINT32_MAX, &table) < 0 || !table)
		return RT_TABLE_MAIN;
	return table;
}

/* Whether the file has one of them. */
static bool has_any(const struct card *card, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (own_value(card, keys[i]))
			return true;
	return false;
}

/* Whether the gateway's keys can express it: only gateway, table and metric. */
static bool is_plain_gateway(const struct route *route)
{
	struct route plain = { .family = route->family,
			       .type = route->type,
			       .dst = route->dst,
			       .scope = route->scope,
			       .protocol = route->protocol,
			       .table = route->table,
			       .metric = route->metric,
			       .dev = route->dev,
			       .gateway = route->gateway };

	return route_equal(route, &plain);
}

static bool is_default_of_card(const struct card *card, const struct route *route)
{
	const struct default_keys *keys = &default_keys[route->family == AF_INET6];

	return route->dst_len == 0 && route->table == default_table(card, keys) &&
	       route->type == RTN_UNICAST && ip_is_set(&route->gateway) &&
	       (is_plain_gateway(route) ||
		has_any(card, keys->others, ARRAY_SIZE(keys->others)));
}

/* The bond gets new routes of the kernel, of ifup, and from advertisements. */
static bool is_manual_route(const struct route *route)
{
	return (route->protocol == RTPROT_BOOT || route->protocol == RTPROT_STATIC) &&
	       !capture_is_zeroconf(route);
}

/*
 * The metric that ifup, or the kernel, gives an IPv6 default route; or the one in the
 * file.
 */
static bool has_usual_metric(const struct card *card, const struct route *route)
{
	const struct default_keys *keys = &default_keys[route->family == AF_INET6];

	return route->family == AF_INET || route->metric == 1 ||
	       route->metric == ROUTE_IP6_METRIC ||
	       has_any(card, keys->metrics, ARRAY_SIZE(keys->metrics));
}

static void take_card_gateway(const struct card *card, const struct route *route)
{
	const struct default_keys *keys = &default_keys[0];

	card->adopted->gateways[route->family == AF_INET6] = route->gateway;
	if (route->family == AF_INET &&
	    !has_any(card, keys->metrics, ARRAY_SIZE(keys->metrics)))
		card->adopted->metric = route->metric;
}

static void take_card_route(const struct card *card, const struct route *route)
{
	struct adopted *adopted = card->adopted;
	const bool is_ip6 = route->family == AF_INET6;
	struct strbuf *lines = is_ip6 ? &adopted->routes6 : &adopted->routes;
	struct route ours = *route;

	if (!is_manual_route(route))
		return;
	if (is_default_of_card(card, route) && has_usual_metric(card, route)) {
		/* Some clients set the route of the lease as if it were set by hand. */
		if (card->is_dhcp && !is_ip6)
			return;
		if (!ip_is_set(&adopted->gateways[is_ip6])) {
			take_card_gateway(card, route);
			return;
		}
	}
	ours.dev = card->bond;
	route_format(&ours, lines);
	strbuf_addc(lines, '\n');
}

/* ---- other settings in the kernel ---- */

/* An MTU that was set by hand; that of further cards does not apply to the bond. */
static void take_mtu(const struct card *card)
{
	const char *mtu = arena_printf(card->adopted->arena, "%" PRIu32, card->link->mtu);

	if (!card->link->mtu || card->link->mtu == DEFAULT_MTU || *card->link->kind ||
	    own_value(card, "MTU"))
		return;
	card_hand_over(card, &(struct shellvar){ .key = "MTU", .value = mtu }, "MTU",
		       mtu);
}

/*
 * GATEWAYDEV in the network file: if it names the card, the bond would have no default
 * route.
 */
static void take_default_dev(const struct card *card)
{
	static const char *const keys[] = { "GATEWAYDEV", "IPV6_DEFAULTDEV" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const struct shellvar *var = shellvar_get(&card->dir->global, keys[i]);

		if (var && card_is_called(card, var->value, strlen(var->value)) &&
		    !own_value(card, keys[i]))
			card_hand_over(card, var, keys[i], card->bond);
	}
}

static int take_over(const struct card *card)
{
	take_addrs(card);

	for (const struct route *route = card->link->routes; route; route = route->next)
		take_card_route(card, route);
	take_mtu(card);
	take_default_dev(card);
	return card_move_files(card);
}

/* A route through several cards names them all. */
static void replace_card_names(const struct card *card)
{
	struct adopted *adopted = card->adopted;
	struct strbuf *const texts[] = { &adopted->routes, &adopted->routes6 };

	for (size_t i = 0; i < adopted->n_cards; i++)
		for (size_t k = 0; k < ARRAY_SIZE(texts); k++) {
			const struct card one = { .drafts = card->drafts,
						  .name = adopted->cards[i],
						  .bond = card->bond };
			const char *text;

			text = card_rename(&one, strbuf_text(texts[k]));
			strbuf_release(texts[k]);
			strbuf_add(texts[k], text);
		}
}

/* ---- whether it can become a port ---- */

static bool is_dhcp_file(const struct ifcfg *file)
{
	const char *proto = file ? ifcfg_own_value(file, "BOOTPROTO") : NULL;

	return proto && dhcp_is_meant(proto);
}

/* Whether it has an address by its file, which @adopts does not take over; reports it. */
static bool keeps_address(struct drafts *drafts, const struct ifcfg *file,
			  const char *nic, bool adopts)
{
	const char *key = iface_address_key(file);

	if (!key || (adopts && ifcfg_key_find(key)->fate == FATE_MOVES))
		return false;
	diag_error(drafts->diag, ifcfg_pos(file, key),
		   "%s has an address of its own, which a port cannot have", nic);
	diag_hint_words(drafts->diag,
			"while it is up, --adopt gives the address to the bond; "
			"`ifcfgctl set %s %s=` takes it away",
			nic, key);
	return true;
}

/* Whether it is something other than a port of that bond already; reports it. */
static bool is_card_taken(struct drafts *drafts, const struct ifcfg *file,
			  const char *nic, const char *bond)
{
	const char *other = file->master ? file->master : file->bridge;

	if (!other || strcmp(other, bond) == 0)
		return false;
	diag_error(drafts->diag, ifcfg_pos(file, file->master ? "MASTER" : "BRIDGE"),
		   "%s is a port of %s", nic, other);
	diag_hint_words(drafts->diag, "`ifcfgctl remove %s` first", nic);
	return true;
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
	return drafts_put(drafts, name, strbuf_text(&text));
}

static int change_old(const struct card *card)
{
	const char *const lines[][2] = { { "BOOTPROTO", "none" },
					 { "MASTER", card->bond },
					 { "SLAVE", "yes" } };
	int r = card_move_keys(card);

	for (size_t i = 0; i < ARRAY_SIZE(lines) && r == 0; i++)
		r = drafts_set(card->drafts, card->file->name, lines[i][0], lines[i][1]);
	return r;
}

/* Return: 0; -EINVAL, reported, if it is something else already. */
static int judge_former_use(const struct card *card, bool adopts)
{
	struct drafts *drafts = card->drafts;

	if (!ifname_is_valid(card->name)) {
		diag_error(drafts->diag, (struct pos){ 0 },
			   "'%s' is not a name for an interface", card->name);
		return -EINVAL;
	}
	if (!card->file)
		return 0;
	return is_card_taken(drafts, card->file, card->name, card->bond) ||
			       (!adopts &&
				keeps_address(drafts, card->file, card->name, false))
		       ? -EINVAL
		       : 0;
}

int adopt_port(struct drafts *drafts, const struct ifcfg_dir *dir,
	       const struct snapshot *have, const char *nic, const char *bond,
	       struct adopted *adopted)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_DEVICE, nic);
	struct card card = { .drafts = drafts,
			     .dir = dir,
			     .file = found.n ? found.files[0] : NULL,
			     .link = have ? snapshot_link(have, nic) : NULL,
			     .name = nic,
			     .bond = bond,
			     .adopted = adopted };
	size_t before = adopted->n;
	int r = judge_former_use(&card, have);

	card.is_dhcp = is_dhcp_file(card.file);
	if (r == 0 && card.link)
		r = take_over(&card);
	/* What is only in its file would be lost. */
	if (r == 0 && have && card.file && adopted->n == before && !adopted->is_leased &&
	    keeps_address(drafts, card.file, nic, true))
		r = -EINVAL;
	if (r < 0)
		return r;
	ARENA_PUSH(adopted->arena, adopted->cards, adopted->n_cards, adopted->cards_cap,
		   nic);
	replace_card_names(&card);
	return card.file ? change_old(&card) : write_new(drafts, nic, bond);
}
