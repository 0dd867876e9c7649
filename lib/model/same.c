/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether two interfaces are the same, topic by topic. */
#include "lib/model/same.h"

#include <string.h>

#include "lib/base/text.h"
#include "lib/model/model.h"

/* ---- basics ---- */

static bool same_words(const char *const *a, const char *const *b)
{
	if (!a || !b)
		return a == b;
	for (; *a && *b; a++, b++)
		if (strcmp(*a, *b) != 0)
			return false;
	return *a == *b;
}

/* ---- the link ---- */

static bool same_mac(const struct iface *a, const struct iface *b)
{
	return a->mac_wish == b->mac_wish &&
	       (a->mac_wish != MAC_GIVEN || hwaddr_equal(&a->mac, &b->mac));
}

static bool same_hwaddr(const struct iface *a, const struct iface *b)
{
	return !a->hwaddr || !b->hwaddr || hwaddr_equal(&a->hwaddr->mac, &b->hwaddr->mac);
}

static bool same_link(const struct iface *a, const struct iface *b)
{
	return a->kind == b->kind && a->onboot == b->onboot && a->hotplug == b->hotplug &&
	       a->stays_down == b->stays_down && a->has_mtu == b->has_mtu &&
	       a->mtu == b->mtu && link_flags_equal(a->flags, b->flags) &&
	       same_mac(a, b) && same_hwaddr(a, b) && text_equal(a->zone, b->zone) &&
	       !a->helper == !b->helper;
}

static bool same_ethtool(const struct iface *a, const struct iface *b)
{
	size_t i = 0;

	if (!a->ethtool || !b->ethtool)
		return a->ethtool == b->ethtool;
	while (a->ethtool->calls[i] && b->ethtool->calls[i] &&
	       same_words(a->ethtool->calls[i], b->ethtool->calls[i]))
		i++;
	return !a->ethtool->calls[i] && !b->ethtool->calls[i] &&
	       a->ethtool->delay_us == b->ethtool->delay_us;
}

/* Installers write NetworkManager's default into every file. */
static bool same_failure(enum failure_wish a, enum failure_wish b)
{
	return (a == FAILURE_FATAL) == (b == FAILURE_FATAL);
}

static bool same_limits(const struct iface *a, const struct iface *b)
{
	return a->dev_wait_ms == b->dev_wait_ms && a->link_wait_ms == b->link_wait_ms &&
	       a->lacp_wait_ms == b->lacp_wait_ms && a->sync_wait_ms == b->sync_wait_ms &&
	       a->arp_wait_ms == b->arp_wait_ms && a->arp_tries == b->arp_tries &&
	       a->hook_limit_ms == b->hook_limit_ms &&
	       same_failure(a->ip4_failure, b->ip4_failure) &&
	       same_failure(a->ip6_failure, b->ip6_failure);
}

/* ---- kinds of links ---- */

static bool same_options(const struct iface *a, const struct iface *b)
{
	if (!option_values_equal(a->options, b->options) ||
	    !option_values_equal(a->port_options, b->port_options) ||
	    !text_equal(a->master_name, b->master_name))
		return false;
	for (size_t i = 0; i < a->port_wishes.n && i < b->port_wishes.n; i++) {
		const struct bond_port_wish *one = &a->port_wishes.list[i];
		const struct bond_port_wish *other = &b->port_wishes.list[i];

		if (strcmp(one->port, other->port) != 0 || one->id != other->id ||
		    one->value.num != other->value.num)
			return false;
	}
	return a->port_wishes.n == b->port_wishes.n;
}

static bool same_kind(const struct iface *a, const struct iface *b)
{
	return vlan_equal(&a->vlan, &b->vlan) && text_equal(a->peer, b->peer) &&
	       tun_same_mode(&a->tun, &b->tun) && tun_same_users(&a->tun, &b->tun) &&
	       a->ipoib.ipoib.pkey == b->ipoib.ipoib.pkey &&
	       a->ipoib.has_mode == b->ipoib.has_mode &&
	       a->ipoib.ipoib.is_connected == b->ipoib.ipoib.is_connected;
}

/* ---- addresses ---- */

static bool same_addr(const struct want_addr *a, const struct want_addr *b)
{
	return ip_equal(&a->addr, &b->addr) && a->prefix_len == b->prefix_len &&
	       ip_equal(&a->peer, &b->peer) && ip_equal(&a->broadcast, &b->broadcast) &&
	       text_equal(a->label, b->label) && text_equal(a->alias, b->alias) &&
	       a->is_asleep == b->is_asleep && a->scope == b->scope &&
	       a->check == b->check && a->announce == b->announce;
}

