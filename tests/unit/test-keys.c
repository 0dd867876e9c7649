/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of ifcfg keys, and the words for true and false. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/files/ifcfg-keys.h"

/*
 * All keys that network-scripts, NetworkManager, installers, cloud-init and SUSE's tools are
 * known to read or write.
 */
static const struct {
	enum key_grade grade;
	const char *names;
} reference[] = {
	{ KEY_USED,
	  "DEVICE NAME TYPE UUID ONBOOT ONPARENT HWADDR MACADDR MTU LINKDELAY NOROUTESET "
	  "BOOTPROTO BONDING_OPTS BONDING_MASTER MASTER SLAVE MASTER_UUID "
	  "BOND_PORT_QUEUE_ID BOND_PORT_PRIO VLAN VID VLAN_ID PHYSDEV REORDER_HDR GVRP "
	  "MVRP VLAN_FLAGS VLAN_PROTOCOL VLAN_EGRESS_PRIORITY_MAP "
	  "VLAN_INGRESS_PRIORITY_MAP PEER TABLE VRF VRF_UUID" },
	{ KEY_USED,
	  "IPADDR IPADDR0 IPADDR255 PREFIX PREFIX12 NETMASK NETMASK0 BROADCAST "
	  "BROADCAST1 "
	  "SCOPE SRCADDR ARPCHECK ARPCHECK3 ARPUPDATE ARPUPDATE0 ARPING_WAIT "
	  "ARPING_TRIES "
	  "GATEWAY GATEWAY1 GATEWAYDEV DEFROUTE METRIC IPV4_ROUTE_METRIC "
	  "IPV4_ROUTE_TABLE "
	  "WINDOW EXTRA_ROUTE_OPTS NOZEROCONF NO_ALIASROUTING IPADDR_START IPADDR_END "
	  "CLONENUM_START ROUTING_RULE_0 ROUTING_RULE6_0" },
	{ KEY_USED, "PEERDNS DNS DNS1 DNS4 DOMAIN SEARCH RES_OPTIONS RESOLV_MODS" },
	{ KEY_USED,
	  "IPV6INIT IPV6_DISABLED IPV6ADDR IPV6ADDR_SECONDARIES IPV6FORWARDING "
	  "IPV6_AUTOCONF IPV6_ROUTER IPV6_FORCE_ACCEPT_RA IPV6_SET_SYSCTLS IPV6_MTU "
	  "IPV6_PRIVACY IPV6_PRIVACY_PREFER_PUBLIC_IP IPV6_DEFAULTGW IPV6_DEFAULTDEV "
	  "IPV6_ADDR_GEN_MODE IPV6_ROUTE_METRIC IPV6_DEFROUTE" },
	{ KEY_USED, "NETWORKING NETWORKDELAY WAIT_UNTIL_REACHABLE IFDOWN_ON_SHUTDOWN" },
	{ KEY_USED,
	  "DHCP_HOSTNAME DHCP_FQDN DHCP_SEND_HOSTNAME DHCP_CLIENT_ID "
	  "DHCP_VENDOR_CLASS_IDENTIFIER DHCP_REJECT_SERVERS DHCPRELEASE DHCLIENTARGS "
	  "DHCLIENT_IGNORE_GATEWAY DHCLIENT_SET_DEFAULT_ROUTE PERSISTENT_DHCLIENT "
	  "PERSISTENT_DHCLIENT_IPV6 PEERDNS PEERROUTES IPV4_DHCP_TIMEOUT "
	  "IPV4_FAILURE_FATAL DHCPV6C DHCPV6C_OPTIONS IPV6_DHCP_TIMEOUT IPV6_PEERDNS "
	  "IPV6_FAILURE_FATAL" },
	/* of no effect on the kernel's state, or read by others */
	{ KEY_SILENT,
	  "USERCTL ISALIAS REALDEVICE SYSCTLDEVICE NETWORK ARPING_UPDATE_WAIT "
	  "BONDING_SLAVE0 BONDING_SLAVE_0 IPV6_PEERROUTES IPV6_DOMAIN "
	  "IPV6_RES_OPTIONS IPV6_DNS_PRIORITY IPV4_DNS_PRIORITY MDNS LLMNR DNS_OVER_TLS "
	  "MS_DNS1 NO_DHCP_HOSTNAME HOSTNAME NISDOMAIN NETBOOT "
	  "SUBCHANNELS NETTYPE PORTNAME OPTIONS CTCPROT" },
	{ KEY_SILENT,
	  "PROXY_METHOD BROWSER_ONLY PAC_URL PAC_SCRIPT CONNECTION_METERED CONNECTION_X "
	  "LLDP MUD_URL MPTCP_FLAGS STABLE_ID USERS AUTH_RETRIES MULTI_CONNECT "
	  "SECONDARY_UUIDS AUTOCONNECT_PRIORITY AUTOCONNECT_RETRIES AUTOCONNECT_SLAVES "
	  "GATEWAY_PING_TIMEOUT WAIT_ACTIVATION_DELAY IPV4_REQUIRED_TIMEOUT "
	  "IPV6_REQUIRED_TIMEOUT IPV6_RA_TIMEOUT HOSTNAME_FROM_DHCP "
	  "HOSTNAME_FROM_DNS_LOOKUP HOSTNAME_ONLY_FROM_DEFAULT HOSTNAME_PRIORITY "
	  "NM_USER_X _SITE X_SITE" },
	{ KEY_SILENT,
	  "NETWORKING_IPV6 NETWORKWAIT FORWARD_IPV4 MY_OUTER_IPADDR PEER_OUTER_IPADDR "
	  "MY_INNER_IPADDR PEER_INNER_IPADDR TTL KEY" },
	/* silent when they say no */
	{ KEY_OFF_ONLY,
	  "IPV4_LINK_LOCAL IPV4_AUTO_ROUTE_EXT_GW "
	  "IPV6_AUTO_ROUTE_EXT_GW IPV4_REPLACE_LOCAL_RULE IPV6_REPLACE_LOCAL_RULE "
	  "MAC_ADDRESS_RANDOMIZATION SRIOV_TOTAL_VFS SRIOV_VF0 "
	  "SRIOV_AUTOPROBE_DRIVERS DCB DCB_APP_FCOE_ENABLE IPV6TO4INIT IPV6TO4_RELAY "
	  "IPV6TO4_IPV4ADDR IPV6TO4_MTU IPV6TO4_ROUTING IPV6_CONTROL_RADVD "
	  "IPV6_AUTOTUNNEL" },
	/* of things that are not done here */
	{ KEY_NOT,
	  "MATCH_INTERFACE_NAME MATCH_KERNEL_COMMAND_LINE MATCH_DRIVER MATCH_PATH "
	  "GENERATE_MAC_ADDRESS_MASK HWADDR_BLACKLIST ETHTOOL_WAKE_ON_LAN QDISC_ROOT "
	  "QDISC1 FILTER1 TC_COMMIT IPV6TUNNELIPV4 IPV6TUNNELIPV4LOCAL "
	  "IPV6_RADVD_PIDFILE IPV6_RADVD_TRIGGER_ACTION" },
	{ KEY_USED, "CONNECTED_MODE PKEY PKEY_ID OWNER GROUP" },
	{ KEY_NOT,
	  "IEEE_8021X_EAP_METHODS KEY_MGMT WPA_PSK WPA_ALLOW_WPA2 WEP_KEY_FLAGS "
	  "CIPHER_PAIRWISE CIPHER_GROUP ESSID BSSID BAND CHANNEL MODE SECURITYMODE "
	  "SSID_HIDDEN POWERSAVE PMF FILS WPS_METHOD AP_ISOLATION KEY1 KEY_PASSPHRASE1 "
	  "KEY_TYPE DEFAULTKEY" },
	{ KEY_NOT,
	  "BONDING_MODULE_OPTS STARTMODE ETHERDEVICE LLADDR PREFIXLEN IPADDR_1" },
};

