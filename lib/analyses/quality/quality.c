/* What the data are like before anything is made of them: columns, respondents, problems
 * (relcoord-methods(7), Data quality). It reports, and leaves nothing out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/counts/variables.h"
#include "stats/measures/patterns.h"

/* ---- What it takes and gives ---- */

static const option_spec quality_options[] = {WAVE_OPTION, BASE_OPTION, THREAD_OPTION};

static const column_spec respondent_columns[] = {
    RESPONDENT_COLUMN,
    WAVE_COLUMN,
    WORKGROUP_COLUMN,
    {"ties", RELCOORD_INTEGER, RELCOORD_COUNT, "workgroups that the respondent was asked about"},
    {"answered", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "share of the items asked that have a score"},
    {"longest_run", RELCOORD_INTEGER, RELCOORD_COUNT, "items on end with the same score, at most"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "standard deviation (n - 1) of the respondent's scores"},
    {"identical", RELCOORD_INTEGER, RELCOORD_COUNT,
     "ties answered just as another tie of the respondent"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const column_spec problem_columns[] = {
    {"line", RELCOORD_INTEGER, RELCOORD_KEY, "line of the file; empty where there are none"},
    {"column", RELCOORD_STRING, RELCOORD_KEY, "column of the data; empty for the whole row"},
    {"value", RELCOORD_STRING, RELCOORD_LABEL,
     "as it stands there; of a duplicate, the target or the respondent"},
    {"problem", RELCOORD_STRING, RELCOORD_LABEL,
     "invalid: an answer off the scale; duplicate: a row left out"},
    {"row", RELCOORD_INTEGER, RELCOORD_KEY, "row of the data, the header not counted"},
    {"file", RELCOORD_INTEGER, RELCOORD_KEY, "which of the files, in the order given"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const table_spec respondents_table = {.name = "respondents",
                                             .on_request = true,
                                             .help = "how one respondent answered",
                                             .columns = respondent_columns,
                                             .things = "ties,longest_run,identical",
                                             .personal = true};
static const table_spec problems_table = {.name = "problems",
                                          .help = "what was wrong and was put right",
                                          .columns = problem_columns,
                                          .personal = true};
static const table_spec *const quality_tables[] = {&variables_table, &respondents_table,
                                                   &problems_table, NULL};

/* ---- Respondents ---- */

enum { LEAST_FOR_STRAIGHT_LINE = 7 };

/* What one respondent answered in one wave. */
typedef struct answering {
    answer_pattern pattern;
    int64_t asked;
    uint32_t key_count;
    uint64_t *keys; /* of ties that have an answer: their answers */
} answering;

static void learn_tie(answering *a, const relcoord_survey *s, uint32_t tie)
{
    const int8_t *answers = s->answers + (size_t)tie * ITEM_COUNT;
    uint64_t key = 0;
    bool any = false;
    answer_pattern_break(&a->pattern);
    for (int d = 0; d < ITEM_COUNT; d++) {
        key = key << 8 | (uint8_t)answers[d];
        any = any || answers[d] > 0;
        if (answers[d] > 0)
            answer_pattern_add(&a->pattern, answers[d]);
        else if (s->asked[d])
            answer_pattern_break(&a->pattern);
    }
    a->asked += s->asked_count;
    if (any)
        a->keys[a->key_count++] = key;
}

/* The items about no workgroup, in the order of columns; a run ends where another scale begins. */
static void learn_items(answering *a, const relcoord_survey *s, uint32_t p)
{
    const char *scale = NULL;
    for (size_t i = 0; i < s->variable_count; i++) {
        const survey_variable *v = &s->variables[i];
        const survey_item *item;
        const code *answer;
        if (v->role != ROLE_ITEM || v->of_ties)
            continue;
        item = &s->items[v->slot];
        if (!scale || strcmp(scale, item->entry->scale) != 0)
            answer_pattern_break(&a->pattern);
        scale = item->entry->scale;
        a->asked++;
        answer = item->places[p] ? &item->codes->codes[item->places[p] - 1] : NULL;
        if (answer && answer->kind == CODE_SCORE)
            answer_pattern_add(&a->pattern, answer->score);
        else
            answer_pattern_break(&a->pattern);
    }
}

static void write_respondent(relcoord_table *table, const relcoord_survey *s, uint32_t p,
                             answering *a)
{
    const attribute *waves = &s->attributes[COLUMN_WAVE],
                    *workgroups = &s->attributes[COLUMN_WORKGROUP];
    const answer_pattern *pattern = &a->pattern;
    table_add_row(table);
    table_set_string(table, 0, s->respondents.names[s->respondent[p]]);
    if (waves->present && *waves->labels.names[waves->values[p]])
        table_set_string(table, 1, waves->labels.names[waves->values[p]]);
    if (workgroups->present && *workgroups->labels.names[workgroups->values[p]])
        table_set_string(table, 2, workgroups->labels.names[workgroups->values[p]]);
    table_set_integer(table, 3, s->tie_count[p]);
    if (a->asked > 0)
        table_set_number(table, 4, (double)pattern->n / (double)a->asked);
    table_set_integer(table, 5, pattern->longest);
    table_set_number(table, 6, answer_pattern_sd(pattern));
    table_set_integer(table, 7, patterns_repeated(a->keys, a->key_count));
    if (pattern->n == 0)
        table_add_note(table, "empty");
    else if (pattern->n == 1)
        table_add_note(table, "too_few");
    if (pattern->n >= LEAST_FOR_STRAIGHT_LINE && !pattern->differs)
        table_add_note(table, "straight_line");
}

static relcoord_status write_respondents(const run *r, relcoord_result *result, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    relcoord_table *table = result_add_table(result, &respondents_table, NULL, 0);
    uint64_t *keys = memory_new(s->most_ties, sizeof *keys);
    for (uint32_t p = 0; table && keys && p < s->participation_count; p++) {
        answering a = {.keys = keys};
        if (r->cases.first_place[p] == r->cases.first_place[p + 1])
            continue;
        for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++)
            learn_tie(&a, s, t);
        learn_items(&a, s, p);
        write_respondent(table, s, p, &a);
    }
    memory_free(keys);
    return table && keys ? RELCOORD_OK : fail_memory(err);
}

/* ---- Problems ---- */

static int compare_problems(const void *left, const void *right)
{
    const survey_problem *a = left, *b = right;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->variable < b->variable ? -1 : a->variable > b->variable;
}

static void write_problem(relcoord_table *table, const relcoord_survey *s,
                          const survey_problem *problem)
{
    table_add_row(table);
    if (problem->line > 0)
        table_set_integer(table, 0, problem->line);
    if (problem->variable != NO_VARIABLE)
        table_set_string(table, 1, s->variables[problem->variable].name);
    if (*problem->value)
        table_set_string(table, 2, problem->value);
    table_set_string(table, 3, problem->kind == PROBLEM_INVALID ? "invalid" : "duplicate");
    table_set_integer(table, 4, problem->row);
    table_set_integer(table, 5, (int64_t)problem->file + 1);
}

static void note_problems(const relcoord_survey *s, relcoord_result *result)
{
    int64_t all = variables_left_out(s);
    char more[24];
    for (size_t i = 0; i < s->variable_count; i++)
        all += s->variables[i].invalid;
    snprintf(more, sizeof more, "%lld", (long long)(all - (int64_t)s->problem_count));
    if (all > (int64_t)s->problem_count)
        result_add_note(result, "problems not listed: %s", more);
    if (s->stops_at_invalid)
        result_add_note(
            result,
            "read with invalid=stop: any answer off the scale would have stopped the reading");
    if (s->stops_at_duplicates)
        result_add_note(
            result, "read with duplicates=stop: any duplicate row would have stopped the reading");
}

/* In the order of the files, whenever they were found. */
static relcoord_status write_problems(const relcoord_survey *s, relcoord_result *result,
                                      relcoord_error *err)
{
    relcoord_table *table = result_add_table(result, &problems_table, NULL, 0);
    survey_problem *sorted = memory_new(s->problem_count, sizeof *sorted);
    bool done = table && sorted;
    table_explain_empty(table, "no rows: nothing had to be put right");
    if (done && s->problem_count > 0) {
        memcpy(sorted, s->problems, s->problem_count * sizeof *sorted);
        qsort(sorted, s->problem_count, sizeof *sorted, compare_problems);
    }
    for (size_t i = 0; done && i < s->problem_count; i++)
        write_problem(table, s, &sorted[i]);
    memory_free(sorted);
    if (done)
        note_problems(s, result);
    return done ? RELCOORD_OK : fail_memory(err);
}

static relcoord_status quality_finish(void *state, const run *r, relcoord_result *result,
                                      relcoord_error *err)
{
    relcoord_status status = variables_write(state, r, result, err);
    if (!status)
        status = write_respondents(r, result, err);
    if (!status)
        status = write_problems(r->survey, result, err);
    return status;
}

const analysis quality_analysis = {
    .name = "quality",
    .summary = "data quality: missing and invalid answers, duplicates, straight-lining",
    .options = quality_options,
    .option_count = sizeof quality_options / sizeof *quality_options,
    .tables = quality_tables,
    .start = variables_start,
    .add = variables_add,
    .merge = variables_merge,
    .finish = quality_finish,
    .drop = variables_drop,
    .read_options = "invalid=missing duplicates=first",
    .takes_any_data = true,
    .shows_waves = true,
};
