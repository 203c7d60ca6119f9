/* relcoord: scores the relational-coordination survey, and says how sure it is.
 *
 * Read this header from top to bottom; it goes the way that answers go:
 *
 *     a survey file -> relcoord_survey -> relcoord_run -> relcoord_result -> relcoord_write_file
 *
 * The whole of a small program, which writes how each workgroup rates each other:
 *
 *     #include <relcoord.h>
 *     #include <stdio.h>
 *
 *     int main(void)
 *     {
 *         relcoord_survey *survey = NULL;
 *         relcoord_result *result = NULL;
 *         relcoord_error error;
 *         relcoord_status status = relcoord_survey_read("survey.csv", NULL, &survey, &error);
 *         if (!status)
 *             status = relcoord_run(survey, "matrix", NULL, &result, &error);
 *         if (!status)
 *             status = relcoord_write_file(result, "matrix.html", NULL, NULL, &error);
 *         if (status)
 *             fprintf(stderr, "%s, line %d: %s\n", error.file, (int)error.line, error.message);
 *         relcoord_result_free(result);
 *         relcoord_survey_free(survey);
 *         return status != RELCOORD_OK;
 *     }
 *
 * Rules that hold for every call:
 *   - strings are UTF-8 and end in NUL; names of files are bytes, as the system has them;
 *   - what a call makes, it gives through a pointer without const: the caller frees it, with the
 *     _free of its type, which takes NULL. What comes as a pointer to const is borrowed, and lives
 *     as long as its owner;
 *   - a call that can fail returns a relcoord_status, takes a relcoord_error last (which may be
 *     NULL; relcoord_score_answers alone has none) and writes its results only when it returns
 *     RELCOORD_OK;
 *   - options come before the results and the error; NULL is the defaults;
 *   - nothing here prints unless it is told to, exits, aborts, reads the locale, or keeps state
 *     between calls;
 *   - a finished survey or result never changes: any number of threads may read it at once.
 *
 * Formulas and their sources: relcoord-methods(7). Each family of calls: relcoord(3).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RELCOORD_H
#define RELCOORD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

/* ---- Version --------------------------------------------------------------------------------- */

#define RELCOORD_VERSION_MAJOR 0
#define RELCOORD_VERSION_MINOR 1
#define RELCOORD_VERSION_PATCH 0

/* The version of the library that runs, as "major.minor.patch"; never freed. */
const char *relcoord_version(void);

/* ---- Errors ---------------------------------------------------------------------------------- */

/* How a call ended. Values are never renumbered. */
typedef enum relcoord_status {
    RELCOORD_OK = 0,
    RELCOORD_EDATA = 1,      /* the data are at fault: line, row and column say where */
    RELCOORD_EUSAGE = 2,     /* the call is at fault: an unknown analysis, several waves unnamed */
    RELCOORD_EOPTION = 3,    /* an option is unknown, of the wrong type or out of range */
    RELCOORD_EIO = 4,        /* a file could not be opened, read or written */
    RELCOORD_ENOMEM = 5,     /* memory ran out */
    RELCOORD_ECANCELLED = 6, /* the progress callback asked to stop */
    RELCOORD_EINTERNAL = 7   /* a defect in relcoord itself */
} relcoord_status;

/* What went wrong, and where. Frozen: its size and order never change. Fields that do not apply are
 * 0 or "". The caller owns it; a successful call leaves it untouched. */
typedef struct relcoord_error {
    int32_t status;    /* a relcoord_status */
    int32_t reserved;  /* 0 */
    int64_t line;      /* of the file, from 1, as an editor counts */
    int64_t row;       /* of the data, from 1, the header not counted */
    char column[128];  /* the column's name */
    char option[64];   /* the option's name */
    char file[256];    /* the file's name */
    char message[512]; /* one sentence, without file, line and column */
} relcoord_error;

/* The name of a status, such as "RELCOORD_EDATA"; "unknown" for a number that is none. */
const char *relcoord_status_name(relcoord_status status);

/* ---- Memory ---------------------------------------------------------------------------------- */

typedef void *(*relcoord_allocate)(void *user, size_t size);
typedef void *(*relcoord_reallocate)(void *user, void *block, size_t size);
typedef void (*relcoord_release)(void *user, void *block);

