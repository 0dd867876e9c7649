/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints text for people such that nothing in it acts on a terminal. */
#include "lib/base/print.h"

#include <stdarg.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"
#include "lib/base/terminal.h"

static int put_clean(FILE *out, const char *text)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;

	strbuf_add_visible(&clean, text);
	language_print(out, strbuf_text(&clean));
	return (int)text_width(strbuf_text(&clean));
}

static int put_format(FILE *out, const char *fmt, va_list args) _printf_(2, 0);

static int put_format(FILE *out, const char *fmt, va_list args)
{
	_cleanup_free_ char *text = memory_vprintf(_(fmt), args);

	return put_clean(out, text);
}

void print_line(FILE *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_format(out, fmt, args);
	va_end(args);
	fputc('\n', out);
}

int print_part(FILE *out, const char *fmt, ...)
{
	va_list args;
	int width;

	va_start(args, fmt);
	width = put_format(out, fmt, args);
	va_end(args);
	return width;
}

void print_coloured(FILE *out, const char *colour, const char *text)
{
	fputs(colour ? colour : "", out);
	put_clean(out, text);
	fputs(colour ? COLOUR_END : "", out);
}

void print_cell(FILE *out, size_t columns, const char *text)
{
	size_t width = (size_t)put_clean(out, text);

	fprintf(out, "%*s", width < columns ? (int)(columns - width) : 0, "");
}

void print_text(FILE *out, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		print_line(out, "%.*s", (int)len, text);
		text += len + (text[len] == '\n');
	}
}
