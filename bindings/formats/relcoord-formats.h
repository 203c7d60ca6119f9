/* relcoord-formats: files of other programs as data for relcoord, and its results as workbooks.
 *
 * A library beside librelcoord, because it needs what that can do without: ReadStat for files of
 * SPSS and Stata, expat and zlib for workbooks. Programs may link it, or load it when a file asks
 * for it. The rules of relcoord.h hold here, too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RELCOORD_FORMATS_H
#define RELCOORD_FORMATS_H

#include "relcoord.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

/* The version of the library that runs, as "major.minor.patch": that of relcoord.h when it was
 * built. */
const char *relcoord_formats_version(void);

/* Reads a survey from files of SPSS (.sav, .zsav), of Stata (.dta), or from workbooks (.xlsx,
 * .ods): what they are is told by their contents, and what is none of these is CSV, which
 * relcoord_survey_read_files reads. Several of one kind are one survey. sheet names the sheet of a
 * workbook; NULL is the first. Without a codebook, the columns of workgroups, targets, units,
 * waves, roles and levels have the labels of their values; with one, or where coded is not 0, all
 * values are those of the file. A codebook that options hold as a handle needs coded, for it cannot
 * be seen from outside. options: made for "read", or NULL; the files become inputs of theirs.
 * Errors have the file, and its case, or the sheet's row, as the line. */
relcoord_status relcoord_formats_read(const char *const *paths, size_t count, const char *sheet,
                                      int coded, relcoord_options *options, relcoord_survey **out,
                                      relcoord_error *err);

/* Gives the same data as an Arrow stream, which knows nothing of surveys. Texts are text, numbers
 * are double; the cells of a workbook are text, as CSV would have them. What was declared missing
 * is null, or, with a codebook, in the metadata of its field (relcoord_arrow(3)). The stream is
 * read by one thread at a time, and reads the files in a thread of its own. */
relcoord_status relcoord_formats_stream(const char *const *paths, size_t count, const char *sheet,
                                        int coded, const relcoord_options *options,
                                        struct ArrowArrayStream *out, relcoord_error *err);

/* Drafts a codebook from such files, as relcoord_codebook_draft does from CSV, and writes it as CSV
 * with the labels and missing values of the files into the sink, which may be NULL. options: made
 * for "codebook" or "read", or NULL. */
relcoord_status relcoord_formats_draft(const char *const *paths, size_t count, const char *sheet,
                                       relcoord_options *options, relcoord_result **out,
                                       relcoord_sink sink, void *user, relcoord_error *err);

/* Writes a result as "xlsx", a workbook: a sheet for each table that has rows, or for the one that
 * the option table names, and a sheet of notes, with headings in the language of the option lang.
 * options: made for "write", or NULL. */
relcoord_status relcoord_formats_write(const relcoord_result *result, const char *format,
                                       const relcoord_options *options, relcoord_sink sink,
                                       void *user, relcoord_error *err);

/* The same into a file, as relcoord_write_file writes: whole or absent. format NULL: "xlsx" where
 * the path ends so. */
relcoord_status relcoord_formats_write_file(const relcoord_result *result, const char *path,
                                            const char *format, const relcoord_options *options,
                                            relcoord_error *err);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
