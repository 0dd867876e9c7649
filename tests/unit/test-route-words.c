/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes and rules in the words of ip(8): read, written, and read again. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "lib/model/route.h"
#include "parsers/route-file.h"

static struct arena *arena;

static void make_arena(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(arena);
}

static void drop_arena(void)
{
	arena_free(arena);
}

static const char **words_of(const char *text)
{
	struct route_lines lines;

	ck_assert_int_eq(route_file_parse(text, "x", arena, &lines), 0);
	if (!lines.n)
		return arena_alloc(arena, sizeof(char *));
	ck_assert_uint_eq(lines.n, 1);
	return lines.list->words;
}

/* What is written for it; the same as what is read, if NULL. */
static const struct {
	int family;
	const char *text, *written;
} routes[] = {
	{ AF_INET, "10.0.0.0/8 via 10.1.1.1", NULL },
	{ AF_INET, "10/8 via 10.1.1.1", "10.0.0.0/8 via 10.1.1.1" },
	{ AF_INET, "10.1.1.1 dev a", "10.1.1.1/32 dev a" },
	{ AF_INET, "to 10.0.0.0/255.0.0.0 dev a", "10.0.0.0/8 dev a" },
	{ AF_INET, "0.0.0.0/0 via 10.1.1.1", "default via 10.1.1.1" },
	{ AF_INET, "default via 10.1.1.1 dev a src 10.1.1.2 metric 5 table 100", NULL },
	{ AF_INET, "unicast default dev a scope link protocol boot", "default dev a" },
	{ AF_INET, "default dev a scope global proto static tos 10",
	  "default dev a scope global proto static tos 0x10" },
	{ AF_INET, "blackhole 10.0.0.0/8", NULL },
	{ AF_INET, "local 10.0.0.0/8 dev lo", NULL },
	{ AF_INET, "throw default table 77", NULL },
	{ AF_INET, "10.0.0.0/8 via inet6 fe80::1 dev a", NULL },
	{ AF_INET, "10.0.0.0/8 via 10.9.9.9 dev a onlink", NULL },
	{ AF_INET,
	  "10.0.0.0/8 dev a mtu lock 1400 advmss 1360 rto_min 200ms congctl lock x",
	  NULL },
	{ AF_INET, "10.0.0.0/8 dev a rtt 20ms rttvar 1s",
	  "10.0.0.0/8 dev a rtt 160 rttvar 4000" },
	{ AF_INET, "10.0.0.0/8 dev a features ecn quickack 1",
	  "10.0.0.0/8 dev a quickack 1 features ecn" },
	{ AF_INET, "10.0.0.0/8 nexthop via 10.1.1.1 dev a weight 3 nexthop dev b onlink",
	  NULL },
	{ AF_INET, "10.0.0.0/8 nexthop via 10.1.1.1 dev a",
	  "10.0.0.0/8 via 10.1.1.1 dev a" },
	{ AF_INET6, "default via fe80::1 dev a", NULL },
	{ AF_INET6, "2001:db8::/32 dev a metric 1024", "2001:db8::/32 dev a" },
	{ AF_INET6, "2001:db8::/32 from 2001:db8:1::/48 dev a pref high metric 5",
	  "2001:db8::/32 from 2001:db8:1::/48 dev a metric 5 pref high" },
	{ AF_INET6, "unreachable default", NULL },
	/* What ip(8) accepts for a word, number or network. */
	{ AF_INET, "dev a 10.0.0.0/8 via 10.1.1.1", "10.0.0.0/8 via 10.1.1.1 dev a" },
	{ AF_INET, "via 10.1.1.1 to unreach 10/8",
	  "unreachable 10.0.0.0/8 via 10.1.1.1" },
	{ AF_INET, "bl 10/8 m 0x10 ta 010", "blackhole 10.0.0.0/8 metric 16 table 8" },
	{ AF_INET, "10/8 dev a p 7 pro static win 5 co x",
	  "10.0.0.0/8 dev a metric 7 proto static window 5 congctl x" },
	{ AF_INET, "brd 10.255.255.255 dev a", "broadcast 10.255.255.255/32 dev a" },
	{ AF_INET, "10.0.0.0/0x8 dev bond0:1", "10.0.0.0/8 dev bond0" },
	{ AF_INET, "10/8 nexthop via 10.1.1.1 dev a:1 nexthop dev b:2",
	  "10.0.0.0/8 nexthop via 10.1.1.1 dev a nexthop dev b" },
	/* No router at all. */
	{ AF_INET, "10.0.0.0/8 via 0.0.0.0 dev a", "10.0.0.0/8 dev a" },
	{ AF_INET6, "2001:db8::/32 via :: dev a", "2001:db8::/32 dev a" },
	{ AF_INET6, "2001:db8::/32 nexthop via :: dev a nexthop dev b",
	  "2001:db8::/32 nexthop dev a nexthop dev b" },
	/* The kernel clears them. */
	{ AF_INET6, "2001:db8:dead:beef:cafe::/56 via fe80::1 dev a",
	  "2001:db8:dead:be00::/56 via fe80::1 dev a" },
	{ AF_INET6, "default from 2001:db8::1/64 dev a pre low",
	  "default from 2001:db8::/64 dev a pref low" },
};

