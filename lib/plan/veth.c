/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that creates veth pairs. */
#include <errno.h>
#include <string.h>

#include "lib/plan/up.h"

static size_t add_pair(struct planner *p, const struct iface *veth)
{
	struct snap_link fresh = { .other = veth->peer };

	/* The kernel would give the other end the index that this one is to have. */
	fresh.parent = planner_free_index(p);
	return up_add_virtual(p, veth, fresh);
}

/* The name of the other end belongs to a link that is there. */
static int peer_is_taken(struct planner *p, const struct iface *veth)
{
	diag_error(
		p->diag, veth->options_pos,
		"PEER=%s: there is such an interface, and it is not the other end of %s",
		veth->peer, veth->name);
	diag_hint(p->diag, "give PEER another name, or remove %s first", veth->peer);
	return -EBUSY;
}

/* Somebody would miss it. */
static bool is_in_use(struct planner *p, const struct snap_link *peer,
		      const struct snap_link *link)
{
	for (const struct snap_addr *addr = peer->addrs; addr; addr = addr->next)
		if (!ip_is_link_local(&addr->addr))
			return true;
	return peer->master || up_upper_that_stays(p, peer, link) ||
	       up_upper_that_stays(p, link, peer);
}

/* The driver names the other end when it creates the pair, and never again. */
static void change_peer(struct planner *p, const struct iface *veth,
			const struct snap_link *link, const struct snap_link *peer,
			size_t *created)
{
	if (planner_link(p, veth->peer)) {
		diag_warning(p->diag, veth->options_pos,
			     "PEER=%s ignored: there is such an interface, and the other "
			     "end of %s is %s",
			     veth->peer, veth->name, peer->name);
		diag_hint(p->diag, "give PEER another name, or remove %s first",
			  veth->peer);
		return;
	}
	if (is_in_use(p, peer, link)) {
		diag_warning(
			p->diag, veth->options_pos,
			"PEER=%s ignored: the other end of %s is %s, which is in use",
			veth->peer, veth->name, peer->name);
		diag_hint_words(p->diag, "run ifdown %s, then ifup", veth->name);
		return;
	}
	up_make_again(p, veth, "PEER", add_pair, created);
}

/*
 * A pair that was there before is as good as one that we create. An end that was moved to another
 * network namespace may have any name there.
 */
int up_want_veth(struct planner *p, const struct iface *veth, size_t *created)
{
	const struct snap_link *link = planner_link(p, veth->name), *peer;

	if (link && strcmp(link->kind, link_kinds[IFACE_VETH].driver) != 0)
		return up_name_is_taken(p, veth, link_kinds[IFACE_VETH].driver, link);
	if (!link && planner_link(p, veth->peer))
		return peer_is_taken(p, veth);
	if (!link) {
		*created = add_pair(p, veth);
		return 0;
	}
	peer = snap_link_peer(p->sim, link);
	if (peer && strcmp(peer->name, veth->peer) != 0)
		change_peer(p, veth, link, peer, created);
	if (*created != PLAN_NO_OP)
		return 0;
	up_set_mac(p, veth, link, PLAN_NO_OP);
	up_set_mtu(p, veth, link, PLAN_NO_OP);
	return 0;
}
