/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"
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
 * Notes that an interface is left alone because of errors, once.
 */
void load_note_failed(struct loader *loader, const char *name, struct pos pos);

/* The only file of a device; NULL if there is none, or several. */
const struct ifcfg *load_only_file(const struct loader *loader, const char *device);

/* Registers a program, once, that the plan needs to know about. */
void load_needs_program(struct loader *loader, const char *name);
