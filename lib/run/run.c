/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stages of a run, each a call into the directory that does it. */
#include "lib/run/run.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>

#include "lib/apply/apply.h"
#include "lib/apply/resolv.h"
#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/base/secrets.h"
#include "lib/model/print-keys.h"
#include "lib/plan/helpers.h"
#include "lib/plan/hooks.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/bind.h"
#include "lib/run/files.h"
#include "lib/run/look.h"
#include "lib/run/programs.h"
#include "lib/run/progress.h"
#include "lib/run/scope.h"
#include "lib/run/service.h"
#include "lib/run/status.h"
#include "lib/service/journal.h"
#include "lib/snapshot/network-manager.h"
#include "lib/state/queue.h"

/* The stage that failed with @error has reported why. */
static int over(struct run *run, int error, int status)
{
	if (error == 0)
		return 0;
	run->status = status;
	return -1;
}

/* All that a run with --confirm does. */
static int confirm(struct run *run)
{
	int r = try_confirm(run->options.rundir, run->diag);

	run->status = r < 0 ? EXIT_FAILED : EXIT_DONE;
	return -1;
}

static int print_keys(struct run *run)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	int r = model_print_keys(&run->options.model, run->options.request, run->diag,
				 &text);

	if (r == 0)
		fputs(strbuf_text(&text), stdout); /* for a shell */
	return over(run, r == 0 ? -ECANCELED : r, r == 0 ? EXIT_DONE : EXIT_CONFIG);
}

void run_prepare(struct run *run)
{
	run->diag = diag_new();
	run->secrets = secrets_new();
	diag_set_secrets(run->diag, run->secrets);
	run->options.model.secrets = run->secrets;
}

int run_start(struct run *run, int argc, char **argv)
{
	memory_warm_up();
	run->state = (struct state)STATE_NONE;
	if (file_open_standard() < 0)
		return over(run, -ECANCELED, EXIT_FAILED);
	switch (options_parse(argc, argv, run->what, !run->brings_back, &run->options)) {
	case OPTIONS_DONE:
		return over(run, -ECANCELED, EXIT_DONE);
	case OPTIONS_WRONG:
		return over(run, -EINVAL, EXIT_USAGE);
	case OPTIONS_RUN:
		break;
	}
	return run_begin(run);
}

int run_begin(struct run *run)
{
	run_prepare(run);
	diag_set_strict(run->diag, run->options.strict);
	if (run->options.verbose)
		run->before = run_tell_step;
	if (run->options.print_keys)
		return print_keys(run);
	if (run->options.try.is_wanted && !run->options.dry_run)
		try_prepare();
	if (run->options.dry_run || geteuid() == 0)
		return run->options.confirm ? confirm(run) : 0;
	diag_error(run->diag, (struct pos){ 0 }, "only root can change the network");
	diag_hint(run->diag, "--dry-run shows what would be done");
	return over(run, -EPERM, EXIT_NOT_ROOT);
}

/*
 * Interfaces that went down with others, and come back with them; the last one has no
 * name.
 */
static struct model_besides *besides_of(const struct snapshot *made)
{
	struct model_besides *list = memory_zeroed(made->n_links + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < made->n_links; i++)
		if (made->links[i]->down_with)
			list[n++] = (struct model_besides){ made->links[i]->name,
							    made->links[i]->down_with };
	return list;
}

/*
 * Read without the lock, as nothing is changed yet; problems with it are reported later.
 */
static int find_others(struct run *run, struct snapshot **ret_made,
		       struct model_besides **ret)
{
	_cleanup_(state_release) struct state state = STATE_NONE;
	_cleanup_diag_ struct diag *unheard = diag_new();
	int r = state_load_if(&state, run->options.rundir, SNAPSHOT_DOWN_WITH, unheard,
			      ret_made);

	if (r < 0) {
		diag_merge(run->diag, unheard);
		return -EIO;
	}
	*ret = besides_of(*ret_made);
	return 0;
}

static int load_with_others(struct run *run)
{
	_cleanup_snapshot_ struct snapshot *made = NULL; /* holds the names */
	_cleanup_free_ struct model_besides *besides = NULL;
	int r = 0;

	if (run->brings_back && !run->options.model.step)
		r = find_others(run, &made, &besides);
	if (r == 0)
		r = bind_load(&run->devices, &run->options.model, run->options.request,
			      besides, run->diag, &run->want);
	return r;
}

