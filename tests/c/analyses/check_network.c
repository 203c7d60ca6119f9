/* Measures of networks and the social relations model, against small cases worked by hand, and what
 * must not depend on which way arcs point or how nodes are numbered. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#include "stats/intervals/clusters.h"
#include "stats/intervals/intervals.h"
#include "stats/measures/network.h"
#include "stats/variance/social_relations.h"

Suite *network_suite(void);

enum { MOST = 12, MOST_ARCS = MOST * MOST };

/* A network from a matrix: NaN is unknown, and `.` below no arc at all. */
typedef struct drawn {
    uint32_t from[MOST_ARCS], to[MOST_ARCS], in[MOST], out[MOST], parts[MOST];
    size_t back[MOST_ARCS];
    double values[MOST_ARCS];
    uint8_t strong[MOST_ARCS];
    network_measures m;
} drawn;

/* rows: digits, `?` for an arc whose value is not known, `.` for none; above 4 is strong. */
static void draw(drawn *d, uint32_t nodes, const char *rows)
{
    network_shape shape = {nodes, 0, d->from, d->to, d->back};
    for (uint32_t i = 0; i < nodes * nodes; i++) {
        char c = rows[i + i / nodes];
        if (i / nodes == i % nodes || c == '.')
            continue;
        d->from[shape.arcs] = i / nodes;
        d->to[shape.arcs] = i % nodes;
        d->values[shape.arcs] = c == '?' ? (double)NAN : (double)(c - '0');
        d->strong[shape.arcs++] = c > '4';
    }
    network_find_back(d->from, d->to, shape.arcs, d->back);
    network_measure(&shape, d->values, d->strong, d->in, d->out, d->parts, &d->m);
}

static const struct {
    const char *name, *rows;
    uint32_t nodes, parts, most_in;
    double known, edges, mutual, asymmetric, null, unknown, density, weighted, reciprocity,
        centralisation, difference;
} nets[] = {
    {"full", "x55 5x5 55x", 3, 1, 2, 6, 6, 3, 0, 0, 0, 1, 5, 1, 0, 0},
    {"nothing strong", "x44 4x4 42x", 3, 3, 0, 6, 0, 0, 0, 3, 0, 0, 22 / 6.0, NAN, 0, 2 / 3.0},
    {"a star in", "x111 5x11 51x1 511x", 4, 1, 3, 12, 3, 0, 3, 3, 0, 0.25, 2, 0, 1, 2},
    {"a star out", "x555 1x11 11x1 111x", 4, 1, 1, 12, 3, 0, 3, 3, 0, 0.25, 2, 0, 1 / 9.0, 2},
    {"two pairs", "x511 5x11 11x5 115x", 4, 2, 1, 12, 4, 2, 0, 4, 0, 4 / 12.0, 28 / 12.0, 1, 0, 0},
    {"unknown one way", "x54 5x? 53x", 3, 1, 2, 5, 3, 1, 1, 0, 1, 3 / 5.0, 22 / 5.0, 2 / 3.0,
     3 / 4.0, 0.5},
    {"no arc one way", "x54 5x. 53x", 3, 1, 2, 5, 3, 1, 1, 0, 1, 3 / 5.0, 22 / 5.0, 2 / 3.0,
     3 / 4.0, 0.5},
    {"nothing known", "x? ?x", 2, 2, 0, 0, 0, 0, 0, 0, 1, NAN, NAN, NAN, 0, NAN},
    {"a pair", "x5 2x", 2, 1, 1, 2, 1, 0, 1, 0, 0, 0.5, 3.5, 0, 1, 3},
    {"one node", "x", 1, 1, 0, 0, 0, 0, 0, 0, 0, NAN, NAN, NAN, NAN, NAN},
};

