/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routes in the words of ip-route(8), parsed and formatted by one table. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <linux/icmpv6.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/model/route.h"
#include "lib/model/rt-names.h"
#include "lib/model/words.h"

#define AT(member) offsetof(struct route, member)

/* ---- types ---- */

/* In the order in which ip(8) compares them. */
static const struct {
	const char *name;
	uint8_t type;
	bool no_device, abbr;
} route_types[] = {
	{ .name = "local", .type = RTN_LOCAL },
	{ .name = "broadcast", .type = RTN_BROADCAST, .abbr = true },
	{ .name = "brd", .type = RTN_BROADCAST },
	{ .name = "anycast", .type = RTN_ANYCAST, .abbr = true },
	{ .name = "multicast", .type = RTN_MULTICAST, .abbr = true },
	{ .name = "prohibit", .type = RTN_PROHIBIT, .no_device = true, .abbr = true },
	{ .name = "unreachable",
	  .type = RTN_UNREACHABLE,
	  .no_device = true,
	  .abbr = true },
	{ .name = "blackhole", .type = RTN_BLACKHOLE, .no_device = true, .abbr = true },
	{ .name = "unicast", .type = RTN_UNICAST, .abbr = true },
	{ .name = "throw", .type = RTN_THROW, .no_device = true },
};

static bool find_route_type(const char *word, uint8_t *ret)
{
	for (size_t i = 0; i < ARRAY_SIZE(route_types); i++)
		if (words_match(word, route_types[i].name, route_types[i].abbr)) {
			*ret = route_types[i].type;
			return true;
		}
	return false;
}

static const char *route_type_name(uint8_t type)
{
	for (size_t i = 0; i < ARRAY_SIZE(route_types); i++)
		if (route_types[i].type == type)
			return route_types[i].name;
	return "unicast";
}

bool route_has_device(const struct route *route)
{
	for (size_t i = 0; i < ARRAY_SIZE(route_types); i++)
		if (route_types[i].type == route->type && route_types[i].no_device)
			return false;
	return !route->n_hops;
}

/* ---- metrics ---- */

enum metric_kind { METRIC_NUMBER, METRIC_RTT, METRIC_RTTVAR, METRIC_MS };

/* By RTAX_*; those without a name have words of their own. */
static const struct metric {
	const char *name;
	enum metric_kind kind;
} route_metrics[RTAX_MAX + 1] = {
	[RTAX_MTU] = { "mtu", METRIC_NUMBER },
	[RTAX_WINDOW] = { "window", METRIC_NUMBER },
	[RTAX_RTT] = { "rtt", METRIC_RTT },
	[RTAX_RTTVAR] = { "rttvar", METRIC_RTTVAR },
	[RTAX_SSTHRESH] = { "ssthresh", METRIC_NUMBER },
	[RTAX_CWND] = { "cwnd", METRIC_NUMBER },
	[RTAX_ADVMSS] = { "advmss", METRIC_NUMBER },
	[RTAX_REORDERING] = { "reordering", METRIC_NUMBER },
	[RTAX_HOPLIMIT] = { "hoplimit", METRIC_NUMBER },
	[RTAX_INITCWND] = { "initcwnd", METRIC_NUMBER },
	[RTAX_INITRWND] = { "initrwnd", METRIC_NUMBER },
	[RTAX_RTO_MIN] = { "rto_min", METRIC_MS },
	[RTAX_QUICKACK] = { "quickack", METRIC_NUMBER },
	[RTAX_FASTOPEN_NO_COOKIE] = { "fastopen_no_cookie", METRIC_NUMBER },
};