static void look_at_driver(struct run *run)
{
	_cleanup_strbuf_ struct strbuf parameters = STRBUF_EMPTY;
	int r = devices_add_driver(&run->devices, &parameters);

	if (r < 0)
		diag_warning(run->diag, (struct pos){ 0 },
			     "cannot read the bonding driver's parameters of modprobe.d: "
			     "%s",
			     r == -ENOENT ? _("libkmod.so.2 cannot be opened")
					  : language_error(-r));
	run->driver = parameters.len ? strbuf_take(&parameters) : NULL;
	run->options.model.driver = run->driver;
	run->options.model.at_boot = run->brings_back;
	run->options.model.goes_down = !run->brings_back;
	run->options.model.keep_uppers = run->options.keep_upper;
}

/* At boot ONBOOT decides; for udev, for which we set IN_HOTPLUG, HOTPLUG does. */
static bool is_kept_away(const struct run *run)
{
	const struct iface *target = run->want->target;
	const char *hotplug = getenv("IN_HOTPLUG");

	if (!target || run->options.model.step)
		return false;
	return (run->options.boot && !target->onboot) ||
	       (hotplug && *hotplug &&
		(!target->hotplug || target->kind == IFACE_BRIDGE));
}

/* Most links that appear on a host with containers have no file. */
static bool is_of_no_concern(const struct run *run)
{
	return run->options.hotplug && !run->want->n_order && !run->want->n_failed;
}

static int unreadable(const char *path, struct diag *diag)
{
	int error = errno;

	if (error == ENOMEM)
		memory_release(); /* which is reported at the end */
	diag_error(diag, (struct pos){ path, 0 }, _("cannot be read: %s"),
		   language_error(error));
	return -error;
}

int run_look_at_file(const char *path, struct diag *diag, struct snapshot **ret)
{
	_cleanup_fclose_ FILE *file = MEMORY_TRY(fopen(path, "re"));
	_cleanup_free_ char *text = NULL;
	size_t size = 0;
	ssize_t n;

	if (!file)
		return unreadable(path, diag);
	n = file_get_until(&text, &size, '\0', file);
	if (n < 0 && !feof(file))
		return unreadable(path, diag);
	return snapshot_read_text(n < 0 ? "" : text, path, diag, ret);
}

static int open_rtnl(struct run *run)
{
	int r = rtnl_open(&run->rtnl);

	if (r < 0)
		diag_error(run->diag, (struct pos){ 0 },
			   "the kernel does not talk rtnetlink: %s", language_error(-r));
	return r;
}

/*
 * Without the kernel's state, the port of an existing bond looks like that of a missing
 * one. Return: 0; the error, which is reported.
 */
static int judge_what_was_seen(struct run *run)
{
	const char *file = run->options.state_file;

	if (!run->options.hotplug || !run->devices.error)
		return 0;
	if (file)
		run_look_at_file(file, run->diag, &run->have);
	else if (open_rtnl(run) == 0)
		diag_error(run->diag, (struct pos){ 0 },
			   "cannot read the kernel's network state: %s",
			   language_error(-run->devices.error));
	return run->devices.error;
}

void run_know_devices(struct run *run)
{
	devices_release(&run->devices);
	run->devices =
		(struct devices){ .state_file = run->options.state_file,
				  .waits = run->brings_back && !run->options.dry_run,
				  .rtnl = &run->rtnl };
	run->devices.host.knows_kinds = true;
	run->options.model.host = &run->devices.host;
	run->options.model.asks = &run->devices.asks;
}

int run_load(struct run *run)
{
	int r;

	run_know_devices(run);
	look_at_driver(run);
	if (run->brings_back && !run->options.dry_run)
		run->options.model.kept = &run->files;
	r = load_with_others(run);

	diag_sort(run->diag);
	if (r < 0)
		return over(run, r, r == -EIO ? EXIT_FAILED : EXIT_CONFIG);
	if (run->options.strict && run->want->n_failed)
		return over(run, -EINVAL, EXIT_CONFIG);
	r = judge_what_was_seen(run);
	if (r < 0)
		return over(run, r, EXIT_FAILED);
	if (is_kept_away(run) || is_of_no_concern(run))
		return over(run, -ECANCELED, EXIT_DONE);
	return 0;
}

