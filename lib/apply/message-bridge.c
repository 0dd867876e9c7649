/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of bridges and of their ports, as attributes. */
#include "lib/apply/message-bridge.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include <linux/if_link.h>

/* struct br_boolopt_multi, which older headers do not have: those to change, in .mask */
struct bits {
	uint32_t on, mask;
};

static int put_mac(struct nl_msg *msg, int attr, uint64_t num)
{
	uint8_t bytes[6];

	for (size_t i = sizeof(bytes); i-- > 0; num >>= 8)
		bytes[i] = (uint8_t)num;
	return nla_put(msg, attr, sizeof(bytes), bytes);
}

static int put_value(struct nl_msg *msg, const struct bridge_option *option, uint64_t num)
{
	switch (option->wire) {
	case BRIDGE_U8:
		return nla_put_u8(msg, option->attr, (uint8_t)num);
	case BRIDGE_U16:
		return nla_put_u16(msg, option->attr, (uint16_t)num);
	case BRIDGE_U32:
	case BRIDGE_IFINDEX:
		return nla_put_u32(msg, option->attr, (uint32_t)num);
	case BRIDGE_U64:
		return nla_put_u64(msg, option->attr, num);
	case BRIDGE_BE16:
		return nla_put_u16(msg, option->attr, htons((uint16_t)num));
	case BRIDGE_MAC:
		return put_mac(msg, option->attr, num);
	case BRIDGE_BIT: /* all of them are one attribute */
		return 0;
	}
	return -EINVAL;
}

static int put_bits(struct nl_msg *msg, const struct bridge_table *table,
		    const struct bridge_value *values)
{
	struct bits bits = { 0 };
	uint16_t attr = 0;

	for (size_t id = 0; id < table->n; id++) {
		const struct bridge_option *option = &table->rows[id];

		if (!values[id].is_set || option->wire != BRIDGE_BIT)
			continue;
		attr = option->attr;
		bits.mask |= 1U << option->bit;
		bits.on |= (uint32_t)values[id].num << option->bit;
	}
	return bits.mask ? nla_put(msg, attr, sizeof(bits), &bits) : 0;
}

static int put_values(struct nl_msg *msg, int nest, const struct bridge_table *table,
		      const struct bridge_value *values)
{
	struct nlattr *data = nla_nest_start(msg, nest);

	if (!data)
		return -ENOMEM;
	for (size_t id = 0; id < table->n; id++)
		if (values[id].is_set &&
		    put_value(msg, &table->rows[id], values[id].num) < 0)
			return -ENOMEM;
	if (put_bits(msg, table, values) < 0)
		return -ENOMEM;
	nla_nest_end(msg, data);
	return 0;
}

int message_put_bridge(struct nl_msg *msg, const struct bridge_value *options)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);

	if (!info || nla_put_string(msg, IFLA_INFO_KIND, "bridge") < 0 ||
	    put_values(msg, IFLA_INFO_DATA, &bridge_table, options) < 0)
		return -ENOMEM;
	nla_nest_end(msg, info);
	return 0;
}

int message_put_bridge_port(struct nl_msg *msg, const struct bridge_value *options)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);

	if (!info || nla_put_string(msg, IFLA_INFO_SLAVE_KIND, "bridge") < 0 ||
	    put_values(msg, IFLA_INFO_SLAVE_DATA, &bridge_port_table, options) < 0)
		return -ENOMEM;
	nla_nest_end(msg, info);
	return 0;
}
