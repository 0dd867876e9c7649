/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Combines the files and the kernel's state for each interface. */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/ctl/status.h"
#include "lib/plan/helpers.h"
#include "lib/snapshot/card.h"

/* ---- interfaces ---- */

struct status_link *status_find(const struct status *status, const char *name)
{
	size_t at = 0, i;

	while (status->links && name &&
	       hash_index_next(&status->by_name, hash_text(name), &at, &i))
		if (strcmp(status->links[i]->name, name) == 0)
			return status->links[i];
	return NULL;
}

/* The entry of that name, created if necessary. */
static struct status_link *get_status_link(struct status *status, const char *name)
{
	struct status_link *link = status_find(status, name);

	if (link)
		return link;
	link = arena_alloc(status->arena, sizeof(*link));
	hash_index_add(&status->by_name, status->arena, hash_text(name), status->n);
	ARENA_PUSH(status->arena, status->links, status->n, status->cap, link);
	link->name = name;
	link->is_shown = true;
	return link;
}

static void add_links(struct status *status, const struct status_source *source)
{
	for (size_t i = 0; i < source->have->n_links; i++) {
		const struct snap_link *there = source->have->links[i];
		struct status_link *link = get_status_link(status, there->name);

		link->link = there;
	}
}

/* ---- wanted changes ---- */

static void add_wanted_iface(struct status *status, const struct iface *iface)
{
	struct status_link *link = get_status_link(status, iface->name);

	link->iface = iface;
	link->is_configured = true;
}

static void add_with_ports(struct status *status, const struct iface *iface)
{
	add_wanted_iface(status, iface);

	for (size_t i = 0; i < iface->n_ports; i++)
		add_wanted_iface(status, iface->ports[i]);
}

static void add_wanted_ifaces(struct status *status, const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++)
		add_with_ports(status, want->order[i]);
	for (size_t i = 0; i < want->n_devices; i++) {
		struct status_link *link = get_status_link(status, want->devices[i]);

		link->is_configured = true;
	}
	for (size_t i = 0; i < want->n_failed; i++) {
		struct status_link *link = get_status_link(status, want->failed[i].name);

		link->is_configured = link->has_errors = true;
	}
}

/* Waiting is not a change, and a step that the kernel may refuse does not count. */
static void add_changes(struct status *status, const struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct plan_op *op = &plan->ops[i];
		struct status_link *link;

		if (op->kind == OP_LINK_WAIT || op->is_wish ||
		    op->owner >= plan->n_owners)
			continue;
		link = status_find(status, plan->owners[op->owner].name);
		if (link)
			link->n_changes++;
	}
}

static void add_helped(struct status *status, const struct snapshot *made)
{
	for (size_t i = 0; i < status->n; i++) {
		struct status_link *link = status->links[i];

		if (status_has_no_link(link))
			link->was_helped =
				plan_helper_was_run(status->have, made, link->iface);
	}
}

/* ---- stacking ---- */

static const char *index_name(const struct status *status, int ifindex)
{
	const struct snap_link *link =
		ifindex ? snapshot_link_by_index(status->have, ifindex) : NULL;

	return link ? link->name : NULL;
}

/* The other end of a veth pair is not a parent. */
static bool has_real_parent(const struct snap_link *link)
{
	return link->parent && strcmp(link->kind, "veth") != 0;
}

static void place(struct status *status, struct status_link *link)
{
	const struct iface *iface = link->iface;
	const char *wanted = iface && iface->master ? iface->master->name : NULL;
	const char *master = wanted, *parent = iface ? iface->parent_name : NULL;

	if (link->link) {
		master = index_name(status, link->link->master);
		parent = has_real_parent(link->link)
				 ? index_name(status, link->link->parent)
				 : NULL;
	}
	link->master = status_find(status, master);
	link->home = link->master ? link->master : status_find(status, wanted);
	link->parent = status_find(status, parent);
}

/* ---- selection ---- */

bool status_is_bond(const struct status_link *link)
{
	return link->link && snap_bond(link->link);
}

static bool has_usable_address(const struct snap_link *link)
{
	const struct snap_addr *addr = link->addrs;

	/* A link that is up gets this one by itself. */
	while (addr && ip_is_link_local(&addr->addr))
		addr = addr->next;
	return addr;
}

/* The kernel has a kind for what is not hardware; the far end of a veth may be a container. */
static bool is_status_card(const struct snap_link *link)
{
	return !*link->kind && !(link->flags & IFF_LOOPBACK) && link->mac.len;
}

static void find_free_cards(struct status *status)
{
	for (size_t i = 0; i < status->n; i++) {
		struct status_link *link = status->links[i];

		link->is_free = link->link && is_status_card(link->link) &&
				!link->is_configured && !link->master &&
				!has_usable_address(link->link);
	}
	for (size_t i = 0; i < status->n; i++) {
		const struct status_link *parent = status->links[i]->parent;

		if (parent)
			status_find(status, parent->name)->is_free = false;
	}
}

/* A link that nothing mentions and that does nothing is not worth a line. */
static void choose_shown(struct status_link *link)
{
	bool is_up = link->link && link->link->flags & IFF_UP;

	link->is_shown =
		strcmp(link->name, "lo") != 0 &&
		(link->is_configured || is_up || status_is_bond(link) || link->is_free);
	link->counts = status_is_bond(link) || link->has_errors ||
		       (link->iface && !iface_is_port(link->iface));
}

/* Includes what it is stacked on. */
static void show_below(struct status *status, struct status_link *link)
{
	link->is_shown = true;
	for (size_t i = 0; i < status->n; i++)
		if ((status->links[i]->home == link ||
		     link->parent == status->links[i]) &&
		    !status->links[i]->is_shown)
			show_below(status, status->links[i]);
}

