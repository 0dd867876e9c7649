#!/usr/bin/python
# SPDX-License-Identifier: GPL-2.0-or-later
# GNU General Public License v2.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-2.0.txt)

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
---
module: ifcfg_bond_facts
short_description: What C(ifcfgctl status) says of a host
version_added: "0.1.0"
description:
  - Returns what C(ifcfgctl status --json) prints. Nothing is changed.
options:
  name:
    description: Only this interface, with what it is stacked on and what is stacked on it.
    type: str
notes:
  - Supports C(check_mode).
requirements:
  - ifcfg-bond on the host
seealso:
  - module: ifcfg_bond.network.ifcfg_bond
author:
  - The authors of ifcfg-bond (@ifcfg-bond)
"""

EXAMPLES = r"""
- name: Look at all bonds
  ifcfg_bond.network.ifcfg_bond_facts:

- name: Stop unless all is good
  ansible.builtin.assert:
    that: ansible_facts.ifcfg_bond.health == "good"
"""

RETURN = r"""
ansible_facts:
  description: To be added to the facts of the host.
  returned: always
  type: dict
  contains:
    ifcfg_bond:
      description: The output, which ifcfgctl(8) describes in JSON.
      returned: always
      type: dict
      sample: {"version": 1, "health": "good", "interfaces": []}
"""

import json

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.ifcfg_bond.network.plugins.module_utils.ifcfgctl import run


def main():
    module = AnsibleModule(argument_spec={"name": {"type": "str"}}, supports_check_mode=True)
    name = module.params["name"]
    status, out, err = run(module, ["status", "--json"] + ([name] if name else []))
    try:
        facts = json.loads(out)
    except ValueError:
        module.fail_json(msg="ifcfgctl status ended with status %d" % status, rc=status, stderr=err)
    module.exit_json(changed=False, ansible_facts={"ifcfg_bond": facts})


if __name__ == "__main__":
    main()
