/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/plan.h"

struct planner;

/* What a step carries, which is to say, which member of its union. */
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
 * struct step_kind - all there is to know of a kind of step, but for how it is done
 * @payload: what it carries
 * @play: its effect on the simulated kernel; NULL for none
 * @print: the command that does the same
 *
 * When it fails, that is told as "cannot VERB [PAYLOAD JOINT] DEVICE".
 *
 * @verb, @joint: these words, without the language
 * @no_device: the verb, with the payload, says it all
 * @hint: instead of the command that does the same
 * @unsaid: in front of that, when the kernel gave no reason
 * @says_all: what is said when it fails has no need of an errno
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

/* The row of a kind; it is where the functions of that kind are, in a file step-TOPIC.c. */
const struct step_kind *step_kind(enum plan_op_kind kind);

/* Replaces what a step borrows, besides its .dev, by copies in the plan's arena. */
void step_keep(struct planner *p, struct plan_op *op);
const char *step_keep_text(struct planner *p, const char *text);
const struct snap_addr *step_keep_addr(struct planner *p, const struct snap_addr *addr);
const struct route *step_keep_route(struct planner *p, const struct route *route);
const struct rule *step_keep_rule(struct planner *p, const struct rule *rule);

/* Which of the two protocols the step is about; AF_UNSPEC for both, or neither. */
uint8_t step_family(const struct plan_op *op);

/* Appends " PAYLOAD JOINT DEVICE", as far as its kind has them. */
void step_add_object(const struct plan_op *op, struct strbuf *out);
