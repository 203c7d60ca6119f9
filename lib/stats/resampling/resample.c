/* Weights of replicates: the bootstrap of Rao & Wu (1988) with n - 1 draws, the plain one, and the
 * stratified jackknife. */
#include "stats/resampling/resample.h"

#include "base/error.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/random.h"

void resample_free(resample *r)
{
    memory_free(r->cluster_of);
    memory_free(r->first_of);
    memory_free(r->by_stratum);
    memory_free(r->stratum_start);
    *r = (resample){0};
}

/* Numbers clusters and strata in order of their first respondents, whatever numbers the caller gave
 * them. */
static relcoord_status number_clusters(const resample_plan *plan, resample *r, uint32_t *stratum_of,
                                       relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    key_index clusters = {0}, strata = {0};
    for (uint32_t i = 0; i < r->count && !status; i++) {
        uint32_t cluster = key_index_add(&clusters, plan->cluster ? plan->cluster[i] : i);
        uint32_t stratum = key_index_add(&strata, plan->stratum ? plan->stratum[i] : 0);
        r->cluster_of[i] = cluster;
        if (cluster == INTERN_FULL || stratum == INTERN_FULL) {
            status = fail_memory(err);
        } else if (cluster == r->cluster_count) {
            r->first_of[cluster] = i;
            stratum_of[cluster] = stratum;
            r->cluster_count++;
        } else if (stratum_of[cluster] != stratum) {
            status = fail(err, RELCOORD_EUSAGE,
                          "people who must be resampled together belong to several strata");
        }
    }
    r->stratum_count = strata.count;
    key_index_free(&clusters);
    key_index_free(&strata);
    return status;
}

/* Sorts the clusters by stratum, by counting. */
static relcoord_status sort_clusters(resample *r, const uint32_t *stratum_of, relcoord_error *err)
{
    uint32_t *start = r->stratum_start = memory_zeroed((size_t)r->stratum_count + 2, sizeof *start);
    if (!start)
        return fail_memory(err);
    for (uint32_t c = 0; c < r->cluster_count; c++)
        start[stratum_of[c] + 2]++;
    for (uint32_t s = 2; s < r->stratum_count + 2; s++)
        start[s] += start[s - 1];
    for (uint32_t c = 0; c < r->cluster_count; c++)
        r->by_stratum[start[stratum_of[c] + 1]++] = c;
    return RELCOORD_OK;
}

relcoord_status resample_make(const resample_plan *plan, resample *out, relcoord_error *err)
{
    resample r = {
        .count = plan->count, .plain = plan->plain, .seed = plan->seed, .stream = plan->stream};
    uint32_t *stratum_of = memory_new(plan->count, sizeof *stratum_of);
    relcoord_status status = RELCOORD_OK;
    r.cluster_of = memory_new(plan->count, sizeof *r.cluster_of);
    r.first_of = memory_new(plan->count, sizeof *r.first_of);
    r.by_stratum = memory_new(plan->count, sizeof *r.by_stratum);
    if (!stratum_of || !r.cluster_of || !r.first_of || !r.by_stratum)
        status = fail_memory(err);
    if (!status)
        status = number_clusters(plan, &r, stratum_of, err);
    if (!status)
        status = sort_clusters(&r, stratum_of, err);
    memory_free(stratum_of);
    if (status)
        resample_free(&r);
    else
        *out = r;
    return status;
}

/* A cluster's weight stands at its first respondent; gives it to the others, who come behind. */
static void spread_weights(const resample *r, double *weights)
{
    for (size_t i = 0; i < r->count; i++)
        weights[i] = weights[r->first_of[r->cluster_of[i]]];
}

void resample_draw(const resample *r, uint64_t replicate, double *weights)
{
    random_stream stream = random_start(r->seed, r->stream, replicate);
    for (size_t i = 0; i < r->count; i++)
        weights[i] = 0;
    for (uint32_t s = 0; s < r->stratum_count; s++) {
        const uint32_t *clusters = r->by_stratum + r->stratum_start[s];
        uint32_t n = r->stratum_start[s + 1] - r->stratum_start[s],
                 draws = r->plain || n == 1 ? n : n - 1;
        double factor = (double)n / draws;
        for (uint32_t i = 0; i < draws; i++)
            weights[r->first_of[clusters[random_index(&stream, n)]]] += 1;
        for (uint32_t i = 0; i < n; i++)
            weights[r->first_of[clusters[i]]] *= factor;
    }
    spread_weights(r, weights);
}

void resample_without(const resample *r, uint32_t stratum, uint32_t place, double *weights)
{
    uint32_t n = r->stratum_start[stratum + 1] - r->stratum_start[stratum];
    for (size_t i = 0; i < r->count; i++)
        weights[i] = 1;
    for (uint32_t i = r->stratum_start[stratum]; i < r->stratum_start[stratum + 1]; i++)
        weights[r->first_of[r->by_stratum[i]]] = i == place ? 0 : (double)n / (n - 1);
    spread_weights(r, weights);
}
