/* The cells of the matrix: exact moments of every measure for each row and target. The state that
 * matrix and summary share. */
#ifndef ENGINE_SCORES_CELLS_H
#define ENGINE_SCORES_CELLS_H

#include "engine/analysis.h"
#include "stats/numbers/moments.h"

/* What is measured on a tie: the ten dimensions, then the three scores again by the complete-case
 * rule. */
enum { MEASURE_COMPLETE = DIMENSION_COUNT, MEASURE_COUNT = DIMENSION_COUNT + 3 };

/* The dimension that a measure is. */
int measure_dimension(int measure);

/* Least answered items for each measure. */
typedef struct score_rule {
    int least[MEASURE_COUNT];
} score_rule;

/* asked: which of the items the instrument has. */
score_rule score_rule_make(double min_share, const bool asked[ITEM_COUNT]);

/* A tie's measure in SCORE_UNITs, or 0 when it has none. */
int32_t score_measure(const int8_t answers[ITEM_COUNT], const score_rule *rule, int measure);

/* Whether the instrument has the dimension, or an item of it. */
bool dimension_asked(const relcoord_survey *survey, int dimension);

typedef struct cell {
    uint32_t row, target;
    uint32_t target_place; /* the target's place in the order of targets */
    int64_t asked;         /* ties there are */
    int64_t answered;      /* with at least one answer */
    int64_t complete;      /* with all items answered */
    int64_t doubted;       /* with a don't know */
    int64_t
        dont_know[DIMENSION_COUNT]; /* without the score, and with a don't know among its items */
    moments measures[MEASURE_COUNT];
} cell;

typedef struct cell_state {
    score_rule rule;
    key_index index; /* row << 32 | target */
    cell *cells;     /* by id of the index; after cells_sort in order of row, then target */
    size_t capacity;
} cell_state;

relcoord_status cells_start(const run *r, void **state, relcoord_error *err);
relcoord_status cells_add(void *state, const run *r, uint32_t first, uint32_t end,
                          relcoord_error *err);
relcoord_status cells_merge(void *into, const void *from, relcoord_error *err);
void cells_drop(void *state);

/* Brings the cells into order; from then on the index is not used, and row_cells[row] …
 * row_cells[row + 1] are a row's cells. The caller frees *row_cells. */
relcoord_status cells_sort(cell_state *state, const run *r, uint32_t **row_cells,
                           relcoord_error *err);

/* Whether the tie is the respondents' own workgroup rated: the diagonal. */
bool cell_is_within(const run *r, const cell *c);

/* Whether a participation's scores count: one of weight 0 is left out, and counted as left out. */
bool participation_counts(const run *r, uint32_t participation);

#endif
