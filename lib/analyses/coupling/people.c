/* Finding the items of coupling competence, and scoring people on them. */
#include "analyses/coupling/people.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/measures/scores.h"
#include "stats/numbers/moments.h"

static const char *const known_levels[] = {"individual", "group", "organisation", "management"};
enum { KNOWN_LEVELS = sizeof known_levels / sizeof *known_levels };

/* ---- The items ---- */

static bool is_of_coupling(const survey_item *item)
{
    return item->entry->role == ROLE_ITEM && strcmp(item->entry->scale, "coupling") == 0;
}

static relcoord_status refuse_entry(const relcoord_survey *s, const codebook_entry *e,
                                    relcoord_status status, relcoord_error *err)
{
    if (err) {
        err->line = e->line;
        error_field(err->file, sizeof err->file, s->codebook->file);
    }
    return status;
}

/* Widens the ends by one item's; false when it has others than those before. */
static bool share_ends(coupling_scale *s, const code_list *codes)
{
    double low = NAN, high = NAN;
    for (size_t i = 0; codes && i < codes->count; i++)
        if (codes->codes[i].kind == CODE_SCORE) {
            double score = codes->codes[i].score;
            low = isnan(low) || score < low ? score : low;
            high = isnan(high) || score > high ? score : high;
        }
    if (s->item_count == 0) {
        s->low = low;
        s->high = high;
    }
    return low < high && low == s->low && high == s->high;
}

static relcoord_status add_item(const relcoord_survey *survey, const survey_item *item,
                                coupling_scale *s, relcoord_error *err)
{
    const codebook_entry *e = item->entry;
    int function = coupling_function_of(e->dimension);
    if (function == FUNCTION_COUNT)
        return refuse_entry(
            survey, e,
            fail(err, RELCOORD_EDATA,
                 "'%.60s' of scale 'coupling' has the dimension '%.60s', which is not a function: "
                 "bridge_builder, communicator, coordinator or cooperation",
                 e->variable, e->dimension),
            err);
    if (!share_ends(s, item->codes))
        return refuse_entry(survey, e,
                            fail(err, RELCOORD_EDATA,
                                 "the scores of '%.60s' do not span the same range as those of the "
                                 "earlier items of scale 'coupling', or are all alike",
                                 e->variable),
                            err);
    s->items[s->item_count++] = (coupling_item){item, function, 0};
    return RELCOORD_OK;
}

static bool has_level(const coupling_scale *s, const char *level)
{
    for (size_t i = 0; i < s->item_count; i++)
        if (strcmp(s->items[i].item->entry->level, level) == 0)
            return true;
    return false;
}

static void add_level(coupling_scale *s, const char *level)
{
    for (size_t l = 0; l < s->level_count; l++)
        if (strcmp(s->levels[l], level) == 0)
            return;
    s->levels[s->level_count++] = level;
}

static void order_levels(coupling_scale *s)
{
    for (size_t l = 0; l < KNOWN_LEVELS; l++)
        if (has_level(s, known_levels[l]))
            add_level(s, known_levels[l]);
    for (size_t i = 0; i < s->item_count; i++)
        if (*s->items[i].item->entry->level)
            add_level(s, s->items[i].item->entry->level);
    for (size_t i = 0; i < s->item_count; i++)
        for (size_t l = 0; l < s->level_count; l++)
            if (strcmp(s->items[i].item->entry->level, s->levels[l]) == 0)
                s->items[i].column = 1 + l;
}

static relcoord_status count_asked(coupling_scale *s, double min_share, relcoord_error *err)
{
    size_t count = (1 + s->level_count) * FUNCTION_COUNT;
    s->asked = memory_zeroed(count, sizeof *s->asked);
    s->least = memory_new(count, sizeof *s->least);
    if (!s->asked || !s->least)
        return fail_memory(err);
    for (size_t i = 0; i < s->item_count; i++) {
        s->asked[s->items[i].function]++;
        if (s->items[i].column)
            s->asked[s->items[i].column * FUNCTION_COUNT + (size_t)s->items[i].function]++;
    }
    for (size_t i = 0; i < count; i++)
        s->least[i] = scores_least_answered(min_share, s->asked[i]);
    return RELCOORD_OK;
}

