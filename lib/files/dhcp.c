/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DHCP: which protocols to use, and with which settings. The plan chooses the client. */
#include "lib/model/dhcp.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "lib/base/argv.h"
#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/strbuf.h"
#include "lib/base/typo.h"
#include "lib/files/ifcfg-keys.h"
#include "lib/files/judge.h"
#include "lib/files/source.h"

#define TIMEOUT_MAX_S     3600
#define HOST_NAME_MAX_LEN 253 /* RFC 1035, without the final dot */

/* ---- a reader for each kind of key ---- */

/* A request of the file, still without its value. */
static struct dhcp_value asked(const struct source *src, const char *key)
{
	return (struct dhcp_value){ .is_set = true,
				    .key = key,
				    .text = source_value(src, key),
				    .pos = source_pos(src, key) };
}

static void ignore_dhcp_key(const struct source *src, const char *key, const char *why,
			    const char *hint)
{
	diag_warning(src->diag, source_pos(src, key), "%s='%s' ignored: %s", key,
		     source_value(src, key), why);
	diag_hint(src->diag, "%s", hint);
}

/*
 * Letters, digits, dots, hyphens; other characters could not be one word of a
 * configuration file, and a client would mistake a leading hyphen for an option.
 */
static bool is_host_name(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-._", *c))
			return false;
	return *name && *name != '-' && strlen(name) <= HOST_NAME_MAX_LEN;
}

static int read_dhcp_name(const struct source *src, const char *key,
			  struct dhcp_value *ret)
{
	if (is_host_name(source_value(src, key)))
		*ret = asked(src, key);
	else
		ignore_dhcp_key(src, key, _("it is not a host name"),
				_("it is of letters, digits, hyphens and dots"));
	return 0;
}

static int read_dhcp_words(const struct source *src, const char *key,
			   struct dhcp_value *ret)
{
	const char **words = source_split(src, NULL, source_value(src, key));

	*ret = asked(src, key);
	ret->words = words;
	return 0;
}

/* Text that goes between quotes, on one line. */
static int read_dhcp_text(const struct source *src, const char *key,
			  struct dhcp_value *ret)
{
	for (const char *c = source_value(src, key); *c; c++) {
		if (!iscntrl((unsigned char)*c))
			continue;
		ignore_dhcp_key(src, key, _("it has characters that cannot be sent"),
				_("it is one line of text"));
		return 0;
	}
	*ret = asked(src, key);
	return 0;
}

static int read_timeout(const struct source *src, const char *key, struct dhcp_value *ret)
{
	const char *value = source_value(src, key);
	uint32_t s;

	if (strcasecmp(value, "infinity") == 0)
		s = TIMEOUT_MAX_S;
	else if (num_parse_u32(value, INT32_MAX, &s) < 0 || !s) {
		ignore_dhcp_key(
			src, key, _("it is not a number of seconds"),
			_("it is 1 to 3600, or infinity, which is taken as an hour"));
		return 0;
	}
	*ret = asked(src, key);
	ret->num = s > TIMEOUT_MAX_S ? TIMEOUT_MAX_S : s;
	return 0;
}

static bool is_network_text(struct arena *arena, const char *text)
{
	const char *slash = strchr(text, '/');
	const char *addr =
		slash ? arena_strndup(arena, text, (size_t)(slash - text)) : text;
	uint32_t len;
	struct ip ip;

	return addr && ip_parse(addr, AF_INET, &ip) == 0 &&
	       (!slash || num_parse_u32(slash + 1, 32, &len) == 0);
}

static int read_reject(const struct source *src, const char *key, struct dhcp_value *ret)
{
	char *list = arena_strdup(src->loader->arena, source_value(src, key));
	const char **words;

	/* NetworkManager accepts commas, too. */
	for (char *c = list; c && *c; c++)
		if (*c == ',')
			*c = ' ';
	words = source_split(src, NULL, list);
	for (size_t i = 0; words[i]; i++) {
		if (is_network_text(src->loader->arena, words[i]))
			continue;
		ignore_dhcp_key(
			src, key, _("it is not a list of servers"),
			_("they are IPv4 addresses, or networks like 192.168.1.0/24"));
		return 0;
	}
	*ret = asked(src, key);
	ret->words = words;
	return 0;
}

static bool is_bytes(const char *text)
{
	size_t digits = 0;

	for (; *text; text++) {
		if (*text == ':' && digits)
			digits = 0;
		else if (!isxdigit((unsigned char)*text) || ++digits > 2)
			return false;
	}
	return digits;
}

/*
 * As in NetworkManager: bytes are used as they are, other text gets a type of zero before
 * it.
 */
