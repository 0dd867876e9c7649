/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of a link's settings below /proc/sys/net. */
#include "lib/model/link-conf.h"

#include <errno.h>
#include <string.h>

#include <linux/ip.h>
#include <linux/ipv6.h>

const struct link_conf link_confs[CONF_COUNT] = {
	[CONF_IP6_DISABLE] = { "ipv6", "disable_ipv6", DEVCONF_DISABLE_IPV6, 0 },
	/* Reported by an attribute of its own. */
	[CONF_IP6_ADDR_GEN_MODE] = { "ipv6", "addr_gen_mode", -1, 0 },
	[CONF_IP6_FORWARDING] = { "ipv6", "forwarding", DEVCONF_FORWARDING, 0 },
	[CONF_IP6_ACCEPT_RA] = { "ipv6", "accept_ra", DEVCONF_ACCEPT_RA, 1 },
	[CONF_IP6_ACCEPT_RA_DEFRTR] = { "ipv6", "accept_ra_defrtr",
					DEVCONF_ACCEPT_RA_DEFRTR, 1 },
	[CONF_IP6_ACCEPT_REDIRECTS] = { "ipv6", "accept_redirects",
					DEVCONF_ACCEPT_REDIRECTS, 1 },
	[CONF_IP6_AUTOCONF] = { "ipv6", "autoconf", DEVCONF_AUTOCONF, 1 },
	[CONF_IP6_USE_TEMPADDR] = { "ipv6", "use_tempaddr", DEVCONF_USE_TEMPADDR, 0 },
	[CONF_IP6_MTU] = { "ipv6", "mtu", DEVCONF_MTU6, 1500 },
	[CONF_IP4_ARP_FILTER] = { "ipv4", "arp_filter", IPV4_DEVCONF_ARPFILTER - 1, 0 },
};

int link_conf_find(const char *name, enum link_conf_id *ret)
{
	for (unsigned int id = 0; id < CONF_COUNT; id++) {
		size_t len = strlen(link_confs[id].family);

		if (strncmp(name, link_confs[id].family, len) != 0 || name[len] != '.' ||
		    strcmp(name + len + 1, link_confs[id].name) != 0)
			continue;
		*ret = id;
		return 0;
	}
	return -EINVAL;
}
