#include "stats/numbers/matrix.h"

#include <string.h>

/* row += the sum of four rows, each times its factor. */
static void add_four(double *restrict row, const double *restrict factors,
                     const double *restrict rows, size_t n)
{
    const double *second = rows + n, *third = second + n, *fourth = third + n;
    double f = factors[0], g = factors[1], h = factors[2], i = factors[3];
    for (size_t j = 0; j < n; j++)
        row[j] = row[j] + f * rows[j] + g * second[j] + h * third[j] + i * fourth[j];
}

void matrix_add_rows(double *row, const double *factor, size_t stride, const double *rows,
                     size_t count, size_t n)
{
    size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        const double *f = factor + k * stride;
        if (f[0] == 0 && f[stride] == 0 && f[2 * stride] == 0 && f[3 * stride] == 0)
            continue;
        add_four(row, (const double[4]){f[0], f[stride], f[2 * stride], f[3 * stride]},
                 rows + k * n, n);
    }
    for (; k < count; k++)
        for (size_t j = 0; j < n; j++)
            row[j] += factor[k * stride] * rows[k * n + j];
}

void matrix_multiply_rows(size_t rows, size_t n, const double *a, const double *b, double *c)
{
    memset(c, 0, rows * n * sizeof *c);
    for (size_t i = 0; i < rows; i++)
        matrix_add_rows(c + i * n, a + i * n, 1, b, n, n);
}

void matrix_multiply(size_t n, const double *a, const double *b, double *c)
{
    matrix_multiply_rows(n, n, a, b, c);
}

/* Four columns at a time, whose sums do not wait for each other. */
void matrix_multiply_turned(size_t n, const double *a, const double *b, double *c)
{
    for (size_t i = 0; i < n; i++) {
        const double *row = a + i * n;
        size_t j = 0;
        for (; j + 4 <= n; j += 4) {
            const double *first = b + j * n, *second = first + n, *third = second + n,
                         *fourth = third + n;
            double w = 0, x = 0, y = 0, z = 0;
            for (size_t k = 0; k < n; k++) {
                w += row[k] * first[k];
                x += row[k] * second[k];
                y += row[k] * third[k];
                z += row[k] * fourth[k];
            }
            c[i * n + j] = w;
            c[i * n + j + 1] = x;
            c[i * n + j + 2] = y;
            c[i * n + j + 3] = z;
        }
        for (; j < n; j++)
            c[i * n + j] = vector_product(n, row, b + j * n);
    }
}

/* Tile by tile, for one of the two is read across its rows. */
double matrix_trace_product(size_t n, const double *a, const double *b)
{
    enum { TILE = 32 };
    double sum = 0;
    for (size_t top = 0; top < n; top += TILE)
        for (size_t left = 0; left < n; left += TILE)
            for (size_t i = top; i < n && i < top + TILE; i++)
                for (size_t j = left; j < n && j < left + TILE; j++)
                    sum += a[i * n + j] * b[j * n + i];
    return sum;
}

void matrix_apply(size_t n, const double *a, const double *x, double *y)
{
    for (size_t i = 0; i < n; i++)
        y[i] = vector_product(n, a + i * n, x);
}

void matrix_apply_turned(size_t n, const double *a, const double *x, double *y)
{
    memset(y, 0, n * sizeof *y);
    matrix_add_rows(y, x, 1, a, n, n);
}

double vector_product(size_t n, const double *x, const double *y)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

double vector_sum(size_t n, const double *x)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

double matrix_trace(size_t n, const double *a)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i * n + i];
    return sum;
}

void matrix_make_symmetric(size_t n, double *a)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            a[i * n + j] = a[j * n + i] = (a[i * n + j] + a[j * n + i]) / 2;
}
