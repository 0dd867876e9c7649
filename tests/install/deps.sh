#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# tests/deps.sh with a package manager of our own, which knows no rpmlint, and installs
# nothing when it is asked for valgrind and something else at once.
set -u
cd "$(dirname "$0")/../.." || exit

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
	echo "tests/deps.sh: $*" >&2
	cat "$work/calls" "$work/out" >&2
	failed=1
}

# Nothing else is on the PATH, so that no compiler is there.
mkdir -p "$work/bin" "$work/build/guests"
for program in bash cat dirname grep ln mktemp realpath rm sh sort tr; do
	ln -s "$(command -v $program)" "$work/bin/$program"
done
while read -r folder packages _; do
	[ -n "$folder" ] || continue
	mkdir "$work/build/guests/$folder"
	echo "$packages" >"$work/build/guests/$folder.packages"
done < <(sed -n "/^table='/,/^'/{/'/d; p}" tests/guests.sh)

stub() {
	{
		echo '#!/bin/sh'
		cat
	} >"$work/bin/$1"
	chmod 755 "$work/bin/$1"
}

stub id <<<'echo 0'
stub anything <<<'exit 0'
stub apt-cache <<-'END'
	[ "$2" = rpmlint ] && echo '  Candidate: (none)' || echo '  Candidate: 1.0'
END
stub apt-get <<-END
	echo "\$*" >>"$work/calls"
	[ "\$1" = install ] || exit 0
	shift 4
	case "\$# \$*" in
	"1 "*) ;;
	*valgrind*) exit 100 ;;
	esac
	for package; do
		[ "\$package" != gettext ] || package=msgfmt
		ln -sf "$work/bin/anything" "$work/bin/\$package"
	done
END

deps() {
	: >"$work/calls"
	env -i PATH="$work/bin" BUILD="$work/build" tests/deps.sh "$@" >"$work/out" 2>&1
}

deps build || complain "build: exit status $?"
[ "$(head -n 1 "$work/calls")" = "update -q" ] || complain "no lists of packages"
grep -q '^install .* gcc .* make pkg-config' "$work/calls" || complain "no compiler"
! grep -q shellcheck "$work/calls" || complain "build: a test's package"

rm -f "$work/bin/gcc" "$work/bin/make"
deps
grep '^install' "$work/calls" | head -n 1 | grep -q ' gcc make$' ||
	complain "what a build needs does not come first"
grep -q '^no package here has rpmlint (rpmlint)$' "$work/out" ||
	complain "a package that is not there is not reported"
grep -q '^install .* valgrind$' "$work/calls" || complain "not one by one"
[ -e "$work/bin/shellcheck" ] || complain "one package keeps the others away"
deps build || complain "again: exit status $?"
[ ! -s "$work/calls" ] || complain "what is there is installed again"
[ $failed != 0 ] || echo "ok     tests/deps.sh installs what it can, what a build needs first"
exit $failed
