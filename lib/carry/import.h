/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/carry/drafts.h"
#include "lib/carry/keyfile.h"

/*
 * struct import_profile - a keyfile, and the interface that it describes
 * @file: the part of its ifcfg file's name after "ifcfg-"; NULL for the interface's name
 */
struct import_profile {
	struct keyfile keyfile;
	const char *name, *file;
};

/**
 * import_profiles() - convert profiles of NetworkManager to ifcfg files
 * @profiles: @n of them, which may refer to one another by UUID; .name is filled in
 * @drafts: receives the files; each key that cannot be converted is reported, at its line
 *
 * A profile that cannot be expressed at all is skipped.
 *
 * Return: 0; a negative errno, reported. Spec: nm-settings-keyfile(5),
 * nm-settings-ifcfg-rh(5)
 */
int import_profiles(struct import_profile *profiles, size_t n, struct drafts *drafts);
