/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/bond-options.h"

/*
 * struct bond_port_wish - an option in BONDING_OPTS for one device, which may not be a
 * port
 */
struct bond_port_wish {
	const char *port;
	size_t id;
	struct option_value value;
};

/* All of them, in order. */
struct bond_port_wishes {
	struct bond_port_wish *list;
	size_t n, cap;
};

/**
 * bond_port_value_load() - parse one value
 * @port: the port, for messages
 * @diag: receives a warning if it is invalid
 * @ret: untouched if it is invalid
 */
void bond_port_value_load(const struct option_row *option, const char *port,
			  const char *text, struct pos pos, struct diag *diag,
			  struct option_value *ret);

/**
 * bond_port_wishes_load() - parse the value of an option in BONDING_OPTS
 * @text: PORT:NUMBER, or several of them separated by commas
 * @arena: owns what is added to @wishes
 * @diag: receives a warning for each one that is ignored
 */
void bond_port_wishes_load(const struct option_row *option, const char *text,
			   struct pos pos, struct arena *arena, struct diag *diag,
			   struct bond_port_wishes *wishes);
