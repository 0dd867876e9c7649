/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The undo that is derived from what a step changes: what it says, and that the simulation is
 * after it as it was before.
 */
#include <check.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "lib/plan/planner.h"

#define CARD "link ens1 index 2 mac 52:54:00:00:00:01 mtu 1500 up carrier\n"
#define IDLE "link ens1 index 2 mac 52:54:00:00:00:01 mtu 1500\n"
#define BOND                                                                           \
	"module bonding\nlink bond0 index 3 kind bond mac 52:54:00:00:00:01 mtu 9000 " \
	"up\n"                                                                         \
	"bond bond0 mode active-backup miimon 100\n"
#define VLAN                                                             \
	"link bond0.5 index 4 kind vlan mac 52:54:00:00:00:01 perm-mac " \
	"52:54:00:00:00:01 mtu 9000 up\n"                                \
	"vlan bond0.5 parent bond0 protocol 802.1Q id 5\n"
#define QINQ                                                               \
	"link bond0.5.6 index 5 kind vlan mac 52:54:00:00:00:01 perm-mac " \
	"52:54:00:00:00:01 mtu 9000 up\n"                                  \
	"vlan bond0.5.6 parent bond0.5 protocol 802.1Q id 6\n"
#define BRIDGE(mtu)                                                           \
	"link br0 index 6 kind bridge mac 52:54:00:00:00:06 mtu " mtu " up\n" \
	"bridge br0 stp_state off\n"

#define OTHER_BOND                                                         \
	"link bond1 index 7 kind bond mac 52:54:00:00:00:01 mtu 1500 up\n" \
	"bond bond1 mode active-backup miimon 100\n"

#define ADD_VLAN                                                                     \
	"ip link add link bond0 name bond0.5 index 4 address 52:54:00:00:00:01 mtu " \
	"9000 up type vlan protocol 802.1Q id 5\n"

static const struct tun tap_of_1234 = { .is_tap = true,
					.has_owner = true,
					.owner = 1234 };

static const struct snap_addr fresh_addr = {
	.addr = { .family = AF_INET, .bytes = { 10, 0, 0, 1 } }, .prefix_len = 8
};

/**
 * struct row - a step on a state
 * @undo: the commands that take it back
 * @ends_otherwise: there is no way back, or what is known of the link is more afterwards
 */
