/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the network service adds to a run of all interfaces. */
#include "lib/run/service.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/apply/clock.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/files/network-conf.h"
#include "lib/run/ping.h"
#include "lib/run/stages.h"
#include "lib/service/mounts.h"
#include "lib/service/stop.h"
#include "lib/service/systemd.h"

/* SysV init stops a service only if this file exists. */
#define LOCK_FILE     "/var/lock/subsys/network"
#define OVERTAKING_MS 200

struct service {
	struct arena *arena;
	struct network_conf conf;
};

void service_free(struct service *service)
{
	if (service)
		arena_free(service->arena);
	free(service);
}

static const struct network_conf *read_network_conf(struct run *run)
{
	if (run->service)
		return &run->service->conf;
	run->service = memory_zeroed(1, sizeof(*run->service));
	run->service->arena = arena_new();
	network_conf_read(&run->options.model, run->service->arena, run->diag,
			  &run->service->conf);
	return &run->service->conf;
}

/* ---- start ---- */

static int judge_start(struct run *run)
{
	const struct network_conf *conf = read_network_conf(run);

	if (conf->networking)
		return 0;
	diag_error(run->diag, conf->networking_pos, "NETWORKING keeps the network down");
	return run_stop(run, EXIT_CONFIG);
}

/* ---- stop ---- */

static void ask_mounts(struct run *run, struct service_facts *facts)
{
	_cleanup_fclose_ FILE *file = MEMORY_TRY(fopen("/proc/self/mountinfo", "re"));
	_cleanup_free_ char *text = NULL;
	struct mount_need need;
	size_t size = 0;

	if (!file || file_get_until(&text, &size, '\0', file) < 0 ||
	    !mounts_need_network(text, &need))
		return;
	facts->needs_network = true;
	diag_note(run->diag, (struct pos){ 0 }, "%s is a file system of type %s",
		  need.where, need.fstype);
}

static void nap_for(int64_t ms)
{
	const struct timespec pause = { .tv_sec = ms / 1000,
					.tv_nsec = ms % 1000 * 1000000 };

	if (ms > 0)
		nanosleep(&pause, NULL);
}

/* ExecStopPost= also runs after a start that failed. */
static bool start_failed(void)
{
	const char *result = getenv("SERVICE_RESULT");

	return result && strcmp(result, "success") != 0;
}

static void ask_systemd(struct run *run, struct service_facts *facts)
{
	struct systemd_facts answer;
	int r = systemd_ask(getpid(), &answer);

	if (r < 0) {
		diag_warning(run->diag, (struct pos){ 0 },
			     "cannot ask systemd why the network is stopped, and take it "
			     "down: %s",
			     r == -ENOENT ? _("libsystemd.so.0 cannot be opened")
					  : language_error(-r));
		return;
	}
	facts->starts_next = answer.job == SYSTEMD_JOB_OTHER;
	facts->start_failed = answer.job != SYSTEMD_JOB_STOP && start_failed();
	facts->shuts_down = answer.shuts_down;
	facts->needs_network |= answer.needs_remote;
}

/* SysV init passes the runlevel that it changes to. */
static bool runlevel_is_shutdown(void)
{
	const char *level = getenv("RUNLEVEL");

	return level && (strcmp(level, "0") == 0 || strcmp(level, "6") == 0);
}

/* Without the service's option, only a person can have requested it. */
static void collect_facts(struct run *run, struct service_facts *facts)
{
	ask_mounts(run, facts);
	if (!run->options.service)
		return;
	facts->down_on_shutdown = read_network_conf(run)->down_on_shutdown;
	if (systemd_is_there())
		ask_systemd(run, facts);
	else
		facts->shuts_down = runlevel_is_shutdown();
}

/*
 * A stop that overtakes a restart replaces its job without notice: the stop is requested
 * a moment after the restart.
 */
static enum service_stop decide_stop(struct run *run)
{
	for (bool is_last = false;; is_last = true) {
		struct service_facts facts = { .down_on_shutdown = true };
		enum service_stop stop;

		collect_facts(run, &facts);
		stop = service_decide_stop(&facts);
		if (is_last || stop != STOP_FOR_START)
			return stop;
		nap_for(OVERTAKING_MS);
	}
}

static int judge_stop(struct run *run)
{
	const struct pos nowhere = { 0 };

	switch (decide_stop(run)) {
	case STOP_DOWN:
		return 0;
	case STOP_NOT_MEANT:
		return run_stop(run, EXIT_DONE);
	case STOP_FOR_START:
		diag_notice(run->diag, nowhere,
			    "the network stays up: this is a restart, and starting "
			    "changes what is not as the files say");
		return run_stop(run, EXIT_DONE);
	case STOP_TOO_LATE:
		diag_notice(run->diag, nowhere,
			    "the network stays up as long as the machine does");
		return run_stop(run, EXIT_DONE);
	case STOP_REFUSED:
		diag_error(run->diag, nowhere,
			   "refusing to stop the network: / or /usr is mounted over it");
		diag_hint(run->diag, "single interfaces go down with ifdown NAME");
		return run_stop(run, EXIT_FAILED);
	}
	return 0;
}

int run_service(struct run *run)
{
	if (run->options.dry_run || !run->options.all)
		return 0;
	if (!run->brings_back)
		return judge_stop(run);
	return run->options.service ? judge_start(run) : 0;
}

/* ---- after all interfaces ---- */

/* Return: 0 if @host answered in time; -ENOENT without ping; -ETIMEDOUT. */
static int wait_for_host(const char *host, uint32_t wait_ms)
{
	const int64_t end_ms = clock_now_ms() + wait_ms;
	int64_t began_ms, left_ms;

	do {
		int r;

		began_ms = clock_now_ms();
		left_ms = end_ms - began_ms;
		/* One try is made even if there is no time. */
		if (left_ms < PING_GAP_MS)
			left_ms = PING_GAP_MS;
		r = ping_ask(host, (uint32_t)left_ms);
		if (r == 0 || r == -ENOENT)
			return r;
		nap_for(began_ms + PING_GAP_MS - clock_now_ms());
	} while (clock_now_ms() < end_ms);
	return -ETIMEDOUT;
}

static void wait_until_reachable(struct run *run, const struct network_conf *conf)
{
	double wait_s = conf->delay_ms / 1000.0;
	int r;

	print_line(stderr, "waiting up to %g s for an answer of %s", wait_s,
		   conf->reachable);
	r = wait_for_host(conf->reachable, conf->delay_ms);
	if (r == -ENOENT)
		diag_warning(run->diag, conf->reachable_pos,
			     "cannot ask whether %s is there: there is no program ping",
			     conf->reachable);
	else if (r < 0)
		diag_warning(run->diag, conf->reachable_pos, "no answer of %s after %g s",
			     conf->reachable, wait_s);
}

static void leave_mark(struct run *run)
{
	_cleanup_close_ int fd =
		open(LOCK_FILE, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

	if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
		diag_warning(run->diag, (struct pos){ LOCK_FILE, 0 },
			     _("cannot be created: %s"), language_error(errno));
}

bool service_has_started(void)
{
	return access(LOCK_FILE, F_OK) == 0;
}

void run_settle(struct run *run)
{
	const struct network_conf *conf;

	if (!run->service)
		return;
	conf = &run->service->conf;
	if (!run->brings_back) {
		unlink(LOCK_FILE);
		return;
	}
	leave_mark(run);
	fflush(stdout);
	state_release(&run->state); /* other runs need not wait with us */
	if (conf->reachable)
		wait_until_reachable(run, conf);
	else
		nap_for(conf->delay_ms);
}
