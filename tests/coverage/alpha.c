/* Intervals of alpha and omega: Feldt, Duhachek & Iacobucci and the delta method where cases are
 * independent; and on ties, of which each respondent gives several alike, the bootstrap over
 * respondents beside Feldt, which is not offered there and shows why. See simulate.h. */
#include "drawn.h"
#include "stats/factor/factor.h"
#include "stats/reliability/reliability.h"

enum {
    ITEMS = 7,
    MOST_CASES = 600,
    MOST_PEOPLE = 80,
    REPLICATES = 999,
    PAIRS = ITEMS * (ITEMS + 1) / 2
};

/* ---- Independent cases ---- */

typedef struct case_setting {
    const char *name;
    size_t cases;
    bool answers;
    double loading[ITEMS]; /* of items of variance 1 */
} case_setting;

#define ALIKE                             \
    {                                     \
        0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7 \
    }
#define UNLIKE                             \
    {                                      \
        0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4 \
    }

static const case_setting case_settings[] = {
    {"normal, 30 cases", 30, false, ALIKE},
    {"normal, 100 cases", 100, false, ALIKE},
    {"normal, unequal loadings, 30 cases", 30, false, UNLIKE},
    {"normal, unequal loadings, 300 cases", 300, false, UNLIKE},
    {"answers, 30 cases", 30, true, ALIKE},
    {"answers, 100 cases", 100, true, ALIKE},
    {"answers, 300 cases", 300, true, ALIKE},
};
static const char *const case_intervals[] = {"Feldt", "Duhachek", "omega_u"};
enum { CASE_SETTINGS = sizeof case_settings / sizeof *case_settings, CASE_INTERVALS = 3 };

static double alpha_of(double correlation_sum)
{
    return ITEMS / (ITEMS - 1.0) * (1 - ITEMS / (ITEMS + correlation_sum));
}

/* Answers stand for items alike, for which omega is alpha. */
static void find_truth(const case_setting *s, double *alpha, double *omega)
{
    double sum = 0, squares = 0, pairs = 0;
    for (int i = 0; i < ITEMS; i++) {
        sum += s->loading[i];
        squares += s->loading[i] * s->loading[i];
    }
    pairs = s->answers ? ITEMS * (ITEMS - 1) * answer_correlation(squares / ITEMS)
                       : sum * sum - squares;
    *alpha = alpha_of(pairs);
    *omega = s->answers ? *alpha : sum * sum / (sum * sum + ITEMS - squares);
}

static bool fill_cases(const case_setting *s, random_stream *stream, double *values,
                       covariances *out)
{
    for (size_t r = 0; r < s->cases; r++) {
        double common = random_normal(stream);
        for (int i = 0; i < ITEMS; i++) {
            double l = s->loading[i], x = l * common + sqrt(1 - l * l) * random_normal(stream);
            values[r * ITEMS + (size_t)i] = s->answers ? answer_of(x) : x;
        }
    }
    return covariances_of_values(values, s->cases, ITEMS, COVARIANCE_LISTWISE, out);
}

static unsigned char judge_omega(const covariances *c, size_t cases, double truth)
{
    double divided[ITEMS * ITEMS], low = NAN, high = NAN;
    factor_solution solution;
    for (int i = 0; i < ITEMS * ITEMS; i++)
        divided[i] = c->covariance[i] * (double)(cases - 1) / (double)cases;
    if (factor_fit(divided, ITEMS, (double)cases, NULL, &solution) == FACTOR_DONE) {
        factor_interval(factor_omega(&solution), 0.95, &low, &high);
        factor_solution_free(&solution);
    }
    return judge(low, high, truth);
}

static relcoord_status draw_cases(const void *setting, random_stream *stream, size_t task,
                                  unsigned char *verdicts, relcoord_error *err)
{
    const case_setting *s = setting;
    double values[MOST_CASES * ITEMS], alpha, omega;
    covariances c;
    (void)task;
    (void)err;
    if (!fill_cases(s, stream, values, &c))
        return RELCOORD_ENOMEM;
    find_truth(s, &alpha, &omega);
    alpha_interval feldt = alpha_interval_feldt(
        reliability_alpha(c.covariance, ITEMS, c.complete).value, ITEMS, c.complete, 0.95);
    alpha_interval duhachek = alpha_interval_duhachek(c.covariance, ITEMS, c.complete, 0.95);
    verdicts[0] = judge(feldt.low, feldt.high, alpha);
    verdicts[1] = judge(duhachek.low, duhachek.high, alpha);
    verdicts[2] = judge_omega(&c, s->cases, omega);
    covariances_free(&c);
    return RELCOORD_OK;
}

/* ---- Ties of the same respondents ---- */

/* Of an item's variance: what the respondent brings to all items, to each item, and the tie to all
 * its items. Each respondent has 1 … most ties. */
