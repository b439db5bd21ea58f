# hbhealth: health data types and analysis for PostgreSQL
#
# make, make install, make installcheck	plain PGXS, in the checkout or with VPATH
# make demo, make test			a newcomer's two commands; see doc/development.md

EXTENSION  = hbhealth
MODULE_big = hbhealth

# To add a file, add a line to its domain. The order of SQL_PARTS is the order of installation.
# generated/X_type.sql, X_set.sql and X_crosswalk.sql are the kits of a code type X, of its
# sets, and of its editions; X_index.sql is that of a comorbidity index, X_state.sql that of
# a type X which is the state of an aggregate.
OBJS = src/hbhealth.o $(OBJS_common) $(OBJS_icd) $(OBJS_ident) $(OBJS_base) $(OBJS_deid) $(OBJS_risk) $(OBJS_claims)

OBJS_common = \
	src/common/code.o \
	src/common/code_core.o \
	src/common/codeset.o \
	src/common/codeset_core.o \
	src/common/crypto.o \
	src/common/decimal.o \
	src/common/fold.o \
	src/common/math.o \
	src/common/math_counts.o \
	src/common/names.o \
	src/common/object.o \
	src/common/order.o \
	src/common/ranges.o \
	src/common/sex.o \
	src/common/state.o \
	src/common/text.o \
	src/common/title.o

OBJS_icd = \
	src/icd/comorbidity_agg.o \
	src/icd/comorbidity_core.o \
	src/icd/icd10_core.o \
	src/icd/icd10_io.o \
	src/icd/icd10_set.o \
	src/icd/icd10_tables.o \
	src/icd/icd9cm3_core.o \
	src/icd/icd9cm3_io.o

OBJS_ident = \
	src/ident/cn_division.o \
	src/ident/cn_division_core.o \
	src/ident/cn_id_core.o \
	src/ident/cn_id_io.o \
	src/ident/format.o \
	src/ident/format_core.o \
	src/ident/gb2260.o \
	src/ident/gb2260_core.o \
	src/ident/shape_core.o \
	src/ident/uscc.o \
	src/ident/uscc_core.o

OBJS_base = \
	src/base/bill.o \
	src/base/care.o \
	src/base/event.o \
	src/base/facts.o \
	src/base/load.o \
	src/base/people.o \
	src/base/places.o \
	src/base/province.o \
	src/base/province_core.o \
	src/base/rng_core.o \
	src/base/scheme.o \
	src/base/sink.o \
	src/base/target.o

OBJS_deid = \
	src/deid/ff1_core.o \
	src/deid/fpe.o \
	src/deid/fpe_core.o \
	src/deid/generalize.o \
	src/deid/kek.o \
	src/deid/key.o \
	src/deid/key_admin.o \
	src/deid/mask.o \
	src/deid/mask_address_core.o \
	src/deid/mask_core.o \
	src/deid/privacy_core.o \
	src/deid/privacy_sizes.o \
	src/deid/privacy_values.o \
	src/deid/pseudonym.o \
	src/deid/pseudonym_core.o \
	src/deid/release.o

OBJS_risk = \
	src/risk/acute_core.o \
	src/risk/assess.o \
	src/risk/assess_core.o \
	src/risk/calibration.o \
	src/risk/cn_guideline_core.o \
	src/risk/cvd_core.o \
	src/risk/kidney_core.o \
	src/risk/liver_core.o \
	src/risk/lung_core.o \
	src/risk/metabolic_core.o \
	src/risk/points_core.o \
	src/risk/prevent_core.o \
	src/risk/risk_call.o \
	src/risk/risk_catalogue.o \
	src/risk/risk_explain.o \
	src/risk/stroke_core.o \
	src/risk/unit.o

OBJS_claims = \
	src/claims/argument.o \
	src/claims/benford.o \
	src/claims/benford_core.o \
	src/claims/busy.o \
	src/claims/coadmission.o \
	src/claims/components.o \
	src/claims/concentration.o \
	src/claims/covisit.o \
	src/claims/covisit_pairs.o \
	src/claims/drg.o \
	src/claims/drg_state.o \
	src/claims/medcouple.o \
	src/claims/pair_conflict.o \
	src/claims/peers.o \
	src/claims/peers_fit.o \
	src/claims/robust.o \
	src/claims/robust_window.o \
	src/claims/rolling.o \
	src/claims/sample.o \
	src/claims/stay.o \
	src/claims/stay_regularity.o \
	src/claims/supply.o

