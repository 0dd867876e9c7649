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
#include "lib/model/link-kind.h"
#include "lib/model/route.h"
#include "lib/model/tun.h"
#include "lib/model/vlan.h"

struct rtnl;

/* Size of an address of a link as text. */
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
 * struct snap_run - a program that was run for a link, and is not run again while the
 * link stays up
 * @argv: ends with NULL
 */
struct snap_run {
	struct snap_run *next;
	const char *const *argv;
};

/**
 * struct snap_client - a DHCP client that runs for a link, or that an earlier run started
 * @pid: 0 in what earlier runs made
 * @argv: the words it was started with, ending with NULL; NULL if it does not show them
 * @env: NAME=VALUE, as in struct program; known only for clients that earlier runs
 * started
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

/* struct snap_file - an existing file or directory; @is_empty: its length is zero */
struct snap_file {
	struct snap_file *next;
	const char *path;
	bool is_empty;
};

/* struct snap_program - a program; @path is NULL if it is not installed */
struct snap_program {
	struct snap_program *next;
	const char *name, *path;
};

/* What was run for an interface, as bits. */
enum snap_ran {
	SNAP_RAN_HOOK = 1 << 0,          /* the hook before it comes up or goes down */
	SNAP_RAN_HELPER = 1 << 1,        /* its helper, before the rest */
	SNAP_RAN_HELPER_FAILED = 1 << 2, /* which is reported */
};

/* struct snap_ran_for - programs that this run has run, @what, for the interface @name */
struct snap_ran_for {
	struct snap_ran_for *next;
	char *name;
	unsigned int what;
};

/* struct snap_zone - the firewalld zone of a link, which may not exist */
struct snap_zone {
	struct snap_zone *next;
	const char *link, *zone;
};

/* struct snap_name - an alternative name of a link, often longer than IFNAMSIZ */
struct snap_name {
	struct snap_name *next;
	const char *name;
};

/* The file in which programs look for name servers. */
#define RESOLV_CONF "/etc/resolv.conf"

enum resolver_kind {
	RESOLVER_FILE,       /* RESOLV_CONF is a file that anyone may change */
	RESOLVER_RESOLVED,   /* systemd-resolved maintains it, through resolvectl */
	RESOLVER_RESOLVCONF, /* resolvconf generates it */
	RESOLVER_UNUSABLE,   /* it cannot be changed */
};

/**
 * struct snap_resolver - what maintains the name servers of this host
 * @text: the lines of the file; NULL if there is none, or if another kind maintains it
 *
 * In what earlier runs made, @kind is where they put name servers, and @text the original
 * file.
 */
struct snap_resolver {
	enum resolver_kind kind;
	const char *text;
};

/*
 * The state of either side of a port in LACP, by IEEE 802.1AX; as in linux/if_bonding.h.
 */
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
 * @aggregator_id: its group; the bond's snap_aggregator is the group in use
 * @actor_state, @partner_state: our side and the switch's, bits of enum lacp_port_state
 * @has_churn: whether the kernel reports the churn states, as from 7.1 on
 * @actor_churn, @partner_churn: 0 monitoring, 1 out of sync for long, 2 in sync
 */
struct snap_lacp_port {
	uint16_t aggregator_id;
	uint8_t actor_state;
	uint8_t partner_state;
	bool has_churn;
	uint8_t actor_churn, partner_churn;
};

/**
 * struct snap_port - the bonding driver's data on a port
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
 * @partner_mac: the switch's; all zeros if there is no LACP partner
 */
struct snap_aggregator {
	uint16_t id;
	uint16_t n_ports;
	uint16_t actor_key, partner_key;
	struct hwaddr partner_mac;
};

/* struct snap_tail - of a list: its last entry, and all by their hash when there are many */
struct snap_tail {
	void *last;
	struct snap_listed *listed;
};

