/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles of NetworkManager: syntax, and the table of their keys. */
#include "lib/carry/keyfile.h"

#include <errno.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/model/bridge-options.h"

static const struct property_word methods4[] = {
	{ "auto", "auto" },     { "link-local", "link-local" }, { "manual", "manual" },
	{ "shared", "shared" }, { "disabled", "disabled" },     { NULL, NULL },
};
static const struct property_word methods6[] = {
	{ "ignore", "ignore" },         { "auto", "auto" },     { "dhcp", "dhcp" },
	{ "link-local", "link-local" }, { "manual", "manual" }, { "shared", "shared" },
	{ "disabled", "disabled" },     { NULL, NULL },
};
static const struct property_word gen_modes[] = {
	{ "eui64", "eui64" },
	{ "stable-privacy", "stable-privacy" },
	{ "default-or-eui64", "default-or-eui64" },
	{ "default", "default" },
	{ NULL, NULL },
};
static const struct property_word privacies[] = {
	{ "unknown", "-1" },         { "disabled", "0" }, { "prefer-public-addr", "1" },
	{ "prefer-temp-addr", "2" }, { NULL, NULL },
};
static const struct property_word ternaries[] = {
	{ "default", "-1" },
	{ "true", "1" },
	{ "false", "0" },
	{ NULL, NULL },
};
static const struct property_word kinds_of_port[] = {
	{ "bond", "bond" },
	{ "bridge", "bridge" },
	{ NULL, NULL },
};
static const struct property_word duplexes[] = {
	{ "half", "half" },
	{ "full", "full" },
	{ NULL, NULL },
};
static const struct property_word transports[] = {
	{ "datagram", "datagram" },
	{ "connected", "connected" },
	{ NULL, NULL },
};
static const struct property_word tun_modes[] = {
	{ "tun", "1" },
	{ "tap", "2" },
	{ NULL, NULL },
};
static const struct property_word vlan_flags[] = {
	{ "REORDER_HEADERS", "1" },
	{ "GVRP", "2" },
	{ "LOOSE_BINDING", "4" },
	{ "MVRP", "8" },
	{ NULL, NULL },
};
static const struct property_word wake_flags[] = {
	{ "default", "1" },   { "phy", "2" },        { "unicast", "4" },
	{ "multicast", "8" }, { "broadcast", "16" }, { "arp", "32" },
	{ "magic", "64" },    { "ignore", "32768" }, { NULL, NULL },
};

