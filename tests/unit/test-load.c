/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From files to the model: which file is meant, who belongs to whom, every value. */
#include <check.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <time.h>

#include "lib/files/files.h"
#include "lib/model/model.h"
#include "tests/unit/sysconfig.h"

/* struct loading - what came of the files, and what was said about them */
struct loading {
	struct sysconfig sys;
	struct diag *diag;
	const struct model *model;
	char *said;
	int result;
};

static void loading_release(struct loading *loading)
{
	model_free(loading->model);
	diag_free(loading->diag);
	free(loading->said);
	sysconfig_release(&loading->sys);
}
#define _cleanup_loading_ _cleanup_(loading_release)

/* Without the folder, which is another one each time. */
static char *messages(struct diag *diag, const char *dir)
{
	_cleanup_free_ char *text = NULL;
	char *ret = NULL, *at, *rest;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	diag_print(diag, DIAG_WARNING, out);
	fclose(out);
	out = open_memstream(&ret, &size);
	for (rest = text; (at = strstr(rest, dir)); rest = at + strlen(dir) + 1)
		fprintf(out, "%.*s", (int)(at - rest), rest);
	fputs(rest, out);
	fclose(out);
	return ret;
}

static void load_again(struct loading *loading, const char *request, bool insecure)
{
	const struct model_options options = { .sysconfig = loading->sys.dir,
					       .insecure = insecure };

	loading->result =
		model_load(&options, request, NULL, loading->diag, &loading->model);
	loading->said = messages(loading->diag, loading->sys.dir);
	ck_assert_int_eq(loading->result == 0, loading->model != NULL);
	ck_assert_int_eq(loading->result == 0, diag_errors(loading->diag) == 0);
}

static struct loading load(const char *files, const char *request)
{
	struct loading loading = { .sys = sysconfig_new(files), .diag = diag_new() };

	load_again(&loading, request, true);
	return loading;
}

#define BOND0 "== ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=\"mode=1 miimon=100\"\n"
#define PORT(file, nic, bond) \
	"== ifcfg-" file "\nDEVICE=" nic "\nMASTER=" bond "\nSLAVE=yes\n"

/* What the kernel does by itself where there is IPv6 is no reason to load it. */
static const struct {
	const char *lines;
	bool asks;
} ip6_wishes[] = {
	{ "", false },
	{ "IPV6INIT=yes\n", false },
	{ "IPV6_AUTOCONF=no\n", false },
	{ "IPV6ADDR=2001:db8::1/64\n", true },
	{ "IPV6_AUTOCONF=yes\n", true },
	{ "IPV6_DEFAULTGW=fe80::1\n", true },
	{ "DHCPV6C=yes\n", true },
	{ "IPV6_TOKEN=::7\n", true },
};

START_TEST(ip6_is_loaded_if_it_is_asked_for)
{
	_cleanup_free_ char *files = NULL;
	_cleanup_loading_ struct loading loading = { 0 };

	ck_assert_int_gt(asprintf(&files, "== ifcfg-x\nDEVICE=x\nIPADDR=192.0.2.1\n%s",
				  ip6_wishes[_i].lines),
			 0);
	loading = load(files, "x");
	ck_assert_ptr_nonnull(loading.model);
	ck_assert_msg(iface_asks_for_ip6(loading.model->target) == ip6_wishes[_i].asks,
		      "%s", ip6_wishes[_i].lines);
}
END_TEST

/* -------------------------------------------------------------------- files */

static const char many[] = BOND0 PORT("ens1", "ens1", "bond0") PORT("ens2", "ens2",
								    "bond0")
	PORT("ens3", "ens3",
	     "bond1") "== ifcfg-ens9\nDEVICE=ens9\nNAME=\"Auto "
		      "Office\"\nHWADDR=52:54:00:00:00:09\n"
		      "UUID=11111111-2222-3333-4444-555555555555\nNOZEROCONF=1\n"
		      "== ifcfg-odd\nDEVICE=other\nNAME=twice\nHWADDR=52:54:00:00:00:01\n"
		      "== "
		      "ifcfg-third\nDEVICE=third\nNAME=twice\nHWADDR=52:54:00:00:00:01\n"
		      "== ifcfg-other\nDEVICE=mine\n"
		      "== ifcfg-ens9.bak\nDEVICE=ens9\n";

