/* The public ways into a survey: files and sources. */

#include <string.h>

#include "base/error.h"
#include "base/options.h"
#include "base/platform.h"
#include "survey/builder.h"
#include "survey/csv.h"
#include "survey/reading.h"

#define OPTION_SEPARATOR                                                                               \
    {.name = "separator", .type = OPTION_CHOICE, .initial = "auto", .choices = "auto|comma|semicolon|tab", \
     .help = "what stands between fields; auto: whichever the header has most of"}
#define OPTION_ENCODING                                                                                \
    {.name = "encoding", .type = OPTION_CHOICE, .initial = "auto",                                     \
     .choices = "auto|utf-8|windows-1252|iso-8859-1|utf-16le|utf-16be",                                \
     .help = "of the text; auto: by its byte order mark, or else UTF-8 if its first 64 KiB are, or else Windows-1252"}
#define OPTION_DECIMAL                                                                                 \
    {.name = "decimal", .type = OPTION_CHOICE, .initial = "auto", .choices = "auto|point|comma",       \
     .help = "decimal mark; auto: a point, or where fields are not separated by commas whichever the numbers have"}
#define OPTION_REDACT                                                                                  \
    {.name = "redact_values", .type = OPTION_FLAG, .initial = "false",                                 \
     .help = "error messages never repeat an answer or a label"}

const option_spec read_options[] = {
    {.name = "codebook", .type = OPTION_PATH, .initial = "",
     .help = "file of the codebook: what each column is, and what its values mean"},
    {.name = "register", .type = OPTION_PATH, .initial = "",
     .help = "file of the register: everyone who was invited, for response rates"},
    OPTION_SEPARATOR,
    OPTION_ENCODING,
    OPTION_DECIMAL,
    {.name = "invalid", .type = OPTION_CHOICE, .initial = "stop", .choices = "stop|missing",
     .help = "what an answer off the scale is: an error, or missing and counted in a note"},
    {.name = "duplicates", .type = OPTION_CHOICE, .initial = "stop", .choices = "stop|first|last",
     .help = "when a respondent rates a target twice in a wave: an error, or which row to keep"},
    OPTION_REDACT,
};
const size_t read_option_count = sizeof read_options / sizeof *read_options;

const option_spec draft_options[] = {
    {.name = "builtin", .type = OPTION_CHOICE, .initial = "none",
     .choices = "none|coupling-short|coupling-full|rc-context|social-capital|trust|collective-wisdom|collaboration-form|implementation",
     .help = "in place of a draft, a codebook that relcoord brings along: identifiers and names of scales"},
    {.name = "structure", .type = OPTION_PATH, .initial = "",
     .help = "file of the structure that a survey system exports: questions and their choices"},
    {.name = "labels", .type = OPTION_PATH, .initial = "",
     .help = "file of the labels that a survey system exports: variable, value, label, without a header"},
    OPTION_SEPARATOR,
    OPTION_ENCODING,
    OPTION_DECIMAL,
    OPTION_REDACT,
};
const size_t draft_option_count = sizeof draft_options / sizeof *draft_options;

relcoord_status reading_check_purpose(const relcoord_options *options, relcoord_error *err)
{
    if (options && options->specs != read_options)
        return fail(err, RELCOORD_EUSAGE, "the options were made for '%s', not for 'read'", options->purpose);
    return RELCOORD_OK;
}

/* The words of an option stand in the order of its enumeration. */
csv_dialect reading_dialect(const relcoord_options *options)
{
    csv_dialect asked = {0};
    if (!options)
        return asked;
    asked.separator = (csv_separator)options_choice(options, "separator");
    asked.encoding = (encoding)options_choice(options, "encoding");
    asked.decimal = (csv_decimal)options_choice(options, "decimal");
    return asked;
}

