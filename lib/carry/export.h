/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/strbuf.h"
#include "lib/model/ifcfg-dir.h"
#include "lib/model/model.h"

/**
 * struct export - an interface on its way into files of another program
 * @iface: as the model has it; @file: where that is from; NULL when there is none
 * @dir: the other files
 * @arena: for texts
 * @diag: receives what cannot be carried over, at its line
 */
struct export
{
	const struct iface *iface;
	const struct ifcfg *file;
	const struct ifcfg_dir *dir;
	struct arena *arena;
	struct diag *diag;
};

/* Appends the text of NAME.nmconnection. Spec: nm-settings-keyfile(5) */
void export_keyfile(const struct export *export, struct strbuf *out);

/* Append those of NAME.netdev, "" for none, and NAME.network. Spec: systemd.network(5) */
void export_netdev(const struct export *export, struct strbuf *out);
void export_network(const struct export *export, struct strbuf *out);

/**
 * export_judge_keys() - tell of keys that have an effect here and are not carried over
 * @is_carried: by the name in the table of keys, without a number
 */
void export_judge_keys(const struct export *export, bool (*is_carried)(const char *key));
bool export_keyfile_has(const char *key);
bool export_networkd_has(const char *key);

/* Its default route by GATEWAY or IPV6_DEFAULTGW, of that metric; NULL when it has none. */
const struct route *export_gateway(const struct iface *iface, int family,
				   uint32_t metric);
/* Of the router advertisements: whether they are listened to. */
bool export_listens(const struct iface *iface);
bool export_has_addr(const struct iface *iface, int family);
