/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A snapshot as text, one object per line: for the planner's cases and the state file. */
#include <errno.h>
#include <inttypes.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/strbuf.h"
#include "lib/model/rt-names.h"
#include "lib/snapshot/fields.h"
#include "lib/snapshot/resolver.h"
#include "lib/snapshot/runs.h"
#include "lib/snapshot/snapshot.h"

/* ---- what is read and written by a table ---- */

static const char *const state_words[] = { "active", "backup", NULL };
static const char *const mii_words[] = { "up", "going-down", "down", "coming-up", NULL };
static const char *const churn_words[] = { "monitored", "churned", "none", NULL };

#define PORT(member) .offset = offsetof(struct snap_port, member)
#define LACP(member) PORT(lacp.member), .flag = offsetof(struct snap_port, has_lacp)
#define CHURN(member) \
	PORT(lacp.member), .flag = offsetof(struct snap_port, lacp.has_churn)
#define GROUP(member) .offset = offsetof(struct snap_aggregator, member)
#define LINK(member)  .offset = offsetof(struct snap_link, member)
#define ADDR(member)  .offset = offsetof(struct snap_addr, member)

static const struct field port_fields[] = {
	{ "state", FIELD_U8, PORT(state), .words = state_words },
	{ "mii", FIELD_U8, PORT(mii_status), .words = mii_words },
	{ "link-failures", FIELD_U32, PORT(link_failures) },
	{ "perm-mac", FIELD_MAC, PORT(perm_mac) },
	{ "aggregator", FIELD_U16, LACP(aggregator_id) },
	{ "actor-state", FIELD_U8, LACP(actor_state) },
	{ "partner-state", FIELD_U8, LACP(partner_state) },
	{ "actor-churn", FIELD_U8, CHURN(actor_churn), .words = churn_words },
	{ "partner-churn", FIELD_U8, CHURN(partner_churn), .words = churn_words },
	{ .name = NULL },
};

static const struct field aggregator_fields[] = {
	{ "id", FIELD_U16, GROUP(id) },
	{ "ports", FIELD_U16, GROUP(n_ports) },
	{ "actor-key", FIELD_U16, GROUP(actor_key) },
	{ "partner-key", FIELD_U16, GROUP(partner_key) },
	{ "partner-mac", FIELD_MAC, GROUP(partner_mac) },
	{ .name = NULL },
};

static const struct field link_fields[] = {
	{ "kind", FIELD_TEXT, LINK(kind) },
	{ "mac", FIELD_MAC, LINK(mac) },
	{ "perm-mac", FIELD_MAC, LINK(perm_mac) },
	{ "mtu", FIELD_U32, LINK(mtu) },
	{ "up", FIELD_BIT, LINK(flags), .bit = IFF_UP },
	{ "noarp", FIELD_BIT, LINK(flags), .bit = IFF_NOARP },
	{ "promisc", FIELD_BIT, LINK(flags), .bit = IFF_PROMISC },
	{ "allmulticast", FIELD_BIT, LINK(flags), .bit = IFF_ALLMULTI },
	{ "carrier", FIELD_BOOL, LINK(carrier) },
	{ "token", FIELD_IP6, LINK(token) },
	{ SNAPSHOT_DOWN_WITH, FIELD_TEXT, LINK(down_with) },
	{ "unfinished", FIELD_BOOL, LINK(unfinished) },
	{ "hooks-due", FIELD_BOOL, LINK(hooks_due) },
	{ "zone", FIELD_TEXT, LINK(zone) },
	{ "in-resolver", FIELD_BOOL, LINK(in_resolver) },
	{ "nm-managed", FIELD_BOOL, LINK(nm_managed) },
	{ .name = NULL },
};

static const struct field addr_fields[] = {
	{ "peer", FIELD_IP, ADDR(peer) },
	{ "broadcast", FIELD_IP4, ADDR(broadcast) },
	{ "scope", FIELD_SCOPE, ADDR(scope) },
	{ "label", FIELD_TEXT, ADDR(label) },
	{ "dynamic", FIELD_NO_BIT, ADDR(flags), .bit = IFA_F_PERMANENT },
	{ "duplicate", FIELD_BIT, ADDR(flags), .bit = IFA_F_DADFAILED },
	{ .name = NULL },
};

/* ---- reading ---- */

struct reader {
	struct snapshot *snapshot;
	struct pos pos;
	char *rest; /* of the line; words are cut off its front */
	const char *line;
	const char *why;
	struct snap_link *link; /* that of the line */
};

/*
 * The next word, which must not be missing, for example a name: a link may be called #.
 */
static char *next_value(struct reader *r)
{
	char *word;

	do
		word = strsep(&r->rest, " \t");
	while (word && !*word);
	return word;
}

