/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several files for one device: installers and administrators leave old ones next to the
 * one that is in use, and network-scripts brought the host up all the same.
 */
#include "lib/files/rivals.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/base/text.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/load-file.h"
#include "lib/model/same.h"

/* struct rivals - the files for one device that are still candidates */
struct rivals {
	struct ifcfg_dir *dir;
	struct ifcfg **files;
	size_t n;
};

/* ---- what excludes a file ---- */

static bool is_port_file(const struct ifcfg *file)
{
	return file->master || file->bridge;
}

static bool is_off_at_boot(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *value = ifcfg_value(dir, file, "ONBOOT");

	return value && ifcfg_is_false(value);
}

static const char *card_of(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	struct hwaddr mac;

	return ifcfg_hwaddr(file, &mac) ? host_card(dir->options, &mac, 0) : NULL;
}

static bool has_card_to_find(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	struct hwaddr mac;

	return host_knows_cards(dir->options) && ifcfg_hwaddr(file, &mac);
}

static bool lacks_card(const struct rivals *rivals, const struct ifcfg *file)
{
	return has_card_to_find(rivals->dir, file) && !card_of(rivals->dir, file);
}

static bool has_other_card(const struct rivals *rivals, const struct ifcfg *file)
{
	const char *card =
		has_card_to_find(rivals->dir, file) ? card_of(rivals->dir, file) : NULL;

	return card && strcmp(card, file->device) != 0;
}

static bool has_plain_one(const struct rivals *rivals)
{
	for (size_t i = 0; i < rivals->n; i++)
		if (!is_port_file(rivals->files[i]))
			return true;
	return false;
}

/*
 * The port of a bond comes up with the bond, whatever its own file says. Nothing brings
 * up a bond without a file, unless all files agree that the card is a port of it.
 */
static bool stays_down_as_port(const struct rivals *rivals, const struct ifcfg *file)
{
	struct ifcfg_span bond = { 0 };

	if (file->master)
		bond = ifcfg_dir_find(rivals->dir, FIND_DEVICE, file->master);
	for (size_t i = 0; i < bond.n; i++)
		if (!is_off_at_boot(rivals->dir, bond.files[i]))
			return false;
	if (file->master && has_plain_one(rivals))
		return true;
	return bond.n || is_off_at_boot(rivals->dir, file);
}

/* Before cards were known by alternative names, such a file was not about any card. */
static bool is_by_altname(const struct rivals *rivals, const struct ifcfg *file)
{
	const char *written = ifcfg_own_value(file, "DEVICE");

	(void)rivals;
	return written && !file->is_misnamed && strcmp(written, file->device) != 0;
}

static bool is_no_port(const struct rivals *rivals, const struct ifcfg *file)
{
	(void)rivals;
	return !is_port_file(file);
}

static bool is_named_after_device(const struct ifcfg *file)
{
	return strcmp(ifcfg_suffix(file), file->device) == 0;
}

/* They come up only by name, for which network-scripts used the file of that name. */
static bool is_by_other_name(const struct rivals *rivals, const struct ifcfg *file)
{
	for (size_t i = 0; i < rivals->n; i++)
		if (!is_off_at_boot(rivals->dir, rivals->files[i]))
			return false;
	return !is_named_after_device(file);
}

/* In this order; @why is about the file that stays. */
static const struct {
	bool (*steps_back)(const struct rivals *rivals, const struct ifcfg *file);
	enum diag_grade grade;
	const char *why;
} rival_rules[] = {
	{ lacks_card, DIAG_NOTE, N_("and a card with the HWADDR of that file is here") },
	{ has_other_card, DIAG_WARNING, N_("whose HWADDR is that of the card") },
	{ stays_down_as_port, DIAG_WARNING, N_("which comes up at boot") },
	{ is_by_altname, DIAG_WARNING, N_("whose DEVICE is the kernel's name of it") },
	{ is_no_port, DIAG_WARNING, N_("which says what it is a port of") },
	{ is_by_other_name, DIAG_WARNING, N_("which has the name of the device") },
};

/* ---- files with the same meaning ---- */

static bool have_same_neighbours(const struct ifcfg *a, const struct ifcfg *b)
{
	return text_equal(a->master, b->master) && text_equal(a->bridge, b->bridge) &&
	       text_equal(a->parent, b->parent);
}

/*
 * Whether both files are valid, and the interfaces are the same by @same, however they
 * are written.
 */
static bool files_agree(const struct ifcfg_dir *dir, const struct ifcfg *a,
			const struct ifcfg *b,
			bool (*same)(const struct iface *, const struct iface *))
{
	struct iface *first = NULL, *second = NULL;

	return have_same_neighbours(a, b) && load_alone(dir, a, &first) == 0 &&
	       load_alone(dir, b, &second) == 0 && first && second && same(first, second);
}

/* For other machines, it is not known which cards have these addresses. */
static bool is_told_apart_abroad(const struct ifcfg_dir *dir, const struct ifcfg *a,
				 const struct ifcfg *b)
{
	struct hwaddr first, second;

	return dir->options->is_abroad && ifcfg_hwaddr(a, &first) &&
	       ifcfg_hwaddr(b, &second) && !hwaddr_equal(&first, &second);
}

static bool is_copy(const struct ifcfg *file)
{
	return ifcfg_is_copy(ifcfg_suffix(file));
}

/* ---- the choice ---- */

/* struct verdict - why a file is ignored: the message about the one that is read */
struct verdict {
	struct ifcfg *file;
	enum diag_grade grade;
	const char *why;
};

