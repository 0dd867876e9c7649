/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stage between reading files and interpreting them: names and addresses in them are bound
 * to what the machine has.
 *
 * Interpreting does not ask the kernel. It notes what it would have to know and goes on as if
 * names were interfaces' own and nothing else were there: in nearly all runs, the kernel is
 * asked only for what the files name, and nothing has to be done twice.
 */
#include "lib/run/bind.h"

#include "lib/files/find.h"
#include "lib/files/relate.h"

/* Return: whether all has to be done again; then there is no model. */
static bool try_load(struct devices *devices, const struct model_options *options,
		     const char *request, const struct model_besides *besides,
		     struct diag *diag, const struct model **ret_model, int *ret)
{
	_cleanup_model_files_ struct model_files *files = model_read(options, request);
	_cleanup_diag_ struct diag *findings = diag_new_like(diag);
	_cleanup_model_ const struct model *model = NULL;

	while (devices_answer(devices))
		model_name_files(files);
	*ret = model_load_files(files, besides, findings, &model);
	if (devices_answer(devices))
		return true;
	diag_merge(diag, findings);
	if (*ret == 0)
		*ret_model = TAKE_PTR(model);
	return false;
}

int bind_load(struct devices *devices, const struct model_options *options,
	      const char *request, const struct model_besides *besides, struct diag *diag,
	      const struct model **ret_model)
{
	int r;

	while (try_load(devices, options, request, besides, diag, ret_model, &r))
		;
	return r;
}

/* Return: as above. */
static bool try_read(struct devices *devices, const struct model_options *options,
		     struct arena *arena, struct diag *diag, struct ifcfg_dir *ret_dir,
		     int *ret)
{
	_cleanup_diag_ struct diag *findings = diag_new_like(diag);

	*ret = ifcfg_dir_open(options, arena, false, findings, ret_dir);
	while (devices_answer(devices) && *ret == 0)
		ifcfg_dir_name(ret_dir);
	if (*ret == 0)
		ifcfg_dir_relate(ret_dir);
	if (devices_answer(devices))
		return true;
	diag_merge(diag, findings);
	return false;
}

int bind_read(struct devices *devices, const struct model_options *options,
	      struct arena *arena, struct diag *diag, struct ifcfg_dir *ret)
{
	int r;

	while (try_read(devices, options, arena, diag, ret, &r))
		ifcfg_dir_release(ret);
	return r;
}

const struct ifcfg *bind_find(struct devices *devices, const struct ifcfg_dir *dir,
			      const char *request)
{
	const struct ifcfg *file = ifcfg_find(dir, request);

	return devices_answer(devices) ? ifcfg_find(dir, request) : file;
}

const char *bind_own_name(struct devices *devices, const struct ifcfg_dir *dir,
			  const char *name)
{
	const char *own = ifcfg_own_name(dir, name);

	return devices_answer(devices) ? ifcfg_own_name(dir, name) : own;
}
