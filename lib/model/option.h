/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/diag.h"
#include "lib/base/strbuf.h"
#include "lib/model/addr.h"

enum option_wire {
	WIRE_U8,
	WIRE_U16,
	WIRE_U32, /* a negative number as its two's complement */
	WIRE_U64,
	WIRE_BE16,
	WIRE_BIT,      /* of struct br_boolopt_multi */
	WIRE_MAC,      /* six bytes */
	WIRE_IFINDEX,  /* u32; a name in our structs */
	WIRE_IP4_LIST, /* nest of in_addr */
	WIRE_IP6_LIST, /* nest of in6_addr */
};

enum option_kind {
	OPT_NUMBER,
	OPT_SWITCH,
	OPT_ENUM,
	OPT_MASK, /* 16 bits; written in hexadecimal as well */
	OPT_IFNAME,
	OPT_MAC,
	OPT_GROUP_MAC, /* a group address for STP */
	OPT_IP_LIST,
};

/* When the driver accepts a changed value. */
enum option_when {
	WHEN_ANY,
	WHEN_BOND_DOWN,   /* EBUSY while the bond is up, even if unchanged */
	WHEN_BOND_EMPTY,  /* ENOTEMPTY while it has ports, even if unchanged */
	WHEN_EMPTY_DOWN,  /* both */
	WHEN_AFTER_PORTS, /* names a port that must have joined and have a carrier */
	WHEN_NO_PORTS,    /* like WHEN_BOND_EMPTY; but ports are not removed for it */
};

/* How ip(8) accepts a value. */
enum option_ip {
	IP_TEXT, /* as in files */
	IP_NUMBER,
	IP_NOT, /* not at all: the driver's file has to be used */
};

/* A symbolic value; tables end with a NULL name. */
struct option_word {
	const char *name;
	uint32_t value;
};

/**
 * struct option_row - all we know of one option of a driver
 * @name: of the driver's file in sysfs, or, where there is none, the word of ip(8)
 * @alias: another name that is met in files, or NULL
 * @ip_word: word of ip(8)
 * @ip_none: of OPT_IFNAME, the word by which ip(8) takes the name away; NULL for none
 * @networkd: of systemd-networkd, or NULL
 * @key: the same in the ifcfg file of a port, or of a link whose options are keys, or NULL
 * @ip: how ip(8) takes the value
 * @attr: IFLA_BOND_*, IFLA_BOND_SLAVE_*, IFLA_BR_* or IFLA_BRPORT_*
 * @bit: of WIRE_BIT, BR_BOOLOPT_*
 * @min, @max: of OPT_NUMBER; of OPT_MASK, @min are the bits that the driver refuses; of
 *             OPT_IP_LIST, how many elements
 * @words: of OPT_SWITCH and OPT_ENUM, the driver's own spelling first; of OPT_NUMBER, words
 *         that may stand for a number, or NULL
 * @unit: of OPT_NUMBER, "" when it has none; of OPT_IFNAME, what it names
 * @def: the driver's own default (numbers; the others default to none)
 * @def_words: what @def is in words, where the number tells nothing
 * @modes: bit set of modes of a bond in which the driver accepts it; 0 is all
 * @acts: bit set of modes in which it does something, a subset of @modes
 * @when: when it can be changed
 * @since: first kernel whose netlink has it
 * @multiple_of_miimon: the driver rounds it down to a multiple of miimon, and refuses it
 *                      without miimon
 * @may_be_silent: a driver that has it does not always report it
 * @is_centiseconds: 1/100 s; kernels whose tick is 4 ms keep an odd number as one less
 * @follows_root: while another bridge is the root of the spanning tree, the driver reports
 *                that bridge's value instead
 * @is_masked: for that reason, or another one that passes, it may not be reported
 *
 * Spec: bond_opts[] in Linux drivers/net/bonding/bond_options.c, bond_changelink() and
 *       bond_slave_changelink() in bond_netlink.c; br_changelink(), br_setport(),
 *       br_fill_info() in net/bridge/br_netlink.c
 */
struct option_row {
	const char *name, *alias, *ip_word, *ip_none, *networkd, *key;
	enum option_ip ip : 8;
	enum option_wire wire : 8;
	enum option_kind kind : 8;
	enum option_when when : 8;
	uint16_t attr;
	uint8_t bit;
	bool multiple_of_miimon : 1;
	bool may_be_silent : 1;
	bool is_centiseconds : 1;
	bool follows_root : 1;
	bool is_masked : 1;
	unsigned int modes, acts;
	int64_t min, max, def;
	const struct option_word *words;
	const char *unit;
	const char *def_words;
	const char *since;
};

/**
 * struct option_table - the options of one kind of link, or of its ports
 * @whose: for messages: "bridge", "bridge port"
 * @kind: in rtnetlink: "bond", "bridge"; @driver: for messages
 * @is_of_port: the options belong to its ports
 * @directory: of the driver's files, below the link's in sysfs
 * @rows: @n of them, in the order in which the driver applies them
 * @beside: the other table of the same kind
 * @takes_ip_words: files may use the words of ip(8), too
 * @takes_limits: the driver knows "default", "minval" and "maxval"
 * @takes_hex: the driver accepts the numbers of words in hexadecimal, too
 */
