/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tools of lib/base: memory, text, numbers, nearest words, messages. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/arena.h"
#include "lib/base/argv.h"
#include "lib/base/diag.h"
#include "lib/base/file.h"
#include "lib/base/memory.h"
#include "lib/base/num.h"
#include "lib/base/print.h"
#include "lib/base/signals.h"
#include "lib/base/strbuf.h"
#include "lib/base/typo.h"

/* -------------------------------------------------------------------- arena */

static bool is_zero(const unsigned char *mem, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (mem[i])
			return false;
	return true;
}

START_TEST(arena_memory_is_zeroed_aligned_and_apart)
{
	static const size_t sizes[] = { 0, 1, 3, 16, 17, 4000, 16384, 16385, 100000 };
	_cleanup_arena_ struct arena *arena = arena_new();
	unsigned char *mem[ARRAY_SIZE(sizes)];

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		mem[i] = arena_alloc(arena, sizes[i]);
		ck_assert_ptr_nonnull(mem[i]);
		ck_assert_uint_eq((uintptr_t)mem[i] % _Alignof(max_align_t), 0);
		ck_assert(is_zero(mem[i], sizes[i]));
		memset(mem[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		for (size_t j = 0; j < sizes[i]; j++)
			ck_assert_uint_eq(mem[i][j], i + 1);
}
END_TEST

static void ask_for_all(struct arena *arena)
{
	arena_alloc(arena, SIZE_MAX);
}

static void ask_for_nearly_all(struct arena *arena)
{
	arena_alloc(arena, SIZE_MAX - 40);
}

static void grow_to_all(struct arena *arena)
{
	size_t cap = SIZE_MAX / 2;

	arena_grow(arena, NULL, cap, &cap, 16);
}

static void write_all(struct arena *arena)
{
	_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;

	(void)arena;
	strbuf_addn(&buf, "", SIZE_MAX / 2);
}

static void (*const excesses[])(struct arena *arena) = { ask_for_all, ask_for_nearly_all,
							 grow_to_all, write_all };

/* The exit status of a child that does @fn, and what it prints as errors. */
static int status_of(void (*fn)(struct arena *arena), char *text, size_t size)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	int ends[2], status;
	ssize_t n;
	pid_t child;

	ck_assert_int_eq(pipe(ends), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		fn(arena);
		_exit(0);
	}
	close(ends[1]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	n = read(ends[0], text, size - 1);
	text[n < 0 ? 0 : n] = '\0';
	close(ends[0]);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(too_much_memory_ends_the_process)
{
	char text[100];

	ck_assert_int_eq(status_of(excesses[_i], text, sizeof(text)), 1);
	ck_assert_ptr_nonnull(strstr(text, ": error: out of memory\n"));
}
END_TEST

/* All that the process may have, and the reserve. */
static void use_up(struct arena *arena)
{
	const struct rlimit limit = { (rlim_t)64 << 20, (rlim_t)64 << 20 };
	size_t in_need = 0;

	if (setrlimit(RLIMIT_AS, &limit) < 0)
		_exit(2);
	while (!memory_was_short())
		arena_alloc(arena, 10000);
	while (in_need++ < 100)
		arena_alloc(arena, 10000);
	if (memory_release())
		_exit(3);
	while (write(STDERR_FILENO, "", 0) == 0)
		arena_alloc(arena, 10000);
}

START_TEST(memory_has_a_reserve)
{
	char text[100];

	/* Tools that watch memory need much of it themselves; they let tests not fork. */
	if (getenv("CK_FORK"))
		return;
	ck_assert_int_eq(status_of(use_up, text, sizeof(text)), 1);
	ck_assert_ptr_nonnull(strstr(text, ": error: out of memory\n"));
}
END_TEST

START_TEST(functions_that_lack_memory_are_called_again)
{
	int calls = 0;

	ck_assert_ptr_null(MEMORY_TRY((errno = ENOENT, calls++, (void *)NULL)));
	ck_assert_int_eq(calls, 1);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_ptr_nonnull(MEMORY_TRY((errno = EINVAL, calls++, &calls)));
	ck_assert_int_eq(calls, 2);
}
END_TEST

START_TEST(arena_copies_text)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	char text[] = "bond0";
	const char *whole = arena_strdup(arena, text);
	const char *part = arena_strndup(arena, text, 4);
	const char *empty = arena_strndup(arena, text, 0);
	const char *made = arena_printf(arena, "%s/%d", text, 24);

	memset(text, 'x', sizeof(text));
	ck_assert_str_eq(whole, "bond0");
	ck_assert_str_eq(part, "bond");
	ck_assert_str_eq(empty, "");
	ck_assert_str_eq(made, "bond0/24");
}
END_TEST

START_TEST(arena_array_grows_and_keeps_its_elements)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	size_t *list = NULL, n = 0, cap = 0;

	for (size_t i = 0; i < 5000; i++)
		ARENA_PUSH(arena, list, n, cap, i);
	ck_assert_uint_eq(n, 5000);
	ck_assert_uint_ge(cap, n);
	for (size_t i = 0; list && i < n; i++)
		ck_assert_uint_eq(list[i], i);
}
END_TEST

START_TEST(arena_free_accepts_null)
{
	arena_free(NULL);
}
END_TEST

/* ------------------------------------------------------------------- strbuf */

START_TEST(strbuf_is_empty_text_at_first)
{
	_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;
	_cleanup_free_ char *text = NULL;

	ck_assert_str_eq(strbuf_text(&buf), "");
	text = strbuf_take(&buf);
	ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(strbuf_appends)
{
	_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;

	strbuf_add(&buf, "mode");
	strbuf_addc(&buf, '=');
	strbuf_addf(&buf, "%u,%s", 1U, "x");
	strbuf_addn(&buf, "yzzzz", 1);
	ck_assert_str_eq(strbuf_text(&buf), "mode=1,xy");
	ck_assert_uint_eq(buf.len, 9);
}
END_TEST

START_TEST(strbuf_grows)
{
	_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;

	for (int i = 0; i < 10000; i++)
		strbuf_addf(&buf, "%04d ", i);
	ck_assert_uint_eq(buf.len, 50000);
	ck_assert_int_eq(memcmp(strbuf_text(&buf) + 49995, "9999 ", 6), 0);
}
END_TEST

START_TEST(strbuf_starts_anew_when_taken)
{
	_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;
	_cleanup_free_ char *text = NULL;

	strbuf_add(&buf, "first");
	text = strbuf_take(&buf);
	strbuf_add(&buf, "second");
	ck_assert_str_eq(text, "first");
	ck_assert_str_eq(strbuf_text(&buf), "second");
}
END_TEST

/* ------------------------------------------------------------------ numbers */

static const struct {
	const char *text;
	uint32_t max;
	int result;
	uint32_t value;
} unsigned_numbers[] = {
	{ "0", UINT32_MAX, 0, 0 },
	{ "100", UINT32_MAX, 0, 100 },
	{ "0100", UINT32_MAX, 0, 100 },
	{ "4294967295", UINT32_MAX, 0, UINT32_MAX },
	{ "000000000000000000000000000001", UINT32_MAX, 0, 1 },
	{ "255", 255, 0, 255 },
	{ "0", 0, 0, 0 },
	{ "256", 255, -ERANGE, 0 },
	{ "1", 0, -ERANGE, 0 },
	{ "4294967296", UINT32_MAX, -ERANGE, 0 },
	{ "18446744073709551617", UINT32_MAX, -ERANGE, 0 },
	{ "99999999999999999999999999999999", UINT32_MAX, -ERANGE, 0 },
	{ "", UINT32_MAX, -EINVAL, 0 },
	{ "-1", UINT32_MAX, -EINVAL, 0 },
	{ "+1", UINT32_MAX, -EINVAL, 0 },
	{ " 1", UINT32_MAX, -EINVAL, 0 },
	{ "1 ", UINT32_MAX, -EINVAL, 0 },
	{ "0x10", UINT32_MAX, -EINVAL, 0 },
	{ "1.5", UINT32_MAX, -EINVAL, 0 },
	{ "100ms", UINT32_MAX, -EINVAL, 0 },
};

START_TEST(unsigned_number_is_decimal_only)
{
	uint32_t value = 42;
	int r = num_parse_u32(unsigned_numbers[_i].text, unsigned_numbers[_i].max,
			      &value);

	ck_assert_int_eq(r, unsigned_numbers[_i].result);
	ck_assert_uint_eq(value, r == 0 ? unsigned_numbers[_i].value : 42);
}
END_TEST

static const struct {
	const char *text;
	int result;
	int32_t value;
} signed_numbers[] = {
	{ "0", 0, 0 },
	{ "-0", 0, 0 },
	{ "10", 0, 10 },
	{ "-10", 0, -10 },
	{ "2147483647", 0, INT32_MAX },
	{ "-2147483648", 0, INT32_MIN },
	{ "2147483648", -ERANGE, 0 },
	{ "-2147483649", -ERANGE, 0 },
	{ "", -EINVAL, 0 },
	{ "-", -EINVAL, 0 },
	{ "--1", -EINVAL, 0 },
	{ "+1", -EINVAL, 0 },
	{ "- 1", -EINVAL, 0 },
};

START_TEST(signed_number_may_have_a_minus)
{
	int32_t value = 42;
	int r = num_parse_s32(signed_numbers[_i].text, &value);

	ck_assert_int_eq(r, signed_numbers[_i].result);
	ck_assert_int_eq(value, r == 0 ? signed_numbers[_i].value : 42);
}
END_TEST

/* ------------------------------------------------------------- nearest word */

#define W8  "12345678"
#define W64 W8 W8 W8 W8 W8 W8 W8 W8

static const char *const known_words[] = {
	"mode", NULL, "miimon", "primary", "primary_reselect", "min_links", W64 "9",
};

static const char *known_word(size_t i, const void *arg)
{
	(void)arg;
	return known_words[i];
}

static const struct {
	const char *word, *nearest;
} misspelt[] = {
	{ "mode", "mode" },
	{ "MODE", "mode" },
	{ "model", "mode" },    /* one too many */
	{ "mimon", "miimon" },  /* one missing */
	{ "niimon", "miimon" }, /* another one */
	{ "imimon", "miimon" }, /* two swapped */
	{ "primray", "primary" },
	{ "min-link", "min_links" }, /* two mistakes in a long word */
	{ "primary_reselekt", "primary_reselect" },
	{ "mo", NULL }, /* too short to tell */
	{ "mdoo", NULL },
	{ "", NULL },
	{ "gateway", NULL },
	{ W64 "9", NULL }, /* too long for any key */
	{ W64, NULL },
};

START_TEST(nearest_word_is_at_most_two_mistakes_away)
{
	const char *nearest = typo_nearest(misspelt[_i].word, ARRAY_SIZE(known_words),
					   known_word, NULL);

	ck_assert_pstr_eq(nearest, misspelt[_i].nearest);
}
END_TEST

/* ----------------------------------------------------------------- messages */

static const struct pos line5 = { "ifcfg-bond0", 5 };
static const struct pos whole_file = { "ifcfg-bond0", 0 };
static const struct pos no_file = { NULL, 0 };

static char *printed(struct diag *diag, enum diag_grade least)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert_ptr_nonnull(out);
	diag_print(diag, least, out);
	fclose(out);
	return text;
}

START_TEST(message_has_the_shape_of_a_compiler)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	diag_error(diag, line5, "'%s' is not an address", "x");
	diag_hint(diag, "each of the %d parts is 0 to 255", 4);
	diag_warning(diag, whole_file, "no ports");
	diag_note(diag, line5, "worth knowing");
	text = printed(diag, DIAG_NOTE);
	ck_assert_str_eq(text, "ifcfg-bond0:5: error: 'x' is not an address\n"
			       "    hint: each of the 4 parts is 0 to 255\n"
			       "ifcfg-bond0: warning: no ports\n"
			       "ifcfg-bond0:5: note: worth knowing\n");
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(message_without_a_file_starts_with_the_program)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL, *wanted = NULL;

	diag_error(diag, no_file, "no such interface");
	text = printed(diag, DIAG_NOTE);
	ck_assert_int_gt(asprintf(&wanted, "%s: error: no such interface\n",
				  program_invocation_short_name),
			 0);
	ck_assert_str_eq(text, wanted);
}
END_TEST

