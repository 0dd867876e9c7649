/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/model/addr.h"
#include "lib/model/bond-port.h"
#include "lib/model/bridge-options.h"
#include "lib/model/dhcp.h"
#include "lib/model/dns.h"
#include "lib/model/ipoib.h"
#include "lib/model/link-conf.h"
#include "lib/model/route.h"
#include "lib/model/tun.h"
#include "lib/model/vlan.h"

struct rtnl;

/* Room for an address of a link as text. */
#define SNAP_ADDR_TEXT_MAX (IP_TEXT_MAX + sizeof(" peer ") + IP_TEXT_MAX)

/**
 * struct snap_addr - an address of a link
 * @peer: at the other end of a point-to-point link; then @prefix_len is that of its network;
 *        AF_UNSPEC for none
 * @flags: IFA_F_*
 * @valid_s, @preferred_s: how long it lasts; 0 for ever, or where that is not known
 */
struct snap_addr {
	struct snap_addr *next;
	struct ip addr;
	uint8_t prefix_len;
	struct ip peer;
	struct ip broadcast;
	const char *label;
	uint8_t scope;
	uint32_t flags;
	uint32_t valid_s, preferred_s;
};

/**
 * struct snap_run - a program that was run for a link, and need not be run again while the
 * link stays up
 * @argv: ends with NULL
 */
struct snap_run {
	struct snap_run *next;
	const char *const *argv;
};

/**
 * struct snap_client - a DHCP client that runs for a link, or that an earlier run started
 * @pid: 0 among what earlier runs made
 * @argv: what it was started with, ends with NULL; NULL when it does not tell
 * @env: NAME=VALUE, as struct program has it; known only of those that earlier runs started
 * @conf: the content of the configuration file made for it, or NULL; likewise
 * @host_name: sent because the files name none, or NULL; likewise
 */
struct snap_client {
	struct snap_client *next;
	enum dhcp_family family;
	enum dhcp_client_id id;
	int pid;
	const char *const *argv;
	const char *const *env;
	const char *conf, *host_name;
};

/* struct snap_file - a file, or folder, that is there; @is_empty: of length zero */
struct snap_file {
	struct snap_file *next;
	const char *path;
	bool is_empty;
};

/* struct snap_program - one that is installed; @path is NULL when it is not */
struct snap_program {
	struct snap_program *next;
	const char *name, *path;
};

/* struct snap_zone - where firewalld has a link, be that there or not */
struct snap_zone {
	struct snap_zone *next;
	const char *link, *zone;
};

/* struct snap_name - an alternative name of a link; longer ones than IFNAMSIZ are usual */
struct snap_name {
	struct snap_name *next;
	const char *name;
};

/* Where programs look for their name servers. */
#define RESOLV_CONF "/etc/resolv.conf"

enum resolver_kind {
	RESOLVER_FILE,     /* RESOLV_CONF is a file, to be changed by whoever wants to */
	RESOLVER_RESOLVED, /* systemd-resolved has it; resolvectl talks to that */
	RESOLVER_RESOLVCONF, /* resolvconf makes it of what it is told */
	RESOLVER_UNUSABLE,   /* nothing that can be changed here */
};

/**
 * struct snap_resolver - who knows the name servers of this host
 * @text: of the file, line by line; NULL when there is none, or when another kind has it
 *
 * In what earlier runs made, @kind is what they told, and @text what was there before.
 */
struct snap_resolver {
	enum resolver_kind kind;
	const char *text;
};

/* Of LACP's two sides of a port, by IEEE 802.1AX; linux/if_bonding.h has the same. */
enum lacp_port_state {
	LACP_ACTIVE = 1 << 0,
	LACP_SHORT_TIMEOUT = 1 << 1,
	LACP_AGGREGATION = 1 << 2,
	LACP_SYNCHRONIZATION = 1 << 3,
	LACP_COLLECTING = 1 << 4,
	LACP_DISTRIBUTING = 1 << 5,
	LACP_DEFAULTED = 1 << 6,
	LACP_EXPIRED = 1 << 7,
};

