/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reading of the kernel's messages, with messages built by hand. */
#include <check.h>
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "lib/base/compat.h"
#include "lib/rtnl/rtnl.h"
#include "lib/snapshot/snapshot.h"

/* Attributes that older kernel headers lack. */
#define PORT_PRIO            9
#define PORT_ACTOR_PORT_PRIO 10
#define PORT_ACTOR_CHURN     11
#define PORT_PARTNER_CHURN   12

#define MAX_ANSWERS 128

/* Instead of the kernel: it answers each dump with the messages of that kind. */
struct rtnl {
	struct nl_msg *answers[MAX_ANSWERS];
	size_t n;
	int breaks; /* so many dumps are interrupted before one is whole */
	int dumps;
	int route_error;
	bool is_old;      /* it cannot filter dumps */
	bool is_restless; /* each dump of links and addresses is, and passes one over */
};

static struct rtnl kernel;
static struct diag *diag;

int rtnl_dump(struct rtnl *rtnl, struct nl_msg *request,
	      int (*fn)(const struct nlmsghdr *answer, void *arg), void *arg)
{
	/* RTM_GETLINK is answered by RTM_NEWLINK, two below it, and so with the others. */
	int wanted = nlmsg_hdr(request)->nlmsg_type - 2, r = 0;

	const bool is_restless =
		rtnl->is_restless && (wanted == RTM_NEWLINK || wanted == RTM_NEWADDR);

	if (rtnl->dumps++ < rtnl->breaks)
		return -EINTR;
	if (wanted == RTM_NEWROUTE && rtnl->route_error)
		return rtnl->route_error;
	for (size_t i = 0; r == 0 && i < rtnl->n; i++)
		if (nlmsg_hdr(rtnl->answers[i])->nlmsg_type == wanted &&
		    !(is_restless && i == (size_t)rtnl->dumps % rtnl->n))
			r = fn(nlmsg_hdr(rtnl->answers[i]), arg);
	return r == 0 && is_restless ? -EINTR : r;
}

bool rtnl_filters(const struct rtnl *rtnl)
{
	return !rtnl->is_old;
}

/* Instead of a driver: only ens192 knows its permanent address. */
int ioctl(int fd, unsigned long number, ...)
{
	struct ethtool_perm_addr *command;
	struct ifreq *request;
	va_list args;

	(void)fd;
	va_start(args, number);
	request = va_arg(args, struct ifreq *);
	va_end(args);
	command = (struct ethtool_perm_addr *)(void *)request->ifr_data;
	if (number != SIOCETHTOOL || command->cmd != ETHTOOL_GPERMADDR ||
	    strcmp(request->ifr_name, "ens192") != 0)
		return -1;
	ck_assert_uint_ge(command->size, 6);
	command->size = 6;
	memcpy(command->data, "\x52\x54\x00\x00\x01\x92", 6);
	return 0;
}

static void set_up(void)
{
	kernel = (struct rtnl){ 0 };
	diag = diag_new();
	ck_assert_ptr_nonnull(diag);
}

static void tear_down(void)
{
	for (size_t i = 0; i < kernel.n; i++)
		nlmsg_free(kernel.answers[i]);
	diag_free(diag);
}

static struct snapshot *take(void)
{
	struct snapshot *snapshot = NULL;

	ck_assert_int_eq(snapshot_take(&kernel, diag, &snapshot), 0);
	ck_assert_ptr_nonnull(snapshot);
	return snapshot;
}

static void refuses(int error)
{
	struct snapshot *snapshot = NULL;

	ck_assert_int_eq(snapshot_take(&kernel, diag, &snapshot), error);
	ck_assert_ptr_null(snapshot);
	ck_assert_uint_eq(diag_errors(diag), 1);
}

/* ---- messages ---- */

static struct nl_msg *answer(uint16_t type, const void *header, size_t len)
{
	struct nl_msg *msg = rtnl_msg_new(type, 0, header, len);

	ck_assert_uint_lt(kernel.n, MAX_ANSWERS);
	kernel.answers[kernel.n++] = msg;
	return msg;
}

