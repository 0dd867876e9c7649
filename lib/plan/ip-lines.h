/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/plan/planner.h"

/*
 * The ip(8) commands for the interface's .ip_lines, in order, with a NULL at the end; all
 * are NULL if ip(8) is not installed.
 */
const char *const **ip_lines_argv(struct planner *p, const struct iface *iface);

/*
 * The same, after reverting lines of earlier runs that are no longer in the files;
 * reports if ip(8) is missing.
 */
const char *const **up_prepare_ip_lines(struct planner *p, const struct iface *iface);

/* Runs ip(8) for a line, unless an earlier run did. */
void up_want_ip_line(struct planner *p, const struct iface *iface,
		     const struct want_ip_line *line, const char *const *argv,
		     size_t needs);

/* The same for the routes directly before the @place-th of the interface's own. */
void up_want_ip_routes(struct planner *p, const struct iface *iface,
		       const char *const *const *argvs, size_t place, size_t needs);

/* Whether an earlier run has run it; if so, reverts it. */
bool ip_line_was_run(const struct planner *p, const struct iface *iface,
		     const char *const *argv);
void ip_line_take_back(struct planner *p, const struct iface *iface,
		       const char *const *argv);
