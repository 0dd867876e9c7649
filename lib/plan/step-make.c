/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps that create, remove or change links of a certain kind. */
#include <inttypes.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/plan/play.h"
#include "lib/plan/step-words.h"

static void play_tun_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	if (link)
		journal_link(p, link);
	else {
		link = journal_add_link(p, op->dev, op->ifindex);
		snapshot_set_conf(p->sim, link, &p->sim->new_conf);
		link->kind = link_kinds[IFACE_TAP].driver;
		link->was_reset = true;
		link->flags = op->tun->is_tap ? 0 : IFF_NOARP;
	}
	link->tun = arena_memdup(p->sim->arena, op->tun, sizeof(*op->tun));
}

/*
 * The driver sets an MTU that is valid in the mode; which one depends on card and
 * network.
 */
static void play_ipoib_mode(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	struct ipoib now = link->ipoib ? *link->ipoib : (struct ipoib){ 0 };

	journal_link(p, link);
	link->mtu = 0;
	now.is_connected = op->is_connected;
	link->ipoib = arena_memdup(p->sim->arena, &now, sizeof(now));
}

static void play_module_load(struct planner *p, struct plan_op *op,
			     struct snap_link *link)
{
	(void)op;
	(void)link;
	p->sim->has_bonding = true;
}

/* The other end of a veth pair is created with it. */
static void simulate_peer(struct planner *p, const struct snap_link *link)
{
	struct snap_link *peer = journal_add_link(p, link->other, link->parent);

	peer->kind = link->kind;
	peer->parent = link->ifindex;
	snapshot_set_conf(p->sim, peer, &p->sim->new_conf);
}

/* Some kinds do not answer ARP, nor does a VLAN on a link that does not. */
static unsigned int first_flags(const struct planner *p, const struct snap_link *from)
{
	const struct snap_link *parent =
		from->vlan ? snapshot_link_by_index(p->sim, from->parent) : NULL;

	if (link_kinds[link_kind_of(from->kind)].is_mute)
		return IFF_NOARP;
	return parent ? parent->flags & IFF_NOARP : 0;
}

static void play_link_add(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	const struct snap_link *from = op->link;

	link = journal_add_link(p, op->dev, op->ifindex);
	if (from->other && !snap_link_is_stacked(from))
		simulate_peer(p, from);
	link->was_reset = true;
	link->kind = from->kind;
	link->flags = from->flags;
	link->mtu = from->mtu;
	link->parent = from->parent;
	link->flags |= first_flags(p, from);
	snapshot_set_conf(p->sim, link, &p->sim->new_conf);
	play_follow_mtu(p, link);
	link->mac = link->perm_mac = from->mac;
	snap_link_copy_kind(p->sim->arena, from, link);
	planner_note_vlan(p, link);
}

static void play_vlan_set(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	journal_link(p, link);
	link->vlan = vlan_copy(op->vlan_change.want, p->sim->arena);
}

/* Removes a link with everything stacked on it; its ports become independent. */
static void remove_link(struct planner *p, struct snap_link *link)
{
	const int ifindex = link->ifindex;

	play_lose_addrs(p, link, AF_UNSPEC);
	play_lose_routes(p, link, AF_UNSPEC);
	play_lose_ways(p, link);
	journal_remove_link(p, link);
	for (size_t i = p->sim->n_links; i-- > 0;) {
		struct snap_link *other = p->sim->links[i];

		if (other->master == ifindex) {
			journal_link(p, other);
			other->master = 0;
			/* Only a bond takes its ports down. */
			if (other->port)
				other->flags &= ~(unsigned int)IFF_UP;
			other->port = NULL;
			other->port_options = NULL;
		}
		if (planner_is_upper(other, ifindex)) {
			remove_link(p, other);
			i = p->sim->n_links;
		}
	}
}

static void play_link_del(struct planner *p, struct plan_op *op, struct snap_link *link)
{
	(void)op;
	remove_link(p, link);
}

/* ---- printing ---- */

static void print_module_load(const struct plan_op *op, struct strbuf *out)
{
	(void)op;
	strbuf_add(out, "modprobe bonding max_bonds=0");
}

/* " type bond mode …", and other settings of its kind. */
static void add_kind_words(struct strbuf *out, const struct snap_link *link)
{
	strbuf_addf(out, " type %s", link->kind);
	if (link->options)
		print_options(out, link->options);
	if (link->vlan)
		vlan_format(link->vlan, out);
	if (link->ipoib)
		ipoib_format(link->ipoib, out);
	if (link->other && !snap_link_is_stacked(link)) {
		print_name(out, " peer name ", link->other);
		strbuf_addf(out, " index %d", link->parent);
	}
}

static void print_link_add(const struct plan_op *op, struct strbuf *out)
{
	strbuf_add(out, "ip link add");
	if (snap_link_is_stacked(op->link))
		print_name(out, " link ", op->link->other);
	print_name(out, " name ", op->dev);
	strbuf_addf(out, " index %d", op->ifindex);
	if (op->link->mac.len)
		print_mac(out, &op->link->mac);
	if (op->link->mtu)
		strbuf_addf(out, " mtu %" PRIu32, op->link->mtu);
	if (op->link->flags & IFF_UP)
		strbuf_add(out, " up");
	add_kind_words(out, op->link);
}

static void print_vlan_set(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link set dev ", op->dev);
	strbuf_add(out, " type vlan");
	vlan_format_change(op->vlan_change.want, op->vlan_change.now, out);
}

static void print_tun_set(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip tuntap add dev ", op->dev);
	tun_format(op->tun, out);
}

static void print_ipoib_mode(const struct plan_op *op, struct strbuf *out)
{
	strbuf_addf(out, "echo %s >", ipoib_mode_word(op->is_connected));
	print_name(out, "/sys/class/net/", op->dev);
	strbuf_add(out, "/mode");
}

static void print_link_del(const struct plan_op *op, struct strbuf *out)
{
	print_name(out, "ip link delete dev ", op->dev);
}

/* ---- the rows ---- */

const struct step_kind step_module_load = {
	.play = play_module_load,
	.print = print_module_load,
	.verb = N_("load the bonding driver"),
	.no_device = true,
};

const struct step_kind step_link_add = {
	.play = play_link_add,
	.print = print_link_add,
	.verb = N_("create"),
};

const struct step_kind step_link_del = {
	.play = play_link_del,
	.print = print_link_del,
	.verb = N_("remove"),
};

const struct step_kind step_vlan_set = {
	.play = play_vlan_set,
	.print = print_vlan_set,
	.verb = N_("change the flags and priority maps of"),
};

const struct step_kind step_tun_set = {
	.play = play_tun_set,
	.print = print_tun_set,
	.verb = N_("set up"),
};

const struct step_kind step_ipoib_mode = {
	.play = play_ipoib_mode,
	.print = print_ipoib_mode,
	.verb = N_("change the mode of"),
	.unsaid = N_("its driver may not have connected mode: some have it only "
		     "without ipoib_enhanced"),
};