START_TEST(routes_are_written_as_they_are_read)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct words_error why;
	struct route route, again;

	ck_assert_msg(route_parse(routes[_i].family, words_of(routes[_i].text), NULL,
				  RT_TABLE_MAIN, arena, &route, &why) == 0,
		      "%s: '%s' %s", routes[_i].text, why.word, why.why);
	route_format(&route, &text);
	ck_assert_str_eq(strbuf_text(&text),
			 routes[_i].written ? routes[_i].written : routes[_i].text);
	ck_assert_int_eq(route_parse(routes[_i].family, words_of(strbuf_text(&text)),
				     NULL, RT_TABLE_MAIN, arena, &again, &why),
			 0);
	ck_assert(route_equal(&route, &again));
}
END_TEST

static const struct {
	int family;
	const char *text, *written;
} rules[] = {
	{ AF_INET, "from 10.0.0.0/8 table 100", " from 10.0.0.0/8 table 100" },
	{ AF_INET, "from all lookup main pref 7", " from all priority 7 table 254" },
	{ AF_INET, "to 10.1.1.1 iif a oif b goto 99",
	  " from all to 10.1.1.1/32 iif a oif b goto 99" },
	{ AF_INET, "not fwmark 16/0xff prohibit",
	  " not from all fwmark 0x10/0xff prohibit" },
	{ AF_INET, "fwmark 0x10 suppress_prefixlength 0",
	  " from all fwmark 0x10 table 254 suppress_prefixlength 0" },
	{ AF_INET, "ipproto udp sport 5 dport 80-90 uidrange 0-9 table 3 tos 8",
	  " from all tos 0x08 ipproto 17 sport 5 dport 80-90 uidrange 0-9 table 3" },
	{ AF_INET6, "from 2001:db8::/32 l3mdev", " from 2001:db8::/32 l3mdev" },
	/* What ip(8) accepts for a word, number or network. */
	{ AF_INET, "from 10.1.1.1 tab 120 prio 1000",
	  " from 10.1.1.1/32 priority 1000 table 120" },
	{ AF_INET, "from 10/8 t main p 0x10", NULL },
	{ AF_INET, "from 10/8 b", NULL },
	{ AF_INET, "prohibit table 5", " from all prohibit table 5" },
	{ AF_INET, "from 10/8 ta main p 0x10", " from 10.0.0.0/8 priority 16 table 254" },
	{ AF_INET, "from 10.0.0.0/8 lookup 0x64 pref 010 pro static",
	  " from 10.0.0.0/8 priority 8 protocol static table 100" },
	{ AF_INET, "to 10.0.0.0/255.0.0.0 o 7 type unreach",
	  " from all to 10.0.0.0/8 priority 7 unreachable" },
	{ AF_INET, "from 0.0.0.0/0 to 0/0 bl", " from all blackhole" },
	{ AF_INET, "from 10.1.2.3/16 table 9", " from 10.1.2.3/16 table 9" },
	{ AF_INET, "dev bond0:1 oif a:b:c pri 1",
	  " from all iif bond0 oif a priority 1 table 254" },
	{ AF_INET, "fwmark 0 table 9", " from all table 9" },
	{ AF_INET, "fwmark 0/0xf sup 8 d 10 table 9",
	  " from all tos 0x10 fwmark 0x0/0xf table 9 suppress_prefixlength 8" },
	{ AF_INET6, "from ::/0 goto 5", " from all goto 5" },
};

