#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Static checks: clang-format, shellcheck, yamllint, cppcheck, clang-tidy, and those of the
# Ansible collection (ansible.sh); all must be silent. Files that the last commit or the work
# tree changed come first, so that what is wrong with them is known in seconds. FLAGS has the
# compiler's flags, JOBS how many may run side by side, NODES how far clang's analyzer follows
# each function (225000 if it is not set): with a third of that it takes a third of the time.
set -u
cd "$(dirname "$0")/.." || exit

JOBS=${JOBS:-$(nproc)}
read -ra flags <<<"-std=gnu11 -D_GNU_SOURCE -DVERSION=\"\" -I. ${FLAGS:-}"
analyzer=()
[ -z "${NODES:-}" ] || analyzer=(-extra-arg=-Xclang -extra-arg=-analyzer-config
	-extra-arg=-Xclang -extra-arg="max-nodes=$NODES")
failed=0

# files PATTERN...: those of the repository that are there
files() {
	{
		git diff --name-only --diff-filter=d HEAD -- "$@"
		git diff --name-only --diff-filter=d HEAD~1 HEAD -- "$@" 2>/dev/null
		git ls-files -- "$@"
	} | awk '!seen[$0]++' | while read -r file; do
		[ ! -f "$file" ] || echo "$file"
	done
}

check() {
	"$@" && return
	echo "FAILED: $1" >&2
	failed=1
}

# tidy_some FILE...: what it says besides are the warnings that it suppresses.
tidy_some() {
	clang-tidy --quiet "${analyzer[@]}" --warnings-as-errors='*' "$@" -- "${flags[@]}" 2>&1 |
		grep -vE '^([0-9]+ warnings? generated\.)?$'
	[ "${PIPESTATUS[0]}" = 0 ]
}

# shellcheck disable=SC2317 # check() runs it
tidy() {
	printf '%s\n' "$@" | xargs -P "$JOBS" -n 4 tests/static.sh --tidy
}

if [ "${1:-}" = --tidy ]; then
	shift
	tidy_some "$@"
	exit
fi

mapfile -t code < <(files '*.c' '*.h')
mapfile -t scripts < <(files '*.sh' .ci/run 'packaging/network-scripts/*' \
	'packaging/completion/*')
mapfile -t forges < <(files '.*.y*ml' '.github/*.y*ml')
mapfile -t tidied < <(files '*.c' | grep -vE '^(tests/kernel|bench)/')
check clang-format --dry-run -Werror "${code[@]}"
check shellcheck -x "${scripts[@]}"
check yamllint -d '{extends: default, rules: {document-start: disable}}' "${forges[@]}"
check cppcheck --quiet -j "$JOBS" --error-exitcode=1 --std=c11 --inline-suppr --library=gnu \
	--enable=warning,performance,portability --suppress=missingIncludeSystem \
	-D_GNU_SOURCE -DVERSION='""' -I. ./*.c lib parsers tests
check tests/ansible.sh
check tidy "${tidied[@]}"
exit $failed