static void put(struct nl_msg *msg, int attr, const void *data, int len)
{
	ck_assert_int_eq(nla_put(msg, attr, len, data), 0);
}

static void put_u8(struct nl_msg *msg, int attr, uint8_t value)
{
	put(msg, attr, &value, sizeof(value));
}

static void put_u16(struct nl_msg *msg, int attr, uint16_t value)
{
	put(msg, attr, &value, sizeof(value));
}

static void put_u32(struct nl_msg *msg, int attr, uint32_t value)
{
	put(msg, attr, &value, sizeof(value));
}

static void put_text(struct nl_msg *msg, int attr, const char *text)
{
	put(msg, attr, text, (int)strlen(text) + 1);
}

/* The three bytes in which MACs differ here, after 52:54:00. */
static void put_mac(struct nl_msg *msg, int attr, uint8_t last)
{
	const uint8_t mac[] = { 0x52, 0x54, 0, 0, 0, last };

	put(msg, attr, mac, sizeof(mac));
}

static void put_ip(struct nl_msg *msg, int attr, int family, const char *text)
{
	struct ip ip;

	ck_assert_int_eq(ip_parse(text, family, &ip), 0);
	put(msg, attr, ip.bytes, (int)ip_len(&ip));
}

static struct nl_msg *link_answer(int index, const char *name)
{
	const struct ifinfomsg header = { .ifi_index = index, .ifi_flags = IFF_UP };
	struct nl_msg *msg = answer(RTM_NEWLINK, &header, sizeof(header));

	put_text(msg, IFLA_IFNAME, name);
	return msg;
}

static struct nl_msg *addr_answer(uint8_t family, uint32_t index, uint8_t len)
{
	const struct ifaddrmsg header = {
		.ifa_family = family,
		.ifa_prefixlen = len,
		.ifa_index = index,
		.ifa_scope = RT_SCOPE_UNIVERSE,
		.ifa_flags = IFA_F_PERMANENT,
	};

	return answer(RTM_NEWADDR, &header, sizeof(header));
}

static const struct rtmsg plain_route = {
	.rtm_family = AF_INET,
	.rtm_table = RT_TABLE_MAIN,
	.rtm_type = RTN_UNICAST,
	.rtm_protocol = RTPROT_BOOT,
};

static struct nl_msg *route_answer(const struct rtmsg *header)
{
	struct nl_msg *msg = answer(RTM_NEWROUTE, header, sizeof(*header));

	put_u32(msg, RTA_OIF, 1);
	return msg;
}

/* ---- links ---- */

START_TEST(network_card)
{
	struct nl_msg *msg = link_answer(2, "ens160");
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_link *link;
	char text[HWADDR_TEXT_MAX];

	put_u32(msg, IFLA_MTU, 9000);
	put_u8(msg, IFLA_CARRIER, 1);
	put_mac(msg, IFLA_ADDRESS, 1);
	put_mac(msg, LINK_ATTR_PERM_ADDRESS, 2);
	snapshot = take();
	link = snapshot_link(snapshot, "ens160");
	ck_assert_int_eq(link->ifindex, 2);
	ck_assert_str_eq(link->kind, "");
	ck_assert_uint_eq(link->mtu, 9000);
	ck_assert(link->carrier && link->flags & IFF_UP);
	ck_assert_str_eq(hwaddr_format(&link->mac, text), "52:54:00:00:00:01");
	ck_assert_str_eq(hwaddr_format(&link->perm_mac, text), "52:54:00:00:00:02");
	ck_assert(!snap_bond(link) && !link->port && !link->aggregator);
	ck_assert_int_eq(link->master, 0);
}
END_TEST

START_TEST(address_stands_for_the_burned_in_one_that_is_not_told)
{
	struct nl_msg *msg = link_answer(2, "ens160");
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	char text[HWADDR_TEXT_MAX];

	put_mac(msg, IFLA_ADDRESS, 1);
	snapshot = take();
	ck_assert_str_eq(hwaddr_format(&snapshot_link(snapshot, "ens160")->perm_mac,
				       text),
			 "52:54:00:00:00:01");
}
END_TEST

