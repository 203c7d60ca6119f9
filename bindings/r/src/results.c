/* From a survey to results, and from these to R's vectors and to what presenters write. */
#include "binding.h"
#include "columns.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

SEXP r_library_version(void)
{
    return r_text_new(relcoord_version());
}

SEXP r_describe(void)
{
    call_state call = {0};
    relcoord_result *result;
    SEXP handle = PROTECT(r_handle_new(HANDLE_RESULT));
    call.status = relcoord_describe(&result, &call.error);
    if (!call.status)
        r_handle_fill(handle, result);
    else
        handle = r_failure_new(&call);
    UNPROTECT(1);
    return handle;
}

SEXP r_run_analysis(SEXP survey, SEXP analysis, SEXP values)
{
    call_state call = {0};
    relcoord_result *result;
    SEXP options, handle;
    const relcoord_survey *read = r_handle_get(survey, HANDLE_SURVEY);
    if (!read)
        return r_failure_lost("survey");
    handle = PROTECT(r_handle_new(HANDLE_RESULT));
    options = PROTECT(r_options_new(analysis, values, &call));
    if (!call.status)
        call.status = relcoord_run(read, CHAR(STRING_ELT(analysis, 0)), r_options_get(options),
                                   &result, &call.error);
    if (!call.status)
        r_handle_fill(handle, result);
    r_handle_drop(options, HANDLE_OPTIONS);
    if (call.status)
        handle = r_failure_new(&call);
    UNPROTECT(2);
    return handle;
}

/* What the ways to a draft share: it goes into a handle. */
typedef relcoord_status (*draft_function)(void *from, const relcoord_options *options,
                                          relcoord_result **result, relcoord_error *error);

static SEXP draft(draft_function make, void *from, SEXP values)
{
    call_state call = {0};
    relcoord_result *result;
    SEXP purpose = PROTECT(Rf_mkString("codebook")), handle = PROTECT(r_handle_new(HANDLE_RESULT));
    SEXP options = PROTECT(r_options_new(purpose, values, &call));
    if (!call.status)
        call.status = make(from, r_options_get(options), &result, &call.error);
    if (!call.status)
        r_handle_fill(handle, result);
    r_handle_drop(options, HANDLE_OPTIONS);
    if (call.status)
        handle = r_failure_new(&call);
    UNPROTECT(3);
    return handle;
}

typedef struct file_list {
    const char **paths;
    size_t count;
} file_list;

static relcoord_status draft_files(void *from, const relcoord_options *options,
                                   relcoord_result **result, relcoord_error *error)
{
    const file_list *files = from;
    return relcoord_codebook_draft(files->paths, files->count, options, result, error);
}

SEXP r_draft_codebook(SEXP paths, SEXP values)
{
    file_list files = {NULL, (size_t)XLENGTH(paths)};
    files.paths = (const char **)R_alloc(files.count + 1, sizeof *files.paths);
    for (size_t i = 0; i < files.count; i++)
        files.paths[i] = CHAR(STRING_ELT(paths, (R_xlen_t)i));
    return draft(draft_files, &files, values);
}

static relcoord_status draft_stream(void *from, const relcoord_options *options,
                                    relcoord_result **result, relcoord_error *error)
{
    return relcoord_codebook_draft_arrow(from, options, result, error);
}

SEXP r_draft_columns(SEXP columns, SEXP rows, SEXP values)
{
    return draft(draft_stream, r_stream_new(columns, (R_xlen_t)Rf_asReal(rows)), values);
}

/* ---- Tables ---- */

static const char *ask_table(const void *result, size_t index)
{
    return relcoord_table_name(relcoord_result_table_at(result, index));
}

static const char *ask_note(const void *result, size_t index)
{
    return relcoord_result_note(result, index);
}

SEXP r_result_about(SEXP handle)
{
    static const char *names[] = {"analysis", "tables", "notes", ""};
    const relcoord_result *result = r_handle_get(handle, HANDLE_RESULT);
    SEXP about;
    if (!result)
        return r_failure_lost("result");
    about = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(about, 0, r_text_new(relcoord_result_analysis(result)));
    SET_VECTOR_ELT(about, 1, r_texts_new(ask_table, result));
    SET_VECTOR_ELT(about, 2, r_texts_new(ask_note, result));
    UNPROTECT(1);
    return about;
}

