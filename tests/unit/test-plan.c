/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The planner, held against a small kernel.
 *
 * The kernel here is a snapshot that steps are applied to, and that refuses what the
 * bonding driver and rtnetlink refuse. Every model is planned on every state; the plan
 * must be accepted, must leave nothing to do, must be undone from any point on, and must
 * leave alone what is not ours.
 */
#include <check.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <net/if.h>

#include "lib/files/files.h"
#include "lib/plan/plan.h"
#include "tests/unit/sysconfig.h"

/* ------------------------------------------------------------------- kernel */

/**
 * struct kernel - a kernel's network
 * @primary: what the driver remembers also of one that is no port
 * @promote: sysctl promote_secondaries
 */
struct kernel {
	struct snapshot *now;
	char primary[IFNAMSIZ];
	bool promote;
};

static const struct hwaddr random_mac = {
	.len = 6, .bytes = { 0x02, 0x99, 0x99, 0x99, 0x99, 0x99 }
};

static void report_defaults(struct option_values *bond)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		const struct option_row *option = &bond_table.rows[id];

		if (bond->of[id].is_set ||
		    (option->kind != OPT_NUMBER && option->kind != OPT_ENUM))
			continue;
		bond->of[id].is_set = true;
		bond->of[id].num = option->def;
	}
}

static void remember_primary(struct kernel *kernel, const char *name)
{
	snprintf(kernel->primary, sizeof(kernel->primary), "%s", name);
}

/* As the driver does for a port that joins; it reports what the mode has, and prio. */
static void report_port_defaults(const struct snap_link *bond, struct snap_port *port)
{
	struct option_value *of = port->options->of;

	of[PORT_OPT_QUEUE_ID].is_set = of[PORT_OPT_PRIO].is_set = true;
	if (bond_values_mode(snap_bond(bond)) == BOND_MODE_802_3AD &&
	    !of[PORT_OPT_ACTOR_PORT_PRIO].is_set)
		of[PORT_OPT_ACTOR_PORT_PRIO] =
			(struct option_value){ .is_set = true, .num = 255 };
}

static struct kernel kernel_new(const struct snapshot *state, bool promote)
{
	struct kernel kernel = { .now = snapshot_clone(state), .promote = promote };

	ck_assert_ptr_nonnull(kernel.now);
	for (size_t i = 0; i < kernel.now->n_links; i++) {
		struct option_values *bond = snap_bond(kernel.now->links[i]);

		if (!bond)
			continue;
		report_defaults(bond);
		if (bond->of[BOND_OPT_PRIMARY].is_set)
			remember_primary(&kernel, bond->of[BOND_OPT_PRIMARY].ifname);
	}
	for (size_t i = 0; i < kernel.now->n_links; i++) {
		struct snap_link *nic = kernel.now->links[i];
		const struct snap_link *master =
			snapshot_link_by_index(kernel.now, nic->master);

		if (master && snap_bond(master))
			report_port_defaults(master, nic->port);
	}
	kernel.now->kernel = (struct snap_kernel){ 6, 18 };
	return kernel;
}

static struct snap_link *find(struct kernel *kernel, const struct plan_op *op)
{
	struct snap_link *link = snapshot_link(kernel->now, op->dev);

	/* Steps are sent with the index, printed with the name. */
	if (link)
		ck_assert_int_eq(link->ifindex, op->ifindex);
	return link;
}

static bool has_ports(const struct kernel *kernel, const struct snap_link *bond)
{
	for (size_t i = 0; i < kernel->now->n_links; i++)
		if (kernel->now->links[i]->master == bond->ifindex)
			return true;
	return false;
}

static uint32_t number(const struct snap_link *bond, enum bond_option_id id)
{
	return snap_bond(bond)->of[id].num;
}

/* bond_opt_check_deps() and the setters' own refusals. */
static int check_option(struct kernel *kernel, const struct snap_link *bond,
			const struct option_values *set, enum bond_option_id id)
{
	const struct option_row *option = &bond_table.rows[id];
	bool down = option->when == WHEN_BOND_DOWN || option->when == WHEN_EMPTY_DOWN;
	bool empty = option->when == WHEN_BOND_EMPTY || option->when == WHEN_EMPTY_DOWN;
	const struct snap_link *port;

	if (!(option->modes & 1U << bond_values_mode(snap_bond(bond))))
		return -EACCES;
	if (empty && has_ports(kernel, bond))
		return -ENOTEMPTY;
	if (down && bond->flags & IFF_UP)
		return -EBUSY;
	if (option->multiple_of_miimon && !number(bond, BOND_OPT_MIIMON))
		return -EPERM;
	if (id == BOND_OPT_ARP_INTERVAL && set->of[id].num &&
	    set->of[BOND_OPT_MIIMON].num)
		return -EINVAL;
	if (id == BOND_OPT_ARP_VALIDATE && set->of[id].num &&
	    set->of[BOND_OPT_MIIMON].num)
		return -EINVAL;
	if (id == BOND_OPT_ACTIVE_SLAVE && *set->of[id].ifname) {
		port = snapshot_link(kernel->now, set->of[id].ifname);
		return port && port->master == bond->ifindex ? 0 : -EINVAL;
	}
	return 0;
}

static void show_primary(struct kernel *kernel, struct snap_link *bond)
{
	struct option_value *shown = &snap_bond(bond)->of[BOND_OPT_PRIMARY];
	const struct snap_link *port = snapshot_link(kernel->now, kernel->primary);

	shown->is_set = port && port->master == bond->ifindex &&
			bond_table.rows[BOND_OPT_PRIMARY].modes &
				1U << bond_values_mode(snap_bond(bond));
	if (shown->is_set)
		shown->ifname = port->name;
}

static void change_mode(struct option_values *bond)
{
	enum bond_mode mode = bond_values_mode(bond);

	bond->of[BOND_OPT_ARP_VALIDATE].num = 0;
	bond->of[BOND_OPT_BROADCAST_NEIGHBOR].num = 0;
	if (mode == BOND_MODE_BALANCE_ALB)
		bond->of[BOND_OPT_TLB_DYNAMIC_LB].num = 1;
	if (mode < BOND_MODE_802_3AD)
		return;
	bond->of[BOND_OPT_ARP_INTERVAL].num = 0;
	if (!bond->of[BOND_OPT_MIIMON].num)
		bond->of[BOND_OPT_MIIMON].num = 100;
}

