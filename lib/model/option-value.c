/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of options: parsing, formatting and comparing. */
#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/model/option.h"

/* The state of parsing a value. */
struct reading {
	const struct option_table *table;
	const struct option_row *row;
	struct arena *arena;
	struct option_value value;
	const char *why; /* the reason of an error */
};

#define REFUSE(in, ...) refuse_value(in, arena_printf((in)->arena, __VA_ARGS__))

static int refuse_value(struct reading *in, const char *why)
{
	in->why = why;
	return -EINVAL;
}

/* ---- numbers and words ---- */

static const struct option_word *word_named(const struct option_word *words,
					    const char *name)
{
	for (; words && words->name; words++)
		if (strcmp(words->name, name) == 0)
			return words;
	return NULL;
}

static const struct option_word *word_of_value(const struct option_word *words,
					       int64_t value)
{
	for (; words && words->name; words++)
		if (words->value == value)
			return words;
	return NULL;
}

/* The bonding driver knows these for most of its options; we accept them for all. */
static bool parse_limit(const struct reading *in, const char *text, int64_t *ret)
{
	const struct option_row *row = in->row;
	const struct {
		const char *name;
		int64_t num;
	} limits[] = {
		{ "default", row->def },
		{ "minval", row->min },
		{ "maxval", row->max },
	};
	const size_t n = row->kind == OPT_ENUM ? 1 : ARRAY_SIZE(limits);

	for (size_t i = 0; in->table->takes_limits && i < n; i++)
		if (strcmp(limits[i].name, text) == 0) {
			*ret = limits[i].num;
			return true;
		}
	return false;
}

/* Hexadecimal after "0x" if the driver's own files accept it. */
static int parse_digits(const struct reading *in, const char *text, int64_t *ret)
{
	const bool is_hex = in->table->takes_hex && in->row->kind != OPT_NUMBER &&
			    strncmp(text, "0x", 2) == 0;
	uint32_t num = 0;
	int32_t below = 0;
	int r;

	if (in->row->kind == OPT_NUMBER && in->row->min < 0) {
		r = num_parse_s32(text, &below);
		*ret = below;
		return r;
	}
	r = is_hex ? num_parse_hex(text + 2, UINT16_MAX, &num)
		   : num_parse_u32(text, UINT32_MAX, &num);
	*ret = num;
	return r;
}

static bool in_range(const struct option_row *row, int64_t num)
{
	if (row->kind == OPT_NUMBER)
		return num >= row->min && num <= row->max;
	if (row->kind == OPT_MASK)
		return num <= UINT16_MAX && !(num & row->min);
	return word_of_value(row->words, num);
}

static int parse_number(struct reading *in, const char *text)
{
	const struct option_row *row = in->row;
	const struct option_word *word = word_named(row->words, text);
	int64_t *num = &in->value.num;
	int r;

	if (word) {
		*num = word->value;
		return 0;
	}
	if (parse_limit(in, text, num))
		return 0;
	r = parse_digits(in, text, num);
	if (r == 0 && in_range(row, *num))
		return 0;
	if (r == -EINVAL || row->kind != OPT_NUMBER)
		return REFUSE(in, _("'%s' is not a value of %s"), text, row->name);
	return REFUSE(in, _("'%s' is out of range for %s"), text, row->name);
}

/* ---- names and addresses ---- */

static int parse_ifname(struct reading *in, const char *text)
{
	if (!ifname_may_be_altname(text))
		return REFUSE(in, _("'%s' is not the name of an interface"), text);
	in->value.ifname = arena_strdup(in->arena, text);
	return 0;
}

#define MAC_LEN 6

static void keep_mac(struct reading *in, const struct hwaddr *mac)
{
	for (size_t i = 0; i < MAC_LEN; i++)
		in->value.num = in->value.num << 8 | mac->bytes[i];
}

static int parse_mac(struct reading *in, const char *text)
{
	struct hwaddr mac;

	if (hwaddr_parse(text, &mac) < 0 || mac.len != MAC_LEN)
		return REFUSE(in, _("'%s' is not a MAC address"), text);
	if (mac.bytes[0] & 1)
		return REFUSE(in, _("'%s' is a multicast address"), text);
	keep_mac(in, &mac);
	return 0;
}

/* 01:80:c2:00:00:0X; three of these have other meanings (IEEE 802.1D). */
static int parse_group_mac(struct reading *in, const char *text)
{
	static const uint8_t group[] = { 0x01, 0x80, 0xc2, 0x00, 0x00 };
	struct hwaddr mac;
	uint8_t last;

	if (hwaddr_parse(text, &mac) < 0 || mac.len != MAC_LEN)
		return REFUSE(in, _("'%s' is not a MAC address"), text);
	last = mac.bytes[MAC_LEN - 1];
	if (memcmp(mac.bytes, group, sizeof(group)) != 0 || last > 0xf ||
	    (last >= 1 && last <= 3))
		return REFUSE(in, _("'%s' is not a value of %s"), text, in->row->name);
	keep_mac(in, &mac);
	return 0;
}

static const char *const family_names[] = { [AF_INET] = "IPv4", [AF_INET6] = "IPv6" };

/* Like bond_option_arp_ip_targets_set() and bond_option_ns_ip6_targets_set(). */
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

