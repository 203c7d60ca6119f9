/* Words: everything that relcoord prints around its figures has a Danish counterpart, and what is
 * typed by users is left alone. Texts, codes and formats that only the sources know are held
 * against the catalogue by tests/catalogue.sh. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/registry.h"
#include "codebook/names.h"
#include "said.h"
#include "support.h"
#include "words/words.h"

Suite *words_suite(void);

/* ---- Every word has its counterpart ---------------------------------------------------------- */

START_TEST(presenters_words)
{
    for (int i = 0; i < WORD_COUNT; i++)
        for (int l = ENGLISH; l <= DANISH; l++)
            ck_assert_msg(word((language)l, (word_id)i) && *word((language)l, (word_id)i),
                          "word %d in language %d", i, l);
    ck_assert_str_eq(word(ENGLISH, WORD_LANGUAGE), "en");
    ck_assert_str_eq(word(DANISH, WORD_LANGUAGE), "da");
}
END_TEST

static void expect_text(const char *where, const char *english)
{
    ck_assert_msg(!*english || words_text(DANISH, english),
                  "%s: no Danish for \"%s\" (lib/words/da.po)", where, english);
}

static void expect_table(const table_spec *spec)
{
    expect_text(spec->name, spec->help);
    for (const column_spec *c = spec->columns; c->name; c++) {
        expect_text(c->name, c->help);
        ck_assert_msg(words_heading(DANISH, spec->name, c->name)
                          && words_heading(ENGLISH, spec->name, c->name),
                      "%s: no heading for the column '%s' (lib/words/*.po)", spec->name, c->name);
    }
    for (const view_spec *v = spec->views; v && v->kind; v++)
        expect_text(spec->name, v->title);
}

START_TEST(analyses_in_danish)
{
    size_t count = 0;
    for (; analysis_registry[count]; count++) {
        const analysis *a = analysis_registry[count];
        expect_text(a->name, a->summary);
        for (const table_spec *const *t = a->tables; *t; t++)
            expect_table(*t);
    }
    ck_assert_uint_ge(count, 2);
    for (int by = 0; by < ATTRIBUTE_COUNT; by++)
        if (by != COLUMN_RESPONDENT)
            ck_assert_msg(words_heading(DANISH, "", column_names[by][0]), "no heading for '%s'",
                          column_names[by][0]);
}
END_TEST

/* Options and formats are described in tables of their own. */
START_TEST(descriptions_in_danish)
{
    relcoord_result *result = NULL;
    ck_assert_int_eq(relcoord_describe(&result, NULL), RELCOORD_OK);
    for (size_t i = 0; i < result->table_count; i++) {
        const relcoord_table *t = result->tables[i];
        const char *const *helps;
        const uint8_t *valid;
        expect_table(t->spec);
        if (relcoord_table_strings(t, "help", &helps, &valid, NULL))
            continue;
        for (size_t row = 0; row < t->row_count; row++)
            expect_text(relcoord_table_name(t), helps[row]);
    }
    relcoord_result_free(result);
}
END_TEST

/* ---- Every word of a result ---- */

static const struct {
    survey_plan plan;
    const char *settings;
} surveys[] = {
    {{.respondents = 40, .workgroups = 4, .targets = 5, .missing = 10, .seed = 1}, NULL},
    {{.respondents = 40,
      .workgroups = 3,
      .targets = 4,
      .units = 3,
      .waves = 2,
      .missing = 60,
      .seed = 2},
     "by=unit,wave"},
    {{.respondents = 20, .workgroups = 3, .targets = 3, .weights = true, .missing = 20, .seed = 3},
     NULL},
    {{.respondents = 3, .workgroups = 3, .targets = 1, .missing = 90, .seed = 4}, "min_share=1"},
};

