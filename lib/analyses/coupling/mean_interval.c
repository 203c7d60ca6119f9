#include "analyses/coupling/mean_interval.h"

#include <math.h>

#include "stats/intervals/intervals.h"

mean_interval coupling_interval(const group_summary *values, double confidence)
{
    mean_interval found = {NAN, NAN, NAN, NAN};
    double reach;
    if (!(values->n >= 2))
        return found;
    found.sd = sqrt(values->squares / (values->n - 1));
    found.se = found.sd / sqrt(values->n);
    reach = student_reach(confidence, values->n - 1) * found.se;
    found.low = values->mean - reach;
    found.high = values->mean + reach;
    return found;
}

void coupling_write_interval(relcoord_table *table, size_t column, const mean_interval *interval)
{
    table_set_number(table, column, interval->se);
    table_set_number(table, column + 1, interval->low);
    table_set_number(table, column + 2, interval->high);
    if (isnan(interval->se))
        table_add_note(table, "too_few");
}
