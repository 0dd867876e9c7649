/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The status for programs. */
#include <net/if.h>
#include <string.h>

#include "lib/ctl/json.h"
#include "lib/ctl/status.h"

#define SCHEMA_VERSION 1

/* struct spot - the place where something is added */
struct spot {
	struct json *json;
	struct json_object *at;
};

static void put_mac(const struct spot *spot, const char *key, const struct hwaddr *mac)
{
	char text[HWADDR_TEXT_MAX];

	json_put_text(spot->json, spot->at, key,
		      mac->len ? hwaddr_format(mac, text) : NULL);
}

static void put_word(const char *word, void *arg)
{
	const struct spot *list = arg;

	json_put_text(list->json, list->at, NULL, word);
}

static void put_lacp_state(const struct spot *spot, const char *key, uint8_t state)
{
	struct spot list = { spot->json, json_put_list(spot->json, spot->at, key) };

	status_lacp_words(state, put_word, &list);
}

static void put_port_lacp(const struct spot *port, const struct snap_port *from)
{
	struct spot lacp = { .json = port->json };

	if (!from->has_lacp) {
		json_put_null(port->json, port->at, "lacp");
		return;
	}
	lacp.at = json_put_object(port->json, port->at, "lacp");
	json_put_number(lacp.json, lacp.at, "aggregator", from->lacp.aggregator_id);
	put_lacp_state(&lacp, "actor", from->lacp.actor_state);
	put_lacp_state(&lacp, "partner", from->lacp.partner_state);
}

static void put_port(const struct spot *spot, const struct snap_port *port)
{
	struct spot at = { .json = spot->json };

	if (!port) {
		json_put_null(spot->json, spot->at, "port");
		return;
	}
	at.at = json_put_object(spot->json, spot->at, "port");
	json_put_text(at.json, at.at, "state", port->state ? "backup" : "active");
	json_put_text(at.json, at.at, "link", status_mii_word(port->mii_status));
	json_put_number(at.json, at.at, "link_failures", port->link_failures);
	json_put_number(at.json, at.at, "queue_id",
			port->options->of[PORT_OPT_QUEUE_ID].num);
	put_mac(&at, "permanent_mac", &port->perm_mac);
	put_port_lacp(&at, port);
}

static void put_aggregator(const struct spot *bond, const struct snap_aggregator *from)
{
	struct spot lacp = { .json = bond->json };

	if (!from) {
		json_put_null(bond->json, bond->at, "lacp");
		return;
	}
	lacp.at = json_put_object(bond->json, bond->at, "lacp");
	json_put_number(lacp.json, lacp.at, "aggregator", from->id);
	json_put_number(lacp.json, lacp.at, "ports", from->n_ports);
	json_put_number(lacp.json, lacp.at, "actor_key", from->actor_key);
	json_put_number(lacp.json, lacp.at, "partner_key", from->partner_key);
	if (hwaddr_is_unicast(&from->partner_mac))
		put_mac(&lacp, "partner_mac", &from->partner_mac);
	else
		json_put_null(lacp.json, lacp.at, "partner_mac");
}

static void put_bond(const struct spot *spot, const struct status *status,
		     const struct status_link *link)
{
	struct spot at = { .json = spot->json };
	struct json_object *ports;

	if (!link->link || !link->link->bond) {
		json_put_null(spot->json, spot->at, "bond");
		return;
	}
	at.at = json_put_object(spot->json, spot->at, "bond");
	json_put_text(at.json, at.at, "mode",
		      bond_mode_name(bond_values_mode(link->link->bond)));
	json_put_text(at.json, at.at, "active",
		      status_port_name(link->link, BOND_OPT_ACTIVE_SLAVE));
	json_put_text(at.json, at.at, "primary",
		      status_port_name(link->link, BOND_OPT_PRIMARY));
	ports = json_put_list(at.json, at.at, "ports");
	for (size_t i = 0; i < status->n; i++)
		if (status->links[i]->master == link)
			json_put_text(at.json, ports, NULL, status->links[i]->name);
	put_aggregator(&at, link->link->aggregator);
}

