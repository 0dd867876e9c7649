/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <sys/socket.h>

#include "lib/plan/planner.h"

/* The parts of plan_up(); each adds what is missing, and nothing if nothing is. */

/**
 * up_want_fn - the link itself, of its kind and with its settings
 * @created: the step that creates it, for the .needs of what is stacked on it; PLAN_NO_OP when
 *           it exists already, as it is before the call
 *
 * Ports of a bond that have to leave for a change come back after it. A new bridge is down.
 *
 * Return: 0; -ENODEV if it, or a link below it, is missing, -EBUSY if another link
 * has the name (both reported).
 */
typedef int up_want_fn(struct planner *p, const struct iface *iface, size_t *created);

up_want_fn up_want_card, up_want_bond, up_want_vlan, up_want_virtual, up_want_bridge,
	up_want_tap, up_want_ipoib, up_want_veth;

/**
 * up_enslave() - make a network card that is down a port
 *
 * Return: the step's number, for the .needs of the steps that set the port's options.
 */
size_t up_enslave(struct planner *p, struct pos pos, const struct snap_link *nic,
		  const struct snap_link *bond, size_t needs);
/* Take all addresses from a link that is to become a port, but for link-local ones of IPv6. */
void up_strip(struct planner *p, struct pos pos, struct snap_link *nic, int family,
	      size_t needs);

/*
 * The same for ifenslave(8): a card that is there joins or leaves a bond that is there, whatever
 * the files say. That it is a port is not remembered as ours, so later runs leave it as it is.
 */
void up_join_by_hand(struct planner *p, const struct iface *port);
void up_leave_by_hand(struct planner *p, const struct iface *port);

/* Whether @port was in the bond or bridge @owner before the run. */
bool up_was_port(const struct planner *p, const char *port, const char *owner);

/* One port of an existing bond, or all of them; a missing NIC is a warning. */
void up_want_port(struct planner *p, const struct iface *port, size_t created);
void up_want_ports(struct planner *p, const struct iface *bond, size_t created);

/* All ports of an existing bridge; a missing one is a warning. */
void up_want_bridge_ports(struct planner *p, const struct iface *bridge, size_t created);
/* One port, which exists. Does nothing if there is no such bridge. */
void up_join_bridge(struct planner *p, const struct iface *port, size_t created);
/* Leaves the bridge that an earlier run put it into, if its file no longer names that. */
void up_leave_bridge(struct planner *p, const struct iface *iface);
/* The same for a bond. */
void up_leave_bond(struct planner *p, const struct iface *iface);

/*
 * Whether it would join a link whose table is not that of the file, where its routes go. Return: 0;
 * -EBUSY (reported).
 */
int up_judge_home(struct planner *p, const struct iface *iface);

/**
 * up_want_home() - join what the files say that it joins, and keeps its own addresses in; or leave
 *                  where an earlier run made it a member
 * @created: the step that creates the link, or PLAN_NO_OP
 *
 * The link is down afterwards if it changed its place.
 *
 * Return: the step after which it is where it belongs; @created if it is there.
 */
size_t up_want_home(struct planner *p, const struct iface *iface, size_t created);
/* Records in the plan's .made that it is a member. */
void up_remember_home(struct planner *p, const struct iface *iface);
/* Creates a link of the interface's kind that nothing is below; @fresh has what is its own. */
size_t up_add_virtual(struct planner *p, const struct iface *iface,
		      struct snap_link fresh);

/*
 * A link stacked on that one that the run does not bring up after the interface at hand, with
 * everything that is stacked on it in turn: it would not come back. NULL if there is none. @peer:
 * not this one; may be NULL.
 */
const struct snap_link *up_upper_that_stays(const struct planner *p,
					    const struct snap_link *link,
					    const struct snap_link *peer);

/* Removes a link that is created again, with its DHCP clients and what is stacked on it. */
void up_remove_for_now(struct planner *p, struct pos pos, const struct snap_link *link);

/*
 * Creates a link again by @make, because @what of it cannot be changed. Members of it leave for a
 * moment.
 */