/* clang-format off */
const struct keyfile_row keyfile_rows[] = {
	{ "connection", "id", KEYFILE_TEXT, NULL, .ifcfg = "NAME" },
	{ "connection", "uuid", KEYFILE_TEXT, NULL, .ifcfg = "UUID" },
	{ "connection", "type", KEYFILE_OWN, NULL, .ifcfg = "TYPE VLAN BONDING_MASTER" },
	{ "connection", "interface-name", KEYFILE_OWN, NULL, .ifcfg = "DEVICE" },
	{ "connection", "master", KEYFILE_OWN, NULL, .ifcfg = "MASTER SLAVE BRIDGE VRF MASTER_UUID BRIDGE_UUID VRF_UUID", .take = import_master },
	{ "connection", "slave-type", KEYFILE_OWN, NULL, .ifcfg = NULL, .form = PROPERTY_WORD, .words = kinds_of_port },
	{ "connection", "autoconnect", KEYFILE_BOOL, "true", .ifcfg = "ONBOOT" },
	{ "connection", "zone", KEYFILE_TEXT, NULL, .ifcfg = "ZONE" },
	{ "connection", "autoconnect-priority", KEYFILE_TEXT, "0", .ifcfg = "AUTOCONNECT_PRIORITY", .form = PROPERTY_NUMBER },
	{ "connection", "autoconnect-retries", KEYFILE_TEXT, "-1", .ifcfg = "AUTOCONNECT_RETRIES", .form = PROPERTY_NUMBER },
	{ "connection", "autoconnect-slaves", KEYFILE_NOTHING, NULL, .ifcfg = NULL, .form = PROPERTY_NUMBER },
	{ "connection", "wait-device-timeout", KEYFILE_OWN, "-1", .ifcfg = "DEVTIMEOUT", .form = PROPERTY_NUMBER, .take = import_device_timeout },
	{ "connection", "timestamp", KEYFILE_NOTHING, NULL, .ifcfg = NULL, .form = PROPERTY_NONE },
	{ "connection", "stable-id", KEYFILE_TEXT, NULL, .ifcfg = "STABLE_ID" },

	{ "ethernet", "mtu", KEYFILE_TEXT, "0", .ifcfg = "MTU", .form = PROPERTY_NUMBER },
	{ "ethernet", "mac-address", KEYFILE_MAC, NULL, .ifcfg = "HWADDR" },
	{ "ethernet", "cloned-mac-address", KEYFILE_MAC, NULL, .ifcfg = "MACADDR" },
	{ "ethernet", "accept-all-mac-addresses", KEYFILE_TERNARY, "-1", .ifcfg = "ACCEPT_ALL_MAC_ADDRESSES", .form = PROPERTY_WORD, .words = ternaries },
	{ "ethernet", "auto-negotiate", KEYFILE_OWN, NULL, .ifcfg = NULL, .form = PROPERTY_SWITCH, .take = import_speed },
	{ "ethernet", "speed", KEYFILE_OWN, "0", .ifcfg = NULL, .form = PROPERTY_NUMBER, .take = import_speed },
	{ "ethernet", "duplex", KEYFILE_OWN, NULL, .ifcfg = NULL, .form = PROPERTY_WORD, .words = duplexes, .take = import_speed },
	{ "ethernet", "wake-on-lan", KEYFILE_OWN, "1", .ifcfg = NULL, .form = PROPERTY_FLAGS, .words = wake_flags, .take = import_wake_on_lan },
	{ "ethtool", "feature-*", KEYFILE_OWN, NULL, .ifcfg = NULL, .take = import_ethtool },
	{ "ethtool", "ring-*", KEYFILE_OWN, NULL, .ifcfg = NULL, .take = import_ethtool },
	{ "ethtool", "coalesce-*", KEYFILE_OWN, NULL, .ifcfg = NULL, .take = import_ethtool },
	{ "ethtool", "pause-*", KEYFILE_OWN, NULL, .ifcfg = NULL, .take = import_ethtool },
	{ "ethtool", "channels-*", KEYFILE_OWN, NULL, .ifcfg = NULL, .take = import_ethtool },
	{ "ethtool", "eee-*", KEYFILE_OWN, NULL, .ifcfg = NULL, .take = import_ethtool },

	{ "bond", "interface-name", KEYFILE_OWN, NULL, .ifcfg = "DEVICE", .form = PROPERTY_NONE },
	{ "bond", NULL, KEYFILE_OWN, NULL, .ifcfg = "BONDING_OPTS", .form = PROPERTY_OPTIONS, .name = "options", .take = import_bond },
	{ "bond-port", "queue-id", KEYFILE_TEXT, "0", .ifcfg = "BOND_PORT_QUEUE_ID", .form = PROPERTY_NUMBER },
	{ "bond-port", "prio", KEYFILE_TEXT, "0", .ifcfg = "BOND_PORT_PRIO", .form = PROPERTY_NUMBER },
	{ "bridge", "interface-name", KEYFILE_OWN, NULL, .ifcfg = "DEVICE", .form = PROPERTY_NONE },
	{ "bridge", NULL, KEYFILE_OWN, NULL, .ifcfg = "STP DELAY AGEING PRIO BRIDGING_OPTS", .take = import_bridge },
	{ "bridge-port", NULL, KEYFILE_OWN, NULL, .ifcfg = "BRIDGING_OPTS", .take = import_bridge_port },
	{ "veth", "peer", KEYFILE_OWN, NULL, .ifcfg = "PEER", .take = import_peer },
	{ "infiniband", "mtu", KEYFILE_TEXT, "0", .ifcfg = "MTU", .form = PROPERTY_NUMBER },
	{ "infiniband", "mac-address", KEYFILE_MAC, NULL, .ifcfg = "HWADDR" },
	{ "infiniband", "transport-mode", KEYFILE_OWN, NULL, .ifcfg = "CONNECTED_MODE", .form = PROPERTY_WORD, .words = transports, .take = import_transport },
	{ "infiniband", "p-key", KEYFILE_OWN, "-1", .ifcfg = "PKEY PKEY_ID", .take = import_pkey },
	{ "infiniband", "parent", KEYFILE_OWN, NULL, .ifcfg = "PHYSDEV", .take = import_parent },
	{ "tun", "mode", KEYFILE_OWN, NULL, .ifcfg = NULL, .form = PROPERTY_WORD, .words = tun_modes },
	{ "tun", "owner", KEYFILE_TEXT, NULL, .ifcfg = "OWNER" },
	{ "tun", "group", KEYFILE_TEXT, NULL, .ifcfg = "GROUP" },
	{ "vrf", "table", KEYFILE_TEXT, NULL, .ifcfg = "TABLE", .form = PROPERTY_NUMBER },
	{ "vlan", "interface-name", KEYFILE_OWN, NULL, .ifcfg = "DEVICE", .form = PROPERTY_NONE },
	{ "vlan", "id", KEYFILE_OWN, NULL, .ifcfg = "VLAN_ID VID", .form = PROPERTY_NUMBER, .take = import_vlan_id },
	{ "vlan", "parent", KEYFILE_OWN, NULL, .ifcfg = "PHYSDEV", .take = import_parent },
	{ "vlan", "flags", KEYFILE_OWN, NULL, .ifcfg = "REORDER_HDR GVRP MVRP VLAN_FLAGS", .form = PROPERTY_FLAGS, .words = vlan_flags, .take = import_vlan_flags },
	{ "vlan", "protocol", KEYFILE_TEXT, "802.1Q", .ifcfg = "VLAN_PROTOCOL" },
	{ "vlan", "egress-priority-map", KEYFILE_COMMAS, NULL, .ifcfg = "VLAN_EGRESS_PRIORITY_MAP" },
	{ "vlan", "ingress-priority-map", KEYFILE_COMMAS, NULL, .ifcfg = "VLAN_INGRESS_PRIORITY_MAP" },

	{ "ipv4", "method", KEYFILE_OWN, NULL, .ifcfg = "BOOTPROTO", .form = PROPERTY_WORD, .words = methods4, .take = import_method },
	{ "ipv6", "method", KEYFILE_OWN, NULL, .ifcfg = "IPV6INIT IPV6_DISABLED IPV6_AUTOCONF DHCPV6C", .form = PROPERTY_WORD, .words = methods6, .take = import_method },
	{ "ipv4", "address*", KEYFILE_OWN, NULL, .ifcfg = "IPADDR PREFIX NETMASK", .form = PROPERTY_NUMBERED, .name = "addresses", .take = import_address },
	{ "ipv6", "address*", KEYFILE_OWN, NULL, .ifcfg = "IPV6ADDR IPV6ADDR_SECONDARIES", .form = PROPERTY_NUMBERED, .name = "addresses", .take = import_address },
	{ "ipv4", "gateway", KEYFILE_OWN, NULL, .ifcfg = "GATEWAY", .form = PROPERTY_ADDRESS, .take = import_gateway },
	{ "ipv6", "gateway", KEYFILE_OWN, NULL, .ifcfg = "IPV6_DEFAULTGW", .form = PROPERTY_ADDRESS, .take = import_gateway },
	{ "ip", "route*", KEYFILE_OWN, NULL, .ifcfg = NULL, .form = PROPERTY_NUMBERED, .name = "routes", .take = import_route },
	{ "ip", "routing-rule*", KEYFILE_OWN, NULL, .ifcfg = "ROUTING_RULE_ ROUTING_RULE6_", .form = PROPERTY_NUMBERED, .name = "routing-rules", .take = import_rule },
	{ "ip", "dns", KEYFILE_OWN, NULL, .ifcfg = "DNS", .form = PROPERTY_LIST, .take = import_dns },
	{ "ip", "dns-search", KEYFILE_OWN, NULL, .ifcfg = "DOMAIN SEARCH", .form = PROPERTY_LIST, .take = import_dns_search },
	{ "ipv4", "dns-options", KEYFILE_LIST, NULL, .ifcfg = "RES_OPTIONS" },
	{ "ipv4", "dns-priority", KEYFILE_TEXT, "0", .ifcfg = "IPV4_DNS_PRIORITY", .form = PROPERTY_NUMBER },
	{ "ipv6", "dns-priority", KEYFILE_TEXT, "0", .ifcfg = "IPV6_DNS_PRIORITY", .form = PROPERTY_NUMBER },
	{ "ipv4", "ignore-auto-dns", KEYFILE_NOT, "false", .ifcfg = "PEERDNS" },
	{ "ipv6", "ignore-auto-dns", KEYFILE_NOT, "false", .ifcfg = "IPV6_PEERDNS" },
	{ "ipv4", "ignore-auto-routes", KEYFILE_NOT, "false", .ifcfg = "PEERROUTES" },
	{ "ipv6", "ignore-auto-routes", KEYFILE_NOT, "false", .ifcfg = "IPV6_PEERROUTES" },
	{ "ipv4", "never-default", KEYFILE_NOT, "false", .ifcfg = "DEFROUTE" },
	{ "ipv6", "never-default", KEYFILE_NOT, "false", .ifcfg = "IPV6_DEFROUTE" },
	{ "ipv4", "may-fail", KEYFILE_NOT, "true", .ifcfg = "IPV4_FAILURE_FATAL" },
	{ "ipv6", "may-fail", KEYFILE_NOT, "true", .ifcfg = "IPV6_FAILURE_FATAL" },
	{ "ipv4", "route-metric", KEYFILE_OWN, "-1", .ifcfg = "IPV4_ROUTE_METRIC METRIC", .form = PROPERTY_NUMBER, .take = import_metric },
	{ "ipv6", "route-metric", KEYFILE_OWN, "-1", .ifcfg = "IPV6_ROUTE_METRIC", .form = PROPERTY_NUMBER, .take = import_metric },
	{ "ipv4", "route-table", KEYFILE_TEXT, "0", .ifcfg = "IPV4_ROUTE_TABLE", .form = PROPERTY_NUMBER },
	{ "ipv6", "route-table", KEYFILE_TEXT, "0", .ifcfg = "IPV6_ROUTE_TABLE", .form = PROPERTY_NUMBER },
	{ "ipv4", "dad-timeout", KEYFILE_TEXT, "-1", .ifcfg = "ACD_TIMEOUT", .form = PROPERTY_NUMBER },
	{ "ipv4", "dhcp-hostname", KEYFILE_TEXT, NULL, .ifcfg = "DHCP_HOSTNAME" },
	{ "ipv4", "dhcp-fqdn", KEYFILE_TEXT, NULL, .ifcfg = "DHCP_FQDN" },
	{ "ipv4", "dhcp-send-hostname", KEYFILE_BOOL, "true", .ifcfg = "DHCP_SEND_HOSTNAME" },
	{ "ipv4", "dhcp-client-id", KEYFILE_TEXT, NULL, .ifcfg = "DHCP_CLIENT_ID" },
	{ "ipv4", "dhcp-timeout", KEYFILE_TEXT, "0", .ifcfg = "IPV4_DHCP_TIMEOUT", .form = PROPERTY_NUMBER },
	{ "ipv6", "dhcp-timeout", KEYFILE_TEXT, "0", .ifcfg = "IPV6_DHCP_TIMEOUT", .form = PROPERTY_NUMBER },
	{ "ipv4", "dhcp-vendor-class-identifier", KEYFILE_TEXT, NULL, .ifcfg = "DHCP_VENDOR_CLASS_IDENTIFIER" },
	{ "ipv4", "dhcp-reject-servers", KEYFILE_LIST, NULL, .ifcfg = "DHCP_REJECT_SERVERS" },
	{ "ipv6", "addr-gen-mode", KEYFILE_OWN, NULL, .ifcfg = "IPV6_ADDR_GEN_MODE", .form = PROPERTY_WORD, .words = gen_modes, .take = import_addr_gen_mode },
	{ "ipv6", "ip6-privacy", KEYFILE_OWN, "-1", .ifcfg = "IPV6_PRIVACY IPV6_PRIVACY_PREFER_PUBLIC_IP", .form = PROPERTY_WORD, .words = privacies, .take = import_privacy },
	{ "ipv6", "token", KEYFILE_TEXT, NULL, .ifcfg = "IPV6_TOKEN" },
	{ "ipv6", "mtu", KEYFILE_TEXT, "0", .ifcfg = "IPV6_MTU", .form = PROPERTY_NUMBER },
	{ "proxy", "method", KEYFILE_TEXT, "0", .ifcfg = "PROXY_METHOD" },
	{ .section = NULL },
};
/* clang-format on */

