/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables and lists in nmcli's format, for people and for programs. */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/base/print.h"
#include "lib/base/strbuf.h"
#include "lib/base/terminal.h"
#include "lib/carry/words-pick.h"
#include "lib/ctl/nm.h"

/* Separators in values are escaped by a backslash. */
static void add_terse(const struct nm *nm, struct strbuf *line, const char *text)
{
	for (; *text; text++) {
		if (!nm->style.bare && (*text == ':' || *text == '\\'))
			strbuf_addc(line, '\\');
		strbuf_addc(line, *text);
	}
}

static const char *or_dashes(const char *text)
{
	return *text ? text : "--";
}

static void print_table_line(const struct strbuf *line)
{
	print_line(stdout, "%s", strbuf_text(line));
}

/* ---- fields ---- */

/* struct columns - the names that are printed */
struct columns {
	size_t *of;
	size_t n, cap;
};

static void choose_all(struct nm *nm, const struct nm_table *table, struct columns *ret)
{
	for (size_t i = 0; i < table->n_names; i++)
		ARENA_PUSH(nm->arena, ret->of, ret->n, ret->cap, i);
}

static int choose_column(struct nm *nm, const struct nm_table *table, const char *field,
			 struct columns *ret)
{
	int at = -1;

	for (size_t i = 0; i < table->n_names; i++)
		if (strcasecmp(table->names[i], field) == 0)
			at = (int)i;
	if (at < 0)
		at = words_pick(field, table->names, table->n_names, "field",
				nm->ctl->run.diag);
	if (at < 0)
		return at;
	ARENA_PUSH(nm->arena, ret->of, ret->n, ret->cap, (size_t)at);
	return 0;
}

static int choose_columns(struct nm *nm, const struct nm_table *table,
			  struct columns *ret)
{
	const char *fields = nm->style.fields ? nm->style.fields : "common";
	char *rest, *field;
	int r = 0;

	if (strcasecmp(fields, "all") == 0) {
		choose_all(nm, table, ret);
		return 0;
	}
	if (strcasecmp(fields, "common") == 0)
		fields = table->usual;
	rest = arena_strdup(nm->arena, fields);
	while (r == 0 && (field = strsep(&rest, ",")))
		r = *field ? choose_column(nm, table, field, ret) : 0;
	return r;
}

/* ---- tables ---- */

static const char *cell(const struct nm_table *table, const struct columns *columns,
			size_t row, size_t i)
{
	return table->rows.of[row * table->n_names + columns->of[i]];
}

static size_t column_width(const struct nm_table *table, const struct columns *columns,
			   size_t i)
{
	size_t most = text_width(table->names[columns->of[i]]);
	size_t n_rows = table->rows.n / table->n_names;

	for (size_t row = 0; row < n_rows; row++) {
		size_t this = text_width(or_dashes(cell(table, columns, row, i)));

		most = this > most ? this : most;
	}
	return most + 2;
}

/* @row: -1 for the headings */
static void print_row(struct nm *nm, const struct nm_table *table,
		      const struct columns *columns, const size_t *widths, ssize_t row)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	for (size_t i = 0; i < columns->n; i++) {
		const char *text = row < 0 ? table->names[columns->of[i]]
					   : cell(table, columns, (size_t)row, i);

		if (nm->style.terse) {
			strbuf_add(&line, i ? ":" : "");
			add_terse(nm, &line, text);
		} else {
			strbuf_add_padded(&line, or_dashes(text), widths[i]);
		}
	}
	print_table_line(&line);
}

static void print_tabular(struct nm *nm, const struct nm_table *table,
			  const struct columns *columns)
{
	size_t *widths = arena_alloc(nm->arena, columns->n * sizeof(*widths));
	size_t n_rows = table->rows.n / table->n_names;

	for (size_t i = 0; i < columns->n; i++)
		widths[i] = column_width(table, columns, i);
	if (!nm->style.terse)
		print_row(nm, table, columns, widths, -1);
	for (size_t row = 0; row < n_rows; row++)
		print_row(nm, table, columns, widths, (ssize_t)row);
}

#define NAME_WIDTH 40

static void print_pair(struct nm *nm, const char *name, const char *value)
{
	_cleanup_strbuf_ struct strbuf head = STRBUF_EMPTY, line = STRBUF_EMPTY;

	if (!nm->style.values && nm->style.terse)
		strbuf_addf(&line, "%s:", name);
	if (nm->style.terse) {
		if (nm->style.values)
			add_terse(nm, &line, value);
		else
			strbuf_add(&line, value);
		print_table_line(&line);
		return;
	}
	strbuf_addf(&head, "%s:", name);
	strbuf_add_padded(&line, strbuf_text(&head), NAME_WIDTH);
	strbuf_add(&line, or_dashes(value));
	print_table_line(&line);
}

static void print_multiline(struct nm *nm, const struct nm_table *table,
			    const struct columns *columns)
{
	size_t n_rows = table->rows.n / table->n_names;

	for (size_t row = 0; row < n_rows; row++)
		for (size_t i = 0; i < columns->n; i++)
			print_pair(nm, table->names[columns->of[i]],
				   cell(table, columns, row, i));
}

int nm_print_table(struct nm *nm, const struct nm_table *table)
{
	struct columns columns = { 0 };
	int r = choose_columns(nm, table, &columns);

	if (r == 0 && nm->style.multiline)
		print_multiline(nm, table, &columns);
	else if (r == 0)
		print_tabular(nm, table, &columns);
	return nm_status(nm, r, NM_USAGE);
}

/* ---- pairs ---- */

/* "ipv4.dns" is selected by itself, by "ipv4", and by "all". */
static bool is_field_meant(const char *name, const char *field)
{
	size_t len = strlen(field);

	return strcasecmp(field, "all") == 0 ||
	       (strncasecmp(name, field, len) == 0 &&
		(!name[len] || name[len] == '.' || name[len] == '['));
}

static int print_meant(struct nm *nm, const struct nm_pairs *pairs, const char *field)
{
	bool any = false;

	for (size_t i = 0; i + 1 < pairs->list.n; i += 2) {
		if (!is_field_meant(pairs->list.of[i], field))
			continue;
		any = true;
		print_pair(nm, pairs->list.of[i], pairs->list.of[i + 1]);
	}
	if (!any) {
		nm_usage(nm, _("is not a field that there is"), field);
		return -EINVAL;
	}
	return 0;
}

int nm_print_pairs(struct nm *nm, const struct nm_pairs *pairs)
{
	const char *fields = nm->style.fields ? nm->style.fields : "all";
	char *rest = arena_strdup(nm->arena, fields), *field;
	int r = 0;

	while (r == 0 && (field = strsep(&rest, ",")))
		r = *field ? print_meant(nm, pairs, field) : 0;
	return nm_status(nm, r, NM_USAGE);
}
