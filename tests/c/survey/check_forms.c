/* One survey in every form that people have it in: long, wide by names and by patterns, as Arrow,
 * as codes, as labels, in other dialects. Whatever the form, every table is the same to the
 * byte. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_streams.h"
#include "dialects.h"

/* ---- The survey ---- */

enum { PEOPLE = 40, TARGETS = 4, DIMENSIONS = 7, NOTHING = -1, DONT_KNOW = 0 };

static const char *const dimensions[DIMENSIONS] = {
    "frequent",     "timely",           "accurate",       "problem_solving",
    "shared_goals", "shared_knowledge", "mutual_respect",
};
static const char *const targets[TARGETS] = {"Borgere", "Læger", "Pædagoger",
                                             "Sygeplejersker"}; /* three answer, too */
static const char *const levels[6] = {"Ved ikke",     "I meget lav grad", "I lav grad",
                                      "I nogen grad", "I høj grad",       "I meget høj grad"};

/* answers: 1 to 5 as scored, DONT_KNOW or NOTHING. A tie of which nothing is said is none. */
typedef struct person {
    int workgroup, unit;
    const char *weight;
    int answers[TARGETS][DIMENSIONS];
} person;

static void invent(person people[PEOPLE])
{
    static const char *const weights[] = {"0.5", "1", "1.5", "2"};
    uint64_t seed = 7;
    for (int p = 0; p < PEOPLE; p++) {
        people[p].workgroup = 1 + (int)random_below(&seed, 3);
        people[p].unit = (int)random_below(&seed, 12);
        people[p].weight = weights[random_below(&seed, 4)];
        for (int t = 0; t < TARGETS; t++) {
            bool asked = random_below(&seed, 8) != 0;
            for (int d = 0; d < DIMENSIONS; d++)
                people[p].answers[t][d] = asked && random_below(&seed, 10) != 0
                                              ? (int)random_below(&seed, 6)
                                              : NOTHING;
        }
    }
}

static bool is_asked(const person *p, int target)
{
    for (int d = 0; d < DIMENSIONS; d++)
        if (p->answers[target][d] != NOTHING)
            return true;
    return false;
}

/* ---- Its forms ---- */

typedef enum values {
    CODES,
    LABELS
} values; /* how answers are written: 5 is presented first, as 1 */

typedef struct form {
    char separator, decimal;
    values answers, workgroups;
} form;

typedef struct page {
    char *text;
    size_t length;
} page;

static __attribute__((format(printf, 2, 3))) void add(page *p, const char *format, ...)
{
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    size_t length = (size_t)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    ck_assert_uint_lt(length, sizeof line);
    p->text = realloc(p->text, p->length + length + 1);
    ck_assert_ptr_nonnull(p->text);
    memcpy(p->text + p->length, line, length + 1);
    p->length += length;
}

static void add_weight(page *p, const form *f, const char *weight)
{
    add(p, "%c", f->separator);
    for (; *weight; weight++)
        add(p, "%c", *weight == '.' ? f->decimal : *weight);
}

static void add_answer(page *p, const form *f, int answer)
{
    if (answer == NOTHING)
        add(p, "%c", f->separator);
    else if (f->answers == LABELS)
        add(p, "%c%s", f->separator, levels[answer]);
    else
        add(p, "%c%d", f->separator, answer == DONT_KNOW ? 8 : 6 - answer);
}

static void add_person(page *p, const form *f, int number, const person *who)
{
    add(p, "%d%c", number + 1, f->separator);
    if (f->workgroups == LABELS)
        add(p, "%s", targets[who->workgroup]);
    else
        add(p, "%d", who->workgroup);
    add(p, "%c%d", f->separator, who->unit);
    add_weight(p, f, who->weight);
}

