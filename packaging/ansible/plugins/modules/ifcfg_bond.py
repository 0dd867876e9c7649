#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
# GNU General Public License v2.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-2.0.txt)

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
---
module: ifcfg_bond
short_description: Configure bonds, VLANs and bridges through ifcfgctl
version_added: "0.1.0"
description:
  - Writes the ifcfg files of the interfaces described, checks them, and brings the host to what
    all its files say, as C(ifup -a) does. Nothing is changed if a file has an error.
  - If a step fails, or the gateway does not answer afterwards, the network and the files are what
    they were, and the task fails with the messages.
  - The files are written by C(ifcfgctl apply), and comments in them stay. A file that is
    described gets exactly the keys that follow from the description, other keys are removed from
    it. Files that are not described are left alone, but what they say is brought up, too.
options:
  interfaces:
    description: The interfaces. Ports that need no more than that need not be listed.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the interface in the kernel.
        type: str
        required: true
      state:
        description: With C(absent), the file and those of its routes and rules are removed, and the interface goes down.
        type: str
        choices: [up, absent]
        default: up
      type:
        description: The kind of interface. By default, what I(interfaces[].bond), I(interfaces[].bridge) or I(interfaces[].vlan) shows, or else C(ethernet).
        type: str
        choices: [ethernet, bond, bridge, vlan, dummy]
      bond:
        description: The bond.
        type: dict
        suboptions:
          mode:
            description: Its mode, such as C(active-backup) or C(802.3ad).
            type: str
          port:
            description: Its ports.
            type: list
            elements: str
          options:
            description: Other options of the bonding driver. Without C(miimon) and C(arp_interval), C(miimon) is 100.
            type: dict
      bridge:
        description: The bridge.
        type: dict
        suboptions:
          port:
            description: Its ports.
            type: list
            elements: str
          stp:
            description: Whether it speaks the spanning tree protocol.
            type: bool
          options:
            description: Options of C(BRIDGING_OPTS).
            type: dict
      vlan:
        description: The VLAN. By default, both are taken from the name, such as C(bond0.100).
        type: dict
        suboptions:
          base_iface:
            description: The interface below it.
            type: str
          id:
            description: Its number.
            type: int
      ip:
        description: Addresses and what goes with them. Without it, the interface has no addresses.
        type: dict
        suboptions:
          address:
            description: Addresses with their lengths, of IPv4 and IPv6.
            type: list
            elements: str
          dhcp4:
            description: Whether it gets an IPv4 address by DHCP.
            type: bool
          auto6:
            description: Whether it takes IPv6 addresses from routers.
            type: bool
          gateway4:
            description: The default gateway of IPv4.
            type: str
          gateway6:
            description: The default gateway of IPv6.
            type: str
          dns:
            description: Name servers.
            type: list
            elements: str
          dns_search:
            description: Domains in which names are looked up.
            type: list
            elements: str
          route:
            description: Routes; the whole of them. Without it, the interface's route files are left as they are.
            type: list
            elements: dict
            suboptions:
              network:
                description: Where to, such as C(10.0.0.0/8).
                type: str
                required: true
              prefix:
                description: The length, if it is not in I(interfaces[].ip.route[].network).
                type: int
              gateway:
                description: The router.
                type: str
              metric:
                description: The metric.
                type: int
              table:
                description: The routing table, by number or name.
                type: str
              src:
                description: The source address.
                type: str
      rules:
        description: Lines of the C(rule-) file, as in ifcfg-route(5); the whole of them.
        type: list
        elements: str
      rules6:
        description: The same of the C(rule6-) file.
        type: list
        elements: str
      mtu:
        description: The MTU.
        type: int
      mac:
        description: The MAC address to set.
        type: str
      zone:
        description: The zone of firewalld.
        type: str
      keys:
        description: Any other keys of ifcfg-bond(5). They take precedence over those that follow from the options above.
        type: dict
  keep:
    description:
      - When the change is kept. With C(gateway), only if the configured gateway answers within a minute.
      - With C(always), as soon as all steps have succeeded, or even if one fails half-way. For hosts
        without a gateway.
    type: str
    choices: [gateway, always]
    default: gateway
  strict:
    description: Whether warnings about any file of the host are errors.
    type: bool
    default: false
requirements:
  - ifcfg-bond on the host
  - root
seealso:
  - module: ifcfg_bond.network.ifcfg_bond_facts
author:
  - The authors of ifcfg-bond (@ifcfg-bond)
notes:
  - Supports C(check_mode) and C(diff_mode). The diff has the files and the plan, which is what C(ifup -a) would do, as commands of ip(8).
"""

EXAMPLES = r"""
- name: A first bond over SSH, kept only if the gateway answers afterwards
  ifcfg_bond.network.ifcfg_bond:
    interfaces:
      - name: bond0
        bond:
          mode: active-backup
          port: [ens160, ens256]
          options: {primary: ens160}
        ip:
          address: [192.168.1.22/24]
          gateway4: 192.168.1.1
          dns: [192.168.1.53]

- name: A VLAN on it, with a route
  ifcfg_bond.network.ifcfg_bond:
    interfaces:
      - name: bond0.100
        vlan: {}
        ip:
          address: [10.100.0.22/24]
          route:
            - {network: 10.200.0.0/16, gateway: 10.100.0.1}

- name: The VLAN goes
  ifcfg_bond.network.ifcfg_bond:
    interfaces:
      - name: bond0.100
        state: absent
