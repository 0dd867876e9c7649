/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/base/strbuf.h"
#include "lib/model/model.h"
#include "lib/snapshot/snapshot.h"

enum plan_op_kind {
	OP_MODULE_LOAD,   /* the bonding driver, with max_bonds=0 */
	OP_LINK_ADD,      /* create a bond, a VLAN …: .link */
	OP_OPTIONS_SET,   /* of a bond, a bridge, or a port of either: .options */
	OP_VLAN_SET,      /* change flags and maps: .vlan_change */
	OP_TUN_SET,       /* create a tap or tun device, or change its users: .tun */
	OP_IPOIB_MODE,    /* of InfiniBand: .is_connected */
	OP_LINK_DEL,      /* */
	OP_LINK_UP,       /* */
	OP_LINK_DOWN,     /* */
	OP_LINK_MTU,      /* .mtu */
	OP_LINK_MAC,      /* .mac */
	OP_LINK_FLAG,     /* on or off: .flag */
	OP_LINK_TOKEN,    /* for autoconfigured IPv6 addresses: .token */
	OP_PORT_ADD,      /* enslave: .master */
	OP_PORT_REMOVE,   /* release: .master is the bond that it leaves */
	OP_LINK_WAIT,     /* wait until the link can carry frames: .wait */
	OP_ADDR_PROBE,    /* check whether another host uses it: .probe */
	OP_ADDR_ADD,      /* .addr; with .replaces, an existing one is made permanent */
	OP_ADDR_DEL,      /* .addr */
	OP_ROUTE_ADD,     /* add, or replace the one in its place: .route */
	OP_ROUTE_DEL,     /* .route */
	OP_CONF_SET,      /* a setting below /proc/sys/net: .conf */
	OP_DAD_WAIT,      /* wait for duplicate address detection of .addr */
	OP_RULE_ADD,      /* .rule; its .dev is empty, as for a route without a device */
	OP_RULE_DEL,      /* .rule */
	OP_ADDR_ANNOUNCE, /* gratuitous ARP, or its counterpart in IPv6: .probe.addr */
	OP_RUN,           /* a program: .program; its .dev may be NULL */
	OP_RESOLV_SET,    /* replace RESOLV_CONF: .text; without a .dev */
	OP_DHCP_STOP,     /* a DHCP client: .dhcp_stop */
	OP_DHCP_START,    /* start it and wait for a lease: .dhcp_start */
	OP_COUNT
};

#define PLAN_NO_OP SIZE_MAX

/**
 * struct program - a program to be run, without a shell
 * @argv: ends with NULL; argv[0] is its path
 * @env: NAME=VALUE in addition to the environment of all children, ends with NULL; or
 * NULL
 * @input: its standard input; NULL for none
 * @directory: its working directory; NULL for ours
 * @limit_ms: it is stopped if it takes longer
 * @delay_us: the delay before it is started
 * @is_silent: neither its output nor its failure is of interest
 * @outlasts_link: its effect is not lost when the link goes down
 * @to_stderr: its output goes where messages go, and not to our output
 * @undo: the program that reverts it, or NULL
 */
struct program {
	const char *const *argv;
	const char *const *env;
	const char *input;
	const char *directory;
	uint32_t limit_ms;
	uint32_t delay_us;
	bool is_silent;
	bool outlasts_link;
	bool to_stderr;
	const struct program *undo;
};

/**
 * struct plan_owner - an interface that steps are done for
 * @was_up: it was up before, or takes over from another one that was, so a failure
 *          is rolled back to that state; else what works is kept
 * @is_target: it was requested, and is not only below another one
 * @hooks_due: a run that was to call its hooks was killed
 * @has_failed: it cannot come up or go down as wanted, which is reported
 * @below, @n_below: the owners below it, and those whose links it removed for a moment; if their
 *                   steps are undone, so are its own
 */
struct plan_owner {
	const char *name;
	bool was_up, is_target, hooks_due, has_failed;
	size_t *below, n_below;
};

struct dhcp_start;

/**
 * struct dhcp_stop - a DHCP client to be stopped, and the addresses of its lease to be
 * removed
 * @asked: the program that ends it, or NULL: it is only sent a signal
 * @releases: a signal asks it to release the lease first
 * @last: program to be run once it has ended, or NULL
 * @pid_file: contains the process, if that is this client for this link
 * @conf_file: made for it, or NULL
 * @leased, @n_leased: the addresses, as far as known; it may get others meanwhile
 * @before: if this undoes its start, the link as it was, without the routes of its lease
 * @undo: starts it as it was
 */
