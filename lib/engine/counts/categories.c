/* Finding variables by name, and the category of each answer. */
#include "engine/counts/categories.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/matching.h"

/* ---- Categories of one variable ---- */

static const char *const digits[] = {"1", "2", "3", "4", "5"};

static size_t find_score(const categorical *c, double score)
{
    size_t i = 0;
    while (i < c->count && !(c->categories[i].score == score))
        i++;
    return i;
}

static size_t find_label(const categorical *c, const char *label)
{
    size_t i = 0;
    while (i < c->count && strcmp(c->categories[i].label, label) != 0)
        i++;
    return i;
}

static void name_in_danish(relcoord_result *result, const char *label, const char *danish)
{
    if (*danish)
        result_add_label(result, label, danish);
}

static bool is_category(const code *c)
{
    return c->kind == CODE_SCORE || c->kind == CODE_UNSCORED;
}

static void add_category(categorical *c, const code *from, relcoord_result *result)
{
    c->categories[c->count++] = (answer_category){code_name(from),
                                                  from->kind == CODE_SCORE ? from->score : NAN};
    name_in_danish(result, code_name(from), from->labels[DANISH]);
}

/* The targets of a dimension may list their answers each for itself: one score is one category. */
static void add_tie_codes(categorical *c, const code_list *codes, relcoord_result *result)
{
    for (size_t i = 0; codes && i < codes->count; i++) {
        const code *now = &codes->codes[i];
        bool known = now->kind == CODE_SCORE ? find_score(c, now->score) < c->count
                                             : find_label(c, code_name(now)) < c->count;
        if (is_category(now) && !known)
            add_category(c, now, result);
    }
    for (size_t i = 0; !codes && i < sizeof digits / sizeof *digits; i++)
        if (find_score(c, (double)i + 1) == c->count)
            c->categories[c->count++] = (answer_category){digits[i], (double)i + 1};
}

static relcoord_status fill_of_ties(const relcoord_survey *s, categorical *c,
                                    relcoord_result *result, relcoord_error *err)
{
    const size_t targets = s->wide ? s->attributes[COLUMN_WORKGROUP].labels.count : 1;
    size_t room = sizeof digits / sizeof *digits;
    for (size_t i = 0; i < s->variable_count; i++)
        room += s->variables[i].of_ties && s->variables[i].slot == c->slot && s->variables[i].codes
                    ? s->variables[i].codes->count
                    : 0;
    c->categories = memory_new(room, sizeof *c->categories);
    c->variable_of = memory_zeroed(targets, sizeof *c->variable_of);
    if (!c->categories || !c->variable_of)
        return fail_memory(err);
    for (size_t i = 0; i < s->variable_count; i++) {
        const survey_variable *v = &s->variables[i];
        if (!v->of_ties || v->slot != c->slot)
            continue;
        c->variable_of[v->target == NO_TARGET ? 0 : v->target] = (uint32_t)i;
        add_tie_codes(c, v->codes, result);
    }
    return RELCOORD_OK;
}

static relcoord_status fill_of_item(const relcoord_survey *s, categorical *c,
                                    relcoord_result *result, relcoord_error *err)
{
    const survey_item *item = &s->items[c->slot];
    const size_t codes = item->codes ? item->codes->count : 0;
    c->categories = memory_new(codes, sizeof *c->categories);
    c->of_place = memory_new(codes, sizeof *c->of_place);
    if (!c->categories || !c->of_place)
        return fail_memory(err);
    for (size_t i = 0; i < codes; i++) {
        const code *now = &item->codes->codes[i];
        c->of_place[i] = now->kind == CODE_DONT_KNOW ? ANSWER_IS_DOUBT
                         : is_category(now)          ? (int)c->count
                                                     : ANSWER_IS_MISSING;
        if (is_category(now))
            add_category(c, now, result);
    }
    return RELCOORD_OK;
}

static const char *name_of(const codebook_entry *e)
{
    return *e->labels[ENGLISH]  ? e->labels[ENGLISH]
           : *e->labels[DANISH] ? e->labels[DANISH]
                                : e->variable;
}

