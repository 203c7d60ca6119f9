/* Writing what was counted. */
#include "analyses/distribution/tables.h"

#include <math.h>
#include <string.h>

#include "stats/intervals/intervals.h"
#include "stats/numbers/rounding.h"

/* ---- Tables ---- */

#define SHARE_COLUMNS                                                \
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "answers"},              \
        {"base", RELCOORD_INTEGER, RELCOORD_COUNT,                   \
         "answers in any category; without don't know and missing"}, \
    {                                                                \
        "percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE,               \
            "n, per cent of the base; weighted where weights count"  \
    }
#define BOUND_COLUMNS                                                    \
    INTERVAL_COLUMNS, ESTIMATOR_COLUMN,                                  \
        {"worst_low", RELCOORD_NUMBER, RELCOORD_INTERVAL,                \
         "per cent of the population, had nobody else answered so"},     \
    {                                                                    \
        "worst_high", RELCOORD_NUMBER, RELCOORD_INTERVAL,                \
            "per cent of the population, had everybody else answered so" \
    }
#define BASIS_COLUMN                                                                      \
    {                                                                                     \
        "basis", RELCOORD_STRING, RELCOORD_LABEL, "unit of counting: respondents or ties" \
    }
enum { SHARE_PERCENT = 2, BOUND_ESTIMATOR = 2, BOUND_WORST = 3 };

static const column_spec category_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "item, dimension or grouping"},
    {"category", RELCOORD_STRING, RELCOORD_KEY, "answer, in the codebook's order"},
    {"score", RELCOORD_NUMBER, RELCOORD_LABEL, "what the answer scores; empty: it has no score"},
    SHARE_COLUMNS,
    {"dont_know", RELCOORD_INTEGER, RELCOORD_COUNT, "don't knows, beside the base"},
    {"missing", RELCOORD_INTEGER, RELCOORD_COUNT, "not answered, beside the base"},
    BOUND_COLUMNS,
    {"rounded", RELCOORD_INTEGER, RELCOORD_ESTIMATE,
     "percent as a whole number: half up, or so that all sum to 100"},
    BASIS_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum {
    CATEGORY_SHARE = 3,
    CATEGORY_DONT_KNOW = 6,
    CATEGORY_MISSING,
    CATEGORY_BOUNDS,
    CATEGORY_ROUNDED = 13,
    CATEGORY_BASIS
};
static const view_spec category_views[] = {
    {VIEW_PIVOT, "Distribution of the answers, per cent", NULL, "variable,*", "category",
     "rounded;base,dont_know,missing"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec box_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "item or dimension"},
    {"box", RELCOORD_STRING, RELCOORD_KEY,
     "top2, the two highest scores, or bottom2, the two lowest"},
    SHARE_COLUMNS,
    BOUND_COLUMNS,
    BASIS_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum { BOX_SHARE = 2, BOX_BOUNDS = 5, BOX_BASIS = 10 };
static const view_spec box_views[] = {
    {VIEW_LIST_IF_ANY, "The two highest and the two lowest answers, per cent", NULL,
     "variable,box,n,base,percent,ci_low,ci_high,worst_low,worst_high", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec mean_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "item or dimension"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "answers with a score"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean score"},
    SD_COLUMN,
    MEAN_ERROR_COLUMN,
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    BASIS_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec mean_views[] = {
    {VIEW_LIST_IF_ANY, "Mean scores", NULL, "variable,n,mean,sd,se,ci_low,ci_high", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec choice_columns[] = {
    {"question", RELCOORD_STRING, RELCOORD_KEY, "the scale that the items share"},
    {"choice", RELCOORD_STRING, RELCOORD_KEY, "what could be chosen"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people who chose it"},
    {"base", RELCOORD_INTEGER, RELCOORD_COUNT, "people who answered any item of the question"},
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "n, per cent of the base; weighted where weights count"},
    BOUND_COLUMNS,
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "item"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum { CHOICE_SHARE = 2, CHOICE_BOUNDS = 5, CHOICE_VARIABLE = 10 };
static const view_spec choice_views[] = {
    {VIEW_LIST_IF_ANY, "Questions with several answers, per cent of those who answered", NULL,
     "question,choice,n,base,percent,ci_low,ci_high,worst_low,worst_high", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec categories_table = {.name = "categories",
                                     .help = "one answer to one variable",
                                     .columns = category_columns,
                                     .views = category_views,
                                     .labels = "variable"};
const table_spec boxes_table = {.name = "boxes",
                                .on_request = true,
                                .help = "the highest or the lowest answers to one variable",
                                .columns = box_columns,
                                .views = box_views,
                                .labels = "variable"};
const table_spec means_table = {.name = "means",
                                .on_request = true,
                                .help = "the mean score of one variable",
                                .columns = mean_columns,
                                .views = mean_views,
                                .labels = "variable"};
const table_spec choices_table = {.name = "choices",
                                  .help = "one option of a question with several answers",
                                  .columns = choice_columns,
                                  .views = choice_views,
                                  .labels = "variable"};

/* ---- Shares ---- */

static const char *basis_of(const counting *c)
{
    return c->variable->source == FROM_TIES ? "ties" : "respondents";
}

static void write_bounds(relcoord_table *table, size_t column, const share *s)
{
    table_set_number(table, column, 100 * s->low);
    table_set_number(table, column + 1, 100 * s->high);
    table_set_string(table, column + BOUND_ESTIMATOR, s->estimator);
    table_set_number(table, column + BOUND_WORST, 100 * s->worst_low);
    table_set_number(table, column + BOUND_WORST + 1, 100 * s->worst_high);
    if (s->note)
        table_add_note(table, s->note);
}

static void write_share(relcoord_table *table, size_t column, const share *s, int64_t base)
{
    table_set_integer(table, column, s->n);
    table_set_integer(table, column + 1, base);
    if (base > 0)
        table_set_number(table, column + SHARE_PERCENT,
                         fmin(100 * s->weight / s->base_weight, 100));
}

/* ---- Categories ---- */

/* Whole per cents; *differs says where they are not simply the nearest. */
static void round_categories(const distribution_tables *d, const counting *c)
{
    const double whole = total_value(&c->base.weight);
    const size_t count = c->variable->count;
    for (size_t i = 0; i < count; i++)
        d->parts[i] = total_value(&c->categories[i].weight);
    if (d->to_100 && !c->variable->multiple) {
        percents_to_100(d->parts, count, whole, d->rounded);
        return;
    }
    for (size_t i = 0; i < count; i++)
        d->rounded[i] = percent_rounded(d->parts[i], whole);
}

static void write_category(distribution_tables *d, const counting *c, size_t set, size_t which)
{
    const categorical *v = c->variable;
    const size_t keys = people_sets_begin_row(d->categories, d->r, d->sets, set);
    relcoord_table *table = d->categories;
    share s;
    d->marked[which] = true;
    s = counting_share(c, d->marked);
    d->marked[which] = false;
    table_set_string(table, keys, v->name);
    table_set_string(table, keys + 1, v->categories[which].label);
    table_set_number(table, keys + 2, v->categories[which].score);
    write_share(table, keys + CATEGORY_SHARE, &s, c->base.n);
    table_set_integer(table, keys + CATEGORY_DONT_KNOW, c->dont_know);
    table_set_integer(table, keys + CATEGORY_MISSING, c->missing);
    if (c->base.n > 0)
        table_set_integer(table, keys + CATEGORY_ROUNDED, d->rounded[which]);
    write_bounds(table, keys + CATEGORY_BOUNDS, &s);
    table_set_string(table, keys + CATEGORY_BASIS, basis_of(c));
    if (c->base.n > 0 && d->rounded[which] != percent_rounded(d->parts[which], s.base_weight))
        table_add_note(table, "rounded_together");
    if (v->multiple)
        table_add_note(table, "overlapping");
}

/* ---- Boxes ---- */

enum { BOX_SCORES = 2, LEAST_SCORES = 4 };

/* How many different scores are beyond that of a category. */
static size_t scores_beyond(const categorical *v, size_t which, bool above)
{
    const double score = v->categories[which].score;
    size_t beyond = 0;
    for (size_t i = 0; i < v->count; i++) {
        double other = v->categories[i].score;
        bool first = true;
        for (size_t before = 0; before < i; before++)
            first = first && v->categories[before].score != other;
        beyond += first && (above ? other > score : other < score);
    }
    return beyond;
}

static size_t count_scores(const categorical *v)
{
    size_t most = 0;
    for (size_t i = 0; i < v->count; i++)
        if (!isnan(v->categories[i].score) && scores_beyond(v, i, true) + 1 > most)
            most = scores_beyond(v, i, true) + 1;
    return most;
}

static void write_box(distribution_tables *d, const counting *c, size_t set, bool top, bool few)
{
    const size_t keys = people_sets_begin_row(d->boxes, d->r, d->sets, set);
    const categorical *v = c->variable;
    share s;
    for (size_t i = 0; i < v->count; i++)
        d->marked[i] = !isnan(v->categories[i].score) && scores_beyond(v, i, top) < BOX_SCORES;
    s = counting_share(c, d->marked);
    memset(d->marked, 0, v->count * sizeof *d->marked);
    table_set_string(d->boxes, keys, v->name);
    table_set_string(d->boxes, keys + 1, top ? "top2" : "bottom2");
    write_share(d->boxes, keys + BOX_SHARE, &s, c->base.n);
    write_bounds(d->boxes, keys + BOX_BOUNDS, &s);
    table_set_string(d->boxes, keys + BOX_BASIS, basis_of(c));
    if (few)
        table_add_note(d->boxes, "few_categories");
}

/* ---- Means ---- */

static void write_mean(distribution_tables *d, const counting *c, size_t set)
{
    const size_t keys = people_sets_begin_row(d->means, d->r, d->sets, set);
    counted_mean m = counting_mean(c);
    double reach = student_reach(options_number(d->r->options, "confidence"), m.df) * m.se;
    table_set_string(d->means, keys, c->variable->name);
    table_set_integer(d->means, keys + 1, m.n);
    table_set_number(d->means, keys + 2, m.mean);
    table_set_number(d->means, keys + 3, m.sd);
    table_set_number(d->means, keys + 4, m.se);
    table_set_number(d->means, keys + 5, m.mean - reach);
    table_set_number(d->means, keys + 6, m.mean + reach);
    table_set_string(d->means, keys + 7, m.estimator);
    table_set_string(d->means, keys + 8, basis_of(c));
    if (m.n == 0)
        table_add_note(d->means, "empty");
    else if (isnan(c->population) && c->variable->source != FROM_TIES)
        table_add_note(d->means, "population_unknown");
    else if (isnan(m.sd) || isnan(m.se))
        table_add_note(d->means, "too_few");
    else if (m.sd == 0)
        table_add_note(d->means, "all_equal");
    if (c->variable->count == 0)
        table_add_note(d->means, "no_scale");
}

/* ---- The whole ---- */

void distribution_write(distribution_tables *d, const counting *c, size_t set)
{
    const size_t scores = count_scores(c->variable);
    if (c->base.n > 0)
        round_categories(d, c);
    for (size_t i = 0; i < c->variable->count; i++)
        write_category(d, c, set, i);
    if (scores > 1) {
        write_box(d, c, set, true, scores < LEAST_SCORES);
        write_box(d, c, set, false, scores < LEAST_SCORES);
    }
    if (scores > 0 || (c->variable->count == 0 && c->variable->source == FROM_ITEM))
        write_mean(d, c, set);
}

void distribution_write_choice(distribution_tables *d, const char *question,
                               const categorical *item, share s, int64_t base, size_t set)
{
    const size_t keys = people_sets_begin_row(d->choices, d->r, d->sets, set);
    table_set_string(d->choices, keys, question);
    table_set_string(d->choices, keys + 1, item->label);
    write_share(d->choices, keys + CHOICE_SHARE, &s, base);
    write_bounds(d->choices, keys + CHOICE_BOUNDS, &s);
    table_set_string(d->choices, keys + CHOICE_VARIABLE, item->name);
    table_add_note(d->choices, base > 0 ? "several_answers" : "empty");
}
