/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifcfgctl export: converts the files to those of other programs that manage the network.
 */
#include "lib/carry/export.h"
#include "lib/base/language.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/print.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/write.h"

struct format;

/* struct export_settings - @directory: NULL to print */
struct export_settings {
	const struct format *format;
	const char *directory;
	bool strict;
};

/* struct exporting - the export; @findings: messages about what cannot be expressed */
struct exporting {
	const struct export_settings *settings;
	const struct model *model;
	struct ifcfg_dir dir;
	struct arena *arena;
	struct diag *diag, *findings;
	bool any;
};

/* struct part - a file made from an interface; the last one has no ending */
struct part {
	const char *ending;
	void (*make)(const struct export *export, struct strbuf *out);
};

static const struct format {
	const char *name;
	mode_t mode; /* of the files */
	struct part parts[3];
} export_formats[] = {
	{ "keyfile", 0600, { { ".nmconnection", export_keyfile } } },
	{ "networkd",
	  0644,
	  { { ".netdev", export_netdev }, { ".network", export_network } } },
};

/* ---- writing ---- */

static int write_file(struct exporting *ex, const char *path, const char *text)
{
	_cleanup_close_ int fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
		     ex->settings->format->mode);
	int r = fd < 0 ? -errno : file_write_all(fd, text, strlen(text));

	if (r < 0)
		diag_error(ex->diag, (struct pos){ path, 0 }, _("cannot be written: %s"),
			   language_error(-r));
	if (r == -EEXIST)
		diag_hint(ex->diag, "nothing is overwritten: name an empty directory");
	return r;
}

static int put_exported(struct exporting *ex, const char *name, const char *ending,
			const struct strbuf *text)
{
	const char *directory = ex->settings->directory, *path;

	if (!text->len)
		return 0;
	if (!directory) {
		if (ex->any)
			print_line(stdout, "%s", "");
		print_line(stdout, "==> %s%s <==", name, ending);
		print_text(stdout, strbuf_text(text));
		ex->any = true;
		return 0;
	}
	path = arena_printf(ex->arena, "%s/%s%s", directory, name, ending);
	return write_file(ex, path, strbuf_text(text));
}

/* ---- interfaces ---- */

static int export_parts(struct exporting *ex, const struct export *export, bool quietly)
{
	int r = 0;

	for (const struct part *part = ex->settings->format->parts;
	     part->ending && r == 0; part++) {
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		part->make(export, &text);
		if (!quietly)
			r = put_exported(ex, export->iface->name, part->ending, &text);
	}
	return r;
}

static int export_iface(struct exporting *ex, const struct iface *iface, bool quietly)
{
	struct export export = {
		.iface = iface, .dir = &ex->dir, .arena = ex->arena, .diag = ex->findings
	};
	int r = 0;

	if (strcmp(iface->name, "lo") == 0)
		return 0;
	if (iface->file)
		r = ifcfg_dir_again(&ex->dir, iface->file, ex->diag, &export.file);
	if (r < 0)
		return r;
	if (iface->helper) {
		diag_warning(ex->findings, iface->pos,
			     "%s is skipped: its helper creates it", iface->name);
		return 0;
	}
	return export_parts(ex, &export, quietly);
}

/* With its ports, unless they are handled by themselves. */
static int export_with_ports(struct exporting *ex, const struct iface *iface,
			     bool quietly)
{
	int r = export_iface(ex, iface, quietly);

	for (size_t i = 0; i < iface->n_ports && r == 0; i++)
		if (iface->kind == IFACE_BOND || iface->ports[i]->kind == IFACE_ETHERNET)
			r = export_iface(ex, iface->ports[i], quietly);
	return r;
}

/* All in order, or the requested one. Cards that are ports come with their masters. */
static int export_each(struct exporting *ex, bool quietly)
{
	const struct model *model = ex->model;
	int r = 0;

	if (model->target)
		return export_with_ports(ex, model->target, quietly);
	for (size_t i = 0; i < model->n_order && r == 0; i++)
		if (!iface_is_port(model->order[i]) ||
		    model->order[i]->kind != IFACE_ETHERNET)
			r = export_with_ports(ex, model->order[i], quietly);
	return r;
}

/* Losses are reported first: with --strict, nothing is written then. */
static int export_all(struct exporting *ex)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	size_t errors = diag_errors(ex->diag);
	int r = 0;

	ex->findings = ex->diag;
	diag_set_strict(ex->diag, ex->settings->strict);
	r = export_each(ex, true);
	diag_set_strict(ex->diag, false);
	if (r == 0 && diag_errors(ex->diag) > errors)
		r = -EINVAL;
	ex->findings = unheard;
	return r == 0 ? export_each(ex, false) : r;
}

static int load_exported(struct ctl *ctl, const char *request, struct exporting *ex)
{
	const struct model_options *options = &ctl->run.options.model;
	struct devices *devices = &ctl->run.devices;
	int r = bind_load(devices, options, request, NULL, ex->diag, &ex->model);

	if (r == 0)
		r = bind_read(devices, options, ex->arena, ex->diag, &ex->dir);
	if (r == 0 && ex->model->n_failed)
		r = -EINVAL;
	return r;
}

static void release_exporting(struct exporting *ex)
{
	ifcfg_dir_release(&ex->dir);
	model_free(ex->model);
	arena_free(ex->arena);
}

static int export(struct ctl *ctl, int n, char **words)
{
	const struct export_settings *settings = ctl->settings;
	_cleanup_(release_exporting) struct exporting ex = { .settings = settings,
							     .arena = arena_new(),
							     .diag = ctl->run.diag };
	int r;

	if (!settings->format)
		return ctl_usage(&ctl_export, "--to says what for: keyfile or networkd");
	r = load_exported(ctl, n ? words[0] : NULL, &ex);
	if (r == 0)
		r = export_all(&ex);
	return r < 0 ? write_failed(r) : EXIT_DONE;
}

static bool set_export_format(void *settings, const char *value)
{
	struct export_settings *export = settings;

	export->format = NULL; /* which is reported */
	for (size_t i = 0; i < ARRAY_SIZE(export_formats); i++)
		if (strcmp(export_formats[i].name, value) == 0)
			export->format = &export_formats[i];
	return true;
}

static bool set_directory(void *settings, const char *value)
{
	struct export_settings *export = settings;

	export->directory = value;
	return *value;
}

static const char *const export_format_words[] = { "keyfile", "networkd", NULL };
static const struct ctl_offer offer_export_formats = { export_format_words, NULL };

static const struct ctl_option export_options[] = {
	{ .name = "to",
	  .arg = "FORMAT",
	  .what = N_("keyfile (of NetworkManager), or networkd"),
	  .set = set_export_format,
	  .offer = &offer_export_formats },
	{ .name = "directory",
	  .arg = "DIR",
	  .what = N_("write files there instead of printing them"),
	  .set = set_directory,
	  .offer = &offer_directories },
	{ .name = "strict",
	  .what = N_("write nothing if something cannot be converted"),
	  .flag = offsetof(struct export_settings, strict) },
	{ 0 },
};

const struct ctl_command ctl_export = {
	.name = "export",
	.args = "[NAME]",
	.what = N_("print the files for NetworkManager or systemd-networkd"),
	.example = "export --to networkd bond0",
	.first = &offer_configured,
	.options = export_options,
	.settings_size = sizeof(struct export_settings),
	.max_words = 1,
	.run = export,
};
