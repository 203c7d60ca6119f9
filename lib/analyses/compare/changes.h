/* One change: the values of a set of ties in two waves, person by person, and the estimates and
 * tests made of them (relcoord-methods(7), Comparison). */
#ifndef ANALYSES_COMPARE_CHANGES_H
#define ANALYSES_COMPARE_CHANGES_H

#include "engine/scores/cells.h"

typedef struct compared_tie {
    uint64_t person; /* respondents in their order; who changed workgroup is two people */
    uint32_t row, target, place; /* of the matrix; place: the target's in the order of targets */
    uint32_t tie;
    bool later, within; /* of the wave `to`; about one's own workgroup */
} compared_tie;

enum { PAIRING_PAIRED, PAIRING_UNPAIRED, PAIRING_MIXED, PAIRING_COUNT };

/* What is compared: ties sorted by person, then target, then wave, of which those of a part
 * count. */
typedef enum set_kind { SET_CELL, SET_WORKGROUP, SET_WITHIN, SET_BETWEEN, SET_ALL } set_kind;
typedef struct change_set {
    set_kind kind;
    const compared_tie *ties;
    size_t count;
} change_set;

typedef enum change_note {
    CHANGE_EMPTY_WAVE = 1,
    CHANGE_NO_PAIRS = 2,
    CHANGE_TOO_FEW = 4,
    CHANGE_ALL_EQUAL = 8,
    CHANGE_OVERLAP = 16,
    CHANGE_ZEROS_DROPPED = 32,
    CHANGE_UNIDENTIFIED = 64,
    CHANGE_NO_RESIDUAL = 128,
    CHANGE_AT_ZERO = 256,
    CHANGE_NO_EFFECT = 512 /* too few for the correction of Hedges' g */
} change_note;

typedef struct change {
    set_kind kind;
    uint32_t row, target; /* of a cell; of a workgroup its row */
    int dimension, pairing;
    unsigned notes;
    int64_t n[2], pairs;
    double means[2], difference, se, df, effect, p, p_holm, p_bh; /* NaN for none */
    const char *effect_name, *test;
} change;

/* Room to work in, for sets of up to `most` ties. */
typedef struct change_work {
    const run *r;
    score_rule rule;
    bool ranks; /* the tests are those of ranks */
    struct person_sums *people;
    double *first, *second;
    struct wave_sums *waves;
} change_work;

bool change_work_make(change_work *w, const run *r, size_t most);
void change_work_free(change_work *w);

/* Works out one measure of a set: a change for each pairing that `wanted` has as a bit; *count
 * becomes how many were written. The mixed one is there only where some, but not all, are in both
 * waves. RELCOORD_ENOMEM and RELCOORD_ECANCELLED are the only failures. */
relcoord_status changes_find(const change_work *w, const change_set *set, int measure,
                             unsigned wanted, double share, change out[PAIRING_COUNT],
                             size_t *count, relcoord_error *err);

#endif
