# SPDX-License-Identifier: GPL-2.0-or-later
# ifcfg-bond. `make help` lists the targets.

# Of the spec file, which tools that build RPMs change by themselves.
VERSION    := $(shell sed -n 's/^Version: *//p' packaging/ifcfg-bond.spec)
PREFIX     ?= /usr
SBINDIR    ?= $(PREFIX)/sbin
LIBEXECDIR ?= $(PREFIX)/libexec
MANDIR     ?= $(PREFIX)/share/man
LOCALEDIR  ?= $(PREFIX)/share/locale
DOCDIR     ?= $(PREFIX)/share/doc/ifcfg-bond
LICENSEDIR ?= $(PREFIX)/share/licenses/ifcfg-bond
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions
SYSTEMDDIR ?= $(PREFIX)/lib/systemd
UDEVDIR    ?= $(PREFIX)/lib/udev
TMPFILESDIR ?= $(PREFIX)/lib/tmpfiles.d
INITDIR    ?= /etc/init.d
SYSCONFDIR ?= /etc
DESTDIR    ?=
BUILD      ?= build

CC         ?= cc
PKG_CONFIG ?= pkg-config
CFLAGS     ?= -O2 -g
WARNINGS   := -Wall -Wextra -Werror -Wshadow -Wvla -Wstrict-prototypes \
	      -Wmissing-prototypes -Wformat=2 -Wwrite-strings -Wcast-qual -Wundef
HARDENING  := -fstack-protector-strong -fPIE -fno-strict-aliasing
# The same sources make the same programs, wherever they lie.
REPRODUCE  := -ffile-prefix-map=$(CURDIR)=.
FORTIFY    := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
LINK_HARD  := -pie -Wl,-z,relro,-z,now -Wl,--as-needed
SANITIZE   :=
# make V=1 shows the commands.
Q          := $(if $(V),,@)

# The packages, asked for only when something is built: `make deps` must work without.
NL_PKGS    := libnl-3.0 libnl-route-3.0
INI_PKGS   := inih
JSON_PKGS  := json-c
PKG_CFLAGS  = $(shell $(PKG_CONFIG) --cflags $(NL_PKGS) $(INI_PKGS) $(JSON_PKGS) libkmod \
	      libsystemd)
# inih, libkmod, libnl-route and libsystemd are opened when they are needed: see
# lib/base/dynlib.h.
# A program is linked with those that it uses: --as-needed.
PKG_LIBS    = $(shell $(PKG_CONFIG) --libs $(NL_PKGS) $(JSON_PKGS)) -ldl
CHECK_LIBS  = $(shell $(PKG_CONFIG) --libs check)

# Large files and late times on 32-bit processors, too: directories cannot even be read
# without, where the file system numbers its files with 64 bits.
WIDE       := -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
ALL_CFLAGS  = -std=gnu11 -D_GNU_SOURCE $(WIDE) -DVERSION='"$(VERSION)"' \
	      -DLIBEXECDIR='"$(LIBEXECDIR)"' -DLOCALEDIR='"$(LOCALEDIR)"' -I. $(FORTIFY) \
	      $(WARNINGS) $(HARDENING) $(REPRODUCE) $(SANITIZE) $(CFLAGS) -MMD -MP
ALL_LDFLAGS = $(LINK_HARD) $(SANITIZE) $(LDFLAGS)

