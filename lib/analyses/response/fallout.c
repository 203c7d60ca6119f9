/* Fall-out (relcoord-methods(7), Response): answered or not, crossed with the groups of one
 * grouping. Where groups overlap, each is crossed with all others on its own, and Holm's method
 * minds that there are several. */
#include "analyses/response/fallout.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/counts/count_test.h"
#include "stats/tests/adjust.h"

static const column_spec columns[] = {
    {"grouping", RELCOORD_STRING, RELCOORD_KEY, "what people are grouped by"},
    COMPARED_GROUP_COLUMN,
    {"invited", RELCOORD_INTEGER, RELCOORD_COUNT,
     "people who were invited, and of whom the grouping is known"},
    {"answered", RELCOORD_INTEGER, RELCOORD_COUNT, "those of them who answered"},
    COUNT_TEST_COLUMNS,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec views[] = {
    {VIEW_LIST, "Non-response: whether answering depends on the group", NULL,
     "grouping,group,invited,chisq,df,p,p_holm,cramers_v", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec fallout_table = {
    .name = "fallout",
    .help = "whether those who answered differ from those who did not",
    .columns = columns,
    .views = views,
    .things = "df",
    .labels = "grouping"};

typedef struct fallout_test {
    const char *group;
    response_count people;
    bool without_missing;
    count_test test;
} fallout_test;

/* ---- Tests ---- */

static const char *const method_names[COUNT_METHODS] = {"fallout_chisq", "fallout_fisher",
                                                        "fallout_simulated"};

static void set_row(int64_t *row, response_count count)
{
    row[0] = count.answered;
    row[1] = count.invited - count.answered;
}

/* All groups at once; who is in none that is known is no category. */
static relcoord_status test_grouping(const run *r, const response_counts *c, fallout_test *test,
                                     relcoord_error *err)
{
    const label_list *labels = &c->of->labels;
    int64_t *counts = memory_new(labels->count, 2 * sizeof *counts);
    size_t rows = 0;
    relcoord_status status;
    if (!counts)
        return fail_memory(err);
    *test = (fallout_test){.group = "(total)"};
    for (uint32_t label = 0; label < labels->count; label++) {
        if (c->labels[label].invited == 0)
            continue;
        if (!*labels->names[label]) {
            test->without_missing = true;
            continue;
        }
        set_row(counts + 2 * rows++, c->labels[label]);
        test->people.invited += c->labels[label].invited;
        test->people.answered += c->labels[label].answered;
    }
    status = count_test_make(r, counts, rows, 2, &test->test, err);
    memory_free(counts);
    return status;
}

/* Each group against all others; returns how many tests there are. */
static size_t test_groups(const response_counts *c, const run *r, fallout_test *tests)
{
    size_t count = 0;
    for (uint32_t label = 0; label < c->of->labels.count; label++) {
        response_count inside = c->labels[label];
        response_count outside = {c->all.invited - inside.invited,
                                  c->all.answered - inside.answered};
        int64_t counts[4];
        if (inside.invited == 0 || !*c->of->labels.names[label])
            continue;
        set_row(counts, inside);
        set_row(counts + 2, outside);
        tests[count] = (fallout_test){.group = c->of->labels.names[label], .people = c->all};
        count_test_make(r, counts, 2, 2, &tests[count++].test,
                        NULL); /* 2 x 2: nothing is drawn, nothing fails */
    }
    return count;
}

/* ---- Rows ---- */

static void write_test(relcoord_table *table, const run *r, const response_counts *c,
                       const fallout_test *test, double p_holm)
{
    size_t keys = cases_begin_row(table, &r->cases, c->group);
    table_set_string(table, keys, c->of->name);
    table_set_string(table, keys + 1, test->group);
    table_set_integer(table, keys + 2, test->people.invited);
    table_set_integer(table, keys + 3, test->people.answered);
    count_test_write(table, keys + 4, &test->test, p_holm, method_names[test->test.method]);
    if (test->without_missing)
        table_add_note(table, "without_missing");
}

static relcoord_status write_groups(relcoord_table *table, const run *r, const response_counts *c,
                                    relcoord_error *err)
{
    fallout_test *tests = memory_new(c->of->labels.count, sizeof *tests);
    double *p = memory_new(c->of->labels.count, sizeof *p);
    relcoord_status status = tests && p ? RELCOORD_OK : fail_memory(err);
    size_t count = status ? 0 : test_groups(c, r, tests);
    for (size_t i = 0; i < count; i++)
        p[i] = tests[i].test.p;
    if (!status)
        status = adjust_holm(p, count, p, err);
    for (size_t i = 0; i < count && !status; i++)
        write_test(table, r, c, &tests[i], p[i]);
    memory_free(tests);
    memory_free(p);
    return status;
}

relcoord_status fallout_write(relcoord_table *table, const run *r, const response_counts *counts,
                              relcoord_error *err)
{
    fallout_test test;
    relcoord_status status;
    if (counts->of->multiple)
        return write_groups(table, r, counts, err);
    status = test_grouping(r, counts, &test, err);
    if (!status)
        write_test(table, r, counts, &test, test.test.p);
    return status;
}