START_TEST(driver_tells_the_burned_in_address_that_is_in_no_dump)
{
	struct nl_msg *msg = link_answer(2, "ens192");
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_link *link;
	char text[HWADDR_TEXT_MAX];

	put_mac(msg, IFLA_ADDRESS, 1);
	snapshot = take();
	link = snapshot_link(snapshot, "ens192");
	ck_assert_str_eq(hwaddr_format(&link->mac, text), "52:54:00:00:00:01");
	ck_assert_str_eq(hwaddr_format(&link->perm_mac, text), "52:54:00:00:01:92");
}
END_TEST

START_TEST(alternative_names)
{
	struct nl_msg *msg = link_answer(2, "ens160");
	struct nlattr *list = nla_nest_start(msg, LINK_ATTR_PROP_LIST);
	_cleanup_snapshot_ struct snapshot *snapshot = NULL, *copy = NULL;

	put_text(msg, LINK_ATTR_ALT_IFNAME, "enp3s0");
	put_text(msg, LINK_ATTR_ALT_IFNAME, "enp3s0f0np0d1and-longer");
	nla_nest_end(msg, list);
	link_answer(3, "ens192");
	snapshot = take();
	copy = snapshot_clone(snapshot);
	ck_assert_ptr_nonnull(copy);
	ck_assert_str_eq(snapshot_link_by_altname(copy, "enp3s0")->name, "ens160");
	ck_assert_str_eq(snapshot_link_by_altname(copy, "enp3s0f0np0d1and-longer")->name,
			 "ens160");
	ck_assert_ptr_null(snapshot_link_by_altname(copy, "ens192"));
	ck_assert_ptr_null(snapshot_link(copy, "enp3s0"));
}
END_TEST

/* A bond in 802.3ad with index 3, two ARP targets, and a primary that has index 2. */
static void add_bond(void)
{
	struct nl_msg *msg = link_answer(3, "bond0");
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);
	struct nlattr *data, *list, *aggregator;

	put_text(msg, IFLA_INFO_KIND, "bond");
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	put_u8(msg, IFLA_BOND_MODE, BOND_MODE_802_3AD);
	put_u32(msg, IFLA_BOND_MIIMON, 100);
	put_u32(msg, IFLA_BOND_PRIMARY, 2);
	put_u32(msg, IFLA_BOND_ACTIVE_SLAVE, 99);
	put_u16(msg, IFLA_BOND_AD_ACTOR_SYS_PRIO, 65535);
	put_mac(msg, IFLA_BOND_AD_ACTOR_SYSTEM, 7);
	list = nla_nest_start(msg, IFLA_BOND_ARP_IP_TARGET);
	put_ip(msg, 0, AF_INET, "10.0.0.1");
	put_ip(msg, 1, AF_INET, "10.0.0.2");
	nla_nest_end(msg, list);
	aggregator = nla_nest_start(msg, IFLA_BOND_AD_INFO);
	put_u16(msg, IFLA_BOND_AD_INFO_AGGREGATOR, 4);
	put_u16(msg, IFLA_BOND_AD_INFO_NUM_PORTS, 2);
	put_u16(msg, IFLA_BOND_AD_INFO_ACTOR_KEY, 15);
	put_u16(msg, IFLA_BOND_AD_INFO_PARTNER_KEY, 17);
	put_mac(msg, IFLA_BOND_AD_INFO_PARTNER_MAC, 9);
	nla_nest_end(msg, aggregator);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
}

START_TEST(bond_with_its_options)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct option_value *of;

	add_bond();
	link_answer(2, "ens160");
	snapshot = take();
	of = snapshot_link(snapshot, "bond0")->options->of;
	ck_assert_uint_eq(of[BOND_OPT_MODE].num, BOND_MODE_802_3AD);
	ck_assert_uint_eq(of[BOND_OPT_MIIMON].num, 100);
	ck_assert_uint_eq(of[BOND_OPT_AD_ACTOR_SYS_PRIO].num, 65535);
	ck_assert_uint_eq(of[BOND_OPT_AD_ACTOR_SYSTEM].num & 0xff, 7);
	ck_assert_uint_eq(of[BOND_OPT_ARP_IP_TARGET].n, 2);
	ck_assert_uint_eq(of[BOND_OPT_ARP_IP_TARGET].list[1].bytes[3], 2);
	ck_assert_str_eq(of[BOND_OPT_PRIMARY].ifname, "ens160");
	/* It went between two answers of the dump. */
	ck_assert_str_eq(of[BOND_OPT_ACTIVE_SLAVE].ifname, "");
	ck_assert(!of[BOND_OPT_UPDELAY].is_set);
}
END_TEST

