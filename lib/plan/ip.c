/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that brings the addresses and routes of an interface. */
#include "lib/plan/up.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "lib/plan/dhcp.h"
#include "lib/plan/ip-lines.h"
#include "lib/plan/route-claims.h"
#include "lib/plan/stable-secret.h"

/* ---- addresses ---- */

static struct snap_addr as_snap_addr(const struct want_addr *want)
{
	return (struct snap_addr){ .flags = IFA_F_PERMANENT,
				   .addr = want->addr,
				   .prefix_len = want->prefix_len,
				   .peer = want->peer,
				   .broadcast = want->broadcast,
				   .label = want->label,
				   .scope = want->scope };
}

/* With its secondary addresses, which the kernel would remove or promote. */
static void remove_addr(struct planner *p, struct pos pos, const struct snap_link *link,
			const struct snap_addr *addr)
{
	const struct snap_addr *next;

	for (const struct snap_addr *at = link->addrs; at; at = next) {
		next = at->next;
		if (planner_is_secondary_of(at, addr))
			PLANNER_ADD(p, OP_ADDR_DEL, pos, link, PLAN_NO_OP, .addr = at);
	}
	PLANNER_ADD(p, OP_ADDR_DEL, pos, link, PLAN_NO_OP, .addr = addr);
}

static bool same_broadcast(const struct snap_addr *a, const struct snap_addr *b)
{
	return ip_equal(&a->broadcast, &b->broadcast);
}

static bool same_label(const struct snap_addr *a, const struct snap_addr *b)
{
	return strcmp(a->label, b->label) == 0;
}

/*
 * Whether the address has to be set again. Another program may have set it without a
 * broadcast address or a label, and the file may not specify them: deleting it for that
 * would cost packets and secondary addresses. What an earlier run of ours set (@ours, or
 * NULL) is corrected.
 */
static bool has_other_settings(const struct want_addr *want, const struct snap_addr *addr,
			       const struct snap_addr *ours)
{
	const struct snap_addr wanted = as_snap_addr(want);

	if (addr->scope != wanted.scope || !ip_equal(&addr->peer, &wanted.peer))
		return true;
	/* The kernel does not try again by itself: the other host may have gone. */
	if (addr->flags & IFA_F_DADFAILED)
		return true;
	if (!same_broadcast(addr, &wanted) &&
	    (want->asks_broadcast || (ours && same_broadcast(addr, ours))))
		return true;
	return !same_label(addr, &wanted) &&
	       (want->alias || (ours && same_label(addr, ours)));
}

/*
 * Addresses that an earlier run made and the files no longer name, those whose broadcast,
 * scope, label or peer differs from the files, and those that another host had.
 */
static void remove_wrong_addrs(struct planner *p, const struct iface *iface,
			       const struct snap_link *link, const struct snap_link *made,
			       unsigned int families, bool secondary)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		const struct want_addr *want = planner_wanted_addr(iface, addr);
		const struct snap_addr *ours =
			made ? snap_link_addr(made, &addr->addr, addr->prefix_len) : NULL;

		next = addr->next;
		if (!(addr->flags & IFA_F_SECONDARY) == secondary ||
		    !up_is_about(families, addr->addr.family))
			continue;
		if (want && !want->is_asleep && has_other_settings(want, addr, ours))
			remove_addr(p, want->pos, link, addr);
		if (!want && ours)
			remove_addr(p, iface->pos, link, addr);
	}
}

/*
 * Whether the link gets the address only now, so that another host may have it; or a run that
 * was killed has set it, and did not wait for the answer. A link that is created again may be
 * in another network, or have another MAC address.
 */
static bool addr_is_new(const struct planner *p, const struct snap_link *link,
			const struct want_addr *want)
{
	const struct snap_link *was = snapshot_link(p->have, link->name);
	const struct snap_addr *addr =
		was && was->ifindex == link->ifindex
			? snap_link_addr(was, &want->addr, want->prefix_len)
			: NULL;

	return !addr || addr->flags & IFA_F_DADFAILED ||
	       (addr->flags & IFA_F_TENTATIVE && planner_is_unfinished(p, link->name));
}

