/* What holds of every analysis of the registry, whatever it is: each is made from a committed
 * survey that has something for all of its tables, in any order of rows, on any number of threads,
 * in any format; stopped, without memory, and with every option at its ends. Figures are elsewhere.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/registry.h"
#include "base/number.h"
#include "said.h"
#include "support.h"

Suite *every_analysis_suite(void);

/* ---- A survey for each ---- */

/* One of the folders with a survey: its text, as it is or with its rows in another order, its
 * register and codebook where it has them, and the settings that suit an analysis. */
typedef struct material {
    char *data, *codebook, *register_;
    char settings[128];
} material;

static void material_free(material *m)
{
    free(m->data), free(m->codebook), free(m->register_);
    *m = (material){NULL, NULL, NULL, ""};
}

/* A file beside another; NULL where there is none. */
static char *file_beside(const char *path, const char *name)
{
    char beside[256], *bytes = NULL;
    long length;
    snprintf(beside, sizeof beside, "%.*s%s", (int)(strrchr(path, '/') + 1 - path), path, name);
    FILE *file = fopen(beside, "rb");
    if (!file)
        return NULL;
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    length = ftell(file);
    rewind(file);
    bytes = calloc((size_t)length + 1, 1);
    ck_assert(bytes && fread(bytes, 1, (size_t)length, file) == (size_t)length);
    fclose(file);
    return bytes;
}

/* Options of reading: those that the analysis asks for, and what stands beside the data. */
static relcoord_options *reading_of(const analysis *a, const material *m)
{
    relcoord_options *options = options_make("read", a->read_options);
    if (m->codebook) {
        pieces p = {.bytes = m->codebook, .length = strlen(m->codebook)};
        relcoord_codebook *book = NULL;
        ck_assert(!relcoord_codebook_read_source(pieces_read, &p, "book", NULL, &book, NULL));
        ck_assert(!relcoord_options_set_codebook(options, book, NULL));
        relcoord_codebook_free(book);
    }
    if (m->register_) {
        pieces p = {.bytes = m->register_, .length = strlen(m->register_)};
        relcoord_register *people = NULL;
        if (!relcoord_register_read_source(pieces_read, &p, "register", options, &people, NULL))
            ck_assert(!relcoord_options_set_register(options, people, NULL));
        relcoord_register_free(people);
    }
    return options;
}

static relcoord_status survey_of(const analysis *a, const material *m, relcoord_survey **out)
{
    relcoord_options *options = reading_of(a, m);
    relcoord_status status = read_pieces(m->data, strlen(m->data), 0, options, out, NULL);
    relcoord_options_free(options);
    return status;
}

static bool takes(const analysis *a, const char *option)
{
    for (size_t i = 0; i < a->option_count; i++)
        if (strcmp(a->options[i].name, option) == 0)
            return true;
    return false;
}

static void add_setting(const analysis *a, char settings[128], const char *option,
                        const char *value)
{
    size_t length = strlen(settings);
    if (takes(a, option))
        snprintf(settings + length, 128 - length, "%s%s=%s", length ? " " : "", option, value);
}

static size_t filled_tables(const relcoord_result *result)
{
    const relcoord_table *table;
    size_t filled = 0;
    for (size_t i = 0; (table = relcoord_result_table_at(result, i)); i++)
        filled += relcoord_table_rows(table) > 0;
    return filled;
}

static size_t try_settings(const analysis *a, const relcoord_survey *survey, const char *settings)
{
    relcoord_options *options = options_make(a->name, settings);
    relcoord_result *result = NULL;
    relcoord_status status = relcoord_run(survey, a->name, options, &result, NULL);
    size_t filled = status ? 0 : filled_tables(result);
    ck_assert_msg(status != RELCOORD_EINTERNAL, "%s %s: EINTERNAL", a->name, settings);
    relcoord_result_free(result);
    relcoord_options_free(options);
    return filled;
}

