/* The table of expected values that agreement.R writes: data, group, statistic, value. */
#ifndef TESTS_GOLDEN_TABLE_H
#define TESTS_GOLDEN_TABLE_H

#include "golden_rows.h"

/* The golden value of that name, the rows of a group being apart; fails when there is none. */
static double golden_find(const golden_rows *g, const char *data, const char *group,
                          const char *statistic)
{
    for (size_t r = 0; r < g->rows; r++) {
        const char *const *row = (const char *const *)g->cells + r * g->columns;
        if (strcmp(row[2], statistic) == 0 && strcmp(row[1], group) == 0
            && strcmp(row[0], data) == 0)
            return golden_number(g, r, 3);
    }
    ck_abort_msg("no golden %s of %s, group %s", statistic, data, group);
}

static void golden_expect(const golden_rows *g, const char *data, const char *group,
                          const char *statistic, double got)
{
    char name[128];
    snprintf(name, sizeof name, "%s, group %s, %s", data, group, statistic);
    expect_near(name, got, golden_find(g, data, group, statistic), 1e-12);
}

#endif
