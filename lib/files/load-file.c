/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes an interface of one file, or of what the files of its ports say of it. */
#include "lib/files/load-file.h"

#include <errno.h>
#include <string.h>

#include <linux/rtnetlink.h>

#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/files/bond.h"
#include "lib/files/iface.h"
#include "lib/files/judge.h"
#include "lib/files/kind.h"
#include "lib/files/meant.h"
#include "lib/files/source.h"
#include "lib/model/hooks.h"

/* The place of one of several files for a device; it need not contain DEVICE. */
static void add_place(struct strbuf *out, const struct ifcfg *file)
{
	struct pos pos = ifcfg_pos(file, "DEVICE");

	strbuf_add(out, pos.file);
	if (pos.line)
		strbuf_addf(out, ":%u", pos.line);
}

/* ifcfg-ens1 with DEVICE=bond0 and MASTER=bond0 has a typo; ifcfg-bond0.txt is a copy. */
static void hint_of_two(struct loader *loader, const struct ifcfg *file)
{
	const char *master = ifcfg_own_value(file, "MASTER");
	const char *owner = master ? master : ifcfg_own_value(file, "BRIDGE");
	const char *subject = file->name + strlen("ifcfg-");

	if (owner && strcmp(owner, file->device) == 0 && ifname_is_valid(subject))
		diag_hint(loader->diag, "write DEVICE=%s", subject);
	else
		diag_hint(loader->diag,
			  "remove one of them, or rename it so that it ends in .bak");
}

bool load_is_unambiguous(struct loader *loader, const char *device)
{
	struct ifcfg_span found = ifcfg_dir_find(&loader->dir, FIND_DEVICE, device);
	_cleanup_strbuf_ struct strbuf first = STRBUF_EMPTY;

	if (found.n < 2)
		return true;
	add_place(&first, found.files[0]);
	for (size_t i = 1; i < found.n; i++) {
		diag_error(loader->diag, ifcfg_pos(found.files[i], "DEVICE"),
			   "%s is configured in two files: here and in %s", device,
			   strbuf_text(&first));
		hint_of_two(loader, found.files[i]);
	}
	return false;
}

static bool check_name(struct loader *loader, const char *name, struct pos pos,
		       const char *key)
{
	if (ifname_is_valid(name))
		return true;
	meant_tell_name(&loader->dir, loader->diag, pos, key, name);
	return false;
}

/* ---- one interface ---- */

static struct iface *new_iface(struct loader *loader, const char *name, struct pos pos,
			       enum iface_kind kind)
{
	struct iface *iface = arena_alloc(loader->arena, sizeof(*iface));

	iface->name = name;
	iface->pos = iface->options_pos = pos;
	iface->kind = kind;
	iface->onboot = iface->hotplug = true;
	iface->table = RT_TABLE_MAIN;
	iface->hook_limit_ms = HOOK_LIMIT_MS;
	if (!link_kinds[kind].options)
		return iface;
	iface->options = option_values_new(link_kinds[kind].options, loader->arena);
	return iface;
}

void load_tell_no_card(struct loader *loader, enum diag_grade grade,
		       const struct ifcfg *file)
{
	const char *value = ifcfg_own_value(file, "HWADDR");
	const struct pos pos = ifcfg_pos(file, "HWADDR");
	struct hwaddr mac;

	if (!ifcfg_hwaddr(file, &mac)) {
		diag_add(loader->diag, grade, pos, "HWADDR='%s' is not a MAC address",
			 value);
		diag_hint(loader->diag, "it reads like 52:54:00:12:34:56");
		return;
	}
	diag_add(loader->diag, grade, pos, "there is no interface with HWADDR=%s", value);
	diag_hint(loader->diag,
		  "`ip link` lists the interfaces; correct it, or add DEVICE%s",
		  ifcfg_value(&loader->dir, file, "DEVTIMEOUT") ? ""
								: _(DEV_TIMEOUT_HINT));
}

/* It has HWADDR instead, or its own name is useless, too. */
static void tell_no_device(struct loader *loader, const struct ifcfg *file)
{
	iface_judge_keys(loader, file);
	if (ifcfg_own_value(file, "HWADDR"))
		load_tell_no_card(loader, DIAG_ERROR, file);
	else
		meant_tell_device(&loader->dir, loader->diag, file);
}

/* If its card may appear late, it is noted that it has to be waited for. */
const char *load_device(struct loader *loader, const struct ifcfg *file)
{
	struct loaded *slot = &loader->of_file[file - loader->dir.files];
	const struct source src = { .loader = loader,
				    .file = file,
				    .diag = loader->diag };
	uint32_t wait_ms;
	struct hwaddr mac;

	if (file->device || slot->is_looked_for)
		return file->device;
	slot->is_looked_for = true;
	wait_ms = source_dev_timeout(&src);
	if (wait_ms && ifcfg_hwaddr(file, &mac))
		host_card(loader->options, &mac, wait_ms);
	return file->device;
}

static int make_iface(struct loader *loader, const struct ifcfg *file, const char *device,
		      struct iface **ret)
{
	struct helper *helper = NULL;
	enum iface_kind kind;
	struct iface *iface;
	int r = kind_find(loader, file, &kind, &helper);

