/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles of NetworkManager: the syntax, and the table of their keys. */
#include "lib/carry/keyfile.h"

#include <errno.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/strbuf.h"
#include "lib/model/bridge-options.h"

/* clang-format off */
const struct keyfile_row keyfile_rows[] = {
	{ "connection", "id", KEYFILE_TEXT, NULL, "NAME" },
	{ "connection", "uuid", KEYFILE_TEXT, NULL, "UUID" },
	{ "connection", "type", KEYFILE_OWN, NULL, "TYPE VLAN BONDING_MASTER" },
	{ "connection", "interface-name", KEYFILE_OWN, NULL, "DEVICE" },
	{ "connection", "master", KEYFILE_OWN, NULL, "MASTER SLAVE BRIDGE MASTER_UUID BRIDGE_UUID" },
	{ "connection", "slave-type", KEYFILE_OWN, NULL, NULL },
	{ "connection", "autoconnect", KEYFILE_BOOL, "true", "ONBOOT" },
	{ "connection", "zone", KEYFILE_TEXT, NULL, "ZONE" },
	{ "connection", "autoconnect-priority", KEYFILE_TEXT, "0", "AUTOCONNECT_PRIORITY" },
	{ "connection", "autoconnect-retries", KEYFILE_TEXT, "-1", "AUTOCONNECT_RETRIES" },
	{ "connection", "autoconnect-slaves", KEYFILE_NOTHING, NULL, NULL },
	{ "connection", "wait-device-timeout", KEYFILE_OWN, "-1", "DEVTIMEOUT" },
	{ "connection", "timestamp", KEYFILE_NOTHING, NULL, NULL },
	{ "connection", "stable-id", KEYFILE_TEXT, NULL, "STABLE_ID" },

	{ "ethernet", "mtu", KEYFILE_TEXT, "0", "MTU" },
	{ "ethernet", "mac-address", KEYFILE_MAC, NULL, "HWADDR" },
	{ "ethernet", "cloned-mac-address", KEYFILE_MAC, NULL, "MACADDR" },
	{ "ethernet", "auto-negotiate", KEYFILE_OWN, NULL, NULL },
	{ "ethernet", "speed", KEYFILE_OWN, "0", NULL },
	{ "ethernet", "duplex", KEYFILE_OWN, NULL, NULL },
	{ "ethernet", "wake-on-lan", KEYFILE_OWN, "1", NULL },
	{ "ethtool", "feature-*", KEYFILE_OWN, NULL, NULL },
	{ "ethtool", "ring-*", KEYFILE_OWN, NULL, NULL },
	{ "ethtool", "coalesce-*", KEYFILE_OWN, NULL, NULL },
	{ "ethtool", "pause-*", KEYFILE_OWN, NULL, NULL },
	{ "ethtool", "channels-*", KEYFILE_OWN, NULL, NULL },
	{ "ethtool", "eee-*", KEYFILE_OWN, NULL, NULL },

	{ "bond", "interface-name", KEYFILE_OWN, NULL, "DEVICE" },
	{ "bond", NULL, KEYFILE_OWN, NULL, "BONDING_OPTS" },
	{ "bond-port", "queue-id", KEYFILE_TEXT, "0", "BOND_PORT_QUEUE_ID" },
	{ "bond-port", "prio", KEYFILE_TEXT, "0", "BOND_PORT_PRIO" },
	{ "bridge", "interface-name", KEYFILE_OWN, NULL, "DEVICE" },
	{ "bridge", NULL, KEYFILE_OWN, NULL, "STP DELAY AGEING PRIO BRIDGING_OPTS" },
	{ "bridge-port", NULL, KEYFILE_OWN, NULL, "BRIDGING_OPTS" },
	{ "veth", "peer", KEYFILE_OWN, NULL, "PEER" },
	{ "infiniband", "mtu", KEYFILE_TEXT, "0", "MTU" },
	{ "infiniband", "mac-address", KEYFILE_MAC, NULL, "HWADDR" },
	{ "infiniband", "transport-mode", KEYFILE_OWN, NULL, "CONNECTED_MODE" },
	{ "infiniband", "p-key", KEYFILE_OWN, "-1", "PKEY PKEY_ID" },
	{ "infiniband", "parent", KEYFILE_OWN, NULL, "PHYSDEV" },
	{ "tun", "mode", KEYFILE_OWN, NULL, NULL },
	{ "tun", "owner", KEYFILE_TEXT, NULL, "OWNER" },
	{ "tun", "group", KEYFILE_TEXT, NULL, "GROUP" },
	{ "vlan", "interface-name", KEYFILE_OWN, NULL, "DEVICE" },
	{ "vlan", "id", KEYFILE_OWN, NULL, "VLAN_ID VID" },
	{ "vlan", "parent", KEYFILE_OWN, NULL, "PHYSDEV" },
	{ "vlan", "flags", KEYFILE_OWN, NULL, "REORDER_HDR GVRP MVRP VLAN_FLAGS" },
	{ "vlan", "protocol", KEYFILE_TEXT, "802.1Q", "VLAN_PROTOCOL" },
	{ "vlan", "egress-priority-map", KEYFILE_COMMAS, NULL, "VLAN_EGRESS_PRIORITY_MAP" },
	{ "vlan", "ingress-priority-map", KEYFILE_COMMAS, NULL, "VLAN_INGRESS_PRIORITY_MAP" },

	{ "ipv4", "method", KEYFILE_OWN, NULL, "BOOTPROTO" },
	{ "ipv6", "method", KEYFILE_OWN, NULL, "IPV6INIT IPV6_DISABLED IPV6_AUTOCONF DHCPV6C" },
	{ "ipv4", "address*", KEYFILE_OWN, NULL, "IPADDR PREFIX NETMASK" },
	{ "ipv6", "address*", KEYFILE_OWN, NULL, "IPV6ADDR IPV6ADDR_SECONDARIES" },
	{ "ipv4", "gateway", KEYFILE_OWN, NULL, "GATEWAY" },
	{ "ipv6", "gateway", KEYFILE_OWN, NULL, "IPV6_DEFAULTGW" },
	{ "ip", "route*", KEYFILE_OWN, NULL, NULL },
	{ "ip", "routing-rule*", KEYFILE_OWN, NULL, "ROUTING_RULE_ ROUTING_RULE6_" },
	{ "ip", "dns", KEYFILE_OWN, NULL, "DNS" },
	{ "ip", "dns-search", KEYFILE_OWN, NULL, "DOMAIN SEARCH" },
	{ "ipv4", "dns-options", KEYFILE_LIST, NULL, "RES_OPTIONS" },
	{ "ipv4", "dns-priority", KEYFILE_TEXT, "0", "IPV4_DNS_PRIORITY" },
	{ "ipv6", "dns-priority", KEYFILE_TEXT, "0", "IPV6_DNS_PRIORITY" },
	{ "ipv4", "ignore-auto-dns", KEYFILE_NOT, "false", "PEERDNS" },
	{ "ipv6", "ignore-auto-dns", KEYFILE_NOT, "false", "IPV6_PEERDNS" },
	{ "ipv4", "ignore-auto-routes", KEYFILE_NOT, "false", "PEERROUTES" },
	{ "ipv6", "ignore-auto-routes", KEYFILE_NOT, "false", "IPV6_PEERROUTES" },
	{ "ipv4", "never-default", KEYFILE_NOT, "false", "DEFROUTE" },
	{ "ipv6", "never-default", KEYFILE_NOT, "false", "IPV6_DEFROUTE" },
	{ "ipv4", "may-fail", KEYFILE_NOT, "true", "IPV4_FAILURE_FATAL" },
	{ "ipv6", "may-fail", KEYFILE_NOT, "true", "IPV6_FAILURE_FATAL" },
	{ "ipv4", "route-metric", KEYFILE_OWN, "-1", "IPV4_ROUTE_METRIC METRIC" },
	{ "ipv6", "route-metric", KEYFILE_OWN, "-1", "IPV6_ROUTE_METRIC" },
	{ "ipv4", "route-table", KEYFILE_TEXT, "0", "IPV4_ROUTE_TABLE" },
	{ "ipv6", "route-table", KEYFILE_TEXT, "0", "IPV6_ROUTE_TABLE" },
	{ "ipv4", "dad-timeout", KEYFILE_TEXT, "-1", "ACD_TIMEOUT" },
	{ "ipv4", "dhcp-hostname", KEYFILE_TEXT, NULL, "DHCP_HOSTNAME" },
	{ "ipv4", "dhcp-fqdn", KEYFILE_TEXT, NULL, "DHCP_FQDN" },
	{ "ipv4", "dhcp-send-hostname", KEYFILE_BOOL, "true", "DHCP_SEND_HOSTNAME" },
	{ "ipv4", "dhcp-client-id", KEYFILE_TEXT, NULL, "DHCP_CLIENT_ID" },
	{ "ipv4", "dhcp-timeout", KEYFILE_TEXT, "0", "IPV4_DHCP_TIMEOUT" },
	{ "ipv6", "dhcp-timeout", KEYFILE_TEXT, "0", "IPV6_DHCP_TIMEOUT" },
	{ "ipv4", "dhcp-vendor-class-identifier", KEYFILE_TEXT, NULL, "DHCP_VENDOR_CLASS_IDENTIFIER" },
	{ "ipv4", "dhcp-reject-servers", KEYFILE_LIST, NULL, "DHCP_REJECT_SERVERS" },
	{ "ipv6", "addr-gen-mode", KEYFILE_OWN, NULL, "IPV6_ADDR_GEN_MODE" },
	{ "ipv6", "ip6-privacy", KEYFILE_OWN, "-1", "IPV6_PRIVACY IPV6_PRIVACY_PREFER_PUBLIC_IP" },
	{ "ipv6", "token", KEYFILE_TEXT, NULL, "IPV6_TOKEN" },
	{ "ipv6", "mtu", KEYFILE_TEXT, "0", "IPV6_MTU" },
	{ "proxy", "method", KEYFILE_TEXT, "0", "PROXY_METHOD" },
	{ NULL, NULL, KEYFILE_NOTHING, NULL, NULL },
};
/* clang-format on */

