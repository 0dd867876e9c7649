#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# `make compile-commands` writes one command for each source file of the programs and of the
# tests, and a command works as it is written.
set -u
cd "$(dirname "$0")/../.." || exit

work=$(mktemp -d) || exit
trap 'rm -rf "$work"' EXIT
list=$work/compile_commands.json

MAKEFLAGS='' make -s BUILD="$work" compile-commands || exit
jq -r '.[].file' "$list" | sort >"$work/listed" || exit
for file in *.c lib/*/*.c parsers/*.c tests/unit/test-*.c; do
	grep -qxF "$file" "$work/listed" && continue
	echo "$file is not in compile_commands.json" >&2
	exit 1
done
command=$(jq -r '.[] | select(.file == "lib/base/num.c").command' "$list")
mkdir -p "$work/lib/base"
sh -c "$command" || exit
echo "ok     $(wc -l <"$work/listed") commands of the compiler for editors"
