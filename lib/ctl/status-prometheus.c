/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The status in the text format of Prometheus, for the textfile collector of node_exporter.
 * Spec: https://prometheus.io/docs/instrumenting/exposition_formats/
 */
#include <inttypes.h>

#include "lib/ctl/status-metrics.h"

#define PREFIX "ifcfg_bond_"

static void put_metric_head(struct strbuf *out, const char *name, const char *help,
			    const char *type)
{
	strbuf_addf(out, "# HELP " PREFIX "%s %s\n", name, help);
	strbuf_addf(out, "# TYPE " PREFIX "%s %s\n", name, type);
}

/* A value of a label. What is not UTF-8 is spelled out, as everywhere. */
static void put_label(struct strbuf *out, const char *before, const char *name,
		      const char *value)
{
	_cleanup_strbuf_ struct strbuf visible = STRBUF_EMPTY;

	strbuf_add_visible(&visible, value);
	strbuf_addf(out, "%s%s=\"", before, name);
	for (const char *c = strbuf_text(&visible); *c; c++) {
		if (*c == '"' || *c == '\\')
			strbuf_addc(out, '\\');
		strbuf_addc(out, *c);
	}
	strbuf_addc(out, '"');
}

static void put_labels(struct strbuf *out, enum metric_scope scope,
		       const struct status_link *link)
{
	switch (scope) {
	case METRIC_HOST:
		break;
	case METRIC_INTERFACE:
		put_label(out, "{", "interface", link->name);
		put_label(out, ",", "kind", status_kind(link));
		strbuf_addc(out, '}');
		break;
	case METRIC_BOND:
		put_label(out, "{", "bond", link->name);
		strbuf_addc(out, '}');
		break;
	case METRIC_PORT:
		put_label(out, "{", "bond", link->master->name);
		put_label(out, ",", "port", link->name);
		strbuf_addc(out, '}');
		break;
	}
}

/* @link: NULL for the host */
static void put_series(struct strbuf *out, const struct metric *metric,
		       const struct status_link *link, int64_t value)
{
	strbuf_addf(out, PREFIX "%s", metric->name);
	if (link)
		put_labels(out, metric->scope, link);
	strbuf_addf(out, " %" PRId64 "\n", value);
}

/* Its heading comes before the first series; without one, there is none. */
static void put_metric(const struct status *status, const struct metric *metric,
		       struct strbuf *out)
{
	bool any = false;
	int64_t value;

	for (size_t i = 0; i < status->n; i++) {
		const struct status_link *link = status->links[i];

		if (!metric_is_of(metric, link) || !metric->value(status, link, &value))
			continue;
		if (!any)
			put_metric_head(out, metric->name, metric->help,
					metric->is_counter ? "counter" : "gauge");
		any = true;
		put_series(out, metric, link, value);
	}
	if (metric->scope != METRIC_HOST || !metric->value(status, NULL, &value))
		return;
	put_metric_head(out, metric->name, metric->help, "gauge");
	put_series(out, metric, NULL, value);
}

static void put_bonds(const struct status *status, struct strbuf *out)
{
	static const struct metric bond = { .scope = METRIC_BOND };
	bool any = false;

	for (size_t i = 0; i < status->n; i++) {
		const struct status_link *link = status->links[i];
		const char *primary;

		if (!metric_is_of(&bond, link))
			continue;
		if (!any)
			put_metric_head(out, "info", "Mode and primary port of the bond.",
					"gauge");
		any = true;
		primary = status_port_name(link->link, BOND_OPT_PRIMARY);
		put_label(out, PREFIX "info{", "bond", link->name);
		put_label(out, ",", "mode",
			  bond_mode_name(bond_values_mode(snap_bond(link->link))));
		put_label(out, ",", "primary", primary ? primary : "");
		strbuf_add(out, "} 1\n");
	}
}

void status_print_prometheus(const struct status *status, struct strbuf *out)
{
	put_bonds(status, out);
	for (const struct metric *metric = metrics; metric->name; metric++)
		put_metric(status, metric, out);
}