static int read_client_id(const struct source *src, const char *key,
			  struct dhcp_value *ret)
{
	const char *value = source_value(src, key);
	_cleanup_strbuf_ struct strbuf bytes = STRBUF_EMPTY;

	if (text_lists("mac perm-mac duid ipv6-duid stable none", value)) {
		ignore_dhcp_key(
			src, key, _("only NetworkManager makes one up"),
			_("write the identifier itself, as 01:52:54:00:12:34:56"));
		return 0;
	}
	*ret = asked(src, key);
	if (strchr(value, ':') && is_bytes(value))
		return 0;
	strbuf_add(&bytes, "00");
	for (const char *c = value; *c; c++)
		strbuf_addf(&bytes, ":%02x", (unsigned char)*c);
	ret->text = arena_strdup(src->loader->arena, strbuf_text(&bytes));
	return 0;
}

static const struct row {
	const char *key;
	unsigned int families; /* bits of enum dhcp_family */
	enum dhcp_value_id id;
	int (*read)(const struct source *src, const char *key, struct dhcp_value *ret);
} dhcp_rows[] = {
	{ "DHCLIENTARGS", 1 << DHCP_IP4, DHCP_ARGS, read_dhcp_words },
	{ "DHCPV6C_OPTIONS", 1 << DHCP_IP6, DHCP_ARGS, read_dhcp_words },
	{ "DHCP_HOSTNAME", 1 << DHCP_IP4, DHCP_HOST_NAME, read_dhcp_name },
	{ "DHCP_FQDN", 1 << DHCP_IP4, DHCP_FULL_NAME, read_dhcp_name },
	{ "DHCP_CLIENT_ID", 1 << DHCP_IP4, DHCP_CLIENT_ID, read_client_id },
	{ "DHCP_VENDOR_CLASS_IDENTIFIER", 1 << DHCP_IP4, DHCP_VENDOR_CLASS,
	  read_dhcp_text },
	{ "DHCP_REJECT_SERVERS", 1 << DHCP_IP4, DHCP_REJECT, read_reject },
	{ "IPV4_DHCP_TIMEOUT", 1 << DHCP_IP4, DHCP_TIMEOUT, read_timeout },
	{ "IPV6_DHCP_TIMEOUT", 1 << DHCP_IP6, DHCP_TIMEOUT, read_timeout },
};

static int read_rows(const struct source *src, enum dhcp_family family,
		     struct dhcp_wish *wish)
{
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(dhcp_rows) && r == 0; i++)
		if (dhcp_rows[i].families & 1U << family &&
		    source_value(src, dhcp_rows[i].key))
			r = dhcp_rows[i].read(src, dhcp_rows[i].key,
					      &wish->values[dhcp_rows[i].id]);
	return r;
}

/* ---- settings that are turned off ---- */

static const struct {
	const char *key;
	unsigned int families;
	enum dhcp_value_id id;
} dhcp_switches[] = {
	{ "PEERDNS", 1 << DHCP_IP4 | 1 << DHCP_IP6, DHCP_NO_DNS },
	{ "IPV6_PEERDNS", 1 << DHCP_IP6, DHCP_NO_DNS },
	{ "PEERROUTES", 1 << DHCP_IP4, DHCP_NO_ROUTES },
	{ "DEFROUTE", 1 << DHCP_IP4, DHCP_NO_DEFAULT_ROUTE },
	{ "DHCLIENT_SET_DEFAULT_ROUTE", 1 << DHCP_IP4, DHCP_NO_DEFAULT_ROUTE },
	{ "ARPCHECK", 1 << DHCP_IP4, DHCP_NO_PROBE },
};

static void read_switches(const struct source *src, enum dhcp_family family,
			  struct dhcp_wish *wish)
{
	for (size_t i = 0; i < ARRAY_SIZE(dhcp_switches); i++)
		if (dhcp_switches[i].families & 1U << family &&
		    source_off(src, dhcp_switches[i].key))
			wish->values[dhcp_switches[i].id] =
				asked(src, dhcp_switches[i].key);
	if (family == DHCP_IP4 && !iface_is_gateway_dev(src, src->file->device))
		wish->values[DHCP_NO_DEFAULT_ROUTE] = asked(src, "GATEWAYDEV");
}

/* ---- the default route of IPv4 ---- */

static void read_gateway_wish(const struct source *src, struct dhcp_wish *wish)
{
	struct ip gateway;

	/* A global gateway is for the interface in its network. */
	if (!ifcfg_own_value(src->file, "GATEWAY") ||
	    source_on(src, "DHCLIENT_IGNORE_GATEWAY"))
		return;
	if (ip_parse(source_value(src, "GATEWAY"), AF_INET, &gateway) == 0)
		wish->values[DHCP_GATEWAY] = asked(src, "GATEWAY");
	else
		ignore_dhcp_key(src, "GATEWAY", _("it is not an IPv4 address"),
				_("it is the router's address: four numbers with dots"));
}