/* Replaces malloc, realloc and free for everything relcoord holds. The only process-wide setting:
 * call it before any other call, or not at all. The three are called from several threads at once;
 * block may be NULL in the last two. All three NULL restores the C library's. */
relcoord_status relcoord_set_allocator(relcoord_allocate allocate, relcoord_reallocate reallocate,
                                       relcoord_release release, void *user, relcoord_error *err);

/* ---- Options --------------------------------------------------------------------------------- */

/* Named settings for one purpose: "read", "codebook", "write", or the name of an analysis. What a
 * purpose takes, with types, defaults, bounds and help, is in the table "options" of
 * relcoord_describe(). */
typedef struct relcoord_options relcoord_options;

/* Makes the options of a purpose, all at their defaults. RELCOORD_EUSAGE names the nearest purpose
 * when there is none of that name. */
relcoord_status relcoord_options_new(const char *purpose, relcoord_options **out,
                                     relcoord_error *err);
void relcoord_options_free(relcoord_options *options);

/* Sets one option, from text ("0.95", "true", "unit,wave") or typed. In a list, a backslash stands
 * before each comma or backslash of a name. RELCOORD_EOPTION names the option and what it takes;
 * the option then keeps its value. */
relcoord_status relcoord_options_set(relcoord_options *options, const char *name, const char *value,
                                     relcoord_error *err);
relcoord_status relcoord_options_set_integer(relcoord_options *options, const char *name,
                                             int64_t value, relcoord_error *err);
relcoord_status relcoord_options_set_number(relcoord_options *options, const char *name,
                                            double value, relcoord_error *err);

/* Adds one name to a list: any but the empty one, and as it is. */
relcoord_status relcoord_options_add(relcoord_options *options, const char *name, const char *value,
                                     relcoord_error *err);

/* The value of an option as text; borrowed until it is set again. NULL when there is no such
 * option. */
const char *relcoord_options_get(const relcoord_options *options, const char *name);

/* Says that a file is an input besides those that the library opens itself: relcoord_write_file
 * refuses to write over it. Options made for "read" or "codebook" hand this on to what is read with
 * them, and so to its results; those made for "write" mean what is written with them. */
relcoord_status relcoord_options_add_input(relcoord_options *options, const char *path,
                                           relcoord_error *err);

/* Called now and then during long work with the share done, 0 to 1 (-1 while the whole is unknown);
 * any other return than 0 ends the work with RELCOORD_ECANCELLED, everything freed. Called from the
 * thread that made the call. */
typedef int (*relcoord_progress)(void *user, double share);
void relcoord_options_set_progress(relcoord_options *options, relcoord_progress progress,
                                   void *user);

/* ---- Codebooks ------------------------------------------------------------------------------- */

/* What the columns of the data are and what their values mean, as relcoord-codebook(5) describes
 * it. Immutable. */
typedef struct relcoord_codebook relcoord_codebook;

/* Fills buffer with up to capacity bytes; returns how many, 0 at the end, negative on failure. */
typedef int64_t (*relcoord_source)(void *user, void *buffer, size_t capacity);

/* Reads a codebook from a CSV file ("-" is standard input), or from a source whose name stands in
 * errors. options: made for "read", of which separator, encoding and decimal count; or NULL. */
relcoord_status relcoord_codebook_read(const char *path, const relcoord_options *options,
                                       relcoord_codebook **out, relcoord_error *err);
relcoord_status relcoord_codebook_read_source(relcoord_source source, void *user, const char *name,
                                              const relcoord_options *options,
                                              relcoord_codebook **out, relcoord_error *err);
void relcoord_codebook_free(relcoord_codebook *codebook);

/* Has surveys be read by this codebook, instead of by one that the option "codebook" names; NULL
 * for none. options: made for "read". They share the codebook, which may be freed before them. */
relcoord_status relcoord_options_set_codebook(relcoord_options *options,
                                              const relcoord_codebook *codebook,
                                              relcoord_error *err);

/* ---- Registers ------------------------------------------------------------------------------- */

/* Everyone who was invited, for response rates. Immutable. */
typedef struct relcoord_register relcoord_register;

/* Reads a register from a CSV file ("-" is standard input), or from a source whose name stands in
 * errors: a column of respondents, and those of workgroups, units, groups, waves, roles, levels and
 * statuses that it has, named as in the data. options: made for "read", of which codebook,
 * separator, encoding, decimal and redact_values count; or NULL. */
