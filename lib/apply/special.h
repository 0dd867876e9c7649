/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/direct.h"

/* OP_TUN_SET and OP_IPOIB_MODE, for which there is no rtnetlink; see direct_run(). */
int tun_run(const struct direct_env *env, struct step *const *steps, size_t n);
int ipoib_run(const struct direct_env *env, struct step *const *steps, size_t n);