static void read_default_route(const struct source *src, struct dhcp_wish *wish)
{
	const char *key = source_value(src, "METRIC") ? "METRIC" : "IPV4_ROUTE_METRIC";
	uint32_t metric = iface_read_metric(src);

	if (metric) {
		wish->values[DHCP_METRIC] = asked(src, key);
		wish->values[DHCP_METRIC].num = metric;
	}
	read_gateway_wish(src, wish);
}

/* ---- steps of a helper ---- */

static bool is_step_file(const struct source *src)
{
	return src->file == src->loader->step_file;
}

/*
 * Open vSwitch's helper has the last step done with a BOOTPROTO for the other protocol,
 * once the ports exist through which the server is reached.
 */
static const char *bootproto_key(const struct source *src)
{
	return is_step_file(src) && ifcfg_own_value(src->file, "OVSBOOTPROTO")
		       ? "OVSBOOTPROTO"
		       : "BOOTPROTO";
}

/* ---- keys that have no effect with DHCP, or that no client supports ---- */

static void judge_fixed(const struct source *src)
{
	static const char *const keys[] = { "IPADDR", "IPADDR0", "IPADDR1", "IPADDR2" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!ifcfg_own_value(src->file, keys[i]))
			continue;
		diag_warning(src->diag, source_pos(src, keys[i]),
			     "%s ignored: BOOTPROTO=%s gets the address from a server",
			     keys[i], source_value(src, bootproto_key(src)));
		diag_hint(src->diag,
			  "write BOOTPROTO=none for a fixed address; one in addition to "
			  "DHCP's goes into an alias file, ifcfg-%s:1",
			  src->file->device);
	}
}