/*
 * Whether there are any settings of name servers: otherwise the resolver does not matter.
 */
static bool has_dns(const struct model *want, const struct snapshot *made)
{
	for (size_t i = 0; i < want->n_order; i++)
		if (want->order[i]->dns)
			return true;
	for (size_t i = 0; i < made->n_links; i++)
		if (made->links[i]->dns)
			return true;
	return false;
}

/*
 * Reads the kernel's state, which programs that the files may need are installed, and
 * what maintains the name servers. @made: what is ours at present. @verifies: nothing is
 * planned on it, so that hooks do not matter.
 */
static int look_again(struct run *run, const struct snapshot *made, bool verifies,
		      struct snapshot **ret)
{
	_cleanup_arena_ struct arena *arena = run->needs_all ? NULL : arena_new();
	const struct snap_scope *scope = arena ? scope_of(run->want, made, arena) : NULL;
	_cleanup_snapshot_ struct snapshot *now = NULL;
	int r = snapshot_take_part(run->rtnl, scope, devices_take(&run->devices),
				   run->diag, &now);

	if (r == 0)
		programs_find(run, now, !verifies);
	if (r == 0 && has_dns(run->want, made))
		snapshot_look_at_resolver(now, made, run->diag);
	if (r == 0)
		look_at_clients(run->want, made, now);
	if (r == 0)
		r = look_at_firewalld(run->want, made, now);
	if (r == 0) {
		now->ran = run->ran;
		*ret = TAKE_PTR(now);
	}
	return r;
}

static bool asks_for_ip6(const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++)
		if (iface_asks_for_ip6(want->order[i]))
			return true;
	return false;
}

/*
 * If IPv6 is a module, the kernel has modprobe(8) load it for the first socket, unless
 * modprobe.d prevents that. Return: whether there is IPv6 now.
 */
static bool load_ip6(void)
{
	_cleanup_close_ int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	return fd >= 0;
}

/* Whether the files set any; @ret says which. */
static bool has_conf(const struct model *want, bool ret[static CONF_COUNT])
{
	bool any = false;

	for (size_t i = 0; i < want->n_order; i++)
		for (size_t id = 0; want->order[i]->conf && id < CONF_COUNT; id++)
			if (want->order[i]->conf[id].is_set)
				any = ret[id] = true;
	return any;
}

/*
 * Before anything is done, also looks for other programs that may configure the same
 * links and, if the files depend on it, for the settings of new links.
 */
static int look_first(struct run *run)
{
	bool conf[CONF_COUNT] = { false };
	int r = look_again(run, run->made, false, &run->have);

	if (r == 0 && run->have->lacks_ip6 && !run->options.dry_run && run->brings_back &&
	    asks_for_ip6(run->want) && load_ip6()) {
		snapshot_free(TAKE_PTR(run->have));
		r = look_again(run, run->made, false, &run->have);
	}
	if (r == 0 && has_conf(run->want, conf)) {
		snapshot_read_new_conf(run->have, conf);
		if (conf[CONF_IP6_ADDR_GEN_MODE]) /* its secret is made of that */
			snapshot_read_machine_id(run->have);
	}
	if (r == 0)
		snapshot_find_managed(run->have, NM_RUN, "/proc");
	return r;
}

static int look_at_kernel(struct run *run)
{
	int r = open_rtnl(run);

	return r == 0 ? look_first(run) : r;
}

int run_look(struct run *run)
{
	const char *dir = run->options.rundir;
	const char *file = run->options.state_file;
	int r = 0;

	/* Without the lock, because other runs may bring what is waited for. */
	devices_wait(&run->devices, run->want);
	if (!run->options.dry_run)
		r = state_lock(&run->state, dir, run->diag);
	if (r == 0)
		r = state_load(&run->state, dir, run->diag, &run->made);
	if (r == 0)
		r = file ? run_look_at_file(file, run->diag, &run->have)
			 : look_at_kernel(run);
	if (r == 0 && run->options.status) {
		status_tell(run);
		return over(run, -ECANCELED, EXIT_DONE);
	}
	return over(run, r, EXIT_FAILED);
}

