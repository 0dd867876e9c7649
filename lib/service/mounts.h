/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/* struct mount_need - a mount that would be lost: "/" or "/usr", and its type */
struct mount_need {
	const char *where;
	const char *fstype;
};

/**
 * mounts_need_network() - whether / or /usr is a network file system
 * @mountinfo: text of /proc/self/mountinfo; mounts that are hidden by others are ignored
 *
 * File systems on network disks (iSCSI) cannot be recognized here.
 *
 * Return: true with *@ret, whose texts are static. Spec: proc(5); stop of the network
 * service of network-scripts.
 */
bool mounts_need_network(const char *mountinfo, struct mount_need *ret);
