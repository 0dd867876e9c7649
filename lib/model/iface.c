/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From one file's keys to the typed interface: every value is read and checked here. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <strings.h>

#include "lib/base/num.h"
#include "lib/model/ifcfg-keys.h"
#include "lib/model/load.h"
#include "lib/model/rt-names.h"

/* Defaults of network-scripts, in seconds there. */
#define ARP_WAIT_MS   3000
#define ARP_TRIES     1
#define ARP_TRIES_MAX 100
#define LINK_WAIT_MS  5000
#define LACP_WAIT_MS  10000
#define WAIT_MAX_S    3600
#define MTU_MIN       68 /* RFC 791 */
#define MTU_MAX       65535
#define ADDR_INDEXES  256

/* The file at hand, with where its findings go. */
struct source {
	struct loader *loader;
	const struct ifcfg *file;
	struct diag *diag;
};

static const char *value_of(const struct source *src, const char *key)
{
	return ifcfg_value(&src->loader->dir, src->file, key);
}

/* Where @key was given its value: in the file, or in the global one. */
static struct pos pos_of(const struct source *src, const char *key)
{
	const struct shellvar *var = ifcfg_var(&src->loader->dir, src->file, key);

	return var ? var->pos : (struct pos){ src->file->path, 0 };
}

static bool off(const struct source *src, const char *key)
{
	const char *value = value_of(src, key);

	return value && ifcfg_is_false(value);
}

/* A number of seconds as milliseconds; @fallback when there is none or it is bad. */
static uint32_t seconds(const struct source *src, const char *key, uint32_t fallback_ms)
{
	const char *value = value_of(src, key);
	uint32_t s;

	if (!value)
		return fallback_ms;
	if (num_parse_u32(value, WAIT_MAX_S, &s) == 0)
		return s * 1000;
	diag_warning(src->diag, pos_of(src, key),
		     "%s='%s' left out: it is not a number of seconds", key, value);
	diag_hint(src->diag, "it is 0 to %d", WAIT_MAX_S);
	return fallback_ms;
}

/* ---- keys that have no effect ---- */

/* Whether there is something to say about a key, as long as it has a value. */
static bool is_notable(const char *name)
{
	const struct ifcfg_key *key = ifcfg_key_find(name);

	return !key || key->grade == KEY_LATER || key->grade == KEY_NOT;
}

static bool is_first_use(const struct shellvars *vars, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (!vars->vars[j].stray &&
		    strcmp(vars->vars[j].key, vars->vars[i].key) == 0)
			return false;
	return true;
}

static void judge_unknown(struct diag *diag, const struct shellvar *var)
{
	const char *nearest = ifcfg_key_nearest(var->key);

	diag_warning(diag, var->pos, "unknown key '%s' has no effect", var->key);
	if (nearest)
		diag_hint(diag, "did you mean '%s'?", nearest);
	else
		diag_hint(diag, "keys of your own, for hooks, start with '_' or 'X_'");
}

static void judge_key(struct diag *diag, const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);

	if (!key) {
		judge_unknown(diag, var);
		return;
	}
	if (!*var->value)
		return;
	switch (key->grade) {
	case KEY_USED:
	case KEY_SILENT:
		break;
	case KEY_LATER:
		diag_warning(diag, var->pos, "%s is not applied by this version",
			     var->key);
		break;
	case KEY_NOT:
		diag_warning(diag, var->pos, "%s has no effect", var->key);
		diag_hint(diag, "%s", key->hint);
		break;
	}
}

/*
 * `NAME=bond0 slave 1` made bash run `slave`, which failed unseen: such files boot hosts,
 * as long as nothing depends on the key.
 */
static void judge_stray(struct diag *diag, const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);
	bool harmless =
		key && (key->grade == KEY_SILENT || strcmp(key->name, "NAME") == 0);

	diag_add(diag, harmless ? DIAG_WARNING : DIAG_ERROR, var->pos,
		 "%s has no value: it ends at the blank, and '%s' would be run as a "
		 "command",
		 var->key, var->stray);
	diag_hint(diag, "put the value into quotes: %s=\"%s %s…\"", var->key, var->value,
		  var->stray);
}

