/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/loader.h"

/* Reports assignments that are not in force, and keys without effect. */
void iface_judge_vars(struct diag *diag, const struct shellvars *vars);

/* Reports an alias whose interface has no file: usually, this file was meant for it. */
void alias_tell_no_parent(struct diag *diag, const struct ifcfg *file,
			  const char *parent);

/* The same for a file, with its errors. */
void iface_judge_keys(struct loader *loader, const struct ifcfg *file);

/* The same for a file whose keys are for a helper: errors only. */
void iface_judge_syntax(struct loader *loader, const struct ifcfg *file);

/* Reports assignments that are not in force, and shell code. */
void iface_judge_flaws(struct diag *diag, const struct shellvars *vars);

/*
 * Whether a function in the file declares the link always up, as on hypervisors: DHCP
 * then does not wait for the carrier.
 */
bool iface_skips_carrier_test(const struct shellvars *vars);

/* Ignores, with a warning, settings that can be checked only with the ports known. */
void iface_validate(struct loader *loader, struct iface *iface);

/*
 * Reports networks, and addresses, that an interface of the model shares with another one
 * that comes up at boot.
 */
void load_judge_overlaps(const struct loader *loader);

/*
 * Checks the routes of the model's interfaces against others: the same route, the network
 * to which one leads, or which contains its router.
 */
int load_judge_routes(struct loader *loader);
