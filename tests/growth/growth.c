/* Work to be counted under valgrind's callgrind: what analyses, readers and writers do, at a size,
 * twice and four times that size. Each piece is dumped under the name WORK|DIMENSION|STEP;
 * tests/growth/growth.sh reads the dumps. Through the public API alone.
 *
 *     growth FOLDER WORK [ANALYSIS]
 *
 * WORK is a dimension of surveys, for analyses and writers, or `readers`. FOLDER takes the files
 * that are drafted from. With ANALYSIS that one alone, for looking at profiles. */
#include <valgrind/callgrind.h>

#include "growth/surveys.h"
#include "relcoord.h"

enum { STEPS = 3 };
#define LENGTH(array) (sizeof(array) / sizeof *(array))
static const char *dimension, *folder, *only;

static void stop_at(relcoord_status status, const char *work, const relcoord_error *error)
{
    if (status == RELCOORD_OK)
        return;
    fprintf(stderr, "growth: %s by %s: %s (%s %s)\n", work, dimension, error->message,
            error->column, error->option);
    exit(1);
}

static void count_from_here(void)
{
    CALLGRIND_ZERO_STATS;
}

static void count_to_here(const char *work, int step)
{
    char name[128];
    snprintf(name, sizeof name, "%s|%s|%d", work, dimension, step);
    CALLGRIND_DUMP_STATS_AT(name);
}

/* ---- Reading ---- */

static relcoord_options *options_of(const char *purpose, const char *settings)
{
    relcoord_options *options = NULL;
    relcoord_error error = {0};
    char copy[256];
    stop_at(relcoord_options_new(purpose, &options, &error), purpose, &error);
    snprintf(copy, sizeof copy, "%s", settings ? settings : "");
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " ")) {
        char *value = strchr(name, '=');
        *value++ = '\0';
        stop_at(relcoord_options_set(options, name, value, &error), purpose, &error);
    }
    return options;
}

static relcoord_survey *read_survey(page *data, relcoord_options *options)
{
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    data->read = 0;
    stop_at(relcoord_survey_read_source(page_read, data, "survey", options, &survey, &error),
            "reading", &error);
    return survey;
}

static relcoord_survey *make_survey(const shape *s)
{
    page data = {0}, codebook = {0}, invited = {0};
    relcoord_options *options = options_of("read", NULL);
    relcoord_codebook *book = NULL;
    relcoord_register *people = NULL;
    relcoord_error error = {0};
    add_survey(&data, s);
    add_codebook(&codebook, s);
    add_register(&invited, s);
    stop_at(relcoord_codebook_read_source(page_read, &codebook, "codebook", NULL, &book, &error),
            "codebook", &error);
    stop_at(relcoord_options_set_codebook(options, book, &error), "codebook", &error);
    stop_at(
        relcoord_register_read_source(page_read, &invited, "register", options, &people, &error),
        "register", &error);
    stop_at(relcoord_options_set_register(options, people, &error), "register", &error);
    relcoord_survey *survey = read_survey(&data, options);
    relcoord_options_free(options);
    relcoord_codebook_free(book);
    relcoord_register_free(people);
    page_free(&data);
    page_free(&codebook);
    page_free(&invited);
    return survey;
}

/* ---- Analyses ---- */

/* What a dimension grows, the shape being that of the first step; and a result whose tables grow
 * with it, for writers. */
typedef struct growing {
    const char *name;
    shape at;
    void (*grow)(shape *s, int step);
    const char *by; /* the analyses' option, or NULL */
    const char *written;
} growing;

static void grow_respondents(shape *s, int step)
{
    s->respondents <<= step;
}
/* With as many raters and targets each. */
static void grow_workgroups(shape *s, int step)
{
    s->workgroups <<= step;
    s->respondents <<= step;
}
/* Everybody rates every workgroup: twice as many cells of the matrix. */
static void grow_cells(shape *s, int step)
{
    static const size_t workgroups[STEPS] = {12, 17, 24};
    s->workgroups = s->targets = workgroups[step];
    s->respondents = 3 * s->workgroups;
}
static void grow_targets(shape *s, int step)
{
    s->targets <<= step;
    s->workgroups <<= step;
}
static void grow_units(shape *s, int step)
{
    s->units <<= step;
    s->respondents <<= step;
}
static void grow_items(shape *s, int step)
{
    s->items <<= step;
}
static void grow_values(shape *s, int step)
{
    s->values <<= step;
}

