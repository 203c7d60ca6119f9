/* Drafts as codebooks: that what is written can be read for the data it came from, that figures by
 * a draft are those by a codebook that was written by hand, what the call refuses, and memory that
 * runs out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "drafts.h"
#include "runs.h"

Suite *draft_books_suite(void);

/* ---- What is written is a codebook ---- */

/* The survey by its own draft, or NULL with the error. */
static relcoord_survey *survey_by_draft(const char *data, relcoord_error *error)
{
    relcoord_result *draft = draft_of(data, NULL);
    char *csv = result_written(draft, "csv", NULL);
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *book = NULL;
    relcoord_survey *survey = NULL;
    pieces source = {.bytes = csv, .length = strlen(csv)};
    ck_assert_msg(relcoord_codebook_read_source(pieces_read, &source, "draft", NULL, &book, error)
                      == RELCOORD_OK,
                  "line %d %s: %s\n%s", (int)error->line, error->column, error->message, csv);
    ck_assert_int_eq(relcoord_options_set_codebook(options, book, NULL), RELCOORD_OK);
    if (read_pieces(data, strlen(data), 0, options, &survey, error))
        survey = NULL;
    relcoord_codebook_free(book);
    relcoord_options_free(options);
    relcoord_result_free(draft);
    free(csv);
    return survey;
}

static char *tables_of(const relcoord_survey *survey)
{
    text all = {0};
    static const char *const tables[] = {"cells", "coverage", "workgroups"};
    for (size_t i = 0; i < LENGTH(tables); i++) {
        char settings[64];
        relcoord_result *r = result_make(survey, "matrix", NULL);
        snprintf(settings, sizeof settings, "table=%s", tables[i]);
        char *csv = result_written(r, "csv", settings);
        text_add(&all, csv);
        free(csv);
        relcoord_result_free(r);
    }
    ck_assert(!all.failed && all.length > 1000);
    return all.bytes;
}

static void expect_same_figures(const char *name, const char *data, const char *by_hand)
{
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *book = NULL;
    relcoord_survey *wanted, *got;
    relcoord_error e = {0};
    pieces source = {.bytes = by_hand, .length = strlen(by_hand)};
    ck_assert_msg(relcoord_codebook_read_source(pieces_read, &source, "hand", NULL, &book, &e)
                      == RELCOORD_OK,
                  "%s", e.message);
    ck_assert_int_eq(relcoord_options_set_codebook(options, book, NULL), RELCOORD_OK);
    ck_assert_msg(read_pieces(data, strlen(data), 0, options, &wanted, &e) == RELCOORD_OK, "%s: %s",
                  name, e.message);
    got = survey_by_draft(data, &e);
    ck_assert_msg(got != NULL, "%s: line %d %s: %s", name, (int)e.line, e.column, e.message);
    char *a = tables_of(got), *b = tables_of(wanted);
    expect_same_text(name, a, b);
    free(a);
    free(b);
    relcoord_survey_free(got);
    relcoord_survey_free(wanted);
    relcoord_codebook_free(book);
    relcoord_options_free(options);
    files_remove();
}

#define DEGREES \
    "I meget lav grad=1;I lav grad=2;I nogen grad=3;I høj grad=4;I meget høj grad=5;Ved ikke=dk"

/* Wide data of two targets and three dimensions; */
static char *wide_text(const char *between, bool target_first, bool labels)
{
    static const char *const dimensions[] = {"frequent", "timely", "accurate"}, *const targets[] = {
                                                                                    "Doctors",
                                                                                    "Nurses"};
    static const char *const levels[] = {"Ved ikke",     "I meget lav grad", "I lav grad",
                                         "I nogen grad", "I høj grad",       "I meget høj grad"};
    uint64_t seed = 11;
    text t = {0};
    text_add(&t, "job");
    for (size_t d = 0; d < LENGTH(dimensions); d++)
        for (size_t w = 0; w < LENGTH(targets); w++)
            text_add_format(&t, ",%s%s%s", target_first ? targets[w] : dimensions[d], between,
                            target_first ? dimensions[d] : targets[w]);
    for (int row = 0; row < 40; row++) {
        text_add_format(&t, "\n%s", targets[random_below(&seed, 2)]);
        for (size_t answer = 0; answer < LENGTH(dimensions) * LENGTH(targets); answer++) {
            uint32_t given = random_below(&seed, 7);
            if (given == 6)
                text_add(&t, ",");
            else if (labels)
                text_add_format(&t, ",%s", levels[given]);
            else
                text_add_format(&t, ",%d", given ? (int)given : 8);
        }
    }
    text_add(&t, "\n");
    ck_assert(!t.failed);
    return t.bytes;
}

