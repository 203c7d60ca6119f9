#include "analyses/coupling/pairs.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/memory.h"
#include "stats/intervals/clusters.h"
#include "stats/intervals/intervals.h"
#include "stats/measures/scores.h"

/* ---- Pairs ---- */

static const column_spec pair_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "one workgroup of the pair"},
    {"other", RELCOORD_STRING, RELCOORD_KEY, "the other one"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the first who rate the other"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "their mean rc"},
    {"n_back", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the other who rate the first"},
    {"mean_back", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "their mean rc"},
    {"state", RELCOORD_STRING, RELCOORD_LABEL,
     "strong: both means above the cut; weak: neither; mixed: one; unknown: one is not there"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec pair_views[] = {
    {VIEW_LIST, "Pairs of workgroups by relational coordination", NULL, NULL, NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec pairs_table = {.name = "pairs",
                                .on_request = true,
                                .help = "two workgroups and how they rate each other",
                                .columns = pair_columns,
                                .views = pair_views};

static void write_rating(relcoord_table *table, size_t column, const moments *rated)
{
    table_set_integer(table, column, rated ? rated->n : 0);
    if (rated)
        table_set_number(table, column + 1, moments_mean(rated, SCORE_UNIT));
}

static int compare_pairs(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* The pairs that rate each other at least one way, the lower label in the upper half, in order;
 * those rated both ways stand there twice. */
static uint64_t *list_pairs(const coupling_ties *t, uint32_t *count)
{
    uint64_t *pairs = memory_new(t->index.count, sizeof *pairs);
    *count = 0;
    for (uint32_t id = 0; id < t->index.count && pairs; id++) {
        uint64_t rater = t->index.keys[id] / t->workgroups,
                 rated = t->index.keys[id] % t->workgroups;
        if (rater != rated)
            pairs[(*count)++] = rater < rated ? rater << 32 | rated : rated << 32 | rater;
    }
    if (pairs)
        qsort(pairs, *count, sizeof *pairs, compare_pairs);
    return pairs;
}

relcoord_status write_pairs(relcoord_table *table, const coupling_group *g, const coupling_ties *t,
                            relcoord_error *err)
{
    const label_list *names = &g->r->survey->attributes[COLUMN_WORKGROUP].labels;
    double strong = options_number(g->r->options, "strong_cut");
    uint32_t count;
    uint64_t *pairs = list_pairs(t, &count);
    if (!pairs)
        return fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t one = (uint32_t)(pairs[i] >> 32), other = (uint32_t)pairs[i];
        if (i > 0 && pairs[i] == pairs[i - 1])
            continue;
        size_t keys = cases_begin_row(table, &g->r->cases, g->group);
        table_set_string(table, keys, cases_label(names->names[one]));
        table_set_string(table, keys + 1, cases_label(names->names[other]));
        write_rating(table, keys + 2, coupling_cell(t, 0, one, other));
        write_rating(table, keys + 4, coupling_cell(t, 0, other, one));
        table_set_string(table, keys + 6,
                         pair_state_names[coupling_pair_state(t, 0, one, other, strong)]);
    }
    memory_free(pairs);
    return RELCOORD_OK;
}

/* ---- Items about another workgroup ---- */

static bool is_about_other(const survey_item *item, codebook_role role, const char *name)
{
    return item->entry->role == role && strcmp(item->entry->scale, name) == 0
           && *item->entry->target && item->codes;
}

/* What the codebook calls the target that an item's entry names. */
static const char *target_name(const relcoord_codebook *c, const char *name)
{
    for (size_t i = 0; i < c->count && *name; i++) {
        const code_list *codes = &c->entries[i].values;
        size_t place = c->entries[i].role == ROLE_TARGET
                           ? code_list_find(codes, name, strlen(name), '.')
                           : codes->count;
        if (place < codes->count)
            name = code_name(&codes->codes[place]);
    }
    return name;
}

/* By item the label of the workgroup that an item of that role and that scale's name is about;
 * NO_TARGET for the others, and where there is none of that name. NULL without memory. */
static uint32_t *find_targets(const relcoord_survey *s, codebook_role role, const char *named)
{
    const label_list *labels = &s->attributes[COLUMN_WORKGROUP].labels;
    uint32_t *targets = memory_new(s->item_count, sizeof *targets);
    intern names = {0};
    bool done = targets;
    static_assert(NO_TARGET == INTERN_FULL, "what is not found is no target");
    for (uint32_t i = 0; i < labels->count && done; i++)
        done = intern_add(&names, labels->names[i], strlen(labels->names[i])) != INTERN_FULL;
    for (size_t i = 0; i < s->item_count && done; i++) {
        const char *name = is_about_other(&s->items[i], role, named)
                               ? target_name(s->codebook, s->items[i].entry->target)
                               : "";
        targets[i] = *name ? intern_find(&names, name, strlen(name)) : INTERN_FULL;
    }
    intern_free(&names);
    if (!done)
        memory_free(targets);
    return done ? targets : NULL;
}

static const code *answer_of(const survey_item *item, uint32_t participation)
{
    uint8_t place = item->places[participation];
    return place ? &item->codes->codes[place - 1] : NULL;
}

static bool is_category(const code *c)
{
    return c && (c->kind == CODE_SCORE || c->kind == CODE_UNSCORED);
}

/* ---- What people say the pair is ---- */

static const column_spec state_columns[] = {
    {"state", RELCOORD_STRING, RELCOORD_KEY,
     "state of the pair by relational coordination; see pairs"},
    {"answer", RELCOORD_STRING, RELCOORD_KEY,
     "what people of the pair say of it: an outcome item of scale coupling that names its target"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "answers"},
    {"base", RELCOORD_INTEGER, RELCOORD_COUNT, "answers about pairs in that state"},
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "per cent of them"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec state_views[] = {
    {VIEW_LIST, "Whether work is coupled, by the state of the pair", NULL, NULL, NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec states_table = {.name = "states",
                                 .on_request = true,
                                 .help = "one answer on coupling in one state of pairs",
                                 .columns = state_columns,
                                 .views = state_views};

/* The categories are those of the first such item; NULL without one. */
static const code_list *outcome_codes(const relcoord_survey *s)
{
    for (size_t i = 0; i < s->item_count; i++)
        if (is_about_other(&s->items[i], ROLE_OUTCOME, "coupling"))
            return s->items[i].codes;
    return NULL;
}

static size_t category_of(const code_list *list, const code *answer)
{
    size_t place = 0;
    while (place < list->count && strcmp(code_name(&list->codes[place]), code_name(answer)) != 0)
        place++;
    return place;
}

static void count_answers(const coupling_group *g, const coupling_ties *t, const survey_item *item,
                          uint32_t target, const code_list *categories, int64_t *counts)
{
    const relcoord_survey *s = g->r->survey;
    double strong = options_number(g->r->options, "strong_cut");
    for (uint32_t m = 0; m < g->people->members.count && target != NO_TARGET; m++) {
        uint32_t p = g->people->members.participations[m],
                 own = s->attributes[COLUMN_WORKGROUP].values[p];
        const code *answer = answer_of(item, p);
        size_t category = categories->count;
        if (is_category(answer) && own != target)
            category = category_of(categories, answer);
        if (category < categories->count)
            counts[(size_t)coupling_pair_state(t, 0, own, target, strong) * categories->count
                   + category]++;
    }
}

static void write_state(relcoord_table *table, const coupling_group *g, int state,
                        const code_list *categories, const int64_t *counts)
{
    int64_t base = 0;
    for (size_t i = 0; i < categories->count; i++)
        base += counts[i];
    for (size_t i = 0; i < categories->count && base > 0; i++) {
        size_t keys;
        if (!is_category(&categories->codes[i]))
            continue;
        keys = cases_begin_row(table, &g->r->cases, g->group);
        table_set_string(table, keys, pair_state_names[state]);
        table_set_string(table, keys + 1, code_name(&categories->codes[i]));
        table_set_integer(table, keys + 2, counts[i]);
        table_set_integer(table, keys + 3, base);
        table_set_number(table, keys + 4, 100 * (double)counts[i] / (double)base);
    }
}

relcoord_status write_states(relcoord_table *table, const coupling_group *g, const coupling_ties *t,
                             relcoord_error *err)
{
    const relcoord_survey *s = g->r->survey;
    const code_list *categories = outcome_codes(s);
    int64_t *counts;
    uint32_t *targets;
    relcoord_status status;
    if (!categories || !s->attributes[COLUMN_WORKGROUP].present)
        return RELCOORD_OK;
    counts = memory_zeroed(PAIR_STATES * categories->count, sizeof *counts);
    targets = find_targets(s, ROLE_OUTCOME, "coupling");
    status = counts && targets ? RELCOORD_OK : fail_memory(err);
    for (size_t i = 0; i < s->item_count && !status; i++)
        if (targets[i] != NO_TARGET)
            count_answers(g, t, &s->items[i], targets[i], categories, counts);
    for (int state = 0; state < PAIR_STATES && !status; state++)
        write_state(table, g, state, categories, counts + (size_t)state * categories->count);
    memory_free(counts);
    memory_free(targets);
    return status;
}

/* ---- Exchange zones ---- */

static const column_spec zone_columns[] = {
    {"zone", RELCOORD_STRING, RELCOORD_KEY,
     "yes or no: whether somebody reports an exchange zone with another workgroup"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "reports: people times other workgroups"},
    {"base", RELCOORD_INTEGER, RELCOORD_COUNT, "all reports"},
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "per cent of them"},
    {"ties", RELCOORD_INTEGER, RELCOORD_COUNT,
     "those of the reports that come with an rc of the same people about the same workgroup"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean of that rc"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard error, clustered by respondent"},
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec zone_views[] = {
    {VIEW_LIST, "Exchange zones, and relational coordination with and without", NULL,
     "zone,n,base,percent,ties,mean,ci_low,ci_high,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec zones_table = {.name = "zones",
                                .on_request = true,
                                .help = "reports of exchange zones",
                                .columns = zone_columns,
                                .views = zone_views};

uint32_t *coupling_zone_targets(const relcoord_survey *s)
{
    return find_targets(s, ROLE_ITEM, "exchange_zone");
}

/* What one person's reports come to: their number, and the rc of those that have one. */
typedef struct zone_reports {
    int64_t n;
    moments rc;
} zone_reports;

/* A participation's ties stand in order of their targets. */
static int32_t rc_of(const relcoord_survey *s, const score_rule *rule, uint32_t participation,
                     uint32_t target)
{
    uint32_t low = s->first_tie[participation], end = low + s->tie_count[participation];
    for (uint32_t high = end; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (s->target[middle] < target)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == end || s->target[low] != target)
        return 0;
    return score_measure(s->answers + (size_t)low * ITEM_COUNT, rule, DIMENSION_RC);
}

static zone_reports reports_of(const coupling_group *g, const coupling_ties *t,
                               uint32_t participation, bool yes)
{
    const relcoord_survey *s = g->r->survey;
    zone_reports found = {0, {0, 0, 0}};
    for (size_t i = 0; i < s->item_count; i++) {
        const survey_item *item = &s->items[i];
        uint32_t target = g->zone_targets[i];
        const code *answer = target != NO_TARGET ? answer_of(item, participation) : NULL;
        int32_t rc;
        if (!answer || answer->kind != CODE_SCORE || (answer->score > 0) != yes
            || target == s->attributes[COLUMN_WORKGROUP].values[participation])
            continue;
        found.n++;
        rc = rc_of(s, &t->rule, participation, target);
        if (rc > 0)
            moments_add(&found.rc, rc);
    }
    return found;
}

static zone_reports all_reports(const coupling_group *g, const coupling_ties *t, bool yes)
{
    zone_reports all = {0, {0, 0, 0}};
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        zone_reports own = reports_of(g, t, g->people->members.participations[m], yes);
        all.n += own.n;
        moments_merge(&all.rc, &own.rc);
    }
    return all;
}

static void write_zone_mean(relcoord_table *table, size_t column, const coupling_group *g,
                            const coupling_ties *t, bool yes, const moments *rc)
{
    mean_clusters clusters = {.n = (double)rc->n, .mean = moments_mean(rc, SCORE_UNIT)};
    cluster_error error;
    double reach;
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        zone_reports own = reports_of(g, t, g->people->members.participations[m], yes);
        if (own.rc.n > 0)
            mean_clusters_add(&clusters, (double)own.rc.n, (double)own.rc.sum / SCORE_UNIT);
    }
    error = mean_clusters_error(&clusters, CLUSTER_CR2);
    reach = error.se * student_reach(options_number(g->r->options, "confidence"), error.df);
    table_set_number(table, column, clusters.mean);
    table_set_number(table, column + 1, error.se);
    table_set_number(table, column + 2, clusters.mean - reach);
    table_set_number(table, column + 3, clusters.mean + reach);
    table_set_string(table, column + 4, "mean_cr2");
    if (isnan(reach))
        table_add_note(table, "too_few");
}

void write_zones(relcoord_table *table, const coupling_group *g, const coupling_ties *t)
{
    static const char *const names[] = {"yes", "no"};
    zone_reports with, without;
    if (!g->r->survey->attributes[COLUMN_WORKGROUP].present)
        return;
    with = all_reports(g, t, true);
    without = all_reports(g, t, false);
    for (int row = 0; row < 2 && with.n + without.n > 0; row++) {
        const zone_reports *now = row == 0 ? &with : &without;
        size_t keys = cases_begin_row(table, &g->r->cases, g->group);
        table_set_string(table, keys, names[row]);
        table_set_integer(table, keys + 1, now->n);
        table_set_integer(table, keys + 2, with.n + without.n);
        table_set_number(table, keys + 3, 100 * (double)now->n / (double)(with.n + without.n));
        table_set_integer(table, keys + 4, now->rc.n);
        if (now->rc.n > 0)
            write_zone_mean(table, keys + 5, g, t, row == 0, &now->rc);
        else
            table_add_note(table, "empty");
    }
}
