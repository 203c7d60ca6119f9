/* The test of two independent samples by Mann & Whitney (1947), as R's wilcox.test has it, and
 * Cliff's (1993) delta. */
#ifndef STATS_TESTS_MANN_WHITNEY_H
#define STATS_TESTS_MANN_WHITNEY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct mann_whitney {
    double
        statistic; /* pairs in which the second sample's value is the larger, equal ones as half */
    double p;      /* two-sided; NaN when a sample is empty or all values are equal */
    bool exact; /* both samples below 50, no two values equal; else normal, corrected for ties and
                   continuity */
    double
        delta; /* share of pairs in which the second is larger less that in which it is smaller */
} mann_whitney;

/* False when memory runs out. */
bool mann_whitney_test(const double *first, size_t first_count, const double *second,
                       size_t second_count, mann_whitney *out);

#endif
