/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/loader.h"

/**
 * load_all() - load every interface that the files describe, each independently
 * @model: receives .order, .failed and .devices
 *
 * The loopback comes first, then the others in the order of network-scripts, as far as
 * dependencies permit. Ports come with their bond. An interface whose file has errors is
 * excluded, and so are those stacked on it.
 *
 * Return: 0, with errors in @loader->diag. Spec: /etc/init.d/network of
 * network-scripts.
 */
int load_all(struct loader *loader, struct model *model);

/* Loads an interface besides the target; its errors affect only itself. */
int load_besides(struct loader *loader, const char *name, struct model *model);
