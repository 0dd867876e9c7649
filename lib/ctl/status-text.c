/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The status as a tree, for people. A port is drawn below its bond or bridge, a VLAN
 * below its parent, unless it is a port.
 */
#include <inttypes.h>
#include <net/if.h>
#include <stdarg.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/terminal.h"
#include "lib/ctl/status.h"

enum colour { PLAIN, GREEN, YELLOW, RED, BOLD };

static const char *const colours[] = {
	[PLAIN] = "",       [GREEN] = COLOUR_GREEN, [YELLOW] = COLOUR_YELLOW,
	[RED] = COLOUR_RED, [BOLD] = COLOUR_BOLD,
};

/* struct glyphs - the characters of a tree, all of one width */
struct glyphs {
	const char *child, *last, *line, *none;
};

static const struct glyphs utf8_glyphs = { "├─ ", "└─ ", "│  ", "   " };
static const struct glyphs ascii_glyphs = { "|- ", "`- ", "|  ", "   " };

/**
 * struct printer - the output
 * @column: the position of the cursor
 * @pending: the beginning of the line as long as nothing follows it; else NULL
 * @indent: the beginning of continuation lines
 * @is_first: the next phrase is the first of its line
 */
struct printer {
	const struct status *status;
	const struct status_style *style;
	const struct glyphs *glyphs;
	struct strbuf *out;
	size_t column;
	const char *pending;
	const char *indent;
	bool is_first;
};

static void put_visible(struct printer *printer, const char *text)
{
	strbuf_add_visible(printer->out, text);
	printer->column += text_width(text);
}

static void begin_line(struct printer *printer, const char *begin)
{
	printer->column = 0;
	printer->is_first = true;
	printer->pending = begin;
}

/* An empty line is omitted. */
static void end_line(struct printer *printer)
{
	if (!printer->pending)
		strbuf_addc(printer->out, '\n');
}

/* After a separator, or on a new line if the width requires it. */
static void put_word(struct printer *printer, const char *separator, enum colour colour,
		     const char *text)
{
	const bool has_colour = printer->style->has_colours && colour != PLAIN;
	size_t end;

	if (printer->pending)
		put_visible(printer, TAKE_PTR(printer->pending));
	end = printer->column + text_width(separator) + text_width(text) +
	      1; /* for a comma */
	if (printer->style->width && end > printer->style->width && !printer->is_first) {
		put_visible(printer, *separator == ',' ? "," : "");
		end_line(printer);
		printer->column = 0;
		put_visible(printer, printer->indent);
		put_visible(printer, "  ");
	} else if (!printer->is_first) {
		put_visible(printer, separator);
	}
	printer->is_first = false;
	if (has_colour)
		strbuf_add(printer->out, colours[colour]);
	put_visible(printer, text);
	if (has_colour)
		strbuf_add(printer->out, COLOUR_END);
}

static void phrase(struct printer *printer, const char *fmt, ...) _printf_(2, 3);

static void phrase(struct printer *printer, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), _(fmt), args);
	va_end(args);
	put_word(printer, ", ", PLAIN, text);
}

/* ---- one interface ---- */

static void put_bond(struct printer *printer, const struct snap_link *bond)
{
	const char *active = status_port_name(bond, BOND_OPT_ACTIVE_SLAVE);
	const char *primary = status_port_name(bond, BOND_OPT_PRIMARY);
	char mac[HWADDR_TEXT_MAX];

	phrase(printer, "mode %s", bond_mode_name(bond_values_mode(snap_bond(bond))));
	if (active)
		phrase(printer, "active %s", active);
	if (primary)
		phrase(printer, "primary %s", primary);
	if (!bond->aggregator)
		return;
	phrase(printer,
	       language_plural("aggregator %u with %u port",
			       "aggregator %u with %u ports", bond->aggregator->n_ports),
	       bond->aggregator->id, bond->aggregator->n_ports);
	if (hwaddr_is_unicast(&bond->aggregator->partner_mac))
		phrase(printer, "partner %s",
		       hwaddr_format(&bond->aggregator->partner_mac, mac));
}

static void put_monitor(struct printer *printer, const struct snap_port *port)
{
	phrase(printer, "link %s", status_mii_word(port->mii_status));
	phrase(printer,
	       language_plural("%" PRIu32 " link failure", "%" PRIu32 " link failures",
			       port->link_failures),
	       port->link_failures);
}

