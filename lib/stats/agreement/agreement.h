/* Agreement of the raters in a group on one or several items: rwg, Lindell's r*wg, average
 * deviations, a_wg, and what many groups give together. Exact ratios of whole numbers where answers
 * are counted. The formulas stand in relcoord-methods(7), Agreement and aggregation. */
#ifndef STATS_AGREEMENT_AGREEMENT_H
#define STATS_AGREEMENT_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Null distributions ---- */

/* How raters answer who do not agree at all, on a scale of five (LeBreton & Senter 2008, table
 * 2). */
typedef enum agreement_null {
    NULL_UNIFORM,
    NULL_SLIGHT_SKEW,
    NULL_MODERATE_SKEW,
    NULL_HEAVY_SKEW,
    NULL_TRIANGULAR,
    NULL_NORMAL,
    AGREEMENT_NULLS
} agreement_null;

/* The variance of answers under it: (A^2 - 1)/12 for the uniform one; the others have one for five
 * options alone, else NaN. */
double agreement_null_variance(agreement_null null, int options);

/* The five options' probabilities, from 1 to 5; NULL for the uniform null, which any scale has. */
const double *agreement_null_probabilities(agreement_null null);

/* ---- One group ---- */

typedef enum agreement_note {
    AGREEMENT_ONE_RATER = 1,   /* fewer than two raters: nothing has a value */
    AGREEMENT_UNEVEN = 2,      /* items with different numbers of raters: nothing has a value */
    AGREEMENT_NO_NULL = 4,     /* no variance of the null: rwg has no value */
    AGREEMENT_BEYOND_NULL = 8, /* more variance than under the null: rwg is set to 0 */
    AGREEMENT_AWG_LEFT_OUT =
        16, /* a_wg is not defined for some items, whose mean is too near an end */
    AGREEMENT_AWG_UNDEFINED = 32, /* … for none */
    AGREEMENT_AWG_FEW_RATERS = 64 /* fewer raters than options - 1: a_wg is not to be leaned on */
} agreement_note;

/* The scale: answers low, low + 1, …, `options` of them. */
typedef struct agreement_scale {
    double low;
    int options;
} agreement_scale;

typedef struct agreement {
    unsigned notes;
    int64_t raters;
    size_t items, awg_items;   /* awg_items: those for which a_wg is defined */
    double variance;           /* the mean of the items' variances (n - 1) */
    double ad_mean, ad_median; /* AD(J), about means and about medians (Burke & Dunlap 2002) */
    bool ad_mean_small, ad_median_small; /* at most a sixth of the options */
    double awg; /* a_wg(J), the mean over the defined items (Brown & Hauenstein 2005) */
} agreement;

/* From counts[item * options + option], each item answered by the same raters. Allocates
 * nothing. */
agreement agreement_of_counts(const uint32_t *counts, size_t items, agreement_scale scale);

/* From values[item * raters + rater], which need not be whole; sorts each item's values in
 * place. */
agreement agreement_of_values(double *values, size_t items, size_t raters, agreement_scale scale);

typedef struct agreement_rwg {
    unsigned notes;
    double rwg, lindell; /* rwg or rwg(J) (James, Demaree & Wolf 1984); r*wg(J), not cut off
                            (Lindell et al. 1999) */
} agreement_rwg;

/* Against a null of that variance. */
agreement_rwg agreement_against(const agreement *group, double null_variance);

/* ---- Many groups ---- */

typedef struct agreement_summary {
    size_t groups, left_out; /* with a value, without one */
    double mean, median, quartile_low, quartile_high,
        share; /* share: of the groups that reach the cut */
} agreement_summary;

/* Sorts the values in place, those that are NaN last. Quantiles of type 7. A value equal to the cut
 * but for its rounding reaches it. */
agreement_summary agreement_summarise(double *values, size_t count, double cut);

/* Sorts in place, without allocating. */
void agreement_sort(double *values, size_t count);

#endif
