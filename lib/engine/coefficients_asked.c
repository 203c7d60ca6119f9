#include "engine/coefficients_asked.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* "omega" begins "omega_u". */
static bool begins(const char *family, const char *name)
{
    size_t length = strlen(family);

    return strncmp(family, name, length) == 0 && name[length] == '_';
}

/* Marks the rows of one name; how many there are. */
static size_t mark(const relcoord_table *table, const char *const *names, const char *asked,
                   bool whole, bool *keep)
{
    size_t found = 0;

    for (size_t row = 0; row < table->row_count; row++)
        if (whole ? strcmp(names[row], asked) == 0 : begins(asked, names[row])) {
            keep[row] = true;
            found++;
        }
    return found;
}

static relcoord_status refuse(const relcoord_table *table, const char *const *names,
                              const char *asked, relcoord_error *err)
{
    const char *nearest = relcoord_nearest(asked, names, table->row_count);

    if (nearest)
        return fail_option(err, "coefficients", "no coefficient is called '%s'; did you mean '%s'?",
                           asked, nearest);
    return fail_option(err, "coefficients", "no coefficient is called '%s'; the first is '%s'",
                       asked, names[0]);
}

relcoord_status coefficients_keep_asked(const run *r, relcoord_table *table, relcoord_error *err)
{
    const char *asked = options_names(r->options, "coefficients");
    size_t index = table_column_index(table, "coefficient");
    relcoord_status status = RELCOORD_OK;
    bool *keep;

    if (!*asked || table->failed || table->row_count == 0)
        return RELCOORD_OK;
    const char *const *names = (const char *const *)table->columns[index].values.strings;
    keep = memory_zeroed(table->row_count, sizeof *keep);
    if (!keep)
        return fail_memory(err);
    for (; *asked && !status; asked = options_name_after(asked))
        if (mark(table, names, asked, true, keep) == 0
            && mark(table, names, asked, false, keep) == 0)
            status = refuse(table, names, asked, err);
    if (!status)
        table_keep_rows(table, keep);
    table->chosen = !status;
    memory_free(keep);
    return status;
}
