/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * hwaddr_fits() - whether the card of that name is the one that HWADDR means
 *
 * The burned-in address is compared; for the port of a bond, the address that it had
 * before. If the kernel does not report one, an address set by the files is accepted as
 * well.
 */
bool hwaddr_fits(const struct iface *iface, const struct snap_link *link);

/**
 * hwaddr_swapped_with() - the other port whose HWADDR the card has
 *
 * Cards that have exchanged names, for example after a firmware update, are all in the
 * same bond or bridge, whichever of DEVICE and HWADDR is right.
 *
 * Return: NULL if the card is the right one, or not that of another port.
 */
const struct iface *hwaddr_swapped_with(const struct planner *p, const struct iface *port,
					const struct snap_link *link);

/*
 * Whether a card may join the bond or bridge of @port. Reports a card that may not, and
 * one that has exchanged names with another port.
 */
bool hwaddr_fits_port(struct planner *p, enum diag_grade grade, const struct iface *port,
		      const struct snap_link *link);

/* Reports that it is a different card. */
void hwaddr_tell_misfit(struct planner *p, enum diag_grade grade,
			const struct iface *iface, const struct snap_link *link);

/* Adds a hint on where a missing card may be, or @otherwise. */
void hwaddr_hint_missing(struct planner *p, const struct iface *iface,
			 const char *otherwise);
