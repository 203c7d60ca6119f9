/* Files as options ask for them: what "read" takes, listed by relcoord_describe(), and one file
 * read by it. */
#ifndef SOURCE_READING_H
#define SOURCE_READING_H

#include "base/options.h"
#include "source/csv.h"

/* Options of whatever reads a file. */
#define OPTION_SEPARATOR                                                           \
    {                                                                              \
        .name = "separator", .type = OPTION_CHOICE, .initial = "auto",             \
        .choices = "auto|comma|semicolon|tab",                                     \
        .help = "field separator; auto: whichever occurs most often in the header" \
    }
#define OPTION_ENCODING                                                                         \
    {                                                                                           \
        .name = "encoding", .type = OPTION_CHOICE, .initial = "auto",                           \
        .choices = "auto|utf-8|windows-1252|iso-8859-1|utf-16le|utf-16be",                      \
        .help = "character encoding; auto: by the byte order mark, else UTF-8 if the first 64 " \
                "KiB are valid UTF-8, else Windows-1252"                                        \
    }
#define OPTION_DECIMAL                                                                        \
    {                                                                                         \
        .name = "decimal", .type = OPTION_CHOICE, .initial = "auto",                          \
        .choices = "auto|point|comma",                                                        \
        .help = "decimal mark; auto: a point, or, where fields are not separated by commas, " \
                "whichever the numbers use"                                                   \
    }
#define OPTION_REDACT                                                     \
    {                                                                     \
        .name = "redact_values", .type = OPTION_FLAG, .initial = "false", \
        .help = "error messages never repeat an answer or a label"        \
    }

extern const option_spec read_options[];
extern const size_t read_option_count;

/* Refuses options that were not made for "read"; NULL passes. */
relcoord_status reading_check_purpose(const relcoord_options *options, relcoord_error *err);

/* Refuses "-" for more than one of the files, of those that options name besides, and of `others`
 * that were read before: standard input is read once, and a second reading would find it at its
 * end. */
relcoord_status reading_check_input(const char *const *paths, size_t count,
                                    const relcoord_options *options, size_t others,
                                    relcoord_error *err);

/* The dialect that options, or none, ask for. */
csv_dialect reading_dialect(const relcoord_options *options);

/* Reads one of `files` CSV files, "-" being standard input. Faults go into the reader's sticky
 * error. */
void reading_file(reader *at, const char *path, const csv_dialect *asked, size_t files,
                  const relcoord_options *options);

#endif
