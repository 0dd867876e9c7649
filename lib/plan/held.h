/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * held_judge() - whether NetworkManager holds an interface, or what changes with it
 *
 * These are its ports, and the bond or bridge that it is a port of.
 *
 * Return: 0; -EBUSY (told, with how to have it released).
 */
int held_judge(struct planner *p, const struct iface *iface);

/* The same for what is to come up: what it stands on may have to be set up, too. */
int held_judge_up(struct planner *p, const struct iface *iface);
