/* Intervals of ICC(1) and ICC(2) by McGraw & Wong: exact for normal ratings in groups of one size, approximate in
 * groups of several, with n0 for their size. See simulate.h. */
#include "simulate.h"

#include "stats/anova.h"

enum { MOST_GROUPS = 60, MOST_MEMBERS = 40 };

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
static const char *const intervals[] = {"ICC(1)", "ICC(2)"};
enum { SETTINGS = sizeof settings / sizeof *settings, INTERVALS = 2 };

static void draw_group(const setting *s, size_t g, random_stream *stream, group_summary *out)
{
    double values[MOST_MEMBERS], shift = sqrt(s->between) * random_normal(stream);
    size_t n = s->groups < 2 ? s->least : s->least + (g * (s->most - s->least) + (s->groups - 1) / 2) / (s->groups - 1);
    for (size_t i = 0; i < n; i++) {
        double x = shift + sqrt(1 - s->between) * random_normal(stream);
        values[i] = s->answers ? answer_of(x) : x;
    }
    *out = group_of_values(values, n);
}

static relcoord_status draw_groups(const void *user, random_stream *stream, size_t task, unsigned char *verdicts,
                                   relcoord_error *err)
{
    const setting *s = user;
    group_summary groups[MOST_GROUPS];
    (void)task;
    (void)err;
    for (size_t g = 0; g < s->groups; g++)
        draw_group(s, g, stream, &groups[g]);
    anova a = anova_of_groups(groups, s->groups);
    icc found = icc_of_anova(&a, a.n0, 0.95);
    double one = s->answers ? answer_correlation(s->between) : s->between, two = a.n0 * one / (1 + (a.n0 - 1) * one);
    verdicts[0] = judge(found.one.low, found.one.high, one);
    verdicts[1] = judge(found.two.low, found.two.high, two);
    return RELCOORD_OK;
}

int main(void)
{
    int missed = 0;
    for (size_t i = 0; i < SETTINGS; i++) {
        simulation s = {.name = settings[i].name, .intervals = intervals, .count = INTERVALS, .draw = draw_groups,
                        .setting = &settings[i], .stream = i};
        missed += simulate(&s, 20000);
    }
    return conclude(SETTINGS * INTERVALS, missed);
}