PROGRAMS   := ifup-bond ifdown-bond ifenslave-bond ifcfgctl
LIB_SRC    := $(sort $(wildcard lib/*/*.c parsers/*.c))
LIB_OBJ    := $(LIB_SRC:%.c=$(BUILD)/%.o)
LIB        := $(BUILD)/libifcfg.a
UNIT_SRC   := $(sort $(wildcard tests/unit/test-*.c))
UNIT       := $(UNIT_SRC:%.c=$(BUILD)/%)
# Rooms that talk to the kernel; only the tests of these are linked with libnl, which
# proves that all the others do without.
NL_UNIT    := $(filter $(BUILD)/tests/unit/test-rtnl% $(BUILD)/tests/unit/test-apply% \
	      $(BUILD)/tests/unit/test-from-kernel%,$(UNIT))
RUNNER     := $(BUILD)/tests/cases/runner
# Messages in other languages, and the programs with the catalogues of the build.
LANGUAGES  := $(patsubst po/%.po,%,$(wildcard po/*.po))
CATALOGUES := $(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/ifcfg-bond.mo)
TRANSLATED := $(PROGRAMS:%=$(BUILD)/tests/po/%) $(BUILD)/tests/po/runner
# Each replays its corpus, or with LIBFUZZER=1 and clang is a fuzzer: tests/fuzz/run.sh does that.
FUZZ_SRC   := $(sort $(wildcard tests/fuzz/fuzz-*.c))
FUZZERS    := $(FUZZ_SRC:%.c=$(BUILD)/%)
FUZZ_MAIN   = $(if $(LIBFUZZER),-fsanitize=fuzzer,$(BUILD)/tests/fuzz/replay.o)
FUZZ_TREE  := $(BUILD)/tests/fuzz/fuzz-tree $(BUILD)/tests/fuzz/fuzz-netlink \
	      $(BUILD)/tests/fuzz/fuzz-ethtool
KERNEL_SRC := $(sort $(wildcard tests/kernel/*.c bench/*.c))
KERNEL_TOOLS := $(KERNEL_SRC:%.c=$(BUILD)/%)
QEMU_INIT  := $(BUILD)/tests/kernel/qemu/init
# Programs that let an allocation or a system call of another one fail.
CAMPAIGN   := $(BUILD)/tests/campaign/once $(BUILD)/tests/campaign/fail-alloc.so \
	      $(BUILD)/tests/campaign/undo
C_FILES     = $(PROGRAMS:=.c) $(LIB_SRC) $(UNIT_SRC) $(KERNEL_SRC) \
	      $(wildcard tests/kernel/*/*.c tests/fuzz/*.c tests/lint/*.c tests/campaign/*.c)
H_FILES     = $(wildcard lib/*/*.h parsers/*.h tests/*/*.h)

.PHONY: all
all: $(PROGRAMS:%=$(BUILD)/%) ## build the programs into build/

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC    $<")
	$(Q)$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) -c $< -o $@

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(PROGRAMS:%=$(BUILD)/%): $(BUILD)/%: $(BUILD)/%.o $(LIB)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $< $(LIB) $(PKG_LIBS) -o $@

$(UNIT): $(BUILD)/%: $(BUILD)/%.o $(LIB)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $< $(LIB) $(if $(filter $@,$(NL_UNIT)),$(PKG_LIBS)) \
		$(CHECK_LIBS) -ldl -o $@

$(KERNEL_TOOLS) $(BUILD)/tests/campaign/undo: $(BUILD)/%: $(BUILD)/%.o $(LIB)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $< $(LIB) $(PKG_LIBS) -o $@

# The first process of a guest of QEMU has no libraries there.
$(QEMU_INIT): $(BUILD)/%: %.c
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC    $<")
	$(Q)$(CC) $(filter-out -fPIE,$(ALL_CFLAGS)) -static $< -o $@

$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(if $(LIBFUZZER),,$(BUILD)/tests/fuzz/replay.o) $(LIB)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $(WRAP:%=-Wl,--wrap=%) $(FUZZ_MAIN) $(filter-out \
		$(BUILD)/tests/fuzz/replay.o,$(filter %.o,$^)) $(LIB) $(PKG_LIBS) -o $@

# What the target has instead of the files and of the kernel.
$(FUZZ_TREE): $(BUILD)/tests/fuzz/tree.o
$(FUZZ_TREE): WRAP := file_read
$(BUILD)/tests/fuzz/fuzz-netlink: WRAP += recvmmsg __recvmmsg64 sendto

