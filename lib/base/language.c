/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages in the language of the caller's locale. */
#include "lib/base/language.h"

#include <errno.h>
#include <iconv.h>
#include <libintl.h>
#include <linux/kd.h>
#include <locale.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/base/terminal.h"

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/share/locale"
#endif

#define DOMAIN "ifcfg-bond"

/*
 * What gettext and iconv keep for the process as a whole.
 * @converter: from UTF-8 to the encoding of the locale, or NULL if that is UTF-8
 */
static struct {
	enum { LANGUAGE_UNKNOWN, LANGUAGE_ENGLISH, LANGUAGE_OTHER } state;
	iconv_t converter;
} language;

/* The kernel's console draws 512 characters at most, none of them Chinese. */
static bool is_virtual_console(void)
{
	char type;

	return ioctl(STDERR_FILENO, KDGKBTYPE, &type) == 0 ||
	       ioctl(STDOUT_FILENO, KDGKBTYPE, &type) == 0;
}

/* What cannot be spelled is shown as '?'. Return: false if that is needed. */
static bool convert(const char *text, FILE *out)
{
	char *in;
	size_t left = strlen(text);
	bool is_whole = true;

	memcpy(&in, &text, sizeof(in)); /* iconv() only reads it */
	while (left) {
		char buffer[256], *at = buffer;
		size_t room = sizeof(buffer);
		size_t r = iconv(language.converter, &in, &left, &at, &room);

		if (out)
			fwrite(buffer, 1, sizeof(buffer) - room, out);
		if (r != (size_t)-1 || errno == E2BIG)
			continue;
		is_whole = false;
		if (out)
			fputc('?', out);
		do {
			in++;
			left--;
		} while (left && (*in & 0xC0) == 0x80);
	}
	return is_whole;
}

/* Whether this encoding has what a translation is written with. */
static bool open_converter(void)
{
	char encoding[64];
	iconv_t converter;

	if (!locale_encoding(encoding))
		return false;
	if (strcmp(encoding, "UTF-8") == 0)
		return true;
	converter = iconv_open(encoding, "UTF-8");
	if ((intptr_t)converter == -1)
		return false;
	language.converter = converter;
	if (convert(dgettext(DOMAIN, "error:"), NULL))
		return true;
	iconv_close(language.converter);
	language.converter = NULL;
	return false;
}

/* The empty text stands for the head of a catalogue. */
static bool has_catalogue(void)
{
	return *dgettext(DOMAIN, "");
}

static bool set_up_locale(void)
{
	if (is_virtual_console() || !setlocale(LC_MESSAGES, ""))
		return false;
	bindtextdomain(DOMAIN, LOCALEDIR);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	bind_textdomain_codeset("libc", "UTF-8"); /* strerror() */
	if (has_catalogue() && open_converter())
		return true;
	/* Nor is half of a message, by strerror(), in another language. */
	setlocale(LC_MESSAGES, "C");
	return false;
}

static bool is_english(void)
{
	const int error = errno; /* which is often about to be reported */

	if (language.state == LANGUAGE_UNKNOWN)
		language.state = set_up_locale() ? LANGUAGE_OTHER : LANGUAGE_ENGLISH;
	errno = error;
	return language.state == LANGUAGE_ENGLISH;
}

void language_off(void)
{
	if (language.state == LANGUAGE_OTHER)
		setlocale(LC_MESSAGES, "C");
	if (language.converter)
		iconv_close(language.converter);
	language.state = LANGUAGE_ENGLISH;
	language.converter = NULL;
}

const char *language_text(const char *text)
{
	return !*text || is_english() ? text : dgettext(DOMAIN, text);
}

const char *language_plural(const char *one, const char *many, size_t n)
{
	if (is_english())
		return n == 1 ? one : many;
	return dngettext(DOMAIN, one, many, n);
}

const char *language_error(int error)
{
	is_english(); /* sets the locale up */
	return strerror(error);
}

void language_print(FILE *out, const char *text)
{
	if (!language.converter)
		fputs(text, out);
	else
		convert(text, out);
}
