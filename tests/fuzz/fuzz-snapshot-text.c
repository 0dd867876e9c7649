/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: a snapshot as text, which is what the state file is, read and written. */
#include "lib/snapshot/snapshot.h"
#include "tests/fuzz/fuzz.h"

static char *write_text(const struct snapshot *snapshot)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	must(out);
	must(snapshot_write_text(snapshot, out) == 0);
	fclose(out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL, *again = NULL, *clone = NULL;
	_cleanup_free_ char *first = NULL, *second = NULL, *third = NULL;
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	char *text = arena_strndup(arena, (const char *)data, size);

	if (snapshot_read_text(text, "x", diag, &snapshot) < 0) {
		must(diag_errors(diag));
		return 0;
	}
	first = write_text(snapshot);
	if (snapshot_read_text(first, "again", diag, &again) < 0) {
		diag_print(diag, DIAG_NOTE, stderr);
		must_be_same("cannot be read again", text, first);
		abort();
	}
	second = write_text(again);
	must_be_same("written and read", first, second);
	clone = snapshot_clone(snapshot);
	must(clone);
	third = write_text(clone);
	must_be_same("cloned", first, third);
	return 0;
}
