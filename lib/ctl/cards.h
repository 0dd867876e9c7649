/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"
#include "lib/snapshot/snapshot.h"

/* Whether it is a network card that no file is about. */
bool cards_is_free(const struct snap_link *link, const struct ifcfg_dir *dir);

/* Whether the kernel has no interface with that name, alternative names included. */
bool cards_is_missing(const struct snapshot *have, const char *name);

/**
 * cards_tell_missing() - report that there is no such interface
 * @grade: a warning, or a note for a card that comes later
 * @dir: all files: the hint names a card that none of them is about
 */
void cards_tell_missing(const struct snapshot *have, const struct ifcfg_dir *dir,
			const char *name, enum diag_grade grade, struct pos pos,
			struct diag *diag);