/**
 * struct snap_lacp_port - a port in mode 802.3ad
 * @aggregator_id: which group it is in; the bond's snap_aggregator tells the one in use
 * @actor_state, @partner_state: our side and the switch's, bits of enum lacp_port_state
 * @has_churn: whether the kernel tells the churn states; from 7.1 on
 * @actor_churn, @partner_churn: 0 still monitored, 1 out of step for long, 2 in step
 */
struct snap_lacp_port {
	uint16_t aggregator_id;
	uint8_t actor_state;
	uint8_t partner_state;
	bool has_churn;
	uint8_t actor_churn, partner_churn;
};

/**
 * struct snap_port - what the bonding driver reports of a port
 * @state: 0 active, 1 backup
 * @mii_status: 0 up, 1 going down, 2 down, 3 coming up
 * @perm_mac: the address it had when it joined and gets back when it leaves
 * @options: by bond_port_table
 * @has_lacp, @lacp: in mode 802.3ad only
 */
struct snap_port {
	uint8_t state;
	uint8_t mii_status;
	uint32_t link_failures;
	struct hwaddr perm_mac;
	struct option_values *options;
	bool has_lacp;
	struct snap_lacp_port lacp;
};

/**
 * struct snap_aggregator - the group of ports that a bond in mode 802.3ad uses
 * @id: as in snap_lacp_port
 * @partner_mac: the switch; all zero when nobody answers LACP
 */
struct snap_aggregator {
	uint16_t id;
	uint16_t n_ports;
	uint16_t actor_key, partner_key;
	struct hwaddr partner_mac;
};

/**
 * struct snap_link - a network device
 * @altnames: what it may be called, too; from kernel 5.5 on
 * @kind: of rtnetlink ("bond", "veth"); "" for hardware
 * @flags: IFF_*
 * @master: ifindex of the bond or bridge it is a port of, 0 for none
 * @parent: ifindex of what it stands on (a VLAN), or of its other end (a veth); 0 for none
 * @perm_mac: burned-in address, or the nearest thing the kernel tells
 * @carrier: whether it can carry frames
 * @bond: options as the driver reports them; NULL unless the kind is bond
 * @refused: of a bond that earlier runs made or changed: values that the driver refused; NULL
 *           for none
 * @vlan: NULL unless the kind is vlan; @tun, unless it is tun; @ipoib, unless it is ipoib
 * @bridge: options as the driver reports them, by bridge_table; NULL unless the kind is
 *          bridge
 * @bridge_port: the same by bridge_port_table; NULL unless it is the port of a bridge
 * @other: of a link that is to be created, the name of what it stands on (a VLAN) or of
 *         its other end (a veth)
 * @down_with: of a link that earlier runs made, the one whose ifdown took it along, and
 *             whose ifup brings it back; NULL for none
 * @unfinished: of a link that a run made or changed that was killed before its end
 * @aggregator: of a bond in mode 802.3ad, the active one, or NULL
 * @tx_queues: of a bond; 0 when it is not known
 * @port: NULL unless it is the port of a bond
 * @conf: its settings below /proc/sys/net, as far as they are known, or NULL; links with the
 *        same ones may share them: see snapshot_set_conf()
 * @token: last half of autoconfigured IPv6 addresses, AF_UNSPEC for none
 * @addrs, @routes: in the kernel's order; of routes, those with one way only, through it
 * @rules: without those that the kernel starts with
 * @last_addr and its like: for snapshot_add_addr(); @listed_addrs: for snap_link_addr(), the
 *		addresses once more, when there are many
 * @clients: of DHCP; looked for when the files ask for DHCP, or an earlier run started one
 * @runs: of a link that earlier runs made or changed
 * @dns: of a link that earlier runs made or changed: what it brought to the resolver; NULL
 *       for nothing
 * @zone: of a link that earlier runs made or changed: where they told firewalld to have it;
 *        NULL for nowhere
 * @in_resolver: a service that is told of name servers knows some of this link
 * @nm_managed: NetworkManager runs and holds it
 * @was_reset: of a simulated link: a step made it, or set it down
 * @bears_vlans: of a simulated link: a VLAN stands, or stood, on it
 * @noted: likewise, for journal_link()
 */