/* In the kernel's unit; a number without a unit is in that already. */
static bool read_time(const char *text, enum metric_kind kind, struct arena *arena,
		      uint32_t *ret)
{
	static const uint32_t per_ms[] = {
		[METRIC_RTT] = 8, [METRIC_RTTVAR] = 4, [METRIC_MS] = 1
	};
	size_t digits = strspn(text, "0123456789");
	const char *number = arena_strndup(arena, text, digits), *unit = text + digits;
	uint32_t value, scale = per_ms[kind];

	if (num_parse_u32(number, UINT32_MAX / 8000, &value) < 0)
		return false;
	if (strcmp(unit, "s") == 0)
		scale *= 1000;
	else if (*unit && strcmp(unit, "ms") != 0)
		return false;
	*ret = *unit ? value * scale : value;
	return true;
}

static bool read_metric_number(const struct metric *metric, const char *text,
			       struct arena *arena, uint32_t *ret)
{
	if (metric->kind == METRIC_NUMBER)
		return num_parse_u32(text, UINT32_MAX, ret) == 0;
	return read_time(text, metric->kind, arena, ret);
}

static bool takes_lock(struct words *words)
{
	if (!*words->at || strcmp(*words->at, "lock") != 0)
		return false;
	words->at++;
	return true;
}

static int read_metric(struct words *words, void *object)
{
	const struct metric *metric = &route_metrics[words->keyword->detail];
	struct route *route = object;
	const uint32_t bit = 1U << words->keyword->detail;
	const char *value;

	/* The kernel reduces a retransmission time-out by itself unless it is locked. */
	if (takes_lock(words) || metric->kind == METRIC_MS)
		route->metrics_locked |= bit;
	value = words_value(words);
	if (!value)
		return -EINVAL;
	if (!read_metric_number(metric, value, words->arena,
				&route->metrics[words->keyword->detail]))
		return words_wrong(words, value, _("is not a number that fits there"),
				   NULL);
	route->metrics_set |= bit;
	return 0;
}

static int read_features(struct words *words, void *object)
{
	struct route *route = object;

	while (*words->at && strcmp(*words->at, "ecn") == 0) {
		route->metrics[RTAX_FEATURES] |= RTAX_FEATURE_ECN;
		route->metrics_set |= 1U << RTAX_FEATURES;
		words->at++;
	}
	return route->metrics[RTAX_FEATURES]
		       ? 0
		       : words_wrong(words, "features", _("knows 'ecn' only"), NULL);
}

static int read_congctl(struct words *words, void *object)
{
	struct route *route = object;
	const char *value;

	if (takes_lock(words))
		route->metrics_locked |= 1U << RTAX_CC_ALGO;
	value = words_value(words);
	route->congctl = value ? arena_strdup(words->arena, value) : NULL;
	return value ? (0) : -EINVAL;
}

/* ---- next hops ---- */

static const char *hint_of_gateway(const char *value, int family, struct arena *arena)
{
	const bool is_ip4 = family == AF_INET;
	struct ip ip;

	if (strchr(value, '/'))
		return _("a gateway has no prefix length");
	if (strchr(value, '%'))
		return _("the interface goes after dev: via fe80::1 dev bond0");
	if (ip_parse(value, is_ip4 ? AF_INET6 : AF_INET, &ip) == 0)
		return is_ip4 ? _("for one of the other family, write `via inet6 …`")
			      : _("for one of the other family, write `via inet …`");
	if (ifname_is_valid(value) && isalpha((unsigned char)*value))
		return arena_printf(arena, _("for an interface, write dev %s"), value);
	return is_ip4 ? ip_slip_hint(value, arena) : NULL;
}

static int read_hop_gateway(struct words *words, struct ip *ret)
{
	const char *value = words_value(words);
	int family = words->family;

	if (value && (strcmp(value, "inet") == 0 || strcmp(value, "inet6") == 0)) {
		family = value[4] ? AF_INET6 : AF_INET;
		value = words_value(words);
	}
	if (!value)
		return -EINVAL;
	if (ip_parse(value, family, ret) < 0)
		return words_wrong(words, value, _("is not the address of a gateway"),
				   hint_of_gateway(value, family, words->arena));
	if (ip_is_zero(ret)) /* which means none, as written by generators */
		*ret = (struct ip){ 0 };
	return 0;
}

