/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of properties: read, checked and changed in the syntax of nmcli. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/strbuf.h"
#include "lib/carry/property.h"
#include "lib/carry/words-pick.h"
#include "lib/model/addr.h"
#include "lib/model/bond-options.h"
#include "lib/model/bridge-options.h"

/* struct change - a value being read; @property: the property it is for */
struct change {
	const struct property *property;
	struct arena *arena;
	struct diag *diag;
};

static int property_family(const struct property *property)
{
	return strcmp(property->section, "ipv6") == 0 ? AF_INET6 : AF_INET;
}

static void push_value(struct arena *arena, struct property_list *list, const char *value)
{
	if (value)
		ARENA_PUSH(arena, list->of, list->n, list->cap, value);
}

static bool is_property(const struct property *property, const char *name)
{
	return strcmp(property->name, name) == 0;
}

/* ---- entries of the keyfile ---- */

static bool is_in(const struct keyfile_entry *entry, const char *section)
{
	return strcmp(entry->section, section) == 0;
}

/* Matches "address1" with "address*", but not "route1_options" with "route*". */
static bool has_number(const char *key, const char *pattern)
{
	size_t len = strlen(pattern) - 1;

	return strncmp(key, pattern, len) == 0 && key[len] &&
	       !key[len + strspn(key + len, "0123456789")];
}

static bool is_entry_of(const struct keyfile_entry *entry,
			const struct property *property)
{
	if (!is_in(entry, property->section))
		return false;
	if (property->form == PROPERTY_OPTIONS)
		return true;
	if (property->form != PROPERTY_NUMBERED)
		return strcmp(entry->key, property->key) == 0;
	return has_number(entry->key, property->key) ||
	       (is_property(property, "routes") && strncmp(entry->key, "route", 5) == 0 &&
		strstr(entry->key, "_options"));
}

static void drop_property(struct keyfile *keyfile, const struct property *property)
{
	size_t kept = 0;

	for (size_t i = 0; i < keyfile->n; i++)
		if (!is_entry_of(&keyfile->entries[i], property))
			keyfile->entries[kept++] = keyfile->entries[i];
	keyfile->n = kept;
}

static void add_entry(struct keyfile *keyfile, const char *section, const char *key,
		      const char *value, struct arena *arena)
{
	const struct keyfile_entry entry = { .section = section,
					     .key = key,
					     .value = value };

	if (key && value)
		ARENA_PUSH(arena, keyfile->entries, keyfile->n, keyfile->cap, entry);
}

void property_put(struct keyfile *keyfile, const char *section, const char *key,
		  const char *value, struct arena *arena)
{
	const struct property property = { .section = section, .name = key, .key = key };

	drop_property(keyfile, &property);
	if (value)
		add_entry(keyfile, section, key, value, arena);
}

/* ---- routes ---- */

/*
 * Prints "10.0.0.0/8,192.168.1.7,50" and "mtu=1400,src=…" as "10.0.0.0/8 192.168.1.7 50
 * mtu=1400".
 */
static const char *route_text(const struct keyfile *keyfile,
			      const struct keyfile_entry *entry, struct arena *arena)
{
	const char *key = arena_printf(arena, "%s_options", entry->key);
	const char *options = keyfile_get(keyfile, entry->section, key);
	char *rest = arena_printf(arena, "%s%s%s", entry->value, options ? "," : "",
				  options ? options : ""),
	     *word;
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	while ((word = strsep(&rest, ",")))
		if (*word && strcmp(word, "0.0.0.0") != 0 && strcmp(word, "::") != 0)
			strbuf_addf(&text, "%s%s", text.len ? " " : "", word);
	return arena_strdup(arena, strbuf_text(&text));
}

/* struct route_words - the words of a route in nmcli's syntax */
struct route_words {
	const char *to, *via, *metric;
	struct strbuf options;
};

static bool take_route_word(const struct change *change, const char *word,
			    struct route_words *route)
{
	uint32_t metric;
	struct ip via;