START_TEST(rules_are_written_as_they_are_read)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct words_error why;
	struct rule rule, again;

	if (!rules[_i].written) { /* for ip(8) */
		ck_assert_int_eq(rule_parse(rules[_i].family, words_of(rules[_i].text),
					    NULL, arena, &rule, &why),
				 -ENOTSUP);
		return;
	}
	ck_assert_msg(rule_parse(rules[_i].family, words_of(rules[_i].text), NULL, arena,
				 &rule, &why) == 0,
		      "%s: '%s' %s", rules[_i].text, why.word, why.why);
	rule_format(&rule, &text);
	ck_assert_str_eq(strbuf_text(&text), rules[_i].written);
	ck_assert_int_eq(rule_parse(rules[_i].family, words_of(strbuf_text(&text)), NULL,
				    arena, &again, &why),
			 0);
	ck_assert(rule_equal(&rule, &again));
}
END_TEST

static const struct {
	const char *text, *word;
} wrong[] = {
	{ "", "" },
	{ "10.0.0.1/8 dev a", "10.0.0.1/8" },
	{ "10.0.0.0/33 dev a", "10.0.0.0/33" },
	{ "2001:db8::/32 dev a", "2001:db8::/32" },
	{ "default via", "via" },
	{ "default via 10.1.1.1/24", "10.1.1.1/24" },
	{ "default via host", "host" },
	{ "default dev a/b", "a/b" },
	{ "default table nowhere", "nowhere" },
	{ "default metric -1", "-1" },
	{ "default vai 10.1.1.1", "vai" },
	{ "default mtu lock", "mtu" },
	{ "default nexthop weight 0", "weight" },
	{ "10.1.0.0/16 nexthop via 10.0.0.1 10.2.0.0/16", "10.2.0.0/16" },
	{ "dev a", "" },
	{ "add 10.5.0.0/16 via 10.1.1.1", "add" },
	{ "ip route add 10.6.0.0/16 via 10.1.1.1", "ip" },
	{ "-net 10.7.0.0/16 gw 10.1.1.1", "-net" },
	{ "10.0.0.0 netmask 255.0.0.0 gw 10.1.1.1", "netmask" },
	{ "10.8.0.0/16 via 10.1.1.1 dev a;", "a;" },
	{ "10.9.0.0/16 via 10.1.1.1 eth0", "eth0" },
	{ "10.9.0.0/16 via 10.1.1.1 via 10.1.1.2", "via" },
	{ "10.9.0.0/16 10.10.0.0/16", "10.10.0.0/16" },
	{ "blackhole", "blackhole" },
	{ "10.9.0.0/16 toto 5", "toto" },
	{ "10.9.0.0/16 metric 08", "08" },
};

static const char *const words_of_others[] = { "default encap mpls 5 dev a",
					       "default nexthop re 5" };

START_TEST(wrong_words_are_pointed_at)
{
	struct words_error why;
	struct route route;

	ck_assert_int_eq(route_parse(AF_INET, words_of(wrong[_i].text), NULL,
				     RT_TABLE_MAIN, arena, &route, &why),
			 -EINVAL);
	ck_assert_str_eq(why.word, wrong[_i].word);
	ck_assert_ptr_nonnull(why.why);
}
END_TEST