static void change_miimon(struct option_values *bond, uint32_t old)
{
	uint32_t miimon = bond->of[BOND_OPT_MIIMON].num;

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		int64_t *num = &bond->of[id].num;

		if (bond_table.rows[id].multiple_of_miimon)
			*num = old ? *num / old * miimon : 0;
	}
	if (!miimon)
		return;
	bond->of[BOND_OPT_ARP_INTERVAL].num = 0;
	bond->of[BOND_OPT_ARP_VALIDATE].num = 0;
}

static void take_option(struct kernel *kernel, struct snap_link *bond,
			const struct option_values *set, enum bond_option_id id)
{
	uint32_t miimon = number(bond, BOND_OPT_MIIMON);

	if (id == BOND_OPT_PRIMARY) {
		remember_primary(kernel, set->of[id].ifname);
		show_primary(kernel, bond);
		return;
	}
	snap_bond(bond)->of[id] = set->of[id];
	if (bond_table.rows[id].kind == OPT_IP_LIST && !set->of[id].n)
		snap_bond(bond)->of[id].is_set = false;
	if (id == BOND_OPT_MODE)
		change_mode(snap_bond(bond));
	if (id == BOND_OPT_MIIMON)
		change_miimon(snap_bond(bond), miimon);
	if (id == BOND_OPT_ARP_INTERVAL && set->of[id].num) {
		snap_bond(bond)->of[BOND_OPT_MIIMON].num = 0;
		change_miimon(snap_bond(bond), miimon);
	}
}

static int set_options(struct kernel *kernel, struct snap_link *bond,
		       const struct option_values *set)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		int r;

		if (!set->of[id].is_set)
			continue;
		if (id == BOND_OPT_MODE) {
			enum bond_mode mode = (enum bond_mode)set->of[id].num;

			ck_assert_uint_lt(mode, BOND_MODE_COUNT);
		}
		r = check_option(kernel, bond, set, id);
		if (r < 0)
			return r;
		take_option(kernel, bond, set, id);
	}
	return 0;
}

static int do_module_load(struct kernel *kernel, const struct plan_op *op,
			  struct snap_link *link)
{
	(void)op;
	(void)link;
	kernel->now->has_bonding = true;
	return 0;
}

static int do_bond_add(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	if (!kernel->now->has_bonding)
		return -EOPNOTSUPP;
	if (link || snapshot_link_by_index(kernel->now, op->ifindex))
		return -EEXIST;
	link = snapshot_add_link(kernel->now, op->dev, op->ifindex);
	link->kind = "bond";
	link->mtu = op->link->mtu ? op->link->mtu : 1500;
	link->mac = op->link->mac.len ? op->link->mac : random_mac;
	link->options = option_values_new(&bond_table, kernel->now->arena);
	report_defaults(snap_bond(link));
	/* Options first, flags after them. */
	if (set_options(kernel, link, snap_bond(op->link)) < 0) {
		snapshot_remove_link(kernel->now, link);
		return -EINVAL;
	}
	link->flags = op->link->flags;
	return 0;
}

static int do_bond_set(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	return set_options(kernel, link, op->options);
}

static void leave(struct kernel *kernel, struct snap_link *nic, struct snap_link *master)
{
	nic->master = 0;
	nic->port_options = NULL;
	if (!snap_bond(master))
		return;
	nic->flags &= ~(unsigned int)IFF_UP;
	nic->mac = nic->perm_mac;
	nic->port = NULL;
	show_primary(kernel, master);
	if (!has_ports(kernel, master))
		master->mac = random_mac;
}

static int do_link_del(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	(void)op;
	for (size_t i = 0; i < kernel->now->n_links; i++)
		if (kernel->now->links[i]->master == link->ifindex)
			leave(kernel, kernel->now->links[i], link);
	snapshot_remove_link(kernel->now, link);
	return 0;
}

static int do_link_up(struct kernel *kernel, const struct plan_op *op,
		      struct snap_link *link)
{
	(void)kernel;
	(void)op;
	link->flags |= IFF_UP;
	return 0;
}

static int do_link_down(struct kernel *kernel, const struct plan_op *op,
			struct snap_link *link)
{
	(void)kernel;
	(void)op;
	link->flags &= ~(unsigned int)IFF_UP;
	snap_link_drop_routes(link);
	return 0;
}

static int do_link_mtu(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	(void)kernel;
	link->mtu = op->mtu;
	return 0;
}

static int do_link_mac(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	ck_assert(hwaddr_is_unicast(&op->mac));
	link->mac = op->mac;
	for (size_t i = 0; snap_bond(link) && i < kernel->now->n_links; i++)
		if (kernel->now->links[i]->master == link->ifindex)
			kernel->now->links[i]->mac = op->mac;
	return 0;
}

static int do_port_add(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	struct snap_link *master = snapshot_link(kernel->now, op->master.dev);

	if (!master || master->ifindex != op->master.ifindex)
		return -ENODEV;
	if (link->master)
		return -EBUSY;
	if (snap_bond(master) && link->flags & IFF_UP)
		return -EPERM;
	if (snap_bond(master) && hwaddr_equal(&master->mac, &random_mac))
		master->mac = link->mac;
	link->master = master->ifindex;
	if (!snap_bond(master)) {
		link->port_options =
			option_values_new(&bridge_port_table, kernel->now->arena);
		return 0;
	}
	link->mac = master->mac;
	link->flags |= IFF_UP;
	ck_assert_ptr_nonnull(snapshot_make_port(kernel->now, link));
	report_port_defaults(master, link->port);
	show_primary(kernel, master);
	return 0;
}

static uint16_t queue_of(const struct snap_link *nic)
{
	return nic->port ? (uint16_t)nic->port->options->of[PORT_OPT_QUEUE_ID].num : 0;
}

static bool queue_is_taken(const struct kernel *kernel, const struct snap_link *nic,
			   int64_t queue_id)
{
	for (size_t i = 0; queue_id && i < kernel->now->n_links; i++) {
		const struct snap_link *other = kernel->now->links[i];

		if (other != nic && other->master == nic->master &&
		    queue_of(other) == queue_id)
			return true;
	}
	return false;
}