/* A VRF with index 3 and table 1001, and a member of it with index 2. */
START_TEST(vrf_with_its_member)
{
	struct nl_msg *msg = link_answer(3, "vrf-blue");
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO), *data;
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_link *vrf, *member;

	put_text(msg, IFLA_INFO_KIND, "vrf");
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	put_u32(msg, IFLA_VRF_TABLE, 1001);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	msg = link_answer(2, "ens160");
	put_u32(msg, IFLA_MASTER, 3);
	info = nla_nest_start(msg, IFLA_LINKINFO);
	put_text(msg, IFLA_INFO_SLAVE_KIND, "vrf");
	data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
	put_u32(msg, IFLA_VRF_PORT_TABLE, 1001);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	snapshot = take();
	vrf = snapshot_link(snapshot, "vrf-blue");
	member = snapshot_link(snapshot, "ens160");
	ck_assert(snap_link_has_hosts(vrf) && !snap_link_has_hosts(member));
	ck_assert_ptr_eq(vrf->options->table, link_kinds[IFACE_VRF].options);
	ck_assert_ptr_eq(member->port_options->table, vrf->options->table->beside);
	ck_assert_ptr_null(snap_bridge_port(member));
	ck_assert_uint_eq(snap_link_table(snapshot, vrf), 1001);
	ck_assert_uint_eq(snap_link_table(snapshot, member), 1001);
}
END_TEST

static void add_vrf_rule(uint8_t protocol)
{
	const struct fib_rule_hdr header = { .family = AF_INET, .action = FR_ACT_TO_TBL };
	struct nl_msg *msg = answer(RTM_NEWRULE, &header, sizeof(header));

	put_u32(msg, FRA_PRIORITY, 1000);
	put_u8(msg, FRA_L3MDEV, 1);
	put_u8(msg, FRA_PROTOCOL, protocol);
}

START_TEST(rule_of_vrfs_is_the_kernels)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;

	add_vrf_rule(RTPROT_KERNEL);
	add_vrf_rule(RTPROT_BOOT);
	snapshot = take();
	ck_assert_ptr_nonnull(snapshot->nowhere->rules);
	ck_assert_uint_eq(snapshot->nowhere->rules->protocol, RTPROT_BOOT);
	ck_assert_ptr_null(snapshot->nowhere->rules->next);
}
END_TEST

START_TEST(bond_with_its_partner)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_link *bond;

	add_bond();
	snapshot = take();
	bond = snapshot_link(snapshot, "bond0");
	ck_assert(bond->aggregator);
	ck_assert_uint_eq(bond->aggregator->id, 4);
	ck_assert_uint_eq(bond->aggregator->n_ports, 2);
	ck_assert_uint_eq(bond->aggregator->actor_key, 15);
	ck_assert_uint_eq(bond->aggregator->partner_key, 17);
	ck_assert_uint_eq(bond->aggregator->partner_mac.bytes[5], 9);
}
END_TEST

/* A port of link 3; @more adds attributes to what the driver says of it. */
static void add_port(const char *port_kind, void (*more)(struct nl_msg *msg))
{
	struct nl_msg *msg = link_answer(2, "ens160");
	struct nlattr *info, *data;

	put_mac(msg, IFLA_ADDRESS, 1);
	put_u32(msg, IFLA_MASTER, 3);
	info = nla_nest_start(msg, IFLA_LINKINFO);
	put_text(msg, IFLA_INFO_SLAVE_KIND, port_kind);
	data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
	put_u8(msg, IFLA_BOND_SLAVE_STATE, 1);
	put_u8(msg, IFLA_BOND_SLAVE_MII_STATUS, 2);
	put_u32(msg, IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, 70000);
	put_mac(msg, IFLA_BOND_SLAVE_PERM_HWADDR, 5);
	put_u16(msg, IFLA_BOND_SLAVE_QUEUE_ID, 300);
	if (more)
		more(msg);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
}

