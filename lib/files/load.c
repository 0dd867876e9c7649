/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a model of the files: finds the requested file, and those that belong to it.
 *
 * All files are read, because any of them may name the bond as its MASTER; errors in a
 * file are reported only if it belongs to the requested interface.
 */
#include "lib/files/files.h"

#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/base/memory.h"
#include "lib/files/bond.h"
#include "lib/files/find.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/judge.h"
#include "lib/files/load-all.h"
#include "lib/files/load-file.h"
#include "lib/files/relate.h"
#include "lib/files/stack.h"
#include "lib/model/hooks.h"

/* ---- the request ---- */

static bool is_of_other(const struct model *model, const char *alias)
{
	return !alias || strcmp(alias, model->alias) != 0;
}

/* For an alias, only its own part of the target matters. */
static void sleep_others(const struct model *model)
{
	struct iface *iface = model->target;

	for (size_t i = 0; i < iface->n_addrs; i++)
		iface->addrs[i].is_asleep = is_of_other(model, iface->addrs[i].alias);
	for (size_t i = 0; i < iface->n_routes; i++)
		iface->routes[i].is_asleep = is_of_other(model, iface->routes[i].alias);
	for (size_t i = 0; i < iface->n_rules; i++)
		iface->rules[i].is_asleep = is_of_other(model, iface->rules[i].alias);
	for (size_t i = 0; i < iface->n_ip_lines; i++)
		iface->ip_lines[i].is_asleep =
			is_of_other(model, iface->ip_lines[i].alias);
}

/* The parent, which brings the alias along. */
static int load_alias(struct loader *loader, const struct ifcfg *file,
		      const char *parent_name, struct model *model)
{
	const struct ifcfg *parent = load_only_file(loader, parent_name);
	int r;

	loader->for_alias = file;
	r = parent ? stack_load(loader, parent, &model->target) : 0;
	if (!parent) {
		alias_tell_no_parent(loader->diag, file, parent_name);
	}
	if (r < 0 || !model->target)
		return r;
	model->alias = file->label;
	model->alias_file = file->name;
	sleep_others(model);
	return 0;
}

/* Return: 0; the target stays NULL if there is an error (reported); -ENOENT. */
static int load_request(struct loader *loader, const char *request, struct model *model)
{
	const struct ifcfg *file = ifcfg_find(&loader->dir, request);
	const char *parent = file ? file->real : NULL;
	struct iface **ret = &model->target;
	struct ifcfg_span ports;

	if (parent)
		return load_alias(loader, file, parent, model);
	if (loader->options->step)
		loader->step_file = file;
	if (file)
		return stack_load_target(loader, file, ret);
	if (!load_is_unambiguous(loader, request))
		return -EINVAL;
	ports = ifcfg_dir_find(&loader->dir, FIND_MASTER, request);
	if (ports.n)
		return stack_load_bare_bond(loader, request, ports.files[0], ret);
	ports = ifcfg_dir_find(&loader->dir, FIND_BRIDGE, request);
	if (ports.n)
		return stack_load_bare_bridge(loader, request, ports.files[0], ret);
	return ifcfg_not_found(&loader->dir, request, loader->diag);
}

/* The addresses of a helper's interface may be set by the helper itself. */
static void sleep_addrs(struct iface *iface, enum helper_step step)
{
	for (size_t i = 0; i < iface->n_addrs && step != STEP_ETH; i++) {
		struct want_addr *addr = &iface->addrs[i];

		if (!addr->alias && (step != STEP_IPV6 || addr->addr.family != AF_INET6))
			addr->is_asleep = true;
	}
}

static int load_target(struct loader *loader, const char *request, struct model *model)
{
	int r = load_request(loader, request, model);

	if (r < 0)
		return r;
	if (model->target && loader->options->goes_down)
		diag_forgive(loader->diag);
	if (model->target) {
		stack_order(loader, model, model->target);
		r = 0;
	}
	if (!model->target || diag_errors(loader->diag))
		return r < 0 ? r : -EINVAL;
	model->target->is_target = true;
	if (loader->options->step)
		sleep_addrs(model->target, loader->options->step);
	return r;
}

/* The name of an interface belongs to it up to what marks aliases and ranges. */
static bool begins_with_name(const char *rest, const char *name)
{
	size_t len = strlen(name);

	return strncmp(rest, name, len) == 0 &&
	       (!rest[len] || rest[len] == ':' || strcmp(rest + len, ".route") == 0 ||
		strncmp(rest + len, "-range", 6) == 0);
}

static bool belongs_to_iface(const char *rest, const struct iface *iface)
{
	return begins_with_name(rest, iface->name) ||
	       (iface->written && begins_with_name(rest, iface->written)) ||
	       (iface->file && begins_with_name(rest, iface->file + strlen("ifcfg-")));
}

bool model_means(const struct model *model, const char *subject)
{
	for (size_t i = 0; i < model->n_order; i++) {
		const struct iface *iface = model->order[i];

		if (belongs_to_iface(subject, iface))
			return true;
		for (size_t k = 0; k < iface->n_ports; k++)
			if (belongs_to_iface(subject, iface->ports[k]))
				return true;
	}
	return false;
}