/* Those that this version may or may not do: they are known in any case. */
static const char others[] =
	"DEVICETYPE HOTPLUG NM_CONTROLLED DEVTIMEOUT LINKSTATUS ZONE ETHTOOL_OPTS "
	"ETHTOOL_DELAY PARENTDEVICE ARP ACD_TIMEOUT IPV4_FAILURE_FATAL "
	"IPV6_FAILURE_FATAL IPV6_TOKEN IPV6_ROUTE_TABLE IPV4_DHCP_TIMEOUT DHCPV6C "
	"DHCPV6C_OPTIONS PERSISTENT_DHCLIENT PERSISTENT_DHCLIENT_IPV6 DHCLIENTARGS "
	"DHCP_HOSTNAME DHCP_FQDN DHCP_SEND_HOSTNAME DHCPRELEASE DHCP_CLIENT_ID DHCP_IAID "
	"DHCP_VENDOR_CLASS_IDENTIFIER DHCP_REJECT_SERVERS DHCP_HOSTNAME_FLAGS "
	"PEERROUTES PEERNTP PEERNIS NTPSERVERARGS DHCLIENT_IGNORE_GATEWAY "
	"DHCLIENT_SET_DEFAULT_ROUTE DHCPV6_DUID DHCPv6_DUID DHCPV6_IAID DHCPv6_IAID "
	"DHCPV6_HOSTNAME DHCPV6_SEND_HOSTNAME DHCPV6_PD_HINT "
	"STP DELAY PRIO AGEING BRIDGING_OPTS BRIDGE BRIDGE_UUID "
	"BRIDGE_MACADDR BRIDGE_VLANS BRIDGE_PORT_VLANS BRIDGE_PORTS OWNER OVS_BRIDGE "
	"OVS_OPTIONS OVS_EXTRA OVSBOOTPROTO OVSDHCPINTERFACES OVSREQUIRES "
	"OVS_TUNNEL_TYPE "
	"OVS_PORT OVS_PORT_UUID BOND_IFACES TEAM_MASTER TEAM_MASTER_UUID TEAM_CONFIG "
	"TEAM_PORT_CONFIG";

