# SPDX-License-Identifier: GPL-2.0-or-later
"""The documentation of ifcfg_bond and its arguments say the same."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import unittest

import yaml

from ansible_collections.ifcfg_bond.network.plugins.modules import ifcfg_bond


class Documentation(unittest.TestCase):
    def compare(self, documented, arguments, where):
        self.assertEqual(sorted(documented), sorted(arguments), where)
        for name, argument in arguments.items():
            said = documented[name]
            at = "%s.%s" % (where, name)
            for member in ("type", "elements", "choices", "default"):
                self.assertEqual(said.get(member), argument.get(member), "%s: %s" % (at, member))
            self.assertEqual(said.get("required", False), argument.get("required", False), at)
            self.compare(said.get("suboptions", {}), argument.get("options", {}), at)

    def test_options(self):
        documented = yaml.safe_load(ifcfg_bond.DOCUMENTATION)["options"]
        self.compare(documented, ifcfg_bond.ARGUMENTS, "ifcfg_bond")

    def test_files_of_a_dry_run(self):
        output = (
            "==> /a/ifcfg-x <==\nDEVICE=x\n\n==> /a/route-x removed <==\n\n==> /a/ifcfg-y <==\nDEVICE=y\n"
        )
        self.assertEqual(
            ifcfg_bond.new_texts(output),
            {"/a/ifcfg-x": "DEVICE=x\n", "/a/route-x": None, "/a/ifcfg-y": "DEVICE=y\n"},
        )


if __name__ == "__main__":
    unittest.main()
