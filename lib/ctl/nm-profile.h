/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/nm.h"

/**
 * nm_profile_read() - an ifcfg file as a profile of NetworkManager
 * @drafts: the files as they are to be
 * @file: its name
 * @lost: receives what a profile cannot say
 *
 * Return: 0; a negative errno, reported.
 */
int nm_profile_read(struct nm *nm, struct drafts *drafts, const char *file,
		    struct diag *lost, struct keyfile *ret);

/* struct nm_texts - files by their names */
struct nm_texts {
	struct model_draft *of;
	size_t n, cap;
};

/**
 * nm_profile_make() - a profile as ifcfg files, which are not written
 * @keyfile: is sorted
 * @master: the profile of what it is a port of, or NULL
 * @subject: what follows "ifcfg-" in the name of the file
 * @diag: receives what these cannot say
 *
 * Return: 0; a negative errno, reported.
 */
int nm_profile_make(struct nm *nm, struct keyfile *keyfile, const struct keyfile *master,
		    const char *subject, struct diag *diag, struct nm_texts *ret);

/* That profile, with nothing in it where there is none. Return: as nm_profile_read(). */
int nm_profile_of_master(struct nm *nm, struct nm_connections *all,
			 const struct keyfile *keyfile, struct keyfile *ret);

/* Puts the settings in the order of keyfile_rows[], and options in that of the driver. */
void nm_profile_sort(struct keyfile *keyfile);

/* Adds the methods that nmcli would. Return: 0; -ENOMEM. */
int nm_profile_complete(struct nm *nm, struct keyfile *keyfile);

/* NULL when there is none. */
const char *nm_text_of(const struct nm_texts *texts, const char *name);
