/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/direct.h"

/* For direct_run(): writes settings below /proc/sys/net. */
int conf_run(const struct direct_env *env, struct step *const *steps, size_t n);
