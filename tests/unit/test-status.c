/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the status is drawn, and what a bond's health is; the cases show the whole. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ctl/status.h"
#include "tests/unit/sysconfig.h"

static const char links[] =
	"link ens160 index 2 mac 52:54:00:00:01:60 mtu 1500 up carrier\n"
	"link ens256 index 3 mac 52:54:00:00:02:56 mtu 1500 up carrier\n"
	"link bond0 index 4 kind bond mac 52:54:00:00:01:60 mtu 1500 up carrier\n";

/* struct shown - a status and where it is from */
struct shown {
	struct diag *diag;
	struct snapshot *have;
	struct status *status;
};

static struct shown show_from(const char *ports, const char *name,
			      const struct status_source *from)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	struct shown shown = { .diag = diag_new() };
	struct status_source source = *from;

	strbuf_addf(&text, "%s%s", links, ports);
	ck_assert_int_eq(snapshot_read_text(strbuf_text(&text), "have", shown.diag,
					    &shown.have),
			 0);
	source.have = shown.have;
	status_make(&source, &shown.status);
	if (name)
		ck_assert(status_narrow(shown.status, name));
	status_judge(shown.status);
	return shown;
}

static struct shown show_with(const char *ports, const char *name,
			      struct link_speed (*speed)(const char *name))
{
	return show_from(ports, name, &(struct status_source){ .speed = speed });
}

static struct shown show(const char *ports, const char *name)
{
	return show_with(ports, name, NULL);
}

static void release(struct shown *shown)
{
	status_free(shown->status);
	snapshot_free(shown->have);
	diag_free(shown->diag);
}

static void draws(const char *ports, const struct status_style *style, const char *want)
{
	_cleanup_(release) struct shown shown = show(ports, NULL);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	status_print(shown.status, style, &text);
	ck_assert_str_eq(strbuf_text(&text), want);
}

#define BOTH                                      \
	"port ens160 master bond0 state active\n" \
	"port ens256 master bond0 state backup\n" \
	"bond bond0 mode active-backup miimon 100 active_slave ens160\n"

START_TEST(lines_are_of_the_locale)
{
	draws(BOTH, &(struct status_style){ .has_utf8 = true },
	      "bond0  up  bond, no file, mode active-backup, active ens160, "
	      "MAC 52:54:00:00:01:60, MTU 1500\n"
	      "├─ ens160  up  ethernet, no file, active, link up, 0 link failures\n"
	      "└─ ens256  up  ethernet, no file, backup, link up, 0 link failures\n"
	      "health: good\n");
	draws(BOTH, &(struct status_style){ 0 },
	      "bond0  up  bond, no file, mode active-backup, active ens160, "
	      "MAC 52:54:00:00:01:60, MTU 1500\n"
	      "|- ens160  up  ethernet, no file, active, link up, 0 link failures\n"
	      "`- ens256  up  ethernet, no file, backup, link up, 0 link failures\n"
	      "health: good\n");
}
END_TEST

START_TEST(lines_fit)
{
	draws(BOTH, &(struct status_style){ .width = 40, .has_utf8 = true },
	      "bond0  up  bond, no file,\n"
	      "│    mode active-backup, active ens160,\n"
	      "│    MAC 52:54:00:00:01:60, MTU 1500\n"
	      "├─ ens160  up  ethernet, no file,\n"
	      "│       active, link up,\n"
	      "│       0 link failures\n"
	      "└─ ens256  up  ethernet, no file,\n"
	      "        backup, link up,\n"
	      "        0 link failures\n"
	      "health: good\n");
}
END_TEST

START_TEST(states_have_colours)
{
	draws("port ens160 master bond0 state active\n"
	      "port ens256 master bond0 state backup mii down\n"
	      "bond bond0 mode active-backup miimon 100 active_slave ens160\n",
	      &(struct status_style){ .has_colours = true },
	      "\033[1mbond0\033[0m  \033[33mdegraded\033[0m  bond, no file, "
	      "mode active-backup, active ens160, MAC 52:54:00:00:01:60, MTU 1500\n"
	      "|  \033[33m!\033[0m the link of port ens256 is down\n"
	      "|- \033[1mens160\033[0m  \033[32mup\033[0m  ethernet, no file, active, "
	      "link up, 0 link failures\n"
	      "`- \033[1mens256\033[0m  \033[32mup\033[0m  ethernet, no file, backup, "
	      "link down, 0 link failures\n"
	      "health: \033[33mdegraded\033[0m\n");
}
END_TEST

static void health_is(const char *ports, enum health want)
{
	_cleanup_(release) struct shown shown = show(ports, "bond0");

	ck_assert_int_eq(shown.status->health, want);
}

START_TEST(health_of_a_bond)
{
	health_is(BOTH, HEALTH_GOOD);
	health_is("bond bond0 mode active-backup\n", HEALTH_DOWN);
	health_is("port ens160 master bond0 mii down\n"
		  "port ens256 master bond0\n"
		  "bond bond0 mode active-backup miimon 100 active_slave ens256\n",
		  HEALTH_DEGRADED);
	health_is("port ens160 master bond0 mii going-down\n"
		  "port ens256 master bond0\n"
		  "bond bond0 mode active-backup miimon 100 active_slave ens160\n",
		  HEALTH_DEGRADED);
}
END_TEST

