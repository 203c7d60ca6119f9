/* Codebooks that come along, one by one and composed: each can be read back, and the form has the
 * columns that it describes. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codebook/builtins.h"
#include "codebook/codebook.h"
#include "runs.h"

Suite *composed_suite(void);

/* Each can be read back, and its name is the option's. */
START_TEST(builtin_codebooks_are_codebooks)
{
    const builtin_codebook *builtin;
    size_t count = 0;
    for (; (builtin = builtin_codebook_at(count)) != NULL; count++) {
        relcoord_options *options;
        relcoord_codebook *read = NULL;
        relcoord_result *result = NULL;
        relcoord_error error;
        char setting[64], *written;
        pieces p;
        snprintf(setting, sizeof setting, "builtin=%s", builtin->name);
        options = options_make("codebook", setting);
        ck_assert_int_eq(relcoord_codebook_draft(NULL, 0, options, &result, &error), RELCOORD_OK);
        ck_assert_uint_eq(rows_with(result, "codebook", ""), builtin->list->count);
        written = result_written(result, "csv", NULL);
        p = (pieces){.bytes = written, .length = strlen(written)};
        ck_assert_msg(
            !relcoord_codebook_read_source(pieces_read, &p, builtin->name, NULL, &read, &error),
            "%s: %s", builtin->name, error.message);
        ck_assert_uint_eq(read->count, builtin->list->count);
        relcoord_codebook_free(read);
        relcoord_result_free(result);
        relcoord_options_free(options);
        free(written);
    }
    ck_assert_uint_eq(count, 11);
}
END_TEST

START_TEST(builtin_codebooks_stand_alone)
{
    relcoord_options *options = options_make("codebook", "builtin=trust");
    relcoord_result *result = NULL;
    relcoord_error error;
    ck_assert_int_eq(
        relcoord_codebook_draft((const char *const[]){"any.csv"}, 1, options, &result, &error),
        RELCOORD_EOPTION);
    ck_assert_str_eq(error.option, "builtin");
    ck_assert_ptr_null(result);
    relcoord_options_free(options);
}
END_TEST

/* Two workgroups and two levels: what is asked about whom, and which columns the form has. */
START_TEST(composed_by_hand)
{
    relcoord_options *options = options_make("codebook", "builtin=outcome,coupling-short");
    relcoord_result *result = NULL;
    const relcoord_table *form;
    ck_assert_int_eq(relcoord_options_set(options, "targets", "a|Job centre|Jobcenter; b", NULL),
                     RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set(options, "levels", "gruppe;t|Team|Team", NULL),
                     RELCOORD_OK);
    ck_assert_int_eq(relcoord_codebook_draft(NULL, 0, options, &result, NULL), RELCOORD_OK);
    /* respondent, workgroup, role; coupled with each, robust results; 12 competences twice */
    ck_assert_uint_eq(rows_with(result, "codebook", ""), 3 + 3 + 24);
    ck_assert_uint_eq(rows_with(result, "codebook", "level=group"), 12);
    ck_assert_str_eq(
        string_at(result, "codebook", "variable=coordinator_planning_group", "label_da"),
        "Planlægning: gruppe");
    /* no row labels the targets: they are named as the workgroups are */
    ck_assert_str_eq(string_at(result, "codebook", "variable=coupled_a", "target"), "Job centre");
    form = relcoord_result_table(result, "form");
    ck_assert_uint_eq(relcoord_table_columns(form), 3 + 3 + 24);
    ck_assert_str_eq(relcoord_table_column_name(form, 4), "coupled_b");
    ck_assert_uint_eq(relcoord_table_rows(form), 0);
    relcoord_result_free(result);
    relcoord_options_free(options);
}
END_TEST

static relcoord_status compose_once(void *context)
{
    relcoord_result *result = NULL;
    relcoord_status status = relcoord_codebook_draft(NULL, 0, context, &result, NULL);
    relcoord_result_free(result);
    return status;
}

START_TEST(memory_may_run_out_anywhere)
{
    relcoord_options *options;
    heap_start();
    options = options_make("codebook", "builtin=rc,context,trust targets=a;b");
    ck_assert_int_eq(heap_fail_each(compose_once, options, RELCOORD_OK, INT_MAX), 0);
    relcoord_options_free(options);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *composed_suite(void)
{
    Suite *suite = suite_create("composed");
    TCase *whole = tcase_create("whole");
    tcase_add_test(whole, builtin_codebooks_are_codebooks);
    tcase_add_test(whole, builtin_codebooks_stand_alone);
    tcase_add_test(whole, composed_by_hand);
    tcase_add_test(whole, memory_may_run_out_anywhere);
    suite_add_tcase(suite, whole);
    return suite;
}
