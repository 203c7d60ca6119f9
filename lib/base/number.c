/* Shortest text that reads back to the same double, and correctly rounded reading (after Clinger
 * 1990: a fast exact path, else an approximation mended by comparing whole numbers). */
#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- Whole numbers of any size that the comparison needs ---- */

/* 800 digits, times 2^1075, or times 10^1150: below 2^8192. */
enum { BIG_WORDS = 256, DIGITS_KEPT = 800 };

typedef struct big {
    uint32_t words[BIG_WORDS]; /* the lowest first */
    size_t count;
} big;

static void big_multiply_add(big *b, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (size_t i = 0; i < b->count; i++) {
        carry += (uint64_t)b->words[i] * factor;
        b->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry && b->count < BIG_WORDS)
        b->words[b->count++] = (uint32_t)carry;
}

static void big_multiply_power_of_ten(big *b, int power)
{
    for (; power >= 9; power -= 9)
        big_multiply_add(b, 1000000000, 0);
    for (; power > 0; power--)
        big_multiply_add(b, 10, 0);
}

static void big_multiply_power_of_two(big *b, int power)
{
    for (; power >= 31; power -= 31)
        big_multiply_add(b, (uint32_t)1 << 31, 0);
    big_multiply_add(b, (uint32_t)1 << power, 0);
}

static int big_compare(const big *a, const big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = a->count; i-- > 0;)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

/* ---- Reading ---- */

