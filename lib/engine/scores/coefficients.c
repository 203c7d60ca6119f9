/* Reliability coefficients of a scale. Formulas: stats/reliability/reliability.h,
 * stats/reliability/two_level.h, stats/factor/factor.h. */
#include "engine/scores/coefficients.h"

#include <math.h>

#include "base/error.h"
#include "stats/factor/factor.h"

const char *const coefficient_names[COEFFICIENT_COUNT] = {
    [ALPHA] = "alpha",
    [ALPHA_STD] = "alpha_std",
    [OMEGA_U] = "omega_u",
    [OMEGA_U_STD] = "omega_u_std",
    [LAMBDA2] = "lambda2",
    [LAMBDA2_STD] = "lambda2_std",
    [LAMBDA6] = "lambda6",
    [LAMBDA6_STD] = "lambda6_std",
    [LAMBDA4_MIN] = "lambda4_min",
    [LAMBDA4_MEAN] = "lambda4_mean",
    [LAMBDA4_MAX] = "lambda4_max",
    [ALPHA_WITHIN] = "alpha_within",
    [ALPHA_BETWEEN] = "alpha_between",
    [OMEGA_WITHIN] = "omega_within",
    [OMEGA_BETWEEN] = "omega_between",
    [R_MEAN] = "r_mean",
    [R_MIN] = "r_min",
    [R_MAX] = "r_max",
    [SEM] = "sem",
    [MDC] = "mdc",
};

bool coefficient_is_of_levels(coefficient_id id)
{
    return id >= ALPHA_WITHIN && id <= OMEGA_BETWEEN;
}

bool coefficient_is_listwise(coefficient_id id)
{
    return id == OMEGA_U || id == OMEGA_U_STD || coefficient_is_of_levels(id);
}

/* ---- Split halves, correlations, errors ---- */

/* One of three values that share their notes. */
static coefficient split_half(const split_halves *h, double value)
{
    unsigned notes = h->notes & ~(unsigned)RELIABILITY_NEGATIVE;
    return (coefficient){value, value < 0 ? notes | RELIABILITY_NEGATIVE : notes, h->item};
}

static void find_split_halves(const coefficient_matrices *m, coefficient out[COEFFICIENT_COUNT])
{
    split_halves h = reliability_split_halves(m->covariance, m->k, m->n);
    out[LAMBDA4_MIN] = split_half(&h, h.least);
    out[LAMBDA4_MEAN] = split_half(&h, h.mean);
    out[LAMBDA4_MAX] = split_half(&h, h.largest);
}

/* They are there or not together with the standardised alpha, and for its reasons. */
static void find_correlations(const coefficient_matrices *m, coefficient out[COEFFICIENT_COUNT])
{
    inter_item r = reliability_inter_item(m->correlation, m->k);
    bool there = !isnan(out[ALPHA_STD].value);
    unsigned notes = out[ALPHA_STD].notes & ~(unsigned)RELIABILITY_NEGATIVE;
    out[R_MEAN] = (coefficient){there ? r.mean : NAN, notes, out[ALPHA_STD].item};
    out[R_MIN] = (coefficient){there ? r.least : NAN, notes, out[ALPHA_STD].item};
    out[R_MAX] = (coefficient){there ? r.largest : NAN, notes, out[ALPHA_STD].item};
}

/* The score is the mean of the items. Where it has no value, alpha's notes say why. */
static void find_errors(const coefficient_matrices *m, coefficient out[COEFFICIENT_COUNT])
{
    double variance = 0;
    for (size_t i = 0; i < m->k * m->k; i++)
        variance += m->covariance[i];
    measurement_error e = reliability_measurement_error(sqrt(variance) / (double)m->k,
                                                        out[ALPHA].value, m->confidence);
    out[SEM] = (coefficient){e.sem, out[ALPHA].notes, out[ALPHA].item};
    out[MDC] = (coefficient){e.detectable_change, out[ALPHA].notes, out[ALPHA].item};
}

/* ---- Omega ---- */

/* Why there is no one-factor solution; what alpha has found of the same matrix goes before. */
static coefficient refuse_omega(factor_status status, const coefficient *alpha)
{
    const unsigned reasons = RELIABILITY_FEW_ITEMS | RELIABILITY_FEW_CASES
                             | RELIABILITY_CONSTANT_ITEM | RELIABILITY_NO_VARIANCE
                             | RELIABILITY_EMPTY_PAIR | RELIABILITY_IMPROPER;
    coefficient c = {NAN, alpha->notes & reasons, alpha->item};
    if (c.notes)
        return c;
    switch (status) {
    case FACTOR_TOO_FEW_ITEMS: c.notes = RELIABILITY_FEW_ITEMS; break;
    case FACTOR_NOT_CONVERGED: c.notes = COEFFICIENT_NOT_CONVERGED; break;
    case FACTOR_NOT_IDENTIFIED: c.notes = COEFFICIENT_NOT_IDENTIFIED; break;
    default: c.notes = RELIABILITY_SINGULAR;
    }
    return c;
}

