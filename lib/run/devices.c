/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds interfaces by MAC address, and waits for those that appear late. */
#include "lib/run/devices.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lib/apply/clock.h"
#include "lib/apply/module.h"
#include "lib/base/print.h"
#include "lib/rtnl/events.h"
#include "lib/rtnl/rtnl.h"
#include "lib/run/run.h"

#define POLL_MS 50
/* After this long, a message says what is being waited for. */
#define PATIENCE_MS 1000

static void doze(void)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };

	nanosleep(&pause, NULL);
}

/* The time of all of them counts from the first wait on. */
static int64_t waited_ms(struct devices *devices)
{
	const int64_t now_ms = clock_now_ms();

	if (!devices->start_ms)
		devices->start_ms = now_ms;
	return now_ms - devices->start_ms;
}

static bool may_wait(struct devices *devices, uint32_t wait_ms)
{
	return wait_ms && devices->waits && waited_ms(devices) < (int64_t)wait_ms;
}

static void tell_waiting(struct devices *devices, const char *what, uint32_t wait_ms)
{
	if (devices->told || waited_ms(devices) < PATIENCE_MS)
		return;
	print_line(stderr, "%s is not there yet: waiting up to %g s", what,
		   wait_ms / 1000.0);
	devices->told = true;
}

/* ---- what there is ---- */

/* All links, or the one that @name says, are asked for and added to what was seen. */
static int ask_kernel(struct devices *devices, const char *name)
{
	int r = rtnl_open(devices->rtnl);

	if (!devices->seen)
		devices->seen = snapshot_new();
	return r < 0 ? r : snapshot_look_for(*devices->rtnl, name, devices->seen);
}

/* Errors are reported when the state is needed, which may be never. */
static void look_at_all(struct devices *devices)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	const char *file = devices->state_file;

	if (!file && rtnl_events_open(&devices->events) < 0)
		devices->events = NULL;
	if (!file)
		devices->error = ask_kernel(devices, NULL);
	else
		devices->error = run_look_at_file(file, unheard, &devices->seen);
	devices->has_all = true;
}

static void forget(struct devices *devices)
{
	devices->n_missing = 0; /* they are in the arena of what was seen */
	snapshot_free(TAKE_PTR(devices->seen));
	rtnl_events_close(TAKE_PTR(devices->events));
	devices->has_all = false;
}

static void look_again(struct devices *devices)
{
	forget(devices);
	look_at_all(devices);
}

struct snapshot *devices_take(struct devices *devices)
{
	struct snapshot *links = NULL;

	if (devices->has_all && !devices->error && devices->events &&
	    rtnl_events_none(devices->events))
		links = TAKE_PTR(devices->seen);
	forget(devices);
	return links;
}

static const struct snap_link *find(const struct devices *devices, const char *name)
{
	const struct snap_link *link;

	if (!devices->seen)
		return NULL;
	link = snapshot_link(devices->seen, name);
	return link ? link : snapshot_link_by_altname(devices->seen, name);
}

static bool is_missing(const struct devices *devices, const char *name)
{
	for (size_t i = 0; i < devices->n_missing; i++)
		if (strcmp(devices->missing[i], name) == 0)
			return true;
	return false;
}

static void ask_for_one(struct devices *devices, const char *name)
{
	int r = ask_kernel(devices, name);
	const char *copy;

	devices->asks++;
	devices->error = r == -ENODEV ? 0 : r;
	copy = r == -ENODEV ? arena_strdup(devices->seen->arena, name) : NULL;
	if (copy)
		devices->missing[devices->n_missing++] = copy;
}

/* The link with that name, or alternative name; NULL if there is none. */
static const struct snap_link *look_for(struct devices *devices, const char *name)
{
	const struct snap_link *link = find(devices, name);

	if (link || devices->has_all || is_missing(devices, name))
		return link;
	if (devices->state_file || devices->asks == DEVICES_ASKS)
		look_at_all(devices);
	else
		ask_for_one(devices, name);
	return find(devices, name);
}

