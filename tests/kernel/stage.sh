#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs into $BUILD/stage/root, for a lab with systemd. That is deep enough for make not to
# take its init.d for a list of dependencies.
cd "$(dirname "$0")/../.." || exit
rm -rf "$BUILD/stage"
make --no-print-directory -s install BUILD="$BUILD" DESTDIR="$BUILD/stage/root" \
	>"$BUILD/stage.log" 2>&1 && exit
cat "$BUILD/stage.log" >&2
exit 1
