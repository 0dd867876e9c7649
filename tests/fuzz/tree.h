/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole trees of files, from memory, and what is to hold for their plans. */
#pragma once

#include "lib/model/model.h"
#include "lib/snapshot/snapshot.h"

/**
 * struct tree - what a run is given
 * @drafts: the ifcfg files and those next to them; the last one has no name
 * @network: /etc/sysconfig/network; NULL for none
 * @have, @made: the kernel's state and what earlier runs made
 * @driver: parameters of modprobe.d, or NULL
 * @request: the interface that is asked for; NULL for all
 */
struct tree {
	struct arena *arena;
	struct model_draft *drafts;
	size_t n, cap;
	const char *network;
	const char *have, *made;
	const char *driver, *request;
};

/**
 * tree_read() - cut an input into its texts
 * @text: each begins with a line "== NAME": that of a file, or "have", "made", "driver",
 *        "request" or "network"
 *
 * Return: whether there is a file at all.
 */
bool tree_read(struct tree *tree, char *text);

/* The model of the tree; NULL when it has errors, which were reported. */
const struct model *tree_load(const struct tree *tree);

/* All that is to hold for its plans, up and down. */
void tree_check(const struct tree *tree, const struct model *want);

/* The plans of a small, fixed tree on that state: they may come to anything but a crash. */
void tree_plan_on(const struct snapshot *have);
