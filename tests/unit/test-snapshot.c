/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's state as data, and as text. */
#include <check.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "lib/snapshot/snapshot.h"

static struct snapshot *read_text(const char *text)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct snapshot *snapshot = NULL;

	if (snapshot_read_text(text, "state", diag, &snapshot) < 0)
		diag_print(diag, DIAG_NOTE, stderr);
	ck_assert_ptr_nonnull(snapshot);
	ck_assert_uint_eq(diag_errors(diag), 0);
	return snapshot;
}

static char *write_text(const struct snapshot *snapshot)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(snapshot_write_text(snapshot, out), 0);
	fclose(out);
	return text;
}

/* ------------------------------------------------------------------- kernel */

static const struct {
	const char *text;
	int result;
	unsigned int major, minor;
} releases[] = {
	{ "6.1", 0, 6, 1 },
	{ "6.1.176-um", 0, 6, 1 },
	{ "4.18.0-553.el8", 0, 4, 18 },
	{ "6.18-rc3", 0, 6, 18 },
	{ "", -EINVAL, 0, 0 },
	{ "6", -EINVAL, 0, 0 },
	{ "6.", -EINVAL, 0, 0 },
	{ "x6.1", -EINVAL, 0, 0 },
	{ "6.x", -EINVAL, 0, 0 },
	{ "99999999999.1", -EINVAL, 0, 0 },
};

START_TEST(release_is_its_first_two_numbers)
{
	struct snap_kernel kernel = { 0 };

	ck_assert_int_eq(snap_kernel_parse(releases[_i].text, &kernel),
			 releases[_i].result);
	ck_assert_uint_eq(kernel.major, releases[_i].major);
	ck_assert_uint_eq(kernel.minor, releases[_i].minor);
}
END_TEST

/* --------------------------------------------------------------------- text */

static const char whole[] =
	"kernel 6.1\n"
	"module bonding\n"
	"lacks ipv6\n"
	"link lo index 1 mac 00:00:00:00:00:00 mtu 65536 up carrier\n"
	"link ens160 index 2 kind veth mac 52:54:00:00:01:60 perm-mac 52:54:00:00:01:61 "
	"mtu 1500 up carrier\n"
	"link bond0 index 7 kind bond mac 52:54:00:00:01:60 mtu 9000 in-resolver\n"
	"link b#0 index 8 mtu 1500 nm-managed\n"
	"port ens160 master bond0 state backup mii going-down link-failures 3 perm-mac "
	"52:54:00:00:01:62 aggregator 1 actor-state 63 partner-state 61 actor-churn none "
	"partner-churn churned queue-id 2 prio -5 actor-port-prio 0\n"
	"bond bond0 mode active-backup miimon 100 arp_ip_target 10.0.0.1,10.0.0.2 "
	"primary ens160 ad_actor_system 02:00:00:00:00:01\n"
	"aggregator bond0 id 1 ports 2 actor-key 15 partner-key 17 "
	"partner-mac 02:00:00:00:00:02\n"
	"address bond0 192.168.1.22/24 broadcast 192.168.1.255 scope global label bond0\n"
	"address bond0 192.168.1.23/24 scope global\n"
	"address bond0 2001:db8::1/64 scope global\n"
	"address bond0 10.0.0.1/32 scope 99\n"
	"run bond0 /sbin/tool a%20b 100%25 %23 %00\n"
	"dns bond0 server fe80::1%25bond0 server 10.0.0.53 domain a.example option "
	"rotate\n"
	"route bond0 default via 192.168.1.1 src 192.168.1.22 metric 50\n"
	"route bond0 inet6 default via fe80::1 proto ra\n"
	"route bond0 169.254.0.0/16 metric 1007 proto static\n"
	"route b#0 10.0.0.0/8 scope global proto 77\n"
	"route none blackhole 10.9.0.0/16\n"
	"route none default table 100 nexthop via 10.0.0.1 dev bond0 weight 3 nexthop "
	"via 10.0.0.2 dev ens160\n"
	"route none default table 101 nexthop via 10.0.0.1 dev 'a'\\''$' nexthop via "
	"10.0.0.2 dev '#'\n"
	"rule none inet from 10.0.0.0/8 iif '\303\251' oif 'x'\\''y' priority 5 table "
	"100\n"
	"rule none inet6 not from all fwmark 0x1/0xff prohibit\n"
	"resolver file\n"
	"resolv # by hand\n"
	"resolv \n"
	"resolv  nameserver\t10.0.0.53 #\n";

