/* How often 95 % intervals hold the truth, over samples drawn anew, seeded. The figures stand in
 * one place, the table COVERAGE of relcoord-methods(7), and each is held against it here: a share
 * that differs by more than four Monte-Carlo errors fails, and so does an interval that the page
 * does not name. Figures of the page come from 20000 samples of another seed (SAMPLES=20000 SEED=7
 * in the environment); 95 stands where theory is exact. */
#ifndef COVERAGE_SIMULATE_H
#define COVERAGE_SIMULATE_H

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "base/random.h"

enum { MOST_INTERVALS = 8, SAMPLES_OF_PAGE = 20000 };
static const char *const methods_page = "man/relcoord-methods.7";

/* What a sample says of each interval. */
typedef enum verdict { NO_INTERVAL, MISSED, HELD } verdict;

/* Draws sample `task` of a setting and says whether each interval holds the truth. */
typedef relcoord_status (*sampler)(const void *setting, random_stream *stream, size_t task,
                                   unsigned char *verdicts, relcoord_error *err);

typedef struct simulation {
    const char *name; /* as the page has it */
    const char *const *intervals;
    size_t count;
    sampler draw;
    const void *setting;
    uint64_t seed, stream;
    unsigned char *verdicts; /* by sample and interval */
} simulation;

static inline size_t environment_number(const char *name, size_t otherwise)
{
    const char *text = getenv(name);
    return text ? (size_t)strtoull(text, NULL, 10) : otherwise;
}

static inline unsigned char judge(double low, double high, double truth)
{
    if (isnan(low) || isnan(high))
        return NO_INTERVAL;
    return low <= truth && truth <= high ? HELD : MISSED;
}

/* Which of a row's cells, which " Ta " parts, is `name`; 0 when none is. A header's cells are
 * emphasised. */
static inline int find_cell(const char *row, const char *name)
{
    size_t length = strlen(name);
    int cell = 0;
    for (const char *at = strstr(row, " Ta Em "); at; at = strstr(at + 1, " Ta Em ")) {
        cell++;
        if (strncmp(at + 7, name, length) == 0 && (at[7 + length] == '\n' || at[7 + length] == ' '))
            return cell;
    }
    return 0;
}

static inline double figure_in(const char *row, int cell)
{
    while (row && cell-- > 0) {
        row = strstr(row, " Ta ");
        row = row ? row + 4 : NULL;
    }
    return row ? strtod(row, NULL) : NAN;
}

/* The page's figure: where the row of the setting meets the column of the interval; NaN when it has
 * none. */
static inline double documented(const char *interval, const char *setting)
{
    char line[512], row[256];
    double figure = NAN;
    int cell = 0;
    FILE *page = fopen(methods_page, "r");
    snprintf(row, sizeof row, ".It %s Ta ", setting);
    while (page && isnan(figure) && fgets(line, sizeof line, page)) {
        if (strncmp(line, ".It \"\" Ta Em ", 13) == 0)
            cell = find_cell(line, interval);
        else if (cell > 0 && strncmp(line, row, strlen(row)) == 0)
            figure = figure_in(line, cell);
    }
    if (page)
        fclose(page);
    return figure;
}

/* Whether a share of `samples` is what the page says: its figure is rounded to a tenth. */
static inline bool report_share(const char *interval, const char *setting, double held,
                                double samples, double without)
{
    double figure = documented(interval, setting), p = fmin(fmax(figure / 100, 0.001), 0.999);
    bool exact = figure == 95;
    double error = 100 * sqrt(p * (1 - p) * (1 / samples + (exact ? 0 : 1.0 / SAMPLES_OF_PAGE)));
    bool kept = fabs(held - figure) <= 4 * error + (exact ? 0 : 0.05); /* false of NaN */
    double off = held - 95, own = 100 * sqrt(0.95 * 0.05 / samples);
    printf("%-26s %-40s holds %5.2f %%, error %.2f: %s; documented %5.1f%s", interval, setting,
           held, own,
           fabs(off) <= 3 * own ? "nominal"
           : off < 0            ? "too few"
                                : "too many",
           figure, kept ? "" : "  FAILED");
    if (without > 0)
        printf(" (none in %.2f %%)", without);
    putchar('\n');
    return kept;
}

static inline relcoord_status run_simulated(void *user, size_t task, relcoord_error *err)
{
    simulation *s = user;
    random_stream stream = random_start(s->seed, s->stream, task);
    return s->draw(s->setting, &stream, task, s->verdicts + task * s->count, err);
}

/* How many intervals are not what the page says. */
static inline int simulate(simulation *s, size_t samples)
{
    relcoord_error err = {0};
    int missed = 0;
    s->seed = environment_number("SEED", 1);
    samples = environment_number("SAMPLES", samples);
    s->verdicts = calloc(samples, s->count);
    if (!s->verdicts || parallel_run(parallel_threads(0), samples, run_simulated, s, NULL, &err)) {
        fprintf(stderr, "%s: %s\n", s->name, err.message);
        exit(1);
    }
    for (size_t i = 0; i < s->count; i++) {
        double held = 0, there = 0;
        for (size_t task = 0; task < samples; task++) {
            there += s->verdicts[task * s->count + i] != NO_INTERVAL;
            held += s->verdicts[task * s->count + i] == HELD;
        }
        missed += !report_share(s->intervals[i], s->name, 100 * held / there, there,
                                100 * (1 - there / (double)samples));
    }
    fflush(stdout);
    free(s->verdicts);
    return missed;
}

/* Simulates each of an array of settings, whose first member is their name, by as many streams on.
 */
static inline int simulate_each(simulation s, const void *settings, size_t size, size_t count,
                                size_t samples)
{
    int missed = 0;
    for (size_t i = 0; i < count; i++, s.stream++) {
        s.setting = (const char *)settings + i * size;
        s.name = *(const char *const *)s.setting;
        missed += simulate(&s, samples);
    }
    return missed;
}

static inline int conclude(size_t count, int missed)
{
    printf("%zu passed, %d failed\n", count - (size_t)missed, missed);
    return missed > 0;
}

/* ---- Answers 1 to 5 behind which a standard normal lies; 4 is usual ---- */

static const double answer_cuts[] = {-2, -1.3, -0.4, 0.8};
enum { ANSWER_CUTS = sizeof answer_cuts / sizeof *answer_cuts };

static inline double answer_of(double latent)
{
    double answer = 1;
    for (int c = 0; c < ANSWER_CUTS; c++)
        answer += latent > answer_cuts[c];
    return answer;
}

/* Mean and mean square of an answer whose normal has that mean and standard deviation. */
static inline void answer_moments(double mean, double sd, double *first, double *second)
{
    *first = *second = 1;
    for (int c = 0; c < ANSWER_CUTS; c++) {
        double above = gsl_cdf_ugaussian_Q((answer_cuts[c] - mean) / sd);
        *first += above;
        *second += (2 * c + 3) * above; /* (c + 2)^2 - (c + 1)^2 */
    }
}

/* The correlation of two answers whose normals share `shared` of their variance: what a common part
 * explains, by the trapezoidal rule, which is as exact as doubles here. */
static inline double answer_correlation(double shared)
{
    double sum = 0, first, second, mean, square;
    const double step = 1.0 / 64;
    answer_moments(0, 1, &mean, &square);
    for (int i = -640; i <= 640; i++) {
        double z = i * step;
        answer_moments(sqrt(shared) * z, sqrt(1 - shared), &first, &second);
        sum += step * exp(-z * z / 2) / sqrt(2 * acos(-1.0)) * (first - mean) * (first - mean);
    }
    return sum / (square - mean * mean);
}

#endif
