/* Processor time and memory of variance components as respondents, and then as workgroups grow:
 * tenfold respondents are to take ten times as long at most, and four times the cells at most eight
 * times as long, which is less than their square. It is linked with the library's objects, which
 * export what the library does not. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "stats/variance/components.h"

static uint64_t state = 1;

static double draw_even(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u; /* splitmix64 */
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (double)((z ^ z >> 31) >> 11) / 9007199254740992.0;
}

static double draw_normal(void)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += draw_even();
    return sum;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double peak_megabytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)use.ru_maxrss / 1024;
}

/* Workgroups that rate each other, or so many neighbours on a ring, each tie missing with that
 * probability. */
static component_ties draw_ties(uint32_t respondents, uint32_t workgroups, uint32_t neighbours,
                                double missing)
{
    size_t most = (size_t)respondents * neighbours;
    uint32_t *rater = malloc(most * sizeof *rater), *respondent = malloc(most * sizeof *respondent);
    uint32_t *rated = malloc(most * sizeof *rated);
    double *score = malloc(most * sizeof *score),
           *effect = malloc((2 + (size_t)neighbours) * workgroups * sizeof *effect);
    component_ties t = {0, rater, respondent, rated, score, workgroups, respondents, workgroups};
    if (!rater || !respondent || !rated || !score || !effect)
        exit(3);
    for (size_t i = 0; i < (2 + (size_t)neighbours) * workgroups; i++)
        effect[i] = 0.3 * draw_normal();
    for (uint32_t i = 0; i < respondents; i++) {
        uint32_t g = i % workgroups;
        double own = 3.6 + 0.5 * draw_normal() + effect[g];
        for (uint32_t step = 0; step < neighbours; step++) {
            uint32_t h = (g + step) % workgroups;
            double cell = effect[2 * (size_t)workgroups + (size_t)g * neighbours + step];
            double value = own + effect[workgroups + h] + cell + 0.6 * draw_normal();
            if (h == g || draw_even() < missing)
                continue;
            rater[t.n] = g;
            respondent[t.n] = i;
            rated[t.n] = h;
            score[t.n++] = value;
        }
    }
    free(effect);
    return t;
}

/* The seconds of random workgroups. */
static double time_fits(uint32_t respondents, uint32_t workgroups, uint32_t neighbours,
                        double missing)
{
    component_ties t = draw_ties(respondents, workgroups, neighbours, missing);
    double seconds = 0;
    double before = peak_megabytes();
    for (int w = WORKGROUPS_FIXED; w <= WORKGROUPS_RANDOM; w++) {
        component_fit fit;
        double start = now();
        int failed = components_fit(&t, (workgroup_effects)w, NULL, &fit);
        seconds = now() - start;
        if (failed || fit.reason != COMPONENTS_FITTED)
            exit(1);
        printf("%8u respondents  %4u workgroups  %7zu cells  %3.0f %% missing  %-6s  %2d steps  "
               "%8.3f s  %8.1f ns a tie  %+7.1f MB\n",
               respondents, workgroups, fit.cells, 100 * missing, w ? "random" : "fixed",
               fit.iterations, seconds, 1e9 * seconds / (double)t.n, peak_megabytes() - before);
    }
    free((void *)t.rater);
    free((void *)t.respondent);
    free((void *)t.rated);
    free((void *)t.score);
    return seconds;
}

/* All rate all, five respondents each: as workgroups double, cells become four times as many. */
static int time_cells(double missing)
{
    double before = 0, exponent = 0;
    for (uint32_t workgroups = 40; workgroups <= 160; workgroups *= 2) {
        double seconds = time_fits(5 * workgroups, workgroups, workgroups, missing);
        exponent = log(seconds / before) / log(4);
        before = seconds;
    }
    printf("as time grows like cells to the power of %.2f%s\n", exponent,
           exponent > 1.5 ? "  FAILED: over 1.5" : "");
    return exponent > 1.5;
}

int main(void)
{
    int failed = 0;
    time_fits(1000, 12, 12, 0.1);
    time_fits(10000, 11, 11, 0.1);
    time_fits(100000, 11, 11, 0.1);
    time_fits(1000000, 11, 11, 0.1);
    puts("\nall rate all, five respondents a workgroup, all ties there; then each respondent lacks "
         "other ones");
    failed += time_cells(0);
    failed += time_cells(0.3);
    puts("\nall rate all, 20000 respondents of as many patterns");
    time_fits(20000, 20, 20, 0.3);
    time_fits(20000, 40, 40, 0.3);
    time_fits(20000, 80, 80, 0.3);
    puts("\neach workgroup of five rates nine others, 30 % missing");
    time_fits(1250, 250, 10, 0.3);
    time_fits(2500, 500, 10, 0.3);
    time_fits(5000, 1000, 10, 0.3);
    return failed > 0;
}
