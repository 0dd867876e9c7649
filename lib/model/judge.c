/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is wrong in a file, and which of its keys have no effect. */
#include <string.h>

#include "lib/model/ifcfg-keys.h"
#include "lib/model/load.h"

/* Whether there is something to say about a key, as long as it has a value. */
static bool is_notable(const char *name)
{
	const struct ifcfg_key *key = ifcfg_key_find(name);

	return !key || key->grade == KEY_LATER || key->grade == KEY_NOT ||
	       key->grade == KEY_OFF_ONLY;
}

static bool is_of_family(const struct ifcfg_key *key)
{
	return key->hint == ifcfg_hint_wireless || key->hint == ifcfg_hint_suse;
}

static bool is_first_use(const struct shellvars *vars, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (!vars->vars[j].stray &&
		    strcmp(vars->vars[j].key, vars->vars[i].key) == 0)
			return false;
	return true;
}

static void judge_unknown(struct diag *diag, const struct shellvar *var)
{
	_cleanup_strbuf_ struct strbuf nearest = STRBUF_EMPTY;

	ifcfg_key_nearest(var->key, &nearest);
	diag_warning(diag, var->pos, "unknown key '%s' has no effect", var->key);
	if (nearest.len)
		diag_hint(diag, "did you mean '%s'?", strbuf_text(&nearest));
	else
		diag_hint(diag, "keys of your own, for hooks, start with '_' or 'X_'");
}

static void judge_useless(struct diag *diag, const struct shellvar *var, const char *hint)
{
	diag_warning(diag, var->pos, "%s has no effect", var->key);
	diag_hint(diag, "%s", hint);
}

static void judge_key(struct diag *diag, const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);

	if (!key) {
		judge_unknown(diag, var);
		return;
	}
	if (!*var->value)
		return;
	switch (key->grade) {
	case KEY_USED:
	case KEY_SILENT:
		break;
	case KEY_LATER:
		diag_warning(diag, var->pos, "%s is not applied by this version",
			     var->key);
		break;
	case KEY_OFF_ONLY:
		if (!ifcfg_is_off(var->value))
			judge_useless(diag, var, key->hint);
		break;
	case KEY_NOT:
		if (!is_of_family(key))
			judge_useless(diag, var, key->hint);
		break;
	}
}

/* One message for all keys of a family; NULL when the file has none of them. */
static const struct shellvar *first_of_family(const struct shellvars *vars,
					      const char *hint, size_t *ret_n)
{
	const struct shellvar *first = NULL;

	*ret_n = 0;
	for (size_t i = 0; i < vars->n; i++) {
		const struct ifcfg_key *key = ifcfg_key_find(vars->vars[i].key);

		if (!key || key->hint != hint || !*vars->vars[i].value ||
		    vars->vars[i].stray)
			continue;
		first = first ? first : &vars->vars[i];
		*ret_n += is_first_use(vars, i);
	}
	return first;
}

/* Two keys of SUSE's are no accident: what the others say is another language, too. */
static void judge_families(struct diag *diag, const struct shellvars *vars)
{
	const struct shellvar *first;
	size_t n;

	first = first_of_family(vars, ifcfg_hint_wireless, &n);
	if (first)
		judge_useless(diag, first, ifcfg_hint_wireless);
	first = first_of_family(vars, ifcfg_hint_suse, &n);
	if (first && n == 1)
		judge_useless(diag, first, ifcfg_hint_suse);
	if (first && n > 1) {
		diag_error(diag, first->pos, "this looks like an ifcfg file of SUSE");
		diag_hint(diag, "ifcfg-bond(5) has the keys that are needed here");
	}
}

/*
 * `NAME=bond0 slave 1` made bash run `slave`, which failed unseen: such files boot hosts,
 * as long as nothing depends on the key.
 */
static void judge_stray(struct diag *diag, const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);
	bool harmless =
		key && (key->grade == KEY_SILENT || strcmp(key->name, "NAME") == 0);

	diag_add(diag, harmless ? DIAG_WARNING : DIAG_ERROR, var->pos,
		 "%s has no value: it ends at the blank, and '%s' would be run as a "
		 "command",
		 var->key, var->stray);
	diag_hint(diag, "put the value into quotes: %s=\"%s %s…\"", var->key, var->value,
		  var->stray);
}

static void judge_strays(struct diag *diag, const struct shellvars *vars)
{
	for (size_t i = 0; i < vars->n; i++)
		if (vars->vars[i].stray)
			judge_stray(diag, &vars->vars[i]);
}

void iface_judge_vars(struct diag *diag, const struct shellvars *vars)
{
	judge_strays(diag, vars);
	for (size_t i = 0; i < vars->n; i++)
		if (!vars->vars[i].stray && is_notable(vars->vars[i].key) &&
		    is_first_use(vars, i))
			judge_key(diag, shellvar_get(vars, vars->vars[i].key));
	judge_families(diag, vars);
}

void iface_judge_keys(struct loader *loader, const struct ifcfg *file)
{
	diag_merge(loader->diag, file->findings);
	iface_judge_vars(loader->diag, &file->vars);
}

void iface_judge_syntax(struct loader *loader, const struct ifcfg *file)
{
	diag_merge(loader->diag, file->findings);
	judge_strays(loader->diag, &file->vars);
}
