/* A survey that is being built from rows of fields, and what the steps of building it share. Knows
 * columns and values, not where they come from. */
#ifndef SURVEY_BUILDING_BUILDER_H
#define SURVEY_BUILDING_BUILDER_H

#include "base/text.h"
#include "source/reader.h"
#include "survey/register.h"
#include "survey/survey.h"

/* ---- Columns ---- */

typedef enum use_kind {
    USE_LABEL, /* slot: where among a row's labels */
    USE_WEIGHT,
    USE_ANSWER, /* slot: which target of wide data (0 in long) times ITEM_COUNT, plus the
                 * dimension */
    USE_ITEM,   /* slot: which of the survey's items */
    USE_MEMBER  /* slot: which of the 0/1 columns of groupings */
} use_kind;

/* What a column is read as; a codebook may use one twice. */
typedef struct column_use {
    use_kind kind;
    uint32_t slot, variable;
    const code_list *codes; /* NULL: an answer as it is scored, any label, any number */
} column_use;

/* What the plain way through a column needs: what a single digit is as an answer about a target; or
 * that the column is a label and nothing else. */
enum { NOT_PLAIN = INT8_MIN };
typedef struct hot_column {
    uint32_t place;    /* among the answers, or the labels, of the row */
    int8_t digits[10]; /* by digit, NOT_PLAIN where the field needs a closer look */
    bool is_answer, is_label;
} hot_column;

/* Where a row's labels stand. */
enum { LABEL_TARGET, LABEL_RESPONDENT, LABEL_ATTRIBUTE /* and the attribute */ };

/* The labels of one column while rows come in: an intern table behind a guess. Rows repeat
 * themselves (the same respondent again, targets in the same turn), so the label that followed this
 * one last time is mostly the one that follows it now. */
enum { LABEL_GUESSES = 64 };
typedef struct label_guess {
    const char *string;  /* as the field has it */
    uint32_t length, id; /* id: the label's */
} label_guess;
typedef struct label_column {
    intern *strings;  /* of the labels */
    intern fields;    /* with codes: of the fields as they stand there, */
    uint32_t *labels; /* and by those the label that each means */
    size_t label_capacity;
    label_guess *guess;                 /* of the next label: one of the following */
    label_guess guesses[LABEL_GUESSES]; /* by the id before, folded */
} label_column;

/* One of the 0/1 columns that make up a grouping. */
typedef struct member_column {
    uint32_t attribute, label;
    const codebook_entry *entry;
} member_column;

/* ---- Rows ---- */

typedef struct row_run {
    uint32_t participation, first_tie;
} row_run;

/* Where the row of a tie stands; the ties after it stand on the lines after it, until the next
 * jump. */
typedef struct line_jump {
    uint32_t tie, file;
    int64_t line, row;
} line_jump;

#define NO_PARTICIPATION UINT32_MAX
enum { MOST_ROWS = INT32_MAX };

/* What to do with a target that a respondent rates twice in a wave; the order is that of the
 * option's words. */
typedef enum duplicate_rule { DUPLICATES_STOP, DUPLICATES_FIRST, DUPLICATES_LAST } duplicate_rule;

typedef struct builder {
    reader at;          /* the first member: what libcsv calls back gets its address */
    bool spare_invalid; /* an answer off the scale is missing, and counted, instead of an error */
    duplicate_rule duplicates;
    const relcoord_codebook *codebook; /* NULL for none */
    bool people_only; /* a register is read: no answers, and everybody once in a wave */
    const relcoord_register *invited; /* where everybody in the data must stand, or NULL */

    /* the columns of the file at hand */
    size_t column_count;
    column_use *uses;    /* in order of columns */
    uint32_t *first_use; /* by column, and one past the last */
    hot_column *hot;     /* by column */
    size_t live; /* fields up to here are read: all columns, or 0 once the reader's status is set */

    /* what the first file settles */
    bool has_ties, has_weight, has_respondent;
    const code_list *target_codes; /* NULL: targets are called as they stand there */
    uint32_t *targets;             /* of wide data: their labels */
    size_t target_count, target_capacity;
    member_column *members;
    size_t member_count, member_capacity;
    uint32_t *grouped;      /* members in order of their attribute */
    uint32_t *grouped_from; /* by attribute, and one past the last: where its members begin there */
    /* what is there already, so that no column asks all columns before it */
    key_index known_variables, known_targets, known_items, known_members;
    intern known_groupings;
    size_t attribute_capacity, item_capacity, variable_capacity;

    /* the row at hand, and who the row before was */
    size_t label_count; /* LABEL_ATTRIBUTE and the attributes */
    uint32_t *row_labels, *last_labels;
    double row_weight, last_weight;
    int8_t *row_answers;
    uint8_t *row_places; /* by item */
    double *row_numbers;
    uint8_t *row_members; /* by member column: whether */
    bool row_has_status;  /* a 0/1 column of statuses is not empty */

    label_column *labels; /* by label slot; target shares workgroup's strings */
    intern *sets;         /* by attribute: which of a grouping's labels somebody has, as bytes */
    uint32_t *first_participation; /* by respondent: the newest, NO_PARTICIPATION for none yet */
    uint32_t *next_participation;  /* by participation: the same respondent's in another wave */
    uint32_t *participation_respondent;
    uint32_t **participation_labels; /* by attribute */
    double *participation_weights;
    uint32_t *participation_place; /* in the register, when there is one */
    size_t respondent_capacity, participation_capacity;
    uint32_t current; /* the participation of the last row */
    bool current_is_new;

    size_t tie_capacity, run_capacity, jump_capacity, note_capacity;
    size_t run_count, jump_count;
    row_run *runs;    /* stretches of rows of one participation */
    line_jump *jumps; /* where the next row does not stand on the next line */
    int64_t next_line;
    int64_t
        dropped; /* rows that repeat a target, or in wide data a respondent, and were left out */
    int64_t not_asked; /* targets that a row of wide data says nothing of */

    const relcoord_options *options; /* whose progress is called; NULL for none */
    relcoord_survey *survey;         /* what is being built */
} builder;

/* ---- What all steps use ---- */

/* What the group of a 0/1 column is called. */
const char *builder_member_name(const codebook_entry *e);

/* Which column is used as that; SIZE_MAX when none is. */
size_t builder_column_of(const builder *b, use_kind kind, uint32_t slot);

/* Makes room for `capacity` elements of `size` bytes where the pointer at `array`, of any type,
 * points to; false when memory runs out, the array then as it was. */
bool builder_grow(void *array, size_t size, size_t capacity);

/* The strings that a slot's labels are numbered in. */
intern *builder_strings(builder *b, size_t slot);

/* Notes what was wrong with a value, or (NO_VARIABLE) with a row. */
void builder_add_problem(builder *b, problem_kind kind, uint32_t variable, const char *bytes,
                         size_t length, const line_jump *place);
/* Where the row at hand stands. */
line_jump builder_here(const builder *b);

/* Adds a note to the survey; the text is taken over. */
relcoord_status builder_add_note(builder *b, text *note);
/* Keeps files, and those that options name, as what the survey was made from. */
void builder_add_inputs(builder *b, const relcoord_options *options, const char *const *paths,
                        size_t count);

#endif
