/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"

/**
 * struct bonding_word - one `option=value` of BONDING_OPTS
 * @name: text before the first '='
 * @value: text behind the last '=' (as network-scripts cut it); NULL without any '='
 * @joined: it ends at a comma or semicolon instead of a blank
 */
struct bonding_word {
	const char *name;
	const char *value;
	bool joined;
};

/**
 * bonding_opts_split() - cut BONDING_OPTS into words
 * @text: the key's value
 * @arena: owns the result
 * @ret, @ret_n: the words in their order; untouched on failure
 *
 * Words end at blanks, of which there may be several, and, as in kickstart's --bondopts,
 * at a comma or semicolon behind which another `option=` or nothing follows. No option
 * name is known here.
 *
 * Return: 0; -ENOMEM.
 * Spec: install_bonding_driver() in network-scripts' network-functions.
 */
int bonding_opts_split(const char *text, struct arena *arena, struct bonding_word **ret,
		       size_t *ret_n);
