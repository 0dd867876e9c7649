/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of network cards by HWADDR: ifup --rename, for udev and by hand.
 *
 * For a card that appears, udev asks for its name, and gives it to the card. If another card
 * has that name, the two change names here first; udev then finds the work done. Nothing
 * waits: a card whose name is still in use gets it in the run after the event of the other.
 */
#include "lib/run/rename.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/print.h"
#include "lib/base/strbuf.h"
#include "lib/files/relate.h"
#include "lib/rtnl/rename.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/card-name.h"
#include "lib/run/look.h"
#include "lib/run/stages.h"

/* struct naming - one look at files and cards */
struct naming {
	struct run *run;
	struct arena *arena;
	struct diag *unheard;
	struct model_host host;
	struct ifcfg_dir dir;
	struct card_namer namer;
};

/* ---- files and cards ---- */

/* Udev writes down what it has done for a device when it has named it. */
static bool is_card_settled(const struct snap_link *card)
{
	char path[sizeof("/run/udev/data/n") + 10];

	snprintf(path, sizeof(path), "/run/udev/data/n%u", (unsigned int)card->ifindex);
	return access("/run/udev/control", F_OK) < 0 || access(path, F_OK) == 0;
}

static bool is_settled_on_paper(const struct snap_link *card)
{
	(void)card;
	return true;
}

static int take_snapshot(struct run *run)
{
	const char *file = run->options.state_file;
	int r = 0;

	snapshot_free(run->have);
	run->have = NULL;
	if (file)
		return look_at_file(file, run->diag, &run->have);
	if (!run->rtnl)
		r = rtnl_open(&run->rtnl);
	return r == 0 ? snapshot_take(run->rtnl, run->diag, &run->have) : r;
}

static void naming_release(struct naming *naming)
{
	ifcfg_dir_release(&naming->dir);
	naming->run->options.model.host = NULL;
	host_release(&naming->host);
	diag_free(naming->unheard);
	arena_free(naming->arena);
}
#define _cleanup_naming_ _cleanup_(naming_release)

static bool has_files(const struct model_options *options)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;

	strbuf_addf(&path, "%s/network-scripts", options->sysconfig);
	return access(strbuf_text(&path), F_OK) == 0;
}

/*
 * Of a directory that others can write, no name is taken. Return: 0; -ENOENT when there are no
 * files; another negative errno.
 */
static int look_for_names(struct run *run, struct naming *ret)
{
	/* Of all cards, udev has heard in the runs that each of them has had. */
	const bool is_heard = run->options.rename_card || !getenv("DEVPATH");
	struct model_options *options = &run->options.model;
	const bool is_on_paper = run->options.state_file;
	int r = has_files(options) ? take_snapshot(run) : -ENOENT;

	/* A name in a file is what a card is to be called, even if it is an alternative one. */
	devices_know_all(run->have, false, &ret->host);
	options->host = &ret->host;
	options->asks = NULL;
	ret->arena = arena_new();
	ret->unheard = diag_new();
	if (r == 0)
		r = ifcfg_dir_read(options, ret->arena, run->diag, &ret->dir);
	ret->namer =
		(struct card_namer){ &ret->dir, run->have,
				     is_on_paper ? is_settled_on_paper : is_card_settled,
				     is_heard ? run->diag : ret->unheard };
	return r == 0 && diag_errors(run->diag) ? -EINVAL : r;
}

/* ---- renaming ---- */

static int rename_link(struct run *run, struct snap_link *link, const char *name)
{
	int r = 0;

	if (run->options.dry_run)
		print_line(stdout, "ip link set dev %s name %s", link->name, name);
	else
		r = rtnl_rename(run->rtnl, link->ifindex, name);
	if (r == 0)
		snapshot_rename_link(run->have, link, name);
	return r;
}

/* Neither name is free, so one of the cards goes by a third one for a moment. */
static int swap_names(struct run *run, struct snap_link *card, struct snap_link *other)
{
	const char *old = card->name, *name = other->name;
	char aside[IFNAMSIZ];
	int r;

	snprintf(aside, sizeof(aside), "rename%u", (uint32_t)other->ifindex % 1000000000);
	r = rename_link(run, other, aside);
	if (r < 0)
		return r;
	r = rename_link(run, card, name);
	if (r < 0)
		rename_link(run, other, name);
	else
		r = rename_link(run, other, old);
	return r;
}

