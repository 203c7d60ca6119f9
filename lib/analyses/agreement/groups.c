/* Sorting answers into groups, and what one group's answers come to (relcoord-methods(7), Agreement
 * and aggregation). */
#include "analyses/agreement/groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/measures/scores.h"
#include "stats/numbers/moments.h"

/* ---- By what ---- */

static const char by_target[] = "workgroup:";

/* A target by its label; NO_TARGET when none is called that. */
static uint32_t find_target(const relcoord_survey *s, const char *name)
{
    const label_list *labels = &s->attributes[COLUMN_WORKGROUP].labels;
    for (uint32_t i = 0; i < labels->count; i++)
        if (strcmp(labels->names[i], name) == 0)
            return i;
    return NO_TARGET;
}

static relcoord_status read_grouping(const relcoord_survey *s, const char *name, grouping *out,
                                     relcoord_error *err)
{
    size_t column = survey_find_attribute(s, name);
    if (strncmp(name, by_target, strlen(by_target)) == 0) {
        const char *target = name + strlen(by_target);
        *out = (grouping){BY_TARGET, find_target(s, target)};
        if (out->target != NO_TARGET || strcmp(target, "target") == 0)
            return RELCOORD_OK;
        return fail_option(err, "grouping", "nobody rates a workgroup '%.100s'", target);
    }
    *out = (grouping){(uint32_t)column, NO_TARGET};
    if (column < s->attribute_count && s->attributes[column].present)
        return RELCOORD_OK;
    return fail_option(err, "grouping",
                       "'%.100s' is neither a column to group by nor workgroup:target", name);
}

static bool is_usual(const relcoord_survey *s, const scale *now, uint32_t column)
{
    if (!s->attributes[column].present)
        return false;
    return column == COLUMN_UNIT
           || (!now->of_ties && (column == COLUMN_WORKGROUP || column >= ATTRIBUTE_COUNT));
}

relcoord_status groupings_select(const run *r, const scale *s, grouping_list *out,
                                 relcoord_error *err)
{
    const char *names = options_names(r->options, "grouping");
    size_t room = r->survey->attribute_count + 1 + strlen(options_text(r->options, "grouping"));
    relcoord_status status = RELCOORD_OK;
    grouping_list list = {0, memory_new(room, sizeof *list.groupings)};
    if (!list.groupings)
        return fail_memory(err);
    for (const char *name = names; *name && !status; name = options_name_after(name)) {
        grouping now = {0, NO_TARGET};
        status = read_grouping(r->survey, name, &now, err);
        if (!status && (s->of_ties || now.attribute != BY_TARGET))
            list.groupings[list.count++] = now;
    }
    if (!*names) {
        for (uint32_t a = 0; a < r->survey->attribute_count; a++)
            if (is_usual(r->survey, s, a))
                list.groupings[list.count++] = (grouping){a, NO_TARGET};
        if (s->of_ties)
            list.groupings[list.count++] = (grouping){BY_TARGET, NO_TARGET};
    }
    if (status)
        groupings_free(&list);
    else
        *out = list;
    return status;
}

void groupings_free(grouping_list *list)
{
    memory_free(list->groupings);
    *list = (grouping_list){0, NULL};
}

/* ---- Against what ---- */

agreement_null agreement_null_chosen(const run *r)
{
    return (agreement_null)options_choice(r->options, "null");
}

const char *agreement_null_estimator(const run *r, null_column which)
{
    static const char *const names[AGREEMENT_NULLS] = {
        "rwg_uniform_listwise",    "rwg_slight_skew_listwise", "rwg_moderate_skew_listwise",
        "rwg_heavy_skew_listwise", "rwg_triangular_listwise",  "rwg_normal_listwise"};
    if (which == NULL_CHOSEN && options_number(r->options, "null_variance") > 0)
        return "rwg_variance_listwise";
    if (which == NULL_CHOSEN)
        return names[agreement_null_chosen(r)];
    return names[which == NULL_BESIDE_UNIFORM ? NULL_UNIFORM : NULL_SLIGHT_SKEW];
}

static null_variances find_nulls(const run *r, const agreement_groups *g)
{
    double given = options_number(r->options, "null_variance");
    null_variances nulls = {{NAN, NAN, NAN}};
    if (g->on_scale) {
        nulls.of[NULL_CHOSEN] = agreement_null_variance(agreement_null_chosen(r), g->scale.options);
        nulls.of[NULL_BESIDE_UNIFORM] = agreement_null_variance(NULL_UNIFORM, g->scale.options);
        nulls.of[NULL_BESIDE_SKEW] = agreement_null_variance(NULL_SLIGHT_SKEW, g->scale.options);
    }
    if (given > 0)
        nulls.of[NULL_CHOSEN] = given;
    return nulls;
}

/* ---- Rows ---- */

