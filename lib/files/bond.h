/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/source.h"

/*
 * Reads the bond's settings in its file, with the driver's defaults. Return: 0, errors
 * reported.
 */
int bond_read(const struct source *src, struct iface *iface);

/* Adds the driver's defaults to a bond's options. Return: the same. */
int bond_use_driver(struct loader *loader, struct iface *bond);

/*
 * Reads the driver's parameters, whose errors are in the kernel's log.
 */
int bond_read_driver(struct loader *loader, const char *parameters,
		     const struct option_values **ret);

/* Whether @key is the name of a bonding option, which belongs in BONDING_OPTS. */
bool bond_is_option(const char *key);

/* Whether an unknown key was meant to be BONDING_OPTS: BONDING_OPTIONS, BOND_MIIMON. */
bool bond_is_like_options(const char *key);

/* The hint that @value needs quotes; mode=1, miimon=100 becomes a list without commas. */
void bond_hint_quotes(struct diag *diag, const char *key, const char *value);

/*
 * Reports an option after BONDING_OPTS that ends with the closing quote of its value.
 * Return: whether it is one.
 */
bool bond_judge_open(struct diag *diag, const struct shellvars *vars,
		     const struct shellvar *var);

/*
 * Whether no setting in force gives the bond's mode: then a mode in a key without effect
 * was meant.
 */
bool bond_lacks_mode(struct loader *loader, const struct ifcfg *file);

/* Whether a key without effect gives the bond a mode other than the driver's. */
bool bond_is_mode(const struct shellvar *var);

/*
 * Reports an option that is a key of its own, for example because the quotes of
 * BONDING_OPTS are missing. If the mode is lost in this way, that is an error.
 */
void bond_judge_option(struct diag *diag, enum diag_grade grade,
		       const struct shellvars *vars, const struct shellvar *var);
