/* relcoord_codebook_draft: a first codebook as a result, in one table that is a codebook and one
 * that says what to look at in it. The guesses themselves are survey/'s. */
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "drafting/composed.h"
#include "drafting/draft.h"
#include "drafting/form_texts.h"
#include "source/csv.h"
#include "source/reading.h"
#include "tables/result.h"

const option_spec draft_options[] = {
    {.name = "builtin",
     .type = OPTION_LIST,
     .initial = "",
     .choices = "none|rc|coupling-short|coupling-full|context|outcome|rc-context|social-capital|"
                "trust|collective-wisdom|collaboration-form|implementation",
     .help = "built-in codebooks, composed, instead of a draft: identifiers and names of scales"},
    {.name = "targets",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "for a built-in codebook: the workgroups that are rated, CODE|LABEL_EN|LABEL_DA;…"},
    {.name = "levels",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "for a built-in codebook: the levels that coupling competence is asked at, as "
             "targets"},
    {.name = "structure",
     .type = OPTION_PATH,
     .initial = "",
     .help = "file of the structure that a survey system exports: questions and their choices"},
    {.name = "labels",
     .type = OPTION_PATH,
     .initial = "",
     .help = "file of the labels that a survey system exports: variable, value, label, without a "
             "header"},
    OPTION_SEPARATOR,
    OPTION_ENCODING,
    OPTION_DECIMAL,
    OPTION_REDACT,
};
const size_t draft_option_count = sizeof draft_options / sizeof *draft_options;

/* A codebook's own columns, and no note: see relcoord-codebook(5). */
static const column_spec codebook_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "name of the column, or a pattern"},
    {"role", RELCOORD_STRING, RELCOORD_LABEL, "what the column is"},
    {"scale", RELCOORD_STRING, RELCOORD_LABEL, "scale of the item"},
    {"dimension", RELCOORD_STRING, RELCOORD_LABEL, "dimension of the item, or grouping"},
    {"target", RELCOORD_STRING, RELCOORD_LABEL, "workgroup that the item rates"},
    {"level", RELCOORD_STRING, RELCOORD_LABEL, "level of the item"},
    {"values", RELCOORD_STRING, RELCOORD_LABEL, "what may stand in the column, and what it means"},
    {"label_en", RELCOORD_STRING, RELCOORD_LABEL, "what the column is called in English"},
    {"label_da", RELCOORD_STRING, RELCOORD_LABEL, "what the column is called in Danish"},
    {NULL, 0, 0, NULL},
};
static const column_spec decision_columns[] = {
    {"variable", RELCOORD_STRING, RELCOORD_KEY, "name of the column, or a pattern"},
    {"guess", RELCOORD_STRING, RELCOORD_LABEL,
     "role that was guessed; empty for a column that is left out"},
    {"reason", RELCOORD_STRING, RELCOORD_LABEL, "what the guess is based on"},
    {"seen", RELCOORD_STRING, RELCOORD_LABEL,
     "some of the values, where the codebook does not list them"},
    {"note", RELCOORD_STRING, RELCOORD_NOTE,
     "what remains to be decided: codes, separated by semicolons"},
    {NULL, 0, 0, NULL},
};
static const table_spec codebook_spec = {
    .name = "codebook", .help = "a row of the codebook", .columns = codebook_columns};
static const table_spec decisions_spec = {.name = "decisions",
                                          .help = "a guess, and what remains to be decided",
                                          .columns = decision_columns};
enum { DECISION_NOTE = 4 };

static void list_rows(const codebook_draft *d, relcoord_table *table)
{
    for (size_t i = 0; i < d->row_count; i++) {
        const draft_row *row = &d->rows[i];
        const char *const cells[] = {
            row->variable,      row->role, row->scale,  row->dimension,
            row->target,        "",        row->values, row->labels[ENGLISH],
            row->labels[DANISH]};
        table_add_row(table);
        for (size_t cell = 0; cell < sizeof cells / sizeof *cells; cell++)
            table_set_string(table, cell, cells[cell] && *cells[cell] ? cells[cell] : NULL);
    }
}

