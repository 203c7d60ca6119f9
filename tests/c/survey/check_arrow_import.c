/* Surveys from Arrow streams: every type, layout and batching gives byte for byte what the same
 * survey gives as CSV; each fault has its message, row and column; whatever happens, all that was
 * taken is released once. */
#include "arrow_streams.h"

#include <errno.h>

#include <check.h>

Suite *arrow_import_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define HEADER "respondent,workgroup,target," ITEMS "\n"
#define GOOD "1,A,B,1,2,3,4,5,4,3\n"
#define ANSWERS "1,2,3,4,5,4,3\n"
#define NOT_AN_ANSWER " is not an answer on the scale 1 to 5; a missing answer is an empty field"
#define TEXT "u"
#define CODED "u u u c" /* answers as integers */

static relcoord_status import(const stream_plan *plan, const char *settings, const char *name,
                              relcoord_survey **out, relcoord_error *error)
{
    stream_state state;
    struct ArrowArrayStream stream = stream_make(plan, &state);
    relcoord_options *options = settings ? options_make("read", settings) : NULL;
    relcoord_status status = relcoord_survey_from_arrow(&stream, options, out, error);
    relcoord_options_free(options);
    ck_assert_msg(!stream.release, "%s: the stream was moved away", name);
    stream_end(&state, name);
    return status;
}

/* All that a survey gives, its notes included; the caller frees it. */
static char *describe_survey(const relcoord_survey *survey, const char *by)
{
    relcoord_result *matrix = result_make(survey, "matrix", by),
                    *summary = result_make(survey, "summary", by);
    char *first = result_written(matrix, "json", NULL),
         *second = result_written(summary, "json", NULL);
    char *both = malloc(strlen(first) + strlen(second) + 1);
    ck_assert_ptr_nonnull(both);
    strcat(strcpy(both, first), second);
    free(first);
    free(second);
    relcoord_result_free(matrix);
    relcoord_result_free(summary);
    return both;
}

/* The stream gives what its CSV text gives. */
static void expect_same(const stream_plan *plan, const char *by, const char *name)
{
    relcoord_survey *from_csv = survey_make(plan->csv), *from_arrow = NULL;
    relcoord_error error = {0};
    relcoord_status status = import(plan, NULL, name, &from_arrow, &error);
    char *wanted, *got;
    ck_assert_msg(!status, "%s, %s: row %d, column %s: %s", name, plan->types, (int)error.row,
                  error.column, error.message);
    wanted = describe_survey(from_csv, by);
    got = describe_survey(from_arrow, by);
    expect_same_text(name, got, wanted);
    free(wanted);
    free(got);
    relcoord_survey_free(from_csv);
    relcoord_survey_free(from_arrow);
}

/* ---- What is read ---- */

/* A survey with all columns: respondent, workgroup, unit, wave, weight, target and the answers.
 * Labels are numbers, or stand behind a prefix. The last unit is unknown. */
static char *invent(const char *prefix)
{
    survey_plan plan = {.respondents = 31,
                        .workgroups = 3,
                        .targets = 4,
                        .units = 2,
                        .waves = 2,
                        .weights = true,
                        .missing = 15,
                        .seed = 11};
    char *csv = csv_invent(&plan), *copy = malloc(strlen(csv) * (strlen(prefix) + 2)), *to = copy;
    const char *rows = strchr(csv, '\n');
    ck_assert_ptr_nonnull(copy);
    for (const char *from = csv; *from; from++) {
        if (from < rows || !strchr("rguw", *from))
            *to++ = *from;
        else if (from[0] == 'u' && from[1] == '2')
            from++;
        else
            to += strlen(strcpy(to, prefix));
    }
    *to = 0;
    free(csv);
    return copy;
}

