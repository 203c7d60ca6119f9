/* Working out the factor structure of one scale (relcoord-methods(7), Factor structure). Cases that
 * answer every item enter; respondents are the clusters, so that several ties of one are not taken
 * for several people. */
#include "analyses/factor/factors.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

const char *const factor_model_names[FACTOR_MODEL_COUNT] = {"one_factor", "two_factors"};

/* ---- Parts ---- */

/* What an item is a part of; "" for nothing. */
static const char *part_name(const scale_factors *s, size_t item)
{
    size_t slot = s->scale->items[item].slot;
    if (s->scale->of_ties)
        return dimension_names[slot < COMMUNICATION_ITEMS ? DIMENSION_COMMUNICATION
                                                          : DIMENSION_RELATIONSHIP];
    return s->r->survey->items[slot].entry->dimension;
}

/* Whether the scale has two parts, each item in one of them; they are in the order of their first
 * items. */
static bool find_parts(scale_factors *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->scale->k; i++) {
        const char *name = part_name(s, i);
        size_t part = 0;
        while (part < count && strcmp(s->parts[part], name) != 0)
            part++;
        if (!*name || part == 2)
            return false;
        if (part == count)
            s->parts[count++] = name;
        s->part_of[i] = (int)part;
    }
    return count == 2;
}

/* ---- Cases ---- */

static bool is_complete(const double *row, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (!isfinite(row[j]))
            return false;
    return true;
}

/* Numbers the respondents who have a complete case; those without are no clusters. Rows stand in
 * their order. */
static void count_cases(scale_factors *s, const scale_cases *c)
{
    uint32_t last = 0;
    for (size_t row = 0; row < c->rows; row++) {
        if (!is_complete(c->values + row * c->k, c->k))
            continue;
        s->respondents += s->n == 0 || c->member[row] != last;
        last = c->member[row];
        s->n++;
    }
    s->left_out = (int64_t)c->rows - s->n;
}

/* Values are taken less those of the first case, so that nothing cancels, whole numbers stay whole,
 * and an item that does not vary has exactly no variance. origin, row: k. */
static void add_cases(const scale_cases *c, factor_clusters *clusters, double *origin, double *row)
{
    size_t cluster = 0, k = c->k;
    bool begun = false;
    uint32_t last = 0;
    for (size_t at = 0; at < c->rows; at++) {
        const double *values = c->values + at * k;
        if (!is_complete(values, k))
            continue;
        if (!begun)
            memcpy(origin, values, k * sizeof *origin);
        cluster += begun && c->member[at] != last;
        last = c->member[at];
        begun = true;
        for (size_t j = 0; j < k; j++)
            row[j] = values[j] - origin[j];
        factor_clusters_add(clusters, cluster, row);
    }
}

static relcoord_status gather_clusters(scale_factors *s, factor_clusters *clusters,
                                       relcoord_error *err)
{
    group_members members;
    scale_cases c;
    relcoord_status status = group_members_list(s->r, s->group, &members, err);
    if (status)
        return status;
    status = scale_cases_gather(s->r, s->scale, &members, s->basis, &c, err);
    group_members_free(&members);
    if (status)
        return status;
    count_cases(s, &c);
    if (factor_clusters_make(clusters, (size_t)s->respondents, c.k))
        add_cases(&c, clusters, s->eigenvalues, s->parallel); /* not wanted yet */
    else
        status = fail_memory(err);
    scale_cases_free(&c);
    return status;
}

/* ---- Models ---- */

bool scale_factors_constant(const scale_factors *s, size_t item)
{
    return s->n > 0 && s->covariance[item * s->scale->k + item] == 0;
}

static void look_at_variances(scale_factors *s)
{
    size_t k = s->scale->k;
    s->finite = true;
    for (size_t i = 0; i < k * k; i++)
        s->finite = s->finite && isfinite(s->covariance[i]);
    for (size_t j = 0; j < k; j++)
        s->any_constant = s->any_constant || scale_factors_constant(s, j);
}

static relcoord_status fit_model(scale_factors *s, factor_model_id id,
                                 const factor_clusters *clusters, relcoord_error *err)
{
    fitted_model *m = &s->models[id];
    m->status = factor_fit(s->covariance, s->scale->k, (double)s->n,
                           id == TWO_FACTORS ? s->part_of : NULL, &m->solution);
    if (m->status == FACTOR_NO_MEMORY)
        return fail_memory(err);
    if (m->status != FACTOR_DONE)
        return RELCOORD_OK;
    factor_assess(&m->solution, RMSEA_CONFIDENCE, &m->indices);
    m->robust_status = factor_test_clusters(&m->solution, clusters, RMSEA_CONFIDENCE, &m->test);
    if (!s->robust)
        m->solution.robust = NULL; /* it is no block of its own */
    return m->robust_status == FACTOR_NO_MEMORY ? fail_memory(err) : RELCOORD_OK;
}

/* Covariances of fewer cases than items are singular, but for rounding. */
static bool can_be_fitted(const scale_factors *s)
{
    return s->n >= 3 && (size_t)s->n > s->scale->k && s->finite && !s->any_constant;
}

