/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/load.h"

/**
 * load_all() - every interface that the files describe, each for itself
 * @model: gets .order, .failed and .devices
 *
 * The loopback comes first, then the others in the order in which network-scripts brought
 * them up, as far as what they stand on leaves it. Ports come with their bond. One whose
 * file has errors is left out, and so is what stands on it.
 *
 * Return: 0, with errors in @loader->diag; -ENOMEM.
 * Spec: /etc/init.d/network of network-scripts.
 */
int load_all(struct loader *loader, struct model *model);

/* One that is wanted besides the target; its errors keep just itself from coming up. */
int load_besides(struct loader *loader, const char *name, struct model *model);
