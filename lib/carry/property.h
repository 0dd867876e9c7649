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

/* struct property_list - the values of a property, usually one or none */
struct property_list {
	const char **of;
	size_t n, cap;
};

enum property_change { PROPERTY_SET, PROPERTY_ADD, PROPERTY_REMOVE };

/**
 * property_find() - find the property meant by "ipv4.addresses"
 * @type: of the profile: "bond"; NULL to allow settings of all types
 * @arena: owns the texts of @ret
 * @diag: receives the reason if there is none
 *
 * Both parts may be abbreviated as long as they are unique.
 *
 * Return: 0; -EINVAL, reported.
 */
int property_find(const char *word, const char *type, struct arena *arena,
		  struct diag *diag, struct property *ret);

/* Whether profiles of the type have such a section; @is_port: the profile is a port. */
bool property_section_fits(const char *section, const char *type, bool is_port);

/*
 * The property of a row; false if the row has none, or stands for a class of names, like
 * those of ethtool.
 */
bool property_of_row(const struct keyfile_row *row, const char *section,
		     struct property *ret);

/* nmcli's name of the section: 802-3-ethernet. */
const char *property_section_name(const char *section);

/**
 * property_get() - the values in a profile
 */
void property_get(const struct keyfile *keyfile, const struct property *property,
		  struct arena *arena, struct property_list *ret);

/* As nmcli prints it: "" if it is not set and has no default. */
const char *property_text(const struct keyfile *keyfile, const struct property *property,
			  struct arena *arena);

/**
 * property_change() - change a value in a profile
 * @value: as on nmcli's command line; "" for none
 *
 * To remove, @value is one of the values, or its position counted from 0.
 *
 * Return: 0; -EINVAL if the value is not valid for the property, reported.
 */
int property_change(struct keyfile *keyfile, const struct property *property,
		    enum property_change change, const char *value, struct arena *arena,
		    struct diag *diag);

/* Sets one value in the syntax of keyfiles; NULL removes it. */
void property_put(struct keyfile *keyfile, const char *section, const char *key,
		  const char *value, struct arena *arena);
