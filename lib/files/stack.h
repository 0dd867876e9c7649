/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/loader.h"

/**
 * stack_load() - load the interface of a file, with its bond, bridge or parent
 * @ret: stays NULL if there is an error, which is reported
 *
 * For a bond, all ports are loaded, even if only one of them was requested: the messages
 * about one port depend on the others.
 */
int stack_load(struct loader *loader, const struct ifcfg *file, struct iface **ret);

/* The same for a request: for the port of a bridge, also the bridge and all its ports. */
int stack_load_target(struct loader *loader, const struct ifcfg *file,
		      struct iface **ret);

/*
 * The same for a bridge that is known only from BRIDGE of its ports; @port is the first.
 */
int stack_load_bare_bridge(struct loader *loader, const char *name,
			   const struct ifcfg *port, struct iface **ret);

/* The same for a bond that is known only from MASTER of its ports; @port is the first. */
int stack_load_bare_bond(struct loader *loader, const char *name,
			 const struct ifcfg *port, struct iface **ret);

/**
 * stack_order() - order everything that an interface needs, lower ones first
 * @model: what is not in its .order yet is appended
 *
 * A loop is reported, with the names along it.
 */
void stack_order(struct loader *loader, struct model *model, struct iface *iface);

/**
 * stack_uppers() - all VLANs on the model's target, and on those; and the bridges that
 *                  any of these is a port of
 * @model: .target is set; .uppers is filled in
 */
int stack_uppers(struct loader *loader, struct model *model);
