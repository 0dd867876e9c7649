/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/carry/ifcfg-text.h"
#include "lib/snapshot/snapshot.h"

/* struct adopted_key - a key for the bond's file; @nic: the card that had it, or NULL */
struct adopted_key {
	const char *key, *value;
	struct pos pos;
	const char *nic;
};

/**
 * struct adopted - what network cards that become ports hand to their bond
 * @addrs: as the kernel has them; @gateways: of IPv4 and of IPv6, AF_UNSPEC for none
 * @metric: of the IPv4 one
 * @is_leased: a file says BOOTPROTO=dhcp, and there is an address that came by it
 * @keys: for the bond's file, what was given on the command line first
 * @routes, @routes6: lines for its route files
 * @cards, @n_cards: those that have handed over what they had
 * @tails, @n_tails: of the labels of the bond's aliases, what is after the ':'
 */
struct adopted {
	struct arena *arena;
	struct ip_net *addrs;
	size_t n, cap;
	struct ip gateways[2];
	uint32_t metric;
	bool is_leased;
	struct adopted_key *keys;
	size_t n_keys, keys_cap;
	struct strbuf routes, routes6;
	const char **cards;
	size_t n_cards, cards_cap;
	const char **tails;
	size_t n_tails, tails_cap;
};

void adopted_release(struct adopted *adopted);

/* Adds a key like DNS1, with the next free number. Return: 0, or -ENOMEM. */
int adopted_give_number(struct adopted *adopted, const char *key, const char *value);

/*
 * A label for an alias of @bond that nobody has: with @wanted after the ':' if it can be, else
 * with a number. Return: 0; a negative errno, told.
 */
int adopted_give_label(struct drafts *drafts, struct adopted *adopted, const char *bond,
		       const char *wanted, const char **ret);

/**
 * adopt_port() - make a network card the port of a bond, in the files
 * @have: where its addresses and routes are taken from; NULL: it must have none in its file
 * @dir: the files as they are now
 * @adopted: gets what the card has
 *
 * A setting of the card's file that is neither its own nor handed to the bond gets a
 * warning.
 *
 * Return: 0; -EINVAL when it cannot be one (told); another negative errno, told.
 */
int adopt_port(struct drafts *drafts, const struct ifcfg_dir *dir,
	       const struct snapshot *have, const char *nic, const char *bond,
	       struct adopted *adopted);
