/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/base/hash-index.h"
#include "lib/base/language.h"
#include "lib/model/addr.h"
#include "lib/model/bond-port.h"
#include "lib/model/bridge-options.h"
#include "lib/model/dhcp.h"
#include "lib/model/dns.h"
#include "lib/model/helper.h"
#include "lib/model/host.h"
#include "lib/model/ipoib.h"
#include "lib/model/link-conf.h"
#include "lib/model/link-flag.h"
#include "lib/model/link-kind.h"
#include "lib/model/route.h"
#include "lib/model/tun.h"
#include "lib/model/vlan.h"

struct kept;

/* The value of MACADDR: none, an address, the burned-in one, the present one. */
enum mac_wish { MAC_ANY, MAC_GIVEN, MAC_PERMANENT, MAC_PRESERVED };

/*
 * What happens to the rest if something of IPv4, or of IPv6, fails: the default,
 * everything is undone, or it stays.
 */
enum failure_wish { FAILURE_USUAL, FAILURE_FATAL, FAILURE_STANDS };

/* How router advertisements, which may bring IPv6 networks, are treated. */
enum routers_wish { ROUTERS_USUAL, ROUTERS_IGNORED, ROUTERS_HEARD };

/* The progress of lib/files/stack.c with an interface. */
enum iface_order { IFACE_UNORDERED, IFACE_ON_PATH, IFACE_IN_ORDER };

/**
 * struct want_addr - an address that the files ask for
 * @pos: line of IPADDR
 * @alias: the alias or range that it belongs to; NULL for the interface's own
 * @is_unhooked: of an alias that has no hook
 * @is_asleep: not to be set now, but to be left alone if it exists
 * @peer: at the other end of a point-to-point link (SCOPE="peer …"); then @prefix_len is
 *        that of the network it is in; AF_UNSPEC for none
 * @asks_broadcast: @broadcast is in the file, not worked out
 * @label: at most 15 bytes, as IFA_LABEL has it; asked for by an alias only
 * @scope: RT_SCOPE_*
 * @check: find out whether another host has it: by a probe before (ARPCHECK), for IPv6 by
 *         the kernel's own duplicate address detection afterwards
 * @announce: announce it to the neighbours (ARPUPDATE)
 */
struct want_addr {
	struct pos pos;
	struct ip addr;
	uint8_t prefix_len;
	struct ip peer;
	struct ip broadcast;
	bool asks_broadcast;
	const char *label;
	const char *alias;
	bool is_asleep, is_unhooked;
	uint8_t scope;
	bool check;
	bool announce;
};

/* The address that determines its network: the peer's, if there is a peer. */
static inline const struct ip *want_addr_network(const struct want_addr *addr)
{
	return ip_is_set(&addr->peer) ? &addr->peer : &addr->addr;
}

/**
 * struct want_route, struct want_rule - a line of a route or rule file, or a key
 * @alias: the alias whose files have it; NULL for the interface's own
 * @is_asleep: as of struct want_addr
 * @has_no_dev: the line names no interface; @is_far: its router is in no network of the
 *              file's interface; @is_elsewhere: it is one of another interface that has a
 *              file, which was reported
 * @is_ignored: only while the files are judged: it is going to be dropped
 */
struct want_route {
	struct pos pos;
	const char *alias;
	bool is_asleep, has_no_dev, is_far, is_elsewhere, is_ignored;
	struct route route;
};

struct want_rule {
	struct pos pos;
	const char *alias;
	bool is_asleep;
	struct rule rule;
};

/* struct want_hwaddr - the address that identifies a card; @pos of HWADDR */
struct want_hwaddr {
	struct hwaddr mac;
	struct pos pos;
};

/* struct want_conf - a setting in the files */
struct want_conf {
	bool is_set;
	int32_t num;
	struct pos pos;
};

/**
 * struct want_ethtool - settings for ethtool
 * @pos: the line of ETHTOOL_OPTS
 * @calls: the words of each call, without the program itself; both lists end with NULL
 * @delay_us: the delay before the first one
 */
struct want_ethtool {
	struct pos pos;
	const char *const **calls;
	uint32_t delay_us;
};

