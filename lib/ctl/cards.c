/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files about network cards that this machine does not have. */
#include "lib/ctl/cards.h"

#include <string.h>

#include "lib/base/strbuf.h"
#include "lib/base/typo.h"
#include "lib/files/find.h"
#include "lib/model/link-kind.h"

/* A longer list says nothing. */
#define LISTED_MAX 4

/* struct cards - what there is, and what has a file */
struct cards {
	const struct snapshot *have;
	const struct ifcfg_dir *dir;
};

bool cards_is_missing(const struct snapshot *have, const char *name)
{
	return !snapshot_link(have, name) && !snapshot_link_by_altname(have, name);
}

static bool has_card_file(const struct ifcfg_dir *dir, const struct snap_link *link)
{
	bool found = ifcfg_dir_find(dir, FIND_DEVICE, link->name).n;

	for (const struct snap_name *name = link->altnames; name && !found;
	     name = name->next)
		found = ifcfg_dir_find(dir, FIND_DEVICE, name->name).n;
	return found;
}

/* Links that others made, of containers for one, are no candidates. */
bool cards_is_free(const struct snap_link *link, const struct ifcfg_dir *dir)
{
	return !*link->kind && strcmp(link->name, "lo") != 0 && !has_card_file(dir, link);
}

static const char *free_card(size_t i, const void *arg)
{
	const struct cards *cards = arg;
	const struct snap_link *link = cards->have->links[i];

	return cards_is_free(link, cards->dir) ? link->name : NULL;
}

static size_t list_free(const struct cards *cards, struct strbuf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < cards->have->n_links; i++) {
		const char *name = free_card(i, cards);

		if (name && n++ < LISTED_MAX)
			strbuf_addf(out, "%s%s", out->len ? ", " : "", name);
	}
	return n;
}

void cards_tell_missing(const struct snapshot *have, const struct ifcfg_dir *dir,
			const char *name, enum diag_grade grade, struct pos pos,
			struct diag *diag)
{
	const struct cards cards = { have, dir };
	const char *nearest = typo_nearest(name, have->n_links, free_card, &cards);
	const char *type = link_type_of_name(name);
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;
	size_t n = list_free(&cards, &list);

	diag_add(diag, grade, pos, "there is no interface %s", name);
	if (type)
		diag_hint(diag, "write TYPE=%s into its file to have it made", type);
	else if (nearest && (n == 1 || n > LISTED_MAX))
		diag_hint(diag, "did you mean '%s'? It has no file", nearest);
	else if (n && n <= LISTED_MAX)
		diag_hint(diag, "cards without a file: %s", strbuf_text(&list));
	else
		diag_hint(diag, "`ip link` lists the interfaces");
}