static void put_port(struct printer *printer, const struct snap_port *port,
		     const struct snap_link *bond)
{
	const int64_t queue_id = port->options->of[PORT_OPT_QUEUE_ID].num;
	char mac[HWADDR_TEXT_MAX];

	phrase(printer, "%s", port->state ? _("backup") : _("active"));
	if (status_is_watched(bond) || port->mii_status != 0)
		put_monitor(printer, port);
	else
		phrase(printer, "link not monitored");
	if (port->perm_mac.len)
		phrase(printer, "permanent MAC %s", hwaddr_format(&port->perm_mac, mac));
	if (queue_id)
		phrase(printer, "queue %" PRId64, queue_id);
	if (port->has_lacp)
		phrase(printer, "aggregator %u", port->lacp.aggregator_id);
}

static enum colour state_colour(enum health health)
{
	static const enum colour by_health[] = {
		[HEALTH_GOOD] = GREEN,
		[HEALTH_DEGRADED] = YELLOW,
		[HEALTH_DOWN] = RED,
		[HEALTH_UNKNOWN] = PLAIN,
	};

	return by_health[health];
}

static void put_state(struct printer *printer, const struct status_link *link)
{
	const char *word = _(health_word(link->health));

	if (link->health == HEALTH_GOOD && status_has_no_link(link))
		word = _("up");
	else if (link->health == HEALTH_GOOD && !link->link)
		word = _("not there");
	else if (link->is_free)
		word = _("free");
	else if (link->health == HEALTH_GOOD)
		word = link->link->flags & IFF_UP ? _("up") : _("off");
	put_word(printer, "  ",
		 status_is_up(link) || link->health ? state_colour(link->health) : PLAIN,
		 word);
}

static void put_speed(struct printer *printer, const struct link_speed *speed)
{
	const char *duplex = link_speed_duplex(speed);

	if (speed->mbps && duplex)
		phrase(printer, "%" PRIu32 " Mb/s %s duplex", speed->mbps, duplex);
	else if (speed->mbps)
		phrase(printer, "%" PRIu32 " Mb/s", speed->mbps);
}

static void put_head(struct printer *printer, const struct status_link *link)
{
	char mac[HWADDR_TEXT_MAX];

	put_word(printer, "", BOLD, link->name);
	put_state(printer, link);
	if (link->link || link->iface)
		put_word(printer, "  ", PLAIN, status_kind(link));
	if (!link->is_configured && !link->is_free)
		phrase(printer, "no file");
	if (link->is_configured && !link->iface && !link->has_errors)
		put_word(printer, link->link ? ", " : "  ", PLAIN,
			 _("not started at boot"));
	if (!link->link)
		return;
	if (link->link->vlan)
		phrase(printer, "id %u", link->link->vlan->id);
	if (link->parent)
		phrase(printer, "on %s", link->parent->name);
	if (snap_bond(link->link))
		put_bond(printer, link->link);
	if (status_is_port(link))
		put_port(printer, link->link->port, link->master->link);
	if (link->is_free && status_is_up(link))
		phrase(printer, link->link->carrier ? "carrier" : _("no carrier"));
	put_speed(printer, &link->speed);
	if (!link->link->port && link->link->mac.len)
		phrase(printer, "MAC %s", hwaddr_format(&link->link->mac, mac));
	if (!link->link->port)
		phrase(printer, "MTU %" PRIu32, link->link->mtu);
}

static void put_route(const struct ip *gateway, uint32_t metric, void *arg)
{
	struct printer *printer = arg;
	char text[IP_TEXT_MAX], how[sizeof(" metric 4294967295")] = "";

	if (metric)
		snprintf(how, sizeof(how), " metric %" PRIu32, metric);
	phrase(printer, "default%s%s%s", ip_is_set(gateway) ? " via " : " route",
	       ip_is_set(gateway) ? ip_format(gateway, text) : "", how);
}

static void put_addrs(struct printer *printer, const struct status_link *link)
{
	char text[SNAP_ADDR_TEXT_MAX];

	begin_line(printer, printer->indent);
	for (const struct snap_addr *addr = link->link->addrs; addr; addr = addr->next)
		phrase(printer, "%s", snap_addr_format(addr, text));
	status_default_routes(printer->status, link, put_route, printer);
	end_line(printer);
}

static void put_lacp_word(const char *word, void *arg)
{
	put_word(arg, " ", PLAIN, word);
}

static void put_lacp(struct printer *printer, const char *side, uint8_t state)
{
	begin_line(printer, printer->indent);
	put_word(printer, "", PLAIN, side);
	status_lacp_words(state, put_lacp_word, printer);
	end_line(printer);
}