/* What is missing may exist once the hooks have been run. */
static int make_plan(struct run *run, struct diag *diag)
{
	const bool at_boot = run->options.boot || run->options.all;
	int r = run->make_plan(run->want, run->have, run->made, diag, &run->plan);

	if (r == -ENODEV && run->brings_back && !run->options.dry_run)
		return plan_hooks_alone(run->want, run->have, run->made, at_boot, diag,
					&run->plan);
	if (r == 0 && !run->options.diff)
		plan_add_hooks(run->plan, run->want, run->brings_back, at_boot);
	if (r == 0 && !run->options.diff) {
		plan_add_helpers(run->plan, run->want, run->brings_back, at_boot);
		return 0;
	}
	return r;
}

/*
 * A plan for one interface of many is made on a part of the kernel's state. If it changes
 * something that others are stacked on, or has something to report, it is made again on all
 * of it.
 */
static int make_plan_on_enough(struct run *run, struct diag **findings)
{
	int r = make_plan(run, *findings);

	if (!run->have->is_part ||
	    (r == 0 && diag_is_empty(*findings) && scope_holds(run->plan, run->have)))
		return r;
	run->needs_all = true;
	plan_free(TAKE_PTR(run->plan));
	snapshot_free(TAKE_PTR(run->have));
	diag_free(*findings);
	*findings = diag_new();
	diag_set_strict(*findings, run->options.strict);
	r = look_first(run);
	return r < 0 ? r : make_plan(run, *findings);
}

/* If a plan is made again, only the messages of the last one are reported. */
int run_plan(struct run *run)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	int r = 0;
	size_t errors;

	diag_set_strict(findings, run->options.strict);
	r = make_plan_on_enough(run, &findings);
	if (r == 0)
		plan_tell_lost(run->plan, findings);
	errors = diag_errors(findings);
	if (r == 0 && run->plan->before.n && !run->options.dry_run)
		errors = 0;
	else
		diag_merge_new(run->diag, findings);
	if (r < 0)
		return over(run, r, EXIT_FAILED);
	/*
	 * With --strict, what would be ignored is an error; with -a, one failure does not
	 * stop others.
	 */
	if (errors && (!run->options.all || run->options.strict))
		return over(run, -EINVAL, EXIT_CONFIG);
	return 0;
}

static void forget_plan(struct run *run)
{
	plan_free(TAKE_PTR(run->plan));
	snapshot_free(TAKE_PTR(run->have));
	snapshot_free(TAKE_PTR(run->made));
}

int run_renew(struct run *run)
{
	int r;

	forget_plan(run);
	r = state_load(&run->state, run->options.rundir, run->diag, &run->made);
	if (r == 0)
		r = look_first(run);
	return r < 0 ? over(run, r, EXIT_FAILED) : run_plan(run);
}

/* ---- applying ---- */

int run_tell_step(const struct plan_op *op, void *arg)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
	const struct run *run = arg;

	plan_op_print_hidden(op, run->secrets, &line);
	print_line(stdout, "%s", strbuf_text(&line));
	if (op->kind == OP_RUN) /* its own output comes after */
		fflush(stdout);
	return 0;
}

static void tell_waiting(const struct plan_op *op, const char *why, int64_t limit_ms,
			 void *arg)
{
	(void)arg;
	if (limit_ms)
		print_line(stderr, "%s %s yet: waiting up to %g s", op->dev, why,
			   (double)limit_ms / 1000);
	else
		print_line(stderr, "%s %s yet: waiting", op->dev, why);
}

/* In the form of network-scripts: other programs read the last line. */
static void tell_leased(const struct plan_op *op, const char *why, void *arg)
{
	bool is_ip6 = op->dhcp_start->client.family == DHCP_IP6;

	(void)arg;
	print_line(stdout, "Determining %s information for %s... %s%s",
		   is_ip6 ? "IPv6" : "IP", op->dev, why ? _("failed") : _("done."),
		   why ? why : "");
	fflush(stdout);
}

