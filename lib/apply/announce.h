/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/model/addr.h"

/*
 * struct announcement - an address, the link that has it now, and whether that forwards
 */
struct announcement {
	int ifindex;
	struct ip addr;
	bool is_router;
};

/**
 * announce_all() - announce the owner of addresses to the neighbours
 *
 * Uses ARP for IPv4 and unsolicited neighbour advertisements for IPv6: once at once, and
 * again two seconds later by a child process in the background, so that nothing waits for
 * it, unless the address is gone by then. Addresses that are not in use yet, because
 * duplicate address detection has not finished, are skipped.
 *
 * Return: 0; a negative errno. Spec: RFC 5227 section 2.3, RFC 4861 section 7.2.6;
 * ifup-eth's `arping -A` and `-U`.
 */
int announce_all(const struct announcement *list, size_t n);
