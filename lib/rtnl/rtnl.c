/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One rtnetlink socket: dumps, and changes that are sent together.
 *
 * Changes are copied into a queue; a flush sends it in one system call. The kernel
 * performs them in order and reports each failure; only the last one requests an ack, and
 * once that has arrived, those without a report have succeeded. All reports are waiting
 * when the call returns, so the queue is limited to what the receive buffer can hold of
 * them: none is ever dropped. libnl maps the kernel's errno to fewer codes of its own and
 * has no extended acks, so sending, receiving and acks are done here.
 */
#include "lib/rtnl/rtnl.h"

#include <errno.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>

#include "lib/base/compat.h"
#include "lib/base/memory.h"

/* The most that is sent together; 64 reports take at most 80 KiB of receive buffer. */
#define QUEUE_BYTES 32768
#define QUEUE_MAX   64
/* The kernel fills a dump's packets up to this size if the buffer is this large. */
#define ANSWER_BYTES  32768
#define RECEIVE_BYTES (1 << 20)
/* Any socket has room for that, whatever the administrator has made of the defaults. */
#define QUEUE_SMALL_BYTES 2048
#define QUEUE_SMALL       8
/* A small dump has two packets: the answer, and its end. */
#define PACKETS 2

struct rtnl {
	int fd;
	bool filters;
	bool is_wide; /* has room for a full queue, and the answers to it */
	uint32_t seq; /* of the latest request */
	size_t writes;
	struct rtnl_reply *waiting[QUEUE_MAX]; /* the last one has the latest seq */
	size_t n_waiting;
	struct nlmsghdr *last; /* in the queue */
	size_t queue_len;
	unsigned char *queue; /* usually mostly unused */
	unsigned char *packets[PACKETS];
	size_t packet_cap; /* of each */
	size_t lens[PACKETS];
	bool truncated[PACKETS];
	size_t n_received, n_read; /* of the packets */
	unsigned char *answer;     /* the one that was read last */
};

/* Each option is missing in some older kernel that works well enough without it. */
static bool ask_for(int fd, int comfort)
{
	const int on = 1;

	return setsockopt(fd, SOL_NETLINK, comfort, &on, sizeof(on)) == 0;
}

/* The kernel gives the socket an address with the first message. */
static int set_up_socket(struct rtnl *rtnl)
{
	rtnl->packet_cap = ANSWER_BYTES;
	for (size_t i = 0; i < PACKETS; i++)
		rtnl->packets[i] = memory_resize(NULL, rtnl->packet_cap);
	rtnl->queue = memory_resize(NULL, QUEUE_BYTES);
	rtnl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (rtnl->fd < 0)
		return -errno;
	(void)ask_for(rtnl->fd, NETLINK_EXT_ACK);
	(void)ask_for(rtnl->fd, NETLINK_CAP_ACK);
	rtnl->filters = ask_for(rtnl->fd, NETLINK_GET_STRICT_CHK);
	return 0;
}

int rtnl_open(struct rtnl **ret)
{
	_cleanup_rtnl_ struct rtnl *rtnl = NULL;
	int r;

	if (*ret)
		return 0;
	rtnl = memory_zeroed(1, sizeof(*rtnl));
	rtnl->fd = -1;
	r = set_up_socket(rtnl);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(rtnl);
	return 0;
}

void rtnl_close(struct rtnl *rtnl)
{
	if (!rtnl)
		return;
	if (rtnl->fd >= 0)
		close(rtnl->fd);
	for (size_t i = 0; i < PACKETS; i++)
		free(rtnl->packets[i]);
	free(rtnl->queue);
	free(rtnl);
}

static int make_wide(struct rtnl *rtnl)
{
	const int bytes = RECEIVE_BYTES;

	if (setsockopt(rtnl->fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes)) < 0 ||
	    setsockopt(rtnl->fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes)) < 0)
		return -errno;
	rtnl->is_wide = true;
	return 0;
}

static int send_bytes(const struct rtnl *rtnl, const void *data, size_t len)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	ssize_t n;

	do
		n = sendto(rtnl->fd, data, len, 0, (const struct sockaddr *)&kernel,
			   sizeof(kernel));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	return (size_t)n == len ? 0 : -EIO;
}

/* A truncated packet is lost, but the next one of its size will fit. */
static int grow_packets(struct rtnl *rtnl, size_t len)
{
	for (size_t i = 0; i < PACKETS && len > rtnl->packet_cap; i++)
		rtnl->packets[i] = memory_resize(rtnl->packets[i], len);
	if (len > rtnl->packet_cap)
		rtnl->packet_cap = len;
	return -EMSGSIZE;
}

/*
 * Waits for a packet, and takes those along that are there by then. Packets that are not
 * from the kernel get no length. Return: 0; a negative errno.
 */
