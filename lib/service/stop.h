/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/**
 * struct service_facts - the facts that matter when the service is stopped
 * @starts_next: the stop is half of a restart, or a start was requested meanwhile
 * @start_failed: this is the end of a start that failed, and nobody requested a stop
 * @shuts_down: the system is shutting down
 * @needs_network: / or /usr is a network file system
 * @down_on_shutdown: false if IFDOWN_ON_SHUTDOWN says so
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
	STOP_FOR_START, /* leave it to the start, which changes what needs changing */
	STOP_TOO_LATE,  /* leave it up until the system is down */
	STOP_REFUSED,   /* refused: the system would lose a file system it needs */
};

/* A pure function. */
enum service_stop service_decide_stop(const struct service_facts *facts);