struct dhcp_stop {
	enum dhcp_family family;
	enum dhcp_client_id client;
	const struct program *asked, *last;
	bool releases;
	const char *pid_file, *conf_file;
	const struct snap_addr *const *leased;
	size_t n_leased;
	const struct snap_link *before;
	const struct dhcp_start *undo;
};

/**
 * struct dhcp_start - a DHCP client to be started
 * @program: exits with status 0 once there is a lease, and leaves a process running
 * @conf_file, @conf: file and content, written before; or NULL
 * @needs_link: if the link cannot carry frames, this fails without being tried
 * @is_either: its failure does not matter if the other protocol gets a lease for the same
 * link
 * @pid_file: may be left by one that died
 * @undo: stops it
 * @client: how it appears once it is running, for the simulation
 */
struct dhcp_start {
	const struct program *program;
	const char *conf_file, *conf;
	bool needs_link, is_either;
	const char *pid_file;
	const struct dhcp_stop *undo;
	struct snap_client client;
};

/**
 * struct link_limits - how long to wait until a link can carry frames
 * @link_ms: until it has a carrier
 * @lacp_ms: of a bond in mode 802.3ad, after a port has one, until a partner is heard
 * @sync_ms: after that, until both sides agree
 * @is_port: a port that was in use a moment ago. Its time starts with the step, which fails
 *           if the port is not in use again in time; it does not start for others.
 */
struct link_limits {
	uint32_t link_ms, lacp_ms, sync_ms;
	bool is_port;
};

/**
 * struct plan_op - one step, as data
 * @pos: line of the files that asked for it
 * @dev, @ifindex: the link it acts on; the index holds for links that the plan creates,
 *                 too, because the plan chooses it
 * @needs: index of the step that must have succeeded before this one may be tried, or
 *         PLAN_NO_OP
 * @follows: number, counted from 1, of a step that has to be over before this one, whether
 *           it succeeds or not; 0 for none. Steps of one owner follow one another anyway.
 * @unless: number, counted from 1, of an earlier step, which is done once more by this one if
 *          it fails, and whose own failure is not reported; 0 for none
 * @owner: the interface that it is done for, an index into the plan's .owners
 * @failure: what its failure means for the rest of its interface
 * @is_wish: the kernel may refuse it, and a program fail, which is no failure
 * @undo, @n_undo: steps that bring back what was before, in the order to run them
 * @lasts: something of it that these cannot bring back: the first owner or group of a tap or tun
 *         device, or what a program without an undo has set
 *
 * .link of OP_LINK_ADD: name, kind, mac (len 0: the driver's choice), mtu (0: default),
 * flags (IFF_UP or 0), and what its kind has: options of a bond or a bridge; of a VLAN,
 * .vlan and its parent; the .other of a VLAN or a veth.
 */
struct plan_op {
	enum plan_op_kind kind;
	struct pos pos;
	const char *dev;
	int ifindex;
	size_t needs, follows, unless;
	size_t owner;
	enum failure_wish failure;
	bool is_wish, replaces, lasts;
	union {
		const struct snap_link *link;
		const struct option_values *options;
		struct {
			const struct vlan *want, *now;
		} vlan_change;
		const struct tun *tun;
		bool is_connected;
		uint32_t mtu;
		struct hwaddr mac;
		struct {
			const struct link_flag *of;
			bool on;
		} flag;
		struct ip token;
		struct {
			const char *dev;
			int ifindex;
		} master;
		struct link_limits wait;
		struct {
			struct ip addr;
			uint32_t wait_ms; /* limit of one probe */
			uint32_t tries;
			bool is_router; /* for OP_ADDR_ANNOUNCE with IPv6 */
		} probe;
		struct {
			enum link_conf_id id;
			int32_t num;
			const char *secret; /* set before, or NULL */
		} conf;
		const struct snap_addr *addr;
		const struct route *route;
		const struct rule *rule;
		const struct program *program;
		const char *text; /* NULL: no file at all */
		const struct dhcp_stop *dhcp_stop;
		const struct dhcp_start *dhcp_start;
	};
	struct plan_op *undo;
	size_t n_undo;
};

/* struct plan_list - steps besides those of the plan proper; in its arena */
struct plan_list {
	struct plan_op *ops;
	size_t n, cap;
};

/**
 * struct plan_lost - addresses and routes that others have set, and that are lost with the plan
 * @what: one or several, in words
 * @master: what @dev becomes a port of; NULL for nothing
 */
struct plan_lost {
	struct pos pos;
	const char *dev, *master, *what;
};

