/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the keys of DHCP come to, and DHCP clients as text and as processes. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/files/files.h"
#include "lib/model/model.h"
#include "lib/snapshot/snapshot.h"
#include "tests/unit/sysconfig.h"

/* ------------------------------------------------------------------- the keys */

static const struct model *load(struct sysconfig *sys, struct diag *diag)
{
	const struct model_options options = { .sysconfig = sys->dir, .insecure = true };
	const struct model *model = NULL;

	model_load(&options, "x", NULL, diag, &model);
	return model;
}

static void told(struct diag *diag, const char *expect)
{
	_cleanup_free_ char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	diag_print(diag, DIAG_WARNING, out);
	fclose(out);
	if (*expect)
		ck_assert_msg(strstr(text, expect), "'%s' is not '%s'", text, expect);
	else
		ck_assert_str_eq(text, "");
}

static const struct {
	const char *line;
	enum dhcp_family family;
	enum dhcp_value_id id;
	const char *text; /* NULL: not set */
	const char *told;
} values[] = {
	{ "DHCP_HOSTNAME=web-01.x", DHCP_IP4, DHCP_HOST_NAME, "web-01.x", "" },
	{ "DHCP_HOSTNAME='a b'", DHCP_IP4, DHCP_HOST_NAME, NULL, "is not a host name" },
	{ "DHCP_HOSTNAME='a\"b'", DHCP_IP4, DHCP_HOST_NAME, NULL, "is not a host name" },
	{ "DHCP_HOSTNAME=", DHCP_IP4, DHCP_HOST_NAME, NULL, "" },
	{ "DHCP_FQDN=a.b.c", DHCP_IP4, DHCP_FULL_NAME, "a.b.c", "" },
	{ "DHCP_CLIENT_ID=ab", DHCP_IP4, DHCP_CLIENT_ID, "00:61:62", "" },
	{ "DHCP_CLIENT_ID=01:2:ff", DHCP_IP4, DHCP_CLIENT_ID, "01:2:ff", "" },
	{ "DHCP_CLIENT_ID=01:2x", DHCP_IP4, DHCP_CLIENT_ID, "00:30:31:3a:32:78", "" },
	{ "DHCP_CLIENT_ID=ff", DHCP_IP4, DHCP_CLIENT_ID, "00:66:66", "" },
	{ "DHCP_CLIENT_ID=a:", DHCP_IP4, DHCP_CLIENT_ID, "00:61:3a", "" },
	{ "DHCP_CLIENT_ID=duid", DHCP_IP4, DHCP_CLIENT_ID, NULL, "only NetworkManager" },
	{ "DHCP_VENDOR_CLASS_IDENTIFIER='a \\b'", DHCP_IP4, DHCP_VENDOR_CLASS, "a \\b",
	  "" },
	{ "DHCP_VENDOR_CLASS_IDENTIFIER=$'a\\nb'", DHCP_IP4, DHCP_VENDOR_CLASS, NULL,
	  "cannot be sent" },
	{ "DHCP_REJECT_SERVERS=10.0.0.1/33", DHCP_IP4, DHCP_REJECT, NULL,
	  "is not a list of servers" },
	{ "DHCP_REJECT_SERVERS='10.0.0.1;x'", DHCP_IP4, DHCP_REJECT, NULL,
	  "is not a list of servers" },
	{ "GATEWAY=10.0.0.1", DHCP_IP4, DHCP_GATEWAY, "10.0.0.1", "" },
	{ "GATEWAY=10.0.0.1\nDHCLIENT_IGNORE_GATEWAY=yes", DHCP_IP4, DHCP_GATEWAY, NULL,
	  "" },
	{ "GATEWAY=fe80::1", DHCP_IP4, DHCP_GATEWAY, NULL, "is not an IPv4 address" },
	{ "PEERDNS=no", DHCP_IP4, DHCP_NO_DNS, "no", "" },
	{ "PEERDNS=yes", DHCP_IP4, DHCP_NO_DNS, NULL, "" },
	{ "PEERDNS=no", DHCP_IP6, DHCP_NO_DNS, "no", "" },
	{ "IPV6_PEERDNS=no", DHCP_IP4, DHCP_NO_DNS, NULL, "" },
	{ "IPV6_PEERDNS=no", DHCP_IP6, DHCP_NO_DNS, "no", "" },
	{ "DEFROUTE=no", DHCP_IP4, DHCP_NO_DEFAULT_ROUTE, "no", "" },
	{ "DHCLIENT_SET_DEFAULT_ROUTE=no", DHCP_IP4, DHCP_NO_DEFAULT_ROUTE, "no", "" },
	{ "GATEWAYDEV=y", DHCP_IP4, DHCP_NO_DEFAULT_ROUTE, "y", "" },
	{ "GATEWAYDEV=x", DHCP_IP4, DHCP_NO_DEFAULT_ROUTE, NULL, "" },
	{ "PEERROUTES=no", DHCP_IP4, DHCP_NO_ROUTES, "no", "" },
	{ "DHCPV6_DUID=ll", DHCP_IP6, DHCP_CLIENT_ID, NULL, "DHCPV6_DUID has no effect" },
	{ "DHCP_IAID=1", DHCP_IP4, DHCP_CLIENT_ID, NULL, "DHCP_IAID has no effect" },
};

