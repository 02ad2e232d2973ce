# SPDX-License-Identifier: GPL-3.0-or-later
# turncurve: see README.md. Everything made lies in build/VARIANT (release, asan, clang, fuzz).
VARIANT ?= release
PREFIX  ?= /usr/local
B       := build/$(VARIANT)
CC      := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))

# ---- what it is made of
PKGS := gsl sqlite3 yaml-0.1 jansson libsodium xlsxwriter libcmark
SRC  := $(filter-out engine/embed/%,$(sort $(shell find $(wildcard engine models) -name '*.c')))
OBJ  := $(SRC:%.c=$B/%.o) $B/embedded_files.o
LIB  := $(filter-out $B/engine/main.o,$(OBJ))
EMBED := $(shell find engine/store/sql scenarios reports -type f ! -name '.*' 2>/dev/null | LC_ALL=C sort)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wundef \
  -Wvla -Wcast-qual -Wcast-align -Wpointer-arith -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
  -Wold-style-definition -Wredundant-decls -Wnested-externs -Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference \
  -Wunused-macros -Werror
ifneq (,$(findstring clang,$(CC)))
WARNINGS += -Wcomma -Wassign-enum -Wextra-semi-stmt -Wunreachable-code
else
# clang would count the constant NAN, a float, as a promotion.
WARNINGS += -Wdouble-promotion -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wformat-signedness
# Loops over months of whole numbers: gcc 12 leaves them alone at -O2 without it. No result depends on it.
VECTORS := -fvect-cost-model=dynamic
endif
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -Iengine -I.
CFLAGS  ?= -O2 -g
HARDENING := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CFLAGS_release := $(HARDENING) $(VECTORS)
# -g1: lines for messages, which is all that these two are for, and they compile faster.
CFLAGS_clang := $(HARDENING) -g1
CFLAGS_asan := -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
# Expanded late: the packages may be installed by this very run.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS))
ALL_CFLAGS = -std=c17 $(WARNINGS) -ffp-contract=off -fopenmp "-ffile-prefix-map=$(CURDIR)=." $(CFLAGS) $(CFLAGS_$(VARIANT))
LDLIBS = $(shell pkg-config --libs $(PKGS)) -lcsv -lglpk -lm
# make V=1 shows the commands.
say = $(if $(V),,@echo '  $(1) $@';)
LINK = $(call say,link) $(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LDFLAGS_$(VARIANT)) -o $@
COMPILE = $(call say,compile) $(CC) $(CPPFLAGS)

all: $B/turncurve ## the program, in build/release

$B/turncurve: $(OBJ)
	$(LINK) $(OBJ) $(LDLIBS)
