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
 * struct nm_style - the output format by nmcli's options
 * @terse: without headings, for programs; @values: not even the names
 * @multiline: one value per line, for lists too; @has_mode: this was given
 * @bare: ':' and '\' in values are not escaped
 * @completes: nothing is done: the words are to be completed
 * @fields: the selected ones, separated by commas; NULL for the default ones
 */
struct nm_style {
	bool terse, values, pretty, multiline, has_mode, bare, completes;
	const char *fields;
};

/**
 * struct nm - a command of nmcli being performed
 * @arena: for data of the command
 */
struct nm {
	struct ctl *ctl;
	struct arena *arena;
	struct nm_style style;
};

/* struct nm_words - the rest of the command line */
struct nm_words {
	int n;
	char **of;
};

/* The next word; NULL at the end. */
const char *nm_next(struct nm_words *words);
const char *nm_peek(const struct nm_words *words);

/* Reports a mistake on the command line. Return: NM_USAGE. */
int nm_usage(struct nm *nm, const char *why, const char *word);
/*
 * A function failed with @error, which it has reported. Return: @status, or that of the
 * error.
 */
int nm_status(struct nm *nm, int error, int status);

/* ---- connections ---- */

/**
 * struct nm_connection - an ifcfg file as a profile
 * @id: NAME, or the one in the name of the file; @uuid: "" for none
 * @type: as in profiles; @device: "" for none
 * @iface: the interface of the file; NULL if it has errors, or another file is used
 * @link: in the kernel; NULL for none
 * @is_active: it is up as this file configures it
 */
struct nm_connection {
	const struct ifcfg *file;
	const char *id, *uuid, *type, *device;
	const struct iface *iface;
	const struct snap_link *link;
	bool is_active;
};

/* struct nm_connections - all connections, and their sources */
struct nm_connections {
	struct drafts drafts;
	struct ifcfg_dir dir;
	const struct model *model;
	struct snapshot *have;
	struct nm_connection *of;
	size_t n, cap;
};

/*
 * Reads files and kernel; to be released in either case. @writes: keeps others from
 * changing the files meanwhile. Return: 0; a negative errno, reported.
 */
int nm_connections_read(struct nm *nm, bool writes, struct nm_connections *ret);
void nm_connections_release(struct nm_connections *all);
#define _cleanup_nm_connections_ _cleanup_(nm_connections_release)

/* By id, UUID, file or device; NULL if there is none. */
const struct nm_connection *nm_connection_find(const struct nm_connections *all,
					       const char *word);
/* The one given by the next words: [id|uuid|path] WORD. NULL, reported. */
const struct nm_connection *nm_connection_next(struct nm *nm,
					       const struct nm_connections *all,
					       struct nm_words *words);

/* ---- types ---- */

/**
 * struct nm_type - a type that can be added
 * @word: its name on the command line; @other: another one, or NULL
 * @profile: the type of the profile
 * @port_of: for a port, the kind of its owner; NULL for others
 * @needs: required properties; the last one is NULL
 * @is_made: the interface is created, and need not exist
 */
struct nm_type {
	const char *word, *other, *profile, *port_of;
	const char *needs[3];
	bool is_made;
};

/* The type of that name; NULL if there is none, reported. */
const struct nm_type *nm_type_find(struct nm *nm, const char *word);
/* The same by the type of a profile. */
const struct nm_type *nm_type_of(const char *profile, const char *port_of);

/**
 * struct nm_alias - a short name of a property
 * @of: the type that has it, by its word; "" for all, "ip" for all but ports
 * @option: for PROPERTY_OPTIONS, the option
 * @method: the method that it implies; NULL for no change
 */
struct nm_alias {
	const char *of, *word, *property, *option, *method;
};

/* Passes on the words of all types, and the short names of one type, or of all. */
void nm_types_offer(void (*fn)(const char *word));
void nm_type_offer_aliases(const struct nm_type *type, void (*fn)(const char *word));

/* NULL if the type has no such word. */
const struct nm_alias *nm_alias_find(const struct nm_type *type, const char *word);

/* ---- changes ---- */

/*
 * Takes "PROPERTY VALUE" from the words. @type: for its short names; NULL for none. Return: 0;
 * -EINVAL, reported.
 */
int nm_take_property(struct nm *nm, const struct nm_type *type, struct nm_words *words,
		     struct keyfile *keyfile);

/*
 * Reports what NetworkManager would not accept in a profile. Return: 0; -EINVAL,
 * reported.
 */
int nm_judge_profile(struct nm *nm, const struct keyfile *keyfile);

/* ---- activation ---- */

/*
 * Brings a connection up, with its bond or bridge, or takes it down. With --state, prints
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

/* Return: NM_DONE; NM_USAGE for an unknown field, reported. */
int nm_print_table(struct nm *nm, const struct nm_table *table);

/* struct nm_pairs - names and values, alternating */
struct nm_pairs {
	struct property_list list;
};

/* Prints those selected by --fields, "connection" standing for all "connection.*". */
int nm_print_pairs(struct nm *nm, const struct nm_pairs *pairs);

/* ---- commands ---- */

/**
 * struct nm_command - a command for an object; its name may be abbreviated
 * @run: NULL if only NetworkManager can do it; then @instead is the advice
 * @takes_device: its words are devices, not connections
 */
struct nm_command {
	const char *name;
	int (*run)(struct nm *nm, struct nm_words *words);
	const char *instead;
	bool takes_device;
};

/* Prints possible completions of the last word; or of the command. Return: NM_DONE. */
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
