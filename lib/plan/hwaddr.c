/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HWADDR as a guard: a name that has moved to another card must not bring that one up. */
#include "lib/plan/hwaddr.h"

#include <string.h>

bool hwaddr_fits(const struct iface *iface, const struct snap_link *link)
{
	const struct hwaddr *wanted = iface->hwaddr ? &iface->hwaddr->mac : NULL;

	if (!wanted || snap_mac_equal(&link->perm_mac, wanted))
		return true;
	if (link->port)
		return false;
	if (snap_mac_equal(&link->mac, wanted))
		return true;
	return iface->mac_wish == MAC_GIVEN && hwaddr_equal(&iface->mac, &link->mac) &&
	       hwaddr_equal(&link->perm_mac, &link->mac);
}

void hwaddr_tell_misfit(struct planner *p, enum diag_grade grade,
			const struct iface *iface, const struct snap_link *link)
{
	const struct snap_link *owner =
		snapshot_link_by_mac(p->have, &iface->hwaddr->mac);
	char wanted[HWADDR_TEXT_MAX], there[HWADDR_TEXT_MAX];

	diag_add(p->diag, grade, iface->hwaddr->pos,
		 "HWADDR=%s is not the address of %s, which is %s: %s is left alone",
		 hwaddr_format(&iface->hwaddr->mac, wanted), link->name,
		 hwaddr_format(&link->perm_mac, there), link->name);
	if (owner)
		diag_hint(p->diag, "%s has it: correct DEVICE or HWADDR", owner->name);
	else
		diag_hint(p->diag, "no interface has it: correct HWADDR, or remove it");
}

void hwaddr_hint_missing(struct planner *p, const struct iface *iface,
			 const char *otherwise)
{
	const struct snap_link *owner =
		iface->hwaddr ? snapshot_link_by_mac(p->have, &iface->hwaddr->mac) : NULL;

	if (owner)
		diag_hint(
			p->diag,
			"%s has its HWADDR: write DEVICE=%s, or give it the name %s in a "
			"systemd.link(5) file",
			owner->name, owner->name, iface->name);
	else
		diag_hint(p->diag, "%s", otherwise);
}
