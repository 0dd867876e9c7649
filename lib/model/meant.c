/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names with a slip in them: of a device in its own file, of a bond or bridge in a port's. */
#include "lib/model/meant.h"

#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/base/typo.h"
#include "lib/model/kind.h"
#include "lib/model/load.h"
#include "lib/model/rivals.h"
#include "lib/model/source.h"

/* ---- names ---- */

/* Whether they differ in nothing but which letter is at the end. */
static bool differ_in_last_letter(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len && strlen(b) == len && strncmp(a, b, len - 1) == 0 &&
	       isalpha((unsigned char)a[len - 1]) && isalpha((unsigned char)b[len - 1]);
}

static const char *only_candidate(size_t i, const void *arg)
{
	(void)i;
	return arg;
}

/* struct word - a part of a name, between '-', '_' or '.' */
struct word {
	char text[IFNAMSIZ];
	size_t len;
};

/* Return: what follows it. */
static const char *next_word(const char *name, struct word *ret)
{
	ret->len = strcspn(name, "-_.");
	snprintf(ret->text, sizeof(ret->text), "%.*s", (int)ret->len, name);
	return name + ret->len;
}

/*
 * Words of up to three letters are all near to each other: "lan" and "wan". Among first
 * words, "bnd" is "bond" all the same.
 */
static bool differ_as_words(const struct word *a, const struct word *b, bool is_first)
{
	const size_t shorter = a->len < b->len ? a->len : b->len;

	if (strcasecmp(a->text, b->text) == 0)
		return false;
	if (is_first && a->len != b->len)
		return false;
	return shorter <= 3 || !typo_nearest(a->text, 1, only_candidate, b->text);
}

/* What a word joined to the name of the kind needs: two letters; bondo is none. */
static bool has_joined_word(const char *name, const char *kind)
{
	const size_t len = strlen(kind);

	return strncmp(name, kind, len) == 0 && isalpha((unsigned char)name[len]) &&
	       isalpha((unsigned char)name[len + 1]);
}

