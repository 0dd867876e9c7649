/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl set: changes keys in an interface's file. */
#include <errno.h>
#include <string.h>

#include "lib/base/strbuf.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/write.h"
#include "lib/files/bond.h"
#include "lib/files/ifcfg-keys.h"
#include "parsers/bonding-opts.h"

/* struct words - the command's words, and the current one */
struct words {
	struct drafts *drafts;
	const char *const *of;
	int n, at;
};

static bool is_option_word(const struct words *words, int i)
{
	const char *word = words->of[i];
	const char *key = arena_strndup(words->drafts->arena, word, strcspn(word, "="));

	return strchr(word, '=') && bond_is_option(key);
}

/* BONDING_OPTS=mode=1 miimon=100: the shell that read the command split the value. */
static void tell_split_value(const struct words *words, const char *key)
{
	static const char start[] = "BONDING_OPTS";
	struct diag *diag = words->drafts->diag;
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
	int first = -1;

	for (int i = 0; i < words->n; i++)
		if (strncmp(words->of[i], start, strlen(start)) == 0 &&
		    strchr("+=", words->of[i][strlen(start)])) {
			strbuf_add(&line, words->of[i]);
		} else if (line.len && is_option_word(words, i)) {
			strbuf_addf(&line, "%s%s",
				    line.text[line.len - 1] == '=' ? "" : " ",
				    words->of[i]);
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
		diag_hint(diag, "put it in quotes: '%s'", strbuf_text(&line));
	}
}

static void tell_unknown_key(const struct words *words, const char *key)
{
	struct diag *diag = words->drafts->diag;
	_cleanup_strbuf_ struct strbuf nearest = STRBUF_EMPTY;

	if (bond_is_option(key)) {
		tell_split_value(words, key);
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

/* Return: whether it is not a valid value of a switch, which is reported. */
static bool is_wrong_switch(struct diag *diag, const char *key, const char *value)
{
	const char *nearest;

	if (!ifcfg_key_has(key, KEY_YESNO) || ifcfg_is_switch(value))
		return false;
	nearest = ifcfg_switch_nearest(value);
	diag_error(diag, (struct pos){ 0 }, "%s=%s is neither yes nor no", key, value);
	if (nearest)
		diag_hint(diag, "did you mean '%s'?", nearest);
	return true;
}

/* Whether the words after it belong to it is not known. Return: -EINVAL. */
static int tell_no_pair(const struct words *words)
{
	const char *word = words->of[words->at];

	diag_error(words->drafts->diag, (struct pos){ 0 }, "'%s' is not KEY=VALUE", word);
	if (*word == '=' || ifcfg_key_find(word))
		diag_hint(words->drafts->diag,
			  "write KEY=VALUE, without blanks around the =");
	return -EINVAL;
}

/* struct pair - KEY=VALUE; @value: NULL to take it away; @adds: it was += */
struct pair {
	const char *key, *value;
	bool adds;
};

/* Return: 0; -EINVAL, reported, if it is not one. */
static int split(const struct words *words, struct pair *ret)
{
	const char *word = words->of[words->at], *equals = strchr(word, '=');
	size_t len = equals ? (size_t)(equals - word) : 0;

	if (!len)
		return tell_no_pair(words);
	ret->adds = len > 1 && word[len - 1] == '+';
	len -= ret->adds;
	ret->key = arena_strndup(words->drafts->arena, word, len);
	ret->value = equals[1] ? equals + 1 : NULL;
	return 0;
}

/* Whether the key may have the value; otherwise reports it. A key may always be removed. */
static bool judge_pair(const struct words *words, const struct pair *pair)
{
	struct diag *diag = words->drafts->diag;

	if (!pair->value && !pair->adds)
		return true;
	if (!ifcfg_key_find(pair->key)) {
		tell_unknown_key(words, pair->key);
		return false;
	}
	if (!pair->adds)
		return !is_wrong_switch(diag, pair->key, pair->value);
	if (ifcfg_key_has(pair->key, KEY_TEXT))
		return true;
	diag_error(diag, (struct pos){ 0 }, "%s is not a list: nothing can be added",
		   pair->key);
	diag_hint(diag, "write %s=VALUE", pair->key);
	return false;
}

/* ---- += ---- */

static bool has_bonding_word(const struct bonding_word *words, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i].name, name) == 0)
			return true;
	return false;
}