/* digits[0] digits[1] … times 10^exponent */
typedef struct decimal {
    char digits[DIGITS_KEPT + 1];
    int count, exponent;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes the digits and the exponent apart; false when the text is no number. */
static bool decimal_scan(const char *bytes, size_t length, char mark, decimal *d)
{
    size_t i = 0;
    bool any = false, more = false;
    int power = 0, sign = 1;
    d->count = d->exponent = 0;
    for (bool fraction = false;
         i < length && (is_digit(bytes[i]) || (bytes[i] == mark && !fraction)); i++) {
        if (bytes[i] == mark) {
            fraction = true;
            continue;
        }
        any = true;
        if (d->exponent > 100000 || d->exponent < -100000)
            return false;
        if (d->count < DIGITS_KEPT && (d->count > 0 || bytes[i] != '0'))
            d->digits[d->count++] = bytes[i];
        else if (d->count == DIGITS_KEPT) {
            more = more || bytes[i] != '0';
            d->exponent++;
        }
        d->exponent -= fraction;
    }
    if (!any)
        return false;
    if (more && d->digits[DIGITS_KEPT - 1] == '0')
        d->digits[DIGITS_KEPT - 1] =
            '1'; /* what is cut off can only decide a tie: any digit does */
    if (i < length && (bytes[i] == 'e' || bytes[i] == 'E')) {
        if (++i < length && (bytes[i] == '+' || bytes[i] == '-'))
            sign = bytes[i++] == '-' ? -1 : 1;
        if (i == length)
            return false;
        for (; i < length && is_digit(bytes[i]); i++)
            power = power < 100000 ? 10 * power + (bytes[i] - '0') : power;
        d->exponent += sign * power;
    }
    return i == length;
}

/* Compares the decimal with the number halfway between the double of these bits and the next. */
static int compare_with_midpoint(const decimal *d, uint64_t bits)
{
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int exponent = (int)(bits >> 52);
    uint64_t mantissa = 2 * (exponent ? fraction | (uint64_t)1 << 52 : fraction) + 1;
    int power = (exponent ? exponent : 1) - 1076;
    big left = {.count = 0}, right = {.words = {(uint32_t)mantissa, (uint32_t)(mantissa >> 32)}};
    right.count = mantissa >> 32 ? 2 : 1;
    for (int i = 0; i < d->count; i++) {
        if (left.count == 0)
            left.words[left.count++] = (uint32_t)(d->digits[i] - '0');
        else
            big_multiply_add(&left, 10, (uint32_t)(d->digits[i] - '0'));
    }
    if (d->exponent > 0)
        big_multiply_power_of_ten(&left, d->exponent);
    else
        big_multiply_power_of_ten(&right, -d->exponent);
    if (power > 0)
        big_multiply_power_of_two(&right, power);
    else
        big_multiply_power_of_two(&left, -power);
    return big_compare(&left, &right);
}

/* A double near digits * 10^exponent, off by a few units in the last place. */
static double approximate(const decimal *d)
{
    static const double powers[] = {1e1, 1e2, 1e4, 1e8, 1e16, 1e32, 1e64, 1e128, 1e256};
    double value = 0;
    int used = d->count < 19 ? d->count : 19, exponent = d->exponent + d->count - used;
    int magnitude = exponent < 0 ? -exponent : exponent;
    uint64_t whole = 0;
    for (int i = 0; i < used; i++)
        whole = 10 * whole + (uint64_t)(d->digits[i] - '0');
    value = (double)whole;
    for (int i = 0; i < 9 && magnitude; i++, magnitude >>= 1)
        if (magnitude & 1)
            value = exponent < 0 ? value / powers[i] : value * powers[i];
    return value > DBL_MAX ? DBL_MAX : value;
}

/* Moves from the approximation to the nearest double, the even one on a tie; false past the
 * largest. */
static bool round_correctly(const decimal *d, double *value)
{
    static const uint64_t infinite = (uint64_t)0x7FF << 52;
    double near = approximate(d);
    uint64_t bits;
    memcpy(&bits, &near, sizeof bits);
    while (bits < infinite) {
        int above = compare_with_midpoint(d, bits);
        if (above > 0 || (above == 0 && (bits & 1)))
            bits++;
        else
            break;
    }
    while (bits > 0 && bits < infinite) {
        int below = compare_with_midpoint(d, bits - 1);
        if (below < 0 || (below == 0 && (bits & 1)))
            bits--;
        else
            break;
    }
    memcpy(value, &bits, sizeof bits);
    return bits < infinite;
}

bool number_parse_marked(const char *bytes, size_t length, char mark, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool negative = length > 0 && bytes[0] == '-';
    size_t sign = negative || (length > 0 && bytes[0] == '+');
    decimal d;
    double magnitude = 0;
    if (!decimal_scan(bytes + sign, length - sign, mark, &d))
        return false;
    if (d.count <= 15 && d.exponent >= -22
        && d.exponent <= 22) { /* both parts exact: one rounding */
        for (int i = 0; i < d.count; i++)
            magnitude = 10 * magnitude + (d.digits[i] - '0');
        magnitude = d.exponent < 0 ? magnitude / powers[-d.exponent]
                                   : magnitude * powers[d.exponent];
    } else if (d.count > 0 && d.exponent + d.count > 310) {
        return false;
    } else if (d.count > 0 && d.exponent + d.count >= -330 && !round_correctly(&d, &magnitude)) {
        return false;
    }
    *value = negative ? -magnitude : magnitude;
    return true;
}

bool number_parse(const char *bytes, size_t length, double *value)
{
    return number_parse_marked(bytes, length, '.', value);
}

/* ---- Writing ---- */

/* The `count` digits nearest to value > 0: digits[0].digits[1]… times 10^*exponent. snprintf rounds
 * correctly; only its decimal mark follows the locale, and is dropped. */
static void nearest_digits(double value, int count, char digits[20], int *exponent)
{
    char printed[48];
    const char *p = printed;
    snprintf(printed, sizeof printed, "%.*e", count - 1, value);
    for (; *p != 'e'; p++)
        if (is_digit(*p))
            *digits++ = *p;
    *exponent = 0;
    for (const char *q = p + 2; *q; q++)
        *exponent = 10 * *exponent + (*q - '0');
    *exponent = p[1] == '-' ? -*exponent : *exponent;
}

static bool digits_read_back(const char *digits, int count, int exponent, double value)
{
    char compact[48];
    double back;
    int length = snprintf(compact, sizeof compact, "%.*se%d", count, digits, exponent - count + 1);
    return number_parse(compact, (size_t)length, &back) && back == value;
}

/* Adds one in the last place; false when there are only nines. */
static bool next_digits_up(char *digits, int count)
{
    while (count > 0 && digits[count - 1] == '9')
        digits[--count] = '0';
    if (count > 0)
        digits[count - 1]++;
    return count > 0;
}

/* The shortest digits that read back to value > 0; returns how many. */
static int shortest_digits(double value, char digits[20], int *exponent)
{
    int places, count = value < 1e-290 ? 1 : 15; /* subnormals have few digits */
    bool power_of_two = frexp(value, &places) == 0.5;
    for (; count <= 17; count++) {
        nearest_digits(value, count, digits, exponent);
        if (digits_read_back(digits, count, *exponent, value))
            break;
        /* Below a power of two the doubles lie closer than above: where the nearest decimal falls
         * below and reads as another, the one above may do. */
        if (power_of_two && next_digits_up(digits, count)
            && digits_read_back(digits, count, *exponent, value))
            break;
    }
    count = count > 17 ? 17 : count;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

/* Text for a value that has no digits: 0 when it has. */
static size_t format_special(double value, char *buffer)
{
    const char *name = isnan(value)   ? "nan"
                       : isinf(value) ? (value < 0 ? "-inf" : "inf")
                       : value == 0   ? "0"
                                      : "";
    size_t length = strlen(name);
    memcpy(buffer, name, length + 1);
    return length;
}

size_t number_format(double value, char buffer[NUMBER_TEXT_SIZE])
{
    char digits[20], *out = buffer;
    int exponent, count;
    size_t special = format_special(value, buffer);
    if (special)
        return special;
    if (value < 0)
        *out++ = '-';
    count = shortest_digits(fabs(value), digits, &exponent);
    if (exponent < -5 || exponent > 16) {
        *out++ = digits[0];
        if (count > 1) {
            *out++ = '.';
            memcpy(out, digits + 1, (size_t)count - 1);
            out += count - 1;
        }
        return (size_t)(out - buffer) + (size_t)snprintf(out, 8, "e%d", exponent);
    }
    if (exponent < 0) {
        *out++ = '0';
        *out++ = '.';
    }
    for (int zeros = -exponent - 1; zeros > 0; zeros--)
        *out++ = '0';
    for (int i = 0; i < count || i <= exponent; i++) {
        *out++ = i < count ? digits[i] : '0';
        if (i == exponent && i + 1 < count)
            *out++ = '.';
    }
    *out = 0;
    return (size_t)(out - buffer);
}

size_t number_format_fixed(double value, int decimals, char buffer[NUMBER_TEXT_SIZE])
{
    char digits[20], all[40];
    int exponent, count, whole, kept;
    bool carry = false;
    size_t length = 0;
    if (isnan(value) || fabs(value) >= 1e15)
        return number_format(value, buffer);
    count = value == 0 ? 0 : shortest_digits(fabs(value), digits, &exponent);
    if (count == 0)
        exponent = 0;
    whole = exponent < 0 ? 1 : exponent + 1; /* digits before the mark */
    kept = whole + decimals;
    /* all[0] takes a carry; all[1 … kept] are the digits shown */
    all[0] = '0';
    for (int i = 0; i <= kept; i++) {
        int at = i + (exponent < 0 ? exponent : 0); /* which significant digit stands at place i */
        char digit = at >= 0 && at < count ? digits[at] : '0';
        if (i < kept)
            all[i + 1] = digit;
        else
            carry = digit >= '5';
    }
    for (int i = kept; carry && i >= 0; i--) {
        carry = all[i] == '9';
        all[i] = carry ? '0' : (char)(all[i] + 1);
    }
    for (int i = 0; value < 0 && i <= kept; i++)
        if (all[i] != '0') { /* no "-0.00" */
            buffer[length++] = '-';
            break;
        }
    for (int i = all[0] == '0'; i <= kept; i++) {
        if (i == whole + 1)
            buffer[length++] = '.';
        buffer[length++] = all[i];
    }
    buffer[length] = 0;
    return length;
}
