/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The default route of IPv4, and all keys that affect it. */
#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/typo.h"
#include "lib/files/source.h"
#include "lib/model/slip.h"

#define GATEWAYS 256

static const struct ifcfg *find_alias(const struct source *src, const char *label)
{
	const struct ifcfg_dir *dir = &src->loader->dir;

	for (size_t i = 0; i < dir->n; i++)
		if (!dir->files[i].ignored && dir->files[i].label &&
		    strcmp(dir->files[i].label, label) == 0)
			return &dir->files[i];
	return NULL;
}

/* With network-scripts, an alias without a gateway had that of its interface. */
static bool is_alias_of(const struct source *src, const char *dev, const char *name)
{
	const size_t len = strcspn(dev, ":");
	const struct ifcfg *alias;

	if (src->label || !dev[len] || strlen(name) != len ||
	    strncmp(name, dev, len) != 0)
		return false;
	alias = find_alias(src, dev);
	if (!alias) {
		diag_warning(src->diag, source_pos(src, "GATEWAYDEV"),
			     "GATEWAYDEV=%s is read as %s: there is no such alias", dev,
			     name);
		diag_hint(src->diag, "write the name of the interface");
	}
	return !alias || !ifcfg_own_value(alias, "GATEWAY");
}

/* Without an address it has no use for a router. Return: whether there is a file for it. */
static bool judge_gateway_file(const struct source *src, const char *dev)
{
	struct ifcfg_span found = ifcfg_dir_find(&src->loader->dir, FIND_DEVICE, dev);

	for (size_t i = 0; i < found.n; i++)
		if (iface_address_key(found.files[i]) || found.files[i]->ignored)
			return true;
	if (!found.n)
		return false;
	diag_warning(src->diag, source_pos(src, "GATEWAYDEV"),
		     "GATEWAYDEV=%s has no address, so GATEWAY=%s is ignored", dev,
		     source_value(src, "GATEWAY"));
	diag_hint(src->diag, "name the interface in whose network the router is");
	return true;
}

/* Then no interface has the default route, usually because of a wrong name. */
static void judge_gateway_dev(const struct source *src, const char *dev)
{
	const struct ifcfg_dir *dir = &src->loader->dir;
	const bool has_own = ifcfg_own_value(src->file, "GATEWAY");
	const char *nearest;

	if (!source_value(src, "GATEWAY") || find_alias(src, dev) ||
	    judge_gateway_file(src, dev))
		return;
	/*
	 * Links made by other programs, such as ppp0, get their default route from them.
	 */
	if (!has_own && host_kind(dir->options, dev))
		return;
	diag_warning(src->diag, source_pos(src, "GATEWAYDEV"),
		     "GATEWAYDEV=%s has no file, so GATEWAY=%s is ignored", dev,
		     source_value(src, "GATEWAY"));
	nearest = typo_nearest(dev, dir->n, ifcfg_dir_device, dir);
	if (nearest && !slip_is_sibling(nearest, dev))
		diag_hint(src->diag, "did you mean '%s'?", nearest);
	else if (has_own && src->file->device)
		diag_hint(src->diag, "write GATEWAYDEV=%s, or remove it",
			  src->file->device);
	else
		diag_hint(src->diag, "it names the interface that has the default route: "
				     "correct it, or remove it");
}

bool iface_is_gateway_dev(const struct source *src, const char *name)
{
	const char *dev = source_device(src, "GATEWAYDEV");

	if (!dev || strcmp(dev, src->label ? src->label : name) == 0 ||
	    is_alias_of(src, dev, name))
		return true;
	judge_gateway_dev(src, dev);
	return false;
}

/*
 * A GATEWAYDEV, usually global, that names another interface excludes this one from the
 * default route.
 */
static bool may_have_default(const struct source *src, const struct iface *iface)
{
	return !source_off(src, "DEFROUTE") &&
	       !source_off(src, "DHCLIENT_SET_DEFAULT_ROUTE") &&
	       iface_is_gateway_dev(src, iface->name);
}

/* If the router is the host itself, the kernel treats all destinations as on-link. */
static bool judge_near_gateway(const struct source *src, const struct iface *iface,
			       const char *key, const struct ip *gateway,
			       const char *value)
{
	const char *why = iface_refuses_router(iface, gateway);

	if (why)
		diag_warning(src->diag, source_pos(src, key),
			     "%s=%s ignored: it is %s %s", key, value, why, iface->name);
	else if (iface_own_addr(iface, gateway))
		diag_warning(src->diag, source_pos(src, key),
			     "%s=%s is the address of %s itself: all hosts are looked "
			     "for on its link",
			     key, value, iface->name);
	else
		return true;
	diag_hint(src->diag, "write the address of the router");
	return !why;
}

