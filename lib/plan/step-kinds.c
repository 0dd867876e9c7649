/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of the kinds of step, and what depends only on what a step carries. */
#include "lib/plan/step-kinds.h"

#include <string.h>
#include <sys/socket.h>

#include "lib/base/language.h"
#include "lib/plan/planner.h"

/* ---- the rows ---- */

/* Each is defined next to its functions, in a file step-TOPIC.c. */
#define ROWS(X)                            \
	X(OP_MODULE_LOAD, module_load)     \
	X(OP_LINK_ADD, link_add)           \
	X(OP_OPTIONS_SET, options_set)     \
	X(OP_VLAN_SET, vlan_set)           \
	X(OP_TUN_SET, tun_set)             \
	X(OP_IPOIB_MODE, ipoib_mode)       \
	X(OP_LINK_DEL, link_del)           \
	X(OP_LINK_UP, link_up)             \
	X(OP_LINK_DOWN, link_down)         \
	X(OP_LINK_MTU, link_mtu)           \
	X(OP_LINK_MAC, link_mac)           \
	X(OP_LINK_FLAG, link_flag)         \
	X(OP_LINK_TOKEN, link_token)       \
	X(OP_PORT_ADD, port_add)           \
	X(OP_PORT_REMOVE, port_remove)     \
	X(OP_LINK_WAIT, link_wait)         \
	X(OP_ADDR_PROBE, addr_probe)       \
	X(OP_ADDR_ADD, addr_add)           \
	X(OP_ADDR_DEL, addr_del)           \
	X(OP_ROUTE_ADD, route_add)         \
	X(OP_ROUTE_DEL, route_del)         \
	X(OP_CONF_SET, conf_set)           \
	X(OP_DAD_WAIT, dad_wait)           \
	X(OP_RULE_ADD, rule_add)           \
	X(OP_RULE_DEL, rule_del)           \
	X(OP_ADDR_ANNOUNCE, addr_announce) \
	X(OP_RUN, run)                     \
	X(OP_RESOLV_SET, resolv_set)       \
	X(OP_DHCP_STOP, dhcp_stop)         \
	X(OP_DHCP_START, dhcp_start)

#define X(kind, row) extern const struct step_kind step_##row;
ROWS(X)
#undef X

static const struct step_kind *const step_kinds[] = {
#define X(kind, row) [kind] = &step_##row,
	ROWS(X)
#undef X
};
_Static_assert(ARRAY_SIZE(step_kinds) == OP_COUNT, "every kind of step has a row");

const struct step_kind *step_kind(enum plan_op_kind kind)
{
	return step_kinds[kind];
}

/* ---- copies of payloads ---- */

const char *step_keep_text(struct planner *p, const char *text)
{
	const char *copy = arena_strdup(p->plan->arena, text);

	return copy;
}

const struct snap_addr *step_keep_addr(struct planner *p, const struct snap_addr *addr)
{
	struct snap_addr *copy = arena_memdup(p->plan->arena, addr, sizeof(*addr));

	copy->label = arena_strdup(p->plan->arena, addr->label ? addr->label : "");
	return copy;
}

/* Next hops of multipath routes are sent by index. */
static void find_hops(struct planner *p, struct route *route)
{
	struct route_hop *hops =
		arena_memdup(p->plan->arena, route->hops, route->n_hops * sizeof(*hops));

	for (size_t i = 0; i < route->n_hops; i++) {
		const struct snap_link *link =
			hops[i].dev ? planner_link(p, hops[i].dev) : NULL;

		hops[i].ifindex = link ? link->ifindex : 0;
	}
	route->hops = hops;
}

const struct route *step_keep_route(struct planner *p, const struct route *route)
{
	struct route *copy = arena_alloc(p->plan->arena, sizeof(*copy));

	if (!route_copy(route, p->plan->arena, copy))
		return NULL;
	if (copy->n_hops)
		find_hops(p, copy);
	return copy;
}

const struct rule *step_keep_rule(struct planner *p, const struct rule *rule)
{
	struct rule *copy = arena_alloc(p->plan->arena, sizeof(*copy));

	rule_copy(rule, p->plan->arena, copy);
	return copy;
}

/* Copies including everything it points to; NULL stays NULL. */
static const char *const *keep_words(struct planner *p, const char *const *words)
{
	const char **copy = NULL;
	size_t n = 0, cap = 0;

	for (; words && *words; words++)
		ARENA_PUSH(p->plan->arena, copy, n, cap, step_keep_text(p, *words));
	if (words)
		ARENA_PUSH(p->plan->arena, copy, n, cap, NULL);
	return copy;
}

static const struct program *keep_program(struct planner *p, const struct program *from)
{
	struct program *copy =
		from ? arena_memdup(p->plan->arena, from, sizeof(*from)) : NULL;

	if (!copy)
		return NULL;
	copy->argv = keep_words(p, from->argv);
	copy->env = keep_words(p, from->env);
	copy->input = from->input ? step_keep_text(p, from->input) : NULL;
	copy->directory = from->directory ? step_keep_text(p, from->directory) : NULL;
	copy->undo = keep_program(p, from->undo);
	return copy;
}

