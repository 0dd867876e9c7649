/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Determines the kind of interface a file describes, by one table for all callers. */
#include "lib/files/kind.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/files/helper.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/ipoib.h"
#include "lib/files/key-slips.h"
#include "lib/files/source.h"
#include "lib/files/strangers.h"
#include "lib/files/tun.h"
#include "lib/files/vlan.h"
#include "lib/model/link-kind.h"

/* ---- the file itself ---- */

static bool has_true(const struct ifcfg *file, const char *key)
{
	const char *value = ifcfg_own_value(file, key);

	return value && ifcfg_is_true(value);
}

/* The kind that nothing but TYPE makes; IFACE_KINDS if that says something else. */
static enum iface_kind kind_by_type(const struct ifcfg *file)
{
	const char *type = ifcfg_own_value(file, "TYPE");
	const enum iface_kind kind = type ? link_kind_of_type(type) : IFACE_KINDS;

	return kind < IFACE_KINDS && link_kinds[kind].is_typed ? kind : IFACE_KINDS;
}

/* Kinds of links that are determined only by their TYPE. */
static bool has_type_of_link(const struct ifcfg *file)
{
	return ifcfg_has_type(file, "Bridge") || kind_by_type(file) < IFACE_KINDS ||
	       tun_is_meant(file) || ipoib_is_meant(file);
}

bool kind_has_bond_keys(const struct ifcfg *file)
{
	return ifcfg_has_type(file, "Bond") || has_true(file, "BONDING_MASTER") ||
	       ifcfg_own_value(file, "BONDING_OPTS");
}

bool kind_says_bridge(const struct ifcfg *file)
{
	return ifcfg_has_type(file, "Bridge");
}

bool kind_is_written(const struct ifcfg *file)
{
	return file->is_vlan || has_type_of_link(file) || kind_has_bond_keys(file);
}

bool kind_says_no_bond(const struct ifcfg *file)
{
	return file->is_vlan || has_type_of_link(file);
}

/*
 * A global VLAN=yes makes VLANs of files whose names say the rest; a TYPE takes
 * precedence.
 */
bool kind_is_vlan(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *type = ifcfg_own_value(file, "TYPE");

	if (!vlan_is_meant(dir, file) || !vlan_has_id(file))
		return false;
	if (ifcfg_own_value(file, "VLAN") || ifcfg_has_type(file, "Vlan"))
		return true;
	return !has_type_of_link(file) && !helper_has_type(type) &&
	       (vlan_dot(file->device) || ifcfg_value(dir, file, "PHYSDEV"));
}

/* ---- other files, and the kernel ---- */

/**
 * struct question - the file in question
 * @is_port: of a bond or a bridge
 * @is_named: ports name it as their bond
 * @is_other: the kernel has such an interface, and it is not a bond
 */
struct question {
	struct loader *loader;
	const struct ifcfg *file;
	bool is_port, is_named, is_other;
};

static bool has_slave_ports(const struct question *q)
{
	struct ifcfg_span ports =
		ifcfg_dir_find(&q->loader->dir, FIND_MASTER, q->file->device);

	for (size_t i = 0; i < ports.n; i++)
		if (has_true(ports.files[i], "SLAVE"))
			return true;
	return false;
}

bool kind_is_other(const struct model_options *options, const char *device)
{
	const char *there = host_kind(options, device);

	return there && strcmp(there, "bond") != 0;
}

/* Names that the kernel and udev give to cards; people give bonds other names. */
static bool is_named_like_card(const char *name)
{
	static const char *const stems[] = { "eth", "eno", "ens", "enp",  "enP", "em",
					     "p",   "ib",  "ibp", "wlan", "wlp" };

	for (size_t i = 0; i < ARRAY_SIZE(stems); i++) {
		const size_t len = strlen(stems[i]);

		if (strncmp(name, stems[i], len) == 0 &&
		    isdigit((unsigned char)name[len]))
			return true;
	}
	return strncmp(name, "enx", 3) == 0;
}

bool kind_is_missing(const struct model_options *options, const char *device)
{
	return host_knows_kinds(options) && device && !host_kind(options, device);
}

static struct question ask_about(struct loader *loader, const struct ifcfg *file)
{
	struct question q = { .loader = loader, .file = file };

	q.is_named = ifcfg_dir_find(&loader->dir, FIND_MASTER, file->device).n;
	q.is_port = file->master || file->bridge;
	/*
	 * Bonds are marked on both sides; if only one side has it, the kernel is asked.
	 */
	if (!q.is_named != !kind_has_bond_keys(file))
		q.is_other = kind_is_other(loader->options, file->device);
	/*
	 * On another machine, HWADDR indicates a card, unless ports with SLAVE=yes name
	 * the interface as their MASTER and its name is not that of a card.
	 */
	if (!host_knows_kinds(loader->options) && !kind_has_bond_keys(file))
		q.is_other = ifcfg_own_value(file, "HWADDR") &&
			     (is_named_like_card(file->device) || !has_slave_ports(&q));
	return q;
}

