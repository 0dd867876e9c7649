/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that have no effect, many of which have one cause: a copied file. */
#include "lib/files/strangers.h"

#include <string.h>

#include "lib/base/language.h"

const struct strange strange_here = { N_("remove it"),
				      N_("remove what is of another kind") };

void strangers_add(struct strangers *strangers, const struct shellvar *var)
{
	if (!strangers->first)
		strangers->first = var;
	strbuf_addf(&strangers->names, "%s%s", strangers->n++ ? ", " : "", var->key);
}

/* Other values of TYPE and BOOTPROTO have an effect. */
static bool is_about_value(const struct shellvar *var)
{
	return strcmp(var->key, "TYPE") == 0 || strcmp(var->key, "BOOTPROTO") == 0;
}

void strangers_tell(const struct strangers *strangers, struct diag *diag,
		    const struct strange *why, const char *noun, const char *type)
{
	const struct shellvar *first = strangers->first;
	const bool shows_value = first && is_about_value(first);

	if (!first)
		return;
	diag_warning(diag, first->pos, "%s%s%s has no effect on %s", first->key,
		     shows_value ? "=" : "", shows_value ? first->value : "", _(noun));
	if (strangers->n == 1 && strcmp(first->key, "TYPE") == 0)
		diag_hint(diag, "write TYPE=%s", type);
	else if (strangers->n == 1)
		diag_hint(diag, "%s", _(why->one));
	else
		diag_hint(diag, "%s: %s", _(why->many), strbuf_text(&strangers->names));
}

void strangers_release(struct strangers *strangers)
{
	strbuf_release(&strangers->names);
}
