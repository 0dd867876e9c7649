#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The Ansible collection: its unit tests, those parts of `ansible-test sanity` that need
# nothing from the network, ansible-lint, and what ansible-doc makes of the modules. The rest
# of sanity (pylint, pep8, validate-modules, import) installs tools by pip, which a gate
# without a network cannot.
set -u
export LC_ALL=C.UTF-8 ANSIBLE_HOME ANSIBLE_COLLECTIONS_PATH
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
ANSIBLE_HOME=$work/home
ANSIBLE_COLLECTIONS_PATH=$work
# ansible-test looks where it is by the names of directories.
collection=$work/ansible_collections/ifcfg_bond/network
project=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "${collection%/*}" && cp -R "$project/packaging/ansible" "$collection" &&
	cd "$collection" || exit
failed=0

check() {
	"$@" >"$work/log" 2>&1 && return
	cat "$work/log"
	echo "FAILED: $*" >&2
	failed=1
}

# shellcheck disable=SC2317 # check() runs it
documented() {
	ansible-doc --type "$1" "$2" >"$work/doc" && grep -q "$3" "$work/doc" &&
		! grep -qE '\b[VO]\(|ERROR|WARNING' "$work/doc"
}

# shellcheck disable=SC2317 # check() runs it
has_the_version() {
	local version

	version=$(sed -n 's/^Version: *//p' "$project/packaging/ifcfg-bond.spec")
	grep -qE "^version: $version(\.0)?$" galaxy.yml ||
		{ echo "galaxy.yml has another version than $version" && return 1; }
}

check has_the_version
for tests in module_utils modules; do
	PYTHONPATH=$work check /usr/bin/python3 -m unittest discover -s "tests/unit/plugins/$tests"
done
sanity=()
for test in compile empty-init future-import-boilerplate line-endings metaclass-boilerplate \
	no-assert no-basestring no-dict-iteritems no-get-exception no-illegal-filenames \
	no-main-display no-smart-quotes no-unicode-literals replace-urlopen shebang symlinks \
	use-argspec-type-path use-compat-six; do
	sanity+=(--test "$test")
done
check ansible-test sanity --color no --python "$(/usr/bin/python3 -c 'import sys
print("%d.%d" % sys.version_info[:2])')" "${sanity[@]}"
check ansible-lint --offline --nocolor -q
check documented module ifcfg_bond.network.ifcfg_bond 'rolled_back'
check documented module ifcfg_bond.network.ifcfg_bond_facts 'ifcfgctl status'
check documented role ifcfg_bond.network.ifcfg_bond 'ifcfg_bond_interfaces'
check ansible-galaxy collection build --output-path "$work"
check ansible-galaxy collection install --offline --collections-path "$work/installed" "$work"/*.tar.gz
for playbook in playbooks/*.yml; do
	check ansible-playbook -i localhost, --syntax-check "$playbook"
done
exit $failed
