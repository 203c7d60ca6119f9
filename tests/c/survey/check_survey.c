/* Reading what is right: names of columns, forms of CSV that mean the same, files and sources, all
 * of it in pieces of 1 to 7 bytes and whole. Surveys are compared by what matrix and summary say of
 * them. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *survey_suite(void);

#define HEADER                                                                                  \
    "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_" \
    "knowledge,mutual_respect"
#define ROWS \
    "1,Nurses,Doctors,1,2,3,4,5,4,3\n1,Nurses,Nurses,2,2,2,,5,5,5\n2,Doctors,Nurses,4,4,4,4,,,\n"
static const char plain[] = HEADER "\n" ROWS;

/* Matrix and summary as one JSON text; the caller frees it. */
static char *describe(const relcoord_survey *survey, const char *settings)
{
    relcoord_result *matrix = result_make(survey, "matrix", settings),
                    *summary = result_make(survey, "summary", settings);
    char *first = result_written(matrix, "json", NULL),
         *second = result_written(summary, "json", NULL);
    char *both = realloc(first, strlen(first) + strlen(second) + 1);
    ck_assert_ptr_nonnull(both);
    strcat(both, second);
    free(second);
    relcoord_result_free(matrix);
    relcoord_result_free(summary);
    return both;
}

/* Reads bytes in pieces; piece 0 is the whole. What was read, described. */
static char *read_described(const char *name, const char *bytes, size_t length, size_t piece,
                            const char *settings)
{
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_status status = read_pieces(bytes, length, piece, NULL, &survey, &error);
    char *described;
    ck_assert_msg(!status, "%s, pieces of %zu: line %lld, column %s: %s", name, piece,
                  (long long)error.line, error.column, error.message);
    described = describe(survey, settings);
    relcoord_survey_free(survey);
    return described;
}

static void expect_same_survey(const char *name, const char *bytes, size_t length,
                               const char *wanted, const char *settings)
{
    for (size_t piece = 0; piece <= 7; piece++) {
        char *got = read_described(name, bytes, length, piece, settings);
        expect_same_text(name, got, wanted);
        free(got);
    }
}

/* ---- Names of columns ---- */

static const char *const headings[] = {
    "Respondent,WORKGROUP,Target,Frequent,Timely,Accurate,Problem_Solving,Shared_Goals,Shared_"
    "Knowledge,Mutual_Respect",
    "respondent,workgroup,target,frequent,timely,accurate,problem solving,shared-goals,Shared "
    "Knowledge,MUTUAL-RESPECT",
    "respondent,faggruppe,m\xC3\xA5lgruppe,hyppig,rettidig,korrekt,probleml\xC3\xB8sende,"
    "f\xC3\xA6lles_m\xC3\xA5l,f\xC3\xA6lles_viden,gensidig_respekt",
    "RESPONDENT,FAGGRUPPE,M\xC3\x85LGRUPPE,HYPPIG,RETTIDIG,KORREKT,PROBLEML\xC3\x98SENDE,"
    "F\xC3\x86LLES M\xC3\x85L,F\xC3\x86LLES-VIDEN,GENSIDIG RESPEKT",
    "Respondent,Faggruppe,target,frequent,Rettidig,accurate,problem_solving,F\xC3\xA6lles "
    "m\xC3\xA5l,shared_knowledge,gensidig-respekt",
    " respondent , workgroup,target "
    ",frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect ",
    "\"respondent\",\"workgroup\",\"target\",\"frequent\",\"timely\",\"accurate\",\"problem_"
    "solving\",\"shared_goals\",\"shared_knowledge\",\"mutual_respect\"",
};

START_TEST(names_in_any_dress)
{
    char csv[1024], *wanted = read_described("plain", plain, strlen(plain), 0, NULL);
    snprintf(csv, sizeof csv, "%s\n" ROWS, headings[_i]);
    expect_same_survey(headings[_i], csv, strlen(csv), wanted, NULL);
    free(wanted);
}
END_TEST

