/* What the rows of the built-in codebooks are written with. */
#ifndef CODEBOOK_BUILTIN_ROWS_H
#define CODEBOOK_BUILTIN_ROWS_H

#include "codebook/builtin_row.h"

extern const builtin_rows builtin_coupling_short, builtin_coupling_full, builtin_rc,
    builtin_rc_context, builtin_context, builtin_outcome, builtin_collaboration_form,
    builtin_implementation, builtin_social_capital, builtin_trust, builtin_collective_wisdom;

#define BUILTIN_ROWS(rows)                   \
    {                                        \
        rows, sizeof(rows) / sizeof *(rows), \
    }

#define DEGREE                                                                                  \
    "5=5|To a very high degree|I meget høj grad;4=4|To a high degree|I høj grad;3=3|To some " \
    "degree|I nogen grad;"                                                                      \
    "2=2|To a low degree|I lav grad;1=1|To a very low degree|I meget lav grad;8=dk|Don't "      \
    "know|Ved ikke"
#define YES_NO "1=1|Yes|Ja;0=0|No|Nej;8=dk|Don't know|Ved ikke"

#define ROW(variable, role, scale, dimension, values, english, danish) \
    {                                                                  \
        variable, role, scale, dimension, values,                      \
        {                                                              \
            english, danish                                            \
        }                                                              \
    }
#define RESPONDENT ROW("respondent", "respondent", "", "", "", "Respondent", "Respondent")
#define WORKGROUP ROW("workgroup", "workgroup", "", "", "", "Workgroup", "Faggruppe")
#define UNIT ROW("unit", "unit", "", "", "", "Unit", "Enhed")
/* From the top down: gaps between roles follow this order. */
#define POSITION                                                                           \
    ROW("role", "role", "", "",                                                            \
        "top_manager|Top manager|Topleder;manager|Manager|Leder;skilled|Skilled|Faglært;" \
        "unskilled|Unskilled|Ufaglært",                                                    \
        "Role", "Rolle")
#define ITEM(scale, dimension, variable, english, danish) \
    ROW(variable, "item", scale, dimension, DEGREE, english, danish)

#endif
