/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Converts BONDING_OPTS and BRIDGING_OPTS to values, as people and generators write them.
 */
#include "lib/model/option-load.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/typo.h"
#include "parsers/bonding-opts.h"

#define CENTISECONDS_PER_S 100

/* The message about a word that is not an option; "NAME PROBLEM". */
struct verdict {
	enum diag_grade grade;
	const char *problem;
	const char *hint;
};

static const struct verdict module_parameter = {
	DIAG_WARNING,
	N_("ignored: it is a parameter of the driver's module"),
	N_("put it into a file in /etc/modprobe.d, as 'options bonding NAME=VALUE'"),
};

static const struct verdict driver_report = {
	DIAG_WARNING,
	N_("ignored: the driver reports it and does not let it be set"),
	N_("remove it"),
};

static const struct verdict port_list = {
	DIAG_WARNING,
	N_("ignored: each port has a file of its own"),
	N_("write MASTER= and SLAVE=yes into the ifcfg file of each port"),
};

static const struct verdict networkmanager_mode = {
	DIAG_ERROR,
	N_("balance-slb is NetworkManager's own: the bonding driver has no such mode"),
	N_("active-backup and balance-alb also work without support from the switch"),
};

static const struct verdict no_use = {
	DIAG_WARNING,
	N_("ignored: the driver has no use for it from kernel 5.0 on"),
	N_("remove it"),
};

static const struct verdict no_setting = {
	DIAG_WARNING,
	N_("ignored: it is not a setting: it empties the forwarding table once"),
	N_("`bridge fdb flush` does that"),
};

/* @names: with blanks between; @value: the verdict is about this value only, NULL is any */
static const struct stranger {
	const char *names;
	const char *value;
	const struct verdict *verdict;
} bond_strangers[] = {
	{ "mode", "balance-slb", &networkmanager_mode },
	{ "slaves", NULL, &port_list },
	{ "max_bonds num_bonds num_slaves tx_queues debug", NULL, &module_parameter },
	{ "mii_status ad_aggregator ad_num_ports ad_actor_key ad_partner_key "
	  "ad_partner_mac",
	  NULL, &driver_report },
	{ NULL, NULL, NULL },
};

static const struct stranger bridge_strangers[] = {
	{ "hash_elasticity", NULL, &no_use },
	{ "flush", NULL, &no_setting },
	{ "bridge_id root_id root_port root_path_cost topology_change "
	  "topology_change_detected hello_timer tcn_timer gc_timer topology_change_timer "
	  "state port_id port_no change_ack config_pending designated_bridge "
	  "designated_cost designated_port designated_root forward_delay_timer "
	  "message_age_timer hold_timer",
	  NULL, &driver_report },
	{ NULL, NULL, NULL },
};

/*
 * The state of parsing; @list is the list option just read, to which addresses after the
 * next blank belong. @has_mode: one of the words is a valid mode, or no word is a mode.
 * @was_stray: the previous word was not of the form option=value.
 */
struct loading {
	const struct option_table *table;
	struct pos pos;
	struct arena *arena;
	struct diag *diag;
	struct option_values *values;
	struct bond_port_wishes *wishes;
	const struct option_row *list;
	bool has_mode, was_stray;
};

/* ---- words that are not options ---- */

static const struct verdict *find_verdict(const struct loading *in,
					  const struct bonding_word *word)
{
	const struct stranger *at =
		in->table == &bond_table ? bond_strangers : bridge_strangers;

	for (; at->names; at++)
		if (text_has_word(at->names, word->name, strlen(word->name)) &&
		    (!at->value || strcmp(word->value, at->value) == 0))
			return at->verdict;
	return NULL;
}

static void tell_verdict(struct loading *in, const char *name,
			 const struct verdict *verdict)
{
	diag_add(in->diag, verdict->grade, in->pos, "%s %s", name, _(verdict->problem));
	diag_hint(in->diag, "%s", _(verdict->hint));
	in->values->is_wrong |= verdict->grade == DIAG_ERROR;
}

static bool is_mode(const struct option_row *row)
{
	return row == &bond_table.rows[BOND_OPT_MODE];
}

