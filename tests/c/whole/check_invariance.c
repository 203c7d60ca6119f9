/* What must not change a figure, or must change it in a known way: the order of rows, names,
 * threads, files, copies of respondents, the scale turned round, groups against surveys of their
 * own; and stopping. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *invariance_suite(void);

static const struct {
    const char *name;
    survey_plan plan;
    const char *settings;
} cases[] = {
    {"plain", {.respondents = 40, .workgroups = 4, .targets = 5, .missing = 10, .seed = 1}, NULL},
    {"weighted",
     {.respondents = 40, .workgroups = 4, .targets = 5, .weights = true, .missing = 10, .seed = 2},
     NULL},
    {"grouped",
     {.respondents = 60,
      .workgroups = 3,
      .targets = 12,
      .units = 4,
      .waves = 3,
      .missing = 25,
      .seed = 3},
     "by=unit,wave"},
    {"grouped, weighted",
     {.respondents = 30,
      .workgroups = 3,
      .targets = 40,
      .units = 2,
      .waves = 2,
      .weights = true,
      .seed = 4},
     "by=wave min_share=0.8"},
    {"sparse",
     {.respondents = 12, .workgroups = 6, .targets = 6, .missing = 70, .seed = 5},
     "min_share=0"},
};
enum { CASE_COUNT = LENGTH(cases) };
static const char *const analyses[] = {"matrix", "summary"};

/* All tables of both analyses, as JSON or, without options and notes, as CSV. */
static char *describe(const relcoord_survey *survey, const char *settings, const char *format)
{
    char *all = calloc(1, 1);
    for (size_t a = 0; a < LENGTH(analyses); a++) {
        relcoord_result *r = result_make(survey, analyses[a], settings);
        const relcoord_table *table;
        for (size_t i = 0; (table = relcoord_result_table_at(r, i)) != NULL; i++) {
            char name[80], *text;
            snprintf(name, sizeof name, "table=%s", relcoord_table_name(table));
            text = result_written(r, format, name);
            all = realloc(all, strlen(all) + strlen(text) + 1);
            ck_assert_ptr_nonnull(all);
            strcat(all, text);
            free(text);
        }
        relcoord_result_free(r);
    }
    return all;
}

static char *describe_csv(const char *csv, const char *settings, const char *format)
{
    relcoord_survey *survey = survey_make(csv);
    char *all = describe(survey, settings, format);
    relcoord_survey_free(survey);
    return all;
}

/* ---- What changes nothing, to the byte ---- */

START_TEST(order_of_rows)
{
    survey_rows rows = rows_invent(&cases[_i].plan);
    char *csv = rows_text(&rows, 0, rows.count),
         *wanted = describe_csv(csv, cases[_i].settings, "json");
    free(csv);
    for (uint64_t seed = 1; seed <= (uint64_t)rounds(8); seed++) {
        char *got;
        rows_shuffle(&rows, seed);
        csv = rows_text(&rows, 0, rows.count);
        got = describe_csv(csv, cases[_i].settings, "json");
        expect_same_text(cases[_i].name, got, wanted);
        free(csv);
        free(got);
    }
    free(wanted);
    rows_free(&rows);
}
END_TEST

/* The text with every `from` replaced; the caller frees it. */
static char *replaced(const char *text, const char *from, const char *to)
{
    size_t room = strlen(text) * (strlen(to) + 1) + 1;
    char *result = malloc(room), *end = result;
    ck_assert_ptr_nonnull(result);
    while (*text) {
        if (strncmp(text, from, strlen(from)) == 0) {
            end = stpcpy(end, to);
            text += strlen(from);
        } else {
            *end++ = *text++;
        }
    }
    *end = 0;
    return result;
}

static char *replaced_all(const char *text, const char *const (*pairs)[2], size_t count)
{
    char *now = replaced(text, "\r", "\r\n"); /* a copy with room, for there is none */
    for (size_t i = 0; i < count; i++) {
        char *next = replaced(now, pairs[i][0], pairs[i][1]);
        free(now);
        now = next;
    }
    return now;
}

