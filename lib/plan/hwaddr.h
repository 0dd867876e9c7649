/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * hwaddr_fits() - whether the card that has the name is the one that HWADDR means
 *
 * What counts is the burned-in address, of the port of a bond the one that it had before.
 * Where the kernel tells none, an address that the files have set is as good.
 */
bool hwaddr_fits(const struct iface *iface, const struct snap_link *link);

/**
 * hwaddr_swapped_with() - the other port whose HWADDR the card has
 *
 * Cards that have changed names, after an update of the firmware for one, are all in the
 * same bond or bridge, whichever of DEVICE and HWADDR is right.
 *
 * Return: NULL when the card is the one that is meant, or no port's.
 */
const struct iface *hwaddr_swapped_with(const struct planner *p, const struct iface *port,
					const struct snap_link *link);

/*
 * Whether a card may join the bond or bridge that @port is a port of. Reports one that may
 * not, and one that has changed names with another port.
 */
bool hwaddr_fits_port(struct planner *p, enum diag_grade grade, const struct iface *port,
		      const struct snap_link *link);

/* Tells that it is another one. */
void hwaddr_tell_misfit(struct planner *p, enum diag_grade grade,
			const struct iface *iface, const struct snap_link *link);

/* A hint where a card that is missing may be, or @otherwise. */
void hwaddr_hint_missing(struct planner *p, const struct iface *iface,
			 const char *otherwise);
