/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/step.h"

/**
 * refused_narrow() - leave out the bonding option that the driver refused
 * @step: failed; of a kind that sends options. Its .narrowed is made or changed
 * @diag: receives a warning
 * @ret_id: which option that is
 *
 * The driver points at the attribute that it refuses. A value that an option has only in
 * newer drivers cannot be known before: distributions carry options over to older kernels.
 *
 * Return: whether there was one, and the step is worth trying again without it. The mode
 * is never left out: it decides what all the others mean.
 * Source: bond_changelink(), __bond_opt_set() in Linux drivers/net/bonding.
 */
bool refused_narrow(struct step *step, struct diag *diag, enum bond_option_id *ret_id);
