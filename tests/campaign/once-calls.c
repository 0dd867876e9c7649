/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lets one system call of a program fail, through seccomp's user notification: the kernel asks
 * us about each call of interest, so no library and no architecture gets in between.
 */
#include "tests/campaign/once.h"

#include <errno.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/cleanup.h"

#define N_OF(list) (sizeof(list) / sizeof((list)[0]))

enum fault {
	FAULT_MEMORY = 1 << 0,
	FAULT_IO = 1 << 1,
	FAULT_SPACE = 1 << 2,
	FAULT_FILES = 1 << 3,
	FAULT_BUFFERS = 1 << 4,
	FAULT_INTERRUPTED = 1 << 5,
	FAULT_AGAIN = 1 << 6,
	FAULT_RIGHTS = 1 << 7,
	FAULT_SHORT = 1 << 8,
	FAULT_KILL = 1 << 9,
};

static const struct {
	const char *name;
	enum fault fault;
	int error; /* 0: not by an errno */
} faults[] = {
	{ "ENOMEM", FAULT_MEMORY, ENOMEM },    { "EIO", FAULT_IO, EIO },
	{ "ENOSPC", FAULT_SPACE, ENOSPC },     { "EMFILE", FAULT_FILES, EMFILE },
	{ "ENOBUFS", FAULT_BUFFERS, ENOBUFS }, { "EINTR", FAULT_INTERRUPTED, EINTR },
	{ "EAGAIN", FAULT_AGAIN, EAGAIN },     { "EPERM", FAULT_RIGHTS, EPERM },
	{ "short", FAULT_SHORT, 0 },           { "KILL", FAULT_KILL, 0 },
};

#define OPENING (FAULT_MEMORY | FAULT_IO | FAULT_FILES)
#define SENDING (FAULT_MEMORY | FAULT_BUFFERS | FAULT_INTERRUPTED)
#define WRITING (FAULT_IO | FAULT_SPACE)
#define CHANGES FAULT_KILL

/* What a call may meet by its manual page, and whether it changes anything that lasts. */
static const struct call {
	int number;
	const char *name;
	unsigned int faults;
} calls_of_interest[] = {
#ifdef SYS_open
	{ SYS_open, "open", OPENING | CHANGES },
	{ SYS_rename, "rename", WRITING | CHANGES },
	{ SYS_unlink, "unlink", FAULT_IO | FAULT_RIGHTS | CHANGES },
	{ SYS_mkdir, "mkdir", WRITING | CHANGES },
	{ SYS_chmod, "chmod", FAULT_IO | FAULT_RIGHTS | CHANGES },
	{ SYS_readlink, "readlink", FAULT_MEMORY | FAULT_IO },
	{ SYS_fork, "fork", FAULT_MEMORY | FAULT_AGAIN },
	{ SYS_vfork, "vfork", FAULT_MEMORY | FAULT_AGAIN },
	{ SYS_poll, "poll", FAULT_MEMORY | FAULT_INTERRUPTED },
	{ SYS_dup2, "dup2", FAULT_FILES },
#endif
	{ SYS_openat, "openat", OPENING | CHANGES },
	{ SYS_read, "read", FAULT_MEMORY | FAULT_IO | FAULT_INTERRUPTED | FAULT_SHORT },
	{ SYS_pread64, "pread64", FAULT_IO },
	{ SYS_write, "write", WRITING | FAULT_INTERRUPTED | FAULT_SHORT | CHANGES },
	{ SYS_pwrite64, "pwrite64", WRITING | CHANGES },
	{ SYS_renameat, "renameat", WRITING | CHANGES },
	{ SYS_renameat2, "renameat2", WRITING | CHANGES },
	{ SYS_fsync, "fsync", WRITING | CHANGES },
	{ SYS_unlinkat, "unlinkat", FAULT_IO | FAULT_RIGHTS | CHANGES },
	{ SYS_mkdirat, "mkdirat", WRITING | CHANGES },
	{ SYS_fchmod, "fchmod", FAULT_IO | FAULT_RIGHTS | CHANGES },
	{ SYS_fchown, "fchown", FAULT_IO | FAULT_RIGHTS | CHANGES },
	{ SYS_ftruncate, "ftruncate", WRITING | CHANGES },
	{ SYS_flock, "flock", FAULT_MEMORY | FAULT_INTERRUPTED },
	{ SYS_getdents64, "getdents64", FAULT_MEMORY | FAULT_IO },
#ifdef SYS_newfstatat
	{ SYS_newfstatat, "newfstatat", FAULT_MEMORY | FAULT_IO },
#else /* with 32 bits */
	{ SYS_fstatat64, "fstatat64", FAULT_MEMORY | FAULT_IO },
#endif
	{ SYS_fstat, "fstat", FAULT_MEMORY | FAULT_IO },
	{ SYS_readlinkat, "readlinkat", FAULT_MEMORY | FAULT_IO },
	{ SYS_socket, "socket", FAULT_MEMORY | FAULT_BUFFERS | FAULT_FILES },
	{ SYS_bind, "bind", FAULT_MEMORY },
	{ SYS_connect, "connect", FAULT_MEMORY | FAULT_INTERRUPTED },
	{ SYS_setsockopt, "setsockopt", FAULT_MEMORY | FAULT_BUFFERS },
	{ SYS_sendto, "sendto", SENDING | CHANGES },
	{ SYS_sendmsg, "sendmsg", SENDING | CHANGES },
	{ SYS_recvfrom, "recvfrom", SENDING },
	{ SYS_recvmsg, "recvmsg", SENDING },
	{ SYS_recvmmsg, "recvmmsg", SENDING },
	{ SYS_ioctl, "ioctl", FAULT_MEMORY | CHANGES },
	{ SYS_clone, "clone", FAULT_MEMORY | FAULT_AGAIN },
	{ SYS_clone3, "clone3", FAULT_MEMORY | FAULT_AGAIN },
	{ SYS_execve, "execve", FAULT_MEMORY | FAULT_IO },
	{ SYS_pipe2, "pipe2", FAULT_FILES },
	{ SYS_ppoll, "ppoll", FAULT_MEMORY | FAULT_INTERRUPTED },
	{ SYS_wait4, "wait4", FAULT_INTERRUPTED },
};

