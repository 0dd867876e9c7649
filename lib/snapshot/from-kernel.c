/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes the snapshot of the running kernel: three dumps, read attribute by attribute. */
#include "lib/base/language.h"
#include "lib/snapshot/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/base/compat.h"
#include "lib/base/memory.h"
#include "lib/base/num.h"
#include "lib/rtnl/attr.h"
#include "lib/rtnl/options.h"
#include "lib/rtnl/rtnl.h"
#include "lib/snapshot/burned-in.h"
#include "lib/snapshot/from-kernel.h"

/* Attributes that are missing in the kernel headers of older distributions. */
enum {
	PORT_ATTR_ACTOR_CHURN = 11,
	PORT_ATTR_PARTNER_CHURN = 12,
	PORT_ATTR_MAX = 12,
};

/* How often an inconsistent dump is repeated before two of them are merged. */
#define DUMP_TRIES 10

static struct hwaddr read_hwaddr_attr(const struct nlattr *attr)
{
	struct hwaddr addr = { 0 };

	if (attr && nla_len(attr) <= HWADDR_MAX) {
		addr.len = (uint8_t)nla_len(attr);
		memcpy(addr.bytes, nla_data(attr), addr.len);
	}
	return addr;
}

static struct ip read_ip_bytes(const void *data, int len, uint8_t family)
{
	struct ip ip = { .family = family };

	if (!data || (size_t)len != ip_len(&ip))
		return (struct ip){ 0 };
	memcpy(ip.bytes, data, ip_len(&ip));
	return ip;
}

/* The address in an attribute; none if the attribute is missing. */
static struct ip read_ip_attr(const struct nlattr *attr, uint8_t family)
{
	return read_ip_bytes(attr ? nla_data(attr) : NULL, attr ? nla_len(attr) : 0,
			     family);
}

static void read_aggregator_attr(const struct nlattr *data, struct arena *arena,
				 struct snap_link *link)
{
	struct nlattr *nest = nla_find(nla_data(data), nla_len(data), IFLA_BOND_AD_INFO);
	struct nlattr *tb[IFLA_BOND_AD_INFO_MAX + 1];
	struct snap_aggregator *aggregator;

	if (!nest || nla_parse_nested(tb, IFLA_BOND_AD_INFO_MAX, nest, NULL) < 0)
		return;
	aggregator = link->aggregator = arena_alloc(arena, sizeof(*aggregator));
	aggregator->id = (uint16_t)rtnl_attr_number(tb[IFLA_BOND_AD_INFO_AGGREGATOR]);
	aggregator->n_ports = (uint16_t)rtnl_attr_number(tb[IFLA_BOND_AD_INFO_NUM_PORTS]);
	aggregator->actor_key =
		(uint16_t)rtnl_attr_number(tb[IFLA_BOND_AD_INFO_ACTOR_KEY]);
	aggregator->partner_key =
		(uint16_t)rtnl_attr_number(tb[IFLA_BOND_AD_INFO_PARTNER_KEY]);
	aggregator->partner_mac = read_hwaddr_attr(tb[IFLA_BOND_AD_INFO_PARTNER_MAC]);
}

static void read_lacp_port(struct nlattr *const tb[], struct snap_lacp_port *lacp)
{
	lacp->aggregator_id =
		(uint16_t)rtnl_attr_number(tb[IFLA_BOND_SLAVE_AD_AGGREGATOR_ID]);
	lacp->actor_state =
		(uint8_t)rtnl_attr_number(tb[IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE]);
	lacp->partner_state =
		(uint8_t)rtnl_attr_number(tb[IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE]);
	lacp->has_churn = tb[PORT_ATTR_ACTOR_CHURN] && tb[PORT_ATTR_PARTNER_CHURN];
	lacp->actor_churn = (uint8_t)rtnl_attr_number(tb[PORT_ATTR_ACTOR_CHURN]);
	lacp->partner_churn = (uint8_t)rtnl_attr_number(tb[PORT_ATTR_PARTNER_CHURN]);
}

static void read_port_attrs(struct nlattr *data, struct arena *arena,
			    struct snap_port *port)
{
	struct nlattr *tb[PORT_ATTR_MAX + 1];

