/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"
#include "lib/model/model.h"

/* struct show_row - a value that is in force; without a file in @pos it is the default */
struct show_row {
	const char *name;
	const char *value;
	struct pos pos;
};

/**
 * struct show - the configuration of one interface
 * @dir: the files, for positions of keys that the model does not keep
 */
struct show {
	struct arena *arena;
	const struct ifcfg_dir *dir;
	const struct iface *iface;
	struct show_row *rows;
	size_t n, cap;
};

/* Appends a row for each value. A lack of memory is noted, see above. */
void show_collect(struct show *show);

const char *show_kind(const struct iface *iface);
