/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks up what the files mention of the machine, and waits for cards that appear late. */
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
#include "lib/run/look.h"

#define POLL_MS 50
/* After this long, a message says what is being waited for. */
#define PATIENCE_MS 1000

static void doze_between_polls(void)
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

static void tell_device_wait(struct devices *devices, const char *what, uint32_t wait_ms)
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

static void know_link(struct model_host *host, const struct snap_link *link,
		      bool altnames)
{
	struct host_link *known = host_add_link(host, link->name, link->kind);

	if (!snap_link_borrows_mac(link)) {
		known->perm_mac = link->perm_mac;
		if (!link->port)
			known->mac = link->mac;
	}
	for (const struct snap_name *at = link->altnames; altnames && at; at = at->next)
		host_add_name(host, at->name, known);
}

void devices_know_all(const struct snapshot *seen, bool altnames, struct model_host *host)
{
	host_forget_links(host);
	for (size_t i = 0; seen && i < seen->n_links; i++)
		know_link(host, seen->links[i], altnames);
	host->is_whole = true;
}

/* Errors are reported when the state is needed, which may be never. */
static void look_at_devices(struct devices *devices)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	const char *file = devices->state_file;

	if (!file && rtnl_events_open(&devices->events) < 0)
		devices->events = NULL;
	if (!file)
		devices->error = ask_kernel(devices, NULL);
	else
		devices->error = look_at_file(file, unheard, &devices->seen);
	devices->has_all = true;
	devices_know_all(devices->seen, true, &devices->host);
}

static void forget_devices(struct devices *devices)
{
	snapshot_free(TAKE_PTR(devices->seen));
	rtnl_events_close(TAKE_PTR(devices->events));
	devices->has_all = false;
}

static void look_at_devices_again(struct devices *devices)
{
	forget_devices(devices);
	look_at_devices(devices);
}

struct snapshot *devices_take(struct devices *devices)
{
	struct snapshot *links = NULL;

	if (devices->has_all && !devices->error && devices->events &&
	    rtnl_events_none(devices->events))
		links = TAKE_PTR(devices->seen);
	forget_devices(devices);
	return links;
}

const struct snapshot *devices_seen(struct devices *devices)
{
	if (!devices->has_all)
		look_at_devices(devices);
	return devices->seen;
}

/* ---- names ---- */

static bool is_known(const struct devices *devices, const char *name)
{
	return devices->host.is_whole || host_find_name(&devices->host, name);
}

static void ask_for_one(struct devices *devices, const char *name)
{
	int r = ask_kernel(devices, name);
	const struct snap_link *link = NULL;

	devices->n_asked++;
	if (r < 0 && r != -ENODEV)
		devices->error = r;
	if (r == 0)
		link = snapshot_link(devices->seen, name);
	if (r == 0 && !link)
		link = snapshot_link_by_altname(devices->seen, name);
	if (link)
		know_link(&devices->host, link, true);
	if (!link || !host_find_name(&devices->host, name))
		host_add_name(&devices->host, name, NULL);
}

/* Whether it is better to look at all links than to ask for each of these names. */
static bool are_many(const struct devices *devices)
{
	const struct host_asks *asks = &devices->asks;
	unsigned int n = devices->n_asked;

	for (size_t i = 0; i < asks->n_names && n <= DEVICES_ASKS; i++)
		n += !is_known(devices, asks->names[i].name);
	return n > devices->n_asked && (devices->state_file || n > DEVICES_ASKS);
}

static void learn_names(struct devices *devices)
{
	const struct host_asks *asks = &devices->asks;

	if (are_many(devices))
		look_at_devices(devices);
	for (size_t i = 0; i < asks->n_names; i++)
		if (!is_known(devices, asks->names[i].name))
			ask_for_one(devices, asks->names[i].name);
}

/* ---- cards ---- */

/* The first one that is missing, and worth waiting for; NULL if there is none. */
static const struct host_ask_card *find_awaited(struct devices *devices)
{
	const struct host_asks *asks = &devices->asks;

	for (size_t i = 0; i < asks->n_cards; i++)
		if (!host_find_card(&devices->host, &asks->cards[i].mac) &&
		    may_wait(devices, asks->cards[i].wait_ms))
			return &asks->cards[i];
	return NULL;
}

static void learn_cards(struct devices *devices)
{
	const struct host_asks *asks = &devices->asks;
	const struct host_ask_card *awaited;
	char text[HWADDR_TEXT_MAX];

	if (asks->n_cards && !devices->host.is_whole)
		look_at_devices(devices);
	while ((awaited = find_awaited(devices))) {
		tell_device_wait(devices, hwaddr_format(&awaited->mac, text),
				 awaited->wait_ms);
		doze_between_polls();
		look_at_devices_again(devices);
	}
	for (size_t i = 0; i < asks->n_cards; i++)
		if (asks->cards[i].wait_ms)
			host_add_overdue(&devices->host, &asks->cards[i].mac);
}

/* ---- the driver's parameters ---- */

/*
 * If a file describes the kernel, its parameters come from that file and not from this
 * machine.
 */
static const char *options_in_file(struct devices *devices, const char *name)
{
	if (!devices->has_all)
		look_at_devices(devices);
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

static void learn_driver(struct devices *devices, const char *bond)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const char *parameters = NULL;

	if (devices->state_file)
		parameters = options_in_file(devices, bond);
	else if (module_alias_parameters(root_of(devices), bond, &text) == 0)
		parameters = strbuf_text(&text);
	host_add_driver(&devices->host, bond, parameters);
}

static void learn_drivers(struct devices *devices)
{
	const struct host_asks *asks = &devices->asks;
	struct model_host *host = &devices->host;

	if (asks->n_bonds && !devices->state_file && !mentions(devices)->aliases)
		host->has_drivers = true;
	for (size_t i = 0; i < asks->n_bonds && !host->has_drivers; i++)
		if (!host_find_driver(host, asks->bonds[i]))
			learn_driver(devices, asks->bonds[i]);
}

bool devices_answer(struct devices *devices)
{
	bool is_other;

	learn_cards(devices);
	learn_names(devices);
	learn_drivers(devices);
	is_other = host_contradicts(&devices->host, &devices->asks);
	host_asks_release(&devices->asks);
	return is_other;
}

void devices_release(struct devices *devices)
{
	host_asks_release(&devices->asks);
	host_release(&devices->host);
	forget_devices(devices);
}

/* ---- late devices ---- */

static bool is_device_there(struct devices *devices, const char *name)
{
	return rtnl_open(devices->rtnl) == 0 &&
	       rtnl_ask_link(*devices->rtnl, name, NULL, NULL) == 0;
}

/* Return: whether it is still worth waiting. */
static bool wait_for_device(struct devices *devices, const char *name, uint32_t wait_ms)
{
	if (!wait_ms || is_device_there(devices, name) || !may_wait(devices, wait_ms))
		return false;
	tell_device_wait(devices, name, wait_ms);
	return true;
}

static bool wait_for_iface(struct devices *devices, const struct iface *iface)
{
	bool waits = false;

	if (iface->kind == IFACE_ETHERNET)
		waits = wait_for_device(devices, iface->name, iface->dev_wait_ms);
	if (iface->parent_name && !iface->parent)
		waits |= wait_for_device(devices, iface->parent_name, iface->dev_wait_ms);
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
			doze_between_polls();
	}
}