/* A step of the second plan shows that a change of the first one is not in effect. */
static void tell_left_over(struct run *run, const struct plan_op *op)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	plan_op_print(op, &line);
	diag_about(run->diag, op->dev);
	if (op->kind == OP_RUN) { /* its failure was reported */
		diag_note(run->diag, op->pos, "has had no effect: %s",
			  strbuf_text(&line));
		return;
	}
	if (op->is_wish) {
		diag_warning(run->diag, op->pos, "refused for now: %s",
			     strbuf_text(&line));
		diag_hint(run->diag, "run ifup again when the link of the port is up");
		return;
	}
	diag_error(run->diag, op->pos,
		   "the kernel accepted this, but it is not in effect: %s",
		   strbuf_text(&line));
	diag_hint(run->diag,
		  "another program may be changing the same interface, or this "
		  "kernel's driver may be too old for it");
}

static void tell_repaired(struct run *run, const struct plan_op *op)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	plan_op_print(op, &line);
	diag_about(run->diag, op->dev);
	diag_note(run->diag, op->pos,
		  "somebody else removed this meanwhile; setting it again: %s",
		  strbuf_text(&line));
	diag_about(run->diag, NULL);
}

/* A run without steps has no outcomes, so nothing failed. */
bool run_has_failed(const struct run *run, size_t owner)
{
	const enum apply_outcome *outcomes = run->result.outcomes;

	return run->plan->owners[owner].has_failed ||
	       (outcomes && outcomes[owner] != OUTCOME_DONE);
}

/* Interfaces of the model have the same number in both plans; others do not matter. */
static bool is_settled(const struct run *run, size_t owner)
{
	return owner < run->want->n_order && run->result.outcomes[owner] != OUTCOME_DONE;
}

static void judge_left_over(struct run *run, const struct plan_op *op)
{
	/* Waiting is not a change, and a missing lease has been reported. */
	if (is_settled(run, op->owner) || op->kind == OP_LINK_WAIT ||
	    op->kind == OP_DAD_WAIT || (op->kind == OP_DHCP_START && op->is_wish))
		return;
	tell_left_over(run, op);
	if (!op->is_wish && op->owner < run->plan->n_owners)
		run->result.outcomes[op->owner] = OUTCOME_KEPT;
	run->n_left_over += !op->is_wish;
}

/* How often changes undone by other programs are made again. */
#define REPAIRS_MAX 2

/*
 * Changes that another program undoes when it changes the same interface at the same
 * time: keepalived moves an address, and the routes through it are removed. Making them
 * again disturbs nobody. If other changes are not in effect, the kernel did not make
 * them.
 */
static bool is_repairable(const struct plan_op *op, void *arg)
{
	const struct run *run = arg;

	if (op->is_wish || is_settled(run, op->owner))
		return false;
	return op->kind == OP_ADDR_ADD || op->kind == OP_ROUTE_ADD ||
	       op->kind == OP_RULE_ADD || op->kind == OP_RULE_DEL;
}

/*
 * A failure here is found, and reported, by the next look. Return: whether it was tried.
 */
static bool repair(struct run *run, struct plan *plan)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	const struct apply_observer teller = { .before = run->before, .arg = run };
	struct apply_result result = { 0 };
	bool any = false;

	for (size_t i = 0; i < plan->n; i++)
		any |= is_repairable(&plan->ops[i], run);
	if (!any)
		return false;
	plan_keep_steps(plan, is_repairable, run);
	for (size_t i = 0; i < plan->n; i++)
		tell_repaired(run, &plan->ops[i]);
	apply_run(plan, run->rtnl, ROLLBACK_NEVER, &teller, unheard, &result);
	apply_result_release(&result);
	return true;
}

/*
 * Return: 0; -EAGAIN if something was changed again, and another look is needed; -errno.
 */
