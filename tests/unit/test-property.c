/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests of properties: names that are cut short, and values as nmcli has them. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/carry/property.h"
#include "lib/carry/words-pick.h"

static struct arena *arena;
static struct diag *diag;
static struct keyfile keyfile;

static void setup(void)
{
	arena = arena_new();
	diag = diag_new();
	keyfile = (struct keyfile){ 0 };
	ck_assert(diag);
}

static void teardown(void)
{
	diag_free(diag);
	arena_free(arena);
}

static int find(const char *word, struct property *ret)
{
	return property_find(word, "bond", arena, diag, ret);
}

/* Return: of the change. */
static int change(const char *word, enum property_change kind, const char *value)
{
	struct property property;

	ck_assert_int_eq(property_find(word, NULL, arena, diag, &property), 0);
	return property_change(&keyfile, &property, kind, value, arena, diag);
}

static const char *text(const char *word)
{
	struct property property;

	ck_assert_int_eq(property_find(word, NULL, arena, diag, &property), 0);
	return property_text(&keyfile, &property, arena);
}

/* ---- names ---- */

START_TEST(test_names)
{
	static const struct {
		const char *word, *section, *name;
	} names[] = {
		{ "ipv4.addresses", "ipv4", "addresses" },
		{ "ipv4.address", "ipv4", "addresses" },
		{ "ipv4.addr", "ipv4", "addresses" },
		{ "con.id", "connection", "id" },
		{ "connection.controller", "connection", "master" },
		{ "connection.port-type", "connection", "slave-type" },
		{ "connection.autoconnect", "connection", "autoconnect" },
		{ "802-3-ethernet.mtu", "ethernet", "mtu" },
		{ "ethernet.mtu", "ethernet", "mtu" },
		{ "802-3.mtu", "ethernet", "mtu" },
		{ "bond.options", "bond", "options" },
		{ "ipv6.ip6-privacy", "ipv6", "ip6-privacy" },
		{ "ethtool.feature-gro", "ethtool", "feature-gro" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct property property;

		ck_assert_msg(find(names[i].word, &property) == 0, "%s", names[i].word);
		ck_assert_str_eq(property.section, names[i].section);
		ck_assert_str_eq(property.name, names[i].name);
	}
}
END_TEST

START_TEST(test_no_names)
{
	static const char *const names[] = { "ipv4",        "ipv4.",      "ipv4.route",
					     "ipv.method",  "vlan.id",    "wifi.ssid",
					     "ipv4.foo",    ".method",    "bond.mode",
					     "ipv4.route1", "bond.miimon" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct property property;

		ck_assert_msg(find(names[i], &property) == -EINVAL, "%s", names[i]);
		ck_assert_uint_eq(diag_errors(diag), i + 1);
	}
}
END_TEST

START_TEST(test_words)
{
	static const char *const words[] = { "ab", "abc", "b" };

	ck_assert_int_eq(words_pick("ab", words, 3, "word", diag), 0);
	ck_assert_int_eq(words_pick("abc", words, 3, "word", diag), 1);
	ck_assert_int_eq(words_pick("B", words, 3, "word", diag), 2);
	ck_assert_int_eq(words_pick("a", words, 3, "word", diag), -EINVAL);
	ck_assert_int_eq(words_pick("", words, 3, "word", diag), -EINVAL);
	ck_assert_int_eq(words_pick("x", words, 3, "word", diag), -EINVAL);
}
END_TEST

/* Every property that a row stands for is found by its own name. */
START_TEST(test_rows)
{
	for (const struct keyfile_row *row = keyfile_rows; row->section; row++) {
		const char *section =
			strcmp(row->section, "ip") == 0 ? "ipv4" : row->section;
		struct property property, found;
		const char *word;

		if (!property_of_row(row, section, &property))
			continue;
		word = arena_printf(arena, "%s.%s", property_section_name(section),
				    property.name);
		ck_assert_msg(property_find(word, NULL, arena, diag, &found) == 0, "%s",
			      word);
		ck_assert_ptr_eq(found.row, row);
	}
}
END_TEST

/* ---- values ---- */

START_TEST(test_lists)
{
	ck_assert_int_eq(change("ipv4.dns", PROPERTY_SET, "10.0.0.1 10.0.0.2,10.0.0.3"),
			 0);
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "dns"),
			 "10.0.0.1;10.0.0.2;10.0.0.3;");
	ck_assert_int_eq(change("ipv4.dns", PROPERTY_ADD, "10.0.0.1"), 0);
	ck_assert_str_eq(text("ipv4.dns"), "10.0.0.2,10.0.0.3,10.0.0.1");
	ck_assert_int_eq(change("ipv4.dns", PROPERTY_REMOVE, "0"), 0);
	ck_assert_int_eq(change("ipv4.dns", PROPERTY_REMOVE, "7"), 0);
	ck_assert_int_eq(change("ipv4.dns", PROPERTY_REMOVE, "10.0.0.1"), 0);
	ck_assert_str_eq(text("ipv4.dns"), "10.0.0.3");
	ck_assert_int_eq(change("ipv4.dns", PROPERTY_SET, ""), 0);
	ck_assert_str_eq(text("ipv4.dns"), "");
	ck_assert_int_eq(change("ipv4.dns", PROPERTY_SET, "10.0.0"), -EINVAL);
	ck_assert_int_eq(change("ipv6.dns", PROPERTY_SET, "10.0.0.1"), -EINVAL);
}
END_TEST

