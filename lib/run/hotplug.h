/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;

/*
 * Whether the run is to continue: for ifup --hotplug, whether the network service has
 * been started and no other run handles the card. Determines which cards have appeared. A
 * stage like those in run.h.
 */
int run_hotplug(struct run *run);
