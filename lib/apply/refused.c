/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A step without the bonding option that the driver refused. */
#include "lib/apply/refused.h"

#include <stdlib.h>

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

static void tell(const struct bond_option *option, const struct bond_value *value,
		 struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	bond_value_format(option, value, &text);
	diag_warning(diag, value->pos,
		     "%s=%s left out: this kernel's bonding driver refuses it",
		     option->name, strbuf_text(&text));
	diag_hint(diag, "remove it, or use a newer kernel");
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
	tell(&bond_options[*ret_id], &copy->options.of[*ret_id], diag);
	copy->options.of[*ret_id].is_set = false;
	return true;
}
