/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of resolv.conf, from what was there, what is there and what is wanted. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lib/plan/resolv-text.h"

static struct arena *arena;

static void setup(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(arena);
}

static void teardown(void)
{
	arena_free(arena);
}

/* From "server 10.0.0.53 domain a.example option rotate". */
static struct dns dns_of(const char *text)
{
	char *rest = arena_strdup(arena, text), *name, *word;
	struct dns dns = { 0 };

	while ((name = strsep(&rest, " ")) && *name) {
		unsigned int kind = 0;

		while (strcmp(dns_kind_names[kind], name) != 0)
			ck_assert_uint_lt(++kind, DNS_COUNT);
		word = strsep(&rest, " ");
		dns_add(&dns, arena, kind, word);
	}
	return dns;
}

static const char *make(const char *base, const char *now, const char *ours,
			const char *want)
{
	struct dns is_ours = dns_of(ours), is_wanted = dns_of(want);
	const struct resolv_edit edit = { base, now, &is_ours, &is_wanted };
	const char *text = "untouched";

	resolv_text_make(&edit, arena, &text);
	return text;
}

/* The first interface comes up, on a file that nobody of ours has touched. */
static const char *first(const char *now, const char *want)
{
	return make(now, now, "", want);
}

/* ---- the first one comes up ---- */

static const struct {
	const char *now, *want, *text;
} ups[] = {
	/* no file, and an empty one */
	{ NULL, "server 10.0.0.53", "nameserver 10.0.0.53\n" },
	{ "", "server 10.0.0.53", "nameserver 10.0.0.53\n" },
	{ NULL, "domain a.example option rotate", "options rotate\nsearch a.example\n" },
	/* all of it, in order */
	{ "", "server 10.0.0.53 server 2001:db8::53 domain a.example domain b.example",
	  "search a.example b.example\nnameserver 10.0.0.53\nnameserver 2001:db8::53\n" },
	/* name servers make room, comments and the like stay in their order */
	{ "# by hand\nnameserver 192.168.1.1\n\nsortlist 10.0.0.0\nnameserver "
	  "192.168.1.2\n; end\n",
	  "server 10.0.0.53",
	  "# by hand\n\nsortlist 10.0.0.0\n; end\nnameserver 10.0.0.53\n" },
	/* without servers of ours they stay */
	{ "nameserver 192.168.1.1\nsearch old.example\n", "domain a.example",
	  "nameserver 192.168.1.1\nsearch a.example old.example\n" },
	/* options first, and only those that are missing */
	{ "search old.example\noptions rotate timeout:1\nnameserver 192.168.1.1\n",
	  "server 10.0.0.53 option timeout:1 option attempts:2",
	  "options rotate timeout:1\noptions attempts:2\nsearch old.example\n"
	  "nameserver 10.0.0.53\n" },
	/* all search and domain lines in one, ours in front, each name once */
	{ "domain old.example\nsearch b.example A.EXAMPLE\n",
	  "domain a.example domain c.example",
	  "search a.example c.example old.example b.example\n" },
	/* but untouched when no domain is ours */
	{ "domain old.example\nsearch b.example\n", "server 10.0.0.53",
	  "domain old.example\nsearch b.example\nnameserver 10.0.0.53\n" },
	/* the resolver knows words in the first column only */
	{ " nameserver 192.168.1.1\n#nameserver 192.168.1.2\nnameserverx 1.1.1.1\n",
	  "server 10.0.0.53",
	  " nameserver 192.168.1.1\n#nameserver 192.168.1.2\nnameserverx 1.1.1.1\n"
	  "nameserver 10.0.0.53\n" },
	/* a last line without an end, tabs, more after an address */
	{ "nameserver\t192.168.1.1 # router", "server 10.0.0.53",
	  "nameserver 10.0.0.53\n" },
	{ "# kept", "server 10.0.0.53", "# kept\nnameserver 10.0.0.53\n" },
	/* words without a value are no matter */
	{ "nameserver\nsearch\noptions \n", "server 10.0.0.53 domain a.example",
	  "options \nnameserver\nsearch\nsearch a.example\nnameserver 10.0.0.53\n" },
	/* another order is another text */
	{ "nameserver 10.0.0.54\nnameserver 10.0.0.53\n",
	  "server 10.0.0.53 server 10.0.0.54",
	  "nameserver 10.0.0.53\nnameserver 10.0.0.54\n" },
	{ "search b.example a.example\n", "domain a.example domain b.example",
	  "search a.example b.example\n" },
	/* the last search line is the one that counts */
	{ "search a.example\nsearch b.example\n", "domain a.example",
	  "search a.example b.example\n" },
};