/* The values of options as text, by their names; NA where the analysis has no such option. */
SEXP r_result_options(SEXP handle, SEXP names)
{
    const relcoord_result *result = r_handle_get(handle, HANDLE_RESULT);
    SEXP values;
    if (!result)
        return r_failure_lost("result");
    values = PROTECT(Rf_allocVector(STRSXP, XLENGTH(names)));
    for (R_xlen_t i = 0; i < XLENGTH(names); i++) {
        const char *value = relcoord_result_option(result, CHAR(STRING_ELT(names, i)));
        SET_STRING_ELT(values, i, value ? Rf_mkCharCE(value, CE_UTF8) : NA_STRING);
    }
    UNPROTECT(1);
    return values;
}

static SEXP strings_of(const relcoord_table *table, const char *name, R_xlen_t rows)
{
    const char *const *values;
    const uint8_t *valid;
    SEXP vector;
    if (relcoord_table_strings(table, name, &values, &valid, NULL))
        return R_NilValue;
    vector = PROTECT(Rf_allocVector(STRSXP, rows));
    for (R_xlen_t i = 0; i < rows; i++)
        SET_STRING_ELT(vector, i, valid[i] ? Rf_mkCharCE(values[i], CE_UTF8) : NA_STRING);
    UNPROTECT(1);
    return vector;
}

/* Whole numbers are R's integers, or doubles where one of the column is too large for that. */
static SEXP integers_of(const relcoord_table *table, const char *name, R_xlen_t rows)
{
    const int64_t *values;
    const uint8_t *valid;
    bool narrow = true;
    SEXP vector;
    if (relcoord_table_integers(table, name, &values, &valid, NULL))
        return R_NilValue;
    for (R_xlen_t i = 0; i < rows; i++)
        narrow = narrow && values[i] <= INT_MAX && values[i] >= -INT_MAX;
    vector = Rf_allocVector(narrow ? INTSXP : REALSXP, rows);
    for (R_xlen_t i = 0; i < rows; i++) {
        if (narrow)
            INTEGER(vector)[i] = valid[i] ? (int)values[i] : NA_INTEGER;
        else
            REAL(vector)[i] = valid[i] ? (double)values[i] : NA_REAL;
    }
    return vector;
}

static SEXP doubles_of(const relcoord_table *table, const char *name, R_xlen_t rows)
{
    const double *values;
    const uint8_t *valid;
    SEXP vector;
    if (relcoord_table_doubles(table, name, &values, &valid, NULL))
        return R_NilValue;
    vector = Rf_allocVector(REALSXP, rows);
    for (R_xlen_t i = 0; i < rows; i++)
        REAL(vector)[i] = valid[i] ? values[i] : NA_REAL;
    return vector;
}

static SEXP column_of(const relcoord_table *table, size_t index, R_xlen_t rows)
{
    const char *name = relcoord_table_column_name(table, index);
    switch (relcoord_table_column_type(table, index)) {
    case RELCOORD_STRING: return strings_of(table, name, rows);
    case RELCOORD_INTEGER: return integers_of(table, name, rows);
    case RELCOORD_NUMBER: return doubles_of(table, name, rows);
    }
    return R_NilValue;
}