/**
 * struct plan - the steps from the snapshot to the model
 * @arena: of what the steps point to
 * @owner_arena: of the owners, and of what is run before and after the steps
 * @ops: owned, outside of the arena: there may be many thousands
 * @owners: the interfaces of the model's .order, at their places, followed by those
 *          that no file describes any more; lower ones first in either part
 * @made: what is ours once the plan is applied, for the state file; owned
 * @have: the snapshot it starts from; borrowed
 * @before: programs to be run first, which may change anything: if there are some, the
 *          steps after them are not final
 * @after: programs to be run when everything else is done and in effect
 * @lost: what others lose; in the owners' arena
 */
struct plan {
	struct arena *arena, *owner_arena;
	struct plan_op *ops;
	size_t n, cap;
	struct plan_owner *owners;
	size_t n_owners, owners_cap;
	const struct snapshot *have;
	struct snapshot *made;
	struct plan_list before, after;
	struct plan_lost *lost;
	size_t n_lost, lost_cap;
};

/**
 * plan_up() - plan the steps that bring the model's targets up
 * @want: validated model; borrowed, must outlive the plan
 * @have: snapshot taken after @want was loaded; borrowed, must outlive the plan
 * @made: what earlier runs made; borrowed
 * @diag: receives a warning for each port or primary that is missing
 * @ret_plan: new plan, freed with plan_free(); untouched on failure
 *
 * A pure function. A bond comes up with all of its ports; a port comes up with its bond
 * created, but without the bond's addresses and other ports, as with network-scripts. A
 * plan for a system that is as configured has no steps. With -a, what earlier runs made
 * and no file describes any more is removed, and an interface that cannot come up does
 * not stop the others: it is marked in .owners.
 *
 * Return: 0; -ENODEV if the target does not exist and cannot be created, or is not the
 * card that HWADDR means, -EBUSY if the name is taken by another kind of device (both
 * reported in @diag). Spec: bond_enslave(), bond_changelink() in Linux
 * drivers/net/bonding.
 */
int plan_up(const struct model *want, const struct snapshot *have,
	    const struct snapshot *made, struct diag *diag, struct plan **ret_plan);

/**
 * plan_down() - plan the steps that take the model's targets down
 *
 * Like plan_up(). With -a, the loopback stays. Addresses and routes that are in the files
 * or in @made are removed. A bond that we made, or adopted as the driver's default one,
 * is deleted; any other bond is left down and empty. Nothing else is changed.
 */
int plan_down(const struct model *want, const struct snapshot *have,
	      const struct snapshot *made, struct diag *diag, struct plan **ret_plan);

/**
 * plan_enslave(), plan_detach(), plan_change_active() - the steps of ifenslave(8)
 * @want: made by hand: of the first two, the cards, with the bond as their .master; of the last
 *        one, the bond, whose active_slave is set. All of these are there, and fit.
 *
 * As plan_up(), but nothing is done for what else the files say, and only what a card had of
 * its own is forgotten: which ports a bond has by hand is remembered nowhere.
 */
int plan_enslave(const struct model *want, const struct snapshot *have,
		 const struct snapshot *made, struct diag *diag, struct plan **ret_plan);
int plan_detach(const struct model *want, const struct snapshot *have,
		const struct snapshot *made, struct diag *diag, struct plan **ret_plan);
int plan_change_active(const struct model *want, const struct snapshot *have,
		       const struct snapshot *made, struct diag *diag,
		       struct plan **ret_plan);

/* Warns of addresses and routes of others that are lost with the plan. */
void plan_tell_lost(const struct plan *plan, struct diag *diag);

void plan_free(struct plan *plan);

/**
 * plan_drop_steps() - keep only what is needed of a plan once it is applied
 *
 * These are the owners and what is ours; .have may be freed after this.
 */
void plan_drop_steps(struct plan *plan);

/* Keeps only the steps for which @keep is true, without their .needs and .follows. */
void plan_keep_steps(struct plan *plan, bool (*keep)(const struct plan_op *op, void *arg),
		     void *arg);

static inline void plan_freep(struct plan **plan)
{
	plan_free(*plan);
}
#define _cleanup_plan_ _cleanup_(plan_freep)

struct secrets;

/* Appends the command (of ip, modprobe, arping) that does the same as @op. */
void plan_op_print(const struct plan_op *op, struct strbuf *out);

/* The same without secrets. */
void plan_op_print_hidden(const struct plan_op *op, const struct secrets *secrets,
			  struct strbuf *out);

/**
 * plan_print() - print the plan as commands, one per line, each followed by "# file:line"
 *
 * The format is a stable interface: running the lines by hand results in the same state
 * as applying the plan, except for secrets, which are not printed.
 */
int plan_print(const struct plan *plan, const struct secrets *secrets, FILE *out);
