/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints the keys of a file for helpers that are shell scripts. */
#include "lib/files/print-keys.h"

#include <errno.h>
#include <string.h>

#include "lib/base/argv.h"
#include "lib/files/find.h"
#include "lib/files/relate.h"

/* Variables that the shell uses itself, or passes on to everything it runs. */
static bool is_shells_own(const char *key)
{
	return text_lists("PATH IFS ENV SHELLOPTS CDPATH PS4 UID EUID PPID", key) ||
	       strncmp(key, "LD_", 3) == 0 || strncmp(key, "BASH", 4) == 0;
}

static void add_printed_key(struct strbuf *out, const char *key, const char *value)
{
	strbuf_addf(out, "%s=", key);
	strbuf_add_quoted(out, value);
	strbuf_addc(out, '\n');
}

static void add_printed_keys(struct strbuf *out, const struct ifcfg *file)
{
	add_printed_key(out, "CONFIG", file->name);
	for (size_t i = 0; i < ifcfg_vars(file)->n; i++) {
		const struct shellvar *var = &ifcfg_vars(file)->vars[i];

		if (!var->stray && !is_shells_own(var->key))
			add_printed_key(out, var->key, var->value);
	}
}

int model_print_keys(const struct model_options *options, const char *request,
		     struct diag *diag, struct strbuf *ret)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	const struct ifcfg *file;
	int r = ifcfg_dir_read(options, arena, diag, &dir);

	if (r < 0)
		return r;
	file = ifcfg_find(&dir, request);
	if (!file)
		return ifcfg_not_found(&dir, request, diag);
	diag_merge(diag, ifcfg_findings(file));
	if (diag_errors(diag))
		return -EINVAL;
	add_printed_keys(ret, file);
	return 0;
}