void iface_judge_strays(struct diag *diag, const struct shellvars *vars)
{
	for (size_t i = 0; i < vars->n; i++)
		if (vars->vars[i].stray)
			judge_stray(diag, &vars->vars[i]);
}

void iface_judge_keys(struct loader *loader, const struct ifcfg *file)
{
	const struct shellvars *vars = &file->vars;

	diag_merge(loader->diag, file->findings);
	iface_judge_strays(loader->diag, vars);
	for (size_t i = 0; i < vars->n; i++)
		if (!vars->vars[i].stray && is_notable(vars->vars[i].key) &&
		    is_first_use(vars, i))
			judge_key(loader->diag, shellvar_get(vars, vars->vars[i].key));
}

/* ---- link ---- */

static void read_mtu(const struct source *src, struct iface *iface)
{
	const char *value = value_of(src, "MTU");

	if (!value)
		return;
	iface->mtu_pos = pos_of(src, "MTU");
	if (num_parse_u32(value, MTU_MAX, &iface->mtu) == 0 && iface->mtu >= MTU_MIN) {
		iface->has_mtu = true;
		return;
	}
	diag_warning(src->diag, iface->mtu_pos, "MTU='%s' left out: it is not an MTU",
		     value);
	diag_hint(src->diag, "it is a number of bytes, %d to %d", MTU_MIN, MTU_MAX);
}

static void read_mac(const struct source *src, struct iface *iface)
{
	const char *value = value_of(src, "MACADDR");

	if (!value)
		return;
	iface->mac_pos = pos_of(src, "MACADDR");
	if (hwaddr_parse(value, &iface->mac) == 0 && hwaddr_is_unicast(&iface->mac)) {
		iface->has_mac = true;
		return;
	}
	diag_warning(src->diag, iface->mac_pos,
		     "MACADDR='%s' left out: it is not the MAC address of an interface",
		     value);
	diag_hint(src->diag,
		  "it reads like 52:54:00:12:34:56, and the second digit is even");
}

/* ---- addresses ---- */

/* The key's name with an index: IPADDR, IPADDR0, IPADDR1 …; index -1 has no number. */
static const char *indexed(const struct source *src, const char *key, int index)
{
	if (index < 0)
		return key;
	return arena_printf(src->loader->arena, "%s%d", key, index);
}

/* A switch that is on unless a false word stands there; the bare key covers all. */
static bool switched_on(const struct source *src, const char *key, int index)
{
	const char *own = indexed(src, key, index);

	return own && value_of(src, own) ? !off(src, own) : !off(src, key);
}

static bool read_prefix(const struct source *src, const char *key, uint8_t *ret)
{
	const char *value = value_of(src, key);
	uint32_t prefix_len;

	if (num_parse_u32(value, 32, &prefix_len) == 0) {
		*ret = (uint8_t)prefix_len;
		return true;
	}
	diag_error(src->diag, pos_of(src, key), "%s='%s' is not a prefix length", key,
		   value);
	diag_hint(src->diag, "it is 0 to 32: 24 stands for 255.255.255.0");
	return false;
}

static bool read_netmask(const struct source *src, const char *key, uint8_t *ret)
{
	const char *value = value_of(src, key);
	int r = ip_parse_netmask(value, ret);

	if (r == 0)
		return true;
	if (r == -EDOM) {
		diag_error(src->diag, pos_of(src, key), "%s=%s has holes", key, value);
		diag_hint(src->diag, "a netmask is ones from the left, then zeros: "
				     "255.255.255.0");
		return false;
	}
	diag_error(src->diag, pos_of(src, key), "%s='%s' is not a netmask", key, value);
	diag_hint(src->diag,
		  "it reads like 255.255.255.0; a prefix length goes into PREFIX");
	return false;
}