/* ifcfg-ens2 with DEVICE=ens1, if no other file is about ens2. */
static bool is_unfinished_copy(const struct ifcfg_dir *dir, const struct ifcfg *file)
{
	const char *subject = ifcfg_suffix(file);
	size_t stem = strcspn(subject, "0123456789");

	return subject[stem] && strncmp(subject, file->device, stem) == 0 &&
	       strcspn(file->device, "0123456789") == stem &&
	       !subject[stem + strspn(subject + stem, "0123456789")] &&
	       !ifcfg_dir_find(dir, FIND_DEVICE, subject).n;
}

static void ignore(const struct ifcfg_dir *dir, struct ifcfg *file, struct ifcfg *instead,
		   enum diag_grade grade, const char *why)
{
	file->ignored = true;
	file->instead = instead;
	diag_add(ifcfg_findings(instead), grade, ifcfg_pos(file, "DEVICE"),
		 "this file is ignored: %s is also configured in %s, %s", file->device,
		 instead->path, why);
	if (grade <= DIAG_NOTE)
		return;
	if (is_unfinished_copy(dir, file))
		diag_hint(ifcfg_findings(instead),
			  "write DEVICE=%s, if it is about that, or remove the file",
			  ifcfg_suffix(file));
	else
		diag_hint(ifcfg_findings(instead), "remove the file that is not needed");
}

/* The files that the rule excludes, unless it excludes all. */
static size_t apply_rule(struct rivals *rivals, size_t rule, struct verdict *verdicts)
{
	size_t kept = 0, n = 0;

	for (size_t i = 0; i < rivals->n; i++)
		if (rival_rules[rule].steps_back(rivals, rivals->files[i]))
			verdicts[n++] = (struct verdict){ rivals->files[i],
							  rival_rules[rule].grade,
							  rival_rules[rule].why };
	if (n == rivals->n)
		return 0;
	for (size_t i = 0; i < rivals->n; i++)
		if (i - kept == n || rivals->files[i] != verdicts[i - kept].file)
			rivals->files[kept++] = rivals->files[i];
	rivals->n = kept;
	return n;
}

/*
 * Why @file need not be read besides @first; .why is NULL if they contradict each other.
 */
static struct verdict compare_rivals(const struct ifcfg_dir *dir,
				     const struct ifcfg *first, struct ifcfg *file)
{
	struct verdict verdict = { .file = file, .grade = DIAG_WARNING };

	if (is_told_apart_abroad(dir, first, file)) {
		verdict.grade = DIAG_NOTE;
		verdict.why = _("and HWADDR decides which of them a host uses");
	} else if (files_agree(dir, first, file, iface_same)) {
		verdict.why = _("which says the same");
	} else if (is_copy(file) && !is_copy(first) &&
		   files_agree(dir, first, file, iface_same_addrs)) {
		verdict.why = _("whose name is not that of a copy");
	}
	return verdict;
}

/* By its name: that of the device first, that of a copy last. */
static int rank(const struct ifcfg *file)
{
	if (is_named_after_device(file))
		return 0;
	is_copy(file);
	return 1;
}

static size_t best_of(const struct rivals *rivals)
{
	size_t best = 0;

	for (size_t i = 1; i < rivals->n; i++)
		if (rank(rivals->files[i]) < rank(rivals->files[best]))
			best = i;
	return best;
}

/* Whichever is meant, an interface that is up can be taken down. */
static size_t keep_best(struct rivals *rivals, struct verdict *verdicts)
{
	struct ifcfg *best = rivals->files[best_of(rivals)];
	size_t n = 0;

	for (size_t i = 0; i < rivals->n; i++)
		if (rivals->files[i] != best)
			verdicts[n++] = (struct verdict){ rivals->files[i], DIAG_WARNING,
							  _("by which it goes down") };
	rivals->files[0] = best;
	rivals->n = 1;
	return n;
}

/* Among files that agree, the one with the best name is read. */
static size_t drop_same(struct rivals *rivals, struct verdict *verdicts)
{
	struct ifcfg *best = rivals->files[best_of(rivals)];
	size_t kept = 0, n = 0;

	for (size_t i = 0; i < rivals->n; i++) {
		struct ifcfg *file = rivals->files[i];
		struct verdict verdict = { 0 };

		if (file != best)
			verdict = compare_rivals(rivals->dir, best, file);
		if (verdict.why)
			verdicts[n++] = verdict;
		else
			rivals->files[kept++] = file;
	}
	rivals->n = kept;
	return n;
}

/* Files between which nothing decides stay, together with the excluded ones. */
static void settle_rivals(struct ifcfg_dir *dir, struct ifcfg_span span)
{
	struct arena *arena = dir->table;
	struct rivals rivals = { .dir = dir, .n = span.n };
	struct verdict *verdicts = arena_alloc(arena, span.n * sizeof(*verdicts));
	size_t n = 0;

	rivals.files = arena_memdup(arena, span.files, span.n * sizeof(struct ifcfg *));
	for (size_t rule = 0; rule < ARRAY_SIZE(rival_rules) && rivals.n > 1; rule++)
		n += apply_rule(&rivals, rule, verdicts + n);
	if (rivals.n > 1)
		n += drop_same(&rivals, verdicts + n);
	if (rivals.n > 1 && dir->options->goes_down)
		n += keep_best(&rivals, verdicts + n);
	for (size_t i = 0; i < n; i++)
		ignore(dir, verdicts[i].file, rivals.files[0], verdicts[i].grade,
		       _(verdicts[i].why));
}

void rivals_settle(struct ifcfg_dir *dir)
{
	const struct ifcfg_span index = dir->index[FIND_DEVICE];
	size_t n;

	for (size_t i = 0; i < index.n; i += n) {
		struct ifcfg_span span =
			ifcfg_dir_find(dir, FIND_DEVICE, index.files[i]->device);

		n = span.n;
		if (n > 1)
			settle_rivals(dir, span);
	}
}