static char *write_long(const person people[PEOPLE], const form *f)
{
    page p = {NULL, 0};
    char s = f->separator;
    add(&p, "id%cfag%csted%cvægt%com", s, s, s, s);
    for (int d = 0; d < DIMENSIONS; d++)
        add(&p, "%c%s", s, dimensions[d]);
    for (int i = 0; i < PEOPLE; i++)
        for (int t = 0; t < TARGETS; t++) {
            if (!is_asked(&people[i], t))
                continue;
            add(&p, "\n");
            add_person(&p, f, i, &people[i]);
            if (f->workgroups == LABELS)
                add(&p, "%c%s", s, targets[t]);
            else
                add(&p, "%c%d", s, t);
            for (int d = 0; d < DIMENSIONS; d++)
                add_answer(&p, f, people[i].answers[t][d]);
        }
    add(&p, "\n");
    return p.text;
}

static char *write_wide(const person people[PEOPLE], const form *f, char between)
{
    page p = {NULL, 0};
    char s = f->separator;
    add(&p, "id%cfag%csted%cvægt", s, s, s);
    for (int d = 0; d < DIMENSIONS; d++) /* the same dimension about each, as forms often ask */
        for (int t = TARGETS - 1; t >= 0; t--)
            add(&p, "%c%s%c%d", s, dimensions[d], between, t);
    for (int i = 0; i < PEOPLE; i++) {
        add(&p, "\n");
        add_person(&p, f, i, &people[i]);
        for (int d = 0; d < DIMENSIONS; d++)
            for (int t = TARGETS - 1; t >= 0; t--)
                add_answer(&p, f, people[i].answers[t][d]);
    }
    add(&p, "\n");
    return p.text;
}

/* ---- Their codebooks ---- */

#define CODEBOOK_HEADER "variable,role,dimension,target,values\n"
#define PEOPLE_ROWS "id,respondent,,,\nsted,unit,,,\nvægt,weight,,,\n"
#define GROUP_CODES "1||Læger;2||Pædagoger;3||Sygeplejersker"
#define GROUP_LABELS "Læger;Pædagoger;Sygeplejersker"
#define TARGET_CODES "0||Borgere;" GROUP_CODES
#define TARGET_LABELS "Borgere;" GROUP_LABELS
#define ANSWER_CODES                                                                         \
    "1=5|I meget høj grad;2=4|I høj grad;3=3|I nogen grad;4=2|I lav grad;5=1|I meget lav " \
    "grad;8=dk|Ved ikke"
#define ANSWER_LABELS \
    "I meget høj grad=5;I høj grad=4;I nogen grad=3;I lav grad=2;I meget lav grad=1;Ved ikke=dk"

static char *codebook_long(values answers)
{
    page p = {NULL, 0};
    add(&p, CODEBOOK_HEADER PEOPLE_ROWS);
    add(&p, "fag,workgroup,,,%s\nom,target,,,%s\n", answers == LABELS ? GROUP_LABELS : GROUP_CODES,
        answers == LABELS ? TARGET_LABELS : TARGET_CODES);
    for (int d = 0; d < DIMENSIONS; d++)
        add(&p, "%s,item,%s,,%s\n", dimensions[d], dimensions[d],
            answers == LABELS ? ANSWER_LABELS : ANSWER_CODES);
    return p.text;
}

static char *codebook_pattern(const char *pattern)
{
    page p = {NULL, 0};
    add(&p, CODEBOOK_HEADER PEOPLE_ROWS);
    add(&p, "fag,workgroup,,," GROUP_CODES "\n,target,,," TARGET_CODES "\n");
    add(&p, "%s,item,,,%s\n", pattern, ANSWER_CODES);
    return p.text;
}

static char *codebook_names(void)
{
    page p = {NULL, 0};
    add(&p, CODEBOOK_HEADER PEOPLE_ROWS);
    add(&p, "fag,workgroup,,," GROUP_CODES "\n,target,,," TARGET_CODES "\n");
    for (int d = 0; d < DIMENSIONS; d++)
        for (int t = 0; t < TARGETS; t++)
            add(&p, "%s/%d,item,%s,%d,%s\n", dimensions[d], t, dimensions[d], t, ANSWER_CODES);
    return p.text;
}

/* ---- What comes of them ---- */

