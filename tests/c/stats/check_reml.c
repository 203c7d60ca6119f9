/* The restricted likelihood, its slopes and its information against matrices that have a row for
 * each tie, where respondents have one pattern of what they rated, few, or each one's own. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stats/numbers/linear.h"
#include "stats/variance/reml.h"
#include "stats/variance/reml_few.h"
#include "stats/variance/reml_group.h"
#include "support.h"
#include "tie_lists.h"

Suite *reml_suite(void);

enum { FULL_TIES = 300, MOST_EFFECTS = 32 };

/* n x n, and what the likelihood is worked out from. */
typedef struct full {
    size_t n, effects;
    double v[FULL_TIES * FULL_TIES], inverse[FULL_TIES * FULL_TIES], p[FULL_TIES * FULL_TIES];
    double by[RATIOS][FULL_TIES * FULL_TIES]; /* P Z_k Z_k' */
    double x[FULL_TIES * MOST_EFFECTS], vx[FULL_TIES * MOST_EFFECTS], py[FULL_TIES];
    double log_determinant;
} full;

static full whole;
static tie_list list;

static bool is_shared(component k, size_t a, size_t b)
{
    bool rater = list.rater[a] == list.rater[b], rated = list.rated[a] == list.rated[b];
    return k == COMPONENT_RATER        ? rater
           : k == COMPONENT_RESPONDENT ? list.respondent[a] == list.respondent[b]
           : k == COMPONENT_CELL       ? rater && rated
                                       : rated;
}

/* The mean, or rater workgroups and all rated ones but the last, of one connected part. */
static void fill_effects(bool fixed, const component_ties *t, full *f)
{
    f->effects = fixed ? t->raters + t->rateds - 1 : 1;
    memset(f->x, 0, sizeof f->x);
    for (size_t i = 0; i < f->n; i++) {
        double *row = f->x + i * f->effects;
        row[fixed ? list.rater[i] : 0] = 1;
        if (fixed && list.rated[i] + 1 < t->rateds)
            row[t->raters + list.rated[i]] = 1;
    }
}

/* P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1. */
static void project(full *f)
{
    static double crossed[MOST_EFFECTS * MOST_EFFECTS], inverse[MOST_EFFECTS * MOST_EFFECTS];
    size_t n = f->n, e = f->effects;
    double logarithm;
    memset(crossed, 0, sizeof crossed);
    for (size_t i = 0; i < n; i++)
        for (size_t a = 0; a < e; a++) {
            double sum = 0;
            for (size_t j = 0; j < n; j++)
                sum += f->inverse[i * n + j] * f->x[j * e + a];
            f->vx[i * e + a] = sum;
            for (size_t b = 0; b < e; b++)
                crossed[b * e + a] += f->x[i * e + b] * sum;
        }
    for (size_t a = 0; a < e; a++)
        for (size_t b = 0; b < a; b++)
            crossed[b * e + a] = crossed[a * e + b];
    ck_assert(linear_inverse_positive(crossed, e, inverse, &logarithm));
    f->log_determinant += logarithm;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double less = 0;
            for (size_t a = 0; a < e; a++)
                for (size_t b = 0; b < e; b++)
                    less += f->vx[i * e + a] * inverse[a * e + b] * f->vx[j * e + b];
            f->p[i * n + j] = f->inverse[i * n + j] - less;
        }
}

static void fill_full(const double ratio[RATIOS], bool fixed, const component_ties *t, full *f)
{
    size_t n = f->n = t->n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            f->v[i * n + j] = i == j;
            for (int k = 0; k < RATIOS; k++)
                f->v[i * n + j] += is_shared((component)k, i, j) ? ratio[k] : 0;
        }
    ck_assert(linear_inverse_positive(f->v, n, f->inverse, &f->log_determinant));
    fill_effects(fixed, t, f);
    project(f);
    memset(f->py, 0, sizeof f->py);
    memset(f->by, 0, sizeof f->by);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            f->py[i] += f->p[i * n + j] * t->score[j];
            for (int k = 0; k < RATIOS; k++)
                for (size_t m = 0; m < n; m++)
                    f->by[k][i * n + j] += is_shared((component)k, m, j) ? f->p[i * n + m] : 0;
        }
}

static double trace_of(const full *f, int k, int l)
{
    double sum = 0;
    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->n; j++)
            sum += f->by[k][i * f->n + j] * f->by[l][j * f->n + i];
    return sum;
}

