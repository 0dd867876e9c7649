/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Makes this machine's kernel headers as good as those of Linux 4.18: included before all
 * else, it forbids what came later. Names that are newer than Debian 11's headers (5.10) are
 * not here, because they do not compile there anyway. Nor is what tests/campaign needs: the
 * kernel's notifications about system calls are from 5.0, and clone3() is from 5.3.
 */
#include <netinet/in.h>
#include <sys/syscall.h>

#include <linux/ethtool.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

/* Macros */
#undef NETLINK_GET_STRICT_CHK
#undef RTPROT_OPENR
#undef ALTIFNAMSIZ
#undef RTNH_F_TRAP
#undef RTM_F_OFFLOAD
#undef RTM_F_TRAP
#undef RTEXT_FILTER_MRP
#undef SYS_pidfd_send_signal
#undef SYS_pidfd_open
#undef SYS_openat2
#undef SYS_close_range
#undef SYS_faccessat2

/* Enumerators, some of which have macros of the same name, too */
#undef RTM_NEWNEXTHOP
#undef RTM_DELNEXTHOP
#undef RTM_GETNEXTHOP
#undef RTM_NEWLINKPROP
#undef RTM_DELLINKPROP
#undef RTM_GETLINKPROP
#undef RTM_NEWVLAN
#undef RTM_DELVLAN
#undef RTM_GETVLAN
#undef RTNLGRP_NEXTHOP
#undef RTNLGRP_BRVLAN
#pragma GCC poison RTM_NEWNEXTHOP RTM_DELNEXTHOP RTM_GETNEXTHOP
#pragma GCC poison RTM_NEWLINKPROP RTM_DELLINKPROP RTM_GETLINKPROP
#pragma GCC poison RTM_NEWVLAN RTM_DELVLAN RTM_GETVLAN RTNLGRP_NEXTHOP RTNLGRP_BRVLAN
#pragma GCC poison RTA_NH_ID IFA_TARGET_NETNSID IFLA_TARGET_NETNSID
#pragma GCC poison IFLA_MIN_MTU IFLA_MAX_MTU IFLA_PROP_LIST IFLA_ALT_IFNAME
#pragma GCC poison IFLA_PERM_ADDRESS IFLA_PROTO_DOWN_REASON IFLA_BR_MULTI_BOOLOPT
#pragma GCC poison IFLA_BRPORT_BACKUP_PORT IFLA_BRPORT_MRP_RING_OPEN \
	IFLA_BRPORT_MRP_IN_OPEN
#pragma GCC poison VLAN_FLAG_BRIDGE_BINDING NLMSGERR_ATTR_POLICY