SEXP r_result_columns(SEXP handle, SEXP name)
{
    static const char *names[] = {"columns", "kinds", "rows", ""};
    const relcoord_result *result = r_handle_get(handle, HANDLE_RESULT);
    const relcoord_table *table;
    SEXP all, columns, heads, kinds;
    R_xlen_t count, rows;
    if (!result)
        return r_failure_lost("result");
    table = relcoord_result_table(result, CHAR(STRING_ELT(name, 0)));
    if (!table)
        return r_failure_lost("table");
    count = (R_xlen_t)relcoord_table_columns(table);
    rows = (R_xlen_t)relcoord_table_rows(table);
    all = PROTECT(Rf_mkNamed(VECSXP, names));
    columns = SET_VECTOR_ELT(all, 0, Rf_allocVector(VECSXP, count));
    kinds = SET_VECTOR_ELT(all, 1, Rf_allocVector(INTSXP, count));
    SET_VECTOR_ELT(all, 2, Rf_ScalarInteger((int)rows));
    heads = PROTECT(Rf_allocVector(STRSXP, count));
    for (R_xlen_t i = 0; i < count; i++) {
        SET_STRING_ELT(heads, i,
                       Rf_mkCharCE(relcoord_table_column_name(table, (size_t)i), CE_UTF8));
        INTEGER(kinds)[i] = (int)relcoord_table_column_kind(table, (size_t)i);
        SET_VECTOR_ELT(columns, i, column_of(table, (size_t)i, rows));
    }
    Rf_setAttrib(columns, R_NamesSymbol, heads);
    UNPROTECT(2);
    return all;
}

/* ---- Writing ---- */

typedef struct text {
    size_t size, capacity;
    char bytes[];
} text;

/* Puts bytes behind those of the handle's text; R's allocator could jump, so malloc's. */
static int append_bytes(void *user, const char *bytes, size_t size)
{
    SEXP handle = user;
    text *written = R_ExternalPtrAddr(handle);
    if (size > written->capacity - written->size) {
        size_t capacity = (written->size + size) * 2;
        text *grown = realloc(written, sizeof *grown + capacity);
        if (!grown)
            return 1;
        grown->capacity = capacity;
        r_handle_fill(handle, grown);
        written = grown;
    }
    memcpy(written->bytes + written->size, bytes, size);
    written->size += size;
    return 0;
}

/* format NULL: the one that the file's suffix names. */
SEXP r_result_write_file(SEXP handle, SEXP path, SEXP format, SEXP values)
{
    call_state call = {0};
    const relcoord_result *result = r_handle_get(handle, HANDLE_RESULT);
    SEXP purpose, options, failure = R_NilValue;
    if (!result)
        return r_failure_lost("result");
    purpose = PROTECT(Rf_mkString("write"));
    options = PROTECT(r_options_new(purpose, values, &call));
    if (!call.status)
        call.status = formats_write_file(result, CHAR(STRING_ELT(path, 0)),
                                         format == R_NilValue ? NULL : CHAR(STRING_ELT(format, 0)),
                                         r_options_get(options), &call.error);
    r_handle_drop(options, HANDLE_OPTIONS);
    if (call.status)
        failure = r_failure_new(&call);
    UNPROTECT(2);
    return failure;
}

SEXP r_result_write(SEXP handle, SEXP format, SEXP values)
{
    call_state call = {0};
    const relcoord_result *result = r_handle_get(handle, HANDLE_RESULT);
    text *written;
    SEXP purpose, options, buffer, bytes = R_NilValue;
    if (!result)
        return r_failure_lost("result");
    purpose = PROTECT(Rf_mkString("write"));
    buffer = PROTECT(r_handle_new(HANDLE_TEXT));
    options = PROTECT(r_options_new(purpose, values, &call));
    written = calloc(1, sizeof *written);
    r_handle_fill(buffer, written);
    if (!written)
        call = (call_state){.status = RELCOORD_ENOMEM,
                            .error = {.status = RELCOORD_ENOMEM, .message = "out of memory"}};
    if (!call.status)
        call.status = formats_write(result, CHAR(STRING_ELT(format, 0)), r_options_get(options),
                                    append_bytes, buffer, &call.error);
    r_handle_drop(options, HANDLE_OPTIONS);
    if (!call.status) {
        written = r_handle_get(buffer, HANDLE_TEXT);
        bytes = PROTECT(Rf_allocVector(RAWSXP, (R_xlen_t)written->size));
        memcpy(RAW(bytes), written->bytes, written->size);
    }
    r_handle_drop(buffer, HANDLE_TEXT);
    if (call.status)
        bytes = PROTECT(r_failure_new(&call));
    UNPROTECT(4);
    return bytes;
}