struct snap_link {
	int ifindex;
	const char *name;
	struct snap_name *altnames;
	const char *kind;
	unsigned int flags;
	int master;
	int parent;
	uint32_t mtu;
	struct hwaddr mac;
	struct hwaddr perm_mac;
	bool carrier;
	struct option_values *bond, *refused;
	struct vlan *vlan;
	struct tun *tun;
	struct ipoib *ipoib;
	struct option_values *bridge, *bridge_port;
	const char *other;
	const char *down_with;
	bool unfinished;
	uint32_t tx_queues;
	struct snap_aggregator *aggregator;
	struct snap_port *port;
	const struct link_conf_values *conf;
	struct ip token;
	struct snap_addr *addrs, *last_addr;
	struct route *routes, *last_route;
	struct rule *rules, *last_rule;
	struct snap_listed *listed_addrs, *listed_routes, *listed_rules;
	struct snap_client *clients;
	struct snap_run *runs;
	struct dns *dns;
	const char *zone;
	bool in_resolver;
	bool nm_managed;
	bool was_reset;
	bool bears_vlans;
	unsigned int noted;
	struct snap_link *next_of_name, *next_of_index;
};

/* An address of the network that it is in: with a peer, it is the peer's. */
static inline const struct ip *snap_addr_network(const struct snap_addr *addr)
{
	return ip_is_set(&addr->peer) ? &addr->peer : &addr->addr;
}

/* "192.0.2.1/24", or "192.0.2.1 peer 192.0.2.9/32", as ip(8) has it. */
const char *snap_addr_format(const struct snap_addr *addr,
			     char buf[static SNAP_ADDR_TEXT_MAX]);

/* Settings that links share: as many as one link goes through while a plan is made. */
#define SNAP_CONFS 16

/* struct snap_kernel - a kernel's release, 6.1 for example; what comes behind is left out */
struct snap_kernel {
	unsigned int major, minor;
};

/* Reads "6.1" and what may follow. Return: 0; -EINVAL, @ret untouched. */
int snap_kernel_parse(const char *release, struct snap_kernel *ret);

/* struct snap_options - in a text only: what modprobe.d has for the driver, or a bond */
struct snap_options {
	const char *name, *text;
	struct snap_options *next;
};

/**
 * struct snapshot - the kernel's state, or a part of it
 * @links: in the kernel's order
 * @has_bonding: the bonding driver is loaded or built in
 * @options: of the driver by its own name and by those of bonds; a copy has none
 * @kernel: its release; all zero when it is not known
 * @new_conf: what a new link begins with, as far as it was read
 * @confs: for snapshot_set_conf(), the latest that links were given; @n_confs, how many were
 * @lacks_ip6: the kernel has no IPv6
 * @nowhere: bears the policy rules, and the routes that go through no device or through
 *           several; its name is empty, and it is not among the links
 * @programs, @files: those that were looked for
 * @host_name: this host's, NULL when it is not known
 * @machine_id: likewise
 * @dhclient_sends_names: it is Red Hat's, which has options for that (-H, -F), and a script
 *                        that knows the keys of ifcfg files
 * @resolver: as far as it was looked at
 * @has_firewalld: it runs; @zones: of those links that were looked for, and are in one
 * @by_name, @by_index: the links once more, hashed; as many buckets as links, or more
 *
 * The list of what earlier runs made (lib/state) is one too; its links have no index and
 * bear only what was made: also the rules and all the routes of their files.
 */
struct snapshot {
	struct arena *arena;
	struct snap_link **links;
	size_t n_links, links_cap;
	bool has_bonding;
	struct snap_options *options;
	struct snap_kernel kernel;
	struct link_conf_values new_conf;
	const struct link_conf_values *confs[SNAP_CONFS];
	size_t n_confs;
	bool lacks_ip6;
	struct snap_link *nowhere;
	struct snap_program *programs;
	struct snap_resolver resolver;
	struct snap_file *files;
	const char *host_name, *machine_id;
	bool dhclient_sends_names;
	bool has_firewalld;
	struct snap_zone *zones;
	struct snap_link **by_name, **by_index;
	size_t n_buckets;
};

struct snapshot *snapshot_new(void);
void snapshot_free(struct snapshot *snapshot);

