# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The network cards of a guest: scenarios know them by these names. Each is in a PCI slot, and
# so is the other end of its cable. Slots 22 to 29 are left to virtual functions of igb.
# shellcheck disable=SC2034 # for those who include this
readonly NIC_NAMES=(ens160 ens256 ens300 ens400)
# shellcheck disable=SC2034
readonly NIC_MACS=(52:54:00:00:01:60 52:54:00:00:02:56 52:54:00:00:03:00 52:54:00:00:04:00)
# shellcheck disable=SC2034
readonly NEAR_SLOTS=(6 8 10 12) FAR_SLOTS=(16 17 18 19)
