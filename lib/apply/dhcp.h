/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/apply/direct.h"

/* As direct_run(): start clients and wait for their leases; stop clients. */
int dhcp_start_run(const struct direct_env *env, struct step *steps, size_t n);
int dhcp_stop_run(const struct direct_env *env, struct step *steps, size_t n);