typedef struct tie_setting {
    const char *name;
    uint32_t people, most;
    double person, person_item, tie;
} tie_setting;

static const tie_setting tie_settings[] = {
    {"ties, 20 respondents of 1 to 9", 20, 9, 0.3, 0.15, 0.25},
    {"ties, 60 respondents of 1 to 9", 60, 9, 0.3, 0.15, 0.25},
};
static const char *const tie_intervals[] = {"percentile of alpha", "BCa of alpha", "Feldt"};
enum { TIE_SETTINGS = sizeof tie_settings / sizeof *tie_settings, TIE_INTERVALS = 3 };

/* A respondent's sums: ties, by item, by pair of items. */
typedef struct person_sums {
    double n, x[ITEMS], xx[PAIRS];
} person_sums;

typedef struct tie_sample {
    size_t people;
    person_sums person[MOST_PEOPLE];
} tie_sample;

static void add_sums(const person_sums *from, double weight, person_sums *to)
{
    to->n += weight * from->n;
    for (int i = 0; i < ITEMS; i++)
        to->x[i] += weight * from->x[i];
    for (int i = 0; i < PAIRS; i++)
        to->xx[i] += weight * from->xx[i];
}

static double alpha_of_sums(const person_sums *s)
{
    double matrix[ITEMS * ITEMS];
    const double *xx = s->xx;
    for (int i = 0; i < ITEMS; i++)
        for (int j = 0; j <= i; j++, xx++)
            matrix[i * ITEMS + j] = matrix[j * ITEMS + i] = (*xx - s->x[i] * s->x[j] / s->n)
                                                            / (s->n - 1);
    return reliability_alpha(matrix, ITEMS, (int64_t)s->n).value;
}

static relcoord_status alpha_statistic(const void *context, const double *weights, void *scratch,
                                       double *value, relcoord_error *err)
{
    const tie_sample *s = context;
    person_sums all = {0};
    (void)scratch;
    (void)err;
    for (size_t i = 0; i < s->people; i++)
        add_sums(&s->person[i], weights[i], &all);
    *value = alpha_of_sums(&all);
    return RELCOORD_OK;
}

static void draw_person(const tie_setting *s, random_stream *stream, person_sums *out)
{
    double own = sqrt(s->person) * random_normal(stream), of_item[ITEMS], x[ITEMS];
    uint32_t ties = 1 + random_index(stream, s->most);
    *out = (person_sums){.n = ties};
    for (int i = 0; i < ITEMS; i++)
        of_item[i] = own + sqrt(s->person_item) * random_normal(stream);
    for (uint32_t t = 0; t < ties; t++) {
        double *xx = out->xx, common = sqrt(s->tie) * random_normal(stream);
        for (int i = 0; i < ITEMS; i++) {
            x[i] = of_item[i] + common
                   + sqrt(1 - s->person - s->person_item - s->tie) * random_normal(stream);
            out->x[i] += x[i];
            for (int j = 0; j <= i; j++)
                *xx++ += x[i] * x[j];
        }
    }
}

static relcoord_status draw_ties(const void *setting, random_stream *stream, size_t task,
                                 unsigned char *verdicts, relcoord_error *err)
{
    const tie_setting *s = setting;
    tie_sample sample = {.people = s->people};
    person_sums all = {0};
    double truth = alpha_of(ITEMS * (ITEMS - 1) * (s->person + s->tie));
    for (uint32_t i = 0; i < s->people; i++) {
        draw_person(s, stream, &sample.person[i]);
        add_sums(&sample.person[i], 1, &all);
    }
    resample_plan draws = {
        .count = s->people, .seed = environment_number("SEED", 1), .stream = 1000 + task};
    alpha_interval feldt = alpha_interval_feldt(alpha_of_sums(&all), ITEMS, (int64_t)all.n, 0.95);
    unsigned char drawn[DRAWN_KINDS];
    relcoord_status status = judge_drawn(&draws, alpha_statistic, &sample, REPLICATES, truth, drawn,
                                         err);
    if (status)
        return status;
    verdicts[0] = drawn[BOOTSTRAP_PERCENTILE];
    verdicts[1] = drawn[BOOTSTRAP_BCA];
    verdicts[2] = judge(feldt.low, feldt.high, truth);
    return RELCOORD_OK;
}

int main(void)
{
    int missed = 0;
    missed += simulate_each(
        (simulation){.intervals = case_intervals, .count = CASE_INTERVALS, .draw = draw_cases},
        case_settings, sizeof *case_settings, CASE_SETTINGS, 4000);
    missed += simulate_each(
        (simulation){
            .intervals = tie_intervals, .count = TIE_INTERVALS, .draw = draw_ties, .stream = 100},
        tie_settings, sizeof *tie_settings, TIE_SETTINGS, 2000);
    return conclude(CASE_SETTINGS * CASE_INTERVALS + TIE_SETTINGS * TIE_INTERVALS, missed);
}