static inline void snapshot_freep(struct snapshot **snapshot)
{
	snapshot_free(*snapshot);
}
#define _cleanup_snapshot_ _cleanup_(snapshot_freep)

/* A copy that shares nothing with @from. NULL when memory is short. */
struct snapshot *snapshot_clone(const struct snapshot *from);

/* By name or index; NULL when there is none. The empty name is that of .nowhere. */
struct snap_link *snapshot_link(const struct snapshot *snapshot, const char *name);
struct snap_link *snapshot_link_by_index(const struct snapshot *snapshot, int ifindex);

/**
 * snapshot_add_link() - a new, empty link
 * @name: copied; @ifindex: 0 for none
 *
 * Return: the link, to be filled in; NULL when memory is short.
 */
struct snap_link *snapshot_add_link(struct snapshot *snapshot, const char *name,
				    int ifindex);
void snapshot_remove_link(struct snapshot *snapshot, struct snap_link *link);

/* Note that the driver refused a value, of which a copy is kept. Return: 0, or -ENOMEM. */
int snapshot_set_refused(struct snapshot *snapshot, struct snap_link *bond, size_t id,
			 const struct option_value *value);

/* Set an option of a bond to a copy. Return: 0, or -ENOMEM. */
int snapshot_set_option(struct snapshot *snapshot, struct snap_link *bond, size_t id,
			const struct option_value *value);

/* Whether they are those of one card: of InfiniBand, the part that does not change. */
bool snap_mac_equal(const struct hwaddr *a, const struct hwaddr *b);
/* Copied, with its place behind the others. Return: 0, or -ENOMEM. */
int snapshot_add_altname(struct snapshot *snapshot, struct snap_link *link,
			 const char *name);
/* The link that has the alternative name; NULL when there is none. */
struct snap_link *snapshot_link_by_altname(const struct snapshot *snapshot,
					   const char *name);

/* The network card with that address, the burned-in one first; NULL when there is none. */
struct snap_link *snapshot_link_by_mac(const struct snapshot *snapshot,
				       const struct hwaddr *mac);

/* All settings of a link; copied, unless another has the same. Return: 0, or -ENOMEM. */
int snapshot_set_conf(struct snapshot *snapshot, struct snap_link *link,
		      const struct link_conf_values *conf);
struct link_conf_value snap_link_conf(const struct snap_link *link, enum link_conf_id id);

/* Append a copy, its text included. Return: the copy, or NULL when memory is short. */
struct snap_addr *snapshot_add_addr(struct snapshot *snapshot, struct snap_link *link,
				    const struct snap_addr *addr);
struct route *snapshot_add_route(struct snapshot *snapshot, struct snap_link *link,
				 const struct route *route);

struct rule *snapshot_add_rule(struct snapshot *snapshot, struct snap_link *link,
			       const struct rule *rule);

/* Append a copy. Return: 0, or -ENOMEM. */
int snapshot_add_run(struct snapshot *snapshot, struct snap_link *link,
		     const char *const *argv);

/* The link's run of the same words, or NULL. */
struct snap_run *snap_link_run(const struct snap_link *link, const char *const *argv);

/**
 * snapshot_find_programs() - look for programs that the plan may want to run
 * @names: paths, or names that are looked for where system programs are; @n of them
 *
 * Return: 0, or -ENOMEM.
 */
int snapshot_find_programs(struct snapshot *snapshot, const char *const *names, size_t n);
int snapshot_add_program(struct snapshot *snapshot, const char *name, const char *path);

/**
 * snapshot_look_at_resolver() - who has the name servers, and what there is of ours
 * @made: what earlier runs told of links; borrowed
 * @diag: receives a warning when it is nothing that can be used
 *
 * Return: 0, or -ENOMEM.
 * Source: file-hierarchy of systemd-resolved.service(8), resolvconf(8).
 */
int snapshot_look_at_resolver(struct snapshot *snapshot, const struct snapshot *made,
			      struct diag *diag);

/* Copies of text and kind, and of what a link brings. Return: 0, or -ENOMEM. */
int snapshot_set_resolver(struct snapshot *snapshot,
			  const struct snap_resolver *resolver);
int snapshot_set_dns(struct snapshot *snapshot, struct snap_link *link,
		     const struct dns *dns);
