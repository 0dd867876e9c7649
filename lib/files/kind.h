/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"

struct helper;
struct loader;
struct source;

/*
 * The kind by the file's own keys. kind_is_written(): something that has to be created,
 * not a network card. kind_says_no_bond(): by its TYPE or VLAN, something else that has
 * to be created.
 */
bool kind_is_written(const struct ifcfg *file);
bool kind_says_no_bond(const struct ifcfg *file);

/* Whether the kernel has an interface of that name that is not a bond. */
bool kind_is_other(const struct model_options *options, const char *device);

/* Whether the kernel, if it can be asked, has no interface of that name. */
bool kind_is_missing(const struct model_options *options, const char *device);

/* Whether the file has keys that only a bond has; or TYPE=Bridge. */
bool kind_has_bond_keys(const struct ifcfg *file);
bool kind_says_bridge(const struct ifcfg *file);

/* Whether it is a VLAN: VLAN=yes or TYPE=Vlan, and an id in any of its forms. */
bool kind_is_vlan(const struct ifcfg_dir *dir, const struct ifcfg *file);

/**
 * kind_find() - determine the kind of interface that a file describes
 * @ret_kind: what a helper creates counts as a card
 * @ret_helper: the helper that creates it, or NULL
 *
 * A contradicting TYPE is reported.
 *
 * Spec: ifup and ifup-eth of network-scripts.
 */
int kind_find(struct loader *loader, const struct ifcfg *file, enum iface_kind *ret_kind,
	      struct helper **ret_helper);

/*
 * Whether it is the TYPE of a link that has to be created, in the file of a network card.
 */
bool kind_is_wrong_type(const struct shellvar *var, enum iface_kind kind);

/*
 * Warns about keys that make another kind of interface, and have no effect on this one.
 */
void kind_judge(const struct source *src, const struct iface *iface);

/* The same in the file of an alias. */
void kind_judge_alias(const struct source *src);
