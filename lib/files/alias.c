/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Alias files (ifcfg-bond0:1) and ranges of them: addresses of another interface. */
#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/judge.h"
#include "lib/files/kind.h"
#include "lib/files/source.h"

#define RANGE "-range"

static const char *suffix_of(const struct ifcfg *file)
{
	return file->name + strlen("ifcfg-");
}

/*
 * The end of the parent's name in the name of an alias or range; NULL if it is neither.
 */
static const char *parent_end(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon : strstr(name, RANGE);
}

bool alias_is_named_so(const struct ifcfg *file)
{
	return strchr(suffix_of(file), ':');
}

/*
 * A file with the name of an alias, or of a range, need not have DEVICE; its DEVICE may
 * have been copied from the interface's own file. In any other file name, ':' may belong
 * to the name of a connection.
 */
static bool is_by_name(const struct ifcfg_dir *dir, const struct ifcfg *file,
		       const char *parent)
{
	if (!file->device || strcmp(file->device, suffix_of(file)) == 0)
		return true;
	return strcmp(file->device, parent) == 0 &&
	       ifcfg_dir_find(dir, FIND_DEVICE, parent).n > 1;
}

/* Corresponds to REALDEVICE of network-scripts, if that is another device. */
void alias_settle(const struct ifcfg_dir *dir, struct ifcfg *file)
{
	const char *written = ifcfg_own_value(file, "PARENTDEVICE");
	const bool by_device = file->device && parent_end(file->device);
	const char *name = by_device ? file->device : suffix_of(file);
	const char *end = parent_end(name), *parent;

	if (written && file->device && strcmp(written, file->device) != 0) {
		file->real = ifcfg_own_name(dir, written);
		file->label = file->device;
		return;
	}
	if (!end || end == name)
		return;
	parent = arena_strndup(dir->arena, name, (size_t)(end - name));
	parent = ifcfg_own_name(dir, parent);
	if (!by_device && !is_by_name(dir, file, parent))
		return;
	file->real = parent;
	file->is_range = *end != ':';
	file->label = file->is_range ? suffix_of(file)
				     : arena_printf(dir->arena, "%s%s", parent, end);
}

/* ---- one alias ---- */

static bool check_label(const struct source *src, const struct iface *iface,
			const char *label)
{
	size_t len = strlen(iface->name);

	if (strncmp(label, iface->name, len) == 0 && label[len] == ':' &&
	    label[len + 1] && strlen(label) < IFNAMSIZ) {
		const char *number = label + len + 1;

		for (; isalnum((unsigned char)*number) || *number == '_'; number++)
			;
		if (!*number)
			return true;
	}
	diag_error(src->diag, source_pos(src, "DEVICE"), "'%s' is not an alias of %s",
		   label, iface->name);
	diag_hint(src->diag,
		  "it reads like %s:1: letters, digits and '_' after the colon, %d bytes "
		  "in all",
		  iface->name, IFNAMSIZ - 1);
	return false;
}

static bool is_label_used(const struct source *src, const struct iface *iface,
			  const char *label)
{
	for (size_t i = 0; i < iface->n_addrs; i++) {
		const struct want_addr *other = &iface->addrs[i];

		if (!other->alias || strcmp(other->alias, label) != 0)
			continue;
		diag_error(src->diag, source_pos(src, "DEVICE"), "%s is in %s already",
			   label, other->pos.file);
		diag_hint(src->diag, "give one of the two another number");
		return true;
	}
	return false;
}

bool alias_is_unrouted(const struct source *src)
{
	const char *off = source_value(src, "NO_ALIASROUTING");

	return off && ifcfg_is_true(off);
}

/* Its gateway is used if the interface has none of its own. */
static int read_alias_gateway(const struct source *src, struct iface *iface)
{
	if (!ifcfg_own_value(src->file, "GATEWAY") || alias_is_unrouted(src))
		return 0;
	for (size_t i = 0; i < iface->n_routes; i++) {
		const struct want_route *other = &iface->routes[i];

		if (other->route.family != AF_INET || other->route.dst_len)
			continue;
		diag_warning(src->diag, source_pos(src, "GATEWAY"),
			     "GATEWAY ignored: %s has a default route by %s:%u",
			     iface->name, other->pos.file, other->pos.line);
		diag_hint(src->diag, "an interface has one default route");
		return 0;
	}
	return iface_read_default_route(src, iface);
}

/*
 * Whether the file is named after one of the interface's aliases, by any name of the
 * interface.
 */