static void hint_unknown(struct loading *in, const char *name, const char *nearest)
{
	const struct option_table *other = in->table->beside;

	if (option_find(other, name))
		diag_hint(in->diag, "it belongs in the file of the %s",
			  other->is_of_port ? "port" : other->kind);
	else if (nearest)
		diag_hint(in->diag, "did you mean '%s'?", nearest);
	else
		diag_hint(in->diag, "ifcfg-bond(5) lists the options");
}

static void option_tell_unknown(struct loading *in, const char *name)
{
	const char *nearest = option_nearest(in->table, name);
	const bool is_lost =
		nearest && !in->has_mode && is_mode(option_find(in->table, nearest));

	in->values->is_wrong |= is_lost;
	if (nearest && strcasecmp(nearest, name) == 0) {
		diag_add(in->diag, is_lost ? DIAG_ERROR : DIAG_WARNING, in->pos,
			 "%s option '%s' ignored: it is not in lower case",
			 _(in->table->whose), name);
		diag_hint(in->diag, "write '%s'", nearest);
		return;
	}
	if (is_lost)
		diag_error(in->diag, in->pos, "unknown bonding option '%s', and no mode",
			   name);
	else
		diag_warning(in->diag, in->pos, "unknown %s option '%s' ignored",
			     _(in->table->whose), name);
	hint_unknown(in, name, nearest);
}

/* ---- values ---- */

static const char *word_name(size_t i, const void *words)
{
	return ((const struct option_word *)words)[i].name;
}

/* Names of modes in switches, and among people. */
static const struct {
	const char *word, *mode;
} nicknames[] = {
	{ "lacp", "802.3ad" },           { "dynamic", "802.3ad" },
	{ "failover", "active-backup" }, { "roundrobin", "balance-rr" },
	{ "round-robin", "balance-rr" }, { "round_robin", "balance-rr" },
};

/* The only mode whose name contains @text: "backup", "alb"; or NULL. */
static const char *mode_with(const struct option_row *row, const char *text)
{
	const char *found = NULL;

	for (const struct option_word *word = row->words; word && word->name; word++) {
		if (strlen(text) < 2 || !strcasestr(word->name, text))
			continue;
		if (found)
			return NULL;
		found = word->name;
	}
	return found;
}

/* The symbolic value that was probably meant, or NULL. */
static const char *nearest_value(const struct option_row *row, const char *text)
{
	const char *nearest;
	size_t n = 0;

	while (row->words && row->words[n].name)
		n++;
	nearest = typo_nearest(text, n, word_name, row->words);
	for (size_t i = 0; !nearest && is_mode(row) && i < ARRAY_SIZE(nicknames); i++)
		if (strcasecmp(nicknames[i].word, text) == 0)
			nearest = nicknames[i].mode;
	return !nearest && is_mode(row) ? mode_with(row, text) : nearest;
}

static void hint_value(struct loading *in, const struct option_row *row, const char *text)
{
	_cleanup_strbuf_ struct strbuf takes = STRBUF_EMPTY;
	const char *nearest = nearest_value(row, text);
	const size_t digits = strspn(text, "0123456789");

	option_describe(row, &takes);
	if (row->unit && *row->unit && digits && strcmp(text + digits, row->unit) == 0)
		diag_hint(in->diag, "write %.*s, without a unit: %s takes %s",
			  (int)digits, text, row->name, strbuf_text(&takes));
	else if (nearest)
		diag_hint(in->diag, "did you mean '%s'? %s takes %s", nearest, row->name,
			  strbuf_text(&takes));
	else
		diag_hint(in->diag, "%s takes %s", row->name, strbuf_text(&takes));
}

static void option_tell_bad_value(struct loading *in, const struct option_row *row,
				  const char *text, const char *why)
{
	const bool is_wrong = is_mode(row) && !in->has_mode;

	if (is_wrong)
		diag_error(in->diag, in->pos, "'%s' is not a mode of a bond", text);
	else
		diag_warning(in->diag, in->pos, "%s option %s ignored: %s",
			     _(in->table->whose), row->name, why);
	hint_value(in, row, text);
	in->values->is_wrong |= is_wrong;
}

/*
 * Reports an option that is repeated in this line or, for a bridge, in another key with
 * the same meaning.
 */
