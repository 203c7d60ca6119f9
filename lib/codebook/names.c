/* The names of dimensions and canonical columns, and how a heading is matched with them. */
#include "codebook/names.h"

#include <string.h>

const char *const dimension_names[DIMENSION_COUNT] = {
    "frequent",         "timely",         "accurate",      "problem_solving", "shared_goals",
    "shared_knowledge", "mutual_respect", "communication", "relationship",    "rc",
};

const char *const column_names[COLUMN_KNOWN][2] = {
    [COLUMN_WORKGROUP] = {"workgroup", "faggruppe"},
    [COLUMN_UNIT] = {"unit", "enhed"},
    [COLUMN_WAVE] = {"wave", "bølge"},
    [COLUMN_ROLE] = {"role", "rolle"},
    [COLUMN_LEVEL] = {"level", "niveau"},
    [COLUMN_STATUS] = {"status", "status"},
    [COLUMN_RESPONDENT] = {"respondent", "respondent"},
    [COLUMN_TARGET] = {"target", "målgruppe"},
    [COLUMN_WEIGHT] = {"weight", "vægt"},
    [COLUMN_ITEM + 0] = {"frequent", "hyppig"},
    [COLUMN_ITEM + 1] = {"timely", "rettidig"},
    [COLUMN_ITEM + 2] = {"accurate", "korrekt"},
    [COLUMN_ITEM + 3] = {"problem_solving", "problemløsende"},
    [COLUMN_ITEM + 4] = {"shared_goals", "fælles_mål"},
    [COLUMN_ITEM + 5] = {"shared_knowledge", "fælles_viden"},
    [COLUMN_ITEM + 6] = {"mutual_respect", "gensidig_respekt"},
};

/* Of the letters beyond ASCII the Danish capitals count (C3 86, C3 98, C3 85). */
bool heading_is(const char *heading, size_t length, const char *name)
{
    size_t i = 0;
    for (; i < length && name[i]; i++) {
        unsigned char c = (unsigned char)heading[i], wanted = (unsigned char)name[i];
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c - 'A' + 'a');
        else if (c == ' ' || c == '-')
            c = '_';
        else if (wanted >= 0xA0 && (c == 0x86 || c == 0x98 || c == 0x85))
            c = (unsigned char)(c + 0x20);
        if (c != wanted)
            return false;
    }
    return i == length && !name[i];
}

column_role column_role_of(const char *name)
{
    size_t length = strlen(name);
    for (int role = 0; role < COLUMN_KNOWN; role++)
        if (role != COLUMN_STATUS /* only a codebook can say so */
            && (heading_is(name, length, column_names[role][0])
                || heading_is(name, length, column_names[role][1])))
            return (column_role)role;
    return COLUMN_IGNORED;
}

int dimension_of(const char *name, size_t length)
{
    int d = 0;
    while (d < ITEM_COUNT && !heading_is(name, length, column_names[COLUMN_ITEM + d][0])
           && !heading_is(name, length, column_names[COLUMN_ITEM + d][1]))
        d++;
    return d;
}
