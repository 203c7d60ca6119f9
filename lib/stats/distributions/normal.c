/* Normal probabilities. */
#include "stats/distributions/normal.h"

#include <math.h>

double normal_two_sided(double away, double sd)
{
    double step = away > 0 ? 0.5 : away < 0 ? -0.5 : 0;
    if (!(sd > 0))
        return NAN;
    return fmin(1, erfc(fabs(away - step) / sd / sqrt(2)));
}