/* How many tables the analysis fills from a survey; where there are several waves that it does not
 * tell apart, from the last. */
static size_t suit(const analysis *a, material *m)
{
    relcoord_survey *survey = NULL;
    size_t filled;
    *m->settings = 0;
    add_setting(a, m->settings, "weights", "ignore");
    add_setting(a, m->settings, "replicates", "20");
    if (survey_of(a, m, &survey))
        return 0;
    filled = try_settings(a, survey, m->settings);
    const attribute *waves = &survey->attributes[COLUMN_WAVE];
    if (!filled && waves->present && waves->labels.count > 1) {
        add_setting(a, m->settings, "wave", waves->labels.names[waves->labels.count - 1]);
        filled = try_settings(a, survey, m->settings);
    }
    relcoord_survey_free(survey);
    return filled;
}

enum { LARGEST = 200000 }; /* bytes of a survey that is run over and over */

/* The first of the surveys in tests/ that fills all tables, or else most. */
static material material_for(const analysis *a)
{
    material best = {NULL, NULL, NULL, ""};
    size_t most = 0, wanted = 0;
    glob_t paths;
    while (a->tables[wanted])
        wanted++;
    ck_assert_int_eq(glob("tests/examples/*/survey.csv", 0, NULL, &paths), 0);
    ck_assert_int_eq(glob("tests/golden/*/input.csv", GLOB_APPEND, NULL, &paths), 0);
    for (size_t i = 0; i < paths.gl_pathc && most < wanted; i++) {
        const char *path = paths.gl_pathv[i];
        material m = {file_beside(path, strrchr(path, '/') + 1), file_beside(path, "codebook.csv"),
                      file_beside(path, "register.csv"), ""};
        size_t filled = strlen(m.data) <= LARGEST ? suit(a, &m) : 0;
        if (filled > most) {
            material_free(&best);
            best = m;
            most = filled;
        } else {
            material_free(&m);
        }
    }
    globfree(&paths);
    ck_assert_msg(most > 0, "%s: no survey in tests/examples and tests/golden suits it", a->name);
    return best;
}

static char *text_of(const analysis *a, const material *m, const char *more, const char *format)
{
    char settings[200];
    relcoord_survey *survey = NULL;
    ck_assert_msg(!survey_of(a, m, &survey), "%s: the survey cannot be read again", a->name);
    snprintf(settings, sizeof settings, "%s%s%s", m->settings, *m->settings && *more ? " " : "",
             more);
    relcoord_result *result = result_make(survey, a->name, settings);
    char *written = result_written(result, format, NULL);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    return written;
}

/* ---- The same bytes ---- */

START_TEST(threads_change_nothing)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    char *one = text_of(a, &m, "", "json");
    for (int threads = 0; threads <= 3; threads++) {
        char setting[24], *got;
        snprintf(setting, sizeof setting, "threads=%d", threads);
        got = text_of(a, &m, setting, "json");
        expect_same_text(a->name, got, one);
        free(got);
    }
    free(one);
    material_free(&m);
}
END_TEST

/* The rows behind the header, the last first and every third before the others. */
static char *reordered(const char *data)
{
    char *turned = calloc(strlen(data) + 2, 1);
    size_t head = strcspn(data, "\n") + 1;
    ck_assert_ptr_nonnull(turned);
    memcpy(turned, data, head);
    for (int third = 1; third >= 0; third--) {
        int number = 0;
        for (const char *end = data + strlen(data), *at; end > data + head; end = at) {
            for (at = end - 1; at > data + head && at[-1] != '\n';)
                at--;
            if ((number++ % 3 == 0) == third)
                strncat(turned, at, (size_t)(end - at));
            if (turned[strlen(turned) - 1] != '\n')
                strcat(turned, "\n");
        }
    }
    ck_assert_uint_ge(strlen(turned), strlen(data));
    return turned;
}