/* 63: all well; 61: the same with a long timeout. */
#define LACP(first, second)                                                       \
	"port ens160 master bond0 aggregator 1 actor-state 63 partner-state 61\n" \
	"port ens256 master bond0 " first "\n"                                    \
	"bond bond0 mode 802.3ad\n"                                               \
	"aggregator bond0 id 1 ports 2 partner-mac " second "\n"

START_TEST(health_of_lacp)
{
	health_is(LACP("aggregator 1 actor-state 63 partner-state 61",
		       "02:00:00:00:00:01"),
		  HEALTH_GOOD);
	health_is(LACP("aggregator 1 actor-state 63 partner-state 61",
		       "00:00:00:00:00:00"),
		  HEALTH_DEGRADED);
	health_is(LACP("aggregator 2 actor-state 63 partner-state 61",
		       "02:00:00:00:00:01"),
		  HEALTH_DEGRADED);
	health_is(LACP("aggregator 1 actor-state 59 partner-state 61",
		       "02:00:00:00:00:01"),
		  HEALTH_DEGRADED);
	health_is(LACP("aggregator 1 actor-state 191 partner-state 61",
		       "02:00:00:00:00:01"),
		  HEALTH_DEGRADED);
	health_is(LACP("aggregator 1 actor-state 63 partner-state 13",
		       "02:00:00:00:00:01"),
		  HEALTH_DEGRADED);
	health_is(LACP("aggregator 1 actor-state 63 partner-state 61 actor-churn churned "
		       "partner-churn none",
		       "02:00:00:00:00:01"),
		  HEALTH_DEGRADED);
}
END_TEST

static struct link_speed unknown(const char *name)
{
	(void)name;
	return (struct link_speed){ 0 };
}

static struct link_speed half_of_ens256(const char *name)
{
	const bool is_half = strcmp(name, "ens256") == 0;

	return (struct link_speed){ .mbps = 100,
				    .is_full_duplex = !is_half,
				    .is_half_duplex = is_half };
}

static bool has_problem(const struct shown *shown, const char *words)
{
	const struct status_link *bond = status_find(shown->status, "bond0");

	for (size_t i = 0; i < bond->n_problems; i++)
		if (strstr(bond->problems[i], words))
			return true;
	return false;
}

/* Where no port is fit for LACP, it is not the switch that is amiss. */
START_TEST(ports_that_lacp_cannot_use)
{
	static const char alone[] =
		LACP("aggregator 2 actor-state 69 partner-state 0 mii down",
		     "00:00:00:00:00:00");
	_cleanup_(release) struct shown none = show_with(alone, "bond0", unknown);
	_cleanup_(release) struct shown one = show_with(alone, "bond0", half_of_ens256);

	ck_assert(has_problem(&none, "port ens160 reports no speed or duplex"));
	ck_assert(has_problem(&none, "port ens256 reports no speed or duplex"));
	ck_assert(!has_problem(&none, "the link of port"));
	ck_assert(!has_problem(&none, "look whether the switch"));
	ck_assert(has_problem(&one, "port ens256 runs at half duplex"));
	ck_assert(!has_problem(&one, "port ens160 "));
	ck_assert(has_problem(&one, "look whether the switch"));
}
END_TEST

/* It is nothing to raise an alarm about. */
START_TEST(ports_on_one_card)
{
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new("");
	const struct status_source source = { .cards = sys.dir };
	_cleanup_(release) struct shown none = show_from(BOTH, NULL, &source);
	_cleanup_(release) struct shown shown = { 0 };
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	ck_assert_ptr_null(status_find(none.status, "bond0")->note);
	sysconfig_card(&sys, "ens160", "0000:3b:00.0");
	sysconfig_card(&sys, "ens256", "0000:3b:00.1");
	shown = show_from(BOTH, NULL, &source);
	ck_assert_str_eq(status_find(shown.status, "bond0")->note,
			 "has all its ports on one network card, 0000:3b:00, and is down "
			 "if that fails");
	ck_assert_int_eq(shown.status->health, HEALTH_GOOD);
	status_print(shown.status, &(struct status_style){ 0 }, &text);
	ck_assert_ptr_nonnull(strstr(strbuf_text(&text), "note: has all its ports on"));
}
END_TEST

/* Of those not asked for, nothing counts; what nobody speaks of counts for itself alone. */
START_TEST(only_the_named_one)
{
	_cleanup_(release) struct shown all = show("", NULL);
	_cleanup_(release) struct shown one = show("link ens300 index 7 up\n", "ens300");
	_cleanup_(release) struct shown port = show(BOTH, "ens160");

	ck_assert_int_eq(all.status->health, HEALTH_UNKNOWN);
	ck_assert_int_eq(one.status->health, HEALTH_DOWN);
	ck_assert(!status_find(one.status, "bond0")->is_shown);
	ck_assert(status_find(port.status, "bond0")->is_shown);
	ck_assert(!status_find(port.status, "ens256")->is_shown);
	ck_assert(!status_narrow(port.status, "ens777"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("status");
	TCase *tcase = tcase_create("status");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, lines_are_of_the_locale);
	tcase_add_test(tcase, lines_fit);
	tcase_add_test(tcase, states_have_colours);
	tcase_add_test(tcase, health_of_a_bond);
	tcase_add_test(tcase, health_of_lacp);
	tcase_add_test(tcase, ports_that_lacp_cannot_use);
	tcase_add_test(tcase, ports_on_one_card);
	tcase_add_test(tcase, only_the_named_one);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