/* Those of the settings that the analysis takes. */
static const char *settings_of(const analysis *a, const char *settings, char taken[64])
{
    strcpy(taken, a->unweighted ? "weights=ignore" : "");
    for (const char *word = settings; word && *word;
         word += strcspn(word, " ") + (word[strcspn(word, " ")] == ' '))
        for (size_t i = 0; i < a->option_count; i++)
            if (strncmp(a->options[i].name, word, strcspn(word, "=")) == 0
                && !a->options[i].name[strcspn(word, "=")])
                sprintf(taken + strlen(taken), "%s%.*s", *taken ? " " : "", (int)strcspn(word, " "),
                        word);
    return *taken ? taken : NULL;
}

/* The survey, held against a register of its own people: what response rates are made from. */
static relcoord_survey *survey_with_register(const char *csv)
{
    relcoord_survey *survey = survey_make(csv);
    relcoord_options *options = options_make("read", NULL);
    relcoord_register *invited = NULL;
    text people = {0};
    bool waves = survey->attributes[COLUMN_WAVE].present,
         units = survey->attributes[COLUMN_UNIT].present;
    pieces p;
    text_add_format(&people, "respondent,workgroup%s%s\n", units ? ",unit" : "",
                    waves ? ",wave" : "");
    for (uint32_t i = 0; i < survey->participation_count; i++) {
        text_add(&people, survey->respondents.names[survey->respondent[i]]);
        for (size_t a = 0; a < survey->attribute_count; a++)
            if (a == COLUMN_WORKGROUP || (a == COLUMN_WAVE && waves) || (a == COLUMN_UNIT && units))
                text_add_format(
                    &people, ",%s",
                    a == COLUMN_WORKGROUP
                        ? ""
                        : survey->attributes[a].labels.names[survey->attributes[a].values[i]]);
        text_add(&people, "\n");
    }
    relcoord_survey_free(survey);
    p = (pieces){.bytes = people.bytes, .length = people.length};
    ck_assert_int_eq(relcoord_register_read_source(pieces_read, &p, "people", NULL, &invited, NULL),
                     RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_register(options, invited, NULL), RELCOORD_OK);
    relcoord_register_free(invited);
    survey = NULL;
    ck_assert_int_eq(read_pieces(csv, strlen(csv), 0, options, &survey, NULL), RELCOORD_OK);
    relcoord_options_free(options);
    text_free(&people);
    return survey;
}

static relcoord_result *result_if_suited(const relcoord_survey *survey, const analysis *a,
                                         const char *settings)
{
    relcoord_options *options = options_make(a->name, settings);
    relcoord_result *result = NULL;
    relcoord_run(survey, a->name, options, &result, NULL);
    relcoord_options_free(options);
    return result;
}