START_TEST(messages_below_the_grade_are_left_out)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	diag_note(diag, line5, "a note");
	diag_warning(diag, line5, "a warning");
	text = printed(diag, DIAG_WARNING);
	ck_assert_str_eq(text, "ifcfg-bond0:5: warning: a warning\n");
}
END_TEST

START_TEST(messages_are_printed_once)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *first = NULL, *second = NULL, *third = NULL;

	diag_warning(diag, line5, "one");
	first = printed(diag, DIAG_NOTE);
	second = printed(diag, DIAG_NOTE);
	diag_warning(diag, line5, "two");
	third = printed(diag, DIAG_NOTE);
	ck_assert_str_eq(first, "ifcfg-bond0:5: warning: one\n");
	ck_assert_str_eq(second, "");
	ck_assert_str_eq(third, "ifcfg-bond0:5: warning: two\n");
}
END_TEST

START_TEST(repetition_is_dropped_with_its_hint)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	diag_warning(diag, line5, "one");
	diag_warning(diag, line5, "two");
	diag_hint(diag, "first hint");
	diag_warning(diag, line5, "one");
	diag_hint(diag, "dropped");
	diag_warning(diag, whole_file, "one");
	text = printed(diag, DIAG_NOTE);
	ck_assert_str_eq(text, "ifcfg-bond0:5: warning: one\n"
			       "ifcfg-bond0:5: warning: two\n"
			       "    hint: first hint\n"
			       "ifcfg-bond0: warning: one\n");
}
END_TEST

