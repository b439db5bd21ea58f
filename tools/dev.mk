# Goals of developers, included by the Makefile instead of PGXS: on a fresh
# machine pg_config exists only after tools/install-deps has run.

MAKEFLAGS += --no-print-directory
ROOT      := $(patsubst %/,%,$(abspath $(SELFDIR)))
BUILD     := $(abspath $(or $(HB_BUILD),$(ROOT)/build))
TOOLS     := $(ROOT)/tools
CLUSTER   := $(TOOLS)/tempcluster

export HB_ROOT := $(ROOT)
export HB_BUILD := $(BUILD)
export HB_REGRESS := $(REGRESS)
export PG_CONFIG

.PHONY: $(MAKECMDGOALS) build docs-build
$(filter-out $(DEV_GOALS) build docs-build,$(MAKECMDGOALS)):
	@$(MAKE) -f $(ROOT)/Makefile $@

deps:
	@$(TOOLS)/install-deps

build: deps
	@mkdir -p $(BUILD)/ext
	@flock $(BUILD) $(MAKE) -s -C $(BUILD)/ext -f $(ROOT)/Makefile all >$(BUILD)/make.log 2>&1 \
		|| { cat $(BUILD)/make.log; exit 1; }

demo: build
	@$(CLUSTER) psql -X -q -v ON_ERROR_STOP=1 -v data=test/data -f test/demo/demo.sql

# Objects and programs of test/unit; one that does not compile is a failed test.
test: build
	@$(TOOLS)/build-programs unit
	@$(CLUSTER) --no-log tools/run-tests '$(CASE)'

bench: build
	@$(TOOLS)/build-programs bench
	@$(CLUSTER) --bench --no-log test/bench/run '$(CASE)'

# Files that are written from the catalogue of the extension.
GENERATED_DOCS = reference.md base-schema.svg risk.md

docs-build: build
	@$(CLUSTER) tools/reference >$(BUILD)/reference.md
	@$(CLUSTER) tools/entity-diagram >$(BUILD)/base-schema.svg
	@$(CLUSTER) tools/risk-catalogue >$(BUILD)/risk.md

docs: docs-build
	@cd $(BUILD) && cp $(GENERATED_DOCS) $(ROOT)/doc/

docs-check: docs-build
	@for file in $(GENERATED_DOCS); do diff -u $(ROOT)/doc/$$file $(BUILD)/$$file \
		|| { echo "doc/$$file is not what the catalogue says: run make docs" >&2; exit 1; }; done

lint: build
	@$(TOOLS)/lint '$(OBJS)' '$(SQL_PARTS)' '$(EXTVERSION)'
	@$(CLUSTER) --no-log tools/run-tests pgtap/catalogue

fuzz: build
	@$(TOOLS)/build-programs fuzz
	@$(TOOLS)/run-fuzz '$(CASE)'

check-upgrade: build
	@$(CLUSTER) tools/check-upgrade

format:
	@find $(ROOT)/src $(ROOT)/test -name '*.[ch]' -exec clang-format -i {} +
