/* The nearest word to a mistyped one: Damerau-Levenshtein distance (adjacent letters swapped count
 * once), letter case ignored. */
#include <stdbool.h>
#include <string.h>

#include "base/error.h"

enum { LONGEST_WORD = 63 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static char folded(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == '-' ? '_' : c);
}

static int distance(const char *a, size_t length_a, const char *b, size_t length_b)
{
    int rows[3][LONGEST_WORD + 1], *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= length_b; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= length_a; i++) {
        int *recycled = before;
        now[0] = (int)i;
        for (size_t j = 1; j <= length_b; j++) {
            bool same = folded(a[i - 1]) == folded(b[j - 1]);
            now[j] = smaller(smaller(last[j], now[j - 1]) + 1, last[j - 1] + !same);
            if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2])
                && folded(a[i - 2]) == folded(b[j - 1]))
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
        before = last;
        last = now;
        now = recycled;
    }
    return last[length_b];
}

const char *relcoord_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *best = NULL;
    size_t length = word ? strlen(word) : 0;
    int best_distance = length < 5 ? 1 : (int)(length / 3); /* how far a slip may lead */
    if (length == 0 || length > LONGEST_WORD)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        int apart;
        if (other > LONGEST_WORD)
            continue;
        apart = distance(word, length, candidates[i], other);
        if (apart == 0)
            return candidates[i];
        if (apart <= best_distance && apart < (int)other) {
            if (best && apart == best_distance)
                continue; /* the first of several equally near */
            best = candidates[i];
            best_distance = apart;
        }
    }
    return best;
}
