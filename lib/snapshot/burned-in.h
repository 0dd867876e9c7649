/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/addr.h"

/**
 * burned_in_mac() - the permanent address of a network card, as its driver reports it
 *
 * For kernels before 5.6, whose link dumps do not contain it.
 *
 * Return: the address; one of length 0 if the driver does not know it. Source:
 * ethtool_get_perm_addr() in Linux net/ethtool/ioctl.c.
 */
struct hwaddr burned_in_mac(const char *name);
