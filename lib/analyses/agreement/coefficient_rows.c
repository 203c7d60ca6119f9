#include "analyses/agreement/coefficient_rows.h"

#include <math.h>

static const column_spec coefficient_columns[] = {
    AGREEING_COLUMNS,
    {"coefficient", RELCOORD_STRING, RELCOORD_KEY,
     "name of the coefficient, see relcoord-methods(7)"},
    {"groups", RELCOORD_INTEGER, RELCOORD_COUNT,
     "groups that it is over; of agreement, those with a value"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT,
     "members of these groups with a score; of agreement, with all items answered"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT,
     "others: without a score or a group; of agreement, also those in groups without a value"},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the coefficient"},
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec coefficient_views[] = {
    {VIEW_LIST_IF_ANY, "ICC(1): how much of a score is its group's", "coefficient=icc1",
     "scale,grouping,groups,n,left_out,value,ci_low,ci_high,note", NULL, NULL},
    {VIEW_LIST_IF_ANY, "ICC(2): how reliable the groups' means are", "coefficient=icc2",
     "scale,grouping,groups,n,left_out,value,ci_low,ci_high,note", NULL, NULL},
    {VIEW_PIVOT, "All coefficients of agreement in groups and of differences between them", NULL,
     "scale,coefficient", "grouping", "value"},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec agreement_coefficients_table = {
    .name = "coefficients",
    .help = "one coefficient of one scale in one set of groups",
    .columns = coefficient_columns,
    .views = coefficient_views,
    .things = "groups",
    .first_views = 2,
    .labels = "grouping"};

void agreement_write_row(const agreement_block *b, const char *coefficient, case_base base,
                         const icc_value *value, const char *estimator, relcoord_table *table)
{
    size_t keys = cases_begin_row(table, &b->r->cases, b->group_of_by);
    table_set_string(table, keys, b->scale);
    table_set_string(table, keys + 1, b->name);
    table_set_string(table, keys + 2, coefficient);
    table_set_integer(table, keys + 3, base.groups);
    table_set_integer(table, keys + 4, base.n);
    table_set_integer(table, keys + 5, base.left_out);
    table_set_number(table, keys + 6, value->raw);
    table_set_number(table, keys + 7, value->low);
    table_set_number(table, keys + 8, value->high);
    table_set_string(table, keys + 9, estimator);
    if (b->of->means)
        table_add_note(table, "means");
    if (b->of->overlapping)
        table_add_note(table, "overlapping");
}

void agreement_write_value(const agreement_block *b, const char *coefficient, case_base base,
                           double value, const char *estimator, relcoord_table *table)
{
    icc_value only = {value, value, NAN, NAN};
    agreement_write_row(b, coefficient, base, &only, estimator, table);
}

void agreement_write_resampled(const agreement_block *b, const bootstrap_interval *interval,
                               relcoord_table *table)
{
    size_t column = b->r->cases.by_count + 7;
    if (!interval || isnan(interval->value))
        return;
    table_set_number(table, column, interval->low);
    table_set_number(table, column + 1, interval->high);
    resampling_add_notes(table, b->r, interval);
}
