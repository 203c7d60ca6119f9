/* Registers: who is found in them, what they add to the matrix' coverage, a table of faults with
 * the file, line and column that each must give, the calls that read, share and free them, and
 * memory that runs out. */
#include "survey/reading/register.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/options.h"
#include "support.h"

Suite *register_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define SEVEN ",1,2,3,4,5,4,3\n"

/* Reads data held against a register, both from memory; book may be NULL. */
static relcoord_status read_both(const char *book, const char *people, const char *data,
                                 const char *settings, relcoord_survey **out, relcoord_error *error)
{
    relcoord_options *options = options_make("read", settings);
    relcoord_codebook *codebook = NULL;
    relcoord_register *invited = NULL;
    pieces books = {.bytes = book, .length = book ? strlen(book) : 0},
           rows = {.bytes = data, .length = strlen(data)};
    pieces names = {.bytes = people, .length = strlen(people)};
    relcoord_status status = RELCOORD_OK;
    if (book)
        status = relcoord_codebook_read_source(pieces_read, &books, "book", NULL, &codebook, error);
    if (!status && book)
        status = relcoord_options_set_codebook(options, codebook, error);
    relcoord_codebook_free(codebook);
    if (!status)
        status = relcoord_register_read_source(pieces_read, &names, "people", options, &invited,
                                               error);
    if (!status)
        status = relcoord_options_set_register(options, invited, error);
    relcoord_register_free(invited); /* the options hold it */
    if (!status)
        status = relcoord_survey_read_source(pieces_read, &rows, "data", options, out, error);
    relcoord_options_free(options); /* the survey holds it */
    return status;
}

static relcoord_survey *both_of(const char *book, const char *people, const char *data)
{
    relcoord_survey *survey = NULL;
    relcoord_error e = {0};
    relcoord_status status = read_both(book, people, data, NULL, &survey, &e);
    ck_assert_msg(status == RELCOORD_OK, "%s:%d: %s: %s", e.file, (int)e.line, e.column, e.message);
    return survey;
}

static void expect_coverage(const char *name, relcoord_survey *survey, const char *settings,
                            const char *wanted)
{
    relcoord_result *result = result_make(survey, "matrix", settings);
    char *csv = result_written(result, "csv", "table=coverage");
    expect_same_text(name, csv, wanted);
    free(csv);
    relcoord_result_free(result);
}

/* ---- What is found ---- */

#define DATA \
    "respondent,workgroup,target," ITEMS "\n3,B,A" SEVEN "1,A,A" SEVEN "1,A,B" SEVEN "2,A,B" SEVEN
#define COVERED \
    "workgroup,target,invited,respondents,asked,answered,scored,complete,dont_know,note\n"

