/* How often 95 % intervals of ICC(1) hold the truth: Wald's, of REML's ratio of variances; that of
 * the analysis of variance (McGraw & Wong 1996); and bootstrap intervals by drawing whole groups.
 * Seeded. Of normal scores Wald's holds exactly 95 % in groups of any sizes, the second where they
 * have one size; elsewhere the promise is what 20000 samples of another seed came to (SAMPLES=20000
 * SEED=7 in the environment). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "base/random.h"
#include "stats/resampling/bootstrap.h"
#include "stats/variance/oneway.h"

enum { MOST_GROUPS = 100, MOST_SIZE = 12, REPLICATES = 499, SAMPLES_PROMISED = 20000 };
enum { WALD, MCGRAW, PERCENTILE, BASIC, BCA, KINDS };

typedef struct scenario {
    const char *name;
    uint32_t groups, least, most; /* sizes, in turn */
    double icc, promised[KINDS];  /* per cent */
} scenario;

static const scenario scenarios[] = {
    {"10 groups of 5, ICC .2", 10, 5, 5, 0.2, {95, 95, 84.21, 79.56, 87.03}},
    {"10 groups of 1-12, ICC .2", 10, 1, 12, 0.2, {95, 94.27, 83.11, 79.86, 86.55}},
    {"30 groups of 1-12, ICC .1", 30, 1, 12, 0.1, {95, 94.77, 90.39, 89.34, 91.83}},
    {"30 groups of 1-12, ICC .5", 30, 1, 12, 0.5, {95, 92.95, 88.92, 87.31, 90.50}},
    {"100 groups of 1-12, ICC .2", 100, 1, 12, 0.2, {95, 93.84, 92.86, 92.21, 93.11}},
};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

typedef struct simulation {
    size_t which, samples;
    uint64_t seed;
    unsigned char *held; /* by sample: a bit for each kind */
} simulation;

static void draw_groups(const scenario *s, random_stream *stream, group_summary *groups)
{
    for (uint32_t g = 0; g < s->groups; g++) {
        double values[MOST_SIZE], shift = sqrt(s->icc) * random_normal(stream);
        uint32_t size = s->least + g % (s->most - s->least + 1);
        for (uint32_t i = 0; i < size; i++)
            values[i] = shift + sqrt(1 - s->icc) * random_normal(stream);
        groups[g] = group_of_values(values, size);
    }
}

typedef struct sample {
    uint32_t count;
    group_summary groups[MOST_GROUPS];
} sample;

static relcoord_status find_icc(const void *context, const double *weights, void *scratch,
                                double *value, relcoord_error *err)
{
    const sample *s = context;
    anova a = anova_of_weighted_groups(s->groups, weights, s->count);
    (void)scratch;
    (void)err;
    *value = icc_of_anova(&a, a.n0, 0).one.raw;
    return RELCOORD_OK;
}

static void note_if_held(unsigned char *held, int kind, double low, double high, double truth)
{
    if (low <= truth && truth <= high)
        *held |= (unsigned char)(1 << kind);
}

static relcoord_status hold_bootstraps(const sample *data, double truth, resample_plan draws,
                                       unsigned char *held, relcoord_error *err)
{
    bootstrap_plan plan = {.replicates = REPLICATES,
                           .jackknife = true,
                           .evaluate = find_icc,
                           .context = data,
                           .statistics = 1,
                           .threads = 1};
    resample groups = {0};
    bootstrap b = {0};
    relcoord_status status = resample_make(&draws, &groups, err);
    plan.people = &groups;
    if (!status)
        status = bootstrap_run(&plan, &b, err);
    for (int kind = PERCENTILE; kind < KINDS && !status; kind++) {
        bootstrap_interval i;
        status = bootstrap_intervals(&b, (bootstrap_kind)(kind - PERCENTILE), 0.95, &i, err);
        note_if_held(held, kind, i.low, i.high, truth);
    }
    bootstrap_free(&b);
    resample_free(&groups);
    return status;
}

static relcoord_status run_sample(void *user, size_t task, relcoord_error *err)
{
    simulation *sim = user;
    const scenario *s = &scenarios[sim->which];
    random_stream stream = random_start(sim->seed, sim->which, task);
    sample data = {.count = s->groups};
    oneway_ratios ratios;
    draw_groups(s, &stream, data.groups);
    anova a = anova_of_groups(data.groups, data.count);
    icc_value value = icc_of_anova(&a, a.n0, 0.95).one;
    if (!oneway_interval(data.groups, data.count, 0.95, &ratios))
        return RELCOORD_ENOMEM;
    note_if_held(&sim->held[task], WALD, ratios.low / (1 + ratios.low),
                 ratios.high / (1 + ratios.high), s->icc);
    note_if_held(&sim->held[task], MCGRAW, value.low, value.high, s->icc);
    resample_plan draws = {.count = s->groups, .seed = sim->seed, .stream = 1000 + task};
    return hold_bootstraps(&data, s->icc, draws, &sim->held[task], err);
}

/* How many of the kinds miss their promise. */
static int report(const simulation *sim)
{
    static const char *const kinds[KINDS] = {"wald", "mcgraw_wong", "percentile", "basic", "bca"};
    const scenario *s = &scenarios[sim->which];
    int missed = 0;
    for (int kind = 0; kind < KINDS; kind++) {
        double held = 0, promised = s->promised[kind];
        for (size_t i = 0; i < sim->samples; i++)
            held += sim->held[i] >> kind & 1;
        held *= 100.0 / (double)sim->samples;
        bool theory = kind == WALD || (kind == MCGRAW && s->least == s->most);
        double error = sqrt(promised * (100 - promised)
                            * (1 / (double)sim->samples + (theory ? 0 : 1.0 / SAMPLES_PROMISED)));
        bool kept = fabs(held - promised) <= 4 * error;
        missed += !kept;
        printf("%-28s %-12s holds %5.2f %%, promised %5.2f, error %.2f%s\n", s->name, kinds[kind],
               held, promised, error, kept ? "" : "  FAILED");
    }
    return missed;
}

static size_t setting(const char *name, size_t otherwise)
{
    const char *text = getenv(name);
    return text ? (size_t)strtoull(text, NULL, 10) : otherwise;
}

int main(void)
{
    simulation sim = {.samples = setting("SAMPLES", 4000), .seed = setting("SEED", 1)};
    int missed = 0;
    for (; sim.which < SCENARIOS; sim.which++) {
        relcoord_error err = {0};
        sim.held = calloc(sim.samples, 1);
        if (!sim.held
            || parallel_run(parallel_threads(0), sim.samples, run_sample, &sim, NULL, &err)) {
            fprintf(stderr, "%s: %s\n", scenarios[sim.which].name, err.message);
            return 1;
        }
        missed += report(&sim);
        free(sim.held);
    }
    printf("%d passed, %d failed\n", SCENARIOS * KINDS - missed, missed);
    return missed > 0;
}
