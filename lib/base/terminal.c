/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the terminal that people look at can do. */
#include "lib/base/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "lib/base/memory.h"
#include "lib/base/strbuf.h"

bool terminal_obeys(int fd)
{
	const char *term = getenv("TERM");

	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

bool terminal_has_colours(int fd)
{
	const char *no_color = getenv("NO_COLOR");

	return !(no_color && *no_color) && terminal_obeys(fd);
}

unsigned int terminal_width(int fd)
{
	struct winsize size;

	return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/*
 * The locale of the process stays "C" for characters: in a Turkish one, "ID" and "id" are two
 * words for strcasecmp(3). So those who need another one have it for themselves.
 */
static locale_t characters_of(const char *name)
{
	return MEMORY_TRY(newlocale(LC_CTYPE_MASK, name, (locale_t)0));
}

bool locale_encoding(char ret[static 64])
{
	locale_t locale = characters_of("");

	if (!locale)
		return false;
	snprintf(ret, 64, "%s", nl_langinfo_l(CODESET, locale));
	freelocale(locale);
	return true;
}

bool locale_is_utf8(void)
{
	char encoding[64];

	return locale_encoding(encoding) && strcmp(encoding, "UTF-8") == 0;
}

/* In glibc and musl, a wchar_t is the code; the locale says only which of them have a width. */
static size_t measure(const char *text)
{
	size_t width = 0;

	while (*text) {
		uint32_t code;
		size_t len = utf8_decode(text, &code);
		int columns = len ? wcwidth((wchar_t)code) : 1;

		width += columns < 0 ? 1 : (size_t)columns;
		text += len ? len : 1;
	}
	return width;
}

static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

size_t text_width(const char *text)
{
	locale_t locale, before;
	size_t width;

	if (is_ascii(text))
		return strlen(text);
	locale = characters_of("C.UTF-8");
	if (!locale) /* distributions of 2014 lack it */
		locale = characters_of("");
	before = uselocale(locale);
	width = measure(text);
	uselocale(before);
	if (locale)
		freelocale(locale);
	return width;
}