static int look_for_left_over(struct run *run, bool repairs)
{
	_cleanup_snapshot_ struct snapshot *now = NULL;
	_cleanup_plan_ struct plan *plan = NULL;
	_cleanup_diag_ struct diag *findings = diag_new();
	int r = look_again(run, run->plan->made, true, &now);

	if (r == 0)
		r = run->make_plan(run->want, now, run->plan->made, findings, &plan);
	if (r == 0 && now->is_part &&
	    !(diag_is_empty(findings) && scope_holds(plan, now))) {
		run->needs_all = true;
		return -EAGAIN;
	}
	if (r == 0 && repairs && repair(run, plan))
		return -EAGAIN;
	diag_merge_new(run->diag, findings);
	for (size_t i = 0; r == 0 && i < plan->n; i++)
		judge_left_over(run, &plan->ops[i]);
	diag_about(run->diag, NULL); /* names are freed with their plan */
	return r;
}

/*
 * A plan made from the present state has to be empty. It may find more than the first one
 * did: an option that the driver lacks is noticed only when it is not reported.
 */
static int verify(struct run *run)
{
	int r = -EAGAIN;

	/*
	 * The second look and plan take as much memory as the first; but changes under
	 * --try may still have to be rolled back.
	 */
	if (!run->options.try.is_wanted) {
		plan_drop_steps(run->plan);
		snapshot_free(TAKE_PTR(run->have));
	}
	for (int i = 0; r == -EAGAIN; i++)
		r = look_for_left_over(run, i < REPAIRS_MAX);
	return r < 0 ? r : run->n_left_over ? -EIO : 0;
}

/* If an interface failed, what was ours before is still ours. */
static void correct_state(struct run *run, size_t owner)
{
	bool instead = run->result.outcomes[owner] == OUTCOME_UNDONE;
	struct snapshot *made = run->plan->made;
	const struct iface *iface;
	state_bring_back(made, run->made, run->plan->owners[owner].name, instead);

	if (owner >= run->want->n_order)
		return;
	iface = run->want->order[owner];
	for (size_t i = 0; i < iface->n_ports; i++)
		state_bring_back(made, run->made, iface->ports[i]->name, instead);
}

static bool is_owner(const struct plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->n_owners; i++)
		if (strcmp(plan->owners[i].name, name) == 0)
			return true;
	return false;
}

/*
 * Cards that were to leave, which are unchanged now, and which no file describes any
 * more.
 */
static void bring_back_ports(struct run *run)
{
	for (size_t i = 0; i < run->made->n_links; i++) {
		const char *name = run->made->links[i]->name;

		if (!is_owner(run->plan, name))
			state_bring_back(run->plan->made, run->made, name, false);
	}
}

static bool is_all_undone(const struct run *run)
{
	for (size_t i = 0; i < run->plan->n_owners; i++)
		if (run->result.outcomes[i] != OUTCOME_UNDONE)
			return false;
	return true;
}

static int save_state(struct run *run)
{
	bool any_undone = false;

	if (is_all_undone(run))
		return state_save(&run->state, run->made, NULL, run->diag);
	for (size_t i = 0; i < run->plan->n_owners; i++) {
		any_undone |= run->result.outcomes[i] == OUTCOME_UNDONE;
		if (run->result.outcomes[i] != OUTCOME_DONE)
			correct_state(run, i);
	}
	if (any_undone)
		bring_back_ports(run);
	return state_save(&run->state, run->plan->made, NULL, run->diag);
}

/* ---- --try ---- */

/* The gateway of the default route in the files; NULL if there is none. */
static const char *find_gateway(const struct model *want, char text[static IP_TEXT_MAX])
{
	for (size_t i = 0; i < want->n_order; i++)
		for (size_t k = 0; k < want->order[i]->n_routes; k++) {
			const struct route *route = &want->order[i]->routes[k].route;

			if (route->dst_len == 0 && ip_is_set(&route->gateway))
				return ip_format(&route->gateway, text);
		}
	return NULL;
}

static bool is_confirmed(struct run *run)
{
	char text[IP_TEXT_MAX];

	switch (try_wait(&run->options.try, run->options.rundir,
			 find_gateway(run->want, text), run->diag)) {
	case TRY_KEPT:
		return true;
	case TRY_TIMED_OUT:
		diag_error(run->diag, (struct pos){ 0 }, "nobody confirmed in time");
		break;
	case TRY_INTERRUPTED:
		diag_error(run->diag, (struct pos){ 0 }, "interrupted");
		break;
	}
	return false;
}