struct option_table {
	const char *whose, *kind, *driver;
	bool is_of_port;
	const char *directory;
	const struct option_row *rows;
	size_t n;
	const struct option_table *beside;
	bool takes_ip_words, takes_limits, takes_hex;
};

/* One for each of the four tables; see bond-options.h and bridge-options.h. */
extern const struct option_table bond_table, bond_port_table;
extern const struct option_table bridge_table, bridge_port_table;

/**
 * struct option_value - what an option is set to
 * @is_set: whether it was asked for (model) or is reported (snapshot)
 * @pos: who asked for it
 * @num: a number; a MAC address by its bytes, the first one highest; of an interface that
 *       the kernel reports, its index
 * @ifname: OPT_IFNAME; "" for none
 * @list, @n: OPT_IP_LIST
 */
struct option_value {
	bool is_set;
	struct pos pos;
	int64_t num;
	const char *ifname;
	const struct ip *list;
	size_t n;
};

/**
 * struct option_values - all options of one link
 * @table: whose they are
 * @is_wrong: of a bond, its mode cannot be understood, which is reported, so that nothing else
 *            can be concluded from them
 * @of: one for each row of @table
 */
struct option_values {
	const struct option_table *table;
	bool is_wrong;
	struct option_value of[];
};

/* By any of its names, case-sensitive; NULL if there is none. */
const struct option_row *option_find(const struct option_table *table, const char *name);
/*
 * The known name that was probably meant, also from the table besides a bond's, or NULL.
 */
const char *option_nearest(const struct option_table *table, const char *name);

static inline size_t option_id(const struct option_table *table,
			       const struct option_row *row)
{
	return (size_t)(row - table->rows);
}

/*
 * Whether a bond in @mode, or a port of it, has the option. A kernel newer than our table may
 * report a mode with any number: then it has none of them.
 */
static inline bool option_has_mode(const struct option_row *row, unsigned int mode)
{
	if (mode >= CHAR_BIT * sizeof(row->modes))
		return !row->modes;
	return !row->modes || row->modes & 1U << mode;
}

/* Appends the valid values: "slow (0) or fast (1)", "0 to 2147483647 ms". */
void option_describe(const struct option_row *row, struct strbuf *out);

/**
 * option_value_parse() - read a value as the driver's sysfs file would
 * @text: a word or a number; lists are separated by commas, each with an optional '+'
 * @arena: owns what @ret points to
 * @ret: is_set and the value; @ret->pos is left alone. Untouched on failure.
 * @ret_why: on -EINVAL, what is wrong, owned by @arena; option_describe() tells what would
 *           be right
 *
 * Return: 0; -EINVAL.
 */
int option_value_parse(const struct option_table *table, const struct option_row *row,
		       const char *text, struct arena *arena, struct option_value *ret,
		       const char **ret_why);

/* Appends the value in the driver's spelling, as a word if it has one. */
void option_value_format(const struct option_row *row, const struct option_value *value,
			 struct strbuf *out);

/*
 * Whether both have the same value, or both are unset. Lists are the same if they contain
 * the same addresses, in any order.
 */
bool option_value_equal(const struct option_row *row, const struct option_value *a,
			const struct option_value *b);

/*
 * Whether a kernel may report @now where @set was set: one whose tick is 4 ms keeps an odd
 * number of 1/100 s as one less, its own defaults included.
 */
bool option_value_is_kept(const struct option_row *row, const struct option_value *set,
			  const struct option_value *now);

/* Whether it is an empty name or list. */
bool option_value_is_none(const struct option_row *row, const struct option_value *value);

/* The default; an empty name, list or MAC. */
struct option_value option_default(const struct option_row *row);
/* The same in combination with other options: a bond's mode may decide. */
struct option_value option_default_among(const struct option_values *values, size_t id);

/* Their size in bytes. */
size_t option_values_size(const struct option_table *table);
/* Without any values. */
struct option_values *option_values_new(const struct option_table *table,
					struct arena *arena);
/* A copy that shares nothing with @from. */
struct option_values *option_values_copy(const struct option_values *from,
					 struct arena *arena);
/* Sets one option to a copy of @value. */
void option_values_set(struct option_values *values, size_t id,
		       const struct option_value *value, struct arena *arena);
bool option_values_any(const struct option_values *values);
/* Either may be NULL. */
bool option_values_equal(const struct option_values *a, const struct option_values *b);

/*
 * The defaults of a port or a link, except for those that depend on its hardware;
 * otherwise as above.
 */
struct option_values *option_values_defaults(const struct option_table *table,
					     struct arena *arena);

/**
 * options_play() - set options in the driver's order, including side effects on others
 * @now: the present values, which are changed; borrows from @set
 * @set: the values to be set
 */
void options_play(struct option_values *now, const struct option_values *set);

/* Warns that the running kernel's driver refuses the value, which is ignored. */
void option_tell_refused(const struct option_table *table, size_t id,
			 const struct option_value *value, struct diag *diag);
