/* Options: every type with its bounds, unknown names, typed setters, lists, copies; first on a
 * table of specifications of the test's own, then through the public calls. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "support.h"

Suite *options_suite(void);

static const option_spec specs[] = {
    {"flag", OPTION_FLAG, "false", NULL, 0, 0, false, "a flag"},
    {"count", OPTION_INTEGER, "3", NULL, -2, 10, false, "a count"},
    {"share", OPTION_NUMBER, "0.5", NULL, 0.25, 0.75, false, "a share"},
    {"method", OPTION_CHOICE, "plain", "plain|fancy|fan", 0, 0, false, "a method"},
    {"title", OPTION_TEXT, "", NULL, 0, 0, false, "a title"},
    {"names", OPTION_LIST, "a, b", NULL, 0, 0, false, "names"},
    {"seed", OPTION_INTEGER, "1", NULL, -9223372036854775808.0, 9223372036854775807.0, false,
     "all 64 bits"},
    {"file", OPTION_PATH, "", NULL, 0, 0, false, "a file"},
};

static relcoord_options *make(void)
{
    relcoord_options *options = NULL;
    ck_assert_int_eq(options_new("test", specs, LENGTH(specs), &options, NULL), RELCOORD_OK);
    return options;
}

START_TEST(initial_values)
{
    relcoord_options *options = make();
    ck_assert(!options_flag(options, "flag"));
    ck_assert_int_eq(options_integer(options, "count"), 3);
    ck_assert(options_number(options, "share") == 0.5);
    ck_assert_int_eq(options_choice(options, "method"), 0);
    ck_assert_str_eq(options_text(options, "title"), "");
    ck_assert_str_eq(options_text(options, "names"), "a, b");
    relcoord_options_free(options);
    relcoord_options_free(NULL);
}
END_TEST

/* What is set, and what then stands there as text and as a number; kept is NULL where it is
 * refused. */
static const struct {
    const char *name, *value, *kept;
    double number;
} set_cases[] = {
    {"flag", "true", "true", 1},
    {"flag", "yes", "true", 1},
    {"flag", "1", "true", 1},
    {"flag", "false", "false", 0},
    {"flag", "no", "false", 0},
    {"flag", "0", "false", 0},
    {"flag", "", NULL, 0},
    {"flag", "True", NULL, 0},
    {"flag", "2", NULL, 0},
    {"count", "-2", "-2", -2},
    {"count", "10", "10", 10},
    {"count", "1e1", "10", 10},
    {"count", "4.0", "4", 4},
    {"count", "-3", NULL, 0},
    {"count", "11", NULL, 0},
    {"count", "2.5", NULL, 0},
    {"count", "", NULL, 0},
    {"count", "three", NULL, 0},
    {"count", " 3", NULL, 0},
    {"count", "nan", NULL, 0},
    {"count", "99999999999999999999", NULL, 0},
    {"share", "0.25", "0.25", 0.25},
    {"share", "0.75", "0.75", 0.75},
    {"share", "0.750", "0.75", 0.75},
    {"share", "3e-1", "0.3", 0.3},
    {"share", "0.24999", NULL, 0},
    {"share", "0.7500001", NULL, 0},
    {"share", "0,5", NULL, 0},
    {"share", "nan", NULL, 0},
    {"share", "inf", NULL, 0},
    {"share", "0.5 ", NULL, 0},
    {"method", "plain", "plain", 0},
    {"method", "fancy", "fancy", 1},
    {"method", "fan", "fan", 2},
    {"method", "fa", NULL, 0},
    {"method", "", NULL, 0},
    {"method", "plain|fancy", NULL, 0},
    {"method", "Plain", NULL, 0},
    {"method", "fancyy", NULL, 0},
    {"title", "any, text = \xC3\xA6", "any, text = \xC3\xA6", 0},
    {"title", "", "", 0},
    {"title", "\xFF", NULL, 0},
    {"names", "x,y", "x,y", 0},
    {"names", "", "", 0},
    {"names", "\xC3", NULL, 0},
    {"names", "x\\,y,\\\\", "x\\,y,\\\\", 0},
    {"names", "\\", NULL, 0},
    {"names", "x,y\\", NULL, 0},
    {"names", "C:\\x", NULL, 0},
    {"names", "x\\ ", NULL, 0},
    {"file", "a,b\\c.csv", "a,b\\c.csv", 0},
    {"file", "\xFF", NULL, 0},
    {"count", "-0", "0", 0},
    {"count", "007", "7", 7},
    {"count", "-", NULL, 0},
    {"count", "--2", NULL, 0},
    {"count", "2x", NULL, 0},
    {"seed", "1e3", "1000", 1000},
    {"seed", "9007199254740991.0", "9007199254740991", 9007199254740991.0},
    {"seed", "9007199254740992.0", NULL, 0},
    {"seed", "9007199254740993.0", NULL, 0},
    {"seed", "1e18", NULL, 0},
    {"seed", "9223372036854775808", NULL, 0},
    {"seed", "-9223372036854775809", NULL, 0},
    {"seed", "92233720368547758070", NULL, 0},
};

