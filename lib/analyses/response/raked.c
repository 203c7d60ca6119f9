/* Raking those who answered to those who were invited (relcoord-methods(7), Response). A grouping
 * is one margin, of which those of no known group are a part; where its groups overlap, each is a
 * margin of who is in it and who is not. */
#include "analyses/response/raked.h"

#include "base/error.h"
#include "base/memory.h"
#include "engine/scores/scales.h"
#include "stats/weighting/raking.h"

/* ---- Tables ---- */

static const column_spec raking_columns[] = {
    INVITED_COLUMNS,
    {"invited_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "the group's share of those invited, per cent"},
    {"answered_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "its share of those who answered, per cent"},
    {"weighted_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same with the weights, per cent"},
    {"weight_min", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the least weight in the group"},
    {"weight_max", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the largest"},
    {"effective_n", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "how many answers of equal weight would tell as much"},
    {"design_effect", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "how many times the weights make the variance of a mean grow"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec raking_views[] = {
    {VIEW_LIST, "Raking: what those who answered are made up of, before and after weighting", NULL,
     "grouping,group,invited_percent,answered_percent,weighted_percent,weight_min,weight_max,"
     "effective_n",
     NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec raking_table = {.name = "raking",
                                 .help = "what one group weighs before and after raking",
                                 .columns = raking_columns,
                                 .views = raking_views,
                                 .labels = "grouping"};

static const column_spec weight_columns[] = {
    {"respondent", RELCOORD_STRING, RELCOORD_KEY, "who answered"},
    {"wave", RELCOORD_STRING, RELCOORD_KEY, "in which wave; empty without waves"},
    {"weight", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "how many of those invited the respondent stands for"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

const table_spec weights_table = {.name = "weights",
                                  .help = "the weight of one who answered",
                                  .columns = weight_columns,
                                  .personal = true};

raked_tables raked_add_tables(relcoord_result *result, const run *r, bool wanted)
{
    raked_tables tables = {
        result_add_table(result, &raking_table, r->cases.by_names, r->cases.by_count),
        result_add_table(result, &weights_table, r->cases.by_names, r->cases.by_count)};
    if (tables.raking)
        tables.raking->aside = !wanted;
    if (tables.weights)
        tables.weights->aside = true;
    return tables;
}

/* ---- Margins ---- */

#define WHOLE UINT32_MAX /* in place of a label: the margin is all of a grouping */

typedef struct margin_source {
    const attribute *of;
    uint32_t label; /* the group that people are in or not */
    size_t first;   /* of its categories among all */
} margin_source;

typedef struct category {
    int64_t invited;
    weight_spread answered;
} category;

/* People and margins of one group of `by`. */
typedef struct raked {
    const run *r;
    const relcoord_survey *people;
    uint32_t group;
    size_t margin_count, category_count, answered_count;
    raking_margin *margins;
    margin_source *sources;
    double *targets; /* by category */
    category *categories, all;
    uint32_t *answered; /* participations */
    uint32_t *places;   /* by margin and who answered: the category */
    double *weights;    /* by who answered */
    raking outcome;
} raked;

static void raked_free(raked *k)
{
    memory_free(k->margins);
    memory_free(k->sources);
    memory_free(k->targets);
    memory_free(k->categories);
    memory_free(k->answered);
    memory_free(k->places);
    memory_free(k->weights);
}

/* How many margins an attribute gives: 1, or one for each group that people may be in. */
static size_t margins_of(const attribute *a)
{
    size_t count = 0;
    for (uint32_t label = 0; a->multiple && label < a->labels.count; label++)
        count += *a->labels.names[label] != 0;
    return a->multiple ? count : 1;
}

static void add_margin(raked *k, const attribute *a, uint32_t label)
{
    size_t count = label == WHOLE ? a->labels.count : 2;
    k->sources[k->margin_count] = (margin_source){a, label, k->category_count};
    k->margins[k->margin_count++].count = count;
    k->category_count += count;
}

static relcoord_status list_margins(raked *k, const bool *wanted, relcoord_error *err)
{
    size_t most = 0;
    for (size_t a = 0; a < k->people->attribute_count; a++)
        most += wanted[a] ? margins_of(&k->people->attributes[a]) : 0;
    k->margins = memory_zeroed(most, sizeof *k->margins);
    k->sources = memory_new(most, sizeof *k->sources);
    if (!k->margins || !k->sources)
        return fail_memory(err);
    for (size_t i = 0; i < k->people->attribute_count; i++) {
        const attribute *a = &k->people->attributes[i];
        if (wanted[i] && !a->multiple)
            add_margin(k, a, WHOLE);
        for (uint32_t label = 0; wanted[i] && a->multiple && label < a->labels.count; label++)
            if (*a->labels.names[label])
                add_margin(k, a, label);
    }
    k->targets = memory_zeroed(k->category_count, sizeof *k->targets);
    k->categories = memory_zeroed(k->category_count, sizeof *k->categories);
    return k->targets && k->categories ? RELCOORD_OK : fail_memory(err);
}

/* Of a whole grouping the label; else 1 for who is in the group, 0 for who is not. */
static uint32_t place_of(const margin_source *source, uint32_t participation)
{
    const uint32_t *labels;
    uint32_t count = survey_groups_of(source->of, participation, &labels);
    if (source->label == WHOLE)
        return labels[0];
    for (uint32_t i = 0; i < count; i++)
        if (labels[i] == source->label)
            return 1;
    return 0;
}

/* Counts who was invited, and lists who answered with the places that they have. */
static relcoord_status list_people(raked *k, const answered_state *state,
                                   const group_members *members, relcoord_error *err)
{
    k->answered = memory_new(members->count, sizeof *k->answered);
    k->weights = memory_new(members->count, sizeof *k->weights);
    k->places = memory_new(members->count, k->margin_count * sizeof *k->places);
    if (!k->answered || !k->weights || !k->places)
        return fail_memory(err);
    for (uint32_t i = 0; i < members->count; i++)
        if (state->people[members->participations[i]] == PERSON_ANSWERED)
            k->answered[k->answered_count++] = members->participations[i];
    for (uint32_t i = 0; i < members->count; i++) {
        if (state->people[members->participations[i]] == PERSON_LEFT_OUT)
            continue;
        k->all.invited++;
        for (size_t m = 0; m < k->margin_count; m++)
            k->categories[k->sources[m].first
                          + place_of(&k->sources[m], members->participations[i])]
                .invited++;
    }
    for (size_t m = 0; m < k->margin_count; m++)
        for (size_t i = 0; i < k->answered_count; i++)
            k->places[m * k->answered_count + i] = place_of(&k->sources[m], k->answered[i]);
    return RELCOORD_OK;
}

static relcoord_status weigh_people(raked *k, relcoord_error *err)
{
    relcoord_status status;
    for (size_t c = 0; c < k->category_count; c++)
        k->targets[c] = (double)k->categories[c].invited;
    for (size_t m = 0; m < k->margin_count; m++) {
        k->margins[m].category = k->places + m * k->answered_count;
        k->margins[m].target = k->targets + k->sources[m].first;
    }
    status = raking_fit(k->margins, k->margin_count, k->answered_count, k->r->options,
                        0.5 + 0.5 * k->group / k->r->cases.group_count, k->weights, &k->outcome,
                        err);
    for (size_t i = 0; i < k->answered_count && !status; i++) {
        weight_spread_add(&k->all.answered, k->weights[i]);
        for (size_t m = 0; m < k->margin_count; m++)
            weight_spread_add(
                &k->categories[k->sources[m].first + k->margins[m].category[i]].answered,
                k->weights[i]);
    }
    return status;
}

/* ---- Rows ---- */

/* Says why there are no weights; false where there are. */
static bool note_reason(relcoord_table *table, const raked *k)
{
    bool weighs = k->all.invited > 0 && k->outcome.outcome == RAKING_DONE;
    if (k->all.invited == 0)
        table_add_note(table, "empty");
    else if (k->outcome.outcome == RAKING_EMPTY)
        table_add_note(table, "not_raked");
    else if (k->outcome.outcome == RAKING_UNSETTLED)
        table_add_note(table, "no_convergence");
    return !weighs;
}

static void set_percent(relcoord_table *table, size_t column, double part, double whole)
{
    if (whole > 0)
        table_set_number(table, column, 100 * part / whole);
}

static void write_category(relcoord_table *table, const raked *k, const char *grouping,
                           const char *group, const category *c)
{
    size_t keys = cases_begin_row(table, &k->r->cases, k->group);
    table_set_string(table, keys, grouping);
    table_set_string(table, keys + 1, group);
    table_set_integer(table, keys + 2, c->invited);
    table_set_integer(table, keys + 3, c->answered.n);
    set_percent(table, keys + 4, (double)c->invited, (double)k->all.invited);
    set_percent(table, keys + 5, (double)c->answered.n, (double)k->answered_count);
    table_set_string(table, keys + 11, "rate_raked");
    if (c->invited > 0 && c->answered.n == 0)
        table_add_note(table, "none_answered");
    if (note_reason(table, k))
        return;
    set_percent(table, keys + 6, c->answered.sum, k->all.answered.sum);
    table_set_number(table, keys + 7, c->answered.least);
    table_set_number(table, keys + 8, c->answered.most);
    table_set_number(table, keys + 9, weight_spread_effective(&c->answered));
    table_set_number(table, keys + 10, weight_spread_design_effect(&c->answered));
}

static void write_margin(relcoord_table *table, const raked *k, const margin_source *source)
{
    const label_list *labels = &source->of->labels;
    const category *categories = k->categories + source->first;
    if (source->label != WHOLE && categories[1].invited > 0)
        write_category(table, k, source->of->name, cases_label(labels->names[source->label]),
                       &categories[1]);
    for (uint32_t label = 0; source->label == WHOLE && label < labels->count; label++)
        if (categories[label].invited > 0)
            write_category(table, k, source->of->name, cases_label(labels->names[label]),
                           &categories[label]);
}

static void write_weights(relcoord_table *table, const raked *k)
{
    const attribute *waves = &k->people->attributes[COLUMN_WAVE];
    for (size_t i = 0; i < k->answered_count; i++) {
        size_t keys = cases_begin_row(table, &k->r->cases, k->group);
        table_set_string(table, keys,
                         k->people->respondents.names[k->people->respondent[k->answered[i]]]);
        if (waves->present)
            table_set_string(table, keys + 1,
                             cases_label(waves->labels.names[waves->values[k->answered[i]]]));
        table_set_number(table, keys + 2, k->weights[i]);
        note_reason(table, k);
    }
}

relcoord_status raked_write(const raked_tables *tables, const run *r, const answered_state *state,
                            const bool *wanted, uint32_t group, relcoord_error *err)
{
    raked k = {.r = r, .people = invited_people(r->survey), .group = group};
    group_members members;
    relcoord_status status = group_members_list(r, group, &members, err);
    if (status)
        return status;
    status = list_margins(&k, wanted, err);
    if (!status)
        status = list_people(&k, state, &members, err);
    if (!status)
        status = weigh_people(&k, err);
    if (!status) {
        write_category(tables->raking, &k, "(total)", "(total)", &k.all);
        for (size_t m = 0; m < k.margin_count; m++)
            write_margin(tables->raking, &k, &k.sources[m]);
        write_weights(tables->weights, &k);
    }
    raked_free(&k);
    group_members_free(&members);
    return status;
}
