/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files related to a network card that becomes the port of a bond. */
#include <errno.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/ctl/adopt-card.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"
#include "parsers/route-file.h"

/* ---- routes and rules ---- */

/* Lines that are not in effect are not in the kernel, and would be lost. */
static int keep_aside(const struct card *card, const char *name, const char *text)
{
	struct drafts *drafts = card->drafts;
	const char *aside = arena_printf(drafts->arena, "%s.bak", name), *old = NULL;
	int r = drafts_text(drafts, aside, &old);

	if (r < 0 || old)
		return r;
	diag_notice(drafts->diag, (struct pos){ 0 },
		    "%s becomes %s: its routes that are in effect are taken over", name,
		    aside);
	return drafts_put(drafts, aside, text);
}

/* Routes without a device, or with several, are not among those of the card's link. */
static bool has_no_link(const struct route_line *line)
{
	if (text_lists("blackhole unreachable prohibit throw", line->words[0]))
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
		for (size_t k = 0; k < line->n && line->words[k]; k++) {
			const char *word = line->words[k];
			const bool is_ours = card_is_called(card, word, strlen(word));

			strbuf_addf(out, "%s%s", k ? " " : "",
				    is_ours ? card->bond : word);
		}
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

/* Appended to existing ones: those of another card, or of a former bond of that name. */
static int take_rules(const struct card *card, const char *from, const char *to,
		      const char *text)
{
	const char *ours = card_rename(card, text), *there = NULL;
	int r = drafts_put(card->drafts, from, NULL);

	if (r == 0)
		r = drafts_text(card->drafts, to, &there);
	if (r == 0 && there)
		ours = arena_printf(card->drafts->arena, "%s%s", there, ours);
	return drafts_put(card->drafts, to, ours);
}

static const struct {
	const char *prefix, *ending;
	int (*take)(const struct card *card, const char *from, const char *to,
		    const char *text);
} companion_kinds[] = {
	{ "route-", "", take_routes }, { "route6-", "", take_routes },
	{ "", ".route", take_routes }, { "rule-", "", take_rules },
	{ "rule6-", "", take_rules },
};

int card_move_companions(const struct card *card, const char *subject, const char *to)
{
	struct arena *arena = card->drafts->arena;
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(companion_kinds) && r == 0; i++) {
		const char *from =
			arena_printf(arena, "%s%s%s", companion_kinds[i].prefix, subject,
				     companion_kinds[i].ending);
		const char *ours =
			arena_printf(arena, "%s%s%s", companion_kinds[i].prefix, to,
				     companion_kinds[i].ending);
		const char *text = NULL;

		r = drafts_text(card->drafts, from, &text);
		if (r == 0 && text)
			r = companion_kinds[i].take(card, from, ours, text);
	}
	return r;
}

/* ---- all files ---- */

int card_move_files(const struct card *card)
{
	const char *names[IFCFG_CALLED_MAX] = { card->name };
	const size_t n = card->file ? ifcfg_called(card->file, names) : 1;
	int r = 0;

	for (size_t i = 0; i < n && r == 0; i++)
		r = card_move_companions(card, names[i], card->bond);
	return r == 0 ? card_move_aliases(card) : r;
}
