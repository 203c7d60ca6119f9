/* Lists of ties for the suites of variance components: made one by one, invented, fitted. */
#ifndef TESTS_TIE_LISTS_H
#define TESTS_TIE_LISTS_H

#include <math.h>

#include "stats/variance/components.h"
#include "support.h"

enum { MOST_TIES = 4000 };

static const char *const component_names[COMPONENTS] = {"rater", "respondent", "cell", "rated",
                                                        "residual"};

/* Ties that a test fills. */
typedef struct tie_list {
    size_t n;
    uint32_t rater[MOST_TIES], respondent[MOST_TIES], rated[MOST_TIES];
    double score[MOST_TIES];
} tie_list;

static inline void add_tie(tie_list *l, uint32_t rater, uint32_t respondent, uint32_t rated,
                           double score)
{
    ck_assert_uint_lt(l->n, MOST_TIES);
    l->rater[l->n] = rater;
    l->respondent[l->n] = respondent;
    l->rated[l->n] = rated;
    l->score[l->n++] = score;
}

static inline uint32_t count_ids(const uint32_t *ids, size_t n)
{
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++)
        count = ids[i] >= count ? ids[i] + 1 : count;
    return count;
}

static inline component_ties ties_of(const tie_list *l)
{
    return (component_ties){l->n,
                            l->rater,
                            l->respondent,
                            l->rated,
                            l->score,
                            count_ids(l->rater, l->n),
                            count_ids(l->respondent, l->n),
                            count_ids(l->rated, l->n)};
}

static inline component_fit fit_list(const tie_list *l, workgroup_effects workgroups)
{
    component_ties ties = ties_of(l);
    component_fit fit;
    ck_assert_int_eq(components_fit(&ties, workgroups, NULL, &fit), 0);
    return fit;
}

/* A value near 0 … 1, evenly spread. */
static inline double draw_even(uint64_t *seed)
{
    return (double)(random_bits(seed) >> 11) / 9007199254740992.0;
}

/* A sum of twelve even values: near enough to normal, with variance 1. */
static inline double draw_normal(uint64_t *seed)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += draw_even(seed);
    return sum;
}

/* Raters of `n` respondents who rate `rated` others, each tie missing with that probability. */
static inline void draw_list(tie_list *l, uint32_t raters, uint32_t n, uint32_t rated,
                             double missing, uint64_t seed)
{
    double rated_effect[64];
    l->n = 0;
    for (uint32_t h = 0; h < rated; h++)
        rated_effect[h] = 0.5 * draw_normal(&seed);
    for (uint32_t g = 0; g < raters; g++) {
        double rater_effect = 0.7 * draw_normal(&seed), cell_effect[64];
        for (uint32_t h = 0; h < rated; h++)
            cell_effect[h] = 0.4 * draw_normal(&seed);
        for (uint32_t i = 0; i < n; i++) {
            double own = 0.6 * draw_normal(&seed);
            for (uint32_t h = 0; h < rated; h++) {
                double score = 3 + rater_effect + rated_effect[h] + cell_effect[h] + own
                               + 0.5 * draw_normal(&seed);
                if (draw_even(&seed) >= missing)
                    add_tie(l, g, g * n + i, h, score);
            }
        }
    }
}

static inline void expect_relative(const char *name, double got, double wanted, double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance * fabs(wanted),
                  "%s is %.17g, not %.17g: off by %.2g", name, got, wanted, fabs(got / wanted - 1));
}

#endif
