/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What ifcfgctl check says of owners and modes of files, and of cards: see the cases, too. */
#include <errno.h>

#include "lib/base/secrets.h"
#include "lib/ctl/lint.h"

#include "tests/unit/sysconfig.h"

/* Counts how often a text is part of a message of that grade. */
struct search {
	const char *part;
	enum diag_grade grade;
	int found;
};

static void look(const struct diag_line *line, void *arg)
{
	struct search *search = arg;

	search->found += line->grade == search->grade && strstr(line->text, search->part);
}

static int found(const struct lint *how, enum diag_grade grade, const char *part)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct search search = { .part = part, .grade = grade };
	size_t n_files = 0;

	ck_assert_int_eq(lint(how, diag, &n_files), 0);
	ck_assert_uint_gt(n_files, 0);
	diag_each(diag, DIAG_NOTE, look, &search);
	return search.found;
}

static void set_mode(struct sysconfig *sys, const char *name, mode_t mode)
{
	ck_assert_int_eq(chmod(sysconfig_path(sys, name), mode), 0);
}

START_TEST(everybody_can_write)
{
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new("== ifcfg-ens160\n"
								 "DEVICE=ens160\n");
	struct lint how = { .model = { .sysconfig = sys.dir, .insecure = true },
			    .is_foreign = true };

	set_mode(&sys, "ifcfg-ens160", 0664);
	ck_assert_int_eq(found(&how, DIAG_ERROR, "everybody can write"), 0);
	set_mode(&sys, "ifcfg-ens160", 0646);
	ck_assert_int_eq(found(&how, DIAG_ERROR, "everybody can write"), 1);
	how.is_foreign = false;
	ck_assert_int_eq(found(&how, DIAG_ERROR, "everybody can write"), 0);
}
END_TEST

START_TEST(everybody_can_read_secrets)
{
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new("== ifcfg-ens160\n"
								 "DEVICE=ens160\n"
								 "WPA_PSK=secret\n"
								 "== ifcfg-ens256\n"
								 "DEVICE=ens256\n"
								 "KEY=\n"
								 "== keys-ens256\n"
								 "KEY1=secret\n");
	const struct lint how = { .model = { .sysconfig = sys.dir, .insecure = true },
				  .is_foreign = true };

	set_mode(&sys, "ifcfg-ens160", 0644);
	set_mode(&sys, "ifcfg-ens256", 0644);
	set_mode(&sys, "keys-ens256", 0600);
	ck_assert_int_eq(found(&how, DIAG_WARNING, "can read WPA_PSK here"), 1);
	ck_assert_int_eq(found(&how, DIAG_WARNING, "can read"), 1);
	set_mode(&sys, "ifcfg-ens160", 0600);
	ck_assert_int_eq(found(&how, DIAG_WARNING, "can read"), 0);
	set_mode(&sys, "keys-ens256", 0640);
	ck_assert_int_eq(found(&how, DIAG_WARNING, "can read"), 1);
}
END_TEST

/* Makes @dir/NAME/device/driver a link to the driver. */
static void make_card(struct sysconfig *sys, const char *name, const char *driver)
{
	const char *card = arena_printf(sys->arena, "%s/%s", sys->dir, name);
	const char *device = arena_printf(sys->arena, "%s/device", card);
	const char *link = arena_printf(sys->arena, "%s/driver", device);

	ck_assert_int_eq(mkdir(sysconfig_keep(sys, card), 0755), 0);
	ck_assert_int_eq(mkdir(sysconfig_keep(sys, device), 0755), 0);
	ck_assert_int_eq(symlink(driver, sysconfig_keep(sys, link)), 0);
}

static struct sysconfig bond_of_two(const char *options)
{
	char text[512];

	snprintf(text, sizeof(text),
		 "== ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=\"%s\"\n"
		 "== ifcfg-ens160\nDEVICE=ens160\nMASTER=bond0\n"
		 "== ifcfg-ens256\nDEVICE=ens256\nMASTER=bond0\n",
		 options);
	return sysconfig_new(text);
}

static int on_cards(const char *options, const char *driver, bool looks)
{
	_cleanup_sysconfig_ struct sysconfig sys = bond_of_two(options);
	const struct lint how = { .model = { .sysconfig = sys.dir, .insecure = true },
				  .cards = looks ? sys.dir : NULL };

	make_card(&sys, "ens256", driver);
	return found(&how, DIAG_NOTICE, "cards of a virtual machine");
}

START_TEST(virtual_cards)
{
	static const char driver[] = "../../../bus/pci/drivers/vmxnet3";

	ck_assert_int_eq(on_cards("mode=1 miimon=100", driver, true), 1);
	ck_assert_int_eq(on_cards("mode=1 miimon=100", driver, false), 0);
	ck_assert_int_eq(on_cards("mode=4 miimon=100", driver, true), 0);
	ck_assert_int_eq(on_cards("mode=1 miimon=100 fail_over_mac=1", driver, true), 0);
	ck_assert_int_eq(on_cards("mode=1 miimon=100 fail_over_mac=0", driver, true), 1);
	ck_assert_int_eq(on_cards("mode=1 miimon=100", "../drivers/ixgbe", true), 0);
}
END_TEST