$(BUILD)/tests/fuzz/differential: %: %.o $(LIB)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $< $(LIB) -o $@

$(BUILD)/tests/campaign/once: $(BUILD)/tests/campaign/once.o $(BUILD)/tests/campaign/once-calls.o
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $^ -o $@

# Not sanitized: it comes before the program that loads it.
$(BUILD)/tests/campaign/fail-alloc.so: tests/campaign/fail-alloc.c tests/campaign/fail-alloc.h
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -D_GNU_SOURCE -I. $(WARNINGS) -fno-builtin -O2 -g -shared -fPIC $< -o $@

# The programs once more, with the catalogues of the build.
$(BUILD)/tests/po/language.o: lib/base/language.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -ULOCALEDIR -DLOCALEDIR='"$(abspath $(BUILD))/locale"' -c $< -o $@

$(BUILD)/tests/po/runner: $(BUILD)/tests/cases/runner.o $(PROGRAMS:%=$(BUILD)/tests/cases/%.o)
$(PROGRAMS:%=$(BUILD)/tests/po/%): $(BUILD)/tests/po/%: $(BUILD)/%.o

$(TRANSLATED): $(BUILD)/tests/po/language.o $(LIB)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $(filter %.o,$^) $(LIB) $(PKG_LIBS) -o $@

# The programs once more, each with a main() of another name: ifup_main() and so on.
$(BUILD)/tests/cases/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) -Wno-missing-prototypes \
		-Dmain=$(patsubst %-bond,%,$*)_main -c $< -o $@

$(RUNNER): %: %.o $(PROGRAMS:%=$(BUILD)/tests/cases/%.o) $(LIB)
	$(if $(V),,@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(PKG_LIBS) -o $@

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d $(BUILD)/*/*/*.d)

# The rules above, as make would run them.
.PHONY: compile-commands
compile-commands: ## build/compile_commands.json: the compiler's commands, for clangd and editors
	@mkdir -p $(BUILD)
	@$(MAKE) -Bn --no-print-directory V=1 all $(UNIT) $(KERNEL_TOOLS) $(FUZZERS) | \
		sed -n -e 's/["\]/\\&/g' \
			-e 's|^.* -c \([^ ]*\.c\) -o [^ ]*$$|{"directory": "$(CURDIR)", "file": "\1", "command": "&"}|p' | \
		sed -e '1s/^/[/' -e '$$!s/$$/,/' -e '$$s/$$/]/' >$(BUILD)/compile_commands.json

.PHONY: check
check: ## install what the tests need, then run every test and print a total
	@BUILD=$(BUILD) tests/check.sh

.PHONY: check-unit
check-unit: $(UNIT) $(RUNNER) $(TRANSLATED) $(CATALOGUES) $(FUZZERS) $(BUILD)/tests/fuzz/differential $(CAMPAIGN) all ## unit tests, planner cases and table checks; no root, seconds
	@BUILD=$(BUILD) tests/check-unit.sh

.PHONY: check-kernel
check-kernel: all $(KERNEL_TOOLS) ## scenarios on a real bonding driver (namespaces or UML)
	@BUILD=$(BUILD) tests/kernel/run.sh

.PHONY: check-package
check-package: all ## build the packages; install, run and remove them in a root of their own
	@BUILD=$(BUILD) tests/package/run.sh

.PHONY: check-builds
check-builds: ## build and test on other Debian releases and processors; BUILDS=sid names one
	@BUILD=$(BUILD) tests/builds/run.sh $(BUILDS)

.PHONY: demo
demo: ## install what is missing, then show a bond live and fail over under a ping
	@BUILD=$(BUILD) tests/kernel/demo.sh

.PHONY: bench
bench: all $(KERNEL_TOOLS) ## against ip -batch with the same changes; BENCH=one-bond names one
	@BUILD=$(BUILD) bench/run.sh

