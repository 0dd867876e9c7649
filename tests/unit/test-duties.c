/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is done for an interface, for every kind of link: each duty is wanted of each kind,
 * on the way up and down, and a second run finds it done. The state after the first run is
 * the one that planning came to: tests/kernel/ is where a kernel has the last word.
 *
 * In the texts, @dev is the interface.
 */
#include <check.h>
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>

#include "lib/files/files.h"
#include "lib/plan/hooks.h"
#include "lib/plan/plan.h"
#include "lib/plan/planner.h"
#include "tests/unit/sysconfig.h"

/* ------------------------------------------------------------------- duties */

static bool runs(const struct plan_op *op, const char *program, const char *word)
{
	const char *const *argv = op->kind == OP_RUN ? op->program->argv : NULL;

	if (!argv || !strstr(argv[0], program))
		return false;
	for (; *argv; argv++)
		if (strstr(*argv, word))
			return true;
	return false;
}

static bool adds_address(const struct plan_op *op)
{
	return op->kind == OP_ADDR_ADD;
}

static bool drops_address(const struct plan_op *op)
{
	return op->kind == OP_ADDR_DEL;
}

static bool adds_route(const struct plan_op *op)
{
	return op->kind == OP_ROUTE_ADD && op->route->dst_len == 8;
}

static bool drops_route(const struct plan_op *op)
{
	return op->kind == OP_ROUTE_DEL && op->route->dst_len == 8;
}

static bool adds_rule(const struct plan_op *op)
{
	return op->kind == OP_RULE_ADD;
}

static bool drops_rule(const struct plan_op *op)
{
	return op->kind == OP_RULE_DEL;
}

static bool names_server(const struct plan_op *op)
{
	return op->kind == OP_RESOLV_SET && op->text && strstr(op->text, "192.0.2.53") &&
	       strstr(op->text, "example.com");
}

static bool forgets_server(const struct plan_op *op)
{
	return op->kind == OP_RESOLV_SET &&
	       (!op->text || !strstr(op->text, "192.0.2.53"));
}

static bool starts_client(const struct plan_op *op)
{
	return op->kind == OP_DHCP_START;
}

static bool stops_client(const struct plan_op *op)
{
	return op->kind == OP_DHCP_STOP;
}

static bool enters_zone(const struct plan_op *op)
{
	return runs(op, "firewall-cmd", "--zone=internal") &&
	       runs(op, "firewall-cmd", "--change-interface=");
}

static bool leaves_zone(const struct plan_op *op)
{
	return runs(op, "firewall-cmd", "--remove-interface=");
}

static bool runs_ethtool(const struct plan_op *op)
{
	return runs(op, "ethtool", "gro");
}

static bool sets_conf(const struct plan_op *op)
{
	return op->kind == OP_CONF_SET && op->conf.id == CONF_IP6_ACCEPT_RA;
}

static bool sets_arp(const struct plan_op *op)
{
	return op->kind == OP_LINK_FLAG && op->flag.of->bit == IFF_NOARP && !op->flag.on;
}

static bool sets_mtu(const struct plan_op *op)
{
	return (op->kind == OP_LINK_MTU && op->mtu == 1400) ||
	       (op->kind == OP_LINK_ADD && op->link->mtu == 1400);
}

static const struct hwaddr new_mac = { .len = 6, .bytes = { 2, 0, 0, 0, 0, 7 } };

static bool sets_mac(const struct plan_op *op)
{
	return (op->kind == OP_LINK_MAC && hwaddr_equal(&op->mac, &new_mac)) ||
	       (op->kind == OP_LINK_ADD && hwaddr_equal(&op->link->mac, &new_mac));
}

static bool sets_token(const struct plan_op *op)
{
	return op->kind == OP_LINK_TOKEN;
}

static bool comes_up(const struct plan_op *op)
{
	return op->kind == OP_LINK_UP ||
	       (op->kind == OP_LINK_ADD && op->link->flags & IFF_UP);
}

static bool goes_down(const struct plan_op *op)
{
	return op->kind == OP_LINK_DOWN;
}

static bool announces(const struct plan_op *op)
{
	return op->kind == OP_ADDR_ANNOUNCE;
}

static bool runs_hook_up(const struct plan_op *op)
{
	return runs(op, "/sbin/ifup-local", "");
}

static bool runs_hook_down(const struct plan_op *op)
{
	return runs(op, "/sbin/ifdown-local", "");
}