static const struct {
    const char *name, *prefix, *types;
    bool nan;
} forms[] = {
    {"text", "g", "u", false},
    {"large text", "g", "U", false},
    {"views", "g", "vu", false},
    {"long views", "a long label \xC3\xA6\xC3\xB8\xC3\xA5 ", "vu", false},
    {"views of 12 and 13 bytes", "elevenbytes", "vu", false},
    {"text, and answers as small integers", "g", "u u u u g u c", false},
    {"answers as unsigned integers", "g", "u u u u g u C", false},
    {"answers as integers of all widths", "g", "u u u u f u s S i I l L c", false},
    {"answers as floats with NaN", "g", "u u u u f u g", true},
    {"answers as narrow floats with NaN", "g", "u u u u g u f", true},
    {"answers as floats with nulls", "g", "u u u u g u g f", false},
    {"ids as integers", "", "l i s C g l c", false},
    {"ids as negative integers", "-", "l i s c g l c", false},
    {"ids as large integers", "12345678901234567", "L L L l g L c", false},
    {"ids as floats", "", "g f g g g g g", true},
    {"dictionaries of text, indices c", "g", "c>u c>u c>u c>u g c>u c", false},
    {"dictionaries of large text, indices C", "g", "C>U C>U C>U C>U f C>U C", false},
    {"dictionaries of views, indices s", "a long label ", "s>vu s>vu s>vu s>vu s>g s>vu s>c",
     false},
    {"dictionaries of text, indices S", "g", "S>u", false},
    {"dictionaries of text, indices i", "g", "i>u", false},
    {"dictionaries of text, indices I", "g", "I>u", false},
    {"dictionaries of text, indices l", "g", "l>u", false},
    {"dictionaries of text, indices L", "g", "L>u", false},
    {"dictionaries of integers", "", "c>l C>i s>s S>C i>g I>L l>c", false},
    {"dictionaries of floats", "", "c>g C>f s>g S>g i>g I>f l>f", true},
};

/* Rows a batch, offsets of the table and of the columns, empty batches. */
static const struct {
    int batch_rows, struct_offset, child_offset, empty_batches;
} layouts[] = {{0, 0, 0, 0}, {0, 0, 3, 0},  {0, 5, 0, 1},
               {1, 0, 0, 0}, {7, 9, 10, 2}, {64, 1, 1, 0}};

START_TEST(every_type_in_every_layout)
{
    char *csv = invent(forms[_i].prefix);
    size_t step = LENGTH(layouts)
                  / (size_t)rounds((int)LENGTH(layouts)); /* under valgrind one layout a form */
    for (size_t i = (size_t)_i % step; i < LENGTH(layouts); i += step) {
        stream_plan plan = {.csv = csv,
                            .types = forms[_i].types,
                            .nan = forms[_i].nan,
                            .batch_rows = layouts[i].batch_rows,
                            .struct_offset = layouts[i].struct_offset,
                            .child_offset = layouts[i].child_offset,
                            .empty_batches = layouts[i].empty_batches};
        expect_same(&plan, "by=unit,wave", forms[_i].name);
    }
    free(csv);
}
END_TEST

/* Columns in any order, names in any language and with blanks, a column of nulls, others that are
 * not used. */
START_TEST(columns_in_any_order)
{
    static const char csv[] =
        "comment,Mutual Respect, target "
        ",frequent,hyppigst,timely,accurate,problem-solving,shared_goals,shared_knowledge,"
        "\tfaggruppe,respondent,\n"
        "x,1,B,2,y,,4,5,4,3,A,1,z\n,5,A,4,y,,2,1,2,3,B,2,\nx,3,B,3,,,3,3,3,,B,3,z\n";
    expect_same(&(stream_plan){.csv = csv, .types = "u c u c u n g c c c u i u"}, NULL,
                "any order");
    expect_same(&(stream_plan){.csv = csv, .types = "+l c u c b n g c c c u i tdD"}, NULL,
                "unreadable types that are not used");
    expect_same(
        &(stream_plan){.csv = csv, .types = "i>z c u c u i>n g c c c u i d:10,2", .batch_rows = 2},
        NULL, "unreadable dictionary that is not used");
}
END_TEST

static void spoil_unused(struct ArrowArray *batch)
{
    struct ArrowArray *last = batch->children[batch->n_children - 1];
    *last = (struct ArrowArray){
        .length = -5, .null_count = 77, .offset = INT64_MIN, .n_buffers = -3, .n_children = -1};
    batch->children[0] = NULL;
}

static void forget_null_counts(struct ArrowArray *batch)
{
    static const uint8_t all[1] = {0x03};
    batch->null_count = -1;
    batch->buffers[0] = all;
    for (int64_t i = 0; i < batch->n_children; i++)
        batch->children[i]->null_count = -1;
}

