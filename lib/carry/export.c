/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every format needs to know about an interface that is exported. */
#include "lib/carry/export.h"

#include <string.h>

#include "lib/files/ifcfg-keys.h"

const struct route *export_gateway(const struct iface *iface, int family, uint32_t metric)
{
	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct route *route = &iface->routes[i].route;
		struct route plain = { .family = (uint8_t)family,
				       .type = RTN_UNICAST,
				       .dst = route->dst,
				       .protocol = RTPROT_BOOT,
				       .scope = route->scope,
				       .table = iface->table,
				       .metric = metric,
				       .dev = route->dev,
				       .gateway = route->gateway,
				       /* as NetworkManager has it, where needed */
				       .onlink = route->onlink };

		if (route->dst_len == 0 && route->family == family &&
		    route->gateway.family == family && route_equal(route, &plain))
			return route;
	}
	return NULL;
}

bool export_listens(const struct iface *iface)
{
	const struct want_conf *conf =
		iface->conf ? &iface->conf[CONF_IP6_ACCEPT_RA] : NULL;

	return !conf || !conf->is_set || conf->num;
}

bool export_has_addr(const struct iface *iface, int family)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (iface->addrs[i].addr.family == family)
			return true;
	return false;
}

/* Keys of a tap or of a child interface apply only to these kinds. */
static bool is_of_kind(const struct ifcfg_key *key, enum iface_kind kind)
{
	return (kind == IFACE_TAP && key->place == PLACE_OF(IFACE_TAP)) ||
	       (kind == IFACE_IPOIB && key->place == PLACE_INFINIBAND);
}

/* Each key is reported once, where it is in force. */
static void judge_var(const struct export *export, const struct shellvar *var,
		      bool (*is_carried)(const char *key))
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);

	if (!*var->value || var->stray || !key || key->grade != KEY_USED ||
	    shellvar_get(ifcfg_vars(export->file), var->key) != var ||
	    is_carried(key->name) || is_of_kind(key, export->iface->kind))
		return;
	diag_warning(export->diag, var->pos, "%s=%s is skipped: it has no counterpart",
		     var->key, var->value);
}

void export_judge_keys(const struct export *export, bool (*is_carried)(const char *key))
{
	const struct shellvars *vars = ifcfg_vars(export->file);

	for (size_t i = 0; i < vars->n; i++)
		judge_var(export, &vars->vars[i], is_carried);
}
