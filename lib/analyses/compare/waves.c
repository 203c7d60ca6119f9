#include "analyses/compare/waves.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

/* ---- Which waves ---- */

static relcoord_status refuse_wave(const relcoord_survey *s, const char *option, const char *name,
                                   relcoord_error *err)
{
    const label_list *waves = &s->attributes[COLUMN_WAVE].labels;
    const char *near = s->redact ? NULL : relcoord_nearest(name, waves->names, waves->count);
    if (near)
        return fail_option(err, option, "the data have no wave '%.100s'; is it '%.100s'?", name,
                           near);
    return fail_option(err, option,
                       waves->count == 1 ? "the data have no wave '%.100s', but %lu other%s"
                                         : "the data have no wave '%.100s', but %lu others%s",
                       name, (unsigned long)waves->count, "");
}

/* The wave that the option names, or `otherwise`. */
static relcoord_status read_wave(const run *r, const char *option, uint32_t otherwise,
                                 uint32_t *out, relcoord_error *err)
{
    const label_list *waves = &r->survey->attributes[COLUMN_WAVE].labels;
    const char *name = options_text(r->options, option);
    *out = otherwise;
    if (!*name)
        return RELCOORD_OK;
    for (*out = 0; *out < waves->count; (*out)++)
        if (strcmp(cases_label(waves->names[*out]), name) == 0)
            return RELCOORD_OK;
    return refuse_wave(r->survey, option, name, err);
}

static relcoord_status find_waves(const run *r, uint32_t waves[2], relcoord_error *err)
{
    const attribute *a = &r->survey->attributes[COLUMN_WAVE];
    uint32_t first = NO_ROW, last = NO_ROW;
    relcoord_status status;
    for (uint32_t w = 0; a->present && w < a->labels.count; w++)
        if (*a->labels.names[w]) {
            first = first == NO_ROW ? w : first;
            last = w;
        }
    if (first == last)
        return fail(err, RELCOORD_EUSAGE,
                    "the data do not have two waves to compare; option 'of' can compare units or "
                    "targets instead");
    status = read_wave(r, "from", first, &waves[0], err);
    if (!status)
        status = read_wave(r, "to", last, &waves[1], err);
    if (!status && waves[0] == waves[1])
        status = fail_option(err, "to", "a wave cannot be compared with itself");
    return status;
}

/* ---- Who changed workgroup ---- */

static void find_changed(const relcoord_survey *s, wave_pair *w)
{
    const uint32_t *workgroups = s->attributes[COLUMN_WORKGROUP].values,
                   *waves = s->attributes[COLUMN_WAVE].values;
    uint32_t seen[2] = {NO_ROW, NO_ROW}; /* workgroups of the respondent at hand */
    for (uint32_t p = 0; p < s->participation_count; p++) {
        uint32_t person = s->respondent[p];
        if (p == 0 || s->respondent[p - 1] != person)
            seen[0] = seen[1] = NO_ROW;
        for (int which = 0; which < 2; which++)
            if (waves[p] == w->waves[which])
                seen[which] = workgroups[p];
        if (seen[0] != NO_ROW && seen[1] != NO_ROW && seen[0] != seen[1] && !w->changed[person]) {
            w->changed[person] = true;
            w->changed_count++;
        }
    }
}

relcoord_status wave_pair_find(const run *r, wave_pair *out, relcoord_error *err)
{
    wave_pair w = {.changed = NULL};
    relcoord_status status;
    for (size_t i = 0; i < r->cases.by_count; i++)
        if (r->cases.by[i] == COLUMN_WAVE)
            return fail_option(err, "by",
                               "waves are being compared, so they cannot be groups as well");
    status = find_waves(r, w.waves, err);
    if (status)
        return status;
    w.changed = memory_zeroed(r->survey->respondents.count, sizeof *w.changed);
    if (!w.changed)
        return fail_memory(err);
    w.drop_changed = options_choice(r->options, "changed") == 1;
    find_changed(r->survey, &w);
    *out = w;
    return RELCOORD_OK;
}

void wave_pair_free(wave_pair *w)
{
    memory_free(w->changed);
}

/* ---- Notes ---- */

static void note_other_waves(const wave_pair *w, const run *r, relcoord_result *result)
{
    const label_list *waves = &r->survey->attributes[COLUMN_WAVE].labels;
    text names = {0};
    for (uint32_t i = 0; i < waves->count; i++)
        if (i != w->waves[0] && i != w->waves[1]) {
            text_add(&names, names.length ? ", " : "");
            text_add(&names, cases_label(waves->names[i]));
        }
    result->failed = result->failed || names.failed;
    if (names.length && !names.failed)
        result_add_note(result, "waves not compared: %s", names.bytes);
    text_free(&names);
}

void wave_pair_note(const wave_pair *w, const run *r, relcoord_result *result)
{
    text count = {0};
    result_add_note(
        result,
        "paired: how the same people's ratings of the same workgroup changed; unpaired: how the "
        "answers of the two waves differ, whoever gave them; mixed: one estimate from both kinds "
        "of people, valid if being missing in a wave depends on nothing else");
    note_other_waves(w, r, result);
    text_add_integer(&count, w->changed_count);
    result->failed = result->failed || count.failed;
    if (w->changed_count && !count.failed && w->drop_changed)
        result_add_note(result, "people who changed workgroup between the waves, left out: %s",
                        count.bytes);
    else if (w->changed_count && !count.failed)
        result_add_note(
            result,
            "people who changed workgroup between the waves, each counted as two people: %s",
            count.bytes);
    text_free(&count);
}
