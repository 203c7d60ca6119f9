/* Persons' means. */
#include "engine/scores/people.h"

#include "stats/measures/scores.h"

const char *const tie_part_names[TIE_PARTS] = {"within", "between", "all"};

double person_mean(const run *r, const score_rule *rule, uint32_t participation, int measure,
                   tie_part part)
{
    const relcoord_survey *s = r->survey;
    uint32_t own = s->attributes[COLUMN_WORKGROUP].values[participation],
             first = s->first_tie[participation];
    int64_t sum = 0, n = 0;
    for (uint32_t t = first; t < first + s->tie_count[participation]; t++) {
        bool counts = part == TIES_ALL || (s->target[t] == own) == (part == TIES_WITHIN);
        int32_t score = counts ? score_measure(s->answers + (size_t)t * ITEM_COUNT, rule, measure)
                               : 0;
        sum += score;
        n += score > 0;
    }
    return n > 0 ? (double)sum / ((double)n * SCORE_UNIT) : NAN;
}

uint32_t person_group(const attribute *of, uint32_t participation)
{
    const uint32_t *labels;
    uint32_t count = survey_groups_of(of, participation, &labels);
    return count == 1 && *of->labels.names[labels[0]] ? labels[0] : NO_ROW;
}
