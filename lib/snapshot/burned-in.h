/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/addr.h"

/**
 * burned_in_mac() - the permanent address of a network card, as its driver reports it
 *
 * For kernels before 5.6, which have it in no dump of links.
 *
 * Return: the address; one without a length where the driver knows none.
 * Source: ethtool_get_perm_addr() in Linux net/ethtool/ioctl.c.
 */
struct hwaddr burned_in_mac(const char *name);
