/* The analysis response: rates by register and by statuses, worked by hand; who has answered;
 * fall-out against R's figures; waves; what it refuses; and memory that runs out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

Suite *response_suite(void);

/* Reads data held against a register, both from memory; either of book and people may be NULL. */
static relcoord_status try_read(const char *book, const char *people, const char *data,
                                relcoord_survey **out, relcoord_error *e)
{
    relcoord_options *options = NULL;
    relcoord_codebook *codebook = NULL;
    relcoord_register *invited = NULL;
    pieces books = {.bytes = book, .length = book ? strlen(book) : 0},
           rows = {.bytes = data, .length = strlen(data)};
    pieces names = {.bytes = people, .length = people ? strlen(people) : 0};
    relcoord_status status = relcoord_options_new("read", &options, e);
    if (!status && book)
        status = relcoord_codebook_read_source(pieces_read, &books, "book", NULL, &codebook, e);
    if (!status && book)
        status = relcoord_options_set_codebook(options, codebook, e);
    if (!status && people)
        status = relcoord_register_read_source(pieces_read, &names, "people", options, &invited, e);
    if (!status && people)
        status = relcoord_options_set_register(options, invited, e);
    if (!status)
        status = relcoord_survey_read_source(pieces_read, &rows, "data", options, out, e);
    relcoord_register_free(invited);
    relcoord_codebook_free(codebook);
    relcoord_options_free(options);
    return status;
}

static relcoord_survey *survey_of(const char *book, const char *people, const char *data)
{
    relcoord_survey *survey = NULL;
    relcoord_error e = {0};
    relcoord_status status = try_read(book, people, data, &survey, &e);
    ck_assert_msg(status == RELCOORD_OK, "%s:%d: %s: %s", e.file, (int)e.line, e.column, e.message);
    return survey;
}

static const char *last_note(const relcoord_result *result)
{
    size_t i = 0;
    while (relcoord_result_note(result, i + 1))
        i++;
    return relcoord_result_note(result, i);
}

/* Invited, answered and percent of a group. */
static void expect_rate(const relcoord_result *result, const char *keys, int64_t invited,
                        int64_t answered)
{
    char grouping[64], group[64], all[192];
    ck_assert_int_eq(sscanf(keys, "%63[^=]=%63s", grouping, group), 2);
    snprintf(all, sizeof all, "grouping=%s group=%s", grouping, group);
    ck_assert_msg(integer_at(result, "rates", all, "invited") == invited
                      && integer_at(result, "rates", all, "answered") == answered,
                  "%s: %d of %d, expected %d of %d", keys,
                  (int)integer_at(result, "rates", all, "answered"),
                  (int)integer_at(result, "rates", all, "invited"), (int)answered, (int)invited);
    expect_near(keys, number_at(result, "rates", all, "percent"),
                100 * (double)answered / (double)invited, 1e-14);
}

/* ---- Rates ---- */

#define BOOK                                                                                       \
    "variable,role,scale,dimension,values,label_en,label_da\nid,respondent,,,,,\n"                 \
    "job,role,,,L|Leader|Leder;E|Employee|Medarbejder,,\nad,group,,area,,Adults,Voksne\nyo,group," \
    ",area,,Youth,Unge\n"                                                                          \
    "q1,item,use,,1=1;2=2;8=dk;9=missing,,\nq2,item,use,,,,\n"
#define PEOPLE \
    "id,job,ad,yo\n1,L,1,0\n2,L,1,1\n3,E,0,1\n4,E,1,1\n5,E,0,0\n6,E,1,0\n7,E,0,1\n8,,0,1\n"

/* Of 8 invited, 1 answers both items, 2 one, 3 a don't know, 4 nothing but missing, 5 is a blank
 * row. */
static const char answers[] = "id,q1,q2\n3,8,\n1,1,2\n4,9,\n2,2,\n5,,\n";

