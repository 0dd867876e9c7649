/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/ctl/adopt.h"

/**
 * struct card - a network card that becomes the port of a bond
 * @file: its ifcfg file, or NULL
 * @link: its state in the kernel; NULL if it does not exist, or nothing is adopted
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
 * A copy of @text in which the names of the card, wherever they are words, are replaced
 * by the bond's.
 */
const char *card_rename(const struct card *card, const char *text);

/* Whether the first @len bytes of @text are a name of the card. */
bool card_is_called(const struct card *card, const char *text, size_t len);

/*
 * Sets the key @name of the bond to @value, because of @var, unless it has another value
 * already, which is reported.
 */
void card_hand_over(const struct card *card, const struct shellvar *var, const char *name,
		    const char *value);

/*
 * Moves the keys of the card's file as the table of keys says. Its addresses and gateways
 * have been taken already. Return: 0; a negative errno, reported.
 */
int card_move_keys(const struct card *card);

/*
 * Moves its aliases and rules to the bond, and renames its route files to backups.
 * Return: as above.
 */
int card_move_files(const struct card *card);

/*
 * Moves its aliases to the bond, with other numbers if the bond has such aliases already.
 * Return: as above.
 */
int card_move_aliases(const struct card *card);

/*
 * Moves route and rule files. @subject: their present name; @to: that of the bond, or of
 * its alias. Return: as above.
 */
int card_move_companions(const struct card *card, const char *subject, const char *to);

/* Whether the address is that of one of its aliases, which bring it. */
bool card_alias_has(const struct card *card, const struct ip *addr);
