/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that grows. */
#include "lib/base/strbuf.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/memory.h"
#include "lib/base/terminal.h"

#define USUAL_LEN 40

static void make_room(struct strbuf *buf, size_t more)
{
	size_t cap = buf->cap ? buf->cap : 64;

	if (more >= SIZE_MAX / 2 - buf->len)
		memory_end();
	while (cap < buf->len + more + 1)
		cap *= 2;
	if (cap == buf->cap)
		return;
	buf->text = memory_resize(buf->text, cap);
	buf->cap = cap;
}

void strbuf_addn(struct strbuf *buf, const char *text, size_t len)
{
	make_room(buf, len);
	if (len)
		memcpy(buf->text + buf->len, text, len);
	buf->len += len;
	buf->text[buf->len] = '\0';
}

void strbuf_addc(struct strbuf *buf, char c)
{
	strbuf_addn(buf, &c, 1);
}

void strbuf_add(struct strbuf *buf, const char *text)
{
	strbuf_addn(buf, text, strlen(text));
}

/* Most texts fit in what is reserved first, and are put together once. */
void strbuf_addf(struct strbuf *buf, const char *fmt, ...)
{
	va_list args;
	size_t room;
	int len;

	make_room(buf, USUAL_LEN);
	room = buf->cap - buf->len;
	va_start(args, fmt);
	len = vsnprintf(buf->text + buf->len, room, fmt, args);
	va_end(args);
	if (len < 0) /* longer than an int can say */
		memory_end();
	if ((size_t)len >= room) {
		make_room(buf, (size_t)len);
		va_start(args, fmt);
		vsnprintf(buf->text + buf->len, (size_t)len + 1, fmt, args);
		va_end(args);
	}
	buf->len += (size_t)len;
}

ssize_t strbuf_read(struct strbuf *buf, int fd, size_t size)
{
	ssize_t n;

	make_room(buf, size);
	n = read(fd, buf->text + buf->len, size);
	if (n > 0)
		buf->len += (size_t)n;
	buf->text[buf->len] = '\0';
	return n;
}

/* strspn() with so many characters makes a table of them for each word of a plan. */
static bool is_plain_word(const char *word)
{
	while (*word &&
	       ((*word >= 'a' && *word <= 'z') || (*word >= 'A' && *word <= 'Z') ||
		strchr("0123456789_-+=:,./@%", *word)))
		word++;
	return !*word;
}

void strbuf_add_quoted(struct strbuf *buf, const char *word)
{
	if (*word && is_plain_word(word)) {
		strbuf_add(buf, word);
		return;
	}
	strbuf_addc(buf, '\'');
	for (; *word; word++)
		if (*word == '\'')
			strbuf_add(buf, "'\\''");
		else
			strbuf_addc(buf, *word);
	strbuf_addc(buf, '\'');
}

size_t utf8_decode(const char *text, uint32_t *ret_code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *at = (const unsigned char *)text;
	const size_t len = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : *at >= 0x80 ? 2 : 1;
	uint32_t code = len == 1 ? *at : *at & (0x7Fu >> len);

	if (len > 1 && (*at < 0xC2 || *at > 0xF4))
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 0;
		code = code << 6 | (at[i] & 0x3Fu);
	}
	if (code < least[len] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return 0;
	*ret_code = code;
	return len;
}

bool utf8_is_visible(uint32_t code)
{
	if (code < 0xA0)
		return (code >= ' ' && code < 0x7F) || code == '\t';
	/* line separators, and direction marks */
	return (code < 0x2028 || code > 0x202E) && (code < 0x2066 || code > 0x2069);
}

void strbuf_add_padded(struct strbuf *buf, const char *text, size_t columns)
{
	strbuf_add(buf, text);
	for (size_t n = text_width(text); n < columns; n++)
		strbuf_addc(buf, ' ');
}

/* The length of the text that is plain to see. */
static size_t ascii_len(const char *text)
{
	size_t len = 0;

	while (text[len] >= ' ' && text[len] < 0x7F)
		len++;
	return len;
}

void strbuf_add_visible(struct strbuf *buf, const char *text)
{
	while (*text) {
		uint32_t code;
		size_t len = ascii_len(text);

		if (len) {
			strbuf_addn(buf, text, len);
			text += len;
			continue;
		}
		len = utf8_decode(text, &code);
		if (len && utf8_is_visible(code))
			strbuf_addn(buf, text, len);
		else
			for (size_t i = 0; i < (len ? len : 1); i++)
				strbuf_addf(buf, "\\x%02x", (unsigned char)text[i]);
		text += len ? len : 1;
	}
}

const char *strbuf_text(const struct strbuf *buf)
{
	return buf->text ? buf->text : "";
}

char *strbuf_take(struct strbuf *buf)
{
	char *text;

	strbuf_addn(buf, "", 0);
	text = TAKE_PTR(buf->text);
	*buf = (struct strbuf)STRBUF_EMPTY;
	return text;
}

void strbuf_release(struct strbuf *buf)
{
	free(buf->text);
	*buf = (struct strbuf)STRBUF_EMPTY;
}