static void list_decisions(const codebook_draft *d, relcoord_result *result, relcoord_table *table)
{
    text codes = {0};
    for (size_t i = 0; i < d->decision_count; i++) {
        const draft_decision *decision = &d->decisions[i];
        const char *const cells[] = {decision->variable, decision->guess, decision->reason,
                                     decision->seen};
        table_add_row(table);
        for (size_t cell = 0; cell < sizeof cells / sizeof *cells; cell++)
            table_set_string(table, cell, *cells[cell] ? cells[cell] : NULL);
        text_clear(&codes);
        for (int check = 0; check < CHECK_COUNT; check++)
            if (decision->checks & 1u << check)
                text_add_format(&codes, "%s%s", codes.length ? ";" : "", draft_check_names[check]);
        if (codes.length)
            table_set_string(table, DECISION_NOTE, codes.bytes);
    }
    result->failed = result->failed || codes.failed;
    text_free(&codes);
}

static void note_count(relcoord_result *result, const char *format, size_t count)
{
    text number = {0};
    if (count == 0)
        return;
    text_add_integer(&number, (int64_t)count);
    if (number.failed)
        result->failed = true;
    else
        result_add_note(result, format, number.bytes);
    text_free(&number);
}

/* What the draft rests on besides the data. */
static void note_form(const profile *p, const survey_form *form, const codebook_draft *d,
                      relcoord_result *result)
{
    size_t unknown[2] = {0, 0};
    for (size_t i = 0; i < form->count; i++)
        for (int t = FORM_STRUCTURE; t <= FORM_LABELS; t++)
            unknown[t] += form->variables[i].in_table[t]
                          && intern_find(&p->names, form->variables[i].name,
                                         strlen(form->variables[i].name))
                                 == INTERN_FULL;
    note_count(result, "variables in the structure that are not in the data: %s",
               unknown[FORM_STRUCTURE]);
    note_count(result, "variables in the labels that are not in the data: %s",
               unknown[FORM_LABELS]);
    if (form_language(form) == DANISH)
        result_add_note(result, "the texts are assumed to be Danish");
    else
        result_add_note(result, "the texts are assumed to be English");
    note_count(result,
               "rows scored by their texts, which form a known scale with 5 as the best: %s",
               d->by_scale);
    note_count(result,
               "rows scored by their codes, because their texts do not form a known scale: %s",
               d->by_codes);
}

static relcoord_status fill_result(const profile *p, const survey_form *form,
                                   const codebook_draft *d, relcoord_result *result,
                                   relcoord_error *err)
{
    relcoord_table *codebook = result_add_table(result, &codebook_spec, NULL, 0);
    relcoord_table *decisions = result_add_table(result, &decisions_spec, NULL, 0);
    const char *sentence;
    for (int i = 0; (sentence = csv_dialect_note(&p->at, i)); i++)
        result_add_note(result, "%s", sentence);
    result_add_note(result, "a draft: every row is a guess that needs checking");
    if (form)
        note_form(p, form, d, result);
    if (p->at.redact)
        result_add_note(result, "redact_values applies to error messages only: a codebook lists "
                                "the values in the data");
    if (codebook && decisions) {
        list_rows(d, codebook);
        list_decisions(d, result, decisions);
    }
    return result_finished(result, err);
}

/* Options for "read" are those of a survey, and say nothing of a draft. */
static relcoord_status make_result(const profile *p, const survey_form *form,
                                   const codebook_draft *d, const relcoord_options *options,
                                   relcoord_result **out, relcoord_error *err)
{
    relcoord_result *result;
    relcoord_status status;
    if (d->failed)
        return fail_memory(err);
    if (d->row_count == 0)
        return fail(err, RELCOORD_EDATA, "no column looks like one that a codebook lists");
    result = result_new("codebook", options && options->specs == draft_options ? options : NULL);
    status = result ? fill_result(p, form, d, result, err) : fail_memory(err);
    if (status)
        relcoord_result_free(result);
    else
        *out = result;
    return status;
}

