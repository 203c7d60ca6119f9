/* Testing tables of counts (relcoord-methods(7), Fall-out). */
#include "engine/counts/count_test.h"

#include <math.h>

/* An expected count below this is too small for chi-square's distribution (Cochran 1954). */
enum { LEAST_EXPECTED = 5 };

relcoord_status count_test_make(const run *r, const int64_t *counts, size_t rows, size_t columns,
                                count_test *out, relcoord_error *err)
{
    out->chi_square = contingency_chi_square(counts, rows, columns);
    out->p = out->chi_square.p;
    out->method = COUNT_CHISQ;
    if (!(out->chi_square.least_expected < LEAST_EXPECTED))
        return RELCOORD_OK;
    if (rows == 2 && columns == 2) {
        out->p = contingency_fisher(counts);
        out->method = COUNT_FISHER;
        return RELCOORD_OK;
    }
    out->method = COUNT_SIMULATED;
    return contingency_simulate(counts, rows, columns,
                                (uint64_t)options_integer(r->options, "replicates"),
                                (uint64_t)options_integer(r->options, "seed"), &out->p, err);
}

void count_test_write(relcoord_table *table, size_t column, const count_test *test, double p_holm,
                      const char *estimator)
{
    table_set_string(table, column + 5, estimator);
    if (isnan(test->p)) {
        table_add_note(table, "undefined");
        return;
    }
    table_set_number(table, column, test->chi_square.statistic);
    table_set_integer(table, column + 1, (int64_t)test->chi_square.df);
    table_set_number(table, column + 2, test->p);
    table_set_number(table, column + 3, p_holm);
    table_set_number(table, column + 4, test->chi_square.v);
}