relcoord_status coupling_scale_find(const run *r, coupling_scale *out, relcoord_error *err)
{
    const relcoord_survey *survey = r->survey;
    coupling_scale s = {.low = NAN, .high = NAN};
    relcoord_status status = RELCOORD_OK;
    s.items = memory_new(survey->item_count, sizeof *s.items);
    s.levels = memory_new(survey->item_count + KNOWN_LEVELS, sizeof *s.levels);
    if (!s.items || !s.levels)
        status = fail_memory(err);
    for (size_t i = 0; i < survey->item_count && !status; i++)
        if (is_of_coupling(&survey->items[i]))
            status = add_item(survey, &survey->items[i], &s, err);
    if (!status && s.item_count == 0)
        status = fail(err, RELCOORD_EUSAGE,
                      "the data have no items of coupling competence: the codebook gives them the "
                      "scale 'coupling'");
    if (!status) {
        order_levels(&s);
        status = count_asked(&s, options_number(r->options, "min_share"), err);
    }
    if (status)
        coupling_scale_free(&s);
    else
        *out = s;
    return status;
}

void coupling_scale_free(coupling_scale *s)
{
    memory_free(s->items);
    memory_free(s->levels);
    memory_free(s->asked);
    memory_free(s->least);
    *s = (coupling_scale){.item_count = 0};
}

/* ---- People ---- */

static void add_answer(function_score *score, double answer)
{
    score->least = score->answered && score->least < answer ? score->least : answer;
    score->most = score->answered && score->most > answer ? score->most : answer;
    score->sum += answer;
    score->answered++;
}

static void score_member(const coupling_scale *s, uint32_t participation, function_score *scores)
{
    for (size_t i = 0; i < s->item_count; i++) {
        const coupling_item *of = &s->items[i];
        uint8_t place = of->item->places[participation];
        const code *c = place ? &of->item->codes->codes[place - 1] : NULL;
        if (!c || c->kind != CODE_SCORE)
            continue;
        add_answer(&scores[of->function], c->score);
        if (of->column)
            add_answer(&scores[of->column * FUNCTION_COUNT + (size_t)of->function], c->score);
    }
}

relcoord_status coupling_people_gather(const run *r, const coupling_scale *items, uint32_t group,
                                       coupling_people *out, relcoord_error *err)
{
    coupling_people p = {.scale = items, .columns = 1 + items->level_count};
    relcoord_status status = group_members_list(r, group, &p.members, err);
    if (status)
        return status;
    p.scores = memory_zeroed(p.members.count, p.columns * FUNCTION_COUNT * sizeof *p.scores);
    if (!p.scores) {
        coupling_people_free(&p);
        return fail_memory(err);
    }
    for (size_t m = 0; m < p.members.count; m++)
        score_member(items, p.members.participations[m], p.scores + m * p.columns * FUNCTION_COUNT);
    *out = p;
    return RELCOORD_OK;
}

void coupling_people_free(coupling_people *p)
{
    group_members_free(&p->members);
    memory_free(p->scores);
    p->scores = NULL;
}

static const function_score *score_of(const coupling_people *p, size_t member, size_t column,
                                      int function)
{
    return &p->scores[(member * p->columns + column) * FUNCTION_COUNT + (size_t)function];
}

static bool is_scored(const coupling_people *p, size_t member, size_t column, int function)
{
    return score_of(p, member, column, function)->answered
           >= p->scale->least[column * FUNCTION_COUNT + (size_t)function];
}

double coupling_mean(const coupling_people *p, size_t member, size_t column, int function)
{
    const function_score *score = score_of(p, member, column, function);
    return is_scored(p, member, column, function)
               ? mean_among(score->sum / score->answered, score->least, score->most)
               : NAN;
}

bool coupling_reaches(const coupling_people *p, size_t member, int function, double cut)
{
    const function_score *score = score_of(p, member, 0, function);
    return is_scored(p, member, 0, function) && score->sum >= cut * score->answered;
}

bool coupling_all(const coupling_people *p, size_t member, double scores[FUNCTION_COUNT])
{
    bool all = true;
    for (int f = 0; f < FUNCTION_COUNT; f++) {
        scores[f] = coupling_mean(p, member, 0, f);
        all = all && !isnan(scores[f]);
    }
    return all;
}