void up_make_again(struct planner *p, const struct iface *iface, const char *what,
		   size_t (*make)(struct planner *p, const struct iface *iface),
		   size_t *created);

/* After ports and addresses: the option that names a port, which must have joined. */
void up_set_active_slave(struct planner *p, const struct iface *bond, size_t needs);

/*
 * Applies ETHTOOL_OPTS, once for as long as the link stays up.
 * @tried: the result of up_try_speed(), or 0
 */
void up_want_ethtool(struct planner *p, const struct iface *iface,
		     const struct snap_link *link, size_t needs, size_t tried);

/*
 * Speed and duplex of a card that is down and about to join: the bonding driver reads
 * them as it joins, and does not aggregate a port without them. Drivers that accept them
 * only while the card is up get them from up_want_ethtool().
 *
 * Return: the number, counted from 1, of the first step; 0 if there is none.
 */
size_t up_try_speed(struct planner *p, const struct iface *port,
		    const struct snap_link *nic, size_t needs);

/* The zone of firewalld, if it is running. */
void up_want_zone(struct planner *p, const struct iface *iface,
		  const struct snap_link *link);

/* Settings of any link; nothing is done if the files have none. */
void up_set_mtu(struct planner *p, const struct iface *iface,
		const struct snap_link *link, size_t needs);
void up_set_mac(struct planner *p, const struct iface *iface,
		const struct snap_link *link, size_t needs);
/* The same for a bond: if it is in use, port by port first. */
void up_set_bond_mtu(struct planner *p, const struct iface *bond,
		     const struct snap_link *link);

/* CONNECTED_MODE of InfiniBand, before the MTU. Return: the step, or @needs. */
size_t up_set_ipoib_mode(struct planner *p, const struct iface *iface,
			 const struct snap_link *link, size_t needs);

void up_set_flags(struct planner *p, const struct iface *iface,
		  const struct snap_link *link, size_t needs);

void up_set_token(struct planner *p, const struct iface *iface,
		  const struct snap_link *link, size_t needs);

/* Whether LINKSTATUS keeps it, or a link below it, down. */
bool up_stays_down(const struct iface *iface);

/*
 * Whether a new link is to be set up only after its settings: when it comes up, the
 * kernel generates addresses by them, in the table of what it has joined.
 */
bool up_starts_down(const struct planner *p, const struct iface *iface);

/*
 * Reports that there is no such link, or another one of that name. Return: -ENODEV,
 * -EBUSY.
 */
int up_missing(struct planner *p, const struct iface *iface);
int up_name_is_taken(struct planner *p, const struct iface *iface, const char *wanted,
		     const struct snap_link *link);

/**
 * struct up_dhcp - what to do about the DHCP clients of an interface
 * @starts: those to be started, by enum dhcp_family; NULL for none
 * @keeps: those that run as wanted, with everything they would have been started with
 * @stops: those to be stopped before, or for good
 * @waits: the link has to carry frames first
 */
struct up_dhcp {
	const struct dhcp_start *starts[DHCP_FAMILIES];
	const struct snap_client *keeps[DHCP_FAMILIES];
	bool stops[DHCP_FAMILIES];
	bool waits;
};

/* Whether there is a client for what the files want. Return: 0; -ENOENT (reported). */
int up_judge_dhcp(struct planner *p, const struct iface *iface);

/* Determines what to do; the link exists. A client that runs as wanted is left alone. */
struct up_dhcp up_judge_clients(struct planner *p, const struct iface *iface);
void up_stop_clients(struct planner *p, const struct iface *iface,
		     const struct up_dhcp *dhcp);
/* Return: the step that brings the IPv4 lease; @needs if there is none. */
size_t up_start_clients(struct planner *p, const struct iface *iface, size_t needs,
			const struct up_dhcp *dhcp);
/* Records in the plan's .made which clients are ours now. */
void up_remember_clients(struct planner *p, const struct iface *iface,
			 const struct up_dhcp *dhcp);

