/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keyfiles to ifcfg files.
 *
 * Each key of a profile is looked up in keyfile_rows[]: what is the same under another
 * name is copied by the row, the rest has a function of its own here, and what neither
 * knows is told. So nothing is lost in silence.
 */
#include "lib/carry/import.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/if_vlan.h>
#include <string.h>

#include "lib/base/num.h"
#include "lib/carry/ifcfg-text.h"
#include "lib/model/bond-options.h"
#include "lib/model/bridge-options.h"

enum { IP4, IP6, FAMILIES };

/* struct importing - a profile, and what becomes of it */
struct importing {
	const struct import_profile *profile, *all;
	size_t n_all;
	struct drafts *drafts;
	struct strbuf text, bonding, bridging, settings, features, domains;
	struct strbuf routes[FAMILIES], rules[FAMILIES];
	struct ip_net *addrs;
	size_t n_addrs, addrs_cap;
	struct ip gateways[FAMILIES];
	size_t n_dns;
	bool failed;
};

static const char *get(const struct importing *in, const char *section, const char *key)
{
	return keyfile_get(&in->profile->keyfile, section, key);
}

static bool is_true(const char *value)
{
	return value && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0 ||
			 strcmp(value, "yes") == 0);
}

static void left_out(struct importing *in, const struct keyfile_entry *entry,
		     const char *why)
{
	diag_warning(in->drafts->diag, entry->pos, "%s.%s=%s is left out: %s",
		     entry->section, entry->key, entry->value, why);
}

static int family_of(const struct keyfile_entry *entry)
{
	return strcmp(entry->section, "ipv6") == 0 ? IP6 : IP4;
}

static int af_of(const struct keyfile_entry *entry)
{
	return family_of(entry) == IP6 ? AF_INET6 : AF_INET;
}

/* The part of @text before one of @ends, which are passed over; "" at the end. */
static const char *next_word(struct importing *in, const char **text, const char *ends)
{
	size_t len = strcspn(*text, ends);
	const char *word = arena_strndup(in->drafts->arena, *text, len);

	*text += len;
	if (**text)
		(*text)++;
	in->failed |= !word;
	return word ? word : "";
}

/* ---- identity ---- */

/* A connection may be named by the UUID of its profile. */
static const char *device_of(const struct importing *in, const char *name)
{
	for (size_t i = 0; i < in->n_all; i++) {
		const char *uuid = keyfile_get(&in->all[i].keyfile, "connection", "uuid");

		if (uuid && in->all[i].name && strcasecmp(uuid, name) == 0)
			return in->all[i].name;
	}
	return name;
}

/* What of a profile's type is an ifcfg file's; the last one has no type. */
static const struct {
	const char *type, *ifcfg, *lines;
} types[] = {
	{ "ethernet", "Ethernet", "" },
	{ "bond", "Bond", "BONDING_MASTER=yes\n" },
	{ "vlan", "Vlan", "VLAN=yes\n" },
	{ "bridge", "Bridge", "" },
	{ NULL, NULL, NULL },
};

/* Ethernet with its old name. */
static size_t find_type(const char *type)
{
	size_t i = 0;

	if (type && strcmp(type, "802-3-ethernet") == 0)
		type = "ethernet";
	while (types[i].type && (!type || strcmp(types[i].type, type) != 0))
		i++;
	return i;
}

static void take_master(struct importing *in, const struct keyfile_entry *entry)
{
	const char *kind = get(in, "connection", "slave-type");
	const char *master = device_of(in, entry->value);

	if (kind && strcmp(kind, "bond") == 0) {
		ifcfg_text_key(&in->text, "MASTER", master);
		ifcfg_text_key(&in->text, "SLAVE", "yes");
	} else if (kind && strcmp(kind, "bridge") == 0) {
		ifcfg_text_key(&in->text, "BRIDGE", master);
	} else {
		left_out(in, entry, "it is neither a bond nor a bridge");
	}
}

/* ---- links ---- */

static void add_word(struct strbuf *words, const char *name, const char *value)
{
	strbuf_addf(words, "%s%s=%s", words->len ? " " : "", name, value);
}

static void take_bond(struct importing *in, const struct keyfile_entry *entry)
{
	if (strcmp(entry->key, "mode") != 0)
		add_word(&in->bonding, entry->key, entry->value);
}

