/* Counts of what stands in each used column of the data (relcoord-methods(7), Data quality). The
 * base of every column is the rows that were kept: what stands once for a respondent counts in each
 * row that repeats it. */
#include "engine/counts/variables.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

static const column_spec variable_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "column of the data"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT,
     "rows with a score; of a column of labels, with a label"},
    {"missing", RELCOORD_INTEGER, RELCOORD_COUNT, "rows where it is empty or declared missing"},
    {"dont_know", RELCOORD_INTEGER, RELCOORD_COUNT, "rows with a don't know"},
    {"invalid", RELCOORD_INTEGER, RELCOORD_COUNT, "answers off the scale, taken as missing"},
    {"min", RELCOORD_NUMBER, RELCOORD_LABEL, "lowest score there is"},
    {"max", RELCOORD_NUMBER, RELCOORD_LABEL, "highest score there is"},
    {"unscored", RELCOORD_INTEGER, RELCOORD_COUNT, "rows with a category that has no score"},
    {"floor", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "share of n at the lowest score that can be"},
    {"ceiling", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "share of n at the highest score that can be"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum {
    COLUMN_N = 1,
    COLUMN_MISSING,
    COLUMN_DONT_KNOW,
    COLUMN_INVALID,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_UNSCORED,
    COLUMN_FLOOR,
    COLUMN_CEILING
};

const table_spec variables_table = {.name = "variables",
                                    .help = "what stands in one column of the data",
                                    .columns = variable_columns,
                                    .labels = "variable"};

/* ---- Counts ---- */

/* The scores that a column can have; NAN where there is no such bound. */
typedef struct score_range {
    double lowest, highest;
} score_range;

typedef struct variable_count {
    score_range range;
    int64_t n, dont_know, unscored, at_lowest, at_highest;
    double min, max; /* of n, where it has scores */
} variable_count;

typedef struct variable_state {
    int64_t rows;
    size_t count;
    variable_count *counts; /* by variable */
    uint32_t
        *variable_of; /* by target (one in long data) and dimension: the variable, or NO_VARIABLE */
} variable_state;

static score_range find_range(const survey_variable *v)
{
    score_range range = {NAN, NAN};
    if (!v->of_ties && v->role != ROLE_ITEM && v->role != ROLE_OUTCOME)
        return range;
    if (v->of_ties && !v->codes)
        return (score_range){1, 5};
    for (size_t i = 0; v->codes && i < v->codes->count; i++)
        if (v->codes->codes[i].kind == CODE_SCORE) {
            range.lowest = fmin(range.lowest, v->codes->codes[i].score);
            range.highest = fmax(range.highest, v->codes->codes[i].score);
        }
    return range;
}

relcoord_status variables_start(const run *r, void **state, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    const size_t targets = s->wide ? s->attributes[COLUMN_WORKGROUP].labels.count : 1;
    variable_state *made = memory_zeroed(1, sizeof *made);
    if (!made)
        return fail_memory(err);
    made->count = s->variable_count;
    made->counts = memory_zeroed(s->variable_count, sizeof *made->counts);
    made->variable_of = memory_new(targets, ITEM_COUNT * sizeof *made->variable_of);
    if (!made->counts || !made->variable_of) {
        variables_drop(made);
        return fail_memory(err);
    }
    memset(made->variable_of, 0xFF, targets * ITEM_COUNT * sizeof *made->variable_of);
    for (size_t i = 0; i < s->variable_count; i++) {
        const survey_variable *v = &s->variables[i];
        made->counts[i] = (variable_count){
            .range = find_range(v), .min = INFINITY, .max = -INFINITY};
        if (v->of_ties)
            made->variable_of[(v->target == NO_TARGET ? 0 : (size_t)v->target) * ITEM_COUNT
                              + v->slot] = (uint32_t)i;
    }
    *state = made;
    return RELCOORD_OK;
}

void variables_drop(void *state)
{
    variable_state *s = state;
    if (!s)
        return;
    memory_free(s->counts);
    memory_free(s->variable_of);
    memory_free(s);
}

static void count_score(variable_count *c, double score, int64_t rows)
{
    c->n += rows;
    c->min = fmin(c->min, score);
    c->max = fmax(c->max, score);
    c->at_lowest += score == c->range.lowest ? rows : 0;
    c->at_highest += score == c->range.highest ? rows : 0;
}

static void count_tie(variable_state *state, const relcoord_survey *s, uint32_t tie)
{
    const uint32_t *variables = state->variable_of
                                + (s->wide ? (size_t)s->target[tie] : 0) * ITEM_COUNT;
    for (int d = 0; d < ITEM_COUNT; d++) {
        int8_t answer = s->answers[(size_t)tie * ITEM_COUNT + (size_t)d];
        variable_count *c = variables[d] == NO_VARIABLE ? NULL : &state->counts[variables[d]];
        if (!c)
            continue;
        if (answer > 0)
            count_score(c, answer, 1);
        c->dont_know += answer == ANSWER_DONT_KNOW;
        c->unscored += answer <= ANSWER_UNSCORED;
    }
}

static void count_item(variable_count *c, const survey_item *item, uint32_t p, int64_t rows)
{
    const code *answer;
    if (!item->codes && !isnan(item->numbers[p]))
        count_score(c, item->numbers[p], rows);
    if (!item->codes || item->places[p] == 0)
        return;
    answer = &item->codes->codes[item->places[p] - 1];
    if (answer->kind == CODE_SCORE)
        count_score(c, answer->score, rows);
    c->dont_know += answer->kind == CODE_DONT_KNOW ? rows : 0;
    c->unscored += answer->kind == CODE_UNSCORED ? rows : 0;
}

/* Anything but an answer about a workgroup: what `rows` rows say of a participation. */
static void count_field(variable_count *c, const relcoord_survey *s, const survey_variable *v,
                        uint32_t p, int64_t rows)
{
    if (v->role == ROLE_ITEM || v->role == ROLE_OUTCOME)
        count_item(c, &s->items[v->slot], p, rows);
    else if (v->role == ROLE_WEIGHT)
        count_score(c, s->weight[p], rows);
    else if (v->role == ROLE_RESPONDENT || v->role == ROLE_TARGET || v->membership)
        c->n += rows; /* an empty one is refused, or says no */
    else
        c->n += *s->attributes[v->slot].labels.names[s->attributes[v->slot].values[p]] ? rows : 0;
}

relcoord_status variables_add(void *state, const run *r, uint32_t first, uint32_t end,
                              relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    variable_state *into = state;
    (void)err;
    for (uint32_t p = first; p < end; p++) {
        int64_t rows = s->wide ? 1 : s->tie_count[p];
        if (r->cases.first_place[p] == r->cases.first_place[p + 1])
            continue;
        into->rows += rows;
        for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++)
            count_tie(into, s, t);
        for (size_t i = 0; i < s->variable_count; i++)
            if (!s->variables[i].of_ties)
                count_field(&into->counts[i], s, &s->variables[i], p, rows);
    }
    return RELCOORD_OK;
}