/* ---- the kinds ---- */

static bool says_vlan(const struct question *q)
{
	return q->file->is_vlan;
}

/* Files of bonds that were copied from a bridge's still have TYPE=Bridge. */
static bool is_bond_whatever_type(const struct question *q)
{
	return kind_has_bond_keys(q->file) && has_slave_ports(q);
}

static bool has_type_alone(const struct question *q)
{
	return kind_by_type(q->file) < IFACE_KINDS;
}

static bool says_tap(const struct question *q)
{
	return tun_is_meant(q->file);
}

static bool says_ipoib(const struct question *q)
{
	return ipoib_is_meant(q->file);
}

static bool has_bridge_ports(const struct question *q)
{
	return ifcfg_dir_find(&q->loader->dir, FIND_BRIDGE, q->file->device).n;
}

/*
 * Cobbler writes TYPE=Bridge for cards in a bridge. A bridge cannot be a port, so a card
 * is one; if the kernel cannot be asked, an interface without ports is one.
 */
static bool is_card_in_bridge(const struct question *q)
{
	const char *there;

	if (!q->file->bridge)
		return false;
	if (!host_knows_kinds(q->loader->options))
		return !has_bridge_ports(q);
	there = host_kind(q->loader->options, q->file->device);
	return there && strcmp(there, "bridge") != 0;
}

static bool says_bridge(const struct question *q)
{
	return ifcfg_has_type(q->file, "Bridge") && !(q->file->master && !q->is_named) &&
	       !is_card_in_bridge(q);
}

/* A file that was copied from a bond's still has TYPE=Bond. */
static bool is_bridge_whatever_type(const struct question *q)
{
	return ifcfg_has_type(q->file, "Bond") && has_bridge_ports(q) && !q->is_named &&
	       !q->is_port && !has_true(q->file, "BONDING_MASTER") &&
	       !ifcfg_own_value(q->file, "BONDING_OPTS");
}

/* A port without a bond's keys is a card, even if another one names it by mistake. */
static bool is_named_as_bond(const struct question *q)
{
	return q->is_named && !(q->is_port && !kind_has_bond_keys(q->file));
}

/*
 * A port, or an existing link that is not a bond, has a bond's keys from a copied file.
 */
static bool says_bond(const struct question *q)
{
	if (q->is_other)
		return false;
	return is_named_as_bond(q) ||
	       (!q->file->master && !ifcfg_has_type(q->file, "Vlan") &&
		(ifcfg_has_type(q->file, "Bond") || has_true(q->file, "BONDING_MASTER")));
}

static bool has_bonding_opts(const struct question *q)
{
	return !q->file->master && !q->is_other &&
	       ifcfg_own_value(q->file, "BONDING_OPTS");
}

/*
 * `alias bond0 bonding` in modprobe.d, through which network-scripts loaded the driver.
 */
static bool is_alias_of_driver(const struct question *q)
{
	const struct model_options *options = q->loader->options;

	return !q->is_port && host_driver(options, q->file->device) &&
	       !kind_is_other(options, q->file->device);
}

/* Without an id, which will be reported; VLAN=yes alone is common in files of cards. */
static bool means_vlan(const struct question *q)
{
	return !q->is_port &&
	       (ifcfg_has_type(q->file, "Vlan") ||
		(has_true(q->file, "VLAN") && ifcfg_own_value(q->file, "PHYSDEV")));
}

/*
 * The first one that fits; IFACE_KINDS stands for the one that TYPE says. VLANs come first, as in network-scripts, which created them
 * before everything else; names used by other files come after the file's own keys.
 */
static const struct {
	enum iface_kind kind;
	bool (*fits)(const struct question *q);
} rows[] = {
	{ IFACE_VLAN, says_vlan },
	{ IFACE_BOND, is_bond_whatever_type },
	{ IFACE_KINDS, has_type_alone },
	{ IFACE_TAP, says_tap },
	{ IFACE_IPOIB, says_ipoib },
	{ IFACE_BRIDGE, says_bridge },
	{ IFACE_BRIDGE, is_bridge_whatever_type },
	{ IFACE_BOND, says_bond },
	{ IFACE_BRIDGE, has_bridge_ports },
	{ IFACE_BOND, has_bonding_opts },
	{ IFACE_BOND, is_alias_of_driver },
	{ IFACE_VLAN, means_vlan },
};

static bool is_type_of_card(const char *type)
{
	return strcasecmp(type, "Ethernet") == 0 || strcasecmp(type, "InfiniBand") == 0;
}