/* Where a respondent has no name, the row's number is the name. */
START_TEST(rows_come_in_any_order)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    char *wanted = text_of(a, &m, "", "json"), *data = m.data;
    m.data = reordered(data);
    char *got = text_of(a, &m, "", "json");
    expect_same_text(a->name, got, wanted);
    free(data), free(got), free(wanted);
    material_free(&m);
}
END_TEST

/* ---- What is declared is there ---- */

/* The columns of a spec in their order, those of labels before the note. */
static void expect_declared(const analysis *a, const relcoord_table *table, const table_spec *spec)
{
    size_t at = 0;
    ck_assert_str_eq(relcoord_table_name(table), spec->name);
    for (const column_spec *c = spec->columns; c->name; c++, at++) {
        for (; relcoord_table_column_of(table, at); at++)
            ck_assert_msg(!c[1].name && spec->labels && c->kind == RELCOORD_NOTE,
                          "%s: labels of %s", a->name, spec->name);
        ck_assert_str_eq(relcoord_table_column_name(table, at), c->name);
        ck_assert_msg(relcoord_table_column_type(table, at) == c->type
                          && relcoord_table_column_kind(table, at) == c->kind,
                      "%s: column %s of %s", a->name, c->name, spec->name);
    }
    ck_assert_uint_eq(relcoord_table_columns(table), at);
}

static const column_spec *find_column(const table_spec *spec, const char *name, size_t length)
{
    for (const column_spec *c = spec->columns; c->name; c++)
        if (strncmp(c->name, name, length) == 0 && !c->name[length])
            return c;
    return NULL;
}

/* What masks and pictures go by: which counts are not of people is said of counts, and a table that
 * names respondents is personal. */
START_TEST(counts_and_persons_are_declared)
{
    const analysis *a = analysis_registry[_i];
    for (const table_spec *const *t = a->tables; *t; t++) {
        for (const char *at = (*t)->things; at && *at;) {
            size_t length = strcspn(at, ",");
            const column_spec *c = find_column(*t, at, length);
            ck_assert_msg(c && c->kind == RELCOORD_COUNT, "%s, %s: %.*s is no count", a->name,
                          (*t)->name, (int)length, at);
            at += length + (at[length] == ',');
        }
        ck_assert_msg((*t)->personal || !find_column(*t, "respondent", strlen("respondent")),
                      "%s, %s: its rows are about respondents", a->name, (*t)->name);
    }
}
END_TEST

START_TEST(tables_are_those_declared)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    relcoord_survey *survey = NULL;
    size_t count = 0;
    ck_assert_int_eq(survey_of(a, &m, &survey), RELCOORD_OK);
    relcoord_result *result = result_make(survey, a->name, m.settings);
    for (; a->tables[count]; count++) {
        ck_assert_ptr_nonnull(relcoord_result_table_at(result, count));
        expect_declared(a, relcoord_result_table_at(result, count), a->tables[count]);
    }
    ck_assert_ptr_null(relcoord_result_table_at(result, count));
    ck_assert_msg(filled_tables(result) > 0, "%s: nothing in it", a->name);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    material_free(&m);
}
END_TEST

/* Whether a line of the manual begins with ".It Sy NAME", the name ending at `length`. */
static bool explains(const char *manual, const char *name, size_t length)
{
    char item[80];
    snprintf(item, sizeof item, "\n.It Sy %.*s\n", (int)length, name);
    return strstr(manual, item) != NULL;
}

static void expect_codes(const analysis *a, const char *manual, const char *codes)
{
    while (*codes) { /* "code;code:NAME" */
        size_t length = strcspn(codes, ";");
        ck_assert_msg(explains(manual, codes, strcspn(codes, ":;")),
                      "%s: relcoord-methods(7) does not explain the code %.*s", a->name,
                      (int)length, codes);
        codes += length + (codes[length] == ';');
    }
}

