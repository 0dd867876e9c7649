/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/cleanup.h"

struct nl_msg;
struct nlmsghdr;

/**
 * struct rtnl - one rtnetlink socket
 *
 * It requests extended acks, has dump requests checked strictly if the kernel can, and
 * queues changes so that many are sent in one system call.
 */
struct rtnl;

/* Unless *@ret is open already. Return: 0; a negative errno. rtnl_close() accepts NULL. */
int rtnl_open(struct rtnl **ret);
void rtnl_close(struct rtnl *rtnl);

static inline void rtnl_closep(struct rtnl **rtnl)
{
	rtnl_close(*rtnl);
}
#define _cleanup_rtnl_ _cleanup_(rtnl_closep)

/**
 * rtnl_msg_new() - create a request with its fixed header, ready for attributes
 * @type, @flags: RTM_*, NLM_F_*
 * @header: struct ifinfomsg or a similar one, of @len bytes; copied
 *
 * rtnl_msg_freep() accepts NULL.
 */
struct nl_msg *rtnl_msg_new(uint16_t type, uint16_t flags, const void *header,
			    size_t len);
void rtnl_msg_freep(struct nl_msg **msg);
#define _cleanup_nl_msg_ _cleanup_(rtnl_msg_freep)

/**
 * rtnl_dump() - send a request and pass every answer to @fn
 * @request: borrowed; without NLM_F_DUMP it has one answer
 * @fn: returns 0 to continue, or a negative errno to fail with
 *
 * Return: 0; -EINTR if the dump may be inconsistent because something changed meanwhile,
 * although @fn received all of it; another negative errno from the kernel or from @fn.
 */
int rtnl_dump(struct rtnl *rtnl, struct nl_msg *request,
	      int (*fn)(const struct nlmsghdr *answer, void *arg), void *arg);

/**
 * rtnl_ask_link() - ask for one link
 * @name: one of its names
 * @fn: gets its RTM_NEWLINK; NULL to ask only whether it exists
 *
 * Unlike if_nametoindex(), this does not let the kernel run modprobe(8) for a missing one.
 *
 * Return: 0; -ENODEV if there is none; another negative errno.
 * Source: rtnl_getlink() in Linux net/core/rtnetlink.c; dev_load() in net/core/dev_ioctl.c.
 */
int rtnl_ask_link(struct rtnl *rtnl, const char *name,
		  int (*fn)(const struct nlmsghdr *answer, void *arg), void *arg);

/**
 * struct rtnl_reply - the kernel's answer to one change
 * @error: 0, or a negative errno
 * @refused: type of the attribute that it points at, 0 for none
 * @text: what the kernel said about it (extended ack), or NULL; owned, free it with
 *        rtnl_reply_release()
 * @holder: if an address is in use, the link of this host that has it, or NULL; owned, too
 */
struct rtnl_reply {
	int error;
	uint16_t refused;
	char *text;
	char *holder;
};

void rtnl_reply_release(struct rtnl_reply *reply);

/**
 * rtnl_queue() - append a change to those waiting to be sent
 * @msg: borrowed and copied
 * @reply: filled in by the flush that sends it; must stay valid until then
 *
 * Flushes by itself when the queue has reached the limit of the socket.
 *
 * Return: 0; a negative errno if the socket failed.
 */
int rtnl_queue(struct rtnl *rtnl, struct nl_msg *msg, struct rtnl_reply *reply);

/* Sends all queued changes in one system call and reads all answers. Return: as above. */
int rtnl_flush(struct rtnl *rtnl);

/* Whether the kernel filters dumps as requested: from 4.20 on. */
bool rtnl_filters(const struct rtnl *rtnl);

/* The number of changes sent since the socket was opened. */
size_t rtnl_writes(const struct rtnl *rtnl);
