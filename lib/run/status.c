/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the network service's status shows. */
#include "lib/run/status.h"

#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/strbuf.h"
#include "lib/run/run.h"

/* Whoever has a container may choose names. */
static void put_name(const char *before, const char *name)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;

	strbuf_add_visible(&clean, name);
	printf("%s%s", before, strbuf_text(&clean));
}

/* The loopback needs no file. */
void status_tell(const struct run *run)
{
	const struct model *want = run->want;

	printf("Configured devices:\nlo");
	for (size_t i = 0; i < want->n_devices; i++)
		if (strcmp(want->devices[i], "lo") != 0)
			put_name(" ", want->devices[i]);
	printf("\nCurrently active devices:\n");
	for (size_t i = 0, n = 0; i < run->have->n_links; i++)
		if (run->have->links[i]->flags & IFF_UP)
			put_name(n++ ? " " : "", run->have->links[i]->name);
	putchar('\n');
}
