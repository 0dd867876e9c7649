/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"
#include "lib/snapshot/snapshot.h"

/**
 * card_name_file() - which file names a network card: with DEVICE, and the HWADDR of the card
 * @dir: read with a host that has the cards of @have, without their alternative names
 * @diag: a warning if several files name it differently, and none of them is clearly meant
 *
 * A file that has errors, or is about an interface that is made (a bond, a VLAN), names no
 * card. Of files with the same HWADDR, one that comes up at boot takes precedence.
 *
 * Return: the file, whose DEVICE the card may already be called; NULL when there is none.
 */
const struct ifcfg *card_name_file(const struct ifcfg_dir *dir,
				   const struct snapshot *have,
				   const struct snap_link *card, struct diag *diag);

/* What giving a card its name comes to. */
enum card_move {
	CARD_STAYS, /* it has the name, or cannot get it now */
	CARD_MOVES, /* the name is free */
	CARD_SWAPS, /* another card has it, and gets the name of this one */
};

/**
 * struct card_namer - what the cards of a host are called, and are to be called
 * @dir, @have: as above
 * @is_settled: whether udev has named a card; one that it is about to name is not moved out
 *              of the way, unless its own file does so
 */
struct card_namer {
	const struct ifcfg_dir *dir;
	const struct snapshot *have;
	bool (*is_settled)(const struct snap_link *card);
	struct diag *diag;
};

/**
 * card_name_move() - how a card gets the name that a file has for it
 * @ret_other: for CARD_SWAPS, the card that has the name now; else untouched
 *
 * A card that is up keeps its name, as does the one that has the right name: a warning in
 * .diag then says why.
 */
enum card_move card_name_move(const struct card_namer *namer,
			      const struct snap_link *card, const struct ifcfg *file,
			      struct snap_link **ret_other);
