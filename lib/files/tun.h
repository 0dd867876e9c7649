/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct iface;
struct ifcfg;
struct source;

/* Whether the file describes one: TYPE=Tap. */
bool tun_is_meant(const struct ifcfg *file);

/*
 * OWNER and GROUP; the name decides between tap and tun. Return: 0, errors reported.
 */
int iface_read_tun(const struct source *src, struct iface *iface);