START_TEST(measures_by_hand)
{
    drawn d;
    uint32_t most = 0;
    draw(&d, nets[_i].nodes, nets[_i].rows);
    for (uint32_t i = 0; i < nets[_i].nodes; i++)
        most = d.in[i] > most ? d.in[i] : most;
    ck_assert_msg(d.m.parts == nets[_i].parts && most == nets[_i].most_in,
                  "%s: %d parts, most in %d", nets[_i].name, (int)d.m.parts, (int)most);
    expect_near("known", d.m.known, nets[_i].known, 0);
    expect_near("edges", d.m.edges, nets[_i].edges, 0);
    expect_near("mutual", d.m.mutual, nets[_i].mutual, 0);
    expect_near("asymmetric", d.m.asymmetric, nets[_i].asymmetric, 0);
    expect_near("null", d.m.null, nets[_i].null, 0);
    expect_near("unknown", d.m.unknown, nets[_i].unknown, 0);
    expect_near("density", d.m.density, nets[_i].density, 1e-15);
    expect_near("weighted", d.m.weighted_density, nets[_i].weighted, 1e-15);
    expect_near("reciprocity", d.m.reciprocity, nets[_i].reciprocity, 1e-15);
    expect_near("centralisation", d.m.in_centralisation, nets[_i].centralisation, 1e-15);
    expect_near("difference", d.m.difference, nets[_i].difference, 1e-15);
}
END_TEST

/* A network of random digits, of which some arcs are unknown or not there. */
static void invent(char *rows, uint32_t nodes, uint64_t seed)
{
    for (uint32_t i = 0; i < nodes; i++)
        for (uint32_t j = 0; j <= nodes; j++)
            rows[i * (nodes + 1) + j] = "12345678?."[random_below(&seed, 10)];
}

