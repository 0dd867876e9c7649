/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints a plan as the commands that do the same by hand. */
#include <errno.h>
#include <inttypes.h>

#include "lib/base/secrets.h"
#include "lib/plan/step-words.h"

void print_name(struct strbuf *out, const char *before, const char *name)
{
	strbuf_add(out, before);
	strbuf_add_quoted(out, name);
}

void print_mac(struct strbuf *out, const struct hwaddr *mac)
{
	char text[HWADDR_TEXT_MAX];

	strbuf_addf(out, " address %s", hwaddr_format(mac, text));
}

void plan_op_print(const struct plan_op *op, struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	step_kind(op->kind)->print(op, &line);
	strbuf_add_visible(out, strbuf_text(&line));
}

void plan_op_print_hidden(const struct plan_op *op, const struct secrets *secrets,
			  struct strbuf *out)
{
	_cleanup_strbuf_ struct strbuf command = STRBUF_EMPTY;

	plan_op_print(op, &command);
	secrets_hide(secrets, op->pos, strbuf_text(&command), out);
}

/* The comments are aligned in this column if the command is short enough. */
#define COMMAND_COLUMNS 60

static void add_origin(struct strbuf *line, struct pos pos)
{
	if (!pos.file)
		return;
	while (line->len < COMMAND_COLUMNS)
		strbuf_addc(line, ' ');
	strbuf_add(line, "  # ");
	/* A comment ends with its line: a name must not end it earlier. */
	strbuf_add_visible(line, pos.file);
	if (pos.line)
		strbuf_addf(line, ":%u", pos.line);
}

static int print_all(const struct plan_op *ops, size_t n, const struct secrets *secrets,
		     FILE *out)
{
	for (size_t i = 0; i < n; i++) {
		_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

		if (ops[i].unless)
			strbuf_add(&line, "# only if it failed above: ");
		plan_op_print_hidden(&ops[i], secrets, &line);
		add_origin(&line, ops[i].pos);
		fprintf(out, "%s\n", strbuf_text(&line));
	}
	return ferror(out) ? -EIO : 0;
}

int plan_print(const struct plan *plan, const struct secrets *secrets, FILE *out)
{
	int r = print_all(plan->before.ops, plan->before.n, secrets, out);

	if (r == 0)
		r = print_all(plan->ops, plan->n, secrets, out);
	return r == 0 ? print_all(plan->after.ops, plan->after.n, secrets, out) : r;
}
