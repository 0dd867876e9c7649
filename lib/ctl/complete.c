/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words that a shell may complete: those of the tables that read the command line, with
 * interfaces, keys and options. The shells' own files only ask for them.
 */
#include "lib/ctl/complete.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/ctl/cards.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/meant.h"
#include "lib/model/bond-options.h"
#include "lib/run/bind.h"
#include "lib/run/options.h"

/**
 * struct completion - a command line that is being typed
 * @word: the last one, so far
 * @takes_down: it is of ifdown, if it is not of ifcfgctl
 * @command: NULL before it is named
 * @n: words after it
 * @waiting: the option before, which takes a value; NULL for none
 * @dir: all files, once they are needed
 */
struct completion {
	struct ctl *ctl;
	struct arena *arena;
	const char *word;
	bool takes_down;
	const struct ctl_command *command;
	int n;
	const struct ctl_option *waiting;
	struct ifcfg_dir dir;
	bool has_dir;
};

static void offer_word(const struct completion *c, const char *word)
{
	if (strncmp(word, c->word, strlen(c->word)) == 0)
		print_line(stdout, "%s", word);
}

static void offer_text(const struct completion *c, const char *before, const char *word,
		       const char *after)
{
	const char *text = arena_printf(c->arena, "%s%s%s", before, word, after);

	offer_word(c, text);
}

/* ---- interfaces ---- */

/* Without a directory there are none, and that is no reason to complain. */
static const struct ifcfg_dir *read_files_quietly(struct completion *c)
{
	_cleanup_diag_ struct diag *unheard = diag_new();

	if (!c->has_dir)
		bind_read(&c->ctl->run.devices, &c->ctl->run.options.model, c->arena,
			  unheard, &c->dir);
	c->has_dir = true;
	return &c->dir;
}

