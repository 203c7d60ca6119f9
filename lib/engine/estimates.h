/* Estimates of means as rows of a table, with their intervals, bands and notes. */
#ifndef ENGINE_ESTIMATES_H
#define ENGINE_ESTIMATES_H

#include "engine/resampling.h"
#include "stats/numbers/moments.h"

/* A mean with its case base. NaN is no value. */
typedef struct estimate {
    int64_t n, raters, left_out;
    double mean, sd, se, df;
    const char *estimator; /* its stable name */
    const moments *exact;  /* when set, the mean is exact->sum / (exact->n * SCORE_UNIT) */
    const char *note;      /* a further code, or NULL */
    const bootstrap_interval *resampled; /* when set, what se and interval are by; df is not used */
} estimate;

/* The cuts between weak, moderate and strong. */
typedef struct band_cuts {
    double weak, strong; /* weak below the one, strong above the other; NaN: there are no bands */
} band_cuts;

/* The columns that estimate_write fills, in this order. */
#define ESTIMATE_COLUMNS                                                                   \
    MEAN_COLUMN, SD_COLUMN, MEAN_ERROR_COLUMN, INTERVAL_COLUMNS,                           \
        {"band", RELCOORD_STRING, RELCOORD_LABEL, "weak, moderate or strong; of rc only"}, \
        ESTIMATOR_COLUMN, NOTE_COLUMN

/* The options that give the cuts. */
#define BETWEEN_STRONG_OPTION                                                          \
    {                                                                                  \
        .name = "between_strong", .type = OPTION_NUMBER, .initial = "4", .minimum = 1, \
        .maximum = 127, .help = "between workgroups, an rc above this is strong"       \
    }
#define BAND_OPTIONS                                                                    \
    {.name = "between_weak",                                                            \
     .type = OPTION_NUMBER,                                                             \
     .initial = "3.5",                                                                  \
     .minimum = 1,                                                                      \
     .maximum = 127,                                                                    \
     .help = "between workgroups, an rc below this is weak"},                           \
        BETWEEN_STRONG_OPTION,                                                          \
        {.name = "within_weak",                                                         \
         .type = OPTION_NUMBER,                                                         \
         .initial = "4.1",                                                              \
         .minimum = 1,                                                                  \
         .maximum = 127,                                                                \
         .help = "within a workgroup, an rc below this is weak"},                       \
    {                                                                                   \
        .name = "within_strong", .type = OPTION_NUMBER, .initial = "4.6", .minimum = 1, \
        .maximum = 127, .help = "within a workgroup, an rc above this is strong"        \
    }

/* Reads the cuts, within[0] between and within[1] within; refuses weak above strong. Adds to the
 * result the note on where they are from. The default cuts are for answers of 1 to 5: on another
 * scale they make no bands. */
relcoord_status band_cuts_read(const run *r, band_cuts cuts[2], relcoord_result *result,
                               relcoord_error *err);

/* Whether a mean lies above a cut, as it does in a strong band; false where that is NaN. exact may
 * be NULL. */
bool mean_is_above(double mean, const moments *exact, double cut);

/* Has a mean's error and interval be those of a bootstrap; where the formula has no error, because
 * there is too little to tell it from, the bootstrap has none either. The interval outlives the
 * estimate. */
void estimate_resample(estimate *e, const run *r, const bootstrap_interval *interval);

/* Fills the ESTIMATE_COLUMNS of the last row, which begin at `column`. cuts is NULL where there is
 * no band. */
void estimate_write(relcoord_table *table, size_t column, const estimate *e, const run *r,
                    const band_cuts *cuts);

#endif
