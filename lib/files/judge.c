/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports mistakes in a file, and keys that have no effect. */
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/base/lines.h"
#include "lib/files/bond.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/judge.h"
#include "lib/files/key-slips.h"
#include "lib/files/kind.h"
#include "lib/files/loader.h"

/* Whether there may be a message about a key, if it has a value. */
static bool may_be_reported(const char *name)
{
	const struct ifcfg_key *key = ifcfg_key_find(name);

	return !key || key->grade == KEY_LATER || key->grade == KEY_NOT ||
	       key->grade == KEY_OFF_ONLY || key->traits & KEY_YESNO;
}

static bool is_of_family(const struct ifcfg_key *key)
{
	return key->hint == ifcfg_hint_wireless || key->hint == ifcfg_hint_suse;
}

/* struct unknown - an unknown key, and the one that was probably meant */
struct unknown {
	const struct shellvar *var;
	struct strbuf nearest;
};

static struct unknown find_nearest(const struct shellvar *var)
{
	struct unknown unknown = { var, STRBUF_EMPTY };

	ifcfg_key_nearest(var->key, &unknown.nearest);
	return unknown;
}

static bool is_slip(const struct shellvars *vars, const struct unknown *unknown)
{
	const char *meant = strbuf_text(&unknown->nearest);

	return !shellvar_get(vars, meant) &&
	       iface_needs_key(vars, meant, unknown->var->value);
}

static bool is_case_slip(const struct unknown *unknown)
{
	return unknown->nearest.len &&
	       strcasecmp(unknown->var->key, strbuf_text(&unknown->nearest)) == 0;
}

/* struct case_slips - the keys of a file in lower case, which have one cause */
struct case_slips {
	const struct shellvar *first;
	struct strbuf meant;
	struct lines lines;
	enum diag_grade grade;
};

static void find_case_slips(const struct shellvars *vars, struct case_slips *ret)
{
	*ret = (struct case_slips){ .meant = STRBUF_EMPTY, .grade = DIAG_WARNING };
	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];
		struct unknown unknown;

		if (var->stray || ifcfg_key_find(var->key))
			continue;
		unknown = find_nearest(var);
		if (is_case_slip(&unknown)) {
			ret->first = ret->first ? ret->first : var;
			lines_add(&ret->lines, var->pos.line);
			if (is_slip(vars, &unknown))
				ret->grade = DIAG_ERROR;
			if (!ret->meant.len)
				strbuf_add(&ret->meant, strbuf_text(&unknown.nearest));
		}
		strbuf_release(&unknown.nearest);
	}
}

static void tell_case_slips(struct diag *diag, const struct case_slips *slips)
{
	_cleanup_strbuf_ struct strbuf also = STRBUF_EMPTY;

	lines_also(&slips->lines, &also);
	diag_add(diag, slips->grade, slips->first->pos,
		 "unknown key '%s' has no effect%s", slips->first->key,
		 strbuf_text(&also));
	diag_hint(diag, "keys are in upper case: %s", strbuf_text(&slips->meant));
}

/*
 * @slips: looked up once, at the first such key. Return: whether there are several, which
 * are reported with the first one.
 */
static bool judge_case(struct diag *diag, const struct shellvars *vars,
		       const struct shellvar *var, struct case_slips *slips)
{
	if (!slips->lines.n)
		find_case_slips(vars, slips);
	if (slips->lines.n > 1 && strcmp(slips->first->key, var->key) == 0)
		tell_case_slips(diag, slips);
	return slips->lines.n > 1;
}

/**
 * struct judging - the keys of a file
 * @lacks_mode: it is a bond's file, and nothing in force sets the mode
 * @is_missing: the kernel has no such interface
 * @has_family: it has keys for which there is one message for all
 */
struct judging {
	struct diag *diag;
	const struct shellvars *vars;
	bool lacks_mode, is_missing, has_family;
	struct case_slips slips;
};

/*
 * A bond would come up in a mode that was not meant, for which few switches are
 * configured.
 */
static enum diag_grade grade_of_key(const struct judging *in, const struct shellvar *var)
{
	return in->lacks_mode && bond_is_mode(var) ? DIAG_ERROR : DIAG_WARNING;
}