/* A comment is a line, or starts with a separate '#': a link may be called #x. */
static char *next_text_word(struct reader *r)
{
	const bool is_first = r->rest == r->line;
	char *word = next_value(r);

	if (!word || *word != '#' || (word[1] && !is_first))
		return word;
	r->rest = NULL;
	return NULL;
}

static int bad(struct reader *r, const char *why)
{
	r->why = why;
	return -EINVAL;
}

/* Reads a word, and its value if it has one, into a member of @record. */
static int read_field(struct reader *r, const struct field *fields, void *record,
		      const char *name)
{
	const struct field *field = field_find(fields, name);
	const char *value = field && field_has_value(field) ? next_value(r) : NULL;

	if (!field)
		return bad(r, _("has a word that is not known here"));
	if (field_has_value(field) && !value)
		return bad(r, _("ends in a word that wants a value"));
	return field_read(field, record, value, &r->why);
}

/* Reads the rest of the line into the members of @record listed in @fields. */
static int read_fields(struct reader *r, const struct field *fields, void *record)
{
	const char *name;
	int error = 0;

	while (error == 0 && (name = next_text_word(r)))
		error = read_field(r, fields, record, name);
	return error;
}

/* Splits "a.b.c.d/len"; without a length, all bits count. */
static int read_text_prefix(struct reader *r, char *text, struct ip *ret,
			    uint8_t *ret_len)
{
	char *slash = strchr(text, '/');
	uint32_t len = UINT32_MAX;

	if (slash) {
		*slash = '\0';
		if (num_parse_u32(slash + 1, 128, &len) < 0)
			return bad(r, _("has a prefix length that is none"));
	}
	if (ip_parse(text, AF_UNSPEC, ret) < 0)
		return bad(r, _("is not an address"));
	*ret_len = slash ? (uint8_t)len : (uint8_t)(ip_len(ret) * 8);
	return *ret_len > ip_len(ret) * 8 ? bad(r, _("has too long a prefix")) : 0;
}

/* The link of the line, which an earlier line must have declared. */
static int read_link_name(struct reader *r)
{
	const char *name = next_value(r);

	if (!name)
		return bad(r, _("ends before the link's name"));
	r->link = snapshot_link(r->snapshot, name);
	return r->link ? 0 : bad(r, _("names a link of no earlier line"));
}

static int read_kernel(struct reader *r)
{
	const char *release = next_text_word(r);

	if (!release || snap_kernel_parse(release, &r->snapshot->kernel) < 0)
		return bad(r, _("has no kernel's release"));
	return 0;
}

static int read_lacks(struct reader *r)
{
	const char *name = next_text_word(r);

	if (!name || strcmp(name, "ipv6") != 0)
		return bad(r, _("names what is never missed here"));
	r->snapshot->lacks_ip6 = true;
	return 0;
}

static int read_module(struct reader *r)
{
	const char *name = next_text_word(r);

	if (!name || strcmp(name, "bonding") != 0)
		return bad(r, _("names a module that means nothing here"));
	r->snapshot->has_bonding = true;
	return 0;
}

/* Moves past @word if it comes next. */
static bool skip_word(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	if (!r->rest)
		return false;
	r->rest += strspn(r->rest, " \t");
	if (strcspn(r->rest, " \t") != len || strncmp(r->rest, word, len) != 0)
		return false;
	next_text_word(r);
	return true;
}

/* "index N", which is allowed only directly after the name. */
static int read_index(struct reader *r, uint32_t *ret)
{
	const char *value;

	*ret = 0;
	if (!skip_word(r, "index"))
		return 0;
	value = next_text_word(r);
	if (!value || num_parse_u32(value, INT32_MAX, ret) < 0 || !*ret)
		return bad(r, _("has an index that is none"));
	return snapshot_link_by_index(r->snapshot, (int)*ret)
		       ? bad(r, _("has the index of another link"))
		       : 0;
}

static int read_link_words(struct reader *r)
{
	struct snap_link *link = r->link;
	const char *name, *value;
	int error = 0;

	while (error == 0 && (name = next_text_word(r))) {
		if (strcmp(name, "altname") != 0) {
			error = read_field(r, link_fields, link, name);
			continue;
		}
		value = next_value(r);
		if (value)
			snapshot_add_altname(r->snapshot, link, value);
		else
			error = bad(r, _("ends in a word that wants a value"));
	}
	if (error < 0 || strcmp(link->kind, "bridge") != 0)
		return error;
	link->options = option_values_new(&bridge_table, r->snapshot->arena);
	return 0;
}

static int read_text_link(struct reader *r)
{
	const char *name = next_value(r);
	uint32_t index;
	int error;

	if (!name || strlen(name) >= IFNAMSIZ)
		return bad(r, _("has no fitting name"));
	if (snapshot_link(r->snapshot, name))
		return bad(r, _("names a link a second time"));
	error = read_index(r, &index);
	if (error < 0)
		return error;
	r->link = snapshot_add_link(r->snapshot, name, (int)index);
	return read_link_words(r);
}