static coefficient name_heywood(const factor_solution *s, double value)
{
    coefficient c = {value, value < 0 ? RELIABILITY_NEGATIVE : 0, s->items};
    for (size_t j = s->items; j-- > 0;)
        if (!(factor_residual(s, j).value > 0)) {
            c.notes |= COEFFICIENT_HEYWOOD;
            c.item = j;
        }
    return c;
}

static factor_status solve(const coefficient_matrices *m, omega_model which, double n,
                           factor_solution *out)
{
    if (!isfinite(m->work[0]) || !(n > 0))
        return FACTOR_NOT_POSITIVE;
    if (!m->start)
        return factor_fit(m->work, m->k, n, NULL, out);
    return m->start[which].items > 0 ? factor_refit(m->work, n, &m->start[which], out)
                                     : FACTOR_NOT_CONVERGED;
}

/* Omega of a covariance matrix with divisor `freedom`; the model's is n, of which omega knows
 * nothing but its error. standardised may be NULL. */
static relcoord_status find_omega(const coefficient_matrices *m, omega_model which,
                                  const double *matrix, double freedom, double n,
                                  const coefficient *alpha, coefficient *raw,
                                  coefficient *standardised, double se[2], relcoord_error *err)
{
    factor_solution s = {.items = 0};
    factor_status status;
    for (size_t i = 0; i < m->k * m->k; i++)
        m->work[i] = matrix[i] * (freedom / n);
    status = solve(m, which, n, &s);
    if (status == FACTOR_NO_MEMORY)
        return fail_memory(err);
    if (status != FACTOR_DONE) {
        *raw = refuse_omega(status, alpha);
        if (standardised)
            *standardised = *raw;
        return RELCOORD_OK;
    }
    factor_estimate estimate = factor_omega(&s);
    *raw = name_heywood(&s, estimate.value);
    se[0] = estimate.se;
    if (standardised) {
        estimate = factor_omega_standardised(&s);
        *standardised = name_heywood(&s, estimate.value);
        se[1] = estimate.se;
    }
    if (m->solved)
        m->solved[which] = s;
    else
        factor_solution_free(&s);
    return RELCOORD_OK;
}

/* The levels' matrices have their own degrees of freedom; no error is claimed for them. */
static relcoord_status find_omegas_of_levels(const coefficient_matrices *m, coefficient_set *out,
                                             relcoord_error *err)
{
    const two_level *t = m->levels;
    double within = (double)(t->cases - t->groups), between = (double)t->groups, unused[2];
    relcoord_status status = find_omega(m, OMEGA_OF_WITHIN, t->within, within, within,
                                        &out->values[ALPHA_WITHIN], &out->values[OMEGA_WITHIN],
                                        NULL, unused, err);
    if (status)
        return status;
    return find_omega(m, OMEGA_OF_BETWEEN, t->between, between, between,
                      &out->values[ALPHA_BETWEEN], &out->values[OMEGA_BETWEEN], NULL, unused, err);
}

/* ---- All ---- */

relcoord_status coefficients_find(const coefficient_matrices *m, coefficient_set *out,
                                  relcoord_error *err)
{
    static const coefficient none = {NAN, 0, 0};
    coefficient *values = out->values, alpha = reliability_alpha(m->complete, m->k, m->complete_n);
    for (int c = 0; c < COEFFICIENT_COUNT; c++) {
        values[c] = none;
        out->se[c] = NAN;
    }
    values[ALPHA] = reliability_alpha(m->covariance, m->k, m->n);
    values[ALPHA_STD] = reliability_alpha(m->correlation, m->k, m->n);
    values[LAMBDA2] = reliability_lambda2(m->covariance, m->k, m->n);
    values[LAMBDA2_STD] = reliability_lambda2(m->correlation, m->k, m->n);
    values[LAMBDA6] = reliability_lambda6(m->covariance, m->k, m->n, m->work);
    values[LAMBDA6_STD] = reliability_lambda6(m->correlation, m->k, m->n, m->work);
    find_split_halves(m, values);
    find_correlations(m, values);
    find_errors(m, values);
    relcoord_status status = find_omega(m, OMEGA_OF_ALL, m->complete, (double)(m->complete_n - 1),
                                        (double)m->complete_n, &alpha, &values[OMEGA_U],
                                        &values[OMEGA_U_STD], &out->se[OMEGA_U], err);
    if (status || !m->levels)
        return status;
    values[ALPHA_WITHIN] = two_level_alpha_within(m->levels);
    values[ALPHA_BETWEEN] = two_level_alpha_between(m->levels);
    return find_omegas_of_levels(m, out, err);
}