START_TEST(text_comes_back_as_it_was)
{
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(whole);
	_cleanup_free_ char *text = write_text(snapshot);

	ck_assert_str_eq(text, whole);
}
END_TEST

START_TEST(clone_shares_nothing)
{
	struct snapshot *snapshot = read_text(whole);
	_cleanup_snapshot_ struct snapshot *clone = snapshot_clone(snapshot);
	_cleanup_free_ char *text = NULL;

	snapshot_free(snapshot);
	text = write_text(clone);
	ck_assert_str_eq(text, whole);
	ck_assert(clone->has_bonding);
}
END_TEST

START_TEST(words_land_where_they_belong)
{
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(whole);
	const struct snap_link *bond = snapshot_link(snapshot, "bond0");
	const struct snap_link *port = snapshot_link_by_index(snapshot, 2);
	const struct snap_addr *addr = bond->addrs;

	ck_assert_str_eq(port->name, "ens160");
	ck_assert_int_eq(port->master, 7);
	ck_assert(port->port && port->carrier && port->flags & IFF_UP);
	ck_assert(!bond->carrier && !(bond->flags & IFF_UP));
	ck_assert_uint_eq(bond->mtu, 9000);
	ck_assert_uint_eq(snap_bond(bond)->of[BOND_OPT_MODE].num,
			  BOND_MODE_ACTIVE_BACKUP);
	ck_assert_uint_eq(snap_bond(bond)->of[BOND_OPT_ARP_IP_TARGET].n, 2);
	ck_assert(!snap_bond(bond)->of[BOND_OPT_UPDELAY].is_set);
	ck_assert_str_eq(addr->label, "bond0");
	ck_assert(!(addr->flags & IFA_F_SECONDARY));
	ck_assert(addr->next->flags & IFA_F_SECONDARY);
	ck_assert(!(addr->next->next->flags & IFA_F_SECONDARY));
	ck_assert_uint_eq(bond->routes->metric, 50);
	ck_assert_uint_eq(bond->routes->table, RT_TABLE_MAIN);
	ck_assert_uint_eq(bond->routes->next->dst.family, AF_INET6);
}
END_TEST

START_TEST(resolvers_are_of_kinds)
{
	static const char *const texts[] = { "", "resolver file\n", "resolver resolved\n",
					     "resolver resolvconf\n",
					     "resolver unusable\n" };
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(texts[_i]);
	_cleanup_snapshot_ struct snapshot *clone = snapshot_clone(snapshot);
	_cleanup_free_ char *text = write_text(clone);

	ck_assert_str_eq(text, texts[_i]);
	ck_assert_pstr_eq(snapshot->resolver.text, _i == 1 ? "" : NULL);
}
END_TEST

START_TEST(programs_and_their_runs)
{
	_cleanup_snapshot_ struct snapshot *snapshot =
		read_text("link ens160\n"
			  "run ens160 /sbin/tool a%20b\n"
			  "program tool /sbin/tool\n");
	const struct snap_link *link = snapshot_link(snapshot, "ens160");
	const char *const was_run[] = { "/sbin/tool", "a b", NULL };
	const char *const names[] = { "sh", "/bin", "/nowhere/tool" };

	ck_assert(snap_link_run(link, was_run));
	ck_assert(!snap_link_run(link, was_run + 1));
	ck_assert_str_eq(snapshot_program(snapshot, "tool"), "/sbin/tool");
	ck_assert_ptr_null(snapshot_program(snapshot, "other"));
	snapshot_find_programs(snapshot, names, ARRAY_SIZE(names));
	ck_assert_str_eq(snapshot_program(snapshot, "sh"), "/bin/sh");
	ck_assert_ptr_null(snapshot_program(snapshot, "/bin"));
	ck_assert_ptr_null(snapshot_program(snapshot, "/nowhere/tool"));
}
END_TEST

