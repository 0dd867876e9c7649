/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Helpers: the steps that they can request. */
#include "lib/model/helper.h"

#include <stddef.h>

const char *const helper_steps[STEP_COUNT] = {
	[STEP_ETH] = "eth",       [STEP_POST] = "post", [STEP_ALIASES] = "aliases",
	[STEP_ROUTES] = "routes", [STEP_IPV6] = "ipv6",
};