/* Appends an address to @list unless it is in the list already. */
static int add_target(struct reading *in, const char *text, struct ip *list)
{
	const struct option_row *row = in->row;
	const int family = row->wire == WIRE_IP6_LIST ? AF_INET6 : AF_INET;
	struct ip ip;

	if (*text == '-')
		return REFUSE(in, _("'%s' would remove an address"), text);
	if (ip_parse(text + (*text == '+'), family, &ip) < 0)
		return REFUSE(in, _("'%s' is not an %s address"), text,
			      family_names[family]);
	if (!can_be_target(&ip))
		return REFUSE(in, _("'%s' is not the address of a host"), text);
	if (list_has(list, in->value.n, &ip))
		return 0;
	if (in->value.n == (size_t)row->max)
		return REFUSE(in, _("%s has more than %" PRId64 " addresses"), row->name,
			      row->max);
	list[in->value.n++] = ip;
	return 0;
}

static int parse_list(struct reading *in, const char *text)
{
	struct ip *list = arena_alloc(in->arena, (size_t)in->row->max * sizeof(*list));
	char *rest = arena_strdup(in->arena, text);
	const char *item;
	int r = 0;

	while (r == 0 && (item = strsep(&rest, ",")))
		if (*item)
			r = add_target(in, item, list);
	if (r == 0 && in->value.n == 0)
		return REFUSE(in, _("%s has no address"), in->row->name);
	in->value.list = list;
	return r;
}

/* ---- all kinds ---- */

int option_value_parse(const struct option_table *table, const struct option_row *row,
		       const char *text, struct arena *arena, struct option_value *ret,
		       const char **ret_why)
{
	static int (*const parse[])(struct reading *, const char *) = {
		[OPT_NUMBER] = parse_number, [OPT_SWITCH] = parse_number,
		[OPT_ENUM] = parse_number,   [OPT_MASK] = parse_number,
		[OPT_IFNAME] = parse_ifname, [OPT_MAC] = parse_mac,
		[OPT_IP_LIST] = parse_list,  [OPT_GROUP_MAC] = parse_group_mac,
	};
	struct reading in = {
		.table = table,
		.row = row,
		.arena = arena,
		.value = { .is_set = true, .pos = ret->pos },
	};
	int r = parse[row->kind](&in, text);

	if (r == 0)
		*ret = in.value;
	else if (r == -EINVAL)
		*ret_why = in.why;
	return r;
}

static void format_mac(int64_t num, struct strbuf *out)
{
	struct hwaddr mac = { .len = MAC_LEN };
	char text[HWADDR_TEXT_MAX];

	for (size_t i = MAC_LEN; i-- > 0; num >>= 8)
		mac.bytes[i] = (uint8_t)num;
	strbuf_add(out, hwaddr_format(&mac, text));
}

static void format_word(const struct option_row *row, int64_t num, struct strbuf *out)
{
	const struct option_word *word = word_of_value(row->words, num);

	if (word)
		strbuf_add(out, word->name);
	else
		strbuf_addf(out, "%" PRId64, num);
}

static void format_list(const struct option_value *value, struct strbuf *out)
{
	char buf[IP_TEXT_MAX];

	for (size_t i = 0; i < value->n; i++) {
		if (i)
			strbuf_addc(out, ',');
		strbuf_add(out, ip_format(&value->list[i], buf));
	}
}

void option_value_format(const struct option_row *row, const struct option_value *value,
			 struct strbuf *out)
{
	switch (row->kind) {
	case OPT_NUMBER:
		strbuf_addf(out, "%" PRId64, value->num);
		break;
	case OPT_SWITCH:
	case OPT_ENUM:
		format_word(row, value->num, out);
		break;
	case OPT_MASK:
		strbuf_addf(out, "0x%" PRIx64, value->num);
		break;
	case OPT_IFNAME:
		strbuf_add(out, value->ifname ? value->ifname : "");
		break;
	case OPT_MAC:
	case OPT_GROUP_MAC:
		format_mac(value->num, out);
		break;
	case OPT_IP_LIST:
		format_list(value, out);
		break;
	}
}

static bool list_within(const struct option_value *inner,
			const struct option_value *outer)
{
	for (size_t i = 0; i < inner->n; i++)
		if (!list_has(outer->list, outer->n, &inner->list[i]))
			return false;
	return true;
}

bool option_value_equal(const struct option_row *row, const struct option_value *a,
			const struct option_value *b)
{
	if (!a->is_set || !b->is_set)
		return a->is_set == b->is_set;
	if (row->kind == OPT_IFNAME)
		return strcmp(a->ifname, b->ifname) == 0;
	if (row->kind == OPT_IP_LIST)
		return list_within(a, b) && list_within(b, a);
	return a->num == b->num;
}

bool option_value_is_kept(const struct option_row *row, const struct option_value *set,
			  const struct option_value *now)
{
	return option_value_equal(row, set, now) ||
	       (row->is_centiseconds && set->is_set && now->is_set &&
		now->num + 1 == set->num);
}

bool option_value_is_none(const struct option_row *row, const struct option_value *value)
{
	return (row->kind == OPT_IFNAME && !(value->ifname && *value->ifname)) ||
	       (row->kind == OPT_IP_LIST && !value->n);
}
