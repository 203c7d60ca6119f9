/* Response: how many of those invited answered, by every grouping that is known of them
 * (relcoord-methods(7), Response). */
#include <string.h>

#include "analyses/response/answered.h"
#include "analyses/response/fallout.h"
#include "analyses/response/raked.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "engine/counts/count_test.h"
#include "engine/counts/rate.h"

/* ---- What it takes and gives ---- */

static const option_spec response_options[] = {
    BY_OPTION,
    WAVE_OPTION,
    {.name = "groupings",
     .type = OPTION_LIST,
     .initial = "",
     .help = "the groupings to give rates for; empty: all that are known for those invited"},
    ANSWERED_OPTION,
    CONFIDENCE_OPTION,
    COUNT_TEST_OPTIONS,
    RAKE_OPTION,
    THREAD_OPTION};

static const column_spec rate_columns[] = {
    INVITED_COLUMNS,
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "answered, per cent of those invited"},
    RATE_COLUMNS,
    {NULL, 0, 0, NULL},
};

static const view_spec rate_views[] = {
    {VIEW_LIST, "Response: how many of those invited answered", NULL,
     "grouping,group,invited,answered,percent,ci_low,ci_high", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec rates_table = {.name = "rates",
                                       .help = "how many of one group answered",
                                       .columns = rate_columns,
                                       .views = rate_views,
                                       .labels = "grouping"};
static const table_spec *const response_tables[] = {&rates_table, &fallout_table, &raking_table,
                                                    &weights_table, NULL};

/* ---- Groupings ---- */

static bool is_in_by(const run *r, size_t a)
{
    for (size_t i = 0; i < r->cases.by_count; i++)
        if (r->cases.by[i] == a)
            return true;
    return false;
}

static relcoord_status refuse_grouping(const relcoord_survey *people, const char *option,
                                       const char *name, relcoord_error *err)
{
    const char **known = memory_new(people->attribute_count, sizeof *known), *near;
    size_t count = 0;
    if (!known)
        return fail_memory(err);
    for (size_t a = 0; a < people->attribute_count; a++)
        if (people->attributes[a].present)
            known[count++] = people->attributes[a].name;
    near = relcoord_nearest(name, known, count);
    memory_free(known);
    if (near)
        return fail_option(err, option,
                           "'%.100s' is not a known grouping of those invited; did you mean '%s'?",
                           name, near);
    return fail_option(err, option, "'%.100s' is not a known grouping of those invited", name);
}

/* Chooses those that an option names; *any: whether it names one. */
static relcoord_status choose_named(const run *r, const char *option, bool *chosen, bool *any,
                                    relcoord_error *err)
{
    const relcoord_survey *people = invited_people(r->survey);
    *any = false;
    for (const char *name = options_names(r->options, option); *name;
         name = options_name_after(name)) {
        size_t a = survey_find_attribute(people, name);
        if (a == people->attribute_count)
            return refuse_grouping(people, option, name, err);
        chosen[a] = *any = true;
    }
    return RELCOORD_OK;
}

/* Chooses what is asked for, or all but waves and statuses, which tell of the asking. */
static relcoord_status choose_groupings(const run *r, bool *chosen, relcoord_error *err)
{
    const relcoord_survey *people = invited_people(r->survey);
    bool any;
    relcoord_status status = choose_named(r, "groupings", chosen, &any, err);
    for (size_t a = 0; a < people->attribute_count && !status && !any; a++)
        chosen[a] = people->attributes[a].present && a != COLUMN_WAVE && a != COLUMN_STATUS
                    && !is_in_by(r, a);
    return status;
}

/* ---- Rates ---- */

static void write_rate(relcoord_table *table, const run *r, uint32_t group, const char *grouping,
                       const char *label, response_count count)
{
    size_t keys = cases_begin_row(table, &r->cases, group);
    table_set_string(table, keys, grouping);
    table_set_string(table, keys + 1, label);
    table_set_integer(table, keys + 2, count.invited);
    table_set_integer(table, keys + 3, count.answered);
    rate_write(table, keys + 4, r, count.answered, count.invited);
}

static void count_person(response_count *count, uint8_t person)
{
    count->invited++;
    count->answered += person == PERSON_ANSWERED;
}

/* Counts the people of one group of `by`, whose rows are [first, end). */
static void count_people(const run *r, const answered_state *state, uint32_t first, uint32_t end,
                         response_counts *counts)
{
    if (counts->of)
        memset(counts->labels, 0, counts->of->labels.count * sizeof *counts->labels);
    counts->all = (response_count){0, 0};
    for (size_t m = r->cases.row_start[first]; m < r->cases.row_start[end]; m++) {
        uint32_t p = r->cases.members[m], count;
        const uint32_t *labels;
        if (state->people[p] == PERSON_LEFT_OUT)
            continue;
        count_person(&counts->all, state->people[p]);
        count = counts->of ? survey_groups_of(counts->of, p, &labels) : 0;
        for (uint32_t i = 0; i < count; i++)
            count_person(&counts->labels[labels[i]], state->people[p]);
    }
}

static void write_labels(relcoord_table *table, const run *r, const response_counts *counts)
{
    for (uint32_t label = 0; label < counts->of->labels.count; label++)
        if (counts->labels[label].invited > 0)
            write_rate(table, r, counts->group, counts->of->name,
                       cases_label(counts->of->labels.names[label]), counts->labels[label]);
}

typedef struct response_work {
    relcoord_table *rates, *fallout;
    raked_tables raked;
    bool *chosen, *raking; /* by attribute */
    bool rakes;
    response_count *labels; /* room for those of any grouping */
} response_work;

/* The rows of one group of `by`. */
static relcoord_status write_group(const run *r, const answered_state *state,
                                   const response_work *work, uint32_t first, uint32_t end,
                                   relcoord_error *err)
{
    const relcoord_survey *people = invited_people(r->survey);
    response_counts counts = {.group = r->cases.row_group[first], .labels = work->labels};
    relcoord_status status = RELCOORD_OK;
    count_people(r, state, first, end, &counts);
    write_rate(work->rates, r, counts.group, "(total)", "(total)", counts.all);
    for (size_t a = 0; a < people->attribute_count && !status; a++) {
        if (!work->chosen[a])
            continue;
        counts.of = &people->attributes[a];
        count_people(r, state, first, end, &counts);
        write_labels(work->rates, r, &counts);
        status = fallout_write(work->fallout, r, &counts, err);
    }
    if (!status && work->rakes)
        status = raked_write(&work->raked, r, state, work->raking, counts.group, err);
    return status;
}

/* ---- The whole ---- */

static void add_notes(relcoord_result *result, const run *r, int64_t left_out, bool rakes)
{
    text count = {0};
    result_add_note(result, r->survey->invited ? "invited: those in the register"
                                               : "invited: those with a status in the data");
    text_add_integer(&count, left_out);
    if (left_out && !count.failed)
        result_add_note(
            result,
            "left out, because nothing has been distributed to them yet: %s with status new",
            count.bytes);
    result->failed = result->failed || count.failed;
    text_free(&count);
    result_add_note(result, "the intervals treat those invited as a sample of many like them; for "
                            "these people alone the rates are exact");
    if (rakes)
        result_add_note(result, "weights add up to the number of people invited; they correct for "
                                "non-response by the groupings of rake, and for nothing else");
}

static uint32_t most_labels(const relcoord_survey *people)
{
    uint32_t most = 0;
    for (size_t a = 0; a < people->attribute_count; a++)
        most = people->attributes[a].labels.count > most ? people->attributes[a].labels.count
                                                         : most;
    return most;
}

static relcoord_status start_work(response_work *work, const run *r, relcoord_result *result,
                                  relcoord_error *err)
{
    const relcoord_survey *people = invited_people(r->survey);
    const cases *c = &r->cases;
    relcoord_status status;
    work->chosen = memory_zeroed(people->attribute_count, sizeof *work->chosen);
    work->raking = memory_zeroed(people->attribute_count, sizeof *work->raking);
    work->labels = memory_new(most_labels(people), sizeof *work->labels);
    if (!work->chosen || !work->raking || !work->labels)
        return fail_memory(err);
    status = choose_groupings(r, work->chosen, err);
    if (!status)
        status = choose_named(r, "rake", work->raking, &work->rakes, err);
    if (status)
        return status;
    work->rates = result_add_table(result, &rates_table, c->by_names, c->by_count);
    work->fallout = result_add_table(result, &fallout_table, c->by_names, c->by_count);
    work->raked = raked_add_tables(result, r, work->rakes);
    return work->rates && work->fallout && work->raked.raking && work->raked.weights
               ? RELCOORD_OK
               : fail_memory(err);
}

static relcoord_status response_finish(void *state, const run *r, relcoord_result *result,
                                       relcoord_error *err)
{
    const cases *c = &r->cases;
    response_work work = {.rates = NULL};
    relcoord_status status = start_work(&work, r, result, err);
    if (!status)
        add_notes(result, r, answered_settle(state, r), work.rakes);
    for (uint32_t first = 0, end; first < c->row_count && !status; first = end) {
        for (end = first; end < c->row_count && c->row_group[end] == c->row_group[first];)
            end++;
        status = options_progress(r->options, 0.5 + 0.5 * first / c->row_count, err);
        if (!status)
            status = write_group(r, state, &work, first, end, err);
    }
    memory_free(work.chosen);
    memory_free(work.raking);
    memory_free(work.labels);
    return status;
}

const analysis response_analysis = {
    .name = "response",
    .summary = "response rates, and whether non-respondents differ",
    .needs = "a register, or a column of the role status",
    .options = response_options,
    .option_count = sizeof response_options / sizeof *response_options,
    .tables = response_tables,
    .start = answered_start,
    .add = answered_add,
    .merge = answered_merge,
    .finish = response_finish,
    .drop = answered_drop,
    .takes_any_data = true,
    .of_invited = true,
};
