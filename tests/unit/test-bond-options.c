/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of bonding options, and what is read, written and checked by it. */
#include "lib/model/option-load.h"

#include <check.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/strbuf.h"

#define ALL_MODES ((1U << BOND_MODE_COUNT) - 1)

static const struct pos opts_pos = { "f", 7 };
static const struct pos bond_pos = { "f", 1 };

#define MESSAGES_MAX 4

/* What a message of the line with the options looks like. */
#define NOTE(message)       "f:7: note: " message "\n"
#define WARN(message, hint) "f:7: warning: " message "\n    hint: " hint "\n"
#define FAIL(message, hint) "f:7: error: " message "\n    hint: " hint "\n"
#define UNWATCHED                                                                    \
	"f:1: warning: bond0 has no link monitoring: a failed port goes unnoticed\n" \
	"    hint: add miimon=100 to BONDING_OPTS\n"

/* The values that are set, in the order of the table. */
static char *values_text(const struct option_values *values)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		if (!values->of[id].is_set)
			continue;
		ck_assert_str_eq(values->of[id].pos.file, "f");
		ck_assert_uint_eq(values->of[id].pos.line, 7);
		strbuf_addf(&text, text.len ? " %s=" : "%s=", bond_table.rows[id].name);
		option_value_format(&bond_table.rows[id], &values->of[id], &text);
	}
	return strbuf_take(&text);
}

static void check_messages(struct diag *diag, const char *const wanted[MESSAGES_MAX])
{
	_cleanup_strbuf_ struct strbuf all = STRBUF_EMPTY;
	_cleanup_free_ char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert_ptr_nonnull(out);
	diag_print(diag, DIAG_NOTE, out);
	fclose(out);
	for (size_t i = 0; i < MESSAGES_MAX && wanted[i]; i++)
		strbuf_add(&all, wanted[i]);
	ck_assert_str_eq(text, strbuf_text(&all));
}

/* One value as the table would write it; the caller frees it. */
static char *value_text(const struct option_row *option, const struct option_value *value)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	option_value_format(option, value, &text);
	return strbuf_take(&text);
}

/* ------------------------------------------------------------------ the rows */

static void check_reads_back(const struct option_row *option, uint32_t num)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct option_value value = { .is_set = true, .num = num }, again = { 0 };
	_cleanup_free_ char *text = value_text(option, &value);
	char digits[12];
	const char *why = NULL;

	ck_assert_int_eq(
		option_value_parse(&bond_table, option, text, arena, &again, &why), 0);
	ck_assert(option_value_equal(option, &value, &again));
	snprintf(digits, sizeof(digits), "%u", num);
	ck_assert_int_eq(
		option_value_parse(&bond_table, option, digits, arena, &again, &why), 0);
	ck_assert(option_value_equal(option, &value, &again));
}

static void check_out_of_range(const struct option_row *option, uint64_t num)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct option_value value = { 0 };
	char digits[21];
	const char *why = NULL;

	snprintf(digits, sizeof(digits), "%lu", (unsigned long)num);
	ck_assert_int_eq(option_value_parse(&bond_table, option, digits, arena, &value,
					    &why),
			 -EINVAL);
	ck_assert_ptr_nonnull(why);
	ck_assert(!value.is_set);
}

START_TEST(row_is_complete)
{
	const struct option_row *option = &bond_table.rows[_i];

	ck_assert_ptr_nonnull(option->name);
	ck_assert_ptr_nonnull(option->ip_word);
	ck_assert_ptr_nonnull(option->since);
	ck_assert_uint_ne(option->attr, 0);
	ck_assert_uint_ne(option->modes, 0);
	ck_assert_uint_eq(option->modes & ~ALL_MODES, 0);
	ck_assert_uint_ne(option->acts, 0);
	ck_assert_uint_eq(option->acts & ~option->modes, 0);
	ck_assert_ptr_eq(option_find(&bond_table, option->name), option);
	ck_assert_int_eq(option_id(&bond_table, option), _i);
	if (option->alias)
		ck_assert_ptr_eq(option_find(&bond_table, option->alias), option);
}
END_TEST

START_TEST(row_is_unlike_the_others)
{
	for (int i = 0; i < _i; i++) {
		ck_assert_str_ne(bond_table.rows[_i].name, bond_table.rows[i].name);
		ck_assert_str_ne(bond_table.rows[_i].ip_word, bond_table.rows[i].ip_word);
		ck_assert_uint_ne(bond_table.rows[_i].attr, bond_table.rows[i].attr);
	}
}
END_TEST

static bool wire_fits(const struct option_row *option)
{
	switch (option->wire) {
	case WIRE_U8:
		return option->max <= UINT8_MAX && option->kind <= OPT_ENUM;
	case WIRE_U16:
		return option->max <= UINT16_MAX && option->kind == OPT_NUMBER;
	case WIRE_U32:
		return option->kind <= OPT_ENUM;
	case WIRE_IFINDEX:
		return option->kind == OPT_IFNAME;
	case WIRE_MAC:
		return option->kind == OPT_MAC;
	case WIRE_IP4_LIST:
	case WIRE_IP6_LIST:
		return option->kind == OPT_IP_LIST && option->max > 0;
	case WIRE_U64:
	case WIRE_BE16:
	case WIRE_BIT:
		break;
	}
	return false;
}

