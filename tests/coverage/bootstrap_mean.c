/* Bootstrap intervals of a mean of ties, people drawn anew for each: percentile, basic and BCa. See
 * simulate.h. */
#include "drawn.h"

enum { MOST_PEOPLE = 240, REPLICATES = 999 };

typedef enum distribution { NORMAL, EXPONENTIAL, ANSWERS } distribution;

typedef struct scenario {
    const char *name;
    distribution values;
    uint32_t groups, size; /* size: people in a group */
    bool as_units;         /* draw groups, not people within them */
    bool plain;
} scenario;

static const scenario scenarios[] = {
    {"normal, 200 people", NORMAL, 1, 200, false, false},
    {"normal, 20 people", NORMAL, 1, 20, false, false},
    {"normal, 20 people, plain", NORMAL, 1, 20, false, true},
    {"normal, 10 units of 5", NORMAL, 10, 5, true, false},
    {"exponential, 20 people", EXPONENTIAL, 1, 20, false, false},
    {"exponential, 6 groups of 8", EXPONENTIAL, 6, 8, false, false},
    {"answers, 8 people", ANSWERS, 1, 8, false, false},
    {"answers, 6 groups of 8", ANSWERS, 6, 8, false, false},
};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

/* People's sums and counts of ties. */
typedef struct sample {
    size_t people;
    double sums[MOST_PEOPLE], counts[MOST_PEOPLE];
} sample;

/* One of the answers 1 to 5, in which 5 is usual. */
static double draw_answer(random_stream *stream)
{
    double u = random_uniform(stream);
    return u < 0.02 ? 1 : u < 0.1 ? 2 : u < 0.3 ? 3 : u < 0.7 ? 4 : 5;
}

static double draw_value(distribution values, random_stream *stream)
{
    if (values == NORMAL)
        return random_normal(stream);
    return values == EXPONENTIAL ? -log(random_uniform(stream)) : draw_answer(stream);
}

static double truth_of(distribution values)
{
    return values == NORMAL        ? 0
           : values == EXPONENTIAL ? 1
                                   : 0.02 * 1 + 0.08 * 2 + 0.2 * 3 + 0.4 * 4 + 0.3 * 5;
}

/* Normal values vary from person to person, among units also from unit to unit, and people have one
 * tie, so that theory is exact. Otherwise they have one to three, on half of which they repeat
 * themselves. */
static void draw_sample(const scenario *s, random_stream *stream, sample *out)
{
    out->people = s->groups * s->size;
    for (uint32_t i = 0; i < out->people; i++) {
        double own = draw_value(s->values, stream);
        uint32_t ties = s->values == NORMAL ? 1 : 1 + random_index(stream, 3);
        out->sums[i] = own;
        out->counts[i] = ties;
        for (uint32_t t = 1; t < ties; t++)
            out->sums[i] += random_index(stream, 2) ? own : draw_value(s->values, stream);
    }
    for (uint32_t g = 0; g < s->groups && s->as_units; g++) {
        double shift = random_normal(stream);
        for (uint32_t i = 0; i < s->size; i++)
            out->sums[g * s->size + i] += shift;
    }
}

static relcoord_status tie_mean(const void *context, const double *weights, void *scratch,
                                double *value, relcoord_error *err)
{
    const sample *s = context;
    double sum = 0, count = 0;
    (void)scratch;
    (void)err;
    for (size_t i = 0; i < s->people; i++) {
        sum += weights[i] * s->sums[i];
        count += weights[i] * s->counts[i];
    }
    *value = sum / count;
    return RELCOORD_OK;
}

static relcoord_status draw_means(const void *setting, random_stream *stream, size_t task,
                                  unsigned char *verdicts, relcoord_error *err)
{
    const scenario *s = setting;
    uint32_t groups[MOST_PEOPLE];
    sample data;
    draw_sample(s, stream, &data);
    for (uint32_t i = 0; i < data.people; i++)
        groups[i] = i / s->size;

    resample_plan draws = {.count = data.people,
                           .stratum = s->as_units ? NULL : groups,
                           .cluster = s->as_units ? groups : NULL,
                           .plain = s->plain,
                           .seed = environment_number("SEED", 1),
                           .stream = 1000 + task};
    return judge_drawn(&draws, tie_mean, &data, REPLICATES, truth_of(s->values), verdicts, err);
}

int main(void)
{
    static const char *const kinds[DRAWN_KINDS] = {"percentile", "basic", "BCa"};
    int missed = 0;
    missed += simulate_each(
        (simulation){.intervals = kinds, .count = DRAWN_KINDS, .draw = draw_means}, scenarios,
        sizeof *scenarios, SCENARIOS, 4000);
    return conclude(SCENARIOS * DRAWN_KINDS, missed);
}
