/* The small table that several suites hold in their hands: a cell of each type, some empty,
 * notes. */
#ifndef TESTS_THINGS_H
#define TESTS_THINGS_H

#include <check.h>
#include <math.h>

#include "tables/table.h"

static const column_spec columns[] = {
    {"unit", RELCOORD_STRING, RELCOORD_KEY, "a key"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "a count"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "an estimate"},
    {"note", RELCOORD_STRING, RELCOORD_NOTE, "codes"},
    {0},
};
static const table_spec spec = {.name = "things", .help = "one row per thing", .columns = columns};

static relcoord_table *three_rows(void)
{
    relcoord_table *t = table_new(&spec, NULL, 0);

    ck_assert_ptr_nonnull(t);
    table_add_row(t);
    table_set_string(t, 0, "North");
    table_set_integer(t, 1, 7);
    table_set_number(t, 2, 3.5);
    table_add_row(t);
    table_set_string(t, 0, "North");
    table_set_integer(t, 1, -9007199254740993);
    table_add_note(t, "too_few");
    table_add_row(t);
    table_set_string(t, 0, NULL);
    table_set_number(t, 2, (double)NAN);
    table_add_note(t, "undefined");
    table_add_note(t, "");
    table_add_note(t, NULL);
    return t;
}

#endif
