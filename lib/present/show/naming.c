/* What people call a table and its columns, for those that lay out tables themselves. */
#include <string.h>

#include "present/show/value.h"
#include "words/words.h"

const char *relcoord_table_title(const relcoord_table *table, const char *into)
{
    language l = table && into ? words_language(into) : LANGUAGE_COUNT;
    const char *title;

    if (l == LANGUAGE_COUNT)
        return NULL;
    title = is_for_people(table) ? words_table(l, table->spec->name) : NULL;
    return title ? title : table->spec->name;
}

const char *relcoord_table_heading(const relcoord_table *table, size_t column, const char *into)
{
    language l = table && into ? words_language(into) : LANGUAGE_COUNT;
    const char *name = relcoord_table_column_name(table, column), *heading = NULL;

    if (l == LANGUAGE_COUNT || !name)
        return NULL;
    if (is_for_people(table))
        heading = words_heading(l, table->spec->name, name);
    return heading ? heading : name;
}