static void newest(struct nl_msg *msg)
{
	put_u16(msg, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, 4);
	put_u8(msg, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, 0x3d);
	put_u16(msg, IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE, 0x45);
	put_u32(msg, PORT_PRIO, (uint32_t)-7);
	put_u16(msg, PORT_ACTOR_PORT_PRIO, 255);
	put_u8(msg, PORT_ACTOR_CHURN, 2);
	put_u8(msg, PORT_PARTNER_CHURN, 1);
	put_u32(msg, 200, 1); /* of a kernel still to come */
}

START_TEST(port_of_an_old_kernel)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_link *link;
	const struct option_value *of;

	add_port("bond", NULL);
	snapshot = take();
	link = snapshot_link(snapshot, "ens160");
	ck_assert(link->port);
	ck_assert_int_eq(link->master, 3);
	ck_assert_uint_eq(link->port->state, 1);
	ck_assert_uint_eq(link->port->mii_status, 2);
	ck_assert_uint_eq(link->port->link_failures, 70000);
	of = link->port->options->of;
	ck_assert_int_eq(of[PORT_OPT_QUEUE_ID].num, 300);
	ck_assert_uint_eq(link->port->perm_mac.bytes[5], 5);
	/* Nearer to the burned-in one than the bond's address, which it has now. */
	ck_assert_uint_eq(link->perm_mac.bytes[5], 5);
	ck_assert(!of[PORT_OPT_PRIO].is_set && !of[PORT_OPT_ACTOR_PORT_PRIO].is_set);
	ck_assert(!link->port->has_lacp && !link->port->lacp.has_churn);
}
END_TEST

START_TEST(port_of_the_newest_kernel)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_port *port;
	const struct option_value *of;

	add_port("bond", newest);
	snapshot = take();
	port = snapshot_link(snapshot, "ens160")->port;
	of = port->options->of;
	ck_assert(of[PORT_OPT_PRIO].is_set && of[PORT_OPT_ACTOR_PORT_PRIO].is_set);
	ck_assert_int_eq(of[PORT_OPT_PRIO].num, -7);
	ck_assert_int_eq(of[PORT_OPT_ACTOR_PORT_PRIO].num, 255);
	ck_assert(port->has_lacp && port->lacp.has_churn);
	ck_assert_uint_eq(port->lacp.aggregator_id, 4);
	ck_assert_uint_eq(port->lacp.actor_state, 0x3d);
	ck_assert_uint_eq(port->lacp.partner_state,
			  LACP_ACTIVE | LACP_AGGREGATION | LACP_DEFAULTED);
	ck_assert_uint_eq(port->lacp.actor_churn, 2);
	ck_assert_uint_eq(port->lacp.partner_churn, 1);
}
END_TEST

START_TEST(port_of_a_bridge_is_no_port_of_a_bond)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_link *link;

	add_port("bridge", NULL);
	snapshot = take();
	link = snapshot_link(snapshot, "ens160");
	ck_assert(!link->port);
	ck_assert_int_eq(link->master, 3);
}
END_TEST

START_TEST(link_without_a_name_is_refused)
{
	const struct ifinfomsg header = { .ifi_index = 1 };

	answer(RTM_NEWLINK, &header, sizeof(header));
	refuses(-EBADMSG);
}
END_TEST

/* ---- addresses ---- */

