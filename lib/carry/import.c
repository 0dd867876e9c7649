/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Converts keyfiles to ifcfg files.
 *
 * Each key of a profile is looked up in keyfile_rows[]: a row copies what differs only in
 * its name, functions here convert the rest, and keys that neither knows are reported. So
 * nothing is lost silently.
 */
#include "lib/carry/import.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/if_vlan.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/carry/ifcfg-text.h"
#include "lib/model/bond-options.h"
#include "lib/model/bridge-options.h"
#include "lib/model/route.h"

enum { IP4, IP6, FAMILIES };

/* struct importing - a profile, and its conversion */
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
};

static const char *profile_value(const struct importing *in, const char *section,
				 const char *key)
{
	return keyfile_get(&in->profile->keyfile, section, key);
}

static bool is_true(const char *value)
{
	return value && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0 ||
			 strcmp(value, "yes") == 0);
}

static bool is_false(const char *value)
{
	return value && (strcmp(value, "false") == 0 || strcmp(value, "0") == 0 ||
			 strcmp(value, "no") == 0);
}

static void left_out(struct importing *in, const struct keyfile_entry *entry,
		     const char *why)
{
	diag_warning(in->drafts->diag, entry->pos, "%s.%s=%s is skipped: %s",
		     entry->section, entry->key, entry->value, why);
}

/* Return: whether it is a boolean, with a message if not. */
static bool judge_switch(struct importing *in, const struct keyfile_entry *entry)
{
	if (is_true(entry->value) || is_false(entry->value))
		return true;
	left_out(in, entry, _("it is neither true nor false"));
	return false;
}

static int entry_family(const struct keyfile_entry *entry)
{
	return strcmp(entry->section, "ipv6") == 0 ? IP6 : IP4;
}

static int af_of(const struct keyfile_entry *entry)
{
	return entry_family(entry) == IP6 ? AF_INET6 : AF_INET;
}

/* The part of @text before one of @ends, which is skipped; "" at the end. */
static const char *next_profile_word(struct importing *in, const char **text,
				     const char *ends)
{
	size_t len = strcspn(*text, ends);
	const char *word = arena_strndup(in->drafts->arena, *text, len);

	*text += len;
	if (**text)
		(*text)++;
	return word;
}

/* ---- identity ---- */

/* A connection may be given by the UUID of its profile. */
static const char *profile_device(const struct importing *in, const char *name)
{
	for (size_t i = 0; i < in->n_all; i++) {
		const char *uuid = keyfile_get(&in->all[i].keyfile, "connection", "uuid");

		if (uuid && in->all[i].name && strcasecmp(uuid, name) == 0)
			return in->all[i].name;
	}
	return name;
}

/* Ethernet with its old name, too. */
static enum iface_kind kind_of_type(const char *type)
{
	return type ? link_kind_of_profile(keyfile_usual_name(type)) : IFACE_KINDS;
}

/* The profile of an interface or a UUID; NULL if it is not being imported. */
static const struct import_profile *profile_of(const struct importing *in,
					       const char *name)
{
	const char *device = profile_device(in, name);

	for (size_t i = 0; i < in->n_all; i++)
		if (in->all[i].name && strcmp(in->all[i].name, device) == 0)
			return &in->all[i];
	return NULL;
}

static bool has_section(const struct importing *in, const char *section)
{
	const struct keyfile *keyfile = &in->profile->keyfile;

	for (size_t i = 0; i < keyfile->n; i++)
		if (strcmp(keyfile->entries[i].section, section) == 0)
			return true;
	return false;
}

/* The kind of its master, by its own statement, its settings, or the other profile. */
static const char *master_kind(const struct importing *in, const char *master)
{
	const struct import_profile *of = profile_of(in, master);
	const char *kind = profile_value(in, "connection", "slave-type");

	if (kind)
		return kind;
	if (has_section(in, "bond-port"))
		return "bond";
	if (has_section(in, "bridge-port"))
		return "bridge";
	return of ? keyfile_get(&of->keyfile, "connection", "type") : NULL;
}

/* ---- links ---- */

static void add_named_value(struct strbuf *words, const char *name, const char *value)
{
	strbuf_addf(words, "%s%s=%s", words->len ? " " : "", name, value);
}

static bool is_number_above_0(const char *value)
{
	uint32_t number;

	return value && num_parse_u32(value, INT32_MAX, &number) == 0 && number > 0;
}

/* If both have a value, miimon is used, and NetworkManager does not set the other one. */
static bool is_overruled(const struct importing *in, const struct keyfile_entry *entry)
{
	return (strcmp(entry->key, "arp_interval") == 0 ||
		strcmp(entry->key, "arp_ip_target") == 0) &&
	       is_number_above_0(profile_value(in, "bond", "miimon"));
}

void import_bond(struct importing *in, const struct keyfile_entry *entry)
{
	const bool is_active = strcmp(entry->key, "active_slave") == 0;

	if (strcmp(entry->key, "mode") == 0 ||
	    (is_active && profile_value(in, "bond", "primary")))
		return;
	if (is_overruled(in, entry))
		left_out(in, entry, _("miimon takes precedence over it"));
	else /* an old name in profiles, not the driver's option */
		add_named_value(&in->bonding, is_active ? "primary" : entry->key,
				entry->value);
}

/* In these modes the driver has no ARP monitoring. */
static bool has_arp_monitor(const struct importing *in)
{
	const char *mode = profile_value(in, "bond", "mode");

	return !(mode && text_lists("802.3ad 4 balance-tlb 5 balance-alb 6", mode)) &&
	       is_number_above_0(profile_value(in, "bond", "arp_interval"));
}