START_TEST(row_fits_its_wire)
{
	ck_assert(wire_fits(&bond_table.rows[_i]));
}
END_TEST

START_TEST(row_of_numbers_reads_what_it_writes)
{
	const struct option_row *option = &bond_table.rows[_i];

	if (option->kind != OPT_NUMBER)
		return;
	ck_assert_ptr_nonnull(option->unit);
	ck_assert_uint_lt(option->min, option->max);
	check_reads_back(option, option->min);
	check_reads_back(option, option->def);
	check_reads_back(option, option->max);
	check_out_of_range(option, (uint64_t)option->max + 1);
	check_out_of_range(option, UINT64_MAX);
	if (option->min)
		check_out_of_range(option, option->min - 1);
}
END_TEST

START_TEST(row_of_words_reads_what_it_writes)
{
	const struct option_row *option = &bond_table.rows[_i];
	uint32_t largest = 0;

	if (option->kind != OPT_ENUM)
		return;
	ck_assert_ptr_nonnull(option->words);
	ck_assert_ptr_nonnull(option->words->name);
	for (const struct option_word *word = option->words; word->name; word++) {
		check_reads_back(option, word->value);
		if (word->value > largest)
			largest = word->value;
	}
	check_reads_back(option, option->def);
	check_out_of_range(option, (uint64_t)largest + 1);
}
END_TEST

START_TEST(row_of_delays_counts_in_milliseconds)
{
	if (bond_table.rows[_i].multiple_of_miimon)
		ck_assert_str_eq(bond_table.rows[_i].unit, "ms");
}
END_TEST

/* The kernel's numbers never change, so a slip in the table shows here. */
static const struct {
	const char *name;
	uint16_t attr;
} attributes[] = {
	{ "mode", 1 },
	{ "miimon", 3 },
	{ "arp_ip_target", 8 },
	{ "primary", 11 },
	{ "num_grat_arp", 16 },
	{ "packets_per_slave", 20 },
	{ "lacp_rate", 21 },
	{ "ad_select", 22 },
	{ "ad_actor_sys_prio", 24 },
	{ "tlb_dynamic_lb", 27 },
	{ "peer_notif_delay", 28 },
	{ "lacp_active", 29 },
	{ "arp_missed_max", 30 },
	{ "ns_ip6_target", 31 },
	{ "coupled_control", 32 },
	{ "broadcast_neighbor", 33 },
	{ "lacp_strict", 34 },
};

START_TEST(attribute_has_the_kernel_number)
{
	ck_assert_uint_eq(option_find(&bond_table, attributes[_i].name)->attr,
			  attributes[_i].attr);
}
END_TEST

/* --------------------------------------------------------------------- names */

static const struct {
	const char *name, *nearest;
} names[] = {
	{ "mimon", "miimon" },
	{ "model", "mode" },
	{ "MODE", "mode" },
	{ "lacp-rate", "lacp_rate" },
	{ "num_unsol_an", "num_unsol_na" },
	{ "xmit_hash_polcy", "xmit_hash_policy" },
	{ "arp_ip_targets", "arp_ip_target" },
	{ "", NULL },
	{ "bandwidth", NULL },
};

START_TEST(misspelt_name_has_a_nearest_one)
{
	const char *nearest = option_nearest(&bond_table, names[_i].name);

	ck_assert_ptr_null(option_find(&bond_table, names[_i].name));
	ck_assert_pstr_eq(nearest, names[_i].nearest);
}
END_TEST

/* -------------------------------------------------------------------- values */

/* @written: as it comes out again. */
static const struct {
	const char *option, *text, *written;
} good_values[] = {
	{ "resend_igmp", "0", "0" },
	{ "all_slaves_active", "on", "1" },
	{ "mode", "active-backup", "active-backup" },
	{ "mode", "1", "active-backup" },
	{ "mode", "4", "802.3ad" },
	{ "mode", "006", "balance-alb" },
	{ "mode", "default", "balance-rr" },
	{ "miimon", "100", "100" },
	{ "miimon", "0100", "100" },
	{ "miimon", "off", "0" },
	{ "miimon", "maxval", "2147483647" },
	{ "use_carrier", "on", "1" },
	{ "use_carrier", "0", "0" },
	{ "tlb_dynamic_lb", "off", "0" },
	{ "lacp_active", "1", "on" },
	{ "lacp_rate", "fast", "fast" },
	{ "lacp_rate", "0", "slow" },
	{ "lp_interval", "minval", "1" },
	{ "lp_interval", "default", "1" },
	{ "ad_actor_sys_prio", "default", "65535" },
	{ "num_grat_arp", "off", "0" },
	{ "arp_missed_max", "default", "2" },
	{ "xmit_hash_policy", "vlan+srcmac", "vlan+srcmac" },
	{ "xmit_hash_policy", "1", "layer3+4" },
	{ "ad_select", "3", "actor_port_prio" },
	{ "primary", "ens160", "ens160" },
	{ "primary", "fifteen-letters", "fifteen-letters" },
	{ "primary", "...", "..." },
	{ "active_slave", "eth0.100", "eth0.100" },
	{ "ad_actor_system", "02:0A:00:00:00:01", "02:0a:00:00:00:01" },
	{ "ad_actor_system", "00:00:00:00:00:00", "00:00:00:00:00:00" },
	{ "arp_ip_target", "10.0.0.1", "10.0.0.1" },
	{ "arp_ip_target", "+10.0.0.1,10.0.0.10", "10.0.0.1,10.0.0.10" },
	{ "arp_ip_target", "10.0.0.2,10.0.0.1,10.0.0.2", "10.0.0.2,10.0.0.1" },
	{ "arp_ip_target", ",10.0.0.1,", "10.0.0.1" },
	{ "arp_ip_target", "224.0.0.1", "224.0.0.1" },
	{ "ns_ip6_target", "2001:DB8::1,+fe80::1", "2001:db8::1,fe80::1" },
};