static bool is_bond_file(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	return file->device && (meant_says_owner(file, FIND_MASTER) ||
				ifcfg_dir_find(dir, FIND_MASTER, file->device).n);
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static void find_files_of(struct completion *c, bool (*fits)(const struct ifcfg_dir *dir,
							     const struct ifcfg *file))
{
	const struct ifcfg_dir *dir = read_files_quietly(c);

	for (size_t i = 0; i < dir->n; i++)
		if (!dir->files[i].ignored && is_file(dir->files[i].path) &&
		    (!fits || fits(dir, &dir->files[i])))
			offer_word(c, ifcfg_subject(dir->files[i].name));
}

static void find_configured(struct completion *c)
{
	find_files_of(c, NULL);
}

static void find_bonds(struct completion *c)
{
	find_files_of(c, is_bond_file);
}

static void find_cards(struct completion *c)
{
	const struct snapshot *have = devices_seen(&c->ctl->run.devices);

	for (size_t i = 0; have && i < have->n_links; i++)
		if (cards_is_free(have->links[i], read_files_quietly(c)))
			offer_word(c, have->links[i]->name);
}

static void find_links(struct completion *c)
{
	const struct snapshot *have = devices_seen(&c->ctl->run.devices);

	for (size_t i = 0; have && i < have->n_links; i++)
		offer_word(c, have->links[i]->name);
}

/* What ifenslave adds ports to, and those. */
static void find_masters(struct completion *c)
{
	const struct snapshot *have = devices_seen(&c->ctl->run.devices);

	for (size_t i = 0; have && i < have->n_links; i++)
		if (strcmp(have->links[i]->kind, "bond") == 0)
			offer_word(c, have->links[i]->name);
}

/* ---- other words ---- */

static void find_modes(struct completion *c)
{
	for (unsigned int mode = 0; mode < BOND_MODE_COUNT; mode++)
		offer_word(c, bond_mode_name(mode));
}

static void offer_bond_options(struct completion *c)
{
	for (size_t i = 0; i < bond_table.n; i++)
		offer_text(c, "", bond_table.rows[i].name, "=");
}

static void find_keys(struct completion *c)
{
	const char *equals = strchr(c->word, '=');
	const struct ifcfg_key *key;

	for (size_t i = 0; !equals && (key = ifcfg_key_nth(i)); i++)
		if (key->grade == KEY_USED && key->match != KEY_PREFIX)
			offer_text(c, "", key->name, "=");
	if (!equals)
		return;
	key = ifcfg_key_find(
		arena_printf(c->arena, "%.*s", (int)(equals - c->word), c->word));
	if (key && key->traits & KEY_YESNO) {
		offer_text(c, key->name, "=", "yes");
		offer_text(c, key->name, "=", "no");
	}
}

static void find_paths(struct completion *c)
{
	(void)c;
	print_line(stdout, "%s", ":files");
}

static void find_directories(struct completion *c)
{
	(void)c;
	print_line(stdout, "%s", ":directories");
}

static const char *const try_words[] = { "gateway", "60", NULL };

const struct ctl_offer offer_configured = { NULL, find_configured };
const struct ctl_offer offer_bonds = { NULL, find_bonds };
const struct ctl_offer offer_cards = { NULL, find_cards };
const struct ctl_offer offer_links = { NULL, find_links };
const struct ctl_offer offer_modes = { NULL, find_modes };
const struct ctl_offer offer_options = { NULL, offer_bond_options };
const struct ctl_offer offer_keys = { NULL, find_keys };
const struct ctl_offer offer_files = { NULL, find_paths };
const struct ctl_offer offer_directories = { NULL, find_directories };
const struct ctl_offer offer_try = { try_words, NULL };

static void offer_all(struct completion *c, const struct ctl_offer *what)
{
	for (const char *const *word = what ? what->words : NULL; word && *word; word++)
		offer_word(c, *word);
	if (what && what->find)
		what->find(c);
}

/* ---- options ---- */

static const char *const rollback_words[] = { "auto", "always", "never", NULL };
static const char *const step_words[] = {
	"eth", "post", "aliases", "routes", "ipv6", NULL
};
static const struct ctl_offer offer_rollback = { rollback_words, NULL };
static const struct ctl_offer offer_steps = { step_words, NULL };

/* Options with a value that are not of a single command. */
static const struct ctl_option common[] = {
	{ .name = "sysconfig", .arg = "DIR", .offer = &offer_directories },
	{ .name = "rundir", .arg = "DIR", .offer = &offer_directories },
	{ .name = "state", .arg = "FILE", .offer = &offer_files },
	{ .name = "hotplug", .arg = "CARD", .offer = &offer_links },
	{ .name = "name-of", .arg = "CARD", .offer = &offer_links },
	{ .name = "rollback", .arg = "WHEN", .offer = &offer_rollback },
	{ .name = "try", .arg = "HOW", .offer = &offer_try },
	{ .name = "step", .arg = "STEP", .offer = &offer_steps },
	{ 0 },
};

static const struct ctl_option *find_in_options(const struct ctl_option *list,
						const char *name, size_t len)
{
	for (; list && list->name; list++)
		if (list->arg && strlen(list->name) == len &&
		    strncmp(list->name, name, len) == 0)
			return list;
	return NULL;
}

/* The option that @word is, if it takes a value; else NULL. */
static const struct ctl_option *find_valued_option(const struct completion *c,
						   const char *word)
{
	const struct ctl_option *own = c->command ? c->command->options : NULL, *found;

	if (strncmp(word, "--", 2) != 0)
		return NULL;
	found = find_in_options(own, word + 2, strcspn(word + 2, "="));
	return found ? found : find_in_options(common, word + 2, strcspn(word + 2, "="));
}

static void take_value(struct completion *c, const struct ctl_option *option,
		       const char *value)
{
	struct run_options *options = &c->ctl->run.options;

	if (strcmp(option->name, "sysconfig") == 0)
		options->model.sysconfig = value;
	if (strcmp(option->name, "state") == 0)
		options->state_file = value;
}

static void offer_name(const char *name, char letter, void *arg)
{
	const char text[] = { '-', letter, '\0' };

	if (letter)
		offer_word(arg, text);
	offer_text(arg, "--", name, "");
}

static void offer_names(struct completion *c, bool is_ctl)
{
	const struct ctl_option *own = c->command ? c->command->options : NULL;

	for (; own && own->name; own++)
		offer_name(own->name, '\0', c);
	if (is_ctl)
		ctl_each_option(offer_name, c);
	else
		options_each(c->takes_down, offer_name, c);
}

/* ---- the command line ---- */

static bool is_ifcfgctl(const char *program)
{
	return strcmp(program, "ifcfgctl") == 0;
}

static void take_plain_word(struct completion *c, const char *word,
			    const struct ctl_command *const *commands)
{
	if (c->command || !commands) {
		c->n++;
		return;
	}
	while (*commands && strcmp((*commands)->name, word) != 0)
		commands++;
	c->command = *commands;
	c->n += !c->command; /* no such command: nothing is offered */
}

/* A word before the last one. */
static void take_earlier_word(struct completion *c, const char *word,
			      const struct ctl_command *const *commands)
{
	const struct ctl_option *option = find_valued_option(c, word);
	const char *equals = strchr(word, '=');

	if (c->waiting) {
		take_value(c, c->waiting, word);
		c->waiting = NULL;
	} else if (option && equals) {
		take_value(c, option, equals + 1);
	} else if (option) {
		c->waiting = option;
	} else if (*word != '-') {
		take_plain_word(c, word, commands);
	}
}

static void offer_for_ifup(struct completion *c)
{
	static const char *const boot[] = { "boot", NULL };
	static const struct ctl_offer second = { boot, NULL };

	if (c->n < 2)
		offer_all(c, c->n ? &second : &offer_configured);
}

static void offer_for_ifenslave(struct completion *c)
{
	if (c->n)
		find_links(c);
	else
		find_masters(c);
}

static void offer_for_ctl(struct completion *c, const struct ctl_command *const *commands)
{
	if (c->command && c->n < c->command->max_words)
		offer_all(c, c->n ? c->command->more : c->command->first);
	for (; !c->command && !c->n && *commands; commands++)
		offer_word(c, (*commands)->name);
}

/* These read their words by themselves, and complete them. */
static int complete_nmcli(struct ctl *ctl, const struct ctl_command *command, int n,
			  char **words)
{
	static char option[] = "--complete-args";
	_cleanup_free_ char **all = memory_zeroed((size_t)n + 2, sizeof(*all));

	all[0] = option;
	memcpy(all + 1, words, (size_t)n * sizeof(*all));
	return command->run(ctl, n + 1, all);
}

static void offer_last_word(struct completion *c, const char *program,
			    const struct ctl_command *const *commands)
{
	const bool is_ctl = is_ifcfgctl(program);

	run_know_devices(&c->ctl->run);
	c->ctl->run.options.model.insecure = true;
	if (c->waiting)
		offer_all(c, c->waiting->offer);
	else if (*c->word == '-')
		offer_names(c, is_ctl);
	else if (is_ctl)
		offer_for_ctl(c, commands);
	else if (strncmp(program, "ifenslave", 9) == 0)
		offer_for_ifenslave(c);
	else
		offer_for_ifup(c);
}

int ctl_complete(struct ctl *ctl, int n, char **words,
		 const struct ctl_command *const *commands)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const bool is_ctl = is_ifcfgctl(words[0]);
	struct completion c = { .ctl = ctl, .arena = arena };
	int i = 1;

	run_prepare(&ctl->run);
	if (strcmp(words[0], "nmcli") == 0)
		return complete_nmcli(ctl, &ctl_nmcli, n - 1, words + 1);
	c.takes_down = strncmp(words[0], "ifdown", 6) == 0;
	c.word = n > 1 ? words[n - 1] : "";
	for (; i < n - 1 && !(c.command && c.command->takes_all); i++)
		take_earlier_word(&c, words[i], is_ctl ? commands : NULL);
	if (c.command && c.command->takes_all)
		return complete_nmcli(ctl, c.command, n - i, words + i);
	offer_last_word(&c, words[0], commands);
	ifcfg_dir_release(&c.dir);
	return EXIT_DONE;
}
