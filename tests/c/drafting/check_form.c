/* Drafts by the structure and labels that a survey system exports: what each kind of question
 * becomes, that whatever is written can be read for the data it came from, that figures by a draft
 * are those of a codebook written by hand, and memory that runs out. Faults of the tables are in
 * tests/faults/form.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runs.h"

Suite *form_suite(void);

#define HEADER \
    "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"

/* ---- Drafting ---- */

/* structure and labels may be NULL. Leaves files behind for files_remove. */
static relcoord_status draft_by(const char *data, const char *structure, const char *labels,
                                relcoord_result **out, relcoord_error *e)
{
    const char *path = file_write("data.csv", data, strlen(data));
    relcoord_options *options = options_make("codebook", NULL);
    relcoord_status status;
    if (structure)
        ck_assert_int_eq(relcoord_options_set(options, "structure",
                                              file_write("s.csv", structure, strlen(structure)),
                                              NULL),
                         RELCOORD_OK);
    if (labels)
        ck_assert_int_eq(relcoord_options_set(options, "labels",
                                              file_write("l.csv", labels, strlen(labels)), NULL),
                         RELCOORD_OK);
    status = relcoord_codebook_draft(&path, 1, options, out, e);
    relcoord_options_free(options);
    return status;
}

static relcoord_result *drafted(const char *data, const char *structure, const char *labels)
{
    relcoord_result *result = NULL;
    relcoord_error e = {0};
    ck_assert_msg(draft_by(data, structure, labels, &result, &e) == RELCOORD_OK, "%s:%d: %s: %s",
                  e.file, (int)e.line, e.column, e.message);
    files_remove();
    return result;
}

static relcoord_survey *survey_by(const char *book, const char *data, relcoord_error *e)
{
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *codebook = NULL;
    relcoord_survey *survey = NULL;
    pieces source = {.bytes = book, .length = strlen(book)};
    ck_assert_msg(relcoord_codebook_read_source(pieces_read, &source, "draft", NULL, &codebook, e)
                      == RELCOORD_OK,
                  "line %d %s: %s\n%s", (int)e->line, e->column, e->message, book);
    ck_assert_int_eq(relcoord_options_set_codebook(options, codebook, NULL), RELCOORD_OK);
    if (read_pieces(data, strlen(data), 0, options, &survey, e))
        survey = NULL;
    relcoord_codebook_free(codebook);
    relcoord_options_free(options);
    return survey;
}

static bool notes(const relcoord_result *r, const char *note)
{
    const char *found;
    for (size_t i = 0; (found = relcoord_result_note(r, i)); i++)
        if (strcmp(found, note) == 0)
            return true;
    return false;
}

/* ---- Choices ---- */

static const struct {
    const char *name, *labels, *values, *role, *note;
} choices[] = {
    {"a Danish scale, codes against it",
     "v;1;I meget høj grad\nv;2;I høj grad\nv;3;I nogen grad\nv;4;I lav grad\nv;5;I meget lav "
     "grad\nv;6;Ved ikke\n",
     "1=5||I meget høj grad;2=4||I høj grad;3=3||I nogen grad;4=2||I lav grad;5=1||I meget lav "
     "grad;6=dk||Ved ikke",
     "item", "check_role;check_scores"},
    {"an English scale, in the order of the table",
     "v,2,Agree\nv,9,Don't know\nv,1,Strongly agree \nv,5,strongly disagree\n",
     "2=4|Agree;9=dk|Don't know;1=5|Strongly agree;5=1|strongly disagree", "item",
     "check_role;check_scores"},
    {"ends alone", "v;1;Slet ikke godt\nv;2;2\nv;3;3\nv;4;Rigtig godt, du\n",
     "1=1||Slet ikke godt;2=2||2;3=3||3;4=4||Rigtig godt, du", "item", "check_role;check_codes"},
    {"categories", "v;3;The north\nv;1;The south\nv;2;Neither; nor\n", NULL, NULL, NULL},
    {"categories with separators",
     "v;3;The north\nv;1;To the south = Ribe\nv;2;\"Neither; nor | you\"\n",
     "3|The north;1|To the south \\= Ribe;2|Neither\\; nor \\| you", "group", "check_role"},
    {"no text", "v;1;Helt enig\nv;2;Uenig og ikke enig\nv;3;\n",
     "1=1||Helt enig;2=2||Uenig og ikke enig;3=3", "item", "check_role;check_codes"},
};