/**
 * struct snap_link - a network device
 * @altnames: its alternative names; from kernel 5.5 on
 * @kind: of rtnetlink ("bond", "veth"); "" for hardware
 * @flags: IFF_*
 * @master: ifindex of the bond or bridge it is a port of, 0 for none
 * @parent: ifindex of its parent (a VLAN), or of its other end (a veth); 0 for none
 * @perm_mac: burned-in address, or the closest value that the kernel reports
 * @carrier: whether it can carry frames
 * @options: those of its kind, by the table of link_kinds[], as the driver reports them; NULL
 *           for a kind that has none. See snap_bond()
 * @refused: of a bond that earlier runs made or changed: values that the driver refused; NULL
 *           for none
 * @vlan: NULL unless the kind is vlan; @tun, unless it is tun; @ipoib, unless it is ipoib
 * @port_options: of the port of a master other than a bond: options by the table .beside
 *                that of the master's kind; NULL if there is no such table. See
 *                snap_bridge_port()
 * @other: for a link that is to be created, the name of its parent (a VLAN) or of
 *         its other end (a veth)
 * @down_with: for a link that earlier runs made, the one whose ifdown took it down, and
 *             whose ifup brings it back; NULL for none
 * @unfinished: of a link that a run made or changed that was killed before its end
 * @hooks_due: likewise, and its hooks were to be called afterwards
 * @aggregator: of a bond in mode 802.3ad, the active one, or NULL
 * @tx_queues: of a bond; 0 when it is not known
 * @port: NULL unless it is the port of a bond
 * @conf: its settings below /proc/sys/net, as far as they are known, or NULL; links with the
 *        same ones may share them: see snapshot_set_conf()
 * @token: last half of autoconfigured IPv6 addresses, AF_UNSPEC for none
 * @addrs, @routes: in the kernel's order; of routes, those with one way only, through it
 * @rules: without those that the kernel starts with
 * @addr_tail and its like: for listed.c
 * @clients: of DHCP; looked for when the files ask for DHCP, or an earlier run started one
 * @runs: of a link that earlier runs made or changed
 * @dns: of a link that earlier runs made or changed: what it brought to the resolver; NULL
 *       for nothing
 * @zone: for a link that earlier runs made or changed: the firewalld zone they put it into;
 *        NULL for none
 * @in_resolver: a resolver service has name servers of this link
 * @nm_managed: NetworkManager is running and manages it
 * @is_free: of a part of the kernel's state: see snapshot_take_part()
 * @was_reset: for a simulated link: a step created it, or set it down
 * @bears_vlans: for a simulated link: a VLAN is, or was, stacked on it
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
	struct option_values *options, *refused;
	struct vlan *vlan;
	struct tun *tun;
	struct ipoib *ipoib;
	struct option_values *port_options;
	const char *other;
	const char *down_with;
	bool unfinished, hooks_due;
	uint32_t tx_queues;
	struct snap_aggregator *aggregator;
	struct snap_port *port;
	const struct link_conf_values *conf;
	struct ip token;
	struct snap_addr *addrs;
	struct route *routes;
	struct rule *rules;
	struct snap_tail addr_tail, route_tail, rule_tail;
	struct snap_client *clients;
	struct snap_run *runs;
	struct dns *dns;
	const char *zone;
	bool in_resolver;
	bool nm_managed;
	bool is_free;
	bool was_reset;
	bool bears_vlans;
	unsigned int noted;
	struct snap_link *next_of_name, *next_of_index;
};

/* The options of a bond, or of a bridge; NULL for every other link. */
static inline struct option_values *snap_bond(const struct snap_link *link)
{
	return link->options && link->options->table == &bond_table ? link->options
								    : NULL;
}

static inline struct option_values *snap_bridge(const struct snap_link *link)
{
	return link->options && link->options->table == &bridge_table ? link->options
								      : NULL;
}

/* The options of the port of a bridge; NULL for every other link. */
static inline struct option_values *snap_bridge_port(const struct snap_link *link)
{
	return link->port_options && link->port_options->table == &bridge_port_table
		       ? link->port_options
		       : NULL;
}

/* The address that determines its network: the peer's, if there is a peer. */
static inline const struct ip *snap_addr_network(const struct snap_addr *addr)
{
	return ip_is_set(&addr->peer) ? &addr->peer : &addr->addr;
}

/* "192.0.2.1/24", or "192.0.2.1 peer 192.0.2.9/32", as ip(8) prints it. */
const char *snap_addr_format(const struct snap_addr *addr,
			     char buf[static SNAP_ADDR_TEXT_MAX]);

/*
 * Settings are shared between links: this many cover the changes of one link in a plan.
 */
#define SNAP_CONFS 16

/* struct snap_kernel - a kernel's release, for example 6.1, without its suffix */
struct snap_kernel {
	unsigned int major, minor;
};

/* Parses "6.1" and ignores what follows. Return: 0; -EINVAL with @ret untouched. */
int snap_kernel_parse(const char *release, struct snap_kernel *ret);