/* RFC 791's classes, as ipcalc guesses when the file gives nothing. */
static uint8_t classful(const struct ip *addr)
{
	if (addr->bytes[0] < 128)
		return 8;
	return addr->bytes[0] < 192 ? 16 : 24;
}

static bool read_length(const struct source *src, int index, const char *addr_key,
			struct want_addr *addr)
{
	const char *prefix = indexed(src, "PREFIX", index);
	const char *mask = indexed(src, "NETMASK", index);
	uint8_t mask_len = 0;

	if (value_of(src, mask) && !read_netmask(src, mask, &mask_len))
		return false;
	if (value_of(src, prefix) && !read_prefix(src, prefix, &addr->prefix_len))
		return false;
	if (value_of(src, prefix) && value_of(src, mask) &&
	    mask_len != addr->prefix_len) {
		diag_warning(src->diag, pos_of(src, mask),
			     "%s=%s is left out: it is a /%u, and %s=%s wins", mask,
			     value_of(src, mask), mask_len, prefix,
			     value_of(src, prefix));
		diag_hint(src->diag, "remove one of the two");
	}
	if (value_of(src, prefix))
		return true;
	addr->prefix_len = value_of(src, mask) ? mask_len : classful(&addr->addr);
	if (!value_of(src, mask)) {
		diag_warning(src->diag, addr->pos,
			     "%s has neither %s nor %s: taken as a /%u by its class",
			     addr_key, prefix, mask, addr->prefix_len);
		diag_hint(src->diag, "add %s=%u, or what is right", prefix,
			  addr->prefix_len);
	}
	return true;
}

static bool read_broadcast(const struct source *src, int index, struct want_addr *addr)
{
	const char *key = indexed(src, "BROADCAST", index), *value = value_of(src, key);

	/* RFC 3021: the two addresses of a /31 are both hosts; a /32 has no other. */
	if (!value && addr->prefix_len < 31)
		addr->broadcast = ip_broadcast(&addr->addr, addr->prefix_len);
	if (!value || ip_parse(value, AF_INET, &addr->broadcast) == 0)
		return true;
	diag_error(src->diag, pos_of(src, key), "%s='%s' is not an IPv4 address", key,
		   value);
	diag_hint(src->diag, "remove the line: it is worked out from the address");
	return false;
}

static uint8_t read_scope(const struct source *src)
{
	const char *value = value_of(src, "SCOPE"), *word = value;
	uint8_t scope;

	if (!value)
		return RT_SCOPE_UNIVERSE;
	if (strncmp(word, "scope ", 6) == 0)
		word += 6;
	if (rt_scope_parse(word, &scope) == 0)
		return scope;
	diag_warning(src->diag, pos_of(src, "SCOPE"),
		     "SCOPE='%s' left out: it is not a scope", value);
	diag_hint(src->diag, "it is global, site, link or host");
	return RT_SCOPE_UNIVERSE;
}

static void complain_of_addr(const struct source *src, const char *key, const char *value)
{
	const char *slash = strchr(value, '/');
	struct ip ip6;

	diag_error(src->diag, pos_of(src, key), "%s='%s' is not an IPv4 address", key,
		   value);
	if (slash)
		diag_hint(src->diag, "write %s=%.*s and PREFIX%s=%s", key,
			  (int)(slash - value), value, key + strlen("IPADDR"), slash + 1);
	else if (ip_parse(value, AF_INET6, &ip6) == 0)
		diag_hint(src->diag, "an IPv6 address goes into IPV6ADDR");
	else
		diag_hint(src->diag,
			  "it is four numbers from 0 to 255 with dots between");
}

/* Adding it again would fail. */
static bool is_twice(const struct source *src, const char *key,
		     const struct want_addr *addr, const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		if (iface->addrs[i].prefix_len != addr->prefix_len ||
		    !ip_equal(&iface->addrs[i].addr, &addr->addr))
			continue;
		diag_warning(src->diag, addr->pos, "%s left out: line %u has it already",
			     key, iface->addrs[i].pos.line);
		diag_hint(src->diag, "remove one of the two");
		return true;
	}
	return false;
}

