/* The ratio lambda of two variances at which a restricted likelihood is best, by the slope of its
 * criterion. Unbalanced data may have several turns, so all are looked at: a grid of shares that
 * lambda makes of the variance, denser and denser towards 1. */
#ifndef STATS_VARIANCE_LAMBDA_H
#define STATS_VARIANCE_LAMBDA_H

typedef struct lambda_search {
    double (*slope)(const void *model, double lambda); /* d criterion / d lambda */
    double (*criterion)(const void *model, double lambda);
    const void *model;
    double scale; /* a share is scale lambda/(1 + scale lambda) */
    double flat;  /* a slope at 0 of less, which is negative, falls */
    int tail;     /* steps of the grid behind those of one size, each half of the one before */
} lambda_search;

/* The lambda of that share. */
double lambda_of_share(double share, double scale);

/* The lambda of the lowest criterion. */
double lambda_find(const lambda_search *s);

#endif
