/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/hash-index.h"
#include "lib/model/addr.h"

struct model_options;

/**
 * struct host_link - an interface that the machine has
 * @kind: "bond"; "" for a network card
 * @mac, @perm_mac: the present and the burned-in address by which HWADDR may mean it; their
 *                  .len is 0 for none
 */
struct host_link {
	const char *name, *kind;
	struct hwaddr mac, perm_mac;
};

/* struct host_name - a name, or an alternative one; @link: NULL if no interface has it */
struct host_name {
	const char *name;
	const struct host_link *link;
};

/* struct host_driver - of a bond, what `modprobe BOND` would give the driver; NULL for nothing */
struct host_driver {
	const char *bond, *parameters;
};

/**
 * struct model_host - what is known of the machine when files are interpreted
 * @knows_kinds: of what kind its interfaces are
 * @is_whole: all of them are here, and else only those that were looked up
 * @overdue: addresses of cards that did not appear in time
 * @drivers: as far as they were looked up, or with @has_drivers, all there are
 *
 * All zeros is a valid host, of which nothing is known yet. Interpreting files only reads it.
 */
struct model_host {
	struct arena *arena; /* of links and their names */
	struct arena *rest;
	bool knows_kinds, is_whole, has_drivers;
	struct host_link **links;
	size_t n_links, links_cap;
	struct host_name *names;
	size_t n_names, names_cap;
	struct hash_index name_index;
	struct hwaddr *overdue;
	size_t n_overdue, overdue_cap;
	struct host_driver *drivers;
	size_t n_drivers, drivers_cap;
};

/* Adds an interface, whose texts are copied. Return: to have its addresses filled in. */
struct host_link *host_add_link(struct model_host *host, const char *name,
				const char *kind);
/* Another name of it; with @link NULL, a name that no interface has. Copied. */
void host_add_name(struct model_host *host, const char *name,
		   const struct host_link *link);
void host_add_overdue(struct model_host *host, const struct hwaddr *mac);
/* Both are copied. */
void host_add_driver(struct model_host *host, const char *bond, const char *parameters);

/* Forgets the interfaces, of which another look is taken. */
void host_forget_links(struct model_host *host);
void host_release(struct model_host *host);

/* What is known of a name; NULL if it was not looked up. */
const struct host_name *host_find_name(const struct model_host *host, const char *name);
/* The card with that address, preferably as its burned-in one; NULL if there is none. */
const struct host_link *host_find_card(const struct model_host *host,
				       const struct hwaddr *mac);
/* What is known of a bond's driver; NULL if it was not looked up. */
const struct host_driver *host_find_driver(const struct model_host *host,
					   const char *bond);

/* ---- what is still to be looked up ---- */

/* struct host_ask_name - @is_kind: of what kind it is, not what its own name is */
struct host_ask_name {
	const char *name;
	bool is_kind;
};

/* struct host_ask_card - @wait_ms: how long to wait for it; 0 for not at all */
struct host_ask_card {
	struct hwaddr mac;
	uint32_t wait_ms;
};

/**
 * struct host_asks - what the files mention and the host does not know
 *
 * They are interpreted as if there were no such interface, card or driver, and as if a name
 * were an interface's own. That is right as a rule; where it is not, they are interpreted
 * once more when it is known.
 */
struct host_asks {
	struct arena *arena;
	struct host_ask_name *names;
	size_t n_names, names_cap;
	struct host_ask_card *cards;
	size_t n_cards, cards_cap;
	const char **bonds;
	size_t n_bonds, bonds_cap;
};

void host_asks_release(struct host_asks *asks);

/* Whether the host, which has been asked, says other than was assumed of it. */
bool host_contradicts(const struct model_host *host, const struct host_asks *asks);

/* ---- for those who interpret files ---- */

/*
 * The name of the interface that has @name, be it as an alternative one; NULL if there is
 * none, or nothing is known of it.
 */
const char *host_own_name(const struct model_options *options, const char *name);

/*
 * The same for the name of an interface or an alias, "eth0" or "eth0:1": @name itself if nothing
 * else is known of it; NULL for NULL. @arena: owns a new one.
 */
const char *host_device_name(const struct model_options *options, const char *name,
			     struct arena *arena);

/*
 * What the kernel has under a name: "bond", "" for a network card; NULL when there is no such
 * interface, or nothing is known of it.
 */
const char *host_kind(const struct model_options *options, const char *device);
/* Whether an answer of NULL means that there is none. */
bool host_knows_kinds(const struct model_options *options);

/*
 * The interface with a MAC address, which may be waited for; NULL when there is none, or
 * nothing is known of it. Abroad, it is a name that stands for the address.
 */
const char *host_card(const struct model_options *options, const struct hwaddr *mac,
		      uint32_t wait_ms);
/* Whether an answer of NULL means that there is none here. */
bool host_knows_cards(const struct model_options *options);

/*
 * The driver's parameters of a bond whose name is an alias of the driver in modprobe.d, as
 * BONDING_OPTS would have them; NULL for other bonds.
 */
const char *host_driver(const struct model_options *options, const char *bond);
