/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl capture: writes files for the running configuration. */
#include "lib/carry/capture.h"

#include <errno.h>
#include <string.h>

#include "lib/base/memory.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/write.h"

/* struct capture_settings - @force: also if there is a file already */
struct capture_settings {
	bool write, force;
};

/* struct capturing - the kernel's state, and the selected links */
struct capturing {
	struct ctl *ctl;
	struct snapshot *have;
	struct drafts drafts;
	struct ifcfg_dir dir;
	bool *is_meant;
};

/* Links of a virtual machine come and go with it. */
static bool is_of_guest(const struct snap_link *link)
{
	return link->tun && link->carrier;
}

static void mean_ports(struct capturing *c, int master)
{
	for (size_t i = 0; i < c->have->n_links; i++)
		if (c->have->links[i]->master == master &&
		    !is_of_guest(c->have->links[i]))
			c->is_meant[i] = true;
}

static int mean_named(struct capturing *c, const char *name)
{
	struct diag *diag = c->ctl->run.diag;
	size_t i = 0;

	while (i < c->have->n_links && strcmp(c->have->links[i]->name, name) != 0)
		i++;
	if (i == c->have->n_links) {
		diag_error(diag, (struct pos){ 0 }, "there is no interface %s", name);
		return -ENOENT;
	}
	if (!capture_knows(c->have->links[i])) {
		diag_error(diag, (struct pos){ 0 },
			   "%s is a %s, for which there are no ifcfg files here", name,
			   c->have->links[i]->kind);
		return -EINVAL;
	}
	c->is_meant[i] = true;
	mean_ports(c, c->have->links[i]->ifindex);
	return 0;
}

static bool is_link_meant(const struct capturing *c, int ifindex)
{
	for (size_t i = 0; ifindex && i < c->have->n_links; i++)
		if (c->have->links[i]->ifindex == ifindex)
			return c->is_meant[i];
	return false;
}

/* Selects what is above or below a selected link. Return: whether there was any. */
static bool mean_more(struct capturing *c)
{
	bool any = false;

	for (size_t i = 0; i < c->have->n_links; i++) {
		const struct snap_link *link = c->have->links[i];
		bool meant =
			is_link_meant(c, link->master) ||
			(snap_link_is_stacked(link) && is_link_meant(c, link->parent));

		for (size_t k = 0; k < c->have->n_links && !meant; k++)
			meant = c->is_meant[k] &&
				c->have->links[k]->master == link->ifindex;
		if (!meant || c->is_meant[i] || !capture_knows(link) || is_of_guest(link))
			continue;
		c->is_meant[i] = any = true;
	}
	return any;
}

/* The bonds, their ports, and what is stacked on them. */
static void mean_bonds(struct capturing *c)
{
	for (size_t i = 0; i < c->have->n_links; i++)
		c->is_meant[i] = snap_bond(c->have->links[i]);
	while (mean_more(c))
		;
}

/* Rules, and routes without a device or with several, do not belong to an interface. */
static void tell_of_nobodys(struct capturing *c)
{
	const struct snap_link *nowhere = c->have->nowhere;
	struct diag *diag = c->ctl->run.diag;

	for (const struct rule *rule = nowhere->rules; rule; rule = rule->next) {
		_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

		rule_format(rule, &words);
		diag_warning(diag, (struct pos){ 0 }, "a rule is skipped:%s",
			     strbuf_text(&words));
		diag_hint(diag, "it belongs to no interface: put the words into a file "
				"rule-INTERFACE");
	}
	for (const struct route *route = nowhere->routes; route; route = route->next) {
		_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY;

		if (route->protocol != RTPROT_BOOT && route->protocol != RTPROT_STATIC)
			continue;
		route_format(route, &words);
		diag_warning(diag, (struct pos){ 0 }, "a route is skipped: %s",
			     strbuf_text(&words));
		diag_hint(diag, "it belongs to no single interface: put the words into a "
				"file route-INTERFACE");
	}
}

static int capture_meant(struct capturing *c)
{
	int r = 0;

	for (size_t i = 0; i < c->have->n_links && r == 0; i++)
		if (c->is_meant[i])
			r = capture_link(c->have, c->have->links[i], &c->dir, &c->drafts);
	for (size_t i = 0; i < c->have->n_links && r == 0; i++)
		if (c->is_meant[i])
			r = write_judge(c->ctl, &c->drafts, c->have->links[i]->name);
	return r;
}

/* There may be none yet, and mistakes in them do not matter here. */
static int read_present_files(struct capturing *c)
{
	_cleanup_diag_ struct diag *unheard = diag_new();
	int r = bind_read(&c->ctl->run.devices, &c->drafts.options, c->drafts.arena,
			  unheard, &c->dir);

	return r == -ENOENT ? 0 : r;
}

static int choose_links(struct capturing *c, int n, char **words)
{
	int r = write_look(c->ctl, &c->have);

	if (r == 0)
		r = read_present_files(c);
	if (r < 0)
		return r;
	c->is_meant = memory_zeroed(c->have->n_links + 1, sizeof(*c->is_meant));
	for (int i = 0; i < n && r == 0; i++)
		r = mean_named(c,
			       ctl_device_of(c->ctl, c->have, words[i], c->drafts.arena));
	if (!n)
		mean_bonds(c);
	return r;
}

static void release_capturing(struct capturing *c)
{
	ifcfg_dir_release(&c->dir);
	drafts_release(&c->drafts);
	snapshot_free(c->have);
	free(c->is_meant);
}

static int capture(struct ctl *ctl, int n, char **words)
{
	const struct capture_settings *settings = ctl->settings;
	_cleanup_(release_capturing) struct capturing c = { .ctl = ctl };
	int r = write_begin(ctl, settings->write, &c.drafts);

	if (r == 0)
		r = choose_links(&c, n, words);
	if (r == 0)
		r = capture_meant(&c);
	if (r == 0)
		tell_of_nobodys(&c);
	if (r == 0 && settings->write && !settings->force)
		r = write_judge_old(&c.drafts);
	if (r == 0 && settings->write)
		r = drafts_write(&c.drafts);
	if (r == 0 && !settings->write)
		r = drafts_show(&c.drafts, stdout);
	return r < 0 ? write_failed(r) : EXIT_DONE;
}

static const struct ctl_option capture_options[] = {
	{ .name = "write",
	  .what = N_("write the files instead of printing them"),
	  .flag = offsetof(struct capture_settings, write) },
	{ .name = "force",
	  .what = N_("replace existing files"),
	  .flag = offsetof(struct capture_settings, force) },
	{ 0 },
};

const struct ctl_command ctl_capture = {
	.name = "capture",
	.args = "[NAME]...",
	.what = N_("print or write files for the running configuration"),
	.example = "capture bond0",
	.first = &offer_links,
	.more = &offer_links,
	.options = capture_options,
	.settings_size = sizeof(struct capture_settings),
	.max_words = CTL_MANY,
	.run = capture,
};
