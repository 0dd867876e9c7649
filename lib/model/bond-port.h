/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/base/strbuf.h"
#include "lib/model/bond-options.h"

/* One for each row of bond_port_options[]. */
enum bond_port_option_id {
	PORT_OPT_QUEUE_ID,
	PORT_OPT_PRIO,
	PORT_OPT_ACTOR_PORT_PRIO,
	PORT_OPT_COUNT
};

/**
 * struct bond_port_option - all we know of one option that each port has for itself
 * @name: as in BONDING_OPTS, behind which PORT:NUMBER stands; also the word of ip(8)
 * @key: the same in the ifcfg file of the port, or NULL
 * @attr: IFLA_BOND_SLAVE_*
 * @wire: a negative number travels as the two's complement
 * @min, @max, @def: a number each; @def is what a port has when it joins
 * @modes: bit set of modes in which the driver accepts it; in these it is reported, too
 * @since: first kernel whose netlink takes it
 *
 * Spec: bond_slave_changelink() in Linux drivers/net/bonding/bond_netlink.c
 */
struct bond_port_option {
	const char *name;
	const char *key;
	uint16_t attr;
	enum bond_wire wire;
	int32_t min, max, def;
	unsigned int modes;
	const char *since;
};

/* Indexed by enum bond_port_option_id. */
extern const struct bond_port_option bond_port_options[PORT_OPT_COUNT];

/**
 * struct bond_port_value - what an option of a port is set to
 * @is_set: whether it was asked for (model) or is reported (snapshot)
 * @pos: who asked for it
 */
struct bond_port_value {
	bool is_set;
	struct pos pos;
	int32_t num;
};

/* A port's options, indexed by enum bond_port_option_id. */
struct bond_port_values {
	struct bond_port_value of[PORT_OPT_COUNT];
};

/* struct bond_port_wish - what BONDING_OPTS says of one port; it need not be one */
struct bond_port_wish {
	const char *port;
	enum bond_port_option_id id;
	struct bond_port_value value;
};

/* All of them, in their order. */
struct bond_port_wishes {
	struct bond_port_wish *list;
	size_t n, cap;
};

/* By name, case-sensitive; NULL when there is none. */
const struct bond_port_option *bond_port_option_find(const char *name);

/* Appends what values it takes: "0 to 65535". */
void bond_port_option_describe(const struct bond_port_option *option, struct strbuf *out);

/**
 * bond_port_value_load() - read one value
 * @port: whose it is, for messages
 * @diag: receives a warning when it is none
 * @ret: untouched when it is none
 */
void bond_port_value_load(const struct bond_port_option *option, const char *port,
			  const char *text, struct pos pos, struct diag *diag,
			  struct bond_port_value *ret);

/**
 * bond_port_wishes_load() - read the value of an option in BONDING_OPTS
 * @text: PORT:NUMBER, or several of them with commas between
 * @arena: owns what is added to @wishes
 * @diag: receives a warning for each that is left out
 *
 * Return: 0; -ENOMEM.
 */
int bond_port_wishes_load(const struct bond_port_option *option, const char *text,
			  struct pos pos, struct arena *arena, struct diag *diag,
			  struct bond_port_wishes *wishes);
