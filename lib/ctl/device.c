/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of interfaces that differ from the kernel's. */
#include "lib/ctl/ctl.h"
#include "lib/run/bind.h"

const char *ctl_file_of(struct ctl *ctl, const char *name, struct arena *arena)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	const struct ifcfg *file = NULL;

	if (bind_read(&ctl->run.devices, &ctl->run.options.model, arena, unheard, &dir) ==
	    0)
		file = bind_find(&ctl->run.devices, &dir, name);
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
	if (bind_read(&ctl->run.devices, &ctl->run.options.model, arena, unheard, &dir) ==
	    0)
		file = bind_find(&ctl->run.devices, &dir, name);
	if (dir.options)
		own = file ? file->device : bind_own_name(&ctl->run.devices, &dir, name);
	return own ? own : name;
}