START_TEST(what_the_driver_sees_lands_where_it_belongs)
{
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(whole);
	const struct snap_port *port = snapshot_link(snapshot, "ens160")->port;
	const struct snap_link *bond = snapshot_link(snapshot, "bond0");
	const struct hwaddr partner = { 6, { 2, 0, 0, 0, 0, 2 } };

	ck_assert_uint_eq(port->state, 1);
	ck_assert_uint_eq(port->mii_status, 1);
	ck_assert_uint_eq(port->link_failures, 3);
	ck_assert_int_eq(port->options->of[PORT_OPT_QUEUE_ID].num, 2);
	ck_assert(port->options->of[PORT_OPT_ACTOR_PORT_PRIO].is_set && port->has_lacp);
	ck_assert_int_eq(port->options->of[PORT_OPT_PRIO].num, -5);
	ck_assert_uint_eq(port->lacp.aggregator_id, 1);
	ck_assert_uint_eq(port->lacp.partner_state & LACP_DISTRIBUTING,
			  LACP_DISTRIBUTING);
	ck_assert(!(port->lacp.partner_state & LACP_SHORT_TIMEOUT));
	ck_assert(port->lacp.has_churn);
	ck_assert_uint_eq(port->lacp.actor_churn, 2);
	ck_assert_uint_eq(port->lacp.partner_churn, 1);
	ck_assert(bond->aggregator);
	ck_assert_uint_eq(bond->aggregator->n_ports, 2);
	ck_assert(hwaddr_equal(&bond->aggregator->partner_mac, &partner));
}
END_TEST

START_TEST(port_of_a_quiet_bond_is_a_short_line)
{
	static const char quiet[] = "link b index 1 kind bond\nlink x index 2 perm-mac "
				    "52:54:00:00:00:01\nport x master b\nbond b\n";
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(quiet);
	const struct snap_link *port = snapshot_link(snapshot, "x");
	_cleanup_free_ char *text = write_text(snapshot);

	ck_assert_str_eq(text, quiet);
	ck_assert(hwaddr_equal(&port->port->perm_mac, &port->perm_mac));
	ck_assert(!port->port->options->of[PORT_OPT_PRIO].is_set &&
		  !port->port->has_lacp);
}
END_TEST

START_TEST(blanks_and_comments_do_not_count)
{
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(
		"# the state\n\n  \t\n  link\t ens3   index 4  up # of a card\n#link x\n"
		"address ens3 10.0.0.1 # no newline after");
	const struct snap_link *link = snapshot_link(snapshot, "ens3");

	ck_assert_uint_eq(snapshot->n_links, 1);
	ck_assert_int_eq(link->ifindex, 4);
	ck_assert(link->flags & IFF_UP);
	ck_assert_uint_eq(link->addrs->prefix_len, 32);
	ck_assert_str_eq(link->addrs->label, "");
}
END_TEST

START_TEST(empty_option_values_are_not_written)
{
	_cleanup_snapshot_ struct snapshot *snapshot =
		read_text("link b kind bond\nbond b\n");
	struct option_value *primary =
		&snapshot_link(snapshot, "b")->options->of[BOND_OPT_PRIMARY];
	_cleanup_free_ char *text = NULL;

	primary->is_set = true;
	primary->ifname = "";
	text = write_text(snapshot);
	ck_assert_str_eq(text, "link b kind bond\nbond b\n");
}
END_TEST

