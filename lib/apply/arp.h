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

/**
 * arp_announce_all() - tell the neighbours who has the addresses now
 * @probes: ifindex and addr are used
 *
 * One answer-style broadcast now; a child process in the background sends a
 * request-style one two seconds later, so nobody waits for it.
 *
 * Return: 0; a negative errno.
 * Spec: RFC 5227 section 2.3; ifup-eth's `arping -A` and `arping -U`.
 */
int arp_announce_all(const struct arp_probe *probes, size_t n);
