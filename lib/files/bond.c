/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads the bond's part of its file. */
#include "lib/files/bond.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/typo.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/kind.h"
#include "lib/model/option-load.h"

/* ---- BONDING_OPTS and similar keys ---- */

/*
 * Assignments of options on several lines look like one list, but each replaces the
 * previous one.
 */
static void judge_options_again(const struct source *src)
{
	const struct shellvars *vars = ifcfg_vars(src->file);
	const struct shellvar *before = NULL;

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (var->stray || strcmp(var->key, "BONDING_OPTS") != 0)
			continue;
		if (before && *before->value && !var->appends &&
		    before->pos.file == var->pos.file) {
			diag_warning(src->diag, var->pos,
				     "BONDING_OPTS given again: line %u replaces line %u",
				     var->pos.line, before->pos.line);
			diag_hint(src->diag, "put all options into one line, or write "
					     "BONDING_OPTS+=\" …\"");
		}
		before = var;
	}
}

static bool is_port_of(const struct source *src, const char *port)
{
	struct ifcfg_span found = ifcfg_dir_find(&src->loader->dir, FIND_DEVICE, port);

	for (size_t i = 0; i < found.n; i++)
		if (found.files[i]->master &&
		    strcmp(found.files[i]->master, src->file->device) == 0)
			return true;
	return false;
}

static void tell_port_without_file(const struct source *src, const struct shellvar *var,
				   const char *port)
{
	diag_warning(src->diag, var->pos,
		     "%s=%s has no effect: no file says that %s is a port of %s",
		     var->key, var->value, port, src->file->device);
	diag_hint(src->diag, "write MASTER=%s and SLAVE=yes into ifcfg-%s",
		  src->file->device, port);
}

/*
 * BONDING_SLAVE0=ens160, as cloud-init writes it, or BONDING_SLAVES="ens160 ens256": what matters is
 * the port's own file. The first port without a file is reported.
 */
static void judge_slave_key(const struct source *src, const struct shellvar *var)
{
	const char **ports = source_split(src, NULL, var->value);

	for (; ports && *ports; ports++)
		if (!is_port_of(src, *ports)) {
			tell_port_without_file(src, var, *ports);
			return;
		}
}

static void judge_slave_keys(const struct source *src)
{
	const struct shellvars *vars = ifcfg_vars(src->file);

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];

		if (strncmp(var->key, "BONDING_SLAVE", 13) == 0 && *var->value &&
		    !var->stray && shellvar_get(vars, var->key) == var)
			judge_slave_key(src, var);
	}
}

/* ---- options outside BONDING_OPTS ---- */

static bool is_exact_option(const char *key)
{
	return option_find(&bond_table, key) || option_find(&bond_port_table, key);
}

/* The option that @key is in other letters, capital or small; NULL if there is none. */
static const char *option_in_other_case(const char *key)
{
	const char *nearest = option_nearest(&bond_table, key);

	return nearest && strcasecmp(nearest, key) == 0 ? nearest : NULL;
}

/* The option as the driver spells it; it is one. */
static const char *option_spelling(const char *key)
{
	return is_exact_option(key) ? key : option_in_other_case(key);
}

bool bond_is_option(const char *key)
{
	return is_exact_option(key) || option_in_other_case(key);
}

bool bond_is_like_options(const char *key)
{
	return strncasecmp(key, "BOND", 4) == 0 || typo_is_near(key, "BONDING_OPTS");
}

static bool is_about_mode(const char *key)
{
	return strcasecmp(key, bond_table.rows[BOND_OPT_MODE].name) == 0;
}

/* BONDING_OPTS=mode=1 miimon=100 is two assignments. */
static const struct shellvar *options_on_line(const struct shellvars *vars,
					      const struct shellvar *var)
{
	const struct pos pos = var->pos;
	const struct shellvar *found = NULL;

	while (var > vars->vars && var[-1].pos.line == pos.line &&
	       var[-1].pos.file == pos.file)
		if (strcmp((--var)->key, "BONDING_OPTS") == 0)
			found = var;
	return found;
}

static bool is_first_on_line(const struct shellvar *options, const struct shellvar *var)
{
	for (const struct shellvar *other = options + 1; other < var; other++)
		if (bond_is_option(other->key))
			return false;
	return true;
}

static bool ends_list(const char *at)
{
	at += strspn(at, ",;");
	return !*at || *at == ' ' || *at == '\t';
}