static const struct {
	const char *text;
	const char *message;
} bad[] = {
	{ "lnik x", "state:1: error: this line starts with a word that is not known" },
	{ "link", "state:1: error: this line has no fitting name" },
	{ "link abcdefghijklmnop", "state:1: error: this line has no fitting name" },
	{ "link x\nlink x", "state:2: error: this line names a link a second time" },
	{ "link x index 1\nlink y index 1",
	  "state:2: error: this line has the index of another link" },
	{ "link x index 0", "state:1: error: this line has an index that is none" },
	{ "link x index -1", "state:1: error: this line has an index that is none" },
	{ "link x index 9999999999",
	  "state:1: error: this line has an index that is none" },
	{ "link x index", "state:1: error: this line has an index that is none" },
	{ "link x mtu", "state:1: error: this line ends in a word that wants a value" },
	{ "link x mtu big",
	  "state:1: error: this line has a value that its word does not take" },
	{ "link x mac 52:54", "state:1: error: this line is not a MAC address" },
	{ "link x speed 5",
	  "state:1: error: this line has a word that is not known here" },
	{ "kernel six", "state:1: error: this line has no kernel's release" },
	{ "module xyz",
	  "state:1: error: this line names a module that means nothing here" },
	{ "port x master y",
	  "state:1: error: this line names a link of no earlier line" },
	{ "link x\nport x master y",
	  "state:2: error: this line names a master of no earlier line" },
	{ "link b\nlink x\nport x master b state up",
	  "state:3: error: this line has a value that its word does not take" },
	{ "link b kind bond\nlink x\nport x master b queue-id 65536",
	  "state:3: error: this line '65536' is out of range for queue_id" },
	{ "link b kind bond\nlink x\nport x master b prio 1-",
	  "state:3: error: this line '1-' is not a value of prio" },
	{ "link b\nlink x\nport x master b prio",
	  "state:3: error: this line ends in a word that wants a value" },
	{ "link b\nlink x\nport x master b speed 5",
	  "state:3: error: this line has a word that is not known here" },
	{ "aggregator", "state:1: error: this line ends before the link's name" },
	{ "link b\naggregator b partner-mac 02",
	  "state:2: error: this line is not a MAC address" },
	{ "address", "state:1: error: this line ends before the link's name" },
	{ "link x\naddress x", "state:2: error: this line ends before the address" },
	{ "link x\naddress x 10.0.0.256/8",
	  "state:2: error: this line is not an address" },
	{ "link x\naddress x 10.0.0.1/33",
	  "state:2: error: this line has too long a prefix" },
	{ "link x\naddress x 10.0.0.1/129",
	  "state:2: error: this line has a prefix length that is none" },
	{ "link x\naddress x ::1/64 broadcast ::2",
	  "state:2: error: this line has a value that its word does not take" },
	{ "link x\nroute x",
	  "state:2: error: this line has a word that is wrong: '' has no destination" },
	{ "link x\nroute x 10.0.0.0/8 metric -1",
	  "state:2: error: this line has a word that is wrong: '-1' is not a number that "
	  "fits there" },
	{ "link x\nroute x default protocol mine",
	  "state:2: error: this line has a word that is wrong: 'mine' is neither a "
	  "number "
	  "nor a known name" },
	{ "resolver bind",
	  "state:1: error: this line names nobody who could have the name "
	  "servers" },
	{ "resolver", "state:1: error: this line names nobody who could have the name "
		      "servers" },
	{ "dns x server 10.0.0.1",
	  "state:1: error: this line names a link of no earlier line" },
	{ "link x\ndns x server 10.0.0.1 server",
	  "state:2: error: this line has a word that is not known here" },
	{ "link x\ndns x server",
	  "state:2: error: this line has a word that is not known here" },
	{ "link x\ndns x nameserver 10.0.0.1",
	  "state:2: error: this line has a word that is not known here" },
	{ "link x\nbond x model 1",
	  "state:2: error: this line has an option that is not known" },
	{ "link x\nbond x mode",
	  "state:2: error: this line has an option that is not known" },
};

START_TEST(bad_lines_are_told)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *said = NULL;
	struct snapshot *snapshot = NULL;
	size_t size;
	FILE *out;

	ck_assert_int_eq(snapshot_read_text(bad[_i].text, "state", diag, &snapshot),
			 -EINVAL);
	ck_assert_ptr_null(snapshot);
	out = open_memstream(&said, &size);
	diag_print(diag, DIAG_NOTE, out);
	fclose(out);
	said[strcspn(said, "\n")] = '\0';
	ck_assert_str_eq(said, bad[_i].message);
}
END_TEST

/* --------------------------------------------------------------------- data */

START_TEST(removed_link_is_found_no_more)
{
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(whole);
	_cleanup_free_ char *text = NULL;

	snapshot_remove_link(snapshot, snapshot_link(snapshot, "ens160"));
	ck_assert_ptr_null(snapshot_link(snapshot, "ens160"));
	ck_assert_ptr_null(snapshot_link_by_index(snapshot, 2));
	ck_assert_ptr_nonnull(snapshot_link(snapshot, "bond0"));
	ck_assert_uint_eq(snapshot->n_links, 3);
	text = write_text(snapshot);
	ck_assert_ptr_null(strstr(text, "ens160 index"));
}
END_TEST

START_TEST(many_links_are_all_found)
{
	_cleanup_snapshot_ struct snapshot *snapshot = snapshot_new();
	char name[IFNAMSIZ];

	for (int i = 1; i <= 5000; i++) {
		snprintf(name, sizeof(name), "link%d", i);
		ck_assert_ptr_nonnull(snapshot_add_link(snapshot, name, i));
	}
	for (int i = 5000; i; i -= 2)
		snapshot_remove_link(snapshot, snapshot_link_by_index(snapshot, i));
	for (int i = 1; i <= 5000; i++) {
		snprintf(name, sizeof(name), "link%d", i);
		ck_assert_int_eq(!snapshot_link(snapshot, name), !(i % 2));
		ck_assert_int_eq(!snapshot_link_by_index(snapshot, i), !(i % 2));
	}
}
END_TEST

