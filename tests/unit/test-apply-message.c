/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps as rtnetlink requests: what is built is read back, attribute by attribute. */
#include "lib/apply/message.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdlib.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/rtnl/rtnl.h"

static struct nl_msg *build(const struct plan_op *op)
{
	struct nl_msg *msg = NULL;

	ck_assert(message_exists(op->kind));
	ck_assert_int_eq(message_build(op, &msg), 0);
	return msg;
}

static const struct nlattr *find(struct nl_msg *msg, int header_len, int type)
{
	return nlmsg_find_attr(nlmsg_hdr(msg), header_len, type);
}

static const struct nlattr *find_in(const struct nlattr *nest, int type)
{
	ck_assert_ptr_nonnull(nest);
	return nla_find(nla_data(nest), nla_len(nest), type);
}

/* Whether the attribute is this IPv4 address. */
static void assert_ip(const struct nlattr *attr, const char *text)
{
	struct ip ip;

	ck_assert_int_eq(ip_parse(text, AF_INET, &ip), 0);
	ck_assert_ptr_nonnull(attr);
	ck_assert_int_eq(nla_len(attr), 4);
	ck_assert_mem_eq(nla_data(attr), ip.bytes, 4);
}

static struct ip ip_of(const char *text)
{
	struct ip ip;

	ck_assert_int_eq(ip_parse(text, AF_INET, &ip), 0);
	return ip;
}

/* Named last, so that the arrays have all options. */
enum { BOND_OPT_LAST = BOND_OPT_COUNT - 1, PORT_OPT_LAST = PORT_OPT_COUNT - 1 };

START_TEST(bond_is_created_by_one_request)
{
	const struct ip targets[] = { ip_of("10.0.0.1"), ip_of("10.0.0.2") };
	static struct option_values options = {
		.table = &bond_table,
		.of = {
			[BOND_OPT_MODE] = { .is_set = true, .num = 1 },
			[BOND_OPT_MIIMON] = { .is_set = true, .num = 0 },
			[BOND_OPT_ARP_IP_TARGET] = { .is_set = true, .n = 2 },
			[BOND_OPT_PRIMARY] = { .is_set = true, .num = 7 },
			[BOND_OPT_LAST] = { .is_set = false },
		},
	};
	const struct snap_link link = {
		.name = "bond0",
		.mac = { 6, { 2, 0, 0, 0, 1, 0x60 } },
		.mtu = 9000,
		.flags = IFF_UP,
		.options = &options,
	};
	const struct plan_op op = { .kind = OP_LINK_ADD, .ifindex = 9, .link = &link };
	_cleanup_nl_msg_ struct nl_msg *msg = NULL;
	const struct ifinfomsg *header;
	const int len = sizeof(*header);
	const struct nlattr *info, *data, *list;

	options.of[BOND_OPT_ARP_IP_TARGET].list = targets;
	msg = build(&op);
	header = nlmsg_data(nlmsg_hdr(msg));

	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_type, RTM_NEWLINK);
	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_flags, NLM_F_CREATE | NLM_F_EXCL);
	ck_assert_int_eq(header->ifi_index, 9);
	ck_assert_uint_eq(header->ifi_flags, IFF_UP);
	ck_assert_uint_eq(header->ifi_change, IFF_UP);
	ck_assert_str_eq(nla_get_string(find(msg, len, IFLA_IFNAME)), "bond0");
	ck_assert_mem_eq(nla_data(find(msg, len, IFLA_ADDRESS)), link.mac.bytes, 6);
	ck_assert_uint_eq(nla_get_u32(find(msg, len, IFLA_MTU)), 9000);
	info = find(msg, len, IFLA_LINKINFO);
	ck_assert_str_eq(nla_get_string(find_in(info, IFLA_INFO_KIND)), "bond");
	data = find_in(info, IFLA_INFO_DATA);
	ck_assert_uint_eq(nla_get_u8(find_in(data, IFLA_BOND_MODE)), 1);
	ck_assert_uint_eq(nla_get_u32(find_in(data, IFLA_BOND_MIIMON)), 0);
	ck_assert_uint_eq(nla_get_u32(find_in(data, IFLA_BOND_PRIMARY)), 7);
	list = find_in(data, IFLA_BOND_ARP_IP_TARGET);
	assert_ip(find_in(list, 0), "10.0.0.1");
	assert_ip(find_in(list, 1), "10.0.0.2");
	ck_assert_ptr_null(find_in(data, IFLA_BOND_UPDELAY));
}
END_TEST

