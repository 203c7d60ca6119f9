/* Options: named, typed, bounded settings of one purpose. What a purpose takes is a table of
 * option_spec; the handle holds one value for each. Knows nobody above: the table is handed to
 * it. */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stdbool.h>

#include "relcoord.h"

typedef enum option_type {
    OPTION_FLAG,    /* true or false */
    OPTION_INTEGER, /* minimum <= value <= maximum, or one of the words in `choices`: the first is
                       minimum - 1, the next one less */
    OPTION_NUMBER,  /* minimum <= value <= maximum */
    OPTION_CHOICE,  /* one of the words in `choices` */
    OPTION_TEXT,    /* any text; empty is none */
    OPTION_PATH,    /* the name of a file; empty is none */
    OPTION_LIST     /* names separated by commas, a backslash before a comma or backslash of theirs;
                       empty is none */
} option_type;

typedef struct option_spec {
    const char *name;
    option_type type;
    const char *initial; /* the default, as text */
    const char *choices; /* OPTION_CHOICE, OPTION_INTEGER: words separated by '|'; of OPTION_LIST
                            those that its names are of; else NULL */
    double minimum, maximum;
    bool transient; /* changes no result (threads): left out of what a result says of its options */
    const char *help;
} option_spec;

struct relcoord_options {
    const char *purpose;
    const option_spec *specs;
    size_t count;
    char **texts;    /* by spec: the value as text */
    double *numbers; /* by spec: the value of flags, integers and numbers; of a choice its index */
    int64_t *integers; /* by spec: the value of integers, with all of its digits */
    char **names;      /* by spec: of lists, as options_names gives them; else NULL */
    relcoord_progress progress;
    void *progress_user;
    const void *codebook; /* of "read": survey/ puts it here, and says how to let go of it */
    void (*release_codebook)(const void *codebook);
    const void *invited; /* a register, in the same way */
    void (*release_invited)(const void *invited);
    char **inputs; /* files that are not to be written over, as they were named */
    size_t input_count, input_capacity;
};

/* Makes options for specs, which must outlive them. */
relcoord_status options_new(const char *purpose, const option_spec *specs, size_t count,
                            relcoord_options **out, relcoord_error *err);

/* A codebook, a register and inputs stay behind: they are for reading and writing, which copy no
 * options. */
relcoord_status options_copy(const relcoord_options *options, relcoord_options **out,
                             relcoord_error *err);

/* Whether the purpose takes an option of that name. */
bool options_has(const relcoord_options *options, const char *name);

/* The value of an option by name, which must exist in the specs and have that type. */
bool options_flag(const relcoord_options *options, const char *name);
int64_t options_integer(const relcoord_options *options, const char *name);
double options_number(const relcoord_options *options, const char *name);
int options_choice(const relcoord_options *options, const char *name);
/* The default of a number. */
double options_initial(const relcoord_options *options, const char *name);
const char *options_text(const relcoord_options *options, const char *name);

/* The first name of a list, trimmed of spaces and without its backslashes, and the one after a
 * name;
 * "" past the last. They borrow from the options. */
const char *options_names(const relcoord_options *options, const char *name);
const char *options_name_after(const char *name);

/* Walks names in a text of the library's own, separated by commas: *cursor starts as the text;
 * false at the end. Names are trimmed of spaces; they borrow from the text. What a user gave is for
 * options_names. */
bool options_next_name(const char **cursor, const char **name, size_t *length);

/* Calls the progress callback, if any. RELCOORD_ECANCELLED when it asks to stop. options may be
 * NULL. */
relcoord_status options_progress(const relcoord_options *options, double share,
                                 relcoord_error *err);

/* The name of a type as front-ends print it: "flag", "integer" … */
const char *option_type_name(option_type type);

#endif
