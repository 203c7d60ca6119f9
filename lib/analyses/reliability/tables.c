/* The tables of reliability: what a row says, and which codes its note has. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analyses/reliability/tables.h"
#include "stats/factor/factor.h"

static const column_spec coefficient_columns[] = {
    SCALE_COLUMNS,
    {"coefficient", RELCOORD_STRING, RELCOORD_KEY, "name of the coefficient"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "cases; pairwise: the fewest behind any pair of items"},
    {"k", RELCOORD_INTEGER, RELCOORD_COUNT, "items"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT,
     "cases without an answer to every item; pairwise: to any item"},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "value of the coefficient"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "its standard error, where the interval's method has one"},
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec coefficient_views[] = {
    {VIEW_LIST_IF_ANY, "Cronbach's alpha", "coefficient=alpha",
     "scale,basis,k,n,left_out,value,se,ci_low,ci_high,note", NULL, NULL},
    {VIEW_PIVOT, "Every coefficient", NULL, "basis,coefficient", "scale", "value,ci_low,ci_high"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const view_spec coefficient_apa[] = {
    {VIEW_PIVOT, "Reliability", "coefficient=alpha|omega_u", "scale,basis", "coefficient",
     "value,ci_low,ci_high;k,n"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec item_columns[] = {
    SCALE_COLUMNS,
    ITEM_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "cases that the figures of the item are of"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean of its answers"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard deviation (n - 1) of its answers"},
    {"floor", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "share of answers at the lower end of the scale"},
    {"ceiling", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "share of answers at the upper end of the scale"},
    {"item_total", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "correlation with the sum of all items"},
    {"item_rest", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "correlation with the sum of the other items"},
    {"alpha_dropped", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "alpha of the other items"},
    {"smc", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "squared multiple correlation with the other items"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec item_views[] = {
    {VIEW_LIST, "Items", NULL, "scale,basis,item,n,mean,sd,item_rest,alpha_dropped,note", NULL,
     NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const view_spec item_apa[] = {
    {VIEW_LIST, "Descriptive statistics of items", NULL,
     "scale,basis,item,n,mean,sd,item_rest,alpha_dropped", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec correlation_columns[] = {
    SCALE_COLUMNS,
    ITEM_COLUMN,
    {"other", RELCOORD_STRING, RELCOORD_KEY, "an item before it"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "cases behind the correlation"},
    {"r", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "Pearson's correlation of the two items"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec correlation_views[] = {
    {VIEW_PIVOT, "Correlations of items", NULL, "scale,basis,item", "other", "r"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec coefficients_table = {.name = "coefficients",
                                       .help = "one coefficient of one scale",
                                       .columns = coefficient_columns,
                                       .views = coefficient_views,
                                       .things = "k",
                                       .apa = coefficient_apa,
                                       .first_views = 1};
const table_spec scale_items_table = {.name = "items",
                                      .help = "one item of one scale",
                                      .columns = item_columns,
                                      .views = item_views,
                                      .apa = item_apa,
                                      .on_request = true,
                                      .labels = "item"};
const table_spec scale_correlations_table = {.name = "correlations",
                                             .help = "two items of one scale",
                                             .columns = correlation_columns,
                                             .views = correlation_views,
                                             .apa = correlation_views,
                                             .on_request = true,
                                             .labels = "item,other"};

/* ---- Rows ---- */

static size_t begin_row(relcoord_table *table, const scale_reliability *s)
{
    size_t keys = cases_begin_row(table, &s->r->cases, s->group);
    table_set_string(table, keys, s->scale->name);
    table_set_string(table, keys + 1, scale_basis_names[s->basis]);
    return keys + 2;
}

/* Names each item that does not vary, and where the value is negative each that runs against the
 * others. */
static void add_notes_of_items(relcoord_table *table, const scale_reliability *s, unsigned notes)
{
    bool named = false;
    for (size_t j = 0; j < s->scale->k; j++) {
        if (notes & RELIABILITY_CONSTANT_ITEM && s->items[j].constant)
            table_add_named_note(table, "constant_item", s->scale->items[j].name);
        if (notes & RELIABILITY_NEGATIVE && s->items[j].against)
            table_add_named_note(table, "negative", s->scale->items[j].name);
        named = named || s->items[j].against;
    }
    if (notes & RELIABILITY_NEGATIVE && !named)
        table_add_note(table, "negative");
}

/* Of a level, what is known of the items is which comes first. */
static void add_notes_of_level(relcoord_table *table, const coefficient *c, const char *item)
{
    if (c->notes & RELIABILITY_CONSTANT_ITEM)
        table_add_named_note(table, "constant_item", item);
    if (c->notes & RELIABILITY_IMPROPER)
        table_add_named_note(table, "improper", item);
    if (c->notes & RELIABILITY_NEGATIVE)
        table_add_note(table, "negative");
}