/* Of three ports, whatever the mode. */
static int on_one_card(const char *third)
{
	_cleanup_sysconfig_ struct sysconfig sys = bond_of_two("mode=1 miimon=100");
	const struct lint how = { .model = { .sysconfig = sys.dir, .insecure = true },
				  .cards = sys.dir };

	sysconfig_write(&sys, "ifcfg-ens300", "DEVICE=ens300\nMASTER=bond0\n", 27);
	sysconfig_card(&sys, "ens160", "0000:3b:00.0");
	sysconfig_card(&sys, "ens256", "0000:3b:00.1");
	if (third)
		sysconfig_card(&sys, "ens300", third);
	return found(&how, DIAG_NOTICE,
		     "bond0 has all its ports on one network card, 0000:3b:00");
}

START_TEST(one_card)
{
	ck_assert_int_eq(on_one_card("0000:3b:00.2"), 1);
	ck_assert_int_eq(on_one_card("0000:3c:00.2"), 0);
	ck_assert_int_eq(on_one_card(NULL), 0);
}
END_TEST

static struct link_speed fast(const char *name)
{
	(void)name;
	return (struct link_speed){ .mbps = 1000, .is_full_duplex = true };
}

static struct link_speed half(const char *name)
{
	(void)name;
	return (struct link_speed){ .mbps = 1000, .is_half_duplex = true };
}

static struct link_speed unknown(const char *name)
{
	(void)name;
	return (struct link_speed){ 0 };
}

static struct link_speed without_duplex(const char *name)
{
	(void)name;
	return (struct link_speed){ .mbps = 1000 };
}

/* Of two ports, ens256 has a card whose carrier file has this text. */
static int with_speed(const char *options, struct link_speed (*speed)(const char *name),
		      const char *carrier, const char *words)
{
	_cleanup_sysconfig_ struct sysconfig sys = bond_of_two(options);
	const struct lint how = { .model = { .sysconfig = sys.dir, .insecure = true },
				  .cards = sys.dir,
				  .speed = speed };
	const char *path = arena_printf(sys.arena, "%s/ens256/carrier", sys.dir);
	FILE *file;

	make_card(&sys, "ens256", "../drivers/e1000e");
	file = fopen(sysconfig_keep(&sys, path), "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(carrier, file), 0);
	ck_assert_int_eq(fclose(file), 0);
	return found(&how, DIAG_WARNING, words);
}

START_TEST(speeds)
{
	static const char lacp[] = "mode=4 miimon=100", backup[] = "mode=1 miimon=100";
	static const char any[] = "cannot aggregate";

	ck_assert_int_eq(with_speed(lacp, fast, "1\n", any), 0);
	ck_assert_int_eq(with_speed(lacp, half, "1\n",
				    "port ens256 of bond0 runs at half duplex"),
			 1);
	ck_assert_int_eq(with_speed(lacp, unknown, "1\n",
				    "port ens256 of bond0 reports no speed or duplex"),
			 1);
	ck_assert_int_eq(with_speed(lacp, without_duplex, "1\n", any), 1);
	ck_assert_int_eq(with_speed(lacp, unknown, "0\n", any), 0);
	ck_assert_int_eq(with_speed(lacp, unknown, "", any), 0);
	ck_assert_int_eq(with_speed(backup, unknown, "1\n", any), 0);
}
END_TEST

static void add_card(struct model_host *host, const char *name, const char *mac)
{
	hwaddr_parse(mac, &host_add_link(host, name, "")->mac);
}

START_TEST(cards_that_changed_names)
{
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new(
		"== ifcfg-ens160\nDEVICE=ens160\nHWADDR=52:54:00:00:00:01\n"
		"== ifcfg-ens256\nDEVICE=ens256\nHWADDR=52:54:00:00:00:01\n"
		"== ifcfg-ens300\nDEVICE=ens300\nHWADDR=52:54:00:00:00:03\n");
	struct model_host host = { .is_whole = true };
	struct lint how = {
		.model = { .sysconfig = sys.dir, .insecure = true, .host = &host }
	};

	add_card(&host, "ens160", "52:54:00:00:00:02");
	add_card(&host, "ens256", "52:54:00:00:00:01");

	ck_assert_int_eq(found(&how, DIAG_WARNING, "of ens256, and not of ens160"), 1);
	ck_assert_int_eq(found(&how, DIAG_WARNING, "of no card here"), 1);
	ck_assert_int_eq(found(&how, DIAG_WARNING, "HWADDR="), 2);
	how.model.is_abroad = true;
	ck_assert_int_eq(found(&how, DIAG_WARNING, "HWADDR="), 0);
	host_release(&host);
}
END_TEST

START_TEST(which_keys_are_secret)
{
	ck_assert(secret_key("KEY"));
	ck_assert(secret_key("KEY_PASSPHRASE1"));
	ck_assert(secret_key("WPA_PSK"));
	ck_assert(secret_key("IEEE_8021X_PASSWORD"));
	ck_assert(secret_key("IEEE_8021X_PRIVATE_KEY_PASSWORD"));
	ck_assert(secret_key("PIN"));
	ck_assert(!secret_key("KEY_MGMT"));
	ck_assert(!secret_key("DEVICE"));
	ck_assert(!secret_key("BONDING_OPTS"));
	ck_assert(!secret_key("HWADDR"));
	ck_assert(secret_file("keys-bond0"));
	ck_assert(!secret_file("ifcfg-keys-bond0"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lint");
	TCase *tcase = tcase_create("lint");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, everybody_can_write);
	tcase_add_test(tcase, everybody_can_read_secrets);
	tcase_add_test(tcase, virtual_cards);
	tcase_add_test(tcase, one_card);
	tcase_add_test(tcase, speeds);
	tcase_add_test(tcase, cards_that_changed_names);
	tcase_add_test(tcase, which_keys_are_secret);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