SQL_PARTS = $(SQL_common) $(SQL_icd) $(SQL_ident) $(SQL_deid) $(SQL_risk) $(SQL_claims) $(SQL_base)

SQL_common = \
	src/hbhealth.sql \
	src/common/common.sql \
	src/common/sex.sql

SQL_icd = \
	generated/icd10_type.sql \
	generated/icd10_set.sql \
	src/icd/icd10.sql \
	generated/icd9cm3_type.sql \
	generated/icd9cm3_set.sql \
	src/icd/icd9cm3.sql \
	generated/icd10_crosswalk.sql \
	generated/icd9cm3_crosswalk.sql \
	generated/charlson_index.sql \
	generated/elixhauser_index.sql \
	src/icd/comorbidity.sql

SQL_ident = \
	generated/cn_division_type.sql \
	src/ident/cn_division.sql \
	generated/cn_id_type.sql \
	src/ident/cn_id.sql \
	src/ident/gb2260.sql \
	src/ident/uscc.sql \
	src/ident/format.sql

SQL_deid = \
	src/deid/key.sql \
	src/deid/pseudonym.sql \
	src/deid/fpe.sql \
	src/deid/mask.sql \
	src/deid/generalize.sql \
	generated/privacy_sizes_state.sql \
	generated/privacy_values_state.sql \
	src/deid/privacy.sql \
	src/deid/privacy_report.sql \
	src/deid/release.sql

SQL_risk = \
	src/risk/unit.sql \
	generated/risk_models.sql \
	src/risk/risk.sql \
	generated/roc_state.sql \
	generated/calibration_state.sql \
	src/risk/assess.sql \
	src/risk/place.sql \
	src/risk/registry.sql

SQL_claims = \
	generated/busy_state.sql \
	src/claims/busy.sql \
	src/claims/rolling.sql \
	src/claims/stay.sql \
	generated/stay_regularity_state.sql \
	src/claims/stay_regularity.sql \
	generated/coadmission_state.sql \
	src/claims/coadmission.sql \
	generated/pair_conflict_state.sql \
	src/claims/pair_conflict.sql \
	generated/supply_state.sql \
	src/claims/supply.sql \
	generated/components_state.sql \
	src/claims/components.sql \
	generated/covisit_state.sql \
	src/claims/covisit.sql \
	generated/sample_state.sql \
	src/claims/sample.sql \
	src/claims/robust.sql \
	src/claims/concentration.sql \
	generated/benford_state.sql \
	src/claims/benford.sql \
	generated/peers_state.sql \
	src/claims/peers.sql \
	generated/weighted_mean_state.sql \
	generated/drg_groups_state.sql \
	generated/bunching_state.sql \
	src/claims/drg.sql \
	src/claims/audit_method.sql \
	src/claims/audit.sql \
	src/claims/audit_rule.sql

SQL_base = \
	src/base/facts.sql \
	src/base/schema.sql \
	src/base/reference.sql \
	src/base/keys.sql \
	src/base/detach.sql \
	src/base/roles.sql \
	src/base/load.sql \
	src/base/accounts.sql \
	src/base/province.sql \
	src/base/profile.sql

# Tests of pg_regress, in order: sql/X.sql and expected/X.out.
REGRESS = setup icd10 icd10set icd10_plan icd10_array security cn_division cn_id uscc icd9cm3 comorbidity \
	$(REGRESS_base) $(REGRESS_deid) $(REGRESS_risk) $(REGRESS_claims)

REGRESS_base =

REGRESS_deid =

REGRESS_risk =

REGRESS_claims =

# GSL for statistics, ICU for text, libcrypto for ciphers, hashes and random bytes.
SHLIB_LINK += -lgsl -lgslcblas -lm -licui18n -licuuc -lcrypto

SELFDIR    := $(dir $(firstword $(MAKEFILE_LIST)))
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" $(SELFDIR)hbhealth.control)
PG_CONFIG  ?= pg_config

# Goals of developers: they build in build/ and leave the checkout alone.
DEV_GOALS = demo test bench docs docs-check lint fuzz check-upgrade format