START_TEST(values_by_text)
{
    for (size_t i = 0; i < LENGTH(set_cases); i++) {
        const char *name = set_cases[i].name, *value = set_cases[i].value, *wanted;
        relcoord_options *options = make();
        relcoord_error error = {0};
        size_t index = 0;
        relcoord_status status = relcoord_options_set(options, name, value, &error);
        while (strcmp(specs[index].name, name) != 0)
            index++;
        wanted = set_cases[i].kept ? set_cases[i].kept
                                   : specs[index].initial; /* refused: it keeps its value */
        ck_assert_msg(strcmp(options->texts[index], wanted) == 0, "%s=%s: '%s', expected '%s'",
                      name, value, options->texts[index], wanted);
        if (set_cases[i].kept) {
            ck_assert_msg(status == RELCOORD_OK, "%s=%s: %s", name, value, error.message);
            ck_assert_msg(options->numbers[index] == set_cases[i].number, "%s=%s: %g", name, value,
                          options->numbers[index]);
        } else {
            ck_assert_msg(status == RELCOORD_EOPTION && error.status == RELCOORD_EOPTION,
                          "%s=%s was taken", name, value);
            ck_assert_str_eq(error.option, name);
        }
        relcoord_options_free(options);
    }
}
END_TEST

START_TEST(messages_say_what_is_taken)
{
    static const struct {
        const char *name, *value, *message;
    } cases[] = {
        {"flag", "maybe", "option 'flag' takes true or false, not 'maybe'"},
        {"count", "11", "option 'count' takes a whole number from -2 to 10, not '11'"},
        {"share", "1", "option 'share' takes a number from 0.25 to 0.75, not '1'"},
        {"seed", "2e19",
         "option 'seed' takes a whole number from -9223372036854775808 to 9223372036854775807, not "
         "'2e19'"},
        {"names", "a\\b",
         "option 'names' takes names separated by commas, with a backslash before a comma or "
         "backslash in a name, not 'a\\b'"},
        {"method", "plan", "option 'method' takes one of plain, fancy, fan, not 'plan'"},
        {"sahre", "1", "'test' has no option 'sahre'; did you mean 'share'?"},
        {"METHOD", "plain", "'test' has no option 'METHOD'; did you mean 'method'?"},
        {"colour", "1", "'test' has no option 'colour'"},
    };
    relcoord_options *options = make();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_error error = {0};
        ck_assert_int_eq(relcoord_options_set(options, cases[i].name, cases[i].value, &error),
                         RELCOORD_EOPTION);
        ck_assert_str_eq(error.message, cases[i].message);
        ck_assert_str_eq(error.option, cases[i].name);
    }
    relcoord_options_free(options);
}
END_TEST

