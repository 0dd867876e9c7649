/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifcfgctl status: shows which interfaces exist, how they are stacked, and their health.
 */
#include "lib/ctl/status.h"
#include "lib/ctl/complete.h"

#include <errno.h>

#include "lib/base/language.h"
#include "lib/base/terminal.h"
#include "lib/base/typo.h"
#include "lib/ctl/ctl.h"
#include "lib/ctl/status-view.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/look.h"
#include "lib/snapshot/card.h"

/**
 * struct status_format - how it is printed
 * @print: as text; NULL: as JSON
 * @is_for_programs: they get an answer in any case, and no picture that changes
 */
struct status_format {
	const char *name;
	void (*print)(const struct status *status, struct strbuf *out);
	bool is_for_programs;
};

/* struct status_settings - the command's options, and the current status */
struct status_settings {
	const struct status_format *format;
	bool json, watch;
	const char *name;
};

struct status_style status_style_of(int fd)
{
	return (struct status_style){
		.width = terminal_width(fd),
		.has_colours = terminal_has_colours(fd),
		.has_utf8 = locale_is_utf8(),
	};
}

/* ---- collecting ---- */

static const char *shown_name(size_t i, const void *arg)
{
	const struct status *status = arg;

	return status->links[i]->is_shown ? status->links[i]->name : NULL;
}

static void hint_at_names(struct diag *diag, const struct status *status,
			  const char *name)
{
	_cleanup_strbuf_ struct strbuf names = STRBUF_EMPTY;
	const char *nearest = typo_nearest(name, status->n, shown_name, status);

	for (size_t i = 0; i < status->n; i++)
		if (shown_name(i, status))
			strbuf_addf(&names, "%s%s", names.len ? ", " : "",
				    shown_name(i, status));
	if (nearest)
		diag_hint(diag, "did you mean '%s'? There are: %s", nearest,
			  strbuf_text(&names));
	else if (names.len)
		diag_hint(diag, "there are: %s", strbuf_text(&names));
}

static int narrow_to_name(struct ctl *ctl, struct status *status)
{
	const struct status_settings *settings = ctl->settings;
	const char *device;

	if (!settings->name || status_narrow(status, settings->name))
		return 0;
	device = ctl_device_of(ctl, NULL, settings->name, status->arena);
	if (status_narrow(status, device))
		return 0;
	diag_error(ctl->run.diag, (struct pos){ 0 },
		   "there is no interface '%s', nor is one configured under that name",
		   settings->name);
	hint_at_names(ctl->run.diag, status, settings->name);
	return -ENOENT;
}

/* ---- one of many ---- */

static bool is_wanted_at_boot(const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_ports; i++)
		if (!iface->ports[i]->onboot)
			return false;
	return iface->onboot;
}

/* Whether what the files say of the interface shows no less than what they say of all. */
static bool is_enough(const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++)
		if (!is_wanted_at_boot(want->order[i]))
			return false;
	return want->target && !want->target->master && !want->alias && !want->n_uppers &&
	       !want->n_failed;
}

/* In the kernel, too, nothing is stacked on it. */
static bool is_on_top(const struct run *run)
{
	const struct snap_link *link = snapshot_link(run->have, run->want->target->name);

	for (size_t i = 0; link && i < run->have->n_links; i++) {
		const struct snap_link *other = run->have->links[i];

		if (other->parent == link->ifindex && *other->kind)
			return false;
	}
	return !link || !link->master;
}

static void load_all(struct run *run)
{
	model_free(TAKE_PTR(run->want));
	run->status = 0;
	run->options.request = NULL;
	run->options.all = true;
	run_load(run);
}

/* What is wrong is reported, if at all, when all are loaded. */
static void load_wanted_one(struct run *run, const char *name)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct diag *diag = run->diag;
	int r;

	diag_set_secrets(unheard, run->secrets);
	run->diag = unheard;
	run->options.request = name;
	run->options.all = false;
	r = run_load(run);
	run->diag = diag;
	if (r < 0 || !is_enough(run->want))
		load_all(run);
	else
		diag_merge(diag, unheard);
}

/* If the files cannot be read, the kernel's state is shown nevertheless. */
static int look_for_status(struct run *run)
{
	plan_free(TAKE_PTR(run->plan));
	snapshot_free(TAKE_PTR(run->have));
	snapshot_free(TAKE_PTR(run->made));
	rtnl_close(TAKE_PTR(run->rtnl));
	if (run->want && run_look(run) == 0)
		return run_plan(run);
	if (run->have)
		return 0;
	if (run->options.state_file)
		return look_at_file(run->options.state_file, run->diag, &run->have);
	if (rtnl_open(&run->rtnl) < 0)
		return -EIO;
	return snapshot_take(run->rtnl, run->diag, &run->have);
}

/* Without the files, nobody knows whether what is there is as it should be. */
static void doubt(struct ctl *ctl, struct status *status)
{
	_cleanup_strbuf_ struct strbuf error = STRBUF_EMPTY;

	ctl_last_error(ctl, &error);
	status->health = HEALTH_UNKNOWN;
	status->error = arena_strdup(status->arena, strbuf_text(&error));
}

