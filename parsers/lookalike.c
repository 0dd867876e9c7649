/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters from web pages and word processors that look like shell syntax. */
#include "parsers/lookalike.h"

#include "lib/base/cleanup.h"
#include "lib/base/language.h"

/* clang-format off */
static const struct lookalike lookalikes[] = {
	{ 0x00A0, 0x00A0, N_("no-break blank"), false, LOOKALIKE_BLANK },
	{ 0x00AB, 0x00AB, N_("typographic quote"), true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0x00BB, 0x00BB, N_("typographic quote"), true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0x1680, 0x1680, N_("ogham blank"), false, LOOKALIKE_BLANK },
	{ 0x2000, 0x200A, N_("typographic blank"), false, LOOKALIKE_BLANK },
	{ 0x200B, 0x200F, N_("invisible character"), false, LOOKALIKE_NOTHING },
	{ 0x2018, 0x2018, N_("typographic quote"), true, LOOKALIKE_SINGLE_QUOTE },
	{ 0x2019, 0x2019, N_("typographic quote"), true, LOOKALIKE_SINGLE_QUOTE },
	{ 0x201A, 0x201A, N_("typographic quote"), true, LOOKALIKE_SINGLE_QUOTE },
	{ 0x201B, 0x201B, N_("typographic quote"), true, LOOKALIKE_SINGLE_QUOTE },
	{ 0x201C, 0x201C, N_("typographic quote"), true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0x201D, 0x201D, N_("typographic quote"), true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0x201E, 0x201E, N_("typographic quote"), true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0x201F, 0x201F, N_("typographic quote"), true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0x2028, 0x2029, N_("line separator"), false, LOOKALIKE_BLANK },
	{ 0x202F, 0x202F, N_("narrow no-break blank"), false, LOOKALIKE_BLANK },
	{ 0x2032, 0x2032, "prime", true, LOOKALIKE_SINGLE_QUOTE },
	{ 0x2033, 0x2033, N_("double prime"), true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0x205F, 0x205F, N_("typographic blank"), false, LOOKALIKE_BLANK },
	{ 0x2060, 0x2060, N_("invisible character"), false, LOOKALIKE_NOTHING },
	{ 0x3000, 0x3000, N_("ideographic blank"), false, LOOKALIKE_BLANK },
	{ 0xFEFF, 0xFEFF, N_("invisible character"), false, LOOKALIKE_NOTHING },
	{ 0xFF02, 0xFF02, "full-width", true, LOOKALIKE_DOUBLE_QUOTE },
	{ 0xFF03, 0xFF03, "full-width", true, LOOKALIKE_HASH },
	{ 0xFF07, 0xFF07, "full-width", true, LOOKALIKE_SINGLE_QUOTE },
	{ 0xFF1B, 0xFF1B, "full-width", true, LOOKALIKE_BLANK },
	{ 0xFF1D, 0xFF1D, "full-width", true, LOOKALIKE_EQUALS },
};
/* clang-format on */

/*
 * Decodes the code point at @text if it takes two or three bytes, as all in the table do.
 */
static size_t decode(const char *text, uint32_t *ret_code)
{
	unsigned char lead = (unsigned char)text[0];
	size_t len = lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : 0;
	uint32_t code = len == 2 ? lead & 0x1F : lead & 0x0F;

	for (size_t i = 1; i < len; i++) {
		if (((unsigned char)text[i] & 0xC0) != 0x80)
			return 0;
		code = code << 6 | ((unsigned char)text[i] & 0x3F);
	}
	*ret_code = code;
	return len;
}

bool lookalike_at(const char *text, struct lookalike_found *ret)
{
	uint32_t code;
	size_t len = decode(text, &code);

	for (size_t i = 0; len && i < ARRAY_SIZE(lookalikes); i++) {
		if (code < lookalikes[i].first || code > lookalikes[i].last)
			continue;
		*ret = (struct lookalike_found){ &lookalikes[i], code, len };
		return true;
	}
	return false;
}
