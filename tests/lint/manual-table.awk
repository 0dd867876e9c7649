# SPDX-License-Identifier: GPL-2.0-or-later
#
# The rows of the tables in a section of a manual page for scdoc, cells separated by tabs.
# A row starts with "|" (and two blanks, unlike the head), each further cell with ":", a
# further line of a cell with blanks.
#
#   awk -f manual-table.awk -v section="BONDING OPTIONS" PAGE

BEGIN { OFS = "\t" }
function end_row() {
	if (row != "")
		print row
	row = ""
}
/^# / { inside = substr($0, 3) == section }
!inside { next }
/^\|  / { end_row(); row = substr($0, 4); next }
/^:/ && row != "" { row = row OFS substr($0, 4); next }
/^   / && row != "" { row = row " " substr($0, 4); next }
{ end_row() }
END { end_row() }
