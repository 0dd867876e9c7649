/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ARP for IPv4 over Ethernet: checks whether an address is free, and announces its owner.
 *
 * One packet socket serves all links: packets that it sends and receives carry the link's
 * index.
 */
#include "lib/apply/arp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/if_ether.h>
#include <netpacket/packet.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include "lib/apply/clock.h"
#include "lib/base/cleanup.h"

#define QUESTIONS       2
#define QUESTION_GAP_MS 1000 /* at most: a short wait has room for both, too */
#define LISTEN_MAX      1024 /* packets at a time */

/* The progress of one probe. */
struct probing {
	struct arp_probe probe;
	struct hwaddr mac; /* the MAC address of our link */
	uint32_t tries_left;
	uint32_t asked;
	int64_t due_ms; /* time of the next question, or of the end after the last */
	bool over;
};

int arp_open(void)
{
	int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			htons(ETH_P_ARP));

	return fd < 0 ? -errno : fd;
}

int arp_link_mac(int fd, int ifindex, struct hwaddr *ret)
{
	struct ifreq request = { .ifr_ifindex = ifindex };

	if (ioctl(fd, SIOCGIFNAME, &request) < 0 ||
	    ioctl(fd, SIOCGIFHWADDR, &request) < 0)
		return -errno;
	if (request.ifr_hwaddr.sa_family != ARPHRD_ETHER)
		return -EOPNOTSUPP;
	*ret = (struct hwaddr){ .len = ETH_ALEN };
	memcpy(ret->bytes, request.ifr_hwaddr.sa_data, ETH_ALEN);
	return 0;
}

static int broadcast(int fd, int ifindex, const struct ether_arp *packet)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ARP),
		.sll_ifindex = ifindex,
		.sll_halen = ETH_ALEN,
	};

	memset(to.sll_addr, 0xff, ETH_ALEN);
	if (sendto(fd, packet, sizeof(*packet), 0, (const struct sockaddr *)&to,
		   sizeof(to)) < 0)
		return -errno;
	return 0;
}

static struct ether_arp packet_about(const struct ip *addr, const struct hwaddr *mac,
				     uint16_t op)
{
	struct ether_arp packet = {
		.arp_hrd = htons(ARPHRD_ETHER),
		.arp_pro = htons(ETHERTYPE_IP),
		.arp_hln = ETH_ALEN,
		.arp_pln = 4,
		.arp_op = htons(op),
	};

	memcpy(packet.arp_sha, mac->bytes, ETH_ALEN);
	memcpy(packet.arp_tpa, addr->bytes, 4);
	return packet;
}

/* The sender's IP address is empty in a question, so no ARP table changes. */
static int send_question(int fd, const struct probing *probing)
{
	struct ether_arp packet =
		packet_about(&probing->probe.addr, &probing->mac, ARPOP_REQUEST);

	return broadcast(fd, probing->probe.ifindex, &packet);
}

int arp_announce(int fd, int ifindex, const struct ip *addr, bool as_answer)
{
	struct ether_arp packet;
	struct hwaddr mac;
	int r = fd < 0 ? fd : arp_link_mac(fd, ifindex, &mac);

	if (r < 0)
		return r;
	packet = packet_about(addr, &mac, as_answer ? ARPOP_REPLY : ARPOP_REQUEST);
	memcpy(packet.arp_spa, addr->bytes, 4);
	if (as_answer)
		memcpy(packet.arp_tha, mac.bytes, ETH_ALEN);
	return broadcast(fd, ifindex, &packet);
}

static void finish_probing(struct probing *probing, int error)
{
	probing->probe.error = error;
	probing->over = true;
}

static struct probing begin_probing(int fd, const struct arp_probe *probe, int64_t now)
{
	struct probing probing = {
		.probe = *probe,
		.tries_left = probe->tries,
		.due_ms = now,
	};
	int r = probe->addr.family == AF_INET
			? arp_link_mac(fd, probe->ifindex, &probing.mac)
			: -EAFNOSUPPORT;

	if (r < 0)
		finish_probing(&probing, r);
	return probing;
}

/* The question could not be sent: starts again a little later, or gives up. */
static void stumble(struct probing *probing, int64_t now, int error)
{
	if (probing->tries_left <= 1) {
		finish_probing(probing, error);
		return;
	}
	probing->tries_left--;
	probing->asked = 0;
	probing->due_ms = now + QUESTION_GAP_MS;
}

/* A switch port that has just come up may not forward the first one yet. */
static int64_t gap_ms(const struct arp_probe *probe)
{
	const int64_t share = probe->wait_ms / QUESTIONS;

	return share < QUESTION_GAP_MS ? share : QUESTION_GAP_MS;
}

