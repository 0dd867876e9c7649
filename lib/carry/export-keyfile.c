/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes an interface as a profile of NetworkManager: keyfile_rows[] says what is copied
 * from the ifcfg file, the rest comes from the model.
 */
#include <errno.h>
#include <inttypes.h>
#include <linux/fib_rules.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/num.h"
#include "lib/carry/export.h"
#include "lib/carry/keyfile.h"
#include "lib/files/ifcfg-keys.h"

/* Keys whose loss does not matter, or that are handled under another name. */
#define OTHERS "ETHTOOL_OPTS NM_CONTROLLED NOZEROCONF ARPCHECK RESOLV_MODS"

bool export_keyfile_has(const char *key)
{
	const struct keyfile_row *row = keyfile_rows;

	while (row->section && !text_lists(row->ifcfg, key))
		row++;
	return row->section || text_lists(OTHERS, key);
}

/* ---- sections ---- */

/* Adds a value in the syntax of keyfiles, in which a leading blank would be lost. */
static void add_keyfile_value(struct strbuf *out, const char *key, const char *value)
{
	strbuf_addf(out, "%s=", key);
	for (const char *c = value; *c; c++)
		if (*c == '\\')
			strbuf_add(out, "\\\\");
		else if (*c == '\n')
			strbuf_add(out, "\\n");
		else if (*c == ' ' && c == value)
			strbuf_add(out, "\\s");
		else
			strbuf_addc(out, *c);
	strbuf_addc(out, '\n');
}

static const char *exported_value(const struct export *export, const char *key)
{
	return export->file ? ifcfg_value(export->dir, export->file, key) : NULL;
}

/* Converts "a b" or "a,b" to "a;b;". */
static void add_keyfile_list(struct strbuf *out, const char *key, const char *value)
{
	strbuf_addf(out, "%s=", key);
	while (*value) {
		size_t len = strcspn(value, " \t,");

		if (len)
			strbuf_addf(out, "%.*s;", (int)len, value);
		value += len + strspn(value + len, " \t,");
	}
	strbuf_addc(out, '\n');
}

static void add_keyfile_row(const struct keyfile_row *row, const char *value,
			    struct strbuf *out)
{
	switch (row->conv) {
	case KEYFILE_BOOL:
		value = ifcfg_is_false(value) ? "false" : "true";
		break;
	case KEYFILE_NOT:
		value = ifcfg_is_false(value)  ? "true"
			: ifcfg_is_true(value) ? "false"
					       : row->usual;
		break;
	case KEYFILE_TERNARY:
		value = ifcfg_is_true(value) ? "1" : "0";
		break;
	case KEYFILE_LIST:
	case KEYFILE_COMMAS:
		add_keyfile_list(out, row->key, value);
		return;
	case KEYFILE_TEXT:
	case KEYFILE_MAC:
	case KEYFILE_NOTHING:
	case KEYFILE_OWN:
		break;
	}
	if (!row->usual || strcmp(row->usual, value) != 0)
		add_keyfile_value(out, row->key, value);
}

/* Adds what the rows of a section copy. */
static void add_rows(const struct export *export, const char *section, struct strbuf *out)
{
	for (const struct keyfile_row *row = keyfile_rows; row->section; row++) {
		const char *value;

		if (strcmp(row->section, section) != 0 || row->conv == KEYFILE_OWN ||
		    row->conv == KEYFILE_NOTHING)
			continue;
		value = exported_value(export, row->ifcfg);
		if (value)
			add_keyfile_row(row, value, out);
	}
}

static void end_section(struct strbuf *out, const char *name, const struct strbuf *body,
			bool always)
{
	if (body->len || always)
		strbuf_addf(out, "%s[%s]\n%s", out->len ? "\n" : "", name,
			    strbuf_text(body));
}

/* ---- connection and link ---- */

