/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/base/strbuf.h"
#include "lib/files/ifcfg-dir.h"
#include "lib/model/model.h"

/**
 * struct export - an interface being converted to files of another program
 * @iface: as in the model; @file: its ifcfg file; NULL if there is none
 * @dir: the other files
 * @arena: for texts
 * @diag: receives what cannot be expressed, at its line
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

/*
 * Append the texts of NAME.netdev, "" for none, and NAME.network. Spec:
 * systemd.network(5)
 */
void export_netdev(const struct export *export, struct strbuf *out);
void export_network(const struct export *export, struct strbuf *out);

/**
 * export_judge_keys() - report keys that have an effect here and are not exported
 * @is_carried: by the name in the table of keys, without a number
 */
void export_judge_keys(const struct export *export, bool (*is_carried)(const char *key));
bool export_keyfile_has(const char *key);
bool export_networkd_has(const char *key);

/*
 * Its default route by GATEWAY or IPV6_DEFAULTGW, with that metric; NULL if it has none.
 */
const struct route *export_gateway(const struct iface *iface, int family,
				   uint32_t metric);
/* Whether it listens to router advertisements. */
bool export_listens(const struct iface *iface);
bool export_has_addr(const struct iface *iface, int family);
