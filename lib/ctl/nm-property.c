/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "PROPERTY VALUE" of nmcli, and NetworkManager's checks of a whole profile. */
#include <errno.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/base/language.h"
#include "lib/ctl/nm.h"

/* struct setting - a property in the words, and its change */
struct setting {
	const char *word;
	enum property_change change;
	struct property property;
	const struct nm_alias *alias;
};

static int unknown_word(struct nm *nm, const struct nm_type *type, const char *word)
{
	diag_error(nm->ctl->run.diag, (struct pos){ 0 },
		   "'%s' is neither SETTING.PROPERTY nor a short name%s%s", word,
		   type ? _(" for type ") : "", type ? type->word : "");
	return -EINVAL;
}

static int find_setting(struct nm *nm, const struct nm_type *type, const char *profile,
			const char *word, struct setting *ret)
{
	const char *name = word;

	*ret = (struct setting){ .word = word };
	if (*word == '+' || *word == '-') {
		ret->change = *word == '+' ? PROPERTY_ADD : PROPERTY_REMOVE;
		name++;
	}
	if (!strchr(name, '.') && type)
		ret->alias = nm_alias_find(type, name);
	if (!strchr(name, '.') && !ret->alias)
		return unknown_word(nm, type, word);
	if (ret->alias && ret->change == PROPERTY_SET &&
	    (ret->alias->option || ret->alias->method))
		ret->change = PROPERTY_ADD;
	return property_find(ret->alias ? ret->alias->property : name, profile, nm->arena,
			     nm->ctl->run.diag, &ret->property);
}

static int change_setting(struct nm *nm, const struct setting *setting, const char *value,
			  struct keyfile *keyfile)
{
	const struct nm_alias *alias = setting->alias;
	struct arena *arena = nm->arena;
	int r;

	if (alias && alias->option && *value)
		value = arena_printf(arena, "%s=%s", alias->option, value);
	else if (alias && alias->option)
		value = alias->option;
	r = property_change(keyfile, &setting->property,
			    alias && alias->option && value == alias->option
				    ? PROPERTY_REMOVE
				    : setting->change,
			    value, arena, nm->ctl->run.diag);
	if (r == 0 && alias && alias->method)
		property_put(keyfile, setting->property.section, "method", "manual",
			     arena);
	return r;
}

int nm_take_property(struct nm *nm, const struct nm_type *type, struct nm_words *words,
		     struct keyfile *keyfile)
{
	const char *word = nm_next(words), *value;
	const char *profile = keyfile_get(keyfile, "connection", "type");
	struct setting setting;
	int r = find_setting(nm, type, profile, word, &setting);

	if (r < 0)
		return r;
	value = nm_next(words);
	if (!value) {
		diag_error(nm->ctl->run.diag, (struct pos){ 0 },
			   "the value for '%s' is missing", word);
		return -EINVAL;
	}
	return change_setting(nm, &setting, value, keyfile);
}

/* ---- whole profiles ---- */

static int contradicts(struct nm *nm, const char *section, const char *a, const char *b)
{
	diag_error(nm->ctl->run.diag, (struct pos){ 0 }, "%s.%s contradicts %s.%s",
		   section, a, section, b);
	return -EINVAL;
}

/* Dependencies between the settings of a family; @section: ipv4 or ipv6 */
static int judge_family(struct nm *nm, const struct keyfile *keyfile, const char *section)
{
	const char *never = keyfile_get(keyfile, section, "never-default");
	const char *method = keyfile_get(keyfile, section, "method"), *what = NULL;

	if (method && strcmp(method, "manual") == 0)
		what = "method manual";
	else if (keyfile_get(keyfile, section, "gateway"))
		what = "gateway";
	if (keyfile_get(keyfile, section, "gateway") && never &&
	    strcmp(never, "true") == 0)
		return contradicts(nm, section, "never-default yes", "gateway");
	if (method && text_lists("disabled link-local ignore", method) &&
	    keyfile_get(keyfile, section, "address1"))
		return contradicts(nm, section, "addresses", "method");
	if (!what || keyfile_get(keyfile, section, "address1"))
		return 0;
	diag_error(nm->ctl->run.diag, (struct pos){ 0 }, "%s.%s needs %s.addresses",
		   section, what, section);
	return -EINVAL;
}

int nm_judge_profile(struct nm *nm, const struct keyfile *keyfile)
{
	const char *name = keyfile_get(keyfile, "connection", "interface-name");
	struct diag *diag = nm->ctl->run.diag;
	size_t errors = diag_errors(diag);

	if (!keyfile_get(keyfile, "connection", "id"))
		diag_error(diag, (struct pos){ 0 },
			   "connection.id is empty: a connection needs a name");
	if (name && !ifname_is_valid(name)) {
		diag_error(diag, (struct pos){ 0 },
			   "connection.interface-name: '%s' is not the name of an "
			   "interface",
			   name);
		diag_hint(diag, "it has 1 to 15 characters, without '/', ':' and blanks");
	}
	if (keyfile_get(keyfile, "connection", "slave-type") &&
	    !keyfile_get(keyfile, "connection", "master"))
		diag_error(diag, (struct pos){ 0 }, "a port needs connection.master");
	if (judge_family(nm, keyfile, "ipv4") < 0 ||
	    judge_family(nm, keyfile, "ipv6") < 0 || diag_errors(diag) > errors)
		return -EINVAL;
	return 0;
}
