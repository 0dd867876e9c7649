/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Places of one kind of finding, so that one message can name them all. */
#include "lib/base/lines.h"

#include "lib/base/cleanup.h"
#include "lib/base/language.h"

void lines_add(struct lines *lines, unsigned int line)
{
	size_t named = lines->n < LINES_NAMED ? lines->n : LINES_NAMED;

	if (named && lines->at[named - 1] == line)
		return;
	if (lines->n < LINES_NAMED)
		lines->at[lines->n] = line;
	lines->n++;
}

void lines_drop(struct lines *lines, unsigned int line)
{
	if (lines->n && lines->n <= LINES_NAMED && lines->at[lines->n - 1] == line)
		lines->n--;
}

void lines_also(const struct lines *lines, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf list = STRBUF_EMPTY;
	size_t named = lines->n < LINES_NAMED ? lines->n : LINES_NAMED;

	if (lines->n < 2)
		return;
	for (size_t i = 1; i < named; i++) {
		bool is_last = i + 1 == lines->n;

		strbuf_addf(&list, "%s%u",
			    i == 1    ? ""
			    : is_last ? _(" and ")
				      : ", ",
			    lines->at[i]);
	}
	if (lines->n > named)
		strbuf_addf(&list, _(" and %zu more"), lines->n - named);
	/* L10N: a line number, or a list of them */
	strbuf_addf(out,
		    language_plural(" (also in line %s)", " (also in lines %s)",
				    lines->n - 1),
		    strbuf_text(&list));
}
