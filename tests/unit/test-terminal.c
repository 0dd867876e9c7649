/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is looked at on a terminal: a pseudo-terminal here. */
#include <check.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "lib/base/diag.h"
#include "lib/base/print.h"
#include "lib/base/terminal.h"

/* struct pty - @screen: what is shown there is read from it; @fd: for programs */
struct pty {
	int screen, fd;
};

static struct pty pty_open(void)
{
	struct pty pty = { .screen = posix_openpt(O_RDWR | O_NOCTTY) };
	struct termios modes;

	ck_assert_int_ge(pty.screen, 0);
	ck_assert_int_eq(grantpt(pty.screen), 0);
	ck_assert_int_eq(unlockpt(pty.screen), 0);
	pty.fd = open(ptsname(pty.screen), O_RDWR | O_NOCTTY);
	ck_assert_int_ge(pty.fd, 0);
	ck_assert_int_eq(tcgetattr(pty.fd, &modes), 0);
	modes.c_oflag &= ~(tcflag_t)OPOST;
	ck_assert_int_eq(tcsetattr(pty.fd, TCSANOW, &modes), 0);
	return pty;
}

static void pty_close(struct pty *pty)
{
	close(pty->fd);
	close(pty->screen);
}
#define _cleanup_pty_ _cleanup_(pty_close)

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

START_TEST(colours_are_for_terminals_that_have_them)
{
	static const struct {
		const char *term, *no_color;
		bool obeys, has_colours;
	} rows[] = {
		{ "xterm", NULL, true, true },  { "linux", "", true, true },
		{ "xterm", "1", true, false },  { "xterm", "0", true, false },
		{ "dumb", NULL, false, false }, { "", NULL, false, false },
		{ NULL, NULL, false, false },   { "dumb\n", NULL, true, true },
	};
	_cleanup_pty_ struct pty pty = pty_open();
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		set("TERM", rows[i].term);
		set("NO_COLOR", rows[i].no_color);
		ck_assert_int_eq(terminal_obeys(pty.fd), rows[i].obeys);
		ck_assert_int_eq(terminal_has_colours(pty.fd), rows[i].has_colours);
		ck_assert(!terminal_obeys(ends[1]) && !terminal_has_colours(ends[1]));
		ck_assert(!terminal_obeys(-1) && !terminal_has_colours(-1));
	}
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(a_terminal_has_a_width)
{
	_cleanup_pty_ struct pty pty = pty_open();
	const struct winsize size = { .ws_row = 25, .ws_col = 80 };

	ck_assert_uint_eq(terminal_width(pty.fd), 0);
	ck_assert_int_eq(ioctl(pty.fd, TIOCSWINSZ, &size), 0);
	ck_assert_uint_eq(terminal_width(pty.fd), 80);
	ck_assert_uint_eq(terminal_width(-1), 0);
}
END_TEST

START_TEST(text_takes_columns)
{
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
		{ "", 0 },
		{ "bond0", 5 },
		{ "\u51fa\u9519: bond0", 11 },
		{ "M\u00fcnchen", 7 },
		{ "Mu\u0308nchen", 7 },
		{ "\u251c\u2500 ", 3 },
		{ "\xff\xfe", 2 },
		{ "\U0001f600", 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		ck_assert_uint_eq(text_width(rows[i].text), rows[i].width);
}
END_TEST

START_TEST(the_locale_says_whether_there_is_utf8)
{
	setenv("LC_ALL", "C", 1);
	ck_assert(!locale_is_utf8());
	setenv("LC_ALL", "no-such-locale", 1);
	ck_assert(!locale_is_utf8());
	setenv("LC_ALL", "C.UTF-8", 1);
	ck_assert(locale_is_utf8());
	/* That of the process is left alone: see terminal.c. */
	text_width("\u51fa");
	ck_assert_str_eq(setlocale(LC_CTYPE, NULL), "C");
}
END_TEST

/* Two warnings and so on, as they are shown on a file. */
static void shows(int fd, int screen, const char *want)
{
	static const struct pos pos = { "ifcfg-bond0", 3 };
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_fclose_ FILE *out = fdopen(dup(fd), "w");
	char got[512];
	ssize_t n;

	ck_assert_ptr_nonnull(out);
	diag_error(diag, pos, "no such \033[7mmode");
	diag_hint(diag, "set one");
	diag_warning(diag, pos, "w");
	diag_notice(diag, pos, "n");
	diag_print(diag, DIAG_NOTE, out);
	fflush(out);
	/* It may come in pieces. */
	for (size_t len = 0; len < strlen(want); len += (size_t)n) {
		n = read(screen, got + len, sizeof(got) - 1 - len);
		ck_assert_int_gt(n, 0);
		got[len + (size_t)n] = '\0';
	}
	ck_assert_str_eq(got, want);
}

START_TEST(messages_have_colours_on_a_terminal)
{
	static const char plain[] = "ifcfg-bond0:3: error: no such \\x1b[7mmode\n"
				    "    hint: set one\n"
				    "ifcfg-bond0:3: warning: w\n"
				    "ifcfg-bond0:3: note: n\n";
	_cleanup_pty_ struct pty pty = pty_open();
	int ends[2];

	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	shows(pty.fd, pty.screen,
	      "ifcfg-bond0:3: \033[31merror:\033[0m no such \\x1b[7mmode\n"
	      "    \033[32mhint:\033[0m set one\n"
	      "ifcfg-bond0:3: \033[33mwarning:\033[0m w\n"
	      "ifcfg-bond0:3: \033[36mnote:\033[0m n\n");
	ck_assert_int_eq(pipe(ends), 0);
	shows(ends[1], ends[0], plain);
	setenv("NO_COLOR", "1", 1);
	shows(pty.fd, pty.screen, plain);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(cells_end_in_one_column)
{
	int ends[2];
	char got[64];
	_cleanup_fclose_ FILE *out = NULL;
	ssize_t n;

	ck_assert_int_eq(pipe(ends), 0);
	out = fdopen(ends[1], "w");
	ck_assert_ptr_nonnull(out);
	print_cell(out, 6, "DOMAIN");
	print_cell(out, 6, "a");
	print_cell(out, 6, "\u7f51");
	print_cell(out, 2, "abc");
	ck_assert_int_eq(print_part(out, "%s", "\u7f51\033"), 6);
	fflush(out);
	n = read(ends[0], got, sizeof(got) - 1);
	ck_assert_int_ge(n, 0);
	got[n] = '\0';
	ck_assert_str_eq(got, "DOMAINa     \u7f51    abc\u7f51\\x1b");
	close(ends[0]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("terminal");
	TCase *terminal = tcase_create("terminal"), *locale = tcase_create("locale");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(terminal, colours_are_for_terminals_that_have_them);
	tcase_add_test(terminal, a_terminal_has_a_width);
	tcase_add_test(terminal, messages_have_colours_on_a_terminal);
	suite_add_tcase(suite, terminal);
	tcase_set_tags(locale, "locales");
	tcase_add_test(locale, text_takes_columns);
	tcase_add_test(locale, the_locale_says_whether_there_is_utf8);
	tcase_add_test(locale, cells_end_in_one_column);
	suite_add_tcase(suite, locale);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
