/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "lib/base/diag.h"
#include "lib/model/bridge-options.h"

struct iface;
struct source;

/* The keys of a bridge, and of a port of one. Return: 0, told; -ENOMEM. */
int iface_read_bridge(const struct source *src, struct iface *iface);
int iface_read_bridge_port(const struct source *src, struct iface *iface);

/* Tells of BRIDGING_OPTS in a file that describes neither. */
void bridge_judge_stray_options(const struct source *src, const struct iface *iface);

/* Until a bridge with STP can forward, at least; @ms is what the files say. */
uint32_t bridge_wait_ms(const struct iface *bridge, uint32_t ms);