START_TEST(choices_become_values)
{
    relcoord_error e = {0};
    relcoord_result *r = NULL;
    if (!choices[_i].values) { /* a separator that is not quoted */
        ck_assert_int_eq(draft_by("v;w\n1;1\n2;2\n", NULL, choices[_i].labels, &r, &e),
                         RELCOORD_EDATA);
        ck_assert_int_eq(e.line, 3);
        files_remove();
        return;
    }
    r = drafted("v;w\n1;1\n2;2\n", NULL, choices[_i].labels);
    ck_assert_str_eq(string_at(r, "codebook", "variable=v", "values"), choices[_i].values);
    ck_assert_str_eq(string_at(r, "codebook", "variable=v", "role"), choices[_i].role);
    ck_assert_str_eq(string_at(r, "decisions", "variable=v", "note"), choices[_i].note);
    relcoord_result_free(r);
}
END_TEST

/* Labels of other codes than the data have say nothing of the column. */
START_TEST(other_codes_are_not_believed)
{
    relcoord_result *r = drafted("v\n1\n2\n", NULL, "v;11;Agree\nv;12;Disagree\n");
    ck_assert_str_eq(string_at(r, "codebook", "variable=v", "values"), "1=1;2=2");
    ck_assert_str_eq(string_at(r, "decisions", "variable=v", "reason"), "few_numbers");
    relcoord_result_free(r);
}
END_TEST

START_TEST(structure_and_labels_are_one)
{
    static const char structure[] = HEADER
        "q;v;Closed;Single;What is it?;2;Not at all\nq;v;Closed;Single;What is it?;1;Completely;\n";
    relcoord_result *r = drafted("v\n1\n2\n", structure, "v;1;Completely\nv;3;Somewhat\nw;1;Yes\n");
    ck_assert_str_eq(string_at(r, "codebook", "variable=v", "values"),
                     "2=1|Not at all;1=5|Completely;3=3|Somewhat");
    ck_assert_str_eq(string_at(r, "codebook", "variable=v", "label_en"), "What is it?");
    ck_assert(notes(r, "variables in the labels that are not in the data: 1"));
    ck_assert(notes(r, "the texts are assumed to be English"));
    ck_assert(
        notes(r, "rows scored by their texts, which form a known scale with 5 as the best: 1"));
    relcoord_result_free(r);
}
END_TEST

/* ---- Several answers, and statuses ---- */

START_TEST(several_answers_are_a_grouping)
{
    static const char structure[] = HEADER
        "meet;m_1;Closed;Multiple;Which?;1;Rounds\nmeet;m_2;Closed;Multiple;Which?;2;Huddle\n"
        "meet;m_3;Closed;Multiple;Which?;3;Rounds\n";
    relcoord_result *r = drafted("m_1,m_2,m_3\n1,0,0\n0,1,1\n,,\n", structure,
                                 "m_1;0;Not chosen\nm_1;1;Chosen\n");
    ck_assert_uint_eq(rows_with(r, "codebook", "role=group dimension=meet"), 3);
    ck_assert_str_eq(string_at(r, "codebook", "variable=m_2", "label_en"), "Huddle");
    ck_assert_str_eq(string_at(r, "codebook", "variable=m_3", "label_en"),
                     ""); /* its name is another's */
    ck_assert_str_eq(string_at(r, "codebook", "variable=m_1", "values"), "");
    relcoord_result_free(r);
}
END_TEST

START_TEST(status_columns_are_one_status)
{
    static const char data[] = "unit,stato_1,stato_2,stato_3,stato_4,stato_5,v\nA,0,0,0,1,0,1\nA,0,"
                               "1,0,0,0,\nB,1,0,0,0,0,\nB,0,0,1,0,0,2\nB,,,,,,\n";
    relcoord_result *r = drafted(data, NULL, NULL), *rates;
    relcoord_survey *survey;
    relcoord_error e = {0};
    char *book = result_written(r, "csv", NULL);
    ck_assert_uint_eq(rows_with(r, "codebook", "role=status dimension=stato"), 5);
    ck_assert_str_eq(string_at(r, "codebook", "variable=stato_3", "label_da"), "Nogen svar");
    survey = survey_by(book, data, &e);
    ck_assert_msg(survey != NULL, "%s: %s\n%s", e.column, e.message, book);
    rates = result_make(survey, "response", NULL);
    ck_assert_int_eq((int)integer_at(rates, "rates", "grouping=(total)", "invited"), 4);
    ck_assert_int_eq((int)integer_at(rates, "rates", "grouping=(total)", "answered"), 2);
    relcoord_result_free(rates);
    relcoord_result_free(r);
    relcoord_survey_free(survey);
    free(book);
}
END_TEST