static void option_tell_repeated(struct loading *in, const struct option_row *row,
				 const struct option_value *before,
				 const struct option_value *now)
{
	_cleanup_strbuf_ struct strbuf old = STRBUF_EMPTY, new = STRBUF_EMPTY;

	if (!before->is_set ||
	    (in->table != &bond_table && option_value_equal(row, before, now)))
		return;
	option_value_format(row, before, &old);
	option_value_format(row, now, &new);
	diag_warning(in->diag, in->pos, "%s option %s given twice: %s replaces %s",
		     _(in->table->whose), row->name, strbuf_text(&new),
		     strbuf_text(&old));
	if (row->alias && !in->table->takes_ip_words)
		diag_hint(in->diag, "%s and %s are one option", row->name, row->alias);
	else
		diag_hint(in->diag, "remove one of them");
}

/*
 * NetworkManager writes seconds, network-scripts wrote what the driver takes. Some
 * numbers can only be meant in one of these units.
 */
static bool option_in_seconds(struct loading *in, const struct option_row *row,
			      const char *text, struct option_value *ret)
{
	uint32_t s;

	if (!row->is_centiseconds || row->min < CENTISECONDS_PER_S ||
	    num_parse_u32(text, (uint32_t)row->max / CENTISECONDS_PER_S, &s) < 0 ||
	    (int64_t)s * CENTISECONDS_PER_S < row->min)
		return false;
	ret->is_set = true;
	ret->num = (int64_t)s * CENTISECONDS_PER_S;
	diag_warning(
		in->diag, in->pos,
		"%s=%s is taken as seconds: as 1/100 s, it is less than the driver takes",
		row->name, text);
	diag_hint(in->diag, "write %s=%" PRId64, row->name, ret->num);
	return true;
}

static void load_value(struct loading *in, const struct option_row *row, const char *text)
{
	struct option_value *slot = &in->values->of[option_id(in->table, row)];
	struct option_value value = { .pos = in->pos };
	const char *why;
	int r = option_value_parse(in->table, row, text, in->arena, &value, &why);

	if (r == -EINVAL && !option_in_seconds(in, row, text, &value)) {
		option_tell_bad_value(in, row, text, why);
		return;
	}
	option_tell_repeated(in, row, slot, &value);
	*slot = value;
}

/* ---- lists of addresses ---- */

/* The addresses of a list so far, with @text appended. */
static const char *lengthen(struct loading *in, const struct option_row *row,
			    const char *text)
{
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;

	option_value_format(row, &in->values->of[option_id(in->table, row)], &list);
	return arena_printf(in->arena, "%s,%s", strbuf_text(&list), text);
}

static int load_address(struct loading *in, const struct option_row *row,
			const char *text)
{
	struct option_value value = { .pos = in->pos };
	const char *list = lengthen(in, row, text), *why;
	int r;

	r = option_value_parse(in->table, row, list, in->arena, &value, &why);
	if (r == 0)
		in->values->of[option_id(in->table, row)] = value;
	if (r != -EINVAL)
		return r;
	diag_warning(in->diag, in->pos, "address ignored in %s: %s", row->name, why);
	/* Removing an address from a list is only possible on a running bond. */
	if (*text == '-')
		diag_hint(in->diag, "list the addresses that %s shall have", row->name);
	else
		hint_value(in, row, text);
	return 0;
}

/* One by one, so that an invalid address does not affect the valid ones. */
static int load_list(struct loading *in, const struct option_row *row, const char *text)
{
	char *rest = arena_strdup(in->arena, text);
	const char *item;
	int r = 0;

	in->list = row;
	if (!text[strspn(text, ",")]) {
		load_value(in, row, text);
		return 0;
	}
	while (r == 0 && (item = strsep(&rest, ",")))
		if (*item)
			r = load_address(in, row, item);
	return r;
}

static bool looks_like_addresses(const char *word)
{
	return !word[strspn(word, "0123456789abcdefABCDEF.:,+")] && strpbrk(word, ".:");
}

/* ---- words ---- */

/* "mode" in `mode 1` and `mode = 1`, "mode:1", or a mode's name alone. */
static bool is_like_mode(const char *word)
{
	const struct option_row *row = &bond_table.rows[BOND_OPT_MODE];

	if (strncasecmp(word, row->name, strlen(row->name)) == 0)
		return true;
	for (const struct option_word *at = row->words; at->name; at++)
		if (strcasecmp(at->name, word) == 0)
			return true;
	return false;
}

