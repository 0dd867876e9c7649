/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the ports of a master without a search of all links. */
#include "lib/plan/members.h"

struct member {
	int master;
	const char *name;
	struct member *next;
};

static struct member **chain(const struct members *members, int master)
{
	return &members->chains[(unsigned int)master % members->n_chains];
}

void members_start(struct members *members, const struct snapshot *have,
		   struct arena *arena)
{
	members->arena = arena;
	members->n_chains = have->n_links + 1;
	members->chains = arena_alloc(arena, members->n_chains * sizeof(struct member *));
	for (size_t i = 0; i < have->n_links; i++)
		if (have->links[i]->master)
			members_add(members, have->links[i]->name,
				    have->links[i]->master);
}

void members_add(struct members *members, const char *name, int master)
{
	struct member *member = arena_alloc(members->arena, sizeof(*member));
	struct member **first = chain(members, master);

	*member = (struct member){ master, name, *first };
	*first = member;
}

bool members_any(const struct members *members, const struct snapshot *now, int master)
{
	for (const struct member *at = *chain(members, master); at; at = at->next) {
		const struct snap_link *link =
			at->master == master ? snapshot_link(now, at->name) : NULL;

		if (link && link->master == master)
			return true;
	}
	return false;
}
