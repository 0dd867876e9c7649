/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks the gateway by ARP continuously, and records how long it did not answer. */
#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>

#include "lib/apply/arp.h"
#include "lib/apply/clock.h"
#include "lib/base/signals.h"
#include "lib/ctl/drill.h"

/* If a signal arrives while another port is active, that has to be changed back first. */
static int hold_signals(void)
{
	sigset_t set;
	int fd;

	signals_hold(&set);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? -errno : fd;
}

int drill_watch_begin(const struct drill *drill, struct drill_watch *ret)
{
	*ret = (struct drill_watch){ .drill = drill,
				     .fd = arp_open(),
				     .signals = hold_signals() };
	if (ret->fd >= 0 && ret->signals >= 0)
		return 0;
	return ret->fd < 0 ? ret->fd : ret->signals;
}

void drill_watch_end(struct drill_watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	if (watch->signals >= 0)
		close(watch->signals);
}

static void note_answer(struct drill_watch *watch, int64_t now)
{
	if (now - watch->last_ms > watch->gap_ms)
		watch->gap_ms = now - watch->last_ms;
	watch->last_ms = now;
	watch->n_answered++;
}

/* While the ports change, a question may not get out: that is what is measured. */
static void ask_target(struct drill_watch *watch)
{
	const struct drill *drill = watch->drill;

	arp_ask(watch->fd, drill->through->ifindex, &drill->source, &drill->gateway);
	watch->n_asked++;
}

static void listen_for_answers(struct drill_watch *watch)
{
	const struct drill *drill = watch->drill;

	while (arp_next_answer(watch->fd, drill->through->ifindex, &drill->gateway))
		note_answer(watch, clock_now_ms());
}

int drill_watch_for(struct drill_watch *watch, int64_t ms)
{
	const int64_t begin = clock_now_ms(), end = begin + ms;
	int64_t now = begin, due = begin;

	listen_for_answers(watch); /* to earlier questions */
	watch->last_ms = begin;
	watch->gap_ms = 0;
	watch->n_asked = watch->n_answered = 0;
	for (; now < end; now = clock_now_ms()) {
		struct pollfd ready[] = { { .fd = watch->fd, .events = POLLIN },
					  { .fd = watch->signals, .events = POLLIN } };

		if (now >= due) {
			ask_target(watch);
			due = now + DRILL_ASK_MS;
		}
		if (poll(ready, 2, (int)(due - now)) < 0)
			return -errno;
		if (ready[1].revents)
			return -EINTR;
		if (ready[0].revents)
			listen_for_answers(watch);
	}
	watch->silent_ms = now - watch->last_ms;
	if (watch->silent_ms > watch->gap_ms)
		watch->gap_ms = watch->silent_ms;
	return 0;
}
