/* Least squares by X = Q R, Gram and Schmidt twice. All of the errors is in the coordinates of Q,
 * whose rows are z: with S = sum of z z' over a cluster, S = W diag(d) W', the hat matrix of the
 * cluster is Z Z', and the adjusted Z'(I - Z Z')^(-1/2) e is W diag((1 - d)^(-1/2)) W'Z'e. For a
 * coefficient g'Q'y the products of the vectors p that the degrees of freedom are made from (Bell &
 * McCaffrey 2002) are, with a = W diag(d (1 - d)^(-1/2)) W'g,
 *
 *     p_i'p_i = sum d (w'g)^2,   p_i'p_j = -a_i'a_j */
#include "stats/regression/regression.h"

#include <math.h>
#include <stdbool.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/intervals/differences.h"
#include "stats/intervals/intervals.h"
#include "stats/numbers/linear.h"

/* As R's lm takes a column for a combination of others, and clubSandwich an eigenvalue for 0. */
static const double SINGULAR = 1e-7, NO_EIGENVALUE = 1e-12;

typedef struct fit {
    const regression_data *data;
    double *q, *r;   /* n x terms; upper triangle */
    double *inverse; /* of r */
    double *score;   /* Q'y */
    double *residuals;
    double *values, *vectors, *block;  /* of a cluster: eigenvalues, eigenvectors, S */
    double *sum, *turned, *meat;       /* terms, terms, terms x terms */
    double *pairs;                     /* by coefficient: sum of a a', terms x terms */
    double *traces, *squares, *selves; /* by coefficient: S p_i'p_i, its squares, S (a_i'a_i)^2 */
} fit;

static double *room(size_t count, bool *done)
{
    double *made = memory_zeroed(count, sizeof *made);
    *done = *done && made;
    return made;
}

static bool make_room(fit *f)
{
    size_t n = f->data->n, k = f->data->terms;
    bool done = true;
    f->q = room(n * k, &done);
    f->residuals = room(n, &done);
    f->r = room(k * k, &done);
    f->inverse = room(k * k, &done);
    f->score = room(k, &done);
    f->values = room(k, &done);
    f->vectors = room(k * k, &done);
    f->block = room(k * k, &done);
    f->sum = room(k, &done);
    f->turned = room(k, &done);
    f->meat = room(k * k, &done);
    f->pairs = room(k * k * k, &done);
    f->traces = room(k, &done);
    f->squares = room(k, &done);
    f->selves = room(k, &done);
    return done;
}

static void free_room(fit *f)
{
    double *const blocks[] = {f->q,      f->residuals, f->r,      f->inverse, f->score,
                              f->values, f->vectors,   f->block,  f->sum,     f->turned,
                              f->meat,   f->pairs,     f->traces, f->squares, f->selves};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        memory_free(blocks[i]);
}

/* ---- Coefficients ---- */

static double column_product(const double *left, const double *right, size_t n, size_t step,
                             size_t step_right)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += left[i * step] * right[i * step_right];
    return sum;
}

/* Takes what earlier columns explain out of column j; twice, so that what is left is orthogonal to
 * all digits. */
static void orthogonalise(fit *f, size_t j)
{
    size_t n = f->data->n, k = f->data->terms;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < j; i++) {
            double share = column_product(f->q + i, f->q + j, n, k, k);
            f->r[i * k + j] += share;
            for (size_t row = 0; row < n; row++)
                f->q[row * k + j] -= share * f->q[row * k + i];
        }
}

/* The number of the first column that follows from those before, terms for none. */
static size_t decompose(fit *f)
{
    size_t n = f->data->n, k = f->data->terms;
    for (size_t j = 0; j < k; j++) {
        double whole, left;
        for (size_t row = 0; row < n; row++)
            f->q[row * k + j] = f->data->x[row * k + j];
        whole = sqrt(column_product(f->q + j, f->q + j, n, k, k));
        orthogonalise(f, j);
        left = sqrt(column_product(f->q + j, f->q + j, n, k, k));
        if (!(left > SINGULAR * whole))
            return j;
        f->r[j * k + j] = left;
        for (size_t row = 0; row < n; row++)
            f->q[row * k + j] /= left;
    }
    return k;
}

