/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The status of the network service. */
#include "lib/run/status.h"

#include <net/if.h>
#include <string.h>

#include "lib/base/print.h"
#include "lib/run/run.h"

/* The loopback needs no file. */
void status_tell(const struct run *run)
{
	const struct model *want = run->want;

	print_line(stdout, "Configured devices:");
	print_part(stdout, "lo");
	for (size_t i = 0; i < want->n_devices; i++)
		if (strcmp(want->devices[i], "lo") != 0)
			print_part(stdout, " %s", want->devices[i]);
	print_line(stdout, "%s", "");
	print_line(stdout, "Currently active devices:");
	for (size_t i = 0, n = 0; i < run->have->n_links; i++)
		if (run->have->links[i]->flags & IFF_UP)
			print_part(stdout, "%s%s", n++ ? " " : "",
				   run->have->links[i]->name);
	print_line(stdout, "%s", "");
}