/* A network card of InfiniBand, or a child interface of one. */
static bool is_infiniband(const struct iface *iface)
{
	return iface->kind == IFACE_IPOIB ||
	       (iface->kind == IFACE_ETHERNET && iface->ipoib.is_infiniband);
}

static void add_connection(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;
	const struct iface *iface = export->iface;

	if (!exported_value(export, "NAME"))
		add_keyfile_value(&body, "id", iface->name);
	add_keyfile_value(
		&body, "type",
		link_kinds[is_infiniband(iface) ? IFACE_IPOIB : iface->kind].profile);
	add_keyfile_value(&body, "interface-name", iface->name);
	if (iface->master_name) {
		add_keyfile_value(&body, "master", iface->master_name);
		add_keyfile_value(&body, "slave-type", iface_master_kind(iface)->profile);
	}
	if (iface->dev_wait_ms)
		strbuf_addf(&body, "wait-device-timeout=%" PRIu32 "\n",
			    iface->dev_wait_ms);
	add_rows(export, "connection", &body);
	end_section(out, "connection", &body, true);
}

/* Settings of `ethtool -s` for which NetworkManager has keys. */
static bool add_ethtool_setting(const char *name, const char *value, struct strbuf *out)
{
	static const struct {
		char letter;
		unsigned int bit;
	} wake[] = { { 'p', 2 },  { 'u', 4 },  { 'm', 8 },
		     { 'b', 16 }, { 'a', 32 }, { 'g', 64 } };
	unsigned int bits = 0;

	if (strcmp(name, "speed") == 0 || strcmp(name, "duplex") == 0) {
		add_keyfile_value(out, name, value);
		return true;
	}
	if (strcmp(name, "autoneg") == 0) {
		add_keyfile_value(out, "auto-negotiate",
				  strcmp(value, "on") == 0 ? "true" : "false");
		return true;
	}
	if (strcmp(name, "wol") != 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(wake); i++)
		if (strchr(value, wake[i].letter))
			bits |= wake[i].bit;
	strbuf_addf(out, "wake-on-lan=%u\n", bits);
	return true;
}

/* As profiles spell a boolean. */
static const char *as_bool(const char *word)
{
	if (strcmp(word, "on") == 0)
		return "true";
	return strcmp(word, "off") == 0 ? "false" : word;
}

static void add_feature(const char *prefix, const char *name, const char *value,
			struct strbuf *out)
{
	if (strcmp(prefix, "eee-") == 0 && strcmp(name, "eee") == 0)
		name = "enabled";
	strbuf_addf(out, "%s%s=%s\n", prefix, name, as_bool(value));
}

/* A call consists of an option, the device, and pairs. */
static void add_ethtool_call(const struct export *export, const char *const *call,
			     struct strbuf *ethernet, struct strbuf *ethtool)
{
	static const struct {
		const char *option, *prefix;
	} kinds[] = {
		{ "-K", "feature-" }, { "-G", "ring-" },     { "-C", "coalesce-" },
		{ "-A", "pause-" },   { "-L", "channels-" }, { "--set-eee", "eee-" }
	};
	const char *prefix = NULL;
	bool known = call[1] != NULL;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(call[0], kinds[i].option) == 0)
			prefix = kinds[i].prefix;
	known &= prefix || strcmp(call[0], "-s") == 0;
	for (size_t i = 2; known && call[i]; i += 2) {
		known = call[i + 1] != NULL;
		if (known && prefix)
			add_feature(prefix, call[i], call[i + 1], ethtool);
		else if (known)
			known = add_ethtool_setting(call[i], call[i + 1], ethernet);
	}
	if (!known)
		diag_warning(export->diag, export->iface->ethtool->pos,
			     "ethtool %s … is skipped: it has no counterpart", call[0]);
}

