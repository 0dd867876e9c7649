# SPDX-License-Identifier: GPL-2.0-or-later
#
# Writes the files of cases (see unpack.sh) below the folder `to`. With list=1, prints the
# folders that they need instead. For what else there is to do, it prints "x FILE" for a
# program and "l FILE TARGET" for a link; blanks are allowed in a target only.

function folder_of(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

# Only what C calls octal escapes, \r and \\; a backslash at the end is no end of line.
function unescape(text,    out, at, c) {
	out = ""
	while ((at = index(text, "\\")) > 0) {
		out = out substr(text, 1, at - 1)
		c = substr(text, at + 1, 1)
		if (c == "r") {
			out = out "\r"
			at++
		} else if (c == "\\") {
			out = out "\\"
			at++
		} else if (c == "") {
			return out
		} else {
			put(out)
			out = ""
			printf "%c", octal(substr(text, at + 1, 3)) >file
			at += 3
		}
		text = substr(text, at + 1)
	}
	return out text "\n"
}

function octal(digits) {
	return substr(digits, 1, 1) * 64 + substr(digits, 2, 1) * 8 + substr(digits, 3, 1)
}

function put(text) {
	printf "%s", text >file
}

function begin(path) {
	if (file != "")
		close(file)
	file = path
	if (list)
		print folder_of(path)
	else
		put("")
}

FNR == 1 {
	place = FILENAME
	sub(/\.case$/, "", place)
	sub(/^.*\//, "", place)
	place = to "/" place
	begin(place "/cmd")
	sub(/^\$ /, "")
}

/^==== / {
	name = substr($0, 6)
	is_escaped = sub(/, escaped$/, "", name)
	is_program = sub(/, executable$/, "", name)
	at = index(name, " -> ")
	if (at > 0) {
		begin(place "/" substr(name, 1, at - 1))
		if (!list)
			print "l " file "\t" substr(name, at + 4)
		file = ""
	} else {
		begin(place "/" name)
		if (is_program && !list)
			print "x " file
	}
	next
}

!list {
	put(is_escaped && FNR > 1 ? unescape($0) : $0 "\n")
}
