/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BONDING_OPTS to values: what people and generators write, and what they meant by it. */
#include "lib/model/bond-options.h"

#include <errno.h>
#include <string.h>

#include "lib/base/typo.h"
#include "lib/model/bond-port.h"
#include "parsers/bonding-opts.h"

/* What to say to a word that is no option of a bond; "NAME PROBLEM". */
struct verdict {
	enum diag_grade grade;
	const char *problem;
	const char *hint;
};

static const struct verdict module_parameter = {
	DIAG_WARNING,
	"left out: it is a parameter of the driver's module",
	"put it into a file in /etc/modprobe.d, as 'options bonding NAME=VALUE'",
};

static const struct verdict report = {
	DIAG_WARNING,
	"left out: the driver reports it and does not let it be set",
	"remove it",
};

static const struct verdict port_list = {
	DIAG_WARNING,
	"left out: each port has a file of its own",
	"write MASTER= and SLAVE=yes into the ifcfg file of each port",
};

static const struct verdict networkmanager_mode = {
	DIAG_ERROR,
	"balance-slb is NetworkManager's own: the bonding driver has no such mode",
	"active-backup and balance-alb also work without support from the switch",
};

/* @value: the verdict is about this value only; NULL is any. */
static const struct {
	const char *name;
	const char *value;
	const struct verdict *verdict;
} strangers[] = {
	{ "mode", "balance-slb", &networkmanager_mode },
	{ "slaves", NULL, &port_list },
	{ "max_bonds", NULL, &module_parameter },
	{ "num_bonds", NULL, &module_parameter },
	{ "num_slaves", NULL, &module_parameter },
	{ "tx_queues", NULL, &module_parameter },
	{ "debug", NULL, &module_parameter },
	{ "mii_status", NULL, &report },
	{ "ad_aggregator", NULL, &report },
	{ "ad_num_ports", NULL, &report },
	{ "ad_actor_key", NULL, &report },
	{ "ad_partner_key", NULL, &report },
	{ "ad_partner_mac", NULL, &report },
};

/*
 * The work in hand; @list is the list option just read: addresses behind the next blank
 * are meant for it. @has_mode: one of the words is a mode that can be understood.
 * @was_stray: the word before was not of the form option=value.
 */
struct loading {
	struct pos pos;
	struct arena *arena;
	struct diag *diag;
	struct bond_values values;
	struct bond_port_wishes ports;
	const struct bond_option *list;
	bool has_mode, was_stray;
};

static const struct verdict *find_verdict(const struct bonding_word *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(strangers); i++)
		if (strcmp(word->name, strangers[i].name) == 0 &&
		    (!strangers[i].value || strcmp(word->value, strangers[i].value) == 0))
			return strangers[i].verdict;
	return NULL;
}

static void tell_verdict(struct loading *in, const char *name,
			 const struct verdict *verdict)
{
	diag_add(in->diag, verdict->grade, in->pos, "%s %s", name, verdict->problem);
	diag_hint(in->diag, "%s", verdict->hint);
	in->values.is_wrong |= verdict->grade == DIAG_ERROR;
}

static bool is_mode(const struct bond_option *option)
{
	return option && bond_option_id(option) == BOND_OPT_MODE;
}

static void tell_unknown(struct loading *in, const char *name)
{
	const char *nearest = bond_option_nearest(name);
	const bool is_lost =
		nearest && !in->has_mode && is_mode(bond_option_find(nearest));

	in->values.is_wrong |= is_lost;
	if (nearest && strcasecmp(nearest, name) == 0) {
		diag_add(in->diag, is_lost ? DIAG_ERROR : DIAG_WARNING, in->pos,
			 "bonding option '%s' left out: it is not in lower case", name);
		diag_hint(in->diag, "write '%s'", nearest);
		return;
	}
	if (is_lost) {
		diag_error(in->diag, in->pos, "unknown bonding option '%s', and no mode",
			   name);
		diag_hint(in->diag, "did you mean '%s'?", nearest);
		return;
	}
	diag_warning(in->diag, in->pos, "unknown bonding option '%s' left out", name);
	if (nearest)
		diag_hint(in->diag, "did you mean '%s'?", nearest);
	else
		diag_hint(in->diag, "ifcfg-bond(5) lists the options");
}

static const char *word_name(size_t i, const void *words)
{
	return ((const struct bond_word *)words)[i].name;
}

/* What modes are called by switches, and by people. */
static const struct {
	const char *word, *mode;
} nicknames[] = {
	{ "lacp", "802.3ad" },           { "dynamic", "802.3ad" },
	{ "failover", "active-backup" }, { "roundrobin", "balance-rr" },
	{ "round-robin", "balance-rr" }, { "round_robin", "balance-rr" },
};

