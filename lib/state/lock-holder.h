/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <sys/types.h>

/*
 * struct lock_holder - the process that holds a lock; @name: of its program, at most 15
 * bytes
 */
struct lock_holder {
	pid_t pid;
	char name[17];
};

/**
 * lock_find_holder() - find the process that holds the flock(2) of an open file
 *
 * /proc/locks lists the process that took the lock, which may have ended after passing it
 * to a child. So this looks for a process that has the locked file open.
 *
 * Return: 0; -ESRCH if there is none that we can see. Spec: Linux
 * Documentation/filesystems/proc.rst, 3.8 (fdinfo).
 */
int lock_find_holder(int fd, struct lock_holder *ret);
