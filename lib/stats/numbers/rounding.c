/* Rounding per cents. fmod is exact, and so is what is left when it is taken away. */
#include "stats/numbers/rounding.h"

#include <math.h>

static int64_t percent_below(double part, double whole, double *remainder)
{
    *remainder = fmod(100 * part, whole);
    return (int64_t)round((100 * part - *remainder) / whole);
}

int64_t percent_rounded(double part, double whole)
{
    double remainder;
    int64_t below = percent_below(part, whole, &remainder);
    return below + (2 * remainder >= whole);
}

/* Whether a part comes before another when what is left is handed out. */
static bool is_before(const double *parts, double whole, size_t one, size_t other)
{
    double mine, others;
    percent_below(parts[one], whole, &mine);
    percent_below(parts[other], whole, &others);
    return mine > others || (mine == others && one < other);
}

void percents_to_100(const double *parts, size_t count, double whole, int64_t *out)
{
    double remainder;
    int64_t left = 100;
    for (size_t i = 0; i < count; i++)
        left -= out[i] = percent_below(parts[i], whole, &remainder);
    for (size_t i = 0; i < count; i++) {
        int64_t before = 0;
        for (size_t other = 0; other < count && before < left; other++)
            before += other != i && is_before(parts, whole, other, i);
        out[i] += before < left;
    }
}