/*
 * Whether the address is missing, or will be when the lease ends with which another
 * program set it: a boot loader, the initramfs. IPv6 addresses are prolonged by routers.
 */
static bool is_missing(const struct snap_link *link, const struct want_addr *want)
{
	const struct snap_addr *now = snap_link_addr(link, &want->addr, want->prefix_len);

	return !now || (now->addr.family == AF_INET && !(now->flags & IFA_F_PERMANENT));
}

static bool is_impossible(const struct planner *p, const struct want_addr *want)
{
	return want->addr.family == AF_INET6 && p->have->lacks_ip6;
}

static void add_ip_addrs(struct planner *p, const struct iface *iface,
			 const struct snap_link *link, unsigned int families,
			 struct addr_steps *steps)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *want = &iface->addrs[i];
		const struct snap_addr addr = as_snap_addr(want);

		if (want->is_asleep || !up_is_about(families, want->addr.family) ||
		    is_impossible(p, want))
			continue;
		if (is_missing(link, want))
			steps[i].add = PLANNER_ADD(p, OP_ADDR_ADD, want->pos, link,
						   steps[i].probe, .addr = &addr);
	}
}

/*
 * The last step that waits for a link below @iface: a VLAN has the carrier of its bond,
 * but cannot be used before LACP has found its partner.
 */
static size_t wait_below(const struct planner *p, const struct iface *iface)
{
	const struct plan_owner *owner = &p->plan->owners[iface->place];
	size_t last = 0;

	for (size_t i = 0; p->link_waits && i < owner->n_below; i++)
		if (p->link_waits[owner->below[i]] > last)
			last = p->link_waits[owner->below[i]];
	return last;
}

static void add_wait(struct planner *p, const struct iface *iface,
		     const struct snap_link *link, size_t needs)
{
	if (!iface->link_wait_ms)
		return;
	PLANNER_ADD(p, OP_LINK_WAIT, iface->pos, link, needs,
		    .follows = wait_below(p, iface),
		    .wait = { .link_ms = iface->link_wait_ms,
			      .lacp_ms = iface->lacp_wait_ms,
			      .sync_ms = iface->sync_wait_ms });
	if (p->link_waits)
		p->link_waits[p->owner] = p->plan->n;
}

/* A bridge with STP that comes up listens and learns first. */
static bool seeks_tree(const struct planner *p, const struct iface *iface,
		       const struct snap_link *link)
{
	const struct snap_link *was = snapshot_link(p->have, iface->name);
	const struct option_value *stp =
		iface->kind == IFACE_BRIDGE ? &iface->options->of[BRIDGE_OPT_STP_STATE]
					    : NULL;

	return stp && stp->is_set && stp->num && !(was && was->flags & IFF_UP) &&
	       planner_has_ports(p, link->ifindex);
}

/*
 * A bond that comes up in 802.3ad, or is changed to it, cannot be used before LACP has
 * found its partner, whether or not it has addresses to probe.
 */
static bool seeks_partner(const struct planner *p, const struct iface *iface)
{
	const struct snap_link *was = snapshot_link(p->have, iface->name);

	if (iface->kind != IFACE_BOND ||
	    bond_values_mode(iface->options) != BOND_MODE_802_3AD)
		return false;
	return !was || !snap_bond(was) || !(was->flags & IFF_UP) ||
	       bond_values_mode(snap_bond(was)) != BOND_MODE_802_3AD;
}

/*
 * A dummy has none, nor has a bridge without ports, nor a tap device that no program has
 * open, nor a VLAN on one of these.
 */
static bool has_neighbours(const struct planner *p, const struct snap_link *link)
{
	while (link && !(link->flags & IFF_NOARP) && (!link->tun || link->carrier) &&
	       (!snap_bridge(link) || planner_has_ports(p, link->ifindex))) {
		if (!link->vlan)
			return true;
		link = snapshot_link_by_index(p->sim, link->parent);
	}
	return !link;
}