/* Return: 0, also for a bad one, which is told; -ENOMEM. */
static int read_addr(const struct source *src, int index, struct iface *iface)
{
	const char *key = indexed(src, "IPADDR", index), *value;
	struct want_addr addr = { .label = iface->name, .scope = RT_SCOPE_UNIVERSE };

	value = key ? value_of(src, key) : NULL;
	if (!value)
		return key ? 0 : -ENOMEM;
	addr.pos = pos_of(src, key);
	if (ip_parse(value, AF_INET, &addr.addr) < 0) {
		complain_of_addr(src, key, value);
		return 0;
	}
	if (ip_is_zero(&addr.addr)) {
		diag_warning(src->diag, addr.pos, "%s=%s left out: it is no address", key,
			     value);
		diag_hint(src->diag, "without an address, there is no such line");
		return 0;
	}
	if (!read_length(src, index, key, &addr) || !read_broadcast(src, index, &addr) ||
	    is_twice(src, key, &addr, iface))
		return 0;
	addr.scope = read_scope(src);
	addr.check = switched_on(src, "ARPCHECK", index);
	addr.announce = switched_on(src, "ARPUPDATE", index);
	return ARENA_PUSH(src->loader->arena, iface->addrs, iface->n_addrs,
			  iface->addrs_cap, addr);
}

/* Which indexes of IPADDR occur at all: a file has few lines and 257 possible ones. */
static bool has_index(const struct source *src, int index)
{
	const struct shellvars *vars[] = { &src->file->vars, &src->loader->dir.global };

	for (size_t v = 0; v < ARRAY_SIZE(vars); v++)
		for (size_t i = 0; i < vars[v]->n; i++) {
			const char *key = vars[v]->vars[i].key;
			uint32_t n;

			if (strncmp(key, "IPADDR", 6) == 0 &&
			    num_parse_u32(key + 6, ADDR_INDEXES - 1, &n) == 0 &&
			    (int)n == index)
				return true;
		}
	return false;
}

/* network-scripts let 0 and 1 be missing, and stopped at the first gap behind. */
static void judge_gap(const struct source *src, int index)
{
	const char *key = indexed(src, "IPADDR", index);

	if (index <= 2 || has_index(src, index - 1) || !key || !value_of(src, key))
		return;
	diag_warning(
		src->diag, pos_of(src, key),
		"%s is used, though there is no IPADDR%d: network-scripts left it out",
		key, index - 1);
	diag_hint(src->diag, "number the addresses without gaps");
}

static int read_addrs(const struct source *src, struct iface *iface)
{
	int r = read_addr(src, -1, iface);

	for (int index = 0; index < ADDR_INDEXES && r == 0; index++) {
		if (!has_index(src, index))
			continue;
		judge_gap(src, index);
		r = read_addr(src, index, iface);
	}
	return r;
}

/* ---- default route ---- */

/* A GATEWAYDEV, mostly global, that is another interface takes the default route away. */
static bool may_have_default(const struct source *src, const struct iface *iface)
{
	const char *dev = value_of(src, "GATEWAYDEV");

	return !off(src, "DEFROUTE") && (!dev || strcmp(dev, iface->name) == 0);
}

static bool is_near(const struct iface *iface, const struct ip *gateway)
{
	for (size_t i = 0; i < iface->n_addrs; i++)
		if (ip_same_network(&iface->addrs[i].addr, gateway,
				    iface->addrs[i].prefix_len))
			return true;
	return false;
}

/* The kernel refuses a route through the host itself. */
static bool is_own(const struct source *src, const struct iface *iface,
		   const struct ip *gateway, const char *value)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		if (!ip_equal(&iface->addrs[i].addr, gateway))
			continue;
		diag_warning(src->diag, pos_of(src, "GATEWAY"),
			     "GATEWAY=%s left out: it is the address of %s itself", value,
			     iface->name);
		diag_hint(src->diag, "it is the address of the router");
		return true;
	}
	return false;
}

