/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The figures of a status. */
#include "lib/ctl/status-metrics.h"

bool metric_is_of(const struct metric *metric, const struct status_link *link)
{
	if (!link->is_shown)
		return false;
	switch (metric->scope) {
	case METRIC_HOST:
		return false;
	case METRIC_INTERFACE:
		return status_is_lasting(link);
	case METRIC_BOND:
		return status_is_bond(link);
	case METRIC_PORT:
		return status_is_port(link);
	}
	return false;
}

/* ---- the host ---- */

static bool health(const struct status *status, const struct status_link *link,
		   int64_t *ret)
{
	*ret = link ? link->health : status->health;
	return true;
}

/* ---- an interface ---- */

static bool port_is_active(const struct status *status, const struct status_link *link,
			   int64_t *ret)
{
	(void)status;
	*ret = status_is_up(link);
	return true;
}

static bool carrier(const struct status *status, const struct status_link *link,
		    int64_t *ret)
{
	(void)status;
	*ret = status_is_up(link) && link->link->carrier;
	return true;
}

/* Those of a port are steps of its bond. */
static bool changes(const struct status *status, const struct status_link *link,
		    int64_t *ret)
{
	(void)status;
	*ret = (int64_t)link->n_changes;
	return link->is_configured && !status_is_port(link) &&
	       !(link->iface && iface_is_port(link->iface));
}

static bool file_errors(const struct status *status, const struct status_link *link,
			int64_t *ret)
{
	(void)status;
	*ret = link->has_errors;
	return link->is_configured;
}

/* ---- a bond ---- */

static int64_t count_ports(const struct status *status, const struct status_link *bond,
			   bool (*is_counted)(const struct status_link *port))
{
	int64_t n = 0;

	for (size_t i = 0; i < status->n; i++)
		n += status->links[i]->master == bond && is_counted(status->links[i]);
	return n;
}

static bool port_is_there(const struct status_link *port)
{
	return port->link;
}

static bool port_has_carrier(const struct status_link *port)
{
	return status_is_up(port) && port->link->carrier;
}

/* As the driver sees it; without link monitoring, that is always so. */
static bool port_is_usable(const struct status_link *port)
{
	return port_has_carrier(port) && port->link->port &&
	       port->link->port->mii_status == 0;
}

static bool ports(const struct status *status, const struct status_link *link,
		  int64_t *ret)
{
	*ret = count_ports(status, link, port_is_there);
	return true;
}

static bool ports_configured(const struct status *status, const struct status_link *link,
			     int64_t *ret)
{
	(void)status;
	*ret = link->iface ? (int64_t)link->iface->n_ports : 0;
	return link->iface && link->iface->kind == IFACE_BOND;
}

static bool ports_with_carrier(const struct status *status,
			       const struct status_link *link, int64_t *ret)
{
	*ret = count_ports(status, link, port_has_carrier);
	return true;
}

static bool ports_up(const struct status *status, const struct status_link *link,
		     int64_t *ret)
{
	*ret = count_ports(status, link, port_is_usable);
	return true;
}

/* As many as the files name; of a bond without a file, as many as it has. */
static bool ports_wanted(const struct status *status, const struct status_link *link,
			 int64_t *ret)
{
	return ports_configured(status, link, ret) || ports(status, link, ret);
}

static bool lacp_partner(const struct status *status, const struct status_link *link,
			 int64_t *ret)
{
	const struct snap_aggregator *aggregator = link->link->aggregator;

	(void)status;
	*ret = aggregator && hwaddr_is_unicast(&aggregator->partner_mac);
	return aggregator;
}

static bool lacp_ports(const struct status *status, const struct status_link *link,
		       int64_t *ret)
{
	const struct snap_aggregator *aggregator = link->link->aggregator;

	(void)status;
	*ret = aggregator ? aggregator->n_ports : 0;
	return aggregator;
}

/* ---- a port ---- */

static bool port_up(const struct status *status, const struct status_link *link,
		    int64_t *ret)
{
	(void)status;
	*ret = port_is_usable(link);
	return true;
}

