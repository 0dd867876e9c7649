/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moves the aliases of a network card that becomes the port of a bond to the bond. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/num.h"
#include "lib/ctl/adopt-card.h"
#include "lib/files/ifcfg-keys.h"

/* ---- owners ---- */

static bool is_alias(const struct card *card, const struct ifcfg *file)
{
	return !file->ignored && file->real && strcmp(file->real, card->name) == 0;
}

static bool has_word_of_addr(const struct card *card, const char *text,
			     const struct ip *addr)
{
	char *rest = arena_strdup(card->drafts->arena, text), *word;
	struct ip ip;

	while ((word = strsep(&rest, " \t,"))) {
		word[strcspn(word, "/")] = '\0';
		if (ip_parse(word, AF_UNSPEC, &ip) == 0 && ip_equal(&ip, addr))
			return true;
	}
	return false;
}

static bool is_in_range(const struct ifcfg *file, const struct ip *addr)
{
	const char *start = ifcfg_own_value(file, "IPADDR_START");
	const char *end = ifcfg_own_value(file, "IPADDR_END");
	struct ip first, last;

	return start && end && ip_parse(start, AF_INET, &first) == 0 &&
	       ip_parse(end, AF_INET, &last) == 0 && addr->family == AF_INET &&
	       ip_same_network(&first, addr, 24) && addr->bytes[3] >= first.bytes[3] &&
	       addr->bytes[3] <= last.bytes[3];
}

static bool alias_has(const struct card *card, const struct ifcfg *file,
		      const struct ip *addr)
{
	for (size_t i = 0; i < ifcfg_vars(file)->n; i++) {
		const struct shellvar *var = &ifcfg_vars(file)->vars[i];
		const struct ifcfg_key *key = ifcfg_key_find(var->key);

		if (key && key->fate == FATE_LIVE &&
		    has_word_of_addr(card, var->value, addr))
			return true;
	}
	return is_in_range(file, addr);
}

bool card_alias_has(const struct card *card, const struct ip *addr)
{
	for (size_t i = 0; i < card->dir->n; i++)
		if (is_alias(card, &card->dir->files[i]) &&
		    alias_has(card, &card->dir->files[i], addr))
			return true;
	return false;
}

/* ---- labels ---- */

/*
 * Including by a file: that of a former bond of that name. Return: 0 or 1; a negative
 * errno, reported.
 */
static int is_alias_used(struct drafts *drafts, const struct adopted *adopted,
			 const char *bond, const char *tail)
{
	const char *file = arena_printf(drafts->arena, "ifcfg-%s:%s", bond, tail);
	const char *there = NULL;
	int r = drafts_text(drafts, file, &there);

	for (size_t i = 0; i < adopted->n_tails && !there; i++)
		if (strcmp(adopted->tails[i], tail) == 0)
			return 1;
	return r == 0 ? there != NULL : r;
}

static const char *tail_of_number(struct adopted *adopted, uint32_t number)
{
	return arena_printf(adopted->arena, "%" PRIu32, number);
}

static void note_tail(struct adopted *adopted, const char *tail)
{
	ARENA_PUSH(adopted->arena, adopted->tails, adopted->n_tails, adopted->tails_cap,
		   tail);
}

int adopted_give_label(struct drafts *drafts, struct adopted *adopted, const char *bond,
		       const char *wanted, const char **ret)
{
	const char *tail = wanted ? wanted : "1";
	int r = is_alias_used(drafts, adopted, bond, tail);

	for (uint32_t number = 1; r == 1; number++) {
		tail = tail_of_number(adopted, number);
		r = is_alias_used(drafts, adopted, bond, tail);
	}
	if (r == 0)
		note_tail(adopted, tail);
	*ret = r == 0 ? arena_printf(drafts->arena, "%s:%s", bond, tail) : NULL;
	return r;
}

/* Whether one of the numbers is taken. Return: as for is_alias_used(). */
static int is_any_used(const struct card *card, uint32_t first, unsigned int n)
{
	int r = 0;

	for (unsigned int i = 0; i < n && r == 0; i++) {
		const char *tail = tail_of_number(card->adopted, first + i);

		r = is_alias_used(card->drafts, card->adopted, card->bond, tail);
	}
	return r;
}

