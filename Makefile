# relcoord: build, test, install. `make` alone works; `make help` lists the targets.
# Everything that is generated lies below .build/, but for ./configure.

# ---- Settings -----------------------------------------------------------------------------------
# The command line beats .build/config.mk, which ./configure writes, which beats what stands here.
# CFLAGS, CPPFLAGS and LDFLAGS may also come from the environment.

CFLAGS ?= -O2 -g
CLANG = clang
OBJCOPY = objcopy
PKG_CONFIG = pkg-config
LOCALEDEF = localedef
FUZZ_SECONDS = 60

prefix = /usr/local
exec_prefix = $(prefix)
bindir = $(exec_prefix)/bin
libdir = $(exec_prefix)/lib
includedir = $(prefix)/include
datarootdir = $(prefix)/share
mandir = $(datarootdir)/man

CSV_LIBS = -lcsv
GSL_LIBS = -lgsl -lgslcblas -lm
# What relcoord-formats links. Without expat or zlib there is none; without ReadStat it reads no
# files of SPSS and Stata. Empty where it is not there, or not wanted.
found = $(shell echo '$(hash)include <$(1)>' | $(CC) $(CPPFLAGS) -E - >/dev/null 2>&1 && \
	echo '$(2)')
hash := \#
READSTAT_LIBS = $(call found,readstat.h,-lreadstat)
EXPAT_LIBS = $(call found,expat.h,-lexpat)
ZLIB_LIBS = $(call found,zlib.h,-lz)
CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check)
CHECK_LIBS = $(shell $(PKG_CONFIG) --libs check)

-include .build/config.mk

# Looked for once, not in every recipe.
READSTAT_LIBS := $(READSTAT_LIBS)
EXPAT_LIBS := $(EXPAT_LIBS)
ZLIB_LIBS := $(ZLIB_LIBS)

# What `make setup` installs.
PACKAGES = gcc libc6-dev make pkg-config libcsv-dev libgsl-dev \
	check autoconf mandoc abigail-tools shellcheck clang libclang-rt-dev valgrind g++ tidy \
	locales python3-cffi r-base-core r-cran-multilevel r-cran-survey r-cran-clubsandwich r-cran-lme4 \
	r-cran-psych r-cran-pbivnorm git r-cran-boot r-cran-lavaan r-cran-testthat r-cran-haven \
	r-cran-generics r-cran-semtools r-cran-knitr r-cran-markdown r-cran-lmertest r-cran-igraph \
	r-cran-sna r-cran-laeken libxml2-utils python3-dev python3-venv libreadstat-dev \
	libexpat1-dev zlib1g-dev clang-format gettext

# The release's number stands in the header alone. The soname has a number of its own, which grows
# only when a program that was linked before would no longer run.
VERSION := $(shell sed -n 's/^.define RELCOORD_VERSION_.* //p' include/relcoord.h | paste -sd . -)
SONAME = librelcoord.so.0
LIBRARY = librelcoord.so.$(VERSION)
FORMATS_SONAME = librelcoord-formats.so.0
FORMATS_LIBRARY = librelcoord-formats.so.$(VERSION)

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
MAKEFLAGS += --no-print-directory --no-builtin-rules

# $(call need,TOOL): the start of a recipe that cannot do without it. V=1 shows every command.
need = command -v $(1) >/dev/null || \
	{ echo "$(1) is missing: run 'make setup', which installs it" >&2; exit 1; }
say = $(if $(V),,@echo '  $(1) $@';)
quote = '$(subst ','\'',$(1))'

# ---- Setup --------------------------------------------------------------------------------------

.PHONY: setup
setup: ## install the Debian packages that are missing, then go on with the other goals
	@sh tests/install/packages.sh $(PACKAGES)

# `make setup demo`: what setup installed must be seen, so the goals after it get a make of their
# own.
later := $(if $(filter setup,$(MAKECMDGOALS)),$(filter-out setup,$(MAKECMDGOALS)))
ifneq ($(later),)

.PHONY: $(later) after-setup
after-setup: setup
	@$(MAKE) $(later)
$(later): after-setup
	@:

else

# ---- Flavours -----------------------------------------------------------------------------------
# `make FLAVOUR=asan …` builds in .build/asan; no object is shared among flavours.