static bool asks_neighbours(const struct planner *p, const struct snap_link *link,
			    const struct want_addr *want)
{
	return (want->check || want->announce) && has_neighbours(p, link);
}

/*
 * Determines what to do for each address. Return: whether any of it needs a working link.
 */
static bool judge_ip_addrs(const struct planner *p, const struct iface *iface,
			   const struct snap_link *link, size_t created,
			   struct addr_steps *steps)
{
	bool asks = false;

	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *want = &iface->addrs[i];

		steps[i].is_new = !want->is_asleep && !is_impossible(p, want) &&
				  addr_is_new(p, link, want);
		steps[i].probe = steps[i].add = created;
		asks |= steps[i].is_new && asks_neighbours(p, link, want);
	}
	return asks;
}

static void probe_addrs(struct planner *p, const struct iface *iface,
			const struct snap_link *link, size_t created,
			struct addr_steps *steps)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *want = &iface->addrs[i];

		if (steps[i].is_new && want->check && want->addr.family == AF_INET &&
		    asks_neighbours(p, link, want))
			steps[i].probe =
				PLANNER_ADD(p, OP_ADDR_PROBE, want->pos, link, created,
					    .probe = { .addr = want->addr,
						       .wait_ms = iface->arp_wait_ms,
						       .tries = iface->arp_tries });
	}
}

/*
 * It was set a moment ago, by a run that was killed or by somebody else, or its link was down.
 * Without a carrier there is no answer, however long ago that was.
 */
static bool is_unanswered(const struct snap_link *link, const struct snap_addr *want)
{
	const struct snap_addr *now = snap_link_addr(link, &want->addr, want->prefix_len);

	return link->carrier && now && now->flags & IFA_F_TENTATIVE;
}

/* The kernel detects duplicates itself, but only while the address is set. */
static void wait_for_dad(struct planner *p, const struct iface *iface,
			 const struct snap_link *link, const struct addr_steps *steps)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		struct snap_addr addr = as_snap_addr(&iface->addrs[i]);

		if (addr.addr.family == AF_INET6 &&
		    (steps[i].is_new ||
		     (!iface->addrs[i].is_asleep && is_unanswered(link, &addr))))
			PLANNER_ADD(p, OP_DAD_WAIT, iface->addrs[i].pos, link,
				    steps[i].add, .addr = &addr);
	}
}

/* Settings by which the kernel generates addresses when a link comes up. */
static bool makes_addrs(enum link_conf_id id)
{
	return id == CONF_IP6_DISABLE || id == CONF_IP6_ADDR_GEN_MODE;
}

/* A setting that the kernel does not report does not exist. */
static bool conf_differs(const struct want_conf *want, enum link_conf_id id,
			 struct link_conf_value now)
{
	if (id == CONF_IP6_ADDR_GEN_MODE && want->num == GEN_MODE_RANDOM &&
	    now.num == GEN_MODE_STABLE)
		return false;
	return want->is_set && now.is_set && now.num != want->num;
}

bool up_starts_down(const struct planner *p, const struct iface *iface)
{
	if (iface_home(iface))
		return true;
	for (unsigned int id = 0; iface->conf && id < CONF_COUNT; id++)
		if (makes_addrs(id) &&
		    conf_differs(&iface->conf[id], id, p->sim->new_conf.of[id]))
			return true;
	return false;
}

/*
 * The kernel loses a secret that it generated together with the link: a reproducible one
 * is better.
 */
static void choose_secret(struct planner *p, const struct iface *iface,
			  struct plan_op *op)
{
	if (op->conf.id != CONF_IP6_ADDR_GEN_MODE || op->conf.num != GEN_MODE_RANDOM ||
	    !p->have->machine_id)
		return;
	op->conf.num = GEN_MODE_STABLE;
	op->conf.secret =
		stable_secret_make(p->plan->arena, iface->name, p->have->machine_id);
}

/*
 * RFC 4291, appendix A: the address that the kernel generates from a 48-bit MAC address.
 */