static void judge_far_gateway(const struct source *src, const struct iface *iface,
			      const char *value)
{
	/*
	 * A global gateway fits the one interface in its network, and no other; and where
	 * an address was refused, its gateway is left alone.
	 */
	if (!ifcfg_own_value(src->file, "GATEWAY") || diag_errors(src->diag))
		return;
	if (!iface->n_addrs) {
		diag_warning(src->diag, pos_of(src, "GATEWAY"),
			     "GATEWAY=%s left out: %s has no address", value,
			     iface->name);
		diag_hint(src->diag, "add IPADDR and PREFIX, or remove GATEWAY");
		return;
	}
	diag_warning(src->diag, pos_of(src, "GATEWAY"),
		     "GATEWAY=%s left out: it is in no network of %s", value,
		     iface->name);
	diag_hint(src->diag, "correct GATEWAY, NETMASK or PREFIX");
}

static void read_gateway(const struct source *src, struct iface *iface)
{
	const char *value = value_of(src, "GATEWAY");
	struct ip gateway;

	if (!value || strcmp(value, "none") == 0 || strcmp(value, "0.0.0.0") == 0)
		return;
	if (ip_parse(value, AF_INET, &gateway) < 0) {
		diag_error(src->diag, pos_of(src, "GATEWAY"),
			   "GATEWAY='%s' is not an IPv4 address", value);
		diag_hint(src->diag,
			  "it is the router's address: four numbers with dots");
		return;
	}
	if (!may_have_default(src, iface))
		return;
	if (!is_near(iface, &gateway)) {
		judge_far_gateway(src, iface, value);
		return;
	}
	if (is_own(src, iface, &gateway, value))
		return;
	iface->gateway = gateway;
	iface->gateway_pos = pos_of(src, "GATEWAY");
}

static void read_metric(const struct source *src, struct iface *iface)
{
	const char *value = value_of(src, "METRIC");

	if (!value || num_parse_u32(value, UINT32_MAX, &iface->metric) == 0)
		return;
	diag_warning(src->diag, pos_of(src, "METRIC"),
		     "METRIC='%s' left out: it is not a number", value);
	diag_hint(src->diag, "a smaller number is preferred; 0 is the default");
}

/* Any text suppresses the route, as under network-scripts: also NOZEROCONF=no. */
static void read_zeroconf(const struct source *src, struct iface *iface)
{
	const char *value = value_of(src, "NOZEROCONF");

	iface->zeroconf = !value;
	if (!value || !ifcfg_is_false(value))
		return;
	diag_warning(
		src->diag, pos_of(src, "NOZEROCONF"),
		"NOZEROCONF=%s suppresses the 169.254.0.0/16 route, as any text does",
		value);
	diag_hint(src->diag,
		  "remove the line to have the route, or write NOZEROCONF=yes");
}

/* ---- the whole ---- */

static void read_bootproto(const struct source *src)
{
	static const char *const fixed[] = { "none", "static" };
	const char *value = value_of(src, "BOOTPROTO");

	if (!value)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(fixed); i++)
		if (strcasecmp(value, fixed[i]) == 0)
			return;
	if (strcasecmp(value, "dhcp") == 0 || strcasecmp(value, "bootp") == 0) {
		diag_error(src->diag, pos_of(src, "BOOTPROTO"),
			   "BOOTPROTO=%s is not supported by this version", value);
		diag_hint(src->diag, "use BOOTPROTO=none with IPADDR and PREFIX");
		return;
	}
	diag_warning(src->diag, pos_of(src, "BOOTPROTO"),
		     "BOOTPROTO=%s is not known here: taken as none", value);
	diag_hint(src->diag, "write BOOTPROTO=none for a fixed address");
}

/* Options on several lines look like one list; but each line stands for itself. */
static void judge_options_again(const struct source *src)
{
	const struct shellvars *vars = &src->file->vars;
	const struct shellvar *before = NULL;

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (var->stray || strcmp(var->key, "BONDING_OPTS") != 0)
			continue;
		if (before && *before->value && !var->appends) {
			diag_warning(src->diag, var->pos,
				     "BONDING_OPTS given again: line %u replaces line %u",
				     var->pos.line, before->pos.line);
			diag_hint(src->diag, "put all options into one line, or write "
					     "BONDING_OPTS+=\" …\"");
		}
		before = var;
	}
}

