/* The library is found as the system finds shared libraries, or, where this is built with
 * FORMATS_INSIDE, is compiled into the same program. */
#include "load.h"

#include <string.h>
#include <strings.h>

#include "kind.h"

/* What is called, of what was loaded. */
typedef struct library {
    relcoord_status (*read)(const char *const *, size_t, const char *, int, relcoord_options *,
                            relcoord_survey **, relcoord_error *);
    relcoord_status (*draft)(const char *const *, size_t, const char *, relcoord_options *,
                             relcoord_result **, relcoord_sink, void *, relcoord_error *);
    relcoord_status (*write)(const relcoord_result *, const char *, const relcoord_options *,
                             relcoord_sink, void *, relcoord_error *);
    relcoord_status (*write_file)(const relcoord_result *, const char *, const char *,
                                  const relcoord_options *, relcoord_error *);
} library;

#ifdef FORMATS_INSIDE

static relcoord_status load(library *out, relcoord_error *err)
{
    (void)err;
    *out = (library){relcoord_formats_read, relcoord_formats_draft, relcoord_formats_write,
                     relcoord_formats_write_file};
    return RELCOORD_OK;
}

#else

#include <dlfcn.h>

#define FORMATS_FILE "librelcoord-formats.so.0"

/* ISO C has no conversion of a pointer to an object into one to a function: POSIX has both be the
 * same bytes. */
static bool find_function(void *handle, const char *name, void *function)
{
    void *found = dlsym(handle, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

/* The system loads it once, and it stays: what it gave may be in use. */
static relcoord_status load(library *out, relcoord_error *err)
{
    const char *(*version)(void);
    void *handle = dlopen(FORMATS_FILE, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!handle)
        return foreign_fail(err, RELCOORD_EUSAGE, NULL,
                            "files of SPSS and Stata, and workbooks, need relcoord-formats, which "
                            "cannot be loaded: install it, or use CSV");
    if (find_function(handle, "relcoord_formats_version", &version)
        && strcmp(version(), relcoord_version()) == 0
        && find_function(handle, "relcoord_formats_read", &out->read)
        && find_function(handle, "relcoord_formats_draft", &out->draft)
        && find_function(handle, "relcoord_formats_write", &out->write)
        && find_function(handle, "relcoord_formats_write_file", &out->write_file))
        return RELCOORD_OK;
    dlclose(handle);
    return foreign_fail(err, RELCOORD_EUSAGE, NULL,
                        "the relcoord-formats that is installed is not that of relcoord %s",
                        relcoord_version());
}

#endif

relcoord_status formats_are_foreign(const char *const *paths, size_t count, bool *foreign,
                                    relcoord_error *err)
{
    foreign_kind kind = FOREIGN_NONE;
    relcoord_status status = foreign_find(paths, count, &kind, err);
    *foreign = kind != FOREIGN_NONE;
    return status;
}

/* What is said of a sheet that no file can have. */
static relcoord_status refuse_sheet(const char *sheet, relcoord_error *err)
{
    if (!sheet || !*sheet)
        return RELCOORD_OK;
    return foreign_fail(err, RELCOORD_EUSAGE, NULL, "only a workbook has sheets to choose from");
}

relcoord_status formats_read(const char *const *paths, size_t count, const char *sheet, int coded,
                             relcoord_options *options, relcoord_survey **out, relcoord_error *err)
{
    library formats;
    bool foreign;
    relcoord_status status = formats_are_foreign(paths, count, &foreign, err);
    if (!status)
        status = foreign ? load(&formats, err) : refuse_sheet(sheet, err);
    if (status)
        return status;
    return foreign ? formats.read(paths, count, sheet, coded, options, out, err)
                   : relcoord_survey_read_files(paths, count, options, out, err);
}

relcoord_status formats_draft(const char *const *paths, size_t count, const char *sheet,
                              relcoord_options *options, relcoord_result **out, relcoord_sink sink,
                              void *user, relcoord_error *err)
{
    library formats;
    bool foreign;
    relcoord_status status = formats_are_foreign(paths, count, &foreign, err);
    if (!status)
        status = foreign ? load(&formats, err) : refuse_sheet(sheet, err);
    if (status)
        return status;
    return foreign ? formats.draft(paths, count, sheet, options, out, sink, user, err)
                   : relcoord_codebook_draft(paths, count, options, out, err);
}

relcoord_status formats_write(const relcoord_result *result, const char *format,
                              const relcoord_options *options, relcoord_sink sink, void *user,
                              relcoord_error *err)
{
    library formats;
    relcoord_status status;
    if (!format || strcmp(format, "xlsx") != 0)
        return relcoord_write(result, format, options, sink, user, err);
    status = load(&formats, err);
    return status ? status : formats.write(result, format, options, sink, user, err);
}

relcoord_status formats_write_file(const relcoord_result *result, const char *path,
                                   const char *format, const relcoord_options *options,
                                   relcoord_error *err)
{
    const char *suffix = path ? strrchr(path, '.') : NULL;
    library formats;
    relcoord_status status;
    if (!format && suffix && strcasecmp(suffix, ".xlsx") == 0)
        format = "xlsx";
    if (!format || strcmp(format, "xlsx") != 0)
        return relcoord_write_file(result, path, format, options, err);
    status = load(&formats, err);
    return status ? status : formats.write_file(result, path, format, options, err);
}
