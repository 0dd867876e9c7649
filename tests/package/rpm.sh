#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The RPM, built from what is committed: what it says of itself, what rpmlint says of it,
# that it has the tree of `make install`; then it is installed into an empty root, where its
# programs run, upgraded and removed, and takes the place of network-scripts. The objects are those that are built already, which
# takes seconds instead of minutes.
set -u
cd "$(dirname "$0")/../.." || exit
export PATH=$PATH:/usr/sbin:/sbin LC_ALL=C.UTF-8

# In a namespace of its own: rpm has to change the root.
if [ "$(id -u)" != 0 ]; then
	exec unshare --map-root-user "$PWD/tests/package/rpm.sh"
fi

BUILD=$(cd "${BUILD:-build}" && pwd) || exit
work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
root=$work/root
sbin=$(rpm --eval %_sbindir)
. tests/package/lib.sh

# expect WHAT LINE...: each is a line of standard input.
expect() {
	local line lines

	lines=$(cat)
	for line in "${@:2}"; do
		grep -qxF -- "$line" <<<"$lines" || complain "$1 lacks: $line"
	done
}

build() {
	prebuilt "$work/prebuilt" &&
		quietly make --no-print-directory -s rpm BUILD="$work/build" \
			RPMBUILD_OPTIONS="--nocheck --define 'prebuilt $work/prebuilt'" && return
	echo "the RPM cannot be built" >&2
	exit 1
}

query() {
	rpm -qp "$@" "$package" 2>/dev/null
}

query_all() {
	rpm -qp "$@" "$package" "$nmcli" 2>/dev/null
}

says() {
	local bits='' version

	[ "$(getconf LONG_BIT)" = 32 ] || bits='()(64bit)'
	version=$(sed -n 's/^Version: *//p' packaging/ifcfg-bond.spec)
	expect Name "ifcfg-bond $version" < <(query --qf '%{NAME} %{VERSION}\n')
	expect Provides 'network-scripts = 10.00.18' "ifenslave = $version" < <(query --provides)
	expect Conflicts network-scripts < <(query --conflicts)
	expect Requires "libinih.so.0$bits" "libkmod.so.2$bits" "libnl-3.so.200$bits" "libnl-route-3.so.200$bits" < <(query --requires)
	expect Recommends "libsystemd.so.0$bits" < <(query --recommends)
	# A macro that nobody knows stays as it is.
	! query_all --scripts | grep -v '^#' | grep -E '%|--now|start|stop' ||
		complain "^ is in a script of the package"
}

# What only newer versions of rpmlint say. They also complain about filters that they have no
# use for, so these cannot stand in rpmlintrc: the licence is to be passed on unchanged, names
# of programs are in no dictionary, and the init script is no config file.
newer='unused-rpmlintrc-filter|incorrect-fsf-address .*/LICENSE|spelling-error'
newer+='|non-conffile-in-etc /etc/(rc.d/)?init.d/network'

lint() {
	rpmlint -c packaging/rpmlint.toml -r packaging/rpmlintrc packaging/ifcfg-bond.spec \
		"$work"/build/rpm/SRPMS/*.rpm "$package" "$nmcli" >"$work/lint"
	grep -q ' specfiles checked; ' "$work/lint" || complain "rpmlint has not ended"
	if grep -E ': [EWI]: ' "$work/lint" | grep -vE "$newer"; then
		complain "rpmlint finds something"
	fi
}

# "MODE PATH TARGET" of what is no folder. The package has no ifenslave, only an alternative of
# that name. Left out: the names of pages when they are
# compressed, where the links of the alternatives lead to, and rpm's links to the programs.
tree_of_package() {
	query_all --qf '[%{FILEMODES:perms} %{FILENAMES} %{FILELINKTOS}\n]' |
		grep -v -e '^d' -e ' /usr/lib/.build-id/' |
		sed -E 's,/etc/alternatives/(if[a-z]*)(\.zh_CN)?(.*),\1\3-bond,; s,\.gz-bond,-bond,; s,\.gz,,;
			s,(ifup|ifdown)\.8-bond$,\1-bond.8,' | sort
}

tree_of_make() {
	quietly make --no-print-directory -s install BUILD="$BUILD" DESTDIR="$work/stage" \
		SBINDIR="$sbin" INITDIR="$(rpm --eval %_initddir)"
	rm "$work/stage$sbin/ifenslave" "$work"/stage/*/share/man/{,zh_CN/}man8/ifenslave.8
	find "$work/stage" ! -type d -printf '%M /%P %l\n' | sort
}

