/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

struct planner;

/* The payload of a step, that is, the member of its union. */
enum step_payload {
	PAYLOAD_OTHER,
	PAYLOAD_ADDR,
	PAYLOAD_PROBE,
	PAYLOAD_ROUTE,
	PAYLOAD_RULE,
	PAYLOAD_CONF,
	PAYLOAD_TOKEN,
	PAYLOAD_MASTER,
	PAYLOAD_OPTIONS,
	PAYLOAD_PROGRAM,
	PAYLOAD_TEXT,
	PAYLOAD_DHCP_STOP,
	PAYLOAD_DHCP_START,
};

/* What stands between what is added, for example, and the interface that it is added to. */
enum step_joint { JOINT_NONE, JOINT_TO, JOINT_FROM, JOINT_ON, JOINT_OF };

/**
 * struct step_kind - everything about a kind of step, except how it is performed
 * @payload: its payload
 * @play: its effect on the simulated kernel; NULL for none
 * @print: prints the command that does the same
 *
 * A failure is reported as "cannot VERB [PAYLOAD JOINT] DEVICE".
 *
 * @verb, @joint: these words, without the language
 * @no_device: the verb and the payload are sufficient
 * @hint: instead of the command that does the same
 * @unsaid: precedes it if the kernel gave no reason
 * @says_all: the message of a failure needs no errno
 */
struct step_kind {
	enum step_payload payload;
	void (*play)(struct planner *p, struct plan_op *op, struct snap_link *link);
	void (*print)(const struct plan_op *op, struct strbuf *out);
	const char *verb;
	enum step_joint joint;
	bool no_device;
	const char *hint, *unsaid;
	bool says_all;
};

/*
 * The row of a kind; it is defined next to the functions of the kind, in a file
 * step-TOPIC.c.
 */
const struct step_kind *step_kind(enum plan_op_kind kind);

/* Replaces what a step borrows, besides its .dev, by copies in the plan's arena. */
void step_keep(struct planner *p, struct plan_op *op);
const char *step_keep_text(struct planner *p, const char *text);
const struct snap_addr *step_keep_addr(struct planner *p, const struct snap_addr *addr);
const struct route *step_keep_route(struct planner *p, const struct route *route);
const struct rule *step_keep_rule(struct planner *p, const struct rule *rule);

/* The protocol of the step; AF_UNSPEC for both, or neither. */
uint8_t step_family(const struct plan_op *op);

/* Appends " PAYLOAD JOINT DEVICE", as far as its kind has them. */
void step_add_object(const struct plan_op *op, struct strbuf *out);
