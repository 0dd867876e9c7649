/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where network cards are plugged in, by sysfs. */
#include "lib/snapshot/card.h"

#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/argv.h"
#include "lib/base/file.h"
#include "lib/base/memory.h"
#include "lib/base/strbuf.h"

/* More than any file with the address of a slot has. */
#define ADDRESS_MAX 64

/* Their virtual switch drops frames from any other MAC address. */
bool card_is_virtual(const char *cards, const char *name)
{
	_cleanup_strbuf_ struct strbuf path = STRBUF_EMPTY;
	char target[256];
	const char *driver;
	ssize_t n;

	strbuf_addf(&path, "%s/%s/device/driver", cards, name);
	n = readlink(strbuf_text(&path), target, sizeof(target) - 1);
	if (n <= 0)
		return false;
	target[n] = '\0';
	driver = strrchr(target, '/');
	return text_lists(
		"vmxnet3 hv_netvsc virtio_net xen_netfront vif iavf ixgbevf igbvf",
		driver ? driver + 1 : target);
}

/* "0000:3b:00.1": domain, bus, device, function. Return: the length without the function. */
static size_t pci_device_len(const char *word)
{
	static const char hex[] = "0123456789abcdef";
	const size_t domain = strspn(word, hex);
	const char *bus = word + domain;

	if (domain < 4 || bus[0] != ':' || strspn(bus + 1, hex) != 2 || bus[3] != ':' ||
	    strspn(bus + 4, hex) != 2 || bus[6] != '.' || strspn(bus + 7, hex) != 1 ||
	    bus[8])
		return 0;
	return domain + 6;
}

/* "1-2.4:1.0": an interface of the USB device 1-2.4. */
static bool is_usb_interface(const char *word)
{
	const char *colon = strchr(word, ':');

	return colon && isdigit((unsigned char)word[0]) &&
	       word[strspn(word, "0123456789")] == '-' &&
	       word + strspn(word, "0123456789-.") == colon &&
	       !colon[1 + strspn(colon + 1, "0123456789.")];
}

/* Shortens the path of a device to that of the card. Return: whether it is on one. */
static bool cut_at_card(char *path)
{
	for (char *slash = strrchr(path, '/'); slash; slash = strrchr(path, '/')) {
		const size_t len = pci_device_len(slash + 1);

		if (len)
			slash[1 + len] = '\0';
		else
			*slash = '\0';
		if (len)
			return true;
		if (is_usb_interface(slash + 1))
			return true;
	}
	return false;
}

/* Whether there is a slot, of those that the firmware knows, with that device in it. */
static bool is_in_slot(const char *cards, const char *word, size_t len)
{
	_cleanup_strbuf_ struct strbuf pattern = STRBUF_EMPTY;
	glob_t found = { 0 };
	bool is_in = false;

	strbuf_addf(&pattern, "%s/../../bus/pci/slots/*/address", cards);
	if (glob(strbuf_text(&pattern), GLOB_NOSORT, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc && !is_in; i++) {
			_cleanup_strbuf_ struct strbuf address = STRBUF_EMPTY;

			is_in = file_read(found.gl_pathv[i], ADDRESS_MAX, &address,
					  NULL) == 0 &&
				strcspn(strbuf_text(&address), "\n") == len &&
				strncmp(strbuf_text(&address), word, len) == 0;
		}
	globfree(&found);
	return is_in;
}

/* A card may have a bridge, with a device for each of its ports: then the slot decides. */
static void cut_at_slot(const char *cards, char *path)
{
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		const size_t word = strcspn(slash + 1, "/");
		_cleanup_free_ char *name = memory_dupn(slash + 1, word);
		const size_t len = pci_device_len(name);

		if (len && slash[1 + word] && is_in_slot(cards, name, len)) {
			slash[1 + len] = '\0';
			return;
		}
	}
}

/* Of a virtual function, what counts is the physical one. */
static char *card_place(const char *cards, const char *name)
{
	_cleanup_strbuf_ struct strbuf device = STRBUF_EMPTY, parent = STRBUF_EMPTY;
	_cleanup_free_ char *path = NULL;

	strbuf_addf(&device, "%s/%s/device", cards, name);
	strbuf_addf(&parent, "%s/physfn", strbuf_text(&device));
	path = MEMORY_TRY(realpath(strbuf_text(&parent), NULL));
	if (!path && !card_is_virtual(cards, name))
		path = MEMORY_TRY(realpath(strbuf_text(&device), NULL));
	if (!path || !cut_at_card(path))
		return NULL;
	cut_at_slot(cards, path);
	return TAKE_PTR(path);
}

void card_shared_add(struct card_shared *shared, const char *cards, const char *name)
{
	_cleanup_free_ char *place = shared->differs ? NULL : card_place(cards, name);

	if (!place || (shared->place && strcmp(shared->place, place) != 0))
		shared->differs = true;
	else if (!shared->place)
		shared->place = TAKE_PTR(place);
	shared->n++;
}

const char *card_shared_by_all(const struct card_shared *shared)
{
	return shared->n >= 2 && !shared->differs ? strrchr(shared->place, '/') + 1
						  : NULL;
}

void card_shared_release(struct card_shared *shared)
{
	free(shared->place);
	shared->place = NULL;
}