START_TEST(codes_and_estimators_are_explained)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    relcoord_survey *survey = NULL;
    char *manual = file_beside("man/", "relcoord-methods.7");
    const relcoord_table *table;
    ck_assert_int_eq(survey_of(a, &m, &survey), RELCOORD_OK);
    relcoord_result *result = result_make(survey, a->name, m.settings);
    for (size_t i = 0; (table = relcoord_result_table_at(result, i)); i++) {
        const char *const *notes = NULL, *const *estimators = NULL;
        relcoord_table_strings(table, "note", &notes, NULL, NULL);
        relcoord_table_strings(table, "estimator", &estimators, NULL, NULL);
        for (size_t row = 0; row < relcoord_table_rows(table); row++) {
            if (notes)
                expect_codes(a, manual, notes[row]);
            if (estimators)
                expect_codes(a, manual, estimators[row]);
        }
    }
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    material_free(&m);
    free(manual);
}
END_TEST

START_TEST(all_is_said_in_danish)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    relcoord_survey *survey = NULL;
    text all = {0};
    text_add_format(&all, "%s\n%s\n%s", m.data, m.codebook ? m.codebook : "",
                    m.register_ ? m.register_ : "");
    ck_assert(!all.failed && !survey_of(a, &m, &survey));
    relcoord_result *result = result_make(survey, a->name, m.settings);
    ck_assert_uint_gt(expect_danish(result, all.bytes), 0);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    text_free(&all);
    material_free(&m);
}
END_TEST

static int nowhere(void *user, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

static bool has_view(const relcoord_table *views, size_t row, const char *name, const char *kind)
{
    const char *const *analyses, *const *kinds;
    ck_assert(!relcoord_table_strings(views, "analysis", &analyses, NULL, NULL)
              && !relcoord_table_strings(views, "view", &kinds, NULL, NULL));
    return strcmp(analyses[row], name) == 0 && strcmp(kinds[row], kind) == 0;
}

/* A format is written, or refused where the description says that it needs a view the analysis
 * has not. */
START_TEST(every_format_is_written)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    relcoord_survey *survey = NULL;
    relcoord_result *described = NULL;
    const char *const *formats, *const *needs;
    ck_assert_int_eq(survey_of(a, &m, &survey), RELCOORD_OK);
    relcoord_result *result = result_make(survey, a->name, m.settings);
    relcoord_survey_free(survey);
    ck_assert_int_eq(relcoord_describe(&described, NULL), RELCOORD_OK);
    const relcoord_table *all = relcoord_result_table(described, "formats"),
                         *views = relcoord_result_table(described, "views");
    ck_assert(!relcoord_table_strings(all, "format", &formats, NULL, NULL)
              && !relcoord_table_strings(all, "needs", &needs, NULL, NULL));
    for (size_t f = 0; f < relcoord_table_rows(all); f++) {
        bool can = !*needs[f];
        size_t written = 0;
        for (size_t v = 0; v < relcoord_table_rows(views) && !can; v++)
            can = has_view(views, v, a->name, needs[f]);
        relcoord_status status = relcoord_write(result, formats[f], NULL, nowhere, &written, NULL);
        ck_assert_msg(can ? status == RELCOORD_OK && written > 0 : status == RELCOORD_EUSAGE,
                      "%s as %s: status %d, %zu bytes", a->name, formats[f], (int)status, written);
    }
    relcoord_result_free(described);
    relcoord_result_free(result);
    material_free(&m);
}
END_TEST

/* ---- Options ---- */

static void try_option(const analysis *a, const relcoord_survey *survey, const material *m,
                       const char *option, const char *value)
{
    relcoord_options *options = options_make(a->name, m->settings);
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status = relcoord_options_set(options, option, value, &error);
    ck_assert_msg(!status, "%s: %s=%s: %s", a->name, option, value, error.message);
    status = relcoord_run(survey, a->name, options, &result, &error);
    ck_assert_msg(status == RELCOORD_OK || status == RELCOORD_EUSAGE || status == RELCOORD_EOPTION,
                  "%s: %s=%s: status %d, %s", a->name, option, value, (int)status, error.message);
    ck_assert_msg((status == RELCOORD_OK) == (result != NULL)
                      && (status == RELCOORD_OK) == !*error.message,
                  "%s: %s=%s: status %d, '%s'", a->name, option, value, (int)status, error.message);
    relcoord_result_free(result);
    relcoord_options_free(options);
}