static void add_keyfile_link(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf ethernet = STRBUF_EMPTY, ethtool = STRBUF_EMPTY;
	const struct want_ethtool *wish = export->iface->ethtool;

	add_rows(export, "ethernet", &ethernet);
	for (size_t i = 0; wish && wish->calls[i]; i++)
		add_ethtool_call(export, wish->calls[i], &ethernet, &ethtool);
	if (!is_infiniband(export->iface))
		end_section(out, "ethernet", &ethernet,
			    export->iface->kind == IFACE_ETHERNET);
	end_section(out, "ethtool", &ethtool, false);
}

/* Under the names of the driver. */
static void add_keyfile_options(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;
	const struct option_values *values = export->iface->options;
	const struct option_table *table = values->table;

	for (size_t id = 0; id < table->n; id++) {
		if (!values->of[id].is_set)
			continue;
		strbuf_addf(&body, "%s=", table->rows[id].name);
		option_value_format(&table->rows[id], &values->of[id], &body);
		strbuf_addc(&body, '\n');
	}
	/* NetworkManager's default is 100. */
	if (table == &bond_table && !values->of[BOND_OPT_MIIMON].is_set &&
	    !values->of[BOND_OPT_ARP_INTERVAL].is_set &&
	    !bond_default(BOND_OPT_MIIMON, bond_values_mode(values)).num)
		strbuf_add(&body, "miimon=0\n");
	end_section(out, link_kinds[export->iface->kind].profile, &body, true);
}

static void add_keyfile_bond_port(const struct export *export, struct strbuf *out)
{
	static const char *const names[PORT_OPT_COUNT] = {
		[PORT_OPT_QUEUE_ID] = "queue-id", [PORT_OPT_PRIO] = "prio"
	};
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;

	for (unsigned int id = 0; id < PORT_OPT_COUNT; id++) {
		const struct option_value *value = &export->iface->port_options->of[id];

		if (value->is_set && names[id])
			strbuf_addf(&body, "%s=%" PRId64 "\n", names[id], value->num);
		else if (value->is_set)
			diag_warning(export->diag, value->pos,
				     "%s is skipped: it has no counterpart",
				     bond_port_table.rows[id].name);
	}
	end_section(out, "bond-port", &body, false);
}

static void add_bridge_options(const struct export *export,
			       const struct option_values *values, struct strbuf *body)
{
	const struct option_table *table = values->table;

	for (size_t id = 0; id < table->n; id++) {
		const struct option_value *value = &values->of[id];
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
		char *name = arena_strdup(export->arena, table->rows[id].name);
		bool is_time = table == &bridge_table && id <= BRIDGE_OPT_AGEING_TIME;

		if (!value->is_set ||
		    (table == &bridge_table && id == BRIDGE_OPT_STP_STATE))
			continue;
		for (char *c = name; *c; c++)
			*c = (char)(*c == '_' ? '-' : *c);
		if (is_time)
			strbuf_addf(&text, "%" PRId64, value->num / 100);
		else
			option_value_format(&table->rows[id], value, &text);
		strbuf_addf(body, "%s=%s\n", name, as_bool(strbuf_text(&text)));
		if (is_time && value->num % 100)
			diag_warning(export->diag, value->pos,
				     "%s is rounded to full seconds", name);
	}
}

static void add_veth(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;

	add_keyfile_value(&body, "peer", export->iface->peer);
	end_section(out, "veth", &body, true);
}

static void add_keyfile_bridge(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;
	const struct option_values *values = export->iface->options;
	const struct option_value *stp = &values->of[BRIDGE_OPT_STP_STATE];

	add_keyfile_value(&body, "stp", stp->is_set && stp->num ? "true" : "false");
	add_bridge_options(export, values, &body);
	end_section(out, "bridge", &body, true);
}

