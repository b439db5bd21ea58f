/*-------------------------------------------------------------------------
 * risk_catalogue.h
 *	  The tables of models and of their inputs, compiled in once.
 *-------------------------------------------------------------------------
 */
#ifndef HB_RISK_CATALOGUE_H
#define HB_RISK_CATALOGUE_H

#include "common/compat.h"

/* For their row types; the tables themselves are kept by risk_catalogue.c alone. */
#include "risk_input_data.h"
#include "risk_model_data.h"

extern const HbRiskModelRow *hb_risk_find_model(const char *name);

/* The inputs of a model, in order. */
extern const HbRiskInputRow *hb_risk_find_inputs(const char *model, int *n);

#endif							/* HB_RISK_CATALOGUE_H */