static void judge_far_gateway(const struct source *src, const struct iface *iface,
			      const char *key, const char *value)
{
	/*
	 * A global gateway is for the one interface in its network; and if an address was
	 * refused, its gateway is not checked.
	 */
	if (!ifcfg_own_value(src->file, key) || iface->lacks_addr)
		return;
	if (!iface->n_addrs) {
		diag_warning(src->diag, source_pos(src, key),
			     "%s=%s ignored: %s has no address", key, value, iface->name);
		diag_hint(src->diag, "add IPADDR and PREFIX, or remove GATEWAY");
		return;
	}
	diag_warning(src->diag, source_pos(src, key),
		     "%s=%s ignored: it is in no network of %s", key, value, iface->name);
	diag_hint(src->diag,
		  "correct GATEWAY, NETMASK or PREFIX; a gateway that is reached "
		  "directly all the same needs a line in route-%s: "
		  "default via %s onlink",
		  iface->name, value);
}

/* Templates and tools write one of these if there is no router. */
static bool is_none(const char *value)
{
	struct ip ip;

	return strcmp(value, "none") == 0 ||
	       (ip_parse(value, AF_INET, &ip) == 0 && ip_is_zero(&ip));
}

static const char *gateway_value(const struct source *src, const char *key)
{
	const char *value = source_value(src, key);

	return value && !is_none(value) ? value : NULL;
}

/* GATEWAY, else the first of GATEWAY0, GATEWAY1 …, which NetworkManager writes. */
static const char *find_gateway_key(const struct source *src)
{
	const char *found = gateway_value(src, "GATEWAY") ? "GATEWAY" : NULL;

	for (int index = -1; source_next_index(src, "GATEWAY", GATEWAYS, &index);) {
		const char *key = source_indexed(src, "GATEWAY", index);
		const char *value = key ? ifcfg_own_value(src->file, key) : NULL;

		if (!value || is_none(value))
			continue;
		if (!found) {
			found = key;
			continue;
		}
		if (strcmp(source_value(src, found), value) == 0)
			continue;
		diag_warning(src->diag, source_pos(src, key),
			     "%s=%s ignored: %s=%s is the default route's", key, value,
			     found, source_value(src, found));
		diag_hint(src->diag, "an interface has one default route; a further one "
				     "goes into a route file, with a metric");
	}
	return found;
}

/* A prefix length after it, copied from the address, does no harm. */
static bool parse_default_gateway(const struct source *src, const char *key,
				  const char *value, struct ip *ret)
{
	const char *slash = strchr(value, '/');
	const char *text =
		slash ? arena_strndup(src->loader->arena, value, (size_t)(slash - value))
		      : value;
	const char *zeros;
	uint32_t len;

	if (text && ip_parse(text, AF_INET, ret) == 0 &&
	    (!slash || num_parse_u32(slash + 1, 32, &len) == 0)) {
		if (!slash)
			return true;
		diag_warning(src->diag, source_pos(src, key), "%s=%s is read as %s", key,
			     value, text);
		diag_hint(src->diag, "remove the prefix length");
		return true;
	}
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: it is not an IPv4 address", key, value);
	zeros = ip_slip_hint(value, src->loader->arena);
	if (ip_parse(value, AF_INET6, ret) == 0)
		diag_hint(src->diag, "an IPv6 router goes into IPV6_DEFAULTGW");
	else
		diag_hint(
			src->diag, "%s",
			zeros ? zeros
			      : _("it is the router's address: four numbers with dots"));
	return false;
}

/*
 * EXTRA_ROUTE_OPTS may contain "onlink"; it goes to the route with its other words, too.
 */
static bool is_said_to_be_onlink(const struct source *src)
{
	const char *value = source_value(src, "EXTRA_ROUTE_OPTS");
	const char **words = value ? source_split(src, NULL, value) : NULL;

	while (words && *words && strcmp(*words, "onlink") != 0)
		words++;
	return words && *words;
}

/* Return: whether there is a usable gateway. */
static bool read_default_gateway(const struct source *src, const struct iface *iface,
				 const char *key, struct route *route)
{
	const char *value = key ? gateway_value(src, key) : NULL;
	struct ip *gateway = &route->gateway;

	if (!value || !parse_default_gateway(src, key, value, gateway) ||
	    !may_have_default(src, iface))
		return false;
	if (iface_has_network(iface, gateway))
		return judge_near_gateway(src, iface, key, gateway, value);
	route->onlink = ifcfg_own_value(src->file, key) && iface->n_addrs &&
			(iface_is_alone(iface, AF_INET) || is_said_to_be_onlink(src));
	if (!route->onlink)
		judge_far_gateway(src, iface, key, value);
	return route->onlink;
}