	if (nla_parse_nested(tb, PORT_ATTR_MAX, data, NULL) < 0)
		return;
	port->options = rtnl_get_options(&bond_port_table, data, arena);
	port->state = (uint8_t)rtnl_attr_number(tb[IFLA_BOND_SLAVE_STATE]);
	port->mii_status = (uint8_t)rtnl_attr_number(tb[IFLA_BOND_SLAVE_MII_STATUS]);
	port->link_failures = rtnl_attr_number(tb[IFLA_BOND_SLAVE_LINK_FAILURE_COUNT]);
	port->perm_mac = read_hwaddr_attr(tb[IFLA_BOND_SLAVE_PERM_HWADDR]);
	port->has_lacp = tb[IFLA_BOND_SLAVE_AD_AGGREGATOR_ID];
	if (port->has_lacp)
		read_lacp_port(tb, &port->lacp);
}

/*
 * Reads what only links of a certain kind have. A bond reports everything except an active or
 * primary port that it does not have (yet), empty lists, and, without CAP_NET_ADMIN, the ad_*
 * options.
 */
static int read_kind_attrs(struct nlattr *data, struct snapshot *snapshot,
			   struct snap_link *link)
{
	const struct option_table *table = link_kinds[link_kind_of(link->kind)].options;

	if (table)
		link->options = rtnl_get_options(table, data, snapshot->arena);
	if (table == &bond_table)
		read_aggregator_attr(data, snapshot->arena, link);
	if (table == &bridge_table)
		bridge_from_kernel(data, link->options);
	if (strcmp(link->kind, "vlan") == 0)
		return vlan_from_kernel(data, snapshot->arena, link);
	if (strcmp(link->kind, "tun") == 0)
		return tun_from_kernel(data, snapshot->arena, link);
	if (strcmp(link->kind, "ipoib") == 0)
		return ipoib_from_kernel(data, snapshot->arena, link);
	return 0;
}

/* Reads what the master's driver has of a port; @data may be missing. */
static void read_port_kind(const char *kind, struct nlattr *data,
			   struct snapshot *snapshot, struct snap_link *link)
{
	const struct option_table *table = link_kinds[link_kind_of(kind)].options;

	if (table == &bond_table) {
		snapshot_make_port(snapshot, link);
		if (data)
			read_port_attrs(data, snapshot->arena, link->port);
	} else if (table && table->beside && data) {
		link->port_options =
			rtnl_get_options(table->beside, data, snapshot->arena);
	}
	if (snap_bridge_port(link))
		bridge_port_from_kernel(link->port_options);
}

/* Reads the kind, and the data of a bond or of a port. */
static int read_linkinfo(struct nlattr *nest, struct snapshot *snapshot,
			 struct snap_link *link)
{
	static const struct nla_policy policy[IFLA_INFO_MAX + 1] = {
		[IFLA_INFO_KIND] = { .type = NLA_STRING },
		[IFLA_INFO_SLAVE_KIND] = { .type = NLA_STRING },
	};
	struct nlattr *tb[IFLA_INFO_MAX + 1];
	const struct nlattr *kind, *port_kind;

	if (rtnl_parse_nested(nest, IFLA_INFO_MAX, policy, tb) < 0)
		return -EBADMSG;
	kind = tb[IFLA_INFO_KIND];
	port_kind = tb[IFLA_INFO_SLAVE_KIND];
	if (kind)
		link->kind = arena_strdup(snapshot->arena, nla_data(kind));
	if (port_kind)
		read_port_kind(nla_data(port_kind), tb[IFLA_INFO_SLAVE_DATA], snapshot,
			       link);
	return tb[IFLA_INFO_DATA] ? read_kind_attrs(tb[IFLA_INFO_DATA], snapshot, link)
				  : 0;
}

/* Before 5.6, link dumps do not contain the burned-in address. */
static struct hwaddr nearest_perm_mac(const struct snap_link *link,
				      const struct nlattr *perm_address)
{
	struct hwaddr mac = { 0 };

	if (perm_address)
		return read_hwaddr_attr(perm_address);
	if (!*link->kind && !(link->flags & IFF_LOOPBACK))
		mac = burned_in_mac(link->name);
	if (mac.len)
		return mac;
	return link->port && link->port->perm_mac.len ? link->port->perm_mac : link->mac;
}

static void read_conf_attrs(const struct nlattr *values, const char *family,
			    struct link_conf_values *ret)
{
	const int32_t *list = values ? nla_data(values) : NULL;
	size_t n = values ? (size_t)nla_len(values) / sizeof(*list) : 0;

