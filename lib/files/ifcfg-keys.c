/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of all known keys of ifcfg files. */
#include "lib/files/ifcfg-keys.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/typo.h"

#define ROW_AT(name, grade, match, hint, place, fate, traits)        \
	{                                                            \
		name, hint, grade, match, place, FATE_##fate, traits \
	}
#define ROW(name, grade, match, hint, place, fate, traits) \
	ROW_AT(name, grade, match, hint, PLACE_##place, fate, traits)
#define OWN(name, kind, fate, traits) \
	ROW_AT(name, KEY_USED, KEY_EXACT, NULL, PLACE_KINDS + IFACE_##kind, fate, traits)
#define USED(name, place, fate, traits) \
	ROW(name, KEY_USED, KEY_EXACT, NULL, place, fate, traits)
#define USED_NUMBERED(name, place, fate, traits) \
	ROW(name, KEY_USED, KEY_NUMBERED, NULL, place, fate, traits)
#define USED_PREFIX(name, place, fate, traits) \
	ROW(name, KEY_USED, KEY_PREFIX, NULL, place, fate, traits)
#define OTHER(name, grade, match, hint, fate) \
	ROW(name, grade, match, hint, LINK, fate, PLAIN)
#define SILENT(name, fate)          OTHER(name, KEY_SILENT, KEY_EXACT, NULL, fate)
#define SILENT_PREFIX(name, fate)   OTHER(name, KEY_SILENT, KEY_PREFIX, NULL, fate)
#define LATER(name)                 OTHER(name, KEY_LATER, KEY_EXACT, NULL, STAYS)
#define LATER_PREFIX(name)          OTHER(name, KEY_LATER, KEY_PREFIX, NULL, STAYS)
#define NOT(name, hint)             OTHER(name, KEY_NOT, KEY_EXACT, hint, STAYS)
#define NOT_PREFIX(name, hint)      OTHER(name, KEY_NOT, KEY_PREFIX, hint, STAYS)
#define NOT_NUMBERED(name, hint)    OTHER(name, KEY_NOT, KEY_NUMBERED, hint, STAYS)
#define OFF_ONLY(name, hint)        OTHER(name, KEY_OFF_ONLY, KEY_EXACT, hint, STAYS)
#define OFF_ONLY_PREFIX(name, hint) OTHER(name, KEY_OFF_ONLY, KEY_PREFIX, hint, STAYS)

#define PLAIN   0
#define YESNO   KEY_YESNO
#define ON      (KEY_YESNO | KEY_USUALLY_ON)
#define OFF     (KEY_YESNO | KEY_USUALLY_OFF)
#define TEXT    KEY_TEXT
#define MATTERS KEY_MATTERS
#define VITAL   (KEY_MATTERS | KEY_VITAL)
#define ADDRESS KEY_ADDRESS
#define PASSED  KEY_PASSED

#define NM_ONLY N_("only NetworkManager applies it")
#define HELPER  N_("it is for the helper program of another TYPE or DEVICETYPE")
#define FOR_BOND                                                                 \
	N_("a bond has its mode and policy in BONDING_OPTS; this is for helper " \
	   "programs")
#define OBSOLETE N_("tunnels of this kind are not set up here")
#define RADVD    N_("radvd is not notified of changes; send it SIGHUP from a hook")

const char ifcfg_hint_wireless[] = N_("wireless and 802.1X settings are not applied");
const char ifcfg_hint_suse[] =
	N_("this looks like a file of SUSE; Red Hat's spelling is needed here");
#define WIRELESS ifcfg_hint_wireless
#define SUSE     ifcfg_hint_suse
#define PORTS    N_("write MASTER= and SLAVE=yes into the files of the ports")

/* clang-format off: a table reads better unfolded */
/* Numbered and prefix rows come after the exact ones that they would cover. */
static const struct ifcfg_key keys[] = {
	/* identity */
	USED("DEVICE", LINK, STAYS, VITAL),
	USED("NAME", LINK, STAYS, TEXT),
	USED("TYPE", LINK, STAYS, MATTERS),
	USED("UUID", LINK, STAYS, PLAIN),
	USED("HWADDR", LINK, STAYS, PLAIN),
	USED("MACADDR", NOT_IN_BOND, MOVES, MATTERS),
	USED("MTU", LINK, MOVES, MATTERS),
	USED("LINKDELAY", NOT_IN_BOND, MOVES, PLAIN),
	USED("ONBOOT", LINK, STAYS, ON | MATTERS),
	USED("HOTPLUG", LINK, STAYS, ON),
	SILENT("NETBOOT", STAYS),
	SILENT("USERCTL", STAYS),
	USED("NM_CONTROLLED", LINK, COPIES, ON),
	USED("DEVTIMEOUT", LINK, STAYS, PLAIN),
	SILENT("ISALIAS", STAYS),
	SILENT("REALDEVICE", STAYS),
	SILENT("SYSCTLDEVICE", STAYS),
	USED("DEVICETYPE", LINK, STAYS, PLAIN),
	USED("ONPARENT", ALIAS, STAYS, ON),
	USED("LINKSTATUS", NOT_IN_BOND, ENDS, PLAIN),
	USED("ZONE", HOST, MOVES, PLAIN),
	USED("ETHTOOL_OPTS", LINK, STAYS, TEXT),
	USED("ETHTOOL_DELAY", LINK, STAYS, PLAIN),
	USED("HOOK_TIMEOUT", LINK, COPIES, PLAIN),
	USED("NOROUTESET", SWITCH, MOVES, OFF),
	USED("PARENTDEVICE", LINK, STAYS, PLAIN),
	USED("ARP", HOST, MOVES, YESNO),
	USED("PROMISC", HOST, MOVES, YESNO),
	USED("ALLMULTI", HOST, MOVES, YESNO),

	/* bond */
	OWN("BONDING_OPTS", BOND, STAYS, TEXT | VITAL),
	OWN("BONDING_MASTER", BOND, STAYS, OFF),
	USED("MASTER", LINK, STAYS, VITAL),
	USED("SLAVE", LINK, STAYS, ON | MATTERS),
	USED("MASTER_UUID", LINK, STAYS, PLAIN),
	USED("BOND_PORT_QUEUE_ID", IN_BOND, STAYS, PLAIN),
	USED("BOND_PORT_PRIO", IN_BOND, STAYS, PLAIN),
	NOT("BONDING_MODULE_OPTS", N_("that is SUSE's spelling of BONDING_OPTS")),
	SILENT_PREFIX("BONDING_SLAVE", STAYS),
	NOT_PREFIX("BONDINGSlave", PORTS),
	NOT_PREFIX("BOND_SLAVE", PORTS),
	NOT("SLAVES", PORTS),
	NOT_PREFIX("BOND_PORT", PORTS),
	NOT("BONDING_PORTS", PORTS),
	NOT("BOND_IFACES", HELPER),
	NOT("BOND_MODE", FOR_BOND),
	NOT("BOND_POLICY", FOR_BOND),

	/* other links */
	OWN("VLAN", VLAN, STAYS, OFF | MATTERS),
	OWN("VID", VLAN, STAYS, MATTERS),
	OWN("VLAN_ID", VLAN, STAYS, MATTERS),
	USED("PHYSDEV", STACKED, STAYS, MATTERS),
	OWN("REORDER_HDR", VLAN, STAYS, ON),
	OWN("GVRP", VLAN, STAYS, OFF),
	OWN("MVRP", VLAN, STAYS, OFF),
	OWN("VLAN_FLAGS", VLAN, STAYS, PLAIN),
	OWN("VLAN_PROTOCOL", VLAN, STAYS, PLAIN),
	SILENT("VLAN_NAME_TYPE", STAYS),
	OWN("VLAN_EGRESS_PRIORITY_MAP", VLAN, STAYS, PLAIN),
	OWN("VLAN_INGRESS_PRIORITY_MAP", VLAN, STAYS, PLAIN),
	OWN("STP", BRIDGE, STAYS, OFF),
	OWN("DELAY", BRIDGE, STAYS, PLAIN),
	OWN("PRIO", BRIDGE, STAYS, PLAIN),
	OWN("AGEING", BRIDGE, STAYS, PLAIN),
	USED("BRIDGING_OPTS", BRIDGING, STAYS, TEXT),
	USED("BRIDGE", NOT_IN_BOND, STAYS, VITAL),
	USED("BRIDGE_UUID", NOT_IN_BOND, STAYS, PLAIN),
	OWN("BRIDGE_MACADDR", BRIDGE, STAYS, PLAIN),
	LATER_PREFIX("BRIDGE_"),
	OWN("PEER", VETH, STAYS, MATTERS),
	OWN("TABLE", VRF, STAYS, MATTERS),
	USED("VRF", HOST, MOVES, MATTERS),
	USED("VRF_UUID", HOST, MOVES, PLAIN),
	OWN("OWNER", TAP, STAYS, PLAIN),
	OWN("GROUP", TAP, STAYS, PLAIN),
	NOT_PREFIX("OVS", HELPER),
	NOT("IVS_BRIDGE", HELPER),
	NOT("NFVSWITCH_BRIDGE", HELPER),
	NOT("DRIVER", HELPER),
	NOT("CPU_LIST", HELPER),
	NOT("BIND_INT", HELPER),
	NOT_PREFIX("TEAM_", HELPER),

	/* IPv4 */
	USED("BOOTPROTO", LINK, OWN, VITAL),
	USED_NUMBERED("IPADDR", HOST, LIVE, VITAL | ADDRESS),
	USED_NUMBERED("PREFIX", HOST, PART, MATTERS | PASSED),
	USED_NUMBERED("NETMASK", HOST, PART, MATTERS | PASSED),
	USED_NUMBERED("BROADCAST", HOST, NUMBERED, PLAIN),
	SILENT("NETWORK", PART),
	USED_NUMBERED("GATEWAY", HOST, LIVE, MATTERS),
	USED("GATEWAYDEV", HOST, RENAMES, PLAIN),
	USED("DEFROUTE", QUIET, MOVES, ON),
	USED("METRIC", HOST, MOVES, PLAIN),
	USED("SCOPE", HOST, SCOPE, TEXT),
	USED("NOZEROCONF", QUIET, MOVES, ON),
	USED_NUMBERED("ARPCHECK", SWITCH, NUMBERED, ON | PASSED),
	USED_NUMBERED("ARPUPDATE", SWITCH, NUMBERED, ON | PASSED),
	USED("ARPING_WAIT", HOST, MOVES, PLAIN),
	USED("ARPING_TRIES", HOST, MOVES, PLAIN),
	SILENT("ARPING_UPDATE_WAIT", MOVES),
	USED("ACD_TIMEOUT", HOST, MOVES, PASSED),
	USED("SRCADDR", HOST, MOVES, PLAIN),
	USED("WINDOW", HOST, MOVES, PLAIN),
	USED("EXTRA_ROUTE_OPTS", HOST, RENAMES, TEXT),
	USED("IPV4_ROUTE_METRIC", HOST, MOVES, PLAIN),
	USED("IPV4_ROUTE_TABLE", HOST, MOVES, PLAIN),
	USED("IPV4_FAILURE_FATAL", QUIET, MOVES, YESNO),
	USED("NO_ALIASROUTING", SWITCH, MOVES, OFF | PASSED),
	USED("IPADDR_START", HOST, STAYS, ADDRESS),
	USED("IPADDR_END", HOST, STAYS, PLAIN),
	USED("CLONENUM_START", HOST, STAYS, PLAIN),
	USED_PREFIX("ROUTING_RULE_", HOST, RENAMES, PLAIN),
	USED_PREFIX("ROUTING_RULE6_", HOST, RENAMES, PLAIN),

	/* DHCP; without effect unless BOOTPROTO=dhcp */
	USED("DHCP_HOSTNAME", DHCP, MOVES, PLAIN),
	USED("DHCP_FQDN", DHCP, MOVES, PLAIN),
	USED("DHCP_SEND_HOSTNAME", DHCP, MOVES, ON),
	USED("DHCP_CLIENT_ID", DHCP, MOVES, TEXT),
	USED("DHCP_VENDOR_CLASS_IDENTIFIER", DHCP, MOVES, TEXT),
	USED("DHCP_REJECT_SERVERS", DHCP, MOVES, PLAIN),
	SILENT_PREFIX("DHCP_", MOVES),
	SILENT("DHCPCLASS", MOVES),
	USED("DHCLIENTARGS", DHCP, MOVES, TEXT),
	USED("DHCLIENT_IGNORE_GATEWAY", DHCP, MOVES, OFF),
	USED("DHCLIENT_SET_DEFAULT_ROUTE", DHCP, MOVES, ON),
	SILENT_PREFIX("DHCLIENT", MOVES),
	USED("DHCPRELEASE", DHCP, MOVES, OFF),
	USED("PERSISTENT_DHCLIENT", DHCP, MOVES, OFF),
	USED("PERSISTENT_DHCLIENT_IPV6", DHCP, MOVES, OFF),
	USED("PEERROUTES", QUIET, MOVES, ON),
	SILENT("PEERNTP", MOVES),
	SILENT("PEERNIS", MOVES),
	SILENT("NISDOMAIN", MOVES),
	SILENT("NTPSERVERARGS", MOVES),
	USED("IPV4_DHCP_TIMEOUT", DHCP, MOVES, PLAIN),

	/* IPv6 */
	USED("IPV6INIT", QUIET, MOVES, ON | MATTERS),
	USED("IPV6ADDR", HOST, LIVE, MATTERS | ADDRESS),
	USED("IPV6ADDR_SECONDARIES", HOST, LIVE, TEXT | ADDRESS),
	USED("IPV6_DEFAULTGW", HOST, LIVE, MATTERS),
	USED("IPV6_DEFAULTDEV", HOST, RENAMES, PLAIN),
	USED("IPV6FORWARDING", SWITCH, MOVES, OFF),
	USED("IPV6_MTU", HOST, MOVES, PLAIN),
	USED("IPV6_DISABLED", SWITCH, MOVES, OFF),
	USED("DHCPV6C", SWITCH, MOVES, OFF | MATTERS),
	USED("DHCPV6C_OPTIONS", HOST, MOVES, TEXT),
	USED("IPV6_AUTOCONF", QUIET, MOVES, YESNO),
	USED("IPV6_ROUTER", SWITCH, MOVES, ON),
	USED("IPV6_FORCE_ACCEPT_RA", SWITCH, MOVES, OFF),
	USED("IPV6_SET_SYSCTLS", SWITCH, MOVES, ON),
	USED("IPV6_PRIVACY", QUIET, MOVES, PLAIN),
	USED("IPV6_PRIVACY_PREFER_PUBLIC_IP", SWITCH, MOVES, OFF),
	USED("IPV6_ADDR_GEN_MODE", QUIET, MOVES, PLAIN),
	USED("IPV6_DEFROUTE", QUIET, MOVES, ON),
	USED("IPV6_PEERDNS", QUIET, MOVES, ON),
	SILENT("IPV6_PEERROUTES", MOVES),
	USED("IPV6_FAILURE_FATAL", QUIET, MOVES, YESNO),
	USED("IPV6_TOKEN", HOST, MOVES, PLAIN),
	USED("IPV6_ROUTE_METRIC", HOST, MOVES, PLAIN),
	USED("IPV6_ROUTE_TABLE", HOST, MOVES, PLAIN),
	SILENT("IPV6_DOMAIN", MOVES),
	SILENT("IPV6_RES_OPTIONS", MOVES),
	SILENT("IPV6_DNS_PRIORITY", MOVES),
	SILENT("IPV6_REQUIRED_TIMEOUT", MOVES),
	USED("IPV6_DHCP_TIMEOUT", HOST, MOVES, PLAIN),
	SILENT("IPV6_RA_TIMEOUT", MOVES),
	OFF_ONLY("IPV6_AUTO_ROUTE_EXT_GW", NM_ONLY),
	OFF_ONLY("IPV6_REPLACE_LOCAL_RULE", NM_ONLY),
	SILENT_PREFIX("DHCPV6", MOVES),
	SILENT_PREFIX("DHCPv6", MOVES),
	OFF_ONLY_PREFIX("IPV6TO4", OBSOLETE),
	NOT_PREFIX("IPV6TUNNEL", OBSOLETE),
	NOT_PREFIX("IPV6_RADVD", RADVD),
	OFF_ONLY("IPV6_CONTROL_RADVD", RADVD),
	OFF_ONLY("IPV6_AUTOTUNNEL", OBSOLETE),

	/* names */
	USED("PEERDNS", QUIET, MOVES, ON),
	USED_NUMBERED("DNS", HOST, RENAMES, PLAIN),
	USED("DOMAIN", HOST, MOVES, TEXT),
	USED("SEARCH", HOST, MOVES, TEXT),
	USED("RES_OPTIONS", HOST, MOVES, TEXT),
	USED("RESOLV_MODS", SWITCH, MOVES, OFF),
	SILENT("NO_DHCP_HOSTNAME", MOVES),
	SILENT("HOSTNAME", MOVES),
	SILENT("IPV4_DNS_PRIORITY", MOVES),
	SILENT("MDNS", MOVES),
	SILENT("LLMNR", MOVES),
	SILENT("DNS_OVER_TLS", MOVES),
	SILENT_PREFIX("MS_DNS", MOVES),
	SILENT_PREFIX("HOSTNAME_", MOVES),

	/* NetworkManager's own keys */
	SILENT("PROXY_METHOD", MOVES),
	SILENT("BROWSER_ONLY", MOVES),
	SILENT("PAC_URL", MOVES),
	SILENT("PAC_SCRIPT", MOVES),
	SILENT_PREFIX("CONNECTION_", STAYS),
	SILENT("LLDP", STAYS),
	SILENT("MUD_URL", STAYS),
	SILENT("MPTCP_FLAGS", STAYS),
	SILENT("STABLE_ID", MOVES),
	SILENT("USERS", STAYS),
	SILENT("AUTH_RETRIES", STAYS),
	SILENT("MULTI_CONNECT", STAYS),
	SILENT("SECONDARY_UUIDS", STAYS),
	SILENT_PREFIX("AUTOCONNECT_", STAYS),
	SILENT("GATEWAY_PING_TIMEOUT", MOVES),
	SILENT("WAIT_ACTIVATION_DELAY", STAYS),
	SILENT("IPV4_REQUIRED_TIMEOUT", MOVES),
	OFF_ONLY("IPV4_LINK_LOCAL", NM_ONLY),
	OFF_ONLY("IPV4_AUTO_ROUTE_EXT_GW", NM_ONLY),
	OFF_ONLY("IPV4_REPLACE_LOCAL_RULE", NM_ONLY),
	SILENT_PREFIX("NM_USER_", STAYS),
	NOT_PREFIX("MATCH_", NM_ONLY),
	NOT("GENERATE_MAC_ADDRESS_MASK", NM_ONLY),
	OFF_ONLY("MAC_ADDRESS_RANDOMIZATION", NM_ONLY),
	NOT("HWADDR_BLACKLIST", NM_ONLY),
	NOT("ETHTOOL_WAKE_ON_LAN", N_("ETHTOOL_OPTS=\"wol g\" does the same")),
	USED("ACCEPT_ALL_MAC_ADDRESSES", HOST, MOVES, YESNO),
	NOT_PREFIX("QDISC", NM_ONLY),
	NOT_PREFIX("FILTER", NM_ONLY),
	NOT("TC_COMMIT", NM_ONLY),
	OFF_ONLY_PREFIX("SRIOV_", NM_ONLY),
	OFF_ONLY_PREFIX("DCB", NM_ONLY),

	/* wireless and 802.1X */
	NOT_PREFIX("IEEE_8021X_", WIRELESS),
	NOT("KEY_MGMT", WIRELESS),
	NOT("ESSID", WIRELESS),
	NOT("BSSID", WIRELESS),
	NOT_PREFIX("WPA_", WIRELESS),
	NOT_PREFIX("WEP_", WIRELESS),
	NOT_PREFIX("CIPHER_", WIRELESS),
	NOT("SECURITYMODE", WIRELESS),
	NOT("BAND", WIRELESS),
	NOT("CHANNEL", WIRELESS),
	NOT("SSID_HIDDEN", WIRELESS),
	NOT("POWERSAVE", WIRELESS),
	NOT("PMF", WIRELESS),
	NOT("FILS", WIRELESS),
	NOT("WPS_METHOD", WIRELESS),
	NOT("AP_ISOLATION", WIRELESS),
	NOT("DEFAULTKEY", WIRELESS),
	NOT("RATE", WIRELESS),
	NOT("KEY_TYPE", WIRELESS),
	NOT_NUMBERED("KEY_PASSPHRASE", WIRELESS),
	NOT("MODE", N_("the bond's mode goes into BONDING_OPTS=\"mode=…\"")),

	/* s390 and other platforms, clouds; read by other programs */
	SILENT("EC2SYNC", STAYS),
	SILENT("MAINROUTETABLE", STAYS),
	SILENT("SUBCHANNELS", STAYS),
	SILENT("NETTYPE", STAYS),
	SILENT("PORTNAME", STAYS),
	SILENT("OPTIONS", STAYS),
	SILENT("CTCPROT", STAYS),

	/* InfiniBand; and tunnels: without a helper program there are none */
	SILENT("MY_OUTER_IPADDR", STAYS),
	SILENT("PEER_OUTER_IPADDR", STAYS),
	SILENT("MY_INNER_IPADDR", STAYS),
	SILENT("PEER_INNER_IPADDR", STAYS),
	SILENT("TTL", STAYS),
	SILENT("KEY", STAYS),
	NOT_NUMBERED("KEY", WIRELESS),
	USED("CONNECTED_MODE", INFINIBAND, STAYS, YESNO),
	USED("PKEY", INFINIBAND, STAYS, OFF),
	USED("PKEY_ID", INFINIBAND, STAYS, PLAIN),

	/* /etc/sysconfig/network; those that are used are for the service */
	USED("NETWORKING", QUIET, STAYS, ON),
	SILENT("NETWORKING_IPV6", STAYS),
	USED("NETWORKDELAY", QUIET, STAYS, PLAIN),
	SILENT("NETWORKWAIT", STAYS),
	USED("WAIT_UNTIL_REACHABLE", QUIET, STAYS, PLAIN),
	USED("IFDOWN_ON_SHUTDOWN", QUIET, STAYS, ON),
	SILENT("FORWARD_IPV4", STAYS),

	/* SUSE */
	NOT("STARTMODE", SUSE),
	NOT("ETHERDEVICE", SUSE),
	NOT("LLADDR", SUSE),
	NOT("PREFIXLEN", SUSE),
	NOT_PREFIX("IPADDR_", SUSE),
	NOT_PREFIX("IPADDR6_", SUSE), /* cloud-init writes it in all cases */

	/* keys of a site's own hooks */
	SILENT_PREFIX("_", STAYS),
	SILENT_PREFIX("X_", STAYS),
};
/* clang-format on */

static bool matches(const struct ifcfg_key *key, const char *name)
{
	size_t len = strlen(key->name);

	if (strncmp(key->name, name, len) != 0)
		return false;
	switch (key->match) {
	case KEY_EXACT:
		return !name[len];
	case KEY_NUMBERED:
		return !name[len + strspn(name + len, "0123456789")];
	case KEY_PREFIX:
		return true;
	}
	return false;
}

const struct ifcfg_key *ifcfg_key_nth(size_t i)
{
	return i < ARRAY_SIZE(keys) ? &keys[i] : NULL;
}

/*
 * For each first letter, one more than the number of the first row, and for each row that of
 * the next one with the same letter. The table is by topic, and keys are looked up for every
 * line of every file.
 */
static unsigned short first_row[1 << CHAR_BIT], next_row[ARRAY_SIZE(keys)];

static void index_rows(void)
{
	for (size_t i = ARRAY_SIZE(keys); i > 0; i--) {
		unsigned short *first = &first_row[(unsigned char)*keys[i - 1].name];

		next_row[i - 1] = *first;
		*first = (unsigned short)i;
	}
}

const struct ifcfg_key *ifcfg_key_find(const char *name)
{
	unsigned short row;

	if (!first_row[(unsigned char)*keys[0].name])
		index_rows();
	row = first_row[(unsigned char)*name];
	while (row && !matches(&keys[row - 1], name))
		row = next_row[row - 1];
	return row ? &keys[row - 1] : NULL;
}

/* PREFIX1 belongs to an address other than the first one, and is never vital. */
bool ifcfg_key_has(const char *name, enum key_trait trait)
{
	const struct ifcfg_key *key = ifcfg_key_find(name);
	const char *number = key ? name + strlen(key->name) : NULL;

	if (!key || !(key->traits & trait))
		return false;
	if (trait == KEY_PASSED)
		return !*number;
	return trait != KEY_VITAL || key->match != KEY_NUMBERED || !*number ||
	       strcmp(number, "0") == 0;
}

#define ANY_KIND ~0U
#define ANY_ROLE ~0U
#define KIND(x)  (1U << (x))
#define ROLE(x)  (1U << (x))

/*
 * @is_of_kind: the key determines the kind of link; @silence: when it gets no warning in
 * a port's file
 */
struct key_where {
	unsigned int kinds, roles;
	bool is_of_kind;
	enum key_silence silence;
};

static const struct key_where key_places[] = {
	[PLACE_LINK] = { ANY_KIND, ANY_ROLE, false, KEY_SILENT_ALWAYS },
	[PLACE_NOT_IN_BOND] = { ANY_KIND, ROLE(ROLE_HOST) | ROLE(ROLE_BRIDGE_PORT), false,
				KEY_SILENT_NEVER },
	[PLACE_HOST] = { ANY_KIND, ROLE(ROLE_HOST), false, KEY_SILENT_NEVER },
	[PLACE_SWITCH] = { ANY_KIND, ROLE(ROLE_HOST), false, KEY_SILENT_OFF },
	[PLACE_QUIET] = { ANY_KIND, ROLE(ROLE_HOST), false, KEY_SILENT_ALWAYS },
	[PLACE_DHCP] = { ANY_KIND, ROLE(ROLE_HOST), false, KEY_SILENT_OFF },
	[PLACE_INFINIBAND] = { KIND(IFACE_ETHERNET) | KIND(IFACE_IPOIB), ANY_ROLE, true,
			       KEY_SILENT_OFF },
	[PLACE_STACKED] = { KIND(IFACE_VLAN) | KIND(IFACE_IPOIB), ANY_ROLE, true,
			    KEY_SILENT_OFF },
	[PLACE_BRIDGING] = { KIND(IFACE_BRIDGE), ROLE(ROLE_BRIDGE_PORT), false,
			     KEY_SILENT_OFF },
	[PLACE_IN_BOND] = { 0, ROLE(ROLE_BOND_PORT), true, KEY_SILENT_OFF },
	[PLACE_ALIAS] = { ANY_KIND, 0, false, KEY_SILENT_OFF },
};

static struct key_where where(const struct ifcfg_key *key)
{
	if (key->place < PLACE_KINDS)
		return key_places[key->place];
	return (struct key_where){ KIND(key->place - PLACE_KINDS), ANY_ROLE, true,
				   KEY_SILENT_OFF };
}

/* If two masks exclude something, either suffices. */
bool ifcfg_key_counts(const struct ifcfg_key *key, enum iface_kind kind,
		      enum link_role role)
{
	const unsigned int kinds = where(key).kinds, roles = where(key).roles;
	const bool fits_kind = kinds & KIND(kind), fits_role = roles & ROLE(role);

	return kinds != ANY_KIND && roles != ANY_ROLE ? fits_kind || fits_role
						      : fits_kind && fits_role;
}

bool ifcfg_key_makes_kind(const struct ifcfg_key *key)
{
	return where(key).is_of_kind;
}

bool ifcfg_key_is_options(const char *name)
{
	return strcmp(name, "BONDING_OPTS") == 0 || strcmp(name, "BRIDGING_OPTS") == 0;
}

enum key_silence ifcfg_key_silence(const struct ifcfg_key *key)
{
	return where(key).silence;
}

/* Families known only by their prefix, and keys without effect, are not suggested. */
static const char *suggestion(size_t i, const void *arg)
{
	const bool *numbered = arg;

	if (keys[i].match == KEY_PREFIX || keys[i].grade == KEY_NOT ||
	    keys[i].grade == KEY_OFF_ONLY)
		return NULL;
	return !*numbered || keys[i].match == KEY_NUMBERED ? keys[i].name : NULL;
}

/* Names of keys in other programs, or as people misremember them. */
static const struct {
	const char *word, *key;
} key_synonyms[] = {
	{ "ADDRESS", "IPADDR" },
	{ "BOND", "MASTER" },
	{ "BOND_MASTER", "MASTER" },
	{ "MASTER_BOND", "MASTER" },
	{ "DEV", "DEVICE" },
	{ "GW", "GATEWAY" },
	{ "ID", "VID" },
	{ "IFACE", "DEVICE" },
	{ "INTERFACE", "DEVICE" },
	{ "IP", "IPADDR" },
	{ "IPADDRESS", "IPADDR" },
	{ "IP_ADDRESS", "IPADDR" },
	{ "MASK", "NETMASK" },
	{ "NAMESERVER", "DNS1" },
	{ "PARENT", "PHYSDEV" },
	{ "PHYSDEVICE", "PHYSDEV" },
	{ "PROTO", "BOOTPROTO" },
	{ "SUBNET", "NETMASK" },
	{ "SUBNETMASK", "NETMASK" },
	{ "SUBNET_MASK", "NETMASK" },
	{ "VLANID", "VLAN_ID" },
	{ "DEFAULTGATEWAY", "GATEWAY" },
};

static const char *synonym_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(key_synonyms); i++)
		if (strcasecmp(key_synonyms[i].word, name) == 0)
			return key_synonyms[i].key;
	return NULL;
}

