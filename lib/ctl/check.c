/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifcfgctl check: reports mistakes and possible problems in the files; changes nothing.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/ctl.h"
#include "lib/ctl/json.h"
#include "lib/ctl/lint.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/bind.h"
#include "lib/run/look.h"
#include "lib/snapshot/card.h"

#define SCHEMA_VERSION 1

/* struct check_settings - the command's options */
struct check_settings {
	bool json, strict;
};

/**
 * struct check - one run
 * @files: names of the requested files; NULL for all
 * @own: of each that is the name of an interface, the path of its file; else NULL
 * @found: the requested ones found so far
 * @n_checked: the number of ifcfg files
 * @count: of findings, by grade as it is printed
 * @have: which interfaces there are; NULL if that is not known
 */
struct check {
	struct ctl *ctl;
	const struct check_settings *settings;
	struct arena *arena;
	char **files;
	const char **own;
	int n_files;
	struct diag *found;
	const struct snapshot *have;
	size_t n_checked;
	size_t count[DIAG_ERROR + 1];
};

/* ---- the tree ---- */

/*
 * A path determines the tree, too: DIR/network-scripts/ifcfg-bond0. Return: 0; -EINVAL,
 * reported.
 */
static int take_tree(struct check *check, const char *path)
{
	struct run *run = &check->ctl->run;
	const char *slash = strrchr(path, '/');
	static const char folder[] = "network-scripts";
	size_t len = (size_t)(slash - path);
	const char *dir = arena_strndup(check->arena, path, len);

	if (len < strlen(folder) || strcmp(dir + len - strlen(folder), folder) != 0 ||
	    (len > strlen(folder) && dir[len - strlen(folder) - 1] != '/')) {
		diag_error(run->diag, (struct pos){ path, 0 },
			   _("this is in no directory named network-scripts"));
		diag_hint(run->diag,
			  "files are checked together with the others in their "
			  "directory; --sysconfig DIR means DIR/network-scripts");
		return -EINVAL;
	}
	run->options.model.sysconfig =
		len == strlen(folder)
			? "."
			: arena_strndup(check->arena, dir, len - strlen(folder) - 1);
	return 0;
}

