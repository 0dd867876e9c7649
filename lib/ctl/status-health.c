/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds what is wrong with an interface, and how serious it is. */
#include <errno.h>
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/ctl/status.h"

/**
 * struct judge - the findings about one interface
 */
struct judge {
	struct status *status;
	struct status_link *link;
};

static void add_problem(struct judge *judge, enum health health, const char *text)
{
	struct status_link *link = judge->link;

	if (health > link->health)
		link->health = health;
	ARENA_PUSH(judge->status->arena, link->problems, link->n_problems,
		   link->problems_cap, text);
}

#define problem(judge, health, fmt, ...) \
	add_problem(judge, health,       \
		    arena_printf((judge)->status->arena, _(fmt), ##__VA_ARGS__))

/* ---- any interface ---- */

/* A tap device has a carrier as long as a program has it open: a guest may be off. */
static bool is_for_guest(const struct status_link *link)
{
	return link->link && link->link->tun;
}

static bool has_ports(const struct judge *judge)
{
	for (size_t i = 0; i < judge->status->n; i++)
		if (judge->status->links[i]->master == judge->link)
			return true;
	return false;
}

/* A bridge may be waiting for its guests. */
static bool is_for_guests(const struct status *status, const struct status_link *link)
{
	if (!link->link || strcmp(link->link->kind, "bridge") != 0)
		return is_for_guest(link);
	for (size_t i = 0; i < status->n; i++)
		if (status->links[i]->master == link && !is_for_guest(status->links[i]))
			return false;
	return true;
}

/* A VLAN has the carrier of its parent. */
static bool needs_carrier(const struct judge *judge)
{
	const struct status_link *link = judge->link;

	for (size_t i = 0; link && i <= judge->status->n; i++, link = link->parent)
		if (is_for_guests(judge->status, link))
			return false;
	return true;
}

static void judge_link_health(struct judge *judge)
{
	const struct status_link *link = judge->link;

	if (link->has_errors)
		problem(judge, HEALTH_DEGRADED,
			"its files have errors: see ifcfgctl check");
	if (link->iface && link->iface->stays_down)
		return;
	if (status_has_no_link(link)) {
		if (!link->was_helped)
			problem(judge, HEALTH_DOWN, "its helper has not been run");
		return;
	}
	if (!link->link && (link->iface || link->has_errors))
		problem(judge, HEALTH_DOWN, "is configured, but not there");
	if (!link->link || link->is_free)
		return;
	if (link->home && !link->master)
		problem(judge, HEALTH_DOWN, "has not joined %s", link->home->name);
	else if (!(link->link->flags & IFF_UP) &&
		 (link->iface || link->has_errors || snap_bond(link->link)))
		problem(judge, HEALTH_DOWN, "%s",
			snap_bond(link->link) && !link->iface
				? _("is not up")
				: _("is configured, but not up"));
	else if (link->link->flags & IFF_UP && !link->link->carrier &&
		 needs_carrier(judge))
		problem(judge, HEALTH_DOWN, "has no carrier");
}

static void judge_changes(struct judge *judge)
{
	const struct status_link *link = judge->link;

	if (!link->n_changes || !status_is_up(link))
		return;
	problem(judge, HEALTH_DEGRADED,
		language_plural("is not as configured: ifup would make %zu change, see "
				"ifcfgctl diff",
				"is not as configured: ifup would make %zu changes, see "
				"ifcfgctl diff",
				link->n_changes),
		link->n_changes);
}

/* Duplicate address detection has failed: the kernel keeps the address and does not use it. */
static void judge_addr_health(struct judge *judge)
{
	const struct snap_link *link = judge->link->link;
	char text[IP_TEXT_MAX];

	for (const struct snap_addr *addr = link ? link->addrs : NULL; addr;
	     addr = addr->next)
		if (addr->flags & IFA_F_DADFAILED)
			problem(judge, HEALTH_DEGRADED,
				"cannot use %s: another host has it",
				ip_format(&addr->addr, text));
}

/* ---- bonds ---- */

bool status_is_watched(const struct snap_link *bond)
{
	return snap_bond(bond)->of[BOND_OPT_MIIMON].num ||
	       snap_bond(bond)->of[BOND_OPT_ARP_INTERVAL].num;
}

/* The driver does not know: it treats such a port like any other. */
static bool is_dead(const struct status_link *port)
{
	return port->link && (!port->link->carrier || !(port->link->flags & IFF_UP));
}

/* The driver excludes it from LACP, or from use altogether. */
static bool is_flawed(const struct judge *judge, const struct status_link *port)
{
	return port->speed_flaw && judge->link->link->aggregator;
}

static void judge_port(struct judge *judge, const struct status_link *port)
{
	if (is_flawed(judge, port))
		return; /* reported below, with the cause */
	/* A dead port of a bond without monitoring is reported below. */
	if (port->link && port->link->port && port->link->port->mii_status != 0 &&
	    (status_is_watched(judge->link->link) || !is_dead(port)))
		problem(judge, HEALTH_DEGRADED, "the link of port %s is %s", port->name,
			status_mii_word(port->link->port->mii_status));
}

static const struct status_link *bond_of(const struct status_link *port)
{
	return port->master && port->master->link && snap_bond(port->master->link)
		       ? port->master
		       : NULL;
}

static void judge_stray(struct judge *judge, const struct status_link *port)
{
	if (port->master)
		problem(judge, HEALTH_DEGRADED, "port %s belongs to %s", port->name,
			port->master->name);
	else
		problem(judge, HEALTH_DEGRADED, "port %s has not joined", port->name);
}

/* Ports in the files that are not ports in the kernel, or do not exist. */
static void judge_missing(struct judge *judge)
{
	const struct iface *iface = judge->link->iface;

	for (size_t i = 0; iface && iface->kind == IFACE_BOND && i < iface->n_ports;
	     i++) {
		const struct status_link *port =
			status_find(judge->status, iface->ports[i]->name);

		if (!port || !port->link)
			problem(judge, HEALTH_DEGRADED, "port %s is not there",
				iface->ports[i]->name);
		else if (bond_of(port) != judge->link)
			judge_stray(judge, port);
	}
}

/* All traffic uses the active port, dead or alive. Return: whether it was reported. */
static bool judge_unwatched_active(struct judge *judge)
{
	const char *name = status_port_name(judge->link->link, BOND_OPT_ACTIVE_SLAVE);
	const struct status_link *active = name ? status_find(judge->status, name) : NULL;

	if (!active || !is_dead(active))
		return false;
	problem(judge, HEALTH_DOWN,
		"its active port %s has no carrier, and nothing monitors the links: add "
		"miimon=100 to BONDING_OPTS",
		name);
	return true;
}

/* Traffic through a dead port is lost. */
static void judge_unwatched(struct judge *judge)
{
	const struct status_link *dead = NULL;
	size_t n = 0, n_dead = 0;

	if (status_is_watched(judge->link->link) || judge_unwatched_active(judge))
		return;
	for (size_t i = 0; i < judge->status->n; i++) {
		const struct status_link *port = judge->status->links[i];

		if (port->master != judge->link)
			continue;
		n++;
		n_dead += is_dead(port);
		if (is_dead(port))
			dead = port;
	}
	if (n_dead && n_dead == n)
		problem(judge, HEALTH_DOWN,
			"none of its ports has a carrier, and nothing monitors the "
			"links: add "
			"miimon=100 to BONDING_OPTS");
	else if (n_dead)
		problem(judge, HEALTH_DEGRADED,
			"port %s has no carrier, and nothing monitors the links: add "
			"miimon=100 to BONDING_OPTS",
			dead->name);
}

static void judge_bond_health(struct judge *judge)
{
	if (!judge->link->link || !snap_bond(judge->link->link))
		return;
	judge_missing(judge);
	if (!has_ports(judge)) {
		problem(judge, HEALTH_DOWN, "has no ports");
		return;
	}
	for (size_t i = 0; i < judge->status->n; i++)
		if (judge->status->links[i]->master == judge->link)
			judge_port(judge, judge->status->links[i]);
	judge_unwatched(judge);
}

/* ---- LACP ---- */

/* @alone: that none of them has a partner is reported of the bond */
static void judge_lacp_port(struct judge *judge, const struct status_link *port,
			    bool alone)
{
	const uint16_t aggregator = judge->link->link->aggregator->id;
	const struct snap_lacp_port *lacp = &port->link->port->lacp;
	const uint8_t both = LACP_COLLECTING | LACP_DISTRIBUTING;
	const char *what = NULL;

	if (is_flawed(judge, port)) {
		problem(judge, HEALTH_DEGRADED,
			"port %s %s, so LACP cannot use it: set speed and full duplex "
			"with ETHTOOL_OPTS",
			port->name, port->speed_flaw);
		return;
	}
	if (port->link->port->mii_status != 0)
		return; /* reported */
	if (lacp->actor_state & LACP_DEFAULTED)
		what = alone ? NULL : _("has no LACP partner");
	else if (!(lacp->actor_state & LACP_AGGREGATION) ||
		 !(lacp->partner_state & LACP_AGGREGATION))
		what = _("is individual: one of the two sides does not aggregate it");
	else if (lacp->actor_state & LACP_EXPIRED)
		what = _("has lost its LACP partner");
	else if (lacp->aggregator_id != aggregator)
		what = _("is in another aggregator: look whether all cables go to one "
			 "group of one switch");
	else if ((lacp->actor_state & both) != both ||
		 (lacp->partner_state & both) != both)
		what = _("is not collecting and distributing");
	else if (lacp->has_churn && (lacp->actor_churn == 1 || lacp->partner_churn == 1))
		what = _("has been out of step for long");
	if (what)
		problem(judge, HEALTH_DEGRADED, "port %s %s", port->name, what);
}

/*
 * Whether a port with a carrier is suitable for LACP; otherwise the switch is not the
 * cause.
 */
static bool has_fit_port(const struct judge *judge)
{
	bool any_flawed = false;

	for (size_t i = 0; i < judge->status->n; i++) {
		const struct status_link *port = judge->status->links[i];

		if (port->master != judge->link || !port->link || is_dead(port))
			continue;
		if (!port->speed_flaw)
			return true;
		any_flawed = true;
	}
	return !any_flawed;
}

static void judge_lacp(struct judge *judge)
{
	const struct snap_link *bond = judge->link->link;
	bool alone;

	if (!bond || !bond->aggregator)
		return;
	alone = !hwaddr_is_unicast(&bond->aggregator->partner_mac) && has_fit_port(judge);
	if (alone)
		problem(judge, HEALTH_DEGRADED,
			"no LACP partner: look whether the switch ports are one LACP "
			"group");
	for (size_t i = 0; i < judge->status->n; i++) {
		const struct status_link *port = judge->status->links[i];

		if (port->master == judge->link && port->link && port->link->port &&
		    port->link->port->has_lacp)
			judge_lacp_port(judge, port, alone);
	}
}

/* ---- all checks ---- */

static void (*const health_rules[])(struct judge *judge) = {
	judge_link_health, judge_addr_health, judge_bond_health,
	judge_lacp,        judge_changes,
};

static void ask_speed(const struct status *status, struct status_link *link)
{
	if (!status->speed || !link->link || !(link->link->flags & IFF_UP))
		return;
	link->speed = status->speed(link->name);
	if (link->link->carrier)
		link->speed_flaw = link_speed_flaw(&link->speed);
}

void status_judge(struct status *status)
{
	bool any = false;

	status->health = HEALTH_GOOD;
	for (size_t i = 0; i < status->n; i++)
		if (status->links[i]->is_shown)
			ask_speed(status, status->links[i]);
	for (size_t i = 0; i < status->n; i++) {
		struct judge judge = { .status = status, .link = status->links[i] };

		if (!judge.link->is_shown && !judge.link->counts)
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(health_rules); k++)
			health_rules[k](&judge);
		if (!judge.link->counts)
			continue;
		any = true;
		if (judge.link->health > status->health)
			status->health = judge.link->health;
	}
	if (!any) {
		status->health = HEALTH_UNKNOWN;
		status->error = _("no interface is configured");
	}
}

const struct status_link *status_worst(const struct status *status)
{
	for (size_t i = 0; i < status->n; i++) {
		const struct status_link *link = status->links[i];

		if (link->counts && link->health == status->health && link->n_problems)
			return link;
	}
	return NULL;
}

const char *health_word(enum health health)
{
	static const char *const words[] = {
		[HEALTH_GOOD] = N_("good"),
		[HEALTH_DEGRADED] = N_("degraded"),
		[HEALTH_DOWN] = N_("down"),
		[HEALTH_UNKNOWN] = N_("unknown"),
	};

	return words[health];
}
