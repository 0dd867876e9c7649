/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lib/files/ifcfg-keys.h"
#include "lib/files/loader.h"

/**
 * struct source - the file at hand, with where its findings go
 * @loader: all other files, and the arena
 * @parent: of an alias, the file that some of its keys are inherited from; the global file
 *          does not count for it
 * @label: of an alias, its name; @range, that of a range of them
 * @is_asleep: of an alias, it does not come up with its parent
 */
struct source {
	struct loader *loader;
	const struct ifcfg *file;
	struct diag *diag;
	const struct ifcfg *parent;
	const char *label, *range;
	bool is_asleep;
};

/* The name of an alias, or of a range of them; NULL for an interface's own file. */
static inline const char *source_alias(const struct source *src)
{
	return src->range ? src->range : src->label;
}

/* The file's value, else the global one; NULL if there is none or it is empty. */
const char *source_value(const struct source *src, const char *key);

/* Where @key got its value: in the file, or in the global one. */
struct pos source_pos(const struct source *src, const char *key);

/* Whether its value is a false word. */
bool source_off(const struct source *src, const char *key);

/* The same for the file itself, without the global one. */
bool source_off_own(const struct ifcfg *file, const char *key);

/* Whether its value is a true word. */
bool source_on(const struct source *src, const char *key);

/* A number of seconds as milliseconds; @fallback_ms if there is none or it is invalid. */
uint32_t source_seconds(const struct source *src, const char *key, uint32_t fallback_ms);

/*
 * A number. Return: false, @ret untouched, if there is none, or an invalid one
 * (reported).
 */
bool source_number(const struct source *src, const char *key, const char *hint,
		   uint32_t *ret);

/*
 * A routing table, by number or name; @usual if there is none, it is 0, or it is invalid.
 */
uint32_t source_table(const struct source *src, const char *key, uint32_t usual);

/* DEVTIMEOUT in milliseconds; the number of seconds may have a fraction. */
uint32_t source_dev_timeout(const struct source *src);

/* A limit in seconds as milliseconds: at least 1. */
uint32_t source_limit(const struct source *src, const char *key, uint32_t fallback_ms);

/* The key's name with an index: IPADDR, IPADDR0, IPADDR1 …; index -1 means no number. */
const char *source_indexed(const struct source *src, const char *key, int index);

/**
 * source_next_index() - iterate over the numbers of a key: a file has few of the possible
 * ones
 * @limit: the numbers end before it
 * @index: the previous number, -1 at first; set to the next higher one
 *
 * Return: whether there is one.
 */
bool source_next_index(const struct source *src, const char *key, int limit, int *index);

/*
 * A switch that is on unless its value is a false word; the key without a number covers
 * all.
 */
bool source_switched_on(const struct source *src, const char *key, int index);

/* @first and the words of @text, ending with NULL. */
const char **source_split(const struct source *src, const char *first, const char *text);

/* IPV4_FAILURE_FATAL and similar keys, whose absence is not the same as no. */
enum failure_wish source_failure(const struct source *src, const char *key);

/* The interface that a key names, by the kernel's own name; NULL for none. */
const char *source_device(const struct source *src, const char *key);

/* Names of tables and so on from /etc/iproute2. */
const struct route_names *source_names(const struct source *src);

/*
 * The topics of a file, each in a source file of its own. Return: 0, errors reported.
 */
int iface_read_ip4(const struct source *src, struct iface *iface);
int iface_read_default_route(const struct source *src, struct iface *iface);
int iface_read_dhcp(const struct source *src, struct iface *iface);

/* Whether that value of BOOTPROTO requests DHCP. */
bool dhcp_is_meant(const char *bootproto);

/*
 * The first key that gives the file's interface an address, including DHCP; NULL for
 * none.
 */
const char *iface_address_key(const struct ifcfg *file);

/*
 * Warns about each key that has no effect in the file of a port, by the table of keys,
 * and about its route and rule files.
 */