/* Labels renamed so that their order stays, given back their names in what is written. */
START_TEST(names_of_labels)
{
    static const char *const there[][2] = {
        {"\nr", "\nperson "}, {",g", ",\xC3\x98 group "}, {",u", ",\"unit, "}, {",w", ",wave no "}};
    static const char *const back[][2] = {
        {"\"\xC3\x98 group ", "\"g"}, {"\"unit, ", "\"u"}, {"\"wave no ", "\"w"}};
    char *csv = csv_invent(&cases[_i].plan), *whole, *got, *again;
    char *renamed = replaced_all(strchr(csv, '\n'), there, LENGTH(there));
    char *wanted = describe_csv(csv, cases[_i].settings, "json");
    for (char *p = renamed; (p = strstr(p, ",\"unit, ")) != NULL;
         p += 10) { /* close the quotation mark: u1 to u9 */
        memmove(p + 10, p + 9, strlen(p + 9) + 1);
        p[9] = '"';
    }
    whole = malloc(strlen(csv) + strlen(renamed) + 1);
    ck_assert_ptr_nonnull(whole);
    memcpy(whole, csv, (size_t)(strchr(csv, '\n') - csv));
    strcpy(whole + (strchr(csv, '\n') - csv), renamed);
    got = describe_csv(whole, cases[_i].settings, "json");
    again = replaced_all(got, back, LENGTH(back));
    expect_same_text(cases[_i].name, again, wanted);
    free(csv), free(renamed), free(whole), free(got), free(again), free(wanted);
}
END_TEST

START_TEST(two_files)
{
    survey_rows rows = rows_invent(&cases[_i].plan);
    char *csv = rows_text(&rows, 0, rows.count),
         *wanted = describe_csv(csv, cases[_i].settings, "json"), *got;
    const size_t cuts[] = {1, rows.count / 3, rows.count - 1};
    for (size_t c = 0; c < LENGTH(cuts); c++) {
        char *first = rows_text(&rows, 0, cuts[c]), *second = rows_text(&rows, cuts[c], rows.count);
        const char *paths[2];
        relcoord_survey *survey = NULL;
        paths[0] = file_write("first.csv", first, strlen(first));
        paths[1] = file_write("second.csv", second, strlen(second));
        ck_assert_int_eq(relcoord_survey_read_files(paths, 2, NULL, &survey, NULL), RELCOORD_OK);
        got = describe(survey, cases[_i].settings, "json");
        expect_same_text(cases[_i].name, got, wanted);
        relcoord_survey_free(survey);
        free(first), free(second), free(got);
        files_remove();
    }
    free(csv), free(wanted);
    rows_free(&rows);
}
END_TEST

/* Enough respondents for several blocks and for threads in the summary. */
static relcoord_survey *large_survey(bool weights)
{
    static const survey_plan plain = {
        .respondents = 35000, .workgroups = 3, .targets = 3, .missing = 10, .seed = 9};
    survey_plan plan = plain;
    char *csv;
    relcoord_survey *survey;
    plan.weights = weights;
    csv = csv_invent(&plan);
    survey = survey_make(csv);
    free(csv);
    return survey;
}

START_TEST(number_of_threads)
{
    relcoord_survey *survey = large_survey(_i);
    char *wanted = describe(survey, "threads=1", "json");
    for (int threads = 0; threads <= 8; threads += 20 / rounds(20)) {
        char settings[32], *got;
        snprintf(settings, sizeof settings, "threads=%d", threads);
        got = describe(survey, settings, "json");
        expect_same_text(settings, got, wanted);
        free(got);
    }
    free(wanted);
    relcoord_survey_free(survey);
}
END_TEST