START_TEST(test_addresses)
{
	ck_assert_int_eq(change("ipv4.addresses", PROPERTY_SET, "10.0.0.1/8, 10.0.0.2"),
			 0);
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "address1"), "10.0.0.1/8");
	ck_assert_str_eq(text("ipv4.addresses"), "10.0.0.1/8, 10.0.0.2/32");
	ck_assert_int_eq(change("ipv4.addresses", PROPERTY_REMOVE, "10.0.0.1/8"), 0);
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "address1"), "10.0.0.2/32");
	ck_assert_ptr_null(keyfile_get(&keyfile, "ipv4", "address2"));
	ck_assert_int_eq(change("ipv4.addresses", PROPERTY_SET, "10.0.0.1/33"), -EINVAL);
	ck_assert_int_eq(change("ipv4.addresses", PROPERTY_SET, "2001:db8::1/64"),
			 -EINVAL);
	ck_assert_int_eq(change("ipv6.addresses", PROPERTY_SET, "2001:db8::1"), 0);
	ck_assert_str_eq(text("ipv6.addresses"), "2001:db8::1/128");
}
END_TEST

START_TEST(test_routes)
{
	ck_assert_int_eq(change("ipv4.routes", PROPERTY_SET,
				"10.0.0.0/8 10.1.0.1 50 mtu=1400 table=7, 10.9.0.0/16 5"),
			 0);
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "route1"),
			 "10.0.0.0/8,10.1.0.1,50");
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "route1_options"),
			 "mtu=1400,table=7");
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "route2"),
			 "10.9.0.0/16,0.0.0.0,5");
	ck_assert_str_eq(text("ipv4.routes"),
			 "10.0.0.0/8 10.1.0.1 50 mtu=1400 table=7, 10.9.0.0/16 5");
	ck_assert_int_eq(change("ipv4.routes", PROPERTY_REMOVE, "0"), 0);
	ck_assert_str_eq(text("ipv4.routes"), "10.9.0.0/16 5");
	ck_assert_ptr_null(keyfile_get(&keyfile, "ipv4", "route1_options"));
	ck_assert_int_eq(change("ipv4.routes", PROPERTY_SET, "10.0.0.0/8 x"), -EINVAL);
	ck_assert_int_eq(change("ipv4.routes", PROPERTY_SET, "mtu=1400"), -EINVAL);
}
END_TEST

