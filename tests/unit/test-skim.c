/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run for one interface reads most files only as far as needed. For each file of each planner
 * case: what comes of it is what comes of reading all files in whole.
 */
#include <check.h>
#include <dirent.h>
#include <stdlib.h>

#include "lib/base/strbuf.h"
#include "lib/files/files.h"
#include "lib/files/relate.h"
#include "lib/model/model.h"
#include "lib/plan/plan.h"
#include "lib/snapshot/snapshot.h"

/* In all cases together. */
#define LEAST_FILES 1000
/* Under valgrind or an emulator, one case in so many: all take minutes there. */
#define SLOW_STEP 40
/* struct tree - a case: its files, and the kernel's state if it has any */
struct tree {
	const char *sysconfig;
	const struct snapshot *have;
};

static void add_messages(struct diag *diag, FILE *out)
{
	diag_print(diag, DIAG_NOTE, out);
}

/* All that is found out about the interface, as text. */
static char *outcome(const struct tree *tree, const char *request, bool goes_down,
		     bool reads_all)
{
	const struct model_options options = { .sysconfig = tree->sysconfig,
					       .insecure = true,
					       .at_boot = !goes_down,
					       .goes_down = goes_down,
					       .reads_all = reads_all };
	_cleanup_snapshot_ struct snapshot *made = snapshot_new();
	_cleanup_model_ const struct model *want = NULL;
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_plan_ struct plan *plan = NULL;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int r = model_load(&options, request, NULL, diag, &want);

	if (r == 0)
		r = (goes_down ? plan_down : plan_up)(want, tree->have, made, diag,
						      &plan);
	if (plan)
		r = plan_print(plan, NULL, out);
	for (size_t i = 0; want && i < want->n_uppers; i++)
		fprintf(out, "upper %s\n", want->uppers[i]->name);
	add_messages(diag, out);
	fprintf(out, "%d\n", r);
	fclose(out);
	return text;
}

static void compare(const struct tree *tree, const char *request, bool goes_down)
{
	_cleanup_free_ char *part = outcome(tree, request, goes_down, false);
	_cleanup_free_ char *all = outcome(tree, request, goes_down, true);

	ck_assert_msg(strcmp(part, all) == 0, "%s of %s:\n%s--- instead of\n%s", request,
		      tree->sysconfig, part, all);
}

/* Return: the number of files; the requests are their names, and the devices in them. */
static size_t compare_tree(const struct tree *tree)
{
	const struct model_options options = { .sysconfig = tree->sysconfig,
					       .insecure = true };
	_cleanup_ifcfg_dir_ struct ifcfg_dir dir = { 0 };
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();

	if (ifcfg_dir_read(&options, arena, diag, &dir) < 0)
		return 0;
	for (size_t i = 0; i < dir.n; i++) {
		const struct ifcfg *file = &dir.files[i];

		for (int down = 0; down < 2; down++) {
			compare(tree, file->name, down);
			if (file->device)
				compare(tree, file->device, down);
		}
	}
	return dir.n;
}

static struct snapshot *read_have(const char *path)
{
	_cleanup_fclose_ FILE *file = fopen(path, "re");
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;
	struct snapshot *have = NULL;
	size_t size = 0;

	if (!file || getdelim(&text, &size, '\0', file) < 0 ||
	    snapshot_read_text(text, path, diag, &have) < 0)
		return snapshot_new();
	return have;
}

static size_t compare_case(const char *cases, const char *name)
{
	_cleanup_strbuf_ struct strbuf root = STRBUF_EMPTY, state = STRBUF_EMPTY;
	_cleanup_snapshot_ struct snapshot *have = NULL;
	struct tree tree;

	strbuf_addf(&root, "%s/%s/root", cases, name);
	strbuf_addf(&state, "%s/%s/have.txt", cases, name);
	have = read_have(strbuf_text(&state));
	tree = (struct tree){ strbuf_text(&root), have };
	return compare_tree(&tree);
}

