/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/direct.h"

/* Steps of direct_run(): settings below /proc/sys/net, and waiting for IPv6 addresses. */
int conf_run(const struct direct_env *env, struct step *steps, size_t n);
int dad_run(const struct direct_env *env, struct step *steps, size_t n);
