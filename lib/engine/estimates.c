/* Estimates of means as rows of a table. */
#include "engine/estimates.h"

#include "base/error.h"
#include "stats/intervals/intervals.h"
#include "stats/measures/scores.h"

enum { SCALE_OF_CUTS = 5 };

static bool cuts_are_given(const relcoord_options *options)
{
    static const char *const names[] = {"between_weak", "between_strong", "within_weak",
                                        "within_strong"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (options_number(options, names[i]) != options_initial(options, names[i]))
            return true;
    return false;
}

relcoord_status band_cuts_read(const run *r, band_cuts cuts[2], relcoord_result *result,
                               relcoord_error *err)
{
    const relcoord_options *options = r->options;
    cuts[0] = (band_cuts){options_number(options, "between_weak"),
                          options_number(options, "between_strong")};
    cuts[1] = (band_cuts){options_number(options, "within_weak"),
                          options_number(options, "within_strong")};
    if (cuts[0].weak > cuts[0].strong)
        return fail_option(err, "between_weak", "'between_weak' is above 'between_strong'");
    if (cuts[1].weak > cuts[1].strong)
        return fail_option(err, "within_weak", "'within_weak' is above 'within_strong'");
    if (r->survey->scale_top != SCALE_OF_CUTS && !cuts_are_given(options)) {
        cuts[0] = cuts[1] = (band_cuts){NAN, NAN};
        result_add_note(result, "no bands: the known cuts apply to answers from 1 to 5, and these "
                                "end at another number");
        return RELCOORD_OK;
    }
    result_add_note(result,
                    "bands of rc between workgroups: weak below %g, strong above %g; within: weak "
                    "below %g, strong "
                    "above %g (default cuts within: recalled practice, unconfirmed)",
                    cuts[0].weak, cuts[0].strong, cuts[1].weak, cuts[1].strong);
    return RELCOORD_OK;
}

/* Compares a mean with a cut: exactly where the sum is at hand, else with room for the last bits,
 * so that a mean of 4 is never above 4. */
static int compare_with_cut(double mean, const moments *exact, double cut)
{
    static const int64_t parts = 1000000; /* cuts are meant to six decimals */
    double room = 1e-12 * cut;
    if (exact) {
        int64_t left = exact->sum * parts,
                right = llround(cut * (double)parts) * exact->n * SCORE_UNIT;
        return left < right ? -1 : left > right;
    }
    return mean < cut - room ? -1 : mean > cut + room;
}

bool mean_is_above(double mean, const moments *exact, double cut)
{
    return !isnan(cut) && compare_with_cut(mean, exact, cut) > 0;
}

static const char *find_band(double mean, const moments *exact, const band_cuts *cuts)
{
    if (compare_with_cut(mean, exact, cuts->weak) < 0)
        return "weak";
    return compare_with_cut(mean, exact, cuts->strong) > 0 ? "strong" : "moderate";
}

void estimate_resample(estimate *e, const run *r, const bootstrap_interval *interval)
{
    e->estimator = r->cases.weight ? "mean_weighted_bootstrap" : "mean_bootstrap";
    if (isnan(e->se))
        return;
    e->resampled = interval;
    e->se = interval->se;
    e->note = NULL; /* what is said of a formula's error */
}

static void find_limits(const estimate *e, const run *r, double *low, double *high)
{
    double reach = student_reach(options_number(r->options, "confidence"), e->df) * e->se;
    *low = e->resampled ? e->resampled->low : e->mean - reach;
    *high = e->resampled ? e->resampled->high : e->mean + reach;
}

void estimate_write(relcoord_table *table, size_t column, const estimate *e, const run *r,
                    const band_cuts *cuts)
{
    double low, high;
    find_limits(e, r, &low, &high);
    table_set_string(table, column + 6, e->estimator);
    if (e->n == 0) {
        table_add_note(table, "empty");
        return;
    }
    table_set_number(table, column, e->mean);
    table_set_number(table, column + 1, e->sd);
    table_set_number(table, column + 2, e->se);
    table_set_number(table, column + 3, low);
    table_set_number(table, column + 4, high);
    if (isnan(e->sd) || (isnan(e->se) && !e->note && !e->resampled))
        table_add_note(table, "too_few");
    else if (e->sd == 0)
        table_add_note(table, "all_equal");
    if (e->note)
        table_add_note(table, e->note);
    if (e->resampled)
        resampling_add_notes(table, r, e->resampled);
    if (!cuts || isnan(cuts->weak))
        return;
    table_set_string(table, column + 5, find_band(e->mean, e->exact, cuts));
    if (!isnan(low) && !isnan(high) && find_band(low, NULL, cuts) != find_band(high, NULL, cuts))
        table_add_note(table, "uncertain");
}
