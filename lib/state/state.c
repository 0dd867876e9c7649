/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state kept between runs, in /run: what we made, as text. */
#include "lib/state/state.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"
#include "lib/state/failed.h"

/* ---- reading ---- */

static char *state_path(const struct state *state, const char *name)
{
	return memory_printf("%s/%s", state->dir, name);
}

/* *@ret is "" if there is no such file. Return: 0; a negative errno, reported. */
static int read_state_text(const char *path, struct diag *diag, char **ret)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	int r = file_read(path, FILE_LINES_MAX, &text, NULL);

	/*
	 * The file may hold secrets. Other users than root cannot change anything, and do
	 * without it.
	 */
	if (r == -EACCES && geteuid() != 0)
		r = -ENOENT;
	if (r < 0 && r != -ENOENT) {
		diag_error(diag, (struct pos){ path, 0 }, _("cannot be read: %s"),
			   file_error(r));
		diag_hint(
			diag,
			"remove it, and with it the record of what earlier runs created");
	}
	if (r < 0 && r != -ENOENT)
		return r;
	*ret = strbuf_take(&text);
	return 0;
}

int state_load(struct state *state, const char *dir, struct diag *diag,
	       struct snapshot **ret)
{
	return state_load_if(state, dir, "", diag, ret);
}

int state_load_if(struct state *state, const char *dir, const char *word,
		  struct diag *diag, struct snapshot **ret)
{
	_cleanup_diag_ struct diag *findings = diag_new();
	_cleanup_free_ char *path = NULL;
	int r;

	state->dir = dir;
	path = state_path(state, "state");
	free(state->text);
	state->text = NULL;
	r = read_state_text(path, diag, &state->text);
	if (r < 0)
		return r;
	r = snapshot_read_text(strstr(state->text, word) ? state->text : "", path,
			       findings, ret);
	if (r != -EINVAL)
		return r;
	diag_warning(
		diag, (struct pos){ path, 0 },
		_("the state file is damaged: cannot tell what earlier runs created"));
	diag_hint(diag, "addresses that the files no longer name may stay; remove them "
			"with ip(8)");
	*ret = snapshot_new();
	return 0;
}

/* ---- writing ---- */

/* Borrows the options that @to does not have; or all of them if @anyway. */
static void add_missing_options(struct snapshot *to, const struct option_values *from,
				struct option_values **values, bool anyway)
{
	if (!from)
		return;
	if (!*values)
		*values = option_values_new(from->table, to->arena);
	for (size_t id = 0; id < from->table->n; id++)
		if (from->of[id].is_set && (anyway || !(*values)->of[id].is_set))
			(*values)->of[id] = from->of[id];
}

static void add_all_missing_options(struct snapshot *to, struct snap_link *link,
				    const struct snap_link *from)
{
	if (from->port)
		snapshot_make_port(to, link);
	if (from->options)
		add_missing_options(to, from->options,
				    snap_link_options_place(link, from->options->table),
				    false);
	add_missing_options(to, from->refused, &link->refused, true);
	if (from->port_options)
		add_missing_options(
			to, from->port_options,
			snap_link_options_place(link, from->port_options->table), false);
	if (from->port)
		add_missing_options(to, from->port->options, &link->port->options, true);
}

static void add_missing_dns(struct snapshot *to, struct snap_link *link,
			    const struct snap_link *from)
{
	if (!from->dns)
		return;
	if (link->dns)
		dns_merge(link->dns, to->arena, from->dns);
	else
		snapshot_set_dns(to, link, from->dns);
}

