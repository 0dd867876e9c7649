/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of all keys that ifcfg files are known to carry. */
#include "lib/model/ifcfg-keys.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "lib/base/cleanup.h"
#include "lib/base/typo.h"

#define USED(name)                              \
	{                                       \
		name, KEY_USED, KEY_EXACT, NULL \
	}
#define USED_NUMBERED(name)                        \
	{                                          \
		name, KEY_USED, KEY_NUMBERED, NULL \
	}
#define USED_PREFIX(name)                        \
	{                                        \
		name, KEY_USED, KEY_PREFIX, NULL \
	}
#define SILENT(name)                              \
	{                                         \
		name, KEY_SILENT, KEY_EXACT, NULL \
	}
#define SILENT_PREFIX(name)                        \
	{                                          \
		name, KEY_SILENT, KEY_PREFIX, NULL \
	}
#define LATER(name)                              \
	{                                        \
		name, KEY_LATER, KEY_EXACT, NULL \
	}
#define LATER_PREFIX(name)                        \
	{                                         \
		name, KEY_LATER, KEY_PREFIX, NULL \
	}
#define NOT(name, hint)                        \
	{                                      \
		name, KEY_NOT, KEY_EXACT, hint \
	}
#define NOT_PREFIX(name, hint)                  \
	{                                       \
		name, KEY_NOT, KEY_PREFIX, hint \
	}
#define NOT_NUMBERED(name, hint)                  \
	{                                         \
		name, KEY_NOT, KEY_NUMBERED, hint \
	}
#define OFF_ONLY(name, hint)                        \
	{                                           \
		name, KEY_OFF_ONLY, KEY_EXACT, hint \
	}
#define OFF_ONLY_PREFIX(name, hint)                  \
	{                                            \
		name, KEY_OFF_ONLY, KEY_PREFIX, hint \
	}

#define NM_ONLY  "only NetworkManager applies it"
#define HELPER   "it is for the helper of a TYPE as OVSBridge or Team"
#define OBSOLETE "tunnels of this kind are not set up here"
#define IPOIB    "settings of InfiniBand are left as they are"
#define RADVD    "radvd is not told of changes; send it SIGHUP from a hook"

const char ifcfg_hint_wireless[] = "wireless and 802.1X settings are not applied";
const char ifcfg_hint_suse[] =
	"this looks like a file of SUSE; Red Hat's spelling is needed here";
#define WIRELESS ifcfg_hint_wireless
#define SUSE     ifcfg_hint_suse