static const struct {
	const char *request;
	const char *device; /* NULL: none */
	int result;
} lookups[] = {
	{ "bond0", "bond0", 0 },
	{ "ifcfg-bond0", "bond0", 0 },
	{ "./ifcfg-bond0", "bond0", 0 },
	{ "/etc/sysconfig/network-scripts/ifcfg-bond0", "bond0", 0 },
	{ "ens1", "ens1", 0 },
	{ "Office", "ens9", 0 },
	{ "OFFICE", "ens9", 0 },
	{ "Auto Office", "ens9", 0 },
	{ "52:54:00:00:00:09", "ens9", 0 },
	{ "52:54:00:00:00:09:", NULL, -ENOENT },
	{ "52:54:00:00:00:01", NULL, -EINVAL },
	{ "twice", NULL, -EINVAL },
	{ "third", "third", 0 },
	/* The file's name counts before DEVICE. */
	{ "other", "mine", 0 },
	{ "odd", "other", 0 },
	{ "ens9.bak", "ens9", 0 },
	{ "mine", "mine", 0 },
	{ "bond1", "bond1", 0 },
	{ "bond", NULL, -ENOENT },
	{ "BOND0", NULL, -ENOENT },
	{ "", NULL, -ENOENT },
	{ "/", NULL, -ENOENT },
	{ "..", NULL, -ENOENT },
	{ "%s%n", NULL, -ENOENT },
};

START_TEST(file_is_found)
{
	_cleanup_loading_ struct loading loading = load(many, lookups[_i].request);

	ck_assert_msg(loading.result == lookups[_i].result, "'%s': %d: %s",
		      lookups[_i].request, loading.result, loading.said);
	if (lookups[_i].device)
		ck_assert_str_eq(loading.model->target->name, lookups[_i].device);
}
END_TEST

