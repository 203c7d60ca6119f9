/* The table context of coupling: the case that relcoord-methods(7) works by hand, and what has no
 * answer. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "support.h"

Suite *coupling_context_suite(void);

static const char book[] =
    "variable,role,scale,dimension\nid,respondent,,\ngroup,workgroup,,\nsite,unit,,\nrated,target,,"
    "\nfrequent,item,rc,frequent\n"
    "b,item,coupling,bridge_builder\nc,item,coupling,communicator\nd,item,coupling,coordinator\ne,"
    "item,coupling,cooperation\n"
    "pressed,item,rc_context,time_pressure\nable,item,own_discipline,own_discipline\n";

/* All that a person answers on coupling is one answer; 0: none. */
typedef struct context_person {
    int competence, pressed, rc;
} context_person;

static void add_answer(text *csv, int answer)
{
    char digit[2] = {(char)('0' + answer), 0};
    text_add(csv, ",");
    text_add(csv, answer ? digit : "");
}

/* People take turns in two workgroups, each rating the other one, and, in runs of `together`, in
 * sites. Nobody says how able they are. */
static relcoord_result *context_of(const context_person *people, int count, int together)
{
    text csv = {0};
    relcoord_survey *survey;
    relcoord_result *result;
    text_add(&csv, "id,group,site,rated,frequent,b,c,d,e,pressed,able\n");
    for (int i = 0; i < count; i++) {
        char keys[64];
        snprintf(keys, sizeof keys, "%d,%s,site %d,%s", 10 + i, i % 2 ? "two" : "one", i / together,
                 i % 2 ? "one" : "two");
        text_add(&csv, keys);
        add_answer(&csv, people[i].rc);
        for (int f = 0; f < 4; f++)
            add_answer(&csv, people[i].competence);
        add_answer(&csv, people[i].pressed);
        text_add(&csv, ",\n");
    }
    ck_assert(!csv.failed);
    survey = survey_by_book(book, csv.bytes);
    result = result_make(survey, "coupling", NULL);
    text_free(&csv);
    relcoord_survey_free(survey);
    return result;
}

static void expect_note(const relcoord_result *r, const char *context, const char *term,
                        const char *note)
{
    char keys[64];
    snprintf(keys, sizeof keys, "context=%s term=%s", context, term);
    ck_assert_str_eq(string_at(r, "context", keys, "note"), note);
}

static void expect_notes(const relcoord_result *r, const char *coupling, const char *context,
                         const char *interaction)
{
    expect_note(r, "time_pressure", "coupling", coupling);
    expect_note(r, "time_pressure", "context", context);
    expect_note(r, "time_pressure", "interaction", interaction);
}

static double estimate_of(const relcoord_result *r, const char *term, const char *column)
{
    char keys[64];
    snprintf(keys, sizeof keys, "context=time_pressure term=%s", term);
    return number_at(r, "context", keys, column);
}

/* Answers 2 and 4 are .25 and .75 of the way; the ninth has no context. */
static const context_person by_hand[] = {{2, 2, 2}, {2, 4, 3}, {4, 2, 3}, {4, 4, 5}, {2, 2, 2},
                                         {2, 4, 3}, {4, 2, 3}, {4, 4, 5}, {4, 0, 5}};

START_TEST(context_by_hand)
{
    relcoord_result *r = context_of(by_hand, 9, 2);
    expect_near("coupling", estimate_of(r, "coupling", "estimate"), 3, 1e-12);
    expect_near("context", estimate_of(r, "context", "estimate"), 0.75, 1e-12);
    expect_near("interaction", estimate_of(r, "interaction", "estimate"), 1, 1e-12);
    ck_assert_int_eq(integer_at(r, "context", "context=time_pressure term=coupling", "n"), 8);
    ck_assert_int_eq(integer_at(r, "context", "context=time_pressure term=coupling", "left_out"),
                     1);
    ck_assert_int_eq(integer_at(r, "context", "context=time_pressure term=coupling", "clusters"),
                     4);
    expect_notes(r, "few_clusters", "few_clusters", "few_clusters");
    ck_assert_uint_eq(rows_with(r, "context", ""), 6);
    expect_note(r, "own_discipline", "coupling", "empty");
    ck_assert_int_eq(
        integer_at(r, "context", "context=own_discipline term=interaction", "left_out"), 9);
    relcoord_result_free(r);
}
END_TEST