static void invert_r(fit *f)
{
    size_t k = f->data->terms;
    for (size_t j = 0; j < k; j++)
        for (size_t i = j + 1; i-- > 0;) {
            double sum = i == j ? 1 : 0;
            for (size_t m = i + 1; m <= j; m++)
                sum -= f->r[i * k + m] * f->inverse[m * k + j];
            f->inverse[i * k + j] = sum / f->r[i * k + i];
        }
}

static void find_residuals(fit *f)
{
    size_t n = f->data->n, k = f->data->terms;
    for (size_t row = 0; row < n; row++)
        f->residuals[row] = f->data->y[row];
    for (size_t j = 0; j < k; j++) {
        f->score[j] = column_product(f->q + j, f->residuals, n, k, 1);
        for (size_t row = 0; row < n; row++)
            f->residuals[row] -= f->score[j] * f->q[row * k + j];
    }
}

/* ---- Errors ---- */

/* Adds what a cluster, whose cases are first … end - 1, has in the coefficients' errors and degrees
 * of freedom. */
static bool add_cluster(fit *f, size_t first, size_t end, bool adjusted)
{
    size_t k = f->data->terms;
    for (size_t i = 0; i < k; i++) {
        f->sum[i] = column_product(f->q + first * k + i, f->residuals + first, end - first, k, 1);
        for (size_t j = 0; j < k; j++)
            f->block[i * k + j] = column_product(f->q + first * k + i, f->q + first * k + j,
                                                 end - first, k, k);
    }
    if (adjusted && !linear_eigen_symmetric(f->block, k, f->values, f->vectors))
        return false;
    for (size_t i = 0; i < k; i++)
        f->turned[i] = adjusted ? 0 : f->sum[i];
    for (size_t j = 0; j < k && adjusted; j++) {
        double left = 1 - f->values[j], along = 0;
        if (!(left > NO_EIGENVALUE))
            continue;
        for (size_t i = 0; i < k; i++)
            along += f->vectors[i * k + j] * f->sum[i];
        for (size_t i = 0; i < k; i++)
            f->turned[i] += f->vectors[i * k + j] * along / sqrt(left);
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            f->meat[i * k + j] += f->turned[i] * f->turned[j];
    return true;
}

/* The same cluster in the degrees of freedom of a coefficient, once its eigenvalues stand. */
static void add_freedom(fit *f, size_t term)
{
    size_t k = f->data->terms;
    const double *g = f->inverse + term * k;
    double self = 0, length = 0;
    for (size_t i = 0; i < k; i++)
        f->turned[i] = 0;
    for (size_t j = 0; j < k; j++) {
        double d = f->values[j], along = 0;
        if (!(1 - d > NO_EIGENVALUE))
            continue;
        for (size_t i = 0; i < k; i++)
            along += f->vectors[i * k + j] * g[i];
        self += d * along * along;
        for (size_t i = 0; i < k; i++)
            f->turned[i] += f->vectors[i * k + j] * along * d / sqrt(1 - d);
    }
    for (size_t i = 0; i < k; i++) {
        length += f->turned[i] * f->turned[i];
        for (size_t j = 0; j < k; j++)
            f->pairs[(term * k + i) * k + j] += f->turned[i] * f->turned[j];
    }
    f->traces[term] += self;
    f->squares[term] += self * self;
    f->selves[term] += length * length;
}

static double find_freedom(const fit *f, size_t term)
{
    size_t k = f->data->terms;
    double all = 0;
    for (size_t i = 0; i < k * k; i++)
        all += f->pairs[term * k * k + i] * f->pairs[term * k * k + i];
    all += f->squares[term] - f->selves[term];
    return all > 0 ? f->traces[term] * f->traces[term] / all : NAN;
}

/* Walks over the clusters; returns how many there are, 0 when one cannot be decomposed. */
static size_t add_clusters(fit *f, bool adjusted)
{
    const uint32_t *cluster = f->data->cluster;
    size_t count = 0;
    for (size_t first = 0, end; first < f->data->n; first = end) {
        for (end = first; end < f->data->n && cluster[end] == cluster[first];)
            end++;
        if (!add_cluster(f, first, end, adjusted))
            return 0;
        for (size_t term = 0; term < f->data->terms && adjusted; term++)
            add_freedom(f, term);
        count++;
    }
    return count;
}

/* The variance of a coefficient: g' meat g. */
static double variance_of(const fit *f, size_t term)
{
    size_t k = f->data->terms;
    const double *g = f->inverse + term * k;
    double sum = 0;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            sum += g[i] * g[j] * f->meat[i * k + j];
    return sum;
}

static void fill_errors(fit *f, regression_errors errors, regression *out, regression_term *terms)
{
    size_t k = f->data->terms;
    double factor = out->sigma * out->sigma;
    if (errors == REGRESSION_CLASSICAL) {
        for (size_t i = 0; i < k; i++)
            f->meat[i * k + i] = 1;
    } else {
        out->clusters = add_clusters(f, errors == REGRESSION_CR2);
        factor = errors == REGRESSION_CR2 ? 1 : (double)out->clusters / ((double)out->clusters - 1);
        if (out->clusters < 2 || out->clusters < k)
            return;
    }
    for (size_t i = 0; i < k; i++) {
        regression_term *t = &terms[i];
        t->se = sqrt(factor * variance_of(f, i));
        t->df = errors == REGRESSION_CLASSICAL ? out->df
                : errors == REGRESSION_CR1     ? (double)out->clusters - 1
                                               : find_freedom(f, i);
        t->t = t->se > 0 ? t->estimate / t->se : NAN;
        t->p = student_two_sided(t->estimate, t->se, t->df);
    }
}

/* ---- The whole ---- */

static double squares_about_mean(const double *y, size_t n)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += (y[i] - y[0]) / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (y[i] - y[0] - mean) * (y[i] - y[0] - mean);
    return squares;
}