START_TEST(no_folder_is_told)
{
	const struct model_options options = { .sysconfig = "/tmp/ifcfg-none" };
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct model *model = NULL;

	ck_assert_int_eq(model_load(&options, "bond0", NULL, diag, &model), -ENOENT);
	ck_assert_ptr_null(model);
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(files_that_others_can_write_are_refused)
{
	struct loading loading = { .sys = sysconfig_new(BOND0), .diag = diag_new() };
	const char *path = sysconfig_path(&loading.sys, "ifcfg-bond0");

	ck_assert_int_eq(chmod(path, 0666), 0);
	load_again(&loading, "bond0", false);
	ck_assert_int_eq(loading.result, -EINVAL);
	ck_assert_ptr_nonnull(
		strstr(loading.said, "ifcfg-bond0: error: others than root can write"));
	loading_release(&loading);
}
END_TEST

START_TEST(unsafe_files_of_others_do_not_matter)
{
	_cleanup_sysconfig_ struct sysconfig sys =
		sysconfig_new("== ifcfg-a\nDEVICE=a\n== ifcfg-b\nDEVICE=b\n");
	struct model_options options = { .sysconfig = sys.dir };
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_model_ const struct model *model = NULL;

	if (geteuid() != 0) /* whose own files are unsafe */
		return;
	ck_assert_int_eq(chmod(sysconfig_path(&sys, "ifcfg-b"), 0666), 0);
	ck_assert_int_eq(model_load(&options, "a", NULL, diag, &model), 0);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(odd_files_do_no_harm)
{
	struct loading loading = { .sys = sysconfig_new(BOND0), .diag = diag_new() };
	struct sysconfig *sys = &loading.sys;
	const char *fifo = sysconfig_keep(sys, sysconfig_path(sys, "ifcfg-fifo"));
	const char *gone = sysconfig_keep(sys, sysconfig_path(sys, "ifcfg-gone"));
	const char *folder = sysconfig_keep(sys, sysconfig_path(sys, "ifcfg-folder"));

	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	ck_assert_int_eq(symlink("nowhere", gone), 0);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	sysconfig_write(sys, "ifcfg-", "DEVICE=bond0\n", 13);
	sysconfig_write(sys, "ifcfg-empty", "", 0);
	sysconfig_write(sys, "ifcfg-bytes", "\0\xff\xfe=\x01\n", 6);
	sysconfig_write(sys, "xifcfg-bond0", "DEVICE=bond0\n", 13);
	load_again(&loading, "bond0", true);
	ck_assert_int_eq(loading.result, 0);
	ck_assert_str_eq(loading.said, "");
	loading_release(&loading);
}
END_TEST

/* --------------------------------------------------------- bonds and ports */

START_TEST(bond_has_the_ports_that_name_it)
{
	_cleanup_loading_ struct loading loading = load(
		BOND0 PORT("b", "ens1", "bond0") PORT("a", "ens2",
						      "bond0") PORT("c", "ens3", "bond1")
			PORT("d.bak", "ens4",
			     "bond0") "== ifcfg-e\nDEVICE=ens5\nMASTER=bond0\n"
				      "== ifcfg-f\nDEVICE=ens6\nMASTER=bond0\nSLAVE=no\n",
		"bond0");
	const struct iface *bond = loading.model->target;

	ck_assert_int_eq(bond->kind, IFACE_BOND);
	ck_assert_ptr_null(bond->master);
	ck_assert_uint_eq(bond->n_ports, 3);
	ck_assert_str_eq(bond->ports[0]->name, "ens2");
	ck_assert_str_eq(bond->ports[1]->name, "ens1");
	ck_assert_str_eq(bond->ports[2]->name, "ens5");
	ck_assert_ptr_eq(bond->ports[0]->master, bond);
	ck_assert_uint_eq(bond->ports[0]->master_pos.line, 2);
}
END_TEST

START_TEST(port_brings_its_bond_with_all_ports)
{
	_cleanup_loading_ struct loading loading =
		load(BOND0 PORT("ens1", "ens1", "bond0") PORT("ens2", "ens2", "bond0"),
		     "ens2");
	const struct iface *port = loading.model->target;

	ck_assert_str_eq(port->name, "ens2");
	ck_assert_str_eq(port->master->name, "bond0");
	ck_assert_uint_eq(port->master->n_ports, 2);
	ck_assert_ptr_eq(port->master->ports[1], port);
	ck_assert_uint_eq(port->master->options->of[BOND_OPT_MIIMON].num, 100);
}
END_TEST

START_TEST(bond_is_recognised_from_either_side)
{
	static const char *const files[] = {
		"== ifcfg-x\nDEVICE=x\nTYPE=Bond\n",
		"== ifcfg-x\nDEVICE=x\nTYPE=bond\n",
		"== ifcfg-x\nDEVICE=x\nBONDING_MASTER=yes\n",
		"== ifcfg-x\nDEVICE=x\nBONDING_OPTS=mode=1\n",
		"== ifcfg-x\nDEVICE=x\nTYPE=Ethernet\nBONDING_OPTS=mode=1\n",
		"== ifcfg-x\nDEVICE=x\n" PORT("p", "p", "x"),
		PORT("p", "p", "x"),
		"== ifcfg-x\nDEVICE=x\nUUID=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\n" PORT(
			"p", "p", "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee"),
		"== ifcfg-x\nDEVICE=x\nUUID=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\n"
		"== "
		"ifcfg-p\nDEVICE=p\nMASTER_UUID=aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\n",
	};

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		_cleanup_loading_ struct loading loading = load(files[i], "x");

		ck_assert_msg(loading.model, "%s: %s", files[i], loading.said);
		ck_assert_msg(loading.model->target->kind == IFACE_BOND, "%s", files[i]);
	}
}
END_TEST

static int64_t prio_of(const struct iface *port)
{
	ck_assert(port->port_options->of[PORT_OPT_PRIO].is_set);
	return port->port_options->of[PORT_OPT_PRIO].num;
}

START_TEST(port_options_reach_the_ports)
{
	_cleanup_loading_ struct loading loading =
		load("== ifcfg-bond0\nDEVICE=bond0\n"
		     "BONDING_OPTS='mode=1 miimon=100 prio=ens2:5,ens1:6'\n" PORT(
			     "ens1", "ens1", "bond0")
			     PORT("ens2", "ens2", "bond0") "BOND_PORT_PRIO=-5\n"
							   "BOND_PORT_QUEUE_ID=2\n",
		     "bond0");
	struct iface *const *ports = loading.model->target->ports;

	ck_assert_int_eq(prio_of(ports[0]), 6);
	ck_assert_int_eq(prio_of(ports[1]), -5);
	ck_assert_uint_eq(ports[0]->port_options->of[PORT_OPT_PRIO].pos.line, 2);
	ck_assert_int_eq(ports[1]->port_options->of[PORT_OPT_QUEUE_ID].num, 2);
	ck_assert(!ports[0]->port_options->of[PORT_OPT_QUEUE_ID].is_set);
	ck_assert_str_eq(loading.said,
			 "network-scripts/ifcfg-bond0:2: warning: prio=ens2:5 ignored: "
			 "the port's own file has BOND_PORT_PRIO=-5\n"
			 "    hint: remove one of the two\n");
}
END_TEST

START_TEST(plain_card_is_none)
{
	static const char *const files[] = {
		"== ifcfg-x\nDEVICE=x\n",
		"== ifcfg-x\nDEVICE=x\nTYPE=Ethernet\nBONDING_MASTER=no\n",
		"== ifcfg-x\nDEVICE=x\nBONDING_OPTS=\n",
		"== ifcfg-x\nDEVICE=x\n== ifcfg-p\nDEVICE=p\nMASTER=x\nSLAVE=no\n",
	};

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		_cleanup_loading_ struct loading loading = load(files[i], "x");

		ck_assert_msg(loading.model, "%s: %s", files[i], loading.said);
		ck_assert_int_eq(loading.model->target->kind, IFACE_ETHERNET);
		ck_assert_ptr_null(loading.model->target->master);
	}
}
END_TEST