/* What a network is does not hang on the order of its nodes; turned round, in is out. */
START_TEST(turned_and_renumbered)
{
    enum { NODES = 9 };
    char rows[NODES * (NODES + 1) + 1] = "", turned[sizeof rows] = "", other[sizeof rows] = "";
    uint64_t seed = (uint64_t)_i + 1;
    uint32_t order[NODES];
    drawn d, t, o;
    invent(rows, NODES, seed);
    for (uint32_t i = 0; i < NODES; i++)
        order[i] = i;
    for (uint32_t i = NODES - 1; i > 0; i--) {
        uint32_t j = random_below(&seed, i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    for (uint32_t i = 0; i < NODES; i++)
        for (uint32_t j = 0; j < NODES; j++) {
            turned[i * (NODES + 1) + j] = rows[j * (NODES + 1) + i];
            other[order[i] * (NODES + 1) + order[j]] = rows[i * (NODES + 1) + j];
        }
    draw(&d, NODES, rows);
    draw(&t, NODES, turned);
    draw(&o, NODES, other);
    ck_assert_uint_gt((unsigned)d.m.edges, 5);
    for (uint32_t i = 0; i < NODES; i++) {
        ck_assert_uint_eq(d.in[i], t.out[i]);
        ck_assert_uint_eq(d.out[i], t.in[i]);
        ck_assert_uint_eq(d.in[i], o.in[order[i]]);
        ck_assert_uint_eq(d.out[i], o.out[order[i]]);
    }
    const network_measures *same[] = {&t.m, &o.m};
    for (size_t i = 0; i < LENGTH(same); i++) {
        expect_near("density", same[i]->density, d.m.density, 1e-15);
        expect_near("weighted", same[i]->weighted_density, d.m.weighted_density, 1e-15);
        expect_near("mutual", same[i]->mutual, d.m.mutual, 0);
        expect_near("asymmetric", same[i]->asymmetric, d.m.asymmetric, 0);
        expect_near("unknown", same[i]->unknown, d.m.unknown, 0);
        expect_near("difference", same[i]->difference, d.m.difference, 1e-15);
        ck_assert_uint_eq(same[i]->parts, d.m.parts);
    }
    expect_near("centralisation", o.m.in_centralisation, d.m.in_centralisation, 1e-15);
}
END_TEST

START_TEST(ei_by_hand)
{
    expect_near("all external", network_ei(3, 0), 1, 0);
    expect_near("all internal", network_ei(0, 2), -1, 0);
    expect_near("mixed", network_ei(8, 1), 7 / 9.0, 1e-15);
    expect_near("none", network_ei(0, 0), NAN, 0);
}
END_TEST

/* ---- The social relations model ---- */

enum { PEOPLE = 6 };

/* Without its diagonal, row by row. */
static social_relations relate(double matrix[PEOPLE][PEOPLE], uint32_t n)
{
    double values[PEOPLE * PEOPLE], effects[2 * PEOPLE];
    social_relations found;
    size_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++)
            if (i != j)
                values[count++] = matrix[i][j];
    social_relations_estimate(values, n, effects, &found);
    return found;
}

/* Nothing but effects: 3 + a_i + b_j with sums of squares 10, 10 and products 8 among four. */
START_TEST(effects_alone)
{
    static const double a[] = {1, -1, 2, -2}, b[] = {2, -2, 1, -1};
    double matrix[PEOPLE][PEOPLE];
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            matrix[i][j] = 3 + a[i] + b[j];
    social_relations found = relate(matrix, 4);
    expect_near("mean", found.mean, 3, 1e-14);
    expect_near("actor", found.actor, 10 / 3.0, 1e-14);
    expect_near("partner", found.partner, 10 / 3.0, 1e-14);
    expect_near("covariance", found.actor_partner, 8 / 3.0, 1e-14);
    expect_near("generalised", found.generalised, 0.8, 1e-14);
    expect_near("relationship", found.relationship, 0, 1e-14);
    expect_near("dyadic", found.dyadic, NAN, 0); /* what rounding leaves is no variance */
}
END_TEST

/* Pairs that agree entirely: +1 and -1 round a square; between = 8/2, within = 0. */
START_TEST(pairs_that_agree)
{
    double matrix[PEOPLE][PEOPLE] = {{0, 1, -1, 0}, {1, 0, 0, -1}, {-1, 0, 0, 1}, {0, -1, 1, 0}};
    social_relations found = relate(matrix, 4);
    expect_near("relationship", found.relationship, 2, 1e-14);
    expect_near("dyadic", found.dyadic, 1, 1e-14);
    expect_near("actor", found.actor, -1, 1e-14); /* 0 less between/(2(n-2)) */
    expect_near("generalised", found.generalised, NAN, 0);
}
END_TEST

/* Pairs that disagree entirely: 1 beats 2 beats 3 beats 1; between = 0, within = 6/3. */
START_TEST(pairs_that_disagree)
{
    double matrix[PEOPLE][PEOPLE] = {{0, 1, -1, 0}, {-1, 0, 1, 0}, {1, -1, 0, 0}, {0, 0, 0, 0}};
    social_relations found = relate(matrix, 4);
    expect_near("relationship", found.relationship, 1, 1e-14);
    expect_near("both ways", found.both_ways, -1, 1e-14);
    expect_near("dyadic", found.dyadic, -1, 1e-14);
    expect_near("actor", found.actor, -0.25, 1e-14); /* 0 less within/(2n) */
    expect_near("actor partner", found.actor_partner, 0.25, 1e-14);
}
END_TEST

START_TEST(too_few_to_relate)
{
    double matrix[PEOPLE][PEOPLE] = {{0, 1, 2}, {3, 0, 4}, {5, 1, 0}}, equal[PEOPLE][PEOPLE];
    social_relations found = relate(matrix, 3);
    expect_near("actor", found.actor, NAN, 0);
    expect_near("dyadic", found.dyadic, NAN, 0);
    for (int i = 0; i < PEOPLE; i++)
        for (int j = 0; j < PEOPLE; j++)
            equal[i][j] = 3.3;
    found = relate(equal, 5);
    expect_near("nobody differs", found.dyadic, NAN, 0);
    expect_near("nobody differs", found.generalised, NAN, 0);
    expect_near("no variance", found.actor, 0, 1e-14);
}
END_TEST

/* Turned round, actors are partners; other numbers, another origin and another unit change nothing
 * but the unit. */
START_TEST(relations_turned_and_renumbered)
{
    double matrix[PEOPLE][PEOPLE], turned[PEOPLE][PEOPLE], other[PEOPLE][PEOPLE];
    uint64_t seed = (uint64_t)_i + 7;
    for (int i = 0; i < PEOPLE; i++)
        for (int j = 0; j < PEOPLE; j++)
            matrix[i][j] = random_below(&seed, 1000) / 400.0 + 3 * (i % 3) + 2 * (j % 3);
    for (int i = 0; i < PEOPLE; i++)
        for (int j = 0; j < PEOPLE; j++) {
            turned[j][i] = matrix[i][j];
            other[(i + 2) % PEOPLE][(j + 2) % PEOPLE] = 4 - 2 * matrix[i][j];
        }
    social_relations found = relate(matrix, PEOPLE), t = relate(turned, PEOPLE),
                     o = relate(other, PEOPLE);
    ck_assert(found.actor > 0 && found.partner > 0);
    expect_near("actor", t.actor, found.partner, 1e-12);
    expect_near("partner", t.partner, found.actor, 1e-12);
    expect_near("generalised", t.generalised, found.generalised, 1e-12);
    expect_near("dyadic", t.dyadic, found.dyadic, 1e-12);
    expect_near("unit", o.actor, 4 * found.actor, 1e-12);
    expect_near("unit", o.relationship, 4 * found.relationship, 1e-12);
    expect_near("no unit", o.generalised, found.generalised, 1e-12);
    expect_near("no unit", o.dyadic, found.dyadic, 1e-12);
}
END_TEST

/* ---- What the errors take from elsewhere ---- */

/* R: 2 * pt(-2, 10), 2 * pt(-0.5, 3.3), 2 * pt(-8, 1). */
START_TEST(tails_of_t)
{
    expect_near("t 2, df 10", student_tails(2, 10), 0.073388034770740393, 1e-12);
    expect_near("t -2, df 10", student_tails(-2, 10), 0.073388034770740393, 1e-12);
    expect_near("t 0.5, df 3.3", student_tails(0.5, 3.3), 0.648535076399558541, 1e-12);
    expect_near("t 8, df 1", student_tails(8, 1), 0.079166848321131078, 1e-12);
    expect_near("t 0", student_tails(0, 5), 1, 0);
    expect_near("no df", student_tails(1, NAN), NAN, 0);
}
END_TEST

/* Weights that are all the same are none; they count by their ratios. */
START_TEST(weighted_freedom)
{
    static const uint32_t together[] = {5, 3, 2, 3, 4, 1, 2, 1, 6}, which[] = {0, 1, 2};
    static const double same[] = {0.5, 0.5, 0.5}, weights[] = {1, -2, 0.5}, twice[] = {2, -4, 1},
                        one[] = {0, 1, 0};
    cell_freedom plain = {{0, 0}, {0, 0}}, halves = plain, some = plain, doubled = plain,
                 alone = plain;
    cell_freedom_add(&plain, together, 3, which, 3);
    cell_freedom_add_weighted(&halves, together, 3, which, same, 3);
    cell_freedom_add_weighted(&some, together, 3, which, weights, 3);
    cell_freedom_add_weighted(&doubled, together, 3, which, twice, 3);
    cell_freedom_add_weighted(&alone, together, 3, which, one, 3);
    expect_near("all the same", cell_freedom_value(&halves), cell_freedom_value(&plain), 1e-14);
    expect_near("twice", cell_freedom_value(&doubled), cell_freedom_value(&some), 1e-14);
    expect_near("one cell", cell_freedom_value(&alone), 3, 1e-14); /* n - 1 */
    ck_assert(fabs(cell_freedom_value(&some) - cell_freedom_value(&plain)) > 0.1);
}
END_TEST

Suite *network_suite(void)
{
    Suite *suite = suite_create("network");
    TCase *measures = tcase_create("measures"), *relations = tcase_create("relations"),
          *errors = tcase_create("errors");
    tcase_add_loop_test(measures, measures_by_hand, 0, (int)LENGTH(nets));
    tcase_add_loop_test(measures, turned_and_renumbered, 0, 10);
    tcase_add_test(measures, ei_by_hand);
    suite_add_tcase(suite, measures);
    tcase_add_test(relations, effects_alone);
    tcase_add_test(relations, pairs_that_agree);
    tcase_add_test(relations, pairs_that_disagree);
    tcase_add_test(relations, too_few_to_relate);
    tcase_add_loop_test(relations, relations_turned_and_renumbered, 0, 10);
    suite_add_tcase(suite, relations);
    tcase_add_test(errors, tails_of_t);
    tcase_add_test(errors, weighted_freedom);
    suite_add_tcase(suite, errors);
    return suite;
}
