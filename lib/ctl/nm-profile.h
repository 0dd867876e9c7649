/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/nm.h"

/**
 * nm_profile_read() - convert an ifcfg file to a profile of NetworkManager
 * @drafts: the files, including changes
 * @file: its name
 * @lost: receives messages about what a profile cannot express
 *
 * Return: 0; a negative errno, reported.
 */
int nm_profile_read(struct nm *nm, struct drafts *drafts, const char *file,
		    struct diag *lost, struct keyfile *ret);

/* struct nm_texts - files by name */
struct nm_texts {
	struct model_draft *of;
	size_t n, cap;
};

/**
 * nm_profile_make() - convert a profile to ifcfg files, which are not written
 * @keyfile: is sorted
 * @master: the profile of its bond or bridge, or NULL
 * @subject: the part of the file's name after "ifcfg-"
 * @diag: receives messages about what files cannot express
 *
 * Return: 0; a negative errno, reported.
 */
int nm_profile_make(struct nm *nm, struct keyfile *keyfile, const struct keyfile *master,
		    const char *subject, struct diag *diag, struct nm_texts *ret);

/* The profile of the master, empty if there is none. Return: as for nm_profile_read(). */
int nm_profile_of_master(struct nm *nm, struct nm_connections *all,
			 const struct keyfile *keyfile, struct keyfile *ret);

/* Sorts settings in the order of keyfile_rows[], and options in that of the driver. */
void nm_profile_sort(struct keyfile *keyfile);

/* Adds the methods that nmcli would add. */
void nm_profile_complete(struct nm *nm, struct keyfile *keyfile);

/* NULL if there is none. */
const char *nm_text_of(const struct nm_texts *texts, const char *name);
