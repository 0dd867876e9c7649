/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that ifup would refuse or ignore, plus what goes wrong in practice: rows of
 * a table here for interfaces, and of another in lint-files.c for files.
 */
#include "lib/ctl/lint.h"

#include <errno.h>
#include <string.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/ctl/cards.h"
#include "lib/ctl/lint-files.h"
#include "lib/files/ifcfg-dir.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/judge.h"
#include "lib/files/key-slips.h"
#include "lib/files/loader.h"
#include "lib/files/relate.h"
#include "lib/snapshot/card.h"

/* Larger than any file of a card in sysfs. */
#define SYSFS_MAX 4096

/* ---- interfaces ---- */

static bool is_bond_iface(const struct iface *iface)
{
	return iface->kind == IFACE_BOND && iface->options;
}

/* For a bond without a file, the missing file is the only message. */
static bool has_bond_mode(const struct iface *iface, unsigned int modes)
{
	return is_bond_iface(iface) && iface->file &&
	       modes & 1U << bond_values_mode(iface->options);
}

#define MODE(name) (1U << BOND_MODE_##name)

/*
 * A port whose MASTER is missing, has a typo, or names something that only ports refer
 * to.
 */
static bool lost_its_bond(const struct ifcfg *file, const struct ifcfg_dir *dir)
{
	const char *slave = ifcfg_own_value(file, "SLAVE");

	if (file->master)
		return !ifcfg_dir_find(dir, FIND_DEVICE, file->master).n ||
		       ifcfg_dir_find(dir, FIND_DEVICE, file->master).files[0]->master;
	return iface_is_lost(file, "MASTER") || (slave && ifcfg_is_true(slave));
}

/*
 * Whether there may be more ports than the valid ones, which is reported with their
 * files.
 */
static bool is_named_in_vain(const struct iface *bond, const struct ifcfg_dir *dir)
{
	for (size_t i = 0; i < dir->n; i++) {
		const struct ifcfg *file = &dir->files[i];

		if (file->instead && file->master &&
		    strcmp(file->master, bond->name) == 0)
			return true;
		if (!file->ignored && lost_its_bond(file, dir))
			return true;
	}
	return false;
}

static bool lacks_ports(const struct iface *iface, const struct lint *lint)
{
	return is_bond_iface(iface) && !iface->n_ports &&
	       !is_named_in_vain(iface, lint->dir);
}

static bool has_one_port(const struct iface *iface, const struct lint *lint)
{
	return is_bond_iface(iface) && iface->file && iface->n_ports == 1 &&
	       !is_named_in_vain(iface, lint->dir);
}

static bool needs_port_group(const struct iface *iface, const struct lint *lint)
{
	(void)lint;
	return has_bond_mode(iface, MODE(BALANCE_RR) | MODE(BALANCE_XOR));
}

static bool needs_lacp(const struct iface *iface, const struct lint *lint)
{
	(void)lint;
	return has_bond_mode(iface, MODE(802_3AD));
}

static bool copies_frames(const struct iface *iface, const struct lint *lint)
{
	(void)lint;
	return has_bond_mode(iface, MODE(BROADCAST));
}

static bool is_on_virtual_cards(const struct iface *iface, const struct lint *lint)
{
	const struct option_value *mac;

	if (!lint->cards || !has_bond_mode(iface, MODE(ACTIVE_BACKUP)))
		return false;
	mac = &iface->options->of[BOND_OPT_FAIL_OVER_MAC];
	if (mac->is_set && mac->num)
		return false;
	for (size_t i = 0; i < iface->n_ports; i++)
		if (card_is_virtual(lint->cards, iface->ports[i]->name))
			return true;
	return false;
}

static bool card_has_carrier(const char *cards, const char *name)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY, text = STRBUF_EMPTY;

	strbuf_addf(&path, "%s/%s/carrier", cards, name);
	return file_read(strbuf_text(&path), SYSFS_MAX, &text, NULL) == 0 &&
	       strbuf_text(&text)[0] == '1';
}

/* A card that is down, or without a cable, has no speed yet. */
static void lint_speeds(const struct lint *lint, const struct iface *bond,
			struct diag *diag)
{
	if (!lint->cards || !has_bond_mode(bond, MODE(802_3AD)))
		return;
	for (size_t i = 0; i < bond->n_ports; i++) {
		const struct iface *port = bond->ports[i];
		struct link_speed speed;
		const char *flaw;

		if (!card_has_carrier(lint->cards, port->name))
			continue;
		speed = lint->speed(port->name);
		flaw = link_speed_flaw(&speed);
		if (!flaw)
			continue;
		diag_warning(diag, port->pos,
			     "port %s of %s %s: the driver cannot aggregate it",
			     port->name, bond->name, flaw);
		diag_hint(diag, "%s", LINK_SPEED_HINT);
	}
}

/* No port is left when the card fails. */
static void lint_card(const struct lint *lint, const struct iface *bond,
		      struct diag *diag)
{
	_cleanup_card_shared_ struct card_shared shared = { 0 };
	const char *place;

	if (!lint->cards || !is_bond_iface(bond))
		return;
	for (size_t i = 0; i < bond->n_ports; i++)
		card_shared_add(&shared, lint->cards, bond->ports[i]->name);
	place = card_shared_by_all(&shared);
	if (!place)
		return;
	diag_notice(
		diag, bond->options_pos,
		"%s has all its ports on one network card, %s, and is down if that fails",
		bond->name, place);
	diag_hint(diag, "use a port of another card, so that the bond survives if a card "
			"fails");
}

