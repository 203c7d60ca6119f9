/* Finding the scales of a survey, and laying the answers to one out as a matrix. */
#include "engine/scores/scales.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

const char *const scale_basis_names[BASIS_COUNT] = {"ties", "respondents"};

/* ---- Which there are ---- */

enum { TIE_SCALES = 3 };

/* Room for every scale there can be, and its items. */
static bool make_room(const relcoord_survey *s, scale_list *list)
{
    list->scales = memory_zeroed(TIE_SCALES + s->item_count, sizeof *list->scales);
    list->items = memory_zeroed(2 * ITEM_COUNT + s->item_count, sizeof *list->items);
    return list->scales && list->items;
}

/* Adds the dimensions from `first` on that are asked about as a scale, unless there are none or as
 * many as rc has. */
static scale_item *add_scale_of_ties(const relcoord_survey *s, scale_list *list, const char *name,
                                     size_t first, size_t end, scale_item *next)
{
    scale now = {name, true, true, 0, next, 1, s->scale_top};
    for (size_t d = first; d < end; d++)
        if (s->asked[d])
            next[now.k++] = (scale_item){dimension_names[d], d};
    if (now.k == 0 || (list->count > 0 && now.k == list->scales[0].k))
        return next;
    list->scales[list->count++] = now;
    return next + now.k;
}

static bool is_of_scale(const survey_item *item, const char *name)
{
    return item->entry->role == ROLE_ITEM && strcmp(item->entry->scale, name) == 0;
}

static bool codebook_has_scale(const relcoord_survey *s, const char *name)
{
    for (size_t i = 0; i < s->item_count; i++)
        if (is_of_scale(&s->items[i], name))
            return true;
    return false;
}

/* Widens a scale's ends by an item's scores. */
static void widen_scale(scale *now, const code_list *codes)
{
    for (size_t i = 0; codes && i < codes->count; i++)
        if (codes->codes[i].kind == CODE_SCORE) {
            double score = codes->codes[i].score;
            now->low = isnan(now->low) || score < now->low ? score : now->low;
            now->high = isnan(now->high) || score > now->high ? score : now->high;
            now->whole = now->whole && score == floor(score) && fabs(score) <= INT8_MAX;
        }
}

/* Items come as the data have them; entries stand in one array, in the codebook's order. */
static scale_item *add_scale_of_codebook(const relcoord_survey *s, scale_list *list,
                                         const char *name, scale_item *next)
{
    scale now = {name, false, true, 0, next, NAN, NAN};
    for (size_t i = 0; i < s->item_count; i++) {
        size_t at = now.k;
        if (!is_of_scale(&s->items[i], name))
            continue;
        for (; at > 0 && s->items[next[at - 1].slot].entry > s->items[i].entry; at--)
            next[at] = next[at - 1];
        next[at] = (scale_item){s->items[i].entry->variable, i};
        now.k++;
        widen_scale(&now, s->items[i].codes);
    }
    list->scales[list->count++] = now;
    return next + now.k;
}

static const scale *find_scale(const scale_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->scales[i].name, name) == 0)
            return &list->scales[i];
    return NULL;
}

static void list_scales(const relcoord_survey *s, scale_list *list)
{
    scale_item *next = list->items;
    if (s->asked_count > 0)
        next = add_scale_of_ties(s, list, "rc", 0, ITEM_COUNT, next);
    if (s->asked_count > 0 && !codebook_has_scale(s, "communication"))
        next = add_scale_of_ties(s, list, "communication", 0, COMMUNICATION_ITEMS, next);
    if (s->asked_count > 0 && !codebook_has_scale(s, "relationship"))
        next = add_scale_of_ties(s, list, "relationship", COMMUNICATION_ITEMS, ITEM_COUNT, next);
    for (size_t e = 0; s->codebook && e < s->codebook->count; e++) {
        const char *name = s->codebook->entries[e].scale;
        if (codebook_has_scale(s, name) && !find_scale(list, name))
            next = add_scale_of_codebook(s, list, name, next);
    }
}

static relcoord_status refuse_scale(const scale_list *list, const char *name, relcoord_error *err)
{
    const char *near = NULL, **names = memory_new(list->count, sizeof *names);
    for (size_t i = 0; names && i < list->count; i++)
        names[i] = list->scales[i].name;
    near = names ? relcoord_nearest(name, names, list->count) : NULL;
    memory_free(names);
    if (!names)
        return fail_memory(err);
    if (near)
        return fail_option(err, "scale", "'%s' is not a scale in the data; did you mean '%s'?",
                           name, near);
    return fail_option(err, "scale", "'%.100s' is not a scale in the data; the first one is '%s'",
                       name, list->scales[0].name);
}

/* Leaves the scales that the option names. */
static relcoord_status choose_scales(const relcoord_options *options, scale_list *list,
                                     relcoord_error *err)
{
    const char *name = options_names(options, "scale");
    size_t count = 0;
    bool *chosen = memory_zeroed(list->count, sizeof *chosen), any = false;
    relcoord_status status = chosen ? RELCOORD_OK : fail_memory(err);
    for (; !status && *name; name = options_name_after(name)) {
        const scale *found = find_scale(list, name);
        if (found)
            chosen[found - list->scales] = any = true;
        else
            status = refuse_scale(list, name, err);
    }
    for (size_t i = 0; i < list->count && any; i++)
        if (chosen[i])
            list->scales[count++] = list->scales[i];
    list->count = any ? count : list->count;
    memory_free(chosen);
    return status;
}