/**
 * struct want_ip_line - a line of a route or rule file with a word that only ip(8) knows
 * @alias, @is_asleep: as of struct want_route
 * @is_rule: it is among the rules, and else among the routes; @place: how many of those
 *           come before it
 * @family: AF_INET or AF_INET6; @has_priority: of a rule, the line gives its priority
 * @word: that word
 * @args: all that ip(8) gets, but for its own name; ends with NULL
 */
struct want_ip_line {
	struct pos pos;
	const char *alias;
	bool is_asleep, is_rule, has_priority;
	int family;
	size_t place;
	const char *word;
	const char *const *args;
};

/**
 * struct iface - an interface as the files want it
 * @name: of the kernel's device
 * @file: name of its ifcfg file without the directory; NULL if only the MASTER= or
 *        BRIDGE= of its ports mentions it
 * @written: its DEVICE as the file says it, which may be an alternative name; or NULL
 * @pos: the position of DEVICE, or the file as a whole
 * @onboot: false when ONBOOT keeps it from coming up at boot
 * @hotplug: false when HOTPLUG keeps it from coming up for udev
 * @stays_down: LINKSTATUS=down: the link is never set up
 * @master: the bond or bridge that it is a port of, when that is to be there with it; else NULL.
 *          Or what it joins while it keeps its own addresses: see iface_home().
 *          @master_name, whether it is or not; @master_pos is the line that says so
 * @parent: for a VLAN, the interface below it, if that has a file;
 *          @parent_name, whether it has one or not
 * @vlan: of a VLAN
 * @peer: of a veth, the name of its other end; @options_pos, the line that says so
 * @tun: of a tap or tun device
 * @ipoib: of a child interface of InfiniBand; of a card, its mode
 * @is_stacked, @order: for lib/files/stack.c
 * @is_lost: of a port, its file has errors, which are reported: a card that is in the bond or
 *           bridge stays there, and another one does not join
 * @is_over_errors: a port of it, or a link below it, has errors, at any depth
 * @is_useless: that was reported: all of its ports have errors
 * @is_target: it was requested, and is not only below another one
 * @place: in the model's .order
 * @ports: of a bond or bridge, in the order of their file names; none of them need exist
 * @options: of a bond or bridge, else NULL; already validated: every one set here is good for
 *           a bond's mode. @options_pos, where most of them stand
 * @driver: of a bond, the driver's parameters, which are in @options, too, where they count
 * @port_wishes: what a bond's BONDING_OPTS say of its ports
 * @port_options: of a port, else NULL; by bond_port_table, from there and from its own file, or
 *                by bridge_port_table; validated, too
 * @mtu: bytes, when @has_mtu
 * @mac: when @mac_wish is MAC_GIVEN
 * @flags: those that the file switches
 * @hwaddr: of a network card, what HWADDR says of it; NULL for nothing
 * @dev_wait_ms: how long to wait for a card that is not there
 * @lacks_addr: the files have an invalid address, which was reported
 * @routers: how router advertisements are treated
 * @ip_lines: other lines of the route and rule files
 * @table: the routing table of routes that name none
 * @routes, @rules: in the order of the files; the default route of GATEWAY is one of them.
 *                  A route's .dev is set unless it needs none
 * @addr_index: the addresses by iface_next_addr()
 * @rule_index, @n_indexed_rules: while they are read, the first of the rules by rule_hash()
 * @route_index, @n_indexed: while they are read, the first of the routes by their place
 * @conf: settings below /proc/sys/net that the files ask for, indexed by enum link_conf_id;
 *        NULL for a port and for a bond without a file
 * @token: last half of autoconfigured IPv6 addresses, AF_UNSPEC for none
 * @ip4_failure, @ip6_failure: of IPV4_FAILURE_FATAL and IPV6_FAILURE_FATAL
 * @dhcp: NULL when the files ask for neither of the two
 * @zeroconf: wants the 169.254.0.0/16 route; @zeroconf_pos names the file
 * @arp_wait_ms, @arp_tries: limit of one probing, and how often it may fail to be sent
 * @link_wait_ms: how long to wait until the link can carry frames
 * @lacp_wait_ms, @sync_wait_ms: more time for a bond in mode 802.3ad: after a port has a
 *                               link, until a partner is heard, and then to agree with it
 * @ethtool: NULL for nothing
 * @zone: of firewalld, NULL for its default one
 * @hook_limit_ms: how long a hook may take
 * @dns: what it brings to the resolver; NULL for nothing
 * @helper: who makes it; NULL for us. It is a card then, of which the rest is not read
 *          unless it is a port
 */