static void solve(fit *f, double about_mean, regression *out, regression_term *terms)
{
    size_t n = f->data->n, k = f->data->terms;
    double left;
    invert_r(f);
    find_residuals(f);
    left = column_product(f->residuals, f->residuals, n, 1, 1);
    out->df = (double)(n - k);
    out->sigma = sqrt(left / out->df);
    out->r2 = 1 - left / about_mean;
    for (size_t i = 0; i < k; i++) {
        terms[i].estimate = 0;
        for (size_t j = i; j < k; j++)
            terms[i].estimate += f->inverse[i * k + j] * f->score[j];
    }
}

relcoord_status regression_fit(const regression_data *data, regression_errors errors,
                               regression *out, regression_term *out_terms, relcoord_error *err)
{
    fit f = {.data = data};
    double about_mean = squares_about_mean(data->y, data->n);
    bool done = true;
    *out = (regression){REGRESSION_DONE, 0, 0, NAN, NAN, NAN};
    for (size_t i = 0; i < data->terms; i++)
        out_terms[i] = (regression_term){NAN, NAN, NAN, NAN, NAN};
    if (data->n <= data->terms) {
        out->reason = REGRESSION_FEW_CASES;
        return RELCOORD_OK;
    }
    if (!(about_mean > 0)) {
        out->reason = REGRESSION_CONSTANT;
        return RELCOORD_OK;
    }
    done = make_room(&f);
    out->which = done ? decompose(&f) : 0;
    if (done && out->which < data->terms)
        out->reason = REGRESSION_SINGULAR;
    else if (done) {
        solve(&f, about_mean, out, out_terms);
        fill_errors(&f, errors, out, out_terms);
    }
    free_room(&f);
    return done ? RELCOORD_OK : fail_memory(err);
}

double regression_reach(const regression_term *term, double confidence)
{
    return term->se > 0 ? student_reach(confidence, term->df) * term->se : NAN;
}
