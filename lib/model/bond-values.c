/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of bonding options: text to value, value to text, and whether two are alike. */
#include "lib/model/bond-options.h"

#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/num.h"

/* One value being read: what for, and what came of it. */
struct reading {
	const struct bond_option *option;
	struct arena *arena;
	struct bond_value value;
	const char *why; /* it was refused */
};

#define REFUSE(in, ...) refuse(in, arena_printf((in)->arena, __VA_ARGS__))

static int refuse(struct reading *in, const char *why)
{
	in->why = why;
	return why ? -EINVAL : -ENOMEM;
}

static const struct bond_word *word_named(const struct bond_word *words, const char *name)
{
	for (; words && words->name; words++)
		if (strcmp(words->name, name) == 0)
			return words;
	return NULL;
}

static const struct bond_word *word_of_value(const struct bond_word *words,
					     uint32_t value)
{
	for (; words && words->name; words++)
		if (words->value == value)
			return words;
	return NULL;
}

/* The driver knows these for most of its options; we know them for all. */
static bool parse_general_word(const struct bond_option *option, const char *text,
			       uint32_t *ret)
{
	const struct bond_word words[] = {
		{ "default", option->def },
		{ "minval", option->min },
		{ "maxval", option->max },
		{ NULL, 0 },
	};
	const struct bond_word *word = word_named(words, text);

	if (!word || (option->kind == OPT_ENUM && word != words))
		return false;
	*ret = word->value;
	return true;
}

static bool in_range(const struct bond_option *option, uint32_t num)
{
	if (option->kind == OPT_ENUM)
		return word_of_value(option->values, num);
	return num >= option->min && num <= option->max;
}

static int parse_number(struct reading *in, const char *text)
{
	const struct bond_option *option = in->option;
	const struct bond_word *word = word_named(option->values, text);
	uint32_t *num = &in->value.num;
	int r;

	if (word) {
		*num = word->value;
		return 0;
	}
	if (parse_general_word(option, text, num))
		return 0;
	r = num_parse_u32(text, UINT32_MAX, num);
	if (r == 0 && in_range(option, *num))
		return 0;
	if (r == -EINVAL || option->kind == OPT_ENUM)
		return REFUSE(in, "'%s' is not a value of %s", text, option->name);
	return REFUSE(in, "'%s' is out of range for %s", text, option->name);
}

static int parse_ifname(struct reading *in, const char *text)
{
	if (!ifname_may_be_altname(text))
		return REFUSE(in, "'%s' is not the name of an interface", text);
	in->value.ifname = arena_strdup(in->arena, text);
	return in->value.ifname ? 0 : -ENOMEM;
}

static int parse_mac(struct reading *in, const char *text)
{
	struct hwaddr *mac = &in->value.mac;

	if (hwaddr_parse(text, mac) < 0 || mac->len != 6)
		return REFUSE(in, "'%s' is not a MAC address", text);
	if (mac->bytes[0] & 1)
		return REFUSE(in, "'%s' is a multicast address", text);
	return 0;
}

static const char *const family_names[] = { [AF_INET] = "IPv4", [AF_INET6] = "IPv6" };

static int list_family(const struct bond_option *option)
{
	return option->wire == WIRE_IP6_LIST ? AF_INET6 : AF_INET;
}

