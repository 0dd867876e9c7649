/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads attributes whose size differs between kernels. */
#include "lib/rtnl/attr.h"

#include <netlink/attr.h>

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
