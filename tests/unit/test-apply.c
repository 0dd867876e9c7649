/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of sending, leaving out and undoing, against a socket that is a puppet. */
#include "lib/apply/apply.h"

#include <check.h>
#include <errno.h>
#include <netlink/msg.h>
#include <stdlib.h>
#include <string.h>

#include <linux/rtnetlink.h>

#include "lib/base/strbuf.h"
#include "lib/rtnl/rtnl.h"

#define MAX_WAITING 16

/*
 * Instead of the kernel. @log gets the index of the link that each change is about, and
 * a '|' for each flush that sent something; changes about link @bad fail with @error.
 * Asked for a link, it has none, or, with @has_links, one without a carrier.
 */
struct rtnl {
	struct strbuf log;
	int bad, error;
	bool has_links;
	struct rtnl_reply *waiting[MAX_WAITING];
	int about[MAX_WAITING];
	size_t n;
};

int rtnl_queue(struct rtnl *rtnl, struct nl_msg *msg, struct rtnl_reply *reply)
{
	const struct ifinfomsg *header = nlmsg_data(nlmsg_hdr(msg));

	ck_assert_uint_lt(rtnl->n, MAX_WAITING);
	rtnl->about[rtnl->n] = header->ifi_index;
	rtnl->waiting[rtnl->n++] = reply;
	return 0;
}

int rtnl_flush(struct rtnl *rtnl)
{
	for (size_t i = 0; i < rtnl->n; i++) {
		strbuf_addf(&rtnl->log, "%d ", rtnl->about[i]);
		if (rtnl->about[i] == rtnl->bad)
			rtnl->waiting[i]->error = rtnl->error;
	}
	if (rtnl->n)
		strbuf_add(&rtnl->log, "| ");
	rtnl->n = 0;
	return 0;
}

bool rtnl_filters(const struct rtnl *rtnl)
{
	(void)rtnl;
	return true;
}

int rtnl_dump(struct rtnl *rtnl, struct nl_msg *request,
	      int (*fn)(const struct nlmsghdr *answer, void *arg), void *arg)
{
	(void)request;
	(void)fn;
	(void)arg;
	return rtnl->has_links ? 0 : -ENODEV;
}

void rtnl_reply_release(struct rtnl_reply *reply)
{
	free(reply->text);
}

/* A bond (4), two ports (1, 2), and a step on the bond that needs the first port. */
static struct option_values no_options = {
	.table = &bond_table,
	.of = { [BOND_OPT_COUNT - 1] = { .is_set = false } },
};
static const struct snap_link bond = { .name = "bond0", .options = &no_options };
static struct plan_op undo_bond[] = {
	{ .kind = OP_LINK_DEL, .dev = "bond0", .ifindex = 40 }
};
static struct plan_op undo_first[] = {
	{ .kind = OP_PORT_REMOVE, .dev = "ens160", .ifindex = 10 },
	{ .kind = OP_LINK_UP, .dev = "ens160", .ifindex = 11 },
};
static struct plan_op undo_second[] = {
	{ .kind = OP_PORT_REMOVE, .dev = "ens256", .ifindex = 20 },
};

static struct plan_op steps[] = {
	{ .kind = OP_LINK_DOWN, .dev = "ens256", .ifindex = 3, .needs = PLAN_NO_OP },
	{ .kind = OP_LINK_ADD,
	  .dev = "bond0",
	  .ifindex = 4,
	  .needs = PLAN_NO_OP,
	  .link = &bond,
	  .undo = undo_bond,
	  .n_undo = 1 },
	{ .kind = OP_PORT_ADD,
	  .dev = "ens160",
	  .ifindex = 1,
	  .needs = 1,
	  .master = { .dev = "bond0" },
	  .undo = undo_first,
	  .n_undo = 2 },
	{ .kind = OP_PORT_ADD,
	  .dev = "ens256",
	  .ifindex = 2,
	  .needs = 1,
	  .master = { .dev = "bond0" },
	  .undo = undo_second,
	  .n_undo = 1 },
	{ .kind = OP_LINK_MTU, .dev = "bond0", .ifindex = 5, .needs = 2 },
};

static struct rtnl rtnl;
static struct diag *diag;
static struct apply_result result;

