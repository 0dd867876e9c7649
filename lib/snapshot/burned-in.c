/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The permanent address of a network card if rtnetlink does not report it. */
#include "lib/snapshot/burned-in.h"

#include <string.h>

#include <linux/ethtool.h>

#include "lib/rtnl/ethtool.h"

struct hwaddr burned_in_mac(const char *name)
{
	union {
		struct ethtool_perm_addr head;
		uint8_t room[sizeof(struct ethtool_perm_addr) + HWADDR_MAX];
	} command = { .head = { .cmd = ETHTOOL_GPERMADDR, .size = HWADDR_MAX } };
	const uint8_t *bytes = command.room + sizeof(command.head);
	static const uint8_t zero[HWADDR_MAX];
	struct hwaddr ret = { 0 };

	if (ethtool_ask(name, &command) < 0 || command.head.size > HWADDR_MAX ||
	    memcmp(bytes, zero, command.head.size) == 0)
		return ret;
	ret.len = (uint8_t)command.head.size;
	memcpy(ret.bytes, bytes, ret.len);
	return ret;
}