static const growing surveys[] = {
    {"respondents", {480, 6, 3, 4, 1, 4, 5, {0}}, grow_respondents, NULL, "scores"},
    {"workgroups", {160, 40, 3, 2, 1, 4, 5, {0}}, grow_workgroups, NULL, "matrix"},
    {"cells", {36, 12, 12, 2, 1, 4, 5, {0}}, grow_cells, NULL, "matrix"},
    {"targets", {6, 100, 100, 1, 1, 4, 5, {0}}, grow_targets, NULL, "matrix"},
    {"units", {120, 3, 2, 10, 1, 4, 5, {0}}, grow_units, "unit", "matrix"},
    {"items", {150, 5, 1, 3, 1, 10, 5, {0}}, grow_items, NULL, "distribution"},
    {"values", {150, 5, 1, 3, 1, 4, 50, {0}}, grow_values, NULL, "distribution"},
};

typedef struct analysis {
    const char *name, *settings;
    size_t waves;
} analysis;

static const analysis analyses[] = {
    {"quality", NULL, 1},
    {"data", NULL, 1},
    {"scores", NULL, 1},
    {"matrix", NULL, 1},
    {"summary", NULL, 1},
    {"network", NULL, 1},
    {"reliability", NULL, 1},
    {"factor", "replicates=20", 1},
    {"agreement", NULL, 1},
    {"components", NULL, 1},
    {"components", "workgroups=random", 1},
    {"compare", NULL, 2},
    {"benchmark", NULL, 1},
    {"regression", "outcome=satisfaction", 1},
    {"distribution", NULL, 1},
    {"crosstab", "rows=question columns=role", 1},
    {"response", NULL, 1},
    {"coupling", NULL, 1},
};

static relcoord_result *run(const relcoord_survey *survey, const analysis *a, const char *by)
{
    relcoord_options *options = options_of(a->name, a->settings);
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    if (by) /* quality has no such option */
        relcoord_options_set(options, "by", by, NULL);
    stop_at(relcoord_run(survey, a->name, options, &result, &error), a->name, &error);
    relcoord_options_free(options);
    return result;
}

/* ---- Writing ---- */

