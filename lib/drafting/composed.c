#include "drafting/composed.h"

#include <string.h>

#include "base/error.h"
#include "drafting/compose.h"

/* Its columns are those of the data: keys in front, and nothing behind. */
static const column_spec no_columns[] = {{NULL, 0, 0, NULL}};
static const table_spec form_spec = {.name = "form",
                                     .help = "one who answers, under the columns of the data",
                                     .columns = no_columns};

bool composed_wanted(const relcoord_options *options)
{
    const char *name = options && options_has(options, "builtin")
                           ? options_names(options, "builtin")
                           : "";
    for (; *name; name = options_name_after(name))
        if (builtin_codebook_of(name))
            return true;
    return false;
}

relcoord_status composed_check_absent(const relcoord_options *options, relcoord_error *err)
{
    static const char *const names[] = {"targets", "levels"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (options && options_has(options, names[i]) && *options_text(options, names[i]))
            return fail_option(err, names[i],
                               "option '%s' is for a built-in codebook: name one with 'builtin'",
                               names[i]);
    return RELCOORD_OK;
}

static void list_rows(const composed_codebook *c, relcoord_table *table)
{
    for (size_t i = 0; i < c->count; i++) {
        table_add_row(table);
        for (size_t cell = 0; cell < COMPOSED_CELLS; cell++) {
            const char *words = c->rows[i].cells[cell];
            table_set_string(table, cell, *words ? words : NULL);
        }
    }
}

static void add_notes(const relcoord_options *options, const composed_codebook *c,
                      relcoord_result *result)
{
    for (const char *name = options_names(options, "builtin"); *name;
         name = options_name_after(name)) {
        const builtin_codebook *b = builtin_codebook_of(name);
        if (b)
            result_add_note(result, "%s", b->note);
    }
    if (c->asks_about_targets && c->targets.count == 0)
        result_add_note(result, "exchange zones and outcomes are about no workgroup: the option "
                                "'targets' names those that they are about");
    if (!c->has_levels && c->levels.count > 0)
        result_add_note(result, "no item has a level: only coupling competence is asked by level");
}

static relcoord_status fill_result(const relcoord_options *options, const composed_codebook *c,
                                   const table_spec *const specs[2], relcoord_result *result,
                                   relcoord_error *err)
{
    relcoord_table *codebook = result_add_table(result, specs[0], NULL, 0),
                   *decisions = result_add_table(result, specs[1], NULL, 0),
                   *form = result_add_table(result, &form_spec, c->columns, c->column_count);
    if (codebook)
        list_rows(c, codebook);
    table_explain_empty(decisions, "no rows: nothing is guessed");
    table_explain_empty(form, "no rows: whoever answers is one, under columns that csv has");
    add_notes(options, c, result);
    return result_finished(result, err);
}

relcoord_status composed_result(const relcoord_options *options, const table_spec *codebook,
                                const table_spec *decisions, relcoord_result **out,
                                relcoord_error *err)
{
    const table_spec *const specs[] = {codebook, decisions};
    composed_codebook c;
    relcoord_result *result = NULL;
    relcoord_status status = compose_make(options, &c, err);
    if (!status) {
        result = result_new("codebook", options);
        status = result ? fill_result(options, &c, specs, result, err) : fail_memory(err);
    }
    if (status)
        relcoord_result_free(result);
    else
        *out = result;
    compose_free(&c);
    return status;
}
