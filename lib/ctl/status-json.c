/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The status for programs. */
#include <net/if.h>
#include <string.h>

#include "lib/ctl/json.h"
#include "lib/ctl/status.h"

#define SCHEMA_VERSION 1

static void put_mac(struct json_object *into, const char *key, const struct hwaddr *mac)
{
	char text[HWADDR_TEXT_MAX];

	json_put_text(into, key, mac->len ? hwaddr_format(mac, text) : NULL);
}

static void put_json_word(const char *word, void *arg)
{
	struct json_object *list = arg;

	json_put_text(list, NULL, word);
}

static void put_lacp_state(struct json_object *into, const char *key, uint8_t state)
{
	struct json_object *list = json_put_list(into, key);

	status_lacp_words(state, put_json_word, list);
}

static void put_port_lacp(struct json_object *port, const struct snap_port *from)
{
	struct json_object *lacp;

	if (!from->has_lacp) {
		json_put_null(port, "lacp");
		return;
	}
	lacp = json_put_object(port, "lacp");
	json_put_number(lacp, "aggregator", from->lacp.aggregator_id);
	put_lacp_state(lacp, "actor", from->lacp.actor_state);
	put_lacp_state(lacp, "partner", from->lacp.partner_state);
}

static void put_json_port(struct json_object *into, const struct snap_port *port)
{
	struct json_object *at;

	if (!port) {
		json_put_null(into, "port");
		return;
	}
	at = json_put_object(into, "port");
	json_put_text(at, "state", port->state ? "backup" : "active");
	json_put_text(at, "link", status_mii_word(port->mii_status));
	json_put_number(at, "link_failures", port->link_failures);
	json_put_number(at, "queue_id", port->options->of[PORT_OPT_QUEUE_ID].num);
	put_mac(at, "permanent_mac", &port->perm_mac);
	put_port_lacp(at, port);
}

static void put_aggregator(struct json_object *bond, const struct snap_aggregator *from)
{
	struct json_object *lacp;

	if (!from) {
		json_put_null(bond, "lacp");
		return;
	}
	lacp = json_put_object(bond, "lacp");
	json_put_number(lacp, "aggregator", from->id);
	json_put_number(lacp, "ports", from->n_ports);
	json_put_number(lacp, "actor_key", from->actor_key);
	json_put_number(lacp, "partner_key", from->partner_key);
	if (hwaddr_is_unicast(&from->partner_mac))
		put_mac(lacp, "partner_mac", &from->partner_mac);
	else
		json_put_null(lacp, "partner_mac");
}

static void put_json_bond(struct json_object *into, const struct status *status,
			  const struct status_link *link)
{
	struct json_object *at;
	struct json_object *ports;

	if (!link->link || !snap_bond(link->link)) {
		json_put_null(into, "bond");
		return;
	}
	at = json_put_object(into, "bond");
	json_put_text(at, "mode",
		      bond_mode_name(bond_values_mode(snap_bond(link->link))));
	json_put_text(at, "active", status_port_name(link->link, BOND_OPT_ACTIVE_SLAVE));
	json_put_text(at, "primary", status_port_name(link->link, BOND_OPT_PRIMARY));
	ports = json_put_list(at, "ports");
	for (size_t i = 0; i < status->n; i++)
		if (status->links[i]->master == link)
			json_put_text(ports, NULL, status->links[i]->name);
	put_aggregator(at, link->link->aggregator);
}

static void put_json_route(const struct ip *gateway, uint32_t metric, void *arg)
{
	struct json_object *list = arg;
	struct json_object *route = json_put_object(list, NULL);
	char text[IP_TEXT_MAX];

	json_put_text(route, "gateway",
		      ip_is_set(gateway) ? ip_format(gateway, text) : NULL);
	json_put_number(route, "metric", metric);
}

static void put_json_addrs(struct json_object *into, const struct status *status,
			   const struct status_link *link)
{
	struct json_object *list = json_put_list(into, "addresses");
	struct json_object *routes;
	char text[IP_TEXT_MAX];

	for (const struct snap_addr *addr = link->link ? link->link->addrs : NULL; addr;
	     addr = addr->next)
		json_put_text(list, NULL,
			      ip_format_prefix(&addr->addr, addr->prefix_len, text));
	routes = json_put_list(into, "default_routes");
	status_default_routes(status, link, put_json_route, routes);
}

/* Data of a link that exists. */
static void put_kernel(struct json_object *into, const struct status_link *link)
{
	static const struct snap_link nothing = { .name = "" };
	const struct snap_link *from = link->link ? link->link : &nothing;

	json_put_bool(into, "exists", link->link);
	json_put_bool(into, "up", from->flags & IFF_UP);
	json_put_bool(into, "carrier", from->carrier);
	if (link->link)
		json_put_number(into, "mtu", from->mtu);
	else
		json_put_null(into, "mtu");
	put_mac(into, "mac", &from->mac);
	if (link->speed.mbps)
		json_put_number(into, "speed_mbps", link->speed.mbps);
	else
		json_put_null(into, "speed_mbps");
	json_put_text(into, "duplex", link_speed_duplex(&link->speed));
	if (from->vlan)
		json_put_number(into, "vlan_id", from->vlan->id);
	else
		json_put_null(into, "vlan_id");
}

static void put_problems(struct json_object *into, const struct status_link *link)
{
	struct json_object *list = json_put_list(into, "problems");

	for (size_t i = 0; i < link->n_problems; i++)
		json_put_text(list, NULL, link->problems[i]);
}

static void put_json_link(struct json_object *list, const struct status *status,
			  const struct status_link *link)
{
	struct json_object *at = json_put_object(list, NULL);

	json_put_text(at, "name", link->name);
	json_put_text(at, "kind", status_kind(link));
	json_put_text(at, "health", health_word(link->health));
	json_put_bool(at, "counts", link->counts);
	put_problems(at, link);
	json_put_text(at, "note", link->note);
	json_put_bool(at, "configured", link->is_configured);
	json_put_bool(at, "wanted", link->iface);
	json_put_bool(at, "free", link->is_free);
	json_put_number(at, "changes", (int64_t)link->n_changes);
	put_kernel(at, link);
	json_put_text(at, "master", link->master ? link->master->name : NULL);
	json_put_text(at, "parent", link->parent ? link->parent->name : NULL);
	put_json_addrs(at, status, link);
	put_json_bond(at, status, link);
	put_json_port(at, link->link ? link->link->port : NULL);
}

void status_print_json(const struct status *status, FILE *out)
{
	_cleanup_json_ struct json_object *json = json_new();
	struct json_object *list;

	json_put_number(json, "version", SCHEMA_VERSION);
	json_put_text(json, "health", health_word(status->health));
	json_put_text(json, "error", status->error);
	list = json_put_list(json, "interfaces");
	for (size_t i = 0; i < status->n; i++)
		if (status->links[i]->is_shown)
			put_json_link(list, status, status->links[i]);
	json_print(json, out);
}
