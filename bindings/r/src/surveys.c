/* Surveys from files and from R's vectors. */
#include "binding.h"
#include "columns.h"

/* What the two ways into a survey share: `read` is called with options, its survey goes into a
 * handle. */
typedef relcoord_status (*read_function)(void *from, relcoord_options *options,
                                         relcoord_survey **survey, relcoord_error *error);

static SEXP read_survey(read_function read, void *from, SEXP values)
{
    call_state call = {0};
    relcoord_survey *survey;
    SEXP purpose = PROTECT(Rf_mkString("read")), handle = PROTECT(r_handle_new(HANDLE_SURVEY));
    SEXP options = PROTECT(r_options_new(purpose, values, &call));
    if (!call.status)
        call.status = read(from, r_options_get(options), &survey, &call.error);
    if (!call.status)
        r_handle_fill(handle, survey);
    r_handle_drop(options, HANDLE_OPTIONS);
    if (call.status)
        handle = r_failure_new(&call);
    UNPROTECT(3);
    return handle;
}

/* ---- Files ---- */

typedef struct file_list {
    const char **paths;
    size_t count;
    const char *sheet; /* of workbooks; NULL for the first */
    int coded;         /* the values mean what a codebook says */
} file_list;

static file_list list_files(SEXP paths)
{
    file_list files = {.count = (size_t)XLENGTH(paths)};
    files.paths = (const char **)R_alloc(files.count + 1, sizeof *files.paths);
    for (size_t i = 0; i < files.count; i++)
        files.paths[i] = CHAR(STRING_ELT(paths, (R_xlen_t)i));
    return files;
}

static relcoord_status read_list(void *from, relcoord_options *options, relcoord_survey **survey,
                                 relcoord_error *error)
{
    const file_list *files = from;
    return relcoord_survey_read_files(files->paths, files->count, options, survey, error);
}

SEXP r_read_files(SEXP paths, SEXP values)
{
    file_list files = list_files(paths);
    return read_survey(read_list, &files, values);
}

static relcoord_status read_foreign(void *from, relcoord_options *options, relcoord_survey **survey,
                                    relcoord_error *error)
{
    const file_list *files = from;
    return formats_read(files->paths, files->count, files->sheet, files->coded, options, survey,
                        error);
}

SEXP r_read_foreign(SEXP paths, SEXP sheet, SEXP coded, SEXP values)
{
    file_list files = list_files(paths);
    files.sheet = sheet == R_NilValue ? NULL : CHAR(STRING_ELT(sheet, 0));
    files.coded = Rf_asLogical(coded);
    return read_survey(read_foreign, &files, values);
}

/* ---- Vectors ---- */

static relcoord_status read_stream(void *from, relcoord_options *options, relcoord_survey **survey,
                                   relcoord_error *error)
{
    return relcoord_survey_from_arrow(from, options, survey, error);
}

SEXP r_import_columns(SEXP columns, SEXP rows, SEXP values)
{
    return read_survey(read_stream, r_stream_new(columns, (R_xlen_t)Rf_asReal(rows)), values);
}

/* ---- What a survey says of itself ---- */

static const char *ask_note(const void *survey, size_t index)
{
    return relcoord_survey_note(survey, index);
}

SEXP r_survey_about(SEXP handle)
{
    static const char *names[] = {"rows", "respondents", "ties", "notes", ""};
    const relcoord_survey *survey = r_handle_get(handle, HANDLE_SURVEY);
    SEXP about;
    if (!survey)
        return r_failure_lost("survey");
    about = PROTECT(Rf_mkNamed(VECSXP, names));
    SET_VECTOR_ELT(about, 0, Rf_ScalarReal((double)relcoord_survey_rows(survey)));
    SET_VECTOR_ELT(about, 1, Rf_ScalarReal((double)relcoord_survey_respondents(survey)));
    SET_VECTOR_ELT(about, 2, Rf_ScalarReal((double)relcoord_survey_ties(survey)));
    SET_VECTOR_ELT(about, 3, r_texts_new(ask_note, survey));
    UNPROTECT(1);
    return about;
}