static bool is_key_of_pattern(const char *pattern, const char *key)
{
	size_t len = strlen(pattern);

	if (pattern[len - 1] == '*')
		return strncmp(pattern, key, len - 1) == 0;
	return strcmp(pattern, key) == 0;
}

static bool is_section(const char *of_row, const char *section)
{
	return strcmp(of_row, section) == 0 ||
	       (strcmp(of_row, "ip") == 0 &&
		(strcmp(section, "ipv4") == 0 || strcmp(section, "ipv6") == 0));
}

/* Exact names take precedence over prefixes: route-metric is not a route. */
const struct keyfile_row *keyfile_row_find(const char *section, const char *key)
{
	const struct keyfile_row *found = NULL;

	for (const struct keyfile_row *row = keyfile_rows; row->section; row++) {
		if (!is_section(row->section, section) ||
		    (row->key && !is_key_of_pattern(row->key, key)))
			continue;
		if (row->key && strcmp(row->key, key) == 0)
			return row;
		found = row;
	}
	return found;
}

/* The driver's names of options have _ where profiles have -. */
const struct option_row *bridge_option_of_profile(const struct option_table *table,
						  const char *key, struct arena *arena)
{
	static const char *const others[][2] = {
		{ "group-forward-mask", "group_fwd_mask" }, { "stp", "stp_state" }
	};
	char *name;

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (strcmp(others[i][0], key) == 0)
			key = others[i][1];
	name = arena_strdup(arena, key);
	for (char *c = name; c && *c; c++)
		if (*c == '-')
			*c = '_';
	return option_find(table, name);
}

