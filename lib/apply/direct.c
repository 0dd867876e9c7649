/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps that are more than one rtnetlink change: drivers, settings, programs. */
#include "lib/apply/direct.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/apply/announce.h"
#include "lib/apply/module.h"
#include "lib/apply/program.h"
#include "lib/apply/way.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"

/* Not fatal: the kernel loads the driver itself on the first request for a bond. */
int module_load_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *why = NULL;
		int r = steps[i]->state == STEP_STARTED ? module_load_bonding(&why) : 0;

		if (r == 0)
			continue;
		diag_warning(env->diag, steps[i]->op->pos,
			     "cannot load the bonding driver: %s",
			     why ? why : language_error(-r));
		diag_hint(env->diag,
			  "is the package with this kernel's modules installed?");
	}
	return 0;
}

int addr_announce_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	_cleanup_free_ struct announcement *list = memory_zeroed(n, sizeof(*list));
	size_t announced = 0;
	int r;

	for (size_t i = 0; i < n; i++)
		if (steps[i]->state == STEP_STARTED)
			list[announced++] = (struct announcement){
				.ifindex = steps[i]->op->ifindex,
				.addr = steps[i]->op->probe.addr,
				.is_router = steps[i]->op->probe.is_router,
			};
	r = announced ? announce_all(list, announced) : 0;
	if (r < 0)
		diag_warning(env->diag, steps[0]->op->pos,
			     "could not announce the addresses of %s to the neighbours: "
			     "%s",
			     steps[0]->op->dev, language_error(-r));
	return 0;
}

int programs_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	(void)env;
	for (size_t i = 0; i < n; i++)
		if (steps[i]->state == STEP_STARTED)
			program_run(steps[i]->op->program, &steps[i]->reply);
	return 0;
}

int direct_run(const struct direct_env *env, struct step *const *steps, size_t n)
{
	return step_way(steps[0]->op->kind)->run(env, steps, n);
}
