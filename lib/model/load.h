/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/ifcfg-dir.h"
#include "lib/model/model.h"
#include "parsers/route-file.h"

/* struct loaded - the interface of a file; NULL if it has no usable name */
struct loaded {
	struct iface *iface;
	bool is_loaded, has_errors, is_looked_for;
};

/**
 * struct static_routes - files of routes for all interfaces, read when needed
 * @is_told: it was reported that the one for IPv4 is obsolete
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
 * @lost: errors of ports that do not join because of them
 * @model: being filled in
 * @at_boot: as in struct model_options
 * @is_trial: a file is read for comparing it: what was found in files is kept for later
 * @all: all interfaces are loaded, not a requested one
 * @step_file: one of a helper that is read as if it had none: the helper wants a step of it
 *	done, or a port of it is to join; or NULL
 * @for_alias: the requested alias, or NULL; it is also set on what a helper has made
 * @bare: bonds and bridges without a file, as their ports name them
 * @vlans: the VLANs in the model's order, by their parent and id
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
	struct hash_index vlans;
};

/*
 * The device that a file is about: its DEVICE, else the interface with its HWADDR. NULL if
 * there is none, or none yet.
 */
const char *load_device(struct loader *loader, const struct ifcfg *file);

/* Reports that no interface has the file's HWADDR. */
void load_tell_no_card(struct loader *loader, enum diag_grade grade,
		       const struct ifcfg *file);

/**
 * load_port() - load a port, whose errors keep only the port itself from joining
 * @owner: the bond or bridge; @file: of the port
 * @load: loads it; leaves *@ret NULL for a port that does not exist
 * @ret: .is_lost is set if there are errors; NULL for none
 *
 * Return: 0; 1 if there are errors.
 */
int load_port(struct loader *loader, struct iface *owner, const struct ifcfg *file,
	      int (*load)(struct loader *loader, struct iface *owner,
			  const struct ifcfg *file, struct iface **ret),
	      struct iface **ret);

/* If @n_lost of @n ports have errors, and none is good, the owner is useless. */
void load_judge_lost(struct loader *loader, struct iface *owner, size_t n, size_t n_lost);

/*
 * Notes that an interface is left alone because of errors, once.
 */
void load_note_failed(struct loader *loader, const char *name, struct pos pos);

/*
 * Loads a file by itself, to compare it with others: the loader keeps no trace of it,
 * nothing is reported, and @ret is in the arena of @dir's tables.
 * Return: 0; -EINVAL if there are errors.
 */
int load_alone(const struct ifcfg_dir *dir, const struct ifcfg *file, struct iface **ret);

/* Return: 0 with *@ret, NULL if the file has no usable name (reported). */
int load_file(struct loader *loader, const struct ifcfg *file, struct iface **ret);

/*
 * A bond without a file. Return: 0 with *@ret, NULL for an invalid name (reported).
 */
int load_bare_bond(struct loader *loader, const char *name, struct pos named_at,
		   struct iface **ret);

/* The same for a bridge. */
int load_bare_bridge(struct loader *loader, const char *name, struct pos named_at,
		     struct iface **ret);

/* The only file of a device; NULL if there is none, or several. */
const struct ifcfg *load_only_file(const struct loader *loader, const char *device);

/*
 * Reports networks, and addresses, that an interface of the model shares with another one
 * that comes up at boot.
 */
void load_judge_overlaps(const struct loader *loader);

/*
 * Checks the routes of the model's interfaces against others: the same route, the network
 * to which one leads, or which contains its router.
 */
int load_judge_routes(struct loader *loader);

/* Registers a program, once, that the plan needs to know about. */
void load_needs_program(struct loader *loader, const char *name);

/**
 * iface_read() - read the settings of an interface from its file
 * @file: its messages are reported first
 * @iface: name, file, pos and kind are set; the rest is filled in, except for ports
 *
 * Return: 0, with errors in @loader->diag.
 */
int iface_read(struct loader *loader, const struct ifcfg *file, struct iface *iface);

/* Reports assignments that are not in force, and keys without effect. */
void iface_judge_vars(struct diag *diag, const struct shellvars *vars);

/* Reports an alias whose interface has no file: usually, this file was meant for it. */
void alias_tell_no_parent(struct diag *diag, const struct ifcfg *file,
			  const char *parent);

/*
 * Whether a missing key occurs with a typo, which is reported with the other keys.
 * iface_is_lost(): or occurs, but is not in force, which is reported, too.
 */
bool iface_has_slip(const struct shellvars *vars, const char *key);
bool iface_is_lost(const struct ifcfg *file, const char *key);

/* The same for a file, with its errors. */
void iface_judge_keys(struct loader *loader, const struct ifcfg *file);

/* The same for a file whose keys are for a helper: errors only. */
void iface_judge_syntax(struct loader *loader, const struct ifcfg *file);

/* Reports assignments that are not in force, and shell code. */
void iface_judge_flaws(struct diag *diag, const struct shellvars *vars);

/*
 * Whether a function in the file declares the link always up, as on hypervisors: DHCP
 * then does not wait for the carrier.
 */
bool iface_skips_carrier_test(const struct shellvars *vars);

/* Ignores, with a warning, settings that can be checked only with the ports known. */
void iface_validate(struct loader *loader, struct iface *iface);