/* Whether an invalid VLAN is the reason that there is no such interface. */
static bool lacks_vlan(const struct judging *in)
{
	const struct shellvar *device = shellvar_get(in->vars, "DEVICE");

	return in->is_missing && !shellvar_get(in->vars, "DEVTIMEOUT") &&
	       (shellvar_get(in->vars, "VID") || shellvar_get(in->vars, "VLAN_ID") ||
		shellvar_get(in->vars, "PHYSDEV") ||
		(device && strchr(device->value, '.')));
}

static enum diag_grade grade_of_unknown(const struct judging *in,
					const struct unknown *unknown)
{
	const struct shellvar *var = unknown->var;

	if (is_slip(in->vars, unknown) ||
	    (strcmp(strbuf_text(&unknown->nearest), "VLAN") == 0 &&
	     ifcfg_is_true(var->value) && lacks_vlan(in)))
		return DIAG_ERROR;
	return grade_of_key(in, var);
}

static void judge_unknown(struct judging *in, const struct shellvar *var)
{
	struct diag *diag = in->diag;
	struct unknown unknown = find_nearest(var);

	if (is_case_slip(&unknown) && judge_case(diag, in->vars, var, &in->slips)) {
		strbuf_release(&unknown.nearest);
		return;
	}
	diag_add(diag, grade_of_unknown(in, &unknown), var->pos,
		 "unknown key '%s' has no effect", var->key);
	if (unknown.nearest.len &&
	    !(strchr(var->value, '=') && bond_is_like_options(var->key)))
		diag_hint(diag, "did you mean '%s'?", strbuf_text(&unknown.nearest));
	else if (bond_is_like_options(var->key))
		diag_hint(diag, "did you mean 'BONDING_OPTS'? It has all options: "
				"BONDING_OPTS=\"mode=1 miimon=100\"");
	else
		diag_hint(diag, "keys of your own, for hooks, start with '_' or 'X_'");
	strbuf_release(&unknown.nearest);
}

static void judge_useless(struct diag *diag, enum diag_grade grade,
			  const struct shellvar *var, const char *hint)
{
	diag_add(diag, grade, var->pos, "%s has no effect", var->key);
	diag_hint(diag, "%s", _(hint));
}

/* Without a bond, a port is none, whatever SLAVE says. */
static bool lacks_master(const struct judging *in, const struct shellvar *var)
{
	return strcmp(var->key, "SLAVE") == 0 && !shellvar_get(in->vars, "MASTER");
}

/* SLAVE=bond0, or BONDING_MASTER=bond0 in the file of a port. */
static bool is_about_ports(const struct shellvar *var)
{
	return (strcmp(var->key, "SLAVE") == 0 ||
		strcmp(var->key, "BONDING_MASTER") == 0) &&
	       ifname_is_valid(var->value);
}

/* A word that is neither leaves the key at its default, which was not meant. */
static void judge_value(const struct judging *in, const struct ifcfg_key *key,
			const struct shellvar *var)
{
	const bool is_lost = strcmp(var->key, "VLAN") == 0 && lacks_vlan(in);
	struct diag *diag = in->diag;
	const char *nearest;

	if (!(key->traits & KEY_YESNO) || ifcfg_is_switch(var->value))
		return;
	nearest = ifcfg_switch_nearest(var->value);
	diag_add(diag, is_lost ? DIAG_ERROR : DIAG_WARNING, var->pos,
		 "%s=%s is neither yes nor no: it %s", var->key, var->value,
		 lacks_master(in, var) ? "is ignored" : ifcfg_switch_counts(key));
	if (!nearest && is_about_ports(var))
		diag_hint(diag,
			  "a port names its bond in MASTER: MASTER=%s and SLAVE=yes",
			  var->value);
	else if (nearest)
		diag_hint(diag, "did you mean '%s'?", nearest);
	else
		diag_hint(diag, "write %s=yes or %s=no", var->key, var->key);
}

