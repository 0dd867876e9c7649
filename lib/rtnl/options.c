/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Converts options of bonds, bridges and their ports to attributes and back, by their
 * tables.
 */
#include "lib/rtnl/options.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>

#include <linux/if_link.h>

#include "lib/rtnl/attr.h"

/*
 * struct br_boolopt_multi, which older headers lack; .mask selects the bits that are
 * meant
 */
struct option_bits {
	uint32_t on, mask;
};

/* ---- to the kernel ---- */

static int put_option_mac(struct nl_msg *msg, int attr, int64_t num)
{
	uint8_t bytes[6];

	for (size_t i = sizeof(bytes); i-- > 0; num >>= 8)
		bytes[i] = (uint8_t)num;
	return nla_put(msg, attr, sizeof(bytes), bytes);
}

static int put_ip_list(struct nl_msg *msg, int attr, const struct option_value *value)
{
	struct nlattr *nest = nla_nest_start(msg, attr);

	if (!nest)
		return -EMSGSIZE;
	for (size_t i = 0; i < value->n; i++)
		if (nla_put(msg, (int)i, (int)ip_len(&value->list[i]),
			    value->list[i].bytes) < 0)
			return -EMSGSIZE;
	/* An empty list is sent as well: it clears the driver's list. */
	rtnl_nest_end_keep_empty(msg, nest);
	return 0;
}

static int put_value(struct nl_msg *msg, const struct option_row *row,
		     const struct option_value *value)
{
	switch (row->wire) {
	case WIRE_U8:
		return nla_put_u8(msg, row->attr, (uint8_t)value->num);
	case WIRE_U16:
		return nla_put_u16(msg, row->attr, (uint16_t)value->num);
	case WIRE_U32:
	case WIRE_IFINDEX:
		return nla_put_u32(msg, row->attr, (uint32_t)value->num);
	case WIRE_U64:
		return nla_put_u64(msg, row->attr, (uint64_t)value->num);
	case WIRE_BE16:
		return nla_put_u16(msg, row->attr, htons((uint16_t)value->num));
	case WIRE_MAC:
		return put_option_mac(msg, row->attr, value->num);
	case WIRE_IP4_LIST:
	case WIRE_IP6_LIST:
		return put_ip_list(msg, row->attr, value);
	case WIRE_BIT: /* all bits share one attribute */
		return 0;
	}
	return -EINVAL;
}

static int put_bits(struct nl_msg *msg, const struct option_values *values)
{
	struct option_bits bits = { 0 };
	uint16_t attr = 0;

	for (size_t id = 0; id < values->table->n; id++) {
		const struct option_row *row = &values->table->rows[id];

		if (!values->of[id].is_set || row->wire != WIRE_BIT)
			continue;
		attr = row->attr;
		bits.mask |= 1U << row->bit;
		bits.on |= (uint32_t)values->of[id].num << row->bit;
	}
	return bits.mask ? nla_put(msg, attr, sizeof(bits), &bits) : 0;
}

int rtnl_put_options(struct nl_msg *msg, const struct option_values *values)
{
	const struct option_table *table = values->table;
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO), *data;

	if (!info ||
	    nla_put_string(msg, table->is_of_port ? IFLA_INFO_SLAVE_KIND : IFLA_INFO_KIND,
			   table->kind) < 0)
		return -EMSGSIZE;
	data = nla_nest_start(msg,
			      table->is_of_port ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA);
	if (!data)
		return -EMSGSIZE;
	for (size_t id = 0; id < table->n; id++)
		if (values->of[id].is_set &&
		    put_value(msg, &table->rows[id], &values->of[id]) < 0)
			return -EMSGSIZE;
	if (put_bits(msg, values) < 0)
		return -EMSGSIZE;
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	return 0;
}

/* ---- from the kernel ---- */

static int64_t get_mac(const struct nlattr *attr)
{
	const uint8_t *bytes = nla_data(attr);
	int64_t num = 0;

	for (int i = 0; i < nla_len(attr) && i < 6; i++)
		num = num << 8 | bytes[i];
	return num;
}

static void get_bit(const struct nlattr *attr, unsigned int bit, struct option_value *ret)
{
	const struct option_bits *bits = nla_data(attr);

	if (nla_len(attr) < (int)sizeof(*bits))
		return;
	ret->is_set = bits->mask >> bit & 1;
	ret->num = bits->on >> bit & 1;
}

static void get_ip_list(const struct nlattr *nest, uint8_t family, struct arena *arena,
			struct option_value *ret)
{
	struct ip *list = NULL;
	size_t n = 0, cap = 0;
	struct nlattr *attr;
	int left;

	nla_for_each_nested (attr, nest, left) {
		struct ip ip = { .family = family };

		if ((size_t)nla_len(attr) != ip_len(&ip))
			continue;
		memcpy(ip.bytes, nla_data(attr), ip_len(&ip));
		ARENA_PUSH(arena, list, n, cap, ip);
	}
	ret->list = list;
	ret->n = n;
}

static void get_value(const struct option_row *row, const struct nlattr *attr,
		      struct arena *arena, struct option_value *ret)
{
	ret->is_set = row->wire != WIRE_BIT;
	switch (row->wire) {
	case WIRE_U8:
	case WIRE_U16:
	case WIRE_IFINDEX:
		ret->num = rtnl_attr_number(attr);
		break;
	case WIRE_U32:
		ret->num = row->min < 0 ? (int32_t)rtnl_attr_number(attr)
					: (int64_t)rtnl_attr_number(attr);
		break;
	case WIRE_U64:
		ret->num = nla_len(attr) == 8 ? (int64_t)nla_get_u64(attr) : 0;
		break;
	case WIRE_BE16:
		ret->num = ntohs((uint16_t)rtnl_attr_number(attr));
		break;
	case WIRE_BIT:
		get_bit(attr, row->bit, ret);
		break;
	case WIRE_MAC:
		ret->num = get_mac(attr);
		break;
	case WIRE_IP4_LIST:
		get_ip_list(attr, AF_INET, arena, ret);
		return;
	case WIRE_IP6_LIST:
		get_ip_list(attr, AF_INET6, arena, ret);
		return;
	}
	/* The value 2 means that STP is handled by a program instead of the driver. */
	if (row->kind == OPT_SWITCH)
		ret->num = ret->num != 0;
}

struct option_values *rtnl_get_options(const struct option_table *table,
				       const struct nlattr *data, struct arena *arena)
{
	struct option_values *values = option_values_new(table, arena);

	for (size_t id = 0; id < table->n; id++) {
		const struct nlattr *attr =
			nla_find(nla_data(data), nla_len(data), table->rows[id].attr);

		if (attr)
			get_value(&table->rows[id], attr, arena, &values->of[id]);
	}
	return values;
}