static void note_reasons(relcoord_table *table, const scale_reliability *s, coefficient_id id)
{
    static const struct {
        unsigned note;
        const char *reason;
    } reasons[] = {
        {RELIABILITY_FEW_ITEMS, "too_few_items"},      {RELIABILITY_FEW_CASES, "too_few"},
        {RELIABILITY_NO_VARIANCE, "no_variance"},      {RELIABILITY_SINGULAR, "singular"},
        {RELIABILITY_MANY_ITEMS, "too_many_items"},    {COEFFICIENT_NOT_CONVERGED, "not_converged"},
        {COEFFICIENT_NOT_IDENTIFIED, "not_identified"}};
    const coefficient *c = &s->found.values[id];
    const char *item = c->item < s->scale->k ? s->scale->items[c->item].name : "";
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (c->notes & reasons[i].note)
            table_add_note(table, reasons[i].reason);
    if (coefficient_is_of_levels(id))
        add_notes_of_level(table, c, item);
    else
        add_notes_of_items(table, s, c->notes);
    if (c->notes & RELIABILITY_EMPTY_PAIR)
        table_add_named_note(table, "empty_pair", item);
    if (c->notes & COEFFICIENT_HEYWOOD)
        table_add_named_note(table, "heywood", item);
    if (isnan(c->value) && c->notes == 0)
        table_add_note(table, "undefined");
}

/* ---- Intervals ---- */

static const alpha_interval no_interval = {NAN, NAN, NAN};

/* What there is without resampling, on independent cases: alpha's interval, and the factor
 * model's. */
static alpha_interval find_analytic(relcoord_table *table, const scale_reliability *s,
                                    coefficient_id id)
{
    bool duhachek = options_choice(s->r->options, "alpha_ci") == 1, raw = id == ALPHA;
    double confidence = options_number(s->r->options, "confidence"),
           value = s->found.values[id].value;
    if (duhachek && (raw || id == ALPHA_STD)) {
        const double *matrix = raw ? s->matrices.covariance : s->matrices.correlation;
        table_add_note(table, "duhachek");
        return alpha_interval_duhachek(matrix, s->scale->k, s->n, confidence);
    }
    if (raw && value <= 1) { /* pairwise it may be more */
        table_add_note(table, "feldt");
        return alpha_interval_feldt(value, s->scale->k, s->n, confidence);
    }
    if (!isnan(s->found.se[id])) {
        alpha_interval i = {s->found.se[id], NAN, NAN};
        table_add_note(table, "ml_delta");
        factor_interval((factor_estimate){value, i.se}, confidence, &i.low, &i.high);
        return i;
    }
    table_add_note(table, "no_analytic_ci");
    return no_interval;
}

static void write_interval(relcoord_table *table, size_t column, const scale_reliability *s,
                           coefficient_id id)
{
    const bootstrap_interval *b = &s->intervals[id];
    alpha_interval i = no_interval;
    if (s->resampled) {
        i = (alpha_interval){b->se, b->low, b->high};
        resampling_add_notes(table, s->r, b);
    } else if (s->basis == BASIS_TIES) {
        table_add_note(table, "ties_no_analytic_ci");
    } else {
        i = find_analytic(table, s, id);
    }
    table_set_number(table, column, i.se);
    table_set_number(table, column + 1, i.low);
    table_set_number(table, column + 2, i.high);
}

/* ---- Coefficients ---- */

/* By what the matrices are: listwise, pairwise. */
static const char *const estimator_names[COEFFICIENT_COUNT][2] = {
    [ALPHA] = {"alpha_listwise", "alpha_pairwise"},
    [ALPHA_STD] = {"alpha_std_listwise", "alpha_std_pairwise"},
    [OMEGA_U] = {"omega_u_ml", "omega_u_ml"},
    [OMEGA_U_STD] = {"omega_u_std_ml", "omega_u_std_ml"},
    [LAMBDA2] = {"lambda2_listwise", "lambda2_pairwise"},
    [LAMBDA2_STD] = {"lambda2_std_listwise", "lambda2_std_pairwise"},
    [LAMBDA6] = {"lambda6_listwise", "lambda6_pairwise"},
    [LAMBDA6_STD] = {"lambda6_std_listwise", "lambda6_std_pairwise"},
    [LAMBDA4_MIN] = {"lambda4_listwise", "lambda4_pairwise"},
    [LAMBDA4_MEAN] = {"lambda4_listwise", "lambda4_pairwise"},
    [LAMBDA4_MAX] = {"lambda4_listwise", "lambda4_pairwise"},
    [ALPHA_WITHIN] = {"alpha_within_anova", "alpha_within_anova"},
    [ALPHA_BETWEEN] = {"alpha_between_anova", "alpha_between_anova"},
    [OMEGA_WITHIN] = {"omega_within_ml", "omega_within_ml"},
    [OMEGA_BETWEEN] = {"omega_between_ml", "omega_between_ml"},
    [R_MEAN] = {"r_listwise", "r_pairwise"},
    [R_MIN] = {"r_listwise", "r_pairwise"},
    [R_MAX] = {"r_listwise", "r_pairwise"},
    [SEM] = {"sem_listwise", "sem_pairwise"},
    [MDC] = {"mdc_listwise", "mdc_pairwise"},
};

