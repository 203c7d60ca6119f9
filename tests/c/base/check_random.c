/* Random streams: the published vectors of Philox4x32-10 (kat_vectors of Random123), streams apart
 * from each other, and draws with the distribution they say they have. The normal quantile is held
 * against the C library's complementary error function in long double. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "support.h"

Suite *random_suite(void);

static const struct {
    uint32_t counter[4], key[2], wanted[4];
} published[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

START_TEST(published_vectors)
{
    uint32_t got[4];
    random_block(published[_i].counter, published[_i].key, got);
    for (int i = 0; i < 4; i++)
        ck_assert_msg(got[i] == published[_i].wanted[i], "word %d: %08x, expected %08x", i, got[i],
                      published[_i].wanted[i]);
}
END_TEST

/* What a stream is: blocks of a counter whose upper half and key come from its name. */
START_TEST(a_stream_is_its_blocks)
{
    uint64_t seed = UINT64_C(0x0123456789abcdef), stream = UINT64_C(0xfedcba9876543210),
             replicate = UINT64_C(0x100000002);
    uint32_t place[4], block[4];
    random_block((uint32_t[4]){0x76543210, 0xfedcba98, 2, 1}, (uint32_t[2]){0x89abcdef, 0x01234567},
                 place);
    random_stream s = random_start(seed, stream, replicate);
    for (uint32_t i = 0; i < 100; i++) {
        if (i % 4 == 0)
            random_block((uint32_t[4]){i / 4, 0, place[2], place[3]},
                         (uint32_t[2]){place[0], place[1]}, block);
        ck_assert_uint_eq(random_next(&s), block[i % 4]);
    }
    s = random_start(seed, stream, replicate);
    s.counter[0] = UINT32_MAX; /* the block before the carry, then the one behind it */
    for (uint32_t i = 0; i < 4; i++)
        random_next(&s);
    random_block((uint32_t[4]){0, 1, place[2], place[3]}, (uint32_t[2]){place[0], place[1]}, block);
    ck_assert_uint_eq(random_next(&s), block[0]);
}
END_TEST

static int compare_bits(const void *a, const void *b)
{
    return memcmp(a, b, 2 * sizeof(uint32_t));
}

/* The first 64 bits of many neighbouring streams: none twice. */
START_TEST(streams_are_apart)
{
    enum { SIDE = 32, COUNT = SIDE * SIDE * SIDE };
    uint32_t(*first)[2] = malloc(COUNT * sizeof *first);
    for (uint32_t i = 0; i < COUNT; i++) {
        random_stream s = random_start(i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE);
        first[i][0] = random_next(&s);
        first[i][1] = random_next(&s);
    }
    qsort(first, COUNT, sizeof *first, compare_bits);
    for (uint32_t i = 1; i < COUNT; i++)
        ck_assert_msg(compare_bits(first[i - 1], first[i]) != 0, "two of %d streams start alike",
                      COUNT);
    free(first);
}
END_TEST

/* Chi-squared of equal shares, over one stream and over the first draws of many: within six
 * standard errors of its expectation. */
START_TEST(indices_are_equally_likely)
{
    static const uint32_t counts[] = {2, 3, 7, 10, 100, 1000};
    uint32_t count = counts[_i / 2];
    double draws = 200.0 * count, chi = 0;
    double *seen = calloc(count, sizeof *seen);
    random_stream s = random_start(11, 0, 0);
    for (uint32_t i = 0; i < 200 * count; i++) {
        if (_i % 2)
            s = random_start(11, 1, i);
        uint32_t drawn = random_index(&s, count);
        ck_assert_uint_lt(drawn, count);
        seen[drawn]++;
    }
    for (uint32_t i = 0; i < count; i++)
        chi += (seen[i] - draws / count) * (seen[i] - draws / count) / (draws / count);
    free(seen);
    ck_assert_msg(fabs(chi - (count - 1)) <= 6 * sqrt(2.0 * (count - 1)), "of %u: chi-squared %g",
                  count, chi);
}
END_TEST

/* Where 2^32 is not nearly a multiple of the count, multiplying alone would draw some results twice
 * as often. */
