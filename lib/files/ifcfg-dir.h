/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/model/model.h"
#include "parsers/shellvars.h"
#include "parsers/simple-vars.h"

struct port_rule;
struct meant_names;
struct ifcfg_content;

/**
 * struct ifcfg - one ifcfg file
 * @name: without the directory; @path: as messages show it
 * @content: what is in it: ifcfg_vars(), ifcfg_findings()
 * @is_broken: reading it failed, so it may be about any interface
 * @ignored: used only if requested by name: a backup or editor file, or one over which another
 *           takes precedence
 * @instead: for the latter, the file for the same device that is read; or NULL
 * @device: DEVICE, an alternative name being replaced by the interface's own; if it is
 *          missing, the interface that has the HWADDR; or NULL
 * @is_misnamed: DEVICE is missing or cannot be meant, and .device is what the file's name
 *               says, see meant_settle(); @refused: what is written, or NULL
 * @uuid: UUID, or NULL
 * @master: the bond whose port it is, a UUID being replaced by the DEVICE of the file that
 *          has it; NULL if it is not a port
 * @real: the interface of which it is an alias, or a range of them; NULL for all others
 * @label: of an alias, its name, "bond0:1"; of a range, "bond0-range0"; @is_range
 * @bridge, @parent: the same for the bridge, unless there is a bond, and for the parent
 *                   of a VLAN
 * @home: what it joins while it keeps its own addresses (link_kinds[].has_hosts); NULL for a port
 * @is_vlan: it describes a VLAN
 * @master_slip, @bridge_slip: MASTER or BRIDGE as written, when .master or .bridge is what was
 *                             probably meant by it; NULL when it is the same
 * @master_rule, @bridge_rule: why MASTER or BRIDGE is ignored; NULL when it is not
 */
struct ifcfg {
	const char *name;
	const char *path;
	struct ifcfg_content *content;
	bool is_broken, ignored;
	const struct ifcfg *instead;
	const char *device;
	const char *refused;
	bool is_misnamed;
	const char *uuid;
	const char *master;
	const char *bridge;
	const char *parent;
	const char *home;
	const char *real, *label;
	bool is_range;
	bool is_vlan;
	const char *master_slip, *bridge_slip;
	const struct port_rule *master_rule, *bridge_rule;
};

/* struct ifcfg_span - some files, in the order of their names */
struct ifcfg_span {
	struct ifcfg **files;
	size_t n;
};

/* The keys by which files can be found: DEVICE …, or the interfaces above or below. */
enum ifcfg_find {
	FIND_DEVICE,
	FIND_UUID,
	FIND_MASTER,
	FIND_BRIDGE,
	FIND_PARENT,
	FIND_HOME,
	FIND_REAL,
	FIND_COUNT
};

/**
 * struct ifcfg_dir - all that is configured
 * @table: owns what is needed only as long as the files are looked at
 * @global: /etc/sysconfig/network, defaults for every file; @is_global_broken: reading it failed
 * @files: in the order of their names
 * @path: of the directory; @options: borrowed
 * @companions: names of route, rule and keys files, and of helpers, sorted; looked at when
 *              they are needed
 * @index: the files that count and have such a name, sorted by it
 * @made: see meant_device(); NULL until it is needed
 * @start: the same before any file was read
 */
struct ifcfg_dir {
	const struct ifcfg_dir *start;
	struct arena *arena, *table;
	struct shellvars global;
	bool is_global_broken;
	struct ifcfg *files;
	size_t n, cap;
	const char *path;
	const struct model_options *options;
	const char **companions;
	size_t n_companions, companions_cap;
	struct ifcfg_span index[FIND_COUNT];
	const struct meant_names *made;
};

/*
 * Reads all files, as ifcfg_dir_open() says, which calls it: what they are about is not settled
 * yet. Return: as there.
 */
int ifcfg_dir_scan(const struct model_options *options, struct arena *arena, bool skims,
		   struct diag *diag, struct ifcfg_dir *ret);

/* Makes one of the indexes again. */
void ifcfg_dir_index(struct ifcfg_dir *dir, enum ifcfg_find find);

void ifcfg_dir_release(struct ifcfg_dir *dir);
#define _cleanup_ifcfg_dir_ _cleanup_(ifcfg_dir_release)

/*
 * Reads only the global file. @ret_is_broken: as of a file. Return: 0, errors reported; -ENOENT
 * if there is none.
 */
int ifcfg_global_read(const struct model_options *options, struct arena *arena,
		      struct diag *diag, struct shellvars *ret, bool *ret_is_broken);

/* The assignments of a file. */
const struct shellvars *ifcfg_vars(const struct ifcfg *file);

/* Messages about a file; reported only if it turns out to matter. */
struct diag *ifcfg_findings(const struct ifcfg *file);

/* The assignments of a file that was not read in whole yet; NULL for all others. */
const struct simple_vars *ifcfg_simple_vars(const struct ifcfg *file);

