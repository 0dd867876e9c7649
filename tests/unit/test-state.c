/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The memory between runs: lock, loading, saving. */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/strbuf.h"
#include "lib/state/lock-holder.h"
#include "lib/state/state.h"

#define TEMPLATE "/tmp/ifcfg-state-XXXXXX"

static char dir[sizeof(TEMPLATE)];
/* Not on the stack, where valgrind does not find it in a test's child. */
static struct diag *told;
static char path[sizeof(dir) + 16];

static const char *in_dir(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void make_dir(void)
{
	unsetenv("IFCFG_BOND_LOCK");
	snprintf(dir, sizeof(dir), TEMPLATE);
	ck_assert_ptr_nonnull(mkdtemp(dir));
	told = diag_new();
	ck_assert_ptr_nonnull(told);
}

static void remove_dir(void)
{
	char name[8];

	diag_free(told);
	remove(in_dir("lock"));
	for (unsigned int i = 1; i < 12; i++) {
		snprintf(name, sizeof(name), "lock.%u", i);
		remove(in_dir(name));
	}
	remove(in_dir("state"));
	remove(in_dir("state.new"));
	ck_assert_int_eq(rmdir(dir), 0);
}

static mode_t mode_of(const char *name)
{
	struct stat file;

	ck_assert_int_eq(stat(in_dir(name), &file), 0);
	return file.st_mode & 07777;
}

static void write_state(const char *text)
{
	FILE *file = fopen(in_dir("state"), "w");

	fputs(text, file);
	fclose(file);
}

static size_t count_files(void)
{
	DIR *folder = opendir(dir);
	size_t n = 0;

	while (readdir(folder))
		n++;
	closedir(folder);
	return n - 2;
}

static struct snapshot *read_text(const char *text)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct snapshot *snapshot = NULL;

	ck_assert_int_eq(snapshot_read_text(text, "text", diag, &snapshot), 0);
	return snapshot;
}

static char *text_of(const struct snapshot *snapshot)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	snapshot_write_text(snapshot, out);
	fclose(out);
	return text;
}

static char *said(struct diag *diag)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	diag_print(diag, DIAG_NOTE, out);
	fclose(out);
	return text;
}

/* What a run that starts now finds there. */
static char *load(struct diag *diag)
{
	_cleanup_snapshot_ struct snapshot *made = NULL;
	struct state state = STATE_NONE;
	char *text;

	ck_assert_int_eq(state_load(&state, dir, diag, &made), 0);
	text = text_of(made);
	state_release(&state);
	return text;
}

/* A run that makes @made, planning @also. */
static int save(const char *made_text, const char *also_text, struct diag *diag)
{
	_cleanup_snapshot_ struct snapshot *made = read_text(made_text);
	_cleanup_snapshot_ struct snapshot *also =
		also_text ? read_text(also_text) : NULL;
	_cleanup_snapshot_ struct snapshot *before = NULL;
	struct state state = STATE_NONE;
	int r;

	ck_assert_int_eq(state_load(&state, dir, diag, &before), 0);
	r = state_save(&state, made, also, diag);
	state_release(&state);
	return r;
}

static const char bond0[] =
	"link bond0 kind bond\n"
	"address bond0 192.168.1.22/24 broadcast 192.168.1.255 scope global label bond0\n"
	"route bond0 default via 192.168.1.1\n";
static const char ens3[] = "link ens3\naddress ens3 10.0.0.1/24 scope global\n";
static const char both[] =
	"link bond0 kind bond\nlink ens3\n"
	"address bond0 192.168.1.22/24 broadcast 192.168.1.255 scope global label bond0\n"
	"route bond0 default via 192.168.1.1\n"
	"address ens3 10.0.0.1/24 scope global\n";

static const char options[] = "link bond0 kind bond\nlink ens160\n"
			      "port ens160 queue-id 2 prio -5\n"
			      "bond bond0 mode active-backup updelay 200\n";
static const char more_options[] = "link bond0 kind bond\nlink ens160\n"
				   "port ens160 queue-id 3 actor-port-prio 7\n"
				   "bond bond0 mode balance-xor miimon 50\n";
static const char all_options[] = "link bond0 kind bond\nlink ens160\n"
				  "port ens160 queue-id 3 prio -5 actor-port-prio 7\n"
				  "bond bond0 mode active-backup miimon 50 updelay 200\n";

