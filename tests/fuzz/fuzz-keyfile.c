/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: profiles of NetworkManager into ifcfg files. Each profile of the input begins
 * with a line "== NAME".
 */
#include "lib/carry/import.h"
#include "parsers/shellvar.h"
#include "tests/fuzz/fuzz.h"

#define MAX_PROFILES 8

/* struct profiles - those that could be read */
struct profiles {
	struct import_profile list[MAX_PROFILES];
	size_t n;
};

static void add_profile(struct drafts *drafts, const char *name, char *text,
			struct profiles *profiles)
{
	/* fmemopen() refuses an empty buffer. */
	FILE *file = *text ? fmemopen(text, strlen(text), "r") : fmemopen(text, 1, "r");

	must(file);
	if (keyfile_read(file, name, drafts->arena, drafts->diag,
			 &profiles->list[profiles->n].keyfile) == 0)
		profiles->n++;
	fclose(file);
}

static void read_profiles(struct drafts *drafts, const uint8_t *data, size_t size,
			  struct profiles *ret)
{
	char *rest = arena_strndup(drafts->arena, (const char *)data, size), *text;
	const char *name;

	while (ret->n < MAX_PROFILES &&
	       (text = fuzz_section(&rest, drafts->arena, &name)))
		add_profile(drafts, name, text, ret);
}

/* What is written says nothing but assignments. */
static void is_plain(const struct drafts *drafts, const struct model_draft *draft)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct shellvars vars;

	if (strncmp(draft->name, "ifcfg-", 6) != 0)
		return;
	must(!strchr(draft->name, '/'));
	must(shellvar_parse(draft->text, strlen(draft->text), draft->name, NULL,
			    drafts->arena, drafts->arena, diag, &vars) == 0);
	must(vars.n && !vars.blocks && !diag_errors(diag));
	for (size_t i = 0; i < vars.n; i++)
		must(vars.vars[i].flaw == SHELLVAR_SOUND);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* There are no files, so each is a new one. */
	const struct model_options options = { .sysconfig = "/dev/null",
					       .insecure = true };
	_cleanup_drafts_ struct drafts drafts = { 0 };
	_cleanup_diag_ struct diag *diag = diag_new();
	struct profiles profiles = { .n = 0 };
	int r;

	drafts_init(&drafts, &options, diag);
	read_profiles(&drafts, data, size, &profiles);
	r = import_profiles(profiles.list, profiles.n, &drafts);
	must(r == 0 || diag_errors(diag));
	for (size_t i = 0; r == 0 && i < drafts.n; i++)
		is_plain(&drafts, &drafts.list[i]);
	return 0;
}
