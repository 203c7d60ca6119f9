/* Columns that tables of several analyses have, and that mean the same in all of them. Those of one
 * subject stand with it: scores/scales.h, counts/count_test.h. */
#ifndef ENGINE_COLUMNS_H
#define ENGINE_COLUMNS_H

#include "tables/table.h"

/* ---- Keys ---- */

#define RESPONDENT_COLUMN                                         \
    {                                                             \
        "respondent", RELCOORD_STRING, RELCOORD_KEY, "respondent" \
    }
#define WAVE_COLUMN                                                                   \
    {                                                                                 \
        "wave", RELCOORD_STRING, RELCOORD_KEY, "wave; empty where the data have none" \
    }
#define WORKGROUP_COLUMN                                        \
    {                                                           \
        "workgroup", RELCOORD_STRING, RELCOORD_KEY, "workgroup" \
    }
#define RATER_COLUMN                                                       \
    {                                                                      \
        "workgroup", RELCOORD_STRING, RELCOORD_KEY, "workgroup that rates" \
    }
#define RATED_COLUMN                                                       \
    {                                                                      \
        "target", RELCOORD_STRING, RELCOORD_KEY, "workgroup that is rated" \
    }
#define DIMENSION_COLUMN                                                     \
    {                                                                        \
        "dimension", RELCOORD_STRING, RELCOORD_KEY,                          \
            "one of the seven dimensions, communication, relationship or rc" \
    }
#define PART_COLUMN                                               \
    {                                                             \
        "part", RELCOORD_STRING, RELCOORD_KEY,                    \
            "ties within a workgroup, between workgroups, or all" \
    }

/* ---- Estimates ---- */

#define MEAN_COLUMN                                                                           \
    {                                                                                         \
        "mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean score, on the scale of the answers" \
    }
#define SD_COLUMN                                                 \
    {                                                             \
        "sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE,                 \
            "standard deviation (n - 1) of what the mean is over" \
    }
#define MEAN_ERROR_COLUMN                                                      \
    {                                                                          \
        "se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error of the mean" \
    }
#define DIFFERENCE_ERROR_COLUMN                                                      \
    {                                                                                \
        "se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error of the difference" \
    }
#define DF_COLUMN                                                          \
    {                                                                      \
        "df", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its degrees of freedom" \
    }

#endif
