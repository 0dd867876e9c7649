/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's state as data: functions to build, copy and search it. */
#include "lib/snapshot/snapshot.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/num.h"

/* The number that @text starts with. Return: the text after it; NULL if there is none. */
static const char *cut_number(const char *text, unsigned int *ret)
{
	char digits[sizeof("4294967295")] = "";
	size_t len = strspn(text, "0123456789");
	uint32_t num;

	if (len >= sizeof(digits))
		return NULL;
	memcpy(digits, text, len);
	if (num_parse_u32(digits, UINT32_MAX, &num) < 0)
		return NULL;
	*ret = num;
	return text + len;
}

int snap_kernel_parse(const char *release, struct snap_kernel *ret)
{
	struct snap_kernel kernel = { 0 };
	const char *rest = cut_number(release, &kernel.major);

	if (!rest || *rest != '.' || !cut_number(rest + 1, &kernel.minor))
		return -EINVAL;
	*ret = kernel;
	return 0;
}

struct snapshot *snapshot_new(void)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct snapshot *snapshot;

	snapshot = arena_alloc(arena, sizeof(*snapshot));
	snapshot->nowhere = arena_alloc(arena, sizeof(*snapshot->nowhere));
	snapshot->nowhere->name = snapshot->nowhere->kind = "";
	snapshot->nowhere->flags = IFF_UP;
	snapshot->arena = TAKE_PTR(arena);
	return snapshot;
}

void snapshot_free(struct snapshot *snapshot)
{
	if (snapshot)
		arena_free(snapshot->arena);
}

/* FNV-1a: short names, few collisions. */
static struct snap_link **name_bucket(const struct snapshot *snapshot, const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619u;
	return &snapshot->by_name[hash % snapshot->n_buckets];
}

static struct snap_link **index_bucket(const struct snapshot *snapshot, int ifindex)
{
	return &snapshot->by_index[(unsigned int)ifindex % snapshot->n_buckets];
}

struct snap_link *snapshot_link(const struct snapshot *snapshot, const char *name)
{
	struct snap_link *link =
		snapshot->n_buckets ? *name_bucket(snapshot, name) : NULL;

	if (!*name)
		return snapshot->nowhere;
	while (link && strcmp(link->name, name) != 0)
		link = link->next_of_name;
	return link;
}

struct snap_link *snapshot_link_by_index(const struct snapshot *snapshot, int ifindex)
{
	struct snap_link *link =
		snapshot->n_buckets ? *index_bucket(snapshot, ifindex) : NULL;

	while (link && link->ifindex != ifindex)
		link = link->next_of_index;
	return link;
}

static void hash_link(struct snapshot *snapshot, struct snap_link *link)
{
	struct snap_link **name = name_bucket(snapshot, link->name);
	struct snap_link **index = index_bucket(snapshot, link->ifindex);

	link->next_of_name = *name;
	*name = link;
	link->next_of_index = *index;
	*index = link;
}

static void grow_buckets(struct snapshot *snapshot)
{
	size_t n = snapshot->n_buckets ? snapshot->n_buckets * 4 : 16;

	snapshot->by_name = arena_alloc(snapshot->arena, n * sizeof(struct snap_link *));
	snapshot->by_index = arena_alloc(snapshot->arena, n * sizeof(struct snap_link *));
	snapshot->n_buckets = n;
	for (size_t i = 0; i < snapshot->n_links; i++)
		hash_link(snapshot, snapshot->links[i]);
}

/* Adds a link whose name and index are set to the list and to both tables. */
static void enter_link(struct snapshot *snapshot, struct snap_link *link)
{
	if (snapshot->n_links == snapshot->n_buckets)
		grow_buckets(snapshot);
	ARENA_PUSH(snapshot->arena, snapshot->links, snapshot->n_links,
		   snapshot->links_cap, link);
	hash_link(snapshot, link);
}

struct snap_link *snapshot_add_link(struct snapshot *snapshot, const char *name,
				    int ifindex)
{
	struct snap_link *link = arena_alloc(snapshot->arena, sizeof(*link));

	link->name = arena_strdup(snapshot->arena, name);
	link->kind = "";
	link->ifindex = ifindex;
	enter_link(snapshot, link);
	return link;
}

static void unhash_name(struct snapshot *snapshot, struct snap_link *link)
{
	struct snap_link **at = name_bucket(snapshot, link->name);

	while (*at != link)
		at = &(*at)->next_of_name;
	*at = link->next_of_name;
}

void snapshot_rename_link(struct snapshot *snapshot, struct snap_link *link,
			  const char *name)
{
	const char *copy = arena_strdup(snapshot->arena, name);
	struct snap_link **at;

	unhash_name(snapshot, link);
	link->name = copy;
	at = name_bucket(snapshot, name);
	link->next_of_name = *at;
	*at = link;
}