/* Several such words in a row have one cause, for example blanks around the '='. */
static void tell_stray(struct loading *in, const char *word)
{
	const bool is_wrong = !in->has_mode && is_like_mode(word);

	if (in->values->is_wrong || (in->was_stray && !is_wrong))
		return;
	diag_add(in->diag, is_wrong ? DIAG_ERROR : DIAG_WARNING, in->pos,
		 "'%s' ignored: it is not of the form option=value", word);
	if (is_wrong)
		diag_hint(in->diag, "write mode=… without blanks around the '='");
	else if (option_find(in->table, word))
		diag_hint(in->diag, "write %s=… without blanks around the '='", word);
	else
		diag_hint(in->diag, "write option=value, without blanks around the '='");
	in->values->is_wrong |= is_wrong;
}

/* A word without '='. Lists are often separated by blanks, for example by cloud-init. */
static int load_stray(struct loading *in, const char *word)
{
	if (in->list && looks_like_addresses(word)) {
		diag_warning(in->diag, in->pos, "'%s' read as a further %s", word,
			     in->list->name);
		diag_hint(in->diag, "join the addresses by commas");
		return load_list(in, in->list, word);
	}
	tell_stray(in, word);
	in->was_stray = true;
	return 0;
}

static int load_word(struct loading *in, const struct bonding_word *word)
{
	const struct option_row *row = option_find(in->table, word->name);
	const struct option_row *of_port =
		in->wishes ? option_find(&bond_port_table, word->name) : NULL;
	const struct verdict *verdict;

	if (word->joined) {
		diag_warning(in->diag, in->pos,
			     "%s options joined by ',' or ';' taken apart",
			     _(in->table->whose));
		diag_hint(in->diag, "separate them by blanks");
	}
	if (!word->value || !*word->name)
		return load_stray(in, *word->name ? word->name : "=");
	in->was_stray = false;
	in->list = NULL;
	verdict = find_verdict(in, word);
	if (verdict)
		tell_verdict(in, word->name, verdict);
	else if (of_port) {
		bond_port_wishes_load(of_port, word->value, in->pos, in->arena, in->diag,
				      in->wishes);
		return 0;
	} else if (!row)
		option_tell_unknown(in, word->name);
	else if (row->kind == OPT_IP_LIST)
		return load_list(in, row, word->value);
	else {
		load_value(in, row, word->value);
		return 0;
	}
	return 0;
}

/* Removes a second pair of quotes, which the shell keeps. */
static const char *without_quotes(struct loading *in, const char *text)
{
	char *copy, *to;

	if (!strpbrk(text, "'\""))
		return text;
	diag_warning(in->diag, in->pos, "quotes inside the %s options ignored",
		     _(in->table->whose));
	diag_hint(in->diag, "one pair of quotes around all of them is enough");
	copy = to = arena_strdup(in->arena, text);
	for (; *text; text++)
		if (*text != '\'' && *text != '"')
			*to++ = *text;
	*to = '\0';
	return copy;
}

/* Without a mode, the bond would have one for which few switches are configured. */
static void find_bond_mode(struct loading *in, const struct bonding_word *words, size_t n)
{
	const struct option_row *row = &bond_table.rows[BOND_OPT_MODE];
	int r = 0;

	in->has_mode = in->table != &bond_table;
	for (size_t i = 0; i < n && !in->has_mode; i++) {
		struct option_value value = { 0 };
		const char *why;

		if (!words[i].value || strcmp(words[i].name, row->name) != 0)
			continue;
		r = option_value_parse(in->table, row, words[i].value, in->arena, &value,
				       &why);
		in->has_mode = r == 0;
	}
}

int options_load(const char *text, struct pos pos, struct arena *arena, struct diag *diag,
		 struct option_values *values, struct bond_port_wishes *wishes)
{
	struct loading in = { .table = values->table,
			      .pos = pos,
			      .arena = arena,
			      .diag = diag,
			      .values = values,
			      .wishes = wishes };
	struct bonding_word *words;
	size_t n;
	int r = 0;

	text = without_quotes(&in, text);
	if (*text == '=') {
		text += strspn(text, "=");
		diag_warning(diag, pos, "the second '=' before the %s options is ignored",
			     _(in.table->whose));
		diag_hint(diag, "write %s after one '='", text);
	}
	bonding_opts_split(text, arena, &words, &n);
	find_bond_mode(&in, words, n);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = load_word(&in, &words[i]);
	return r;
}