static bool is_named_after(const struct source *parent, const struct ifcfg *file,
			   const struct iface *iface)
{
	const char *suffix = suffix_of(file), *colon = strchr(suffix, ':');
	const size_t len = colon ? (size_t)(colon - suffix) : 0;
	const char *name;

	if (!colon)
		return false;
	if (strncmp(suffix, iface->name, len) == 0 && !iface->name[len])
		return true;
	name = arena_strndup(parent->loader->arena, suffix, len);
	name = ifcfg_own_name(&parent->loader->dir, name);
	return strcmp(name, iface->name) == 0;
}

/*
 * Whether it comes up with its parent, which finds it by the file's name. With another
 * file name it comes up only by itself, and with -a.
 */
static bool comes_along(const struct source *parent, const struct ifcfg *file,
			const struct iface *iface)
{
	if (is_named_after(parent, file, iface))
		return !source_off_own(file, "ONPARENT");
	return parent->loader->all && !source_off_own(file, "ONBOOT");
}

/* For a copy of the interface's file. */
static void judge_alias_device(const struct source *src, const struct iface *iface)
{
	const char *device = source_device(src, "DEVICE");

	if (!device || strcmp(device, iface->name) != 0)
		return;
	diag_warning(src->diag, source_pos(src, "DEVICE"),
		     "DEVICE=%s in the file of an alias is read as %s", device,
		     src->label);
	diag_hint(src->diag, "write DEVICE=%s, or remove the line", src->label);
}

static int read_alias(const struct source *parent, const struct ifcfg *file,
		      struct diag *diag, struct iface *iface)
{
	const char *label = file->label;
	const struct source src = { .loader = parent->loader,
				    .file = file,
				    .diag = diag,
				    .parent = parent->file,
				    .label = label,
				    .is_asleep = !comes_along(parent, file, iface) };
	size_t before = iface->n_addrs;
	int r = 0;

	kind_judge_alias(&src);
	judge_alias_device(&src, iface);
	if (!check_label(&src, iface, label) || is_label_used(&src, iface, label))
		return 0;
	iface_read_addrs(&src, iface);
	iface_read_ip6_addrs(&src, iface);
	if (iface->n_addrs == before && !diag_errors(src.diag)) {
		diag_warning(src.diag, (struct pos){ file->path, 0 },
			     _("%s has no address: it does not come up"), label);
		diag_hint(src.diag, "add IPADDR");
	}
	if (!src.is_asleep)
		r = read_alias_gateway(&src, iface);
	return r == 0 ? iface_read_alias_routes(&src, iface) : r;
}

/* ---- ranges ---- */

/* Aliases of a range differ in the last byte only: one network of 256 addresses. */
static bool find_ends(const struct ifcfg *file, struct ip *first, struct ip *last)
{
	const char *start = ifcfg_own_value(file, "IPADDR_START");
	const char *end = ifcfg_own_value(file, "IPADDR_END");

	return start && end && ip_parse(start, AF_INET, first) == 0 &&
	       ip_parse(end, AF_INET, last) == 0 && ip_same_network(first, last, 24) &&
	       first->bytes[3] <= last->bytes[3];
}

/* The number of the first alias. */
static bool find_number(const struct ifcfg *file, uint32_t *ret)
{
	const char *start = ifcfg_own_value(file, "CLONENUM_START");

	*ret = 0;
	return !start || num_parse_u32(start, INT32_MAX, ret) == 0;
}

bool alias_is_of_range(const struct ifcfg *file, const char *label)
{
	const size_t len = file->real ? strlen(file->real) : 0;
	uint32_t from, number;
	struct ip first, last;

	return len && file->is_range && strncmp(label, file->real, len) == 0 &&
	       label[len] == ':' &&
	       num_parse_u32(label + len + 1, UINT32_MAX, &number) == 0 &&
	       find_ends(file, &first, &last) && find_number(file, &from) &&
	       number >= from &&
	       number - from <= (uint32_t)(last.bytes[3] - first.bytes[3]);
}

static bool read_ends(const struct source *src, struct ip *first, struct ip *last)
{
	const char *start = ifcfg_own_value(src->file, "IPADDR_START");

	if (find_ends(src->file, first, last))
		return true;
	diag_error(src->diag, source_pos(src, start ? "IPADDR_START" : "IPADDR_END"),
		   "IPADDR_START and IPADDR_END are not a range of addresses");
	diag_hint(src->diag,
		  "they read like 10.0.0.5 and 10.0.0.9: alike but for the last "
		  "number, the smaller one first");
	return false;
}

static int add_of_range(const struct source *src, struct iface *iface, struct ip addr,
			uint32_t number)
{
	char text[IP_TEXT_MAX];
	struct source one = *src;

	one.label = arena_printf(src->loader->arena, "%s:%u", iface->name, number);
	if (!check_label(&one, iface, one.label))
		return 0;
	iface_add_addr(&one, "IPADDR_START", ip_format(&addr, text), iface);
	return iface_read_label_routes(src, iface, one.label);
}