START_TEST(values_are_read)
{
	_cleanup_free_ char *files = NULL;
	_cleanup_sysconfig_ struct sysconfig sys = { 0 };
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_model_ const struct model *model = NULL;
	const struct dhcp_value *value;

	ck_assert_int_ge(asprintf(&files,
				  "== ifcfg-x\nDEVICE=x\nBOOTPROTO=DHCP\nDHCPV6C=yes\n"
				  "%s\n",
				  values[_i].line),
			 0);
	sys = sysconfig_new(files);
	model = load(&sys, diag);
	ck_assert_ptr_nonnull(model);
	value = &iface_dhcp(model->target, values[_i].family)->values[values[_i].id];
	told(diag, values[_i].told);
	ck_assert_int_eq(value->is_set, values[_i].text != NULL);
	if (values[_i].text)
		ck_assert_str_eq(value->text, values[_i].text);
}
END_TEST

static const struct {
	const char *line;
	uint32_t timeout_s;
	const char *told;
} timeouts[] = {
	{ "IPV4_DHCP_TIMEOUT=20", 20, "" },
	{ "IPV4_DHCP_TIMEOUT=2147483647", 3600, "" },
	{ "IPV4_DHCP_TIMEOUT=infinity", 3600, "" },
	{ "IPV4_DHCP_TIMEOUT=0", 0, "is not a number of seconds" },
	{ "IPV4_DHCP_TIMEOUT=-1", 0, "is not a number of seconds" },
	{ "IPV4_DHCP_TIMEOUT=1.5", 0, "is not a number of seconds" },
};

START_TEST(timeouts_are_read)
{
	_cleanup_free_ char *files = NULL;
	_cleanup_sysconfig_ struct sysconfig sys = { 0 };
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_model_ const struct model *model = NULL;

	ck_assert_int_ge(asprintf(&files, "== ifcfg-x\nDEVICE=x\nBOOTPROTO=bootp\n%s\n",
				  timeouts[_i].line),
			 0);
	sys = sysconfig_new(files);
	model = load(&sys, diag);
	ck_assert_ptr_nonnull(model);
	told(diag, timeouts[_i].told);
	ck_assert_uint_eq(iface_dhcp(model->target, DHCP_IP4)->values[DHCP_TIMEOUT].num,
			  timeouts[_i].timeout_s);
}
END_TEST

/* Which of the two has to succeed: BOOTPROTO, DHCPV6C and what else is said. */
static const struct {
	const char *lines;
	bool fatal[DHCP_FAMILIES];
} weights[] = {
	{ "BOOTPROTO=dhcp", { true, false } },
	{ "DHCPV6C=yes", { false, true } },
	{ "DHCPV6C=yes\nIPADDR=10.0.0.1\nPREFIX=8", { false, false } },
	{ "DHCPV6C=yes\nIPADDR=10.0.0.1\nPREFIX=8\nIPV6_FAILURE_FATAL=yes",
	  { false, true } },
	{ "BOOTPROTO=dhcp\nDHCPV6C=yes", { false, false } },
	{ "BOOTPROTO=dhcp\nDHCPV6C=yes\nIPV6INIT=no", { true, false } },
	{ "BOOTPROTO=dhcp\nDHCPV6C=yes\nIPV4_FAILURE_FATAL=yes", { true, false } },
};

START_TEST(failures_are_weighed)
{
	_cleanup_free_ char *files = NULL;
	_cleanup_sysconfig_ struct sysconfig sys = { 0 };
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_model_ const struct model *model = NULL;

	ck_assert_int_ge(
		asprintf(&files, "== ifcfg-x\nDEVICE=x\n%s\n", weights[_i].lines), 0);
	sys = sysconfig_new(files);
	model = load(&sys, diag);
	ck_assert_ptr_nonnull(model);
	for (unsigned int family = 0; family < DHCP_FAMILIES; family++) {
		const struct dhcp_wish *wish = iface_dhcp(model->target, family);

		if (wish)
			ck_assert_int_eq(wish->is_fatal, weights[_i].fatal[family]);
	}
}
END_TEST

START_TEST(uuid_is_no_path)
{
	_cleanup_sysconfig_ struct sysconfig sys =
		sysconfig_new("== ifcfg-x\nDEVICE=x\nBOOTPROTO=dhcp\nUUID=../../etc/x\n");
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_model_ const struct model *model = load(&sys, diag);

	ck_assert_ptr_nonnull(model);
	ck_assert_str_eq(model->target->dhcp->uuid, "");
}
END_TEST

