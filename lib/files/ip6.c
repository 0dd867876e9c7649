/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IPv6: addresses, the default route, and the settings below /proc/sys/net/ipv6. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/source.h"

#define DEFAULT_LEN 64
#define MTU_MIN     1280 /* RFC 8200 */
#define MTU_MAX     65535
/* As set by network-scripts, so that it takes precedence over router advertisements. */
#define DEFAULT_GW_METRIC 1

/* ---- addresses ---- */

/* RFC 4291: the kernel reports the scope that follows from an address's first bits. */
static uint8_t scope_of(const struct ip *addr)
{
	if (addr->bytes[0] != 0xfe)
		return RT_SCOPE_UNIVERSE;
	if ((addr->bytes[1] & 0xc0) == 0x80)
		return RT_SCOPE_LINK;
	return (addr->bytes[1] & 0xc0) == 0xc0 ? RT_SCOPE_SITE : RT_SCOPE_UNIVERSE;
}

/* The kernel accepts neither a multicast address nor :: for an interface. */
static bool is_of_host(const struct ip *addr)
{
	return addr->bytes[0] != 0xff && !ip_is_zero(addr);
}

static bool parse_ip6_addr(const struct source *src, const char *text, struct ip *ret,
			   uint32_t *ret_len)
{
	const char *slash = strchr(text, '/');
	const char *addr =
		slash ? arena_strndup(src->loader->arena, text, (size_t)(slash - text))
		      : text;

	*ret_len = DEFAULT_LEN;
	return addr && ip_parse(addr, AF_INET6, ret) == 0 && is_of_host(ret) &&
	       (!slash || num_parse_u32(slash + 1, 128, ret_len) == 0);
}

static const char *const addr_keys[] = { "IPV6ADDR", "IPV6ADDR_SECONDARIES" };

/* network-scripts separated them by blanks only, but commas are just as clear. */
static const char **ip6_words(const struct source *src, const char *key)
{
	const char *value = source_value(src, key);
	char *text = value ? arena_strdup(src->loader->arena, value) : NULL;
	char *comma = text;

	while (comma && (comma = strpbrk(comma, ",;")))
		*comma = ' ';
	return text ? source_split(src, NULL, text) : NULL;
}

static bool has_good_word(const struct source *src)
{
	for (size_t i = 0; i < ARRAY_SIZE(addr_keys); i++) {
		const char **words = ip6_words(src, addr_keys[i]);
		struct ip addr;
		uint32_t len;

		for (; words && *words; words++)
			if (parse_ip6_addr(src, *words, &addr, &len))
				return true;
	}
	return false;
}

/*
 * As for IPv4; next to IPv4, IPv6 is an extra. For an invalid address of an alias, the
 * reader of the alias decides.
 */
static enum diag_grade ip6_grade(const struct source *src, const struct iface *iface)
{
	if (src->label)
		return DIAG_ERROR;
	return iface->n_addrs || iface_dhcp(iface, DHCP_IP4) ||
			       iface_dhcp(iface, DHCP_IP6) || has_good_word(src)
		       ? DIAG_WARNING
		       : DIAG_ERROR;
}

static void complain_of_ip6(const struct source *src, const struct iface *iface,
			    const char *key, const char *text)
{
	struct ip other = { 0 };
	uint32_t len;

	parse_ip6_addr(src, text, &other, &len);
	diag_add(src->diag, ip6_grade(src, iface), source_pos(src, key),
		 "%s: '%s' is not an IPv6 address%s", key, text,
		 other.family == AF_INET6 && !is_of_host(&other) ? _(" of a host") : "");
	if (ip_parse(text, AF_INET, &other) == 0)
		diag_hint(src->diag, "an IPv4 address goes into IPADDR");
	else
		diag_hint(src->diag,
			  "it reads like 2001:db8::22/64, with a prefix length "
			  "of 0 to 128");
}

static bool is_ip6_twice(const struct source *src, const struct want_addr *addr,
			 const struct iface *iface)
{
	char text[IP_TEXT_MAX];
	size_t at = 0;
	const struct want_addr *other = iface_next_addr(iface, &addr->addr, &at);

	if (!other)
		return false;
	diag_warning(src->diag, addr->pos, "%s ignored: line %u has it already",
		     ip_format(&addr->addr, text), other->pos.line);
	diag_hint(src->diag, "remove one of the two");
	return true;
}

static void add_ip6_addr(const struct source *src, const char *key, const char *text,
			 struct iface *iface)
{
	struct want_addr addr = { .pos = source_pos(src, key),
				  .label = "",
				  .check = true,
				  .announce = !source_off(src, "ARPUPDATE") };
	uint32_t len;