/* The driver sets a port's cost by its speed, which a profile cannot express. */
static void judge_path_cost(const struct export *export)
{
	const struct iface *port = export->iface;
	const struct option_value *stp =
		port->master ? &port->master->options->of[BRIDGE_OPT_STP_STATE] : NULL;

	if (stp && stp->is_set && stp->num &&
	    !port->port_options->of[BRIDGE_PORT_OPT_PATH_COST].is_set)
		diag_notice(export->diag, port->master_pos,
			    "NetworkManager gives %s the path cost 100, whatever its "
			    "speed",
			    port->name);
}

static void add_bridge_port(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;

	add_bridge_options(export, export->iface->port_options, &body);
	judge_path_cost(export);
	end_section(out, "bridge-port", &body, false);
}

static void add_keyfile_vlan(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;
	const struct iface *iface = export->iface;

	strbuf_addf(&body, "id=%u\n", iface->vlan.id);
	if (iface->parent_name)
		add_keyfile_value(&body, "parent", iface->parent_name);
	strbuf_addf(&body, "flags=%" PRIu32 "\n", iface->vlan.flags);
	add_rows(export, "vlan", &body);
	end_section(out, "vlan", &body, true);
}

static void add_keyfile_tun(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;
	const struct tun *tun = &export->iface->tun;

	strbuf_addf(&body, "mode=%d\n", tun->is_tap ? 2 : 1);
	if (tun->has_owner)
		strbuf_addf(&body, "owner=%" PRIu32 "\n", tun->owner);
	if (tun->has_group)
		strbuf_addf(&body, "group=%" PRIu32 "\n", tun->group);
	end_section(out, "tun", &body, true);
}

static void add_infiniband(const struct export *export, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;
	const struct iface *iface = export->iface;
	const struct ipoib *ipoib = &iface->ipoib.ipoib;

	add_rows(export, "infiniband", &body);
	add_keyfile_value(&body, "transport-mode", ipoib_mode_word(ipoib->is_connected));
	if (ipoib->pkey)
		strbuf_addf(&body, "p-key=%u\n", (unsigned int)ipoib->pkey);
	if (iface->parent_name)
		add_keyfile_value(&body, "parent", iface->parent_name);
	end_section(out, "infiniband", &body, true);
}

/* ---- addresses and routes ---- */

static void add_keyfile_addrs(const struct export *export, int family,
			      struct strbuf *body)
{
	const struct iface *iface = export->iface;
	char text[IP_TEXT_MAX];
	size_t n = 0;

	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *addr = &iface->addrs[i];

		if (addr->addr.family != family)
			continue;
		strbuf_addf(body, "address%zu=%s\n", ++n,
			    ip_format_prefix(&addr->addr, addr->prefix_len, text));
		if (ip_is_set(&addr->peer))
			diag_warning(export->diag, addr->pos,
				     "the peer %s cannot be exported: the address "
				     "becomes a plain one",
				     ip_format(&addr->peer, text));
		if (addr->alias)
			diag_warning(export->diag, addr->pos,
				     "%s cannot be exported as an alias: it becomes a "
				     "plain address",
				     addr->alias);
	}
}

/*
 * struct route_metric - a metric that NetworkManager knows; @number: RTAX_*; @locks:
 * lock-NAME
 */
static const struct route_metric {
	const char *name;
	uint8_t number;
	bool locks;
} keyfile_metrics[] = { { "mtu", RTAX_MTU, true },
			{ "window", RTAX_WINDOW, true },
			{ "cwnd", RTAX_CWND, true },
			{ "advmss", RTAX_ADVMSS, false },
			{ "initcwnd", RTAX_INITCWND, true },
			{ "initrwnd", RTAX_INITRWND, true },
			{ "quickack", RTAX_QUICKACK, false },
			{ "rto_min", RTAX_RTO_MIN, false } };

/* rto_min always has a lock. */
static uint32_t lockable(void)
{
	uint32_t bits = 1U << RTAX_RTO_MIN;

	for (size_t i = 0; i < ARRAY_SIZE(keyfile_metrics); i++)
		bits |= keyfile_metrics[i].locks ? 1U << keyfile_metrics[i].number : 0;
	return bits;
}

