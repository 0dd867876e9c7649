/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of an interface, with all defaults filled in, and their origins. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"
#include "lib/ctl/show.h"
#include "lib/snapshot/snapshot.h"

const char *show_kind(const struct iface *iface)
{
	return link_kinds[iface->kind].name;
}

/* ---- rows ---- */

static const struct pos by_default;

static void add_show_row(struct show *show, const char *name, struct pos pos,
			 const char *fmt, ...) _printf_(4, 5);

static void add_show_row(struct show *show, const char *name, struct pos pos,
			 const char *fmt, ...)
{
	_cleanup_free_ char *text = NULL;
	struct show_row row = { .name = name, .pos = pos };
	va_list args;

	va_start(args, fmt);
	text = memory_vprintf(fmt, args);
	va_end(args);
	row.value = arena_strdup(show->arena, text);
	ARENA_PUSH(show->arena, show->rows, show->n, show->cap, row);
}

static void add_text(struct show *show, const char *name, struct pos pos,
		     const struct strbuf *text)
{
	add_show_row(show, name, pos, "%s", strbuf_text(text));
}

/* The same for text that begins with a blank. */
static void add_words_row(struct show *show, const char *name, struct pos pos,
			  const struct strbuf *text)
{
	add_show_row(show, name, pos, "%s",
		     strbuf_text(text) + strspn(strbuf_text(text), " "));
}

/*
 * The position of a key of which the model keeps only the value; none means the default.
 */
static struct pos pos_of_key(const struct show *show, const char *key)
{
	const struct ifcfg *file =
		show->iface->file ? ifcfg_dir_file(show->dir, show->iface->file) : NULL;
	const struct shellvar *var = file ? ifcfg_var(show->dir, file, key) : NULL;

	return var && *var->value ? var->pos : by_default;
}

static const char *yes_or_no(bool value)
{
	return value ? "yes" : "no";
}

/* ---- kind ---- */

/* Settings of taps and InfiniBand. */
static void add_special(struct show *show)
{
	const struct iface *iface = show->iface;

	if (iface->kind == IFACE_TAP && iface->tun.has_owner)
		add_show_row(show, "owner", pos_of_key(show, "OWNER"), "%" PRIu32,
			     iface->tun.owner);
	if (iface->kind == IFACE_TAP && iface->tun.has_group)
		add_show_row(show, "group", pos_of_key(show, "GROUP"), "%" PRIu32,
			     iface->tun.group);
	if (iface->kind == IFACE_IPOIB) {
		add_show_row(show, "parent", pos_of_key(show, "PHYSDEV"), "%s",
			     iface->parent_name);
		add_show_row(show, "pkey", pos_of_key(show, "PKEY_ID"), "0x%04x",
			     (unsigned int)iface->ipoib.ipoib.pkey);
	}
	if (iface->ipoib.has_mode)
		add_show_row(show, "mode", iface->ipoib.mode_pos, "%s",
			     ipoib_mode_word(iface->ipoib.ipoib.is_connected));
}

static void add_kind_row(struct show *show)
{
	const struct iface *iface = show->iface;

	add_show_row(show, "device", iface->pos, "%s", iface->name);
	add_show_row(show, "kind", pos_of_key(show, "TYPE"), "%s", show_kind(iface));
	add_show_row(show, "onboot", pos_of_key(show, "ONBOOT"), "%s",
		     yes_or_no(iface->onboot));
	add_show_row(show, "hotplug", pos_of_key(show, "HOTPLUG"), "%s",
		     yes_or_no(iface->hotplug));
	if (iface->stays_down)
		add_show_row(show, "link", pos_of_key(show, "LINKSTATUS"), "down");
	if (iface->helper)
		add_show_row(show, "helper", iface->helper->pos, "%s", iface->helper->up);
	if (iface->master_name)
		add_show_row(show,
			     iface_is_bond_port(iface) ? "master"
						       : iface_master_kind(iface)->name,
			     iface->master_pos, "%s", iface->master_name);
	if (iface->peer)
		add_show_row(show, "peer", pos_of_key(show, "PEER"), "%s", iface->peer);
	add_special(show);
}

static void add_vlan_rows(struct show *show)
{
	const struct iface *iface = show->iface;
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	if (iface->kind != IFACE_VLAN)
		return;
	if (iface->parent_name)
		add_show_row(show, "parent", iface->pos, "%s", iface->parent_name);
	vlan_format(&iface->vlan, &text);
	add_words_row(show, "vlan", iface->pos, &text);
}

