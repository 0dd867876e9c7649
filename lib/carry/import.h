/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/carry/keyfile.h"

/*
 * struct import_profile - a keyfile, and the interface that it is for
 * @file: of its ifcfg file, what follows "ifcfg-"; NULL for the name of the interface
 */
struct import_profile {
	struct keyfile keyfile;
	const char *name, *file;
};

/**
 * import_profiles() - turn profiles of NetworkManager into ifcfg files
 * @profiles: @n of them, which may name one another by UUID; .name is filled in
 * @drafts: get the files; each key that cannot be carried over is told, at its line
 *
 * A profile that makes no sense here at all is left out as a whole.
 *
 * Return: 0; a negative errno, told.
 * Spec: nm-settings-keyfile(5), nm-settings-ifcfg-rh(5)
 */
int import_profiles(struct import_profile *profiles, size_t n, struct drafts *drafts);
