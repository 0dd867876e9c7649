/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/bridge-options.h"

#define BRIDGE_PARTS 2

/**
 * bridge_split() - a change of a bridge's options, as the driver takes it
 * @values: what is to be set
 * @arena: owns the parts that are not @values itself
 * @ret: the changes to be made one behind the other
 *
 * It judges a forward delay by STP as it was before the change. So STP goes off first.
 *
 * Return: how many there are; 0 when memory is short.
 */
size_t bridge_split(const struct bridge_value *values, struct arena *arena,
		    const struct bridge_value *ret[static BRIDGE_PARTS]);
