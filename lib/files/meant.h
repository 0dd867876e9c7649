/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"

/**
 * meant_settle_nameless() - files without a DEVICE, or with an invalid one
 * @dir: .device is as written, or found by HWADDR
 *
 * Such a file is about the interface in its own name, unless another file is: that
 * becomes .device, and .is_misnamed is set. Reading it is an error, so that the ports of
 * ifcfg-bond0 do not create bond0 with the driver's defaults although a file with its
 * options exists.
 */
void meant_settle_nameless(struct ifcfg_dir *dir);

/**
 * meant_settle() - files whose DEVICE is that of another interface
 * @dir: the indexes have been made
 *
 * The same for ifcfg-bond0 with DEVICE=bond1 or a typo in it, if ports have MASTER=bond0,
 * no file is about bond0, and no port refers to the name in DEVICE.
 *
 * Return: whether there are any, so that the indexes have to be made again.
 */
bool meant_settle(struct ifcfg_dir *dir);

/**
 * meant_lost() - a file that may be about a bond or bridge that no other file is about
 * @find: FIND_MASTER or FIND_BRIDGE, by which ports refer to it
 *
 * It is about a bond or bridge, but does not say which; or it cannot be read. If there is
 * only one candidate, meant_settle() chooses that.
 *
 * Return: the first one; NULL if there is none.
 */
const struct ifcfg *meant_lost(const struct ifcfg_dir *dir, enum ifcfg_find find);

/* Reports a name that no interface can have, with the one that was probably meant. */
void meant_tell_name(const struct ifcfg_dir *dir, struct diag *diag, struct pos pos,
		     const char *key, const char *name);

/*
 * Reports what is wrong with the DEVICE of a file that .is_misnamed: an error, but for ifdown a
 * warning, unless it is the name of another interface.
 */
void meant_tell_device(const struct ifcfg_dir *dir, struct diag *diag,
		       const struct ifcfg *file);

/**
 * meant_settle_owners() - correct typos in the names of bonds and bridges in ports' files
 * @dir: the indexes have been made
 *
 * If no file is about the bond of MASTER=bnd0, but there is bond0, .master becomes that,
 * and .master_slip is what is written. Reading the file is an error, so that the port
 * stays out of both, and the bond that was meant knows about it. A name that exists in
 * the kernel is not a typo.
 *
 * Return: 1 if there are any, so that the indexes have to be made again; 0.
 */
int meant_settle_owners(struct ifcfg_dir *dir);

/* The bond of which a file's interface is a port, or, for FIND_BRIDGE, the bridge. */
const char *meant_owner_in(const struct ifcfg *port, enum ifcfg_find find);

/* Whether the keys of a file make its interface a bond, or a bridge. */
bool meant_says_owner(const struct ifcfg *file, enum ifcfg_find find);

/* The bond, bridge or the like that was probably meant by @name; or NULL. */
const char *meant_device(struct ifcfg_dir *dir, const char *name);

/* Reports them for the port. */
void meant_tell_owners(struct diag *diag, const struct ifcfg *file);
