/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "lib/base/arena.h"
#include "lib/base/hash-index.h"
#include "lib/base/strbuf.h"
#include "lib/model/model.h"
#include "lib/plan/plan.h"
#include "lib/rtnl/ethtool.h"
#include "lib/snapshot/snapshot.h"

/* The exit status for monitoring; a higher one is worse. */
enum health { HEALTH_GOOD, HEALTH_DEGRADED, HEALTH_DOWN, HEALTH_UNKNOWN };

/**
 * struct status_source - the sources of a status; all of it borrowed
 * @want: the files' interfaces; NULL if the files cannot be read
 * @have: the present state
 * @plan: from @have to @want; NULL if there is none
 * @speed: asked for each link that is up and shown; NULL not to
 * @cards: /sys/class/net, to find ports that are on one network card; NULL not to
 */
struct status_source {
	const struct model *want;
	const struct snapshot *have;
	const struct plan *plan;
	struct link_speed (*speed)(const char *name);
	const char *cards;
};

/**
 * struct status_link - an interface, of the files, of the kernel, or of both
 * @link: as it is; NULL when it is not there
 * @iface: as it is wanted at boot; NULL when it is not, or no file speaks of it
 * @is_configured: it has a file, whether it is wanted at boot or not
 * @has_errors: the file cannot be used
 * @was_helped: it has no link, and its helper has brought it up
 * @n_changes: how many steps ifup would take
 * @master: the bond or bridge that it is a port of, or NULL
 * @home: the same, or, as long as it is the port of none, the one that the files give it to
 * @parent: the link below it, or NULL
 * @counts: its health is part of the overall health
 * @is_free: a card that no file describes and that nothing uses
 * @is_shown: it is one of those that were asked for
 * @speed_flaw: why LACP cannot use it, going by what its driver reports; NULL when nothing
 *              is wrong or the driver was not asked
 * @problems: what is wrong, in words
 * @note: what is worth knowing, and no reason for an alarm; or NULL
 */
struct status_link {
	const char *name;
	const struct snap_link *link;
	const struct iface *iface;
	bool is_configured, has_errors, was_helped;
	size_t n_changes;
	struct link_speed speed;
	const char *speed_flaw;
	const struct status_link *master, *home, *parent;
	bool counts, is_free, is_shown;
	enum health health;
	const char **problems;
	size_t n_problems, problems_cap;
	const char *note;
};

/**
 * struct status - all interfaces; those of the kernel first, in its order
 * @have: as in the source; @kept is NULL, or the same, to be freed with the status
 * @by_name: the same, hashed
 * @speed: as in the source
 * @error: why there are none, and the health is not known; NULL for nothing
 */
struct status {
	struct arena *arena;
	const struct snapshot *have;
	struct snapshot *kept;
	struct status_link **links;
	size_t n, cap;
	struct hash_index by_name;
	struct link_speed (*speed)(const char *name);
	enum health health;
	const char *error;
};

/**
 * status_make() - combine what is to be shown
 * @ret: new, freed with status_free(); untouched on failure
 */
void status_make(const struct status_source *source, struct status **ret);
void status_free(struct status *status);

/* The same for when nothing is known, for those who expect an answer; @error is copied. */
void status_make_unknown(const char *error, struct status **ret);

static inline void status_freep(struct status **status)
{
	status_free(*status);
}
#define _cleanup_status_ _cleanup_(status_freep)

struct status_link *status_find(const struct status *status, const char *name);

/*
 * Shows only the one of that name, with what is below and above it; the overall health is
 * then that of these. Return: whether it exists.
 */
bool status_narrow(struct status *status, const char *name);

/* Finds out what is wrong with each that is shown. */
void status_judge(struct status *status);
const char *health_word(enum health health);

/* Return: the first of those that the health of the whole is from; NULL if there is none. */
const struct status_link *status_worst(const struct status *status);

/* ---- queries about one interface ---- */

const char *status_kind(const struct status_link *link);
/* Whether it is of interest to programs, whatever containers come and go: configured, a bond or
 * the port of one. */
bool status_is_lasting(const struct status_link *link);
/* Whether it is there, and a bond. */
bool status_is_bond(const struct status_link *link);
/* Whether it is there, and the port of a bond. */
bool status_is_port(const struct status_link *link);
/* For the port of a bond: active or backup, as far as its mode has these states. */
bool status_is_up(const struct status_link *link);
/* Whether it is inside a switch, so that the kernel has no link for it. */
bool status_has_no_link(const struct status_link *link);
/* Whether the driver monitors the links of the bond's ports. */
bool status_is_watched(const struct snap_link *bond);
/* The driver's word for the link of a port: "up", "going down", "down", "coming up". */
const char *status_mii_word(uint8_t mii_status);
/* Calls @fn for each word of an LACP state. */
void status_lacp_words(uint8_t state, void (*fn)(const char *word, void *arg), void *arg);
/* An option of a bond whose value is a port's name; NULL if there is none. */
const char *status_port_name(const struct snap_link *bond, enum bond_option_id id);
/* Calls @fn for each default route of the main table that uses the link. */
void status_default_routes(const struct status *status, const struct status_link *link,
			   void (*fn)(const struct ip *gateway, uint32_t metric,
				      void *arg),
			   void *arg);

/**
 * struct status_style - the format of text
 * @width: columns; 0: unlimited
 * @has_colours, @has_utf8: of the terminal
 */
struct status_style {
	unsigned int width;
	bool has_colours, has_utf8;
};

/* Prints it as a tree. */
void status_print(const struct status *status, const struct status_style *style,
		  struct strbuf *out);

/* In the text format of Prometheus. Return: as status_print(). */
void status_print_prometheus(const struct status *status, struct strbuf *out);

/* As a plugin of Nagios. Return: as status_print(). */
void status_print_nagios(const struct status *status, struct strbuf *out);

/* Prints it for programs; ifcfgctl(8) describes the schema. */
void status_print_json(const struct status *status, FILE *out);