OUT = .build$(if $(FLAVOUR),/$(FLAVOUR))
NO_UNDEFINED = -Wl,-z,defs

sanitize = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ifeq ($(FLAVOUR),asan)
flavour = -O1 $(sanitize) -Werror
else ifeq ($(FLAVOUR),tsan)
flavour = -O1 -fsanitize=thread
else ifeq ($(FLAVOUR),valgrind)
flavour = -Werror
else ifeq ($(FLAVOUR),clang)
override CC := $(CLANG)
flavour = -fsanitize=undefined -fno-sanitize-recover=all -Werror
NO_UNDEFINED = # clang leaves its sanitizer's functions to the program
else ifeq ($(FLAVOUR),fuzz)
override CC := $(CLANG)
flavour = -O1 $(sanitize) -fsanitize=fuzzer-no-link
else ifneq ($(FLAVOUR),)
$(error FLAVOUR is asan, tsan, valgrind, clang or fuzz, not $(FLAVOUR))
endif

# ---- Building -----------------------------------------------------------------------------------

objects = $(patsubst %.c,$(OUT)/obj/%.o,$(1))
# A room of lib/ may have rooms of its own, two floors deep.
lib_sources := $(wildcard lib/*/*.c lib/*/*/*.c)
lib_headers := $(wildcard lib/*/*.h lib/*/*/*.h)
lib_objects := $(call objects,$(lib_sources)) $(OUT)/obj/lib/words/catalogue.o
catalogues := $(sort $(wildcard lib/words/*.po))
# What loads relcoord-formats is compiled into those that do, and the library's own files are not:
# but for FORMATS=inside, which is for a tool that is linked statically and can load nothing.
formats_loading = bindings/formats/load.c bindings/formats/kind.c
formats_sources := $(filter-out bindings/formats/load.c,\
	$(wildcard bindings/formats/*.c bindings/formats/*/*.c))