START_TEST(addresses)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_addr *first, *second;
	struct nl_msg *msg;
	char text[IP_TEXT_MAX];

	link_answer(1, "bond0");
	msg = addr_answer(AF_INET, 1, 24);
	put_ip(msg, IFA_LOCAL, AF_INET, "192.168.1.22");
	put_ip(msg, IFA_ADDRESS, AF_INET, "192.168.1.99"); /* the other end */
	put_ip(msg, IFA_BROADCAST, AF_INET, "192.168.1.255");
	put_text(msg, IFA_LABEL, "bond0:1");
	put_u32(msg, IFA_FLAGS, IFA_F_PERMANENT | IFA_F_NOPREFIXROUTE);
	msg = addr_answer(AF_INET6, 1, 64);
	put_ip(msg, IFA_ADDRESS, AF_INET6, "2001:db8::1");
	snapshot = take();
	first = snapshot_link(snapshot, "bond0")->addrs;
	ck_assert_str_eq(ip_format_prefix(&first->addr, first->prefix_len, text),
			 "192.168.1.22/24");
	ck_assert_str_eq(ip_format(&first->broadcast, text), "192.168.1.255");
	ck_assert_str_eq(first->label, "bond0:1");
	ck_assert_uint_eq(first->flags, IFA_F_PERMANENT | IFA_F_NOPREFIXROUTE);
	second = first->next;
	ck_assert_str_eq(ip_format_prefix(&second->addr, second->prefix_len, text),
			 "2001:db8::1/64");
	ck_assert_uint_eq(second->flags, IFA_F_PERMANENT);
	ck_assert(!ip_is_set(&second->broadcast));
	ck_assert_ptr_null(second->next);
}
END_TEST

START_TEST(address_of_a_link_made_meanwhile_is_left_out)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;

	put_ip(addr_answer(AF_INET, 5, 24), IFA_LOCAL, AF_INET, "10.0.0.1");
	snapshot = take();
	ck_assert_uint_eq(snapshot->n_links, 0);
}
END_TEST

/* ---- routes ---- */

START_TEST(routes)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct route *first, *second;
	struct rtmsg header = plain_route;
	struct nl_msg *msg;
	char text[IP_TEXT_MAX];

	link_answer(1, "bond0");
	msg = route_answer(&header);
	put_ip(msg, RTA_GATEWAY, AF_INET, "192.168.1.1");
	put_ip(msg, RTA_PREFSRC, AF_INET, "192.168.1.22");
	put_u32(msg, RTA_PRIORITY, 50);
	header.rtm_dst_len = 16;
	header.rtm_scope = RT_SCOPE_LINK;
	put_ip(route_answer(&header), RTA_DST, AF_INET, "169.254.0.0");
	snapshot = take();
	first = snapshot_link(snapshot, "bond0")->routes;
	ck_assert_uint_eq(first->dst.family, AF_INET);
	ck_assert_uint_eq(first->dst_len, 0);
	ck_assert_str_eq(ip_format(&first->gateway, text), "192.168.1.1");
	ck_assert_str_eq(ip_format(&first->source, text), "192.168.1.22");
	ck_assert_uint_eq(first->metric, 50);
	ck_assert_uint_eq(first->protocol, RTPROT_BOOT);
	second = first->next;
	ck_assert_str_eq(ip_format_prefix(&second->dst, second->dst_len, text),
			 "169.254.0.0/16");
	ck_assert_uint_eq(second->scope, RT_SCOPE_LINK);
	ck_assert(!ip_is_set(&second->gateway));
	ck_assert_ptr_null(second->next);
}
END_TEST

START_TEST(gateway_of_the_other_family)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	unsigned char via[sizeof(struct rtvia) + 16] = { 0 };
	const uint16_t family = AF_INET6;
	const struct route *route;

	link_answer(1, "bond0");
	memcpy(via, &family, sizeof(family));
	via[sizeof(via) - 1] = 1;
	put(route_answer(&plain_route), RTA_VIA, via, sizeof(via));
	snapshot = take();
	route = snapshot_link(snapshot, "bond0")->routes;
	ck_assert_uint_eq(route->gateway.family, AF_INET6);
	ck_assert_uint_eq(route->gateway.bytes[15], 1);
}
END_TEST