/*
 * Reads one of @values. Return: 0; -ENOENT if there is none of that name; -EINVAL.
 */
static int read_option(struct reader *r, const char *name, const char *text,
		       struct option_values *values)
{
	const struct option_row *row = option_find(values->table, name);

	return row ? option_value_parse(values->table, row, text, r->snapshot->arena,
					&values->of[option_id(values->table, row)],
					&r->why)
		   : -ENOENT;
}

/* The options of a port are words of its line, with hyphens in them. */
static int read_port_word(struct reader *r, struct snap_port *port, char *name)
{
	const char *value;
	int error;

	if (field_find(port_fields, name))
		return read_field(r, port_fields, port, name);
	value = next_text_word(r);
	if (!value)
		return bad(r, _("ends in a word that wants a value"));
	for (char *at = name; (at = strchr(at, '-'));)
		*at = '_';
	error = port->options ? read_option(r, name, value, port->options) : -ENOENT;
	return error == -ENOENT ? bad(r, _("has a word that is not known here")) : error;
}

static int read_master(struct reader *r)
{
	const char *name = next_value(r);
	const struct snap_link *master = name ? snapshot_link(r->snapshot, name) : NULL;
	const struct option_table *table;

	if (!master)
		return bad(r, _("names a master of no earlier line"));
	r->link->master = master->ifindex;
	r->link->port = NULL;
	table = link_kinds[link_kind_of(master->kind)].options;
	if (table == &bond_table)
		snapshot_make_port(r->snapshot, r->link);
	else if (table && table->beside)
		r->link->port_options =
			option_values_new(table->beside, r->snapshot->arena);
	return 0;
}

/*
 * Ports have a line of their own, because the master may be declared after its port. What
 * earlier runs made contains none.
 */
static int read_text_port(struct reader *r)
{
	struct snap_port of_no_bond = { 0 }, *port;
	char *name;
	int error = 0;

	if (skip_word(r, "master"))
		error = read_master(r);
	else
		snapshot_make_port(r->snapshot, r->link);
	if (error < 0)
		return error;
	port = r->link->port ? r->link->port : &of_no_bond;
	port->perm_mac = r->link->perm_mac;
	while (error == 0 && (name = next_text_word(r)))
		error = read_port_word(r, port, name);
	return error;
}

static int read_text_aggregator(struct reader *r)
{
	r->link->aggregator =
		arena_alloc(r->snapshot->arena, sizeof(*r->link->aggregator));
	return read_fields(r, aggregator_fields, r->link->aggregator);
}

/* struct option_line - a line of options, and their place in the link */
struct option_line {
	const struct option_table *table;
	size_t offset;
};

/* The ports of bonds have theirs in their own line. */
#define OF_PORT "-port"

/* The line that starts with such a word. Return: whether there is one. */
static bool find_option_line(const char *name, struct option_line *ret)
{
	if (strcmp(name, "refused") == 0) {
		*ret = (struct option_line){ &bond_table,
					     offsetof(struct snap_link, refused) };
		return true;
	}
	for (size_t i = 0; i < IFACE_KINDS; i++) {
		const struct option_table *table = link_kinds[i].options;
		const size_t len = table ? strlen(table->kind) : 0;

		if (!table || strncmp(table->kind, name, len) != 0)
			continue;
		*ret = (struct option_line){ table, offsetof(struct snap_link, options) };
		if (!name[len])
			return true;
		*ret = (struct option_line){ table->beside,
					     offsetof(struct snap_link, port_options) };
		if (table != &bond_table && strcmp(name + len, OF_PORT) == 0)
			return true;
	}
	return false;
}

static int read_option_line(struct reader *r, const struct option_line *line)
{
	const char *name, *text;
	struct option_values *values;
	int error = read_link_name(r);

	if (error < 0)
		return error;
	values = option_values_new(line->table, r->snapshot->arena);
	memcpy((char *)r->link + line->offset, &values, sizeof(struct option_values *));
	while (error == 0 && (name = next_text_word(r))) {
		text = next_text_word(r);
		error = text ? read_option(r, name, text, values) : -ENOENT;
	}
	return error == -ENOENT ? bad(r, _("has an option that is not known")) : error;
}

/* The parent of a link, which an earlier line must have declared. */
static int read_parent(struct reader *r)
{
	const char *name = next_value(r);
	const struct snap_link *parent = name ? snapshot_link(r->snapshot, name) : NULL;

	if (!parent)
		return bad(r, _("names a parent of no earlier line"));
	r->link->parent = parent->ifindex;
	return 0;
}

static int read_vlan(struct reader *r)
{
	struct arena *arena = r->snapshot->arena;
	int error;

	if (skip_word(r, "parent") && (error = read_parent(r)) < 0)
		return error;
	r->link->vlan = arena_alloc(arena, sizeof(*r->link->vlan));
	error = vlan_parse(r->rest ? r->rest : "", arena, r->link->vlan);
	return error == -EINVAL ? bad(r, _("does not describe a VLAN")) : error;
}

