/* The crossing of rater and rated workgroups, laid out for lib/stats/variance/reml.h: workgroups,
 * their cells, and the respondents of a workgroup gathered by the set of targets they rated. Knows
 * ties as plain arrays. Memory and time are linear in the ties; what follows from them depends on
 * the ids alone, not on the order of the rows. */
#ifndef STATS_VARIANCE_CROSSING_H
#define STATS_VARIANCE_CROSSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Between ties: the caller leaves out the diagonal. Ids start at 0; those without a tie may be
 * there. */
typedef struct component_ties {
    size_t n;
    const uint32_t *rater, *respondent,
        *rated; /* the respondent's workgroup, the respondent, the workgroup rated */
    const double *score;
    uint32_t raters, respondents, rateds; /* each id is below its number */
} component_ties;

/* Respondents of one workgroup who rated the same targets. */
typedef struct crossing_pattern {
    size_t first; /* among the entries: `size` cells, counted from the workgroup's first */
    uint32_t size, hash;
    double respondents, mean,
        squares; /* of the respondents' sums of scores; squares about that mean */
} crossing_pattern;

typedef struct crossing_cell {
    uint32_t rated; /* counted from the part's first */
    double n, sum;  /* of scores about their respondents' means */
} crossing_cell;

typedef struct crossing_group {
    size_t first_cell, cells, first_pattern, patterns;
    double squares; /* of scores about their respondents' means */
} crossing_group;

/* Workgroups that a chain of ratings connects. Parts share nothing but the mean. */
typedef struct crossing_part {
    size_t first_group, groups, rated;
} crossing_part;

typedef struct crossing {
    double centre; /* the mean score, taken from every score that is kept here */
    size_t ties, respondents, groups, rated, cells, patterns, parts;
    size_t most_cells, most_rated; /* of a workgroup, of a part */
    double squares;                /* of all scores about the centre */
    crossing_part *part;
    crossing_group *group;
    crossing_cell *cell;
    crossing_pattern *pattern;
    uint32_t *entry;
} crossing;

typedef enum crossing_status {
    CROSSING_MADE,
    CROSSING_INVALID, /* an id or a score out of range, a tie that is there twice, a respondent of
                         two workgroups */
    CROSSING_NO_MEMORY
} crossing_status;

/* Zero-initialise *out; free it whatever the status. */
crossing_status crossing_make(const component_ties *ties, crossing *out);
void crossing_free(crossing *c);

#endif
