/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>

/**
 * struct fail_alloc - shared by fail-alloc.so and who watches it
 * @at: the number of the allocation that fails, from 1; 0 for none
 * @n: how many there were
 */
struct fail_alloc {
	size_t at, n;
};