/* Where a case belongs: sorted by key, then case. */
typedef struct placed_case {
    uint64_t key;
    uint32_t row, label, target;
} placed_case;

static int compare_cases(const void *left, const void *right)
{
    const placed_case *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* The labels of an attribute that a participation has. */
static uint32_t list_labels(const attribute *a, uint32_t participation, const uint32_t **labels)
{
    uint32_t value = a->values[participation];
    *labels = a->multiple ? a->set_labels + a->set_start[value] : &a->values[participation];
    return a->multiple ? a->set_start[value + 1] - a->set_start[value] : 1;
}

typedef struct placing {
    placed_case *cases;
    size_t count, room;
    int64_t without_group;
} placing;

static bool add_case(placing *p, placed_case now)
{
    void *all = p->cases;
    if (!memory_reserve(&all, &p->room, p->count + 1, sizeof *p->cases))
        return false;
    p->cases = all;
    p->cases[p->count++] = now;
    return true;
}

/* The empty label is no group. */
static bool place_by_attribute(const attribute *a, const group_members *members,
                               const scale_cases *c, placing *p)
{
    for (uint32_t row = 0; row < c->rows; row++) {
        const uint32_t *labels;
        uint32_t count = list_labels(a, members->participations[c->member[row]], &labels);
        for (uint32_t i = 0; i < count; i++) {
            if (!*a->labels.names[labels[i]])
                p->without_group++;
            else if (!add_case(p, (placed_case){labels[i], row, labels[i], NO_TARGET}))
                return false;
        }
    }
    return true;
}

static bool place_by_target(const relcoord_survey *s, grouping by, const scale_cases *c, placing *p)
{
    for (uint32_t row = 0; row < c->rows; row++) {
        uint32_t target = c->target[row];
        uint64_t key = (uint64_t)s->target_place[target] << 32 | c->workgroup[row];
        if ((by.target == NO_TARGET || by.target == target)
            && !add_case(p, (placed_case){key, row, c->workgroup[row], target}))
            return false;
    }
    return true;
}

/* The mean of the answered items, when enough are. */
static double score_row(const double *items, size_t k, int least)
{
    total sum = {0};
    int answered = 0;
    for (size_t j = 0; j < k; j++)
        if (!isnan(items[j])) {
            total_add(&sum, items[j]);
            answered++;
        }
    return answered >= least ? total_value(&sum) / answered : NAN;
}

/* A respondent's own score: the mean of the scores of their ties. */
static relcoord_status score_members(const run *r, const scale *s, const group_members *members,
                                     int least, double *scores, relcoord_error *err)
{
    scale_cases ties = {.rows = 0};
    relcoord_status status = scale_cases_gather(r, s, members, BASIS_TIES, &ties, err);
    size_t row = 0;
    for (uint32_t m = 0; m < members->count && !status; m++) {
        total sum = {0};
        int64_t n = 0;
        for (; row < ties.rows && ties.member[row] == m; row++) {
            double score = score_row(ties.values + row * ties.k, ties.k, least);
            if (!isnan(score)) {
                total_add(&sum, score);
                n++;
            }
        }
        scores[m] = n > 0 ? total_value(&sum) / (double)n : NAN;
    }
    scale_cases_free(&ties);
    return status;
}

/* A score for each case. */
static relcoord_status score_cases(const run *r, const scale *s, const group_members *members,
                                   const scale_cases *c, bool own, double *scores,
                                   relcoord_error *err)
{
    int least = scores_least_answered(options_number(r->options, "min_share"), (int)s->k);
    if (own)
        return score_members(r, s, members, least, scores, err);
    for (size_t row = 0; row < c->rows; row++)
        scores[row] = score_row(c->values + row * c->k, c->k, least);
    return RELCOORD_OK;
}

/* ---- Groups ---- */

static void take_rows(agreement_groups *g, const placing *p, const scale_cases *c,
                      const double *scores, const char *const *names)
{
    for (size_t i = 0; i < p->count; i++) {
        const placed_case *now = &p->cases[i];
        agreement_group *group = &g->groups[g->count];
        if (i == 0 || now->key != p->cases[i - 1].key) {
            g->count++;
            *group = (agreement_group){
                .name = names[now->label], .label = now->label, .target = now->target, .first = i};
        } else {
            group--;
        }
        group->count++;
        g->scores[i] = scores[now->row];
        group->left_out += isnan(scores[now->row]);
        memcpy(g->items + i * g->k, c->values + now->row * c->k, g->k * sizeof *g->items);
    }
}

static bool answers_all(const agreement_groups *g, size_t row)
{
    for (size_t j = 0; j < g->k; j++)
        if (isnan(g->items[row * g->k + j]))
            return false;
    return true;
}

/* Lays the answers of those who answer all out item by item; returns how many raters they are. */
static size_t turn_answers(const agreement_groups *g, const agreement_group *group, double *out)
{
    size_t raters = 0, next = 0, end = group->first + group->count;
    for (size_t row = group->first; row < end; row++)
        raters += answers_all(g, row);
    for (size_t row = group->first; row < end; row++) {
        if (!answers_all(g, row))
            continue;
        for (size_t j = 0; j < g->k; j++)
            out[j * raters + next] = g->items[row * g->k + j];
        next++;
    }
    return raters;
}

static void measure_group(agreement_groups *g, agreement_group *group, const null_variances *nulls,
                          double *scratch)
{
    size_t n = 0, raters;
    for (size_t row = group->first; row < group->first + group->count; row++)
        if (!isnan(g->scores[row]))
            scratch[n++] = g->scores[row];
    group->scores = group_of_values(scratch, n);
    raters = turn_answers(g, group, scratch);
    group->items = agreement_of_values(scratch, g->k, raters, g->scale);
    if (!g->on_scale) {
        group->items.awg = NAN;
        group->items.awg_items = 0;
        group->items.notes &= (unsigned)AGREEMENT_ONE_RATER;
    }
    for (int i = 0; i < NULL_COLUMNS; i++)
        group->rwg[i] = agreement_against(&group->items, nulls->of[i]);
}

static relcoord_status measure_groups(const run *r, agreement_groups *g, relcoord_error *err)
{
    null_variances nulls = find_nulls(r, g);
    size_t most = 0;
    double *scratch;
    for (size_t i = 0; i < g->count; i++)
        most = g->groups[i].count > most ? g->groups[i].count : most;
    scratch = memory_new(most * g->k, sizeof *scratch);
    if (!scratch)
        return fail_memory(err);
    for (size_t i = 0; i < g->count; i++)
        measure_group(g, &g->groups[i], &nulls, scratch);
    memory_free(scratch);
    return RELCOORD_OK;
}

static relcoord_status sort_groups(const placing *p, const scale_cases *c, const double *scores,
                                   const char *const *names, agreement_groups *g,
                                   relcoord_error *err)
{
    size_t count = 0;
    if (p->count > 0)
        qsort(p->cases, p->count, sizeof *p->cases, compare_cases);
    for (size_t i = 0; i < p->count; i++)
        count += i == 0 || p->cases[i].key != p->cases[i - 1].key;
    g->rows = p->count;
    g->without_group = p->without_group;
    g->groups = memory_new(count + 1, sizeof *g->groups);
    g->scores = memory_new(p->count, sizeof *g->scores);
    g->items = memory_new(p->count * g->k, sizeof *g->items);
    if (!g->groups || !g->scores || !g->items)
        return fail_memory(err);
    take_rows(g, p, c, scores, names);
    return RELCOORD_OK;
}

/* Whether answers are whole steps between two ends. */
static void find_ends(const scale *s, agreement_groups *g)
{
    g->on_scale = s->whole && s->high > s->low;
    g->scale = g->on_scale ? (agreement_scale){s->low, (int)(s->high - s->low) + 1}
                           : (agreement_scale){0, 2};
}

relcoord_status agreement_groups_make(const run *r, const scale *s, const group_members *members,
                                      grouping by, agreement_groups *out, relcoord_error *err)
{
    bool own = s->of_ties && by.attribute != BY_TARGET;
    uint32_t column = by.attribute == BY_TARGET ? COLUMN_WORKGROUP : by.attribute;
    agreement_groups g = {.k = s->k, .means = own};
    scale_cases c = {.rows = 0};
    placing p = {NULL, 0, 0, 0};
    double *scores = NULL;
    relcoord_status status = scale_cases_gather(
        r, s, members, own || !s->of_ties ? BASIS_RESPONDENTS : BASIS_TIES, &c, err);
    bool placed = false;
    find_ends(s, &g);
    if (status)
        return status;
    g.overlapping = r->survey->attributes[column].multiple;
    scores = memory_new(c.rows, sizeof *scores);
    if (scores && by.attribute == BY_TARGET)
        placed = place_by_target(r->survey, by, &c, &p);
    else if (scores)
        placed = place_by_attribute(&r->survey->attributes[by.attribute], members, &c, &p);
    status = placed ? score_cases(r, s, members, &c, own, scores, err) : fail_memory(err);
    if (!status)
        status = sort_groups(&p, &c, scores, r->survey->attributes[column].labels.names, &g, err);
    if (!status)
        status = measure_groups(r, &g, err);
    memory_free(p.cases);
    memory_free(scores);
    scale_cases_free(&c);
    if (status)
        agreement_groups_free(&g);
    else
        *out = g;
    return status;
}

void agreement_groups_free(agreement_groups *g)
{
    memory_free(g->scores);
    memory_free(g->items);
    memory_free(g->groups);
    *g = (agreement_groups){.k = 0};
}