static struct ip eui64_of(const struct hwaddr *mac)
{
	struct ip ip = { .family = AF_INET6, .bytes = { 0xfe, 0x80 } };

	memcpy(&ip.bytes[8], mac->bytes, 3);
	ip.bytes[8] ^= 2;
	ip.bytes[11] = 0xff;
	ip.bytes[12] = 0xfe;
	memcpy(&ip.bytes[13], &mac->bytes[3], 3);
	return ip;
}

/* The kernel generates another one, but keeps the one that reveals the MAC address. */
static void remove_eui64(struct planner *p, const struct snap_link *link, struct pos pos)
{
	const struct ip ip = eui64_of(&link->mac);
	const struct snap_addr *addr = snap_link_addr(link, &ip, 64);

	if (addr && link->mac.len == 6)
		PLANNER_ADD(p, OP_ADDR_DEL, pos, link, PLAN_NO_OP, .addr = addr);
}

static void set_one_conf(struct planner *p, const struct iface *iface,
			 const struct snap_link *link, enum link_conf_id id, size_t needs)
{
	const struct want_conf *want = &iface->conf[id];
	struct plan_op op = PLANNER_STEP(OP_CONF_SET, want->pos, link, needs,
					 .conf = { .id = id, .num = want->num });

	if (!conf_differs(want, id, snap_link_conf(link, id)))
		return;
	choose_secret(p, iface, &op);
	planner_add(p, op);
	if (id == CONF_IP6_ADDR_GEN_MODE && want->num == GEN_MODE_RANDOM)
		remove_eui64(p, link, want->pos);
}

/* Before the link comes up; but with its carrier, its IPv6 MTU becomes its own again. */
static void set_conf(struct planner *p, const struct iface *iface,
		     const struct snap_link *link, size_t needs)
{
	for (unsigned int id = 0; iface->conf && id < CONF_COUNT; id++)
		if (id != CONF_IP6_MTU)
			set_one_conf(p, iface, link, id, needs);
}

static void tell_no_ip6(struct planner *p, const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		if (iface->addrs[i].addr.family != AF_INET6)
			continue;
		diag_warning(p->diag, iface->addrs[i].pos,
			     "ignored: the running kernel has no IPv6");
		diag_hint(p->diag,
			  "usually ipv6.disable=1 on its command line switches it "
			  "off; if it is a module that is not loaded, a run that is "
			  "no dry run loads it");
		return;
	}
}

static void announce_addrs(struct planner *p, const struct iface *iface,
			   const struct snap_link *link, unsigned int families,
			   const struct addr_steps *steps)
{
	const bool is_router = snap_link_conf(link, CONF_IP6_FORWARDING).num != 0;

	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *want = &iface->addrs[i];

		if (steps[i].is_new && want->announce &&
		    up_is_about(families, want->addr.family) && has_neighbours(p, link))
			PLANNER_ADD(p, OP_ADDR_ANNOUNCE, want->pos, link, steps[i].add,
				    .probe = { .addr = want->addr,
					       .is_router = is_router });
	}
}

/* The step that brings the network of an address, which must have succeeded first. */
static size_t step_of_network(const struct iface *iface, const struct addr_steps *steps,
			      const struct ip *gateway, size_t created)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (ip_same_network(want_addr_network(&iface->addrs[i]), gateway,
				    iface->addrs[i].prefix_len))
			return steps[i].add;
	return created;
}

/* ---- addresses of others that a change of ours removed ---- */

/*
 * For IPv6, the kernel restores link-local addresses, and those of router advertisements.
 */
static bool is_for_us_to_restore(const struct snap_addr *addr)
{
	return addr->addr.family == AF_INET ||
	       (addr->flags & IFA_F_PERMANENT && addr->scope != RT_SCOPE_LINK);
}

/* Addresses of a lease are up to the client. */
static bool is_of_client(const struct planner *p, const struct snap_link *was,
			 const struct snap_addr *addr)
{
	return snap_addr_is_leased(addr, DHCP_IP4) &&
	       (snap_link_client(was, DHCP_IP4) || dhcp_started(p, was->name, DHCP_IP4));
}