static int receive_some(struct rtnl *rtnl)
{
	struct sockaddr_nl from[PACKETS];
	struct iovec iov[PACKETS];
	struct mmsghdr msgs[PACKETS] = { 0 };
	int n;

	for (size_t i = 0; i < PACKETS; i++) {
		iov[i] = (struct iovec){ rtnl->packets[i], rtnl->packet_cap };
		msgs[i].msg_hdr = (struct msghdr){ .msg_name = &from[i],
						   .msg_namelen = sizeof(from[i]),
						   .msg_iov = &iov[i],
						   .msg_iovlen = 1 };
	}
	do
		n = recvmmsg(rtnl->fd, msgs, PACKETS, MSG_TRUNC | MSG_WAITFORONE, NULL);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	for (int i = 0; i < n; i++) {
		rtnl->lens[i] = from[i].nl_pid == 0 ? msgs[i].msg_len : 0;
		rtnl->truncated[i] = rtnl->lens[i] > rtnl->packet_cap;
	}
	rtnl->n_received = (size_t)n;
	rtnl->n_read = 0;
	return 0;
}

/* Reads one packet from the kernel. Return: its length; -EMSGSIZE if it was truncated. */
static ssize_t receive(struct rtnl *rtnl)
{
	size_t i = 0, len = 0;

	while (!len) {
		int r = rtnl->n_read == rtnl->n_received ? receive_some(rtnl) : 0;

		if (r < 0)
			return r;
		i = rtnl->n_read++;
		len = rtnl->lens[i];
	}
	rtnl->answer = rtnl->packets[i];
	return rtnl->truncated[i] ? grow_packets(rtnl, len) : (ssize_t)len;
}

/* The errno in an ack, or in the message that ends a dump. */
static int reported_error(const struct nlmsghdr *answer)
{
	int error;

	if (nlmsg_datalen(answer) < (int)sizeof(error))
		return answer->nlmsg_type == NLMSG_DONE ? 0 : -EBADMSG;
	memcpy(&error, nlmsg_data(answer), sizeof(error));
	return error;
}

/* The extended part of an ack: the kernel's text, and the attribute that it is about. */
static const struct nlattr *behind_ack(const struct nlmsghdr *answer, int type)
{
	const struct nlmsgerr *ack = nlmsg_data(answer);
	int skip = (int)sizeof(*ack);

	if (!(answer->nlmsg_flags & NLM_F_ACK_TLVS) || nlmsg_datalen(answer) < skip)
		return NULL;
	if (!(answer->nlmsg_flags & NLM_F_CAPPED))
		skip += (int)NLMSG_ALIGN(ack->msg.nlmsg_len) - (int)sizeof(ack->msg);
	if (nlmsg_datalen(answer) < skip)
		return NULL;
	return nla_find(nlmsg_attrdata(answer, skip), nlmsg_attrlen(answer, skip), type);
}

/* NULL if there is none. */
static char *reported_text(const struct nlmsghdr *answer)
{
	const struct nlattr *text = behind_ack(answer, NLMSGERR_ATTR_MSG);

	return text ? MEMORY_TRY(nla_strdup(text)) : NULL;
}

/*
 * The progress of a dump. Errors do not end it: the kernel refuses the next dump until
 * this one has been read to its end.
 */
struct dump {
	int (*fn)(const struct nlmsghdr *answer, void *arg);
	void *arg;
	int error;
	bool is_single, done, is_interrupted;
};

static void dump_take(struct dump *dump, const struct nlmsghdr *answer)
{
	int r = 0;

	dump->is_interrupted |= (answer->nlmsg_flags & NLM_F_DUMP_INTR) != 0;
	switch (answer->nlmsg_type) {
	case NLMSG_DONE:
	case NLMSG_ERROR:
		dump->done = true;
		r = reported_error(answer);
		break;
	case NLMSG_NOOP:
		break;
	default:
		dump->done = dump->is_single;
		if (!dump->error && dump->fn)
			r = dump->fn(answer, dump->arg);
	}
	if (!dump->error)
		dump->error = r;
}

/* Reads a packet of the dump that was requested last. */
static int dump_receive(struct rtnl *rtnl, struct dump *dump)
{
	ssize_t n = receive(rtnl);
	struct nlmsghdr *answer = (struct nlmsghdr *)rtnl->answer;
	int left = (int)n;

	dump->is_interrupted |= n == -EMSGSIZE;
	if (n < 0)
		return n == -EMSGSIZE ? 0 : (int)n;
	for (; nlmsg_ok(answer, left) && !dump->done; answer = nlmsg_next(answer, &left))
		if (answer->nlmsg_seq == rtnl->seq)
			dump_take(dump, answer);
	return 0;
}

static void stamp(struct rtnl *rtnl, struct nlmsghdr *header, uint16_t flags)
{
	header->nlmsg_flags |= NLM_F_REQUEST | flags;
	header->nlmsg_seq = ++rtnl->seq;
}

