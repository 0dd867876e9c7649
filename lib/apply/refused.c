/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Repeats a step without the bonding options that the driver refused. */
#include "lib/apply/refused.h"

#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "lib/apply/message.h"
#include "lib/base/cleanup.h"
#include "lib/base/memory.h"

/* The options of a bond that a step sets, or NULL. */
static const struct option_values *bond_options_of(const struct plan_op *op)
{
	if (op->kind == OP_OPTIONS_SET)
		return op->options->table == &bond_table ? op->options : NULL;
	return op->kind == OP_LINK_ADD ? snap_bond(op->link) : NULL;
}

static bool find_refused(const struct option_values *options, uint16_t attr,
			 size_t *ret_id)
{
	for (size_t id = 0; id < BOND_OPT_COUNT; id++)
		if (id != BOND_OPT_MODE && options->of[id].is_set &&
		    bond_table.rows[id].attr == attr) {
			*ret_id = id;
			return true;
		}
	return false;
}

/* A copy of the step that may be changed; the plan itself stays unchanged. */
static struct narrowed *refused_copy(struct step *step)
{
	const size_t size = option_values_size(&bond_table);
	struct narrowed *copy = step->narrowed;

	if (copy)
		return copy;
	copy = memory_zeroed(1, offsetof(struct narrowed, options) + size);
	copy->op = *step->op;
	memcpy(&copy->options, bond_options_of(step->op), size);
	if (step->op->kind == OP_LINK_ADD) {
		copy->link = *step->op->link;
		copy->link.options = &copy->options;
		copy->op.link = &copy->link;
	} else {
		copy->op.options = &copy->options;
	}
	step->narrowed = copy;
	step->op = &copy->op;
	return copy;
}

/* A single option of @from; to be freed. */
static struct option_values *only(const struct option_values *from, size_t id)
{
	struct option_values *one = memory_zeroed(1, option_values_size(from->table));

	one->table = from->table;
	one->of[id] = from->of[id];
	return one;
}

/* The second plan must not ask for it again, and later runs need not. */
static void omit_refused(const struct refused_ask *ask, struct narrowed *copy, size_t id)
{
	struct option_value *value = &copy->options.of[id];
	struct snap_link *made = snapshot_link(ask->made, copy->op.dev);

	option_tell_refused(&bond_table, id, value, ask->diag);
	/* Without memory for it, it is only tried again. */
	if (made)
		(void)snapshot_set_refused(ask->made, made, id, value);
	value->is_set = false;
}

bool refused_narrow(const struct refused_ask *ask, struct step *step)
{
	const struct option_values *options = bond_options_of(step->op);
	struct narrowed *copy;
	size_t id;

	if (!options || !step->reply.refused ||
	    !find_refused(options, step->reply.refused, &id))
		return false;
	copy = refused_copy(step);
	omit_refused(ask, copy, id);
	return copy;
}

static bool is_nameless(const struct step *step)
{
	return step->reply.error == -EINVAL && !step->reply.refused;
}

/* Sends another step in place of this one and passes its answer on. */
static int send_instead(const struct refused_ask *ask, struct step *step,
			const struct plan_op *op)
{
	rtnl_reply_release(&step->reply);
	return message_send(ask->rtnl, op, &step->reply);
}

/* Creates the bond, down and with no option but its mode. */
static int create_bare(const struct refused_ask *ask, struct step *step,
		       struct narrowed *copy)
{
	_cleanup_free_ struct option_values *mode = only(&copy->options, BOND_OPT_MODE);
	int r;

	copy->link.options = mode;
	copy->link.flags &= ~(unsigned int)IFF_UP;
	r = send_instead(ask, step, &copy->op);
	copy->link.options = &copy->options;
	return r;
}

/* In the driver's order, as in a request with all of them. */
static int refused_set_one(const struct refused_ask *ask, struct step *step,
			   struct narrowed *copy, size_t id)
{
	_cleanup_free_ struct option_values *one = only(&copy->options, id);
	struct plan_op op = { .kind = OP_OPTIONS_SET,
			      .pos = copy->op.pos,
			      .dev = copy->op.dev,
			      .ifindex = copy->op.ifindex,
			      .options = one };
	int r;

	r = send_instead(ask, step, &op);
	if (r < 0 || id == BOND_OPT_MODE || !is_nameless(step))
		return r;
	omit_refused(ask, copy, id);
	step->reply.error = 0;
	return 0;
}

int refused_ask_each(const struct refused_ask *ask, struct step *step)
{
	const struct option_values *options = bond_options_of(step->op);
	const bool creates = step->op->kind == OP_LINK_ADD;
	const bool comes_up = creates && step->op->link->flags & IFF_UP;
	struct narrowed *copy;
	int r = 0;

	if (!options || !is_nameless(step))
		return 0;
	copy = refused_copy(step);
	if (creates)
		r = create_bare(ask, step, copy);
	for (size_t id = 0; id < BOND_OPT_COUNT && r == 0 && !step->reply.error; id++)
		if (copy->options.of[id].is_set && !(creates && id == BOND_OPT_MODE))
			r = refused_set_one(ask, step, copy, id);
	if (r < 0 || step->reply.error || !comes_up)
		return r;
	copy->link.flags |= IFF_UP;
	return send_instead(ask, step,
			    &(struct plan_op){ .kind = OP_LINK_UP,
					       .dev = copy->op.dev,
					       .ifindex = copy->op.ifindex });
}
