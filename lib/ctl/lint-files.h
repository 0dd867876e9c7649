/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/lint.h"
#include "lib/files/ifcfg-dir.h"

/* Messages about single files, before they are interpreted. */
void lint_files(const struct lint *lint, const struct ifcfg_dir *dir, struct diag *diag);
