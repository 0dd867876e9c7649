/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of all keys that ifcfg files are known to carry. */
#include "lib/model/ifcfg-keys.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"
#include "lib/base/typo.h"

#define ROW(name, grade, match, hint, place, fate)                   \
	{                                                            \
		name, grade, match, hint, PLACE_##place, FATE_##fate \
	}
#define USED(name, place, fate) ROW(name, KEY_USED, KEY_EXACT, NULL, place, fate)
#define USED_NUMBERED(name, place, fate) \
	ROW(name, KEY_USED, KEY_NUMBERED, NULL, place, fate)
#define USED_PREFIX(name, place, fate) ROW(name, KEY_USED, KEY_PREFIX, NULL, place, fate)
#define SILENT(name, fate)             ROW(name, KEY_SILENT, KEY_EXACT, NULL, LINK, fate)
#define SILENT_PREFIX(name, fate)      ROW(name, KEY_SILENT, KEY_PREFIX, NULL, LINK, fate)
#define LATER(name)                    ROW(name, KEY_LATER, KEY_EXACT, NULL, LINK, STAYS)
#define LATER_PREFIX(name)             ROW(name, KEY_LATER, KEY_PREFIX, NULL, LINK, STAYS)
#define NOT(name, hint)                ROW(name, KEY_NOT, KEY_EXACT, hint, LINK, STAYS)
#define NOT_PREFIX(name, hint)         ROW(name, KEY_NOT, KEY_PREFIX, hint, LINK, STAYS)
#define NOT_NUMBERED(name, hint)       ROW(name, KEY_NOT, KEY_NUMBERED, hint, LINK, STAYS)
#define OFF_ONLY(name, hint)           ROW(name, KEY_OFF_ONLY, KEY_EXACT, hint, LINK, STAYS)
#define OFF_ONLY_PREFIX(name, hint)    ROW(name, KEY_OFF_ONLY, KEY_PREFIX, hint, LINK, STAYS)

#define NM_ONLY "only NetworkManager applies it"
#define HELPER  "it is for the helper program of another TYPE or DEVICETYPE"
#define FOR_BOND \
	"a bond has its mode and policy in BONDING_OPTS; this is for helper programs"
#define OBSOLETE "tunnels of this kind are not set up here"
#define RADVD    "radvd is not told of changes; send it SIGHUP from a hook"

const char ifcfg_hint_wireless[] = "wireless and 802.1X settings are not applied";
const char ifcfg_hint_suse[] =
	"this looks like a file of SUSE; Red Hat's spelling is needed here";
#define WIRELESS ifcfg_hint_wireless
#define SUSE     ifcfg_hint_suse
#define PORTS    "write MASTER= and SLAVE=yes into the files of the ports"