	if (strchr(word, '=')) {
		strbuf_addf(&route->options, "%s%s", route->options.len ? "," : "", word);
		return true;
	}
	if (!route->to)
		route->to = word;
	else if (!route->via && !route->metric &&
		 ip_parse(word, property_family(change->property), &via) == 0)
		route->via = word;
	else if (!route->metric && num_parse_u32(word, UINT32_MAX, &metric) == 0)
		route->metric = word;
	else
		return false;
	return true;
}

static bool is_network_of_family(const char *text, int family)
{
	char addr[IP_TEXT_MAX];
	size_t len = strcspn(text, "/");
	uint32_t prefix;
	struct ip ip;

	if (len >= sizeof(addr))
		return false;
	memcpy(addr, text, len);
	addr[len] = '\0';
	return ip_parse(addr, family, &ip) == 0 &&
	       (!text[len] || num_parse_u32(text + len + 1, family == AF_INET ? 32 : 128,
					    &prefix) == 0);
}

/* Adds two entries of a keyfile. Return: 0; -EINVAL if it is not a route. */
static int add_route_entries(const struct change *change, struct keyfile *keyfile,
			     const char *value, size_t number)
{
	struct route_words route = { .options = STRBUF_EMPTY };
	const char *section = change->property->section, *text, *key;
	char *copy = arena_strdup(change->arena, value), *rest = copy, *word;
	bool is_good = true;
	int r = 0;

	while ((word = strsep(&rest, " \t")))
		is_good &= !*word || take_route_word(change, word, &route);
	if (!is_good || !route.to ||
	    !is_network_of_family(route.to, property_family(change->property)))
		r = -EINVAL;
	if (r == 0 && route.metric && !route.via)
		route.via =
			property_family(change->property) == AF_INET ? "0.0.0.0" : "::";
	text = arena_printf(change->arena, "%s%s%s%s%s", r == 0 ? route.to : "",
			    route.via ? "," : "", route.via ? route.via : "",
			    route.metric ? "," : "", route.metric ? route.metric : "");
	key = arena_printf(change->arena, "route%zu", number);
	if (r == 0)
		add_entry(keyfile, section, key, text, change->arena);
	if (r == 0 && route.options.len)
		add_entry(keyfile, section,
			  arena_printf(change->arena, "route%zu_options", number),
			  arena_strdup(change->arena, strbuf_text(&route.options)),
			  change->arena);
	strbuf_release(&route.options);
	return r;
}

/* ---- reading ---- */

/* "a;b;" or "a,b" */
static void split_list(const char *value, const char *ends, struct arena *arena,
		       struct property_list *ret)
{
	while (*value) {
		size_t len = strcspn(value, ends);
		const char *word = value;

		value += len;
		value += *value != '\0';
		while (len && strchr(" \t", *word)) {
			word++;
			len--;
		}
		while (len && strchr(" \t", word[len - 1]))
			len--;
		if (len)
			push_value(arena, ret, arena_strndup(arena, word, len));
	}
}

static void get_entry(const struct keyfile *keyfile, const struct property *property,
		      const struct keyfile_entry *entry, struct arena *arena,
		      struct property_list *ret)
{
	switch (property->form) {
	case PROPERTY_LIST:
		split_list(entry->value, ";,", arena, ret);
		return;
	case PROPERTY_OPTIONS:
		push_value(arena, ret,
			   arena_printf(arena, "%s=%s", entry->key, entry->value));
		return;
	case PROPERTY_NUMBERED:
		if (!has_number(entry->key, property->key))
			return;
		if (is_property(property, "routes")) {
			push_value(arena, ret, route_text(keyfile, entry, arena));
			return;
		}
		push_value(arena, ret, entry->value);
		return;
	case PROPERTY_TEXT:
	case PROPERTY_NUMBER:
	case PROPERTY_SWITCH:
	case PROPERTY_MAC:
	case PROPERTY_WORD:
	case PROPERTY_FLAGS:
	case PROPERTY_ADDRESS:
	case PROPERTY_BRIDGE:
	case PROPERTY_NONE:
		break;
	}
	if (*entry->value)
		push_value(arena, ret, entry->value);
}