/* How long a first word is that nothing parts from the next one: brlan, bondweb. */
static size_t joined_kind(const char *a, const char *b)
{
	static const char *const kinds[] = { "bond", "br", "team" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (has_joined_word(a, kinds[i]) && has_joined_word(b, kinds[i]))
			return strlen(kinds[i]);
	return 0;
}

/* Names of several words, as many in both, of which one differs: br-lan and br-wan. */
static bool differ_in_word(const char *a, const char *b)
{
	const size_t kind = joined_kind(a, b);
	bool differ = false, is_first = !kind;
	struct word word_a, word_b;

	a += kind;
	b += kind;
	for (;; is_first = false) {
		a = next_word(a, &word_a);
		b = next_word(b, &word_b);
		differ |= differ_as_words(&word_a, &word_b, is_first);
		if (!*a || !*b)
			break;
		a++;
		b++;
	}
	return differ && !is_first && !*a && !*b;
}

/* bond1 is not bond0 with a slip, but another one; so is bondb next to bonda. */
static bool is_sibling(const char *a, const char *b)
{
	static const char digits[] = "0123456789";
	size_t len_a = strcspn(a, digits), len_b = strcspn(b, digits);

	if (differ_in_last_letter(a, b) || differ_in_word(a, b))
		return true;
	return len_a == len_b && strncasecmp(a, b, len_a) == 0 && a[len_a] && b[len_b] &&
	       strcmp(a + len_a, b + len_b) != 0;
}

static bool is_near(const char *name, const char *other)
{
	return typo_nearest(name, 1, only_candidate, other) && !is_sibling(name, other);
}

static const char *subject(const struct ifcfg *file)
{
	return file->name + strlen("ifcfg-");
}

/* Whether a name is @name with what people put around it: "bond0",  bond0#x  ifcfg-bond0. */
static bool is_core_of(const char *written, const char *name)
{
	size_t len, bare;
	const char *core = ifname_core(written, &len);

	if (strncmp(core, "ifcfg-", 6) == 0) {
		core += 6;
		len -= 6;
	}
	bare = strcspn(core, "#\n"); /* the next line, when a quote does not end */
	if (bare && bare < len)
		len = bare;
	return strlen(name) == len && strncmp(core, name, len) == 0;
}

/* ---- the device of a file ---- */

/* Whether DEVICE, as written, is no name of an interface, nor of an alias. */
static bool is_unusable(const char *device)
{
	return device && !strchr(device, ':') && !ifname_is_valid(device);
}

static bool has_file(const struct ifcfg_dir *dir, const char *device)
{
	for (size_t i = 0; i < dir->n; i++)
		if (!dir->files[i].ignored && dir->files[i].device &&
		    strcmp(dir->files[i].device, device) == 0)
			return true;
	return false;
}

static void take_subject(struct ifcfg *file)
{
	file->refused = file->device;
	file->device = subject(file);
	file->is_misnamed = true;
}

/* HWADDR is another way to name a device: that card may not be there. */
void meant_settle_nameless(struct ifcfg_dir *dir)
{
	for (size_t i = 0; i < dir->n; i++)
		if (is_unusable(dir->files[i].device)) {
			dir->files[i].refused = dir->files[i].device;
			dir->files[i].device = NULL;
		}
	for (size_t i = 0; i < dir->n; i++) {
		struct ifcfg *file = &dir->files[i];
		const char *written = file->refused;

		if (file->device || !ifname_is_valid(subject(file)) ||
		    (!written && ifcfg_own_value(file, "HWADDR")) ||
		    has_file(dir, subject(file)))
			continue;
		take_subject(file);
		file->refused = written;
	}
}

/* By which key its ports name it; FIND_COUNT when there are none. */
static enum ifcfg_find named_by(const struct ifcfg_dir *dir, const char *name)
{
	if (ifcfg_dir_find(dir, FIND_MASTER, name).n)
		return FIND_MASTER;
	return ifcfg_dir_find(dir, FIND_BRIDGE, name).n ? FIND_BRIDGE : FIND_COUNT;
}

/* Whether another file is about the device, which has its name: this one was copied from it. */
static bool is_of_other_file(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	struct ifcfg_span found = ifcfg_dir_find(dir, FIND_DEVICE, file->device);

	for (size_t i = 0; i < found.n; i++)
		if (found.files[i] != file && !found.files[i]->ignored &&
		    strcmp(subject(found.files[i]), file->device) == 0)
			return true;
	return false;
}

static bool says_what_it_owns(const struct ifcfg *file, enum ifcfg_find by)
{
	return by == FIND_MASTER ? kind_has_bond_keys(file) : kind_says_bridge(file);
}

/* ifcfg-bond0 about bond1 or bondo, while ports wait for bond0. */
static bool is_misnamed(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *name = subject(file);
	enum ifcfg_find by;

	if (file->ignored || !file->device || file->master || file->bridge ||
	    file->is_vlan || strchr(file->device, ':') || strcmp(file->device, name) == 0)
		return false;
	by = named_by(dir, name);
	if (by == FIND_COUNT || ifcfg_dir_find(dir, FIND_DEVICE, name).n)
		return false;
	if (named_by(dir, file->device) != FIND_COUNT && !is_of_other_file(dir, file))
		return false;
	return says_what_it_owns(file, by) || is_near(file->device, name);
}

/* ---- files that do not say what they are about ---- */

/* Not even by their names: nothing is about the interface that is in .device, if any is. */
static bool is_lost(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	if (file->ignored || file->real || file->master || file->bridge ||
	    file->is_vlan || (file->device && !file->is_misnamed))
		return false;
	return !file->device || named_by(dir, file->device) == FIND_COUNT;
}

/* ifcfg-foo with DEVICE="bond0",  DEVICE= bond0  DEVCE=bond0  NAME=bond0, or that name. */
static bool is_about(const struct ifcfg *file, const char *name)
{
	const char *given = ifcfg_own_value(file, "NAME");

	if (strcmp(subject(file), name) == 0 || (given && strcmp(given, name) == 0) ||
	    (file->refused && is_core_of(file->refused, name)))
		return true;
	for (size_t i = 0; i < file->vars.n; i++) {
		const struct shellvar *var = &file->vars.vars[i];

		if (strcmp(var->key, "DEVICE") == 0
			    ? var->stray && strcmp(var->stray, name) == 0
			    : !ifcfg_key_find(var->key) && is_core_of(var->value, name))
			return true;
	}
	return false;
}

static const char *owner_in(const struct ifcfg *port, enum ifcfg_find find)
{
	return find == FIND_MASTER ? port->master : port->bridge;
}

/* Of the bonds or bridges without a file: that which the file is about, or the only one. */
static const char *find_lost(const struct ifcfg_dir *dir, const struct ifcfg *file,
			     enum ifcfg_find find)
{
	const struct ifcfg_span ports = dir->index[find];
	const char *only = NULL, *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ports.n; i++) {
		const char *name = owner_in(ports.files[i], find);

		if (last && strcmp(last, name) == 0)
			continue;
		last = name;
		if (ifcfg_dir_find(dir, FIND_DEVICE, name).n)
			continue;
		if (is_about(file, name))
			return name;
		only = name;
		n++;
	}
	return n == 1 && says_what_it_owns(file, find) ? only : NULL;
}

