/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A step without the bonding options that the driver refused. */
#include "lib/apply/refused.h"

#include <errno.h>
#include <net/if.h>
#include <stdlib.h>

#include "lib/apply/apply.h"
#include "lib/apply/message.h"

/* The options of a step, or NULL when it has none. */
static const struct bond_values *options_of(const struct plan_op *op)
{
	if (op->kind == OP_BOND_SET)
		return op->options;
	return op->kind == OP_LINK_ADD ? op->link->bond : NULL;
}

static bool find_option(const struct bond_values *options, uint16_t attr,
			enum bond_option_id *ret_id)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (id != BOND_OPT_MODE && options->of[id].is_set &&
		    bond_options[id].attr == attr) {
			*ret_id = id;
			return true;
		}
	return false;
}

/* A copy of the step that may be changed; the plan itself stays as it was made. */
static struct narrowed *narrow(struct step *step)
{
	struct narrowed *copy = step->narrowed;

	if (copy)
		return copy;
	copy = calloc(1, sizeof(*copy));
	if (!copy)
		return NULL;
	copy->op = *step->op;
	copy->options = *options_of(step->op);
	if (step->op->kind == OP_LINK_ADD) {
		copy->link = *step->op->link;
		copy->link.bond = &copy->options;
		copy->op.link = &copy->link;
	} else {
		copy->op.options = &copy->options;
	}
	step->narrowed = copy;
	step->op = &copy->op;
	return copy;
}

bool refused_narrow(struct step *step, struct diag *diag, enum bond_option_id *ret_id)
{
	const struct bond_values *options = options_of(step->op);
	struct narrowed *copy;

	if (!options || !step->reply.refused ||
	    !find_option(options, step->reply.refused, ret_id))
		return false;
	copy = narrow(step);
	if (!copy)
		return false;
	bond_value_tell_refused(&bond_options[*ret_id], &copy->options.of[*ret_id], diag);
	copy->options.of[*ret_id].is_set = false;
	return true;
}

static bool is_nameless(const struct step *step)
{
	return step->reply.error == -EINVAL && !step->reply.refused;
}

/* Sends another step in place of this one, whose answer becomes this one's. */
static int send_instead(const struct refused_ask *ask, struct step *step,
			const struct plan_op *op)
{
	rtnl_reply_release(&step->reply);
	return message_send(ask->rtnl, op, ask->have, &step->reply);
}

/* The bond, down and with no option but its mode. */
static int create_bare(const struct refused_ask *ask, struct step *step,
		       struct narrowed *copy)
{
	const struct bond_values all = copy->options;
	int r;

	copy->options = (struct bond_values){ 0 };
	copy->options.of[BOND_OPT_MODE] = all.of[BOND_OPT_MODE];
	copy->link.flags &= ~(unsigned int)IFF_UP;
	r = send_instead(ask, step, &copy->op);
	copy->options = all;
	return r;
}

/* In the driver's order, as in a request with all of them. */
static int set_option(const struct refused_ask *ask, struct step *step,
		      struct narrowed *copy, enum bond_option_id id)
{
	struct bond_values one = { 0 };
	struct plan_op op = { .kind = OP_BOND_SET,
			      .pos = copy->op.pos,
			      .dev = copy->op.dev,
			      .ifindex = copy->op.ifindex,
			      .options = &one };
	int r;

	one.of[id] = copy->options.of[id];
	r = send_instead(ask, step, &op);
	if (r < 0 || id == BOND_OPT_MODE || !is_nameless(step))
		return r;
	bond_value_tell_refused(&bond_options[id], &one.of[id], ask->diag);
	copy->options.of[id].is_set = false;
	if (ask->observer && ask->observer->refused)
		ask->observer->refused(&op, id, ask->observer->arg);
	step->reply.error = 0;
	return 0;
}

int refused_ask_each(const struct refused_ask *ask, struct step *step)
{
	const struct bond_values *options = options_of(step->op);
	const bool creates = step->op->kind == OP_LINK_ADD;
	const bool comes_up = creates && step->op->link->flags & IFF_UP;
	struct narrowed *copy;
	int r = 0;

	if (!options || !is_nameless(step))
		return 0;
	copy = narrow(step);
	if (!copy)
		return -ENOMEM;
	if (creates)
		r = create_bare(ask, step, copy);
	for (unsigned int id = 0; id < BOND_OPT_COUNT && r == 0 && !step->reply.error;
	     id++)
		if (copy->options.of[id].is_set && !(creates && id == BOND_OPT_MODE))
			r = set_option(ask, step, copy, id);
	if (r < 0 || step->reply.error || !comes_up)
		return r;
	copy->link.flags |= IFF_UP;
	return send_instead(ask, step,
			    &(struct plan_op){ .kind = OP_LINK_UP,
					       .dev = copy->op.dev,
					       .ifindex = copy->op.ifindex });
}
