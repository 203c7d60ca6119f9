/* Reading files as options ask for it. */
#include "source/reading.h"

#include <string.h>

#include "base/error.h"
#include "base/platform.h"

const option_spec read_options[] = {
    {.name = "codebook",
     .type = OPTION_PATH,
     .initial = "",
     .help = "file of the codebook: what each column is, and what its values mean"},
    {.name = "register",
     .type = OPTION_PATH,
     .initial = "",
     .help = "file of the register: everyone who was invited, for response rates"},
    OPTION_SEPARATOR,
    OPTION_ENCODING,
    OPTION_DECIMAL,
    {.name = "invalid",
     .type = OPTION_CHOICE,
     .initial = "stop",
     .choices = "stop|missing",
     .help =
         "how to treat an answer off the scale: as an error, or as missing and counted in a note"},
    {.name = "duplicates",
     .type = OPTION_CHOICE,
     .initial = "stop",
     .choices = "stop|first|last",
     .help = "when a respondent rates a target twice in a wave: stop with an error, or which row "
             "to keep"},
    OPTION_REDACT,
};
const size_t read_option_count = sizeof read_options / sizeof *read_options;

relcoord_status reading_check_purpose(const relcoord_options *options, relcoord_error *err)
{
    if (options && options->specs != read_options)
        return fail(err, RELCOORD_EUSAGE, "the options were made for '%s', not for 'read'",
                    options->purpose);
    return RELCOORD_OK;
}

relcoord_status reading_check_input(const char *const *paths, size_t count,
                                    const relcoord_options *options, size_t others,
                                    relcoord_error *err)
{
    static const char *const named[] = {"codebook", "register", "structure", "labels"};
    size_t times = others;
    for (size_t i = 0; i < count; i++)
        times += strcmp(paths[i], "-") == 0;
    for (size_t i = 0; options && i < sizeof named / sizeof *named; i++)
        times += options_has(options, named[i])
                 && strcmp(options_text(options, named[i]), "-") == 0;
    if (times > 1)
        return fail(err, RELCOORD_EUSAGE,
                    "'-', which is standard input, stands for %zu files and can be but one", times);
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

void reading_file(reader *at, const char *path, const csv_dialect *asked, size_t files,
                  const relcoord_options *options)
{
    file_source file;
    reading_progress progress = {-1, at->file, files, options};
    relcoord_status status = file_source_open(path, options, &file, &at->error);
    if (status) {
        at->status = status;
        return;
    }
    progress.size = file.size;
    csv_read(at, file_source_read, &file, asked, &progress);
    if (at->status == RELCOORD_EIO && file.last_errno) {
        at->status = options_progress(options, -1,
                                      &at->error); /* was the read interrupted to stop? */
        if (!at->status)
            at->status = file_source_fail(file.last_errno, &at->error);
    }
    at->share = file.size > 0 ? (double)(at->file + 1) / (double)files : -1;
    file_source_close(&file);
}