static int read_addr_range(const struct source *parent, const struct ifcfg *file,
			   struct diag *diag, struct iface *iface)
{
	const struct source src = { .loader = parent->loader,
				    .file = file,
				    .diag = diag,
				    .parent = parent->file,
				    .range = suffix_of(file),
				    .is_asleep = source_off_own(file, "ONPARENT") };
	struct ip addr, last;
	uint32_t number;
	int r = 0;

	kind_judge_alias(&src);
	if (!read_ends(&src, &addr, &last))
		return 0;
	if (!find_number(file, &number)) {
		diag_error(src.diag, source_pos(&src, "CLONENUM_START"),
			   "CLONENUM_START='%s' is not a number",
			   ifcfg_own_value(file, "CLONENUM_START"));
		diag_hint(src.diag, "it is that of the first alias");
		return 0;
	}
	for (; r == 0; addr.bytes[3]++, number++) {
		r = add_of_range(&src, iface, addr, number);
		if (addr.bytes[3] == last.bytes[3])
			break;
	}
	return r == 0 ? iface_read_alias_routes(&src, iface) : r;
}

/* ---- the files ---- */

/*
 * Errors in it affect only the alias, not the interface, unless the alias was requested.
 */
static int read_alias_file(const struct source *parent, const struct ifcfg *file,
			   struct iface *iface)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	struct loader *loader = parent->loader;
	struct diag *told = loader->diag;
	int r = 0;

	loader->diag = findings;
	iface_judge_keys(loader, file);
	loader->diag = told;
	if (!diag_errors(findings))
		r = file->is_range ? read_addr_range(parent, file, findings, iface)
				   : read_alias(parent, file, findings, iface);
	if (file == loader->for_alias)
		diag_merge(parent->diag, findings);
	else
		diag_merge_warnings(parent->diag, findings);
	return r;
}

/* The first file whose name does not sort before @prefix. */
static size_t lower_bound(const struct ifcfg_dir *dir, const char *prefix)
{
	size_t first = 0, end = dir->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (strcmp(dir->files[middle].name, prefix) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

/* In this order, so that it is well-defined which of two aliases gets an address. */
enum turn { TURN_NAMED, TURN_OTHER, TURN_RANGE, TURNS };

static enum turn alias_turn(const struct source *src, const struct ifcfg *file,
			    const struct iface *iface)
{
	if (file->is_range)
		return TURN_RANGE;
	return is_named_after(src, file, iface) ? TURN_NAMED : TURN_OTHER;
}

/* ifcfg-bond0:1 with DEVICE=bond1:1, which is reported. */
static int read_strays(const struct source *src, struct iface *iface)
{
	const struct ifcfg_dir *dir = &src->loader->dir;
	const char *prefix = arena_printf(src->loader->arena, "ifcfg-%s:", iface->name);
	int r = 0;

	for (size_t i = lower_bound(dir, prefix);
	     r == 0 && i < dir->n &&
	     strncmp(dir->files[i].name, prefix, strlen(prefix)) == 0;
	     i++) {
		const struct ifcfg *file = &dir->files[i];

		if (!file->ignored && file->real && strcmp(file->real, iface->name) != 0)
			r = read_alias_file(src, file, iface);
	}
	return r;
}

int iface_read_aliases(const struct source *src, struct iface *iface)
{
	struct ifcfg_span found =
		ifcfg_dir_find(&src->loader->dir, FIND_REAL, iface->name);
	int r = read_strays(src, iface);

	for (enum turn turn = 0; turn < TURNS && r == 0; turn++)
		for (size_t i = 0; i < found.n && r == 0; i++)
			if (alias_turn(src, found.files[i], iface) == turn)
				r = read_alias_file(src, found.files[i], iface);
	return r;
}

void alias_tell_no_parent(struct diag *diag, const struct ifcfg *file, const char *parent)
{
	if (strcmp(file->name + strlen("ifcfg-"), parent) != 0) {
		diag_error(diag, (struct pos){ file->path, 0 },
			   _("%s, of which this is an alias, has no file"), parent);
		diag_hint(diag, "write ifcfg-%s", parent);
		return;
	}
	diag_error(diag, ifcfg_pos(file, "DEVICE"),
		   "this file is named after %s, but it describes an alias of it",
		   parent);
	diag_hint(diag, "write DEVICE=%s, or rename the file to ifcfg-%s", parent,
		  file->label ? file->label : parent);
}