static void set_up(void)
{
	rtnl = (struct rtnl){ 0 };
	diag = diag_new();
	ck_assert_ptr_nonnull(diag);
}

static void tear_down(void)
{
	strbuf_release(&rtnl.log);
	diag_free(diag);
	apply_result_release(&result);
}

static struct plan_owner owner;

static int run_steps(struct plan_op *ops, size_t n, const struct apply_observer *observer)
{
	struct plan plan = { .ops = ops, .n = n, .owners = &owner, .n_owners = 1 };

	return apply_run(&plan, &rtnl, ROLLBACK_AUTO, observer, diag, &result);
}

static int run(bool was_up, const struct apply_observer *observer)
{
	owner.was_up = was_up;
	return run_steps(steps, ARRAY_SIZE(steps), observer);
}

static int refuse_mtu(const struct plan_op *op, void *arg)
{
	int *seen = arg;

	++*seen;
	return op->kind == OP_LINK_MTU ? -EIO : 0;
}

START_TEST(new_bond_is_awaited_and_the_rest_travels_together)
{
	ck_assert_int_eq(run(false, NULL), 0);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "3 4 | 1 2 5 | ");
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(nothing_is_built_on_a_bond_that_is_not)
{
	rtnl.bad = 4;
	rtnl.error = -ENOSPC;
	ck_assert_int_eq(run(false, NULL), -EIO);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "3 4 | ");
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(what_works_is_kept_on_an_interface_that_was_down)
{
	rtnl.bad = 2;
	rtnl.error = -EPERM;
	ck_assert_int_eq(run(false, NULL), -EIO);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "3 4 | 1 2 5 | ");
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(what_was_up_is_rolled_back)
{
	rtnl.bad = 2;
	rtnl.error = -EPERM;
	ck_assert_int_eq(run(true, NULL), -EIO);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "3 4 | 1 2 5 | 10 | 11 | 40 | ");
	ck_assert_uint_eq(diag_errors(diag), 1);
	ck_assert_int_eq(result.outcomes[0], OUTCOME_UNDONE);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		ck_assert(!result.done[i]);
}
END_TEST

START_TEST(what_was_done_can_be_taken_back)
{
	struct plan plan = {
		.ops = steps, .n = ARRAY_SIZE(steps), .owners = &owner, .n_owners = 1
	};
	bool lasts = false;

	rtnl.bad = 2;
	rtnl.error = -EPERM;
	ck_assert_int_eq(run(false, NULL), -EIO);
	ck_assert(result.done[2] && !result.done[3]);
	ck_assert_int_eq(apply_revert(&plan, &rtnl, NULL, diag, &result, &lasts), 0);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "3 4 | 1 2 5 | 10 | 11 | 40 | ");
}
END_TEST

START_TEST(undoing_goes_on_when_a_step_of_it_fails)
{
	int seen = 0;
	const struct apply_observer observer = { .before = refuse_mtu, .arg = &seen };

	rtnl.bad = 10;
	rtnl.error = -EBUSY;
	ck_assert_int_eq(run(true, &observer), -EIO);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "3 4 | 1 2 | 20 | 10 | 11 | 40 | ");
	ck_assert_int_eq(seen, 9);
	ck_assert_uint_eq(diag_errors(diag), 2);
}
END_TEST

/* A link that nothing brings back goes only when all before it is done. */
static struct plan_op last[] = {
	{ .kind = OP_LINK_MTU, .dev = "a", .ifindex = 6, .needs = PLAN_NO_OP },
	{ .kind = OP_LINK_DEL, .dev = "a", .ifindex = 7, .needs = PLAN_NO_OP },
	{ .kind = OP_LINK_DOWN, .dev = "b", .ifindex = 8, .needs = PLAN_NO_OP },
};

START_TEST(link_is_not_removed_after_a_failure)
{
	owner.was_up = true;
	rtnl.bad = 6;
	rtnl.error = -EPERM;
	ck_assert_int_eq(run_steps(last, 2, NULL), -EIO);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "6 | ");
	ck_assert_int_eq(result.outcomes[0], OUTCOME_UNDONE);
}
END_TEST

/* Whether the next step fails here or at the kernel's. */
static int refuse_down(const struct plan_op *op, void *arg)
{
	(void)arg;
	return op->kind == OP_LINK_DOWN ? -ENOMEM : 0;
}

