/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of a plan that creates links other than bonds: VLANs, dummies and others. */
#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/plan/dhcp.h"
#include "lib/plan/hwaddr.h"
#include "lib/plan/up.h"

#define DEFAULT_MTU 1500

int up_missing(struct planner *p, const struct iface *iface)
{
	if (iface_is_bridge_port(iface))
		diag_error(p->diag, iface->pos,
			   "there is no interface %s: %s comes up without it",
			   iface->name, iface->master_name);
	else
		diag_error(p->diag, iface->pos, "there is no interface %s", iface->name);
	hwaddr_hint_missing(p, iface,
			    _("`ip link` lists the interfaces that the kernel "
			      "knows"));
	return -ENODEV;
}

int up_name_is_taken(struct planner *p, const struct iface *iface, const char *wanted,
		     const struct snap_link *link)
{
	diag_error(p->diag, iface->pos, "%s exists and is not a %s but %s%s", iface->name,
		   wanted, *link->kind ? _("of kind ") : _("a network card"), link->kind);
	diag_hint(p->diag, "give the %s another name, or remove %s first", wanted,
		  iface->name);
	return -EBUSY;
}

void up_set_mtu(struct planner *p, const struct iface *iface,
		const struct snap_link *link, size_t needs)
{
	if (iface->has_mtu && iface->mtu != link->mtu)
		PLANNER_ADD(p, OP_LINK_MTU, iface->mtu_pos, link, needs,
			    .mtu = iface->mtu);
}

void up_set_mac(struct planner *p, const struct iface *iface,
		const struct snap_link *link, size_t needs)
{
	const struct hwaddr mac =
		iface->mac_wish == MAC_PERMANENT ? link->perm_mac : iface->mac;

	if ((iface->mac_wish == MAC_GIVEN || iface->mac_wish == MAC_PERMANENT) &&
	    mac.len && !hwaddr_equal(&mac, &link->mac))
		PLANNER_ADD(p, OP_LINK_MAC, iface->mac_pos, link, needs, .mac = mac);
}

/* An Ethernet address has 6 bytes, an InfiniBand address 20. */
#define INFINIBAND_MAC_LEN 20

size_t up_set_ipoib_mode(struct planner *p, const struct iface *iface,
			 const struct snap_link *link, size_t needs)
{
	const struct want_ipoib *want = &iface->ipoib;
	const bool is_connected = want->ipoib.is_connected;

	if (!want->has_mode)
		return needs;
	if (!link->ipoib && link->mac.len != INFINIBAND_MAC_LEN) {
		diag_warning(p->diag, want->mode_pos,
			     "CONNECTED_MODE has no effect: %s is not InfiniBand",
			     link->name);
		diag_hint(p->diag, "remove it");
		return needs;
	}
	/* If the mode is not reported, it is datagram, the driver's default. */
	return is_connected != (link->ipoib && link->ipoib->is_connected)
		       ? PLANNER_ADD(p, OP_IPOIB_MODE, want->mode_pos, link, needs,
				     .is_connected = is_connected)
		       : needs;
}

bool up_stays_down(const struct iface *iface)
{
	while (iface && !iface->stays_down)
		iface = iface->parent;
	return iface;
}

void up_set_flags(struct planner *p, const struct iface *iface,
		  const struct snap_link *link, size_t needs)
{
	for (const struct want_flag *want = iface->flags; want; want = want->next)
		if (link_flag_is_on(want->flag, link->flags) != want->on)
			PLANNER_ADD(p, OP_LINK_FLAG, want->pos, link, needs,
				    .flag = { want->flag, want->on });
}

/* The kernel refuses a token otherwise: ipv6_accept_ra(). */
static bool listens_to_routers(const struct snap_link *link)
{
	const int32_t accept = snap_link_conf(link, CONF_IP6_ACCEPT_RA).num;

	return snap_link_conf(link, CONF_IP6_FORWARDING).num ? accept == 2 : accept;
}

/* A token that an earlier run set and the files no longer name is removed. */
void up_set_token(struct planner *p, const struct iface *iface,
		  const struct snap_link *link, size_t needs)
{
	const struct snap_link *made = snapshot_link(p->plan->made, iface->name);
	const bool can_have = listens_to_routers(link) && !(link->flags & IFF_NOARP);
	const bool is_wanted = ip_is_set(&iface->token);

	if (ip_equal(&link->token, &iface->token) || p->have->lacks_ip6)
		return;
	if (!is_wanted &&
	    !(made && ip_is_set(&made->token) && ip_equal(&made->token, &link->token)))
		return;
	if (can_have)
		PLANNER_ADD(p, OP_LINK_TOKEN, is_wanted ? iface->token_pos : iface->pos,
			    link, needs, .token = iface->token);
	if (can_have || !is_wanted)
		return;
	diag_warning(p->diag, iface->token_pos,
		     "IPV6_TOKEN ignored: %s does not listen to routers", link->name);
	diag_hint(p->diag, "it takes IPV6_AUTOCONF=yes, and ARP");
}