static bool settle_lost(struct ifcfg_dir *dir)
{
	bool any = false;

	for (size_t i = 0; i < dir->n; i++) {
		struct ifcfg *file = &dir->files[i];
		const char *name = NULL;

		if (is_lost(dir, file))
			name = find_lost(dir, file, FIND_MASTER);
		if (!name && is_lost(dir, file))
			name = find_lost(dir, file, FIND_BRIDGE);
		if (!name)
			continue;
		file->device = name;
		file->is_misnamed = any = true;
	}
	return any;
}

const struct ifcfg *meant_lost(const struct ifcfg_dir *dir, enum ifcfg_find find)
{
	for (size_t i = 0; i < dir->n; i++) {
		const struct ifcfg *file = &dir->files[i];

		if (is_lost(dir, file) &&
		    (file->is_broken || says_what_it_owns(file, find)))
			return file;
	}
	return NULL;
}

bool meant_settle(struct ifcfg_dir *dir)
{
	bool any = false;

	for (size_t i = 0; i < dir->n; i++)
		if (is_misnamed(dir, &dir->files[i])) {
			take_subject(&dir->files[i]);
			any = true;
		}
	return settle_lost(dir) || any;
}

static void tell_name(const struct ifcfg_dir *dir, struct diag *diag,
		      enum diag_grade grade, struct pos pos, const char *key,
		      const char *name)
{
	size_t len;
	const char *core = ifname_core(name, &len);
	const char *meant = arena_strndup(dir->arena, core, len);

	diag_add(diag, grade, pos, "%s='%s' is not the name of an interface", key, name);
	if (meant && ifname_is_valid(meant))
		diag_hint(diag, "write %s=%s, without what is before or after the name",
			  key, meant);
	else
		diag_hint(diag,
			  "it has 1 to 15 bytes and no '/', ':' or blank, and begins "
			  "with no '-'");
}

void meant_tell_name(const struct ifcfg_dir *dir, struct diag *diag, struct pos pos,
		     const char *key, const char *name)
{
	tell_name(dir, diag, DIAG_ERROR, pos, key, name);
}

void meant_tell_device(const struct ifcfg_dir *dir, struct diag *diag,
		       const struct ifcfg *file)
{
	/* A bond can be taken down by the name of its file, but not brought up by it. */
	const enum diag_grade grade =
		dir->options->goes_down && file->device ? DIAG_WARNING : DIAG_ERROR;
	const char *name = subject(file);

	if (file->refused && is_unusable(file->refused)) {
		tell_name(dir, diag, grade, ifcfg_pos(file, "DEVICE"), "DEVICE",
			  file->refused);
	} else if (file->refused) {
		const char *other = file->refused;

		/* Nothing is made of it at boot, so network-scripts had no use for DEVICE. */
		diag_add(diag, source_off_own(file, "ONBOOT") ? DIAG_WARNING : DIAG_ERROR,
			 ifcfg_pos(file, "DEVICE"),
			 "DEVICE=%s, but this file is named after %s, whose ports have "
			 "%s=%s",
			 file->refused, name,
			 named_by(dir, name) == FIND_MASTER ? "MASTER" : "BRIDGE", name);
		diag_hint(diag,
			  has_file(dir, other) ? "write DEVICE=%s"
					       : "write DEVICE=%s; if the file is about "
						 "%s, rename it to ifcfg-%s",
			  name, other, other);
	} else if (!file->vars.n && !diag_is_empty(file->findings)) {
		diag_merge_errors(diag, file->findings); /* why it has no DEVICE */
	} else if (!ifcfg_is_astray(file, "DEVICE") &&
		   !iface_has_slip(&file->vars, "DEVICE")) {
		diag_add(diag, grade, (struct pos){ file->path, 0 }, "DEVICE is missing");
		diag_hint(diag,
			  rivals_is_copy(name)
				  ? "remove %s, or rename it so that it ends "
				    "in .bak"
				  : "add the line DEVICE=%s",
			  rivals_is_copy(name) ? file->name
			  : file->device       ? file->device
					       : name);
	}
}

/* ---- the owner that a port names ---- */

/* struct candidates - what may be meant: bonds, or bridges */
struct candidates {
	const struct ifcfg_dir *dir;
	enum ifcfg_find find;
};

/* Like bond0 or br0: a file needs no other sign that it is about one. */
static bool is_like_owner(const char *name, enum ifcfg_find find)
{
	return find == FIND_MASTER ? strncmp(name, "bond", 4) == 0
				   : strncmp(name, "br", 2) == 0;
}