/* ---- Ratings ---- */

static const char *const questions[][2] = {
    {"How often do they tell you what you need?", "frequent"},
    {"Do they tell you in time?", "timely"},
    {"Is what they say accurate?", "accurate"},
    {"When a problem occurs, do they help to solve it?", "problem_solving"},
};

/* A battery for each question, of two workgroups; by name: the variables are called after the
 * dimension. */
static char *structure_of(bool by_name)
{
    static const char *const answers[] = {"Never", "Rarely", "Sometimes", "Often", "Always"};
    text t = {0};
    text_add(&t, HEADER
             "j;job;Closed;Single;Your job;1;Nurses\nj;job;Closed;Single;Your job;2;Doctors\n");
    for (size_t q = 0; q < LENGTH(questions); q++)
        for (int row = 1; row <= 2; row++)
            for (int a = 0; a < 5; a++) {
                text_add(&t, "b;");
                if (by_name)
                    text_add(&t, questions[q][1]);
                else
                    text_add_format(&t, "b_%d", (int)q);
                text_add_format(&t, "_%d;Matrix;Single;%s - %s;%d;%s\n", row, questions[q][0],
                                row == 1 ? "Doctors" : "Nurses", 5 - a, answers[a]);
            }
    ck_assert(!t.failed);
    return t.bytes;
}

static char *ratings_of(bool by_name, uint64_t seed)
{
    text t = {0};
    text_add(&t, "job");
    for (size_t q = 0; q < LENGTH(questions); q++)
        for (int row = 1; row <= 2; row++) {
            if (by_name)
                text_add_format(&t, ",%s_%d", questions[q][1], row);
            else
                text_add_format(&t, ",b_%d_%d", (int)q, row);
        }
    for (int i = 0; i < 30; i++) {
        text_add_format(&t, "\n%d", 1 + (int)random_below(&seed, 2));
        for (size_t c = 0; c < 2 * LENGTH(questions); c++)
            text_add_format(&t, ",%d", 1 + (int)random_below(&seed, 5));
    }
    text_add(&t, "\n");
    ck_assert(!t.failed);
    return t.bytes;
}

static char *by_hand(bool by_name)
{
    text t = {0};
    text_add(&t, "variable,role,dimension,target,values\njob,workgroup,,,1|Nurses;2|Doctors\n,"
                 "target,,,1|Doctors;2|Nurses\n");
    for (size_t q = 0; q < LENGTH(questions); q++)
        for (int row = 1; row <= 2; row++) {
            if (by_name)
                text_add_format(&t, "%s_%d", questions[q][1], row);
            else
                text_add_format(&t, "b_%d_%d", (int)q, row);
            text_add_format(&t, ",item,%s,%d,5=1;4=2;3=3;2=4;1=5\n", questions[q][1], row);
        }
    ck_assert(!t.failed);
    return t.bytes;
}

/* Batteries are found by their names, or by their questions. */
START_TEST(ratings_as_by_hand)
{
    bool by_name = _i == 0;
    char *structure = structure_of(by_name), *data = ratings_of(by_name, 5),
         *hand = by_hand(by_name), *got, *wanted;
    relcoord_result *r = drafted(data, structure, NULL), *matrix[2];
    char *book = result_written(r, "csv", NULL);
    relcoord_error e = {0};
    relcoord_survey *surveys[2] = {survey_by(book, data, &e), survey_by(hand, data, &e)};
    ck_assert_msg(surveys[0] && surveys[1], "%s: %s", e.column, e.message);
    ck_assert_str_eq(string_at(r, "decisions", "variable=job", "reason"), "among_targets");
    ck_assert_str_eq(string_at(r, "codebook", "role=target", "values"), "1|Doctors;2|Nurses");
    ck_assert_uint_eq(rows_with(r, "codebook", "role=item scale=rc"), by_name ? 1 : 8);
    for (int s = 0; s < 2; s++)
        matrix[s] = result_make(surveys[s], "matrix", NULL);
    got = result_written(matrix[0], "csv", NULL);
    wanted = result_written(matrix[1], "csv", NULL);
    ck_assert_str_eq(got, wanted);
    ck_assert(strstr(got, "Nurses,Doctors,rc,") != NULL);
    for (int s = 0; s < 2; s++) {
        relcoord_result_free(matrix[s]);
        relcoord_survey_free(surveys[s]);
    }
    relcoord_result_free(r);
    free(structure), free(data), free(hand), free(book), free(got), free(wanted);
}
END_TEST