/* clang-format off: a table reads better unfolded */
/* Numbered and prefix rows behind the exact ones that they would cover. */
static const struct ifcfg_key keys[] = {
	/* identity */
	USED("DEVICE", LINK, STAYS),
	USED("NAME", LINK, STAYS),
	USED("TYPE", LINK, STAYS),
	USED("UUID", LINK, STAYS),
	USED("HWADDR", LINK, STAYS),
	USED("MACADDR", NOT_IN_BOND, MOVES),
	USED("MTU", LINK, MOVES),
	USED("LINKDELAY", NOT_IN_BOND, MOVES),
	USED("ONBOOT", LINK, STAYS),
	USED("HOTPLUG", LINK, STAYS),
	SILENT("NETBOOT", STAYS),
	SILENT("USERCTL", STAYS),
	USED("NM_CONTROLLED", LINK, COPIES),
	USED("DEVTIMEOUT", LINK, STAYS),
	SILENT("ISALIAS", STAYS),
	SILENT("REALDEVICE", STAYS),
	SILENT("SYSCTLDEVICE", STAYS),
	USED("DEVICETYPE", LINK, STAYS),
	USED("ONPARENT", SWITCH, STAYS),
	USED("LINKSTATUS", NOT_IN_BOND, ENDS),
	USED("ZONE", HOST, MOVES),
	USED("ETHTOOL_OPTS", LINK, STAYS),
	USED("ETHTOOL_DELAY", LINK, STAYS),
	USED("HOOK_TIMEOUT", LINK, COPIES),
	USED("NOROUTESET", SWITCH, MOVES),
	USED("PARENTDEVICE", LINK, STAYS),
	USED("ARP", HOST, MOVES),
	OFF_ONLY("PROMISC", "use `ip link set dev … promisc on` from a hook"),
	OFF_ONLY("ALLMULTI", "use `ip link set dev … allmulticast on` from a hook"),

	/* bond */
	USED("BONDING_OPTS", BOND, STAYS),
	USED("BONDING_MASTER", BOND, STAYS),
	USED("MASTER", LINK, STAYS),
	USED("SLAVE", LINK, STAYS),
	USED("MASTER_UUID", LINK, STAYS),
	USED("BOND_PORT_QUEUE_ID", IN_BOND, STAYS),
	USED("BOND_PORT_PRIO", IN_BOND, STAYS),
	NOT("BONDING_MODULE_OPTS", "that is SUSE's spelling of BONDING_OPTS"),
	SILENT_PREFIX("BONDING_SLAVE", STAYS),
	NOT_PREFIX("BONDINGSlave", PORTS),
	NOT_PREFIX("BOND_SLAVE", PORTS),
	NOT("BOND_IFACES", HELPER),
	NOT("BOND_MODE", FOR_BOND),
	NOT("BOND_POLICY", FOR_BOND),

	/* other links */
	USED("VLAN", VLAN, STAYS),
	USED("VID", VLAN, STAYS),
	USED("VLAN_ID", VLAN, STAYS),
	USED("PHYSDEV", STACKED, STAYS),
	USED("REORDER_HDR", VLAN, STAYS),
	USED("GVRP", VLAN, STAYS),
	USED("MVRP", VLAN, STAYS),
	USED("VLAN_FLAGS", VLAN, STAYS),
	USED("VLAN_PROTOCOL", VLAN, STAYS),
	SILENT("VLAN_NAME_TYPE", STAYS),
	USED("VLAN_EGRESS_PRIORITY_MAP", VLAN, STAYS),
	USED("VLAN_INGRESS_PRIORITY_MAP", VLAN, STAYS),
	USED("STP", BRIDGE, STAYS),
	USED("DELAY", BRIDGE, STAYS),
	USED("PRIO", BRIDGE, STAYS),
	USED("AGEING", BRIDGE, STAYS),
	USED("BRIDGING_OPTS", BRIDGING, STAYS),
	USED("BRIDGE", NOT_IN_BOND, STAYS),
	USED("BRIDGE_UUID", NOT_IN_BOND, STAYS),
	USED("BRIDGE_MACADDR", BRIDGE, STAYS),
	LATER_PREFIX("BRIDGE_"),
	USED("PEER", VETH, STAYS),
	USED("OWNER", TAP, STAYS),
	USED("GROUP", TAP, STAYS),
	NOT_PREFIX("OVS", HELPER),
	NOT("IVS_BRIDGE", HELPER),
	NOT("NFVSWITCH_BRIDGE", HELPER),
	NOT("DRIVER", HELPER),
	NOT("CPU_LIST", HELPER),
	NOT("BIND_INT", HELPER),
	NOT_PREFIX("TEAM_", HELPER),

	/* IPv4 */
	USED("BOOTPROTO", LINK, OWN),
	USED_NUMBERED("IPADDR", HOST, LIVE),
	USED_NUMBERED("PREFIX", HOST, PART),
	USED_NUMBERED("NETMASK", HOST, PART),
	USED_NUMBERED("BROADCAST", HOST, NUMBERED),
	SILENT("NETWORK", PART),
	USED_NUMBERED("GATEWAY", HOST, LIVE),
	USED("GATEWAYDEV", HOST, RENAMES),
	USED("DEFROUTE", QUIET, MOVES),
	USED("METRIC", HOST, MOVES),
	USED("SCOPE", HOST, MOVES),
	USED("NOZEROCONF", QUIET, MOVES),
	USED_NUMBERED("ARPCHECK", SWITCH, NUMBERED),
	USED_NUMBERED("ARPUPDATE", SWITCH, NUMBERED),
	USED("ARPING_WAIT", HOST, MOVES),
	USED("ARPING_TRIES", HOST, MOVES),
	SILENT("ARPING_UPDATE_WAIT", MOVES),
	USED("ACD_TIMEOUT", HOST, MOVES),
	USED("SRCADDR", HOST, MOVES),
	USED("WINDOW", HOST, MOVES),
	USED("EXTRA_ROUTE_OPTS", HOST, RENAMES),
	USED("IPV4_ROUTE_METRIC", HOST, MOVES),
	USED("IPV4_ROUTE_TABLE", HOST, MOVES),
	USED("IPV4_FAILURE_FATAL", QUIET, MOVES),
	USED("NO_ALIASROUTING", SWITCH, MOVES),
	USED("IPADDR_START", HOST, STAYS),
	USED("IPADDR_END", HOST, STAYS),
	USED("CLONENUM_START", HOST, STAYS),
	USED_PREFIX("ROUTING_RULE_", HOST, RENAMES),
	USED_PREFIX("ROUTING_RULE6_", HOST, RENAMES),

	/* DHCP; without BOOTPROTO=dhcp they say nothing */
	USED("DHCP_HOSTNAME", DHCP, MOVES),
	USED("DHCP_FQDN", DHCP, MOVES),
	USED("DHCP_SEND_HOSTNAME", DHCP, MOVES),
	USED("DHCP_CLIENT_ID", DHCP, MOVES),
	USED("DHCP_VENDOR_CLASS_IDENTIFIER", DHCP, MOVES),
	USED("DHCP_REJECT_SERVERS", DHCP, MOVES),
	SILENT_PREFIX("DHCP_", MOVES),
	SILENT("DHCPCLASS", MOVES),
	USED("DHCLIENTARGS", DHCP, MOVES),
	USED("DHCLIENT_IGNORE_GATEWAY", DHCP, MOVES),
	USED("DHCLIENT_SET_DEFAULT_ROUTE", DHCP, MOVES),
	SILENT_PREFIX("DHCLIENT", MOVES),
	USED("DHCPRELEASE", DHCP, MOVES),
	USED("PERSISTENT_DHCLIENT", DHCP, MOVES),
	USED("PERSISTENT_DHCLIENT_IPV6", DHCP, MOVES),
	USED("PEERROUTES", QUIET, MOVES),
	SILENT("PEERNTP", MOVES),
	SILENT("PEERNIS", MOVES),
	SILENT("NISDOMAIN", MOVES),
	SILENT("NTPSERVERARGS", MOVES),
	USED("IPV4_DHCP_TIMEOUT", DHCP, MOVES),

	/* IPv6 */
	USED("IPV6INIT", QUIET, MOVES),
	USED("IPV6ADDR", HOST, LIVE),
	USED("IPV6ADDR_SECONDARIES", HOST, LIVE),
	USED("IPV6_DEFAULTGW", HOST, LIVE),
	USED("IPV6_DEFAULTDEV", HOST, RENAMES),
	USED("IPV6FORWARDING", SWITCH, MOVES),
	USED("IPV6_MTU", HOST, MOVES),
	USED("IPV6_DISABLED", SWITCH, MOVES),
	USED("DHCPV6C", SWITCH, MOVES),
	USED("DHCPV6C_OPTIONS", HOST, MOVES),
	USED("IPV6_AUTOCONF", QUIET, MOVES),
	USED("IPV6_ROUTER", SWITCH, MOVES),
	USED("IPV6_FORCE_ACCEPT_RA", SWITCH, MOVES),
	USED("IPV6_SET_SYSCTLS", SWITCH, MOVES),
	USED("IPV6_PRIVACY", QUIET, MOVES),
	USED("IPV6_PRIVACY_PREFER_PUBLIC_IP", SWITCH, MOVES),
	USED("IPV6_ADDR_GEN_MODE", QUIET, MOVES),
	USED("IPV6_DEFROUTE", QUIET, MOVES),
	USED("IPV6_PEERDNS", QUIET, MOVES),
	SILENT("IPV6_PEERROUTES", MOVES),
	USED("IPV6_FAILURE_FATAL", QUIET, MOVES),
	USED("IPV6_TOKEN", HOST, MOVES),
	USED("IPV6_ROUTE_METRIC", HOST, MOVES),
	USED("IPV6_ROUTE_TABLE", HOST, MOVES),
	SILENT("IPV6_DOMAIN", MOVES),
	SILENT("IPV6_RES_OPTIONS", MOVES),
	SILENT("IPV6_DNS_PRIORITY", MOVES),
	SILENT("IPV6_REQUIRED_TIMEOUT", MOVES),
	USED("IPV6_DHCP_TIMEOUT", HOST, MOVES),
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
	USED("PEERDNS", QUIET, MOVES),
	USED_NUMBERED("DNS", HOST, RENAMES),
	USED("DOMAIN", HOST, MOVES),
	USED("SEARCH", HOST, MOVES),
	USED("RES_OPTIONS", HOST, MOVES),
	USED("RESOLV_MODS", SWITCH, MOVES),
	SILENT("NO_DHCP_HOSTNAME", MOVES),
	SILENT("HOSTNAME", MOVES),
	SILENT("IPV4_DNS_PRIORITY", MOVES),
	SILENT("MDNS", MOVES),
	SILENT("LLMNR", MOVES),
	SILENT("DNS_OVER_TLS", MOVES),
	SILENT_PREFIX("MS_DNS", MOVES),
	SILENT_PREFIX("HOSTNAME_", MOVES),

	/* NetworkManager's own */
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
	NOT("ETHTOOL_WAKE_ON_LAN", "ETHTOOL_OPTS=\"wol g\" does the same"),
	OFF_ONLY("ACCEPT_ALL_MAC_ADDRESSES", NM_ONLY),
	NOT_PREFIX("QDISC", NM_ONLY),
	NOT_PREFIX("FILTER", NM_ONLY),
	NOT("TC_COMMIT", NM_ONLY),
	OFF_ONLY_PREFIX("SRIOV_", NM_ONLY),
	OFF_ONLY_PREFIX("DCB", NM_ONLY),
	NOT("VRF", NM_ONLY),
	NOT("VRF_UUID", NM_ONLY),

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
	NOT("MODE", "the bond's mode goes into BONDING_OPTS=\"mode=…\""),

	/* s390 and other platforms, clouds; read by other programs */
	SILENT("EC2SYNC", STAYS),
	SILENT("MAINROUTETABLE", STAYS),
	SILENT("SUBCHANNELS", STAYS),
	SILENT("NETTYPE", STAYS),
	SILENT("PORTNAME", STAYS),
	SILENT("OPTIONS", STAYS),
	SILENT("CTCPROT", STAYS),

	/* InfiniBand; and tunnels: without a helper program there is no such interface */
	SILENT("MY_OUTER_IPADDR", STAYS),
	SILENT("PEER_OUTER_IPADDR", STAYS),
	SILENT("MY_INNER_IPADDR", STAYS),
	SILENT("PEER_INNER_IPADDR", STAYS),
	SILENT("TTL", STAYS),
	SILENT("KEY", STAYS),
	NOT_NUMBERED("KEY", WIRELESS),
	USED("CONNECTED_MODE", INFINIBAND, STAYS),
	USED("PKEY", INFINIBAND, STAYS),
	USED("PKEY_ID", INFINIBAND, STAYS),

	/* /etc/sysconfig/network; those in use are for the service */
	USED("NETWORKING", QUIET, STAYS),
	SILENT("NETWORKING_IPV6", STAYS),
	USED("NETWORKDELAY", QUIET, STAYS),
	SILENT("NETWORKWAIT", STAYS),
	USED("WAIT_UNTIL_REACHABLE", QUIET, STAYS),
	USED("IFDOWN_ON_SHUTDOWN", QUIET, STAYS),
	SILENT("FORWARD_IPV4", STAYS),

	/* SUSE */
	NOT("STARTMODE", SUSE),
	NOT("ETHERDEVICE", SUSE),
	NOT("LLADDR", SUSE),
	NOT("PREFIXLEN", SUSE),
	NOT_PREFIX("IPADDR_", SUSE),
	NOT_PREFIX("IPADDR6_", SUSE), /* cloud-init writes it for everybody */

	/* sites' own, for their hooks */
	SILENT_PREFIX("_", STAYS),
	SILENT_PREFIX("X_", STAYS),
};
/* clang-format on */