/* Each end of the pair has the other one; an earlier line must have declared both. */
static int read_veth_pair(struct reader *r)
{
	const char *name = skip_word(r, "peer") ? next_value(r) : NULL;
	struct snap_link *peer = name ? snapshot_link(r->snapshot, name) : NULL;

	if (!peer || peer == r->link)
		return bad(r, _("names a peer of no earlier line"));
	r->link->parent = peer->ifindex;
	peer->parent = r->link->ifindex;
	return 0;
}

static int read_tun(struct reader *r)
{
	r->link->tun = arena_alloc(r->snapshot->arena, sizeof(*r->link->tun));
	return tun_parse(r->rest ? r->rest : (char[]){ "" }, r->link->tun) < 0
		       ? bad(r, _("does not describe a tap or tun device"))
		       : 0;
}

static int read_ipoib(struct reader *r)
{
	int error;

	if (skip_word(r, "parent") && (error = read_parent(r)) < 0)
		return error;
	r->link->ipoib = arena_alloc(r->snapshot->arena, sizeof(*r->link->ipoib));
	return ipoib_parse(r->rest ? r->rest : (char[]){ "" }, r->link->ipoib) < 0
		       ? bad(r, _("does not describe an InfiniBand interface"))
		       : 0;
}

/* By the kernel's rule: an earlier address of the same network makes it secondary. */
static bool is_secondary(const struct snap_link *link, const struct snap_addr *addr)
{
	for (const struct snap_addr *at = link->addrs; at; at = at->next)
		if (at->addr.family == AF_INET && at->prefix_len == addr->prefix_len &&
		    ip_same_network(snap_addr_network(at), snap_addr_network(addr),
				    addr->prefix_len))
			return true;
	return false;
}

static int read_text_address(struct reader *r)
{
	struct snap_addr addr = { .flags = IFA_F_PERMANENT };
	char *prefix;
	int error;

	prefix = next_text_word(r);
	if (!prefix)
		return bad(r, _("ends before the address"));
	error = read_text_prefix(r, prefix, &addr.addr, &addr.prefix_len);
	if (error == 0)
		error = read_fields(r, addr_fields, &addr);
	if (error < 0)
		return error;
	if (ip_is_set(&addr.peer) && addr.peer.family != addr.addr.family)
		return bad(r, _("has a peer of the other family"));
	if (is_secondary(r->link, &addr))
		addr.flags |= IFA_F_SECONDARY;
	snapshot_add_addr(r->snapshot, r->link, &addr);
	return 0;
}

/* The rest of the line. */
static const char **rest_words(struct reader *r)
{
	const char **list = NULL, *word;
	size_t n = 0, cap = 0;

	while ((word = next_text_word(r)))
		ARENA_PUSH(r->snapshot->arena, list, n, cap, word);
	ARENA_PUSH(r->snapshot->arena, list, n, cap, NULL);
	return list;
}

static int wrong_words(struct reader *r, const struct words_error *error)
{
	r->why = arena_printf(r->snapshot->arena, _("has a word that is wrong: '%s' %s"),
			      error->word, _(error->why));
	return -EINVAL;
}

/*
 * "none" holds the rules and the routes without a device, LINK_NONE is a link of that
 * name.
 */
#define LINK_NONE "%6Eone"

static int read_bearer(struct reader *r)
{
	if (skip_word(r, LINK_NONE)) {
		r->link = snapshot_link(r->snapshot, "none");
		return r->link ? 0 : bad(r, _("names a link of no earlier line"));
	}
	if (!skip_word(r, "none"))
		return read_link_name(r);
	r->link = r->snapshot->nowhere;
	return 0;
}

/* "inet" or "inet6"; without either, a colon decides. */
static int read_family(struct reader *r)
{
	if (skip_word(r, "inet6"))
		return AF_INET6;
	if (skip_word(r, "inet") || !r->rest)
		return AF_INET;
	return memchr(r->rest, ':', strcspn(r->rest, " \t")) ? AF_INET6 : AF_INET;
}

/* Names of links in routes and rules are quoted for a shell, as they are printed. */
static const char *unquote(struct arena *arena, const char *text)
{
	char *word, *to;
	bool is_quoted = false;

	if (*text != '\'')
		return text;
	to = word = arena_strdup(arena, text);
	for (const char *from = text; *from; from++) {
		if (*from == '\'') {
			is_quoted = !is_quoted;
			continue;
		}
		if (*from == '\\' && !is_quoted && from[1])
			from++;
		*to++ = *from;
	}
	*to = '\0';
	return is_quoted ? text : word;
}

