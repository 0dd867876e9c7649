/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: whole trees, from files and a state to plans; see tree.h. */
#include "lib/carry/export.h"
#include "lib/carry/keyfile.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/tree.h"

/* What is written for NetworkManager is a profile. */
static void export_one(const struct iface *iface, struct arena *arena)
{
	_cleanup_strbuf_ struct strbuf keyfile = STRBUF_EMPTY, networkd = STRBUF_EMPTY;
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct ifcfg_dir dir = { .arena = arena, .table = arena };
	const struct export export = {
		.iface = iface, .dir = &dir, .arena = arena, .diag = diag
	};
	struct keyfile again;
	FILE *file;

	export_keyfile(&export, &keyfile);
	export_netdev(&export, &networkd);
	export_network(&export, &networkd);
	must(keyfile.len);
	file = fmemopen(keyfile.text, keyfile.len, "r");
	must(file);
	if (keyfile_read(file, "x", arena, diag, &again) < 0)
		must_be_same("this is no profile", "", strbuf_text(&keyfile));
	fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_model_ const struct model *want = NULL;
	struct tree tree = { .arena = arena };

	must(arena);
	if (!tree_read(&tree, arena_strndup(arena, (const char *)data, size)))
		return 0;
	want = tree_load(&tree);
	if (!want)
		return 0;
	for (size_t i = 0; i < want->n_order; i++)
		export_one(want->order[i], arena);
	tree_check(&tree, want);
	return 0;
}