START_TEST(what_is_wrong_elsewhere_is_not_told)
{
	_cleanup_loading_ struct loading loading =
		load(BOND0 "== ifcfg-ens7\nDEVICE=ens7\nIPADDR=1.2.3\nrm -rf /\n"
			   "== ifcfg-a\nDEVICE=same\n== ifcfg-b\nDEVICE=same\n"
			   "== ifcfg-c\nMASTER=bond1\n",
		     "bond0");

	ck_assert_int_eq(loading.result, 0);
	ck_assert_str_eq(loading.said, "");
}
END_TEST

START_TEST(file_with_a_shell_error_is_still_a_port)
{
	_cleanup_loading_ struct loading loading =
		load(BOND0 PORT("ens1", "ens1", "bond0") "exit 1\n", "bond0");

	ck_assert_int_eq(loading.result, -EINVAL);
	ck_assert_ptr_nonnull(strstr(loading.said, "ifcfg-ens1:4: error: "));
}
END_TEST

/* ------------------------------------------------------------------- values */

static struct want_addr *only_addr(const struct loading *loading)
{
	ck_assert_msg(loading->model, "%s", loading->said);
	ck_assert_uint_eq(loading->model->target->n_addrs, 1);
	return loading->model->target->addrs;
}

START_TEST(address_has_all_its_parts)
{
	_cleanup_loading_ struct loading loading = load(
		"== ifcfg-x\nDEVICE=x\nIPADDR=192.168.1.22\nNETMASK=255.255.255.0\n"
		"GATEWAY=192.168.1.1\nMETRIC=7\nMTU=1400\nMACADDR=02:00:00:00:00:01\n",
		"x");
	const struct want_addr *addr = only_addr(&loading);
	const struct iface *iface = loading.model->target;
	char text[IP_TEXT_MAX];

	ck_assert_str_eq(ip_format_prefix(&addr->addr, addr->prefix_len, text),
			 "192.168.1.22/24");
	ck_assert_str_eq(ip_format(&addr->broadcast, text), "192.168.1.255");
	ck_assert_str_eq(addr->label, "x");
	ck_assert_uint_eq(addr->scope, RT_SCOPE_UNIVERSE);
	ck_assert(addr->check && addr->announce);
	ck_assert_uint_eq(addr->pos.line, 2);
	ck_assert_str_eq(ip_format(&iface->routes->route.gateway, text), "192.168.1.1");
	ck_assert_uint_eq(iface->routes->pos.line, 4);
	ck_assert_uint_eq(iface->routes->route.metric, 7);
	ck_assert(iface->has_mtu && iface->mtu == 1400);
	ck_assert(iface->mac_wish == MAC_GIVEN && iface->mac.bytes[5] == 1);
	ck_assert(iface->zeroconf && iface->onboot);
	ck_assert_uint_eq(iface->arp_wait_ms, 3000);
	ck_assert_uint_eq(iface->arp_tries, 1);
	ck_assert_uint_eq(iface->link_wait_ms, 5000);
	ck_assert_str_eq(loading.said, "");
}
END_TEST

static void waits_are(const char *files, uint32_t link_ms, uint32_t lacp_ms,
		      uint32_t sync_ms)
{
	_cleanup_loading_ struct loading loading = load(files, "bond0");
	const struct iface *bond = loading.model->target;

	ck_assert_uint_eq(bond->link_wait_ms, link_ms);
	ck_assert_uint_eq(bond->lacp_wait_ms, lacp_ms);
	ck_assert_uint_eq(bond->sync_wait_ms, sync_ms);
}

/* LACP has its own time after the link, unless LINKDELAY is the limit of both. */
START_TEST(waits_for_lacp)
{
#define BOND(options) "== ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=\"" options "\"\n"
	waits_are(BOND("mode=4"), 5000, 10000, 40000);
	waits_are(BOND("mode=4 lacp_rate=fast"), 5000, 10000, 11000);
	waits_are(BOND("mode=4") "LINKDELAY=10\n", 10000, 0, 0);
	waits_are(BOND("mode=4") "LINKDELAY=0\n", 0, 0, 0);
	waits_are(BOND("mode=4") "LINKDELAY=soon\n", 5000, 10000, 40000);
	waits_are("== network\nLINKDELAY=7\n" BOND("mode=4"), 7000, 0, 0);
	waits_are(BOND("mode=1"), 5000, 0, 0);
#undef BOND
}
END_TEST