static void add_link_rows(struct show *show)
{
	static const char *const macs[] = {
		[MAC_PERMANENT] = "permanent", [MAC_PRESERVED] = "preserve"
	};
	const struct iface *iface = show->iface;
	char text[HWADDR_TEXT_MAX];

	if (iface->hwaddr)
		add_show_row(show, "hwaddr", iface->hwaddr->pos, "%s",
			     hwaddr_format(&iface->hwaddr->mac, text));
	if (iface->mac_wish == MAC_GIVEN)
		add_show_row(show, "mac", iface->mac_pos, "%s",
			     hwaddr_format(&iface->mac, text));
	else if (iface->mac_wish != MAC_ANY)
		add_show_row(show, "mac", iface->mac_pos, "%s", macs[iface->mac_wish]);
	if (iface->has_mtu)
		add_show_row(show, "mtu", iface->mtu_pos, "%" PRIu32, iface->mtu);
	for (const struct want_flag *want = iface->flags; want; want = want->next)
		add_show_row(show, want->flag->word, want->pos, "%s",
			     yes_or_no(want->on));
	if (iface->zone)
		add_show_row(show, "zone", iface->zone_pos, "%s", iface->zone);
}

/* ---- options ---- */

/* @mode: of the bond that it is, or is a port of */
static void add_option_rows(struct show *show, const struct option_values *values,
			    enum bond_mode mode)
{
	for (size_t id = 0; values && id < values->table->n; id++) {
		const struct option_row *row = &values->table->rows[id];
		struct option_value value = values->of[id];
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		if (!value.is_set && !option_has_mode(row, mode))
			continue;
		if (!value.is_set) {
			value = option_default_among(values, id);
			value.pos = by_default;
		}
		option_value_format(row, &value, &text);
		if (text.len)
			add_text(show, row->name, value.pos, &text);
	}
}

static void add_all_option_rows(struct show *show)
{
	const struct iface *iface = show->iface;
	const struct iface *bond = iface_is_bond_port(iface) ? iface->master : iface;
	const enum bond_mode mode = bond->kind == IFACE_BOND
					    ? bond_values_mode(bond->options)
					    : BOND_MODE_BALANCE_RR;

	add_option_rows(show, iface->options, mode);
	for (size_t i = 0; i < iface->n_ports; i++)
		add_show_row(show, "port", iface->ports[i]->master_pos, "%s",
			     iface->ports[i]->name);
	if (iface_is_port(iface))
		add_option_rows(show, iface->port_options, mode);
}

/* ---- addresses and related settings ---- */

static void add_addr_rows(struct show *show)
{
	const struct iface *iface = show->iface;
	char text[SNAP_ADDR_TEXT_MAX], other[IP_TEXT_MAX];

	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *addr = &iface->addrs[i];
		const struct snap_addr as_snap = { .addr = addr->addr,
						   .prefix_len = addr->prefix_len,
						   .peer = addr->peer };
		const bool has_broadcast = ip_is_set(&addr->broadcast);
		const bool has_label = addr->label && *addr->label;

		add_show_row(show, "address", addr->pos, "%s%s%s%s%s%s%s",
			     snap_addr_format(&as_snap, text),
			     has_broadcast ? " broadcast " : "",
			     has_broadcast ? ip_format(&addr->broadcast, other) : "",
			     has_label ? " label " : "", has_label ? addr->label : "",
			     addr->check ? "" : " unchecked",
			     addr->announce ? "" : " unannounced");
	}
}

static void add_ip_line_row(struct show *show, const struct want_ip_line *line)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	for (const char *const *word = line->args; *word; word++)
		strbuf_addf(&text, "%s%s", text.len ? " " : "", *word);
	add_text(show, "ip", line->pos, &text);
}

static void add_route_rows(struct show *show)
{
	const struct iface *iface = show->iface;

	for (size_t i = 0; i < iface->n_routes; i++) {
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		route_format(&iface->routes[i].route, &text);
		add_text(show, "route", iface->routes[i].pos, &text);
	}
	for (size_t i = 0; i < iface->n_rules; i++) {
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		rule_format(&iface->rules[i].rule, &text);
		add_words_row(show, "rule", iface->rules[i].pos, &text);
	}
	for (size_t i = 0; i < iface->n_ip_lines; i++)
		add_ip_line_row(show, &iface->ip_lines[i]);
	if (!iface_is_port(iface))
		add_show_row(show, "zeroconf", pos_of_key(show, "NOZEROCONF"), "%s",
			     yes_or_no(iface->zeroconf));
}

