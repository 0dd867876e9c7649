/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Attributes whose size differs between kernels, and differences between libnl's
 * versions.
 */
#include "lib/rtnl/attr.h"

#include <netlink/attr.h>
#include <netlink/msg.h>

/* Before 3.5, libnl does not declare that it changes neither of them. */
union policy {
	const struct nla_policy *given;
	struct nla_policy *wanted;
};

uint32_t rtnl_attr_number(const struct nlattr *attr)
{
	switch (attr ? nla_len(attr) : 0) {
	case 1:
		return nla_get_u8(attr);
	case 2:
		return nla_get_u16(attr);
	case 4:
		return nla_get_u32(attr);
	default:
		return 0;
	}
}

int rtnl_parse(const struct nlmsghdr *msg, size_t header_len, int max,
	       const struct nla_policy *policy, struct nlattr **ret)
{
	const union policy rules = { .given = policy };

	if (!nlmsg_valid_hdr(msg, (int)header_len))
		return -1;
	return nla_parse(ret, max, nlmsg_attrdata(msg, (int)header_len),
			 nlmsg_attrlen(msg, (int)header_len), rules.wanted);
}

int rtnl_parse_nested(const struct nlattr *nest, int max, const struct nla_policy *policy,
		      struct nlattr **ret)
{
	const union policy rules = { .given = policy };

	return nla_parse(ret, max, nla_data(nest), nla_len(nest), rules.wanted);
}

/* From 3.5 on, libnl has this function itself. */
void rtnl_nest_end_keep_empty(struct nl_msg *msg, struct nlattr *nest)
{
	const char *end = nlmsg_tail(nlmsg_hdr(msg));

	nest->nla_len = (uint16_t)(end - (const char *)nest);
}