static int do_port_set(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	const struct snap_link *bond = snapshot_link_by_index(kernel->now, link->master);

	if (!link->master)
		return -EOPNOTSUPP;
	for (unsigned int id = 0; id < PORT_OPT_COUNT; id++) {
		const struct option_value *value = &op->options->of[id];

		if (!value->is_set)
			continue;
		if (!(bond_port_table.rows[id].modes &
		      1U << bond_values_mode(snap_bond(bond))))
			return -EACCES;
		if (id == PORT_OPT_QUEUE_ID &&
		    (value->num > 16 || queue_is_taken(kernel, link, value->num)))
			return -EPERM;
		link->port->options->of[id] = *value;
	}
	return 0;
}

static int do_port_remove(struct kernel *kernel, const struct plan_op *op,
			  struct snap_link *link)
{
	struct snap_link *master = snapshot_link_by_index(kernel->now, link->master);

	ck_assert_ptr_nonnull(master);
	ck_assert_str_eq(master->name, op->master.dev);
	leave(kernel, link, master);
	return 0;
}

static int do_nothing(struct kernel *kernel, const struct plan_op *op,
		      struct snap_link *link)
{
	(void)kernel;
	(void)op;
	return link->flags & IFF_UP ? 0 : -ENETDOWN;
}

static int do_addr_add(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	struct snap_addr addr = *op->addr;

	if (snap_link_addr(link, &addr.addr, addr.prefix_len))
		return -EEXIST;
	addr.flags = IFA_F_PERMANENT;
	for (struct snap_addr *at = link->addrs; at; at = at->next)
		if (at->prefix_len == addr.prefix_len &&
		    ip_same_network(&at->addr, &addr.addr, addr.prefix_len))
			addr.flags |= IFA_F_SECONDARY;
	snapshot_add_addr(kernel->now, link, &addr);
	return 0;
}

/* They go with the primary one, or the first of them becomes primary. */
static void leave_secondaries(const struct kernel *kernel, struct snap_link *link,
			      const struct snap_addr *primary)
{
	for (struct snap_addr *at = link->addrs, *next; at; at = next) {
		next = at->next;
		if (!(at->flags & IFA_F_SECONDARY) ||
		    at->prefix_len != primary->prefix_len ||
		    !ip_same_network(&at->addr, &primary->addr, at->prefix_len))
			continue;
		if (kernel->promote) {
			at->flags &= ~(uint32_t)IFA_F_SECONDARY;
			return;
		}
		snap_link_drop_addr(link, at);
	}
}

static bool has_addr(const struct snap_link *link, const struct ip *ip)
{
	for (const struct snap_addr *at = link->addrs; at; at = at->next)
		if (ip_equal(&at->addr, ip))
			return true;
	return false;
}

static int do_addr_del(struct kernel *kernel, const struct plan_op *op,
		       struct snap_link *link)
{
	const struct snap_addr *addr =
		snap_link_addr(link, &op->addr->addr, op->addr->prefix_len);

	if (!addr)
		return -EADDRNOTAVAIL;
	snap_link_drop_addr(link, addr);
	if (!(addr->flags & IFA_F_SECONDARY))
		leave_secondaries(kernel, link, addr);
	for (struct route *at = link->routes, *next; at; at = next) {
		next = at->next;
		if (!link->addrs ||
		    (ip_is_set(&at->source) && !has_addr(link, &at->source)))
			snap_link_drop_route(link, at);
	}
	return 0;
}

static bool is_near(const struct snap_link *link, const struct ip *gateway)
{
	for (const struct snap_addr *at = link->addrs; at; at = at->next)
		if (ip_same_network(&at->addr, gateway, at->prefix_len))
			return true;
	return !ip_is_set(gateway);
}

static int do_route_add(struct kernel *kernel, const struct plan_op *op,
			struct snap_link *link)
{
	if (!(link->flags & IFF_UP))
		return -ENETDOWN;
	if (!is_near(link, &op->route->gateway))
		return -ENETUNREACH;
	if (ip_is_set(&op->route->source) && !has_addr(link, &op->route->source))
		return -EINVAL;
	for (size_t i = 0; i < kernel->now->n_links; i++) {
		struct snap_link *other = kernel->now->links[i];

		snap_link_drop_route(other, snap_link_route(other, op->route));
	}
	snapshot_add_route(kernel->now, link, op->route);
	return 0;
}

static int do_route_del(struct kernel *kernel, const struct plan_op *op,
			struct snap_link *link)
{
	const struct route *route = snap_link_route(link, op->route);

	(void)kernel;
	if (!route)
		return -ESRCH;
	snap_link_drop_route(link, route);
	return 0;
}

/* No matter of the kernel's, but of the same law. */
static int do_resolv_set(struct kernel *kernel, const struct plan_op *op,
			 struct snap_link *link)
{
	const struct snap_resolver resolver = { .text = op->text };

	(void)link;
	snapshot_set_resolver(kernel->now, &resolver);
	return 0;
}

/* As the kernel shows it: what it was started with, and a lease. */
static int do_dhcp_start(struct kernel *kernel, const struct plan_op *op,
			 struct snap_link *link)
{
	const struct snap_addr leased = {
		.addr = { .family = AF_INET, .bytes = { 192, 168, 1, 50 } },
		.prefix_len = 24,
		.broadcast = { .family = AF_INET, .bytes = { 192, 168, 1, 255 } },
		.label = link->name,
	};
	struct snap_client client = op->dhcp_start->client;
	const struct plan_op add = { .addr = &leased };

	if (!(link->flags & IFF_UP))
		return -ENETDOWN;
	if (snap_link_client(link, client.family))
		return -EBUSY;
	client.pid = 812;
	client.env = NULL;
	client.conf = client.host_name = NULL;
	if (do_addr_add(kernel, &add, link) == 0)
		snap_link_addr(link, &leased.addr, 24)->flags &=
			~(uint32_t)IFA_F_PERMANENT;
	snapshot_add_client(kernel->now, link, &client);
	return 0;
}

static int do_dhcp_stop(struct kernel *kernel, const struct plan_op *op,
			struct snap_link *link)
{
	struct snap_client *client = snap_link_client(link, op->dhcp_stop->family);

	if (!client)
		return -ESRCH;
	snap_link_drop_client(link, client);
	for (struct snap_addr *at = link->addrs, *next; at; at = next) {
		const struct plan_op del = { .addr = at };

		next = at->next;
		if (snap_addr_is_leased(at, DHCP_IP4))
			do_addr_del(kernel, &del, link);
	}
	return 0;
}

static int do_options_set(struct kernel *kernel, const struct plan_op *op,
			  struct snap_link *link)
{
	return op->options->table == &bond_table ? do_bond_set(kernel, op, link)
						 : do_port_set(kernel, op, link);
}