START_TEST(nothing_is_undone_after_a_link_is_removed)
{
	const struct apply_observer observer = { .before = _i ? refuse_down : NULL };

	owner.was_up = true;
	rtnl.bad = 8;
	rtnl.error = -EPERM;
	ck_assert_int_eq(run_steps(last, ARRAY_SIZE(last), &observer), -EIO);
	ck_assert_int_eq(result.outcomes[0], OUTCOME_KEPT);
}
END_TEST

/* The first was up and fails; the second is stacked on it, the third is not. */
static struct plan_op undo_upper[] = {
	{ .kind = OP_LINK_DEL, .dev = "b", .ifindex = 70 }
};
static struct plan_op undo_other[] = {
	{ .kind = OP_LINK_DEL, .dev = "c", .ifindex = 80 }
};
static struct plan_op groups[] = {
	{ .kind = OP_LINK_UP,
	  .dev = "b",
	  .ifindex = 7,
	  .needs = PLAN_NO_OP,
	  .owner = 1,
	  .undo = undo_upper,
	  .n_undo = 1 },
	{ .kind = OP_LINK_MTU, .dev = "a", .ifindex = 6, .needs = PLAN_NO_OP },
	{ .kind = OP_LINK_UP,
	  .dev = "c",
	  .ifindex = 8,
	  .needs = PLAN_NO_OP,
	  .owner = 2,
	  .undo = undo_other,
	  .n_undo = 1 },
	{ .kind = OP_OPTIONS_SET,
	  .dev = "c",
	  .ifindex = 9,
	  .needs = PLAN_NO_OP,
	  .owner = 2,
	  .options = &no_options },
	{ .kind = OP_LINK_MTU,
	  .dev = "b",
	  .ifindex = 10,
	  .needs = PLAN_NO_OP,
	  .owner = 1 },
};

static const struct {
	bool was_up;
	enum apply_rollback rollback;
	enum apply_outcome outcomes[3];
	const char *log;
} policies[] = {
	{ true,
	  ROLLBACK_AUTO,
	  { OUTCOME_UNDONE, OUTCOME_UNDONE, OUTCOME_DONE },
	  "7 6 8 9 | 70 | " },
	{ false,
	  ROLLBACK_AUTO,
	  { OUTCOME_KEPT, OUTCOME_DONE, OUTCOME_DONE },
	  "7 6 8 9 | 10 | " },
	{ false,
	  ROLLBACK_ALWAYS,
	  { OUTCOME_UNDONE, OUTCOME_UNDONE, OUTCOME_DONE },
	  "7 6 8 9 | 70 | " },
	{ true,
	  ROLLBACK_NEVER,
	  { OUTCOME_KEPT, OUTCOME_DONE, OUTCOME_DONE },
	  "7 6 8 9 | 10 | " },
};

START_TEST(failure_concerns_what_stands_on_it)
{
	static size_t below[] = { 0 };
	struct plan_owner owners[] = {
		{ .name = "a", .was_up = policies[_i].was_up },
		{ .name = "b", .below = below, .n_below = 1 },
		{ .name = "c", .was_up = true },
	};
	struct plan plan = { .ops = groups,
			     .n = ARRAY_SIZE(groups),
			     .owners = owners,
			     .n_owners = ARRAY_SIZE(owners) };

	rtnl.bad = 6;
	rtnl.error = -EPERM;
	ck_assert_int_eq(apply_run(&plan, &rtnl, policies[_i].rollback, NULL, diag,
				   &result),
			 -EIO);
	ck_assert_str_eq(strbuf_text(&rtnl.log), policies[_i].log);
	for (size_t i = 0; i < ARRAY_SIZE(owners); i++)
		ck_assert_int_eq(result.outcomes[i], policies[_i].outcomes[i]);
}
END_TEST

/* A bridge "c" on bonds "a" and "b" fails. */
static const struct {
	enum apply_rollback rollback;
	bool is_target, has_other;
	enum apply_outcome outcomes[2];
} lower[] = {
	{ ROLLBACK_ALWAYS, false, false, { OUTCOME_UNDONE, OUTCOME_UNDONE } },
	{ ROLLBACK_ALWAYS, true, false, { OUTCOME_DONE, OUTCOME_UNDONE } },
	{ ROLLBACK_ALWAYS, false, true, { OUTCOME_DONE, OUTCOME_UNDONE } },
	{ ROLLBACK_AUTO, false, false, { OUTCOME_DONE, OUTCOME_DONE } },
};

