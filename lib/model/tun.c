/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a file says of a tap or tun device, and its words. */
#include "lib/model/tun.h"

#include <errno.h>
#include <grp.h>
#include <inttypes.h>
#include <pwd.h>
#include <string.h>
#include <strings.h>

#include "lib/base/num.h"
#include "lib/model/source.h"

/* ---- from the file ---- */

bool tun_is_meant(const struct ifcfg *file)
{
	const char *type = ifcfg_own_value(file, "TYPE");

	return type && strcasecmp(type, "Tap") == 0;
}

static bool find_user(const char *name, uint32_t *ret)
{
	const struct passwd *user = getpwnam(name);

	if (user)
		*ret = user->pw_uid;
	return user;
}

static bool find_group(const char *name, uint32_t *ret)
{
	const struct group *group = getgrnam(name);

	if (group)
		*ret = group->gr_gid;
	return group;
}

/* Without the one that is meant, root alone may open it: no more than was asked for. */
static bool read_id(const struct source *src, const char *key, const char *what,
		    bool (*find)(const char *name, uint32_t *ret), uint32_t *ret)
{
	const char *value = ifcfg_own_value(src->file, key);

	if (!value)
		return false;
	if (num_parse_u32(value, UINT32_MAX - 1, ret) == 0 || find(value, ret))
		return true;
	diag_warning(src->diag, source_pos(src, key),
		     "%s='%s' ignored: there is no such %s", key, value, what);
	diag_hint(src->diag, "name a %s, or write its number", what);
	return false;
}

int iface_read_tun(const struct source *src, struct iface *iface)
{
	struct tun *tun = &iface->tun;

	tun->is_tap = strncmp(iface->name, "tun", 3) != 0;
	tun->has_owner = read_id(src, "OWNER", "user", find_user, &tun->owner);
	tun->has_group = read_id(src, "GROUP", "group", find_group, &tun->group);
	return 0;
}

/* ---- questions ---- */

bool tun_same_mode(const struct tun *want, const struct tun *now)
{
	return want->is_tap == now->is_tap;
}

/* What the file does not name stays as it is. */
bool tun_same_users(const struct tun *want, const struct tun *now)
{
	return (!want->has_owner || (now->has_owner && now->owner == want->owner)) &&
	       (!want->has_group || (now->has_group && now->group == want->group));
}

/* ---- words ---- */

void tun_format(const struct tun *tun, struct strbuf *out)
{
	strbuf_addf(out, " mode %s", tun->is_tap ? "tap" : "tun");
	if (tun->has_owner)
		strbuf_addf(out, " user %" PRIu32, tun->owner);
	if (tun->has_group)
		strbuf_addf(out, " group %" PRIu32, tun->group);
}

static int parse_word(const char *word, const char *value, struct tun *tun)
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
		if (!value || parse_word(word, value, &tun) < 0)
			return -EINVAL;
	}
	*ret = tun;
	return 0;
}
