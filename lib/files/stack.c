/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How interfaces are stacked: bonds and bridges on their ports, a VLAN on its parent; and
 * the resulting order.
 */
#include "lib/files/stack.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/files/helper.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/judge.h"
#include "lib/files/key-slips.h"
#include "lib/files/kind.h"
#include "lib/files/load-file.h"
#include "lib/files/meant.h"
#include "lib/files/port-of.h"
#include "lib/files/source.h"
#include "lib/files/vlan.h"

/* ---- a bond and its ports ---- */

static struct pos master_pos(const struct ifcfg *file)
{
	return ifcfg_pos(file,
			 ifcfg_own_value(file, "MASTER") ? "MASTER" : "MASTER_UUID");
}

static void tell_nested(struct loader *loader, const char *inner, const char *outer,
			struct pos pos)
{
	diag_error(loader->diag, pos, "%s is a bond: it cannot be a port of %s", inner,
		   outer);
	diag_hint(loader->diag, "remove MASTER and SLAVE here");
}

/*
 * A file that is ignored may still be requested, but does not make another interface a
 * bond. @file: of the interface named as a bond, or NULL
 */
static void tell_no_bond(struct loader *loader, const struct iface *iface,
			 const struct ifcfg *file, struct pos pos)
{
	const char *bond = file ? file->master : NULL;

	if (file && iface->kind == IFACE_VLAN && !bond)
		bond = file->parent;
	diag_error(loader->diag, pos, "%s is not a bond", iface->name);
	if (iface->kind == IFACE_BRIDGE)
		diag_hint(loader->diag, "a port of a bridge has BRIDGE=%s, without SLAVE",
			  iface->name);
	else if (bond)
		diag_hint(loader->diag, "it is %s %s: did you mean MASTER=%s?",
			  file->master ? _("a port of") : _("a VLAN on"), bond, bond);
	else
		diag_hint(loader->diag,
			  "name the bond in MASTER, or write TYPE=Bond into %s",
			  iface->file);
}

/* They work, but through one card alone: usually left from before that became a port. */
static void judge_vlans(struct loader *loader, const char *port, const char *bond)
{
	struct ifcfg_span found = ifcfg_dir_find(&loader->dir, FIND_PARENT, port);

	for (size_t i = 0; i < found.n; i++) {
		const struct ifcfg *file = found.files[i];
		const char *dot = vlan_dot(file->device);

		if (!file->is_vlan || !file->device)
			continue;
		diag_warning(loader->diag, ifcfg_pos(file, "DEVICE"),
			     "%s is a VLAN on a port of %s: it does not fail over with "
			     "the bond",
			     file->device, bond);
		if (dot)
			diag_hint(loader->diag, "make it a VLAN on the bond: DEVICE=%s%s",
				  bond, dot);
		else
			diag_hint(loader->diag, "make it a VLAN on the bond: PHYSDEV=%s",
				  bond);
	}
}

static int load_below(struct loader *loader, struct iface *iface,
		      const struct ifcfg *file);
static int load_below_with(struct loader *loader, struct iface *iface,
			   const struct ifcfg *file, const struct ifcfg *also);

/*
 * Return: whether a bond or bridge would be a port of another of its kind, which is
 * reported.
 */
static bool is_nested(struct loader *loader, const struct iface *port,
		      const struct iface *master)
{
	if (port->kind != master->kind)
		return false;
	if (port->kind == IFACE_BOND) {
		tell_nested(loader, port->name, master->name, port->master_pos);
		return true;
	}
	diag_error(loader->diag, port->master_pos,
		   "%s is a bridge: it cannot be a port of %s", port->name, master->name);
	diag_hint(loader->diag, "remove BRIDGE here");
	return true;
}

