/* Surveys of any size, as text, for counting how work grows. The same size gives the same text. */
#ifndef TESTS_GROWTH_SURVEYS_H
#define TESTS_GROWTH_SURVEYS_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Text ---- */

typedef struct page {
    char *bytes;
    size_t length, capacity, read; /* read: how far a source has come */
} page;

__attribute__((format(printf, 2, 3))) static void page_add(page *p, const char *format, ...)
{
    enum { LONGEST = 256 };
    va_list arguments;
    if (p->capacity - p->length < LONGEST) {
        p->capacity = 2 * p->capacity + LONGEST;
        p->bytes = realloc(p->bytes, p->capacity);
        if (!p->bytes)
            abort();
    }
    va_start(arguments, format);
    p->length += (size_t)vsnprintf(p->bytes + p->length, LONGEST, format, arguments);
    va_end(arguments);
}

static void page_free(page *p)
{
    free(p->bytes);
    *p = (page){0};
}

/* A relcoord_source. */
static int64_t page_read(void *source, void *buffer, size_t capacity)
{
    page *p = source;
    size_t left = p->length - p->read, count = left < capacity ? left : capacity;
    memcpy(buffer, p->bytes + p->read, count);
    p->read += count;
    return (int64_t)count;
}

/* ---- Chance ---- */

