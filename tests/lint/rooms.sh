#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each room includes only what it may use. Arrows never point back, so that a stage can be
# understood, and tested, without those after it.
set -u
cd "$(dirname "$0")/../.." || exit

failed=0
files=0

# The system headers that only a few rooms may use, and these rooms.
kernel_headers='<netlink/'
kernel_rooms='lib/rtnl lib/snapshot lib/apply'
module_headers='<libkmod'
module_rooms='lib/apply'
systemd_headers='<systemd/'
systemd_rooms='lib/service'
ini_headers='<ini\.h'
ini_rooms='lib/snapshot lib/carry lib/ctl'
json_headers='<json-c/'
json_rooms='lib/ctl'

# "FILE:LINE:NAME" of each header of the project that @room includes.
included() {
	grep -nH '^#include "' "$1"/*.[ch] | sed 's/#include "\(.*\)".*/\1/'
}

is_allowed() {
	local header=$1 allowed

	shift
	for allowed; do
		[[ $header != "$allowed" && $header != "$allowed"/* ]] || return 0
	done
	return 1
}

# room FOLDER MAY-USE...: folders or single headers; its own are understood.
room() {
	local folder=$1 line

	rooms+=("$folder")
	while read -r line; do
		is_allowed "${line##*:}" "$@" && continue
		echo "${line%:*}: $folder may not use ${line##*:}" >&2
		failed=1
	done < <(included "$folder")
	files=$((files + $(find "$folder" -name '*.[ch]' | wc -l)))
}

# only HEADER ROOM...: no other room includes it.
only() {
	local header=$1 line

	shift
	while read -r line; do
		is_allowed "${line%%:*}" "$@" && continue
		echo "${line%:*}: only $* may use $header…>" >&2
		failed=1
	done < <(grep -rnH "^#include $header" ./*.c lib parsers | sed 's,^\./,,')
}

# A module is a header and the file of its name. Two that include each other are read together;
# more than two are a knot: none of them can be understood, or tested, by itself.
knots() {
	included "$1" | awk -F: -v room="$1/" '
	{
		from = $1; to = $3
		sub(/[.][ch]$/, "", from); sub(/[.]h$/, "", to)
		if (from == to || index(to, room) != 1) next
		all[from]; all[to]; reaches[from, to]
	}
	END {
		for (via in all) for (a in all) if ((a, via) in reaches)
			for (b in all) if ((via, b) in reaches) reaches[a, b]
		for (a in all) {
			n = 1; names = a
			for (b in all) if (a != b && (a, b) in reaches && (b, a) in reaches) {
				n++; names = names " " b
			}
			if (n > 2) { print names ": include each other"; exit 1 }
		}
	}' >&2 || failed=1
}

rooms=()
room lib/base
room parsers lib/base
room lib/model lib/base parsers
room lib/files lib/base lib/model parsers
room lib/rtnl lib/base lib/model/option.h
room lib/snapshot lib/base lib/model lib/rtnl
room lib/plan lib/base lib/model lib/snapshot/snapshot.h
room lib/apply lib/base lib/model lib/snapshot/snapshot.h lib/plan lib/rtnl
room lib/state lib/base lib/snapshot
room lib/service lib/base
room lib/carry lib/base parsers lib/files lib/model lib/snapshot/snapshot.h
room lib/run lib/apply lib/base lib/files lib/model lib/plan lib/rtnl lib/service lib/snapshot \
	lib/state parsers
room lib/ctl lib parsers

# Loading does not call back into the run: what it has to know of the machine is data, struct
# model_host.
while read -r line; do
	echo "$line: loading may not call back: struct model_host is data" >&2
	failed=1
done < <(grep -nHE '\(\*[a-z_0-9]+\)\(' lib/model/model.h lib/model/host.h lib/files/files.h | cut -d: -f1,2)

# A model is constant once it is loaded: nobody but lib/files has a pointer to change it by, and
# ifenslave, which makes one of its own.
while read -r line; do
	echo "$line: only lib/files may change a model, or an interface in it" >&2
	failed=1
done < <(grep -rnE '\<struct (iface|model) \*' ./*.c lib --include='*.[ch]' |
	grep -vE '^lib/((model|files)/|run/enslave[.]c:)|const struct (iface|model) \*|struct iface \*const \*' |
	cut -d: -f1,2)

for folder in "${rooms[@]}"; do
	knots "$folder"
done
for folder in lib/*/ parsers/; do
	is_allowed "${folder%/}" "${rooms[@]}" && continue
	echo "$folder: this script does not know what it may use" >&2
	failed=1
done
# shellcheck disable=SC2086 # lists of folders
only $kernel_headers $kernel_rooms
# shellcheck disable=SC2086
only $module_headers $module_rooms
# shellcheck disable=SC2086
only $systemd_headers $systemd_rooms
# shellcheck disable=SC2086
only $ini_headers $ini_rooms
# shellcheck disable=SC2086
only $json_headers $json_rooms
[ $failed != 0 ] || echo "ok     $files files include only what their room may use"
exit $failed
