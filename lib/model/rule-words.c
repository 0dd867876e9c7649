/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Policy rules in the words of ip-rule(8). */
#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include <linux/fib_rules.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/model/route.h"
#include "lib/model/rt-names.h"
#include "lib/model/words.h"

#define AT(member) offsetof(struct rule, member)

static const struct {
	const char *name;
	uint8_t action;
} actions[] = {
	{ "blackhole", FR_ACT_BLACKHOLE },
	{ "unreachable", FR_ACT_UNREACHABLE },
	{ "prohibit", FR_ACT_PROHIBIT },
	{ "nop", FR_ACT_NOP },
};

static int read_action(struct words *words, void *object)
{
	struct rule *rule = object;

	(void)words;
	rule->action = actions[words->keyword->detail].action;
	return 0;
}

static int read_goto(struct words *words, void *object)
{
	struct rule *rule = object;

	rule->action = FR_ACT_GOTO;
	return words_u32(words, object);
}

static int read_priority(struct words *words, void *object)
{
	struct rule *rule = object;

	rule->has_priority = true;
	return words_u32(words, object);
}

static int read_fwmark(struct words *words, void *object)
{
	struct rule *rule = object;
	const char *value = words_value(words), *slash, *mark;

	if (!value)
		return -EINVAL;
	slash = strchr(value, '/');
	mark = slash ? arena_strndup(words->arena, value, (size_t)(slash - value))
		     : value;
	rule->fwmask = 0;
	if (num_parse_c(mark, UINT32_MAX, &rule->fwmark) < 0 ||
	    (slash && num_parse_c(slash + 1, UINT32_MAX, &rule->fwmask) < 0))
		return words_wrong(words, value, _("is not a mark"),
				   _("it reads like 0x10 or 0x10/0xff"));
	if (!slash && rule->fwmark)
		rule->fwmask = UINT32_MAX;
	rule->has_fwmark = rule->fwmark || rule->fwmask; /* the kernel treats 0 as any */
	return 0;
}

static int read_ip_proto(struct words *words, void *object)
{
	static const struct {
		const char *name;
		uint8_t number;
	} protocols[] = { { "tcp", IPPROTO_TCP },   { "udp", IPPROTO_UDP },
			  { "icmp", IPPROTO_ICMP }, { "igmp", IPPROTO_IGMP },
			  { "gre", IPPROTO_GRE },   { "esp", IPPROTO_ESP },
			  { "ah", IPPROTO_AH },     { "ipv6-icmp", IPPROTO_ICMPV6 },
			  { "ospf", 89 },           { "vrrp", 112 },
			  { "sctp", IPPROTO_SCTP }, { "dccp", IPPROTO_DCCP } };
	struct rule *rule = object;
	const char *value = words_value(words);
	uint32_t number;

	for (size_t i = 0; value && i < ARRAY_SIZE(protocols); i++)
		if (strcmp(protocols[i].name, value) == 0) {
			rule->ip_proto = protocols[i].number;
			return 0;
		}
	if (!value || num_parse_u32(value, UINT8_MAX, &number) < 0)
		return value ? words_wrong(words, value, _("is not a protocol of IP"),
					   _("it is a number, or tcp, udp, icmp …"))
			     : -EINVAL;
	rule->ip_proto = (uint8_t)number;
	return 0;
}

/* "80" or "80-90". */
static bool read_number_range(struct words *words, const char *value, uint32_t max,
			      uint32_t *first, uint32_t *last)
{
	const char *dash = strchr(value, '-');
	const char *from =
		dash ? arena_strndup(words->arena, value, (size_t)(dash - value)) : value;

	return from && num_parse_u32(from, max, first) == 0 &&
	       num_parse_u32(dash ? dash + 1 : from, max, last) == 0 && *first <= *last;
}

static int read_ports(struct words *words, void *object)
{
	uint16_t *ports = (uint16_t *)((char *)object + words->keyword->offset);
	const char *value = words_value(words);
	uint32_t first, last;

	if (!value)
		return -EINVAL;
	if (strchr(value, '/')) /* a mask, from newer versions of ip(8) */
		return words_for_ip(words, object);
	if (!read_number_range(words, value, UINT16_MAX, &first, &last) || !first)
		return words_wrong(words, value, _("is not a port or range of ports"),
				   NULL);
	ports[0] = (uint16_t)first;
	ports[1] = (uint16_t)last;
	return 0;
}

