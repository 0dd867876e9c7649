/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stopping the network service means, and what of the system needs the network. */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/cleanup.h"
#include "lib/service/journal.h"
#include "lib/service/mounts.h"
#include "lib/service/stop.h"

/* starts_next, start_failed, shuts_down, needs_network, down_on_shutdown */
static const struct {
	struct service_facts facts;
	enum service_stop stop;
} stops[] = {
	{ { false, false, false, false, true }, STOP_DOWN },
	{ { false, false, false, false, false }, STOP_DOWN },
	{ { false, false, false, true, true }, STOP_REFUSED },
	{ { false, false, false, true, false }, STOP_REFUSED },
	{ { false, false, true, false, true }, STOP_DOWN },
	{ { false, false, true, false, false }, STOP_TOO_LATE },
	{ { false, false, true, true, true }, STOP_TOO_LATE },
	{ { false, false, true, true, false }, STOP_TOO_LATE },
	{ { true, false, false, false, true }, STOP_FOR_START },
	{ { true, false, false, false, false }, STOP_FOR_START },
	{ { true, false, false, true, true }, STOP_FOR_START },
	{ { true, false, true, false, true }, STOP_FOR_START },
	{ { false, true, false, false, true }, STOP_NOT_MEANT },
	{ { false, true, false, true, true }, STOP_NOT_MEANT },
	{ { true, true, false, false, true }, STOP_NOT_MEANT },
	{ { false, true, true, false, true }, STOP_NOT_MEANT },
};

START_TEST(stopping_depends_on_why)
{
	ck_assert_int_eq(service_decide_stop(&stops[_i].facts), stops[_i].stop);
}
END_TEST

#define DISK_ROOT "26 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
#define PROC      "24 26 0:22 / /proc rw,nosuid shared:12 - proc proc rw\n"

static const struct {
	const char *text;
	const char *where, *fstype; /* NULL: nothing needs the network */
} mounts[] = {
	{ "", NULL, NULL },
	{ DISK_ROOT PROC, NULL, NULL },
	{ PROC "26 1 0:30 / / rw shared:1 - nfs4 server:/root rw,vers=4.2\n", "/",
	  "nfs4" },
	{ "26 1 0:30 / / rw - nfs server:/root rw\n", "/", "nfs" },
	{ "26 1 0:30 / / rw - nfs server:/root rw", "/", "nfs" },
	{ DISK_ROOT "40 26 0:41 / /usr ro shared:2 - nfs server:/usr ro\n", "/usr",
	  "nfs" },
	{ DISK_ROOT "40 26 0:41 / /home rw shared:2 - nfs server:/home rw\n", NULL,
	  NULL },
	{ DISK_ROOT "40 26 0:41 / /usr/local rw - nfs server:/usr rw\n", NULL, NULL },
	/* Tags after the options: none, several. */
	{ "26 1 0:30 / / rw shared:1 master:2 propagate_from:3 - cifs //s/root rw\n", "/",
	  "cifs" },
	{ "26 1 0:30 / / rw - fuse.glusterfs server:/vol rw\n", "/", "glusterfs" },
	{ "26 1 0:30 / / rw - fuse.ext2 /dev/sda1 rw\n", NULL, NULL },
	{ "26 1 0:30 / / rw - fuse. x rw\n", NULL, NULL },
	{ "26 1 0:30 / / rw - nfsd nfsd rw\n", NULL, NULL },
	/* What was mounted later is what is there. */
	{ "2 1 0:30 / / rw - nfs server:/root rw\n" DISK_ROOT, NULL, NULL },
	{ DISK_ROOT "27 26 0:30 / / rw - nfs server:/root rw\n", "/", "nfs" },
	/* A source with the name of a type, and lines that are none. */
	{ "26 1 0:30 / / rw - ext4 nfs rw\n", NULL, NULL },
	{ "26 1 0:30 /nfs / rw - ext4 /dev/sda1 rw\n", NULL, NULL },
	{ "nfs\n\n / - nfs\n26 1 0:30 / / rw nfs\n26 1 0:30 / / rw -\n26 1 0:30 / /",
	  NULL, NULL },
};

START_TEST(a_network_file_system_is_found_by_its_type)
{
	struct mount_need need = { NULL, NULL };
	bool found = mounts_need_network(mounts[_i].text, &need);

	ck_assert_int_eq(found, mounts[_i].where != NULL);
	ck_assert_pstr_eq(need.where, mounts[_i].where);
	ck_assert_pstr_eq(need.fstype, mounts[_i].fstype);
}
END_TEST

/* JOURNAL_STREAM is the caller's: only the file that it names counts as the journal's. */
START_TEST(the_journal_is_known_by_its_file)
{
	static const char *const others[] = { "", ":", "0:0", "1:2:3", "x", "\n" };
	FILE *file = tmpfile();
	struct stat st;
	char stream[64];

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fstat(fileno(file), &st), 0);
	unsetenv("JOURNAL_STREAM");
	ck_assert(!journal_has_stream(fileno(file)));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		setenv("JOURNAL_STREAM", others[i], 1);
		ck_assert(!journal_has_stream(fileno(file)));
	}
	snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)st.st_dev,
		 (uintmax_t)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	ck_assert(journal_has_stream(fileno(file)));
	fclose(file);
	ck_assert(!journal_has_stream(-1));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("service");
	SRunner *runner = srunner_create(suite);
	TCase *tcase = tcase_create("stopping");
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, stopping_depends_on_why, 0, ARRAY_SIZE(stops));
	tcase_add_loop_test(tcase, a_network_file_system_is_found_by_its_type, 0,
			    ARRAY_SIZE(mounts));
	tcase_add_test(tcase, the_journal_is_known_by_its_file);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