/* Every table of the analyses, as CSV; the caller frees it. */
static char *tables_of(const relcoord_survey *survey)
{
    static const char *const asked[][3] = {
        {"matrix", "", "cells"},
        {"matrix", "", "coverage"},
        {"matrix", "by=unit", "workgroups"},
        {"matrix", "weights=ignore", "cells"},
        {"summary", "", "indices"},
        {"summary", "by=unit", "silo"},
        {"summary", "weights=ignore", "complete_cases"},
    };
    page all = {NULL, 0};
    for (size_t i = 0; i < LENGTH(asked); i++) {
        char table[64];
        relcoord_result *result = result_make(survey, asked[i][0], asked[i][1]);
        snprintf(table, sizeof table, "table=%s", asked[i][2]);
        char *csv = result_written(result, "csv", table);
        size_t length = strlen(csv);
        all.text = realloc(all.text, all.length + length + 1);
        ck_assert_ptr_nonnull(all.text);
        memcpy(all.text + all.length, csv, length + 1);
        all.length += length;
        free(csv);
        relcoord_result_free(result);
    }
    return all.text;
}

static relcoord_options *options_with(char *codebook)
{
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *read;
    relcoord_error error;
    pieces source = {.bytes = codebook, .length = strlen(codebook)};
    ck_assert_msg(
        relcoord_codebook_read_source(pieces_read, &source, "codebook", NULL, &read, &error)
            == RELCOORD_OK,
        "%s", error.message);
    ck_assert_int_eq(relcoord_options_set_codebook(options, read, NULL), RELCOORD_OK);
    relcoord_codebook_free(read);
    free(codebook);
    return options;
}

/* text and codebook are freed. */
static char *tables_of_csv(char *text, coding to, char *codebook)
{
    relcoord_options *options = options_with(codebook);
    relcoord_survey *survey;
    relcoord_error error;
    bytes encoded = encode(text, to);
    ck_assert_msg(read_pieces(encoded.at, encoded.length, 0, options, &survey, &error)
                      == RELCOORD_OK,
                  "line %d %s: %s", (int)error.line, error.column, error.message);
    relcoord_options_free(options);
    free(encoded.at);
    free(text);
    char *tables = tables_of(survey);
    relcoord_survey_free(survey);
    return tables;
}

static char *tables_of_arrow(char *text, const char *types, char *codebook)
{
    stream_plan plan = {.csv = text, .types = types, .batch_rows = 7, .struct_offset = 2};
    relcoord_options *options = options_with(codebook);
    stream_state state;
    struct ArrowArrayStream stream = stream_make(&plan, &state);
    relcoord_survey *survey;
    relcoord_error error;
    ck_assert_msg(relcoord_survey_from_arrow(&stream, options, &survey, &error) == RELCOORD_OK,
                  "row %d %s: %s", (int)error.row, error.column, error.message);
    stream_end(&state, "form");
    relcoord_options_free(options);
    free(text);
    char *tables = tables_of(survey);
    relcoord_survey_free(survey);
    return tables;
}

static void expect_same(const char *what, char *got, const char *wanted)
{
    expect_same_text(what, got, wanted);
    free(got);
}

static const form plain = {',', '.', CODES, CODES}, danish = {';', ',', CODES, CODES},
                  words = {',', '.', LABELS, LABELS};

START_TEST(every_form_gives_the_same)
{
    person people[PEOPLE];
    invent(people);
    char *wanted = tables_of_csv(write_long(people, &plain), UTF_8, codebook_long(CODES));
    ck_assert_uint_gt(strlen(wanted), 5000);
    ck_assert_ptr_nonnull(strstr(wanted, "Læger,Borgere,rc,"));
    expect_same("long, labels",
                tables_of_csv(write_long(people, &words), UTF_8, codebook_long(LABELS)), wanted);
    expect_same("long, semicolons, decimal comma, Windows-1252",
                tables_of_csv(write_long(people, &danish), WINDOWS_1252, codebook_long(CODES)),
                wanted);
    expect_same("long, UTF-16",
                tables_of_csv(write_long(people, &danish), UTF_16LE_MARKED, codebook_long(CODES)),
                wanted);
    expect_same("long, Arrow",
                tables_of_arrow(write_long(people, &plain), "i c s g c>u c", codebook_long(CODES)),
                wanted);
    expect_same("wide, names",
                tables_of_csv(write_wide(people, &plain, '/'), UTF_8, codebook_names()), wanted);
    expect_same("wide, pattern",
                tables_of_csv(write_wide(people, &plain, '_'), UTF_8,
                              codebook_pattern("{dimension}_{target}")),
                wanted);
    expect_same("wide, UTF-16",
                tables_of_csv(write_wide(people, &danish, '_'), UTF_16BE_MARKED,
                              codebook_pattern("{dimension}_{target}")),
                wanted);
    free(wanted);
}
END_TEST