static void go_on_probing(int fd, struct probing *probing, int64_t now)
{
	int r;

	if (probing->over || now < probing->due_ms)
		return;
	if (probing->asked == QUESTIONS) {
		finish_probing(probing, 0);
		return;
	}
	r = send_question(fd, probing);
	if (r < 0) {
		stumble(probing, now, r);
		return;
	}
	probing->asked++;
	probing->due_ms = now + gap_ms(&probing->probe);
}

/*
 * Another host has the address, or is asking for it at this moment as we do: the sender
 * then has no IP address yet.
 */
static bool is_conflict(const struct probing *probing, const struct ether_arp *packet)
{
	static const uint8_t none[4];
	const uint8_t *addr = probing->probe.addr.bytes;

	if (memcmp(packet->arp_sha, probing->mac.bytes, ETH_ALEN) == 0)
		return false;
	if (memcmp(packet->arp_spa, addr, 4) == 0)
		return true;
	return memcmp(packet->arp_spa, none, 4) == 0 &&
	       packet->arp_op == htons(ARPOP_REQUEST) &&
	       memcmp(packet->arp_tpa, addr, 4) == 0;
}

static void judge_packet(struct probing *probing, int ifindex,
			 const struct ether_arp *packet)
{
	struct arp_probe *probe = &probing->probe;

	if (probing->over || probe->ifindex != ifindex || !is_conflict(probing, packet))
		return;
	probe->conflict = true;
	probe->owner = (struct hwaddr){ .len = ETH_ALEN };
	memcpy(probe->owner.bytes, packet->arp_sha, ETH_ALEN);
	finish_probing(probing, 0);
}

/* Processes what has arrived, but does not let a flood delay the timers. */
static void listen_a_while(int fd, struct probing *probings, size_t n)
{
	for (int i = 0; i < LISTEN_MAX; i++) {
		struct sockaddr_ll from = { 0 };
		struct ether_arp packet;
		socklen_t len = sizeof(from);
		ssize_t size = recvfrom(fd, &packet, sizeof(packet), 0,
					(struct sockaddr *)&from, &len);

		if (size < 0 && errno != EINTR && errno != ENETDOWN)
			return;
		if (size != sizeof(packet) || packet.arp_pln != 4 ||
		    packet.arp_hln != ETH_ALEN)
			continue;
		for (size_t j = 0; j < n; j++)
			judge_packet(&probings[j], from.sll_ifindex, &packet);
	}
}

struct arp_prober {
	struct arena *arena;
	int fd;
	struct probing *probings;
	size_t n, cap;
};

int arp_prober_new(struct arena *arena, struct arp_prober **ret)
{
	struct arp_prober *prober = arena_alloc(arena, sizeof(*prober));

	prober->arena = arena;
	prober->fd = arp_open();
	if (prober->fd < 0)
		return prober->fd;
	*ret = prober;
	return 0;
}

void arp_prober_close(struct arp_prober *prober)
{
	close(prober->fd);
}

void arp_prober_add(struct arp_prober *prober, const struct arp_probe *probe,
		    size_t *ret_number)
{
	struct probing probing = begin_probing(prober->fd, probe, clock_now_ms());
	ARENA_PUSH(prober->arena, prober->probings, prober->n, prober->cap, probing);

	*ret_number = prober->n - 1;
}

void arp_prober_look(struct arp_prober *prober)
{
	int64_t now = clock_now_ms();

	listen_a_while(prober->fd, prober->probings, prober->n);
	for (size_t i = 0; i < prober->n; i++)
		go_on_probing(prober->fd, &prober->probings[i], now);
}

bool arp_prober_is_over(const struct arp_prober *prober, size_t number,
			struct arp_probe *ret)
{
	const struct probing *probing = &prober->probings[number];

	if (probing->over)
		*ret = probing->probe;
	return probing->over;
}

int arp_ask(int fd, int ifindex, const struct ip *source, const struct ip *target)
{
	struct ether_arp packet;
	struct hwaddr mac;
	int r = arp_link_mac(fd, ifindex, &mac);

	if (r < 0)
		return r;
	packet = packet_about(target, &mac, ARPOP_REQUEST);
	memcpy(packet.arp_spa, source->bytes, 4);
	return broadcast(fd, ifindex, &packet);
}

bool arp_next_answer(int fd, int ifindex, const struct ip *target)
{
	for (int i = 0; i < LISTEN_MAX; i++) {
		struct sockaddr_ll from = { 0 };
		struct ether_arp packet;
		socklen_t len = sizeof(from);
		ssize_t size = recvfrom(fd, &packet, sizeof(packet), 0,
					(struct sockaddr *)&from, &len);

		if (size < 0 && errno != EINTR && errno != ENETDOWN)
			return false;
		if (size == sizeof(packet) && packet.arp_pln == 4 &&
		    from.sll_ifindex == ifindex && packet.arp_op == htons(ARPOP_REPLY) &&
		    memcmp(packet.arp_spa, target->bytes, 4) == 0)
			return true;
	}
	return false;
}
