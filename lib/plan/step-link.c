/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps that any link can take. */
#include <inttypes.h>
#include <linux/if_vlan.h>
#include <net/if.h>

#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

/* Routes that go with the link, or with its last IPv4 address, come back with the undo. */
void play_lose_routes(struct planner *p, struct plan_op *op, struct snap_link *link,
		      int family)
{
	struct route *next;

	for (struct route *route = link->routes; route; route = next) {
		next = route->next;
		if (family != AF_UNSPEC && route->family != family)
			continue;
		if (!planner_route_is_kernels(route))
			play_undo_route(p, op, OP_ROUTE_ADD, link, route);
		snap_link_drop_route(link, route);
	}
}

/* Of several ways, the kernel drops those through a link that goes down. */
void play_lose_ways(struct planner *p, struct plan_op *op, const struct snap_link *link)
{
	struct snap_link *nowhere = p->sim->nowhere;
	struct route *next;

	for (struct route *route = nowhere->routes; route; route = next) {
		next = route->next;
		if (!route_goes_through(route, link->name))
			continue;
		play_undo_route(p, op, OP_ROUTE_ADD, nowhere, route);
		snap_link_drop_route(nowhere, route);
	}
}

/* The kernel drops IPv6 addresses, and makes the link-local one anew by itself. */
void play_lose_ip6_addrs(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		next = addr->next;
		if (addr->addr.family != AF_INET6)
			continue;
		if (!ip_is_link_local(&addr->addr))
			play_undo_addr(p, op, OP_ADDR_ADD, link, addr);
		snap_link_drop_addr(link, addr);
	}
}

/* What @op undoes makes it follow once more. */
void play_undo_ip6_mtu(struct planner *p, struct plan_op *op,
		       const struct snap_link *link)
{
	const struct link_conf_value now = snap_link_conf(link, CONF_IP6_MTU);
	struct plan_op *undo;

	if (!now.is_set || !link->mtu || now.num == (int32_t)link->mtu)
		return;
	undo = play_undo(p, op, OP_CONF_SET);
	if (!undo)
		return;
	undo->dev = play_keep_dev(p, op, link->name);
	undo->ifindex = link->ifindex;
	undo->conf.id = CONF_IP6_MTU;
	undo->conf.num = now.num;
}

void play_follow_mtu(struct planner *p, struct snap_link *link)
{
	struct link_conf_values conf;

	if (!link->mtu || !snap_link_conf(link, CONF_IP6_MTU).is_set)
		return;
	conf = *link->conf;
	conf.of[CONF_IP6_MTU].num = (int32_t)link->mtu;
	p->failed |= snapshot_set_conf(p->sim, link, &conf) < 0;
}

/* VLANs follow their parent, unless they are told not to: vlan_device_event(). */
bool planner_follows(const struct snap_link *link, const struct snap_link *parent)
{
	return snap_link_is_stacked(link) && link->parent == parent->ifindex &&
	       !(link->vlan && link->vlan->flags & VLAN_FLAG_LOOSE_BINDING);
}

static void go_down(struct planner *p, struct plan_op *op, struct snap_link *link);

/* Its routes need it up again, which the kernel may put off: see bring_followers_up(). */
static void follow_down(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = play_undo(p, op, OP_LINK_UP);

	if (undo) {
		undo->dev = play_keep_dev(p, op, link->name);
		undo->ifindex = link->ifindex;
	}
	go_down(p, op, link);
}

static void go_down(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	play_undo_ip6_mtu(p, op, link);
	play_lose_ip6_addrs(p, op, link);
	play_lose_routes(p, op, link, AF_UNSPEC);
	play_lose_ways(p, op, link);
	link->flags &= ~(unsigned int)IFF_UP;
	link->was_reset = true;
	for (size_t i = 0; link->bears_vlans && i < p->sim->n_links; i++)
		if (planner_follows(p->sim->links[i], link) &&
		    p->sim->links[i]->flags & IFF_UP)
			follow_down(p, op, p->sim->links[i]);
}

static void play_link_up(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	play_undo(p, op, OP_LINK_DOWN);
	play_undo_ip6_mtu(p, op, link);
	play_follow_mtu(p, link);
	link->flags |= IFF_UP;
}

static void play_link_down(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	play_undo(p, op, OP_LINK_UP);
	go_down(p, op, link);
}

static void play_link_mtu(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = play_undo(p, op, OP_LINK_MTU);

	if (undo)
		undo->mtu = link->mtu;
	play_undo_ip6_mtu(p, op, link);
	link->mtu = op->mtu;
	play_follow_mtu(p, link);
}

static void play_link_mac(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	if (link->mac.len)
		play_undo_mac(p, op, link);
	link->mac = op->mac;
}

static void play_link_arp(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = play_undo(p, op, OP_LINK_ARP);

	if (undo)
		undo->arp = !(link->flags & IFF_NOARP);
	link->flags &= ~(unsigned int)IFF_NOARP;
	link->flags |= op->arp ? 0 : IFF_NOARP;
}

static void play_link_token(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct plan_op *undo = play_undo(p, op, OP_LINK_TOKEN);

	if (undo)
		undo->token = link->token;
	link->token = op->token;
}

/* ---- in words ---- */

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

static void print_link_arp(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_addf(out, " arp %s", op->arp ? "on" : "off");
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
	.verb = "bring up",
};

const struct step_kind step_link_down = {
	.play = play_link_down,
	.print = print_link_down,
	.verb = "take down",
};

const struct step_kind step_link_mtu = {
	.play = play_link_mtu,
	.print = print_link_mtu,
	.verb = "change the MTU of",
};

const struct step_kind step_link_mac = {
	.play = play_link_mac,
	.print = print_link_mac,
	.verb = "change the MAC address of",
};

const struct step_kind step_link_arp = {
	.play = play_link_arp,
	.print = print_link_arp,
	.verb = "switch ARP on or off on",
};

const struct step_kind step_link_token = {
	.payload = PAYLOAD_TOKEN,
	.play = play_link_token,
	.print = print_link_token,
	.verb = "set the IPv6 token of",
};

const struct step_kind step_link_wait = {
	.print = print_link_wait,
	.verb = "wait for",
	.says_all = true,
	.hint = "look after its cable and the switch port",
};
