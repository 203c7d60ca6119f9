/* Compare: what changed between two waves, in each cell, for each workgroup, and overall; whether
 * units differ, and the targets that the same people rate (relcoord-methods(7), Comparison). */
#include <math.h>
#include <stdlib.h>

#include "analyses/compare/change_table.h"
#include "analyses/compare/groups.h"
#include "analyses/compare/trial.h"
#include "base/error.h"
#include "base/memory.h"
#include "stats/tests/adjust.h"

/* ---- What it takes and gives ---- */

static const option_spec compare_options[] = {
    BY_OPTION,
    WEIGHTS_OPTION,
    ESTIMATE_OPTIONS,
    {.name = "of",
     .type = OPTION_CHOICE,
     .initial = "all",
     .choices = "all|waves|units|targets",
     .help =
         "what to compare: two waves, units, the targets rated by the same people, or all three"},
    {.name = "from",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "the wave to compare from; empty: the first"},
    {.name = "to",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "the wave to compare to; empty: the last"},
    {.name = "pairing",
     .type = OPTION_CHOICE,
     .initial = "all",
     .choices = "all|paired|unpaired|mixed",
     .help = "compare the same people's ratings, the answers of the two waves, whoever gave them, "
             "or both in one model"},
    {.name = "test",
     .type = OPTION_CHOICE,
     .initial = "means",
     .choices = "means|ranks",
     .help = "test changes by means (t) or by ranks (Wilcoxon, Mann-Whitney)"},
    {.name = "changed",
     .type = OPTION_CHOICE,
     .initial = "two",
     .choices = "two|drop",
     .help = "people who changed workgroup between the waves: count each as two people, or leave "
             "them out"},
    {.name = "grouping",
     .type = OPTION_TEXT,
     .initial = "unit",
     .help =
         "what the units are that are compared: unit, role, level, or a grouping of the codebook"},
    {.name = "treatment",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "the grouping that says who was treated, for differences in differences; empty: there "
             "are none"},
    {.name = "treated",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "the group of it that was treated"},
    {.name = "assignment",
     .type = OPTION_TEXT,
     .initial = "unit",
     .help =
         "the grouping by which treatment was given, whose people are one cluster of the errors"},
    THREAD_OPTION,
};
enum { OF_ALL, OF_WAVES, OF_UNITS, OF_TARGETS };

static const table_spec *const compare_tables[] = {&changes_table, &unit_tests_table,
                                                   &target_tests_table, &trial_table, NULL};

/* ---- The ties of a group ---- */

static int compare_by_person(const void *left, const void *right)
{
    const compared_tie *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->later - b->later;
}

static int compare_by_row(const void *left, const void *right)
{
    const compared_tie *a = left, *b = right;
    return a->row != b->row ? (a->row < b->row ? -1 : 1) : compare_by_person(left, right);
}

static int compare_by_cell(const void *left, const void *right)
{
    const compared_tie *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->place != b->place ? (a->place < b->place ? -1 : 1) : compare_by_person(left, right);
}

static void sort_ties(compared_tie *ties, size_t count, int (*order)(const void *, const void *))
{
    if (count > 1)
        qsort(ties, count, sizeof *ties, order);
}

/* Writes a participation's ties; returns how many. */
static size_t add_ties(const run *r, const wave_pair *w, uint32_t row, uint32_t p,
                       compared_tie *out)
{
    const relcoord_survey *s = r->survey;
    uint32_t wave = s->attributes[COLUMN_WAVE].values[p], person = s->respondent[p];
    bool later = wave == w->waves[1];
    if ((!later && wave != w->waves[0]) || (w->changed[person] && w->drop_changed))
        return 0;
    for (uint32_t i = 0; i < s->tie_count[p]; i++) {
        uint32_t tie = s->first_tie[p] + i, target = s->target[tie];
        out[i] = (compared_tie){2 * (uint64_t)person + (w->changed[person] && later),
                                row,
                                target,
                                s->target_place[target],
                                tie,
                                later,
                                target == r->cases.row_workgroup[row]};
    }
    return s->tie_count[p];
}