/* The messages begin with the interface's name. */
static const struct {
	bool (*applies)(const struct iface *iface, const struct lint *lint);
	enum diag_grade grade;
	const char *what, *hint;
} iface_rules[] = {
	{ lacks_ports, DIAG_WARNING, N_("has no ports"),
	  N_("write MASTER= and SLAVE=yes into the files of its ports") },
	{ has_one_port, DIAG_NOTICE, N_("has one port only, and nothing to fail over to"),
	  N_("write MASTER= and SLAVE=yes into the file of another port") },
	{ needs_port_group, DIAG_NOTICE,
	  N_("is in a mode that needs a static group of ports (EtherChannel) on the "
	     "switch"),
	  N_("mode=active-backup works with any switch") },
	{ needs_lacp, DIAG_NOTICE,
	  N_("is in a mode that needs LACP on the ports of the switch"),
	  N_("mode=active-backup works with any switch") },
	{ copies_frames, DIAG_NOTICE,
	  N_("sends each frame through all ports, which belong to separate networks"),
	  N_("mode=active-backup works with any switch") },
	{ is_on_virtual_cards, DIAG_NOTICE,
	  N_("fails over between cards of a virtual machine with one MAC address for "
	     "both, "
	     "which many virtual switches refuse"),
	  N_("add fail_over_mac=active to BONDING_OPTS, or have the virtual switch allow "
	     "it") },
};

static void lint_iface(const struct lint *lint, const struct iface *iface,
		       struct diag *diag)
{
	for (size_t i = 0; i < ARRAY_SIZE(iface_rules); i++) {
		if (!iface_rules[i].applies(iface, lint))
			continue;
		diag_about(diag, iface->name);
		diag_add(diag, iface_rules[i].grade, iface->options_pos, "%s %s",
			 iface->name, _(iface_rules[i].what));
		diag_hint(diag, "%s", _(iface_rules[i].hint));
	}
	diag_about(diag, iface->name);
	lint_speeds(lint, iface, diag);
	lint_card(lint, iface, diag);
	diag_about(diag, NULL);
}

/* Whether an interface that another file describes brings it along. */
static bool is_peer(const struct model *all, const char *name)
{
	for (size_t i = 0; i < all->n_order; i++)
		if (all->order[i]->peer && strcmp(all->order[i]->peer, name) == 0)
			return true;
	return false;
}

/*
 * A card that is not there: it comes up without it. HWADDR has a message of its own, and what
 * a helper makes need not be there yet.
 */
static void lint_missing(const struct lint *lint, const struct model *all,
			 const struct iface *iface, struct diag *diag)
{
	const bool comes_later = iface->dev_wait_ms || !iface->onboot;

	if (iface->kind != IFACE_ETHERNET || iface->helper || iface->hwaddr ||
	    !iface->file || is_peer(all, iface->name) ||
	    !cards_is_missing(lint->have, iface->name))
		return;
	diag_about(diag, iface->name);
	cards_tell_missing(lint->have, lint->dir, iface->name,
			   comes_later ? DIAG_NOTICE : DIAG_WARNING, iface->pos, diag);
	diag_about(diag, NULL);
}

static void lint_cards(const struct lint *lint, const struct model *all,
		       struct diag *diag)
{
	if (!lint->have)
		return;
	for (size_t i = 0; i < all->n_order; i++) {
		const struct iface *iface = all->order[i];

		lint_missing(lint, all, iface, diag);
		for (size_t k = 0; k < iface->n_ports; k++)
			lint_missing(lint, all, iface->ports[k], diag);
	}
}

/* ---- all checks ---- */

/* All files; and again as they come up at boot, for checks between interfaces. */
static int lint_model(const struct lint *lint, struct diag *diag)
{
	_cleanup_model_ const struct model *all = NULL, *at_boot = NULL;
	_cleanup_diag_ struct diag *again = diag_new();
	struct model_options options = lint->model;
	int r = 0;

	options.at_boot = false;
	r = model_load(&options, NULL, NULL, diag, &all);
	if (r < 0)
		return r;
	for (size_t i = 0; i < all->n_order; i++)
		lint_iface(lint, all->order[i], diag);
	lint_cards(lint, all, diag);
	options.at_boot = true;
	r = model_load(&options, NULL, NULL, again, &at_boot);
	diag_merge_new(diag, again);
	return r;
}

/* Files that are right, and a host without a network after the next boot. */
static void lint_service(const struct ifcfg_dir *dir, struct diag *diag)
{
	const struct shellvar *on = shellvar_get(&dir->global, "NETWORKING");

	if (!on || !ifcfg_is_false(on->value))
		return;
	diag_add(diag, DIAG_NOTICE, on->pos,
		 "NETWORKING=%s: the network service brings up nothing at boot",
		 on->value);
	diag_hint(diag, "write NETWORKING=yes");
}

/* Not seen by the model, which has read the files before. */
static void lint_broken(const struct ifcfg_dir *dir, struct diag *diag)
{
	for (size_t i = 0; i < dir->n; i++)
		if (dir->files[i].is_broken)
			diag_merge_new(diag, ifcfg_findings(&dir->files[i]));
}

int lint(const struct lint *how, struct diag *diag, size_t *ret_files)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	_cleanup_diag_ struct diag *told_by_model = diag_new();
	struct lint lint = *how;
	int r = 0;

	lint.dir = &dir;
	r = ifcfg_dir_read(&how->model, arena, told_by_model, &dir);
	if (r == 0 || r == -ENOENT)
		r = lint_model(&lint, diag); /* which reports that there is none */
	if (r == 0) {
		diag_merge_new(diag, told_by_model);
		lint_broken(&dir, diag);
		lint_files(&lint, &dir, diag);
	}
	if (r == 0)
		lint_service(&dir, diag);
	if (r == 0)
		*ret_files = dir.n;
	diag_sort(diag);
	return r;
}
