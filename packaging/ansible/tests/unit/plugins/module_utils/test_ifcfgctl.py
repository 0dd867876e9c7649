# SPDX-License-Identifier: GPL-2.0-or-later
"""What the description of interfaces becomes, as `ifcfgctl apply` takes it."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import unittest

from ansible_collections.ifcfg_bond.network.plugins.module_utils.ifcfgctl import (
    Wrong,
    describe,
    findings,
)


def keys(interfaces):
    """The keys by the name of the interface."""
    return dict((entry["name"], entry["keys"]) for entry in describe(interfaces)["interfaces"])


class Describe(unittest.TestCase):
    def test_bond_with_ports(self):
        bond = {
            "name": "bond0",
            "bond": {"mode": "802.3ad", "port": ["ens1", "ens2"], "options": {"lacp_active": True}},
            "ip": {
                "address": ["192.0.2.1/24", "198.51.100.1/25", "2001:db8::1/64", "2001:db8::2/64"],
                "gateway4": "192.0.2.254",
                "gateway6": "2001:db8::ff",
                "dns": ["192.0.2.53", "192.0.2.54"],
                "dns_search": ["example.org", "example.net"],
            },
        }
        self.assertEqual(
            keys([bond, {"name": "ens1", "mtu": 9000}]),
            {
                "bond0": {
                    "TYPE": "Bond",
                    "BONDING_MASTER": True,
                    "BONDING_OPTS": "lacp_active=1 miimon=100 mode=802.3ad",
                    "ONBOOT": True,
                    "BOOTPROTO": "none",
                    "IPADDR": "192.0.2.1",
                    "PREFIX": 24,
                    "IPADDR1": "198.51.100.1",
                    "PREFIX1": 25,
                    "IPV6INIT": True,
                    "IPV6ADDR": "2001:db8::1/64",
                    "IPV6ADDR_SECONDARIES": "2001:db8::2/64",
                    "GATEWAY": "192.0.2.254",
                    "IPV6_DEFAULTGW": "2001:db8::ff",
                    "DNS1": "192.0.2.53",
                    "DNS2": "192.0.2.54",
                    "DOMAIN": "example.org example.net",
                },
                "ens1": {"TYPE": "Ethernet", "ONBOOT": True, "MTU": 9000, "MASTER": "bond0", "SLAVE": True},
                "ens2": {"TYPE": "Ethernet", "ONBOOT": True, "MASTER": "bond0", "SLAVE": True},
            },
        )

    def test_arp_monitor_is_not_overruled(self):
        bond = {"name": "bond0", "bond": {"options": {"arp_interval": 100}}}
        self.assertEqual(keys([bond])["bond0"]["BONDING_OPTS"], "arp_interval=100")

    def test_bridge_of_a_bond_and_a_vlan(self):
        interfaces = [
            {"name": "br0", "bridge": {"port": ["bond0", "bond0.7"], "stp": False}, "ip": {"dhcp4": True}},
            {"name": "bond0", "bond": {"mode": "active-backup"}},
            {"name": "bond0.7", "vlan": {}},
            {"name": "storage", "vlan": {"base_iface": "bond0", "id": 8}, "keys": {"ARPCHECK": False}},
            {"name": "dummy0", "type": "dummy"},
        ]
        got = keys(interfaces)
        self.assertEqual(got["br0"], {"TYPE": "Bridge", "STP": False, "ONBOOT": True, "BOOTPROTO": "dhcp"})
        self.assertEqual(got["bond0"]["BRIDGE"], "br0")
        self.assertNotIn("BOOTPROTO", got["bond0"])
        self.assertEqual((got["bond0.7"]["PHYSDEV"], got["bond0.7"]["VLAN_ID"]), ("bond0", "7"))
        self.assertEqual((got["storage"]["PHYSDEV"], got["storage"]["VLAN_ID"]), ("bond0", 8))
        self.assertIs(got["storage"]["ARPCHECK"], False)
        self.assertEqual(got["dummy0"]["TYPE"], "Dummy")

    def test_routes_and_rules(self):
        route = [
            {"network": "10.0.0.0/8", "gateway": "192.0.2.254", "metric": 50, "table": "blue"},
            {"network": "2001:db8:5::", "prefix": 48, "gateway": "2001:db8::9"},
        ]
        entry = describe([{"name": "eth0", "ip": {"route": route}, "rules": ["from 10.0.0.1 table 5"]}])
        self.assertEqual(entry["interfaces"][0]["routes"], ["10.0.0.0/8 via 192.0.2.254 metric 50 table blue"])
        self.assertEqual(entry["interfaces"][0]["routes6"], ["2001:db8:5::/48 via 2001:db8::9"])
        self.assertEqual(entry["interfaces"][0]["rules"], ["from 10.0.0.1 table 5"])

    def test_files_of_routes_stay_unless_mentioned(self):
        entry = describe([{"name": "eth0", "ip": {}}])["interfaces"][0]
        self.assertNotIn("routes", entry)
        self.assertNotIn("rules", entry)
        self.assertEqual(describe([{"name": "eth0", "ip": {"route": []}}])["interfaces"][0]["routes"], [])

    def test_absent(self):
        self.assertEqual(
            describe([{"name": "bond0", "state": "absent", "bond": {"port": ["ens1"]}}]),
            {"interfaces": [{"name": "bond0", "state": "absent"}]},
        )

    def test_what_is_wrong(self):
        for interfaces in (
            [{"name": "eth0", "ip": {"address": ["192.0.2.1"]}}],
            [{"name": "eth0", "ip": {"address": ["192.0.2.256/24"]}}],
            [{"name": "eth0", "ip": {"route": [{"network": "10.0.0.1/8"}]}}],
            [{"name": "eth0", "ip": {"route": [{"network": "10.0.0.0"}]}}],
            [{"name": "storage", "vlan": {"id": 8}}],
            [{"name": "eth0"}, {"name": "eth0"}],
            [{"name": "bond0", "bond": {"port": ["ens1"]}}, {"name": "ens1", "state": "absent"}],
            [{"name": "bond0", "bond": {"port": ["ens1"]}}, {"name": "bond1", "bond": {"port": ["ens1"]}}],
        ):
            with self.assertRaises(Wrong):
                describe(interfaces)


class Findings(unittest.TestCase):
    def test_hints_go_with_their_message(self):
        messages = "a:1: warning: first\n    hint: do it\nb:2: error: second\n    hint: or not\n"
        self.assertEqual(findings(messages, "warning"), ["a:1: warning: first (hint: do it)"])
        self.assertEqual(findings(messages, "error"), ["b:2: error: second (hint: or not)"])


if __name__ == "__main__":
    unittest.main()
