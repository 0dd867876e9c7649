/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Turns the bytes of a file from any source into text with plain line ends. */
#include "parsers/plain-text.h"

#include <stdbool.h>
#include <string.h>

#include "lib/base/language.h"

struct cleaner {
	const char *file;
	struct diag *diag;
	struct strbuf *out;
	unsigned int line;
	bool told_cr, told_nul;
};

static void add_without_nul(struct cleaner *c, const char *text, size_t len)
{
	if (!c->told_nul) {
		diag_error(c->diag, (struct pos){ c->file, c->line },
			   _("NUL byte: this is not text"));
		diag_hint(c->diag, "save the file as UTF-8");
	}
	c->told_nul = true;
	for (size_t i = 0; i < len; i++)
		if (text[i])
			strbuf_addc(c->out, text[i]);
}

static void add_clean_line(struct cleaner *c, const char *text, size_t len)
{
	if (len && text[len - 1] == '\r') {
		len--;
		if (!c->told_cr) {
			diag_warning(c->diag, (struct pos){ c->file, c->line },
				     _("the line ends in CR LF; the CR is ignored"));
			diag_hint(c->diag, "convert the file, with dos2unix for example");
		}
		c->told_cr = true;
	}
	if (memchr(text, '\0', len))
		add_without_nul(c, text, len);
	else
		strbuf_addn(c->out, text, len);
}

/* UTF-16 of either order. The NUL bytes in it have the same cause. */
static bool skip_wide_bom(struct cleaner *c, const char *bytes, size_t len)
{
	if (len < 2 ||
	    (memcmp(bytes, "\xFF\xFE", 2) != 0 && memcmp(bytes, "\xFE\xFF", 2) != 0))
		return false;
	diag_error(c->diag, (struct pos){ c->file, 1 },
		   _("this is UTF-16, as Windows editors save it, and not plain text"));
	diag_hint(c->diag, "save the file as UTF-8");
	c->told_nul = true;
	return true;
}

void plain_text(const char *bytes, size_t len, const char *file, struct diag *diag,
		struct strbuf *out)
{
	static const char bom[] = { '\xEF', '\xBB', '\xBF' };
	struct cleaner c = { .file = file, .diag = diag, .out = out, .line = 1 };
	const char *end = bytes + len;

	if (len >= sizeof(bom) && memcmp(bytes, bom, sizeof(bom)) == 0) {
		diag_warning(
			diag, (struct pos){ file, 1 },
			_("the file starts with a byte order mark, which is ignored"));
		diag_hint(diag, "save the file as UTF-8 without byte order mark");
		bytes += sizeof(bom);
	} else if (skip_wide_bom(&c, bytes, len)) {
		bytes += 2;
	}
	for (; bytes < end; c.line++) {
		const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));

		add_clean_line(&c, bytes, (size_t)((newline ? newline : end) - bytes));
		if (newline)
			strbuf_addc(out, '\n');
		bytes = newline ? newline + 1 : end;
	}
}