same_tree() {
	local program

	tree_of_make >"$work/tree"
	diff -u --label 'make install' --label RPM "$work/tree" <(tree_of_package) ||
		failed=1
	for program in $(programs); do
		grep -q "/man8/$program\.8" "$work/tree" || complain "$program has no page"
	done
}

# The machine's libraries that PROGRAM... need, in the root.
take_libraries() {
	local file

	ldd "$@" | grep -oE '	.*/[^ ]+' | grep -oE '/[^ ]+' | sort -u | while read -r file; do
		[ -e "$root$file" ] || install -D "$file" "$root$file" || exit
	done
}

# A root with a shell, alternatives as NetworkManager and network-scripts register them, a
# systemctl that only writes down how it is called, and the administrator's file.
make_root() {
	local alternatives name

	alternatives=$(command -v update-alternatives)
	mkdir -p "$root"/{dev,etc/alternatives,var/lib/{alternatives,dpkg/alternatives},var/log,tmp}
	install -D /bin/sh "$root/bin/sh"
	install -D "$(command -v rm)" "$root/bin/rm"
	install -D "$alternatives" "$root$sbin/update-alternatives"
	take_libraries /bin/sh "$(command -v rm)" "$alternatives" "$BUILD/ifup-bond" "$BUILD/ifcfgctl"
	mkdir -p "$root/usr/bin"
	printf '#!/bin/sh\necho "$*" >>/calls\n' >"$root/usr/bin/systemctl"
	for name in nm old; do
		printf '#!/bin/sh\necho %s\n' $name >"$root/usr/bin/$name-ifup"
		cp "$root/usr/bin/$name-ifup" "$root/usr/bin/$name-ifdown"
	done
	chmod 755 "$root"/usr/bin/*
	# What systemd's macros call, where they are known.
	if [ -x /usr/lib/systemd/systemd-update-helper ]; then
		install -D -t "$root/usr/lib/systemd" /usr/lib/systemd/systemd-update-helper
		install -t "$root/usr/bin" "$(command -v bash)"
		take_libraries "$(command -v bash)"
	fi
	: >"$root/calls"
	: >"$root/dev/null"
	mkdir -p "$root/etc/sysconfig/network-scripts"
	cp sysconfig-examples/active-backup/ifcfg-* "$root/etc/sysconfig/network-scripts"
	register nm 50
	register old 90
}

# register NAME PRIORITY
register() {
	inside update-alternatives --install "$sbin/ifup" ifup "/usr/bin/$1-ifup" "$2" \
		--slave "$sbin/ifdown" ifdown "/usr/bin/$1-ifdown" >/dev/null ||
		complain "cannot register $1"
}

inside() {
	PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" "$@"
}

in_root() {
	quietly rpm --root "$root" --dbpath /var/lib/rpm --nodeps "$@"
}

# is_called WHEN CALLS: of systemctl; who has it read its files again is systemd's business.
is_called() {
	diff -u --label "systemctl, $1" --label called <(printf '%s' "$2") \
		<(grep -v '^daemon-reload$' "$root/calls") || failed=1
	: >"$root/calls"
}

# leads_to LINK PATH: over the link of the alternatives.
leads_to() {
	local found

	found=$(readlink "$root$(readlink "$root$1")")
	[ "$found" = "$2" ] || complain "$1 leads to $found, not to $2"
}

# A case of tests/cases, whose paths are relative to the root.
runs_case() {
	local command

	tests/cases/unpack.sh
	cp -R "$BUILD/cases/$1/root" "$BUILD/cases/$1/have.txt" "$root"
	read -ra command <"$BUILD/cases/$1/cmd"
	diff -u --label "$1" --label "the same, installed" \
		"$BUILD/cases/$1/expect.plan" <(inside "${command[0]}" --dry-run --insecure \
			--sysconfig root --rundir run --state have.txt "${command[@]:1}" 2>&1) ||
		failed=1
}

runs() {
	local program

	for program in $(names) $(programs); do
		[[ $(inside "$program" --version) = *" $(query --qf '%{VERSION}')" ]] ||
			complain "$program --version fails"
		[[ $(inside "$program" --help) = Usage:* ]] || complain "$program --help fails"
	done
	runs_case up-fresh
	# The files where they belong, with the rights that they must have.
	[[ $(inside ifup --dry-run --state have.txt bond0) = *"link add name bond0"* ]] ||
		complain "ifup finds nothing in /etc/sysconfig"
}

# What is below the root, and what it says; but not what rpm and alternatives remember.
contents() {
	(cd "$root" && find bin etc lib* usr -type f -print0 |
		sort -z | xargs -0 cksum)
}

# An empty package of that name, for a while. It is the only thing that is in the way.
conflicts() {
	printf '%s\n' 'Name: network-scripts' 'Version: 10.26' 'Release: 1' 'Summary: Empty' \
		'License: none' 'BuildArch: noarch' '%description' '%files' >"$work/other.spec"
	quietly rpmbuild -bb --define "_topdir $work/other" "$work/other.spec"
	in_root -i "$work"/other/RPMS/noarch/*.rpm
	expect 'What is in the way' "network-scripts conflicts with $(query)" < <(refused)
	in_root -e network-scripts
	! refused | grep conflicts || complain "it conflicts with itself"
}

refused() {
	rpm --root "$root" --dbpath /var/lib/rpm -i --test "$package" 2>&1 |
		sed -E 's/^\t*(\(installed\) )?//; s/ with \(installed\) / with /'
}

# The name nmcli, where nobody has it; NetworkManager's own stays.
offers_nmcli() {
	in_root -i "$nmcli"
	leads_to /usr/bin/nmcli "$sbin/ifcfgctl"
	[[ $(inside nmcli --version) = *ifcfg-bond* ]] || complain "nmcli does not run"
	[[ $(inside nmcli -g NAME connection) = *bond0* ]] || complain "nmcli shows no bond0"
	in_root -e ifcfg-bond-nmcli
	[ ! -e "$root/usr/bin/nmcli" ] || complain "nmcli is still there"
	printf '#!/bin/sh\necho theirs\n' >"$root/usr/bin/nmcli"
	chmod 755 "$root/usr/bin/nmcli"
	in_root -i "$nmcli"
	[ "$(inside nmcli)" = theirs ] || complain "the nmcli of another package is gone"
	in_root -e ifcfg-bond-nmcli
	[ "$(inside nmcli)" = theirs ] || complain "the nmcli of another package went along"
	rm "$root/usr/bin/nmcli"
}

# The name ifenslave; that of iputils, which is a file, stays.
offers_ifenslave() {
	leads_to "$sbin/ifenslave" "$sbin/ifenslave-bond"
	leads_to /usr/share/man/man8/ifenslave.8.gz /usr/share/man/man8/ifenslave-bond.8.gz
	[[ $(inside ifenslave --version) = ifcfg-bond* ]] || complain "ifenslave does not run"
	rm "$root$sbin/ifenslave"
	printf '#!/bin/sh\necho theirs\n' >"$root$sbin/ifenslave"
	chmod 755 "$root$sbin/ifenslave"
	in_root -U --replacepkgs "$package"
	[ "$(inside ifenslave)" = theirs ] || complain "the ifenslave of iputils is gone"
}

installs() {
	make_root
	leads_to "$sbin/ifup" /usr/bin/old-ifup
	conflicts
	contents >"$work/before"
	in_root -i "$package"
	is_called installed $'--no-reload preset network.service\n'
	leads_to "$sbin/ifup" "$sbin/ifup-bond"
	leads_to "$sbin/ifdown" "$sbin/ifdown-bond"
	leads_to /usr/share/man/man8/ifup.8.gz /usr/share/man/man8/ifup-bond.8.gz
	leads_to /usr/share/man/zh_CN/man8/ifup.8.gz /usr/share/man/zh_CN/man8/ifup-bond.8.gz
	runs
	offers_nmcli
	offers_ifenslave
	is_called upgraded ''
	leads_to "$sbin/ifup" "$sbin/ifup-bond"
	like_up "$root/run"
	in_root -e ifcfg-bond
	[ "$(cd "$root/run" && find . -type f)" = ./lock/subsys/other ] ||
		complain "left in /run: $(find "$root/run")"
	is_called removed $'--no-reload disable network.service\n'
	leads_to "$sbin/ifup" /usr/bin/old-ifup
	[ "$(inside ifenslave)" = theirs ] || complain "the ifenslave of iputils went along"
	rm "$root$sbin/ifenslave"
	diff -u --label before --label removed "$work/before" <(contents) || failed=1
}

build
package=$(ls "$work"/build/rpm/RPMS/*/ifcfg-bond-[0-9]*.rpm) || exit
nmcli=$(ls "$work"/build/rpm/RPMS/noarch/ifcfg-bond-nmcli-[0-9]*.rpm) || exit
says
lint
same_tree
installs
tests/package/swap.sh "$root" "$package" "$work" || failed=1
[ $failed != 0 ] || echo "ok     the RPM installs, runs, upgrades and goes"
exit $failed