void property_get(const struct keyfile *keyfile, const struct property *property,
		  struct arena *arena, struct property_list *ret)
{
	for (size_t i = 0; i < keyfile->n; i++)
		if (is_entry_of(&keyfile->entries[i], property))
			get_entry(keyfile, property, &keyfile->entries[i], arena, ret);
}

/* nmcli prints yes and no, and a word for automatic values. */
static const char *shown_value(const struct property *property, const char *value)
{
	if (is_property(property, "mtu") && strcmp(value, "0") == 0)
		return "auto";
	if (is_property(property, "wake-on-lan") && strcmp(value, "1") == 0)
		return "default";
	if (property->form != PROPERTY_SWITCH && property->form != PROPERTY_BRIDGE)
		return value;
	if (strcmp(value, "true") == 0)
		return "yes";
	return strcmp(value, "false") == 0 ? "no" : value;
}

const char *property_text(const struct keyfile *keyfile, const struct property *property,
			  struct arena *arena)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct property_list list = { 0 };
	const char *between = property->form == PROPERTY_NUMBERED ? ", " : ",";

	property_get(keyfile, property, arena, &list);
	for (size_t i = 0; i < list.n; i++)
		strbuf_addf(&text, "%s%s", i ? between : "",
			    shown_value(property, list.of[i]));
	if (!list.n && property->row && property->row->usual)
		strbuf_add(&text, shown_value(property, property->row->usual));
	return arena_strdup(arena, strbuf_text(&text));
}

/* ---- checks ---- */

static int wrong_value(const struct change *change, const char *value, const char *why)
{
	diag_error(change->diag, (struct pos){ 0 }, "%s.%s: '%s' %s",
		   property_section_name(change->property->section),
		   change->property->name, value, why);
	return -EINVAL;
}

static const struct {
	const char *word;
	bool is_on;
} switch_values[] = { { "yes", true },    { "no", false }, { "true", true },
		      { "false", false }, { "on", true },  { "off", false },
		      { "1", true },      { "0", false } };

/* "true" or "false"; NULL for another word. */
static const char *switch_value(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(switch_values); i++)
		if (strcasecmp(switch_values[i].word, word) == 0)
			return switch_values[i].is_on ? "true" : "false";
	return NULL;
}

static const char *word_value(const struct change *change, const char *value)
{
	const struct property_word *words = change->property->words;
	struct property_list names = { 0 };
	int at;

	for (const struct property_word *word = words; word->name; word++) {
		if (strcmp(word->value, value) == 0)
			return word->value;
		push_value(change->arena, &names, word->name);
	}
	at = words_pick(value, names.of, names.n, change->property->name, change->diag);
	return at < 0 ? NULL : words[at].value;
}

/* The sum of the words' numbers. */
static int flags_value(const struct change *change, const char *value, const char **ret)
{
	struct property_list list = { 0 };
	uint32_t sum = 0, number;
	int r = 0;

	if (num_parse_c(value, UINT32_MAX, &number) == 0) {
		*ret = value;
		return 0;
	}
	split_list(value, ", ", change->arena, &list);
	for (size_t i = 0; i < list.n && r == 0; i++) {
		const char *bit = word_value(change, list.of[i]);

		r = bit ? num_parse_u32(bit, UINT32_MAX, &number) : -EINVAL;
		sum |= r == 0 ? number : 0;
	}
	if (r == 0)
		*ret = arena_printf(change->arena, "%" PRIu32, sum);
	return r;
}

/* Properties in seconds whose driver option is in hundredths. */
static bool is_in_seconds(const struct option_row *option)
{
	return option->is_centiseconds && option >= bridge_table.rows &&
	       option <= &bridge_table.rows[BRIDGE_OPT_AGEING_TIME];
}

