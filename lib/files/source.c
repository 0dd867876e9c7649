/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A value of a file, or the global one if the file has none. */
#include "lib/files/source.h"

#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"

#define WAIT_MAX_S 3600

static bool is_length(const char *key)
{
	return strcmp(key, "PREFIX") == 0 || strcmp(key, "NETMASK") == 0;
}

/*
 * What an alias inherits from its parent; the two keys of a prefix length together, or
 * not at all.
 */
static bool is_inherited(const struct source *src, const char *key)
{
	const bool has_length = ifcfg_own_value(src->file, "PREFIX") ||
				ifcfg_own_value(src->file, "NETMASK");

	return ifcfg_key_has(key, KEY_PASSED) && !(has_length && is_length(key));
}

static const struct shellvar *find_var(const struct source *src, const char *key)
{
	const struct shellvar *own;

	if (!key)
		return NULL;
	if (!src->parent)
		return ifcfg_var(&src->loader->dir, src->file, key);
	own = shellvar_get(ifcfg_vars(src->file), key);
	return own || !is_inherited(src, key)
		       ? own
		       : ifcfg_var(&src->loader->dir, src->parent, key);
}

const char *source_value(const struct source *src, const char *key)
{
	const struct shellvar *var = find_var(src, key);

	return var && *var->value ? var->value : NULL;
}

struct pos source_pos(const struct source *src, const char *key)
{
	const struct shellvar *var = find_var(src, key);

	return var ? var->pos : (struct pos){ src->file->path, 0 };
}

bool source_off_own(const struct ifcfg *file, const char *key)
{
	const char *value = ifcfg_own_value(file, key);

	return value && ifcfg_is_false(value);
}

bool source_on(const struct source *src, const char *key)
{
	const char *value = source_value(src, key);

	return value && ifcfg_is_true(value);
}

bool source_off(const struct source *src, const char *key)
{
	const char *value = source_value(src, key);

	return value && ifcfg_is_false(value);
}

enum failure_wish source_failure(const struct source *src, const char *key)
{
	if (source_on(src, key))
		return FAILURE_FATAL;
	return source_off(src, key) ? FAILURE_STANDS : FAILURE_USUAL;
}

uint32_t source_seconds(const struct source *src, const char *key, uint32_t fallback_ms)
{
	const char *value = source_value(src, key);
	uint32_t s;

	if (!value)
		return fallback_ms;
	if (num_parse_u32(value, WAIT_MAX_S, &s) == 0)
		return s * 1000;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not a number of seconds", key, value);
	diag_hint(src->diag, "it is 0 to %d", WAIT_MAX_S);
	return fallback_ms;
}

/* The milliseconds after the decimal point. Return: false for anything else. */
static bool read_fraction(const char *text, uint32_t *ret_ms)
{
	uint32_t worth = 100;

	for (; *text; text++, worth /= 10) {
		if (*text < '0' || *text > '9')
			return false;
		*ret_ms += (uint32_t)(*text - '0') * worth;
	}
	return true;
}

uint32_t source_dev_timeout(const struct source *src)
{
	const char *value = source_value(src, "DEVTIMEOUT"), *point;
	const char *whole = value;
	uint32_t s, ms = 0;

	if (!value)
		return 0;
	point = strchr(value, '.');
	if (point)
		whole = arena_strndup(src->loader->arena, value, (size_t)(point - value));
	if (num_parse_u32(*whole ? whole : "0", WAIT_MAX_S, &s) == 0 &&
	    (!point || read_fraction(point + 1, &ms)))
		return s * 1000 + ms;
	diag_warning(src->diag, source_pos(src, "DEVTIMEOUT"),
		     "DEVTIMEOUT='%s' ignored: it is not a number of seconds", value);
	diag_hint(src->diag, "it is 0 to %d, and may have a fraction", WAIT_MAX_S);
	return 0;
}

bool source_number(const struct source *src, const char *key, const char *what,
		   uint32_t *ret)
{
	const char *value = source_value(src, key);

	if (!value)
		return false;
	if (num_parse_u32(value, UINT32_MAX, ret) == 0)
		return true;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not a number", key, value);
	diag_hint(src->diag, "%s", _(what));
	return false;
}

uint32_t source_table(const struct source *src, const char *key, uint32_t usual)
{
	const char *value = source_value(src, key);
	uint32_t table;

	if (!value)
		return usual;
	if (route_number(source_names(src), NAMES_TABLE, value, UINT32_MAX, &table) == 0)
		return table ? table : usual;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not a routing table", key, value);
	diag_hint(src->diag, "it is a number, or a name of /etc/iproute2/rt_tables");
	return usual;
}

