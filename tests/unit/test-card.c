/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports that are on one network card, in trees like those of sysfs. */
#include <check.h>
#include <stdlib.h>

#include "lib/snapshot/card.h"
#include "tests/unit/sysconfig.h"

/* A directory below that of the test, with those above it. */
static const char *make_dirs(struct sysconfig *sys, const char *name)
{
	const char *path = NULL;

	for (size_t len = strcspn(name, "/");; len += 1 + strcspn(name + len + 1, "/")) {
		path = arena_printf(sys->arena, "%s/%.*s", sys->dir, (int)len, name);
		if (mkdir(path, 0755) == 0)
			sysconfig_keep(sys, path);
		if (!name[len])
			return path;
	}
}

static void make_link(struct sysconfig *sys, const char *target, const char *dir,
		      const char *name)
{
	const char *path = arena_printf(sys->arena, "%s/%s", dir, name);

	if (symlink(target, path) == 0)
		sysconfig_keep(sys, path);
}

/* struct card - where a port is; NULL for what it does not have */
struct card {
	const char *device, *driver, *physfn;
};

static void make_card(struct sysconfig *sys, const char *name, const struct card *card)
{
	const char *port = make_dirs(sys, arena_printf(sys->arena, "class/net/%s", name));
	const char *device;

	if (!card->device)
		return;
	device = make_dirs(sys, card->device);
	make_link(sys, device, port, "device");
	if (card->driver)
		make_link(sys, card->driver, device, "driver");
	if (card->physfn)
		make_link(sys, make_dirs(sys, card->physfn), device, "physfn");
}

static void make_slot(struct sysconfig *sys, const char *name, const char *address)
{
	const char *slot =
		make_dirs(sys, arena_printf(sys->arena, "bus/pci/slots/%s", name));
	const char *path =
		sysconfig_keep(sys, arena_printf(sys->arena, "%s/address", slot));
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(address, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

#define PCI  "devices/pci0000:3a/0000:3a:00.0/0000:3b:00."
#define SLOT "devices/pci0000:3a/0000:3a:03.0/0000:40:00.0"
#define USB  "devices/pci0000:00/0000:00:14.0/usb1/1-2"

static const struct {
	struct card a, b;
	const char *place;
} pairs[] = {
	/* Two functions of a card, two ports of a function, a card at a wide domain. */
	{ { PCI "0", "i40e", NULL }, { PCI "1", "i40e", NULL }, "0000:3b:00" },
	{ { PCI "0", "mlx4_core", NULL }, { PCI "0", "mlx4_core", NULL }, "0000:3b:00" },
	{ { "devices/10000:01:00.0", NULL, NULL },
	  { "devices/10000:01:00.3", NULL, NULL },
	  "10000:01:00" },
	{ { PCI "0/mlx5_core.sf.2", NULL, NULL }, { PCI "1", NULL, NULL }, "0000:3b:00" },
	/* Virtual functions, whose device numbers are others. */
	{ { "devices/pci0000:3a/0000:3a:00.0/0000:3b:02.0", "iavf", PCI "0" },
	  { "devices/pci0000:3a/0000:3a:00.0/0000:3b:0a.1", "iavf", PCI "1" },
	  "0000:3b:00" },
	{ { PCI "0", "i40e", NULL },
	  { "devices/pci0000:3a/0000:3a:00.0/0000:3b:02.0", "iavf", PCI "0" },
	  "0000:3b:00" },
	/* Different cards. */
	{ { PCI "0", "i40e", NULL },
	  { "devices/pci0000:3a/0000:3a:01.0/0000:3c:00.0", "i40e", NULL },
	  NULL },
	{ { "devices/pci0000:00/0000:00:1f.6", "e1000e", NULL },
	  { "devices/pci0000:00/0000:00:1d.0/0000:3b:00.0", "igb", NULL },
	  NULL },
	/* A card with a bridge, in a slot; the same below a switch of the mainboard. */
	{ { SLOT "/0000:41:01.0/0000:42:00.0", "igb", NULL },
	  { SLOT "/0000:41:02.0/0000:43:00.0", "igb", NULL },
	  "0000:40:00" },
	{ { PCI "0/0000:51:01.0/0000:52:00.0", "igb", NULL },
	  { PCI "0/0000:51:02.0/0000:53:00.0", "igb", NULL },
	  NULL },
	/* Two interfaces of one USB device; two devices at one controller. */
	{ { USB "/1-2:1.0", NULL, NULL }, { USB "/1-2:1.2", NULL, NULL }, "1-2" },
	{ { USB "/1-2:1.0", NULL, NULL },
	  { "devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3.1/1-3.1:1.0", NULL, NULL },
	  NULL },
	/* Those of a virtual machine, and what is on no card: a veth, a platform's. */
	{ { PCI "0/virtio0", "virtio_net", NULL },
	  { PCI "1/virtio1", "virtio_net", NULL },
	  NULL },
	{ { PCI "0", "vmxnet3", NULL }, { PCI "1", "vmxnet3", NULL }, NULL },
	{ { PCI "0", "ixgbevf", NULL }, { PCI "1", "ixgbevf", NULL }, NULL },
	{ { NULL, NULL, NULL }, { NULL, NULL, NULL }, NULL },
	{ { PCI "0", NULL, NULL }, { NULL, NULL, NULL }, NULL },
	{ { "devices/platform/soc/1c30000.ethernet", "dwmac", NULL },
	  { "devices/platform/soc/1c50000.ethernet", "dwmac", NULL },
	  NULL },
};

START_TEST(two_ports)
{
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new("");
	_cleanup_card_shared_ struct card_shared shared = { 0 };
	const char *cards = arena_printf(sys.arena, "%s/class/net", sys.dir);
	const char *got;

	make_slot(&sys, "3", "0000:40:00\n");
	make_card(&sys, "ens1", &pairs[_i].a);
	make_card(&sys, "ens2", &pairs[_i].b);
	card_shared_add(&shared, cards, "ens1");
	ck_assert_ptr_null(card_shared_by_all(&shared));
	card_shared_add(&shared, cards, "ens2");
	got = card_shared_by_all(&shared);
	ck_assert_pstr_eq(got, pairs[_i].place);
	card_shared_add(&shared, cards, "ens3");
	ck_assert_ptr_null(card_shared_by_all(&shared));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("card");
	TCase *tcase = tcase_create("card");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tcase, two_ports, 0, (int)ARRAY_SIZE(pairs));
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
