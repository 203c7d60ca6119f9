/* What all files of other programs have in common. */
#include "data_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

relcoord_status foreign_file_open(data_file *f, const char *path, foreign_kind kind,
                                  const reading *how, relcoord_error *err)
{
    *f = (data_file){.path = strdup(path), .kind = kind};
    if (!f->path)
        return foreign_fail_memory(err);
    snprintf(f->encoding, sizeof f->encoding, "%s", how->encoding);
    if (kind == FOREIGN_WORKBOOK)
        return foreign_workbook_columns(f, how->sheet, err);
    if (how->sheet)
        return foreign_fail(err, RELCOORD_EUSAGE, path,
                            "only a workbook has sheets to choose from");
    return foreign_readstat_columns(f, err);
}

relcoord_status foreign_file_rows(data_file *f, cell_sink sink, void *user, relcoord_error *err)
{
    return f->kind == FOREIGN_WORKBOOK ? foreign_workbook_rows(f, sink, user, err)
                                       : foreign_readstat_rows(f, sink, user, err);
}

void foreign_file_close(data_file *f)
{
    for (size_t i = 0; i < f->column_count; i++) {
        file_column *c = &f->columns[i];
        for (size_t m = 0; m < c->missing_count; m++)
            free(c->missing[m].text);
        free(c->missing);
        free(c->name);
        free(c->label);
        free(c->set_name);
    }
    for (size_t s = 0; s < f->set_count; s++) {
        for (size_t i = 0; i < f->sets[s].count; i++) {
            free(f->sets[s].labels[i].text);
            free(f->sets[s].labels[i].label);
        }
        free(f->sets[s].labels);
        free(f->sets[s].name);
    }
    free(f->columns);
    free(f->sets);
    free(f->lines);
    free(f->path);
    foreign_workbook_close(f->book);
}

const char *foreign_label(const file_cell *cell)
{
    const file_column *column = cell->column;
    for (size_t i = 0; column->set && i < column->set->count; i++) {
        const value_label *l = &column->set->labels[i];
        if (column->text ? l->text && strcmp(l->text, cell->text) == 0
                         : !l->text && l->number == cell->number)
            return l->label;
    }
    return NULL;
}
