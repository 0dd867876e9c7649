/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is noted while a model is loaded. */
#include "lib/files/loader.h"

#include <string.h>

void load_note_failed(struct loader *loader, const char *name, struct pos pos)
{
	struct model *model = loader->model;

	for (size_t i = 0; i < model->n_failed; i++)
		if (strcmp(model->failed[i].name, name) == 0)
			return;
	ARENA_PUSH(loader->arena, model->failed, model->n_failed, model->failed_cap,
		   ((struct model_failed){ name, pos }));
}

void load_needs_program(struct loader *loader, const char *name)
{
	struct model *model = loader->model;

	for (size_t i = 0; i < model->n_programs; i++)
		if (strcmp(model->programs[i], name) == 0)
			return;
	ARENA_PUSH(loader->arena, model->programs, model->n_programs, model->programs_cap,
		   name);
}

const struct ifcfg *load_only_file(const struct loader *loader, const char *device)
{
	struct ifcfg_span found = ifcfg_dir_find(&loader->dir, FIND_DEVICE, device);

	return found.n == 1 ? found.files[0] : NULL;
}
