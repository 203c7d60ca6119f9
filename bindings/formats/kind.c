/* Files are told from CSV by their first bytes, for names may lie, and by their names, for a file
 * that lost its first bytes is not CSV either. */
#include "kind.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { MAGIC_SIZE = 11 };

relcoord_status foreign_fail(relcoord_error *err, relcoord_status status, const char *path,
                             const char *format, ...)
{
    va_list values;
    if (!err)
        return status;
    *err = (relcoord_error){.status = (int32_t)status};
    va_start(values, format);
    vsnprintf(err->message, sizeof err->message, format, values);
    va_end(values);
    snprintf(err->file, sizeof err->file, "%s", path ? path : "");
    return status;
}

relcoord_status foreign_fail_memory(relcoord_error *err)
{
    return foreign_fail(err, RELCOORD_ENOMEM, NULL, "out of memory");
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
    /* A zip file, or the compound file of .xls and of workbooks with a password */
    if (count >= 4
        && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0))
        return FOREIGN_WORKBOOK;
    return FOREIGN_NONE;
}

static foreign_kind kind_by_name(const char *path)
{
    static const struct {
        const char *ending;
        foreign_kind kind;
    } known[] = {{".sav", FOREIGN_SPSS},      {".zsav", FOREIGN_SPSS},
                 {".dta", FOREIGN_STATA},     {".xlsx", FOREIGN_WORKBOOK},
                 {".xlsm", FOREIGN_WORKBOOK}, {".ods", FOREIGN_WORKBOOK},
                 {".xls", FOREIGN_WORKBOOK}};
    const char *ending = strrchr(path, '.');
    for (size_t i = 0; ending && i < sizeof known / sizeof *known; i++)
        if (strcasecmp(ending, known[i].ending) == 0)
            return known[i].kind;
    return FOREIGN_NONE;
}

static relcoord_status fail_misnamed(relcoord_error *err, const char *path, foreign_kind kind)
{
    if (kind == FOREIGN_SPSS)
        return foreign_fail(err, RELCOORD_EDATA, path,
                            "this does not look like an SPSS file: is it misnamed or truncated?");
    if (kind == FOREIGN_STATA)
        return foreign_fail(err, RELCOORD_EDATA, path,
                            "this does not look like a Stata file: is it misnamed or truncated?");
    return foreign_fail(err, RELCOORD_EDATA, path,
                        "this does not look like a workbook: is it misnamed or truncated?");
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
    if (*kind == FOREIGN_NONE && kind_by_name(path) != FOREIGN_NONE)
        return fail_misnamed(err, path, kind_by_name(path));
    return RELCOORD_OK;
}

relcoord_status foreign_find(const char *const *paths, size_t count, foreign_kind *kind,
                             relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    *kind = FOREIGN_NONE;
    for (size_t i = 0; i < count && !status; i++) {
        foreign_kind other;
        status = find_one(paths[i], &other, err);
        if (i == 0)
            *kind = other;
        else if (!status && other != *kind)
            status = foreign_fail(
                err, RELCOORD_EUSAGE, NULL,
                "files from different programs cannot form one survey: '%s' and '%s'", paths[0],
                paths[i]);
    }
    return status;
}
