/* Numbers as text and back: shortest round trip, correct reading, fixed decimals, and all of it,
 * with a whole run, in a locale that writes 0,5. The oracle is the C library's strtod and printf in
 * the C locale. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "support.h"

Suite *numbers_suite(void);

/* ---- The oracle ---- */

/* The thread's locale becomes C; returns the one before. */
static locale_t use_c(void)
{
    static locale_t c;
    if (!c)
        c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return uselocale(c);
}

static double oracle_parse(const char *shown)
{
    locale_t before = use_c();
    double value = strtod(shown, NULL);
    uselocale(before);
    return value;
}

static void oracle_print(char *buffer, size_t size, int precision, double value)
{
    locale_t before = use_c();
    snprintf(buffer, size, "%.*e", precision, value);
    uselocale(before);
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Significant digits of a text of ours. */
static int count_digits(const char *shown)
{
    int count = 0, zeros = 0;
    for (; *shown && *shown != 'e'; shown++) {
        if (*shown < '0' || *shown > '9' || (count == 0 && *shown == '0'))
            continue;
        zeros = *shown == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

/* Whether the decimal of that many digits nearest to value, or the next one up or down, reads
 * back. */
static bool reads_back(double value, int digits)
{
    char shown[64];
    double nearest, unit;
    int exponent;
    oracle_print(shown, sizeof shown, digits - 1, value);
    nearest = oracle_parse(shown);
    exponent = (int)oracle_parse(strchr(shown, 'e') + 1) - (digits - 1);
    if (nearest == value)
        return true;
    for (int step = -1; step <= 1; step += 2) {
        char whole[32], shifted[64];
        size_t length = 0;
        for (const char *p = shown; *p != 'e'; p++)
            if (*p >= '0' && *p <= '9')
                whole[length++] = *p;
        whole[length] = 0;
        unit = oracle_parse(whole) + step; /* at most 17 digits: checked below to be exact */
        if (digits > 15)
            snprintf(shifted, sizeof shifted, "%llde%d", strtoll(whole, NULL, 10) + step, exponent);
        else
            snprintf(shifted, sizeof shifted, "%.0fe%d", unit, exponent);
        if (oracle_parse(shifted) == value)
            return true;
    }
    return false;
}

/* ---- Shortest text ---- */

static void expect_round_trip(double value)
{
    char shown[NUMBER_TEXT_SIZE];
    double back = NAN;
    size_t length = number_format(value, shown);
    ck_assert_msg(length == strlen(shown) && length < NUMBER_TEXT_SIZE,
                  "%a: '%s' has not %zu bytes", value, shown, length);
    ck_assert_msg(oracle_parse(shown) == value, "%a: '%s' reads as %a", value, shown,
                  oracle_parse(shown));
    ck_assert_msg(number_parse(shown, length, &back) && bits_of(back) == bits_of(value),
                  "%a: '%s' read back as %a", value, shown, back);
}

START_TEST(random_doubles_round_trip)
{
    uint64_t seed = 1;
    for (int i = 0; i < rounds(100000); i++) {
        double value = double_of(random_bits(&seed));
        if (isfinite(value) && value != 0)
            expect_round_trip(value);
    }
    for (int i = 0; i < rounds(20000); i++) /* subnormals of all sizes */
        expect_round_trip(double_of(random_bits(&seed) >> (12 + i % 52) | 1));
    for (int i = 0; i < rounds(200000); i++) /* what surveys have: ratios of small whole numbers */
        expect_round_trip((1 + random_below(&seed, 100000)) / (1.0 + random_below(&seed, 5000)));
}
END_TEST

START_TEST(texts_are_the_shortest)
{
    uint64_t seed = 2;
    char shown[NUMBER_TEXT_SIZE];
    for (int i = 0; i < rounds(6000); i++) {
        /* powers of two, where the neighbours are not equally far; then anything */
        double value = i < 2098 ? ldexp(1, i - 1074)
                                : fabs(double_of(random_bits(&seed) & ~(UINT64_C(1) << 62)));
        int digits;
        number_format(value, shown);
        expect_round_trip(value);
        digits = count_digits(shown);
        ck_assert_msg(digits == 1 || !reads_back(value, digits - 1),
                      "%a: '%s', but %d digits would do", value, shown, digits - 1);
    }
}
END_TEST

START_TEST(texts_of_numbers)
{
    static const struct {
        double value;
        const char *shown;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1, "-1"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {3.65, "3.65"},
        {100, "100"},
        {1e9, "1000000000"},
        {1e-9, "1e-9"},
        {0.00001, "0.00001"},
        {0.000001, "1e-6"},
        {1e16, "10000000000000000"},
        {1e17, "1e17"},
        {1.5e17, "1.5e17"},
        {-2.5e-7, "-2.5e-7"},
        {1e22, "1e22"},
        {1e23, "1e23"},
        {9007199254740992.0, "9007199254740992"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {0x1p-44, "5.684341886080802e-14"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, "nan"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char shown[NUMBER_TEXT_SIZE];
        number_format(cases[i].value, shown);
        ck_assert_msg(strcmp(shown, cases[i].shown) == 0, "%a: '%s', expected '%s'", cases[i].value,
                      shown, cases[i].shown);
    }
}
END_TEST

/* ---- Reading ---- */

static void expect_parse(const char *shown)
{
    double value = NAN, wanted = oracle_parse(shown);
    bool taken = number_parse(shown, strlen(shown), &value);
    if (isinf(wanted))
        ck_assert_msg(!taken, "'%.60s' overflows and was taken for %a", shown, value);
    else
        ck_assert_msg(taken && bits_of(value) == bits_of(wanted), "'%.60s': %a, expected %a", shown,
                      value, wanted);
}

START_TEST(random_texts_read_as_strtod)
{
    uint64_t seed = 3;
    for (int i = 0; i < rounds(30000); i++) {
        char shown[1400];
        size_t length = 0, digits = 1 + random_below(&seed, i % 100 ? 25 : 1200),
               mark = random_below(&seed, (uint32_t)digits + 1);
        if (random_below(&seed, 4) == 0)
            shown[length++] = "+-"[random_below(&seed, 2)];
        for (size_t d = 0; d < digits; d++) {
            if (d == mark)
                shown[length++] = '.';
            shown[length++] = (char)('0' + random_below(&seed, 10));
        }
        shown[length] = 0;
        if (random_below(&seed, 3))
            snprintf(shown + length, 16, "e%d", (int)random_below(&seed, 700) - 350);
        expect_parse(shown);
    }
}
END_TEST

/* Texts exactly halfway between two doubles, and just beside: where a reader goes wrong first. */
START_TEST(halves_read_as_strtod)
{
    uint64_t seed = 4;
    for (int i = 0; i < rounds(3000); i++) {
        char shown[1300];
        uint64_t bits = i % 3 ? random_bits(&seed) >> 1 : random_bits(&seed) >> (12 + i % 50);
        double low = double_of(bits), high = double_of(bits + 1);
        locale_t before;
        size_t length;
        if (!isfinite(low) || !isfinite(high))
            continue;
        before = use_c();
        length = (size_t)snprintf(shown, sizeof shown, "%.1150Le",
                                  ((long double)low + (long double)high) / 2);
        uselocale(before);
        ck_assert_uint_lt(length, sizeof shown);
        expect_parse(shown);
        for (size_t at = strcspn(shown, "e");
             at-- > 2;) /* the last digit that is not 0: one less is below the half */
            if (shown[at] != '0') {
                shown[at]--;
                expect_parse(shown);
                shown[at] = (char)(shown[at] + 1);
                break;
            }
        shown[strcspn(shown, "e") - 1] = '1'; /* above the half by one part in 10^1150 */
        expect_parse(shown);
    }
}
END_TEST

static const char *const refused_numbers[] = {
    "",
    " ",
    "1 ",
    " 1",
    "+",
    "-",
    ".",
    "-.",
    "e5",
    "1e",
    "1e+",
    "1e-",
    "1.2.3",
    "1,5",
    "0x1",
    "nan",
    "inf",
    "Infinity",
    "1_000",
    "1 000",
    "--1",
    "+-1",
    "1-",
    "1e5.0",
    "1e 5",
    "\xEF\xBC\x91",
    "1e309",
    "-1e309",
    "1.7976931348623159e308",
    "2e308",
    "1e999999999999",
};
static const struct {
    const char *shown;
    double value;
} taken_numbers[] = {
    {"0", 0},
    {"-0", -0.0},
    {"+7", 7},
    {"007", 7},
    {".5", 0.5},
    {"5.", 5},
    {"1e0", 1},
    {"1E2", 100},
    {"1e+2", 100},
    {"25e-1", 2.5},
    {"0e999999999", 0},
    {"1e-999999999", 0},
    {"-1e-400", -0.0},
    {"4.9e-324", 5e-324},
    {"2.4e-324", 0},
    {"2.5e-324", 5e-324},
    {"1.7976931348623158e308", 1.7976931348623157e308},
    {"9007199254740993", 9007199254740992},
    {"9007199254740995", 9007199254740996},
};

START_TEST(numbers_refused_and_taken)
{
    double value = 42;
    for (size_t i = 0; i < LENGTH(refused_numbers); i++) {
        bool taken = number_parse(refused_numbers[i], strlen(refused_numbers[i]), &value);
        ck_assert_msg(!taken && value == 42, "'%s' was taken for %g", refused_numbers[i], value);
    }
    ck_assert(!number_parse("1\0", 2, &value));
    for (size_t i = 0; i < LENGTH(taken_numbers); i++) {
        const char *shown = taken_numbers[i].shown;
        bool taken = number_parse(shown, strlen(shown), &value);
        ck_assert_msg(taken && bits_of(value) == bits_of(taken_numbers[i].value),
                      "'%s': %a, expected %a", shown, value, taken_numbers[i].value);
    }
    ck_assert(number_parse("123", 2, &value) && value == 12);
}
END_TEST

/* ---- Fixed decimals ---- */

static const struct {
    double value;
    int decimals;
    const char *shown;
} fixed_cases[] = {
    {4.145, 2, "4.15"},
    {829.0 / 200, 2, "4.15"},
    {2.675, 2, "2.68"},
    {1.005, 2, "1.01"},
    {2.5, 0, "3"},
    {3.5, 0, "4"},
    {-2.5, 0, "-3"},
    {0.5, 0, "1"},
    {-0.5, 0, "-1"},
    {0.49999999999999994, 0, "0"},
    {-0.001, 2, "0.00"},
    {-0.005, 2, "-0.01"},
    {0.001, 2, "0.00"},
    {0, 2, "0.00"},
    {-0.0, 2, "0.00"},
    {9.995, 2, "10.00"},
    {99.95, 1, "100.0"},
    {0.95, 1, "1.0"},
    {0.0949, 1, "0.1"},
    {0.05, 1, "0.1"},
    {0.049, 1, "0.0"},
    {1e-300, 3, "0.000"},
    {123456.789, 2, "123456.79"},
    {3, 2, "3.00"},
    {1.0 / 3, 15, "0.333333333333333"},
    {2.0 / 3, 15, "0.666666666666667"},
    {999999999999999, 2, "999999999999999.00"},
    {999999999999999.9, 0, "1000000000000000"},
    {1e15, 2, "1000000000000000"},
    {NAN, 2, "nan"},
    {INFINITY, 2, "inf"},
    {-INFINITY, 0, "-inf"},
};

START_TEST(fixed_decimals)
{
    for (size_t i = 0; i < LENGTH(fixed_cases); i++) {
        char shown[NUMBER_TEXT_SIZE];
        size_t length = number_format_fixed(fixed_cases[i].value, fixed_cases[i].decimals, shown);
        ck_assert_msg(strcmp(shown, fixed_cases[i].shown) == 0 && length == strlen(shown),
                      "%.17g to %d: '%s', expected '%s'", fixed_cases[i].value,
                      fixed_cases[i].decimals, shown, fixed_cases[i].shown);
    }
}
END_TEST

/* Whole thousandths and their halves, in whole-number arithmetic. */
START_TEST(fixed_decimals_of_ratios)
{
    for (long thousandths = -12000; thousandths <= 12000; thousandths++) {
        char shown[NUMBER_TEXT_SIZE], wanted[32];
        long away = labs(thousandths) + 5, cents = away / 10;
        snprintf(wanted, sizeof wanted, "%s%ld.%02ld", thousandths < 0 && cents ? "-" : "",
                 cents / 100, cents % 100);
        number_format_fixed((double)thousandths / 1000, 2, shown);
        ck_assert_msg(strcmp(shown, wanted) == 0, "%ld/1000: '%s', expected '%s'", thousandths,
                      shown, wanted);
    }
}
END_TEST

/* ---- A locale that writes 0,5 ---- */

static const char *use_comma_locale(void)
{
    static const char *const names[] = {"",           "da_DK.UTF-8", "da_DK.utf8", "de_DE.UTF-8",
                                        "de_DE.utf8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < LENGTH(names); i++)
        if (setlocale(LC_ALL, names[i]) && strcmp(localeconv()->decimal_point, ",") == 0)
            return setlocale(LC_NUMERIC, NULL);
    setlocale(LC_ALL, "");
    return NULL;
}

/* Half, tenths and a weight of 0.5: whatever followed the locale would show. */
static const char locale_csv[] = "respondent,workgroup,target,weight,frequent,timely,accurate,"
                                 "problem_solving,shared_goals,shared_knowledge,mutual_respect\n"
                                 "1,A,A,0.5,1,2,3,4,5,4,3\n2,A,A,1.25,2,2,3,4,5,5,3.0\n3,B,A,1e0,1,"
                                 "1,1,2,,2,1\n4,B,A,1.0,2,,1,2,1,2,1\n";

START_TEST(nothing_follows_the_locale)
{
    static const char *const formats[] = {"text", "csv", "json"};
    char *wanted[2 * LENGTH(formats)], shown[NUMBER_TEXT_SIZE];
    const char *name;
    setlocale(LC_ALL, "C");
    for (size_t i = 0; i < LENGTH(wanted); i++)
        wanted[i] = written_of(locale_csv, i % 2 ? "matrix" : "summary",
                               "confidence=0.9 min_share=0.75", formats[i / 2]);
    name = use_comma_locale();
    if (!name)
        printf("SKIPPED: no locale that writes 0,5 is there; `make check-locale` makes one\n");
    for (size_t i = 0; i < LENGTH(wanted); i++) {
        char *got = written_of(locale_csv, i % 2 ? "matrix" : "summary",
                               "confidence=0.9 min_share=0.75", formats[i / 2]);
        expect_same_text(name ? name : "C", got, wanted[i]);
        free(got);
        free(wanted[i]);
    }
    number_format(-1234.5, shown);
    ck_assert_str_eq(shown, "-1234.5");
    number_format_fixed(4.145, 2, shown);
    ck_assert_str_eq(shown, "4.15");
    for (size_t i = 0; i < LENGTH(taken_numbers); i++)
        expect_parse(taken_numbers[i].shown);
    expect_round_trip(0.1);
    setlocale(LC_ALL, "");
}
END_TEST

Suite *numbers_suite(void)
{
    Suite *suite = suite_create("numbers");
    TCase *texts = tcase_create("texts"), *reading = tcase_create("reading"),
          *fixed = tcase_create("fixed");
    TCase *locale = tcase_create("locale");
    tcase_set_timeout(texts, 60);
    tcase_set_timeout(reading, 60);
    tcase_add_test(texts, random_doubles_round_trip);
    tcase_add_test(texts, texts_are_the_shortest);
    tcase_add_test(texts, texts_of_numbers);
    tcase_add_test(reading, random_texts_read_as_strtod);
    tcase_add_test(reading, halves_read_as_strtod);
    tcase_add_test(reading, numbers_refused_and_taken);
    tcase_add_test(fixed, fixed_decimals);
    tcase_add_test(fixed, fixed_decimals_of_ratios);
    tcase_add_test(locale, nothing_follows_the_locale);
    suite_add_tcase(suite, texts);
    suite_add_tcase(suite, reading);
    suite_add_tcase(suite, fixed);
    suite_add_tcase(suite, locale);
    return suite;
}