/* What we do not read is for ip(8), if ip(8) does. */
START_TEST(words_of_ip_are_told_apart)
{
	struct words_error why;
	struct route route;

	ck_assert_int_eq(route_parse(AF_INET, words_of(words_of_others[_i]), NULL,
				     RT_TABLE_MAIN, arena, &route, &why),
			 -ENOTSUP);
	ck_assert_str_eq(why.word, _i == 0 ? "encap" : "realms");
	ck_assert_ptr_null(why.hint);
}
END_TEST

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

/* Of an image, the running system's names are not those that count. */
START_TEST(names_are_those_of_the_image)
{
	static const char *const dirs[] = { "etc", "etc/sysconfig", "etc/iproute2",
					    "etc/iproute2/rt_tables.d" };
	const char *root = mkdtemp(arena_strdup(arena, "/tmp/image-XXXXXX"));
	const char *tables = arena_printf(arena, "%s/etc/iproute2/rt_tables", root);
	const char *part = arena_printf(arena, "%s.d/x.conf", tables);
	const char *sysconfig = arena_printf(arena, "%s/etc/sysconfig/", root);
	struct route_names names;
	uint32_t number;

	ck_assert_ptr_nonnull(root);
	for (size_t i = 0; i < ARRAY_SIZE(dirs); i++)
		ck_assert_int_eq(mkdir(arena_printf(arena, "%s/%s", root, dirs[i]), 0755),
				 0);
	write_file(tables, "77 image-table\n");
	write_file(part, "0x4e image-part # and more\n");
	route_names_read(sysconfig, arena, &names);
	ck_assert_int_eq(
		route_number(&names, NAMES_TABLE, "image-table", UINT32_MAX, &number), 0);
	ck_assert_uint_eq(number, 77);
	ck_assert_int_eq(
		route_number(&names, NAMES_TABLE, "image-part", UINT32_MAX, &number), 0);
	ck_assert_uint_eq(number, 78);
	ck_assert_uint_eq(names.of[NAMES_TABLE].n, 2);
	ck_assert_uint_eq(names.of[NAMES_PROTOCOL].n, 0);
	remove(part);
	remove(tables);
	for (size_t i = ARRAY_SIZE(dirs); i-- > 0;)
		remove(arena_printf(arena, "%s/%s", root, dirs[i]));
	remove(root);
}
END_TEST

START_TEST(lines_of_a_file)
{
	static const char text[] =
		"# all\r\n\n  10.0.0.0/8 via \\\n 10.1.1.1 # that one\n"
		"a#b\\\nc\n\tlast";
	struct route_lines lines;

	ck_assert_int_eq(route_file_parse(text, "f", arena, &lines), 0);
	ck_assert_uint_eq(lines.n, 3);
	ck_assert_uint_eq(lines.list[0].n, 3);
	ck_assert_uint_eq(lines.list[0].pos.line, 3);
	ck_assert_str_eq(lines.list[0].words[2], "10.1.1.1");
	ck_assert_ptr_null(lines.list[0].words[3]);
	ck_assert_uint_eq(lines.list[1].pos.line, 5);
	ck_assert_str_eq(lines.list[1].words[1], "c");
	ck_assert_str_eq(lines.list[2].words[0], "last");
	ck_assert(!route_file_has_keys(text));
	ck_assert(route_file_has_keys("# x\n ADDRESS0=10.0.0.0"));
	ck_assert(!route_file_has_keys("ADDRESS=10.0.0.0"));
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("route-words");
	TCase *tcase = tcase_create("words");

	tcase_add_checked_fixture(tcase, make_arena, drop_arena);
	tcase_add_loop_test(tcase, routes_are_written_as_they_are_read, 0,
			    ARRAY_SIZE(routes));
	tcase_add_loop_test(tcase, rules_are_written_as_they_are_read, 0,
			    ARRAY_SIZE(rules));
	tcase_add_loop_test(tcase, wrong_words_are_pointed_at, 0, ARRAY_SIZE(wrong));
	tcase_add_loop_test(tcase, words_of_ip_are_told_apart, 0,
			    ARRAY_SIZE(words_of_others));
	tcase_add_test(tcase, names_are_those_of_the_image);
	tcase_add_test(tcase, lines_of_a_file);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(suite());
	int failed;

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
