/* relcoord_write_file, and files for bytes that others made. How a file is whole or absent is in
 * base/platform_output.c. */
#include <string.h>

#include "base/error.h"
#include "base/platform.h"
#include "present/write.h"

/* ---- The format that a name asks for ---- */

/* Whether a suffix is that word, in small or capital letters of ASCII. */
static bool is_suffix(const char *suffix, const char *word)
{
    for (; *suffix && *word; suffix++, word++)
        if ((*suffix >= 'A' && *suffix <= 'Z' ? *suffix - 'A' + 'a' : *suffix) != *word)
            return false;
    return !*suffix && !*word;
}

const char *relcoord_format_of(const char *path)
{
    static const char *const others[][2] = {
        {"txt", "text"}, {"md", "markdown"}, {"tex", "latex"}, {"htm", "html"}};
    const char *suffix = path ? strrchr(path, '.') : NULL;
    if (!suffix || strchr(suffix, '/'))
        return NULL;
    suffix++;
    for (size_t i = 0; output_formats[i]; i++)
        if (is_suffix(suffix, output_formats[i]->name))
            return output_formats[i]->name;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (is_suffix(suffix, others[i][0]))
            return others[i][1];
    return NULL;
}

/* ---- Files ---- */

static relcoord_status check_path(const char *path, relcoord_error *err)
{
    if (!path || !*path)
        return fail(err, RELCOORD_EUSAGE, "the file to write has no name");
    return RELCOORD_OK;
}

relcoord_status relcoord_file_create(const char *path, const relcoord_result *result,
                                     const relcoord_options *options, relcoord_file **out,
                                     relcoord_error *err)
{
    relcoord_status status = check_path(path, err);
    if (!status && !out)
        status = fail(err, RELCOORD_EUSAGE, "relcoord_file_create needs a place for the file");
    if (!status && options && options->specs != write_options)
        status = fail(err, RELCOORD_EUSAGE, "these options are for '%s', not for 'write'",
                      options->purpose);
    return status ? status : file_create(path, result ? &result->inputs : NULL, options, out, err);
}

/* A file that a writer fills, and why it does not take more. */
typedef struct filling {
    relcoord_file *file;
    relcoord_status status;
    relcoord_error error;
} filling;

static int fill(void *user, const char *bytes, size_t size)
{
    filling *f = user;
    f->status = relcoord_file_write(f->file, bytes, size, &f->error);
    return f->status != RELCOORD_OK;
}

static relcoord_status write_into(writer *w, relcoord_file *file, relcoord_error *err)
{
    filling f = {.file = file};
    relcoord_status status = writer_run(w, fill, &f, err);
    if (f.status && err)
        *err = f.error;
    if (!status)
        return relcoord_file_commit(file, err);
    relcoord_file_discard(file);
    return f.status ? f.status : status;
}

relcoord_status relcoord_write_file(const relcoord_result *result, const char *path,
                                    const char *format, const relcoord_options *options,
                                    relcoord_error *err)
{
    writer w = {.result = result, .options = options};
    relcoord_file *file;
    relcoord_status status = check_path(path, err);

    if (!status && !result)
        status = fail(err, RELCOORD_EUSAGE, "relcoord_write_file needs a result");
    if (!status && !format && !(format = relcoord_format_of(path)))
        status = fail(err, RELCOORD_EUSAGE,
                      "the end of '%s' names no format, as .csv or .html would: name one", path);
    if (!status)
        status = writer_begin(&w, format, err);
    if (!status)
        status = relcoord_file_create(path, result, options, &file, err);
    if (!status)
        status = write_into(&w, file, err);
    writer_end(&w);
    return status;
}