/* -------------------------------------------------------------------- as text */

/* What is read is written the same, or refused with these words. */
static const struct {
	const char *line;
	const char *why;
} lines[] = {
	{ "dhcp x inet dhclient", NULL },
	{ "dhcp x inet6 udhcpc6 pid 7 run A=1%20%23 /sbin/udhcpc6 -i x", NULL },
	{ "dhcp x inet dhcpcd name web conf a%0Ab run /sbin/dhcpcd x", NULL },
	{ "dhcp x", "does not say which protocol" },
	{ "dhcp x inet", "names no DHCP client" },
	{ "dhcp x inet udhcpc6", "names no DHCP client" },
	{ "dhcp x inet dhclient pid 0", "has a process that is none" },
	{ "dhcp x inet dhclient pid", "ends in a word that wants a value" },
	{ "dhcp x inet dhclient colour red", "has a word that is not known" },
	{ "dhcp x inet dhclient run A=1", "has no command" },
	{ "option dhclient -X", "has an option that means nothing here" },
	{ "host", "has no name" },
	{ "file", "ends before the file's path" },
};

START_TEST(text_is_read_and_written)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL, *back = NULL;
	size_t size;
	FILE *out;
	int r;

	ck_assert_int_ge(asprintf(&text, "link x index 2\n%s\n", lines[_i].line), 0);
	r = snapshot_read_text(text, "text", diag, &snapshot);
	if (lines[_i].why) {
		ck_assert_int_eq(r, -EINVAL);
		told(diag, lines[_i].why);
		return;
	}
	ck_assert_int_eq(r, 0);
	out = open_memstream(&back, &size);
	ck_assert_int_eq(snapshot_write_text(snapshot, out), 0);
	fclose(out);
	ck_assert_str_eq(back, text);
}
END_TEST

/* --------------------------------------------------------------- as processes */

/* A process with that command line; it goes on until it is killed. */
static pid_t start(const char *name, const char *first, const char *second)
{
	int ready[2];
	pid_t pid;
	char byte;

	ck_assert_int_eq(pipe2(ready, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		/* The words after a shell's line are its own. */
		execl("/bin/sh", name, "-c", "read x; exit 0; :", first, second, NULL);
		_exit(127);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 0); /* it has become the other */
	close(ready[0]);
	return pid;
}

static const struct {
	const char *name, *first, *second;
	bool runs;
} processes[] = {
	{ "/sbin/dhclient", "-1", "bond0", true },
	{ "dhclient", "bond0", "-q", true },
	{ "dhclient:", "bond0", "[ip4]", true },
	{ "/sbin/dhclient", "-1", "bond1", false },
	{ "/sbin/dhclient", "-pf", "/run/dhclient-bond0.pid", false },
	{ "/usr/bin/dhclient-helper", "-1", "bond0", false },
	{ "vim", "dhclient", "bond0", false },
};

START_TEST(process_is_that_client)
{
	int stdin_now[2];
	pid_t pid;

	/* What the shell reads from, so that it does not end by itself. */
	ck_assert_int_eq(pipe(stdin_now), 0);
	dup2(stdin_now[0], STDIN_FILENO);
	pid = start(processes[_i].name, processes[_i].first, processes[_i].second);
	ck_assert_int_eq(snap_client_runs(DHCP_DHCLIENT, DHCP_IP4, "bond0", pid),
			 processes[_i].runs);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	ck_assert(!snap_client_runs(DHCP_DHCLIENT, DHCP_IP4, "bond0", pid));
}
END_TEST

static const struct {
	const char *text;
	int pid;
} pid_files[] = {
	{ "812\n", 812 }, { "812", 812 },          { "", 0 },
	{ "x\n", 0 },     { "99999999999999", 0 }, { "-5", 0 },
};

START_TEST(pid_file_is_read)
{
	char path[] = "/tmp/test-dhcp.XXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, pid_files[_i].text, strlen(pid_files[_i].text)),
			 strlen(pid_files[_i].text));
	close(fd);
	ck_assert_int_eq(snap_client_pid(path), pid_files[_i].pid);
	unlink(path);
	ck_assert_int_eq(snap_client_pid(path), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dhcp");
	TCase *tcase = tcase_create("dhcp");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, values_are_read, 0, ARRAY_SIZE(values));
	tcase_add_loop_test(tcase, timeouts_are_read, 0, ARRAY_SIZE(timeouts));
	tcase_add_loop_test(tcase, failures_are_weighed, 0, ARRAY_SIZE(weights));
	tcase_add_test(tcase, uuid_is_no_path);
	tcase_add_loop_test(tcase, text_is_read_and_written, 0, ARRAY_SIZE(lines));
	tcase_add_loop_test(tcase, process_is_that_client, 0, ARRAY_SIZE(processes));
	tcase_add_loop_test(tcase, pid_file_is_read, 0, ARRAY_SIZE(pid_files));
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