START_TEST(global_file_gives_defaults)
{
	_cleanup_loading_ struct loading loading =
		load("== network\nPREFIX=25\nARPCHECK=no\nNOZEROCONF=yes\nONBOOT=no\n"
		     "LINKDELAY=9\nDEVICE=nonsense\nMASTER=bond0\nTYPE=Bridge\n"
		     "== ifcfg-x\nDEVICE=x\nIPADDR=10.0.0.1\nLINKDELAY=\n",
		     "x");
	const struct want_addr *addr = only_addr(&loading);
	const struct iface *iface = loading.model->target;

	ck_assert_str_eq(iface->name, "x");
	ck_assert_ptr_null(iface->master);
	ck_assert_uint_eq(addr->prefix_len, 25);
	ck_assert(!addr->check && addr->announce);
	ck_assert(!iface->zeroconf && !iface->onboot);
	ck_assert_uint_eq(iface->link_wait_ms, 5000);
}
END_TEST

START_TEST(later_lines_win)
{
	_cleanup_loading_ struct loading loading =
		load("== ifcfg-x\nDEVICE=y\nIPADDR=10.0.0.9\nPREFIX=8\nDEVICE=x\n"
		     "IPADDR=10.0.0.1\nPREFIX=24\n",
		     "x");
	const struct want_addr *addr = only_addr(&loading);

	ck_assert_uint_eq(addr->addr.bytes[3], 1);
	ck_assert_uint_eq(addr->prefix_len, 24);
	ck_assert_uint_eq(addr->pos.line, 5);
	ck_assert_str_eq(loading.model->target->name, "x");
}
END_TEST

START_TEST(leading_zeros_are_decimal)
{
	_cleanup_loading_ struct loading loading = load(
		"== ifcfg-x\nDEVICE=x\nIPADDR=10.0.0.1\nPREFIX=024\nMTU=01500\n", "x");

	ck_assert_uint_eq(only_addr(&loading)->prefix_len, 24);
	ck_assert_uint_eq(loading.model->target->mtu, 1500);
}
END_TEST

/* ---- what is known of the machine ---- */

static void add_card(struct model_host *host, const char *name, const char *mac)
{
	hwaddr_parse(mac, &host_add_link(host, name, "")->mac);
}

/* The asks for a card: what they are as long as nobody answers. */
static const struct host_ask_card *card_asked(const struct host_asks *asks, uint8_t last)
{
	const struct host_ask_card *found = NULL;

	for (size_t i = 0; i < asks->n_cards; i++)
		if (asks->cards[i].mac.bytes[5] == last)
			found = &asks->cards[i];
	return found;
}

START_TEST(a_card_is_known_by_its_address)
{
	static const char files[] =
		BOND0 "== ifcfg-one\nHWADDR=52:54:00:00:00:01\nMASTER=bond0\n"
		      "== ifcfg-two\nHWADDR=52:54:00:00:00:02\nDEVTIMEOUT=2.25\n"
		      "MASTER=bond0\n"
		      "== ifcfg-three\nHWADDR=52:54:00:00:00:03\nMASTER=bond0\n"
		      "== ifcfg-four\nHWADDR=52:54:00:00:00:02\nDEVTIMEOUT=9\n";
	_cleanup_loading_ struct loading loading = { .sys = sysconfig_new(files),
						     .diag = diag_new() };
	_cleanup_diag_ struct diag *unheard = diag_new();
	_cleanup_model_ const struct model *before = NULL;
	struct model_host host = { .is_whole = true };
	struct host_asks asks = { 0 };
	const struct model_options options = { .sysconfig = loading.sys.dir,
					       .insecure = true,
					       .host = &host,
					       .asks = &asks };
	const struct iface *bond;

	add_card(&host, "ens1", "52:54:00:00:00:01");
	ck_assert_int_eq(model_load(&options, "bond0", NULL, unheard, &before), 0);
	ck_assert_uint_eq(before->target->n_ports, 1);
	ck_assert_uint_eq(asks.n_cards, 1); /* and not for a file that is no port of it */
	ck_assert_uint_eq(card_asked(&asks, 2)->wait_ms, 2250);
	ck_assert(!host_contradicts(&host, &asks));
	add_card(&host, "ens2", "52:54:00:00:00:02");
	ck_assert(host_contradicts(&host, &asks));
	ck_assert_int_eq(
		model_load(&options, "bond0", NULL, loading.diag, &loading.model), 0);
	loading.said = messages(loading.diag, loading.sys.dir);
	bond = loading.model->target;
	ck_assert_uint_eq(bond->n_ports, 2);
	ck_assert_str_eq(bond->ports[0]->name, "ens1");
	ck_assert_str_eq(bond->ports[1]->name, "ens2");
	ck_assert_uint_eq(bond->ports[1]->dev_wait_ms, 2250);
	ck_assert_ptr_nonnull(strstr(loading.said, "ifcfg-three:1: warning: there is no "
						   "interface with HWADDR"));
	host_asks_release(&asks);
	host_release(&host);
}
END_TEST