.PHONY: bench-peers
bench-peers: all $(KERNEL_TOOLS) ## what a restart loses, next to NetworkManager and ifupdown-ng: a table
	@BUILD=$(BUILD) bench/peers.sh

.PHONY: golden
golden: $(RUNNER) ## rewrite the expectations of tests/cases; read the diff afterwards
	@BUILD=$(BUILD) tests/cases/run.sh --golden

.PHONY: asan
asan: ## unit tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory check-unit BUILD=$(BUILD)/asan CFLAGS='-O1 -g' \
		SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' FORTIFY=

.PHONY: valgrind
valgrind: $(UNIT) $(RUNNER) all ## unit tests and planner cases under valgrind
	@BUILD=$(BUILD) tests/check-unit.sh --valgrind $(VALGRIND)

.PHONY: fuzz
fuzz: ## fuzz each target for TIME seconds (60) with clang's libFuzzer; TARGET=tree names one
	@BUILD=$(BUILD) TIME='$(TIME)' tests/fuzz/run.sh $(TARGET)

COUNT ?= 100000
SEED  ?= 1

.PHONY: differential
differential: $(BUILD)/tests/fuzz/differential ## compare COUNT random files with what bash reads
	@$< $(COUNT) $(SEED)

# Of each of these, what was tried without an exception is not tried again until the programs
# are built again.
.PHONY: campaign-steps
campaign-steps: all $(KERNEL_TOOLS) ## each step of all scenarios refused, and killed; SCENARIO=, MODE=
	@BUILD=$(BUILD) tests/campaign/steps.sh

.PHONY: campaign-undo
campaign-undo: all $(CAMPAIGN) ## each beginning of the plans of all planner cases, and its undo; CASE=
	@BUILD=$(BUILD) tests/campaign/undo.sh $(CASE)

.PHONY: campaign-memory
campaign-memory: all $(CAMPAIGN) ## each allocation of all planner cases fails once; CASE=
	@BUILD=$(BUILD) tests/campaign/cases.sh alloc $(CASE)

.PHONY: campaign-calls
campaign-calls: all $(CAMPAIGN) ## each system call of all planner cases fails once; CASE=
	@BUILD=$(BUILD) tests/campaign/cases.sh call $(CASE)

.PHONY: campaign-lab
campaign-lab: all $(KERNEL_TOOLS) $(CAMPAIGN) ## hostile surroundings, many runs at once, 10,000 cycles with COUNT=10000; SCENARIO=
	@BUILD=$(BUILD) tests/campaign/lab.sh

RUNS ?= 100

.PHONY: campaign-service
campaign-service: all $(KERNEL_TOOLS) man $(CATALOGUES) ## RUNS at once (100), some killed, while systemd restarts the service
	@BUILD=$(BUILD) COUNT='$(RUNS)' SCENARIO_LIMIT=1200 SYSTEMD_TIMEOUT=1500 \
		tests/kernel/run.sh at-once

.PHONY: format
format: ## rewrite the sources in the project's format
	clang-format -i $(C_FILES) $(H_FILES)

.PHONY: lint
lint: ## clang-format, shellcheck, cppcheck and clang-tidy; all must be silent
	@FLAGS='$(PKG_CFLAGS)' tests/static.sh

# What helpers of other packages call: see man/ifup-bond.8.scd, HELPERS.
STEPS := ifup-eth ifup-post ifup-aliases ifup-routes ifup-ipv6 \
	 ifdown-eth ifdown-post ifdown-routes ifdown-ipv6
UNITS := network.service ifcfg-bond-hotplug@.service
UDEV_RULES := 61-ifcfg-bond-names.rules 85-ifcfg-bond.rules
NETWORK_SCRIPTS = $(DESTDIR)$(SYSCONFDIR)/sysconfig/network-scripts
# The names by which the programs are known.
LINKS := ifup ifdown ifenslave
# The programs that share the completion of ifup-bond. Those of ifup and ifdown are another
# package's: see packaging/completion/ifup.in.
COMPLETED := $(filter-out ifup-bond,$(PROGRAMS)) ifenslave