bool kind_is_wrong_type(const struct shellvar *var, enum iface_kind kind)
{
	const enum iface_kind type = strcmp(var->key, "TYPE") == 0
					     ? link_kind_of_type(var->value)
					     : IFACE_KINDS;

	return type < IFACE_KINDS && type != kind && !is_type_of_card(var->value);
}

static void judge_type(struct loader *loader, const struct ifcfg *file,
		       enum iface_kind kind)
{
	const char *type = ifcfg_own_value(file, "TYPE");
	struct pos pos = ifcfg_pos(file, "TYPE");

	if (!type || is_type_of_card(type) || helper_has_type(type) ||
	    link_kind_of_type(type) < IFACE_KINDS) /* see kind_judge() */
		return;
	if (kind == IFACE_ETHERNET) {
		diag_warning(loader->diag, pos,
			     "TYPE=%s is not known: treated as TYPE=Ethernet", type);
		diag_hint(loader->diag, "write TYPE=Ethernet, or TYPE=Bond for a bond");
	} else {
		diag_warning(loader->diag, pos, "TYPE=%s on %s is treated as TYPE=%s",
			     type, _(link_kinds[kind].noun), link_kinds[kind].type);
		diag_hint(loader->diag, "write TYPE=%s", link_kinds[kind].type);
	}
}

int kind_find(struct loader *loader, const struct ifcfg *file, enum iface_kind *ret_kind,
	      struct helper **ret_helper)
{
	const struct question q = ask_about(loader, file);
	enum iface_kind kind = IFACE_ETHERNET;
	int r;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].fits(&q)) {
			kind = rows[i].kind < IFACE_KINDS ? rows[i].kind
							  : kind_by_type(file);
			break;
		}
	*ret_kind = kind;
	/* A helper that requests the rest has already dealt with its own type. */
	if (file == loader->step_file)
		return 0;
	r = helper_find(loader, file, kind != IFACE_ETHERNET, ret_helper);
	if (r < 0)
		return r;
	if (*ret_helper)
		*ret_kind = IFACE_ETHERNET;
	else
		judge_type(loader, file, kind);
	return 0;
}

/* ---- keys of another kind ---- */

/* Whether a key that has no effect on this kind shows that another kind was meant. */
static bool means_other_kind(const struct ifcfg *file, const struct shellvar *var,
			     enum iface_kind kind, enum key_place *ret_place)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);

	if (!key || key->grade != KEY_USED || ifcfg_is_off(var->value) ||
	    (ifcfg_key_counts(key, kind, ROLE_HOST) &&
	     (key->place != PLACE_INFINIBAND || ipoib_is_infiniband(file))))
		return false;
	*ret_place = key->place == PLACE_STACKED ? PLACE_OF(IFACE_VLAN) : key->place;
	return ifcfg_key_makes_kind(key);
}

/*
 * A VLAN that was intended but is not created by the file, and does not exist: this is
 * why the interface is missing. Another program may still create it.
 */
static enum diag_grade unmade_grade(const struct source *src, const struct iface *iface)
{
	struct loader *loader = src->loader;
	const bool is_missing = iface->kind == IFACE_ETHERNET &&
				kind_is_missing(loader->options, iface->name);

	return is_missing && !ifcfg_own_value(src->file, "DEVTIMEOUT") ? DIAG_ERROR
								       : DIAG_WARNING;
}

/* The part before the last dot, if there is a file for it; or NULL. */
static const char *described_parent(const struct source *src, const struct iface *iface)
{
	struct loader *loader = src->loader;
	const char *dot = strrchr(iface->name, '.');
	const char *parent = dot && dot != iface->name
				     ? arena_strndup(loader->arena, iface->name,
						     (size_t)(dot - iface->name))
				     : NULL;

	return parent && ifcfg_dir_find(&loader->dir, FIND_DEVICE, parent).n ? parent
									     : NULL;
}

static void hint_id(const struct source *src, const struct iface *iface)
{
	const char *parent = described_parent(src, iface);

	if (parent)
		diag_hint(src->diag, "add VID= with the id of the VLAN, and PHYSDEV=%s",
			  parent);
	else
		diag_hint(
			src->diag,
			"remove it; a VLAN is DEVICE=%s.100, or any DEVICE with VID=100 "
			"and PHYSDEV=%s",
			iface->name, iface->name);
}

/* The card of a file with VLAN=yes may just as well be missing: one message for both. */
static void tell_device_missing(const struct source *src, const struct iface *iface,
				bool is_meant)
{
	diag_error(src->diag, iface->pos,
		   "there is no interface %s, and without %s it is not made as a VLAN",
		   iface->name, is_meant ? _("an id") : "VLAN=yes");
	diag_hint(src->diag, "`ip link` lists the interfaces; for a VLAN, add %s",
		  is_meant ? _("VID= and PHYSDEV=") : "VLAN=yes");
}