/* struct snap_options - only in texts: modprobe.d's options for the driver, or a bond */
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
 * @has_altnames: some link has an alternative name
 * @is_part: most addresses and routes are missing: see snapshot_take_part()
 * @lacks_ip6: the kernel has no IPv6
 * @nowhere: bears the policy rules, and the routes that go through no device or through
 *           several; its name is empty, and it is not among the links
 * @programs, @files: those that were looked for
 * @ran: programs that were run before it was taken; borrowed
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
	bool has_altnames, is_part;
	bool lacks_ip6;
	struct snap_link *nowhere;
	struct snap_program *programs;
	const struct snap_ran_for *ran;
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

/* A copy that shares nothing with @from. */
struct snapshot *snapshot_clone(const struct snapshot *from);

/*
 * Finds a link by name or index; NULL if there is none. The empty name stands for
 * .nowhere.
 */
struct snap_link *snapshot_link(const struct snapshot *snapshot, const char *name);
struct snap_link *snapshot_link_by_index(const struct snapshot *snapshot, int ifindex);

/**
 * snapshot_add_link() - add a new, empty link
 * @name: copied; @ifindex: 0 for none
 *
 * Return: the link, to be filled in.
 */
struct snap_link *snapshot_add_link(struct snapshot *snapshot, const char *name,
				    int ifindex);
void snapshot_remove_link(struct snapshot *snapshot, struct snap_link *link);
/* Gives it a name that no other link has; copied. */
void snapshot_rename_link(struct snapshot *snapshot, struct snap_link *link,
			  const char *name);

/* Notes that the driver refused a value, which is copied. */
void snapshot_set_refused(struct snapshot *snapshot, struct snap_link *bond, size_t id,
			  const struct option_value *value);

/* Sets an option of a bond to a copy. */
void snapshot_set_option(struct snapshot *snapshot, struct snap_link *bond, size_t id,
			 const struct option_value *value);

/* Copies the name, with its place after the others. */
void snapshot_add_altname(struct snapshot *snapshot, struct snap_link *link,
			  const char *name);
/* The link that has the alternative name; NULL if there is none. */
struct snap_link *snapshot_link_by_altname(const struct snapshot *snapshot,
					   const char *name);

/* Whether its kind has its address from its parent or its ports. */
bool snap_link_borrows_mac(const struct snap_link *link);
/* Whether it has an address of its own, as cards do: it is not a bond, VLAN or the like. */
bool snap_link_is_card(const struct snap_link *link);

/*
 * The network card with that address, preferably as its burned-in one; NULL if there is
 * none.
 */
struct snap_link *snapshot_link_by_mac(const struct snapshot *snapshot,
				       const struct hwaddr *mac);

/*
 * Sets all settings of a link: a copy, or those of a link with the same ones.
 */
void snapshot_set_conf(struct snapshot *snapshot, struct snap_link *link,
		       const struct link_conf_values *conf);
struct link_conf_value snap_link_conf(const struct snap_link *link, enum link_conf_id id);

/* Appends a copy, including its text. Return: the copy. */
struct snap_addr *snapshot_add_addr(struct snapshot *snapshot, struct snap_link *link,
				    const struct snap_addr *addr);
struct route *snapshot_add_route(struct snapshot *snapshot, struct snap_link *link,
				 const struct route *route);

struct rule *snapshot_add_rule(struct snapshot *snapshot, struct snap_link *link,
			       const struct rule *rule);

/* Appends a copy. */
void snapshot_add_run(struct snapshot *snapshot, struct snap_link *link,
		      const char *const *argv);

/* The link's run with the same words, or NULL. */
struct snap_run *snap_link_run(const struct snap_link *link, const char *const *argv);

/**
 * snapshot_find_programs() - look for programs that the plan may run
 * @names: @n paths, or names to be searched for in the system's program directories
 */
void snapshot_find_programs(struct snapshot *snapshot, const char *const *names,
			    size_t n);

/* Return: what was run for the interface before, bits of enum snap_ran. */
unsigned int snapshot_ran(const struct snapshot *snapshot, const char *name);
void snapshot_add_program(struct snapshot *snapshot, const char *name, const char *path);

/**
 * snapshot_look_at_resolver() - find out what maintains the name servers, and which are
 * ours
 * @made: name servers of links set by earlier runs; borrowed
 * @diag: receives a warning if the name servers cannot be changed
 *
 * Source: file-hierarchy of systemd-resolved.service(8),
 * resolvconf(8).
 */
