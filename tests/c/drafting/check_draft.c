/* Drafting a codebook: what is guessed of a column, what is left to decide, and that all of it is
 * in Danish. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "drafting/draft.h"
#include "drafts.h"
#include "words/words.h"

Suite *draft_suite(void);

/* ---- One column ---- */

/* A column of that heading and these values among 20 rows with an id, the values in turn. */
static char *column_text(const char *heading, const char *values)
{
    text t = {0};
    text_add_format(&t, "id,%s\n", heading);
    for (int row = 1; row <= 20; row++) {
        const char *at = values;
        for (int skip = (row - 1) % 20; skip > 0; skip--)
            at = strchr(at, ' ') ? strchr(at, ' ') + 1 : values;
        text_add_format(&t, "%d,", row);
        for (; *at && *at != ' '; at++)
            text_add_bytes(&t, *at == '~' ? " " : at, 1);
        text_add(&t, "\n");
    }
    ck_assert(!t.failed);
    return t.bytes;
}

static const struct {
    const char *heading, *values, *role, *scale, *dimension, *listed, *reason, *note;
} columns[] = {
    /* '~' is a blank */
    {"Vægt", "1 2", "weight", "", "", "", "known_name", ""},
    {"enhed", "B A", "unit", "", "", "A;B", "known_name", ""},
    {"Enhed", "10 9", "unit", "", "", "9;10", "known_name", ""},
    {"wave", "1 1.0 2", "wave", "", "", "1;2", "known_name", "same_number"},
    {"status", "yes no", "status", "", "", "no;yes", "known_name", "check_role"},
    {"q", "1 2 3 4", "item", "q", "", "1=1;2=2;3=3;4=4", "few_numbers",
     "check_role;check_scores;check_scale"},
    {"q_1", "1 2 5", "item", "q", "", "1=1;2=2;5=5", "few_numbers",
     "check_role;check_scores;check_unseen;check_scale"},
    {"sat12", "1 2 8 9", "item", "sat", "", "1=1;2=2;8=dk;9=missing", "few_numbers",
     "check_role;check_scores;check_gap;check_scale"},
    {"q", "1 2 3 98 99", "item", "q", "", "1=1;2=2;3=3;98=dk;99=missing", "few_numbers",
     "check_role;check_scores;check_gap;check_scale"},
    {"q", "5 6 7 8 9", "item", "q", "", "5=5;6=6;7=7;8=8;9=9", "few_numbers",
     "check_role;check_scores;check_scale"},
    {"q", "1 2 9 10", "item", "q", "", "1=1;2=2;9=9;10=10", "few_numbers",
     "check_role;check_scores;check_unseen;check_scale"},
    {"q", "9 8", "item", "q", "", "8=8;9=9", "few_numbers", "check_role;check_scores;check_scale"},
    {"q", "2 1 Ved~ikke", "item", "q", "", "1=1;2=2;Ved ikke=dk", "few_numbers",
     "check_role;check_scores;check_scale"},
    {"rc_3", "1 2", "item", "rc_items", "", "1=1;2=2", "few_numbers",
     "check_role;check_scores;check_scale"},
    {"q", "I~Høj~grad I~meget~lav~grad i~nogen~grad VED~IKKE", "item", "q", "",
     "I meget lav grad=1;i nogen grad=3;I Høj grad=4;VED IKKE=dk", "known_labels",
     "check_role;check_scores;check_unseen;check_scale"},
    {"q", "Meget~enig Enig Hverken~enig~eller~uenig Uenig Meget~uenig Ikke~relevant", "item", "q",
     "",
     "Meget uenig=1;Uenig=2;Hverken enig eller uenig=3;Enig=4;Meget enig=5;Ikke relevant=missing",
     "known_labels", "check_role;check_scores;check_scale"},
    {"q", "Always Never Don't~know", "item", "q", "", "Never=1;Always=5;Don't know=dk",
     "known_labels", "check_role;check_scores;check_unseen;check_scale"},
    {"site", "a;b c=d e|f g\\h", "group", "", "", "a\\;b;c\\=d;e\\|f;g\\\\h", "few_labels",
     "check_role"},
    {"year", "2024 2025", "group", "", "", "2024;2025", "few_labels", "check_role"},
    {"Timely", "1 2 4", "item", "rc", "timely", "1=1;2=2;3=3;4=4;5=5", "known_name",
     "check_scores;check_unseen_listed"},
    {"hyppig", "1 0 5 9", "item", "rc", "frequent", "1=1;2=2;3=3;4=4;5=5;0;9=missing", "known_name",
     "check_scores;check_gap;check_unseen_listed;check_unscored"},
    {"frequent", "1 7 4", "item", "rc", "frequent", "1=1;4=4;7=7", "known_name",
     "check_scores;check_unseen"},
    {"frequent", "low high", "item", "rc", "frequent", "", "known_name", "scores_needed"},
};

