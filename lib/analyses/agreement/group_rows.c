#include "analyses/agreement/group_rows.h"

#include <math.h>

static const column_spec group_columns[] = {
    AGREEING_COLUMNS,
    {"group", RELCOORD_STRING, RELCOORD_KEY, "the group"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "members with a score"},
    {"raters", RELCOORD_INTEGER, RELCOORD_COUNT,
     "members with all items answered, whom agreement is about"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "members without a score"},
    MEAN_COLUMN,
    SD_COLUMN,
    {"rwg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "rwg(J), of one item rwg, against the null of the options"},
    {"rwg_j_uniform", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same against the uniform null"},
    {"rwg_j_slight_skew", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "the same against the slightly skewed null"},
    {"r_star_wg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "r*wg(J), not cut off at 0, against the null of the options"},
    {"ad_j_mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "average deviation about the items' means"},
    {"ad_j_median", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "average deviation about the items' medians"},
    {"a_wg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "a_wg(J), over the items for which it is defined"},
    {"reliability", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "how reliable the group's mean is: its n tau2/(n tau2 + sigma2), by REML"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec group_views[] = {
    {VIEW_LIST, "Agreement in each group", NULL,
     "scale,grouping,group,n,raters,mean,rwg_j_uniform,rwg_j_slight_skew,r_star_wg_j,ad_j_mean,a_"
     "wg_j,reliability,note",
     NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec agreement_groups_table = {.name = "groups",
                                           .help = "one group's agreement on one scale",
                                           .columns = group_columns,
                                           .views = group_views,
                                           .on_request = true,
                                           .labels = "grouping"};

static void note_group(const agreement_block *b, const agreement_group *g, double reliability,
                       relcoord_table *table)
{
    unsigned notes = g->items.notes;
    if (g->scores.n < 1)
        table_add_note(table, "empty");
    if (notes & AGREEMENT_ONE_RATER)
        table_add_note(table, "one_rater");
    else if (g->rwg[NULL_BESIDE_UNIFORM].notes & AGREEMENT_NO_NULL
             || g->rwg[NULL_BESIDE_SKEW].notes & AGREEMENT_NO_NULL)
        table_add_note(table, "no_null");
    if ((g->rwg[NULL_CHOSEN].notes | g->rwg[NULL_BESIDE_UNIFORM].notes
         | g->rwg[NULL_BESIDE_SKEW].notes)
        & AGREEMENT_BEYOND_NULL)
        table_add_note(table, "beyond_null");
    if (!b->of->on_scale && g->items.raters > 1)
        table_add_note(table, "no_ends");
    if (notes & (AGREEMENT_AWG_UNDEFINED | AGREEMENT_AWG_LEFT_OUT))
        table_add_note(table, "a_wg_undefined");
    if (notes & AGREEMENT_AWG_FEW_RATERS)
        table_add_note(table, "a_wg_few_raters");
    if (isnan(reliability) && g->scores.n > 0)
        table_add_note(table, "no_components");
    if (b->of->means)
        table_add_note(table, "means");
    if (b->of->overlapping)
        table_add_note(table, "overlapping");
}

void agreement_write_groups(const agreement_block *b, const oneway *fit, relcoord_table *table)
{
    for (size_t i = 0; i < b->count; i++) {
        const agreement_group *g = &b->groups[i];
        size_t keys = cases_begin_row(table, &b->r->cases, b->group_of_by);
        double n = g->scores.n, reliability = n > 0 ? oneway_reliability(fit, n) : NAN;
        table_set_string(table, keys, b->scale);
        table_set_string(table, keys + 1, b->name);
        table_set_string(table, keys + 2, g->name);
        table_set_integer(table, keys + 3, (int64_t)n);
        table_set_integer(table, keys + 4, g->items.raters);
        table_set_integer(table, keys + 5, g->left_out);
        table_set_number(table, keys + 6, g->scores.mean);
        table_set_number(table, keys + 7, n > 1 ? sqrt(g->scores.squares / (n - 1)) : NAN);
        for (int null = 0; null < NULL_COLUMNS; null++)
            table_set_number(table, keys + 8 + (size_t)null, g->rwg[null].rwg);
        table_set_number(table, keys + 11, g->rwg[NULL_CHOSEN].lindell);
        table_set_number(table, keys + 12, g->items.ad_mean);
        table_set_number(table, keys + 13, g->items.ad_median);
        table_set_number(table, keys + 14, g->items.awg);
        table_set_number(table, keys + 15, reliability);
        note_group(b, g, reliability, table);
    }
}
