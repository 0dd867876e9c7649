/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks a host for an ICMP echo every 10 ms, or as often as requested, until it is asked to
 * stop, then says how many were lost and how long nothing came back. Its first line says that
 * it has begun. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/cleanup.h"
#include "lib/base/num.h"

enum {
	INTERVAL_MS = 10,
	INTERVAL_MAX_MS = 999,
	LAST_ANSWERS_MS = 1000,
	MOST = UINT16_MAX, /* sequence numbers of ICMP */
};

struct count {
	struct sockaddr_in host;
	uint16_t id;
	unsigned int sent, answered;
	bool got[MOST + 1];
	uint64_t last_ms, longest_ms;
};

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static uint16_t checksum(const struct icmphdr *icmp)
{
	uint16_t words[sizeof(*icmp) / 2];
	uint32_t sum = 0;

	memcpy(words, icmp, sizeof(words));
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		sum += words[i];
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t) ~(sum + (sum >> 16));
}

/* A route that is missing for a moment is a lost packet, not the end of the count. */
static void ask(int sock, struct count *count)
{
	struct icmphdr icmp = { .type = ICMP_ECHO };

	icmp.un.echo.id = count->id;
	icmp.un.echo.sequence = htons((uint16_t)count->sent);
	icmp.checksum = checksum(&icmp);
	count->sent++;
	(void)sendto(sock, &icmp, sizeof(icmp), 0, (struct sockaddr *)&count->host,
		     sizeof(count->host));
}

static void note_answer(struct count *count, unsigned int sequence)
{
	uint64_t now = now_ms();

	if (sequence >= count->sent || count->got[sequence])
		return;
	count->got[sequence] = true;
	count->answered++;
	if (count->last_ms != 0 && now - count->last_ms > count->longest_ms)
		count->longest_ms = now - count->last_ms;
	count->last_ms = now;
}

static void hear(int sock, struct count *count)
{
	unsigned char packet[1500];
	struct iphdr ip;
	struct icmphdr icmp;
	size_t header;
	ssize_t n;

	while ((n = recv(sock, packet, sizeof(packet), MSG_DONTWAIT)) > 0) {
		if ((size_t)n < sizeof(ip))
			continue;
		memcpy(&ip, packet, sizeof(ip));
		header = (size_t)ip.ihl * 4;
		if ((size_t)n < header + sizeof(icmp))
			continue;
		memcpy(&icmp, packet + header, sizeof(icmp));
		if (icmp.type == ICMP_ECHOREPLY && icmp.un.echo.id == count->id)
			note_answer(count, ntohs(icmp.un.echo.sequence));
	}
}

/* Return: 0 when asked to stop, or a negative errno. */
static int ask_until_told(int sock, int timer, int told, struct count *count)
{
	struct pollfd fds[] = { { .fd = sock, .events = POLLIN },
				{ .fd = timer, .events = POLLIN },
				{ .fd = told, .events = POLLIN } };
	uint64_t ticks;

	while (count->sent < MOST) {
		if (poll(fds, ARRAY_SIZE(fds), -1) < 0 && errno != EINTR)
			return -errno;
		hear(sock, count);
		if (fds[2].revents)
			return 0;
		if (fds[1].revents && read(timer, &ticks, sizeof(ticks)) > 0)
			ask(sock, count);
	}
	return 0;
}

static void hear_the_last(int sock, struct count *count)
{
	struct pollfd fd = { .fd = sock, .events = POLLIN };
	uint64_t until = now_ms() + LAST_ANSWERS_MS;

	while (count->answered < count->sent && now_ms() < until) {
		if (poll(&fd, 1, INTERVAL_MS) > 0)
			hear(sock, count);
	}
}

static int open_stop_signal(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

int main(int argc, char **argv)
{
	uint32_t interval_ms = INTERVAL_MS;
	struct itimerspec every = { 0 };
	struct count count = { .host.sin_family = AF_INET, .id = (uint16_t)getpid() };
	_cleanup_close_ int sock = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	_cleanup_close_ int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	_cleanup_close_ int told = open_stop_signal();

	if (argc < 2 || argc > 3 ||
	    inet_pton(AF_INET, argv[1], &count.host.sin_addr) != 1 ||
	    (argc == 3 && num_parse_u32(argv[2], INTERVAL_MAX_MS, &interval_ms) < 0)) {
		fputs("usage: gap ADDRESS [INTERVAL_MS]\n", stderr);
		return 2;
	}
	puts("asking");
	fflush(stdout);
	every.it_interval.tv_nsec = every.it_value.tv_nsec = interval_ms * 1000000L;
	if (sock < 0 || timer < 0 || told < 0 ||
	    timerfd_settime(timer, 0, &every, NULL) < 0 ||
	    ask_until_told(sock, timer, told, &count) < 0) {
		perror("gap");
		return 1;
	}
	hear_the_last(sock, &count);
	printf("sent %u lost %u longest gap %llu ms\n", count.sent,
	       count.sent - count.answered, (unsigned long long)count.longest_ms);
	return 0;
}