/* Keeps the files of the draft, and those of its form. */
static relcoord_status keep_inputs(relcoord_result *result, const char *const *paths, size_t count,
                                   const relcoord_options *options, relcoord_error *err)
{
    static const char *const forms[] = {"structure", "labels"};
    bool kept = inputs_add(&result->inputs, paths, count, options);
    for (size_t i = 0; i < 2 && kept && options && options_has(options, forms[i]); i++) {
        const char *path = options_text(options, forms[i]);
        kept = !*path || inputs_add(&result->inputs, &path, 1, NULL);
    }
    return kept ? RELCOORD_OK : fail_memory(err);
}

/* ---- What comes along ---- */

static relcoord_status check_alone(size_t count, const relcoord_options *options,
                                   relcoord_error *err)
{
    if (count > 0 || *options_text(options, "structure") || *options_text(options, "labels"))
        return fail_option(err, "builtin", "a built-in codebook needs no files");
    return RELCOORD_OK;
}

/* ---- From beginning to end ---- */

/* A form for other data would describe nothing. */
static relcoord_status check_form(const profile *p, const survey_form *form, form_table table,
                                  const char *path, relcoord_error *err)
{
    for (size_t i = 0; i < form->count; i++)
        if (form->variables[i].in_table[table]
            && intern_find(&p->names, form->variables[i].name, strlen(form->variables[i].name))
                   != INTERN_FULL)
            return RELCOORD_OK;
    if (table == FORM_STRUCTURE)
        fail(err, RELCOORD_EDATA,
             "no variable of the structure is a column of the data: do they belong together?");
    else
        fail(err, RELCOORD_EDATA,
             "no variable of the labels is a column of the data: do they belong together?");
    if (err)
        error_field(err->file, sizeof err->file, path);
    return RELCOORD_EDATA;
}

/* *any: whether options name a form. */
static relcoord_status read_form(const profile *p, const relcoord_options *options,
                                 survey_form *form, bool *any, relcoord_error *err)
{
    static const char *const names[] = {"structure", "labels"};
    relcoord_status status = RELCOORD_OK;
    *any = false;
    for (int t = FORM_STRUCTURE; t <= FORM_LABELS && !status; t++) {
        const char *path = options && options_has(options, names[t])
                               ? options_text(options, names[t])
                               : "";
        if (!*path)
            continue;
        *any = true;
        status = form_read(form, (form_table)t, path, options, err);
        if (!status)
            status = check_form(p, form, (form_table)t, path, err);
    }
    return status;
}

/* What the options may say of a draft. */
static relcoord_status check_options(const relcoord_options *options, relcoord_error *err)
{
    if (options && options->specs == draft_options)
        return composed_wanted(options) ? RELCOORD_OK : composed_check_absent(options, err);
    if (reading_check_purpose(options, err))
        return RELCOORD_EUSAGE;
    if (options && (options->codebook || *options_text(options, "codebook")))
        return fail_option(err, "codebook",
                           "option 'codebook' names what is being drafted: leave it out");
    return RELCOORD_OK;
}

static relcoord_status check_files(const char *const *paths, size_t count,
                                   const relcoord_options *options, relcoord_error *err)
{
    bool own = options && options->specs == draft_options;
    relcoord_status status = check_options(options, err);
    for (size_t i = 0; !status && i < count && paths; i++)
        if (!paths[i])
            status = fail(err, RELCOORD_EUSAGE, "a file has no name");
    if (!status && (!paths || count == 0))
        status = fail(err, RELCOORD_EUSAGE, "drafting a codebook needs at least one file");
    if (!status)
        status = reading_check_input(paths, count, own ? options : NULL, 0, err);
    return status;
}

/* From a profile, whose reading ended with a status, to the result; frees the profile. name: of
 * what was read, in errors; NULL for a stream. */