const char *devices_name_of(const struct hwaddr *mac, uint32_t wait_ms, void *arg)
{
	struct devices *devices = arg;
	const struct snap_link *link;
	char text[HWADDR_TEXT_MAX];

	if (!devices->has_all)
		look_at_all(devices);
	for (;;) {
		link = devices->seen ? snapshot_link_by_mac(devices->seen, mac) : NULL;
		if (link || !may_wait(devices, wait_ms))
			break;
		tell_waiting(devices, hwaddr_format(mac, text), wait_ms);
		doze();
		look_again(devices);
	}
	return link ? link->name : NULL;
}

const struct snapshot *devices_seen(struct devices *devices)
{
	if (!devices->has_all)
		look_at_all(devices);
	return devices->seen;
}

const char *devices_kind_of(const char *name, void *arg)
{
	const struct snap_link *link = look_for(arg, name);

	return link && strcmp(link->name, name) == 0 ? link->kind : NULL;
}

const char *devices_own_name(const char *name, void *arg)
{
	const struct snap_link *link = look_for(arg, name);

	return link ? link->name : NULL;
}

/* ---- the driver's parameters ---- */

/*
 * If a file describes the kernel, its parameters come from that file and not from this
 * machine.
 */
static const char *options_in_file(struct devices *devices, const char *name)
{
	if (!devices->has_all)
		look_at_all(devices);
	for (const struct snap_options *at = devices->seen ? devices->seen->options
							   : NULL;
	     at; at = at->next)
		if (strcmp(at->name, name) == 0)
			return at->text;
	return NULL;
}

static const char *root_of(const struct devices *devices)
{
	return devices->root ? devices->root : "";
}

static const struct module_mentions *mentions(struct devices *devices)
{
	if (!devices->knows_mentions)
		devices->mentions = module_look(root_of(devices));
	devices->knows_mentions = true;
	return &devices->mentions;
}

int devices_add_driver(struct devices *devices, struct strbuf *out)
{
	const char *text;

	if (!devices->state_file)
		return mentions(devices)->parameters
			       ? module_bonding_parameters(root_of(devices), out)
			       : 0;
	text = options_in_file(devices, "bonding");
	strbuf_add(out, text ? text : "");
	return 0;
}

const char *devices_driver_of(const char *bond, void *arg)
{
	struct devices *devices = arg;

	if (devices->state_file)
		return options_in_file(devices, bond);
	if (!mentions(devices)->aliases)
		return NULL;
	strbuf_release(&devices->options);
	return module_alias_parameters(root_of(devices), bond, &devices->options) == 0
		       ? strbuf_text(&devices->options)
		       : NULL;
}

void devices_release(struct devices *devices)
{
	strbuf_release(&devices->options);
	forget(devices);
}

/* ---- late devices ---- */

static bool is_there(struct devices *devices, const char *name)
{
	return rtnl_open(devices->rtnl) == 0 &&
	       rtnl_ask_link(*devices->rtnl, name, NULL, NULL) == 0;
}

/* Return: whether it is still worth waiting. */
static bool wait_for(struct devices *devices, const char *name, uint32_t wait_ms)
{
	if (!wait_ms || is_there(devices, name) || !may_wait(devices, wait_ms))
		return false;
	tell_waiting(devices, name, wait_ms);
	return true;
}

static bool wait_for_iface(struct devices *devices, const struct iface *iface)
{
	bool waits = false;

	if (iface->kind == IFACE_ETHERNET)
		waits = wait_for(devices, iface->name, iface->dev_wait_ms);
	if (iface->parent_name && !iface->parent)
		waits |= wait_for(devices, iface->parent_name, iface->dev_wait_ms);
	for (size_t i = 0; i < iface->n_ports; i++)
		if (iface->ports[i]->onboot || iface->kind == IFACE_BOND)
			waits |= wait_for_iface(devices, iface->ports[i]);
	return waits;
}

void devices_wait(struct devices *devices, const struct model *want)
{
	bool waits = true;

	while (waits) {
		waits = false;
		for (size_t i = 0; i < want->n_order; i++)
			waits |= wait_for_iface(devices, want->order[i]);
		if (waits)
			doze();
	}
}