/* The driver's name of an option has _ where a profile has -. */
static const struct bridge_option *find_bridge_option(struct importing *in,
						      const struct bridge_table *table,
						      const char *key)
{
	char *name = arena_strdup(in->drafts->arena, key);

	for (char *c = name; c && *c; c++)
		if (*c == '-')
			*c = '_';
	in->failed |= !name;
	return name ? bridge_option_find(table, name) : NULL;
}

static void add_bridge_option(struct importing *in, const struct keyfile_entry *entry,
			      const struct bridge_table *table)
{
	const struct bridge_option *option = find_bridge_option(in, table, entry->key);
	const char *value = entry->value;

	if (!option) {
		left_out(in, entry, "the driver has no such option");
		return;
	}
	if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
		value = *value == 't' ? "1" : "0";
	add_word(&in->bridging, option->name, value);
}

static void take_bridge(struct importing *in, const struct keyfile_entry *entry)
{
	static const struct {
		const char *key, *ifcfg;
	} seconds[] = { { "forward-delay", "DELAY" }, { "ageing-time", "AGEING" } };
	static const char *const hundredths[] = { "hello-time", "max-age" };
	struct keyfile_entry scaled = *entry;

	if (strcmp(entry->key, "stp") == 0)
		return; /* it is on where nothing is said: see add_kind() */
	if (strcmp(entry->key, "mac-address") == 0) {
		ifcfg_text_key(&in->text, "MACADDR", entry->value);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(seconds); i++)
		if (strcmp(entry->key, seconds[i].key) == 0) {
			ifcfg_text_key(&in->text, seconds[i].ifcfg, entry->value);
			return;
		}
	for (size_t i = 0; i < ARRAY_SIZE(hundredths); i++)
		if (strcmp(entry->key, hundredths[i]) == 0)
			scaled.value =
				arena_printf(in->drafts->arena, "%s00", entry->value);
	in->failed |= !scaled.value;
	if (scaled.value)
		add_bridge_option(in, &scaled, &bridge_table);
}

static void take_bridge_port(struct importing *in, const struct keyfile_entry *entry)
{
	add_bridge_option(in, entry, &bridge_port_table);
}

static void take_vlan_id(struct importing *in, const struct keyfile_entry *entry)
{
	ifcfg_text_key(&in->text, "VLAN_ID", entry->value);
}

static void take_parent(struct importing *in, const struct keyfile_entry *entry)
{
	ifcfg_text_key(&in->text, "PHYSDEV", device_of(in, entry->value));
}

static void take_vlan_flags(struct importing *in, const struct keyfile_entry *entry)
{
	uint32_t bits;

	if (num_parse_u32(entry->value, UINT8_MAX, &bits) < 0) {
		left_out(in, entry, "it is no number");
		return;
	}
	if (!(bits & VLAN_FLAG_REORDER_HDR))
		ifcfg_text_key(&in->text, "REORDER_HDR", "no");
	if (bits & VLAN_FLAG_GVRP)
		ifcfg_text_key(&in->text, "GVRP", "yes");
	if (bits & VLAN_FLAG_MVRP)
		ifcfg_text_key(&in->text, "MVRP", "yes");
	if (bits & VLAN_FLAG_LOOSE_BINDING)
		ifcfg_text_key(&in->text, "VLAN_FLAGS", "LOOSE_BINDING");
}

/* ---- what ethtool sets ---- */

static void take_speed(struct importing *in, const struct keyfile_entry *entry)
{
	const bool is_negotiation = strcmp(entry->key, "auto-negotiate") == 0;

	strbuf_addf(&in->settings, "%s%s %s", in->settings.len ? " " : "",
		    is_negotiation ? "autoneg" : entry->key,
		    !is_negotiation         ? entry->value
		    : is_true(entry->value) ? "on"
					    : "off");
}

static void take_wake_on_lan(struct importing *in, const struct keyfile_entry *entry)
{
	static const char letters[] = "?pumbag"; /* by the bit's number */
	_cleanup_strbuf_ struct strbuf word = STRBUF_EMPTY;
	uint32_t bits;

	if (num_parse_u32(entry->value, 0x7E, &bits) < 0) {
		left_out(in, entry, "ethtool has no word for it");
		return;
	}
	for (unsigned int bit = 1; bit < sizeof(letters) - 1; bit++)
		if (bits & 1U << bit)
			strbuf_addc(&word, letters[bit]);
	strbuf_addf(&in->settings, "%swol %s", in->settings.len ? " " : "",
		    word.len ? strbuf_text(&word) : "d");
}

