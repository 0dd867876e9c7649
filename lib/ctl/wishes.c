/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Converts the description of interfaces for `ifcfgctl apply` to changes of files.
 *
 * Mistakes are reported with the interface and member, all in one run. Mistakes in values
 * are left to the check of the files that follows.
 */
#include "lib/ctl/wishes.h"

#include <errno.h>
#include <json-c/json.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"
#include "lib/ctl/remove.h"
#include "lib/ctl/write.h"
#include "lib/run/bind.h"

/* struct wishes - @dir: the present files; @name: of the current interface */
struct wishes {
	struct ctl *ctl;
	struct drafts *drafts;
	const char *source;
	const struct ifcfg_dir *dir;
	const char *name;
};

static int wrong_member(const struct wishes *wishes, const char *what, const char *member)
{
	diag_error(wishes->drafts->diag, (struct pos){ wishes->source, 0 }, "%s%s'%s' %s",
		   wishes->name ? wishes->name : "", wishes->name ? ": " : "", member,
		   what);
	return -EINVAL;
}

/* The first mistake, or else the first failure of another kind. */
static int worse(int r, int one)
{
	return r < 0 && r != -EINVAL ? r : one < 0 ? one : r;
}

/* ---- members ---- */

static const char *member_text(struct json_object *object, const char *member)
{
	struct json_object *value = json_object_object_get(object, member);

	return json_object_is_type(value, json_type_string)
		       ? json_object_get_string(value)
		       : NULL;
}

/* Whether all members are known; otherwise reports the unknown ones. */
static int judge_members(const struct wishes *wishes, struct json_object *object,
			 const char *const *known)
{
	int r = 0;

	json_object_object_foreach(object, member, value)
	{
		size_t i = 0;

		(void)value;
		while (known[i] && strcmp(known[i], member) != 0)
			i++;
		if (!known[i])
			r = wrong_member(wishes, _("is not a member that is known here"),
					 member);
	}
	return r;
}

/* ---- keys ---- */

/* The value of a key; NULL to remove it. Return: false for a list or an object. */
static bool key_value(struct json_object *value, const char **ret)
{
	switch (json_object_get_type(value)) {
	case json_type_null:
		*ret = NULL;
		return true;
	case json_type_boolean:
		*ret = json_object_get_boolean(value) ? "yes" : "no";
		return true;
	case json_type_string:
	case json_type_int:
	case json_type_double:
		*ret = json_object_get_string(value);
		return true;
	default:
		return false;
	}
}

/* Removes all other keys of the file; DEVICE makes it the file of the interface. */
static int drop_others(struct wishes *wishes, const struct ifcfg *file,
		       struct json_object *keys)
{
	int r = 0;

	for (size_t i = 0; i < ifcfg_vars(file)->n && r == 0; i++) {
		const char *key = ifcfg_vars(file)->vars[i].key;

		if (strcmp(key, "DEVICE") != 0 &&
		    !json_object_object_get_ex(keys, key, NULL))
			r = drafts_set(wishes->drafts, file->name, key, NULL);
	}
	return r;
}

static int take_wished_key(struct wishes *wishes, const char *file, const char *key,
			   struct json_object *wanted)
{
	const char *value = NULL, *word;

	if (!key_value(wanted, &value))
		return wrong_member(wishes,
				    _("is neither a text, a number nor a boolean"), key);
	word = arena_printf(wishes->drafts->arena, "%s=%s", key, value ? value : "");
	return write_set_words(wishes->drafts, file, 1, &word);
}

static int take_keys(struct wishes *wishes, const char *file, struct json_object *keys)
{
	int r = 0;

	json_object_object_foreach(keys, key, wanted)
	{
		if (strcmp(key, "DEVICE") != 0)
			r = worse(r, take_wished_key(wishes, file, key, wanted));
	}
	return r;
}

/* ---- routes and rules ---- */