/* ---- one card, for udev ---- */

/* As udev knows it: by its index, because its name may have changed since the event. */
static struct snap_link *find_card(const struct run *run)
{
	const char *word = run->options.rename_card;
	uint32_t index;

	return num_parse_u32(word, INT32_MAX, &index) == 0
		       ? snapshot_link_by_index(run->have, (int)index)
		       : snapshot_link(run->have, word);
}

/* Return: 1 if it has the name that a file gives to it; 0; a negative errno. */
static int name_card(struct naming *naming)
{
	struct run *run = naming->run;
	struct snap_link *card = find_card(run), *other = NULL;
	const struct ifcfg *file = NULL;
	int r = 0;

	if (card)
		file = card_name_file(&naming->dir, run->have, card, run->diag);
	if (!file)
		return 0;
	switch (card_name_move(&naming->namer, card, file, &other)) {
	case CARD_STAYS:
		if (strcmp(card->name, file->device) != 0)
			return 0;
		break;
	case CARD_MOVES:
		break;
	case CARD_SWAPS:
		r = swap_names(run, card, other);
		break;
	}
	if (r == 0)
		print_line(stdout, "%s", file->device);
	return r < 0 ? r : 1;
}

/* ---- all cards ---- */

/* Return: 1 if the card has another name now; 0; a negative errno. */
static int name_one(struct naming *naming, struct snap_link *card)
{
	struct snap_link *other = NULL;
	const struct ifcfg *file = NULL;
	int r = 0;

	if (card && naming->namer.is_settled(card))
		file = card_name_file(&naming->dir, naming->run->have, card,
				      naming->namer.diag);
	if (!file)
		return 0;
	switch (card_name_move(&naming->namer, card, file, &other)) {
	case CARD_STAYS:
		return 0;
	case CARD_MOVES:
		r = rename_link(naming->run, card, file->device);
		break;
	case CARD_SWAPS:
		r = swap_names(naming->run, card, other);
		break;
	}
	return r < 0 ? r : 1;
}

/* One that is free now may be what another card waits for: until nothing changes. */
static int name_all(struct naming *naming)
{
	struct hwaddr mac;
	size_t n_named = 0;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < naming->dir.n; i++) {
		if (!ifcfg_hwaddr(&naming->dir.files[i], &mac))
			continue;
		r = name_one(naming, snapshot_link_by_mac(naming->run->have, &mac));
		if (r == 1 && ++n_named <= naming->dir.n)
			i = (size_t)-1;
	}
	return r < 0 ? r : 0;
}

/* ---- the stage ---- */

/*
 * A file that cannot be read may be about any card. That is no failure for udev if the card has
 * its name from another one. Return: 0; -ECANCELED, reported.
 */
static int tell_unreadable_files(struct naming *naming, bool has_name)
{
	const size_t before = diag_errors(naming->run->diag);

	for (size_t i = 0; i < naming->dir.n; i++) {
		const struct ifcfg *file = &naming->dir.files[i];

		if (!file->is_broken || file->ignored)
			continue;
		if (has_name)
			diag_merge_warnings(naming->run->diag, ifcfg_findings(file));
		else
			diag_merge(naming->run->diag, ifcfg_findings(file));
	}
	return diag_errors(naming->run->diag) > before ? -ECANCELED : 0;
}

/* Udev handles cards side by side: names may have changed since we looked. */
#define TRIES 3

static int rename_cards(struct run *run)
{
	int r = -EAGAIN;

	for (int i = 0; i < TRIES && r != 0; i++) {
		_cleanup_naming_ struct naming naming = { .run = run };

		r = look_for_names(run, &naming);
		if (r < 0)
			return r == -ENOENT ? 0 : -ECANCELED;
		r = run->options.rename_card ? name_card(&naming) : name_all(&naming);
		if (r >= 0)
			r = tell_unreadable_files(&naming, r == 1);
		if (r != -EEXIST && r != -ENODEV && r != -EBUSY)
			break;
	}
	if (r < 0 && r != -ECANCELED)
		diag_error(run->diag, (struct pos){ 0 },
			   "cannot rename network cards: %s", language_error(-r));
	return r;
}

int run_rename(struct run *run)
{
	int r;

	if (!run->options.rename)
		return 0;
	r = rename_cards(run);
	run->status = r < 0 ? EXIT_FAILED : EXIT_DONE;
	return -1;
}