relcoord_status variables_merge(void *into, const void *from, relcoord_error *err)
{
    variable_state *to = into;
    const variable_state *more = from;
    (void)err;
    to->rows += more->rows;
    for (size_t i = 0; i < to->count; i++) {
        variable_count *c = &to->counts[i];
        const variable_count *m = &more->counts[i];
        c->n += m->n;
        c->dont_know += m->dont_know;
        c->unscored += m->unscored;
        c->at_lowest += m->at_lowest;
        c->at_highest += m->at_highest;
        c->min = fmin(c->min, m->min);
        c->max = fmax(c->max, m->max);
    }
    return RELCOORD_OK;
}

/* ---- The table ---- */

int64_t variables_left_out(const relcoord_survey *survey)
{
    int64_t kept = survey->wide ? survey->participation_count : 0;
    for (uint32_t p = 0; p < survey->participation_count && !survey->wide; p++)
        kept += survey->tie_count[p];
    return survey->row_count - kept;
}

static void write_scores(relcoord_table *table, const variable_count *c, bool scored)
{
    if (scored && c->n > 0) {
        table_set_number(table, COLUMN_MIN, c->min);
        table_set_number(table, COLUMN_MAX, c->max);
    }
    if (scored && c->n > 0 && !isnan(c->range.lowest)) {
        table_set_number(table, COLUMN_FLOOR, (double)c->at_lowest / (double)c->n);
        table_set_number(table, COLUMN_CEILING, (double)c->at_highest / (double)c->n);
    }
    if (!scored)
        table_add_note(table, "no_scores");
    else if (c->n == 0)
        table_add_note(table, "empty");
    else if (isnan(c->range.lowest))
        table_add_note(table, "no_scale");
}

/* Answers off the scale are counted as the files are read. Where rows were left out, by a wave, as
 * duplicates or with who did not answer, it is not known how many of them were in the rows that
 * stay: they then count as missing, too. */
static void write_variable(relcoord_table *table, const variable_state *state,
                           const survey_variable *v, const variable_count *c, bool whole,
                           bool all_waves, bool similar)
{
    bool known = v->invalid == 0 || whole;
    int64_t invalid = known ? v->invalid : 0;
    table_add_row(table);
    table_set_string(table, 0, v->name);
    table_set_integer(table, COLUMN_N, c->n - (v->membership ? invalid : 0));
    table_set_integer(table, COLUMN_MISSING,
                      state->rows - c->n - c->dont_know - c->unscored
                          - (v->membership ? 0 : invalid));
    table_set_integer(table, COLUMN_DONT_KNOW, c->dont_know);
    if (known || all_waves)
        table_set_integer(table, COLUMN_INVALID, v->invalid);
    table_set_integer(table, COLUMN_UNSCORED, c->unscored);
    write_scores(table, c,
                 v->of_ties || v->role == ROLE_ITEM || v->role == ROLE_OUTCOME
                     || v->role == ROLE_WEIGHT);
    if (v->membership)
        table_add_note(table, "empty_is_no");
    if (similar)
        table_add_note(table, "similar_labels");
    if (!known)
        table_add_note(table, "missing_with_invalid");
}

/* Targets have their labels from the workgroups. */
static bool has_similar_labels(const relcoord_survey *s, const survey_variable *v)
{
    switch (v->role) {
    case ROLE_TARGET: return s->attributes[COLUMN_WORKGROUP].similar;
    case ROLE_WORKGROUP:
    case ROLE_UNIT:
    case ROLE_GROUP:
    case ROLE_WAVE:
    case ROLE_ROLE:
    case ROLE_LEVEL:
    case ROLE_STATUS: return !v->membership && s->attributes[v->slot].similar;
    default: return false;
    }
}

relcoord_status variables_write(const void *state, const run *r, relcoord_result *result,
                                relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    const variable_state *counted = state;
    const bool all_waves = r->cases.wave == NO_ROW || s->attributes[COLUMN_WAVE].labels.count == 1;
    const bool whole = all_waves && variables_left_out(s) == 0 && r->cases.not_answered == 0;
    relcoord_table *table = result_add_table(result, &variables_table, NULL, 0);
    for (size_t i = 0; table && i < s->variable_count; i++)
        write_variable(table, counted, &s->variables[i], &counted->counts[i], whole, all_waves,
                       has_similar_labels(s, &s->variables[i]));
    return table ? RELCOORD_OK : fail_memory(err);
}
