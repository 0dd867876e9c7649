/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"

/**
 * struct keyfile_entry - one "key=value" of a NetworkManager profile
 * @section, @key: by their newer names if they have two
 */
struct keyfile_entry {
	const char *section, *key, *value;
	struct pos pos;
};

/* struct keyfile - a profile; @path: as shown in messages */
struct keyfile {
	const char *path;
	struct keyfile_entry *entries;
	size_t n, cap;
};

/**
 * keyfile_read() - read a profile
 * @path: borrowed
 * @arena: owns the texts
 *
 * Return: 0; -EINVAL if a line is not valid in a keyfile (reported). Spec:
 * nm-settings-keyfile(5)
 */
int keyfile_read(FILE *file, const char *path, struct arena *arena, struct diag *diag,
		 struct keyfile *ret);

/* The value; NULL if it is missing or empty. */
const char *keyfile_get(const struct keyfile *keyfile, const char *section,
			const char *key);

/* The older name of a section or key that has two; other names unchanged. */
const char *keyfile_usual_name(const char *name);

/* The form of a value in an ifcfg file. */
enum keyfile_conv {
	KEYFILE_TEXT,    /* as it is */
	KEYFILE_MAC,     /* the same, in upper case */
	KEYFILE_BOOL,    /* true: yes */
	KEYFILE_NOT,     /* true: no */
	KEYFILE_TERNARY, /* 1: yes, 0: no, and -1 is the default */
	KEYFILE_LIST,    /* a;b; : "a b" */
	KEYFILE_COMMAS,  /* a;b; : a,b */
	KEYFILE_NOTHING, /* it can be dropped without any effect */
	KEYFILE_OWN,     /* converted by a function, in both directions */
};

/* How nmcli and a keyfile write the value of a property. */
enum property_form {
	PROPERTY_TEXT,
	PROPERTY_NUMBER,
	PROPERTY_SWITCH,
	PROPERTY_MAC,
	PROPERTY_WORD,     /* one of its words */
	PROPERTY_FLAGS,    /* some of its words: the sum of their numbers */
	PROPERTY_ADDRESS,  /* of an interface's family */
	PROPERTY_LIST,     /* "a,b" here, "a;b;" in a keyfile */
	PROPERTY_NUMBERED, /* "a,b" here, NAME1=a and NAME2=b in a keyfile */
	PROPERTY_OPTIONS,  /* "a=1,b=2" here, a section of its own in a keyfile */
	PROPERTY_BRIDGE,   /* an option of the bridge's driver, or of a port of it */
	PROPERTY_NONE,     /* keyfiles have it, nmcli does not */
};

/* struct property_word - a value by its name; the last one has none */
struct property_word {
	const char *name, *value;
};

struct importing;

/* Writes what a setting is in an ifcfg file: see import.c. */
typedef void import_fn(struct importing *in, const struct keyfile_entry *entry);

/**
 * struct keyfile_row - a key of NetworkManager, and its equivalent in an ifcfg file
 * @section: "ip" means both ipv4 and ipv6
 * @key: NULL for all other keys of the section; a name that ends with '*' is a prefix
 * @usual: the default, or NULL
 * @ifcfg: the equivalent key; for KEYFILE_OWN all keys involved, separated by blanks
 * @form, @name, @words: with nmcli, where that differs; PROPERTY_TEXT for what @conv
 * implies
 * @take: of KEYFILE_OWN, imports it; NULL for what is looked at elsewhere
 */
struct keyfile_row {
	const char *section, *key;
	enum keyfile_conv conv;
	const char *usual;
	const char *ifcfg;
	enum property_form form;
	const char *name;
	const struct property_word *words;
	import_fn *take;
};

/* The last one has no section. */
extern const struct keyfile_row keyfile_rows[];

import_fn import_addr_gen_mode, import_address, import_bond, import_bridge,
	import_bridge_port, import_device_timeout, import_dns, import_dns_search,
	import_ethtool, import_gateway, import_master, import_method, import_metric,
	import_parent, import_peer, import_pkey, import_privacy, import_route,
	import_rule, import_speed, import_transport, import_vlan_flags, import_vlan_id,
	import_wake_on_lan;

/* NULL if there is none. */
const struct keyfile_row *keyfile_row_find(const char *section, const char *key);

struct option_row;
struct option_table;

/* The driver's option with this name in profiles; NULL if there is none. */
const struct option_row *bridge_option_of_profile(const struct option_table *table,
						  const char *key, struct arena *arena);