static const struct row {
	const char *label, *state;
	struct plan_op op;
	bool ends_otherwise;
	const char *undo;
} rows[] = {
	{ "an MTU",
	  CARD,
	  { OP_LINK_MTU, .dev = "ens1", .ifindex = 2, .mtu = 9000 },
	  false,
	  "ip link set dev ens1 mtu 1500\n" },
	{ "an MTU that is not known",
	  "link ens1 index 2\n",
	  { OP_LINK_MTU, .dev = "ens1", .ifindex = 2, .mtu = 9000 },
	  true,
	  "" },
	{ "an MTU that VLANs cannot keep",
	  BOND VLAN QINQ,
	  { OP_LINK_MTU, .dev = "bond0", .ifindex = 3, .mtu = 1500 },
	  false,
	  "ip link set dev bond0 mtu 9000\nip link set dev bond0.5 mtu 9000\n"
	  "ip link set dev bond0.5.6 mtu 9000\n" },
	{ "the MTU of a bridge's port",
	  CARD "link br0 index 6 kind bridge mtu 1500 up\n"
	       "bridge br0 stp_state off\nport ens1 master br0\n",
	  { OP_LINK_MTU, .dev = "ens1", .ifindex = 2, .mtu = 1400 },
	  false,
	  "ip link set dev ens1 mtu 1500\n" },
	{ "a port of a bridge",
	  IDLE BRIDGE("9000") BOND "port bond0 master br0\n",
	  { OP_PORT_REMOVE, .dev = "bond0", .ifindex = 3,
	    .master = { .dev = "br0", .ifindex = 6 } },
	  true,
	  "ip link set dev bond0 master br0\n" },
	{ "the first port of a bond",
	  IDLE BOND,
	  { OP_PORT_ADD, .dev = "ens1", .ifindex = 2,
	    .master = { .dev = "bond0", .ifindex = 3 } },
	  false,
	  "ip link set dev ens1 nomaster\n"
	  "ip link set dev bond0 address 52:54:00:00:00:01\n" },
	{ "a link down, and what stands on it",
	  BOND VLAN
	  "address bond0.5 2001:db8::5/64\naddress bond0.5 fe80::5/64 scope link\n"
	  "route bond0 10.0.0.0/8\n",
	  { OP_LINK_DOWN, .dev = "bond0", .ifindex = 3 },
	  true,
	  "ip link set dev bond0 up\nip link set dev bond0.5 up\n"
	  "ip address add 2001:db8::5/64 scope global dev bond0.5\n"
	  "ip route replace 10.0.0.0/8 dev bond0\n" },
	{ "a VLAN, with the one on it",
	  BOND VLAN QINQ "address bond0.5.6 10.0.0.1/8\n",
	  { OP_LINK_DEL, .dev = "bond0.5", .ifindex = 4 },
	  false,
	  ADD_VLAN
	  "ip link add link bond0.5 name bond0.5.6 index 5 address 52:54:00:00:00:01 "
	  "mtu 9000 up type vlan protocol 802.1Q id 6\n"
	  "ip address add 10.0.0.1/8 scope global dev bond0.5.6\n" },
	{ "a VLAN that is the port of a bond",
	  BOND VLAN OTHER_BOND "port bond0.5 master bond1 queue-id 3\n",
	  { OP_LINK_DEL, .dev = "bond0.5", .ifindex = 4 },
	  true,
	  "ip link add link bond0 name bond0.5 index 4 address 52:54:00:00:00:01 mtu "
	  "9000 type vlan protocol 802.1Q id 5\n"
	  "ip link set dev bond0.5 master bond1\n"
	  "ip link set dev bond0.5 type bond_slave queue_id 3\n" },
	{ "a bond, which nothing brings back",
	  BOND VLAN,
	  { OP_LINK_DEL, .dev = "bond0", .ifindex = 3 },
	  true,
	  "" },
	{ "the first address",
	  CARD "route ens1 10.9.0.0/16\nroute ens1 inet6 2001:db8::/32\n",
	  { OP_ADDR_ADD, .dev = "ens1", .ifindex = 2, .addr = &fresh_addr },
	  false,
	  "ip address delete 10.0.0.1/8 dev ens1\n"
	  "ip route replace 10.9.0.0/16 dev ens1\n" },
	{ "a primary address, of whose secondary ones the kernel may promote one",
	  CARD "address ens1 10.0.0.1/8\naddress ens1 10.0.0.2/8\n",
	  { OP_ADDR_DEL, .dev = "ens1", .ifindex = 2, .addr = &fresh_addr },
	  false,
	  "ip address delete 10.0.0.2/8 dev ens1\n"
	  "ip address add 10.0.0.1/8 scope global dev ens1\n"
	  "ip address add 10.0.0.2/8 scope global dev ens1\n" },
	{ "a lease that becomes a fixed address",
	  CARD "address ens1 10.0.0.1/8 dynamic\n",
	  { OP_ADDR_ADD, .dev = "ens1", .ifindex = 2, .addr = &fresh_addr },
	  true, /* the text has no lifetimes */
	  "ip address replace 10.0.0.1/8 scope global dev ens1\n" },
	{ "the owner of a tap",
	  "link tap0 index 2 kind tun\ntun tap0 mode tap user 1\n",
	  { OP_TUN_SET, .dev = "tap0", .ifindex = 2, .tun = &tap_of_1234 },
	  false,
	  "ip tuntap add dev tap0 mode tap user 1\n" },
	{ "the first owner of a tap",
	  "link tap0 index 2 kind tun\ntun tap0 mode tap\n",
	  { OP_TUN_SET, .dev = "tap0", .ifindex = 2, .tun = &tap_of_1234 },
	  true,
	  "" },
	{ "IPv6 off",
	  CARD "address ens1 2001:db8::5/64\nroute ens1 inet6 2001:db8:9::/48\n"
	       "sysctl ens1 ipv6.disable_ipv6 0\nsysctl ens1 ipv6.mtu 1400\n",
	  { OP_CONF_SET, .dev = "ens1", .ifindex = 2,
	    .conf = { .id = CONF_IP6_DISABLE, .num = 1 } },
	  false,
	  "sysctl -q -w net/ipv6/conf/ens1/disable_ipv6=0\n"
	  "sysctl -q -w net/ipv6/conf/ens1/mtu=1400\n"
	  "ip address add 2001:db8::5/64 scope global dev ens1\n"
	  "ip -6 route replace 2001:db8:9::/48 dev ens1\n" },
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* As sorted lines: the order of addresses and links is no difference. */
static char *text_of(const struct snapshot *state)
{
	char *text = NULL, *sorted = NULL, *lines[100] = { NULL }, *rest;
	size_t size, n = 0;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(snapshot_write_text(state, out), 0);
	fclose(out);
	rest = text;
	while ((lines[n] = strsep(&rest, "\n")))
		ck_assert_uint_lt(++n, ARRAY_SIZE(lines));
	qsort(lines, n, sizeof(lines[0]), by_text);
	out = open_memstream(&sorted, &size);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%s\n", lines[i]);
	fclose(out);
	free(text);
	return sorted;
}

static struct snapshot *state_of(const char *text)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct snapshot *state = NULL;

	ck_assert_int_eq(snapshot_read_text(text, "state", diag, &state), 0);
	return state;
}

static void check_words(const struct row *row, const struct plan_op *op)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

	for (size_t i = 0; i < op->n_undo; i++) {
		plan_op_print(&op->undo[i], &words);
		strbuf_addc(&words, '\n');
	}
	ck_assert_msg(strcmp(strbuf_text(&words), row->undo) == 0,
		      "%s: undone by\n%snot by\n%s", row->label, strbuf_text(&words),
		      row->undo);
}

/* To work the undo out leaves no trace, and to do it brings back what was before. */
static void check_row(const struct row *row)
{
	_cleanup_snapshot_ struct snapshot *have = state_of(row->state);
	_cleanup_snapshot_ struct snapshot *made = state_of("");
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *before = text_of(have), *after = NULL;
	const struct model want = { 0 };
	struct plan_op op = row->op;
	struct plan *plan = NULL;
	struct planner p;

	planner_start(&p, &want, have, made, diag);
	op.needs = PLAN_NO_OP;
	ck_assert_uint_eq(planner_add(&p, op), 0);
	op = p.plan->ops[0];
	check_words(row, &op);
	ck_assert_msg(op.lasts == !!strstr(row->label, "first owner"), "%s", row->label);
	for (size_t i = 0; i < op.n_undo; i++)
		ck_assert_uint_ne(planner_add(&p, op.undo[i]), PLAN_NO_OP);
	after = text_of(p.sim);
	ck_assert_msg(row->ends_otherwise || strcmp(before, after) == 0,
		      "%s\n--- before\n%s--- after\n%s", row->label, before, after);
	ck_assert_int_eq(planner_finish(&p, 0, &plan), 0);
	plan_free(plan);
}

START_TEST(undo_is_derived)
{
	check_row(&rows[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("undo");
	TCase *tc = tcase_create("undo");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, undo_is_derived, 0, ARRAY_SIZE(rows));
	suite_add_tcase(suite, tc);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
