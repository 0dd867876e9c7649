/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which steps of one interface must come after steps of another one. */
#include "lib/plan/order.h"

#include <linux/rtnetlink.h>

#include "lib/plan/dns.h"

/* ---- what another interface removes or brings ---- */

static size_t last_about(const struct planner *p, enum plan_op_kind kind,
			 const struct ip *addr)
{
	for (size_t i = p->plan->n; i-- > 0;) {
		const struct plan_op *op = &p->plan->ops[i];

		if (op->kind == kind && op->owner != p->owner &&
		    ip_equal(&op->addr->addr, addr))
			return i + 1;
	}
	return 0;
}

size_t order_after(const struct planner *p, const struct plan_op *op)
{
	const struct ip *source = op->kind == OP_ROUTE_ADD ? &op->route->source : NULL;

	if (op->kind == OP_ADDR_PROBE && p->deletes_addrs)
		return last_about(p, OP_ADDR_DEL, &op->probe.addr);
	if (op->kind == OP_ADDR_ADD && p->deletes_addrs)
		return last_about(p, OP_ADDR_DEL, &op->addr->addr);
	if (source && ip_is_set(source) &&
	    !snap_link_has_addr(planner_link(p, op->dev), source))
		return last_about(p, OP_ADDR_ADD, source);
	return 0;
}

/* ---- what leases may replace ---- */

static bool is_left_on(const struct dhcp_wish *wish, enum dhcp_value_id id)
{
	return wish && !wish->values[id].is_set;
}

/* Whether the client's own default route would replace this one. */
static bool is_in_its_way(const struct dhcp_wish *wish, const struct route *route)
{
	const uint32_t metric =
		wish->values[DHCP_METRIC].is_set ? wish->values[DHCP_METRIC].num : 0;

	return route->family == AF_INET && route->dst_len == 0 && route->tos == 0 &&
	       route->table == RT_TABLE_MAIN && route->metric == metric;
}

static void redo_default_route(struct planner *p, const struct dhcp_wish *wish,
			       size_t lease, const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct route *route = &iface->routes[i].route;
		const struct snap_link *bearer = planner_bearer(p, route);
		const struct route *now = bearer ? snap_link_route(bearer, route) : NULL;

		if (!is_in_its_way(wish, route) || !now || !route_equal(now, route))
			continue;
		planner_begin(p, iface);
		PLANNER_ADD(p, OP_ROUTE_ADD, iface->routes[i].pos, bearer, PLAN_NO_OP,
			    .follows = lease, .route = route);
	}
}

/* Default routes of the interface itself come after its lease anyway. */
static void redo_default_routes(struct planner *p, const struct model *want, size_t owner,
				size_t lease)
{
	const struct dhcp_wish *wish = iface_dhcp(want->order[owner], DHCP_IP4);

	if (!is_left_on(wish, DHCP_NO_ROUTES) || !is_left_on(wish, DHCP_NO_DEFAULT_ROUTE))
		return;
	for (size_t i = 0; i < want->n_order; i++)
		if (i != owner)
			redo_default_route(p, wish, lease, want->order[i]);
}

void order_redo_after_leases(struct planner *p, const struct model *want)
{
	const size_t n = p->plan->n;

	for (size_t i = 0; i < n; i++) {
		const struct plan_op *op = &p->plan->ops[i];
		enum dhcp_family family;
		size_t owner = op->owner;

		if (op->kind != OP_DHCP_START || owner >= want->n_order)
			continue;
		family = op->dhcp_start->client.family;
		if (family == DHCP_IP4)
			redo_default_routes(p, want, owner, i + 1);
		if (is_left_on(iface_dhcp(want->order[owner], family), DHCP_NO_DNS))
			dns_redo(p, want, owner, i + 1);
	}
}
