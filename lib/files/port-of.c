/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides of which bond or bridge a file's interface is a port if its keys are ambiguous.
 */
#include "lib/files/port-of.h"

#include <string.h>

#include "lib/base/language.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/kind.h"
#include "lib/files/meant.h"
#include "lib/files/source.h"

/* ---- the keys as written ---- */

static bool is_slave(const struct ifcfg *file)
{
	const char *slave = ifcfg_own_value(file, "SLAVE");

	return slave && ifcfg_is_true(slave);
}

/* MASTER= bond0: an error of the port, but not of the bond to which it belongs. */
static const char *after_blank(const struct ifcfg *file, const char *key)
{
	const struct shellvars *vars =
		ifcfg_is_astray(file, key) ? ifcfg_vars(file) : NULL;

	for (size_t i = 0; vars && i < vars->n; i++)
		if (strcmp(vars->vars[i].key, key) == 0 && !*vars->vars[i].value &&
		    vars->vars[i].flaw == SHELLVAR_STRAY &&
		    ifname_is_valid(vars->vars[i].stray))
			return vars->vars[i].stray;
	return NULL;
}

static const char *written_master(const struct ifcfg *file, const char *key,
				  const char *uuid_key)
{
	const char *name = ifcfg_own_value(file, key);

	if (!name)
		name = ifcfg_own_value(file, uuid_key);
	return name ? name : after_blank(file, key);
}

const char *port_written_master(const struct ifcfg *file)
{
	return source_off_own(file, "SLAVE")
		       ? NULL
		       : written_master(file, "MASTER", "MASTER_UUID");
}

const char *port_written_bridge(const struct ifcfg *file)
{
	return written_master(file, "BRIDGE", "BRIDGE_UUID");
}

const char *port_written_home(const struct ifcfg *file, const char **ret_key)
{
	for (unsigned int kind = 0; kind < IFACE_KINDS; kind++) {
		const char *const keys[] = { link_kinds[kind].joins,
					     link_kinds[kind].joins_uuid };

		for (size_t i = 0; link_kinds[kind].has_hosts && i < 2; i++) {
			const char *name = ifcfg_own_value(file, keys[i]);

			if (name && ret_key)
				*ret_key = keys[i];
			if (name)
				return name;
		}
	}
	return NULL;
}

/* ---- values that cannot be meant ---- */

/* @name: of the bond or bridge, with UUIDs resolved */
typedef bool (*rule_fn)(const struct ifcfg_dir *dir, const struct ifcfg *file,
			const char *name);

struct port_rule {
	rule_fn applies;
	const char *why, *hint;
};

/* MASTER=yes is a misremembered BONDING_MASTER=yes. */
static bool is_switch(const struct ifcfg_dir *dir, const struct ifcfg *file,
		      const char *name)
{
	(void)file;
	return (ifcfg_is_true(name) || ifcfg_is_false(name)) &&
	       !ifcfg_dir_find(dir, FIND_DEVICE, name).n;
}

static bool is_bond_of_a_port(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	struct ifcfg_span ports = { 0 };

	if (file->device)
		ports = ifcfg_dir_find(dir, FIND_MASTER, file->device);
	return ports.n > 1 || (ports.n == 1 && ports.files[0] != file);
}

/* A card that names itself may have been meant for any bond: that stays an error. */
static bool names_itself(const struct ifcfg_dir *dir, const struct ifcfg *file,
			 const char *name)
{
	return file->device && strcmp(name, file->device) == 0 &&
	       (kind_is_written(file) || is_bond_of_a_port(dir, file));
}

/* In a file that was copied from a port's: the kernel refuses the loop. */
static bool is_below(const struct ifcfg_dir *dir, const struct ifcfg *file,
		     const char *name)
{
	(void)dir;
	return file->parent && strcmp(file->parent, name) == 0;
}

static bool is_no_bond(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	return kind_says_no_bond(file) ||
	       (!kind_is_written(file) && kind_is_other(dir->options, file->device));
}

static bool names_no_bond(const struct ifcfg_dir *dir, const struct ifcfg *file,
			  const char *name)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_DEVICE, name);

	if (is_slave(file) && !(file->bridge && strcmp(file->bridge, name) == 0))
		return false;
	for (size_t i = 0; i < found.n; i++)
		if (found.files[i] == file || !is_no_bond(dir, found.files[i]))
			return false;
	return found.n;
}

