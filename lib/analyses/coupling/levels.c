#include "analyses/coupling/levels.h"

#include <math.h>
#include <string.h>

#include "analyses/coupling/mean_interval.h"
#include "base/error.h"
#include "base/memory.h"
#include "stats/intervals/differences.h"
#include "stats/intervals/intervals.h"
#include "stats/variance/oneway.h"

/* ---- Levels ---- */

static const column_spec level_columns[] = {
    FUNCTION_COLUMN,
    {"level", RELCOORD_STRING, RELCOORD_KEY, "a level; (total): all pairs of levels"},
    {"other_level", RELCOORD_STRING, RELCOORD_KEY, "the level that it is compared with"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT,
     "people with a score at both; of (total), at two levels or more"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "people without"},
    {"mean_level", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean score at the level, of these people"},
    {"mean_other", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "mean score at the other level, of these people"},
    {"similarity", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "1 less the mean distance of a person's two scores, which could be 1"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error of the similarity"},
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec level_views[] = {
    {VIEW_LIST, "Whether levels agree", NULL,
     "function,level,other_level,n,mean_level,mean_other,similarity,ci_low,ci_high,note", NULL,
     NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec levels_table = {.name = "levels",
                                 .on_request = true,
                                 .help = "two levels of one function",
                                 .columns = level_columns,
                                 .views = level_views};
enum {
    LEVEL_FUNCTION,
    LEVEL_ONE,
    LEVEL_OTHER,
    LEVEL_N,
    LEVEL_LEFT_OUT,
    LEVEL_MEAN,
    LEVEL_MEAN_OTHER,
    LEVEL_SIMILARITY,
    LEVEL_SE,
    LEVEL_LOW,
    LEVEL_HIGH,
    LEVEL_ESTIMATOR
};

static double similarity_of(const coupling_people *p, size_t member, int function, size_t one,
                            size_t other)
{
    double a = coupling_mean(p, member, one, function),
           b = coupling_mean(p, member, other, function);
    return 1 - fabs(a - b) / (p->scale->high - p->scale->low);
}

/* A person's mean over the pairs of levels that he or she has. */
static double mean_similarity(const coupling_people *p, size_t member, int function)
{
    double sum = 0;
    int pairs = 0;
    for (size_t one = 1; one < p->columns; one++)
        for (size_t other = one + 1; other < p->columns; other++) {
            double similarity = similarity_of(p, member, function, one, other);
            sum += isnan(similarity) ? 0 : similarity;
            pairs += !isnan(similarity);
        }
    return pairs > 0 ? sum / pairs : NAN;
}

static size_t begin_level_row(relcoord_table *table, const coupling_group *g, int function,
                              const char *one, const char *other, size_t n)
{
    size_t keys = cases_begin_row(table, &g->r->cases, g->group);
    table_set_string(table, keys + LEVEL_FUNCTION, coupling_functions[function]);
    table_set_string(table, keys + LEVEL_ONE, one);
    table_set_string(table, keys + LEVEL_OTHER, other);
    table_set_integer(table, keys + LEVEL_N, (int64_t)n);
    table_set_integer(table, keys + LEVEL_LEFT_OUT, (int64_t)(g->people->members.count - n));
    table_set_string(table, keys + LEVEL_ESTIMATOR, "mean_t");
    return keys;
}

/* The similarities of n people stand in the group's room. */
static void write_similarity(relcoord_table *table, const coupling_group *g, size_t keys, size_t n)
{
    group_summary values = group_of_values(g->room, n);
    mean_interval interval = coupling_interval(&values,
                                               options_number(g->r->options, "confidence"));
    if (n == 0) {
        table_add_note(table, "empty");
        return;
    }
    table_set_number(table, keys + LEVEL_SIMILARITY, values.mean);
    coupling_write_interval(table, keys + LEVEL_SE, &interval);
}

static void write_pair_of_levels(relcoord_table *table, const coupling_group *g, int function,
                                 size_t one, size_t other)
{
    const coupling_people *p = g->people;
    total at_one = {0, 0}, at_other = {0, 0};
    size_t n = 0, keys;
    for (uint32_t m = 0; m < p->members.count; m++) {
        double similarity = similarity_of(p, m, function, one, other);
        if (isnan(similarity))
            continue;
        g->room[n++] = similarity;
        total_add(&at_one, coupling_mean(p, m, one, function));
        total_add(&at_other, coupling_mean(p, m, other, function));
    }
    keys = begin_level_row(table, g, function, p->scale->levels[one - 1],
                           p->scale->levels[other - 1], n);
    if (n > 0) {
        table_set_number(table, keys + LEVEL_MEAN, total_value(&at_one) / (double)n);
        table_set_number(table, keys + LEVEL_MEAN_OTHER, total_value(&at_other) / (double)n);
    }
    write_similarity(table, g, keys, n);
}

static void write_all_levels(relcoord_table *table, const coupling_group *g, int function)
{
    size_t n = 0;
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        double similarity = mean_similarity(g->people, m, function);
        if (!isnan(similarity))
            g->room[n++] = similarity;
    }
    write_similarity(table, g, begin_level_row(table, g, function, "(total)", "(total)", n), n);
}

void write_levels(relcoord_table *table, const coupling_group *g)
{
    for (int f = 0; f < FUNCTION_COUNT && g->people->columns > 2; f++) {
        write_all_levels(table, g, f);
        for (size_t one = 1; one < g->people->columns; one++)
            for (size_t other = one + 1; other < g->people->columns; other++)
                write_pair_of_levels(table, g, f, one, other);
    }
}

/* ---- Gaps ---- */

static const column_spec gap_columns[] = {
    {"direction", RELCOORD_STRING, RELCOORD_KEY,
     "vertical: a role against the next one; horizontal: workgroups of one role"},
    FUNCTION_COLUMN,
    {"role", RELCOORD_STRING, RELCOORD_KEY, "role, in the order of the codebook"},
    {"next_role", RELCOORD_STRING, RELCOORD_KEY, "vertical: the role after it; else empty"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the role with a score"},
    {"n_next", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the next role with a score"},
    {"workgroups", RELCOORD_INTEGER, RELCOORD_COUNT,
     "horizontal: workgroups that have such people"},
    {"difference", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "vertical: mean score of the role less that of the next one"},
    {"sd_between", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "horizontal: standard deviation between workgroups, by REML"},
    DIFFERENCE_ERROR_COLUMN,
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec gap_views[] = {
    {VIEW_LIST, "Down the chain of roles", "direction=vertical",
     "function,role,next_role,n,n_next,difference,ci_low,ci_high,note", NULL, NULL},
    {VIEW_LIST, "Between workgroups of the same role", "direction=horizontal",
     "function,role,n,workgroups,sd_between,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec gaps_table = {.name = "gaps",
                               .on_request = true,
                               .help = "one function, in two roles or between workgroups",
                               .columns = gap_columns,
                               .views = gap_views,
                               .things = "workgroups"};
enum {
    GAP_DIRECTION,
    GAP_FUNCTION,
    GAP_ROLE,
    GAP_NEXT,
    GAP_N,
    GAP_N_NEXT,
    GAP_WORKGROUPS,
    GAP_DIFFERENCE,
    GAP_SD,
    GAP_SE,
    GAP_LOW,
    GAP_HIGH,
    GAP_ESTIMATOR
};

static const attribute *attribute_of(const coupling_group *g, column_role role)
{
    const attribute *a = &g->r->survey->attributes[role];
    return a->present && !a->multiple ? a : NULL;
}

/* The scores of a role's people. */
static group_summary scores_of_role(const coupling_group *g, int function, uint32_t role)
{
    const attribute *roles = attribute_of(g, COLUMN_ROLE);
    size_t n = 0;
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        double mean = coupling_mean(g->people, m, 0, function);
        if (roles->values[g->people->members.participations[m]] == role && !isnan(mean))
            g->room[n++] = mean;
    }
    return group_of_values(g->room, n);
}

/* The same by workgroup: next[w] is where the scores of w begin in the room, then where they
 * end. */
static void sort_scores(const coupling_group *g, int function, uint32_t role, size_t *next,
                        uint32_t labels)
{
    const attribute *roles = attribute_of(g, COLUMN_ROLE),
                    *workgroups = attribute_of(g, COLUMN_WORKGROUP);
    size_t before = 0;
    memset(next, 0, labels * sizeof *next);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t m = 0; m < g->people->members.count; m++) {
            uint32_t p = g->people->members.participations[m];
            double mean = coupling_mean(g->people, m, 0, function);
            if (roles->values[p] != role || isnan(mean))
                continue;
            if (pass == 1)
                g->room[next[workgroups->values[p]]] = mean;
            next[workgroups->values[p]]++;
        }
        for (uint32_t w = 0; w < labels && pass == 0; w++) {
            size_t count = next[w];
            next[w] = before;
            before += count;
        }
    }
}

/* Summaries of the workgroups that have such people; how many they are. */
static size_t summarise_workgroups(const coupling_group *g, int function, uint32_t role,
                                   size_t *next, uint32_t labels, group_summary *groups)
{
    size_t count = 0, first = 0;
    sort_scores(g, function, role, next, labels);
    for (uint32_t w = 0; w < labels; w++) {
        if (next[w] > first)
            groups[count++] = group_of_values(g->room + first, next[w] - first);
        first = next[w];
    }
    return count;
}

static size_t begin_gap_row(relcoord_table *table, const coupling_group *g, const char *direction,
                            int function, uint32_t role)
{
    size_t keys = cases_begin_row(table, &g->r->cases, g->group);
    table_set_string(table, keys + GAP_DIRECTION, direction);
    table_set_string(table, keys + GAP_FUNCTION, coupling_functions[function]);
    table_set_string(table, keys + GAP_ROLE,
                     cases_label(attribute_of(g, COLUMN_ROLE)->labels.names[role]));
    return keys;
}

static void write_difference(relcoord_table *table, size_t keys, const mean_test *test,
                             double confidence)
{
    double reach = test->se * student_reach(confidence, test->df);
    table_set_number(table, keys + GAP_DIFFERENCE, test->difference);
    table_set_number(table, keys + GAP_SE, test->se);
    table_set_number(table, keys + GAP_LOW, test->difference - reach);
    table_set_number(table, keys + GAP_HIGH, test->difference + reach);
}

static void write_vertical(relcoord_table *table, const coupling_group *g, int function,
                           uint32_t role, uint32_t next)
{
    group_summary a = scores_of_role(g, function, role), b = scores_of_role(g, function, next);
    size_t keys = begin_gap_row(table, g, "vertical", function, role);
    mean_test test = welch_difference(&b, &a);
    table_set_string(table, keys + GAP_NEXT,
                     cases_label(attribute_of(g, COLUMN_ROLE)->labels.names[next]));
    table_set_integer(table, keys + GAP_N, (int64_t)a.n);
    table_set_integer(table, keys + GAP_N_NEXT, (int64_t)b.n);
    table_set_string(table, keys + GAP_ESTIMATOR, "difference_welch");
    if (!(a.n >= 1 && b.n >= 1)) {
        table_add_note(table, "empty");
        return;
    }
    write_difference(table, keys, &test, options_number(g->r->options, "confidence"));
    if (!(a.n >= 2 && b.n >= 2))
        table_add_note(table, "too_few");
    else if (!(test.se > 0))
        table_add_note(table, "all_equal");
}

static void write_spread_of_workgroups(relcoord_table *table, size_t keys, const oneway *fit)
{
    static const struct {
        unsigned note;
        const char *code;
    } codes[] = {{ONEWAY_FEW_GROUPS, "few_groups"},
                 {ONEWAY_CONSTANT, "all_equal"},
                 {ONEWAY_NO_WITHIN, "no_within"},
                 {ONEWAY_BOUNDARY, "at_zero"}};
    table_set_string(table, keys + GAP_ESTIMATOR, "sd_between_reml");
    table_set_number(table, keys + GAP_SD, sqrt(fit->tau2));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (fit->notes & codes[i].note)
            table_add_note(table, codes[i].code);
}

static relcoord_status write_horizontal(relcoord_table *table, const coupling_group *g,
                                        int function, uint32_t role, relcoord_error *err)
{
    uint32_t labels = attribute_of(g, COLUMN_WORKGROUP)->labels.count;
    group_summary *groups = memory_new(labels, sizeof *groups),
                  all = scores_of_role(g, function, role);
    size_t *next = memory_new(labels, sizeof *next), count = 0;
    relcoord_status status = groups && next ? RELCOORD_OK : fail_memory(err);
    oneway fit;
    if (!status) {
        count = summarise_workgroups(g, function, role, next, labels, groups);
        status = oneway_fit(groups, count, &fit) ? RELCOORD_OK : fail_memory(err);
    }
    if (!status) {
        size_t keys = begin_gap_row(table, g, "horizontal", function, role);
        table_set_integer(table, keys + GAP_N, (int64_t)all.n);
        table_set_integer(table, keys + GAP_WORKGROUPS, (int64_t)count);
        write_spread_of_workgroups(table, keys, &fit);
    }
    memory_free(groups);
    memory_free(next);
    return status;
}

/* Roles that nobody of the group has break no chain: the next one is the next that is there. */
static bool has_role(const coupling_group *g, uint32_t role)
{
    const attribute *roles = attribute_of(g, COLUMN_ROLE);
    for (uint32_t m = 0; m < g->people->members.count; m++)
        if (roles->values[g->people->members.participations[m]] == role)
            return *roles->labels.names[role] != 0;
    return false;
}

relcoord_status write_gaps(relcoord_table *table, const coupling_group *g, relcoord_error *err)
{
    const attribute *roles = attribute_of(g, COLUMN_ROLE);
    uint32_t count = roles ? roles->labels.count : 0, before = NO_ROW;
    relcoord_status status = RELCOORD_OK;
    for (uint32_t role = 0; role < count; role++) {
        if (!has_role(g, role))
            continue;
        for (int f = 0; f < FUNCTION_COUNT && before != NO_ROW; f++)
            write_vertical(table, g, f, before, role);
        before = role;
    }
    for (uint32_t role = 0; role < count && !status && attribute_of(g, COLUMN_WORKGROUP); role++)
        for (int f = 0; f < FUNCTION_COUNT && !status && has_role(g, role); f++)
            status = write_horizontal(table, g, f, role, err);
    return status;
}