START_TEST(failure_concerns_what_came_up_for_it)
{
	static size_t both[] = { 0, 1 };
	struct plan_op one = { .kind = OP_LINK_UP,
			       .dev = "c",
			       .ifindex = 6,
			       .needs = PLAN_NO_OP,
			       .owner = 2 };
	struct plan_owner owners[] = {
		{ .name = "a", .is_target = lower[_i].is_target },
		{ .name = "b" },
		{ .name = "c", .below = both, .n_below = 2, .is_target = true },
		{ .name = "d", .below = both, .n_below = lower[_i].has_other },
	};
	struct plan plan = {
		.ops = &one, .n = 1, .owners = owners, .n_owners = ARRAY_SIZE(owners)
	};

	rtnl.bad = 6;
	rtnl.error = -EPERM;
	ck_assert_int_eq(apply_run(&plan, &rtnl, lower[_i].rollback, NULL, diag, &result),
			 -EIO);
	for (size_t i = 0; i < ARRAY_SIZE(lower[_i].outcomes); i++)
		ck_assert_int_eq(result.outcomes[i], lower[_i].outcomes[i]);
}
END_TEST

/* It was sent after the step it needs, failed with it, and is not reported again. */
START_TEST(failure_of_what_was_in_vain_is_not_told)
{
	struct plan_op two[] = {
		{ .kind = OP_LINK_UP, .dev = "a", .ifindex = 6, .needs = PLAN_NO_OP },
		{ .kind = OP_LINK_MTU, .dev = "a", .ifindex = 6, .needs = 0 },
	};

	rtnl.bad = 6;
	rtnl.error = -ENODEV;
	ck_assert_int_eq(run_steps(two, ARRAY_SIZE(two), NULL), -EIO);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "6 6 | ");
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

/* Of a wish, the kernel's refusal is worth a note. */
START_TEST(refused_wish_is_no_failure)
{
	struct plan_op two[] = {
		{ .kind = OP_OPTIONS_SET,
		  .dev = "a",
		  .ifindex = 6,
		  .needs = PLAN_NO_OP,
		  .is_wish = true,
		  .options = &no_options },
		{ .kind = OP_LINK_MTU, .dev = "b", .ifindex = 7, .needs = PLAN_NO_OP },
	};
	owner.was_up = true;

	rtnl.bad = 6;
	rtnl.error = -EINVAL;
	ck_assert_int_eq(run_steps(two, ARRAY_SIZE(two), NULL), 0);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "6 | 7 | ");
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(removing_what_is_gone_is_no_failure)
{
	struct plan_op one[] = {
		{ .kind = OP_LINK_DEL, .dev = "a", .ifindex = 6, .needs = PLAN_NO_OP },
	};

	rtnl.bad = 6;
	rtnl.error = -ENODEV;
	ck_assert_int_eq(run_steps(one, ARRAY_SIZE(one), NULL), 0);
}
END_TEST

