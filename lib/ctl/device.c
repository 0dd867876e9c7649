/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of interfaces that differ from the kernel's. */
#include "lib/ctl/ctl.h"
#include "lib/model/find.h"

const char *ctl_file_of(struct ctl *ctl, const char *name, struct arena *arena)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	const struct ifcfg *file = NULL;

	if (ifcfg_dir_read(&ctl->run.options.model, arena, unheard, &dir) == 0)
		file = ifcfg_find(&dir, name);
	return file ? file->path : NULL;
}

const char *ctl_device_of(struct ctl *ctl, const struct snapshot *have, const char *name,
			  struct arena *arena)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	const struct ifcfg *file = NULL;
	const char *own = NULL;

	if (have && snapshot_link(have, name))
		return name;
	if (ifcfg_dir_read(&ctl->run.options.model, arena, unheard, &dir) == 0)
		file = ifcfg_find(&dir, name);
	if (dir.options)
		own = file ? file->device : ifcfg_own_name(&dir, name);
	return own ? own : name;
}