/*
 * The creation of the link below a new one: until that is known to have its index, the
 * index may belong to another program's link.
 */
static size_t creation_below(struct planner *p, const struct snap_link *link)
{
	if ((!link->vlan && !link->ipoib) ||
	    snapshot_link_by_index(p->have, link->parent))
		return PLAN_NO_OP;
	return planner_creation(p, link->other);
}

/* Creates a link; @link contains what is specific to its kind. */
static size_t create_link(struct planner *p, const struct iface *iface,
			  struct snap_link *link)
{
	link->name = iface->name;
	link->ifindex = planner_free_index(p);
	link->mac = iface->mac_wish == MAC_GIVEN ? iface->mac : (struct hwaddr){ 0 };
	/* The port of a bond joins while it is down. */
	link->flags = iface_is_bond_port(iface) || up_stays_down(iface) ||
				      up_starts_down(p, iface)
			      ? 0
			      : IFF_UP;
	link = arena_memdup(p->plan->arena, link, sizeof(*link));
	return planner_add(p, (struct plan_op){ .kind = OP_LINK_ADD,
						.pos = iface->pos,
						.dev = iface->name,
						.ifindex = link->ifindex,
						.needs = creation_below(p, link),
						.link = link });
}

/* ---- stacked links: VLANs, and child interfaces of InfiniBand ---- */

/* The kernel refuses a VLAN with a larger MTU than its parent's. */
static bool mtu_fits(struct planner *p, const struct iface *vlan,
		     const struct snap_link *parent)
{
	uint32_t limit = parent->mtu ? parent->mtu : DEFAULT_MTU;

	if (!vlan->has_mtu || vlan->mtu <= limit)
		return true;
	diag_warning(p->diag, vlan->mtu_pos,
		     "MTU=%" PRIu32 " ignored: %s has only %" PRIu32, vlan->mtu,
		     parent->name, limit);
	diag_hint(p->diag, "raise the MTU of %s first", parent->name);
	return false;
}

static size_t create_vlan(struct planner *p, const struct iface *vlan,
			  const struct snap_link *parent, bool with_mtu)
{
	struct snap_link link = { .kind = "vlan",
				  .mtu = with_mtu && vlan->has_mtu ? vlan->mtu : 0,
				  .parent = parent->ifindex,
				  .other = vlan->parent_name };

	link.vlan = arena_memdup(p->plan->arena, &vlan->vlan, sizeof(vlan->vlan));
	return create_link(p, vlan, &link);
}

/* Properties of an existing link that cannot be changed. */
static bool must_be_anew(const struct iface *iface, const struct snap_link *link,
			 const struct snap_link *parent)
{
	if (link->parent != parent->ifindex)
		return true;
	return iface->kind == IFACE_IPOIB
		       ? link->ipoib->pkey != iface->ipoib.ipoib.pkey
		       : link->vlan->id != iface->vlan.id ||
				 link->vlan->protocol != iface->vlan.protocol;
}

static const char *what_is_for_good(const struct iface *iface)
{
	return iface->kind == IFACE_IPOIB ? _("partition or parent")
					  : _("id, protocol or parent");
}

/* As many links on each other as the kernel allows, MAX_NEST_DEV of its netdevice.h. */
#define STACK_MAX 8

/* Whether it is one of the owners from that place on. */
static bool is_target(const struct planner *p, const char *name, size_t from)
{
	const struct plan *plan = p->plan;

	for (size_t i = from; i < plan->n_owners; i++)
		if (plan->owners[i].is_target && strcmp(plan->owners[i].name, name) == 0)
			return true;
	return false;
}

/* What it is a port or member of takes it again. */
static bool is_taken_again(const struct planner *p, const struct snap_link *link)
{
	const struct snap_link *master =
		link->master ? snapshot_link_by_index(p->sim, link->master) : NULL;

	return !master || is_target(p, master->name, 0);
}

static bool is_back_later(const struct planner *p, const struct snap_link *link,
			  size_t depth);

