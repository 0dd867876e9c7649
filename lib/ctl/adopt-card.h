/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/adopt.h"

/**
 * struct card - a network card that becomes the port of a bond
 * @file: its ifcfg file, or NULL
 * @link: as the kernel has it; NULL when it is not there, or nothing is adopted
 * @is_dhcp: its address comes from a server
 */
struct card {
	struct drafts *drafts;
	const struct ifcfg_dir *dir;
	const struct ifcfg *file;
	const struct snap_link *link;
	const char *name, *bond;
	struct adopted *adopted;
	bool is_dhcp;
};

/*
 * A copy of @text in which the bond's name is in the place of the card's, or of an alternative
 * one of it, wherever that is a word; NULL when memory is short.
 */
const char *card_rename(const struct card *card, const char *text);

/* Whether the first @len bytes of @text are a name of the card. */
bool card_is_called(const struct card *card, const char *text, size_t len);

/*
 * The bond gets the key @name with @value, for what @var says, unless it has another value
 * already, which is told. Return: 0, or -ENOMEM, also for no @value.
 */
int card_hand_over(const struct card *card, const struct shellvar *var, const char *name,
		   const char *value);

/*
 * What the card's file says goes where the table of keys sends it. Its addresses and
 * gateways are taken already. Return: 0; a negative errno, told.
 */
int card_move_keys(const struct card *card);

/* Its aliases and rules become the bond's, its route files backups. Return: as above. */
int card_move_files(const struct card *card);

/*
 * Its aliases become the bond's, with other numbers where the bond has such aliases already.
 * Return: as above.
 */
int card_move_aliases(const struct card *card);

/*
 * Route and rule files. @subject: as they are called; @to: as those of the bond, or of its
 * alias, are. Return: as above.
 */
int card_move_companions(const struct card *card, const char *subject, const char *to);

/* Whether the address is that of one of its aliases, which bring it. */
bool card_alias_has(const struct card *card, const struct ip *addr);