START_TEST(typed_setters)
{
    relcoord_options *options = make();
    relcoord_error error = {0};
    ck_assert_int_eq(relcoord_options_set_integer(options, "count", -2, NULL), RELCOORD_OK);
    ck_assert_int_eq(options_integer(options, "count"), -2);
    ck_assert_int_eq(relcoord_options_set_integer(options, "count", 11, NULL), RELCOORD_EOPTION);
    ck_assert_int_eq(relcoord_options_set_integer(options, "count", INT64_MIN, NULL),
                     RELCOORD_EOPTION);
    ck_assert_int_eq(relcoord_options_set_number(options, "count", 2.5, NULL), RELCOORD_EOPTION);
    ck_assert_int_eq(options_integer(options, "count"), -2);
    ck_assert_int_eq(relcoord_options_set_number(options, "share", 0.3, NULL), RELCOORD_OK);
    ck_assert(options_number(options, "share") == 0.3);
    ck_assert_str_eq(options->texts[2], "0.3");
    ck_assert_int_eq(relcoord_options_set_number(options, "share", NAN, NULL), RELCOORD_EOPTION);
    ck_assert_int_eq(relcoord_options_set_number(options, "share", INFINITY, NULL),
                     RELCOORD_EOPTION);
    ck_assert_int_eq(relcoord_options_set_integer(options, "flag", 1, NULL), RELCOORD_OK);
    ck_assert(options_flag(options, "flag"));
    ck_assert_int_eq(relcoord_options_set_integer(options, "flag", 2, NULL), RELCOORD_EOPTION);
    ck_assert_int_eq(relcoord_options_set_integer(options, "method", 1, &error), RELCOORD_EOPTION);
    ck_assert_str_eq(error.message, "option 'method' takes one of plain, fancy, fan, not '1'");
    ck_assert_int_eq(relcoord_options_set_number(options, "title", 1, NULL), RELCOORD_EOPTION);
    ck_assert_int_eq(relcoord_options_set_number(options, "cuont", 1, &error), RELCOORD_EOPTION);
    ck_assert_str_eq(error.message, "'test' has no option 'cuont'; did you mean 'count'?");
    relcoord_options_free(options);
}
END_TEST

/* Integers beyond what a double holds, as text and typed, and in a copy. */
START_TEST(integers_keep_64_bits)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"9007199254740993", 9007199254740993}, {"-9007199254740993", -9007199254740993},
        {"9223372036854775807", INT64_MAX},     {"-9223372036854775808", INT64_MIN},
        {"9223372036854775806", INT64_MAX - 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_options *by_text = make(), *typed = make(), *copy = NULL;
        ck_assert_int_eq(relcoord_options_set(by_text, "seed", cases[i].text, NULL), RELCOORD_OK);
        ck_assert_int_eq(relcoord_options_set_integer(typed, "seed", cases[i].value, NULL),
                         RELCOORD_OK);
        ck_assert_int_eq(options_copy(typed, &copy, NULL), RELCOORD_OK);
        ck_assert_msg(options_integer(by_text, "seed") == cases[i].value, "%s by text",
                      cases[i].text);
        ck_assert_msg(options_integer(copy, "seed") == cases[i].value, "%s in a copy",
                      cases[i].text);
        ck_assert_str_eq(relcoord_options_get(by_text, "seed"), cases[i].text);
        ck_assert_str_eq(relcoord_options_get(typed, "seed"), cases[i].text);
        ck_assert_int_eq(relcoord_options_set_number(typed, "seed", 9223372036854775808.0, NULL),
                         RELCOORD_EOPTION);
        ck_assert_int_eq(relcoord_options_set_number(typed, "seed", 4503599627370497.0, NULL),
                         RELCOORD_OK);
        ck_assert_int_eq(options_integer(typed, "seed"), 4503599627370497);
        relcoord_options_free(by_text);
        relcoord_options_free(typed);
        relcoord_options_free(copy);
    }
}
END_TEST

static void write_names(const relcoord_options *options, char *walked, size_t size)
{
    *walked = 0;
    for (const char *name = options_names(options, "names"); *name; name = options_name_after(name))
        snprintf(walked + strlen(walked), size - strlen(walked), "<%s>", name);
}

