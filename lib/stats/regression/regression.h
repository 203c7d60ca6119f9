/* Least squares with errors that hold where cases come in clusters: CR1 (factor m/(m-1), t with m-1
 * degrees of freedom) and CR2 (Bell & McCaffrey 2002) with Satterthwaite degrees of freedom, as R's
 * clubSandwich computes them (Pustejovsky & Tipton 2018). No matrix of a cluster's cases is made:
 * time grows with cases and clusters, memory with cases. */
#ifndef STATS_REGRESSION_REGRESSION_H
#define STATS_REGRESSION_REGRESSION_H

#include <stdint.h>

#include "relcoord.h"

typedef enum regression_errors {
    REGRESSION_CR2,
    REGRESSION_CR1,
    REGRESSION_CLASSICAL
} regression_errors;

typedef struct regression_data {
    size_t n, terms;
    const double *x; /* n x terms, an intercept among them if there is to be one */
    const double *y;
    const uint32_t
        *cluster; /* by case, cases of one standing together; not looked at for classical errors */
} regression_data;

typedef enum regression_reason {
    REGRESSION_DONE,
    REGRESSION_FEW_CASES, /* not more than terms */
    REGRESSION_CONSTANT,  /* y does not vary */
    REGRESSION_SINGULAR   /* a term follows from those before it: *which */
} regression_reason;

typedef struct regression {
    regression_reason reason;
    size_t which;         /* the term that follows from others */
    size_t clusters;      /* without errors where they are fewer than two, or than the terms */
    double r2, sigma, df; /* share of the squares about the mean; root of the residual squares over
                             df = n - terms */
} regression;

typedef struct regression_term {
    double estimate, se, df, t, p; /* NaN for none */
} regression_term;

/* Fits; out_terms has room for all terms. RELCOORD_ENOMEM is the only failure. */
relcoord_status regression_fit(const regression_data *data, regression_errors errors,
                               regression *out, regression_term *out_terms, relcoord_error *err);

/* How far a term's interval reaches either way; NaN where it has no error. */
double regression_reach(const regression_term *term, double confidence);

#endif
