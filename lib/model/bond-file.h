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

/* The hint that @value needs quotes; mode=1, miimon=100 becomes a list without commas. */
void bond_hint_quotes(struct diag *diag, const char *key, const char *value);

/*
 * Reports an option after BONDING_OPTS that has a quote of that at its end. Return: whether it
 * is one.
 */
bool bond_judge_open(struct diag *diag, const struct shellvars *vars,
		     const struct shellvar *var);

/*
 * Whether nothing that is in force says of a bond which mode it has: then a mode in a key that
 * has no effect was meant.
 */
bool bond_lacks_mode(struct loader *loader, const struct ifcfg *file);

/* Whether a key that has no effect says that the bond has another mode than the driver's. */
bool bond_is_mode(const struct shellvar *var);

/*
 * Reports an option that is a key of its own: because the quotes of BONDING_OPTS are
 * missing, for one. A mode that is not in force for that is an error.
 */
void bond_judge_option(struct diag *diag, enum diag_grade grade,
		       const struct shellvars *vars, const struct shellvar *var);