START_TEST(comes_up)
{
	ck_assert_str_eq(first(ups[_i].now, ups[_i].want), ups[_i].text);
}
END_TEST

/* What says it already, in whatever words, is left as it stands. */
static const struct {
	const char *now, *want;
} right[] = {
	{ "nameserver 10.0.0.53\n", "server 10.0.0.53" },
	{ "# x\nnameserver\t10.0.0.53\nnameserver 192.168.1.1\n", "server 10.0.0.53" },
	{ "nameserver 2001:DB8:0::53\n", "server 2001:db8::53" },
	{ "nameserver fe80::1%bond0\n", "server fe80::1%bond0" },
	{ "search old.example a.example\n", "domain a.example" },
	{ "search A.Example\n", "domain a.example" },
	{ "domain a.example\n", "domain a.example" },
	{ "nameserver 10.0.0.53\noptions rotate timeout:1\n",
	  "server 10.0.0.53 option timeout:1" },
};

START_TEST(is_right_already)
{
	ck_assert_str_eq(first(right[_i].now, right[_i].want), right[_i].now);
	/* and a second time */
	ck_assert_str_eq(make(right[_i].now, right[_i].now, right[_i].want,
			      right[_i].want),
			 right[_i].now);
	/* and when the interface goes */
	ck_assert_str_eq(make(right[_i].now, right[_i].now, right[_i].want, ""),
			 right[_i].now);
}
END_TEST

/* ---- again, and down ---- */

START_TEST(a_second_time_nothing_changes)
{
	const char *text = first(ups[_i].now, ups[_i].want);

	ck_assert_str_eq(make(ups[_i].now, text, ups[_i].want, ups[_i].want), text);
}
END_TEST

/* Up and down again: byte by byte as before, but for the end of the last line. */
START_TEST(goes_down_to_what_was)
{
	const char *now = ups[_i].now;
	const char *text = first(now, ups[_i].want);
	const char *back = make(now, text, ups[_i].want, "");

	if (now)
		ck_assert_str_eq(back, now);
	else
		ck_assert_ptr_null(back);
}
END_TEST

/* Somebody took a line of ours out, or all of them: repaired, and then restored. */
START_TEST(drift_of_ours_is_repaired)
{
	static const char base[] = "options rotate\nsearch old.example\n# x\nnameserver "
				   "192.168.1.1\n";
	static const char want[] =
		"server 10.0.0.53 server 10.0.0.54 domain a.example option timeout:1";
	const char *text = first(base, want);
	static const char *const drifted[] = {
		"options rotate\noptions timeout:1\n# x\nsearch a.example "
		"old.example\nnameserver 10.0.0.54\n",
		"options rotate\noptions timeout:1\n# x\nsearch a.example old.example\n",
		"options rotate\n# x\nsearch a.example old.example\nnameserver "
		"10.0.0.53\nnameserver 10.0.0.54\n",
		"options rotate\noptions timeout:1\n# x\nsearch old.example\nnameserver "
		"10.0.0.53\nnameserver 10.0.0.54\n",
	};

	ck_assert_str_eq(text,
			 "options rotate\noptions timeout:1\n# x\nsearch a.example "
			 "old.example\nnameserver 10.0.0.53\nnameserver 10.0.0.54\n");
	ck_assert_str_eq(make(base, drifted[_i], want, want), text);
	ck_assert_str_eq(make(base, drifted[_i], want, ""), base);
}
END_TEST

