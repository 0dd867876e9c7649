/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: BONDING_OPTS from text to validated options, and back to text. */
#include <string.h>

#include "lib/model/option-load.h"
#include "parsers/bonding-opts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was accepted must read the same once it has been written out. */
static void check_round_trip(const struct option_values *values, struct arena *arena)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		const struct option_row *option = &bond_table.rows[id];
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
		struct option_value again = { 0 };
		const char *why;

		if (!values->of[id].is_set)
			continue;
		option_value_format(option, &values->of[id], &text);
		if (option_value_parse(&bond_table, option, strbuf_text(&text), arena,
				       &again, &why) < 0 ||
		    !option_value_equal(option, &values->of[id], &again))
			abort();
	}
}

/* Validating twice finds nothing new to change. */
static void check_settled(const struct option_values *values, struct arena *arena,
			  struct diag *diag)
{
	struct option_values *again = option_values_copy(values, arena);

	options_validate(again, diag);
	if (!option_values_equal(again, values))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct pos nowhere = { 0 };
	struct bond_port_wishes ports = { 0 };
	struct option_values *values;
	char *text;

	values = option_values_new(&bond_table, arena);
	text = arena_strndup(arena, (const char *)data, size);
	if (options_load(text, nowhere, arena, diag, values, &ports) < 0)
		return 0;
	check_round_trip(values, arena);
	options_validate(values, diag);
	check_round_trip(values, arena);
	check_settled(values, arena, diag);
	return 0;
}
