/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps for addresses, routes, rules and settings. */
#include <inttypes.h>
#include <linux/if_addr.h>

#include "lib/base/language.h"
#include "lib/model/rt-names.h"
#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

bool play_has_ip4(const struct snap_link *link)
{
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		if (addr->addr.family == AF_INET)
			return true;
	return false;
}

/* One that is there already gets another lifetime, and nothing else. */
static void set_lifetime(struct planner *p, struct snap_link *link, struct snap_addr *now,
			 const struct snap_addr *want)
{
	struct snap_addr changed = *now;

	changed.valid_s = want->valid_s;
	changed.preferred_s = want->preferred_s;
	changed.flags &= ~(uint32_t)IFA_F_PERMANENT;
	if (!want->valid_s)
		changed.flags |= IFA_F_PERMANENT;
	if (changed.flags == now->flags)
		return;
	journal_drop_addr(p, link, now, false);
	journal_add_addr(p, link, &changed);
}

static void play_addr_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_addr *now =
		snap_link_addr(link, &op->addr->addr, op->addr->prefix_len);

	op->replaces = now;
	if (now)
		set_lifetime(p, link, now, op->addr);
	else
		journal_add_addr(p, link, op->addr);
}

/*
 * Unless promote_secondaries is set, the kernel removes all secondary addresses of a
 * network with the primary one. They are treated as lost here; adding one that was kept
 * is harmless.
 */
static void lose_secondaries(struct planner *p, struct snap_link *link,
			     const struct snap_addr *primary)
{
	for (struct snap_addr *addr = link->addrs, *next; addr; addr = next) {
		next = addr->next;
		if (planner_is_secondary_of(addr, primary))
			journal_drop_addr(p, link, addr, false);
	}
}

/* Routes that use the address as their source are removed with it. */
static void lose_routes_from(struct planner *p, struct snap_link *link,
			     const struct ip *source)
{
	for (struct route *route = link->routes, *next; route; route = next) {
		next = route->next;
		if (ip_equal(&route->source, source))
			journal_drop_route(p, link, route);
	}
}

void play_lose_addr(struct planner *p, struct snap_link *link, struct snap_addr *addr,
		    bool by_itself)
{
	journal_drop_addr(p, link, addr, by_itself);
	lose_routes_from(p, link, &addr->addr);
	lose_secondaries(p, link, addr);
	if (addr->addr.family == AF_INET && !play_has_ip4(link))
		play_lose_routes(p, link, AF_INET);
}

static void play_addr_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_addr *old =
		snap_link_addr(link, &op->addr->addr, op->addr->prefix_len);

	if (old)
		play_lose_addr(p, link, old, false);
}

/* Replaces the route in its place, on whatever link. */
static void play_route_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct snap_link *holder = NULL;
	struct route *old = places_find(&p->places, p->sim, op->route, &holder);

	if (old)
		journal_drop_route(p, holder, old);
	journal_add_route(p, link, op->route, old);
}

static void play_route_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct route *old = snap_link_route(link, op->route);

	if (old)
		journal_drop_route(p, link, old);
}

/* Without IPv6, as if the link went down; with it again, as if it came up. */
static void play_ip6_disable(struct planner *p, struct snap_link *link, bool is_off)
{
	if (is_off) {
		play_lose_addrs(p, link, AF_INET6);
		play_lose_routes(p, link, AF_INET6);
	} else {
		play_follow_mtu(p, link);
	}
}

static void play_conf_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const enum link_conf_id id = op->conf.id;
	struct link_conf_values conf = { 0 };

	journal_link(p, link);
	if (link->conf)
		conf = *link->conf;
	conf.of[id].is_set = true;
	conf.of[id].num = op->conf.num;
	snapshot_set_conf(p->sim, link, &conf);
	if (id == CONF_IP6_DISABLE)
		play_ip6_disable(p, link, op->conf.num);
}

static void play_rule_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	journal_add_rule(p, link, op->rule);
}

static void play_rule_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct rule *old = snap_link_rule(link, op->rule);

	if (old)
		journal_drop_rule(p, link, old);
}

/* ---- printing ---- */

static void print_addr_probe(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_addf(out, "arping -q -D -c 2 -w %" PRIu32,
		    (op->probe.wait_ms + 999) / 1000);
	print_name(out, " -I ", op->dev);
	strbuf_addf(out, " %s", ip_format(&op->probe.addr, text));
}

static void print_addr_add(const struct plan_op *op, struct strbuf *out)
{
	char text[SNAP_ADDR_TEXT_MAX], scope[RT_NAME_MAX];

	strbuf_addf(out, "ip address %s %s", op->replaces ? "replace" : "add",
		    snap_addr_format(op->addr, text));
	if (ip_is_set(&op->addr->broadcast))
		strbuf_addf(out, " broadcast %s", ip_format(&op->addr->broadcast, text));
	strbuf_addf(out, " scope %s", rt_scope_format(op->addr->scope, scope));
	if (*op->addr->label)
		print_name(out, " label ", op->addr->label);
	if (op->addr->valid_s)
		strbuf_addf(out, " valid_lft %" PRIu32 " preferred_lft %" PRIu32,
			    op->addr->valid_s, op->addr->preferred_s);
	print_name(out, " dev ", op->dev);
}