static bool name_is_asked(const struct host_asks *asks, const char *name)
{
	for (size_t i = 0; i < asks->n_names; i++)
		if (strcmp(asks->names[i].name, name) == 0)
			return true;
	return false;
}

/* Only what the files name, and only what matters. */
START_TEST(what_is_not_known_is_asked_for)
{
	static const char files[] = BOND0
		"== ifcfg-lan\nDEVICE=enp1s0\nMASTER=bond0\nSLAVE=yes\n"
		"== ifcfg-bond1\nDEVICE=bond1\nMASTER=bond9\n"
		"== route-bond0\n192.0.2.0/24 dev bond0\n198.51.100.0/24 dev tun7\n";
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new(files);
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_model_ const struct model *model = NULL;
	_cleanup_model_files_ struct model_files *read = NULL;
	struct model_host host = { .knows_kinds = true };
	struct host_asks asks = { 0 };
	const struct model_options options = {
		.sysconfig = sys.dir, .insecure = true, .host = &host, .asks = &asks
	};
	const struct host_link *card;

	read = model_read(&options, "bond0");
	ck_assert(name_is_asked(&asks, "bond0"));
	ck_assert(name_is_asked(&asks, "enp1s0"));
	ck_assert(name_is_asked(&asks, "bond9")); /* no file is about it */
	ck_assert(!name_is_asked(&asks, "tun7"));
	ck_assert_uint_eq(asks.n_cards, 0);
	card = host_add_link(&host, "eth0", "");
	host_add_name(&host, "enp1s0", card);
	host_add_name(&host, "bond0", NULL);
	host_add_name(&host, "bond1", NULL);
	host_add_name(&host, "bond9", NULL);
	ck_assert(host_contradicts(&host, &asks));
	host_asks_release(&asks);

	model_name_files(read);
	ck_assert_uint_eq(asks.n_names, 0);
	ck_assert_int_eq(model_load_files(read, NULL, diag, &model), 0);
	ck_assert_str_eq(model->target->ports[0]->name, "eth0");
	ck_assert(name_is_asked(&asks, "tun7"));
	ck_assert(!name_is_asked(&asks, "bond0"));
	host_add_name(&host, "tun7", NULL);
	ck_assert(!host_contradicts(&host, &asks));
	host_asks_release(&asks);
	host_release(&host);
}
END_TEST

