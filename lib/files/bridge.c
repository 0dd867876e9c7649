/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads files of bridges and of their ports. */
#include "lib/files/bridge.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"
#include "lib/model/option-load.h"

#define CENTISECONDS_PER_S 100
/* From this value on, a number can only mean 1/100 s. */
#define DELAY_CENTISECONDS  200
#define AGEING_CENTISECONDS 10000
/* network-scripts waited this much longer than the spanning tree needs. */
#define STP_MARGIN_MS      7000
#define MS_PER_CENTISECOND 10

/* ---- keys of the bridge ---- */

static void set_number(const struct source *src, const char *key, int64_t num,
		       struct option_value *value)
{
	*value = (struct option_value){
		.is_set = true,
		.pos = source_pos(src, key),
		.num = num,
	};
}

static void read_stp(const struct source *src, struct option_values *values)
{
	const char *text = source_value(src, "STP");

	if (text && (ifcfg_is_true(text) || ifcfg_is_false(text)))
		set_number(src, "STP", ifcfg_is_true(text),
			   &values->of[BRIDGE_OPT_STP_STATE]);
}

/*
 * The unit is seconds, as up to RHEL 7; newer network-scripts passed the number on as
 * 1/100 s, to which some files are adapted.
 */
static void read_bridge_seconds(const struct source *src, const char *key, uint32_t limit,
				enum bridge_option_id id, struct option_values *values)
{
	const char *text = source_value(src, key);
	struct option_value *value = &values->of[id];
	uint32_t num;

	if (!text)
		return;
	if (num_parse_u32(text, INT32_MAX, &num) < 0) {
		diag_warning(src->diag, source_pos(src, key),
			     "%s='%s' ignored: it is not a number of seconds", key, text);
		diag_hint(src->diag, "the default is %" PRId64,
			  bridge_table.rows[id].def / CENTISECONDS_PER_S);
		return;
	}
	if (num < limit) {
		set_number(src, key, (int64_t)num * CENTISECONDS_PER_S, value);
		return;
	}
	set_number(src, key, num, value);
	diag_warning(src->diag, value->pos,
		     "%s=%s is taken as 1/100 s: %" PRIu32 ".%02" PRIu32 " s", key, text,
		     num / CENTISECONDS_PER_S, num % CENTISECONDS_PER_S);
	diag_hint(src->diag, "%s is in seconds", key);
}

static void read_bridge_priority(const struct source *src, struct option_values *values)
{
	const struct option_row *option = &bridge_table.rows[BRIDGE_OPT_PRIORITY];
	const char *text = source_value(src, "PRIO"), *why;
	struct option_value *value = &values->of[BRIDGE_OPT_PRIORITY];

	if (!text)
		return;
	value->pos = source_pos(src, "PRIO");
	if (option_value_parse(&bridge_table, option, text, src->loader->arena, value,
			       &why) == 0)
		return;
	diag_warning(src->diag, value->pos,
		     "PRIO='%s' ignored: it is not the priority of a bridge", text);
	diag_hint(src->diag, "it is a number of %" PRId64 " to %" PRId64, option->min,
		  option->max);
}

static int read_bridging_opts(const struct source *src, struct option_values *values)
{
	const char *options = source_value(src, "BRIDGING_OPTS");
	int r = options ? options_load(options, source_pos(src, "BRIDGING_OPTS"),
				       src->loader->arena, src->diag, values, NULL)
			: 0;

	options_validate(values, src->diag);
	return r;
}

int iface_read_bridge(const struct source *src, struct iface *iface)
{
	struct option_values *values = iface->options;

	read_stp(src, values);
	read_bridge_seconds(src, "DELAY", DELAY_CENTISECONDS, BRIDGE_OPT_FORWARD_DELAY,
			    values);
	read_bridge_seconds(src, "AGEING", AGEING_CENTISECONDS, BRIDGE_OPT_AGEING_TIME,
			    values);
	read_bridge_priority(src, values);
	if (ifcfg_own_value(src->file, "BRIDGING_OPTS"))
		iface->options_pos = source_pos(src, "BRIDGING_OPTS");
	return read_bridging_opts(src, values);
}

uint32_t bridge_wait_ms(const struct iface *bridge, uint32_t ms)
{
	const struct option_value *stp = &bridge->options->of[BRIDGE_OPT_STP_STATE];
	const struct option_value *delay = &bridge->options->of[BRIDGE_OPT_FORWARD_DELAY];
	int64_t least = delay->is_set ? delay->num
				      : bridge_table.rows[BRIDGE_OPT_FORWARD_DELAY].def;

	least = 2 * least * MS_PER_CENTISECOND + STP_MARGIN_MS;
	return ms && stp->is_set && stp->num && (int64_t)ms < least ? (uint32_t)least
								    : ms;
}

/* ---- keys of a port ---- */

static struct pos bridge_pos(const struct source *src)
{
	return source_pos(src, ifcfg_own_value(src->file, "BRIDGE") ? "BRIDGE"
								    : "BRIDGE_UUID");
}

int iface_read_bridge_port(const struct source *src, struct iface *iface)
{
	iface->port_options = option_values_new(&bridge_port_table, src->loader->arena);
	iface->master_name = src->file->bridge;
	iface->master_pos = bridge_pos(src);
	iface_judge_port(src, iface->kind, ROLE_BRIDGE_PORT);
	/* In the file of a bridge that is a port, which is an error, they are its own. */
	return iface->kind == IFACE_BRIDGE ? 0
					   : read_bridging_opts(src, iface->port_options);
}

void bridge_judge_stray_options(const struct source *src, const struct iface *iface)
{
	if (iface->kind == IFACE_BRIDGE || iface_is_bridge_port(iface) ||
	    !ifcfg_own_value(src->file, "BRIDGING_OPTS"))
		return;
	diag_warning(
		src->diag, source_pos(src, "BRIDGING_OPTS"),
		"BRIDGING_OPTS has no effect: %s is neither a bridge nor the port of "
		"one",
		iface->name);
	diag_hint(src->diag, "TYPE=Bridge makes a bridge, and BRIDGE= a port");
}