void snapshot_look_at_resolver(struct snapshot *snapshot, const struct snapshot *made,
			       struct diag *diag);

/* Copies text and kind, and the name servers of a link. */
void snapshot_set_resolver(struct snapshot *snapshot,
			   const struct snap_resolver *resolver);
void snapshot_set_dns(struct snapshot *snapshot, struct snap_link *link,
		      const struct dns *dns);
/* The name servers of all links together. */
void snapshot_all_dns(const struct snapshot *snapshot, struct arena *arena,
		      struct dns *ret);

/* The path of a program that was looked for; NULL if it is not installed. */
const char *snapshot_program(const struct snapshot *snapshot, const char *name);

/*
 * Adds the firewalld zone of a link; "" if it has none of its own.
 */
void snapshot_add_zone(struct snapshot *snapshot, const char *link, const char *zone);
const char *snapshot_zone(const struct snapshot *snapshot, const char *link);

/*
 * Looks for @n files or directories that decide which programs are run.
 */
void snapshot_find_files(struct snapshot *snapshot, const char *const *paths, size_t n);
void snapshot_add_file(struct snapshot *snapshot, const char *path, bool is_empty);
/* NULL if it does not exist, or was not looked for. */
const struct snap_file *snapshot_file(const struct snapshot *snapshot, const char *path);

/**
 * snapshot_find_clients() - look for DHCP clients that run for a link
 * @link: receives those that are found
 *
 * A process counts if the file for its id names it, and its command line shows that it is
 * that program working for that link: the file of a client that died means nothing.
 */
void snapshot_find_clients(struct snapshot *snapshot, struct snap_link *link);

/* Looks for the programs involved in DHCP. */
void snapshot_find_dhcp_programs(struct snapshot *snapshot);

/* Whether the process is that client working for that link. */
bool snap_client_runs(enum dhcp_client_id id, enum dhcp_family family, const char *dev,
		      int pid);
/* The process in a file of process ids; 0 if there is none. */
int snap_client_pid(const char *pid_file);

/* Appends a copy. */
void snapshot_add_client(struct snapshot *snapshot, struct snap_link *link,
			 const struct snap_client *client);
struct snap_client *snap_link_client(const struct snap_link *link,
				     enum dhcp_family family);
void snap_link_drop_client(struct snap_link *link, const struct snap_client *client);
bool snap_same_words(const char *const *a, const char *const *b);

/* Whether an address was obtained by a DHCP client, and will expire. */
bool snap_addr_is_leased(const struct snap_addr *addr, enum dhcp_family family);

/* Whether what joins it keeps its own addresses and routes. */
bool snap_link_has_hosts(const struct snap_link *link);

/* The table of routes through a link that name none. */
uint32_t snap_link_table(const struct snapshot *snapshot, const struct snap_link *link);

/* Whether it is stacked on another link, and goes up and down with it. */
bool snap_link_is_stacked(const struct snap_link *link);

/* The other end of a veth; NULL if that is not known, as in another network namespace. */
const struct snap_link *snap_link_peer(const struct snapshot *snapshot,
				       const struct snap_link *link);

/* The link's address with this address and prefix length; NULL if there is none. */
struct snap_addr *snap_link_addr(const struct snap_link *link, const struct ip *addr,
				 uint8_t prefix_len);
/* Whether it has the address, with any prefix length; @link may be NULL. */
bool snap_link_has_addr(const struct snap_link *link, const struct ip *addr);
/* The link's route in the same place (see route_same_place()), or NULL. */
struct route *snap_link_route(const struct snap_link *link, const struct route *route);

/* The link's rule that is the same, or NULL. */
struct rule *snap_link_rule(const struct snap_link *link, const struct rule *rule);
/* The same, among those for which @fits holds. */
struct rule *snap_link_rule_that(const struct snap_link *link, const struct rule *rule,
				 bool (*fits)(const struct rule *rule, const void *arg),
				 const void *arg);

/* Copies what only links of its kind have. */
void snap_link_copy_kind(struct arena *arena, const struct snap_link *from,
			 struct snap_link *to);

/* Makes a link the port of a bond. Return: its data. */
struct snap_port *snapshot_make_port(struct snapshot *snapshot, struct snap_link *link);

/* The link's options by that table; NULL if it has none, or there is no link. */
const struct option_values *snap_link_options(const struct snap_link *link,
					      const struct option_table *table);
/*
 * Where a link's options are; NULL for those of a port if it is not one. Those that it had
 * as a link of another kind are dropped.
 */