static int (*const kernel_do[])(struct kernel *kernel, const struct plan_op *op,
				struct snap_link *link) = {
	[OP_MODULE_LOAD] = do_module_load, [OP_LINK_ADD] = do_bond_add,
	[OP_OPTIONS_SET] = do_options_set, [OP_LINK_DEL] = do_link_del,
	[OP_LINK_UP] = do_link_up,         [OP_LINK_DOWN] = do_link_down,
	[OP_LINK_MTU] = do_link_mtu,       [OP_LINK_MAC] = do_link_mac,
	[OP_PORT_ADD] = do_port_add,       [OP_PORT_REMOVE] = do_port_remove,
	[OP_LINK_WAIT] = do_nothing,       [OP_ADDR_PROBE] = do_nothing,
	[OP_ADDR_ADD] = do_addr_add,       [OP_ADDR_DEL] = do_addr_del,
	[OP_ROUTE_ADD] = do_route_add,     [OP_ROUTE_DEL] = do_route_del,
	[OP_ADDR_ANNOUNCE] = do_nothing,   [OP_RUN] = do_nothing,
	[OP_RESOLV_SET] = do_resolv_set,   [OP_DHCP_STOP] = do_dhcp_stop,
	[OP_DHCP_START] = do_dhcp_start,
};
_Static_assert(ARRAY_SIZE(kernel_do) == OP_COUNT, "the kernel knows every step");

/* Return: the kernel's answer. */
static int run_op(struct kernel *kernel, const struct plan_op *op)
{
	struct snap_link *link = op->dev ? find(kernel, op) : NULL;

	if (!link && op->kind != OP_MODULE_LOAD && op->kind != OP_LINK_ADD &&
	    op->kind != OP_RESOLV_SET)
		return -ENODEV;
	return kernel_do[op->kind](kernel, op, link);
}

/* -------------------------------------------------------------------- state */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_secondaries(const struct snap_link *link, FILE *out)
{
	char text[SNAP_ADDR_TEXT_MAX];

	for (const struct snap_addr *at = link->addrs; at; at = at->next)
		if (at->addr.family == AF_INET && at->flags & IFA_F_SECONDARY)
			fprintf(out, "secondary %s %s\n", link->name,
				snap_addr_format(at, text));
}

/*
 * The state as sorted lines: in the order of addresses, only which ones are secondary makes a
 * difference. The module, once loaded, stays.
 */
static char *text_of(const struct snapshot *state)
{
	_cleanup_free_ char *text = NULL;
	char *sorted = NULL, *lines[400] = { NULL }, *rest, *line;
	size_t size, n = 0;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(snapshot_write_text(state, out), 0);
	for (size_t i = 0; i < state->n_links; i++)
		write_secondaries(state->links[i], out);
	fclose(out);
	rest = text;
	while ((line = strsep(&rest, "\n"))) {
		ck_assert_uint_lt(n, ARRAY_SIZE(lines));
		if (*line && strncmp(line, "module", 6) != 0)
			lines[n++] = line;
	}
	qsort(lines, n, sizeof(lines[0]), by_text);
	out = open_memstream(&sorted, &size);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%s\n", lines[i]);
	fclose(out);
	return sorted;
}

static struct snapshot *state_of(const char *text)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct snapshot *state = NULL;

	if (snapshot_read_text(text, "state", diag, &state) < 0)
		diag_print(diag, DIAG_NOTE, stderr);
	ck_assert_ptr_nonnull(state);
	return state;
}

static const struct model *model_of(struct sysconfig *sys, const char *request)
{
	const struct model_options options = { .sysconfig = sys->dir, .insecure = true };
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct model *model = NULL;

	if (model_load(&options, request, NULL, diag, &model) < 0)
		diag_print(diag, DIAG_NOTE, stderr);
	ck_assert_ptr_nonnull(model);
	return model;
}

/* -------------------------------------------------------------- one planning */

/**
 * struct try - a model planned on a state
 * @have: what the kernel reports before
 * @made: what an earlier run made
 */
struct
try {
	const char *label;
	const struct model *want;
	struct snapshot *have;
	const struct snapshot *made;
	bool promote;
	struct plan *plan;
	int result;
};

typedef int (*plan_fn)(const struct model *want, const struct snapshot *have,
		       const struct snapshot *made, struct diag *diag,
		       struct plan **ret_plan);

static void make_plan(struct try *try, plan_fn plan)
{
	_cleanup_diag_ struct diag *diag = diag_new();

	try->plan = NULL;
	try->result = plan(try->want, try->have, try->made, diag, &try->plan);
	ck_assert(try->result == 0 || diag_errors(diag));
}

static const char *words(const struct plan_op *op, struct strbuf *line)
{
	plan_op_print(op, line);
	return strbuf_text(line);
}

static void apply(struct try *try, struct kernel *kernel, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
		const struct plan_op *op = &try->plan->ops[i];
		int r = run_op(kernel, op);

		ck_assert_msg(r == 0, "%s: step %zu (%s): %s", try->label, i,
			      words(op, &line), strerror(-r));
	}
}

static void undo(struct try *try, struct kernel *kernel, size_t n)
{
	while (n--) {
		const struct plan_op *op = &try->plan->ops[n];

		for (size_t i = 0; i < op->n_undo; i++) {
			_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
			int r = run_op(kernel, &op->undo[i]);

			/* What was not lost is there already; what was lost is not. */
			ck_assert_msg(r == 0 || r == -EEXIST || r == -EADDRNOTAVAIL,
				      "%s: undo %zu of %zu (%s): %s", try->label, i, n,
				      words(&op->undo[i], &line), strerror(-r));
		}
	}
}

static void needs_point_backwards(const struct try *try)
{
	for (size_t i = 0; i < try->plan->n; i++)
		ck_assert(try->plan->ops[i].needs == PLAN_NO_OP ||
			  try->plan->ops[i].needs < i);
}

static void steps_have_a_place(const struct try *try)
{
	for (size_t i = 0; i < try->plan->n; i++)
		ck_assert_msg(try->plan->ops[i].pos.file, "%s: step %zu", try->label, i);
}