/* Adds options of a route; those that are written are removed from @left. */
static void add_keyfile_route_options(uint32_t usual, struct route *left,
				      struct strbuf *options)
{
	char text[IP_TEXT_MAX];

	if (left->table != usual)
		strbuf_addf(options, ",table=%" PRIu32, left->table);
	if (ip_is_set(&left->source))
		strbuf_addf(options, ",src=%s", ip_format(&left->source, text));
	if (ip_is_set(&left->from))
		strbuf_addf(options, ",from=%s",
			    ip_format_prefix(&left->from, left->from_len, text));
	if (left->onlink)
		strbuf_add(options, ",onlink=true");
	if (left->tos)
		strbuf_addf(options, ",tos=%u", left->tos);
	for (size_t i = 0; i < ARRAY_SIZE(keyfile_metrics); i++) {
		uint32_t bit = 1U << keyfile_metrics[i].number;

		if (!(left->metrics_set & bit))
			continue;
		strbuf_addf(options, ",%s=%" PRIu32, keyfile_metrics[i].name,
			    left->metrics[keyfile_metrics[i].number]);
		if (keyfile_metrics[i].locks && left->metrics_locked & bit)
			strbuf_addf(options, ",lock-%s=true", keyfile_metrics[i].name);
		left->metrics_set &= ~bit;
	}
}

static const char *keyfile_route_type(uint8_t type)
{
	static const char *const names[] = {
		[RTN_BLACKHOLE] = "blackhole",
		[RTN_UNREACHABLE] = "unreachable",
		[RTN_PROHIBIT] = "prohibit",
		[RTN_THROW] = "throw",
	};

	return type < ARRAY_SIZE(names) ? names[type] : NULL;
}

/* Whether a profile can express all of it. */
static bool fits_keyfile(const struct route *route)
{
	return !route->n_hops && !(route->metrics_locked & ~lockable()) &&
	       !route->congctl && !route->pref &&
	       (route->type == RTN_UNICAST || keyfile_route_type(route->type)) &&
	       (route->protocol == RTPROT_BOOT || route->protocol == RTPROT_STATIC) &&
	       (!ip_is_set(&route->gateway) || route->gateway.family == route->family);
}

static void tell_route(const struct export *export, const struct want_route *want)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

	route_format(&want->route, &words);
	diag_warning(export->diag, want->pos, "a route is skipped, or a part of it: %s",
		     strbuf_text(&words));
}

/*
 * The metric of routes without one of their own. NetworkManager would choose it by the
 * type of the device, other programs use 0; an IPv6 gateway has 1 unless the file says
 * otherwise.
 */
static uint32_t exported_metric(const struct export *export, int family)
{
	static const char *const keys[2][2] = { { "METRIC", "IPV4_ROUTE_METRIC" },
						{ "IPV6_ROUTE_METRIC", NULL } };
	const bool is_ip6 = family == AF_INET6;
	uint32_t metric;

	for (size_t i = 0; i < 2 && keys[is_ip6][i]; i++) {
		const char *value = exported_value(export, keys[is_ip6][i]);

		if (value && num_parse_u32(value, UINT32_MAX, &metric) == 0)
			return metric || !is_ip6 ? metric : ROUTE_IP6_METRIC;
	}
	if (!is_ip6)
		return 0;
	return export_gateway(export->iface, family, 1) ? 1 : ROUTE_IP6_METRIC;
}

static void add_metric(const struct export *export, int family, struct strbuf *body)
{
	const struct iface *iface = export->iface;
	bool is_needed = iface_dhcp(iface, DHCP_IP4) && family == AF_INET;

	for (size_t i = 0; i < iface->n_routes; i++)
		is_needed |= iface->routes[i].route.family == family;
	if (is_needed)
		strbuf_addf(body, "route-metric=%" PRIu32 "\n",
			    exported_metric(export, family));
}

