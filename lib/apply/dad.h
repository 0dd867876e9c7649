/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/direct.h"

/* Of direct_run(): waits until the kernel has looked for duplicates of IPv6 addresses. */
int dad_run(const struct direct_env *env, struct step *steps, size_t n);