/* Calls @judge with each word of the list. */
static void each_word(const char *list, void (*judge)(const char *word, int grade),
		      int grade)
{
	_cleanup_free_ char *copy = strdup(list);
	char *rest = copy, *word;

	ck_assert_ptr_nonnull(copy);
	while ((word = strsep(&rest, " ")))
		judge(word, grade);
}

static void is_known(const char *name, int grade)
{
	const struct ifcfg_key *key = ifcfg_key_find(name);

	ck_assert_msg(key, "%s is not known", name);
	ck_assert_msg(grade < 0 || (int)key->grade == grade, "%s has another grade",
		      name);
	ck_assert_msg((key->grade != KEY_NOT && key->grade != KEY_OFF_ONLY) || key->hint,
		      "%s has no hint", name);
}

START_TEST(known_keys_have_their_grade)
{
	for (size_t i = 0; i < ARRAY_SIZE(reference); i++)
		each_word(reference[i].names, is_known, reference[i].grade);
	each_word(others, is_known, -1);
}
END_TEST

START_TEST(words_for_off)
{
	static const char *const off[] = {
		"no", "0", "off", "default", "Disabled", "-1"
	};
	static const char *const on[] = { "yes", "1", "enabled", "random", "" };

	for (size_t i = 0; i < ARRAY_SIZE(off); i++)
		ck_assert(ifcfg_is_off(off[i]));
	for (size_t i = 0; i < ARRAY_SIZE(on); i++)
		ck_assert(!ifcfg_is_off(on[i]));
}
END_TEST

START_TEST(traits_of_numbered_keys)
{
	ck_assert(ifcfg_key_has("IPADDR", KEY_VITAL));
	ck_assert(ifcfg_key_has("IPADDR0", KEY_VITAL));
	ck_assert(!ifcfg_key_has("IPADDR2", KEY_VITAL));
	ck_assert(ifcfg_key_has("IPADDR2", KEY_ADDRESS));
	ck_assert(ifcfg_key_has("IPV6ADDR_SECONDARIES", KEY_ADDRESS));
	ck_assert(!ifcfg_key_has("GATEWAY", KEY_ADDRESS));
	ck_assert(ifcfg_key_has("ARPCHECK", KEY_PASSED));
	ck_assert(!ifcfg_key_has("ARPCHECK2", KEY_PASSED));
	ck_assert(!ifcfg_key_has("NOBODY_KNOWS", KEY_ADDRESS));
}
END_TEST