START_TEST(options_of_no_value_clear)
{
	static const struct option_values options = {
		.table = &bond_table,
		.of = {
			[BOND_OPT_ARP_IP_TARGET] = { .is_set = true },
			[BOND_OPT_PRIMARY] = { .is_set = true, .ifname = "" },
			[BOND_OPT_LAST] = { .is_set = false },
		},
	};
	const struct plan_op op = { .kind = OP_OPTIONS_SET,
				    .ifindex = 9,
				    .options = &options };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);
	const struct nlattr *data = find_in(
		find(msg, sizeof(struct ifinfomsg), IFLA_LINKINFO), IFLA_INFO_DATA);

	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_type, RTM_NEWLINK);
	ck_assert_int_eq(nla_len(find_in(data, IFLA_BOND_ARP_IP_TARGET)), 0);
	ck_assert_uint_eq(nla_get_u32(find_in(data, IFLA_BOND_PRIMARY)), 0);
}
END_TEST

/* Some kernels leave the port down when flags travel with its master. */
START_TEST(port_is_enslaved_without_flags)
{
	const struct plan_op op = { .kind = OP_PORT_ADD,
				    .ifindex = 7,
				    .master = { "bond0", 9 } };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);
	const struct ifinfomsg *header = nlmsg_data(nlmsg_hdr(msg));

	ck_assert_int_eq(header->ifi_index, 7);
	ck_assert_uint_eq(header->ifi_flags | header->ifi_change, 0);
	ck_assert_uint_eq(nla_get_u32(find(msg, sizeof(*header), IFLA_MASTER)), 9);
	ck_assert_int_eq(nlmsg_attrlen(nlmsg_hdr(msg), sizeof(*header)), NLA_HDRLEN + 4);
}
END_TEST

START_TEST(port_is_released_by_master_zero)
{
	const struct plan_op op = { .kind = OP_PORT_REMOVE,
				    .ifindex = 7,
				    .master = { "bond0", 9 } };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);

	ck_assert_uint_eq(nla_get_u32(find(msg, sizeof(struct ifinfomsg), IFLA_MASTER)),
			  0);
}
END_TEST

/* Nothing else: together with a master the driver refuses all of it. */
START_TEST(port_options_travel_alone)
{
	static const struct option_values options = {
		.table = &bond_port_table,
		.of = {
			[PORT_OPT_QUEUE_ID] = { .is_set = true, .num = 2 },
			[PORT_OPT_PRIO] = { .is_set = true, .num = -5 },
			[PORT_OPT_LAST] = { .is_set = false },
		},
	};
	const struct plan_op op = { .kind = OP_OPTIONS_SET,
				    .ifindex = 7,
				    .options = &options };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);
	const struct ifinfomsg *header = nlmsg_data(nlmsg_hdr(msg));
	const struct nlattr *info = find(msg, sizeof(*header), IFLA_LINKINFO);
	const struct nlattr *data = find_in(info, IFLA_INFO_SLAVE_DATA);

	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_type, RTM_NEWLINK);
	ck_assert_int_eq(header->ifi_index, 7);
	ck_assert_uint_eq(header->ifi_flags | header->ifi_change, 0);
	ck_assert_ptr_null(find(msg, sizeof(*header), IFLA_MASTER));
	ck_assert_str_eq(nla_get_string(find_in(info, IFLA_INFO_SLAVE_KIND)), "bond");
	ck_assert_int_eq(nla_len(find_in(data, IFLA_BOND_SLAVE_QUEUE_ID)), 2);
	ck_assert_uint_eq(nla_get_u16(find_in(data, IFLA_BOND_SLAVE_QUEUE_ID)), 2);
	ck_assert_int_eq((int32_t)nla_get_u32(find_in(data, 9)), -5);
	ck_assert_ptr_null(find_in(data, 10));
}
END_TEST

static const struct {
	enum plan_op_kind kind;
	unsigned int flags;
} flag_steps[] = { { OP_LINK_UP, IFF_UP }, { OP_LINK_DOWN, 0 } };

START_TEST(only_the_up_flag_changes)
{
	const struct plan_op op = { .kind = flag_steps[_i].kind, .ifindex = 7 };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);
	const struct ifinfomsg *header = nlmsg_data(nlmsg_hdr(msg));

	ck_assert_uint_eq(header->ifi_flags, flag_steps[_i].flags);
	ck_assert_uint_eq(header->ifi_change, IFF_UP);
}
END_TEST

