/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: the files of the last good run, as they are kept. */
#include "lib/base/kept.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY, twice = STRBUF_EMPTY;
	_cleanup_kept_ struct kept kept = { 0 }, again = { 0 };

	if (kept_read((const char *)data, size, &kept) < 0)
		return 0;
	kept_write(&kept, &text);
	must(kept_read(strbuf_text(&text), text.len, &again) == 0);
	must(again.n == kept.n);
	kept_write(&again, &twice);
	must(text.len == twice.len &&
	     memcmp(strbuf_text(&text), strbuf_text(&twice), text.len) == 0);
	return 0;
}
