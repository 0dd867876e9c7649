/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of network cards by HWADDR, as rename_device of RHEL's initscripts gave them. */
#include "lib/run/card-name.h"

#include <net/if.h>
#include <string.h>

#include "lib/files/ifcfg-keys.h"
#include "lib/files/kind.h"

/* ---- which name ---- */

static bool is_owner_of_ports(const struct ifcfg_dir *dir, const char *device)
{
	return ifcfg_dir_find(dir, FIND_MASTER, device).n ||
	       ifcfg_dir_find(dir, FIND_BRIDGE, device).n;
}

/* What is made has the address of a card at most: cloud-init writes that into its file. */
static bool names_card(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	return !file->ignored && !file->is_broken && !file->is_misnamed && !file->real &&
	       !diag_errors(ifcfg_findings(file)) && ifcfg_own_value(file, "DEVICE") &&
	       !kind_is_written(file) && !is_owner_of_ports(dir, file->device);
}

/* The ports of a bond or bridge come up with that. */
static bool comes_up_with_master(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *onboot = ifcfg_value(dir, file, "ONBOOT");

	return !file->master && !file->bridge && onboot && ifcfg_is_false(onboot);
}

static void tell_contradiction(struct diag *diag, const struct ifcfg *a,
			       const struct ifcfg *b, const struct snap_link *card)
{
	diag_warning(diag, ifcfg_pos(b, "HWADDR"),
		     "%s keeps its name: with this HWADDR, it is %s here and %s in %s",
		     card->name, b->device, a->device, a->path);
	diag_hint(diag, "correct HWADDR, or remove the file that is not needed");
}

/* Better, the same or worse than the best one so far: NULL. */
static const struct ifcfg *better_of(const struct ifcfg_dir *dir,
				     const struct ifcfg *best, const struct ifcfg *file)
{
	if (!best ||
	    (comes_up_with_master(dir, best) && !comes_up_with_master(dir, file)))
		return file;
	if (comes_up_with_master(dir, file) && !comes_up_with_master(dir, best))
		return best;
	return strcmp(best->device, file->device) == 0 ? best : NULL;
}

const struct ifcfg *card_name_file(const struct ifcfg_dir *dir,
				   const struct snapshot *have,
				   const struct snap_link *card, struct diag *diag)
{
	const struct ifcfg *best = NULL, *rival = NULL;
	struct hwaddr mac;

	for (size_t i = 0; i < dir->n; i++) {
		const struct ifcfg *file = &dir->files[i], *better;

		if (!ifcfg_hwaddr(file, &mac) ||
		    snapshot_link_by_mac(have, &mac) != card || !names_card(dir, file))
			continue;
		better = better_of(dir, best, file);
		if (better && better != best)
			rival = NULL;
		if (better)
			best = better;
		else
			rival = file;
	}
	if (rival)
		tell_contradiction(diag, best, rival, card);
	return rival ? NULL : best;
}

/* ---- whether it can have it ---- */

static enum card_move stays_until_down(const struct card_namer *namer,
				       const struct snap_link *card,
				       const struct ifcfg *file,
				       const struct snap_link *up)
{
	diag_warning(namer->diag, ifcfg_pos(file, "HWADDR"),
		     "%s is not renamed to %s: %s is up", card->name, file->device,
		     up->name);
	diag_hint_words(namer->diag,
			"reboot; or `ip link set %s down`, then `ifup --rename`",
			up->name);
	return CARD_STAYS;
}

static enum card_move swap_card_names(const struct card_namer *namer,
				      const struct snap_link *card,
				      const struct ifcfg *file,
				      const struct snap_link *other)
{
	const struct ifcfg *others =
		card_name_file(namer->dir, namer->have, other, namer->diag);
	const struct pos pos = ifcfg_pos(file, "HWADDR");

	if (others && strcmp(others->device, other->name) == 0) {
		diag_warning(namer->diag, pos,
			     "%s is not renamed to %s: that is another card in the files",
			     card->name, other->name);
		return CARD_STAYS;
	}
	if (!snap_link_is_card(other)) {
		diag_warning(namer->diag, pos,
			     "%s is not renamed to %s: that is not a network card",
			     card->name, other->name);
		return CARD_STAYS;
	}
	if (other->flags & IFF_UP)
		return stays_until_down(namer, card, file, other);
	/* Udev's event for it looks for it in sysfs by the name that it has now. */
	return others || namer->is_settled(other) ? CARD_SWAPS : CARD_STAYS;
}

static bool has_alternative_name(const struct snap_link *link, const char *name)
{
	for (const struct snap_name *at = link->altnames; at; at = at->next)
		if (strcmp(at->name, name) == 0)
			return true;
	return false;
}

enum card_move card_name_move(const struct card_namer *namer,
			      const struct snap_link *card, const struct ifcfg *file,
			      struct snap_link **ret_other)
{
	struct snap_link *other = snapshot_link(namer->have, file->device);
	const struct snap_link *alias =
		snapshot_link_by_altname(namer->have, file->device);
	enum card_move move;

	if (other == card || has_alternative_name(card, file->device))
		return CARD_STAYS;
	if (card->flags & IFF_UP)
		return stays_until_down(namer, card, file, card);
	if (alias) {
		diag_warning(namer->diag, ifcfg_pos(file, "HWADDR"),
			     "%s is not renamed to %s: that is an alternative name of %s",
			     card->name, file->device, alias->name);
		return CARD_STAYS;
	}
	if (!other)
		return CARD_MOVES;
	move = swap_card_names(namer, card, file, other);
	if (move == CARD_SWAPS)
		*ret_other = other;
	return move;
}