/* @depth: a kernel that says that links are stacked on each other is not believed. */
static const struct snap_link *upper_that_stays(const struct planner *p,
						const struct snap_link *link,
						const struct snap_link *peer,
						size_t depth)
{
	for (size_t i = 0; i < p->sim->n_links; i++) {
		const struct snap_link *upper = p->sim->links[i];

		if (upper != peer && planner_is_upper(upper, link->ifindex) &&
		    !is_back_later(p, upper, depth + 1))
			return upper;
	}
	return NULL;
}

static bool is_back_later(const struct planner *p, const struct snap_link *link,
			  size_t depth)
{
	return depth < STACK_MAX && !link->nm_managed &&
	       is_target(p, link->name, p->owner + 1) && is_taken_again(p, link) &&
	       !upper_that_stays(p, link, NULL, depth);
}

const struct snap_link *up_upper_that_stays(const struct planner *p,
					    const struct snap_link *link,
					    const struct snap_link *peer)
{
	return upper_that_stays(p, link, peer, 0);
}

void up_remove_for_now(struct planner *p, struct pos pos, const struct snap_link *link)
{
	const int ifindex = link->ifindex;
	const struct snap_link *peer = snap_link_peer(p->sim, link);

	for (size_t i = p->sim->n_links; i-- > 0;) {
		const struct snap_link *upper = p->sim->links[i];

		if (upper == peer || !planner_is_upper(upper, ifindex))
			continue;
		planner_undo_with(p, upper->name);
		up_remove_for_now(p, pos, upper);
		i = p->sim->n_links;
	}
	for (unsigned int family = 0; family < DHCP_FAMILIES; family++)
		dhcp_stop(p, pos, link, family, false);
	PLANNER_ADD(p, OP_LINK_DEL, pos, link, PLAN_NO_OP);
}

/* Links stacked on it would go with it. */
static bool carries_others(struct planner *p, const struct iface *iface,
			   const struct snap_link *link)
{
	const struct snap_link *upper = NULL, *next = link;

	/* The one that others below it stay for. */
	for (size_t depth = 0;
	     depth < STACK_MAX && (next = up_upper_that_stays(p, next, NULL)); depth++)
		upper = next;
	if (!upper)
		return false;
	diag_error(p->diag, iface->pos,
		   "%s has to be created again, because its %s cannot be changed, but %s "
		   "is stacked on it",
		   iface->name, what_is_for_good(iface), upper->name);
	diag_hint_words(p->diag,
			"run ifdown %s, then ifup: what is stacked on it comes back",
			iface->name);
	return true;
}

/*
 * Removes a link that cannot be changed as configured. Return: 0, or -EBUSY (reported).
 */
static int clear_the_way(struct planner *p, const struct iface *iface,
			 const struct snap_link **link, const struct snap_link *parent)
{
	if (!*link || !must_be_anew(iface, *link, parent))
		return 0;
	if (carries_others(p, iface, *link))
		return -EBUSY;
	diag_notice(p->diag, iface->pos,
		    "%s is created again, because its %s cannot be changed", iface->name,
		    what_is_for_good(iface));
	up_remove_for_now(p, iface->pos, *link);
	*link = NULL;
	return 0;
}

static void change_vlan(struct planner *p, const struct iface *vlan,
			const struct snap_link *link)
{
	const struct vlan *now;

	if (vlan_equal(&vlan->vlan, link->vlan))
		return;
	now = vlan_copy(link->vlan, p->plan->arena);
	PLANNER_ADD(p, OP_VLAN_SET, vlan->pos, link, PLAN_NO_OP,
		    .vlan_change = { &vlan->vlan, now });
}

/* Somebody else's link with the name of ours: see up_name_is_taken(). */
static bool is_of_other_kind(const struct iface *iface, const struct snap_link *link)
{
	return iface->kind != IFACE_ETHERNET && !iface->helper &&
	       strcmp(link->kind, link_kinds[iface->kind].driver) != 0;
}

static const struct snap_link *vlan_parent(struct planner *p, const struct iface *vlan)
{
	const struct snap_link *parent = planner_link(p, vlan->parent_name);

	if (parent && vlan->parent && is_of_other_kind(vlan->parent, parent)) {
		diag_error(p->diag, vlan->pos,
			   "%s is skipped: what it is stacked on has errors", vlan->name);
		if (!p->plan->owners[vlan->parent->place].has_failed)
			up_name_is_taken(p, vlan->parent,
					 link_kinds[vlan->parent->kind].driver, parent);
		return NULL;
	}
	if (parent)
		return parent;
	diag_error(p->diag, vlan->pos, "there is no interface %s, on which %s is stacked",
		   vlan->parent_name, vlan->name);
	if (vlan->parent)
		diag_hint(p->diag, "first correct what is reported about %s",
			  vlan->parent_name);
	else
		diag_hint(p->diag, "write a file for %s, or correct PHYSDEV",
			  vlan->parent_name);
	return NULL;
}