/* A failure after any step must be able to go back. */
static void can_be_undone_anywhere(struct try *try)
{
	for (size_t n = 0; n <= try->plan->n; n++) {
		struct kernel kernel = kernel_new(try->have, try->promote);
		_cleanup_free_ char *before = text_of(kernel.now), *after = NULL;

		apply(try, &kernel, n);
		undo(try, &kernel, n);
		after = text_of(kernel.now);
		ck_assert_msg(strcmp(before, after) == 0,
			      "%s: %zu of %zu steps undone\n--- before\n%s--- after\n%s",
			      try->label, n, try->plan->n, before, after);
		snapshot_free(kernel.now);
	}
}

static void leaves_nothing_to_do(const struct try *try, struct kernel *kernel,
				 plan_fn plan)
{
	struct try again = { .label = try->label,
			     .want = try->want,
			     .have = kernel->now,
			     .made = try->plan->made };
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	make_plan(&again, plan);
	ck_assert_int_eq(again.result, 0);
	ck_assert_msg(again.plan->n == 0, "%s: second plan: %s", try->label,
		      again.plan->n ? words(again.plan->ops, &line) : "");
	plan_free(again.plan);
}

static const struct iface *bond_of(const struct model *want)
{
	return want->target->master ? want->target->master : want->target;
}

static bool names_addr(const struct iface *iface, const struct snap_addr *addr)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (ip_equal(&iface->addrs[i].addr, &addr->addr))
			return true;
	return false;
}

static bool was_made(const struct try *try, const struct snap_link *link,
		     const struct route *route)
{
	const struct snap_link *made = snapshot_link(try->made, link->name);

	return made && snap_link_route(made, route);
}

/* Of a client that is ours, or that the files ask for. */
static bool is_of_client(const struct try *try, const struct snap_link *was,
			 const struct snap_addr *addr)
{
	const struct snap_link *made = snapshot_link(try->made, was->name);

	return snap_addr_is_leased(addr, DHCP_IP4) && was->clients &&
	       (bond_of(try->want)->dhcp || (made && made->clients));
}

/* The default route that came with the address of such a client. */
static bool is_of_lease(const struct try *try, const struct snap_link *was,
			const struct route *route)
{
	for (const struct snap_addr *at = was->addrs; at; at = at->next)
		if (!route->dst_len && is_of_client(try, was, at) &&
		    ip_same_network(&at->addr, &route->gateway, at->prefix_len))
			return true;
	return false;
}

static void keeps_foreign_ip(const struct try *try, const struct snap_link *was,
			     const struct snap_link *now, const struct iface *iface,
			     const struct snap_link *bond)
{
	const struct snap_link *made = snapshot_link(try->made, was->name);

	for (const struct snap_addr *at = was->addrs; at; at = at->next)
		ck_assert_msg(names_addr(iface, at) || is_of_client(try, was, at) ||
				      (made &&
				       snap_link_addr(made, &at->addr, at->prefix_len)) ||
				      snap_link_addr(now, &at->addr, at->prefix_len),
			      "%s: a foreign address is gone", try->label);
	/* A route goes with its source address, or with the network of its gateway, and
	 * the bond's default route takes the place of another one with its metric.
	 */
	for (const struct route *at = was->routes; at; at = at->next)
		ck_assert_msg(
			was_made(try, was, at) || !is_near(now, &at->gateway) ||
				snap_link_route(now, at) || is_of_lease(try, was, at) ||
				(ip_is_set(&at->source) && !has_addr(now, &at->source)) ||
				(!at->dst_len && snap_link_route(bond, at)),
			"%s: a foreign route is gone", try->label);
}

static bool is_configured(const struct iface *bond, const char *name)
{
	for (size_t i = 0; i < bond->n_ports; i++)
		if (strcmp(bond->ports[i]->name, name) == 0)
			return true;
	return false;
}

/* Addresses, routes and ports that neither the files name nor we made. */
static void keeps_what_is_foreign(const struct try *try, struct kernel *kernel)
{
	const struct iface *bond = bond_of(try->want);

	for (size_t i = 0; i < try->have->n_links; i++) {
		const struct snap_link *was = try->have->links[i];
		const struct snap_link *now = snapshot_link(kernel->now, was->name);

		ck_assert_ptr_nonnull(now);
		if (is_configured(bond, was->name))
			continue;
		ck_assert_msg(was->master == now->master, "%s: %s changed its master",
			      try->label, was->name);
		ck_assert_msg(queue_of(was) == queue_of(now), "%s: %s changed its queue",
			      try->label, was->name);
		keeps_foreign_ip(try, was, now, bond,
				 snapshot_link(kernel->now, bond->name));
	}
}

/* What an earlier run made and the files no longer name. */
static void is_rid_of_stale_ip(const struct try *try, const struct snap_link *now)
{
	const struct iface *target = try->want->target;
	const struct snap_link *made = snapshot_link(try->made, target->name);

	for (const struct snap_addr *at = made ? made->addrs : NULL; at; at = at->next)
		ck_assert_msg(names_addr(target, at) ||
				      !snap_link_addr(now, &at->addr, at->prefix_len),
			      "%s: a stale address is there", try->label);
	for (const struct route *at = made ? made->routes : NULL; at; at = at->next) {
		const struct route *route = snap_link_route(now, at);

		ck_assert_msg(
			!route || (at->dst_len
					   ? target->zeroconf
					   : target->n_routes &&
						     route_equal(route,
								 &target->routes->route)),
			"%s: a stale route is there", try->label);
	}
}

static void has_its_options(const struct try *try, const struct kernel *kernel,
			    const struct iface *bond)
{
	const struct snap_link *now = snapshot_link(kernel->now, bond->name);

	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		const struct option_value *want = &bond->options->of[id];
		const struct snap_link *nic =
			want->ifname ? snapshot_link(kernel->now, want->ifname) : NULL;

		if (!want->is_set ||
		    (want->ifname && (!nic || nic->master != now->ifindex)))
			continue;
		if (id == BOND_OPT_ACTIVE_SLAVE && try->want->target->master)
			continue;
		ck_assert_msg(option_value_equal(&bond_table.rows[id], want,
						 &snap_bond(now)->of[id]),
			      "%s: %s is not as wanted", try->label,
			      bond_table.rows[id].name);
	}
}

