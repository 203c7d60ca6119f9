/* Finding the scales that respondents have scores on, and scoring them. */
#include "engine/scores/respondent_scores.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "engine/scores/functions.h"
#include "stats/measures/scores.h"

/* ---- All there are --------------------------------------------------------------------------- */

/* Every scale that the survey has, in the order in which an error lists them. */
typedef struct known_scales {
    respondent_scales all;
    size_t own, parts, single; /* where those of the codebook begin, their dimensions, the items */
    size_t item_count;
    double min_share;
} known_scales;

static bool make_room(const relcoord_survey *s, known_scales *k)
{
    k->all.scales = memory_zeroed(DIMENSION_COUNT + 3 * s->item_count, sizeof *k->all.scales);
    k->all.items = memory_new(3 * s->item_count, sizeof *k->all.items);
    return k->all.scales && k->all.items;
}

static void add_dimensions(const relcoord_survey *s, known_scales *k)
{
    for (int d = 0; d < DIMENSION_COUNT && s->asked_count > 0; d++)
        if (dimension_asked(s, d))
            k->all.scales[k->all.count++] = (respondent_scale){
                .name = dimension_names[d], .of_ties = true, .measure = d};
}

/* Whether an item has scores, or any numbers: categories alone make no score. */
static bool has_numbers(const survey_item *item)
{
    for (size_t i = 0; item->codes && i < item->codes->count; i++)
        if (item->codes->codes[i].kind == CODE_SCORE)
            return true;
    return !item->codes;
}

/* What the dimension of an item of a scale is called, a function of coupling in English. */
static const char *part_of(const codebook_entry *e)
{
    int function = strcmp(e->scale, "coupling") == 0 ? coupling_function_of(e->dimension)
                                                     : FUNCTION_COUNT;
    return function < FUNCTION_COUNT ? coupling_functions[function] : e->dimension;
}

static bool is_among(const codebook_entry *e, const char *scale, const char *part)
{
    return e->role == ROLE_ITEM && strcmp(e->scale, scale) == 0
           && (!part || strcmp(part_of(e), part) == 0);
}

static const respondent_scale *find_among(const known_scales *k, size_t first, size_t end,
                                          const char *name)
{
    for (size_t i = first; i < end; i++)
        if (strcmp(k->all.scales[i].name, name) == 0)
            return &k->all.scales[i];
    return NULL;
}

/* Adds the items of a scale, or of a part of it, unless there are none or the name is taken. Items
 * come as the data have them; entries stand in one array, in the codebook's order. */
static void add_scale(const relcoord_survey *s, known_scales *k, size_t taken_from,
                      const char *scale, const char *part)
{
    respondent_scale now = {
        .name = part ? part : scale, .measure = -1, .items = k->all.items + k->item_count};
    if (!*now.name || find_among(k, taken_from, k->all.count, now.name))
        return;
    for (size_t i = 0; i < s->item_count; i++) {
        size_t at = now.item_count;
        if (!is_among(s->items[i].entry, scale, part) || !has_numbers(&s->items[i]))
            continue;
        for (; at > 0 && now.items[at - 1]->entry > s->items[i].entry; at--)
            now.items[at] = now.items[at - 1];
        now.items[at] = &s->items[i];
        now.item_count++;
    }
    if (now.item_count == 0)
        return;
    now.least = scores_least_answered(k->min_share, (int)now.item_count);
    k->item_count += now.item_count;
    k->all.scales[k->all.count++] = now;
}

static void add_items(const relcoord_survey *s, known_scales *k)
{
    for (size_t i = 0; i < s->item_count; i++)
        if (has_numbers(&s->items[i])) {
            k->all.items[k->item_count] = &s->items[i];
            k->all.scales[k->all.count++] = (respondent_scale){.name = s->items[i].entry->variable,
                                                               .measure = -1,
                                                               .items = k->all.items
                                                                        + k->item_count++,
                                                               .item_count = 1,
                                                               .least = 1};
        }
}

static void list_known(const relcoord_survey *s, known_scales *k)
{
    const codebook_entry *entries = s->codebook ? s->codebook->entries : NULL;
    size_t count = s->codebook ? s->codebook->count : 0;
    add_dimensions(s, k);
    k->own = k->all.count;
    for (size_t e = 0; e < count; e++)
        if (entries[e].role == ROLE_ITEM)
            add_scale(s, k, k->own, entries[e].scale, NULL);
    k->parts = k->all.count;
    for (size_t e = 0; e < count; e++)
        if (entries[e].role == ROLE_ITEM && *entries[e].dimension)
            add_scale(s, k, 0, entries[e].scale, part_of(&entries[e]));
    k->single = k->all.count;
    add_items(s, k);
}

/* ---- Those that are asked for ---------------------------------------------------------------- */

/* A scale of the codebook is meant before one of relational coordination. */
static const respondent_scale *find_known(const known_scales *k, const char *name)
{
    const respondent_scale *own = find_among(k, k->own, k->parts, name);
    return own ? own : find_among(k, 0, k->all.count, name);
}

