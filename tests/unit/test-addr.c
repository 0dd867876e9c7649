/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses: text to value and back, networks, masks. */
#include "lib/model/addr.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"

static struct ip ip_of(const char *text)
{
	struct ip ip = { 0 };

	ck_assert_int_eq(ip_parse(text, AF_UNSPEC, &ip), 0);
	return ip;
}

/* @written: NULL when @text is no address of @family. */
static const struct {
	const char *text;
	int family;
	const char *written;
} ip_texts[] = {
	{ "192.168.1.22", AF_INET, "192.168.1.22" },
	{ "192.168.1.22", AF_UNSPEC, "192.168.1.22" },
	{ "0.0.0.0", AF_INET, "0.0.0.0" },
	{ "2001:DB8:0:0::1", AF_INET6, "2001:db8::1" },
	{ "::", AF_UNSPEC, "::" },
	{ "192.168.1.22", AF_INET6, NULL },
	{ "2001:db8::1", AF_INET, NULL },
	{ "192.168.1.256", AF_UNSPEC, NULL },
	{ "192.168.1", AF_UNSPEC, NULL },
	{ "192.168.1.22/24", AF_UNSPEC, NULL },
	{ "192.168.1.22 ", AF_UNSPEC, NULL },
	{ " 192.168.1.22", AF_UNSPEC, NULL },
	{ "0xc0.168.1.22", AF_UNSPEC, NULL },
	{ "2001:db8::1%eth0", AF_UNSPEC, NULL },
	{ "", AF_UNSPEC, NULL },
};

START_TEST(ip_is_read_and_written)
{
	char buf[IP_TEXT_MAX];
	struct ip ip = { 0 };
	int r = ip_parse(ip_texts[_i].text, ip_texts[_i].family, &ip);

	ck_assert_int_eq(r, ip_texts[_i].written ? 0 : -EINVAL);
	ck_assert(ip_is_set(&ip) == !!ip_texts[_i].written);
	if (ip_texts[_i].written)
		ck_assert_str_eq(ip_format(&ip, buf), ip_texts[_i].written);
}
END_TEST

/* @hint: NULL when there is none. */
static const struct {
	const char *text, *hint;
} zeros[] = {
	{ "192.0.2.014", "remove the leading zeros: write 192.0.2.14, or 192.0.2.12 if "
			 "the zeros stand for octal numbers, as ip(8) reads them" },
	{ "10.010.0.0/16", "remove the leading zeros: write 10.10.0.0, or 10.8.0.0 if "
			   "the zeros stand for octal numbers, as ip(8) reads them" },
	{ "192.0.2.09", "remove the leading zeros: write 192.0.2.9" },
	{ "192.0.2.01", "remove the leading zeros: write 192.0.2.1" },
	{ "192,0,2,1", "did you mean '192.0.2.1'?" },
	{ "192.0.2.1O/24,", "did you mean '192.0.2.10/24,'?" },
	{ "192.0.2.l", "did you mean '192.0.2.1'?" },
	{ "192.0.2.1,", "did you mean '192.0.2.1'?" },
	{ "192.0..2.1", "did you mean '192.0.2.1'?" },
	{ "１９２．0.2。1", "did you mean '192.0.2.1'?" },
	{ "192.0.2.1", NULL },
	{ "192.0.2.0256", NULL },
	{ "192.0.2.", NULL },
	{ "192.0.02", NULL },
	{ "192.0.2.01.", NULL },
	{ "192.0.2.0x1", NULL },
	{ "192.0.2.-01", NULL },
	{ "2001:db8::01", NULL },
	{ "default", NULL },
	{ "", NULL },
};

START_TEST(slips_in_addresses_are_explained)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const char *hint;

	ck_assert_ptr_nonnull(arena);
	hint = ip_slip_hint(zeros[_i].text, arena);
	ck_assert_pstr_eq(hint, zeros[_i].hint);
}
END_TEST

START_TEST(no_ip_is_written_as_none)
{
	const struct ip none = { 0 };
	char buf[IP_TEXT_MAX];

	ck_assert_str_eq(ip_format(&none, buf), "none");
	ck_assert_uint_eq(ip_len(&none), 0);
}
END_TEST