/* As bond_option_arp_ip_targets_set() and bond_option_ns_ip6_targets_set(). */
static bool can_be_target(const struct ip *ip)
{
	static const struct ip never[] = {
		{ AF_INET, { 0 } },
		{ AF_INET, { 255, 255, 255, 255 } },
		{ AF_INET6, { 0 } },
		{ AF_INET6, { [15] = 1 } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(never); i++)
		if (ip_equal(ip, &never[i]))
			return false;
	return ip->family == AF_INET || ip->bytes[0] != 0xff;
}

static bool list_has(const struct ip *list, size_t n, const struct ip *ip)
{
	for (size_t i = 0; i < n; i++)
		if (ip_equal(&list[i], ip))
			return true;
	return false;
}

/* Puts one address behind the others in @list, unless it is there. */
static int add_target(struct reading *in, const char *text, struct ip *list)
{
	const struct bond_option *option = in->option;
	int family = list_family(option);
	struct ip ip;

	if (*text == '-')
		return REFUSE(in, "'%s' would remove an address", text);
	if (ip_parse(text + (*text == '+'), family, &ip) < 0)
		return REFUSE(in, "'%s' is not an %s address", text,
			      family_names[family]);
	if (!can_be_target(&ip))
		return REFUSE(in, "'%s' is no address of a host", text);
	if (list_has(list, in->value.n, &ip))
		return 0;
	if (in->value.n == option->max)
		return REFUSE(in, "%s has more than %u addresses", option->name,
			      option->max);
	list[in->value.n++] = ip;
	return 0;
}

static int parse_list(struct reading *in, const char *text)
{
	struct ip *list = arena_alloc(in->arena, in->option->max * sizeof(*list));
	char *rest = arena_strdup(in->arena, text);
	const char *item;
	int r = 0;

	if (!list || !rest)
		return -ENOMEM;
	while (r == 0 && (item = strsep(&rest, ",")))
		if (*item)
			r = add_target(in, item, list);
	if (r == 0 && in->value.n == 0)
		return REFUSE(in, "%s has no address", in->option->name);
	in->value.list = list;
	return r;
}

int bond_value_parse(const struct bond_option *option, const char *text,
		     struct arena *arena, struct bond_value *ret, const char **ret_why)
{
	static int (*const parse[])(struct reading *, const char *) = {
		[OPT_UINT] = parse_number,   [OPT_ENUM] = parse_number,
		[OPT_IFNAME] = parse_ifname, [OPT_MAC] = parse_mac,
		[OPT_IP_LIST] = parse_list,
	};
	struct reading in = {
		.option = option,
		.arena = arena,
		.value = { .is_set = true, .pos = ret->pos },
	};
	int r = parse[option->kind](&in, text);

	if (r == 0)
		*ret = in.value;
	else if (r == -EINVAL)
		*ret_why = in.why;
	return r;
}

static void format_enum(const struct bond_option *option, uint32_t num,
			struct strbuf *out)
{
	const struct bond_word *word = word_of_value(option->values, num);

	if (word)
		strbuf_add(out, word->name);
	else
		strbuf_addf(out, "%u", num);
}

static void format_list(const struct bond_value *value, struct strbuf *out)
{
	char buf[IP_TEXT_MAX];

	for (size_t i = 0; i < value->n; i++) {
		if (i)
			strbuf_addc(out, ',');
		strbuf_add(out, ip_format(&value->list[i], buf));
	}
}

void bond_value_format(const struct bond_option *option, const struct bond_value *value,
		       struct strbuf *out)
{
	char mac[HWADDR_TEXT_MAX];

	switch (option->kind) {
	case OPT_UINT:
		strbuf_addf(out, "%u", value->num);
		break;
	case OPT_ENUM:
		format_enum(option, value->num, out);
		break;
	case OPT_IFNAME:
		strbuf_add(out, value->ifname);
		break;
	case OPT_MAC:
		strbuf_add(out, hwaddr_format(&value->mac, mac));
		break;
	case OPT_IP_LIST:
		format_list(value, out);
		break;
	}
}

void bond_value_tell_refused(const struct bond_option *option,
			     const struct bond_value *value, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	bond_value_format(option, value, &text);
	diag_warning(diag, value->pos,
		     "%s=%s left out: this kernel's bonding driver refuses it",
		     option->name, strbuf_text(&text));
	diag_hint(diag, "remove it, or use a newer kernel");
}

static bool list_within(const struct bond_value *inner, const struct bond_value *outer)
{
	for (size_t i = 0; i < inner->n; i++)
		if (!list_has(outer->list, outer->n, &inner->list[i]))
			return false;
	return true;
}

bool bond_value_equal(const struct bond_option *option, const struct bond_value *a,
		      const struct bond_value *b)
{
	if (!a->is_set || !b->is_set)
		return a->is_set == b->is_set;
	switch (option->kind) {
	case OPT_UINT:
	case OPT_ENUM:
		return a->num == b->num;
	case OPT_IFNAME:
		return strcmp(a->ifname, b->ifname) == 0;
	case OPT_MAC:
		return hwaddr_equal(&a->mac, &b->mac);
	case OPT_IP_LIST:
		return list_within(a, b) && list_within(b, a);
	}
	return false;
}

static void describe_words(const struct bond_word *words, struct strbuf *out)
{
	for (const struct bond_word *word = words; word->name; word++) {
		if (word != words)
			strbuf_add(out, word[1].name ? ", " : " or ");
		strbuf_addf(out, "%s (%u)", word->name, word->value);
	}
}

static void describe_range(const struct bond_option *option, struct strbuf *out)
{
	strbuf_addf(out, "%u to %u", option->min, option->max);
	if (*option->unit)
		strbuf_addf(out, " %s", option->unit);
}

void bond_option_describe(const struct bond_option *option, struct strbuf *out)
{
	switch (option->kind) {
	case OPT_UINT:
		if (option->max == 1)
			describe_words(option->values, out);
		else
			describe_range(option, out);
		break;
	case OPT_ENUM:
		describe_words(option->values, out);
		break;
	case OPT_IFNAME:
		strbuf_add(out, "the name of a port");
		break;
	case OPT_MAC:
		strbuf_add(out, "a MAC address that is not multicast");
		break;
	case OPT_IP_LIST:
		strbuf_addf(out, "up to %u %s addresses, separated by commas",
			    option->max, family_names[list_family(option)]);
		break;
	}
}

/* Setting a mode that has no other monitor than miimon switches miimon on. */
#define FORCED_MIIMON_MS 100

struct bond_value bond_value_default(enum bond_option_id id, enum bond_mode mode)
{
	bool forced = id == BOND_OPT_MIIMON &&
		      !(bond_options[BOND_OPT_ARP_INTERVAL].modes & 1U << mode);

	return (struct bond_value){ .is_set = true,
				    .num = forced ? FORCED_MIIMON_MS
						  : bond_options[id].def,
				    .ifname = "",
				    .mac = { .len = 6 } };
}

bool bond_value_is_none(const struct bond_option *option, const struct bond_value *value)
{
	return (option->kind == OPT_IFNAME && !*value->ifname) ||
	       (option->kind == OPT_IP_LIST && !value->n);
}

enum bond_mode bond_values_mode(const struct bond_values *values)
{
	const struct bond_value *mode = &values->of[BOND_OPT_MODE];

	return (enum bond_mode)(mode->is_set ? mode->num
					     : bond_options[BOND_OPT_MODE].def);
}

const char *bond_mode_name(enum bond_mode mode)
{
	const struct bond_word *word =
		word_of_value(bond_options[BOND_OPT_MODE].values, mode);

	return word ? word->name : "unknown";
}