/* The beginning of routes and rules, and their words. */
static int read_ip_line(struct reader *r, int *ret_family, const char ***ret_words)
{
	int error = read_bearer(r);

	if (error < 0)
		return error;
	*ret_family = read_family(r);
	*ret_words = rest_words(r);
	for (const char **word = *ret_words; *word; word++)
		*word = unquote(r->snapshot->arena, *word);
	return 0;
}

static int read_text_route(struct reader *r)
{
	struct words_error why;
	const char **words;
	struct route route;
	int family, error = read_ip_line(r, &family, &words);

	if (error < 0)
		return error;
	error = route_parse(family, words, NULL, RT_TABLE_MAIN, r->snapshot->arena,
			    &route, &why);
	if (error < 0)
		return wrong_words(r, &why);
	if (!route.dev && route_has_device(&route) && *r->link->name)
		route.dev = r->link->name;
	snapshot_add_route(r->snapshot, r->link, &route);
	return 0;
}

static int read_text_rule(struct reader *r)
{
	struct words_error why;
	const char **words;
	struct rule rule;
	int family, error = read_ip_line(r, &family, &words);

	if (error < 0)
		return error;
	error = rule_parse(family, words, NULL, r->snapshot->arena, &rule, &why);
	if (error < 0)
		return wrong_words(r, &why);
	snapshot_add_rule(r->snapshot, r->link, &rule);
	return 0;
}

/* "new" has the settings of new links. */
static int read_sysctl(struct reader *r)
{
	struct link_conf_values conf = r->snapshot->new_conf;
	bool is_new = skip_word(r, "new");
	const char *name, *value;
	enum link_conf_id id;
	int32_t num;
	int error = 0;

	if (!is_new)
		error = read_link_name(r);
	if (error < 0)
		return error;
	if (!is_new)
		conf = r->link->conf ? *r->link->conf : (struct link_conf_values){ 0 };
	name = next_text_word(r);
	value = next_text_word(r);
	if (!name || !value || link_conf_find(name, &id) < 0 ||
	    num_parse_s32(value, &num) < 0)
		return bad(r, _("has no setting that is known here, or no value"));
	conf.of[id].is_set = true;
	conf.of[id].num = num;
	if (!is_new) {
		snapshot_set_conf(r->snapshot, r->link, &conf);
		return 0;
	}
	r->snapshot->new_conf = conf;
	return 0;
}

static void decode_words(struct reader *r, const char **words)
{
	for (size_t i = 0; words[i]; i++)
		words[i] = run_word_decode(r->snapshot->arena, words[i]);
}

static int read_run(struct reader *r)
{
	const char **argv = rest_words(r);

	if (!*argv)
		return bad(r, _("has no command"));
	decode_words(r, argv);
	snapshot_add_run(r->snapshot, r->link, argv);
	return 0;
}

/* For dhcp: the words after the family, up to the command. */
static int read_client_word(struct reader *r, const char *name, struct snap_client *to)
{
	const char *value = next_text_word(r), *text;
	uint32_t pid;

	if (!value)
		return bad(r, _("ends in a word that wants a value"));
	text = run_word_decode(r->snapshot->arena, value);
	if (strcmp(name, "name") == 0)
		to->host_name = text;
	else if (strcmp(name, "conf") == 0)
		to->conf = text;
	else if (strcmp(name, "pid") != 0)
		return bad(r, _("has a word that is not known here"));
	else if (num_parse_u32(value, INT32_MAX, &pid) < 0 || !pid)
		return bad(r, _("has a process that is none"));
	else
		to->pid = (int)pid;
	return 0;
}

/* Variables of the environment, which do not start with a slash, and the command. */
static int read_client_command(struct reader *r, struct snap_client *to)
{
	const char **words = rest_words(r), **env;
	size_t n = 0;

	decode_words(r, words);
	while (words[n] && *words[n] != '/')
		n++;
	if (!words[n])
		return bad(r, _("has no command"));
	to->argv = words + n;
	if (!n)
		return 0;
	env = arena_alloc(r->snapshot->arena, (n + 1) * sizeof(*env));
	memcpy(env, words, n * sizeof(*env));
	to->env = env;
	return 0;
}

static bool find_client_name(const char *name, struct snap_client *to)
{
	for (unsigned int id = 0; name && id < DHCP_CLIENTS; id++)
		if (strcmp(dhcp_clients[id].programs[to->family], name) == 0) {
			to->id = id;
			return true;
		}
	return false;
}

static int read_client(struct reader *r)
{
	struct snap_client client = { 0 };
	const char *name;
	int error = 0;

	if (skip_word(r, dhcp_family_words[DHCP_IP6]))
		client.family = DHCP_IP6;
	else if (!skip_word(r, dhcp_family_words[DHCP_IP4]))
		return bad(r, _("does not say which protocol"));
	if (!find_client_name(next_text_word(r), &client))
		return bad(r, _("names no DHCP client"));
	while (error == 0 && (name = next_text_word(r))) {
		if (strcmp(name, "run") == 0)
			error = read_client_command(r, &client);
		else
			error = read_client_word(r, name, &client);
	}
	if (error == 0)
		snapshot_add_client(r->snapshot, r->link, &client);
	return error;
}

