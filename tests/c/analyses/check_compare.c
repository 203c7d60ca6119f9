/* The analysis compare: changes worked by hand, waves swapped, labels and rows in another order,
 * people who change workgroup, cells that one wave lacks, what it refuses, memory that runs out.
 * R's figures are in golden/changes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

Suite *compare_suite(void);

#define HEADER                                                                                \
    "respondent,workgroup,target,wave,frequent,timely,accurate,problem_solving,shared_goals," \
    "shared_knowledge,mutual_respect\n"
#define SAME(start, a) start #a "," #a "," #a "," #a "," #a "," #a "," #a "\n"

/* a rates b: pairs 2-3, 3-3, 1-4, and 5 in the first wave alone, 2 in the second. a rates itself in
 * the first wave only; d changes from a to b. */
static const char few[] = HEADER SAME("p1,a,b,1,", 2) SAME("p1,a,b,2,", 3) SAME("p2,a,b,1,", 3)
    SAME("p2,a,b,2,", 3) SAME("p3,a,b,1,", 1) SAME("p3,a,b,2,", 4) SAME("p4,a,b,1,", 5)
        SAME("p5,a,b,2,", 2) SAME("p1,a,a,1,", 4) SAME("p2,a,a,1,", 5) SAME("d,a,b,1,", 4)
            SAME("d,b,b,2,", 5);

/* ---- By hand ---- */

START_TEST(changes_by_hand)
{
    relcoord_result *result = result_of(few, "compare", "of=waves changed=drop");
    const char *paired = "workgroup=a target=b dimension=rc pairing=paired",
               *unpaired = "workgroup=a target=b dimension=rc pairing=unpaired";
    double sd = sqrt(7.0 / 3), s1 = 1,
           s2 = sqrt(1.0 / 3); /* of the rises 1, 0, 3; of 2, 3, 1; of 3, 3, 4 */
    ck_assert_int_eq(integer_at(result, "changes", paired, "n_from"), 4);
    ck_assert_int_eq(integer_at(result, "changes", paired, "n_to"), 4);
    ck_assert_int_eq(integer_at(result, "changes", paired, "n_paired"), 3);
    expect_near("mean from", number_at(result, "changes", paired, "mean_from"), 2, 1e-15);
    expect_near("mean to", number_at(result, "changes", paired, "mean_to"), 10 / 3.0, 1e-15);
    expect_near("difference", number_at(result, "changes", paired, "difference"), 4 / 3.0, 1e-15);
    expect_near("se", number_at(result, "changes", paired, "se"), sd / sqrt(3), 1e-14);
    ck_assert_double_eq_tol(number_at(result, "changes", paired, "df"), 2, 1e-12);
    /* with 2 degrees of freedom t has the distribution function 1/2 + t/(2 sqrt(2 + t^2)) */
    double t = 4 / sd / sqrt(3), p = 1 - t / sqrt(2 + t * t);
    expect_near("p", number_at(result, "changes", paired, "p"), p, 1e-12);
    expect_near("ci", number_at(result, "changes", paired, "ci_high"),
                4 / 3.0 + 4.302652729749464 * sd / sqrt(3), 1e-12);
    expect_near("g", number_at(result, "changes", paired, "effect"),
                4 / 3.0 / ((s1 + s2) / 2) / sqrt(acos(-1)), 1e-13);
    expect_near("per cent", number_at(result, "changes", paired, "percent_change"), 200 / 3.0,
                1e-13);
    ck_assert_str_eq(string_at(result, "changes", paired, "test"), "t_paired");
    expect_near("unpaired", number_at(result, "changes", unpaired, "difference"), 0.25, 1e-14);
    expect_near("its se", number_at(result, "changes", unpaired, "se"), sqrt(8.75 / 12 + 2.0 / 12),
                1e-14);
    ck_assert_str_eq(string_at(result, "changes", unpaired, "note"), "same_people");
    ck_assert_str_eq(string_at(result, "changes", unpaired, "from"), "1");
    relcoord_result_free(result);
}
END_TEST

