/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks assignments up: for whoever reads the file, and for its own $NAMEs. */
#include <string.h>

#include "parsers/shellvar.h"

const struct shellvar *shellvar_get(const struct shellvars *vars, const char *key)
{
	for (size_t i = vars->n; i > 0; i--) {
		const struct shellvar *var = &vars->vars[i - 1];

		/* Asked for each of a hundred keys: most are told by their first letter. */
		if (*var->key == *key && !var->stray && strcmp(var->key, key) == 0)
			return var;
	}
	return NULL;
}

const struct shellvar *shellvar_latest(const struct shellvars *vars, const char *key)
{
	for (size_t i = vars->n; i > 0; i--) {
		const struct shellvar *var = &vars->vars[i - 1];

		if (*var->key == *key && (!var->flaw || var->flaw >= SHELLVAR_COMPUTED) &&
		    strcmp(var->key, key) == 0)
			return var;
	}
	return NULL;
}