	if (!parse_ip6_addr(src, text, &addr.addr, &len)) {
		complain_of_ip6(src, iface, key, text);
		iface->lacks_addr = true;
		return;
	}
	addr.prefix_len = (uint8_t)len;
	if (is_ip6_twice(src, &addr, iface))
		return;
	addr.scope = scope_of(&addr.addr);
	iface_push_addr(src->loader->arena, iface, &addr);
}

static void judge_commas(const struct source *src, const char *key)
{
	if (!strpbrk(source_value(src, key), ",;"))
		return;
	diag_warning(src->diag, source_pos(src, key), "%s has commas between addresses",
		     key);
	diag_hint(src->diag, "separate them by blanks, within quotes");
}

void iface_read_ip6_addrs(const struct source *src, struct iface *iface)
{
	for (size_t i = 0; i < ARRAY_SIZE(addr_keys); i++) {
		const char *key = addr_keys[i], **words = ip6_words(src, key);

		if (!source_value(src, key))
			continue;
		judge_commas(src, key);
		for (; *words; words++)
			add_ip6_addr(src, key, *words, iface);
	}
}

/* ---- settings ---- */

static void want_link_conf(struct iface *iface, enum link_conf_id id, int32_t num,
			   struct pos pos)
{
	iface->conf[id] = (struct want_conf){ .is_set = true, .num = num, .pos = pos };
}

/* The matching row of the table in ifcfg-bond(5). */
static void read_router(const struct source *src, struct iface *iface)
{
	const char *autoconf = source_value(src, "IPV6_AUTOCONF");
	const bool forwards = source_on(src, "IPV6FORWARDING");
	const bool listens = forwards ? autoconf && ifcfg_is_true(autoconf)
				      : !(autoconf && ifcfg_is_false(autoconf));
	struct pos pos = autoconf ? source_pos(src, "IPV6_AUTOCONF") : iface->pos;
	int32_t accept_ra = listens ? (forwards ? 2 : 1) : 0;

	if (source_off(src, "IPV6_SET_SYSCTLS"))
		return;
	if (!forwards && !listens && source_on(src, "IPV6_FORCE_ACCEPT_RA"))
		accept_ra = 1;
	want_link_conf(iface, CONF_IP6_FORWARDING,
		       forwards && !source_off(src, "IPV6_ROUTER"),
		       forwards ? source_pos(src, "IPV6FORWARDING") : iface->pos);
	want_link_conf(iface, CONF_IP6_ACCEPT_RA, accept_ra, pos);
	want_link_conf(iface, CONF_IP6_ACCEPT_REDIRECTS, listens, pos);
	want_link_conf(iface, CONF_IP6_AUTOCONF, listens, pos);
}

static void read_ip6_mtu(const struct source *src, struct iface *iface)
{
	const char *value = source_value(src, "IPV6_MTU");
	uint32_t mtu;

	if (!value)
		return;
	if (num_parse_u32(value, MTU_MAX, &mtu) < 0 || mtu < MTU_MIN) {
		diag_warning(src->diag, source_pos(src, "IPV6_MTU"),
			     "IPV6_MTU='%s' ignored: it is not an MTU of IPv6", value);
		diag_hint(src->diag, "it is %d to %d", MTU_MIN, MTU_MAX);
		return;
	}
	if (iface->has_mtu && mtu > iface->mtu) {
		diag_warning(src->diag, source_pos(src, "IPV6_MTU"),
			     "IPV6_MTU=%s ignored: the link's MTU is %u", value,
			     iface->mtu);
		diag_hint(src->diag, "raise MTU, or lower IPV6_MTU");
		return;
	}
	want_link_conf(iface, CONF_IP6_MTU, (int32_t)mtu, source_pos(src, "IPV6_MTU"));
}

static void read_privacy(const struct source *src, struct iface *iface)
{
	const char *value = source_value(src, "IPV6_PRIVACY");
	const bool asked =
		value && (strcasecmp(value, "rfc3041") == 0 ||
			  strcasecmp(value, "rfc4941") == 0 || ifcfg_is_true(value));

	if (!value)
		return;
	if (!asked && !ifcfg_is_false(value)) {
		diag_warning(src->diag, source_pos(src, "IPV6_PRIVACY"),
			     "IPV6_PRIVACY=%s ignored: it is not known", value);
		diag_hint(src->diag, "it is rfc3041, rfc4941 or no");
		return;
	}
	want_link_conf(iface, CONF_IP6_USE_TEMPADDR,
		       asked ? (source_on(src, "IPV6_PRIVACY_PREFER_PUBLIC_IP") ? 1 : 2)
			     : 0,
		       source_pos(src, "IPV6_PRIVACY"));
}