static void judge_key(struct judging *in, const struct shellvar *var)
{
	const struct ifcfg_key *key = ifcfg_key_find(var->key);
	struct diag *diag = in->diag;

	if (!key && bond_is_option(var->key))
		bond_judge_option(diag, grade_of_key(in, var), in->vars, var);
	else if (!key)
		judge_unknown(in, var);
	if (!key)
		return;
	in->has_family |= is_of_family(key);
	if (!*var->value)
		return;
	switch (key->grade) {
	case KEY_USED:
		judge_value(in, key, var);
		break;
	case KEY_SILENT:
		break;
	case KEY_LATER:
		diag_warning(diag, var->pos, "%s is not applied by this version",
			     var->key);
		break;
	case KEY_OFF_ONLY:
		if (!ifcfg_is_off(var->value))
			judge_useless(diag, grade_of_key(in, var), var, key->hint);
		break;
	case KEY_NOT:
		if (!is_of_family(key))
			judge_useless(diag, grade_of_key(in, var), var, key->hint);
		break;
	}
}

/* One message for all keys of a family; NULL if the file has none of them. */
static const struct shellvar *first_of_family(const struct shellvars *vars,
					      const char *hint, size_t *ret_n)
{
	const struct shellvar *first = NULL;

	*ret_n = 0;
	for (size_t i = 0; i < vars->n; i++) {
		const struct ifcfg_key *key = ifcfg_key_find(vars->vars[i].key);

		if (!key || key->hint != hint || !*vars->vars[i].value ||
		    vars->vars[i].stray)
			continue;
		first = first ? first : &vars->vars[i];
		*ret_n += shellvar_is_first(vars, &vars->vars[i]);
	}
	return first;
}

/*
 * Two keys of SUSE's are not an accident: the other keys have other meanings, too. But
 * cloud-init writes for both: if there is ONBOOT, which SUSE does not have, so are Red
 * Hat's keys.
 */
static void judge_families(struct diag *diag, const struct shellvars *vars)
{
	const struct shellvar *first;
	size_t n;

	first = first_of_family(vars, ifcfg_hint_wireless, &n);
	if (first)
		judge_useless(diag, DIAG_WARNING, first, ifcfg_hint_wireless);
	first = first_of_family(vars, ifcfg_hint_suse, &n);
	if (!first)
		return;
	if (n == 1 || shellvar_get(vars, "ONBOOT")) {
		judge_useless(diag, DIAG_WARNING, first, ifcfg_hint_suse);
	} else {
		diag_error(diag, first->pos, "this looks like an ifcfg file of SUSE");
		diag_hint(diag, "ifcfg-bond(5) has the keys that are needed here");
	}
}

static bool is_key_used(const char *key)
{
	const struct ifcfg_key *row = ifcfg_key_find(key);

	return row && row->grade == KEY_USED && strcmp(row->name, "NAME") != 0;
}

/* The value was meant to be what the default is anyway. */
static bool is_default_value(const struct shellvar *var)
{
	return strcmp(var->key, "BOOTPROTO") == 0 && var->flaw == SHELLVAR_STRAY &&
	       (strcasecmp(var->stray, "none") == 0 ||
		strcasecmp(var->stray, "static") == 0);
}

/*
 * An assignment that is not in force is an error if the interface would be useless, or a
 * different one. Without an assignment that a shell would have computed, it would be
 * different; without one that bash did not make, it was what it is now, unless it is
 * vital.
 */
static enum diag_grade flaw_grade(const struct shellvars *vars,
				  const struct shellvar *var)
{
	const struct shellvar *sound = shellvar_get(vars, var->key);

	if (sound > var || is_default_value(var))
		return DIAG_WARNING;
	switch (var->flaw) {
	case SHELLVAR_SOUND:
	case SHELLVAR_STRAY:
	case SHELLVAR_UNSET:
		return (ifcfg_key_has(var->key, KEY_VITAL) ||
			iface_needs_key(vars, var->key, var->value)) &&
				       !sound
			       ? DIAG_ERROR
			       : DIAG_WARNING;
	case SHELLVAR_COMPUTED:
	case SHELLVAR_CONDITIONAL:
		return ifcfg_key_has(var->key, KEY_MATTERS) ? DIAG_ERROR : DIAG_WARNING;
	case SHELLVAR_OPEN:
		return is_key_used(var->key) ? DIAG_ERROR : DIAG_WARNING;
	}
	return DIAG_ERROR;
}