/* What an earlier run set and the files no longer name, as far as the mode has it. */
static void is_rid_of_stale_options(const struct try *try, const struct kernel *kernel,
				    const struct iface *bond)
{
	const struct snap_link *now = snapshot_link(kernel->now, bond->name);
	const struct snap_link *made = snapshot_link(try->made, bond->name);
	enum bond_mode mode = bond_values_mode(bond->options);

	for (unsigned int id = 0; snap_bond(now) && id < BOND_OPT_COUNT; id++) {
		const struct option_row *option = &bond_table.rows[id];
		const struct option_value *value = &snap_bond(now)->of[id];
		const struct option_value def = bond_default(id, mode);

		if (!made || !snap_bond(made) || !snap_bond(made)->of[id].is_set ||
		    bond->options->of[id].is_set || !(option->modes & 1U << mode) ||
		    (option->multiple_of_miimon && !number(now, BOND_OPT_MIIMON)) ||
		    (id == BOND_OPT_MIIMON && number(now, BOND_OPT_ARP_INTERVAL)))
			continue;
		ck_assert_msg(option_value_is_none(option, &def)
				      ? !value->is_set
				      : option_value_equal(option, &def, value),
			      "%s: %s is not at its default", try->label, option->name);
	}
}

static bool is_stale_queue(const struct try *try, const struct iface *port,
			   const struct snap_link *nic)
{
	const struct snap_link *made = snapshot_link(try->made, port->name);

	return made && queue_of(made) && queue_of(nic) &&
	       !port->port_options->of[PORT_OPT_QUEUE_ID].is_set;
}

static void ports_have_their_options(const struct try *try, const struct kernel *kernel,
				     const struct iface *bond)
{
	for (size_t i = 0; i < bond->n_ports; i++) {
		const struct iface *port = bond->ports[i];
		const struct snap_link *nic = snapshot_link(kernel->now, port->name);

		if (!nic || (try->want->target->master && try->want->target != port))
			continue;
		ck_assert_msg(!is_stale_queue(try, port, nic), "%s: a stale queue_id",
			      try->label);
		for (unsigned int id = 0; id < PORT_OPT_COUNT; id++)
			ck_assert_msg(!port->port_options->of[id].is_set ||
					      port->port_options->of[id].num ==
						      nic->port->options->of[id].num,
				      "%s: %s of %s is not as wanted", try->label,
				      bond_port_table.rows[id].name, port->name);
	}
}

/* Those that joined have lost their own addresses. */
static void ports_are_bare(const struct try *try, const struct kernel *kernel)
{
	const struct snap_link *bond =
		snapshot_link(kernel->now, bond_of(try->want)->name);

	for (size_t i = 0; i < kernel->now->n_links; i++) {
		const struct snap_link *nic = kernel->now->links[i];

		ck_assert_msg(nic->master != bond->ifindex || !nic->addrs,
			      "%s: %s has an address", try->label, nic->name);
	}
}

static void is_as_wanted(const struct try *try, struct kernel *kernel)
{
	const struct iface *target = try->want->target;
	const struct snap_link *now = snapshot_link(kernel->now, target->name);

	ck_assert_ptr_nonnull(now);
	ck_assert_msg(now->flags & IFF_UP, "%s: not up", try->label);
	if (bond_of(try->want)->kind == IFACE_BOND) {
		has_its_options(try, kernel, bond_of(try->want));
		is_rid_of_stale_options(try, kernel, bond_of(try->want));
	}
	ports_have_their_options(try, kernel, bond_of(try->want));
	ports_are_bare(try, kernel);
	if (target->master) {
		ck_assert_int_eq(
			now->master,
			snapshot_link(kernel->now, target->master->name)->ifindex);
		return;
	}
	is_rid_of_stale_ip(try, now);
	for (size_t i = 0; i < target->n_addrs; i++)
		ck_assert_msg(snap_link_addr(now, &target->addrs[i].addr,
					     target->addrs[i].prefix_len),
			      "%s: an address is missing", try->label);
	for (size_t i = 0; i < target->n_ports; i++) {
		const struct snap_link *nic =
			snapshot_link(kernel->now, target->ports[i]->name);

		ck_assert_msg(!nic || nic->master == now->ifindex, "%s: %s did not join",
			      try->label, target->ports[i]->name);
	}
}

/* Down again: what the files name is gone from a link that is down or gone. */
static void goes_down(const struct try *up, struct kernel *kernel)
{
	struct try down = { .label = up->label,
			    .want = up->want,
			    .have = kernel->now,
			    .made = up->plan->made,
			    .promote = up->promote };
	struct kernel after = kernel_new(kernel->now, kernel->promote);
	const struct iface *target = up->want->target;
	const struct snap_link *link;

	make_plan(&down, plan_down);
	ck_assert_int_eq(down.result, 0);
	needs_point_backwards(&down);
	apply(&down, &after, down.plan->n);
	link = snapshot_link(after.now, target->name);
	ck_assert_msg(!link || !(link->flags & IFF_UP), "%s: still up", up->label);
	for (size_t i = 0; link && i < target->n_addrs; i++)
		ck_assert_msg(!snap_link_addr(link, &target->addrs[i].addr,
					      target->addrs[i].prefix_len),
			      "%s: still has an address", up->label);
	ck_assert_msg(target->master || !snapshot_link(down.plan->made, target->name),
		      "%s: not forgotten", up->label);
	leaves_nothing_to_do(&down, &after, plan_down);
	if (link && !snap_bond(link)) /* a bond that is gone does not come back */
		can_be_undone_anywhere(&down);
	plan_free(down.plan);
	snapshot_free(after.now);
}

/* ------------------------------------------------------- models and states */

#define PORT(nic) \
	"== ifcfg-" nic "\nDEVICE=" nic "\nMASTER=bond0\nSLAVE=yes\nBOOTPROTO=none\n"
#define PORTS PORT("ens160") PORT("ens256")

