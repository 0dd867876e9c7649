/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/language.h"

/* struct link_speed - @mbps: 0 if unknown; without a known duplex, neither is set */
struct link_speed {
	uint32_t mbps;
	bool is_full_duplex, is_half_duplex;
};

/**
 * ethtool_ask() - query a driver by the ioctl that every kernel and network namespace has
 * @command: one of ethtool's structs, which receives the answer
 *
 * Return: 0, or -1. Source: dev_ioctl() in Linux net/ethtool/ioctl.c.
 */
int ethtool_ask(const char *name, void *command);

/**
 * ethtool_speed() - the speed and duplex of a link, as its driver reports them
 *
 * It is not part of the snapshot, because only displays need it. It is unknown for links
 * that are down or have no speed.
 *
 * Source: ethtool_get_settings() in Linux net/ethtool/ioctl.c.
 */
struct link_speed ethtool_speed(const char *name);

/* Return: "full" or "half", or NULL if unknown. */
const char *link_speed_duplex(const struct link_speed *speed);

/**
 * link_speed_flaw() - why LACP cannot use a port that has a carrier
 *
 * Return: the reason ("runs at half duplex"), or NULL. Source: bond_update_speed_duplex()
 * in Linux bond_main.c, ad_port_selection_logic() and bond_3ad_bind_slave() in
 * bond_3ad.c.
 */
const char *link_speed_flaw(const struct link_speed *speed);

/* How to fix it. */
#define LINK_SPEED_HINT                                                                \
	N_("let the card and the switch port negotiate full duplex, or set it in the " \
	   "port's file: ETHTOOL_OPTS=\"speed 1000 duplex full\"")
