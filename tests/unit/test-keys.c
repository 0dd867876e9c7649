/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of ifcfg keys, and the words for true and false. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/cleanup.h"
#include "lib/model/ifcfg-keys.h"

static const struct {
	const char *name;
	enum key_grade grade;
} known[] = {
	{ "DEVICE", KEY_USED },
	{ "IPADDR", KEY_USED },
	{ "IPADDR0", KEY_USED },
	{ "IPADDR255", KEY_USED },
	{ "GATEWAY", KEY_USED },
	{ "GATEWAY1", KEY_USED },
	{ "METRIC", KEY_USED },
	{ "PREFIX12", KEY_USED },
	{ "ARPCHECK3", KEY_USED },
	{ "DNS1", KEY_LATER },
	{ "DNS", KEY_LATER },
	{ "BONDING_OPTS", KEY_USED },
	{ "BONDING_SLAVE0", KEY_SILENT },
	{ "BRIDGE_PORT", KEY_LATER },
	{ "NM_USER_X", KEY_SILENT },
	{ "_SITE", KEY_SILENT },
	{ "X_SITE", KEY_SILENT },
	{ "WPA_PSK", KEY_NOT },
	{ "IPADDR_1", KEY_NOT },
	{ "IPADDR_START", KEY_USED },
	{ "BONDING_MODULE_OPTS", KEY_NOT },
	{ "IPV6INIT", KEY_USED },
	{ "BRIDGE_PORT_VLANS", KEY_LATER },
	{ "DHCPv6_IAID", KEY_SILENT },
};

START_TEST(known_keys_have_their_grade)
{
	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		const struct ifcfg_key *key = ifcfg_key_find(known[i].name);

		ck_assert_msg(key, "%s is not known", known[i].name);
		ck_assert_msg(key->grade == known[i].grade, "%s has another grade",
			      known[i].name);
		ck_assert_msg(key->grade != KEY_NOT || key->hint, "%s has no hint",
			      known[i].name);
	}
}
END_TEST

START_TEST(other_words_are_not_known)
{
	static const char *const words[] = { "",         "device",    "DEVICE1",
					     "IPADDR0x", "IPADDRS",   "GATEWAYS",
					     "MTU0",     "NM_USER",   "BOND",
					     "X",        "BOOTPROTO2" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		ck_assert_msg(!ifcfg_key_find(words[i]), "'%s' is known", words[i]);
}
END_TEST

START_TEST(nearest_key_is_suggested)
{
	ck_assert_str_eq(ifcfg_key_nearest("IPADR"), "IPADDR");
	ck_assert_str_eq(ifcfg_key_nearest("GATWAY"), "GATEWAY");
	ck_assert_str_eq(ifcfg_key_nearest("BONDING_OPT"), "BONDING_OPTS");
	ck_assert_str_eq(ifcfg_key_nearest("device"), "DEVICE");
	ck_assert_ptr_null(ifcfg_key_nearest("SOMETHING_ELSE"));
}
END_TEST

START_TEST(words_are_true_false_or_neither)
{
	static const char *const yes[] = {
		"1", "t", "true", "y", "yes", "on", "YES", "On"
	};
	static const char *const no[] = {
		"0", "f", "false", "n", "no", "off", "NO", "oFF"
	};
	static const char *const neither[] = { "", "maybe", "2", "yes ", "none", "00" };

	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		ck_assert(ifcfg_is_true(yes[i]) && !ifcfg_is_false(yes[i]));
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		ck_assert(ifcfg_is_false(no[i]) && !ifcfg_is_true(no[i]));
	for (size_t i = 0; i < ARRAY_SIZE(neither); i++)
		ck_assert(!ifcfg_is_false(neither[i]) && !ifcfg_is_true(neither[i]));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("keys");
	TCase *tcase = tcase_create("keys");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, known_keys_have_their_grade);
	tcase_add_test(tcase, other_words_are_not_known);
	tcase_add_test(tcase, nearest_key_is_suggested);
	tcase_add_test(tcase, words_are_true_false_or_neither);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
