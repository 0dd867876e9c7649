/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Networks that two interfaces share: answers may arrive on the other interface. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/judge.h"
#include "lib/files/loader.h"

/*
 * struct claim - an address in a file, under @key; @network: the first address of its
 * network
 */
struct claim {
	struct ip addr, network;
	unsigned int len;
	const char *device, *key;
	const struct ifcfg *file;
	const struct loader *loader;
	bool is_wanted;
};

/*
 * struct claims - of all files; @arena: only for this list; @n_wanted: the first ones, of
 * the interfaces that this run is about
 */
struct claims {
	const struct loader *loader;
	struct arena *arena;
	struct claim *list;
	size_t n, n_wanted, cap;
};

/* ---- gathering ---- */

/* Whether one of the two networks is in the other, or both are the same. */
static bool overlap(const struct claim *a, const struct claim *b)
{
	return a->addr.family == b->addr.family &&
	       ip_same_network(&a->addr, &b->addr, a->len < b->len ? a->len : b->len);
}

/*
 * Of other interfaces, only networks that overlap with those of this run are of interest: any
 * network that contains such a one, or is in it, overlaps as well.
 */
static bool is_far(const struct claims *claims, const struct claim *claim)
{
	if (claim->is_wanted)
		return false;
	for (size_t i = 0; i < claims->n_wanted; i++)
		if (overlap(&claims->list[i], claim))
			return false;
	return true;
}

static void add_claim(struct claims *claims, struct claim claim)
{
	if (ip_is_link_local(&claim.addr) || is_far(claims, &claim))
		return;
	claim.network = ip_network(&claim.addr, claim.len);
	ARENA_PUSH(claims->arena, claims->list, claims->n, claims->cap, claim);
}

/* Errors of a prefix length are reported where the file is read. */
static bool read_claim_length(const struct claims *claims, const struct ifcfg *file,
			      const char *suffix, unsigned int *ret)
{
	const char *key =
		*suffix ? arena_printf(claims->arena, "PREFIX%s", suffix) : "PREFIX";
	const char *value = ifcfg_own_value(file, key);
	uint32_t len;
	uint8_t mask;

	if (value && num_parse_u32(value, 32, &len) == 0) {
		*ret = len;
		return true;
	}
	key = *suffix ? arena_printf(claims->arena, "NETMASK%s", suffix) : "NETMASK";
	value = ifcfg_own_value(file, key);
	if (!value || ip_parse_netmask(value, &mask) < 0)
		return false;
	*ret = mask;
	return true;
}

/* An alias without a prefix length has that of its parent. */
static unsigned int length_of(const struct claims *claims, const struct ifcfg *file,
			      const char *suffix, const struct claim *claim)
{
	const struct ifcfg *parent;
	unsigned int len;

	if (read_claim_length(claims, file, suffix, &len))
		return len;
	parent = load_only_file(claims->loader, claim->device);
	if (parent && parent != file && read_claim_length(claims, parent, "", &len))
		return len;
	return ip_class_len(&claim->addr);
}

static void claim_ip4(struct claims *claims, const char *value, struct claim claim)
{
	const char *suffix = claim.key + strlen("IPADDR");

	if (suffix[strspn(suffix, "0123456789")] ||
	    ip_parse(value, AF_INET, &claim.addr) < 0)
		return;
	claim.len = length_of(claims, claim.file, suffix, &claim);
	add_claim(claims, claim);
}

/* One or more, separated by blanks. */
static void claim_ip6(struct claims *claims, const char *value, struct claim claim)
{
	char *rest = arena_strdup(claims->arena, value), *word;

	while ((word = strsep(&rest, " \t\r\n"))) {
		char *slash = strchr(word, '/');
		uint32_t len = 64;

		if (slash)
			*slash = '\0';
		if ((slash && num_parse_u32(slash + 1, 128, &len) < 0) ||
		    ip_parse(word, AF_INET6, &claim.addr) < 0)
			continue;
		claim.len = len;
		add_claim(claims, claim);
	}
}

static bool is_device_wanted(const struct loader *loader, const char *device)
{
	const struct model *model = loader->model;

	for (size_t i = 0; i < model->n_order && !loader->all; i++)
		if (strcmp(model->order[i]->name, device) == 0)
			return true;
	return loader->all;
}

/* For an alias, the interface that it belongs to. */
static const char *claiming_device(const struct ifcfg *file)
{
	const char *device = file->device ? file->device : file->name + strlen("ifcfg-");

	return file->real ? file->real : device;
}

static bool is_ip4(const char *key)
{
	return strncmp(key, "IPADDR", 6) == 0;
}

static bool is_address_key(const char *key)
{
	return is_ip4(key) || strcmp(key, "IPV6ADDR") == 0 ||
	       strcmp(key, "IPV6ADDR_SECONDARIES") == 0;
}

static void add_value(struct claims *claims, const char *key, const char *value,
		      struct claim claim)
{
	claim.key = key;
	if (is_ip4(key))
		claim_ip4(claims, value, claim);
	else
		claim_ip6(claims, value, claim);
}

static void add_simple_vars(struct claims *claims, const struct simple_vars *vars,
			    struct claim claim)
{
	for (size_t i = 0; i < vars->n; i++) {
		const char *key = simple_vars_key(vars, i);

		if (is_address_key(key) && simple_vars_find(vars, key) == i)
			add_value(claims, key, simple_vars_value(vars, i), claim);
	}
}

