/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BRIDGING_OPTS to values, and what the driver would make of them together. */
#include "lib/model/bridge-options.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/num.h"
#include "lib/base/typo.h"
#include "parsers/bonding-opts.h"

#define CENTISECONDS_PER_S 100

/* The work in hand. */
struct loading {
	const struct bridge_table *table;
	struct pos pos;
	struct arena *arena;
	struct diag *diag;
	struct bridge_value *values;
};

/* What stands in the driver's directories beside the options. */
static const char *const reports[] = {
	"bridge_id",
	"root_id",
	"root_port",
	"root_path_cost",
	"topology_change",
	"topology_change_detected",
	"hello_timer",
	"tcn_timer",
	"gc_timer",
	"topology_change_timer",
	"state",
	"port_id",
	"port_no",
	"change_ack",
	"config_pending",
	"designated_bridge",
	"designated_cost",
	"designated_port",
	"designated_root",
	"forward_delay_timer",
	"message_age_timer",
	"hold_timer",
};

static const struct {
	const char *name, *problem, *hint;
} strangers[] = {
	{ "hash_elasticity", "the driver has no use for it from kernel 5.0 on",
	  "remove it" },
	{ "flush", "it is no setting: it empties the forwarding table once",
	  "`bridge fdb flush` does that" },
};

static bool is_report(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(reports); i++)
		if (strcmp(name, reports[i]) == 0)
			return true;
	return false;
}

/* The table of ports when this is that of bridges, and the other way round. */
static const struct bridge_table *other_table(const struct bridge_table *table)
{
	return table == &bridge_table ? &bridge_port_table : &bridge_table;
}

static void hint_unknown(struct loading *in, const char *name)
{
	const char *nearest = bridge_option_nearest(in->table, name);
	const struct bridge_table *other = other_table(in->table);

	if (bridge_option_find(other, name))
		diag_hint(in->diag, "it belongs into the file of the %s",
			  other == &bridge_table ? "bridge" : "port");
	else if (nearest)
		diag_hint(in->diag, "did you mean '%s'?", nearest);
	else
		diag_hint(in->diag, "ifcfg-bond(5) lists the options");
}

static void tell_unknown(struct loading *in, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(strangers); i++) {
		if (strcmp(name, strangers[i].name) != 0)
			continue;
		diag_warning(in->diag, in->pos, "%s option '%s' left out: %s",
			     in->table->whose, name, strangers[i].problem);
		diag_hint(in->diag, "%s", strangers[i].hint);
		return;
	}
	if (is_report(name)) {
		diag_warning(in->diag, in->pos,
			     "%s option '%s' left out: the driver reports it and does "
			     "not let it be set",
			     in->table->whose, name);
		diag_hint(in->diag, "remove it");
		return;
	}
	diag_warning(in->diag, in->pos, "unknown %s option '%s' left out",
		     in->table->whose, name);
	hint_unknown(in, name);
}

static const char *word_name(size_t i, const void *words)
{
	return ((const struct bridge_word *)words)[i].name;
}

static void tell_bad_value(struct loading *in, const struct bridge_option *option,
			   const char *text)
{
	_cleanup_strbuf_ struct strbuf takes = STRBUF_EMPTY;
	const char *nearest;
	size_t n = 0;

	while (option->words && option->words[n].name)
		n++;
	nearest = typo_nearest(text, n, word_name, option->words);
	bridge_option_describe(option, &takes);
	diag_warning(in->diag, in->pos,
		     "%s option %s left out: '%s' is not a value of it", in->table->whose,
		     option->name, text);
	diag_hint(in->diag, "%s%s%s%s takes %s", nearest ? "did you mean '" : "",
		  nearest ? nearest : "", nearest ? "'? " : "", option->name,
		  strbuf_text(&takes));
}

static void tell_repeated(struct loading *in, const struct bridge_option *option,
			  const struct bridge_value *before,
			  const struct bridge_value *now)
{
	_cleanup_strbuf_ struct strbuf old = STRBUF_EMPTY, new = STRBUF_EMPTY;

	bridge_value_format(option, before, &old);
	bridge_value_format(option, now, &new);
	diag_warning(in->diag, in->pos, "%s option %s given twice: %s replaces %s",
		     in->table->whose, option->name, strbuf_text(&new),
		     strbuf_text(&old));
	diag_hint(in->diag, "remove one of them");
}

/*
 * NetworkManager writes seconds where network-scripts wrote what the driver takes. Some
 * of these numbers can mean nothing else.
 */
