/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads IP over InfiniBand settings: child interfaces, and the mode. */
#include "lib/files/ipoib.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"

/* ---- which files ---- */

bool ipoib_is_infiniband(const struct ifcfg *file)
{
	const char *type = ifcfg_own_value(file, "TYPE"), *device = file->device;

	if (type)
		return strcasecmp(type, "InfiniBand") == 0;
	return device && strncmp(device, "ib", 2) == 0 && device[2] >= '0' &&
	       device[2] <= '9';
}

bool ipoib_is_meant(const struct ifcfg *file)
{
	const char *pkey = ifcfg_own_value(file, "PKEY");

	return pkey && ifcfg_is_true(pkey) && ipoib_is_infiniband(file);
}

void ipoib_written_parent(const struct ifcfg *file, struct arena *arena, const char **ret)
{
	const char *dot = file->device ? strrchr(file->device, '.') : NULL;

	*ret = ifcfg_own_value(file, "PHYSDEV");
	if (*ret || !dot || dot == file->device)
		return;
	*ret = arena_strndup(arena, file->device, (size_t)(dot - file->device));
}

/* ---- mode ---- */

/* The largest packet of InfiniBand without IPoIB's header (RFC 4391). */
#define DATAGRAM_MTU_MAX 4092

void ipoib_judge_mtu(struct diag *diag, const struct iface *iface, uint32_t mtu,
		     struct pos pos)
{
	const struct want_ipoib *want = &iface->ipoib;

	if (mtu <= DATAGRAM_MTU_MAX || (want->has_mode && want->ipoib.is_connected))
		return;
	diag_warning(diag, pos, "MTU=%" PRIu32 " is too large for %s in datagram mode",
		     mtu, iface->name);
	diag_hint(diag,
		  "write CONNECTED_MODE=yes into the file of %s, or an MTU of %d or less",
		  iface->name, DATAGRAM_MTU_MAX);
}

void iface_read_ipoib_mode(const struct source *src, struct iface *iface)
{
	const char *value = ifcfg_own_value(src->file, "CONNECTED_MODE");
	struct want_ipoib *want = &iface->ipoib;

	want->is_infiniband = true;
	if (value) {
		want->mode_pos = source_pos(src, "CONNECTED_MODE");
		want->has_mode = ifcfg_is_true(value) || ifcfg_is_false(value);
		want->ipoib.is_connected = ifcfg_is_true(value);
	}
	/* A port has the mode of its bond. */
	if (iface->has_mtu && !src->file->master)
		ipoib_judge_mtu(src->diag, iface, iface->mtu, iface->mtu_pos);
}

/* ---- child interfaces ---- */

/*
 * The driver's own names end with the partition in four hexadecimal digits. This reveals
 * a PKEY_ID that lacks its 0x.
 */
static void compare_with_name(const struct source *src, const char *value, uint16_t named,
			      uint16_t *pkey)
{
	uint16_t as_hex = 0;

	if (named == *pkey)
		return;
	if (ipoib_parse_pkey(value, 16, &as_hex) && as_hex == named) {
		diag_warning(src->diag, source_pos(src, "PKEY_ID"),
			     "PKEY_ID=%s is taken as 0x%s, the partition in the name %s",
			     value, value, src->file->device);
		diag_hint(src->diag, "write PKEY_ID=0x%s", value);
		*pkey = named;
		return;
	}
	diag_warning(src->diag, source_pos(src, "PKEY_ID"),
		     "PKEY_ID=%s is 0x%04x, but the name %s has partition 0x%04x", value,
		     (unsigned int)*pkey, src->file->device, (unsigned int)named);
	diag_hint(src->diag,
		  "correct PKEY_ID, which is in effect, or rename the interface");
}

static void read_pkey(const struct source *src, uint16_t *ret)
{
	const char *value = ifcfg_own_value(src->file, "PKEY_ID");
	const char *dot = strrchr(src->file->device, '.');
	uint16_t named = 0;
	bool has_name = dot && ipoib_parse_pkey(dot + 1, 16, &named);

	if (!value && has_name) {
		*ret = named;
	} else if (value && ipoib_parse_pkey(value, 0, ret)) {
		if (has_name)
			compare_with_name(src, value, named, ret);
	} else {
		if (value)
			diag_error(src->diag, source_pos(src, "PKEY_ID"),
				   "PKEY_ID='%s' is not a partition key", value);
		else
			diag_error(src->diag, source_pos(src, "PKEY"),
				   "%s is a child interface, but PKEY_ID is missing",
				   src->file->device);
		diag_hint(src->diag,
			  "write a number from 1 to 0x7fff; the highest bit, as "
			  "in 0x8001, may be set");
	}
}

int iface_read_ipoib(const struct source *src, struct iface *iface)
{
	const char *parent = src->file->parent;

	if (!parent) {
		diag_error(src->diag, source_pos(src, "PKEY"),
			   "%s is a child interface, but PHYSDEV is missing",
			   iface->name);
		diag_hint(src->diag, "add PHYSDEV= with the InfiniBand interface");
	} else if (!ifname_is_valid(parent) || strcmp(parent, iface->name) == 0) {
		diag_error(src->diag, source_pos(src, "PHYSDEV"),
			   "PHYSDEV='%s' is not the name of another interface", parent);
		diag_hint(src->diag, "name the InfiniBand interface: PHYSDEV=ib0");
	}
	read_pkey(src, &iface->ipoib.ipoib.pkey);
	iface_read_ipoib_mode(src, iface);
	return 0;
}
