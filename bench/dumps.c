/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The netlink dumps that show all of the kernel's network state, read and thrown away: what
 * looking costs at least. With a directory, so are all of its files: open, fstat, read, close. With
 * -v before it, prints how long each took, and how large it was.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib/base/cleanup.h"
#include "lib/rtnl/rtnl.h"

/* struct size - of what the kernel answered */
struct size {
	size_t messages, bytes;
};

static const struct {
	const char *name;
	uint16_t type;
	unsigned char family;
	size_t header_len;
} dumps[] = {
	{ "links", RTM_GETLINK, AF_UNSPEC, sizeof(struct ifinfomsg) },
	{ "addresses", RTM_GETADDR, AF_UNSPEC, sizeof(struct ifaddrmsg) },
	{ "IPv4 routes", RTM_GETROUTE, AF_INET, sizeof(struct rtmsg) },
	{ "IPv6 routes", RTM_GETROUTE, AF_INET6, sizeof(struct rtmsg) },
	{ "rules", RTM_GETRULE, AF_UNSPEC, sizeof(struct rtmsg) },
};

static int count(const struct nlmsghdr *answer, void *arg)
{
	struct size *size = arg;

	size->messages++;
	size->bytes += answer->nlmsg_len;
	return 0;
}

static int dump(struct rtnl *rtnl, size_t which, struct size *ret)
{
	/* The family is the first byte of every one of these headers. */
	const unsigned char header[sizeof(struct ifinfomsg)] = { dumps[which].family };
	_cleanup_nl_msg_ struct nl_msg *request = rtnl_msg_new(
		dumps[which].type, NLM_F_DUMP, header, dumps[which].header_len);
	int r = 0;

	if (dumps[which].type == RTM_GETLINK)
		r = nla_put_u32(request, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	if (r == 0)
		r = rtnl_dump(rtnl, request, count, ret);
	return r == -EINTR ? 0 : r;
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void tell(const char *what, double began, const struct size *size)
{
	printf("%-12s %7.2f ms, %7zu messages, %9zu bytes\n", what, now_ms() - began,
	       size->messages, size->bytes);
}

static int read_one(int dir, const char *name, struct size *ret)
{
	_cleanup_close_ int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char text[4096];
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return 0;
	n = read(fd, text, sizeof(text));
	if (n < 0)
		return -errno;
	ret->messages++;
	ret->bytes += (size_t)n;
	return 0;
}

static int read_files(const char *path, struct size *ret)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	int r = 0;

	if (!dir)
		return -errno;
	while (r == 0 && (entry = readdir(dir)))
		r = read_one(dirfd(dir), entry->d_name, ret);
	closedir(dir);
	return r;
}

int main(int argc, char **argv)
{
	const bool is_told = argc > 1 && strcmp(argv[1], "-v") == 0;
	const char *files = argv[is_told ? 2 : 1];
	_cleanup_rtnl_ struct rtnl *rtnl = NULL;
	int r = rtnl_open(&rtnl);

	for (size_t i = 0; r == 0 && i <= ARRAY_SIZE(dumps); i++) {
		const bool is_dump = i < ARRAY_SIZE(dumps);
		struct size size = { 0 };
		double began = now_ms();

		if (is_dump)
			r = dump(rtnl, i, &size);
		else if (files)
			r = read_files(files, &size);
		if (is_told && (is_dump || files))
			tell(is_dump ? dumps[i].name : "files", began, &size);
	}
	if (r < 0)
		fprintf(stderr, "dumps: %s\n", strerror(-r));
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
