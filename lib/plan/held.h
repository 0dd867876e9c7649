/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/**
 * held_judge() - whether NetworkManager manages an interface, or one that changes with it
 *
 * The latter are its ports, and the bond or bridge of which it is a port.
 *
 * Return: 0; -EBUSY (reported, with how to release it).
 */
int held_judge(struct planner *p, const struct iface *iface);

/*
 * The same for an interface that is to come up: the links below it may have to be set up,
 * too.
 */
int held_judge_up(struct planner *p, const struct iface *iface);