START_TEST(results_in_danish)
{
    char taken[64];
    size_t seen = 0;
    char *csv = csv_invent(&surveys[_i].plan);
    relcoord_survey *survey = survey_with_register(csv);
    for (size_t i = 0; analysis_registry[i]; i++) {
        const analysis *a = analysis_registry[i];
        relcoord_result *result = result_if_suited(survey, a,
                                                   settings_of(a, surveys[_i].settings, taken));
        if (!result) /* some cannot be grouped so, or are made from what these surveys have not */
            result = result_if_suited(survey, a, settings_of(a, NULL, taken));
        if (!result)
            continue;
        seen += expect_danish(result, csv);
        relcoord_result_free(result);
    }
    ck_assert_uint_gt(seen, 100);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

/* ---- Values and notes
 * ---------------------------------------------------------------------------- */

static const struct {
    const char *column, *value, *english, *danish;
} values[] = {
    {"dimension", "frequent", "frequent", "hyppig kommunikation"},
    {"dimension", "timely", "timely", "rettidig kommunikation"},
    {"dimension", "accurate", "accurate", "præcis kommunikation"},
    {"dimension", "problem_solving", "problem-solving", "problemløsende kommunikation"},
    {"dimension", "shared_goals", "shared goals", "fælles mål"},
    {"dimension", "shared_knowledge", "shared knowledge", "fælles viden"},
    {"dimension", "mutual_respect", "mutual respect", "gensidig respekt"},
    {"dimension", "communication", "communication", "kommunikation"},
    {"dimension", "relationship", "relationship", "relation"},
    {"dimension", "rc", "relational coordination", "relationel koordinering"},
    {"part", "within", "within workgroups", "inden for faggruppen"},
    {"part", "between", "between workgroups", "mellem faggrupper"},
    {"band", "weak", "weak", "svag"},
    {"band", "moderate", "moderate", "moderat"},
    {"band", "strong", "strong", "stærk"},
    {"weighting", "ties", "ties", "forbindelser"},
    /* The same word elsewhere is a label. */
    {"workgroup", "strong", NULL, NULL},
    {"part", "weak", NULL, NULL},
};

START_TEST(values_by_their_column)
{
    const char *english = words_value(ENGLISH, false, "", values[_i].column, values[_i].value);
    const char *danish = words_value(DANISH, false, "", values[_i].column, values[_i].value);
    ck_assert_pstr_eq(english, values[_i].english);
    ck_assert_pstr_eq(danish, values[_i].danish);
}
END_TEST

static const struct {
    const char *format, *arguments[4], *english, *danish;
} notes[] = {
    {"weighted by the column 'weight'",
     {NULL},
     "weighted by the column 'weight'",
     "vægtet med kolonnen 'weight'"},
    /* What reading noted comes as one argument. */
    {"%s",
     {"columns not used: 1.5, %s, in"},
     "columns not used: 1.5, %s, in",
     "kolonner, der ikke bruges: 1.5, %s, in"},
    {"%s",
     {"answers off the scale, set to missing: 3 in timely, 12 in accurate"},
     "answers off the scale, set to missing: 3 in timely, 12 in accurate",
     "svar uden for skalaen, sat til manglende: 3 i timely, 12 i accurate"},
    {"%s",
     {"rows left out because the respondent rates the target in another: 7, the last is kept"},
     "rows left out because the respondent rates the target in another: 7, the last is kept",
     "rækker udeladt, fordi respondenten bedømmer målgruppen i en anden: 7, den sidste er beholdt"},
    {"%s", {"read as Windows-1252"}, "read as Windows-1252", "læst som Windows-1252"},
    {"%s", {"decimal comma"}, "decimal comma", "decimalkomma"},
    {"%s", {"columns not use"}, "columns not use", NULL},
    {"%s", {"decimal commas"}, "decimal commas", NULL},
    {"nothing %s", {"known"}, "nothing known", NULL},
};

START_TEST(notes_with_their_arguments)
{
    const char *const *a = notes[_i].arguments;
    relcoord_result *result = result_new("things", NULL);
    text danish = {0};

    /* The format comes from a table, so its arguments cannot be checked against it here. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
    result_add_note(result, notes[_i].format, a[0], a[1], a[2], a[3]);
#pragma GCC diagnostic pop
    ck_assert_int_eq(result_finished(result, NULL), RELCOORD_OK);
    ck_assert_str_eq(relcoord_result_note(result, 0), notes[_i].english);
    ck_assert_int_eq(words_add_note(DANISH, &result->notes[0], &danish), notes[_i].danish != NULL);
    ck_assert_pstr_eq(danish.bytes, notes[_i].danish);
    text_free(&danish);
    relcoord_result_free(result);
}
END_TEST

/* ---- Pages ---- */

static const char labels[] = "respondent,workgroup,target,frequent,timely,accurate,problem_solving,"
                             "shared_goals,shared_knowledge,mutual_respect,unit,extra\n"
                             "1,strong,strong,4,4,5,3,4,4,5,,x\n"
                             "1,strong,within,2,3,2,3,2,4,3,,x\n"
                             "2,strong,strong,5,4,5,5,4,4,5,,x\n"
                             "3,rc,strong,3,3,3,3,,,,rc,x\n";

START_TEST(a_danish_page)
{
    relcoord_result *result = result_of(labels, "matrix", "by=unit");
    char *page = result_written(result, "text", "lang=da table=cells");
    expect_same_text(
        "danish", page,
        "relcoord 0.1.0 · matrix · by unit · confidence 0.95\n"
        "\n"
        "Relationel koordinering: gennemsnit, styrke, antal bedømmere\n"
        "\n"
        "enhed = (uoplyst)\n"
        "\n"
        "           målgruppe\n"
        "faggruppe  strong        within\n"
        "─────────────────────────────────────\n"
        "strong     4,36 mo? (2)  2,71 sv  (1)\n"
        "\n"
        "enhed = rc\n"
        "\n"
        "           målgruppe\n"
        "faggruppe  strong\n"
        "──────────────────────\n"
        "rc         3,00 sv (1)\n"
        "styrke: sv = svag, mo = moderat,\n"
        "  ? = usikker, intervallet går hen over en grænse\n"
        "\n"
        "Gennemsnit for hver dimension\n"
        "\n"
        "enhed = (uoplyst)\n"
        "\n"
        "                    dimension\n"
        "                                               fælles fælles gens           rela\n"
        "faggruppe målgruppe hyppig rettidi præcis prob    mål  viden resp komm rela koor\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "strong    strong      4,50    4,00   5,00 4,00   4,00   4,00 5,00 4,38 4,33 4,36\n"
        "          within      2,00    3,00   2,00 3,00   2,00   4,00 3,00 2,50 3,00 2,71\n"
        "Kolonner: hyppig, rettidig, præcis, problemløsende, fælles mål, fælles viden,\n"
        "  gensidig respekt, kommunikation, relation, relationel koordinering\n"
        "\n"
        "enhed = rc\n"
        "\n"
        "                    dimension\n"
        "                                               fælles fælles gens           rela\n"
        "faggruppe målgruppe hyppig rettidi præcis prob    mål  viden resp komm rela koor\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "rc        strong      3,00    3,00   3,00 3,00      –      –    – 3,00    – 3,00\n"
        "– = ingen har scoren (empty)\n"
        "\n"
        "Note: kolonner, der ikke bruges: extra\n"
        "Note: styrken af relationel koordinering mellem faggrupper: svag under 3,5,\n"
        "      stærk over 4; inden for: svag under 4,1, stærk over 4,6 (standardgrænserne\n"
        "      inden for er fra praksis, gengivet efter hukommelsen og ikke bekræftet)\n");
    free(page);
    relcoord_result_free(result);
}
END_TEST

START_TEST(programs_read_the_same_in_every_language)
{
    static const char *const formats[] = {"csv", "json"};
    relcoord_result *result = result_of(labels, "matrix", NULL);
    for (size_t i = 0; i < LENGTH(formats); i++) {
        char *english = result_written(result, formats[i], "lang=en"),
             *danish = result_written(result, formats[i], "lang=da");
        expect_same_text(formats[i], danish, english);
        free(english);
        free(danish);
    }
    relcoord_result_free(result);
}
END_TEST

Suite *words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *pairs = tcase_create("pairs"), *pages = tcase_create("pages");

    tcase_add_test(pairs, presenters_words);
    tcase_add_test(pairs, analyses_in_danish);
    tcase_add_test(pairs, descriptions_in_danish);
    tcase_add_loop_test(pairs, results_in_danish, 0, LENGTH(surveys));
    tcase_add_loop_test(pairs, values_by_their_column, 0, LENGTH(values));
    tcase_add_loop_test(pairs, notes_with_their_arguments, 0, LENGTH(notes));
    suite_add_tcase(suite, pairs);
    tcase_add_test(pages, a_danish_page);
    tcase_add_test(pages, programs_read_the_same_in_every_language);
    suite_add_tcase(suite, pages);
    return suite;
}
