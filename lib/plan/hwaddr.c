/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HWADDR as a guard: a name that has moved to another card must not bring up that card.
 */
#include "lib/plan/hwaddr.h"

#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/typo.h"
#include "lib/model/slip.h"

bool hwaddr_fits(const struct iface *iface, const struct snap_link *link)
{
	const struct hwaddr *wanted = iface->hwaddr ? &iface->hwaddr->mac : NULL;

	if (!wanted || hwaddr_is_same_card(&link->perm_mac, wanted))
		return true;
	if (link->port)
		return false;
	if (hwaddr_is_same_card(&link->mac, wanted))
		return true;
	return iface->mac_wish == MAC_GIVEN && hwaddr_equal(&iface->mac, &link->mac) &&
	       hwaddr_equal(&link->perm_mac, &link->mac);
}

/* Whether the card with that HWADDR has the name of another port. */
static bool is_at_sibling(const struct planner *p, const struct iface *port)
{
	const struct snap_link *card = snapshot_link_by_mac(p->have, &port->hwaddr->mac);

	return card && iface_port(port->master, card->name);
}

const struct iface *hwaddr_swapped_with(const struct planner *p, const struct iface *port,
					const struct snap_link *link)
{
	const struct iface *master = port->master;

	if (!master || hwaddr_fits(port, link) || !is_at_sibling(p, port))
		return NULL;
	for (size_t i = 0; i < master->n_ports; i++)
		if (master->ports[i] != port && master->ports[i]->hwaddr &&
		    hwaddr_is_same_card(&link->perm_mac, &master->ports[i]->hwaddr->mac))
			return master->ports[i];
	return NULL;
}

bool hwaddr_fits_port(struct planner *p, enum diag_grade grade, const struct iface *port,
		      const struct snap_link *link)
{
	const struct iface *other = hwaddr_swapped_with(p, port, link);
	char wanted[HWADDR_TEXT_MAX];

	if (hwaddr_fits(port, link))
		return true;
	if (!other) {
		hwaddr_tell_misfit(p, grade, port, link);
		return false;
	}
	diag_warning(
		p->diag, port->hwaddr->pos,
		"HWADDR=%s is not the address of %s, which has that of %s: the cards "
		"have changed names, and both are ports of %s",
		hwaddr_format(&port->hwaddr->mac, wanted), link->name, other->name,
		port->master_name);
	diag_hint(p->diag,
		  "correct HWADDR in the files of both, or reboot: udev gives the "
		  "cards the names of the files");
	return true;
}

void hwaddr_tell_misfit(struct planner *p, enum diag_grade grade,
			const struct iface *iface, const struct snap_link *link)
{
	const struct snap_link *owner =
		snapshot_link_by_mac(p->have, &iface->hwaddr->mac);
	char wanted[HWADDR_TEXT_MAX], there[HWADDR_TEXT_MAX];

	hwaddr_format(&iface->hwaddr->mac, wanted);
	hwaddr_format(&link->perm_mac, there);
	if (owner) {
		diag_add(p->diag, grade, iface->hwaddr->pos,
			 "HWADDR=%s is the address of %s and not of %s, which is %s: %s "
			 "is "
			 "left alone",
			 wanted, owner->name, link->name, there, link->name);
		diag_hint(p->diag,
			  "the cards may have changed names: while they are down, `ifup "
			  "--rename` gives them those of the files; or correct DEVICE or "
			  "HWADDR");
		return;
	}
	diag_add(p->diag, grade, iface->hwaddr->pos,
		 "HWADDR=%s is not the address of %s, which is %s: %s is left alone",
		 wanted, link->name, there, link->name);
	diag_hint(p->diag, "no interface has it: correct HWADDR, or remove it");
}

static const char *link_name(size_t i, const void *arg)
{
	const struct snapshot *have = arg;

	return have->links[i]->name;
}

/* Suggests ens1 for esn1; but ens2 is a different card. */
static const char *nearest_link(const struct planner *p, const char *name)
{
	const char *nearest = typo_nearest(name, p->have->n_links, link_name, p->have);

	return nearest && !slip_is_sibling(nearest, name) ? nearest : NULL;
}

void hwaddr_hint_missing(struct planner *p, const struct iface *iface,
			 const char *otherwise)
{
	const char *nearest = nearest_link(p, iface->name);
	const char *type = link_type_of_name(iface->name);
	const struct snap_link *owner =
		iface->hwaddr ? snapshot_link_by_mac(p->have, &iface->hwaddr->mac) : NULL;

	if (owner)
		diag_hint(p->diag,
			  "%s has its HWADDR: %s`ifup --rename` names it %s, as udev "
			  "does at "
			  "boot; or write DEVICE=%s",
			  owner->name,
			  owner->flags & IFF_UP ? _("once it is down, ") : "",
			  iface->name, owner->name);
	else if (type && iface->kind == IFACE_ETHERNET)
		diag_hint(p->diag, "write TYPE=%s into its file to have it made", type);
	else if (nearest)
		diag_hint(p->diag, "did you mean '%s'? %s", nearest, otherwise);
	else
		diag_hint(p->diag, "%s%s", otherwise,
			  iface->dev_wait_ms ? "" : _(DEV_TIMEOUT_HINT));
}
