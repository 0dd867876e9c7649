/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/ifcfg-dir.h"

struct source;

/* struct port_rule - why a file's MASTER or BRIDGE does not make its interface a port */
struct port_rule;

/*
 * MASTER, or MASTER_UUID if it is missing, and BRIDGE or BRIDGE_UUID, as written: of what
 * the file may be a port. NULL with SLAVE=no, or without the keys.
 */
const char *port_written_master(const struct ifcfg *file);
const char *port_written_bridge(const struct ifcfg *file);

/*
 * The same for a link whose members keep their addresses; @ret_key, unless it is NULL, gets the
 * key that names it.
 */
const char *port_written_home(const struct ifcfg *file, const char **ret_key);

/**
 * port_settle() - decide of what each file's interface is a port
 * @dir: .master and .bridge of its files are as written, and its indexes have been made
 *
 * A key that cannot be meant for this file is dropped: MASTER=yes on the bond, MASTER of
 * a VLAN on that bond, MASTER without SLAVE=yes together with BRIDGE. Then .master or
 * .bridge becomes NULL, and .master_rule or .bridge_rule has the reason. If both are
 * possible, SLAVE=yes selects the bond.
 *
 * Return: whether any of them changed, so that the indexes have to be made again. Spec:
 * ifup-eth of network-scripts, which makes a port of a bond only with SLAVE=yes.
 */
bool port_settle(struct ifcfg_dir *dir);

/* Warns about a MASTER or BRIDGE that port_settle() dropped. */
void port_judge(const struct source *src);