START_TEST(sorting_goes_by_file_and_line)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	diag_note(diag, (struct pos){ 0 }, "last");
	diag_error(diag, (struct pos){ "b", 1 }, "third");
	diag_error(diag, (struct pos){ "a", 7 }, "first of two");
	diag_warning(diag, (struct pos){ "a", 7 }, "second of two");
	diag_hint(diag, "of the second");
	diag_error(diag, (struct pos){ "a", 0 }, "the whole file");
	diag_sort(diag);
	diag_error(diag, (struct pos){ "a", 1 }, "found later");
	text = printed(diag, DIAG_WARNING);
	ck_assert_str_eq(text, "a: error: the whole file\n"
			       "a:7: error: first of two\n"
			       "a:7: warning: second of two\n"
			       "    hint: of the second\n"
			       "b:1: error: third\n"
			       "a:1: error: found later\n");
}
END_TEST

START_TEST(a_text_lists_whole_words)
{
	ck_assert(text_lists("one two-three four", "two-three"));
	ck_assert(text_lists("one", "one"));
	ck_assert(text_has_word("one two", "two3", 3));
	ck_assert(!text_lists("one two-three four", "two"));
	ck_assert(!text_lists("one two", "one two"));
	ck_assert(!text_lists("one two", ""));
	ck_assert(!text_lists("", "one"));
	ck_assert(!text_lists(NULL, "one"));
}
END_TEST