static void add_keyfile_route(const struct export *export, const struct want_route *want,
			      size_t n, struct strbuf *body)
{
	_cleanup_strbuf_ struct strbuf options = STRBUF_EMPTY;
	const struct route *route = &want->route;
	uint32_t usual = exported_metric(export, route->family);
	struct route left = *route;
	char text[IP_TEXT_MAX];

	strbuf_addf(body, "route%zu=%s", n,
		    ip_format_prefix(&route->dst, route->dst_len, text));
	if (ip_is_set(&route->gateway))
		strbuf_addf(body, ",%s", ip_format(&route->gateway, text));
	else if (route->metric != usual)
		strbuf_add(body, route->family == AF_INET6 ? ",::" : ",0.0.0.0");
	if (route->metric != usual)
		strbuf_addf(body, ",%" PRIu32, route->metric);
	strbuf_addc(body, '\n');
	if (route->type != RTN_UNICAST)
		strbuf_addf(&options, ",type=%s", keyfile_route_type(route->type));
	add_keyfile_route_options(export->iface->table, &left, &options);
	if (options.len)
		strbuf_addf(body, "route%zu_options=%s\n", n, strbuf_text(&options) + 1);
	if (left.metrics_set)
		tell_route(export, want);
}

static void add_keyfile_routes(const struct export *export, int family,
			       struct strbuf *body)
{
	const struct iface *iface = export->iface;
	const struct route *gateway =
		export_gateway(iface, family, exported_metric(export, family));
	char text[IP_TEXT_MAX];
	size_t n = 0;

	if (gateway)
		strbuf_addf(body, "gateway=%s\n", ip_format(&gateway->gateway, text));
	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct want_route *want = &iface->routes[i];

		if (want->route.family != family || &want->route == gateway)
			continue;
		if (fits_keyfile(&want->route))
			add_keyfile_route(export, want, ++n, body);
		else
			tell_route(export, want);
	}
}

/* In a profile, a rule must have a priority. */
static void add_keyfile_rules(const struct export *export, int family,
			      struct strbuf *body)
{
	const struct iface *iface = export->iface;
	size_t n = 0;

	for (size_t i = 0; i < iface->n_rules; i++) {
		const struct want_rule *want = &iface->rules[i];
		_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

		if (want->rule.family != family)
			continue;
		rule_format(&want->rule, &words);
		if (want->rule.has_priority && want->rule.action == FR_ACT_TO_TBL)
			strbuf_addf(body, "routing-rule%zu=%s\n", ++n,
				    strbuf_text(&words) + 1);
		else
			diag_warning(
				export->diag, want->pos,
				"a rule is skipped:%s: it needs a priority, and a table",
				strbuf_text(&words));
	}
}

static void add_keyfile_dns(const struct export *export, int family, struct strbuf *body)
{
	const struct want_dns *want = export->iface->dns;
	const struct dns_list *servers = want ? &want->dns.of[DNS_SERVER] : NULL;
	const struct dns_list *domains = want ? &want->dns.of[DNS_DOMAIN] : NULL;
	bool any = false;

	for (size_t i = 0; servers && i < servers->n; i++) {
		bool is_ip6 = strchr(servers->words[i], ':');

		if (is_ip6 != (family == AF_INET6))
			continue;
		strbuf_addf(body, "%s%s;", any ? "" : "dns=", servers->words[i]);
		any = true;
	}
	if (any)
		strbuf_addc(body, '\n');
	if (!domains || !domains->n || family == AF_INET6)
		return;
	strbuf_add(body, "dns-search=");
	for (size_t i = 0; i < domains->n; i++)
		strbuf_addf(body, "%s;", domains->words[i]);
	strbuf_addc(body, '\n');
}

