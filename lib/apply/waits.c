/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What steps wait for: carrier, answers to ARP, leases, IPv6's duplicate address
 * detection.
 */
#include "lib/apply/waits.h"

#include <errno.h>

#include "lib/apply/dad.h"
#include "lib/apply/dhcp.h"
#include "lib/apply/link-wait.h"
#include "lib/apply/probe.h"
#include "lib/apply/way.h"

struct waits {
	const struct direct_env *env;
	struct arena *arena;
	struct link_waits links;
	struct probe_waits probes;
	struct lease_waits leases;
	struct dad_waits dads;
};

int waits_begin_link(struct waits *waits, struct step *step)
{
	link_wait_begin(&waits->links, step);
	return 0;
}

int waits_begin_probe(struct waits *waits, struct step *step)
{
	probe_wait_begin(waits->env, &waits->probes, step);
	return 0;
}

int waits_begin_lease(struct waits *waits, struct step *step)
{
	lease_wait_begin(&waits->leases, step);
	return 0;
}

int waits_begin_dad(struct waits *waits, struct step *step)
{
	dad_wait_begin(&waits->dads, step);
	return 0;
}

bool waits_has(enum plan_op_kind kind)
{
	return step_way(kind)->begin;
}

struct waits *waits_new(const struct direct_env *env)
{
	struct arena *arena = arena_new();
	struct waits *waits = arena_alloc(arena, sizeof(*waits));

	waits->env = env;
	waits->arena = waits->links.arena = waits->probes.arena = waits->leases.arena =
		waits->dads.arena = arena;
	return waits;
}

void waits_free(struct waits *waits)
{
	if (!waits)
		return;
	if (waits->probes.prober)
		arp_prober_close(waits->probes.prober);
	arena_free(waits->arena);
}

int waits_begin(struct waits *waits, struct step *step)
{
	return step_way(step->op->kind)->begin(waits, step);
}

int waits_look(struct waits *waits)
{
	int r;

	link_wait_look(waits->env, &waits->links);
	probe_wait_look(waits->env, &waits->probes);
	r = lease_wait_look(waits->env, &waits->leases);
	return r == 0 ? dad_wait_look(waits->env, &waits->dads) : r;
}