/* Two batteries do not make relational coordination. */
START_TEST(few_dimensions_are_a_scale)
{
    static const char structure[] = HEADER
        "a;a_1;;Single;Is there respect? - Here;1;Never\na;a_1;;Single;Is there respect? - "
        "Here;2;Often\n"
        "a;a_2;;Single;Is there respect? - There;1;Never\na;a_2;;Single;Is there respect? - "
        "There;2;Often\n";
    relcoord_result *r = drafted("a_1,a_2\n1,2\n2,1\n", structure, NULL);
    ck_assert_uint_eq(rows_with(r, "codebook", "role=item scale=a"), 2);
    ck_assert_str_eq(string_at(r, "codebook", "variable=a_2", "values"), "1=1|Never;2=4|Often");
    relcoord_result_free(r);
}
END_TEST

/* ---- Whatever the tables ---- */

static const char *any_of(uint64_t *seed, const char *const *texts, size_t count)
{
    return texts[random_below(seed, (uint32_t)count)];
}

static char *hostile_form(uint64_t *seed, bool structure)
{
    static const char *const names[] = {
        "id",  "stato_1", "frequent_1", "frequent_2", "timely_1", "timely_2",
        "a_1", "a_2",     "b_1",        "b_2",        "c_1",      "c_2",
        "job", "status",  "unit",       "rc",         "x",        "{target}_timely",
        "ward"};
    static const char *const types[] = {"Single", "Single", "Single", "Multiple", "String", ""};
    static const char *const values[] = {"1", "2",   "3",       "01",  "0", "8",
                                         "a", "a=b", "\"x;y\"", "1.0", ""};
    static const char *const texts[] = {"Enig",      "Uenig", "Ved ikke", "Nurses", "Doctors",
                                        "\"a;b|c\"", "=",     "\\",       "Often",  "Never",
                                        "",          "rc",    "1",        "2"};
    static const char *const asked[] = {
        "How often? - Nurses", "How often? - Doctors", "In time? - Nurses", "In time? - Doctors",
        "Respect? - Nurses",   "Respect? - Doctors",   "\"A\nlong one\"",   ""};
    text t = {0};
    if (structure)
        text_add(&t, HEADER);
    for (uint32_t i = 0, rows = 1 + random_below(seed, 30); i < rows; i++) {
        const char *name = any_of(seed, names, LENGTH(names)),
                   *value = any_of(seed, values, LENGTH(values));
        if (structure)
            text_add_format(&t, "%.2s;%s;;%s;%s;%s;%s\n", name, name,
                            any_of(seed, types, LENGTH(types)), any_of(seed, asked, LENGTH(asked)),
                            value, *value ? any_of(seed, texts, LENGTH(texts)) : "");
        else
            text_add_format(&t, "%s;%s;%s\n", name, *value ? value : "1",
                            any_of(seed, texts, LENGTH(texts)));
    }
    ck_assert(!t.failed);
    return t.bytes;
}

static char *hostile_data(uint64_t *seed)
{
    static const char *const values[] = {"1", "2", "0", "1", "3", "a", "", "8"};
    text t = {0};
    uint32_t some = 2 + random_below(seed, LENGTH(values) - 1);
    text_add(&t,
             "id;frequent_1;frequent_2;timely_1;timely_2;a_1;a_2;b_1;b_2;c_1;c_2;job;unit;x;ward");
    for (int row = 0; row < 12; row++) {
        text_add_format(&t, "\n%d", row);
        for (int c = 1; c < 15; c++)
            text_add_format(&t, ";%s", any_of(seed, values, some));
    }
    text_add(&t, "\n");
    ck_assert(!t.failed);
    return t.bytes;
}

/* What a drafted codebook must not be at fault for, about the data it was drafted from. */
static const char *const never[] = {
    "none of the", "that the codebook lists", "matches this name in",
    "both match",  "no column has the form",  "two groupings",
    "' mean ",     "the row of one",          "is neither 0 nor 1"};