static int read_via(struct words *words, void *object)
{
	struct route *route = object;

	if (ip_is_set(&route->gateway))
		return words_wrong(words, "via", _("is there twice"),
				   _("for several routers, write nexthop via … nexthop "
				     "via …"));
	return read_hop_gateway(words, &route->gateway);
}

static int read_hop_via(struct words *words, void *object)
{
	struct route_hop *hop = object;

	return read_hop_gateway(words, &hop->gateway);
}

static const struct keyword hop_words[] = {
	{ "via", .read = read_hop_via },
	{ "dev", words_device, .offset = offsetof(struct route_hop, dev) },
	{ "weight", words_u32, offsetof(struct route_hop, weight), .max = 256 },
	{ "onlink", words_flag, .offset = offsetof(struct route_hop, onlink) },
	{ "realms", words_for_ip, .abbr = true },
	{ "encap", .read = words_for_ip },
	{ "as", .read = words_for_ip },
	{ 0 },
};

/* The words up to the next hop, or to the end. */
static const char **cut_hop(struct words *words)
{
	size_t n = 0;
	const char **list;

	while (words->at[n] && strcmp(words->at[n], "nexthop") != 0)
		n++;
	list = arena_alloc(words->arena, (n + 1) * sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = words->at[i];
	words->at += n;
	return list;
}

/* A line may have thousands: the array doubles when it is full. */
static void add_hop(struct words *words, struct route *route, const struct route_hop *hop)
{
	const size_t n = route->n_hops;
	struct route_hop *hops = route->hops;

	if (!(n & (n - 1))) {
		hops = arena_alloc(words->arena, (n ? 2 * n : 1) * sizeof(*hops));
		for (size_t i = 0; i < n; i++)
			hops[i] = route->hops[i];
		route->hops = hops;
	}
	hops[route->n_hops++] = *hop;
}

static int read_nexthop(struct words *words, void *object)
{
	struct route_hop hop = { .weight = 1 };
	struct words own = *words;
	int r;

	own.at = cut_hop(words);
	own.other = NULL; /* a destination is not one of a hop's words */
	r = words_read(&own, hop_words, &hop);
	if (r == 0 && !hop.weight)
		r = words_wrong(words, "weight", _("is at least 1"), NULL);
	if (r == 0)
		add_hop(words, object, &hop);
	return r;
}

/* ---- the table ---- */

static int read_pref(struct words *words, void *object)
{
	static const struct {
		const char *name;
		uint8_t pref;
	} prefs[] = { { "low", ICMPV6_ROUTER_PREF_LOW },
		      { "medium", ICMPV6_ROUTER_PREF_MEDIUM },
		      { "high", ICMPV6_ROUTER_PREF_HIGH } };
	const char *value = words_value(words);
	struct route *route = object;

	for (size_t i = 0; value && i < ARRAY_SIZE(prefs); i++)
		if (strcmp(prefs[i].name, value) == 0) {
			route->pref = prefs[i].pref;
			return 0;
		}
	return value ? words_wrong(words, value, _("is not low, medium or high"), NULL)
		     : -EINVAL;
}

static int read_source(struct words *words, void *object)
{
	struct route *route = object;
	const char *value = words_value(words);

	if (!value)
		return -EINVAL;
	return ip_parse(value, words->family, &route->source) < 0
		       ? words_wrong(words, value, _("is not an address"),
				     ip_slip_hint(value, words->arena))
		       : 0;
}

/* In the order of iproute_modify(), which decides the meaning of abbreviations. */
static const struct keyword route_words[] = {
	{ "src", .read = read_source },
	{ "as", .read = words_for_ip },
	{ "via", .read = read_via },
	{ "from", words_network, AT(from), .detail = AT(from_len) },
	{ "tos", words_name8, AT(tos), .detail = NAMES_DSFIELD },
	{ "dsfield", words_name8, AT(tos), .detail = NAMES_DSFIELD, .abbr = true },
	{ "expires", .read = words_for_ip },
	{ "metric", words_u32, AT(metric), .max = UINT32_MAX, .abbr = true },
	{ "priority", words_u32, AT(metric), .max = UINT32_MAX, .abbr = true },
	{ "preference", words_u32, AT(metric), .max = UINT32_MAX },
	{ "scope", words_name8, AT(scope), .detail = NAMES_SCOPE },
	{ "mtu", read_metric, .detail = RTAX_MTU },
	{ "hoplimit", read_metric, .detail = RTAX_HOPLIMIT },
	{ "advmss", read_metric, .detail = RTAX_ADVMSS },
	{ "reordering", read_metric, .detail = RTAX_REORDERING, .abbr = true },
	{ "rtt", read_metric, .detail = RTAX_RTT },
	{ "rto_min", read_metric, .detail = RTAX_RTO_MIN },
	{ "window", read_metric, .detail = RTAX_WINDOW, .abbr = true },
	{ "cwnd", read_metric, .detail = RTAX_CWND, .abbr = true },
	{ "initcwnd", read_metric, .detail = RTAX_INITCWND, .abbr = true },
	{ "initrwnd", read_metric, .detail = RTAX_INITRWND, .abbr = true },
	{ "features", read_features, .abbr = true },
	{ "quickack", read_metric, .detail = RTAX_QUICKACK, .abbr = true },
	{ "congctl", read_congctl, .abbr = true },
	{ "rttvar", read_metric, .detail = RTAX_RTTVAR, .abbr = true },
	{ "ssthresh", read_metric, .detail = RTAX_SSTHRESH, .abbr = true },
	{ "realms", words_for_ip, .abbr = true },
	{ "onlink", words_flag, .offset = AT(onlink) },
	{ "nexthop", .read = read_nexthop },
	{ "nhid", .read = words_for_ip },
	{ "protocol", words_name8, AT(protocol), .detail = NAMES_PROTOCOL, .abbr = true },
	{ "table", words_name32, AT(table), .detail = NAMES_TABLE, .abbr = true },
	{ "vrf", words_for_ip, .abbr = true },
	{ "dev", words_device, .offset = AT(dev) },
	{ "oif", words_device, .offset = AT(dev) },
	{ "pref", read_pref, .abbr = true },
	{ "encap", .read = words_for_ip },
	{ "ttl-propagate", .read = words_for_ip },
	{ "fastopen_no_cookie", read_metric, .detail = RTAX_FASTOPEN_NO_COOKIE,
	  .abbr = true },
	{ 0 },
};

/* ---- parsing ---- */

/* struct reading - a route whose destination may be anywhere among the words */
struct reading {
	struct route route;
	bool has_destination;
};
_Static_assert(offsetof(struct reading, route) == 0, "readers of words get the route");

static int wrong_bits(struct words *words, const char *word, const struct ip *network,
		      const struct route *route)
{
	char net[IP_TEXT_MAX], host[IP_TEXT_MAX];

	return words_wrong(words, word, _("has bits set after its prefix length"),
			   arena_printf(words->arena,
					_("write %s for the network, or %s for the host"),
					ip_format_prefix(network, route->dst_len, net),
					ip_format_prefix(&route->dst, 32, host)));
}

static int read_destination_prefix(struct words *words, const char *word,
				   struct route *route)
{
	struct ip network;

	if (strcmp(word, "default") == 0 || strcmp(word, "any") == 0 ||
	    strcmp(word, "all") == 0)
		return 0;
	if (!strpbrk(word, "0123456789:"))
		return -ENOENT;
	if (words_prefix(words, word, &route->dst, &route->dst_len) < 0)
		return -EINVAL;
	network = ip_network(&route->dst, route->dst_len);
	/* For IPv6, the kernel clears them itself. */
	if (route->family == AF_INET && !ip_equal(&network, &route->dst))
		return wrong_bits(words, word, &network, route);
	route->dst = network;
	return 0;
}

/* "[to] [TYPE] PREFIX", whose first word is not a keyword. */
static int read_destination(struct words *words, void *object)
{
	struct reading *in = object;
	const char *word = words->key, *type = NULL;

	if (in->has_destination || *word == '-')
		return -ENOENT;
	if (strcmp(word, "to") == 0)
		word = words_value(words);
	if (word && find_route_type(word, &in->route.type)) {
		type = word;
		word = words_value(words);
	}
	if (!word)
		return -EINVAL;
	if (type && strcmp(type, "any") == 0 && strcmp(word, "via") == 0)
		return words_wrong(words, type, _("stands for the type anycast here"),
				   _("write default via, and the router"));
	in->has_destination = true;
	words->key = word;
	return read_destination_prefix(words, word, &in->route);
}

static bool is_one_of(uint8_t type, const uint8_t *list, size_t n)
{
	while (n-- > 0)
		if (list[n] == type)
			return true;
	return false;
}

/* Sets the defaults of ip(8) and the kernel for what the words don't specify. */
static void complete_route(struct route *route, uint32_t usual, bool has_scope)
{
	static const uint8_t of_host[] = { RTN_LOCAL, RTN_BROADCAST, RTN_ANYCAST };
	static const uint8_t near[] = { RTN_BROADCAST, RTN_MULTICAST, RTN_ANYCAST };
	const bool is_of_host = is_one_of(route->type, of_host, ARRAY_SIZE(of_host));

	if (!route->table)
		route->table =
			usual == RT_TABLE_MAIN && is_of_host ? RT_TABLE_LOCAL : usual;
	if (route->family == AF_INET6) {
		route->scope = RT_SCOPE_UNIVERSE;
		if (!route->metric)
			route->metric = ROUTE_IP6_METRIC;
		return;
	}
	if (has_scope)
		return;
	if (route->type == RTN_LOCAL)
		route->scope = RT_SCOPE_HOST;
	else if (is_one_of(route->type, near, ARRAY_SIZE(near)) ||
		 (route->type == RTN_UNICAST && !ip_is_set(&route->gateway) &&
		  !route->n_hops))
		route->scope = RT_SCOPE_LINK;
}

static bool is_word_among(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

/* A single hop makes a plain route. */
static void unfold_hop(struct route *route)
{
	if (route->n_hops != 1)
		return;
	route->gateway = route->hops->gateway;
	route->dev = route->hops->dev;
	route->onlink = route->hops->onlink;
	route->n_hops = 0;
}

int route_parse(int family, const char *const *words, const struct route_names *names,
		uint32_t usual, struct arena *arena, struct route *ret,
		struct words_error *ret_error)
{
	struct words in = { .at = words,
			    .page = "ip-route(8)",
			    .family = family,
			    .names = names,
			    .arena = arena,
			    .error = ret_error,
			    .other = read_destination };
	struct reading reading = { .route = { .family = (uint8_t)family,
					      .type = RTN_UNICAST,
					      .dst.family = (uint8_t)family,
					      .protocol = RTPROT_BOOT } };
	struct route *route = &reading.route;
	int r;

	*ret_error = (struct words_error){ 0 };
	r = words_read(&in, route_words, &reading);
	if (r == 0 && !reading.has_destination)
		r = words_wrong(&in, "", _("has no destination"),
				_("a line begins like 10.0.0.0/8 or default"));
	if (r < 0)
		return r;
	unfold_hop(route);
	if (family == AF_INET6 && ip_is_set(&route->from))
		route->from = ip_network(&route->from, route->from_len);
	complete_route(route, usual, is_word_among(words, "scope"));
	*ret = *route;
	return 0;
}

/* ---- formatting ---- */

static void format_gateway(const struct ip *gateway, int family, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	if (!ip_is_set(gateway))
		return;
	strbuf_addf(out, " via %s%s",
		    gateway->family == family
			    ? ""
			    : (gateway->family == AF_INET6 ? "inet6 " : "inet "),
		    ip_format(gateway, text));
}

static void format_dev(const char *dev, struct strbuf *out)
{
	if (!dev || !*dev)
		return;
	strbuf_add(out, " dev ");
	strbuf_add_quoted(out, dev);
}

static void format_hops(const struct route *route, struct strbuf *out)
{
	for (size_t i = 0; i < route->n_hops; i++) {
		const struct route_hop *hop = &route->hops[i];

		strbuf_add(out, " nexthop");
		format_gateway(&hop->gateway, route->family, out);
		format_dev(hop->dev, out);
		if (hop->weight != 1)
			strbuf_addf(out, " weight %" PRIu32, hop->weight);
		if (hop->onlink)
			strbuf_add(out, " onlink");
	}
}

static void format_metrics(const struct route *route, struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(route_metrics); i++) {
		const uint32_t bit = 1U << i;
		const bool locked = route->metrics_locked & bit;

		if (!route_metrics[i].name || !(route->metrics_set & bit))
			continue;
		strbuf_addf(out, " %s%s %" PRIu32 "%s", route_metrics[i].name,
			    locked && route_metrics[i].kind != METRIC_MS ? " lock" : "",
			    route->metrics[i],
			    route_metrics[i].kind == METRIC_MS ? "ms" : "");
	}
	if (route->metrics_set & 1U << RTAX_FEATURES)
		strbuf_add(out, " features ecn");
	if (route->congctl)
		strbuf_addf(out, " congctl%s %s",
			    route->metrics_locked & 1U << RTAX_CC_ALGO ? " lock" : "",
			    route->congctl);
}

/* Prints what differs from the defaults of ip(8). */
static void format_numbers(const struct route *route, struct strbuf *out)
{
	struct route plain = *route;
	char name[RT_NAME_MAX];

	plain.table = 0;
	plain.scope = RT_SCOPE_UNIVERSE;
	complete_route(&plain, RT_TABLE_MAIN, false);
	if (route->metric &&
	    (route->family == AF_INET || route->metric != ROUTE_IP6_METRIC))
		strbuf_addf(out, " metric %" PRIu32, route->metric);
	if (route->table != plain.table)
		strbuf_addf(out, " table %" PRIu32, route->table);
	if (route->family == AF_INET && route->scope != plain.scope)
		strbuf_addf(out, " scope %s", rt_scope_format(route->scope, name));
	if (route->protocol != RTPROT_BOOT)
		strbuf_addf(out, " proto %s", rt_protocol_format(route->protocol, name));
	if (route->tos)
		strbuf_addf(out, " tos 0x%02x", route->tos);
	if (route->pref)
		strbuf_addf(out, " pref %s",
			    route->pref == ICMPV6_ROUTER_PREF_HIGH ? "high" : "low");
}

void route_format(const struct route *route, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	if (route->type != RTN_UNICAST)
		strbuf_addf(out, "%s ", route_type_name(route->type));
	strbuf_add(out, route->dst_len || !ip_is_zero(&route->dst)
				? ip_format_prefix(&route->dst, route->dst_len, text)
				: "default");
	if (ip_is_set(&route->from))
		strbuf_addf(out, " from %s",
			    ip_format_prefix(&route->from, route->from_len, text));
	format_gateway(&route->gateway, route->family, out);
	format_dev(route->dev, out);
	if (ip_is_set(&route->source))
		strbuf_addf(out, " src %s", ip_format(&route->source, text));
	format_numbers(route, out);
	if (route->onlink)
		strbuf_add(out, " onlink");
	format_metrics(route, out);
	format_hops(route, out);
}