/* What all links bring together. Return: 0, or -ENOMEM. */
int snapshot_all_dns(const struct snapshot *snapshot, struct arena *arena,
		     struct dns *ret);

/* Where a program is that was looked for; NULL when it is not installed. */
const char *snapshot_program(const struct snapshot *snapshot, const char *name);

/* Where firewalld has a link; "" when it is in no zone of its own. Return: 0, or -ENOMEM. */
int snapshot_add_zone(struct snapshot *snapshot, const char *link, const char *zone);
const char *snapshot_zone(const struct snapshot *snapshot, const char *link);

/* Look for files, or folders, that decide what is run; @n of them. Return: 0, or -ENOMEM. */
int snapshot_find_files(struct snapshot *snapshot, const char *const *paths, size_t n);
int snapshot_add_file(struct snapshot *snapshot, const char *path, bool is_empty);
/* NULL when it is not there, or was not looked for. */
const struct snap_file *snapshot_file(const struct snapshot *snapshot, const char *path);

/**
 * snapshot_find_clients() - look for DHCP clients that run for a link
 * @link: gets those that are found
 *
 * A process counts when the file for its id names it, and it says by its command line that
 * it is that program and works for that link: the file of one that died means nothing.
 *
 * Return: 0, or -ENOMEM.
 */
int snapshot_find_clients(struct snapshot *snapshot, struct snap_link *link);

/* The programs that have to do with DHCP. Return: 0, or -ENOMEM. */
int snapshot_find_dhcp_programs(struct snapshot *snapshot);

/* Whether the process is that client for that link. */
bool snap_client_runs(enum dhcp_client_id id, enum dhcp_family family, const char *dev,
		      int pid);
/* The process in a file of process ids; 0 when there is none. */
int snap_client_pid(const char *pid_file);

/* Append a copy. Return: 0, or -ENOMEM. */
int snapshot_add_client(struct snapshot *snapshot, struct snap_link *link,
			const struct snap_client *client);
struct snap_client *snap_link_client(const struct snap_link *link,
				     enum dhcp_family family);
void snap_link_drop_client(struct snap_link *link, const struct snap_client *client);
bool snap_same_words(const char *const *a, const char *const *b);

/* Whether an address is one that a DHCP client got, and will be gone some day. */
bool snap_addr_is_leased(const struct snap_addr *addr, enum dhcp_family family);

/* Whether it stands on another link, and goes up and down with that. */
bool snap_link_is_stacked(const struct snap_link *link);

/* The link's address with this address and length; NULL when there is none. */
struct snap_addr *snap_link_addr(const struct snap_link *link, const struct ip *addr,
				 uint8_t prefix_len);
/* The link's route in the same place (see route_same_place()), or NULL. */
struct route *snap_link_route(const struct snap_link *link, const struct route *route);

/* The link's rule that is the same, or NULL. */
struct rule *snap_link_rule(const struct snap_link *link, const struct rule *rule);
/* The same, of those that @fits holds for. */
struct rule *snap_link_rule_that(const struct snap_link *link, const struct rule *rule,
				 bool (*fits)(const struct rule *rule, const void *arg),
				 const void *arg);

/* The same as the port of a bond. Return: what there is to know of it so; NULL as above. */
struct snap_port *snapshot_make_port(struct snapshot *snapshot, struct snap_link *link);

/* The link's options by that table; NULL when it has none, or there is no link. */
const struct option_values *snap_link_options(const struct snap_link *link,
					      const struct option_table *table);
/* Where they are; NULL for those of a bond's port that is none. */
struct option_values **snap_link_options_place(struct snap_link *link,
					       const struct option_table *table);

/* Take one out of the link's list; it stays in the arena. Return: which was before it. */
struct snap_addr *snap_link_drop_addr(struct snap_link *link,
				      const struct snap_addr *addr);
struct route *snap_link_drop_route(struct snap_link *link, const struct route *route);
/* Put one back behind @before. Return: 0, or -ENOMEM. */
int snap_link_mend_addr(struct snapshot *snapshot, struct snap_link *link,
			struct snap_addr *addr, struct snap_addr *before);
int snap_link_mend_route(struct snapshot *snapshot, struct snap_link *link,
			 struct route *route, struct route *before);
