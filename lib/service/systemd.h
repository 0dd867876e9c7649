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
 * struct systemd_facts - what systemd reports about a process that it has started
 * @job: the job of its unit
 * @shuts_down: the system is shutting down
 * @needs_remote: remote-fs.target requires the mount of / or /usr
 */
struct systemd_facts {
	enum systemd_job job;
	bool shuts_down;
	bool needs_remote;
};

/* Whether systemd is the first process of this system. */
bool systemd_is_there(void);

/**
 * systemd_ask() - ask systemd about a process
 *
 * While a unit stops, its job is "stop", or "restart" (for restart, try-restart and
 * reload-or-restart). A start that is requested meanwhile replaces a stop by a "start",
 * and a stop replaces a restart. Shutdown and isolate are a "stop" as well.
 *
 * Return: 0; -ENOENT without libsystemd; or the error of asking. Spec:
 * org.freedesktop.systemd1(5).
 */
int systemd_ask(pid_t pid, struct systemd_facts *ret);
