/* Zip files, as far as workbooks are such: parts that are stored or deflated, below 4 GiB. After
 * PKWARE's APPNOTE 6.3, sections 4.3 and 4.4. */
#ifndef FORMATS_ZIP_H
#define FORMATS_ZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "kind.h"

/* Marks of its records, and what the packing methods are called. */
#define ZIP_LOCAL 0x04034b50u
#define ZIP_CENTRAL 0x02014b50u
#define ZIP_END 0x06054b50u
enum {
    ZIP_STORED = 0,
    ZIP_DEFLATED = 8,
    ZIP_LOCAL_SIZE = 30,
    ZIP_CENTRAL_SIZE = 46,
    ZIP_END_SIZE = 22
};

/* ---- Reading ---- */

typedef struct zip_file zip_file;

/* Reads what parts there are. */
relcoord_status foreign_zip_open(const char *path, zip_file **out, relcoord_error *err);
void foreign_zip_close(zip_file *z); /* NULL is nothing */

bool foreign_zip_has(const zip_file *z, const char *part);

/* Unpacks a part piece by piece. Any other return of the taker than 0 ends the reading, which is no
 * error. One that is not there, or that unpacks to more than a sheet may have, is RELCOORD_EDATA.
 */
typedef int (*piece_taker)(void *user, const char *bytes, size_t size, bool last);
relcoord_status foreign_zip_read(zip_file *z, const char *part, piece_taker take, void *user,
                                 relcoord_error *err);

/* ---- Writing ---- */

/* The same parts give the same bytes: all bear the first date that a zip file knows. */
typedef struct zip_writer zip_writer;

zip_writer *foreign_zip_new(relcoord_sink sink, void *user); /* NULL: memory ran out */
void foreign_zip_begin(zip_writer *w, const char *part);
void foreign_zip_add(zip_writer *w, const char *bytes, size_t size);
void foreign_zip_end(zip_writer *w);

/* What went wrong so far, which ended all writing; RELCOORD_EUSAGE: it grew too large. */
relcoord_status foreign_zip_fault(const zip_writer *w);

/* Writes what parts there are, unless there was a fault, which it returns. */
relcoord_status foreign_zip_finish(zip_writer *w);
void foreign_zip_free(zip_writer *w);

#endif
