/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nmcli connection up, down and delete: do the same as ifup, ifdown and ifcfgctl remove.
 */
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/ctl/nm.h"
#include "lib/ctl/remove.h"
#include "lib/ctl/write.h"

/* A run of its own, with its own messages. Return: its exit status. */
static int run_one(struct nm *nm, bool up, const char *request)
{
	struct run run = { .make_plan = up ? plan_up : plan_down,
			   .brings_back = up,
			   .state = STATE_NONE,
			   .options = nm->ctl->run.options };

	if (!run.options.state_file && !write_may_change(nm->ctl))
		return EXIT_NOT_ROOT;
	run.options.dry_run = run.options.state_file;
	run.options.request = request;
	run_prepare(&run);
	run_through(&run);
	fflush(stdout);
	return run_finish(&run);
}

/* What a port needs first, unless it is up already. */
static const char *idle_master(const struct nm_connections *all,
			       const struct nm_connection *connection)
{
	const struct ifcfg *file = connection->file;
	const char *name = file->master ? file->master : file->bridge;
	const struct snap_link *link = name ? snapshot_link(all->have, name) : NULL;
	const struct ifcfg_span files =
		name ? ifcfg_dir_find(&all->dir, FIND_DEVICE, name)
		     : (struct ifcfg_span){ 0 };

	if (!files.n || (link && (link->flags & IFF_UP)))
		return NULL;
	return files.files[0]->name;
}

int nm_bring_up(struct nm *nm, const struct nm_connections *all,
		const struct nm_connection *connection)
{
	const char *master = idle_master(all, connection);

	/* Which brings up its ports as well, including this one. */
	return run_one(nm, true, master ? master : connection->file->name);
}

int nm_take_down(struct nm *nm, const struct nm_connection *connection)
{
	return run_one(nm, false, connection->file->name);
}

/* ---- up ---- */

/* After the name, only words about devices whose meaning we know. */
static int take_ifname(struct nm *nm, struct nm_words *words,
		       const struct nm_connection *connection)
{
	const char *word = nm_next(words), *name;

	if (!word)
		return NM_DONE;
	name = nm_next(words);
	if (strcmp(word, "ifname") != 0 || !name)
		return nm_usage(nm, _("is not taken here"), word);
	if (strcmp(name, connection->device) != 0)
		return nm_usage(nm, _("is not the interface of this connection"), name);
	return words->n ? nm_usage(nm, _("is not taken here"), nm_peek(words)) : NM_DONE;
}

int nm_connection_up(struct nm *nm, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	const struct nm_connection *connection;
	int r;

	if (!words->n)
		return nm_usage(nm, _("which connection?"), NULL);
	r = nm_connections_read(nm, false, &all);
	if (r < 0)
		return nm_status(nm, r, NM_FAILED);
	connection = nm_connection_next(nm, &all, words);
	if (!connection)
		return NM_NONE;
	r = take_ifname(nm, words, connection);
	if (r != NM_DONE)
		return r;
	r = nm_bring_up(nm, &all, connection);
	if (r != EXIT_DONE)
		return NM_NOT_UP;
	print_line(stdout, "Connection successfully activated");
	return NM_DONE;
}

/* ---- several connections ---- */

/* struct chosen - the requested connections */
struct chosen {
	const struct nm_connection **of;
	size_t n, cap;
	bool any_unknown;
};

/* Return: 0; -EINVAL if there are none. */
static int choose_connections(struct nm *nm, const struct nm_connections *all,
			      struct nm_words *words, struct chosen *ret)
{
	if (!words->n) {
		nm_usage(nm, _("which connection?"), NULL);
		return -EINVAL;
	}
	while (words->n) {
		const struct nm_connection *found = nm_connection_next(nm, all, words);

		if (found)
			ARENA_PUSH(nm->arena, ret->of, ret->n, ret->cap, found);
		else
			ret->any_unknown = true;
	}
	return 0;
}

static int take_connection_down(struct nm *nm, const struct nm_connection *connection)
{
	if (!connection->is_active) {
		diag_error(nm->ctl->run.diag, (struct pos){ 0 },
			   "'%s' is not an active connection", connection->id);
		return NM_NONE;
	}
	if (nm_take_down(nm, connection) != EXIT_DONE)
		return NM_NOT_DOWN;
	print_line(stdout, "Connection '%s' successfully deactivated", connection->id);
	return NM_DONE;
}

