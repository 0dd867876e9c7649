/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/**
 * module_load_bonding() - load the driver without the bond0 it creates by default
 * @ret_why: on failure, what the errno does not say; a literal, or untouched
 *
 * Options and install lines in modprobe.d are honoured, as by modprobe(8); `max_bonds=0`
 * is added after the options. It is not an error if the driver is built in, or loaded
 * already.
 *
 * Return: 0; a negative errno. Spec: modprobe(8); Linux
 * Documentation/networking/bonding.rst, max_bonds.
 */
int module_load_bonding(const char **ret_why);

/* The same for the driver of tap and tun devices. */
int module_load_tun(const char **ret_why);

struct strbuf;

/**
 * struct module_mentions - what modprobe.d and the kernel's command line may have
 * @parameters: of the bonding driver
 * @aliases: names of bonds as aliases of the driver
 */
struct module_mentions {
	bool parameters, aliases;
};

/*
 * A quick look, which avoids opening libkmod on nearly all hosts. @root: of an image that is
 * examined; "" for the running system.
 */
struct module_mentions module_look(const char *root);

/**
 * module_bonding_parameters() - the driver's parameters in modprobe.d and on the kernel's
 * command line
 * @root: as above; @out: "mode=1 miimon=77" is appended, or nothing
 *
 * They are the driver's defaults for new bonds, loaded or not: it does not report them.
 *
 * Return: 0; a negative errno if libkmod is needed and cannot be used. Spec:
 * modprobe.d(5); bond_check_params() in Linux drivers/net/bonding.
 */
int module_bonding_parameters(const char *root, struct strbuf *out);

/**
 * module_alias_parameters() - the driver's parameters when loaded by the name of a bond
 * @bond: an alias of it in modprobe.d: `alias bond0 bonding`
 * @out: those of `options bond0` and `options bonding` are appended, or nothing
 *
 * network-scripts ran `modprobe bond0` for a bond without BONDING_OPTS.
 *
 * Return: 0; -ENOENT if it is not an alias of the driver; another negative errno if
 * libkmod cannot be used. Spec: modprobe.d(5), alias and options; is_available() in
 * network-functions.
 */
int module_alias_parameters(const char *root, const char *bond, struct strbuf *out);
