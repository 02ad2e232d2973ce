# turncurve: see README.md. Everything made lies in build/VARIANT.
VARIANT ?= release
PREFIX  ?= /usr/local
B       := build/$(VARIANT)
CC      := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))

PKGS := gsl sqlite3 yaml-0.1 jansson libsodium
SRC  := $(filter-out engine/embed/%,$(sort $(shell find engine models -name '*.c')))
OBJ  := $(SRC:%.c=$B/%.o) $B/embedded_files.o
LIB  := $(filter-out $B/engine/main.o,$(OBJ))
EMBED := $(sort $(shell find engine/store/sql scenarios reports -type f ! -name '.*' 2>/dev/null))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion -Wformat=2 -Wundef \
  -Wvla -Wcast-qual -Wcast-align -Wpointer-arith -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes \
  -Wold-style-definition -Wredundant-decls -Wnested-externs -Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference \
  -Wunused-macros -Werror
ifneq (,$(findstring clang,$(CC)))
WARNINGS += -Wcomma -Wassign-enum -Wextra-semi-stmt -Wunreachable-code
else
WARNINGS += -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wformat-signedness
endif
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -Iengine -I.
CFLAGS  ?= -O2 -g
CFLAGS_release := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   = $(shell pkg-config --libs $(PKGS) 2>/dev/null)
ALL_CFLAGS = -std=c17 $(WARNINGS) -ffp-contract=off -fopenmp -ffile-prefix-map=$(CURDIR)=. $(CFLAGS) $(CFLAGS_$(VARIANT))
LDLIBS = $(PKG_LIBS) -lcsv -lm

all: $B/turncurve ## the program

$B/turncurve: $(OBJ)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LDFLAGS_$(VARIANT)) -o $@ $(OBJ) $(LDLIBS)
$B/%.o: %.c $B/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$B/embed: engine/embed/embed.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -O1 -o $@ $<
$B/embedded_files.c: $B/embed $(EMBED) Makefile
	$B/embed $(EMBED) > $@
$B/embedded_files.o: $B/embedded_files.c $B/flags
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
$B/flags: FORCE
	@mkdir -p $(@D); echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' > $@

# One test program per layer: tests/LAYER/tests.def lists its suites. What several layers share lies in tests/.
TEST_SHARED := $(patsubst %.c,$B/%.o,$(filter-out tests/main.c,$(wildcard tests/*.c)))
LAYERS := $(patsubst tests/%/tests.def,%,$(sort $(wildcard tests/*/tests.def)))
TEST_BINARIES := $(LAYERS:%=$B/tests/%/run)
define layer_tests
$B/tests/$(1)/run: $(patsubst %.c,$B/%.o,$(wildcard tests/$(1)/*.c)) $B/tests/$(1)/main.o $(TEST_SHARED) $(LIB)
	$$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) $$(LDFLAGS_$(VARIANT)) -o $$@ $$^ $$(LDLIBS) $$(shell pkg-config --libs check)
$B/tests/$(1)/main.o: tests/main.c tests/$(1)/tests.def $B/flags
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) -Itests/$(1) -DLAYER='"$(1)"' $$(ALL_CFLAGS) -MMD -MP -c -o $$@ $$<
endef
$(foreach layer,$(LAYERS),$(eval $(call layer_tests,$(layer))))
TEST_OBJ := $(patsubst %.c,$B/%.o,$(wildcard tests/*/*.c)) $(TEST_SHARED)

unit: $(TEST_BINARIES) ## unit tests of every layer (LAYERS="base data" for some)
	@failed=0; for run in $(TEST_BINARIES); do CK_TIMEOUT_MULTIPLIER=15 $$run || failed=1; done; exit $$failed

clean: ## removes build/
	rm -rf build
help: ## this list
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

-include $(OBJ:.o=.d) $(TEST_OBJ:.o=.d) $(patsubst %,$B/tests/%/main.d,$(LAYERS))
.PHONY: FORCE all unit clean help