const char *once_calls_fault(size_t i)
{
	return i < N_OF(faults) ? faults[i].name : NULL;
}

static const struct call *find_call(int number)
{
	for (size_t i = 0; i < N_OF(calls_of_interest); i++)
		if (calls_of_interest[i].number == number)
			return &calls_of_interest[i];
	return NULL;
}

/* ---- the child ---- */

static int listen_to_calls(void)
{
	struct sock_filter filter[2 * N_OF(calls_of_interest) + 2];
	struct sock_fprog program = { .filter = filter };
	size_t n = 0;

	filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
						   offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < N_OF(calls_of_interest); i++) {
		filter[n++] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K,
			(unsigned int)calls_of_interest[i].number, 0, 1);
		filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
							   SECCOMP_RET_USER_NOTIF);
	}
	filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = (unsigned short)n;
	if (geteuid() != 0)
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
			    SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* The listener is made in a table of descriptors that is ours, too, which is how we get it. */
pid_t once_calls_fork(struct once_calls *calls)
{
	struct clone_args args = { .flags = CLONE_FILES, .exit_signal = SIGCHLD };
	pid_t child;

	calls->listener = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (calls->listener == MAP_FAILED)
		once_give_up("mmap");
	*calls->listener = 0;
	child = (pid_t)syscall(SYS_clone3, &args, sizeof(args));
	if (child < 0)
		once_give_up("clone3");
	if (child == 0) {
		*calls->listener = listen_to_calls();
		if (unshare(CLONE_FILES) < 0)
			_exit(126);
	}
	return child;
}

/* ---- the watcher ---- */

/* The program itself, or a child of it that has not become another one yet. */
static bool is_program(const struct seccomp_notif *ask, const char *program)
{
	char path[64], exe[PATH_MAX];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%u/exe", ask->pid);
	n = readlink(path, exe, sizeof(exe) - 1);
	if (n < 0)
		return false;
	exe[n] = '\0';
	return strcmp(exe, program) == 0;
}

/* Whether the call comes from the dynamic loader. */
static bool is_loader(const struct seccomp_notif *ask)
{
	unsigned long long from, to;
	_cleanup_free_ char *path = NULL, *line = NULL;
	_cleanup_fclose_ FILE *maps = NULL;
	size_t size = 0;

	if (asprintf(&path, "/proc/%u/maps", ask->pid) < 0)
		once_give_up("maps");
	maps = fopen(path, "re");
	while (maps && getline(&line, &size, maps) > 0)
		if (sscanf(line, "%llx-%llx", &from, &to) == 2 &&
		    ask->data.instruction_pointer >= from &&
		    ask->data.instruction_pointer < to)
			return strstr(line, "/ld-") != NULL;
	return false;
}