void up_restore_addrs(struct planner *p, struct pos pos, const struct snap_link *link,
		      const struct snap_link *was, const struct snap_link *made,
		      unsigned int families)
{
	families &= up_possible(link);
	for (const struct snap_addr *addr = was->addrs; addr; addr = addr->next) {
		if (!up_is_about(families, addr->addr.family) ||
		    !is_for_us_to_restore(addr) || is_of_client(p, was, addr) ||
		    snap_link_addr(link, &addr->addr, addr->prefix_len) ||
		    (made && snap_link_addr(made, &addr->addr, addr->prefix_len)))
			continue;
		PLANNER_ADD(p, OP_ADDR_ADD, pos, link, PLAN_NO_OP, .addr = addr);
	}
}

/* With LINKSTATUS=down it may never be up, and there is nobody to probe or inform. */
static bool link_is_up(const struct snap_link *link)
{
	return link->flags & IFF_UP;
}

static bool is_addr_among(const struct snap_addr *list, const struct snap_addr *addr)
{
	while (list && !(list->prefix_len == addr->prefix_len &&
			 ip_equal(&list->addr, &addr->addr)))
		list = list->next;
	return list;
}

/* Records in the plan's .made which addresses and routes are ours now. */
static void remember_ip(struct planner *p, const struct iface *iface)
{
	struct snapshot *made = p->plan->made;
	struct snap_link *link = snapshot_link(made, iface->name);
	const struct snap_link *now = planner_link(p, iface->name);
	const struct snap_addr *was;

	if (!link || !now)
		return;
	was = link->addrs;
	snap_link_drop_addrs(link);
	link->token = iface->token;
	for (size_t i = 0; i < iface->n_addrs; i++) {
		struct snap_addr addr = as_snap_addr(&iface->addrs[i]);

		/* An alias that was brought up by itself stays ours. */
		if (iface->addrs[i].is_asleep && !is_addr_among(was, &addr))
			continue;

		snapshot_add_addr(made, link, &addr);
	}
	up_remember_routes(p, iface, link);
	up_remember_rules(p, iface, link);
}

static unsigned int families_of_leases(const struct up_dhcp *dhcp)
{
	return (dhcp->starts[DHCP_IP4] ? UP_IP4 : 0U) |
	       (dhcp->starts[DHCP_IP6] ? UP_IP6 : 0U);
}

/* Whether it is set while the link has no carrier yet, or may have none. */
static bool loses_ip6_mtu(const struct iface *iface, const struct snap_link *link)
{
	return iface->conf && (link->was_reset || !link->carrier) &&
	       conf_differs(&iface->conf[CONF_IP6_MTU], CONF_IP6_MTU,
			    snap_link_conf(link, CONF_IP6_MTU));
}

void up_want_ip(struct planner *p, const struct iface *iface, size_t created)
{
	struct ip_work work = { .iface = iface,
				.link = planner_link(p, iface->name),
				.created = created };

	work.steps =
		arena_alloc(p->plan->arena, (iface->n_addrs + 1) * sizeof(*work.steps));
	work.leased = arena_memdup(p->plan->arena, &created, sizeof(created));
	if (!work.link)
		return;
	if (p->have->lacks_ip6)
		tell_no_ip6(p, iface);
	set_conf(p, iface, work.link, created);
	up_set_flags(p, iface, work.link, created);
	up_set_token(p, iface, work.link, created);
	if (!link_is_up(work.link) && !up_stays_down(iface))
		PLANNER_ADD(p, OP_LINK_UP, iface->pos, work.link, created);
	up_want_ethtool(p, iface, work.link, created, 0);
	up_want_zone(p, iface, work.link);
	work.dhcp = up_judge_clients(p, iface);
	work.leases = families_of_leases(&work.dhcp);
	work.waits = judge_ip_addrs(p, iface, work.link, created, work.steps) ||
		     seeks_partner(p, iface) || seeks_tree(p, iface, work.link) ||
		     loses_ip6_mtu(iface, work.link) || work.dhcp.waits;
	work.waits &= link_is_up(work.link);
	ARENA_PUSH(p->plan->arena, p->works, p->n_works, p->works_cap, work);
}

