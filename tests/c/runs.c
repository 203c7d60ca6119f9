#include "runs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void expect_refused(const relcoord_survey *survey, const char *analysis, const char *settings,
                    relcoord_status status, const char *option, const char *message)
{
    relcoord_options *options = options_make(analysis, settings);
    relcoord_result *result = NULL;
    relcoord_error e = {0};
    relcoord_status got = relcoord_run(survey, analysis, options, &result, &e);
    ck_assert_msg(got == status && strcmp(e.message, message) == 0
                      && (!option || strcmp(e.option, option) == 0),
                  "%s %s: status %d, option '%s', '%s'", analysis, settings ? settings : "",
                  (int)got, e.option, e.message);
    ck_assert_ptr_null(result);
    relcoord_options_free(options);
}

void expect_same_in_any_order(const survey_plan *plan, const char *analysis, const char *settings)
{
    static const struct {
        bool shuffled;
        int threads;
    } ways[] = {{false, 2}, {false, 5}, {true, 1}, {true, 3}};
    survey_rows rows = rows_invent(plan);
    char *csv = rows_text(&rows, 0, rows.count),
         *wanted = written_of(csv, analysis, settings, "json");
    for (size_t i = 0; i < LENGTH(ways); i++) {
        char with[200], *got;
        if (ways[i].shuffled) {
            rows_shuffle(&rows, i);
            free(csv);
            csv = rows_text(&rows, 0, rows.count);
        }
        snprintf(with, sizeof with, "%s threads=%d", settings ? settings : "", ways[i].threads);
        got = written_of(csv, analysis, with, "json");
        expect_same_text(with, got, wanted);
        free(got);
    }
    free(csv);
    free(wanted);
    rows_free(&rows);
}

void expect_unit_of_its_own(const char *csv, const char *analysis, const char *settings)
{
    char *part = calloc(1, strlen(csv) + 1), *all, *alone, *got;
    ck_assert_ptr_nonnull(part);
    strncpy(part, csv, (size_t)(strchr(csv, '\n') - csv) + 1);
    for (const char *line = strchr(csv, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        const char *end = strchr(line, '\n') + 1, *unit = strstr(line, ",u2,");
        if (unit && unit < end)
            strncat(part, line, (size_t)(end - line));
    }
    all = written_of(csv, analysis, settings, "csv");
    alone = written_of(part, analysis, settings, "csv");
    const char *first = strstr(all, "\nu2,"), *after = strstr(all, "\nu3,");
    ck_assert(first && after);
    got = strndup(first, (size_t)(after - first) + 1);
    expect_same_text("u2", got, strstr(alone, "\nu2,"));
    free(got);
    free(all);
    free(alone);
    free(part);
}

typedef struct whole_run {
    const char *analysis;
    const relcoord_survey *survey;
    const relcoord_options *options;
} whole_run;

static relcoord_status run(void *context)
{
    const whole_run *w = context;
    relcoord_result *result = NULL;
    relcoord_status status = relcoord_run(w->survey, w->analysis, w->options, &result, NULL);
    ck_assert(status ? !result : result != NULL);
    relcoord_result_free(result);
    return status;
}

int64_t expect_memory_faults(const relcoord_survey *survey, const char *analysis,
                             const relcoord_options *options, int most)
{
    whole_run w = {analysis, survey, options};
    return heap_fail_each(run, &w, RELCOORD_OK, most);
}

typedef struct drafting {
    const char *path;
    const relcoord_options *options;
    size_t decisions;
} drafting;

static relcoord_status draft(void *context)
{
    drafting *d = context;
    relcoord_result *result = NULL;
    relcoord_status status = relcoord_codebook_draft(&d->path, 1, d->options, &result, NULL);
    ck_assert(status ? !result : result != NULL);
    if (!status) {
        size_t rows = relcoord_table_rows(relcoord_result_table(result, "decisions"));
        ck_assert_msg(d->decisions == 0 || rows == d->decisions, "another draft");
        d->decisions = rows;
    }
    relcoord_result_free(result);
    return status;
}

void expect_draft_memory_faults(const char *path, const relcoord_options *options)
{
    drafting d = {path, options, 0};
    heap_fail_each(draft, &d, RELCOORD_OK, INT_MAX);
    ck_assert_uint_gt(d.decisions, 0);
}
