/* Gathering the cells of the matrix, and the score of a single tie. */
#include "engine/scores/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/measures/scores.h"

/* ---- Scores ---- */

enum { RELATIONSHIP_ITEMS = ITEM_COUNT - COMMUNICATION_ITEMS };

int measure_dimension(int measure)
{
    return measure < MEASURE_COMPLETE ? measure
                                      : measure - MEASURE_COMPLETE + DIMENSION_COMMUNICATION;
}

/* The items of a dimension: [first, end). */
static int first_item(int dimension)
{
    return dimension < ITEM_COUNT                ? dimension
           : dimension == DIMENSION_RELATIONSHIP ? COMMUNICATION_ITEMS
                                                 : 0;
}

static int end_item(int dimension)
{
    return dimension < ITEM_COUNT                 ? dimension + 1
           : dimension == DIMENSION_COMMUNICATION ? COMMUNICATION_ITEMS
                                                  : ITEM_COUNT;
}

static int count_asked(const bool asked[ITEM_COUNT], int dimension)
{
    int count = 0;
    for (int i = first_item(dimension); i < end_item(dimension); i++)
        count += asked[i];
    return count;
}

bool dimension_asked(const relcoord_survey *survey, int dimension)
{
    return count_asked(survey->asked, dimension) > 0;
}

score_rule score_rule_make(double min_share, const bool asked[ITEM_COUNT])
{
    score_rule rule;
    for (int m = 0; m < ITEM_COUNT; m++)
        rule.least[m] = 1;
    for (int score = 0; score < 3; score++) {
        int items = count_asked(asked, DIMENSION_COMMUNICATION + score);
        rule.least[DIMENSION_COMMUNICATION + score] = scores_least_answered(min_share, items);
        rule.least[MEASURE_COMPLETE + score] = items > 0 ? items : 1;
    }
    return rule;
}

int32_t score_measure(const int8_t answers[ITEM_COUNT], const score_rule *rule, int measure)
{
    switch (measure_dimension(measure)) {
    case DIMENSION_COMMUNICATION:
        return scores_mean(answers, COMMUNICATION_ITEMS, rule->least[measure]);
    case DIMENSION_RELATIONSHIP:
        return scores_mean(answers + COMMUNICATION_ITEMS, RELATIONSHIP_ITEMS, rule->least[measure]);
    case DIMENSION_RC: return scores_mean(answers, ITEM_COUNT, rule->least[measure]);
    default: return answers[measure] > 0 ? answers[measure] * SCORE_UNIT : 0;
    }
}

relcoord_status relcoord_score_answers(const int8_t *answers, size_t n, double min_share,
                                       double scores[3])
{
    static const int order[] = {DIMENSION_RC, DIMENSION_COMMUNICATION, DIMENSION_RELATIONSHIP};
    static const bool all[ITEM_COUNT] = {true, true, true, true, true, true, true};
    score_rule rule;
    if (!answers || !scores || n != ITEM_COUNT || !(min_share >= 0 && min_share <= 1))
        return RELCOORD_EUSAGE;
    for (size_t i = 0; i < n; i++)
        if (answers[i] < 0 || answers[i] > 5)
            return RELCOORD_EUSAGE;
    rule = score_rule_make(min_share, all);
    for (int i = 0; i < 3; i++) {
        int32_t score = score_measure(answers, &rule, order[i]);
        scores[i] = score ? (double)score / SCORE_UNIT : NAN;
    }
    return RELCOORD_OK;
}

/* ---- Gathering ---- */

relcoord_status cells_start(const run *r, void **state, relcoord_error *err)
{
    cell_state *s = memory_zeroed(1, sizeof *s);
    if (!s)
        return fail_memory(err);
    s->rule = score_rule_make(options_number(r->options, "min_share"), r->survey->asked);
    *state = s;
    return RELCOORD_OK;
}

void cells_drop(void *state)
{
    cell_state *s = state;
    if (!s)
        return;
    key_index_free(&s->index);
    memory_free(s->cells);
    memory_free(s);
}

/* The cell of a row and target, made when it is new; NULL when memory runs out. */
static cell *find_cell(cell_state *s, uint32_t row, uint32_t target)
{
    uint32_t count = s->index.count, id = key_index_add(&s->index, (uint64_t)row << 32 | target);
    void *cells = s->cells;
    if (id == INTERN_FULL)
        return NULL;
    if (id == count) {
        if (!memory_reserve(&cells, &s->capacity, count + (size_t)1, sizeof *s->cells))
            return NULL;
        s->cells = cells;
        memset(&s->cells[id], 0, sizeof s->cells[id]);
        s->cells[id].row = row;
        s->cells[id].target = target;
    }
    return &s->cells[id];
}

