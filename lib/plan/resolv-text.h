/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/arena.h"
#include "lib/model/dns.h"

/**
 * struct resolv_edit - what a text of resolv.conf(5) is made from
 * @base: what was there before the first of our interfaces; NULL when there was no file
 * @now: what is there; NULL when there is no file
 * @ours: what earlier runs put into it, of all interfaces together
 * @want: what they want now
 */
struct resolv_edit {
	const char *base, *now;
	const struct dns *ours, *want;
};

/**
 * resolv_text_make() - the text that has what is wanted and keeps what is others'
 * @ret: owned by @arena, or one of the two texts of @edit; NULL for no file at all
 *
 * As network-scripts left it: options first; then all other lines in their order; then one
 * search line, with the domains that were there behind ours; then the name servers, for
 * which those of @base make room. Name servers that others have added since stay behind
 * ours. A text that says the same already is kept as it stands. When nothing is wanted any
 * more, @base comes back, with what others have changed since.
 *
 * Pure.
 *
 * Return: 0; -ENOMEM.
 * Spec: ifup-post, ifdown-post of network-scripts; resolv.conf(5).
 */
int resolv_text_make(const struct resolv_edit *edit, struct arena *arena,
		     const char **ret);