/* @out: the words after the blank, without their quotes. */
static void plain_words(const struct shellvar *var, struct strbuf *out)
{
	for (const char *c = var->hint; *c; c++)
		if (!strchr("\"'", *c))
			strbuf_addc(out, *c);
}

static void hint_stray(struct diag *diag, const struct shellvar *var)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY, line = STRBUF_EMPTY;
	const struct ifcfg_key *key = ifcfg_key_find(var->key);
	const char *quote;

	plain_words(var, &words);
	quote = strpbrk(strbuf_text(&words), " \t") ? "\"" : "";
	if (!*var->value) {
		diag_hint(diag,
			  "write %s=%s%s%s, without the blank after the =", var->key,
			  quote, strbuf_text(&words), quote);
		return;
	}
	if (key && !(key->traits & KEY_TEXT)) {
		diag_hint(diag, "remove the blank, or what comes after it: the value is "
				"one word");
		return;
	}
	strbuf_addf(&line, "%s %s", var->value, strbuf_text(&words));
	bond_hint_quotes(diag, var->key, strbuf_text(&line));
}

/*
 * `NAME=bond0 slave 1` made bash run `slave`, which failed unnoticed: hosts boot with
 * such files.
 */
static void tell_flawed_key(struct diag *diag, enum diag_grade grade,
			    const struct shellvar *var, const char *also)
{
	struct pos pos = { var->pos.file,
			   var->flaw_line ? var->flaw_line : var->pos.line };

	if (var->flaw == SHELLVAR_STRAY) {
		diag_add(diag, grade, pos,
			 "%s has no value: it ends at the blank, and '%s' would be run "
			 "as a command",
			 var->key, var->stray);
		hint_stray(diag, var);
		return;
	}
	if (var->flaw == SHELLVAR_UNSET && *var->value)
		diag_add(diag, grade, pos, "%s=%s has no effect: %s%s", var->key,
			 var->value, _(var->stray), also);
	else
		diag_add(diag, grade, pos, "%s has no value: %s%s", var->key,
			 _(var->stray), also);
	diag_hint(diag, "%s", _(var->hint));
}

/* More kinds than the parser knows. */
#define CAUSES_MAX 16

/*
 * struct cause - assignments that are not made for the same reason, as in files written
 * like that throughout
 */
struct cause {
	const struct shellvar *first;
	enum diag_grade grade;
	struct lines lines;
};

/* struct causes - those of a file */
struct causes {
	struct cause of[CAUSES_MAX];
	size_t n;
};

static void note_cause(struct causes *causes, const struct shellvar *var,
		       enum diag_grade grade)
{
	size_t i = 0;

	while (i < causes->n && strcmp(causes->of[i].first->stray, var->stray) != 0)
		i++;
	if (i == CAUSES_MAX)
		return;
	if (i == causes->n)
		causes->of[causes->n++] = (struct cause){ .first = var, .grade = grade };
	if (grade == DIAG_ERROR)
		causes->of[i].grade = grade; /* of all of them */
	lines_add(&causes->of[i].lines, var->pos.line);
}

static void tell_causes(struct diag *diag, const struct causes *causes)
{
	for (size_t i = 0; i < causes->n; i++) {
		const struct cause *cause = &causes->of[i];
		_cleanup_strbuf_ struct strbuf also = STRBUF_EMPTY;

		lines_also(&cause->lines, &also);
		tell_flawed_key(diag, cause->grade, cause->first, strbuf_text(&also));
	}
}

static const char command_separators[] = " \t\n;";

/* Skips blanks, command separators, and comments. */
static const char *skip_to_command(const char *body)
{
	body += strspn(body, command_separators);
	while (*body == '#') {
		body += strcspn(body, "\n");
		body += strspn(body, command_separators);
	}
	return body;
}

/* Whether it contains "return 1", whatever surrounds it. */
static bool returns_one(const char *body)
{
	static const char *const words[] = { "return", "1" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t len = strlen(words[i]);

		body = skip_to_command(body);
		if (strncmp(body, words[i], len) != 0 ||
		    strcspn(body, command_separators) != len)
			return false;
		body += len;
	}
	return !*skip_to_command(body);
}

