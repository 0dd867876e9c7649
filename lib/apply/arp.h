/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/model/addr.h"

/**
 * struct arp_probe - one address to ask the link for
 * @ifindex: of a link that can carry frames
 * @addr: the IPv4 address
 * @wait_ms: limit of one probing
 * @tries: how often to begin again when it cannot be sent
 * @error: out: 0 when the question was asked, else a negative errno
 * @conflict: out: another host answered; @owner is its address
 */
struct arp_probe {
	int ifindex;
	struct ip addr;
	uint32_t wait_ms;
	uint32_t tries;
	int error;
	bool conflict;
	struct hwaddr owner;
};

/**
 * arp_probe_all() - ask all links at once whether another host has the addresses
 *
 * Two questions a second apart, and one more second to answer, but never longer than
 * @wait_ms: what `arping -D -c 2 -w` does, for all addresses in the same two seconds.
 *
 * Return: 0 (each probe tells its own outcome); a negative errno when no socket could
 * be had.
 * Spec: RFC 5227 section 2.1.1; arping(8) -D.
 */
int arp_probe_all(struct arp_probe *probes, size_t n);

/* A socket for what follows. Return: a descriptor; a negative errno. */
int arp_open(void);

/*
 * The link's present address, asked for with any socket. Return: 0; -EOPNOTSUPP when it is
 * not Ethernet; another negative errno.
 */
int arp_link_mac(int fd, int ifindex, struct hwaddr *ret);

/* Broadcasts once that the address is ours, as an answer or as a request. */
int arp_announce(int fd, int ifindex, const struct ip *addr, bool as_answer);

/* Broadcasts a question for an address, as our own. Return: 0; a negative errno. */
int arp_ask(int fd, int ifindex, const struct ip *source, const struct ip *target);

/* Takes in what has arrived there until it is an answer to that question. */
bool arp_next_answer(int fd, int ifindex, const struct ip *target);
