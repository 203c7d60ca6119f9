/* Confidence intervals. */
#include "stats/intervals/intervals.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/distributions/fisher.h"

double student_reach(double confidence, double df)
{
    if (!(df >= 0.5) || !(confidence > 0 && confidence < 1))
        return NAN;
    return gsl_cdf_tdist_Qinv((1 - confidence) / 2,
                              df); /* Pinv raises GSL's handler where Qinv does not */
}

double student_tails(double t, double df)
{
    return fisher_upper(t * t, 1, df); /* t squared is an F */
}
