/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/carry/keyfile.h"

/**
 * struct property - a setting of a profile, as nmcli names it
 * @section: by its newer name
 * @name: "addresses" where keyfiles have "address1"
 * @key: as keyfiles have it; of PROPERTY_NUMBERED with a '*' for the number; of
 *       PROPERTY_OPTIONS NULL
 * @row: what it is in an ifcfg file
 * @words: of PROPERTY_WORD and PROPERTY_FLAGS
 */
struct property {
	const char *section, *name, *key;
	const struct keyfile_row *row;
	enum property_form form;
	const struct property_word *words;
};

/* struct property_list - the values of a property; most have one, or none */
struct property_list {
	const char **of;
	size_t n, cap;
};

enum property_change { PROPERTY_SET, PROPERTY_ADD, PROPERTY_REMOVE };

/**
 * property_find() - the property that is meant by "ipv4.addresses"
 * @type: of the profile: "bond"; NULL to allow settings of all types
 * @arena: owns the texts of @ret
 * @diag: receives why there is none
 *
 * Both parts may be cut short as long as they are unique.
 *
 * Return: 0; -EINVAL, reported; -ENOMEM.
 */
int property_find(const char *word, const char *type, struct arena *arena,
		  struct diag *diag, struct property *ret);

/* Whether a profile of the type has such a section; @is_port: it is a port of something. */
bool property_section_fits(const char *section, const char *type, bool is_port);

/*
 * The property of a row; false for a row that stands for none, or for a whole class of names,
 * as those of ethtool.
 */
bool property_of_row(const struct keyfile_row *row, const char *section,
		     struct property *ret);

/* The section's name with nmcli: 802-3-ethernet. */
const char *property_section_name(const char *section);

/**
 * property_get() - the values that a profile has
 *
 * Return: 0; -ENOMEM.
 */
int property_get(const struct keyfile *keyfile, const struct property *property,
		 struct arena *arena, struct property_list *ret);

/* As nmcli prints it: "" when it is not set and has no default. NULL when memory is short. */
const char *property_text(const struct keyfile *keyfile, const struct property *property,
			  struct arena *arena);

/**
 * property_change() - give a profile another value
 * @value: as on the command line of nmcli; "" for none
 *
 * To remove, @value is one of the values, or its place counted from 0.
 *
 * Return: 0; -EINVAL when the value is not one of the property, reported; -ENOMEM.
 */
int property_change(struct keyfile *keyfile, const struct property *property,
		    enum property_change change, const char *value, struct arena *arena,
		    struct diag *diag);

/* Gives a profile one value as a keyfile has it, or with NULL, takes it away. Return: 0; -ENOMEM. */
int property_put(struct keyfile *keyfile, const char *section, const char *key,
		 const char *value, struct arena *arena);
