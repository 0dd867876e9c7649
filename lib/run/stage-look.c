/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stage that looks at the kernel's state, and at what earlier runs made. */
#include "lib/run/stages.h"

#include <errno.h>
#include <sys/socket.h>

#include "lib/base/cleanup.h"
#include "lib/run/look.h"
#include "lib/run/programs.h"
#include "lib/run/scope.h"
#include "lib/run/status.h"
#include "lib/snapshot/network-manager.h"

bool stage_has_dns(const struct run *run, const struct snapshot *made)
{
	const struct model *want = run->want;

	for (size_t i = 0; i < want->n_order; i++)
		if (want->order[i]->dns)
			return true;
	for (size_t i = 0; i < made->n_links; i++)
		if (made->links[i]->dns)
			return true;
	return false;
}

int stage_look_again(struct run *run, const struct snapshot *made, bool verifies,
		     struct snapshot **ret)
{
	_cleanup_arena_ struct arena *arena = run->needs_all ? NULL : arena_new();
	const struct snap_scope *scope = arena ? scope_of(run->want, made, arena) : NULL;
	_cleanup_snapshot_ struct snapshot *now = NULL;
	int r = snapshot_take_part(run->rtnl, scope, devices_take(&run->devices),
				   run->diag, &now);

	if (r == 0)
		programs_find(run, now, !verifies);
	if (r == 0 && stage_has_dns(run, made))
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

int stage_look_first(struct run *run)
{
	bool conf[CONF_COUNT] = { false };
	int r = stage_look_again(run, run->made, false, &run->have);

	if (r == 0 && run->have->lacks_ip6 && !run->options.dry_run && run->brings_back &&
	    asks_for_ip6(run->want) && load_ip6()) {
		snapshot_free(TAKE_PTR(run->have));
		r = stage_look_again(run, run->made, false, &run->have);
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
	int r = run_open_rtnl(run);

	return r == 0 ? stage_look_first(run) : r;
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
		r = file ? look_at_file(file, run->diag, &run->have)
			 : look_at_kernel(run);
	if (r == 0 && run->options.status) {
		status_tell(run);
		return run_over(run, -ECANCELED, EXIT_DONE);
	}
	return run_over(run, r, EXIT_FAILED);
}