START_TEST(a_column_is_guessed)
{
    char *data = column_text(columns[_i].heading, columns[_i].values), keys[64];
    relcoord_result *r = draft_of(data, "separator=comma");
    snprintf(keys, sizeof keys, "variable=%s", columns[_i].heading);
    ck_assert_str_eq(string_at(r, "codebook", "variable=id", "role"), "respondent");
    ck_assert_str_eq(string_at(r, "codebook", keys, "role"), columns[_i].role);
    ck_assert_str_eq(string_at(r, "codebook", keys, "scale"), columns[_i].scale);
    ck_assert_str_eq(string_at(r, "codebook", keys, "dimension"), columns[_i].dimension);
    ck_assert_str_eq(string_at(r, "codebook", keys, "values"), columns[_i].listed);
    ck_assert_str_eq(string_at(r, "decisions", keys, "guess"), columns[_i].role);
    ck_assert_str_eq(string_at(r, "decisions", keys, "reason"), columns[_i].reason);
    ck_assert_str_eq(string_at(r, "decisions", keys, "note"), columns[_i].note);
    relcoord_result_free(r);
    free(data);
    files_remove();
}
END_TEST

/* Columns that no row is written of, and what is said of them. */
static const struct {
    const char *heading, *values, *reason, *seen;
} left[] = {
    {"x", "", "no_values", ""},
    {"x", "1.5 2.5 3", "many_numbers", "1.5;2.5;3"},
    {"x", "a b c d e f g h i j k", "many_values", "a;b;c;d;e;f;g;h;…"},
    {"\"a{target}\"", "1 2", "odd_name", "1;2"},
    {"\" x\"", "1 2", "odd_name", "1;2"},
};

START_TEST(a_column_is_left_out)
{
    char *data = column_text(left[_i].heading, left[_i].values);
    relcoord_result *r = draft_of(data, NULL);
    ck_assert_uint_eq(rows_with(r, "codebook", ""), 1);
    ck_assert_str_eq(string_at(r, "decisions", "note=not_listed", "reason"), left[_i].reason);
    ck_assert_str_eq(string_at(r, "decisions", "note=not_listed", "guess"), "");
    ck_assert_str_eq(string_at(r, "decisions", "note=not_listed", "seen"), left[_i].seen);
    relcoord_result_free(r);
    free(data);
    files_remove();
}
END_TEST

/* Thirteen rows or more, each with a value of its own. */
START_TEST(respondents_without_a_name)
{
    text t = {0};
    text_add(&t, "when,nr,job\n");
    for (int row = 0; row < 300; row++)
        text_add_format(&t, "%d.5,p%d,%s\n", row, 7 * row % 300, row % 3 ? "N" : "D");
    relcoord_result *r = draft_of(t.bytes, NULL);
    ck_assert_str_eq(string_at(r, "codebook", "variable=nr", "role"), "respondent");
    ck_assert_str_eq(string_at(r, "decisions", "variable=nr", "reason"), "all_different");
    ck_assert_str_eq(string_at(r, "decisions", "variable=when", "reason"), "many_numbers");
    ck_assert_uint_eq(rows_with(r, "decisions", "note=not_found"), 3);
    relcoord_result_free(r);
    text_free(&t);
    files_remove();
}
END_TEST

START_TEST(groupings_of_zero_and_one)
{
    relcoord_result *r = draft_of("id,ward_a,ward_b,role_x,role_y,single,q1,q2\n"
                                  "1,1,0,1,0,1,0,2\n2,0,1,0,1,0,1,1\n3,,1,1,1,0,1,1\n",
                                  NULL);
    ck_assert_uint_eq(rows_with(r, "codebook", "role=group dimension=ward"), 2);
    ck_assert_uint_eq(rows_with(r, "codebook", "role=group dimension=role_groups"),
                      2); /* role is the field's own */
    ck_assert_uint_eq(rows_with(r, "decisions", "note=check_membership"), 4);
    ck_assert_str_eq(string_at(r, "codebook", "variable=ward_a", "values"), "");
    ck_assert_str_eq(string_at(r, "codebook", "variable=single", "role"), "item");
    ck_assert_str_eq(string_at(r, "codebook", "variable=q1", "scale"), "q");
    relcoord_result_free(r);
    files_remove();
}
END_TEST

