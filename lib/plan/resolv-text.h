/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/arena.h"
#include "lib/model/dns.h"

/**
 * struct resolv_edit - the inputs for a text of resolv.conf(5)
 * @base: the text before our first interface; NULL if there was no file
 * @now: the present text; NULL if there is no file
 * @ours: what earlier runs added, for all interfaces together
 * @want: what all interfaces want now
 */
struct resolv_edit {
	const char *base, *now;
	const struct dns *ours, *want;
};

/**
 * resolv_text_make() - make the text that has what is wanted and keeps what belongs to
 * others
 * @ret: owned by @arena, or one of the two texts of @edit; NULL for no file at all
 *
 * The result is as with network-scripts: options first; then all other lines in their
 * order; then one search line, with the existing domains after ours; then the name
 * servers, which replace those of @base. Name servers that others have added since stay
 * after ours. A text that already says the same is kept as it is. When nothing is wanted
 * any more, @base is restored, with what others have changed since.
 *
 * A pure function.
 *
 * Spec: ifup-post, ifdown-post of network-scripts; resolv.conf(5).
 */
void resolv_text_make(const struct resolv_edit *edit, struct arena *arena,
		      const char **ret);