static const char *method4(const struct iface *iface)
{
	const struct dhcp_wish *wish = iface_dhcp(iface, DHCP_IP4);

	if (wish && wish->is_wanted)
		return "auto";
	return export_has_addr(iface, AF_INET) ? "manual" : "disabled";
}

static const char *method6(const struct iface *iface)
{
	const struct dhcp_wish *wish = iface_dhcp(iface, DHCP_IP6);

	if (iface->conf && iface->conf[CONF_IP6_DISABLE].is_set &&
	    iface->conf[CONF_IP6_DISABLE].num)
		return "disabled";
	if (export_listens(iface))
		return "auto";
	if (wish && wish->is_wanted)
		return "dhcp";
	return export_has_addr(iface, AF_INET6) ? "manual" : "link-local";
}

/* Settings that are a single word here. */
static void add_checks(const struct export *export, int family, struct strbuf *body)
{
	const char *mode = exported_value(export, "IPV6_ADDR_GEN_MODE");
	const char *check = exported_value(export, "ARPCHECK");

	if (family == AF_INET6 && mode)
		add_keyfile_value(body, "addr-gen-mode", mode);
	if (family == AF_INET && check && ifcfg_is_false(check) &&
	    !exported_value(export, "ACD_TIMEOUT"))
		add_keyfile_value(body, "dad-timeout", "0");
}

static void add_family(const struct export *export, int family, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf body = STRBUF_EMPTY;
	const struct iface *iface = export->iface;
	const char *section = family == AF_INET6 ? "ipv6" : "ipv4";
	const char *privacy = exported_value(export, "IPV6_PRIVACY");

	add_keyfile_value(&body, "method",
			  family == AF_INET6 ? method6(iface) : method4(iface));
	add_keyfile_addrs(export, family, &body);
	add_keyfile_routes(export, family, &body);
	add_metric(export, family, &body);
	add_keyfile_rules(export, family, &body);
	add_keyfile_dns(export, family, &body);
	add_checks(export, family, &body);
	if (family == AF_INET6 && privacy)
		strbuf_addf(&body, "ip6-privacy=%d\n",
			    iface->conf ? (int)iface->conf[CONF_IP6_USE_TEMPADDR].num
					: 0);
	add_rows(export, section, &body);
	end_section(out, section, &body, true);
}

/* ---- the profile ---- */

static void tell_lost_in_keyfile(const struct export *export)
{
	const struct iface *iface = export->iface;

	for (size_t i = 0; i < iface->n_ip_lines; i++)
		diag_warning(export->diag, iface->ip_lines[i].pos,
			     "the line is skipped: only ip(8) knows what '%s' means",
			     iface->ip_lines[i].word);
	if (iface->zeroconf && !iface_is_port(iface))
		diag_add(export->diag, DIAG_NOTICE, iface->pos,
			 "the route to 169.254.0.0/16 is skipped: NetworkManager sets "
			 "none");
	if (export->file)
		export_judge_keys(export, export_keyfile_has);
}

void export_keyfile(const struct export *export, struct strbuf *out)
{
	const struct iface *iface = export->iface;

	add_connection(export, out);
	add_keyfile_link(export, out);
	if (iface->kind == IFACE_BRIDGE)
		add_keyfile_bridge(export, out);
	else if (iface->options)
		add_keyfile_options(export, out);
	if (iface->kind == IFACE_VLAN)
		add_keyfile_vlan(export, out);
	if (iface->kind == IFACE_TAP)
		add_keyfile_tun(export, out);
	if (is_infiniband(iface))
		add_infiniband(export, out);
	if (iface->peer)
		add_veth(export, out);
	if (iface_is_bond_port(iface))
		add_keyfile_bond_port(export, out);
	else if (iface_is_bridge_port(iface))
		add_bridge_port(export, out);
	if (!iface_is_port(iface)) {
		add_family(export, AF_INET, out);
		add_family(export, AF_INET6, out);
	}
	tell_lost_in_keyfile(export);
}