	if (r < 0)
		return r;
	iface = new_iface(loader, device, ifcfg_pos(file, "DEVICE"), kind);
	iface->file = file->name;
	iface->written = ifcfg_own_value(file, "DEVICE");
	iface->helper = helper;
	*ret = iface;
	return iface_read(loader, file, iface);
}

static int read_iface_file(struct loader *loader, const struct ifcfg *file,
			   struct iface **ret)
{
	const char *device = load_device(loader, file);

	diag_about(loader->diag, device);
	if (!device) {
		tell_no_device(loader, file);
		return 0;
	}
	if (file->is_misnamed) /* an error, but all others are reported, too */
		meant_tell_device(&loader->dir, loader->diag, file);
	if (!check_name(loader, device, ifcfg_pos(file, "DEVICE"), "DEVICE") ||
	    !load_is_unambiguous(loader, device))
		return 0;
	return make_iface(loader, file, device, ret);
}

int load_alone(const struct ifcfg_dir *dir, const struct ifcfg *file, struct iface **ret)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct model_options options = *dir->options;
	struct loader loader = { .options = &options,
				 .dir = *dir,
				 .arena = dir->table,
				 .diag = unheard,
				 .is_trial = true };
	int r;

	options.kept = NULL;
	loader.dir.options = &options;
	loader.model = arena_alloc(dir->table, sizeof(*loader.model));
	r = bond_read_driver(&loader, options.driver, &loader.driver);
	if (r == 0)
		r = make_iface(&loader, file, file->device, ret);
	if (r < 0)
		return r;
	return diag_errors(unheard) || diag_errors(ifcfg_findings(file)) ? -EINVAL : 0;
}

/*
 * To be taken down, an interface need only be identified, whatever errors its file has.
 */
static int read_to_take_down(struct loader *loader, const struct ifcfg *file,
			     struct iface **ret)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	struct diag *told = loader->diag;
	int r = 0;

	loader->diag = findings;
	r = read_iface_file(loader, file, ret);
	loader->diag = told;
	if (*ret)
		diag_forgive(findings);
	diag_merge(told, findings);
	return r;
}

int load_file(struct loader *loader, const struct ifcfg *file, struct iface **ret)
{
	struct loaded *slot = &loader->of_file[file - loader->dir.files];
	size_t errors = diag_errors(loader->diag);
	int r = 0;

	if (!slot->is_loaded) {
		const char *about = diag_about(loader->diag, NULL);

		r = loader->options->goes_down
			    ? read_to_take_down(loader, file, &slot->iface)
			    : read_iface_file(loader, file, &slot->iface);
		diag_about(loader->diag, about);
		slot->is_loaded = true;
		slot->has_errors = diag_errors(loader->diag) > errors;
	}
	loader->met_errors |= slot->has_errors;
	*ret = slot->iface;
	return r;
}

/* ---- ports, whose errors affect only themselves ---- */

/* All that is known about it: its owner. */
static void make_lost(struct loader *loader, struct iface *owner,
		      const struct ifcfg *file, struct iface **ret)
{
	const struct pos pos = ifcfg_pos(file, "DEVICE");
	struct iface *port;

	*ret = NULL;
	if (!file->device) {
		load_note_failed(loader, file->name + strlen("ifcfg-"), pos);
		return;
	}
	port = new_iface(loader, file->device, pos, IFACE_ETHERNET);
	port->file = file->name;
	port->is_lost = true;
	port->master = owner;
	port->master_name = owner->name;
	port->master_pos = pos;
	port->port_options =
		option_values_new(owner->options->table->beside, loader->arena);
	*ret = port;
	load_note_failed(loader, port->name, pos);
}

int load_port(struct loader *loader, struct iface *owner, const struct ifcfg *file,
	      int (*load)(struct loader *loader, struct iface *owner,
			  const struct ifcfg *file, struct iface **ret),
	      struct iface **ret)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	struct diag *told = loader->diag;
	bool met_errors = loader->met_errors, is_lost;
	int r = 0;

	loader->diag = findings;
	loader->met_errors = false;
	r = load(loader, owner, file, ret);
	is_lost = loader->met_errors || diag_errors(findings);
	loader->diag = told;
	loader->met_errors = met_errors;
	diag_merge(is_lost ? loader->lost : told, findings);
	if (r == 0 && is_lost)
		make_lost(loader, owner, file, ret);
	return r < 0 ? r : is_lost;
}

static bool has_file_errors(const struct loader *loader, const struct iface *iface)
{
	const struct ifcfg *file = load_only_file(loader, iface->name);

	return file && loader->of_file[file - loader->dir.files].has_errors;
}

void load_judge_lost(struct loader *loader, struct iface *owner, size_t n, size_t n_lost)
{
	if (!n || n_lost < n)
		return;
	owner->is_useless = true;
	if (has_file_errors(loader, owner))
		return;
	diag_error(loader->diag, owner->pos,
		   "%s is left alone: all of its ports have errors", owner->name);
	diag_hint(loader->diag, "correct the files of its ports first");
}

