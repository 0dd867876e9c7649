/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/model/addr.h"

/**
 * struct arp_probe - an address that is probed on a link
 * @ifindex: a link that can carry frames
 * @addr: the IPv4 address
 * @wait_ms: limit of one probing
 * @tries: how often to start again if it cannot be sent
 * @error: out: 0 if the question was asked, else a negative errno
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
 * struct arp_prober - asks links whether other hosts have addresses, through one socket
 *
 * It asks twice, a second apart, and waits one more second for answers, but never longer
 * than .wait_ms: like `arping -D -c 2 -w`, for any number of addresses side by side.
 *
 * Spec: RFC 5227 section 2.1.1; arping(8) -D.
 */
struct arp_prober;

/* @ret: allocated in @arena, to be closed. Return: 0; a negative errno. */
int arp_prober_new(struct arena *arena, struct arp_prober **ret);
void arp_prober_close(struct arp_prober *prober);

/**
 * arp_prober_add() - start a probe
 * @ret_number: of the probe, for arp_prober_is_over()
 */
void arp_prober_add(struct arp_prober *prober, const struct arp_probe *probe,
		    size_t *ret_number);

/* Processes what has arrived, and sends what is due: to be called many times a second. */
void arp_prober_look(struct arp_prober *prober);

/* Whether that probe has ended; @ret then has the outcome. */
bool arp_prober_is_over(const struct arp_prober *prober, size_t number,
			struct arp_probe *ret);

/* Opens a socket for the functions below. Return: a descriptor; a negative errno. */
int arp_open(void);

/*
 * The link's present address, using any socket. Return: 0; -EOPNOTSUPP if it is not
 * Ethernet; another negative errno.
 */
int arp_link_mac(int fd, int ifindex, struct hwaddr *ret);

/* Broadcasts once that the address is ours, as an answer or as a request. */
int arp_announce(int fd, int ifindex, const struct ip *addr, bool as_answer);

/*
 * Broadcasts a question for an address with our own as sender. Return: 0; a negative
 * errno.
 */
int arp_ask(int fd, int ifindex, const struct ip *source, const struct ip *target);

/* Reads packets until one is an answer to that question. */
bool arp_next_answer(int fd, int ifindex, const struct ip *target);