static int bridge_option_value(const struct change *change, const char *value,
			       const char **ret)
{
	const bool is_port = strcmp(change->property->section, "bridge-port") == 0;
	const char *word = switch_value(value), *text;
	const struct option_table *table = is_port ? &bridge_port_table : &bridge_table;
	const struct option_row *option =
		bridge_option_of_profile(table, change->property->name, change->arena);
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	struct option_value parsed = { 0 };
	const char *why;

	*ret = word && strlen(value) > 1 ? word : value;
	if (!option) /* of ethtool */
		return 0;
	text = *ret == word && word ? (*word == 't' ? "1" : "0") : value;
	if (is_in_seconds(option))
		text = arena_printf(change->arena, "%s00", value);
	if (option_value_parse(table, option, text, change->arena, &parsed, &why) == 0)
		return 0;
	option_describe(option, &words);
	wrong_value(change, value, _("is not one of its values"));
	diag_hint(change->diag, "it is %s", strbuf_text(&words));
	return -EINVAL;
}

static int address_value(const struct change *change, const char *value)
{
	const int family = property_family(change->property);
	struct ip ip;

	if (ip_parse(value, family, &ip) == 0)
		return 0;
	return wrong_value(change, value,
			   family == AF_INET ? _("is not an IPv4 address")
					     : _("is not an IPv6 address"));
}

/* ADDRESS/LENGTH; without a length it is a host. */
static int net_value(const struct change *change, const char *value, const char **ret)
{
	const int family = property_family(change->property);

	if (!is_network_of_family(value, family))
		return wrong_value(change, value,
				   family == AF_INET
					   ? _("is not an IPv4 address with a length")
					   : _("is not an IPv6 address with a length"));
	*ret = strchr(value, '/') ? value
				  : arena_printf(change->arena, "%s/%d", value,
						 family == AF_INET ? 32 : 128);
	return 0;
}

static int item_value(const struct change *change, const char *value, const char **ret)
{
	*ret = value;
	if (is_property(change->property, "addresses"))
		return net_value(change, value, ret);
	if (is_property(change->property, "dns"))
		return address_value(change, value);
	return 0;
}

/* ---- options of a bond ---- */

static int tell_bond_option(const struct change *change, const struct option_row *option,
			    const char *name, const char *value)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	const char *nearest = option ? NULL : option_nearest(&bond_table, name);

	if (!option) {
		wrong_value(change, name, _("is not an option of a bond"));
		if (nearest)
			diag_hint(change->diag, "did you mean '%s'?", nearest);
		return -EINVAL;
	}
	option_describe(option, &words);
	wrong_value(change, value,
		    arena_printf(change->arena, _("is not a value of %s"), option->name));
	diag_hint(change->diag, "it is %s", strbuf_text(&words));
	return -EINVAL;
}

/* In the driver's spelling; nmcli separates several addresses by blanks. */
static int option_value(const struct change *change, const char *pair, const char **ret)
{
	const char *equals = strchr(pair, '='), *why = NULL;
	const char *name = arena_strndup(change->arena, pair, strcspn(pair, "="));
	const struct option_row *option = option_find(&bond_table, name);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	char *value = equals ? arena_strdup(change->arena, equals + 1) : NULL;
	struct option_value parsed = { 0 };
	int r = 0;

	if (!equals)
		return wrong_value(change, pair, _("is not OPTION=VALUE"));
	for (char *c = value; option && option->kind == OPT_IP_LIST && c && *c; c++)
		if (*c == ' ')
			*c = ',';
	r = option ? option_value_parse(&bond_table, option, value, change->arena,
					&parsed, &why)
		   : -EINVAL;
	if (r == -EINVAL)
		return tell_bond_option(change, option, name, value);
	if (r < 0)
		return r;
	option_value_format(option, &parsed, &text);
	*ret = arena_printf(change->arena, "%s=%s", option->name, strbuf_text(&text));
	return 0;
}

/* "a=1,b=2"; text after a comma without a name belongs to the value before. */
static int split_options(const struct change *change, const char *value,
			 struct property_list *ret)
{
	struct property_list words = { 0 };
	int r = 0;

