/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl show: prints the result of the files, and the line each value comes from. */
#include "lib/ctl/show.h"
#include "lib/ctl/complete.h"

#include <errno.h>
#include <string.h>

#include "lib/base/print.h"
#include "lib/base/secrets.h"
#include "lib/ctl/ctl.h"
#include "lib/ctl/json.h"
#include "lib/run/bind.h"

#define SCHEMA_VERSION 1

/* struct show_settings - the command's options */
struct show_settings {
	bool json;
};

/* struct view - all interfaces, and where they are printed */
struct view {
	struct arena *arena;
	struct ifcfg_dir dir;
	struct diag *diag;
	const struct secrets *secrets;
	struct json_object *list; /* NULL for people */
};

/* ---- for people ---- */

static void print_rows(const struct show *show)
{
	const char *file = show->iface->file;

	print_line(stdout, "%s  %s%s%s", show->iface->name, show_kind(show->iface),
		   file ? "  " : "", file ? file : "");
	for (size_t i = 0; i < show->n; i++) {
		const struct show_row *row = &show->rows[i];

		print_part(stdout, "  ");
		print_cell(stdout, 22, row->name);
		print_part(stdout, " ");
		print_cell(stdout, 28, row->value);
		print_part(stdout, " ");
		if (row->pos.file && row->pos.line)
			print_line(stdout, "%s:%u", row->pos.file, row->pos.line);
		else
			print_line(stdout, "%s",
				   row->pos.file ? row->pos.file : "default");
	}
}

/* ---- for programs ---- */

static void put_rows(const struct view *view, const struct show *show)
{
	struct json_object *at = json_put_object(view->list, NULL);
	struct json_object *values;

	json_put_text(at, "name", show->iface->name);
	json_put_text(at, "kind", show_kind(show->iface));
	json_put_text(at, "file", show->iface->file);
	values = json_put_list(at, "values");
	for (size_t i = 0; i < show->n; i++) {
		const struct show_row *row = &show->rows[i];
		struct json_object *value = json_put_object(values, NULL);

		json_put_text(value, "name", row->name);
		json_put_text(value, "value", row->value);
		json_put_text(value, "file", row->pos.file);
		json_put_number(value, "line", row->pos.line);
	}
}

/* ---- all interfaces ---- */

static void hide_secrets(const struct view *view, struct show *show)
{
	for (size_t i = 0; i < show->n; i++) {
		_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;
		struct show_row *row = &show->rows[i];

		if (row->pos.file && secret_file(row->pos.file))
			strbuf_add(&clean, SECRET_BLANK);
		else
			secrets_hide(view->secrets, row->pos, row->value, &clean);
		row->value = arena_strdup(view->arena, strbuf_text(&clean));
	}
}

static int show_iface(const struct view *view, const struct iface *iface)
{
	struct show show = { .arena = view->arena, .dir = &view->dir, .iface = iface };
	const struct ifcfg *file;

	if (iface->file &&
	    ifcfg_dir_again(&view->dir, iface->file, view->diag, &file) < 0)
		return -EIO;
	show_collect(&show);
	hide_secrets(view, &show);
	if (view->list)
		put_rows(view, &show);
	else
		print_rows(&show);
	return 0;
}

static bool is_ordered_iface(const struct model *model, const struct iface *iface)
{
	for (size_t i = 0; i < model->n_order; i++)
		if (model->order[i] == iface)
			return true;
	return false;
}

/* Each followed by its ports, unless these have a place of their own. */
static int show_in_order(const struct view *view, const struct model *want)
{
	int r = 0;

	for (size_t i = 0; i < want->n_order && r == 0; i++) {
		const struct iface *iface = want->order[i];

		r = show_iface(view, iface);
		for (size_t k = 0; k < iface->n_ports && r == 0; k++)
			if (!is_ordered_iface(want, iface->ports[k]))
				r = show_iface(view, iface->ports[k]);
	}
	return r;
}

static struct json_object *begin_json(const struct ctl *ctl,
				      struct json_object **ret_list)
{
	struct json_object *json = json_new();

	json_put_number(json, "version", SCHEMA_VERSION);
	json_put_error(json, diag_errors(ctl->run.diag) ? ctl : NULL);
	*ret_list = json_put_list(json, "interfaces");
	return json;
}

static int show_json(const struct view *bare, const struct ctl *ctl)
{
	struct view view = *bare;
	_cleanup_json_ struct json_object *json = begin_json(ctl, &view.list);
	int r;

	r = show_in_order(&view, ctl->run.want);
	if (r == 0)
		json_print(json, stdout);
	return r;
}

static void show_error(const struct ctl *ctl)
{
	struct json_object *list;
	_cleanup_json_ struct json_object *json = begin_json(ctl, &list);

	json_print(json, stdout);
}

static int show_model(struct ctl *ctl)
{
	const struct show_settings *settings = ctl->settings;
	_cleanup_diag_ struct diag *unheard = diag_new(); /* the model has reported it */
	_cleanup_arena_ struct arena *arena = arena_new();
	struct view view = { .arena = arena,
			     .secrets = ctl->run.secrets,
			     .diag = ctl->run.diag };
	int r = 0;

	r = bind_read(&ctl->run.devices, &ctl->run.options.model, arena, unheard,
		      &view.dir);
	if (r < 0)
		diag_merge_new(ctl->run.diag, unheard);
	if (r == 0)
		r = settings->json ? show_json(&view, ctl)
				   : show_in_order(&view, ctl->run.want);
	ifcfg_dir_release(&view.dir);
	return r;
}

static int run_show(struct ctl *ctl, int n, char **words)
{
	const struct show_settings *settings = ctl->settings;
	int failed;

	ctl->run.brings_back = true;
	ctl->run.options.request = n ? words[0] : NULL;
	ctl->run.options.all = n == 0;
	failed = run_load(&ctl->run);
	if (failed && !settings->json)
		return ctl->run.status;
	if (failed) {
		show_error(ctl);
		return ctl->run.status;
	}
	if (show_model(ctl) < 0)
		return EXIT_FAILED;
	if (!ctl->run.want->n_order && !ctl->run.want->n_failed)
		diag_notice(ctl->run.diag, (struct pos){ 0 },
			    "no interface is configured");
	return ctl->run.want->n_failed ? EXIT_CONFIG : EXIT_DONE;
}

static const struct ctl_option show_options[] = {
	{ "json", NULL, N_("print it for programs"), offsetof(struct show_settings, json),
	  NULL, NULL },
	{ 0 },
};

const struct ctl_command ctl_show = {
	.name = "show",
	.args = "[NAME]",
	.what = N_("print every effective value and the line that sets it"),
	.example = "show bond0",
	.first = &offer_configured,
	.options = show_options,
	.settings_size = sizeof(struct show_settings),
	.max_words = 1,
	.run = run_show,
};