START_TEST(every_file_of_every_case)
{
	const char *build = getenv("BUILD"), *runner = getenv("RUNNER");
	const size_t step = runner && *runner ? SLOW_STEP : 1;
	_cleanup_strbuf_ struct strbuf cases = STRBUF_EMPTY;
	const struct dirent *entry;
	size_t files = 0, n = 0;
	DIR *dir;

	strbuf_addf(&cases, "%s/cases", build ? build : "build");
	dir = opendir(strbuf_text(&cases));
	ck_assert_ptr_nonnull(dir); /* made by tests/cases/unpack.sh */
	while ((entry = readdir(dir)))
		if (*entry->d_name != '.' && n++ % step == 0)
			files += compare_case(strbuf_text(&cases), entry->d_name);
	closedir(dir);
	ck_assert_uint_gt(files, LEAST_FILES / step);
}
END_TEST

/* ---- single files ---- */

static const struct {
	const char *text;
	bool is_simple;
} samples[] = {
	{ "DEVICE=bond0\n", true },
	{ "# as written\n\nDEVICE=bond0\n#IPADDR=\nNAME=\"System bond0\"\nA='b=c'\n",
	  true },
	{ "DEVICE=\n", true },
	{ "DEVICE=\"\"\nDEVICE=''\n", true },
	{ "\n", true },
	{ "DEVICE=bond0", false }, /* more may follow */
	{ "", false },
	{ "\n=bond0\n", false },
	{ "\nDEVICE\n", false },
	{ "DEVICE =bond0\n", false },
	{ " DEVICE=bond0\n", false },
	{ "DEVICE=bond0 \n", false },
	{ "DEVICE=bond0\r\n", false },
	{ "DEVICE=\"bond0\n\"\n", false },
	{ "DEVICE=\"bond0 \"\n", false },
	{ "DEVICE=\" bond0\"\n", false },
	{ "DEVICE=\"bond0\"x\n", false },
	{ "DEVICE='bond\"0'\n", false },
	{ "DEVICE=bond$X\n", false },
	{ "DEVICE=\"bond$X\"\n", false },
	{ "DEVICE+=bond0\n", false },
	{ "DEVICE=~\n", false },
	{ "DEVICE=bond\\\n0\n", false },
	{ "DEVICE=bond\xC3\xA4\n", false },
	{ "# bond\xC3\xA4\n", false },
	{ "DEVICE[0]=bond0\n", false },
	{ "0DEVICE=bond0\n", false },
	{ "DEVICE=bond0; A=b\n", false },
	{ ". ./other\n", false },
};

START_TEST(which_files_are_simple)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_strbuf_ struct strbuf again = STRBUF_EMPTY;
	const char *text = samples[_i].text;
	const struct simple_vars *vars = simple_vars_read(text, strlen(text), arena);

	ck_assert_msg(!vars == !samples[_i].is_simple, "%s", text);
	if (!vars)
		return;
	simple_vars_text(vars, &again);
	ck_assert_str_eq(strbuf_text(&again), text);
}
END_TEST

START_TEST(a_large_file_is_not_simple)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	static char text[SIMPLE_VARS_MAX + 1];

	memset(text, '\n', sizeof(text));
	ck_assert_ptr_nonnull(simple_vars_read(text, SIMPLE_VARS_MAX, arena));
	ck_assert_ptr_null(simple_vars_read(text, SIMPLE_VARS_MAX + 1, arena));
}
END_TEST

START_TEST(the_last_line_takes_precedence)
{
	static const char text[] = "A=1\nB=2\nA=3\n";
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct simple_vars *vars = simple_vars_read(text, strlen(text), arena);

	ck_assert_uint_eq(vars->n, 3);
	ck_assert_uint_eq(simple_vars_find(vars, "A"), 2);
	ck_assert_uint_eq(vars->of[2].line, 3);
	ck_assert_str_eq(simple_vars_value(vars, 2), "3");
	ck_assert_uint_eq(simple_vars_find(vars, "C"), 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("skim");
	TCase *tests = tcase_create("skim");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, every_file_of_every_case);
	tcase_add_loop_test(tests, which_files_are_simple, 0, ARRAY_SIZE(samples));
	tcase_add_test(tests, a_large_file_is_not_simple);
	tcase_add_test(tests, the_last_line_takes_precedence);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