/* A link that cannot be asked about cannot be probed on: a warning, and no failure. */
START_TEST(address_that_cannot_be_probed_is_kept)
{
	struct plan_op one[] = {
		{ .kind = OP_ADDR_PROBE,
		  .dev = "a",
		  .ifindex = 6,
		  .needs = PLAN_NO_OP,
		  .probe = { .addr = { .family = AF_INET }, .wait_ms = 10 } },
	};

	ck_assert_int_eq(run_steps(one, ARRAY_SIZE(one), NULL), 0);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

/*
 * The first waits for its link, and so does what is done on that link for the third, and what
 * has to come after; the rest of the second is done meanwhile.
 */
START_TEST(waiting_holds_up_its_own_interface_only)
{
	struct plan_op ops[] = {
		{ .kind = OP_LINK_WAIT,
		  .dev = "a",
		  .ifindex = 6,
		  .needs = PLAN_NO_OP,
		  .wait = { .link_ms = 50 } },
		{ .kind = OP_LINK_MTU, .dev = "a", .ifindex = 1, .needs = PLAN_NO_OP },
		{ .kind = OP_LINK_MTU,
		  .dev = "b",
		  .ifindex = 2,
		  .needs = PLAN_NO_OP,
		  .owner = 1 },
		{ .kind = OP_LINK_MTU,
		  .dev = "a",
		  .ifindex = 3,
		  .needs = PLAN_NO_OP,
		  .owner = 2 },
		{ .kind = OP_LINK_MTU,
		  .dev = "b",
		  .ifindex = 4,
		  .needs = PLAN_NO_OP,
		  .owner = 1 },
		{ .kind = OP_LINK_MTU,
		  .dev = "d",
		  .ifindex = 5,
		  .needs = PLAN_NO_OP,
		  .follows = 1,
		  .owner = 3 },
	};
	struct plan_owner owners[] = {
		{ .name = "a" }, { .name = "b" }, { .name = "c" }, { .name = "d" }
	};
	struct plan plan = { .ops = ops,
			     .n = ARRAY_SIZE(ops),
			     .owners = owners,
			     .n_owners = ARRAY_SIZE(owners) };

	rtnl.has_links = true;
	ck_assert_int_eq(apply_run(&plan, &rtnl, ROLLBACK_AUTO, NULL, diag, &result), 0);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "2 4 | 1 3 5 | ");
}
END_TEST

/* Of two that wait, the one that ends first goes on first. */
START_TEST(waits_end_one_by_one)
{
	struct plan_op ops[] = {
		{ .kind = OP_LINK_WAIT,
		  .dev = "a",
		  .ifindex = 6,
		  .needs = PLAN_NO_OP,
		  .wait = { .link_ms = 200 } },
		{ .kind = OP_LINK_WAIT,
		  .dev = "b",
		  .ifindex = 7,
		  .needs = PLAN_NO_OP,
		  .owner = 1,
		  .wait = { .link_ms = 20 } },
		{ .kind = OP_LINK_MTU, .dev = "a", .ifindex = 1, .needs = 0 },
		{ .kind = OP_LINK_MTU, .dev = "b", .ifindex = 2, .needs = 1, .owner = 1 },
	};
	struct plan_owner owners[] = { { .name = "a" }, { .name = "b" } };
	struct plan plan = { .ops = ops,
			     .n = ARRAY_SIZE(ops),
			     .owners = owners,
			     .n_owners = ARRAY_SIZE(owners) };

	rtnl.has_links = true;
	ck_assert_int_eq(apply_run(&plan, &rtnl, ROLLBACK_AUTO, NULL, diag, &result), 0);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "2 | 1 | ");
}
END_TEST

START_TEST(empty_plan_sends_nothing)
{
	owner.was_up = true;
	ck_assert_int_eq(run_steps(NULL, 0, NULL), 0);
	ck_assert_str_eq(strbuf_text(&rtnl.log), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("apply");
	TCase *tcase = tcase_create("order");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, new_bond_is_awaited_and_the_rest_travels_together);
	tcase_add_test(tcase, nothing_is_built_on_a_bond_that_is_not);
	tcase_add_test(tcase, what_works_is_kept_on_an_interface_that_was_down);
	tcase_add_test(tcase, link_is_not_removed_after_a_failure);
	tcase_add_loop_test(tcase, nothing_is_undone_after_a_link_is_removed, 0, 2);
	tcase_add_test(tcase, what_was_up_is_rolled_back);
	tcase_add_test(tcase, what_was_done_can_be_taken_back);
	tcase_add_test(tcase, undoing_goes_on_when_a_step_of_it_fails);
	tcase_add_loop_test(tcase, failure_concerns_what_stands_on_it, 0,
			    ARRAY_SIZE(policies));
	tcase_add_loop_test(tcase, failure_concerns_what_came_up_for_it, 0,
			    ARRAY_SIZE(lower));
	tcase_add_test(tcase, failure_of_what_was_in_vain_is_not_told);
	tcase_add_test(tcase, refused_wish_is_no_failure);
	tcase_add_test(tcase, removing_what_is_gone_is_no_failure);
	tcase_add_test(tcase, address_that_cannot_be_probed_is_kept);
	tcase_add_test(tcase, waiting_holds_up_its_own_interface_only);
	tcase_add_test(tcase, waits_end_one_by_one);
	tcase_add_test(tcase, empty_plan_sends_nothing);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
