/* The two waves that are compared, and who is of another workgroup in the second. */
#ifndef ANALYSES_COMPARE_WAVES_H
#define ANALYSES_COMPARE_WAVES_H

#include "engine/run.h"

typedef struct wave_pair {
    uint32_t waves[2]; /* from and to, labels */
    bool *changed;     /* by respondent: of different workgroups in the two */
    bool drop_changed;
    int64_t changed_count;
} wave_pair;

#define WAVE_PAIR_COLUMNS                                        \
    {"from", RELCOORD_STRING, RELCOORD_KEY, "the earlier wave"}, \
    {                                                            \
        "to", RELCOORD_STRING, RELCOORD_KEY, "the later wave"    \
    }

/* Finds the two waves by the options from and to; wave_pair_free frees *out. RELCOORD_EUSAGE with
 * fewer than two waves. */
relcoord_status wave_pair_find(const run *r, wave_pair *out, relcoord_error *err);
void wave_pair_free(wave_pair *w);
void wave_pair_note(const wave_pair *w, const run *r, relcoord_result *result);

#endif
