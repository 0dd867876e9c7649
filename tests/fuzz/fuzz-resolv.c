/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: texts of resolv.conf(5). In the input, "== base" is what was there before us,
 * "== now" what is there; "== ours" and "== want" are lists of our own, a word a line:
 * "server 192.0.2.1", "domain example.org", "option rotate".
 */
#include "lib/plan/resolv-text.h"
#include "lib/snapshot/resolver.h"
#include "tests/fuzz/fuzz.h"

/* struct input - the texts, NULL where there is none */
struct input {
	char *base, *now, *ours, *want;
};

static void read_input(char *rest, struct arena *arena, struct input *ret)
{
	const char *name;
	char *text;

	while ((text = fuzz_section(&rest, arena, &name))) {
		if (strcmp(name, "base") == 0)
			ret->base = text;
		else if (strcmp(name, "now") == 0)
			ret->now = text;
		else if (strcmp(name, "ours") == 0)
			ret->ours = text;
		else if (strcmp(name, "want") == 0)
			ret->want = text;
	}
}

/* As the state file has it. NULL where it is not such a list. */
static const struct dns *read_dns(struct snapshot *snapshot, const char *link, char *text)
{
	struct snap_link *added = snapshot_add_link(snapshot, link, 0);
	const char *words[16] = { NULL };
	size_t n = 0;
	char *save;

	if (!text)
		return NULL;
	for (char *word = strtok_r(text, " \n", &save); word && n < 15;
	     word = strtok_r(NULL, " \n", &save))
		words[n++] = word;
	return dns_read(snapshot, added, words) == 0 ? added->dns : NULL;
}

/* To make it of what was made changes nothing. */
static void is_settled(const struct resolv_edit *edit, const char *once,
		       struct arena *arena)
{
	const struct resolv_edit again = {
		.base = edit->base, .now = once, .ours = edit->want, .want = edit->want
	};
	const char *twice;

	resolv_text_make(&again, arena, &twice);
	must(!once == !twice);
	if (once)
		must_be_same("made twice", once, twice);
}

/* When nothing is wanted any more, nothing of ours is left. */
static void is_undone(const struct resolv_edit *edit, const char *once,
		      struct arena *arena)
{
	const struct dns none = { 0 };
	const struct resolv_edit back = {
		.base = edit->base, .now = once, .ours = edit->want, .want = &none
	};
	const char *text;

	resolv_text_make(&back, arena, &text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_snapshot_ struct snapshot *snapshot = snapshot_new();
	_cleanup_arena_ struct arena *arena = arena_new();
	struct input input = { NULL, NULL, NULL, NULL };
	static const struct dns none;
	struct resolv_edit edit;
	const char *once;

	must(arena);
	read_input(arena_strndup(arena, (const char *)data, size), arena, &input);
	edit = (struct resolv_edit){ .base = input.base,
				     .now = input.now,
				     .ours = read_dns(snapshot, "a", input.ours),
				     .want = read_dns(snapshot, "b", input.want) };
	if (!edit.ours)
		edit.ours = &none;
	if (!edit.want)
		edit.want = &none;
	resolv_text_make(&edit, arena, &once);
	is_settled(&edit, once, arena);
	is_undone(&edit, once, arena);
	return 0;
}
