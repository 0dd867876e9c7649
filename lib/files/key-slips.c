/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that are missing, or were meant by others. */
#include "lib/files/key-slips.h"

#include <string.h>
#include <strings.h>

#include "lib/files/ifcfg-keys.h"

static bool is_key_on(const struct shellvars *vars, const char *key)
{
	const struct shellvar *var = shellvar_get(vars, key);

	return var && ifcfg_is_true(var->value);
}

static bool is_dhcp_word(const char *value)
{
	return strcasecmp(value, "dhcp") == 0 || strcasecmp(value, "bootp") == 0;
}

static bool is_ip4_address(const char *value)
{
	uint8_t mask;
	struct ip ip;

	return ip_parse(value, AF_INET, &ip) == 0 && ip_parse_netmask(value, &mask) < 0;
}

static bool sets_address(const struct shellvars *vars)
{
	const struct shellvar *proto = shellvar_get(vars, "BOOTPROTO");

	if (proto && is_dhcp_word(proto->value))
		return true;
	for (size_t i = 0; i < vars->n; i++)
		if (strncmp(vars->vars[i].key, "IPADDR", 6) == 0 &&
		    !vars->vars[i].key[6 + strspn(vars->vars[i].key + 6, "0123456789")])
			return true;
	return false;
}

/* Keys that belong to an address, and are useless without one. */
static bool asks_for_address(const struct shellvars *vars)
{
	return shellvar_get(vars, "PREFIX") || shellvar_get(vars, "NETMASK") ||
	       shellvar_get(vars, "GATEWAY");
}

/* A VLAN with a name of its own. */
static bool is_named_vlan(const struct shellvars *vars)
{
	const struct shellvar *device = shellvar_get(vars, "DEVICE");
	const struct shellvar *type = shellvar_get(vars, "TYPE");

	return (is_key_on(vars, "VLAN") ||
		(type && strcasecmp(type->value, "Vlan") == 0)) &&
	       !(device && strchr(device->value, '.'));
}

bool iface_needs_key(const struct shellvars *vars, const char *key, const char *value)
{
	if (strcmp(key, "MASTER") == 0)
		return is_key_on(vars, "SLAVE");
	if (strcmp(key, "DEVICE") == 0)
		return !shellvar_get(vars, "HWADDR");
	if (strcmp(key, "PHYSDEV") == 0)
		return is_named_vlan(vars);
	if (strcmp(key, "VID") == 0 || strcmp(key, "VLAN_ID") == 0)
		return is_named_vlan(vars) && shellvar_get(vars, "PHYSDEV");
	if (strcmp(key, "IPADDR") == 0)
		return !sets_address(vars) && asks_for_address(vars) &&
		       is_ip4_address(value);
	return strcmp(key, "BOOTPROTO") == 0 && !sets_address(vars) &&
	       is_dhcp_word(value);
}

bool iface_has_slip(const struct shellvars *vars, const char *key)
{
	bool found = false;

	if (shellvar_get(vars, key))
		return false;
	for (size_t i = 0; i < vars->n && !found; i++) {
		_cleanup_strbuf_ struct strbuf nearest = STRBUF_EMPTY;

		if (vars->vars[i].stray || ifcfg_key_find(vars->vars[i].key))
			continue;
		ifcfg_key_nearest(vars->vars[i].key, &nearest);
		found = strcmp(strbuf_text(&nearest), key) == 0;
	}
	return found;
}

bool iface_is_lost(const struct ifcfg *file, const char *key)
{
	return ifcfg_is_astray(file, key) || iface_has_slip(ifcfg_vars(file), key);
}
