/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lib/base/arena.h"

/**
 * struct bonding_word - one `option=value` of BONDING_OPTS
 * @name: text before the first '='
 * @value: text after the last '=' (as network-scripts cut it); NULL if there is no '='
 * @joined: the word ends at a comma or semicolon instead of a blank
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
 * @ret, @ret_n: the words in order; untouched on failure
 *
 * Words end at one or more blanks and, as in kickstart's --bondopts, at a comma or
 * semicolon that is followed by another `option=` or by nothing. This function knows no
 * option names.
 *
 * Spec: install_bonding_driver() in network-scripts'
 * network-functions.
 */
void bonding_opts_split(const char *text, struct arena *arena, struct bonding_word **ret,
			size_t *ret_n);
