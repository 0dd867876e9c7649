/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/base/strbuf.h"

struct iface;
struct ifcfg;
struct source;

/**
 * struct ipoib - the properties of an IP over InfiniBand link
 * @pkey: partition, for a child interface
 * @is_connected: the mode; else datagram
 */
struct ipoib {
	uint16_t pkey;
	bool is_connected;
};

/**
 * struct want_ipoib - the settings in the files
 * @is_infiniband: it is InfiniBand, either a child or a network card
 * @has_mode: CONNECTED_MODE is set, at @mode_pos; else the mode stays as it is
 */
struct want_ipoib {
	struct ipoib ipoib;
	bool is_infiniband, has_mode;
	struct pos mode_pos;
};

/*
 * Whether the file is about InfiniBand: by its TYPE or, as with network-scripts, by the
 * name of its device, ib0.
 */
bool ipoib_is_infiniband(const struct ifcfg *file);

/* Whether the file describes a child interface: PKEY=yes. */
bool ipoib_is_meant(const struct ifcfg *file);

/*
 * The parent of a child: PHYSDEV, or the first part of its name.
 */
void ipoib_written_parent(const struct ifcfg *file, struct arena *arena,
			  const char **ret);

/*
 * CONNECTED_MODE, of a child or of a network card.
 */
void iface_read_ipoib_mode(const struct source *src, struct iface *iface);
/* Checks whether the driver would refuse the MTU: a large one requires connected mode. */
void ipoib_judge_mtu(struct diag *diag, const struct iface *iface, uint32_t mtu,
		     struct pos pos);
/* The other settings of a child. Return: as above. */
int iface_read_ipoib(const struct source *src, struct iface *iface);

/* "connected" or "datagram", as in the driver's file. */
const char *ipoib_mode_word(bool is_connected);

/* Appends " pkey 0x8001 mode connected", the words of `ip link … type ipoib`. */
void ipoib_format(const struct ipoib *ipoib, struct strbuf *out);

/* Parses the text of ipoib_format(); @text is changed. Return: 0, or -EINVAL. */
int ipoib_parse(char *text, struct ipoib *ret);