enum { CARD, BOND, VLAN, BRIDGE, DUMMY, VETH, TAP, IPOIB, LO, HELPED, N_KINDS };

#define NOT(kind) (1U << (kind))
#define FIXED     "IPADDR=192.0.2.10\nPREFIX=24\n"

/**
 * struct duty - one thing that is done for an interface
 * @keys: lines of its file; @files: others
 * @have: what the state has besides; @result: what the simulation leaves out
 * @up, @down: whether a step does it, or takes it back; NULL where there is nothing to do
 * @goes_with_link: it needs no step of its own when the link is removed
 * @not: kinds that it is not done for
 */
static const struct duty {
	const char *name, *keys, *files, *have, *result;
	bool (*up)(const struct plan_op *op);
	bool (*down)(const struct plan_op *op);
	bool goes_with_link;
	unsigned int not ;
} duties[] = {
	{ "state", "", "", "", "", comes_up, goes_down, true, NOT(LO) },
	{ "address", FIXED, "", "", "", adds_address, drops_address, true, 0 },
	/* Of the loopback, a dummy and a tap that is not open, there are no neighbours. */
	{ "announcement", FIXED, "", "", "", announces, NULL, true,
	  NOT(LO) | NOT(DUMMY) | NOT(TAP) },
	{ "alias", "", "== ifcfg-@dev:1\nDEVICE=@dev:1\nIPADDR=192.0.2.11\nPREFIX=24\n",
	  "", "", adds_address, drops_address, true, 0 },
	{ "route", FIXED, "== route-@dev\n10.0.0.0/8 dev @dev\n", "", "", adds_route,
	  drops_route, true, 0 },
	{ "distant route", FIXED, "== route-@dev\nblackhole 10.0.0.0/8\n", "", "",
	  adds_route, drops_route, false, 0 },
	{ "rule", FIXED, "== rule-@dev\nfrom 192.0.2.10 table 100 priority 100\n", "", "",
	  adds_rule, drops_rule, false, 0 },
	{ "name server", FIXED "DNS1=192.0.2.53\nDOMAIN=example.com\n", "", "", "",
	  names_server, forgets_server, false, 0 },
	{ "lease", "BOOTPROTO=dhcp\n", "",
	  "program dhclient /sbin/dhclient\n"
	  "program dhclient-script /sbin/dhclient-script\n"
	  "file /var/lib/dhclient\n",
	  "", starts_client, stops_client, false, NOT(LO) },
	{ "zone", "ZONE=internal\n", "",
	  "program firewall-cmd /usr/bin/firewall-cmd\nfirewalld\n",
	  "firewalld @dev internal\n", enters_zone, leaves_zone, false, NOT(LO) },
	{ "ethtool", "ETHTOOL_OPTS=\"-K @dev gro off\"\n", "",
	  "program ethtool /usr/sbin/ethtool\n", "", runs_ethtool, NULL, true, 0 },
	{ "sysctl", "IPV6_AUTOCONF=no\n", "", "sysctl new ipv6.accept_ra 1\n", "",
	  sets_conf, NULL, true, NOT(LO) },
	{ "mtu", "MTU=1400\n", "", "", "", sets_mtu, NULL, true, 0 },
	{ "mac", "MACADDR=02:00:00:00:00:07\n", "", "", "", sets_mac, NULL, true,
	  NOT(LO) | NOT(IPOIB) },
	{ "hooks", FIXED, "",
	  "program /sbin/ifup-local /sbin/ifup-local\n"
	  "program /sbin/ifdown-local /sbin/ifdown-local\n",
	  "", runs_hook_up, runs_hook_down, false, 0 },
	{ "arp", "ARP=no\n", "", "", "", sets_arp, NULL, true, NOT(LO) | NOT(DUMMY) },
	{ "token", "IPV6INIT=yes\nIPV6_AUTOCONF=yes\nIPV6_TOKEN=::22\n", "",
	  "sysctl new ipv6.accept_ra 1\n", "", sets_token, NULL, true,
	  NOT(LO) | NOT(DUMMY) },
};

/* -------------------------------------------------------------------- kinds */

/**
 * struct kind - a kind of link
 * @files: of what it is made of, or stacked on; @keys: of its own file
 * @have: the links that are there before
 * @is_helped: what a helper has made is left to us
 */
