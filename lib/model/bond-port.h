/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/bond-options.h"

/* struct bond_port_wish - what BONDING_OPTS says of one port; it need not be one */
struct bond_port_wish {
	const char *port;
	size_t id;
	struct option_value value;
};

/* All of them, in their order. */
struct bond_port_wishes {
	struct bond_port_wish *list;
	size_t n, cap;
};

/**
 * bond_port_value_load() - read one value
 * @port: whose it is, for messages
 * @diag: receives a warning when it is none
 * @ret: untouched when it is none
 */
void bond_port_value_load(const struct option_row *option, const char *port,
			  const char *text, struct pos pos, struct diag *diag,
			  struct option_value *ret);

/**
 * bond_port_wishes_load() - read the value of an option in BONDING_OPTS
 * @text: PORT:NUMBER, or several of them with commas between
 * @arena: owns what is added to @wishes
 * @diag: receives a warning for each that is left out
 *
 * Return: 0; -ENOMEM.
 */
int bond_port_wishes_load(const struct option_row *option, const char *text,
			  struct pos pos, struct arena *arena, struct diag *diag,
			  struct bond_port_wishes *wishes);
