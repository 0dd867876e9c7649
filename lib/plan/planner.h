/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/journal.h"
#include "lib/plan/members.h"
#include "lib/plan/places.h"
#include "lib/plan/plan.h"

/**
 * struct planner - a plan being made
 * @plan: gets the steps
 * @sim: what the kernel's state will be once the steps so far are done; every step is
 *       decided by looking at it, so a step that another one makes unnecessary, or that
 *       one makes necessary (routes lost with a link), comes out right by itself
 * @journal: what the step at hand has changed of it
 * @have: the state before the first step
 * @target: what a link is brought up for: itself, or the port that joins it
 * @owner: the interface that steps are added for; @iface, what the files say of it, or NULL
 * @was_made: what earlier runs made; .made of the plan is a copy that changes
 * @works: for ip.c, the interfaces whose addresses and routes are still to be planned
 * @link_waits: for ip.c, by owner, the number of the step that waits for its link, or 0
 * @deletes_addrs: some step does
 * @work: the place of the one at hand among them
 * @claims: the routes that they ask for; see route-claims.h
 * @highest_index, @places: for planner_free_index() and for routes
 * @members: for planner_has_ports(): whatever gives a link a master adds it
 * @is_partial: as of struct model
 * @removes_later: a link without a file that still carries another is looked at once more
 */
struct planner {
	struct plan *plan;
	struct snapshot *sim;
	struct journal journal;
	const struct snapshot *have;
	const struct snapshot *was_made;
	struct diag *diag;
	int highest_index;
	size_t owner;
	const struct iface *iface, *target;
	struct places places;
	struct members members;
	struct ip_work *works;
	size_t n_works, works_cap, work;
	struct route_claim *claims;
	size_t n_claims;
	size_t *link_waits;
	bool deletes_addrs;
	bool is_partial;
	bool removes_later;
};

/*
 * Whether an existing bond or bridge keeps its settings, whatever its file says, because
 * @port joins it only as its card has appeared.
 */
static inline bool planner_keeps(const struct planner *p, const struct iface *master,
				 const struct iface *port)
{
	return p->is_partial && port != master && snapshot_link(p->have, master->name);
}

/* planner_finish() has to be called in any case. */
void planner_start(struct planner *p, const struct model *want,
		   const struct snapshot *have, const struct snapshot *made,
		   struct diag *diag);

/* Adds the steps of plan_up(), and of plan_down(). Return: as for those. */
int planner_up(struct planner *p, const struct model *want);
int planner_down(struct planner *p, const struct model *want);

/* The steps from here on belong to that interface of the model's .order. */
void planner_begin(struct planner *p, const struct iface *iface);
/* The same for an interface that no file describes any more. */
void planner_begin_gone(struct planner *p, const char *name);

/* Whether a run that brought the link up was killed before its end. */
bool planner_is_unfinished(const struct planner *p, const char *name);

/* If the steps of that interface are undone, so are those of the one at hand. */
void planner_undo_with(struct planner *p, const char *name);

/* The result of the interface: 0, or a negative errno of something that was reported. */
int planner_end(struct planner *p, int result, bool stops_others);

/**
 * planner_finish() - hand over the plan, or discard it
 * @result: the result of planning so far, 0 or a negative errno
 *
 * Return: @result.
 */
int planner_finish(struct planner *p, int result, struct plan **ret_plan);

/**
 * planner_add() - add one more step
 * @op: copied, with everything it points to; its undo is derived here
 *
 * Return: the step's number, for the .needs of later ones.
 */
size_t planner_add(struct planner *p, struct plan_op op);