START_TEST(wide_in_any_order_of_rows)
{
    person people[PEOPLE], turned[PEOPLE];
    invent(people);
    for (int i = 0; i < PEOPLE; i++)
        turned[i] = people[PEOPLE - 1 - i];
    char *wanted = tables_of_csv(write_wide(people, &plain, '_'), UTF_8,
                                 codebook_pattern("{dimension}_{target}"));
    char *got = tables_of_csv(write_wide(turned, &plain, '_'), UTF_8,
                              codebook_pattern("{dimension}_{target}"));
    /* the ids are the other way round, and nothing shows them */
    expect_same("turned", got, wanted);
    free(wanted);
}
END_TEST

/* Whether people are in a group may be a boolean; nothing else may. */
START_TEST(booleans_are_memberships)
{
    static const char csv[] = "id,fag,a1,a2,frequent_x\n1,A,1,0,5\n2,A,1,1,4\n3,B,0,,3\n4,B,0,1,"
                              "2\n5,B,1,0,1\n6,A,0,0,5\n7,A,1,1,4\n8,B,,1,2\n9,A,1,0,3\n";
    static const char book[] = "variable,role,dimension,label_en\nid,respondent,,\nfag,workgroup,,"
                               "\na1,group,area,Adults\na2,group,area,Youth\n"
                               "{dimension}_{target},item,,\n";
    static const struct {
        const char *types, *column;
    } plans[] = {
        {"i u b b c", ""}, {"i u c b c", ""}, {"i b c c c", "fag"}, {"i u c c b", "frequent_x"}};
    char *wanted = NULL;
    for (size_t i = 0; i < LENGTH(plans); i++) {
        stream_plan plan = {
            .csv = csv, .types = plans[i].types, .batch_rows = 4, .child_offset = 3};
        stream_state state;
        struct ArrowArrayStream stream = stream_make(&plan, &state);
        relcoord_options *options = options_with(strcpy(malloc(sizeof book), book));
        relcoord_survey *survey;
        relcoord_error error = {0};
        relcoord_status status = relcoord_survey_from_arrow(&stream, options, &survey, &error);
        stream_end(&state, plans[i].types);
        relcoord_options_free(options);
        ck_assert_str_eq(error.column, plans[i].column);
        if (*plans[i].column) {
            ck_assert_str_eq(error.message,
                             "a column of the Arrow type 'b' cannot be read; give text or numbers");
            continue;
        }
        ck_assert_msg(status == RELCOORD_OK, "%s", error.message);
        relcoord_result *result = result_make(survey, "matrix", "by=area");
        char *got = result_written(result, "csv", NULL);
        ck_assert_ptr_nonnull(strstr(got, "\nYouth,A,x,rc,2,"));
        if (wanted)
            expect_same_text(plans[i].types, got, wanted);
        free(wanted);
        wanted = got;
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
    free(wanted);
}
END_TEST

Suite *forms_suite(void);
Suite *forms_suite(void)
{
    Suite *suite = suite_create("forms");
    TCase *tests = tcase_create("forms");
    tcase_add_test(tests, every_form_gives_the_same);
    tcase_add_test(tests, wide_in_any_order_of_rows);
    tcase_add_test(tests, booleans_are_memberships);
    suite_add_tcase(suite, tests);
    return suite;
}