START_TEST(what_does_not_matter)
{
    static const char unused[] = "a," HEADER "x,1,A,B," ANSWERS "x,2,A,B," ANSWERS,
                      plain[] = HEADER GOOD "2,A,B,,,,,5,4,3\n";
    char more[sizeof unused + 10];
    snprintf(more, sizeof more, "%.*s,b\n%s", (int)strcspn(unused, "\n"), unused,
             "x,1,A,B,1,2,3,4,5,4,3,y\nx,2,A,B,1,2,3,4,5,4,3,y\n");
    expect_same(&(stream_plan){.csv = more, .types = "u", .spoil_batch = spoil_unused}, NULL,
                "spoiled columns that are not used");
    expect_same(&(stream_plan){.csv = plain, .types = CODED, .spoil_batch = forget_null_counts},
                NULL, "null counts not computed");
}
END_TEST

START_TEST(options_hold_for_streams)
{
    stream_plan plan = {.csv = HEADER GOOD "2,secret,B,7,2,3,4,5,4,3\n", .types = CODED};
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    ck_assert_int_eq(import(&plan, "redact_values=true decimal=comma encoding=windows-1252",
                            "redacted", &survey, &error),
                     RELCOORD_EDATA);
    ck_assert_str_eq(error.message, "a value" NOT_AN_ANSWER);
    plan = (stream_plan){
        .csv = HEADER GOOD, .types = CODED, .next_code = EIO, .reason = "cannot read 'secret'"};
    ck_assert_int_eq(import(&plan, "redact_values=true", "redacted", &survey, &error),
                     RELCOORD_EIO);
    ck_assert_str_eq(error.message, "the Arrow stream failed");
    ck_assert_ptr_null(survey);
}
END_TEST

/* What is said of duplicates and of answers off the scale holds for both ways in. */
START_TEST(faults_that_options_spare)
{
    static const char csv[] = HEADER "1,A,B,1,2,7,4,5,4,3\n1,A,C,5,5,5,5,5,5,5\n2,A,B," ANSWERS
                                     "1,A,B,3,3,3,3,3,0,3\n";
    static const char *const settings[] = {"duplicates=first invalid=missing",
                                           "duplicates=last invalid=missing"};
    relcoord_options *options = options_make("read", settings[_i]);
    relcoord_survey *from_csv = NULL, *from_arrow = NULL;
    char *wanted, *got;
    ck_assert_int_eq(read_pieces(csv, strlen(csv), 0, options, &from_csv, NULL), RELCOORD_OK);
    ck_assert_int_eq(import(&(stream_plan){.csv = csv, .types = CODED, .batch_rows = 3},
                            settings[_i], settings[_i], &from_arrow, NULL),
                     RELCOORD_OK);
    wanted = describe_survey(from_csv, NULL);
    got = describe_survey(from_arrow, NULL);
    expect_same_text(settings[_i], got, wanted);
    free(wanted);
    free(got);
    relcoord_options_free(options);
    relcoord_survey_free(from_csv);
    relcoord_survey_free(from_arrow);
}
END_TEST

/* ---- Faults of the data ---- */

typedef struct fault {
    const char *name, *csv, *types, *message;
    int row;
    const char *column;
} fault;

#define UNREADABLE(type) \
    "a column of the Arrow type '" type "' cannot be read; give text or numbers"
