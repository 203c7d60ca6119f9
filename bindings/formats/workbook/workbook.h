/* A workbook that is read: which of its parts is the sheet, and what its cells refer to. */
#ifndef FORMATS_WORKBOOK_H
#define FORMATS_WORKBOOK_H

#include "workbook/cell_text.h"
#include "workbook/grid.h"
#include "workbook/xml.h"

typedef struct workbook {
    zip_file *zip;
    bool open_document; /* .ods, else .xlsx */
    char *sheet;        /* its name */
    char *part;         /* that it stands in */
    int64_t *columns;   /* of the sheet, by column of the file */
    int64_t heading;    /* its row */
    /* Of .xlsx: texts that cells refer to by number, which styles are dates, and from when. */
    char *texts;
    size_t *text_starts, text_count, text_bytes, text_capacity, start_capacity;
    uint8_t *style_kinds;
    size_t style_count, style_capacity;
    bool from_1904;
} workbook;

/* Finds the sheet of that name, the first that is shown when it is NULL, and what belongs to it. */
relcoord_status foreign_xlsx_open(workbook *w, const char *path, const char *sheet,
                                  relcoord_error *err);
relcoord_status foreign_ods_open(workbook *w, const char *path, const char *sheet,
                                 relcoord_error *err);

/* Gives the cells of the sheet to the grid. */
relcoord_status foreign_xlsx_cells(const workbook *w, grid *g);
relcoord_status foreign_ods_cells(const workbook *w, grid *g);

#endif
