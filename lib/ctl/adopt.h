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
 * struct adopted - what network cards that become ports pass on to their bond
 * @addrs: as in the kernel; @gateways: of IPv4 and IPv6, AF_UNSPEC for none
 * @metric: of the IPv4 gateway
 * @is_leased: a file says BOOTPROTO=dhcp, and there is a leased address
 * @keys: for the bond's file, those given on the command line first
 * @routes, @routes6: lines for its route files
 * @cards, @n_cards: those that have passed on their settings
 * @tails, @n_tails: the parts after the ':' of the labels of the bond's aliases
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

/* Adds a key such as DNS1, with the next free number. */
void adopted_give_number(struct adopted *adopted, const char *key, const char *value);

/*
 * A free label for an alias of @bond: with @wanted after the ':' if possible, else with a
 * number. Return: 0; a negative errno, reported.
 */
int adopted_give_label(struct drafts *drafts, struct adopted *adopted, const char *bond,
		       const char *wanted, const char **ret);

/**
 * adopt_port() - make a network card the port of a bond, in the files
 * @have: the source of its addresses and routes; NULL: its file must have none
 * @dir: the present files
 * @adopted: receives the card's settings
 *
 * A setting in the card's file that neither stays there nor moves to the bond gets a
 * warning.
 *
 * Return: 0; -EINVAL if it cannot become one (reported); another negative errno,
 * reported.
 */
int adopt_port(struct drafts *drafts, const struct ifcfg_dir *dir,
	       const struct snapshot *have, const char *nic, const char *bond,
	       struct adopted *adopted);
