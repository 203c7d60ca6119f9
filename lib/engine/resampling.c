/* Resampling the people of a group, as the options say. */
#include "engine/resampling.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

/* The order of the words of `resample`, and of `ci`. */
enum { RESAMPLE_RESPONDENTS, RESAMPLE_PLAIN, RESAMPLE_UNITS };
enum { CI_ANALYTIC, CI_BOOTSTRAP };

/* One seed, one stream: what the analyses draw people for is the same people. */
enum { PEOPLE_STREAM = 0 };

bool resampling_wanted(const run *r)
{
    return options_choice(r->options, "ci") == CI_BOOTSTRAP;
}

relcoord_status resampling_check(const run *r, relcoord_error *err)
{
    return resampling_wanted(r) ? resampling_check_units(r, err) : RELCOORD_OK;
}

relcoord_status resampling_check_units(const run *r, relcoord_error *err)
{
    const attribute *units = &r->survey->attributes[COLUMN_UNIT];
    if (options_choice(r->options, "resample") != RESAMPLE_UNITS)
        return RELCOORD_OK;
    if (!units->present)
        return fail_option(err, "resample", "the data have no column 'unit' to draw units from");
    if (units->multiple)
        return fail_option(
            err, "resample",
            "people belong to several units, so units cannot be resampled one by one");
    return RELCOORD_OK;
}

static bootstrap_kind method_of(const run *r)
{
    static const bootstrap_kind kinds[] = {BOOTSTRAP_PERCENTILE, BOOTSTRAP_BASIC, BOOTSTRAP_BCA};
    return kinds[options_choice(r->options, "bootstrap_method")];
}

/* The members' labels of an attribute; NULL when memory runs out. */
static uint32_t *labels_of_members(const attribute *a, const group_members *members)
{
    uint32_t *labels = memory_new(members->count, sizeof *labels);
    for (uint32_t m = 0; m < members->count && labels; m++)
        labels[m] = a->values[members->participations[m]];
    return labels;
}

static relcoord_status choose_people(const run *r, const group_members *members, resample *people,
                                     relcoord_error *err)
{
    int whom = options_choice(r->options, "resample");
    const attribute *together =
        &r->survey->attributes[whom == RESAMPLE_UNITS ? COLUMN_UNIT : COLUMN_WORKGROUP];
    uint32_t *labels = together->present ? labels_of_members(together, members) : NULL;
    resample_plan plan = {.count = members->count,
                          .plain = whom == RESAMPLE_PLAIN,
                          .stream = PEOPLE_STREAM,
                          .seed = (uint64_t)options_integer(r->options, "seed")};
    relcoord_status status = RELCOORD_OK;
    if (whom == RESAMPLE_UNITS)
        plan.cluster = labels;
    else
        plan.stratum = labels;
    if (together->present && !labels)
        status = fail_memory(err);
    if (!status)
        status = resample_make(&plan, people, err);
    memory_free(labels);
    return status;
}

relcoord_status resampling_intervals_of(const run *r, const resample *people,
                                        const resampling_statistics *statistics,
                                        bootstrap_interval *out, relcoord_error *err)
{
    bootstrap b = {0};
    bootstrap_plan plan = {.people = people,
                           .replicates = (uint32_t)options_integer(r->options, "replicates"),
                           .jackknife = method_of(r) == BOOTSTRAP_BCA,
                           .evaluate = statistics->evaluate,
                           .context = statistics->context,
                           .statistics = statistics->count,
                           .scratch_size = statistics->scratch_size,
                           .threads = r->threads,
                           .progress = r->options,
                           .from = statistics->share.from,
                           .to = statistics->share.to};
    relcoord_status status = bootstrap_run(&plan, &b, err);
    if (!status)
        status = bootstrap_intervals(&b, method_of(r), options_number(r->options, "confidence"),
                                     out, err);
    bootstrap_free(&b);
    return status;
}

relcoord_status resampling_intervals(const run *r, const group_members *members,
                                     const resampling_statistics *statistics,
                                     bootstrap_interval *out, relcoord_error *err)
{
    resample people = {0};
    relcoord_status status = choose_people(r, members, &people, err);
    if (!status)
        status = resampling_intervals_of(r, &people, statistics, out, err);
    resample_free(&people);
    return status;
}

const char *resampling_next_reason(unsigned *flags)
{
    static const struct {
        unsigned flag;
        const char *reason;
    } reasons[] = {{BOOTSTRAP_UNDEFINED, "bootstrap_undefined"},
                   {BOOTSTRAP_OFTEN_UNDEFINED, "bootstrap_often_undefined"},
                   {BOOTSTRAP_CONSTANT, "bootstrap_constant"},
                   {BOOTSTRAP_ALONE, "bootstrap_alone"},
                   {BOOTSTRAP_NO_BCA, "bootstrap_no_bca"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (*flags & reasons[i].flag) {
            *flags &= ~reasons[i].flag;
            return reasons[i].reason;
        }
    return NULL;
}

void resampling_add_reasons(relcoord_table *table, unsigned flags)
{
    for (const char *reason; (reason = resampling_next_reason(&flags)) != NULL;)
        table_add_note(table, reason);
}

void resampling_add_notes(relcoord_table *table, const run *r, const bootstrap_interval *interval)
{
    static const struct {
        bootstrap_kind kind;
        const char *method;
    } methods[] = {{BOOTSTRAP_PERCENTILE, "bootstrap_percentile"},
                   {BOOTSTRAP_BASIC, "bootstrap_basic"},
                   {BOOTSTRAP_BCA, "bootstrap_bca"}};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (methods[i].kind == method_of(r) && !(isnan(interval->low) && isnan(interval->high)))
            table_add_note(table, methods[i].method);
    resampling_add_reasons(table, interval->flags);
}
