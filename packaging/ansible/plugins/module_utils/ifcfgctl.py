# SPDX-License-Identifier: GPL-2.0-or-later
"""Running ifcfgctl, and putting interfaces into the words of ifcfg files."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import ipaddress
import json


class Wrong(Exception):
    """The description cannot be put into ifcfg files."""


def run(module, words, data=None):
    """Run ifcfgctl. Returns its status, its output and its messages."""
    program = module.get_bin_path("ifcfgctl", required=True, opt_dirs=["/usr/sbin", "/sbin"])
    return module.run_command(
        [program] + words,
        data=None if data is None else json.dumps(data),
        environ_update={"LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
    )


def findings(messages, grade):
    """The messages of a grade, each with its hint."""
    found, goes_on = [], False
    for line in messages.splitlines():
        if goes_on and line.startswith("    hint:"):
            found[-1] += " (%s)" % line.strip()
        goes_on = ": %s: " % grade in line
        if goes_on:
            found.append(line)
    return found


def options(values):
    """BONDING_OPTS and BRIDGING_OPTS: NAME=VALUE, in a fixed order. YAML makes a boolean of on."""
    spelled = {True: "1", False: "0"}
    return " ".join(
        "%s=%s" % (name, spelled[values[name]] if isinstance(values[name], bool) else values[name])
        for name in sorted(values)
    )


def split_address(text):
    """An address with its length."""
    try:
        if "/" not in text:
            raise ValueError
        return ipaddress.ip_interface(u"%s" % text)
    except ValueError:
        raise Wrong("'%s' is not an address with a length, such as 192.168.1.22/24" % text)


def address_keys(addresses):
    """IPADDR, PREFIX, IPADDR1 and so on; IPV6ADDR and IPV6ADDR_SECONDARIES."""
    keys = {}
    parsed = [split_address(text) for text in addresses]
    for number, address in enumerate(a for a in parsed if a.version == 4):
        suffix = str(number) if number else ""
        keys["IPADDR" + suffix] = str(address.ip)
        keys["PREFIX" + suffix] = address.network.prefixlen
    six = [str(a) for a in parsed if a.version == 6]
    if six:
        keys["IPV6INIT"] = True
        keys["IPV6ADDR"] = six[0]
    if six[1:]:
        keys["IPV6ADDR_SECONDARIES"] = " ".join(six[1:])
    return keys


def ip_keys(ip):
    """The keys of all that is about addresses, names and gateways."""
    keys = {"BOOTPROTO": "dhcp" if ip.get("dhcp4") else "none"}
    keys.update(address_keys(ip.get("address") or []))
    if ip.get("gateway4"):
        keys["GATEWAY"] = ip["gateway4"]
    if ip.get("gateway6"):
        keys["IPV6_DEFAULTGW"] = ip["gateway6"]
    if ip.get("auto6") is not None:
        keys["IPV6INIT"] = True
        keys["IPV6_AUTOCONF"] = ip["auto6"]
    for number, server in enumerate(ip.get("dns") or []):
        keys["DNS%d" % (number + 1)] = server
    if ip.get("dns_search"):
        keys["DOMAIN"] = " ".join(ip["dns_search"])
    return keys


def route_line(route):
    """A line of a route file, and whether it is one of IPv6."""
    try:
        network = ipaddress.ip_network(u"%s" % route["network"] if "/" in route["network"] else
                                       u"%s/%s" % (route["network"], route.get("prefix")))
    except ValueError as error:
        raise Wrong("route: %s" % error)
    words = [str(network)]
    for name, spelled in (("gateway", "via"), ("metric", "metric"), ("table", "table"), ("src", "src")):
        if route.get(name) is not None:
            words += [spelled, str(route[name])]
    return " ".join(words), network.version == 6


def bond_keys(name, bond):
    values = dict(bond.get("options") or {})
    if bond.get("mode"):
        values["mode"] = bond["mode"]
    if "miimon" not in values and "arp_interval" not in values:
        values["miimon"] = 100
    return {"TYPE": "Bond", "BONDING_MASTER": True, "BONDING_OPTS": options(values)}


def bridge_keys(name, bridge):
    keys = {"TYPE": "Bridge"}
    if bridge.get("stp") is not None:
        keys["STP"] = bridge["stp"]
    if bridge.get("options"):
        keys["BRIDGING_OPTS"] = options(bridge["options"])
    return keys


def vlan_keys(name, vlan):
    parent, dot, number = name.rpartition(".")
    parent = vlan.get("base_iface") or parent
    number = vlan["id"] if vlan.get("id") is not None else number
    if not parent or number == "":
        raise Wrong("%s: vlan.base_iface and vlan.id are missing" % name)
    return {"TYPE": "Vlan", "VLAN": True, "PHYSDEV": parent, "VLAN_ID": number}


KINDS = {
    "bond": ("bond", bond_keys),
    "bridge": ("bridge", bridge_keys),
    "vlan": ("vlan", vlan_keys),
    "dummy": (None, lambda name, none: {"TYPE": "Dummy"}),
    "ethernet": (None, lambda name, none: {"TYPE": "Ethernet"}),
}

PORT_KEYS = {
    "bond": lambda name: {"MASTER": name, "SLAVE": True},
    "bridge": lambda name: {"BRIDGE": name},
}


def kind_of(interface):
    """Which kind it is: as it says, or as the member that it has."""
    if interface.get("type"):
        return interface["type"]
    for kind in ("bond", "bridge", "vlan"):
        if interface.get(kind) is not None:
            return kind
    return "ethernet"


def own_keys(interface, is_port):
    """The keys of an interface without those of its being a port."""
    kind = kind_of(interface)
    member, make = KINDS[kind]
    keys = make(interface["name"], (interface.get(member) if member else None) or {})
    keys["ONBOOT"] = True
    if not is_port or interface.get("ip"):
        keys.update(ip_keys(interface.get("ip") or {}))
    for name, key in (("mtu", "MTU"), ("mac", "MACADDR"), ("zone", "ZONE")):
        if interface.get(name) is not None:
            keys[key] = interface[name]
    keys.update(interface.get("keys") or {})
    return keys


def ports_of(interfaces):
    """The keys that make each port one, by the name of the port."""
    ports = {}
    for interface in interfaces:
        kind = kind_of(interface)
        if interface.get("state") == "absent" or kind not in PORT_KEYS:
            continue
        for port in (interface.get(kind) or {}).get("port") or []:
            if port in ports:
                raise Wrong("%s is a port twice" % port)
            ports[port] = PORT_KEYS[kind](interface["name"])
    return ports


def present(interface, port_keys):
    """What ifcfgctl apply is told of one interface."""
    keys = own_keys(interface, bool(port_keys))
    keys.update(port_keys)
    entry = {"name": interface["name"], "keys": keys}
    routes = (interface.get("ip") or {}).get("route")
    if routes is not None:
        lines = [route_line(route) for route in routes]
        entry["routes"] = [line for line, is_six in lines if not is_six]
        entry["routes6"] = [line for line, is_six in lines if is_six]
    for member in ("rules", "rules6"):
        if interface.get(member) is not None:
            entry[member] = interface[member]
    return entry


def describe(interfaces):
    """The description for ifcfgctl apply."""
    ports = ports_of(interfaces)
    names = [interface["name"] for interface in interfaces]
    entries = []
    for name in names:
        if names.count(name) > 1:
            raise Wrong("%s is described twice" % name)
    for interface in interfaces:
        if interface.get("state") == "absent":
            if interface["name"] in ports:
                raise Wrong("%s is a port, and to be absent" % interface["name"])
            entries.append({"name": interface["name"], "state": "absent"})
        else:
            entries.append(present(interface, ports.pop(interface["name"], {})))
    for name in sorted(ports):
        entries.append(present({"name": name}, ports[name]))
    return {"interfaces": entries}
