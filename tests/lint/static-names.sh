#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A name that is static stands in one file only, so that grep, a breakpoint, a backtrace and
# the reader find one thing: it says its topic (add_bridge_keys(), not add()). What two files
# need is one function of the module that it fits.
set -u
export LC_ALL=C
cd "$(dirname "$0")/../.." || exit

# "NAME FILE:LINE" of each function, object and table, as clang-format lays them out.
static_names() {
	awk '
		function found(text) {
			if (match(text, /^[^(=;]*\(\*(const )?[A-Za-z0-9_]+/))
				text = substr(text, 1, RLENGTH) # a pointer to a function
			else if (match(text, /[A-Za-z0-9_]+(\[[^]]*\])* ?[(=;,]/))
				text = substr(text, 1, RSTART + RLENGTH - 1)
			else
				return
			sub(/(\[[^]]*\])* ?[(=;,]?$/, "", text)
			sub(/.*[^A-Za-z0-9_]/, "", text)
			if (!seen[text, FILENAME]++)
				print text, FILENAME ":" FNR
		}
		FNR == 1 { wrapped = struct = "" }
		/^static .*[^;{(),]$/ { # the name is in the next line
			wrapped = $0 " "
			next
		}
		wrapped { $0 = wrapped $0; wrapped = "" }
		/^static (const )?(struct|union|enum)[^(=;]*\{$/ {
			struct = 1
			next
		}
		/^static / {
			gsub(/_[a-z]+_(\([^)]*\))? /, "") # attributes
			found($0)
		}
		/^}/ && struct {
			found($0)
			struct = ""
		}
	' "$@"
}

names=$(static_names ./*.c lib/*/*.[ch] parsers/*.[ch] | sort)
n=$(wc -l <<<"$names")
twice=$(cut -d ' ' -f 1 <<<"$names" | uniq -d)
if [ "$n" -lt 1000 ] || [ -n "$twice" ]; then
	echo "of $n file-local names, these stand in several files: let each say its topic" >&2
	join -o 2.2,2.1 <(echo "$twice") <(echo "$names") | sed 's/ /: /' >&2
	exit 1
fi
echo "ok     $n file-local names stand in one file only"
