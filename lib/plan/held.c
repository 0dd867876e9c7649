/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Interfaces managed by NetworkManager: it would change them back. */
#include "lib/plan/held.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"

static bool is_nic_held(const struct planner *p, const char *name)
{
	const struct snap_link *link = snapshot_link(p->have, name);

	return link && link->nm_managed;
}

static void hint_release(struct planner *p, const char *name)
{
	diag_hint_words(
		p->diag,
		"`nmcli device set %s managed no` releases it; for good: "
		"NM_CONTROLLED=no (plugin ifcfg-rh), "
		"unmanaged-devices=interface-name:%s, or `systemctl disable --now "
		"NetworkManager`",
		name, name);
}

/* @role: its relation to @iface. Return: 0 if it may be changed; -EBUSY (reported). */
static int judge_part(struct planner *p, const struct iface *iface,
		      const struct iface *part, const char *role)
{
	if (!part || !is_nic_held(p, part->name))
		return 0;
	diag_error(p->diag, part->pos,
		   "%s stays as it is, because NetworkManager manages its %s %s",
		   iface->name, _(role), part->name);
	hint_release(p, part->name);
	return -EBUSY;
}

/* ONBOOT=no keeps a port out of its bridge, unless it is a port already. */
static bool stays_out(const struct planner *p, const struct iface *port)
{
	const struct snap_link *nic = snapshot_link(p->have, port->name);

	return iface_is_bridge_port(port) && !port->onboot && nic && !nic->master;
}

static int judge_held_ports(struct planner *p, const struct iface *iface)
{
	int r = 0;

	for (size_t i = 0; i < iface->n_ports; i++)
		if (!stays_out(p, iface->ports[i]) &&
		    judge_part(p, iface, iface->ports[i], N_("port")) < 0)
			r = -EBUSY;
	return r;
}

int held_judge(struct planner *p, const struct iface *iface)
{
	int r = 0;

	if (is_nic_held(p, iface->name)) {
		diag_error(p->diag, iface->pos,
			   "%s stays as it is, because NetworkManager manages it",
			   iface->name);
		hint_release(p, iface->name);
		r = -EBUSY;
	}
	if (judge_held_ports(p, iface) < 0)
		r = -EBUSY;
	if (judge_part(p, iface, iface->master,
		       iface->master ? link_kinds[iface->master->kind].name : NULL) < 0)
		r = -EBUSY;
	return r;
}

int held_judge_up(struct planner *p, const struct iface *iface)
{
	const struct snap_link *parent =
		iface->parent ? snapshot_link(p->have, iface->parent->name) : NULL;
	int r = held_judge(p, iface);

	if (parent && !(parent->flags & IFF_UP) &&
	    judge_part(p, iface, iface->parent, "parent") < 0)
		return -EBUSY;
	return r;
}