static const char *const models[] = {
	"== ifcfg-bond0\nDEVICE=bond0\nBOOTPROTO=dhcp\n"
	"BONDING_OPTS=\"mode=active-backup miimon=100\"\n" PORTS,

	"== ifcfg-bond0\nDEVICE=bond0\nIPADDR=192.168.1.22\nNETMASK=255.255.255.0\n"
	"GATEWAY=192.168.1.1\nDNS1=192.168.1.53\nDOMAIN=a.example\n"
	"BONDING_OPTS=\"mode=active-backup miimon=100 primary=ens160\"\n" PORTS,

	"== ifcfg-bond0\nDEVICE=bond0\nIPADDR=192.168.1.23\nPREFIX=24\nMTU=9000\n"
	"IPADDR1=192.168.1.22\nPREFIX1=24\nGATEWAY=192.168.1.254\nARPCHECK=no\n"
	"BONDING_OPTS=\"mode=802.3ad miimon=100 lacp_rate=fast updelay=200\"\n" PORTS,

	"== ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.0.5\nPREFIX=24\nNOZEROCONF=yes\n"
	"BONDING_OPTS=\"mode=active-backup arp_interval=1000 arp_validate=all "
	"arp_ip_target=10.0.0.1,10.0.0.2\"\n" PORTS,

	"== ifcfg-bond0\nDEVICE=bond0\nMACADDR=52:54:00:aa:bb:cc\nIPADDR=192.168.1.22\n"
	"PREFIX=24\nBROADCAST=192.168.1.127\nMETRIC=50\nGATEWAY=192.168.1.1\n"
	"BONDING_OPTS=\"mode=balance-alb miimon=50 updelay=100\"\n" PORTS,

	"== ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=\"mode=0 miimon=100\"\n"
	"NOZEROCONF=yes\n" PORT("ens256"),

	"== ifcfg-bond0\nDEVICE=bond0\nLINKDELAY=0\nIPADDR0=192.168.1.22\nPREFIX0=24\n"
	"IPADDR1=10.0.0.5\nPREFIX1=8\nGATEWAY=10.0.0.1\n"
	"BONDING_OPTS=\"mode=active-backup miimon=50 updelay=200 downdelay=100 "
	"fail_over_mac=active primary=ens256 active_slave=ens160\"\n" PORTS,

	"== ifcfg-bond0\nDEVICE=bond0\nIPADDR=192.168.1.22\nNETMASK=255.255.255.0\n"
	"BONDING_OPTS=\"mode=active-backup miimon=100 queue_id=ens160:1,ens256:2 "
	"prio=ens256:-3\"\n" PORT("ens160") PORT("ens256") "BOND_PORT_PRIO=-3\n",

	"== ifcfg-bond0\nDEVICE=bond0\nARPCHECK=no\n"
	"BONDING_OPTS=\"mode=4 actor_port_prio=ens160:7 queue_id=ens160:2\"\n" PORTS,

	PORTS,
};

#define NIC(name, index, mac, more) \
	"link " name " index " index " mac " mac " perm-mac " mac " mtu 1500" more "\n"
#define NICS                                                                            \
	NIC("ens160", "2", "52:54:00:00:01:60", "")                                     \
	NIC("ens256", "3", "52:54:00:00:02:56", "")                                     \
	NIC("ens3", "4", "52:54:00:00:00:03", " up")                                    \
	NIC("ens9", "5", "52:54:00:00:00:09", "")                                       \
	"address ens3 172.16.0.3/16 broadcast 172.16.255.255 scope global label ens3\n" \
	"address ens3 172.16.0.99/16 scope global label ens3\n"                         \
	"route ens3 default via 172.16.0.1\n"

/* Bond and ports with the bond's address. */
#define ENSLAVED                                                                \
	"module bonding\n"                                                      \
	"link ens160 index 2 mac 52:54:00:00:01:60 perm-mac 52:54:00:00:01:60 " \
	"mtu 1500 up carrier\n"                                                 \
	"link ens256 index 3 mac 52:54:00:00:01:60 perm-mac 52:54:00:00:02:56 " \
	"mtu 1500 up carrier\n"                                                 \
	"link ens9 index 5 mac 52:54:00:00:01:60 perm-mac 52:54:00:00:00:09 "   \
	"mtu 1500 up carrier\n"                                                 \
	"link bond0 index 7 kind bond mac 52:54:00:00:01:60 mtu 1500 up\n"      \
	"port ens160 master bond0\nport ens256 master bond0\nport ens9 master bond0\n"

static const char *const states[] = {
	/* fresh */
	NICS,
	/* ports in use by themselves */
	"module bonding\n" NIC("ens160", "2", "52:54:00:00:01:60", " up")
		NIC("ens256", "3", "52:54:00:00:02:56",
		    " up") "address ens160 192.168.1.22/24 broadcast 192.168.1.255 label "
			   "ens160\n"
			   "address ens160 192.168.1.30/24\n"
			   "address ens256 10.0.0.5/8\n"
			   "route ens160 default via 192.168.1.1\nroute ens256 "
			   "10.9.0.0/16 via 10.0.0.1\n",
	/* the driver's own bond */
	"module bonding\n" NICS
	"link bond0 index 6 kind bond mac 02:99:99:99:99:99 mtu 1500\nbond bond0\n",
	/* as the first model wants it, with foreign ones */
	ENSLAVED
	"bond bond0 mode active-backup miimon 100 primary ens160\n"
	"address bond0 192.168.1.22/24 broadcast 192.168.1.255 label bond0\n"
	"address bond0 192.168.1.98/24\naddress bond0 192.168.1.99/32\n"
	"route bond0 default via 192.168.1.1\n"
	"route bond0 10.9.0.0/16 via 192.168.1.1 protocol static\n"
	"route bond0 10.8.0.0/16 via 192.168.1.1 src 192.168.1.22 protocol static\n"
	"resolv # by hand\nresolv nameserver 10.0.0.53\nresolv search b.example\n"
	"route bond0 169.254.0.0/16 metric 1007 scope link\n",
	/* a lease, an address of ours in front of it, foreign ones */
	ENSLAVED
	"bond bond0 mode active-backup miimon 100\n"
	"address bond0 192.168.1.50/24 broadcast 192.168.1.255 label bond0 dynamic\n"
	"address bond0 192.168.1.98/24\naddress bond0 10.1.1.1/24\n"
	"route bond0 default via 192.168.1.1\n"
	"route bond0 10.9.0.0/16 via 10.1.1.7 protocol static\n"
	"dhcp bond0 inet dhclient pid 812 run /sbin/dhclient -1 -q -lf "
	"/var/lib/dhclient/dhclient--bond0.lease -pf /run/dhclient-bond0.pid bond0\n",
	/* another mode, other addresses */
	ENSLAVED "bond bond0 mode balance-rr miimon 100 updelay 300 downdelay 100\n"
		 "address bond0 10.0.0.5/24 broadcast 10.0.0.255 label bond0\n"
		 "route bond0 default via 10.0.0.1 metric 50\n"
		 "route bond0 172.30.0.0/16 via 10.0.0.1 protocol static\n",
	/* LACP, the two addresses the other way round, one with a wrong broadcast */
	ENSLAVED "bond bond0 mode 802.3ad miimon 100 lacp_rate slow updelay 500\n"
		 "address bond0 192.168.1.22/24 label bond0\n"
		 "address bond0 192.168.1.23/24 broadcast 192.168.1.255 label bond0\n"
		 "route bond0 default via 192.168.1.1\n",
	/* watched by ARP */
	ENSLAVED "bond bond0 mode active-backup arp_interval 500 arp_validate active "
		 "arp_ip_target 10.0.0.9\n"
		 "address bond0 10.0.0.5/24 broadcast 10.0.0.255 label bond0\n",
	/* options of single ports */
	ENSLAVED "port ens160 master bond0 queue-id 2 prio 5\n"
		 "port ens256 master bond0 queue-id 1 prio -3\n"
		 "port ens9 master bond0 queue-id 9\n"
		 "bond bond0 mode active-backup miimon 100 updelay 200 num_grat_arp 7 "
		 "primary ens160\n",
	/* down, without ports */
	"module bonding\n" NICS
	"link bond0 index 9 kind bond mac 52:54:00:00:00:77 mtu 1500\n"
	"bond bond0 mode balance-alb miimon 100\naddress bond0 192.168.1.99/24\n",
	/* ports with other masters */
	"module bonding\n" NIC("ens160", "2", "52:54:00:00:01:60", " up") NIC(
		"ens256", "3", "52:54:00:00:02:56",
		" up") "link bond7 index 8 kind bond mac 52:54:00:00:01:60 mtu 1500 "
		       "up\nbond bond7\n"
		       "link br0 index 9 kind bridge mac 52:54:00:00:00:90 mtu 1500 up\n"
		       "port ens160 master bond7\nport ens256 master br0\n",
	/* one of the two is not there */
	NIC("ens256", "3", "52:54:00:00:02:56", " up"),
	/* a port short */
	"module bonding\n"
	"link ens160 index 2 mac 52:54:00:00:01:60 perm-mac 52:54:00:00:01:60 mtu 1500\n"
	"link ens256 index 3 mac 52:54:00:00:01:60 perm-mac 52:54:00:00:02:56 "
	"mtu 1500 up\n"
	"link bond0 index 7 kind bond mac 52:54:00:00:01:60 mtu 1500 up\n"
	"port ens256 master bond0\nbond bond0 mode active-backup miimon 100\n"
	"address bond0 192.168.1.22/24 broadcast 192.168.1.255 label bond0\n",
};

