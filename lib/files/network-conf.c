/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of /etc/sysconfig/network for the network service. */
#include "lib/files/network-conf.h"

#include <errno.h>

#include "lib/base/num.h"
#include "lib/files/ifcfg-dir.h"
#include "lib/files/ifcfg-keys.h"

#define DELAY_MAX_S      3600
#define REACHABLE_MAX_MS 30000

static const struct shellvar *find_global(const struct shellvars *vars, const char *key)
{
	const struct shellvar *var = shellvar_get(vars, key);

	return var && *var->value ? var : NULL;
}

static bool is_switched_off(const struct shellvar *var)
{
	return var && ifcfg_is_false(var->value);
}

static uint32_t read_delay(const struct shellvar *var, struct diag *diag,
			   uint32_t fallback_ms)
{
	uint32_t s;

	if (!var)
		return fallback_ms;
	if (num_parse_u32(var->value, DELAY_MAX_S, &s) == 0)
		return s * 1000;
	diag_warning(diag, var->pos, "%s='%s' ignored: it is not a number of seconds",
		     var->key, var->value);
	diag_hint(diag, "it is 0 to %d", DELAY_MAX_S);
	return fallback_ms;
}

static void read_vars(const struct shellvars *vars, struct diag *diag,
		      struct network_conf *ret)
{
	const struct shellvar *networking = find_global(vars, "NETWORKING");
	const struct shellvar *reachable = find_global(vars, "WAIT_UNTIL_REACHABLE");

	ret->down_on_shutdown = !is_switched_off(find_global(vars, "IFDOWN_ON_SHUTDOWN"));
	if (is_switched_off(networking)) {
		ret->networking = false;
		ret->networking_pos = networking->pos;
	}
	if (reachable) {
		ret->reachable = reachable->value;
		ret->reachable_pos = reachable->pos;
	}
	ret->delay_ms = read_delay(find_global(vars, "NETWORKDELAY"), diag,
				   reachable ? REACHABLE_MAX_MS : 0);
}

void network_conf_read(const struct model_options *options, struct arena *arena,
		       struct diag *diag, struct network_conf *ret)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct shellvars vars = { 0 };
	bool is_broken = false;

	*ret = (struct network_conf){ .networking = true, .down_on_shutdown = true };
	if (ifcfg_global_read(options, arena, unheard, &vars, &is_broken) == 0)
		read_vars(&vars, diag, ret);
}