/* SplitMix64 (Steele, Lea & Flood 2014) of what a value belongs to. */
static uint64_t chance(uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t x = a * UINT64_C(0x9e3779b97f4a7c15) + b * UINT64_C(0xd1b54a32d192ed03)
                 + c * UINT64_C(0x8cb92ba72f3d8dd7);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* An answer from 1 to 5 that hangs together with the respondent's others. */
static int answer(uint64_t respondent, uint64_t target, uint64_t item)
{
    int sum = 2 * (int)(chance(respondent, 1, 2) % 3) + (int)(chance(respondent, target, 3) % 3)
              + 2 * (int)(chance(respondent, target, 4 + item) % 3);
    int value = 1 + sum * 5 / 11;
    return value > 5 ? 5 : value;
}

static const char *const dimensions[] = {"frequent",        "timely",       "accurate",
                                         "problem_solving", "shared_goals", "shared_knowledge",
                                         "mutual_respect"};
static const char *const functions[] = {"bridge_builder", "communicator", "coordinator",
                                        "cooperation"};
enum { DIMENSIONS = 7, FUNCTIONS = 4, LEVELS = 2, ROLES = 3 };

static void add_dimensions(page *p)
{
    for (int i = 0; i < DIMENSIONS; i++)
        page_add(p, ",%s", dimensions[i]);
}

static void add_answers(page *p, size_t respondent, size_t target)
{
    for (size_t i = 0; i < DIMENSIONS; i++)
        page_add(p, ",%d", answer(respondent, target, i));
}

/* ---- Surveys ---- */

/* Workgroups and units are dealt out evenly; each respondent rates the own workgroup and those that
 * come after it. The answers of the first step's workgroups, units and people come again and again
 * in larger ones, so that models which go round until they are done go round as often. */
typedef struct shape_kinds {
    size_t workgroups, units, people;
} shape_kinds;
typedef struct shape {
    size_t respondents, workgroups, targets, units, waves;
    size_t items;      /* of the respondent, in a scale of their own */
    size_t values;     /* of a question: how many different answers */
    shape_kinds kinds; /* set by shape_repeat */
} shape;

/* Has surveys that grow from this one repeat what is in it. */
static void shape_repeat(shape *s)
{
    s->kinds.workgroups = s->workgroups;
    s->kinds.units = s->units;
    s->kinds.people = 1 + (s->respondents - 1) / (s->workgroups * s->units);
}

/* What a respondent's answers follow from. */
static size_t kind_of(const shape *s, size_t respondent, size_t wave)
{
    size_t place = respondent / s->workgroups;
    size_t person = place / s->units % s->kinds.people;
    size_t unit = place % s->units % s->kinds.units;
    size_t workgroup = respondent % s->workgroups % s->kinds.workgroups;
    return ((wave * s->kinds.people + person) * s->kinds.units + unit) * s->kinds.workgroups
           + workgroup;
}

static void add_survey(page *p, const shape *s)
{
    page_add(p, "respondent,workgroup,unit,wave,role,target");
    add_dimensions(p);
    page_add(p, ",satisfaction,question");
    for (int i = 0; i < FUNCTIONS * LEVELS; i++)
        page_add(p, ",coupling_%d", i);
    for (size_t i = 0; i < s->items; i++)
        page_add(p, ",item_%zu", i);
    page_add(p, "\n");
    for (size_t wave = 0; wave < s->waves; wave++)
        for (size_t r = 0; r < s->respondents; r++)
            for (size_t t = 0; t < s->targets; t++) {
                size_t own = r % s->workgroups, seed = kind_of(s, r, wave);
                page_add(p, "r%05zu,w%04zu,u%04zu,%zu,role %zu,w%04zu", r, own,
                         r / s->workgroups % s->units, wave + 1, r % ROLES,
                         (own + t) % s->workgroups);
                add_answers(p, seed, t);
                page_add(p, ",%d,v%zu", answer(seed, 0, 50) + answer(seed, 0, 51),
                         (size_t)chance(r, 60, 0) % s->values);
                for (size_t i = 0; i < FUNCTIONS * LEVELS; i++)
                    page_add(p, ",%d", answer(seed, 0, 70 + i));
                for (size_t i = 0; i < s->items; i++)
                    page_add(p, ",%d", answer(seed, 0, 100 + i));
                page_add(p, "\n");
            }
}

static void add_codebook(page *p, const shape *s)
{
    static const char *const roles[] = {"respondent", "workgroup", "unit",
                                        "wave",       "role",      "target"};
    page_add(p, "variable,role,scale,dimension,level,values\n");
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        page_add(p, "%s,%s,,,,\n", roles[i], roles[i]);
    for (int i = 0; i < DIMENSIONS; i++)
        page_add(p, "%s,item,rc,%s,,\n", dimensions[i], dimensions[i]);
    page_add(p, "satisfaction,outcome,,,,\nquestion,outcome,,,,");
    for (size_t i = 0; i < s->values; i++)
        page_add(p, "%sv%zu", i ? ";" : "", i);
    page_add(p, "\n");
    for (int i = 0; i < FUNCTIONS * LEVELS; i++)
        page_add(p, "coupling_%d,item,coupling,%s,%s,\n", i, functions[i % FUNCTIONS],
                 i < FUNCTIONS ? "individual" : "group");
    for (size_t i = 0; i < s->items; i++)
        page_add(p, "item_%zu,item,work,,,\n", i);
}

/* What makes ties, and nothing else. */
static void add_ties_codebook(page *p)
{
    page_add(p, "variable,role,dimension\nrespondent,respondent,\nworkgroup,workgroup,\n"
                "target,target,\n{dimension},item,\n");
}

/* A fifth more were invited. */
static void add_register(page *p, const shape *s)
{
    page_add(p, "respondent,workgroup,unit,wave,role\n");
    for (size_t wave = 0; wave < s->waves; wave++)
        for (size_t r = 0; r < s->respondents + s->respondents / 5; r++)
            page_add(p, "r%05zu,w%04zu,u%04zu,%zu,role %zu\n", r, r % s->workgroups,
                     r / s->workgroups % s->units, wave + 1, r % ROLES);
}

/* ---- What readers meet ---- */

static void add_header(page *p)
{
    page_add(p, "respondent,workgroup,target");
    add_dimensions(p);
    page_add(p, "\n");
}

static void add_row(page *p, const char *respondent, size_t seed, const char *target)
{
    page_add(p, "%s,w,%s", respondent, target);
    add_answers(p, seed, 0);
    page_add(p, "\n");
}

/* Each respondent's rows stand far apart, with empty lines between; `again`: as often with the same
 * target, so that every second one is a repeat. */
static void add_rows_apart(page *p, size_t n, size_t rounds, bool again)
{
    char who[32], whom[32];
    add_header(p);
    for (size_t round = 0; round < rounds; round++)
        for (size_t r = 0; r < n; r++) {
            snprintf(who, sizeof who, "r%zu", r);
            snprintf(whom, sizeof whom, "t%zu", again ? 0 : round);
            add_row(p, who, r, whom);
            if (r % 3 == 0)
                page_add(p, "\n");
        }
}

/* What the hash of ids was before it had a key: chosen ids fell into one slot. */
static uint64_t plain_hash(uint64_t eight_bytes)
{
    uint64_t x = 8 * UINT64_C(0x9e3779b97f4a7c15) ^ eight_bytes;
    for (int word = 0; word < 2; word++) {
        x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
        x ^= x >> 31;
        x ^= word == 0 ? UINT64_C(0x2545f4914f6cdd1d) : 0;
    }
    return x;
}

static void add_chosen_ids(page *p, size_t n)
{
    enum { SLOTS = 4096 };
    add_header(p);
    for (uint64_t i = 0; n > 0; i++) {
        char id[9];
        uint64_t word;
        snprintf(id, sizeof id, "%08" PRIx64, i);
        memcpy(&word, id, 8);
        if (plain_hash(word) % SLOTS != 0)
            continue;
        add_row(p, id, i, "t");
        n--;
    }
}

/* Columns that no codebook lists. */
static void add_wide_rows(page *p, size_t rows, size_t columns)
{
    page_add(p, "respondent,workgroup,target");
    add_dimensions(p);
    for (size_t i = 0; i < columns; i++)
        page_add(p, ",other %zu", i);
    for (size_t r = 0; r < rows; r++) {
        page_add(p, "\nr%zu,w,t", r);
        add_answers(p, r, 0);
        for (size_t i = 0; i < columns; i++)
            page_add(p, ",%zu", i % 7);
    }
    page_add(p, "\n");
}

/* A row for each respondent, a column for each dimension and target. */
static void add_form(page *p, size_t respondents, size_t targets)
{
    page_add(p, "respondent,workgroup");
    for (size_t t = 0; t < targets; t++)
        for (int i = 0; i < DIMENSIONS; i++)
            page_add(p, ",%s_t%zu", dimensions[i], t);
    for (size_t r = 0; r < respondents; r++) {
        page_add(p, "\nr%zu,w%zu", r, r % 5);
        for (size_t t = 0; t < targets; t++)
            add_answers(p, r, t);
    }
    page_add(p, "\n");
}

static void add_form_codebook(page *p)
{
    page_add(p, "variable,role,values\nrespondent,respondent,\nworkgroup,workgroup,\n"
                "{dimension}_{target},item,1=1;2=2;3=3;4=4;5=5\n");
}

/* One field of that length, and a header of it. */
static void add_long_field(page *p, size_t length)
{
    page_add(p, "respondent,workgroup,target");
    add_dimensions(p);
    for (int line = 0; line < 2; line++) {
        page_add(p, line == 0 ? ",\"" : "\nr,w,t,1,2,3,4,5,4,3,\"");
        for (size_t i = 0; i < length; i += 4)
            page_add(p, "\"\"xy");
        page_add(p, "\"");
    }
    page_add(p, "\n");
}

/* People in several of n groups, each a 0/1 column. */
static void add_members(page *p, size_t people, size_t groups)
{
    page_add(p, "respondent");
    for (size_t g = 0; g < groups; g++)
        page_add(p, ",g%zu", g);
    for (size_t r = 0; r < people; r++) {
        page_add(p, "\nr%zu", r);
        for (size_t g = 0; g < groups; g++)
            page_add(p, ",%d", (r + g) % 4 == 0);
    }
    page_add(p, "\n");
}

static void add_members_codebook(page *p, size_t groups)
{
    page_add(p, "variable,role,dimension\nrespondent,respondent,\n");
    for (size_t g = 0; g < groups; g++)
        page_add(p, "g%zu,group,area\n", g);
}

/* Columns of as many different answers as rows. */
static void add_questions(page *p, size_t rows, size_t columns)
{
    page_add(p, "respondent");
    for (size_t i = 0; i < columns; i++)
        page_add(p, ",question %zu", i);
    for (size_t r = 0; r < rows; r++) {
        page_add(p, "\nr%zu", r);
        for (size_t i = 0; i < columns; i++)
            page_add(p, i % 2 ? ",answer %zu" : ",%zu", i % 2 ? r : (r + i) % 5 + 1);
    }
    page_add(p, "\n");
}

#endif