"""

RETURN = r"""
plan:
  description: What had to be done, or in check mode what would be, as commands of ip(8) with the file and line that asks for each.
  returned: always
  type: list
  elements: str
  sample: ["ip link set dev ens160 master bond0  # /etc/sysconfig/network-scripts/ifcfg-ens160:2"]
files:
  description: The files that were changed, or would be.
  returned: always
  type: list
  elements: str
  sample: [/etc/sysconfig/network-scripts/ifcfg-bond0]
rolled_back:
  description: Whether the network and the files are what they were before.
  returned: on failure
  type: bool
stderr:
  description: The messages of ifcfgctl.
  returned: on failure
  type: str
"""

import os

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.ifcfg_bond.network.plugins.module_utils.ifcfgctl import (
    Wrong,
    describe,
    findings,
    run,
)

ROUTE = {
    "network": {"type": "str", "required": True},
    "prefix": {"type": "int"},
    "gateway": {"type": "str"},
    "metric": {"type": "int"},
    "table": {"type": "str"},
    "src": {"type": "str"},
}

IP = {
    "address": {"type": "list", "elements": "str"},
    "dhcp4": {"type": "bool"},
    "auto6": {"type": "bool"},
    "gateway4": {"type": "str"},
    "gateway6": {"type": "str"},
    "dns": {"type": "list", "elements": "str"},
    "dns_search": {"type": "list", "elements": "str"},
    "route": {"type": "list", "elements": "dict", "options": ROUTE},
}

INTERFACE = {
    "name": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["up", "absent"], "default": "up"},
    "type": {"type": "str", "choices": ["ethernet", "bond", "bridge", "vlan", "dummy"]},
    "bond": {
        "type": "dict",
        "options": {
            "mode": {"type": "str"},
            "port": {"type": "list", "elements": "str"},
            "options": {"type": "dict"},
        },
    },
    "bridge": {
        "type": "dict",
        "options": {
            "port": {"type": "list", "elements": "str"},
            "stp": {"type": "bool"},
            "options": {"type": "dict"},
        },
    },
    "vlan": {
        "type": "dict",
        "options": {"base_iface": {"type": "str"}, "id": {"type": "int"}},
    },
    "ip": {"type": "dict", "options": IP},
    "rules": {"type": "list", "elements": "str"},
    "rules6": {"type": "list", "elements": "str"},
    "mtu": {"type": "int"},
    "mac": {"type": "str"},
    "zone": {"type": "str"},
    "keys": {"type": "dict", "no_log": False},
}

ARGUMENTS = {
    "interfaces": {"type": "list", "elements": "dict", "required": True, "options": INTERFACE},
    "keep": {"type": "str", "choices": ["gateway", "always"], "default": "gateway"},
    "strict": {"type": "bool", "default": False},
}


def apply(module, description, words):
    """What `ifcfgctl apply` prints; fails with its messages if it fails."""
    strict = ["--strict"] if module.params["strict"] else []
    status, out, err = run(module, ["apply"] + strict + words + ["-"], description)
    is_plan = "--plan" in words
    if status == 0 or (is_plan and status == 1 and ": error: " not in err):
        return out, err
    errors = findings(err, "error")
    tried = "--up" in words
    module.fail_json(
        msg="; ".join(errors) or "ifcfgctl apply ended with status %d" % status,
        rc=status,
        stdout=out,
        stderr=err,
        rolled_back=not tried or "as it was before" in err,
    )


def new_texts(output):
    """The text of each file in what --dry-run prints; None for one that is removed."""
    texts, path = {}, None
    for line in output.splitlines(True):
        if line.startswith("==> ") and line.endswith(" <==\n"):
            path = line[4:-5]
            gone = path.endswith(" removed")
            path = path[:-8] if gone else path
            texts[path] = None if gone else ""
        elif path is not None and texts[path] is not None:
            texts[path] += line
    # A blank line separates it from the next file.
    for path in list(texts)[:-1]:
        if texts[path] is not None and texts[path].endswith("\n\n"):
            texts[path] = texts[path][:-1]
    return texts


def old_text(path):
    if not os.path.exists(path):
        return None
    with open(path, "rb") as stream:
        return stream.read().decode("utf-8", "replace")


def diff(texts, plan):
    """The files, and after them the plan."""
    parts = []
    for path in sorted(texts):
        parts.append(
            {
                "before_header": path,
                "after_header": path,
                "before": old_text(path) or "",
                "after": texts[path] or "",
            }
        )
    parts.append({"before_header": "ifup -a", "after_header": "ifup -a", "before": "", "after": plan})
    return parts


def main():
    module = AnsibleModule(argument_spec=ARGUMENTS, supports_check_mode=True)
    try:
        description = describe(module.params["interfaces"])
    except Wrong as error:
        module.fail_json(msg=str(error), rolled_back=True)

    files = apply(module, description, ["--dry-run"])[0]
    plan, messages = apply(module, description, ["--plan"])
    texts = new_texts(files)
    result = {
        "changed": bool(texts or plan),
        "plan": plan.splitlines(),
        "files": sorted(texts),
    }
    if module._diff and result["changed"]:
        result["diff"] = diff(texts, plan)
    for text in findings(messages, "warning"):
        module.warn(text)
    if result["changed"] and not module.check_mode:
        keep = ["--try", "gateway"] if module.params["keep"] == "gateway" else []
        apply(module, description, ["--up"] + keep)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
