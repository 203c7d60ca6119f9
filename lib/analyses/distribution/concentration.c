#include "analyses/distribution/concentration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "engine/people/numbers.h"
#include "stats/measures/concentration.h"

/* ---- Tables ---- */

#define WITH_VALUE_COLUMN                                                \
    {                                                                    \
        "n", RELCOORD_INTEGER, RELCOORD_COUNT, "people who have a value" \
    }

static const column_spec people_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "outcome or item"},
    WITH_VALUE_COLUMN,
    {"missing", RELCOORD_INTEGER, RELCOORD_COUNT, "people who have none"},
    {"total", RELCOORD_NUMBER, RELCOORD_COUNT, "sum of their values; weighted where weights count"},
    {"half_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "per cent of the people, those with the highest values, who stand for half of the total"},
    {"half_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "lower bound of its interval"},
    {"half_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper bound of its interval"},
    {"gini", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "Gini coefficient: 0 where all have the same, (n - 1)/n where one has all"},
    INTERVAL_COLUMNS,
    {"gini_corrected", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same times n/(n - 1)"},
    {"corrected_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "lower bound of its interval"},
    {"corrected_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper bound of its interval"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum {
    PEOPLE_N = 1,
    PEOPLE_MISSING,
    PEOPLE_TOTAL,
    PEOPLE_HALF,
    PEOPLE_GINI = 7,
    PEOPLE_CORRECTED = 10,
    PEOPLE_ESTIMATOR = 13
};
static const view_spec people_views[] = {
    {VIEW_LIST_IF_ANY, "How many people stand for half of the total", NULL,
     "variable,n,total,half_percent,half_low,half_high,gini,ci_low,ci_high", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec top_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "outcome or item"},
    {"top_percent", RELCOORD_INTEGER, RELCOORD_KEY,
     "per cent of the people, those with the highest values"},
    WITH_VALUE_COLUMN,
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "what they have, per cent of the total"},
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec top_views[] = {
    {VIEW_LIST_IF_ANY, "What those with the highest values stand for, per cent of the total", NULL,
     "variable,top_percent,n,percent,ci_low,ci_high", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec lorenz_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "outcome or item"},
    {"people_percent", RELCOORD_INTEGER, RELCOORD_KEY,
     "per cent of the people, those with the lowest values"},
    WITH_VALUE_COLUMN,
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "what they have, per cent of the total"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec lorenz_views[] = {
    {VIEW_LIST_IF_ANY, "What those with the lowest values stand for, per cent of the total", NULL,
     "variable,people_percent,n,percent", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec concentration_table = {.name = "concentration",
                                        .help = "how unevenly one total is divided among people",
                                        .columns = people_columns,
                                        .views = people_views,
                                        .things = "total",
                                        .labels = "variable"};
const table_spec top_shares_table = {.name = "top_shares",
                                     .help = "what the highest values make of one total",
                                     .columns = top_columns,
                                     .views = top_views,
                                     .labels = "variable"};
const table_spec lorenz_table = {.name = "lorenz",
                                 .help = "one point of the Lorenz curve of one total",
                                 .columns = lorenz_columns,
                                 .views = lorenz_views,
                                 .labels = "variable",
                                 .on_request = true};

bool concentration_add_tables(relcoord_result *result, const run *r, concentration_tables *out)
{
    static const char why[] = "the option 'concentration' names no variable";
    const cases *c = &r->cases;
    relcoord_table **const tables[] = {&out->people, &out->tops, &out->lorenz};
    const table_spec *const specs[] = {&concentration_table, &top_shares_table, &lorenz_table};
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        *tables[i] = result_add_table(result, specs[i], c->by_names, c->by_count);
        if (!*tables[i])
            return false;
        table_explain_empty(*tables[i], why);
    }
    return true;
}

/* ---- What is asked for ---- */

bool concentration_wanted(const run *r)
{
    return *options_names(r->options, "concentration") != 0;
}

static relcoord_status refuse_negative(const run *r, const survey_item *item, uint32_t p,
                                       relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    char value[NUMBER_TEXT_SIZE];
    number_format(number_of_person(item, p), value);
    if (s->redact)
        fail(err, RELCOORD_EDATA,
             "a value is negative: what a total is divided into has to be 0 or more");
    else
        fail(err, RELCOORD_EDATA,
             "respondent '%.100s' has %s: what a total is divided into has to be 0 or more",
             s->respondents.names[s->respondent[p]], value);
    if (err)
        error_field(err->column, sizeof err->column, item->entry->variable);
    return RELCOORD_EDATA;
}

static relcoord_status check_values(const run *r, const survey_item *item, relcoord_error *err)
{
    const cases *c = &r->cases;
    for (uint32_t p = 0; p < r->survey->participation_count; p++)
        if (c->first_place[p] < c->first_place[p + 1] && number_of_person(item, p) < 0)
            return refuse_negative(r, item, p, err);
    return RELCOORD_OK;
}

static relcoord_status check_name(const run *r, const char *name, relcoord_error *err)
{
    const survey_item *item = numbers_find(r->survey, name);
    if (!item)
        return numbers_refuse(r->survey, "concentration", name, err);
    if (!numbers_are_there(item))
        return fail_option(err, "concentration", "'%.100s' has neither scores nor numbers", name);
    for (const char *other = options_names(r->options, "concentration"); other != name;
         other = options_name_after(other))
        if (strcmp(other, name) == 0)
            return fail_option(err, "concentration", "'%.100s' is given twice", name);
    return check_values(r, item, err);
}

relcoord_status concentration_check(const run *r, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    if (!concentration_wanted(r))
        return RELCOORD_OK;
    for (const char *name = options_names(r->options, "concentration"); *name && !status;
         name = options_name_after(name))
        status = check_name(r, name, err);
    return status ? status : resampling_check_units(r, err);
}

/* ---- One variable in one set of people ---- */

enum { HALF, GINI, TOPS, STATISTICS = TOPS + CONCENTRATION_TOPS };

typedef struct concentration_set {
    const run *r;
    const survey_item *item;
    group_members members;
    concentration_sample sample;
    double *values, *own, *weights; /* own: by member, the survey's weight, NULL for none; weights:
                                       room for a member's */
    size_t *of;
} concentration_set;

typedef struct placed_value {
    double value;
    size_t member;
} placed_value;

static int compare_values(const void *left, const void *right)
{
    const placed_value *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->member < b->member ? -1 : a->member > b->member;
}

static void concentration_set_free(concentration_set *c)
{
    memory_free(c->values);
    memory_free(c->own);
    memory_free(c->of);
}

static relcoord_status fill_set(concentration_set *c, relcoord_error *err)
{
    const size_t all = c->members.count;
    placed_value *placed = memory_new(all, sizeof *placed);
    size_t count = 0;
    c->values = memory_new(all, sizeof *c->values);
    c->of = memory_new(all, sizeof *c->of);
    c->own = c->r->cases.weight ? memory_new(all, sizeof *c->own) : NULL;
    if (!placed || !c->values || !c->of || (c->r->cases.weight && !c->own)) {
        memory_free(placed);
        return fail_memory(err);
    }
    for (size_t m = 0; m < all; m++) {
        const uint32_t p = c->members.participations[m];
        double value = number_of_person(c->item, p);
        if (!isnan(value))
            placed[count++] = (placed_value){value, m};
        if (c->own)
            c->own[m] = c->r->cases.weight[p];
    }
    if (count > 1)
        qsort(placed, count, sizeof *placed, compare_values);
    for (size_t i = 0; i < count; i++) {
        c->values[i] = placed[i].value;
        c->of[i] = placed[i].member;
    }
    c->sample = (concentration_sample){count, c->values, c->of};
    memory_free(placed);
    return RELCOORD_OK;
}

static relcoord_status evaluate(const void *context, const double *weights, void *scratch,
                                double *values, relcoord_error *err)
{
    const concentration_set *c = context;
    double *both = scratch;
    concentration found;
    (void)err;
    for (size_t m = 0; m < c->members.count; m++)
        both[m] = c->own ? weights[m] * c->own[m] : weights[m];
    found = concentration_measure(&c->sample, both);
    values[HALF] = found.half;
    values[GINI] = found.gini;
    memcpy(values + TOPS, found.tops, sizeof found.tops);
    return RELCOORD_OK;
}

/* ---- Rows ---- */

static const char *estimator_of(const concentration_set *c)
{
    return c->own ? "lorenz_weighted" : "lorenz";
}

/* Why a set has no figures, where it has none. */
static void note_reason(relcoord_table *table, const concentration_set *c, double total)
{
    if (c->sample.count == 0)
        table_add_note(table, "empty");
    else if (!(total > 0))
        table_add_note(table, "all_zero");
}

static bool has_figures(const concentration *found)
{
    return found->total > 0;
}

static void write_people(relcoord_table *table, size_t keys, const concentration_set *c,
                         const concentration *found, const bootstrap_interval *intervals)
{
    const double correction = concentration_correction(&c->sample, c->own);
    table_set_string(table, keys, c->item->entry->variable);
    table_set_integer(table, keys + PEOPLE_N, (int64_t)c->sample.count);
    table_set_integer(table, keys + PEOPLE_MISSING, (int64_t)(c->members.count - c->sample.count));
    if (c->sample.count > 0)
        table_set_number(table, keys + PEOPLE_TOTAL, found->total);
    table_set_string(table, keys + PEOPLE_ESTIMATOR, estimator_of(c));
    note_reason(table, c, found->total);
    if (!has_figures(found))
        return;
    table_set_number(table, keys + PEOPLE_HALF, 100 * found->half);
    table_set_number(table, keys + PEOPLE_HALF + 1, 100 * intervals[HALF].low);
    table_set_number(table, keys + PEOPLE_HALF + 2, 100 * intervals[HALF].high);
    table_set_number(table, keys + PEOPLE_GINI, found->gini);
    table_set_number(table, keys + PEOPLE_GINI + 1, intervals[GINI].low);
    table_set_number(table, keys + PEOPLE_GINI + 2, intervals[GINI].high);
    table_set_number(table, keys + PEOPLE_CORRECTED, correction * found->gini);
    table_set_number(table, keys + PEOPLE_CORRECTED + 1, correction * intervals[GINI].low);
    table_set_number(table, keys + PEOPLE_CORRECTED + 2, correction * intervals[GINI].high);
    if (isnan(correction))
        table_add_note(table, "too_few");
    resampling_add_reasons(table, intervals[HALF].flags | intervals[GINI].flags);
}

static void write_top(relcoord_table *table, size_t keys, const concentration_set *c, size_t i,
                      const concentration *found, const bootstrap_interval *interval)
{
    const int percent = concentration_tops[i];
    table_set_string(table, keys, c->item->entry->variable);
    table_set_integer(table, keys + 1, percent);
    table_set_integer(table, keys + 2, (int64_t)c->sample.count);
    table_set_string(table, keys + 6, estimator_of(c));
    note_reason(table, c, found->total);
    if (!has_figures(found))
        return;
    table_set_number(table, keys + 3, 100 * found->tops[i]);
    table_set_number(table, keys + 4, 100 * interval->low);
    table_set_number(table, keys + 5, 100 * interval->high);
    if ((size_t)percent * c->sample.count < 100)
        table_add_note(table, "part_of_one");
    resampling_add_reasons(table, interval->flags);
}

static void write_point(relcoord_table *table, size_t keys, const concentration_set *c, size_t i,
                        const concentration *found, double share)
{
    table_set_string(table, keys, c->item->entry->variable);
    table_set_integer(table, keys + 1, lorenz_points[i]);
    table_set_integer(table, keys + 2, (int64_t)c->sample.count);
    table_set_number(table, keys + 3, 100 * share);
    table_set_string(table, keys + 4, estimator_of(c));
    note_reason(table, c, found->total);
}

static void write_rows(const concentration_tables *t, const concentration_set *c,
                       const people_sets *sets, size_t set, const bootstrap_interval *intervals)
{
    const concentration found = concentration_measure(&c->sample, c->own);
    double points[LORENZ_POINTS];
    write_people(t->people, people_sets_begin_row(t->people, c->r, sets, set), c, &found,
                 intervals);
    for (size_t i = 0; i < CONCENTRATION_TOPS; i++)
        write_top(t->tops, people_sets_begin_row(t->tops, c->r, sets, set), c, i, &found,
                  &intervals[TOPS + i]);
    concentration_lorenz(&c->sample, c->own, points);
    for (size_t i = 0; i < LORENZ_POINTS; i++)
        write_point(t->lorenz, people_sets_begin_row(t->lorenz, c->r, sets, set), c, i, &found,
                    points[i]);
}

/* ---- The whole ---- */

static relcoord_status write_set(const concentration_tables *t, const run *r,
                                 const survey_item *item, const people_sets *sets, size_t set,
                                 work_share share, relcoord_error *err)
{
    bootstrap_interval intervals[STATISTICS] = {{0}};
    concentration_set c = {.r = r,
                           .item = item,
                           .members = {(uint32_t)(sets->start[set + 1] - sets->start[set]),
                                       sets->people + sets->start[set]}};
    resampling_statistics statistics = {evaluate, &c, STATISTICS, c.members.count * sizeof(double),
                                        share};
    relcoord_status status = fill_set(&c, err);
    if (!status && c.sample.count > 0)
        status = resampling_intervals(r, &c.members, &statistics, intervals, err);
    if (!status)
        write_rows(t, &c, sets, set, intervals);
    concentration_set_free(&c);
    return status;
}

relcoord_status concentration_write(const concentration_tables *t, const run *r,
                                    const people_sets *sets, double from, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    size_t count = 0, done = 0;
    for (const char *name = options_names(r->options, "concentration"); *name;
         name = options_name_after(name))
        count += sets->count;
    for (const char *name = options_names(r->options, "concentration"); *name && !status;
         name = options_name_after(name))
        for (size_t set = 0; set < sets->count && !status; set++, done++) {
            double step = (1 - from) / (double)count;
            work_share share = {from + step * (double)done, from + step * (double)(done + 1)};
            status = write_set(t, r, numbers_find(r->survey, name), sets, set, share, err);
        }
    return status;
}