START_TEST(ranks_by_hand)
{
    relcoord_result *result = result_of(few, "compare", "of=waves changed=drop test=ranks");
    const char *paired = "workgroup=a target=b dimension=rc pairing=paired",
               *unpaired = "workgroup=a target=b dimension=rc pairing=unpaired";
    expect_near("two rises, none falls", number_at(result, "changes", paired, "effect"), 1, 1e-15);
    expect_near("1/2 + 1/2 of 4 signs", number_at(result, "changes", paired, "p"), 0.5, 1e-14);
    ck_assert_str_eq(string_at(result, "changes", paired, "note"), "zeros_dropped");
    ck_assert_str_eq(string_at(result, "changes", paired, "test"), "wilcoxon_exact");
    /* 3 3 4 2 against 2 3 1 5: each 3 is above two and below one, 4 above three and below one, 2
     * above one and below two */
    expect_near("delta", number_at(result, "changes", unpaired, "effect"), (1 + 1 + 2 - 1) / 16.0,
                1e-14);
    ck_assert_str_eq(string_at(result, "changes", unpaired, "test"), "mann_whitney_normal");
    relcoord_result_free(result);
}
END_TEST

START_TEST(a_cell_that_a_wave_lacks)
{
    relcoord_result *result = result_of(few, "compare", "of=waves");
    const char *paired = "workgroup=a target=a dimension=rc pairing=paired",
               *unpaired = "workgroup=a target=a dimension=rc pairing=unpaired";
    ck_assert_str_eq(string_at(result, "changes", paired, "note"), "nobody_twice");
    ck_assert_str_eq(string_at(result, "changes", unpaired, "note"), "empty_wave");
    ck_assert_double_nan(number_at(result, "changes", unpaired, "difference"));
    ck_assert_double_eq_tol(number_at(result, "changes", unpaired, "mean_from"), 4.5, 1e-14);
    ck_assert_double_nan(number_at(result, "changes", unpaired, "p_holm"));
    ck_assert_uint_eq(rows_with(result, "changes", "workgroup=a target=a dimension=rc"),
                      2); /* nobody for a mixed one */
    relcoord_result_free(result);
}
END_TEST

static bool has_note(const relcoord_result *result, const char *wanted)
{
    for (size_t i = 0; relcoord_result_note(result, i); i++)
        if (strcmp(relcoord_result_note(result, i), wanted) == 0)
            return true;
    return false;
}

START_TEST(people_who_change_workgroup)
{
    relcoord_result *two = result_of(few, "compare", "of=waves"),
                    *dropped = result_of(few, "compare", "of=waves changed=drop");
    const char *all = "workgroup=(total) target=(total) dimension=rc pairing=paired";
    ck_assert_int_eq(integer_at(two, "changes", all, "n_from"), 7);
    ck_assert_int_eq(integer_at(dropped, "changes", all, "n_from"), 6);
    ck_assert_int_eq(integer_at(two, "changes", all, "n_paired"),
                     3); /* never paired with themselves */
    ck_assert_int_eq(
        integer_at(two, "changes", "workgroup=b target=b dimension=rc pairing=unpaired", "n_to"),
        1);
    ck_assert_uint_eq(
        rows_with(dropped, "changes", "workgroup=b target=b dimension=rc pairing=unpaired"), 0);
    ck_assert(has_note(
        two, "people who changed workgroup between the waves, each counted as two people: 1"));
    ck_assert(has_note(dropped, "people who changed workgroup between the waves, left out: 1"));
    relcoord_result_free(two);
    relcoord_result_free(dropped);
}
END_TEST

/* Of two waves that nobody is in twice, and of two with the same people, no mixed rows are made. */
START_TEST(mixed_where_some_are_in_both)
{
    static const char apart[] = HEADER SAME("p1,a,b,1,", 2) SAME("p2,a,b,1,", 3)
        SAME("p3,a,b,2,", 1) SAME("p4,a,b,2,", 4);
    static const char same[] = HEADER SAME("p1,a,b,1,", 2) SAME("p2,a,b,1,", 3) SAME("p1,a,b,2,", 1)
        SAME("p2,a,b,2,", 4);
    relcoord_result *result = result_of(apart, "compare", "of=waves");
    ck_assert_uint_eq(rows_with(result, "changes", "pairing=mixed"), 0);
    relcoord_result_free(result);
    result = result_of(same, "compare", "of=waves");
    ck_assert_uint_eq(rows_with(result, "changes", "pairing=mixed"), 0);
    relcoord_result_free(result);
    result = result_of(few, "compare", "of=waves pairing=mixed");
    ck_assert_uint_eq(rows_with(result, "changes", "workgroup=a target=b dimension=rc"), 1);
    ck_assert_uint_eq(rows_with(result, "changes", "pairing=paired"), 0);
    relcoord_result_free(result);
}
END_TEST

/* ---- What changes nothing, or signs alone ---- */

static const survey_plan invented = {.respondents = 60,
                                     .workgroups = 3,
                                     .targets = 4,
                                     .units = 3,
                                     .waves = 2,
                                     .missing = 12,
                                     .seed = 17};