static void add_bonding_word(struct strbuf *out, const struct bonding_word *word)
{
	strbuf_addf(out, "%s%s%s%s", out->len ? " " : "", word->name,
		    word->value ? "=" : "", word->value ? word->value : "");
}

/* Options that @old has, too, get their new values. */
static void merge_options(const char *old, const char *added, struct arena *arena,
			  struct strbuf *out)
{
	struct bonding_word *before, *more;
	size_t n_before, n_more;

	bonding_opts_split(old, arena, &before, &n_before);
	bonding_opts_split(added, arena, &more, &n_more);
	for (size_t i = 0; i < n_before; i++)
		if (!has_bonding_word(more, n_more, before[i].name))
			add_bonding_word(out, &before[i]);
	for (size_t i = 0; i < n_more; i++)
		add_bonding_word(out, &more[i]);
}

static const char *separator_of(const char *key)
{
	return strcmp(key, "ETHTOOL_OPTS") == 0 ? "; " : " ";
}

/* Appends the value to that of the key. Return: 0; a negative errno, reported. */
static int add_to_old(struct drafts *drafts, const char *file, struct pair *pair)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *old, *added = pair->value ? pair->value : "";
	int r = drafts_get(drafts, file, pair->key, &old);

	added += strspn(added, " ");
	if (r < 0)
		return r;
	if (ifcfg_key_is_options(pair->key))
		merge_options(old, added, drafts->arena, &text);
	else
		strbuf_addf(&text, "%s%s%s", old,
			    *old && *added ? separator_of(pair->key) : "", added);
	pair->value = text.len ? arena_strdup(drafts->arena, strbuf_text(&text)) : NULL;
	return 0;
}

/* ---- the command ---- */

static int set_word(const struct words *words, const char *file, bool *ret_is_over)
{
	struct pair pair;
	int r = split(words, &pair);

	*ret_is_over = r < 0;
	if (r == 0 && !judge_pair(words, &pair))
		r = -EINVAL;
	if (r == 0 && pair.adds)
		r = add_to_old(words->drafts, file, &pair);
	return r == 0 ? drafts_set(words->drafts, file, pair.key, pair.value) : r;
}

int write_set_words(struct drafts *drafts, const char *file, int n,
		    const char *const *words)
{
	int r, wrong = 0;
	bool is_over = false;

	for (int i = 0; i < n && !is_over; i++) {
		const struct words at = { drafts, words, n, i };

		r = set_word(&at, file, &is_over);
		if (r < 0 && r != -EINVAL)
			return r;
		wrong = wrong < 0 ? wrong : r;
	}
	return wrong;
}

/* Return: 0; -ENOENT or -EINVAL, reported. */
static int find_file(struct ctl *ctl, struct drafts *drafts, const char *request,
		     const char **ret)
{
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	int r = write_read(ctl, drafts, &dir);
	const struct ifcfg *file =
		r == 0 ? bind_find(&ctl->run.devices, &dir, request) : NULL;

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
		r = find_file(ctl, &drafts, words[0], &file);
	if (r == 0)
		r = write_set_words(&drafts, file, n - 1, (const char *const *)words + 1);
	if (r < 0)
		return write_failed(r);
	return write_finish(ctl, &drafts, settings, file);
}

static const struct ctl_option set_options[] = { WRITE_OPTIONS, { 0 } };

const struct ctl_command ctl_set = {
	.name = "set",
	.args = "NAME KEY=[VALUE]|KEY+=VALUE...",
	.what = N_("change or remove keys in a file"),
	.example = "set bond0 MTU=9000 'BONDING_OPTS+=miimon=50'",
	.first = &offer_configured,
	.more = &offer_keys,
	.options = set_options,
	.settings_size = sizeof(struct write_settings),
	.min_words = 2,
	.max_words = CTL_MANY,
	.run = set,
};