static relcoord_status refuse_name(const known_scales *k, const char *option, const char *name,
                                   relcoord_error *err)
{
    const char *near = NULL, **names = memory_new(k->all.count, sizeof *names);
    text known = {0};
    relcoord_status status;
    for (size_t i = 0; names && i < k->all.count; i++)
        names[i] = k->all.scales[i].name;
    for (size_t i = 0; i < k->single; i++)
        text_add_format(&known, "%s%s", i > 0 ? ", " : "", k->all.scales[i].name);
    near = names ? relcoord_nearest(name, names, k->all.count) : NULL;
    if (!names || known.failed)
        status = fail_memory(err);
    else if (near)
        status = fail_option(err, option,
                             "'%.60s' is neither a scale nor an item in the data; did you mean "
                             "'%.60s'? The scales are: %s",
                             name, near, known.length ? known.bytes : "none");
    else
        status = fail_option(err, option,
                             "'%.60s' is neither a scale nor an item in the data; the scales are: "
                             "%s",
                             name, known.length ? known.bytes : "none");
    memory_free(names);
    text_free(&known);
    return status;
}

/* Room for the chosen ones: the names that are given, or all. */
static bool make_choice(const known_scales *k, const char *names, respondent_scales *out)
{
    size_t room = k->all.count;
    for (const char *name = names; *name; name = options_name_after(name))
        room++;
    out->scales = memory_zeroed(room, sizeof *out->scales);
    return out->scales != NULL;
}

static relcoord_status choose_named(const known_scales *k, const char *option, const char *names,
                                    respondent_scales *out, relcoord_error *err)
{
    for (const char *name = names; *name; name = options_name_after(name)) {
        const respondent_scale *found = find_known(k, name);
        if (!found)
            return refuse_name(k, option, name, err);
        for (size_t i = 0; i < out->count; i++)
            if (strcmp(out->scales[i].name, name) == 0)
                return fail_option(err, option, "'%.60s' is given twice", name);
        out->scales[out->count++] = *found;
    }
    return RELCOORD_OK;
}

static relcoord_status choose_usual(const known_scales *k, respondent_scales *out,
                                    relcoord_error *err)
{
    size_t first = k->own > 0 ? 0 : k->own, end = k->own > 0 ? k->own : k->single;
    for (size_t i = first; i < end; i++)
        out->scales[out->count++] = k->all.scales[i];
    return out->count > 0
               ? RELCOORD_OK
               : fail(err, RELCOORD_EUSAGE,
                      "the data have nothing that people are scored on: there are no answers about "
                      "workgroups, and the codebook names no scale");
}

relcoord_status respondent_scales_find(const run *r, const char *option, respondent_scales *out,
                                       relcoord_error *err)
{
    known_scales k = {.min_share = options_number(r->options, "min_share")};
    const char *names = options_names(r->options, option);
    respondent_scales chosen = {.rule = score_rule_make(k.min_share, r->survey->asked)};
    relcoord_status status = make_room(r->survey, &k) ? RELCOORD_OK : fail_memory(err);
    if (!status) {
        list_known(r->survey, &k);
        status = make_choice(&k, names, &chosen) ? RELCOORD_OK : fail_memory(err);
    }
    if (!status)
        status = *names ? choose_named(&k, option, names, &chosen, err)
                        : choose_usual(&k, &chosen, err);
    chosen.items = k.all.items;
    memory_free(k.all.scales);
    if (status)
        respondent_scales_free(&chosen);
    else
        *out = chosen;
    return status;
}

void respondent_scales_free(respondent_scales *list)
{
    memory_free(list->scales);
    memory_free(list->items);
    *list = (respondent_scales){.count = 0};
}

/* ---- Scores ---------------------------------------------------------------------------------- */

static double item_score(const survey_item *item, uint32_t p)
{
    const code *c;
    if (!item->codes)
        return item->numbers[p];
    c = item->places[p] ? &item->codes->codes[item->places[p] - 1] : NULL;
    return c && c->kind == CODE_SCORE ? c->score : NAN;
}

bool respondent_sum_read(const respondent_scale *scale, uint32_t participation, respondent_sum *out)
{
    *out = (respondent_sum){0, 0};
    for (size_t i = 0; i < scale->item_count; i++) {
        double score = item_score(scale->items[i], participation);
        if (!isnan(score)) {
            out->sum += score;
            out->answered++;
        }
    }
    return out->answered >= scale->least;
}

double respondent_score(const run *r, const respondent_scales *list, const respondent_scale *scale,
                        uint32_t participation, tie_part part)
{
    respondent_sum s;
    if (scale->of_ties)
        return person_mean(r, &list->rule, participation, scale->measure, part);
    return respondent_sum_read(scale, participation, &s) ? s.sum / s.answered : NAN;
}

int respondent_parts(const respondent_scale *scale)
{
    return scale->of_ties ? TIE_PARTS : 1;
}

const char *respondent_part_name(const respondent_scale *scale, int part)
{
    return scale->of_ties ? tie_part_names[part] : "(respondents)";
}