/* *@ret is untouched if there are errors, which are reported. */
static int load_port_of(struct loader *loader, struct iface *master,
			const struct ifcfg *file, struct iface **ret)
{
	const bool is_bond = master->kind == IFACE_BOND;
	struct iface *port = NULL;
	int r;

	/* Like any other missing NIC, it does not keep the bond from coming up. */
	if (is_bond && !load_device(loader, file) && ifcfg_own_value(file, "HWADDR")) {
		load_tell_no_card(loader, DIAG_WARNING, file);
		return 0;
	}
	r = load_file(loader, file, &port);
	if (r < 0 || !port || !(is_bond || iface_is_bridge_port(port)))
		return r;
	if (is_bond)
		port->master_pos = master_pos(file);
	if (is_nested(loader, port, master))
		return 0;
	port->master = master;
	port->master_name = master->name;
	if (is_bond)
		judge_vlans(loader, port->name, master->name);
	*ret = port;
	return load_below(loader, port, file);
}

/* Return: 0; 1 if it has errors. */
static int add_port_of(struct loader *loader, struct iface *master,
		       const struct ifcfg *file)
{
	struct iface *port = NULL;
	int lost = load_port(loader, master, file, load_port_of, &port);
	int r = lost < 0 ? lost : 0;

	if (port && r == 0)
		ARENA_PUSH(loader->arena, master->ports, master->n_ports,
			   master->ports_cap, port);
	return r < 0 ? r : lost;
}

/*
 * All files that name the bond or bridge; @also is one that is used only because it was
 * requested.
 */
static int load_ports(struct loader *loader, struct iface *master,
		      const struct ifcfg *also)
{
	const bool is_bond = master->kind == IFACE_BOND;
	const bool has_other = is_bond && also && also->ignored;
	struct ifcfg_span ports = ifcfg_dir_find(
		&loader->dir, is_bond ? FIND_MASTER : FIND_BRIDGE, master->name);
	size_t n_lost = 0;
	int r = 0;

	for (size_t i = 0; i < ports.n && r >= 0; i++) {
		r = add_port_of(loader, master, ports.files[i]);
		n_lost += r > 0;
	}
	if (r >= 0 && has_other) {
		r = add_port_of(loader, master, also);
		n_lost += r > 0;
	}
	if (r < 0)
		return r;
	load_judge_lost(loader, master, ports.n + has_other, n_lost);
	if (is_bond)
		iface_validate(loader, master);
	return 0;
}

/*
 * A helper puts its bond into a switch of its own. What joins the bond is ours, so for a port
 * the file is read as if it had no helper.
 */
static bool is_helpers_bond(const struct ifcfg *file)
{
	return kind_is_written(file) && !kind_says_no_bond(file) &&
	       (helper_has_type(ifcfg_own_value(file, "TYPE")) ||
		helper_has_type(ifcfg_own_value(file, "DEVICETYPE")));
}

/* The bond of a port, with all its ports; one without a file is derived from them. */
static int load_bond_of(struct loader *loader, const struct ifcfg *port)
{
	const struct ifcfg *file = load_only_file(loader, port->master);
	struct iface *bond = NULL;
	int r;

	if (file && file->master && kind_has_bond_keys(file))
		tell_nested(loader, port->master, file->master, master_pos(file));
	if (file && is_helpers_bond(file))
		loader->step_file = file;
	r = file ? load_file(loader, file, &bond)
		 : load_bare_bond(loader, port->master, master_pos(port), &bond);
	if (r < 0 || !bond)
		return r;
	if (bond->kind != IFACE_BOND) {
		tell_no_bond(loader, bond, file, master_pos(port));
		return 0;
	}
	return load_below_with(loader, bond, file, port);
}

/* Whether it looks like 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(const char *text)
{
	return strlen(text) == 36 && strspn(text, "0123456789abcdefABCDEF-") == 36;
}

/*
 * An interface that has to be created is not mistaken for a card that belongs to some
 * bond.
 */
static bool check_slave(struct loader *loader, const struct ifcfg *file,
			const struct iface *iface)
{
	const char *slave = ifcfg_own_value(file, "SLAVE");
	/*
	 * To go down, it need not join anything; and network-scripts brought up a card
	 * without MASTER with its own addresses, or in its bridge.
	 */
	const bool is_lost = iface->kind == IFACE_ETHERNET &&
			     !loader->options->goes_down && !iface_address_key(file) &&
			     !file->bridge;

	if (file->master || file->master_rule || !slave || !ifcfg_is_true(slave) ||
	    ifcfg_is_astray(file, "MASTER") || iface_has_slip(ifcfg_vars(file), "MASTER"))
		return true;
	diag_add(loader->diag, is_lost ? DIAG_ERROR : DIAG_WARNING,
		 ifcfg_pos(file, "SLAVE"), "SLAVE=%s, but MASTER is missing", slave);
	diag_hint(loader->diag, "add MASTER= with the name of the bond, or remove SLAVE");
	return !is_lost;
}