static void print_addr_del(const struct plan_op *op, struct strbuf *out)
{
	char text[SNAP_ADDR_TEXT_MAX];

	strbuf_addf(out, "ip address delete %s", snap_addr_format(op->addr, text));
	print_name(out, " dev ", op->dev);
}

static const char *family_option(uint8_t family)
{
	return family == AF_INET6 ? "-6 " : "";
}

static void print_route(const struct plan_op *op, const char *verb, struct strbuf *out)
{
	struct route route = *op->route;

	route.dev = op->dev;
	strbuf_addf(out, "ip %sroute %s ", family_option(route.family), verb);
	route_format(&route, out);
}

static void print_route_add(const struct plan_op *op, struct strbuf *out)
{
	print_route(op, "replace", out);
}

static void print_route_del(const struct plan_op *op, struct strbuf *out)
{
	print_route(op, "delete", out);
}

static void print_rule_add(const struct plan_op *op, struct strbuf *out)
{
	strbuf_addf(out, "ip %srule add", family_option(op->rule->family));
	rule_format(op->rule, out);
}

static void print_rule_del(const struct plan_op *op, struct strbuf *out)
{
	strbuf_addf(out, "ip %srule delete", family_option(op->rule->family));
	rule_format(op->rule, out);
}

/* Prints how the secret is made, because it must not be shown. */
static void add_secret(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "s=$(printf '%s %s' ", op->dev);
	strbuf_add(out, " \"$(cat /etc/machine-id)\" | sha256sum | "
			"sed -E 's/^(.{32}).*/\\1/; s/.{4}/&:/g; s/:$//'); ");
	print_name(out, "sysctl -q -w net/ipv6/conf/", op->dev);
	strbuf_add(out, "/stable_secret=$s; ");
	/* The kernel uses it only when the mode changes. */
	print_name(out, "sysctl -q -w net/ipv6/conf/", op->dev);
	strbuf_add(out, "/addr_gen_mode=1; ");
}

static void print_conf_set(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf setting = STRBUF_EMPTY;
	const struct link_conf *conf = &link_confs[op->conf.id];

	if (op->conf.secret)
		add_secret(op, out);
	/* With slashes, because names of VLANs contain dots. */
	strbuf_addf(&setting, "net/%s/conf/%s/%s=%" PRId32, conf->family, op->dev,
		    conf->name, op->conf.num);
	print_name(out, "sysctl -q -w ", strbuf_text(&setting));
}

static void print_dad_wait(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_add(out,
		   "timeout 5 sh -c 'while ip -6 address show dev \"$0\" tentative to "
		   "\"$1\" | grep -q .; do sleep 0.1; done'");
	print_name(out, " ", op->dev);
	strbuf_addf(out, " %s", ip_format(&op->addr->addr, text));
}

static void print_addr_announce(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	ip_format(&op->probe.addr, text);
	if (op->probe.addr.family == AF_INET6) {
		print_name(out, "ndptool -t na -U -i ", op->dev);
		strbuf_addf(out, " -T %s send", text);
		return;
	}
	print_name(out, "arping -q -A -c 1 -I ", op->dev);
	print_name(out, " ", text);
	print_name(out, "; ( sleep 2; arping -q -U -c 1 -I ", op->dev);
	strbuf_addf(out, " %s ) </dev/null >/dev/null 2>&1 &", text);
}

/* ---- the rows ---- */

const struct step_kind step_addr_probe = {
	.payload = PAYLOAD_PROBE,
	.print = print_addr_probe,
	.verb = N_("use"),
	.joint = JOINT_ON,
	.hint = N_("give one of the two another address; ARPCHECK=no disables the probe"),
};

const struct step_kind step_addr_add = {
	.payload = PAYLOAD_ADDR,
	.play = play_addr_add,
	.print = print_addr_add,
	.verb = N_("add"),
	.joint = JOINT_TO,
};

const struct step_kind step_addr_del = {
	.payload = PAYLOAD_ADDR,
	.play = play_addr_del,
	.print = print_addr_del,
	.verb = N_("remove"),
	.joint = JOINT_FROM,
};

const struct step_kind step_dad_wait = {
	.payload = PAYLOAD_ADDR,
	.print = print_dad_wait,
	.verb = N_("use"),
	.joint = JOINT_ON,
	.hint = N_("give one of the two another address"),
};

const struct step_kind step_addr_announce = {
	.payload = PAYLOAD_PROBE,
	.print = print_addr_announce,
	.verb = N_("announce"),
	.joint = JOINT_ON,
};

const struct step_kind step_route_add = {
	.payload = PAYLOAD_ROUTE,
	.play = play_route_add,
	.print = print_route_add,
	.verb = N_("add"),
	.no_device = true,
};

const struct step_kind step_route_del = {
	.payload = PAYLOAD_ROUTE,
	.play = play_route_del,
	.print = print_route_del,
	.verb = N_("remove"),
	.no_device = true,
};

const struct step_kind step_rule_add = {
	.payload = PAYLOAD_RULE,
	.play = play_rule_add,
	.print = print_rule_add,
	.verb = N_("add"),
	.no_device = true,
};

const struct step_kind step_rule_del = {
	.payload = PAYLOAD_RULE,
	.play = play_rule_del,
	.print = print_rule_del,
	.verb = N_("remove"),
	.no_device = true,
};

const struct step_kind step_conf_set = {
	.payload = PAYLOAD_CONF,
	.play = play_conf_set,
	.print = print_conf_set,
	.verb = N_("set"),
	.joint = JOINT_OF,
};
