/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages for the administrator, collected so that all of them are reported at once. */
#include "lib/base/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/base/secrets.h"
#include "lib/base/strbuf.h"
#include "lib/base/terminal.h"

struct message {
	struct message *next;
	enum diag_grade grade;
	bool stands;    /* where others are forgiven */
	bool is_unread; /* diag_unread() */
	struct pos pos; /* its file is a copy: messages outlive what they are about */
	char *file;
	char *interface;
	size_t seq; /* while sorting */
	char *text;
	char *hint;
};

struct diag {
	struct message *first;
	struct message **end;
	struct message *run;    /* the first of the latest ones that share a place */
	struct message *latest; /* NULL when it was a repetition: its hint goes too */
	struct message **to_print;
	const char *about; /* the interface at hand, or NULL */
	const struct secrets *secrets;
	bool strict;
};

struct diag *diag_new(void)
{
	struct diag *diag = memory_zeroed(1, sizeof(*diag));

	diag->end = diag->to_print = &diag->first;
	return diag;
}

struct diag *diag_new_like(const struct diag *other)
{
	struct diag *diag = diag_new();

	diag->about = other->about;
	diag->secrets = other->secrets;
	diag->strict = other->strict;
	return diag;
}

static void message_free(struct message *message)
{
	free(message->file);
	free(message->interface);
	free(message->text);
	free(message->hint);
	free(message);
}

void diag_free(struct diag *diag)
{
	if (!diag)
		return;
	while (diag->first) {
		struct message *next = diag->first->next;

		message_free(diag->first);
		diag->first = next;
	}
	free(diag);
}

void diag_set_strict(struct diag *diag, bool strict)
{
	diag->strict = strict;
}

void diag_set_secrets(struct diag *diag, const struct secrets *secrets)
{
	diag->secrets = secrets;
}

const char *diag_about(struct diag *diag, const char *interface)
{
	const char *before = diag->about;

	diag->about = interface;
	return before;
}

static bool same_pos(struct pos a, struct pos b)
{
	if (a.line != b.line || !a.file != !b.file)
		return false;
	return !a.file || strcmp(a.file, b.file) == 0;
}

/* Looks no further than the messages of the same place, which stand together. */
static bool known(const struct diag *diag, const struct message *new)
{
	if (!diag->run || !same_pos(diag->run->pos, new->pos))
		return false;
	for (const struct message *m = diag->run; m; m = m->next)
		if (m->grade == new->grade && strcmp(m->text, new->text) == 0)
			return true;
	return false;
}

static void append(struct diag *diag, struct message *message)
{
	if (!diag->run || !same_pos(diag->run->pos, message->pos))
		diag->run = message;
	message->next = NULL;
	*diag->end = message;
	diag->end = &message->next;
}

/* What values, names and paths hold must not act on a terminal, nor forge a line. */
static char *visible(const char *text)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;

	strbuf_add_visible(&clean, text);
	return strbuf_take(&clean);
}

static _printf_(1, 0) char *format_message(const char *fmt, va_list args)
{
	_cleanup_free_ char *text = memory_vprintf(fmt, args);

	return visible(text);
}

static void name_interface(const struct diag *diag, struct message *message)
{
	if (diag->about && !message->interface)
		message->interface = memory_dup(diag->about);
}

void diag_add(struct diag *diag, enum diag_grade grade, struct pos pos, const char *fmt,
	      ...)
{
	struct message *message = memory_zeroed(1, sizeof(*message));
	va_list args;

	va_start(args, fmt);
	message->text = format_message(_(fmt), args);
	va_end(args);
	if (pos.file)
		message->file = visible(pos.file);
	name_interface(diag, message);
	diag->latest = NULL;
	message->grade = diag->strict && grade == DIAG_WARNING ? DIAG_ERROR : grade;
	message->pos = (struct pos){ message->file, pos.line };
	if (known(diag, message)) {
		message_free(message);
		return;
	}
	append(diag, message);
	diag->latest = message;
}

void diag_hint(struct diag *diag, const char *fmt, ...)
{
	va_list args;

	if (!diag->latest || diag->latest->hint)
		return;
	va_start(args, fmt);
	diag->latest->hint = format_message(_(fmt), args);
	va_end(args);
}

void diag_stand(struct diag *diag)
{
	if (diag->latest)
		diag->latest->stands = true;
}

void diag_unread(struct diag *diag)
{
	if (diag->latest)
		diag->latest->is_unread = true;
}

void diag_hint_words(struct diag *diag, const char *fmt, ...)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *word;
	va_list args;

	fmt = _(fmt);
	va_start(args, fmt);
	while ((word = strstr(fmt, "%s"))) {
		strbuf_addn(&text, fmt, (size_t)(word - fmt));
		strbuf_add_quoted(&text, va_arg(args, const char *));
		fmt = word + 2;
	}
	va_end(args);
	strbuf_add(&text, fmt);
	diag_hint(diag, "%s", strbuf_text(&text));
}

void diag_merge(struct diag *diag, struct diag *from)
{
	while (from->first) {
		struct message *message = from->first;

		from->first = message->next;
		if (diag->strict && message->grade == DIAG_WARNING)
			message->grade = DIAG_ERROR;
		name_interface(diag, message);
		if (known(diag, message))
			message_free(message);
		else
			append(diag, message);
	}
	if (!diag->secrets)
		diag->secrets = from->secrets;
	from->end = from->to_print = &from->first;
	from->run = from->latest = NULL;
}

