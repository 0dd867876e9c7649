/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files being written, and profiles being read. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/carry/drafts.h"
#include "lib/carry/ifcfg-text.h"
#include "lib/carry/keyfile.h"

static char root[] = "/tmp/test-carry-XXXXXX";
static struct diag *diag;

static void setup(void)
{
	char path[64];

	snprintf(root, sizeof(root), "/tmp/test-carry-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	snprintf(path, sizeof(path), "%s/network-scripts", root);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	diag = diag_new();
}

static void teardown(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", root);
	ck_assert_int_eq(system(command), 0);
	diag_free(diag);
}

static const char *path_of(const char *name)
{
	static char path[96];

	snprintf(path, sizeof(path), "%s/network-scripts/%s", root, name);
	return path;
}

static void write_file(const char *name, const char *text)
{
	FILE *file = fopen(path_of(name), "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static void check_file(const char *name, const char *expected)
{
	FILE *file = fopen(path_of(name), "r");
	char text[256] = "";
	size_t n;

	if (!expected) {
		ck_assert_ptr_null(file);
		return;
	}
	ck_assert_ptr_nonnull(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	ck_assert_str_eq(text, expected);
}

static struct drafts begin(void)
{
	const struct model_options options = { .sysconfig = root, .insecure = true };
	struct drafts drafts;

	drafts_init(&drafts, &options, diag);
	return drafts;
}

START_TEST(test_write_and_take_back)
{
	_cleanup_drafts_ struct drafts drafts = begin();

	write_file("ifcfg-a", "DEVICE=a\n");
	write_file("ifcfg-b", "DEVICE=b\n");
	chmod(path_of("ifcfg-a"), 0600);
	ck_assert_int_eq(drafts_set(&drafts, "ifcfg-a", "MTU", "1400"), 0);
	ck_assert_int_eq(drafts_put(&drafts, "ifcfg-b", NULL), 0);
	ck_assert_int_eq(drafts_put(&drafts, "ifcfg-c", "DEVICE=c\n"), 0);
	check_file("ifcfg-a", "DEVICE=a\n");
	ck_assert_int_eq(drafts_check(&drafts, "a"), 0);
	ck_assert_int_eq(drafts_write(&drafts), 0);
	check_file("ifcfg-a", "DEVICE=a\nMTU=1400\n");
	check_file("ifcfg-b", NULL);
	check_file("ifcfg-c", "DEVICE=c\n");
	ck_assert_int_eq(drafts_take_back(&drafts), 0);
	check_file("ifcfg-a", "DEVICE=a\n");
	check_file("ifcfg-b", "DEVICE=b\n");
	check_file("ifcfg-c", NULL);
}
END_TEST

/* Owner and rights stay; so does a link, and what it leads to is changed. */
START_TEST(test_rights_and_links)
{
	_cleanup_drafts_ struct drafts drafts = begin();
	struct stat st;

	write_file("real", "DEVICE=a\n");
	chmod(path_of("real"), 0600);
	ck_assert_int_eq(symlink("real", path_of("ifcfg-a")), 0);
	ck_assert_int_eq(drafts_set(&drafts, "ifcfg-a", "MTU", "1400"), 0);
	ck_assert_int_eq(drafts_write(&drafts), 0);
	ck_assert_int_eq(lstat(path_of("ifcfg-a"), &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	ck_assert_int_eq(stat(path_of("real"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	check_file("real", "DEVICE=a\nMTU=1400\n");
}
END_TEST

START_TEST(test_all_or_nothing)
{
	_cleanup_drafts_ struct drafts drafts = begin();

	write_file("ifcfg-a", "DEVICE=a\n");
	ck_assert_int_eq(drafts_set(&drafts, "ifcfg-a", "MTU", "1400"), 0);
	ck_assert_int_eq(drafts_put(&drafts, "ifcfg-b", "DEVICE=b\n"), 0);
	ck_assert_int_eq(drafts_put(&drafts, "nowhere/ifcfg-c", "DEVICE=c\n"), 0);
	ck_assert_int_eq(drafts_write(&drafts), -ENOENT);
	check_file("ifcfg-a", "DEVICE=a\n");
	check_file("ifcfg-b", NULL);
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

/* What is not written yet has to pass, and what is there does not count. */
START_TEST(test_checked_before)
{
	_cleanup_drafts_ struct drafts drafts = begin();

	write_file("ifcfg-a", "DEVICE=a\nIPADDR=10.0.0.1\nPREFIX=24\n");
	ck_assert_int_eq(drafts_set(&drafts, "ifcfg-a", "IPADDR", "10.0.0.2"), 0);
	ck_assert_int_eq(drafts_check(&drafts, "a"), 0);
	ck_assert_int_eq(drafts_set(&drafts, "ifcfg-a", "IPADDR", "10.0.0.256"), 0);
	ck_assert_int_eq(drafts_check(&drafts, "a"), -EINVAL);
	ck_assert_int_eq(drafts_put(&drafts, "ifcfg-a", NULL), 0);
	ck_assert_int_eq(drafts_check(&drafts, "a"), -ENOENT);
}
END_TEST

/* struct net_sample - a text, and whether it is an address with a length */
static const struct net_sample {
	const char *text;
	bool is_one;
} nets[] = {
	{ "192.168.1.22/24", true },
	{ "192.168.1.22/32", true },
	{ "2001:db8::1/128", true },
	{ "192.168.1.22/33", false },
	{ "192.168.1.22", false },
	{ "192.168.1.22/", false },
	{ "/24", false },
	{ "2001:db8::1/129", false },
	{ "1.2.3.4/2 4", false },
	{ "", false },
};

START_TEST(test_net)
{
	struct ip_net net;

	ck_assert_int_eq(ip_net_parse(nets[_i].text, &net),
			 nets[_i].is_one ? 0 : -EINVAL);
}
END_TEST

static int read_profile(const char *text, struct arena *arena, struct keyfile *ret)
{
	char copy[1024];
	FILE *file;
	int r;

	snprintf(copy, sizeof(copy), "%s", text);
	file = fmemopen(copy, strlen(copy), "r");
	ck_assert_ptr_nonnull(file);
	r = keyfile_read(file, "p", arena, diag, ret);
	fclose(file);
	return r;
}

START_TEST(test_profile)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct keyfile keyfile;

	ck_assert_int_eq(read_profile("# c\n[connection]\nid=\\sa\\\\b\\tc\n"
				      "controller=bond0\n\n[802-3-ethernet]\nmtu=9000\n"
				      "[vlan]\negress-priority-map=0:1;2:3;\n",
				      arena, &keyfile),
			 0);
	ck_assert_uint_eq(keyfile.n, 4);
	ck_assert_str_eq(keyfile_get(&keyfile, "connection", "id"), " a\\b\tc");
	ck_assert_str_eq(keyfile_get(&keyfile, "connection", "master"), "bond0");
	ck_assert_str_eq(keyfile_get(&keyfile, "ethernet", "mtu"), "9000");
	ck_assert_str_eq(keyfile_get(&keyfile, "vlan", "egress-priority-map"),
			 "0:1;2:3;");
	ck_assert_uint_eq(keyfile.entries[2].pos.line, 7);
	ck_assert_ptr_null(keyfile_get(&keyfile, "vlan", "id"));
}
END_TEST

/* As GLib reads them: lines of any length, indented ones, and ';' within a value. */
START_TEST(test_lines)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct keyfile keyfile;
	char text[600] = "[ipv4]\n  method = auto \n\t# c\nid=a ;b\ndns=";

	memset(text + strlen(text), '1', 500);
	ck_assert_int_eq(read_profile(text, arena, &keyfile), 0);
	ck_assert_uint_eq(keyfile.n, 3);
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "method"), "auto");
	ck_assert_str_eq(keyfile_get(&keyfile, "ipv4", "id"), "a ;b");
	ck_assert_uint_eq(strlen(keyfile_get(&keyfile, "ipv4", "dns")), 500);
	ck_assert_int_eq(read_profile("id=before a section\n", arena, &keyfile), -EINVAL);
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(test_rows)
{
	ck_assert_str_eq(keyfile_row_find("ipv4", "route-metric")->key, "route-metric");
	ck_assert_str_eq(keyfile_row_find("ipv6", "route1")->key, "route*");
	ck_assert_str_eq(keyfile_row_find("bond", "whatever")->ifcfg, "BONDING_OPTS");
	ck_assert_ptr_null(keyfile_row_find("connection", "mdns"));
	ck_assert_ptr_null(keyfile_row_find("wifi", "ssid"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("carry");
	TCase *tcase = tcase_create("carry");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, test_write_and_take_back);
	tcase_add_test(tcase, test_rights_and_links);
	tcase_add_test(tcase, test_all_or_nothing);
	tcase_add_test(tcase, test_checked_before);
	tcase_add_loop_test(tcase, test_net, 0, ARRAY_SIZE(nets));
	tcase_add_test(tcase, test_profile);
	tcase_add_test(tcase, test_lines);
	tcase_add_test(tcase, test_rows);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