void step_keep(struct planner *p, struct plan_op *op)
{
	switch (step_kinds[op->kind]->payload) {
	case PAYLOAD_ADDR:
		op->addr = step_keep_addr(p, op->addr);
		break;
	case PAYLOAD_ROUTE:
		op->route = step_keep_route(p, op->route);
		break;
	case PAYLOAD_RULE:
		op->rule = step_keep_rule(p, op->rule);
		break;
	case PAYLOAD_MASTER:
		op->master.dev = step_keep_text(p, op->master.dev);
		break;
	case PAYLOAD_OPTIONS:
		op->options = planner_keep_options(p, op->options);
		break;
	case PAYLOAD_PROGRAM:
		op->program = keep_program(p, op->program);
		break;
	case PAYLOAD_TEXT:
		op->text = op->text ? step_keep_text(p, op->text) : NULL;
		break;
	case PAYLOAD_OTHER:
	case PAYLOAD_PROBE:
	case PAYLOAD_CONF:
	case PAYLOAD_TOKEN:
	case PAYLOAD_DHCP_STOP:
	case PAYLOAD_DHCP_START:
		break;
	}
}

/* ---- the protocol of a step ---- */

static uint8_t family_of_client(enum dhcp_family family)
{
	return family == DHCP_IP6 ? AF_INET6 : AF_INET;
}

uint8_t step_family(const struct plan_op *op)
{
	switch (step_kinds[op->kind]->payload) {
	case PAYLOAD_ADDR:
		return op->addr->addr.family;
	case PAYLOAD_PROBE:
		return op->probe.addr.family;
	case PAYLOAD_ROUTE:
		return op->route->family;
	case PAYLOAD_RULE:
		return op->rule->family;
	case PAYLOAD_CONF:
		return strcmp(link_confs[op->conf.id].family, "ipv6") == 0 ? AF_INET6
									   : AF_INET;
	case PAYLOAD_TOKEN:
		return AF_INET6;
	case PAYLOAD_DHCP_STOP:
		return family_of_client(op->dhcp_stop->family);
	case PAYLOAD_DHCP_START:
		return family_of_client(op->dhcp_start->client.family);
	case PAYLOAD_OTHER:
	case PAYLOAD_MASTER:
	case PAYLOAD_OPTIONS:
	case PAYLOAD_PROGRAM:
	case PAYLOAD_TEXT:
		break;
	}
	return AF_UNSPEC;
}

/* ---- printing ---- */

static void add_route_name(const struct plan_op *op, struct strbuf *out)
{
	struct route route = *op->route;

	route.dev = op->dev;
	strbuf_add(out, _(" the route "));
	route_format(&route, out);
}

static void add_payload(const struct plan_op *op, struct strbuf *out)
{
	char addr[SNAP_ADDR_TEXT_MAX], ip[IP_TEXT_MAX];

	switch (step_kinds[op->kind]->payload) {
	case PAYLOAD_ADDR:
		strbuf_addf(out, " %s", snap_addr_format(op->addr, addr));
		break;
	case PAYLOAD_PROBE:
		strbuf_addf(out, " %s", ip_format(&op->probe.addr, ip));
		break;
	case PAYLOAD_ROUTE:
		add_route_name(op, out);
		break;
	case PAYLOAD_RULE:
		strbuf_add(out, _(" the rule"));
		rule_format(op->rule, out);
		break;
	case PAYLOAD_CONF:
		strbuf_addf(out, _(" the setting %s.%s"), link_confs[op->conf.id].family,
			    link_confs[op->conf.id].name);
		break;
	case PAYLOAD_OPTIONS:
		strbuf_add(out, op->options->table->is_of_port ? _(" the options of port")
							       : _(" the options of"));
		break;
	case PAYLOAD_PROGRAM:
		strbuf_addc(out, ' ');
		strbuf_add_quoted(out, op->program->argv[0]);
		break;
	case PAYLOAD_OTHER:
	case PAYLOAD_TOKEN:
	case PAYLOAD_MASTER:
	case PAYLOAD_TEXT:
	case PAYLOAD_DHCP_STOP:
	case PAYLOAD_DHCP_START:
		break;
	}
}

void step_add_object(const struct plan_op *op, struct strbuf *out)
{
	const struct step_kind *kind = step_kinds[op->kind];

	add_payload(op, out);
	if (kind->no_device)
		return;
	if (kind->joint == JOINT_TO)
		strbuf_addf(out, _(" to %s"), op->dev);
	else if (kind->joint == JOINT_FROM)
		strbuf_addf(out, _(" from %s"), op->dev);
	else if (kind->joint == JOINT_ON)
		strbuf_addf(out, _(" on %s"), op->dev);
	else if (kind->joint == JOINT_OF)
		strbuf_addf(out, _(" of %s"), op->dev);
	else
		strbuf_addf(out, " %s", op->dev);
}
