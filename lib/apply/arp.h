/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
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
 * struct arp_prober - asks links whether other hosts have addresses, through one socket
 *
 * Two questions a second apart, and one more second to answer, but never longer than
 * .wait_ms: what `arping -D -c 2 -w` does, for any number of addresses side by side.
 *
 * Spec: RFC 5227 section 2.1.1; arping(8) -D.
 */
struct arp_prober;

/* @ret: lives in @arena, and is to be closed. Return: 0; a negative errno. */
int arp_prober_new(struct arena *arena, struct arp_prober **ret);
void arp_prober_close(struct arp_prober *prober);

/**
 * arp_prober_add() - begin to ask
 * @ret_number: of the question, for arp_prober_is_over()
 *
 * Return: 0; -ENOMEM.
 */
int arp_prober_add(struct arp_prober *prober, const struct arp_probe *probe,
		   size_t *ret_number);

/* Takes in what has arrived, and sends what is due: to be called many times a second. */
void arp_prober_look(struct arp_prober *prober);

/* Whether that question is answered, or will not be; @ret then has the outcome. */
bool arp_prober_is_over(const struct arp_prober *prober, size_t number,
			struct arp_probe *ret);

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