START_TEST(strbuf_quotes_what_a_shell_would_act_on)
{
	static const struct {
		const char *word, *quoted;
	} words[] = {
		{ "bond0", "bond0" }, { "/sys/x:1", "/sys/x:1" },
		{ "", "''" },         { "a b", "'a b'" },
		{ "$(x)", "'$(x)'" }, { "it's", "'it'\\''s'" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		_cleanup_strbuf_ struct strbuf buf = STRBUF_EMPTY;

		strbuf_add_quoted(&buf, words[i].word);
		ck_assert_str_eq(strbuf_text(&buf), words[i].quoted);
	}
}
END_TEST

START_TEST(strict_makes_errors_of_warnings)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	diag_set_strict(diag, true);
	diag_warning(diag, line5, "one");
	diag_note(diag, line5, "two");
	text = printed(diag, DIAG_NOTE);
	ck_assert_str_eq(text, "ifcfg-bond0:5: error: one\nifcfg-bond0:5: note: two\n");
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(merged_messages_keep_order_and_grade)
{
	_cleanup_diag_ struct diag *diag = diag_new(), *from = diag_new();
	_cleanup_free_ char *text = NULL, *left = NULL;

	diag_set_strict(diag, true);
	diag_note(diag, line5, "one");
	diag_warning(from, line5, "two");
	diag_hint(from, "hint of two");
	diag_note(from, line5, "one");
	diag_note(from, line5, "three");
	diag_merge(diag, from);
	text = printed(diag, DIAG_NOTE);
	left = printed(from, DIAG_NOTE);
	ck_assert_str_eq(text, "ifcfg-bond0:5: note: one\n"
			       "ifcfg-bond0:5: error: two\n"
			       "    hint: hint of two\n"
			       "ifcfg-bond0:5: note: three\n");
	ck_assert_str_eq(left, "");
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(merging_what_is_new_drops_what_is_known)
{
	_cleanup_diag_ struct diag *diag = diag_new(), *from = diag_new();
	_cleanup_free_ char *text = NULL, *left = NULL;

	diag_warning(diag, line5, "one");
	diag_note(diag, (struct pos){ "other", 1 }, "elsewhere");
	diag_warning(from, line5, "one");
	diag_warning(from, line5, "two");
	diag_hint(from, "hint of two");
	diag_note(from, line5, "one");
	diag_merge_new(diag, from);
	text = printed(diag, DIAG_NOTE);
	left = printed(from, DIAG_NOTE);
	ck_assert_str_eq(text, "ifcfg-bond0:5: warning: one\n"
			       "other:1: note: elsewhere\n"
			       "ifcfg-bond0:5: warning: two\n"
			       "    hint: hint of two\n"
			       "ifcfg-bond0:5: note: one\n");
	ck_assert_str_eq(left, "");
}
END_TEST

/* "INTERFACE TEXT, " for each, into a buffer of 200 bytes. */
static void collect_line(const struct diag_line *line, void *arg)
{
	char *text = arg;
	size_t len = strlen(text);

	snprintf(text + len, 200 - len, "%s %s%s, ",
		 line->interface ? line->interface : "-", line->text,
		 line->hint ? line->hint : "");
}

/* ------------------------------------------------------------------ signals */

/* In a child: valgrind's and libcheck's own signals stay as they are. */
static bool survives(int signo)
{
	int status;
	pid_t pid = fork();
	sigset_t held;

	if (pid == 0) {
		signals_hold(&held);
		raise(signo);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	if (WIFSTOPPED(status))
		kill(pid, SIGKILL);
	return WIFEXITED(status);
}

START_TEST(no_signal_ends_what_has_to_put_something_back)
{
	static const int others[] = { SIGKILL, SIGSTOP, SIGABRT, SIGBUS, SIGFPE,
				      SIGILL,  SIGSEGV, SIGSYS,  SIGTRAP };
	bool is_other = false;

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		is_other |= _i == others[i];
	if (!is_other && (_i < 32 || _i >= SIGRTMIN))
		ck_assert_msg(survives(_i), "signal %d", _i);
}
END_TEST

/* People paste them. */
START_TEST(commands_in_hints_are_quoted)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	diag_error(diag, ((struct pos){ 0 }), "bad");
	diag_hint_words(diag, "chmod go-w %s && ifup %s, it's %s", "/a b/$(x)", "bond0",
			"it's");
	text = printed(diag, DIAG_NOTE);
	ck_assert_ptr_nonnull(strstr(text,
				     "hint: chmod go-w '/a b/$(x)' && ifup bond0, it's "
				     "'it'\\''s'\n"));
}
END_TEST

START_TEST(a_message_knows_which_interface_it_is_about)
{
	_cleanup_diag_ struct diag *diag = diag_new(), *from = diag_new();
	char text[200] = "", name[] = "bond1";

	diag_warning(diag, line5, "one");
	ck_assert_ptr_null(diag_about(diag, "bond0"));
	diag_warning(diag, line5, "two");
	diag_hint(diag, "!");
	diag_warning(from, whole_file, "three");
	ck_assert_ptr_null(diag_about(from, name));
	diag_warning(from, whole_file, "four");
	memset(name, 'x', sizeof(name));
	diag_merge(diag, from);
	diag_note(diag, line5, "not asked for");
	ck_assert_str_eq(diag_about(diag, NULL), "bond0");
	diag_sort(diag);
	diag_each(diag, DIAG_WARNING, collect_line, text);
	ck_assert_str_eq(text, "bond0 three, bond1 four, - one, bond0 two!, ");
}
END_TEST

/* ---------------------------------------------------------------------------- */

/* ---- files ---- */

#define FOLDER "/tmp/ifcfg-file-XXXXXX"

static char folder[sizeof(FOLDER)], to[sizeof(FOLDER) + 8];

static void make_files(void)
{
	snprintf(folder, sizeof(folder), FOLDER);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(to, sizeof(to), "%s/to", folder);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static void remove_files(void)
{
	unlink(to);
	ck_assert_int_eq(rmdir(folder), 0); /* nothing else is left there */
}

static void ck_text(const char *path, const char *text)
{
	char got[64] = "";
	FILE *file = fopen(path, "r");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_le(fread(got, 1, sizeof(got) - 1, file), sizeof(got) - 1);
	fclose(file);
	ck_assert_str_eq(got, text);
}

START_TEST(what_is_put_has_content_rights_and_time)
{
	const struct file_meta meta = { 0100600, geteuid(), getegid(), { 2000, 7 } };
	struct stat st;

	make_files();
	write_file(to, "something longer than that\n");
	ck_assert_int_eq(file_put(to, "KEY=secret\n", 11, &meta), 0);
	ck_text(to, "KEY=secret\n");
	ck_assert_int_eq(stat(to, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	ck_assert_int_eq(st.st_mtim.tv_sec, 2000);
	ck_assert_int_eq(st.st_mtim.tv_nsec, 7);
	remove_files();
}
END_TEST

START_TEST(what_cannot_be_put_leaves_the_target)
{
	const struct file_meta meta = { 0100600, geteuid(), getegid(), { 0 } };

	make_files();
	ck_assert_int_eq(mkdir(to, 0700), 0);
	ck_assert_int_eq(file_put(to, "new\n", 4, &meta), -EISDIR);
	ck_assert_int_eq(rmdir(to), 0);
	remove_files();
	ck_assert_int_eq(file_put(to, "new\n", 4, &meta), -ENOENT);
}
END_TEST

static void add_memory(Suite *suite)
{
	TCase *tcase = tcase_create("memory");

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, arena_memory_is_zeroed_aligned_and_apart);
	tcase_add_loop_test(tcase, too_much_memory_ends_the_process, 0,
			    ARRAY_SIZE(excesses));
	tcase_add_test(tcase, memory_has_a_reserve);
	tcase_add_test(tcase, functions_that_lack_memory_are_called_again);
	tcase_add_test(tcase, arena_copies_text);
	tcase_add_test(tcase, arena_array_grows_and_keeps_its_elements);
	tcase_add_test(tcase, arena_free_accepts_null);
	tcase_add_test(tcase, strbuf_is_empty_text_at_first);
	tcase_add_test(tcase, strbuf_appends);
	tcase_add_test(tcase, strbuf_grows);
	tcase_add_test(tcase, strbuf_starts_anew_when_taken);
	tcase_add_test(tcase, strbuf_quotes_what_a_shell_would_act_on);
	tcase_add_test(tcase, a_text_lists_whole_words);
}

START_TEST(only_regular_files_of_a_fair_size_are_read)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	char dir[] = "/tmp/ifcfg-base-XXXXXX", path[sizeof(dir) + 8];
	struct stat st;
	FILE *file;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/file", dir);
	ck_assert_int_eq(file_read(path, 100, &text, NULL), -ENOENT);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(file_read(path, 100, &text, NULL), -EBADFD);
	ck_assert_ptr_null(file_open_stream(path));
	ck_assert_int_eq(errno, EBADFD);
	ck_assert_int_eq(unlink(path), 0);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fprintf(file, "%0100d", 0);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(file_read(path, 99, &text, NULL), -EFBIG);
	strbuf_release(&text);
	ck_assert_int_eq(file_read(path, 100, &text, &st), 0);
	ck_assert_uint_eq(text.len, 100);
	ck_assert_int_eq(st.st_size, 100);
	unlink(path);
	rmdir(dir);
	ck_assert_int_eq(file_read("/", 100, &text, NULL), -EBADFD);
	ck_assert_int_eq(file_read("/dev/zero", 100, &text, NULL), -EBADFD);
	ck_assert_int_eq(file_read("/proc/self/mem", 100, &text, NULL), -EIO);
}
END_TEST

/* What acts on a terminal or ends a line, and what it is shown as. */
static const struct {
	const char *text, *visible;
} shown[] = {
	{ "bond0 \t~", "bond0 \t~" },
	{ "\xE4\xB8\xAD \xC3\xA9 \xF0\x9F\x98\x80",
	  "\xE4\xB8\xAD \xC3\xA9 \xF0\x9F\x98\x80" },
	{ "a\nb\r\x1B[2J\x7F", "a\\x0ab\\x0d\\x1b[2J\\x7f" },
	{ "\xC2\x9B"
	  "2J",
	  "\\xc2\\x9b2J" },
	{ "\x9B"
	  "2J \xE4\xB8",
	  "\\x9b2J \\xe4\\xb8" },
	{ "\xE2\x80\xAE\xE2\x80\xAC", "\\xe2\\x80\\xae\\xe2\\x80\\xac" },
	{ "\xC1\x9B", "\\xc1\\x9b" },
};

START_TEST(what_acts_on_a_terminal_is_spelled_out)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	strbuf_add_visible(&out, shown[_i].text);
	ck_assert_str_eq(strbuf_text(&out), shown[_i].visible);
}
END_TEST

START_TEST(no_value_forges_a_message)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	diag_error(diag, ((struct pos){ "a\nb", 1 }), "'%s' is wrong", "\nc:1: error: d");
	diag_hint(diag, "'%s'", "\033]0;x\a");
	diag_print(diag, DIAG_NOTE, out);
	fclose(out);
	ck_assert_str_eq(text, "a\\x0ab:1: error: '\\x0ac:1: error: d' is wrong\n"
			       "    hint: '\\x1b]0;x\\x07'\n");
}
END_TEST

static void add_files(Suite *suite)
{
	TCase *tcase = tcase_create("files");

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, what_is_put_has_content_rights_and_time);
	tcase_add_test(tcase, what_cannot_be_put_leaves_the_target);
	tcase_add_test(tcase, only_regular_files_of_a_fair_size_are_read);
}