formats_objects := $(call objects,$(formats_sources))
formats_built := $(and $(EXPAT_LIBS),$(ZLIB_LIBS))
FORMATS = loaded
tool_sources = $(sort $(wildcard bindings/cli/*.c) $(formats_loading) \
	$(if $(filter inside,$(FORMATS)),$(formats_sources)))
tool_objects := $(call objects,$(tool_sources))
suite_sources := $(wildcard tests/c/*/check_*.c)
test_objects := $(call objects,$(suite_sources) $(wildcard tests/c/*.c))
suites := $(sort $(patsubst check_%.c,%,$(notdir $(suite_sources))))
fuzz_entries := $(patsubst tests/fuzz/%.c,%,\
	$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
man_pages := $(OUT)/man/relcoord.1 $(filter-out man/relcoord.1,$(wildcard man/*.[1-9]))

# -ffp-contract=off: the same figures on every machine.
compile = $(CC) $(CPPFLAGS) $(CFLAGS) -std=c11 -D_POSIX_C_SOURCE=200809L -fPIC \
	-fvisibility=hidden -ffp-contract=off -pthread -Wall -Wextra -Wconversion -Wshadow $(flavour)
link = $(CC) $(CFLAGS) $(flavour) $(LDFLAGS) -Wl,--as-needed
lib_libs = $(CSV_LIBS) $(GSL_LIBS) -lpthread
formats_libs = $(READSTAT_LIBS) $(EXPAT_LIBS) $(ZLIB_LIBS) -lm -lpthread
formats_has = $(if $(READSTAT_LIBS),-DHAVE_READSTAT) \
	$(if $(filter inside,$(FORMATS)),-DFORMATS_INSIDE)
tool_libs = $(if $(filter inside,$(FORMATS)),$(formats_libs)) -ldl

.PHONY: all FORCE
.DEFAULT_GOAL := all
all: $(OUT)/lib/$(LIBRARY) $(OUT)/lib/librelcoord.a
all: $(if $(formats_built),$(OUT)/lib/$(FORMATS_LIBRARY))
all: $(OUT)/bin/relcoord $(OUT)/man/relcoord.1 ## the libraries, the tool, its manual (the default)

$(OUT)/obj/lib/%.o: includes = -Iinclude -Ilib
$(OUT)/obj/bindings/%.o: includes = -Iinclude -Ibindings/formats $(formats_has)
$(OUT)/obj/tests/%.o: includes = -Iinclude -Ilib -Itests/c -Itests -I$(OUT) $(CHECK_CFLAGS)
$(test_objects): $(OUT)/suites.h

$(OUT)/obj/%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(compile) $(includes) -MMD -MP -c -o $@ $<

$(OUT)/obj/lib/words/catalogue.o: $(OUT)/made/catalogue.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(compile) $(includes) -MMD -MP -c -o $@ $<

$(OUT)/made/catalogue.c: lib/words/compile.awk $(catalogues)
	@mkdir -p $(@D)
	$(call say,AWK)LC_ALL=C awk -f lib/words/compile.awk $(catalogues) >$@

$(OUT)/lib/$(LIBRARY): $(lib_objects) lib/relcoord.map
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -shared -Wl,-soname,$(SONAME) \
		-Wl,--version-script,lib/relcoord.map $(NO_UNDEFINED) \
		-o $@ $(lib_objects) $(lib_libs)
	@ln -sf $(LIBRARY) $(@D)/$(SONAME)
	@ln -sf $(LIBRARY) $(@D)/librelcoord.so

# One object whose only global names are those of relcoord.h: a program may have a fail() of its
# own.
$(OUT)/lib/librelcoord.a: $(lib_objects)
	@mkdir -p $(@D)
	$(call say,AR)$(LD) -r -o $(OUT)/lib/relcoord.o $(lib_objects) && \
		$(OBJCOPY) --localize-hidden $(OUT)/lib/relcoord.o && rm -f $@ && \
		$(AR) rcs $@ $(OUT)/lib/relcoord.o && rm $(OUT)/lib/relcoord.o

$(OUT)/lib/$(FORMATS_LIBRARY): $(formats_objects) bindings/formats/relcoord-formats.map \
		$(OUT)/lib/$(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -shared -Wl,-soname,$(FORMATS_SONAME) \
		-Wl,--version-script,bindings/formats/relcoord-formats.map $(NO_UNDEFINED) \
		-o $@ $(formats_objects) -L$(OUT)/lib -lrelcoord $(formats_libs)
	@ln -sf $(FORMATS_LIBRARY) $(@D)/$(FORMATS_SONAME)
	@ln -sf $(FORMATS_LIBRARY) $(@D)/librelcoord-formats.so

# The older tag of the two counts for what is loaded later, too, by whichever sanitizer's dlopen.
$(OUT)/bin/relcoord: rpath = -Wl,--disable-new-dtags,-rpath,'$$ORIGIN/../lib'
$(OUT)/bin/relcoord $(OUT)/install/relcoord: $(tool_objects) $(OUT)/lib/$(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) $(rpath) -o $@ $(tool_objects) -L$(OUT)/lib -lrelcoord $(tool_libs)

# What the tool says of its analyses, where its page has a place for it.
$(OUT)/man/relcoord.1: man/relcoord.1 man/fill.awk $(OUT)/bin/relcoord
	@mkdir -p $(@D)
	$(call say,MAN)cd $(@D) && for table in analyses tables options; do \
		LC_ALL=C ../bin/relcoord analyses --table $$table --format csv -o $$table.csv || exit 1; \
	done && LC_ALL=C awk -f "$(CURDIR)/man/fill.awk" analyses.csv tables.csv options.csv \
		"$(CURDIR)/$<" >$(@F)

# The tests reach private functions, so they take the library's objects.
$(OUT)/tests/check: $(test_objects) $(lib_objects)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -o $@ $^ $(CHECK_LIBS) $(lib_libs)

$(OUT)/replay/%: $(OUT)/obj/tests/fuzz/%.o $(OUT)/obj/tests/fuzz/replay.o $(lib_objects)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -o $@ $^ $(lib_libs)

$(OUT)/fuzz/%: $(OUT)/obj/tests/fuzz/%.o $(lib_objects)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -fsanitize=fuzzer -o $@ $^ $(lib_libs)

# Programs of the tests that look into the library: what goes to R, and simulations of coverage.
$(OUT)/programs/%: $(OUT)/obj/tests/%.o $(lib_objects)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -o $@ $^ $(lib_libs)

# $(call update,LINES): writes the target only when it would change, so that what follows is
# rebuilt. Parts of the tests that run side by side may all be at it.
update = mkdir -p $(@D) && new=$@.$$$$ && printf '%s\n' $(1) >$$new && \
	if cmp -s $$new $@; then rm $$new; else mv $$new $@; fi

built_by = $(compile) $(link) $(lib_libs) $(formats_has) $(formats_libs) $(tool_libs)
$(OUT)/flags: FORCE
	@$(call need,$(firstword $(CC)))
	@[ -e $@ ] || printf '#include <csv.h>\n#include <gsl/gsl_version.h>\n' | \
		$(CC) $(CPPFLAGS) -E - >/dev/null 2>&1 || \
		{ echo "libcsv-dev or libgsl-dev is missing: run 'make setup', which installs it" >&2; exit 1; }
	@$(call update,$(call quote,$(built_by)))

$(OUT)/suites.h: FORCE
	@$(call need,$(PKG_CONFIG))
	@[ -e $@ ] || printf '#include <check.h>\n' | $(CC) $(CPPFLAGS) -E - >/dev/null 2>&1 || \
		{ echo "check is missing: run 'make setup', which installs it" >&2; exit 1; }
	@$(call update,$(foreach suite,$(suites),'SUITE($(suite))'))

below_prefix = $(patsubst $(prefix)/%,$${prefix}/%,$(1))
$(OUT)/relcoord.pc: FORCE
	@$(call update,'prefix=$(prefix)' 'libdir=$(call below_prefix,$(libdir))' \
		'includedir=$(call below_prefix,$(includedir))' '' 'Name: relcoord' \
		'Description: Scores the relational-coordination survey' 'Version: $(VERSION)' \
		'Libs: -L$${libdir} -lrelcoord' 'Libs.private: $(lib_libs)' 'Cflags: -I$${includedir}')

$(OUT)/relcoord-formats.pc: FORCE
	@$(call update,'prefix=$(prefix)' 'libdir=$(call below_prefix,$(libdir))' \
		'includedir=$(call below_prefix,$(includedir))' '' 'Name: relcoord-formats' \
		'Description: Reads SPSS and Stata files and workbooks for relcoord' 'Version: $(VERSION)' \
		'Requires: relcoord = $(VERSION)' 'Libs: -L$${libdir} -lrelcoord-formats' \
		'Libs.private: $(formats_libs)' 'Cflags: -I$${includedir}')

# ---- The package for R --------------------------------------------------------------------------
# Assembled below .build/ with the library's sources, which bindings/r does not hold.

r_package = .build/r/relcoord_$(VERSION).tar.gz
r_plain = .build/r/plain/relcoord_$(VERSION).tar.gz
r_library = .build/r/library/relcoord/DESCRIPTION
.PHONY: r-package
r-package: $(r_package) ## the package for R, for R CMD INSTALL

.build/r/assembled: $(wildcard bindings/r/* bindings/r/R/* bindings/r/man/* \
		bindings/r/src/*.[ch] bindings/r/tools/* bindings/r/vignettes/* bindings/r/tests/* \
		bindings/r/tests/*/*) $(lib_sources) $(lib_headers) include/relcoord.h \
		lib/words/compile.awk $(catalogues) bindings/formats/load.c $(formats_sources) \
		$(wildcard bindings/formats/*.h bindings/formats/*/*.h) \
		$(example) $(wildcard tests/examples/enplan/*.csv tests/examples/partnership/*.csv)
	@$(call need,R)
	@rm -rf .build/r/relcoord && mkdir -p .build/r/plain && cp -R bindings/r .build/r/relcoord
	@cd .build/r/relcoord && ./cleanup && sh tools/gather ../../..
	@touch $@

# To build the vignettes R installs the package first, here with this build's library: `R CMD check`
# compiles its own.
$(r_package): .build/r/assembled $(OUT)/uninstalled/relcoord.pc $(OUT)/lib/$(LIBRARY)
	$(call say,R)cd .build/r && PKG_CONFIG_PATH="$(CURDIR)/$(OUT)/uninstalled" \
		R CMD build relcoord >build.log 2>&1 || { cat build.log >&2; exit 1; }

# The tests do without vignettes.
$(r_plain): .build/r/assembled
	$(call say,R)cd .build/r/plain && R CMD build --no-build-vignettes ../relcoord >build.log 2>&1 || \
		{ cat build.log >&2; exit 1; }

$(r_library): $(r_plain)
	@mkdir -p .build/r/library
	$(call say,R)MAKEFLAGS=-j2 R CMD INSTALL --library=.build/r/library \
		--configure-args=--with-bundled $< >.build/r/install.log 2>&1 || \
		{ cat .build/r/install.log >&2; exit 1; }

-include $(shell find $(OUT)/obj -name '*.d' 2>/dev/null)

# ---- Trying it ----------------------------------------------------------------------------------

.PHONY: demo help version
demo: all ## build, then show an example's matrix and summary
	@for analysis in matrix summary; do \
		echo "\$$ $(OUT)/bin/relcoord $$analysis $(example)"; \
		$(OUT)/bin/relcoord $$analysis $(example) || exit 1; \
		echo; \
	done
	@echo "Try next:"
	@echo "  $(OUT)/bin/relcoord matrix $(example) --format csv"
	@echo "  $(OUT)/bin/relcoord --help        what else it does"
	@echo "  mandoc -a $(OUT)/man/relcoord.1     its manual"
	@echo "  make check, make install            test it, keep it"
example = tests/examples/clerkship/survey.csv

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' Makefile | \
		while IFS='	' read -r target words; do printf '  %-14s %s\n' "$$target" "$$words"; done

version: ## print the version
	@echo $(VERSION)

# ---- Tests --------------------------------------------------------------------------------------
# $(call part,NAME) COMMAND: runs a part of the tests, and says what it counted and how long it
# took. It finds the tool in $RELCOORD and an empty folder of its own in $BUILD.
part = @MAKE=$(call quote,$(MAKE)) CC=$(call quote,$(CC)) CXX=$(call quote,$(CXX)) LC_ALL=C.UTF-8 \
	CK_TIMEOUT_MULTIPLIER=10 RELCOORD="$(CURDIR)/$(OUT)/bin/relcoord" \
	sh tests/part.sh $(if $(FLAVOUR),$(FLAVOUR)/)$(1)

.PHONY: check check-quick check-full check-c check-forked check-locale check-replay check-cli \
	check-golden check-golden-c check-coverage check-man check-abi check-r check-r-package \
	check-python check-python-install check-house check-circles check-setup check-install \
	check-configure check-valgrind check-growth snapshot abi-baseline bench fuzz

# What check and check-full run, as FLAVOUR/PART; plain is the flavour without a name. The parts go
# side by side, on all processors, so those that take longest come first. What one says is printed
# whole when it ends.
parts_of_check = \
	asan/check-golden \
	asan/check-locale \
	plain/check-golden-c \
	plain/check-r \
	plain/check-python \
	plain/check-python-install \
	asan/check-cli \
	plain/check-abi \
	plain/check-install \
	plain/check-forked \
	asan/check-man \
	asan/check-replay \
	plain/check-circles \
	plain/check-house \
	plain/check-setup
parts_of_check_full = \
	valgrind/check-valgrind \
	plain/check-configure \
	plain/check-growth \
	plain/check-r-package \
	clang/check-golden \
	clang/check-cli \
	clang/check-forked

check: ## run every test
	@$(MAKE) $(side_by_side) $(parts_of_check)

check-full: ## also valgrind, clang, a configured build, R's own checks
	@$(MAKE) $(side_by_side) $(parts_of_check_full)

check-quick: check-house check-circles check-forked check-cli ## what to run before every commit

side_by_side = --output-sync=target $(if $(findstring --jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

# A flavour is built before its parts run, each of which would else build it; and plain first, whose
# tool `make demo` shows, which the tests of the tool run in every flavour.
builds = $(addsuffix /built,plain asan clang valgrind)
.PHONY: built $(builds) $(parts_of_check) $(parts_of_check_full)
built: all $(OUT)/install/relcoord $(OUT)/tests/check $(addprefix $(OUT)/replay/,$(fuzz_entries)) \
	$(OUT)/programs/golden/stats/weights $(OUT)/programs/golden/stats/draws
$(builds): %/built:
	@$(MAKE) FLAVOUR=$(filter-out plain,$*) built
$(filter-out plain/built,$(builds)): plain/built

.SECONDEXPANSION:
$(parts_of_check) $(parts_of_check_full): $$(@D)/built
	@$(MAKE) FLAVOUR=$(filter-out plain,$(@D)) $(@F)

# From here on each part can be run alone, and in any flavour: make FLAVOUR=clang check-cli

# Leaks are looked for once, at the end of a suite in one process: after each forked test it takes
# minutes.
check-c: check-forked ## the library's tests in C, which need nothing but C
	$(call part,c-one-process) env CK_FORK=no sh tests/suites.sh $(OUT)/tests/check

check-forked: all $(OUT)/tests/check check-replay ## the same, each in a process of its own only
	$(call part,c) env CK_FORK=yes ASAN_OPTIONS=detect_leaks=0 sh tests/suites.sh $(OUT)/tests/check
	$(call part,golden-committed) sh tests/golden/run.sh --committed

check-locale: $(OUT)/tests/check ## the tests in C in a locale that writes 0,5
	@$(call need,$(LOCALEDEF))
	@mkdir -p .build/locale
	@[ -d .build/locale/da_DK.UTF-8 ] || $(LOCALEDEF) -i da_DK -f UTF-8 .build/locale/da_DK.UTF-8 || \
		{ echo "the locale cannot be made: run 'make setup', which installs its source" >&2; exit 1; }
	$(call part,c-locale) env LOCPATH=.build/locale LC_ALL=da_DK.UTF-8 CK_FORK=no \
		sh tests/suites.sh $(OUT)/tests/check

check-replay: $(addprefix $(OUT)/replay/,$(fuzz_entries)) ## the fuzzers' corpus, without a fuzzer
	$(call part,replay) sh tests/fuzz/replay.sh $^

check-cli: all ## the command line tool
	$(call part,cli) sh tests/each.sh tests/cli/*.sh

check-golden: all $(OUT)/programs/golden/stats/draws ## the tool's figures against R's
	@$(call need,Rscript)
	$(call part,golden) sh tests/golden/run.sh

check-golden-c: $(OUT)/programs/golden/stats/weights ## R's figures in the tests in C are still R's
	@$(call need,Rscript)
	$(call part,golden-bootstrap) sh tests/golden/stats/bootstrap.sh \
		$(OUT)/programs/golden/stats/weights
	$(call part,golden-factor) Rscript tests/golden/stats/factor.R tests/golden/stats/factor.h

check-man: all ## the manual pages and their examples
	@$(call need,mandoc)
	$(call part,man-lint) mandoc -Tlint -W warning $(man_pages)
	$(call part,man-examples) sh tests/man-examples.sh

check-abi: $(OUT)/lib/$(LIBRARY) ## the C ABI against its committed description
	@$(call need,abidiff)
	$(call part,abi) sh tests/abi/check.sh $(OUT)/lib/$(LIBRARY)
	$(call part,abi-selftest) sh tests/abi/selftest.sh

check-r: all $(r_library) ## the package for R
	@$(call need,Rscript)
	$(call part,r) env R_LIBS="$(CURDIR)/.build/r/library" RELCOORD_TREE="$(CURDIR)" \
		Rscript bindings/r/tests/testthat.R

check-r-package: all $(r_package) ## the package for R, as R checks packages
	$(call part,r-package) sh tests/r-package.sh $(r_package)

snapshot: all ## write tests/abi/analyses.json, what the registry says of itself, anew
	LC_ALL=C $(OUT)/bin/relcoord analyses --format json -o tests/abi/analyses.json

abi-baseline: $(OUT)/lib/$(LIBRARY) ## write tests/abi/baseline.abi anew, after a meant change
	@$(call need,abidw)
	sh tests/abi/baseline.sh $(OUT)/lib/$(LIBRARY) >.build/baseline.abi
	mv .build/baseline.abi tests/abi/baseline.abi

check-house: ## the rules that the sources keep
	@$(call need,shellcheck)
	$(call part,house) sh tests/check-house.sh

check-circles: $(lib_objects) ## that no files and no folders of lib/ need each other
	@$(call need,nm)
	$(call part,circles) sh tests/check-circles.sh $(OUT)/obj

check-setup: ## `make setup` with other goals
	$(call part,setup) sh tests/install/setup.sh

check-install: all $(OUT)/install/relcoord ## install, use from C and C++, uninstall
	@$(call need,$(firstword $(CXX)))
	$(call part,install) sh tests/install/install.sh

# The package is built as if this build's library was installed, in an environment with all it works
# with.
check-python: $(OUT)/python/ready all ## the Python package
	$(call part,python) env PYTHONDONTWRITEBYTECODE=1 $(OUT)/python/venv/bin/python -m pytest -q \
		-p no:cacheprovider tests/python

check-python-install: all ## pip install of the tree and of an archive, each where nothing else is
	$(call part,python-install) sh tests/install/python.sh

$(OUT)/python/ready: $(OUT)/python/venv/ready $(OUT)/uninstalled/relcoord.pc $(OUT)/lib/$(LIBRARY) \
		$(wildcard bindings/python/*.* bindings/python/relcoord/*.*)
	$(call say,PIP)PKG_CONFIG_PATH="$(CURDIR)/$(OUT)/uninstalled" RELCOORD_BUILD=installed \
		$(OUT)/python/venv/bin/pip install -q --no-build-isolation --no-deps \
		--force-reinstall ./bindings/python
	@touch $@

$(OUT)/uninstalled/relcoord.pc: FORCE
	@$(call update,'Name: relcoord' 'Description: this build' 'Version: $(VERSION)' \
		'libdir=$(CURDIR)/$(OUT)/lib' 'Libs: -L$${libdir} -lrelcoord' 'Cflags: -I$(CURDIR)/include')

$(OUT)/python/venv/ready: tests/python/requirements.txt
	@python3 -c 'import ensurepip' 2>/dev/null || \
		{ echo "python3-venv is missing: run 'make setup', which installs it" >&2; exit 1; }
	$(call say,VENV)python3 -m venv --clear $(@D) && $(@D)/bin/pip install -q -r $<
	@touch $@

check-configure: ## a build by ./configure, and one from the tarball of `make dist`
	@$(call need,autoconf)
	$(call part,configure) sh tests/install/configure.sh

check-valgrind: all $(OUT)/tests/check
	@$(call need,valgrind)
	$(call part,c) sh tests/valgrind.sh $(OUT)/tests/check
	$(call part,cli) sh tests/valgrind.sh

check-growth: all $(OUT)/programs/growth/growth ## how work grows with the data
	@$(call need,valgrind)
	$(call part,growth) sh tests/growth/growth.sh $(CURDIR)/$(OUT)/programs/growth/growth

coverage_programs := $(patsubst tests/%.c,$(OUT)/programs/%,$(wildcard tests/coverage/*.c))
check-coverage: $(coverage_programs) ## how often intervals hold the truth
	$(call part,coverage) sh -c 'for program; do "$$program" || status=1; done; exit $$status' sh $^

bench: all ## time and memory
	$(call part,bench) env OBJECTS="$(addprefix $(CURDIR)/,$(lib_objects))" sh tests/bench/bench.sh

fuzz: ## look for inputs that break it, FUZZ_SECONDS=60 for each entry
	@$(MAKE) FLAVOUR=fuzz run-fuzz
.PHONY: run-fuzz
run-fuzz: $(addprefix $(OUT)/fuzz/,$(fuzz_entries))
	@sh tests/fuzz/fuzz.sh $(FUZZ_SECONDS) $^

# ---- Installing ---------------------------------------------------------------------------------

.PHONY: install uninstall
# FUNCTION:PAGE for each function that the NAME section of a page lists, so that `man FUNCTION`
# finds it.
man_aliases = $(shell for page in man/*.3; do \
	sed -n '/^\.Sh NAME/,/^\.Nd/s/^\.Nm \([a-z_]*\).*/\1/p' "$$page" | \
	while read -r name; do [ -e "man/$$name.3" ] || echo "$$name:$${page$(hash)man/}"; done; done)

install: all $(OUT)/install/relcoord $(OUT)/relcoord.pc $(if $(formats_built),install-formats)
install: ## below $(prefix), after $(DESTDIR)
	install -d "$(DESTDIR)$(bindir)" "$(DESTDIR)$(libdir)/pkgconfig" "$(DESTDIR)$(includedir)"
	install -m 755 $(OUT)/install/relcoord "$(DESTDIR)$(bindir)/relcoord"
	install -m 755 $(OUT)/lib/$(LIBRARY) "$(DESTDIR)$(libdir)/$(LIBRARY)"
	ln -sf $(LIBRARY) "$(DESTDIR)$(libdir)/$(SONAME)"
	ln -sf $(LIBRARY) "$(DESTDIR)$(libdir)/librelcoord.so"
	install -m 644 $(OUT)/lib/librelcoord.a "$(DESTDIR)$(libdir)/librelcoord.a"
	install -m 644 include/relcoord.h "$(DESTDIR)$(includedir)/relcoord.h"
	install -m 644 $(OUT)/relcoord.pc "$(DESTDIR)$(libdir)/pkgconfig/relcoord.pc"
	@for page in $(man_pages); do \
		folder="$(DESTDIR)$(mandir)/man$${page##*.}"; \
		install -d "$$folder" && install -m 644 "$$page" "$$folder/" || exit 1; \
	done
	@for alias in $(man_aliases); do \
		echo ".so man3/$${alias#*:}" >"$(DESTDIR)$(mandir)/man3/$${alias%:*}.3" || exit 1; \
	done
	@[ -n "$(DESTDIR)" ] || [ "$$(id -u)" != 0 ] || PATH="$$PATH:/usr/sbin:/sbin" ldconfig

# Apart from the rest for packagers, whose package of it needs ReadStat and the core's does not.
.PHONY: install-formats
install-formats: all $(OUT)/relcoord-formats.pc
	install -d "$(DESTDIR)$(libdir)/pkgconfig" "$(DESTDIR)$(includedir)"
	install -m 755 $(OUT)/lib/$(FORMATS_LIBRARY) "$(DESTDIR)$(libdir)/$(FORMATS_LIBRARY)"
	ln -sf $(FORMATS_LIBRARY) "$(DESTDIR)$(libdir)/$(FORMATS_SONAME)"
	ln -sf $(FORMATS_LIBRARY) "$(DESTDIR)$(libdir)/librelcoord-formats.so"
	install -m 644 bindings/formats/relcoord-formats.h "$(DESTDIR)$(includedir)/relcoord-formats.h"
	install -m 644 $(OUT)/relcoord-formats.pc "$(DESTDIR)$(libdir)/pkgconfig/relcoord-formats.pc"

uninstall: ## remove what install put there
	cd "$(DESTDIR)$(libdir)" && rm -f $(LIBRARY) $(SONAME) librelcoord.so librelcoord.a \
		pkgconfig/relcoord.pc $(FORMATS_LIBRARY) $(FORMATS_SONAME) librelcoord-formats.so \
		pkgconfig/relcoord-formats.pc
	rm -f "$(DESTDIR)$(bindir)/relcoord" "$(DESTDIR)$(includedir)/relcoord.h" \
		"$(DESTDIR)$(includedir)/relcoord-formats.h"
	@for page in $(man_pages); do rm -f "$(DESTDIR)$(mandir)/man$${page##*.}/$${page##*/}"; done
	@for alias in $(man_aliases); do rm -f "$(DESTDIR)$(mandir)/man3/$${alias%:*}.3"; done

# ---- The checkout -------------------------------------------------------------------------------

.PHONY: configure dist clean distclean format
format: ## lay out the C sources as .clang-format says
	@$(call need,clang-format)
	@$(call need,git)
	git ls-files -co --exclude-standard '*.[ch]' | xargs clang-format -i

configure: ## write ./configure, by autoconf
	@$(call need,autoconf)
	@mkdir -p .build
	autom4te --language=autoconf --cache=.build/autom4te.cache --output=configure configure.ac

dist: configure ## the last commit as .build/relcoord-VERSION.tar.gz, with ./configure
	@$(call need,git)
	git archive --format=tar --prefix=relcoord-$(VERSION)/ -o .build/relcoord-$(VERSION).tar HEAD
	tar -rf .build/relcoord-$(VERSION).tar --owner=0 --group=0 --mtime="$$(git log -1 --format=%cI)" \
		--transform='s,^,relcoord-$(VERSION)/,' configure
	gzip -nf .build/relcoord-$(VERSION).tar

clean: ## remove what was built, but not what ./configure found
	@[ ! -d .build ] || find .build -mindepth 1 -maxdepth 1 ! -name config.mk -exec rm -rf {} +

distclean: ## remove all that is not in the repository
	cd bindings/r && ./cleanup
	rm -rf .build configure configure~ config.log config.status autom4te.cache

endif
