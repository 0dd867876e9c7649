/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nmcli --complete-args: prints possible completions of the last word, one per line.
 *
 * The words come from the tables that parse the command line. The caller selects those
 * that begin with the last word.
 */
#include <string.h>

#include "lib/base/print.h"
#include "lib/ctl/nm.h"
#include "lib/model/bond-options.h"

static void offer_nm_word(const char *word)
{
	print_line(stdout, "%s", word);
}

static void offer_words(const char *const *words)
{
	for (; *words; words++)
		offer_nm_word(*words);
}

/* @type: only those; NULL for all */
static void offer_connections(const struct nm_connections *all, const char *type)
{
	for (size_t i = 0; i < all->n; i++)
		if (!type || strcmp(all->of[i].type, type) == 0)
			offer_nm_word(all->of[i].id);
}

static void offer_links(const struct nm_connections *all)
{
	for (size_t i = 0; all->have && i < all->have->n_links; i++)
		offer_nm_word(all->have->links[i]->name);
}

/* ---- properties ---- */

static void offer_properties(struct nm *nm, const char *type)
{
	static const char *const families[] = { "ipv4", "ipv6" };
	struct property property;

	for (const struct keyfile_row *row = keyfile_rows; row->section; row++) {
		const bool is_both = strcmp(row->section, "ip") == 0;

		for (size_t i = 0; i < (is_both ? 2 : 1); i++) {
			const char *section = is_both ? families[i] : row->section, *word;

			if (!property_of_row(row, section, &property) ||
			    !(property_section_fits(section, type, false) ||
			      property_section_fits(section, type, true)))
				continue;
			word = arena_printf(nm->arena, "%s.%s",
					    property_section_name(section),
					    property.name);
			offer_nm_word(word);
		}
	}
}

/* The possible values of a property, if it accepts only certain words. */
static void offer_values(struct nm *nm, const struct nm_connections *all,
			 const char *word)
{
	static const char *const switches[] = { "yes", "no", NULL };
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct property property;

	if (property_find(word, NULL, nm->arena, unheard, &property) < 0)
		return;
	if (property.form == PROPERTY_SWITCH)
		offer_words(switches);
	for (const struct property_word *value = property.words; value && value->name;
	     value++)
		offer_nm_word(value->name);
	if (strcmp(property.name, "master") == 0) {
		offer_connections(all, "bond");
		offer_connections(all, "bridge");
	}
	if (strcmp(property.name, "interface-name") == 0 ||
	    strcmp(property.name, "parent") == 0)
		offer_links(all);
}

static void offer_modes(void)
{
	for (unsigned int mode = 0; mode < BOND_MODE_COUNT; mode++)
		offer_nm_word(bond_mode_name(mode));
}

/* ---- commands ---- */

/* The words of add and modify are pairs. @type: NULL as long as none is given */
static void offer_pair(struct nm *nm, const struct nm_connections *all,
		       const struct nm_type *type, const struct nm_words *words)
{
	const char *name = words->n > 1 ? words->of[words->n - 2] : NULL;
	const struct nm_alias *alias;

	if (!name || words->n % 2) {
		nm_type_offer_aliases(type, offer_nm_word);
		offer_properties(nm, type ? type->profile : NULL);
		return;
	}
	alias = type ? nm_alias_find(type, name) : NULL;
	if (strcmp(name, "type") == 0)
		nm_types_offer(offer_nm_word);
	else if (alias && alias->option && strcmp(alias->option, "mode") == 0)
		offer_modes();
	else
		offer_values(nm, all, alias ? alias->property : name);
}

static const struct nm_type *type_of_words(struct nm *nm, const struct nm_words *words)
{
	for (int i = 0; i + 2 < words->n; i += 2)
		if (strcmp(words->of[i], "type") == 0)
			return nm_type_find(nm, words->of[i + 1]);
	return NULL;
}

static void offer_modify(struct nm *nm, const struct nm_connections *all,
			 struct nm_words *words)
{
	const struct nm_connection *connection;

	if (words->n == 1) {
		offer_connections(all, NULL);
		return;
	}
	connection = nm_connection_find(all, nm_next(words));
	offer_pair(nm, all, connection ? nm_type_of(connection->type, NULL) : NULL,
		   words);
}

/* Without files, or without a kernel, there is nothing to offer, and no message. */
int nm_complete(struct nm *nm, const struct nm_command *command, struct nm_words *words)
{
	_cleanup_nm_connections_ struct nm_connections all = { 0 };
	struct diag *diag = nm->ctl->run.diag;
	_cleanup_diag_ struct diag *unheard = diag_new();

	if (words->n < 1)
		return NM_DONE;
	nm->ctl->run.diag = unheard;
	if (nm_connections_read(nm, false, &all) == 0) {
		if (command->run == nm_connection_add)
			offer_pair(nm, &all, type_of_words(nm, words), words);
		else if (command->run == nm_connection_modify)
			offer_modify(nm, &all, words);
		else if (command->takes_device)
			offer_links(&all);
		else
			offer_connections(&all, NULL);
	}
	nm->ctl->run.diag = diag;
	return NM_DONE;
}

int nm_complete_command(const struct nm_command *commands)
{
	for (; commands->name; commands++)
		if (commands->run)
			offer_nm_word(commands->name);
	return NM_DONE;
}