/* Each is a plain route but for one thing. */
static const struct rtmsg others[] = {
	{ AF_INET6, 0, 0, 0, RT_TABLE_MAIN, RTPROT_RA, 0, RTN_UNICAST, 0 },
	{ AF_INET, 0, 0, 0, RT_TABLE_MAIN, RTPROT_KERNEL, 0, RTN_UNICAST, 0 },
	{ AF_INET, 0, 0, 0, RT_TABLE_MAIN, RTPROT_REDIRECT, 0, RTN_UNICAST, 0 },
	{ AF_INET, 0, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, 0, RTN_BLACKHOLE, 0 },
	{ AF_INET, 0, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, 0, RTN_UNICAST, RTM_F_CLONED },
	{ AF_INET, 0, 0, 0, RT_TABLE_MAIN, RTPROT_BGP, 0, RTN_UNICAST, 0 },
};

START_TEST(routes_of_others_are_left_out)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;

	link_answer(1, "bond0");
	route_answer(&others[_i]);
	snapshot = take();
	ck_assert_ptr_null(snapshot_link(snapshot, "bond0")->routes);
}
END_TEST

/* ---- the whole ---- */

START_TEST(interrupted_dump_is_taken_again)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;

	kernel.breaks = 3;
	link_answer(1, "bond0");
	snapshot = take();
	ck_assert_uint_eq(snapshot->n_links, 1);
}
END_TEST

START_TEST(what_stays_is_found_while_links_come_and_go)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	const struct snap_link *link;
	size_t n = 0;

	kernel.is_restless = true;
	link_answer(1, "bond0");
	link_answer(2, "ens160");
	link_answer(3, "ens256");
	put_ip(addr_answer(AF_INET, 2, 24), IFA_LOCAL, AF_INET, "192.168.1.22");
	put_ip(addr_answer(AF_INET, 2, 24), IFA_LOCAL, AF_INET, "192.168.1.23");
	snapshot = take();
	ck_assert_uint_eq(snapshot->n_links, 3);
	link = snapshot_link(snapshot, "ens160");
	ck_assert_ptr_nonnull(link);
	for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
		n++;
	ck_assert_uint_eq(n, 2);
}
END_TEST

START_TEST(a_kernel_that_never_answers_is_an_error)
{
	kernel.breaks = 1000;
	refuses(-EINTR);
}
END_TEST

START_TEST(new_namespace_has_no_table_of_routes)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;

	kernel.route_error = -ENOENT;
	snapshot = take();
	ck_assert_uint_eq(snapshot->n_links, 0);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(failing_dump_is_told)
{
	kernel.route_error = -EPERM;
	refuses(-EPERM);
}
END_TEST

static void stacked_link(int index, const char *name, const char *kind, int parent,
			 int master)
{
	struct nl_msg *msg = link_answer(index, name);
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);

	put_text(msg, IFLA_INFO_KIND, kind);
	nla_nest_end(msg, info);
	if (parent)
		put_u32(msg, IFLA_LINK, (uint32_t)parent);
	if (master)
		put_u32(msg, IFLA_MASTER, (uint32_t)master);
}

/* bond0 with two ports and many VLANs; on bond0.11, which is in br0, there is another one. */
static void many_links(void)
{
	char name[IFNAMSIZ];

	stacked_link(1, "ens160", "veth", 0, 3);
	stacked_link(2, "ens256", "veth", 0, 3);
	stacked_link(3, "bond0", "bond", 0, 0);
	stacked_link(4, "bond0.11.5", "vlan", 11, 0);
	stacked_link(5, "br0", "bridge", 0, 0);
	for (int i = 10; i < 90; i++) {
		snprintf(name, sizeof(name), "bond0.%d", i);
		stacked_link(i, name, "vlan", 3, i == 11 ? 5 : 0);
	}
}

static struct snapshot *take_part(const char *target)
{
	static const char *const names[] = { "bond0", "ens160", "ens256" };
	const struct snap_scope scope = {
		.target = target, .names = names, .n = 3, .rules = true
	};
	struct snapshot *snapshot = NULL;

	many_links();
	ck_assert_int_eq(snapshot_take_part(&kernel, &scope, NULL, diag, &snapshot), 0);
	ck_assert_uint_eq(snapshot->n_links, 85);
	return snapshot;
}