static int read_host(struct reader *r)
{
	const char *name = next_text_word(r);

	if (!name)
		return bad(r, _("has no name"));
	r->snapshot->host_name = arena_strdup(r->snapshot->arena, name);
	return 0;
}

static int read_machine_id(struct reader *r)
{
	const char *id = next_text_word(r);

	if (!id)
		return bad(r, _("has no number"));
	r->snapshot->machine_id = arena_strdup(r->snapshot->arena, id);
	return 0;
}

static int read_client_option(struct reader *r)
{
	if (!skip_word(r, "dhclient") || !skip_word(r, "-H"))
		return bad(r, _("has an option that means nothing here"));
	r->snapshot->dhclient_sends_names = true;
	return 0;
}

static int read_text_file(struct reader *r)
{
	const char *path = next_text_word(r);

	if (!path)
		return bad(r, _("ends before the file's path"));
	snapshot_add_file(r->snapshot, path, skip_word(r, "empty"));
	return 0;
}

/*
 * Options as in modprobe.d; the alias that makes them options of one bond is understood.
 */
static int read_parameters(struct reader *r)
{
	const char *name = next_text_word(r);
	struct arena *arena = r->snapshot->arena;
	struct snap_options *options = arena_alloc(arena, sizeof(*options));

	if (!name)
		return bad(r, _("ends before the name of a module or bond"));
	options->name = arena_strdup(arena, name);
	options->text = arena_strdup(arena, r->rest ? r->rest : "");
	options->next = r->snapshot->options;
	r->snapshot->options = options;
	return 0;
}

static int read_program(struct reader *r)
{
	const char *name = next_text_word(r), *path = name ? next_text_word(r) : NULL;

	if (!path)
		return bad(r, _("ends before the program's path"));
	snapshot_add_program(r->snapshot, name, path);
	return 0;
}

static int read_firewalld(struct reader *r)
{
	const char *link = next_text_word(r), *zone = link ? next_text_word(r) : NULL;

	r->snapshot->has_firewalld = true;
	if (!link)
		return 0;
	if (zone) {
		snapshot_add_zone(r->snapshot, link, zone);
		return 0;
	}
	return bad(r, _("ends before the name of the zone"));
}

static int read_resolver(struct reader *r)
{
	const char *name = next_text_word(r);

	if (!name || resolver_kind_parse(name, &r->snapshot->resolver.kind) < 0)
		return bad(r, _("names nobody who could have the name servers"));
	r->snapshot->resolver.text =
		r->snapshot->resolver.kind == RESOLVER_FILE ? "" : NULL;
	return 0;
}

static int read_resolv(struct reader *r)
{
	resolver_add_line(r->snapshot, r->rest ? r->rest : "");
	return 0;
}

static int read_dns(struct reader *r)
{
	const char **words;
	int error;

	words = rest_words(r);
	error = dns_read(r->snapshot, r->link, words);
	return error == -EINVAL ? bad(r, _("has a word that is not known here")) : error;
}

/* @is_of_link: what comes next is the name of a link of an earlier line */
static const struct {
	const char *name;
	int (*read)(struct reader *r);
	bool is_of_link;
} text_objects[] = {
	{ "kernel", read_kernel, false },
	{ "lacks", read_lacks, false },
	{ "module", read_module, false },
	{ "link", read_text_link, false },
	{ "port", read_text_port, true },
	{ "aggregator", read_text_aggregator, true },
	{ "vlan", read_vlan, true },
	{ "rule", read_text_rule, false },
	{ "sysctl", read_sysctl, false },
	{ "address", read_text_address, true },
	{ "route", read_text_route, false },
	{ "run", read_run, true },
	{ "program", read_program, false },
	{ "firewalld", read_firewalld, false },
	{ "resolver", read_resolver, false },
	{ "resolv", read_resolv, false },
	{ "dns", read_dns, true },
	{ "dhcp", read_client, true },
	{ "host", read_host, false },
	{ "file", read_text_file, false },
	{ "option", read_client_option, false },
	{ "options", read_parameters, false },
	{ "tun", read_tun, true },
	{ "veth", read_veth_pair, true },
	{ "ipoib", read_ipoib, true },
	{ "machine-id", read_machine_id, false },
};

static int read_text_line(struct reader *r, char *line)
{
	struct option_line options;
	const char *name;
	int error;

	r->line = r->rest = line;
	r->why = NULL;
	name = next_text_word(r);
	if (!name)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(text_objects); i++) {
		if (strcmp(text_objects[i].name, name) != 0)
			continue;
		error = text_objects[i].is_of_link ? read_link_name(r) : 0;
		return error < 0 ? error : text_objects[i].read(r);
	}
	if (find_option_line(name, &options))
		return read_option_line(r, &options);
	return bad(r, _("starts with a word that is not known"));
}

