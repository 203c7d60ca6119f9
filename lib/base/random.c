/* Philox4x32-10 (Salmon et al. 2011), and what is drawn from its bits: whole numbers without bias
 * (Lemire 2019, "Fast random integer generation in an interval"), uniform and normal ones (Wichura
 * 1988, AS 241). */
#include "base/random.h"

#include <math.h>

enum { ROUNDS = 10, BLOCK = 4 };

void random_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0],
             k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t even = UINT64_C(0xD2511F53) * c0, odd = UINT64_C(0xCD9E8D57) * c2;
        c0 = (uint32_t)(odd >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)odd;
        c2 = (uint32_t)(even >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)even;
        k0 += 0x9E3779B9; /* the golden ratio, and below the root of 3 less 1 */
        k1 += 0xBB67AE85;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* Under the seed as key, stream and replicate are sent to 128 bits, one to one: half of them are
 * the stream's own key and half the upper half of its counter, whose lower half counts the
 * blocks. */
random_stream random_start(uint64_t seed, uint64_t stream, uint64_t replicate)
{
    uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)}, place[4];
    uint32_t name[4] = {(uint32_t)stream, (uint32_t)(stream >> 32), (uint32_t)replicate,
                        (uint32_t)(replicate >> 32)};
    random_block(name, key, place);
    return (random_stream){
        .key = {place[0], place[1]}, .counter = {0, 0, place[2], place[3]}, .used = BLOCK};
}

uint32_t random_next(random_stream *stream)
{
    if (stream->used == BLOCK) {
        random_block(stream->counter, stream->key, stream->block);
        if (++stream->counter[0] == 0)
            stream->counter[1]++;
        stream->used = 0;
    }
    return stream->block[stream->used++];
}

uint32_t random_index(random_stream *stream, uint32_t count)
{
    if (count == 0)
        return 0;
    /* of the 2^32 numbers the first 2^32 mod count are left out, so that equally many stand for
     * each result */
    uint32_t left_out = (uint32_t)(-count) % count;
    uint64_t product;
    do
        product = (uint64_t)random_next(stream) * count;
    while ((uint32_t)product < left_out);
    return (uint32_t)(product >> 32);
}

double random_uniform(random_stream *stream)
{
    uint64_t bits;
    do {
        uint64_t high = random_next(stream);
        bits = (high << 32 | random_next(stream)) >> 11;
    } while (bits == 0);
    return (double)bits * 0x1p-53;
}

/* The ratio of two polynomials of degree 7 at x, coefficients from the constant on. */
static double ratio_at(double x, const double above[8], const double below[8])
{
    double numerator = above[7], denominator = below[7];
    for (int i = 6; i >= 0; i--) {
        numerator = numerator * x + above[i];
        denominator = denominator * x + below[i];
    }
    return numerator / denominator;
}

/* The approximations of AS 241: about the centre, in the tails, and in the far tails. */
static const double centre_above[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                       1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                       4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                       3.3430575583588128105e+4, 2.5090809287301226727e+3};
static const double centre_below[8] = {1.0,
                                       4.2313330701600911252e+1,
                                       6.8718700749205790830e+2,
                                       5.3941960214247511077e+3,
                                       2.1213794301586595867e+4,
                                       3.9307895800092710610e+4,
                                       2.8729085735721942674e+4,
                                       5.2264952788528545610e+3};
static const double tail_above[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                     5.76949722146069140550e0,  3.64784832476320460504e0,
                                     1.27045825245236838258e0,  2.41780725177450611770e-1,
                                     2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double tail_below[8] = {1.0,
                                     2.05319162663775882187e0,
                                     1.67638483018380384940e0,
                                     6.89767334985100004550e-1,
                                     1.48103976427480074590e-1,
                                     1.51986665636164571966e-2,
                                     5.47593808499534494600e-4,
                                     1.05075007164441684324e-9};
static const double far_above[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                    1.78482653991729133580e0,  2.96560571828504891230e-1,
                                    2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double far_below[8] = {1.0,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};

double random_normal_at(double p)
{
    double from_centre = p - 0.5;
    if (fabs(from_centre) <= 0.425)
        return from_centre
               * ratio_at(0.180625 - from_centre * from_centre, centre_above, centre_below);

    double depth = sqrt(-log(from_centre < 0 ? p : 1 - p));
    double size = depth <= 5 ? ratio_at(depth - 1.6, tail_above, tail_below)
                             : ratio_at(depth - 5, far_above, far_below);
    return from_centre < 0 ? -size : size;
}

double random_normal(random_stream *stream)
{
    return random_normal_at(random_uniform(stream));
}