/* ---- what is done for all interfaces together ---- */

/* What needs no lease comes first. */
enum turn { TURN_FIXED, TURN_LEASED };

static unsigned int families_in(const struct ip_work *work, enum turn turn)
{
	return turn == TURN_LEASED ? work->leases : UP_ALL & ~work->leases;
}

static void remove_old(struct planner *p, const struct ip_work *work,
		       unsigned int families)
{
	const struct snap_link *made = snapshot_link(p->plan->made, work->iface->name);

	up_remove_stale_routes(p, work->iface, families);
	/* As with a port's: see up_strip(). */
	remove_wrong_addrs(p, work->iface, work->link, made, families, true);
	remove_wrong_addrs(p, work->iface, work->link, made, families, false);
}

static enum turn last_turn(const struct ip_work *work)
{
	return work->leases ? TURN_LEASED : TURN_FIXED;
}

/*
 * Before anything waits: the kernel evaluates rules by the order in which all of them
 * were added.
 */
static void want_rules(struct planner *p, const struct ip_work *work, enum turn turn)
{
	const char *const **argvs = up_prepare_ip_lines(p, work->iface);

	(void)turn;
	up_want_rules(p, work->iface, argvs, work->created);
}

static void wait_for_link(struct planner *p, const struct ip_work *work, enum turn turn)
{
	(void)turn;
	if (work->waits)
		add_wait(p, work->iface, work->link, work->created);
}

static void want_ip6_mtu(struct planner *p, const struct ip_work *work, enum turn turn)
{
	(void)turn;
	if (work->iface->conf)
		set_one_conf(p, work->iface, work->link, CONF_IP6_MTU, work->created);
}

/*
 * What a lease brings could be secondary to an old address of ours, and be removed with
 * it.
 */
static void prepare_leases(struct planner *p, const struct ip_work *work, enum turn turn)
{
	(void)turn;
	up_stop_clients(p, work->iface, &work->dhcp);
	if (work->leases & UP_IP4)
		remove_old(p, work, UP_IP4);
}

/* All clients are started, and wait for their leases, side by side. */
static void want_leases(struct planner *p, const struct ip_work *work, enum turn turn)
{
	(void)turn;
	*work->leased = up_start_clients(p, work->iface, work->created, &work->dhcp);
}

static bool gives_addr(const struct ip_work *work, const struct ip *addr)
{
	for (size_t i = 0; i < work->iface->n_addrs; i++)
		if (!work->iface->addrs[i].is_asleep &&
		    ip_equal(&work->iface->addrs[i].addr, addr))
			return true;
	return false;
}

/* An address of ours that the files give to another interface of this run. */
static const struct snap_addr *addr_to_free(const struct planner *p,
					    const struct ip_work *work)
{
	const struct snap_link *made = snapshot_link(p->plan->made, work->iface->name);

	if (!made || !made->addrs)
		return NULL;
	for (const struct snap_addr *at = work->link->addrs; at; at = at->next) {
		if (!snap_link_addr(made, &at->addr, at->prefix_len) ||
		    gives_addr(work, &at->addr))
			continue;
		for (size_t i = 0; i < p->n_works; i++)
			if (gives_addr(&p->works[i], &at->addr))
				return at;
	}
	return NULL;
}

/* Else this host would answer the probe itself. */
static void free_addrs(struct planner *p, const struct ip_work *work, enum turn turn)
{
	const struct snap_addr *addr;

	(void)turn;
	while ((addr = addr_to_free(p, work)))
		remove_addr(p, work->iface->pos, work->link, addr);
}

static void probe(struct planner *p, const struct ip_work *work, enum turn turn)
{
	if (link_is_up(work->link) && families_in(work, turn) & UP_IP4)
		probe_addrs(p, work->iface, work->link, work->created, work->steps);
}

