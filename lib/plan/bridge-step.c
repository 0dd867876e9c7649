/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In which steps the options of a bridge can be changed. */
#include "lib/plan/bridge-step.h"

size_t bridge_split(const struct bridge_value *values, struct arena *arena,
		    const struct bridge_value *ret[static BRIDGE_PARTS])
{
	const struct bridge_value *stp = &values[BRIDGE_OPT_STP_STATE];
	struct bridge_value *first, *rest;

	ret[0] = values;
	if (!stp->is_set || stp->num || !values[BRIDGE_OPT_FORWARD_DELAY].is_set)
		return 1;
	first = bridge_values_new(&bridge_table, arena);
	rest = bridge_values_copy(&bridge_table, values, arena);
	if (!first || !rest)
		return 0;
	first[BRIDGE_OPT_STP_STATE] = *stp;
	rest[BRIDGE_OPT_STP_STATE].is_set = false;
	ret[0] = first;
	ret[1] = rest;
	return 2;
}
