/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints the tables of bonding options, a row a line, as ifcfg-bond(5) has them. */
#include <inttypes.h>
#include <stdio.h>

#include "lib/model/bond-port.h"

#define ALL_MODES ((1U << BOND_MODE_COUNT) - 1)

static void add_modes(unsigned int modes, struct strbuf *out)
{
	const char *blank = "";

	if (modes == ALL_MODES) {
		strbuf_add(out, "all");
		return;
	}
	for (unsigned int mode = 0; mode < BOND_MODE_COUNT; mode++) {
		if (!(modes & 1U << mode))
			continue;
		strbuf_addf(out, "%s%u", blank, mode);
		blank = " ";
	}
}

/* By its word if it has one, but for the 0 of a number, which is also called "off". */
static void add_default(const struct option_row *option, struct strbuf *out)
{
	bool has_words = option->kind == OPT_ENUM || option->max == 1;

	if (option->kind != OPT_NUMBER && option->kind != OPT_ENUM)
		strbuf_add(out, "none");
	else if (has_words)
		strbuf_add(out, option->words[option->def].name);
	else
		strbuf_addf(out, "%" PRId64, option->def);
}

/* " (modes where it acts)" only if they are not all in which it is accepted. */
static void add_modes_and_since(const struct option_row *option, struct strbuf *out)
{
	strbuf_addc(out, '\t');
	add_modes(option->modes, out);
	if (option->acts != option->modes) {
		strbuf_add(out, " (");
		add_modes(option->acts, out);
		strbuf_addc(out, ')');
	}
	strbuf_addf(out, "\t%s\n", option->since);
}

/* Name; values with their unit, default; modes; kernel. An alias has a row of its own. */
static void add_rows(const struct option_row *option, struct strbuf *out)
{
	strbuf_addf(out, "%s\t", option->name);
	option_describe(option, out);
	strbuf_add(out, "; ");
	add_default(option, out);
	add_modes_and_since(option, out);
	if (!option->alias)
		return;
	strbuf_addf(out, "%s\tanother name of %s", option->alias, option->name);
	add_modes_and_since(option, out);
}

static void add_port_row(const struct option_row *option, struct strbuf *out)
{
	strbuf_addf(out, "%s\t", option->name);
	option_describe(option, out);
	strbuf_addf(out, "; %" PRId64 "\t", option->def);
	add_modes(option->modes, out);
	strbuf_addf(out, "\t%s\n", option->since);
}

int main(void)
{
	_cleanup_strbuf_ struct strbuf rows = STRBUF_EMPTY;

	for (size_t i = 0; i < BOND_OPT_COUNT; i++)
		add_rows(&bond_table.rows[i], &rows);
	for (size_t i = 0; i < PORT_OPT_COUNT; i++)
		add_port_row(&bond_port_table.rows[i], &rows);
	fputs(strbuf_text(&rows), stdout);
	return 0;
}
