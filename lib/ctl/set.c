/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl set: give keys of an interface's file other values. */
#include <errno.h>
#include <string.h>

#include "lib/ctl/write.h"
#include "lib/model/ifcfg-keys.h"

/* "KEY=VALUE" becomes two texts; -EINVAL, told, when it is none. */
static int split(struct drafts *drafts, const char *word, const char **ret_key,
		 const char **ret_value)
{
	const char *equals = strchr(word, '=');
	_cleanup_strbuf_ struct strbuf nearest = STRBUF_EMPTY;

	if (!equals) {
		diag_error(drafts->diag, (struct pos){ 0 }, "'%s' is not KEY=VALUE",
			   word);
		return -EINVAL;
	}
	*ret_key = arena_strndup(drafts->arena, word, (size_t)(equals - word));
	*ret_value = equals[1] ? equals + 1 : NULL;
	if (!*ret_key)
		return -ENOMEM;
	if (!*ret_value || ifcfg_key_find(*ret_key))
		return 0;
	diag_error(drafts->diag, (struct pos){ 0 }, "unknown key '%s'", *ret_key);
	ifcfg_key_nearest(*ret_key, &nearest);
	if (nearest.len)
		diag_hint(drafts->diag, "did you mean '%s'?", strbuf_text(&nearest));
	else
		diag_hint(drafts->diag, "ifcfg-bond(5) has them all; keys of your own "
					"begin with X_");
	return -EINVAL;
}

int write_set_words(struct drafts *drafts, const char *file, int n,
		    const char *const *words)
{
	const char *key = NULL, *value = NULL;
	int r, wrong = 0;

	for (int i = 0; i < n; i++) {
		r = split(drafts, words[i], &key, &value);
		if (r == 0)
			r = drafts_set(drafts, file, key, value);
		if (r < 0 && r != -EINVAL)
			return r;
		wrong = wrong < 0 ? wrong : r;
	}
	return wrong;
}

/* Return: 0; -ENOENT or -EINVAL, told; -ENOMEM. */
static int find_file(struct drafts *drafts, const char *request, const char **ret)
{
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	int r = drafts_read(drafts, &dir);
	const struct ifcfg *file = r == 0 ? ifcfg_find(&dir, request) : NULL;

	if (r < 0)
		return r;
	if (file) {
		*ret = file->name;
		return 0;
	}
	return ifcfg_not_found(&dir, request, drafts->diag);
}

static int set(struct ctl *ctl, int n, char **words)
{
	const struct write_settings *settings = ctl->settings;
	_cleanup_drafts_ struct drafts drafts = { 0 };
	const char *file = NULL;
	int r;

	if (!write_settings_judge(&ctl_set, settings))
		return EXIT_USAGE;
	r = write_begin(ctl, !settings->dry_run, &drafts);
	if (r == 0)
		r = find_file(&drafts, words[0], &file);
	if (r == 0)
		r = write_set_words(&drafts, file, n - 1, (const char *const *)words + 1);
	if (r < 0)
		return write_failed(ctl, r);
	return write_finish(ctl, &drafts, settings, file);
}

static const struct ctl_option options[] = { WRITE_OPTIONS, { 0 } };

const struct ctl_command ctl_set = {
	.name = "set",
	.args = "NAME KEY=[VALUE]...",
	.what = "give keys of a file other values, or take them out",
	.options = options,
	.settings_size = sizeof(struct write_settings),
	.min_words = 2,
	.max_words = CTL_MANY,
	.run = set,
};
