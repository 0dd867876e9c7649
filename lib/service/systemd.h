/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* What systemd is doing with a unit. */
enum systemd_job {
	SYSTEMD_JOB_NONE,
	SYSTEMD_JOB_STOP,
	SYSTEMD_JOB_OTHER, /* start, restart, reload … */
};

/**
 * struct systemd_facts - what systemd tells of a process that it has started
 * @job: that of its unit
 * @shuts_down: the system is being shut down
 * @needs_remote: / or /usr is a mount that remote-fs.target requires
 */
struct systemd_facts {
	enum systemd_job job;
	bool shuts_down;
	bool needs_remote;
};

/* Whether systemd is this system's first process. */
bool systemd_is_there(void);

/**
 * systemd_ask() - ask systemd about a process
 *
 * While a unit stops, its job is "stop", or "restart" (of restart, try-restart and
 * reload-or-restart). A start that arrives meanwhile replaces a stop by a "start", and a
 * stop replaces a restart. A shutdown and isolating are "stop", too.
 *
 * Return: 0; -ENOENT without libsystemd; or what asking came to.
 * Spec: org.freedesktop.systemd1(5).
 */
int systemd_ask(pid_t pid, struct systemd_facts *ret);
