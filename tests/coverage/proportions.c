/* How often 95 % Wilson intervals hold the proportion: exactly, by the binomial distribution and,
 * with a population, by the hypergeometric one; over proportions from 5 to 95 per cent. On average
 * it is to be 95 per cent, up to 0.6; the least, which jumps with the proportion (Brown, Cai &
 * DasGupta 2001, "Interval estimation for a binomial proportion"), is to be 89 with 10 answers and
 * 91 from 20 on. */
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "stats/intervals/proportions.h"

/* The share of samples of n whose interval holds a proportion of the population, 0 for an endless
 * one. */
static double coverage_of(unsigned n, unsigned population, double proportion)
{
    unsigned successes = (unsigned)lround(population * proportion);
    double held = 0, truth = population ? (double)successes / population : proportion;
    for (unsigned x = 0; x <= n; x++) {
        proportion_interval i = wilson_interval(x, n, population, 0.95);
        if (i.low <= truth && truth <= i.high)
            held += population ? gsl_ran_hypergeometric_pdf(x, successes, population - successes, n)
                               : gsl_ran_binomial_pdf(x, truth, n);
    }
    return 100 * held;
}

int main(void)
{
    static const struct {
        unsigned n, population;
    } cases[] = {{10, 0}, {20, 0}, {50, 0}, {155, 0}, {10, 30}, {20, 60}, {50, 155}, {100, 400}};
    enum { CASES = sizeof cases / sizeof *cases, STEPS = 900 };
    int missed = 0;
    for (int c = 0; c < CASES; c++) {
        double sum = 0, least = 100;
        for (int step = 0; step <= STEPS; step++) {
            double held = coverage_of(cases[c].n, cases[c].population, 0.05 + 0.9 * step / STEPS);
            sum += held;
            least = fmin(least, held);
        }
        bool kept = fabs(sum / (STEPS + 1) - 95) <= 0.6 && least >= (cases[c].n < 20 ? 89 : 91);
        missed += !kept;
        printf("Wilson, %3u of %3u: holds %.2f %% on average, %.2f at least%s\n", cases[c].n,
               cases[c].population, sum / (STEPS + 1), least, kept ? "" : "  FAILED");
    }
    printf("%d passed, %d failed\n", CASES - missed, missed);
    return missed > 0;
}
