#include "analyses/coupling/functions.h"

#include <math.h>

#include "analyses/coupling/mean_interval.h"

static const column_spec function_columns[] = {
    FUNCTION_COLUMN,
    {"level", RELCOORD_STRING, RELCOORD_KEY,
     "level of the items, or (total) for those of all levels"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people with a score"},
    MEAN_COLUMN,
    INTERVAL_COLUMNS,
    {"rescaled", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "the mean from 0, the lowest answer, to 1, the highest"},
    {"items", RELCOORD_INTEGER, RELCOORD_COUNT, "items of the function"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "people who answered too few of the items"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard deviation (n - 1) of people's scores"},
    MEAN_ERROR_COLUMN,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec function_views[] = {
    {VIEW_LIST, "Coupling competence by function", NULL,
     "function,level,items,n,mean,sd,ci_low,ci_high,rescaled,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec functions_table = {.name = "functions",
                                    .help = "one function, over all levels or at one",
                                    .columns = function_columns,
                                    .views = function_views,
                                    .things = "items"};
enum {
    FUNCTION_NAME,
    FUNCTION_LEVEL,
    FUNCTION_N,
    FUNCTION_MEAN,
    FUNCTION_LOW,
    FUNCTION_HIGH,
    FUNCTION_RESCALED,
    FUNCTION_ITEMS,
    FUNCTION_LEFT_OUT,
    FUNCTION_SD,
    FUNCTION_SE,
    FUNCTION_ESTIMATOR
};

static void write_mean(relcoord_table *table, size_t keys, const coupling_group *g,
                       const group_summary *scores)
{
    const coupling_scale *s = g->people->scale;
    mean_interval interval = coupling_interval(scores, options_number(g->r->options, "confidence"));
    table_set_number(table, keys + FUNCTION_MEAN, scores->mean);
    table_set_number(table, keys + FUNCTION_LOW, interval.low);
    table_set_number(table, keys + FUNCTION_HIGH, interval.high);
    table_set_number(table, keys + FUNCTION_RESCALED, (scores->mean - s->low) / (s->high - s->low));
    table_set_number(table, keys + FUNCTION_SD, interval.sd);
    table_set_number(table, keys + FUNCTION_SE, interval.se);
    if (isnan(interval.se))
        table_add_note(table, "too_few");
}

static void write_function(relcoord_table *table, const coupling_group *g, int function,
                           size_t column)
{
    const coupling_scale *s = g->people->scale;
    size_t keys = cases_begin_row(table, &g->r->cases, g->group), n = 0;
    group_summary scores;
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        double mean = coupling_mean(g->people, m, column, function);
        if (!isnan(mean))
            g->room[n++] = mean;
    }
    scores = group_of_values(g->room, n);
    table_set_string(table, keys + FUNCTION_NAME, coupling_functions[function]);
    table_set_string(table, keys + FUNCTION_LEVEL, column ? s->levels[column - 1] : "(total)");
    table_set_integer(table, keys + FUNCTION_N, (int64_t)n);
    table_set_integer(table, keys + FUNCTION_ITEMS,
                      s->asked[column * FUNCTION_COUNT + (size_t)function]);
    table_set_integer(table, keys + FUNCTION_LEFT_OUT, (int64_t)(g->people->members.count - n));
    table_set_string(table, keys + FUNCTION_ESTIMATOR, "mean_t");
    if (n > 0)
        write_mean(table, keys, g, &scores);
    else if (s->asked[function] == 0)
        table_add_named_note(table, "function_not_asked", coupling_functions[function]);
    else
        table_add_note(table, s->asked[column * FUNCTION_COUNT + (size_t)function] == 0
                                  ? "not_asked"
                                  : "empty");
}

void write_functions(relcoord_table *table, const coupling_group *g)
{
    for (int f = 0; f < FUNCTION_COUNT; f++)
        for (size_t column = 0; column < g->people->columns; column++)
            write_function(table, g, f, column);
}
