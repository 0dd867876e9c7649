/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The status, shown again when the kernel tells of a change; fail-overs with their time. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "lib/base/print.h"
#include "lib/base/terminal.h"
#include "lib/ctl/ctl.h"
#include "lib/ctl/status-view.h"
#include "lib/rtnl/events.h"

/* A fail-over is several messages. */
#define SETTLE_MS 50

/* Fail-overs that stay below the picture. */
#define KEPT 10

/* struct watch - @lines: the latest, the oldest first; owned */
struct watch {
	char *lines[KEPT];
	size_t n;
	bool is_terminal;
};

static void watch_release(struct watch *watch)
{
	for (size_t i = 0; i < watch->n; i++)
		free(watch->lines[i]);
}

static int keep(struct watch *watch, char *line)
{
	if (!line)
		return -ENOMEM;
	if (!watch->is_terminal) {
		print_line(stdout, "%s", line);
		fflush(stdout);
		free(line);
		return 0;
	}
	if (watch->n == KEPT) {
		free(watch->lines[0]);
		memmove(watch->lines, watch->lines + 1,
			(KEPT - 1) * sizeof(*watch->lines));
		watch->n--;
	}
	watch->lines[watch->n++] = line;
	return 0;
}

static int note(struct watch *watch, const char *fmt, ...) _printf_(2, 3);

static int note(struct watch *watch, const char *fmt, ...)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
	char text[256], when[32];
	struct timespec now;
	struct tm local;
	va_list args;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &local);
	strftime(when, sizeof(when), "%F %T", &local);
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	strbuf_addf(&line, "%s.%03ld %s", when, now.tv_nsec / 1000000, text);
	return keep(watch, strbuf_take(&line));
}

/* ---- what has changed ---- */

static const char *active(const struct status_link *link)
{
	const char *name = link && link->link && link->link->bond
				   ? status_port_name(link->link, BOND_OPT_ACTIVE_SLAVE)
				   : NULL;

	return name ? name : "none";
}

static int note_port(struct watch *watch, const struct status_link *was,
		     const struct status_link *is)
{
	const struct snap_port *before = was && was->link ? was->link->port : NULL;
	const struct snap_port *after = is->link ? is->link->port : NULL;

	if (!before || !after || before->mii_status == after->mii_status)
		return 0;
	return note(watch, "%s: link of port %s is %s",
		    is->master ? is->master->name : "?", is->name,
		    status_mii_word(after->mii_status));
}

static int note_changes(struct watch *watch, const struct status *was,
			const struct status *is)
{
	int r = 0;

	for (size_t i = 0; i < is->n && r == 0; i++)
		if (is->links[i]->is_shown)
			r = note_port(watch, status_find(was, is->links[i]->name),
				      is->links[i]);
	for (size_t i = 0; i < is->n && r == 0; i++) {
		const struct status_link *link = is->links[i];
		const char *before = active(status_find(was, link->name));

		if (link->is_shown && strcmp(before, active(link)) != 0)
			r = note(watch, "%s: fail-over from %s to %s", link->name, before,
				 active(link));
	}
	if (r == 0 && was->health != is->health)
		r = note(watch, "health: %s, was %s", health_word(is->health),
			 health_word(was->health));
	return r;
}

/* ---- showing ---- */

static void add_line(struct strbuf *text, const char *line)
{
	strbuf_add_visible(text, line);
	strbuf_addc(text, '\n');
}

static int draw(const struct watch *watch, const struct status *status)
{
	const struct status_style style = status_style_of(STDOUT_FILENO);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	if (watch->is_terminal)
		strbuf_add(&text, "\033[H\033[2J");
	status_print(status, &style, &text);
	for (size_t i = 0; i < watch->n; i++)
		add_line(&text, watch->lines[i]);
	if (text.failed)
		return -ENOMEM;
	fputs(strbuf_text(&text), stdout);
	fflush(stdout);
	return 0;
}

static int redraw(struct watch *watch, struct ctl *ctl,
		  int (*take)(struct ctl *ctl, struct status **ret),
		  struct status **status)
{
	_cleanup_status_ struct status *now = NULL;
	int r = take(ctl, &now);

	if (r == 0)
		r = note_changes(watch, *status, now);
	if (r == 0 && watch->is_terminal)
		r = draw(watch, now);
	if (r < 0)
		return r;
	status_free(*status);
	*status = TAKE_PTR(now);
	return 0;
}

/* What was seen before the first event is on the screen when that comes. */
int status_watch(struct ctl *ctl, int (*take)(struct ctl *ctl, struct status **ret))
{
	_cleanup_(watch_release) struct watch watch = {
		.is_terminal = terminal_obeys(STDOUT_FILENO),
	};
	_cleanup_rtnl_events_ struct rtnl_events *events = NULL;
	_cleanup_status_ struct status *status = NULL;
	int r = rtnl_events_open(&events);

	if (r == 0)
		r = take(ctl, &status);
	if (r == 0)
		r = draw(&watch, status);
	while (r == 0) {
		r = rtnl_events_wait(events, SETTLE_MS);
		if (r == 0)
			r = redraw(&watch, ctl, take, &status);
	}
	return r;
}