static void want_addrs(struct planner *p, const struct ip_work *work, enum turn turn)
{
	const unsigned int families = families_in(work, turn);

	remove_old(p, work, families);
	add_ip_addrs(p, work->iface, work->link, families, work->steps);
}

static void check_duplicates(struct planner *p, const struct ip_work *work,
			     enum turn turn)
{
	if (link_is_up(work->link) && families_in(work, turn) & UP_IP6)
		wait_for_dad(p, work->iface, work->link, work->steps);
}

/* The protocol of its gateway may be the other one, and have to wait for a lease. */
static enum turn route_turn(const struct ip_work *work, const struct route *route)
{
	const bool is_late = up_is_about(work->leases, route->family) ||
			     (ip_is_set(&route->gateway) &&
			      up_is_about(work->leases, route->gateway.family));

	return is_late ? TURN_LEASED : TURN_FIXED;
}

/*
 * In the order of the files: a route may lead to the gateway of a later one. Lines for
 * ip(8) may refer to the address of a lease.
 */
static void want_routes(struct planner *p, const struct ip_work *work, enum turn turn)
{
	const struct iface *iface = work->iface;
	const char *const **argvs = ip_lines_argv(p, iface);
	const size_t needs = turn == TURN_LEASED ? *work->leased : work->created;

	for (size_t i = 0; i <= iface->n_routes; i++) {
		const struct want_route *want = &iface->routes[i];

		if (turn == last_turn(work))
			up_want_ip_routes(p, iface, argvs, i, needs);
		if (i < iface->n_routes && route_turn(work, &want->route) == turn)
			up_want_route(p, want,
				      step_of_network(iface, work->steps,
						      &want->route.gateway, needs));
	}
}

static void want_rest(struct planner *p, const struct ip_work *work, enum turn turn)
{
	const struct iface *iface = work->iface;
	const unsigned int families = families_in(work, turn);
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const struct snap_link *was = snapshot_link(p->have, iface->name);

	/* What it lost when it became a port is not restored. */
	if (iface_is_port(iface))
		was = NULL;
	if (was)
		up_restore_addrs(p, iface->pos, work->link, was, made, families);
	want_routes(p, work, turn);
	if (families & UP_IP4)
		up_want_zeroconf(p, iface,
				 turn == TURN_LEASED ? *work->leased : work->created);
	if (was)
		up_restore_routes(p, iface->pos, work->link, was, made, families);
}

static void announce_turn(struct planner *p, const struct ip_work *work, enum turn turn)
{
	if (link_is_up(work->link))
		announce_addrs(p, work->iface, work->link, families_in(work, turn),
			       work->steps);
}

static void conclude_turn(struct planner *p, const struct ip_work *work, enum turn turn)
{
	(void)turn;
	if (work->iface->kind == IFACE_BOND)
		up_set_active_slave(p, work->iface, work->created);
	remember_ip(p, work->iface);
	up_remember_clients(p, work->iface, &work->dhcp);
}

/*
 * Waiting and probing take seconds: all interfaces share them, and existing addresses
 * serve until the answer is known. Addresses and routes come in an order in which each
 * can rely on the previous ones. Leases may take a minute, or never come: whatever can do
 * without them comes before.
 */
void up_finish_ip(struct planner *p)
{
	static const struct {
		void (*add)(struct planner *p, const struct ip_work *work,
			    enum turn turn);
		enum turn turn;
	} phases[] = {
		{ want_rules, TURN_FIXED },
		{ wait_for_link, TURN_FIXED },
		{ want_ip6_mtu, TURN_FIXED },
		{ prepare_leases, TURN_FIXED },
		{ free_addrs, TURN_FIXED },
		{ probe, TURN_FIXED },
		{ want_addrs, TURN_FIXED },
		{ check_duplicates, TURN_FIXED },
		{ want_rest, TURN_FIXED },

		{ announce_turn, TURN_FIXED },
		{ want_leases, TURN_LEASED },
		{ probe, TURN_LEASED },
		{ want_addrs, TURN_LEASED },
		{ check_duplicates, TURN_LEASED },
		{ want_rest, TURN_LEASED },

		{ announce_turn, TURN_LEASED },
		{ conclude_turn, TURN_LEASED },
	};

	p->link_waits = arena_alloc(p->plan->arena,
				    (p->plan->n_owners + 1) * sizeof(*p->link_waits));
	route_claims_gather(p);
	for (size_t phase = 0; phase < ARRAY_SIZE(phases); phase++)
		for (size_t i = 0; i < p->n_works; i++) {
			p->work = i;
			planner_begin(p, p->works[i].iface);
			phases[phase].add(p, &p->works[i], phases[phase].turn);
		}
}

