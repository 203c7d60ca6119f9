/* The social relations model of a round robin: x_ij = mean + actor_i + partner_j + relationship_ij,
 * everybody rating everybody else once. Variances, and what goes both ways, by the method of
 * moments (Warner, Kenny & Stoto 1979, "A new round robin analysis of variance for social
 * interaction data"; Kenny & La Voie 1984, "The social relations model"). */
#ifndef STATS_VARIANCE_SOCIAL_RELATIONS_H
#define STATS_VARIANCE_SOCIAL_RELATIONS_H

#include <stddef.h>
#include <stdint.h>

enum {
    SOCIAL_RELATIONS_LEAST = 4
}; /* three members have four mean squares for the five components */

typedef struct social_relations {
    double mean;
    double actor, partner, relationship; /* variances; estimates may be below 0 */
    double actor_partner,
        both_ways;      /* covariances: of a member's two effects, of a pair's two relationships */
    double generalised; /* actor_partner / sqrt(actor partner): NaN unless both are above 0, as far
                           as rounding tells */
    double dyadic;      /* both_ways / relationship: NaN unless that is above 0; never beyond 1 */
} social_relations;

/* values: n (n - 1) ratings, rater by rater, in each the n - 1 others in order. effects has room
 * for 2 n numbers, and becomes the actor effects, then the partner effects. All is NaN when n <
 * SOCIAL_RELATIONS_LEAST. */
void social_relations_estimate(const double *values, uint32_t n, double *effects,
                               social_relations *out);

#endif