static void put_route(const struct ip *gateway, uint32_t metric, void *arg)
{
	const struct spot *list = arg;
	struct json_object *route = json_put_object(list->json, list->at, NULL);
	char text[IP_TEXT_MAX];

	json_put_text(list->json, route, "gateway",
		      ip_is_set(gateway) ? ip_format(gateway, text) : NULL);
	json_put_number(list->json, route, "metric", metric);
}

static void put_addrs(const struct spot *spot, const struct status *status,
		      const struct status_link *link)
{
	struct json_object *list = json_put_list(spot->json, spot->at, "addresses");
	struct spot routes = { .json = spot->json };
	char text[IP_TEXT_MAX];

	for (const struct snap_addr *addr = link->link ? link->link->addrs : NULL; addr;
	     addr = addr->next)
		json_put_text(spot->json, list, NULL,
			      ip_format_prefix(&addr->addr, addr->prefix_len, text));
	routes.at = json_put_list(spot->json, spot->at, "default_routes");
	status_default_routes(status, link, put_route, &routes);
}

/* Data of a link that exists. */
static void put_kernel(const struct spot *spot, const struct status_link *link)
{
	static const struct snap_link nothing = { .name = "" };
	const struct snap_link *from = link->link ? link->link : &nothing;
	struct json *json = spot->json;

	json_put_bool(json, spot->at, "exists", link->link);
	json_put_bool(json, spot->at, "up", from->flags & IFF_UP);
	json_put_bool(json, spot->at, "carrier", from->carrier);
	if (link->link)
		json_put_number(json, spot->at, "mtu", from->mtu);
	else
		json_put_null(json, spot->at, "mtu");
	put_mac(spot, "mac", &from->mac);
	if (link->speed.mbps)
		json_put_number(json, spot->at, "speed_mbps", link->speed.mbps);
	else
		json_put_null(json, spot->at, "speed_mbps");
	json_put_text(json, spot->at, "duplex", link_speed_duplex(&link->speed));
	if (from->vlan)
		json_put_number(json, spot->at, "vlan_id", from->vlan->id);
	else
		json_put_null(json, spot->at, "vlan_id");
}

static void put_problems(const struct spot *spot, const struct status_link *link)
{
	struct json_object *list = json_put_list(spot->json, spot->at, "problems");

	for (size_t i = 0; i < link->n_problems; i++)
		json_put_text(spot->json, list, NULL, link->problems[i]);
}

static void put_link(const struct spot *list, const struct status *status,
		     const struct status_link *link)
{
	struct spot at = { list->json, json_put_object(list->json, list->at, NULL) };

	json_put_text(at.json, at.at, "name", link->name);
	json_put_text(at.json, at.at, "kind", status_kind(link));
	json_put_text(at.json, at.at, "health", health_word(link->health));
	json_put_bool(at.json, at.at, "counts", link->counts);
	put_problems(&at, link);
	json_put_text(at.json, at.at, "note", link->note);
	json_put_bool(at.json, at.at, "configured", link->is_configured);
	json_put_bool(at.json, at.at, "wanted", link->iface);
	json_put_bool(at.json, at.at, "free", link->is_free);
	json_put_number(at.json, at.at, "changes", (int64_t)link->n_changes);
	put_kernel(&at, link);
	json_put_text(at.json, at.at, "master", link->master ? link->master->name : NULL);
	json_put_text(at.json, at.at, "parent", link->parent ? link->parent->name : NULL);
	put_addrs(&at, status, link);
	put_bond(&at, status, link);
	put_port(&at, link->link ? link->link->port : NULL);
}

void status_print_json(const struct status *status, FILE *out)
{
	_cleanup_json_ struct json json = json_new();
	struct spot list = { .json = &json };

	json_put_number(&json, json.root, "version", SCHEMA_VERSION);
	json_put_text(&json, json.root, "health", health_word(status->health));
	json_put_text(&json, json.root, "error", status->error);
	list.at = json_put_list(&json, json.root, "interfaces");
	for (size_t i = 0; i < status->n; i++)
		if (status->links[i]->is_shown)
			put_link(&list, status, status->links[i]);
	json_print(&json, out);
}
