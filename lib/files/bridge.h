/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "lib/base/diag.h"

struct iface;
struct source;

/* The keys of a bridge, and of its ports. Return: 0, errors reported. */
int iface_read_bridge(const struct source *src, struct iface *iface);
int iface_read_bridge_port(const struct source *src, struct iface *iface);

/* Reports BRIDGING_OPTS in a file of neither. */
void bridge_judge_stray_options(const struct source *src, const struct iface *iface);

/* The minimum time until a bridge with STP forwards; @ms is the setting in the files. */
uint32_t bridge_wait_ms(const struct iface *bridge, uint32_t ms);