# Translations are in a directory named for their language.
MAN := $(patsubst man/%.scd,%,$(wildcard man/*.scd man/*/*.scd))

LINK_PAGES := $(foreach name,$(LINKS),$(filter $(name)-bond.8 %/$(name)-bond.8,$(MAN)))

.PHONY: man
man: $(MAN:%=$(BUILD)/man/%) ## the manual pages, to read with man -l build/man/ifup-bond.8

$(BUILD)/man/%: man/%.scd
	@mkdir -p $(@D)
	$(Q){ echo "'\\\" t" && scdoc <$<; } >$@.new && mv $@.new $@

$(BUILD)/locale/%/LC_MESSAGES/ifcfg-bond.mo: po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt -c -o $@ $<

.PHONY: po-update
po-update: ## bring the message catalogues in po/ into line with the sources
	@po/update.sh

.PHONY: install
install: all man $(CATALOGUES) ## install into DESTDIR with PREFIX; ifup and the like become links
	install -D -m 755 -t $(DESTDIR)$(SBINDIR) $(PROGRAMS:%=$(BUILD)/%)
	for name in $(LINKS); do \
		ln -sf $$name-bond $(DESTDIR)$(SBINDIR)/$$name || exit 1; \
	done
	install -D -m 755 libexec/udhcpc-script.sh \
		$(DESTDIR)$(LIBEXECDIR)/ifcfg-bond/udhcpc-script
	install -D -m 644 -t $(DESTDIR)$(DOCDIR) README.md README.zh-CN.md NEWS.md \
		SECURITY.md packaging/SELINUX.md
	install -D -m 644 -t $(DESTDIR)$(LICENSEDIR) LICENSE
	cp -R --no-preserve=ownership sysconfig-examples $(DESTDIR)$(DOCDIR)/
	for page in $(MAN); do \
		install -D -m 644 -t $(DESTDIR)$(MANDIR)/$$(dirname $$page)/man$${page##*.} \
			$(BUILD)/man/$$page || exit 1; \
	done
	for language in $(LANGUAGES); do \
		install -D -m 644 -t $(DESTDIR)$(LOCALEDIR)/$$language/LC_MESSAGES \
			$(BUILD)/locale/$$language/LC_MESSAGES/ifcfg-bond.mo || exit 1; \
	done
	for page in $(LINK_PAGES); do \
		name=$$(basename $$page -bond.8); \
		ln -sf $$name-bond.8 $(DESTDIR)$(MANDIR)/$$(dirname $$page)/man8/$$name.8 || \
			exit 1; \
	done
	install -d $(DESTDIR)$(SYSTEMDDIR)/system $(DESTDIR)$(SYSTEMDDIR)/system-preset \
		$(DESTDIR)$(TMPFILESDIR) $(DESTDIR)$(INITDIR) $(DESTDIR)$(UDEVDIR)/rules.d
	for unit in $(UNITS); do \
		sed 's,@SBINDIR@,$(SBINDIR),' packaging/$$unit.in | install -m 644 \
			/dev/stdin $(DESTDIR)$(SYSTEMDDIR)/system/$$unit || exit 1; \
	done
	for rules in $(UDEV_RULES); do \
		sed 's,@SBINDIR@,$(SBINDIR),' packaging/$$rules.in | install -m 644 \
			/dev/stdin $(DESTDIR)$(UDEVDIR)/rules.d/$$rules || exit 1; \
	done
	sed 's,@SBINDIR@,$(SBINDIR),' packaging/network.init.in | \
		install -m 755 /dev/stdin $(DESTDIR)$(INITDIR)/network
	install -m 644 packaging/ifcfg-bond.preset \
		$(DESTDIR)$(SYSTEMDDIR)/system-preset/80-ifcfg-bond.preset
	install -m 644 packaging/ifcfg-bond.tmpfiles $(DESTDIR)$(TMPFILESDIR)/ifcfg-bond.conf
	install -d $(NETWORK_SCRIPTS)
	sed 's,@SBINDIR@,$(SBINDIR),' packaging/network-scripts/network-functions.in | \
		install -m 644 /dev/stdin $(NETWORK_SCRIPTS)/network-functions
	sed 's,@SBINDIR@,$(SBINDIR),' packaging/network-scripts/network-step.in | \
		install -m 755 /dev/stdin $(NETWORK_SCRIPTS)/ifup-eth
	for step in $(filter-out ifup-eth,$(STEPS)); do \
		ln -sf ifup-eth $(NETWORK_SCRIPTS)/$$step || exit 1; \
	done
	for name in ifup ifdown; do \
		ln -srf $(DESTDIR)$(SBINDIR)/$$name-bond $(NETWORK_SCRIPTS)/$$name || exit 1; \
	done
	install -D -m 644 -t $(DESTDIR)$(COMPLETIONDIR) packaging/completion/ifup-bond
	for name in $(COMPLETED); do \
		ln -sf ifup-bond $(DESTDIR)$(COMPLETIONDIR)/$$name || exit 1; \
	done
	install -d $(DESTDIR)$(SYSCONFDIR)/bash_completion.d
	sed 's,@COMPLETIONDIR@,$(COMPLETIONDIR),' packaging/completion/ifup.in | install -m 644 \
		/dev/stdin $(DESTDIR)$(SYSCONFDIR)/bash_completion.d/ifcfg-bond
	sed 's,@COMPLETIONDIR@,$(COMPLETIONDIR),' packaging/completion/nmcli.in | install -m 644 \
		/dev/stdin $(DESTDIR)$(SYSCONFDIR)/bash_completion.d/ifcfg-bond-nmcli

.PHONY: uninstall
uninstall: ## remove what install laid down; ifcfg files and running interfaces stay
	rm -f $(addprefix $(DESTDIR)$(SBINDIR)/,$(PROGRAMS) $(LINKS))
	rm -rf $(addprefix $(DESTDIR),$(DOCDIR) $(LICENSEDIR) $(LIBEXECDIR)/ifcfg-bond)
	for page in $(MAN) $(LINK_PAGES:-bond.8=.8); do \
		rm -f $(DESTDIR)$(MANDIR)/$$(dirname $$page)/man$${page##*.}/$$(basename $$page) || \
			exit 1; \
	done
	rm -f $(LANGUAGES:%=$(DESTDIR)$(LOCALEDIR)/%/LC_MESSAGES/ifcfg-bond.mo)
	rm -f $(addprefix $(DESTDIR)$(SYSTEMDDIR)/system/,$(UNITS)) \
		$(addprefix $(DESTDIR)$(UDEVDIR)/rules.d/,$(UDEV_RULES)) \
		$(DESTDIR)$(INITDIR)/network \
		$(DESTDIR)$(SYSTEMDDIR)/system-preset/80-ifcfg-bond.preset \
		$(DESTDIR)$(TMPFILESDIR)/ifcfg-bond.conf
	rm -f $(addprefix $(NETWORK_SCRIPTS)/,network-functions $(STEPS) ifup ifdown)
	rm -f $(addprefix $(DESTDIR)$(COMPLETIONDIR)/,ifup-bond $(COMPLETED)) \
		$(addprefix $(DESTDIR)$(SYSCONFDIR)/bash_completion.d/,ifcfg-bond ifcfg-bond-nmcli)

# Of what is committed, so that it is the same wherever it is made.
DIST := $(BUILD)/ifcfg-bond-$(VERSION).tar.gz

.PHONY: dist
dist: ## pack the sources, as committed, into build/ifcfg-bond-VERSION.tar.gz
	@mkdir -p $(BUILD)
	git archive --prefix=ifcfg-bond-$(VERSION)/ -o $(DIST) HEAD

# Where rpm did not install itself, as on Debian, it knows of nothing that is there.
RPM_NODEPS = $(shell rpm --quiet -q rpm || echo --nodeps)

.PHONY: rpm
rpm: dist ## build RPM packages into build/rpm
	env -u MAKEFLAGS -u BUILD rpmbuild -ba $(RPM_NODEPS) --define '_topdir $(abspath $(BUILD))/rpm' \
		--define '_sourcedir $(abspath $(BUILD))' $(RPMBUILD_OPTIONS) \
		packaging/ifcfg-bond.spec

.PHONY: deb
deb: dist ## build Debian packages into build/deb
	rm -rf $(BUILD)/deb
	mkdir -p $(BUILD)/deb
	tar -C $(BUILD)/deb -xf $(DIST)
	cp $(DIST) $(BUILD)/deb/ifcfg-bond_$(VERSION).orig.tar.gz
	cp -R packaging/debian $(BUILD)/deb/ifcfg-bond-$(VERSION)/
	sed -i '1s/([^-]*-/($(VERSION)-/' $(BUILD)/deb/ifcfg-bond-$(VERSION)/debian/changelog
	cd $(BUILD)/deb/ifcfg-bond-$(VERSION) && \
		env -u MAKEFLAGS -u BUILD dpkg-buildpackage -us -uc $(DEB_OPTIONS)

.PHONY: sbom
sbom: all ## print the bill of materials of the programs, as SPDX JSON
	@VERSION=$(VERSION) SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) BUILD=$(BUILD) \
		packaging/release/sbom.sh

.PHONY: release
release: ## all tests, packages built twice and compared, checksums, tag; RELEASE=--dry-run: no tag
	@BUILD=$(BUILD) packaging/release/release.sh $(RELEASE)

.PHONY: deps
deps: ## install what building and testing need, through apt or dnf
	@tests/deps.sh
	@$(MAKE) --no-print-directory lab-kernel

.PHONY: lab-kernel
lab-kernel: $(KERNEL_TOOLS) # a newer User Mode Linux, where there is one
	@BUILD=$(BUILD) tests/kernel/uml.sh

.PHONY: lab-kernels
lab-kernels: $(QEMU_INIT) # kernels for the lab in QEMU; KERNELS names some
	@BUILD=$(BUILD) tests/kernel/qemu/fetch.sh $(KERNELS)

.PHONY: check-kernels
check-kernels: all $(KERNEL_TOOLS) $(QEMU_INIT) ## the main job on the oldest and the newest kernel
	@BUILD=$(BUILD) tests/kernel/qemu/gate.sh

.PHONY: check-matrix
check-matrix: all $(KERNEL_TOOLS) $(QEMU_INIT) ## scenarios on real kernels and emulated cards: hours
	@BUILD=$(BUILD) tests/kernel/qemu/matrix.sh

.PHONY: check-costs
check-costs: all $(BUILD)/bench/costs ## instructions, system calls, page faults against bench/limits
	@BUILD=$(BUILD) bench/costs.sh

.PHONY: record-costs
record-costs: all $(KERNEL_TOOLS) ## make what runs cost now the limits: look at the difference
	@BUILD=$(BUILD) bench/costs.sh --record
	@BUILD=$(BUILD) tests/kernel/lab.sh --name lab-costs tests/kernel/scenario.sh \
		tests/kernel/scenarios/costs || echo "the scenario compared with the old limits"
	cp $(BUILD)/lab-costs/costs tests/kernel/scenarios/costs/limits

.PHONY: record
record: ## keep how long the parts of the last `make check` took, for comparison
	cp $(BUILD)/durations tests/durations
	cp $(BUILD)/kernel.durations tests/kernel/durations

.PHONY: clean
clean: ## remove what was built
	rm -rf $(BUILD)

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