static const struct kind {
	const char *name, *dev, *keys, *files, *have;
	bool is_helped;
} kinds[N_KINDS] = {
	[CARD] = { "card", "ens160", "", "",
		   "link ens160 index 2 mac 02:00:00:00:00:02 mtu 1500\n"
		   "sysctl ens160 ipv6.accept_ra 1\n",
		   false },
	[BOND] = { "bond", "bond0", "BONDING_OPTS=\"mode=active-backup miimon=100\"\n",
		   "== ifcfg-ens256\nDEVICE=ens256\nMASTER=bond0\nSLAVE=yes\n", "",
		   false },
	[VLAN] = { "vlan", "ens256.7", "VLAN=yes\n", "== ifcfg-ens256\nDEVICE=ens256\n",
		   "", false },
	[BRIDGE] = { "bridge", "br0", "TYPE=Bridge\n",
		     "== ifcfg-ens256\nDEVICE=ens256\nBRIDGE=br0\n", "", false },
	[DUMMY] = { "dummy", "dummy0", "TYPE=Dummy\n", "", "", false },
	[VETH] = { "veth", "veth0", "TYPE=Veth\nPEER=veth1\n", "", "", false },
	[TAP] = { "tap", "tap0", "TYPE=Tap\nOWNER=1000\n", "", "", false },
	[IPOIB] = { "child interface", "ib0.8001",
		    "TYPE=InfiniBand\nPKEY=yes\nPKEY_ID=1\nPHYSDEV=ib0\n", "",
		    "link ib0 index 4 kind ipoib mtu 2044\n"
		    "ipoib ib0 pkey 0xffff mode datagram\n",
		    false },
	[LO] = { "loopback", "lo", "", "",
		 "link lo index 1 mtu 65536 up carrier noarp\n"
		 "sysctl lo ipv6.accept_ra 1\n",
		 false },
	[HELPED] = { "helped", "vswitch0", "TYPE=OVSBridge\n", "",
		     "link vswitch0 index 5 kind openvswitch mac 02:00:00:00:00:05 "
		     "mtu 1500\n"
		     "sysctl vswitch0 ipv6.accept_ra 1\n",
		     true },
};

/* --------------------------------------------------------------------- runs */

/* The text with the interface's name in it; to be freed. */
static char *with_name(const char *text, const char *dev)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;
	const char *at;

	while ((at = strstr(text, "@dev"))) {
		strbuf_addn(&out, text, (size_t)(at - text));
		strbuf_add(&out, dev);
		text = at + strlen("@dev");
	}
	strbuf_add(&out, text);
	return strbuf_take(&out);
}

static struct snapshot *state_of(const char *text, const char *more, const char *dev)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_strbuf_ struct strbuf all = STRBUF_EMPTY;
	_cleanup_free_ char *named = NULL;
	struct snapshot *state = NULL;

	strbuf_addf(&all, "%s%s", text, more);
	named = with_name(strbuf_text(&all), dev);
	if (snapshot_read_text(named, "state", diag, &state) < 0)
		diag_print(diag, DIAG_NOTE, stderr);
	ck_assert_ptr_nonnull(state);
	return state;
}

static const struct model *model_of(struct sysconfig *sys, const struct kind *kind)
{
	const struct model_options options = { .sysconfig = sys->dir,
					       .insecure = true,
					       .step = kind->is_helped ? STEP_ETH
								       : STEP_NONE };
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct model *model = NULL;

	if (model_load(&options, kind->dev, NULL, diag, &model) < 0)
		diag_print(diag, DIAG_NOTE, stderr);
	ck_assert_ptr_nonnull(model);
	return model;
}

static struct sysconfig files_of(const struct kind *kind, const struct duty *duty)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_free_ char *named = NULL;

	strbuf_addf(&text,
		    "== ifcfg-@dev\nDEVICE=@dev\nNOZEROCONF=yes\nARPCHECK=no\n%s%s%s%s",
		    kind->keys, duty->keys, kind->files, duty->files);
	named = with_name(strbuf_text(&text), kind->dev);
	return sysconfig_new(named);
}

/* Plans the way up. Return: the plan; *@ret_after is the state that it comes to, as text. */
static struct plan *plan_first(const struct model *want, const struct snapshot *have,
			       char **ret_after)
{
	_cleanup_snapshot_ struct snapshot *made = snapshot_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct plan *plan = NULL;
	struct planner p;
	size_t size;
	FILE *out = open_memstream(ret_after, &size);

	planner_start(&p, want, have, made, diag);
	ck_assert_int_eq(planner_up(&p, want), 0);
	ck_assert_int_eq(snapshot_write_text(p.sim, out), 0);
	fclose(out);
	ck_assert_int_eq(planner_finish(&p, 0, &plan), 0);
	plan_add_hooks(plan, want, true, false);
	return plan;
}

