/* The F distribution by the incomplete beta function: Loader's form of its leading factor (2000,
 * "Fast and accurate computation of binomial probabilities"), which cancels nothing at large
 * degrees of freedom, times the contracted continued fraction of DiDonato & Morris (1992,
 * "Algorithm 708", ACM TOMS 18), whose terms keep the distance from the mean apart, by Lentz'
 * method. Pure arithmetic. */
#include "stats/distributions/fisher.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double half_log_two_pi = 0.918938533204672741780329736406;

/* ln Gamma(z) less Stirling's (z - 1/2) ln z - z + ln(2 pi)/2. */
static double find_stirling_error(double z)
{
    double s = 1 / (z * z);
    if (z < 15) /* tgamma and not lgamma, which writes a global sign */
        return log(tgamma(z)) - (z - 0.5) * log(z) + z - half_log_two_pi;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - s / 1188) * s) * s) * s) / z;
}

/* ln(1 + u) - u, from u and from 1 + u, either of which the other may have lost; by the series of
 * ln((1 + r)/(1 - r)), r = u/(2 + u), where the difference would cancel. */
static double find_log_less_linear(double u, double one_and_u)
{
    double r = u / (2 + u), square = r * r, power = r * square, sum = 0;
    if (fabs(u) > 0.3)
        return log(one_and_u) - u;
    for (int k = 3; k < 60; k += 2, power *= square)
        sum += power / k;
    return 2 * sum - r * u; /* 2r - u = -ru */
}

/* x^a (1-x)^b / B(a, b) at a = df_above/2, b = df_below/2, x = a f/(a f + b); also dP(F < f)/d ln
 * f. */
static double find_factor(double f, double df_above, double df_below)
{
    double a = df_above / 2, b = df_below / 2, n = a + b;
    double ratio = df_above / df_below, rest = 1 / (ratio * f + 1); /* 1 - x */
    double above = find_log_less_linear((f - 1) * rest, f * (1 + ratio) * rest);
    double below = find_log_less_linear((1 - f) * ratio * rest, (1 + ratio) * rest);
    double stirling = find_stirling_error(n) - find_stirling_error(a) - find_stirling_error(b);
    double exponent = a * above + b * below + stirling;
    return exp(exponent + 0.5 * log(a / n * b) - half_log_two_pi);
}

static double keep_from_zero(double value)
{
    return fabs(value) < DBL_MIN / DBL_EPSILON ? DBL_MIN / DBL_EPSILON : value;
}

/* The continued fraction at f <= 1, where it converges fast: in some sqrt(max(a, b)) terms at
 * worst. */
static double find_fraction(double f, double df_above, double df_below)
{
    double a = df_above / 2, b = df_below / 2, ratio = df_above / df_below,
           rest = 1 / (ratio * f + 1);
    double x = ratio * f * rest, away = a * (1 - f) * rest; /* a - (a + b) x */
    double fraction = keep_from_zero(a / (a + 1) * (away + 1)), c = fraction, d = 0;
    for (double n = 1; n < 1e6; n++) {
        double middle = a + 2 * n - 1;
        double alpha = (a + n - 1) / middle * ((a + b + n - 1) / middle * x) * n * (b - n) * x;
        double beta = n + n * (b - n) * x / middle
                      + (a + n) / (middle + 2) * (away + 1 + n * (1 + rest));
        d = 1 / keep_from_zero(beta + alpha * d);
        c = keep_from_zero(beta + alpha / c);
        fraction *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON)
            break;
    }
    return 1 / fraction;
}

static bool are_freedoms(double df_above, double df_below)
{
    return df_above > 0 && df_below > 0 && df_above < INFINITY && df_below < INFINITY;
}

double fisher_lower(double f, double df_above, double df_below)
{
    if (!(f >= 0) || !are_freedoms(df_above, df_below))
        return NAN;
    if (f == 0 || f == INFINITY)
        return f == 0 ? 0 : 1;
    if (f > 1) /* 1/F has the degrees of freedom the other way round */
        return 1 - fisher_lower(1 / f, df_below, df_above);
    return find_factor(f, df_above, df_below) * find_fraction(f, df_above, df_below);
}

double fisher_upper(double f, double df_above, double df_below)
{
    if (!(f >= 0) || !are_freedoms(df_above, df_below))
        return NAN;
    return fisher_lower(f == 0 ? INFINITY : 1 / f, df_below, df_above);
}

double fisher_quantile(double upper, double df_above, double df_below)
{
    bool above = upper <= 0.5; /* the smaller tail is the exact one */
    double target = log(above ? upper : 1 - upper), low = -745, high = 709, t = 0; /* ln f */
    if (!(upper > 0 && upper < 1) || !are_freedoms(df_above, df_below))
        return NAN;
    for (int step = 0; step < 200; step++) {
        double f = exp(t), tail = above ? fisher_upper(f, df_above, df_below)
                                        : fisher_lower(f, df_above, df_below);
        double off = log(tail) - target, move = off * tail / find_factor(f, df_above, df_below);
        double next = above ? t + move : t - move;
        if ((off > 0) == above)
            low = t;
        else
            high = t;
        if (off == 0 || fabs(next - t) < 1e-10) /* Newton's next error is the square of this one */
            return exp(next);
        t = next > low && next < high ? next : low + (high - low) / 2;
    }
    return exp(t);
}