struct iface {
	const char *name;
	const char *file;
	const char *written;
	struct pos pos;
	enum iface_kind kind;
	bool onboot, hotplug, stays_down;
	struct iface *master;
	const char *master_name;
	struct pos master_pos;
	struct iface *parent;
	const char *parent_name;
	struct vlan vlan;
	const char *peer;
	struct tun tun;
	struct want_ipoib ipoib;
	bool is_stacked;
	enum iface_order order;
	bool is_lost, is_over_errors, is_useless;
	bool is_target;
	size_t place;
	struct iface **ports;
	size_t n_ports, ports_cap;
	struct option_values *options;
	const struct option_values *driver;
	struct pos options_pos;
	struct bond_port_wishes port_wishes;
	struct option_values *port_options;
	bool has_mtu;
	enum mac_wish mac_wish;
	const struct want_flag *flags;
	uint32_t mtu;
	struct pos mtu_pos, mac_pos;
	struct hwaddr mac;
	const struct want_hwaddr *hwaddr;
	uint32_t dev_wait_ms;
	struct want_addr *addrs;
	size_t n_addrs, addrs_cap;
	struct hash_index addr_index;
	bool lacks_addr;
	enum routers_wish routers;
	uint32_t table;
	struct want_route *routes;
	size_t n_routes, routes_cap;
	struct hash_index route_index, rule_index;
	size_t n_indexed_rules;
	size_t n_indexed;
	struct want_rule *rules;
	size_t n_rules, rules_cap;
	struct want_ip_line *ip_lines;
	size_t n_ip_lines, ip_lines_cap;
	struct want_conf *conf;
	struct ip token;
	struct pos token_pos;
	enum failure_wish ip4_failure, ip6_failure;
	struct dhcp *dhcp;
	bool zeroconf;
	uint32_t arp_wait_ms, arp_tries;
	uint32_t link_wait_ms, lacp_wait_ms, sync_wait_ms;
	const struct want_ethtool *ethtool;
	const char *zone;
	struct pos zone_pos;
	uint32_t hook_limit_ms;
	struct want_dns *dns;
	struct helper *helper;
};

/* Whether it is a port of a bond or bridge, and so has no addresses of its own. */
static inline bool iface_is_port(const struct iface *iface)
{
	return iface->master_name && iface->port_options;
}

/* What it joins while it keeps its own addresses, if that has a file; or NULL. */
static inline struct iface *iface_home(const struct iface *iface)
{
	return iface->master && link_kinds[iface->master->kind].has_hosts ? iface->master
									  : NULL;
}

/* The kind of what it joins; it has a .master_name. */
static inline const struct link_kind *iface_master_kind(const struct iface *iface)
{
	return &link_kinds[iface->master
				   ? iface->master->kind
				   : link_kind_of(iface->port_options->table->kind)];
}

static inline bool iface_is_bond_port(const struct iface *iface)
{
	return iface->master && iface->master->kind == IFACE_BOND;
}

/* Whether it is a port of a bridge, which may or may not be loaded with it. */
static inline bool iface_is_bridge_port(const struct iface *iface)
{
	return iface->port_options && iface->port_options->table == &bridge_port_table;
}

/* The port of that name, or NULL. */
static inline struct iface *iface_port(const struct iface *master, const char *name)
{
	for (size_t i = 0; i < master->n_ports; i++)
		if (strcmp(master->ports[i]->name, name) == 0)
			return master->ports[i];
	return NULL;
}

/*
 * struct model_failed - an interface that is excluded because of errors, which are
 * reported
 */
struct model_failed {
	const char *name;
	struct pos pos;
};

/**
 * struct model - what one run is about
 * @target: the requested interface; its bond or bridge and its
 *          ports are reached from it. NULL if all are meant
 * @directory: where the files are
 * @alias, @alias_file: if only an alias or range of the target was requested, its name and
 *                      that of its file; else NULL
 * @step: as in struct model_options
 * @order: the targets and everything below them, lower ones first; network cards that
 *         are ports are not among them, unless they are targets. After them what was
 *         requested besides
 * @uppers: what is stacked on the target by the files, lower ones first; errors of
 *          these are not reported
 * @keep_uppers: taking the target down must not affect what is stacked on it
 * @programs: paths or names of programs of which planning must know whether they exist
 * @failed: those that are left alone because of errors while others come up: ports, and if
 *          all were requested, or some besides, any of these
 * @is_partial: only the interfaces of some cards were requested
 * @devices: if all were requested, what the files describe, sorted by name, whether it
 *           is wanted now or not
 */
