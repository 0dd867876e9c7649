/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Starts User Mode Linux on processors whose register state it has no room for. */
#include <elf.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define RETURN(action)      BPF_STMT(BPF_RET | BPF_K, action)

/*
 * UML keeps the registers of its processes in a buffer of fixed size, which is too small
 * where the processor has AMX, and panics. Asked at start and refused, it takes the older
 * FXSAVE interface instead. That one knows no AVX: what runs inside must not use it
 * (boot.sh tells glibc).
 */
static int refuse_xstate(void)
{
	struct sock_filter filter[] = {
		LOAD(nr),
		UNLESS(SYS_ptrace, 5),
		LOAD(args[0]),
		UNLESS(PTRACE_GETREGSET, 3),
		LOAD(args[2]),
		UNLESS(NT_X86_XSTATE, 1),
		RETURN(SECCOMP_RET_ERRNO | EINVAL),
		RETURN(SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -errno;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		return -errno;
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: uml-launch PROGRAM [ARGUMENT...]\n", stderr);
		return 2;
	}
	if (refuse_xstate() != 0) {
		perror("uml-launch: seccomp");
		return 1;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 1;
}