	for (size_t id = 0; id < CONF_COUNT; id++) {
		const struct link_conf *conf = &link_confs[id];

		if (strcmp(conf->family, family) != 0 || conf->devconf < 0 ||
		    (size_t)conf->devconf >= n)
			continue;
		ret->of[id].is_set = true;
		ret->of[id].num = list[conf->devconf];
	}
}

/* Reads the settings of the address families. */
static void read_families(const struct nlattr *nest, struct snapshot *snapshot,
			  struct snap_link *link)
{
	const struct nlattr *inet = nla_find(nla_data(nest), nla_len(nest), AF_INET);
	const struct nlattr *inet6 = nla_find(nla_data(nest), nla_len(nest), AF_INET6);
	struct link_conf_values conf = { 0 };
	const struct nlattr *mode = NULL, *token;

	if (inet)
		read_conf_attrs(nla_find(nla_data(inet), nla_len(inet), IFLA_INET_CONF),
				"ipv4", &conf);
	if (inet6) {
		read_conf_attrs(nla_find(nla_data(inet6), nla_len(inet6),
					 IFLA_INET6_CONF),
				"ipv6", &conf);
		mode = nla_find(nla_data(inet6), nla_len(inet6),
				IFLA_INET6_ADDR_GEN_MODE);
		token = nla_find(nla_data(inet6), nla_len(inet6), IFLA_INET6_TOKEN);
		link->token = read_ip_attr(token, AF_INET6);
	}
	if (ip_is_zero(&link->token))
		link->token = (struct ip){ 0 };
	conf.of[CONF_IP6_ADDR_GEN_MODE].is_set = mode;
	conf.of[CONF_IP6_ADDR_GEN_MODE].num = (int32_t)rtnl_attr_number(mode);
	snapshot_set_conf(snapshot, link, &conf);
}

static void read_altnames(const struct nlattr *list, struct snapshot *snapshot,
			  struct snap_link *link)
{
	const struct nlattr *at;
	int left;

	nla_for_each_nested (at, list, left)
		if (nla_type(at) == LINK_ATTR_ALT_IFNAME && nla_len(at) > 0 &&
		    memchr(nla_data(at), '\0', (size_t)nla_len(at)))
			snapshot_add_altname(snapshot, link, nla_data(at));
}

static int read_link_attrs(struct nlattr *const tb[], struct snapshot *snapshot,
			   struct snap_link *link)
{
	int r = 0;

	link->mac = read_hwaddr_attr(tb[IFLA_ADDRESS]);
	if (tb[IFLA_MTU])
		link->mtu = nla_get_u32(tb[IFLA_MTU]);
	link->tx_queues = rtnl_attr_number(tb[IFLA_NUM_TX_QUEUES]);
	if (tb[IFLA_MASTER])
		link->master = (int)nla_get_u32(tb[IFLA_MASTER]);
	/* An index of another network namespace has no meaning here. */
	if (tb[IFLA_LINK] && !tb[IFLA_LINK_NETNSID])
		link->parent = (int)nla_get_u32(tb[IFLA_LINK]);
	if (tb[IFLA_CARRIER])
		link->carrier = nla_get_u8(tb[IFLA_CARRIER]) != 0;
	if (tb[LINK_ATTR_PROP_LIST])
		read_altnames(tb[LINK_ATTR_PROP_LIST], snapshot, link);
	if (tb[IFLA_AF_SPEC])
		read_families(tb[IFLA_AF_SPEC], snapshot, link);
	if (tb[IFLA_LINKINFO])
		r = read_linkinfo(tb[IFLA_LINKINFO], snapshot, link);
	link->perm_mac = nearest_perm_mac(link, tb[LINK_ATTR_PERM_ADDRESS]);
	return r;
}

/* When two dumps are merged, the later one is right. */
static void forget_link(struct snapshot *snapshot, struct snap_link *link)
{
	if (link)
		snapshot_remove_link(snapshot, link);
}