START_TEST(good_value_is_read_and_written)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct option_row *option =
		option_find(&bond_table, good_values[_i].option);
	struct option_value value = { .pos = opts_pos };
	_cleanup_free_ char *written = NULL;
	const char *why = NULL;

	ck_assert_int_eq(option_value_parse(&bond_table, option, good_values[_i].text,
					    arena, &value, &why),
			 0);
	ck_assert(value.is_set);
	ck_assert_uint_eq(value.pos.line, opts_pos.line);
	written = value_text(option, &value);
	ck_assert_str_eq(written, good_values[_i].written);
}
END_TEST

#define TEN_ADDRESSES                                                              \
	"10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,10.0.0.6,10.0.0.7,10.0.0.8," \
	"10.0.0.9,10.0.0.10"

/* An alternative name may have 127 bytes. */
#define LETTERS_32 "thirty-two-letters-for-each-line"
#define TOO_LONG   LETTERS_32 LETTERS_32 LETTERS_32 LETTERS_32

static const struct {
	const char *option, *text, *why;
} bad_values[] = {
	{ "mode", "", "'' is not a value of mode" },
	{ "mode", "active", "'active' is not a value of mode" },
	{ "mode", "Active-Backup", "'Active-Backup' is not a value of mode" },
	{ "mode", "7", "'7' is not a value of mode" },
	{ "mode", "maxval", "'maxval' is not a value of mode" },
	{ "lacp_rate", "fasst", "'fasst' is not a value of lacp_rate" },
	{ "miimon", "100ms", "'100ms' is not a value of miimon" },
	{ "miimon", "-1", "'-1' is not a value of miimon" },
	{ "miimon", "+1", "'+1' is not a value of miimon" },
	{ "miimon", "0x10", "'0x10' is not a value of miimon" },
	{ "miimon", "2147483648", "'2147483648' is out of range for miimon" },
	{ "miimon", "99999999999", "'99999999999' is out of range for miimon" },
	{ "lp_interval", "0", "'0' is out of range for lp_interval" },
	{ "lp_interval", "off", "'off' is not a value of lp_interval" },
	{ "packets_per_slave", "off", "'off' is not a value of packets_per_slave" },
	{ "use_carrier", "2", "'2' is out of range for use_carrier" },
	{ "primary", "", "'' is not the name of an interface" },
	{ "primary", ".", "'.' is not the name of an interface" },
	{ "primary", "..", "'..' is not the name of an interface" },
	{ "primary", "a/b", "'a/b' is not the name of an interface" },
	{ "primary", "a b", "'a b' is not the name of an interface" },
	{ "primary", "eth0:1", "'eth0:1' is not the name of an interface" },
	{ "primary", TOO_LONG, "'" TOO_LONG "' is not the name of an interface" },
	{ "ad_actor_system", "1", "'1' is not a MAC address" },
	{ "ad_actor_system", "02:00:00:00:00", "'02:00:00:00:00' is not a MAC address" },
	{ "ad_actor_system", "01:00:5e:00:00:01",
	  "'01:00:5e:00:00:01' is a multicast address" },
	{ "arp_ip_target", "", "arp_ip_target has no address" },
	{ "arp_ip_target", "10.0.0.256", "'10.0.0.256' is not an IPv4 address" },
	{ "arp_ip_target", "fe80::1", "'fe80::1' is not an IPv4 address" },
	{ "arp_ip_target", "10.0.0.1,-10.0.0.2", "'-10.0.0.2' would remove an address" },
	{ "arp_ip_target", "0.0.0.0", "'0.0.0.0' is not the address of a host" },
	{ "arp_ip_target", "255.255.255.255",
	  "'255.255.255.255' is not the address of a host" },
	{ "arp_ip_target",
	  TEN_ADDRESSES ",1.0.0.1,1.0.0.2,1.0.0.3,1.0.0.4,1.0.0.5,1.0.0.6,1.0.0.7",
	  "arp_ip_target has more than 16 addresses" },
	{ "ns_ip6_target", "10.0.0.1", "'10.0.0.1' is not an IPv6 address" },
	{ "ns_ip6_target", "::", "'::' is not the address of a host" },
	{ "ns_ip6_target", "::1", "'::1' is not the address of a host" },
	{ "ns_ip6_target", "ff02::1", "'ff02::1' is not the address of a host" },
};