static int take_back(struct run *run)
{
	bool lasts = false;
	int r = apply_revert(run->plan, run->rtnl, NULL, run->diag, &run->result, &lasts);

	if (r == 0)
		r = state_save(&run->state, run->made, NULL, run->diag);
	if (r == 0)
		diag_warning(run->diag, (struct pos){ 0 },
			     lasts ? "everything else is as it was before"
				   : _("everything is as it was before"));
	if (run->options.restore_files)
		files_restore(run);
	return r < 0 ? r : -ECANCELED;
}

/*
 * So that a run after one that was killed does not mistake its remains for an interface
 * that was up, and calls the hooks that it did not come to.
 */
static void mark_unfinished(const struct run *run, bool unfinished)
{
	const struct plan_list *after = &run->plan->after;

	for (size_t i = 0; i < run->plan->n_owners; i++) {
		const struct plan_owner *owner = &run->plan->owners[i];
		struct snap_link *made = snapshot_link(run->plan->made, owner->name);

		if (made && !owner->was_up)
			made->unfinished = unfinished;
	}
	for (size_t i = 0; i < after->n; i++) {
		const char *name = run->plan->owners[after->ops[i].owner].name;
		struct snap_link *made = snapshot_link(run->plan->made, name);

		if (made)
			made->hooks_due = unfinished;
	}
}

/*
 * A program whose effect no undo takes back has to be run again once the former file is back:
 * that it was run for that is no longer believed.
 */
static void forget_lasting(struct run *run)
{
	for (size_t i = 0; i < run->plan->n; i++) {
		const struct plan_op *op = &run->plan->ops[i];
		struct snap_link *made = op->kind == OP_RUN && op->lasts
						 ? snapshot_link(run->made, op->dev)
						 : NULL;

		for (const struct snap_run *old = made ? made->runs : NULL, *next; old;
		     old = next) {
			next = old->next;
			if (strcmp(old->argv[0], op->program->argv[0]) == 0)
				snap_link_drop_run(made, old);
		}
	}
}

/*
 * What will be ours is saved before it exists, so that a run that is killed leaves
 * nothing unaccounted for.
 */
static int save_intent(struct run *run)
{
	int r;

	forget_lasting(run);
	mark_unfinished(run, run->brings_back);
	r = state_save(&run->state, run->made, run->plan->made, run->diag);
	mark_unfinished(run, false);
	return r;
}

static int apply(struct run *run)
{
	const struct apply_observer teller = {
		.before = run->before,
		.waiting = tell_waiting,
		.leased = tell_leased,
		.arg = run,
	};
	int r, saved = save_intent(run);

	if (saved < 0)
		return saved;
	r = apply_run(run->plan, run->rtnl, run->options.rollback, &teller, run->diag,
		      &run->result);
	if (r < 0 && r != -EIO)
		return r;
	/* What was undone is as it was before, so there is nothing more to check. */
	if (r == 0 || run->options.all) {
		int verified = verify(run);

		r = r < 0 ? r : verified;
	}
	if (run->options.try.is_wanted && (r < 0 || !is_confirmed(run)))
		return take_back(run);
	saved = save_state(run);
	return r < 0 ? r : saved;
}

static bool any_failed(const struct run *run)
{
	for (size_t i = 0; i < run->plan->n_owners; i++)
		if (run->plan->owners[i].has_failed)
			return true;
	return run->want->n_failed;
}

static int show(struct run *run)
{
	int r = run->print_plan ? run->print_plan(run)
				: plan_print(run->plan, run->secrets, stdout);

	r = over(run, r, EXIT_FAILED);

	if (r == 0 && run->options.diff && run->plan->n)
		run->status = EXIT_FAILED;
	return r == 0 && (any_failed(run) || run->has_unsafe_hook)
		       ? over(run, -EINVAL, EXIT_FAILED)
		       : r;
}

static enum diag_grade least_grade(const struct run *run)
{
	if (run->options.verbose)
		return DIAG_NOTE;
	return run->options.status ? DIAG_ERROR : DIAG_NOTICE;
}

/* To the terminal: what is lost may be the address of this very session. */
static void tell_early(const struct run *run)
{
	if (journal_has_stream(STDERR_FILENO))
		return;
	fflush(stdout);
	diag_print(run->diag, least_grade(run), stderr);
}

