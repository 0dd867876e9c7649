/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

struct planner;

enum change_of {
	CHANGE_OF_LINK,
	CHANGE_OF_ADDR,
	CHANGE_OF_ROUTE,
	CHANGE_OF_RULE,
	CHANGE_OF_CLIENTS, /* of a DHCP client; the step itself has its undo */
	CHANGE_OF_RESOLVER,
	CHANGE_OF_OTHER, /* the step itself has its undo */
};

enum change_how { CHANGE_ALTERED, CHANGE_ADDED, CHANGE_REMOVED };

/**
 * struct change - a change of the simulated kernel
 * @by_itself: it need not be undone: the kernel, or a DHCP client, does so
 * @link: the link that changed; a link that was removed is still in memory
 * @was: the link before; what it points to has not changed since
 * @item: an address, a route or a rule; @before: which one is before it in the list
 * @clients, @text: the former values
 * @back: the step that undoes it
 */
struct change {
	enum change_of of;
	enum change_how how;
	bool by_itself;
	struct snap_link *link;
	union {
		const struct snap_link *was;
		struct {
			union {
				void *item;
				struct snap_addr *addr;
				struct route *route;
				struct rule *rule;
			};
			void *before;
		};
		struct snap_client *clients;
		const char *text;
		const struct plan_op *back;
	};
};

/**
 * struct journal - all changes in order
 * @phase: grows; a link is recorded once in each phase, before its first change
 */
struct journal {
	struct change *of;
	size_t n, cap;
	unsigned int phase;
};

/*
 * Every change of the simulated kernel is made by these functions. A link is
 * announced before its own members change; what these point to is replaced, never changed
 * in place, except for options that journal_options() has copied.
 */
void journal_link(struct planner *p, struct snap_link *link);
void journal_options(struct planner *p, struct snap_link *link);

struct snap_link *journal_add_link(struct planner *p, const char *name, int ifindex);
void journal_remove_link(struct planner *p, struct snap_link *link);
void journal_add_addr(struct planner *p, struct snap_link *link,
		      const struct snap_addr *addr);
void journal_drop_addr(struct planner *p, struct snap_link *link, struct snap_addr *addr,
		       bool by_itself);
/* @by_itself: it goes when what it belongs to is restored */
void journal_add_route(struct planner *p, struct snap_link *link,
		       const struct route *route, bool by_itself);
void journal_drop_route(struct planner *p, struct snap_link *link, struct route *route);
void journal_add_rule(struct planner *p, struct snap_link *link, const struct rule *rule);
void journal_drop_rule(struct planner *p, struct snap_link *link, struct rule *rule);
void journal_add_client(struct planner *p, struct snap_link *link,
			const struct snap_client *client);
void journal_drop_client(struct planner *p, struct snap_link *link,
			 enum dhcp_family family);
void journal_set_resolver(struct planner *p, const char *text);

/* The effect of the current step is undone by @back, which the planner copies. */
void journal_other(struct planner *p, struct plan_op back);
/* A step of that kind, for the same reason and on the same link, still without data. */
struct plan_op journal_like(const struct plan_op *op, enum plan_op_kind kind);

/*
 * Back to the state when the journal had @n changes; only links that were added are gone.
 */
void journal_rewind(struct planner *p, size_t n);
