/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The status, shown again when the kernel reports a change; failovers with their time. */
#include <errno.h>
#include <net/if.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/print.h"
#include "lib/base/terminal.h"
#include "lib/ctl/ctl.h"
#include "lib/ctl/status-view.h"
#include "lib/rtnl/events.h"

/* A failover causes several messages. */
#define SETTLE_MS 50

/* The number of failovers shown below the picture. */
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

static void keep_event(struct watch *watch, char *line)
{
	if (!watch->is_terminal) {
		print_line(stdout, "%s", line);
		fflush(stdout);
		free(line);
		return;
	}
	if (watch->n == KEPT) {
		free(watch->lines[0]);
		memmove(watch->lines, watch->lines + 1,
			(KEPT - 1) * sizeof(*watch->lines));
		watch->n--;
	}
	watch->lines[watch->n++] = line;
}

static void note_event(struct watch *watch, const char *fmt, ...) _printf_(2, 3);

static void note_event(struct watch *watch, const char *fmt, ...)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;
	_cleanup_free_ char *text = NULL;
	char when[32];
	struct timespec now;
	struct tm local;
	va_list args;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &local);
	strftime(when, sizeof(when), "%F %T", &local);
	va_start(args, fmt);
	text = memory_vprintf(_(fmt), args);
	va_end(args);
	strbuf_addf(&line, "%s.%03ld %s", when, now.tv_nsec / 1000000, text);
	keep_event(watch, strbuf_take(&line));
}

/* ---- changes ---- */

static const char *active(const struct status_link *link)
{
	const char *name = link && link->link && snap_bond(link->link)
				   ? status_port_name(link->link, BOND_OPT_ACTIVE_SLAVE)
				   : NULL;

	return name ? name : "none";
}

/* The bond or bridge that it is a port of now, not by the files. */
static const char *master(const struct status_link *link)
{
	return link && link->link && link->master ? link->master->name : NULL;
}

/* One that is gone has left, too, of which nothing more is to be said. */
static void note_master(struct watch *watch, const struct status_link *was,
			const struct status_link *is)
{
	const char *before = master(was), *after = master(is);

	if (before && after && strcmp(before, after) == 0)
		return;
	if (before && is->link)
		note_event(watch, "%s: port %s has left", before, is->name);
	if (after)
		note_event(watch, "%s: port %s has joined", after, is->name);
}

static const char *state(const struct snap_link *link)
{
	if (!link)
		return "gone";
	if (!(link->flags & IFF_UP))
		return "off";
	return link->carrier ? "up" : _("without a carrier");
}

/* Of the port of a bond, what the driver makes of that is what counts, if it watches it. */
static void note_link_change(struct watch *watch, const struct status_link *was,
			     const struct status_link *is)
{
	const struct snap_port *before = was && was->link ? was->link->port : NULL;
	const struct snap_port *after = is->link ? is->link->port : NULL;
	const char *state_before = state(was ? was->link : NULL);

	if (before && after && before->mii_status != after->mii_status) {
		note_event(watch, "%s: link of port %s is %s",
			   is->master ? is->master->name : "?", is->name,
			   status_mii_word(after->mii_status));
		return;
	}
	if (strcmp(state_before, state(is->link)) == 0)
		return;
	note_event(watch, "%s: %s, was %s", is->name, state(is->link), state_before);
}

static void note_one(struct watch *watch, const struct status_link *was,
		     const struct status_link *is)
{
	note_link_change(watch, was, is);

	note_master(watch, was, is);
}

static void note_health(struct watch *watch, enum health was, const struct status *is)
{
	const struct status_link *worst = status_worst(is);

	if (was == is->health)
		return;
	if (!worst) {
		note_event(watch, "health: %s, was %s", _(health_word(is->health)),
			   _(health_word(was)));
		return;
	}
	note_event(watch, "health: %s, was %s; %s: %s", _(health_word(is->health)),
		   _(health_word(was)), worst->name, worst->problems[0]);
}

static void note_links(struct watch *watch, const struct status *was,
		       const struct status *is)
{
	for (size_t i = 0; i < is->n; i++) {
		const struct status_link *link = is->links[i];
		const struct status_link *before = status_find(was, link->name);

		/* A port that has left may be shown no more. */
		if (status_is_lasting(link) &&
		    (link->is_shown || (before && before->is_shown)))
			note_one(watch, before, link);
	}
	for (size_t i = 0; i < was->n; i++) {
		const struct status_link *link = was->links[i];

		if (link->is_shown && status_is_lasting(link) &&
		    !status_find(is, link->name))
			note_event(watch, "%s: gone, was %s", link->name,
				   state(link->link));
	}
}

static void note_status_changes(struct watch *watch, const struct status *was,
				const struct status *is)
{
	note_links(watch, was, is);

	for (size_t i = 0; i < is->n; i++) {
		const struct status_link *link = is->links[i];
		const char *before = active(status_find(was, link->name));

		if (link->is_shown && strcmp(before, active(link)) != 0)
			note_event(watch, "%s: fail-over from %s to %s", link->name,
				   before, active(link));
	}
	note_health(watch, was->health, is);
}

/* ---- display ---- */

static void add_event_line(struct strbuf *text, const char *line)
{
	strbuf_add_visible(text, line);
	strbuf_addc(text, '\n');
}

static void draw(const struct watch *watch, const struct status *status)
{
	const struct status_style style = status_style_of(STDOUT_FILENO);
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	if (watch->is_terminal)
		strbuf_add(&text, "\033[H\033[2J");
	status_print(status, &style, &text);
	for (size_t i = 0; i < watch->n; i++)
		add_event_line(&text, watch->lines[i]);
	language_print(stdout, strbuf_text(&text));
	fflush(stdout);
}

static int redraw(struct watch *watch, struct ctl *ctl,
		  int (*take)(struct ctl *ctl, struct status **ret),
		  struct status **status)
{
	_cleanup_status_ struct status *now = NULL;
	int r = take(ctl, &now);

	if (r == 0)
		note_status_changes(watch, *status, now);
	if (r == 0 && watch->is_terminal)
		draw(watch, now);
	if (r < 0)
		return r;
	status_free(*status);
	*status = TAKE_PTR(now);
	return 0;
}

/* Events are received from here on, so that none between two pictures is missed. */
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
		draw(&watch, status);
	while (r == 0) {
		r = rtnl_events_wait(events, SETTLE_MS);
		if (r == 0)
			r = redraw(&watch, ctl, take, &status);
	}
	return r;
}