/* Whether a row of the codebook says which groups a grouping has. */
static bool is_about(const codebook_entry *e, const relcoord_survey *s, size_t a)
{
    const char *name = s->attributes[a].name;
    if (*e->dimension && (e->role == ROLE_GROUP || e->role == ROLE_UNIT || e->role == ROLE_STATUS))
        return strcmp(e->dimension, name) == 0;
    return a < ATTRIBUTE_COUNT ? e->role == role_of_column((column_role)a)
                               : e->role == ROLE_GROUP && strcmp(e->variable, name) == 0;
}

static void add_group(categorical *c, const char *label, const char *danish,
                      relcoord_result *result)
{
    if (find_label(c, label) < c->count)
        return;
    c->categories[c->count++] = (answer_category){label, NAN};
    name_in_danish(result, label, danish);
}

/* The groups that the codebook lists, whether anybody is in them or not, then others. */
static relcoord_status fill_of_grouping(const relcoord_survey *s, categorical *c,
                                        relcoord_result *result, relcoord_error *err)
{
    const label_list *labels = &s->attributes[c->slot].labels;
    size_t room = labels->count, entries = s->codebook ? s->codebook->count : 0;
    for (size_t e = 0; e < entries; e++)
        room += is_about(&s->codebook->entries[e], s, c->slot)
                    ? s->codebook->entries[e].values.count + 1
                    : 0;
    c->categories = memory_new(room, sizeof *c->categories);
    c->of_place = memory_new(labels->count, sizeof *c->of_place);
    if (!c->categories || !c->of_place)
        return fail_memory(err);
    for (size_t e = 0; e < entries; e++) {
        const codebook_entry *now = &s->codebook->entries[e];
        if (!is_about(now, s, c->slot))
            continue;
        if (*now->dimension)
            add_group(c, name_of(now), now->labels[DANISH], result);
        for (size_t i = 0; !*now->dimension && i < now->values.count; i++)
            if (now->values.codes[i].kind == CODE_UNSCORED)
                add_group(c, code_name(&now->values.codes[i]), now->values.codes[i].labels[DANISH],
                          result);
    }
    for (uint32_t i = 0; i < labels->count; i++) {
        if (*labels->names[i])
            add_group(c, labels->names[i], "", result);
        c->of_place[i] = *labels->names[i] ? (int)find_label(c, labels->names[i])
                                           : ANSWER_IS_MISSING;
    }
    return RELCOORD_OK;
}

static const char *label_of(const codebook_entry *e, relcoord_result *result)
{
    name_in_danish(result, name_of(e), e->labels[DANISH]);
    return name_of(e);
}

static relcoord_status add_variable(const relcoord_survey *s, variable_source source, size_t slot,
                                    relcoord_result *result, categorical_list *list,
                                    relcoord_error *err)
{
    categorical *c = &list->variables[list->count];
    for (size_t i = 0; i < list->count; i++) /* named twice, it is there already */
        if (list->variables[i].source == source && list->variables[i].slot == slot)
            return RELCOORD_OK;
    list->count++;
    *c = (categorical){.source = source, .slot = slot};
    switch (source) {
    case FROM_TIES:
        c->name = c->label = dimension_names[slot];
        name_in_danish(result, c->name, column_names[COLUMN_ITEM + slot][1]);
        return fill_of_ties(s, c, result, err);
    case FROM_ITEM:
        c->name = s->items[slot].entry->variable;
        c->label = label_of(s->items[slot].entry, result);
        return fill_of_item(s, c, result, err);
    case FROM_GROUPING: break;
    }
    c->name = c->label = s->attributes[slot].name;
    c->multiple = s->attributes[slot].multiple;
    return fill_of_grouping(s, c, result, err);
}

/* ---- By name ---- */

/* The items of a scale that are answered once; NULL: of any. *found says whether there are any. */
static relcoord_status add_items(const relcoord_survey *s, const char *scale,
                                 relcoord_result *result, categorical_list *list, bool *found,
                                 relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (size_t e = 0; s->codebook && e < s->codebook->count; e++)
        for (size_t i = 0; i < s->item_count && !status; i++)
            if (s->items[i].entry == &s->codebook->entries[e]
                && (!scale || strcmp(scale, s->items[i].entry->scale) == 0)) {
                *found = true;
                status = add_variable(s, FROM_ITEM, i, result, list, err);
            }
    return status;
}

