/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The status as a plugin of Nagios, Icinga and their like prints it: a verdict and figures on
 * the first line, all problems below it.
 * Spec: https://nagios-plugins.org/doc/guidelines.html
 */
#include <inttypes.h>
#include <string.h>

#include "lib/ctl/status-metrics.h"

/* A bar begins the figures, wherever it stands. In a label, = and ' end it. */
static void put_escaped(struct strbuf *out, const char *text, const char *special)
{
	_cleanup_strbuf_ struct strbuf visible = STRBUF_EMPTY;

	strbuf_add_visible(&visible, text);
	for (const char *c = strbuf_text(&visible); *c; c++)
		if (strchr(special, *c))
			strbuf_addf(out, "\\x%02x", (unsigned char)*c);
		else
			strbuf_addc(out, *c);
}

static void put_text(struct strbuf *out, const char *text)
{
	put_escaped(out, text, "|");
}

static void put_nagios_problem(struct strbuf *out, const struct status_link *link,
			       const char *problem)
{
	put_text(out, link->name);
	strbuf_add(out, ": ");
	put_text(out, problem);
}

/* ---- the first line ---- */

static void put_good(const struct status *status, struct strbuf *out)
{
	const struct status_link *one = NULL;
	size_t n = 0;

	for (size_t i = 0; i < status->n; i++) {
		if (!status->links[i]->counts)
			continue;
		one = status->links[i];
		n++;
	}
	if (n != 1) {
		strbuf_addf(out, "%zu interfaces are good", n);
		return;
	}
	put_text(out, one->name);
	strbuf_add(out, " is good");
}

static void put_reason(const struct status *status, struct strbuf *out)
{
	const struct status_link *worst = status_worst(status);

	if (worst)
		put_nagios_problem(out, worst, worst->problems[0]);
	else if (status->error)
		put_text(out, status->error);
}

/* ---- figures ---- */

static void put_figure(const struct status *status, const struct metric *metric,
		       const struct status_link *link, int64_t value, struct strbuf *out)
{
	int64_t wanted;

	strbuf_add(out, " '");
	put_escaped(out, link->name, "|'=");
	strbuf_addf(out, "_%s'=%" PRId64 "%s;", metric->label, value,
		    metric->is_counter ? "c" : "");
	if (metric->wanted && metric->wanted(status, link, &wanted))
		strbuf_addf(out, "%" PRId64 ":;1:;0", wanted);
	else
		strbuf_add(out, ";;0");
}

static void put_figures(const struct status *status, struct strbuf *out)
{
	bool any = false;
	int64_t value;

	for (size_t i = 0; i < status->n; i++) {
		const struct status_link *link = status->links[i];

		for (const struct metric *metric = metrics; metric->name; metric++) {
			if (!metric->label || !metric_is_of(metric, link) ||
			    !metric->value(status, link, &value))
				continue;
			strbuf_add(out, any ? "" : " |");
			any = true;
			put_figure(status, metric, link, value, out);
		}
	}
}

void status_print_nagios(const struct status *status, struct strbuf *out)
{
	static const char *const words[] = {
		[HEALTH_GOOD] = "OK",
		[HEALTH_DEGRADED] = "WARNING",
		[HEALTH_DOWN] = "CRITICAL",
		[HEALTH_UNKNOWN] = "UNKNOWN",
	};

	strbuf_addf(out, "NETWORK %s: ", words[status->health]);
	if (status->health == HEALTH_GOOD)
		put_good(status, out);
	else
		put_reason(status, out);
	put_figures(status, out);
	strbuf_addc(out, '\n');
	for (size_t i = 0; i < status->n; i++) {
		const struct status_link *link = status->links[i];

		for (size_t k = 0; link->is_shown && k < link->n_problems; k++) {
			put_nagios_problem(out, link, link->problems[k]);
			strbuf_addc(out, '\n');
		}
	}
}
