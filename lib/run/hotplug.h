/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

struct run;

/*
 * Whether the run is to go on: of ifup --hotplug, whether the network service has been started
 * and no other run sees to the card. Sets which cards have appeared. A stage as those in run.h.
 */
int run_hotplug(struct run *run);