void up_keep_routes(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name);
	const struct snap_link *was = snapshot_link(p->have, iface->name);

	if (link && was)
		up_restore_routes(p, iface->pos, link, was, NULL, UP_ALL);
}

/* Then it is as its file says by now, and what others gave it is restored. */
static bool is_worked_on(const struct planner *p, const struct snap_link *link)
{
	for (size_t i = 0; i < p->n_works; i++)
		if (p->works[i].link == link)
			return true;
	return false;
}

/* A VLAN follows its parent down and up again, and loses its routes. */
void up_keep_uppers(struct planner *p, const struct iface *iface)
{
	/* Nothing stood on what is new. */
	const struct snap_link *below =
		snapshot_link(p->have, iface->name) ? planner_link(p, iface->name) : NULL;

	for (size_t i = 0; below && below->bears_vlans && i < p->have->n_links; i++) {
		const struct snap_link *was = p->have->links[i];
		const struct snap_link *link =
			was->vlan ? planner_link(p, was->name) : NULL;

		if (!link || !link->vlan || !(link->flags & IFF_UP) ||
		    !planner_stands_on(p, link, below) || is_worked_on(p, link) ||
		    link->master != was->master)
			continue;
		up_restore_addrs(p, iface->pos, link, was, NULL, UP_ALL);
		up_restore_routes(p, iface->pos, link, was, NULL, UP_ALL);
	}
}

/* Only those of the alias itself: all others are inactive. */
static void want_alias_routes(struct planner *p, const struct iface *iface,
			      struct snap_link *made, struct addr_steps *steps)
{
	const char *const **argvs = ip_lines_argv(p, iface);
	size_t none = PLAN_NO_OP;
	const struct ip_work work = {
		.iface = iface, .created = PLAN_NO_OP, .steps = steps, .leased = &none
	};

	want_routes(p, &work, TURN_FIXED);
	up_want_alias_rules(p, iface, argvs);
	up_remember_alias_routes(p, iface, made);
}

void up_want_alias(struct planner *p, const struct iface *iface)
{
	struct snap_link *link = planner_link(p, iface->name);
	struct snap_link *made = planner_note_made(p, iface->name);
	struct addr_steps *steps =
		arena_alloc(p->plan->arena, (iface->n_addrs + 1) * sizeof(*steps));

	if (!link)
		return;
	if (judge_ip_addrs(p, iface, link, PLAN_NO_OP, steps))
		add_wait(p, iface, link, PLAN_NO_OP);
	probe_addrs(p, iface, link, PLAN_NO_OP, steps);
	remove_wrong_addrs(p, iface, link, NULL, UP_ALL, true);
	remove_wrong_addrs(p, iface, link, NULL, UP_ALL, false);
	add_ip_addrs(p, iface, link, UP_ALL, steps);
	wait_for_dad(p, iface, link, steps);
	want_alias_routes(p, iface, made, steps);
	announce_addrs(p, iface, link, UP_ALL, steps);
	for (size_t i = 0; i < iface->n_addrs; i++) {
		struct snap_addr addr = as_snap_addr(&iface->addrs[i]);

		if (!iface->addrs[i].is_asleep && !is_addr_among(made->addrs, &addr))
			snapshot_add_addr(p->plan->made, made, &addr);
	}
}