START_TEST(bad_value_is_refused_with_the_reason)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct option_row *option = option_find(&bond_table, bad_values[_i].option);
	struct option_value value = { .num = 42 };
	const char *why = NULL;

	ck_assert_int_eq(option_value_parse(&bond_table, option, bad_values[_i].text,
					    arena, &value, &why),
			 -EINVAL);
	ck_assert_str_eq(why, bad_values[_i].why);
	ck_assert(!value.is_set);
	ck_assert_uint_eq(value.num, 42);
}
END_TEST

static const struct {
	const char *option, *description;
} descriptions[] = {
	{ "lacp_rate", "slow (0) or fast (1)" },
	{ "use_carrier", "off (0) or on (1)" },
	{ "primary_reselect", "always (0), better (1) or failure (2)" },
	{ "miimon", "0 to 2147483647 ms" },
	{ "ad_user_port_key", "0 to 1023" },
	{ "primary", "the name of a port" },
	{ "ad_actor_system", "a MAC address that is not multicast" },
	{ "arp_ip_target", "up to 16 IPv4 addresses, separated by commas" },
	{ "ns_ip6_target", "up to 16 IPv6 addresses, separated by commas" },
};

START_TEST(description_names_the_values)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	option_describe(option_find(&bond_table, descriptions[_i].option), &text);
	ck_assert_str_eq(strbuf_text(&text), descriptions[_i].description);
}
END_TEST

/* NULL: not set. */
static const struct {
	const char *option, *a, *b;
	bool equal;
} pairs[] = {
	{ "mode", NULL, NULL, true },
	{ "mode", "0", NULL, false },
	{ "mode", NULL, "0", false },
	{ "mode", "1", "active-backup", true },
	{ "miimon", "100", "0100", true },
	{ "miimon", "100", "101", false },
	{ "primary", "ens1", "ens1", true },
	{ "primary", "ens1", "ens2", false },
	{ "ad_actor_system", "02:00:00:00:00:0a", "02:00:00:00:00:0A", true },
	{ "ad_actor_system", "02:00:00:00:00:0a", "02:00:00:00:00:0b", false },
	{ "arp_ip_target", "10.0.0.1,10.0.0.2", "10.0.0.2,10.0.0.1", true },
	{ "arp_ip_target", "10.0.0.1,10.0.0.2", "10.0.0.1", false },
	{ "arp_ip_target", "10.0.0.1", "10.0.0.1,10.0.0.2", false },
	{ "arp_ip_target", "10.0.0.1", "10.0.0.10", false },
};

static void read_or_leave(const struct option_row *option, const char *text,
			  struct arena *arena, struct option_value *value)
{
	const char *why = NULL;

	if (text)
		ck_assert_int_eq(option_value_parse(&bond_table, option, text, arena,
						    value, &why),
				 0);
}

START_TEST(values_are_compared_by_meaning)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct option_row *option = option_find(&bond_table, pairs[_i].option);
	struct option_value a = { 0 }, b = { 0 };

	read_or_leave(option, pairs[_i].a, arena, &a);
	read_or_leave(option, pairs[_i].b, arena, &b);
	ck_assert(option_value_equal(option, &a, &b) == pairs[_i].equal);
}
END_TEST

START_TEST(unknown_number_of_a_newer_kernel_is_written)
{
	struct option_value value = { .is_set = true, .num = 9 };
	_cleanup_free_ char *text =
		value_text(&bond_table.rows[BOND_OPT_XMIT_HASH_POLICY], &value);

	ck_assert_str_eq(text, "9");
	ck_assert_str_eq(bond_mode_name((enum bond_mode)9), "unknown");
	ck_assert(!option_has_mode(&bond_table.rows[BOND_OPT_MIIMON], 9));
	ck_assert(!option_has_mode(&bond_table.rows[BOND_OPT_MIIMON], 220));
}
END_TEST

/* -------------------------------------------------------------- BONDING_OPTS */

#define MODULE_HINT \
	"put it into a file in /etc/modprobe.d, as 'options bonding NAME=VALUE'"
#define LACP_RATE_HINT "lacp_rate takes slow (0) or fast (1)"

