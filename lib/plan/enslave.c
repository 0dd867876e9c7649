/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports that join or leave a bond by hand, and its active port: the plans of ifenslave(8). */
#include "lib/plan/dns.h"
#include "lib/plan/held.h"
#include "lib/plan/lost.h"
#include "lib/plan/options.h"
#include "lib/plan/up.h"

/* Of an interface that NetworkManager manages, which is reported, nothing is changed. */
static int plan_by_hand(const struct model *want, const struct snapshot *have,
			const struct snapshot *made, struct diag *diag,
			void (*add)(struct planner *p, const struct iface *iface),
			struct plan **ret_plan)
{
	struct planner p;
	int r = 0;

	planner_start(&p, want, have, made, diag);
	for (size_t i = 0; i < want->n_order && r == 0; i++) {
		planner_begin(&p, want->order[i]);
		r = held_judge(&p, want->order[i]);
		if (r == 0)
			add(&p, want->order[i]);
	}
	/* A card that joins may have brought name servers. */
	if (r == 0)
		dns_finish(&p, want);
	if (r == 0)
		lost_note(&p, want);
	return planner_finish(&p, r, ret_plan);
}

int plan_enslave(const struct model *want, const struct snapshot *have,
		 const struct snapshot *made, struct diag *diag, struct plan **ret_plan)
{
	return plan_by_hand(want, have, made, diag, up_join_by_hand, ret_plan);
}

int plan_detach(const struct model *want, const struct snapshot *have,
		const struct snapshot *made, struct diag *diag, struct plan **ret_plan)
{
	return plan_by_hand(want, have, made, diag, up_leave_by_hand, ret_plan);
}

static void change_active(struct planner *p, const struct iface *bond)
{
	const struct option_value *wanted = &bond->options->of[BOND_OPT_ACTIVE_SLAVE];
	const struct snap_link *link = planner_link(p, bond->name);

	if (!option_value_equal(&bond_table.rows[BOND_OPT_ACTIVE_SLAVE], wanted,
				&snap_bond(link)->of[BOND_OPT_ACTIVE_SLAVE]))
		options_set(p, bond->pos, link, bond->options, PLAN_NO_OP);
}

int plan_change_active(const struct model *want, const struct snapshot *have,
		       const struct snapshot *made, struct diag *diag,
		       struct plan **ret_plan)
{
	return plan_by_hand(want, have, made, diag, change_active, ret_plan);
}