/* The file's assignment of @key, else the global one, else NULL. */
const struct shellvar *ifcfg_var(const struct ifcfg_dir *dir, const struct ifcfg *file,
				 const char *key);
/* Its value; NULL if there is none or it is empty. */
const char *ifcfg_value(const struct ifcfg_dir *dir, const struct ifcfg *file,
			const char *key);
/* The same without the global defaults: for keys that identify the file. */
const char *ifcfg_own_value(const struct ifcfg *file, const char *key);
/* Whether TYPE is @word, in upper or lower case. */
bool ifcfg_has_type(const struct ifcfg *file, const char *word);

/*
 * Whether @key occurs, but no assignment of it is in force, which is reported with the
 * file.
 */
bool ifcfg_is_astray(const struct ifcfg *file, const char *key);

/**
 * ifcfg_own_name() - the kernel's own name of an interface
 * @name: as used in a file or by a person, "eth0" or "eth0:1"; may be NULL
 *
 * Return: @name, or the kernel's name if @name is an alternative one; NULL if memory is
 * short, or @name is NULL.
 */
const char *ifcfg_own_name(const struct ifcfg_dir *dir, const char *name);

/* DEVICE, or the kernel's name, the name of the file, and DEVICE as written. */
#define IFCFG_CALLED_MAX 3

/**
 * ifcfg_called() - the names by which the files besides an ifcfg file are found
 *
 * Routes of "ens1" are in route-ens1; in route-lan if its file is ifcfg-lan; and in
 * route-enp3s0 if that is its DEVICE.
 *
 * Return: the number of names in @ret, all different.
 */
size_t ifcfg_called(const struct ifcfg *file, const char *ret[IFCFG_CALLED_MAX]);

/* The address in HWADDR. Return: false if there is none, or an invalid one. */
bool ifcfg_hwaddr(const struct ifcfg *file, struct hwaddr *ret);

/* The position of @key in the file, or of the file as a whole. */
struct pos ifcfg_pos(const struct ifcfg *file, const char *key);

/*
 * Whether a file of that name is used only when requested by name: a backup, or an
 * editor's file.
 */
bool ifcfg_is_ignored(const char *name);

/* Whether a file name, such as "ens1-backup" or "ens1 (copy)", is that of a copy. */
bool ifcfg_is_copy(const char *name);

/**
 * ifcfg_subject() - what a file is about, by its name
 *
 * Return: "bond0" for route-bond0, "bond0:1" for ifcfg-bond0:1, "bond0.route" for itself;
 * NULL for a file of another kind, for example a helper.
 */
const char *ifcfg_subject(const char *name);

/* For typo_nearest(): DEVICE of the i-th file, or NULL; @arg: the struct ifcfg_dir. */
const char *ifcfg_dir_device(size_t i, const void *arg);

/* What follows ifcfg- in the name of the file. */
const char *ifcfg_suffix(const struct ifcfg *file);

/* By file name, even an ignored one; NULL if there is none. */
struct ifcfg *ifcfg_dir_file(const struct ifcfg_dir *dir, const char *name);

/*
 * The same for a file that a model was loaded from. Return: 0; -EIO if it cannot be read this
 * time, reported in @diag.
 */
int ifcfg_dir_again(const struct ifcfg_dir *dir, const char *name, struct diag *diag,
		    const struct ifcfg **ret);

/* All valid files that have @name there; none of them is an ignored one. */
struct ifcfg_span ifcfg_dir_find(const struct ifcfg_dir *dir, enum ifcfg_find find,
				 const char *name);

/* struct companion - a file besides an ifcfg file; @text is NULL if it cannot be read */
struct companion {
	const char *path;
	const char *text;
};

/*
 * The text of another file: @file has its path, and receives the text unless it cannot be
 * read, which is reported. Return: 0; -ENOENT if there is none.
 */
int ifcfg_dir_text(const struct ifcfg_dir *dir, struct companion *file,
		   struct diag *diag);

/* Whether there is a route, rule or keys file of that name. */
bool ifcfg_dir_has_companion(const struct ifcfg_dir *dir, const char *name);

/**
 * ifcfg_dir_companion() - read a route or rule file
 * @name: route-bond0
 * @diag: receives errors of the file as a whole
 *
 * Return: 0; -ENOENT if there is none.
 */
int ifcfg_dir_companion(const struct ifcfg_dir *dir, const char *name, struct diag *diag,
			struct companion *ret);

/**
 * ifcfg_dir_program() - find a program in the directory of the files
 * @diag: receives an error if others than root can write it, or that is not known
 * @ret_path: to be run in the directory
 *
 * Return: 0; -ENOENT if there is none that can be run.
 */
int ifcfg_dir_program(const struct ifcfg_dir *dir, const char *name, struct diag *diag,
		      const char **ret_path);