static bool matches(const struct ifcfg_key *key, const char *name)
{
	size_t len;

	if (*key->name != *name)
		return false;
	len = strlen(key->name);
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

const struct ifcfg_key *ifcfg_key_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (matches(&keys[i], name))
			return &keys[i];
	return NULL;
}

#define ANY_KIND ~0U
#define ANY_ROLE ~0U
#define KIND(x)  (1U << (x))
#define ROLE(x)  (1U << (x))

static const struct {
	unsigned int kinds, roles;
} places[] = {
	[PLACE_LINK] = { ANY_KIND, ANY_ROLE },
	[PLACE_NOT_IN_BOND] = { ANY_KIND, ROLE(ROLE_HOST) | ROLE(ROLE_BRIDGE_PORT) },
	[PLACE_HOST] = { ANY_KIND, ROLE(ROLE_HOST) },
	[PLACE_SWITCH] = { ANY_KIND, ROLE(ROLE_HOST) },
	[PLACE_QUIET] = { ANY_KIND, ROLE(ROLE_HOST) },
	[PLACE_DHCP] = { ANY_KIND, ROLE(ROLE_HOST) },
	[PLACE_BOND] = { KIND(IFACE_BOND), ANY_ROLE },
	[PLACE_VLAN] = { KIND(IFACE_VLAN), ANY_ROLE },
	[PLACE_BRIDGE] = { KIND(IFACE_BRIDGE), ANY_ROLE },
	[PLACE_VETH] = { KIND(IFACE_VETH), ANY_ROLE },
	[PLACE_TAP] = { KIND(IFACE_TAP), ANY_ROLE },
	[PLACE_INFINIBAND] = { KIND(IFACE_ETHERNET) | KIND(IFACE_IPOIB), ANY_ROLE },
	[PLACE_STACKED] = { KIND(IFACE_VLAN) | KIND(IFACE_IPOIB), ANY_ROLE },
	[PLACE_BRIDGING] = { KIND(IFACE_BRIDGE), ROLE(ROLE_BRIDGE_PORT) },
	[PLACE_IN_BOND] = { 0, ROLE(ROLE_BOND_PORT) },
};