const char *source_indexed(const struct source *src, const char *key, int index)
{
	if (index < 0)
		return key;
	return arena_printf(src->loader->arena, "%s%d", key, index);
}

/* The lowest number above @index in @vars, if it is below @limit. */
static int next_index(const struct shellvars *vars, const char *key, int index, int limit)
{
	const size_t len = strlen(key);
	uint32_t n;

	for (size_t i = 0; i < vars->n; i++) {
		const char *at = vars->vars[i].key;

		if (strncmp(at, key, len) == 0 &&
		    num_parse_u32(at + len, (uint32_t)limit - 1, &n) == 0 &&
		    (int)n > index && (int)n < limit)
			limit = (int)n;
	}
	return limit;
}

bool source_next_index(const struct source *src, const char *key, int limit, int *index)
{
	int next = next_index(ifcfg_vars(src->file), key, *index, limit);

	next = next_index(&src->loader->dir.global, key, *index, next);
	*index = next;
	return next < limit;
}

const char **source_split(const struct source *src, const char *first, const char *text)
{
	char *rest = arena_strdup(src->loader->arena, text), *word;
	const char **list = NULL;
	size_t n = 0, cap = 0;

	if (first)
		ARENA_PUSH(src->loader->arena, list, n, cap, first);
	while ((word = strsep(&rest, " \t\r\n")))
		if (*word)
			ARENA_PUSH(src->loader->arena, list, n, cap, word);
	ARENA_PUSH(src->loader->arena, list, n, cap, NULL);
	return list;
}

const char *source_device(const struct source *src, const char *key)
{
	return ifcfg_own_name(&src->loader->dir, source_value(src, key));
}

const struct route_names *source_names(const struct source *src)
{
	struct loader *loader = src->loader;

	if (!loader->has_names) {
		route_names_read(loader->options->sysconfig, loader->arena,
				 &loader->names);
		loader->has_names = true;
	}
	loader->names.options = loader->options;
	return &loader->names;
}

bool source_switched_on(const struct source *src, const char *key, int index)
{
	const char *own = source_indexed(src, key, index);

	return own && source_value(src, own) ? !source_off(src, own)
					     : !source_off(src, key);
}

bool iface_is_alone(const struct iface *iface, uint8_t family)
{
	const unsigned int shortest = family == AF_INET ? 31 : 127;
	bool any = false;

	if (iface_may_get_network(iface, family))
		return false;
	for (size_t i = 0; i < iface->n_addrs; i++) {
		if (iface->addrs[i].addr.family != family)
			continue;
		if (iface->addrs[i].prefix_len < shortest)
			return false;
		any = true;
	}
	return any;
}

bool iface_has_network(const struct iface *iface, const struct ip *ip)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (ip_same_network(want_addr_network(&iface->addrs[i]), ip,
				    iface->addrs[i].prefix_len))
			return true;
	return false;
}

const struct want_addr *iface_own_addr(const struct iface *iface, const struct ip *ip)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (ip_equal(&iface->addrs[i].addr, ip))
			return &iface->addrs[i];
	return NULL;
}

/*
 * The network's broadcast address stays besides any other: fib_add_ifaddr() of the
 * kernel.
 */
static bool is_broadcast(const struct want_addr *addr, const struct ip *ip)
{
	const struct ip last = ip_broadcast(want_addr_network(addr), addr->prefix_len);

	return (ip_is_set(&addr->broadcast) && ip_equal(&addr->broadcast, ip)) ||
	       (addr->prefix_len < 31 && ip_equal(&last, ip));
}

const char *iface_refuses_router(const struct iface *iface, const struct ip *ip)
{
	if (ip->family == AF_INET6)
		return iface_own_addr(iface, ip) ? _("an address of") : NULL;
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (is_broadcast(&iface->addrs[i], ip))
			return _("the broadcast address of");
	return NULL;
}

/* Of hooks and helpers. */
#define LIMIT_MAX_S 3600

uint32_t source_limit(const struct source *src, const char *key, uint32_t fallback_ms)
{
	const char *value = source_value(src, key);
	uint32_t s;

	if (!value)
		return fallback_ms;
	if (num_parse_u32(value, LIMIT_MAX_S, &s) == 0 && s)
		return s * 1000;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not a limit in seconds", key, value);
	diag_hint(src->diag, "it is 1 to %d", LIMIT_MAX_S);
	return fallback_ms;
}
