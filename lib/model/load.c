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

/* ---- who is whose port ---- */

static bool is_port_of(const struct ifcfg *file, const char *bond)
{
	return !file->ignored && file->master && strcmp(file->master, bond) == 0;
}

static const struct ifcfg *first_port(const struct ifcfg_dir *dir, const char *bond)
{
	for (size_t i = 0; i < dir->n; i++)
		if (is_port_of(&dir->files[i], bond))
			return &dir->files[i];
	return NULL;
}

/* ---- which file is meant ---- */

/* "Auto " and "System ", which older tools put before names, may be left out. */
static bool has_name(const struct ifcfg *file, const char *request)
{
	const char *name = ifcfg_own_value(file, "NAME");

	if (name && strcasecmp(name, request) == 0)
		return true;
	if (name && strncmp(name, "Auto ", 5) == 0)
		name += 5;
	else if (name && strncmp(name, "System ", 7) == 0)
		name += 7;
	return name && strcasecmp(name, request) == 0;
}

static bool has_device(const struct ifcfg *file, const char *request)
{
	return file->device && strcmp(file->device, request) == 0;
}

static bool has_hwaddr(const struct ifcfg *file, const char *request)
{
	const char *own = ifcfg_own_value(file, "HWADDR");
	struct hwaddr a, b;

	return own && hwaddr_parse(own, &a) == 0 && hwaddr_parse(request, &b) == 0 &&
	       hwaddr_equal(&a, &b);
}

static const struct {
	const char *key;
	bool (*fits)(const struct ifcfg *file, const char *request);
} searches[] = {
	{ "NAME", has_name },
	{ "DEVICE", has_device },
	{ "HWADDR", has_hwaddr },
};

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

/* Two files for one device: whichever were taken, the other might have been meant. */
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
	const struct ifcfg *file = file_named(loader, request);

	for (size_t i = 0; !file && i < ARRAY_SIZE(searches); i++)
		file = only_file(&loader->dir, request, searches[i].fits);
	return file;
}

static const char *candidate(size_t i, const void *arg)
{
	const struct ifcfg_dir *dir = arg;

	return dir->files[i].ignored ? NULL : dir->files[i].device;
}

