#include "codebook/option.h"

#include "base/error.h"
#include "base/options.h"
#include "source/reading.h"

static relcoord_status refuse_two(relcoord_error *err)
{
    return fail_option(
        err, "codebook",
        "option 'codebook' names a file, and a codebook was given besides: it is one or the other");
}

static void release(const void *codebook)
{
    codebook_release(codebook);
}

relcoord_status relcoord_options_set_codebook(relcoord_options *options,
                                              const relcoord_codebook *codebook,
                                              relcoord_error *err)
{
    if (!options)
        return fail(err, RELCOORD_EUSAGE, "relcoord_options_set_codebook needs options");
    if (reading_check_purpose(options, err))
        return RELCOORD_EUSAGE;
    if (codebook && *options_text(options, "codebook"))
        return refuse_two(err);
    if (codebook)
        codebook_share(codebook);
    if (options->codebook)
        options->release_codebook(options->codebook);
    options->codebook = codebook;
    options->release_codebook = release;
    return RELCOORD_OK;
}

relcoord_status codebook_of_options(const relcoord_options *options, const relcoord_codebook **out,
                                    relcoord_error *err)
{
    const char *path = options ? options_text(options, "codebook") : "";
    relcoord_codebook *codebook = NULL;
    relcoord_status status = RELCOORD_OK;
    if (*path && options->codebook)
        return refuse_two(err);
    if (*path)
        status = relcoord_codebook_read(path, NULL, &codebook, err);
    if (!status)
        *out = options && options->codebook ? codebook_share(options->codebook) : codebook;
    return status;
}
