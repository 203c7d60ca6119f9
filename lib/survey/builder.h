/* Building a survey from rows of fields. Knows columns and values, not where they come from. */
#ifndef SURVEY_BUILDER_H
#define SURVEY_BUILDER_H

#include "base/text.h"
#include "survey/survey.h"

/* A value as it may stand in a message: in quotes, short, printable; "a value" when redacted. */
enum { SHOWN_BYTES = 40, SHOWN_SIZE = SHOWN_BYTES + 8 };
struct builder;
const char *builder_shown(const struct builder *b, const char *bytes, size_t length, char buffer[SHOWN_SIZE]);

/* The labels of one column while rows come in: an intern table behind a guess. Rows repeat themselves (the
 * same respondent again, targets in the same turn), so the label that followed this one last time is
 * mostly the one that follows it now. */
enum { LABEL_GUESSES = 64 };
typedef struct label_guess {
    const char *string;
    uint32_t length, id;
} label_guess;
typedef struct label_column {
    intern *strings;
    label_guess *guess;                /* of the next label: one of the following */
    label_guess guesses[LABEL_GUESSES]; /* by the id before, folded */
} label_column;

typedef struct row_run {
    uint32_t participation, first_tie;
} row_run;

/* Where the row of a tie stands; the ties after it stand on the lines after it, until the next jump. */
typedef struct line_jump {
    uint32_t tie, file;
    int64_t line, row;
} line_jump;

/* One column of the data. */
typedef struct column_plan {
    column_role role;
    char *name; /* as the data have it */
} column_plan;

/* The decimal marks that numbers may have: the one, the other, or whichever comes first in the file. */
typedef enum decimal_rule { DECIMAL_POINT, DECIMAL_COMMA, DECIMAL_DETECTED } decimal_rule;

#define NO_PARTICIPATION UINT32_MAX
enum { MOST_ROWS = INT32_MAX };

/* What to do with a target that a respondent rates twice in a wave; the order is that of the option's words. */
typedef enum duplicate_rule { DUPLICATES_STOP, DUPLICATES_FIRST, DUPLICATES_LAST } duplicate_rule;

typedef struct builder {
    /* where reading stands, kept by whoever feeds rows, for errors */
    int64_t row_line; /* the line on which the row began */
    int64_t row;      /* of the data, from 1 */
    uint32_t file;    /* which of the files, from 0 */
    bool redact;      /* no answer in a message */
    bool encoded;     /* the text comes from bytes, in an encoding that an option can name */
    decimal_rule decimal;
    char decimal_seen; /* the mark that numbers of the file have, 0 before the first */
    unsigned dialects; /* csv.c's: what to note of the files */
    bool spare_invalid; /* an answer off the scale is missing, and counted, instead of an error */
    duplicate_rule duplicates;

    relcoord_status status; /* sticky: once it is set, fields and rows are ignored */
    relcoord_error error;

    column_plan *columns;
    size_t column_count, column_capacity;
    int column_of[COLUMN_KNOWN]; /* by role: its column, or -1 */
    uint8_t *roles;              /* by column, packed for the hot path */

    size_t field; /* the next field of the row, or of the header */
    size_t live;  /* fields up to here are read: column_count, or 0 once status is set */
    uint32_t row_labels[COLUMN_ITEM];
    uint32_t last_labels[COLUMN_RESPONDENT + 1]; /* of the row before: who it was, and all attributes */
    double row_weight, last_weight;
    int8_t row_answers[ITEM_COUNT];

    label_column labels[COLUMN_ITEM]; /* by role; target shares workgroup's strings */
    uint32_t *first_participation;    /* by respondent: the newest, NO_PARTICIPATION for none yet */
    uint32_t *next_participation;     /* by participation: the same respondent's in another wave */
    uint32_t *participation_respondent;
    uint32_t *participation_labels[ATTRIBUTE_COUNT];
    double *participation_weights;
    size_t respondent_capacity, participation_capacity;
    uint32_t current; /* the participation of the last row */

    size_t tie_capacity, run_capacity, jump_capacity, note_capacity;
    size_t run_count, jump_count;
    row_run *runs;    /* stretches of rows of one participation */
    line_jump *jumps; /* where the next row does not stand on the next line */
    int64_t next_line;
    int64_t dropped; /* rows that repeat a target and were left out */

    relcoord_survey *survey; /* what is being built */
} builder;

/* options: made for "read", or NULL for the defaults. */
relcoord_status builder_start(builder *b, const relcoord_options *options, relcoord_error *err);
/* Frees everything that was not handed out. */
void builder_free(builder *b);

/* Begins the next file: a header comes first. */
void builder_next_file(builder *b);

/* A heading, and the header's end, where roles are found and what is missing or doubled is refused;
 * a field of a row, and the row's end. All four are libcsv's callbacks, so that none stands between. */
void builder_heading(void *bytes, size_t length, void *builder);
void builder_header(int terminator, void *builder);
void builder_field(void *bytes, size_t length, void *builder);
void builder_row(int terminator, void *builder);

/* Makes the row's participation the current one: that of the last row, another seen before, or new. */
void builder_find_participation(builder *b);

/* Makes room for `capacity` elements; false when memory runs out, the array then as it was. */
bool builder_grow(uint32_t **array, size_t capacity);

/* Sets the sticky error at the current row; column may be SIZE_MAX for none. */
void builder_fail(builder *b, relcoord_status status, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for data that an option of "read" could make sense of. */
void builder_fail_option(builder *b, size_t column, const char *option, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for text that is not UTF-8; what says which. */
void builder_fail_text(builder *b, size_t column, const char *what);

/* Orders everything, refuses duplicates, and hands the survey out. On RELCOORD_EDATA *file is the number
 * of the file at fault. */
relcoord_status builder_finish(builder *b, relcoord_survey **out, uint32_t *file, relcoord_error *err);

/* Adds a note to the survey; the text is taken over. */
relcoord_status builder_add_note(builder *b, text *note);

#endif
