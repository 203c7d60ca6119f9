/* What a format does with the pieces of a result, and the lines that they stand in. */
#ifndef PRESENT_SHOW_PRESENTER_H
#define PRESENT_SHOW_PRESENTER_H

#include "present/show/writer.h"

typedef struct show show;
typedef struct sheet sheet; /* present/show/sheet.h */

/* Lines made of items, which may be broken between them. */
typedef enum line_kind {
    LINE_SUBTITLE, /* what the figures are of, in words */
    LINE_CALL,     /* version, analysis, options */
    LINE_GROUP,    /* which group of `by` the next sheet is about */
    LINE_REMARK,   /* below a sheet */
    LINE_NOTHING,  /* in place of a sheet */
    LINE_MORE      /* what more there is */
} line_kind;

/* What a format does with each piece. */
typedef struct presenter {
    bool page;      /* it is headed in words, and says last what made it */
    bool own_names; /* in English, columns are headed with their names in the tables */
    bool narrow;    /* characters are few: words that have a short form are shown so */
    bool letters;   /* a word in a pivot is shown by its first letters */
    void (*title)(show *s, const char *title); /* of a view: sheets and lines follow */
    void (*item)(show *s, line_kind kind, const char *separator, const char *item);
    void (*end_line)(show *s, line_kind kind);
    bool (*sheet)(show *s, const sheet *of); /* false when the writing is to end */
    void (*note)(show *s, const char *note, bool first);
    void (*end)(show *s); /* before the line of the call on a page; or NULL */
} presenter;

struct show {
    writer *w;
    const presenter *by;
    void *own; /* the format's */
    line_kind line;
    bool begun; /* a line has an item */
};

/* Adds an item to a line; the separator goes before it unless it is the line's first. */
void show_item(show *s, line_kind kind, const char *separator, const char *item);
void show_end_line(show *s);

#endif