static relcoord_status finish_draft(profile *p, relcoord_status status, const char *name,
                                    const relcoord_options *options, relcoord_result **result,
                                    relcoord_error *err)
{
    survey_form f = {.count = 0};
    codebook_draft d = {.row_count = 0};
    bool has_form = false;
    if (!status)
        status = read_form(p, options, &f, &has_form, err);
    if (!status) {
        draft_make(p, has_form ? &f : NULL, &d);
        status = make_result(p, has_form ? &f : NULL, &d, options, result, err);
        if (status == RELCOORD_EDATA && name && err)
            error_field(err->file, sizeof err->file, name);
    }
    draft_free(&d);
    form_free(&f);
    profile_free(p);
    return status;
}

/* Hands the result out, with its inputs. */
static relcoord_status hand_out(relcoord_status status, relcoord_result *result,
                                const char *const *paths, size_t count,
                                const relcoord_options *options, relcoord_result **out,
                                relcoord_error *err)
{
    if (!status)
        status = keep_inputs(result, paths, count, options, err);
    if (status)
        relcoord_result_free(result);
    else
        *out = result;
    return status;
}

relcoord_status relcoord_codebook_draft(const char *const *paths, size_t count,
                                        const relcoord_options *options, relcoord_result **out,
                                        relcoord_error *err)
{
    profile p;
    relcoord_result *result = NULL;
    bool builtin = out && composed_wanted(options);
    relcoord_status status = builtin ? check_alone(count, options, err)
                                     : check_files(paths, out ? count : 0, options, err);
    if (!status && builtin)
        return composed_result(options, &codebook_spec, &decisions_spec, out, err);
    if (status)
        return status;
    status = profile_read(&p, paths, count, options, err);
    status = finish_draft(&p, status, paths[0], options, &result, err);
    return hand_out(status, result, paths, count, options, out, err);
}

/* A source or a stream is something to draft from, and what comes along needs nothing. */
static relcoord_status check_given(const relcoord_options *options, relcoord_error *err)
{
    relcoord_status status = check_options(options, err);
    if (!status && composed_wanted(options))
        status = check_alone(1, options, err);
    if (!status)
        status = reading_check_input(NULL, 0, options, 0, err);
    return status;
}

relcoord_status relcoord_codebook_draft_source(relcoord_source source, void *user, const char *name,
                                               const relcoord_options *options,
                                               relcoord_result **out, relcoord_error *err)
{
    profile p;
    relcoord_result *result = NULL;
    relcoord_status status = check_given(options, err);
    if (!status && (!source || !name || !out))
        status = fail(err, RELCOORD_EUSAGE, "drafting a codebook needs a source and a name for it");
    if (status)
        return status;
    status = profile_read_source(&p, source, user, options, err);
    if (status && err && status != RELCOORD_ENOMEM && status != RELCOORD_ECANCELLED)
        error_field(err->file, sizeof err->file, name);
    status = finish_draft(&p, status, name, options, &result, err);
    return hand_out(status, result, NULL, 0, options, out, err);
}

static relcoord_status draft_stream(struct ArrowArrayStream *stream,
                                    const relcoord_options *options, relcoord_result **out,
                                    relcoord_error *err)
{
    profile p;
    relcoord_result *result = NULL;
    relcoord_status status = check_given(options, err);
    if (!status && (!out || !stream->get_schema || !stream->get_next))
        status = fail(err, RELCOORD_EUSAGE, "%s",
                      out ? "the Arrow stream lacks its functions"
                          : "drafting a codebook needs a place for the result");
    if (status)
        return status;
    status = profile_read_arrow(&p, stream, options, err);
    status = finish_draft(&p, status, NULL, options, &result, err);
    return hand_out(status, result, NULL, 0, options, out, err);
}

relcoord_status relcoord_codebook_draft_arrow(struct ArrowArrayStream *stream,
                                              const relcoord_options *options,
                                              relcoord_result **out, relcoord_error *err)
{
    relcoord_status status;
    if (!stream || !stream->release)
        return fail(err, RELCOORD_EUSAGE, "reading needs an Arrow stream that is not released");
    status = draft_stream(stream, options, out, err);
    stream->release(stream);
    return status;
}