static void make_warnings(struct diag *diag)
{
	for (struct message *message = diag->first; message; message = message->next)
		if (message->grade == DIAG_ERROR)
			message->grade = DIAG_WARNING;
}

void diag_merge_warnings(struct diag *diag, struct diag *from)
{
	make_warnings(from);
	diag_merge(diag, from);
}

void diag_forgive(struct diag *diag)
{
	for (const struct message *m = diag->first; m; m = m->next)
		if (m->stands && m->grade == DIAG_ERROR)
			return;
	make_warnings(diag);
}

void diag_merge_errors(struct diag *diag, struct diag *from)
{
	for (struct message *message = from->first; message; message = message->next)
		if (message->grade == DIAG_WARNING)
			message->grade = DIAG_ERROR;
	diag_merge(diag, from);
}

bool diag_is_empty(const struct diag *diag)
{
	return !diag->first;
}

static bool has_message(const struct diag *diag, const struct message *message)
{
	for (const struct message *m = diag->first; m; m = m->next)
		if (same_pos(m->pos, message->pos) && m->grade == message->grade &&
		    strcmp(m->text, message->text) == 0)
			return true;
	return false;
}

void diag_merge_new(struct diag *diag, struct diag *from)
{
	for (struct message **at = &from->first; *at;) {
		struct message *message = *at;

		if (!has_message(diag, message)) {
			at = &message->next;
			continue;
		}
		*at = message->next;
		message_free(message);
	}
	diag_merge(diag, from);
}

static int by_place(const void *a, const void *b)
{
	const struct message *m = *(struct message *const *)a;
	const struct message *n = *(struct message *const *)b;
	int order = !m->file - !n->file;

	if (!order && m->file)
		order = strcmp(m->file, n->file);
	if (!order)
		order = m->pos.line < n->pos.line ? -1 : m->pos.line > n->pos.line;
	return order ? order : (m->seq < n->seq ? -1 : 1);
}

void diag_sort(struct diag *diag)
{
	_cleanup_free_ struct message **all = NULL;
	struct message *message;
	size_t n = 0;

	for (message = diag->first; message; message = message->next)
		message->seq = n++;
	all = memory_zeroed(n + 1, sizeof(struct message *));
	for (message = diag->first; message; message = message->next)
		all[message->seq] = message;
	qsort(all, n, sizeof(struct message *), by_place);
	diag->end = diag->to_print = &diag->first;
	diag->run = NULL;
	for (size_t i = 0; i < n; i++) {
		if (known(diag, all[i]))
			message_free(all[i]);
		else
			append(diag, all[i]);
	}
}

size_t diag_errors(const struct diag *diag)
{
	size_t errors = 0;

	for (const struct message *m = diag->first; m; m = m->next)
		errors += m->grade == DIAG_ERROR;
	return errors;
}

/* Not earlier: more than was known when the message was added may be a secret by now. */
static char *hide(const struct diag *diag, const struct message *message,
		  const char *text)
{
	_cleanup_strbuf_ struct strbuf clean = STRBUF_EMPTY;

	if (!text)
		return NULL;
	secrets_hide(diag->secrets, message->pos, text, &clean);
	return strbuf_take(&clean);
}

/* struct label - what a line of a message begins with; @colour: where it can have one */
struct label {
	const char *text, *colour;
};

static const struct label labels[] = {
	[DIAG_NOTE] = { N_("note:"), COLOUR_CYAN },
	[DIAG_NOTICE] = { N_("note:"), COLOUR_CYAN },
	[DIAG_WARNING] = { N_("warning:"), COLOUR_YELLOW },
	[DIAG_ERROR] = { N_("error:"), COLOUR_RED },
};

static const struct label hint_label = { N_("hint:"), COLOUR_GREEN };

static void print_labelled(const struct label *label, bool has_colours, const char *text,
			   FILE *out)
{
	print_coloured(out, has_colours ? label->colour : NULL, _(label->text));
	fputc(' ', out);
	language_print(out, text);
	fputc('\n', out);
}

static void print_message(const struct diag *diag, const struct message *message,
			  bool has_colours, FILE *out)
{
	_cleanup_free_ char *text = hide(diag, message, message->text);
	_cleanup_free_ char *hint = hide(diag, message, message->hint);

	language_print(out, message->pos.file ? message->pos.file
					      : program_invocation_short_name);
	if (message->pos.file && message->pos.line)
		fprintf(out, ":%u", message->pos.line);
	fputs(": ", out);
	print_labelled(&labels[message->grade], has_colours, text, out);
	if (!message->hint)
		return;
	fputs("    ", out);
	print_labelled(&hint_label, has_colours, hint, out);
}

void diag_print(struct diag *diag, enum diag_grade least, FILE *out)
{
	const bool has_colours = *diag->to_print && terminal_has_colours(fileno(out));

	for (; *diag->to_print; diag->to_print = &(*diag->to_print)->next)
		if ((*diag->to_print)->grade >= least)
			print_message(diag, *diag->to_print, has_colours, out);
}

void diag_each(const struct diag *diag, enum diag_grade least,
	       void (*fn)(const struct diag_line *line, void *arg), void *arg)
{
	for (const struct message *m = diag->first; m; m = m->next) {
		_cleanup_free_ char *text = hide(diag, m, m->text);
		_cleanup_free_ char *hint = hide(diag, m, m->hint);
		const struct diag_line line = { .grade = m->grade,
						.pos = m->pos,
						.interface = m->interface,
						.is_unread = m->is_unread,
						.text = text,
						.hint = hint };

		if (m->grade >= least)
			fn(&line, arg);
	}
}