static int take_bytes(void *user, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

static void count_writers(const relcoord_survey *survey, const growing *g, int step)
{
    static const char *const formats[] = {"text", "csv", "json", "html", "markdown", "graphml"};
    relcoord_error error = {0};
    for (size_t i = 0; i < LENGTH(formats); i++) {
        bool network = strcmp(formats[i], "graphml") == 0;
        const analysis written = {network ? "network" : g->written, NULL, 1};
        relcoord_result *result = run(survey, &written, g->by);
        size_t bytes = 0;
        char name[32];
        count_from_here();
        stop_at(relcoord_write(result, formats[i], NULL, take_bytes, &bytes, &error), formats[i],
                &error);
        snprintf(name, sizeof name, "write %s", formats[i]);
        count_to_here(name, step);
        relcoord_result_free(result);
    }
}

static void count_surveys(const growing *g)
{
    for (int step = 0; step < STEPS; step++) {
        shape s = g->at;
        relcoord_survey *by_waves[2];
        shape_repeat(&s);
        g->grow(&s, step);
        for (s.waves = 1; s.waves <= LENGTH(by_waves); s.waves++)
            by_waves[s.waves - 1] = make_survey(&s);
        CALLGRIND_START_INSTRUMENTATION;
        for (size_t i = 0; i < LENGTH(analyses); i++) {
            char name[64];
            const analysis *a = &analyses[i];
            if (only && strcmp(only, a->name) != 0)
                continue;
            snprintf(name, sizeof name, "%s%s%s", a->name, a->settings ? " " : "",
                     a->settings ? a->settings : "");
            count_from_here();
            relcoord_result_free(run(by_waves[a->waves - 1], a, g->by));
            count_to_here(name, step);
        }
        if (!only)
            count_writers(by_waves[0], g, step);
        CALLGRIND_STOP_INSTRUMENTATION;
        for (size_t i = 0; i < LENGTH(by_waves); i++)
            relcoord_survey_free(by_waves[i]);
    }
}

/* ---- Readers ---- */

typedef struct reading {
    const char *name, *dimension, *settings;
    void (*make)(page *data, page *codebook, int step); /* an empty codebook is none */
} reading;

static void make_rows(page *data, page *codebook, int step)
{
    (void)codebook;
    add_wide_rows(data, (size_t)400 << step, 0);
}
static void make_rows_apart(page *data, page *codebook, int step)
{
    (void)codebook;
    add_rows_apart(data, (size_t)150 << step, 3, false);
}
static void make_repeats(page *data, page *codebook, int step)
{
    (void)codebook;
    add_rows_apart(data, (size_t)150 << step, 3, true);
}
static void make_chosen_ids(page *data, page *codebook, int step)
{
    (void)codebook;
    add_chosen_ids(data, (size_t)250 << step);
}
static void make_columns(page *data, page *codebook, int step)
{
    (void)codebook;
    add_wide_rows(data, 10, (size_t)200 << step);
}
static void make_long_field(page *data, page *codebook, int step)
{
    (void)codebook;
    add_long_field(data, (size_t)10000 << step);
}
static void make_labels(page *data, page *codebook, int step)
{
    shape s = {(size_t)250 << step, (size_t)250 << step, 2, (size_t)50 << step, 1, 1, 3, {0}};
    shape_repeat(&s);
    add_survey(data, &s);
    add_codebook(codebook, &s);
}
static void make_items(page *data, page *codebook, int step)
{
    shape s = {15, 3, 2, 2, 1, (size_t)100 << step, 3, {0}};
    shape_repeat(&s);
    add_survey(data, &s);
    add_codebook(codebook, &s);
}
static void make_form(page *data, page *codebook, int step)
{
    add_form(data, (size_t)100 << step, 6);
    add_form_codebook(codebook);
}
static void make_form_targets(page *data, page *codebook, int step)
{
    add_form(data, 8, (size_t)60 << step);
    add_form_codebook(codebook);
}

static const reading readings[] = {
    {"read csv", "rows", NULL, make_rows},
    {"read csv", "rows apart", NULL, make_rows_apart},
    {"read csv", "repeated targets", "duplicates=first", make_repeats},
    {"read csv", "chosen ids", NULL, make_chosen_ids},
    {"read csv", "columns", NULL, make_columns},
    {"read csv", "length of a field", NULL, make_long_field},
    {"read csv", "labels", NULL, make_labels},
    {"read csv", "items", NULL, make_items},
    {"read csv wide", "respondents", NULL, make_form},
    {"read csv wide", "targets", NULL, make_form_targets},
};

static relcoord_codebook *read_codebook(page *from)
{
    relcoord_codebook *book = NULL;
    relcoord_error error = {0};
    from->read = 0;
    stop_at(relcoord_codebook_read_source(page_read, from, "codebook", NULL, &book, &error),
            "codebook", &error);
    return book;
}

static void count_readings(void)
{
    relcoord_error error = {0};
    for (size_t i = 0; i < LENGTH(readings); i++)
        for (int step = 0; step < STEPS; step++) {
            const reading *r = &readings[i];
            page data = {0}, codebook = {0};
            relcoord_options *options = options_of("read", r->settings);
            r->make(&data, &codebook, step);
            dimension = r->dimension;
            CALLGRIND_START_INSTRUMENTATION;
            count_from_here();
            if (codebook.length) {
                relcoord_codebook *book = read_codebook(&codebook);
                count_to_here("read codebook", step);
                stop_at(relcoord_options_set_codebook(options, book, &error), r->name, &error);
                relcoord_codebook_free(book);
            }
            count_from_here();
            relcoord_survey_free(read_survey(&data, options));
            count_to_here(r->name, step);
            CALLGRIND_STOP_INSTRUMENTATION;
            relcoord_options_free(options);
            page_free(&data);
            page_free(&codebook);
        }
}

/* A codebook of few long lists of values, and of a register's 0/1 columns. */
static void count_books(void)
{
    relcoord_error error = {0};
    for (int step = 0; step < STEPS; step++) {
        page codebook = {0}, members = {0}, people = {0}, invited = {0};
        shape s = {(size_t)300 << step, 5, 1, 10, 1, 1, (size_t)60 << step, {0}};
        relcoord_options *options = options_of("read", NULL);
        relcoord_register *list = NULL;
        add_codebook(&codebook, &s);
        add_members_codebook(&members, (size_t)100 << step);
        add_members(&people, 20, (size_t)100 << step);
        add_register(&invited, &s);
        CALLGRIND_START_INSTRUMENTATION;
        count_from_here();
        dimension = "values";
        relcoord_codebook_free(read_codebook(&codebook));
        count_to_here("read codebook", step);
        dimension = "rows";
        stop_at(
            relcoord_register_read_source(page_read, &invited, "register", options, &list, &error),
            "register", &error);
        count_to_here("read register", step);
        relcoord_register_free(list);
        count_from_here();
        dimension = "columns";
        relcoord_codebook *book = read_codebook(&members);
        count_to_here("read codebook", step);
        stop_at(relcoord_options_set_codebook(options, book, &error), "register", &error);
        stop_at(
            relcoord_register_read_source(page_read, &people, "register", options, &list, &error),
            "register", &error);
        count_to_here("read register", step);
        CALLGRIND_STOP_INSTRUMENTATION;
        relcoord_register_free(list);
        relcoord_codebook_free(book);
        relcoord_options_free(options);
        page_free(&codebook);
        page_free(&members);
        page_free(&people);
        page_free(&invited);
    }
}

/* A result's table as a stream, read back. */
static void count_arrow(const char *what, shape s, int step)
{
    shape_repeat(&s);
    static const analysis data = {"data", NULL, 1};
    struct ArrowArrayStream stream;
    relcoord_error error = {0};
    relcoord_survey *survey = make_survey(&s), *again = NULL;
    relcoord_result *result = run(survey, &data, NULL);
    relcoord_options *options = options_of("read", NULL);
    page codebook = {0};
    add_ties_codebook(&codebook);
    relcoord_codebook *book = read_codebook(&codebook);
    dimension = what;
    stop_at(relcoord_options_set_codebook(options, book, &error), "arrow", &error);
    CALLGRIND_START_INSTRUMENTATION;
    count_from_here();
    stop_at(relcoord_table_to_arrow(relcoord_result_table_at(result, 0), &stream, &error),
            "to arrow", &error);
    count_to_here("write arrow", step);
    stop_at(relcoord_survey_from_arrow(&stream, options, &again, &error), "arrow", &error);
    count_to_here("read arrow", step);
    CALLGRIND_STOP_INSTRUMENTATION;
    relcoord_survey_free(survey);
    relcoord_survey_free(again);
    relcoord_result_free(result);
    relcoord_options_free(options);
    relcoord_codebook_free(book);
    page_free(&codebook);
}

/* ---- Drafting ---- */

static void count_draft(const char *what, page *data, int step)
{
    char path[512];
    const char *const paths[] = {path};
    relcoord_error error = {0};
    relcoord_result *result = NULL;
    snprintf(path, sizeof path, "%s/draft.csv", folder);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data->bytes, 1, data->length, file) != data->length || fclose(file) != 0) {
        perror(path);
        exit(3);
    }
    dimension = what;
    CALLGRIND_START_INSTRUMENTATION;
    count_from_here();
    stop_at(relcoord_codebook_draft(paths, 1, NULL, &result, &error), "draft", &error);
    count_to_here("draft", step);
    CALLGRIND_STOP_INSTRUMENTATION;
    relcoord_result_free(result);
    page_free(data);
}

