#include "engine/counts/rate.h"

#include "stats/intervals/proportions.h"

void rate_write(relcoord_table *table, size_t column, const run *r, int64_t part, int64_t whole)
{
    proportion_interval interval = wilson_interval((double)part, (double)whole, 0,
                                                   options_number(r->options, "confidence"));
    table_set_string(table, column + 3, "rate_wilson");
    if (whole == 0) {
        table_add_note(table, "empty");
        return;
    }
    table_set_number(table, column, 100 * (double)part / (double)whole);
    table_set_number(table, column + 1, 100 * interval.low);
    table_set_number(table, column + 2, 100 * interval.high);
}