START_TEST(empty_snapshot_has_nothing)
{
	_cleanup_snapshot_ struct snapshot *snapshot = read_text("");
	_cleanup_snapshot_ struct snapshot *clone = snapshot_clone(snapshot);

	ck_assert_ptr_null(snapshot_link(clone, "lo"));
	ck_assert_ptr_null(snapshot_link_by_index(clone, 1));
	ck_assert(!clone->has_bonding);
}
END_TEST

START_TEST(addresses_and_routes_are_found_by_what_makes_them_one)
{
	_cleanup_snapshot_ struct snapshot *snapshot = read_text(whole);
	struct snap_link *bond = snapshot_link(snapshot, "bond0");
	struct snap_addr addr = *bond->addrs;
	struct route route = *bond->routes;

	ck_assert_ptr_eq(snap_link_addr(bond, &addr.addr, 24), bond->addrs);
	ck_assert_ptr_null(snap_link_addr(bond, &addr.addr, 25));
	route.gateway = (struct ip){ 0 };
	ck_assert_ptr_eq(snap_link_route(bond, &route), bond->routes);
	ck_assert(!route_equal(&route, bond->routes));
	route.metric++;
	ck_assert_ptr_null(snap_link_route(bond, &route));
	snap_link_drop_addr(bond, bond->addrs->next);
	snap_link_drop_route(bond, bond->routes);
	snap_link_drop_route(bond, NULL);
	ck_assert_ptr_nonnull(bond->addrs->next->next);
	ck_assert_ptr_null(bond->addrs->next->next->next);
	ck_assert_uint_eq(bond->routes->dst.family, AF_INET6);
}
END_TEST

/* Those of a long list by a table, which must find the same. */
START_TEST(many_routes_are_found)
{
	_cleanup_snapshot_ struct snapshot *snapshot = snapshot_new();
	struct snap_link *link = snapshot_add_link(snapshot, "x", 1);
	struct route route = { .family = AF_INET,
			       .dst = { .family = AF_INET },
			       .dst_len = 32 };

	for (uint32_t i = 0; i < 2000; i++) {
		route.metric = i % 1000;
		route.protocol = (uint8_t)(i / 1000);
		ck_assert_ptr_nonnull(snapshot_add_route(snapshot, link, &route));
	}
	for (uint32_t i = 0; i < 1000; i++) {
		struct route *found;

		route.metric = i;
		found = snap_link_route(link, &route);
		ck_assert_uint_eq(found->metric, i);
		ck_assert_uint_eq(found->protocol, 0);
		snap_link_drop_route(link, found);
		ck_assert_uint_eq(snap_link_route(link, &route)->protocol, 1);
	}
	route.metric = 1000;
	ck_assert_ptr_null(snap_link_route(link, &route));
	snap_link_drop_routes(link);
	route.metric = 5;
	ck_assert_ptr_null(snap_link_route(link, &route));
	ck_assert_ptr_eq(snapshot_add_route(snapshot, link, &route),
			 snap_link_route(link, &route));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("snapshot");
	TCase *tcase = tcase_create("snapshot");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, release_is_its_first_two_numbers, 0,
			    ARRAY_SIZE(releases));
	tcase_add_test(tcase, text_comes_back_as_it_was);
	tcase_add_test(tcase, clone_shares_nothing);
	tcase_add_test(tcase, words_land_where_they_belong);
	tcase_add_test(tcase, programs_and_their_runs);
	tcase_add_loop_test(tcase, resolvers_are_of_kinds, 0, 5);
	tcase_add_test(tcase, what_the_driver_sees_lands_where_it_belongs);
	tcase_add_test(tcase, port_of_a_quiet_bond_is_a_short_line);
	tcase_add_test(tcase, blanks_and_comments_do_not_count);
	tcase_add_test(tcase, empty_option_values_are_not_written);
	tcase_add_loop_test(tcase, bad_lines_are_told, 0, ARRAY_SIZE(bad));
	tcase_add_test(tcase, removed_link_is_found_no_more);
	tcase_add_test(tcase, many_links_are_all_found);
	tcase_add_test(tcase, empty_snapshot_has_nothing);
	tcase_add_test(tcase, addresses_and_routes_are_found_by_what_makes_them_one);
	tcase_add_test(tcase, many_routes_are_found);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