/* The file for the lines of a member. */
static const struct {
	const char *member, *prefix;
} companions[] = {
	{ "routes", "route" },
	{ "routes6", "route6" },
	{ "rules", "rule" },
	{ "rules6", "rule6" },
};

static int take_lines(struct wishes *wishes, const char *member, const char *prefix,
		      struct json_object *lines)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *file =
		arena_printf(wishes->drafts->arena, "%s-%s", prefix, wishes->name);

	if (!json_object_is_type(lines, json_type_array))
		return wrong_member(wishes, _("is not a list"), member);
	for (size_t i = 0; i < json_object_array_length(lines); i++) {
		struct json_object *line = json_object_array_get_idx(lines, i);

		if (!json_object_is_type(line, json_type_string) ||
		    strchr(json_object_get_string(line), '\n'))
			return wrong_member(
				wishes, _("has an entry that is not one line"), member);
		strbuf_addf(&text, "%s\n", json_object_get_string(line));
	}
	return drafts_put(wishes->drafts, file, text.len ? strbuf_text(&text) : NULL);
}

/* Files that are not mentioned stay as they are. */
static int take_companions(struct wishes *wishes, struct json_object *interface)
{
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(companions); i++) {
		struct json_object *lines = NULL;

		if (json_object_object_get_ex(interface, companions[i].member, &lines))
			r = worse(r, take_lines(wishes, companions[i].member,
						companions[i].prefix, lines));
	}
	return r;
}

/* ---- interfaces ---- */

/* Called before anything is changed; values are checked with the files. */
static int judge_wished_keys(struct wishes *wishes, struct json_object *keys)
{
	if (!json_object_is_type(keys, json_type_object))
		return wrong_member(wishes, _("is not an object"), "keys");
	if (json_object_object_get_ex(keys, "DEVICE", NULL))
		return wrong_member(wishes, _("is not a key here: 'name' is the device"),
				    "DEVICE");
	return 0;
}

static int take_wished_file(struct wishes *wishes, struct json_object *keys)
{
	const struct ifcfg *file =
		bind_find(&wishes->ctl->run.devices, wishes->dir, wishes->name);
	const char *name =
		file ? file->name
		     : arena_printf(wishes->drafts->arena, "ifcfg-%s", wishes->name);
	int r = 0;

	r = drafts_set(wishes->drafts, name, "DEVICE", wishes->name);
	if (r == 0 && file)
		r = drop_others(wishes, file, keys);
	return r == 0 ? take_keys(wishes, name, keys) : r;
}

static int take_present(struct wishes *wishes, struct json_object *interface)
{
	struct json_object *keys = json_object_object_get(interface, "keys");
	int r = judge_wished_keys(wishes, keys);

	if (json_object_is_type(keys, json_type_object))
		r = worse(r, take_wished_file(wishes, keys));
	return worse(r, take_companions(wishes, interface));
}

static int take_absent(struct wishes *wishes, struct json_object *interface)
{
	const struct ifcfg *file =
		bind_find(&wishes->ctl->run.devices, wishes->dir, wishes->name);

	(void)interface;
	return file ? remove_files(wishes->drafts, file) : 0;
}

/* Whether an interface that stays needs one that is removed. */
static int judge_absent(struct wishes *wishes, struct json_object *interface)
{
	(void)interface;
	return remove_judge_users(wishes->drafts, wishes->dir, wishes->name);
}

static bool is_absent(struct json_object *interface)
{
	const char *state = member_text(interface, "state");

	return state && strcmp(state, "absent") == 0;
}

static int judge_interface(struct wishes *wishes, struct json_object *interface)
{
	static const char *const known[] = { "name",    "state", "keys",   "routes",
					     "routes6", "rules", "rules6", NULL };
	struct json_object *state = json_object_object_get(interface, "state");
	const char *text = member_text(interface, "state");

	if (state &&
	    (!text || (strcmp(text, "absent") != 0 && strcmp(text, "present") != 0)))
		return wrong_member(wishes, _("is neither present nor absent"), "state");
	return judge_members(wishes, interface, known);
}