void bond_hint_quotes(struct diag *diag, const char *key, const char *value)
{
	const bool is_list = strcmp(key, "BONDING_OPTS") == 0;
	_cleanup_strbuf_ struct strbuf tidy = STRBUF_EMPTY;

	for (; *value; value++)
		if (!is_list || !strchr(",;", *value) || !ends_list(value))
			strbuf_addc(&tidy, *value);
	diag_hint(diag, "put the value in quotes: %s=\"%s\"", key, strbuf_text(&tidy));
}

static void hint_line(struct diag *diag, const struct shellvars *vars,
		      const struct shellvar *options)
{
	_cleanup_strbuf_ struct strbuf line = STRBUF_EMPTY;

	strbuf_add(&line, options->value);
	for (const struct shellvar *var = options + 1;
	     var < vars->vars + vars->n && var->pos.line == options->pos.line &&
	     var->pos.file == options->pos.file;
	     var++)
		if (bond_is_option(var->key))
			strbuf_addf(&line, "%s%s=%s", line.len ? " " : "",
				    option_spelling(var->key), var->value);
	bond_hint_quotes(diag, "BONDING_OPTS", strbuf_text(&line));
}

/* Whether @text, from BONDING_OPTS, contains a mode. */
static bool has_mode_word(const char *text)
{
	return strncmp(text, "mode=", 5) == 0 || strstr(text, " mode=");
}

static bool is_lost_mode(const struct shellvars *vars, const struct shellvar *var)
{
	const struct shellvar *options =
		is_about_mode(var->key) ? options_on_line(vars, var) : NULL;

	return options && !has_mode_word(options->value);
}

/* The text of a mode in BONDING_OPT="miimon=100 mode=1", MODE=1 or the like; or NULL. */
static const char *find_mode(const struct shellvar *var)
{
	const char *at = var->value;

	if (is_about_mode(var->key))
		return var->value;
	if (!bond_is_like_options(var->key) || bond_is_option(var->key))
		return NULL;
	if (!strchr(at, '=') && strcasestr(var->key, "mode"))
		return at;
	while ((at = strstr(at, "mode=")) && at != var->value &&
	       !strchr(" ,;\"'", at[-1]))
		at++;
	return at ? at + strlen("mode=") : NULL;
}

bool bond_is_mode(const struct shellvar *var)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct option_row *row = &bond_table.rows[BOND_OPT_MODE];
	struct option_value value = { 0 };
	const char *text = find_mode(var), *why;

	if (!text)
		return false;
	text = arena_strndup(arena, text, strcspn(text, " ,;\"'"));
	return (option_value_parse(&bond_table, row, text, arena, &value, &why) < 0 ||
		value.num != BOND_MODE_BALANCE_RR);
}

static bool is_of_bond(const struct loader *loader, const struct ifcfg *file)
{
	return file->device && !file->master && !kind_says_no_bond(file) &&
	       (kind_has_bond_keys(file) ||
		ifcfg_dir_find(&loader->dir, FIND_MASTER, file->device).n);
}

bool bond_lacks_mode(struct loader *loader, const struct ifcfg *file)
{
	const char *text = ifcfg_value(&loader->dir, file, "BONDING_OPTS");

	if (!is_of_bond(loader, file) || (text && has_mode_word(text)))
		return false;
	return !loader->driver->of[BOND_OPT_MODE].is_set &&
	       !host_driver(loader->options, file->device);
}

void bond_judge_option(struct diag *diag, enum diag_grade grade,
		       const struct shellvars *vars, const struct shellvar *var)
{
	const struct shellvar *options = options_on_line(vars, var);

	if (!options) {
		diag_add(diag, grade, var->pos, "unknown key '%s' has no effect",
			 var->key);
		diag_hint(diag, "it is an option of bonds: BONDING_OPTS=\"… %s=%s\"",
			  option_spelling(var->key), var->value);
		return;
	}
	if (!is_lost_mode(vars, var) && !is_first_on_line(options, var))
		return;
	diag_add(diag, is_lost_mode(vars, var) ? DIAG_ERROR : DIAG_WARNING, var->pos,
		 "BONDING_OPTS ends at the blank: '%s' after it has no effect", var->key);
	hint_line(diag, vars, options);
}

bool bond_judge_open(struct diag *diag, const struct shellvars *vars,
		     const struct shellvar *var)
{
	if (var->flaw != SHELLVAR_OPEN || !bond_is_option(var->key) ||
	    !options_on_line(vars, var))
		return false;
	diag_add(diag, is_lost_mode(vars, var) ? DIAG_ERROR : DIAG_WARNING, var->pos,
		 "BONDING_OPTS ends at the blank: '%s' after it has no effect", var->key);
	diag_hint(diag, "the quote at the end has none before the value: "
			"BONDING_OPTS=\"…\"");
	return true;
}