START_TEST(a_large_count_has_no_bias)
{
    enum { DRAWS = 30000 };
    uint32_t count = 3u << 30, thirds[3] = {0};
    random_stream s = random_start(12, 0, 0);
    for (int i = 0; i < DRAWS; i++)
        thirds[random_index(&s, count) % 3]++;
    for (int i = 0; i < 3; i++)
        ck_assert_msg(abs((int)thirds[i] - DRAWS / 3) <= 6 * sqrt(DRAWS * 2.0 / 9),
                      "rest %d: %u of %d", i, thirds[i], DRAWS);
    ck_assert_uint_eq(random_index(&s, 0), 0);
    ck_assert_uint_eq(random_index(&s, 1), 0);
}
END_TEST

START_TEST(uniform_at_its_ends)
{
    random_stream s = {
        .block = {0, 0x7ff, 0, 0x800}}; /* eleven bits are dropped: the first two words make 0 */
    ck_assert_double_eq(random_uniform(&s), 0x1p-53);
    s = (random_stream){.block = {0xffffffff, 0xffffffff}};
    ck_assert_double_eq(random_uniform(&s), 1 - 0x1p-53);
}
END_TEST

START_TEST(uniform_and_normal_moments)
{
    int n = rounds(1000000);
    double uniform = 0, uniform_squares = 0, powers[5] = {0}, least = 1, most = 0;
    random_stream s = random_start(13, 0, 0);
    for (int i = 0; i < n; i++) {
        double u = random_uniform(&s), z = random_normal(&s), power = 1;
        least = fmin(least, u);
        most = fmax(most, u);
        uniform += u;
        uniform_squares += u * u;
        for (int k = 1; k <= 4; k++)
            powers[k] += (power *= z);
    }
    ck_assert(least > 0 && most < 1);
    ck_assert_double_le(fabs(uniform / n - 0.5), 6 * sqrt(1.0 / 12 / n));
    ck_assert_double_le(fabs(uniform_squares / n - 1.0 / 3), 6 * sqrt(4.0 / 45 / n));
    ck_assert_double_le(fabs(powers[1] / n), 6 * sqrt(1.0 / n));
    ck_assert_double_le(fabs(powers[2] / n - 1), 6 * sqrt(2.0 / n));
    ck_assert_double_le(fabs(powers[3] / n), 6 * sqrt(15.0 / n));
    ck_assert_double_le(fabs(powers[4] / n - 3), 6 * sqrt(96.0 / n));
}
END_TEST

/* p = Phi(x) back; an error d in x shows in p as |x| d relative in the tails. */
static void expect_quantile(double p)
{
    double x = random_normal_at(p);
    long double back = erfcl(-(long double)x / sqrtl(2)) / 2,
                density = expl(-(long double)x * x / 2) / sqrtl(2 * acosl(-1));
    double off = (double)((back - (long double)p) / density);
    if (!(fabs(off) <= 1e-15 * fmax(1, fabs(x))))
        ck_abort_msg("p = %.17g: quantile %.17g is off by %g", p, x, off);
}

START_TEST(normal_quantiles)
{
    random_stream s = random_start(14, 0, 0);
    for (int i = 0; i < rounds(20000); i++)
        expect_quantile(random_uniform(&s));
    for (int e = 2; e <= 1000; e += 2) /* 5 = sqrt(-log p) lies at e = 36 */
        expect_quantile(ldexp(1, -e));
    for (int e = 2; e <= 53; e++)
        expect_quantile(1 - ldexp(1, -e));
    expect_quantile(0.075);
    expect_quantile(nextafter(0.075, 0));
    expect_quantile(0.925);
    expect_quantile(nextafter(0.925, 1));
    ck_assert_double_eq(random_normal_at(0.5), 0);
}
END_TEST

Suite *random_suite(void)
{
    Suite *suite = suite_create("random");
    TCase *tests = tcase_create("streams");
    tcase_add_loop_test(tests, published_vectors, 0, (int)LENGTH(published));
    tcase_add_test(tests, a_stream_is_its_blocks);
    tcase_add_test(tests, streams_are_apart);
    tcase_add_loop_test(tests, indices_are_equally_likely, 0, 12);
    tcase_add_test(tests, a_large_count_has_no_bias);
    tcase_add_test(tests, uniform_at_its_ends);
    tcase_add_test(tests, uniform_and_normal_moments);
    tcase_add_test(tests, normal_quantiles);
    suite_add_tcase(suite, tests);
    return suite;
}
