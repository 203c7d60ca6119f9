/* Intervals of the model of two factors: their correlation, and a standardised loading, by maximum
 * likelihood where cases are independent, and by robust errors over respondents beside it on ties.
 * See simulate.h. */
#include "simulate.h"

#include "stats/factor/factor.h"

enum { ITEMS = 7 };

/* Items alike, of variance 1; the first four of one factor. Of each variance `own` is the
 * respondent's, the rest the tie's; respondents give 1 … most ties. */
typedef struct setting {
    const char *name;
    uint32_t people, most;
    double own;
    bool answers;
} setting;

static const setting settings[] = {
    {"normal, 100 cases", 100, 1, 0, false},
    {"normal, 300 cases", 300, 1, 0, false},
    {"answers, 300 cases", 300, 1, 0, true},
    {"ties, 60 respondents of 1 to 9", 60, 9, 0.5, false},
    {"ties, 200 respondents of 1 to 9", 200, 9, 0.5, false},
};
static const char *const intervals[] = {"correlation", "robust correlation", "loading",
                                        "robust loading"};
static const int factor_of[ITEMS] = {0, 0, 0, 0, 1, 1, 1};
static const double shared = 0.5,
                    correlation = 0.8; /* of an item with its factor, squared; of the factors */
enum { SETTINGS = sizeof settings / sizeof *settings, INTERVALS = 4 };

/* Normals of those variances, for the factors and then the items. */
static void draw_parts(random_stream *stream, double share, double *out)
{
    double first = random_normal(stream),
           second = correlation * first
                    + sqrt(1 - correlation * correlation) * random_normal(stream);
    for (int i = 0; i < ITEMS; i++)
        out[i] = sqrt(share * shared) * (factor_of[i] ? second : first)
                 + sqrt(share * (1 - shared)) * random_normal(stream);
}

static bool fill_clusters(const setting *s, random_stream *stream, factor_clusters *c)
{
    if (!factor_clusters_make(c, s->people, ITEMS))
        return false;
    for (uint32_t p = 0; p < s->people; p++) {
        double own[ITEMS], row[ITEMS];
        uint32_t ties = 1 + random_index(stream, s->most);
        draw_parts(stream, s->own, own);
        for (uint32_t t = 0; t < ties; t++) {
            draw_parts(stream, 1 - s->own, row);
            for (int i = 0; i < ITEMS; i++)
                row[i] = s->answers ? answer_of(own[i] + row[i]) : own[i] + row[i];
            factor_clusters_add(c, p, row);
        }
    }
    return true;
}

static void judge_solution(const factor_solution *f, double r, double loading,
                           unsigned char *verdicts)
{
    double low, high;
    factor_interval(factor_correlation(f), 0.95, &low, &high);
    verdicts[0] = judge(low, high, r);
    factor_interval(factor_loading_standardised(f, 0), 0.95, &low, &high);
    verdicts[2] = judge(low, high, loading);
}

static relcoord_status draw_model(const void *user, random_stream *stream, size_t task,
                                  unsigned char *verdicts, relcoord_error *err)
{
    const setting *s = user;
    factor_clusters c;
    factor_solution f;
    factor_robust_test test;
    double covariance[ITEMS * ITEMS], means[ITEMS], within = shared, between = shared * correlation;
    (void)task;
    (void)err;
    if (!fill_clusters(s, stream, &c))
        return RELCOORD_ENOMEM;
    if (s->answers) {
        within = answer_correlation(within);
        between = answer_correlation(between);
    }
    double n = factor_clusters_covariance(&c, covariance, means);
    if (factor_fit(covariance, ITEMS, n, factor_of, &f) == FACTOR_DONE) {
        judge_solution(&f, between / within, sqrt(within), verdicts);
        if (factor_test_clusters(&f, &c, 0.9, &test) == FACTOR_DONE)
            judge_solution(&f, between / within, sqrt(within), verdicts + 1);
        factor_solution_free(&f);
    }
    factor_clusters_free(&c);
    return RELCOORD_OK;
}

int main(void)
{
    int missed = 0;
    missed += simulate_each(
        (simulation){.intervals = intervals, .count = INTERVALS, .draw = draw_model}, settings,
        sizeof *settings, SETTINGS, 4000);
    return conclude(SETTINGS * INTERVALS, missed);
}