static bool read_seconds(struct loading *in, const struct bridge_option *option,
			 const char *text, struct bridge_value *ret)
{
	uint32_t s;

	if (!option->is_centiseconds || option->min < CENTISECONDS_PER_S ||
	    num_parse_u32(text, option->max / CENTISECONDS_PER_S, &s) < 0 ||
	    s * CENTISECONDS_PER_S < option->min)
		return false;
	ret->is_set = true;
	ret->num = (uint64_t)s * CENTISECONDS_PER_S;
	diag_warning(in->diag, in->pos,
		     "%s=%s is taken for seconds: as 1/100 s, it is "
		     "less than the driver takes",
		     option->name, text);
	diag_hint(in->diag, "write %s=%" PRIu64, option->name, ret->num);
	return true;
}

static int load_value(struct loading *in, const struct bridge_option *option,
		      const char *text)
{
	struct bridge_value *slot = &in->values[option - in->table->rows];
	struct bridge_value value = { .pos = in->pos };
	int r = bridge_value_parse(option, text, in->arena, &value);

	if (r == -EINVAL && !read_seconds(in, option, text, &value)) {
		tell_bad_value(in, option, text);
		return 0;
	}
	if (r == -ENOMEM)
		return r;
	if (slot->is_set && !bridge_value_equal(option, slot, &value))
		tell_repeated(in, option, slot, &value);
	*slot = value;
	return 0;
}

static int load_word(struct loading *in, const struct bonding_word *word)
{
	const struct bridge_option *option = bridge_option_find(in->table, word->name);

	if (!word->value || !*word->name) {
		diag_warning(in->diag, in->pos,
			     "'%s' left out: it is not of the form option=value",
			     *word->name ? word->name : "=");
		diag_hint(in->diag, "there are no blanks around the '='");
		return 0;
	}
	if (option)
		return load_value(in, option, word->value);
	tell_unknown(in, word->name);
	return 0;
}

int bridge_options_load(const struct bridge_table *table, const char *text,
			struct pos pos, struct arena *arena, struct diag *diag,
			struct bridge_value *values)
{
	struct loading in = { table, pos, arena, diag, values };
	struct bonding_word *words;
	size_t n;
	int r = bonding_opts_split(text, arena, &words, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		r = load_word(&in, &words[i]);
	return r;
}

/* ---- beside one another ---- */

/* br_stp_start(): BR_MIN_FORWARD_DELAY, BR_MAX_FORWARD_DELAY */
uint64_t bridge_bound_delay(uint64_t delay)
{
	const uint64_t min = 200, max = 3000;

	if (delay < min)
		return min;
	return delay > max ? max : delay;
}

static bool is_on(const struct bridge_value *value)
{
	return value->is_set && value->num;
}

static void bound_forward_delay(struct bridge_value *delay, const char *bridge,
				struct diag *diag)
{
	uint64_t bound = bridge_bound_delay(delay->num);

	if (!delay->is_set || bound == delay->num)
		return;
	diag_warning(diag, delay->pos,
		     "the forward delay of %s becomes %" PRIu64
		     " s: with STP, it is 2 to 30 s",
		     bridge, bound / CENTISECONDS_PER_S);
	diag_hint(diag, "write DELAY=%" PRIu64 ", or STP=no", bound / CENTISECONDS_PER_S);
	delay->num = bound;
}

/* @value is of no use without what @needs says. */
static void drop(struct bridge_value *value, const char *name, const char *needs,
		 struct diag *diag)
{
	diag_warning(diag, value->pos, "%s left out: it needs %s", name, needs);
	diag_hint(diag, "remove it, or add %s", needs);
	value->is_set = false;
}

void bridge_options_validate(struct bridge_value *values, const char *bridge,
			     struct diag *diag)
{
	struct bridge_value *snooping = &values[BRIDGE_OPT_MCAST_VLAN_SNOOPING];
	struct bridge_value *mst = &values[BRIDGE_OPT_MST_ENABLED];
	const struct bridge_value *pvid = &values[BRIDGE_OPT_DEFAULT_PVID];

	if (is_on(&values[BRIDGE_OPT_STP_STATE]))
		bound_forward_delay(&values[BRIDGE_OPT_FORWARD_DELAY], bridge, diag);
	if (is_on(snooping) && !is_on(&values[BRIDGE_OPT_VLAN_FILTERING]))
		drop(snooping, "mcast_vlan_snooping", "vlan_filtering=1", diag);
	if (is_on(mst) && !(pvid->is_set && !pvid->num))
		drop(mst, "mst_enabled", "default_pvid=0", diag);
}

void bridge_port_options_validate(struct bridge_value *values, struct diag *diag)
{
	struct bridge_value *mab = &values[BRIDGE_PORT_OPT_MAB];

	if (is_on(mab) && !is_on(&values[BRIDGE_PORT_OPT_LOCKED]))
		drop(mab, "mab", "locked=1", diag);
}