START_TEST(the_matrix_counts_invited)
{
    static const struct {
        const char *name, *people, *wanted;
    } cases[] = {
        {"in any order and dialect",
         "mail;Workgroup;respondent\n;B;9\n;B;3\n;C;7\n;A;2\n;A;1\n;A;8\n;B;4\n",
         COVERED "A,A,3,2,1,1,1,1,0,\nA,B,3,2,2,2,2,2,0,\nB,A,3,1,1,1,1,1,0,\n"},
        {"no workgroups", "respondent\n1\n2\n3\n4\n",
         COVERED "A,A,,2,1,1,1,1,0,not_in_register\nA,B,,2,2,2,2,2,0,not_in_register\nB,A,,1,1,1,1,"
                 "1,0,not_in_register\n"},
        {"a workgroup left open", "respondent,workgroup\n1,A\n2,\n3,B\n4,\n",
         COVERED "A,A,1,2,1,1,1,1,0,\nA,B,1,2,2,2,2,2,0,\nB,A,1,1,1,1,1,1,0,\n"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = both_of(NULL, cases[i].people, DATA);
        expect_coverage(cases[i].name, survey, NULL, cases[i].wanted);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* The data may have one of the register's waves. */
START_TEST(waves_are_counted_apart)
{
    static const char people[] =
        "respondent,wave,workgroup\n1,1,A\n1,2,B\n2,1,A\n2,2,A\n3,2,A\n4,1,B\n";
    static const char both[] = "respondent,wave,workgroup,target," ITEMS "\n1,1,A,A" SEVEN
                               "1,2,B,A" SEVEN "2,2,A,A" SEVEN;
    static const char second[] = "respondent,wave,workgroup,target," ITEMS "\n1,2,B,A" SEVEN
                                 "2,2,A,A" SEVEN;
    static const char of_second[] = COVERED "A,A,2,1,1,1,1,1,0,\nB,A,1,1,1,1,1,1,0,\n";
    relcoord_survey *survey = both_of(NULL, people, both);
    expect_coverage("by wave", survey, "by=wave",
                    "wave," COVERED
                    "1,A,A,2,1,1,1,1,1,0,\n2,A,A,2,1,1,1,1,1,0,\n2,B,A,1,1,1,1,1,1,0,\n");
    expect_coverage("the second", survey, "wave=2", of_second);
    relcoord_survey_free(survey);
    survey = both_of(NULL, people, second);
    expect_coverage("the only one", survey, NULL, of_second);
    relcoord_survey_free(survey);
}
END_TEST

/* Codebooks: labels, several areas at once, items that a register does not have, columns that only
 * it has. */
#define BOOK                                                                                      \
    "variable,role,scale,dimension,target,values,label_en,label_da\nid,respondent,,,,,,\n"        \
    "w,workgroup,,,,n|Nurses|Sygeplejersker;d|Doctors|L\xC3\xA6ger,,\n"                           \
    "q_{dimension}_{target},item,,,,,,\nin_a,group,,area,,,Adults,Voksne\nin_b,group,,area,,1=1;" \
    "2=0,Youth,Unge\n"                                                                            \
    "lead,role,,,,1|Leader|Leder;0|Employee|Medarbejder,,\nt1,item,trust,,,,,\nv,weight,,,,,,\n"
#define WIDE "id,w,in_a,in_b,q_timely_n,q_timely_d,t1,v\n"

START_TEST(codebooks_read_registers)
{
    static const char people[] =
        "id,in_a,in_b,lead,w\n1,1,1,1,n\n2,0,1,0,n\n3,1,2,0,d\n4,0,2,0,n\n5,1,1,0,d\n6,1,2,0,d\n";
    relcoord_survey *survey = both_of(BOOK, people,
                                      WIDE "5,d,1,1,3,4,1,1\n1,n,1,1,2,1,5,1\n3,d,0,2,5,5,1,1\n");
    const relcoord_survey *invited = survey->invited->people;
    size_t role = survey_find_attribute(invited, "role"),
           area = survey_find_attribute(invited, "area");
    ck_assert_uint_eq(survey->participation_count, 3);
    ck_assert_uint_eq(invited->participation_count, 6);
    for (uint32_t p = 0; p < 3; p++)
        ck_assert_str_eq(survey->respondents.names[survey->respondent[p]],
                         invited->respondents.names[invited->respondent[survey->place_invited[p]]]);
    ck_assert_uint_eq(survey_find_attribute(survey, "role"),
                      survey->attribute_count); /* only the register has it */
    ck_assert_str_eq(invited->attributes[role].labels.names[0], "Leader");
    ck_assert_str_eq(invited->attributes[role].labels.danish[1], "Medarbejder");
    ck_assert(invited->attributes[area].multiple);
    ck_assert_uint_eq(invited->attributes[area].labels.count, 3); /* and nobody's */
    expect_coverage("by area", survey, "by=area",
                    "area," COVERED "(missing),Doctors,d,,1,1,1,1,1,0,not_in_register\n(missing),"
                    "Doctors,n,,1,1,1,1,1,0,not_in_register\n"
                    "Adults,Nurses,d,1,1,1,1,1,1,0,\nAdults,Nurses,n,1,1,1,1,1,1,0,\n"
                    "Adults,Doctors,d,3,1,1,1,1,1,0,\nAdults,Doctors,n,3,1,1,1,1,1,0,\n"
                    "Youth,Nurses,d,2,1,1,1,1,1,0,\nYouth,Nurses,n,2,1,1,1,1,1,0,\n"
                    "Youth,Doctors,d,1,1,1,1,1,1,0,\nYouth,Doctors,n,1,1,1,1,1,1,0,\n");
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(notes_say_whose_they_are)
{
    relcoord_survey *survey = both_of(NULL, "respondent;mail\n1;x\n2;\n3;\n", DATA);
    relcoord_result *result = result_make(survey, "matrix", NULL);
    char *danish = result_written(result, "text", "lang=da width=200");
    ck_assert_str_eq(relcoord_result_note(result, 0), "register: columns not used: mail");
    ck_assert_str_eq(relcoord_result_note(result, 1), "register: separated by semicolons");
    ck_assert_ptr_nonnull(strstr(danish, "i registret: kolonner, der ikke bruges: mail\n"));
    ck_assert_ptr_nonnull(strstr(danish, "i registret: adskilt af semikolon\n"));
    free(danish);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- Faults ---- */

START_TEST(faults_say_where)
{
    static const struct {
        const char *name, *book, *people, *data, *settings, *file, *column, *message;
        int line;
    } cases[] = {
        {"answers, not invited", NULL, "respondent\n1\n3\n", DATA, NULL, "data", "respondent",
         "respondent '2' is not in the register", 5},
        {"redacted", NULL, "respondent\n1\n3\n", DATA, "redact_values=true", "data", "respondent",
         "respondent a value is not in the register", 5},
        {"in another wave", NULL, "respondent,wave\n1,2\n",
         "respondent,wave,workgroup,target," ITEMS "\n1,1,A,A" SEVEN, NULL, "data", "respondent",
         "respondent '1' is not in the register of this wave", 2},
        {"twice", NULL, "respondent,workgroup\n1,A\n2,A\n\n1,A\n", DATA, NULL, "people",
         "respondent", "respondent '1' is already in the register", 5},
        {"twice, apart", NULL, "respondent,unit\n2,A\n1,A\n1,B\n", DATA, NULL, "people",
         "respondent", "respondent '1' is already in the register", 4},
        {"twice in a wave", NULL, "respondent,wave\n1,1\n1,2\n1,1\n", DATA, "duplicates=first",
         "people", "respondent", "respondent '1' is already in the register in this wave", 4},
        {"another workgroup", NULL, "respondent,workgroup\n1,A\n2,B\n3,B\n", DATA, NULL, "data",
         "workgroup", "respondent '2' has workgroup 'A' here and 'B' in the register", 5},
        {"another area", BOOK, "id,in_a,in_b,lead\n1,1,1,1\n2,1,1,0\n",
         WIDE "1,n,1,1,1,1,1,1\n2,n,0,1,1,1,1,1\n", NULL, "data", "",
         "respondent '2' is in other groups of 'area' in the register", 3},
        {"unknown area", BOOK, "id,w\n1,n\n2,x\n", WIDE, NULL, "people", "w",
         "'x' is not one of the 2 values listed in the codebook", 3},
        {"unknown area, spared elsewhere", BOOK, "id,in_a,in_b\n1,2,2\n", WIDE, "invalid=missing",
         "people", "in_a", "'2' is neither 1 (in the group) nor 0 (not in it)", 2},
        {"half of the areas", BOOK, "id,in_a\n1,1\n", WIDE, NULL, "people", "in_b",
         "no column 'in_b', which the codebook's line 6 lists; is it the one named 'in_a'?", 1},
        {"half of the areas in the data", BOOK, "id,in_a,in_b,lead\n1,1,1,1\n",
         "id,w,in_a,q_timely_n,t1,v\n1,n,1,1,1,1\n", NULL, "data", "in_b",
         "no column 'in_b', which the codebook's line 6 lists; is it the one named 'in_a'?", 1},
        {"nowhere", BOOK, "id,w\n1,n\n", WIDE "1,n,1,1,1,1,1,1\n", NULL, "data", "lead",
         "no column 'lead', which the codebook's line 7 lists", 1},
        {"no respondents", NULL, "respondnet,unit\n1,A\n", DATA, NULL, "people", "respondent",
         "no column 'respondent'; is it the one named 'respondnet'?", 1},
        {"no respondents in the codebook",
         "variable,role,dimension,target\nw,workgroup,,\nq,item,timely,A\n", "w\nA\n", "w,q\nA,1\n",
         NULL, "people", "respondent",
         "the codebook names no column of the role 'respondent', which a register needs", 1},
        {"an empty respondent", NULL, "respondent,unit\n1,A\n ,B\n", DATA, NULL, "people",
         "respondent", "the respondent is empty", 3},
        {"waves only in the data", NULL, "respondent\n1\n",
         "respondent,wave,workgroup,target," ITEMS "\n1,1,A,A" SEVEN, NULL, "data", "wave",
         "the data have waves, and the register does not say who was invited to which", 1},
        {"waves only in the register", NULL, "respondent,wave\n1,1\n", DATA, NULL, "data", "",
         "the register has waves, and the data do not say which of them they are", 1},
        {"ragged", NULL, "respondent,unit\n1,A\n2\n", DATA, NULL, "people", "",
         "the row has 1 field, the header 2", 3},
        {"nobody", NULL, "respondent,unit\n", DATA, NULL, "people", "", "no rows below the header",
         0},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = NULL;
        relcoord_error e = {0};
        relcoord_status status = read_both(cases[i].book, cases[i].people, cases[i].data,
                                           cases[i].settings, &survey, &e);
        ck_assert_msg(status == RELCOORD_EDATA && !survey, "%s: status %d", cases[i].name,
                      (int)status);
        ck_assert_msg(strcmp(e.message, cases[i].message) == 0, "%s: '%s', expected '%s'",
                      cases[i].name, e.message, cases[i].message);
        ck_assert_msg(e.line == cases[i].line && strcmp(e.file, cases[i].file) == 0
                          && strcmp(e.column, cases[i].column) == 0,
                      "%s: %s:%d: column '%s'", cases[i].name, e.file, (int)e.line, e.column);
    }
}
END_TEST

/* ---- Calls ---- */

static relcoord_status read_people(const char *text, const relcoord_options *options,
                                   relcoord_register **out, relcoord_error *e)
{
    pieces p = {.bytes = text, .length = strlen(text)};
    return relcoord_register_read_source(pieces_read, &p, "people", options, out, e);
}

START_TEST(calls_refuse_nothing_to_read)
{
    relcoord_options *wrong = options_make("matrix", NULL);
    relcoord_register *invited = NULL;
    relcoord_error e = {0};
    pieces p = {.bytes = "respondent\n1\n", .length = 13};
    ck_assert_int_eq(relcoord_register_read(NULL, NULL, &invited, &e), RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, "reading a register needs a file");
    ck_assert_int_eq(relcoord_register_read("x", NULL, NULL, &e), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_register_read("x", wrong, &invited, &e), RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, "the options were made for 'matrix', not for 'read'");
    ck_assert_int_eq(relcoord_register_read_source(NULL, NULL, "x", NULL, &invited, &e),
                     RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, "reading a register needs a source and a name for it");
    ck_assert_int_eq(relcoord_register_read_source(pieces_read, &p, NULL, NULL, &invited, NULL),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_set_register(NULL, NULL, &e), RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, "relcoord_options_set_register needs options");
    ck_assert_int_eq(relcoord_options_set_register(wrong, NULL, &e), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_register_read("no such folder/no such file", NULL, &invited, &e),
                     RELCOORD_EIO);
    ck_assert_str_eq(e.file, "no such folder/no such file");
    ck_assert_ptr_null(invited);
    relcoord_register_free(NULL);
    relcoord_options_free(wrong);
}
END_TEST

/* Standard input is read once, even where it was a register that the options hold by now. */
START_TEST(standard_input_once)
{
    static const char twice[] = "'-', which is standard input, stands for 2 files and can be but "
                                "one";
    const char *path = file_write("people.csv", "respondent\n1\n", 13);
    relcoord_options *options = options_make("read", NULL),
                     *both = options_make("read", "codebook=- register=-");
    relcoord_register *invited = NULL;
    relcoord_survey *survey = NULL;
    relcoord_error e = {0};
    pieces data = {.bytes = DATA, .length = strlen(DATA)};
    int before = dup(0), file = open(path, O_RDONLY);
    ck_assert(before > 0 && file > 0 && dup2(file, 0) == 0);
    ck_assert_int_eq(relcoord_register_read("-", NULL, &invited, &e), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_register(options, invited, &e), RELCOORD_OK);
    ck_assert_int_eq(relcoord_survey_read("-", options, &survey, &e), RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, twice);
    e = (relcoord_error){0};
    ck_assert_int_eq(relcoord_survey_read_source(pieces_read, &data, "data", both, &survey, &e),
                     RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, twice);
    e = (relcoord_error){0};
    ck_assert_int_eq(relcoord_register_read("-", both, &invited, &e), RELCOORD_EUSAGE);
    ck_assert_str_eq(e.message, twice);
    ck_assert(dup2(before, 0) == 0 && close(before) == 0 && close(file) == 0);
    relcoord_register_free(invited);
    relcoord_options_free(options);
    relcoord_options_free(both);
    files_remove();
}
END_TEST

START_TEST(options_share_a_register)
{
    relcoord_options *options, *others;
    relcoord_register *first = NULL, *second = NULL;
    const relcoord_register *found = NULL;
    heap_start();
    options = options_make("read", NULL);
    others = options_make("read", NULL);
    ck_assert_int_eq(read_people("respondent\n1\n", NULL, &first, NULL), RELCOORD_OK);
    ck_assert_int_eq(read_people("respondent\n2\n", NULL, &second, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_register(options, first, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_register(options, first, NULL),
                     RELCOORD_OK); /* the same again */
    ck_assert_int_eq(relcoord_options_set_register(others, first, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_register(others, second, NULL), RELCOORD_OK);
    relcoord_register_free(first);
    relcoord_register_free(second);
    ck_assert_int_eq(register_of_options(options, NULL, &found, NULL), RELCOORD_OK);
    ck_assert_ptr_eq(found, first);
    relcoord_options_free(options);
    ck_assert_str_eq(found->people->respondents.names[0], "1"); /* the last holder's */
    register_release(found);
    ck_assert_int_eq(relcoord_options_set_register(others, NULL, NULL), RELCOORD_OK);
    ck_assert_int_eq(register_of_options(others, NULL, &found, NULL), RELCOORD_OK);
    ck_assert_ptr_null(found);
    ck_assert_int_eq(register_of_options(NULL, NULL, &found, NULL), RELCOORD_OK);
    ck_assert_ptr_null(found);
    relcoord_options_free(others);
    ck_assert_int_eq(heap_alive(), 0);
}
END_TEST

START_TEST(options_name_a_register)
{
    static const char both[] =
        "option 'register' names a file, and a register was given besides: it is one or the other";
    static const char people[] = "\xEF\xBB\xBFrespondent\tworkgroup\n1\tA\n2\tA\n3\tB\n4\tB\n";
    relcoord_options *options = options_make("read", "separator=comma decimal=point");
    const char *path = file_write("people.csv", people, strlen(people));
    relcoord_register *invited = NULL;
    relcoord_survey *survey = NULL;
    relcoord_error e = {0};
    ck_assert_int_eq(relcoord_options_set(options, "register", path, NULL), RELCOORD_OK);
    ck_assert_int_eq(read_pieces(DATA, strlen(DATA), 0, options, &survey, &e),
                     RELCOORD_OK); /* the data's separator is not the register's */
    expect_coverage("named", survey, NULL,
                    COVERED "A,A,2,2,1,1,1,1,0,\nA,B,2,2,2,2,2,2,0,\nB,A,2,1,1,1,1,1,0,\n");
    relcoord_survey_free(survey);
    survey = NULL;
    ck_assert_int_eq(relcoord_register_read(path, NULL, &invited, &e), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_register(options, invited, &e), RELCOORD_EOPTION);
    ck_assert_str_eq(e.message, both);
    ck_assert_str_eq(e.option, "register");
    ck_assert_int_eq(relcoord_options_set(options, "register", "", NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_register(options, invited, &e), RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set(options, "register", path, NULL), RELCOORD_OK);
    ck_assert_int_eq(read_pieces(DATA, strlen(DATA), 0, options, &survey, &e), RELCOORD_EOPTION);
    ck_assert_str_eq(e.message, both);
    ck_assert_ptr_null(survey);
    relcoord_register_free(invited);
    relcoord_options_free(options);
    path = file_write("people.csv", "respondent\n1\n1\n", 15);
    options = options_make("read", NULL);
    ck_assert_int_eq(relcoord_options_set(options, "register", path, NULL), RELCOORD_OK);
    ck_assert_int_eq(read_pieces(DATA, strlen(DATA), 0, options, &survey, &e), RELCOORD_EDATA);
    ck_assert_msg(strcmp(e.file, path) == 0 && e.line == 3, "%s:%d", e.file, (int)e.line);
    relcoord_options_free(options);
    files_remove();
}
END_TEST

/* ---- Memory ---- */

static relcoord_status try_all(relcoord_error *e)
{
    static const char people[] = "id,in_a,in_b,lead,w\n1,1,1,1,n\n2,0,1,0,n\n3,1,2,0,d\n";
    static const char data[] = WIDE "1,n,1,1,1,2,3,1\n3,d,1,2,2,3,4,1\n";
    pieces books = {.bytes = BOOK, .length = strlen(BOOK)},
           names = {.bytes = people, .length = strlen(people)};
    pieces rows = {.bytes = data, .length = strlen(data)};
    relcoord_options *options = NULL;
    relcoord_codebook *book = NULL;
    relcoord_register *invited = NULL;
    relcoord_survey *survey = NULL;
    relcoord_result *result = NULL;
    relcoord_status status = relcoord_options_new("read", &options, e);
    if (!status)
        status = relcoord_codebook_read_source(pieces_read, &books, "book", NULL, &book, e);
    if (!status)
        status = relcoord_options_set_codebook(options, book, e);
    if (!status)
        status = relcoord_register_read_source(pieces_read, &names, "people", options, &invited, e);
    if (!status)
        status = relcoord_options_set_register(options, invited, e);
    if (!status)
        status = relcoord_survey_read_source(pieces_read, &rows, "data", options, &survey, e);
    if (!status)
        status = relcoord_run(survey, "matrix", NULL, &result, e);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    relcoord_register_free(invited);
    relcoord_codebook_free(book);
    relcoord_options_free(options);
    return status;
}

START_TEST(memory_runs_out)
{
    relcoord_error e = {0};
    int64_t count, without = 0;
    heap_start();
    heap_fail(0, 0);
    ck_assert_int_eq(try_all(&e), RELCOORD_OK);
    count = heap_asked();
    ck_assert_int_gt(count, 100);
    for (int64_t n = 1; n <= 2 * count; n++) {
        int64_t from = (n + 1) / 2;
        relcoord_status status;
        heap_fail(from, n % 2 ? from : INT64_MAX);
        status = try_all(&e);
        without += status == RELCOORD_OK;
        ck_assert_msg(status == RELCOORD_OK || status == RELCOORD_ENOMEM,
                      "allocation %d: status %d", (int)from, (int)status);
        heap_fail(0, 0);
        ck_assert_msg(heap_alive() == 0, "allocation %d: %d blocks left", (int)from,
                      (int)heap_alive());
    }
    ck_assert_int_lt(without, 20); /* libcsv's buffers of three files, and blocks made smaller */
}
END_TEST

Suite *register_suite(void)
{
    Suite *suite = suite_create("register");
    TCase *found = tcase_create("found"), *calls = tcase_create("calls");
    tcase_add_checked_fixture(calls, NULL, heap_stop);
    tcase_add_test(found, the_matrix_counts_invited);
    tcase_add_test(found, waves_are_counted_apart);
    tcase_add_test(found, codebooks_read_registers);
    tcase_add_test(found, notes_say_whose_they_are);
    tcase_add_test(found, faults_say_where);
    tcase_add_test(calls, calls_refuse_nothing_to_read);
    tcase_add_test(calls, standard_input_once);
    tcase_add_test(calls, options_share_a_register);
    tcase_add_test(calls, options_name_a_register);
    tcase_add_test(calls, memory_runs_out);
    suite_add_tcase(suite, found);
    suite_add_tcase(suite, calls);
    return suite;
}