/* A number after it suggests a key that may have one. */
void ifcfg_key_nearest(const char *name, struct strbuf *out)
{
	size_t len = strlen(name), stem = len;
	const char *nearest;
	_cleanup_free_ char *word = NULL;
	bool numbered;

	while (stem && strchr("0123456789", name[stem - 1]))
		stem--;
	numbered = stem < len;
	word = memory_dupn(name, stem);
	nearest = typo_nearest(word, ARRAY_SIZE(keys), suggestion, &numbered);
	if (!nearest && synonym_of(name))
		strbuf_add(out, synonym_of(name));
	else if (nearest)
		strbuf_addf(out, "%s%s", nearest, name + stem);
}

static bool among(const char *value, const char *const *words)
{
	for (; *words; words++)
		if (strcasecmp(value, *words) == 0)
			return true;
	return false;
}

bool ifcfg_is_off(const char *value)
{
	static const char *const words[] = { "default", "disabled", "-1", NULL };

	return ifcfg_is_false(value) || among(value, words);
}

bool ifcfg_is_true(const char *value)
{
	static const char *const words[] = { "1", "t", "true", "y", "yes", "on", NULL };

	return among(value, words);
}

bool ifcfg_is_false(const char *value)
{
	static const char *const words[] = { "0", "f", "false", "n", "no", "off", NULL };

	return among(value, words);
}