static void take_ethtool(struct importing *in, const struct keyfile_entry *entry)
{
	static const struct {
		const char *prefix, *option;
	} kinds[] = { { "feature-", "-K" },
		      { "ring-", "-G" },
		      { "coalesce-", "-C" },
		      { "pause-", "-A" } };
	const char *value = entry->value;

	if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
		value = *value == 't' ? "on" : "off";
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t len = strlen(kinds[i].prefix);

		if (strncmp(entry->key, kinds[i].prefix, len) == 0)
			strbuf_addf(&in->features, "%s%s %s %s %s",
				    in->features.len ? "; " : "", kinds[i].option,
				    in->profile->name, entry->key + len, value);
	}
}

/* ---- addresses ---- */

static void take_gateway(struct importing *in, const struct keyfile_entry *entry)
{
	struct ip *gateway = &in->gateways[family_of(entry)];

	if (ip_parse(entry->value, af_of(entry), gateway) < 0)
		left_out(in, entry, "it is no address");
}

/* "192.168.1.22/24,192.168.1.1", the latter not needed. */
static void take_address(struct importing *in, const struct keyfile_entry *entry)
{
	const char *rest = entry->value;
	struct keyfile_entry gateway = *entry;
	struct ip_net net;

	if (entry->key[strcspn(entry->key, "0123456789")] == '\0' ||
	    ip_net_parse(next_word(in, &rest, ","), &net) < 0 ||
	    net.addr.family != af_of(entry)) {
		left_out(in, entry, "it is not ADDRESS/LENGTH");
		return;
	}
	in->failed |= ARENA_PUSH(in->drafts->arena, in->addrs, in->n_addrs, in->addrs_cap,
				 net) < 0;
	gateway.value = rest;
	if (*rest)
		take_gateway(in, &gateway);
}

static void take_dns(struct importing *in, const struct keyfile_entry *entry)
{
	const char *rest = entry->value;

	while (*rest) {
		const char *server = next_word(in, &rest, ";,");
		char key[32];

		if (!*server)
			continue;
		snprintf(key, sizeof(key), "DNS%zu", ++in->n_dns);
		ifcfg_text_key(&in->text, key, server);
	}
}

/* Those of both families are searched. */
static void take_dns_search(struct importing *in, const struct keyfile_entry *entry)
{
	const char *rest = entry->value;

	while (*rest) {
		const char *domain = next_word(in, &rest, ";,");

		if (*domain)
			strbuf_addf(&in->domains, "%s%s", in->domains.len ? " " : "",
				    domain);
	}
}

/* ---- routes ---- */

