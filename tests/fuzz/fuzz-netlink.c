/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: what the kernel sends, as bytes. The input is a list of packets, each with its
 * length before it (two bytes, little-endian); a message whose sequence number is 0 gets that
 * of the request. When the input is at its end, each request is answered by the end of a dump.
 *
 * The Makefile has this linked with --wrap for the functions below, so that the socket
 * proper, lib/rtnl/rtnl.c, is part of what is tested.
 */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <sys/socket.h>

#include "lib/plan/plan.h"
#include "lib/rtnl/rtnl.h"
#include "lib/snapshot/snapshot.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/tree.h"

#define N_CHANGES 3
/* An answer that takes more than that never ends. */
#define MAX_EMPTY 1000

/* What the socket will be given. */
static struct {
	const uint8_t *data;
	size_t size;
	uint32_t seq, empty;
} kernel;

ssize_t __wrap_sendto(int fd, const void *data, size_t len, int flags,
		      const struct sockaddr *to, socklen_t to_len);
int __wrap_recvmmsg(int fd, struct mmsghdr *msgs, unsigned int n, int flags,
		    struct timespec *timeout);
/* Where times have 64 bits, and processors 32, the C library calls it by this name. */
int __wrap___recvmmsg64(int fd, struct mmsghdr *msgs, unsigned int n, int flags,
			struct timespec *timeout)
	__attribute__((alias("__wrap_recvmmsg")));

/* Notes the number of the last request. */
ssize_t __wrap_sendto(int fd, const void *data, size_t len, int flags,
		      const struct sockaddr *to, socklen_t to_len)
{
	const unsigned char *at = data, *end = at + len;
	struct nlmsghdr header;

	(void)fd, (void)flags, (void)to, (void)to_len;
	while ((size_t)(end - at) >= sizeof(header)) {
		memcpy(&header, at, sizeof(header));
		must(header.nlmsg_len >= sizeof(header));
		must(header.nlmsg_len <= (size_t)(end - at));
		kernel.seq = header.nlmsg_seq;
		if (NLMSG_ALIGN(header.nlmsg_len) >= (size_t)(end - at))
			break;
		at += NLMSG_ALIGN(header.nlmsg_len);
	}
	return (ssize_t)len;
}

static ssize_t put_end(const struct iovec *iov)
{
	const struct {
		struct nlmsghdr header;
		int error;
	} end = { { sizeof(end), NLMSG_DONE, NLM_F_MULTI, kernel.seq, 0 }, 0 },
	  ack = { { sizeof(ack), NLMSG_ERROR, 0, kernel.seq, 0 }, 0 };

	must(iov->iov_len >= sizeof(end));
	must(kernel.empty < MAX_EMPTY);
	memcpy(iov->iov_base, kernel.empty++ % 2 ? &ack : &end, sizeof(end));
	return sizeof(end);
}

/* Messages up to the first that has no length to go by. */
static void stamp(unsigned char *data, size_t len)
{
	struct nlmsghdr header;

	while (len >= sizeof(header)) {
		memcpy(&header, data, sizeof(header));
		if (!header.nlmsg_seq)
			header.nlmsg_seq = kernel.seq;
		memcpy(data, &header, sizeof(header));
		if (header.nlmsg_len < sizeof(header) || header.nlmsg_len >= len ||
		    NLMSG_ALIGN(header.nlmsg_len) >= len)
			return;
		data += NLMSG_ALIGN(header.nlmsg_len);
		len -= NLMSG_ALIGN(header.nlmsg_len);
	}
}

static size_t put_packet(const struct iovec *iov)
{
	size_t len, fits;

	if (kernel.size < 2)
		return (size_t)put_end(iov);
	len = kernel.data[0] | (size_t)kernel.data[1] << 8;
	kernel.data += 2;
	kernel.size -= 2;
	if (len > kernel.size)
		len = kernel.size;
	fits = len < iov->iov_len ? len : iov->iov_len;
	memcpy(iov->iov_base, kernel.data, fits);
	stamp(iov->iov_base, fits);
	kernel.data += len;
	kernel.size -= len;
	return len;
}

/* As many as are asked for, and there are; the packet that ends a dump comes alone. */
int __wrap_recvmmsg(int fd, struct mmsghdr *msgs, unsigned int n, int flags,
		    struct timespec *timeout)
{
	unsigned int i = 0;

	(void)fd, (void)flags, (void)timeout;
	do {
		struct msghdr *msg = &msgs[i].msg_hdr;

		memset(msg->msg_name, 0, msg->msg_namelen);
		msgs[i++].msg_len = (unsigned int)put_packet(msg->msg_iov);
	} while (i < n && kernel.size >= 2);
	return (int)i;
}

/*
 * libnl's own, but for the check: the library is not built with sanitizers, so reading more
 * than there is would be seen by nobody.
 */
#define GET(type, name)                                        \
	type name(const struct nlattr *attr)                   \
	{                                                      \
		type value;                                    \
                                                               \
		must(nla_len(attr) >= (int)sizeof(value));     \
		memcpy(&value, nla_data(attr), sizeof(value)); \
		return value;                                  \
	}
GET(uint8_t, nla_get_u8)
GET(uint16_t, nla_get_u16)
GET(uint32_t, nla_get_u32)
GET(uint64_t, nla_get_u64)

char *nla_get_string(const struct nlattr *attr)
{
	must(nla_len(attr) > 0 && memchr(nla_data(attr), '\0', (size_t)nla_len(attr)));
	return nla_data(attr);
}

/* Changes, and what the kernel says of them. */
static void change(struct rtnl *rtnl)
{
	struct rtnl_reply replies[N_CHANGES] = { { 0 } };
	size_t n = 0;

	for (int r = 0; r == 0 && n < N_CHANGES; n++) {
		const struct ifinfomsg header = { .ifi_index = (int)n + 1 };
		_cleanup_nl_msg_ struct nl_msg *msg =
			rtnl_msg_new(RTM_NEWLINK, 0, &header, sizeof(header));

		must(nla_put_u32(msg, IFLA_MTU, 1400) == 0);
		r = rtnl_queue(rtnl, msg, &replies[n]);
	}
	if (rtnl_flush(rtnl) == 0)
		for (size_t i = 0; i < n; i++)
			must(replies[i].error != -EINPROGRESS);
	for (size_t i = 0; i < n; i++)
		rtnl_reply_release(&replies[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_snapshot_ struct snapshot *snapshot = NULL;
	_cleanup_diag_ struct diag *diag = diag_new();
	_cleanup_rtnl_ struct rtnl *rtnl = NULL;
	int r;

	kernel.data = data;
	kernel.size = size;
	kernel.empty = 0;
	must(rtnl_open(&rtnl) == 0);
	r = snapshot_take(rtnl, diag, &snapshot);
	must(r == 0 || diag_errors(diag) == 1);
	kernel.empty = 0;
	change(rtnl);
	if (r == 0)
		tree_plan_on(snapshot);
	return 0;
}
