/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loads several interfaces together; one with errors does not stop the others. */
#include "lib/files/load-all.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/text.h"
#include "lib/files/source.h"
#include "lib/files/stack.h"

/* ---- one interface ---- */

/* struct wanted - what is to be loaded: a file; or a bond without one, and its first port */
struct wanted {
	const char *name;
	const struct ifcfg *file;
	const struct ifcfg *port;
};

static struct pos wanted_pos(const struct wanted *wanted)
{
	const struct ifcfg *file = wanted->file ? wanted->file : wanted->port;

	return (struct pos){ file->path, 0 };
}

/* Removes what was ordered since @from, so that what it belongs to is reported again. */
static void forget_order(struct model *model, size_t from)
{
	while (model->n_order > from)
		model->order[--model->n_order]->order = IFACE_UNORDERED;
}

/* Errors of a card in a bridge were reported with the bridge. */
static bool wanted_has_errors(const struct loader *loader, const struct wanted *wanted,
			      const struct iface *iface)
{
	if (iface && (iface->is_useless ||
		      (iface_is_bridge_port(iface) && iface->kind == IFACE_ETHERNET)))
		return true;
	return wanted->file &&
	       loader->of_file[wanted->file - loader->dir.files].has_errors;
}

/* Return: 0 with *@ret, NULL if there are errors, which are in @loader->diag. */
static int load_wanted(struct loader *loader, const struct wanted *wanted,
		       struct model *model, struct iface **ret)
{
	size_t n_order = model->n_order;
	struct iface *iface = NULL;
	int r;

	loader->met_errors = false;
	r = wanted->file
		    ? stack_load_target(loader, wanted->file, &iface)
		    : stack_load_bare_bond(loader, wanted->name, wanted->port, &iface);
	if (r < 0)
		return r;
	if (iface && loader->options->goes_down)
		diag_forgive(loader->diag);
	if (loader->met_errors && !diag_errors(loader->diag)) {
		if (wanted_has_errors(loader, wanted, iface))
			return 0;
		diag_error(loader->diag, wanted_pos(wanted),
			   "%s is skipped: what it is stacked on has errors",
			   wanted->name);
	}
	if (iface && !diag_errors(loader->diag)) {
		stack_order(loader, model, iface);
		r = 0;
	}
	if (diag_errors(loader->diag)) {
		forget_order(model, n_order);
		return r;
	}
	*ret = iface;
	return r;
}

/* Its messages are reported; its errors affect only itself. */
static int load_apart(struct loader *loader, const struct wanted *wanted,
		      struct model *model, struct iface **ret)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	struct diag *told = loader->diag;
	int r = 0;

	loader->diag = findings;
	r = load_wanted(loader, wanted, model, ret);
	loader->diag = told;
	if (r == 0 && !*ret)
		load_note_failed(loader, wanted->name, wanted_pos(wanted));
	diag_merge(told, findings);
	return r;
}

int load_besides(struct loader *loader, const char *name, struct model *model)
{
	struct wanted wanted = { .name = name, .file = load_only_file(loader, name) };
	struct iface *iface = NULL;

	return wanted.file ? load_apart(loader, &wanted, model, &iface) : 0;
}

/* ---- all interfaces ---- */

/* struct list - those to be loaded, and the names of all that are described */
struct list {
	struct wanted *of;
	size_t n, cap;
};

/* The device; if the file has none, the one in the file's name. */
static const char *wanted_device(const struct ifcfg *file)
{
	return file->device ? file->device : ifcfg_suffix(file);
}

static void describe(struct loader *loader, const char *device)
{
	struct model *model = loader->model;

	ARENA_PUSH(loader->arena, model->devices, model->n_devices, model->devices_cap,
		   device);
}

static void want(struct loader *loader, struct list *list, struct wanted wanted)
{
	ARENA_PUSH(loader->arena, list->of, list->n, list->cap, wanted);
}

static bool stays_down_at_boot(struct loader *loader, const struct ifcfg *file)
{
	const struct source src = { .loader = loader,
				    .file = file,
				    .diag = loader->diag };

	return loader->at_boot && source_off(&src, "ONBOOT");
}

/* A bond that is known only from its ports, once. */
static void want_bare_bond(struct loader *loader, const struct ifcfg *port,
			   struct list *list)
{
	struct ifcfg_span ports = ifcfg_dir_find(&loader->dir, FIND_MASTER, port->master);

	if (ifcfg_dir_find(&loader->dir, FIND_DEVICE, port->master).n ||
	    ports.files[0] != port)
		return;
	describe(loader, port->master);
	if (!(stays_down_at_boot(loader, port)))
		want(loader, list, (struct wanted){ .name = port->master, .port = port });
}

static void want_file(struct loader *loader, const struct ifcfg *file, struct list *list)
{
	if (file->ignored || file->real)
		return;
	describe(loader, wanted_device(file));
	if (file->bridge)
		describe(loader, file->bridge); /* which may have no file */
	if (file->master) {
		want_bare_bond(loader, file, list);
		return;
	}
	if (!(stays_down_at_boot(loader, file)))
		want(loader, list,
		     (struct wanted){ .name = wanted_device(file), .file = file });
}

/* ---- interfaces of cards that have appeared ---- */

static bool has_appeared(const struct loader *loader, const char *device)
{
	const char *const *at = loader->options->appeared;

	while (*at && strcmp(*at, device) != 0)
		at++;
	return *at;
}

