/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

struct run;

enum enslave_action { ENSLAVE_JOIN, ENSLAVE_DETACH, ENSLAVE_ACTIVE, ENSLAVE_SHOW };

/**
 * struct enslave - what ifenslave(8) is to do
 * @force: also what is not Ethernet
 * @bond: its name; NULL to show all interfaces
 * @ports: the names of @n cards
 */
struct enslave {
	enum enslave_action action;
	bool force;
	const char *bond;
	char **ports;
	int n;
};

/*
 * Command line and rights, and from them what is wanted. A stage as those in run.h, as is
 * enslave_judge().
 */
int enslave_start(struct enslave *enslave, struct run *run, int argc, char **argv);

/* Whether the bond and its ports are there, and fit; shows them if that is all that is wanted. */
int enslave_judge(struct enslave *enslave, struct run *run);
