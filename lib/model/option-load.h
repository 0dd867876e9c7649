/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/bond-port.h"
#include "lib/model/bridge-options.h"

/**
 * options_load() - convert BONDING_OPTS or BRIDGING_OPTS to values
 * @text: the key's value, words of the form `option=value`; @pos: its position
 * @arena: owns what @values and @wishes point to
 * @diag: warnings about what is ignored (unknown option, bad value, an option given
 *        twice, module parameters), each with a hint; an error if the only mode of a bond
 *        cannot be understood
 * @values: as set by other keys; duplicates of these are reported. A bond's mode is not
 *          checked against its options here
 * @wishes: of a bond, options of single ports; else NULL
 *
 * Spec: install_bonding_driver() in network-scripts' network-functions; ifup-eth, where
 * units are those of the driver's files in sysfs.
 */
int options_load(const char *text, struct pos pos, struct arena *arena, struct diag *diag,
		 struct option_values *values, struct bond_port_wishes *wishes);

/**
 * options_validate() - remove what the driver would refuse in combination with the rest
 * @values: changed in place, each change with a warning that has a hint; untouched if they
 *          are wrong
 *
 * Walks option_rules[]: options foreign to a bond's mode, options that exclude or need one
 * another, delays that are not a multiple of miimon.
 */
void options_validate(struct option_values *values, struct diag *diag);
