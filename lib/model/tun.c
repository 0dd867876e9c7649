/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tap and tun devices: their properties compared, and their text form. */
#include "lib/model/tun.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/base/num.h"

/* ---- comparing ---- */

bool tun_same_mode(const struct tun *want, const struct tun *now)
{
	return want->is_tap == now->is_tap;
}

/* Settings that are not in the file stay as they are. */
bool tun_same_users(const struct tun *want, const struct tun *now)
{
	return (!want->has_owner || (now->has_owner && now->owner == want->owner)) &&
	       (!want->has_group || (now->has_group && now->group == want->group));
}

/* ---- text form ---- */

void tun_format(const struct tun *tun, struct strbuf *out)
{
	strbuf_addf(out, " mode %s", tun->is_tap ? "tap" : "tun");
	if (tun->has_owner)
		strbuf_addf(out, " user %" PRIu32, tun->owner);
	if (tun->has_group)
		strbuf_addf(out, " group %" PRIu32, tun->group);
}

static int parse_tun_word(const char *word, const char *value, struct tun *tun)
{
	if (strcmp(word, "mode") == 0) {
		tun->is_tap = strcmp(value, "tap") == 0;
		return tun->is_tap || strcmp(value, "tun") == 0 ? 0 : -EINVAL;
	}
	if (strcmp(word, "user") == 0) {
		tun->has_owner = true;
		return num_parse_u32(value, UINT32_MAX, &tun->owner);
	}
	if (strcmp(word, "group") == 0) {
		tun->has_group = true;
		return num_parse_u32(value, UINT32_MAX, &tun->group);
	}
	return -EINVAL;
}

int tun_parse(char *text, struct tun *ret)
{
	struct tun tun = { .is_tap = true };
	const char *word, *value;
	char *rest = NULL;

	for (word = strtok_r(text, " \t", &rest); word;
	     word = strtok_r(NULL, " \t", &rest)) {
		value = strtok_r(NULL, " \t", &rest);
		if (!value || parse_tun_word(word, value, &tun) < 0)
			return -EINVAL;
	}
	*ret = tun;
	return 0;
}
