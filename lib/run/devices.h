/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/module.h"
#include "lib/model/model.h"
#include "lib/snapshot/snapshot.h"

/* So many links are asked for one by one; from then on, all at once is cheaper. */
#define DEVICES_ASKS 16

/**
 * struct devices - the existing interfaces, before the files are interpreted
 * @state_file: that of struct run_options
 * @root: of the image whose modprobe.d is meant; NULL for the running system
 * @waits: it is worth waiting for what is missing: not to see what would be done, nor to
 *         take it down
 * @rtnl: borrowed; opened when it is needed
 * @seen: links that were asked for, or with @has_all, all there are; NULL before
 * @events: since before all links were seen; or NULL
 * @asks: number of single requests; @missing: @n_missing names that do not exist
 * @error: why it could not be read then, a negative errno; 0 if it could
 * @mentions: of the driver in modprobe.d, once @knows_mentions
 * @options: of the bond that was last asked for
 * @start_ms, @told: since when the run has been waiting, and whether it has reported that
 */
struct devices {
	const char *state_file, *root;
	bool waits;
	struct rtnl **rtnl;
	struct snapshot *seen;
	bool has_all;
	struct rtnl_events *events;
	unsigned int asks;
	const char *missing[DEVICES_ASKS];
	size_t n_missing;
	int error;
	bool knows_mentions;
	struct module_mentions mentions;
	struct strbuf options;
	int64_t start_ms;
	bool told;
};

/* name_of() of struct model_options; @arg is a struct devices. */
const char *devices_name_of(const struct hwaddr *mac, uint32_t wait_ms, void *arg);

/* The same for kind_of(), own_name() and driver_of(). */
const char *devices_kind_of(const char *name, void *arg);
const char *devices_own_name(const char *name, void *arg);
const char *devices_driver_of(const char *bond, void *arg);

/* What there is, looked at once, without messages; NULL if that is not known. */
const struct snapshot *devices_seen(struct devices *devices);

/* Appends the parameters of the driver itself: "mode=1 miimon=77". Return: 0; -errno. */
int devices_add_driver(struct devices *devices, struct strbuf *out);

/**
 * devices_wait() - wait until the network cards of the model are there, or DEVTIMEOUT is
 * over
 *
 * Those that do not appear are reported by the code that needs them.
 */
void devices_wait(struct devices *devices, const struct model *want);

/**
 * devices_take() - what was seen, once the files are interpreted
 *
 * It is forgotten here. With thousands of links, asking for them once more takes as long as
 * all the rest.
 *
 * Return: all links as they are now, to be freed with snapshot_free(): nothing in the network
 * has changed since they were seen. NULL if not all were, or something may have changed.
 */
struct snapshot *devices_take(struct devices *devices);

void devices_release(struct devices *devices);