static const struct {
	const char *text, *values, *messages[MESSAGES_MAX];
} loads[] = {
	{ "", "", { NULL } },
	{ "mode=active-backup miimon=100 primary=ens160",
	  "mode=active-backup miimon=100 primary=ens160",
	  { NULL } },
	{ "primary=ens160  miimon=0100\tmode=1\n",
	  "mode=active-backup miimon=100 primary=ens160",
	  { NULL } },

	/* Names. */
	{ "mimon=100",
	  "",
	  { WARN("unknown bonding option 'mimon' ignored", "did you mean 'miimon'?") } },
	{ "model=1 miimon=100",
	  "miimon=100",
	  { FAIL("unknown bonding option 'model', and no mode",
		 "did you mean 'mode'?") } },
	{ "model=1 mode=1",
	  "mode=active-backup",
	  { WARN("unknown bonding option 'model' ignored", "did you mean 'mode'?") } },
	{ "speed=10",
	  "",
	  { WARN("unknown bonding option 'speed' ignored",
		 "ifcfg-bond(5) lists the options") } },
	{ "MODE=1",
	  "",
	  { FAIL("bonding option 'MODE' ignored: it is not in lower case",
		 "write 'mode'") } },
	{ "max_bonds=2 mode=1",
	  "mode=active-backup",
	  { WARN("max_bonds ignored: it is a parameter of the driver's module",
		 MODULE_HINT) } },
	{ "tx_queues=32 num_slaves=2",
	  "",
	  { WARN("tx_queues ignored: it is a parameter of the driver's module",
		 MODULE_HINT),
	    WARN("num_slaves ignored: it is a parameter of the driver's module",
		 MODULE_HINT) } },
	/* Options of single ports are not among the bond's. */
	{ "queue_id=ens160:2 mode=1 prio=ens160:10,ens256:-1",
	  "mode=active-backup | queue_id=ens160:2 prio=ens160:10 prio=ens256:-1",
	  { NULL } },
	{ "actor_port_prio=ens1:0 actor_port_prio=ens2:65535",
	  " | actor_port_prio=ens1:0 actor_port_prio=ens2:65535",
	  { NULL } },
	{ "queue_id=ens1:2,ens1:3 queue_id=ens1:3",
	  " | queue_id=ens1:3",
	  { WARN("queue_id of port ens1 given twice: 3 replaces 2",
		 "remove one of them") } },
	{ "queue_id=2 queue_id=:2 queue_id= prio=ens1:1,,ens2:2",
	  " | prio=ens1:1 prio=ens2:2",
	  { WARN("queue_id=2 ignored: it names no port", "write queue_id=PORT:NUMBER"),
	    WARN("queue_id=:2 ignored: it names no port", "write queue_id=PORT:NUMBER"),
	    WARN("queue_id= ignored: it names no port", "write queue_id=PORT:NUMBER") } },
	{ "queue_id=ens1:65536 prio=ens1:high prio=ens2:2147483648",
	  "",
	  { WARN("queue_id of port ens1 ignored: '65536' is not a value of it",
		 "queue_id takes 0 to 65535"),
	    WARN("prio of port ens1 ignored: 'high' is not a value of it",
		 "prio takes -2147483648 to 2147483647"),
	    WARN("prio of port ens2 ignored: '2147483648' is not a value of it",
		 "prio takes -2147483648 to 2147483647") } },
	{ "que_id=ens1:1",
	  "",
	  { WARN("unknown bonding option 'que_id' ignored",
		 "did you mean 'queue_id'?") } },
	{ "mii_status=up",
	  "",
	  { WARN("mii_status ignored: the driver reports it and does not let it be set",
		 "remove it") } },
	{ "slaves=ens1",
	  "",
	  { WARN("slaves ignored: each port has a file of its own",
		 "write MASTER= and SLAVE=yes into the ifcfg file of each port") } },

	/* Values. */
	{ "lacp_rate=fasst mode=4",
	  "mode=802.3ad",
	  { WARN("bonding option lacp_rate ignored: 'fasst' is not a value of lacp_rate",
		 "did you mean 'fast'? " LACP_RATE_HINT) } },
	{ "lacp_rate=9",
	  "",
	  { WARN("bonding option lacp_rate ignored: '9' is not a value of lacp_rate",
		 LACP_RATE_HINT) } },
	{ "miimon=100ms",
	  "",
	  { WARN("bonding option miimon ignored: '100ms' is not a value of miimon",
		 "write 100, without a unit: miimon takes 0 to 2147483647 ms") } },
	{ "mode=balance-slb",
	  "",
	  { FAIL("mode balance-slb is NetworkManager's own: the bonding driver has no "
		 "such mode",
		 "active-backup and balance-alb also work without support from the "
		 "switch") } },
	{ "arp_ip_target=-10.0.0.1",
	  "",
	  { WARN("address ignored in arp_ip_target: '-10.0.0.1' would remove an address",
		 "list the addresses that arp_ip_target shall have") } },

	{ "arp_ip_target=10.0.0.1,10.0.0.256,10.0.0.2",
	  "arp_ip_target=10.0.0.1,10.0.0.2",
	  { WARN("address ignored in arp_ip_target: '10.0.0.256' is not an IPv4 address",
		 "arp_ip_target takes up to 16 IPv4 addresses, separated by commas") } },
	{ "arp_ip_target=",
	  "",
	  { WARN("bonding option arp_ip_target ignored: arp_ip_target has no address",
		 "arp_ip_target takes up to 16 IPv4 addresses, separated by commas") } },
	{ "arp_ip_target=" TEN_ADDRESSES ",1.0.0.1,1.0.0.2,1.0.0.3 "
	  "arp_ip_target=1.0.0.4,1.0.0.5,1.0.0.6,1.0.0.7,1.0.0.8",
	  "arp_ip_target=" TEN_ADDRESSES
	  ",1.0.0.1,1.0.0.2,1.0.0.3,1.0.0.4,1.0.0.5,1.0.0.6",
	  { WARN("address ignored in arp_ip_target: arp_ip_target has more than 16 "
		 "addresses",
		 "arp_ip_target takes up to 16 IPv4 addresses, separated by commas") } },

	/* Twice. */
	{ "mode=0 mode=1",
	  "mode=active-backup",
	  { WARN("bonding option mode given twice: active-backup replaces balance-rr",
		 "remove one of them") } },
	{ "mode=1 mode=nonsense",
	  "mode=active-backup",
	  { WARN("bonding option mode ignored: 'nonsense' is not a value of mode",
		 "mode takes balance-rr (0), active-backup (1), balance-xor (2), "
		 "broadcast (3), 802.3ad (4), balance-tlb (5) or balance-alb (6)") } },
	{ "num_grat_arp=1 num_unsol_na=2",
	  "num_grat_arp=2",
	  { WARN("bonding option num_grat_arp given twice: 2 replaces 1",
		 "num_grat_arp and num_unsol_na are one option") } },
	{ "arp_ip_target=10.0.0.10 arp_ip_target=10.0.0.1,10.0.0.10",
	  "arp_ip_target=10.0.0.10,10.0.0.1",
	  { NULL } },

	/* Lists joined by blanks. */
	{ "arp_ip_target=10.0.0.1 10.0.0.2 mode=1",
	  "mode=active-backup arp_ip_target=10.0.0.1,10.0.0.2",
	  { WARN("'10.0.0.2' read as a further arp_ip_target",
		 "join the addresses by commas") } },
	{ "ns_ip6_target=fe80::1 fe80::2",
	  "ns_ip6_target=fe80::1,fe80::2",
	  { WARN("'fe80::2' read as a further ns_ip6_target",
		 "join the addresses by commas") } },
	{ "arp_ip_target=10.0.0.1 10.0.0.256",
	  "arp_ip_target=10.0.0.1",
	  { WARN("'10.0.0.256' read as a further arp_ip_target",
		 "join the addresses by commas"),
	    WARN("address ignored in arp_ip_target: '10.0.0.256' is not an IPv4 address",
		 "arp_ip_target takes up to 16 IPv4 addresses, separated by commas") } },
	{ "arp_ip_target=10.0.0.1 mode=1 10.0.0.2",
	  "mode=active-backup arp_ip_target=10.0.0.1",
	  { WARN("'10.0.0.2' ignored: it is not of the form option=value",
		 "write option=value, without blanks around the '='") } },
	{ "mode = 1",
	  "",
	  { FAIL("'mode' ignored: it is not of the form option=value",
		 "write mode=… without blanks around the '='") } },
	{ "mode=1 miimon = 100",
	  "mode=active-backup",
	  { WARN("'miimon' ignored: it is not of the form option=value",
		 "write miimon=… without blanks around the '='") } },

	/* Options joined by commas or semicolons, and quoted twice. */
	{ "mode=1,miimon=100",
	  "mode=active-backup miimon=100",
	  { WARN("bonding options joined by ',' or ';' taken apart",
		 "separate them by blanks") } },
	{ "mode=1;arp_ip_target=10.0.0.1,10.0.0.2;",
	  "mode=active-backup arp_ip_target=10.0.0.1,10.0.0.2",
	  { WARN("bonding options joined by ',' or ';' taken apart",
		 "separate them by blanks") } },
	{ "\"mode=1 miimon='100'\"",
	  "mode=active-backup miimon=100",
	  { WARN("quotes inside the bonding options ignored",
		 "one pair of quotes around all of them is enough") } },
};