/* Programs are remembered only after they have run. */
static void add_missing(struct snapshot *to, const struct snap_link *from)
{
	struct snap_link *link = snapshot_link(to, from->name);

	if (!link)
		link = snapshot_add_link(to, from->name, 0);
	if (*from->kind)
		link->kind = from->kind;
	if (from->down_with)
		link->down_with = from->down_with;
	link->unfinished |= from->unfinished;
	link->hooks_due |= from->hooks_due;
	if (!link->zone)
		link->zone = from->zone;
	if (!ip_is_set(&link->token))
		link->token = from->token;
	add_all_missing_options(to, link, from);
	for (const struct snap_addr *addr = from->addrs; addr; addr = addr->next)
		if (!snap_link_addr(link, &addr->addr, addr->prefix_len))
			snapshot_add_addr(to, link, addr);
	for (const struct route *route = from->routes; route; route = route->next)
		if (!snap_link_route(link, route))
			snapshot_add_route(to, link, route);
	for (const struct rule *rule = from->rules; rule; rule = rule->next)
		if (!snap_link_rule(link, rule))
			snapshot_add_rule(to, link, rule);
	for (const struct snap_client *at = from->clients; at; at = at->next)
		if (!snap_link_client(link, at->family))
			snapshot_add_client(to, link, at);
	add_missing_dns(to, link, from);
}

/* Adds programs that had been run before. */
static void add_missing_runs(struct snapshot *to, const struct snap_link *from)
{
	struct snap_link *link = snapshot_link(to, from->name);

	for (const struct snap_run *run = from->runs; run; run = run->next)
		if (!snap_link_run(link, run->argv))
			snapshot_add_run(to, link, run->argv);
}

/* Adds what was there before our first change, whether known earlier or only now. */
static void add_missing_resolver(struct snapshot *to, const struct snapshot *from)
{
	for (size_t i = 0; i < to->n_links; i++)
		if (to->links[i]->dns)
			return;
	snapshot_set_resolver(to, &from->resolver);
}

void state_bring_back(struct snapshot *made, const struct snapshot *before,
		      const char *name, bool instead)
{
	const struct snap_link *was = snapshot_link(before, name);
	struct snap_link *now = snapshot_link(made, name);

	if (now && instead)
		snapshot_remove_link(made, now);
	if (was && was->dns)
		add_missing_resolver(made, before);
	if (!was)
		return;
	add_missing(made, was);
	add_missing_runs(made, was);
	/* The mark of an earlier unfinished run is over: this run has come to its end. */
	if (!instead)
		snapshot_link(made, name)->unfinished = false;
}

/* Return: 0; a negative errno, and *@ret must be freed as well. */
static int try_text(const struct snapshot *made, char **ret)
{
	size_t len;
	FILE *out = open_memstream(ret, &len);
	int r;

	if (!out)
		return -errno;
	r = snapshot_write_text(made, out);
	if (ferror(out))
		r = -EIO;
	return fclose(out) != 0 || !*ret ? -EIO : r; /* glibc may have none and succeed */
}

/* The text of the state file. */
static char *state_text(const struct snapshot *made)
{
	char *text = NULL;

	while (try_text(made, &text) < 0) {
		free(text);
		text = NULL;
		if (!memory_release())
			memory_end();
	}
	return text;
}

static char *text_of_both(const struct snapshot *made, const struct snapshot *also)
{
	_cleanup_snapshot_ struct snapshot *both = snapshot_clone(made);
	add_missing_resolver(both, also);

	for (size_t i = 0; i < also->n_links; i++)
		add_missing(both, also->links[i]);
	return state_text(both);
}

int state_save(struct state *state, const struct snapshot *made,
	       const struct snapshot *also, struct diag *diag)
{
	_cleanup_free_ char *text = also ? text_of_both(made, also) : state_text(made);
	_cleanup_free_ char *path = state_path(state, "state");
	int r;

	if (strcmp(text, state->text) == 0)
		return 0;
	r = file_replace(path, text);
	if (r < 0)
		return state_failed(diag, path, _("be written"), r);
	free(state->text);
	state->text = TAKE_PTR(text);
	return 0;
}

void state_release(struct state *state)
{
	free(state->text);
	state->text = NULL;
	state_unlock(state);
}