/* Whether it is such a card, or stacked on one. */
static bool is_of_appeared(const struct loader *loader, const struct ifcfg *file)
{
	/* Files may refer to one another in a loop, which is reported elsewhere. */
	for (size_t depth = 0; file && file->device && depth < loader->dir.n; depth++) {
		if (has_appeared(loader, file->device) ||
		    (file->parent && has_appeared(loader, file->parent)))
			return true;
		file = file->parent ? load_only_file(loader, file->parent) : NULL;
	}
	return false;
}

/* Its bond or bridge is brought up by its own file, and not by a card that appears. */
static bool is_master_there(const struct loader *loader, const char *master,
			    const char *kind)
{
	const char *there = host_kind(loader->options, master);

	return there && strcmp(there, kind) == 0;
}

/* As at boot, a bond takes in its ports whatever their ONBOOT is. */
static bool has_no_hotplug(struct loader *loader, const struct ifcfg *file)
{
	const struct source src = { .loader = loader,
				    .file = file,
				    .diag = loader->diag };

	return source_off(&src, "HOTPLUG") ||
	       (source_off(&src, "ONBOOT") &&
		!(file->master && is_master_there(loader, file->master, "bond")));
}

/* Bringing up what is stacked on a card would bring up the card. */
static bool is_kept_from_hotplug(struct loader *loader, const struct ifcfg *file)
{
	for (size_t depth = 0; file && file->device && depth < loader->dir.n; depth++) {
		if (has_no_hotplug(loader, file))
			return true;
		file = file->parent && !has_appeared(loader, file->device)
			       ? load_only_file(loader, file->parent)
			       : NULL;
	}
	return false;
}

static void look_at_appeared(struct loader *loader, const struct ifcfg *file,
			     struct list *list)
{
	if (file->ignored || file->real || !is_of_appeared(loader, file) ||
	    is_kept_from_hotplug(loader, file) ||
	    (file->master && !is_master_there(loader, file->master, "bond")) ||
	    (file->bridge && !is_master_there(loader, file->bridge, "bridge")))
		return;
	want(loader, list, (struct wanted){ .name = wanted_device(file), .file = file });
}

/* By the part before the first digit, then by the number: eth2 before eth10. */
static int compare_names(const char *a, const char *b)
{
	size_t len_a = strcspn(a, "0123456789"), len_b = strcspn(b, "0123456789");
	size_t len = len_a < len_b ? len_a : len_b;
	unsigned long long num_a, num_b;
	int order = memcmp(a, b, len);

	if (order == 0)
		order = (len_a > len_b) - (len_a < len_b);
	if (order != 0)
		return order;
	num_a = strtoull(a + len, NULL, 10);
	num_b = strtoull(b + len, NULL, 10);
	return num_a != num_b ? (num_a > num_b) - (num_a < num_b) : strcmp(a, b);
}

static int compare_wanted(const void *a, const void *b)
{
	const struct wanted *left = a, *right = b;
	bool lo_left = strcmp(left->name, "lo") == 0;
	bool lo_right = strcmp(right->name, "lo") == 0;

	if (lo_left != lo_right)
		return lo_right - lo_left;
	return compare_names(left->name, right->name);
}

/* Bonds that are ports of one another are not loaded as the bond of the others. */
static bool is_in_circle(const struct loader *loader, const struct ifcfg *file)
{
	const struct ifcfg *at = file;

	for (size_t depth = 0; at && at->master && depth < loader->dir.n; depth++) {
		at = load_only_file(loader, at->master);
		if (at == file)
			return true;
	}
	return false;
}

/* The port of an interface that turned out not to be a bond: nothing else loads it. */
static bool is_orphan(const struct loader *loader, const struct ifcfg *file)
{
	const struct ifcfg *master = file->master && !file->ignored
					     ? load_only_file(loader, file->master)
					     : NULL;
	const struct iface *iface =
		master ? loader->of_file[master - loader->dir.files].iface : NULL;

	return iface && iface->kind != IFACE_BOND && !iface->helper;
}

static int load_orphans(struct loader *loader, struct model *model)
{
	int r = 0;

	for (size_t i = 0; i < loader->dir.n && r == 0; i++) {
		const struct ifcfg *file = &loader->dir.files[i];
		const struct wanted wanted = { .name = wanted_device(file),
					       .file = file };
		struct iface *iface = NULL;

		if ((is_orphan(loader, file) || is_in_circle(loader, file)) &&
		    !stays_down_at_boot(loader, file))
			r = load_apart(loader, &wanted, model, &iface);
	}
	return r;
}

int load_all(struct loader *loader, struct model *model)
{
	struct list list = { 0 };
	int r = 0;

	model->is_partial = loader->options->appeared;
	for (size_t i = 0; i < loader->dir.n; i++)
		if (model->is_partial)
			look_at_appeared(loader, &loader->dir.files[i], &list);
		else
			want_file(loader, &loader->dir.files[i], &list);
	if (list.n)
		qsort(list.of, list.n, sizeof(*list.of), compare_wanted);
	if (model->n_devices)
		qsort(model->devices, model->n_devices, sizeof(*model->devices),
		      text_order);
	for (size_t i = 0; i < list.n && r == 0; i++) {
		struct iface *iface = NULL;

		r = load_apart(loader, &list.of[i], model, &iface);
		if (iface)
			iface->is_target = true;
	}
	return r == 0 && !model->is_partial ? load_orphans(loader, model) : r;
}