/* What of a route's options ip(8) has by another name, or with another value. */
static void add_route_option(struct importing *in, const struct keyfile_entry *entry,
			     const char *name, const char *value, struct strbuf *words)
{
	static const char *const same[] = { "table",    "src",      "mtu",      "window",
					    "cwnd",     "initcwnd", "initrwnd", "from",
					    "advmss",   "scope",    "rto_min",  "tos",
					    "quickack", "type" };

	if (strcmp(name, "onlink") == 0 && is_true(value)) {
		strbuf_add(words, " onlink");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		if (strcmp(same[i], name) == 0) {
			if (strcmp(name, "type") != 0) /* it stands in front */
				strbuf_addf(words, " %s %s", name, value);
			return;
		}
	diag_warning(in->drafts->diag, entry->pos, "%s.%s: %s=%s is left out",
		     entry->section, entry->key, name, value);
}

static void add_route_options(struct importing *in, const struct keyfile_entry *entry,
			      const char *rest, struct strbuf *words)
{
	while (*rest) {
		const char *pair = next_word(in, &rest, ",");
		const char *name = next_word(in, &pair, "=");

		if (*name)
			add_route_option(in, entry, name, pair, words);
	}
}

static const char *route_type(struct importing *in, const char *options)
{
	const char *type = options ? strstr(options, "type=") : NULL;

	if (!type || (type != options && type[-1] != ','))
		return NULL;
	type += strlen("type=");
	return next_word(in, &type, ",");
}

/* A gateway that says that there is none. */
static bool is_no_gateway(const char *word)
{
	return !*word || strcmp(word, "0.0.0.0") == 0 || strcmp(word, "::") == 0;
}

/* "10.0.0.0/8,192.168.1.7,50" and, under another key, options. */
static void take_route(struct importing *in, const struct keyfile_entry *entry)
{
	const char *key = arena_printf(in->drafts->arena, "%s_options", entry->key);
	const char *options = key ? get(in, entry->section, key) : NULL;
	struct strbuf *lines = &in->routes[family_of(entry)];
	const char *type = route_type(in, options), *rest = entry->value;
	const char *to, *gateway, *metric;

	if (strstr(entry->key, "_options")) /* taken with the route */
		return;
	to = next_word(in, &rest, ",");
	gateway = next_word(in, &rest, ",");
	metric = next_word(in, &rest, ",");
	if (type)
		strbuf_addf(lines, "%s ", type);
	strbuf_add(lines, to);
	if (!is_no_gateway(gateway))
		strbuf_addf(lines, " via %s", gateway);
	if (!type || strcmp(type, "unicast") == 0 || strcmp(type, "local") == 0)
		strbuf_addf(lines, " dev %s", in->profile->name);
	if (*metric && strcmp(metric, "-1") != 0)
		strbuf_addf(lines, " metric %s", metric);
	if (options)
		add_route_options(in, entry, options, lines);
	strbuf_addc(lines, '\n');
}

static void take_rule(struct importing *in, const struct keyfile_entry *entry)
{
	strbuf_addf(&in->rules[family_of(entry)], "%s\n", entry->value);
}

/* ---- methods ---- */

/* struct method - what a method is in an ifcfg file; @why: what of it is lost, or NULL */
struct method {
	const char *section, *method, *lines, *why;
};

static const struct method methods[] = {
	{ "ipv4", "auto", "BOOTPROTO=dhcp\n", NULL },
	{ "ipv4", "manual", "BOOTPROTO=none\n", NULL },
	{ "ipv4", "disabled", "BOOTPROTO=none\n", NULL },
	{ "ipv4", "link-local", "BOOTPROTO=none\n",
	  "addresses of 169.254.0.0/16 are not chosen here" },
	{ "ipv4", "shared", "BOOTPROTO=none\n",
	  "addresses are not given to others here" },
	{ "ipv6", "auto", "IPV6_AUTOCONF=yes\n", NULL },
	{ "ipv6", "dhcp", "IPV6_AUTOCONF=no\nDHCPV6C=yes\n", NULL },
	{ "ipv6", "manual", "IPV6_AUTOCONF=no\n", NULL },
	{ "ipv6", "link-local", "IPV6_AUTOCONF=no\n", NULL },
	{ "ipv6", "ignore", "", NULL },
	{ "ipv6", "disabled", "IPV6_DISABLED=yes\n", NULL },
	{ "ipv6", "shared", "", "prefixes are not given to others here" },
};

static void take_method(struct importing *in, const struct keyfile_entry *entry)
{
	for (size_t i = 0; i < ARRAY_SIZE(methods); i++) {
		const struct method *row = &methods[i];

		if (strcmp(row->section, entry->section) != 0 ||
		    strcmp(row->method, entry->value) != 0)
			continue;
		strbuf_add(&in->text, row->lines);
		if (row->why)
			left_out(in, entry, row->why);
		return;
	}
	left_out(in, entry, "it is not known here");
}

static void take_privacy(struct importing *in, const struct keyfile_entry *entry)
{
	bool is_off = strcmp(entry->value, "0") == 0;

	ifcfg_text_key(&in->text, "IPV6_PRIVACY", is_off ? "no" : "rfc4941");
	if (strcmp(entry->value, "1") == 0)
		ifcfg_text_key(&in->text, "IPV6_PRIVACY_PREFER_PUBLIC_IP", "yes");
}

/* ---- keys ---- */

/* Those of KEYFILE_OWN, in the words of keyfile_rows[]; NULL: looked at elsewhere. */
static const struct {
	const char *section, *key;
	void (*take)(struct importing *in, const struct keyfile_entry *entry);
} takers[] = {
	{ "connection", "type", NULL },
	{ "connection", "interface-name", NULL },
	{ "connection", "master", take_master },
	{ "connection", "slave-type", NULL },
	{ "ethernet", "auto-negotiate", take_speed },
	{ "ethernet", "speed", take_speed },
	{ "ethernet", "duplex", take_speed },
	{ "ethernet", "wake-on-lan", take_wake_on_lan },
	{ "ethtool", "feature-*", take_ethtool },
	{ "ethtool", "ring-*", take_ethtool },
	{ "ethtool", "coalesce-*", take_ethtool },
	{ "ethtool", "pause-*", take_ethtool },
	{ "bond", NULL, take_bond },
	{ "bridge", NULL, take_bridge },
	{ "bridge-port", NULL, take_bridge_port },
	{ "vlan", "interface-name", NULL },
	{ "vlan", "id", take_vlan_id },
	{ "vlan", "parent", take_parent },
	{ "vlan", "flags", take_vlan_flags },
	{ "ipv4", "method", take_method },
	{ "ipv6", "method", take_method },
	{ "ipv4", "address*", take_address },
	{ "ipv6", "address*", take_address },
	{ "ipv4", "gateway", take_gateway },
	{ "ipv6", "gateway", take_gateway },
	{ "ip", "route*", take_route },
	{ "ip", "routing-rule*", take_rule },
	{ "ip", "dns", take_dns },
	{ "ip", "dns-search", take_dns_search },
	{ "ipv6", "ip6-privacy", take_privacy },
};

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void take_own(struct importing *in, const struct keyfile_row *row,
		     const struct keyfile_entry *entry)
{
	for (size_t i = 0; i < ARRAY_SIZE(takers); i++) {
		if (!is_same(takers[i].section, row->section) ||
		    !is_same(takers[i].key, row->key))
			continue;
		if (takers[i].take)
			takers[i].take(in, entry);
		return;
	}
	left_out(in, entry, "it is not known here");
}

/* "a;b;" with something else between, and nothing at the end. */
static void take_list(struct importing *in, const struct keyfile_row *row,
		      const char *rest, const char *between)
{
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;

	while (*rest) {
		const char *word = next_word(in, &rest, ";");

		if (*word)
			strbuf_addf(&list, "%s%s", list.len ? between : "", word);
	}
	in->failed |= list.failed;
	ifcfg_text_key(&in->text, row->ifcfg, strbuf_text(&list));
}

static void take_entry(struct importing *in, const struct keyfile_entry *entry)
{
	const struct keyfile_row *row = keyfile_row_find(entry->section, entry->key);

	if (!*entry->value)
		return;
	if (!row) {
		left_out(in, entry, "ifcfg files have no key for it");
		return;
	}
	if (row->usual && strcmp(row->usual, entry->value) == 0)
		return;
	switch (row->conv) {
	case KEYFILE_TEXT:
	case KEYFILE_MAC:
		ifcfg_text_key(&in->text, row->ifcfg, entry->value);
		break;
	case KEYFILE_BOOL:
		ifcfg_text_key(&in->text, row->ifcfg,
			       is_true(entry->value) ? "yes" : "no");
		break;
	case KEYFILE_NOT:
		ifcfg_text_key(&in->text, row->ifcfg,
			       is_true(entry->value) ? "no" : "yes");
		break;
	case KEYFILE_LIST:
		take_list(in, row, entry->value, " ");
		break;
	case KEYFILE_COMMAS:
		take_list(in, row, entry->value, ",");
		break;
	case KEYFILE_NOTHING:
		break;
	case KEYFILE_OWN:
		take_own(in, row, entry);
		break;
	}
}

/* ---- the profile ---- */

/* What NetworkManager does where a profile says nothing. */
static void add_kind(struct importing *in, size_t type)
{
	const char *mode = get(in, "bond", "mode");
	const char *stp = get(in, "bridge", "stp");

	ifcfg_text_key(&in->text, "DEVICE", in->profile->name);
	ifcfg_text_key(&in->text, "TYPE", types[type].ifcfg);
	strbuf_add(&in->text, types[type].lines);
	if (!get(in, "connection", "autoconnect"))
		ifcfg_text_key(&in->text, "ONBOOT", "yes");
	if (!get(in, "connection", "master")) {
		ifcfg_text_key(&in->text, "NOZEROCONF", "yes");
		if (!get(in, "ipv4", "method"))
			ifcfg_text_key(&in->text, "BOOTPROTO", "dhcp");
	}
	if (strcmp(types[type].type, "bond") == 0)
		add_word(&in->bonding, "mode", mode ? mode : "balance-rr");
	if (strcmp(types[type].type, "bridge") == 0)
		ifcfg_text_key(&in->text, "STP", !stp || is_true(stp) ? "yes" : "no");
}

static void add_key(struct importing *in, const char *key, const struct strbuf *value)
{
	in->failed |= value->failed;
	if (value->len)
		ifcfg_text_key(&in->text, key, strbuf_text(value));
}

static void add_rest(struct importing *in)
{
	_cleanup_strbuf_ struct strbuf ethtool = STRBUF_EMPTY;

	add_key(in, "BONDING_OPTS", &in->bonding);
	add_key(in, "BRIDGING_OPTS", &in->bridging);
	add_key(in, "DOMAIN", &in->domains);
	/* A speed that is given is not negotiated there. */
	if (get(in, "ethernet", "speed") && !get(in, "ethernet", "auto-negotiate"))
		strbuf_add(&ethtool, "autoneg off ");
	strbuf_add(&ethtool, strbuf_text(&in->settings));
	if (in->settings.len && in->features.len)
		strbuf_add(&ethtool, "; ");
	strbuf_add(&ethtool, strbuf_text(&in->features));
	add_key(in, "ETHTOOL_OPTS", &ethtool);
	ifcfg_text_addrs(&in->text, in->addrs, in->n_addrs);
	for (size_t i = 0; i < FAMILIES; i++)
		if (ip_is_set(&in->gateways[i]))
			ifcfg_text_gateway(&in->text, &in->gateways[i]);
}

static int put(struct importing *in, const char *prefix, const struct strbuf *text)
{
	const char *name =
		arena_printf(in->drafts->arena, "%s-%s", prefix, in->profile->name);

	if (!name || text->failed || in->failed)
		return -ENOMEM;
	return text->len ? drafts_put(in->drafts, name, strbuf_text(text)) : 0;
}

static int put_all(struct importing *in)
{
	int r = put(in, "ifcfg", &in->text);

	if (r == 0)
		r = put(in, "route", &in->routes[IP4]);
	if (r == 0)
		r = put(in, "route6", &in->routes[IP6]);
	if (r == 0)
		r = put(in, "rule", &in->rules[IP4]);
	return r == 0 ? put(in, "rule6", &in->rules[IP6]) : r;
}

static void release(struct importing *in)
{
	struct strbuf *const all[] = { &in->text,        &in->bonding,
				       &in->bridging,    &in->settings,
				       &in->features,    &in->domains,
				       &in->routes[IP4], &in->routes[IP6],
				       &in->rules[IP4],  &in->rules[IP6] };

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		strbuf_release(all[i]);
}

static void skip_profile(struct drafts *drafts, const struct keyfile *keyfile,
			 const char *why, const char *what)
{
	diag_warning(drafts->diag, (struct pos){ keyfile->path, 0 },
		     "left out as a whole: %s%s", why, what ? what : "");
}

static int import_profile(struct importing *in)
{
	const struct keyfile *keyfile = &in->profile->keyfile;
	const char *type = get(in, "connection", "type");
	size_t at = find_type(type);

	if (!types[at].type) {
		skip_profile(in->drafts, keyfile, "there are no ifcfg files here for ",
			     type ? type : "a profile without a type");
		return 0;
	}
	if (!in->profile->name || !ifname_is_valid(in->profile->name)) {
		skip_profile(in->drafts, keyfile,
			     "it names no interface, and an ifcfg file is for one", NULL);
		return 0;
	}
	add_kind(in, at);
	for (size_t i = 0; i < keyfile->n; i++)
		take_entry(in, &keyfile->entries[i]);
	add_rest(in);
	return put_all(in);
}

static const char *find_name(const struct keyfile *keyfile)
{
	const char *name = keyfile_get(keyfile, "connection", "interface-name");

	return name ? name : keyfile_get(keyfile, "vlan", "interface-name");
}

int import_profiles(struct import_profile *profiles, size_t n, struct drafts *drafts)
{
	int r = 0;

	for (size_t i = 0; i < n; i++)
		profiles[i].name = find_name(&profiles[i].keyfile);
	for (size_t i = 0; i < n && r == 0; i++) {
		struct importing in = { .profile = &profiles[i],
					.all = profiles,
					.n_all = n,
					.drafts = drafts };

		r = import_profile(&in);
		release(&in);
	}
	return r;
}
