/* Workbooks as data files. */
#include "workbook/workbook.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_compound(const char *path)
{
    unsigned char bytes[4] = {0};
    FILE *file = fopen(path, "rb");
    bool compound = file && fread(bytes, 1, sizeof bytes, file) == sizeof bytes && bytes[0] == 0xD0;
    if (file)
        fclose(file);
    return compound;
}

relcoord_status foreign_workbook_columns(data_file *f, const char *sheet, relcoord_error *err)
{
    workbook *w = f->book = calloc(1, sizeof *w);
    grid g = {.file = f, .heading_only = true, .err = err};
    relcoord_status status;
    if (!w)
        return foreign_fail_memory(err);
    if (is_compound(f->path))
        return foreign_fail(err, RELCOORD_EDATA, f->path,
                            "a workbook of the old kind (.xls), or one with a password: save it as "
                            ".xlsx without a password");
    status = foreign_zip_open(f->path, &w->zip, err);
    if (status)
        return status;
    w->open_document = foreign_zip_has(w->zip, "content.xml");
    if (!w->open_document && !foreign_zip_has(w->zip, "_rels/.rels"))
        return foreign_fail(err, RELCOORD_EDATA, f->path,
                            "this is an archive, but no workbook (.xlsx, .ods)");
    status = w->open_document ? foreign_ods_open(w, f->path, sheet, err)
                              : foreign_xlsx_open(w, f->path, sheet, err);
    g.sheet = w->sheet;
    if (!status)
        status = w->open_document ? foreign_ods_cells(w, &g) : foreign_xlsx_cells(w, &g);
    w->columns = g.columns;
    w->heading = g.heading;
    if (!status && f->column_count == 0)
        status = foreign_fail(err, RELCOORD_EDATA, f->path, "the sheet '%.100s' is empty",
                              w->sheet);
    return status;
}

relcoord_status foreign_workbook_rows(data_file *f, cell_sink sink, void *user, relcoord_error *err)
{
    const workbook *w = f->book;
    grid g = {.file = f,
              .sheet = w->sheet,
              .columns = w->columns,
              .heading = w->heading,
              .sink = sink,
              .user = user,
              .err = err};
    return w->open_document ? foreign_ods_cells(w, &g) : foreign_xlsx_cells(w, &g);
}

void foreign_workbook_close(workbook *w)
{
    if (!w)
        return;
    foreign_zip_close(w->zip);
    free(w->sheet);
    free(w->part);
    free(w->columns);
    free(w->texts);
    free(w->text_starts);
    free(w->style_kinds);
    free(w);
}