/* Defaults that NetworkManager sets: nm-setting-bond.c. */
static void add_bond_defaults(struct importing *in)
{
	const char *mode = profile_value(in, "bond", "mode");

	add_named_value(&in->bonding, "mode", mode ? mode : "balance-rr");
	if (!profile_value(in, "bond", "miimon") && !has_arp_monitor(in))
		add_named_value(&in->bonding, "miimon", "100");
}

static void add_bridge_option(struct importing *in, const struct keyfile_entry *entry,
			      const struct option_table *table)
{
	const struct option_row *option =
		bridge_option_of_profile(table, entry->key, in->drafts->arena);
	const char *value = entry->value;

	if (!option) {
		left_out(in, entry, _("the driver has no such option"));
		return;
	}
	if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
		value = *value == 't' ? "1" : "0";
	add_named_value(&in->bridging, option->name, value);
}

void import_bridge(struct importing *in, const struct keyfile_entry *entry)
{
	static const struct {
		const char *key, *ifcfg;
	} seconds[] = { { "forward-delay", "DELAY" }, { "ageing-time", "AGEING" } };
	struct keyfile_entry scaled = *entry;

	/* STP is on by default: see add_kind_settings(). */
	if (strcmp(entry->key, "stp") == 0) {
		judge_switch(in, entry);
		return;
	}
	if (strcmp(entry->key, "mac-address") == 0) {
		ifcfg_text_key(&in->text, "MACADDR", entry->value);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(seconds); i++)
		if (strcmp(entry->key, seconds[i].key) == 0) {
			ifcfg_text_key(&in->text, seconds[i].ifcfg, entry->value);
			return;
		}
	if (text_lists("hello-time max-age", entry->key))
		scaled.value = arena_printf(in->drafts->arena, "%s00", entry->value);
	if (scaled.value)
		add_bridge_option(in, &scaled, &bridge_table);
}

void import_bridge_port(struct importing *in, const struct keyfile_entry *entry)
{
	add_bridge_option(in, entry, &bridge_port_table);
}

/*
 * NetworkManager gives every port the same cost; the driver sets it by the port's speed.
 */
static void add_path_cost(struct importing *in, const char *master)
{
	const struct import_profile *of = profile_of(in, master);
	const char *stp = of ? keyfile_get(&of->keyfile, "bridge", "stp") : NULL;

	if (!profile_value(in, "bridge-port", "path-cost") && (!stp || is_true(stp)))
		add_named_value(&in->bridging, "path_cost", "100");
}

void import_master(struct importing *in, const struct keyfile_entry *entry)
{
	const enum iface_kind kind = kind_of_type(master_kind(in, entry->value));

	if (kind == IFACE_KINDS || !link_kinds[kind].joins) {
		left_out(in, entry, _("it is neither a bond nor a bridge"));
		return;
	}
	ifcfg_text_key(&in->text, link_kinds[kind].joins,
		       profile_device(in, entry->value));
	if (kind == IFACE_BOND)
		ifcfg_text_key(&in->text, "SLAVE", "yes");
	if (kind == IFACE_BRIDGE)
		add_path_cost(in, entry->value);
}

void import_vlan_id(struct importing *in, const struct keyfile_entry *entry)
{
	ifcfg_text_key(&in->text, "VLAN_ID", entry->value);
}

void import_parent(struct importing *in, const struct keyfile_entry *entry)
{
	ifcfg_text_key(&in->text, "PHYSDEV", profile_device(in, entry->value));
}

void import_vlan_flags(struct importing *in, const struct keyfile_entry *entry)
{
	uint32_t bits;

	if (num_parse_u32(entry->value, UINT8_MAX, &bits) < 0) {
		left_out(in, entry, _("it is not a number"));
		return;
	}
	if (bits & ~(uint32_t)(VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP | VLAN_FLAG_MVRP |
			       VLAN_FLAG_LOOSE_BINDING))
		left_out(in, entry, _("one of these flags has no key here"));
	ifcfg_text_vlan_flags(&in->text, bits);
}

/* ---- what ethtool sets ---- */

void import_speed(struct importing *in, const struct keyfile_entry *entry)
{
	const bool is_negotiation = strcmp(entry->key, "auto-negotiate") == 0;

	if (is_negotiation && !judge_switch(in, entry))
		return;
	/* Off without a speed means that it is left unchanged. */
	if (is_negotiation && !is_true(entry->value) &&
	    !profile_value(in, "ethernet", "speed"))
		return;
	strbuf_addf(&in->settings, "%s%s %s", in->settings.len ? " " : "",
		    is_negotiation ? "autoneg" : entry->key,
		    !is_negotiation         ? entry->value
		    : is_true(entry->value) ? "on"
					    : "off");
}

void import_wake_on_lan(struct importing *in, const struct keyfile_entry *entry)
{
	static const char letters[] = "?pumbag"; /* by the bit's number */
	_cleanup_strbuf_ struct strbuf word = STRBUF_EMPTY;
	uint32_t bits;

	if (strcmp(entry->value, "32768") == 0) /* leave it unchanged */
		return;
	if (num_parse_u32(entry->value, 0x7E, &bits) < 0) {
		left_out(in, entry, _("ethtool has no word for it"));
		return;
	}
	for (unsigned int bit = 1; bit < sizeof(letters) - 1; bit++)
		if (bits & 1U << bit)
			strbuf_addc(&word, letters[bit]);
	strbuf_addf(&in->settings, "%swol %s", in->settings.len ? " " : "",
		    word.len ? strbuf_text(&word) : "d");
}

