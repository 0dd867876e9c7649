/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/module.h"
#include "lib/model/model.h"
#include "lib/snapshot/snapshot.h"

/* So many links are asked for one by one; if the files name more, all at once is cheaper. */
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
 * @n_asked: number of single requests
 * @error: why it could not be read then, a negative errno; 0 if it could
 * @mentions: of the driver in modprobe.d, once @knows_mentions
 * @host: what is known for interpreting files; @asks: what they mention besides
 * @start_ms, @told: since when the run has been waiting, and whether it has reported that
 */
struct devices {
	const char *state_file, *root;
	bool waits;
	struct rtnl **rtnl;
	struct snapshot *seen;
	bool has_all;
	struct rtnl_events *events;
	unsigned int n_asked;
	int error;
	bool knows_mentions;
	struct module_mentions mentions;
	struct model_host host;
	struct host_asks asks;
	int64_t start_ms;
	bool told;
};

/**
 * devices_answer() - look up in the kernel, and in modprobe.d, what .asks has
 *
 * Cards that may appear late are waited for. Then .host knows all of it, and .asks is empty.
 *
 * Return: whether something is not as it was assumed, so that the files have to be interpreted
 * again.
 */
bool devices_answer(struct devices *devices);

/* Has a host know all links that were seen, with or without their alternative names. */
void devices_know_all(const struct snapshot *seen, bool altnames,
		      struct model_host *host);

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