static const char *candidate(size_t i, const void *arg)
{
	const struct candidates *of = arg;
	const struct ifcfg *file = &of->dir->files[i];
	const char *name = file->device;

	if (!name || file->ignored || file->master || file->bridge || file->is_vlan)
		return NULL;
	return says_what_it_owns(file, of->find) ||
			       ifcfg_dir_find(of->dir, of->find, name).n ||
			       is_like_owner(name, of->find)
		       ? name
		       : NULL;
}

/* With nothing but a comma or the like around it. */
static const char *find_core(const struct candidates *of, const char *name)
{
	struct ifcfg_span index = of->dir->index[of->find];

	for (size_t i = 0; i < of->dir->n; i++) {
		const char *known = candidate(i, of);

		if (known && is_core_of(name, known))
			return known;
	}
	for (size_t i = 0; i < index.n; i++) {
		const char *known = of->find == FIND_MASTER ? index.files[i]->master
							    : index.files[i]->bridge;

		if (known && strcmp(known, name) != 0 && is_core_of(name, known))
			return known;
	}
	return NULL;
}

/* Other programs make bonds and bridges that have no file. */
static bool is_in_kernel(const struct ifcfg_dir *dir, enum ifcfg_find find,
			 const char *name)
{
	const struct model_options *options = dir->options;
	const char *there =
		options->kind_of ? options->kind_of(name, options->arg) : NULL;

	return there && strcmp(there, find == FIND_MASTER ? "bond" : "bridge") == 0;
}

/* NULL when @name is there, or a file is about it, or nothing like it is known. */
static const char *find_owner(const struct ifcfg_dir *dir, enum ifcfg_find find,
			      const char *name)
{
	const struct candidates of = { dir, find };
	const char *nearest;

	if (ifcfg_dir_find(dir, FIND_DEVICE, name).n || is_in_kernel(dir, find, name))
		return NULL;
	nearest = find_core(&of, name);
	if (nearest || !ifname_is_valid(name))
		return nearest;
	nearest = typo_nearest(name, dir->n, candidate, &of);
	return nearest && !is_sibling(nearest, name) ? nearest : NULL;
}

/* Cards without a file are not known here. */
static const char *made_device(size_t i, const void *arg)
{
	const struct ifcfg_dir *dir = arg;
	const struct ifcfg *file = &dir->files[i];

	if (file->ignored || !file->device)
		return NULL;
	return kind_is_written(file) || ifcfg_dir_find(dir, FIND_MASTER, file->device).n
		       ? file->device
		       : NULL;
}

const char *meant_device(const struct ifcfg_dir *dir, const char *name)
{
	const char *nearest = typo_nearest(name, dir->n, made_device, dir);

	return nearest && !is_sibling(nearest, name) ? nearest : NULL;
}

/* Of all files with such a key, those with the same name next to each other, in .*_slip. */
static void find_owners(const struct ifcfg_dir *dir, enum ifcfg_find find)
{
	struct ifcfg_span index = dir->index[find];
	const char *last = NULL, *meant = NULL;

	for (size_t i = 0; i < index.n; i++) {
		struct ifcfg *file = index.files[i];
		const char *name = owner_in(file, find);

		if (!last || strcmp(last, name) != 0)
			meant = find_owner(dir, find, name);
		last = name;
		if (find == FIND_MASTER)
			file->master_slip = meant;
		else
			file->bridge_slip = meant;
	}
}

static bool swap(const char **name, const char **slip)
{
	const char *meant = *slip;

	if (!meant)
		return false;
	*slip = *name;
	*name = meant;
	return true;
}

/* All are looked at before the first one changes what the others are judged by. */
bool meant_settle_owners(struct ifcfg_dir *dir)
{
	bool any = false;

	find_owners(dir, FIND_MASTER);
	find_owners(dir, FIND_BRIDGE);
	for (size_t i = 0; i < dir->n; i++) {
		any |= swap(&dir->files[i].master, &dir->files[i].master_slip);
		any |= swap(&dir->files[i].bridge, &dir->files[i].bridge_slip);
	}
	return any;
}

void meant_tell_owners(struct diag *diag, const struct ifcfg *file)
{
	if (file->master_slip) {
		diag_error(diag, ifcfg_pos(file, "MASTER"),
			   "MASTER=%s: there is no bond of this name", file->master_slip);
		diag_hint(diag, "did you mean '%s'?", file->master);
	}
	if (file->bridge_slip) {
		diag_error(diag, ifcfg_pos(file, "BRIDGE"),
			   "BRIDGE=%s: there is no bridge of this name",
			   file->bridge_slip);
		diag_hint(diag, "did you mean '%s'?", file->bridge);
	}
}
