/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What happens to links stacked on the interface that is taken down. */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/strbuf.h"
#include "lib/plan/down.h"

/* ---- by the files ---- */

static bool is_going(const struct model *want, const bool *goes, const char *name)
{
	if (strcmp(want->target->name, name) == 0)
		return true;
	for (size_t i = 0; i < want->n_uppers; i++)
		if (goes[i] && strcmp(want->uppers[i]->name, name) == 0)
			return true;
	return false;
}

static bool is_described(const struct model *want, const char *name)
{
	for (size_t i = 0; i < want->n_uppers; i++)
		if (strcmp(want->uppers[i]->name, name) == 0)
			return true;
	return false;
}

/*
 * The bridge goes if it neither keeps a port nor carries a VLAN that nothing would
 * restore.
 */
static bool bridge_goes(const struct planner *p, const struct model *want,
			const bool *goes, const struct iface *bridge)
{
	const struct snap_link *link = planner_link(p, bridge->name);
	const struct snap_link *made = snapshot_link(p->plan->made, bridge->name);
	bool any = false;

	if (!link || !snap_bridge(link) || !made || !*made->kind)
		return false;
	for (size_t i = 0; i < p->sim->n_links; i++) {
		const struct snap_link *other = p->sim->links[i];
		bool is_port = other->master == link->ifindex;

		if (is_port && !is_going(want, goes, other->name))
			return false;
		if (other->vlan && other->parent == link->ifindex &&
		    !is_described(want, other->name))
			return false;
		any |= is_port;
	}
	return any;
}

static bool stands_on_going(const struct model *want, const bool *goes,
			    const struct iface *upper)
{
	return (upper->parent_name && is_going(want, goes, upper->parent_name)) ||
	       (iface_home(upper) && is_going(want, goes, upper->master_name));
}

/* Repeated until nothing changes, so the order does not matter. */
const bool *down_going(struct planner *p, const struct model *want)
{
	bool *goes = arena_alloc(p->plan->arena, want->n_uppers + 1), more = goes;

	while (more) {
		more = false;
		for (size_t i = 0; i < want->n_uppers; i++) {
			const struct iface *upper = want->uppers[i];

			if (goes[i])
				continue;
			goes[i] = upper->kind == IFACE_BRIDGE
					  ? bridge_goes(p, want, goes, upper)
					  : stands_on_going(want, goes, upper);
			more |= goes[i];
		}
	}
	return goes;
}

/* ---- by the kernel ---- */

/* Whether @upper is stacked on a link that is marked. */
static bool stands_on_marked(const struct planner *p, const bool *marked,
			     const struct snap_link *upper)
{
	for (size_t i = 0; i < p->sim->n_links; i++) {
		const struct snap_link *below = p->sim->links[i];

		if (!marked[i])
			continue;
		if (upper->parent == below->ifindex && *upper->kind)
			return true;
		if (snap_link_has_hosts(below) && upper->master == below->ifindex)
			return true;
		if (snap_bridge(upper) && below->master == upper->ifindex)
			return true;
	}
	return false;
}

static void list_uppers(const struct planner *p, bool *marked, struct strbuf *out)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < p->sim->n_links; i++) {
			const struct snap_link *link = p->sim->links[i];

			if (marked[i] || !stands_on_marked(p, marked, link))
				continue;
			marked[i] = more = true;
			strbuf_addf(out, "%s%s", out->len ? ", " : "", link->name);
		}
	}
}

int down_check_uppers(struct planner *p, const struct iface *target)
{
	bool *marked = arena_alloc(p->plan->arena, p->sim->n_links + 1);
	_cleanup_strbuf_ struct strbuf names = STRBUF_EMPTY;

	for (size_t i = 0; i < p->sim->n_links; i++)
		marked[i] = strcmp(p->sim->links[i]->name, target->name) == 0;
	list_uppers(p, marked, &names);
	if (!names.len)
		return 0;
	diag_error(p->diag, target->pos,
		   "%s is left as it is, because of what is stacked on it: %s",
		   target->name, strbuf_text(&names));
	diag_hint(p->diag, "take these down first, or omit --keep-upper");
	return -EBUSY;
}