/* Each person alone: enough clusters for errors. */
START_TEST(people_as_clusters)
{
    static const context_person people[] = {{2, 2, 2}, {2, 4, 3}, {4, 2, 3}, {4, 4, 5},
                                            {3, 2, 2}, {2, 4, 4}, {4, 2, 3}, {5, 4, 5},
                                            {1, 3, 1}, {3, 3, 4}, {3, 1, 3}, {5, 5, 4}};
    relcoord_result *r = context_of(people, 12, 1);
    expect_notes(r, "", "", "");
    ck_assert_double_gt(estimate_of(r, "coupling", "se"), 0);
    ck_assert_double_lt(estimate_of(r, "coupling", "ci_low"),
                        estimate_of(r, "coupling", "estimate"));
    ck_assert_double_gt(estimate_of(r, "coupling", "ci_high"),
                        estimate_of(r, "coupling", "estimate"));
    relcoord_result_free(r);
}
END_TEST

START_TEST(one_cluster)
{
    relcoord_result *r = context_of(by_hand, 8, 8);
    expect_notes(r, "fewer_clusters_than_terms", "fewer_clusters_than_terms",
                 "fewer_clusters_than_terms");
    expect_near("coupling", estimate_of(r, "coupling", "estimate"), 3, 1e-12);
    ck_assert(isnan(estimate_of(r, "coupling", "se"))
              && isnan(estimate_of(r, "coupling", "ci_low")));
    relcoord_result_free(r);
}
END_TEST

/* Four people and four terms leave nothing over. */
START_TEST(too_few_people)
{
    relcoord_result *r = context_of(by_hand, 4, 1);
    expect_notes(r, "too_few", "too_few", "too_few");
    ck_assert(isnan(estimate_of(r, "coupling", "estimate")));
    relcoord_result_free(r);
}
END_TEST

/* What does not vary, or varies together, has no estimate, and the note says which it is. */
START_TEST(no_answer)
{
    static const struct {
        const char *coupling, *context, *interaction;
        context_person people[6];
    } cases[] = {
        {"all_equal",
         "undefined",
         "undefined",
         {{3, 1, 1}, {3, 2, 2}, {3, 3, 2}, {3, 4, 3}, {3, 5, 3}, {3, 1, 4}}},
        {"undefined",
         "all_equal",
         "undefined",
         {{1, 2, 1}, {2, 2, 2}, {3, 2, 2}, {4, 2, 3}, {5, 2, 3}, {1, 2, 4}}},
        {"undefined",
         "collinear",
         "undefined",
         {{1, 1, 1}, {2, 2, 2}, {3, 3, 2}, {4, 4, 3}, {5, 5, 3}, {1, 1, 4}}},
        {"undefined",
         "undefined",
         "collinear",
         {{2, 3, 1}, {4, 3, 2}, {2, 3, 2}, {4, 3, 3}, {3, 2, 3}, {3, 4, 4}}},
        {"all_equal",
         "all_equal",
         "all_equal",
         {{1, 3, 2}, {2, 1, 2}, {3, 2, 2}, {4, 2, 2}, {5, 4, 2}, {1, 5, 2}}},
    };
    relcoord_result *r = context_of(cases[_i].people, 6, 1);
    expect_notes(r, cases[_i].coupling, cases[_i].context, cases[_i].interaction);
    ck_assert(isnan(estimate_of(r, "coupling", "estimate"))
              && isnan(estimate_of(r, "interaction", "estimate")));
    relcoord_result_free(r);
}
END_TEST

Suite *coupling_context_suite(void)
{
    Suite *suite = suite_create("coupling_context");
    TCase *whole = tcase_create("context");
    tcase_add_test(whole, context_by_hand);
    tcase_add_test(whole, people_as_clusters);
    tcase_add_test(whole, one_cluster);
    tcase_add_test(whole, too_few_people);
    tcase_add_loop_test(whole, no_answer, 0, 5);
    suite_add_tcase(suite, whole);
    return suite;
}
