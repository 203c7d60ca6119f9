/* Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945), as R's wilcox.test has it once
 * differences of 0 are dropped, and the matched-pairs rank-biserial correlation (Kerby 2014). */
#ifndef STATS_TESTS_SIGNED_RANK_H
#define STATS_TESTS_SIGNED_RANK_H

#include <stdbool.h>
#include <stddef.h>

typedef struct signed_rank {
    size_t n, zeros;  /* differences that count, and those that were 0 */
    double statistic; /* the sum of the ranks of the positive ones */
    double p;         /* two-sided; NaN when none counts */
    bool exact;       /* below 50 of them, no two equal in size; else normal, corrected for ties and
                         continuity */
    double biserial;  /* (ranks up - ranks down) / all ranks */
} signed_rank;

/* False when memory runs out. */
bool signed_rank_test(const double *differences, size_t count, signed_rank *out);

#endif