/* Any of them may describe a port, an alias or a VLAN of the requested interface. */
static void tell_broken_files(struct loader *loader)
{
	const struct ifcfg_dir *dir = &loader->dir;

	for (size_t i = 0; i < dir->n; i++) {
		const struct ifcfg *file = &dir->files[i];

		if (!file->is_broken || file->ignored ||
		    !diag_errors(ifcfg_findings(file)))
			continue; /* or was reported already */
		diag_merge(loader->lost, ifcfg_findings(file));
		load_note_failed(loader, file->name + strlen("ifcfg-"),
				 (struct pos){ file->path, 0 });
	}
}

/* Files of the model's interfaces are kept, though it does not need all of them. */
static void read_meant(const struct loader *loader)
{
	for (size_t i = 0; loader->options->kept && i < loader->dir.n; i++) {
		const struct ifcfg *file = &loader->dir.files[i];
		const char *subject = ifcfg_subject(file->name);

		if (ifcfg_simple_vars(file) && subject &&
		    model_means(loader->model, subject))
			ifcfg_vars(file);
	}
}

static int load_model(struct loader *loader, const char *request,
		      const struct model_besides *besides, struct model *model)
{
	int r = request ? load_target(loader, request, model) : load_all(loader, model);

	for (; r == 0 && besides && besides->name; besides++)
		if (model_has_target(model, besides->with))
			r = load_besides(loader, besides->name, model);
	if (r == 0 && loader->at_boot)
		load_judge_overlaps(loader);
	if (r == 0 || r == -EINVAL) {
		int judged = load_judge_routes(loader);

		r = judged < 0 ? judged : r;
	}
	if (r == 0 && request)
		r = stack_uppers(loader, model);
	if (r == 0 && (request || (model->is_partial && model->n_order)))
		tell_broken_files(loader);
	return r;
}

/**
 * struct model_files - the files that a model is loaded from
 * @request: of model_read()
 * @dir: in the arena, which becomes that of the model
 * @findings: about the directory and the network file: they concern every interface
 * @error: why the directory could not be read; 0
 */
struct model_files {
	const struct model_options *options;
	const char *request;
	struct arena *arena;
	struct ifcfg_dir dir;
	struct diag *findings;
	int error;
};

struct model_files *model_read(const struct model_options *options, const char *request)
{
	struct model_files *files = memory_zeroed(1, sizeof(*files));

	files->options = options;
	files->request = request;
	files->arena = arena_new();
	files->findings = diag_new();
	files->error =
		ifcfg_dir_open(options, files->arena, request && !options->reads_all,
			       files->findings, &files->dir);
	iface_judge_vars(files->findings, &files->dir.global);
	if (options->goes_down)
		diag_forgive(files->findings);
	return files;
}

void model_name_files(struct model_files *files)
{
	if (files->error == 0)
		ifcfg_dir_name(&files->dir);
}

void model_files_free(struct model_files *files)
{
	if (!files)
		return;
	ifcfg_dir_release(&files->dir);
	diag_free(files->findings);
	arena_free(files->arena);
	free(files);
}

int model_load_files(struct model_files *files, const struct model_besides *besides,
		     struct diag *diag, const struct model **ret_model)
{
	_cleanup_diag_ struct diag *lost = diag_new();
	const struct model_options *options = files->options;
	struct arena *arena = files->arena;
	struct loader loader = {
		.options = options, .arena = arena, .diag = diag, .lost = lost
	};
	struct model *model = arena_alloc(arena, sizeof(*model));
	size_t errors = diag_errors(diag);
	int r = files->error;

	diag_merge(diag, files->findings);
	errors = diag_errors(diag) - errors; /* of every interface in this case */
	if (r == 0)
		ifcfg_dir_relate(&files->dir);
	loader.dir = files->dir;
	loader.model = model;
	loader.at_boot = options->at_boot;
	loader.all = !files->request;
	model->directory = loader.dir.path;
	model->step = options->step;
	model->keep_uppers = options->keep_uppers;
	loader.of_file = arena_alloc(arena, (loader.dir.n + 1) * sizeof(*loader.of_file));
	if (r == 0)
		r = bond_read_driver(&loader, options->driver, &loader.driver);
	for (size_t i = 0; i < HOOK_COUNT && r == 0; i++)
		load_needs_program(&loader, hook_paths[i]);
	if (r == 0)
		r = load_model(&loader, files->request, besides, model);
	read_meant(&loader);
	diag_merge(diag, lost);
	if (r == 0 && errors)
		r = -EINVAL;
	if (r < 0)
		return r;
	model->arena = TAKE_PTR(files->arena);
	*ret_model = model;
	return 0;
}

int model_load(const struct model_options *options, const char *request,
	       const struct model_besides *besides, struct diag *diag,
	       const struct model **ret_model)
{
	_cleanup_model_files_ struct model_files *files = model_read(options, request);

	return model_load_files(files, besides, diag, ret_model);
}