#define DANISH                                                                                    \
    "respondent,faggruppe,m\xC3\xA5lgruppe,enhed,b\xC3\xB8lge,rolle,v\xC3\xA6gt,hyppig,rettidig," \
    "korrekt,probleml\xC3\xB8sende,f\xC3\xA6lles_m\xC3\xA5l,f\xC3\xA6lles_viden,gensidig_"        \
    "respekt\n"
#define ENGLISH                                                                                   \
    "respondent,workgroup,target,unit,wave,role,weight,frequent,timely,accurate,problem_solving," \
    "shared_goals,shared_knowledge,mutual_respect\n"
#define SHUFFLED                                                                           \
    "mutual_respect,weight,role,wave,unit,shared_knowledge,shared_goals,target,workgroup," \
    "respondent,problem_solving,accurate,timely,frequent\n"

START_TEST(attributes_in_danish_and_in_any_order)
{
    static const char settings[] = "by=unit,wave,role";
    static const char english[] = ENGLISH
        "1,A,B,u1,w1,boss,0.5,1,2,3,4,5,4,3\n2,B,A,u1,w2,,1.5,4,4,4,4,,,\n";
    static const char danish[] = DANISH
        "1,A,B,u1,w1,boss,0.5,1,2,3,4,5,4,3\n2,B,A,u1,w2,,1.5,4,4,4,4,,,\n";
    static const char shuffled[] = SHUFFLED
        "3,0.5,boss,w1,u1,4,5,B,A,1,4,3,2,1\n,1.5,,w2,u1,,,A,B,2,4,4,4,4\n";
    char *wanted = read_described("english", english, strlen(english), 0, settings);
    ck_assert_ptr_nonnull(strstr(wanted, "\"boss\""));
    ck_assert_ptr_nonnull(strstr(wanted, "\"(missing)\""));
    expect_same_survey("danish", danish, strlen(danish), wanted, settings);
    expect_same_survey("shuffled", shuffled, strlen(shuffled), wanted, settings);
    free(wanted);
}
END_TEST

START_TEST(other_columns_are_noted)
{
    relcoord_result *result = result_of(
        "age,respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,"
        "shared_knowledge,mutual_respect,,free text\n"
        "99,1,A,A,1,1,1,1,1,1,1,x,\"a, \"\"b\"\"\nc\"\n",
        "matrix", NULL);
    ck_assert_str_eq(relcoord_result_note(result, 0), "columns not used: age, free text");
    relcoord_result_free(result);
}
END_TEST

/* ---- Forms of CSV that say the same ---- */

#define FORM(bytes)             \
    {                           \
        bytes, sizeof bytes - 1 \
    }