static const struct {
    const char *between, *pattern;
    bool target_first, labels;
} forms[] = {
    {"_", "{dimension}_{target}", false, false}, {"_", "{target}_{dimension}", true, false},
    {".", "{dimension}.{target}", false, true},  {" ", "{target} {dimension}", true, true},
    {"-", "{dimension}-{target}", false, false}, {"/", "{target}/{dimension}", true, false},
};

START_TEST(wide_data_as_by_hand)
{
    char *data = wide_text(forms[_i].between, forms[_i].target_first, forms[_i].labels), hand[512];
    relcoord_result *r = draft_of(data, NULL);
    snprintf(hand, sizeof hand, "variable,role,values\njob,workgroup,\n%s,item,%s\n",
             forms[_i].pattern, forms[_i].labels ? DEGREES : "1=1;2=2;3=3;4=4;5=5;8=dk");
    ck_assert_uint_eq(rows_with(r, "codebook", ""), 3);
    ck_assert_uint_eq(rows_with(r, "codebook", "role=workgroup variable=job"), 1);
    ck_assert_str_eq(string_at(r, "decisions", "variable=job", "reason"), "among_targets");
    ck_assert_str_eq(string_at(r, "codebook", "role=target", "values"), "Doctors;Nurses");
    ck_assert_str_eq(string_at(r, "codebook", "role=item", "variable"), forms[_i].pattern);
    expect_same_figures(forms[_i].pattern, data, hand);
    relcoord_result_free(r);
    free(data);
}
END_TEST

START_TEST(long_data_as_by_hand)
{
    static const char hand[] =
        "variable,role,dimension,values\nrespondent,respondent,,\nworkgroup,workgroup,,g1;g2;g3;"
        "g4\n"
        "target,target,,g1;g10;g11;g12;g2;g3;g4;g5;g6;g7;g8;g9\nunit,unit,,\nweight,weight,,"
        "\nfrequent,item,frequent,\n"
        "timely,item,timely,\naccurate,item,accurate,\nproblem_solving,item,problem_solving,"
        "\nshared_goals,item,shared_goals,\n"
        "shared_knowledge,item,shared_knowledge,\nmutual_respect,item,mutual_respect,\n";
    const survey_plan plan = {.respondents = 60,
                              .workgroups = 4,
                              .targets = 12,
                              .units = 3,
                              .weights = true,
                              .missing = 10,
                              .seed = 3};
    char *data = csv_invent(&plan);
    expect_same_figures("long", data, hand);
    free(data);
}
END_TEST

/* ---- Whatever the data ---- */

