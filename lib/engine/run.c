/* Running an analysis: selects the cases, feeds them to the analysis in blocks on several threads,
 * merges the states and finishes. */
#include "engine/run.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/text.h"
#include "engine/invitations.h"
#include "engine/labels.h"
#include "survey/register.h"

enum { BLOCK = 16384 }; /* participations; no figure depends on it */

typedef struct gathering {
    const analysis *a;
    const run *r;
    void **states; /* by strand */
    size_t strands;
} gathering;

/* One strand takes every strands-th block into its own state. */
static relcoord_status gather_strand(void *user, size_t strand, relcoord_error *err)
{
    gathering *g = user;
    uint32_t count = g->r->survey->participation_count;
    relcoord_status status = g->a->start(g->r, &g->states[strand], err);
    for (size_t first = strand * BLOCK; first < count && !status; first += g->strands * BLOCK) {
        uint32_t end = first + BLOCK < count ? (uint32_t)first + BLOCK : count;
        status = strand == 0 ? options_progress(g->r->options, 0.5 * (double)first / count, err)
                             : RELCOORD_OK;
        if (!status)
            status = g->a->add(g->states[strand], g->r, (uint32_t)first, end, err);
    }
    return status;
}

/* Gathers everything into one state, which the caller drops. */
static relcoord_status gather(const analysis *a, const run *r, void **state, relcoord_error *err)
{
    size_t strands = r->threads, blocks = r->survey->participation_count / BLOCK + 1;
    gathering g = {a, r, NULL, strands < blocks ? strands : blocks};
    relcoord_status status;
    g.states = memory_zeroed(g.strands, sizeof *g.states);
    if (!g.states)
        return fail_memory(err);
    status = parallel_run(g.strands, g.strands, gather_strand, &g, NULL, err);
    for (size_t i = 1; i < g.strands; i++) {
        if (!status)
            status = a->merge(g.states[0], g.states[i], err);
        if (g.states[i])
            a->drop(g.states[i]);
    }
    *state = g.states[0];
    memory_free(g.states);
    return status;
}

/* Hands on what the codebook calls the labels in Danish. */
static void name_labels(const relcoord_survey *s, relcoord_result *result)
{
    for (size_t a = 0; a < s->attribute_count; a++) {
        const label_list *labels = &s->attributes[a].labels;
        for (uint32_t i = 0; labels->danish && i < labels->count; i++)
            result_add_label(result, labels->names[i], labels->danish[i]);
    }
}

/* The files that the survey, its codebook and its register were read from. */
static void add_inputs(const relcoord_survey *s, relcoord_result *result)
{
    result_add_inputs(result, &s->inputs);
    result->data_count = result->inputs.count;
    if (s->codebook)
        result_add_inputs(result, &s->codebook->inputs);
    if (s->invited)
        result_add_inputs(result, &s->invited->people->inputs);
}

static void note_people(relcoord_result *result, const char *note, int64_t people)
{
    text count = {0};
    text_add_integer(&count, people);
    if (people > 0 && !count.failed)
        result_add_note(result, note, count.bytes);
    result->failed = result->failed || count.failed;
    text_free(&count);
}

static void note_base(relcoord_result *result, const cases *c)
{
    note_people(result,
                "the base is those who answered; left out, because neither a status nor an answer "
                "says that they did: %s (base=all counts them, too)",
                c->not_answered);
    note_people(result,
                "without a single answer, and counted as missing, because no status or register "
                "says whether they opened the form: %s",
                c->silent);
}

static relcoord_status fill_result(const analysis *a, const run *r, relcoord_result *result,
                                   relcoord_error *err)
{
    void *state = NULL;
    relcoord_status status = a->start ? gather(a, r, &state, err) : RELCOORD_OK;
    for (size_t i = 0; i < r->survey->note_count; i++)
        result_add_note(result, "%s", r->survey->notes[i]);
    name_labels(r->survey, result);
    add_inputs(r->survey, result);
    if (a->of_invited && r->survey->invited)
        name_labels(r->survey->invited->people, result);
    if (r->cases.weight)
        result_add_note(result, "weighted by the column 'weight'");
    if (!status)
        status = options_progress(r->options, 0.5, err);
    if (!status)
        status = a->finish(state, r, result, err);
    if (!status)
        labels_fill(result, r);
    if (!status)
        note_base(result, &r->cases);
    if (!status)
        status = result_finished(result, err);
    if (state)
        a->drop(state);
    return status;
}

/* The caller's options, or the defaults; *own is what to free. */
static relcoord_status choose_options(const analysis *a, const relcoord_options *given,
                                      const relcoord_options **use, relcoord_options **own,
                                      relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    if (given && given->specs != a->options)
        return fail(err, RELCOORD_EUSAGE, "the options were made for '%s', not for '%s'",
                    given->purpose, a->name);
    if (!given)
        status = options_new(a->name, a->options, a->option_count, own, err);
    *use = given ? given : *own;
    return status;
}

relcoord_status run_analysis(const analysis *a, const relcoord_survey *survey,
                             const relcoord_options *options, relcoord_result **out,
                             relcoord_error *err)
{
    run r = {.survey = survey};
    relcoord_options *own = NULL;
    relcoord_result *result = NULL;
    relcoord_status status = choose_options(a, options, &r.options, &own, err);
    if (!status && !a->takes_any_data && survey->asked_count == 0)
        status = fail(err, RELCOORD_EUSAGE,
                      "the data have no answers about workgroups, which '%s' needs", a->name);
    if (!status)
        status = a->of_invited && survey->invited
                     ? invitations_select(&r, &r.cases, err)
                     : cases_select(survey, r.options, a->shows_waves, &r.cases, err);
    if (!status && a->unweighted && r.cases.weight)
        status = fail_option(err, "weights",
                             "the data have weights, but '%s' has no weighted definition: ignore "
                             "the weights, or leave the column out",
                             a->name);
    if (!status) {
        r.threads = parallel_threads(options_integer(r.options, "threads"));
        result = result_new(a->name, r.options);
        status = result ? fill_result(a, &r, result, err) : fail_memory(err);
    }
    cases_free(&r.cases);
    relcoord_options_free(own);
    if (status)
        relcoord_result_free(result);
    else
        *out = result;
    return status;
}