static const char *const memories[] = {
	"",
	"link bond0 kind bond\n"
	"address bond0 192.168.1.22/24 broadcast 192.168.1.255 scope global label bond0\n"
	"address bond0 192.168.1.23/24 broadcast 192.168.1.255 scope global label bond0\n"
	"route bond0 default via 192.168.1.1\n"
	"route bond0 169.254.0.0/16 metric 1007 scope link\n",
	"link bond0 kind bond\n"
	"dhcp bond0 inet dhclient run /sbin/dhclient -q bond0\n",
	"link bond0 kind bond\nlink ens160\nport ens160 queue-id 2 prio 5\n"
	"dns bond0 server 10.0.0.53 option rotate\nresolv nameserver 10.0.0.99\n"
	"bond bond0 mode active-backup miimon 100 updelay 200 downdelay 100 "
	"lacp_rate fast num_grat_arp 7 primary ens160 arp_interval 500 "
	"arp_ip_target 10.0.0.9 arp_validate all fail_over_mac active\n",
};

static void check_try(struct try *try)
{
	struct kernel kernel;

	make_plan(try, plan_up);
	if (try->result == -ENODEV) { /* a port that is not there */
		ck_assert_ptr_null(snapshot_link(try->have, try->want->target->name));
		return;
	}
	ck_assert_int_eq(try->result, 0);
	needs_point_backwards(try);
	steps_have_a_place(try);
	kernel = kernel_new(try->have, try->promote);
	apply(try, &kernel, try->plan->n);
	is_as_wanted(try, &kernel);
	leaves_nothing_to_do(try, &kernel, plan_up);
	keeps_what_is_foreign(try, &kernel);
	goes_down(try, &kernel);
	can_be_undone_anywhere(try);
	plan_free(try->plan);
	snapshot_free(kernel.now);
}

static void check_state(const struct model *want, size_t s, size_t memory, bool promote)
{
	_cleanup_snapshot_ struct snapshot *state = state_of(states[s]);
	_cleanup_snapshot_ struct snapshot *made = state_of(memories[memory]);
	struct kernel kernel;
	char label[64];
	struct try try = {
		.label = label, .want = want, .made = made, .promote = promote
	};

	snapshot_add_program(state, "dhclient", "/sbin/dhclient");
	kernel = kernel_new(state, promote);
	try.have = kernel.now;
	snprintf(label, sizeof(label), "%s, state %zu, memory %zu%s", want->target->name,
		 s, memory, promote ? ", promoting" : "");
	check_try(&try);
	snapshot_free(kernel.now);
}

static void check_model(const char *files, const char *request)
{
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new(files);
	const struct model *want = model_of(&sys, request);

	for (size_t s = 0; s < ARRAY_SIZE(states); s++)
		for (unsigned int i = 0; i < 2 * ARRAY_SIZE(memories); i++)
			check_state(want, s, i / 2, i % 2);
	model_free(want);
}

START_TEST(bond_comes_up_from_every_state)
{
	check_model(models[_i], "bond0");
}
END_TEST

START_TEST(port_comes_up_from_every_state)
{
	check_model(models[_i], "ens256");
}
END_TEST

START_TEST(card_comes_up_from_every_state)
{
	check_model("== ifcfg-ens3\nDEVICE=ens3\nMTU=1400\nMACADDR=52:54:00:00:33:33\n"
		    "IPADDR=172.16.0.4\nPREFIX=16\nIPADDR1=172.16.0.3\nPREFIX1=16\n"
		    "GATEWAY=172.16.0.2\n",
		    "ens3");
}
END_TEST

/* --------------------------------------------------------------------- main */

int main(void)
{
	Suite *suite = suite_create("plan");
	TCase *tcase = tcase_create("every model on every state");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, bond_comes_up_from_every_state, 0, ARRAY_SIZE(models));
	tcase_add_loop_test(tcase, port_comes_up_from_every_state, 0, ARRAY_SIZE(models));
	tcase_add_test(tcase, card_comes_up_from_every_state);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