/* Data of odd headings and values. */
static char *hostile_text(uint64_t *seed)
{
    static const char *const headings[] = {
        "id",
        "respondent",
        "target",
        "workgroup",
        "faggruppe",
        "unit",
        "status",
        "weight",
        "timely",
        "rettidig",
        "Timely_a",
        "a_timely",
        "timely_timely",
        "accurate_;",
        "accurate_=|\\",
        "b c",
        "\"x,y\"",
        "\"q\"\"r\"",
        "{target}_timely",
        "rc",
        "rc_1",
        "ward_a",
        "ward_b",
        "unit_a",
        "unit_b",
        "role_",
        "_",
        "1",
        "2",
        "accurate.a",
        "timely/",
        "",
        "\" z\"",
        "\"line\nend\"",
        "æøå_ÅØÆ",
        "FÆLLES MÅL-x",
    };
    static const char *const values[] = {
        "1",          "2",        "3",        "4",       "5",       "0",        "8",
        "9",          "99",       "-1",       "1.0",     "01",      "1e1",      "2.5",
        "300",        "a",        "A",        "a ",      "\"a;b\"", "=",        "|",
        "\\",         "\"\"\"\"", "\"a\nb\"", "missing", "dk",      "Ved ikke", "I høj grad",
        "I lav grad", "ÆØÅ",      "",         "",        "",
    };
    uint32_t most = 1 + random_below(seed, 8), rows = 1 + random_below(seed, 40),
             some = 1 + random_below(seed, LENGTH(values)), columns_there = 0;
    bool used[LENGTH(headings)] = {false};
    text t = {0};
    for (uint32_t c = 0; c < most; c++) {
        uint32_t h = random_below(seed, LENGTH(headings));
        if (used[h] || (c == 0 && !*headings[h]))
            continue;
        used[h] = true;
        text_add_format(&t, "%s%s", columns_there++ ? "," : "", headings[h]);
    }
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t from = random_below(seed, LENGTH(values));
        text_add(&t, "\n");
        for (uint32_t c = 0; c < columns_there; c++)
            text_add_format(&t, "%s%s", c ? "," : "",
                            values[(from + random_below(seed, some)) % LENGTH(values)]);
    }
    text_add(&t, "\n");
    ck_assert(!t.failed);
    if (columns_there > 0)
        return t.bytes;
    text_free(&t);
    return hostile_text(seed);
}

/* What a codebook must not be at fault for, about the data it was drafted from. */
static const char *const never[] = {
    "none of the", "that the codebook lists", " matches this name in",
    "both match",  "no column has the form",  "two groupings",
    "' mean ",     "the row of one"};

START_TEST(every_draft_is_a_codebook)
{
    uint64_t seed = 1;
    int drafted = 0, read = 0;
    for (int i = 0; i < rounds(4000); i++) {
        char *data = hostile_text(&seed);
        const char *path = file_write("data.csv", data, strlen(data));
        relcoord_result *r = NULL;
        relcoord_error e = {0};
        relcoord_status status = relcoord_codebook_draft(&path, 1, NULL, &r, &e);
        relcoord_result_free(r);
        ck_assert_msg(status == RELCOORD_OK || status == RELCOORD_EDATA, "%d %s:\n%s", (int)status,
                      e.message, data);
        if (status == RELCOORD_OK) {
            relcoord_survey *survey = survey_by_draft(data, &e);
            drafted++;
            read += survey != NULL;
            for (size_t n = 0; n < LENGTH(never) && !survey; n++)
                ck_assert_msg(!strstr(e.message, never[n]), "%s: %s\n%s", e.column, e.message,
                              data);
            relcoord_survey_free(survey);
        }
        free(data);
        files_remove();
    }
    ck_assert_int_gt(drafted, rounds(4000) / 2);
    ck_assert_int_gt(read, rounds(4000) / 20);
}
END_TEST

/* ---- Calls ---- */

START_TEST(faults)
{
    static const struct {
        const char *data, *message, *column, *settings;
        int line;
    } cases[] = {
        {"", "the file is empty", "", NULL, 0},
        {"a,b\n", "no rows below the header", "", NULL, 0},
        {"a,b\n1\n", "the row has 1 field, the header 2", "", NULL, 2},
        {"a,a\n1,2\n", "two columns have this name", "a", NULL, 1},
        {"a,a\n1,2\n", "two columns have this name", "", "redact_values=true", 1},
        {"a,b\n\xC3\xA6,\xC3\n",
         "'\xE2\x80\xA6' is not valid UTF-8; option 'encoding' can name another encoding", "b",
         "encoding=utf-8", 2},
        {"a,b\n\xC3\xA6,\xC3\n",
         "a value is not valid UTF-8; option 'encoding' can name another encoding", "b",
         "encoding=utf-8 redact_values=true", 2},
        {"\" a\"\n1\n", "no column looks like one that a codebook lists", "", NULL, 0},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *path = file_write("data.csv", cases[i].data, strlen(cases[i].data));
        relcoord_options *options = options_make("read", cases[i].settings);
        relcoord_result *r = NULL;
        relcoord_error e = {0};
        ck_assert_int_eq(relcoord_codebook_draft(&path, 1, options, &r, &e), RELCOORD_EDATA);
        ck_assert_str_eq(e.message, cases[i].message);
        ck_assert_str_eq(e.column, cases[i].column);
        ck_assert_str_eq(e.file, path);
        ck_assert_int_eq(e.line, cases[i].line);
        ck_assert_ptr_null(r);
        relcoord_options_free(options);
    }
    files_remove();
}
END_TEST

