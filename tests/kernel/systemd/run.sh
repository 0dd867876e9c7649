#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What lab.service starts when the boot is over: runs $LAB_DIR/command, then halts.
bash "$LAB_DIR/command" >"$LAB_OUTPUT" 2>&1 </dev/null
status=$?
journalctl --output=short-monotonic >"$LAB_DIR/journal.log" 2>&1
dmesg >"$LAB_DIR/dmesg.log"
echo $status >"$LAB_DIR/status"
sync
echo o >/proc/sysrq-trigger
