/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds the link of this host that has an address: two of its cards may be in the same
 * network, and one answers for the other.
 */
#include "lib/apply/holder.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <string.h>

#include "lib/base/memory.h"

static bool has_mac(const struct ifaddrs *at, const struct hwaddr *mac)
{
	const struct sockaddr_ll *link = (const void *)at->ifa_addr;

	return link->sll_family == AF_PACKET && link->sll_halen == mac->len &&
	       memcmp(link->sll_addr, mac->bytes, mac->len) == 0;
}

static bool has_addr(const struct ifaddrs *at, const struct ip *addr)
{
	const struct sockaddr_in *ip4 = (const void *)at->ifa_addr;
	const struct sockaddr_in6 *ip6 = (const void *)at->ifa_addr;

	if (at->ifa_addr->sa_family != addr->family)
		return false;
	return addr->family == AF_INET6
		       ? memcmp(&ip6->sin6_addr, addr->bytes, sizeof(ip6->sin6_addr)) == 0
		       : memcmp(&ip4->sin_addr, addr->bytes, sizeof(ip4->sin_addr)) == 0;
}

/* Any card may answer for the address of another one: see arp_ignore of the kernel. */
static bool is_ours(const struct ifaddrs *list, const struct hwaddr *mac)
{
	for (const struct ifaddrs *at = list; at; at = at->ifa_next)
		if (at->ifa_addr && has_mac(at, mac))
			return true;
	return false;
}

/* The name is the label of the address, which may have a colon. */
static char *find(const struct ifaddrs *list, const struct ip *addr, int ifindex)
{
	for (const struct ifaddrs *at = list; at; at = at->ifa_next) {
		char name[IF_NAMESIZE];
		unsigned int index;

		if (!at->ifa_addr || !has_addr(at, addr))
			continue;
		index = if_nametoindex(at->ifa_name);
		if (index && (int)index != ifindex && if_indextoname(index, name))
			return memory_dup(name);
	}
	return NULL;
}

char *holder_find(const struct ip *addr, int ifindex, const struct hwaddr *mac)
{
	struct ifaddrs *list = NULL;
	char *name = NULL;

	if (ip_is_link_local(addr) || getifaddrs(&list) < 0)
		return NULL;
	if (!mac || is_ours(list, mac))
		name = find(list, addr, ifindex);
	freeifaddrs(list);
	return name;
}
