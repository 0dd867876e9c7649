/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/loader.h"

/*
 * The device that a file is about: its DEVICE, else the interface with its HWADDR. NULL if
 * there is none, or none yet.
 */
const char *load_device(struct loader *loader, const struct ifcfg *file);

/* Reports that no interface has the file's HWADDR. */
void load_tell_no_card(struct loader *loader, enum diag_grade grade,
		       const struct ifcfg *file);

/* Whether not several files are about one device, any choice of which might be wrong: reported. */
bool load_is_unambiguous(struct loader *loader, const char *device);

/**
 * load_port() - load a port, whose errors keep only the port itself from joining
 * @owner: the bond or bridge; @file: of the port
 * @load: loads it; leaves *@ret NULL for a port that does not exist
 * @ret: .is_lost is set if there are errors; NULL for none
 *
 * Return: 0; 1 if there are errors.
 */
int load_port(struct loader *loader, struct iface *owner, const struct ifcfg *file,
	      int (*load)(struct loader *loader, struct iface *owner,
			  const struct ifcfg *file, struct iface **ret),
	      struct iface **ret);

/* If @n_lost of @n ports have errors, and none is good, the owner is useless. */
void load_judge_lost(struct loader *loader, struct iface *owner, size_t n, size_t n_lost);

/*
 * Loads a file by itself, to compare it with others: the loader keeps no trace of it,
 * nothing is reported, and @ret is in the arena of @dir's tables.
 * Return: 0; -EINVAL if there are errors.
 */
int load_alone(const struct ifcfg_dir *dir, const struct ifcfg *file, struct iface **ret);

/* Return: 0 with *@ret, NULL if the file has no usable name (reported). */
int load_file(struct loader *loader, const struct ifcfg *file, struct iface **ret);

/*
 * A bond without a file. Return: 0 with *@ret, NULL for an invalid name (reported).
 */
int load_bare_bond(struct loader *loader, const char *name, struct pos named_at,
		   struct iface **ret);

/* The same for a bridge. */
int load_bare_bridge(struct loader *loader, const char *name, struct pos named_at,
		     struct iface **ret);