int snapshot_read_text(const char *text, const char *file, struct diag *diag,
		       struct snapshot **ret)
{
	_cleanup_snapshot_ struct snapshot *snapshot = snapshot_new();
	struct reader r = { .snapshot = snapshot, .pos = { file, 0 } };
	char *rest, *line;

	rest = arena_strdup(snapshot->arena, text);
	while ((line = strsep(&rest, "\n"))) {
		int error;

		r.pos.line++;
		error = read_text_line(&r, line);
		if (error == -EINVAL)
			diag_error(diag, r.pos, "this line %s", _(r.why));
		if (error < 0)
			return error;
	}
	*ret = TAKE_PTR(snapshot);
	return 0;
}

/* ---- writing ---- */

static void write_link(const struct snap_link *link, FILE *out)
{
	fputs("link", out);
	fields_word(link->name, out);
	if (link->ifindex)
		fprintf(out, " index %d", link->ifindex);
	for (const struct snap_name *at = link->altnames; at; at = at->next)
		fprintf(out, " altname %s", at->name);
	fields_write(link_fields, link, out);
	fputc('\n', out);
}

/* @name: NULL for that of the table */
static void write_options(const struct snap_link *link, const char *name,
			  const struct option_values *values, FILE *out)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	for (size_t id = 0; values && id < values->table->n; id++) {
		const struct option_row *row = &values->table->rows[id];
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		if (values->of[id].is_set)
			option_value_format(row, &values->of[id], &text);
		if (text.len)
			strbuf_addf(&line, " %s %s", row->name, strbuf_text(&text));
	}
	if (values)
		fprintf(out, "%s%s %s%s\n", name ? name : values->table->kind,
			values->table->is_of_port ? OF_PORT : "", link->name,
			strbuf_text(&line));
}

static void write_vlan(const struct snapshot *snapshot, const struct snap_link *link,
		       FILE *out)
{
	const struct snap_link *parent = snapshot_link_by_index(snapshot, link->parent);
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

	vlan_format(link->vlan, &words);
	fputs("vlan", out);
	fields_word(link->name, out);
	if (parent && link->parent)
		fprintf(out, " parent %s", parent->name);
	fputs(strbuf_text(&words), out);
	fputc('\n', out);
}

/* Writes the words of kinds that have few settings. */
static void write_plain(const struct snapshot *snapshot, const struct snap_link *link,
			FILE *out)
{
	const struct snap_link *parent = snapshot_link_by_index(snapshot, link->parent);
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

	if (!link->tun && !link->ipoib)
		return;
	if (link->tun)
		tun_format(link->tun, &words);
	else
		ipoib_format(link->ipoib, &words);
	fprintf(out, "%s %s", link->tun ? "tun" : "ipoib", link->name);
	if (link->ipoib && link->parent && parent)
		fprintf(out, " parent %s", parent->name);
	fprintf(out, "%s\n", strbuf_text(&words));
}

/* A pair once. */
static void write_veth(const struct snapshot *snapshot, const struct snap_link *link,
		       FILE *out)
{
	const struct snap_link *peer = snap_link_peer(snapshot, link);

	if (peer && link->ifindex < peer->ifindex)
		fprintf(out, "veth %s peer %s\n", link->name, peer->name);
}

static void write_addr(const struct snap_link *link, const struct snap_addr *addr,
		       FILE *out)
{
	char text[IP_TEXT_MAX];

	fputs("address", out);
	fields_word(link->name, out);
	fields_word(ip_format_prefix(&addr->addr, addr->prefix_len, text), out);
	fields_write(addr_fields, addr, out);
	fputc('\n', out);
}

static const char *bearer_name(const struct snap_link *link)
{
	if (strcmp(link->name, "none") == 0)
		return LINK_NONE;
	return *link->name ? link->name : "none";
}

/* The device has been written already. */
static void write_route(const struct snap_link *link, const struct route *route,
			struct strbuf *out)
{
	struct route bare = *route;

	if (route->dev && strcmp(route->dev, link->name) == 0)
		bare.dev = NULL;
	strbuf_addf(out, "route %s %s", bearer_name(link),
		    route->family == AF_INET6 ? "inet6 " : "");
	route_format(&bare, out);
	strbuf_addc(out, '\n');
}

static void write_rule(const struct snap_link *link, const struct rule *rule,
		       struct strbuf *out)
{
	strbuf_addf(out, "rule %s %s", bearer_name(link),
		    rule->family == AF_INET6 ? "inet6" : "inet");
	rule_format(rule, out);
	strbuf_addc(out, '\n');
}

