/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct run;
struct service;

/*
 * Whether the run is to continue: for ifup --service, whether there is to be a network;
 * for ifdown -a, whether it may go down, and with --service, whether that is intended. A
 * stage like those in run.h.
 */
int run_service(struct run *run);

/*
 * With --service, the steps after all are up or down: wait, and mark it by the lock file.
 */
void run_settle(struct run *run);

/* Whether the network service has been started, and not stopped since. */
bool service_has_started(void);

void service_free(struct service *service);