START_TEST(other_words_are_not_known)
{
	static const char *const words[] = { "",         "device",    "DEVICE1",
					     "IPADDR0x", "IPADDRS",   "GATEWAYS",
					     "MTU0",     "NM_USER",   "BOND",
					     "X",        "BOOTPROTO2" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		ck_assert_msg(!ifcfg_key_find(words[i]), "'%s' is known", words[i]);
}
END_TEST

static const struct {
	const char *word, *nearest;
} typos[] = {
	{ "IPADR", "IPADDR" },
	{ "IPADRR", "IPADDR" },
	{ "IPADRR1", "IPADDR1" },
	{ "ipaddr", "IPADDR" },
	{ "Prefix0", "PREFIX0" },
	{ "GATWAY", "GATEWAY" },
	{ "BONDING_OPT", "BONDING_OPTS" },
	{ "device", "DEVICE" },
	{ "MTU1", "" },
	{ "BOND", "MASTER" },
	{ "SOMETHING_ELSE", "" },
	{ "", "" },
	{ "17", "" },
};

START_TEST(nearest_key_is_suggested)
{
	for (size_t i = 0; i < ARRAY_SIZE(typos); i++) {
		_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

		ifcfg_key_nearest(typos[i].word, &out);
		ck_assert_str_eq(strbuf_text(&out), typos[i].nearest);
	}
}
END_TEST

/* struct slip - a word that a switch does not understand, and what was meant */
static const struct {
	const char *word, *meant;
} slips[] = {
	{ "flase", "false" }, { "ye", "yes" },   { "yess", "yes" },
	{ "nope", "no" },     { "n0", "no" },    { "Disabled", "no" },
	{ "enable", "yes" },  { "offf", "off" }, { "2", NULL },
	{ "eth0", NULL },
};

START_TEST(nearest_switch_word_is_suggested)
{
	const char *nearest = ifcfg_switch_nearest(slips[_i].word);

	ck_assert(!ifcfg_is_switch(slips[_i].word));
	ck_assert_pstr_eq(nearest, slips[_i].meant);
}
END_TEST

/* As the tests of network-scripts are: [ "$KEY" = yes ], or != no. */
static const struct {
	const char *key, *counts;
} switches[] = {
	{ "ONBOOT", "counts as yes" },    { "PEERDNS", "counts as yes" },
	{ "ARPCHECK3", "counts as yes" }, { "IPV6INIT", "counts as yes" },
	{ "VLAN", "counts as no" },       { "DHCPV6C", "counts as no" },
	{ "STP", "counts as no" },        { "IPV6_AUTOCONF", "is ignored" },
	{ "ARP", "is ignored" },          { "PROMISC", "is ignored" },
};

START_TEST(switch_counts_as_its_default)
{
	const struct ifcfg_key *key = ifcfg_key_find(switches[_i].key);

	ck_assert(key->traits & KEY_YESNO);
	ck_assert_str_eq(ifcfg_switch_counts(key), switches[_i].counts);
}
END_TEST

START_TEST(words_are_true_false_or_neither)
{
	static const char *const yes[] = {
		"1", "t", "true", "y", "yes", "on", "YES", "On"
	};
	static const char *const no[] = {
		"0", "f", "false", "n", "no", "off", "NO", "oFF"
	};
	static const char *const neither[] = { "", "maybe", "2", "yes ", "none", "00" };

	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		ck_assert(ifcfg_is_true(yes[i]) && !ifcfg_is_false(yes[i]));
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		ck_assert(ifcfg_is_false(no[i]) && !ifcfg_is_true(no[i]));
	for (size_t i = 0; i < ARRAY_SIZE(neither); i++)
		ck_assert(!ifcfg_is_false(neither[i]) && !ifcfg_is_true(neither[i]));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("keys");
	TCase *tcase = tcase_create("keys");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, known_keys_have_their_grade);
	tcase_add_test(tcase, words_for_off);
	tcase_add_test(tcase, traits_of_numbered_keys);
	tcase_add_test(tcase, other_words_are_not_known);
	tcase_add_test(tcase, nearest_key_is_suggested);
	tcase_add_test(tcase, words_are_true_false_or_neither);
	tcase_add_loop_test(tcase, nearest_switch_word_is_suggested, 0,
			    ARRAY_SIZE(slips));
	tcase_add_loop_test(tcase, switch_counts_as_its_default, 0, ARRAY_SIZE(switches));
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
