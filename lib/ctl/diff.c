/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifcfgctl diff: shows what ifup would do, as the difference between the files and the
 * kernel.
 */
#include <errno.h>

#include "lib/base/language.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/ctl.h"
#include "lib/ctl/json.h"

#define SCHEMA_VERSION 1

/* struct diff_settings - the command's options */
struct diff_settings {
	bool json;
};

/* Return: whether there is a plan; printed, unless .print_plan says otherwise. */
static bool diff_one(struct run *run, const char *request)
{
	run->make_plan = plan_up;
	run->brings_back = true;
	run->options.diff = true;
	run->options.all = !request;
	run->options.request = request;
	return run_through(run);
}

int ctl_print_plan(struct ctl *ctl, const char *request)
{
	diff_one(&ctl->run, request);
	return ctl->run.status;
}

/* ---- for programs ---- */

static void put_step(const struct run *run, const struct plan_op *op,
		     struct json_object *list)
{
	_cleanup_strbuf_ struct strbuf command = STRBUF_EMPTY;
	struct json_object *at = json_put_object(list, NULL);
	bool has_owner = op->owner < run->plan->n_owners;

	plan_op_print_hidden(op, run->secrets, &command);
	json_put_text(at, "interface",
		      has_owner ? run->plan->owners[op->owner].name : NULL);
	json_put_text(at, "command", strbuf_text(&command));
	json_put_text(at, "file", op->pos.file);
	json_put_number(at, "line", op->pos.line);
}

static void print_json(const struct ctl *ctl, bool has_plan)
{
	_cleanup_json_ struct json_object *json = json_new();
	const struct plan *plan = ctl->run.plan;
	struct json_object *list;

	json_put_number(json, "version", SCHEMA_VERSION);
	json_put_error(json, diag_errors(ctl->run.diag) ? ctl : NULL);
	list = json_put_list(json, "steps");
	for (size_t i = 0; has_plan && i < plan->n; i++)
		put_step(&ctl->run, &plan->ops[i], list);
	json_print(json, stdout);
}

/* Left to print_json(), as an error at the end of the plan belongs in the same object. */
static int print_later(const struct run *run)
{
	(void)run;
	return 0;
}

static int diff_json(struct ctl *ctl, const char *request)
{
	bool has_plan;

	ctl->run.print_plan = print_later;
	has_plan = diff_one(&ctl->run, request);
	print_json(ctl, has_plan);
	return ctl->run.status;
}

static int diff(struct ctl *ctl, int n, char **words)
{
	const struct diff_settings *settings = ctl->settings;
	const char *request = n ? words[0] : NULL;

	return settings->json ? diff_json(ctl, request) : ctl_print_plan(ctl, request);
}

static const struct ctl_option diff_options[] = {
	{ "json", NULL, N_("print it for programs"), offsetof(struct diff_settings, json),
	  NULL, NULL },
	{ 0 },
};

const struct ctl_command ctl_diff = {
	.name = "diff",
	.args = "[NAME]",
	.what = N_("print what ifup would do; exit status 1 if anything"),
	.example = "diff bond0",
	.first = &offer_configured,
	.options = diff_options,
	.settings_size = sizeof(struct diff_settings),
	.max_words = 1,
	.run = diff,
};