START_TEST(lists_are_taken_apart)
{
    static const struct {
        const char *list, *names;
    } cases[] = {
        {"", ""},
        {"a", "<a>"},
        {"a,b", "<a><b>"},
        {" a , b c ,d", "<a><b c><d>"},
        {",,a,,b,", "<a><b>"},
        {" ", ""},
        {", ,", ""},
        {"a\\,b", "<a,b>"},
        {"\\\\,b", "<\\><b>"},
        {"\\,", "<,>"},
        {" \\, , \\\\\\,x ", "<,><\\,x>"},
        {"a\\\\\\\\", "<a\\\\>"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_options *options = make(), *copy = NULL;
        char walked[64], copied[64];
        ck_assert_int_eq(relcoord_options_set(options, "names", cases[i].list, NULL), RELCOORD_OK);
        ck_assert_int_eq(options_copy(options, &copy, NULL), RELCOORD_OK);
        write_names(options, walked, sizeof walked);
        write_names(copy, copied, sizeof copied);
        ck_assert_msg(strcmp(walked, cases[i].names) == 0, "'%s': %s, expected %s", cases[i].list,
                      walked, cases[i].names);
        ck_assert_str_eq(copied, walked);
        relcoord_options_free(options);
        relcoord_options_free(copy);
    }
}
END_TEST

START_TEST(lists_grow_by_names)
{
    static const struct {
        const char *before, *name, *list, *names; /* list: NULL where the name is refused */
    } cases[] = {
        {"", "a", "a", "<a>"},
        {"", "a,b", "a\\,b", "<a,b>"},
        {"x", "a\\b", "x,a\\\\b", "<x><a\\b>"},
        {"x", " y ", "x, y ", "<x><y>"},
        {"x\\\\", ",", "x\\\\,\\,", "<x\\><,>"},
        {"x", "", NULL, "<x>"},
        {"x", "  ", NULL, "<x>"},
        {"x", "\xC3", NULL, "<x>"},
    };
    relcoord_options *options = make();
    relcoord_error error = {0};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char walked[64];
        relcoord_status status;
        ck_assert_int_eq(relcoord_options_set(options, "names", cases[i].before, NULL),
                         RELCOORD_OK);
        status = relcoord_options_add(options, "names", cases[i].name, NULL);
        ck_assert_msg(status == (cases[i].list ? RELCOORD_OK : RELCOORD_EOPTION), "'%s' gave %d",
                      cases[i].name, (int)status);
        ck_assert_str_eq(relcoord_options_get(options, "names"),
                         cases[i].list ? cases[i].list : cases[i].before);
        write_names(options, walked, sizeof walked);
        ck_assert_str_eq(walked, cases[i].names);
    }
    ck_assert_int_eq(relcoord_options_add(options, "title", "x", &error), RELCOORD_EOPTION);
    ck_assert_str_eq(error.message, "option 'title' is not a list, so no names can be added to it");
    ck_assert_int_eq(relcoord_options_add(options, "naems", "x", &error), RELCOORD_EOPTION);
    ck_assert_str_eq(error.message, "'test' has no option 'naems'; did you mean 'names'?");
    ck_assert_int_eq(relcoord_options_add(options, "names", NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_add(options, NULL, "x", NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_add(NULL, "names", "x", NULL), RELCOORD_EUSAGE);
    relcoord_options_free(options);
}
END_TEST

START_TEST(lists_are_walked)
{
    static const struct {
        const char *list, *names;
    } cases[] = {
        {"", ""},
        {"a", "<a>"},
        {"a,b", "<a><b>"},
        {" a , b c ,d", "<a><b c><d>"},
        {",,a,,b,", "<a><b>"},
        {" ", ""},
        {", ,", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *cursor = cases[i].list, *name;
        char walked[64] = "";
        size_t length;
        while (options_next_name(&cursor, &name, &length))
            snprintf(walked + strlen(walked), sizeof walked - strlen(walked), "<%.*s>", (int)length,
                     name);
        ck_assert_msg(strcmp(walked, cases[i].names) == 0, "'%s': %s, expected %s", cases[i].list,
                      walked, cases[i].names);
    }
}
END_TEST

static int count_call(void *user, double share)
{
    ++*(int *)user;
    return share >= 0.5;
}

START_TEST(copies_are_their_own)
{
    relcoord_options *options = make(), *copy = NULL;
    relcoord_error error = {0};
    int calls = 0;
    relcoord_options_set(options, "title", "one", NULL);
    relcoord_options_set(options, "share", "0.3", NULL);
    relcoord_options_set_progress(options, count_call, &calls);
    ck_assert_int_eq(options_copy(options, &copy, NULL), RELCOORD_OK);
    relcoord_options_set(options, "title", "two", NULL);
    relcoord_options_free(options);
    ck_assert_str_eq(options_text(copy, "title"), "one");
    ck_assert(options_number(copy, "share") == 0.3);
    ck_assert_int_eq(options_progress(copy, 0, &error), RELCOORD_OK);
    ck_assert_int_eq(options_progress(copy, 0.5, &error), RELCOORD_ECANCELLED);
    ck_assert_int_eq(error.status, RELCOORD_ECANCELLED);
    ck_assert_int_eq(calls, 2);
    ck_assert_int_eq(options_progress(NULL, 0.5, NULL), RELCOORD_OK);
    relcoord_options_free(copy);
}
END_TEST

START_TEST(wrong_calls_are_refused)
{
    relcoord_options *options = NULL, *before = (relcoord_options *)&options;
    relcoord_error error = {0};
    ck_assert_int_eq(relcoord_options_new(NULL, &options, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_new("matrix", NULL, NULL), RELCOORD_EUSAGE);
    options = before;
    ck_assert_int_eq(relcoord_options_new("matrx", &options, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "unknown analysis 'matrx'; did you mean 'matrix'?");
    ck_assert_ptr_eq(options, before);
    ck_assert_int_eq(relcoord_options_set(NULL, "by", "", NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_set_number(NULL, "by", 1, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_set_integer(NULL, "by", 1, NULL), RELCOORD_EUSAGE);
    relcoord_options_set_progress(NULL, count_call, NULL);
    options = options_make("matrix", NULL);
    ck_assert_int_eq(relcoord_options_set(options, NULL, "", NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_set(options, "by", NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_options_set_integer(options, NULL, 1, NULL), RELCOORD_EUSAGE);
    relcoord_options_free(options);
}
END_TEST

/* What describe lists can be made and set to the default that it lists. */
START_TEST(described_defaults_can_be_set)
{
    relcoord_result *result = NULL;
    const relcoord_table *table;
    const char *const *purposes, *const *names, *const *defaults;
    const uint8_t *valid;
    ck_assert_int_eq(relcoord_describe(&result, NULL), RELCOORD_OK);
    table = relcoord_result_table(result, "options");
    ck_assert_int_eq(relcoord_table_strings(table, "purpose", &purposes, &valid, NULL),
                     RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_strings(table, "option", &names, &valid, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_strings(table, "default", &defaults, &valid, NULL),
                     RELCOORD_OK);
    ck_assert_uint_gt(relcoord_table_rows(table), 10);
    for (size_t row = 0; row < relcoord_table_rows(table); row++) {
        relcoord_options *options = options_make(purposes[row], NULL);
        relcoord_error error = {0};
        ck_assert_msg(!relcoord_options_set(options, names[row], defaults[row], &error),
                      "%s %s: %s", purposes[row], names[row], error.message);
        relcoord_options_free(options);
    }
    relcoord_result_free(result);
}
END_TEST

Suite *options_suite(void)
{
    Suite *suite = suite_create("options");
    TCase *setting = tcase_create("setting"), *using = tcase_create("using");
    tcase_add_test(setting, initial_values);
    tcase_add_test(setting, values_by_text);
    tcase_add_test(setting, messages_say_what_is_taken);
    tcase_add_test(setting, typed_setters);
    tcase_add_test(setting, integers_keep_64_bits);
    tcase_add_test(setting, lists_grow_by_names);
    tcase_add_test(using, lists_are_taken_apart);
    tcase_add_test(using, lists_are_walked);
    tcase_add_test(using, copies_are_their_own);
    tcase_add_test(using, wrong_calls_are_refused);
    tcase_add_test(using, described_defaults_can_be_set);
    suite_add_tcase(suite, setting);
    suite_add_tcase(suite, using);
    return suite;
}