static void write_coefficient(relcoord_table *table, const scale_reliability *s, coefficient_id id)
{
    size_t column = begin_row(table, s);
    bool listwise = coefficient_is_listwise(id);
    int64_t n = listwise ? s->matrices.complete : s->n;
    table_set_string(table, column, coefficient_names[id]);
    table_set_integer(table, column + 1, n);
    table_set_integer(table, column + 2, (int64_t)s->scale->k);
    table_set_integer(table, column + 3, listwise ? s->rows - n : s->left_out);
    table_set_number(table, column + 4, s->found.values[id].value);
    table_set_string(table, column + 8, estimator_names[id][s->pairwise]);
    note_reasons(table, s, id);
    if (coefficient_is_of_levels(id)) {
        char groups[32];
        snprintf(groups, sizeof groups, "%lld", (long long)s->levels.groups);
        table_add_named_note(table, "workgroups", groups);
    }
    if (!isnan(s->found.values[id].value))
        write_interval(table, column + 5, s, id);
}

void write_coefficients(relcoord_table *table, const scale_reliability *s)
{
    for (coefficient_id id = 0; id < COEFFICIENT_COUNT; id++)
        if (s->leveled || !coefficient_is_of_levels(id))
            write_coefficient(table, s, id);
}

/* ---- Items ---- */

static void add_item_reasons(relcoord_table *table, const scale_reliability *s, size_t j)
{
    const item_statistics *item = &s->items[j];
    bool compared = s->n >= 3 && s->scale->k >= 2;
    if (s->scale->k < 2 || (s->scale->k == 2 && s->n >= 3))
        table_add_note(table, "too_few_items"); /* of two, alpha of the other one */
    if (s->n < 3)
        table_add_note(table, "too_few");
    if (item->constant)
        table_add_named_note(table, "constant_item", s->scale->items[j].name);
    if (item->against)
        table_add_named_note(table, "negative", s->scale->items[j].name);
    if (compared && !item->constant && (isnan(item->item_rest) || isnan(item->item_total)))
        table_add_note(table, "no_variance");
    else if (compared && s->scale->k > 2 && isnan(item->alpha_dropped))
        table_add_note(table, "no_variance");
    if (compared && !item->constant && isnan(item->multiple))
        table_add_note(table, "singular");
    if (s->ends[j].floor_high)
        table_add_note(table, "floor");
    if (s->ends[j].ceiling_high)
        table_add_note(table, "ceiling");
}

void write_scale_items(relcoord_table *table, const scale_reliability *s)
{
    for (size_t j = 0; j < s->scale->k; j++) {
        const item_statistics *item = &s->items[j];
        const double values[] = {item->mean,          item->sd,         s->ends[j].floor,
                                 s->ends[j].ceiling,  item->item_total, item->item_rest,
                                 item->alpha_dropped, item->multiple};
        size_t column = begin_row(table, s);
        table_set_string(table, column, s->scale->items[j].name);
        table_set_integer(table, column + 1, item->n);
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            table_set_number(table, column + 2 + i, values[i]);
        add_item_reasons(table, s, j);
    }
}

/* ---- Correlations ---- */

void write_scale_correlations(relcoord_table *table, const scale_reliability *s)
{
    size_t k = s->scale->k;
    for (size_t i = 1; i < k; i++)
        for (size_t j = 0; j < i; j++) {
            size_t column = begin_row(table, s), pair = i * k + j;
            double r = s->matrices.correlation[pair];
            table_set_string(table, column, s->scale->items[i].name);
            table_set_string(table, column + 1, s->scale->items[j].name);
            table_set_integer(table, column + 2, s->matrices.n[pair]);
            table_set_number(table, column + 3, r);
            if (s->matrices.n[pair] < 2)
                table_add_note(table, "too_few");
            for (size_t each = j; isnan(r) && s->matrices.n[pair] >= 2; each = i) {
                if (s->items[each].constant)
                    table_add_named_note(table, "constant_item", s->scale->items[each].name);
                if (each == i)
                    break;
            }
        }
}