START_TEST(calls_refuse)
{
    const char *path = "x", *none = NULL;
    relcoord_options *wrong = options_make("matrix", NULL),
                     *named = options_make("read", "codebook=book.csv");
    relcoord_result *r = NULL;
    relcoord_error e = {0};
    ck_assert_int_eq(relcoord_codebook_draft(NULL, 1, NULL, &r, &e), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_codebook_draft(&path, 0, NULL, &r, &e), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, NULL, NULL, &e), RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, "drafting a codebook needs at least one file");
    ck_assert_int_eq(relcoord_codebook_draft(&none, 1, NULL, &r, &e), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, wrong, &r, &e), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, named, &r, &e), RELCOORD_EOPTION);
    ck_assert_str_eq(e.option, "codebook");
    path = folder_path();
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, NULL, &r, &e), RELCOORD_EIO);
    ck_assert_str_eq(e.file, path);
    ck_assert_ptr_null(r);
    relcoord_options_free(wrong);
    relcoord_options_free(named);
    files_remove();
}
END_TEST

/* Columns are matched by their names, and values of all files are listed. */
START_TEST(several_files)
{
    const char *paths[] = {file_write("a.csv", "id,unit\n1,N\n2,N\n", 16),
                           file_write("b.csv", "unit,id,q\nS,3,1\nN,4,2\n", 22)};
    relcoord_options *options = options_make("read", "redact_values=true");
    relcoord_result *r = NULL;
    ck_assert_int_eq(relcoord_codebook_draft(paths, 2, options, &r, NULL), RELCOORD_OK);
    ck_assert_str_eq(string_at(r, "codebook", "variable=unit", "values"), "N;S");
    ck_assert_str_eq(string_at(r, "codebook", "variable=q", "values"), "1=1;2=2");
    ck_assert_str_eq(
        relcoord_result_note(r, 1),
        "redact_values applies to error messages only: a codebook lists the values in the data");
    relcoord_result_free(r);
    relcoord_options_free(options);
    files_remove();
}
END_TEST

START_TEST(memory_runs_out)
{
    static const char data[] = "id,frequent_A,frequent_B,ward_a,ward_b,job,q1,text\n1,1,2,0,1,A,8,"
                               "\"a\nb\"\n2,1,9,1,1,B,1,c\n3,2,2,1,1,A,2,d\n";
    const char *path = file_write("data.csv", data, strlen(data));
    heap_start();
    expect_draft_memory_faults(path, NULL);
    heap_stop();
    files_remove();
}
END_TEST

Suite *draft_books_suite(void)
{
    Suite *suite = suite_create("draft_books");
    TCase *books = tcase_create("books"), *calls = tcase_create("calls");
    tcase_set_timeout(books, 60);
    tcase_add_loop_test(books, wide_data_as_by_hand, 0, LENGTH(forms));
    tcase_add_test(books, long_data_as_by_hand);
    tcase_add_test(books, every_draft_is_a_codebook);
    suite_add_tcase(suite, books);
    tcase_add_checked_fixture(calls, NULL, heap_stop);
    tcase_add_test(calls, faults);
    tcase_add_test(calls, calls_refuse);
    tcase_add_test(calls, several_files);
    tcase_add_test(calls, memory_runs_out);
    suite_add_tcase(suite, calls);
    return suite;
}
