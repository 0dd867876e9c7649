/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl set: give keys of an interface's file other values. */
#include <errno.h>
#include <string.h>

#include "lib/ctl/write.h"
#include "lib/model/bond-file.h"
#include "lib/model/ifcfg-keys.h"

/* struct words - the command's words, and which of them is looked at */
struct words {
	struct drafts *drafts;
	const char *const *of;
	int n, at;
};

static bool is_option(const struct words *words, int i)
{
	const char *word = words->of[i];
	const char *key = arena_strndup(words->drafts->arena, word, strcspn(word, "="));

	return key && strchr(word, '=') && bond_is_option(key);
}

/* BONDING_OPTS=mode=1 miimon=100: the shell that read the command parted the value. */
static void tell_option(const struct words *words, const char *key)
{
	static const char start[] = "BONDING_OPTS=";
	struct diag *diag = words->drafts->diag;
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
	int first = -1;

	for (int i = 0; i < words->n; i++)
		if (strncmp(words->of[i], start, strlen(start)) == 0) {
			strbuf_add(&line, words->of[i]);
		} else if (line.len && is_option(words, i)) {
			strbuf_addf(&line, " %s", words->of[i]);
			first = first < 0 ? i : first;
		}
	if (!line.len) {
		diag_error(diag, (struct pos){ 0 }, "unknown key '%s'", key);
		diag_hint(diag, "it is an option of bonds: 'BONDING_OPTS=… %s'",
			  words->of[words->at]);
	} else if (first == words->at) { /* once for all of them */
		diag_error(diag, (struct pos){ 0 },
			   "BONDING_OPTS ends at the blank: '%s' after it is not a key",
			   key);
		diag_hint(diag, "put it into quotes: '%s'", strbuf_text(&line));
	}
}

static void tell_unknown(const struct words *words, const char *key)
{
	struct diag *diag = words->drafts->diag;
	_cleanup_strbuf_ struct strbuf nearest = STRBUF_EMPTY;

	if (bond_is_option(key)) {
		tell_option(words, key);
		return;
	}
	diag_error(diag, (struct pos){ 0 }, "unknown key '%s'", key);
	ifcfg_key_nearest(key, &nearest);
	if (nearest.len)
		diag_hint(diag, "did you mean '%s'?", strbuf_text(&nearest));
	else
		diag_hint(diag, "ifcfg-bond(5) has them all; keys of your own begin with "
				"X_");
}

/* Return: whether it is nothing that a switch takes, told. */
static bool is_wrong_switch(struct diag *diag, const char *key, const char *value)
{
	const char *nearest;

	if (!ifcfg_key_has(key, KEY_YESNO) || ifcfg_is_true(value) || ifcfg_is_off(value))
		return false;
	nearest = ifcfg_switch_nearest(value);
	diag_error(diag, (struct pos){ 0 }, "%s=%s is neither yes nor no", key, value);
	if (nearest)
		diag_hint(diag, "did you mean '%s'?", nearest);
	return true;
}

/* "KEY=VALUE" becomes two texts; -EINVAL, told, when it is none. */
static int split(const struct words *words, const char **ret_key, const char **ret_value)
{
	struct drafts *drafts = words->drafts;
	const char *word = words->of[words->at], *equals = strchr(word, '=');

	if (!equals) {
		diag_error(drafts->diag, (struct pos){ 0 }, "'%s' is not KEY=VALUE",
			   word);
		return -EINVAL;
	}
	*ret_key = arena_strndup(drafts->arena, word, (size_t)(equals - word));
	*ret_value = equals[1] ? equals + 1 : NULL;
	if (!*ret_key)
		return -ENOMEM;
	if (!*ret_value)
		return 0;
	if (ifcfg_key_find(*ret_key))
		return is_wrong_switch(drafts->diag, *ret_key, *ret_value) ? -EINVAL : 0;
	tell_unknown(words, *ret_key);
	return -EINVAL;
}

int write_set_words(struct drafts *drafts, const char *file, int n,
		    const char *const *words)
{
	const char *key = NULL, *value = NULL;
	int r, wrong = 0;

	for (int i = 0; i < n; i++) {
		const struct words at = { drafts, words, n, i };

		r = split(&at, &key, &value);
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
	.what = "change or remove keys in a file",
	.options = options,
	.settings_size = sizeof(struct write_settings),
	.min_words = 2,
	.max_words = CTL_MANY,
	.run = set,
};
