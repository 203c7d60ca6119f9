/* What the C tests share: texts fed in pieces, reading and running in one call, values of a result
 * by their keys, invented surveys, and a heap that counts and fails. What goes wrong in a helper
 * fails the test that called it. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <check.h>
#include <stdbool.h>

#include "relcoord.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- Texts as sources ---- */

/* A relcoord_source over bytes, `piece` of them a call (0: as many as fit). With `fault` set, the
 * call after the first `fault_after` bytes gives that instead of bytes. */
typedef struct pieces {
    const char *bytes;
    size_t length, piece, position, fault_after;
    int64_t fault;
} pieces;

int64_t pieces_read(void *pieces, void *buffer, size_t capacity);

relcoord_status read_pieces(const char *bytes, size_t length, size_t piece,
                            const relcoord_options *options, relcoord_survey **out,
                            relcoord_error *err);

/* Writes a file of that name into a folder of this process; returns its path. files_remove, at the
 * latest, frees it and takes the folder away. */
const char *file_write(const char *name, const char *bytes, size_t length);
const char *folder_path(void);
void files_remove(void);

/* ---- From a text to a result, failing the test on the way ---- */

/* settings: "by=unit,wave threads=3", or NULL. */
relcoord_options *options_make(const char *purpose, const char *settings);
relcoord_survey *survey_make(const char *csv);
relcoord_survey *survey_by_book(const char *book, const char *csv); /* read through that codebook */
relcoord_result *result_make(const relcoord_survey *survey, const char *analysis,
                             const char *settings);
relcoord_result *result_of(const char *csv, const char *analysis, const char *settings);
/* In a format of relcoord_write; the caller frees it. */
char *result_written(const relcoord_result *result, const char *format, const char *settings);
char *written_of(const char *csv, const char *analysis, const char *settings, const char *format);

/* The value where the keys are those ("workgroup=A target=B"); there must be exactly one such row.
 * Empty numbers are NaN, empty integers -1, empty strings "". */
double number_at(const relcoord_result *result, const char *table, const char *keys,
                 const char *column);
int64_t integer_at(const relcoord_result *result, const char *table, const char *keys,
                   const char *column);
const char *string_at(const relcoord_result *result, const char *table, const char *keys,
                      const char *column);
/* How many rows have those keys. */
size_t rows_with(const relcoord_result *result, const char *table, const char *keys);

/* ---- Comparing ---- */

/* Fails unless got is wanted, up to `tolerance` times the larger of 1 and |wanted|; NaN is NaN. */
void expect_near(const char *name, double got, double wanted, double tolerance);
/* Fails, showing where the texts part, unless they are the same. */
void expect_same_text(const char *name, const char *got, const char *wanted);

/* How often to repeat what is tried many times: count, or a twentieth under valgrind, where all
 * takes long. */
int rounds(int count);

/* A relcoord_progress that lets as many reports pass as the int says that user points to, and stops
 * what reports then. */
int stop_later(void *left, double share);

/* A relcoord_progress that listens, and stops at a report; shares never fall. */
typedef struct listener {
    double last;
    int heard, stop_at; /* stop_at: 0 for never */
} listener;
int listen(void *listener, double share);

/* ---- Invented surveys ---- */

/* The next of a stream of random numbers (splitmix64), and one of 0 … count - 1. */
uint64_t random_bits(uint64_t *seed);
uint32_t random_below(uint64_t *seed, uint32_t count);

/* What to invent: labels "g1" …, "u1" …, "w1" …; 0 units, waves or weights leave the column out. */
typedef struct survey_plan {
    uint32_t respondents, workgroups, targets, units, waves;
    bool weights;
    uint32_t missing; /* per cent of the answers */
    uint64_t seed;
} survey_plan;

typedef struct survey_rows {
    char *header, **rows; /* lines, each with its end */
    size_t count;
} survey_rows;

survey_rows rows_invent(const survey_plan *plan);
void rows_shuffle(survey_rows *rows, uint64_t seed);
/* The header and rows first … end - 1 as one text; the caller frees it. */
char *rows_text(const survey_rows *rows, size_t first, size_t end);
void rows_free(survey_rows *rows);
char *csv_invent(const survey_plan *plan);

/* ---- A heap that counts and fails ---- */

/* Takes over the library's memory; nothing fails yet. */
void heap_start(void);
/* From now on the allocations from number `from` to `to` fail, counted from 1; none when from is
 * 0. */
void heap_fail(int64_t from, int64_t to);
int64_t heap_asked(void); /* allocations since heap_fail */
int64_t heap_alive(void); /* blocks not freed since heap_start */
/* Does something once, and then again and again with an allocation failing: each of the first
 * `most`, then ever more seldom; alone, and with all after it. Fails the test where it gives
 * anything but RELCOORD_ENOMEM or, done without, what is wanted, or leaves blocks behind. Gives how
 * many failures were done without. */
int64_t heap_fail_each(relcoord_status (*task)(void *context), void *context,
                       relcoord_status wanted, int most);
/* Gives the memory back to the C library. */
void heap_stop(void);

#endif
