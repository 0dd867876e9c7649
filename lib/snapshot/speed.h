/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/model/addr.h"

/* struct link_speed - @mbps: 0 when it is not known; @is_full_duplex: likewise false */
struct link_speed {
	uint32_t mbps;
	bool is_full_duplex;
};

/**
 * speed_of_link() - what a link runs at, as its driver tells
 *
 * It is no part of the snapshot, because only those who show it need it. Of links that are
 * down, or that know no speed, nothing is known.
 *
 * Source: dev_ioctl() and ethtool_get_settings() in Linux net/ethtool/ioctl.c.
 */
struct link_speed speed_of_link(const char *name);

/**
 * burned_in_mac() - the permanent address of a network card, as its driver tells
 *
 * For kernels before 5.6, which have it in no dump of links.
 *
 * Return: the address; one without a length where the driver knows none.
 * Source: ethtool_get_perm_addr() in Linux net/ethtool/ioctl.c.
 */
struct hwaddr burned_in_mac(const char *name);