START_TEST(longest_ip_fits_its_buffer)
{
	struct ip ip = ip_of("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255");
	char buf[IP_TEXT_MAX];

	ck_assert_str_eq(ip_format_prefix(&ip, 128, buf),
			 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128");
}
END_TEST

static const struct {
	const char *addr;
	unsigned int len;
	const char *network, *broadcast;
} networks[] = {
	{ "192.168.1.22", 24, "192.168.1.0/24", "192.168.1.255" },
	{ "192.168.1.22", 0, "0.0.0.0/0", "255.255.255.255" },
	{ "192.168.1.22", 1, "128.0.0.0/1", "255.255.255.255" },
	{ "192.168.1.22", 20, "192.168.0.0/20", "192.168.15.255" },
	{ "192.168.1.22", 31, "192.168.1.22/31", "192.168.1.23" },
	{ "192.168.1.22", 32, "192.168.1.22/32", "192.168.1.22" },
	{ "2001:db8::1234", 64, "2001:db8::/64", NULL },
	{ "2001:db8::1234", 121, "2001:db8::1200/121", NULL },
	{ "2001:db8::1234", 128, "2001:db8::1234/128", NULL },
};

START_TEST(network_and_broadcast_follow_the_prefix)
{
	struct ip ip = ip_of(networks[_i].addr);
	struct ip network = ip_network(&ip, networks[_i].len);
	struct ip broadcast = ip_broadcast(&ip, networks[_i].len);
	char buf[IP_TEXT_MAX];

	ck_assert_str_eq(ip_format_prefix(&network, networks[_i].len, buf),
			 networks[_i].network);
	if (networks[_i].broadcast)
		ck_assert_str_eq(ip_format(&broadcast, buf), networks[_i].broadcast);
}
END_TEST

static const struct {
	const char *a, *b;
	unsigned int len;
	bool same;
} neighbours[] = {
	{ "192.168.1.22", "192.168.1.1", 24, true },
	{ "192.168.1.22", "192.168.2.1", 24, false },
	{ "192.168.1.22", "192.168.2.1", 16, true },
	{ "192.168.1.22", "192.168.1.23", 32, false },
	{ "10.0.0.1", "11.0.0.1", 0, true },
	{ "10.0.0.1", "::", 0, false },
	{ "fe80::1", "fe80::2", 64, true },
	{ "fe80::1", "fe80:0:0:1::2", 64, false },
};

START_TEST(neighbours_share_a_network)
{
	struct ip a = ip_of(neighbours[_i].a), b = ip_of(neighbours[_i].b);

	ck_assert(ip_same_network(&a, &b, neighbours[_i].len) == neighbours[_i].same);
	ck_assert(ip_same_network(&b, &a, neighbours[_i].len) == neighbours[_i].same);
}
END_TEST

START_TEST(equal_needs_the_same_family)
{
	struct ip zero4 = ip_of("0.0.0.0"), zero6 = ip_of("::"), one = ip_of("0.0.0.1");

	ck_assert(ip_equal(&zero4, &zero4));
	ck_assert(!ip_equal(&zero4, &zero6));
	ck_assert(!ip_equal(&zero4, &one));
	ck_assert(ip_is_zero(&zero4));
	ck_assert(ip_is_zero(&zero6));
	ck_assert(!ip_is_zero(&one));
}
END_TEST

static const struct {
	const char *text;
	int result;
	uint8_t len;
} masks[] = {
	{ "255.255.255.0", 0, 24 },
	{ "255.255.255.255", 0, 32 },
	{ "255.255.240.0", 0, 20 },
	{ "128.0.0.0", 0, 1 },
	{ "0.0.0.0", 0, 0 },
	{ "255.255.0.255", -EDOM, 0 },
	{ "255.0.255.0", -EDOM, 0 },
	{ "0.0.0.255", -EDOM, 0 },
	{ "255.255.255.253", -EDOM, 0 },
	{ "24", -EINVAL, 0 },
	{ "255.255.255", -EINVAL, 0 },
	{ "255.255.255.256", -EINVAL, 0 },
	{ "ffff::", -EINVAL, 0 },
	{ "", -EINVAL, 0 },
};

START_TEST(netmask_is_read_as_prefix_length)
{
	uint8_t len = 99;

	ck_assert_int_eq(ip_parse_netmask(masks[_i].text, &len), masks[_i].result);
	ck_assert_uint_eq(len, masks[_i].result == 0 ? masks[_i].len : 99);
}
END_TEST

#define INFINIBAND "80:00:00:48:fe:80:00:00:00:00:00:00:00:02:c9:03:00:0c:4f:31"

static const struct {
	const char *text, *written;
	bool unicast;
} macs[] = {
	{ "52:54:00:00:01:60", "52:54:00:00:01:60", true },
	{ "aA:bB:Cc:dD:eE:fF", "aa:bb:cc:dd:ee:ff", true },
	{ "00:00:00:00:00:00", "00:00:00:00:00:00", false },
	{ "01:00:5e:00:00:01", "01:00:5e:00:00:01", false },
	{ "ff:ff:ff:ff:ff:ff", "ff:ff:ff:ff:ff:ff", false },
	{ INFINIBAND, INFINIBAND, true },
	{ "", NULL, false },
	{ "52", NULL, false },
	{ "52:54:00:00:01", NULL, false },
	{ "52:54:00:00:01:60:", NULL, false },
	{ "52:54:00:00:01:60:70", NULL, false },
	{ "52:54:00:00:01:6", NULL, false },
	{ "52:54:00:00:01:6g", NULL, false },
	{ "52:54:00:00:01:600", NULL, false },
	{ "52-54-00-00-01-60", NULL, false },
	{ ":52:54:00:00:01:60", NULL, false },
	{ INFINIBAND ":" INFINIBAND, NULL, false },
};

START_TEST(mac_is_read_and_written)
{
	char buf[HWADDR_TEXT_MAX];
	struct hwaddr mac = { 0 };
	int r = hwaddr_parse(macs[_i].text, &mac);

	ck_assert_int_eq(r, macs[_i].written ? 0 : -EINVAL);
	ck_assert_str_eq(hwaddr_format(&mac, buf),
			 macs[_i].written ? macs[_i].written : "");
	ck_assert(hwaddr_is_unicast(&mac) == macs[_i].unicast);
}
END_TEST

START_TEST(longest_mac_fits_its_buffer)
{
	struct hwaddr mac = { .len = HWADDR_MAX };
	char buf[HWADDR_TEXT_MAX];

	ck_assert_uint_eq(strlen(hwaddr_format(&mac, buf)), HWADDR_TEXT_MAX - 1);
}
END_TEST

START_TEST(macs_are_compared_with_their_length)
{
	struct hwaddr six = { .len = 6 }, twenty = { .len = 20 }, other = { .len = 6 };

	other.bytes[5] = 1;
	ck_assert(hwaddr_equal(&six, &six));
	ck_assert(!hwaddr_equal(&six, &twenty));
	ck_assert(!hwaddr_equal(&six, &other));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("addr");
	TCase *tcase = tcase_create("addr");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, ip_is_read_and_written, 0, ARRAY_SIZE(ip_texts));
	tcase_add_loop_test(tcase, slips_in_addresses_are_explained, 0,
			    ARRAY_SIZE(zeros));
	tcase_add_test(tcase, no_ip_is_written_as_none);
	tcase_add_test(tcase, longest_ip_fits_its_buffer);
	tcase_add_loop_test(tcase, network_and_broadcast_follow_the_prefix, 0,
			    ARRAY_SIZE(networks));
	tcase_add_loop_test(tcase, neighbours_share_a_network, 0, ARRAY_SIZE(neighbours));
	tcase_add_test(tcase, equal_needs_the_same_family);
	tcase_add_loop_test(tcase, netmask_is_read_as_prefix_length, 0,
			    ARRAY_SIZE(masks));
	tcase_add_loop_test(tcase, mac_is_read_and_written, 0, ARRAY_SIZE(macs));
	tcase_add_test(tcase, longest_mac_fits_its_buffer);
	tcase_add_test(tcase, macs_are_compared_with_their_length);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