int nm_connection_down(struct nm *nm, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	struct chosen chosen = { 0 };
	int status = NM_DONE, r = nm_connections_read(nm, false, &all);

	if (r == 0)
		r = choose_connections(nm, &all, words, &chosen);
	if (r < 0)
		return nm_status(nm, r, NM_USAGE);
	for (size_t i = 0; i < chosen.n; i++) {
		int one = take_connection_down(nm, chosen.of[i]);

		status = one != NM_DONE ? one : status;
	}
	return chosen.any_unknown ? NM_NONE : status;
}

/* ---- delete ---- */

/* Removes the files of all, and checks whether others need them. */
static int draft_removal(struct nm *nm, struct nm_connections *all,
			 const struct chosen *chosen)
{
	_cleanup_ifcfg_dir_ struct ifcfg_dir after = { 0 };
	int r = 0;

	for (size_t i = 0; i < chosen->n && r == 0; i++)
		r = remove_files(&all->drafts, chosen->of[i]->file);
	if (r == 0)
		r = write_read(nm->ctl, &all->drafts, &after);
	for (size_t i = 0; i < chosen->n && r == 0; i++) {
		const char *device = chosen->of[i]->device;

		if (*device && !ifcfg_dir_find(&after, FIND_DEVICE, device).n)
			r = remove_judge_users(&all->drafts, &after, device);
	}
	if (r == -EINVAL)
		diag_hint(all->drafts.diag, "delete it with the others, or before them");
	return r;
}

/* A connection that went down with another one has nothing left to do. */
static int take_down_each(struct nm *nm, const struct chosen *chosen)
{
	int r = EXIT_DONE;

	for (size_t i = 0; i < chosen->n && r == EXIT_DONE; i++)
		if (chosen->of[i]->is_active)
			r = nm_take_down(nm, chosen->of[i]);
	return r == EXIT_DONE ? NM_DONE : NM_NOT_DELETED;
}

/* Hooks may change files while interfaces go down: there is no lock until then. */
static int remove_each(struct nm *nm, const struct chosen *chosen)
{
	_cleanup_nm_connections_ struct nm_connections now = { 0 };
	struct chosen again = { 0 };
	int r = nm_connections_read(nm, true, &now);

	for (size_t i = 0; i < chosen->n && r == 0; i++) {
		const struct nm_connection *found =
			nm_connection_find(&now, chosen->of[i]->file->name);

		if (found)
			ARENA_PUSH(nm->arena, again.of, again.n, again.cap, found);
	}
	if (r == 0)
		r = draft_removal(nm, &now, &again);
	if (r == 0)
		r = drafts_write(&now.drafts);
	for (size_t i = 0; i < again.n && r == 0; i++)
		print_line(stdout, "Connection '%s' (%s) successfully deleted.",
			   again.of[i]->id, again.of[i]->uuid);
	return nm_status(nm, r, NM_NOT_DELETED);
}

int nm_connection_delete(struct nm *nm, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	struct chosen chosen = { 0 };
	int r = nm_connections_read(nm, false, &all);

	if (r == 0)
		r = choose_connections(nm, &all, words, &chosen);
	if (r < 0)
		return nm_status(nm, r, NM_USAGE);
	r = draft_removal(nm, &all, &chosen);
	if (r < 0)
		return nm_status(nm, r, NM_NOT_DELETED);
	r = take_down_each(nm, &chosen);
	if (r == NM_DONE)
		r = remove_each(nm, &chosen);
	return r == NM_DONE && chosen.any_unknown ? NM_NONE : r;
}

/* ---- files ---- */

int nm_connection_reload(struct nm *nm, struct nm_words *words)
{
	(void)nm;
	(void)words; /* files are read whenever they are needed */
	return NM_DONE;
}

static int load_profile(struct nm *nm, const char *path)
{
	struct drafts drafts = { 0 };
	const char *ending = strrchr(path, '.');
	int r;

	if (ending && strcmp(ending, ".nmconnection") == 0) {
		nm_usage(nm, _("is a keyfile"), path);
		diag_hint_words(nm->ctl->run.diag, "ifcfgctl import --write %s", path);
		return NM_FAILED;
	}
	r = write_begin(nm->ctl, false, &drafts);
	if (r == 0)
		r = write_judge(nm->ctl, &drafts, path);
	drafts_release(&drafts);
	return nm_status(nm, r, NM_FAILED);
}

int nm_connection_load(struct nm *nm, struct nm_words *words)
{
	int status = NM_DONE;

	if (!words->n)
		return nm_usage(nm, _("which file?"), NULL);
	while (words->n) {
		int one = load_profile(nm, nm_next(words));

		status = one != NM_DONE ? one : status;
	}
	return status;
}