/* Each is one line too many in a file that is right. */
static const struct {
	const char *line;
	const char *said; /* how the message starts; "" for none */
} lines[] = {
	{ "IPADDR1=10.0.0.2", "warning: IPADDR1 has neither" },
	{ "IPADDR1=10.0.0", "warning: IPADDR1='10.0.0' is not" },
	{ "IPADDR1=\" 10.0.0.2\"",
	  "warning: the blanks around the value of IPADDR1='10.0.0.2'" },
	{ "IPADDR1=010.0.0.2", "warning: IPADDR1='010.0.0.2' is not" },
	{ "PREFIX=-1", "error: PREFIX='-1' is not" },
	{ "PREFIX=24x", "error: PREFIX='24x' is not" },
	{ "PREFIX=4294967320", "error: PREFIX='4294967320' is not" },
	{ "NETMASK=255.255.0.255", "warning: NETMASK=255.255.0.255 has holes" },
	{ "NETMASK=0xffffff00", "warning: NETMASK='0xffffff00' is not" },
	{ "NETMASK=255.255.0.0", "warning: NETMASK=255.255.0.0 ignored" },
	{ "GATEWAY=10.0.0.300", "warning: GATEWAY='10.0.0.300' ignored: it is not" },
	{ "GATEWAY=fe80::1", "warning: GATEWAY='fe80::1' ignored: it is not" },
	{ "GATEWAY=0.0.0.0", "" },
	{ "GATEWAY=10.0.0.1", "warning: GATEWAY=10.0.0.1 is the address of x itself" },
	{ "MTU=67", "warning: MTU='67' ignored" },
	{ "MTU=70000", "warning: MTU='70000' ignored" },
	{ "MTU=1500.0", "warning: MTU='1500.0' ignored" },
	{ "MACADDR=00:00:00:00:00:00", "warning: MACADDR='00:00:00:00:00:00' ignored" },
	{ "MACADDR=random", "warning: MACADDR='random' ignored" },
	{ "MACADDR=Permanent", "" },
	{ "MACADDR=preserve", "" },
	{ "HWADDR=52:54:00:00:00:01", "" },
	{ "HWADDR=52-54-00-00-00-01", "warning: HWADDR='52-54-00-00-00-01' ignored" },
	{ "DEVTIMEOUT=7", "" },
	{ "DEVTIMEOUT=.5", "" },
	{ "DEVTIMEOUT=1.5.2", "warning: DEVTIMEOUT='1.5.2' ignored" },
	{ "DEVTIMEOUT=-1", "warning: DEVTIMEOUT='-1' ignored" },
	{ "DEVTIMEOUT=3601", "warning: DEVTIMEOUT='3601' ignored" },
	{ "ARP=off", "" },
	{ "ARP=maybe", "warning: ARP=maybe is neither yes nor no" },
	{ "LINKSTATUS=UP", "" },
	{ "LINKSTATUS=no", "warning: LINKSTATUS=no ignored" },
	{ "ACD_TIMEOUT=-1", "" },
	{ "ACD_TIMEOUT=3600001", "warning: ACD_TIMEOUT='3600001' ignored" },
	{ "NETWORK=10.0.0.0", "" },
	{ "NETWORK=10.0.0.1", "warning: NETWORK=10.0.0.1 ignored" },
	{ "NETWORK=nonsense", "warning: NETWORK=nonsense ignored" },
	{ "IPADDR2=10.1.0.0\nPREFIX2=16", "warning: 10.1.0.0 is the network address of" },
	{ "IPADDR2=10.1.0.0\nPREFIX2=15", "" },
	{ "BROADCAST=10.0.1.255", "warning: BROADCAST=10.0.1.255 is not in" },
	{ "BROADCAST=255.255.255.255", "" },
	{ "METRIC=-5", "warning: METRIC='-5' ignored" },
	{ "SCOPE=everywhere", "warning: SCOPE: 'everywhere' ignored" },
	{ "SCOPE=host", "" },
	{ "LINKDELAY=1.5", "warning: LINKDELAY='1.5' ignored" },
	{ "LINKDELAY=99999", "warning: LINKDELAY='99999' ignored" },
	{ "ARPING_TRIES=0", "warning: ARPING_TRIES='0' ignored" },
	{ "BOOTPROTO=none", "" },
	{ "BOOTPROTO=STATIC", "" },
	{ "BOOTPROTO=ibft", "warning: BOOTPROTO=ibft is not known" },
	{ "TYPE=Token", "warning: TYPE=Token is not known" },
	{ "TYPE=vlan", "error: x is a VLAN, but PHYSDEV is missing" },
	{ "TYPE=OVSBridge", "error: TYPE=OVSBridge needs a helper program" },
	{ "VLAN=yes", "warning: VLAN=yes has no effect: x has no VLAN id" },
	{ "VLAN=no", "" },
	{ "SLAVE=yes", "warning: SLAVE=yes, but MASTER is missing" },
	{ "DEVICE=a/b", "error: DEVICE='a/b' is not the name" },
	{ "DEVICE='a b'", "error: DEVICE='a b' is not the name" },
	{ "DEVICE=sixteen-bytes-it", "error: DEVICE='sixteen-bytes-it' is not the name" },
	{ "DEVICE=..", "error: DEVICE='..' is not the name" },
	{ "NAME=a b c", "warning: NAME has no value" },
	{ "IPV6INIT=no later", "warning: IPV6INIT has no value" },
	{ "MTU=$(cat mtu)", "error: MTU has no value: command substitution" },
	{ "DNS1=$(cat dns)", "warning: DNS1 has no value: command substitution" },
	{ "MTU = 9000", "warning: MTU has no value: a blank follows" },
	{ "BOOTPROTO= none", "warning: BOOTPROTO has no value" },
	{ "BOOTPROTO= dhcp", "error: BOOTPROTO has no value" },
	{ "IPADDR= 10.0.0.2", "warning: IPADDR has no value" },
	{ "IPADDR2= 10.0.0.2", "warning: IPADDR2 has no value" },
	{ "DESCRIPTION='core", "warning: DESCRIPTION has no value: the quote" },
	{ "ZONE='core", "error: ZONE has no value: the quote" },
	{ "echo up", "warning: 'echo' is a command" },
	{ "if x; then MTU=9000; fi", "error: MTU is set by shell code ('if')" },
	{ "if x; then DNS1=10.0.0.9; fi", "warning: 'if' is shell code" },
	{ "[ -f x ] && MTU=9000", "error: MTU has no value: whether it is set" },
	{ "check_link_down() { return 1; }", "warning: the function 'check_link_down'" },
	{ "f() { return 1; }", "warning: the function 'f' is shell code and ignored" },
	{ "f() { MTU=9000; }", "error: MTU is set by shell code ('f')" },
	{ ". ./common", "error: '. ./common' is a command" },
	{ ". ./network-functions", "warning: '. ./network-functions' is a command" },
	{ "unset MTU", "" },
	{ "MTU=1500 bytes", "warning: MTU has no value" },
	{ "NOZEROCONF=off", "warning: NOZEROCONF=off suppresses" },
	{ "HWADR=52:54:00:00:00:01", "warning: unknown key 'HWADR'" },
	{ "GATEWAY1=10.0.0.3", "" },
};

