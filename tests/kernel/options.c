/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints what the tables of options have to be tried with on a kernel: each option with each of
 * its words, or the ends of its range.
 *
 *     options bond|port|bridge|bridge-port
 *
 * A line for each is "OPTION VALUE BESIDES", where BESIDES is what has to be written with it:
 * for options of bonds the first mode in which it does something, and what it needs.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/model/bond-options.h"
#include "lib/model/bond-port.h"
#include "lib/model/bridge-options.h"

/* The driver rounds its multiples down. */
#define MIIMON 100

static const struct {
	const char *name;
	const struct option_table *table;
} tables[] = {
	{ "bond", &bond_table },
	{ "port", &bond_port_table },
	{ "bridge", &bridge_table },
	{ "bridge-port", &bridge_port_table },
};

/* What these go with; all other options of bonds have miimon. */
static const struct {
	const char *option, *beside;
} besides[] = {
	{ "miimon", "" },
	{ "arp_interval", "arp_ip_target=192.168.1.1" },
	{ "arp_ip_target", "arp_interval=100" },
	{ "ns_ip6_target", "arp_interval=100" },
	{ "arp_validate", "arp_interval=100 arp_ip_target=192.168.1.1" },
	{ "arp_all_targets", "arp_interval=100 arp_ip_target=192.168.1.1" },
	{ "arp_missed_max", "arp_interval=100 arp_ip_target=192.168.1.1" },
	{ "mst_enabled", "default_pvid=0" },
	{ "mcast_vlan_snooping", "vlan_filtering=on" },
	{ "mab", "learning=on locked=on" },
};

/* More queues than a bond has, unless a module parameter says otherwise, are left out. */
static const struct {
	const char *option;
	int64_t max;
} limits[] = {
	{ "queue_id", 16 },
};

static bool is_of_bond(const struct option_table *table)
{
	return strcmp(table->kind, "bond") == 0;
}

static void print_mode(const struct option_row *row)
{
	const struct option_word *words = bond_table.rows[BOND_OPT_MODE].words;
	const unsigned int modes = row->acts ? row->acts : row->modes;

	for (size_t i = 0; words[i].name; i++)
		if (!modes || modes & 1U << words[i].value) {
			printf(" mode=%s", words[i].name);
			return;
		}
}

static const char *beside(const struct option_table *table, const char *option)
{
	for (size_t i = 0; i < ARRAY_SIZE(besides); i++)
		if (strcmp(besides[i].option, option) == 0)
			return besides[i].beside;
	return is_of_bond(table) ? "miimon=100" : "";
}

static void print_row(const struct option_table *table, const struct option_row *row,
		      const char *value)
{
	const bool is_port = table == &bond_port_table;

	printf("%s %s%s", row->name, is_port ? "ens160:" : "", value);
	if (is_of_bond(table) && row != &bond_table.rows[BOND_OPT_MODE])
		print_mode(row);
	printf(" %s\n", beside(table, row->name));
}

static void print_number(const struct option_table *table, const struct option_row *row,
			 int64_t num)
{
	char text[24];

	if (row->multiple_of_miimon)
		num -= num % MIIMON;
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
		if (strcmp(limits[i].option, row->name) == 0 && num > limits[i].max)
			num = limits[i].max;
	snprintf(text, sizeof(text), "%" PRId64, num);
	print_row(table, row, text);
}

/* Of words with the same number, the first is the driver's. */
static void print_words(const struct option_table *table, const struct option_row *row)
{
	for (const struct option_word *word = row->words; word->name; word++)
		if (word == row->words || word->value != word[-1].value)
			print_row(table, row, word->name);
}

static void print_values(const struct option_table *table, const struct option_row *row)
{
	switch (row->kind) {
	case OPT_SWITCH:
	case OPT_ENUM:
		print_words(table, row);
		break;
	case OPT_NUMBER:
		print_number(table, row, row->min);
		print_number(table, row, row->max);
		break;
	case OPT_MASK:
		print_number(table, row, 0);
		print_number(table, row, UINT16_MAX & ~row->min);
		break;
	case OPT_IFNAME:
		print_row(table, row, "ens256");
		break;
	case OPT_MAC:
		print_row(table, row, "02:00:00:00:00:aa");
		break;
	case OPT_GROUP_MAC:
		print_row(table, row, "01:80:c2:00:00:0e");
		break;
	case OPT_IP_LIST:
		print_row(table, row,
			  row->wire == WIRE_IP6_LIST ? "fe80::1" : "192.168.1.1");
		break;
	}
}

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < ARRAY_SIZE(tables); i++) {
		const struct option_table *table = tables[i].table;

		if (strcmp(tables[i].name, argv[1]) != 0)
			continue;
		for (size_t k = 0; k < table->n; k++)
			print_values(table, &table->rows[k]);
		return EXIT_SUCCESS;
	}
	return EXIT_FAILURE;
}
