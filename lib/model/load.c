/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the files to a model: which file is meant, and which others belong to it.
 *
 * All files are read, because any of them may name the bond as its MASTER; what is wrong
 * in one is told only when it belongs to the interface that was asked for.
 */
#include "lib/model/load.h"

#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <strings.h>

#include "lib/base/strbuf.h"
#include "lib/base/typo.h"
#include "lib/model/ifcfg-keys.h"

bool iface_name_is_valid(const char *name)
{
	size_t len = strlen(name);

	if (!len || len >= IFNAMSIZ || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return false;
	for (size_t i = 0; i < len; i++)
		if (name[i] == '/' || name[i] == ':' || isspace((unsigned char)name[i]))
			return false;
	return true;
}

/* ---- who is whose port ---- */

static const struct ifcfg *file_by_uuid(const struct ifcfg_dir *dir, const char *uuid)
{
	for (size_t i = 0; i < dir->n; i++) {
		const char *own = ifcfg_own_value(&dir->files[i], "UUID");

		if (own && !dir->files[i].ignored && strcasecmp(own, uuid) == 0)
			return &dir->files[i];
	}
	return NULL;
}

/* The bond's name as the port's file gives it, or by the UUID that it gives instead. */
static const char *master_of(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *master = ifcfg_own_value(file, "MASTER");
	const char *slave = ifcfg_own_value(file, "SLAVE");
	const struct ifcfg *bond;

	if (slave && ifcfg_is_false(slave))
		return NULL;
	if (!master)
		master = ifcfg_own_value(file, "MASTER_UUID");
	bond = master ? file_by_uuid(dir, master) : NULL;
	return bond ? ifcfg_own_value(bond, "DEVICE") : master;
}

static bool is_port_of(const struct ifcfg_dir *dir, const struct ifcfg *file,
		       const char *bond)
{
	const char *master = file->ignored ? NULL : master_of(dir, file);

	return master && strcmp(master, bond) == 0;
}

static const struct ifcfg *first_port(const struct ifcfg_dir *dir, const char *bond)
{
	for (size_t i = 0; i < dir->n; i++)
		if (is_port_of(dir, &dir->files[i], bond))
			return &dir->files[i];
	return NULL;
}

/* ---- which file is meant ---- */

static const char *device_of(const struct ifcfg *file)
{
	return ifcfg_own_value(file, "DEVICE");
}

/* "Auto " and "System " were put before names by older tools. */
static bool has_name(const struct ifcfg *file, const char *request)
{
	const char *name = ifcfg_own_value(file, "NAME");

	if (name && strncmp(name, "Auto ", 5) == 0)
		name += 5;
	else if (name && strncmp(name, "System ", 7) == 0)
		name += 7;
	return name && strcasecmp(name, request) == 0;
}

static bool has_device(const struct ifcfg *file, const char *request)
{
	return device_of(file) && strcmp(device_of(file), request) == 0;
}

static bool has_hwaddr(const struct ifcfg *file, const char *request)
{
	const char *own = ifcfg_own_value(file, "HWADDR");
	struct hwaddr a, b;

	return own && hwaddr_parse(own, &a) == 0 && hwaddr_parse(request, &b) == 0 &&
	       hwaddr_equal(&a, &b);
}

/* The one file that fits; none when several do. */
static const struct ifcfg *only_file(const struct ifcfg_dir *dir, const char *request,
				     bool (*fits)(const struct ifcfg *, const char *))
{
	const struct ifcfg *found = NULL;

	for (size_t i = 0; i < dir->n; i++) {
		if (dir->files[i].ignored || !fits(&dir->files[i], request))
			continue;
		if (found)
			return NULL;
		found = &dir->files[i];
	}
	return found;
}

static const struct ifcfg *file_named(struct loader *loader, const char *request)
{
	const char *slash = strrchr(request, '/');
	const char *name = slash ? slash + 1 : request;
	const char *full = arena_printf(loader->arena, "ifcfg-%s", request);
	const struct ifcfg *file = full ? ifcfg_dir_file(&loader->dir, full) : NULL;

	return file ? file : ifcfg_dir_file(&loader->dir, name);
}

/* Two files for one device: whichever were taken, the other would be meant half the time. */
static bool is_unambiguous(struct loader *loader, const char *device)
{
	const struct ifcfg *first = NULL;

	for (size_t i = 0; i < loader->dir.n; i++) {
		const struct ifcfg *file = &loader->dir.files[i];

		if (file->ignored || !has_device(file, device))
			continue;
		if (first) {
			diag_error(loader->diag, ifcfg_pos(file, "DEVICE"),
				   "%s is configured in two files: here and in %s:%u",
				   device, first->path, ifcfg_pos(first, "DEVICE").line);
			diag_hint(loader->diag,
				  "remove one of them, or rename it so that it ends "
				  "in .bak");
			return false;
		}
		first = file;
	}
	return true;
}

/* In the order of network-scripts, but the device before the MAC address. */
static const struct ifcfg *find_file(struct loader *loader, const char *request)
{
	const struct ifcfg_dir *dir = &loader->dir;
	const struct ifcfg *file = file_named(loader, request);

	if (!file)
		file = only_file(dir, request, has_name);
	if (!file)
		file = only_file(dir, request, has_device);
	if (!file)
		file = only_file(dir, request, has_hwaddr);
	return file;
}

static const char *candidate(size_t i, const void *arg)
{
	const struct ifcfg_dir *dir = arg;

	return dir->files[i].ignored ? NULL : device_of(&dir->files[i]);
}

static int not_configured(struct loader *loader, const char *request)
{
	_cleanup_strbuf_ struct strbuf names = STRBUF_EMPTY;
	const struct ifcfg_dir *dir = &loader->dir;
	const char *nearest = typo_nearest(request, dir->n, candidate, dir);

	diag_error(loader->diag, (struct pos){ 0 },
		   "no interface is configured under the name '%s'", request);
	for (size_t i = 0; i < dir->n; i++)
		if (candidate(i, dir))
			strbuf_addf(&names, "%s%s", names.len ? ", " : "",
				    candidate(i, dir));
	if (nearest)
		diag_hint(loader->diag, "did you mean '%s'? Configured are: %s", nearest,
			  strbuf_text(&names));
	else
		diag_hint(loader->diag, "configured are: %s",
			  names.len ? strbuf_text(&names) : "none");
	return -ENOENT;
}

/* ---- what kind of interface a file describes ---- */

static bool is_type(const char *type, const char *word)
{
	return type && strcasecmp(type, word) == 0;
}

static bool says_bond(const struct ifcfg_dir *dir, const struct ifcfg *file,
		      const char *device)
{
	const char *master = ifcfg_own_value(file, "BONDING_MASTER");

	return is_type(ifcfg_own_value(file, "TYPE"), "Bond") ||
	       (master && ifcfg_is_true(master)) ||
	       ifcfg_own_value(file, "BONDING_OPTS") || first_port(dir, device);
}

/* Types that run over the ethernet path here. */
static bool type_is_ours(const char *type)
{
	return !type || is_type(type, "Ethernet") || is_type(type, "Bond") ||
	       is_type(type, "InfiniBand");
}

static void check_kind(struct loader *loader, const struct ifcfg *file, bool bond)
{
	const char *type = ifcfg_own_value(file, "TYPE");
	const char *vlan = ifcfg_own_value(file, "VLAN");

	if ((!type_is_ours(type) && !bond) || (vlan && ifcfg_is_true(vlan))) {
		diag_error(loader->diag,
			   ifcfg_pos(file, type_is_ours(type) ? "VLAN" : "TYPE"),
			   "interfaces of type %s are not supported by this version",
			   type_is_ours(type) ? "Vlan" : type);
		return;
	}
	if (bond && !type_is_ours(type)) {
		diag_warning(loader->diag, ifcfg_pos(file, "TYPE"),
			     "TYPE=%s on a bond is taken for TYPE=Bond", type);
		diag_hint(loader->diag, "write TYPE=Bond");
	}
}

static bool check_name(struct loader *loader, const char *name, struct pos pos,
		       const char *key)
{
	if (iface_name_is_valid(name))
		return true;
	diag_error(loader->diag, pos, "%s='%s' is not the name of an interface", key,
		   name);
	diag_hint(loader->diag, "it has 1 to 15 bytes and no '/', ':' or blank%s",
		  strchr(name, ':') ? "; aliases are not supported by this version" : "");
	return false;
}

/* ---- a file and those that belong to it ---- */

static struct iface *new_iface(struct loader *loader, const char *name, struct pos pos,
			       enum iface_kind kind)
{
	struct iface *iface = arena_alloc(loader->arena, sizeof(*iface));

	if (!iface)
		return NULL;
	iface->name = name;
	iface->pos = iface->options_pos = pos;
	iface->kind = kind;
	iface->onboot = true;
	return iface;
}

/* Return: 0 with *@ret, which stays NULL when the file has no usable name; -ENOMEM. */
static int load_file(struct loader *loader, const struct ifcfg *file, struct iface **ret)
{
	const char *device = device_of(file);
	struct iface *iface;
	bool bond;

	if (!device) {
		diag_merge(loader->diag, file->findings);
		diag_error(loader->diag, (struct pos){ file->path, 0 },
			   "DEVICE is missing");
		diag_hint(loader->diag, "add the line DEVICE=%s",
			  file->name + strlen("ifcfg-"));
		return 0;
	}
	if (!check_name(loader, device, ifcfg_pos(file, "DEVICE"), "DEVICE") ||
	    !is_unambiguous(loader, device))
		return 0;
	bond = says_bond(&loader->dir, file, device);
	check_kind(loader, file, bond);
	iface = new_iface(loader, device, ifcfg_pos(file, "DEVICE"),
			  bond ? IFACE_BOND : IFACE_ETHERNET);
	if (!iface)
		return -ENOMEM;
	iface->file = file->name;
	*ret = iface;
	return iface_read(loader, file, iface);
}

/* The bond of a port; one that has no file of its own is as its ports name it. */
static int load_bond(struct loader *loader, const char *name, struct pos named_at,
		     struct iface **ret)
{
	const struct ifcfg *file = only_file(&loader->dir, name, has_device);

	if (file)
		return load_file(loader, file, ret);
	if (!check_name(loader, name, named_at, "MASTER") ||
	    !is_unambiguous(loader, name))
		return 0;
	diag_warning(loader->diag, named_at, "%s has no file of its own", name);
	diag_hint(loader->diag,
		  "write ifcfg-%s with DEVICE=%s and BONDING_OPTS; until then it has the "
		  "driver's defaults",
		  name, name);
	*ret = new_iface(loader, name, named_at, IFACE_BOND);
	if (!*ret)
		return -ENOMEM;
	bond_options_validate(&(*ret)->options, name, named_at, loader->diag);
	return 0;
}

static struct pos master_pos(const struct ifcfg *file)
{
	return ifcfg_pos(file,
			 ifcfg_own_value(file, "MASTER") ? "MASTER" : "MASTER_UUID");
}

static int add_port(struct loader *loader, struct iface *bond, const struct ifcfg *file,
		    struct iface *known)
{
	struct iface *port = known;
	int r;

	if (!port) {
		r = load_file(loader, file, &port);
		if (r < 0 || !port)
			return r;
	}
	port->bond = bond;
	port->bond_pos = master_pos(file);
	if (port->kind == IFACE_BOND) {
		diag_error(loader->diag, port->bond_pos,
			   "%s is a bond: it cannot be a port of %s", port->name,
			   bond->name);
		return 0;
	}
	return ARENA_PUSH(loader->arena, bond->ports, bond->n_ports, bond->ports_cap,
			  port);
}

/* All files that name the bond; @known is the one that is loaded already, if any. */
static int load_ports(struct loader *loader, struct iface *bond,
		      const struct ifcfg *known_file, struct iface *known)
{
	for (size_t i = 0; i < loader->dir.n; i++) {
		const struct ifcfg *file = &loader->dir.files[i];
		int r;

		if (!is_port_of(&loader->dir, file, bond->name) &&
		    (!known || file != known_file))
			continue;
		r = add_port(loader, bond, file, file == known_file ? known : NULL);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Looks like 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(const char *text)
{
	return strlen(text) == 36 && strspn(text, "0123456789abcdefABCDEF-") == 36;
}

static bool check_master(struct loader *loader, const struct ifcfg *file,
			 const char *master)
{
	const char *slave = ifcfg_own_value(file, "SLAVE");

	if (!master && slave && ifcfg_is_true(slave)) {
		diag_error(loader->diag, ifcfg_pos(file, "SLAVE"),
			   "SLAVE=%s, but MASTER is missing", slave);
		diag_hint(loader->diag, "add MASTER= with the name of the bond, or "
					"remove SLAVE");
		return false;
	}
	if (master && is_uuid(master)) {
		diag_error(loader->diag, master_pos(file), "no file has UUID=%s", master);
		diag_hint(loader->diag, "write the bond's name: MASTER=bond0");
		return false;
	}
	return true;
}

static int load_target_file(struct loader *loader, const struct ifcfg *file,
			    struct iface **ret)
{
	const char *master = master_of(&loader->dir, file);
	struct iface *bond = NULL;
	int r = load_file(loader, file, ret);

	if (r < 0 || !*ret || !check_master(loader, file, master))
		return r;
	if (!master) {
		if ((*ret)->kind == IFACE_BOND)
			r = load_ports(loader, *ret, NULL, NULL);
		iface_validate(loader, *ret);
		return r;
	}
	if (strcmp(master, (*ret)->name) == 0) {
		diag_error(loader->diag, master_pos(file), "%s cannot be its own bond",
			   master);
		return 0;
	}
	r = load_bond(loader, master, master_pos(file), &bond);
	if (r < 0 || !bond)
		return r;
	r = load_ports(loader, bond, file, *ret);
	iface_validate(loader, bond);
	return r;
}

static int load_target(struct loader *loader, const char *request, struct iface **ret)
{
	const struct ifcfg *file = find_file(loader, request);
	const struct ifcfg *port;
	int r;

	if (file)
		return load_target_file(loader, file, ret);
	if (!is_unambiguous(loader, request))
		return -EINVAL;
	port = first_port(&loader->dir, request);
	if (!port)
		return not_configured(loader, request);
	r = load_bond(loader, request, master_pos(port), ret);
	if (r < 0 || !*ret)
		return r;
	r = load_ports(loader, *ret, NULL, NULL);
	iface_validate(loader, *ret);
	return r;
}

int model_load(const struct model_options *options, const char *request,
	       struct diag *diag, struct model **ret_model)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	struct loader loader = { .arena = arena, .diag = diag };
	struct iface *target = NULL;
	struct model *model;
	int r;

	if (!arena)
		return -ENOMEM;
	r = ifcfg_dir_read(options, arena, diag, &dir);
	loader.dir = dir;
	if (r == 0)
		r = load_target(&loader, request, &target);
	if (r < 0)
		return r;
	if (!target || diag_errors(diag))
		return -EINVAL;
	model = arena_alloc(arena, sizeof(*model));
	if (!model)
		return -ENOMEM;
	model->target = target;
	model->arena = TAKE_PTR(arena);
	*ret_model = model;
	return 0;
}

void model_free(struct model *model)
{
	if (model)
		arena_free(model->arena);
}