	split_list(value, ",", change->arena, &words);

	for (size_t i = 0; i < words.n && r == 0; i++) {
		if (strchr(words.of[i], '=') || !ret->n) {
			push_value(change->arena, ret, words.of[i]);
			continue;
		}
		ret->of[ret->n - 1] = arena_printf(change->arena, "%s,%s",
						   ret->of[ret->n - 1], words.of[i]);
	}
	for (size_t i = 0; i < ret->n && r == 0; i++)
		r = option_value(change, ret->of[i], &ret->of[i]);
	return r;
}

/* ---- values ---- */

static int scalar_value(const struct change *change, const char *value, const char **ret)
{
	int32_t number;
	struct hwaddr mac;

	*ret = value;
	switch (change->property->form) {
	case PROPERTY_NUMBER:
		if (strcmp(value, "auto") == 0 || strcmp(value, "default") == 0)
			*ret = change->property->row->usual;
		else if (num_parse_s32(value, &number) < 0)
			return wrong_value(change, value, _("is not a number"));
		return 0;
	case PROPERTY_SWITCH:
		*ret = switch_value(value);
		return *ret ? 0 : wrong_value(change, value, _("is neither yes nor no"));
	case PROPERTY_MAC:
		return hwaddr_parse(value, &mac) == 0 || strchr(value, ':') == NULL
			       ? 0
			       : wrong_value(change, value, _("is not a MAC address"));
	case PROPERTY_WORD:
		*ret = word_value(change, value);
		return *ret ? 0 : -EINVAL;
	case PROPERTY_FLAGS:
		return flags_value(change, value, ret);
	case PROPERTY_ADDRESS:
		return address_value(change, value);
	case PROPERTY_BRIDGE:
		return bridge_option_value(change, value, ret);
	case PROPERTY_TEXT:
	case PROPERTY_LIST:
	case PROPERTY_NUMBERED:
	case PROPERTY_OPTIONS:
	case PROPERTY_NONE:
		break;
	}
	return strpbrk(value, "\n\r") ? wrong_value(change, value, _("has several lines"))
				      : 0;
}

/* The separators of the property's values. */
static const char *separators(const struct property *property)
{
	if (is_property(property, "routes") || is_property(property, "routing-rules"))
		return ",";
	return ", \t";
}

static int read_values(const struct change *change, const char *value,
		       struct property_list *ret)
{
	const enum property_form form = change->property->form;
	const char *one;
	int r = 0;

	if (!*value)
		return 0;
	if (form == PROPERTY_OPTIONS)
		return split_options(change, value, ret);
	if (form == PROPERTY_LIST || form == PROPERTY_NUMBERED) {
		split_list(value, separators(change->property), change->arena, ret);
		for (size_t i = 0; i < ret->n && r == 0; i++)
			r = item_value(change, ret->of[i], &ret->of[i]);
		return r;
	}
	r = scalar_value(change, value, &one);
	if (r == 0 && one) {
		push_value(change->arena, ret, one);
		return 0;
	}
	return r;
}

/* ---- changes ---- */

/* Whether both are the same option, or the same value. */
static bool is_twin(const struct property *property, const char *a, const char *b)
{
	size_t len = property->form == PROPERTY_OPTIONS ? strcspn(a, "=") : strlen(a);

	if (strncmp(a, b, len) != 0)
		return false;
	return property->form == PROPERTY_OPTIONS ? !b[len] || b[len] == '=' : !b[len];
}

static void remove_at(struct property_list *list, size_t at)
{
	list->n--;
	memmove(&list->of[at], &list->of[at + 1], (list->n - at) * sizeof(*list->of));
}

static void remove_twins(const struct property *property, struct property_list *list,
			 const char *value)
{
	for (size_t i = list->n; i > 0; i--)
		if (is_twin(property, list->of[i - 1], value))
			remove_at(list, i - 1);
}