static bool prefers_bridge(const struct ifcfg_dir *dir, const struct ifcfg *file,
			   const char *name)
{
	(void)name;
	return file->bridge && !is_slave(file) && !is_switch(dir, file, file->bridge);
}

static bool is_bond_itself(const struct ifcfg_dir *dir, const struct ifcfg *file,
			   const char *name)
{
	(void)name;
	return !is_slave(file) && is_bond_of_a_port(dir, file);
}

/* A card with addresses keeps them if its bond no longer exists. */
static bool names_nobody(const struct ifcfg_dir *dir, const struct ifcfg *file,
			 const char *name)
{
	const char *there = host_kind(dir->options, name);

	return !is_slave(file) && iface_address_key(file) &&
	       !ifcfg_dir_find(dir, FIND_DEVICE, name).n && !there;
}

static const struct port_rule master_rules[] = {
	{ is_switch, N_("it is not the name of a bond"),
	  N_("remove it here: a port names its bond, MASTER=bond0 and SLAVE=yes") },
	{ names_itself, N_("an interface cannot be its own port"),
	  N_("remove MASTER here") },
	{ is_below, N_("a VLAN on that interface cannot be its port"),
	  N_("remove MASTER and SLAVE here") },
	{ names_no_bond, N_("that interface is not a bond"),
	  N_("remove it; a port of a bridge has BRIDGE instead") },
	{ prefers_bridge, N_("without SLAVE=yes, BRIDGE takes precedence"),
	  N_("remove MASTER, or remove BRIDGE and add SLAVE=yes") },
	{ names_nobody, N_("no file describes that interface, and SLAVE=yes is missing"),
	  N_("remove MASTER, or add SLAVE=yes and write the file of the bond") },
	{ is_bond_itself, N_("a bond is a port of another one only with SLAVE=yes"),
	  N_("remove MASTER here") },
};

static const struct port_rule bridge_rules[] = {
	{ is_switch, N_("it is not the name of a bridge"),
	  N_("remove it here: TYPE=Bridge makes a bridge, and a port names it by "
	     "BRIDGE") },
	{ names_itself, N_("an interface cannot be its own port"),
	  N_("remove BRIDGE here") },
	{ is_below, N_("a VLAN on that interface cannot be its port"),
	  N_("remove BRIDGE here") },
};

static const struct port_rule *find_port_rule(const struct ifcfg_dir *dir,
					      const struct ifcfg *file, const char *name,
					      const struct port_rule *rules, size_t n)
{
	for (size_t i = 0; name && i < n; i++)
		if (rules[i].applies(dir, file, name))
			return &rules[i];
	return NULL;
}

/* All are examined before any change affects the others. */
bool port_settle(struct ifcfg_dir *dir)
{
	bool changed = false;

	for (size_t i = 0; i < dir->n; i++) {
		struct ifcfg *file = &dir->files[i];

		file->master_rule = find_port_rule(dir, file, file->master, master_rules,
						   ARRAY_SIZE(master_rules));
		file->bridge_rule = find_port_rule(dir, file, file->bridge, bridge_rules,
						   ARRAY_SIZE(bridge_rules));
	}
	for (size_t i = 0; i < dir->n; i++) {
		struct ifcfg *file = &dir->files[i];

		if (file->master_rule)
			file->master = NULL;
		if (file->bridge && (file->bridge_rule || file->master))
			file->bridge = NULL;
		else if (!file->master_rule && !file->home)
			continue;
		if (file->master || file->bridge)
			file->home = NULL;
		changed = true;
	}
	return changed;
}

static void judge_port_rule(const struct source *src, const struct port_rule *rule,
			    const char *key, const char *key_of_uuid)
{
	const char *value = ifcfg_own_value(src->file, key);

	if (!rule)
		return;
	if (!value) {
		key = key_of_uuid;
		value = ifcfg_own_value(src->file, key);
	}
	diag_warning(src->diag, source_pos(src, key), "%s=%s ignored: %s", key, value,
		     _(rule->why));
	diag_hint(src->diag, "%s", _(rule->hint));
}

void port_judge(const struct source *src)
{
	meant_tell_owners(src->diag, src->file);
	judge_port_rule(src, src->file->master_rule, "MASTER", "MASTER_UUID");
	judge_port_rule(src, src->file->bridge_rule, "BRIDGE", "BRIDGE_UUID");
}
