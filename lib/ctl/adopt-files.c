/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files beside that of a network card that becomes the port of a bond. */
#include <errno.h>
#include <string.h>

#include "lib/ctl/adopt-card.h"
#include "lib/model/ifcfg-keys.h"
#include "lib/model/source.h"
#include "parsers/route-file.h"

/* ---- aliases ---- */

static bool is_alias(const struct card *card, const struct ifcfg *file)
{
	return !file->ignored && file->real && strcmp(file->real, card->name) == 0;
}

static bool has_word(const struct card *card, const char *text, const struct ip *addr)
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
	for (size_t i = 0; i < file->vars.n; i++) {
		const struct shellvar *var = &file->vars.vars[i];
		const struct ifcfg_key *key = ifcfg_key_find(var->key);

		if (key && key->fate == FATE_LIVE && has_word(card, var->value, addr))
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

/* "ens33:1" to "bond1:1"; a name without the card's stays. NULL when memory is short. */
static const char *new_subject(const struct card *card, const char *subject)
{
	const size_t len = strlen(card->name);

	if (strncmp(subject, card->name, len) != 0 || !strchr(":-", subject[len]))
		return subject;
	return arena_printf(card->drafts->arena, "%s%s", card->bond, subject + len);
}

/* ---- routes and rules ---- */

/* What is not in effect is not in the kernel, and would be lost. */
static int keep_aside(const struct card *card, const char *name, const char *text)
{
	struct drafts *drafts = card->drafts;
	const char *aside = arena_printf(drafts->arena, "%s.bak", name), *old = NULL;
	int r = aside ? drafts_text(drafts, aside, &old) : -ENOMEM;

	if (r < 0 || old)
		return r;
	diag_notice(drafts->diag, (struct pos){ 0 },
		    "%s becomes %s: its routes that are in effect are taken over", name,
		    aside);
	return drafts_put(drafts, aside, text);
}

/* Routes through no device, or several, are not among those of the card's link. */
static bool has_no_link(const struct route_line *line)
{
	static const char *const types[] = { "blackhole", "unreachable", "prohibit",
					     "throw" };

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (strcmp(line->words[0], types[i]) == 0)
			return true;
	for (size_t i = 0; i < line->n && line->words[i]; i++)
		if (strcmp(line->words[i], "nexthop") == 0)
			return true;
	return false;
}

static int take_linkless(const struct card *card, bool is_ip6, const char *text)
{
	struct strbuf *out = is_ip6 ? &card->adopted->routes6 : &card->adopted->routes;
	struct route_lines lines = { 0 };
	int r = route_file_parse(text, "", card->drafts->arena, &lines);

	for (size_t i = 0; r == 0 && i < lines.n; i++) {
		const struct route_line *line = &lines.list[i];

		if (!line->words[0] || !has_no_link(line))
			continue;
		for (size_t k = 0; k < line->n && line->words[k]; k++)
			strbuf_addf(out, "%s%s", k ? " " : "",
				    strcmp(line->words[k], card->name) == 0
					    ? card->bond
					    : line->words[k]);
		strbuf_addc(out, '\n');
	}
	return r;
}

static int take_routes(const struct card *card, const char *from, const char *to,
		       const char *text)
{
	const bool is_ip6 = strncmp(from, "route6-", 7) == 0;
	int r = drafts_put(card->drafts, from, NULL);

	(void)to;
	if (r == 0)
		r = take_linkless(card, is_ip6, text);
	return r == 0 ? keep_aside(card, from, text) : r;
}

/* Behind what is there: that of another card, or of a former bond of the name. */
static int take_rules(const struct card *card, const char *from, const char *to,
		      const char *text)
{
	const char *ours = card_rename(card, text), *there = NULL;
	int r = ours ? drafts_put(card->drafts, from, NULL) : -ENOMEM;

	if (r == 0)
		r = drafts_text(card->drafts, to, &there);
	if (r == 0 && there)
		ours = arena_printf(card->drafts->arena, "%s%s", there, ours);
	return r == 0 && ours ? drafts_put(card->drafts, to, ours) : -ENOMEM;
}

static const struct {
	const char *prefix, *ending;
	int (*take)(const struct card *card, const char *from, const char *to,
		    const char *text);
} kinds[] = {
	{ "route-", "", take_routes }, { "route6-", "", take_routes },
	{ "", ".route", take_routes }, { "rule-", "", take_rules },
	{ "rule6-", "", take_rules },
};

/* @subject: as the files are called; @to: as those of the bond, or its alias, are. */
static int move_companions(const struct card *card, const char *subject, const char *to)
{
	struct arena *arena = card->drafts->arena;
	int r = to ? 0 : -ENOMEM;

	for (size_t i = 0; i < ARRAY_SIZE(kinds) && r == 0; i++) {
		const char *from = arena_printf(arena, "%s%s%s", kinds[i].prefix, subject,
						kinds[i].ending);
		const char *ours = arena_printf(arena, "%s%s%s", kinds[i].prefix, to,
						kinds[i].ending);
		const char *text = NULL;

		r = from && ours ? drafts_text(card->drafts, from, &text) : -ENOMEM;
		if (r == 0 && text)
			r = kinds[i].take(card, from, ours, text);
	}
	return r;
}

/* ---- all of them ---- */

static int rename_value(const struct card *card, const struct ifcfg *file,
			const char *name, const char *key)
{
	const char *value = ifcfg_own_value(file, key), *ours;

	if (!value)
		return 0;
	ours = card_rename(card, value);
	return ours ? drafts_set(card->drafts, name, key, ours) : -ENOMEM;
}

static int move_alias(const struct card *card, const struct ifcfg *file)
{
	static const char *const keys[] = { "DEVICE", "PARENTDEVICE", "REALDEVICE" };
	struct drafts *drafts = card->drafts;
	const char *from = file->name + strlen("ifcfg-");
	const char *to = new_subject(card, from), *text = NULL;
	const char *name = to ? arena_printf(drafts->arena, "ifcfg-%s", to) : NULL;
	int r = name ? drafts_text(drafts, file->name, &text) : -ENOMEM;

	if (r < 0 || !text)
		return r;
	r = drafts_put(drafts, file->name, NULL);
	if (r == 0)
		r = drafts_put(drafts, name, text);
	for (size_t i = 0; i < ARRAY_SIZE(keys) && r == 0; i++)
		r = rename_value(card, file, name, keys[i]);
	if (r == 0 && strcmp(name, file->name) != 0)
		diag_notice(drafts->diag, (struct pos){ 0 }, "%s becomes %s", file->name,
			    name);
	return r == 0 ? move_companions(card, from, to) : r;
}

int card_move_files(const struct card *card)
{
	const char *suffix = card->file ? card->file->name + strlen("ifcfg-") : NULL;
	int r = move_companions(card, card->name, card->bond);

	if (r == 0 && suffix && strcmp(suffix, card->name) != 0)
		r = move_companions(card, suffix, card->bond);
	for (size_t i = 0; i < card->dir->n && r == 0; i++)
		if (is_alias(card, &card->dir->files[i]))
			r = move_alias(card, &card->dir->files[i]);
	return r;
}
