/* Cholesky, inverse and eigenvalues of small symmetric matrices. Written here because GSL's own
 * raise its error handler when a matrix is not positive definite. */
#include "stats/numbers/linear.h"

#include <float.h>
#include <math.h>

enum {
    MOST_SWEEPS = 100,  /* far more than Jacobi's method, which converges quadratically, needs */
    MOST_ROTATED = 24,  /* above, eigenvalues alone are found at a tenth of the cost */
    MOST_QL_STEPS = 100 /* for one eigenvalue; two are usual */
};

/* a[i][j] for four rows i of column j: four sums that do not wait for each other. */
static void divide_four(double *a, size_t n, size_t i, size_t j)
{
    const double *row = a + j * n;
    double *first = a + i * n, *second = first + n, *third = second + n, *fourth = third + n;
    double w = first[j], x = second[j], y = third[j], z = fourth[j];
    for (size_t m = 0; m < j; m++) {
        w -= first[m] * row[m];
        x -= second[m] * row[m];
        y -= third[m] * row[m];
        z -= fourth[m] * row[m];
    }
    first[j] = w / row[j];
    second[j] = x / row[j];
    third[j] = y / row[j];
    fourth[j] = z / row[j];
}

bool linear_cholesky(double *a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double *row = a + j * n;
        double least = 8 * (double)n * DBL_EPSILON * row[j];
        double pivot = row[j];
        for (size_t m = 0; m < j; m++)
            pivot -= row[m] * row[m];
        if (!(pivot > least && pivot > 0 && pivot <= DBL_MAX))
            return false;
        row[j] = sqrt(pivot);
        size_t i = j + 1;
        for (; i + 4 <= n; i += 4)
            divide_four(a, n, i, j);
        for (; i < n; i++) {
            double sum = a[i * n + j];
            for (size_t m = 0; m < j; m++)
                sum -= a[i * n + m] * row[m];
            a[i * n + j] = sum / row[j];
        }
    }
    return true;
}

void linear_cholesky_solve(const double *l, size_t n, double *b)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t m = 0; m < i; m++)
            b[i] -= l[i * n + m] * b[m];
        b[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t m = i + 1; m < n; m++)
            b[i] -= l[m * n + i] * b[m];
        b[i] /= l[i * n + i];
    }
}

/* row += factor * other, of n. */
static void add_row(double *restrict row, double factor, const double *restrict other, size_t n)
{
    for (size_t j = 0; j < n; j++)
        row[j] += factor * other[j];
}

/* The inverse of a lower triangle, in place, row after row. What a row has at m is its factor for
 * row m until then. */
static void invert_lower(double *l, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double *row = l + i * n, own = 1 / row[i];
        for (size_t m = 0; m < i; m++) {
            double factor = row[m];
            row[m] = factor * l[m * n + m];
            add_row(row, factor, l + m * n, m);
        }
        for (size_t j = 0; j < i; j++)
            row[j] = -row[j] * own;
        row[i] = own;
    }
}

bool linear_inverse_positive(const double *a, size_t n, double *inverse, double *log_determinant)
{
    for (size_t i = 0; i < n * n; i++)
        inverse[i] = a[i];
    if (!linear_cholesky(inverse, n))
        return false;

    double logarithm = 0;
    for (size_t i = 0; i < n; i++)
        logarithm += 2 * log(inverse[i * n + i]);
    invert_lower(inverse, n);

    /* M'M of the lower triangle M, row after row: none asks for what lies above it. */
    for (size_t i = 0; i < n; i++) {
        double *row = inverse + i * n, factor = row[i];
        for (size_t j = 0; j <= i; j++)
            row[j] *= factor;
        for (size_t m = i + 1; m < n; m++)
            add_row(row, inverse[m * n + i], inverse + m * n, i + 1);
        for (size_t j = 0; j < i; j++)
            inverse[j * n + i] = row[j];
    }
    if (log_determinant)
        *log_determinant = logarithm;
    return true;
}

/* ---- Rows that begin late ---- */

static double dot_product(const double *x, const double *y, size_t n)
{
    double even = 0, odd = 0;
    size_t i = 0;
    for (; i + 2 <= n; i += 2) {
        even += x[i] * y[i];
        odd += x[i + 1] * y[i + 1];
    }
    return even + (i < n ? x[i] * y[i] : 0) + odd;
}

/* Where a row begins, row 0 at 0: kept in the first row, to which nothing else comes above the
 * diagonal. */
static size_t find_begin(double *a, size_t n, size_t i)
{
    size_t begin = 0;
    while (begin < i && a[i * n + begin] == 0)
        begin++;
    if (i > 0)
        a[i] = (double)begin;
    return begin;
}

static size_t begin_of(const double *a, size_t i)
{
    return i > 0 ? (size_t)a[i] : 0;
}