/*
 * The kernel's own stable mode needs a secret that would have to be set; with a secret
 * generated by the kernel, addresses last until the next boot.
 */
static void read_gen_mode(const struct source *src, struct iface *iface)
{
	static const struct {
		const char *word;
		int32_t mode; /* IN6_ADDR_GEN_MODE_* */
	} modes[] = { { "eui64", 0 },
		      { "stable-privacy", 3 },
		      { "default", 0 },
		      { "default-or-eui64", 0 } };
	const char *value = source_value(src, "IPV6_ADDR_GEN_MODE");

	if (!value)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++)
		if (strcasecmp(modes[i].word, value) == 0) {
			want_link_conf(iface, CONF_IP6_ADDR_GEN_MODE, modes[i].mode,
				       source_pos(src, "IPV6_ADDR_GEN_MODE"));
			return;
		}
	diag_warning(src->diag, source_pos(src, "IPV6_ADDR_GEN_MODE"),
		     "IPV6_ADDR_GEN_MODE=%s ignored: it is not known", value);
	diag_hint(src->diag, "it is eui64 or stable-privacy");
}

/* The part of an address after the prefix that a router advertises. */
static void read_token(const struct source *src, struct iface *iface)
{
	static const uint8_t none[8];
	const char *value = source_value(src, "IPV6_TOKEN");
	struct ip token;

	if (!value)
		return;
	iface->token_pos = source_pos(src, "IPV6_TOKEN");
	if (ip_parse(value, AF_INET6, &token) == 0 && !ip_is_zero(&token) &&
	    memcmp(token.bytes, none, sizeof(none)) == 0) {
		iface->token = token;
		return;
	}
	diag_warning(
		src->diag, iface->token_pos,
		"IPV6_TOKEN='%s' ignored: it is not the second half of an IPv6 address",
		value);
	diag_hint(src->diag, "it reads like ::22: the first 64 bits are zero");
}

/* ---- default route ---- */

/* struct gateway - the value of IPV6_DEFAULTGW; @dev: its interface, or NULL */
struct gateway {
	const char *value, *dev;
	struct ip addr;
};

/*
 * The text from @start up to one of @ends; NULL if there is no start.
 */
static const char *gateway_part(const struct source *src, const char *start,
				const char *ends)
{
	return start ? arena_strndup(src->loader->arena, start, strcspn(start, ends))
		     : NULL;
}

/* A prefix length, copied from the address, does no harm. */
static bool parse_ip6_gateway(const struct source *src, struct gateway *gateway)
{
	const char *value = gateway->value;
	const char *percent = strchr(value, '%'), *slash = strchr(value, '/');
	const char *addr = gateway_part(src, value, "%/");
	const char *len = gateway_part(src, slash ? slash + 1 : NULL, "%");
	uint32_t ignored;

	gateway->dev = percent ? ifcfg_own_name(&src->loader->dir,
						gateway_part(src, percent + 1, "/"))
			       : source_device(src, "IPV6_DEFAULTDEV");
	if (!addr || ip_parse(addr, AF_INET6, &gateway->addr) < 0 ||
	    (slash && (!len || num_parse_u32(len, 128, &ignored) < 0)))
		return false;
	if (slash && !ip_is_zero(&gateway->addr)) {
		diag_warning(src->diag, source_pos(src, "IPV6_DEFAULTGW"),
			     "IPV6_DEFAULTGW=%s is read as %s", value, addr);
		diag_hint(src->diag, "remove the prefix length");
	}
	return true;
}

static void complain_of_gateway(const struct source *src, const char *value)
{
	struct ip ip4;

	diag_warning(src->diag, source_pos(src, "IPV6_DEFAULTGW"),
		     "IPV6_DEFAULTGW='%s' ignored: it is not an IPv6 address", value);
	if (ip_parse(value, AF_INET, &ip4) == 0)
		diag_hint(src->diag, "an IPv4 router goes into GATEWAY");
	else
		diag_hint(src->diag,
			  "it is the router's address: fe80::1%%%s, 2001:db8::1",
			  src->file->device);
}

/* Reports a device, as in fe80::1%eth1, that does not exist and will not. */
static void judge_ip6_gateway_dev(const struct source *src, const char *dev)
{
	if (ifcfg_dir_find(&src->loader->dir, FIND_DEVICE, dev).n ||
	    host_kind(src->loader->options, dev))
		return;
	diag_warning(src->diag, source_pos(src, "IPV6_DEFAULTGW"),
		     "IPV6_DEFAULTGW ignored: %s has no file, and is no interface here",
		     dev);
	diag_hint(src->diag, "write the name of the interface after the %%, or in "
			     "IPV6_DEFAULTDEV");
}

