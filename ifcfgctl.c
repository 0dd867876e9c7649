/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifcfgctl: see, check and carry over what ifcfg files say.
 *
 * Each command is a file in lib/ctl/, which uses the stages of lib/run/; what the folders
 * below are for stands in ifup-bond.c.
 */
#include "lib/ctl/ctl.h"

/* clang-format off */
/* In the order of --help. */
static const struct ctl_command *const commands[] = {
	&ctl_status,
	&ctl_check,
	&ctl_show,
	&ctl_diff,
	&ctl_add,
	&ctl_set,
	&ctl_remove,
	&ctl_apply,
	&ctl_drill,
	&ctl_report,
	&ctl_capture,
	&ctl_import,
	&ctl_export,
	NULL,
};
/* clang-format on */

int main(int argc, char **argv)
{
	return ctl_main(argc, argv, commands);
}