/* As linear_cholesky, row after row. */
static bool factor_envelope(double *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double *row = a + i * n, own = row[i];
        size_t begin = find_begin(a, n, i);
        for (size_t j = begin; j < i; j++) {
            size_t from = begin_of(a, j) > begin ? begin_of(a, j) : begin;
            row[j] = (row[j] - dot_product(row + from, a + j * n + from, j - from)) / a[j * n + j];
        }
        row[i] -= dot_product(row + begin, row + begin, i - begin);
        if (!(row[i] > 8 * (double)n * DBL_EPSILON * own && row[i] > 0 && row[i] <= DBL_MAX))
            return false;
        row[i] = sqrt(row[i]);
    }
    return true;
}

bool linear_inverse_envelope(double *a, size_t n, double *inverse, double *log_determinant)
{
    double logarithm = 0;
    if (!factor_envelope(a, n))
        return false;
    for (size_t i = 0; i < n; i++) { /* L^-1 */
        double *row = inverse + i * n;
        for (size_t j = 0; j < i; j++)
            row[j] = 0;
        row[i] = 1 / a[i * n + i];
        for (size_t m = begin_of(a, i); m < i; m++)
            if (a[i * n + m] != 0)
                add_row(row, -a[i * n + m] * row[i], inverse + m * n, m + 1);
        logarithm += 2 * log(a[i * n + i]);
    }
    for (size_t i = n; i-- > 0;) { /* L'^-1 of that, lower triangle */
        double *row = inverse + i * n, own = 1 / a[i * n + i];
        for (size_t m = i + 1; m < n; m++)
            if (a[m * n + i] != 0)
                add_row(row, -a[m * n + i], inverse + m * n, i + 1);
        for (size_t j = 0; j <= i; j++)
            inverse[j * n + i] = row[j] *= own;
    }
    if (log_determinant)
        *log_determinant = logarithm;
    return true;
}

/* The rotation that clears a[p][q]. */
typedef struct rotation {
    size_t p, q;
    double cosine, sine;
} rotation;

static rotation rotation_clearing(const double *a, size_t n, size_t p, size_t q)
{
    double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
    double tangent = (theta < 0 ? -1 : 1) / (fabs(theta) + hypot(theta, 1));
    double cosine = 1 / hypot(tangent, 1);
    return (rotation){p, q, cosine, tangent * cosine};
}

static void rotate_pair(const rotation *r, double *first, double *second)
{
    double x = *first, y = *second;
    *first = r->cosine * x - r->sine * y;
    *second = r->sine * x + r->cosine * y;
}

static void rotate(const rotation *r, size_t n, double *a, double *vectors)
{
    size_t p = r->p, q = r->q;
    for (size_t i = 0; i < n; i++)
        rotate_pair(r, a + i * n + p, a + i * n + q);
    for (size_t i = 0; i < n; i++)
        rotate_pair(r, a + p * n + i, a + q * n + i);
    a[p * n + q] = a[q * n + p] = 0;
    for (size_t i = 0; vectors && i < n; i++)
        rotate_pair(r, vectors + i * n + p, vectors + i * n + q);
}

/* One sweep over all pairs; true when it found nothing left to clear. */
static bool sweep(double *a, size_t n, double *vectors)
{
    bool clear = true;
    for (size_t p = 0; p + 1 < n; p++)
        for (size_t q = p + 1; q < n; q++) {
            double least = fmin(fabs(a[p * n + p]), fabs(a[q * n + q])) * DBL_EPSILON;
            double off = fabs(a[p * n + q]);
            if (off <= DBL_MIN || off <= least / 16) {
                a[p * n + q] = a[q * n + p] = 0;
                continue;
            }
            clear = false;
            rotation r = rotation_clearing(a, n, p, q);
            rotate(&r, n, a, vectors);
        }
    return clear;
}

static bool rotate_all(double *a, size_t n, double *values, double *vectors)
{
    bool clear = false;
    for (int sweeps = 0; !clear && sweeps < MOST_SWEEPS; sweeps++)
        clear = sweep(a, n, vectors);
    for (size_t i = 0; i < n; i++)
        values[i] = a[i * n + i];
    return clear;
}

static void swap_columns(double *vectors, size_t n, size_t i, size_t j)
{
    for (size_t row = 0; row < n; row++) {
        double kept = vectors[row * n + i];
        vectors[row * n + i] = vectors[row * n + j];
        vectors[row * n + j] = kept;
    }
}

static void sort_descending(double *values, double *vectors, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        size_t largest = i;
        for (size_t j = i + 1; j < n; j++)
            if (values[j] > values[largest])
                largest = j;
        double kept = values[i];
        values[i] = values[largest];
        values[largest] = kept;
        if (vectors && largest != i)
            swap_columns(vectors, n, i, largest);
    }
}

static void turn_upwards(double *vectors, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += vectors[i * n + j];
        for (size_t i = 0; sum < 0 && i < n; i++)
            vectors[i * n + j] = -vectors[i * n + j];
    }
}

/* ---- Eigenvalues alone, of larger matrices ---- */

/* u of the reflection I - u u'/h that leaves of row i nothing but its last entry before the
 * diagonal, which is returned; u takes the row's place, and *h is 0 where there is nothing to
 * do. */
