/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/step.h"

/* struct refused_ask - what it takes to ask the driver again; all borrowed */
struct refused_ask {
	struct rtnl *rtnl;
	struct diag *diag;
	struct snapshot *made; /* the plan's */
};

/**
 * refused_narrow() - remove the bonding option that the driver refused from a step
 * @step: failed; of a kind that sends options. Its .narrowed is made or changed
 *
 * There is a warning of it, and .made of the plan has it, so that no later plan asks for it.
 * The driver points at the attribute that it refuses. Whether it has a value that newer
 * drivers added to an option cannot be known before: distributions backport options to
 * older kernels.
 *
 * Return: whether there was one, and the step is worth repeating without it. The mode is
 * never removed: it decides what all other options mean. Source: bond_changelink(),
 * __bond_opt_set() in Linux drivers/net/bonding.
 */
bool refused_narrow(const struct refused_ask *ask, struct step *step);

/**
 * refused_ask_each() - do a step option by option, if the driver does not name what it refuses
 * @step: failed; nothing is done unless it sends options and the driver pointed at none.
 *        Its reply becomes that of the last request
 *
 * Before Linux 5.19, the driver refused a request without saying which attribute it was. A
 * bond is created down and with its mode alone, then gets its options in the driver's order,
 * and comes up at last. An option that is refused gets the same warning as elsewhere.
 *
 * Return: 0; a negative errno when the socket failed.
 * Source: bond_changelink() in Linux drivers/net/bonding/bond_netlink.c.
 */
int refused_ask_each(const struct refused_ask *ask, struct step *step);