START_TEST(nothing_is_there_at_first)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = load(diag), *messages = said(diag);

	ck_assert_str_eq(text, "");
	ck_assert_str_eq(messages, "");
	ck_assert_uint_eq(count_files(), 0);
}
END_TEST

START_TEST(what_was_saved_is_loaded)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	ck_assert_int_eq(save(bond0, NULL, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, bond0);
	ck_assert_uint_eq(diag_errors(diag), 0);
	ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(what_will_be_is_added)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	ck_assert_int_eq(save(bond0, ens3, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, both);
}
END_TEST

/* Of options it counts that they are ours; what they were set to is in the kernel. */
START_TEST(options_of_before_and_after_are_ours)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	ck_assert_int_eq(save(options, more_options, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, all_options);
}
END_TEST

/* A run that is killed leaves the mark; one that comes to its end, for good or bad, does not. */
START_TEST(what_a_run_has_not_finished_is_marked)
{
	static const char marked[] = "link bond0 kind bond unfinished hooks-due\n";
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_snapshot_ struct snapshot *before = read_text(marked);
	_cleanup_snapshot_ struct snapshot *kept = read_text("link bond0 kind bond\n");
	_cleanup_snapshot_ struct snapshot *undone = read_text("link bond0 kind bond\n");
	_cleanup_free_ char *text = NULL;

	ck_assert_int_eq(save("", marked, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, marked);
	state_bring_back(kept, before, "bond0", false);
	ck_assert(!snapshot_link(kept, "bond0")->unfinished);
	state_bring_back(undone, before, "bond0", true);
	ck_assert(snapshot_link(undone, "bond0")->unfinished);
	ck_assert(snapshot_link(undone, "bond0")->hooks_due);
}
END_TEST

/* A run that is killed must not leave a note that a program was run, if it was not. */
START_TEST(programs_to_be_run_are_not_written)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	ck_assert_int_eq(save("link ens3\nrun ens3 /sbin/ethtool -s ens3 wol g\n",
			      "link ens3\nrun ens3 /sbin/ethtool -s ens3 wol d\n", diag),
			 0);
	text = load(diag);
	ck_assert_str_eq(text, "link ens3\nrun ens3 /sbin/ethtool -s ens3 wol g\n");
}
END_TEST

/* What was there before is what the earlier run found; a first run finds it itself. */
START_TEST(name_servers_of_before_and_after_are_ours)
{
	static const char before[] = "link bond0\ndns bond0 server 10.0.0.1\n"
				     "resolver file\nresolv # before\n";
	static const char after[] = "link bond0\ndns bond0 server 10.0.0.2\n"
				    "resolver file\nresolv # after\n";
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL, *first = NULL;

	ck_assert_int_eq(save(before, after, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, "link bond0\ndns bond0 server 10.0.0.1 server 10.0.0.2\n"
			       "resolver file\nresolv # before\n");
	ck_assert_int_eq(save(ens3, after, diag), 0);
	first = load(diag);
	ck_assert_str_eq(first, "link ens3\nlink bond0\n"
				"address ens3 10.0.0.1/24 scope global\n"
				"dns bond0 server 10.0.0.2\n"
				"resolver file\nresolv # after\n");
}
END_TEST

START_TEST(what_is_in_both_is_written_once)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	ck_assert_int_eq(save(both, bond0, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, both);
}
END_TEST

START_TEST(equal_state_is_not_written)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct stat before, after;

	ck_assert_int_eq(save(bond0, NULL, diag), 0);
	ck_assert_int_eq(stat(in_dir("state"), &before), 0);
	ck_assert_int_eq(save(bond0, NULL, diag), 0);
	ck_assert_int_eq(stat(in_dir("state"), &after), 0);
	ck_assert_uint_eq(before.st_ino, after.st_ino);
	ck_assert_int_eq(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	ck_assert_int_eq(save(ens3, NULL, diag), 0);
	ck_assert_int_eq(stat(in_dir("state"), &after), 0);
	ck_assert_uint_ne(before.st_ino, after.st_ino);
}
END_TEST

START_TEST(garbage_is_a_warning_and_nothing)
{
	static const char *const garbage[] = { "link e1\nrun e1\n", "garbage\n", "link\n",
					       "link x\nlink x\n",
					       "address y 10.0.0.1/8\n" };
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL, *messages = NULL;

	write_state(garbage[_i]);
	text = load(diag);
	ck_assert_str_eq(text, "");
	ck_assert_uint_eq(diag_errors(diag), 0);
	messages = said(diag);
	ck_assert_ptr_nonnull(
		strstr(messages, "/state: warning: the state file is damaged"));
	ck_assert_int_eq(save(bond0, NULL, diag), 0);
	free(text);
	text = load(diag);
	ck_assert_str_eq(text, bond0);
}
END_TEST

/* As empty, the name servers of before us would be forgotten. */
START_TEST(what_cannot_be_read_is_not_empty)
{
	_cleanup_(state_release) struct state state = STATE_NONE;
	_cleanup_snapshot_ struct snapshot *made = NULL;
	_cleanup_free_ char *messages = NULL;

	ck_assert_int_eq(symlink("/proc/self/mem", in_dir("state")), 0);
	ck_assert_int_eq(state_load(&state, dir, told, &made), -EIO);
	messages = said(told);
	ck_assert_ptr_nonnull(strstr(messages, "/state: error: cannot be read"));
}
END_TEST

START_TEST(links_may_have_names_of_ours)
{
	static const char odd[] = "link #x kind bond\nlink none\n"
				  "address #x 10.0.0.1/24 scope global\n"
				  "address none 10.0.1.1/24 scope global\n"
				  "route %6Eone default via 10.0.1.2\n";
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;

	ck_assert_int_eq(save(odd, NULL, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, odd);
}
END_TEST

/* The kernel takes all but '/', ':' and blanks; whoever has a container chooses. */
START_TEST(links_may_have_odd_names)
{
	static const char *const names[] = {
		"#",  "#x",     "none",    "link", "dns",      "-x",       "%20",
		"%",  "a\001b", "\x1b[2J", "\x7f", "\xff\xfe", "\xc2\x9b", "'",
		"\"", "\\",     ";",       "=",    "[x]",      "address",  "a=b#c",
		"@",  "{",      "$(x)",    "*"
	};
	const char *name = names[_i];
	_cleanup_snapshot_ struct snapshot *made = snapshot_new(), *back = NULL;
	_cleanup_(state_release) struct state state = STATE_NONE;
	_cleanup_snapshot_ struct snapshot *empty = NULL;
	struct snap_addr addr = { .prefix_len = 24 };

	ck_assert_ptr_nonnull(snapshot_add_link(made, name, 0));
	ck_assert_int_eq(ip_parse("192.0.2.1", AF_INET, &addr.addr), 0);
	ck_assert_ptr_nonnull(snapshot_add_addr(made, snapshot_link(made, name), &addr));
	ck_assert_int_eq(state_load(&state, dir, told, &empty), 0);
	ck_assert_int_eq(state_save(&state, made, NULL, told), 0);
	ck_assert_int_eq(state_load(&state, dir, told, &back), 0);
	ck_assert_uint_eq(diag_errors(told), 0);
	ck_assert_msg(back->n_links == 1, "a link called %s", name);
	ck_assert_str_eq(back->links[0]->name, name);
	ck_assert_ptr_nonnull(snap_link_addr(back->links[0], &addr.addr, 24));
}
END_TEST

/* What a DHCP client is started with may be a secret. */
START_TEST(only_its_owner_reads_it)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct stat st;
	int fd = open(in_dir("state.new"), O_WRONLY | O_CREAT, 0666);

	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(save(bond0, NULL, diag), 0);
	ck_assert_int_eq(stat(in_dir("state"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
}
END_TEST

START_TEST(left_over_of_a_killed_run_does_not_matter)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *text = NULL;
	FILE *file = fopen(in_dir("state.new"), "w");

	fputs("link half-writ", file);
	fclose(file);
	ck_assert_int_eq(save(bond0, NULL, diag), 0);
	text = load(diag);
	ck_assert_str_eq(text, bond0);
	ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(failure_to_write_is_told_and_leaves_nothing)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_free_ char *messages = NULL;

	/* A folder is where the new file is to be written. */
	ck_assert_int_eq(mkdir(in_dir("state.new"), 0755), 0);
	ck_assert_int_lt(save(bond0, NULL, diag), 0);
	messages = said(diag);
	ck_assert_ptr_nonnull(strstr(messages, "/state: error: cannot be written: "));
	ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(links_do_not_lead_elsewhere)
{
	_cleanup_diag_ struct diag *diag = diag_new();

	ck_assert_int_eq(symlink("/tmp/ifcfg-state-elsewhere", in_dir("state.new")), 0);
	ck_assert_int_eq(save(bond0, NULL, diag), 0);
	ck_assert_int_lt(access("/tmp/ifcfg-state-elsewhere", F_OK), 0);
	ck_assert_uint_eq(count_files(), 1);
}
END_TEST

START_TEST(lock_is_for_one)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct state state = STATE_NONE;
	char text[80] = "", own[16];
	int fd;

	ck_assert_int_eq(state_lock(&state, dir, diag), 0);
	fd = open(in_dir("lock"), O_RDONLY | O_CLOEXEC);
	ck_assert_int_lt(flock(fd, LOCK_EX | LOCK_NB), 0);
	ck_assert_int_eq(errno, EWOULDBLOCK);
	ck_assert_int_gt(read(fd, text, sizeof(text) - 1), 0);
	snprintf(own, sizeof(own), "%d\n", getpid());
	ck_assert_mem_eq(text, own, strlen(own));
	state_release(&state);
	ck_assert_int_eq(state.lock_fd, -1);
	ck_assert_int_eq(flock(fd, LOCK_EX | LOCK_NB), 0);
	close(fd);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

/* Whoever may open the file can lock it; "state" is for all who may see the status. */
START_TEST(lock_is_for_root)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct state state = STATE_NONE;

	ck_assert_int_eq(rmdir(dir), 0);
	ck_assert_int_eq(state_lock(&state, dir, diag), 0);
	ck_assert_uint_eq(mode_of("lock"), 0600);
	ck_assert_uint_eq(mode_of("lock.1"), 0600);
	ck_assert_uint_eq(mode_of("."), 0711);
	state_release(&state);
}
END_TEST

static void make_wide(const char *name)
{
	int fd = open(in_dir(name), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fchmod(fd, 0644), 0);
	close(fd);
}

/* Of the directories, only one as earlier versions made it: others are not ours. */
START_TEST(lock_of_earlier_versions_is_narrowed)
{
	static const mode_t before[] = { 0755, 01777, 0700 };
	static const mode_t after[] = { 0711, 01777, 0700 };
	_cleanup_diag_ struct diag *diag = diag_new();
	struct state state = STATE_NONE;

	ck_assert_int_eq(chmod(dir, before[_i]), 0);
	make_wide("lock");
	make_wide("lock.1");
	ck_assert_int_eq(state_lock(&state, dir, diag), 0);
	ck_assert_uint_eq(mode_of("lock"), 0600);
	ck_assert_uint_eq(mode_of("lock.1"), 0600);
	ck_assert_uint_eq(mode_of("."), after[_i]);
	state_release(&state);
}
END_TEST

/* The file names one that has ended; a child has the lock that its parent took. */
START_TEST(holder_is_who_has_the_lock)
{
	struct lock_holder holder;
	int fd, other, ends[2];
	pid_t parent, child;

	fd = open(in_dir("lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(dprintf(fd, "1\n\n"), 3);
	ck_assert_int_eq(lock_find_holder(fd, &holder), -ESRCH);
	ck_assert_int_eq(pipe(ends), 0);
	parent = fork();
	if (parent == 0) {
		other = open(in_dir("lock"), O_RDONLY | O_CLOEXEC);
		flock(other, LOCK_EX);
		child = fork();
		if (child == 0) {
			child = getpid();
			if (write(ends[1], &child, sizeof(child)) == sizeof(child))
				sleep(30);
		}
		_exit(0);
	}
	ck_assert_int_eq(read(ends[0], &child, sizeof(child)), sizeof(child));
	ck_assert_int_eq(waitpid(parent, NULL, 0), parent);
	ck_assert_int_eq(lock_find_holder(fd, &holder), 0);
	ck_assert_int_eq(holder.pid, child);
	ck_assert_str_ne(holder.name, "");
	kill(child, SIGKILL);
	close(ends[0]);
	close(ends[1]);
	close(fd);
}
END_TEST

START_TEST(lock_makes_its_folder)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct state state = STATE_NONE;

	ck_assert_int_eq(rmdir(dir), 0);
	ck_assert_int_eq(state_lock(&state, dir, diag), 0);
	state_release(&state);
	ck_assert_int_eq(access(in_dir("lock"), F_OK), 0);
}
END_TEST

START_TEST(lock_in_no_place_is_told)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct state state = STATE_NONE;

	ck_assert_int_eq(state_lock(&state, "/tmp/ifcfg-none/of/these", diag), -ENOENT);
	ck_assert_uint_eq(diag_errors(diag), 1);
	ck_assert_int_eq(state.lock_fd, -1);
	state_release(&state);
}
END_TEST

/* ---- runs that programs of a run start ---- */

/* Another process that takes the lock, holds it for a while, and ends with its level. */
static pid_t start_run(unsigned int hold_ms)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct diag *own = diag_new();
		struct state state = STATE_NONE;
		int r = state_lock(&state, dir, own);

		usleep(hold_ms * 1000);
		diag_free(own);
		_exit(r == 0 ? (int)state.level : 99);
	}
	return pid;
}

/* To try the lock would be to have it, for a moment in which its taker finds it taken. */
static bool is_locked(const char *name)
{
	char line[128], inode[32];
	bool found = false;
	struct stat file;
	FILE *locks;

	if (stat(in_dir(name), &file) < 0)
		return false;
	snprintf(inode, sizeof(inode), ":%ju ", (uintmax_t)file.st_ino);
	locks = fopen("/proc/locks", "r");
	ck_assert_ptr_nonnull(locks);
	while (fgets(line, sizeof(line), locks))
		found |= strstr(line, "FLOCK") && !strstr(line, "->") &&
			 strstr(line, inode);
	fclose(locks);
	return found;
}

/* Until somebody has the lock of that level. */
static void await_holder(const char *name)
{
	while (!is_locked(name))
		usleep(5000);
}

/* Return: the level; -1 when it has not ended in that time. */
static int level_of(pid_t pid, unsigned int within_ms)
{
	int status;

	for (unsigned int ms = 0; ms <= within_ms; ms += 10) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WEXITSTATUS(status);
		usleep(10000);
	}
	return -1;
}

START_TEST(children_run_while_they_are_admitted)
{
	struct state state = STATE_NONE;
	pid_t pid;

	ck_assert_int_eq(state_lock(&state, dir, told), 0);
	pid = start_run(0);
	ck_assert_int_eq(level_of(pid, 200), -1);
	state_admit(&state);
	ck_assert_int_eq(level_of(pid, 5000), 1);
	ck_assert_int_eq(level_of(start_run(0), 5000), 1);
	ck_assert_int_eq(state_dismiss(&state, told), 0);
	pid = start_run(0);
	ck_assert_int_eq(level_of(pid, 200), -1);
	/* What it belonged to is gone: it is a run of its own now. */
	state_release(&state);
	ck_assert_int_eq(level_of(pid, 5000), 0);
	ck_assert_uint_eq(diag_errors(told), 0);
}
END_TEST

START_TEST(children_are_waited_for)
{
	struct state state = STATE_NONE;
	struct timespec before, after;
	pid_t pid;

	ck_assert_int_eq(state_lock(&state, dir, told), 0);
	state_admit(&state);
	pid = start_run(400);
	await_holder("lock.2");
	clock_gettime(CLOCK_MONOTONIC, &before);
	ck_assert_int_eq(state_dismiss(&state, told), 0);
	clock_gettime(CLOCK_MONOTONIC, &after);
	ck_assert_int_eq(level_of(pid, 100), 1);
	ck_assert_int_gt((after.tv_sec - before.tv_sec) * 1000 +
				 (after.tv_nsec - before.tv_nsec) / 1000000,
			 50);
	state_release(&state);
}
END_TEST

START_TEST(others_wait_while_children_are_admitted)
{
	static const char *const values[] = { NULL,    "",    "0",          "0:",
					      "0:1-2", "1:x", "99999999:x", "x:1-2" };
	struct state state = STATE_NONE;
	pid_t pid;

	ck_assert_int_eq(state_lock(&state, dir, told), 0);
	state_admit(&state);
	if (values[_i])
		setenv("IFCFG_BOND_LOCK", values[_i], 1);
	else
		unsetenv("IFCFG_BOND_LOCK");
	pid = start_run(0);
	ck_assert_int_eq(level_of(pid, 150), -1);
	state_release(&state);
	ck_assert_int_eq(level_of(pid, 5000), 0);
}
END_TEST

/* A hook that was stopped leaves a run, and that one leaves its own. */
START_TEST(orphans_are_waited_for)
{
	struct state outer = STATE_NONE, middle = STATE_NONE, fresh = STATE_NONE;
	pid_t pid, late;

	ck_assert_int_eq(state_lock(&outer, dir, told), 0);
	state_admit(&outer);
	ck_assert_int_eq(state_lock(&middle, dir, told), 0);
	ck_assert_uint_eq(middle.level, 1);
	state_admit(&middle);
	pid = start_run(900);
	await_holder("lock.3");
	state_release(&middle);
	state_release(&outer);
	late = fork();
	if (late == 0) {
		usleep(100000);
		late = start_run(0);
		_exit(level_of(late, 5000));
	}
	unsetenv("IFCFG_BOND_LOCK");
	ck_assert_int_eq(state_lock(&fresh, dir, told), 0);
	ck_assert_int_eq(level_of(pid, 300), 2);
	state_release(&fresh);
	ck_assert_int_eq(level_of(late, 5000), 0);
}
END_TEST

START_TEST(runs_do_not_start_one_another_for_ever)
{
	_cleanup_free_ char *messages = NULL;
	struct state states[10];
	unsigned int n = 0;
	int r = 0;

	for (; n < ARRAY_SIZE(states) && r == 0; n++) {
		states[n] = (struct state)STATE_NONE;
		r = state_lock(&states[n], dir, told);
		state_admit(&states[n]);
	}
	ck_assert_int_eq(r, -ELOOP);
	ck_assert_uint_eq(n, 10);
	messages = said(told);
	ck_assert_ptr_nonnull(strstr(messages, "9 runs have started one another"));
	while (n--)
		state_release(&states[n]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("state");
	TCase *tcase = tcase_create("state");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, make_dir, remove_dir);
	tcase_add_test(tcase, nothing_is_there_at_first);
	tcase_add_test(tcase, links_may_have_names_of_ours);
	tcase_add_loop_test(tcase, links_may_have_odd_names, 0, 25);
	tcase_add_test(tcase, only_its_owner_reads_it);
	tcase_add_test(tcase, what_cannot_be_read_is_not_empty);
	tcase_add_test(tcase, what_was_saved_is_loaded);
	tcase_add_test(tcase, what_will_be_is_added);
	tcase_add_test(tcase, what_a_run_has_not_finished_is_marked);
	tcase_add_test(tcase, programs_to_be_run_are_not_written);
	tcase_add_test(tcase, options_of_before_and_after_are_ours);
	tcase_add_test(tcase, what_is_in_both_is_written_once);
	tcase_add_test(tcase, name_servers_of_before_and_after_are_ours);
	tcase_add_test(tcase, equal_state_is_not_written);
	tcase_add_loop_test(tcase, garbage_is_a_warning_and_nothing, 0, 5);
	tcase_add_test(tcase, left_over_of_a_killed_run_does_not_matter);
	tcase_add_test(tcase, failure_to_write_is_told_and_leaves_nothing);
	tcase_add_test(tcase, links_do_not_lead_elsewhere);
	tcase_add_test(tcase, lock_is_for_one);
	tcase_add_test(tcase, lock_is_for_root);
	tcase_add_loop_test(tcase, lock_of_earlier_versions_is_narrowed, 0, 3);
	tcase_add_test(tcase, holder_is_who_has_the_lock);
	tcase_add_test(tcase, lock_makes_its_folder);
	tcase_add_test(tcase, lock_in_no_place_is_told);
	tcase_add_test(tcase, children_run_while_they_are_admitted);
	tcase_add_test(tcase, children_are_waited_for);
	tcase_add_loop_test(tcase, others_wait_while_children_are_admitted, 0, 8);
	tcase_add_test(tcase, orphans_are_waited_for);
	tcase_add_test(tcase, runs_do_not_start_one_another_for_ever);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