/* ---- other settings of the route ---- */

uint32_t iface_read_metric(const struct source *src)
{
	static const char hint[] = N_("a smaller number is preferred; 0 is the default");
	uint32_t metric = 0, other = 0;
	bool has_own = source_number(src, "METRIC", hint, &metric);
	bool has_other = source_number(src, "IPV4_ROUTE_METRIC", hint, &other);

	if (has_own && has_other && metric != other) {
		diag_warning(src->diag, source_pos(src, "IPV4_ROUTE_METRIC"),
			     "IPV4_ROUTE_METRIC=%u ignored: METRIC is %u", other, metric);
		diag_hint(src->diag, "remove one of the two");
	}
	return has_own ? metric : other;
}

static void read_source_address(const struct source *src, struct route *route)
{
	const char *value = source_value(src, "SRCADDR"), *zeros;

	if (!value || ip_parse(value, AF_INET, &route->source) == 0)
		return;
	zeros = ip_slip_hint(value, src->loader->arena);
	diag_warning(src->diag, source_pos(src, "SRCADDR"),
		     "SRCADDR='%s' ignored: it is not an IPv4 address", value);
	diag_hint(src->diag, "%s",
		  zeros ? zeros : _("it is one of this host's own addresses"));
}

/* The words are those of ip(8), after what the other keys set. */
static int read_extra(const struct source *src, const struct iface *iface,
		      struct route *route)
{
	const char *value = source_value(src, "EXTRA_ROUTE_OPTS");
	struct words_error why;
	const char **words;
	struct route extra;
	int r;

	if (!value)
		return 0;
	words = source_split(src, "default", value);
	r = route_parse(AF_INET, words, source_names(src), iface->table,
			src->loader->arena, &extra, &why);
	if (r < 0) {
		diag_warning(src->diag, source_pos(src, "EXTRA_ROUTE_OPTS"),
			     "EXTRA_ROUTE_OPTS ignored: '%s' %s", why.word, _(why.why));
		diag_hint(src->diag, "%s",
			  why.hint ? _(why.hint) : _("see ip-route(8) for the words"));
		return 0;
	}
	extra.gateway = route->gateway;
	extra.onlink |= route->onlink;
	extra.scope = ip_is_set(&route->gateway) ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
	if (!extra.metric)
		extra.metric = route->metric;
	if (!ip_is_set(&extra.source))
		extra.source = route->source;
	*route = extra;
	return r;
}

int iface_read_default_route(const struct source *src, struct iface *iface)
{
	struct want_route want = { .route = { .family = AF_INET,
					      .type = RTN_UNICAST,
					      .dst.family = AF_INET,
					      .table = iface->table,
					      .protocol = RTPROT_BOOT } };
	const char *key = find_gateway_key(src);
	const char *only = source_device(src, "GATEWAYDEV");
	bool near = read_default_gateway(src, iface, key, &want.route);
	int r;

	want.route.metric = iface_read_metric(src);
	/* A GATEWAYDEV in the file without a usable gateway: all hosts are on-link. */
	if (!near && (!only || strcmp(only, iface->name) != 0 || !iface->n_addrs ||
		      source_off(src, "DEFROUTE")))
		return 0;
	if (!near) {
		want.route.gateway = (struct ip){ 0 };
		want.route.scope = RT_SCOPE_LINK;
	}
	want.pos = source_pos(src, near ? key : "GATEWAYDEV");
	want.alias = src->label;
	read_source_address(src, &want.route);
	if (ip_is_set(&want.route.source))
		iface->conf[CONF_IP4_ARP_FILTER] = (struct want_conf){
			.is_set = true, .num = 1, .pos = source_pos(src, "SRCADDR")
		};
	r = read_extra(src, iface, &want.route);
	if (source_number(src, "WINDOW", N_("it is a number of bytes"),
			  &want.route.metrics[RTAX_WINDOW]))
		want.route.metrics_set |= 1U << RTAX_WINDOW;
	if (source_value(src, "IPV4_ROUTE_TABLE"))
		want.route.table = source_table(src, "IPV4_ROUTE_TABLE", iface->table);
	want.route.dev = iface->name;
	if (r < 0)
		return r;
	ARENA_PUSH(src->loader->arena, iface->routes, iface->n_routes, iface->routes_cap,
		   want);
	return 0;
}