void builder_note_dialects(builder *b)
{
    const char *sentence;
    for (int i = 0; !b->at.status && (sentence = csv_dialect_note(&b->at, i)); i++) {
        text note = {0};
        text_add(&note, sentence);
        if (builder_add_note(b, &note))
            reader_fail_memory(&b->at);
        text_free(&note);
    }
}

/* Hands out the survey or the builder's error, and frees the builder. */
static relcoord_status finish_reading(builder *b, const char *const *names, relcoord_survey **out, relcoord_error *err)
{
    uint32_t file = b->at.file;
    relcoord_status status;
    builder_note_dialects(b);
    status = b->at.status;
    if (status && err)
        *err = b->at.error;
    if (!status)
        status = builder_finish(b, out, &file, err);
    if (status && err && status != RELCOORD_ENOMEM && status != RELCOORD_ECANCELLED)
        error_field(err->file, sizeof err->file, names[file]);
    builder_free(b);
    return status;
}

void reading_file(reader *at, const char *path, const csv_dialect *asked, size_t files, const relcoord_options *options)
{
    file_source file;
    reading_progress progress = {-1, at->file, files, options};
    relcoord_status status = file_source_open(path, options, &file, &at->error);
    char reason[64];
    if (status) {
        at->status = status;
        return;
    }
    progress.size = file.size;
    csv_read(at, file_source_read, &file, asked, &progress);
    if (at->status == RELCOORD_EIO && file.last_errno) {
        platform_error_text(file.last_errno, reason, sizeof reason);
        at->status = options_progress(options, -1, &at->error); /* was the read interrupted to stop? */
        if (!at->status)
            at->status = fail(&at->error, RELCOORD_EIO, "%s", reason);
    }
    at->share = file.size > 0 ? (double)(at->file + 1) / (double)files : -1;
    file_source_close(&file);
}

/* Standard input is read once: a second "-" would find it at its end. */
static relcoord_status check_standard_input(const char *const *paths, size_t count, const relcoord_options *options,
                                            relcoord_error *err)
{
    size_t times = options && strcmp(options_text(options, "codebook"), "-") == 0;
    for (size_t i = 0; i < count; i++)
        times += strcmp(paths[i], "-") == 0;
    if (times > 1)
        return fail(err, RELCOORD_EUSAGE, "'-', which is standard input, stands for %zu files and can be but one", times);
    return RELCOORD_OK;
}

relcoord_status relcoord_survey_read_files(const char *const *paths, size_t count, const relcoord_options *options,
                                           relcoord_survey **out, relcoord_error *err)
{
    builder b;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    for (size_t i = 0; !status && i < count && paths; i++)
        if (!paths[i])
            status = fail(err, RELCOORD_EUSAGE, "a file has no name");
    if (!status && (!paths || count == 0 || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading needs at least one file");
    if (!status)
        status = check_standard_input(paths, count, options, err);
    if (!status)
        status = builder_start(&b, options, err);
    if (status)
        return status;
    asked = reading_dialect(options);
    for (size_t i = 0; i < count && !b.at.status; i++) {
        b.at.file = (uint32_t)i;
        reading_file(&b.at, paths[i], &asked, count, options);
    }
    return finish_reading(&b, paths, out, err);
}

relcoord_status relcoord_survey_read(const char *path, const relcoord_options *options, relcoord_survey **out,
                                     relcoord_error *err)
{
    return relcoord_survey_read_files(&path, path != NULL, options, out, err);
}

relcoord_status relcoord_survey_read_source(relcoord_source source, void *user, const char *name,
                                            const relcoord_options *options, relcoord_survey **out,
                                            relcoord_error *err)
{
    builder b;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!source || !name || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading needs a source and a name for it");
    if (!status)
        status = builder_start(&b, options, err);
    if (status)
        return status;
    asked = reading_dialect(options);
    csv_read(&b.at, source, user, &asked, &(reading_progress){-1, 0, 1, options});
    return finish_reading(&b, &name, out, err);
}
