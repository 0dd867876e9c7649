/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl drill: tries each failover of a bond, and measures the interruption. */
#include "lib/ctl/drill.h"
#include "lib/ctl/complete.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/apply/message.h"
#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/ctl/ctl.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/look.h"

/* How long the gateway is observed at first, and then after each change. */
#define LOOK_MS 1000
/*
 * If there is no answer through a port for this long at the end, the host cannot be
 * reached through it.
 */
#define LOST_MS 500

/* struct drill_settings - the command's options */
struct drill_settings {
	const char *target;
	bool dry_run;
};

static bool set_target(void *settings, const char *value)
{
	struct drill_settings *drill = settings;
	struct ip ip;

	drill->target = value;
	return ip_parse(value, AF_INET, &ip) == 0;
}

/* ---- running it ---- */

static int move(struct ctl *ctl, const struct drill *drill, const struct snap_link *port)
{
	const struct plan_op op = drill_move(drill, port);
	struct rtnl_reply reply = { 0 };
	int r = message_send(ctl->run.rtnl, &op, &reply);

	if (r == 0)
		r = reply.error;
	if (r < 0)
		diag_error(ctl->run.diag, (struct pos){ 0 },
			   "cannot make %s the active port: %s%s%s", port->name,
			   language_error(-r), reply.text ? ": " : "",
			   reply.text ? reply.text : "");
	rtnl_reply_release(&reply);
	return r;
}

static int tell_move(struct ctl *ctl, const struct drill_watch *watch,
		     const struct snap_link *from, const struct snap_link *to)
{
	const bool is_lost = watch->silent_ms >= LOST_MS;

	print_part(stdout, "%s -> %s: ", from->name, to->name);
	if (is_lost)
		print_line(stdout, "no answer through %s", to->name);
	else
		print_line(stdout,
			   "%" PRId64
			   " ms without an answer, %zu of %zu questions answered",
			   watch->gap_ms, watch->n_answered, watch->n_asked);
	fflush(stdout);
	if (!is_lost)
		return 0;
	diag_error(ctl->run.diag, (struct pos){ 0 },
		   "through port %s the gateway does not answer", to->name);
	diag_hint(ctl->run.diag,
		  "look whether its switch port is in the same network and VLANs");
	return -EIO;
}

/* Return: 0, or the reason for stopping; *@at is the port that is active then. */
static int try_all(struct ctl *ctl, const struct drill *drill, struct drill_watch *watch,
		   const struct snap_link **at, int64_t *worst)
{
	int r = 0;

	for (size_t i = 0; i < drill->n_moves && r == 0; i++) {
		const struct snap_link *from = *at;

		r = move(ctl, drill, drill->moves[i]);
		if (r < 0)
			break;
		*at = drill->moves[i];
		r = drill_watch_for(watch, LOOK_MS);
		if (r == 0)
			r = tell_move(ctl, watch, from, *at);
		if (watch->gap_ms > *worst)
			*worst = watch->gap_ms;
	}
	return r;
}

static int look_before_drill(struct ctl *ctl, const struct drill *drill,
			     struct drill_watch *watch)
{
	char text[IP_TEXT_MAX];
	int r = drill_watch_for(watch, LOOK_MS);

	if (r < 0)
		return r;
	ip_format(&drill->gateway, text);
	if (watch->silent_ms >= LOST_MS) {
		diag_error(ctl->run.diag, (struct pos){ 0 },
			   "cannot drill %s: %s does not answer even now",
			   drill->bond->name, text);
		diag_hint(ctl->run.diag, "--target names another neighbour");
		return -EIO;
	}
	print_line(stdout, "%s: %s answers through %s, after %" PRId64 " ms at most",
		   drill->bond->name, text, drill->active->name, watch->gap_ms);
	return 0;
}

/* However it ends, the original port is made active again. */
static int drill_all(struct ctl *ctl, const struct drill *drill)
{
	_cleanup_(drill_watch_end) struct drill_watch watch = { .fd = -1, .signals = -1 };
	const struct snap_link *at = drill->active;
	int64_t worst = 0;
	int r = drill_watch_begin(drill, &watch);

	if (r == 0)
		r = look_before_drill(ctl, drill, &watch);
	if (r < 0)
		return r;
	r = try_all(ctl, drill, &watch, &at, &worst);
	if (at != drill->active && move(ctl, drill, drill->active) < 0)
		return r < 0 ? r : -EIO;
	print_line(stdout, "%s is the active port again; longest gap %" PRId64 " ms",
		   drill->active->name, worst);
	return r;
}

/* ---- the command ---- */

static void print_moves(const struct drill *drill)
{
	for (size_t i = 0; i < drill->n_moves; i++) {
		_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
		const struct plan_op op = drill_move(drill, drill->moves[i]);

		plan_op_print(&op, &line);
		print_line(stdout, "%s", strbuf_text(&line));
	}
}

static int look_for_drill(struct run *run)
{
	int r;

	if (run->options.state_file)
		return look_at_file(run->options.state_file, run->diag, &run->have);
	r = rtnl_open(&run->rtnl);
	return r == 0 ? snapshot_take(run->rtnl, run->diag, &run->have) : r;
}

static int drill_bond(struct ctl *ctl, const char *name)
{
	const struct drill_settings *settings = ctl->settings;
	_cleanup_arena_ struct arena *arena = arena_new();
	struct run *run = &ctl->run;
	struct drill drill = { 0 };
	struct ip target;
	int r = 0;

	/* Other runs that change the bond meanwhile would change the result. */
	if (!settings->dry_run)
		r = state_lock(&run->state, run->options.rundir, run->diag);
	if (r == 0)
		r = look_for_drill(run);
	if (r == 0 && settings->target)
		r = ip_parse(settings->target, AF_INET, &target);
	if (r == 0)
		r = drill_plan(run->have, ctl_device_of(ctl, run->have, name, arena),
			       settings->target ? &target : NULL, arena, run->diag,
			       &drill);
	if (r != 0)
		return r;
	if (settings->dry_run) {
		print_moves(&drill);
		return 0;
	}
	return drill_all(ctl, &drill);
}

static int run_drill(struct ctl *ctl, int n, char **words)
{
	const struct drill_settings *settings = ctl->settings;
	struct diag *diag = ctl->run.diag;
	int r;

	(void)n;
	if (ctl->run.options.state_file && !settings->dry_run)
		return ctl_usage(&ctl_drill, "--state goes with --dry-run");
	if (!settings->dry_run && geteuid() != 0) {
		diag_error(diag, (struct pos){ 0 }, "only root can change the network");
		diag_hint(diag, "--dry-run shows what would be done");
		return EXIT_NOT_ROOT;
	}
	r = drill_bond(ctl, words[0]);
	if (r == -EINTR)
		diag_error(diag, (struct pos){ 0 }, "interrupted");
	return r < 0 ? EXIT_FAILED : EXIT_DONE;
}

static const struct ctl_option drill_options[] = {
	{ "target", "ADDRESS", N_("ask this neighbour instead of the gateway"), 0,
	  set_target, NULL },
	{ "dry-run", NULL, N_("print what would be changed, and change nothing"),
	  offsetof(struct drill_settings, dry_run), NULL, NULL },
	{ 0 },
};

const struct ctl_command ctl_drill = {
	.name = "drill",
	.args = "BOND",
	.what = N_("test each fail-over and measure the gap"),
	.example = "drill --dry-run bond0",
	.first = &offer_bonds,
	.options = drill_options,
	.settings_size = sizeof(struct drill_settings),
	.min_words = 1,
	.max_words = 1,
	.run = run_drill,
};