typedef int (*plan_fn)(const struct model *want, const struct snapshot *have,
		       const struct snapshot *made, struct diag *diag,
		       struct plan **ret_plan);

static struct plan *plan_next(plan_fn fn, const struct model *want,
			      const struct snapshot *have, const struct snapshot *made)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct plan *plan = NULL;

	if (fn(want, have, made, diag, &plan) < 0)
		diag_print(diag, DIAG_NOTE, stderr);
	ck_assert_ptr_nonnull(plan);
	return plan;
}

static void print(const struct plan *plan)
{
	plan_print(plan, NULL, stderr);
}

/* A step for the interface, or one that is about no link at all. */
static bool any_of(const struct plan_op *ops, size_t n, const char *dev,
		   bool (*is_it)(const struct plan_op *op))
{
	for (size_t i = 0; i < n; i++)
		if (is_it(&ops[i]) &&
		    (!ops[i].dev || !*ops[i].dev || strcmp(ops[i].dev, dev) == 0))
			return true;
	return false;
}

static bool does(const struct plan *plan, const char *dev,
		 bool (*is_it)(const struct plan_op *op))
{
	return any_of(plan->ops, plan->n, dev, is_it) ||
	       any_of(plan->after.ops, plan->after.n, dev, is_it);
}

static bool removes_link(const struct plan_op *op)
{
	return op->kind == OP_LINK_DEL;
}

static void check_down(const struct kind *kind, const struct duty *duty,
		       const struct model *want, const struct snapshot *have,
		       const struct snapshot *made)
{
	_cleanup_plan_ struct plan *plan = plan_next(plan_down, want, have, made);
	bool is_done;

	plan_add_hooks(plan, want, false, false);
	is_done = !duty->down || does(plan, kind->dev, duty->down) ||
		  (duty->goes_with_link && does(plan, kind->dev, removes_link));
	if (!is_done)
		print(plan);
	ck_assert_msg(is_done, "%s of a %s: not taken back", duty->name, kind->name);
	ck_assert_msg(!snapshot_link(plan->made, kind->dev),
		      "%s of a %s: still remembered", duty->name, kind->name);
}

static void check(const struct kind *kind, const struct duty *duty)
{
	_cleanup_sysconfig_ struct sysconfig sys = files_of(kind, duty);
	_cleanup_model_ const struct model *want = model_of(&sys, kind);
	_cleanup_strbuf_ struct strbuf before = STRBUF_EMPTY, known = STRBUF_EMPTY;
	_cleanup_snapshot_ struct snapshot *have = NULL, *now = NULL;
	_cleanup_plan_ struct plan *first = NULL, *again = NULL;
	_cleanup_free_ char *after = NULL;

	strbuf_addf(&before,
		    "module bonding\n"
		    "link ens256 index 3 mac 02:00:00:00:00:03 mtu 1500\n%s",
		    kind->have);
	have = state_of(strbuf_text(&before), duty->have, kind->dev);
	first = plan_first(want, have, &after);
	if (!does(first, kind->dev, duty->up))
		print(first);
	ck_assert_msg(does(first, kind->dev, duty->up), "%s of a %s: not done",
		      duty->name, kind->name);
	/* Programs, and zones, are no part of what is written. */
	strbuf_addf(&known, "%s%s", duty->have, duty->result);
	now = state_of(after, strbuf_text(&known), kind->dev);
	again = plan_next(plan_up, want, now, first->made);
	if (again->n)
		print(again);
	ck_assert_msg(!again->n, "%s of a %s: a second run has steps", duty->name,
		      kind->name);
	check_down(kind, duty, want, now, first->made);
}

START_TEST(every_kind_has_every_duty)
{
	for (size_t k = 0; k < N_KINDS; k++)
		if (!(duties[_i].not &NOT(k)))
			check(&kinds[k], &duties[_i]);
}
END_TEST

/* --------------------------------------------------------------------- main */

int main(void)
{
	Suite *suite = suite_create("duties");
	TCase *tcase = tcase_create("duties");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tcase, every_kind_has_every_duty, 0, ARRAY_SIZE(duties));
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