START_TEST(every_draft_is_a_codebook)
{
    uint64_t seed = 3;
    int by_both = 0, read = 0;
    for (int i = 0; i < rounds(3000); i++) {
        char *data = hostile_data(&seed), *structure = hostile_form(&seed, true),
             *labels = hostile_form(&seed, false);
        relcoord_result *r = NULL;
        relcoord_error e = {0};
        relcoord_status status = draft_by(data, i % 3 ? structure : NULL, i % 2 ? labels : NULL, &r,
                                          &e);
        ck_assert_msg(status == RELCOORD_OK || (status == RELCOORD_EDATA && *e.message), "%d %s",
                      (int)status, e.message);
        if (status == RELCOORD_OK) {
            char *book = result_written(r, "csv", NULL);
            relcoord_survey *survey = survey_by(book, data, &e);
            by_both++;
            read += survey != NULL;
            for (size_t n = 0; n < LENGTH(never) && !survey; n++)
                ck_assert_msg(!strstr(e.message, never[n]), "%d: %s: %s\n%s\n%s\n%s\n%s", i,
                              e.column, e.message, book, structure, labels, data);
            relcoord_survey_free(survey);
            free(book);
        }
        relcoord_result_free(r);
        free(data), free(structure), free(labels);
        files_remove();
    }
    ck_assert_int_gt(by_both, rounds(3000) / 20);
    ck_assert_int_gt(read, by_both / 20);
}
END_TEST

START_TEST(memory_runs_out)
{
    static const char data[] = "job,a_1,a_2,b_1,b_2,c_1,c_2,m_1,m_2,x\n1,1,2,1,2,2,1,1,0,1\n2,2,1,"
                               "1,2,2,1,0,0,2\n1,1,1,1,1,2,2,0,1,9\n";
    static const char structure[] = HEADER
        "j;job;;Single;Job;1;Nurses\nj;job;;Single;Job;2;Doctors\na;a_1;;Single;How often? - "
        "Nurses;1;Never\na;a_1;;Single;How often? - Nurses;2;Often\n"
        "a;a_2;;Single;How often? - Doctors;1;Never\na;a_2;;Single;How often? - "
        "Doctors;2;Often\nm;m_1;;Multiple;Which?;1;One\nm;m_2;;Multiple;Which?;2;Two\n"
        "b;b_1;;Single;In time? - Nurses;1;Never\nb;b_1;;Single;In time? - "
        "Nurses;2;Often\nb;b_2;;Single;In time? - Doctors;1;Never\n"
        "b;b_2;;Single;In time? - Doctors;2;Often\nc;c_1;;Single;Respect? - "
        "Nurses;1;Never\nc;c_1;;Single;Respect? - Nurses;2;Often\n"
        "c;c_2;;Single;Respect? - Doctors;1;Never\nc;c_2;;Single;Respect? - Doctors;2;Often\n";
    static const char labels[] = "x;1;Yes\nx;2;No\nq;1;Yes\n";
    const char *path = file_write("data.csv", data, strlen(data));
    relcoord_options *options;
    relcoord_result *r = NULL;
    heap_start();
    options = options_make("codebook", NULL);
    ck_assert_int_eq(relcoord_options_set(options, "structure",
                                          file_write("s.csv", structure, strlen(structure)), NULL),
                     RELCOORD_OK);
    ck_assert_int_eq(
        relcoord_options_set(options, "labels", file_write("l.csv", labels, strlen(labels)), NULL),
        RELCOORD_OK);
    ck_assert_int_eq(relcoord_codebook_draft(&path, 1, options, &r, NULL), RELCOORD_OK);
    ck_assert_uint_eq(rows_with(r, "codebook", "scale=rc"), 6);
    relcoord_result_free(r);
    expect_draft_memory_faults(path, options);
    relcoord_options_free(options);
    heap_stop();
    files_remove();
}
END_TEST

Suite *form_suite(void)
{
    Suite *suite = suite_create("form");
    TCase *kinds = tcase_create("kinds"), *any = tcase_create("any");
    tcase_add_loop_test(kinds, choices_become_values, 0, LENGTH(choices));
    tcase_add_test(kinds, other_codes_are_not_believed);
    tcase_add_test(kinds, structure_and_labels_are_one);
    tcase_add_test(kinds, several_answers_are_a_grouping);
    tcase_add_test(kinds, status_columns_are_one_status);
    tcase_add_loop_test(kinds, ratings_as_by_hand, 0, 2);
    tcase_add_test(kinds, few_dimensions_are_a_scale);
    suite_add_tcase(suite, kinds);
    tcase_set_timeout(any, 60);
    tcase_add_checked_fixture(any, NULL, heap_stop);
    tcase_add_test(any, every_draft_is_a_codebook);
    tcase_add_test(any, memory_runs_out);
    suite_add_tcase(suite, any);
    return suite;
}
