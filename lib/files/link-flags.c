/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads the flags of links that keys switch on and off. */
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"

const struct want_flag *link_flags_read(const struct source *src)
{
	const struct want_flag *first = NULL;

	const struct link_flag *flag;
	const struct want_flag **next = &first;

	for (size_t i = 0; (flag = link_flag_nth(i)); i++) {
		struct want_flag want = { .flag = flag }, *copy;
		const char *key = flag->key, *value = source_value(src, key);

		if (!value && flag->also) {
			key = flag->also;
			value = source_value(src, key);
		}
		if (!value || !(ifcfg_is_true(value) || ifcfg_is_false(value)))
			continue;
		want.on = ifcfg_is_true(value);
		want.pos = source_pos(src, key);
		copy = arena_memdup(src->loader->arena, &want, sizeof(want));
		*next = copy;
		next = &copy->next;
	}
	return first;
}
