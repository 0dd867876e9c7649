/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What NetworkManager writes below /run, and whether it runs. */
#include <check.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/strbuf.h"
#include "lib/snapshot/network-manager.h"

static char folder[] = "/tmp/test-nm-XXXXXX";

static void make_folder(void)
{
	memcpy(folder + sizeof(folder) - sizeof("XXXXXX"), "XXXXXX", sizeof("XXXXXX"));
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void remove_folder(void)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* The folders that it is in are made, too. */
static void put(const char *name, const char *text)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	FILE *file;

	strbuf_addf(&path, "%s/%s", folder, name);
	for (char *slash = strchr(path.text + strlen(folder) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		ck_assert(mkdir(path.text, 0700) == 0 || errno == EEXIST);
		*slash = '/';
	}
	file = fopen(strbuf_text(&path), "we");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

/* Whether the link with index 2 is one that NetworkManager holds. */
static bool is_managed(void)
{
	_cleanup_strbuf_ struct strbuf run = STRBUF_EMPTY, proc = STRBUF_EMPTY;
	_cleanup_snapshot_ struct snapshot *snapshot = snapshot_new();
	struct snap_link *link = snapshot_add_link(snapshot, "ens160", 2);
	const struct snap_link *other = snapshot_add_link(snapshot, "ens256", 3);

	ck_assert(other);
	strbuf_addf(&run, "%s/run", folder);
	strbuf_addf(&proc, "%s/proc", folder);
	snapshot_find_managed(snapshot, strbuf_text(&run), strbuf_text(&proc));
	ck_assert(!other->nm_managed);
	return link->nm_managed;
}

#define HELD "[device]\nmanaged=true\nnic-name=ens160\n"
#define UUID "connection-uuid=0af4b8f0-5b4c-44a2-a3f6-9bbd4e8b1f5e\n"

static void start_it(void)
{
	put("proc/1/comm", "systemd\n");
	put("proc/812/comm", "NetworkManager\n");
	put("proc/filesystems", "nodev\tsysfs\n");
}

START_TEST(it_holds_what_it_says)
{
	start_it();
	put("run/devices/2", HELD);
	put("run/devices/7", HELD);
	put("run/devices/02x", HELD);
	ck_assert(is_managed());
	put("run/devices/2", HELD UUID);
	ck_assert(is_managed());
	put("run/devices/2", "# of today\n\n[device]\n managed = true ; so be it\n");
	ck_assert(is_managed());
}
END_TEST

START_TEST(it_leaves_the_rest_alone)
{
	start_it();
	ck_assert(!is_managed());
	put("run/devices/7", HELD);
	ck_assert(!is_managed());
	put("run/devices/2", "");
	ck_assert(!is_managed());
	put("run/devices/2", "[device]\nmanaged=false\n");
	ck_assert(!is_managed());
	put("run/devices/2", "[device]\nnic-name=managed=true\n");
	ck_assert(!is_managed());
	put("run/devices/2", "managed=true\n[devices]\nmanaged=true\n");
	ck_assert(!is_managed());
	put("run/devices/2", "\xff\n[device\n= =\nmanaged");
	ck_assert(!is_managed());
}
END_TEST

START_TEST(what_it_left_behind_does_not_count)
{
	put("run/devices/2", HELD);
	ck_assert(!is_managed());
	put("proc/1/comm", "systemd\n");
	put("proc/812/comm", "NetworkManagerX\n");
	put("proc/813/comm", "nm-dispatcher\n");
	put("proc/self/comm", "NetworkManager\n");
	ck_assert(!is_managed());
}
END_TEST

static const struct {
	const char *profile;
	bool is_managed;
} profiles[] = {
	{ "[connection]\n" /* the uuid has no other prefix */
	  "id=ens160\nuuid=0af4b8f0-5b4c-44a2-a3f6-9bbd4e8b1f5e\n\n"
	  "[.nmmeta]\nnm-generated=true\nvolatile=true\nexternal=true\n",
	  false },
	{ "[connection]\nid=ens160\nuuid=0af4b8f0-5b4c-44a2-a3f6-9bbd4e8b1f5e\n", true },
	{ "[connection]\nuuid=0af4b8f0-5b4c-44a2-a3f6-9bbd4e8b1f5e\n"
	  "[.nmmeta]\nexternal=false\n",
	  true },
	{ "[connection]\nuuid=00000000-5b4c-44a2-a3f6-9bbd4e8b1f5e\n"
	  "[.nmmeta]\nexternal=true\n",
	  true },
	{ "[.nmmeta]\nexternal=true\n", true },
};

START_TEST(what_it_only_watches_does_not_count)
{
	start_it();
	put("run/devices/2", HELD UUID);
	put("run/system-connections/.tmp", profiles[0].profile);
	put("run/system-connections/lo.nmconnection",
	    "[connection]\nuuid=1\n[.nmmeta]\nexternal=true\n");
	put("run/system-connections/ens160.nmconnection", profiles[_i].profile);
	ck_assert_int_eq(is_managed(), profiles[_i].is_managed);
}
END_TEST

/* Its namespace tells; where that cannot be read it counts. */
START_TEST(one_in_a_container_does_not_count)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	static const char *const who[] = { "812", "self" };

	start_it();
	put("run/devices/2", HELD);
	for (size_t i = 0; i < ARRAY_SIZE(who); i++) {
		_cleanup_strbuf_ struct strbuf ns = STRBUF_EMPTY;

		strbuf_addf(&ns, "proc/%s/ns/x", who[i]);
		put(strbuf_text(&ns), "");
		strbuf_release(&ns);
		ns = (struct strbuf)STRBUF_EMPTY;
		strbuf_addf(&ns, "%s/proc/%s/ns/net", folder, who[i]);
		ck_assert_int_eq(symlink(i ? "net:[4026531840]" : "net:[17]",
					 strbuf_text(&ns)),
				 0);
	}
	ck_assert(!is_managed());
	strbuf_addf(&path, "%s/proc/812/ns/net", folder);
	ck_assert_int_eq(unlink(strbuf_text(&path)), 0);
	ck_assert(is_managed());
	ck_assert_int_eq(symlink("net:[4026531840]", strbuf_text(&path)), 0);
	ck_assert(is_managed());
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("network-manager");
	TCase *tcase = tcase_create("network-manager");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, make_folder, remove_folder);
	tcase_add_test(tcase, it_holds_what_it_says);
	tcase_add_test(tcase, it_leaves_the_rest_alone);
	tcase_add_test(tcase, what_it_left_behind_does_not_count);
	tcase_add_loop_test(tcase, what_it_only_watches_does_not_count, 0,
			    ARRAY_SIZE(profiles));
	tcase_add_test(tcase, one_in_a_container_does_not_count);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
