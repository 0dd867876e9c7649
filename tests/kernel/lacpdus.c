/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts the LACP packets that come in and go out on a network card for some seconds. */
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include "lib/apply/clock.h"
#include "lib/base/cleanup.h"
#include "lib/base/num.h"

enum { SECONDS_MAX = 60 };

struct count {
	unsigned int received, sent;
};

/* Only a socket for all protocols sees what goes out. */
static int listen_on(int fd, const char *nic)
{
	const struct sockaddr_ll here = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex(nic),
	};

	if (!here.sll_ifindex)
		return -1;
	return bind(fd, (const struct sockaddr *)&here, sizeof(here));
}

static void take(int fd, struct count *count)
{
	struct sockaddr_ll from = { 0 };
	socklen_t len = sizeof(from);
	char byte;

	if (recvfrom(fd, &byte, sizeof(byte), 0, (struct sockaddr *)&from, &len) < 0 ||
	    from.sll_protocol != htons(ETH_P_SLOW))
		return;
	if (from.sll_pkttype == PACKET_OUTGOING)
		count->sent++;
	else
		count->received++;
}

static void count_for(int fd, uint32_t seconds, struct count *count)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	int64_t end = clock_now_ms() + (int64_t)seconds * 1000, left;

	while ((left = end - clock_now_ms()) > 0)
		if (poll(&ready, 1, (int)left) > 0)
			take(fd, count);
}

int main(int argc, char **argv)
{
	_cleanup_close_ int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct count count = { 0 };
	uint32_t seconds;

	if (argc != 3 || num_parse_u32(argv[2], SECONDS_MAX, &seconds) < 0) {
		fputs("usage: lacpdus NIC SECONDS\n", stderr);
		return 2;
	}
	if (fd < 0 || listen_on(fd, argv[1]) < 0) {
		perror("lacpdus");
		return 1;
	}
	count_for(fd, seconds, &count);
	printf("received %u sent %u\n", count.received, count.sent);
	return 0;
}