/* As many consecutive numbers as a range has addresses; unchanged if they are free. */
static int give_numbers(const struct card *card, unsigned int n, uint32_t *first)
{
	int r = is_any_used(card, *first, n);

	for (uint32_t number = 0; r == 1; number++) {
		*first = number;
		r = is_any_used(card, number, n);
	}
	for (unsigned int i = 0; i < n && r == 0; i++) {
		const char *tail = tail_of_number(card->adopted, *first + i);

		note_tail(card->adopted, tail);
	}
	return r;
}

/* ---- files ---- */

/* The prefix length in a file, or of the first address of the bond; 0 for none. */
static unsigned int length_in(const struct ifcfg *file)
{
	const char *prefix = ifcfg_own_value(file, "PREFIX");
	const char *netmask = ifcfg_own_value(file, "NETMASK");
	uint32_t len;
	uint8_t mask;

	if (prefix && num_parse_u32(prefix, 32, &len) == 0)
		return len;
	return netmask && ip_parse_netmask(netmask, &mask) == 0 ? mask : 0;
}

static unsigned int length_of_bond(const struct adopted *adopted)
{
	for (size_t i = 0; i < adopted->n; i++)
		if (adopted->addrs[i].addr.family == AF_INET)
			return adopted->addrs[i].prefix_len;
	return 0;
}

/*
 * An alias without a prefix length has that of its interface, which is a different one
 * from now on.
 */
static int keep_length(const struct card *card, const struct ifcfg *file,
		       const char *name)
{
	const char *addr = ifcfg_own_value(file, "IPADDR");
	unsigned int len = card->file ? length_in(card->file) : 0;
	const char *text;
	struct ip ip;

	if (!addr)
		addr = ifcfg_own_value(file, "IPADDR_START");
	if (length_in(file) || len == length_of_bond(card->adopted) || !addr ||
	    ip_parse(addr, AF_INET, &ip) < 0)
		return 0;
	text = arena_printf(card->drafts->arena, "%u", len ? len : ip_class_len(&ip));
	return drafts_set(card->drafts, name, "PREFIX", text);
}

static int rename_value(const struct card *card, const struct ifcfg *file,
			const char *name, const char *key)
{
	const char *value = ifcfg_own_value(file, key), *ours;

	if (!value)
		return 0;
	ours = card_rename(card, value);
	return drafts_set(card->drafts, name, key, ours);
}

/* @to: its new name. Return: 0, also if there is none; a negative errno. */
static int move_file(const struct card *card, const struct ifcfg *file, const char *to)
{
	static const char *const keys[] = { "DEVICE", "PARENTDEVICE", "REALDEVICE" };
	struct drafts *drafts = card->drafts;
	const char *text = NULL;
	int r = drafts_text(drafts, file->name, &text);

	if (r < 0 || !text)
		return r;
	r = drafts_put(drafts, file->name, NULL);
	if (r == 0)
		r = drafts_put(drafts, to, text);
	for (size_t i = 0; i < ARRAY_SIZE(keys) && r == 0; i++)
		r = rename_value(card, file, to, keys[i]);
	if (r == 0 && strcmp(to, file->name) != 0)
		diag_notice(drafts->diag, (struct pos){ 0 }, "%s becomes %s", file->name,
			    to);
	return r == 0 ? keep_length(card, file, to) : r;
}

/* Whether the part before the ':', or before the word "-range", is a name of the card. */
static bool is_called_after(const struct card *card, const char *subject)
{
	const char *range = strstr(subject, "-range");
	size_t len = strcspn(subject, ":");

	if (!subject[len] && range)
		len = (size_t)(range - subject);
	return card_is_called(card, subject, len);
}

/* ---- aliases ---- */

/* By its label, and by names of its own, which stay. */
static int move_alias_companions(const struct card *card, const struct ifcfg *file,
				 const char *label)
{
	const char *names[IFCFG_CALLED_MAX + 1];
	size_t n = ifcfg_called(file, names);
	int r = 0;

	names[n] = ifcfg_own_value(file, "NAME");
	n += names[n] != NULL;
	for (size_t i = 0; i < n && r == 0; i++)
		r = card_move_companions(card, names[i],
					 is_called_after(card, names[i]) ? label
									 : names[i]);
	return r;
}