void import_ethtool(struct importing *in, const struct keyfile_entry *entry)
{
	static const struct {
		const char *prefix, *option;
	} kinds[] = {
		{ "feature-", "-K" }, { "ring-", "-G" },     { "coalesce-", "-C" },
		{ "pause-", "-A" },   { "channels-", "-L" }, { "eee-", "--set-eee" }
	};
	const char *value = entry->value;

	if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
		value = *value == 't' ? "on" : "off";
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t len = strlen(kinds[i].prefix);

		if (strncmp(entry->key, kinds[i].prefix, len) == 0)
			strbuf_addf(&in->features, "%s%s %s %s %s",
				    in->features.len ? "; " : "", kinds[i].option,
				    in->profile->name,
				    strcmp(entry->key, "eee-enabled") == 0
					    ? "eee"
					    : entry->key + len,
				    value);
	}
}

/* ---- addresses ---- */

/* A value that means that there is no gateway. */
static bool is_no_gateway(const char *word)
{
	return !*word || strcmp(word, "0.0.0.0") == 0 || strcmp(word, "::") == 0;
}

/* The gateway has a key of its own; of those after addresses, the first one is used. */
void import_gateway(struct importing *in, const struct keyfile_entry *entry)
{
	const bool is_own = strcmp(entry->key, "gateway") == 0;
	struct ip *gateway = &in->gateways[entry_family(entry)], found;
	const char *own = profile_value(in, entry->section, "gateway");

	if (ip_parse(entry->value, af_of(entry), &found) < 0)
		left_out(in, entry, _("it is not an address"));
	else if (ip_is_set(gateway) && !is_own && !ip_equal(gateway, &found))
		diag_warning(in->drafts->diag, entry->pos,
			     "%s.%s: the gateway %s is skipped: there is another one",
			     entry->section, entry->key, entry->value);
	else if (is_own || !own)
		*gateway = found;
}

/*
 * Separators of an address or a network; older profiles have a semicolon instead of the
 * slash.
 */
#define PARTS "/;,"

/* Blanks separate, too, as with nmcli; next to another separator they have no meaning. */
static const char *join_blanks(struct importing *in, const char *value)
{
	char *text = arena_strdup(in->drafts->arena, value), *to = text;
	bool is_pending = false;

	for (const char *from = text; from && *from; from++) {
		if (*from == ' ' || *from == '\t') {
			is_pending = to > text && !strchr(PARTS, to[-1]);
			continue;
		}
		if (is_pending && !strchr(PARTS, *from))
			*to++ = ',';
		is_pending = false;
		*to++ = *from;
	}
	if (to)
		*to = '\0';
	return text;
}

/* Whether only a number follows the beginning of the row's name. */
static bool is_numbered(const struct keyfile_entry *entry, const char *name,
			const char *plural)
{
	const char *rest = entry->key + strlen(name);

	if (strncmp(entry->key, plural, strlen(plural)) == 0)
		rest = entry->key + strlen(plural);
	return !rest[strspn(rest, "0123456789")];
}

/* Whether the rest continues with another ADDRESS/LENGTH, as in a list. */
static bool is_next_address(const char *rest)
{
	return rest[strcspn(rest, PARTS)] == '/';
}

/* "ADDRESS/LENGTH", with a default length. Return: whether it is valid. */
static bool read_profile_address(struct importing *in, const struct keyfile_entry *entry,
				 const char **rest, struct ip_net *ret)
{
	const char *addr = next_profile_word(in, rest, PARTS), *before = *rest, *text;
	const char *len =
		is_next_address(*rest) ? "" : next_profile_word(in, rest, PARTS);

	/* "ADDRESS,GATEWAY" */
	if (strpbrk(len, ".:")) {
		*rest = before;
		len = "";
	}
	if (!*len)
		len = entry_family(entry) == IP6 ? "64" : "24";
	text = arena_printf(in->drafts->arena, "%s/%s", addr, len);
	return ip_net_parse(text, ret) == 0 && ret->addr.family == af_of(entry);
}

/* "192.168.1.22/24,192.168.1.1", the latter optional; or a list of these. */
void import_address(struct importing *in, const struct keyfile_entry *entry)
{
	const char *rest = join_blanks(in, entry->value);
	struct keyfile_entry gateway = *entry, part = *entry;
	struct ip_net net;

	while (*rest) {
		part.value = rest;
		if (!is_numbered(entry, "address", "addresses") ||
		    !read_profile_address(in, entry, &rest, &net)) {
			left_out(in, &part, _("it is not ADDRESS/LENGTH"));
			return;
		}
		ARENA_PUSH(in->drafts->arena, in->addrs, in->n_addrs, in->addrs_cap, net);
		if (is_next_address(rest))
			continue;
		gateway.value = next_profile_word(in, &rest, PARTS);
		if (!is_no_gateway(gateway.value))
			import_gateway(in, &gateway);
	}
}

/* "dns+tls://[2001:db8::53]#name", a newer form, is imported as a plain server. */
static const char *plain_server(struct importing *in, const struct keyfile_entry *entry,
				const char *server)
{
	const char *scheme = strstr(server, "://");
	const char *rest = scheme ? scheme + 3 : server;
	const char *plain;

	if (scheme && *rest == '[')
		rest++;
	plain = next_profile_word(in, &rest, scheme ? "]#/" : "#");
	if (strcmp(plain, server) != 0 &&
	    (!scheme || strncmp(server, "dns+udp:", 8) != 0))
		diag_warning(in->drafts->diag, entry->pos,
			     "%s.%s: only the address of %s is used here", entry->section,
			     entry->key, server);
	return plain;
}

