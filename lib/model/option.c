/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of options, and all values of a table: find, describe, copy and compare. */
#include "lib/model/option.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/typo.h"
#include "lib/model/bond-options.h"

/* ---- rows ---- */

const struct option_row *option_find(const struct option_table *table, const char *name)
{
	for (size_t i = 0; i < table->n; i++) {
		const struct option_row *row = &table->rows[i];

		if (strcmp(name, row->name) == 0 ||
		    (row->alias && strcmp(name, row->alias) == 0) ||
		    (table->takes_ip_words && strcmp(name, row->ip_word) == 0))
			return row;
	}
	return NULL;
}

/* All names, followed by all words of ip(8), all aliases, and the options of ports. */
static const char *option_any_name(size_t i, const void *arg)
{
	const struct option_table *table = arg;
	const struct option_row *row = &table->rows[i % table->n];

	switch (i / table->n) {
	case 0:
		return row->name;
	case 1:
		return table->takes_ip_words ? row->ip_word : NULL;
	case 2:
		return row->alias;
	default:
		return table->beside->rows[i - 3 * table->n].name;
	}
}

/* What people write from memory, who know other tools. */
static const struct {
	const char *word, *option;
} option_synonyms[] = {
	{ "arp_target", "arp_ip_target" },
	{ "hash_policy", "xmit_hash_policy" },
	{ "lacp", "lacp_rate" },
	{ "mii", "miimon" },
	{ "xmit_policy", "xmit_hash_policy" },
};

/* "bond-mode" is mode for Debian's ifupdown; keys that begin so are BONDING_OPTS. */
static const char *without_prefix(const char *name)
{
	const size_t len = strcspn(name, "-_");
	const bool has = name[len] && (strncmp(name, "bond-", 5) == 0 ||
				       strncmp(name, "bond_", 5) == 0 ||
				       strncmp(name, "bonding_", 8) == 0);

	return has ? name + len + 1 : name;
}

const char *option_nearest(const struct option_table *table, const char *name)
{
	const size_t n_beside = table == &bond_table ? table->beside->n : 0;
	const char *core = table == &bond_table ? without_prefix(name) : name;

	for (size_t i = 0; table == &bond_table && i < ARRAY_SIZE(option_synonyms); i++)
		if (strcmp(option_synonyms[i].word, core) == 0)
			return option_synonyms[i].option;
	return typo_nearest(core, 3 * table->n + n_beside, option_any_name, table);
}

static void describe_words(const struct option_word *words, struct strbuf *out)
{
	for (const struct option_word *word = words; word->name; word++) {
		if (word != words)
			strbuf_add(out, word[1].name ? ", " : _(" or "));
		strbuf_addf(out, word->value > UINT8_MAX ? "%s (0x%x)" : "%s (%u)",
			    word->name, word->value);
	}
}

void option_describe(const struct option_row *row, struct strbuf *out)
{
	switch (row->kind) {
	case OPT_NUMBER:
		if (row->words && row->max == 1)
			describe_words(row->words, out);
		else
			strbuf_addf(out, _("%" PRId64 " to %" PRId64 "%s%s"), row->min,
				    row->max, *row->unit ? " " : "", row->unit);
		break;
	case OPT_SWITCH:
	case OPT_ENUM:
		describe_words(row->words, out);
		break;
	case OPT_MASK:
		strbuf_addf(out, _("a mask of 16 bits without those of 0x%" PRIx64),
			    row->min);
		break;
	case OPT_IFNAME:
		strbuf_addf(out, _("the name of %s"), row->unit);
		break;
	case OPT_MAC:
		strbuf_add(out, _("a MAC address that is not multicast"));
		break;
	case OPT_GROUP_MAC:
		strbuf_add(out, _("01:80:c2:00:00:00, or with 04 to 0f at its end"));
		break;
	case OPT_IP_LIST:
		strbuf_addf(out, _("up to %" PRId64 " %s addresses, separated by commas"),
			    row->max, row->wire == WIRE_IP6_LIST ? "IPv6" : "IPv4");
		break;
	}
}

void option_tell_refused(const struct option_table *table, size_t id,
			 const struct option_value *value, struct diag *diag)
{
	const struct option_row *row = &table->rows[id];
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	option_value_format(row, value, &text);
	diag_warning(diag, value->pos,
		     "%s=%s ignored: this kernel's %s driver refuses it", row->name,
		     strbuf_text(&text), table->driver);
	diag_hint(diag, "remove it, or use a newer kernel");
}

/* ---- all values of a table ---- */

struct option_value option_default(const struct option_row *row)
{
	return (struct option_value){ .is_set = true, .num = row->def, .ifname = "" };
}

struct option_value option_default_among(const struct option_values *values, size_t id)
{
	return values->table == &bond_table ? bond_default(id, bond_values_mode(values))
					    : option_default(&values->table->rows[id]);
}

size_t option_values_size(const struct option_table *table)
{
	return sizeof(struct option_values) + table->n * sizeof(struct option_value);
}

struct option_values *option_values_new(const struct option_table *table,
					struct arena *arena)
{
	struct option_values *values = arena_alloc(arena, option_values_size(table));

	values->table = table;
	return values;
}

/* Copies what a copied value still borrows from the original. */
static void option_value_adopt(struct option_value *value, struct arena *arena)
{
	if (value->ifname)
		value->ifname = arena_strdup(arena, value->ifname);
	if (value->n)
		value->list =
			arena_memdup(arena, value->list, value->n * sizeof(*value->list));
}

struct option_values *option_values_copy(const struct option_values *from,
					 struct arena *arena)
{
	struct option_values *copy =
		arena_memdup(arena, from, option_values_size(from->table));

	for (size_t id = 0; id < from->table->n; id++)
		option_value_adopt(&copy->of[id], arena);
	return copy;
}

void option_values_set(struct option_values *values, size_t id,
		       const struct option_value *value, struct arena *arena)
{
	values->of[id] = *value;
	option_value_adopt(&values->of[id], arena);
}

bool option_values_any(const struct option_values *values)
{
	for (size_t id = 0; id < values->table->n; id++)
		if (values->of[id].is_set)
			return true;
	return false;
}

bool option_values_equal(const struct option_values *a, const struct option_values *b)
{
	if (!a || !b)
		return a == b;
	for (size_t id = 0; id < a->table->n; id++)
		if (!option_value_equal(&a->table->rows[id], &a->of[id], &b->of[id]))
			return false;
	return true;
}

struct option_values *option_values_defaults(const struct option_table *table,
					     struct arena *arena)
{
	struct option_values *values = option_values_new(table, arena);

	for (size_t id = 0; id < table->n; id++) {
		values->of[id] = option_default(&table->rows[id]);
		values->of[id].is_set = !table->rows[id].def_words;
	}
	return values;
}
