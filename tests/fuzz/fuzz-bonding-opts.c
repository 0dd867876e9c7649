/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: BONDING_OPTS from text to validated options, and back to text. */
#include <string.h>

#include "lib/model/bond-port.h"
#include "parsers/bonding-opts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was accepted must read the same once it has been written out. */
static void check_round_trip(const struct bond_values *values, struct arena *arena)
{
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++) {
		const struct bond_option *option = &bond_options[id];
		_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
		struct bond_value again = { 0 };
		const char *why;

		if (!values->of[id].is_set)
			continue;
		bond_value_format(option, &values->of[id], &text);
		if (bond_value_parse(option, strbuf_text(&text), arena, &again, &why) <
			    0 ||
		    !bond_value_equal(option, &values->of[id], &again))
			abort();
	}
}

/* Validating twice finds nothing new to change. */
static void check_settled(const struct bond_values *values, struct diag *diag)
{
	struct bond_values again = *values;

	bond_options_validate(&again, diag);
	for (unsigned int id = 0; id < BOND_OPT_COUNT; id++)
		if (!bond_value_equal(&bond_options[id], &again.of[id], &values->of[id]))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct pos nowhere = { 0 };
	struct bond_port_wishes ports;
	struct bond_values values;
	char *text;

	if (!arena || !diag)
		return 0;
	text = arena_strndup(arena, (const char *)data, size);
	if (!text || bond_options_load(text, nowhere, arena, diag, &values, &ports) < 0)
		return 0;
	check_round_trip(&values, arena);
	bond_options_validate(&values, diag);
	check_round_trip(&values, arena);
	check_settled(&values, diag);
	return 0;
}