relcoord_status relcoord_register_read(const char *path, const relcoord_options *options,
                                       relcoord_register **out, relcoord_error *err);
relcoord_status relcoord_register_read_source(relcoord_source source, void *user, const char *name,
                                              const relcoord_options *options,
                                              relcoord_register **out, relcoord_error *err);
void relcoord_register_free(relcoord_register *invited);

/* Has surveys be held against this register, instead of against one that the option "register"
 * names; NULL for none. options: made for "read". They share the register, which may be freed
 * before them. Respondents who are not in it, or are there with other groups, are faults of the
 * data. */
relcoord_status relcoord_options_set_register(relcoord_options *options,
                                              const relcoord_register *invited,
                                              relcoord_error *err);

/* ---- Surveys --------------------------------------------------------------------------------- */

/* Validated answers, recoded once. Immutable. */
typedef struct relcoord_survey relcoord_survey;

/* Reads a survey from one CSV file ("-" is standard input), from several that are one survey, or
 * from a source whose name stands in errors. options: made for "read", or NULL. Any fault in the
 * data ends the reading with RELCOORD_EDATA: there is no partial survey. */
relcoord_status relcoord_survey_read(const char *path, const relcoord_options *options,
                                     relcoord_survey **out, relcoord_error *err);
relcoord_status relcoord_survey_read_files(const char *const *paths, size_t count,
                                           const relcoord_options *options, relcoord_survey **out,
                                           relcoord_error *err);
relcoord_status relcoord_survey_read_source(relcoord_source source, void *user, const char *name,
                                            const relcoord_options *options, relcoord_survey **out,
                                            relcoord_error *err);
void relcoord_survey_free(relcoord_survey *survey);

/* How large it is: rows of its files or stream, respondents, and ties, which are respondents times
 * the workgroups that each rates. 0 for NULL. */
int64_t relcoord_survey_rows(const relcoord_survey *survey);
int64_t relcoord_survey_respondents(const relcoord_survey *survey);
int64_t relcoord_survey_ties(const relcoord_survey *survey);

/* What was noted in reading, one sentence each, which every result repeats; NULL past the last. */
const char *relcoord_survey_note(const relcoord_survey *survey, size_t index);

/* Scores one tie without a survey, for services: the seven answers of one respondent about one
 * workgroup, in the order frequent, timely, accurate, problem_solving, shared_goals,
 * shared_knowledge, mutual_respect; each 1 to 5, or 0 for missing. scores becomes rc,
 * communication, relationship, each the mean of its answered items, or NaN where fewer than
 * min_share (0 to 1) of them are answered. RELCOORD_EUSAGE when n is not 7, an answer not 0 to 5,
 * or min_share not 0 to 1; scores are then untouched. */
relcoord_status relcoord_score_answers(const int8_t *answers, size_t n, double min_share,
                                       double scores[3]);

/* ---- Analyses and results -------------------------------------------------------------------- */

/* Named tables and notes. Immutable; independent of the survey, which may be freed before it. */
typedef struct relcoord_result relcoord_result;

/* Runs the analysis of that name. options: made for the same analysis, or NULL for the defaults. */
relcoord_status relcoord_run(const relcoord_survey *survey, const char *analysis,
                             const relcoord_options *options, relcoord_result **out,
                             relcoord_error *err);

/* Everything relcoord offers, as a result with the tables analyses, options, tables, columns,
 * formats and views: what front-ends are made from. */
relcoord_status relcoord_describe(relcoord_result **out, relcoord_error *err);

void relcoord_result_free(relcoord_result *result);

/* The name of the analysis that made it. */
const char *relcoord_result_analysis(const relcoord_result *result);

/* What a reader of the figures has to know, one sentence each; NULL past the last. */
const char *relcoord_result_note(const relcoord_result *result, size_t index);

/* The value that an option of the analysis had, as text; NULL when it has no such option. */
const char *relcoord_result_option(const relcoord_result *result, const char *name);

/* Drafts a codebook from files that have none yet: guesses what each column is and lists the values
 * seen. The result's first table, "codebook", has the columns of a codebook, so that it is one when
 * written as "csv"; the second, "decisions", says what each guess rests on and what is left to
 * decide: somebody has to. options: made for "codebook", whose structure and labels name tables
 * that a survey system exports beside the data; or for "read", of which separator, encoding,
 * decimal and redact_values count. RELCOORD_EDATA also when no column can be guessed. With the
 * option builtin there are no files (count 0), and the codebook is one that relcoord brings
 * along. */