/* The bond's, and after " |" those of single ports. */
static char *all_text(const struct option_values *values,
		      const struct bond_port_wishes *ports)
{
	_cleanup_free_ char *of_bond = values_text(values);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	bool any = false;

	strbuf_add(&text, of_bond);
	for (size_t i = 0; i < ports->n; i++) {
		const struct bond_port_wish *wish = &ports->list[i];

		if (!wish->value.is_set)
			continue;
		ck_assert_uint_eq(wish->value.pos.line, 7);
		strbuf_addf(&text, "%s %s=%s:%" PRId64, any ? "" : " |",
			    bond_port_table.rows[wish->id].name, wish->port,
			    wish->value.num);
		any = true;
	}
	return strbuf_take(&text);
}

START_TEST(options_are_loaded)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;
	struct bond_port_wishes ports = { 0 };
	struct option_values *values = option_values_new(&bond_table, arena);

	ck_assert_int_eq(
		options_load(loads[_i].text, opts_pos, arena, diag, values, &ports), 0);
	text = all_text(values, &ports);
	ck_assert_str_eq(text, loads[_i].values);
	check_messages(diag, loads[_i].messages);
}
END_TEST

/* --------------------------------------------------------------------- rules */

static const struct {
	const char *text, *values, *messages[MESSAGES_MAX];
} checks[] = {
	/* Nothing to say. */
	{ "mode=active-backup miimon=100 primary=ens160",
	  "mode=active-backup miimon=100 primary=ens160",
	  { NULL } },
	{ "mode=1 miimon=100 active_slave=ens1",
	  "mode=active-backup active_slave=ens1 miimon=100",
	  { NULL } },
	{ "mode=1 arp_interval=1000 arp_ip_target=10.0.0.1 arp_validate=all "
	  "arp_all_targets=1",
	  "mode=active-backup arp_interval=1000 arp_ip_target=10.0.0.1 arp_validate=all "
	  "arp_all_targets=all",
	  { NULL } },
	{ "mode=1 arp_interval=1000 ns_ip6_target=fe80::1",
	  "mode=active-backup arp_interval=1000 ns_ip6_target=fe80::1",
	  { NULL } },
	{ "mode=1 miimon=0 arp_interval=1000 arp_ip_target=10.0.0.1",
	  "mode=active-backup miimon=0 arp_interval=1000 arp_ip_target=10.0.0.1",
	  { NULL } },
	{ "mode=1 miimon=100 arp_interval=0 arp_validate=none",
	  "mode=active-backup miimon=100 arp_interval=0 arp_validate=none",
	  { NULL } },
	{ "mode=4 lacp_rate=fast", "mode=802.3ad lacp_rate=fast", { NULL } },

	/* Foreign to the mode. */
	{ "mode=1 miimon=100 lacp_rate=fast",
	  "mode=active-backup miimon=100",
	  { WARN("lacp_rate ignored: it needs mode 802.3ad, and mode is active-backup",
		 "remove lacp_rate, or set mode=802.3ad (also spelled mode=4)") } },
	{ "mode=1 miimon=100 packets_per_slave=1",
	  "mode=active-backup miimon=100",
	  { WARN("packets_per_slave ignored: it needs mode balance-rr, and mode is "
		 "active-backup",
		 "remove packets_per_slave, or set mode=balance-rr (also spelled "
		 "mode=0)") } },
	{ "miimon=100 primary=ens1",
	  "miimon=100",
	  { WARN("primary ignored: it needs mode active-backup, balance-tlb or "
		 "balance-alb, and mode is balance-rr",
		 "remove primary, or set one of these modes") } },
	{ "mode=6 arp_interval=1000 miimon=50",
	  "mode=balance-alb miimon=50",
	  { WARN("arp_interval ignored: it needs mode balance-rr, active-backup, "
		 "balance-xor or broadcast, and mode is balance-alb",
		 "remove arp_interval, or set one of these modes") } },
	{ "mode=1 miimon=100 tlb_dynamic_lb=1",
	  "mode=active-backup miimon=100",
	  { WARN("tlb_dynamic_lb ignored: it needs mode balance-tlb or balance-alb, and "
		 "mode is active-backup",
		 "remove tlb_dynamic_lb, or set one of these modes") } },

	/* Accepted, but idle. */
	{ "mode=1 miimon=100 min_links=1",
	  "mode=active-backup miimon=100 min_links=1",
	  { NOTE("min_links has no effect in mode active-backup") } },
	{ "mode=4 fail_over_mac=1",
	  "mode=802.3ad fail_over_mac=active",
	  { NOTE("fail_over_mac has no effect in mode 802.3ad") } },

	/* The two monitors. */
	{ "mode=1 miimon=100 arp_interval=1000 arp_ip_target=10.0.0.1",
	  "mode=active-backup arp_interval=1000 arp_ip_target=10.0.0.1",
	  { WARN("miimon ignored: arp_interval is set, and a bond has one monitor only",
		 "remove miimon, or arp_interval and its targets") } },
	{ "mode=1 miimon=100 updelay=200 arp_interval=1000 arp_ip_target=10.0.0.1",
	  "mode=active-backup arp_interval=1000 arp_ip_target=10.0.0.1",
	  { WARN("miimon ignored: arp_interval is set, and a bond has one monitor only",
		 "remove miimon, or arp_interval and its targets"),
	    WARN("updelay ignored: it needs miimon",
		 "remove updelay, or add miimon=100") } },
	{ "mode=1 miimon=100 arp_interval=1000",
	  "mode=active-backup miimon=100",
	  { WARN("arp_interval ignored: without arp_ip_target or ns_ip6_target all ports "
		 "would count as failed",
		 "add arp_ip_target=ADDRESS, or use miimon=100 instead") } },
	{ "mode=1 miimon=100 arp_validate=all",
	  "mode=active-backup miimon=100",
	  { WARN("arp_validate ignored: it belongs to arp_interval, and this bond uses "
		 "miimon",
		 "remove arp_validate, or replace miimon by arp_interval and "
		 "arp_ip_target") } },
	{ "mode=1 miimon=100 arp_all_targets=all",
	  "mode=active-backup miimon=100",
	  { WARN("arp_all_targets ignored: it needs arp_interval",
		 "remove arp_all_targets, or add arp_interval and arp_ip_target") } },
	{ "mode=1 arp_validate=all",
	  "mode=active-backup",
	  { WARN("arp_validate ignored: it needs arp_interval",
		 "remove arp_validate, or add arp_interval and arp_ip_target"),
	    UNWATCHED } },

	/* No monitor at all. */
	{ "", "", { UNWATCHED } },
	{ "mode=1 miimon=0", "mode=active-backup miimon=0", { UNWATCHED } },
	{ "mode=4 miimon=0", "mode=802.3ad miimon=0", { UNWATCHED } },
	{ "mode=5", "mode=balance-tlb", { NULL } },

	/* Delays count in intervals of miimon. */
	{ "mode=1 miimon=100 updelay=200 downdelay=0",
	  "mode=active-backup miimon=100 updelay=200 downdelay=0",
	  { NULL } },
	{ "mode=1 miimon=100 updelay=250",
	  "mode=active-backup miimon=100 updelay=200",
	  { WARN("updelay=250 rounded down to 200, a multiple of miimon=100",
		 "write updelay=200 or updelay=300") } },
	{ "mode=1 miimon=100 downdelay=99",
	  "mode=active-backup miimon=100 downdelay=0",
	  { WARN("downdelay=99 rounded down to 0, a multiple of miimon=100",
		 "write downdelay=0 or downdelay=100") } },
	{ "mode=4 peer_notif_delay=150",
	  "mode=802.3ad peer_notif_delay=100",
	  { WARN("peer_notif_delay=150 rounded down to 100, a multiple of miimon=100",
		 "write peer_notif_delay=100 or peer_notif_delay=200") } },
	{ "mode=4 miimon=0 updelay=100",
	  "mode=802.3ad miimon=0",
	  { WARN("updelay ignored: it needs miimon", "remove updelay, or add miimon=100"),
	    UNWATCHED } },
	{ "mode=1 arp_interval=500 arp_ip_target=10.0.0.1 updelay=0",
	  "mode=active-backup arp_interval=500 arp_ip_target=10.0.0.1",
	  { NULL } },
};