/* ---- syntax ---- */

/* struct reading - a file being read; @section, @line: the position */
struct reading {
	struct keyfile *keyfile;
	struct arena *arena;
	struct diag *diag;
	const char *section;
	unsigned int line;
	bool is_wrong;
};

/* Sections with two names, the newer one second. */
static const char *const section_names[][2] = {
	{ "802-3-ethernet", "ethernet" },
	{ "controller", "master" },
	{ "port-type", "slave-type" },
	{ "autoconnect-ports", "autoconnect-slaves" },
};

const char *keyfile_usual_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(section_names); i++)
		if (strcmp(section_names[i][0], name) == 0)
			return section_names[i][1];
	return name;
}

static char escaped(char c)
{
	static const struct {
		char letter, meant;
	} escapes[] = { { 's', ' ' }, { 'n', '\n' }, { 't', '\t' }, { 'r', '\r' } };

	for (size_t i = 0; i < ARRAY_SIZE(escapes); i++)
		if (escapes[i].letter == c)
			return escapes[i].meant;
	return c;
}

/* Like the library that NetworkManager uses. */
static const char *unescape(struct arena *arena, const char *value)
{
	char *copy = arena_strdup(arena, value), *to = copy;

	for (const char *from = value; *from; from++) {
		if (*from == '\\' && from[1])
			*to++ = escaped(*++from);
		else
			*to++ = *from;
	}
	*to = '\0';
	return copy;
}

