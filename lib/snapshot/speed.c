/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The speed of a link, by the ioctl that every kernel and every network namespace has. */
#include "lib/snapshot/speed.h"

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/ethtool.h>
#include <linux/sockios.h>

#include "lib/base/cleanup.h"

struct link_speed speed_of_link(const char *name)
{
	_cleanup_close_ int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ethtool_cmd command = { .cmd = ETHTOOL_GSET };
	struct ifreq request = { .ifr_data = (void *)&command };
	uint32_t mbps;

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, SIOCETHTOOL, &request) < 0)
		return (struct link_speed){ 0 };
	mbps = ethtool_cmd_speed(&command);
	/* Drivers say "unknown" as 2^32-1, and older ones as 2^16-1. */
	if (mbps == (uint32_t)SPEED_UNKNOWN || mbps == UINT16_MAX)
		return (struct link_speed){ 0 };
	return (struct link_speed){ .mbps = mbps,
				    .is_full_duplex = command.duplex == DUPLEX_FULL };
}
