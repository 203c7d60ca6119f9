/* What stands in the columns of files that nobody has described yet. Knows no codebook. */
#ifndef DRAFTING_PROFILE_H
#define DRAFTING_PROFILE_H

#include "base/intern.h"
#include "source/reader.h"

typedef struct column_profile {
    const char *name;
    intern values;    /* the different ones, trimmed, but for the empty one; none once there are too
                         many */
    int64_t filled;   /* fields that are not empty */
    bool many;        /* more values than a codebook lists */
    bool all_differ;  /* no value stands twice, and each may be a name or number of somebody */
    bool all_numbers; /* and how many of them are: */
    bool all_whole;
    bool unclean; /* a value has a control character */
} column_profile;

typedef struct profile {
    reader at; /* first: libcsv's callbacks get it */
    column_profile
        *columns; /* in the order of the first file; those that only later ones have follow */
    size_t count, capacity;
    uint32_t *place; /* by column of the file at hand: which of the columns; NO_COLUMN below an
                        empty heading */
    int64_t rows;
    bool unnamed; /* a column has no heading */
    intern names; /* by the column's place */
} profile;
#define NO_COLUMN UINT32_MAX

/* Reads files as the options for "read" say. Any fault goes into err, which then names the file.
 * The caller frees the profile, whatever comes of it. */
relcoord_status profile_read(profile *p, const char *const *paths, size_t count,
                             const relcoord_options *options, relcoord_error *err);
/* The same from a source, and from an Arrow stream, which stays the caller's to release. */
relcoord_status profile_read_source(profile *p, relcoord_source source, void *user,
                                    const relcoord_options *options, relcoord_error *err);
relcoord_status profile_read_arrow(profile *p, struct ArrowArrayStream *stream,
                                   const relcoord_options *options, relcoord_error *err);
void profile_free(profile *p);

/* Whether a value is a number, its decimal mark the file's. */
bool profile_number(const profile *p, const char *value, double *number);

#endif