static char *trim_text(char *text)
{
	size_t len;

	text += strspn(text, " \t");
	len = strlen(text);
	while (len && strchr(" \t\r\n", text[len - 1]))
		text[--len] = '\0';
	return text;
}

static int take_section(struct reading *reading, char *line)
{
	char *end = strchr(line, ']');

	if (!end)
		return -EINVAL;
	*end = '\0';
	reading->section = arena_strdup(reading->arena, keyfile_usual_name(line + 1));
	return 0;
}

static int take_pair(struct reading *reading, char *line)
{
	struct keyfile *keyfile = reading->keyfile;
	struct keyfile_entry entry = { .section = reading->section,
				       .pos = { keyfile->path, reading->line } };
	char *equals = strchr(line, '=');

	if (!equals || equals == line || !reading->section)
		return -EINVAL;
	*equals = '\0';
	entry.key = arena_strdup(reading->arena, keyfile_usual_name(trim_text(line)));
	entry.value = unescape(reading->arena, trim_text(equals + 1));
	ARENA_PUSH(reading->arena, keyfile->entries, keyfile->n, keyfile->cap, entry);
	return 0;
}

/* The first invalid line is reported. */
static int take_line(struct reading *reading, char *line)
{
	int r;

	line = trim_text(line);
	if (!*line || *line == '#')
		return 0;
	r = *line == '[' ? take_section(reading, line) : take_pair(reading, line);
	if (r != -EINVAL)
		return r;
	if (!reading->is_wrong)
		diag_error(reading->diag,
			   (struct pos){ reading->keyfile->path, reading->line },
			   _("this is neither [SECTION] nor KEY=VALUE"));
	reading->is_wrong = true;
	return 0;
}

int keyfile_read(FILE *file, const char *path, struct arena *arena, struct diag *diag,
		 struct keyfile *ret)
{
	struct keyfile keyfile = { .path = path };
	struct reading reading = { .keyfile = &keyfile, .arena = arena, .diag = diag };
	_cleanup_free_ char *line = NULL;
	size_t size = 0;
	int r = 0;

	while (r == 0 && file_get_line(&line, &size, file) >= 0) {
		reading.line++;
		r = take_line(&reading, line);
	}
	if (r < 0)
		return r;
	if (reading.is_wrong)
		return -EINVAL;
	*ret = keyfile;
	return 0;
}

const char *keyfile_get(const struct keyfile *keyfile, const char *section,
			const char *key)
{
	for (size_t i = keyfile->n; i > 0; i--) {
		const struct keyfile_entry *entry = &keyfile->entries[i - 1];

		if (strcmp(entry->section, section) == 0 && strcmp(entry->key, key) == 0)
			return *entry->value ? entry->value : NULL;
	}
	return NULL;
}