static void count_drafts(void)
{
    for (int step = 0; step < STEPS; step++) {
        page rows = {0}, columns = {0}, targets = {0};
        add_questions(&rows, (size_t)500 << step, 6);
        count_draft("rows", &rows, step);
        add_questions(&columns, 30, (size_t)40 << step);
        count_draft("columns", &columns, step);
        add_form(&targets, 10, (size_t)15 << step);
        count_draft("targets", &targets, step);
    }
}

/* ---- What the check must see ---- */

static uint64_t turn(uint64_t n)
{
    volatile uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += i;
    return sum;
}

/* Linear work beside which the square is small at the first step. */
static void count_controls(void)
{
    dimension = "rows";
    CALLGRIND_START_INSTRUMENTATION;
    for (int step = 0; step < STEPS; step++) {
        uint64_t n = UINT64_C(500) << step;
        count_from_here();
        turn(1000 * n);
        count_to_here("control: linear", step);
        turn(1000 * n);
        turn(n * n);
        count_to_here("control: a loop in the square", step);
    }
    CALLGRIND_STOP_INSTRUMENTATION;
}

int main(int count, char **arguments)
{
    if (count != 3 && count != 4) {
        fprintf(stderr, "growth FOLDER WORK [ANALYSIS]\n");
        return 2;
    }
    folder = arguments[1];
    dimension = arguments[2];
    only = arguments[3];
    for (size_t i = 0; i < LENGTH(surveys); i++)
        if (strcmp(surveys[i].name, arguments[2]) == 0) {
            count_surveys(&surveys[i]);
            return 0;
        }
    count_controls();
    count_readings();
    count_books();
    for (int step = 0; step < STEPS; step++) {
        count_arrow("rows", (shape){(size_t)100 << step, 4, 4, 3, 1, 1, 4, {0}}, step);
        count_arrow("labels", (shape){(size_t)100 << step, (size_t)100 << step, 2, 3, 1, 1, 4, {0}},
                    step);
    }
    count_drafts();
    return 0;
}
