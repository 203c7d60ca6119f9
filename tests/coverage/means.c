/* Intervals of means: t of respondents, and of ties, of which a respondent gives several alike, CR2
 * beside CR1 and beside the t of ties taken for independent, which is not offered; the weighted
 * mean by linearisation, and the mean of cell means. See simulate.h. */
#include "simulate.h"

#include <gsl/gsl_cdf.h>

#include "stats/intervals/clusters.h"

enum { MOST_PEOPLE = 100, MOST_CELLS = 8 };

/* Respondents give 1 … most ties, and share `own` of a tie's variance. */
typedef struct setting {
    const char *name;
    uint32_t people, most;
    double own;
    bool answers;
} setting;

static const setting settings[] = {
    {"8 respondents of 1 to 6 ties", 8, 6, 0.5, false},
    {"20 respondents of 1 to 6 ties", 20, 6, 0.5, false},
    {"100 respondents of 1 to 6 ties", 100, 6, 0.5, false},
    {"10 respondents of 1 to 40 ties", 10, 40, 0.5, false},
    {"20 respondents of 1 to 6 answers", 20, 6, 0.5, true},
};
static const char *const intervals[] = {"CR2", "CR1", "weighted", "t"};
static const char *const t_intervals[] = {"t of respondents"};
static const char *const cell_intervals[] = {"CR2 of cells", "CR1 of cells"};
enum { SETTINGS = sizeof settings / sizeof *settings, INTERVALS = 4, CELL_INTERVALS = 2 };

typedef struct person {
    double size, sum, squares, weight;
} person;

static unsigned char judge_error(double mean, cluster_error e, double truth)
{
    double reach = isnan(e.se) || !(e.df > 0) ? NAN : e.se * gsl_cdf_tdist_Qinv(0.025, e.df);
    return judge(mean - reach, mean + reach, truth);
}

static double mean_of_answers(void)
{
    double mean, square;
    answer_moments(0, 1, &mean, &square);
    return mean;
}

/* Weights have nothing to do with answers. */
static void draw_person(const setting *s, random_stream *stream, person *out)
{
    double own = sqrt(s->own) * random_normal(stream);
    uint32_t ties = 1 + random_index(stream, s->most);
    *out = (person){ties, 0, 0, 0.5 + random_uniform(stream)};
    for (uint32_t t = 0; t < ties; t++) {
        double x = own + sqrt(1 - s->own) * random_normal(stream);
        x = s->answers ? answer_of(x) : x;
        out->sum += x;
        out->squares += x * x;
    }
}

static relcoord_status draw_ties(const void *user, random_stream *stream, size_t task,
                                 unsigned char *verdicts, relcoord_error *err)
{
    const setting *s = user;
    person people[MOST_PEOPLE];
    mean_clusters c = {0};
    double sum = 0, squares = 0, truth = s->answers ? mean_of_answers() : 0;
    (void)task;
    (void)err;
    for (uint32_t i = 0; i < s->people; i++) {
        draw_person(s, stream, &people[i]);
        c.n += people[i].size;
        sum += people[i].sum;
        squares += people[i].squares;
    }
    c.mean = sum / c.n;
    weighted_clusters w = {.centre = c.mean};
    for (uint32_t i = 0; i < s->people; i++) {
        mean_clusters_add(&c, people[i].size, people[i].sum);
        weighted_clusters_add(&w, people[i].weight, people[i].size, people[i].sum);
    }
    cluster_error naive = {sqrt((squares - sum * sum / c.n) / (c.n * (c.n - 1))), c.n - 1};
    verdicts[0] = judge_error(c.mean, mean_clusters_error(&c, CLUSTER_CR2), truth);
    verdicts[1] = judge_error(c.mean, mean_clusters_error(&c, CLUSTER_CR1), truth);
    verdicts[3] = judge_error(c.mean, naive, truth);
    verdicts[2] = judge_error(weighted_clusters_mean(&w), weighted_clusters_error(&w), truth);
    return RELCOORD_OK;
}

/* ---- Respondents alone ---- */

static const setting alone[] = {
    {"8 respondents, normal", 8, 1, 1, false},
    {"8 respondents, answers", 8, 1, 1, true},
    {"30 respondents, answers", 30, 1, 1, true},
};
enum { ALONE = sizeof alone / sizeof *alone };