static const fault faults[] = {
    {"an integer off the scale", HEADER GOOD "1,A,C,1,2,6,4,5,4,3\n", CODED, "'6'" NOT_AN_ANSWER, 2,
     "accurate"},
    {"a negative answer", HEADER GOOD "1,A,C,1,2,-1,4,5,4,3\n", CODED, "'-1'" NOT_AN_ANSWER, 2,
     "accurate"},
    {"an answer of 0", HEADER "1,A,C,0,2,1,4,5,4,3\n", CODED, "'0'" NOT_AN_ANSWER, 1, "frequent"},
    {"the least 64-bit integer", HEADER "1,A,C,-9223372036854775808,2,1,4,5,4,3\n", "u u u l",
     "'-9223372036854775808'" NOT_AN_ANSWER, 1, "frequent"},
    {"the largest unsigned integer", HEADER "1,A,C,18446744073709551615,2,1,4,5,4,3\n", "u u u L",
     "'18446744073709551615'" NOT_AN_ANSWER, 1, "frequent"},
    {"a half answer", HEADER GOOD "1,A,C,1,2,3.5,4,5,4,3\n", "u u u g", "'3.5'" NOT_AN_ANSWER, 2,
     "accurate"},
    {"a text off the scale", HEADER GOOD "1,A,C,1,2,six,4,5,4,3\n", TEXT, "'six'" NOT_AN_ANSWER, 2,
     "accurate"},
    {"a dictionary's item off the scale", HEADER GOOD "1,A,C,1,2,3,4,5,4,9\n", "u u u c>i",
     "'9'" NOT_AN_ANSWER, 2, "mutual_respect"},
    {"a null respondent", HEADER GOOD ",A,C," ANSWERS, TEXT, "the respondent is empty", 2,
     "respondent"},
    {"a null integer respondent", HEADER GOOD ",A,C," ANSWERS, "l u u c", "the respondent is empty",
     2, "respondent"},
    {"a respondent in a null of a dictionary", HEADER GOOD ",A,C," ANSWERS, "c>u u u c",
     "the respondent is empty", 2, "respondent"},
    {"respondents of type null", HEADER GOOD, "n u u c", "the respondent is empty", 1,
     "respondent"},
    {"a null target", HEADER GOOD "1,A,," ANSWERS, TEXT, "the target is empty", 2, "target"},
    {"a label not UTF-8", HEADER GOOD "1,A,L\xE6ger," ANSWERS, TEXT,
     "'L\xE2\x80\xA6' is not valid UTF-8", 2, "target"},
    {"a duplicate", HEADER GOOD "1,A,C," ANSWERS "2,A,B," ANSWERS "1,A,B," ANSWERS, TEXT,
     "respondent '1' has rated 'B' before", 4, "target"},
    {"a duplicate among integers", HEADER "1,2,3," ANSWERS "1,2,4," ANSWERS "1,2,3," ANSWERS, "l",
     "respondent '1' has rated '3' before", 3, "target"},
    {"two workgroups", HEADER GOOD "2,B,A," ANSWERS "1,B,C," ANSWERS, TEXT,
     "respondent '1' has two workgroups in one wave: 'A' and 'B'", 3, "workgroup"},
    {"a weight below 0", "weight," HEADER "1," GOOD "-2.5,2,A,B," ANSWERS, "g u u u c",
     "'-2.5' is not a weight: a number of 0 or more", 2, "weight"},
    {"a null weight", "weight," HEADER "1," GOOD ",2,A,B," ANSWERS, "g u u u c",
     "'' is not a weight: a number of 0 or more", 2, "weight"},
    {"no rows", HEADER, TEXT, "the Arrow stream has no rows", 0, ""},

    {"a column mistyped", "respondent,workgruop,target," ITEMS "\n" GOOD, TEXT,
     "no column 'workgroup' (in Danish 'faggruppe'); is it the one named 'workgruop'?", 0,
     "workgroup"},
    {"a column missing", "id,workgroup,target," ITEMS "\n" GOOD, TEXT, "no column 'respondent'", 0,
     "respondent"},
    {"one column", "respondent\n1\n", TEXT, "no column 'workgroup' (in Danish 'faggruppe')", 0,
     "workgroup"},
    {"two columns of a name", "target," HEADER "B," GOOD, TEXT, "two columns have this name", 0,
     "target"},
    {"a name not UTF-8", "f\xE6lles," HEADER "B," GOOD, TEXT,
     "the heading of column 1 is not valid UTF-8", 0, ""},
    {"Booleans", HEADER GOOD, "u u u b", UNREADABLE("b"), 0, "frequent"},
    {"days", HEADER GOOD, "tdD", UNREADABLE("tdD"), 0, "respondent"},
    {"decimal numbers", HEADER GOOD, "u u u c d:10,2", UNREADABLE("d:10,2"), 0, "timely"},
    {"lists", HEADER GOOD, "u +l", UNREADABLE("+l"), 0, "workgroup"},
    {"structures", HEADER GOOD, "u +s", UNREADABLE("+s"), 0, "workgroup"},
    {"binary", HEADER GOOD, "z", UNREADABLE("z"), 0, "respondent"},
    {"binary views", HEADER GOOD, "vz", UNREADABLE("vz"), 0, "respondent"},
    {"half floats", HEADER GOOD, "u u u e", UNREADABLE("e"), 0, "frequent"},
    {"times", HEADER GOOD, "tss:UTC u", UNREADABLE("tss:UTC"), 0, "respondent"},
    {"a longer format", HEADER GOOD, "uu u", UNREADABLE("uu"), 0, "respondent"},
    {"dictionaries of Booleans", HEADER GOOD, "u c>b u",
     "a dictionary of the Arrow type 'b' cannot be read; give text or numbers", 0, "workgroup"},
    {"dictionaries whose indices are floats", HEADER GOOD, "u g>u u",
     "a dictionary of the Arrow type 'g' cannot be read; give text or numbers", 0, "workgroup"},
};