/* The one mode that has @text as a part of its name: "backup", "alb"; or NULL. */
static const char *mode_with(const struct bond_option *option, const char *text)
{
	const char *found = NULL;

	for (const struct bond_word *word = option->values; word && word->name; word++) {
		if (strlen(text) < 2 || !strcasestr(word->name, text))
			continue;
		if (found)
			return NULL;
		found = word->name;
	}
	return found;
}

/* The symbolic value that was probably meant, or NULL. */
static const char *nearest_value(const struct bond_option *option, const char *text)
{
	const char *nearest;
	size_t n = 0;

	while (option->values && option->values[n].name)
		n++;
	nearest = typo_nearest(text, n, word_name, option->values);
	for (size_t i = 0; !nearest && is_mode(option) && i < ARRAY_SIZE(nicknames); i++)
		if (strcasecmp(nicknames[i].word, text) == 0)
			nearest = nicknames[i].mode;
	return !nearest && is_mode(option) ? mode_with(option, text) : nearest;
}

static void hint_value(struct loading *in, const struct bond_option *option,
		       const char *text)
{
	_cleanup_strbuf_ struct strbuf values = STRBUF_EMPTY;
	const char *nearest = nearest_value(option, text);

	bond_option_describe(option, &values);
	if (nearest)
		diag_hint(in->diag, "did you mean '%s'? %s takes %s", nearest,
			  option->name, strbuf_text(&values));
	else
		diag_hint(in->diag, "%s takes %s", option->name, strbuf_text(&values));
}

static void tell_bad_value(struct loading *in, const struct bond_option *option,
			   const char *text, const char *why)
{
	const bool is_wrong = is_mode(option) && !in->has_mode;

	if (is_wrong)
		diag_error(in->diag, in->pos, "'%s' is not a mode of a bond", text);
	else
		diag_warning(in->diag, in->pos, "bonding option %s left out: %s",
			     option->name, why);
	hint_value(in, option, text);
	in->values.is_wrong |= is_wrong;
}

/* Taking an address out of a list means something on a running bond only. */
static void tell_bad_address(struct loading *in, const struct bond_option *option,
			     const char *text, const char *why)
{
	diag_warning(in->diag, in->pos, "address left out of %s: %s", option->name, why);
	if (*text == '-')
		diag_hint(in->diag, "list the addresses that %s shall have",
			  option->name);
	else
		hint_value(in, option, text);
}

static void tell_repeated(struct loading *in, const struct bond_option *option,
			  const struct bond_value *before, const struct bond_value *now)
{
	_cleanup_strbuf_ struct strbuf old = STRBUF_EMPTY, new = STRBUF_EMPTY;

	bond_value_format(option, before, &old);
	bond_value_format(option, now, &new);
	diag_warning(in->diag, in->pos, "bonding option %s given twice: %s replaces %s",
		     option->name, strbuf_text(&new), strbuf_text(&old));
	if (option->alias)
		diag_hint(in->diag, "%s and %s are one option", option->name,
			  option->alias);
	else
		diag_hint(in->diag, "remove one of them");
}

static int load_value(struct loading *in, const struct bond_option *option,
		      const char *text)
{
	struct bond_value *slot = &in->values.of[bond_option_id(option)];
	struct bond_value value = { .pos = in->pos };
	const char *why;
	int r = bond_value_parse(option, text, in->arena, &value, &why);

	if (r == -EINVAL) {
		tell_bad_value(in, option, text, why);
		return 0;
	}
	if (r < 0)
		return r;
	if (slot->is_set)
		tell_repeated(in, option, slot, &value);
	*slot = value;
	return 0;
}

/* The addresses of a list so far, and @text behind them. */
static const char *lengthen(struct loading *in, const struct bond_option *option,
			    const char *text)
{
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;

	bond_value_format(option, &in->values.of[bond_option_id(option)], &list);
	if (list.failed)
		return NULL;
	return arena_printf(in->arena, "%s,%s", strbuf_text(&list), text);
}

static int load_address(struct loading *in, const struct bond_option *option,
			const char *text)
{
	struct bond_value value = { .pos = in->pos };
	const char *list = lengthen(in, option, text), *why;
	int r;

	if (!list)
		return -ENOMEM;
	r = bond_value_parse(option, list, in->arena, &value, &why);
	if (r == -EINVAL) {
		tell_bad_address(in, option, text, why);
		return 0;
	}
	if (r == 0)
		in->values.of[bond_option_id(option)] = value;
	return r;
}