static int move_alias(const struct card *card, const struct ifcfg *file)
{
	struct drafts *drafts = card->drafts;
	const char *colon = strchr(file->label, ':'), *label = file->label;
	const char *name = file->name;
	int r = colon ? adopted_give_label(drafts, card->adopted, card->bond, colon + 1,
					   &label)
		      : 0; /* an invalid one, which has been reported */

	if (r == 0 && is_called_after(card, name + strlen("ifcfg-")))
		name = arena_printf(drafts->arena, "ifcfg-%s", label);
	if (r == 0)
		r = move_file(card, file, name);
	if (r == 0 && colon && ifcfg_own_value(file, "DEVICE"))
		r = drafts_set(drafts, name, "DEVICE", label);
	return r == 0 ? move_alias_companions(card, file, label) : r;
}

/* ---- ranges ---- */

/* The number of its addresses; 0 if they are invalid. */
static unsigned int count_of(const struct ifcfg *file)
{
	const char *start = ifcfg_own_value(file, "IPADDR_START");
	const char *end = ifcfg_own_value(file, "IPADDR_END");
	struct ip first, last;

	if (!start || !end || ip_parse(start, AF_INET, &first) < 0 ||
	    ip_parse(end, AF_INET, &last) < 0 || last.bytes[3] < first.bytes[3])
		return 0;
	return last.bytes[3] - first.bytes[3] + 1U;
}

/* The files of the single aliases: @from and @to are the numbers of the first one. */
static int move_numbers(const struct card *card, uint32_t from, uint32_t to,
			unsigned int n)
{
	struct arena *arena = card->drafts->arena;
	const char *names[IFCFG_CALLED_MAX] = { card->name };
	const size_t n_names = card->file ? ifcfg_called(card->file, names) : 1;
	int r = 0;

	for (size_t i = 0; i < n * n_names && r == 0; i++) {
		const uint32_t offset = i / n_names;
		const char *old = arena_printf(arena, "%s:%" PRIu32, names[i % n_names],
					       from + offset);
		const char *new =
			arena_printf(arena, "%s:%" PRIu32, card->bond, to + offset);

		r = card_move_companions(card, old, new);
	}
	return r;
}

/* "bond1-range0", or the first free one. */
static int find_range(const struct card *card, const char *subject, const char **ret)
{
	struct arena *arena = card->drafts->arena;
	const char *there = NULL, *file;
	int r;

	*ret = is_called_after(card, subject) ? arena_printf(arena, "%s%s", card->bond,
							     strstr(subject, "-range"))
					      : subject;
	for (unsigned int number = 0;; number++) {
		file = arena_printf(arena, "ifcfg-%s", *ret);
		r = drafts_text(card->drafts, file, &there);
		if (r < 0 || !there || *ret == subject)
			return r;
		*ret = arena_printf(arena, "%s-range%u", card->bond, number);
	}
}

static int move_range(const struct card *card, const struct ifcfg *file)
{
	struct arena *arena = card->drafts->arena;
	const char *subject = file->name + strlen("ifcfg-"), *to = NULL, *name;
	const char *start = ifcfg_own_value(file, "CLONENUM_START");
	const unsigned int n = count_of(file);
	uint32_t from = 0, first;
	int r = find_range(card, subject, &to);

	if (r < 0)
		return r;
	if (start && num_parse_u32(start, INT32_MAX, &from) < 0)
		from = 0; /* which will be reported */
	first = from;
	r = give_numbers(card, n, &first);
	name = arena_printf(arena, "ifcfg-%s", to);
	if (r == 0)
		r = move_file(card, file, name);
	if (r == 0 && first != from) {
		start = tail_of_number(card->adopted, first);
		r = drafts_set(card->drafts, name, "CLONENUM_START", start);
	}
	if (r == 0)
		r = card_move_companions(card, subject, to);
	return r == 0 ? move_numbers(card, from, first, n) : r;
}

static int move_all(const struct card *card, bool ranges,
		    int (*move)(const struct card *card, const struct ifcfg *file))
{
	int r = 0;

	for (size_t i = 0; i < card->dir->n && r == 0; i++) {
		const struct ifcfg *file = &card->dir->files[i];

		if (is_alias(card, file) && file->is_range == ranges)
			r = move(card, file);
	}
	return r;
}

/* A single alias keeps its name if possible; the names in a range do not matter. */
int card_move_aliases(const struct card *card)
{
	int r = move_all(card, false, move_alias);

	return r == 0 ? move_all(card, true, move_range) : r;
}
