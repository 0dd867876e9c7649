/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/import.h"
#include "lib/carry/property.h"
#include "lib/ctl/ctl.h"
#include "lib/snapshot/snapshot.h"

/* Exit status of nmcli(1). */
enum {
	NM_DONE = 0,
	NM_FAILED = 1,
	NM_USAGE = 2,
	NM_NOT_UP = 4,
	NM_NOT_DOWN = 5,
	NM_NOT_DISCONNECTED = 6,
	NM_NOT_DELETED = 7,
	NM_NOT_RUNNING = 8,
	NM_NONE = 10,
};

/**
 * struct nm_style - how nmcli's options want things printed
 * @terse: without headings, for programs; @values: not even the names
 * @multiline: a value a line, for lists too; @has_mode: that was said
 * @bare: ':' and '\' in values are not escaped
 * @completes: nothing is done: the words are to be completed
 * @fields: which ones, with commas between; NULL for the usual ones
 */
struct nm_style {
	bool terse, values, pretty, multiline, has_mode, bare, completes;
	const char *fields;
};

/**
 * struct nm - a command of nmcli that is being done
 * @arena: for all that lives as long as the command
 */
struct nm {
	struct ctl *ctl;
	struct arena *arena;
	struct nm_style style;
};

/* struct nm_words - what is left of the command line */
struct nm_words {
	int n;
	char **of;
};

/* The next word; NULL at the end. */
const char *nm_next(struct nm_words *words);
const char *nm_peek(const struct nm_words *words);

/* Tells what is wrong with the command line. Return: NM_USAGE. */
int nm_usage(struct nm *nm, const char *why, const char *word);
/* A function failed with @error, and has told. Return: @status, or that of the error. */
int nm_status(struct nm *nm, int error, int status);

/* ---- connections ---- */

/**
 * struct nm_connection - an ifcfg file as a profile
 * @id: NAME, or what the name of the file has; @uuid: "" for none
 * @type: as profiles have it; @device: "" for none
 * @iface: as the files come to; NULL when they have errors, or another file counts
 * @link: of the kernel; NULL for none
 * @is_active: it is up as this file has it
 */
struct nm_connection {
	const struct ifcfg *file;
	const char *id, *uuid, *type, *device;
	const struct iface *iface;
	const struct snap_link *link;
	bool is_active;
};

/* struct nm_connections - all of them, and what they were made of */
struct nm_connections {
	struct drafts drafts;
	struct ifcfg_dir dir;
	struct model *model;
	struct snapshot *have;
	struct nm_connection *of;
	size_t n, cap;
};

/*
 * Reads files and kernel; to be released either way. @writes: nobody else may change the files
 * meanwhile. Return: 0; a negative errno, reported.
 */
int nm_connections_read(struct nm *nm, bool writes, struct nm_connections *ret);
void nm_connections_release(struct nm_connections *all);
#define _cleanup_nm_connections_ _cleanup_(nm_connections_release)

/* By id, UUID, file or device; NULL when there is none. */
const struct nm_connection *nm_connection_find(const struct nm_connections *all,
					       const char *word);
/* Of the same, the one that is meant by the next words: [id|uuid|path] WORD. NULL, reported. */
const struct nm_connection *nm_connection_next(struct nm *nm,
					       const struct nm_connections *all,
					       struct nm_words *words);

/* ---- types ---- */

/**
 * struct nm_type - what may be added
 * @word: its name on the command line; @other: another one, or NULL
 * @profile: the type of the profile
 * @port_of: of a port, the kind of what it belongs to; NULL for the others
 * @needs: properties without which there can be none; the last one is NULL
 * @is_made: the interface is created, and need not be there
 */
struct nm_type {
	const char *word, *other, *profile, *port_of;
	const char *needs[3];
	bool is_made;
};

/* The type that is meant; NULL when there is none, reported. */
const struct nm_type *nm_type_find(struct nm *nm, const char *word);
/* The same by the type of a profile. */
const struct nm_type *nm_type_of(const char *profile, const char *port_of);