static double reflect_row(double *row, size_t i, double *h)
{
    double scale = 0, last = row[i - 1];
    *h = 0;
    for (size_t j = 0; j + 1 < i; j++)
        scale += fabs(row[j]);
    if (!(scale > 0))
        return last;
    scale += fabs(last);
    for (size_t j = 0; j < i; j++) {
        row[j] /= scale;
        *h += row[j] * row[j];
    }
    double length = row[i - 1] < 0 ? sqrt(*h) : -sqrt(*h);
    *h -= row[i - 1] * length;
    row[i - 1] -= length;
    return scale * length;
}

/* Takes the reflection by u from both sides of the leading i x i block, its lower triangle: A - u
 * q' - q u' with q = p - (p'u/2h) u and p = A u/h. */
static void reflect_block(double *a, size_t n, size_t i, double h, double *p)
{
    const double *u = a + i * n;
    double shared = 0;
    for (size_t j = 0; j < i; j++) {
        const double *row = a + j * n;
        double sum = row[j] * u[j];
        for (size_t k = 0; k < j; k++) {
            sum += row[k] * u[k];
            p[k] += row[k] * u[j];
        }
        p[j] = sum;
    }
    for (size_t j = 0; j < i; j++) {
        p[j] /= h;
        shared += p[j] * u[j];
    }
    for (size_t j = 0; j < i; j++) {
        double *row = a + j * n, own = u[j];
        double q = p[j] -= shared / (2 * h) * own;
        for (size_t k = 0; k <= j; k++)
            row[k] -= own * p[k] + q * u[k];
    }
}

/* A tridiagonal matrix of the same eigenvalues: its diagonal, and beside[i] between i - 1 and i
 * (Householder 1958; Martin, Reinsch & Wilkinson 1968). Works on the lower triangle. */
static void make_tridiagonal(double *a, size_t n, double *diagonal, double *beside)
{
    for (size_t i = n; i-- > 1;) {
        double h;
        beside[i] = reflect_row(a + i * n, i, &h);
        if (h > 0)
            reflect_block(a, n, i, h, diagonal); /* room until it is filled */
    }
    for (size_t i = 0; i < n; i++)
        diagonal[i] = a[i * n + i];
}

/* Where the block that begins at l ends: behind it nothing is left beside the diagonal. */
static size_t end_of_block(const double *diagonal, const double *beside, size_t n, size_t l)
{
    size_t m = l;
    while (m + 1 < n
           && fabs(beside[m + 1])
                  > DBL_EPSILON / 2 * (fabs(diagonal[m]) + fabs(diagonal[m + 1])) + DBL_MIN)
        m++;
    return m;
}

/* One step of implicit QL on the block from l to m, with Wilkinson's shift. */
static void step_ql(double *diagonal, double *beside, size_t l, size_t m)
{
    double g = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l + 1]), length = hypot(g, 1);
    double sine = 1, cosine = 1, shift = 0;
    g = diagonal[m] - diagonal[l] + beside[l + 1] / (g + (g < 0 ? -length : length));
    for (size_t i = m; i-- > l;) {
        double f = sine * beside[i + 1], b = cosine * beside[i + 1];
        length = hypot(f, g);
        if (i + 2 <= m)
            beside[i + 2] = length;
        if (!(length > 0)) { /* it falls apart here */
            diagonal[i + 1] -= shift;
            return;
        }
        sine = f / length;
        cosine = g / length;
        g = diagonal[i + 1] - shift;
        length = (diagonal[i] - g) * sine + 2 * cosine * b;
        shift = sine * length;
        diagonal[i + 1] = g + shift;
        g = cosine * length - b;
    }
    diagonal[l] -= shift;
    beside[l + 1] = g;
}

/* The eigenvalues of a tridiagonal matrix, in its diagonal (Golub & Van Loan 2013, 8.3). */
static bool solve_tridiagonal(double *diagonal, double *beside, size_t n)
{
    for (size_t l = 0; l < n; l++)
        for (int steps = 0;; steps++) {
            size_t m = end_of_block(diagonal, beside, n, l);
            if (m == l)
                break;
            if (steps == MOST_QL_STEPS)
                return false;
            step_ql(diagonal, beside, l, m);
        }
    return true;
}

/* Nobody reads a's first row beside the diagonal: it has room for what stands beside that. */
static bool find_eigenvalues(double *a, size_t n, double *values)
{
    make_tridiagonal(a, n, values, a);
    return solve_tridiagonal(values, a, n);
}

bool linear_eigen_symmetric(double *a, size_t n, double *values, double *vectors)
{
    for (size_t i = 0; i < n * n; i++)
        if (!isfinite(a[i]))
            return false;
    for (size_t i = 0; vectors && i < n * n; i++)
        vectors[i] = i % (n + 1) == 0;

    if (!(vectors || n <= MOST_ROTATED ? rotate_all(a, n, values, vectors)
                                       : find_eigenvalues(a, n, values)))
        return false;
    sort_descending(values, vectors, n);
    if (vectors)
        turn_upwards(vectors, n);
    return true;
}
