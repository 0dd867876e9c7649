# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What matrix.sh has to run, and where it keeps what came of it.
# shellcheck disable=SC2034 # for those who include this
readonly MAIN='up mode-active-backup mode-balance-rr mode-balance-xor mode-broadcast
	mode-802.3ad mode-balance-tlb mode-balance-alb cable-pull port-down-up lacp-rate jumbo
	vlan-on-bond vlan-changed bridge-on-bond changed-options live-mode live-delays
	live-active-slave rollback killed-at-each-step'
# shellcheck disable=SC2034
readonly MAIN_SERVICE='boot service-restart service-stop'
# shellcheck disable=SC2034
readonly KERNELS='5.10 6.1 6.12 7.2' CARDS='vmxnet3 e1000e igb virtio-net veth'
# shellcheck disable=SC2034
readonly RESULTS=tests/kernel/qemu/results PAGE=tests/kernel/qemu/results.md