/* clang-format off: a table reads better unfolded */
/* Numbered and prefix rows behind the exact ones that they would cover. */
static const struct ifcfg_key keys[] = {
	/* identity */
	USED("DEVICE"),
	USED("NAME"),
	USED("TYPE"),
	USED("UUID"),
	USED("HWADDR"),
	USED("MACADDR"),
	USED("MTU"),
	USED("LINKDELAY"),
	USED("ONBOOT"),
	USED("HOTPLUG"),
	SILENT("NETBOOT"),
	SILENT("USERCTL"),
	USED("NM_CONTROLLED"),
	USED("DEVTIMEOUT"),
	SILENT("ISALIAS"),
	SILENT("REALDEVICE"),
	SILENT("SYSCTLDEVICE"),
	USED("DEVICETYPE"),
	USED("ONPARENT"),
	USED("LINKSTATUS"),
	USED("ZONE"),
	USED("ETHTOOL_OPTS"),
	USED("ETHTOOL_DELAY"),
	USED("HOOK_TIMEOUT"),
	USED("NOROUTESET"),
	USED("PARENTDEVICE"),
	USED("ARP"),
	OFF_ONLY("PROMISC", "use `ip link set dev … promisc on` from a hook"),
	OFF_ONLY("ALLMULTI", "use `ip link set dev … allmulticast on` from a hook"),

	/* bond */
	USED("BONDING_OPTS"),
	USED("BONDING_MASTER"),
	USED("MASTER"),
	USED("SLAVE"),
	USED("MASTER_UUID"),
	USED("BOND_PORT_QUEUE_ID"),
	USED("BOND_PORT_PRIO"),
	NOT("BONDING_MODULE_OPTS", "that is SUSE's spelling of BONDING_OPTS"),
	SILENT_PREFIX("BONDING_SLAVE"),

	/* other links */
	USED("VLAN"),
	USED("VID"),
	USED("VLAN_ID"),
	USED("PHYSDEV"),
	USED("REORDER_HDR"),
	USED("GVRP"),
	USED("MVRP"),
	USED("VLAN_FLAGS"),
	USED("VLAN_PROTOCOL"),
	USED("VLAN_EGRESS_PRIORITY_MAP"),
	USED("VLAN_INGRESS_PRIORITY_MAP"),
	USED("STP"),
	USED("DELAY"),
	USED("PRIO"),
	USED("AGEING"),
	USED("BRIDGING_OPTS"),
	USED("BRIDGE"),
	USED("BRIDGE_UUID"),
	USED("BRIDGE_MACADDR"),
	LATER_PREFIX("BRIDGE_"),
	USED("PEER"),
	LATER("OWNER"),
	NOT_PREFIX("OVS", HELPER),
	NOT("BOND_IFACES", HELPER),
	NOT_PREFIX("TEAM_", HELPER),

	/* IPv4 */
	USED("BOOTPROTO"),
	USED_NUMBERED("IPADDR"),
	USED_NUMBERED("PREFIX"),
	USED_NUMBERED("NETMASK"),
	USED_NUMBERED("BROADCAST"),
	SILENT("NETWORK"),
	USED_NUMBERED("GATEWAY"),
	USED("GATEWAYDEV"),
	USED("DEFROUTE"),
	USED("METRIC"),
	USED("SCOPE"),
	USED("NOZEROCONF"),
	USED_NUMBERED("ARPCHECK"),
	USED_NUMBERED("ARPUPDATE"),
	USED("ARPING_WAIT"),
	USED("ARPING_TRIES"),
	SILENT("ARPING_UPDATE_WAIT"),
	USED("ACD_TIMEOUT"),
	USED("SRCADDR"),
	USED("WINDOW"),
	USED("EXTRA_ROUTE_OPTS"),
	USED("IPV4_ROUTE_METRIC"),
	USED("IPV4_ROUTE_TABLE"),
	USED("IPV4_FAILURE_FATAL"),
	USED("NO_ALIASROUTING"),
	USED("IPADDR_START"),
	USED("IPADDR_END"),
	USED("CLONENUM_START"),
	USED_PREFIX("ROUTING_RULE_"),
	USED_PREFIX("ROUTING_RULE6_"),

	/* DHCP; without BOOTPROTO=dhcp they say nothing */
	USED("DHCP_HOSTNAME"),
	USED("DHCP_FQDN"),
	USED("DHCP_SEND_HOSTNAME"),
	USED("DHCP_CLIENT_ID"),
	USED("DHCP_VENDOR_CLASS_IDENTIFIER"),
	USED("DHCP_REJECT_SERVERS"),
	SILENT_PREFIX("DHCP_"),
	USED("DHCLIENTARGS"),
	USED("DHCLIENT_IGNORE_GATEWAY"),
	USED("DHCLIENT_SET_DEFAULT_ROUTE"),
	SILENT_PREFIX("DHCLIENT"),
	USED("DHCPRELEASE"),
	USED("PERSISTENT_DHCLIENT"),
	USED("PERSISTENT_DHCLIENT_IPV6"),
	USED("PEERROUTES"),
	SILENT("PEERNTP"),
	SILENT("PEERNIS"),
	SILENT("NISDOMAIN"),
	SILENT("NTPSERVERARGS"),
	USED("IPV4_DHCP_TIMEOUT"),

	/* IPv6 */
	USED("IPV6INIT"),
	USED("IPV6ADDR"),
	USED("IPV6ADDR_SECONDARIES"),
	USED("IPV6_DEFAULTGW"),
	USED("IPV6_DEFAULTDEV"),
	USED("IPV6FORWARDING"),
	USED("IPV6_MTU"),
	USED("IPV6_DISABLED"),
	USED("DHCPV6C"),
	USED("DHCPV6C_OPTIONS"),
	USED("IPV6_AUTOCONF"),
	USED("IPV6_ROUTER"),
	USED("IPV6_FORCE_ACCEPT_RA"),
	USED("IPV6_SET_SYSCTLS"),
	USED("IPV6_PRIVACY"),
	USED("IPV6_PRIVACY_PREFER_PUBLIC_IP"),
	USED("IPV6_ADDR_GEN_MODE"),
	USED("IPV6_DEFROUTE"),
	USED("IPV6_PEERDNS"),
	SILENT("IPV6_PEERROUTES"),
	USED("IPV6_FAILURE_FATAL"),
	USED("IPV6_TOKEN"),
	USED("IPV6_ROUTE_METRIC"),
	USED("IPV6_ROUTE_TABLE"),
	SILENT("IPV6_DOMAIN"),
	SILENT("IPV6_RES_OPTIONS"),
	SILENT("IPV6_DNS_PRIORITY"),
	SILENT("IPV6_REQUIRED_TIMEOUT"),
	USED("IPV6_DHCP_TIMEOUT"),
	SILENT("IPV6_RA_TIMEOUT"),
	OFF_ONLY("IPV6_AUTO_ROUTE_EXT_GW", NM_ONLY),
	OFF_ONLY("IPV6_REPLACE_LOCAL_RULE", NM_ONLY),
	SILENT_PREFIX("DHCPV6"),
	SILENT_PREFIX("DHCPv6"),
	OFF_ONLY_PREFIX("IPV6TO4", OBSOLETE),
	NOT_PREFIX("IPV6TUNNEL", OBSOLETE),
	NOT_PREFIX("IPV6_RADVD", RADVD),
	OFF_ONLY("IPV6_CONTROL_RADVD", RADVD),
	OFF_ONLY("IPV6_AUTOTUNNEL", OBSOLETE),

	/* names */
	USED("PEERDNS"),
	USED_NUMBERED("DNS"),
	USED("DOMAIN"),
	USED("SEARCH"),
	USED("RES_OPTIONS"),
	USED("RESOLV_MODS"),
	SILENT("NO_DHCP_HOSTNAME"),
	SILENT("HOSTNAME"),
	SILENT("IPV4_DNS_PRIORITY"),
	SILENT("MDNS"),
	SILENT("LLMNR"),
	SILENT("DNS_OVER_TLS"),
	SILENT_PREFIX("MS_DNS"),
	SILENT_PREFIX("HOSTNAME_"),

	/* NetworkManager's own */
	SILENT("PROXY_METHOD"),
	SILENT("BROWSER_ONLY"),
	SILENT("PAC_URL"),
	SILENT("PAC_SCRIPT"),
	SILENT_PREFIX("CONNECTION_"),
	SILENT("LLDP"),
	SILENT("MUD_URL"),
	SILENT("MPTCP_FLAGS"),
	SILENT("STABLE_ID"),
	SILENT("USERS"),
	SILENT("AUTH_RETRIES"),
	SILENT("MULTI_CONNECT"),
	SILENT("SECONDARY_UUIDS"),
	SILENT_PREFIX("AUTOCONNECT_"),
	SILENT("GATEWAY_PING_TIMEOUT"),
	SILENT("WAIT_ACTIVATION_DELAY"),
	SILENT("IPV4_REQUIRED_TIMEOUT"),
	OFF_ONLY("IPV4_LINK_LOCAL", NM_ONLY),
	OFF_ONLY("IPV4_AUTO_ROUTE_EXT_GW", NM_ONLY),
	OFF_ONLY("IPV4_REPLACE_LOCAL_RULE", NM_ONLY),
	SILENT_PREFIX("NM_USER_"),
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
	NOT("KEY_TYPE", WIRELESS),
	NOT_NUMBERED("KEY_PASSPHRASE", WIRELESS),
	NOT("MODE", "the bond's mode goes into BONDING_OPTS=\"mode=…\""),

	/* s390 and other platforms; read by other programs */
	SILENT("SUBCHANNELS"),
	SILENT("NETTYPE"),
	SILENT("PORTNAME"),
	SILENT("OPTIONS"),
	SILENT("CTCPROT"),

	/* tunnels and InfiniBand; without a helper program there is no such interface */
	SILENT("MY_OUTER_IPADDR"),
	SILENT("PEER_OUTER_IPADDR"),
	SILENT("MY_INNER_IPADDR"),
	SILENT("PEER_INNER_IPADDR"),
	SILENT("TTL"),
	SILENT("KEY"),
	NOT_NUMBERED("KEY", WIRELESS),
	NOT("CONNECTED_MODE", IPOIB),
	NOT("PKEY", IPOIB),
	NOT("PKEY_ID", IPOIB),

	/* /etc/sysconfig/network; those in use are for the service */
	USED("NETWORKING"),
	SILENT("NETWORKING_IPV6"),
	USED("NETWORKDELAY"),
	SILENT("NETWORKWAIT"),
	USED("WAIT_UNTIL_REACHABLE"),
	USED("IFDOWN_ON_SHUTDOWN"),
	SILENT("FORWARD_IPV4"),

	/* SUSE */
	NOT("STARTMODE", SUSE),
	NOT("ETHERDEVICE", SUSE),
	NOT("LLADDR", SUSE),
	NOT("PREFIXLEN", SUSE),
	NOT_PREFIX("IPADDR_", SUSE),

	/* sites' own, for their hooks */
	SILENT_PREFIX("_"),
	SILENT_PREFIX("X_"),
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
