/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints the kernel's network state as text that is the same in every run: the snapshot
 * without what chance or the kernel's version decides. With --whole, as it is.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/diag.h"
#include "lib/rtnl/rtnl.h"
#include "lib/snapshot/snapshot.h"

/* network-scripts' metric of the zeroconf route is this plus the interface's index. */
#define ZEROCONF_METRIC 1000
/* Before the index of a link in the text. */
#define INDEX " index "

/* These fall into every namespace of a kernel that has the driver. */
static const char *const fallback_kinds[] = { "ipip",   "sit",    "gre",
					      "gretap", "erspan", "vti",
					      "ip6tnl", "vti6",   "ip6gre" };

/* A MAC that no scenario chose is random; they all begin with 52:54:00. */
static void hide_random_mac(struct hwaddr *mac)
{
	static const uint8_t ours[] = { 0x52, 0x54, 0x00 };

	if (mac->len < sizeof(ours) || memcmp(mac->bytes, ours, sizeof(ours)) != 0)
		mac->len = 0;
}

static bool is_hidden(const struct snap_link *link)
{
	for (size_t i = 0; i < ARRAY_SIZE(fallback_kinds); i++)
		if (strcmp(link->kind, fallback_kinds[i]) == 0)
			return true;
	return strcmp(link->name, "lo") == 0;
}

/* Newer kernels report more options: only what was set is worth comparing. */
static void hide_defaults(struct option_values *values)
{
	for (size_t id = 0; values && id < values->table->n; id++) {
		const struct option_row *row = &values->table->rows[id];
		const struct option_value def = option_default(row);

		if (values->table == &bond_table && id == BOND_OPT_MODE)
			continue;
		if (option_value_is_none(row, &values->of[id]) ||
		    option_value_is_kept(row, &def, &values->of[id]))
			values->of[id].is_set = false;
	}
}

/* The kernel makes link-local addresses by itself, in its own time. */
static void hide_link_local(struct snap_link *link)
{
	struct snap_addr *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		next = addr->next;
		if (addr->addr.family == AF_INET6 && addr->scope == RT_SCOPE_LINK)
			snap_link_drop_addr(link, addr);
	}
}

static int compare_addrs(const struct snap_addr *a, const struct snap_addr *b)
{
	int order = memcmp(a->addr.bytes, b->addr.bytes, sizeof(a->addr.bytes));

	return order != 0 ? order : a->prefix_len - b->prefix_len;
}

/* Which address came first is not what anybody asked for. */
static void sort_addrs(struct snap_link *link)
{
	struct snap_addr *sorted = NULL, *next;

	for (struct snap_addr *addr = link->addrs; addr; addr = next) {
		struct snap_addr **at = &sorted;

		next = addr->next;
		while (*at && compare_addrs(*at, addr) < 0)
			at = &(*at)->next;
		addr->next = *at;
		*at = addr;
	}
	link->addrs = sorted;
}

/*
 * What the driver sees of a link changes over time; its settings do not. While a link is
 * down, drivers differ in what they say of its carrier.
 */
static void hide_observations(struct snap_link *link)
{
	struct snap_port port;

	if (!(link->flags & IFF_UP))
		link->carrier = false;
	link->aggregator = NULL;
	if (!link->port)
		return;
	port = *link->port;
	*link->port = (struct snap_port){
		.perm_mac = link->perm_mac,
		.options = port.options,
	};
	hide_defaults(link->port->options);
}

static void normalise(struct snap_link *link)
{
	hide_random_mac(&link->mac);
	hide_random_mac(&link->perm_mac);
	hide_link_local(link);
	sort_addrs(link);
	hide_observations(link);
	hide_defaults(link->options);
	hide_defaults(link->port_options);
	for (struct route *route = link->routes; route; route = route->next)
		if (route->metric == ZEROCONF_METRIC + (uint32_t)link->ifindex)
			route->metric = ZEROCONF_METRIC;
}

static int by_name(const void *a, const void *b)
{
	const struct snap_link *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

static void normalise_all(struct snapshot *snapshot)
{
	snapshot->kernel = (struct snap_kernel){ 0 };
	for (size_t i = snapshot->n_links; i-- > 0;) {
		struct snap_link *link = snapshot->links[i];

		if (is_hidden(link))
			snapshot_remove_link(snapshot, link);
		else
			normalise(link);
	}
	qsort(snapshot->links, snapshot->n_links, sizeof(struct snap_link *), by_name);
}

/* Indexes, which chance decides, bind ports to bonds until the text is made. */
static void hide_indexes(char *text)
{
	char *to = text;

	for (const char *from = text; *from;) {
		size_t len = strlen(INDEX);

		if (strncmp(from, INDEX, len) == 0)
			from += len + strspn(from + len, "0123456789");
		else
			*to++ = *from++;
	}
	*to = '\0';
}

static int show_text(const struct snapshot *snapshot)
{
	_cleanup_free_ char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	int error;

	if (!out)
		return -errno;
	error = snapshot_write_text(snapshot, out);
	if (fclose(out) != 0 || error < 0)
		return -ENOMEM;
	hide_indexes(text);
	fputs(text, stdout);
	return 0;
}

static int show_state(bool whole, struct diag *diag)
{
	_cleanup_rtnl_ struct rtnl *rtnl = NULL;
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	int error = rtnl_open(&rtnl);

	if (error == 0)
		error = snapshot_take(rtnl, diag, &snapshot);
	if (error < 0)
		return error;
	if (whole)
		return snapshot_write_text(snapshot, stdout);
	normalise_all(snapshot);
	return show_text(snapshot);
}

int main(int argc, char **argv)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	bool whole = argc > 1 && strcmp(argv[1], "--whole") == 0;
	int error = show_state(whole, diag);

	diag_print(diag, DIAG_WARNING, stderr);
	if (error < 0)
		fprintf(stderr, "kstate: %s\n", strerror(-error));
	return error == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