/**
 * up_want_ip() - set the link up, and determine what to do for its addresses and routes
 * @created: the step that creates the link, or PLAN_NO_OP
 *
 * What earlier runs made and the files no longer name is removed. What others set stays,
 * or is restored if a change of ours removed it. All of this is done by up_finish_ip(),
 * for all interfaces together.
 */
void up_want_ip(struct planner *p, const struct iface *iface, size_t created);
void up_finish_ip(struct planner *p);

/* struct addr_steps - the steps of one address */
struct addr_steps {
	bool is_new;
	size_t probe, add;
};

/**
 * struct ip_work - an interface whose link exists, and the steps of its addresses
 * @leases: protocols for which a client is started, as in enum up_families
 * @leased: the step that brings the address that routes may rely on
 * @waits: something needs a link that can carry frames
 */
struct ip_work {
	const struct iface *iface;
	struct snap_link *link;
	size_t created;
	struct addr_steps *steps;
	struct up_dhcp dhcp;
	unsigned int leases;
	size_t *leased;
	bool waits;
};

/**
 * up_want_route() - one route of the files
 * @needs: the step that it relies on, or PLAN_NO_OP
 */
void up_want_route(struct planner *p, const struct want_route *want, size_t needs);
/* The route to 169.254.0.0/16, unless the files prevent it. */
void up_want_zeroconf(struct planner *p, const struct iface *iface, size_t needs);
/*
 * Adds missing rules in the order of the files; rules that earlier runs made and that are
 * not in the files are removed. @argvs: from up_prepare_ip_lines()
 */
void up_want_rules(struct planner *p, const struct iface *iface,
		   const char *const *const *argvs, size_t needs);
/* Those of an alias that was requested; nothing is removed. */
void up_want_alias_rules(struct planner *p, const struct iface *iface,
			 const char *const *const *argvs);

/* Bits for the protocols that a function is about. */
enum up_families { UP_IP4 = 1, UP_IP6 = 2, UP_ALL = UP_IP4 | UP_IP6 };

static inline bool up_is_about(unsigned int families, uint8_t family)
{
	return families & (family == AF_INET6 ? UP_IP6 : UP_IP4);
}

/* The protocols that are possible on the link. */
static inline unsigned int up_possible(const struct snap_link *link)
{
	return snap_link_conf(link, CONF_IP6_DISABLE).num ? UP_IP4 : UP_ALL;
}

/* Removes what earlier runs made and the files no longer name. */
void up_remove_stale_routes(struct planner *p, const struct iface *iface,
			    unsigned int families);
/**
 * up_restore_addrs() - restore addresses of a link that a change of ours removed
 * @families, @was, @made: as for up_restore_routes()
 */
void up_restore_addrs(struct planner *p, struct pos pos, const struct snap_link *link,
		      const struct snap_link *was, const struct snap_link *made,
		      unsigned int families);
/**
 * up_restore_routes() - restore routes of a link that a change of ours removed
 * @was: the link before the first step
 * @made: what of it is ours, and handled elsewhere; NULL to restore that, too
 * @families: UP_IP4 and so on
 */
void up_restore_routes(struct planner *p, struct pos pos, const struct snap_link *link,
		       const struct snap_link *was, const struct snap_link *made,
		       unsigned int families);
/* Records in @made, a link of the plan's .made, which routes and rules are ours now. */
void up_remember_routes(struct planner *p, const struct iface *iface,
			struct snap_link *made);
void up_remember_rules(struct planner *p, const struct iface *iface,
		       struct snap_link *made);
/* Those of an alias that was requested are ours, too. */
void up_remember_alias_routes(struct planner *p, const struct iface *iface,
			      struct snap_link *made);

/*
 * Restores all routes of a link, including ours, that it lost because it had to go down.
 */
void up_keep_routes(struct planner *p, const struct iface *iface);

/* The same for links stacked on it, and for addresses, too. */
void up_keep_uppers(struct planner *p, const struct iface *iface);

/* The addresses of an alias, on an existing link; nothing else is changed. */
void up_want_alias(struct planner *p, const struct iface *iface);
