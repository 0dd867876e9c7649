/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/status.h"

/* What a figure is about: the host as a whole, an interface, a bond, or the port of one. */
enum metric_scope { METRIC_HOST, METRIC_INTERFACE, METRIC_BOND, METRIC_PORT };

/**
 * struct metric - a figure of the status, for programs that draw and compare such
 * @name: of Prometheus, without the prefix; counters end with _total
 * @help: what it is, in one line
 * @value: finds it. Return: whether there is one
 * @label: of Nagios, after the name of the interface; NULL: not there
 * @wanted: a lower value is a warning, and zero is critical; NULL: any is fine
 */
struct metric {
	const char *name, *help;
	enum metric_scope scope;
	bool is_counter;
	bool (*value)(const struct status *status, const struct status_link *link,
		      int64_t *ret);
	const char *label;
	bool (*wanted)(const struct status *status, const struct status_link *link,
		       int64_t *ret);
};

/* The last one has no name. */
extern const struct metric metrics[];

/* Whether the metric is one of this link, which is shown and a lasting one. */
bool metric_is_of(const struct metric *metric, const struct status_link *link);
