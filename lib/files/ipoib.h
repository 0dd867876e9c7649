/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

struct iface;
struct ifcfg;
struct source;

/*
 * Whether the file is about InfiniBand: by its TYPE or, as with network-scripts, by the
 * name of its device, ib0.
 */
bool ipoib_is_infiniband(const struct ifcfg *file);

/* Whether the file describes a child interface: PKEY=yes. */
bool ipoib_is_meant(const struct ifcfg *file);

/*
 * The parent of a child: PHYSDEV, or the first part of its name.
 */
void ipoib_written_parent(const struct ifcfg *file, struct arena *arena,
			  const char **ret);

/*
 * CONNECTED_MODE, of a child or of a network card.
 */
void iface_read_ipoib_mode(const struct source *src, struct iface *iface);
/* Checks whether the driver would refuse the MTU: a large one requires connected mode. */
void ipoib_judge_mtu(struct diag *diag, const struct iface *iface, uint32_t mtu,
		     struct pos pos);
/* The other settings of a child. Return: as above. */
int iface_read_ipoib(const struct source *src, struct iface *iface);