static relcoord_status gather_ties(const run *r, const wave_pair *w, uint32_t first, uint32_t end,
                                   compared_tie **out, size_t *count, relcoord_error *err)
{
    const cases *c = &r->cases;
    size_t most = 0;
    compared_tie *ties;
    for (size_t i = c->row_start[first]; i < c->row_start[end]; i++)
        most += r->survey->tie_count[c->members[i]];
    ties = memory_new(most, sizeof *ties);
    if (!ties)
        return fail_memory(err);
    *count = 0;
    for (uint32_t row = first; row < end; row++)
        for (size_t i = c->row_start[row]; i < c->row_start[row + 1]; i++)
            *count += add_ties(r, w, row, c->members[i], ties + *count);
    *out = ties;
    return RELCOORD_OK;
}

/* ---- Changes ---- */

typedef struct change_list {
    change *changes;
    size_t count, capacity;
    unsigned wanted;
    double share; /* of the work that is done */
} change_list;

/* All measures of a set. */
static relcoord_status add_set(change_list *list, const change_work *w, const change_set *set,
                               relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (int measure = 0; measure < DIMENSION_COUNT && !status && set->count > 0; measure++) {
        void *changes = list->changes;
        size_t count = 0;
        if (!dimension_asked(w->r->survey, measure))
            continue;
        if (!memory_reserve(&changes, &list->capacity, list->count + PAIRING_COUNT,
                            sizeof *list->changes))
            return fail_memory(err);
        list->changes = changes;
        status = changes_find(w, set, measure, list->wanted, list->share,
                              list->changes + list->count, &count, err);
        list->count += count;
    }
    return status;
}

static bool has_part(const compared_tie *ties, size_t count, bool within)
{
    for (size_t i = 0; i < count; i++)
        if (ties[i].within == within)
            return true;
    return false;
}

static relcoord_status add_overall(change_list *list, const change_work *w, compared_tie *ties,
                                   size_t count, relcoord_error *err)
{
    static const set_kind kinds[] = {SET_ALL, SET_WITHIN, SET_BETWEEN};
    relcoord_status status = RELCOORD_OK;
    sort_ties(ties, count, compare_by_person);
    for (int i = 0; i < 3 && !status; i++)
        if (kinds[i] == SET_ALL || has_part(ties, count, kinds[i] == SET_WITHIN))
            status = add_set(list, w, &(change_set){kinds[i], ties, count}, err);
    return status;
}

static relcoord_status add_rows(change_list *list, const change_work *w, compared_tie *ties,
                                size_t count, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    sort_ties(ties, count, compare_by_row);
    for (size_t first = 0, end; first < count && !status; first = end) {
        for (end = first; end < count && ties[end].row == ties[first].row;)
            end++;
        if (has_part(ties + first, end - first, false))
            status = add_set(list, w, &(change_set){SET_WORKGROUP, ties + first, end - first}, err);
    }
    return status;
}

static relcoord_status add_cells(change_list *list, const change_work *w, compared_tie *ties,
                                 size_t count, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    sort_ties(ties, count, compare_by_cell);
    for (size_t first = 0, end; first < count && !status; first = end) {
        for (end = first; end < count && ties[end].row == ties[first].row
                          && ties[end].place == ties[first].place;)
            end++;
        status = add_set(list, w, &(change_set){SET_CELL, ties + first, end - first}, err);
    }
    return status;
}

/* ---- Several comparisons ---- */

/* Those of one kind, dimension and pairing are a family; overall ones are of one kind. */
static bool same_family(const change *a, const change *b)
{
    set_kind kind = a->kind > SET_WITHIN ? SET_WITHIN : a->kind,
             other = b->kind > SET_WITHIN ? SET_WITHIN : b->kind;
    return kind == other && a->dimension == b->dimension && a->pairing == b->pairing;
}

static relcoord_status adjust_family(change_list *list, const change *member, double *p,
                                     size_t *places, relcoord_error *err)
{
    size_t count = 0;
    relcoord_status status;
    for (size_t i = 0; i < list->count; i++)
        if (same_family(&list->changes[i], member)) {
            p[count] = list->changes[i].p;
            places[count++] = i;
        }
    status = adjust_holm(p, count, p + list->count, err);
    for (size_t i = 0; i < count && !status; i++)
        list->changes[places[i]].p_holm = p[list->count + i];
    if (!status)
        status = adjust_benjamini_hochberg(p, count, p, err);
    for (size_t i = 0; i < count && !status; i++)
        list->changes[places[i]].p_bh = p[i];
    return status;
}

