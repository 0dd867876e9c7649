/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Announces new addresses to the neighbours, which may remember a former owner. */
#include "lib/apply/announce.h"

#include <dirent.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/apply/arp.h"
#include "lib/apply/neighbour.h"
#include "lib/base/cleanup.h"
#include "lib/base/memory.h"
#include "lib/base/num.h"

#define SECOND_ANNOUNCE_S 2

/* struct sockets - one for each family in which something is announced; else -1 */
struct sockets {
	int arp, neighbour;
};

static int open_one(int (*open_socket)(void), const struct announcement *list, size_t n,
		    uint8_t family)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].addr.family == family)
			return open_socket();
	return -1;
}

static int announce_one(const struct sockets *sockets, const struct announcement *one,
			bool first)
{
	if (one->addr.family == AF_INET6)
		return neighbour_announce(sockets->neighbour, one->ifindex, &one->addr,
					  one->is_router);
	return arp_announce(sockets->arp, one->ifindex, &one->addr, first);
}

/* Return: the first error; the others are announced all the same. */
static int announce_list(const struct sockets *sockets, const struct announcement *list,
			 size_t n)
{
	int error = 0;

	for (size_t i = 0; i < n; i++) {
		int r = announce_one(sockets, &list[i], true);

		error = error ? error : r;
	}
	return error;
}

static const void *bytes_of(const struct ifaddrs *at)
{
	return at->ifa_addr->sa_family == AF_INET6
		       ? (const void *)&((struct sockaddr_in6 *)at->ifa_addr)->sin6_addr
		       : (const void *)&((struct sockaddr_in *)at->ifa_addr)->sin_addr;
}

static bool is_set(const struct announcement *one, const struct ifaddrs *list)
{
	const size_t len = one->addr.family == AF_INET6 ? sizeof(struct in6_addr)
							: sizeof(struct in_addr);

	for (const struct ifaddrs *at = list; at; at = at->ifa_next)
		if (at->ifa_addr && at->ifa_addr->sa_family == one->addr.family &&
		    memcmp(bytes_of(at), one->addr.bytes, len) == 0 &&
		    if_nametoindex(at->ifa_name) == (unsigned int)one->ifindex)
			return true;
	return false;
}

/*
 * What has been removed meanwhile, by a rollback or by ifdown, may be the address of
 * another host by now.
 */
static void announce_again(const struct sockets *sockets, const struct announcement *list,
			   size_t n)
{
	struct ifaddrs *set = NULL;

	if (getifaddrs(&set) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (is_set(&list[i], set))
			announce_one(sockets, &list[i], false);
	freeifaddrs(set);
}

/*
 * A reader of our output waits until no process has it open, and so does a process that
 * wants an inherited lock: the child closes every descriptor except its sockets.
 */
static void let_go(const struct sockets *keep)
{
	DIR *dir = MEMORY_TRY(opendir("/proc/self/fd"));
	const struct dirent *entry;
	uint32_t fd;

	while (dir && (entry = readdir(dir)))
		if (num_parse_u32(entry->d_name, INT32_MAX, &fd) == 0 &&
		    (int)fd != keep->arp && (int)fd != keep->neighbour &&
		    (int)fd != dirfd(dir))
			close((int)fd);
	if (dir)
		closedir(dir);
}

static int announce_twice(const struct sockets *sockets, const struct announcement *list,
			  size_t n)
{
	int r = announce_list(sockets, list, n);
	pid_t child = fork();

	if (child < 0)
		return -errno;
	if (child > 0)
		return r;
	let_go(sockets);
	setsid();
	sleep(SECOND_ANNOUNCE_S);
	announce_again(sockets, list, n);
	_exit(0);
}

int announce_all(const struct announcement *list, size_t n)
{
	_cleanup_close_ int arp = open_one(arp_open, list, n, AF_INET);
	_cleanup_close_ int neighbour = open_one(neighbour_open, list, n, AF_INET6);
	const struct sockets sockets = { arp, neighbour };

	return announce_twice(&sockets, list, n);
}