$B/%.o: %.c $B/flags | deps
	@mkdir -p $(@D)
	$(COMPILE) $(PKG_CFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$B/embed: engine/embed/embed.c | deps
	@mkdir -p $(@D)
	$(call say,tool) $(CC) -std=c17 -O1 -o $@ $<
$B/embedded_files.c: $B/embed $(EMBED) $B/embedded_names
	@$B/embed $(EMBED) > $@
$B/embedded_files.o: $B/embedded_files.c $B/flags
	$(COMPILE) $(ALL_CFLAGS) -c -o $@ $<
# Rebuilt when flags or the list of embedded files change, and only then.
$B/flags: FORCE
	@mkdir -p $(@D); echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' > $@
$B/embedded_names: FORCE
	@mkdir -p $(@D); echo '$(EMBED)' | cmp -s - $@ || echo '$(EMBED)' > $@

# ---- packages: each target installs what it needs and says so
BUILD_PACKAGES := gcc libc6-dev pkg-config libgsl-dev libsqlite3-dev libcsv-dev libyaml-dev libjansson-dev \
  libsodium-dev libglpk-dev libxlsxwriter-dev libcmark-dev librandom123-dev gnuplot-nox fonts-dejavu-core
TEST_PACKAGES := check clang libclang-rt-14-dev libomp-dev clang-format clang-tidy cppcheck shellcheck valgrind \
  sqlite3 libxml2-utils zsh python3 chromium libreoffice-calc-nogui poppler-utils
define install_packages
@missing=''; command -v dpkg-query > /dev/null || exit 0; \
for p in $(1); do dpkg-query -W -f '$${Status}' "$$p" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
[ -n "$$missing" ] || exit 0; as=''; [ "$$(id -u)" = 0 ] || as=sudo; \
echo "Installing the Debian packages that are missing:$$missing"; \
$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends $$missing > /dev/null
endef
deps: ## installs the packages that building and the demo need
	$(call install_packages,$(BUILD_PACKAGES))
deps-test: deps
	$(call install_packages,$(TEST_PACKAGES))
# The checker of accessibility is a package of npm, not of Debian; without npm or a network its tests say "skipped".
AXE := build/axe/node_modules/axe-core/axe.min.js
AXE_VERSION := 4.10.3
AXE_SHA256 := 880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb
deps-axe: $(AXE) ## installs axe-core, which checks that pages are accessible, in build/axe (needs npm)
$(AXE): | deps-test
	@mkdir -p build/axe; if ! command -v npm > /dev/null; then echo 'no npm: pages are not checked by axe'; exit 0; fi; \
	npm install --prefix build/axe --no-audit --no-fund --ignore-scripts --loglevel=error axe-core@$(AXE_VERSION) > /dev/null || \
	  { echo 'npm cannot install axe-core: pages are not checked by axe'; exit 0; }; \
	echo '$(AXE_SHA256)  $@' | sha256sum --check --quiet || { rm -f $@; exit 1; }

# ---- running it
demo: $B/turncurve ## an invented authority from returns to charts, in out/demo
	$B/turncurve demo

docs: $B/turncurve ## makes the manual's pictures, the cookbook's answers and the data dictionary again
	docs/make/docs.sh $B/turncurve
dictionary: $B/turncurve ## makes docs/data-dictionary.md again
	@$B/turncurve export dictionary | LC_ALL=C.UTF-8 awk -f docs/lookback/lib.awk -f docs/make/dictionary.awk > $B/dictionary.md
	@mv $B/dictionary.md docs/data-dictionary.md

lookback: $B/turncurve ## makes docs/lookback again (needs the published panel)
	docs/lookback/make.sh $B/turncurve

quality: $B/turncurve ## makes the generated parts of docs/quality again
	docs/quality/make.sh $B/turncurve

# ---- tests: one program per layer; tests/LAYER/tests.def lists its suites
LAYERS := $(filter-out stat,$(patsubst tests/%/tests.def,%,$(sort $(wildcard tests/*/tests.def))))
HELPERS := $(wildcard tests/*.c tests/world/*.c)
HELPER_OBJ := $(patsubst %.c,$B/%.o,$(filter-out tests/main.c,$(HELPERS)))
define layer_program
$B/tests/$(1)/run: $(patsubst %.c,$B/%.o,$(wildcard tests/$(1)/*.c)) $B/tests/$(1)/main.o $(HELPER_OBJ) $(LIB)
	$$(LINK) $$^ $$(LDLIBS) $$(shell pkg-config --libs check)
$B/tests/$(1)/main.o: tests/main.c tests/$(1)/tests.def $B/flags | deps
	@mkdir -p $$(@D)
	$$(COMPILE) -Itests/$(1) -DLAYER='"$(1)"' $$(ALL_CFLAGS) -MMD -MP -c -o $$@ $$<
endef
$(foreach layer,$(LAYERS) stat,$(eval $(call layer_program,$(layer))))

unit: $(LAYERS:%=$B/tests/%/run) ## unit tests of every layer (LAYERS="base data" for some)
	@tests/units.sh $(LAYERS:%=$B/tests/%/run)
test: deps-test deps-axe ## everything that must hold, ends with "N passed, N failed"
	@tests/run.sh
asan: deps-test ## unit tests under the address and undefined-behaviour sanitisers
	$(MAKE) VARIANT=asan unit
clang: deps-test ## unit tests built by clang
	$(MAKE) CC=clang VARIANT=clang unit
# An attacker on published folders, apart from all of our code.
$B/tests/attack/attack: tests/attack/attack.c $B/flags | deps
	@mkdir -p $(@D)
	$(call say,link) $(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) $(LDFLAGS_$(VARIANT)) -o $@ $< -lglpk -lm
cli: deps-test deps-axe $B/turncurve $B/tests/attack/attack ## tests of the command line (TESTS="import" for some)
	tests/cli/run.sh $B/turncurve $(TESTS)
valgrind: deps-test $B/turncurve ## the commands under valgrind
	TURNCURVE_UNDER=$(abspath $B/turncurve) tests/cli/run.sh tests/cli/under_valgrind smoke
stat: deps-test $B/tests/stat/run reproducible ## long statistical tests; equal binaries from two folders
	CK_TIMEOUT_MULTIPLIER=100 $B/tests/stat/run
reproducible: deps
	tests/reproducible.sh
mutants: deps-test ## puts known mistakes into a copy, one by one; a test must notice each (MUTANTS="age-by-days" for some)
	tests/mutants/run.sh $(MUTANTS)
lint: deps-test ## rules of the house, clang-format, shellcheck, cppcheck
	tests/lint/lint.sh
tidy: deps-test ## clang-tidy
	clang-tidy --quiet $(SRC) -- -std=c17 $(CPPFLAGS) $(PKG_CFLAGS) -fopenmp
format: deps-test ## formats all C
	clang-format -i $$(find engine models tests -name '*.[ch]')
BENCH := steps measure kernel road
bench: deps-test all $(BENCH:%=$B/tests/bench/%) ## speed, size and growth (COPIES=50; ENGLAND=1: 152 authorities at once)
	tests/bench/bench.sh $B/turncurve $B/tests/bench
	tests/bench/growth.sh $B/turncurve $B/tests/bench out/bench
$(BENCH:%=$B/tests/bench/%): %: %.o $(LIB)
	$(LINK) $^ $(LDLIBS)
golden: $B/turncurve ## rewrites expected outputs and shows what changed (CASE=history/one-child)
	GOLDEN=rewrite tests/cli/run.sh $B/turncurve golden
	@git --no-pager diff --stat -- tests/golden

# ---- fuzzing: tests/fuzz/fuzz_NAME.c, seeds in tests/fuzz/corpus/NAME
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
$B/tests/fuzz/replay_%: $B/tests/fuzz/fuzz_%.o $B/tests/fuzz/replay.o $(LIB)
	$(LINK) $^ $(LDLIBS)
$B/tests/fuzz/search_%: $B/tests/fuzz/fuzz_%.o $(LIB)
	$(LINK) -fsanitize=fuzzer $^ $(LDLIBS)
replay: $(FUZZ:%=$B/tests/fuzz/replay_%) ## every fuzz target over its stored inputs
	@for t in $(FUZZ); do $B/tests/fuzz/replay_$$t tests/fuzz/corpus/$$t/* && echo "ok fuzz $$t" || { echo "not ok fuzz $$t"; exit 1; }; done
fuzz: deps-test ## searches each fuzz target for a while (SECONDS_EACH=60)
	$(MAKE) CC=clang VARIANT=fuzz $(FUZZ:%=build/fuzz/tests/fuzz/search_%)
	@for t in $(FUZZ); do mkdir -p build/fuzz/found/$$t; \
	  build/fuzz/tests/fuzz/search_$$t -max_total_time=$${SECONDS_EACH:-60} -artifact_prefix=build/fuzz/found/$$t/ \
	  build/fuzz/found/$$t tests/fuzz/corpus/$$t || exit 1; done

# ---- installing: manual pages and completion are written by the program from its option tables
COMMANDS = $(shell sed -n 's/^COMMAND(\(.*\))/\1/p' engine/app/commands.def)
DATA = $(DESTDIR)$(PREFIX)/share
PAGES = $(DATA)/man/man1/turncurve.1 $(COMMANDS:%=$(DATA)/man/man1/turncurve-%.1)
BASH_COMPLETION = $(DATA)/bash-completion/completions/turncurve
# The manual: all of docs/ but what only makes it.
MANUAL = $(shell find docs -type f ! -path 'docs/make/*' ! -path 'docs/lookback/*.awk' ! -path 'docs/lookback/*.sh' | LC_ALL=C sort)
ZSH_COMPLETION = $(DATA)/zsh/site-functions/_turncurve
install: $B/turncurve ## program, manual pages and completion (DESTDIR=, PREFIX=/usr/local)
	install -D -m 755 $B/turncurve $(DESTDIR)$(PREFIX)/bin/turncurve
	$B/turncurve --man turncurve | install -D -m 644 /dev/stdin $(firstword $(PAGES))
	for c in $(COMMANDS); do \
	  $B/turncurve --man $$c | install -D -m 644 /dev/stdin $(DATA)/man/man1/turncurve-$$c.1 || exit 1; done
	$B/turncurve --completion bash | install -D -m 644 /dev/stdin $(BASH_COMPLETION)
	$B/turncurve --completion zsh | install -D -m 644 /dev/stdin $(ZSH_COMPLETION)
	for f in CHANGELOG.md $(MANUAL); do \
	  install -D -m 644 $$f $(DATA)/doc/turncurve/$${f#docs/} || exit 1; done
uninstall: ## removes what install put
	rm -f $(DESTDIR)$(PREFIX)/bin/turncurve $(PAGES) $(BASH_COMPLETION) $(ZSH_COMPLETION)
	rm -rf $(DATA)/doc/turncurve
deb: $B/turncurve ## a Debian package in build/deb (MAINTAINER="Name <mail>")
	+@packaging/deb.sh $B/turncurve
deb-test: deb ## lintian; installs and removes the package
	@tests/deb.sh build/deb/*.deb
dist: ## the sources as build/turncurve.tar.gz
	mkdir -p build && git archive --prefix=turncurve/ -o build/turncurve.tar.gz HEAD
clean: ## removes build/
	rm -rf build
help: ## this list
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

-include $(shell find $B -name '*.d' 2>/dev/null)
.PHONY: FORCE all deps deps-test deps-axe demo docs dictionary lookback quality unit test asan clang cli golden valgrind stat \
  reproducible mutants lint tidy format bench replay fuzz install uninstall deb deb-test \
  dist clean help
.SECONDARY:
