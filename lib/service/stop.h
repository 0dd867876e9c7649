/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/**
 * struct service_facts - what matters when the service is told to stop
 * @starts_next: the stop is half of a restart, or a start has come in between
 * @start_failed: it is the end of a start that failed, and nobody has said stop
 * @shuts_down: the machine is going down
 * @needs_network: / or /usr comes over the network
 * @down_on_shutdown: false when IFDOWN_ON_SHUTDOWN says so
 */
struct service_facts {
	bool starts_next;
	bool start_failed;
	bool shuts_down;
	bool needs_network;
	bool down_on_shutdown;
};

enum service_stop {
	STOP_DOWN,      /* take everything down */
	STOP_NOT_MEANT, /* leave up what has come up */
	STOP_FOR_START, /* leave it to the start, which changes what has to be changed */
	STOP_TOO_LATE,  /* leave it up: the machine goes down with it */
	STOP_REFUSED,   /* the system would lose what it stands on */
};

/* Pure. */
enum service_stop service_decide_stop(const struct service_facts *facts);
