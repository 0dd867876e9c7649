/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/ifcfg-dir.h"
#include "lib/model/model.h"
#include "parsers/route-file.h"

/* struct loaded - what a file came to; NULL when it has no usable name */
struct loaded {
	struct iface *iface;
	bool is_loaded, has_errors, is_looked_for;
};

/**
 * struct static_routes - files of routes for all interfaces, read when they are needed
 * @is_told: that the one for IPv4 is obsolete
 */
struct static_routes {
	struct route_lines ip4, ip6;
	bool is_read, is_told;
};

/**
 * struct loader - a model being read
 * @options: how they are read
 * @dir: all files
 * @diag: for findings about what is being loaded
 * @driver: the bonding driver's parameters
 * @names: of routing tables and the like, read when they are needed
 * @static_routes: of /etc/sysconfig/static-routes and the like
 * @of_file: one for each file of @dir, so that none is read twice
 * @met_errors: a file with errors was needed, be it read now or before
 * @lost: what is wrong with ports that are left out for it
 * @model: being filled in
 * @at_boot: as in struct model_options
 * @is_trial: a file is read for comparing it: what was found in files is kept for later
 * @all: all interfaces are meant, not one that was asked for
 * @step_file: one of a helper that is read as if it had none: the helper wants a step of it
 *	done, or a port of it is to join; or NULL
 * @for_alias: the alias that was asked for, or NULL; it is set on what a helper has made, too
 * @bare: bonds and bridges without a file, as their ports name them
 */
struct loader {
	const struct model_options *options;
	struct ifcfg_dir dir;
	struct arena *arena;
	struct diag *diag;
	const struct option_values *driver;
	struct route_names names;
	bool has_names;
	struct static_routes static_routes;
	struct loaded *of_file;
	bool met_errors;
	struct diag *lost;
	struct model *model;
	bool at_boot, all, is_trial;
	const struct ifcfg *step_file;
	const struct ifcfg *for_alias;
	struct iface **bare;
	size_t n_bare, bare_cap;
};

/*
 * The device that a file is about: its DEVICE, else the interface with its HWADDR, which
 * may be waited for once. NULL when there is none.
 */
const char *load_device(struct loader *loader, const struct ifcfg *file);

/* Tells that no interface has the file's HWADDR. */
void load_tell_no_card(struct loader *loader, enum diag_grade grade,
		       const struct ifcfg *file);

/**
 * load_port() - load a port, whose errors keep just itself from joining
 * @owner: the bond or bridge; @file: of the port
 * @load: does it; leaves *@ret NULL for a port that is not there
 * @ret: one that .is_lost where there are errors; NULL for none
 *
 * Return: 0; 1 when there are errors; -ENOMEM.
 */
int load_port(struct loader *loader, struct iface *owner, const struct ifcfg *file,
	      int (*load)(struct loader *loader, struct iface *owner,
			  const struct ifcfg *file, struct iface **ret),
	      struct iface **ret);

/* Of @n ports, @n_lost have errors: without any that is good, the owner is of no use. */
void load_judge_lost(struct loader *loader, struct iface *owner, size_t n, size_t n_lost);

/* Notes that one is left alone for its errors, once. Return: 0, or -ENOMEM. */
int load_note_failed(struct loader *loader, const char *name, struct pos pos);

/*
 * What a file comes to by itself, for comparing it with others: it stays unread to the
 * loader, nothing is reported, and @ret is in the arena of @dir's tables.
 * Return: 0; -EINVAL when there are errors; -ENOMEM.
 */
int load_alone(const struct ifcfg_dir *dir, const struct ifcfg *file, struct iface **ret);

/* Return: 0 with *@ret, NULL when the file has no usable name (told); -ENOMEM. */
int load_file(struct loader *loader, const struct ifcfg *file, struct iface **ret);

/* A bond that has no file. Return: 0 with *@ret, NULL for a wrong name (told); -ENOMEM. */
int load_bare_bond(struct loader *loader, const char *name, struct pos named_at,
		   struct iface **ret);

/* The same for a bridge. */
int load_bare_bridge(struct loader *loader, const char *name, struct pos named_at,
		     struct iface **ret);

/* The one file of a device; NULL when there is none, or several. */
const struct ifcfg *load_only_file(const struct loader *loader, const char *device);

/*
 * Tells of networks, and addresses, that an interface of the model shares with another one
 * that comes up at boot. Return: 0, or -ENOMEM.
 */
int load_judge_overlaps(const struct loader *loader);

/*
 * Judges the routes of the model's interfaces by what others have: the same route, the
 * network to which one leads, or in which its router is. Return: 0, or -ENOMEM.
 */
int load_judge_routes(struct loader *loader);

/* A program, once, that planning has to know of. Return: 0, or -ENOMEM. */
int load_needs_program(struct loader *loader, const char *name);

/**
 * iface_read() - what one file says about its interface
 * @file: whose findings are told first
 * @iface: name, file, pos and kind are set; the rest is filled in, but for ports
 *
 * Return: 0, with errors in @loader->diag; -ENOMEM.
 */
int iface_read(struct loader *loader, const struct ifcfg *file, struct iface *iface);

/* Tells of assignments that are not in force, and of keys that have no effect. */
void iface_judge_vars(struct diag *diag, const struct shellvars *vars);

/* Reports an alias whose interface has no file: mostly, it is this one that was meant. */
void alias_tell_no_parent(struct diag *diag, const struct ifcfg *file,
			  const char *parent);

/*
 * Whether a key that is not there is there with a slip in it, which is reported with the other
 * keys. iface_is_lost(): or it is there, but not in force, which is reported, too.
 */
bool iface_has_slip(const struct shellvars *vars, const char *key);
bool iface_is_lost(const struct ifcfg *file, const char *key);

/* The same of a file, with what is wrong in it. */
void iface_judge_keys(struct loader *loader, const struct ifcfg *file);

/* The same of a file with keys that are for a helper: only what is wrong in it. */
void iface_judge_syntax(struct loader *loader, const struct ifcfg *file);

/* Reports assignments that are not in force, and shell code. */
void iface_judge_flaws(struct diag *diag, const struct shellvars *vars);

/*
 * Whether a function in the file says that the link is never down, as hypervisors write it:
 * DHCP is then not to wait for the carrier.
 */
bool iface_skips_carrier_test(const struct shellvars *vars);

/* Leaves out, with a warning, what can be judged wrong only with the ports known. */
void iface_validate(struct loader *loader, struct iface *iface);
