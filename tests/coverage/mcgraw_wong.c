/* Intervals of ICC(1) and ICC(2): McGraw & Wong's, exact for normal ratings in groups of one size
 * and approximate in groups of several, with n0 for their size; Wald's of the ratio of variances by
 * REML, exact for normal ratings; and bootstrap intervals that draw whole groups. See
 * simulate.h. */
#include "drawn.h"
#include "stats/variance/oneway.h"

enum { MOST_GROUPS = 60, MOST_MEMBERS = 40, REPLICATES = 499 };

/* Sizes go from the least to the most, evenly. */
typedef struct setting {
    const char *name;
    size_t groups, least, most;
    double between; /* share of the variance */
    bool answers;
} setting;

static const setting settings[] = {
    {"20 groups of 10, ICC .2", 20, 10, 10, 0.2, false},
    {"6 groups of 20, ICC .1", 6, 20, 20, 0.1, false},
    {"20 groups of 2 to 18, ICC .2", 20, 2, 18, 0.2, false},
    {"10 groups of 1 to 40, ICC .05", 10, 1, 40, 0.05, false},
    {"10 groups of 1 to 40, ICC .5", 10, 1, 40, 0.5, false},
    {"20 groups of 10, answers, ICC .2", 20, 10, 10, 0.2, true},
};
static const char *const intervals[] = {"ICC(1)", "ICC(2)", "REML"};
enum { SETTINGS = sizeof settings / sizeof *settings, INTERVALS = 3 };

static const setting drawn_settings[] = {
    {"drawn: 20 groups of 10, ICC .2", 20, 10, 10, 0.2, false},
    {"drawn: 10 groups of 1 to 40, ICC .5", 10, 1, 40, 0.5, false},
};
static const char *const drawn_intervals[] = {"percentile of ICC(1)", "basic of ICC(1)",
                                              "BCa of ICC(1)"};
enum { DRAWN_SETTINGS = sizeof drawn_settings / sizeof *drawn_settings };

static void draw_group(const setting *s, size_t g, random_stream *stream, group_summary *out)
{
    double values[MOST_MEMBERS], shift = sqrt(s->between) * random_normal(stream);
    size_t n = s->groups < 2
                   ? s->least
                   : s->least + (g * (s->most - s->least) + (s->groups - 1) / 2) / (s->groups - 1);
    for (size_t i = 0; i < n; i++) {
        double x = shift + sqrt(1 - s->between) * random_normal(stream);
        values[i] = s->answers ? answer_of(x) : x;
    }
    *out = group_of_values(values, n);
}

static relcoord_status draw_groups(const void *user, random_stream *stream, size_t task,
                                   unsigned char *verdicts, relcoord_error *err)
{
    const setting *s = user;
    group_summary groups[MOST_GROUPS];
    oneway_ratios ratios;
    (void)task;
    (void)err;
    for (size_t g = 0; g < s->groups; g++)
        draw_group(s, g, stream, &groups[g]);
    anova a = anova_of_groups(groups, s->groups);
    icc found = icc_of_anova(&a, a.n0, 0.95);
    double one = s->answers ? answer_correlation(s->between) : s->between,
           two = a.n0 * one / (1 + (a.n0 - 1) * one);
    verdicts[0] = judge(found.one.low, found.one.high, one);
    verdicts[1] = judge(found.two.low, found.two.high, two);
    if (!oneway_interval(groups, s->groups, 0.95, &ratios))
        return RELCOORD_ENOMEM;
    verdicts[2] = judge(ratios.low / (1 + ratios.low), ratios.high / (1 + ratios.high), one);
    return RELCOORD_OK;
}

/* ---- Drawing groups ---- */

typedef struct group_sample {
    size_t count;
    group_summary groups[MOST_GROUPS];
} group_sample;

static relcoord_status find_icc(const void *context, const double *weights, void *scratch,
                                double *value, relcoord_error *err)
{
    const group_sample *s = context;
    anova a = anova_of_weighted_groups(s->groups, weights, s->count);
    (void)scratch;
    (void)err;
    *value = icc_of_anova(&a, a.n0, 0).one.raw;
    return RELCOORD_OK;
}

static relcoord_status draw_replicates(const void *user, random_stream *stream, size_t task,
                                       unsigned char *verdicts, relcoord_error *err)
{
    const setting *s = user;
    group_sample sample = {.count = s->groups};
    resample_plan draws = {
        .count = s->groups, .seed = environment_number("SEED", 1), .stream = 1000 + task};
    for (size_t g = 0; g < s->groups; g++)
        draw_group(s, g, stream, &sample.groups[g]);
    return judge_drawn(&draws, find_icc, &sample, REPLICATES, s->between, verdicts, err);
}

int main(void)
{
    int missed = 0;
    missed += simulate_each(
        (simulation){.intervals = intervals, .count = INTERVALS, .draw = draw_groups}, settings,
        sizeof *settings, SETTINGS, 20000);
    missed += simulate_each((simulation){.intervals = drawn_intervals,
                                         .count = DRAWN_KINDS,
                                         .draw = draw_replicates,
                                         .stream = 100},
                            drawn_settings, sizeof *drawn_settings, DRAWN_SETTINGS, 2000);
    return conclude(SETTINGS * INTERVALS + DRAWN_SETTINGS * DRAWN_KINDS, missed);
}