static void try_choices(const analysis *a, const relcoord_survey *survey, const material *m,
                        const option_spec *o)
{
    char choice[64];
    for (const char *at = o->choices; at && *at;) {
        int length = (int)strcspn(at, "|");
        snprintf(choice, sizeof choice, "%.*s", length, at);
        try_option(a, survey, m, o->name, choice);
        at += length + (at[length] == '|');
    }
}

/* Each choice, each end of a number that is not there to make it slow, and a name that is none. */
START_TEST(options_at_their_ends)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    relcoord_survey *survey = NULL;
    ck_assert_int_eq(survey_of(a, &m, &survey), RELCOORD_OK);
    for (size_t i = 0; i < a->option_count; i++) {
        const option_spec *o = &a->options[i];
        char number[NUMBER_TEXT_SIZE];
        switch (o->type) {
        case OPTION_CHOICE: try_choices(a, survey, &m, o); break;
        case OPTION_FLAG:
            try_option(a, survey, &m, o->name, "true");
            try_option(a, survey, &m, o->name, "false");
            break;
        case OPTION_INTEGER:
        case OPTION_NUMBER:
            number_format(o->minimum, number);
            try_option(a, survey, &m, o->name, number);
            number_format(o->maximum, number);
            if (o->maximum <= 1000)
                try_option(a, survey, &m, o->name, number);
            break;
        case OPTION_TEXT:
        case OPTION_LIST: try_option(a, survey, &m, o->name, "nothing of that name"); break;
        case OPTION_PATH: break;
        }
    }
    relcoord_survey_free(survey);
    material_free(&m);
}
END_TEST

static char *weighed(const analysis *a, const relcoord_survey *survey, const char *weights)
{
    relcoord_options *options = options_make(a->name, weights);
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status = relcoord_run(survey, a->name, options, &result, &error);
    char *written = status ? NULL : result_written(result, "json", NULL);
    if (a->unweighted && strcmp(weights, "weights=use") == 0) {
        ck_assert_int_eq(status, RELCOORD_EOPTION);
        ck_assert_str_eq(error.option, "weights");
        ck_assert_ptr_nonnull(strstr(error.message, a->name));
    }
    relcoord_result_free(result);
    relcoord_options_free(options);
    return written;
}

/* Weights change figures, or are refused unless they are ignored. */
START_TEST(weights_are_never_dropped_in_silence)
{
    const analysis *a = analysis_registry[_i];
    survey_plan plan = {
        .respondents = 20, .workgroups = 3, .targets = 3, .units = 2, .weights = true, .seed = 3};
    char *csv = csv_invent(&plan);
    relcoord_survey *survey = survey_make(csv);
    ck_assert_msg(!a->unweighted || takes(a, "weights"), "%s cannot be told to ignore weights",
                  a->name);
    if (takes(a, "weights")) {
        char *with = weighed(a, survey, "weights=use"),
             *without = weighed(a, survey, "weights=ignore");
        if (with && without)
            ck_assert_msg(strcmp(strstr(with, "\"tables\""), strstr(without, "\"tables\"")) != 0,
                          "%s is the same without weights", a->name);
        free(with), free(without);
    }
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

/* ---- Stopping, and memory that runs out ---- */

typedef struct stop {
    int calls, at;
} stop;

static int stop_at(void *user, double share)
{
    stop *s = user;
    ck_assert_msg(share >= 0 && share <= 1, "progress of %g", share);
    return ++s->calls == s->at;
}

START_TEST(it_can_be_stopped)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    relcoord_survey *survey = NULL;
    stop all = {0, 0};
    heap_start();
    ck_assert_int_eq(survey_of(a, &m, &survey), RELCOORD_OK);
    relcoord_options *options = options_make(a->name, m.settings);
    relcoord_result *result = NULL;
    relcoord_options_set_progress(options, stop_at, &all);
    ck_assert_int_eq(relcoord_run(survey, a->name, options, &result, NULL), RELCOORD_OK);
    relcoord_result_free(result);
    for (int at = 1; at <= all.calls; at += 1 + all.calls / 10) {
        stop one = {0, at};
        int64_t alive = heap_alive();
        result = NULL;
        relcoord_options_set_progress(options, stop_at, &one);
        ck_assert_msg(relcoord_run(survey, a->name, options, &result, NULL) == RELCOORD_ECANCELLED,
                      "%s: call %d of %d did not stop it", a->name, at, all.calls);
        ck_assert_ptr_null(result);
        ck_assert_int_eq(heap_alive(), alive);
    }
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
    material_free(&m);
}
END_TEST