static relcoord_status add_dimensions(const relcoord_survey *s, const char *name,
                                      relcoord_result *result, categorical_list *list, bool *found,
                                      relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (size_t d = 0; d < ITEM_COUNT && !status; d++)
        if (s->asked[d]
            && (!name || (size_t)dimension_of(name, strlen(name)) == d
                || strcmp(name, "rc") == 0)) {
            *found = true;
            status = add_variable(s, FROM_TIES, d, result, list, err);
        }
    return status;
}

/* The name nearest to one that is none. */
static relcoord_status refuse_variable(const relcoord_survey *s, const char *option,
                                       const char *name, relcoord_error *err)
{
    const char **known = memory_new(s->item_count + s->attribute_count + ITEM_COUNT, sizeof *known),
               *near;
    size_t count = 0;
    if (!known)
        return fail_memory(err);
    for (size_t d = 0; d < ITEM_COUNT; d++)
        if (s->asked[d])
            known[count++] = dimension_names[d];
    for (size_t i = 0; i < s->item_count; i++)
        known[count++] = s->items[i].entry->variable;
    for (size_t a = 0; a < s->attribute_count; a++)
        if (s->attributes[a].present)
            known[count++] = s->attributes[a].name;
    near = relcoord_nearest(name, known, count);
    memory_free(known);
    if (near)
        return fail_option(
            err, option, "'%.100s' is not a variable in the data; did you mean '%s'?", name, near);
    return fail_option(err, option,
                       "'%.100s' is not a variable in the data: variables are items, dimensions, "
                       "groupings and scales",
                       name);
}

static relcoord_status add_named(const run *r, const char *option, const char *name,
                                 relcoord_result *result, categorical_list *list,
                                 relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    const size_t a = survey_find_attribute(s, name);
    bool found = false;
    relcoord_status status = RELCOORD_OK;
    for (size_t i = 0; i < s->item_count && !found; i++)
        if (strcmp(s->items[i].entry->variable, name) == 0) {
            found = true;
            status = add_variable(s, FROM_ITEM, i, result, list, err);
        }
    if (!found && a < s->attribute_count) {
        found = true;
        status = add_variable(s, FROM_GROUPING, a, result, list, err);
    }
    if (!found)
        status = add_dimensions(s, name, result, list, &found, err);
    if (!found)
        status = add_items(s, name, result, list, &found, err);
    return found ? status : refuse_variable(s, option, name, err);
}

static relcoord_status make_list(const relcoord_survey *s, categorical_list *list,
                                 relcoord_error *err)
{
    *list = (categorical_list){
        0, memory_zeroed(ITEM_COUNT + s->item_count + s->attribute_count, sizeof *list->variables)};
    return list->variables ? RELCOORD_OK : fail_memory(err);
}

relcoord_status categoricals_select(const run *r, const char *option, relcoord_result *result,
                                    categorical_list *out, relcoord_error *err)
{
    categorical_list list;
    bool found = false;
    relcoord_status status = make_list(r->survey, &list, err);
    const char *name = options_names(r->options, option);
    if (!status && !*name)
        status = add_dimensions(r->survey, NULL, result, &list, &found, err);
    if (!status && !*name)
        status = add_items(r->survey, NULL, result, &list, &found, err);
    if (!status && !*name && !found)
        status = fail(err, RELCOORD_EUSAGE,
                      "the data have no items: the codebook names none, and there are no answers "
                      "about workgroups");
    for (; !status && *name; name = options_name_after(name))
        status = add_named(r, option, name, result, &list, err);
    if (status)
        categoricals_free(&list);
    else
        *out = list;
    return status;
}

static bool is_of_by(const cases *c, size_t a)
{
    for (size_t i = 0; i < c->by_count; i++)
        if (c->by[i] == a)
            return true;
    return false;
}

/* The first item with categories when it is not to be another than `other`, else the first grouping
 * but that, the waves, and those of `by`, in each group of which all people are alike; with no
 * second grouping, the only one. */
