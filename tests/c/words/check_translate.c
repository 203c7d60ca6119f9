/* Saying in Danish what the library says in English: every format of its messages, the parts of
 * messages, buffers of every size. That no message of the sources lacks Danish is held by
 * tests/catalogue.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support.h"
#include "words/lookup.h"
#include "words/words.h"

#include <check.h>

Suite *translate_suite(void);

/* ---- Formats ---- */

/* A format with arguments put in, by their numbers where it has some: values in quotation marks,
 * which stay as they are. */
static void put_arguments(const char *format, text *out)
{
    static const char *const values[] = {"'a1'", "'b2'", "'c3'", "'d4'",
                                         "'e5'", "'f6'", "'g7'", "'h8'"};
    size_t next = 0, number;
    for (const char *percent; (percent = strchr(format, '%')); format = percent) {
        text_add_bytes(out, format, (size_t)(percent - format));
        number = percent[2] == '$' ? (size_t)(percent[1] - '1') : next++;
        ck_assert_uint_lt(number, LENGTH(values));
        text_add(out, values[number]);
        percent += 2 + strspn(percent + 1, "-.*0123456789$lz");
    }
    text_add(out, format);
}

/* Each sentence is known for what it is, although many begin alike. */
START_TEST(every_format)
{
    const catalogue_entry *end, *entry = catalogue_section("", "", &end);
    size_t formats = 0;
    for (; entry < end; entry++) {
        const char *english = catalogue_id(entry), *danish = catalogue_words_of(entry, DANISH);
        text words = {0}, wanted = {0}, got = {0};
        if (!entry->is_format)
            continue;
        ck_assert_msg(strcmp(english, danish) != 0, "\"%s\" is left in English", english);
        put_arguments(english, &words);
        put_arguments(danish, &wanted);
        ck_assert_msg(words_add_sentence(DANISH, words.bytes, &got), "\"%s\" is not known",
                      words.bytes);
        expect_same_text(english, got.bytes, wanted.bytes);
        text_free(&words);
        text_free(&wanted);
        text_free(&got);
        formats++;
    }
    ck_assert_uint_gt(formats, 150);
}
END_TEST

static const struct {
    const char *english, *danish;
} cases[] = {
    {"", ""},
    {"no message of relcoord's", ""},
    {"the file is empty", "filen er tom"},
    {"the file is empty.", ""},
    {"unknown table 'x'", "der er ingen tabel 'x'"},
    {"unknown table 'x'; the first is 'y'", "der er ingen tabel 'x'; den første er 'y'"},
    {"the row has 1 field, the header 10", "rækken har 1 felt, overskriften 10"},
    {"the row has 2 fields, the header 10", "rækken har 2 felter, overskriften 10"},
    {"option 'confidence' takes a number from 0.5 to 0.9999, not '0,9'",
     "indstillingen 'confidence' skal være et tal fra 0.5 til 0.9999, ikke '0,9'"},
    {"'a value' is not a number", "'a value' er ikke et tal"}, /* somebody's */
    {"a value is not a number", "en værdi er ikke et tal"},    /* redacted */
    {"the target is empty", "målgruppen mangler"},
    {"the data have no wave '7', but 1 other", "data har ingen bølge '7', men 1 anden"},
    {"the data have no wave '7', but 2 others (a to b)",
     "data har ingen bølge '7', men 2 andre (a til b)"},
    {"the data have 2 waves, which are never pooled: choose one by 'wave', or keep them apart by "
     "'by'",
     "data har 2 bølger, som aldrig slås sammen: vælg en med 'wave', eller hold dem adskilt med "
     "'by'"},
    {"entry 2 of values, '2=x', has no value in front",
     "led 2 i values, '2=x', har ingen værdi forrest"},
    {"both 'a' and 'b' mean timely of target 'c'",
     "både 'a' og 'b' betyder timely for målgruppen 'c'"},
    {"respondent 'it's %s' has two weights in one wave",
     "respondenten 'it's %s' har to vægte i én bølge"},
    {"columns not used: a, b", "kolonner, der ikke bruges: a, b"}, /* a note */
    {"register: decimal comma", "i registret: decimalkomma"},
    {"register: unheard of", "i registret: unheard of"},
    {"level of the confidence intervals", "konfidensintervallernes niveau"}, /* help of an option */
};