START_TEST(options_are_validated)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;
	struct bond_port_wishes ports = { 0 };
	struct option_values *values = option_values_new(&bond_table, arena);

	ck_assert_int_eq(
		options_load(checks[_i].text, opts_pos, arena, diag, values, &ports), 0);
	ck_assert_uint_eq(diag_errors(diag), 0);
	options_validate(values, diag);
	bond_options_judge_monitor(values, "bond0", bond_pos, diag);
	text = values_text(values);
	ck_assert_str_eq(text, checks[_i].values);
	check_messages(diag, checks[_i].messages);
}
END_TEST

/* Each option survives validation in each mode that its row names, and in no other. */
START_TEST(row_says_which_modes_keep_the_option)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct option_values *values;

	for (uint32_t mode = 0; mode < BOND_MODE_COUNT; mode++) {
		values = option_values_new(&bond_table, arena);
		values->of[BOND_OPT_MIIMON] =
			(struct option_value){ .is_set = true, .num = 100 };
		values->of[_i] = (struct option_value){ .is_set = true };
		values->of[BOND_OPT_MODE] =
			(struct option_value){ .is_set = true, .num = mode };
		options_validate(values, diag);
		ck_assert_int_eq(bond_values_mode(values), mode);
		if (!bond_table.rows[_i].multiple_of_miimon)
			ck_assert(values->of[_i].is_set ==
				  !!(bond_table.rows[_i].modes & 1U << mode));
	}
}
END_TEST

