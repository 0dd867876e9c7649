/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What drivers report through the ethtool ioctl. */
#include "lib/rtnl/ethtool.h"

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/ethtool.h>
#include <linux/sockios.h>

#include "lib/base/cleanup.h"
#include "lib/base/language.h"

int ethtool_ask(const char *name, void *command)
{
	_cleanup_close_ int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = { .ifr_data = command };

	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	return fd < 0 ? -1 : ioctl(fd, SIOCETHTOOL, &request);
}

struct link_speed ethtool_speed(const char *name)
{
	struct ethtool_cmd command = { .cmd = ETHTOOL_GSET };
	uint32_t mbps;

	if (ethtool_ask(name, &command) < 0)
		return (struct link_speed){ 0 };
	mbps = ethtool_cmd_speed(&command);
	/* Drivers report an unknown speed as 2^32-1, older ones as 2^16-1. */
	if (mbps == (uint32_t)SPEED_UNKNOWN || mbps == UINT16_MAX)
		return (struct link_speed){ 0 };
	return (struct link_speed){ .mbps = mbps,
				    .is_full_duplex = command.duplex == DUPLEX_FULL,
				    .is_half_duplex = command.duplex == DUPLEX_HALF };
}

const char *link_speed_duplex(const struct link_speed *speed)
{
	if (speed->is_full_duplex)
		return "full";
	return speed->is_half_duplex ? "half" : NULL;
}

const char *link_speed_flaw(const struct link_speed *speed)
{
	if (speed->mbps && speed->is_full_duplex)
		return NULL;
	return speed->mbps && speed->is_half_duplex ? _("runs at half duplex")
						    : _("reports no speed or duplex");
}
