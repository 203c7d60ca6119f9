/* The public ways into a survey: files and sources. */

#include <string.h>

#include "base/error.h"
#include "base/options.h"
#include "base/platform.h"
#include "source/csv.h"
#include "source/reading.h"
#include "survey/builder.h"

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

/* A codebook or a register that the options hold may have come from standard input before. */
relcoord_status builder_check_input(const char *const *paths, size_t count,
                                    const relcoord_options *options, relcoord_error *err)
{
    const relcoord_codebook *codebook = options ? options->codebook : NULL;
    const relcoord_register *invited = options ? options->invited : NULL;
    size_t held = codebook && inputs_have(&codebook->inputs, "-");
    held += invited && inputs_have(&invited->people->inputs, "-");
    return reading_check_input(paths, count, options, held, err);
}

void builder_add_inputs(builder *b, const relcoord_options *options, const char *const *paths,
                        size_t count)
{
    if (!inputs_add(&b->survey->inputs, paths, count, options))
        reader_fail_memory(&b->at);
}

/* Hands out the survey or the builder's error, and frees the builder. */
static relcoord_status finish_reading(builder *b, const char *const *names, relcoord_survey **out,
                                      relcoord_error *err)
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

relcoord_status relcoord_survey_read_files(const char *const *paths, size_t count,
                                           const relcoord_options *options, relcoord_survey **out,
                                           relcoord_error *err)
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
        status = builder_check_input(paths, count, options, err);
    if (!status)
        status = builder_start(&b, options, err);
    if (status)
        return status;
    builder_add_inputs(&b, options, paths, count);
    asked = reading_dialect(options);
    for (size_t i = 0; i < count && !b.at.status; i++) {
        b.at.file = (uint32_t)i;
        reading_file(&b.at, paths[i], &asked, count, options);
    }
    return finish_reading(&b, paths, out, err);
}

relcoord_status relcoord_survey_read(const char *path, const relcoord_options *options,
                                     relcoord_survey **out, relcoord_error *err)
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
        status = builder_check_input(NULL, 0, options, err);
    if (!status)
        status = builder_start(&b, options, err);
    if (status)
        return status;
    builder_add_inputs(&b, options, NULL, 0);
    asked = reading_dialect(options);
    csv_read(&b.at, source, user, &asked, &(reading_progress){-1, 0, 1, options});
    return finish_reading(&b, &name, out, err);
}