void import_dns(struct importing *in, const struct keyfile_entry *entry)
{
	const char *rest = entry->value;

	while (*rest) {
		const char *server = next_profile_word(in, &rest, ";,");
		char key[32];

		if (!*server)
			continue;
		snprintf(key, sizeof(key), "DNS%zu", ++in->n_dns);
		ifcfg_text_key(&in->text, key, plain_server(in, entry, server));
	}
}

/* Domains of both families are searched. One with ~ only selects a server. */
void import_dns_search(struct importing *in, const struct keyfile_entry *entry)
{
	const char *rest = entry->value;

	while (*rest) {
		const char *domain = next_profile_word(in, &rest, ";,");

		if (*domain == '~')
			diag_warning(in->drafts->diag, entry->pos,
				     "%s.%s: %s is skipped: it is not a search domain",
				     entry->section, entry->key, domain);
		else if (*domain)
			strbuf_addf(&in->domains, "%s%s", in->domains.len ? " " : "",
				    domain);
	}
}

/* ---- routes ---- */

/* Options of a route that are booleans, and their equivalents in ip(8). */
static bool add_route_switch(const char *name, const char *value, struct strbuf *words)
{
	if (strcmp(name, "onlink") == 0) {
		if (is_true(value))
			strbuf_add(words, " onlink");
		return true;
	}
	if (strcmp(name, "quickack") == 0) {
		strbuf_addf(words, " quickack %d", is_true(value));
		return true;
	}
	return false;
}

/* "mtu" together with "lock-mtu=true" is locked. */
static bool is_locked(struct importing *in, const char *options, const char *name)
{
	while (*options) {
		const char *pair = next_profile_word(in, &options, ",");
		const char *other = next_profile_word(in, &pair, "=");

		if (strncmp(other, "lock-", 5) == 0 && strcmp(other + 5, name) == 0)
			return is_true(pair);
	}
	return false;
}

/* @all: the options; some have another name or value in ip(8). */
static void add_route_option(struct importing *in, const struct keyfile_entry *entry,
			     const char *all, const char *name, const char *value,
			     struct strbuf *words)
{
	static const char *const same[] = { "table", "src",      "mtu",    "window",
					    "cwnd",  "initcwnd", "advmss", "initrwnd",
					    "from",  "scope",    "rto_min" };