struct model {
	struct arena *arena;
	struct iface *target;
	const char *directory;
	const char *alias, *alias_file;
	enum helper_step step;
	struct iface **order;
	size_t n_order, order_cap;
	struct iface **uppers;
	size_t n_uppers, uppers_cap;
	bool keep_uppers;
	const char **programs;
	size_t n_programs, programs_cap;
	struct model_failed *failed;
	size_t n_failed, failed_cap;
	bool is_partial;
	const char **devices;
	size_t n_devices, devices_cap;
};

/* The settings of one DHCP protocol; NULL if the files don't request it. */
const struct dhcp_wish *iface_dhcp(const struct iface *iface, enum dhcp_family family);

/* Adds an address. */
void iface_push_addr(struct arena *arena, struct iface *iface,
		     const struct want_addr *addr);

/**
 * iface_next_addr() - iterate over the addresses in the files, whatever their prefix
 * length
 * @at: 0 for the first call, then passed on to the next ones
 *
 * Return: one more, or NULL.
 */
const struct want_addr *iface_next_addr(const struct iface *iface, const struct ip *ip,
					size_t *at);

/* Whether the files request IPv6: more than the kernel does by default if it has IPv6. */
bool iface_asks_for_ip6(const struct iface *iface);

/*
 * Whether networks that are not in the files may appear on the interface: with a lease,
 * or, for IPv6, from a router, if that is requested or there is nothing else.
 */
bool iface_may_get_network(const struct iface *iface, uint8_t family);

/**
 * struct model_draft - a file to be written
 * @name: in the directory of the ifcfg files
 * @text: NULL for a file to be removed
 */
struct model_draft {
	const char *name;
	const char *text;
};

/* Appended to the hint about a missing card that was not waited for. */
#define DEV_TIMEOUT_HINT N_("; DEVTIMEOUT=10 waits for a card that appears late")

/**
 * struct model_options - how the files are read
 * @sysconfig: directory, /etc/sysconfig unless a test says otherwise
 * @insecure: take files that others than root can write
 * @driver: the bonding driver's parameters, as BONDING_OPTS would have them; or NULL
 * @at_boot: with all interfaces, those with ONBOOT=no are skipped
 * @goes_down: the interfaces are to be taken down: a file whose name has the device need not
 *             say it
 * @keep_uppers: as in struct model
 * @appeared: names of network cards, the last one NULL: of all interfaces, only those are
 *            meant that such a card is, or that are stacked on it; or NULL
 * @step: of a single interface, what its helper wants done
 * @host: what the machine has, as far as it is known; only read. NULL if nothing matters of
 *        it: names are interfaces' own, and no card has an address
 * @asks: gets what the files mention and @host does not know; or NULL
 * @is_abroad: the files are those of another machine: cards get made-up names
 * @drafts: read instead of, or besides, what is in the directory; the last one has no name;
 *          or NULL for none
 * @secrets: receives values of the files that must not be shown; or NULL
 * @reads_all: of a single interface, too, all files are read in whole, which changes nothing
 * @kept: gets a copy of each file that was read, and of those that model_means(), by their
 *        names below @sysconfig; or NULL
 */
struct model_options {
	const char *sysconfig;
	bool insecure;
	const char *driver;
	bool at_boot, goes_down, keep_uppers;
	const char *const *appeared;
	enum helper_step step;
	const struct model_host *host;
	struct host_asks *asks;
	bool is_abroad;
	const struct model_draft *drafts;
	struct secrets *secrets;
	bool reads_all;
	struct kept *kept;
};

/* Accepts NULL. */
void model_free(const struct model *model);

/* Whether the device is one of the targets. */
bool model_has_target(const struct model *model, const char *device);

/* Whether a file describes the device; for models of all interfaces. */
bool model_describes(const struct model *model, const char *device);

/* Whether it is one of .uppers. */
bool model_has_upper(const struct model *model, const struct iface *iface);

static inline void model_freep(const struct model **model)
{
	model_free(*model);
}
#define _cleanup_model_ _cleanup_(model_freep)
