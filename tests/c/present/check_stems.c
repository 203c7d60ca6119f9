/* Long labels in text: whole, on several lines, and what a battery's questions begin with once. */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "present/text/stem.h"
#include "support.h"

Suite *stems_suite(void);

/* ---- Two texts ------------------------------------------------------------------------------- */

#define BATTERY "To what degree do you find that: "

START_TEST(stems_end_where_a_question_opens)
{
    static const struct {
        const char *one, *other;
        size_t stem;
    } pairs[] = {
        {BATTERY "you have time", BATTERY "you are heard", sizeof BATTERY - 1},
        {"How well do you agree? - Doctors", "How well do you agree? - Nurses", 25},
        {"I hvor høj grad … a", "I hvor høj grad … b", 21},
        {"What do you think – a", "What do you think – b", 22},
        {"Day: one", "Day: two", 0},                           /* a word is no question */
        {"I like it very much", "I like it very little", 0},   /* no mark */
        {"One two three: ", "One two three: four", 0},         /* nothing left */
        {"One two three: four", "One two three:  five", 0},    /* other blanks */
        {"One two three: a: b", "One two three: a: c", 18},    /* the last that they share */
        {"A ratio of one:two here", "A ratio of one:three", 0} /* inside a word */
    };
    for (size_t i = 0; i < LENGTH(pairs); i++) {
        ck_assert_uint_eq(common_stem(pairs[i].one, pairs[i].other), pairs[i].stem);
        ck_assert_uint_eq(common_stem(pairs[i].other, pairs[i].one), pairs[i].stem);
    }
    ck_assert_uint_eq(shown_stem("How well do you agree? - Doctors", 25), 22);
    ck_assert_uint_eq(shown_stem(BATTERY "a", sizeof BATTERY - 1), sizeof BATTERY - 2);
}
END_TEST

/* ---- Tables ---------------------------------------------------------------------------------- */

static const column_spec columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "question"},
    {"box", RELCOORD_STRING, RELCOORD_KEY, "top2 or bottom2"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean"},
    {"note", RELCOORD_STRING, RELCOORD_NOTE, "codes"},
    {0},
};
static const table_spec spec = {.name = "boxes", .help = "Boxes", .columns = columns};

static const char *const questions[] = {
    BATTERY "you have the time that it takes to work together with the others",
    BATTERY "you are heard",
    "I am glad to take part in the trial of one coherent plan for each family",
    "What do you think of your work? - The pay",
    "What do you think of your work? - The interdepartmentalorganisation",
};

static relcoord_result *questions_result(void)
{
    relcoord_result *result = result_new("boxes", NULL);
    relcoord_table *t = result_add_table(result, &spec, NULL, 0);

    for (size_t i = 0; i < 2 * LENGTH(questions); i++) {
        table_add_row(t);
        table_set_string(t, 0, questions[i / 2]);
        table_set_string(t, 1, i % 2 ? "bottom2" : "top2");
        table_set_number(t, 2, 1 + (double)i / 10);
    }
    ck_assert_int_eq(result_finished(result, NULL), RELCOORD_OK);
    return result;
}

START_TEST(a_battery_says_its_stem_once)
{
    relcoord_result *result = questions_result();
    char *got = result_written(result, "text", "width=52");

    ck_assert_str_eq(strstr(got, "variable "),
                     "variable                           box          mean\n"
                     "────────────────────────────────────────────────────\n"
                     "To what degree do you find that:\n"
                     "  you have the time that it takes  two highest  1.00\n"
                     "    to work together with the      two lowest   1.10\n"
                     "    others\n"
                     "  you are heard                    two highest  1.20\n"
                     "                                   two lowest   1.30\n"
                     "I am glad to take part in the      two highest  1.40\n"
                     "  trial of one coherent plan for   two lowest   1.50\n"
                     "  each family\n"
                     "What do you think of your work?\n"
                     "  The pay                          two highest  1.60\n"
                     "                                   two lowest   1.70\n"
                     "  The                              two highest  1.80\n"
                     "    interdepartmentalorganisation  two lowest   1.90\n");
    free(got);
    relcoord_result_free(result);
}
END_TEST

/* The letters of a text, without blanks and line ends. */
static void copy_letters(const char *from, char *to)
{
    for (; *from; from++)
        if (*from != ' ' && *from != '\n')
            *to++ = *from;
    *to = '\0';
}

/* At any width lines keep to it, and no word of a label is cut: letters of the last one, which has
 * only lines of its own, stand one behind the other. */
START_TEST(no_letter_is_lost_at_any_width)
{
    static const char last[] = "What do you think of all that has been done for the citizens here";
    static const column_spec own_columns[] = {
        {"variable", RELCOORD_STRING, RELCOORD_KEY, "question"},
        {"note", RELCOORD_STRING, RELCOORD_NOTE, "codes"},
        {0},
    };
    static const table_spec own = {.name = "own", .help = "Own", .columns = own_columns};
    relcoord_result *result = questions_result();
    relcoord_table *t = result_add_table(result, &own, NULL, 0);
    char wanted[sizeof last];

    table_add_row(t);
    table_set_string(t, 0, last);
    copy_letters(last, wanted);
    for (int width = 40; width < 140; width++) {
        char settings[20];
        snprintf(settings, sizeof settings, "width=%d", width);
        char *got = result_written(result, "text", settings);
        for (char *line = got, *end; (end = strchr(line, '\n')); line = end + 1) {
            *end = '\0';
            ck_assert_msg(utf8_width(line) <= (size_t)width, "width %d: %s", width, line);
            *end = '\n';
        }
        ck_assert_ptr_null(strstr(got, "…"));
        char *letters = malloc(strlen(got) + 1);
        copy_letters(got, letters);
        ck_assert_msg(strstr(letters, wanted), "width %d: %s", width, got);
        free(letters);
        free(got);
    }
    relcoord_result_free(result);
}
END_TEST

static int count_sink(void *user, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

START_TEST(memory_may_run_out_anywhere)
{
    relcoord_result *result = questions_result();
    size_t size = 0;

    heap_start();
    ck_assert_int_eq(relcoord_write(result, "text", NULL, count_sink, &size, NULL), RELCOORD_OK);
    int64_t needed = heap_asked();
    for (int64_t n = 1; n <= needed; n++) {
        heap_fail(n, _i ? INT64_MAX : n);
        relcoord_status status = relcoord_write(result, "text", NULL, count_sink, &size, NULL);
        ck_assert_msg(status == RELCOORD_ENOMEM, "allocation %" PRId64 " failed: status %d", n,
                      status);
        ck_assert_msg(heap_alive() == 0, "allocation %" PRId64 " failed: blocks are left", n);
    }
    heap_stop();
    relcoord_result_free(result);
}
END_TEST

Suite *stems_suite(void)
{
    Suite *suite = suite_create("stems");
    TCase *all = tcase_create("all");

    tcase_add_test(all, stems_end_where_a_question_opens);
    tcase_add_test(all, a_battery_says_its_stem_once);
    tcase_add_test(all, no_letter_is_lost_at_any_width);
    tcase_add_loop_test(all, memory_may_run_out_anywhere, 0, 2);
    tcase_set_timeout(all, 120);
    suite_add_tcase(suite, all);
    return suite;
}
