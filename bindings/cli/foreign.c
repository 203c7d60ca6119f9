/* Telling files of other programs from CSV: by their first bytes, for names may lie, and by their
 * names, for a file that lost its first bytes is not CSV either. */
#include "foreign.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { MAGIC_SIZE = 11 };

relcoord_status fail_foreign(relcoord_error *err, relcoord_status status, const char *path,
                             const char *format, ...)
{
    va_list values;
    *err = (relcoord_error){.status = (int32_t)status};
    va_start(values, format);
    vsnprintf(err->message, sizeof err->message, format, values);
    va_end(values);
    snprintf(err->file, sizeof err->file, "%s", path ? path : "");
    return status;
}

relcoord_status fail_foreign_memory(relcoord_error *err)
{
    return fail_foreign(err, RELCOORD_ENOMEM, NULL, "out of memory");
}

/* Stata's first two bytes before release 117 are a version and the order of bytes; then 1 and 0. */
static bool begins_as_old_stata(const unsigned char *bytes)
{
    return bytes[0] >= 104 && bytes[0] <= 115 && (bytes[1] == 1 || bytes[1] == 2) && bytes[2] == 1;
}

static foreign_kind kind_by_bytes(const unsigned char *bytes, size_t count)
{
    if (count >= 4 && (memcmp(bytes, "$FL2", 4) == 0 || memcmp(bytes, "$FL3", 4) == 0))
        return FOREIGN_SPSS;
    if ((count >= MAGIC_SIZE && memcmp(bytes, "<stata_dta>", MAGIC_SIZE) == 0)
        || (count >= 4 && begins_as_old_stata(bytes)))
        return FOREIGN_STATA;
    return FOREIGN_NONE;
}

static foreign_kind kind_by_name(const char *path)
{
    const char *ending = strrchr(path, '.');
    if (!ending)
        return FOREIGN_NONE;
    if (strcasecmp(ending, ".sav") == 0 || strcasecmp(ending, ".zsav") == 0)
        return FOREIGN_SPSS;
    return strcasecmp(ending, ".dta") == 0 ? FOREIGN_STATA : FOREIGN_NONE;
}

/* Only plain files are looked into: what is read from a pipe would be gone. */
static relcoord_status find_one(const char *path, foreign_kind *kind, relcoord_error *err)
{
    unsigned char bytes[MAGIC_SIZE];
    struct stat about;
    FILE *file;
    size_t count;
    *kind = FOREIGN_NONE;
    if (strcmp(path, "-") == 0 || stat(path, &about) != 0 || !S_ISREG(about.st_mode)
        || !(file = fopen(path, "rb")))
        return RELCOORD_OK;
    count = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    *kind = kind_by_bytes(bytes, count);
    if (*kind == FOREIGN_NONE && kind_by_name(path) == FOREIGN_SPSS)
        return fail_foreign(
            err, RELCOORD_EDATA, path,
            "this does not begin as a file of SPSS does: is it misnamed, or cut short?");
    if (*kind == FOREIGN_NONE && kind_by_name(path) == FOREIGN_STATA)
        return fail_foreign(
            err, RELCOORD_EDATA, path,
            "this does not begin as a file of Stata does: is it misnamed, or cut short?");
    return RELCOORD_OK;
}

#ifndef HAVE_READSTAT

relcoord_status foreign_read(const arguments *a, foreign_kind kind, relcoord_survey **out,
                             relcoord_error *err)
{
    (void)kind, (void)out;
    return fail_foreign(err, RELCOORD_EUSAGE, a->files[0],
                        "files of SPSS and Stata need a relcoord that was built with ReadStat: "
                        "install libreadstat-dev and build it "
                        "again, or save the data as CSV");
}

relcoord_status foreign_draft(const arguments *a, foreign_kind kind, relcoord_result **out,
                              char **codebook, relcoord_error *err)
{
    (void)out, (void)codebook;
    return foreign_read(a, kind, NULL, err);
}

#endif

relcoord_status foreign_find(const arguments *a, foreign_kind *kind, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    *kind = FOREIGN_NONE;
    for (size_t i = 0; i < a->file_count && !status; i++) {
        foreign_kind other;
        status = find_one(a->files[i], &other, err);
        if (i == 0)
            *kind = other;
        if (!status && other != *kind)
            status = fail_foreign(err, RELCOORD_EUSAGE, NULL,
                                  "files of different programs cannot be one survey: '%s' and '%s'",
                                  a->files[0], a->files[i]);
    }
    return status;
}