ifneq ($(filter $(DEV_GOALS),$(MAKECMDGOALS)),)
include $(SELFDIR)tools/dev.mk
else

# One header for each table in data/; facts are compiled in, not read at run time.
TABLES     := $(wildcard $(SELFDIR)data/*/*.csv)
GENERATED   = $(patsubst %.csv,generated/%_data.h,$(notdir $(TABLES)))

INSTALL_SQL = $(EXTENSION)--$(EXTVERSION).sql
DATA_built  = $(INSTALL_SQL)
# Frozen scripts of released versions and the steps between them.
DATA        = $(patsubst $(SELFDIR)%,%,$(wildcard $(SELFDIR)src/release/*.sql))
PG_CPPFLAGS = -DHB_VERSION=\"$(EXTVERSION)\"
DEPENDENCIES = $(OBJS:=.d) $(OBJS:.o=.bc.d)
EXTRA_CLEAN = build generated $(DEPENDENCIES)

PGXS := $(shell $(PG_CONFIG) --pgxs)
ifeq ($(PGXS),)
$(error pg_config not found: run tools/install-deps, or set PG_CONFIG)
endif
REGRESS_OPTS = --inputdir=$(srcdir)
include $(PGXS)

# A VPATH build must never pick up what was built in the checkout itself.
override srcdir := $(patsubst %/,%,$(srcdir))
override VPATH :=
vpath %.c $(srcdir)
vpath %.control $(srcdir)

# The compilers, also the one for bitcode, say which headers each object used.
HB_CPPFLAGS := -I$(srcdir)/src -Igenerated $(CPPFLAGS)
override CPPFLAGS = $(HB_CPPFLAGS) -MMD -MP -MF $@.d
-include $(wildcard $(DEPENDENCIES))

$(OBJS) $(OBJS:.o=.bc): $(SELFDIR)Makefile | objdirs $(GENERATED)
src/hbhealth.o src/hbhealth.bc: $(SELFDIR)hbhealth.control

.PHONY: objdirs
objdirs:
	@$(MKDIR_P) generated $(sort $(dir $(OBJS)))

define TABLE_RULE
generated/$(basename $(notdir $(1)))_data.h: $(1) $(SELFDIR)tools/csv2c | objdirs
	$(SELFDIR)tools/csv2c $$< $$@
endef
$(foreach table,$(TABLES),$(eval $(call TABLE_RULE,$(table))))

generated/%_type.sql: $(srcdir)/src/common/code_type.sql.in | objdirs
	sed 's/@type@/$*/g' $< > $@
generated/%_set.sql: $(srcdir)/src/common/code_set.sql.in | objdirs
	sed 's/@type@/$*/g' $< > $@
generated/%_state.sql: $(srcdir)/src/common/state_type.sql.in | objdirs
	sed 's/@type@/$*/g' $< > $@
generated/%_crosswalk.sql: $(srcdir)/src/icd/crosswalk.sql.in | objdirs
	sed 's/@type@/$*/g' $< > $@
generated/charlson_index.sql: INDEX = Charlson
generated/elixhauser_index.sql: INDEX = Elixhauser
# What the tables of risk models say, as SQL and as C.
RISK_TABLES = $(addprefix $(srcdir)/data/risk/risk_,model.csv input.csv points.csv)
generated/risk_models.h: $(RISK_TABLES) $(SELFDIR)tools/risk-models | objdirs
	$(SELFDIR)tools/risk-models $(srcdir)/data/risk generated
generated/risk_models.sql: generated/risk_models.h ;
$(OBJS_risk) $(OBJS_risk:.o=.bc): | generated/risk_models.h

generated/%_index.sql: $(srcdir)/src/icd/comorbidity_index.sql.in | objdirs
	sed 's/@index@/$*/g; s/@Index@/$(INDEX)/g; s/ a elixhauser/ an elixhauser/' $< > $@

PARTS = $(foreach part,$(SQL_PARTS),$(if $(filter generated/%,$(part)),$(part),$(srcdir)/$(part)))
$(INSTALL_SQL): $(PARTS) $(SELFDIR)Makefile $(SELFDIR)hbhealth.control
	cat $(PARTS) > $@

endif