START_TEST(messages_notes_and_texts)
{
    char buffer[400] = "before";
    size_t length = relcoord_translate("da", cases[_i].english, buffer, sizeof buffer);
    expect_same_text(cases[_i].english, buffer, cases[_i].danish);
    ck_assert_uint_eq(length, strlen(cases[_i].danish));
    ck_assert_uint_eq(relcoord_translate("en", cases[_i].english, buffer, sizeof buffer),
                      strlen(cases[_i].english));
    ck_assert_str_eq(buffer, cases[_i].english);
}
END_TEST

/* ---- Buffers, and what else a caller may do ---- */

START_TEST(codes_of_notes_and_estimators)
{
    char words[200];
    ck_assert_uint_gt(relcoord_translate("en", "too_few", words, sizeof words), 0);
    ck_assert_str_eq(words, "too few answers");
    relcoord_translate("da", "too_few;constant_item:q7", words, sizeof words);
    ck_assert_str_eq(words, "for få svar; et spørgsmål med kun ét svar: q7");
    relcoord_translate("da", "mean_t", words, sizeof words);
    ck_assert_str_eq(words, "gennemsnit af uafhængige værdier, Students t");
    ck_assert_uint_eq(relcoord_translate("da", "too_few;no_such_code", words, sizeof words), 0);
    ck_assert_uint_eq(relcoord_translate("da", ";", words, sizeof words), 0);
}
END_TEST

START_TEST(buffers_of_every_size)
{
    static const char english[] = "the target is empty", danish[] = "målgruppen mangler";
    for (size_t size = 0; size < sizeof danish + 3; size++) {
        size_t kept = size < sizeof danish ? size - 1 : sizeof danish - 1;
        char buffer[sizeof danish + 4];
        memset(buffer, '#', sizeof buffer);
        ck_assert_uint_eq(relcoord_translate("da", english, buffer, size), sizeof danish - 1);
        ck_assert_msg(buffer[size] == '#', "a byte behind a buffer of %zu", size);
        kept = kept == 2 ? 1 : kept; /* within the å */
        if (size > 0) {
            ck_assert_uint_eq(strlen(buffer), kept);
            ck_assert(memcmp(buffer, danish, kept) == 0);
        }
    }
    ck_assert_uint_eq(relcoord_translate("da", english, NULL, 100), sizeof danish - 1);
}
END_TEST

START_TEST(nothing_to_say)
{
    char buffer[64] = "before";
    ck_assert_uint_eq(relcoord_translate(NULL, "the file is empty", buffer, sizeof buffer), 0);
    ck_assert_str_eq(buffer, "");
    strcpy(buffer, "before");
    ck_assert_uint_eq(relcoord_translate("da", NULL, buffer, sizeof buffer), 0);
    ck_assert_str_eq(buffer, "");
    strcpy(buffer, "before");
    ck_assert_uint_eq(relcoord_translate("sv", "the file is empty", buffer, sizeof buffer), 0);
    ck_assert_str_eq(buffer, "");
    ck_assert_uint_eq(relcoord_translate(NULL, NULL, NULL, 0), 0);
    strcpy(buffer, "the file is empty");
    ck_assert_uint_eq(relcoord_translate("da", buffer, buffer, sizeof buffer),
                      strlen("filen er tom"));
    ck_assert_str_eq(buffer, "filen er tom");
}
END_TEST

START_TEST(no_memory)
{
    char buffer[64];
    int64_t asked;
    heap_start();
    heap_fail(0, 0);
    ck_assert_uint_gt(relcoord_translate("da", "register: decimal comma", buffer, sizeof buffer),
                      0);
    asked = heap_asked();
    ck_assert_int_ge(asked, 2);
    for (int64_t i = 1; i <= asked; i++) {
        heap_fail(i, i);
        ck_assert_uint_eq(
            relcoord_translate("da", "register: decimal comma", buffer, sizeof buffer), 0);
        ck_assert_str_eq(buffer, "");
    }
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *translate_suite(void)
{
    Suite *suite = suite_create("translate");
    TCase *formats = tcase_create("formats"), *buffers = tcase_create("buffers");

    tcase_add_test(formats, every_format);
    tcase_add_loop_test(formats, messages_notes_and_texts, 0, LENGTH(cases));
    suite_add_tcase(suite, formats);
    tcase_add_test(buffers, codes_of_notes_and_estimators);
    tcase_add_test(buffers, buffers_of_every_size);
    tcase_add_test(buffers, nothing_to_say);
    tcase_add_test(buffers, no_memory);
    suite_add_tcase(suite, buffers);
    return suite;
}