static relcoord_status add_first(const run *r, const char *option, const categorical *other,
                                 relcoord_result *result, categorical_list *list,
                                 relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    size_t first = s->attribute_count, a = 0;
    for (size_t i = 0; i < s->item_count && !other; i++)
        if (s->items[i].codes)
            return add_variable(s, FROM_ITEM, i, result, list, err);
    for (; a < s->attribute_count; a++) {
        if (!s->attributes[a].present || a == COLUMN_WAVE || is_of_by(&r->cases, a))
            continue;
        first = first == s->attribute_count ? a : first;
        if (!other || other->source != FROM_GROUPING || other->slot != a)
            break;
    }
    a = a == s->attribute_count ? first : a;
    if (a == s->attribute_count)
        return fail_option(err, option, "'%s' has to name an item or a grouping", option);
    return add_variable(s, FROM_GROUPING, a, result, list, err);
}

static relcoord_status check_named(const categorical_list *list, const char *option,
                                   relcoord_error *err)
{
    const categorical *v = list->variables;
    if (list->count > 1)
        return fail_option(err, option, "'%s' names a scale of several items: name one of them",
                           option);
    if (v->source == FROM_TIES)
        return fail_option(
            err, option, "'%.100s' is answered about workgroups, not once by each person", v->name);
    if (v->count == 0)
        return fail_option(err, option, "'%.100s' has no categories to count", v->name);
    return RELCOORD_OK;
}

relcoord_status categorical_named(const run *r, const char *option, const categorical *other,
                                  relcoord_result *result, categorical_list *out,
                                  relcoord_error *err)
{
    const char *name = options_text(r->options, option);
    categorical_list list;
    relcoord_status status = make_list(r->survey, &list, err);
    if (!status && *name)
        status = add_named(r, option, name, result, &list, err);
    else if (!status)
        status = add_first(r, option, other, result, &list, err);
    if (!status)
        status = check_named(&list, option, err);
    if (status)
        categoricals_free(&list);
    else
        *out = list;
    return status;
}

void categoricals_free(categorical_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        memory_free(list->variables[i].categories);
        memory_free(list->variables[i].of_place);
        memory_free(list->variables[i].variable_of);
    }
    memory_free(list->variables);
    *list = (categorical_list){0, NULL};
}

/* ---- Answers ---- */

/* The code without a score that is at that place among its like. */
static const code *unscored_code(const code_list *codes, int place)
{
    size_t i = 0;
    while (codes->codes[i].kind != CODE_UNSCORED || place-- > 0)
        i++;
    return &codes->codes[i];
}

int category_of_tie(const relcoord_survey *s, const categorical *c, uint32_t tie)
{
    int8_t answer = s->answers[(size_t)tie * ITEM_COUNT + c->slot];
    const code_list *codes;
    if (answer > 0)
        return (int)find_score(c, answer);
    if (answer > ANSWER_UNSCORED)
        return answer == ANSWER_DONT_KNOW ? ANSWER_IS_DOUBT : ANSWER_IS_MISSING;
    codes = s->variables[c->variable_of[s->wide ? s->target[tie] : 0]].codes;
    return (int)find_label(c, code_name(unscored_code(codes, ANSWER_UNSCORED - answer)));
}

int category_of_person(const relcoord_survey *s, const categorical *c, uint32_t participation)
{
    if (c->source == FROM_ITEM) {
        uint8_t place = s->items[c->slot].codes ? s->items[c->slot].places[participation] : 0;
        return place ? c->of_place[place - 1] : ANSWER_IS_MISSING;
    }
    return c->of_place[s->attributes[c->slot].values[participation]];
}

double score_of_person(const relcoord_survey *s, const categorical *c, uint32_t participation)
{
    int which;
    if (c->source == FROM_ITEM && !s->items[c->slot].codes)
        return s->items[c->slot].numbers[participation];
    which = category_of_person(s, c, participation);
    return which < 0 ? NAN : c->categories[which].score;
}

int category_chosen(const relcoord_survey *s, const categorical *c)
{
    const code_list *codes = c->source == FROM_ITEM ? s->items[c->slot].codes : NULL;
    int no = -1, yes = -1;
    for (size_t i = 0; codes && c->count == 2 && i < codes->count; i++)
        if (c->of_place[i] >= 0 && codes->codes[i].numeric) {
            no = codes->codes[i].number == 0 ? c->of_place[i] : no;
            yes = codes->codes[i].number == 1 ? c->of_place[i] : yes;
        }
    return no >= 0 ? yes : -1;
}
