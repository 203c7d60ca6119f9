/* Building a survey from rows of fields. Knows columns and values, not where they come from. */
#ifndef SURVEY_BUILDER_H
#define SURVEY_BUILDER_H

#include "base/text.h"
#include "survey/reader.h"
#include "survey/survey.h"

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

#define NO_PARTICIPATION UINT32_MAX
enum { MOST_ROWS = INT32_MAX };

/* What to do with a target that a respondent rates twice in a wave; the order is that of the option's words. */
typedef enum duplicate_rule { DUPLICATES_STOP, DUPLICATES_FIRST, DUPLICATES_LAST } duplicate_rule;

typedef struct builder {
    reader at; /* the first member: what libcsv calls back gets its address */
    bool spare_invalid; /* an answer off the scale is missing, and counted, instead of an error */
    duplicate_rule duplicates;

    int column_of[COLUMN_KNOWN]; /* by role: its column, or -1 */
    uint8_t *roles;              /* by column */
    size_t column_count;

    size_t live; /* fields up to here are read: all columns, or 0 once the reader's status is set */
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

/* Readies b->at, whose functions take headings, fields and rows. options: made for "read", or NULL for the
 * defaults. */
relcoord_status builder_start(builder *b, const relcoord_options *options, relcoord_error *err);
/* Frees everything that was not handed out. */
void builder_free(builder *b);

/* Finds the columns' roles, and refuses what is missing or doubled: the reader's take_header. */
void builder_header(reader *r);
/* A field of a row, and the row's end: its take_field and take_row. */
void builder_field(void *bytes, size_t length, void *builder);
void builder_row(int terminator, void *builder);

/* Makes the row's participation the current one: that of the last row, another seen before, or new. */
void builder_find_participation(builder *b);

/* Makes room for `capacity` elements; false when memory runs out, the array then as it was. */
bool builder_grow(uint32_t **array, size_t capacity);

/* Orders everything, refuses duplicates, and hands the survey out. On RELCOORD_EDATA *file is the number
 * of the file at fault. */
relcoord_status builder_finish(builder *b, relcoord_survey **out, uint32_t *file, relcoord_error *err);

/* Adds a note to the survey; the text is taken over. */
relcoord_status builder_add_note(builder *b, text *note);

#endif