static int read_uids(struct words *words, void *object)
{
	struct rule *rule = object;
	const char *value = words_value(words);

	if (!value)
		return -EINVAL;
	rule->has_uids = true;
	return read_number_range(words, value, UINT32_MAX, &rule->uid_first,
				 &rule->uid_last)
		       ? 0
		       : words_wrong(words, value, _("is not a range of user numbers"),
				     NULL);
}

_Static_assert(AT(sport_last) == AT(sport_first) + sizeof(uint16_t), "read_ports()");
_Static_assert(AT(dport_last) == AT(dport_first) + sizeof(uint16_t), "read_ports()");

/* A group of interfaces; names of groups are left to ip(8). */
static int read_group(struct words *words, void *object)
{
	if (*words->at && (**words->at < '0' || **words->at > '9'))
		return words_for_ip(words, object);
	return words_u32(words, object);
}

/* The action comes next, and is read as if it were on its own. */
static int read_type(struct words *words, void *object)
{
	static const char *const types[] = { "goto",        "nop",       "prohibit",
					     "unreachable", "blackhole", "broadcast",
					     "unicast",     "throw" };

	(void)object;
	for (size_t i = 0; *words->at && i < ARRAY_SIZE(types); i++)
		if (words_match(*words->at, types[i], true))
			return 0;
	if (!*words->at)
		return words_wrong(words, words->keyword->name, _("has no value"), NULL);
	return words_wrong(words, *words->at, _("is not a type of rule"), NULL);
}

/* In the order of iprule_modify(), which decides the meaning of abbreviations. */
static const struct keyword rule_words[] = {
	{ "not", words_flag, .offset = AT(invert) },
	{ "from", words_network, AT(from), .detail = AT(from_len) },
	{ "to", words_network, AT(to), .detail = AT(to_len) },
	{ "preference", read_priority, AT(priority), .max = UINT32_MAX, .abbr = true },
	{ "order", read_priority, AT(priority), .max = UINT32_MAX, .abbr = true },
	{ "priority", read_priority, AT(priority), .max = UINT32_MAX, .abbr = true },
	{ "tos", words_name8, AT(tos), .detail = NAMES_DSFIELD },
	{ "dsfield", words_name8, AT(tos), .detail = NAMES_DSFIELD, .abbr = true },
	{ "fwmark", .read = read_fwmark },
	{ "realms", words_for_ip, .abbr = true },
	{ "protocol", words_name8, AT(protocol), .detail = NAMES_PROTOCOL, .abbr = true },
	{ "tun_id", words_for_ip, .abbr = true },
	{ "table", words_name32, AT(table), .detail = NAMES_TABLE, .abbr = true },
	{ "lookup", words_name32, AT(table), .detail = NAMES_TABLE },
	{ "suppress_prefixlength", words_u32, AT(suppress_prefixlength), .max = INT32_MAX,
	  .abbr = true },
	{ "sup_pl", words_u32, AT(suppress_prefixlength), .max = INT32_MAX },
	{ "suppress_ifgroup", read_group, AT(suppress_ifgroup), .max = INT32_MAX,
	  .abbr = true },
	{ "sup_group", read_group, AT(suppress_ifgroup), .max = INT32_MAX },
	{ "dev", words_device, .offset = AT(iif) },
	{ "iif", words_device, .offset = AT(iif) },
	{ "oif", words_device, .offset = AT(oif) },
	{ "l3mdev", words_flag, .offset = AT(l3mdev) },
	{ "uidrange", .read = read_uids },
	{ "nat", .read = words_for_ip },
	{ "map-to", words_for_ip, .abbr = true },
	{ "ipproto", .read = read_ip_proto },
	{ "sport", read_ports, .offset = AT(sport_first) },
	{ "dport", read_ports, .offset = AT(dport_first) },
	{ "dscp", .read = words_for_ip },
	{ "flowlabel", .read = words_for_ip },
	{ "type", .read = read_type },
	{ "goto", read_goto, AT(goto_priority), .max = UINT32_MAX, .abbr = true },
	{ "nop", read_action, .detail = 3, .abbr = true },
	{ "broadcast", words_for_ip, .abbr = true },
	{ "prohibit", read_action, .detail = 2, .abbr = true },
	{ "unreachable", read_action, .detail = 1, .abbr = true },
	{ "blackhole", read_action, .detail = 0, .abbr = true },
	{ "unicast", words_for_ip, .abbr = true },
	{ "throw", .read = words_for_ip },
	{ 0 },
};

