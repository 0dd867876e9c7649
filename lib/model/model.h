/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/arena.h"
#include "lib/base/diag.h"
#include "lib/model/addr.h"
#include "lib/model/bond-port.h"

enum iface_kind { IFACE_ETHERNET, IFACE_BOND };

/**
 * struct want_addr - an address that the files ask for
 * @pos: line of IPADDR
 * @label: at most 15 bytes, as IFA_LABEL has it
 * @scope: RT_SCOPE_*
 * @check: probe for another host with it first (ARPCHECK)
 * @announce: tell the neighbours (ARPUPDATE)
 */
struct want_addr {
	struct pos pos;
	struct ip addr;
	uint8_t prefix_len;
	struct ip broadcast;
	const char *label;
	uint8_t scope;
	bool check;
	bool announce;
};

/**
 * struct iface - an interface as the files want it
 * @name: of the kernel's device
 * @file: name of its ifcfg file without the directory; NULL when only the MASTER= of
 *        its ports tells of it
 * @pos: where DEVICE stands, or the file as a whole
 * @onboot: false when ONBOOT keeps it from coming up at boot
 * @bond: whose port it is, or NULL; @bond_pos is the line of MASTER
 * @ports: of a bond, in the order of their file names; none of them need exist
 * @options: of a bond, already validated: every one set here is good for the mode
 * @port_wishes: what a bond's BONDING_OPTS say of its ports
 * @port_options: of a port, from there and from its own file; validated, too
 * @mtu: bytes, when @has_mtu
 * @mac: when @has_mac
 * @gateway: of the default route, AF_UNSPEC for none; @metric is 0 when not set
 * @zeroconf: wants the 169.254.0.0/16 route; @zeroconf_pos names the file
 * @arp_wait_ms, @arp_tries: limit of one probing, and how often it may fail to be sent
 * @link_wait_ms: how long to wait until the link can carry frames
 */
struct iface {
	const char *name;
	const char *file;
	struct pos pos;
	enum iface_kind kind;
	bool onboot;
	struct iface *bond;
	struct pos bond_pos;
	struct iface **ports;
	size_t n_ports, ports_cap;
	struct bond_values options;
	struct pos options_pos;
	struct bond_port_wishes port_wishes;
	struct bond_port_values port_options;
	bool has_mtu, has_mac;
	uint32_t mtu;
	struct pos mtu_pos, mac_pos;
	struct hwaddr mac;
	struct want_addr *addrs;
	size_t n_addrs, addrs_cap;
	struct ip gateway;
	struct pos gateway_pos;
	uint32_t metric;
	bool zeroconf;
	uint32_t arp_wait_ms, arp_tries;
	uint32_t link_wait_ms;
};

/**
 * struct model - what one run is about
 * @target: the interface that was named on the command line; its bond and its ports are
 *          reached from it
 */
struct model {
	struct arena *arena;
	struct iface *target;
};

/**
 * struct model_options - how the files are read
 * @sysconfig: directory, /etc/sysconfig unless a test says otherwise
 * @insecure: take files that others than root can write
 */
struct model_options {
	const char *sysconfig;
	bool insecure;
};

/**
 * model_load() - read and validate everything about one interface
 * @options: borrowed
 * @request: device, file name, path, NAME or MAC address, as given to ifup
 * @diag: receives all errors and warnings of all files that concern the interface
 * @ret_model: new model, freed with model_free(); untouched on failure
 *
 * Files of other interfaces are read only as far as needed to know that they are others;
 * what is wrong in them is not told.
 *
 * Return: 0; -ENOENT when nothing is configured under that name, -EINVAL when the
 * configuration has errors (both told in @diag); -ENOMEM.
 * Spec: ifup and need_config() of network-scripts.
 */
int model_load(const struct model_options *options, const char *request,
	       struct diag *diag, struct model **ret_model);
void model_free(struct model *model);

static inline void model_freep(struct model **model)
{
	model_free(*model);
}
#define _cleanup_model_ _cleanup_(model_freep)
