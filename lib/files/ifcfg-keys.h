/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

#include "lib/base/strbuf.h"
#include "lib/model/model.h"

enum key_grade {
	KEY_USED,   /* has an effect */
	KEY_SILENT, /* accepted; it never had an effect here, or only on other programs */
	KEY_LATER,  /* network-scripts honoured it, this version does not yet */
	KEY_NOT,    /* belongs to something that is not supported: a warning */
	KEY_OFF_ONLY, /* the same, but without a warning if it turns that off */
};

enum key_match {
	KEY_EXACT,
	KEY_NUMBERED, /* also with a number after it */
	KEY_PREFIX,   /* with anything after it */
};

/* The role of a link: a port has no addresses of its own. */
enum link_role { ROLE_HOST, ROLE_BOND_PORT, ROLE_BRIDGE_PORT };

/*
 * The links on which a key has an effect. Where a key of the HOST family has none, it
 * gets a warning: always; unless its value is no; never, because installers write it into
 * every file.
 */
enum key_place {
	PLACE_LINK,        /* on every link */
	PLACE_NOT_IN_BOND, /* on all but the port of a bond */
	PLACE_HOST,        /* on all but ports */
	PLACE_SWITCH,      /* the same; a port behaves as if it were no anyway */
	PLACE_QUIET,       /* the same; no warning */
	PLACE_DHCP,        /* the same; part of BOOTPROTO=dhcp, which gets the warning */
	PLACE_STACKED,     /* on stacked links */
	PLACE_INFINIBAND,  /* on a card or its children, which may be ports */
	PLACE_BRIDGING,    /* on a bridge, or its ports */
	PLACE_IN_BOND,     /* on the port of a bond */
	PLACE_ALIAS, /* on none: in the file of an alias; no warning but on a port */
	PLACE_KINDS, /* from here on: see PLACE_OF() */
};

/* On a bond, a VLAN and so on, whatever else it is. */
#define PLACE_OF(kind) ((enum key_place)(PLACE_KINDS + (kind)))

/*
 * What happens to a key when its network card becomes the port of a bond that adopts it.
 */
enum key_fate {
	FATE_STAYS,    /* it belongs to the card */
	FATE_MOVES,    /* it moves to the bond */
	FATE_RENAMES,  /* the same; the bond's name replaces that of the card */
	FATE_COPIES,   /* both need it */
	FATE_LIVE,     /* addresses: the bond gets those in the kernel */
	FATE_SCOPE,    /* the same, for each address */
	FATE_PART,     /* part of an address, which the kernel has, too */
	FATE_NUMBERED, /* it goes with the address that has its number */
	FATE_ENDS,     /* it makes no sense for a port, nor for the bond */
	FATE_OWN,      /* handled by the code that moves it */
};

/* The nature of a value, and what an interface would be without it. */
enum key_trait {
	KEY_YESNO = 1,    /* a switch */
	KEY_TEXT = 2,     /* several words */
	KEY_MATTERS = 4,  /* the interface would be a different one */
	KEY_VITAL = 8,    /* it would be useless; but a numbered one is not vital */
	KEY_ADDRESS = 16, /* it sets one or more addresses of the interface */
	KEY_PASSED = 32,  /* an alias has it from its interface, but no number */
	/* What a switch is with a word that is neither true nor false; without both: ignored. */
	KEY_USUALLY_ON = 64,
	KEY_USUALLY_OFF = 128,
};

/* When a key without effect gets no warning in the file of a port. */
enum key_silence { KEY_SILENT_NEVER, KEY_SILENT_OFF, KEY_SILENT_ALWAYS };

/**
 * struct ifcfg_key - one key, or family of keys, of ifcfg files
 * @hint: for KEY_NOT, the advice in the warning
 * @traits: bits of enum key_trait
 *
 * Packed, as is struct option_row: each page of tables with pointers is relocated, and
 * copied for that, whenever a program starts.
 */
struct ifcfg_key {
	const char *name, *hint;
	enum key_grade grade : 8;
	enum key_match match : 8;
	enum key_place place : 8;
	enum key_fate fate : 8;
	unsigned int traits;
};

/* The rows one by one; NULL after the last one. */
const struct ifcfg_key *ifcfg_key_nth(size_t i);

/* The row of a key; NULL if it is unknown. */
const struct ifcfg_key *ifcfg_key_find(const char *name);

/* Whether it has its effect, if any, on a link of that kind in that role. */
bool ifcfg_key_counts(const struct ifcfg_key *key, enum iface_kind kind,
		      enum link_role role);

/* Whether it determines the kind of its link: BONDING_OPTS, VLAN … */
bool ifcfg_key_makes_kind(const struct ifcfg_key *key);

/* Whether its value is a list of NAME=VALUE: BONDING_OPTS and BRIDGING_OPTS. */
bool ifcfg_key_is_options(const char *name);

enum key_silence ifcfg_key_silence(const struct ifcfg_key *key);

/* Whether the file's assignment of @name has that trait. */
bool ifcfg_key_has(const char *name, enum key_trait trait);

/* Hints that are common to a family of keys, which also identify the family. */
extern const char ifcfg_hint_wireless[], ifcfg_hint_suse[];

/*
 * Appends the known key that was probably meant, with its number; nothing if there is
 * none.
 */
void ifcfg_key_nearest(const char *name, struct strbuf *out);

/* Whether a switch understands the word. */
bool ifcfg_is_switch(const char *value);

/* What the word of a switch does that is neither true nor false: "counts as yes" … */
const char *ifcfg_switch_counts(const struct ifcfg_key *key);

/* What was meant by a word that is neither true nor false, "yes" …; NULL if unknown. */
const char *ifcfg_switch_nearest(const char *value);

/* Whether the value turns something off, or is the default. */
bool ifcfg_is_off(const char *value);

/*
 * The two tests of network-scripts, ignoring case. A word that passes neither leaves a
 * key at its default. Source: is_true() and is_false() in network-functions.
 */
bool ifcfg_is_true(const char *value);
bool ifcfg_is_false(const char *value);