static const double *numbers_of(const relcoord_result *result, const char *column, size_t *rows)
{
    const relcoord_table *table = relcoord_result_table(result, "changes");
    const double *values;
    ck_assert_int_eq(relcoord_table_doubles(table, column, &values, NULL, NULL), RELCOORD_OK);
    *rows = relcoord_table_rows(table);
    return values;
}

START_TEST(swapped_waves)
{
    static const char *const settings[][2] = {
        {"of=waves", "of=waves from=w2 to=w1"},
        {"of=waves test=ranks", "of=waves test=ranks from=w2 to=w1"}};
    static const struct {
        const char *column;
        double sign;
    } columns[] = {{"difference", -1}, {"effect", -1}, {"se", 1}, {"p", 1},
                   {"p_holm", 1},      {"p_bh", 1},    {"df", 1}};
    char *csv = csv_invent(&invented);
    relcoord_survey *survey = survey_make(csv);
    relcoord_result *there = result_make(survey, "compare", settings[_i][0]),
                    *back = result_make(survey, "compare", settings[_i][1]);
    for (size_t c = 0; c < LENGTH(columns); c++) {
        size_t rows, others;
        const double *first = numbers_of(there, columns[c].column, &rows),
                     *second = numbers_of(back, columns[c].column, &others);
        ck_assert_uint_gt(rows, 300);
        ck_assert_uint_eq(rows, others);
        for (size_t i = 0; i < rows; i++)
            expect_near(columns[c].column, second[i], columns[c].sign * first[i], 1e-6);
    }
    relcoord_result_free(there);
    relcoord_result_free(back);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

START_TEST(rows_and_threads_in_any_order)
{
    expect_same_in_any_order(&invented, "compare", NULL);
}
END_TEST

/* New names for respondents and workgroups, in another order, change nothing but the rows' order.
 */
START_TEST(other_labels)
{
    static const char other[] = HEADER SAME("z1,k,c,1,", 2) SAME("z1,k,c,2,", 3)
        SAME("b2,k,c,1,", 3) SAME("b2,k,c,2,", 3) SAME("a3,k,c,1,", 1) SAME("a3,k,c,2,", 4)
            SAME("c4,k,c,1,", 5) SAME("a5,k,c,2,", 2) SAME("z1,k,k,1,", 4) SAME("b2,k,k,1,", 5)
                SAME("m,k,c,1,", 4) SAME("m,c,c,2,", 5);
    static const char *const columns[] = {"difference", "se", "p", "p_holm", "effect", "df"};
    static const char *const pairs[][2] = {
        {"workgroup=a target=b", "workgroup=k target=c"},
        {"workgroup=(total) target=(total)", "workgroup=(total) target=(total)"},
        {"workgroup=a target=(between)", "workgroup=k target=(between)"}};
    relcoord_result *first = result_of(few, "compare", "of=waves"),
                    *second = result_of(other, "compare", "of=waves");
    for (size_t i = 0; i < LENGTH(pairs); i++)
        for (size_t c = 0; c < LENGTH(columns); c++)
            for (int mixed = 0; mixed < 2; mixed++) {
                char here[128], there[128];
                snprintf(here, sizeof here, "%s dimension=timely pairing=%s", pairs[i][0],
                         mixed ? "mixed" : "paired");
                snprintf(there, sizeof there, "%s dimension=timely pairing=%s", pairs[i][1],
                         mixed ? "mixed" : "paired");
                expect_near(here, number_at(second, "changes", there, columns[c]),
                            number_at(first, "changes", here, columns[c]), 1e-12);
            }
    relcoord_result_free(first);
    relcoord_result_free(second);
}
END_TEST

/* ---- Differences in differences ---- */

#define TRIAL                                                                                     \
    "respondent,workgroup,target,wave,role,unit,frequent,timely,accurate,problem_solving,shared_" \
    "goals,shared_knowledge,mutual_respect\n"

/* Four units, two of them treated: their means go from 2 to 4, those of the others from 3 to 3.5.
 */
static const char trial[] = TRIAL SAME("1,a,b,1,new,u1,", 1) SAME("1,a,b,2,new,u1,", 4)
    SAME("2,a,b,1,new,u2,", 3) SAME("2,a,b,2,new,u2,", 4) SAME("3,a,b,1,old,u3,", 3)
        SAME("3,a,b,2,old,u3,", 3) SAME("4,a,b,1,old,u4,", 3) SAME("4,a,b,2,old,u4,", 4)
            SAME("5,a,b,1,,u4,", 5);

START_TEST(differences_in_differences)
{
    relcoord_result *result = result_of(trial, "compare", "treatment=role treated=new"),
                    *back = result_of(trial, "compare", "treatment=role treated=old");
    relcoord_result *few_units = result_of(trial, "compare",
                                           "treatment=role treated=new assignment=role"),
                    *none = result_of(trial, "compare", NULL);
    const char *all = "dimension=rc part=all";
    expect_near("treated", number_at(result, "effects", all, "change_treated"), 2, 1e-13);
    expect_near("others", number_at(result, "effects", all, "change_control"), 0.5, 1e-13);
    expect_near("difference", number_at(result, "effects", all, "difference"), 1.5, 1e-13);
    ck_assert_int_eq(integer_at(result, "effects", all, "n_control_from"),
                     2); /* nobody knows of the fifth */
    ck_assert_int_eq(integer_at(result, "effects", all, "clusters"), 4);
    ck_assert_str_eq(string_at(result, "effects", all, "note"), "few_clusters");
    ck_assert_double_eq_tol(number_at(back, "effects", all, "difference"), -1.5, 1e-13);
    expect_near("se", number_at(back, "effects", all, "se"),
                number_at(result, "effects", all, "se"), 1e-12);
    ck_assert_str_eq(string_at(few_units, "effects", all, "note"), "fewer_clusters_than_terms");
    ck_assert_double_nan(number_at(few_units, "effects", all, "se"));
    ck_assert_str_eq(string_at(result, "effects", "dimension=rc part=within", "note"),
                     "empty_cell");
    ck_assert_uint_eq(rows_with(none, "effects", "part=all"), 0);
    relcoord_result_free(result);
    relcoord_result_free(back);
    relcoord_result_free(few_units);
    relcoord_result_free(none);
}
END_TEST

/* ---- Units and targets ---- */

START_TEST(units_and_targets_without_waves)
{
    static const char csv[] =
        "respondent,workgroup,target,unit,frequent,timely,accurate,problem_solving,shared_goals,"
        "shared_knowledge,mutual_respect\n" SAME("1,a,b,n,", 1) SAME("1,a,c,n,", 2)
            SAME("2,a,b,n,", 2) SAME("2,a,c,n,", 4) SAME("3,a,b,s,", 3) SAME("3,a,c,s,", 4)
                SAME("4,a,b,s,", 4) SAME("4,a,c,s,", 5) SAME("5,a,b,,", 1) SAME("6,a,b,x,", 1);
    relcoord_result *units = result_of(csv, "compare", "of=units"),
                    *targets = result_of(csv, "compare", "of=targets");
    const char *ranks = "dimension=rc part=between test=kruskal_wallis",
               *welch = "dimension=rc part=between test=welch_anova";
    /* people 1.5 3 | 3.5 4.5 | 1: ranks 2 3 | 4 5 | 1 */
    expect_near("H", number_at(units, "units", ranks, "statistic"),
                12 / 30.0 * (12.5 + 40.5 + 1) - 18, 1e-13);
    ck_assert_int_eq(integer_at(units, "units", ranks, "n"), 5);
    ck_assert_int_eq(integer_at(units, "units", ranks, "left_out"), 1);
    ck_assert_int_eq(integer_at(units, "units", welch, "groups"), 2);
    expect_near("F of two is t squared", number_at(units, "units", welch, "statistic"),
                1.75 * 1.75 / (1.125 / 2 + 0.5 / 2), 1e-13);
    ck_assert_str_eq(string_at(units, "units", welch, "note"), "groups_without_variance");
    expect_near("all prefer c",
                number_at(targets, "targets", "workgroup=a dimension=rc", "statistic"), 4, 1e-13);
    ck_assert_int_eq(integer_at(targets, "targets", "workgroup=a dimension=rc", "left_out"), 2);
    ck_assert_uint_eq(rows_with(units, "changes", "dimension=rc")
                          + rows_with(units, "targets", "dimension=rc"),
                      0);
    relcoord_result_free(units);
    relcoord_result_free(targets);
}
END_TEST

/* ---- What it refuses ---- */

static const char one_wave[] = HEADER SAME("p1,a,b,1,", 2);
static const char waveless[] =
    "respondent,workgroup,target,frequent,timely,accurate,problem_"
    "solving,shared_goals,shared_knowledge,mutual_respect\n" SAME("p1,a,b,", 2);
static const char weighted[] = "respondent,workgroup,target,wave,weight,frequent,timely,accurate,"
                               "problem_solving,shared_goals,shared_knowledge," SAME(
                                   "mutual_respect\n1,a,b,1,2,", 4) SAME("1,a,b,2,2,", 5);

static const struct {
    const char *name, *csv, *settings;
    relcoord_status status;
    const char *option, *message;
} faults[] = {
    {"one wave", one_wave, NULL, RELCOORD_EUSAGE, "",
     "the data do not have two waves to compare; option 'of' can compare units or targets instead"},
    {"no wave", waveless, NULL, RELCOORD_EUSAGE, "",
     "the data do not have two waves to compare; option 'of' can compare units or targets instead"},
    {"no such wave", few, "from=3", RELCOORD_EOPTION, "from",
     "the data have no wave '3', but 2 others"},
    {"itself", few, "from=2", RELCOORD_EOPTION, "to", "a wave cannot be compared with itself"},
    {"by wave", few, "by=wave", RELCOORD_EOPTION, "by",
     "waves are being compared, so they cannot be groups as well"},
    {"no units", few, "of=units", RELCOORD_EOPTION, "grouping",
     "the data have no column 'unit' whose groups could be compared"},
    {"no grouping", few, "grouping=role", RELCOORD_EOPTION, "grouping",
     "the data have no column 'role' whose groups could be compared"},
    {"waves as units", few, "grouping=wave", RELCOORD_EOPTION, "grouping",
     "waves cannot be units: each is tested separately"},
    {"nobody said who", trial, "treatment=role", RELCOORD_EOPTION, "treated",
     "say which group of 'role' was treated"},
    {"no such group", trial, "treatment=role treated=neww", RELCOORD_EOPTION, "treated",
     "'role' has no group 'neww'; did you mean 'new'?"},
    {"no such treatment", trial, "treatment=level", RELCOORD_EOPTION, "treatment",
     "the data have no column 'level' of groups"},
    {"no units", few, "treatment=workgroup treated=a", RELCOORD_EOPTION, "assignment",
     "the data have no column 'unit' of groups"},
    {"weights", weighted, NULL, RELCOORD_EOPTION, "weights",
     "the data have weights, but 'compare' has no weighted definition: ignore the weights, or "
     "leave the column out"},
};

START_TEST(refused)
{
    relcoord_survey *survey = survey_make(faults[_i].csv);
    expect_refused(survey, "compare", faults[_i].settings, faults[_i].status, faults[_i].option,
                   faults[_i].message);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(cancelled_anywhere)
{
    char *csv = csv_invent(&invented);
    relcoord_survey *survey = survey_make(csv);
    relcoord_status status = RELCOORD_ECANCELLED;
    int calls = 1;
    for (; status == RELCOORD_ECANCELLED; calls += 7) {
        relcoord_options *options = options_make("compare", NULL);
        relcoord_result *result = NULL;
        int left = calls - 1;
        relcoord_options_set_progress(options, stop_later, &left);
        status = relcoord_run(survey, "compare", options, &result, NULL);
        ck_assert(status == RELCOORD_OK || (status == RELCOORD_ECANCELLED && !result));
        relcoord_result_free(result);
        relcoord_options_free(options);
    }
    ck_assert_int_eq(status, RELCOORD_OK);
    ck_assert_int_gt(calls, 100);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

START_TEST(memory_runs_out)
{
    static const char *const settings[] = {"of=all", "test=ranks",
                                           "treatment=workgroup treated=a assignment=workgroup"};
    heap_start();
    relcoord_survey *survey = survey_make(few);
    relcoord_options *options = options_make("compare", settings[_i]);
    ck_assert_int_eq(expect_memory_faults(survey, "compare", options, 100), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
}
END_TEST

Suite *compare_suite(void)
{
    Suite *suite = suite_create("compare");
    TCase *changes = tcase_create("changes"), *same = tcase_create("same"),
          *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, NULL, heap_stop);
    tcase_add_test(changes, changes_by_hand);
    tcase_add_test(changes, ranks_by_hand);
    tcase_add_test(changes, a_cell_that_a_wave_lacks);
    tcase_add_test(changes, people_who_change_workgroup);
    tcase_add_test(changes, mixed_where_some_are_in_both);
    tcase_add_test(changes, differences_in_differences);
    tcase_add_test(changes, units_and_targets_without_waves);
    tcase_add_loop_test(same, swapped_waves, 0, 2);
    tcase_add_test(same, rows_and_threads_in_any_order);
    tcase_add_test(same, other_labels);
    tcase_add_loop_test(limits, refused, 0, LENGTH(faults));
    tcase_add_test(limits, cancelled_anywhere);
    tcase_add_loop_test(limits, memory_runs_out, 0, 3);
    suite_add_tcase(suite, changes);
    suite_add_tcase(suite, same);
    suite_add_tcase(suite, limits);
    return suite;
}