/* A step on a link that exists, with members of its payload in the last place. */
#define PLANNER_STEP(KIND, POS, LINK, NEEDS, ...)      \
	((struct plan_op){ .kind = (KIND),             \
			   .pos = (POS),               \
			   .dev = (LINK)->name,        \
			   .ifindex = (LINK)->ifindex, \
			   .needs = (NEEDS),           \
			   ##__VA_ARGS__ })
#define PLANNER_ADD(P, ...) planner_add((P), PLANNER_STEP(__VA_ARGS__))

/* Makes a port leave whatever it is a port of. */
size_t planner_release(struct planner *p, struct pos pos, const struct snap_link *port,
		       size_t needs);

/**
 * planner_run_once() - add a step that runs a program, unless it was run and the link
 * stayed up
 *
 * Its failure is a warning. Afterwards the plan's .made has it.
 *
 * Return: the step; PLAN_NO_OP if there is none.
 */
size_t planner_run_once(struct planner *p, struct pos pos, const struct snap_link *link,
			const struct program *program, size_t needs);

/*
 * The first run of a program, by its name, that is not one of @keep; NULL if there is
 * none.
 * @made: may be NULL
 */
struct snap_run *planner_stale_run(const struct snap_link *made, const char *name,
				   const char *const *const *keep);

/* The simulated link, or NULL. */
struct snap_link *planner_link(const struct planner *p, const char *name);

/* What is ours of a link, in the plan's .made, or NULL; a new entry, if there is none. */
struct snap_link *planner_made(const struct planner *p, const char *name);
struct snap_link *planner_note_made(struct planner *p, const char *name);

/* A copy in the plan, with indexes of the links that it names; NULL if memory ran out. */
struct option_values *planner_keep_options(struct planner *p,
					   const struct option_values *values);

/*
 * The options of a port of a bond or bridge that differ from their defaults and exist in
 * the bond's mode; in the plan. NULL for none.
 */
struct option_values *planner_port_options(struct planner *p,
					   const struct snap_link *port);

/* Whether @upper is a VLAN on @below, or on one of its VLANs. */
bool planner_stands_on(const struct planner *p, const struct snap_link *upper,
		       const struct snap_link *below);

/*
 * Whether a link is stacked on that one; what hardware reports as its parent is not
 * meant.
 */
bool planner_is_upper(const struct snap_link *link, int ifindex);

/* VLANs follow their parent unless they have loose binding: vlan_device_event(). */
bool planner_follows(const struct snap_link *link, const struct snap_link *parent);

/* So that not every link has to be examined whenever one goes up or down. */
void planner_note_vlan(struct planner *p, const struct snap_link *vlan);

/* A link that is stacked on @below, or NULL. */
const struct snap_link *planner_upper(const struct planner *p,
				      const struct snap_link *below);

/* Whether the simulated bond has any port. */
bool planner_has_ports(const struct planner *p, int ifindex);
/* Whether the bond had any before the first step. */
bool planner_had_ports(const struct planner *p, int ifindex);

/* The step that creates the link of that name; PLAN_NO_OP if the plan has none. */
size_t planner_creation(const struct planner *p, const char *name);

/* An index that no link has, for a link that the plan creates. */
int planner_free_index(struct planner *p);

/* Whether @addr is an IPv4 address that the kernel treats as secondary to @primary. */
bool planner_is_secondary_of(const struct snap_addr *addr,
			     const struct snap_addr *primary);

/* The files' entry for an address, by address and length; NULL if there is none. */
const struct want_addr *planner_wanted_addr(const struct iface *iface,
					    const struct snap_addr *addr);

/*
 * The link that has such a route: its device, or .nowhere; NULL if there is no such
 * device.
 */
struct snap_link *planner_bearer(const struct planner *p, const struct route *route);

/*
 * A route through @link, which was as @was says before the first step: in the table that the link
 * had by then it goes into the one that it has now.
 */
struct route planner_moved_route(const struct planner *p, const struct snap_link *link,
				 const struct snap_link *was, const struct route *route);

/* Removes a route or a rule if there is exactly this one. */
void planner_remove_route(struct planner *p, struct pos pos, const struct route *route);
void planner_remove_rule(struct planner *p, struct pos pos, const struct rule *rule);
/* Removes all of a list. */
void planner_remove_rules(struct planner *p, struct pos pos, const struct rule *list);

/*
 * Removes those routes of a list that @is_to_go. Routes through a router come first: undone in
 * the opposite order, they are added when the route to their router is there again.
 */
void planner_remove_routes(struct planner *p, struct pos pos, const struct route *list,
			   bool (*is_to_go)(const struct route *route, const void *arg),
			   const void *arg);

/* Whether a route is made by the kernel itself, and left to it. */
bool planner_route_is_kernels(const struct route *route);