static const char *name_in_path(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_line_meant(const struct check *check, const struct diag_line *line)
{
	const char *path = line->pos.file, *interface = line->interface;

	if (!check->n_files || !path || line->is_unread)
		return true;
	for (int i = 0; i < check->n_files; i++)
		if (strcmp(name_in_path(check->files[i]), name_in_path(path)) == 0 ||
		    (interface && strcmp(check->files[i], interface) == 0) ||
		    (check->own[i] && strcmp(check->own[i], path) == 0))
			return true;
	return false;
}

/* One in that tree: the name of a file, or of an interface that has one. */
static int take_file_named(struct check *check, int i)
{
	const char *file = check->files[i];
	const struct run *run = &check->ctl->run;
	const char *dir = arena_printf(check->arena, "%s/network-scripts",
				       run->options.model.sysconfig);
	const char *path = arena_printf(check->arena, "%s/%s", dir, name_in_path(file));

	if (access(path, F_OK) == 0)
		return 0;
	if (strchr(file, '/')) {
		diag_error(run->diag, (struct pos){ path, 0 },
			   _("there is no such file"));
		return -ENOENT;
	}
	check->own[i] = ctl_file_of(check->ctl, file, check->arena);
	if (check->own[i])
		return 0;
	diag_error(run->diag, (struct pos){ dir, 0 }, _("there is no file of '%s'"),
		   file);
	return -ENOENT;
}

/* They must be in one tree, and exist. */
static int take_files(struct check *check)
{
	int r = 0;

	check->own = arena_alloc(check->arena,
				 ((size_t)check->n_files + 1) * sizeof(*check->own));
	for (int i = 0; i < check->n_files && r == 0; i++)
		if (strchr(check->files[i], '/'))
			r = take_tree(check, check->files[i]);
	for (int i = 0; i < check->n_files && r == 0; i++)
		r = take_file_named(check, i);
	return r;
}

/* ---- checking ---- */

static bool is_foreign(const struct run_options *options)
{
	return strcmp(options->model.sysconfig, "/etc/sysconfig") != 0;
}

/* For an image, its own modprobe.d is used, and not this machine's. */
static void look_at_image(struct check *check, struct lint *how, struct strbuf *driver)
{
	struct devices *devices = &check->ctl->run.devices;

	devices->root = file_root_of(how->model.sysconfig, check->arena);
	devices->host.has_drivers = !*devices->root;
	if (!*devices->root)
		return;
	devices_add_driver(devices, driver);
	how->model.driver = driver->len ? strbuf_text(driver) : NULL;
}

/* In another tree, files that do not belong to root show that they are not used there. */
static void look_abroad(struct check *check, struct lint *how, struct strbuf *driver)
{
	const char *path =
		arena_printf(check->arena, "%s/network-scripts", how->model.sysconfig);
	struct stat st;

	how->is_foreign = !how->model.insecure;
	how->model.is_abroad = true;
	if (stat(path, &st) == 0 && st.st_uid != 0)
		how->model.insecure = true;
	look_at_image(check, how, driver);
}

static void look_at_home(struct check *check, struct lint *how, struct strbuf *driver)
{
	struct run *run = &check->ctl->run;

	devices_add_driver(&run->devices, driver);
	how->model.driver = driver->len ? strbuf_text(driver) : NULL;
	how->cards = run->options.state_file ? NULL : CARD_SYSFS;
	how->speed = ethtool_speed;
}

/*
 * What ifup -a would take from others. The rest of what it would say is about this moment; what
 * is ours only root may read.
 */
static void look_at_addresses(const struct check *check, const struct lint *how,
			      struct diag *all)
{
	_cleanup_(state_release) struct state state = STATE_NONE;
	_cleanup_diag_ struct diag *unheard = diag_new();
	_cleanup_model_ const struct model *want = NULL;
	_cleanup_snapshot_ struct snapshot *have = NULL, *made = NULL;
	_cleanup_rtnl_ struct rtnl *rtnl = NULL;
	_cleanup_plan_ struct plan *plan = NULL;
	struct model_options options = how->model;
	int r = 0;

	if (geteuid() != 0)
		return;
	options.at_boot = true;
	r = bind_load(&check->ctl->run.devices, &options, NULL, NULL, unheard, &want);
	if (r == 0)
		r = rtnl_open(&rtnl);
	if (r == 0)
		r = snapshot_take(rtnl, unheard, &have);
	if (r == 0)
		r = state_load(&state, check->ctl->run.options.rundir, unheard, &made);
	if (r == 0)
		r = plan_up(want, have, made, unheard, &plan);
	if (r == 0)
		plan_tell_lost(plan, all);
}

/*
 * The links: those of --state, else of this machine if the files are its own. Return: 0; a
 * negative errno, reported.
 */
static int look_at_links(struct check *check)
{
	struct run *run = &check->ctl->run;
	const char *state_file = run->options.state_file;
	const bool is_ours = !is_foreign(&run->options);
	int r = 0;

	devices_release(&run->devices);
	run->devices = (struct devices){ .state_file = is_ours ? state_file : NULL,
					 .rtnl = &run->rtnl };
	if (state_file) {
		r = look_at_file(state_file, run->diag, &run->devices.seen);
		run->devices.has_all = true;
	}
	if (r == 0 && (state_file || is_ours))
		check->have = devices_seen(&run->devices);
	if (check->have && !check->have->n_links)
		check->have = NULL; /* not even lo: it says nothing about them */
	devices_know_all(run->devices.seen, is_ours, &run->devices.host);
	run->devices.host.knows_kinds = is_ours || check->have;
	return r;
}

static void keep_finding(const struct diag_line *line, void *arg)
{
	struct check *check = arg;

	if (!is_line_meant(check, line))
		return;
	diag_about(check->found, line->interface);
	diag_add(check->found, line->grade, line->pos, "%s", line->text);
	if (line->hint)
		diag_hint(check->found, "%s", line->hint);
}

/* Called once all duplicates are removed. */
static void count_kept(const struct diag_line *line, void *arg)
{
	struct check *check = arg;

	check->count[line->grade]++;
}

static int look_at_whole(struct check *check)
{
	_cleanup_strbuf_ struct strbuf driver = STRBUF_EMPTY;
	_cleanup_diag_ struct diag *all = diag_new();
	struct lint how = { .model = check->ctl->run.options.model, .have = check->have };
	int r = 0;

	diag_set_secrets(all, check->ctl->run.secrets);
	diag_set_strict(all, check->settings->strict);
	if (is_foreign(&check->ctl->run.options))
		look_abroad(check, &how, &driver);
	else
		look_at_home(check, &how, &driver);
	r = lint_here(&check->ctl->run.devices, &how, all, &check->n_checked);
	if (r == 0 && how.cards)
		look_at_addresses(check, &how, all);
	diag_each(all, DIAG_NOTE, keep_finding, check);
	diag_each(check->found, DIAG_NOTE, count_kept, check);
	return r;
}

/* ---- printing ---- */

static const char *const grades[] = {
	[DIAG_NOTE] = "note",
	[DIAG_NOTICE] = "note",
	[DIAG_WARNING] = "warning",
	[DIAG_ERROR] = "error",
};

static void put_json_finding(const struct diag_line *line, void *arg)
{
	struct json_object *list = arg, *at = json_put_object(list, NULL);

	json_put_text(at, "file", line->pos.file);
	json_put_number(at, "line", line->pos.line);
	json_put_text(at, "grade", grades[line->grade]);
	json_put_text(at, "interface", line->interface);
	json_put_text(at, "message", line->text);
	json_put_text(at, "hint", line->hint);
}

static size_t notes(const struct check *check)
{
	return check->count[DIAG_NOTE] + check->count[DIAG_NOTICE];
}

/* @failed: nothing could be looked at, for the latest error of @ctl */
static void tell_json(const struct check *check, bool failed)
{
	_cleanup_json_ struct json_object *json = json_new();

	json_put_number(json, "version", SCHEMA_VERSION);
	json_put_error(json, failed ? check->ctl : NULL);
	json_put_number(json, "files", (int64_t)check->n_checked);
	json_put_number(json, "errors", (int64_t)check->count[DIAG_ERROR]);
	json_put_number(json, "warnings", (int64_t)check->count[DIAG_WARNING]);
	json_put_number(json, "notes", (int64_t)notes(check));
	diag_each(check->found, DIAG_NOTE, put_json_finding,
		  json_put_list(json, "findings"));
	json_print(json, stdout);
}

static void tell_text(const struct check *check)
{
	diag_print(check->found, DIAG_NOTE, stdout);
	print_part(stdout, language_plural("%zu file:", "%zu files:", check->n_checked),
		   check->n_checked);
	print_part(stdout,
		   language_plural(" %zu error,", " %zu errors,",
				   check->count[DIAG_ERROR]),
		   check->count[DIAG_ERROR]);
	print_part(stdout,
		   language_plural(" %zu warning,", " %zu warnings,",
				   check->count[DIAG_WARNING]),
		   check->count[DIAG_WARNING]);
	print_line(stdout, language_plural(" %zu note", " %zu notes", notes(check)),
		   notes(check));
}

/* Mistakes on the command line are reported by @ctl, everything else is a finding. */
static int find_and_tell(struct check *check)
{
	int r = take_files(check);
	bool failed;

	if (r == 0)
		r = look_at_links(check);
	failed = r < 0;
	if (!failed)
		r = look_at_whole(check);
	if (check->settings->json)
		tell_json(check, failed);
	if (!check->settings->json && !failed)
		tell_text(check);
	return failed ? r : 0;
}

static int run_check(struct ctl *ctl, int n, char **words)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *found = diag_new();
	struct check check = { .ctl = ctl,
			       .settings = ctl->settings,
			       .arena = arena,
			       .files = words,
			       .n_files = n,
			       .found = found };
	int r = find_and_tell(&check);

	return r < 0 || check.count[DIAG_ERROR] ? EXIT_FAILED : EXIT_DONE;
}

static const struct ctl_option check_options[] = {
	{ "json", NULL, N_("print it for programs"),
	  offsetof(struct check_settings, json), NULL, NULL },
	{ "strict", NULL, N_("take warnings for errors"),
	  offsetof(struct check_settings, strict), NULL, NULL },
	{ 0 },
};

const struct ctl_command ctl_check = {
	.name = "check",
	.args = "[NAME|FILE]...",
	.what = N_("report mistakes, and likely ones, in the files"),
	.example = "check ifcfg-bond0",
	.first = &offer_configured,
	.more = &offer_configured,
	.options = check_options,
	.settings_size = sizeof(struct check_settings),
	.max_words = CTL_MANY,
	.run = run_check,
};