/* A wave, and a group, give what a survey of their rows alone gives. */
START_TEST(parts_are_surveys_of_their_own)
{
    survey_rows rows = rows_invent(&cases[2].plan), part = rows;
    char *whole = rows_text(&rows, 0, rows.count), *got = describe_csv(whole, "wave=w2", "csv"),
         *csv, *wanted;
    part.rows = malloc(rows.count * sizeof(char *));
    part.count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (strstr(rows.rows[i], ",w2,"))
            part.rows[part.count++] = rows.rows[i];
    csv = rows_text(&part, 0, part.count);
    wanted = describe_csv(csv, NULL, "csv");
    expect_same_text("wave w2", got, wanted);
    free(got), free(wanted);
    got = describe_csv(csv, "by=wave", "csv"); /* one group: the same figures behind its name */
    wanted = describe_csv(whole, "by=wave", "csv");
    for (char *line = strtok(got, "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_msg(strstr(wanted, line) != NULL, "not in the whole: %s", line);
    free(csv), free(got), free(wanted), free(whole), free(part.rows);
    rows_free(&rows);
}
END_TEST

/* ---- What changes figures in a known way ---- */

typedef void (*compare_rows)(const char *name, const double *before, const double *after,
                             const char *column);

/* Calls compare for every number column of every table of both. */
static void compare_results(const char *csv, const char *changed, const char *settings,
                            compare_rows compare)
{
    for (size_t a = 0; a < LENGTH(analyses); a++) {
        relcoord_result *before = result_of(csv, analyses[a], settings),
                        *after = result_of(changed, analyses[a], settings);
        const relcoord_table *table, *other;
        for (size_t t = 0; (table = relcoord_result_table_at(before, t))
                           && (other = relcoord_result_table_at(after, t));
             t++) {
            ck_assert_uint_eq(relcoord_table_rows(table), relcoord_table_rows(other));
            for (size_t c = 0; c < relcoord_table_columns(table); c++) {
                const char *column = relcoord_table_column_name(table, c);
                const double *x, *y;
                const uint8_t *valid;
                if (relcoord_table_column_type(table, c) != RELCOORD_NUMBER)
                    continue;
                ck_assert(!relcoord_table_doubles(table, column, &x, &valid, NULL)
                          && !relcoord_table_doubles(other, column, &y, &valid, NULL));
                for (size_t row = 0; row < relcoord_table_rows(table); row++)
                    compare(relcoord_table_name(table), &x[row], &y[row], column);
            }
        }
        relcoord_result_free(before);
        relcoord_result_free(after);
    }
}

static bool is_mean(const char *column)
{
    static const char *const names[] = {"mean",   "own",     "in_strength",  "out_strength",
                                        "within", "between", "mean_complete"};
    bool found = false;
    for (size_t i = 0; i < LENGTH(names); i++)
        found = found || strcmp(column, names[i]) == 0;
    return found;
}

static void compare_turned(const char *table, const double *before, const double *after,
                           const char *column)
{
    char name[64];
    snprintf(name, sizeof name, "%s %s", table, column);
    if (is_mean(column))
        expect_near(name, *after, 6 - *before, 1e-13);
    else if (strcmp(column, "silo") == 0)
        expect_near(name, *after, -*before, 1e-13);
    else if (strncmp(column, "ci_", 3) != 0)
        expect_near(name, *after, *before, 1e-12); /* sd, se */
}

/* Every answer x becomes 6 - x: means turn round, spreads and errors stay. */
START_TEST(scale_turned_round)
{
    survey_rows rows = rows_invent(&cases[_i].plan);
    char *csv = rows_text(&rows, 0, rows.count), *turned;
    for (size_t i = 0; i < rows.count; i++) {
        char *answers = rows.rows[i] + strlen(rows.rows[i]);
        for (int commas = 0; commas < 7; commas += *answers == ',')
            answers--;
        for (; *answers; answers++)
            if (*answers >= '1' && *answers <= '5')
                *answers = (char)('1' + '5' - *answers);
    }
    turned = rows_text(&rows, 0, rows.count);
    compare_results(csv, turned, cases[_i].settings, compare_turned);
    free(csv), free(turned);
    rows_free(&rows);
}
END_TEST

static void compare_means(const char *table, const double *before, const double *after,
                          const char *column)
{
    if (is_mean(column) || strcmp(column, "silo") == 0)
        expect_near(table, *after, *before, 1e-13);
}

/* Every respondent once more under another name: no mean moves. */
START_TEST(everybody_twice)
{
    survey_rows rows = rows_invent(&cases[_i].plan);
    char *csv = rows_text(&rows, 0, rows.count), *twice = malloc(2 * strlen(csv) + 1);
    strcpy(twice, csv);
    for (size_t i = 0; i < rows.count; i++)
        rows.rows[i][0] = 's';
    for (size_t i = 0; i < rows.count; i++)
        strcat(twice, rows.rows[i]);
    compare_results(csv, twice, cases[_i].settings, compare_means);
    free(csv), free(twice);
    rows_free(&rows);
}
END_TEST

/* ---- Stopping, and telling how far ---- */

typedef struct watch {
    int calls, stop_at;
    double last;
    pthread_t caller;
} watch;

static int watch_progress(void *user, double share)
{
    watch *w = user;
    ck_assert_msg(pthread_equal(w->caller, pthread_self()), "progress came from another thread");
    ck_assert_msg(share >= w->last && share <= 1, "share %g after %g", share, w->last);
    w->last = share;
    return ++w->calls == w->stop_at;
}

static relcoord_status run_watched(const relcoord_survey *survey, const char *analysis,
                                   const char *settings, watch *w, relcoord_error *err)
{
    relcoord_options *options = options_make(analysis, settings);
    relcoord_result *result = NULL;
    relcoord_status status;
    relcoord_options_set_progress(options, watch_progress, w);
    status = relcoord_run(survey, analysis, options, &result, err);
    ck_assert(status == RELCOORD_OK ? result != NULL : result == NULL);
    relcoord_result_free(result);
    relcoord_options_free(options);
    return status;
}

START_TEST(runs_can_be_cancelled)
{
    static const char *const settings[] = {"threads=1", "threads=4"};
    relcoord_survey *survey;
    heap_start();
    survey = large_survey(true);
    for (size_t a = 0; a < LENGTH(analyses); a++)
        for (size_t s = 0; s < LENGTH(settings); s++) {
            watch all = {.caller = pthread_self()};
            int64_t alive = heap_alive();
            ck_assert_int_eq(run_watched(survey, analyses[a], settings[s], &all, NULL),
                             RELCOORD_OK);
            ck_assert_msg(all.calls > 0 && heap_alive() == alive, "%d calls", all.calls);
            for (int at = 1; at <= all.calls; at++) {
                watch one = {.caller = pthread_self(), .stop_at = at};
                relcoord_error error = {0};
                ck_assert_msg(run_watched(survey, analyses[a], settings[s], &one, &error)
                                  == RELCOORD_ECANCELLED,
                              "%s, %s: call %d of %d did not stop it", analyses[a], settings[s], at,
                              all.calls);
                ck_assert_int_eq(error.status, RELCOORD_ECANCELLED);
                ck_assert_msg(heap_alive() == alive, "call %d: %lld blocks left", at,
                              (long long)(heap_alive() - alive));
            }
        }
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
}
END_TEST

START_TEST(progress_comes_from_the_caller)
{
    relcoord_survey *survey = large_survey(false);
    for (int round = 0; round < rounds(60); round++) {
        watch w = {.caller = pthread_self()};
        ck_assert_int_eq(run_watched(survey, "matrix", "threads=8", &w, NULL), RELCOORD_OK);
        ck_assert_int_gt(w.calls, 1);
    }
    relcoord_survey_free(survey);
}
END_TEST

/* ---- More targets than pairs are counted for ---- */

START_TEST(many_targets)
{
    static const char between[] = "dimension=rc part=between weighting=workgroups";
    survey_plan plan = {.respondents = 30, .workgroups = 2, .targets = 600, .seed = 6};
    char *csv = csv_invent(&plan);
    relcoord_result *r = result_of(csv, "summary", NULL);
    double reach = number_at(r, "indices", between, "ci_high")
                   - number_at(r, "indices", between, "mean");
    ck_assert_int_eq(integer_at(r, "indices", between, "n"), 2 * 599);
    ck_assert_str_eq(string_at(r, "indices", between, "note"), "df_respondents");
    expect_near("reach", reach, 2.0452296421327034 * number_at(r, "indices", between, "se"),
                1e-9); /* R: qt(.975, 29) */
    relcoord_result_free(r);
    free(csv);
    plan.targets = 512; /* the pairs are still counted */
    csv = csv_invent(&plan);
    r = result_of(csv, "summary", NULL);
    ck_assert_str_eq(string_at(r, "indices", between, "note"), "");
    relcoord_result_free(r);
    free(csv);
}
END_TEST

Suite *invariance_suite(void)
{
    Suite *suite = suite_create("invariance");
    TCase *same = tcase_create("same"), *known = tcase_create("known"),
          *stopping = tcase_create("stopping");
    tcase_set_timeout(same, 120);
    tcase_set_timeout(stopping, 120);
    tcase_add_checked_fixture(same, NULL, files_remove);
    tcase_add_checked_fixture(stopping, NULL, heap_stop);
    tcase_add_loop_test(same, order_of_rows, 0, CASE_COUNT);
    tcase_add_loop_test(same, names_of_labels, 0, CASE_COUNT);
    tcase_add_loop_test(same, two_files, 0, CASE_COUNT);
    tcase_add_loop_test(same, number_of_threads, 0, 2);
    tcase_add_test(same, parts_are_surveys_of_their_own);
    tcase_add_loop_test(known, scale_turned_round, 0, CASE_COUNT);
    tcase_add_loop_test(known, everybody_twice, 0, CASE_COUNT);
    tcase_add_test(known, many_targets);
    tcase_add_test(stopping, runs_can_be_cancelled);
    tcase_add_test(stopping, progress_comes_from_the_caller);
    suite_add_tcase(suite, same);
    suite_add_tcase(suite, known);
    suite_add_tcase(suite, stopping);
    return suite;
}