START_TEST(test_options)
{
	ck_assert_int_eq(change("bond.options", PROPERTY_SET, "mode=1,miimon=100"), 0);
	ck_assert_str_eq(keyfile_get(&keyfile, "bond", "mode"), "active-backup");
	ck_assert_int_eq(change("bond.options", PROPERTY_ADD, "miimon=50,updelay=100"),
			 0);
	ck_assert_str_eq(text("bond.options"),
			 "mode=active-backup,miimon=50,updelay=100");
	ck_assert_int_eq(change("bond.options", PROPERTY_REMOVE, "miimon,updelay"), 0);
	ck_assert_int_eq(change("bond.options", PROPERTY_ADD,
				"arp_interval=100,arp_ip_target=10.0.0.1 10.0.0.2"),
			 0);
	ck_assert_str_eq(keyfile_get(&keyfile, "bond", "arp_ip_target"),
			 "10.0.0.1,10.0.0.2");
	ck_assert_int_eq(change("bond.options", PROPERTY_ADD,
				"arp_ip_target=10.0.0.3,10.0.0.4"),
			 0);
	ck_assert_str_eq(keyfile_get(&keyfile, "bond", "arp_ip_target"),
			 "10.0.0.3,10.0.0.4");
	ck_assert_int_eq(change("bond.options", PROPERTY_SET, "mode=9"), -EINVAL);
	ck_assert_int_eq(change("bond.options", PROPERTY_SET, "mimon=9"), -EINVAL);
	ck_assert_int_eq(change("bond.options", PROPERTY_SET, "miimon"), -EINVAL);
}
END_TEST

START_TEST(test_scalars)
{
	static const struct {
		const char *word, *value, *shown;
	} good[] = {
		{ "connection.autoconnect", "off", "no" },
		{ "connection.autoconnect", "TRUE", "yes" },
		{ "connection.id", "a b", "a b" },
		{ "802-3-ethernet.mtu", "auto", "auto" },
		{ "802-3-ethernet.mtu", "9000", "9000" },
		{ "802-3-ethernet.mac-address", "52:54:00:12:34:56",
		  "52:54:00:12:34:56" },
		{ "802-3-ethernet.wake-on-lan", "magic,arp", "96" },
		{ "vlan.flags", "GVRP MVRP", "10" },
		{ "vlan.flags", "1", "1" },
		{ "ipv4.method", "man", "manual" },
		{ "ipv6.ip6-privacy", "prefer-temp-addr", "2" },
		{ "ipv4.gateway", "10.0.0.1", "10.0.0.1" },
		{ "ipv4.route-metric", "-1", "-1" },
		{ "bridge.stp", "no", "no" },
		{ "bridge.forward-delay", "4", "4" },
		{ "bridge-port.hairpin-mode", "yes", "yes" },
		{ "ethtool.feature-gro", "off", "no" },
	};
	static const struct {
		const char *word, *value;
	} bad[] = {
		{ "connection.autoconnect", "maybe" },
		{ "connection.id", "a\nb" },
		{ "802-3-ethernet.mtu", "much" },
		{ "802-3-ethernet.mac-address", "1:2" },
		{ "vlan.flags", "GVRP,FOO" },
		{ "ipv4.method", "x" },
		{ "ipv4.method", "magic" },
		{ "ipv4.gateway", "10.0.0" },
		{ "ipv6.gateway", "10.0.0.1" },
		{ "bridge.priority", "70000" },
		{ "bridge.forward-delay", "x" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		ck_assert_msg(change(good[i].word, PROPERTY_SET, good[i].value) == 0,
			      "%s", good[i].word);
		ck_assert_str_eq(text(good[i].word), good[i].shown);
		ck_assert_int_eq(change(good[i].word, PROPERTY_SET, ""), 0);
	}
	ck_assert_uint_eq(keyfile.n, 0);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(change(bad[i].word, PROPERTY_SET, bad[i].value) == -EINVAL,
			      "%s", bad[i].word);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("property");
	TCase *tc = tcase_create("property");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, test_names);
	tcase_add_test(tc, test_no_names);
	tcase_add_test(tc, test_words);
	tcase_add_test(tc, test_rows);
	tcase_add_test(tc, test_lists);
	tcase_add_test(tc, test_addresses);
	tcase_add_test(tc, test_routes);
	tcase_add_test(tc, test_options);
	tcase_add_test(tc, test_scalars);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