static bool same_dhcp_value(const struct dhcp_value *a, const struct dhcp_value *b)
{
	return a->is_set == b->is_set && text_equal(a->text, b->text) &&
	       same_words(a->words, b->words) && a->num == b->num;
}

static bool same_dhcp_wish(const struct dhcp_wish *a, const struct dhcp_wish *b)
{
	for (size_t i = 0; i < DHCP_VALUES; i++)
		if (!same_dhcp_value(&a->values[i], &b->values[i]))
			return false;
	return a->is_wanted == b->is_wanted && a->is_persistent == b->is_persistent &&
	       a->is_blind == b->is_blind && a->is_fatal == b->is_fatal &&
	       a->sends_name == b->sends_name;
}

static bool same_dhcp(const struct iface *a, const struct iface *b)
{
	if (!a->dhcp || !b->dhcp)
		return a->dhcp == b->dhcp;
	for (size_t i = 0; i < DHCP_FAMILIES; i++)
		if (!same_dhcp_wish(&a->dhcp->of[i], &b->dhcp->of[i]))
			return false;
	return a->dhcp->releases == b->dhcp->releases;
}

static bool asks(const struct iface *iface, enum dhcp_family family)
{
	return iface->dhcp && iface->dhcp->of[family].is_wanted;
}

bool iface_same_addrs(const struct iface *a, const struct iface *b)
{
	if (a->n_addrs != b->n_addrs || a->routers != b->routers ||
	    a->lacks_addr != b->lacks_addr)
		return false;
	for (size_t i = 0; i < a->n_addrs; i++)
		if (!ip_equal(&a->addrs[i].addr, &b->addrs[i].addr) ||
		    a->addrs[i].prefix_len != b->addrs[i].prefix_len)
			return false;
	return asks(a, DHCP_IP4) == asks(b, DHCP_IP4) &&
	       asks(a, DHCP_IP6) == asks(b, DHCP_IP6);
}

static bool same_addrs(const struct iface *a, const struct iface *b)
{
	if (!iface_same_addrs(a, b) || !same_dhcp(a, b))
		return false;
	for (size_t i = 0; i < a->n_addrs; i++)
		if (!same_addr(&a->addrs[i], &b->addrs[i]))
			return false;
	return a->zeroconf == b->zeroconf && a->table == b->table &&
	       ip_equal(&a->token, &b->token);
}

/* A kernel default in a file makes no difference. */
static int32_t conf_of(const struct want_conf *conf, size_t id)
{
	return conf->is_set ? conf->num : link_confs[id].def;
}

static bool same_link_conf(const struct iface *a, const struct iface *b)
{
	if (!a->conf || !b->conf)
		return a->conf == b->conf;
	for (size_t i = 0; i < CONF_COUNT; i++)
		if (conf_of(&a->conf[i], i) != conf_of(&b->conf[i], i))
			return false;
	return true;
}

/* ---- routes, rules and names ---- */

static bool same_routes(const struct iface *a, const struct iface *b)
{
	if (a->n_routes != b->n_routes)
		return false;
	for (size_t i = 0; i < a->n_routes; i++)
		if (!route_equal(&a->routes[i].route, &b->routes[i].route) ||
		    !text_equal(a->routes[i].alias, b->routes[i].alias))
			return false;
	return true;
}

static bool same_rules(const struct iface *a, const struct iface *b)
{
	if (a->n_rules != b->n_rules || a->n_ip_lines != b->n_ip_lines)
		return false;
	for (size_t i = 0; i < a->n_rules; i++)
		if (!rule_equal(&a->rules[i].rule, &b->rules[i].rule))
			return false;
	for (size_t i = 0; i < a->n_ip_lines; i++)
		if (!same_words(a->ip_lines[i].args, b->ip_lines[i].args))
			return false;
	return true;
}

static bool same_dns(const struct iface *a, const struct iface *b)
{
	if (!a->dns || !b->dns)
		return a->dns == b->dns;
	return dns_equal(&a->dns->dns, &b->dns->dns);
}

bool iface_same(const struct iface *a, const struct iface *b)
{
	static bool (*const topics[])(const struct iface *, const struct iface *) = {
		same_link,   same_kind,  same_options, same_addrs,   same_link_conf,
		same_routes, same_rules, same_dns,     same_ethtool, same_limits,
	};

	for (size_t i = 0; i < ARRAY_SIZE(topics); i++)
		if (!topics[i](a, b))
			return false;
	return true;
}
