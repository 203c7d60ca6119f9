#include "survey/reading/start.h"

#include "base/options.h"
#include "codebook/option.h"
#include "source/reading.h"
#include "survey/building/start.h"
#include "survey/reading/register.h"

/* A codebook or a register that the options hold may have come from standard input before. */
static relcoord_status check_input(const char *const *paths, size_t count,
                                   const relcoord_options *options, relcoord_error *err)
{
    const relcoord_codebook *codebook = options ? options->codebook : NULL;
    const relcoord_register *invited = options ? options->invited : NULL;
    size_t held = codebook && inputs_have(&codebook->inputs, "-");
    held += invited && inputs_have(&invited->people->inputs, "-");
    return reading_check_input(paths, count, options, held, err);
}

relcoord_status reading_start_survey(builder *b, const char *const *paths, size_t count,
                                     const relcoord_options *options, relcoord_error *err)
{
    const relcoord_codebook *codebook = NULL;
    const relcoord_register *invited = NULL;
    relcoord_status status = check_input(paths, count, options, err);
    if (!status)
        status = codebook_of_options(options, &codebook, err);
    if (!status)
        status = register_of_options(options, codebook, &invited, err);
    if (!status)
        status = builder_start(b, options, codebook, invited, err);
    if (!status)
        builder_add_inputs(b, options, paths, count);
    codebook_release(codebook);
    register_release(invited);
    return status;
}