relcoord_status scales_select(const run *r, scale_list *out, relcoord_error *err)
{
    scale_list list = {0, NULL, NULL};
    relcoord_status status = make_room(r->survey, &list) ? RELCOORD_OK : fail_memory(err);
    if (!status)
        list_scales(r->survey, &list);
    if (!status && list.count == 0)
        status = fail(
            err, RELCOORD_EUSAGE,
            "the data have no items of a scale: the codebook names none, and there are no "
            "answers about workgroups");
    if (!status)
        status = choose_scales(r->options, &list, err);
    if (status)
        scales_free(&list);
    else
        *out = list;
    return status;
}

void scales_free(scale_list *list)
{
    memory_free(list->scales);
    memory_free(list->items);
    *list = (scale_list){0, NULL, NULL};
}

/* ---- Its cases ---- */

static relcoord_status make_cases(size_t rows, size_t k, scale_cases *c, relcoord_error *err)
{
    *c = (scale_cases){.rows = rows, .k = k};
    if (k > 0 && rows > SIZE_MAX / sizeof *c->values / k)
        return fail_memory(err);
    c->values = memory_new(rows * k, sizeof *c->values);
    c->member = memory_new(rows, sizeof *c->member);
    c->workgroup = memory_new(rows, sizeof *c->workgroup);
    c->target = memory_new(rows, sizeof *c->target);
    return c->values && c->member && c->workgroup && c->target ? RELCOORD_OK : fail_memory(err);
}

void scale_cases_free(scale_cases *c)
{
    memory_free(c->values);
    memory_free(c->member);
    memory_free(c->workgroup);
    memory_free(c->target);
    *c = (scale_cases){.rows = 0};
}

static void read_tie(const relcoord_survey *s, const scale *now, uint32_t tie, double *row)
{
    const int8_t *answers = s->answers + (size_t)tie * ITEM_COUNT;
    for (size_t j = 0; j < now->k; j++) {
        int8_t answer = answers[now->items[j].slot];
        row[j] = answer > 0 ? answer : NAN;
    }
}

/* Sums are whole, so that each mean is rounded once. */
static void read_tie_means(const relcoord_survey *s, const scale *now, uint32_t p, double *row)
{
    for (size_t j = 0; j < now->k; j++) {
        int64_t sum = 0, n = 0;
        for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++) {
            int8_t answer = s->answers[(size_t)t * ITEM_COUNT + now->items[j].slot];
            sum += answer > 0 ? answer : 0;
            n += answer > 0;
        }
        row[j] = n > 0 ? (double)sum / (double)n : NAN;
    }
}

static void read_items(const relcoord_survey *s, const scale *now, uint32_t p, double *row)
{
    for (size_t j = 0; j < now->k; j++) {
        const survey_item *item = &s->items[now->items[j].slot];
        if (item->codes) {
            uint8_t place = item->places[p];
            const code *c = place ? &item->codes->codes[place - 1] : NULL;
            row[j] = c && c->kind == CODE_SCORE ? c->score : NAN;
        } else {
            row[j] = item->numbers[p];
        }
    }
}

uint32_t scale_row_count(const run *r, const group_members *members, uint32_t member,
                         scale_basis basis)
{
    return basis == BASIS_TIES ? r->survey->tie_count[members->participations[member]] : 1;
}

void scale_row_read(const run *r, const scale *s, const group_members *members, scale_basis basis,
                    uint32_t member, uint32_t row, double *values)
{
    uint32_t p = members->participations[member];
    if (basis == BASIS_TIES)
        read_tie(r->survey, s, r->survey->first_tie[p] + row, values);
    else if (s->of_ties)
        read_tie_means(r->survey, s, p, values);
    else
        read_items(r->survey, s, p, values);
}

static void gather_member(const run *r, const scale *now, scale_basis basis,
                          const group_members *members, uint32_t member, scale_cases *c,
                          size_t *next)
{
    const relcoord_survey *s = r->survey;
    const attribute *workgroups = &s->attributes[COLUMN_WORKGROUP];
    uint32_t p = members->participations[member], rows = scale_row_count(r, members, member, basis);
    for (uint32_t i = 0; i < rows; i++) {
        size_t at = (*next)++;
        c->member[at] = member;
        c->workgroup[at] = workgroups->present ? workgroups->values[p] : 0;
        c->target[at] = basis == BASIS_TIES ? s->target[s->first_tie[p] + i] : NO_TARGET;
        scale_row_read(r, now, members, basis, member, i, c->values + at * c->k);
    }
}

relcoord_status scale_cases_gather(const run *r, const scale *s, const group_members *members,
                                   scale_basis basis, scale_cases *out, relcoord_error *err)
{
    scale_cases c;
    size_t rows = 0, next = 0;
    relcoord_status status;
    if (basis == BASIS_TIES && !s->of_ties)
        return fail(err, RELCOORD_EINTERNAL, "the scale '%s' has no ties", s->name);
    for (uint32_t m = 0; m < members->count; m++)
        rows += scale_row_count(r, members, m, basis);
    status = make_cases(rows, s->k, &c, err);
    for (uint32_t m = 0; m < members->count && !status; m++)
        gather_member(r, s, basis, members, m, &c, &next);
    if (status)
        scale_cases_free(&c);
    else
        *out = c;
    return status;
}