/* Whether VLAN was meant to be yes, but is invalid, which is reported. */
static bool is_slip_of_vlan(const struct ifcfg *file)
{
	const char *says = ifcfg_own_value(file, "VLAN");

	return says ? !ifcfg_is_true(says) && !ifcfg_is_off(says)
		    : iface_is_lost(file, "VLAN");
}

/* Only the first of the keys of VLANs is reported: the cause is the same for all. */
static void judge_vlan_key(const struct source *src, const struct shellvar *var,
			   const struct iface *iface)
{
	const enum diag_grade grade = unmade_grade(src, iface);
	const bool is_meant = vlan_is_meant(&src->loader->dir, src->file);

	if (!is_meant && is_slip_of_vlan(src->file))
		return;
	if (grade == DIAG_ERROR && !described_parent(src, iface)) {
		tell_device_missing(src, iface, is_meant);
		return;
	}
	if (!is_meant) {
		diag_add(src->diag, grade, var->pos, "%s has no effect without VLAN=yes",
			 var->key);
		diag_hint(src->diag, "add VLAN=yes, or remove %s", var->key);
		return;
	}
	diag_add(src->diag, grade, var->pos, "%s=%s has no effect: %s has no VLAN id",
		 var->key, var->value, iface->name);
	hint_id(src, iface);
}

/* bond0.100 where bond0 has a file, but bond0.100 does not exist yet. */
static void judge_vlan_name(const struct source *src, const struct iface *iface)
{
	const char *says = ifcfg_own_value(src->file, "VLAN");
	const char *parent = NULL;

	if (vlan_dot(iface->name) && iface->kind == IFACE_ETHERNET)
		parent = described_parent(src, iface);
	if (!parent || host_kind(src->loader->options, iface->name) ||
	    is_slip_of_vlan(src->file))
		return;
	if (says) {
		diag_add(src->diag, unmade_grade(src, iface), source_pos(src, "VLAN"),
			 "%s is not created: it has the name of a VLAN on %s, but VLAN "
			 "is %s",
			 iface->name, parent, says);
		diag_hint(src->diag, "write VLAN=yes");
		return;
	}
	diag_add(src->diag, unmade_grade(src, iface), iface->pos,
		 "%s is not created: it has the name of a VLAN on %s, but VLAN=yes is "
		 "missing",
		 iface->name, parent);
	diag_hint(src->diag, "add VLAN=yes");
}

/* A file that was copied from one of another kind has several such keys: one cause. */
static void judge_all(const struct source *src, const struct iface *iface)
{
	const struct shellvars *vars = ifcfg_vars(src->file);
	_cleanup_strangers_ struct strangers strangers = { 0 };
	bool has_vlan_keys = false;
	enum key_place place;

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (var->stray || !*var->value || shellvar_get(vars, var->key) != var)
			continue;
		place = PLACE_LINK;
		if (!kind_is_wrong_type(var, iface->kind) &&
		    !means_other_kind(src->file, var, iface->kind, &place))
			continue;
		if (place != PLACE_OF(IFACE_VLAN)) {
			strangers_add(&strangers, var);
		} else if (!has_vlan_keys) {
			judge_vlan_key(src, var, iface);
			has_vlan_keys = true;
		}
	}
	strangers_tell(&strangers, src->diag, &strange_here, link_kinds[iface->kind].noun,
		       link_kinds[iface->kind].type);
	if (!has_vlan_keys)
		judge_vlan_name(src, iface);
}

/* See iface_judge_port() for keys without effect on ports. */
void kind_judge(const struct source *src, const struct iface *iface)
{
	if (src->file->master || src->file->bridge)
		judge_vlan_name(src, iface);
	else
		judge_all(src, iface);
}

/* Whether it makes an interface something that an alias is not. */
static bool is_strange_to_alias(const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);

	if (!key || !*var->value || ifcfg_is_off(var->value))
		return false;
	return key->place == PLACE_OF(IFACE_BOND) || strcmp(key->name, "MASTER") == 0 ||
	       strcmp(key->name, "BRIDGE") == 0;
}

void kind_judge_alias(const struct source *src)
{
	const struct shellvars *vars = ifcfg_vars(src->file);
	_cleanup_strangers_ struct strangers strangers = { 0 };

	for (size_t i = 0; i < vars->n; i++)
		if (!vars->vars[i].stray &&
		    shellvar_get(vars, vars->vars[i].key) == &vars->vars[i] &&
		    is_strange_to_alias(&vars->vars[i]))
			strangers_add(&strangers, &vars->vars[i]);
	strangers_tell(&strangers, src->diag, &strange_here, N_("an alias"), NULL);
}
