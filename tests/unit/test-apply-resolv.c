/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replacing a file: in one step, where links lead, with its mode. */
#include "lib/apply/resolv.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "/tmp/test-apply-resolv.XXXXXX"

static char dir[sizeof(FOLDER)];

static void set_up(void)
{
	memcpy(dir, FOLDER, sizeof(dir));
	ck_assert_ptr_nonnull(mkdtemp(dir));
	ck_assert_int_eq(chdir(dir), 0);
	ck_assert_int_eq(mkdir("elsewhere", 0755), 0);
}

static int take_away(const char *path, const struct stat *file, int type, struct FTW *at)
{
	(void)file;
	(void)type;
	(void)at;
	return remove(path);
}

static void tear_down(void)
{
	ck_assert_int_eq(chdir("/"), 0);
	nftw(dir, take_away, 8, FTW_DEPTH | FTW_PHYS);
}

static void write_file(const char *name, const char *text, mode_t mode)
{
	FILE *file = fopen(name, "we");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(chmod(name, mode), 0);
}

static void has_text(const char *name, const char *text)
{
	FILE *file = fopen(name, "re");
	char found[200] = "";

	ck_assert_ptr_nonnull(file);
	found[fread(found, 1, sizeof(found) - 1, file)] = '\0';
	fclose(file);
	ck_assert_str_eq(found, text);
}

static struct stat stat_of(const char *name)
{
	struct stat file = { 0 };

	ck_assert_int_eq(lstat(name, &file), 0);
	return file;
}

/* What remains besides: the directory elsewhere and @files. */
static void leaves_only(size_t files)
{
	static const char *const folders[] = { ".", "elsewhere" };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		DIR *folder = opendir(folders[i]);

		ck_assert_ptr_nonnull(folder);
		for (const struct dirent *entry; (entry = readdir(folder));)
			n += *entry->d_name != '.' &&
			     strcmp(entry->d_name, "elsewhere") != 0;
		closedir(folder);
	}
	ck_assert_uint_eq(n, files);
}

/* Whoever has the old one open goes on reading that. */
START_TEST(another_file_takes_its_place)
{
	struct stat before;
	char old[10] = "";
	int fd;

	write_file("file", "old", 0640);
	before = stat_of("file");
	fd = open("file", O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(resolv_write("file", "new\ntext\n"), 0);
	has_text("file", "new\ntext\n");
	ck_assert_uint_ne(stat_of("file").st_ino, before.st_ino);
	ck_assert_uint_eq(stat_of("file").st_mode, before.st_mode);
	ck_assert_int_eq(read(fd, old, sizeof(old)), 3);
	ck_assert_str_eq(old, "old");
	close(fd);
	leaves_only(1);
}
END_TEST

START_TEST(a_new_one_can_be_read_by_all)
{
	umask(077);
	ck_assert_int_eq(resolv_write("file", "new\n"), 0);
	ck_assert_uint_eq(stat_of("file").st_mode & 07777, 0644);
	has_text("file", "new\n");
}
END_TEST

/* Also over several links, and to where there is nothing yet. */
START_TEST(links_stay)
{
	write_file("elsewhere/file", "old", 0600);
	ck_assert_int_eq(symlink("elsewhere/file", "link"), 0);
	ck_assert_int_eq(symlink("link", "link-to-link"), 0);
	ck_assert_int_eq(symlink("elsewhere/nothing", "dangling"), 0);

	ck_assert_int_eq(resolv_write("link-to-link", "new\n"), 0);
	ck_assert(S_ISLNK(stat_of("link").st_mode));
	ck_assert(S_ISLNK(stat_of("link-to-link").st_mode));
	has_text("elsewhere/file", "new\n");
	ck_assert_uint_eq(stat_of("elsewhere/file").st_mode & 07777, 0600);

	ck_assert_int_eq(resolv_write("./dangling", "new\n"), 0);
	ck_assert(S_ISLNK(stat_of("dangling").st_mode));
	has_text("elsewhere/nothing", "new\n");
	ck_assert_int_eq(resolv_write("./dangling", NULL), 0);
	ck_assert(S_ISLNK(stat_of("dangling").st_mode));
	leaves_only(4);
}
END_TEST

/* What a run left that was killed is neither in the way nor there for ever. */
START_TEST(leftovers_go)
{
	write_file("file", "old", 0640);
	write_file("file.next~", "what was to be written, and is longer", 0666);
	ck_assert_int_eq(resolv_write("file", "new\n"), 0);
	has_text("file", "new\n");
	ck_assert_uint_eq(stat_of("file").st_mode & 07777, 0640);
	leaves_only(1);

	ck_assert_int_eq(symlink("file", "link"), 0);
	write_file("file.next~", "half of", 0600);
	write_file("file.backup", "somebody else's", 0600);
	ck_assert_int_eq(resolv_tidy("link"), 0);
	ck_assert_int_eq(resolv_tidy("link"), 0);
	has_text("file", "new\n");
	leaves_only(3);
}
END_TEST

START_TEST(no_text_is_no_file)
{
	write_file("file", "old", 0644);
	ck_assert_int_eq(resolv_write("file", NULL), 0);
	leaves_only(0);
	ck_assert_int_eq(resolv_write("file", NULL), 0);
	ck_assert_int_eq(resolv_write("file", ""), 0);
	has_text("file", "");
}
END_TEST

START_TEST(what_cannot_be_replaced_stays)
{
	ck_assert_int_eq(resolv_write("nowhere/file", "new\n"), -ENOENT);
	ck_assert_int_eq(resolv_write("elsewhere", "new\n"), -EISDIR);
	leaves_only(0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("apply-resolv");
	TCase *tests = tcase_create("files");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, another_file_takes_its_place);
	tcase_add_test(tests, a_new_one_can_be_read_by_all);
	tcase_add_test(tests, links_stay);
	tcase_add_test(tests, leftovers_go);
	tcase_add_test(tests, no_text_is_no_file);
	tcase_add_test(tests, what_cannot_be_replaced_stays);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