void snapshot_remove_link(struct snapshot *snapshot, struct snap_link *link)
{
	struct snap_link **at;
	size_t i = 0;

	unhash_name(snapshot, link);
	at = index_bucket(snapshot, link->ifindex);
	while (*at != link)
		at = &(*at)->next_of_index;
	*at = link->next_of_index;
	while (snapshot->links[i] != link)
		i++;
	memmove(&snapshot->links[i], &snapshot->links[i + 1],
		(--snapshot->n_links - i) * sizeof(struct snap_link *));
}

const char *snap_addr_format(const struct snap_addr *addr,
			     char buf[static SNAP_ADDR_TEXT_MAX])
{
	char own[IP_TEXT_MAX], text[IP_TEXT_MAX];

	if (!ip_is_set(&addr->peer))
		return ip_format_prefix(&addr->addr, addr->prefix_len, buf);
	snprintf(buf, SNAP_ADDR_TEXT_MAX, "%s peer %s", ip_format(&addr->addr, own),
		 ip_format_prefix(&addr->peer, addr->prefix_len, text));
	return buf;
}

struct snap_port *snapshot_make_port(struct snapshot *snapshot, struct snap_link *link)
{
	struct snap_port *port = link->port;

	if (port)
		return port;
	port = arena_alloc(snapshot->arena, sizeof(*port));
	port->options = option_values_new(&bond_port_table, snapshot->arena);
	link->port = port;
	return link->port;
}

struct option_values **snap_link_options_place(struct snap_link *link,
					       const struct option_table *table)
{
	struct option_values **place =
		table->is_of_port ? &link->port_options : &link->options;

	if (table == &bond_port_table)
		return link->port ? &link->port->options : NULL;
	if (*place && (*place)->table != table)
		*place = NULL;
	return place;
}

const struct option_values *snap_link_options(const struct snap_link *link,
					      const struct option_table *table)
{
	const struct option_values *values;

	if (!link)
		return NULL;
	if (table == &bond_port_table)
		return link->port ? link->port->options : NULL;
	values = table->is_of_port ? link->port_options : link->options;
	return values && values->table == table ? values : NULL;
}

static void set_value(struct arena *arena, struct option_values **values, size_t id,
		      const struct option_value *value)
{
	if (!*values)
		*values = option_values_new(&bond_table, arena);
	option_values_set(*values, id, value, arena);
}

void snapshot_set_option(struct snapshot *snapshot, struct snap_link *bond, size_t id,
			 const struct option_value *value)
{
	set_value(snapshot->arena, snap_link_options_place(bond, &bond_table), id, value);
}

void snapshot_set_refused(struct snapshot *snapshot, struct snap_link *bond, size_t id,
			  const struct option_value *value)
{
	set_value(snapshot->arena, &bond->refused, id, value);
}

static bool same_conf_values(const struct link_conf_values *a,
			     const struct link_conf_values *b)
{
	for (size_t id = 0; id < CONF_COUNT; id++)
		if (a->of[id].is_set != b->of[id].is_set ||
		    a->of[id].num != b->of[id].num)
			return false;
	return true;
}

void snapshot_set_conf(struct snapshot *snapshot, struct snap_link *link,
		       const struct link_conf_values *conf)
{
	for (size_t i = 0; i < SNAP_CONFS && i < snapshot->n_confs; i++)
		if (same_conf_values(snapshot->confs[i], conf)) {
			link->conf = snapshot->confs[i];
			return;
		}
	conf = arena_memdup(snapshot->arena, conf, sizeof(*conf));
	snapshot->confs[snapshot->n_confs++ % SNAP_CONFS] = link->conf = conf;
}

struct link_conf_value snap_link_conf(const struct snap_link *link, enum link_conf_id id)
{
	return link->conf ? link->conf->of[id] : (struct link_conf_value){ 0 };
}

static void clone_values(struct arena *arena, struct option_values **values)
{
	if (*values)
		*values = option_values_copy(*values, arena);
	else
		return;
}

static void clone_options(struct arena *arena, struct snap_link *link)
{
	struct option_values **const all[] = {
		&link->refused,
		&link->port_options,
		link->port ? &link->port->options : NULL,
	};

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		if (all[i])
			clone_values(arena, all[i]);
}

/* Copies the bonding driver's data on a port, or on a bond's ports together. */
static void clone_ports(struct arena *arena, struct snap_link *link)
{
	if (link->port)
		link->port = arena_memdup(arena, link->port, sizeof(*link->port));
	else if (link->aggregator)
		link->aggregator =
			arena_memdup(arena, link->aggregator, sizeof(*link->aggregator));
	else
		return;
}

void snap_link_copy_kind(struct arena *arena, const struct snap_link *from,
			 struct snap_link *to)
{
	to->options = from->options ? option_values_copy(from->options, arena) : NULL;
	to->vlan = from->vlan ? vlan_copy(from->vlan, arena) : NULL;
	to->tun = from->tun ? arena_memdup(arena, from->tun, sizeof(*from->tun)) : NULL;
	to->ipoib = from->ipoib ? arena_memdup(arena, from->ipoib, sizeof(*from->ipoib))
				: NULL;
}

