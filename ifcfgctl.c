/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifcfgctl: show, check and convert what ifcfg files configure.
 *
 * Each command is a file in lib/ctl/, which uses the stages of lib/run/; ifup-bond.c
 * explains the directories.
 */
#include "lib/ctl/ctl.h"

#include <string.h>

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
	&ctl_connection,
	&ctl_device,
	NULL,
};
/* clang-format on */

/* Whether the program was started through a link of that name. */
static bool is_called(const char *argv0, const char *name)
{
	const char *slash = argv0 ? strrchr(argv0, '/') : NULL;

	return argv0 && strcmp(slash ? slash + 1 : argv0, name) == 0;
}

int main(int argc, char **argv)
{
	if (is_called(argv[0], "nmcli"))
		return ctl_main_as(argc, argv, &ctl_nmcli);
	return ctl_main(argc, argv, commands);
}