/* ---- what others change meanwhile ---- */

static const char base[] = "# site\nsearch old.example\nnameserver 192.168.1.1\n";
static const char ours[] = "server 10.0.0.53 domain a.example";
#define WRITTEN "# site\nsearch a.example old.example\nnameserver 10.0.0.53\n"

static const struct {
	const char *now, *up, *down;
} changes[] = {
	{ WRITTEN, WRITTEN, base },
	/* a comment */
	{ "# hello\n" WRITTEN, "# hello\n" WRITTEN,
	  "# hello\n# site\nsearch old.example\nnameserver 192.168.1.1\n" },
	/* another name server, after or before: it stays, after ours */
	{ WRITTEN "nameserver 8.8.8.8\n", WRITTEN "nameserver 8.8.8.8\n",
	  "# site\nsearch old.example\nnameserver 8.8.8.8\n" },
	{ "nameserver 8.8.8.8\n" WRITTEN, WRITTEN "nameserver 8.8.8.8\n",
	  "nameserver 8.8.8.8\n# site\nsearch old.example\n" },
	/* another domain */
	{ "# site\nsearch a.example old.example new.example\nnameserver 10.0.0.53\n",
	  "# site\nsearch a.example old.example new.example\nnameserver 10.0.0.53\n",
	  "# site\nsearch old.example new.example\nnameserver 192.168.1.1\n" },
	/* an old one is gone */
	{ "# site\nsearch a.example\nnameserver 10.0.0.53\n",
	  "# site\nsearch a.example\nnameserver 10.0.0.53\n",
	  "# site\nnameserver 192.168.1.1\n" },
	/* options */
	{ WRITTEN "options edns0\n", WRITTEN "options edns0\n",
	  "options edns0\n# site\nsearch old.example\nnameserver 192.168.1.1\n" },
	/* the old name server is back, next to ours, or instead of all */
	{ WRITTEN "nameserver 192.168.1.1\n", WRITTEN, base },
	{ base, WRITTEN, base },
	/* all is another file: a DHCP client's, for example */
	{ "; dhcp\nsearch dhcp.example\nnameserver 172.16.0.1\n",
	  "; dhcp\nsearch a.example dhcp.example\nnameserver 10.0.0.53\nnameserver "
	  "172.16.0.1\n",
	  "; dhcp\nsearch dhcp.example\nnameserver 172.16.0.1\n" },
	/* emptied, or gone */
	{ "", "search a.example\nnameserver 10.0.0.53\n", "nameserver 192.168.1.1\n" },
	{ NULL, "search a.example\nnameserver 10.0.0.53\n", "nameserver 192.168.1.1\n" },
};

START_TEST(others_changed_it)
{
	const char *up = make(base, changes[_i].now, ours, ours);

	ck_assert_str_eq(up, changes[_i].up);
	ck_assert_str_eq(make(base, up, ours, ours), up);
	ck_assert_str_eq(make(base, changes[_i].now, ours, ""), changes[_i].down);
}
END_TEST

/* ---- files that are edited while the interface is up ---- */

START_TEST(an_edited_server_changes_just_that)
{
	const char *text = make(base, WRITTEN, ours, "server 10.0.0.99 domain a.example");

	ck_assert_str_eq(text, "# site\nsearch a.example old.example\n"
			       "nameserver 10.0.0.99\n");
	ck_assert_str_eq(make(base, text, "server 10.0.0.99 domain a.example", ""), base);
}
END_TEST

START_TEST(a_domain_taken_out_goes)
{
	ck_assert_str_eq(make(base, WRITTEN, ours, "server 10.0.0.53"),
			 "# site\nsearch old.example\nnameserver 10.0.0.53\n");
}
END_TEST