static bool port_active(const struct status *status, const struct status_link *link,
			int64_t *ret)
{
	(void)status;
	*ret = link->link->port->state == 0;
	return true;
}

static bool port_failures(const struct status *status, const struct status_link *link,
			  int64_t *ret)
{
	(void)status;
	*ret = link->link->port->link_failures;
	return true;
}

static bool port_lacp(const struct status *status, const struct status_link *link,
		      int64_t *ret)
{
	const struct snap_port *port = link->link->port;
	const struct snap_aggregator *aggregator = link->master->link->aggregator;
	const uint8_t both = LACP_COLLECTING | LACP_DISTRIBUTING;

	(void)status;
	*ret = aggregator && port->lacp.aggregator_id == aggregator->id &&
	       (port->lacp.actor_state & port->lacp.partner_state & both) == both;
	return port->has_lacp;
}

/* ---- all of them ---- */

const struct metric metrics[] = {
	{ .name = "health",
	  .help = "Health of the host: 0 good, 1 degraded, 2 down, 3 unknown.",
	  .value = health },
	{ .name = "interface_health",
	  .help = "Health of the interface: 0 good, 1 degraded, 2 down.",
	  .scope = METRIC_INTERFACE,
	  .value = health },
	{ .name = "interface_up",
	  .help = "Whether the interface exists and is up.",
	  .scope = METRIC_INTERFACE,
	  .value = port_is_active },
	{ .name = "interface_carrier",
	  .help = "Whether the interface is up and has a carrier.",
	  .scope = METRIC_INTERFACE,
	  .value = carrier },
	{ .name = "interface_pending_changes",
	  .help = "Steps that ifup would take, as the kernel differs from the files.",
	  .scope = METRIC_INTERFACE,
	  .value = changes,
	  .label = "changes" },
	{ .name = "interface_file_errors",
	  .help = "Whether the files of the interface have errors.",
	  .scope = METRIC_INTERFACE,
	  .value = file_errors },
	{ .name = "ports",
	  .help = "Ports that the bond has.",
	  .scope = METRIC_BOND,
	  .value = ports,
	  .label = "ports" },
	{ .name = "ports_configured",
	  .help = "Ports that the files give to the bond at boot.",
	  .scope = METRIC_BOND,
	  .value = ports_configured },
	{ .name = "ports_with_carrier",
	  .help = "Ports of the bond that are up and have a carrier.",
	  .scope = METRIC_BOND,
	  .value = ports_with_carrier },
	{ .name = "ports_up",
	  .help = "Ports that have a carrier and are up for the driver's monitor.",
	  .scope = METRIC_BOND,
	  .value = ports_up,
	  .label = "ports_up",
	  .wanted = ports_wanted },
	{ .name = "lacp_partner",
	  .help = "Whether the bond in mode 802.3ad has an LACP partner.",
	  .scope = METRIC_BOND,
	  .value = lacp_partner },
	{ .name = "lacp_ports",
	  .help = "Ports of the aggregator that the bond in mode 802.3ad uses.",
	  .scope = METRIC_BOND,
	  .value = lacp_ports,
	  .label = "lacp_ports",
	  .wanted = ports_wanted },
	{ .name = "port_up",
	  .help = "Whether the port has a carrier and is up for the driver's monitor.",
	  .scope = METRIC_PORT,
	  .value = port_up },
	{ .name = "port_active",
	  .help = "Whether the bond uses the port now: it is not a backup.",
	  .scope = METRIC_PORT,
	  .value = port_active },
	{ .name = "port_link_failures_total",
	  .help = "Times that the driver's monitor saw the link of the port fail.",
	  .scope = METRIC_PORT,
	  .is_counter = true,
	  .value = port_failures,
	  .label = "link_failures" },
	{ .name = "port_lacp_up",
	  .help = "Whether both sides collect and distribute in the bond's aggregator.",
	  .scope = METRIC_PORT,
	  .value = port_lacp },
	{ 0 },
};