int snap_link_mend_rule(struct snapshot *snapshot, struct snap_link *link,
			struct rule *rule, struct rule *before);
/* Take the last one out again, which was added behind @before. */
void snap_link_cut_route(struct snap_link *link, const struct route *route,
			 struct route *before);
void snap_link_drop_routes(struct snap_link *link);
void snap_link_drop_addrs(struct snap_link *link);
void snap_link_drop_rules(struct snap_link *link);
/* One of them was changed in its place. Return: 0, or -ENOMEM. */
int snap_link_list_routes(struct snapshot *snapshot, struct snap_link *link);
struct rule *snap_link_drop_rule(struct snap_link *link, const struct rule *rule);
void snap_link_drop_run(struct snap_link *link, const struct snap_run *run);

/**
 * snapshot_take() - ask the kernel for its links, addresses and main routes
 * @rtnl: borrowed
 * @ret: new snapshot, freed with snapshot_free(); untouched on failure
 *
 * Dumps that a concurrent change made inconsistent are taken again; where changes never end,
 * several of them are put together.
 *
 * Return: 0; a negative errno, told in @diag.
 * Spec: rtnetlink(7); rtnl_fill_ifinfo(), bond_fill_info(), bond_fill_slave_info().
 */
int snapshot_take(struct rtnl *rtnl, struct diag *diag, struct snapshot **ret);

/* What /etc/machine-id has, for .machine_id. Return: 0, also when there is none; -ENOMEM. */
int snapshot_read_machine_id(struct snapshot *snapshot);

/* What new links begin with, which is in no dump: for .new_conf. */
void snapshot_read_new_conf(struct snapshot *snapshot);

/**
 * snapshot_read_text() - the same from text, one object a line
 * @text: NUL-terminated; @file: its name for messages
 *
 *     kernel 6.1
 *     module bonding
 *     link ens160 index 2 kind veth mac 52:54:00:00:01:60 mtu 1500 up carrier
 *     link ens192 index 3 mtu 1500 altname enp11s0
 *     link ens300 index 4 mtu 1500 nm-managed
 *     port ens160 master bond0 state backup link-failures 1
 *     bond bond0 mode active-backup miimon 100
 *     refused bond0 ad_select actor_port_prio
 *     vlan bond0.100 parent bond0 protocol 802.1Q id 100
 *     tun tap0 mode tap user 1000
 *     ipoib ib0.8001 parent ib0 pkey 0x8001 mode connected
 *     bridge br0 stp_state on priority 4096
 *     bridge-port bond0 path_cost 2
 *     aggregator bond1 id 1 ports 2 partner-mac 02:00:00:00:00:01
 *     address bond0 192.168.1.22/24 broadcast 192.168.1.255 scope global label bond0
 *     route bond0 default via 192.168.1.1
 *     route none blackhole 10.0.0.0/8
 *     route bond0 inet6 default via fe80::1
 *     sysctl bond0 ipv6.accept_ra 0
 *     rule none inet from 10.0.0.0/8 table 100
 *     dhcp bond0 inet dhclient pid 812 run /sbin/dhclient -1 -q … bond0
 *     host web01.example.org
 *     option dhclient -H
 *     file /etc/dhcp/dhclient.conf
 *     run ens160 /usr/sbin/ethtool -K ens160 tso on
 *     program ethtool /usr/sbin/ethtool
 *     firewalld
 *     firewalld bond0 internal
 *     resolver file
 *     resolv nameserver 192.168.1.1
 *     dns bond0 server 10.0.0.53 domain example.com
 *
 * Routes and rules are in the words of ip(8). In the words of a run, %XX stands for a byte.
 * What is behind "resolv " is a line of the file as it stands there.
 * A word that starts with '#' starts a comment. It serves the planner's cases and the state
 * file.
 *
 * Return: 0; -EINVAL, told in @diag with its line; -ENOMEM.
 */
int snapshot_read_text(const char *text, const char *file, struct diag *diag,
		       struct snapshot **ret);

/* Writes what snapshot_read_text() reads. Return: 0; a negative errno. */
int snapshot_write_text(const struct snapshot *snapshot, FILE *out);
