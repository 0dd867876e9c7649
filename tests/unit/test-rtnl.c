/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The socket against the running kernel: questions, and changes that must fail. */
#include "lib/rtnl/rtnl.h"

#include <check.h>
#include <errno.h>
#include <limits.h>
#include <netlink/msg.h>
#include <stdlib.h>

#include <linux/rtnetlink.h>

#define MANY 200 /* changes, more than fit the queue */

static struct rtnl *rtnl;

static void open_rtnl(void)
{
	ck_assert_int_eq(rtnl_open(&rtnl), 0);
}

static void close_rtnl(void)
{
	rtnl_close(rtnl);
	rtnl = NULL;
}

static struct nl_msg *about_link(uint16_t type, uint16_t flags, int ifindex)
{
	const struct ifinfomsg header = { .ifi_index = ifindex };
	struct nl_msg *msg = rtnl_msg_new(type, flags, &header, sizeof(header));

	ck_assert_ptr_nonnull(msg);
	return msg;
}

/* Looks for the loopback device, which every network namespace has. */
static int count_loopback(const struct nlmsghdr *answer, void *arg)
{
	const struct ifinfomsg *header = nlmsg_data(answer);
	int *count = arg;

	ck_assert_int_eq(answer->nlmsg_type, RTM_NEWLINK);
	*count += header->ifi_index == 1;
	return 0;
}

static int refuse(const struct nlmsghdr *answer, void *arg)
{
	(void)answer;
	(void)arg;
	return -E2BIG;
}

START_TEST(dump_hands_over_every_answer)
{
	_cleanup_nl_msg_ struct nl_msg *all = about_link(RTM_GETLINK, NLM_F_DUMP, 0);
	int count = 0;

	ck_assert_int_eq(rtnl_dump(rtnl, all, count_loopback, &count), 0);
	ck_assert_int_eq(count, 1);
	ck_assert_uint_eq(rtnl_writes(rtnl), 0);
}
END_TEST

START_TEST(question_about_one_link)
{
	_cleanup_nl_msg_ struct nl_msg *one = about_link(RTM_GETLINK, 0, 1);
	_cleanup_nl_msg_ struct nl_msg *none = about_link(RTM_GETLINK, 0, INT_MAX);
	int count = 0;

	ck_assert_int_eq(rtnl_dump(rtnl, one, count_loopback, &count), 0);
	ck_assert_int_eq(count, 1);
	ck_assert_int_eq(rtnl_dump(rtnl, none, count_loopback, &count), -ENODEV);
}
END_TEST

/* The kernel refuses a dump while another one has not been read to its end. */
START_TEST(dump_goes_on_after_one_that_failed)
{
	_cleanup_nl_msg_ struct nl_msg *all = about_link(RTM_GETLINK, NLM_F_DUMP, 0);
	int count = 0;

	ck_assert_int_eq(rtnl_dump(rtnl, all, refuse, NULL), -E2BIG);
	ck_assert_int_eq(rtnl_dump(rtnl, all, count_loopback, &count), 0);
	ck_assert_int_eq(count, 1);
}
END_TEST

/* A link that is not there cannot be removed, and without root nothing can. */
START_TEST(every_change_gets_its_own_reply)
{
	struct rtnl_reply replies[MANY];

	for (int i = 0; i < MANY; i++) {
		_cleanup_nl_msg_ struct nl_msg *msg =
			about_link(RTM_DELLINK, 0, INT_MAX - i);

		ck_assert_int_eq(rtnl_queue(rtnl, msg, &replies[i]), 0);
	}
	ck_assert_int_eq(rtnl_flush(rtnl), 0);
	ck_assert_uint_eq(rtnl_writes(rtnl), MANY);
	for (int i = 0; i < MANY; i++) {
		ck_assert(replies[i].error == -ENODEV || replies[i].error == -EPERM);
		rtnl_reply_release(&replies[i]);
	}
}
END_TEST

/* Questions change nothing, so they can show what a change that succeeds gets. */
START_TEST(success_is_told_from_failure)
{
	static const int links[] = { 1, INT_MAX, 1, INT_MAX, 1 };
	struct rtnl_reply replies[ARRAY_SIZE(links)];

	for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
		_cleanup_nl_msg_ struct nl_msg *msg =
			about_link(RTM_GETLINK, 0, links[i]);

		ck_assert_int_eq(rtnl_queue(rtnl, msg, &replies[i]), 0);
	}
	ck_assert_int_eq(rtnl_flush(rtnl), 0);
	for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
		ck_assert_int_eq(replies[i].error, links[i] == 1 ? 0 : -ENODEV);
		rtnl_reply_release(&replies[i]);
	}
}
END_TEST

START_TEST(words_of_the_kernel_are_kept)
{
	const struct rtmsg header = { .rtm_family = AF_INET, .rtm_dst_len = 99 };
	_cleanup_nl_msg_ struct nl_msg *msg =
		rtnl_msg_new(RTM_GETROUTE, 0, &header, sizeof(header));
	struct rtnl_reply reply;

	ck_assert_int_eq(rtnl_queue(rtnl, msg, &reply), 0);
	ck_assert_int_eq(rtnl_flush(rtnl), 0);
	ck_assert_int_eq(reply.error, -EINVAL);
	ck_assert_ptr_nonnull(reply.text);
	rtnl_reply_release(&reply);
	ck_assert_ptr_null(reply.text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rtnl");
	TCase *tcase = tcase_create("socket"), *words = tcase_create("words");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, open_rtnl, close_rtnl);
	tcase_add_test(tcase, dump_hands_over_every_answer);
	tcase_add_test(tcase, question_about_one_link);
	tcase_add_test(tcase, dump_goes_on_after_one_that_failed);
	tcase_add_test(tcase, every_change_gets_its_own_reply);
	tcase_add_test(tcase, success_is_told_from_failure);
	suite_add_tcase(suite, words);
	tcase_add_checked_fixture(words, open_rtnl, close_rtnl);
	tcase_set_tags(words, "extended-acks");
	tcase_add_test(words, words_of_the_kernel_are_kept);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
