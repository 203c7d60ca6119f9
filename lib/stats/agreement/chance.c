/* Agreement by chance, simulated. */
#include "stats/agreement/chance.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "stats/numbers/moments.h"

/* Keeps these draws apart from those that others make with the same seed. */
static const uint64_t chance_stream = 0x6368616e6365; /* "chance" */

bool chance_factor(const double *correlations, size_t items, double *factor)
{
    static const double nothing = 1e-10; /* a pivot that only rounding left */
    memset(factor, 0, items * items * sizeof *factor);
    for (size_t j = 0; j < items; j++) {
        double pivot = correlations[j * items + j];
        for (size_t k = 0; k < j; k++)
            pivot -= factor[j * items + k] * factor[j * items + k];
        if (!(pivot >= -nothing) || !(fabs(correlations[j * items + j] - 1) <= nothing))
            return false;
        double root = pivot > nothing ? sqrt(pivot) : 0;
        factor[j * items + j] = root;
        for (size_t i = j + 1; i < items; i++) {
            double rest = correlations[i * items + j];
            if (!(fabs(rest - correlations[j * items + i]) <= nothing))
                return false;
            for (size_t k = 0; k < j; k++)
                rest -= factor[i * items + k] * factor[j * items + k];
            if (root <= 0 && fabs(rest) > sqrt(nothing))
                return false;
            factor[i * items + j] = root > 0 ? rest / root : 0;
        }
    }
    return true;
}

/* What drawing needs: where normal deviates are cut, and room for one rater and one group. */
typedef struct workshop {
    const chance_plan *plan;
    double *cuts, *deviates;
    uint32_t *counts;
} workshop;

static void close_workshop(workshop *w)
{
    memory_free(w->cuts);
    memory_free(w->deviates);
    memory_free(w->counts);
}

static bool open_workshop(workshop *w, const chance_plan *plan)
{
    const double *probabilities = agreement_null_probabilities(plan->null);
    size_t options = (size_t)plan->scale.options;
    double below = 0;
    *w = (workshop){plan, memory_new(options, sizeof(double)),
                    memory_new(plan->items, sizeof(double)),
                    memory_new(plan->items * options, sizeof(uint32_t))};
    if (!w->cuts || !w->deviates || !w->counts) {
        close_workshop(w);
        return false;
    }
    for (size_t x = 0; x + 1 < options; x++) {
        below = probabilities && options == 5 ? below + probabilities[x]
                                              : ((double)x + 1) / (double)options;
        w->cuts[x] = below > 0 ? random_normal_at(below) : -INFINITY;
    }
    return true;
}

/* The answers of one rater, each counted. */
static void draw_rater(const workshop *w, random_stream *stream, uint32_t *counts)
{
    size_t items = w->plan->items, options = (size_t)w->plan->scale.options;
    const double *factor = w->plan->factor;
    for (size_t j = 0; j < items; j++)
        w->deviates[j] = random_normal(stream);
    for (size_t j = 0; j < items; j++) {
        double deviate = factor ? 0 : w->deviates[j];
        size_t answer = 0;
        for (size_t k = 0; factor && k <= j; k++)
            deviate += factor[j * items + k] * w->deviates[k];
        while (answer + 1 < options && deviate > w->cuts[answer])
            answer++;
        counts[j * options + answer]++;
    }
}

static void draw_group(const workshop *w, random_stream *stream, uint32_t raters, uint32_t *counts)
{
    memset(counts, 0, w->plan->items * (size_t)w->plan->scale.options * sizeof *counts);
    for (uint32_t r = 0; r < raters; r++)
        draw_rater(w, stream, counts);
}

bool chance_answers(const chance_plan *plan, uint64_t replicate, uint32_t raters, uint32_t *counts)
{
    random_stream stream = random_start(plan->seed, chance_stream, replicate);
    workshop w;
    if (!open_workshop(&w, plan))
        return false;
    draw_group(&w, &stream, raters, counts);
    close_workshop(&w);
    return true;
}

static chance_draw draw_replicate(const workshop *w, uint64_t replicate, const uint32_t *sizes,
                                  size_t groups)
{
    random_stream stream = random_start(w->plan->seed, chance_stream, replicate);
    total rwg = {0}, ad_mean = {0};
    double used = 0;
    for (size_t g = 0; g < groups; g++) {
        if (sizes[g] < 2)
            continue;
        draw_group(w, &stream, sizes[g], w->counts);
        agreement a = agreement_of_counts(w->counts, w->plan->items, w->plan->scale);
        total_add(&rwg, agreement_against(&a, w->plan->null_variance).rwg);
        total_add(&ad_mean, a.ad_mean);
        used++;
    }
    return (chance_draw){total_value(&rwg) / used, total_value(&ad_mean) / used}; /* 0/0 is NaN */
}

bool chance_replicate(const chance_plan *plan, const uint32_t *sizes, size_t groups, uint64_t first,
                      uint64_t end, chance_draw *draws)
{
    workshop w;
    if (!open_workshop(&w, plan))
        return false;
    for (uint64_t replicate = first; replicate < end; replicate++)
        draws[replicate - first] = draw_replicate(&w, replicate, sizes, groups);
    close_workshop(&w);
    return true;
}

chance_verdict chance_judge(double observed, double *draws, size_t count, double level, bool high)
{
    static const double slack = 1e-12; /* equal but for rounding */
    chance_verdict v = {NAN, NAN};
    size_t reach = 0;
    if (count == 0 || isnan(observed) || isnan(draws[0])) /* all are NaN or none is */
        return v;
    agreement_sort(draws, count);
    for (size_t i = 0; i < count; i++)
        reach += high ? draws[i] >= observed - slack : draws[i] <= observed + slack;
    v.p = (1 + (double)reach) / (1 + (double)count);
    for (size_t i = 0; i < count;
         i++) { /* from the rarest on, so that the last one that is rare enough stays */
        size_t rank = i + 1, place = high ? count - 1 - i : i, next = high ? place - 1 : place + 1;
        bool last_of_equals = rank == count || fabs(draws[next] - draws[place]) > slack;
        if (last_of_equals && (double)rank <= level * (double)count)
            v.critical = draws[place];
    }
    return v;
}