static bool is_carrier_test(const struct shell_block *block)
{
	return block->is_function && strcmp(block->word, "check_link_down") == 0 &&
	       returns_one(block->body);
}

bool iface_skips_carrier_test(const struct shellvars *vars)
{
	for (const struct shell_block *block = vars->blocks; block; block = block->next)
		if (is_carrier_test(block))
			return true;
	return false;
}

/*
 * The first key in a block that matters. @at: where to start, in the order of the blocks.
 */
static const struct shellvar *find_worst(const struct shellvars *vars,
					 const struct shell_block *block, size_t *at)
{
	const struct shellvar *worst = NULL;

	for (; *at < vars->n; ++*at) {
		const struct shellvar *var = &vars->vars[*at];

		if (var->block && var->block != block)
			break;
		if (!worst && var->block && flaw_grade(vars, var) == DIAG_ERROR)
			worst = var;
	}
	return worst;
}

/* One message for a block, however long it is, which names the most important key. */
static void judge_block(struct diag *diag, const struct shell_block *block,
			const struct shellvar *worst)
{
	if (worst) {
		diag_error(diag, block->pos,
			   "%s is set by shell code ('%s'); this file is data and is "
			   "not run",
			   worst->key, block->word);
		diag_hint(diag, "write what holds for this host as plain NAME=value");
		return;
	}
	if (is_carrier_test(block)) {
		diag_warning(diag, block->pos,
			     "the function '%s' is not run, but DHCP does not wait for "
			     "the carrier, as it asks for",
			     block->word);
		diag_hint(diag, "remove it if the card reports its carrier");
		return;
	}
	diag_warning(diag, block->pos,
		     "%s'%s' is shell code and ignored; this file is data and is not run",
		     block->is_function ? _("the function ") : "", block->word);
	diag_hint(diag, "move it into a hook, or remove it");
}

void iface_judge_flaws(struct diag *diag, const struct shellvars *vars)
{
	struct causes causes = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (!var->flaw || var->block || bond_judge_open(diag, vars, var))
			continue;
		if (var->flaw == SHELLVAR_UNSET)
			note_cause(&causes, var, flaw_grade(vars, var));
		else
			tell_flawed_key(diag, flaw_grade(vars, var), var, "");
	}
	tell_causes(diag, &causes);
	for (const struct shell_block *block = vars->blocks; block; block = block->next)
		judge_block(diag, block, find_worst(vars, block, &at));
}

static void judge_vars(struct judging *in)
{
	const struct shellvars *vars = in->vars;

	iface_judge_flaws(in->diag, vars);
	for (size_t i = 0; i < vars->n; i++)
		if (!vars->vars[i].stray && may_be_reported(vars->vars[i].key) &&
		    shellvar_is_first(vars, &vars->vars[i]))
			judge_key(in, shellvar_get(vars, vars->vars[i].key));
	if (in->has_family)
		judge_families(in->diag, vars);
	strbuf_release(&in->slips.meant);
}

void iface_judge_vars(struct diag *diag, const struct shellvars *vars)
{
	struct judging in = { .diag = diag,
			      .vars = vars,
			      .slips = { .meant = STRBUF_EMPTY } };

	judge_vars(&in);
}

static void tell_findings(struct loader *loader, const struct ifcfg *file)
{
	if (!loader->is_trial)
		diag_merge(loader->diag, ifcfg_findings(file));
}

void iface_judge_keys(struct loader *loader, const struct ifcfg *file)
{
	struct judging in = { .diag = loader->diag,
			      .vars = ifcfg_vars(file),
			      .lacks_mode = bond_lacks_mode(loader, file),
			      .is_missing =
				      kind_is_missing(loader->options, file->device),
			      .slips = { .meant = STRBUF_EMPTY } };

	tell_findings(loader, file);
	judge_vars(&in);
}

void iface_judge_syntax(struct loader *loader, const struct ifcfg *file)
{
	tell_findings(loader, file);
	iface_judge_flaws(loader->diag, ifcfg_vars(file));
}
