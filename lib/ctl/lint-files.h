/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/lint.h"
#include "lib/model/ifcfg-dir.h"

/* What is to be said of single files, before anything is made of them. -ENOMEM or 0. */
int lint_files(const struct lint *lint, const struct ifcfg_dir *dir, struct diag *diag);
