/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/kept.h"

static const struct kept_file files[] = {
	{ "network-scripts/ifcfg-bond0",
	  "DEVICE=bond0\n",
	  13,
	  { 0100644, 0, 0, { 1, 2 } } },
	{ "empty", "", 0, { 0100600, 7, 8, { 1795599033, 999999999 } } },
	{ "name with\nfile 644 0 0 0 0 1 1",
	  "a\0b\nfile\n",
	  9,
	  { 0100640, 0, 0, { 0, 0 } } },
};

static void write_all(struct strbuf *out)
{
	_cleanup_kept_ struct kept kept = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		kept_add(&kept, &files[i]);
	kept_write(&kept, out);
}

/* In memory of its own, so that an access after its end is noticed. */
static int read_part(const struct strbuf *text, size_t len, struct kept *ret)
{
	_cleanup_free_ char *part = malloc(len + !len);

	ck_assert_ptr_nonnull(part);
	memcpy(part, text->text, len);
	return kept_read(part, len, ret);
}

START_TEST(test_round_trip)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY, again = STRBUF_EMPTY;
	_cleanup_kept_ struct kept kept = { 0 };

	write_all(&text);
	ck_assert_int_eq(read_part(&text, text.len, &kept), 0);
	ck_assert_uint_eq(kept.n, ARRAY_SIZE(files));
	for (size_t i = 0; i < kept.n; i++) {
		const struct kept_file *file = kept_find(&kept, files[i].name);

		ck_assert_ptr_nonnull(file);
		ck_assert_mem_eq(file->data, files[i].data, files[i].len);
		ck_assert_uint_eq(file->meta.mode, files[i].meta.mode);
	}
	kept_write(&kept, &again);
	ck_assert_str_eq(strbuf_text(&again), strbuf_text(&text));
	ck_assert_uint_eq(again.len, text.len);
}
END_TEST

/* Only what ends where a file ends is whole. */
START_TEST(test_cut_off)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	size_t whole = 0;

	write_all(&text);
	for (size_t len = 0; len < text.len; len++) {
		_cleanup_kept_ struct kept kept = { 0 };
		int r = read_part(&text, len, &kept);

		ck_assert(r == 0 || r == -EINVAL);
		whole += r == 0;
	}
	ck_assert_uint_eq(whole, ARRAY_SIZE(files));
}
END_TEST

START_TEST(test_last_counts)
{
	_cleanup_kept_ struct kept kept = { 0 };
	struct kept_file file = files[0];

	kept_add(&kept, &file);
	file.data = "DEVICE=bond1\n";
	kept_add(&kept, &file);
	ck_assert_str_eq(kept_find(&kept, file.name)->data, "DEVICE=bond1\n");
	ck_assert_uint_eq(kept.n, 1);
	ck_assert_ptr_null(kept_find(&kept, "network"));
}
END_TEST

/* clang-format off */
static const char *const wrong[] = {
	"x", "\n", "file\n", "file 644 0 0 0 0 1\n",
	"file 644 0 0 0 0 18446744073709551615 1\na\nb\n",
	"file 644 0 0 0 0 1 18446744073709551615\na\nb\n",
	"file 644 0 0 0 0 -1 1\na\nb\n",
};
/* clang-format on */

START_TEST(test_wrong)
{
	_cleanup_kept_ struct kept kept = { 0 };

	ck_assert_int_eq(kept_read(wrong[_i], strlen(wrong[_i]), &kept), -EINVAL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kept");
	TCase *tcase = tcase_create("kept");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tcase, test_round_trip);
	tcase_add_test(tcase, test_cut_off);
	tcase_add_test(tcase, test_last_counts);
	tcase_add_loop_test(tcase, test_wrong, 0, ARRAY_SIZE(wrong));
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