static relcoord_status adjust(change_list *list, relcoord_error *err)
{
    static const set_kind kinds[] = {SET_CELL, SET_WORKGROUP, SET_WITHIN};
    double *p = memory_new(2 * list->count, sizeof *p);
    size_t *places = memory_new(list->count, sizeof *places);
    relcoord_status status = p && places ? RELCOORD_OK : fail_memory(err);
    for (int kind = 0; kind < 3; kind++)
        for (int d = 0; d < DIMENSION_COUNT; d++)
            for (int pairing = 0; pairing < PAIRING_COUNT && !status; pairing++)
                status = adjust_family(
                    list, &(change){.kind = kinds[kind], .dimension = d, .pairing = pairing}, p,
                    places, err);
    memory_free(p);
    memory_free(places);
    return status;
}

/* ---- A group of by ---- */

static unsigned wanted_pairings(const run *r)
{
    int choice = options_choice(r->options, "pairing"); /* all, then in the order of the pairings */
    return choice == 0 ? 7u : 1u << (choice - 1);
}

static relcoord_status compare_group(const run *r, const wave_pair *w, uint32_t first, uint32_t end,
                                     relcoord_table *table, relcoord_error *err)
{
    compared_tie *ties = NULL;
    size_t count = 0;
    change_work work = {.r = r};
    change_list list = {.wanted = wanted_pairings(r),
                        .share = 0.5 + 0.5 * first / r->cases.row_count};
    relcoord_status status = gather_ties(r, w, first, end, &ties, &count, err);
    if (!status && !change_work_make(&work, r, count))
        status = fail_memory(err);
    if (!status)
        status = add_overall(&list, &work, ties, count, err);
    if (!status)
        status = add_rows(&list, &work, ties, count, err);
    if (!status)
        status = add_cells(&list, &work, ties, count, err);
    if (!status)
        status = adjust(&list, err);
    for (size_t i = 0; i < list.count && !status; i++)
        change_write(table, r, w, r->cases.row_group[first], &list.changes[i]);
    change_work_free(&work);
    memory_free(ties);
    memory_free(list.changes);
    return status;
}

static relcoord_status compare_waves(const run *r, relcoord_table *table, relcoord_table *trial,
                                     relcoord_result *result, relcoord_error *err)
{
    const cases *c = &r->cases;
    wave_pair w;
    relcoord_status status = wave_pair_find(r, &w, err);
    if (status)
        return status;
    wave_pair_note(&w, r, result);
    for (uint32_t first = 0, end; first < c->row_count && !status; first = end) {
        for (end = first; end < c->row_count && c->row_group[end] == c->row_group[first];)
            end++;
        status = compare_group(r, &w, first, end, table, err);
    }
    if (!status)
        status = trial_write(trial, r, &w, err);
    wave_pair_free(&w);
    return status;
}

static relcoord_status compare_finish(void *state, const run *r, relcoord_result *result,
                                      relcoord_error *err)
{
    static const char *const why_empty[4] = {
        "no rows: waves were not compared", "no rows: the data have no units to compare",
        "no rows: nobody rated several targets", "no rows: option 'treatment' names no column"};
    relcoord_table *tables[4];
    int of = options_choice(r->options, "of");
    relcoord_status status = RELCOORD_OK;
    (void)state;
    for (int i = 0; i < 4; i++) {
        tables[i] = result_add_table(result, compare_tables[i], r->cases.by_names,
                                     r->cases.by_count);
        if (!tables[i])
            return fail_memory(err);
        table_explain_empty(tables[i], why_empty[i]);
    }
    tables[1]->chosen = of == OF_UNITS;
    tables[2]->chosen = of == OF_TARGETS;
    tables[3]->chosen = *options_text(r->options, "treatment") != 0;
    if (of == OF_ALL || of == OF_WAVES)
        status = compare_waves(r, tables[0], tables[3], result, err);
    if (!status && (of == OF_ALL || of == OF_UNITS))
        status = unit_tests_write(tables[1], r, err);
    if (!status && (of == OF_ALL || of == OF_TARGETS))
        status = target_tests_write(tables[2], r, err);
    return status;
}

const analysis compare_analysis = {
    .name = "compare",
    .summary = "change between two waves, and differences between units and targets",
    .needs = "two waves, unless units or targets alone are compared",
    .options = compare_options,
    .option_count = sizeof compare_options / sizeof *compare_options,
    .tables = compare_tables,
    .finish = compare_finish,
    .shows_waves = true,
    .unweighted = true,
};
