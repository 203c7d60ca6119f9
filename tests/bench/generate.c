/* Writes a survey of any size to standard output, the same for the same arguments:
 *
 *     generate ROWS [--wide | --bytes] [--targets N] [--shuffle] [--seed N]
 *
 * A row for each respondent and target, of which there are ten or N; 3 % of the answers are
 * missing; about 40 bytes a row. --wide: a row for each respondent, with the same answers as the
 * long survey of N times as many rows.
 * --bytes: of each row the answers alone, a byte each, 0 where one is missing, for programs that
 * read no text fast. Every row follows from its number alone (SplitMix64, Steele, Lea & Flood
 * 2014), so that --shuffle, which writes the same rows in another order, holds none of them. */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TARGETS = 10, ITEMS = 7 };

static const char *const items[ITEMS] = {
    "frequent",     "timely",           "accurate",       "problem_solving",
    "shared_goals", "shared_knowledge", "mutual_respect",
};

static const char *const labels[TARGETS] = {
    "caseworkers", "doctors",    "home care", "job centre",     "nurses",
    "police",      "psychiatry", "schools",   "social workers", "therapists",
};

typedef struct {
    uint64_t rows, seed, targets;
    bool shuffle, wide, bytes;
} request;

static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* The i-th of the rows in another order: a Feistel network of four rounds permutes the numbers of
 * an even number of bits; those past the last row are walked over. */
static uint64_t shuffle(uint64_t i, const request *r)
{
    unsigned half = 1;
    while (half < 31 && (UINT64_C(1) << (2 * half)) < r->rows)
        half++;
    uint64_t mask = (UINT64_C(1) << half) - 1;
    do {
        uint64_t left = i >> half, right = i & mask;
        for (uint64_t round = 0; round < 4; round++) {
            uint64_t next = left ^ (mix(right ^ mix(r->seed + round)) & mask);
            left = right;
            right = next;
        }
        i = left << half | right;
    } while (i >= r->rows);
    return i;
}

/* The answers of somebody about a target, each behind a comma. */
static char *put_answers(char *at, uint64_t who, uint64_t target)
{
    uint64_t draw = mix(who ^ (target + 1));
    int lean = (int)(who >> 32) % 2 + 3;
    for (int item = 0; item < ITEMS; item++, draw = mix(draw)) {
        int answer = lean + (int)(draw % 5) / 2 - (int)(draw >> 8 & 1) - (int)(draw >> 9 & 1);
        *at++ = ',';
        if (draw % 10007 % 100 >= 3)
            *at++ = (char)('0' + (answer < 1 ? 1 : answer > 5 ? 5 : answer));
    }
    return at;
}

static void write_row(uint64_t row, const request *r)
{
    uint64_t respondent = r->wide ? row : row / r->targets, who = mix(r->seed ^ mix(respondent));
    uint64_t first = r->wide ? 0 : row % r->targets, end = r->wide ? r->targets : first + 1;
    char line[256], *at = line
                          + snprintf(line, sizeof line, "%" PRIu64 ",%s", respondent + 1,
                                     labels[who % r->targets]);
    if (!r->wide)
        at += snprintf(at, 32, ",%s", labels[first]);
    for (uint64_t target = first; target < end; target++)
        at = put_answers(at, who, target);
    *at++ = '\n';
    fwrite(line, 1, (size_t)(at - line), stdout);
}

static void write_bytes(uint64_t row, const request *r)
{
    char line[4 * ITEMS], answers[ITEMS], *at = line;
    *put_answers(line, mix(r->seed ^ mix(row / r->targets)), row % r->targets) = ',';
    for (int item = 0; item < ITEMS; item++) {
        bool missing = *++at == ',';
        answers[item] = (char)(missing ? 0 : *at++ - '0');
    }
    fwrite(answers, 1, ITEMS, stdout);
}

static void write_header(const request *r)
{
    fputs("respondent,workgroup", stdout);
    if (!r->wide)
        fputs(",target", stdout);
    for (uint64_t target = 0; target < (r->wide ? r->targets : 1); target++)
        for (int item = 0; item < ITEMS; item++)
            printf(",%s%s%s", items[item], r->wide ? "_" : "", r->wide ? labels[target] : "");
    putchar('\n');
}

static bool read_count(const char *text, uint64_t *count)
{
    char *end;
    errno = 0;
    *count = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
}

static bool read_request(int count, char **arguments, request *r)
{
    if (count < 2 || !read_count(arguments[1], &r->rows) || r->rows == 0 || r->rows >> 62)
        return false;
    for (int i = 2; i < count; i++) {
        if (strcmp(arguments[i], "--shuffle") == 0)
            r->shuffle = true;
        else if (strcmp(arguments[i], "--wide") == 0)
            r->wide = true;
        else if (strcmp(arguments[i], "--bytes") == 0)
            r->bytes = true;
        else if (strcmp(arguments[i], "--targets") == 0 && i + 1 < count
                 && read_count(arguments[i + 1], &r->targets) && r->targets >= 1
                 && r->targets <= TARGETS)
            i++;
        else if (strcmp(arguments[i], "--seed") == 0 && i + 1 < count
                 && read_count(arguments[i + 1], &r->seed))
            i++;
        else
            return false;
    }
    return !(r->bytes && r->wide);
}

int main(int count, char **arguments)
{
    request r = {.seed = 1, .targets = TARGETS};
    if (!read_request(count, arguments, &r)) {
        fprintf(stderr, "generate ROWS [--wide | --bytes] [--targets N] [--shuffle] [--seed N]\n");
        return 2;
    }
    if (!r.bytes)
        write_header(&r);
    for (uint64_t i = 0; i < r.rows; i++)
        (r.bytes ? write_bytes : write_row)(r.shuffle ? shuffle(i, &r) : i, &r);
    if (fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "generate: %s\n", strerror(errno));
        return 3;
    }
    return 0;
}