/* Of two masks that leave something out, either will do. */
bool ifcfg_key_counts(const struct ifcfg_key *key, enum iface_kind kind,
		      enum link_role role)
{
	const unsigned int kinds = places[key->place].kinds;
	const unsigned int roles = places[key->place].roles;
	const bool fits_kind = kinds & KIND(kind), fits_role = roles & ROLE(role);

	return kinds != ANY_KIND && roles != ANY_ROLE ? fits_kind || fits_role
						      : fits_kind && fits_role;
}

/* Families known by their beginning only are no suggestion, nor what has no effect. */
static const char *suggestion(size_t i, const void *arg)
{
	const bool *numbered = arg;

	if (keys[i].match == KEY_PREFIX || keys[i].grade == KEY_NOT ||
	    keys[i].grade == KEY_OFF_ONLY)
		return NULL;
	return !*numbered || keys[i].match == KEY_NUMBERED ? keys[i].name : NULL;
}

/* With a number behind it, a key that may have one was meant. */
void ifcfg_key_nearest(const char *name, struct strbuf *out)
{
	size_t len = strlen(name), stem = len;
	const char *nearest;
	_cleanup_free_ char *word = NULL;
	bool numbered;

	while (stem && strchr("0123456789", name[stem - 1]))
		stem--;
	numbered = stem < len;
	word = strndup(name, stem);
	nearest =
		word ? typo_nearest(word, ARRAY_SIZE(keys), suggestion, &numbered) : NULL;
	if (nearest)
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