int rtnl_dump(struct rtnl *rtnl, struct nl_msg *request,
	      int (*fn)(const struct nlmsghdr *answer, void *arg), void *arg)
{
	struct nlmsghdr *header = nlmsg_hdr(request);
	struct dump dump = { .fn = fn,
			     .arg = arg,
			     .is_single = !(header->nlmsg_flags & NLM_F_DUMP) };
	int r = rtnl_flush(rtnl);

	if (r < 0)
		return r;
	stamp(rtnl, header, 0);
	r = send_bytes(rtnl, header, header->nlmsg_len);
	while (r == 0 && !dump.done)
		r = dump_receive(rtnl, &dump);
	if (r == 0)
		r = dump.error;
	return r == 0 && dump.is_interrupted ? -EINTR : r;
}

void rtnl_reply_release(struct rtnl_reply *reply)
{
	free(reply->text);
	free(reply->holder);
	*reply = (struct rtnl_reply){ 0 };
}

int rtnl_queue(struct rtnl *rtnl, struct nl_msg *msg, struct rtnl_reply *reply)
{
	struct nlmsghdr *header = nlmsg_hdr(msg);
	size_t len = NLMSG_ALIGN(header->nlmsg_len);
	int r;

	if (len > QUEUE_BYTES)
		return -EMSGSIZE;
	if (rtnl->n_waiting == QUEUE_MAX || rtnl->queue_len + len > QUEUE_BYTES) {
		r = rtnl_flush(rtnl);
		if (r < 0)
			return r;
	}
	stamp(rtnl, header, 0);
	rtnl->last = memcpy(rtnl->queue + rtnl->queue_len, header, header->nlmsg_len);
	rtnl->queue_len += len;
	*reply = (struct rtnl_reply){ .error = -EINPROGRESS };
	rtnl->waiting[rtnl->n_waiting++] = reply;
	return 0;
}

/* The change with that number among those just sent. */
static const struct nlmsghdr *sent_change(struct rtnl *rtnl, uint32_t seq)
{
	struct nlmsghdr *change = (struct nlmsghdr *)rtnl->queue;
	int left = (int)rtnl->queue_len;

	for (; nlmsg_ok(change, left); change = nlmsg_next(change, &left))
		if (change->nlmsg_seq == seq)
			return change;
	return NULL;
}

/* The type of the attribute that the kernel refers to by its offset in our change. */
static uint16_t reported_attr(struct rtnl *rtnl, const struct nlmsghdr *answer)
{
	const struct nlattr *place = behind_ack(answer, NLMSGERR_ATTR_OFFS);
	const struct nlmsghdr *change = sent_change(rtnl, answer->nlmsg_seq);
	const struct nlattr *attr;
	uint32_t offset;

	if (!place || !change || nla_len(place) != sizeof(offset))
		return 0;
	offset = nla_get_u32(place);
	if (offset < NLMSG_HDRLEN || offset + sizeof(*attr) > change->nlmsg_len)
		return 0;
	attr = (const struct nlattr *)((const unsigned char *)change + offset);
	return (uint16_t)nla_type(attr);
}

/* Processes one packet. Return: 1 at the ack of the last change; 0; a negative errno. */
static int receive_replies(struct rtnl *rtnl)
{
	ssize_t n = receive(rtnl);
	struct nlmsghdr *answer = (struct nlmsghdr *)rtnl->answer;
	int left = (int)n, finished = 0;

	if (n < 0)
		return (int)n;
	for (; nlmsg_ok(answer, left); answer = nlmsg_next(answer, &left)) {
		size_t behind = rtnl->seq - answer->nlmsg_seq;

		if (answer->nlmsg_type != NLMSG_ERROR || behind >= rtnl->n_waiting)
			continue;
		*rtnl->waiting[rtnl->n_waiting - 1 - behind] = (struct rtnl_reply){
			.error = reported_error(answer),
			.refused = reported_attr(rtnl, answer),
			.text = reported_text(answer),
		};
		finished |= behind == 0;
	}
	return finished;
}

static void take_rest_as_done(const struct rtnl *rtnl)
{
	for (size_t i = 0; i < rtnl->n_waiting; i++)
		if (rtnl->waiting[i]->error == -EINPROGRESS)
			rtnl->waiting[i]->error = 0;
}

int rtnl_flush(struct rtnl *rtnl)
{
	int r = 0;

	if (!rtnl->n_waiting)
		return 0;
	if (!rtnl->is_wide &&
	    (rtnl->queue_len > QUEUE_SMALL_BYTES || rtnl->n_waiting > QUEUE_SMALL))
		r = make_wide(rtnl);
	rtnl->last->nlmsg_flags |= NLM_F_ACK;
	if (r == 0)
		r = send_bytes(rtnl, rtnl->queue, rtnl->queue_len);
	if (r == 0)
		rtnl->writes += rtnl->n_waiting;
	while (r == 0)
		r = receive_replies(rtnl);
	if (r > 0)
		take_rest_as_done(rtnl);
	rtnl->queue_len = 0;
	rtnl->n_waiting = 0;
	return r < 0 ? r : 0;
}

size_t rtnl_writes(const struct rtnl *rtnl)
{
	return rtnl->writes;
}

bool rtnl_filters(const struct rtnl *rtnl)
{
	return rtnl->filters;
}
