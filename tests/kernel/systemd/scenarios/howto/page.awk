# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes of ifcfg-bond-howto(7) a script of what it has a reader do, in its order: `file NAME`
# with the lines of a file, `play COMMAND`, and what only the lab has to do, from comments
# ("; lab: WORDS"). The session that the page shows goes to SAID.
#
#   awk -f page.awk -v said=SAID PAGE >SCRIPT

function quoted(text) {
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}
/^; lab: / { print substr($0, 8); next }
/^```/ {
	inside = !inside
	session = 0
	if (inside && file != "")
		print "file " file " <<'END'"
	else if (in_file)
		print "END"
	in_file = inside && file != ""
	file = ""
	next
}
in_file { print; next }
inside && /^# / {
	print "play " quoted(substr($0, 3))
	session = 1
}
inside && session { print >said }
!inside && match($0, /_ifcfg-[a-z0-9]+_:$/) { file = substr($0, RSTART + 1, RLENGTH - 3) }