static const struct {
    const char *bytes;
    size_t length;
} forms[] = {
    FORM(HEADER "\n1,Nurses,Doctors,1,2,3,4,5,4,3\n1,Nurses,Nurses,2,2,2,,5,5,5\n2,Doctors,Nurses,"
                "4,4,4,4,,,"), /* no last line end */
    FORM(HEADER "\r\n1,Nurses,Doctors,1,2,3,4,5,4,3\r\n1,Nurses,Nurses,2,2,2,,5,5,5\r\n2,Doctors,"
                "Nurses,4,4,4,4,,,\r\n"),
    FORM(HEADER "\r1,Nurses,Doctors,1,2,3,4,5,4,3\r1,Nurses,Nurses,2,2,2,,5,5,5\r2,Doctors,Nurses,"
                "4,4,4,4,,,\r"),
    FORM(HEADER "\r\n1,Nurses,Doctors,1,2,3,4,5,4,3\n1,Nurses,Nurses,2,2,2,,5,5,5\r2,Doctors,"
                "Nurses,4,4,4,4,,,\r\n"), /* mixed */
    FORM("\xEF\xBB\xBF" HEADER "\n" ROWS),
    FORM("\xEF\xBB\xBF\"respondent\""
         ",workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,"
         "mutual_respect\n" ROWS),
    FORM("\n\n" HEADER "\n\n\n1,Nurses,Doctors,1,2,3,4,5,4,3\n\n1,Nurses,Nurses,2,2,2,,5,5,5\n "
         "\n\t\n2,Doctors,Nurses,4,4,4,4,,,\n\n\n"),
    FORM(HEADER "\n\"1\",\"Nurses\",\"Doctors\",\"1\",\"2\",\"3\",\"4\",\"5\",\"4\",\"3\"\n\"1\","
                "\"Nurses\",Nurses,2,2,2,\"\",5,5,5\n2,Doctors,Nurses,4,4,4,4,,,\"\"\n"),
    FORM(HEADER "\n 1 , Nurses ,\tDoctors\t, 1 ,\t2,3 , 4 ,5,4,3 \n1,Nurses,Nurses,2,2,2, "
                ",5,5,5\n2,Doctors,Nurses,4,4,4,4, ,\t, \n"),
    FORM(HEADER "\n\" 1 \",\" Nurses\",\"Doctors \",\" 1\",\"2 "
                "\",3,4,5,4,3\n1,Nurses,Nurses,2,2,2,\"  \",5,5,5\n2,Doctors,Nurses,4,4,4,4,,,\n"),
    FORM(HEADER "\n1,Nurses,Doctors,1.0,+2,3.00,4e0,05,40e-1,3.\n1,Nurses,Nurses,2,2,2,,5,5,5\n2,"
                "Doctors,Nurses,4,4,4,4,,,\n"),
    FORM(HEADER "\n2,Doctors,Nurses,4,4,4,4,,,\n1,Nurses,Nurses,2,2,2,,5,5,5\n1,Nurses,Doctors,1,2,"
                "3,4,5,4,3\n"), /* other order */
    FORM(HEADER "\n1,Nurses,Nurses,2,2,2,,5,5,5\n2,Doctors,Nurses,4,4,4,4,,,\n1,Nurses,Doctors,1,2,"
                "3,4,5,4,3\n"), /* apart */
};

START_TEST(forms_that_say_the_same)
{
    char *wanted = read_described("plain", plain, strlen(plain), 0, NULL), name[24];
    snprintf(name, sizeof name, "form %d", _i);
    expect_same_survey(name, forms[_i].bytes, forms[_i].length, wanted, NULL);
    free(wanted);
}
END_TEST

/* Labels keep what quotation marks protect; only blanks around them go. */
static const struct {
    const char *field, *label;
} labels[] = {
    {"\"a,b\"", "a,b"},
    {"\"a\nb\"", "a\nb"},
    {"\"a\r\nb\"", "a\r\nb"},
    {"\"a\rb\"", "a\rb"},
    {"\"say \"\"hi\"\"\"", "say \"hi\""},
    {"\"\"\"\"", "\""},
    {"\"  a  b \"", "a  b"},
    {" a  b ", "a  b"},
    {"\xC3\x86"
     "ble",
     "\xC3\x86"
     "ble"},
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
    {"a;b\tc", "a;b\tc"},
    {"a'b", "a'b"},
    {"(total)", "(total)"},
    {"\"\n\"", "\n"},
};

