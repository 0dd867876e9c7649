/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/strbuf.h"
#include "parsers/shellvars.h"

/*
 * struct strangers - keys of a file that have no effect, for one reason: the first one,
 * and the names of all @n
 */
struct strangers {
	const struct shellvar *first;
	struct strbuf names;
	size_t n;
};

void strangers_add(struct strangers *strangers, const struct shellvar *var);

/* struct strange - advice about one key, or about many, whose names follow */
struct strange {
	const char *one, *many;
};

extern const struct strange strange_here; /* to be removed */

/*
 * One warning for all of them, if there are any: "KEY has no effect on NOUN"; @type: what
 * TYPE should be.
 */
void strangers_tell(const struct strangers *strangers, struct diag *diag,
		    const struct strange *why, const char *noun, const char *type);

void strangers_release(struct strangers *strangers);
#define _cleanup_strangers_ _cleanup_(strangers_release)