struct option_values **snap_link_options_place(struct snap_link *link,
					       const struct option_table *table);

/*
 * Takes an address out of the link's list; it stays in the arena. Return: the one before
 * it.
 */
struct snap_addr *snap_link_drop_addr(struct snap_link *link,
				      const struct snap_addr *addr);
struct route *snap_link_drop_route(struct snap_link *link, const struct route *route);
/* The lists of a link, for which see listed.h. */
struct listed;
extern const struct listed snap_addrs, snap_routes, snap_rules;
/* Puts an entry back after @before. */
void listed_mend(const struct listed *of, struct snapshot *snapshot,
		 struct snap_link *link, void *item, void *before);
/* Takes out the last one again, which was added after @before. */
void listed_cut(const struct listed *of, struct snap_link *link, const void *item,
		void *before);
void snap_link_drop_routes(struct snap_link *link);
void snap_link_drop_addrs(struct snap_link *link);
void snap_link_drop_rules(struct snap_link *link);
/* To be called after one of them was changed in place. */
void snap_link_list_routes(struct snapshot *snapshot, struct snap_link *link);
struct rule *snap_link_drop_rule(struct snap_link *link, const struct rule *rule);
void snap_link_drop_run(struct snap_link *link, const struct snap_run *run);

/**
 * snapshot_take() - read links, addresses and main routes from the kernel
 * @rtnl: borrowed
 * @ret: new snapshot, freed with snapshot_free(); untouched on failure
 *
 * Dumps that a concurrent change made inconsistent are repeated; if changes never stop,
 * several of them are merged.
 *
 * Return: 0; a negative errno, reported in @diag. Spec: rtnetlink(7); rtnl_fill_ifinfo(),
 * bond_fill_info(), bond_fill_slave_info().
 */
int snapshot_take(struct rtnl *rtnl, struct diag *diag, struct snapshot **ret);

/**
 * struct snap_scope - the part of the kernel's state that a run needs
 * @target: the link that it is about
 * @names: further ones whose addresses and routes matter; @n of them
 * @routes: all routes matter, of IPv4 and of IPv6
 * @everything: addresses and routes of all links matter
 * @rules: policy rules matter
 */
struct snap_scope {
	const char *target;
	const char *const *names;
	size_t n;
	bool routes[2];
	bool everything, rules;
};

/**
 * snapshot_take_part() - the same, but addresses and routes only where they matter
 * @scope: NULL for everywhere
 * @links: what snapshot_look_for() has read of all links, if they are known to be the same
 *         still; it becomes *@ret, or is freed. NULL to read them
 *
 * All links are there, and policy rules if they are in @scope. Addresses and routes are those of the links in @scope, of their masters
 * and parents, and of what is stacked on the target or its ports. The target, its ports and
 * what is stacked on them are marked .is_free: nothing else is needed to plan a step there.
 * If there are few links, if most of them matter, or if the kernel cannot filter, all addresses
 * and routes are there.
 *
 * Return: as snapshot_take().
 */
int snapshot_take_part(struct rtnl *rtnl, const struct snap_scope *scope,
		       struct snapshot *links, struct diag *diag, struct snapshot **ret);

/**
 * snapshot_look_for() - ask the kernel for one link, or for all of them
 * @name: one of its names; NULL for all
 * @snapshot: gets them, with nothing but what a link itself has; all replace those it had
 *
 * Return: 0; -ENODEV if there is none; another negative errno.
 */
int snapshot_look_for(struct rtnl *rtnl, const char *name, struct snapshot *snapshot);

/* Reads /etc/machine-id into .machine_id. */
void snapshot_read_machine_id(struct snapshot *snapshot);

/* Reads the @wanted settings of new links, which no dump contains, into .new_conf. */
void snapshot_read_new_conf(struct snapshot *snapshot,
			    const bool wanted[static CONF_COUNT]);

/* The word before .down_with of a link in the text form. */
#define SNAPSHOT_DOWN_WITH "down-with"

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
 * The text after "resolv " is an unchanged line of the file.
 * A word that starts with '#' starts a comment. It serves the planner's cases and the state
 * file.
 *
 * Return: 0; -EINVAL, reported in @diag with its line.
 */
int snapshot_read_text(const char *text, const char *file, struct diag *diag,
		       struct snapshot **ret);

/* Writes text that snapshot_read_text() reads. Return: 0; a negative errno. */
int snapshot_write_text(const struct snapshot *snapshot, FILE *out);