START_TEST(every_value_is_judged)
{
	char files[400], want[200];
	struct loading loading;

	snprintf(files, sizeof(files),
		 "== ifcfg-x\nDEVICE=x\nIPADDR=10.0.0.1\nPREFIX=24\n%s\n",
		 lines[_i].line);
	snprintf(want, sizeof(want), "network-scripts/ifcfg-x:4: %s", lines[_i].said);
	loading = load(files, "ifcfg-x");
	if (*lines[_i].said)
		ck_assert_msg(strncmp(loading.said, want, strlen(want)) == 0,
			      "%s: '%s' is not '%s'", lines[_i].line, loading.said, want);
	else
		ck_assert_str_eq(loading.said, "");
	ck_assert_int_eq(loading.result,
			 strncmp(lines[_i].said, "error", 5) == 0 ? -EINVAL : 0);
	loading_release(&loading);
}
END_TEST

/* -------------------------------------------------------------------- sizes */

static double seconds_to_load(const struct sysconfig *sys, const char *request)
{
	const struct model_options options = { .sysconfig = sys->dir, .insecure = true };
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_model_ const struct model *model = NULL;
	struct timespec from, to;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	ck_assert_int_eq(model_load(&options, request, NULL, diag, &model), 0);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) +
	       (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void write_pair(struct sysconfig *sys, int n)
{
	char name[32], text[200];
	int len;

	snprintf(name, sizeof(name), "ifcfg-bond%d", n);
	len = snprintf(text, sizeof(text),
		       "DEVICE=bond%d\nBONDING_OPTS=\"mode=1 miimon=100\"\n"
		       "UUID=%08d-2222-3333-4444-555555555555\n",
		       n, n);
	sysconfig_write(sys, name, text, (size_t)len);
	snprintf(name, sizeof(name), "ifcfg-ens%d", n);
	len = snprintf(text, sizeof(text),
		       "DEVICE=ens%d\nMASTER=%08d-2222-3333-4444-555555555555\n", n, n);
	sysconfig_write(sys, name, text, (size_t)len);
}

/* Whoever looks through all files once for each of them takes seconds here. */
START_TEST(thousands_of_files_are_no_burden)
{
	_cleanup_sysconfig_ struct sysconfig sys = sysconfig_new("");
	double some, all;

	for (int n = 0; n < 500; n++)
		write_pair(&sys, n);
	some = seconds_to_load(&sys, "bond7");
	for (int n = 500; n < 4000; n++)
		write_pair(&sys, n);
	all = seconds_to_load(&sys, "bond7");
	ck_assert_msg(all < 20 * some + 0.1, "1000 files: %.3f s, 8000: %.3f s", some,
		      all);
}
END_TEST

/* --------------------------------------------------------------------- main */

static void add_files(Suite *suite)
{
	TCase *tcase = tcase_create("files");

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase, file_is_found, 0, ARRAY_SIZE(lookups));
	tcase_add_test(tcase, no_folder_is_told);
	tcase_add_test(tcase, files_that_others_can_write_are_refused);
	tcase_add_test(tcase, unsafe_files_of_others_do_not_matter);
	tcase_add_test(tcase, odd_files_do_no_harm);
	tcase_add_test(tcase, bond_has_the_ports_that_name_it);
	tcase_add_test(tcase, port_brings_its_bond_with_all_ports);
	tcase_add_test(tcase, bond_is_recognised_from_either_side);
	tcase_add_test(tcase, port_options_reach_the_ports);
	tcase_add_test(tcase, plain_card_is_none);
	tcase_add_test(tcase, what_is_wrong_elsewhere_is_not_told);
	tcase_add_test(tcase, file_with_a_shell_error_is_still_a_port);
}

static void add_values(Suite *suite)
{
	TCase *tcase = tcase_create("values");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, ip6_is_loaded_if_it_is_asked_for, 0,
			    ARRAY_SIZE(ip6_wishes));
	tcase_add_test(tcase, address_has_all_its_parts);
	tcase_add_test(tcase, waits_for_lacp);
	tcase_add_test(tcase, global_file_gives_defaults);
	tcase_add_test(tcase, later_lines_win);
	tcase_add_test(tcase, leading_zeros_are_decimal);
	tcase_add_test(tcase, a_card_is_known_by_its_address);
	tcase_add_test(tcase, what_is_not_known_is_asked_for);
	tcase_add_loop_test(tcase, every_value_is_judged, 0, ARRAY_SIZE(lines));
	tcase_add_test(tcase, thousands_of_files_are_no_burden);
}

int main(void)
{
	Suite *suite = suite_create("load");
	SRunner *runner = srunner_create(suite);
	int failed;

	add_files(suite);
	add_values(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