/* Whether it was not found because several files fit, which is told then. */
static bool is_ambiguous(struct loader *loader, const char *request)
{
	const struct ifcfg *found[2];
	size_t n = 0;

	for (size_t s = 0; s < ARRAY_SIZE(searches); s++, n = 0) {
		for (size_t i = 0; i < loader->dir.n && n < 2; i++)
			if (!loader->dir.files[i].ignored &&
			    searches[s].fits(&loader->dir.files[i], request))
				found[n++] = &loader->dir.files[i];
		if (n < 2)
			continue;
		diag_error(loader->diag, ifcfg_pos(found[1], searches[s].key),
			   "'%s' is the %s of two files: of this and of %s", request,
			   searches[s].key, found[0]->path);
		diag_hint(loader->diag, "name the device, or the file");
		return true;
	}
	return false;
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

/* Types that network-scripts left to a helper program, so that a plain link is wrong. */
static bool type_has_helper(const char *type)
{
	static const char *const types[] = {
		"Vlan", "Bridge", "Veth",  "Tap",   "Team", "TeamPort",
		"GRE",  "GRE6",   "IPIP",  "IPIP6", "SIT",  "CTC",
		"xDSL", "ISDN",   "Modem", "IPSEC", "CIPE",
	};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (is_type(type, types[i]))
			return true;
	return strncasecmp(type, "OVS", 3) == 0;
}

static bool type_is_ours(const char *type)
{
	return is_type(type, "Ethernet") || is_type(type, "Bond") ||
	       is_type(type, "InfiniBand");
}

static void check_type(struct loader *loader, const char *type, struct pos pos, bool bond)
{
	if (bond) {
		diag_warning(loader->diag, pos,
			     "TYPE=%s on a bond is taken for TYPE=Bond", type);
		diag_hint(loader->diag, "write TYPE=Bond");
	} else if (type_has_helper(type)) {
		diag_error(loader->diag, pos,
			   "interfaces of type %s are not supported by this version",
			   type);
	} else {
		diag_warning(loader->diag, pos,
			     "TYPE=%s is not known: taken for TYPE=Ethernet", type);
		diag_hint(loader->diag, "write TYPE=Ethernet, or TYPE=Bond for a bond");
	}
}

static void check_kind(struct loader *loader, const struct ifcfg *file, bool bond)
{
	const char *type = ifcfg_own_value(file, "TYPE");
	const char *vlan = ifcfg_own_value(file, "VLAN");

	if (vlan && ifcfg_is_true(vlan))
		diag_error(loader->diag, ifcfg_pos(file, "VLAN"),
			   "interfaces of type Vlan are not supported by this version");
	else if (type && !type_is_ours(type))
		check_type(loader, type, ifcfg_pos(file, "TYPE"), bond);
}

static bool check_name(struct loader *loader, const char *name, struct pos pos,
		       const char *key)
{
	if (ifname_is_valid(name))
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

static void tell_no_device(struct loader *loader, const struct ifcfg *file)
{
	iface_judge_keys(loader, file);
	for (size_t i = 0; i < file->vars.n; i++)
		if (strcmp(file->vars.vars[i].key, "DEVICE") == 0 &&
		    file->vars.vars[i].stray)
			return; /* told: it is there, but not in force */
	diag_error(loader->diag, (struct pos){ file->path, 0 }, "DEVICE is missing");
	if (ifcfg_own_value(file, "HWADDR"))
		diag_hint(loader->diag,
			  "add DEVICE= with the name of the interface that has "
			  "this HWADDR");
	else
		diag_hint(loader->diag, "add the line DEVICE=%s",
			  file->name + strlen("ifcfg-"));
}

/* Return: 0 with *@ret, which stays NULL when the file has no usable name; -ENOMEM. */
static int load_file(struct loader *loader, const struct ifcfg *file, struct iface **ret)
{
	const char *device = file->device;
	struct iface *iface;
	bool bond;

	if (!device) {
		tell_no_device(loader, file);
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

/* The bond of a port; one that has no file of its own is as its ports name it. */
static int load_bond(struct loader *loader, const char *name, struct pos named_at,
		     struct iface **ret)
{
	const struct ifcfg *file = only_file(&loader->dir, name, has_device);

	if (file && file->master)
		tell_nested(loader, name, file->master, master_pos(file));
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
		tell_nested(loader, port->name, bond->name, port->bond_pos);
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

		if (!is_port_of(file, bond->name) && (!known || file != known_file))
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
	const char *master = file->master;
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
		return is_ambiguous(loader, request) ? -EINVAL
						     : not_configured(loader, request);
	r = load_bond(loader, request, master_pos(port), ret);
	if (r < 0 || !*ret)
		return r;
	r = load_ports(loader, *ret, NULL, NULL);
	iface_validate(loader, *ret);
	return r;
}

/* route-bond0, or route-SUFFIX with the suffix of the ifcfg file. */
static bool belongs_to(const char *companion, const struct iface *iface)
{
	const char *suffix = strchr(strrchr(companion, '/'), '-') + 1;

	return strcmp(suffix, iface->name) == 0 ||
	       (iface->file && strcmp(suffix, iface->file + strlen("ifcfg-")) == 0);
}

static bool is_alias_of(const struct ifcfg *file, const char *name)
{
	size_t len = strlen(name);

	return !file->ignored && file->device && strncmp(file->device, name, len) == 0 &&
	       file->device[len] == ':';
}

/* Files that network-scripts would have read for it, and this version does not. */
static void judge_unread(struct loader *loader, const struct iface *iface)
{
	const struct ifcfg_dir *dir = &loader->dir;

	for (size_t i = 0; i < dir->n_companions; i++)
		if (belongs_to(dir->companions[i], iface))
			diag_warning(loader->diag, (struct pos){ dir->companions[i], 0 },
				     "this file is not read by this version");
	for (size_t i = 0; i < dir->n; i++)
		if (is_alias_of(&dir->files[i], iface->name))
			diag_warning(loader->diag, (struct pos){ dir->files[i].path, 0 },
				     "aliases are not brought up by this version");
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
	iface_judge_strays(diag, &dir.global);
	if (r == 0)
		r = load_target(&loader, request, &target);
	if (r < 0)
		return r;
	if (target && !target->bond)
		judge_unread(&loader, target);
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
