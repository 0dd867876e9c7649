/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/load.h"

/**
 * stack_load() - the interface of a file, with what it is a port of or stands on
 * @ret: stays NULL when there is an error, which is told
 *
 * Of a bond, all ports are loaded, also when one of them was asked for: what may be said
 * of one port depends on the others.
 *
 * Return: 0, or -ENOMEM.
 */
int stack_load(struct loader *loader, const struct ifcfg *file, struct iface **ret);

/* The same for what was asked for: of the port of a bridge, that and all its ports, too. */
int stack_load_target(struct loader *loader, const struct ifcfg *file,
		      struct iface **ret);

/* The same for a bridge that only the BRIDGE of its ports tells of; @port is the first. */
int stack_load_bare_bridge(struct loader *loader, const char *name,
			   const struct ifcfg *port, struct iface **ret);

/* The same for a bond that only the MASTER of its ports tells of; @port is the first. */
int stack_load_bare_bond(struct loader *loader, const char *name,
			 const struct ifcfg *port, struct iface **ret);

/**
 * stack_order() - all that has to be there for an interface, lower ones first
 * @model: what is not in its .order yet is put behind
 *
 * What stands on itself is told, with the way round.
 *
 * Return: 0, or -ENOMEM.
 */
int stack_order(struct loader *loader, struct model *model, struct iface *iface);

/**
 * stack_uppers() - all VLANs on the model's target, and on those; and the bridges that
 *                  any of these is a port of
 * @model: .target is set; .uppers is filled in
 *
 * Return: 0, or -ENOMEM.
 */
int stack_uppers(struct loader *loader, struct model *model);