/* What the first, undisturbed run called. */
static struct {
	const struct call **of; /* NULL for what the loader did before main() */
	size_t n;
	bool has_begun;
} seen;

static void note_call(const struct seccomp_notif *ask)
{
	seen.of = reallocarray(seen.of, seen.n + 1, sizeof(*seen.of));
	if (!seen.of)
		once_give_up("memory");
	if (!seen.has_begun && !is_loader(ask))
		seen.has_begun = true;
	seen.of[seen.n++] = seen.has_begun ? find_call(ask->data.nr) : NULL;
}

size_t once_calls_seen(void)
{
	return seen.n;
}

bool once_calls_can(size_t at, size_t fault)
{
	const struct call *call = at <= seen.n ? seen.of[at - 1] : NULL;

	return call && (call->faults & faults[fault].fault);
}

/* The process's own descriptor and memory, a byte of each. Return: as of the call. */
static int one_byte(const struct seccomp_notif *ask)
{
	const bool reads = ask->data.nr == SYS_read;
	_cleanup_close_ int process = (int)syscall(__NR_pidfd_open, ask->pid, 0);
	_cleanup_close_ int fd =
		(int)syscall(__NR_pidfd_getfd, process, (int)ask->data.args[0], 0);
	char byte;
	struct iovec here = { &byte, 1 };
	struct iovec there = { 0 };
	ssize_t n;

	memcpy(&there.iov_base, &ask->data.args[1], sizeof(there.iov_base));
	there.iov_len = 1;
	if (fd < 0 || ask->data.args[2] < 1)
		return 0;
	if (reads) {
		n = read(fd, &byte, 1);
		if (n == 1 &&
		    process_vm_writev((pid_t)ask->pid, &here, 1, &there, 1, 0) < 0)
			return -EFAULT;
	} else {
		if (process_vm_readv((pid_t)ask->pid, &here, 1, &there, 1, 0) < 0)
			return -EFAULT;
		n = write(fd, &byte, 1);
	}
	return n < 0 ? -errno : (int)n;
}

static void fail_call(const struct once_calls *calls, const struct seccomp_notif *ask,
		      pid_t child, struct seccomp_notif_resp *answer)
{
	const int error = faults[calls->fault].error;

	answer->flags = 0;
	if (faults[calls->fault].fault == FAULT_KILL) {
		kill(child, SIGKILL);
	} else if (faults[calls->fault].fault == FAULT_SHORT) {
		const int r = one_byte(ask);

		answer->error = r < 0 ? r : 0;
		answer->val = r < 0 ? 0 : r;
	} else {
		answer->error = -error;
	}
}

static void answer_call(struct once_calls *calls, pid_t child, const char *program)
{
	struct seccomp_notif ask = { 0 };
	struct seccomp_notif_resp answer = { .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };

	if (ioctl(*calls->listener, SECCOMP_IOCTL_NOTIF_RECV, &ask) < 0)
		return; /* it was killed meanwhile */
	answer.id = ask.id;
	if (is_program(&ask, program)) {
		if (!calls->at)
			note_call(&ask);
		if (++calls->n == calls->at) {
			calls->name = find_call(ask.data.nr)->name;
			if (find_call(ask.data.nr)->faults & faults[calls->fault].fault)
				fail_call(calls, &ask, child, &answer);
		}
	}
	ioctl(*calls->listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

int once_calls_watch(struct once_calls *calls, pid_t child, const char *program)
{
	_cleanup_close_ int process = (int)syscall(__NR_pidfd_open, child, 0);
	struct pollfd polled[] = { { .events = POLLIN }, { process, POLLIN, 0 } };
	volatile int *listener = calls->listener;
	int status;

	while (*listener == 0)
		usleep(50);
	if (*listener < 0 || process < 0)
		once_give_up("seccomp");
	polled[0].fd = *listener;
	while (!polled[1].revents && poll(polled, N_OF(polled), -1) > 0)
		if (polled[0].revents & POLLIN)
			answer_call(calls, child, program);
	close(*listener);
	munmap(calls->listener, sizeof(int));
	if (waitpid(child, &status, 0) < 0)
		once_give_up("waitpid");
	return status;
}
