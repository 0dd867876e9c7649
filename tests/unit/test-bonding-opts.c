/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How BONDING_OPTS is cut into words. */
#include "parsers/bonding-opts.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/strbuf.h"

/* Words as "name>value", "name" without a value; '+' after a joined one. */
static const struct {
	const char *text, *words;
} splits[] = {
	{ "", "" },
	{ " \t\n", "" },
	{ "mode=1", "mode>1" },
	{ "mode=active-backup miimon=100", "mode>active-backup miimon>100" },
	{ "  mode=1 \t\n  miimon=100\n", "mode>1 miimon>100" },
	{ "mode=", "mode>" },
	{ "=1", ">1" },
	{ "=", ">" },
	{ "mode", "mode" },
	{ "mode = 1", "mode > 1" },
	{ "mode==1", "mode>1" },
	{ "primary=a=b", "primary>b" },
	{ "queue_id=ens1:2", "queue_id>ens1:2" },

	/* Lists keep their commas. */
	{ "arp_ip_target=10.0.0.1,10.0.0.2", "arp_ip_target>10.0.0.1,10.0.0.2" },
	{ "arp_ip_target=+10.0.0.1,+10.0.0.2", "arp_ip_target>+10.0.0.1,+10.0.0.2" },
	{ "arp_ip_target=10.0.0.1 10.0.0.2", "arp_ip_target>10.0.0.1 10.0.0.2" },
	{ "arp_ip_target=A,,B", "arp_ip_target>A,,B" },
	{ "ns_ip6_target=fe80::1,fe80::2 mode=1",
	  "ns_ip6_target>fe80::1,fe80::2 mode>1" },

	/* Options joined by commas or semicolons. */
	{ "mode=1,miimon=100", "mode>1+ miimon>100" },
	{ "mode=1;miimon=100", "mode>1+ miimon>100" },
	{ "mode=1, miimon=100,", "mode>1+ miimon>100+" },
	{ "mode=1 , miimon=100", "mode>1 miimon>100" },
	{ "mode=1,,;miimon=100", "mode>1+ miimon>100" },
	{ "arp_ip_target=A,B,mode=1", "arp_ip_target>A,B+ mode>1" },
	{ "arp_ip_target=A,B;mode=1", "arp_ip_target>A,B+ mode>1" },
	{ "arp_interval=9,arp_ip_target=A,B mode=1",
	  "arp_interval>9+ arp_ip_target>A,B mode>1" },
	{ ",;", "" },
	{ ",mode=1", "mode>1" },
};

static void add_word(const struct bonding_word *word, struct strbuf *out)
{
	if (out->len)
		strbuf_addc(out, ' ');
	strbuf_add(out, word->name);
	if (word->value)
		strbuf_addf(out, ">%s", word->value);
	if (word->joined)
		strbuf_addc(out, '+');
}

START_TEST(splits_at_blanks_and_between_joined_options)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;
	struct bonding_word *list = NULL;
	size_t n = 0;

	bonding_opts_split(splits[_i].text, arena, &list, &n);
	for (size_t i = 0; i < n; i++)
		add_word(&list[i], &words);
	ck_assert_str_eq(strbuf_text(&words), splits[_i].words);
}
END_TEST

START_TEST(takes_text_of_any_length)
{
	enum { WORDS = 20000 };
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct bonding_word *list = NULL;
	size_t n = 0;

	for (int i = 0; i < WORDS; i++)
		strbuf_addf(&text, "option%d=%d ", i, i);
	strbuf_add(&text, "commas=");
	for (int i = 0; i < WORDS; i++)
		strbuf_add(&text, ",,,x");
	bonding_opts_split(strbuf_text(&text), arena, &list, &n);
	ck_assert_uint_eq(n, WORDS + 1);
	ck_assert_str_eq(list[WORDS - 1].name, "option19999");
	ck_assert_str_eq(list[WORDS - 1].value, "19999");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bonding-opts");
	TCase *tcase = tcase_create("split");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, splits_at_blanks_and_between_joined_options, 0,
			    ARRAY_SIZE(splits));
	tcase_add_test(tcase, takes_text_of_any_length);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
