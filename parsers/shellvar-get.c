/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks assignments up: for whoever reads the file, and for its own $NAMEs. */
#include <string.h>

#include "parsers/shellvar.h"

const struct shellvar *shellvar_get(const struct shellvars *vars, const char *key)
{
	for (size_t i = vars->n; i > 0; i--)
		if (!vars->vars[i - 1].stray && strcmp(vars->vars[i - 1].key, key) == 0)
			return &vars->vars[i - 1];
	return NULL;
}