static bool check_master(struct loader *loader, const struct ifcfg *file,
			 const struct iface *iface)
{
	const char *master = file->master;

	if (!check_slave(loader, file, iface))
		return false;
	if (master && is_uuid(master)) {
		diag_error(loader->diag, master_pos(file), "no file has UUID=%s", master);
		diag_hint(loader->diag, "write the bond's name: MASTER=bond0");
		return false;
	}
	if (master && strcmp(master, file->device) == 0) {
		diag_error(loader->diag, master_pos(file), "%s cannot be its own bond",
			   master);
		return false;
	}
	return true;
}

/* ---- stacked links ---- */

/*
 * A typo in the name of the parent, which nothing creates and the kernel does not have.
 */
static void judge_parent_name(struct loader *loader, const struct iface *vlan,
			      const struct ifcfg *file)
{
	const char *meant;

	if (!file->parent || !ifname_is_valid(file->parent) ||
	    ifcfg_dir_find(&loader->dir, FIND_DEVICE, file->parent).n ||
	    ifcfg_dir_find(&loader->dir, FIND_MASTER, file->parent).n ||
	    host_kind(loader->options, file->parent))
		return;
	meant = meant_device(&loader->dir, file->parent);
	if (!meant)
		return;
	diag_error(loader->diag,
		   ifcfg_own_value(file, "PHYSDEV") ? ifcfg_pos(file, "PHYSDEV")
						    : vlan->pos,
		   "there is no interface %s, on which %s is stacked", file->parent,
		   vlan->name);
	diag_hint(loader->diag, "did you mean '%s'?", meant);
}

/* A parent without a file must exist already. */
static int load_parent(struct loader *loader, struct iface *vlan,
		       const struct ifcfg *file)
{
	const struct ifcfg *parent =
		file->parent ? load_only_file(loader, file->parent) : NULL;

	vlan->parent_name = file->parent;
	judge_parent_name(loader, vlan, file);
	return parent ? stack_load(loader, parent, &vlan->parent) : 0;
}

static void tell_no_home(struct loader *loader, const struct iface *iface,
			 const struct iface *home)
{
	const char *key = NULL;
	enum iface_kind kind;

	port_written_home(ifcfg_dir_file(&loader->dir, iface->file), &key);
	kind = link_kind_joined_by(key);
	if (is_uuid(iface->master_name)) {
		diag_error(loader->diag, iface->master_pos, "no file has UUID=%s",
			   iface->master_name);
		diag_hint(loader->diag, "write its name: %s=", link_kinds[kind].joins);
		return;
	}
	if (home) {
		diag_error(loader->diag, iface->master_pos, "%s is not %s", home->name,
			   _(link_kinds[kind].noun));
		diag_hint(loader->diag, "write TYPE=%s into ifcfg-%s",
			  link_kinds[kind].type, home->name);
		return;
	}
	diag_error(loader->diag, iface->master_pos, "%s has no file of its own",
		   iface->master_name);
	diag_hint(loader->diag, "write ifcfg-%s with DEVICE=%s, TYPE=%s and %s",
		  iface->master_name, iface->master_name, link_kinds[kind].type,
		  link_kinds[kind].options->rows[0].key);
}