int run_apply(struct run *run)
{
	int r;

	if (run->options.dry_run)
		return show(run);
	if (memory_was_short())
		return over(run, -ENOMEM, EXIT_FAILED);
	if (run_before(run) < 0)
		return -1;
	if (has_dns(run->want, run->made))
		resolv_tidy(RESOLV_CONF);
	/* From here on, findings are not mistakes in the files. */
	diag_set_strict(run->diag, false);
	if (run->plan->n_lost)
		tell_early(run);
	r = run->plan->n ? apply(run)
			 : state_save(&run->state, run->plan->made, NULL, run->diag);
	/* Changes under --try are rolled back as a whole. */
	if (r == 0 || (r == -EIO && !run->options.try.is_wanted)) {
		int ran = run_after(run);

		r = r < 0 ? r : ran;
	}
	if (run->options.verbose)
		print_line(stdout,
			   language_plural("%zu change sent to the kernel",
					   "%zu changes sent to the kernel",
					   rtnl_writes(run->rtnl)),
			   rtnl_writes(run->rtnl));
	if (run->options.all)
		progress_tell(run);
	if (r == 0 && (any_failed(run) || run->helper_failed || run->has_unsafe_hook))
		r = -EINVAL;
	if (r == 0 && run->brings_back)
		files_keep(run);
	return over(run, r, EXIT_FAILED);
}

bool run_through(struct run *run)
{
	int r = run_load(run);

	if (r == 0)
		r = run_look(run);
	if (r == 0)
		r = run_plan(run);
	if (r == 0)
		run_apply(run);
	return r == 0;
}

/* ---- the end ---- */

static void log_line(const struct diag_line *line, void *arg)
{
	int priority = LOG_DAEMON | (line->grade == DIAG_ERROR ? LOG_ERR : LOG_WARNING);
	const char *file = line->pos.file;
	const char *text = line->text;

	(void)arg;
	if (file && line->pos.line)
		syslog(priority, "%s:%u: %s", file, line->pos.line, text);
	else
		syslog(priority, "%s%s%s", file ? file : "", file ? ": " : "", text);
}

/*
 * Messages that go to the journal with their fields are not printed there again as lines.
 */
static void tell_all(const struct run *run)
{
	const enum diag_grade least = least_grade(run);

	fflush(stdout);
	if (!run->options.dry_run && journal_has_stream(STDERR_FILENO) &&
	    journal_log(run->diag, least) == 0)
		return;
	diag_print(run->diag, least, stderr);
	if (!run->options.dry_run && journal_log(run->diag, DIAG_WARNING) < 0)
		diag_each(run->diag, DIAG_WARNING, log_line, NULL);
}

/* Something printed or written may be incomplete. */
static void tell_memory(struct run *run)
{
	_cleanup_diag_ struct diag *told = diag_new();

	if (run->status == EXIT_DONE)
		run->status = EXIT_FAILED;
	if (run->diag) {
		diag_error(told, (struct pos){ 0 }, "out of memory");
		diag_merge_new(run->diag, told);
	} else {
		print_line(stderr, "%s: error: out of memory",
			   program_invocation_short_name);
	}
}

int run_finish(struct run *run)
{
	if (memory_was_short())
		tell_memory(run);
	if (run->diag)
		tell_all(run);
	if (memory_was_short() && run->status == EXIT_DONE) /* only then */
		run->status = EXIT_FAILED;
	/*
	 * For changes, the status is the result; lost output matters only if printing was
	 * the purpose.
	 */
	if ((run->options.dry_run || run->options.status) && file_flush_output() < 0 &&
	    run->status == EXIT_DONE)
		run->status = EXIT_FAILED;
	plan_free(run->plan);
	devices_release(&run->devices);
	snapshot_free(run->made);
	snapshot_free(run->have);
	programs_forget(run);
	model_free(run->want);
	rtnl_close(run->rtnl);
	state_release(&run->state);
	diag_free(run->diag);
	secrets_free(run->secrets);
	kept_release(&run->files);
	apply_result_release(&run->result);
	service_free(run->service);
	queue_free(run->queue);
	free(run->driver);
	return run->status;
}
