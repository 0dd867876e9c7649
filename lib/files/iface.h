/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/files/loader.h"

/**
 * iface_read() - read the settings of an interface from its file
 * @file: its messages are reported first
 * @iface: name, file, pos and kind are set; the rest is filled in, except for ports
 *
 * Return: 0, with errors in @loader->diag.
 */
int iface_read(struct loader *loader, const struct ifcfg *file, struct iface *iface);
