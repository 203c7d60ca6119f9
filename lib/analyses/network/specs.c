/* The tables of the analysis network: columns, views, help. */
#include "analyses/network/specs.h"

#include "engine/scores/strengths.h"

#define BOUNDS(measure, of)                                  \
    {measure "_low", RELCOORD_NUMBER, RELCOORD_INTERVAL,     \
     "lower bound of the confidence interval of " of},       \
    {                                                        \
        measure "_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, \
            "upper bound of the confidence interval of " of  \
    }

static const column_spec workgroup_columns[] = {
    WORKGROUP_COLUMN,
    IN_STRENGTH_COLUMN,
    OUT_STRENGTH_COLUMN,
    OWN_COLUMN,
    SILO_COLUMN,
    {"in_degree", RELCOORD_INTEGER, RELCOORD_ESTIMATE,
     "workgroups of the network that have a strong tie to it"},
    {"out_degree", RELCOORD_INTEGER, RELCOORD_ESTIMATE,
     "workgroups of the network to which it has a strong tie"},
    {"in_network", RELCOORD_STRING, RELCOORD_LABEL,
     "yes where it both rates others and is rated by others, else no"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the workgroup in the data"},
    {"in_groups", RELCOORD_INTEGER, RELCOORD_COUNT, "cells in in_strength"},
    {"out_groups", RELCOORD_INTEGER, RELCOORD_COUNT, "cells in out_strength"},
    BOUNDS("in_strength", "in_strength"),
    BOUNDS("out_strength", "out_strength"),
    BOUNDS("own", "own"),
    BOUNDS("silo", "silo"),
    BOUNDS("in_degree", "in_degree"),
    BOUNDS("out_degree", "out_degree"),
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec workgroup_views[] = {
    {VIEW_LIST,
     "Workgroups in the network (rc): strength of ties in and out, own rating, silo, strong ties "
     "in and out",
     NULL, "workgroup,n,in_strength,out_strength,own,silo,in_degree,out_degree,in_network", NULL,
     NULL},
    {VIEW_LIST, "Their intervals", NULL,
     "workgroup,in_strength_low,in_strength_high,out_strength_low,out_strength_high,own_low,own_"
     "high,silo_low,silo_high,"
     "in_degree_low,in_degree_high,out_degree_low,out_degree_high",
     NULL, NULL},
    {VIEW_NETWORK, "The nodes", "in_network=yes", "workgroup", NULL,
     "n,in_strength,out_strength,own,silo,in_degree,out_degree"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec dyad_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "one workgroup of the pair"},
    {"partner", RELCOORD_STRING, RELCOORD_KEY, "the other workgroup of the pair"},
    {"mean_out", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean rc of the one rating the other"},
    {"mean_in", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean rc of the other rating the one"},
    {"n_out", RELCOORD_INTEGER, RELCOORD_COUNT, "raters in mean_out"},
    {"n_in", RELCOORD_INTEGER, RELCOORD_COUNT, "raters in mean_in"},
    {"difference", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean_out - mean_in"},
    DIFFERENCE_ERROR_COLUMN,
    DF_COLUMN,
    INTERVAL_COLUMNS,
    {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "probability of as large a difference, were there none"},
    {"p_holm", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "the same by Holm, among all pairs of the table's group"},
    {"state", RELCOORD_STRING, RELCOORD_LABEL,
     "mutual: strong both ways; asymmetric: one way; null: neither; unknown"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec dyad_views[] = {
    {VIEW_LIST, "Pairs of workgroups (rc): each one's rating of the other, and the difference",
     NULL, "workgroup,partner,mean_out,mean_in,difference,ci_low,ci_high,p_holm,state", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec index_columns[] = {
    {"index", RELCOORD_STRING, RELCOORD_KEY, "what is measured, see relcoord-methods(7)"},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its value"},
    INTERVAL_COLUMNS,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "cells, pairs, workgroups or ties that it is over"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT,
     "cells or pairs that are unknown, workgroups outside, or ties without a score"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec index_views[] = {
    {VIEW_LIST, "The network (rc)", NULL, "index,value,ci_low,ci_high,n,left_out", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec cell_columns[] = {
    RATER_COLUMN,
    RATED_COLUMN,
    MEAN_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "ties that have the score"},
    MEAN_ERROR_COLUMN,
    INTERVAL_COLUMNS,
    {"strong", RELCOORD_INTEGER, RELCOORD_LABEL,
     "1 where the mean is above the cut: an edge of the network; else 0"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec cell_views[] = {
    {VIEW_PIVOT, "Ties of the network (rc): mean, number of raters", NULL, "workgroup", "target",
     "mean,n"},
    {VIEW_NETWORK, "The edges", NULL, "workgroup", "target", "mean,n,se,strong"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec workgroups_table = {
    .name = "workgroups",
    .help = "how strongly one workgroup is tied to the others",
    .columns = workgroup_columns,
    .views = workgroup_views,
    .things = "in_groups,out_groups"};
static const table_spec dyads_table = {.name = "dyads",
                                       .on_request = true,
                                       .help = "how two workgroups rate each other",
                                       .columns = dyad_columns,
                                       .views = dyad_views};
static const table_spec indices_table = {.name = "indices",
                                         .help = "one index of the whole network",
                                         .columns = index_columns,
                                         .views = index_views};
static const table_spec cells_table = {.name = "cells",
                                       .on_request = true,
                                       .help = "how one workgroup of the network rates another",
                                       .columns = cell_columns,
                                       .views = cell_views};

const table_spec *const network_tables[] = {
    [TABLE_WORKGROUPS] = &workgroups_table,
    [TABLE_DYADS] = &dyads_table,
    [TABLE_INDICES] = &indices_table,
    [TABLE_CELLS] = &cells_table,
    [NETWORK_TABLES] = NULL,
};