	/* These are handled with the option they belong to, or come first. */
	if (strcmp(name, "type") == 0 || strncmp(name, "lock-", 5) == 0 ||
	    add_route_switch(name, value, words))
		return;
	if (strcmp(name, "tos") == 0) {
		uint32_t tos = 0;

		if (num_parse_c(value, UINT8_MAX, &tos) == 0) {
			strbuf_addf(words, " tos 0x%02" PRIx32, tos);
			return;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		if (strcmp(same[i], name) == 0) {
			strbuf_addf(words, " %s%s %s%s", name,
				    is_locked(in, all, name) ? " lock" : "", value,
				    strcmp(name, "rto_min") == 0 ? "ms" : "");
			return;
		}
	diag_warning(in->drafts->diag, entry->pos, "%s.%s: %s=%s is skipped",
		     entry->section, entry->key, name, value);
}

static void add_profile_route_options(struct importing *in,
				      const struct keyfile_entry *entry, const char *all,
				      struct strbuf *words)
{
	const char *rest = all;

	while (*rest) {
		const char *pair = next_profile_word(in, &rest, ",");
		const char *name = next_profile_word(in, &pair, "=");

		if (*name)
			add_route_option(in, entry, all, name, pair, words);
	}
}

static const char *route_type(struct importing *in, const char *options)
{
	const char *type = options ? strstr(options, "type=") : NULL;

	if (!type || (type != options && type[-1] != ','))
		return NULL;
	type += strlen("type=");
	return next_profile_word(in, &type, ",");
}

/* ---- metrics ---- */

/* Whether it has no addresses of its own. */
static bool is_port_profile(const struct importing *in,
			    const struct import_profile *profile)
{
	const struct importing its = { .profile = profile,
				       .all = in->all,
				       .n_all = in->n_all };
	const char *master = profile_value(&its, "connection", "master");
	const enum iface_kind kind =
		master ? kind_of_type(master_kind(&its, master)) : IFACE_KINDS;

	return master && (kind == IFACE_KINDS || !link_kinds[kind].has_hosts);
}

static const char *own_metric(const struct import_profile *profile, const char *section)
{
	const char *metric = keyfile_get(&profile->keyfile, section, "route-metric");

	return metric && strcmp(metric, "-1") != 0 ? metric : NULL;
}

/*
 * The metric of routes without one of their own: one for each type of device, plus one
 * for each further device of the type; here, in the order of the profiles.
 */
static uint32_t imported_metric(const struct importing *in, int family)
{
	const char *section = family == IP6 ? "ipv6" : "ipv4";
	const char *own = own_metric(in->profile, section);
	const char *type = profile_value(in, "connection", "type");
	uint32_t metric = link_kinds[kind_of_type(type)].metric;

	if (own && num_parse_u32(own, UINT32_MAX, &metric) == 0)
		return metric || family == IP4 ? metric : ROUTE_IP6_METRIC;
	for (const struct import_profile *other = in->all; other < in->profile; other++) {
		const char *its = keyfile_get(&other->keyfile, "connection", "type");

		if (kind_of_type(its) == kind_of_type(type) &&
		    !is_port_profile(in, other) && !own_metric(other, section))
			metric++;
	}
	return metric;
}

static bool is_profile_on(const struct importing *in, const char *section,
			  const char *key)
{
	return is_true(profile_value(in, section, key));
}

/* Whether IPv4 uses DHCP, which is the default. */
static bool is_auto(const struct importing *in)
{
	const char *method = profile_value(in, "ipv4", "method");

	return !is_port_profile(in, in->profile) &&
	       (!method || strcmp(method, "auto") == 0);
}

/* Checked only if there is a route that needs it. */
void import_metric(struct importing *in, const struct keyfile_entry *entry)
{
	uint32_t number;

	if (num_parse_u32(entry->value, UINT32_MAX, &number) < 0)
		left_out(in, entry, _("it is not a number"));
}

/* A metric for routes of the profile, of which there are none. */
static void judge_metric6(struct importing *in)
{
	const struct keyfile *keyfile = &in->profile->keyfile;
	const char *method = profile_value(in, "ipv6", "method");

	for (size_t i = 0; i < keyfile->n; i++)
		if (strcmp(keyfile->entries[i].section, "ipv6") == 0 &&
		    strcmp(keyfile->entries[i].key, "route-metric") == 0 &&
		    own_metric(in->profile, "ipv6") && !in->routes[IP6].len &&
		    (!method || strcmp(method, "auto") == 0))
			left_out(in, &keyfile->entries[i],
				 _("routes by router advertisements have the kernel's "
				   "metric here"));
}

/* The metric of the default route; NetworkManager has a key of its own for it. */
static void add_metrics(struct importing *in)
{
	if (!is_profile_on(in, "ipv4", "never-default") && imported_metric(in, IP4) &&
	    (is_auto(in) || ip_is_set(&in->gateways[IP4])))
		ifcfg_text_keyf(&in->text, "IPV4_ROUTE_METRIC", "%" PRIu32,
				imported_metric(in, IP4));
	if (ip_is_set(&in->gateways[IP6]))
		ifcfg_text_keyf(&in->text, "IPV6_ROUTE_METRIC", "%" PRIu32,
				imported_metric(in, IP6));
	else
		judge_metric6(in);
}

/* ---- routes again ---- */

/* struct profile_route - as in keyfiles; @to is NULL for none, @gateway may be empty */
struct profile_route {
	const char *to, *gateway, *metric;
};

/* "NETWORK/LENGTH"; without a length, it is a host. NULL if it is not valid. */
static const char *read_target(struct importing *in, const struct keyfile_entry *entry,
			       const char **rest)
{
	const char *to = next_profile_word(in, rest, PARTS), *before = *rest, *len = "";
	uint32_t number;
	struct ip_net net;

	if (**rest && !is_next_address(*rest))
		len = next_profile_word(in, rest, PARTS);
	/* "NETWORK,GATEWAY" */
	if (*len && num_parse_u32(len, 128, &number) < 0) {
		*rest = before;
		len = "";
	}
	if (!*len)
		len = entry_family(entry) == IP6 ? "128" : "32";
	to = arena_printf(in->drafts->arena, "%s/%s", to, len);
	return ip_net_parse(to, &net) == 0 && net.addr.family == af_of(entry) ? to : NULL;
}

/* "10.0.0.0/8,192.168.1.7,50": everything after the network is optional. */
static bool read_profile_route(struct importing *in, const struct keyfile_entry *entry,
			       const char **rest, struct profile_route *ret)
{
	uint32_t number;
	struct ip ip;

	*ret = (struct profile_route){ .gateway = "", .metric = "" };
	ret->to = read_target(in, entry, rest);
	if (ret->to && !is_next_address(*rest))
		ret->gateway = next_profile_word(in, rest, ";,");
	if (ret->to && !is_next_address(*rest))
		ret->metric = next_profile_word(in, rest, ";,");
	return ret->to &&
	       (is_no_gateway(ret->gateway) ||
		ip_parse(ret->gateway, AF_UNSPEC, &ip) == 0) &&
	       (!*ret->metric || strcmp(ret->metric, "-1") == 0 ||
		num_parse_u32(ret->metric, UINT32_MAX, &number) == 0);
}

/* @options: those under a separate key, or NULL */
static void add_profile_route(struct importing *in, const struct keyfile_entry *entry,
			      const struct profile_route *route, const char *options)
{
	struct strbuf *lines = &in->routes[entry_family(entry)];
	const char *type = route_type(in, options);

	if (type)
		strbuf_addf(lines, "%s ", type);
	strbuf_add(lines, route->to);
	if (!is_no_gateway(route->gateway))
		strbuf_addf(lines, " via %s", route->gateway);
	if (!type || strcmp(type, "unicast") == 0 || strcmp(type, "local") == 0)
		strbuf_addf(lines, " dev %s", in->profile->name);
	if (*route->metric && strcmp(route->metric, "-1") != 0)
		strbuf_addf(lines, " metric %s", route->metric);
	else if (imported_metric(in, entry_family(entry)))
		strbuf_addf(lines, " metric %" PRIu32,
			    imported_metric(in, entry_family(entry)));
	if (options)
		add_profile_route_options(in, entry, options, lines);
	strbuf_addc(lines, '\n');
}

/* A route, or a list of routes. */
void import_route(struct importing *in, const struct keyfile_entry *entry)
{
	const char *key = arena_printf(in->drafts->arena, "%s_options", entry->key);
	const char *options = profile_value(in, entry->section, key);
	const char *rest = join_blanks(in, entry->value);
	struct keyfile_entry part = *entry;
	struct profile_route route;

	if (strstr(entry->key, "_options")) /* handled with the route */
		return;
	if (!is_numbered(entry, "route", "routes")) {
		left_out(in, entry, _("ifcfg files have no key for it"));
		return;
	}
	while (*rest) {
		part.value = rest;
		if (!read_profile_route(in, entry, &rest, &route)) {
			left_out(in, &part, _("it is not NETWORK/LENGTH,GATEWAY,METRIC"));
			return;
		}
		add_profile_route(in, entry, &route, options);
	}
}

void import_rule(struct importing *in, const struct keyfile_entry *entry)
{
	strbuf_addf(&in->rules[entry_family(entry)], "%s\n", entry->value);
}

/* ---- methods ---- */

/*
 * struct method - the equivalent of a method in an ifcfg file; @why: what is lost, or
 * NULL
 */
struct method {
	const char *section, *method, *lines, *why;
};

static const struct method methods[] = {
	{ "ipv4", "auto", "BOOTPROTO=dhcp\n", NULL },
	{ "ipv4", "manual", "BOOTPROTO=none\n", NULL },
	{ "ipv4", "disabled", "BOOTPROTO=none\n", NULL },
	{ "ipv4", "link-local", "BOOTPROTO=none\n",
	  N_("addresses of 169.254.0.0/16 are not chosen here") },
	{ "ipv4", "shared", "BOOTPROTO=none\n",
	  N_("addresses are not given to others here") },
	{ "ipv6", "auto", "IPV6_AUTOCONF=yes\n", NULL },
	{ "ipv6", "dhcp", "IPV6_AUTOCONF=no\nDHCPV6C=yes\n", NULL },
	{ "ipv6", "manual", "IPV6_AUTOCONF=no\n", NULL },
	{ "ipv6", "link-local", "IPV6_AUTOCONF=no\n", NULL },
	{ "ipv6", "ignore", "", NULL },
	{ "ipv6", "disabled", "IPV6_DISABLED=yes\n", NULL },
	{ "ipv6", "shared", "", N_("prefixes are not given to others here") },
};

void import_method(struct importing *in, const struct keyfile_entry *entry)
{
	for (size_t i = 0; i < ARRAY_SIZE(methods); i++) {
		const struct method *row = &methods[i];

		if (strcmp(row->section, entry->section) != 0 ||
		    strcmp(row->method, entry->value) != 0)
			continue;
		strbuf_add(&in->text, row->lines);
		if (row->why)
			left_out(in, entry, _(row->why));
		return;
	}
	left_out(in, entry, _("it is not known here"));
}

void import_privacy(struct importing *in, const struct keyfile_entry *entry)
{
	bool is_off = strcmp(entry->value, "0") == 0;
	uint32_t number;

	if (num_parse_u32(entry->value, 2, &number) < 0) {
		left_out(in, entry, _("it is not 0, 1 or 2"));
		return;
	}
	ifcfg_text_key(&in->text, "IPV6_PRIVACY", is_off ? "no" : "rfc4941");
	if (strcmp(entry->value, "1") == 0)
		ifcfg_text_key(&in->text, "IPV6_PRIVACY_PREFER_PUBLIC_IP", "yes");
}

/*
 * Without a default set for the host, "default" is stable-privacy, and without the key it
 * is eui64, as without NetworkManager.
 */
void import_addr_gen_mode(struct importing *in, const struct keyfile_entry *entry)
{
	const char *method = profile_value(in, "ipv6", "method");

	if (method && text_lists("ignore disabled", method))
		return;
	if (strcmp(entry->value, "eui64") == 0)
		ifcfg_text_key(&in->text, "IPV6_ADDR_GEN_MODE", "eui64");
	else if (!text_lists("0 2 default-or-eui64", entry->value))
		ifcfg_text_key(&in->text, "IPV6_ADDR_GEN_MODE", "stable-privacy");
}

/* Profiles have milliseconds; NetworkManager's own ifcfg files have seconds. */
void import_device_timeout(struct importing *in, const struct keyfile_entry *entry)
{
	uint32_t ms;

	if (num_parse_u32(entry->value, UINT32_MAX, &ms) < 0)
		left_out(in, entry, _("it is not a number"));
	else if (ms % 1000)
		ifcfg_text_keyf(&in->text, "DEVTIMEOUT", "%" PRIu32 ".%03" PRIu32,
				ms / 1000, ms % 1000);
	else if (ms)
		ifcfg_text_keyf(&in->text, "DEVTIMEOUT", "%" PRIu32, ms / 1000);
}

void import_transport(struct importing *in, const struct keyfile_entry *entry)
{
	const bool is_connected = strcmp(entry->value, "connected") == 0;

	if (is_connected || strcmp(entry->value, "datagram") == 0)
		ifcfg_text_key(&in->text, "CONNECTED_MODE", is_connected ? "yes" : "no");
	else
		left_out(in, entry, _("it is neither connected nor datagram"));
}

void import_pkey(struct importing *in, const struct keyfile_entry *entry)
{
	uint32_t number;

	/* Octal is not intended: keys are hexadecimal, with four digits. */
	const char *text =
		entry->value +
		(strncasecmp(entry->value, "0x", 2) != 0 ? strspn(entry->value, "0") : 0);

	if (num_parse_c(text, UINT16_MAX, &number) < 0) {
		left_out(in, entry, _("it is not a number"));
		return;
	}
	ifcfg_text_key(&in->text, "PKEY", "yes");
	ifcfg_text_keyf(&in->text, "PKEY_ID", "0x%04" PRIx32, number);
}

void import_peer(struct importing *in, const struct keyfile_entry *entry)
{
	ifcfg_text_key(&in->text, "PEER", entry->value);
}

/* ---- keys ---- */

/* "a;b;" with another separator, and none at the end. */
static void take_profile_list(struct importing *in, const struct keyfile_row *row,
			      const char *rest, const char *between)
{
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;

	while (*rest) {
		const char *word = next_profile_word(in, &rest, ";");

		if (*word)
			strbuf_addf(&list, "%s%s", list.len ? between : "", word);
	}
	ifcfg_text_key(&in->text, row->ifcfg, strbuf_text(&list));
}

/* Older profiles have six numbers: "0;34;104;18;121;162". */
static void take_mac(struct importing *in, const char *key, const char *value)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *rest = value;
	uint32_t byte = 0;

	if (!strchr(value, ';')) {
		ifcfg_text_key(&in->text, key, value);
		return;
	}
	while (*rest &&
	       num_parse_u32(next_profile_word(in, &rest, ";"), UINT8_MAX, &byte) == 0)
		strbuf_addf(&text, "%s%02X", text.len ? ":" : "", byte);
	ifcfg_text_key(&in->text, key, *rest ? value : strbuf_text(&text));
}

static void take_switch(struct importing *in, const struct keyfile_row *row,
			const struct keyfile_entry *entry)
{
	const bool is_yes = is_true(entry->value) == (row->conv == KEYFILE_BOOL);

	if (judge_switch(in, entry))
		ifcfg_text_key(&in->text, row->ifcfg, is_yes ? "yes" : "no");
}

static void take_ternary(struct importing *in, const struct keyfile_row *row,
			 const struct keyfile_entry *entry)
{
	const bool is_on = strcmp(entry->value, "1") == 0;

	if (is_on || strcmp(entry->value, "0") == 0)
		ifcfg_text_key(&in->text, row->ifcfg, is_on ? "yes" : "no");
	else
		left_out(in, entry, _("it is not -1, 0 or 1"));
}

static void take_entry(struct importing *in, const struct keyfile_entry *entry)
{
	const struct keyfile_row *row = keyfile_row_find(entry->section, entry->key);

	if (!*entry->value)
		return;
	if (!row) {
		left_out(in, entry, _("ifcfg files have no key for it"));
		return;
	}
	if (row->usual && strcmp(row->usual, entry->value) == 0)
		return;
	switch (row->conv) {
	case KEYFILE_TEXT:
		ifcfg_text_key(&in->text, row->ifcfg, entry->value);
		break;
	case KEYFILE_MAC:
		take_mac(in, row->ifcfg, entry->value);
		break;
	case KEYFILE_BOOL:
	case KEYFILE_NOT:
		take_switch(in, row, entry);
		break;
	case KEYFILE_TERNARY:
		take_ternary(in, row, entry);
		break;
	case KEYFILE_LIST:
		take_profile_list(in, row, entry->value, " ");
		break;
	case KEYFILE_COMMAS:
		take_profile_list(in, row, entry->value, ",");
		break;
	case KEYFILE_NOTHING:
		break;
	case KEYFILE_OWN:
		if (row->take)
			row->take(in, entry);
		break;
	}
}

/* ---- the profile ---- */

/* If a key occurs twice, the later one is used, and the earlier one is reported. */
static bool is_last(struct importing *in, const struct keyfile_entry *entry)
{
	const struct keyfile *keyfile = &in->profile->keyfile;

	for (const struct keyfile_entry *later = entry + 1;
	     later < keyfile->entries + keyfile->n; later++) {
		if (strcmp(later->section, entry->section) != 0 ||
		    strcmp(later->key, entry->key) != 0)
			continue;
		if (strcmp(later->value, entry->value) != 0)
			left_out(in, entry, _("the key is given again below"));
		return false;
	}
	return true;
}

/* NetworkManager's defaults. */
static void add_kind_settings(struct importing *in, enum iface_kind kind)
{
	const char *stp = profile_value(in, "bridge", "stp");
	const char *autoconnect = profile_value(in, "connection", "autoconnect");

	ifcfg_text_key(&in->text, "DEVICE", in->profile->name);
	ifcfg_text_kind(&in->text, kind);
	/* The row skips default values. */
	if (!autoconnect || strcmp(autoconnect, "true") == 0)
		ifcfg_text_key(&in->text, "ONBOOT", "yes");
	if (!is_port_profile(in, in->profile)) {
		ifcfg_text_key(&in->text, "NOZEROCONF", "yes");
		if (!profile_value(in, "ipv4", "method"))
			ifcfg_text_key(&in->text, "BOOTPROTO", "dhcp");
	}
	if (kind == IFACE_BOND)
		add_bond_defaults(in);
	if (kind == IFACE_BRIDGE)
		ifcfg_text_key(&in->text, "STP", !stp || is_true(stp) ? "yes" : "no");
}

static void add_key(struct importing *in, const char *key, const struct strbuf *value)
{
	if (value->len)
		ifcfg_text_key(&in->text, key, strbuf_text(value));
}

static void add_rest(struct importing *in)
{
	_cleanup_strbuf_ struct strbuf ethtool = STRBUF_EMPTY;

	add_key(in, "BONDING_OPTS", &in->bonding);
	add_key(in, "BRIDGING_OPTS", &in->bridging);
	add_key(in, "DOMAIN", &in->domains);
	/* PEERDNS=no alone would also suppress those of the profile. */
	if ((in->n_dns || in->domains.len) &&
	    is_true(profile_value(in, "ipv4", "ignore-auto-dns")))
		ifcfg_text_key(&in->text, "RESOLV_MODS", "yes");
	/* In profiles, a speed disables negotiation. */
	if (profile_value(in, "ethernet", "speed") &&
	    !profile_value(in, "ethernet", "auto-negotiate"))
		strbuf_add(&ethtool, "autoneg off ");
	strbuf_add(&ethtool, strbuf_text(&in->settings));
	if (in->settings.len && in->features.len)
		strbuf_add(&ethtool, "; ");
	strbuf_add(&ethtool, strbuf_text(&in->features));
	add_key(in, "ETHTOOL_OPTS", &ethtool);
	if (!is_auto(in))
		ifcfg_text_addrs(&in->text, in->addrs, in->n_addrs);
	for (size_t i = 0; i < FAMILIES; i++)
		if (ip_is_set(&in->gateways[i]))
			ifcfg_text_gateway(&in->text, &in->gateways[i]);
	if (!is_port_profile(in, in->profile))
		add_metrics(in);
}

static int put_imported(struct importing *in, const char *prefix, const char *subject,
			const struct strbuf *text)
{
	const char *name = arena_printf(in->drafts->arena, "%s-%s", prefix, subject);

	return text->len ? drafts_put(in->drafts, name, strbuf_text(text)) : 0;
}

/* IPv4 addresses in addition to DHCP's go to an alias. */
static int put_imported_addrs(struct importing *in)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *label = arena_printf(in->drafts->arena, "%s:1", in->profile->name);
	const char *name = arena_printf(in->drafts->arena, "ifcfg-%s", label);
	struct ip_net *of_alias = NULL;
	size_t n = 0, cap = 0, kept = 0;

