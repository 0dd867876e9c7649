/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plays the first steps of a plan on the simulated kernel, then their undo, for each number of
 * steps: what was there before must be there again, and nothing else.
 *
 *     undo up|down [OPTION of ifup-bond]... NAME|-a
 *
 * The last line: RUNS runs, N skipped, N exceptions. Those with a bond or bridge that is gone for
 * good are skipped.
 */
#include <errno.h>
#include <error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/plan/planner.h"
#include "lib/run/stages.h"

#define LINES_MAX 4096
#define WORDS_MAX 256

static struct run run = { .what = "Undo.", .bringing = "Undoing" };

/* struct words - of a line of a state */
struct words {
	char *of[WORDS_MAX];
	size_t n;
};

struct picture {
	struct words lines[LINES_MAX];
	size_t n;
	char *text;
};

static struct picture before, after;
static size_t tried, skipped, exceptions;

static _Noreturn void give_up(const char *what)
{
	error(2, errno, "%s", what);
	abort();
}

static void split(char *line, struct words *ret)
{
	char *word;

	ret->n = 0;
	while ((word = strsep(&line, " ")))
		if (*word && ret->n < WORDS_MAX)
			ret->of[ret->n++] = word;
}

static void read_picture(const struct snapshot *snapshot, struct picture *ret)
{
	char *rest, *line;
	size_t size;
	FILE *out;

	free(ret->text);
	ret->n = 0;
	ret->text = NULL;
	out = open_memstream(&ret->text, &size);
	if (!out || snapshot_write_text(snapshot, out) < 0 || fclose(out) != 0)
		give_up("state");
	rest = ret->text;
	while ((line = strsep(&rest, "\n")) && ret->n < LINES_MAX)
		if (*line)
			split(line, &ret->lines[ret->n++]);
}

static bool has_word(const struct words *line, const char *word)
{
	for (size_t i = 0; i < line->n; i++)
		if (strcmp(line->of[i], word) == 0)
			return true;
	return false;
}

static bool is_about(const struct words *line, const char *kind)
{
	return strcmp(line->of[0], kind) == 0;
}

/* How many words name the object. */
static size_t key_words(const struct words *line)
{
	if (is_about(line, "route") || is_about(line, "rule") || is_about(line, "resolv"))
		return line->n;
	return is_about(line, "address") || is_about(line, "sysctl") ? 3 : 2;
}

static const struct words *find(const struct picture *state, const struct words *line)
{
	const size_t n = key_words(line);

	for (size_t i = 0; i < state->n; i++) {
		const struct words *other = &state->lines[i];
		size_t same = 0;

		while (same < n && same < other->n &&
		       strcmp(line->of[same], other->of[same]) == 0)
			same++;
		if (same == n)
			return other;
	}
	return NULL;
}

/* What comes and goes by itself, or with a DHCP client: these are not simulated. */
static bool is_none_of_ours(const struct words *line)
{
	return is_about(line, "dhcp") || is_about(line, "module") ||
	       (is_about(line, "route") && has_word(line, "kernel")) ||
	       (is_about(line, "address") &&
		(has_word(line, "dynamic") || has_word(line, "link")));
}

static bool complain(const char *what, const struct words *line)
{
	printf("%s:", what);
	for (size_t i = 0; i < line->n; i++)
		printf(" %s", line->of[i]);
	putchar('\n');
	return false;
}

/* Which port is in use is up to the driver; of carrier, less is known than before. */
static bool is_fleeting(const char *word)
{
	static const char *const words[] = { "carrier", "state", "active", "backup" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* More may be known of it than before, such as defaults. */
static bool is_back(const struct words *line)
{
	const struct words *now = find(&after, line);

	if (is_none_of_ours(line))
		return true;
	if (!now)
		return complain("lost", line);
	for (size_t i = 0; i < line->n; i++)
		if (!is_fleeting(line->of[i]) && !has_word(now, line->of[i])) {
			complain("was", line);
			return complain("is", now);
		}
	return true;
}

static bool all_is_back(void)
{
	bool is_good = true;

	for (size_t i = 0; i < before.n; i++)
		is_good &= is_back(&before.lines[i]);
	for (size_t i = 0; i < after.n; i++)
		if (!is_none_of_ours(&after.lines[i]) && !find(&before, &after.lines[i]))
			is_good = complain("new", &after.lines[i]);
	return is_good;
}

static void play(struct planner *p, const struct plan_op *op)
{
	const bool is_client = op->kind == OP_DHCP_START || op->kind == OP_DHCP_STOP;
	const bool makes =
		op->kind == OP_LINK_ADD || op->kind == OP_TUN_SET || op->kind == OP_RUN;

	if (!is_client && (!op->dev || makes || planner_link(p, op->dev)))
		planner_add(p, *op);
}

static bool is_past_return(size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (run.plan->ops[i].kind == OP_LINK_DEL && !run.plan->ops[i].n_undo)
			return true;
	return false;
}

static void try_first(size_t n)
{
	struct plan *plan = NULL;
	struct planner p;

	if (is_past_return(n)) {
		skipped++;
		return;
	}
	planner_start(&p, run.want, run.have, run.made, run.diag);
	for (size_t i = 0; i < n; i++)
		play(&p, &run.plan->ops[i]);
	for (size_t i = n; i-- > 0;)
		for (size_t k = 0; k < run.plan->ops[i].n_undo; k++)
			play(&p, &run.plan->ops[i].undo[k]);
	read_picture(p.sim, &after);
	if (planner_finish(&p, 0, &plan) == 0)
		plan_free(plan);
	tried++;
	if (all_is_back())
		return;
	exceptions++;
	printf("exception: after %zu of %zu steps\n", n, run.plan->n);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		error(2, 0, "usage: undo up|down [OPTION]... NAME|-a");
	run.brings_back = strcmp(argv[1], "up") == 0;
	run.make_plan = run.brings_back ? plan_up : plan_down;
	if (run_start(&run, argc - 1, argv + 1) == 0 && run_load(&run) == 0 &&
	    run_look(&run) == 0 && run_plan(&run) == 0) {
		read_picture(run.have, &before);
		for (size_t n = 1; run.plan && n <= run.plan->n; n++)
			try_first(n);
	}
	printf("%zu runs, %zu skipped, %zu exceptions\n", tried, skipped, exceptions);
	free(before.text);
	free(after.text);
	run_finish(&run);
	return exceptions ? 1 : 0;
}