START_TEST(address_is_complete)
{
	const struct snap_addr addr = {
		.addr = ip_of("192.168.1.22"),
		.prefix_len = 24,
		.broadcast = ip_of("192.168.1.255"),
		.label = "bond0",
	};
	const struct plan_op op = { .kind = OP_ADDR_ADD, .ifindex = 9, .addr = &addr };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);
	const struct ifaddrmsg *header = nlmsg_data(nlmsg_hdr(msg));
	const int len = sizeof(*header);

	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_type, RTM_NEWADDR);
	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_flags, NLM_F_CREATE | NLM_F_REPLACE);
	ck_assert_uint_eq(header->ifa_family, AF_INET);
	ck_assert_uint_eq(header->ifa_prefixlen, 24);
	ck_assert_uint_eq(header->ifa_scope, RT_SCOPE_UNIVERSE);
	ck_assert_uint_eq(header->ifa_index, 9);
	assert_ip(find(msg, len, IFA_LOCAL), "192.168.1.22");
	assert_ip(find(msg, len, IFA_ADDRESS), "192.168.1.22");
	assert_ip(find(msg, len, IFA_BROADCAST), "192.168.1.255");
	ck_assert_str_eq(nla_get_string(find(msg, len, IFA_LABEL)), "bond0");
}
END_TEST

START_TEST(default_route_has_an_empty_destination)
{
	const struct route route = {
		.family = AF_INET,
		.type = RTN_UNICAST,
		.dst = { .family = AF_INET },
		.gateway = ip_of("192.168.1.1"),
		.table = RT_TABLE_MAIN,
		.protocol = RTPROT_BOOT,
	};
	const struct plan_op op = { .kind = OP_ROUTE_ADD, .ifindex = 9, .route = &route };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);
	const struct rtmsg *header = nlmsg_data(nlmsg_hdr(msg));
	const int len = sizeof(*header);

	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_flags, NLM_F_CREATE | NLM_F_REPLACE);
	ck_assert_uint_eq(header->rtm_protocol, RTPROT_BOOT);
	ck_assert_uint_eq(header->rtm_type, RTN_UNICAST);
	ck_assert_uint_eq(header->rtm_dst_len, 0);
	assert_ip(find(msg, len, RTA_GATEWAY), "192.168.1.1");
	ck_assert_uint_eq(nla_get_u32(find(msg, len, RTA_OIF)), 9);
	ck_assert_uint_eq(nla_get_u32(find(msg, len, RTA_TABLE)), RT_TABLE_MAIN);
}
END_TEST

START_TEST(link_route_has_metric_and_no_gateway)
{
	const struct route route = {
		.family = AF_INET,
		.type = RTN_UNICAST,
		.dst = ip_of("169.254.0.0"),
		.dst_len = 16,
		.metric = 1009,
		.table = RT_TABLE_MAIN,
		.scope = RT_SCOPE_LINK,
		.protocol = RTPROT_BOOT,
	};
	const struct plan_op op = { .kind = OP_ROUTE_DEL, .ifindex = 9, .route = &route };
	_cleanup_nl_msg_ struct nl_msg *msg = build(&op);
	const struct rtmsg *header = nlmsg_data(nlmsg_hdr(msg));
	const int len = sizeof(*header);

	ck_assert_int_eq(nlmsg_hdr(msg)->nlmsg_type, RTM_DELROUTE);
	ck_assert_uint_eq(header->rtm_dst_len, 16);
	ck_assert_uint_eq(header->rtm_scope, RT_SCOPE_LINK);
	assert_ip(find(msg, len, RTA_DST), "169.254.0.0");
	ck_assert_uint_eq(nla_get_u32(find(msg, len, RTA_PRIORITY)), 1009);
	ck_assert_ptr_null(find(msg, len, RTA_GATEWAY));
}
END_TEST

START_TEST(what_is_gone_need_not_be_removed)
{
	ck_assert(message_was_needless(OP_LINK_DEL, -ENODEV));
	ck_assert(message_was_needless(OP_ADDR_DEL, -EADDRNOTAVAIL));
	ck_assert(message_was_needless(OP_ROUTE_DEL, -ESRCH));
	ck_assert(!message_was_needless(OP_LINK_DEL, -EBUSY));
	ck_assert(!message_was_needless(OP_LINK_UP, -ENODEV));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("apply-message");
	TCase *tcase = tcase_create("requests");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, bond_is_created_by_one_request);
	tcase_add_test(tcase, options_of_no_value_clear);
	tcase_add_test(tcase, port_is_enslaved_without_flags);
	tcase_add_test(tcase, port_is_released_by_master_zero);
	tcase_add_test(tcase, port_options_travel_alone);
	tcase_add_loop_test(tcase, only_the_up_flag_changes, 0, ARRAY_SIZE(flag_steps));
	tcase_add_test(tcase, address_is_complete);
	tcase_add_test(tcase, default_route_has_an_empty_destination);
	tcase_add_test(tcase, link_route_has_metric_and_no_gateway);
	tcase_add_test(tcase, what_is_gone_need_not_be_removed);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