	for (size_t i = 0; i < in->n_addrs; i++)
		if (in->addrs[i].addr.family == AF_INET6)
			in->addrs[kept++] = in->addrs[i];
		else
			ARENA_PUSH(in->drafts->arena, of_alias, n, cap, in->addrs[i]);
	ifcfg_text_addrs(&in->text, in->addrs, kept);
	if (!n)
		return 0;
	ifcfg_text_key(&text, "DEVICE", label);
	ifcfg_text_addrs(&text, of_alias, n);
	return drafts_put(in->drafts, name, strbuf_text(&text));
}

static int put_imported_files(struct importing *in)
{
	const char *name = in->profile->name, *file = in->profile->file;
	int r = is_auto(in) ? put_imported_addrs(in) : 0;

	if (r == 0)
		r = put_imported(in, "ifcfg", file ? file : name, &in->text);
	if (r == 0)
		r = put_imported(in, "route", name, &in->routes[IP4]);
	if (r == 0)
		r = put_imported(in, "route6", name, &in->routes[IP6]);
	if (r == 0)
		r = put_imported(in, "rule", name, &in->rules[IP4]);
	return r == 0 ? put_imported(in, "rule6", name, &in->rules[IP6]) : r;
}

static void release_import(struct importing *in)
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
		     _("skipped as a whole: %s%s"), why, what ? what : "");
}