/* Values that the kernel sets by default are omitted. */
static bool is_notable(const struct snap_link *link, enum link_conf_id id)
{
	const struct link_conf_value value = snap_link_conf(link, id);

	return value.is_set && value.num != link_confs[id].def &&
	       !(id == CONF_IP6_MTU && value.num == (int32_t)link->mtu);
}

static void write_routes(const struct snap_link *link, FILE *out)
{
	_cleanup_strbuf_ struct strbuf lines = STRBUF_EMPTY;

	for (const struct route *route = link->routes; route; route = route->next)
		write_route(link, route, &lines);
	for (const struct rule *rule = link->rules; rule; rule = rule->next)
		write_rule(link, rule, &lines);
	fputs(strbuf_text(&lines), out);
}

static void write_words(const char *const *words, FILE *out)
{
	for (; words && *words; words++) {
		fputc(' ', out);
		run_word_encode(*words, out);
	}
}

static void write_clients(const struct snap_link *link, FILE *out)
{
	for (const struct snap_client *at = link->clients; at; at = at->next) {
		fprintf(out, "dhcp %s %s %s", link->name, dhcp_family_words[at->family],
			dhcp_clients[at->id].programs[at->family]);
		if (at->pid)
			fprintf(out, " pid %d", at->pid);
		if (at->host_name && *at->host_name) {
			fputs(" name ", out);
			run_word_encode(at->host_name, out);
		}
		if (at->conf) {
			fputs(" conf ", out);
			run_word_encode(at->conf, out);
		}
		if (at->argv) {
			fputs(" run", out);
			write_words(at->env, out);
			write_words(at->argv, out);
		}
		fputc('\n', out);
	}
}

static void write_port_options(const struct option_values *values, FILE *out)
{
	for (size_t id = 0; id < values->table->n; id++) {
		const struct option_value *value = &values->of[id];

		if (!value->is_set || (id == PORT_OPT_QUEUE_ID && !value->num))
			continue;
		fputc(' ', out);
		for (const char *at = values->table->rows[id].name; *at; at++)
			fputc(*at == '_' ? '-' : *at, out);
		fprintf(out, " %" PRId64, value->num);
	}
}

static void write_port(const struct snapshot *snapshot, const struct snap_link *link,
		       FILE *out)
{
	const struct snap_link *master =
		link->master ? snapshot_link_by_index(snapshot, link->master) : NULL;
	struct snap_port port;

	if (!master && !link->port)
		return;
	fprintf(out, "port %s", link->name);
	if (master)
		fprintf(out, " master %s", master->name);
	if (link->port) {
		port = *link->port;
		if (hwaddr_equal(&port.perm_mac, &link->perm_mac))
			port.perm_mac = (struct hwaddr){ 0 };
		fields_write(port_fields, &port, out);
		write_port_options(port.options, out);
	}
	fputc('\n', out);
}

static void write_aggregator(const struct snap_link *link, FILE *out)
{
	fprintf(out, "aggregator %s", link->name);
	fields_write(aggregator_fields, link->aggregator, out);
	fputc('\n', out);
}

int snapshot_write_text(const struct snapshot *snapshot, FILE *out)
{
	if (snapshot->kernel.major)
		fprintf(out, "kernel %u.%u\n", snapshot->kernel.major,
			snapshot->kernel.minor);
	if (snapshot->has_bonding)
		fputs("module bonding\n", out);
	if (snapshot->lacks_ip6)
		fputs("lacks ipv6\n", out);
	for (size_t i = 0; i < snapshot->n_links; i++)
		write_link(snapshot->links[i], out);
	for (size_t i = 0; i < snapshot->n_links; i++)
		write_port(snapshot, snapshot->links[i], out);
	for (size_t i = 0; i < snapshot->n_links; i++) {
		const struct snap_link *link = snapshot->links[i];

		if (link->vlan)
			write_vlan(snapshot, link, out);
		write_plain(snapshot, link, out);
		write_veth(snapshot, link, out);
		write_options(link, "refused", link->refused, out);
		write_options(link, NULL, link->options, out);
		write_options(link, NULL, link->port_options, out);
		if (link->aggregator)
			write_aggregator(link, out);
		for (const struct snap_addr *addr = link->addrs; addr; addr = addr->next)
			write_addr(link, addr, out);
		for (unsigned int id = 0; id < CONF_COUNT; id++)
			if (is_notable(link, id))
				fprintf(out, "sysctl %s %s.%s %d\n", link->name,
					link_confs[id].family, link_confs[id].name,
					link->conf->of[id].num);
		write_clients(link, out);
		for (const struct snap_run *run = link->runs; run; run = run->next) {
			fprintf(out, "run %s", link->name);
			write_words(run->argv, out);
			fputc('\n', out);
		}
		if (link->dns)
			dns_write(link->name, link->dns, out);
		write_routes(link, out);
	}
	write_routes(snapshot->nowhere, out);
	resolver_write(&snapshot->resolver, out);
	return ferror(out) ? -EIO : 0;
}