/**
 * struct nm_alias - a short name of a property
 * @of: the type that has it, by its word; "" for all, "ip" for all but ports
 * @option: of PROPERTY_OPTIONS, which one
 * @method: what it makes of the method beside it; NULL to leave that
 */
struct nm_alias {
	const char *of, *word, *property, *option, *method;
};

/* Hands on the words of all types, and the short names of one, or of all. */
void nm_types_offer(void (*fn)(const char *word));
void nm_type_offer_aliases(const struct nm_type *type, void (*fn)(const char *word));

/* NULL when the type has no such word. */
const struct nm_alias *nm_alias_find(const struct nm_type *type, const char *word);

/* ---- changes ---- */

/*
 * Takes "PROPERTY VALUE" from the words. @type: for its short names; NULL for none. Return: 0;
 * -EINVAL, reported; -ENOMEM.
 */
int nm_take_property(struct nm *nm, const struct nm_type *type, struct nm_words *words,
		     struct keyfile *keyfile);

/* What NetworkManager would not accept of a profile. Return: 0; -EINVAL, reported. */
int nm_judge_profile(struct nm *nm, const struct keyfile *keyfile);

/* ---- activation ---- */

/*
 * Brings a connection up, with what it is a port of, or takes it down. With --state, prints
 * the steps instead. Return: the exit status of ifup or ifdown.
 */
int nm_bring_up(struct nm *nm, const struct nm_connections *all,
		const struct nm_connection *connection);
int nm_take_down(struct nm *nm, const struct nm_connection *connection);

/* ---- printing ---- */

/**
 * struct nm_table - rows of values under headings
 * @names: @n_names headings; @usual: those that are printed without --fields
 * @rows: n_names values for each row
 */
struct nm_table {
	const char *const *names;
	size_t n_names;
	const char *usual;
	struct property_list rows;
};

/* Return: NM_DONE; NM_USAGE for a field that there is not, reported. */
int nm_print_table(struct nm *nm, const struct nm_table *table);

/* struct nm_pairs - names and values, which alternate */
struct nm_pairs {
	struct property_list list;
};

/* Prints those that --fields names, "connection" standing for all "connection.*". */
int nm_print_pairs(struct nm *nm, const struct nm_pairs *pairs);

/* ---- commands ---- */

/**
 * struct nm_command - what is done to an object; its name may be cut short
 * @run: NULL for what only NetworkManager can do; then @instead is what to do
 * @takes_device: its words are devices, not connections
 */
struct nm_command {
	const char *name;
	int (*run)(struct nm *nm, struct nm_words *words);
	const char *instead;
	bool takes_device;
};

/* Print what the last of the words may be; or what command there is. Return: NM_DONE. */
int nm_complete(struct nm *nm, const struct nm_command *command, struct nm_words *words);
int nm_complete_command(const struct nm_command *commands);

int nm_connection_add(struct nm *nm, struct nm_words *words);
int nm_connection_modify(struct nm *nm, struct nm_words *words);
int nm_connection_up(struct nm *nm, struct nm_words *words);
int nm_connection_down(struct nm *nm, struct nm_words *words);
int nm_connection_delete(struct nm *nm, struct nm_words *words);
int nm_connection_show(struct nm *nm, struct nm_words *words);
int nm_connection_load(struct nm *nm, struct nm_words *words);
int nm_connection_reload(struct nm *nm, struct nm_words *words);

int nm_device_status(struct nm *nm, struct nm_words *words);
int nm_device_show(struct nm *nm, struct nm_words *words);
int nm_device_connect(struct nm *nm, struct nm_words *words);
int nm_device_reapply(struct nm *nm, struct nm_words *words);
int nm_device_disconnect(struct nm *nm, struct nm_words *words);
int nm_device_delete(struct nm *nm, struct nm_words *words);
