/* The routines that R may call, registered. */
#include "binding.h"

#include <R_ext/Rdynload.h>
#include <R_ext/Visibility.h>

#define ROUTINE(name, count)                              \
    {                                                     \
#name, (DL_FUNC)(void (*)(void))(r_##name), count \
    }

static const R_CallMethodDef routines[] = {
    ROUTINE(library_version, 0),   ROUTINE(describe, 0),       ROUTINE(read_files, 2),
    ROUTINE(import_columns, 3),    ROUTINE(run_analysis, 3),   ROUTINE(result_about, 1),
    ROUTINE(result_columns, 2),    ROUTINE(result_write, 3),   ROUTINE(survey_about, 1),
    ROUTINE(result_options, 2),    ROUTINE(draft_codebook, 2), ROUTINE(draft_columns, 3),
    ROUTINE(result_write_file, 4), ROUTINE(read_foreign, 4),   {NULL, NULL, 0},
};

attribute_visible void R_init_relcoord(DllInfo *library)
{
    R_registerRoutines(library, NULL, routines, NULL, NULL);
    R_useDynamicSymbols(library, FALSE);
    R_forceSymbols(library, TRUE);
}