static relcoord_status draw_alone(const void *user, random_stream *stream, size_t task,
                                  unsigned char *verdicts, relcoord_error *err)
{
    const setting *s = user;
    double sum = 0, squares = 0, n = s->people, se;
    (void)task;
    (void)err;
    for (uint32_t i = 0; i < s->people; i++) {
        double x = random_normal(stream);
        x = s->answers ? answer_of(x) : x;
        sum += x;
        squares += x * x;
    }
    se = sqrt(fmax(0, squares - sum * sum / n) / (n * (n - 1)));
    verdicts[0] = judge_error(sum / n, (cluster_error){se, n - 1},
                              s->answers ? mean_of_answers() : 0);
    return RELCOORD_OK;
}

/* ---- The mean of cell means ---- */

/* One workgroup rates so many cells; each respondent skips a cell with that probability. */
typedef struct cell_setting {
    const char *name;
    uint32_t people, cells;
    double own, skip;
} cell_setting;

static const cell_setting cell_settings[] = {
    {"6 cells, 8 respondents", 8, 6, 0.5, 0.2},
    {"6 cells, 40 respondents", 40, 6, 0.5, 0.2},
};
enum { CELL_SETTINGS = sizeof cell_settings / sizeof *cell_settings };

typedef struct cell_sample {
    double x[MOST_PEOPLE][MOST_CELLS], n[MOST_CELLS], mean[MOST_CELLS];
    bool there[MOST_PEOPLE][MOST_CELLS];
    uint32_t together[MOST_CELLS * MOST_CELLS], which[MOST_CELLS];
} cell_sample;

static void draw_cell_sample(const cell_setting *s, random_stream *stream, cell_sample *c)
{
    for (uint32_t i = 0; i < s->people; i++) {
        double own = sqrt(s->own) * random_normal(stream);
        for (uint32_t h = 0; h < s->cells; h++) {
            c->x[i][h] = own + sqrt(1 - s->own) * random_normal(stream);
            c->there[i][h] = random_uniform(stream) >= s->skip;
            c->n[h] += c->there[i][h];
            c->mean[h] += c->there[i][h] ? c->x[i][h] : 0;
            for (uint32_t other = 0; other <= h; other++)
                if (c->there[i][h] && c->there[i][other])
                    c->together[h * s->cells + other] = ++c->together[other * s->cells + h];
        }
    }
    for (uint32_t h = 0; h < s->cells; h++) {
        c->which[h] = h;
        c->mean[h] /= c->n[h];
    }
}

static double spread_of(const cell_setting *s, const cell_sample *c, cluster_method method)
{
    double squares = 0;
    for (uint32_t i = 0; i < s->people; i++) {
        double u = 0;
        for (uint32_t h = 0; h < s->cells; h++)
            u += c->there[i][h] ? (c->x[i][h] - c->mean[h]) * cell_factor(c->n[h], method) : 0;
        squares += u * u;
    }
    return squares / (s->cells * s->cells);
}

static relcoord_status draw_cells(const void *user, random_stream *stream, size_t task,
                                  unsigned char *verdicts, relcoord_error *err)
{
    const cell_setting *s = user;
    cell_sample c = {0};
    cell_freedom freedom = {{0, 0}, {0, 0}};
    double mean = 0, m = s->people;
    (void)task;
    (void)err;
    draw_cell_sample(s, stream, &c);
    for (uint32_t h = 0; h < s->cells; h++)
        if (c.n[h] < 2)
            return RELCOORD_OK; /* no interval */
        else
            mean += c.mean[h] / s->cells;
    cell_freedom_add(&freedom, c.together, s->cells, c.which, s->cells);
    cluster_error cr2 = {sqrt(spread_of(s, &c, CLUSTER_CR2)), cell_freedom_value(&freedom)};
    cluster_error cr1 = {sqrt(m / (m - 1) * spread_of(s, &c, CLUSTER_CR1)), m - 1};
    verdicts[0] = judge_error(mean, cr2, 0);
    verdicts[1] = judge_error(mean, cr1, 0);
    return RELCOORD_OK;
}

int main(void)
{
    int missed = 0;
    missed += simulate_each(
        (simulation){.intervals = t_intervals, .count = 1, .draw = draw_alone, .stream = 200},
        alone, sizeof *alone, ALONE, 20000);
    missed += simulate_each(
        (simulation){.intervals = intervals, .count = INTERVALS, .draw = draw_ties}, settings,
        sizeof *settings, SETTINGS, 20000);
    missed += simulate_each((simulation){.intervals = cell_intervals,
                                         .count = CELL_INTERVALS,
                                         .draw = draw_cells,
                                         .stream = 100},
                            cell_settings, sizeof *cell_settings, CELL_SETTINGS, 20000);
    return conclude(ALONE + SETTINGS * INTERVALS + CELL_SETTINGS * CELL_INTERVALS, missed);
}