static int take_status(struct ctl *ctl, struct status **ret)
{
	struct run *run = &ctl->run;
	_cleanup_status_ struct status *status = NULL;
	struct status_source source;
	int r = look_for_status(run);

	if (run->want && run->want->target && (r < 0 || !is_on_top(run))) {
		load_all(run);
		r = look_for_status(run);
	}
	/* If no plan can be made, the present state is shown nevertheless. */
	if (r < 0 && !run->have)
		return r;
	source = (struct status_source){
		.want = run->want,
		.have = run->have,
		.plan = run->plan,
		.speed = run->options.state_file ? NULL : ethtool_speed,
		.cards = run->options.state_file ? NULL : CARD_SYSFS,
	};
	status_make(&source, &status);
	r = narrow_to_name(ctl, status);
	if (r == 0)
		status_judge(status);
	if (r == 0 && !run->want)
		doubt(ctl, status);
	if (r < 0)
		return r;
	/* What it points to must live as long as it does. */
	plan_free(TAKE_PTR(run->plan));
	status->kept = TAKE_PTR(run->have);
	*ret = TAKE_PTR(status);
	return 0;
}

/* ---- output ---- */

static void print_for_people(const struct status *status, struct strbuf *out)
{
	const struct status_style style = status_style_of(STDOUT_FILENO);

	status_print(status, &style, out);
}

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_NAGIOS, FORMAT_PROMETHEUS };

static const struct status_format status_formats[] = {
	[FORMAT_TEXT] = { "text", print_for_people, false },
	[FORMAT_JSON] = { "json", NULL, true },
	[FORMAT_NAGIOS] = { "nagios", status_print_nagios, true },
	[FORMAT_PROMETHEUS] = { "prometheus", status_print_prometheus, true },
};

static bool set_status_format(void *settings, const char *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(status_formats); i++)
		if (strcmp(status_formats[i].name, value) == 0) {
			if (status_formats[i].is_for_programs)
				language_off();
			((struct status_settings *)settings)->format = &status_formats[i];
			if (i) /* for programs */
				language_off();
			return true;
		}
	return false;
}

static int print(const struct status *status, const struct status_format *format)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	if (!format->print) {
		status_print_json(status, stdout);
		return 0;
	}
	format->print(status, &text);
	language_print(stdout, strbuf_text(&text));
	return 0;
}

static void take_error(struct ctl *ctl, struct status **ret)
{
	_cleanup_strbuf_ struct strbuf error = STRBUF_EMPTY;

	ctl_last_error(ctl, &error);
	status_make_unknown(strbuf_text(&error), ret);
}

static int show_status(struct ctl *ctl, enum health *ret)
{
	const struct status_settings *settings = ctl->settings;
	_cleanup_status_ struct status *status = NULL;
	int r = take_status(ctl, &status);

	if (r < 0 && settings->format->is_for_programs) {
		take_error(ctl, &status);
		r = 0;
	}
	if (r < 0)
		return r;
	*ret = status->health;
	print(status, settings->format);
	return 0;
}

static int run_status(struct ctl *ctl, int n, char **words)
{
	struct status_settings *settings = ctl->settings;
	enum health health = HEALTH_UNKNOWN;
	int r;

	settings->name = n ? words[0] : NULL;
	if (!settings->format)
		settings->format =
			&status_formats[settings->json ? FORMAT_JSON : FORMAT_TEXT];
	if (settings->watch &&
	    (settings->format->is_for_programs || ctl->run.options.state_file))
		return ctl_usage(
			&ctl_status,
			"--watch goes neither with --state nor with a format for "
			"programs");
	ctl->run.make_plan = plan_up;
	ctl->run.brings_back = true;
	ctl->run.options.diff = true;
	if (settings->name && !settings->watch)
		load_wanted_one(&ctl->run, settings->name);
	else
		load_all(&ctl->run);
	r = settings->watch ? status_watch(ctl, take_status) : show_status(ctl, &health);
	/* Other messages about the files belong to check. */
	fflush(stdout);
	diag_print(ctl->run.diag, DIAG_ERROR, stderr);
	return r < 0 ? HEALTH_UNKNOWN : (int)health;
}

static const char *const status_format_words[] = { "text", "json", "nagios", "prometheus",
						   NULL };
static const struct ctl_offer offer_status_formats = { status_format_words, NULL };

static const struct ctl_option status_options[] = {
	{ "format", "FORMAT", N_("text (the default), json, nagios or prometheus"), 0,
	  set_status_format, &offer_status_formats },
	{ "json", NULL, N_("the same as --format json"),
	  offsetof(struct status_settings, json), NULL, NULL },
	{ "watch", NULL, N_("show each change, and fail-overs, as they happen"),
	  offsetof(struct status_settings, watch), NULL, NULL },
	{ 0 },
};

const struct ctl_command ctl_status = {
	.name = "status",
	.args = "[NAME]",
	.what = N_("show interfaces and their health"),
	.example = "status bond0",
	.first = &offer_configured,
	.options = status_options,
	.settings_size = sizeof(struct status_settings),
	.max_words = 1,
	.run = run_status,
};
