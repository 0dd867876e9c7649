/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints the tables of a bridge's options, a row a line, as ifcfg-bond(5) has them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lib/model/bridge-options.h"

static void add_default(const struct option_row *option, struct strbuf *out)
{
	const struct option_value def = option_default(option);

	if (option->def_words)
		strbuf_add(out, option->def_words);
	else if (option->kind == OPT_IFNAME)
		strbuf_add(out, "none");
	else if (option->kind == OPT_MASK)
		strbuf_addf(out, "%" PRIu64, def.num);
	else
		option_value_format(option, &def, out);
}

/* All names; values with their unit, default; kernel. */
static void add_row(const struct option_row *option, struct strbuf *out)
{
	strbuf_add(out, option->name);
	if (option->alias && strcmp(option->alias, option->ip_word) != 0)
		strbuf_addf(out, ", %s", option->alias);
	if (strcmp(option->ip_word, option->name) != 0)
		strbuf_addf(out, ", %s", option->ip_word);
	strbuf_addc(out, '\t');
	option_describe(option, out);
	strbuf_add(out, "; ");
	add_default(option, out);
	strbuf_addf(out, "\t%s\n", option->since);
}

int main(int argc, char **argv)
{
	const struct option_table *table = argc > 1 && strcmp(argv[1], "ports") == 0
						   ? &bridge_port_table
						   : &bridge_table;
	_cleanup_strbuf_ struct strbuf rows = STRBUF_EMPTY;

	for (size_t i = 0; i < table->n; i++)
		add_row(&table->rows[i], &rows);
	fputs(strbuf_text(&rows), stdout);
	return 0;
}