/* Broken at blanks. */
static void put_words(struct printer *printer, const char *text)
{
	while (*text) {
		_cleanup_strbuf_ struct strbuf word = STRBUF_EMPTY;
		size_t len = strcspn(text, " ");

		strbuf_addn(&word, text, len);
		put_word(printer, " ", PLAIN, strbuf_text(&word));
		text += len + (text[len] == ' ');
	}
}

static void put_problem(struct printer *printer, const struct status_link *link,
			const char *problem)
{
	begin_line(printer, printer->indent);
	put_word(printer, "", state_colour(link->health), "!");
	put_words(printer, problem);
	end_line(printer);
}

static void put_note(struct printer *printer, const char *note)
{
	begin_line(printer, printer->indent);
	put_word(printer, "", PLAIN, _("note:"));
	put_words(printer, note);
	end_line(printer);
}

static void put_link(struct printer *printer, const struct status_link *link)
{
	put_head(printer, link);
	end_line(printer);
	if (link->link)
		put_addrs(printer, link);
	if (link->link && link->link->port && link->link->port->has_lacp) {
		put_lacp(printer, "actor:", link->link->port->lacp.actor_state);
		put_lacp(printer, "partner:", link->link->port->lacp.partner_state);
	}
	for (size_t i = 0; i < link->n_problems; i++)
		put_problem(printer, link, link->problems[i]);
	if (link->note)
		put_note(printer, link->note);
}

/* ---- the tree ---- */

/* The link below which it is drawn; NULL for none. */
static const struct status_link *drawn_below(const struct status_link *link)
{
	if (link->home && link->home->is_shown)
		return link->home;
	return link->parent && link->parent->is_shown ? link->parent : NULL;
}

/*
 * The next one after @from that is drawn there; @from is advanced. There are two passes,
 * as ports come first.
 */
static const struct status_link *next_below(const struct status *status,
					    const struct status_link *above, size_t *from)
{
	while (*from < 2 * status->n) {
		const bool second = *from >= status->n;
		const struct status_link *link =
			status->links[*from - (second ? status->n : 0)];
		const bool is_port = above && link->home == above;

		++*from;
		if (link->is_shown && drawn_below(link) == above && is_port != second)
			return link;
	}
	return NULL;
}

static void put_below(struct printer *printer, const struct status_link *above,
		      const char *indent);

/* @begin: for its first line, @indent: for all others. */
static void put_tree(struct printer *printer, const struct status_link *link,
		     const char *begin, const char *indent)
{
	_cleanup_strbuf_ struct strbuf lines = STRBUF_EMPTY;
	size_t from = 0;
	const bool has_more = next_below(printer->status, link, &from);

	strbuf_add(&lines, indent);
	strbuf_add(&lines, has_more ? printer->glyphs->line : printer->glyphs->none);
	printer->indent = strbuf_text(&lines);
	begin_line(printer, begin);
	put_link(printer, link);
	put_below(printer, link, indent);
}

static void put_below(struct printer *printer, const struct status_link *above,
		      const char *indent)
{
	size_t from = 0;
	const struct status_link *link = next_below(printer->status, above, &from), *next;

	for (; link; link = next) {
		_cleanup_strbuf_ struct strbuf begin = STRBUF_EMPTY, rest = STRBUF_EMPTY;

		next = next_below(printer->status, above, &from);
		strbuf_addf(&begin, "%s%s", indent,
			    next ? printer->glyphs->child : printer->glyphs->last);
		strbuf_addf(&rest, "%s%s", indent,
			    next ? printer->glyphs->line : printer->glyphs->none);
		put_tree(printer, link, strbuf_text(&begin), strbuf_text(&rest));
	}
}

void status_print(const struct status *status, const struct status_style *style,
		  struct strbuf *out)
{
	struct printer printer = { .status = status,
				   .style = style,
				   .glyphs =
					   style->has_utf8 ? &utf8_glyphs : &ascii_glyphs,
				   .out = out };
	_cleanup_strbuf_ struct strbuf why = STRBUF_EMPTY;
	const struct status_link *link;
	size_t from = 0;

	while ((link = next_below(status, NULL, &from)))
		put_tree(&printer, link, "", "");
	printer.indent = "";
	begin_line(&printer, "");
	put_word(&printer, "", PLAIN, _("health:"));
	put_word(&printer, " ", state_colour(status->health),
		 _(health_word(status->health)));
	if (status->error) {
		strbuf_addf(&why, "(%s)", status->error);
		put_words(&printer, strbuf_text(&why));
	}
	end_line(&printer);
}