/* Without it, routes and addresses would be in another table: it has to have a file. */
static int load_home(struct loader *loader, struct iface *iface, const struct ifcfg *file)
{
	const struct ifcfg *of_home =
		file && file->home ? load_only_file(loader, file->home) : NULL;
	struct iface *home = NULL;
	int r;

	if (!file || !file->home)
		return 0;
	r = of_home ? load_file(loader, of_home, &home) : 0;
	if (r < 0 || (of_home && !home))
		return r;
	if (!home || !link_kinds[home->kind].has_hosts) {
		tell_no_home(loader, iface, home);
		return 0;
	}
	if (link_kinds[iface->kind].has_hosts) {
		diag_error(loader->diag, iface->master_pos, "%s is %s: it cannot join %s",
			   iface->name, _(link_kinds[iface->kind].noun), home->name);
		diag_hint(loader->diag, "remove the line");
		return 0;
	}
	iface->master = home;
	return load_below(loader, home, of_home);
}

static int load_what_is_below(struct loader *loader, struct iface *iface,
			      const struct ifcfg *file, const struct ifcfg *also)
{
	int r = load_home(loader, iface, file);

	if (r < 0)
		return r;
	if (iface->options && !link_kinds[iface->kind].has_hosts)
		return load_ports(loader, iface, also);
	return link_kinds[iface->kind].is_stacked && file
		       ? load_parent(loader, iface, file)
		       : 0;
}

/* Loaded once; its result is used for everything stacked on it, however it is reached. */
static int load_below_with(struct loader *loader, struct iface *iface,
			   const struct ifcfg *file, const struct ifcfg *also)
{
	const size_t errors = diag_errors(loader->diag);
	const bool met_errors = loader->met_errors;
	int r = 0;

	if (!iface->is_stacked) {
		iface->is_stacked = true;
		loader->met_errors = false;
		r = load_what_is_below(loader, iface, file, also);
		iface->is_over_errors =
			loader->met_errors || diag_errors(loader->diag) > errors;
	}
	loader->met_errors = met_errors || iface->is_over_errors;
	return r;
}

static int load_below(struct loader *loader, struct iface *iface,
		      const struct ifcfg *file)
{
	return load_below_with(loader, iface, file, NULL);
}

int stack_load(struct loader *loader, const struct ifcfg *file, struct iface **ret)
{
	int r = load_file(loader, file, ret);

	if (r < 0 || !*ret || !check_master(loader, file, *ret))
		return r;
	r = load_below(loader, *ret, file);
	return r == 0 && file->master ? load_bond_of(loader, file) : r;
}

int stack_load_bare_bond(struct loader *loader, const char *name,
			 const struct ifcfg *port, struct iface **ret)
{
	int r = load_bare_bond(loader, name, master_pos(port), ret);

	return r < 0 || !*ret ? r : load_below(loader, *ret, NULL);
}

/* ---- the bridge of a port ---- */

static void not_a_bridge(struct loader *loader, const struct iface *iface,
			 const struct ifcfg *file, struct pos pos)
{
	const char *bridge = file ? file->bridge : NULL;

	if (file && iface->kind == IFACE_VLAN && !bridge)
		bridge = file->parent;
	diag_error(loader->diag, pos, "%s is not a bridge", iface->name);
	if (bridge)
		diag_hint(loader->diag, "it is %s %s: did you mean BRIDGE=%s?",
			  file->bridge ? _("a port of") : _("a VLAN on"), bridge, bridge);
	else
		diag_hint(loader->diag, "write TYPE=Bridge into ifcfg-%s", iface->name);
}

static int load_bridge_of(struct loader *loader, struct iface *port)
{
	const char *name = port->master_name;
	const struct ifcfg *file = load_only_file(loader, name);
	struct iface *bridge = NULL;
	int r;

	if (is_uuid(name)) {
		diag_error(loader->diag, port->master_pos, "no file has UUID=%s", name);
		diag_hint(loader->diag, "write the bridge's name: BRIDGE=br0");
		return 0;
	}
	r = file ? load_file(loader, file, &bridge)
		 : load_bare_bridge(loader, name, port->master_pos, &bridge);
	if (r < 0 || !bridge)
		return r;
	if (bridge->kind != IFACE_BRIDGE) {
		not_a_bridge(loader, bridge, file, port->master_pos);
		return 0;
	}
	port->master = bridge;
	return load_below(loader, bridge, file);
}