static void add_words(Suite *suite)
{
	TCase *tcase = tcase_create("words");

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, unsigned_number_is_decimal_only, 0,
			    ARRAY_SIZE(unsigned_numbers));
	tcase_add_loop_test(tcase, signed_number_may_have_a_minus, 0,
			    ARRAY_SIZE(signed_numbers));
	tcase_add_loop_test(tcase, nearest_word_is_at_most_two_mistakes_away, 0,
			    ARRAY_SIZE(misspelt));
}

static void add_messages(Suite *suite)
{
	TCase *tcase = tcase_create("messages");

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, message_has_the_shape_of_a_compiler);
	tcase_add_loop_test(tcase, what_acts_on_a_terminal_is_spelled_out, 0,
			    ARRAY_SIZE(shown));
	tcase_add_test(tcase, no_value_forges_a_message);
	tcase_add_test(tcase, message_without_a_file_starts_with_the_program);
	tcase_add_test(tcase, messages_below_the_grade_are_left_out);
	tcase_add_test(tcase, messages_are_printed_once);
	tcase_add_test(tcase, repetition_is_dropped_with_its_hint);
	tcase_add_test(tcase, sorting_goes_by_file_and_line);
	tcase_add_test(tcase, strict_makes_errors_of_warnings);
	tcase_add_test(tcase, merged_messages_keep_order_and_grade);
	tcase_add_test(tcase, merging_what_is_new_drops_what_is_known);
	tcase_add_loop_test(tcase, no_signal_ends_what_has_to_put_something_back, 1,
			    SIGRTMAX + 1);
	tcase_add_test(tcase, commands_in_hints_are_quoted);
	tcase_add_test(tcase, a_message_knows_which_interface_it_is_about);
}

int main(void)
{
	Suite *suite = suite_create("base");
	SRunner *runner = srunner_create(suite);
	int failed;

	add_memory(suite);
	add_files(suite);
	add_words(suite);
	add_messages(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