START_TEST(rates_by_hand)
{
    relcoord_survey *survey = survey_of(BOOK, PEOPLE, answers);
    relcoord_result *result = result_make(survey, "response", NULL);
    const char *const *groups = NULL;
    expect_rate(result, "(total)=(total)", 8, 3);
    expect_rate(result, "role=Leader", 2, 2);
    expect_rate(result, "role=Employee", 5, 1);
    expect_rate(result, "role=(missing)", 1, 0);
    expect_rate(result, "area=Adults", 4, 2); /* 2 and 4 are in both areas, and once in the total */
    expect_rate(result, "area=Youth", 5, 2);
    expect_rate(result, "area=(missing)", 1, 0);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "rates")), 7);
    ck_assert_int_eq(relcoord_table_strings(relcoord_result_table(result, "rates"), "group",
                                            &groups, NULL, NULL),
                     RELCOORD_OK);
    ck_assert_str_eq(groups[0], "(total)");
    ck_assert_str_eq(groups[2], "Leader"); /* the empty label first, then the codebook's order */
    ck_assert_str_eq(string_at(result, "rates", "grouping=role group=Leader", "estimator"),
                     "rate_wilson");
    /* Wilson of 3 among 8, by hand: z = 1.959963984540054 */
    expect_near("low", number_at(result, "rates", "grouping=(total)", "ci_low"), 100 * 0.13684429,
                1e-7);
    expect_near("high", number_at(result, "rates", "grouping=(total)", "ci_high"), 100 * 0.69425766,
                1e-7);
    ck_assert_str_eq(relcoord_result_note(result, 0), "invited: those in the register");
    relcoord_result_free(result);
    result = result_make(survey, "response", "answered=complete groupings=area,rolle");
    expect_rate(result, "(total)=(total)", 8, 1);
    expect_rate(result, "role=Leader", 2, 1);
    expect_rate(result, "area=Youth", 5, 0);
    relcoord_result_free(result);
    result = result_make(survey, "response", "groupings=area");
    ck_assert_uint_eq(rows_with(result, "rates", "grouping=role"), 0);
    ck_assert_uint_eq(rows_with(result, "rates", "grouping=area"), 3);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

#define STATUS                                                                                   \
    "variable,role,scale,dimension,values,label_en,label_da\nid,respondent,,,,,\nunit,unit,,,,," \
    "\nq1,item,use,,,,\n"
static const char five[] = STATUS "s,status,,,1|New|Ny;2|Distributed|Distribueret;3|Partly "
                                  "answered|Nogen svar;4|Completed|Gennemf\xC3\xB8rt;"
                                  "5|Dropped out|Frafaldet,,\n";
static const char danish[] = STATUS
    "s,status,,,1|Ny;2|DISTRIBUERET;3|nogen_svar;4|Gennemf\xC3\xB8rt;5|Frafaldet,,\n";
static const char dummies[] = STATUS
    "s1,status,,state,,New,Ny\ns2,status,,state,,Distributed,\ns3,status,,state,,,Nogen svar\n"
    "s4,status,,state,,Completed,\ns5,status,,state,,Dropped out,\n";