static bool is_tap_profile(const struct importing *in)
{
	const char *mode = profile_value(in, "tun", "mode");

	return mode && strcmp(mode, "2") == 0;
}

static int import_profile(struct importing *in)
{
	const struct keyfile *keyfile = &in->profile->keyfile;
	const char *type = profile_value(in, "connection", "type");
	const enum iface_kind kind = kind_of_type(type);

	if (kind == IFACE_KINDS) {
		skip_profile(in->drafts, keyfile, _("there are no ifcfg files here for "),
			     type ? type : _("a profile without a type"));
		return 0;
	}
	if (kind == IFACE_TAP && !is_tap_profile(in)) {
		skip_profile(in->drafts, keyfile,
			     _("there are no ifcfg files here for tun"), NULL);
		return 0;
	}
	if (!in->profile->name || !ifname_is_valid(in->profile->name)) {
		skip_profile(in->drafts, keyfile,
			     _("it names no interface, and an ifcfg file is for one"),
			     NULL);
		return 0;
	}
	add_kind_settings(in, kind);
	for (size_t i = 0; i < keyfile->n; i++)
		if (is_last(in, &keyfile->entries[i]))
			take_entry(in, &keyfile->entries[i]);
	add_rest(in);
	return put_imported_files(in);
}

/* Older profiles have the name among the settings of the link. */
static const char *find_interface_name(const struct keyfile *keyfile)
{
	static const char *const sections[] = { "connection", "bond", "bridge", "vlan" };
	const char *name = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(sections) && !name; i++)
		name = keyfile_get(keyfile, sections[i], "interface-name");
	return name;
}

/*
 * A VLAN without a name is named after its parent and its number; NULL if that is
 * impossible.
 */
static const char *find_vlan_name(const struct importing *in)
{
	const char *parent = profile_value(in, "vlan", "parent"),
		   *id = profile_value(in, "vlan", "id");
	const char *type = profile_value(in, "connection", "type");

	if (!parent || !id || !type || strcmp(type, "vlan") != 0)
		return NULL;
	return arena_printf(in->drafts->arena, "%s.%s", profile_device(in, parent), id);
}

int import_profiles(struct import_profile *profiles, size_t n, struct drafts *drafts)
{
	int r = 0;

	for (size_t i = 0; i < n; i++)
		profiles[i].name = find_interface_name(&profiles[i].keyfile);
	for (size_t i = 0; i < n; i++) {
		const struct importing in = { .profile = &profiles[i],
					      .all = profiles,
					      .n_all = n,
					      .drafts = drafts };

		if (!profiles[i].name)
			profiles[i].name = find_vlan_name(&in);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct importing in = { .profile = &profiles[i],
					.all = profiles,
					.n_all = n,
					.drafts = drafts };

		r = import_profile(&in);
		release_import(&in);
	}
	return r;
}