static relcoord_status fit_models(scale_factors *s, const factor_clusters *clusters,
                                  relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (factor_model_id id = ONE_FACTOR; id < FACTOR_MODEL_COUNT; id++)
        s->models[id].status = FACTOR_NOT_POSITIVE;
    if (!can_be_fitted(s))
        return RELCOORD_OK;
    status = fit_model(s, ONE_FACTOR, clusters, err);
    if (!status && s->has_parts)
        status = fit_model(s, TWO_FACTORS, clusters, err);
    return status;
}

static bool make_room(scale_factors *s)
{
    size_t k = s->scale->k;
    s->part_of = memory_zeroed(k, sizeof *s->part_of);
    s->memory = k < SIZE_MAX / 4 ? memory_zeroed(2 * k + 4, k * sizeof *s->memory) : NULL;
    if (!s->part_of || !s->memory)
        return false;
    s->covariance = s->memory; /* behind it, as much to work in */
    s->eigenvalues = s->memory + 2 * k * k;
    s->parallel = s->eigenvalues + k;
    return true;
}

relcoord_status scale_factors_find(scale_factors *s, relcoord_error *err)
{
    size_t k = s->scale->k;
    factor_clusters clusters = {0};
    relcoord_status status = make_room(s) ? gather_clusters(s, &clusters, err) : fail_memory(err);
    if (status)
        return status;
    s->has_parts = find_parts(s);
    s->htmt = (htmt_ratios){NAN, NAN};
    factor_clusters_covariance(&clusters, s->covariance, s->parallel);
    look_at_variances(s);
    status = fit_models(s, &clusters, err);
    factor_clusters_free(&clusters);
    if (status)
        return status;
    if (s->n >= 3 && s->has_parts && s->finite && !s->any_constant)
        s->htmt = htmt_find(s->covariance, k, s->part_of);
    s->has_eigenvalues = s->n >= 3 && k >= 2 && s->finite
                         && correlation_eigenvalues(s->covariance, k, s->eigenvalues,
                                                    s->covariance + k * k);
    for (size_t i = 0; i < k; i++)
        s->parallel[i] = NAN;
    return RELCOORD_OK;
}

void scale_factors_free(scale_factors *s)
{
    for (factor_model_id id = ONE_FACTOR; id < FACTOR_MODEL_COUNT; id++)
        factor_solution_free(&s->models[id].solution);
    memory_free(s->part_of);
    memory_free(s->memory);
    memory_free(s->resampled);
    s->resampled = NULL;
    s->part_of = NULL;
    s->memory = NULL;
}

/* ---- Simulated eigenvalues ---- */

enum { ROUND = 16 }; /* tasks between two reports */

typedef struct work_round {
    parallel_task task;
    void *user;
    size_t first;
} work_round;

static relcoord_status run_of_round(void *user, size_t task, relcoord_error *err)
{
    const work_round *now = user;
    return now->task(now->user, now->first + task, err);
}

relcoord_status work_in_rounds(const run *r, size_t count, parallel_task task, void *user,
                               work_share share, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    work_round now = {task, user, 0};
    for (; now.first < count && !status; now.first += ROUND) {
        double done = (double)now.first / (double)count;
        status = options_progress(r->options, share.from + (share.to - share.from) * done, err);
        if (!status)
            status = parallel_run(r->threads, count - now.first < ROUND ? count - now.first : ROUND,
                                  run_of_round, &now, NULL, err);
    }
    return status;
}

typedef struct simulation {
    parallel_plan plan;
    size_t block; /* replicates a task: the more items, the fewer; no figure depends on it */
    double *all;  /* by place of the eigenvalue, then replicate */
} simulation;

static relcoord_status simulate_block(void *user, size_t block, relcoord_error *err)
{
    const simulation *now = user;
    size_t items = now->plan.items, replicates = now->plan.replicates, first = block * now->block;
    size_t end = replicates - first < now->block ? replicates : first + now->block;
    double *room = memory_new(2 * items + 1, items * sizeof *room),
           *one = room ? room + 2 * items * items : NULL;
    relcoord_status status = room ? RELCOORD_OK : fail_memory(err);
    for (size_t r = first; r < end && !status; r++) {
        if (!parallel_replicate(&now->plan, r, one, room))
            status = fail(err, RELCOORD_EINTERNAL, "a simulated matrix has no eigenvalues");
        for (size_t i = 0; i < items && !status; i++)
            now->all[i * replicates + r] = one[i];
    }
    memory_free(room);
    return status;
}

relcoord_status scale_factors_simulate(scale_factors *s, work_share share, relcoord_error *err)
{
    const relcoord_options *options = s->r->options;
    size_t k = s->scale->k, replicates = (size_t)options_integer(options, "replicates");
    simulation now = {.plan = {.items = k,
                               .n = (size_t)s->n,
                               .replicates = replicates,
                               .seed = (uint64_t)options_integer(options, "seed"),
                               .share = 0.95},
                      .block = 1 + 10000 / (k * k)};
    relcoord_status status;
    if (!s->has_eigenvalues || (size_t)s->n <= k)
        return RELCOORD_OK;
    now.all = memory_new(replicates, k * sizeof *now.all);
    if (!now.all)
        return fail_memory(err);
    status = work_in_rounds(s->r, (replicates + now.block - 1) / now.block, simulate_block, &now,
                            share, err);
    if (!status)
        parallel_summarise(&now.plan, now.all, s->covariance + k * k, s->parallel);
    memory_free(now.all);
    return status;
}