/* Up to so many allocations, spread over all, fail: alone, and with all after them. */
enum { FAULTS = 60 };

START_TEST(memory_runs_out)
{
    const analysis *a = analysis_registry[_i];
    material m = material_for(a);
    relcoord_survey *survey = NULL;
    heap_start();
    ck_assert_int_eq(survey_of(a, &m, &survey), RELCOORD_OK);
    relcoord_options *options = options_make(a->name, m.settings);
    relcoord_result *result = NULL;
    int64_t alive = heap_alive(), needed;
    heap_fail(0, 0);
    ck_assert_int_eq(relcoord_run(survey, a->name, options, &result, NULL), RELCOORD_OK);
    needed = heap_asked();
    char *wanted = result_written(result, "json", NULL);
    relcoord_result_free(result);
    for (int64_t at = 1; at <= needed; at += 1 + needed / rounds(FAULTS))
        for (int for_good = 0; for_good <= 1; for_good++) {
            result = NULL;
            heap_fail(at, for_good ? INT64_MAX : at);
            relcoord_status status = relcoord_run(survey, a->name, options, &result, NULL);
            heap_fail(0, 0);
            ck_assert_msg(status == RELCOORD_ENOMEM || (status == RELCOORD_OK && !for_good),
                          "%s, allocation %d of %d: status %d", a->name, (int)at, (int)needed,
                          (int)status);
            if (!status) { /* it did without: one that asks again, or for less */
                char *got = result_written(result, "json", NULL);
                expect_same_text(a->name, got, wanted);
                free(got);
            }
            relcoord_result_free(result);
            ck_assert_msg(heap_alive() == alive, "%s, allocation %d of %d: %d blocks left", a->name,
                          (int)at, (int)needed, (int)(heap_alive() - alive));
        }
    free(wanted);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    heap_stop();
    material_free(&m);
}
END_TEST

Suite *every_analysis_suite(void)
{
    Suite *suite = suite_create("every_analysis");
    TCase *all = tcase_create("all");
    int count = 0;
    while (analysis_registry[count])
        count++;
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, threads_change_nothing, 0, count);
    tcase_add_loop_test(all, rows_come_in_any_order, 0, count);
    tcase_add_loop_test(all, counts_and_persons_are_declared, 0, count);
    tcase_add_loop_test(all, tables_are_those_declared, 0, count);
    tcase_add_loop_test(all, codes_and_estimators_are_explained, 0, count);
    tcase_add_loop_test(all, all_is_said_in_danish, 0, count);
    tcase_add_loop_test(all, every_format_is_written, 0, count);
    tcase_add_loop_test(all, options_at_their_ends, 0, count);
    tcase_add_loop_test(all, weights_are_never_dropped_in_silence, 0, count);
    tcase_add_loop_test(all, it_can_be_stopped, 0, count);
    tcase_add_loop_test(all, memory_runs_out, 0, count);
    suite_add_tcase(suite, all);
    return suite;
}
