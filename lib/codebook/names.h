/* The field's own names: the seven dimensions in Gittell's order, the scores above them, and the
 * columns known without a codebook, in English and Danish. */
#ifndef CODEBOOK_NAMES_H
#define CODEBOOK_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Dimensions 0 to 6 are answered; 7 to 9 are scores over them. */
enum {
    ITEM_COUNT = 7,
    COMMUNICATION_ITEMS = 4, /* the first four; the other three are relationship */
    DIMENSION_COMMUNICATION = 7,
    DIMENSION_RELATIONSHIP = 8,
    DIMENSION_RC = 9,
    DIMENSION_COUNT = 10
};

extern const char *const dimension_names[DIMENSION_COUNT];

/* What a column of the data is. Attributes belong to a respondent within a wave. */
typedef enum column_role {
    COLUMN_WORKGROUP, /* to COLUMN_STATUS: attributes */
    COLUMN_UNIT,
    COLUMN_WAVE,
    COLUMN_ROLE,
    COLUMN_LEVEL,
    COLUMN_STATUS,
    COLUMN_RESPONDENT,
    COLUMN_TARGET,
    COLUMN_WEIGHT,
    COLUMN_ITEM, /* COLUMN_ITEM + d is the dimension d */
    COLUMN_KNOWN = COLUMN_ITEM + ITEM_COUNT,
    COLUMN_IGNORED = COLUMN_KNOWN
} column_role;

enum { ATTRIBUTE_COUNT = COLUMN_STATUS + 1 };

/* The role's English and Danish column names. */
extern const char *const column_names[COLUMN_KNOWN][2];

/* Whether a heading is that name: in any letter case, spaces and hyphens equal to '_'; the name in
 * small letters. */
bool heading_is(const char *heading, size_t length, const char *name);

/* The role of a column of that name: any letter case, spaces and hyphens equal to '_'. */
column_role column_role_of(const char *name);

/* The dimension, 0 to 6, of that name, by the same rule; ITEM_COUNT for none. */
int dimension_of(const char *name, size_t length);

#endif
