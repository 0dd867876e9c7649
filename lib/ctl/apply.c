/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ifcfgctl apply: writes the files of several interfaces at once, and brings them up. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/file.h"
#include "lib/base/language.h"
#include "lib/ctl/complete.h"
#include "lib/ctl/wishes.h"
#include "lib/ctl/write.h"

/* struct apply_settings - @plan: show what ifup -a would do, and change nothing */
struct apply_settings {
	struct write_settings write;
	bool plan;
};

/* Return: 0; a negative errno. */
static int read_input(struct strbuf *ret)
{
	char part[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, part, sizeof(part))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (ret->len + (size_t)n > FILE_SETTINGS_MAX)
			return -EFBIG;
		strbuf_addn(ret, part, (size_t)n);
	}
	return 0;
}

/* Return: 0; a negative errno, reported. */
static int read_description(struct ctl *ctl, const char *path, struct strbuf *ret)
{
	bool is_input = strcmp(path, "-") == 0;
	int r = is_input ? read_input(ret)
			 : file_read(path, FILE_SETTINGS_MAX, ret, NULL);

	if (r == 0 && memchr(strbuf_text(ret), '\0', ret->len))
		r = -EINVAL;
	if (r < 0)
		diag_error(ctl->run.diag, (struct pos){ path, 0 },
			   _("cannot be read: %s"), file_error(r));
	return r;
}

/* Uses the files as they will be. */
static int show_plan(struct ctl *ctl, const struct drafts *drafts)
{
	int status;

	ctl->run.options.model.drafts = drafts->list;
	status = ctl_print_plan(ctl, NULL);
	ctl->run.options.model.drafts = NULL;
	return status;
}

static int apply_description(struct ctl *ctl, int n, char **words)
{
	const struct apply_settings *settings = ctl->settings;
	bool writes = !settings->write.dry_run && !settings->plan;
	_cleanup_drafts_ struct drafts drafts = { 0 };
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	int r;

	(void)n;
	if (settings->plan && (settings->write.up || settings->write.dry_run))
		return ctl_usage(&ctl_apply,
				 "--plan goes neither with --up nor --dry-run");
	if (!write_settings_judge(&ctl_apply, &settings->write))
		return EXIT_USAGE;
	r = read_description(ctl, words[0], &text);
	if (r == 0)
		r = write_begin(ctl, writes, &drafts);
	if (r == 0)
		r = wishes_take(ctl, &drafts, strbuf_text(&text), words[0]);
	if (r == 0 && settings->plan)
		r = write_check(ctl, &drafts, settings->write.strict, NULL);
	if (r == 0 && settings->plan)
		return show_plan(ctl, &drafts);
	if (r < 0)
		return write_failed(r);
	return write_finish(ctl, &drafts, &settings->write, NULL);
}

static const struct ctl_option apply_options[] = {
	WRITE_OPTIONS,
	{ .name = "plan",
	  .what = N_("print what ifup -a would do; exit status 1 if anything"),
	  .flag = offsetof(struct apply_settings, plan) },
	{ 0 },
};

const struct ctl_command ctl_apply = {
	.name = "apply",
	.args = "FILE|-",
	.what = N_("write the files of the interfaces that JSON describes"),
	.example = "apply --dry-run wanted.json",
	.first = &offer_files,
	.options = apply_options,
	.settings_size = sizeof(struct apply_settings),
	.min_words = 1,
	.max_words = 1,
	.run = apply_description,
};
