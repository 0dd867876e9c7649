/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/strbuf.h"

enum key_grade {
	KEY_USED,   /* has its effect */
	KEY_SILENT, /* accepted; it never had an effect here, or only on other programs */
	KEY_LATER,  /* network-scripts honoured it, this version does not yet */
	KEY_NOT,    /* belongs to something that is not done here: a warning */
	KEY_OFF_ONLY, /* the same, but in silence when it says that this is off */
};

enum key_match {
	KEY_EXACT,
	KEY_NUMBERED, /* also with a number behind it */
	KEY_PREFIX,   /* with anything behind it */
};

/**
 * struct ifcfg_key - one key, or family of keys, of ifcfg files
 * @hint: for KEY_NOT, what the warning advises
 */
struct ifcfg_key {
	const char *name;
	enum key_grade grade;
	enum key_match match;
	const char *hint;
};

/* The row of a key; NULL when nobody knows it. */
const struct ifcfg_key *ifcfg_key_find(const char *name);

/* Hints that are common to a family of keys, by which a file is known to be of that kind. */
extern const char ifcfg_hint_wireless[], ifcfg_hint_suse[];

/* Appends the known key that was probably meant, with its number; nothing if none was. */
void ifcfg_key_nearest(const char *name, struct strbuf *out);

/* Whether a key that says this says that something is off, or as it is anyway. */
bool ifcfg_is_off(const char *value);

/*
 * The two tests of network-scripts, ignoring case. A word that is neither leaves a key
 * at its default.
 * Source: is_true() and is_false() in network-functions.
 */
bool ifcfg_is_true(const char *value);
bool ifcfg_is_false(const char *value);