/* Copies addresses, routes, rules, runs and name servers. */
static void clone_ip(struct snapshot *to, struct snap_link *link,
		     const struct snap_link *from)
{
	snap_link_drop_addrs(link);
	snap_link_drop_routes(link);
	snap_link_drop_rules(link);
	link->clients = NULL;
	link->runs = NULL;
	for (const struct snap_addr *addr = from->addrs; addr; addr = addr->next)
		snapshot_add_addr(to, link, addr);
	for (const struct route *route = from->routes; route; route = route->next)
		snapshot_add_route(to, link, route);
	for (const struct rule *rule = from->rules; rule; rule = rule->next)
		snapshot_add_rule(to, link, rule);
	for (const struct snap_run *run = from->runs; run; run = run->next)
		snapshot_add_run(to, link, run->argv);
	if (from->dns)
		snapshot_set_dns(to, link, from->dns);
}

static void clone_altnames(struct snapshot *to, struct snap_link *link,
			   const struct snap_link *from)
{
	link->altnames = NULL;
	for (const struct snap_name *at = from->altnames; at; at = at->next)
		snapshot_add_altname(to, link, at->name);
}

static void clone_clients(struct snapshot *to, struct snap_link *link,
			  const struct snap_link *from)
{
	for (const struct snap_client *at = from->clients; at; at = at->next)
		snapshot_add_client(to, link, at);
}

static void clone_files(struct snapshot *to, const struct snapshot *from)
{
	for (const struct snap_program *at = from->programs; at; at = at->next)
		snapshot_add_program(to, at->name, at->path);
	for (const struct snap_file *at = from->files; at; at = at->next)
		snapshot_add_file(to, at->path, at->is_empty);
	to->dhclient_sends_names = from->dhclient_sends_names;
	if (from->host_name)
		to->host_name = arena_strdup(to->arena, from->host_name);
	if (from->machine_id)
		to->machine_id = arena_strdup(to->arena, from->machine_id);
}

static void clone_link(struct snapshot *to, const struct snap_link *from)
{
	struct snap_link *link = arena_memdup(to->arena, from, sizeof(*from));

	link->name = arena_strdup(to->arena, from->name);
	link->kind = arena_strdup(to->arena, from->kind);
	if (from->down_with)
		link->down_with = arena_strdup(to->arena, from->down_with);
	if (from->zone)
		link->zone = arena_strdup(to->arena, from->zone);
	link->other = NULL;
	clone_altnames(to, link, from);
	clone_ports(to->arena, link);
	clone_options(to->arena, link);
	snap_link_copy_kind(to->arena, from, link);
	clone_ip(to, link, from);
	clone_clients(to, link, from);
	if (from->conf)
		snapshot_set_conf(to, link, from->conf);
	enter_link(to, link);
}

struct snapshot *snapshot_clone(const struct snapshot *from)
{
	_cleanup_snapshot_ struct snapshot *to = snapshot_new();

	to->has_bonding = from->has_bonding;
	to->kernel = from->kernel;
	to->new_conf = from->new_conf;
	to->lacks_ip6 = from->lacks_ip6;
	clone_files(to, from);
	snapshot_set_resolver(to, &from->resolver);
	clone_ip(to, to->nowhere, from->nowhere);
	for (size_t i = 0; i < from->n_links; i++)
		clone_link(to, from->links[i]);
	return TAKE_PTR(to);
}

unsigned int snapshot_ran(const struct snapshot *snapshot, const char *name)
{
	unsigned int what = 0;

	for (const struct snap_ran_for *ran = snapshot->ran; ran; ran = ran->next)
		if (strcmp(ran->name, name) == 0)
			what |= ran->what;
	return what;
}

bool snap_link_has_hosts(const struct snap_link *link)
{
	return link_kinds[link_kind_of(link->kind)].has_hosts && link->options;
}

uint32_t snap_link_table(const struct snapshot *snapshot, const struct snap_link *link)
{
	const struct snap_link *master =
		link->master ? snapshot_link_by_index(snapshot, link->master) : NULL;

	if (!master || !snap_link_has_hosts(master))
		master = link;
	return snap_link_has_hosts(master) ? (uint32_t)master->options->of[0].num
					   : RT_TABLE_MAIN;
}

bool snap_link_is_stacked(const struct snap_link *link)
{
	return link->parent && (link->vlan || link->ipoib);
}

const struct snap_link *snap_link_peer(const struct snapshot *snapshot,
				       const struct snap_link *link)
{
	const char *veth = link_kinds[IFACE_VETH].driver;
	const struct snap_link *peer =
		link->parent && strcmp(link->kind, veth) == 0
			? snapshot_link_by_index(snapshot, link->parent)
			: NULL;

	return peer && strcmp(peer->kind, veth) == 0 && peer->parent == link->ifindex
		       ? peer
		       : NULL;
}