bool participation_counts(const run *r, uint32_t participation)
{
    return !r->cases.weight || r->cases.weight[participation] > 0;
}

/* Counts the don't knows of a tie that keep a score from it. */
static void count_doubts(cell *c, const int8_t answers[ITEM_COUNT], const score_rule *rule)
{
    c->doubted++;
    for (int d = 0; d < DIMENSION_COUNT; d++)
        c->dont_know[d] += score_measure(answers, rule, d) == 0
                           && memchr(answers + first_item(d), (unsigned char)ANSWER_DONT_KNOW,
                                     (size_t)(end_item(d) - first_item(d)))
                                  != NULL;
}

static void add_tie(cell *c, const int8_t answers[ITEM_COUNT], const score_rule *rule, int asked)
{
    int answered = 0, doubts = 0;
    for (int i = 0; i < ITEM_COUNT; i++) {
        answered += answers[i] > 0;
        doubts += answers[i] == ANSWER_DONT_KNOW;
    }
    c->answered += answered > 0;
    c->complete += answered == asked;
    if (doubts > 0)
        count_doubts(c, answers, rule);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        int32_t score = score_measure(answers, rule, m);
        if (score)
            moments_add(&c->measures[m], score);
    }
}

/* Adds a participation's ties to a row; false when memory runs out. */
static bool add_ties(cell_state *s, const run *r, uint32_t p, uint32_t row)
{
    const relcoord_survey *survey = r->survey;
    bool counts = participation_counts(r, p);
    for (uint32_t t = survey->first_tie[p]; t < survey->first_tie[p] + survey->tie_count[p]; t++) {
        cell *c = find_cell(s, row, survey->target[t]);
        if (!c)
            return false;
        c->asked++;
        if (counts)
            add_tie(c, survey->answers + (size_t)t * ITEM_COUNT, &s->rule, survey->asked_count);
    }
    return true;
}

relcoord_status cells_add(void *state, const run *r, uint32_t first, uint32_t end,
                          relcoord_error *err)
{
    cell_state *s = state;
    for (uint32_t p = first; p < end; p++)
        for (size_t i = r->cases.first_place[p]; i < r->cases.first_place[p + 1]; i++)
            if (!add_ties(s, r, p, r->cases.rows[i]))
                return fail_memory(err);
    return RELCOORD_OK;
}

relcoord_status cells_merge(void *into, const void *from, relcoord_error *err)
{
    cell_state *s = into;
    const cell_state *other = from;
    for (uint32_t i = 0; i < other->index.count; i++) {
        const cell *more = &other->cells[i];
        cell *c = find_cell(s, more->row, more->target);
        if (!c)
            return fail_memory(err);
        c->asked += more->asked;
        c->answered += more->answered;
        c->complete += more->complete;
        c->doubted += more->doubted;
        for (int d = 0; d < DIMENSION_COUNT; d++)
            c->dont_know[d] += more->dont_know[d];
        for (int m = 0; m < MEASURE_COUNT; m++)
            moments_merge(&c->measures[m], &more->measures[m]);
    }
    return RELCOORD_OK;
}

/* ---- Order ---- */

static int compare_cells(const void *left, const void *right)
{
    const cell *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->target_place < b->target_place ? -1 : a->target_place > b->target_place;
}

relcoord_status cells_sort(cell_state *state, const run *r, uint32_t **row_cells,
                           relcoord_error *err)
{
    uint32_t *first = memory_zeroed(r->cases.row_count + (size_t)1, sizeof *first);
    if (!first)
        return fail_memory(err);
    for (uint32_t i = 0; i < state->index.count; i++)
        state->cells[i].target_place = r->survey->target_place[state->cells[i].target];
    if (state->index.count > 0) /* no cells may be no array */
        qsort(state->cells, state->index.count, sizeof *state->cells, compare_cells);
    for (uint32_t i = 0; i < state->index.count; i++)
        first[state->cells[i].row + 1]++;
    for (uint32_t row = 0; row < r->cases.row_count; row++)
        first[row + 1] += first[row];
    *row_cells = first;
    return RELCOORD_OK;
}

bool cell_is_within(const run *r, const cell *c)
{
    return r->cases.row_workgroup[c->row] == c->target;
}
