/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What drivers tell, by the ioctl that every kernel and every network namespace has. */
#include "lib/snapshot/speed.h"

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/ethtool.h>
#include <linux/sockios.h>

#include "lib/base/cleanup.h"

/* @command: one of ethtool's structs, which the answer goes to. Return: 0, or -1. */
static int ask_driver(const char *name, void *command)
{
	_cleanup_close_ int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = { .ifr_data = command };

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	return fd < 0 ? -1 : ioctl(fd, SIOCETHTOOL, &request);
}

struct link_speed speed_of_link(const char *name)
{
	struct ethtool_cmd command = { .cmd = ETHTOOL_GSET };
	uint32_t mbps;

	if (ask_driver(name, &command) < 0)
		return (struct link_speed){ 0 };
	mbps = ethtool_cmd_speed(&command);
	/* Drivers say "unknown" as 2^32-1, and older ones as 2^16-1. */
	if (mbps == (uint32_t)SPEED_UNKNOWN || mbps == UINT16_MAX)
		return (struct link_speed){ 0 };
	return (struct link_speed){ .mbps = mbps,
				    .is_full_duplex = command.duplex == DUPLEX_FULL };
}

struct hwaddr burned_in_mac(const char *name)
{
	union {
		struct ethtool_perm_addr head;
		uint8_t room[sizeof(struct ethtool_perm_addr) + HWADDR_MAX];
	} command = { .head = { .cmd = ETHTOOL_GPERMADDR, .size = HWADDR_MAX } };
	const uint8_t *bytes = command.room + sizeof(command.head);
	static const uint8_t zero[HWADDR_MAX];
	struct hwaddr ret = { 0 };

	if (ask_driver(name, &command) < 0 || command.head.size > HWADDR_MAX ||
	    memcmp(bytes, zero, command.head.size) == 0)
		return ret;
	ret.len = (uint8_t)command.head.size;
	memcpy(ret.bytes, bytes, ret.len);
	return ret;
}
