/* Reading a register from CSV, and finding the one that options name or hold. Its rows are read as
 * those of a survey are, by a builder that takes people only. */
#include "survey/reading/register.h"

#include <string.h>

#include "base/error.h"
#include "base/options.h"
#include "codebook/option.h"
#include "source/csv.h"
#include "source/reading.h"
#include "survey/building/start.h"
#include "survey/reading/finish.h"

/* Hands out the register or the builder's error, and frees the builder. */
static relcoord_status finish_reading(builder *b, const char *name, relcoord_register **out,
                                      relcoord_error *err)
{
    relcoord_survey *people = NULL;
    relcoord_status status = reading_finish_survey(b, &name, &people, err);
    if (status)
        return status;
    *out = register_new(people);
    return *out ? RELCOORD_OK : fail_memory(err);
}

/* Readies a builder for what the caller asks of "read". */
static relcoord_status begin_reading(builder *b, const relcoord_options *options,
                                     relcoord_error *err)
{
    const relcoord_codebook *codebook = NULL;
    relcoord_status status = codebook_of_options(options, &codebook, err);
    if (!status)
        status = builder_start_register(b, codebook,
                                        options && options_flag(options, "redact_values"), err);
    codebook_release(codebook);
    return status;
}

/* The register and its codebook: the options may name another register, which is not read here. */
static relcoord_status check_input(const char *path, const relcoord_options *options,
                                   relcoord_error *err)
{
    const relcoord_codebook *held = options ? options->codebook : NULL;
    size_t others = held && inputs_have(&held->inputs, "-");
    others += options && strcmp(options_text(options, "codebook"), "-") == 0;
    return reading_check_input(&path, 1, NULL, others, err);
}

relcoord_status relcoord_register_read(const char *path, const relcoord_options *options,
                                       relcoord_register **out, relcoord_error *err)
{
    builder b;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!path || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading a register needs a file");
    if (!status)
        status = check_input(path, options, err);
    if (!status)
        status = begin_reading(&b, options, err);
    if (status)
        return status;
    builder_add_inputs(&b, options, &path, 1);
    asked = reading_dialect(options);
    if (!b.at.status)
        reading_file(&b.at, path, &asked, 1, options);
    return finish_reading(&b, path, out, err);
}

relcoord_status relcoord_register_read_source(relcoord_source source, void *user, const char *name,
                                              const relcoord_options *options,
                                              relcoord_register **out, relcoord_error *err)
{
    builder b;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!source || !name || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading a register needs a source and a name for it");
    if (!status)
        status = begin_reading(&b, options, err);
    if (status)
        return status;
    builder_add_inputs(&b, options, NULL, 0);
    asked = reading_dialect(options);
    csv_read(&b.at, source, user, &asked, &(reading_progress){-1, 0, 1, options});
    return finish_reading(&b, name, out, err);
}

/* ---- Options ---- */

static relcoord_status refuse_two(relcoord_error *err)
{
    return fail_option(
        err, "register",
        "option 'register' names a file, and a register was given besides: it is one or the other");
}

static void release(const void *invited)
{
    register_release(invited);
}

relcoord_status relcoord_options_set_register(relcoord_options *options,
                                              const relcoord_register *invited, relcoord_error *err)
{
    if (!options)
        return fail(err, RELCOORD_EUSAGE, "relcoord_options_set_register needs options");
    if (reading_check_purpose(options, err))
        return RELCOORD_EUSAGE;
    if (invited && *options_text(options, "register"))
        return refuse_two(err);
    if (invited)
        register_share(invited);
    if (options->invited)
        options->release_invited(options->invited);
    options->invited = invited;
    options->release_invited = release;
    return RELCOORD_OK;
}

relcoord_status register_of_options(const relcoord_options *options,
                                    const relcoord_codebook *codebook,
                                    const relcoord_register **out, relcoord_error *err)
{
    const char *path = options ? options_text(options, "register") : "";
    relcoord_register *invited = NULL;
    relcoord_status status;
    builder b;
    if (*path && options->invited)
        return refuse_two(err);
    if (!*path) {
        *out = options && options->invited ? register_share(options->invited) : NULL;
        return RELCOORD_OK;
    }
    status = builder_start_register(&b, codebook, options_flag(options, "redact_values"), err);
    if (status)
        return status;
    builder_add_inputs(&b, NULL, &path, 1);
    if (!b.at.status)
        reading_file(&b.at, path, &(csv_dialect){0}, 1, NULL);
    status = finish_reading(&b, path, &invited, err);
    if (!status)
        *out = invited;
    return status;
}