static double form_of(const full *f, int k)
{
    double sum = 0;
    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->n; j++)
            sum += is_shared((component)k, i, j) ? f->py[i] * f->py[j] : 0;
    return sum;
}

/* To 1e-9 of what is taken from each other on the way. */
static void expect(const char *name, double got, double wanted, double size)
{
    ck_assert_msg(fabs(got - wanted) <= 1e-9 * fmax(fabs(wanted), size), "%s is %.15g, not %.15g",
                  name, got, wanted);
}

static void expect_full(const double ratio[RATIOS], bool fixed, const char *setting)
{
    component_ties ties = ties_of(&list);
    crossing c = {0};
    reml_point point;
    char name[64];
    ck_assert_int_eq(crossing_make(&ties, &c), CROSSING_MADE);
    ck_assert_uint_eq(c.parts, 1);
    reml_work *work = reml_work_new(&c, fixed, NULL);
    ck_assert(work && reml_evaluate(ratio, work, &point));
    fill_full(ratio, fixed, &ties, &whole);
    double squares = 0;
    for (size_t i = 0; i < ties.n; i++)
        squares += whole.py[i] * ties.score[i];
    expect(setting, point.log_determinant, whole.log_determinant, 1);
    expect(setting, point.squares, squares, 0);
    for (int k = fixed ? COMPONENT_RESPONDENT : 0; k < (fixed ? COMPONENT_RATED : RATIOS); k++) {
        double trace = 0;
        for (size_t i = 0; i < whole.n; i++)
            trace += whole.by[k][i * (whole.n + 1)];
        snprintf(name, sizeof name, "%s, %s", setting, component_names[k]);
        expect(name, point.trace[k], trace, 0);
        expect(name, point.form[k], form_of(&whole, k), 0);
        for (int l = fixed ? COMPONENT_RESPONDENT : 0; l < (fixed ? COMPONENT_RATED : RATIOS); l++)
            expect(name, point.information[k][l], trace_of(&whole, k, l),
                   sqrt(trace_of(&whole, k, k) * trace_of(&whole, l, l)));
    }
    reml_work_free(work);
    crossing_free(&c);
}

static void count_ways(size_t *few, size_t *many)
{
    component_ties ties = ties_of(&list);
    crossing c = {0};
    ck_assert_int_eq(crossing_make(&ties, &c), CROSSING_MADE);
    for (size_t g = 0; g < c.groups; g++)
        group_has_few(c.group + g) ? ++*few : ++*many;
    crossing_free(&c);
}

static const struct {
    const char *name;
    uint32_t n, rated;
    double missing;
} settings[] = {
    {"all rate all", 4, 9, 0},
    {"some are missing", 6, 10, 0.03},
    {"half are missing", 10, 7, 0.5},
    {"one each", 1, 8, 0.2},
};
enum { SETTINGS = sizeof settings / sizeof *settings };

START_TEST(point_by_point)
{
    static const double ratios[][RATIOS] = {
        {0.7, 0.5, 0.3, 0.2}, {0, 2, 0, 1}, {3, 0, 5, 0}, {0, 0, 0, 0}, {40, 900, 70, 8}};
    draw_list(&list, 4, settings[_i].n, settings[_i].rated, settings[_i].missing,
              11 + (uint64_t)_i);
    ck_assert_uint_le(list.n, FULL_TIES);
    for (size_t r = 0; r < sizeof ratios / sizeof *ratios; r++) {
        double within[RATIOS] = {0, ratios[r][COMPONENT_RESPONDENT], ratios[r][COMPONENT_CELL], 0};
        expect_full(ratios[r], false, settings[_i].name);
        if (settings[_i].n > 1) /* else respondents are their workgroups */
            expect_full(within, true, settings[_i].name);
    }
}
END_TEST

START_TEST(both_ways_are_gone)
{
    size_t few = 0, many = 0;
    for (size_t i = 0; i < SETTINGS; i++) {
        draw_list(&list, 4, settings[i].n, settings[i].rated, settings[i].missing, 11 + i);
        count_ways(&few, &many);
    }
    ck_assert_uint_gt(few, 3);
    ck_assert_uint_gt(many, 3);
}
END_TEST

Suite *reml_suite(void)
{
    Suite *suite = suite_create("reml");
    TCase *all = tcase_create("reml");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, point_by_point, 0, SETTINGS);
    tcase_add_test(all, both_ways_are_gone);
    suite_add_tcase(suite, all);
    return suite;
}
