/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>

#include "lib/apply/direct.h"
#include "lib/base/arena.h"

enum dad { DAD_GONE, DAD_TENTATIVE, DAD_FAILED, DAD_DONE };

/**
 * struct dad_wait - an address that is waited for, and its state at the last look
 * @is_link_tentative: detection for the link's own address has not finished
 */
struct dad_wait {
	struct step *step;
	enum dad dad;
	bool was_seen, is_link_tentative;
	int64_t since_ms;
};

/* struct dad_waits - sorted by link and address if .is_sorted */
struct dad_waits {
	struct arena *arena;
	struct dad_wait *of;
	size_t n, cap;
	bool is_sorted;
	int64_t looked_ms;
};

/*
 * OP_DAD_WAIT, until the kernel has checked an IPv6 address for duplicates; see
 * waits_begin() and waits_look().
 */
void dad_wait_begin(struct dad_waits *waits, struct step *step);
int dad_wait_look(const struct direct_env *env, struct dad_waits *waits);