/* One by one, so that a bad address does not take the good ones with it. */
static int load_list(struct loading *in, const struct bond_option *option,
		     const char *text)
{
	char *rest = arena_strdup(in->arena, text);
	const char *item;
	int r = 0;

	if (!rest)
		return -ENOMEM;
	in->list = option;
	if (!text[strspn(text, ",")])
		return load_value(in, option, text);
	while (r == 0 && (item = strsep(&rest, ",")))
		if (*item)
			r = load_address(in, option, item);
	return r;
}

static bool looks_like_addresses(const char *word)
{
	return !word[strspn(word, "0123456789abcdefABCDEF.:,+")] && strpbrk(word, ".:");
}

/* "mode" of `mode 1` and `mode = 1`, "mode:1", or a mode's name alone. */
static bool is_like_mode(const char *word)
{
	const struct bond_option *option = &bond_options[BOND_OPT_MODE];

	if (strncasecmp(word, option->name, strlen(option->name)) == 0)
		return true;
	for (const struct bond_word *at = option->values; at && at->name; at++)
		if (strcasecmp(at->name, word) == 0)
			return true;
	return false;
}

/* Several words of that kind in a row have one cause, as blanks around the '='. */
static void tell_stray(struct loading *in, const char *word)
{
	const bool is_wrong = !in->has_mode && is_like_mode(word);

	if (in->values.is_wrong || (in->was_stray && !is_wrong))
		return;
	diag_add(in->diag, is_wrong ? DIAG_ERROR : DIAG_WARNING, in->pos,
		 "'%s' left out: it is not of the form option=value", word);
	diag_hint(in->diag, is_wrong ? "write mode=… without blanks around the '='"
				     : "there are no blanks around the '='");
	in->values.is_wrong |= is_wrong;
}

/* A word without '='. Lists are often joined by blanks, by cloud-init for one. */
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
	const struct bond_option *option = bond_option_find(word->name);
	const struct bond_port_option *of_port = bond_port_option_find(word->name);
	const struct verdict *verdict;

	if (word->joined) {
		diag_warning(in->diag, in->pos,
			     "bonding options joined by ',' or ';' taken apart");
		diag_hint(in->diag, "separate them by blanks");
	}
	if (!word->value || !*word->name)
		return load_stray(in, *word->name ? word->name : "=");
	in->was_stray = false;
	in->list = NULL;
	verdict = find_verdict(word);
	if (verdict)
		tell_verdict(in, word->name, verdict);
	else if (of_port)
		return bond_port_wishes_load(of_port, word->value, in->pos, in->arena,
					     in->diag, &in->ports);
	else if (!option)
		tell_unknown(in, word->name);
	else if (option->kind == OPT_IP_LIST)
		return load_list(in, option, word->value);
	else
		return load_value(in, option, word->value);
	return 0;
}

/* A second pair of quotes, which the shell does not take away. NULL: memory is short. */
static const char *without_quotes(struct loading *in, const char *text)
{
	char *copy, *to;

	if (!strpbrk(text, "'\""))
		return text;
	diag_warning(in->diag, in->pos, "quotes inside the bonding options left out");
	diag_hint(in->diag, "one pair of quotes around all of them is enough");
	copy = to = arena_strdup(in->arena, text);
	if (!copy)
		return NULL;
	for (; *text; text++)
		if (*text != '\'' && *text != '"')
			*to++ = *text;
	*to = '\0';
	return copy;
}

/* Without a mode, the bond would be one for which few switches are set up. */
static int find_mode(struct loading *in, const struct bonding_word *words, size_t n)
{
	const struct bond_option *option = &bond_options[BOND_OPT_MODE];
	int r = 0;

	for (size_t i = 0; i < n && !in->has_mode && r != -ENOMEM; i++) {
		struct bond_value value = { 0 };
		const char *why;

		if (!words[i].value || strcmp(words[i].name, option->name) != 0)
			continue;
		r = bond_value_parse(option, words[i].value, in->arena, &value, &why);
		in->has_mode = r == 0;
	}
	return r == -ENOMEM ? r : 0;
}

int bond_options_load(const char *text, struct pos pos, struct arena *arena,
		      struct diag *diag, struct bond_values *ret,
		      struct bond_port_wishes *ret_ports)
{
	struct loading in = { .pos = pos, .arena = arena, .diag = diag };
	struct bonding_word *words;
	size_t n;
	int r;

	text = without_quotes(&in, text);
	if (!text)
		return -ENOMEM;
	r = bonding_opts_split(text, arena, &words, &n);
	if (r == 0)
		r = find_mode(&in, words, n);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = load_word(&in, &words[i]);
	if (r < 0)
		return r;
	*ret = in.values;
	*ret_ports = in.ports;
	return 0;
}
