/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses that others have set, and that a plan takes along.
 *
 * What is lost shows at the end, where the simulated kernel no longer has it: whether a card
 * became a port, or a link is created again, makes no difference.
 */
#include "lib/plan/lost.h"

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

/* What the kernel gives a link by itself, or a client of ours has brought, is no loss. */
static bool is_of_others(const struct snap_link *made, const struct snap_addr *addr)
{
	const bool is_lasting = addr->flags & IFA_F_PERMANENT;

	if (addr->scope == RT_SCOPE_LINK || addr->scope == RT_SCOPE_HOST)
		return false;
	if (!is_lasting && (addr->addr.family == AF_INET6 || (made && made->clients)))
		return false;
	return !made || !snap_link_addr(made, &addr->addr, addr->prefix_len);
}

/* An address may have moved, from a card to its bond for one. */
static bool is_somewhere(const struct snapshot *sim, const struct ip *ip)
{
	for (size_t i = 0; i < sim->n_links; i++)
		for (const struct snap_addr *addr = sim->links[i]->addrs; addr;
		     addr = addr->next)
			if (ip_equal(&addr->addr, ip))
				return true;
	return false;
}

static void add_lost_addrs(const struct planner *p, const struct snap_link *was,
			   const struct snap_link *now, struct strbuf *out)
{
	const struct snap_link *made = snapshot_link(p->was_made, was->name);
	char text[SNAP_ADDR_TEXT_MAX];

	for (const struct snap_addr *addr = was->addrs; addr; addr = addr->next) {
		if (now && snap_link_addr(now, &addr->addr, addr->prefix_len))
			continue;
		if (is_of_others(made, addr) && !is_somewhere(p->sim, &addr->addr))
			strbuf_addf(out, "%s%s", out->len ? ", " : "",
				    snap_addr_format(addr, text));
	}
}

/* The line that makes it a port, or else its file; none of a link that has no file. */
static struct pos find_pos(const struct model *want, const char *name)
{
	for (size_t i = 0; i < want->n_order; i++) {
		const struct iface *iface = want->order[i];
		const struct iface *port = iface_port(iface, name);

		if (port)
			return port->master_pos;
		if (strcmp(iface->name, name) == 0)
			return iface_is_port(iface) ? iface->master_pos : iface->pos;
	}
	return (struct pos){ 0 };
}

static void note_link(struct planner *p, const struct model *want,
		      const struct snap_link *was)
{
	_cleanup_strbuf_ struct strbuf addrs = STRBUF_EMPTY;
	struct arena *arena = p->plan->owner_arena;
	const struct snap_link *now = planner_link(p, was->name);
	const struct snap_link *master =
		now && now->master ? snapshot_link_by_index(p->sim, now->master) : NULL;
	struct plan_lost lost;

	add_lost_addrs(p, was, now, &addrs);
	p->failed |= addrs.failed;
	if (!addrs.len || p->failed)
		return;
	lost = (struct plan_lost){
		.pos = find_pos(want, was->name),
		.dev = arena_strdup(arena, was->name),
		.master = master ? arena_strdup(arena, master->name) : NULL,
		.addrs = arena_strdup(arena, strbuf_text(&addrs)),
	};
	p->failed |= !lost.dev || (master && !lost.master) || !lost.addrs ||
		     ARENA_PUSH(arena, p->plan->lost, p->plan->n_lost, p->plan->lost_cap,
				lost) < 0;
}

void lost_note(struct planner *p, const struct model *want)
{
	for (size_t i = 0; i < p->have->n_links && p->plan->n && !p->failed; i++)
		if (p->have->links[i]->addrs)
			note_link(p, want, p->have->links[i]);
}

static void tell_lost(const struct plan_lost *lost, struct diag *diag)
{
	if (!lost->master) {
		diag_warning(diag, lost->pos, "%s loses %s, which no ifcfg file names",
			     lost->dev, lost->addrs);
		diag_hint(diag, "if it is needed, add it to an ifcfg file");
		return;
	}
	diag_warning(diag, lost->pos,
		     "%s loses %s, which no ifcfg file names, when it becomes a port of "
		     "%s",
		     lost->dev, lost->addrs, lost->master);
	diag_hint(
		diag,
		"if it is needed, add it to the file of %s; a program that sets it, such "
		"as keepalived, has to use %s instead of %s",
		lost->master, lost->master, lost->dev);
}

void plan_tell_lost(const struct plan *plan, struct diag *diag)
{
	for (size_t i = 0; i < plan->n_lost; i++) {
		diag_about(diag, plan->lost[i].dev);
		tell_lost(&plan->lost[i], diag);
	}
	diag_about(diag, NULL);
}
