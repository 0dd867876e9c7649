/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts what a run of a program costs, in figures that do not depend on how busy the machine
 * is.
 *
 *     costs FILE NAME PROGRAM [ARGUMENT]...
 *
 * It appends lines to FILE: NAME, what is counted, and the figure. The status is the program's.
 */
#include <errno.h>
#include <error.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <linux/ptrace.h>

#include "lib/base/cleanup.h"

#define FDS_MAX 1024

/* struct counts - @entered: the system call that has not returned yet */
struct counts {
	pid_t child;
	struct __ptrace_syscall_info entered;
	bool is_netlink[FDS_MAX];
	unsigned long calls, messages, bytes;
};

static _Noreturn void give_up(const char *what)
{
	error(2, errno, "%s", what);
	abort();
}

static bool peek(const struct counts *counts, uint64_t address, void *ret, size_t len)
{
	const struct iovec local = { ret, len };
	const struct iovec remote = { (void *)(uintptr_t)address, len };

	return process_vm_readv(counts->child, &local, 1, &remote, 1, 0) == (ssize_t)len;
}

static void count_messages(struct counts *counts, uint64_t address, size_t len)
{
	struct nlmsghdr header;

	counts->bytes += len;
	while (len >= sizeof(header) && peek(counts, address, &header, sizeof(header)) &&
	       header.nlmsg_len >= sizeof(header)) {
		size_t step = NLMSG_ALIGN(header.nlmsg_len);

		counts->messages++;
		if (step >= len)
			return;
		address += step;
		len -= step;
	}
}

/* @n of them, as recvmmsg() returns them. */
static void count_received(struct counts *counts, uint64_t address, size_t n)
{
	struct mmsghdr received;
	struct iovec first;

	for (; n-- > 0 && peek(counts, address, &received, sizeof(received));
	     address += sizeof(received))
		if (peek(counts, (uintptr_t)received.msg_hdr.msg_iov, &first,
			 sizeof(first)))
			count_messages(counts, (uintptr_t)first.iov_base,
				       received.msg_len);
}

/* A call that succeeded with @result. */
static void note_result(struct counts *counts, int64_t result)
{
	const uint64_t *args = counts->entered.entry.args;
	const uint64_t fd = args[0];

	if (counts->entered.entry.nr == SYS_socket && result < FDS_MAX)
		counts->is_netlink[result] = (int)args[0] == AF_NETLINK;
	if (fd >= FDS_MAX || !counts->is_netlink[fd])
		return;
	if (counts->entered.entry.nr == SYS_close)
		counts->is_netlink[fd] = false;
	if (counts->entered.entry.nr == SYS_sendto)
		count_messages(counts, args[1], (size_t)result);
	if (counts->entered.entry.nr == SYS_recvmmsg)
		count_received(counts, args[1], (size_t)result);
}

static void note_call(struct counts *counts)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, counts->child, (void *)sizeof(info), &info) <
	    0)
		give_up("this kernel does not say which system call it is");
	if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
		counts->entered = info;
		counts->calls++;
	} else if (info.op == PTRACE_SYSCALL_INFO_EXIT && !info.exit.is_error) {
		note_result(counts, info.exit.rval);
	}
}

/* Return: the status, as of wait4(). */
static int follow(struct counts *counts, struct rusage *ret_usage)
{
	int status, signal = 0;

	if (waitpid(counts->child, &status, 0) < 0)
		give_up("waitpid");
	ptrace(PTRACE_SETOPTIONS, counts->child, NULL,
	       (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
	while (WIFSTOPPED(status)) {
		ptrace(PTRACE_SYSCALL, counts->child, NULL, (void *)(uintptr_t)signal);
		if (wait4(counts->child, &status, 0, ret_usage) < 0)
			give_up("wait4");
		signal = 0;
		if (WIFSTOPPED(status) && WSTOPSIG(status) == (SIGTRAP | 0x80))
			note_call(counts);
		else if (WIFSTOPPED(status) && WSTOPSIG(status) != SIGTRAP)
			signal = WSTOPSIG(status);
	}
	return status;
}

static pid_t start(char **argv)
{
	pid_t child = fork();

	if (child < 0)
		give_up("fork");
	if (child)
		return child;
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	execv(argv[0], argv);
	give_up(argv[0]);
}

static void report(const struct counts *counts, const struct rusage *usage,
		   const char *file, const char *name)
{
	FILE *out = fopen(file, "ae");

	if (!out)
		give_up(file);
	fprintf(out, "%s system-calls %lu\n", name, counts->calls);
	fprintf(out, "%s netlink-messages %lu\n", name, counts->messages);
	fprintf(out, "%s netlink-bytes %lu\n", name, counts->bytes);
	fprintf(out, "%s page-faults %ld\n", name, usage->ru_minflt);
	fprintf(out, "%s peak-KiB %ld\n", name, usage->ru_maxrss);
	if (fclose(out) != 0)
		give_up(file);
}

int main(int argc, char **argv)
{
	struct counts counts = { 0 };
	struct rusage usage = { 0 };
	int status;

	if (argc < 4) {
		fputs("usage: costs FILE NAME PROGRAM [ARGUMENT]...\n", stderr);
		return 2;
	}
	counts.child = start(argv + 3);
	status = follow(&counts, &usage);
	if (!WIFEXITED(status))
		return EXIT_FAILURE;
	report(&counts, &usage, argv[1], argv[2]);
	return WEXITSTATUS(status);
}