relcoord_status relcoord_codebook_draft(const char *const *paths, size_t count,
                                        const relcoord_options *options, relcoord_result **out,
                                        relcoord_error *err);
/* The same from a source whose name stands in errors. */
relcoord_status relcoord_codebook_draft_source(relcoord_source source, void *user, const char *name,
                                               const relcoord_options *options,
                                               relcoord_result **out, relcoord_error *err);

/* ---- Tables ---------------------------------------------------------------------------------- */

/* Rows under typed, named columns. Owned by its result. */
typedef struct relcoord_table relcoord_table;

typedef enum relcoord_type {
    RELCOORD_STRING = 1,
    RELCOORD_INTEGER = 2, /* int64_t */
    RELCOORD_NUMBER = 3   /* double */
} relcoord_type;

/* What a column's values mean: what a presenter needs to know to show them. */
typedef enum relcoord_kind {
    RELCOORD_KEY = 1,      /* says which row this is */
    RELCOORD_COUNT = 2,    /* of people, ties or answers */
    RELCOORD_ESTIMATE = 3, /* a statistic */
    RELCOORD_INTERVAL = 4, /* a bound of a confidence interval */
    RELCOORD_LABEL = 5,    /* a word about the row, such as a band or an estimator */
    RELCOORD_NOTE = 6      /* ;-separated codes */
} relcoord_kind;

/* The table of that name, the first when name is NULL; NULL when there is none. */
const relcoord_table *relcoord_result_table(const relcoord_result *result, const char *name);
/* The table at an index, from 0; NULL past the last. */
const relcoord_table *relcoord_result_table_at(const relcoord_result *result, size_t index);

const char *relcoord_table_name(const relcoord_table *table);
size_t relcoord_table_rows(const relcoord_table *table);
size_t relcoord_table_columns(const relcoord_table *table);

/* About the column at an index, from 0; NULL or 0 past the last. */
const char *relcoord_table_column_name(const relcoord_table *table, size_t index);
relcoord_type relcoord_table_column_type(const relcoord_table *table, size_t index);
relcoord_kind relcoord_table_column_kind(const relcoord_table *table, size_t index);
/* Of a column that holds what the codebook calls a key, such as `label`, which column that key
 * stands in, such as `variable`; NULL of any other column. Where people read, a label stands for
 * its key. */
const char *relcoord_table_column_of(const relcoord_table *table, size_t index);

/* What people call the table, in a word or two, and what heads the column at an index for them, in
 * a language such as "da". A table that is a file, such as a codebook, keeps its names. NULL for no
 * such column or language. Borrowed from the table or the library. */
const char *relcoord_table_title(const relcoord_table *table, const char *language);
const char *relcoord_table_heading(const relcoord_table *table, size_t column,
                                   const char *language);

/* What people are shown of a string, by the index of its column: in a language such as "da", the
 * words for a code of relcoord's own, such as "bridge_builder", and for a label that a codebook has
 * in that language; else the string itself. NULL where there is none, or no such language.
 * Borrowed from the result or the library. */
const char *relcoord_result_shown(const relcoord_result *result, const relcoord_table *table,
                                  size_t column, size_t row, const char *language);

/* The values of a column, one a row, and whether each is there: valid[row] is 1 or 0, and the value
 * of a row that is not valid is 0, NaN or "". Borrowed from the table; NULL for values or valid
 * where it is not wanted. RELCOORD_EUSAGE when there is no such column or it is of another type. */
relcoord_status relcoord_table_strings(const relcoord_table *table, const char *column,
                                       const char *const **values, const uint8_t **valid,
                                       relcoord_error *err);
relcoord_status relcoord_table_integers(const relcoord_table *table, const char *column,
                                        const int64_t **values, const uint8_t **valid,
                                        relcoord_error *err);
relcoord_status relcoord_table_doubles(const relcoord_table *table, const char *column,
                                       const double **values, const uint8_t **valid,
                                       relcoord_error *err);

/* ---- Arrow ----------------------------------------------------------------------------------- */