START_TEST(part_is_the_target_and_what_it_is_stacked_on)
{
	_cleanup_snapshot_ struct snapshot *snapshot = take_part("bond0.17");

	ck_assert(snapshot->is_part);
	/* Links and rules; for each of four links, addresses and routes of two families. */
	ck_assert_int_eq(kernel.dumps, 2 + 4 * 3);
	ck_assert(snapshot_link(snapshot, "bond0.17")->is_free);
	ck_assert(!snapshot_link(snapshot, "bond0.18")->is_free);
	ck_assert(!snapshot_link(snapshot, "bond0")->is_free);
}
END_TEST

START_TEST(rules_are_read_only_if_they_matter)
{
	const struct snap_scope scope = { .everything = true };
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;

	many_links();
	ck_assert_int_eq(snapshot_take_part(&kernel, &scope, NULL, diag, &snapshot), 0);
	ck_assert(!snapshot->is_part);
	ck_assert_int_eq(kernel.dumps, 4);
}
END_TEST

START_TEST(part_has_what_is_stacked_on_the_target)
{
	_cleanup_snapshot_ struct snapshot *snapshot = take_part("bond0.11");

	ck_assert(snapshot_link(snapshot, "bond0.11.5")->is_free);
	ck_assert(!snapshot_link(snapshot, "br0")->is_free);
	/* bond0.11 and what is on it; three of the scope; the bridge that it is a port of. */
	ck_assert_int_eq(kernel.dumps, 2 + 6 * 3);
}
END_TEST

START_TEST(part_that_is_nearly_everything_is_everything)
{
	_cleanup_snapshot_ struct snapshot *snapshot = take_part("bond0");

	ck_assert(!snapshot->is_part);
	ck_assert_int_eq(kernel.dumps, 5);
}
END_TEST

START_TEST(old_kernel_gives_everything)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;

	kernel.is_old = true;
	snapshot = take_part("bond0.17");
	ck_assert(!snapshot->is_part);
	ck_assert_int_eq(kernel.dumps, 5);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("from-kernel");
	TCase *tcase = tcase_create("messages");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, network_card);
	tcase_add_test(tcase, address_stands_for_the_burned_in_one_that_is_not_told);
	tcase_add_test(tcase, driver_tells_the_burned_in_address_that_is_in_no_dump);
	tcase_add_test(tcase, alternative_names);
	tcase_add_test(tcase, bond_with_its_options);
	tcase_add_test(tcase, vrf_with_its_member);
	tcase_add_test(tcase, rule_of_vrfs_is_the_kernels);
	tcase_add_test(tcase, bond_with_its_partner);
	tcase_add_test(tcase, port_of_an_old_kernel);
	tcase_add_test(tcase, port_of_the_newest_kernel);
	tcase_add_test(tcase, port_of_a_bridge_is_no_port_of_a_bond);
	tcase_add_test(tcase, link_without_a_name_is_refused);
	tcase_add_test(tcase, addresses);
	tcase_add_test(tcase, address_of_a_link_made_meanwhile_is_left_out);
	tcase_add_test(tcase, routes);
	tcase_add_test(tcase, gateway_of_the_other_family);
	tcase_add_loop_test(tcase, routes_of_others_are_left_out, 0, ARRAY_SIZE(others));
	tcase_add_test(tcase, interrupted_dump_is_taken_again);
	tcase_add_test(tcase, what_stays_is_found_while_links_come_and_go);
	tcase_add_test(tcase, a_kernel_that_never_answers_is_an_error);
	tcase_add_test(tcase, new_namespace_has_no_table_of_routes);
	tcase_add_test(tcase, failing_dump_is_told);
	tcase_add_test(tcase, part_is_the_target_and_what_it_is_stacked_on);
	tcase_add_test(tcase, rules_are_read_only_if_they_matter);
	tcase_add_test(tcase, part_has_what_is_stacked_on_the_target);
	tcase_add_test(tcase, part_that_is_nearly_everything_is_everything);
	tcase_add_test(tcase, old_kernel_gives_everything);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