/* ---- interfaces without a file ---- */

/* An interface without a file that is loaded already, or NULL. */
static struct iface *find_bare(const struct loader *loader, const char *name)
{
	for (size_t i = 0; i < loader->n_bare; i++)
		if (strcmp(loader->bare[i]->name, name) == 0)
			return loader->bare[i];
	return NULL;
}

/*
 * struct bare_kind - a kind known only from its ports; @hint ends "write ifcfg-X with
 * DEVICE=X and"
 */
struct bare_kind {
	enum iface_kind kind;
	enum ifcfg_find find;
	const char *key, *hint;
};

/*
 * If it came up with the driver's defaults although its options are in a file, that would
 * be worse than nothing: balance-rr on plain ports of a switch. Taking it down needs no
 * file.
 */
static bool may_have_file(struct loader *loader, const struct bare_kind *what,
			  const char *name, struct pos named_at)
{
	const struct ifcfg *file =
		loader->options->goes_down ? NULL : meant_lost(&loader->dir, what->find);

	if (!file)
		return false;
	diag_error(loader->diag, named_at,
		   "%s is left alone: it has no file of its own, unless it is %s, which "
		   "does not say what it is about",
		   name, file->path);
	diag_hint(loader->diag, "correct DEVICE there, or remove that file");
	return true;
}

/* ifcfg-bond0 with DEVICE=bond0:0: its options would not be those of the bond. */
static bool is_alias_file(struct loader *loader, const char *name)
{
	const char *path = arena_printf(loader->arena, "ifcfg-%s", name);
	const struct ifcfg *file = ifcfg_dir_file(&loader->dir, path);

	if (!file || file->ignored || !file->real || strcmp(file->real, name) != 0 ||
	    loader->options->goes_down)
		return false;
	alias_tell_no_parent(loader->diag, file, name);
	return true;
}

/* The only bond, or bridge, that has a file; NULL if there are others. */
static const char *only_owner(const struct loader *loader, enum ifcfg_find find)
{
	const char *only = NULL;

	for (size_t i = 0; i < loader->dir.n; i++) {
		const struct ifcfg *file = &loader->dir.files[i];

		if (file->ignored || !file->device || file->master || file->bridge ||
		    !meant_says_owner(file, find))
			continue;
		if (only)
			return NULL;
		only = file->device;
	}
	return only;
}

/* ifcfg-bond0.bak, if no other file is about bond0. */
static const struct ifcfg *find_aside(const struct ifcfg_dir *dir, const char *name)
{
	for (size_t i = 0; i < dir->n; i++) {
		const struct ifcfg *file = &dir->files[i];

		if (file->ignored && file->device && strcmp(file->device, name) == 0)
			return file;
	}
	return NULL;
}

static void tell_bare(struct loader *loader, const struct bare_kind *what,
		      const char *name, struct pos named_at)
{
	const char *only = only_owner(loader, what->find);
	const struct ifcfg *aside = find_aside(&loader->dir, name);

	diag_warning(loader->diag, named_at, "%s has no file of its own", name);
	if (aside)
		diag_hint(loader->diag,
			  "%s is ignored for its name: rename it to ifcfg-%s",
			  aside->name, name);
	else if (only)
		diag_hint(loader->diag,
			  "write %s=%s, if that is meant, or ifcfg-%s with DEVICE=%s "
			  "and %s",
			  what->key, only, name, name, _(what->hint));
	else
		diag_hint(loader->diag, "write ifcfg-%s with DEVICE=%s and %s", name,
			  name, _(what->hint));
}

static int load_bare(struct loader *loader, const struct bare_kind *what,
		     const char *name, struct pos named_at, struct iface **ret)
{
	if (!check_name(loader, name, named_at, what->key) ||
	    !load_is_unambiguous(loader, name))
		return 0;
	*ret = find_bare(loader, name);
	if (*ret || is_alias_file(loader, name) ||
	    may_have_file(loader, what, name, named_at))
		return 0;
	tell_bare(loader, what, name, named_at);
	*ret = new_iface(loader, name, named_at, what->kind);
	if (what->kind == IFACE_BOND && bond_use_driver(loader, *ret) < 0)
		return -ENOMEM;
	ARENA_PUSH(loader->arena, loader->bare, loader->n_bare, loader->bare_cap, *ret);
	return 0;
}

int load_bare_bridge(struct loader *loader, const char *name, struct pos named_at,
		     struct iface **ret)
{
	static const struct bare_kind bridge = { IFACE_BRIDGE, FIND_BRIDGE, "BRIDGE",
						 N_("TYPE=Bridge; until then it has the "
						    "kernel's defaults and no address") };

	return load_bare(loader, &bridge, name, named_at, ret);
}

int load_bare_bond(struct loader *loader, const char *name, struct pos named_at,
		   struct iface **ret)
{
	static const struct bare_kind bond = { IFACE_BOND, FIND_MASTER, "MASTER",
					       N_("BONDING_OPTS; until then it has the "
						  "driver's defaults, mostly without "
						  "link monitoring") };

	return load_bare(loader, &bond, name, named_at, ret);
}
