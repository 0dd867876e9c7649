/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/source.h"

/* What a bond's file says of it, with the driver's defaults. Return: 0, told; -ENOMEM. */
int bond_read(const struct source *src, struct iface *iface);

/* The driver's defaults, in a bond's options. Return: the same. */
int bond_use_driver(struct loader *loader, struct iface *bond);

/* The driver's parameters, which the kernel's log judges. Return: 0, or -ENOMEM. */
int bond_read_driver(struct loader *loader, const char *parameters,
		     const struct option_values **ret);

/* Whether @key is the name of a bonding option, which belongs in BONDING_OPTS. */
bool bond_is_option(const char *key);

/* Whether an unknown key was meant to be BONDING_OPTS: BONDING_OPTIONS, BOND_MIIMON. */
bool bond_is_like_options(const char *key);

/*
 * Reports an option that is a key of its own: because the quotes of BONDING_OPTS are
 * missing, for one. A mode that is not in force for that is an error.
 */
void bond_judge_option(struct diag *diag, const struct shellvars *vars,
		       const struct shellvar *var);