static void expect_fault(const stream_plan *plan, const fault *f)
{
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_status status = import(plan, NULL, f->name, &survey, &error);
    ck_assert_msg(status == RELCOORD_EDATA && error.status == RELCOORD_EDATA, "%s: status %d",
                  f->name, (int)status);
    ck_assert_msg(strcmp(error.message, f->message) == 0, "%s: '%s', expected '%s'", f->name,
                  error.message, f->message);
    ck_assert_msg(error.row == f->row && error.line == 0, "%s: row %d, line %d, expected row %d",
                  f->name, (int)error.row, (int)error.line, f->row);
    ck_assert_msg(strcmp(error.column, f->column) == 0, "%s: column '%s', expected '%s'", f->name,
                  error.column, f->column);
    ck_assert_msg(!survey && !*error.file && !*error.option, "%s: more than the error was set",
                  f->name);
    ck_assert_int_eq(import(plan, NULL, f->name, &survey, NULL), RELCOORD_EDATA);
}

START_TEST(faults_of_the_data)
{
    const fault *f = &faults[_i];
    expect_fault(&(stream_plan){.csv = f->csv, .types = f->types}, f);
    expect_fault(&(stream_plan){.csv = f->csv,
                                .types = f->types,
                                .batch_rows = 1,
                                .struct_offset = 2,
                                .child_offset = 3,
                                .empty_batches = 1},
                 f);
}
END_TEST

START_TEST(a_field_of_more_than_a_mebibyte)
{
    enum { MEBIBYTE = 1 << 20 };
    char *csv = malloc(MEBIBYTE + 1000);
    stream_plan plan = {.csv = csv, .types = CODED};
    for (size_t i = 0; i < 2; i++) {
        size_t head = strlen(strcpy(csv, HEADER GOOD "2,A,"));
        memset(csv + head, 'x', MEBIBYTE + i);
        strcpy(csv + head + MEBIBYTE + i, "," ANSWERS);
        if (i)
            expect_fault(&plan, &(fault){"1 MiB and 1", NULL, NULL,
                                         "a field of more than 1048576 bytes", 2, "target"});
        else {
            relcoord_survey *survey = NULL;
            ck_assert_int_eq(import(&plan, NULL, "1 MiB", &survey, NULL), RELCOORD_OK);
            relcoord_survey_free(survey);
        }
    }
    free(csv);
}
END_TEST

Suite *arrow_import_suite(void)
{
    Suite *suite = suite_create("arrow_import");
    TCase *content = tcase_create("content"), *refused = tcase_create("faults");
    tcase_set_timeout(content, 60);
    tcase_add_loop_test(content, every_type_in_every_layout, 0, (int)LENGTH(forms));
    tcase_add_test(content, columns_in_any_order);
    tcase_add_test(content, what_does_not_matter);
    tcase_add_test(content, options_hold_for_streams);
    tcase_add_loop_test(content, faults_that_options_spare, 0, 2);
    tcase_add_loop_test(refused, faults_of_the_data, 0, (int)LENGTH(faults));
    tcase_add_test(refused, a_field_of_more_than_a_mebibyte);
    suite_add_tcase(suite, content);
    suite_add_tcase(suite, refused);
    return suite;
}