/* ---- the description ---- */

typedef int take_fn(struct wishes *wishes, struct json_object *interface);

/* For each interface that is to be absent, or present. */
static int for_each(struct wishes *wishes, struct json_object *list, bool absent,
		    take_fn *take)
{
	int r = 0;

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *interface = json_object_array_get_idx(list, i);

		if (is_absent(interface) != absent)
			continue;
		wishes->name = member_text(interface, "name");
		r = worse(r, take(wishes, interface));
	}
	wishes->name = NULL;
	return r;
}

static int judge_list(struct wishes *wishes, struct json_object *list)
{
	int r = 0;

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *interface = json_object_array_get_idx(list, i);
		const char *name = NULL;

		wishes->name = NULL;
		if (json_object_is_type(interface, json_type_object))
			name = member_text(interface, "name");
		if (!name || !ifname_is_valid(name))
			return wrong_member(
				wishes,
				_("has an entry without the name of an interface"),
				"interfaces");
		wishes->name = arena_strdup(wishes->drafts->arena, name);
		r = worse(r, judge_interface(wishes, interface));
	}
	wishes->name = NULL;
	return r;
}

/* Dependencies are checked against the files that remain. */
static int take_wish_list(struct wishes *wishes, struct json_object *list)
{
	_cleanup_ifcfg_dir_ struct ifcfg_dir before = { 0 }, after = { 0 };
	int r = write_read(wishes->ctl, wishes->drafts, &before);

	wishes->dir = &before;
	if (r == 0)
		r = for_each(wishes, list, true, take_absent);
	if (r == 0)
		r = for_each(wishes, list, false, take_present);
	if (r == 0)
		r = write_read(wishes->ctl, wishes->drafts, &after);
	wishes->dir = &after;
	if (r == 0)
		r = for_each(wishes, list, true, judge_absent);
	wishes->dir = NULL;
	return r;
}

static int take_root(struct wishes *wishes, struct json_object *root)
{
	static const char *const known[] = { "interfaces", NULL };
	struct json_object *list = NULL;
	int r;

	if (!json_object_is_type(root, json_type_object) ||
	    !json_object_object_get_ex(root, "interfaces", &list) ||
	    !json_object_is_type(list, json_type_array))
		return wrong_member(wishes, _("is missing, or is not a list"),
				    "interfaces");
	r = judge_members(wishes, root, known);
	r = worse(r, judge_list(wishes, list));
	return r == 0 ? take_wish_list(wishes, list) : r;
}

static unsigned int line_of(const char *text, size_t offset)
{
	unsigned int line = 1;

	for (size_t i = 0; i < offset && text[i]; i++)
		line += text[i] == '\n';
	return line;
}

int wishes_take(struct ctl *ctl, struct drafts *drafts, const char *text,
		const char *source)
{
	struct wishes wishes = { .ctl = ctl, .drafts = drafts, .source = source };
	struct json_tokener *tokener = MEMORY_TRY(json_tokener_new());
	struct json_object *root;
	int r;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	if (!tokener)
		memory_end();
	do {
		errno = 0;
		json_tokener_reset(tokener);
		root = json_tokener_parse_ex(tokener, text, (int)strlen(text) + 1);
	} while (errno == ENOMEM && memory_release()); /* it may be incomplete */
	if (root)
		r = take_root(&wishes, root);
	else {
		struct pos pos = { source,
				   line_of(text, json_tokener_get_parse_end(tokener)) };

		diag_error(drafts->diag, pos, "this is not JSON: %s",
			   json_tokener_error_desc(json_tokener_get_error(tokener)));
		r = -EINVAL;
	}
	json_object_put(root);
	json_tokener_free(tokener);
	return r;
}
