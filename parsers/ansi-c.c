/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C-like backslash escapes of $'…'. */
#include "parsers/ansi-c.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The input that is still to be decoded. */
struct input {
	const char *at, *end;
};

static bool next_is(const struct input *in, char c)
{
	return in->at < in->end && *in->at == c;
}

static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	return (unsigned int)(tolower((unsigned char)c) - 'a') + 10;
}

/* Reads at most @max digits of @base. Return: the number of digits read. */
static size_t read_digits(struct input *in, uint32_t base, size_t max, uint32_t *ret)
{
	size_t n = 0;

	for (*ret = 0; n < max && in->at < in->end; n++, in->at++) {
		if (!isxdigit((unsigned char)*in->at) || digit_value(*in->at) >= base)
			break;
		*ret = *ret * base + digit_value(*in->at);
	}
	return n;
}

/* Encodes as the first version of UTF-8 did: up to 31 bits, which bash writes too. */
static void add_utf8(uint32_t code, struct strbuf *out)
{
	static const uint32_t ends[] = { 0x80, 0x800, 0x10000, 0x200000, 0x4000000 };
	static const unsigned int leads[] = { 0, 0xC0, 0xE0, 0xF0, 0xF8, 0xFC };
	size_t more = 0;

	if (code > INT32_MAX)
		return;
	while (more < sizeof(ends) / sizeof(*ends) && code >= ends[more])
		more++;
	strbuf_addc(out, (char)(leads[more] | code >> 6 * more));
	while (more--)
		strbuf_addc(out, (char)(0x80 | (code >> 6 * more & 0x3F)));
}

/*
 * The readers below start after the backslash and the letter. They return false, with
 * @ret_code untouched, if this was not an escape after all.
 */
static bool read_hex(struct input *in, uint32_t *ret_code)
{
	bool braces = next_is(in, '{');
	uint32_t code;

	in->at += braces;
	if (!read_digits(in, 16, braces ? SIZE_MAX : 2, &code) && !braces)
		return false;
	in->at += braces && next_is(in, '}');
	*ret_code = code & 0xFF;
	return true;
}

static bool read_control(struct input *in, uint32_t *ret_code)
{
	unsigned char c;

	if (in->at == in->end)
		return false;
	c = (unsigned char)*in->at++;
	if (c == '\\' && next_is(in, '\\'))
		in->at++;
	*ret_code = c == '?' ? 0x7F : (uint32_t)toupper(c) & 0x1F;
	return true;
}

static void read_octal(struct input *in, uint32_t *ret_code)
{
	in->at--; /* the letter is the first digit */
	read_digits(in, 8, 3, ret_code);
	*ret_code &= 0xFF;
}

static bool read_letter(char letter, uint32_t *ret_code)
{
	static const char letters[] = "abeEfnrtv\\'\"?";
	static const char codes[] = "\a\b\033\033\f\n\r\t\v\\'\"?";
	const char *found = strchr(letters, letter);

	if (!found)
		return false;
	*ret_code = (unsigned char)codes[found - letters];
	return true;
}

/* Decodes one escape, starting after the backslash. Returns false if it was NUL. */
static bool decode_escape(struct input *in, struct strbuf *out)
{
	const char *start = in->at;
	char letter = *in->at++;
	bool known, wide = letter == 'u' || letter == 'U';
	uint32_t code = 0;

	if (wide)
		known = read_digits(in, 16, letter == 'u' ? 4 : 8, &code) > 0;
	else if (letter == 'x')
		known = read_hex(in, &code);
	else if (letter == 'c')
		known = read_control(in, &code);
	else if (letter >= '0' && letter <= '7') {
		read_octal(in, &code);
		known = true;
	} else
		known = read_letter(letter, &code);
	if (!known) {
		strbuf_addc(out, '\\');
		strbuf_addc(out, letter);
		in->at = start + 1;
		return true;
	}
	if (code && wide)
		add_utf8(code, out);
	else if (code)
		strbuf_addc(out, (char)code);
	return code != 0;
}

void ansi_c_decode(const char *text, size_t len, struct strbuf *out)
{
	struct input in = { text, text + len };
	bool more = true;

	while (more && in.at < in.end) {
		char c = *in.at++;

		if (c == '\\' && in.at < in.end)
			more = decode_escape(&in, out);
		else
			strbuf_addc(out, c);
	}
}