static void judge_others(const struct source *src, enum dhcp_family family)
{
	static const struct {
		const char *key;
		enum dhcp_family family;
	} others[] = {
		{ "DHCP_IAID", DHCP_IP4 },       { "DHCP_HOSTNAME_FLAGS", DHCP_IP4 },
		{ "DHCPV6_DUID", DHCP_IP6 },     { "DHCPV6_IAID", DHCP_IP6 },
		{ "DHCPv6_DUID", DHCP_IP6 },     { "DHCPv6_IAID", DHCP_IP6 },
		{ "DHCPV6_HOSTNAME", DHCP_IP6 }, { "DHCPV6_SEND_HOSTNAME", DHCP_IP6 },
		{ "DHCPV6_PD_HINT", DHCP_IP6 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		if (others[i].family != family ||
		    !ifcfg_own_value(src->file, others[i].key))
			continue;
		diag_warning(src->diag, source_pos(src, others[i].key),
			     "%s has no effect: only NetworkManager applies it",
			     others[i].key);
		diag_hint(src->diag, "remove the line");
	}
}

static void judge_names(const struct source *src, struct dhcp_wish *wish)
{
	struct dhcp_value *name = &wish->values[DHCP_HOST_NAME];
	struct dhcp_value *full = &wish->values[DHCP_FULL_NAME];

	wish->sends_name = !source_off(src, "DHCP_SEND_HOSTNAME");
	if (!wish->sends_name)
		name->is_set = full->is_set = false;
	if (!name->is_set || !full->is_set)
		return;
	diag_warning(src->diag, name->pos, "DHCP_HOSTNAME ignored: DHCP_FQDN is sent");
	diag_hint(src->diag, "remove one of the two");
	name->is_set = false;
}

/* ---- all settings ---- */

static int read_dhcp_ip4(const struct source *src, struct dhcp *dhcp)
{
	struct dhcp_wish *wish = &dhcp->of[DHCP_IP4];
	int r;

	wish->is_wanted = true;
	wish->pos = source_pos(src, bootproto_key(src));
	wish->value = arena_printf(src->loader->arena, "BOOTPROTO=%s",
				   source_value(src, bootproto_key(src)));
	wish->is_persistent = source_on(src, "PERSISTENT_DHCLIENT");
	judge_fixed(src);
	judge_others(src, DHCP_IP4);
	r = read_rows(src, DHCP_IP4, wish);
	judge_names(src, wish);
	read_switches(src, DHCP_IP4, wish);
	read_default_route(src, wish);
	return r;
}

static int read_dhcp_ip6(const struct source *src, struct dhcp *dhcp)
{
	struct dhcp_wish *wish = &dhcp->of[DHCP_IP6];
	int r;

	if (source_on(src, "IPV6_DISABLED")) {
		ignore_dhcp_key(src, "DHCPV6C", _("IPV6_DISABLED switches IPv6 off"),
				_("remove one of the two"));
		return 0;
	}
	wish->is_wanted = true;
	wish->pos = source_pos(src, "DHCPV6C");
	wish->value = arena_printf(src->loader->arena, "DHCPV6C=%s",
				   source_value(src, "DHCPV6C"));
	wish->is_persistent = source_on(src, "PERSISTENT_DHCLIENT_IPV6");
	judge_others(src, DHCP_IP6);
	r = read_rows(src, DHCP_IP6, wish);
	read_switches(src, DHCP_IP6, wish);
	return r;
}

/* It becomes part of a path. */
static const char *read_uuid(const struct source *src)
{
	const char *uuid = source_value(src, "UUID");

	if (!uuid || uuid[strspn(uuid, "0123456789abcdefABCDEF-")])
		return "";
	return uuid;
}

/* network-scripts knew these words in lower case only. */
static bool gives_address(const struct shellvar *var)
{
	if (strcmp(var->key, "BOOTPROTO") == 0)
		return dhcp_is_meant(var->value);
	if (strcmp(var->key, "DHCPV6C") == 0)
		return ifcfg_is_true(var->value);
	return ifcfg_key_has(var->key, KEY_ADDRESS);
}

const char *iface_address_key(const struct ifcfg *file)
{
	for (size_t i = 0; i < ifcfg_vars(file)->n; i++) {
		const struct shellvar *var = &ifcfg_vars(file)->vars[i];

		if (*var->value && shellvar_get(ifcfg_vars(file), var->key) == var &&
		    gives_address(var))
			return var->key;
	}
	return NULL;
}

bool dhcp_is_meant(const char *bootproto)
{
	return strcasecmp(bootproto, "dhcp") == 0 || strcasecmp(bootproto, "bootp") == 0;
}

static const char *const boot_protocols[] = { "dhcp", "none", "static", "bootp" };

static const char *protocol(size_t i, const void *arg)
{
	(void)arg;
	return boot_protocols[i];
}

/* Whether BOOTPROTO requests DHCP. */
static bool read_bootproto(const struct source *src)
{
	const char *value = source_value(src, bootproto_key(src)), *nearest;

	if (!value || strcasecmp(value, "none") == 0 || strcasecmp(value, "static") == 0)
		return false;
	if (dhcp_is_meant(value))
		return true;
	if (is_step_file(src)) /* which may have its own words */
		return false;
	diag_warning(src->diag, source_pos(src, "BOOTPROTO"),
		     "BOOTPROTO=%s is not known here: taken as none", value);
	nearest = typo_nearest(value, ARRAY_SIZE(boot_protocols), protocol, NULL);
	if (nearest)
		diag_hint(src->diag, "did you mean '%s'?", nearest);
	else
		diag_hint(src->diag, "write BOOTPROTO=none for a fixed address");
	return false;
}

/*
 * Of two protocols, one that works is sufficient, unless the files say otherwise; with a
 * fixed address, DHCPv6 is optional.
 */
static void weigh(const struct source *src, struct dhcp *dhcp)
{
	const bool both = dhcp->of[DHCP_IP4].is_wanted && dhcp->of[DHCP_IP6].is_wanted;

	dhcp->of[DHCP_IP4].is_fatal = !both || source_off(src, "IPV6INIT") ||
				      source_on(src, "IPV4_FAILURE_FATAL");
	dhcp->of[DHCP_IP6].is_fatal =
		source_on(src, "IPV6_FAILURE_FATAL") ||
		(!dhcp->of[DHCP_IP4].is_wanted && !source_value(src, "IPADDR"));
}

int iface_read_dhcp(const struct source *src, struct iface *iface)
{
	bool wants_ip4 = read_bootproto(src), wants_ip6 = source_on(src, "DHCPV6C");
	struct dhcp *dhcp;
	int r = 0;

	if ((!wants_ip4 && !wants_ip6) || strcmp(iface->name, "lo") == 0)
		return 0;
	dhcp = iface->dhcp = arena_alloc(src->loader->arena, sizeof(*dhcp));
	dhcp->uuid = read_uuid(src);
	dhcp->releases = source_on(src, "DHCPRELEASE");
	if (wants_ip4)
		r = read_dhcp_ip4(src, dhcp);
	if (r == 0 && wants_ip6)
		r = read_dhcp_ip6(src, dhcp);
	dhcp->of[DHCP_IP4].is_blind = iface_skips_carrier_test(ifcfg_vars(src->file));
	weigh(src, dhcp);
	return r;
}
