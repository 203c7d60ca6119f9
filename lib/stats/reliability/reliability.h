/* Reliability of a scale from its items' covariances: alpha, Guttman's lambdas, split halves,
 * items. Knows matrices and counts alone, k x k and row-major as covariance.h makes them. What can
 * be had on the covariance matrix can be had on the correlation matrix, too, and is then
 * "standardised": alpha becomes k r/(1 + (k-1) r).
 *
 * Sources: Cronbach 1951; Guttman 1945; Feldt, Woodruff & Salih 1987; Duhachek & Iacobucci 2004;
 * Geldhof, Preacher & Zyphur 2014 (two_level.h makes their matrices). */
#ifndef STATS_RELIABILITY_RELIABILITY_H
#define STATS_RELIABILITY_RELIABILITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/numbers/covariance.h"

/* ---- Coefficients ---- */

/* What there is to say of a value; they add up. A value that does not exist is NaN and always has a
 * note. */
typedef enum reliability_note {
    RELIABILITY_FEW_ITEMS = 1, /* fewer than 2: no value */
    RELIABILITY_FEW_CASES = 2, /* fewer than 3: no value */
    RELIABILITY_CONSTANT_ITEM =
        4, /* `item`, the first that does not vary; some coefficients have no value then */
    RELIABILITY_NO_VARIANCE = 8, /* the sum of the items does not vary: no value */
    RELIABILITY_EMPTY_PAIR =
        16, /* `item` and another have no covariance or correlation: no value */
    RELIABILITY_SINGULAR =
        32, /* an item follows from the others, as with fewer cases than items: no value */
    RELIABILITY_MANY_ITEMS = 64, /* too many to try all splits: no value */
    RELIABILITY_NEGATIVE =
        128, /* the value is below 0; `against` of item_statistics tells the items */
    RELIABILITY_IMPROPER =
        256 /* `item`, the first whose estimated variance is below 0; see two_level.h */
} reliability_note;

typedef struct coefficient {
    double value;
    unsigned notes; /* reliability_notes */
    size_t item;    /* from 0; k when no note names one */
} coefficient;

/* n: the cases behind the matrix; of a pairwise one, the smallest number behind any pair. */
coefficient reliability_alpha(const double *matrix, size_t k, int64_t n);
/* Its value from the matrix's sums: on and off the diagonal, and of absolute values. */
double reliability_alpha_of_sums(double diagonal, double others, double size, size_t k, int64_t n);
coefficient reliability_lambda2(const double *matrix, size_t k, int64_t n);
/* work: k x k doubles. */
coefficient reliability_lambda6(const double *matrix, size_t k, int64_t n, double *work);

/* The squared multiple correlation of each item with the others. work: k x k. False, and NaNs, when
 * the matrix is singular or an item does not vary. */
bool reliability_multiple_correlations(const double *matrix, size_t k, double *work, double *smc);

/* ---- Intervals of alpha ---- */

typedef struct alpha_interval {
    double se, low, high; /* NaN without a value */
} alpha_interval;

/* 1 - (1-alpha) F quantiles, n - 1 and (n-1)(k-1) degrees of freedom. For cases that are
 * independent: on ties of the same respondents it covers far less often than it says. It gives no
 * standard error. */
alpha_interval alpha_interval_feldt(double alpha, size_t k, int64_t n, double confidence);
/* SE sqrt(Q/n) of the covariance matrix (of the correlations: for the standardised alpha), alpha -+
 * z SE. */
alpha_interval alpha_interval_duhachek(const double *matrix, size_t k, int64_t n,
                                       double confidence);

/* ---- Split halves ---- */

enum { MOST_SPLIT_ITEMS = 14 };

/* lambda4 = 4 cov(A,B) / V_T over all distinct splits into halves A and B: for even k the C(k,
 * k/2)/2 splits into equal halves, for odd k the C(k, (k-1)/2) into halves that differ by one item
 * (35 for k = 7), without a correction for their length. Bit j of a half says that item j is in it;
 * of the splits that give the least or the largest value the first is kept, by half as a number. */
typedef struct split_halves {
    int64_t splits;
    double least, mean, largest; /* NaN without a value */
    uint32_t least_half, largest_half;
    unsigned notes;
    size_t item;
} split_halves;

split_halves reliability_split_halves(const double *matrix, size_t k, int64_t n);

/* ---- Items ---- */

typedef struct item_statistics {
    int64_t n;
    double mean, sd;
    double item_total, item_rest; /* Pearson's r with the sum of all items, of the others */
    double alpha_dropped;         /* alpha of the others; NaN with fewer than two */
    double multiple;              /* squared multiple correlation */
    bool constant;
    bool against; /* item_rest is below 0 */
} item_statistics;

/* items: k. work: as many doubles as the room says. NaN where there is no value, everywhere but in
 * n, mean and sd when n < 3. */
size_t reliability_items_room(size_t k);
void reliability_items(const covariances *c, double *work, item_statistics *items);

/* The shares of answers at both ends of the scale, of `n` answers. A share is high when it is over
 * 15 %, by exact counts (McHorney & Tarlov 1995). */
typedef struct end_shares {
    double floor, ceiling; /* NaN when n is 0 */
    bool floor_high, ceiling_high;
} end_shares;

end_shares reliability_end_shares(int64_t at_floor, int64_t at_ceiling, int64_t n);

/* Mean, least and largest correlation between two items; NaN where any is missing or k < 2. */
typedef struct inter_item {
    double mean, least, largest;
} inter_item;

inter_item reliability_inter_item(const double *correlation, size_t k);

/* ---- Precision of one person's score ---- */

typedef struct measurement_error {
    double sem;               /* sd sqrt(1 - alpha) */
    double detectable_change; /* z sqrt(2) sem, between two occasions */
} measurement_error;

/* sd: of the score as it is used, here the mean of the items. NaN unless 0 <= alpha <= 1. */
measurement_error reliability_measurement_error(double sd, double alpha, double confidence);

#endif
