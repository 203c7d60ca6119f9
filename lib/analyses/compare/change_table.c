#include "analyses/compare/change_table.h"

#include <math.h>

#include "stats/intervals/intervals.h"

static const column_spec change_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "workgroup that rates; (total): all of them"},
    {"target", RELCOORD_STRING, RELCOORD_KEY,
     "workgroup that is rated; (within): one's own, (between): the others, (total): all"},
    DIMENSION_COLUMN,
    WAVE_PAIR_COLUMNS,
    {"pairing", RELCOORD_STRING, RELCOORD_KEY,
     "paired: the same people's ratings of the same workgroup; unpaired: all answers of each wave; "
     "mixed: both in one model, where some people are in both waves"},
    {"n_from", RELCOORD_INTEGER, RELCOORD_COUNT, "ties with a score in the earlier wave"},
    {"n_to", RELCOORD_INTEGER, RELCOORD_COUNT, "ties with a score in the later wave"},
    {"n_paired", RELCOORD_INTEGER, RELCOORD_COUNT,
     "ties with a score in both: what paired rows are over"},
    {"mean_from", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "mean in the earlier wave, of the ties that the row is over"},
    {"mean_to", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "mean in the later wave, of the ties that the row is over"},
    {"difference", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean_to - mean_from"},
    DIFFERENCE_ERROR_COLUMN,
    {"ci_low", RELCOORD_NUMBER, RELCOORD_INTERVAL,
     "lower bound of the difference's confidence interval"},
    {"ci_high", RELCOORD_NUMBER, RELCOORD_INTERVAL,
     "upper bound of the difference's confidence interval"},
    {"effect", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "size of the change without a unit, as effect_name says"},
    {"effect_name", RELCOORD_STRING, RELCOORD_LABEL,
     "hedges_g, d_total, rank_biserial or cliffs_delta"},
    {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "two-sided p-value of no change, by the test"},
    {"p_holm", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "p adjusted by Holm's method for the other rows of its kind, dimension and pairing"},
    {"p_bh", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "p adjusted by Benjamini and Hochberg's method for the same rows"},
    {"test", RELCOORD_STRING, RELCOORD_LABEL,
     "identifier of the test that p is from, see relcoord-methods(7)"},
    {"df", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "degrees of freedom of the interval"},
    {"percent_change", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "difference in per cent of mean_from"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

/* For who wants to know whether it got better: a line for the whole, within and between, and for
 * each workgroup, in the way that uses most of the answers. */
static const view_spec change_views[] = {
    {VIEW_LIST, "Change in relational coordination, for all and for each workgroup",
     "dimension=rc;target=(total)|(within)|(between);pairing:=mixed|unpaired|paired",
     "workgroup,target,pairing,n_from,n_to,mean_from,mean_to,difference,ci_low,ci_high,p,note",
     NULL, NULL},
    {VIEW_LIST, "Change in relational coordination (rc)", "dimension=rc",
     "workgroup,target,pairing,n_from,n_to,n_paired,mean_from,mean_to,difference,ci_low,ci_high,"
     "effect,p,p_holm,note",
     NULL, NULL},
    {VIEW_PIVOT, "Change in each dimension: difference of means", NULL, "workgroup,target,pairing",
     "dimension", "difference"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec changes_table = {
    .name = "changes",
    .help = "how much one cell, workgroup or the whole changed between two waves",
    .columns = change_columns,
    .views = change_views,
    .first_views = 1};

static const char *const pairing_names[] = {"paired", "unpaired", "mixed"};

static void write_keys(relcoord_table *table, size_t keys, const run *r, const wave_pair *w,
                       const change *c)
{
    static const char *const targets[] = {[SET_WORKGROUP] = "(between)",
                                          [SET_WITHIN] = "(within)",
                                          [SET_BETWEEN] = "(between)",
                                          [SET_ALL] = "(total)"};
    const char *const *workgroups = r->survey->attributes[COLUMN_WORKGROUP].labels.names;
    const char *const *waves = r->survey->attributes[COLUMN_WAVE].labels.names;
    bool overall = c->kind >= SET_WITHIN;
    table_set_string(table, keys,
                     overall ? "(total)" : cases_label(workgroups[r->cases.row_workgroup[c->row]]));
    table_set_string(table, keys + 1,
                     c->kind == SET_CELL ? cases_label(workgroups[c->target]) : targets[c->kind]);
    table_set_string(table, keys + 2, dimension_names[c->dimension]);
    table_set_string(table, keys + 3, cases_label(waves[w->waves[0]]));
    table_set_string(table, keys + 4, cases_label(waves[w->waves[1]]));
    table_set_string(table, keys + 5, pairing_names[c->pairing]);
}

static void write_notes(relcoord_table *table, unsigned notes)
{
    if (notes & CHANGE_EMPTY_WAVE)
        table_add_note(table, "empty_wave");
    if (notes & CHANGE_NO_PAIRS)
        table_add_note(table, "nobody_twice");
    if (notes & CHANGE_TOO_FEW)
        table_add_note(table, "too_few");
    if (notes & CHANGE_ALL_EQUAL)
        table_add_note(table, "all_equal");
    if (notes & CHANGE_OVERLAP)
        table_add_note(table, "same_people");
    if (notes & CHANGE_ZEROS_DROPPED)
        table_add_note(table, "zeros_dropped");
    if (notes & CHANGE_UNIDENTIFIED)
        table_add_note(table, "unidentified");
    if (notes & CHANGE_NO_RESIDUAL)
        table_add_note(table, "no_residual");
    if (notes & CHANGE_AT_ZERO)
        table_add_note(table, "people_alike");
    if (notes & CHANGE_NO_EFFECT)
        table_add_named_note(table, "too_few", "effect");
}

void change_write(relcoord_table *table, const run *r, const wave_pair *w, uint32_t group,
                  const change *c)
{
    size_t keys = cases_begin_row(table, &r->cases, group);
    double reach = c->se > 0
                       ? student_reach(options_number(r->options, "confidence"), c->df) * c->se
                       : NAN;
    write_keys(table, keys, r, w, c);
    table_set_integer(table, keys + 6, c->n[0]);
    table_set_integer(table, keys + 7, c->n[1]);
    table_set_integer(table, keys + 8, c->pairs);
    table_set_number(table, keys + 9, c->means[0]);
    table_set_number(table, keys + 10, c->means[1]);
    table_set_number(table, keys + 11, c->difference);
    table_set_number(table, keys + 12, c->se);
    table_set_number(table, keys + 13, c->difference - reach);
    table_set_number(table, keys + 14, c->difference + reach);
    table_set_number(table, keys + 15, c->effect);
    table_set_string(table, keys + 16, c->effect_name);
    table_set_number(table, keys + 17, c->p);
    table_set_number(table, keys + 18, c->p_holm);
    table_set_number(table, keys + 19, c->p_bh);
    table_set_string(table, keys + 20, c->test);
    table_set_number(table, keys + 21, c->df);
    table_set_number(table, keys + 22, 100 * c->difference / c->means[0]);
    write_notes(table, c->notes);
}
