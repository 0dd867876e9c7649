/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps for any kind of link. */
#include <inttypes.h>
#include <linux/if_vlan.h>
#include <net/if.h>

#include "lib/base/language.h"
#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

void play_lose_routes(struct planner *p, struct snap_link *link, int family)
{
	for (struct route *route = link->routes, *next; route; route = next) {
		next = route->next;
		if (family == AF_UNSPEC || route->family == family)
			journal_drop_route(p, link, route);
	}
}

void play_lose_ways(struct planner *p, const struct snap_link *link)
{
	struct snap_link *nowhere = p->sim->nowhere;

	for (struct route *route = nowhere->routes, *next; route; route = next) {
		next = route->next;
		if (route_goes_through(route, link->name))
			journal_drop_route(p, nowhere, route);
	}
}

/* The kernel generates the link-local address again. */
void play_lose_addrs(struct planner *p, struct snap_link *link, int family)
{
	for (struct snap_addr *addr = link->addrs, *next; addr; addr = next) {
		next = addr->next;
		if (family == AF_UNSPEC || addr->addr.family == family)
			journal_drop_addr(p, link, addr, ip_is_link_local(&addr->addr));
	}
}

/* When IPv6 starts on a link, or the link's MTU changes: addrconf_notify(). */
void play_follow_mtu(struct planner *p, struct snap_link *link)
{
	struct link_conf_values conf;

	if (!link->mtu || !snap_link_conf(link, CONF_IP6_MTU).is_set)
		return;
	journal_link(p, link);
	conf = *link->conf;
	conf.of[CONF_IP6_MTU].num = (int32_t)link->mtu;
	snapshot_set_conf(p->sim, link, &conf);
}

/* VLANs follow their parent unless they have loose binding: vlan_device_event(). */
bool planner_follows(const struct snap_link *link, const struct snap_link *parent)
{
	return snap_link_is_stacked(link) && link->parent == parent->ifindex &&
	       !(link->vlan && link->vlan->flags & VLAN_FLAG_LOOSE_BINDING);
}

static void play_going_down(struct planner *p, struct snap_link *link)
{
	journal_link(p, link);
	link->flags &= ~(unsigned int)IFF_UP;
	link->was_reset = true;
	play_lose_addrs(p, link, AF_INET6);
	play_lose_routes(p, link, AF_UNSPEC);
	play_lose_ways(p, link);
	for (size_t i = 0; link->bears_vlans && i < p->sim->n_links; i++)
		if (planner_follows(p->sim->links[i], link) &&
		    p->sim->links[i]->flags & IFF_UP)
			play_going_down(p, p->sim->links[i]);
}

static void play_link_up(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	(void)op;
	journal_link(p, link);
	link->flags |= IFF_UP;
	play_follow_mtu(p, link);
}

static void play_link_down(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	(void)op;
	play_going_down(p, link);
}

/* The MTU of VLANs is never larger: vlan_device_event(). */
void play_mtu(struct planner *p, struct snap_link *link, uint32_t mtu)
{
	struct snap_link *bridge = snap_bridge_port(link)
					   ? snapshot_link_by_index(p->sim, link->master)
					   : NULL;
	const bool follows = bridge && play_follows_ports(p, bridge);

	journal_link(p, link);
	link->mtu = mtu;
	play_follow_mtu(p, link);
	for (size_t i = 0; link->bears_vlans && i < p->sim->n_links; i++) {
		struct snap_link *vlan = p->sim->links[i];

		if (vlan->vlan && vlan->parent == link->ifindex && vlan->mtu > mtu)
			play_mtu(p, vlan, mtu);
	}
	if (follows)
		play_follow_ports(p, bridge);
}

static void play_link_mtu(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	play_mtu(p, link, op->mtu);
}

static void play_link_mac(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	journal_link(p, link);
	link->mac = op->mac;
}

static void play_link_flag(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	journal_link(p, link);
	link->flags = link_flag_set(op->flag.of, link->flags, op->flag.on);
}

static void play_link_token(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	journal_link(p, link);
	link->token = op->token;
}

/* ---- printing ---- */

static void print_link_up(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " up");
}

static void print_link_down(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " down");
}

static void print_link_mtu(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_addf(out, " mtu %" PRIu32, op->mtu);
}

static void print_link_mac(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	print_mac(out, &op->mac);
}

static void print_link_flag(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_addf(out, " %s %s", op->flag.of->word, op->flag.on ? "on" : "off");
}

static void print_link_token(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_addf(out, "ip token set %s",
		    ip_is_set(&op->token) ? ip_format(&op->token, text) : "::");
	print_name(out, " dev ", op->dev);
}

static void print_link_wait(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf file = STRBUF_EMPTY;

	strbuf_addf(&file, "/sys/class/net/%s/carrier", op->dev);
	strbuf_addf(out, "timeout %g sh -c 'until grep -q 1 \"$0\"; do sleep 0.1; done' ",
		    (op->wait.link_ms + op->wait.lacp_ms) / 1000.0);
	strbuf_add_quoted(out, strbuf_text(&file));
}

/* ---- the rows ---- */

const struct step_kind step_link_up = {
	.play = play_link_up,
	.print = print_link_up,
	.verb = N_("bring up"),
};

const struct step_kind step_link_down = {
	.play = play_link_down,
	.print = print_link_down,
	.verb = N_("take down"),
};

const struct step_kind step_link_mtu = {
	.play = play_link_mtu,
	.print = print_link_mtu,
	.verb = N_("change the MTU of"),
};

const struct step_kind step_link_mac = {
	.play = play_link_mac,
	.print = print_link_mac,
	.verb = N_("change the MAC address of"),
};

const struct step_kind step_link_flag = {
	.play = play_link_flag,
	.print = print_link_flag,
	.verb = N_("switch ARP on or off on"),
};

const struct step_kind step_link_token = {
	.payload = PAYLOAD_TOKEN,
	.play = play_link_token,
	.print = print_link_token,
	.verb = N_("set the IPv6 token of"),
};

const struct step_kind step_link_wait = {
	.print = print_link_wait,
	.verb = N_("wait for"),
	.says_all = true,
	.hint = N_("look after its cable and the switch port"),
};