/* What no key asks for is asked for by the file as a whole. */
static struct pos pos_of_conf(const struct iface *iface, const struct want_conf *conf)
{
	const struct pos *pos = &conf->pos;

	return pos->file && iface->pos.file && pos->line == iface->pos.line &&
			       strcmp(pos->file, iface->pos.file) == 0
		       ? by_default
		       : *pos;
}

static void add_conf_rows(struct show *show)
{
	const struct iface *iface = show->iface;
	char text[IP_TEXT_MAX];

	for (size_t id = 0; iface->conf && id < CONF_COUNT; id++)
		if (iface->conf[id].is_set)
			add_show_row(show,
				     arena_printf(show->arena, "%s.%s",
						  link_confs[id].family,
						  link_confs[id].name),
				     pos_of_conf(iface, &iface->conf[id]), "%" PRId32,
				     iface->conf[id].num);
	if (ip_is_set(&iface->token))
		add_show_row(show, "token", iface->token_pos, "%s",
			     ip_format(&iface->token, text));
}

static void add_dhcp_value(struct show *show, const struct dhcp_value *value)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	for (const char *const *word = value->words; word && *word; word++)
		strbuf_addf(&text, "%s%s", text.len ? " " : "", *word);
	if (value->text)
		strbuf_add(&text, value->text);
	if (!text.len && value->num)
		strbuf_addf(&text, "%" PRIu32, value->num);
	if (!text.len)
		strbuf_add(&text, "yes");
	add_text(show, value->key, value->pos, &text);
}

static void add_dhcp_rows(struct show *show)
{
	static const char *const names[] = { [DHCP_IP4] = "dhcp", [DHCP_IP6] = "dhcp6" };

	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		const struct dhcp_wish *wish = iface_dhcp(show->iface, family);

		if (!wish)
			continue;
		add_show_row(show, names[family], wish->pos, "%s", yes_or_no(true));
		for (size_t id = 0; id < DHCP_VALUES; id++)
			if (wish->values[id].is_set)
				add_dhcp_value(show, &wish->values[id]);
	}
}

static void add_dns_rows(struct show *show)
{
	const struct want_dns *dns = show->iface->dns;

	for (unsigned int kind = 0; dns && kind < DNS_COUNT; kind++)
		for (size_t i = 0; i < dns->dns.of[kind].n; i++)
			add_show_row(
				show,
				arena_printf(show->arena, "dns %s", dns_kind_names[kind]),
				kind == DNS_SERVER && i < dns->n_pos ? dns->server_pos[i]
								     : dns->pos,
				"%s", dns->dns.of[kind].words[i]);
}

static void add_ethtool(struct show *show)
{
	const struct want_ethtool *ethtool = show->iface->ethtool;

	for (size_t i = 0; ethtool && ethtool->calls[i]; i++) {
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

		for (const char *const *word = ethtool->calls[i]; *word; word++)
			strbuf_addf(&text, "%s%s", text.len ? " " : "", *word);
		add_text(show, "ethtool", ethtool->pos, &text);
	}
}

static void add_waits(struct show *show)
{
	const struct iface *iface = show->iface;
	struct pos probe;

	if (iface_is_port(iface))
		return;
	add_show_row(show, "link wait", pos_of_key(show, "LINKDELAY"), "%" PRIu32 " ms",
		     iface->link_wait_ms);
	if (iface->lacp_wait_ms)
		add_show_row(show, "lacp wait", pos_of_key(show, "LINKDELAY"),
			     _("%" PRIu32 " ms, %" PRIu32 " ms with a partner"),
			     iface->lacp_wait_ms, iface->sync_wait_ms);
	probe = pos_of_key(show, "ACD_TIMEOUT");
	add_show_row(show, "probe wait",
		     probe.file ? probe : pos_of_key(show, "ARPING_WAIT"),
		     "%" PRIu32 " ms", iface->arp_wait_ms);
}

static void (*const topics[])(struct show *show) = {
	add_kind_row,  add_vlan_rows,  add_link_rows, add_all_option_rows,
	add_addr_rows, add_route_rows, add_conf_rows, add_dhcp_rows,
	add_dns_rows,  add_ethtool,    add_waits,
};

void show_collect(struct show *show)
{
	for (size_t i = 0; i < ARRAY_SIZE(topics); i++)
		topics[i](show);
}