int stack_load_target(struct loader *loader, const struct ifcfg *file, struct iface **ret)
{
	int r = stack_load(loader, file, ret);

	return r == 0 && *ret && iface_is_bridge_port(*ret) ? load_bridge_of(loader, *ret)
							    : r;
}

int stack_load_bare_bridge(struct loader *loader, const char *name,
			   const struct ifcfg *port, struct iface **ret)
{
	int r = load_bare_bridge(loader, name, ifcfg_pos(port, "BRIDGE"), ret);

	return r < 0 || !*ret ? r : load_below(loader, *ret, NULL);
}

/* ---- the order ---- */

/* struct walk - the way down from the target */
struct walk {
	struct loader *loader;
	struct model *model;
	const struct iface **path;
	size_t n, cap;
};

static void tell_loop(struct walk *walk, const struct iface *again)
{
	_cleanup_strbuf_ struct strbuf way = STRBUF_EMPTY;
	size_t i = 0;

	while (i < walk->n && walk->path[i] != again)
		i++;
	for (; i < walk->n; i++)
		strbuf_addf(&way, "%s -> ", walk->path[i]->name);
	strbuf_add(&way, again->name);
	diag_error(walk->loader->diag, again->pos, "%s is stacked on itself: %s",
		   again->name, strbuf_text(&way));
	diag_hint(walk->loader->diag, "change PHYSDEV, MASTER or BRIDGE in one of them");
}

static uint32_t vlan_hash(const struct iface *vlan)
{
	return hash_number(hash_bytes(HASH_EMPTY, vlan->parent_name,
				      strlen(vlan->parent_name)),
			   vlan->vlan.id);
}

/*
 * The kernel allows one VLAN of an id on a link; of two files, one may be unused at
 * present.
 */
static void tell_twin(const struct walk *walk, const struct iface *vlan)
{
	size_t at = 0, i;

	while (hash_index_next(&walk->loader->vlans, vlan_hash(vlan), &at, &i)) {
		const struct iface *other =
			i < walk->model->n_order ? walk->model->order[i] : vlan;

		/* What had errors has left its place to another one. */
		if (other == vlan || other->kind != IFACE_VLAN || !other->onboot ||
		    !vlan->onboot || other->vlan.id != vlan->vlan.id ||
		    other->vlan.protocol != vlan->vlan.protocol || !other->parent_name ||
		    strcmp(other->parent_name, vlan->parent_name) != 0)
			continue;
		diag_error(walk->loader->diag, vlan->pos,
			   "%s is VLAN %u on %s, and so is %s (%s)", vlan->name,
			   vlan->vlan.id, vlan->parent_name, other->name, other->file);
		diag_hint(walk->loader->diag,
			  "give one of the two another id, or remove its file");
		return;
	}
}

static void visit(struct walk *walk, struct iface *iface);

/*
 * A network card exists, and a bond takes it in by itself; others have to be created.
 * ONBOOT=no keeps a port out of its bridge, since it comes up by itself or not at all.
 */
static void visit_ports(struct walk *walk, const struct iface *iface)
{
	for (size_t i = 0; i < iface->n_ports; i++) {
		struct iface *port = iface->ports[i];

		if ((port->kind != IFACE_ETHERNET || port->helper) &&
		    (port->onboot || iface->kind != IFACE_BRIDGE))
			visit(walk, port);
	}
}

/* The bridge handles its network cards, unless they are targets. */
static void place_cards(const struct iface *bridge)
{
	for (size_t i = 0; i < bridge->n_ports; i++)
		if (bridge->ports[i]->order != IFACE_IN_ORDER)
			bridge->ports[i]->place = bridge->place;
}

