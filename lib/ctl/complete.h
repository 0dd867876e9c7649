/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/ctl.h"

/* What may stand in a place of the command line: see struct ctl_offer. */
extern const struct ctl_offer offer_configured; /* interfaces that have a file */
extern const struct ctl_offer offer_bonds;      /* those of them that are bonds */
extern const struct ctl_offer offer_cards;      /* network cards without a file */
extern const struct ctl_offer offer_links;      /* all that the kernel has */
extern const struct ctl_offer offer_modes;      /* of bonds */
extern const struct ctl_offer offer_options;    /* of bonds, as NAME= */
extern const struct ctl_offer offer_keys;       /* as KEY=, with the words of switches */
extern const struct ctl_offer offer_files, offer_directories;
extern const struct ctl_offer offer_try; /* of --try */

/**
 * ctl_complete() - print what may stand where the last word is, one a line
 * @words: the program, as `ifcfgctl` or `ifup`, and the words after it; the last one is typed
 *         so far, and may be empty
 *
 * Only what begins as the last word does. A line ":files" or ":directories" asks the shell for
 * those.
 *
 * Return: the exit status.
 */
int ctl_complete(struct ctl *ctl, int n, char **words,
		 const struct ctl_command *const *commands);