static int read_bond(const struct source *src, struct iface *iface)
{
	const char *options = value_of(src, "BONDING_OPTS");
	int r = 0;

	judge_options_again(src);
	if (options) {
		iface->options_pos = pos_of(src, "BONDING_OPTS");
		r = bond_options_load(options, iface->options_pos, src->loader->arena,
				      src->diag, &iface->options, &iface->port_wishes);
	}
	bond_options_validate(&iface->options, iface->name, iface->options_pos,
			      src->diag);
	if (ifcfg_own_value(src->file, "HWADDR")) {
		diag_warning(src->diag, pos_of(src, "HWADDR"),
			     "HWADDR has no meaning on a bond");
		diag_hint(src->diag, "MACADDR sets the bond's address");
	}
	return r;
}

static uint32_t read_tries(const struct source *src)
{
	const char *value = value_of(src, "ARPING_TRIES");
	uint32_t tries;

	if (!value)
		return ARP_TRIES;
	if (num_parse_u32(value, ARP_TRIES_MAX, &tries) == 0 && tries)
		return tries;
	diag_warning(src->diag, pos_of(src, "ARPING_TRIES"),
		     "ARPING_TRIES='%s' left out: it is not a number of tries", value);
	diag_hint(src->diag, "it is 1 to %d", ARP_TRIES_MAX);
	return ARP_TRIES;
}

/* A link that has come up is soon there; LACP takes some exchanges with the switch more. */
static uint32_t default_wait_ms(const struct iface *iface)
{
	if (iface->kind == IFACE_BOND &&
	    bond_values_mode(&iface->options) == BOND_MODE_802_3AD)
		return LACP_WAIT_MS;
	return LINK_WAIT_MS;
}

static int read_ip(const struct source *src, struct iface *iface)
{
	int r = read_addrs(src, iface);

	read_bootproto(src);
	read_gateway(src, iface);
	read_metric(src, iface);
	read_zeroconf(src, iface);
	iface->arp_wait_ms = seconds(src, "ARPING_WAIT", ARP_WAIT_MS);
	iface->link_wait_ms = seconds(src, "LINKDELAY", default_wait_ms(iface));
	iface->arp_tries = read_tries(src);
	return r;
}

/* A port's own address would answer beside its bond's: network-scripts set none. */
static void judge_port(const struct source *src)
{
	static const char *const keys[] = { "IPADDR", "IPADDR0", "GATEWAY", "MACADDR" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!ifcfg_own_value(src->file, keys[i]))
			continue;
		diag_warning(src->diag, pos_of(src, keys[i]),
			     "%s has no effect on the port of a bond", keys[i]);
		diag_hint(src->diag, "it belongs into the bond's file");
	}
}

static void read_port_options(const struct source *src, struct iface *port)
{
	for (size_t i = 0; i < PORT_OPT_COUNT; i++) {
		const struct bond_port_option *option = &bond_port_options[i];
		const char *value =
			option->key ? ifcfg_own_value(src->file, option->key) : NULL;

		if (value)
			bond_port_value_load(option, port->name, value,
					     pos_of(src, option->key), src->diag,
					     &port->port_options.of[i]);
	}
}

int iface_read(struct loader *loader, const struct ifcfg *file, struct iface *iface)
{
	struct source src = { loader, file, loader->diag };
	int r = 0;

	iface_judge_keys(loader, file);
	iface->onboot = !off(&src, "ONBOOT");
	read_mtu(&src, iface);
	if (iface->kind == IFACE_BOND)
		r = read_bond(&src, iface);
	if (r < 0)
		return r;
	if (file->master) {
		judge_port(&src);
		read_port_options(&src, iface);
		return 0;
	}
	read_mac(&src, iface);
	return read_ip(&src, iface);
}