static void visit(struct walk *walk, struct iface *iface)
{
	struct model *model = walk->model;
	struct arena *arena = walk->loader->arena;

	if (iface->order == IFACE_IN_ORDER)
		return;
	if (iface->order == IFACE_ON_PATH) {
		tell_loop(walk, iface);
		return;
	}
	if (iface->kind == IFACE_VLAN && iface->parent_name)
		tell_twin(walk, iface);
	iface->order = IFACE_ON_PATH;
	ARENA_PUSH(arena, walk->path, walk->n, walk->cap, iface);
	if (iface->parent)
		visit(walk, iface->parent);
	if (iface_home(iface))
		visit(walk, iface_home(iface));
	visit_ports(walk, iface);
	walk->n--;
	iface->order = IFACE_IN_ORDER;
	iface->place = model->n_order;
	if (iface->kind == IFACE_BRIDGE)
		place_cards(iface);
	if (iface->kind == IFACE_VLAN && iface->parent_name)
		hash_index_add(&walk->loader->vlans, arena, vlan_hash(iface),
			       model->n_order);
	ARENA_PUSH(arena, model->order, model->n_order, model->order_cap, iface);
}

void stack_order(struct loader *loader, struct model *model, struct iface *iface)
{
	struct walk walk = { .loader = loader, .model = model };

	visit(&walk, iface);
}

/* ---- links above ---- */

/* The bridge of which it is a port. */
static int add_bridge_of(struct loader *loader, struct model *model, const char *name)
{
	const struct ifcfg *port = load_only_file(loader, name);
	const struct ifcfg *file =
		port && port->bridge ? load_only_file(loader, port->bridge) : NULL;
	struct iface *bridge = NULL;
	int r = 0;

	if (file)
		r = load_file(loader, file, &bridge);
	else if (port && port->bridge)
		r = load_bare_bridge(loader, port->bridge, ifcfg_pos(port, "BRIDGE"),
				     &bridge);
	if (r < 0 || !bridge || bridge->kind != IFACE_BRIDGE ||
	    bridge->order == IFACE_IN_ORDER || model_has_upper(model, bridge))
		return r;
	ARENA_PUSH(loader->arena, model->uppers, model->n_uppers, model->uppers_cap,
		   bridge);
	return 0;
}

static int add_uppers_of(struct loader *loader, struct model *model, const char *name)
{
	struct ifcfg_span found = ifcfg_dir_find(&loader->dir, FIND_PARENT, name);
	int r = 0;

	for (size_t i = 0; i < found.n && r == 0; i++) {
		struct iface *upper = NULL;

		r = load_file(loader, found.files[i], &upper);
		if (r < 0 || !upper || upper->order == IFACE_IN_ORDER ||
		    model_has_upper(model, upper))
			continue;
		upper->parent_name = name;
		ARENA_PUSH(loader->arena, model->uppers, model->n_uppers,
			   model->uppers_cap, upper);
		r = 0;
	}
	return r == 0 ? add_bridge_of(loader, model, name) : r;
}

/* What has joined the target: first what is not stacked itself, because of the order. */
static int add_members(struct loader *loader, struct model *model, bool is_stacked)
{
	struct ifcfg_span found =
		ifcfg_dir_find(&loader->dir, FIND_HOME, model->target->name);
	int r = 0;

	for (size_t i = 0; i < found.n && r == 0; i++) {
		struct iface *upper = NULL;

		if (!found.files[i]->parent == is_stacked)
			continue;
		r = stack_load(loader, found.files[i], &upper);
		if (r < 0 || !upper || upper->order == IFACE_IN_ORDER ||
		    model_has_upper(model, upper))
			continue;
		ARENA_PUSH(loader->arena, model->uppers, model->n_uppers,
			   model->uppers_cap, upper);
	}
	return r;
}

/* The same for what is stacked on those from @i on. */
static int add_uppers_from(struct loader *loader, struct model *model, size_t i)
{
	int r = 0;

	for (; i < model->n_uppers && r == 0; i++)
		r = add_uppers_of(loader, model, model->uppers[i]->name);
	return r;
}

int stack_uppers(struct loader *loader, struct model *model)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct diag *told = loader->diag;
	size_t n;
	int r = 0;

	loader->diag = unheard;
	r = add_uppers_of(loader, model, model->target->name);
	if (r == 0)
		r = add_members(loader, model, false);
	if (r == 0)
		r = add_uppers_from(loader, model, 0);
	n = model->n_uppers;
	if (r == 0)
		r = add_members(loader, model, true);
	if (r == 0)
		r = add_uppers_from(loader, model, n);
	loader->diag = told;
	return r;
}