START_TEST(labels_are_kept)
{
    char csv[1024];
    snprintf(csv, sizeof csv, HEADER "\n1,%s,%s,1,2,3,4,5,4,3\n", labels[_i].field,
             labels[_i].field);
    for (size_t piece = 0; piece <= 7; piece++) {
        relcoord_survey *survey = NULL;
        relcoord_result *result;
        const char *const *names;
        const uint8_t *valid;
        ck_assert_int_eq(read_pieces(csv, strlen(csv), piece, NULL, &survey, NULL), RELCOORD_OK);
        result = result_make(survey, "matrix", NULL);
        ck_assert_int_eq(relcoord_table_strings(relcoord_result_table(result, NULL), "workgroup",
                                                &names, &valid, NULL),
                         RELCOORD_OK);
        ck_assert_str_eq(names[0], labels[_i].label);
        ck_assert_int_eq(relcoord_table_strings(relcoord_result_table(result, NULL), "target",
                                                &names, &valid, NULL),
                         RELCOORD_OK);
        ck_assert_str_eq(names[0], labels[_i].label);
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* A label of just under the limit, across several blocks. */
START_TEST(long_labels)
{
    enum { LONG = (1 << 20) - 2 };
    char *csv = malloc(LONG + 2048), *end = csv;
    relcoord_result *result;
    const char *const *names;
    const uint8_t *valid;
    end += sprintf(end, HEADER "\n1,A,\"");
    memset(end, 'x', LONG);
    strcpy(end + LONG, "\",1,2,3,4,5,4,3\n2,A,B,1,1,1,1,1,1,1\n");
    result = result_of(csv, "matrix", NULL);
    ck_assert_int_eq(
        relcoord_table_strings(relcoord_result_table(result, NULL), "target", &names, &valid, NULL),
        RELCOORD_OK);
    ck_assert_str_eq(names[0], "B");
    ck_assert_uint_eq(strlen(names[10]), LONG);
    relcoord_result_free(result);
    free(csv);
}
END_TEST

/* ---- Files ---- */

START_TEST(files_are_one_survey)
{
    static const char first[] = HEADER
        "\n1,Nurses,Doctors,1,2,3,4,5,4,3\n2,Doctors,Nurses,4,4,4,4,,,\n";
    static const char second[] =
        "\xEF\xBB\xBFmutual_respect,respondent,workgroup,target,timely,frequent,accurate,problem_"
        "solving,shared_goals,shared_knowledge\r\n"
        "5,1,Nurses,Nurses,2,2,2,,5,5\r\n";
    const char *both[2];
    relcoord_survey *survey = NULL;
    char *wanted = read_described("plain", plain, strlen(plain), 0, NULL), *got;
    both[0] = file_write("first.csv", first, strlen(first));
    both[1] = file_write("second.csv", second, strlen(second));
    ck_assert_int_eq(relcoord_survey_read_files(both, 2, NULL, &survey, NULL), RELCOORD_OK);
    got = describe(survey, NULL);
    expect_same_text("two files", got, wanted);
    free(got);
    relcoord_survey_free(survey);
    ck_assert_int_eq(
        relcoord_survey_read(file_write("whole.csv", plain, strlen(plain)), NULL, &survey, NULL),
        RELCOORD_OK);
    got = describe(survey, NULL);
    expect_same_text("one file", got, wanted);
    free(got);
    free(wanted);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
    char missing[128];
    const char *const cases[][2] = {{missing, "no such file"}, {folder_path(), "is a directory"}};
    snprintf(missing, sizeof missing, "%s/missing.csv", folder_path());
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = (relcoord_survey *)missing;
        relcoord_error error = {0};
        ck_assert_int_eq(relcoord_survey_read(cases[i][0], NULL, &survey, &error), RELCOORD_EIO);
        ck_assert_str_eq(error.message, cases[i][1]);
        ck_assert_str_eq(error.file, cases[i][0]);
        ck_assert(error.line == 0 && error.row == 0 && !*error.column);
        ck_assert_ptr_eq(survey, (relcoord_survey *)missing);
        ck_assert_int_eq(relcoord_survey_read(cases[i][0], NULL, &survey, NULL), RELCOORD_EIO);
    }
}
END_TEST

START_TEST(wrong_calls_are_refused)
{
    const char *none[] = {NULL};
    relcoord_survey *survey = NULL;
    relcoord_options *options = options_make("matrix", NULL);
    relcoord_error error = {0};
    ck_assert_int_eq(relcoord_survey_read(NULL, NULL, &survey, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read("x", NULL, NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read_files(NULL, 1, NULL, &survey, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read_files(none, 0, NULL, &survey, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read_files(none, 1, NULL, &survey, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read_source(NULL, NULL, "x", NULL, &survey, NULL),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read_source(pieces_read, NULL, NULL, NULL, &survey, NULL),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read_source(pieces_read, NULL, "x", NULL, NULL, NULL),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_survey_read("x", options, &survey, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "the options were made for 'matrix', not for 'read'");
    ck_assert_ptr_null(survey);
    relcoord_survey_free(NULL);
    relcoord_options_free(options);
}
END_TEST

/* ---- Sources that fail, and callers that stop ---- */

/* At every byte: a failure, more than fits, or the most there is. */
START_TEST(sources_that_fail)
{
    static const int64_t faults[] = {-1, INT64_MIN, INT64_MAX, 1 << 20};
    for (size_t f = 0; f < LENGTH(faults); f++)
        for (size_t after = 0; after <= sizeof plain - 1; after++) {
            pieces source = {plain, sizeof plain - 1, after % 8, 0, after, faults[f]};
            relcoord_survey *survey = NULL;
            relcoord_error error = {0};
            relcoord_status status = relcoord_survey_read_source(pieces_read, &source, "socket",
                                                                 NULL, &survey, &error);
            ck_assert_msg(status == RELCOORD_EIO && !survey, "fault %lld after %zu: status %d",
                          (long long)faults[f], after, (int)status);
            ck_assert_str_eq(error.message, "cannot be read");
            ck_assert_str_eq(error.file, "socket");
            ck_assert(error.line == 0 && error.row == 0 && !*error.column);
        }
}
END_TEST

static int cancel_at; /* the call that stops, from 1 */
static int count_down(void *user, double share)
{
    int *calls = user;
    ck_assert_msg(share == -1 || (share >= 0 && share <= 1), "share %g", share);
    return ++*calls == cancel_at;
}

START_TEST(reading_can_be_cancelled)
{
    relcoord_options *options = options_make("read", NULL);
    const char *path = file_write("cancel.csv", plain, strlen(plain));
    int calls = 0, all;
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_options_set_progress(options, count_down, &calls);
    cancel_at = 0;
    ck_assert_int_eq(read_pieces(plain, strlen(plain), 1, options, &survey, NULL), RELCOORD_OK);
    relcoord_survey_free(survey);
    all = calls;
    ck_assert_int_gt(all, 5);
    for (cancel_at = 1; cancel_at <= all; cancel_at++) {
        survey = NULL;
        calls = 0;
        ck_assert_int_eq(read_pieces(plain, strlen(plain), 1, options, &survey, &error),
                         RELCOORD_ECANCELLED);
        ck_assert(!survey && error.status == RELCOORD_ECANCELLED && error.line == 0
                  && !*error.file);
    }
    cancel_at = 1;
    calls = 0;
    ck_assert_int_eq(relcoord_survey_read(path, options, &survey, &error), RELCOORD_ECANCELLED);
    ck_assert_ptr_null(survey);
    relcoord_options_free(options);
}
END_TEST

Suite *survey_suite(void)
{
    Suite *suite = suite_create("survey");
    TCase *names = tcase_create("names"), *csv = tcase_create("forms"),
          *files = tcase_create("files");
    tcase_add_checked_fixture(files, NULL, files_remove);
    tcase_add_loop_test(names, names_in_any_dress, 0, (int)LENGTH(headings));
    tcase_add_test(names, attributes_in_danish_and_in_any_order);
    tcase_add_test(names, other_columns_are_noted);
    tcase_add_loop_test(csv, forms_that_say_the_same, 0, (int)LENGTH(forms));
    tcase_add_loop_test(csv, labels_are_kept, 0, (int)LENGTH(labels));
    tcase_add_test(csv, long_labels);
    tcase_add_test(files, files_are_one_survey);
    tcase_add_test(files, files_that_cannot_be_read);
    tcase_add_test(files, wrong_calls_are_refused);
    tcase_add_test(files, sources_that_fail);
    tcase_add_test(files, reading_can_be_cancelled);
    suite_add_tcase(suite, names);
    suite_add_tcase(suite, csv);
    suite_add_tcase(suite, files);
    return suite;
}