static int read_link_message(const struct nlmsghdr *answer, void *arg)
{
	static const struct nla_policy policy[LINK_ATTR_MAX + 1] = {
		[IFLA_IFNAME] = { .type = NLA_STRING, .maxlen = IFNAMSIZ },
		[IFLA_MTU] = { .type = NLA_U32 },
		[IFLA_MASTER] = { .type = NLA_U32 },
		[IFLA_LINK] = { .type = NLA_U32 },
		[IFLA_CARRIER] = { .type = NLA_U8 },
		[IFLA_LINKINFO] = { .type = NLA_NESTED },
	};
	const struct ifinfomsg *header = nlmsg_data(answer);
	struct nlattr *tb[LINK_ATTR_MAX + 1];
	struct snapshot *snapshot = arg;
	struct snap_link *link;

	if (answer->nlmsg_type != RTM_NEWLINK)
		return 0;
	if (rtnl_parse(answer, sizeof(*header), LINK_ATTR_MAX, policy, tb) < 0 ||
	    !tb[IFLA_IFNAME] || !*nla_get_string(tb[IFLA_IFNAME]))
		return -EBADMSG;
	forget_link(snapshot, snapshot_link_by_index(snapshot, header->ifi_index));
	forget_link(snapshot, snapshot_link(snapshot, nla_get_string(tb[IFLA_IFNAME])));
	link = snapshot_add_link(snapshot, nla_get_string(tb[IFLA_IFNAME]),
				 header->ifi_index);
	link->flags = header->ifi_flags;
	return read_link_attrs(tb, snapshot, link);
}

/*
 * The order of addresses matters, so one that is already in the list stays where it is.
 */
static void take_kernel_addr(struct snapshot *snapshot, struct snap_link *link,
			     const struct snap_addr *addr)
{
	struct snap_addr *at = link->addrs;

	while (at &&
	       !(at->prefix_len == addr->prefix_len && ip_equal(&at->addr, &addr->addr) &&
		 ip_equal(&at->peer, &addr->peer)))
		at = at->next;
	if (at)
		at->flags = addr->flags;
	else
		snapshot_add_addr(snapshot, link, addr);
}

static void read_lifetime(const struct nlattr *attr, struct snap_addr *addr)
{
	const struct ifa_cacheinfo *info = attr ? nla_data(attr) : NULL;

	if (!info || addr->flags & IFA_F_PERMANENT)
		return;
	addr->valid_s = info->ifa_valid;
	addr->preferred_s = info->ifa_prefered;
}

static int read_addr_message(const struct nlmsghdr *answer, void *arg)
{
	static const struct nla_policy policy[IFA_MAX + 1] = {
		[IFA_LABEL] = { .type = NLA_STRING, .maxlen = IFNAMSIZ },
		[IFA_FLAGS] = { .type = NLA_U32 },
		[IFA_CACHEINFO] = { .minlen = sizeof(struct ifa_cacheinfo) },
	};
	const struct ifaddrmsg *header = nlmsg_data(answer);
	struct nlattr *tb[IFA_MAX + 1];
	struct snapshot *snapshot = arg;
	struct snap_addr addr = { 0 };
	struct snap_link *link;

	if (answer->nlmsg_type != RTM_NEWADDR)
		return 0;
	if (rtnl_parse(answer, sizeof(*header), IFA_MAX, policy, tb) < 0)
		return -EBADMSG;
	link = snapshot_link_by_index(snapshot, (int)header->ifa_index);
	/* For a point-to-point address, IFA_ADDRESS is the peer. */
	addr.addr = read_ip_attr(tb[IFA_LOCAL] ? tb[IFA_LOCAL] : tb[IFA_ADDRESS],
				 header->ifa_family);
	addr.peer = read_ip_attr(tb[IFA_ADDRESS], header->ifa_family);
	if (ip_equal(&addr.peer, &addr.addr))
		addr.peer = (struct ip){ 0 };
	if (!link || !ip_is_set(&addr.addr))
		return 0;
	addr.prefix_len = header->ifa_prefixlen;
	addr.broadcast = read_ip_attr(tb[IFA_BROADCAST], header->ifa_family);
	addr.label = tb[IFA_LABEL] ? nla_get_string(tb[IFA_LABEL]) : NULL;
	addr.scope = header->ifa_scope;
	addr.flags = tb[IFA_FLAGS] ? nla_get_u32(tb[IFA_FLAGS]) : header->ifa_flags;
	read_lifetime(tb[IFA_CACHEINFO], &addr);
	take_kernel_addr(snapshot, link, &addr);
	return 0;
}

static int dump_links(struct rtnl *rtnl, struct snapshot *snapshot)
{
	const struct ifinfomsg header = { .ifi_family = AF_UNSPEC };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETLINK, NLM_F_DUMP, &header, sizeof(header));

	if (nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS) < 0)
		return -EMSGSIZE;
	return rtnl_dump(rtnl, request, read_link_message, snapshot);
}