void iface_judge_port(const struct source *src, enum iface_kind kind,
		      enum link_role role);

void iface_read_addrs(const struct source *src, struct iface *iface);
void iface_read_ip6_addrs(const struct source *src, struct iface *iface);
int iface_read_aliases(const struct source *src, struct iface *iface);
void iface_read_ip6(const struct source *src, struct iface *iface);
int iface_read_routes(const struct source *src, struct iface *iface);
int iface_read_static_routes(const struct source *src, struct iface *iface);

/*
 * Route and rule files of the alias @src: their routes belong to @iface, with its label.
 */
int iface_read_alias_routes(const struct source *src, struct iface *iface);
/* Those of one @label of the range @src. */
int iface_read_label_routes(const struct source *src, struct iface *iface,
			    const char *label);

/*
 * A line of a route file, with all its messages; @yields: an existing route takes
 * precedence. Return: as above.
 */
int iface_add_route_line(const struct source *src, struct iface *iface, int family,
			 const struct route_line *line, bool yields);

/* The route by which the kernel reaches the network of an address, if it makes one. */
bool iface_connected_route(const struct iface *iface, const struct want_addr *addr,
			   struct route *ret);

/* Removes a route from those of the interface, or moves it before an earlier one. */
void iface_drop_route(struct iface *iface, size_t i);
void iface_move_route(struct iface *iface, size_t from, size_t to);

/* A route file with keys (ADDRESS0=). Return: as above. */
int iface_read_route_keys(const struct source *src, struct iface *iface,
			  const struct companion *file);
/*
 * Lines that are keys in a file in words, none of them ADDRESS0= or the like.
 * Return: as above.
 */
int iface_judge_route_keys(const struct source *src, struct iface *iface,
			   const struct companion *file);
/* Flags of the link; NULL for none. Values that are neither yes nor no are reported elsewhere. */
const struct want_flag *link_flags_read(const struct source *src);

void iface_read_ethtool(const struct source *src, struct iface *iface);
int iface_read_dns(const struct source *src, struct iface *iface);

/* One IPv4 address, @value of @key, with its prefix length and other settings. */
void iface_add_addr(const struct source *src, const char *key, const char *value,
		    struct iface *iface);

/* METRIC, or NetworkManager's name for it; 0 if neither is set. */
uint32_t iface_read_metric(const struct source *src);

/*
 * Whether GATEWAYDEV lets the interface, or the alias @src, have the default route. An
 * impossible name is reported.
 */
bool iface_is_gateway_dev(const struct source *src, const char *name);

/* Whether the name of a file is that of an alias: its HWADDR is the interface's. */
bool alias_is_named_so(const struct ifcfg *file);

/* Whether @label, for example "bond0:3", is one of the aliases in the file of a range. */
bool alias_is_of_range(const struct ifcfg *file, const char *label);

/*
 * Sets .real, .label and .is_range, once .device of all files is known.
 */
void alias_settle(const struct ifcfg_dir *dir, struct ifcfg *file);

/* NO_ALIASROUTING: for an alias, its gateway is not used and no hook is run. */
bool alias_is_unrouted(const struct source *src);

/*
 * Whether no address of the interface has a network with room for a router: one that is
 * outside can then only be meant to be on-link.
 */
bool iface_is_alone(const struct iface *iface, uint8_t family);

/* Whether an address of the interface, of those read so far, is in a network with @ip. */
bool iface_has_network(const struct iface *iface, const struct ip *ip);

/* Return: the address of the interface, of those read so far, that is @ip; or NULL. */
const struct want_addr *iface_own_addr(const struct iface *iface, const struct ip *ip);

/*
 * Return: why the kernel refuses a route through @ip, as its relation to the interface
 * ("an address of"); NULL if it does not.
 */
const char *iface_refuses_router(const struct iface *iface, const struct ip *ip);
