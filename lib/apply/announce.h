/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/model/addr.h"

/* struct announcement - an address, the link that has it now, and whether that forwards */
struct announcement {
	int ifindex;
	struct ip addr;
	bool is_router;
};

/**
 * announce_all() - tell the neighbours who has the addresses now
 *
 * By ARP for IPv4, by unsolicited neighbour advertisements for IPv6: once at once, and once
 * more two seconds later by a child process in the background, so nobody waits for it. What
 * is not in use yet, because the kernel still looks for duplicates, is passed over.
 *
 * Return: 0; a negative errno.
 * Spec: RFC 5227 section 2.3, RFC 4861 section 7.2.6; ifup-eth's `arping -A` and `-U`.
 */
int announce_all(const struct announcement *list, size_t n);
