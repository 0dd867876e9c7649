/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of a bridge's options: text to value, value to text, and whether two are alike. */
#include "lib/model/bridge-options.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/num.h"

struct bridge_value *bridge_values_new(const struct bridge_table *table,
				       struct arena *arena)
{
	return arena_alloc(arena, table->n * sizeof(struct bridge_value));
}

struct bridge_value *bridge_values_copy(const struct bridge_table *table,
					const struct bridge_value *from,
					struct arena *arena)
{
	struct bridge_value *copy =
		arena_memdup(arena, from, table->n * sizeof(struct bridge_value));

	for (size_t i = 0; copy && i < table->n; i++)
		if (copy[i].ifname &&
		    !(copy[i].ifname = arena_strdup(arena, copy[i].ifname)))
			return NULL;
	return copy;
}

static const struct bridge_word *word_of(const struct bridge_option *option, uint64_t num)
{
	for (const struct bridge_word *word = option->words; word && word->name; word++)
		if (word->value == num)
			return word;
	return NULL;
}

/* Decimal, or, as the driver's own files take it, hexadecimal behind "0x". */
static int parse_any_base(const char *text, uint32_t *ret)
{
	if (strncmp(text, "0x", 2) == 0)
		return num_parse_hex(text + 2, UINT16_MAX, ret);
	return num_parse_u32(text, UINT16_MAX, ret);
}

static int parse_word(const struct bridge_option *option, const char *text, uint32_t *ret)
{
	for (const struct bridge_word *word = option->words; word->name; word++)
		if (strcmp(word->name, text) == 0) {
			*ret = word->value;
			return 0;
		}
	return parse_any_base(text, ret) == 0 && word_of(option, *ret) ? 0 : -EINVAL;
}

static int parse_number(const struct bridge_option *option, const char *text,
			uint32_t *ret)
{
	if (num_parse_u32(text, option->max, ret) < 0 || *ret < option->min)
		return -EINVAL;
	return 0;
}

static int parse_mask(const struct bridge_option *option, const char *text, uint32_t *ret)
{
	return parse_any_base(text, ret) < 0 || *ret & option->min ? -EINVAL : 0;
}

/* 01:80:c2:00:00:0X; three of these have another meaning already (IEEE 802.1D). */
static int parse_group_addr(const char *text, uint64_t *ret)
{
	static const uint8_t group[] = { 0x01, 0x80, 0xc2, 0x00, 0x00 };
	struct hwaddr mac;
	uint64_t num = 0;

	if (hwaddr_parse(text, &mac) < 0 || mac.len != sizeof(group) + 1 ||
	    memcmp(mac.bytes, group, sizeof(group)) != 0 ||
	    mac.bytes[sizeof(group)] > 0xf ||
	    (mac.bytes[sizeof(group)] >= 1 && mac.bytes[sizeof(group)] <= 3))
		return -EINVAL;
	for (size_t i = 0; i < mac.len; i++)
		num = num << 8 | mac.bytes[i];
	*ret = num;
	return 0;
}

static int parse_port_name(const char *text, struct arena *arena, const char **ret)
{
	if (!ifname_is_valid(text))
		return -EINVAL;
	*ret = arena_strdup(arena, text);
	return *ret ? 0 : -ENOMEM;
}

int bridge_value_parse(const struct bridge_option *option, const char *text,
		       struct arena *arena, struct bridge_value *ret)
{
	struct bridge_value value = { .is_set = true, .pos = ret->pos };
	uint32_t num = 0;
	int r = -EINVAL;

	switch (option->kind) {
	case BRIDGE_SWITCH:
	case BRIDGE_ENUM:
		r = parse_word(option, text, &num);
		break;
	case BRIDGE_UINT:
		r = parse_number(option, text, &num);
		break;
	case BRIDGE_MASK:
		r = parse_mask(option, text, &num);
		break;
	case BRIDGE_GROUP_ADDR:
		r = parse_group_addr(text, &value.num);
		break;
	case BRIDGE_PORT_NAME:
		r = parse_port_name(text, arena, &value.ifname);
		break;
	}
	if (r < 0)
		return r;
	if (option->kind != BRIDGE_GROUP_ADDR)
		value.num = num;
	*ret = value;
	return 0;
}

static void format_group_addr(uint64_t num, struct strbuf *out)
{
	struct hwaddr mac = { .len = 6 };
	char text[HWADDR_TEXT_MAX];

	for (size_t i = mac.len; i-- > 0; num >>= 8)
		mac.bytes[i] = (uint8_t)num;
	strbuf_add(out, hwaddr_format(&mac, text));
}

static void format_word(const struct bridge_option *option, uint64_t num,
			struct strbuf *out)
{
	const struct bridge_word *word = word_of(option, num);

	if (word)
		strbuf_add(out, word->name);
	else
		strbuf_addf(out, "%" PRIu64, num);
}

void bridge_value_format(const struct bridge_option *option,
			 const struct bridge_value *value, struct strbuf *out)
{
	switch (option->kind) {
	case BRIDGE_SWITCH:
	case BRIDGE_ENUM:
		format_word(option, value->num, out);
		break;
	case BRIDGE_UINT:
		strbuf_addf(out, "%" PRIu64, value->num);
		break;
	case BRIDGE_MASK:
		strbuf_addf(out, "0x%" PRIx64, value->num);
		break;
	case BRIDGE_GROUP_ADDR:
		format_group_addr(value->num, out);
		break;
	case BRIDGE_PORT_NAME:
		strbuf_add(out, value->ifname ? value->ifname : "");
		break;
	}
}

static void describe_words(const struct bridge_option *option, struct strbuf *out)
{
	for (const struct bridge_word *word = option->words; word->name; word++) {
		if (word != option->words)
			strbuf_add(out, word[1].name ? ", " : " or ");
		strbuf_addf(out, word->value > UINT8_MAX ? "%s (0x%x)" : "%s (%u)",
			    word->name, word->value);
	}
}

void bridge_option_describe(const struct bridge_option *option, struct strbuf *out)
{
	switch (option->kind) {
	case BRIDGE_SWITCH:
	case BRIDGE_ENUM:
		describe_words(option, out);
		break;
	case BRIDGE_UINT:
		strbuf_addf(out, "%u to %u%s%s", option->min, option->max,
			    *option->unit ? " " : "", option->unit);
		break;
	case BRIDGE_MASK:
		strbuf_addf(out, "a mask of 16 bits without those of 0x%x", option->min);
		break;
	case BRIDGE_GROUP_ADDR:
		strbuf_add(out, "01:80:c2:00:00:00, or with 04 to 0f at its end");
		break;
	case BRIDGE_PORT_NAME:
		strbuf_add(out, "the name of another port");
		break;
	}
}

struct bridge_value bridge_value_default(const struct bridge_option *option)
{
	return (struct bridge_value){ .is_set = true, .num = option->def, .ifname = "" };
}

bool bridge_value_equal(const struct bridge_option *option, const struct bridge_value *a,
			const struct bridge_value *b)
{
	if (!a->is_set || !b->is_set)
		return a->is_set == b->is_set;
	if (option->kind == BRIDGE_PORT_NAME)
		return strcmp(a->ifname, b->ifname) == 0;
	return a->num == b->num;
}
