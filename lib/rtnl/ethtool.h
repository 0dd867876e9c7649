/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* struct link_speed - @mbps: 0 when it is not known; without a known duplex, neither is set */
struct link_speed {
	uint32_t mbps;
	bool is_full_duplex, is_half_duplex;
};

/**
 * ethtool_ask() - ask a driver by the ioctl that every kernel and network namespace has
 * @command: one of ethtool's structs, which the answer goes to
 *
 * Return: 0, or -1.
 * Source: dev_ioctl() in Linux net/ethtool/ioctl.c.
 */
int ethtool_ask(const char *name, void *command);

/**
 * ethtool_speed() - what a link runs at, as its driver reports
 *
 * It is not part of the snapshot, because only those who show it need it. Of links that are
 * down, or that know no speed, nothing is known.
 *
 * Source: ethtool_get_settings() in Linux net/ethtool/ioctl.c.
 */
struct link_speed ethtool_speed(const char *name);

/* Return: "full" or "half", or NULL when it is not known. */
const char *link_speed_duplex(const struct link_speed *speed);

/**
 * link_speed_flaw() - why LACP cannot use a port that has a carrier
 *
 * Return: what is wrong ("runs at half duplex"), or NULL.
 * Source: bond_update_speed_duplex() in Linux bond_main.c, ad_port_selection_logic() and
 * bond_3ad_bind_slave() in bond_3ad.c.
 */
const char *link_speed_flaw(const struct link_speed *speed);

/* What to do about it. */
#define LINK_SPEED_HINT                                                             \
	"let the card and the switch port negotiate full duplex, or set it in the " \
	"port's file: ETHTOOL_OPTS=\"speed 1000 duplex full\""