/* ---------------------------------------------------------------------------- */

static void add_rows(Suite *suite)
{
	TCase *tcase = tcase_create("rows");

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, row_is_complete, 0, BOND_OPT_COUNT);
	tcase_add_loop_test(tcase, row_is_unlike_the_others, 0, BOND_OPT_COUNT);
	tcase_add_loop_test(tcase, row_fits_its_wire, 0, BOND_OPT_COUNT);
	tcase_add_loop_test(tcase, row_of_numbers_reads_what_it_writes, 0,
			    BOND_OPT_COUNT);
	tcase_add_loop_test(tcase, row_of_words_reads_what_it_writes, 0, BOND_OPT_COUNT);
	tcase_add_loop_test(tcase, row_of_delays_counts_in_milliseconds, 0,
			    BOND_OPT_COUNT);
	tcase_add_loop_test(tcase, row_says_which_modes_keep_the_option, 0,
			    BOND_OPT_COUNT);
	tcase_add_loop_test(tcase, attribute_has_the_kernel_number, 0,
			    ARRAY_SIZE(attributes));
	tcase_add_loop_test(tcase, misspelt_name_has_a_nearest_one, 0, ARRAY_SIZE(names));
}

static void add_values(Suite *suite)
{
	TCase *tcase = tcase_create("values");

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, good_value_is_read_and_written, 0,
			    ARRAY_SIZE(good_values));
	tcase_add_loop_test(tcase, bad_value_is_refused_with_the_reason, 0,
			    ARRAY_SIZE(bad_values));
	tcase_add_loop_test(tcase, description_names_the_values, 0,
			    ARRAY_SIZE(descriptions));
	tcase_add_loop_test(tcase, values_are_compared_by_meaning, 0, ARRAY_SIZE(pairs));
	tcase_add_test(tcase, unknown_number_of_a_newer_kernel_is_written);
}

static void add_texts(Suite *suite)
{
	TCase *tcase = tcase_create("texts");

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, options_are_loaded, 0, ARRAY_SIZE(loads));
	tcase_add_loop_test(tcase, options_are_validated, 0, ARRAY_SIZE(checks));
}

int main(void)
{
	Suite *suite = suite_create("bond-options");
	SRunner *runner = srunner_create(suite);
	int failed;

	add_rows(suite);
	add_values(suite);
	add_texts(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