/*
 * A global gateway is for the interface in its network; one in a file for that file's
 * interface.
 */
static bool gateway_fits(const struct source *src, const struct iface *iface,
			 const struct gateway *gateway, bool *ret_onlink)
{
	const bool own = ifcfg_own_value(src->file, "IPV6_DEFAULTGW");
	const char *why = iface_refuses_router(iface, &gateway->addr);

	if (gateway->dev && strcmp(gateway->dev, iface->name) != 0) {
		judge_ip6_gateway_dev(src, gateway->dev);
		return false;
	}
	if (why) {
		diag_warning(src->diag, source_pos(src, "IPV6_DEFAULTGW"),
			     "IPV6_DEFAULTGW ignored: it is %s %s", why, iface->name);
		diag_hint(src->diag, "write the address of the router");
		return false;
	}
	if (ip_is_link_local(&gateway->addr))
		return gateway->dev || own;
	if (iface_has_network(iface, &gateway->addr))
		return true;
	if (!gateway->dev && !own)
		return false;
	/*
	 * Its network comes later, or does not exist; the kernel would refuse the route.
	 */
	*ret_onlink =
		iface_may_get_network(iface, AF_INET6) || iface_is_alone(iface, AF_INET6);
	if (*ret_onlink || gateway->dev || iface->lacks_addr)
		return *ret_onlink || gateway->dev;
	diag_warning(src->diag, source_pos(src, "IPV6_DEFAULTGW"),
		     "IPV6_DEFAULTGW ignored: it is in no network of %s", iface->name);
	diag_hint(src->diag, "correct it, or IPV6ADDR");
	return false;
}

static void read_ip6_gateway(const struct source *src, struct iface *iface)
{
	struct gateway gateway = { .value = source_value(src, "IPV6_DEFAULTGW") };
	struct want_route want = { .route = { .family = AF_INET6,
					      .type = RTN_UNICAST,
					      .dst.family = AF_INET6,
					      .table = iface->table,
					      .metric = DEFAULT_GW_METRIC,
					      .protocol = RTPROT_BOOT,
					      .dev = iface->name } };

	if (!gateway.value || source_off(src, "IPV6_DEFROUTE"))
		return;
	if (!parse_ip6_gateway(src, &gateway)) {
		complain_of_gateway(src, gateway.value);
		return;
	}
	/* Templates and tools write :: if there is no router. */
	if (ip_is_zero(&gateway.addr) ||
	    !gateway_fits(src, iface, &gateway, &want.route.onlink))
		return;
	want.route.gateway = gateway.addr;
	source_number(src, "IPV6_ROUTE_METRIC", N_("a smaller number is preferred"),
		      &want.route.metric);
	want.route.table = source_table(src, "IPV6_ROUTE_TABLE", iface->table);
	want.pos = source_pos(src, "IPV6_DEFAULTGW");
	ARENA_PUSH(src->loader->arena, iface->routes, iface->n_routes, iface->routes_cap,
		   want);
}

/* ---- all settings ---- */

static enum routers_wish read_routers_wish(const struct source *src)
{
	if (source_on(src, "IPV6_DISABLED") || source_off(src, "IPV6_AUTOCONF"))
		return ROUTERS_IGNORED;
	if (source_on(src, "IPV6_AUTOCONF"))
		return ROUTERS_HEARD;
	return source_on(src, "IPV6FORWARDING") ? ROUTERS_IGNORED : ROUTERS_USUAL;
}

void iface_read_ip6(const struct source *src, struct iface *iface)
{
	iface->routers = read_routers_wish(src);
	if (source_on(src, "IPV6_DISABLED")) {
		want_link_conf(iface, CONF_IP6_DISABLE, 1,
			       source_pos(src, "IPV6_DISABLED"));
		return;
	}
	if (source_off(src, "IPV6INIT") || strcmp(iface->name, "lo") == 0)
		return;
	read_router(src, iface);
	if (source_off(src, "IPV6_DEFROUTE"))
		want_link_conf(iface, CONF_IP6_ACCEPT_RA_DEFRTR, 0,
			       source_pos(src, "IPV6_DEFROUTE"));
	read_ip6_mtu(src, iface);
	read_privacy(src, iface);
	read_gen_mode(src, iface);
	read_token(src, iface);
	iface_read_ip6_addrs(src, iface);
	if (iface->n_addrs && source_value(src, "IPV6ADDR"))
		want_link_conf(iface, CONF_IP6_DISABLE, 0, source_pos(src, "IPV6ADDR"));
	read_ip6_gateway(src, iface);
}
