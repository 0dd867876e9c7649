/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/files.h"
#include "lib/model/model.h"
#include "lib/rtnl/ethtool.h"

struct devices;
struct ifcfg_dir;
struct snapshot;

/**
 * struct lint - how the files are looked at
 * @model: as for model_load(), with a host that knows what matters; .insecure means that neither owner nor mode count
 * @is_foreign: the tree is not this machine's: files are to be writable by nobody but
 *              their owner, whoever that is
 * @dir: all files; set by lint() itself
 * @cards: /sys/class/net, to find out what the network cards are; NULL not to
 * @have: which interfaces there are; NULL if that is not known
 * @speed: asked of cards that have a carrier, if there are @cards
 */
struct lint {
	struct model_options model;
	bool is_foreign;
	const struct ifcfg_dir *dir;
	const char *cards;
	const struct snapshot *have;
	struct link_speed (*speed)(const char *name);
};

/**
 * lint() - report mistakes and possible problems in all ifcfg files
 * @diag: receives errors (ifup would refuse), warnings (it would ignore something, or
 *        something will not work as meant) and notes
 * @ret_files: how many ifcfg files there are
 *
 * Return: 0, also with errors in @diag; -ENOENT if there is no such directory (reported).
 */
int lint(const struct lint *how, struct diag *diag, size_t *ret_files);

/* The same, where @devices answers what the files ask of the machine. */
int lint_here(struct devices *devices, const struct lint *how, struct diag *diag,
	      size_t *ret_files);
