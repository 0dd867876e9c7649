/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unsolicited neighbour advertisements: IPv6's counterpart of gratuitous ARP. */
#include "lib/apply/neighbour.h"

#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/apply/arp.h"

/* Routers do not forward these packets: one that arrives with fewer hops is forged. */
#define HOPS 255

/* The advertisement with its only option. */
struct advertisement {
	struct nd_neighbor_advert head;
	struct nd_opt_hdr option;
	uint8_t mac[6];
};

static int configure(int fd)
{
	const int hops = HOPS;
	struct icmp6_filter filter;

	ICMP6_FILTER_SETBLOCKALL(&filter);
	if (setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof(hops)) < 0 ||
	    setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof(filter)) < 0)
		return -errno;
	return 0;
}

int neighbour_open(void)
{
	int fd =
		socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMPV6);
	int r = fd < 0 ? -errno : configure(fd);

	if (r == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return r;
}

/* Sent from the address itself: the kernel might choose another one. */
static int send_from(int fd, int ifindex, const struct in6_addr *from,
		     const struct advertisement *what)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6,
				   .sin6_addr = { { { 0xff, 0x02, [15] = 0x01 } } },
				   .sin6_scope_id = (uint32_t)ifindex };
	const struct in6_pktinfo info = { .ipi6_addr = *from,
					  .ipi6_ifindex = (unsigned int)ifindex };
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(info))];
	} control = { 0 };
	struct advertisement copy = *what;
	struct iovec part = { .iov_base = &copy, .iov_len = sizeof(copy) };
	struct msghdr msg = { .msg_name = &to,
			      .msg_namelen = sizeof(to),
			      .msg_iov = &part,
			      .msg_iovlen = 1,
			      .msg_control = control.room,
			      .msg_controllen = sizeof(control.room) };

	control.header.cmsg_level = IPPROTO_IPV6;
	control.header.cmsg_type = IPV6_PKTINFO;
	control.header.cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(&control.header), &info, sizeof(info));
	return sendmsg(fd, &msg, 0) < 0 ? -errno : 0;
}

int neighbour_announce(int fd, int ifindex, const struct ip *addr, bool is_router)
{
	struct advertisement what = {
		.head.nd_na_type = ND_NEIGHBOR_ADVERT,
		.head.nd_na_flags_reserved =
			ND_NA_FLAG_OVERRIDE | (is_router ? ND_NA_FLAG_ROUTER : 0),
		.option = { .nd_opt_type = ND_OPT_TARGET_LINKADDR, .nd_opt_len = 1 },
	};
	struct hwaddr mac;
	int r = fd < 0 ? fd : arp_link_mac(fd, ifindex, &mac);

	if (r < 0)
		return r;
	memcpy(&what.head.nd_na_target, addr->bytes, sizeof(what.head.nd_na_target));
	memcpy(what.mac, mac.bytes, sizeof(what.mac));
	r = send_from(fd, ifindex, &what.head.nd_na_target, &what);
	/* The kernel does not send from an address that is still tentative. */
	return r == -EINVAL ? 0 : r;
}