int up_want_vlan(struct planner *p, const struct iface *vlan, size_t *created)
{
	const struct snap_link *parent = vlan_parent(p, vlan);
	const struct snap_link *link = planner_link(p, vlan->name);
	bool fits;

	if (!parent)
		return -ENODEV;
	if (link && !link->vlan)
		return up_name_is_taken(p, vlan, "VLAN", link);
	/*
	 * A port that is of a kind of its own comes up without an upper link; a VLAN
	 * needs it up.
	 */
	if (!(parent->flags & IFF_UP) && !up_stays_down(vlan->parent))
		PLANNER_ADD(p, OP_LINK_UP, vlan->pos, parent, PLAN_NO_OP);
	fits = mtu_fits(p, vlan, parent);
	if (clear_the_way(p, vlan, &link, parent) < 0)
		return -EBUSY;
	if (link) {
		change_vlan(p, vlan, link);
		up_set_mac(p, vlan, link, PLAN_NO_OP);
		if (fits)
			up_set_mtu(p, vlan, link, PLAN_NO_OP);
	} else {
		*created = create_vlan(p, vlan, parent, fits);
	}
	return 0;
}

static size_t create_ipoib(struct planner *p, const struct iface *child,
			   const struct snap_link *parent)
{
	struct snap_link link = { .kind = link_kinds[IFACE_IPOIB].driver,
				  .parent = parent->ifindex,
				  .other = child->parent_name };

	link.ipoib = arena_memdup(p->plan->arena, &child->ipoib.ipoib,
				  sizeof(child->ipoib.ipoib));
	return create_link(p, child, &link);
}

int up_want_ipoib(struct planner *p, const struct iface *child, size_t *created)
{
	const struct snap_link *parent = vlan_parent(p, child);
	const struct snap_link *link = planner_link(p, child->name);

	if (!parent)
		return -ENODEV;
	if (link && !link->ipoib)
		return up_name_is_taken(p, child, _("child interface of InfiniBand"),
					link);
	if (clear_the_way(p, child, &link, parent) < 0)
		return -EBUSY;
	if (!link)
		*created = create_ipoib(p, child, parent);
	link = planner_link(p, child->name);
	if (!link)
		return 0;
	/* A new one has it from its creation on. */
	if (*created == PLAN_NO_OP)
		up_set_ipoib_mode(p, child, link, PLAN_NO_OP);
	up_set_mtu(p, child, link, *created);
	return 0;
}

/* ---- tap and tun devices ---- */

static size_t set_up_tun(struct planner *p, const struct iface *tap,
			 const struct snap_link *link)
{
	struct plan_op op = { .kind = OP_TUN_SET,
			      .pos = tap->pos,
			      .dev = tap->name,
			      .ifindex = link ? link->ifindex : planner_free_index(p),
			      .needs = PLAN_NO_OP };
	struct tun tun = tap->tun;

	/* Settings that the file does not have are left unchanged. */
	if (link && !tun.has_owner) {
		tun.has_owner = link->tun->has_owner;
		tun.owner = link->tun->owner;
	}
	if (link && !tun.has_group) {
		tun.has_group = link->tun->has_group;
		tun.group = link->tun->group;
	}
	op.tun = arena_memdup(p->plan->arena, &tun, sizeof(tun));
	return planner_add(p, op);
}

/* A program that has it open keeps it, and the kernel lets no other one in. */
static void change_users(struct planner *p, const struct iface *tap,
			 const struct snap_link *link)
{
	if (!link->tun || tun_same_users(&tap->tun, link->tun))
		return;
	if (!link->carrier) {
		set_up_tun(p, tap, link);
		return;
	}
	diag_warning(p->diag, tap->pos,
		     "OWNER and GROUP of %s stay as they are while a program uses it",
		     tap->name);
	diag_hint(p->diag, "end that program, then run ifup again");
}