/*
 * Whether there are options that have no effect because of a mistake, which is reported.
 */
static bool has_options_astray(struct loader *loader, const struct ifcfg *file,
			       bool *ret_mode)
{
	const struct shellvars *vars = ifcfg_vars(file);
	const bool lacks_mode = bond_lacks_mode(loader, file);
	bool found = false;

	for (size_t i = 0; i < vars->n; i++) {
		const struct shellvar *var = &vars->vars[i];
		const struct ifcfg_key *key = ifcfg_key_find(var->key);

		if (var->flaw == SHELLVAR_OPEN && bond_is_option(var->key))
			found = true;
		if (var->stray || !*var->value || (key && key->grade != KEY_NOT))
			continue;
		found |= bond_is_option(var->key) || bond_is_like_options(var->key);
		*ret_mode |= is_lost_mode(vars, var) || (lacks_mode && bond_is_mode(var));
	}
	return found;
}

/* ---- the driver's defaults ---- */

int bond_read_driver(struct loader *loader, const char *parameters,
		     const struct option_values **ret)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	struct option_values *values = option_values_new(&bond_table, loader->arena);
	struct bond_port_wishes ports = { 0 };

	*ret = values;
	return parameters ? options_load(parameters, (struct pos){ "modprobe.d", 0 },
					 loader->arena, unheard, values, &ports)
			  : 0;
}

static void tell_wrong_alias(struct loader *loader, const struct iface *bond,
			     const char *parameters)
{
	diag_error(loader->diag, bond->pos,
		   "modprobe.d has options of %s with a mode that is not one: '%s'",
		   bond->name, parameters);
	diag_hint(loader->diag,
		  "correct 'options %s' in /etc/modprobe.d, or write "
		  "BONDING_OPTS into the bond's file",
		  bond->name);
}

/* network-scripts loaded the driver by the name of a bond without BONDING_OPTS. */
static int find_driver(struct loader *loader, struct iface *bond)
{
	const char *parameters = host_driver(loader->options, bond->name);
	int r;

	bond->driver = loader->driver;
	if (!parameters)
		return 0;
	r = bond_read_driver(loader, parameters, &bond->driver);
	if (r < 0 || !bond->driver->is_wrong || bond->options->of[BOND_OPT_MODE].is_set)
		return r;
	tell_wrong_alias(loader, bond, parameters);
	bond->options->is_wrong = true;
	return 0;
}

static int inherit(struct loader *loader, struct iface *bond)
{
	int r = bond->options->is_wrong ? 0 : find_driver(loader, bond);

	if (bond->options->is_wrong)
		bond->driver = loader->driver;
	else if (r == 0)
		bond_options_inherit(bond->options, bond->driver);
	options_validate(bond->options, loader->diag);
	return r;
}

int bond_use_driver(struct loader *loader, struct iface *bond)
{
	return inherit(loader, bond);
}

/* ---- the file as a whole ---- */

/* Whether BONDING_OPTS has link monitoring that is not in force, which is reported. */
static bool lost_monitor(const char *options, const struct option_values *values)
{
	return options && !values->of[BOND_OPT_MIIMON].is_set &&
	       !values->of[BOND_OPT_ARP_INTERVAL].is_set &&
	       (strcasestr(options, "mon=") || strcasestr(options, "arp_i"));
}

int bond_read(const struct source *src, struct iface *iface)
{
	const char *options = source_value(src, "BONDING_OPTS");
	bool lost_mode = false, astray;
	int r = 0;

	judge_options_again(src);
	judge_slave_keys(src);
	if (options) {
		iface->options_pos = source_pos(src, "BONDING_OPTS");
		r = options_load(options, iface->options_pos, src->loader->arena,
				 src->diag, iface->options, &iface->port_wishes);
	}
	astray = has_options_astray(src->loader, src->file, &lost_mode);
	iface->options->is_wrong |= lost_mode;
	if (r == 0)
		r = inherit(src->loader, iface);
	if (!astray && !lost_monitor(options, iface->options) &&
	    (options ||
	     !(src->file->is_misnamed || ifcfg_is_astray(src->file, "BONDING_OPTS"))))
		bond_options_judge_monitor(iface->options, iface->name,
					   iface->options_pos, src->diag);
	return r;
}