/* The Arrow C data and stream interfaces, as their specification defines them. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/* Reads a survey from an Arrow stream whose columns are named as a file's would be: text (plain,
 * large or view), integers, floating-point numbers (NaN is missing), nulls, or dictionaries of
 * these; booleans say whether the respondent is in a group, and nothing else. Errors name the row
 * and the column. The stream is released before the call returns, whether it succeeds or not,
 * unless it was released already. It is trusted in one thing: that a buffer is as long as its array
 * says, and metadata as their sizes do. A field's metadata may declare values missing
 * (relcoord.missing, see relcoord_arrow(3)). options: made for "read", or NULL. */
relcoord_status relcoord_survey_from_arrow(struct ArrowArrayStream *stream,
                                           const relcoord_options *options, relcoord_survey **out,
                                           relcoord_error *err);

/* Drafts a codebook from such a stream, as relcoord_codebook_draft does from files. The stream is
 * released in the same way. */
relcoord_status relcoord_codebook_draft_arrow(struct ArrowArrayStream *stream,
                                              const relcoord_options *options,
                                              relcoord_result **out, relcoord_error *err);

/* Gives the table as an Arrow stream of one batch. The stream holds a copy of its own: the caller
 * releases it, before or after the result is freed. */
relcoord_status relcoord_table_to_arrow(const relcoord_table *table, struct ArrowArrayStream *out,
                                        relcoord_error *err);

/* ---- Presenting ------------------------------------------------------------------------------ */

/* Takes the next bytes of what is written; any other return than 0 ends the writing with
 * RELCOORD_EIO. */
typedef int (*relcoord_sink)(void *user, const char *bytes, size_t size);

/* Writes a result as "text", "csv", "json", "html", "markdown" or "graphml", the last of a
 * result that has a network. options: made for "write", or NULL. */
relcoord_status relcoord_write(const relcoord_result *result, const char *format,
                               const relcoord_options *options, relcoord_sink sink, void *user,
                               relcoord_error *err);

/* Writes a result into a file, by the same options. format NULL: the one that the file's suffix
 * names, see relcoord_format_of. The file is whole or absent, and the old one intact, whatever
 * fails: see relcoord_write(3). RELCOORD_EUSAGE when the path is one of the files that the result
 * was made from. "-" is standard output. */
relcoord_status relcoord_write_file(const relcoord_result *result, const char *path,
                                    const char *format, const relcoord_options *options,
                                    relcoord_error *err);

/* The format that the suffix of a file's name asks for: its own name, or txt, md or htm. NULL when
 * there is none. */
const char *relcoord_format_of(const char *path);

/* A file for bytes that others made, written as relcoord_write_file writes: nothing stands under
 * its name before relcoord_file_commit. */
typedef struct relcoord_file relcoord_file;

/* Begins a file. result: what is written comes of it, so that its inputs are refused; or NULL.
 * options: made for "write", of which inputs and progress count; or NULL. They outlive the file. */
relcoord_status relcoord_file_create(const char *path, const relcoord_result *result,
                                     const relcoord_options *options, relcoord_file **out,
                                     relcoord_error *err);
/* Adds bytes. After a failure every further call fails in the same way. */
relcoord_status relcoord_file_write(relcoord_file *file, const void *bytes, size_t size,
                                    relcoord_error *err);
/* Puts the whole in the place of what stood under the name, once it is safe on the disk, and frees
 * the file, whatever comes of it. */
relcoord_status relcoord_file_commit(relcoord_file *file, relcoord_error *err);
/* Frees a file that is not to be committed; what stood under its name stays. */
void relcoord_file_discard(relcoord_file *file);

/* ---- Words ----------------------------------------------------------------------------------- */

/* The candidate nearest to a mistyped word, or NULL when none is near: what relcoord's own error
 * messages suggest, for front-ends that have words of their own. */
const char *relcoord_nearest(const char *word, const char *const *candidates, size_t count);

/* Says in another language what relcoord says in English: the message of an error, a note of a
 * result, a text of relcoord_describe(); or what the codes in a row's note mean, or an estimator's
 * name. language: "da", or "en", which copies a sentence. Fills the buffer
 * with at most size - 1 bytes, cut at a character, and NUL. Returns the length of the whole; 0, and
 * an empty buffer, when it is none of these or memory ran out. */
size_t relcoord_translate(const char *language, const char *english, char *buffer, size_t size);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