static void add_values(const struct change *change, const struct property_list *more,
		       struct property_list *list)
{
	const enum property_form form = change->property->form;

	if (form != PROPERTY_LIST && form != PROPERTY_NUMBERED &&
	    form != PROPERTY_OPTIONS)
		list->n = 0;
	for (size_t i = 0; i < more->n; i++) {
		remove_twins(change->property, list, more->of[i]);
		push_value(change->arena, list, more->of[i]);
	}
}

/* Removes by position, by value, or an option by name. */
static int remove_values(const struct change *change, const char *value,
			 struct property_list *list)
{
	struct property_list words = { 0 };
	uint32_t at;
	int r = 0;

	if (!*value) {
		list->n = 0;
		return 0;
	}
	if (change->property->form != PROPERTY_OPTIONS &&
	    num_parse_u32(value, UINT32_MAX, &at) == 0) {
		if (at < list->n)
			remove_at(list, at);
		return 0;
	}
	if (change->property->form == PROPERTY_OPTIONS)
		split_list(value, ",", change->arena, &words);
	else
		r = read_values(change, value, &words);
	for (size_t i = 0; i < words.n && r == 0; i++)
		remove_twins(change->property, list, words.of[i]);
	return r;
}

static void write_option(const struct change *change, struct keyfile *keyfile,
			 const char *pair)
{
	const char *equals = strchr(pair, '=');
	const char *name = arena_strndup(change->arena, pair, strcspn(pair, "="));

	add_entry(keyfile, change->property->section, name, equals ? equals + 1 : "",
		  change->arena);
}

static int write_numbered(const struct change *change, struct keyfile *keyfile,
			  const char *value, size_t number)
{
	const char *pattern = change->property->key;

	if (is_property(change->property, "routes"))
		return add_route_entries(change, keyfile, value, number);
	add_entry(keyfile, change->property->section,
		  arena_printf(change->arena, "%.*s%zu", (int)strlen(pattern) - 1,
			       pattern, number),
		  value, change->arena);
	return 0;
}

static void write_list(const struct change *change, struct keyfile *keyfile,
		       const struct property_list *list)
{
	const bool is_list = change->property->form == PROPERTY_LIST;
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	for (size_t i = 0; i < list->n; i++)
		strbuf_addf(&text, "%s%s", list->of[i], is_list ? ";" : "");
	if (list->n)
		add_entry(keyfile, change->property->section, change->property->key,
			  arena_strdup(change->arena, strbuf_text(&text)), change->arena);
}

/* Replaces the values in the profile. */
static int write_values(const struct change *change, struct keyfile *keyfile,
			const struct property_list *list)
{
	const enum property_form form = change->property->form;
	int r = 0;

	drop_property(keyfile, change->property);
	if (form != PROPERTY_OPTIONS && form != PROPERTY_NUMBERED) {
		write_list(change, keyfile, list);
		return 0;
	}
	for (size_t i = 0; i < list->n && r == 0; i++) {
		if (form == PROPERTY_OPTIONS)
			write_option(change, keyfile, list->of[i]);
		else
			r = write_numbered(change, keyfile, list->of[i], i + 1);
		if (r == -EINVAL)
			return wrong_value(change, list->of[i],
					   _("is not NETWORK/LENGTH [ROUTER] [METRIC] "
					     "[OPTION=VALUE]..."));
	}
	return r;
}

int property_change(struct keyfile *keyfile, const struct property *property,
		    enum property_change kind, const char *value, struct arena *arena,
		    struct diag *diag)
{
	const struct change change = { property, arena, diag };
	struct property_list list = { 0 }, more = { 0 };
	int r = 0;

	if (kind != PROPERTY_SET)
		property_get(keyfile, property, arena, &list);
	if (kind == PROPERTY_REMOVE)
		r = remove_values(&change, value, &list);
	else
		r = read_values(&change, value, &more);
	if (r == 0 && kind != PROPERTY_REMOVE)
		add_values(&change, &more, &list);
	return r == 0 ? write_values(&change, keyfile, &list) : r;
}