static int dump_addrs_of(struct rtnl *rtnl, struct snapshot *snapshot, int ifindex)
{
	const struct ifaddrmsg header = { .ifa_family = AF_UNSPEC,
					  .ifa_index = (uint32_t)ifindex };
	_cleanup_nl_msg_ struct nl_msg *request =
		rtnl_msg_new(RTM_GETADDR, NLM_F_DUMP, &header, sizeof(header));

	return rtnl_dump(rtnl, request, read_addr_message, snapshot);
}

static int dump_addrs(struct rtnl *rtnl, struct snapshot *snapshot)
{
	return dump_addrs_of(rtnl, snapshot, 0);
}

static void forget_links(struct snapshot *snapshot)
{
	while (snapshot->n_links)
		snapshot_remove_link(snapshot, snapshot->links[snapshot->n_links - 1]);
}

static void forget_addrs(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->n_links; i++)
		snap_link_drop_addrs(snapshot->links[i]);
}

/*
 * Any link that comes or goes, even in a container, interrupts a dump, and on a busy host
 * no dump may be complete. The kernel then skips a link near the change, a different one
 * each time: two dumps in a row together contain all links that stayed. ip(8) prints what
 * it got, with a warning.
 */
static int dump_steadily(struct rtnl *rtnl, struct snapshot *snapshot,
			 int (*dump)(struct rtnl *rtnl, struct snapshot *snapshot),
			 void (*forget)(struct snapshot *snapshot))
{
	int r = -EINTR;

	for (int i = 0; r == -EINTR && i < DUMP_TRIES; i++) {
		forget(snapshot);
		r = dump(rtnl, snapshot);
	}
	if (r == -EINTR)
		r = dump(rtnl, snapshot);
	return r == -EINTR ? 0 : r;
}

/* Converts indexes of other links in option values to names. */
static void name_links(struct snapshot *snapshot, struct option_values *values)
{
	for (size_t id = 0; values && id < values->table->n; id++) {
		struct option_value *value = &values->of[id];
		const struct snap_link *link;

		if (!value->is_set || values->table->rows[id].wire != WIRE_IFINDEX)
			continue;
		link = value->num ? snapshot_link_by_index(snapshot, (int)value->num)
				  : NULL;
		value->ifname = link ? link->name : "";
	}
}

static void read_uname(struct snapshot *snapshot)
{
	struct utsname name;

	if (uname(&name) < 0)
		return;
	snap_kernel_parse(name.release, &snapshot->kernel);
	snapshot->host_name = arena_strdup(snapshot->arena, name.nodename);
}

static bool read_setting(const char *dir, const char *name, int32_t *ret)
{
	_cleanup_free_ char *path = memory_printf("%s/%s", dir, name);
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	char text[16] = { 0 };

	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		return false;
	text[strcspn(text, "\n")] = '\0';
	return num_parse_s32(text, ret) == 0;
}

/* In the format of systemd; "uninitialized" means that there is none. */
#define MACHINE_ID     "/etc/machine-id"
#define MACHINE_ID_LEN 32

void snapshot_read_machine_id(struct snapshot *snapshot)
{
	_cleanup_close_ int fd = open(MACHINE_ID, O_RDONLY | O_CLOEXEC);
	char text[MACHINE_ID_LEN + 1] = { 0 };

	if (fd < 0 || read(fd, text, MACHINE_ID_LEN) != MACHINE_ID_LEN ||
	    strspn(text, "0123456789abcdef") != MACHINE_ID_LEN)
		return;
	snapshot->machine_id = arena_strdup(snapshot->arena, text);
}

#define IP4_NEW "/proc/sys/net/ipv4/conf/default"
#define IP6_NEW "/proc/sys/net/ipv6/conf/default"

static void read_settings(struct snapshot *snapshot, const char *family, const char *dir,
			  const bool wanted[static CONF_COUNT])
{
	for (size_t id = 0; id < CONF_COUNT; id++) {
		struct link_conf_value *value = &snapshot->new_conf.of[id];

		if (!wanted[id] || strcmp(link_confs[id].family, family) != 0)
			continue;
		value->is_set = read_setting(dir, link_confs[id].name, &value->num);
	}
}

void snapshot_read_new_conf(struct snapshot *snapshot,
			    const bool wanted[static CONF_COUNT])
{
	read_settings(snapshot, "ipv4", IP4_NEW, wanted);
	read_settings(snapshot, "ipv6", IP6_NEW, wanted);
}