START_TEST(servers_taken_out_give_the_old_ones_back)
{
	ck_assert_str_eq(
		make(base, WRITTEN, ours, "domain a.example"),
		"# site\nnameserver 192.168.1.1\nsearch a.example old.example\n");
	/* but not if somebody has others now */
	ck_assert_str_eq(make(base, WRITTEN "nameserver 8.8.8.8\n", ours,
			      "domain a.example"),
			 "# site\nnameserver 8.8.8.8\nsearch a.example old.example\n");
}
END_TEST

START_TEST(servers_that_come_later_make_the_old_ones_go)
{
	const char *text = first(base, "domain a.example");

	text = make(base, text, "domain a.example", ours);
	ck_assert_str_eq(text, WRITTEN);
	ck_assert_str_eq(make(base, text, ours, ""), base);
}
END_TEST

/* ---- several interfaces ---- */

START_TEST(two_interfaces_share_and_part)
{
	static const char both[] = "server 10.0.0.53 server 10.0.1.53 domain a.example "
				   "domain b.example option rotate";
	static const char second[] = "server 10.0.1.53 domain b.example option rotate";
	const char *text = make(base, WRITTEN, ours, both);

	ck_assert_str_eq(text, "options rotate\n# site\n"
			       "search a.example b.example old.example\n"
			       "nameserver 10.0.0.53\nnameserver 10.0.1.53\n");
	/* the first one goes */
	ck_assert_str_eq(make(base, text, both, second),
			 "options rotate\n# site\nsearch b.example old.example\n"
			 "nameserver 10.0.1.53\n");
	/* the second one goes */
	ck_assert_str_eq(make(base, text, both, ours), WRITTEN);
	/* the last one goes */
	ck_assert_str_eq(make(base, WRITTEN, ours, ""), base);
}
END_TEST

START_TEST(the_last_one_leaves_no_file_where_there_was_none)
{
	ck_assert_ptr_null(make(NULL, "nameserver 10.0.0.53\n", "server 10.0.0.53", ""));
	ck_assert_str_eq(make("", "nameserver 10.0.0.53\n", "server 10.0.0.53", ""), "");
	ck_assert_str_eq(make(NULL, "# x\nnameserver 10.0.0.53\n", "server 10.0.0.53",
			      ""),
			 "# x\n");
}
END_TEST

/* What both have is not ours alone. */
START_TEST(what_was_there_before_stays)
{
	ck_assert_str_eq(make("nameserver 10.0.0.53\nnameserver 8.8.8.8\n",
			      "# x\nnameserver 10.0.0.53\nnameserver 8.8.8.8\n",
			      "server 10.0.0.53", ""),
			 "# x\nnameserver 10.0.0.53\nnameserver 8.8.8.8\n");
	ck_assert_str_eq(make("search a.example\n", "search a.example b.example\n# x\n",
			      ours, ""),
			 "search a.example b.example\n# x\n");
}
END_TEST

static TCase *make_case(void)
{
	TCase *tcase = tcase_create("resolv-text");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, comes_up, 0, ARRAY_SIZE(ups));
	tcase_add_loop_test(tcase, is_right_already, 0, ARRAY_SIZE(right));
	tcase_add_loop_test(tcase, a_second_time_nothing_changes, 0, ARRAY_SIZE(ups));
	tcase_add_loop_test(tcase, goes_down_to_what_was, 0, ARRAY_SIZE(ups));
	tcase_add_loop_test(tcase, drift_of_ours_is_repaired, 0, 4);
	tcase_add_loop_test(tcase, others_changed_it, 0, ARRAY_SIZE(changes));
	tcase_add_test(tcase, an_edited_server_changes_just_that);
	tcase_add_test(tcase, a_domain_taken_out_goes);
	tcase_add_test(tcase, servers_taken_out_give_the_old_ones_back);
	tcase_add_test(tcase, servers_that_come_later_make_the_old_ones_go);
	tcase_add_test(tcase, two_interfaces_share_and_part);
	tcase_add_test(tcase, the_last_one_leaves_no_file_where_there_was_none);
	tcase_add_test(tcase, what_was_there_before_stays);
	return tcase;
}

int main(void)
{
	Suite *suite = suite_create("resolv-text");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, make_case());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