/* "default" and -1 are NetworkManager's words for a key that is not set. */
bool ifcfg_is_switch(const char *value)
{
	static const char *const unset[] = { "default", "-1", NULL };

	return ifcfg_is_true(value) || ifcfg_is_false(value) || among(value, unset);
}

const char *ifcfg_switch_counts(const struct ifcfg_key *key)
{
	if (key->traits & KEY_USUALLY_ON)
		return _("counts as yes");
	return key->traits & KEY_USUALLY_OFF ? _("counts as no") : _("is ignored");
}

/* Words for a switch that are none, after those that are. */
static const struct {
	const char *word, *meant;
} known_switch_words[] = {
	{ "yes", "yes" },     { "no", "no" },       { "true", "true" },
	{ "false", "false" }, { "on", "on" },       { "off", "off" },
	{ "enable", "yes" },  { "enabled", "yes" }, { "active", "yes" },
	{ "always", "yes" },  { "auto", "yes" },    { "ja", "yes" },
	{ "disable", "no" },  { "disabled", "no" }, { "never", "no" },
	{ "none", "no" },     { "nein", "no" },     { "nope", "no" },
	{ "ye", "yes" },      { "yse", "yes" },     { "n0", "no" },
	{ "0n", "on" },       { "0ff", "off" },     { "fales", "false" },
};

static const char *switch_word(size_t i, const void *arg)
{
	(void)arg;
	return known_switch_words[i].word;
}

static const char *switch_meant(const char *word)
{
	for (size_t i = 0; word && i < ARRAY_SIZE(known_switch_words); i++)
		if (strcasecmp(known_switch_words[i].word, word) == 0)
			return known_switch_words[i].meant;
	return NULL;
}

/* The words are short, so a prefix or an extended form of one of them counts, too. */
const char *ifcfg_switch_nearest(const char *value)
{
	const char *nearest = switch_meant(value);

	if (!nearest)
		nearest = switch_meant(typo_nearest(value, ARRAY_SIZE(known_switch_words),
						    switch_word, NULL));
	for (size_t i = 0; !nearest && i < ARRAY_SIZE(known_switch_words); i++) {
		const char *word = known_switch_words[i].word;
		size_t len = strlen(word), given = strlen(value);

		if (given > 1 && strncasecmp(word, value, given < len ? given : len) == 0)
			nearest = known_switch_words[i].meant;
	}
	return nearest;
}
