/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Feeds files to a fuzz target, without a fuzzer. */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "lib/base/strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In memory of just its size, so that reading past it is found. */
static int replay(const char *path)
{
	_cleanup_fclose_ FILE *file = fopen(path, "re");
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	_cleanup_free_ uint8_t *data = NULL;
	char buf[4096];
	size_t n;

	if (!file)
		return -errno;
	while ((n = fread(buf, 1, sizeof(buf), file)) > 0)
		strbuf_addn(&text, buf, n);
	if (ferror(file))
		return -EIO;
	data = malloc(text.len ? text.len : 1);
	memcpy(data, strbuf_text(&text), text.len);
	LLVMFuzzerTestOneInput(data, text.len);
	return 0;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		int r = replay(argv[i]);

		if (r < 0) {
			fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name,
				argv[i], strerror(-r));
			return EXIT_FAILURE;
		}
	}
	printf("%s: %d inputs replayed\n", program_invocation_short_name, argc - 1);
	return EXIT_SUCCESS;
}