/* Items whose names begin alike are of one scale, and have its answers. */
START_TEST(items_of_one_scale)
{
    relcoord_result *r = draft_of(
        "id,q1,q2,p1,p2,x\n1,1,4,2,never,1\n2,2,5,1,often,3\n3,3,9,1,never,2\n", NULL);
    ck_assert_str_eq(string_at(r, "codebook", "variable=q1", "values"),
                     "1=1;2=2;3=3;4=4;5=5;9=missing");
    ck_assert_str_eq(string_at(r, "codebook", "variable=q2", "values"),
                     "1=1;2=2;3=3;4=4;5=5;9=missing");
    ck_assert_str_eq(string_at(r, "codebook", "variable=p1", "values"),
                     "1=1;2=2"); /* numbers and labels: each its own */
    ck_assert_str_eq(string_at(r, "codebook", "variable=p2", "values"), "never=1;often=4");
    ck_assert_str_eq(string_at(r, "codebook", "variable=x", "values"), "1=1;2=2;3=3");
    relcoord_result_free(r);
    files_remove();
}
END_TEST

/* Names in another order, and the same said twice: rows of their own. */
START_TEST(names_that_fit_no_one_pattern)
{
    relcoord_result *r = draft_of(
        "workgroup,timely_A,rettidig_A,timely_B,C_timely,D.timely\nA,1,2,3,4,5\nB,1,2,3,4,5\n",
        NULL);
    ck_assert_str_eq(string_at(r, "codebook", "variable=timely_A", "target"), "A");
    ck_assert_str_eq(string_at(r, "codebook", "variable=timely_B", "dimension"), "timely");
    ck_assert_str_eq(string_at(r, "codebook", "variable=C_timely", "target"), "C");
    ck_assert_str_eq(string_at(r, "codebook", "variable=D.timely", "target"), "D");
    ck_assert_str_eq(string_at(r, "codebook", "role=target", "values"), "A;B;C;D");
    ck_assert_str_eq(string_at(r, "decisions", "variable=rettidig_A", "reason"), "name_taken");
    relcoord_result_free(r);
    files_remove();
}
END_TEST

/* ---- Words ---- */

static void expect_words(const relcoord_table *t)
{
    for (size_t c = 0; c < t->column_count; c++) {
        const column_spec *spec = &t->columns[c].spec;
        ck_assert_msg(words_heading(DANISH, t->spec->name, spec->name)
                          && words_text(DANISH, spec->help),
                      "no Danish for the column '%s'", spec->name);
        for (size_t row = 0; row < t->row_count && strcmp(spec->name, "reason") == 0; row++)
            ck_assert_msg(words_value(DANISH, false, t->spec->name, "reason",
                                      t->columns[c].values.strings[row]),
                          "no Danish for '%s'", t->columns[c].values.strings[row]);
    }
    ck_assert_ptr_nonnull(words_text(DANISH, t->spec->help));
}

START_TEST(everything_in_danish)
{
    for (int check = 0; check < CHECK_COUNT; check++)
        for (int l = ENGLISH; l <= DANISH; l++)
            ck_assert_ptr_nonnull(words_code((language)l, draft_check_names[check],
                                             strlen(draft_check_names[check])));
    for (size_t i = 0; i < LENGTH(columns) + LENGTH(left); i++) {
        char *data = i < LENGTH(columns) ? column_text(columns[i].heading, columns[i].values)
                                         : column_text(left[i - LENGTH(columns)].heading,
                                                       left[i - LENGTH(columns)].values);
        relcoord_result *r = draft_of(data, "redact_values=true");
        for (size_t t = 0; t < r->table_count; t++)
            expect_words(r->tables[t]);
        for (size_t n = 0; n < r->note_count; n++) {
            text danish = {0};
            ck_assert_msg(words_add_note(DANISH, &r->notes[n], &danish), "no Danish for '%s'",
                          r->notes[n].words);
            text_free(&danish);
        }
        relcoord_result_free(r);
        free(data);
        files_remove();
    }
}
END_TEST

Suite *draft_suite(void)
{
    Suite *suite = suite_create("draft");
    TCase *guesses = tcase_create("guesses");
    tcase_add_loop_test(guesses, a_column_is_guessed, 0, LENGTH(columns));
    tcase_add_loop_test(guesses, a_column_is_left_out, 0, LENGTH(left));
    tcase_add_test(guesses, respondents_without_a_name);
    tcase_add_test(guesses, groupings_of_zero_and_one);
    tcase_add_test(guesses, items_of_one_scale);
    tcase_add_test(guesses, names_that_fit_no_one_pattern);
    tcase_add_test(guesses, everything_in_danish);
    suite_add_tcase(suite, guesses);
    return suite;
}