static void show_above(struct status *status, struct status_link *link)
{
	link->is_shown = true;
	for (size_t i = 0; i < status->n; i++)
		if ((status->links[i]->parent == link ||
		     link->home == status->links[i]) &&
		    !status->links[i]->is_shown)
			show_above(status, status->links[i]);
}

bool status_narrow(struct status *status, const char *name)
{
	struct status_link *link = status_find(status, name);

	if (!link)
		return false;
	for (size_t i = 0; i < status->n; i++)
		status->links[i]->is_shown = status->links[i]->counts = false;
	link->counts = true;
	show_below(status, link);
	show_above(status, link);
	return true;
}

static struct status *new_status(const struct snapshot *have)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct status *status = arena_alloc(arena, sizeof(*status));

	*status = (struct status){ .arena = TAKE_PTR(arena), .have = have };
	return status;
}

void status_make_unknown(const char *error, struct status **ret)
{
	_cleanup_status_ struct status *status = new_status(NULL);

	status->error = arena_strdup(status->arena, error);
	status->health = HEALTH_UNKNOWN;
	*ret = TAKE_PTR(status);
}

static void note_card(struct status *status, const char *cards, struct status_link *bond)
{
	_cleanup_card_shared_ struct card_shared shared = { 0 };
	const char *place;

	for (size_t i = 0; i < status->n; i++)
		if (status->links[i]->master == bond)
			card_shared_add(&shared, cards, status->links[i]->name);
	place = card_shared_by_all(&shared);
	if (place)
		bond->note = arena_printf(status->arena,
					  _("has all its ports on one network card, %s, "
					    "and is down if that fails"),
					  place);
}

static void note_cards(struct status *status, const char *cards)
{
	for (size_t i = 0; cards && i < status->n; i++)
		if (status_is_bond(status->links[i]))
			note_card(status, cards, status->links[i]);
}

void status_make(const struct status_source *source, struct status **ret)
{
	_cleanup_status_ struct status *status = new_status(source->have);

	status->speed = source->speed;
	add_links(status, source);
	if (source->want)
		add_wanted_ifaces(status, source->want);
	if (source->plan)
		add_changes(status, source->plan);
	if (source->plan)
		add_helped(status, source->plan->made);
	for (size_t i = 0; i < status->n; i++)
		place(status, status->links[i]);
	find_free_cards(status);
	for (size_t i = 0; i < status->n; i++)
		choose_shown(status->links[i]);
	note_cards(status, source->cards);
	*ret = TAKE_PTR(status);
}

void status_free(struct status *status)
{
	if (!status)
		return;
	snapshot_free(status->kept);
	arena_free(status->arena);
}

/* ---- queries ---- */

const char *status_kind(const struct status_link *link)
{
	if (link->link)
		return *link->link->kind ? link->link->kind : "ethernet";
	return link->iface ? link_kinds[link->iface->kind].name : "unknown";
}

bool status_is_port(const struct status_link *link)
{
	return link->link && link->link->port && link->master &&
	       status_is_bond(link->master);
}

bool status_is_lasting(const struct status_link *link)
{
	return link->is_configured || status_is_bond(link) || status_is_port(link);
}

bool status_is_up(const struct status_link *link)
{
	return link->link && link->link->flags & IFF_UP;
}

bool status_has_no_link(const struct status_link *link)
{
	return !link->link && link->iface && link->iface->helper &&
	       link->iface->helper->leaves == HELPER_NOTHING;
}

const char *status_mii_word(uint8_t mii_status)
{
	static const char *const words[] = { "up", "going down", "down", "coming up" };

	return mii_status < ARRAY_SIZE(words) ? words[mii_status] : "unknown";
}

void status_lacp_words(uint8_t state, void (*fn)(const char *word, void *arg), void *arg)
{
	static const struct {
		uint8_t bit;
		const char *set, *clear;
	} words[] = {
		{ LACP_ACTIVE, "active", "passive" },
		{ LACP_SHORT_TIMEOUT, "short-timeout", "long-timeout" },
		{ LACP_AGGREGATION, "aggregatable", "individual" },
		{ LACP_SYNCHRONIZATION, "in-sync", "out-of-sync" },
		{ LACP_COLLECTING, "collecting", NULL },
		{ LACP_DISTRIBUTING, "distributing", NULL },
		{ LACP_DEFAULTED, "defaulted", NULL },
		{ LACP_EXPIRED, "expired", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		const char *word = state & words[i].bit ? words[i].set : words[i].clear;

		if (word)
			fn(word, arg);
	}
}

const char *status_port_name(const struct snap_link *bond, enum bond_option_id id)
{
	const char *name =
		snap_bond(bond)->of[id].is_set ? snap_bond(bond)->of[id].ifname : NULL;

	return name && *name ? name : NULL;
}

static bool is_default_route(const struct route *route)
{
	return !route->dst_len && !route->from_len && route->table == RT_TABLE_MAIN &&
	       route->type == RTN_UNICAST;
}

void status_default_routes(const struct status *status, const struct status_link *link,
			   void (*fn)(const struct ip *gateway, uint32_t metric,
				      void *arg),
			   void *arg)
{
	const struct route *route = link->link ? link->link->routes : NULL;

	for (; route; route = route->next)
		if (is_default_route(route))
			fn(&route->gateway, route->metric, arg);
	for (route = status->have->nowhere->routes; route; route = route->next)
		for (size_t i = 0; is_default_route(route) && i < route->n_hops; i++)
			if (route->hops[i].dev &&
			    strcmp(route->hops[i].dev, link->name) == 0)
				fn(&route->hops[i].gateway, route->metric, arg);
}
