/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys in the file of a port that have no effect there. */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/ipoib.h"
#include "lib/files/kind.h"
#include "lib/files/source.h"
#include "lib/files/strangers.h"
#include "lib/model/link-kind.h"

/* struct owner - an interface with ports; @noun: a port; @strange: keys of its own */
struct owner {
	const char *word;
	enum iface_kind kind;
	const char *noun;
	struct strange strange;
};

static const struct owner owners[] = {
	[ROLE_BOND_PORT] = { "bond",
			     IFACE_BOND,
			     N_("the port of a bond"),
			     { N_("it belongs in the bond's file"),
			       N_("these belong in the bond's file") } },
	[ROLE_BRIDGE_PORT] = { "bridge",
			       IFACE_BRIDGE,
			       N_("the port of a bridge"),
			       { N_("it belongs in the bridge's file"),
				 N_("these belong in the bridge's file") } },
};

/* struct port - the file of a port, and its owner */
struct port {
	const struct source *src;
	enum iface_kind kind;
	enum link_role role;
	struct owner of;
};

/* BOOTPROTO=dhcp, which cannot have its effect; other values request nothing. */
static bool asks_for_dhcp(const struct port *port)
{
	const char *value = ifcfg_own_value(port->src->file, "BOOTPROTO");

	return value && dhcp_is_meant(value);
}

/* PREFIX1 only belongs to IPADDR1, which gets the warning. */
static bool is_part_of_addr(const struct port *port, const struct ifcfg_key *key,
			    const char *name)
{
	const char *addr = arena_printf(port->src->loader->arena, "IPADDR%s",
					name + strlen(key->name));

	return (key->fate == FATE_PART || key->fate == FATE_NUMBERED) &&
	       ifcfg_own_value(port->src->file, addr);
}

static bool goes_without_saying(const struct port *port, const struct ifcfg_key *key,
				const struct shellvar *var)
{
	if (key->place == PLACE_DHCP && asks_for_dhcp(port))
		return true;
	switch (ifcfg_key_silence(key)) {
	case KEY_SILENT_ALWAYS:
		return true;
	case KEY_SILENT_OFF:
		return ifcfg_is_off(var->value) || is_part_of_addr(port, key, var->key);
	case KEY_SILENT_NEVER:
		return is_part_of_addr(port, key, var->key);
	}
	return false;
}

static bool counts(const struct port *port, const struct ifcfg_key *key)
{
	if (key->place == PLACE_INFINIBAND && !ipoib_is_infiniband(port->src->file))
		return false;
	return ifcfg_key_counts(key, port->kind, port->role);
}

/* Whether it has no effect, and that is worth a message. */
static bool is_stranger(const struct port *port, const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);

	if (kind_is_wrong_type(var, port->kind) ||
	    (strcmp(var->key, "BOOTPROTO") == 0 && dhcp_is_meant(var->value)))
		return true;
	return key && key->grade == KEY_USED && *var->value && !counts(port, key) &&
	       !goes_without_saying(port, key, var);
}

static bool belongs_to_owner(const struct port *port, const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);

	if (strcmp(var->key, "TYPE") == 0)
		return strcasecmp(var->value, link_kinds[port->of.kind].type) == 0;
	return key->place == PLACE_NOT_IN_BOND ||
	       ifcfg_key_counts(key, port->of.kind, ROLE_HOST);
}

/* A file that was copied from the owner's has many such keys: one cause, one message. */
static void judge_port_vars(const struct port *port)
{
	const struct shellvars *vars = ifcfg_vars(port->src->file);
	struct diag *diag = port->src->diag;
	_cleanup_strangers_ struct strangers of_owner = { 0 }, others = { 0 };

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (!var->stray && shellvar_get(vars, var->key) == var &&
		    is_stranger(port, var))
			strangers_add(belongs_to_owner(port, var) ? &of_owner : &others,
				      var);
	}
	strangers_tell(&of_owner, diag, &port->of.strange, port->of.noun,
		       link_kinds[port->kind].type);
	strangers_tell(&others, diag, &strange_here, port->of.noun,
		       link_kinds[port->kind].type);
}

static void judge_port_companion(const struct port *port, const char *prefix,
				 const char *name, const char *ending)
{
	const struct source *src = port->src;
	const struct ifcfg_dir *dir = &src->loader->dir;
	const char *owner = src->file->master ? src->file->master : src->file->bridge;
	const char *file =
		arena_printf(src->loader->arena, "%s%s%s", prefix, name, ending);
	const char *path = arena_printf(src->loader->arena, "%s/%s", dir->path, file);

	if (!ifcfg_dir_has_companion(dir, file))
		return;
	diag_warning(src->diag, (struct pos){ path, 0 },
		     _("this file has no effect: %s is the port of a %s"),
		     src->file->device, port->of.word);
	diag_hint(src->diag, "rename it to %s%s%s", prefix, owner, ending);
}

/* Routes and rules belong to the interface that has the addresses. */
static void judge_companions(const struct port *port, const char *name)
{
	static const char *const prefixes[] = { "route-", "route6-", "rule-", "rule6-" };

	if (!port->src->loader->dir.n_companions)
		return;
	judge_port_companion(port, "", name, ".route");
	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		judge_port_companion(port, prefixes[i], name, "");
}

/* An alias would be an address, too. */
static void judge_aliases(const struct port *port)
{
	const struct source *src = port->src;
	struct ifcfg_span found =
		ifcfg_dir_find(&src->loader->dir, FIND_REAL, src->file->device);

	for (size_t i = 0; i < found.n; i++) {
		diag_warning(src->diag, (struct pos){ found.files[i]->path, 0 },
			     _("this file has no effect: %s is the port of a %s"),
			     src->file->device, port->of.word);
		diag_hint(src->diag, "make it an alias of the %s", port->of.word);
	}
}

void iface_judge_port(const struct source *src, enum iface_kind kind, enum link_role role)
{
	const struct port port = { src, kind, role, owners[role] };
	const char *names[IFCFG_CALLED_MAX];
	const size_t n = ifcfg_called(src->file, names);

	judge_port_vars(&port);
	judge_aliases(&port);
	for (size_t i = 0; i < n; i++)
		judge_companions(&port, names[i]);
}