/* The driver takes another user, but none instead of one: see users_last() in undo.c. */
static void judge_left_users(struct planner *p, const struct iface *tap,
			     const struct snap_link *link)
{
	const struct snap_link *made = planner_made(p, tap->name);
	const struct tun *now = link->tun;
	const char *key;

	/* What others made may have users of its own. */
	if (!now || !made || !*made->kind)
		return;
	if (now->has_owner && !tap->tun.has_owner)
		key = "OWNER";
	else if (now->has_group && !tap->tun.has_group)
		key = "GROUP";
	else
		return;
	diag_warning(p->diag, tap->pos,
		     "%s keeps the %s that it was created with, and the file has none",
		     tap->name, key);
	diag_hint_words(p->diag, "run ifdown %s, then ifup", tap->name);
}

static int mode_is_taken(struct planner *p, const struct iface *tap)
{
	const char *wanted = tap->tun.is_tap ? "tap" : "tun";

	diag_error(p->diag, tap->pos,
		   "%s exists as a %s device, and by its name it has to be a %s device",
		   tap->name, tap->tun.is_tap ? "tun" : "tap", wanted);
	diag_hint(p->diag, "give the %s another name, or remove %s first", wanted,
		  tap->name);
	return -EBUSY;
}

int up_want_tap(struct planner *p, const struct iface *tap, size_t *created)
{
	const struct snap_link *link = planner_link(p, tap->name);

	if (link && strcmp(link->kind, link_kinds[IFACE_TAP].driver) != 0)
		return up_name_is_taken(p, tap, tap->tun.is_tap ? "tap" : "tun", link);
	if (link && link->tun && !tun_same_mode(&tap->tun, link->tun))
		return mode_is_taken(p, tap);
	if (link) {
		change_users(p, tap, link);
		judge_left_users(p, tap, link);
	} else {
		*created = set_up_tun(p, tap, NULL);
	}
	link = planner_link(p, tap->name);
	if (!link)
		return 0;
	up_set_mac(p, tap, link, *created);
	up_set_mtu(p, tap, link, *created);
	return 0;
}

/* ---- dummies, and the like ---- */

size_t up_add_virtual(struct planner *p, const struct iface *iface,
		      struct snap_link fresh)
{
	fresh.kind = link_kinds[iface->kind].driver;
	fresh.mtu = iface->has_mtu ? iface->mtu : 0;
	return create_link(p, iface, &fresh);
}

static size_t add_virtual(struct planner *p, const struct iface *iface)
{
	return up_add_virtual(p, iface, (struct snap_link){ .options = iface->options });
}

/* An existing link of that kind is as good as one that we create. */
int up_want_virtual(struct planner *p, const struct iface *iface, size_t *created)
{
	const char *kind = link_kinds[iface->kind].driver;
	const struct snap_link *link = planner_link(p, iface->name);

	if (link && strcmp(link->kind, kind) != 0)
		return up_name_is_taken(p, iface, kind, link);
	if (!link) {
		*created = add_virtual(p, iface);
		return 0;
	}
	if (iface->options && !option_values_equal(iface->options, link->options)) {
		up_make_again(p, iface, iface->options->table->rows[0].name, add_virtual,
			      created);
		return 0;
	}
	up_set_mac(p, iface, link, PLAN_NO_OP);
	up_set_mtu(p, iface, link, PLAN_NO_OP);
	return 0;
}

void up_leave_bond(struct planner *p, const struct iface *iface)
{
	const struct snap_link *link = planner_link(p, iface->name), *master;
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	if (iface_is_bond_port(iface) || !link || !made || !made->port)
		return;
	/* A bridge of that name is an error: it serves better where it is. */
	master = iface->master ? planner_link(p, iface->master->name) : NULL;
	if (master && is_of_other_kind(iface->master, master))
		return;
	master = snapshot_link_by_index(p->sim, link->master);
	if (master && snap_bond(master))
		planner_release(p, iface->pos, link, PLAN_NO_OP);
	made->port = NULL;
}

int up_want_card(struct planner *p, const struct iface *card, size_t *created)
{
	const struct snap_link *link = planner_link(p, card->name);
	size_t mode;

	(void)created;
	if (!link)
		return up_missing(p, card);
	if (!hwaddr_fits(card, link)) {
		hwaddr_tell_misfit(p, DIAG_ERROR, card, link);
		return -ENODEV;
	}
	up_leave_bond(p, card);
	mode = up_set_ipoib_mode(p, card, link, PLAN_NO_OP);
	up_set_mac(p, card, link, PLAN_NO_OP);
	up_set_mtu(p, card, link, mode);
	return 0;
}