static int take_rest(struct rtnl *rtnl, struct snapshot *snapshot)
{
	int r = dump_steadily(rtnl, snapshot, dump_addrs, forget_addrs);

	return r == 0 ? routes_from_kernel(rtnl, snapshot) : r;
}

/* The families, in the order of .routes in struct snap_scope. */
static const uint8_t families[] = { AF_INET, AF_INET6 };

static int take_of_link(struct rtnl *rtnl, const struct snap_scope *scope,
			struct snapshot *snapshot, int ifindex)
{
	int r = dump_addrs_of(rtnl, snapshot, ifindex);

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(families); i++)
		if (!scope->routes[i])
			r = routes_from_kernel_of(rtnl, snapshot, families[i], ifindex);
	return r;
}

/* A link that has gone meanwhile is like a dump that was interrupted. */
static int take_meant(struct rtnl *rtnl, const struct snap_scope *scope,
		      struct snapshot *snapshot, const bool *meant)
{
	int r = 0;

	snapshot->is_part = true;
	for (size_t i = 0; r == 0 && i < snapshot->n_links; i++)
		if (meant[i])
			r = take_of_link(rtnl, scope, snapshot,
					 snapshot->links[i]->ifindex);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(families); i++)
		if (scope->routes[i])
			r = routes_from_kernel_of(rtnl, snapshot, families[i], 0);
	return r == -ENODEV ? -EINTR : r;
}

static int take_addrs_and_routes(struct rtnl *rtnl, const struct snap_scope *scope,
				 struct snapshot *snapshot)
{
	bool *meant = NULL;
	int r = scope && !scope->everything && rtnl_filters(rtnl)
			? scope_mark(scope, snapshot, &meant)
			: 1;

	if (r < 0)
		return r;
	r = r == 0 ? take_meant(rtnl, scope, snapshot, meant) : take_rest(rtnl, snapshot);
	return r == 0 && (!scope || scope->rules) ? rules_from_kernel(rtnl, snapshot) : r;
}

/* A link may show it; else a file does. */
static bool has_bonding(const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->n_links; i++)
		if (snap_bond(snapshot->links[i]))
			return true;
	return access("/sys/module/bonding", F_OK) == 0;
}

static bool has_ip6(const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->n_links; i++) {
		const struct link_conf_values *conf = snapshot->links[i]->conf;

		if (conf && conf->of[CONF_IP6_DISABLE].is_set)
			return true;
	}
	return access(IP6_NEW, F_OK) == 0;
}

static int take_once(struct rtnl *rtnl, const struct snap_scope *scope,
		     struct snapshot *links, struct snapshot **ret)
{
	_cleanup_snapshot_ struct snapshot *snapshot = links ? links : snapshot_new();
	int r = 0;

	read_uname(snapshot);
	if (!links)
		r = dump_steadily(rtnl, snapshot, dump_links, forget_links);
	snapshot->has_bonding = has_bonding(snapshot);
	snapshot->lacks_ip6 = !has_ip6(snapshot);
	if (r == 0)
		r = take_addrs_and_routes(rtnl, scope, snapshot);
	if (r < 0)
		return r;
	for (size_t i = 0; i < snapshot->n_links; i++) {
		name_links(snapshot, snapshot->links[i]->options);
		name_links(snapshot, snapshot->links[i]->port_options);
	}
	*ret = TAKE_PTR(snapshot);
	return 0;
}

int snapshot_take_part(struct rtnl *rtnl, const struct snap_scope *scope,
		       struct snapshot *links, struct diag *diag, struct snapshot **ret)
{
	int r = -EINTR;

	for (int i = 0; r == -EINTR && i < DUMP_TRIES; i++)
		r = take_once(rtnl, i < DUMP_TRIES / 2 ? scope : NULL, TAKE_PTR(links),
			      ret);
	if (r < 0)
		diag_error(diag, (struct pos){ 0 },
			   "cannot read the kernel's network state: %s",
			   language_error(-r));
	return r;
}

int snapshot_take(struct rtnl *rtnl, struct diag *diag, struct snapshot **ret)
{
	return snapshot_take_part(rtnl, NULL, NULL, diag, ret);
}

int snapshot_look_for(struct rtnl *rtnl, const char *name, struct snapshot *snapshot)
{
	return name ? rtnl_ask_link(rtnl, name, read_link_message, snapshot)
		    : dump_steadily(rtnl, snapshot, dump_links, forget_links);
}