int rule_parse(int family, const char *const *words, const struct route_names *names,
	       struct arena *arena, struct rule *ret, struct words_error *ret_error)
{
	struct words in = { .at = words,
			    .page = "ip-rule(8)",
			    .family = family,
			    .names = names,
			    .arena = arena,
			    .error = ret_error };
	struct rule rule = { .family = (uint8_t)family,
			     .action = FR_ACT_TO_TBL,
			     .suppress_prefixlength = -1,
			     .suppress_ifgroup = -1 };
	int r;

	*ret_error = (struct words_error){ 0 };
	r = words_read(&in, rule_words, &rule);
	if (r < 0)
		return r;
	/* Like ip(8): a rule without an action looks up the main table. */
	if (rule.action == FR_ACT_TO_TBL && !rule.table && !rule.l3mdev)
		rule.table = RT_TABLE_MAIN;
	*ret = rule;
	return 0;
}

bool rule_has_priority(const char *const *words)
{
	for (; *words; words++)
		for (const struct keyword *at = rule_words; at->name; at++) {
			if (!words_match(*words, at->name, at->abbr))
				continue;
			if (at->read == read_priority)
				return true;
			break;
		}
	return false;
}

/* ---- formatting ---- */

static void format_network(const char *word, const struct ip *ip, uint8_t len,
			   struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	if (ip_is_set(ip))
		strbuf_addf(out, " %s %s", word, ip_format_prefix(ip, len, text));
}

static void format_range(const char *word, uint32_t first, uint32_t last,
			 struct strbuf *out)
{
	strbuf_addf(out, " %s %" PRIu32, word, first);
	if (last != first)
		strbuf_addf(out, "-%" PRIu32, last);
}

static void format_device(const char *word, const char *name, struct strbuf *out)
{
	if (!name)
		return;
	strbuf_addf(out, " %s ", word);
	strbuf_add_quoted(out, name);
}

static void format_selectors(const struct rule *rule, struct strbuf *out)
{
	if (ip_is_set(&rule->from))
		format_network("from", &rule->from, rule->from_len, out);
	else
		strbuf_add(out, " from all");
	format_network("to", &rule->to, rule->to_len, out);
	format_device("iif", rule->iif, out);
	format_device("oif", rule->oif, out);
	if (rule->tos)
		strbuf_addf(out, " tos 0x%02x", rule->tos);
	if (rule->has_fwmark)
		strbuf_addf(out, " fwmark 0x%" PRIx32, rule->fwmark);
	if (rule->has_fwmark && rule->fwmask != UINT32_MAX)
		strbuf_addf(out, "/0x%" PRIx32, rule->fwmask);
	if (rule->ip_proto)
		strbuf_addf(out, " ipproto %u", rule->ip_proto);
	if (rule->sport_first)
		format_range("sport", rule->sport_first, rule->sport_last, out);
	if (rule->dport_first)
		format_range("dport", rule->dport_first, rule->dport_last, out);
	if (rule->has_uids)
		strbuf_addf(out, " uidrange %" PRIu32 "-%" PRIu32, rule->uid_first,
			    rule->uid_last);
	if (rule->l3mdev)
		strbuf_add(out, " l3mdev");
}

static void format_action(const struct rule *rule, struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++)
		if (actions[i].action == rule->action)
			strbuf_addf(out, " %s", actions[i].name);
	if (rule->action == FR_ACT_GOTO)
		strbuf_addf(out, " goto %" PRIu32, rule->goto_priority);
	if (rule->table)
		strbuf_addf(out, " table %" PRIu32, rule->table);
	if (rule->suppress_prefixlength >= 0)
		strbuf_addf(out, " suppress_prefixlength %" PRId32,
			    rule->suppress_prefixlength);
	if (rule->suppress_ifgroup >= 0)
		strbuf_addf(out, " suppress_ifgroup %" PRId32, rule->suppress_ifgroup);
}

void rule_format(const struct rule *rule, struct strbuf *out)
{
	char name[RT_NAME_MAX];

	strbuf_add(out, rule->invert ? " not" : "");
	format_selectors(rule, out);
	if (rule->has_priority)
		strbuf_addf(out, " priority %" PRIu32, rule->priority);
	if (rule->protocol)
		strbuf_addf(out, " protocol %s",
			    rt_protocol_format(rule->protocol, name));
	format_action(rule, out);
}