/* Of lines with the same key, the one that takes precedence. */
static void add_vars(struct claims *claims, const struct shellvars *vars,
		     struct claim claim)
{
	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (is_address_key(var->key) && shellvar_get(vars, var->key) == var)
			add_value(claims, var->key, var->value, claim);
	}
}

/* Neither a port nor an alias of one has addresses, which is reported there. */
static bool has_none(const struct claims *claims, const struct ifcfg *file)
{
	if (file->real)
		file = load_only_file(claims->loader, file->real);
	return file && (file->master || file->bridge);
}

static void add_file(struct claims *claims, const struct ifcfg *file, bool wanted)
{
	const struct simple_vars *simple = ifcfg_simple_vars(file);
	struct claim claim = { .device = claiming_device(file),
			       .file = file,
			       .loader = claims->loader,
			       .is_wanted = wanted };
	const char *onboot;

	if (wanted != is_device_wanted(claims->loader, claim.device) ||
	    strcmp(claim.device, "lo") == 0 || has_none(claims, file))
		return;
	onboot = ifcfg_value(&claims->loader->dir, file, "ONBOOT");
	if (!wanted && onboot && ifcfg_is_false(onboot))
		return;
	if (simple)
		add_simple_vars(claims, simple, claim);
	else
		add_vars(claims, ifcfg_vars(file), claim);
}

static void add_files(struct claims *claims, bool wanted)
{
	const struct ifcfg_dir *dir = &claims->loader->dir;

	for (size_t i = 0; i < dir->n; i++) {
		const struct ifcfg *file = &dir->files[i];

		if (!file->ignored && !file->master && !file->bridge)
			add_file(claims, file, wanted);
	}
}

/* ---- comparing ---- */

/* A network sorts directly before those that are parts of it. */
static int compare_claims(const void *left, const void *right)
{
	const struct claim *a = left, *b = right;
	int r;

	if (a->addr.family != b->addr.family)
		return a->addr.family < b->addr.family ? -1 : 1;
	r = memcmp(a->network.bytes, b->network.bytes, sizeof(a->network.bytes));
	if (r != 0)
		return r;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	r = memcmp(a->addr.bytes, b->addr.bytes, sizeof(a->addr.bytes));
	return r != 0 ? r : strcmp(a->device, b->device);
}

static void tell_overlap(const struct loader *loader, const struct claim *a,
			 const struct claim *b)
{
	const struct claim *here = b->is_wanted ? b : a, *there = b->is_wanted ? a : b;
	const struct pos pos = ifcfg_pos(here->file, here->key);
	const struct pos other_pos = ifcfg_pos(there->file, there->key);
	char text[IP_TEXT_MAX], other[IP_TEXT_MAX];

	if (ip_equal(&a->addr, &b->addr)) {
		diag_warning(loader->diag, pos, "%s has the address %s, too (%s:%u)",
			     there->device, ip_format(&here->addr, text), other_pos.file,
			     other_pos.line);
		diag_hint(loader->diag,
			  "give one of the two another address, or ONBOOT=no");
		return;
	}
	diag_warning(loader->diag, pos,
		     "the network of %s overlaps with that of %s on %s (%s:%u)",
		     ip_format_prefix(&here->addr, here->len, text),
		     ip_format_prefix(&there->addr, there->len, other), there->device,
		     other_pos.file, other_pos.line);
	diag_hint(loader->diag,
		  "hosts there are reached through one of the two only; move one to "
		  "another network, or see to it by rules");
}

/* An alias is where its interface is. */
static const char *home_of(const struct claim *claim)
{
	const struct ifcfg *real =
		claim->file->real ? load_only_file(claim->loader, claim->file->real)
				  : claim->file;

	return real && real->home ? real->home : "";
}

/* Each has a routing table of its own. */
static bool same_home(const struct claim *a, const struct claim *b)
{
	return strcmp(home_of(a), home_of(b)) == 0;
}

/* A single address inside another's network has a route of its own. */
static bool is_worth_telling(const struct claim *outer, const struct claim *inner)
{
	const unsigned int all = inner->addr.family == AF_INET ? 32 : 128;

	if (strcmp(outer->device, inner->device) == 0 || !same_home(outer, inner) ||
	    (!outer->is_wanted && !inner->is_wanted))
		return false;
	return ip_equal(&outer->addr, &inner->addr) || inner->len < all;
}

static void compare_all(const struct claims *claims)
{
	const struct claim **open =
		arena_alloc(claims->arena, (claims->n + 1) * sizeof(*open));
	size_t depth = 0;

	for (size_t i = 0; i < claims->n; i++) {
		const struct claim *claim = &claims->list[i];

		while (depth && (open[depth - 1]->addr.family != claim->addr.family ||
				 !ip_same_network(&open[depth - 1]->addr, &claim->addr,
						  open[depth - 1]->len)))
			depth--;
		if (depth && is_worth_telling(open[depth - 1], claim))
			tell_overlap(claims->loader, open[depth - 1], claim);
		open[depth++] = claim;
	}
}

void load_judge_overlaps(const struct loader *loader)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct claims claims = { .loader = loader, .arena = arena };
	add_files(&claims, true);

	claims.n_wanted = claims.n;
	if (claims.n && !loader->all)
		add_files(&claims, false);
	if (claims.n < 2)
		return;
	qsort(claims.list, claims.n, sizeof(*claims.list), compare_claims);
	compare_all(&claims);
}