static bool is_key(const char *pattern, const char *key)
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

/* Exact names count more than the beginnings of some: route-metric is no route. */
const struct keyfile_row *keyfile_row_find(const char *section, const char *key)
{
	const struct keyfile_row *found = NULL;

	for (const struct keyfile_row *row = keyfile_rows; row->section; row++) {
		if (!is_section(row->section, section) ||
		    (row->key && !is_key(row->key, key)))
			continue;
		if (row->key && strcmp(row->key, key) == 0)
			return row;
		found = row;
	}
	return found;
}

/* The driver's name of an option has _ where a profile has -. */
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
	return name ? option_find(table, name) : NULL;
}

/* ---- syntax ---- */

/* struct reading - a file being read; @section, @line: where it is */
struct reading {
	struct keyfile *keyfile;
	struct arena *arena;
	struct diag *diag;
	const char *section;
	unsigned int line;
	bool is_wrong;
};

/* What has two names, the newer one behind. */
static const char *const names[][2] = {
	{ "802-3-ethernet", "ethernet" },
	{ "controller", "master" },
	{ "port-type", "slave-type" },
	{ "autoconnect-ports", "autoconnect-slaves" },
};

const char *keyfile_usual_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(names[i][0], name) == 0)
			return names[i][1];
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

/* As the library that NetworkManager reads them with. */
static const char *unescape(struct arena *arena, const char *value)
{
	char *copy = arena_strdup(arena, value), *to = copy;

	for (const char *from = value; copy && *from; from++) {
		if (*from == '\\' && from[1])
			*to++ = escaped(*++from);
		else
			*to++ = *from;
	}
	if (copy)
		*to = '\0';
	return copy;
}

static char *trim(char *text)
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
	return reading->section ? 0 : -ENOMEM;
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
	entry.key = arena_strdup(reading->arena, keyfile_usual_name(trim(line)));
	entry.value = unescape(reading->arena, trim(equals + 1));
	return entry.key && entry.value ? ARENA_PUSH(reading->arena, keyfile->entries,
						     keyfile->n, keyfile->cap, entry)
					: -ENOMEM;
}

/* The first wrong line is told. */
static int take_line(struct reading *reading, char *line)
{
	int r;

	line = trim(line);
	if (!*line || *line == '#')
		return 0;
	r = *line == '[' ? take_section(reading, line) : take_pair(reading, line);
	if (r != -EINVAL)
		return r;
	if (!reading->is_wrong)
		diag_error(reading->diag,
			   (struct pos){ reading->keyfile->path, reading->line },
			   "this is neither [SECTION] nor KEY=VALUE");
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
