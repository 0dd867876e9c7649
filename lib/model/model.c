/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks up what the files ask for. */
#include "lib/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/text.h"

const struct dhcp_wish *iface_dhcp(const struct iface *iface, enum dhcp_family family)
{
	return iface->dhcp && iface->dhcp->of[family].is_wanted ? &iface->dhcp->of[family]
								: NULL;
}

static uint32_t ip_hash(const struct ip *ip)
{
	return hash_bytes(hash_number(HASH_EMPTY, ip->family), ip->bytes, ip_len(ip));
}

void iface_push_addr(struct arena *arena, struct iface *iface,
		     const struct want_addr *addr)
{
	hash_index_add(&iface->addr_index, arena, ip_hash(&addr->addr), iface->n_addrs);
	ARENA_PUSH(arena, iface->addrs, iface->n_addrs, iface->addrs_cap, *addr);
}

const struct want_addr *iface_next_addr(const struct iface *iface, const struct ip *ip,
					size_t *at)
{
	size_t i;

	while (hash_index_next(&iface->addr_index, ip_hash(ip), at, &i))
		if (ip_equal(&iface->addrs[i].addr, ip))
			return &iface->addrs[i];
	return NULL;
}

static bool has_addr_of_family(const struct iface *iface, uint8_t family)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (iface->addrs[i].addr.family == family)
			return true;
	return false;
}

bool iface_asks_for_ip6(const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_routes; i++)
		if (iface->routes[i].route.family == AF_INET6)
			return true;
	return has_addr_of_family(iface, AF_INET6) || iface_dhcp(iface, DHCP_IP6) ||
	       iface->routers == ROUTERS_HEARD || ip_is_set(&iface->token);
}

bool iface_may_get_network(const struct iface *iface, uint8_t family)
{
	if (iface_dhcp(iface, family == AF_INET ? DHCP_IP4 : DHCP_IP6))
		return true;
	return family == AF_INET6 && (iface->routers == ROUTERS_HEARD ||
				      (iface->routers == ROUTERS_USUAL &&
				       !has_addr_of_family(iface, AF_INET6)));
}

bool model_has_target(const struct model *model, const char *device)
{
	for (size_t i = 0; i < model->n_order; i++)
		if (model->order[i]->is_target &&
		    strcmp(model->order[i]->name, device) == 0)
			return true;
	return false;
}

bool model_describes(const struct model *model, const char *device)
{
	return model->n_devices && bsearch(&device, model->devices, model->n_devices,
					   sizeof(*model->devices), text_order);
}

bool model_has_upper(const struct model *model, const struct iface *iface)
{
	for (size_t i = 0; i < model->n_uppers; i++)
		if (model->uppers[i] == iface)
			return true;
	return false;
}

void model_free(const struct model *model)
{
	if (model)
		arena_free(model->arena);
}
