#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A service that needs the network: keeps what it finds, for the scenario `boot`.
ip -o address | sed 's/^[0-9]*: //; s/  */ /g' >/run/online.addresses
