/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Route scopes and protocols by name. */
#include "lib/model/rt-names.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/num.h"

struct rt_name {
	const char *name;
	uint8_t value;
};

static const struct rt_name scopes[] = {
	{ "global", RT_SCOPE_UNIVERSE }, { "site", RT_SCOPE_SITE },
	{ "link", RT_SCOPE_LINK },       { "host", RT_SCOPE_HOST },
	{ "nowhere", RT_SCOPE_NOWHERE }, { NULL, 0 },
};

static const struct rt_name route_protocols[] = {
	{ "kernel", RTPROT_KERNEL }, { "boot", RTPROT_BOOT }, { "static", RTPROT_STATIC },
	{ "ra", RTPROT_RA },         { "dhcp", RTPROT_DHCP }, { NULL, 0 },
};

static const char *format_rt_name(const struct rt_name *names, uint8_t value, char *buf)
{
	while (names->name && names->value != value)
		names++;
	if (names->name)
		snprintf(buf, RT_NAME_MAX, "%s", names->name);
	else
		snprintf(buf, RT_NAME_MAX, "%u", value);
	return buf;
}

static int parse_rt_name(const struct rt_name *names, const char *text, uint8_t *ret)
{
	uint32_t value;

	while (names->name && strcmp(names->name, text) != 0)
		names++;
	if (names->name) {
		*ret = names->value;
		return 0;
	}
	if (num_parse_u32(text, UINT8_MAX, &value) < 0)
		return -EINVAL;
	*ret = (uint8_t)value;
	return 0;
}

const char *rt_scope_format(uint8_t scope, char buf[static RT_NAME_MAX])
{
	return format_rt_name(scopes, scope, buf);
}

int rt_scope_parse(const char *text, uint8_t *ret)
{
	return parse_rt_name(scopes, text, ret);
}

const char *rt_protocol_format(uint8_t protocol, char buf[static RT_NAME_MAX])
{
	return format_rt_name(route_protocols, protocol, buf);
}

int rt_protocol_parse(const char *text, uint8_t *ret)
{
	return parse_rt_name(route_protocols, text, ret);
}
