/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The result of each interface, in the words of network-scripts. */
#include "lib/run/progress.h"

#include <string.h>
#include <unistd.h>

#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/base/terminal.h"
#include "lib/run/run.h"

/* The column of the verdict, as the init scripts had it. */
#define VERDICT_COLUMN 60

static void tell_result(const struct run *run, const char *name, bool failed,
			bool has_colours)
{
	const char *colour = failed ? COLOUR_RED : COLOUR_GREEN;
	int width;

	if (strcmp(name, "lo") == 0)
		width = print_part(stdout, "%s loopback interface:  ", _(run->bringing));
	else
		width = print_part(stdout, "%s interface %s:  ", _(run->bringing), name);
	print_cell(stdout, width < VERDICT_COLUMN ? (size_t)(VERDICT_COLUMN - width) : 0,
		   "");
	print_part(stdout, "[");
	print_coloured(stdout, has_colours ? colour : NULL,
		       failed ? _("FAILED") : _("  OK  "));
	print_line(stdout, "]");
}

static bool is_told_of(const struct run *run, size_t owner)
{
	if (owner >= run->want->n_order)
		return run_has_failed(run, owner);
	/* The loopback stays up when all others go down. */
	return run->want->order[owner]->is_target &&
	       (run->brings_back || strcmp(run->want->order[owner]->name, "lo") != 0);
}

void progress_tell(const struct run *run)
{
	const struct plan *plan = run->plan;
	const bool has_colours = terminal_has_colours(STDOUT_FILENO);
	size_t told = run->want->n_failed, failed = told;

	for (size_t i = 0; i < plan->n_owners; i++) {
		bool bad = run_has_failed(run, i);

		if (!is_told_of(run, i))
			continue;
		tell_result(run, plan->owners[i].name, bad, has_colours);
		told++;
		failed += bad;
	}
	for (size_t i = 0; i < run->want->n_failed; i++)
		tell_result(run, run->want->failed[i].name, true, has_colours);
	print_line(stdout,
		   language_plural("%zu interface, %zu failed",
				   "%zu interfaces, %zu failed", told),
		   told, failed);
}