/* Who is new was not invited yet; an answer is an answer, whatever the status. */
START_TEST(rates_by_status)
{
    static const char one[] =
        "id,unit,q1,s\n1,A,3,4\n2,A,,4\n3,A,,2\n4,A,2,3\n5,B,,3\n6,B,,1\n7,B,4,5\n8,B,,5\n9,B,,\n";
    static const char many[] =
        "id,unit,q1,s1,s2,s3,s4,s5\n1,A,3,0,0,0,1,0\n2,A,,0,0,0,1,0\n3,A,,0,1,0,0,0\n4,A,2,0,0,1,0,"
        "0\n"
        "5,B,,0,0,1,0,0\n6,B,,1,0,0,0,0\n7,B,4,0,0,0,0,1\n8,B,,0,0,0,0,1\n9,B,,,,,,\n";
    static const struct {
        const char *name, *book, *data;
    } cases[] = {
        {"English", five, one}, {"Danish", danish, one}, {"columns of 0 and 1", dummies, many}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = survey_of(cases[i].book, NULL, cases[i].data);
        relcoord_result *result = result_make(survey, "response", NULL);
        expect_rate(result, "(total)=(total)", 8, 5);
        expect_rate(result, "unit=A", 4, 3);
        expect_rate(result, "unit=B", 4, 2);
        ck_assert_uint_eq(rows_with(result, "rates", "grouping=status"), 0);
        ck_assert_str_eq(relcoord_result_note(result, 0),
                         "invited: those with a status in the data");
        ck_assert_str_eq(
            relcoord_result_note(result, 1),
            "left out, because nothing has been distributed to them yet: 1 with status new");
        relcoord_result_free(result);
        result = result_make(survey, "response", "answered=complete groupings=unit");
        expect_rate(result, "(total)=(total)", 8, 2);
        expect_rate(result, "unit=B", 4, 0);
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* A register that has statuses says who is done, in the data or not; who is new in it was invited
 * all the same. */
START_TEST(registers_with_statuses)
{
    relcoord_survey *survey = survey_of(five, "id,unit,s\n1,A,4\n2,A,3\n3,A,2\n4,B,1\n5,B,5\n",
                                        "id,unit,q1\n5,B,1\n");
    relcoord_result *result = result_make(survey, "response", NULL);
    expect_rate(result, "(total)=(total)", 5, 3);
    expect_rate(result, "unit=B", 2, 1);
    relcoord_result_free(result);
    result = result_make(survey, "response", "answered=complete");
    expect_rate(result, "(total)=(total)", 5,
                2); /* 5 gave all answers that there are, and has no status in the data */
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* What people are asked has the same base: whom a status or an answer says to have answered. */
START_TEST(questions_have_the_base_of_rates)
{
    relcoord_survey *survey = survey_of(
        five, NULL,
        "id,unit,q1,s\n1,A,3,4\n2,A,,4\n3,A,,2\n4,A,2,3\n5,B,,3\n6,B,,1\n7,B,4,5\n8,B,,5\n9,B,,\n");
    relcoord_result *result = result_make(survey, "distribution", "variables=unit,q1");
    static const char note[] = "the base is those who answered; left out, because neither a status "
                               "nor an answer says that "
                               "they did: 4 (base=all counts them, too)";
    ck_assert_int_eq(integer_at(result, "categories", "variable=unit category=A", "n"), 3);
    ck_assert_int_eq(integer_at(result, "categories", "variable=unit category=B", "n"), 2);
    ck_assert_int_eq(integer_at(result, "categories", "variable=q1 category=3", "base"), 3);
    ck_assert_int_eq(integer_at(result, "categories", "variable=q1 category=3", "missing"), 2);
    ck_assert_str_eq(last_note(result), note);
    relcoord_result_free(result);
    result = result_make(survey, "distribution", "variables=unit base=all");
    ck_assert_int_eq(integer_at(result, "categories", "variable=unit category=B", "base"), 9);
    relcoord_result_free(result);
    result = result_make(survey, "quality", NULL);
    ck_assert_int_eq(integer_at(result, "variables", "variable=q1", "missing"), 2);
    ck_assert_uint_eq(rows_with(result, "respondents", "respondent=9"), 0);
    relcoord_result_free(result);
    result = result_make(survey, "crosstab", "rows=q1 columns=unit");
    ck_assert_int_eq(integer_at(result, "tests", "row_variable=q1", "missing"), 2);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* Nothing tells who opened the form: they stay, and a note says how many. */
START_TEST(the_silent_stay_where_nothing_tells)
{
    static const char book[] =
        "variable,role,scale,values\nid,respondent,,\nunit,unit,,\nq1,item,s,1;2\n";
    static const char data[] = "id,unit,q1\n1,A,1\n2,A,\n3,B,\n";
    relcoord_survey *survey = survey_of(book, NULL, data);
    relcoord_result *result = result_make(survey, "distribution", "variables=unit");
    ck_assert_int_eq(integer_at(result, "categories", "category=A", "base"), 3);
    ck_assert_str_eq(last_note(result),
                     "without a single answer, and counted as missing, because no status or "
                     "register says whether they opened the form: 2");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    survey = survey_of(book, "id,unit\n1,A\n2,A\n3,B\n4,B\n", data); /* a register tells */
    result = result_make(survey, "distribution", "variables=unit");
    ck_assert_int_eq(integer_at(result, "categories", "category=A", "base"), 1);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* Each group has the register's number of its own; one that is not there has none. */
START_TEST(populations_of_the_register)
{
    static const char book[] =
        "variable,role,scale,values\nid,respondent,,\nunit,unit,,\nq1,item,s,1=1;2=2\n";
    static const char data[] = "id,unit,q1\n1,A,1\n2,A,2\n3,B,1\n4,B,2\n5,,1\n";
    relcoord_survey *survey = survey_of(book, "id,unit\n1,A\n2,A\n6,A\n7,A\n3,B\n4,B\n5,D\n", data);
    relcoord_result *result = result_make(survey, "distribution", "population=register by=unit");
    static const char *const one = "categories";
    expect_near("A", number_at(result, one, "unit=A category=1", "worst_high"), 75, 1e-12);
    expect_near("B", number_at(result, one, "unit=B category=1", "worst_high"), 50, 1e-12);
    expect_near("total", number_at(result, one, "unit=(total) category=1", "worst_low"),
                100 * 3.0 / 7, 1e-12);
    ck_assert(isnan(number_at(result, one, "unit=(missing) category=1", "ci_low")));
    ck_assert_str_eq(string_at(result, one, "unit=(missing) category=1", "note"),
                     "population_unknown");
    ck_assert_str_eq(string_at(result, "means", "unit=(missing) variable=q1", "note"),
                     "population_unknown");
    expect_near("half are there", number_at(result, "means", "unit=A variable=q1", "se"),
                0.5 * sqrt(0.5), 1e-14);
    expect_near("all are there", number_at(result, "means", "unit=B variable=q1", "se"), 0, 1e-14);
    ck_assert_str_eq(string_at(result, "means", "unit=B variable=q1", "estimator"),
                     "mean_t_population");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    survey = survey_of(book, "id\n1\n2\n3\n4\n5\n", data);
    expect_refused(survey, "distribution", "population=register by=unit", RELCOORD_EOPTION, NULL,
                   "the register has no column 'unit' to count the population of each group by");
    relcoord_survey_free(survey);
    survey = survey_of(book, NULL, data);
    expect_refused(survey, "distribution", "population=register", RELCOORD_EOPTION, NULL,
                   "there is no register to count the population in: give one by the reading "
                   "option 'register', or the number");
    relcoord_survey_free(survey);
}
END_TEST

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define SEVEN ",1,2,3,4,5,4,3\n"

START_TEST(rates_by_wave)
{
    static const char people[] =
        "respondent,wave,unit\n1,1,A\n2,1,B\n3,1,A\n1,2,A\n2,2,B\n4,2,B\n5,2,C\n";
    static const char data[] = "respondent,wave,workgroup,target," ITEMS "\n1,1,x,x" SEVEN
                               "2,1,x,x" SEVEN "1,2,x,x" SEVEN "1,2,x,y,,,,,,,\n4,2,y,y,,,,,,,\n";
    relcoord_survey *survey = survey_of(NULL, people, data);
    relcoord_result *result = result_make(survey, "response", "by=wave");
    relcoord_options *options = options_make("response", NULL);
    relcoord_error e = {0};
    ck_assert_int_eq(integer_at(result, "rates", "wave=1 grouping=(total)", "invited"), 3);
    ck_assert_int_eq(integer_at(result, "rates", "wave=1 grouping=(total)", "answered"), 2);
    ck_assert_int_eq(integer_at(result, "rates", "wave=2 grouping=(total)", "invited"), 4);
    ck_assert_int_eq(integer_at(result, "rates", "wave=2 grouping=(total)", "answered"), 1);
    ck_assert_int_eq(integer_at(result, "rates", "wave=2 grouping=unit group=C", "answered"), 0);
    ck_assert_uint_eq(rows_with(result, "rates", "wave=1 group=C"), 0);
    relcoord_result_free(result);
    result = result_make(survey, "response", "wave=2 answered=complete");
    expect_rate(result, "(total)=(total)", 4, 0); /* 1 has a tie without an answer */
    relcoord_result_free(result);
    result = NULL;
    ck_assert_int_eq(relcoord_run(survey, "response", options, &result, &e), RELCOORD_EUSAGE);
    ck_assert_ptr_nonnull(strstr(e.message, "never pooled"));
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

/* Threads change no figure, whoever gathered whom. */
START_TEST(threads_agree)
{
    enum { PEOPLE_COUNT = 40000 };
    char *people = malloc(PEOPLE_COUNT * 24), *data = malloc(PEOPLE_COUNT * 24), *p = people,
         *d = data, *one, *four;
    relcoord_survey *survey;
    relcoord_result *first, *second;
    uint64_t seed = 5;
    p += sprintf(p, "id,job,ad,yo\n");
    d += sprintf(d, "id,q1,q2\n");
    for (int i = 0; i < PEOPLE_COUNT; i++) {
        p += sprintf(p, "%d,%c,%d,%d\n", i, "LE"[random_below(&seed, 2)],
                     (int)random_below(&seed, 2), (int)random_below(&seed, 2));
        if (random_below(&seed, 4))
            d += sprintf(d, "%d,%d,\n", i, (int)random_below(&seed, 2) + 1);
    }
    survey = survey_of(BOOK, people, data);
    first = result_make(survey, "response", "threads=1");
    second = result_make(survey, "response", "threads=4");
    one = result_written(first, "csv", NULL);
    four = result_written(second, "csv", NULL);
    expect_same_text("threads", four, one);
    free(one);
    free(four);
    free(people);
    free(data);
    relcoord_result_free(first);
    relcoord_result_free(second);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- Fall-out ---- */

/* A register of groups "A:60/80 B:66/75", as answered of invited, and the data of those who
 * answered. */
static relcoord_survey *survey_of_groups(const char *groups)
{
    char people[16000] = "respondent,unit\n",
         data[60000] = "respondent,workgroup,target," ITEMS "\n";
    char *p = people + strlen(people), *d = data + strlen(data), name;
    int answered, invited, id = 0, used;
    while (sscanf(groups, " %c:%d/%d%n", &name, &answered, &invited, &used) == 3) {
        for (int i = 0; i < invited; i++, id++) {
            p += sprintf(p, "%d,%c\n", id, name);
            if (i < answered)
                d += sprintf(d, "%d,w,w" SEVEN, id);
        }
        groups += used;
    }
    return survey_of(NULL, people, data);
}

/* R: chisq.test(correct = FALSE), fisher.test. */
START_TEST(fallout_against_r)
{
    static const struct {
        const char *groups, *estimator;
        double chisq, p, v;
        int64_t df, invited;
    } cases[] = {
        {"A:60/80 B:66/75", "fallout_chisq", 4.3013136288998366, 0.038082946476956835,
         0.16658454462833941, 1, 155},
        {"A:40/50 B:30/50 C:25/30", "fallout_chisq", 7.1679197994987467, 0.027765531553218852,
         0.23481448978188893, 2, 130},
        {"A:10/10 B:2/9", "fallout_fisher", 12.314814814814815, 0.00071445582281495508,
         0.80507648589941327, 1, 19},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = survey_of_groups(cases[i].groups);
        relcoord_result *result = result_make(survey, "response", NULL);
        ck_assert_str_eq(string_at(result, "fallout", "grouping=unit group=(total)", "estimator"),
                         cases[i].estimator);
        expect_near("chisq", number_at(result, "fallout", "grouping=unit", "chisq"), cases[i].chisq,
                    1e-12);
        expect_near("p", number_at(result, "fallout", "grouping=unit", "p"), cases[i].p, 1e-12);
        expect_near("p_holm", number_at(result, "fallout", "grouping=unit", "p_holm"), cases[i].p,
                    1e-12);
        expect_near("v", number_at(result, "fallout", "grouping=unit", "cramers_v"), cases[i].v,
                    1e-12);
        ck_assert_int_eq(integer_at(result, "fallout", "grouping=unit", "df"), cases[i].df);
        ck_assert_int_eq(integer_at(result, "fallout", "grouping=unit", "invited"),
                         cases[i].invited);
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* The exact p of these margins is 0.1861488185 (tests/golden/stats/contingency.R). */
START_TEST(small_counts_are_simulated)
{
    relcoord_survey *survey = survey_of_groups("A:3/4 B:1/5 C:2/2 D:5/7");
    relcoord_result *first = result_make(survey, "response", "replicates=20000"),
                    *again = result_make(survey, "response", "replicates=20000");
    relcoord_result *other = result_make(survey, "response", "replicates=20000 seed=2");
    double p = number_at(first, "fallout", "grouping=unit", "p");
    ck_assert_str_eq(string_at(first, "fallout", "grouping=unit", "estimator"),
                     "fallout_simulated");
    ck_assert_msg(fabs(p - 0.1861488185) < 4 * 0.00276, "%.5f", p);
    ck_assert_double_eq(number_at(again, "fallout", "grouping=unit", "p"), p);
    ck_assert_double_ne(number_at(other, "fallout", "grouping=unit", "p"), p);
    relcoord_result_free(first);
    relcoord_result_free(again);
    relcoord_result_free(other);
    relcoord_survey_free(survey);
}
END_TEST

/* Each area is held against everyone else: Adults 2 of 4 against 1 of 4, Youth 2 of 5 against 1
 * of 3. */
START_TEST(overlapping_groups_one_by_one)
{
    relcoord_survey *survey = survey_of(BOOK, PEOPLE, answers);
    relcoord_result *result = result_make(survey, "response", NULL);
    ck_assert_uint_eq(rows_with(result, "fallout", "grouping=area"), 2);
    expect_near("adults", number_at(result, "fallout", "group=Adults", "chisq"), 8.0 / 15, 1e-12);
    expect_near("adults, Fisher", number_at(result, "fallout", "group=Adults", "p"), 1, 1e-12);
    expect_near("youth", number_at(result, "fallout", "group=Youth", "chisq"),
                8.0 * 1 / (5 * 3 * 3 * 5), 1e-12);
    expect_near("youth, Holm", number_at(result, "fallout", "group=Youth", "p_holm"), 1, 1e-12);
    ck_assert_int_eq(integer_at(result, "fallout", "group=Youth", "invited"), 8);
    expect_near("leaders, Fisher", number_at(result, "fallout", "grouping=role", "p"), 1.0 / 7,
                1e-12);
    ck_assert_str_eq(string_at(result, "fallout", "grouping=role", "note"), "without_missing");
    ck_assert_int_eq(integer_at(result, "fallout", "grouping=role", "invited"), 7);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(nothing_to_compare)
{
    static const char *const cases[] = {"A:3/3 B:4/4", "A:0/3 B:0/4", "A:2/5", "A:1/1"};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = survey_of_groups(i == 1 ? "A:0/3 B:0/4 C:1/1" : cases[i]);
        relcoord_result *result = result_make(survey, "response", NULL);
        if (i == 1) {
            expect_rate(result, "unit=A", 3, 0);
            ck_assert_str_eq(string_at(result, "fallout", "grouping=unit", "note"), "");
        } else {
            ck_assert_str_eq(string_at(result, "fallout", "grouping=unit", "note"), "undefined");
            ck_assert(isnan(number_at(result, "fallout", "grouping=unit", "p")));
            ck_assert(isnan(number_at(result, "fallout", "grouping=unit", "cramers_v")));
            ck_assert_int_eq(integer_at(result, "fallout", "grouping=unit", "df"), -1);
        }
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* ---- Raking ---- */

/* 1 is in Adults alone, 2 in both areas, 3 in Youth alone; 4 of the 8 invited are in Adults, 5 in
 * Youth: so 1 weighs 3, as 3 are not in Youth, 3 weighs 4, as 4 are not in Adults, and 2 the 1 that
 * is left. */
START_TEST(raking_by_hand)
{
    relcoord_survey *survey = survey_of(BOOK, PEOPLE, answers);
    relcoord_result *result = result_make(survey, "response", "rake=area");
    char *page;
    expect_near("1", number_at(result, "weights", "respondent=1", "weight"), 3, 1e-11);
    expect_near("2", number_at(result, "weights", "respondent=2", "weight"), 1, 1e-11);
    expect_near("3", number_at(result, "weights", "respondent=3", "weight"), 4, 1e-11);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "weights")), 3);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "raking")), 3);
    ck_assert_int_eq(integer_at(result, "raking", "group=Youth", "invited"), 5);
    ck_assert_int_eq(integer_at(result, "raking", "group=Youth", "answered"), 2);
    expect_near("invited", number_at(result, "raking", "group=Youth", "invited_percent"), 62.5,
                1e-14);
    expect_near("answered", number_at(result, "raking", "group=Youth", "answered_percent"),
                200.0 / 3, 1e-14);
    expect_near("weighted", number_at(result, "raking", "group=Youth", "weighted_percent"), 62.5,
                1e-11);
    expect_near("effective n", number_at(result, "raking", "grouping=(total)", "effective_n"),
                64.0 / 26, 1e-11);
    expect_near("design effect", number_at(result, "raking", "grouping=(total)", "design_effect"),
                3 * 26.0 / 64, 1e-11);
    expect_near("of youth", number_at(result, "raking", "group=Youth", "effective_n"), 25.0 / 17,
                1e-11);
    expect_near("least", number_at(result, "raking", "group=Youth", "weight_min"), 1, 1e-11);
    expect_near("most", number_at(result, "raking", "group=Youth", "weight_max"), 4, 1e-11);
    page = result_written(result, "text", NULL);
    ck_assert_ptr_nonnull(strstr(page, "Raking"));
    ck_assert_ptr_null(
        strstr(page, "weight of one")); /* a row for everybody: in files only, or when asked for */
    free(page);
    page = result_written(result, "text", "table=weights");
    ck_assert_ptr_nonnull(strstr(page, "weight of one"));
    free(page);
    relcoord_result_free(result);
    result = result_make(survey, "response", NULL);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "raking")), 0);
    page = result_written(result, "text", NULL);
    ck_assert_ptr_null(strstr(page, "Raking"));
    free(page);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* Each group of `by` has weights of its own; where a group has no answer, or margins clash, there
 * are none. */
START_TEST(raking_where_it_can)
{
    static const char people[] = "respondent,wave,unit,role\n1,1,A,L\n2,1,A,L\n3,1,B,E\n1,2,A,L\n2,"
                                 "2,B,E\n3,2,C,E\n4,2,B,L\n";
    static const char data[] = "respondent,wave,workgroup,target," ITEMS "\n1,1,x,x" SEVEN
                               "3,1,x,x" SEVEN "1,2,x,x" SEVEN "2,2,x,x" SEVEN;
    relcoord_survey *survey = survey_of(NULL, people, data);
    relcoord_result *result = result_make(survey, "response", "by=wave rake=unit,role");
    expect_near("1 in wave 1", number_at(result, "weights", "by_wave=1 respondent=1", "weight"), 2,
                1e-12);
    expect_near("3 in wave 1", number_at(result, "weights", "by_wave=1 respondent=3", "weight"), 1,
                1e-12);
    ck_assert_str_eq(string_at(result, "weights", "by_wave=1 respondent=3", "wave"), "1");
    ck_assert(isnan(number_at(result, "weights", "by_wave=2 respondent=1", "weight")));
    ck_assert_str_eq(string_at(result, "weights", "by_wave=2 respondent=1", "note"), "not_raked");
    ck_assert_str_eq(string_at(result, "raking", "wave=2 grouping=unit group=C", "note"),
                     "none_answered;not_raked");
    ck_assert(
        isnan(number_at(result, "raking", "wave=2 grouping=unit group=A", "weighted_percent")));
    expect_near("share",
                number_at(result, "raking", "wave=2 grouping=unit group=B", "invited_percent"), 50,
                1e-13);
    relcoord_result_free(result);
    result = result_make(survey, "response", "wave=2 rake=role");
    expect_near("half the four", number_at(result, "weights", "respondent=2", "weight"), 2, 1e-12);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    /* All of A who answer are leaders, and all leaders who answer are of A: 2 and 3 cannot both be
     * what they weigh. */
    survey = survey_of(NULL, "respondent,unit,role\n1,A,L\n2,A,L\n3,B,L\n4,B,E\n",
                       "respondent,workgroup,target," ITEMS "\n1,x,x" SEVEN "4,x,x" SEVEN);
    result = result_make(survey, "response", "rake=role,unit");
    ck_assert_str_eq(string_at(result, "raking", "grouping=(total)", "note"), "no_convergence");
    ck_assert(isnan(number_at(result, "weights", "respondent=4", "weight")));
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- What it refuses ---- */

START_TEST(faults)
{
    static const struct {
        const char *name, *book, *people, *data, *settings, *message;
        relcoord_status status;
    } cases[] = {
        {"nobody knows", BOOK, NULL, "id,job,ad,yo,q1,q2\n1,L,1,1,1,1\n", NULL,
         "who was invited is not known: give a register by the reading option 'register', or a "
         "column with the role status",
         RELCOORD_EUSAGE},
        {"no grouping", BOOK, PEOPLE, answers, "groupings=job",
         "'job' is not a known grouping of those invited", RELCOORD_EOPTION},
        {"a near one", BOOK, PEOPLE, answers, "groupings=aera",
         "'aera' is not a known grouping of those invited; did you mean 'area'?", RELCOORD_EOPTION},
        {"no margin", BOOK, PEOPLE, answers, "rake=area,rol",
         "'rol' is not a known grouping of those invited; did you mean 'role'?", RELCOORD_EOPTION},
        {"no status", STATUS "s,status,,,1|New;2|Sent,,\n", NULL, "id,unit,q1,s\n1,A,1,2\n", NULL,
         "'Sent' is not a status; these are new, distributed, partly answered, completed, dropped "
         "out",
         RELCOORD_EDATA},
        {"no status in the register", STATUS "s,status,,,1|New;2|Sent,,\n", "id,s\n1,2\n",
         "id,unit,q1\n1,A,1\n", NULL,
         "'Sent' is not a status; these are new, distributed, partly answered, completed, dropped "
         "out",
         RELCOORD_EDATA},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_survey *survey = survey_of(cases[i].book, cases[i].people, cases[i].data);
        expect_refused(survey, "response", cases[i].settings, cases[i].status, NULL,
                       cases[i].message);
        relcoord_survey_free(survey);
    }
}
END_TEST

START_TEST(memory_runs_out)
{
    relcoord_survey *survey = NULL;
    relcoord_error e = {0};
    heap_start();
    relcoord_options *options = options_make("response", "rake=area");
    ck_assert_int_eq(try_read(BOOK, PEOPLE, answers, &survey, &e), RELCOORD_OK);
    ck_assert_int_eq(expect_memory_faults(survey, "response", options, INT_MAX), 0);
    relcoord_survey_free(survey);
    relcoord_options_free(options);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *response_suite(void)
{
    Suite *suite = suite_create("response");
    TCase *rates = tcase_create("rates"), *fallout = tcase_create("fallout");
    TCase *raking = tcase_create("raking"), *refused = tcase_create("refused");
    tcase_add_checked_fixture(refused, NULL, heap_stop);
    tcase_add_test(rates, rates_by_hand);
    tcase_add_test(rates, rates_by_status);
    tcase_add_test(rates, registers_with_statuses);
    tcase_add_test(rates, questions_have_the_base_of_rates);
    tcase_add_test(rates, the_silent_stay_where_nothing_tells);
    tcase_add_test(rates, populations_of_the_register);
    tcase_add_test(rates, rates_by_wave);
    tcase_add_test(rates, threads_agree);
    tcase_add_test(fallout, fallout_against_r);
    tcase_add_test(fallout, small_counts_are_simulated);
    tcase_add_test(fallout, overlapping_groups_one_by_one);
    tcase_add_test(fallout, nothing_to_compare);
    tcase_add_test(raking, raking_by_hand);
    tcase_add_test(raking, raking_where_it_can);
    tcase_add_test(refused, faults);
    tcase_add_test(refused, memory_runs_out);
    suite_add_tcase(suite, rates);
    suite_add_tcase(suite, fallout);
    suite_add_tcase(suite, raking);
    suite_add_tcase(suite, refused);
    return suite;
}
